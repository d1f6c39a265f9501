"""Entered cells by key: what ``submit`` seals, and what ``verify`` and ``diff`` compare."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Context

from lakip_xl.cells import Cell, ErrorValue, Value
from lakip_xl.formula import relative
from lakip_xl.numbers import to_decimal

_RESULT = Context(
    prec=12
)  # digits of a formula's result that are told apart: the last ones differ from program to program


@dataclass(frozen=True, slots=True)
class Held:
    """What a cell holds: the value that Excel sees, the user's own formula without "=" (None where it was typed), and where it stands."""

    value: Value
    formula: str | None
    cell: Cell

    def written(self) -> str:
        """Value and formula as one text that says neither where the cell stands nor how a program spells a number."""
        kind, value = kind_of(self.value), self.value
        if isinstance(value, float | int) and not isinstance(value, bool):
            exact = to_decimal(float(value))
            value = f"{(_RESULT.plus(exact) if self.formula is not None else exact).normalize():f}"
        said = f"{kind}:{value}"
        return said if self.formula is None else f"{said}={seen_from(self.formula, self.cell)}"


def kind_of(value: Value) -> str:
    """``blank``, ``number``, ``text``, ``bool`` or ``error``: text "10" is not the number 10."""
    match value:
        case None | "":
            return "blank"
        case bool():
            return "bool"
        case ErrorValue():
            return "error"
        case str():
            return "text"
    return "number"


def seen_from(formula: str, cell: Cell) -> str:
    """A formula with its references seen from its cell, so that it stays the same where rows are inserted above it."""
    try:
        return relative(formula, (cell.row, cell.column))
    except ValueError:
        return formula


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table, or one field of Identitas and Pengaturan.

    table, key  which one it is, without an address; ``kode`` and ``name`` are what people call it
    cells       what was entered, by column of the form; formulas of the tool's own are not entries
    """

    table: str
    key: str
    kode: str
    name: str
    cells: Mapping[str, Held]

    @property
    def called(self) -> str:
        """Kode and name as a sentence says them."""
        return " ".join(part for part in (self.kode, self.name) if part) or self.key.strip("|")


@dataclass(frozen=True)
class Records:
    """All that people entered in a workbook.

    rows      by table and key, in the order of the form
    loose     cells of their sheets that are no entry of the form, as digests: titles, notes, signatures, other tables
    shown     what these cells hold, where that is known
    results   what the tool's own formulas show on the form's rows, None where the file does not store it
    page      the sheets that the tool owns, where the workbook was filled
    sheets    the titles of the user's sheets, in order; those that the tool owns are left out
    titles    the sheet of each table; ``headings`` the heading of each column, by table and column
    """

    rows: Mapping[tuple[str, str], Record]
    loose: Mapping[Cell, str]
    sheets: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    shown: Mapping[Cell, Held] = field(default_factory=dict)
    results: Mapping[Cell, Value] = field(default_factory=dict)
    page: Page | None = None


@dataclass(frozen=True)
class Page:
    """The sheets that the tool owns, as they stand.

    values    what their formulas show; None where the file does not store it
    broken    cells that are no longer as the tool wrote them, or were added beside what people may enter there
    snapshot  what was written there: another after every fill that found something else
    """

    values: Mapping[Cell, Value]
    broken: Collection[Cell]
    snapshot: str


def loose_digest(held: Held) -> str:
    """What a cell beside the form holds, told apart without telling it: names and remarks of people stand there."""
    return hashlib.sha256(held.written().encode("utf-8", "surrogatepass")).hexdigest()[:20]


def same(one: Held, other: Held) -> bool:
    """Whether two cells hold the same entry. A formula whose result one of the files does not store is told by the formula alone."""
    if one.formula is not None and other.formula is not None and None in (one.value, other.value):
        return seen_from(one.formula, one.cell) == seen_from(other.formula, other.cell)
    return one.written() == other.written()


def same_result(one: Value, other: Value) -> bool:
    """Whether two results of a formula are the same: the last digits of a number differ from program to program."""
    if isinstance(one, float | int) and isinstance(other, float | int) and bool not in (type(one), type(other)):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return kind_of(one) == kind_of(other) and str(one or "") == str(other or "")
