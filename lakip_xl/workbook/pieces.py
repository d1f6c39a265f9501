"""A plain sheet part piece by piece, so that it is never held whole: its head, whole rows, its foot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol
from xml.parsers import expat

from lakip_xl.workbook.markup import utf8
from lakip_xl.workbook.plain import Bounds, NotPlain, plain_bounds

EMPTY = b"<sheetData></sheetData>"
_PIECE = 1 << 18
_MOST_HEAD = 4 << 20
_MOST_ROW = 64 << 20


class Readable(Protocol):
    """What a part is read from, piece by piece."""

    def read(self, size: int = -1, /) -> bytes: ...


class Rows(NamedTuple):
    """Some whole rows, in a frame that ``plain_rows`` takes, and where they stand in it."""

    data: bytes
    bounds: Bounds


def head_and_rows(stream: Readable, part: str) -> tuple[bytes, Iterator[Rows]]:
    """What stands before the rows, and the rows. Raises NotPlain where the part must be read in another way, also halfway, and
    ExpatError where what stands around the rows is no XML."""
    head = stream.read(_PIECE)
    while b"<sheetData" not in head and len(head) < _MOST_HEAD and (more := stream.read(_PIECE)):
        head += more
    start = head.find(b"<sheetData>")
    if start < 0:
        raise NotPlain
    head, rest = head[:start], head[start + 11 :]
    root = plain_bounds(head + EMPTY)
    if root is None or utf8(head, part) != head:
        raise NotPlain
    return head, _rows(stream, head, rest, root.prefixes)


def _rows(stream: Readable, head: bytes, rest: bytes, prefixes: frozenset[str]) -> Iterator[Rows]:
    while True:
        end = rest.find(b"</sheetData>")
        cut = end if end >= 0 else rest.rfind(b"</row>") + 6
        if end >= 0 or cut > 5:
            yield _framed(rest[:cut], prefixes)
        if end >= 0:
            foot = rest[end + 12 :] + stream.read()
            expat.ParserCreate(None, " ").Parse(head + EMPTY + foot, True)
            return
        rest = rest[cut:] if cut > 5 else rest
        more = stream.read(_PIECE)
        if not more or len(rest) > _MOST_ROW:
            raise NotPlain
        rest += more


def _framed(rows: bytes, prefixes: frozenset[str]) -> Rows:
    data = b"".join((b"<s", b"><sheetData>", rows, b"</sheetData>"))
    bounds = plain_bounds(data)
    if bounds is None:
        raise NotPlain
    return Rows(data, Bounds(bounds.start, bounds.end, prefixes))
