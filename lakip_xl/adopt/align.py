"""Puts the cells of one row under the columns of the form; a row that slipped is put back where the kinds of the columns leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from lakip_xl.cells import ErrorValue
from lakip_xl.form.edition_names import NAMES
from lakip_xl.form.spec import Column, Kind, TableSpec
from lakip_xl.numbers import read_number
from lakip_xl.sources.grid import shown
from lakip_xl.table.locate import is_total_label, plain
from lakip_xl.table.rows import is_code
from lakip_xl.workbook import CellData

FITS, ODD, WRONG = 0, 1, 2
"""How a cell suits a column: as one would expect; unusual but possible; never."""

FARTHEST = 3
"""How many columns a row may have slipped."""

_MONEY = re.compile(r"\(?-?\s*(?:rp|idr)\b|.*[0-9][.,]-{1,2}$", re.IGNORECASE)
_NUMBERING = re.compile(r"\(?(?:[0-9]{1,6}|[a-z]{1,5})(?:[.)][0-9a-z]{0,3}){0,4}\)?", re.IGNORECASE)
_LARGE_PERCENT = 100_000
_LARGE_FIGURE = 1_000_000
_NAMES = ("uraian", "indikator", "sasaran", "unit", *(name.key for name in NAMES))


class Aligned(NamedTuple):
    """A row under the columns of the form.

    columns   the source column of each key
    shift     by how many columns cells were moved, 0 where they stood right
    stray     source columns whose cell suits no column
    """

    columns: dict[str, int]
    shift: int = 0
    stray: tuple[int, ...] = ()


def suits(column: Column, data: CellData) -> int:
    """How a cell suits a column of the form."""
    value = data.value
    if value is None:
        return FITS  # a formula without a result may be anything
    if column.kind.numeric:
        return _suits_number(column, value if isinstance(value, (float, ErrorValue)) else shown(value))
    if isinstance(value, str) and is_total_label(value) and column.kind in (Kind.TEXT, Kind.CODE):
        return FITS
    if isinstance(value, (bool, ErrorValue)):
        return ODD
    text = shown(value)
    if column.key == "no":
        return FITS if _NUMBERING.fullmatch(text) else ODD if len(text) < 3 else WRONG
    if column.kind is Kind.CODE:
        return FITS if is_code(text) else ODD if " " not in text else WRONG
    if column.kind is Kind.CHOICE:
        return FITS if plain(text) in map(plain, column.choices) else WRONG if _is_number(text) else ODD
    if column.key in _NAMES:
        return FITS if any(c.isalpha() for c in text) and not _is_number(text) else ODD if text in ("-", "–") else WRONG
    if column.key == "satuan":
        return WRONG if _is_number(text) else FITS
    return ODD if _is_number(text) else FITS


def _is_number(text: str) -> bool:
    return read_number(text).kind in ("number", "ambiguous", "error") or (text[:1] in "Rr" and bool(_MONEY.match(text)))


def _suits_number(column: Column, value: float | ErrorValue | str) -> int:
    if isinstance(value, ErrorValue):
        return FITS
    if isinstance(value, float):
        if column.kind is Kind.PERCENT:
            return FITS if abs(value) < _LARGE_PERCENT else WRONG
        return FITS
    money = bool(_MONEY.match(value))
    reading = read_number(value)
    if column.kind is not Kind.RUPIAH and money:
        return WRONG
    if reading.kind == "number" and reading.value is not None:
        if column.kind is Kind.RUPIAH:
            return WRONG if reading.unit == "%" else FITS
        return _suits_number(column, float(reading.value))
    if reading.kind in ("ambiguous", "dash", "error"):
        return FITS
    return FITS if reading.kind == "unit" and column.kind is Kind.NUMBER else ODD


def align(
    spec: TableSpec, columns: Mapping[str, int], cells: Mapping[int, CellData], headed: set[int]
) -> Aligned | None:
    """The row under the columns of the form; None where more than one way, or none, would do.

    ``columns`` is the place of each key, ``headed`` are all columns with a heading, those that the form does not know too.
    """
    keys = {column: key for key, column in columns.items()}
    worth = _Worth(spec, keys, cells)
    stands = {c: c for c in cells}
    here = {c: worth(c, c) if c in keys else FITS if c in headed else ODD for c in cells}
    if max(here.values(), default=FITS) == FITS:
        return _aligned(keys, stands, 0)
    wrong = [c for c in cells if here[c] == WRONG]
    names = [columns[key] for key in ("uraian", *(name.key for name in spec.names)) if key in columns]
    named = any(column in cells for column in names)
    # What is merely odd, a word as target, is no sign that a row slipped; a row without its name, or beyond the table, is.
    if wrong or not named or any(c not in keys and c not in headed for c in cells):
        found = {}
        for shift, moved in _shifted(sorted(cells)):
            if worth.all_fit(moved, headed):
                found[tuple(moved.items())] = shift
        if found:
            least = min(abs(shift) for shift in found.values())
            best = [(moved, shift) for moved, shift in found.items() if abs(shift) == least]
            return _aligned(keys, dict(best[0][0]), best[0][1]) if len(best) == 1 else None
    if not wrong:
        return _aligned(keys, stands, 0)
    if len(wrong) == 1 and named and not set(names) & set(wrong) and len(cells) > 3:
        left = _aligned(keys, {c: c for c in cells if c not in wrong}, 0)
        return left._replace(stray=tuple(wrong))
    return None


class _Worth:
    """How each cell of a row suits each column, found out once."""

    def __init__(self, spec: TableSpec, keys: Mapping[int, str], cells: Mapping[int, CellData]) -> None:
        self.spec, self.keys, self.cells = spec, keys, cells
        self.known: dict[tuple[int, int], int] = {}

    def __call__(self, at: int, to: int) -> int:
        if (at, to) not in self.known:
            self.known[at, to] = suits(self.spec.by_key[self.keys[to]], self.cells[at])
        return self.known[at, to]

    def all_fit(self, moved: Mapping[int, int], headed: set[int]) -> bool:
        """Whether every cell suits the column that it is moved to; among those that move must be a figure, or nothing shows
        where they belong. A large figure is not taken for a target: where it stands as one it may stay, but there it is not brought.
        """
        sure = False
        for at, to in moved.items():
            if to not in self.keys:
                if at != to or to not in headed:
                    return False
            elif self(at, to) != FITS or (at != to and is_large(self.cells[at]) and self._counts(to)):
                return False
            sure = sure or (at != to and self._is_figure(at))
        return sure

    def _counts(self, to: int) -> bool:
        return self.spec.by_key[self.keys[to]].kind is Kind.NUMBER

    def _is_figure(self, at: int) -> bool:
        value = self.cells[at].value
        return isinstance(value, (float, ErrorValue)) or (
            isinstance(value, str) and read_number(value).kind in ("number", "ambiguous", "dash", "error")
        )


def _shifted(cells: list[int]) -> Iterator[tuple[int, dict[int, int]]]:
    """Every way in which the row may have slipped: from one of its cells on, by some columns to one side."""
    for shift in (sign * far for far in range(1, FARTHEST + 1) for sign in (-1, 1)):
        for place, first in enumerate(cells):
            if first + shift > (cells[place - 1] if place else 0):
                yield shift, {c: c + shift if c >= first else c for c in cells}


def _aligned(keys: Mapping[int, str], moved: Mapping[int, int], shift: int) -> Aligned:
    return Aligned({keys[to]: at for at, to in moved.items() if to in keys}, shift)


def align_loose(spec: TableSpec, columns: Mapping[str, int], cells: Mapping[int, CellData]) -> Aligned | None:
    """The same for a row whose blank fields left no trace: its fields, in order, under the one choice of columns that suits them all.

    The first text is the uraian, or there is none.
    """
    order = sorted(columns, key=lambda key: columns[key])
    fields = sorted(cells)
    fits = {
        (n, at): _fits_loose(spec.by_key[key], cells[c]) for n, c in enumerate(fields) for at, key in enumerate(order)
    }

    @cache
    def ways(number: int, start: int, named: bool) -> int:
        """In how many ways (2 for more) the fields from ``number`` on suit the columns from ``start`` on."""
        if number == len(fields):
            return 1
        return min(2, sum(ways(number + 1, at + 1, now) for at, now in choices(number, start, named)))

    def choices(number: int, start: int, named: bool) -> Iterator[tuple[int, bool]]:
        for at in range(start, len(order) - (len(fields) - number) + 1):
            if order[at] in ("indikator", "satuan", "keterangan") and not named:
                return
            if fits[number, at]:
                yield at, named or order[at] == "uraian"

    if len(fields) > len(order) or ways(0, 0, False) != 1:
        return None
    taken, start, named = {}, 0, False
    for number, column in enumerate(fields):
        at, named = next(
            choice for choice in choices(number, start, named) if ways(number + 1, choice[0] + 1, choice[1])
        )
        taken[order[at]], start = column, at + 1
    return Aligned(taken)


def _fits_loose(column: Column, data: CellData) -> bool:
    if is_total_label(data.value):
        return column.key == "uraian"  # where it stands says nothing here
    return suits(column, data) == FITS and not (column.kind is Kind.NUMBER and is_large(data))


def is_large(data: CellData) -> bool:
    """Whether a figure is too large to be taken for a target, unless it stands as one."""
    value = data.value
    if isinstance(value, str):
        read = read_number(value).value
        value = None if read is None else float(read)
    return isinstance(value, float) and abs(value) >= _LARGE_FIGURE
