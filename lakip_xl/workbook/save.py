"""From the changed package to a file: written deterministically, verified, put in place in one step."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from xml.parsers import expat

from lakip_xl.errors import OutputRefused
from lakip_xl.workbook import archive
from lakip_xl.workbook.archive import Packed
from lakip_xl.workbook.package import Package, part_name


def to_bytes(package: Package, changed: Mapping[str, bytes | Packed]) -> bytes:
    """The zip: entries in their old order with their dates, unchanged ones as they are packed, new ones last.

    Raises UnreadableWorkbook where an unchanged part cannot be unpacked: it was damaged before.
    """
    entries = []
    for entry in package.order:
        part = part_name(entry)
        if part in package.dropped:
            continue
        if entry.is_dir():
            entries.append(archive.made(entry.filename, b"", entry))
        elif part in changed:
            entries.append(archive.made(entry.filename, changed[part], entry))
        else:
            content = package.original(part)
            copied = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            entries.append(
                archive.kept(package.data, entry) if copied else archive.made(entry.filename, content, entry)
            )
    entries += [archive.made(part, data) for part, data in changed.items() if part not in package.entries]
    return archive.zipped(entries)


Reader = Callable[["Unpacked"], str]
"""Reads back what was written into a part; says which cell is not as it was meant, "" where all are."""

NO_READERS: Mapping[str, Reader] = MappingProxyType({})


def verify(
    package: Package, changed: Mapping[str, bytes | Packed], data: bytes, readers: Mapping[str, Reader] = NO_READERS
) -> None:
    """Raises OutputRefused unless every kept part has its bytes, every changed part is as it was made, parses and can be read back,
    and nothing else is there."""
    before = {part_name(entry): entry for entry in package.order}
    expected = (set(before) - package.dropped) | set(changed)
    with zipfile.ZipFile(io.BytesIO(data)) as written:
        found = {part_name(entry): entry for entry in written.infolist()}
        if set(found) != expected or len(written.infolist()) != len(expected):
            raise failed(", ".join(sorted(set(found) ^ expected)))
        for part, entry in found.items():
            try:
                if part in changed:
                    unpacked = Unpacked(written, entry, changed[part], part.endswith((".xml", ".rels")))
                    if part in readers and (place := readers[part](unpacked)):
                        raise failed(place)
                    unpacked.finish()
                elif (entry.CRC, entry.file_size) != (before[part].CRC, before[part].file_size):
                    raise ValueError(part)
                elif entry.compress_type != before[part].compress_type:
                    Unpacked(written, entry, package.original(part), False).finish()
                elif not entry.is_dir() and not archive.same(data, entry, package.data, before[part]):
                    raise ValueError(part)
            except (ValueError, EOFError, zipfile.BadZipFile, zlib.error, expat.ExpatError) as error:
                raise failed(part) from error


class Unpacked:
    """A part of the zip that was written, unpacked piece by piece and checked on the way.

    Raises ValueError unless it holds what was meant, ExpatError unless it parses, if it is XML. What was packed while it was made is
    known by its size and checksum, everything else by its bytes; that the checksum is right ``zipfile`` sees to.
    """

    def __init__(self, written: zipfile.ZipFile, entry: zipfile.ZipInfo, meant: bytes | Packed, xml: bool) -> None:
        if isinstance(meant, Packed) and (entry.file_size, entry.CRC) != (meant.size, meant.crc):
            raise ValueError(entry.filename)
        self._written, self._entry, self._file = written, entry, written.open(entry)
        self._meant = None if isinstance(meant, Packed) else meant
        self._parser = expat.ParserCreate() if xml else None
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, all that are left where no size is said."""
        piece = self._file.read(size)
        end = self._position + len(piece)
        if self._meant is not None and self._meant[self._position : end] != piece:
            raise ValueError(self._entry.filename)
        self._position = end
        if self._parser is not None:
            self._parser.Parse(piece, False)
        return piece

    def finish(self) -> None:
        """Checks what was not read yet."""
        while self.read(archive.PIECE):
            pass
        if self._meant is not None and self._position != len(self._meant):
            raise ValueError(self._entry.filename)
        if self._parser is not None:
            self._parser.Parse(b"", True)
            self._parser = None

    def whole(self) -> bytes:
        """All of it at once, checked."""
        self.finish()
        return self._written.read(self._entry)


def failed(part: str) -> OutputRefused:
    return OutputRefused(
        f"Hasil tidak ditulis: pemeriksaan sesudah menulis menemukan perbedaan pada {part}. Berkas Anda tidak berubah. "
        "Laporkan hal ini beserta buku kerjanya.",
        f"Nothing was written: the check after writing found a difference in {part}. Your file is unchanged. "
        "Please report this together with the workbook.",
    )
