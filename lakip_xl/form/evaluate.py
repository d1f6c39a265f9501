"""The value of a bound formula, by Excel's semantics: what the cell would show when Excel calculates it.

Text never counts as a number here (Excel reads "97.548.000" by its locale; our formulas guard every operand, so the question
does not arise), a blank is 0 in arithmetic and "" in text, errors travel upward, ROUND rounds half away from zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lakip_xl.cells import DIV0, NA, REF, VALUE, Cell, ErrorValue, Value
from lakip_xl.form.expressions import ROW, Binary, Call, Const, Expr, Listed, Placed, Range, Ref
from lakip_xl.form.semantics import OPERATORS, Fault, compare, finite, is_number, kind, matches, number, string, truth
from lakip_xl.numbers import round_half_up

Resolve = Callable[[Cell], Value]


class Env:
    """Where a formula is evaluated: what Excel sees in the cells, and the rows of a ``Placed`` formula."""

    __slots__ = ("placed", "resolve")

    def __init__(self, resolve: Resolve, placed: Placed | None = None) -> None:
        self.resolve, self.placed = resolve, placed

    def seen(self, cell: Cell) -> Value:
        """What stands in a cell of the tree, errors as values."""
        if self.placed is not None and cell[1] >= ROW:
            cell = Cell(cell[0], self.placed.real(cell[1]), cell[2])
        return self.resolve(cell)

    def bounds(self, area: Range) -> tuple[str, int, int, int, int]:
        """Sheet, first and last row, first and last column of a range."""
        sheet, top, left = area.first.cell
        _, bottom, right = area.last.cell
        if self.placed is not None:
            top, bottom = self.placed.real(top), self.placed.real(bottom)
        return sheet, top, bottom, left, right


def evaluate(expr: Expr, resolve: Resolve) -> Value:
    """The formula's value; ``resolve`` gives what Excel sees in a cell. A blank result is 0, as in Excel."""
    env = Env(resolve)
    if isinstance(expr, Placed):
        env.placed, expr = expr, expr.tree
    try:
        value = _value(expr, env)
    except Fault as fault:
        return fault.value
    return 0.0 if value is None else value


def _value(expr: Expr, env: Env) -> Value:
    return _KINDS[type(expr)](expr, env)


def _reference(expr: Ref, env: Env) -> Value:
    seen = env.seen(expr.cell)
    if isinstance(seen, ErrorValue):
        raise Fault(seen)
    return seen


def _no_single_value(expr: Range, env: Env) -> Value:
    raise TypeError("a range where one value is due")  # Excel takes one of its cells or spills; ours never ask it


_KINDS: dict[type[Expr], Callable[[Any, Env], Value]] = {
    Const: lambda expr, env: expr.value,
    Ref: _reference,
    Range: _no_single_value,
    Binary: lambda expr, env: OPERATORS[expr.op](_value(expr.left, env), _value(expr.right, env)),
    Call: lambda expr, env: FUNCTIONS[expr.name](expr.args, env),
}


# -- operands -----------------------------------------------------------------------------------------------------------------


def cells_of(area: Range, env: Env) -> Iterator[Cell]:
    """The cells of a range, row by row, with their real rows."""
    sheet, top, bottom, left, right = env.bounds(area)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield Cell(sheet, row, column)


def _seen(arg: Expr, env: Env) -> Iterator[Value]:
    """The values of an argument that may be a range; error values are handed on as values, not raised."""
    if isinstance(arg, Range):
        for cell in cells_of(arg, env):
            yield env.seen(cell)
    elif isinstance(arg, Ref):
        yield env.seen(arg.cell)
    elif isinstance(arg, Listed):
        yield from arg.values
    else:
        yield _value(arg, env)


def _numbers(args: tuple[Expr, ...], env: Env) -> list[float]:
    """The numbers among the arguments; texts and truth values in cells do not count, errors travel up."""
    found: list[float] = []
    for arg in args:
        for value in _seen(arg, env):
            if isinstance(value, ErrorValue):
                raise Fault(value)
            if is_number(value):
                found.append(float(value))  # type: ignore[arg-type]
    return found


# -- functions ----------------------------------------------------------------------------------------------------------------

Args = tuple[Expr, ...]


def _if(args: Args, env: Env) -> Value:
    if truth(_value(args[0], env)):
        return _value(args[1], env)
    return _value(args[2], env) if len(args) > 2 else False


def _iferror(args: Args, env: Env) -> Value:
    try:
        return _value(args[0], env)
    except Fault:
        return _value(args[1], env)


def _iserror(args: Args, env: Env) -> Value:
    try:
        _value(args[0], env)
    except Fault:
        return True
    return False


def _truths(args: Args, env: Env) -> list[bool]:
    """Every argument is asked, as Excel does: an error in a later one travels up even where the first one decides."""
    return [truth(_value(arg, env)) for arg in args]


def _and(args: Args, env: Env) -> Value:
    return all(_truths(args, env))


def _or(args: Args, env: Env) -> Value:
    return any(_truths(args, env))


def _isnumber(args: Args, env: Env) -> Value:
    try:
        return is_number(_value(args[0], env))
    except Fault:
        return False


def _count(args: Args, env: Env) -> Value:
    return float(sum(1 for arg in args for value in _seen(arg, env) if is_number(value)))


def _counta(args: Args, env: Env) -> Value:
    return float(sum(1 for arg in args for value in _seen(arg, env) if value is not None))


def _countblank(args: Args, env: Env) -> Value:
    return float(sum(1 for value in _seen(args[0], env) if value is None or value == ""))


def _chosen(pairs: Args, env: Env) -> Iterator[int]:
    """The places at which every (range, criterion) pair holds; a criterion beside the first is only asked where the others hold."""
    columns = [
        (list(cells_of(_area(pairs[i]), env)), matches(_value(pairs[i + 1], env))) for i in range(0, len(pairs), 2)
    ]
    for place in range(len(columns[0][0])):
        if all(test(env.seen(cells[place])) for cells, test in columns):
            yield place


def _area(expr: Expr) -> Range:
    if isinstance(expr, Range):
        return expr
    if isinstance(expr, Ref):
        return Range(expr, expr)
    raise TypeError(f"not a range: {expr!r}")


def _countifs(args: Args, env: Env) -> Value:
    return float(sum(1 for _ in _chosen(args, env)))


def _add_up(cells: list[Cell], places: Iterator[int], env: Env) -> float:
    total = 0.0
    for place in places:
        value = env.seen(cells[place])
        if isinstance(value, ErrorValue):
            raise Fault(value)
        if is_number(value):
            total += float(value)  # type: ignore[arg-type]
    return total


def _sumif(args: Args, env: Env) -> Value:
    return _add_up(list(cells_of(_area(args[-1]), env)), _chosen(args[:2], env), env)


def _sumifs(args: Args, env: Env) -> Value:
    return _add_up(list(cells_of(_area(args[0]), env)), _chosen(args[1:], env), env)


def _average(args: Args, env: Env) -> Value:
    numbers = _numbers(args, env)
    if not numbers:
        raise Fault(DIV0)
    return sum(numbers) / len(numbers)


def _round(args: Args, env: Env) -> Value:
    return float(round_half_up(number(_value(args[0], env)), int(number(_value(args[1], env)))))


def _large(args: Args, env: Env) -> Value:
    numbers = sorted(_numbers(args[:1], env), reverse=True)
    rank = int(number(_value(args[1], env)))
    if not 1 <= rank <= len(numbers):
        raise Fault(ErrorValue("#NUM!"))
    return numbers[rank - 1]


def _index(args: Args, env: Env) -> Value:
    if isinstance(args[0], Listed):
        place = int(number(_value(args[1], env)))
        if not 1 <= place <= len(args[0].values):
            raise Fault(REF)
        return args[0].values[place - 1]
    sheet, top, bottom, left, right = env.bounds(_area(args[0]))
    height, width = bottom - top + 1, right - left + 1
    first = int(number(_value(args[1], env)))
    row, column = (first, int(number(_value(args[2], env)))) if len(args) > 2 else (first, 1)
    if len(args) == 2 and height == 1:
        row, column = 1, first
    if not (1 <= row <= height and 1 <= column <= width):
        raise Fault(REF)
    return _value(Ref(Cell(sheet, top + row - 1, left + column - 1)), env)


def _match(args: Args, env: Env) -> Value:
    wanted = _value(args[0], env)
    exact = len(args) > 2 and number(_value(args[2], env)) == 0
    found = 0
    for place, value in enumerate(_seen(args[1], env), start=1):
        if value is None or isinstance(value, ErrorValue) or kind(value) != kind(wanted):
            continue
        order = compare(value, wanted)
        if exact and order == 0:
            return float(place)
        if not exact and order <= 0:
            found = place
    if not found:
        raise Fault(NA)
    return float(found)


def _choose(args: Args, env: Env) -> Value:
    place = int(number(_value(args[0], env)))
    if not 1 <= place < len(args):
        raise Fault(VALUE)
    return _value(args[place], env)


def _na(args: Args, env: Env) -> Value:
    raise Fault(NA)


def _substitute(args: Args, env: Env) -> Value:
    whole, old, new = (string(_value(a, env)) for a in args)
    return whole.replace(old, new) if old else whole


def _rows(args: Args, env: Env) -> Value:
    _, top, bottom, _, _ = env.bounds(_area(args[0]))
    return float(bottom - top + 1)


FUNCTIONS: dict[str, Callable[[Args, Env], Value]] = {
    "IF": _if,
    "IFERROR": _iferror,
    "ISERROR": _iserror,
    "ISNUMBER": _isnumber,
    "AND": _and,
    "OR": _or,
    "NOT": lambda args, env: not truth(_value(args[0], env)),
    "COUNT": _count,
    "COUNTA": _counta,
    "COUNTBLANK": _countblank,
    "COUNTIF": _countifs,
    "COUNTIFS": _countifs,
    "SUM": lambda args, env: finite(float(sum(_numbers(args, env)))),
    "SUMSQ": lambda args, env: finite(float(sum(number * number for number in _numbers(args, env)))),
    "SUMIF": _sumif,
    "SUMIFS": _sumifs,
    "AVERAGE": _average,
    "MIN": lambda args, env: min(_numbers(args, env), default=0.0),
    "MAX": lambda args, env: max(_numbers(args, env), default=0.0),
    "ABS": lambda args, env: abs(number(_value(args[0], env))),
    "ROUND": _round,
    "ROWS": _rows,
    "LARGE": _large,
    "INDEX": _index,
    "MATCH": _match,
    "CHOOSE": _choose,
    "NA": _na,
    "LEN": lambda args, env: float(len(string(_value(args[0], env)))),
    "LEFT": lambda args, env: string(_value(args[0], env))[: int(number(_value(args[1], env)))],
    "UPPER": lambda args, env: string(_value(args[0], env)).upper(),
    "SUBSTITUTE": _substitute,
}
"""Every worksheet function that the tool may write; all exist in Excel 2010."""
