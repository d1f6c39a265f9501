"""Worksheet functions that ask of their arguments whether something holds, do not ask all of them, or stop errors."""

from __future__ import annotations

from collections.abc import Callable

from lakip_xl.cells import NA, VALUE, Value
from lakip_xl.form.expressions import Binary, Call, Const, Ref
from lakip_xl.form.semantics import OPERATORS, Fault, is_number, number, truth
from lakip_xl.form.working import Arg, Env, Run, looked_up, reference

Args = list[Arg]
Maker = Callable[[Args], Run]


def if_(args: Args) -> Run:
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


def iferror(args: Args) -> Run:
    first, second = (arg.run for arg in args)

    def run(env: Env) -> Value:
        try:
            return first(env)
        except Fault:
            return second(env)

    return run


def iserror(args: Args) -> Run:
    (asked,) = (arg.run for arg in args)

    def run(env: Env) -> Value:
        try:
            asked(env)
        except Fault:
            return True
        return False

    return run


def isnumber(args: Args) -> Run:
    (asked,) = (arg.run for arg in args)

    def run(env: Env) -> Value:
        try:
            return is_number(asked(env))
        except Fault:
            return False

    return run


def choose(args: Args) -> Run:
    place, *choices = [arg.run for arg in args]

    def run(env: Env) -> Value:
        chosen = int(number(place(env)))
        if not 1 <= chosen <= len(choices):
            raise Fault(VALUE)
        return choices[chosen - 1](env)

    return run


def na(args: Args) -> Run:
    def run(env: Env) -> Value:
        raise Fault(NA)

    return run


def logical(decide: Callable[[list[bool]], bool]) -> Maker:
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
