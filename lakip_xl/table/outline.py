"""Levels where neither a code nor TINGKAT nor a prefix tells them: what the rows look like, and what the sums allow, decide together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.form.spec import TableSpec
from lakip_xl.numbers import round_half_up
from lakip_xl.table.model import Row
from lakip_xl.table.partition import KEGIATAN, SUB, Point, only_way, sum_of
from lakip_xl.table.rows import is_continuation, level_of

Look = tuple[int, bool]
"""How far the name of a row is indented, and whether it is bold."""

_BOTH = frozenset((KEGIATAN, SUB))
_MONEY = ("anggaran", "realisasi_anggaran")


class Outline(NamedTuple):
    """The levels that were told, by row, and the rows where look and sums disagree: what the look says, what the sums say."""

    levels: dict[int, str]
    doubts: dict[int, tuple[str, str]]


def outline(spec: TableSpec, rows: Sequence[Row], look: Callable[[Row], Look]) -> Outline:
    """Tells the levels of rows below programs. Nothing is told of a table in which any row has a code or a chosen TINGKAT.

    Where look and sums disagree, the look holds, since it is what people see, and the doubt is a finding.
    """
    told = Outline({}, {})
    if not set(spec.levels) >= _BOTH or any(row.text_of("kode") or row.entry("tingkat").filled for row in rows):
        return told
    heads: list[Row] = []
    for row in rows:
        if not heads or not is_continuation(spec, row, heads[-1]):
            heads.append(row)
    own = {row.number: level_of(spec, row) for row in heads}
    groups = _groups(heads, own)
    seen = _by_look([row for _, group in groups for row in group], look)
    for program, group in groups:
        sums = _by_sums(program, group, own)
        if not sums and _contradicted(group, seen):
            continue  # the look alone, against the figures, tells nothing
        for row in group:
            if own[row.number]:
                continue
            by_look, by_sums = seen.get(row.number, ""), sums.get(row.number, "")
            if by_look or by_sums:
                told.levels[row.number] = by_look or by_sums
            if by_look and by_sums and by_look != by_sums:
                told.doubts[row.number] = by_look, by_sums
    return told


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
    if any(row.entry(key).fault for key in _MONEY):
        return None
    values = [row.number_of(key) for key in _MONEY]
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
