"""Old Excel files (.xls) and OpenDocument sheets (.ods): the door through which python-calamine comes in."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lakip_xl import processes
from lakip_xl.cells import Area
from lakip_xl.errors import UnreadableWorkbook
from lakip_xl.sources import compound
from lakip_xl.sources.grid import Grid, grid_rows
from lakip_xl.table.locate import HEADER_SEARCH_ROWS
from lakip_xl.workbook import CellData
from lakip_xl.workbook.archive import unpack
from lakip_xl.workbook.guards import BROKEN_ZIP, check_zip, damaged

MAX_BYTES = 64 << 20
"""The largest file of these kinds that is read: they are held in memory whole."""

MAX_CELLS = 2_000_000
"""The most cells that a sheet may come to once what it repeats is written out."""

MAX_CONTENT = 256 << 20
"""The largest that the cells of an .ods may unpack to."""

SECONDS = 120
"""So long may the library take for a file."""

_CHILD = Path(__file__).with_name("child.py")
_TABLE = re.compile(rb"<table:table\b(?!-)")
_ROW = re.compile(rb"<table:table-row\b")
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d+)"')
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*>")
_ERROR = b'calcext:value-type="error"'
_ROWS_SPANNED = re.compile(rb'number-rows-spanned="(\d+)"')
_COLUMNS_SPANNED = re.compile(rb'number-columns-spanned="(\d+)"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="(\d+)"')


def read(data: bytes, name: str) -> list[Grid]:
    """Every sheet of the file. Raises UnreadableWorkbook, with a sentence, for one that is damaged or out of bounds."""
    if len(data) > MAX_BYTES:
        raise _too_large(name, f"{len(data) >> 20:,} MiB", f"{MAX_BYTES >> 20:,} MiB")
    ods = data[:2] == b"PK"
    spans = _seen_in_ods(data, name) if ods else []
    if not ods and not compound.is_sound(data):
        raise damaged(name)
    told = _told(data, name)
    if told is None:
        raise damaged(name)
    if told == "password":
        raise UnreadableWorkbook(
            f"{name}: berkas ini dilindungi kata sandi. Buka, hapus sandinya, simpan, lalu ulangi.",
            f"{name}: this file is protected by a password. Open it, take the password away, save and try again.",
        )
    found = [_grid(sheet) for sheet in told]
    for grid, (merged, errors) in zip(found, spans, strict=False):
        grid.merged, grid.blind = merged, errors
    return found


def _told(data: bytes, name: str) -> Any:
    """What python-calamine says of a file, in a process of its own: some damaged files end that process. None where it says nothing."""
    try:
        told = processes.answer(_CHILD, data, SECONDS)
        return None if told is None else json.loads(told)
    except ValueError:
        return None
    except (subprocess.TimeoutExpired, OSError) as error:
        raise UnreadableWorkbook(
            f"{name}: berkas ini tidak dapat dibaca di komputer ini ({SECONDS} detik tidak cukup, atau proses pembacanya tidak dapat "
            "dijalankan). Buka di Excel, simpan sebagai .xlsx, lalu ulangi.",
            f"{name}: this file cannot be read on this computer ({SECONDS} seconds are not enough, or the process that reads it cannot be "
            "started). Open it in Excel, save it as .xlsx and try again.",
        ) from error


def _grid(sheet: Mapping[str, Any]) -> Grid:
    rows = {number: {place: CellData(value) for place, value in cells} for number, cells in sheet["rows"]}
    return Grid(sheet["name"], grid_rows(rows), [Area(*area) for area in sheet["merged"]], blind=True)


def _seen_in_ods(data: bytes, name: str) -> list[tuple[list[Area], bool]]:
    """What the library does not tell of each sheet of an .ods: the merged areas near its top, and whether it holds error codes.

    Refuses a file that is small because it says "the same again" a million times: the library would write all that out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_zip(archive, len(data), name)
            part = archive.getinfo("content.xml")
            if (size := part.file_size) > MAX_CONTENT:
                raise _too_large(name, f"{size >> 20:,} MiB", f"{MAX_CONTENT >> 20:,} MiB")
            content = unpack(archive, part)
    except (*BROKEN_ZIP, KeyError) as error:
        raise damaged(name) from error
    total, found = 0, list[tuple[list[Area], bool]]()
    for table in _TABLE.split(content)[1:]:
        merged: list[Area] = []
        at = 1
        for row in _ROW.split(table)[1:]:
            times = _number(_ROWS_REPEATED, row.partition(b">")[0])
            cells = [cell[0] for cell in _CELL.finditer(row)]
            while cells and b"value-type" not in cells[-1] and b"-spanned" not in cells[-1]:
                cells.pop()  # blank cells behind the last one are not written out
            counts = [_number(_COLUMNS_REPEATED, cell) for cell in cells]
            total += times * sum(counts)
            if total > MAX_CELLS:
                raise _too_large(name, f"{total:,} sel / cells", f"{MAX_CELLS:,}")
            if at <= HEADER_SEARCH_ROWS:
                merged += _spanned(at, cells, counts)
            at += times
        found.append((merged, _ERROR in table))
    return found


def _spanned(row: int, cells: list[bytes], counts: list[int]) -> Iterator[Area]:
    column = 1
    for cell, count in zip(cells, counts, strict=True):
        down, across = _number(_ROWS_SPANNED, cell), _number(_COLUMNS_SPANNED, cell)
        if down > 1 or across > 1:
            yield Area(row, column, row + down - 1, column + across - 1)
        column += count


def _number(pattern: re.Pattern[bytes], text: bytes) -> int:
    found = pattern.search(text)
    return int(found[1][:12]) if found else 1


def _too_large(name: str, size: str, limit: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(
        f"{name}: terlalu besar ({size}; batasnya {limit}). Simpan lembar matriksnya saja ke berkas baru, lalu ulangi.",
        f"{name}: too large ({size}; the limit is {limit}). Save the matrix's sheet alone in a new file and try again.",
    )
