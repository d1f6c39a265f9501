"""From the changed package to a file: written deterministically, verified, put in place in one step."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from lakip_xl.errors import OutputRefused
from lakip_xl.workbook.package import Package, part_name

_NEW = (1980, 1, 1, 0, 0, 0)


def to_bytes(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """The zip: entries in their old order with their dates, changed ones with new content, new ones last."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for entry in package.order:
            part = part_name(entry)
            if part not in package.dropped:
                data = b"" if entry.is_dir() else changed[part] if part in changed else package.original(part)
                archive.writestr(_entry(entry.filename, entry.date_time, entry.compress_type), data)
        for part, data in changed.items():
            if part not in package.entries:
                archive.writestr(_entry(part, _NEW, zipfile.ZIP_DEFLATED), data)
    return out.getvalue()


def _entry(name: str, date: tuple[int, int, int, int, int, int], compression: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, max(date, _NEW))
    made.compress_type = zipfile.ZIP_STORED if compression == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    made.create_system = 0  # the same bytes on Windows and elsewhere
    made.external_attr = 0
    return made


def verify(package: Package, changed: Mapping[str, bytes], data: bytes) -> None:
    """Raises OutputRefused unless every kept part has its bytes, every changed part parses and nothing else is there."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    before = {part_name(entry): entry for entry in package.order}
    expected = (set(before) - package.dropped) | set(changed)
    found = {part_name(entry): entry for entry in archive.infolist()}
    if set(found) != expected:
        raise failed(", ".join(sorted(set(found) ^ expected)))
    for part, entry in found.items():
        written = archive.read(entry)
        if part not in changed:
            if (entry.CRC, entry.file_size) != (before[part].CRC, before[part].file_size):
                raise failed(part)
        elif written != changed[part]:
            raise failed(part)
        elif part.endswith((".xml", ".rels")):
            try:
                expat.ParserCreate().Parse(written, True)
            except expat.ExpatError as error:
                raise failed(part) from error


def failed(part: str) -> OutputRefused:
    return OutputRefused(
        f"Hasil tidak ditulis: pemeriksaan sesudah menulis menemukan perbedaan pada {part}. Berkas Anda tidak berubah. "
        "Laporkan hal ini beserta buku kerjanya.",
        f"Nothing was written: the check after writing found a difference in {part}. Your file is unchanged. "
        "Please report this together with the workbook.",
    )


def put_in_place(path: Path, data: bytes) -> None:
    """Writes beside ``path`` and then replaces it in one step. Raises OutputRefused, with nothing left behind."""
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise OutputRefused(
            f"{path.name} adalah folder, bukan berkas. Pilih nama berkas lain.",
            f"{path.name} is a folder, not a file. Choose another file name.",
        )
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, beside)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except FileNotFoundError as error:
        raise OutputRefused(
            f"Folder {path.parent} tidak ada. Buat foldernya atau pilih folder lain.",
            f"The folder {path.parent} does not exist. Make it or choose another one.",
        ) from error
    except PermissionError as error:
        raise OutputRefused(
            f"{path} tidak dapat ditulis: berkas sedang terbuka di Excel, atau foldernya hanya-baca. Tutup berkas itu, atau pilih "
            "folder lain, lalu ulangi.",
            f"{path} cannot be written: it is open in Excel, or the folder is read-only. Close the file, or choose another folder, "
            "and try again.",
        ) from error
    except OSError as error:
        raise OutputRefused(
            f"{path} tidak dapat ditulis: {error.strerror}. Periksa ruang kosong dan nama berkas, lalu ulangi.",
            f"{path} cannot be written: {error.strerror}. Check the free space and the file name, and try again.",
        ) from error
