"""Sheets to be written, before any library writes them: constants and expressions in cells, each with the name of a format.

The cached value of a formula is worked out here, so every writer of sheets (template, summary) gets it in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Cell, Value
from lakip_xl.form.evaluate import Resolve, Shown, evaluate_in
from lakip_xl.form.expressions import Expr, Range, Ref, text
from lakip_xl.form.working import Known


class Slot(NamedTuple):
    """One cell to be written: a value or a bound expression, and the name of its format."""

    content: Value | Expr
    format: str = ""


EMPTY = Slot(None)


class Written(NamedTuple):
    """What goes into the file: the formula without ``=`` (None for a constant) and the value, cached or constant.

    ``expr`` is what the formula was made of.
    """

    row: int
    column: int
    formula: str | None
    value: Value
    format: str
    expr: Expr | None


@dataclass(slots=True)
class Grid:
    """One sheet to be written; rows and columns are 1-based."""

    sheet: str
    slots: dict[tuple[int, int], Slot] = field(default_factory=dict)

    def put(self, row: int, column: int, content: Value | Decimal | Expr = None, format: str = "") -> Ref:
        """Sets a cell and returns the reference to it."""
        if isinstance(content, Decimal) or type(content) is int:
            content = float(content)
        self.slots[row, column] = Slot(content, format)
        return self.ref(row, column)

    def ref(self, row: int, column: int) -> Ref:
        """The reference to a cell of this sheet."""
        return Ref(Cell(self.sheet, row, column))

    def area(self, top: int, left: int, bottom: int, right: int) -> Range:
        """The reference to a rectangle of this sheet."""
        return Range(self.ref(top, left), self.ref(bottom, right))

    def written(self, resolve: Resolve) -> Iterator[Written]:
        """The cells in reading order, formulas as text with their values; ``resolve`` comes from ``resolver``."""
        for (row, column), (content, format) in sorted(self.slots.items(), key=lambda item: item[0]):
            if isinstance(content, Expr):
                value = resolve(Cell(self.sheet, row, column))
                yield Written(row, column, text(content, self.sheet), value, format, content)
            else:
                yield Written(row, column, None, content, format, None)


def resolver(*grids: Grid, outer: Resolve) -> Resolve:
    """What Excel will see in any cell: the grids' own sheets first (a cell they leave out is blank), then ``outer``.

    Raises ValueError for a formula that reads itself.
    """
    sheets = {grid.sheet: grid.slots for grid in grids}
    known: Known = defaultdict(dict)
    if isinstance(outer, Shown):
        known.update({place: column for place, column in outer.known.items() if place[0] not in sheets})
    return Shown(_Resolver(sheets, outer, known), known)


class _Resolver:
    """An object, not a function that calls itself: that would keep all it has seen until Python next looks for circles."""

    def __init__(self, sheets: Mapping[str, Mapping[tuple[int, int], Slot]], outer: Resolve, known: Known) -> None:
        self._sheets, self._outer, self._known = sheets, outer, known
        self._under_way: set[Cell] = set()

    def __call__(self, cell: Cell) -> Value:
        slots = self._sheets.get(cell.sheet)
        if slots is None:
            return self._outer(cell)
        column = self._known[cell.sheet, cell.column]
        if cell.row not in column:
            content = slots.get((cell.row, cell.column), EMPTY).content
            column[cell.row] = self._computed(cell, content) if isinstance(content, Expr) else content
        value: Value = column[cell.row]
        return value

    def _computed(self, cell: Cell, content: Expr) -> Value:
        if cell in self._under_way:
            raise ValueError(f"{cell} reads itself")
        self._under_way.add(cell)
        value = evaluate_in(content, self._known, self._found)
        self._under_way.discard(cell)
        return value

    def _found(self, sheet: str, row: int, column: int) -> Value:
        return self(Cell(sheet, row, column))
