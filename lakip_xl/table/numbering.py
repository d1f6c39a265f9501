"""What the numbers in NO say of levels: A / 1 / a, I / 1 / a, 1 / 1.1 / 1.1.1, where they go on without a break through the whole sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lakip_xl.form.spec import TableSpec
from lakip_xl.table.model import Row
from lakip_xl.table.partition import KEGIATAN, SUB

_CHAIN = ("program", KEGIATAN, SUB)
_NUMBER = re.compile(r"(\(?)([A-Za-z0-9]{1,5}(?:\.[A-Za-z0-9]{1,5})*)([.)]*)")
_ROMAN = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")


class _Read(NamedTuple):
    """One way to read a number: its kind (marks, parts, alphabet), what it counts to, what stands before its last part, the whole."""

    kind: tuple[str, str, int, str]
    ordinal: int
    before: str
    whole: str


def by_numbers(spec: TableSpec, rows: Sequence[Row], own: Mapping[int, str]) -> dict[int, str]:
    """The levels that the numbers of rows tell; none unless every number follows from the one before it.

    ``own`` are the levels that rows say of themselves: at least one must be a program, kegiatan or sub kegiatan, all must agree with the
    numbers, and the deepest numbers must be those of sub kegiatan, so that a list that counts its rows tells nothing.
    """
    depths = _depths(spec, rows, own)
    if not depths or not max(depths.values()):
        return {}
    said = {(depths[row.number], own[row.number]) for row in rows if own[row.number] and row.number in depths}
    anchors = {_CHAIN.index(level) - depth for depth, level in said if level in _CHAIN}
    if not said and any(own[row.number] == "program" for row in rows):
        anchors = {1}  # programs without numbers, kegiatan and sub kegiatan below them with
    if len(anchors) != 1:
        return {}
    first = anchors.pop()
    if max(depths.values()) + first != len(_CHAIN) - 1 or any(
        level not in _CHAIN and depth + first >= 0 for depth, level in said
    ):
        return {}
    told = {number: _CHAIN[depth + first] for number, depth in depths.items() if depth + first >= 0}
    # A name that stands in the column of other levels is no row of this one.
    return {} if any(row.told and told.get(row.number, row.told[0]) not in row.told for row in rows) else told


def _depths(spec: TableSpec, rows: Sequence[Row], own: Mapping[int, str]) -> dict[int, int]:
    """How deep each number stands; nothing where one does not follow from those before it."""
    kinds: list[tuple[str, str, int, str]] = []  # by depth, the same through the whole sheet
    last: list[int] = []
    open_: list[_Read] = []
    found: dict[int, int] = {}
    for row in rows:
        text = _text(row)
        if not text:
            level = own[row.number]
            if level and spec.depth(level) <= spec.depth("program"):
                open_ = []
            continue
        for read in _readings(text):
            depth = kinds.index(read.kind) if read.kind in kinds else len(kinds)
            if depth > len(open_) or (read.before and (not depth or open_[depth - 1].whole != read.before)):
                continue
            begins = depth >= len(open_)
            # Kegiatan may be numbered through all programs.
            if read.ordinal == (1 if begins else open_[depth].ordinal + 1) or (
                depth < len(kinds) and read.ordinal == last[depth] + 1
            ):
                break
        else:
            return {}
        if depth == len(kinds):
            kinds.append(read.kind)
            last.append(0)
        last[depth] = read.ordinal
        open_ = [*open_[:depth], read]
        found[row.number] = depth
    return found


def _text(row: Row) -> str:
    raw = row.entry("no").raw
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        return f"{raw:g}"
    return raw.strip() if isinstance(raw, str) else ""


def _readings(text: str) -> Iterator[_Read]:
    """The ways to read a number: I, V and X are letters, too."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return
    opening, whole, closing = match.groups()
    before, _, part = whole.rpartition(".")
    for alphabet, count in _counts(part):
        yield _Read((opening, closing, whole.count("."), alphabet), count, before, whole)


def _counts(part: str) -> Iterator[tuple[str, int]]:
    if part.isdigit():
        yield "1", int(part)
        return
    for alphabet, roman, same in (("A", "I", part.isupper()), ("a", "i", part.islower())):
        if same and len(part) == 1:
            yield alphabet, ord(part) - ord(alphabet) + 1
        if same and _ROMAN.fullmatch(part.upper()):
            yield roman, _roman(part.upper())


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[sign] for sign in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
