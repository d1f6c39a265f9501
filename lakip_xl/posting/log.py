"""Riwayat Posting: the sheet on which the tool keeps what it posted, so that it knows its own figures from typed ones."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Value
from lakip_xl.drawing import new_book, put_cell
from lakip_xl.ledger.items import MONTHS
from lakip_xl.numbers import to_decimal
from lakip_xl.workbook import Workbook

NAME, TITLE = "_lakip_posting", "Riwayat Posting"
_HEAD = "Angka yang diposting lakip-xl ke lembar Bulanan. Bila sebuah angka di sana diubah dengan tangan, posting berikutnya membiarkannya."
HEADINGS = ("KODE", "SUB KEGIATAN", "SUB UNIT", "JENIS", "BULAN", "NILAI (Rp)", "DASAR", "BERKAS", "KUNCI")
KINDS = {"rp": "Realisasi", "rak": "RAK"}
_FIRST = 4


class Key(NamedTuple):
    """Which figure of Bulanan: the row's address-free key and plain sub unit, ``rp`` or ``rak``, and the month."""

    row: str
    unit: str
    kind: str
    month: int


class Posted(NamedTuple):
    """A figure that was posted, in rupiah, the names of the files that it came from, the row's code and name, and the dasar realisasi."""

    value: Decimal
    files: str
    kode: str = ""
    name: str = ""
    basis: str = ""


def read(book: Workbook) -> dict[Key, Posted]:
    """What was posted before; rows that somebody changed into something else say nothing."""
    title = book.owned_sheet(NAME)
    if title is None:
        return {}
    kinds = {word: kind for kind, word in KINDS.items()}
    months = {name.id: number for number, name in enumerate(MONTHS, start=1)}
    found: dict[Key, Posted] = {}
    sheet = book.sheet(title)
    for row in sorted({row for row, _ in sheet.cells if row >= _FIRST}):
        cells = [sheet.cell((row, column)).value for column in range(1, len(HEADINGS) + 1)]
        kode, name, unit, kind, month, value, basis, files, known = cells
        if str(kind) in kinds and str(month) in months and isinstance(value, float):
            key = Key(str(known or ""), str(unit or ""), kinds[str(kind)], months[str(month)])
            found[key] = Posted(to_decimal(value), *(str(each or "") for each in (files, kode, name, basis)))
    return found


def sheet(title: str, posted: Iterable[tuple[Key, Posted]]) -> bytes:
    """A workbook with the sheet alone, by code, kind and month."""
    book, file = new_book(title)
    page = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
    text, money = book.add_format({"num_format": "@"}), book.add_format({"num_format": "#,##0.00"})
    for column, width in enumerate((20, 40, 24, 12, 12, 20, 12, 44, 20)):
        page.set_column(column, column, width)
    page.set_column(8, 8, 20, None, {"hidden": True})  # what tells the row again, also one without a code
    put_cell(page, 1, 1, _HEAD, None)
    for column, heading in enumerate(HEADINGS, start=1):
        put_cell(page, _FIRST - 1, column, heading, bold)
    for row, (key, what) in enumerate(sorted(posted), start=_FIRST):
        cells: tuple[Value, ...] = (
            what.kode,
            what.name,
            key.unit,
            KINDS[key.kind],
            MONTHS[key.month - 1].id,
            float(what.value),
            what.basis,
            what.files,
            key.row,
        )
        for column, value in enumerate(cells, start=1):
            put_cell(page, row, column, value, money if column == 6 else text)
    page.freeze_panes(_FIRST - 1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_FIRST - 2)
    book.close()
    return file.getvalue()
