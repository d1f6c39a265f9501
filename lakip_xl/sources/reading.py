"""Which kind of file a source is, told by its content, and its sheets (or its text) as grids."""

from __future__ import annotations

import io
import zipfile
from enum import Enum
from pathlib import Path

from lakip_xl import files
from lakip_xl.errors import MissingSheet, UnreadableWorkbook
from lakip_xl.sources import sheets, text
from lakip_xl.sources.grid import Grid, grid_rows
from lakip_xl.table.find import OWNED
from lakip_xl.workbook import Workbook
from lakip_xl.workbook.guards import BROKEN_ZIP, PACKINGS, refuse_other_files

MAX_TEXT_BYTES = 16 << 20
"""The largest text that is read: a matrix of 10,000 rows has 3 MiB."""

_KIND = 100
"""Bytes of an archive's mimetype: that of an .ods has 46."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TEXT = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<table", b"<head", b"<meta")


def read(path: Path) -> list[list[Grid]]:
    """The readings of a file, each a list of its sheets: one for a workbook, for a text one for each separator that may be meant.

    Raises UnreadableWorkbook or UnsupportedWorkbook with a sentence that says what the file is and what to do.
    """
    return of_bytes(files.content(path), path.name)


def of_bytes(data: bytes, name: str) -> list[list[Grid]]:
    """As ``read``, for a file in memory."""
    kind = kind_of(data, name, MAX_TEXT_BYTES)
    if kind is Kind.WORKBOOK:
        return [_workbook(data, name)]
    if kind is Kind.SHEETS:
        return [sheets.read(data, name)]
    return [[grid] for grid in text.grids(decoded(data, name), name)]


class Kind(Enum):
    """What reads a file: our own engine, python-calamine, or a splitter of lines."""

    WORKBOOK = "xlsx"
    SHEETS = "xls/ods"
    TEXT = "text"


def kind_of(data: bytes, name: str, max_text: int) -> Kind:
    """Which kind of file this is. Raises UnreadableWorkbook for one that cannot be read, and for a text larger than ``max_text`` bytes."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return Kind.SHEETS if _is_ods(data) else Kind.WORKBOOK
    if data.startswith(_OLE):
        if any(word.encode("utf-16-le") in data for word in ("EncryptedPackage", "WordDocument")):
            refuse_other_files(data, name)
        return Kind.SHEETS
    if data.startswith(b"%PDF"):
        raise UnreadableWorkbook(
            f"{name}: ini berkas PDF. Buka, pilih tabelnya, salin, tempel ke Excel atau Notepad, simpan sebagai .xlsx "
            "atau .txt, lalu ulangi dengan berkas itu.",
            f"{name}: this is a PDF. Open it, select the table, copy it, paste it into Excel or Notepad, save that as .xlsx or "
            ".txt, and try again with that file.",
        )
    if not data.strip() or data.startswith(_NO_TEXT) or data.lstrip()[:20].lower().startswith(_MARKUP):
        refuse_other_files(data, name)
    if len(data) > max_text:
        raise UnreadableWorkbook(
            f"{name}: teks ini {len(data) >> 20:,} MiB; batasnya {max_text >> 20} MiB. Sisakan baris tabelnya saja.",
            f"{name}: this text has {len(data) >> 20:,} MiB; the limit is {max_text >> 20} MiB. Keep the rows of the table only.",
        )
    return Kind.TEXT


def decoded(data: bytes, name: str) -> str:
    """The file as text. Raises UnreadableWorkbook where it is none."""
    found = text.decode(data)
    if found is None:
        refuse_other_files(data, name)
        raise AssertionError("what is no text is refused")  # pragma: no cover
    return found


def _is_ods(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "mimetype" not in archive.namelist():
                return False
            if archive.getinfo("mimetype").compress_type not in PACKINGS:
                return False
            with archive.open("mimetype") as part:
                kind = part.read(_KIND)  # never whole: nobody has looked yet at how large it says it is
    except BROKEN_ZIP:
        return False  # the workbook's own guards say what is wrong with it
    return b"opendocument.spreadsheet" in kind


def _workbook(data: bytes, name: str) -> list[Grid]:
    book = Workbook.from_bytes(data, name)
    found = []
    for title in foreign_sheets(book):
        try:
            sheet = book.sheet(title)
        except MissingSheet:
            continue  # a chart sheet has no cells
        found.append(Grid(title, grid_rows(sheet.filled()), list(sheet.merged), formats=True))
    return found


def foreign_sheets(book: Workbook) -> list[str]:
    """The sheets of a workbook that the tool did not make itself."""
    owned = {book.owned_sheet(hidden) for hidden in OWNED.values()}
    return [title for title in book.sheet_names if title not in owned]
