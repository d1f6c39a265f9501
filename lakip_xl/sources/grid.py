"""A foreign table as a plain grid of values, each with the address that its owner can find it at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lakip_xl.cells import Area, Value, a1
from lakip_xl.errors import Text
from lakip_xl.workbook import CellData

Rows = dict[int, dict[int, CellData]]


@dataclass
class Grid:
    """What one sheet, or a text, holds: the cells that are not blank, by 1-based row and column.

    name    the sheet's title; of a text, the file's name
    merged  merged areas, as far as the file tells
    is_text rows are lines, and columns the fields of a line
    loose   fields are told by runs of spaces, so a blank field leaves no trace
    formats whether the number formats of the cells are known
    blind   an error code in a cell (#DIV/0!) cannot be seen: the cell looks blank
    """

    name: str
    rows: Rows
    merged: list[Area] = field(default_factory=list)
    is_text: bool = False
    loose: bool = False
    formats: bool = False
    blind: bool = False

    def filled(self) -> Rows:
        """The cells by row and column, as a worksheet gives them."""
        return self.rows

    def line(self, first: int, last: int | None = None) -> Text:
        """What a row, or some rows that follow each other, are called."""
        rows = str(first) if last is None or last == first else f"{first}-{last}"
        return Text(f"baris {rows}", f"{'line' if self.is_text else 'row'} {rows}")

    def cell(self, row: int, column: int) -> Text:
        """What a cell is called: its address, or line and field."""
        if not self.is_text:
            return Text(a1(row, column), a1(row, column))
        return Text(f"baris {row} isian {column}", f"line {row} field {column}")


def grid_rows(values: Mapping[int, Mapping[int, CellData]]) -> Rows:
    """The cells that hold something: a blank text is nothing, a formula without a result is something."""
    rows = {}
    for row in sorted(values):
        kept = {c: data for c, data in sorted(values[row].items()) if not is_blank(data)}
        if kept:
            rows[row] = kept
    return rows


def is_blank(data: CellData) -> bool:
    """Whether there is nothing in a cell."""
    if data.value is None:
        return data.formula is None
    return isinstance(data.value, str) and not shown(data.value)


def shown(value: Value) -> str:
    """A value as one line of text."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return " ".join(str(value).replace("\u200b", "").replace("\ufeff", "").split())
