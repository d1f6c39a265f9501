"""Reads a user's own formula into an expression, where it uses only what ``evaluate`` knows; else there is no value to be had."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lakip_xl.cells import Cell, column_number
from lakip_xl.form.expressions import Binary, Call, Const, Expr, Range, Ref
from lakip_xl.form.functions import FUNCTIONS
from lakip_xl.formula import Token, tokens

_REFERENCE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!\[\]:]+)!)?"
    r"(?P<dc>\$?)(?P<c>[A-Za-z]{1,3})(?P<dr>\$?)(?P<r>[1-9][0-9]*)"
    r"(?::(?P<dc2>\$?)(?P<c2>[A-Za-z]{1,3})(?P<dr2>\$?)(?P<r2>[1-9][0-9]*))?"
)
_BINDING = {"^": 6, "*": 4, "/": 4, "+": 3, "-": 3, "&": 2, "=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1}
_DEPTH = 60
"""Brackets within brackets beyond this are left alone."""

_MOST_CELLS = 200_000
"""Formulas whose ranges have more cells are left alone: each of them would be looked at, blank or not."""


class _Foreign(Exception):
    """The formula uses something that ``evaluate`` does not know."""


def parse(text: str, sheet: str, sheets: Mapping[str, str]) -> Expr | None:
    """The expression of a formula that stands in ``sheet``; None where it uses what ``evaluate`` does not know.

    ``sheets`` maps sheet names in lower case to their spelling in the workbook.
    """
    try:
        stream = [t for t in tokens(text) if t.kind != "space"]
        parser = _Parser(stream, sheet, sheets)
        expr = parser.expression(0, 0)
        return expr if parser.at_end else None
    except (_Foreign, ValueError):
        return None


class _Parser:
    def __init__(self, stream: list[Token], sheet: str, sheets: Mapping[str, str]) -> None:
        self.stream, self.sheet, self.sheets, self.place, self.cells = stream, sheet, sheets, 0, 0

    @property
    def at_end(self) -> bool:
        return self.place == len(self.stream)

    def peek(self) -> Token:
        if self.at_end:
            raise _Foreign
        return self.stream[self.place]

    def take(self) -> Token:
        token = self.peek()
        self.place += 1
        return token

    def expression(self, strength: int, depth: int) -> Expr:
        if depth > _DEPTH:
            raise _Foreign
        left = self.operand(depth)
        while not self.at_end:
            token = self.peek()
            if token.kind != "operator" or token.text not in _BINDING or _BINDING[token.text] <= strength:
                if token.kind == "operator" and token.text == "%":
                    self.place += 1
                    left = left / 100
                    continue
                return left
            self.place += 1
            if token.text == "^":
                raise _Foreign
            left = Binary(token.text, left, self.expression(_BINDING[token.text], depth + 1))
        return left

    def operand(self, depth: int) -> Expr:
        token = self.take()
        match token.kind:
            case "number":
                number = float(token.text)
                if number - number != 0:
                    raise _Foreign  # too large for Excel
                return Const(number)
            case "text":
                return Const(token.text[1:-1].replace('""', '"'))
            case "logical":
                return Const(token.text.upper() == "TRUE")
            case "reference":
                return self.reference(token.text)
            case "operator" if token.text == "-":
                return 0 - self.expression(5, depth + 1)
            case "operator" if token.text == "+":
                return self.expression(5, depth + 1)
            case "open":
                inner = self.expression(0, depth + 1)
                if self.take().kind != "close":
                    raise _Foreign
                return inner
            case "function":
                return self.function(token.text[:-1].upper(), depth)
        raise _Foreign

    def function(self, name: str, depth: int) -> Expr:
        if name not in FUNCTIONS:
            raise _Foreign
        args: list[Expr] = []
        if self.peek().kind == "close":
            self.place += 1
            return Call(name, ())
        while True:
            args.append(self.expression(0, depth + 1))
            token = self.take()
            if token.kind == "close":
                if _is_otherwise_in_excel(name, args):
                    raise _Foreign
                return Call(name, tuple(args))
            if token.kind != "separator" or token.text != ",":
                raise _Foreign

    def reference(self, text: str) -> Expr:
        match = _REFERENCE.fullmatch(text)
        if not match:
            raise _Foreign
        sheet = self.sheet
        if match["sheet"]:
            name = match["sheet"]
            name = name[1:-1].replace("''", "'") if name.startswith("'") else name
            if name.lower() not in self.sheets:
                raise _Foreign
            sheet = self.sheets[name.lower()]
        first = Ref(Cell(sheet, int(match["r"]), column_number(match["c"])), bool(match["dr"]), bool(match["dc"]))
        if not match["r2"]:
            return first
        last = Ref(Cell(sheet, int(match["r2"]), column_number(match["c2"])), bool(match["dr2"]), bool(match["dc2"]))
        if last.cell.row < first.cell.row or last.cell.column < first.cell.column:
            raise _Foreign
        self.cells += (last.cell.row - first.cell.row + 1) * (last.cell.column - first.cell.column + 1)
        if self.cells > _MOST_CELLS:
            raise _Foreign
        return Range(first, last)


_OF_NUMBERS = frozenset(("SUM", "SUMSQ", "AVERAGE", "MIN", "MAX", "COUNT", "LARGE"))
_WILDCARDS = re.compile(r"[*?~]")


def _is_otherwise_in_excel(name: str, args: list[Expr]) -> bool:
    """Whether Excel gives a function something that ``evaluate`` does not: the tool's own formulas never do, a user's may."""
    written = [arg.value for arg in args if isinstance(arg, Const)]
    match name:
        case "COUNT" if any(not isinstance(arg, Ref | Range | Const) for arg in args):
            return True  # an error is no number there, and ends everything here
        case "INDEX":
            return len(args) < 2 or any(value in (None, "", 0) for value in written)  # a whole row or column
        case "MATCH":
            how = args[2] if len(args) > 2 else Const(1.0)
            sought = args[0].value if isinstance(args[0], Const) else ""
            wild = isinstance(sought, str) and bool(_WILDCARDS.search(sought))
            return not isinstance(how, Const) or how.value not in (0, 1) or wild
        case "SUMIF" | "COUNTIF" | "SUMIFS" | "COUNTIFS":
            return len({size for arg in args if (size := _size(arg)) is not None}) > 1
        case _:
            return name in _OF_NUMBERS and any(isinstance(value, str | bool) for value in written)


def _size(arg: Expr) -> tuple[int, int] | None:
    """Rows and columns of a range; one cell is a criterion as often, and says nothing."""
    if not isinstance(arg, Range):
        return None
    first, last = arg.first.cell, arg.last.cell
    return last.row - first.row, last.column - first.column
