"""From the changed package to a file: written deterministically, verified, put in place in one step."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers import expat

from lakip_xl.errors import OutputRefused
from lakip_xl.workbook import archive
from lakip_xl.workbook.package import Package, part_name


def to_bytes(package: Package, changed: Mapping[str, bytes]) -> bytes:
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


def verify(package: Package, changed: Mapping[str, bytes], data: bytes) -> None:
    """Raises OutputRefused unless every kept part has its bytes, every changed part parses and nothing else is there."""
    before = {part_name(entry): entry for entry in package.order}
    expected = (set(before) - package.dropped) | set(changed)
    with zipfile.ZipFile(io.BytesIO(data)) as written:
        found = {part_name(entry): entry for entry in written.infolist()}
        if set(found) != expected or len(written.infolist()) != len(expected):
            raise failed(", ".join(sorted(set(found) ^ expected)))
        for part, entry in found.items():
            try:
                if part in changed:
                    _read_back(written, entry, changed[part], part.endswith((".xml", ".rels")))
                elif (entry.CRC, entry.file_size) != (before[part].CRC, before[part].file_size):
                    raise ValueError(part)
                elif entry.compress_type != before[part].compress_type:
                    _read_back(written, entry, package.original(part), False)
                elif not entry.is_dir() and not archive.same(data, entry, package.data, before[part]):
                    raise ValueError(part)
            except (ValueError, EOFError, zipfile.BadZipFile, zlib.error, expat.ExpatError) as error:
                raise failed(part) from error


def _read_back(written: zipfile.ZipFile, entry: zipfile.ZipInfo, meant: bytes, xml: bool) -> None:
    """Raises unless the entry unpacks to what was meant and, if it is XML, parses; piece by piece, without a second copy."""
    parser = expat.ParserCreate() if xml else None
    position = 0
    with written.open(entry) as file:
        while piece := file.read(1 << 16):
            if meant[position : position + len(piece)] != piece:
                raise ValueError(entry.filename)
            position += len(piece)
            if parser is not None:
                parser.Parse(piece, False)
    if position != len(meant):
        raise ValueError(entry.filename)
    if parser is not None:
        parser.Parse(b"", True)


def failed(part: str) -> OutputRefused:
    return OutputRefused(
        f"Hasil tidak ditulis: pemeriksaan sesudah menulis menemukan perbedaan pada {part}. Berkas Anda tidak berubah. "
        "Laporkan hal ini beserta buku kerjanya.",
        f"Nothing was written: the check after writing found a difference in {part}. Your file is unchanged. "
        "Please report this together with the workbook.",
    )
