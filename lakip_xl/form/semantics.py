"""Excel's semantics of single values: reading them as numbers and texts, the operators, comparison, criteria."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from lakip_xl.cells import DIV0, MAX_TEXT, NUM, VALUE, ErrorValue, Value


class Fault(Exception):
    """An error value on its way up to the formula."""

    def __init__(self, value: ErrorValue) -> None:
        self.value = value


def is_number(value: Value) -> bool:
    return value.__class__ is float or (isinstance(value, float | int) and not isinstance(value, bool))


def number(value: Value) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        if any(char.isdigit() for char in value):
            raise TypeError("a text with digits: how Excel reads it depends on the locale")
        raise Fault(VALUE)
    return float(value)  # type: ignore[arg-type]


def string(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) <= 1e15 else repr(value)
    return str(value)


def truth(value: Value) -> bool:
    if isinstance(value, str):
        raise Fault(VALUE)
    return bool(value)


def divide(left: Value, right: Value) -> Value:
    """Excel's ``/``. Raises Fault with #DIV/0!."""
    divisor = number(right)
    if divisor == 0:
        raise Fault(DIV0)
    return finite(number(left) / divisor)


def finite(value: float) -> float:
    """The number itself. Raises Fault with #NUM! where it is too large for Excel."""
    if value - value != 0:
        raise Fault(NUM)
    return value


def fitting(text: str) -> str:
    """The text itself. Raises Fault with #VALUE! where it is longer than Excel lets a text be: 32,767 characters."""
    if len(text) > MAX_TEXT:
        raise Fault(VALUE)
    return text


def add(left: Value, right: Value) -> float:
    """Excel's ``+``. Most operands are numbers already."""
    if left.__class__ is float and right.__class__ is float:
        return finite(left + right)
    return finite(number(left) + number(right))


OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": lambda left, right: finite(number(left) - number(right)),
    "*": lambda left, right: finite(number(left) * number(right)),
    "/": divide,
    "&": lambda left, right: fitting(string(left) + string(right)),
    "=": lambda left, right: compare(left, right) == 0,
    "<>": lambda left, right: compare(left, right) != 0,
    "<": lambda left, right: compare(left, right) < 0,
    "<=": lambda left, right: compare(left, right) <= 0,
    ">": lambda left, right: compare(left, right) > 0,
    ">=": lambda left, right: compare(left, right) >= 0,
}


def near(left: float, right: float) -> bool:
    """Whether two numbers are equal to 15 digits, as Excel compares them: 0.1+0.2 is 0.3, 2.55*100/3 is 85."""
    if left == right:
        return True
    return abs(left - right) <= 1e-14 * max(abs(left), abs(right)) and f"{left:.15g}" == f"{right:.15g}"


def compare(left: Value, right: Value) -> int:
    """Excel's order: numbers, then text without regard to case, then truth values; a blank equals 0, "" and FALSE."""
    if type(left) is float and type(right) is float:
        apart = left - right
        if -1e10 < left < 1e10 and not -1e-3 < apart < 1e-3:  # far from the 15th digit
            return 1 if apart > 0 else -1
        return 0 if near(left, right) else (left > right) - (left < right)
    if left is None:
        left = _blank_like(right)
    if right is None:
        right = _blank_like(left)
    kind_left, kind_right = kind(left), kind(right)
    if kind_left != kind_right:
        return -1 if kind_left < kind_right else 1
    a, b = (left.lower(), right.lower()) if isinstance(left, str) and isinstance(right, str) else (left, right)
    return (a > b) - (a < b)  # type: ignore[operator]


def _blank_like(value: Value) -> Value:
    return "" if isinstance(value, str) else False if isinstance(value, bool) else 0.0


def kind(value: Value) -> int:
    return 1 if isinstance(value, str) else 2 if isinstance(value, bool) else 0


@lru_cache(maxsize=256, typed=True)
def matches(criterion: Value) -> Callable[[Value], bool]:
    """The test that COUNTIF and SUMIF make of a criterion: ``"<=5"``, ``"?*"``, ``""``, a number or a text."""
    if is_number(criterion):
        return lambda value: is_number(value) and value == criterion
    wanted = string(criterion)
    op, operand = re.fullmatch(r"(<=|>=|<>|<|>|=)?(.*)", wanted, re.DOTALL).groups()  # type: ignore[union-attr]
    number = float(operand) if re.fullmatch(r"[+-]?\d+(\.\d+)?(E[+-]?\d+)?", operand, re.IGNORECASE) else None
    if op in ("<", "<=", ">", ">="):
        if number is None:
            raise Fault(VALUE)
        return lambda value: is_number(value) and bool(OPERATORS[op](value, number))
    if operand == "":
        if op == "<>":
            return lambda value: value is not None
        return lambda value: value is None or (value == "" and op is None)
    like = _wildcards(operand)
    lowered = operand.lower()

    def same(value: Value) -> bool:
        if value.__class__ is str and (value == operand or value.lower() == lowered):
            return number is None
        if number is not None:
            return is_number(value) and value == number
        return isinstance(value, str) and like(value)

    return (lambda value: not same(value)) if op == "<>" else same


def _wildcards(operand: str) -> Callable[[str], bool]:
    """Whether a text is like ``a*b?c``. Piece by piece, each at its first place: one pattern of them all would try n^k ways."""
    texts = operand.split("*")
    likes = ("".join("." if char == "?" else re.escape(char) for char in text) for text in texts)
    pieces = [re.compile(like, re.IGNORECASE | re.DOTALL) for like in likes]
    if len(pieces) == 1:
        return lambda value: pieces[0].fullmatch(value) is not None
    first, *middle, last = pieces

    def holds(value: str) -> bool:
        found = first.match(value)
        for piece in middle:
            found = found and piece.search(value, found.end())
        end = len(value) - len(texts[-1])
        return found is not None and end >= found.end() and last.match(value, end) is not None

    return holds
