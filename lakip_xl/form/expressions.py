"""Formulas as small expressions. The Excel text (``text``) and the value (``evaluate``) of a formula derive from the same tree.

An expression of the form speaks in keys (``Key("target")``, ``Setting("capaian_min")``, ``Span("anggaran")``); ``bind`` puts cells in
their place. Only functions of Excel 2010 are used (``evaluate.FUNCTIONS``), and none whose result depends on the locale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Union

from lakip_xl.cells import Cell, a1, quote_sheet

Operand = Union["Expr", float, int, str, bool]


class Expr:
    """A node of a formula. Python's operators build further nodes; ``eq`` and ``ne`` stand for ``=`` and ``<>``."""

    __slots__ = ()

    def __add__(self, other: Operand) -> Binary:
        return Binary("+", self, lift(other))

    def __sub__(self, other: Operand) -> Binary:
        return Binary("-", self, lift(other))

    def __mul__(self, other: Operand) -> Binary:
        return Binary("*", self, lift(other))

    def __truediv__(self, other: Operand) -> Binary:
        return Binary("/", self, lift(other))

    def __radd__(self, other: Operand) -> Binary:
        return Binary("+", lift(other), self)

    def __rsub__(self, other: Operand) -> Binary:
        return Binary("-", lift(other), self)

    def __rmul__(self, other: Operand) -> Binary:
        return Binary("*", lift(other), self)

    def __lt__(self, other: Operand) -> Binary:
        return Binary("<", self, lift(other))

    def __le__(self, other: Operand) -> Binary:
        return Binary("<=", self, lift(other))

    def __gt__(self, other: Operand) -> Binary:
        return Binary(">", self, lift(other))

    def __ge__(self, other: Operand) -> Binary:
        return Binary(">=", self, lift(other))

    def __and__(self, other: Operand) -> Binary:
        """Excel's ``&``: joins texts."""
        return Binary("&", self, lift(other))

    def eq(self, other: Operand) -> Binary:
        return Binary("=", self, lift(other))

    def ne(self, other: Operand) -> Binary:
        return Binary("<>", self, lift(other))


@dataclass(frozen=True, slots=True)
class Const(Expr):
    """A number, text or truth value written into the formula."""

    value: float | str | bool


@dataclass(frozen=True, slots=True)
class Ref(Expr):
    """One cell; fixed parts carry dollar signs."""

    cell: Cell
    fixed_row: bool = False
    fixed_column: bool = False


@dataclass(frozen=True, slots=True)
class Range(Expr):
    """A rectangle of cells of one sheet, ``first`` its top left and ``last`` its bottom right."""

    first: Ref
    last: Ref


@dataclass(frozen=True, slots=True)
class Listed(Expr):
    """A column of constants, in place of a range that the workbook lacks."""

    values: tuple[float | str, ...]


@dataclass(frozen=True, slots=True)
class Call(Expr):
    """A worksheet function with its arguments."""

    name: str
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Binary(Expr):
    """Two operands and one of ``+ - * / & = <> < <= > >=``."""

    op: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Key(Expr):
    """The cell of this column in the formula's own row."""

    key: str


@dataclass(frozen=True, slots=True)
class Setting(Expr):
    """The cell that holds this setting (Identitas or Pengaturan)."""

    key: str


@dataclass(frozen=True, slots=True)
class Span(Expr):
    """The cells of this column over the rows that the formula gathers (its children, its indicators)."""

    key: str


@dataclass(frozen=True, slots=True)
class There(Expr):
    """The cell of a column in the row of another table that belongs to the formula's own row; ``first:last`` for neighbouring cells."""

    table: str
    key: str


@dataclass(slots=True, eq=False)
class Pattern:
    """A formula of a table, made once a column and shared by all its rows.

    The rows in ``tree`` are ``ROW``, ``FIRST`` and ``LAST``, which stand for a formula's own row and for the first and last row that
    it gathers; ``template`` is its text as seen from ``sheet``, with ``{0}``, ``{1}`` and ``{2}`` for the same three. ``work`` keeps
    what ``evaluate`` makes of the tree.
    """

    tree: Expr
    template: str
    sheet: str
    work: Any = None


@dataclass(slots=True, eq=False)
class Placed(Expr):
    """A formula of a table in one of its rows. Ten thousand rows cost ten thousand small values, not ten thousand trees."""

    pattern: Pattern
    row: int
    first: int
    last: int

    def real(self, row: int) -> int:
        """The sheet row that a row of the pattern's tree stands for."""
        return row if row < ROW else (self.row, self.first, self.last)[row - ROW]

    def text(self) -> str:
        """The formula as Excel stores it, as seen from the sheet of its table."""
        return self.pattern.template.format(self.row, self.first, self.last)


ROW, FIRST, LAST = 2_000_001, 2_000_002, 2_000_003  # beyond the last row of any sheet


def lift(value: Operand) -> Expr:
    """A Python value as an expression; an expression stays what it is."""
    if isinstance(value, Expr):
        return value
    return Const(float(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def unfold(placed: Placed) -> Expr:
    """The same formula as a tree of its own, with its own rows."""

    def moved(expr: Expr) -> Expr:
        match expr:
            case Ref(Cell(sheet, row, column), fixed_row, fixed_column):
                return Ref(Cell(sheet, placed.real(row), column), fixed_row, fixed_column)
            case Range(first, last):
                return Range(moved(first), moved(last))  # type: ignore[arg-type]
            case Call(name, args):
                return Call(name, tuple(moved(a) for a in args))
            case Binary(op, left, right):
                return Binary(op, moved(left), moved(right))
            case _:
                return expr

    return moved(placed.pattern.tree)


def call(name: str, *args: Operand) -> Call:
    """A worksheet function: ``call("IF", a > b, "x", "")``."""
    return Call(name, tuple(lift(a) for a in args))


def bind(expr: Expr, place: Callable[[Key | Setting | Span | There], Expr]) -> Expr:
    """The same expression with cells in place of keys."""
    match expr:
        case Key() | Setting() | Span() | There():
            return place(expr)
        case Call(name, args):
            return Call(name, tuple(bind(a, place) for a in args))
        case Binary(op, left, right):
            return Binary(op, bind(left, place), bind(right, place))
        case _:
            return expr


_STRENGTH = {"*": 4, "/": 4, "+": 3, "-": 3, "&": 2, "=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1}


def text(expr: Expr, sheet: str) -> str:
    """The formula as Excel stores it (English names, comma, no leading ``=``), as seen from ``sheet``."""
    if isinstance(expr, Placed):
        return expr.text() if expr.pattern.sheet == sheet else _text(unfold(expr), sheet, 0)
    return _text(expr, sheet, 0)


def _text(expr: Expr, sheet: str, around: int) -> str:
    match expr:
        case Const(value):
            return _constant(value)
        case Listed(values):
            return "{" + ";".join(_constant(value) for value in values) + "}"
        case Ref(cell, fixed_row, fixed_column):
            prefix = "" if cell.sheet == sheet else quote_sheet(cell.sheet) + "!"
            return prefix + a1(cell.row, cell.column, fixed_row=fixed_row, fixed_column=fixed_column)
        case Range(first, last):
            return (
                f"{_text(first, sheet, 0)}:{_text(last, first.cell.sheet if first.cell.sheet != sheet else sheet, 0)}"
            )
        case Call(name, args):
            return f"{name}({','.join(_text(a, sheet, 0) for a in args)})"
        case Binary(op, left, right):
            own = _STRENGTH[op]
            # The right side of equal strength keeps its parentheses: a-(b-c).
            inner = f"{_text(left, sheet, own)}{op}{_text(right, sheet, own + 1)}"
            return f"({inner})" if own < around else inner
        case Key(key) | Setting(key) | Span(key) | There(_, key):
            raise ValueError(f"{key!r} has no cell yet: bind the expression first")
    raise TypeError(f"not an expression: {expr!r}")


def _constant(value: float | str | bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
