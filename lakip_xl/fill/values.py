"""What Excel will see in each cell once the planned formulas stand in the workbook."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping

from lakip_xl.cells import Area, Cell, Value, column_number
from lakip_xl.form.evaluate import evaluate_in
from lakip_xl.form.expressions import Expr
from lakip_xl.form.parse import parse
from lakip_xl.form.working import Known
from lakip_xl.formula import references

Seen = Callable[[Cell], Value]


class Unknown(Exception):
    """A value hangs on a user's formula that cannot be computed here."""


class Values:
    """The value of any cell, computed on demand and once.

    ``planned`` are our formulas; ``dependent`` the user's formulas whose value in the file cannot be trusted, because they read a
    planned cell or the file holds no value for them: they are computed here where that can be done. ``doubtful`` are formulas of
    a file that asks to be recalculated: they are computed where that can be done, else believed, unless ``stale`` tells that what
    they read has changed. All others keep the value that the file holds.
    """

    def __init__(self, raw: Seen, formulas: Mapping[Cell, str], sheets: Iterable[str]) -> None:
        self.raw, self.formulas = raw, formulas
        self.sheets = {name.lower(): name for name in sheets}
        self.known: Known = defaultdict(dict)
        self.planned: dict[Cell, Expr] = {}
        self.dependent: set[Cell] = set()
        self.doubtful: set[Cell] = set()
        self.stale = False
        self.unknown: set[Cell] = set()
        self._busy: set[Cell] = set()

    def take(self, sheet: str, column: int, values: Mapping[int, Value]) -> None:
        """Values of typed cells of a column, by row, that need not be asked for one by one."""
        self.known[sheet, column].update(values)

    def restart(self) -> None:
        """Forgets what was computed, after the plan changed."""
        self.known.clear()
        self.unknown.clear()

    def put(self, cell: Cell, value: Value) -> None:
        """A value that will be written as it is."""
        self.known[cell.sheet, cell.column][cell.row] = value

    def __call__(self, cell: Cell) -> Value:
        """The value of a cell. Raises Unknown where it cannot be known."""
        column = self.known[cell.sheet, cell.column]
        if cell.row in column:
            value: Value = column[cell.row]
            return value
        if cell in self.unknown:
            raise Unknown
        expr = self.planned.get(cell)
        if expr is None and cell in self.dependent:
            expr = parse(self.formulas[cell], cell.sheet, self.sheets)
            if expr is None:
                self.unknown.add(cell)
                raise Unknown
        elif expr is None and cell in self.doubtful:
            expr = parse(self.formulas[cell], cell.sheet, self.sheets)
        try:
            value = self.raw(cell) if expr is None else self._computed(cell, expr)
        except Unknown:
            if self.stale or cell not in self.doubtful or cell in self.dependent or cell in self.planned:
                raise
            self.unknown.discard(cell)
            value = self.raw(cell)
        column[cell.row] = value
        return value

    def _found(self, sheet: str, row: int, column: int) -> Value:
        return self(Cell(sheet, row, column))

    def _computed(self, cell: Cell, expr: Expr) -> Value:
        if cell in self._busy:
            raise Unknown  # a circle among the user's formulas
        self._busy.add(cell)
        try:
            return evaluate_in(expr, self.known, self._found)
        except (Unknown, RecursionError, TypeError, ArithmeticError, LookupError, ValueError):
            # A function of the user's with operands that our formulas never give it.
            self.unknown.add(cell)
            raise Unknown from None
        finally:
            self._busy.discard(cell)

    def of(self, expr: Expr) -> Value:
        """The value of an expression, None where it cannot be known."""
        try:
            return evaluate_in(expr, self.known, self._found)
        except (Unknown, RecursionError):
            return None

    def or_none(self, cell: Cell) -> Value:
        """The value of a cell, None where it cannot be known."""
        try:
            return self(cell)
        except Unknown:
            return None


def dependents(formulas: Mapping[Cell, str], written: Iterable[Cell], sheets: Iterable[str]) -> set[Cell]:
    """The cells whose formula reads, directly or through other formulas, one of the ``written`` cells."""
    written = set(written)
    positions: dict[str, set[tuple[int, int]]] = {}
    for cell in written:
        positions.setdefault(cell.sheet.lower(), set()).add((cell.row, cell.column))
    if not any(_may_read(formula, cell.sheet, positions) for cell, formula in formulas.items()):
        return set()
    known = {name.lower(): name for name in sheets}
    reads: dict[Cell, list[tuple[str, Area]]] = {}
    for cell, formula in formulas.items():
        try:
            reads[cell] = [(known.get((sheet or cell.sheet).lower(), ""), area) for sheet, area in references(formula)]
        except ValueError:
            continue  # no formula that we can read: it keeps its value, and Excel refreshes it
    readers, wide = _index(reads)
    found: set[Cell] = set()
    waiting = deque(written)
    while waiting:
        cell = waiting.popleft()
        hit = [reader for reader in readers.get(cell, ()) if reader not in found]
        hit += [reader for reader, sheet, area in wide if sheet == cell.sheet and area.holds(cell.row, cell.column)]
        for reader in hit:
            if reader not in found:
                found.add(reader)
                waiting.append(reader)
        if hit and wide:
            wide = [entry for entry in wide if entry[0] not in found]
    return found


_WIDE = 2_000  # cells of an area that are worth an entry each


def _index(reads: Mapping[Cell, list[tuple[str, Area]]]) -> tuple[dict[Cell, list[Cell]], list[tuple[Cell, str, Area]]]:
    """For each cell the formulas that read it; and the formulas that read large areas, with their areas."""
    readers: dict[Cell, list[Cell]] = {}
    wide: list[tuple[Cell, str, Area]] = []
    for reader, areas in reads.items():
        for sheet, area in areas:
            if (area.bottom - area.top + 1) * (area.right - area.left + 1) > _WIDE:
                wide.append((reader, sheet, area))
                continue
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    readers.setdefault(Cell(sheet, row, column), []).append(reader)
    return readers, wide


_ADDRESS = re.compile(
    r"(?:'((?:[^']|'')+)'!|([A-Za-z_][\w.]*)!)?\$?([A-Za-z]{1,3})\$?([1-9][0-9]*)(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]*))?"
)
_OTHER = re.compile(r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]+:\$?[0-9]+|\[")


def _may_read(formula: str, sheet: str, cells: Mapping[str, set[tuple[int, int]]]) -> bool:
    """A quick look whether a formula could read one of the cells (by sheet, in lower case); spares the tokenizer, which is slow."""
    if _OTHER.search(formula):
        return True  # whole columns and rows, tables, other workbooks: the tokenizer must tell
    for match in _ADDRESS.finditer(formula):
        positions = cells.get((match[1] or match[2] or sheet).replace("''", "'").lower())
        if positions:
            top, left = int(match[4]), column_number(match[3])
            bottom, right = (int(match[6]), column_number(match[5])) if match[6] else (top, left)
            if _meets(positions, Area(top, left, bottom, right)):
                return True
    return False


def _meets(positions: set[tuple[int, int]], area: Area) -> bool:
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= len(positions):
        rows = range(area.top, area.bottom + 1)
        return any((row, column) in positions for row in rows for column in range(area.left, area.right + 1))
    return any(area.holds(row, column) for row, column in positions)
