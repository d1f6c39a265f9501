"""The value of a bound formula, by Excel's semantics: what the cell would show when Excel calculates it.

Text never counts as a number here (Excel reads "97.548.000" by its locale; our formulas guard every operand, so the question
does not arise), a blank is 0 in arithmetic and "" in text, errors travel upward, ROUND rounds half away from zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from lakip_xl.cells import Cell, Value
from lakip_xl.form.expressions import Binary, Call, Const, Expr, Placed, Ref
from lakip_xl.form.functions import FUNCTIONS
from lakip_xl.form.semantics import OPERATORS, Fault, is_number
from lakip_xl.form.working import Arg, Env, Known, Run, looked_up, reference

Resolve = Callable[[Cell], Value]


class Shown:
    """What Excel sees in a cell, with the values that are known by column: a range is taken from these without asking for each cell."""

    __slots__ = ("known", "resolve")

    def __init__(self, resolve: Resolve, known: Known) -> None:
        self.resolve, self.known = resolve, known

    def __call__(self, cell: Cell) -> Value:
        return self.resolve(cell)


def evaluate(expr: Expr, resolve: Resolve) -> Value:
    """The formula's value; ``resolve`` gives what Excel sees in a cell. A blank result is 0, as in Excel."""

    def find(sheet: str, row: int, column: int) -> Value:
        return resolve(Cell(sheet, row, column))

    return evaluate_in(expr, resolve.known if isinstance(resolve, Shown) else defaultdict(dict), find)


def evaluate_in(expr: Expr, known: Known, find: Callable[[str, int, int], Value]) -> Value:
    """As ``evaluate``, for whoever keeps values by column: ``find`` is asked for a cell only where none is known."""
    try:
        if isinstance(expr, Placed):
            run: Run | None = expr.pattern.work
            if run is None:
                run = expr.pattern.work = compiled(expr.pattern.tree)
            value = run(Env(known, find, expr.row, expr.first, expr.last))
        else:
            value = compiled(expr)(Env(known, find))
    except Fault as fault:
        return fault.value
    return 0.0 if value is None else value


def compiled(expr: Expr) -> Run:
    """The function that works a tree out. Raises TypeError or LookupError for a tree that Excel would not take either."""
    match expr:
        case Const(value):
            return lambda env: value
        case Ref():
            return reference(expr)
        case Binary(op, left, right):
            return _all_numbers(op, left, right) or _binary(op, compiled(left), right)
        case Call(name, args):
            return FUNCTIONS[name]([Arg(arg, compiled) for arg in args])
    # A range where one value is due: Excel takes one of its cells or spills; our formulas never ask for it.
    raise TypeError(f"no single value: {expr!r}")


def _binary(op: str, left: Run, right: Expr) -> Run:
    work = OPERATORS[op]
    if isinstance(right, Const):
        constant = right.value
        if op == "=" and isinstance(constant, str):
            return _is_text(left, constant)
        if isinstance(constant, float) and op in "<=>=<>":
            return _against(op, left, constant)
        return lambda env: work(left(env), constant)
    other = compiled(right)
    return lambda env: work(left(env), other(env))


def _all_numbers(op: str, left: Expr, right: Expr) -> Run | None:
    """``COUNT(a,b)=2``, the guard of most formulas, without counting; None for another comparison."""
    match left, right:
        case Call("COUNT", cells), Const(int() | float() as wanted) if op == "=" and wanted == len(cells):
            if all(isinstance(cell, Ref) for cell in cells):
                looks = [looked_up(cell) for cell in cells if isinstance(cell, Ref)]
                return lambda env: all(is_number(look(env)) for look in looks)
    return None


def _against(op: str, left: Run, number: float) -> Run:
    """A comparison with a constant number. Only where the two are so close that their 15th digit tells is ``compare`` asked."""
    work = OPERATORS[op]
    above, below = work(1.0, 0.0), work(0.0, 1.0)
    close = 2e-14 * abs(number)

    def run(env: Env) -> Value:
        value = left(env)
        if isinstance(value, float):
            if value - number > close:
                return above
            if number - value > close:
                return below
        return work(value, number)

    return run


def _is_text(left: Run, text: str) -> Run:
    """``left="text"``, asked many times for each row: as ``compare`` finds it, without asking what the text is."""
    lowered = text.lower()

    def run(env: Env) -> Value:
        value = left(env)
        if value.__class__ is str:
            return value == text or value.lower() == lowered
        return value is None and not text

    return run
