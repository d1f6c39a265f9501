"""What Excel sees in a cell before anything is planned: settings must be read right even from a file that stores no or old values."""

from __future__ import annotations

from collections.abc import Mapping

from lakip_xl.cells import Cell, Value
from lakip_xl.form.evaluate import evaluate
from lakip_xl.form.parse import parse
from lakip_xl.workbook import Sheet


class _Unknown(Exception):
    """A formula without a stored value that cannot be computed here."""


class Computed:
    """The value of any cell: the stored one, but that of a formula without a stored value is computed, where that can be done.

    ``doubtful``: the file asks to be recalculated, so a formula is computed in any case and its stored value believed only where that
    cannot be done.
    """

    def __init__(self, sheets: Mapping[str, Sheet], doubtful: bool) -> None:
        self._sheets, self._doubtful = sheets, doubtful
        self._titles = {name.lower(): name for name in sheets}
        self._memo: dict[Cell, Value] = {}
        self._busy: set[Cell] = set()

    def __call__(self, cell: Cell) -> Value:
        """The value, None where it cannot be known."""
        try:
            return self._value(cell)
        except _Unknown:
            return None

    def _value(self, cell: Cell) -> Value:
        if cell in self._memo:
            return self._memo[cell]
        sheet = self._sheets.get(cell.sheet)
        data = sheet.cells.get((cell.row, cell.column)) if sheet is not None else None
        if data is None:
            return None
        value = data.value
        if data.formula is not None and (self._doubtful or not data.has_cache):
            try:
                value = self._formula(cell, data.formula)
            except _Unknown:
                if not data.has_cache:
                    raise
        self._memo[cell] = value
        return value

    def _formula(self, cell: Cell, formula: str) -> Value:
        if cell in self._busy:
            raise _Unknown  # a circle
        self._busy.add(cell)
        try:
            expr = parse(formula, cell.sheet, self._titles)
            if expr is None:
                raise _Unknown
            return evaluate(expr, self._value)
        except (RecursionError, TypeError, ArithmeticError, LookupError, ValueError):
            raise _Unknown from None  # operands that our formulas never give a function
        finally:
            self._busy.discard(cell)
