"""The worksheet functions that the tool may write; all exist in Excel 2010. Each is made for its arguments once, then runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lakip_xl.cells import DIV0, MAX_TEXT, NA, NUM, REF, VALUE, ErrorValue, Value
from lakip_xl.form.conditions import Args, Maker, choose, if_, iferror, iserror, isnumber, logical, na
from lakip_xl.form.expressions import Const, Listed, Ref
from lakip_xl.form.semantics import Fault, compare, finite, is_number, kind, matches, number, string, truth
from lakip_xl.form.working import AreaOf, Arg, Env, Gather, Run, all_values, looked_up
from lakip_xl.numbers import round_half_up

# -- those of single values ---------------------------------------------------------------------------------------------------


def _single(work: Callable[..., Value]) -> Maker:
    """A function of single values; as many arguments as it takes."""

    def make(args: Args) -> Run:
        runs = [arg.run for arg in args]
        return lambda env: work(*[run(env) for run in runs])

    return make


def _substitute(whole: Value, old: Value, new: Value) -> Value:
    text, part, other = string(whole), string(old), string(new)
    if not part:
        return text
    if len(text) + text.count(part) * (len(other) - len(part)) > MAX_TEXT:
        raise Fault(VALUE)  # before it is made: a few cells can ask for a text larger than any memory
    return text.replace(part, other)


def _left(value: Value, length: Value) -> Value:
    many = int(number(length))
    if many < 0:
        raise Fault(VALUE)
    return string(value)[:many]


def _round(value: Value, digits: Value) -> Value:
    """No double has decimals beyond the 400th, nor digits before it: a billion digits are asked for, not meant."""
    return float(round_half_up(number(value), int(max(-400, min(number(digits), 400)))))


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
    return finite(sum(numbers) / len(numbers))


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
    return lambda env: finite(float(sum(_numbers_of(lambda env: area.picked(env, chosen(env)), env))))


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
    "IF": if_,
    "IFERROR": iferror,
    "ISERROR": iserror,
    "ISNUMBER": isnumber,
    "AND": logical(all),
    "OR": logical(any),
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
    "ROUND": _single(_round),
    "ROWS": _rows,
    "LARGE": _large,
    "INDEX": _index,
    "MATCH": _match,
    "CHOOSE": choose,
    "NA": na,
    "LEN": _single(lambda value: float(len(string(value)))),
    "LEFT": _single(_left),
    "TRIM": _single(lambda value: " ".join(part for part in string(value).split(" ") if part)),
    "UPPER": _single(lambda value: string(value).upper()),
    "SUBSTITUTE": _single(_substitute),
}
"""Every worksheet function that the tool may write."""
