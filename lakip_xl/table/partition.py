"""Parts rows without codes into kegiatan and the sub kegiatan below them, by what the sums allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

KEGIATAN, SUB = "kegiatan", "sub kegiatan"
Point = tuple[Decimal, ...]
"""Anggaran and realisasi of a row."""


def sum_of(points: Sequence[Point]) -> Point:
    """The figures of several rows added up."""
    return tuple(sum(figures, Decimal(0)) for figures in zip(*points, strict=True))


def only_way(points: Sequence[Point], allowed: Sequence[frozenset[str]]) -> tuple[int, list[str]]:
    """In how many ways (2 for more) the rows part into kegiatan, each the sum of the rows up to the next, and the levels if in one.

    Read from the end: a kegiatan at i ends before k where the sum of i+1 ... k-1 is its own figure, so only such k are looked at.
    """
    count = len(points)
    before: list[Point] = [(Decimal(0),) * 2]
    for point in points:
        before.append(tuple(a + b for a, b in zip(before[-1], point, strict=True)))
    reached: dict[Point, list[int]] = defaultdict(list)
    ways, then = [0] * count + [1], [0] * count
    fence = count  # the first row behind i that cannot be a sub kegiatan
    reached[before[count]].append(count)
    for i in range(count - 1, -1, -1):
        if KEGIATAN in allowed[i]:
            wanted = tuple(a + b for a, b in zip(before[i + 1], points[i], strict=True))
            for k in reversed(reached.get(wanted, ())):
                if k > fence or ways[i] > 1:
                    break
                if k >= i + 2 and ways[k]:
                    ways[i] = min(2, ways[i] + ways[k])
                    then[i] = k
        if SUB not in allowed[i]:
            fence = i
        reached[before[i]].append(i)
    if not count or ways[0] != 1:
        return (ways[0] if count else 0), []
    levels = [SUB] * count
    at = 0
    while at < count:
        levels[at] = KEGIATAN
        at = then[at]
    return 1, levels
