"""Tells the level of rows without a code: from TINGKAT or a prefix, then from what the sums allow. What neither tells stays untold."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lakip_xl.adopt import nomenclature
from lakip_xl.adopt.model import Adoption, Taken
from lakip_xl.cells import Value
from lakip_xl.numbers import to_decimal
from lakip_xl.table.model import Entry, Row
from lakip_xl.table.partition import KEGIATAN, SUB, Point, only_way, sum_of
from lakip_xl.table.rows import level_of

_BOTH = frozenset((KEGIATAN, SUB))

OWN, SUMS, SUMS_NAMES, NAME = "own", "sums", "sums and names", "name"
"""From what a level was told: the row itself; every way in which the sums hold; every such way that agrees with the official names;
the official name alone."""

MOST_ROWS = 400
"""Groups with more rows in which the sums hold in several ways are left untold: each row is asked by itself there."""


def tell(found: Adoption) -> None:
    """Gives every row its level, where it can be told."""
    group: list[Taken] = []
    program: Taken | None = None
    for row in [row for row in found.rows if not row.continues]:
        row.level = row.level or level_of(found.spec, _as_row(row))
        if row.level:
            row.why = OWN
        if row.level and row.level not in _BOTH:
            _tell_group(group, program)
            group, program = [], row if row.level == "program" else None
        else:
            group.append(row)
    _tell_group(group, program)


def _as_row(row: Taken) -> Row:
    keys = ("tingkat", "kode", "uraian")
    values = {key: str(row.values[key]) for key in keys if row.values.get(key)}
    return Row(row.source, {key: Entry(raw=value, typed=value) for key, value in values.items()})


def _tell_group(group: Sequence[Taken], program: Taken | None) -> None:
    """The rows below one program: kegiatan and sub kegiatan."""
    if all(row.level for row in group):
        return
    given = [frozenset((row.level,)) if row.level else _BOTH for row in group]
    official = [frozenset(nomenclature.levels_of(program.name if program else "", row.name)) & _BOTH for row in group]
    named = [own & (names or _BOTH) or own for own, names in zip(given, official, strict=True)]
    points = _points(group)
    if points is not None and program is not None and not _all_right_below(points, program):
        for allowed, why in ((given, SUMS), (named, SUMS_NAMES)):
            for row, level in zip(group, _certain(points, allowed), strict=True):
                if level and not row.level:
                    row.level, row.why = level, why
    for row, names in zip(group, official, strict=True):
        if not row.level and len(names) == 1:
            row.level, row.why = next(iter(names)), NAME


def _certain(points: Sequence[Point], allowed: Sequence[frozenset[str]]) -> list[str]:
    """The level that each row has in every way in which the sums hold; "" where they differ, or the sums hold in none."""
    ways, levels = only_way(points, allowed)
    if ways == 1:
        return levels
    if ways == 0 or len(points) > MOST_ROWS:
        return [""] * len(points)
    return [_in_all(points, allowed, place) for place in range(len(points))]


def _in_all(points: Sequence[Point], allowed: Sequence[frozenset[str]], place: int) -> str:
    can = [
        level
        for level in sorted(allowed[place])
        if only_way(points, [*allowed[:place], frozenset((level,)), *allowed[place + 1 :]])[0]
    ]
    return can[0] if len(can) == 1 else ""


def _all_right_below(points: Sequence[Point], program: Taken) -> bool:
    """Whether the program is the sum of all the rows: then they are of one level, and which one the sums do not tell."""
    above = _points([program])
    return above is None or (len(points) > 0 and above[0] == sum_of(points) and any(above[0]))


def _points(group: Sequence[Taken]) -> list[Point] | None:
    """Anggaran and realisasi of each row, a blank as 0; None where one is text, which no sum can hold."""
    points = []
    for row in group:
        values = [row.values.get("anggaran"), row.values.get("realisasi_anggaran")]
        if not all(value is None or isinstance(value, float) for value in values):
            return None
        points.append(tuple(_decimal(value) for value in values))
    return points


def _decimal(value: Value) -> Decimal:
    return to_decimal(value) if isinstance(value, float) else Decimal(0)
