"""The zip as bytes: what is not written keeps even its compressed bytes, everything else is the same on every machine.

``zipfile`` reads (and checks every header and checksum), but cannot copy an entry without packing it again. The guards
keep packages far below the sizes for which zip has its 64-bit fields.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# Half the time of zlib's usual 6 for three percent more bytes.
LEVEL = 5
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _UTF8 = 20, 0x800
_NEW = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 16
"""Bytes that are packed or unpacked at a time."""


class Entry(NamedTuple):
    """One entry to be written: ``packed`` is its content as the zip holds it."""

    name: str
    date: tuple[int, int, int, int, int, int]
    method: int
    crc: int
    size: int
    packed: bytes | memoryview


class Packed(NamedTuple):
    """The new content of a part as a zip will hold it, with the checksum and the size of what was packed."""

    packed: bytes
    crc: int
    size: int

    def read(self) -> bytes:
        """The content unpacked."""
        return zlib.decompress(self.packed, -zlib.MAX_WBITS, self.size or 1)


def pack(pieces: Iterable[bytes]) -> Packed:
    """Packs content as it is made: a sheet that a fill makes four times as large is never held whole."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed: list[bytes] = []
    crc = size = 0
    for piece in _gathered(pieces):
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        packed.append(packer.compress(piece))
    packed.append(packer.flush())
    return Packed(b"".join(packed), crc, size)


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes | bytearray]:
    """The same bytes in fewer pieces: a call for each cell would cost more than the packing."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= PIECE:
            yield held
            held = bytearray()
    yield held


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry unpacked, and never further than its header says: ``ZipFile.read`` unpacks all there is before it compares.

    Raises what ``zipfile`` raises, BadZipFile too where the entry holds more, or something else, than it says.
    """
    with archive.open(entry) as part:
        return part.read(entry.file_size + 1)


def packed_bytes(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """The compressed bytes of an entry, in place. Raises ValueError where the zip does not hold them."""
    start = entry.header_offset + _LOCAL.size
    head = data[entry.header_offset : start]
    if len(head) != _LOCAL.size or head[:4] != b"PK\x03\x04":
        raise ValueError(f"{entry.filename}: no local header")
    names, extra = _LOCAL.unpack(head)[-2:]
    start += names + extra
    found = memoryview(data)[start : start + entry.compress_size]
    if len(found) != entry.compress_size:
        raise ValueError(f"{entry.filename}: cut off")
    return found


def same(data: bytes, entry: zipfile.ZipInfo, other_data: bytes, other: zipfile.ZipInfo) -> bool:
    """Whether two entries hold the same compressed bytes. Raises ValueError as ``packed_bytes``."""
    return bytes(packed_bytes(data, entry)) == bytes(packed_bytes(other_data, other))


def kept(data: bytes, entry: zipfile.ZipInfo) -> Entry:
    """An entry as it is in the zip ``data``, without its extra fields and what its writer noted about the machine."""
    method, packed = entry.compress_type, packed_bytes(data, entry)
    return Entry(entry.filename, max(entry.date_time, _NEW), method, entry.CRC, entry.file_size, packed)


def made(name: str, content: bytes | Packed, like: zipfile.ZipInfo | None = None) -> Entry:
    """An entry with new content; with ``like`` it keeps the date of the old one, and is stored if that was."""
    date = _NEW if like is None else max(like.date_time, _NEW)
    if like is not None and like.compress_type == zipfile.ZIP_STORED:
        content = content.read() if isinstance(content, Packed) else content
        return Entry(name, date, zipfile.ZIP_STORED, zlib.crc32(content), len(content), content)
    new = content if isinstance(content, Packed) else pack([content])
    return Entry(name, date, zipfile.ZIP_DEFLATED, new.crc, new.size, new.packed)


def zipped(entries: Iterable[Entry]) -> bytes:
    """The zip of these entries in this order."""
    out: list[bytes | memoryview] = []
    listing: list[bytes] = []
    offset = 0
    for entry in entries:
        year, month, day, hour, minute, second = entry.date
        time, date = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
        name, flags = entry.name.encode("utf-8"), 0 if entry.name.isascii() else _UTF8
        common = (_VERSION, flags, entry.method, time, date, entry.crc, len(entry.packed), entry.size, len(name), 0)
        out += (_LOCAL.pack(b"PK\x03\x04", *common), name, entry.packed)
        listing += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, offset), name)
        offset += _LOCAL.size + len(name) + len(entry.packed)
    count, size = len(listing) // 2, sum(map(len, listing))
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)
    return b"".join((*out, *listing, end))
