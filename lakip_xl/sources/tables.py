"""Any file as tables whose rows are read one after the other, of each row only the columns that are wanted: for files too large for grids.

What a grid knows beyond values (merged areas, number formats) is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from lakip_xl import files
from lakip_xl.cells import Value
from lakip_xl.errors import MissingSheet
from lakip_xl.sources import reading, sheets, text
from lakip_xl.sources.grid import Grid
from lakip_xl.workbook import Workbook

MAX_TEXT_BYTES = 128 << 20
"""The largest text that is read row by row: 100,000 lines of 45 columns have about 50 MiB."""

Row = tuple[int, dict[int, Value]]


@dataclass(frozen=True)
class Table:
    """A sheet, or a text parted at one separator.

    name       the sheet's title; "" for a text
    is_text    rows are lines, columns the fields of a line
    date_1904  numbers that stand for dates are counted from 1904
    source     gives the rows: of all columns with None, else of those
    """

    name: str
    is_text: bool
    date_1904: bool
    source: Callable[[Collection[int] | None], Iterator[Row]]

    def rows(self, columns: Collection[int] | None = None) -> Iterator[Row]:
        """The rows from the top as (row, {column: value}), blank cells left out. Raises UnreadableWorkbook, also halfway."""
        return self.source(columns)


def read(path: Path) -> list[list[Table]]:
    """The readings of a file as ``sources.reading.read`` gives them: one for a workbook, for a text one for each separator."""
    return of_bytes(files.content(path), path.name)


def of_bytes(data: bytes, name: str) -> list[list[Table]]:
    """As ``read``, for a file in memory."""
    kind = reading.kind_of(data, name, MAX_TEXT_BYTES)
    if kind is reading.Kind.WORKBOOK:
        return [list(_of_workbook(data, name))]
    if kind is reading.Kind.SHEETS:
        return [[_of_grid(grid) for grid in sheets.read(data, name)]]
    decoded = reading.decoded(data, name)
    return [[_of_text(decoded, separator)] for separator in text.separators(decoded)]


def _of_workbook(data: bytes, name: str) -> Iterator[Table]:
    book = Workbook.from_bytes(data, name)
    date_1904 = book.facts.date_1904
    for title in reading.foreign_sheets(book):
        try:
            book.sheet(title)
        except MissingSheet:
            continue  # a chart sheet has no cells
        yield Table(title, False, date_1904, lambda columns, title=title: book.rows(title, columns))  # type: ignore[misc]


def _of_grid(grid: Grid) -> Table:
    def rows(columns: Collection[int] | None) -> Iterator[Row]:
        for number, cells in grid.rows.items():
            yield number, {c: d.value for c, d in cells.items() if columns is None or c in columns}

    return Table(grid.name, False, False, rows)


def _of_text(decoded: str, separator: str) -> Table:
    def rows(columns: Collection[int] | None) -> Iterator[Row]:
        for number, fields in text.records(decoded, separator):
            places = range(1, len(fields) + 1) if columns is None else columns
            yield number, {c: f for c in places if c <= len(fields) and (f := fields[c - 1].strip())}

    return Table("", True, False, rows)
