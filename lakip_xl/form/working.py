"""What formulas are worked out with: where their values come from, references and ranges at work, and arguments of functions.

A tree is turned into nested functions once (``evaluate.compiled``); a formula that stands in ten thousand rows is worked out by the
same ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from lakip_xl.cells import ErrorValue, Value
from lakip_xl.form.expressions import FIRST, ROW, Expr, Listed, Range, Ref
from lakip_xl.form.semantics import Fault

Known = defaultdict[tuple[str, int], dict[int, Any]]
"""Values that need not be found any more: by sheet and column, then by row."""


class Env:
    """Where a formula is evaluated: values that are ``known``, how to ``find`` others, and the rows of a ``Placed`` formula."""

    __slots__ = ("find", "first", "known", "last", "row")

    def __init__(
        self, known: Known, find: Callable[[str, int, int], Value], row: int = 0, first: int = 0, last: int = 0
    ) -> None:
        self.known, self.find = known, find
        self.row, self.first, self.last = row, first, last

    def real(self, row: int) -> int:
        """The sheet row that a row of a tree stands for."""
        return row if row < ROW else self.row if row == ROW else self.first if row == FIRST else self.last


Run = Callable[[Env], Value]
"""A node of a formula at work. Raises Fault for an error value."""

Gather = Callable[[Env], list[Value]]
"""An argument that may be a range at work: all its values, error values among them."""

_MISSING: Any = object()


def reference(ref: Ref) -> Run:
    """The value of a cell. Raises Fault for an error."""
    sheet, at, column = ref.cell
    if at == ROW:
        place = sheet, column

        def own_row(env: Env) -> Value:
            seen: Value = env.known[place].get(env.row, _MISSING)
            if seen is _MISSING:
                seen = env.find(sheet, env.row, column)
            if seen.__class__ is ErrorValue:
                raise Fault(seen)
            return seen

        return own_row
    look = looked_up(ref)

    def value(env: Env) -> Value:
        seen = look(env)
        if seen.__class__ is ErrorValue:
            raise Fault(seen)
        return seen

    return value


def looked_up(ref: Ref) -> Run:
    """What stands in a cell, an error as a value."""
    sheet, at, column = ref.cell
    place = sheet, column
    if at == ROW:

        def own_row(env: Env) -> Value:
            row = env.row
            seen: Value = env.known[place].get(row, _MISSING)
            return env.find(sheet, row, column) if seen is _MISSING else seen

        return own_row

    def other_row(env: Env) -> Value:
        row = env.real(at)
        seen: Value = env.known[place].get(row, _MISSING)
        return env.find(sheet, row, column) if seen is _MISSING else seen

    return other_row


class AreaOf:
    """A range at work: its size, all its values, or those at some places of it."""

    def __init__(self, area: Expr) -> None:
        if isinstance(area, Ref):
            area = Range(area, area)
        if not isinstance(area, Range):
            raise TypeError(f"not a range: {area!r}")
        self.sheet, self.top, self.left = area.first.cell
        _, self.bottom, right = area.last.cell
        self.width = right - self.left + 1

    def rows(self, env: Env) -> range:
        """The rows of the range."""
        return range(env.real(self.top), env.real(self.bottom) + 1)

    def values(self, env: Env) -> list[Value]:
        """Row by row, error values as they are."""
        rows = self.rows(env)
        if self.width == 1:
            column = env.known[self.sheet, self.left]
            with suppress(KeyError):
                return [column[row] for row in rows]
        return [self.at(env, row, column) for row in rows for column in range(self.left, self.left + self.width)]

    def at(self, env: Env, row: int, column: int) -> Value:
        """One value of the range."""
        seen: Value = env.known[self.sheet, column].get(row, _MISSING)
        return env.find(self.sheet, row, column) if seen is _MISSING else seen

    def picked(self, env: Env, places: list[int]) -> list[Value]:
        """The values at the places, counted row by row from 0; the others are not asked for."""
        top, left, width = env.real(self.top), self.left, self.width
        return [self.at(env, top + place // width, left + place % width) for place in places]


class Arg:
    """An argument of a function, made into what the function asks of it: one value, all its values, or a range."""

    def __init__(self, expr: Expr, compiled: Callable[[Expr], Run]) -> None:
        self.expr, self._compiled = expr, compiled

    @property
    def run(self) -> Run:
        """Its one value."""
        return self._compiled(self.expr)

    @property
    def area(self) -> AreaOf:
        """The range that it is. Raises TypeError where it is none."""
        return AreaOf(self.expr)

    @property
    def values(self) -> Gather:
        """All its values; error values are handed on as values, not raised."""
        expr = self.expr
        if isinstance(expr, Range):
            return AreaOf(expr).values
        if isinstance(expr, Listed):
            return lambda env: list(expr.values)
        run = looked_up(expr) if isinstance(expr, Ref) else self.run
        return lambda env: [run(env)]


def all_values(args: list[Arg]) -> Gather:
    """The values of several arguments in one list."""
    if all(isinstance(arg.expr, Ref) for arg in args):
        looks = [looked_up(arg.expr) for arg in args if isinstance(arg.expr, Ref)]
        return lambda env: [look(env) for look in looks]
    each = [arg.values for arg in args]
    if len(each) == 1:
        return each[0]
    return lambda env: [value for gather in each for value in gather(env)]
