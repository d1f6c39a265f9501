"""The list of offices that are to hand in: read by its headings, from CSV or a workbook. Whether one is late only the list can tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lakip_xl import files
from lakip_xl.cells import Value
from lakip_xl.errors import LakipError
from lakip_xl.form.places import EDITION_NAME
from lakip_xl.ledger.dates import read_date
from lakip_xl.recap.office import key, region_key
from lakip_xl.sources import reading, text
from lakip_xl.sources.grid import Grid, shown
from lakip_xl.table.locate import plain
from lakip_xl.workbook import CellData, Workbook

_HEADINGS = {
    "nama": ("perangkat daerah", "nama perangkat daerah", "nama opd", "nama skpd", "opd", "skpd", "nama"),
    "kode": ("kode", "kode opd", "kode skpd", "kode perangkat daerah"),
    "kabupaten": ("kabupaten", "kabupaten/kota", "daerah"),
    "tenggat": ("tenggat", "batas waktu", "batas akhir", "deadline"),
    "diterima": ("diterima", "tanggal diterima", "tanggal terima", "tgl terima", "tgl. terima", "received"),
}
_WANTED = "NAMA OPD, KODE, TENGGAT, DITERIMA"
_TOP = 20


class Listed(NamedTuple):
    """An office that is to hand in: ``due`` is its deadline, ``received`` the day on which somebody noted that it came."""

    name: str
    kode: str = ""
    region: str = ""
    due: date | None = None
    received: date | None = None

    @property
    def late(self) -> bool:
        """Whether it came after the deadline, as far as the list tells."""
        return self.due is not None and self.received is not None and self.received > self.due


def read(path: Path) -> list[Listed]:
    """The offices in the order of the list. Raises LakipError where no heading of names is found, a date cannot be read, or an office
    stands there twice."""
    data = files.content(path)
    _refuse_matrix(data, path.name)
    for grids in [*reading.of_bytes(data, path.name), *_one_column(data, path.name)]:
        for grid in grids:
            head = _head(grid)
            if head is not None:
                return _rows(grid, *head, path.name)
    raise LakipError(
        f"{path.name}: daftar Perangkat Daerah tidak ditemukan. Beri judul kolom: {_WANTED} (hanya NAMA OPD yang wajib).",
        f"{path.name}: no list of offices was found. Head its columns: {_WANTED} (only NAMA OPD is needed).",
    )


def _refuse_matrix(data: bytes, name: str) -> None:
    """Identitas has a heading Perangkat Daerah, too."""
    if reading.kind_of(data, name, reading.MAX_TEXT_BYTES) is not reading.Kind.WORKBOOK:
        return
    if EDITION_NAME in Workbook.from_bytes(data, name).names:
        raise LakipError(
            f"{name}: ini buku kerja LAKIP, bukan daftar Perangkat Daerah. Pilih daftar dengan judul kolom {_WANTED} (hanya NAMA OPD yang "
            "wajib).",
            f"{name}: this is a LAKIP workbook, not a list of offices. Choose a list headed {_WANTED} (only NAMA OPD is needed).",
        )


def _one_column(data: bytes, name: str) -> list[list[Grid]]:
    """A text with one name a line: no separator tells that it is a table."""
    if reading.kind_of(data, name, reading.MAX_TEXT_BYTES) is not reading.Kind.TEXT:
        return []
    lines = text.records(reading.decoded(data, name), ",")
    return [[Grid(name, {row: {1: CellData(fields[0])} for row, fields in lines if fields}, is_text=True)]]


def _head(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for row, cells in list(grid.rows.items())[:_TOP]:
        words = {plain(cell.value): column for column, cell in sorted(cells.items(), reverse=True)}
        found: dict[str, int] = {}
        for what, headings in _HEADINGS.items():
            column = next((words[heading] for heading in headings if heading in words), None)
            if column is not None and column not in found.values():
                found[what] = column
        if "nama" in found:
            return row, found
    return None


def _rows(grid: Grid, head: int, columns: Mapping[str, int], file: str) -> list[Listed]:
    made: list[Listed] = []
    first: dict[tuple[str, str], str] = {}
    for row, cells in grid.rows.items():

        def value(what: str, cells: Mapping[int, object] = cells) -> Value:
            cell = cells.get(columns.get(what, 0))
            return getattr(cell, "value", None)

        name = shown(value("nama"))
        if row <= head or not name:
            continue
        region = shown(value("kabupaten"))
        due, received = (_day(value(what), what, row, file) for what in ("tenggat", "diterima"))
        known = key(name, region), region_key(region)
        if known in first:
            raise LakipError(
                f"{file} baris {row}: '{name}' sudah disebut sebagai '{first[known]}'. Sisakan satu baris untuk setiap Perangkat Daerah.",
                f"{file} row {row}: '{name}' stands there already as '{first[known]}'. Keep one row for each office.",
            )
        first[known] = name
        made.append(Listed(name, shown(value("kode")), region, due, received))
    return made


def _day(value: Value, what: str, row: int, file: str) -> date | None:
    if value is None or not shown(value):
        return None
    day = read_date(value)
    if day is None:
        raise LakipError(
            f"{file} baris {row}: '{shown(value)}' pada kolom {what.upper()} bukan tanggal. Tulis misalnya 31/01/2024.",
            f"{file} row {row}: '{shown(value)}' in column {what.upper()} is no date. Write 31/01/2024, for example.",
        )
    return day
