"""Addresses and values of spreadsheet cells: what every other module speaks of. Knows no workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_TEXT = 32_767
"""Characters of the longest text that Excel keeps in a cell, or lets a formula make."""

_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_PLAIN_SHEET = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
# A sheet called like a cell (A1, XFD7) or like an R1C1 reference (R, C, R1C1) needs quotes in a formula.
_LOOKS_LIKE_REFERENCE = re.compile(
    r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*(?:[Cc][0-9]*)?|[Cc][0-9]*|TRUE|FALSE", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error that a cell holds, for example ``#DIV/0!``; a value of its own, never text."""

    code: str

    def __str__(self) -> str:
        return self.code


# What Excel sees in a cell: blank, number, text, truth value or error.
Value = None | float | str | bool | ErrorValue

DIV0, VALUE, REF, NAME, NUM, NA = (ErrorValue(c) for c in ("#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))


@cache
def letters(column: int) -> str:
    """The letters of a 1-based column number: ``letters(28) == "AB"``."""
    if not 1 <= column <= MAX_COLUMN:
        raise ValueError(f"column {column} is outside 1..{MAX_COLUMN}")
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(text: str) -> int:
    """The 1-based number of column letters: ``column_number("AB") == 28``."""
    number = 0
    for char in text.upper():
        number = number * 26 + ord(char) - 64
    return number


def parse_a1(text: str) -> tuple[int, int]:
    """``(row, column)`` of an address such as ``M12`` or ``$M$12``; ValueError for anything else."""
    match = _A1.fullmatch(text)
    if match:
        row, column = int(match[2]), column_number(match[1])
        if row <= MAX_ROW and column <= MAX_COLUMN:
            return row, column
    raise ValueError(f"{text!r} is not a cell address")


def a1(row: int, column: int, *, fixed_row: bool = False, fixed_column: bool = False) -> str:
    """The address of a cell inside its sheet, with dollar signs where it is fixed."""
    return f"{'$' if fixed_column else ''}{letters(column)}{'$' if fixed_row else ''}{row}"


def quote_sheet(name: str) -> str:
    """A sheet name as a formula or hyperlink writes it, quoted where Excel wants quotes."""
    if _PLAIN_SHEET.fullmatch(name) and not _LOOKS_LIKE_REFERENCE.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


class Cell(NamedTuple):
    """One cell of a workbook: sheet name and 1-based row and column."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        return a1(self.row, self.column)

    def __str__(self) -> str:
        return f"{quote_sheet(self.sheet)}!{self.a1}"


class Area(NamedTuple):
    """A rectangle of cells inside one sheet, both corners included; rows and columns are 1-based."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Area:
        """``Area.parse("B2:D5")``; a single address is an area of one cell."""
        first, _, last = text.partition(":")
        top, left = parse_a1(first)
        bottom, right = parse_a1(last or first)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def __str__(self) -> str:
        first, last = a1(self.top, self.left), a1(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"
