"""The value of a bound formula, by Excel's semantics: what the cell would show when Excel calculates it.

Text never counts as a number here (Excel reads "97.548.000" by its locale; our formulas guard every operand, so the question
does not arise), a blank is 0 in arithmetic and "" in text, errors travel upward, ROUND rounds half away from zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lakip_xl.cells import DIV0, NA, REF, VALUE, Cell, ErrorValue, Value
from lakip_xl.form.expressions import Binary, Call, Const, Expr, Range, Ref
from lakip_xl.form.semantics import Fault, binary, compare, is_number, kind, matches, number, string, truth
from lakip_xl.numbers import round_half_up

Resolve = Callable[[Cell], Value]


def evaluate(expr: Expr, resolve: Resolve) -> Value:
    """The formula's value; ``resolve`` gives what Excel sees in a cell. A blank result is 0, as in Excel."""
    try:
        value = _value(expr, resolve)
    except Fault as fault:
        return fault.value
    return 0.0 if value is None else value


def _value(expr: Expr, resolve: Resolve) -> Value:
    match expr:
        case Const(value):
            return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        case Ref(cell):
            seen = resolve(cell)
            if isinstance(seen, ErrorValue):
                raise Fault(seen)
            return seen
        case Binary(op, left, right):
            return binary(op, _value(left, resolve), _value(right, resolve))
        case Call(name, args):
            return FUNCTIONS[name](args, resolve)
    raise TypeError(f"cannot be evaluated: {expr!r}")


# -- operands -----------------------------------------------------------------------------------------------------------------


def cells_of(area: Range) -> Iterator[Cell]:
    """The cells of a range, row by row."""
    sheet, top, left = area.first.cell
    _, bottom, right = area.last.cell
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield Cell(sheet, row, column)


def _seen(arg: Expr, resolve: Resolve) -> Iterator[Value]:
    """The values of an argument that may be a range; error values are handed on as values, not raised."""
    if isinstance(arg, Range):
        for cell in cells_of(arg):
            yield resolve(cell)
    elif isinstance(arg, Ref):
        yield resolve(arg.cell)
    else:
        yield _value(arg, resolve)


def _numbers(args: tuple[Expr, ...], resolve: Resolve) -> list[float]:
    """The numbers among the arguments; texts and truth values in cells do not count, errors travel up."""
    found: list[float] = []
    for arg in args:
        for value in _seen(arg, resolve):
            if isinstance(value, ErrorValue):
                raise Fault(value)
            if is_number(value):
                found.append(float(value))  # type: ignore[arg-type]
    return found


# -- functions ----------------------------------------------------------------------------------------------------------------

Args = tuple[Expr, ...]


def _if(args: Args, resolve: Resolve) -> Value:
    if truth(_value(args[0], resolve)):
        return _value(args[1], resolve)
    return _value(args[2], resolve) if len(args) > 2 else False


def _iferror(args: Args, resolve: Resolve) -> Value:
    try:
        return _value(args[0], resolve)
    except Fault:
        return _value(args[1], resolve)


def _iserror(args: Args, resolve: Resolve) -> Value:
    try:
        _value(args[0], resolve)
    except Fault:
        return True
    return False


def _truths(args: Args, resolve: Resolve) -> list[bool]:
    """Every argument is asked, as Excel does: an error in a later one travels up even where the first one decides."""
    return [truth(_value(arg, resolve)) for arg in args]


def _and(args: Args, resolve: Resolve) -> Value:
    return all(_truths(args, resolve))


def _or(args: Args, resolve: Resolve) -> Value:
    return any(_truths(args, resolve))


def _isnumber(args: Args, resolve: Resolve) -> Value:
    try:
        return is_number(_value(args[0], resolve))
    except Fault:
        return False


def _count(args: Args, resolve: Resolve) -> Value:
    return float(sum(1 for arg in args for value in _seen(arg, resolve) if is_number(value)))


def _counta(args: Args, resolve: Resolve) -> Value:
    return float(sum(1 for arg in args for value in _seen(arg, resolve) if value is not None))


def _countblank(args: Args, resolve: Resolve) -> Value:
    return float(sum(1 for value in _seen(args[0], resolve) if value is None or value == ""))


def _chosen(pairs: Args, resolve: Resolve) -> Iterator[int]:
    """The places at which every (range, criterion) pair holds; a criterion beside the first is only asked where the others hold."""
    columns = [
        (list(cells_of(_area(pairs[i]))), matches(_value(pairs[i + 1], resolve))) for i in range(0, len(pairs), 2)
    ]
    for place in range(len(columns[0][0])):
        if all(test(resolve(cells[place])) for cells, test in columns):
            yield place


def _area(expr: Expr) -> Range:
    if isinstance(expr, Range):
        return expr
    if isinstance(expr, Ref):
        return Range(expr, expr)
    raise TypeError(f"not a range: {expr!r}")


def _countifs(args: Args, resolve: Resolve) -> Value:
    return float(sum(1 for _ in _chosen(args, resolve)))


def _add_up(cells: list[Cell], places: Iterator[int], resolve: Resolve) -> float:
    total = 0.0
    for place in places:
        value = resolve(cells[place])
        if isinstance(value, ErrorValue):
            raise Fault(value)
        if is_number(value):
            total += float(value)  # type: ignore[arg-type]
    return total


def _sumif(args: Args, resolve: Resolve) -> Value:
    return _add_up(list(cells_of(_area(args[-1]))), _chosen(args[:2], resolve), resolve)


def _sumifs(args: Args, resolve: Resolve) -> Value:
    return _add_up(list(cells_of(_area(args[0]))), _chosen(args[1:], resolve), resolve)


def _average(args: Args, resolve: Resolve) -> Value:
    numbers = _numbers(args, resolve)
    if not numbers:
        raise Fault(DIV0)
    return sum(numbers) / len(numbers)


def _round(args: Args, resolve: Resolve) -> Value:
    return float(round_half_up(number(_value(args[0], resolve)), int(number(_value(args[1], resolve)))))


def _large(args: Args, resolve: Resolve) -> Value:
    numbers = sorted(_numbers(args[:1], resolve), reverse=True)
    rank = int(number(_value(args[1], resolve)))
    if not 1 <= rank <= len(numbers):
        raise Fault(ErrorValue("#NUM!"))
    return numbers[rank - 1]


def _index(args: Args, resolve: Resolve) -> Value:
    area = _area(args[0])
    sheet, top, left = area.first.cell
    height, width = area.last.cell.row - top + 1, area.last.cell.column - left + 1
    first = int(number(_value(args[1], resolve)))
    row, column = (first, int(number(_value(args[2], resolve)))) if len(args) > 2 else (first, 1)
    if len(args) == 2 and height == 1:
        row, column = 1, first
    if not (1 <= row <= height and 1 <= column <= width):
        raise Fault(REF)
    return _value(Ref(Cell(sheet, top + row - 1, left + column - 1)), resolve)


def _match(args: Args, resolve: Resolve) -> Value:
    wanted = _value(args[0], resolve)
    exact = len(args) > 2 and number(_value(args[2], resolve)) == 0
    found = 0
    for place, value in enumerate(_seen(args[1], resolve), start=1):
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


def _choose(args: Args, resolve: Resolve) -> Value:
    place = int(number(_value(args[0], resolve)))
    if not 1 <= place < len(args):
        raise Fault(VALUE)
    return _value(args[place], resolve)


def _na(args: Args, resolve: Resolve) -> Value:
    raise Fault(NA)


def _substitute(args: Args, resolve: Resolve) -> Value:
    whole, old, new = (string(_value(a, resolve)) for a in args)
    return whole.replace(old, new) if old else whole


FUNCTIONS: dict[str, Callable[[Args, Resolve], Value]] = {
    "IF": _if,
    "IFERROR": _iferror,
    "ISERROR": _iserror,
    "ISNUMBER": _isnumber,
    "AND": _and,
    "OR": _or,
    "NOT": lambda args, resolve: not truth(_value(args[0], resolve)),
    "COUNT": _count,
    "COUNTA": _counta,
    "COUNTBLANK": _countblank,
    "COUNTIF": _countifs,
    "COUNTIFS": _countifs,
    "SUM": lambda args, resolve: float(sum(_numbers(args, resolve))),
    "SUMSQ": lambda args, resolve: float(sum(number * number for number in _numbers(args, resolve))),
    "SUMIF": _sumif,
    "SUMIFS": _sumifs,
    "AVERAGE": _average,
    "MIN": lambda args, resolve: min(_numbers(args, resolve), default=0.0),
    "MAX": lambda args, resolve: max(_numbers(args, resolve), default=0.0),
    "ABS": lambda args, resolve: abs(number(_value(args[0], resolve))),
    "ROUND": _round,
    "LARGE": _large,
    "INDEX": _index,
    "MATCH": _match,
    "CHOOSE": _choose,
    "NA": _na,
    "LEN": lambda args, resolve: float(len(string(_value(args[0], resolve)))),
    "LEFT": lambda args, resolve: string(_value(args[0], resolve))[: int(number(_value(args[1], resolve)))],
    "UPPER": lambda args, resolve: string(_value(args[0], resolve)).upper(),
    "SUBSTITUTE": _substitute,
}
"""Every worksheet function that the tool may write; all exist in Excel 2010."""
