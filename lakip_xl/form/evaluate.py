"""The value of a bound formula, by Excel's semantics: what the cell would show when Excel calculates it.

Text never counts as a number here (Excel reads "97.548.000" by its locale; our formulas guard every operand, so the question
does not arise), a blank is 0 in arithmetic and "" in text, errors travel upward, ROUND rounds half away from zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import cast

from lakip_xl.cells import Cell, Value
from lakip_xl.form.expressions import Binary, Call, Const, Expr, Placed, Ref
from lakip_xl.form.functions import FUNCTIONS
from lakip_xl.form.semantics import OPERATORS, Fault
from lakip_xl.form.working import Arg, Env, Known, Run, reference

Resolve = Callable[[Cell], Value]


def evaluate(expr: Expr, resolve: Resolve) -> Value:
    """The formula's value; ``resolve`` gives what Excel sees in a cell. A blank result is 0, as in Excel."""

    def find(sheet: str, row: int, column: int) -> Value:
        return resolve(Cell(sheet, row, column))

    return evaluate_in(expr, defaultdict(dict), find)


def evaluate_in(expr: Expr, known: Known, find: Callable[[str, int, int], Value]) -> Value:
    """As ``evaluate``, for whoever keeps values by column: ``find`` is asked for a cell only where none is known."""
    try:
        if isinstance(expr, Placed):
            run = expr.pattern.work
            if run is None:
                run = expr.pattern.work = compiled(expr.pattern.tree)
            value = run(Env(known, find, expr.row, expr.first, expr.last))
        else:
            value = compiled(expr)(Env(known, find))
    except Fault as fault:
        return fault.value
    return 0.0 if value is None else cast(Value, value)


def compiled(expr: Expr) -> Run:
    """The function that works a tree out. Raises TypeError or LookupError for a tree that Excel would not take either."""
    match expr:
        case Const(value):
            return lambda env: value
        case Ref():
            return reference(expr)
        case Binary(op, left, right):
            return _binary(op, compiled(left), compiled(right))
        case Call(name, args):
            return FUNCTIONS[name]([Arg(arg, compiled) for arg in args])
    # A range where one value is due: Excel takes one of its cells or spills; our formulas never ask for it.
    raise TypeError(f"no single value: {expr!r}")


def _binary(op: str, left: Run, right: Run) -> Run:
    work = OPERATORS[op]
    return lambda env: work(left(env), right(env))
