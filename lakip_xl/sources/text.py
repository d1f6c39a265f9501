"""Text as grids: CSV and TSV in whatever separator, and tables pasted from Word or a PDF."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from lakip_xl.errors import UnreadableWorkbook
from lakip_xl.sources.grid import Grid, grid_rows
from lakip_xl.workbook import CellData

SEPARATORS = ("\t", ";", "|", ",", "")
""""" stands for runs of two and more spaces, which part the columns of a table copied from a PDF."""

MAX_FIELDS = 200
"""A line with more fields is no row of a matrix; what stands beyond stays together in the last field."""

MAX_ROWS = 10_000
"""Rows with something in them that are read of a text: no office has so many; what has is brought into a workbook first."""

_RUN = re.compile(r"[ \u00a0]{2,}|\t")
_SEP_LINE = re.compile(r"sep=(.)", re.IGNORECASE)


def decode(data: bytes) -> str | None:
    """The text of a file: UTF-8 or UTF-16 by its mark, else UTF-8, else what Windows writes; None where it is no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if b"\x00" in data:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def grids(text: str, name: str) -> Iterator[Grid]:
    """The text parted at each of the separators that it holds: which of them is meant is told by the headings found.

    Raises UnreadableWorkbook for more than ``MAX_ROWS`` lines.
    """
    found, refused = 0, None
    for separator in separators(text):
        try:
            grid = _grid(text, name, separator)
        except UnreadableWorkbook as error:
            refused = error  # perhaps only because this one is not meant: quoted lines count one by one then
            continue
        if any(len(cells) > 1 for cells in grid.rows.values()):
            found += 1
            yield grid
    if refused is not None and not found:
        raise refused


def separators(text: str) -> list[str]:
    """The separators that may part the fields of a text; the one that its first line declares (``sep=;``), if any."""
    first = _SEP_LINE.fullmatch(text.partition("\n")[0].strip().strip('"'))
    return [separator for separator in (SEPARATORS if first is None else (first[1],)) if separator in text]


def _grid(text: str, name: str, separator: str) -> Grid:
    rows: dict[int, dict[int, CellData]] = {}
    for number, fields in records(text, separator):
        if len(fields) > MAX_FIELDS:
            fields[MAX_FIELDS - 1 :] = [(separator or "  ").join(fields[MAX_FIELDS - 1 :])]
        if fields and len(rows) >= MAX_ROWS:
            raise UnreadableWorkbook(
                f"{name}: teks ini lebih dari {MAX_ROWS:,} baris. Sisakan baris tabelnya saja.",
                f"{name}: this text has more than {MAX_ROWS:,} lines. Keep the rows of the table only.",
            )
        if fields:
            rows[number] = {place: CellData(field) for place, field in enumerate(fields, start=1)}
    return Grid(name, grid_rows(rows), is_text=True, loose=not separator)


def _loose(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        yield number, [part for part in _RUN.split(line.strip()) if part]


def records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The records with the line that each begins in. A quotation mark that is never closed is a letter like any other."""
    if not separator:
        return _loose(text)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return ((n, line.split(separator)) for n, line in enumerate(text.splitlines(), start=1))
    return _records(text, separator)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    for fields in lines:
        yield start, fields
        start = lines.line_num + 1
