"""The value of a bound formula, by Excel's semantics: what the cell would show when Excel calculates it.

Text never counts as a number here (Excel reads "97.548.000" by its locale; our formulas guard every operand, so the question
does not arise), a blank is 0 in arithmetic and "" in text, errors travel upward, ROUND rounds half away from zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lakip_xl.cells import DIV0, NA, REF, VALUE, Cell, ErrorValue, Value
from lakip_xl.form.expressions import Binary, Call, Const, Expr, Range, Ref
from lakip_xl.numbers import round_half_up

Resolve = Callable[[Cell], Value]


class _Fault(Exception):
    """An error value on its way up to the formula."""

    def __init__(self, value: ErrorValue) -> None:
        self.value = value


def evaluate(expr: Expr, resolve: Resolve) -> Value:
    """The formula's value; ``resolve`` gives what Excel sees in a cell. A blank result is 0, as in Excel."""
    try:
        value = _value(expr, resolve)
    except _Fault as fault:
        return fault.value
    return 0.0 if value is None else value


def _value(expr: Expr, resolve: Resolve) -> Value:
    match expr:
        case Const(value):
            return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        case Ref(cell):
            value = resolve(cell)
            if isinstance(value, ErrorValue):
                raise _Fault(value)
            return value
        case Binary(op, left, right):
            return _binary(op, _value(left, resolve), _value(right, resolve))
        case Call(name, args):
            return FUNCTIONS[name](args, resolve)
    raise TypeError(f"cannot be evaluated: {expr!r}")


def _number(value: Value) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        raise _Fault(VALUE)
    return float(value)  # type: ignore[arg-type]


def _string(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        raise _Fault(VALUE)
    return bool(value)


def _binary(op: str, left: Value, right: Value) -> Value:
    match op:
        case "+":
            return _number(left) + _number(right)
        case "-":
            return _number(left) - _number(right)
        case "*":
            return _number(left) * _number(right)
        case "/":
            divisor = _number(right)
            if divisor == 0:
                raise _Fault(DIV0)
            return _number(left) / divisor
        case "&":
            return _string(left) + _string(right)
        case _:
            order = _compare(left, right)
            return {"=": order == 0, "<>": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[op]


def _compare(left: Value, right: Value) -> int:
    """Excel's order: numbers, then text without regard to case, then truth values; a blank equals 0, "" and FALSE."""
    if left is None:
        left = _blank_like(right)
    if right is None:
        right = _blank_like(left)
    kind_left, kind_right = _kind(left), _kind(right)
    if kind_left != kind_right:
        return -1 if kind_left < kind_right else 1
    a, b = (left.lower(), right.lower()) if isinstance(left, str) and isinstance(right, str) else (left, right)
    return (a > b) - (a < b)  # type: ignore[operator]


def _blank_like(value: Value) -> Value:
    return "" if isinstance(value, str) else False if isinstance(value, bool) else 0.0


def _kind(value: Value) -> int:
    return 1 if isinstance(value, str) else 2 if isinstance(value, bool) else 0


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


def _is_number(value: Value) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool)


def _numbers(args: tuple[Expr, ...], resolve: Resolve) -> list[float]:
    """The numbers among the arguments; texts and truth values in cells do not count, errors travel up."""
    found: list[float] = []
    for arg in args:
        for value in _seen(arg, resolve):
            if isinstance(value, ErrorValue):
                raise _Fault(value)
            if _is_number(value):
                found.append(float(value))  # type: ignore[arg-type]
    return found


def matches(criterion: Value) -> Callable[[Value], bool]:
    """The test that COUNTIF and SUMIF make of a criterion: ``"<=5"``, ``"?*"``, ``""``, a number or a text."""
    if _is_number(criterion):
        return lambda value: _is_number(value) and value == criterion
    wanted = _string(criterion)
    op, operand = re.fullmatch(r"(<=|>=|<>|<|>|=)?(.*)", wanted, re.DOTALL).groups()  # type: ignore[union-attr]
    number = float(operand) if re.fullmatch(r"[+-]?\d+(\.\d+)?(E[+-]?\d+)?", operand, re.IGNORECASE) else None
    if op in ("<", "<=", ">", ">="):
        if number is None:
            raise _Fault(VALUE)
        return lambda value: _is_number(value) and bool(_binary(op, value, number))
    if operand == "":
        if op == "<>":
            return lambda value: value is not None
        return lambda value: value is None or (value == "" and op is None)
    pattern = re.compile(
        "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in operand), re.IGNORECASE | re.DOTALL
    )

    def same(value: Value) -> bool:
        if number is not None:
            return _is_number(value) and value == number
        return isinstance(value, str) and pattern.fullmatch(value) is not None

    return (lambda value: not same(value)) if op == "<>" else same


# -- functions ----------------------------------------------------------------------------------------------------------------

Args = tuple[Expr, ...]


def _if(args: Args, resolve: Resolve) -> Value:
    if _truth(_value(args[0], resolve)):
        return _value(args[1], resolve)
    return _value(args[2], resolve) if len(args) > 2 else False


def _iferror(args: Args, resolve: Resolve) -> Value:
    try:
        return _value(args[0], resolve)
    except _Fault:
        return _value(args[1], resolve)


def _iserror(args: Args, resolve: Resolve) -> Value:
    try:
        _value(args[0], resolve)
    except _Fault:
        return True
    return False


def _isnumber(args: Args, resolve: Resolve) -> Value:
    try:
        return _is_number(_value(args[0], resolve))
    except _Fault:
        return False


def _count(args: Args, resolve: Resolve) -> Value:
    return float(sum(1 for arg in args for value in _seen(arg, resolve) if _is_number(value)))


def _counta(args: Args, resolve: Resolve) -> Value:
    return float(sum(1 for arg in args for value in _seen(arg, resolve) if value is not None))


def _countblank(args: Args, resolve: Resolve) -> Value:
    return float(sum(1 for value in _seen(args[0], resolve) if value is None or value == ""))


def _chosen(pairs: Args, resolve: Resolve) -> Iterator[int]:
    """The places at which every (range, criterion) pair holds; a criterion beside the first is only asked where the others hold."""
    columns = [(list(cells_of(_area(pairs[i]))), matches(_value(pairs[i + 1], resolve))) for i in range(0, len(pairs), 2)]
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
            raise _Fault(value)
        if _is_number(value):
            total += float(value)  # type: ignore[arg-type]
    return total


def _sumif(args: Args, resolve: Resolve) -> Value:
    return _add_up(list(cells_of(_area(args[-1]))), _chosen(args[:2], resolve), resolve)


def _sumifs(args: Args, resolve: Resolve) -> Value:
    return _add_up(list(cells_of(_area(args[0]))), _chosen(args[1:], resolve), resolve)


def _average(args: Args, resolve: Resolve) -> Value:
    numbers = _numbers(args, resolve)
    if not numbers:
        raise _Fault(DIV0)
    return sum(numbers) / len(numbers)


def _round(args: Args, resolve: Resolve) -> Value:
    return float(round_half_up(_number(_value(args[0], resolve)), int(_number(_value(args[1], resolve)))))


def _large(args: Args, resolve: Resolve) -> Value:
    numbers = sorted(_numbers(args[:1], resolve), reverse=True)
    rank = int(_number(_value(args[1], resolve)))
    if not 1 <= rank <= len(numbers):
        raise _Fault(ErrorValue("#NUM!"))
    return numbers[rank - 1]


def _index(args: Args, resolve: Resolve) -> Value:
    area = _area(args[0])
    sheet, top, left = area.first.cell
    height, width = area.last.cell.row - top + 1, area.last.cell.column - left + 1
    first = int(_number(_value(args[1], resolve)))
    row, column = (first, int(_number(_value(args[2], resolve)))) if len(args) > 2 else (first, 1)
    if len(args) == 2 and height == 1:
        row, column = 1, first
    if not (1 <= row <= height and 1 <= column <= width):
        raise _Fault(REF)
    return _value(Ref(Cell(sheet, top + row - 1, left + column - 1)), resolve)


def _match(args: Args, resolve: Resolve) -> Value:
    wanted = _value(args[0], resolve)
    exact = len(args) > 2 and _number(_value(args[2], resolve)) == 0
    found = 0
    for place, value in enumerate(_seen(args[1], resolve), start=1):
        if value is None or isinstance(value, ErrorValue) or _kind(value) != _kind(wanted):
            continue
        order = _compare(value, wanted)
        if exact and order == 0:
            return float(place)
        if not exact and order <= 0:
            found = place
    if not found:
        raise _Fault(NA)
    return float(found)


def _choose(args: Args, resolve: Resolve) -> Value:
    place = int(_number(_value(args[0], resolve)))
    if not 1 <= place < len(args):
        raise _Fault(VALUE)
    return _value(args[place], resolve)


def _na(args: Args, resolve: Resolve) -> Value:
    raise _Fault(NA)


def _substitute(args: Args, resolve: Resolve) -> Value:
    whole, old, new = (_string(_value(a, resolve)) for a in args)
    return whole.replace(old, new) if old else whole


FUNCTIONS: dict[str, Callable[[Args, Resolve], Value]] = {
    "IF": _if,
    "IFERROR": _iferror,
    "ISERROR": _iserror,
    "ISNUMBER": _isnumber,
    "AND": lambda args, resolve: all([_truth(_value(a, resolve)) for a in args]),
    "OR": lambda args, resolve: any([_truth(_value(a, resolve)) for a in args]),
    "NOT": lambda args, resolve: not _truth(_value(args[0], resolve)),
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
    "ABS": lambda args, resolve: abs(_number(_value(args[0], resolve))),
    "ROUND": _round,
    "LARGE": _large,
    "INDEX": _index,
    "MATCH": _match,
    "CHOOSE": _choose,
    "NA": _na,
    "LEN": lambda args, resolve: float(len(_string(_value(args[0], resolve)))),
    "LEFT": lambda args, resolve: _string(_value(args[0], resolve))[: int(_number(_value(args[1], resolve)))],
    "UPPER": lambda args, resolve: _string(_value(args[0], resolve)).upper(),
    "SUBSTITUTE": _substitute,
}
"""Every worksheet function that the tool may write; all exist in Excel 2010."""
