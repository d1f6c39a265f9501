"""The container of an old .xls (Compound File Binary, [MS-CFB]): whether its chains of sectors end.

The library that reads .xls follows a chain wherever it leads; one that leads back to itself takes all memory there is.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_HEADER = 512
_FREE = 0xFFFFFFFA  # this and all above it are marks: end of a chain, free, part of a table
_IN_HEADER = 109


def is_sound(data: bytes) -> bool:
    """Whether the tables of sectors lie in the file and no chain comes back to a sector that it had before."""
    if len(data) < _HEADER:
        return False
    shift, mini_shift = struct.unpack_from("<2H", data, 30)
    if (shift, mini_shift) not in ((9, 6), (12, 6)):
        return False
    many = -(-len(data) >> shift)
    first_directory, _, _, first_mini, _, first_more, _ = struct.unpack_from("<7L", data, 48)
    places = list(struct.unpack_from(f"<{_IN_HEADER}L", data, 76))
    seen: set[int] = set()
    while first_more < _FREE:
        if first_more in seen or first_more >= many:
            return False
        seen.add(first_more)
        *more, first_more = _sector(data, first_more, shift)
        places += more
    tables = [place for place in places if place < _FREE]
    if len(set(tables)) != len(tables) or any(place >= many for place in tables):
        return False
    after = [sector for place in tables for sector in _sector(data, place, shift)]
    if not _ends(after, many):
        return False
    chains = (_chain(after, first_directory), _chain(after, first_mini))
    if None in chains:
        return False
    mini = [sector for place in chains[1] or () for sector in _sector(data, place, shift)]
    return _ends(mini, len(mini))


def _sector(data: bytes, number: int, shift: int) -> tuple[int, ...]:
    start = (number + 1) << shift
    content = data[start : start + (1 << shift)].ljust(1 << shift, b"\xff")
    return struct.unpack(f"<{1 << shift >> 2}L", content)


def _ends(after: Sequence[int], many: int) -> bool:
    """Whether each chain ends: every sector leads to one in the file, and none leads back. Each is looked at once."""
    walked = bytearray(len(after))  # 0 not yet, 1 on this walk, 2 known to end
    for start, following in enumerate(after):
        if walked[start] or following >= _FREE:
            continue
        walk, place = [], start
        while not walked[place]:
            walked[place] = 1
            walk.append(place)
            following = after[place]
            if following >= _FREE:
                break
            if following >= len(after) or following >= many:
                return False
            if walked[following] == 1:
                return False
            place = following
        for place in walk:
            walked[place] = 2
    return True


def _chain(after: Sequence[int], first: int) -> list[int] | None:
    """The sectors of a chain that is known to end; None where it begins outside the file."""
    found: list[int] = []
    while first < _FREE:
        if first >= len(after):
            return None
        found.append(first)
        first = after[first]
    return found
