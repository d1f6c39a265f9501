"""Levels where neither a code nor TINGKAT nor a prefix tells them: numbers and looks of the rows, the office's own formulas, and what the
sums allow decide together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.form.spec import TableSpec
from lakip_xl.numbers import round_half_up
from lakip_xl.table.model import Row
from lakip_xl.table.numbering import by_numbers
from lakip_xl.table.partition import KEGIATAN, SUB, Point, only_way, sum_of
from lakip_xl.table.rows import is_continuation, level_of

Look = tuple[int, bool]
"""How far the name of a row is indented, and whether it is bold."""

Spans = tuple[tuple[int, int], ...]
"""The rows that the formulas of a row's money add up, first and last of each area."""

_BOTH = frozenset((KEGIATAN, SUB))
MONEY = ("anggaran", "realisasi_anggaran")


class Outline(NamedTuple):
    """The levels that were told, by row, and the rows where look and sums disagree: what the look says, what the sums say."""

    levels: dict[int, str]
    doubts: dict[int, tuple[str, str]]


def outline(
    spec: TableSpec, rows: Sequence[Row], look: Callable[[Row], Look], added: Callable[[Row], Spans] = lambda row: ()
) -> Outline:
    """Tells the levels of rows below programs. Nothing is told of a table in which any row has a code or a chosen TINGKAT.

    Where look and sums disagree, the look holds, since it is what people see, and the doubt is a finding. A look that the figures
    contradict tells something only beside numbers or formulas that say the same: then the figure is what is wrong.
    """
    told = Outline({}, {})
    if not set(spec.levels) >= _BOTH or any(row.text_of("kode") or row.entry("tingkat").filled for row in rows):
        return told
    heads: list[Row] = []
    for row in rows:
        if not heads or not is_continuation(spec, row, heads[-1]):
            heads.append(row)
    own = {row.number: level_of(spec, row) for row in heads}
    numbers = by_numbers(spec, heads, own)
    for row in heads:
        if not own[row.number] and numbers.get(row.number) == "program":
            told.levels[row.number] = own[row.number] = "program"
    groups = _groups(heads, own)
    looks = _by_look([row for _, group in groups for row in group], look)
    for program, group in groups:
        sums = _by_sums(program, group, own)
        formulas = _by_formulas(program, group, added)
        figures = sums or formulas
        by_look = looks if sums or _agree(looks, numbers, formulas, group) or not _contradicted(group, looks) else {}
        for row in group:
            if own[row.number]:
                continue
            number, seen, counted = (each.get(row.number, "") for each in (numbers, by_look, figures))
            if number and seen and number != seen:
                # Of a number and a look that differ, what the figures say decides.
                level = counted
            else:
                level = number or seen or counted
                if row.number in sums and level != counted:
                    told.doubts[row.number] = level, counted  # a formula that takes in the wrong rows is found as such
            if level and row.text_of("uraian"):  # a row that lost its name is asked about, whatever its figures fit
                told.levels[row.number] = level
    return told


def _agree(
    looks: Mapping[int, str], numbers: Mapping[int, str], formulas: Mapping[int, str], group: Sequence[Row]
) -> bool:
    """Whether numbers or formulas speak of some rows of a group, of kegiatan and of sub kegiatan, and always as the look does."""
    for other in (numbers, formulas):
        pairs = {(other[row.number], looks.get(row.number)) for row in group if row.number in other}
        if pairs == {(KEGIATAN, KEGIATAN), (SUB, SUB)}:
            return True
    return False


def _by_formulas(program: Row | None, group: Sequence[Row], added: Callable[[Row], Spans]) -> dict[int, str]:
    """What adds up rows below it is a kegiatan, and those are its sub kegiatan; what a program adds up beside other rows are kegiatan.

    Nothing where two formulas contradict each other.
    """
    numbers = [row.number for row in group]
    parts = {row.number: _inside(added(row), numbers) for row in group}
    summing = {number: below for number, below in parts.items() if below}
    kegiatan, subs = set(summing), {part for below in summing.values() for part in below}
    if program is not None and numbers:
        of_program = _inside(added(program), numbers)
        # One that passes the first row by, or adds up all of them, adds up sub kegiatan or both.
        if numbers[0] in of_program and len(of_program) < len(numbers):
            kegiatan |= of_program
    if kegiatan & subs or any(min(below) < number for number, below in summing.items()):
        return {}
    return {number: KEGIATAN if number in kegiatan else SUB for number in kegiatan | subs}


def _inside(spans: Spans, numbers: Sequence[int]) -> set[int]:
    return {number for number in numbers for first, last in spans if first <= number <= last}


def _groups(rows: Sequence[Row], own: Mapping[int, str]) -> list[tuple[Row | None, list[Row]]]:
    """The rows below each program in which some level is unknown; ``own`` are the levels that rows say of themselves.

    A program may be a heading without a row.
    """
    groups: list[tuple[Row | None, list[Row]]] = []
    open_group: list[Row] | None = None
    for row in rows:
        level = own[row.number]
        if row.opens == "program":
            open_group = []
            groups.append((None, open_group))
        if level and level not in _BOTH:
            open_group = [] if level == "program" else None
            if open_group is not None:
                groups.append((row, open_group))
        elif open_group is not None:
            open_group.append(row)
    return [(program, group) for program, group in groups if not all(own[row.number] for row in group)]


def _by_look(rows: Sequence[Row], look: Callable[[Row], Look]) -> dict[int, str]:
    """Kegiatan are what stands further left, or bold, where just two looks occur; else the look tells nothing."""
    looks = {row.number: look(row) for row in rows}
    kinds = sorted(set(looks.values()), key=lambda each: (each[0], not each[1]))
    if len(kinds) != 2 or not rows or looks[rows[0].number] != kinds[0]:
        return {}
    return {number: KEGIATAN if each == kinds[0] else SUB for number, each in looks.items()}


def _contradicted(group: Sequence[Row], seen: Mapping[int, str]) -> bool:
    """Whether a kegiatan by its look holds a figure that the rows below it do not add up to."""
    kegiatan: Row | None = None
    below: list[Row] = []
    for row in (*group, None):
        if row is not None and seen.get(row.number) != KEGIATAN:
            below.append(row)
            continue
        if kegiatan is not None and below:
            own, parts = _point(kegiatan), [_point(part) for part in below]
            if own is None or None in parts:
                return False
            if any(own) and own != sum_of([part for part in parts if part is not None]):
                return True
        kegiatan, below = row, []
    return False


def _point(row: Row) -> Point | None:
    """Anggaran and realisasi of a row, a blank as 0; None where one cannot be read."""
    if any(row.entry(key).fault for key in MONEY):
        return None
    values = [row.number_of(key) for key in MONEY]
    # To the sen: what a formula adds up may end in 0.619999999.
    return tuple(Decimal(0) if value is None else round_half_up(value, 2) for value in values)


def _by_sums(program: Row | None, group: Sequence[Row], own: Mapping[int, str]) -> dict[int, str]:
    """The only way in which the sums hold. A program without a figure, or one that is the sum of all rows, tells nothing: then the rows
    may as well be of one level."""
    if program is None:
        return {}
    points: list[Point] = []
    for row in (program, *group):
        point = _point(row)
        if point is None:
            return {}
        points.append(point)
    above = points.pop(0)
    if not any(above) or above == sum_of(points):
        return {}
    ways, levels = only_way(points, [frozenset((own[row.number],)) if own[row.number] else _BOTH for row in group])
    if ways != 1 or any(level == KEGIATAN and not any(point) for level, point in zip(levels, points, strict=True)):
        return {}  # nothing is the sum of nothing: that tells nothing
    return {row.number: level for row, level in zip(group, levels, strict=True)}
