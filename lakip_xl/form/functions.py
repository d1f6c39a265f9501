"""The worksheet functions that the tool may write; all exist in Excel 2010. Each is made for its arguments once, then runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lakip_xl.cells import DIV0, NA, NUM, REF, VALUE, ErrorValue, Value
from lakip_xl.form.expressions import Binary, Call, Const, Listed, Ref
from lakip_xl.form.semantics import OPERATORS, Fault, compare, finite, is_number, kind, matches, number, string, truth
from lakip_xl.form.working import AreaOf, Arg, Env, Gather, Run, all_values, looked_up, reference
from lakip_xl.numbers import round_half_up

Args = list[Arg]
Maker = Callable[[Args], Run]


# -- those that do not ask all their arguments, or stop errors ----------------------------------------------------------------


def _if(args: Args) -> Run:
    asked = _number_test(args)
    if asked is not None:
        return asked
    condition, yes = args[0].run, args[1].run
    no: Run = args[2].run if len(args) > 2 else lambda env: False

    def run(env: Env) -> Value:
        holds = condition(env)
        if holds is True or (holds is not False and truth(holds)):
            return yes(env)
        return no(env)

    return run


def _number_test(args: Args) -> Run | None:
    """``IF(ISNUMBER(cell),cell>0,FALSE)``, which the flags ask again and again, as one question; None for another IF."""
    match [arg.expr for arg in args]:
        case [Call("ISNUMBER", (Ref() as cell,)), Binary(op, left, Const(float(bound))), Const(False)] if cell == left:
            look, compares = looked_up(cell), OPERATORS[op]

            def run(env: Env) -> Value:
                value = look(env)
                return is_number(value) and compares(value, bound)

            return run
    return None


def _iferror(args: Args) -> Run:
    first, second = (arg.run for arg in args)

    def run(env: Env) -> Value:
        try:
            return first(env)
        except Fault:
            return second(env)

    return run


def _iserror(args: Args) -> Run:
    (asked,) = (arg.run for arg in args)

    def run(env: Env) -> Value:
        try:
            asked(env)
        except Fault:
            return True
        return False

    return run


def _isnumber(args: Args) -> Run:
    (asked,) = (arg.run for arg in args)

    def run(env: Env) -> Value:
        try:
            return is_number(asked(env))
        except Fault:
            return False

    return run


def _choose(args: Args) -> Run:
    place, *choices = [arg.run for arg in args]

    def run(env: Env) -> Value:
        chosen = int(number(place(env)))
        if not 1 <= chosen <= len(choices):
            raise Fault(VALUE)
        return choices[chosen - 1](env)

    return run


def _na(args: Args) -> Run:
    def run(env: Env) -> Value:
        raise Fault(NA)

    return run


# -- those of single values ---------------------------------------------------------------------------------------------------


def _single(work: Callable[..., Value]) -> Maker:
    """A function of single values; as many arguments as it takes."""

    def make(args: Args) -> Run:
        runs = [arg.run for arg in args]
        return lambda env: work(*[run(env) for run in runs])

    return make


def _logical(decide: Callable[[list[bool]], bool]) -> Maker:
    """AND and OR. Every argument is asked, as Excel does: an error in a later one travels up even where the first one decides."""

    def make(args: Args) -> Run:
        listed = _one_of(args) if decide is any else None
        if listed is not None:
            return listed
        runs = [arg.run for arg in args]
        return lambda env: decide([truth(run(env)) for run in runs])

    return make


def _one_of(args: Args) -> Run | None:
    """``OR(cell="a",cell="b",...)``, which the form asks of every row, as one look into a set; None for another question."""
    cells, texts = set(), set()
    for arg in args:
        match arg.expr:
            case Binary("=", Ref() as cell, Const(str(text))) if text:
                cells.add(cell)
                texts.add(text.lower())
            case _:
                return None
    if len(cells) != 1:
        return None
    asked = reference(cells.pop())

    def run(env: Env) -> Value:
        value = asked(env)
        return isinstance(value, str) and value.lower() in texts

    return run


def _substitute(whole: Value, old: Value, new: Value) -> Value:
    return string(whole).replace(string(old), string(new)) if string(old) else string(whole)


# -- those of ranges ----------------------------------------------------------------------------------------------------------


def _counting(counts: Callable[[Value], Any]) -> Maker:
    """COUNT and its kin: how many values are such."""

    def make(args: Args) -> Run:
        gather = all_values(args)
        return lambda env: float(sum(1 for value in gather(env) if counts(value)))

    return make


def _countblank(args: Args) -> Run:
    (arg,) = args
    if not isinstance(arg.expr, Ref):
        return _counting(lambda value: value is None or value == "")(args)
    look = looked_up(arg.expr)  # one cell, which the form asks often

    def run(env: Env) -> Value:
        value = look(env)
        return 1.0 if value is None or value == "" else 0.0

    return run


def _count(args: Args) -> Run:
    gather = all_values(args)

    def run(env: Env) -> Value:
        count = 0.0
        for value in gather(env):
            if value.__class__ is float or is_number(value):
                count += 1
        return count

    return run


def _numbers_of(gather: Gather, env: Env) -> list[float]:
    """The numbers among the values; texts and truth values in cells do not count, errors travel up."""
    found: list[float] = []
    for value in gather(env):
        if isinstance(value, ErrorValue):
            raise Fault(value)
        if is_number(value):
            found.append(float(value))  # type: ignore[arg-type]
    return found


def _numeric(work: Callable[[list[float]], float]) -> Maker:
    """SUM and its kin: a number made of all the numbers among the arguments."""

    def make(args: Args) -> Run:
        gather = all_values(args)
        return lambda env: work(_numbers_of(gather, env))

    return make


def _mean(numbers: list[float]) -> float:
    if not numbers:
        raise Fault(DIV0)
    return sum(numbers) / len(numbers)


def _chosen(pairs: Args) -> Callable[[Env], list[int]]:
    """The places at which every (range, criterion) pair holds; a range beside the first is only asked where the others hold."""
    if len(pairs) % 2:
        raise TypeError("a range without its criterion")
    areas = [arg.area for arg in pairs[::2]]
    tests = [_test(criterion) for criterion in pairs[1::2]]

    def run(env: Env) -> list[int]:
        asked = [test(env) for test in tests]
        places = _holding(areas[0].values(env), asked[0])
        for area, holds in zip(areas[1:], asked[1:], strict=True):
            places = [place for place, value in zip(places, area.picked(env, places), strict=True) if holds(value)]
        return places

    return run


def _holding(values: list[Value], holds: Callable[[Value], bool]) -> list[int]:
    """The places at which a test holds. A column of words has few different ones, and each is tested once."""
    words = {value: holds(value) for value in {value for value in values if value.__class__ is str}}
    return [place for place, value in enumerate(values) if (words[value] if value.__class__ is str else holds(value))]


def _test(criterion: Arg) -> Callable[[Env], Callable[[Value], bool]]:
    if isinstance(criterion.expr, Const):
        test = matches(criterion.expr.value)
        return lambda env: test
    run = criterion.run
    return lambda env: matches(run(env))


def _countifs(args: Args) -> Run:
    chosen = _chosen(args)
    return lambda env: float(len(chosen(env)))


def _adding(area: AreaOf, chosen: Callable[[Env], list[int]]) -> Run:
    return lambda env: float(sum(_numbers_of(lambda env: area.picked(env, chosen(env)), env)))


def _sumif(args: Args) -> Run:
    return _adding(args[-1].area, _chosen(args[:2]))


def _sumifs(args: Args) -> Run:
    return _adding(args[0].area, _chosen(args[1:]))


def _large(args: Args) -> Run:
    gather, place = args[0].values, args[1].run

    def run(env: Env) -> Value:
        numbers = sorted(_numbers_of(gather, env), reverse=True)
        rank = int(number(place(env)))
        if not 1 <= rank <= len(numbers):
            raise Fault(NUM)
        return numbers[rank - 1]

    return run


def _index(args: Args) -> Run:
    places = [arg.run for arg in args[1:]]
    if isinstance(args[0].expr, Listed):
        values = args[0].expr.values

        def listed(env: Env) -> Value:
            place = int(number(places[0](env)))
            if not 1 <= place <= len(values):
                raise Fault(REF)
            return values[place - 1]

        return listed
    area = args[0].area

    def run(env: Env) -> Value:
        rows = area.rows(env)
        row, column = int(number(places[0](env))), int(number(places[1](env))) if len(places) > 1 else 1
        if len(places) == 1 and len(rows) == 1:
            row, column = 1, row
        if not (1 <= row <= len(rows) and 1 <= column <= area.width):
            raise Fault(REF)
        seen = area.at(env, rows[row - 1], area.left + column - 1)
        if isinstance(seen, ErrorValue):
            raise Fault(seen)
        return seen

    return run


def _match(args: Args) -> Run:
    asked, gather = args[0].run, args[1].values
    how: Run = args[2].run if len(args) > 2 else lambda env: 1.0

    def run(env: Env) -> Value:
        wanted, exact = asked(env), number(how(env)) == 0
        found = 0
        for place, value in enumerate(gather(env), start=1):
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

    return run


def _rows(args: Args) -> Run:
    area = args[0].area
    return lambda env: float(len(area.rows(env)))


FUNCTIONS: dict[str, Maker] = {
    "IF": _if,
    "IFERROR": _iferror,
    "ISERROR": _iserror,
    "ISNUMBER": _isnumber,
    "AND": _logical(all),
    "OR": _logical(any),
    "NOT": _single(lambda value: not truth(value)),
    "COUNT": _count,
    "COUNTA": _counting(lambda value: value is not None),
    "COUNTBLANK": _countblank,
    "COUNTIF": _countifs,
    "COUNTIFS": _countifs,
    "SUM": _numeric(lambda numbers: finite(float(sum(numbers)))),
    "SUMSQ": _numeric(lambda numbers: finite(float(sum(number * number for number in numbers)))),
    "SUMIF": _sumif,
    "SUMIFS": _sumifs,
    "AVERAGE": _numeric(_mean),
    "MIN": _numeric(lambda numbers: min(numbers, default=0.0)),
    "MAX": _numeric(lambda numbers: max(numbers, default=0.0)),
    "ABS": _single(lambda value: abs(number(value))),
    "ROUND": _single(lambda value, digits: float(round_half_up(number(value), int(number(digits))))),
    "ROWS": _rows,
    "LARGE": _large,
    "INDEX": _index,
    "MATCH": _match,
    "CHOOSE": _choose,
    "NA": _na,
    "LEN": _single(lambda value: float(len(string(value)))),
    "LEFT": _single(lambda value, length: string(value)[: int(number(length))]),
    "UPPER": _single(lambda value: string(value).upper()),
    "SUBSTITUTE": _single(_substitute),
}
"""Every worksheet function that the tool may write."""
