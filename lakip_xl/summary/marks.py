"""Tells what the tool wrote on its own sheets from what the user added there.

Every row carries, in a hidden column, a short mark of each cell that we wrote. The marks travel with the row when the user sorts,
filters or inserts rows, and say nothing of columns, so inserted columns do no harm either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple, Protocol

from lakip_xl.cells import ErrorValue, Value
from lakip_xl.form.expressions import Pattern, Placed
from lakip_xl.form.grid import Written
from lakip_xl.form.shape import shape

HEADER = "lakip:isi"


def mark(value: Value, formula: str | None = None) -> str:
    """Eight digits that stand for a cell: for a formula its shape, whose addresses Excel moves; else the constant."""
    if formula is not None:
        body = "=" + shape(formula)
    elif isinstance(value, str):
        body = "t" + value.replace("\r\n", "\n").strip()
    elif isinstance(value, bool | ErrorValue):
        body = str(value)
    else:
        body = f"n{stored(value or 0):.12g}"  # -0 is 0: Excel knows only one
    return blake2b(body.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def stored(value: float) -> float:
    """A number as it comes back from a file: XlsxWriter writes 16 digits, and whoever saves the file next writes 15, 16 or 17.

    Rounding to 16 digits and then to 15 meets the same number on each of these ways; rounding once would not, where the 15 digits end in
    a tie.
    """
    return float(f"{float(f'{value:.16g}'):.15g}")


class Marker:
    """Marks the cells of a sheet while it is written. Formulas of one pattern have one shape, which is worked out once."""

    def __init__(self) -> None:
        self._known: dict[Pattern, str] = {}

    def of_row(self, cells: Iterable[Written]) -> str:
        """The marks of a row's cells, as they stand in the hidden column."""
        return " ".join(
            sorted({self._mark(cell) for cell in cells if cell.formula is not None or cell.value not in (None, "")})
        )

    def _mark(self, cell: Written) -> str:
        if not isinstance(cell.expr, Placed):
            return mark(cell.value, cell.formula)
        pattern = cell.expr.pattern
        if pattern not in self._known:
            self._known[pattern] = mark(cell.value, cell.formula)
        return self._known[pattern]


class _Cell(Protocol):
    @property
    def value(self) -> Value: ...
    @property
    def formula(self) -> str | None: ...


class Marked(NamedTuple):
    """A row of an owned sheet: its marks, what its formulas show by column, and whether a cell that was marked is there no more."""

    number: int
    marks: str
    first: int
    formulas: Mapping[int, Value]
    lacking: bool


def rows(cells: Mapping[tuple[int, int], _Cell]) -> Iterator[Marked]:
    """The marked rows of an owned sheet, from the top; nothing where its marks are gone."""
    place = next(
        ((row, column) for (row, column), cell in sorted(cells.items()) if str(cell.value).partition(" ")[0] == HEADER),
        None,
    )
    if place is None:
        return
    found: defaultdict[int, dict[int, _Cell]] = defaultdict(dict)
    for (row, column), cell in cells.items():
        found[row][column] = cell
    for number, held in sorted(found.items()):
        if place[1] not in held:
            continue
        text = str(held.pop(place[1]).value).removeprefix(HEADER).strip()
        there = {mark(cell.value, cell.formula) for cell in held.values()}
        formulas = {column: cell.value for column, cell in held.items() if cell.formula is not None}
        yield Marked(number, text, min(held, default=place[1]), formulas, not set(text.split()) <= there)
