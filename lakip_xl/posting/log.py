"""Riwayat Posting: the sheet on which the tool keeps what it posted, so that it knows its own figures from typed ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Value
from lakip_xl.drawing import new_book, put_cell
from lakip_xl.ledger.items import MONTHS
from lakip_xl.numbers import to_decimal
from lakip_xl.workbook import Sheet, Workbook

NAME, TITLE = "_lakip_posting", "Riwayat Posting"
_HEAD = "Angka yang diposting lakip-xl ke lembar Bulanan. Bila sebuah angka di sana diubah dengan tangan, posting berikutnya membiarkannya."
HEADINGS = ("KODE", "SUB KEGIATAN", "SUB UNIT", "JENIS", "BULAN", "NILAI (Rp)", "DASAR", "BERKAS", "KUNCI")
KINDS = {"rp": "Realisasi", "rak": "RAK"}
_FIRST = 4
_KIND_OF = {word: kind for kind, word in KINDS.items()}
_MONTH_OF = {name.id: number for number, name in enumerate(MONTHS, start=1)}


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
    sheet = book.sheet(title)
    rows = sorted({row for row, _ in sheet.cells if row >= _FIRST})
    return dict(found for row in rows if (found := _row(sheet, row)) is not None)


def _row(sheet: Sheet, row: int) -> tuple[Key, Posted] | None:
    """The figure that a row of the sheet tells; None where it tells none."""
    cells = [sheet.cell((row, column)).value for column in range(1, len(HEADINGS) + 1)]
    kode, name, unit, kind, month, value, basis, files, known = cells
    if str(kind) not in _KIND_OF or str(month) not in _MONTH_OF or not isinstance(value, float):
        return None
    key = Key(str(known or ""), str(unit or ""), _KIND_OF[str(kind)], _MONTH_OF[str(month)])
    return key, Posted(to_decimal(value), *(str(each or "") for each in (files, kode, name, basis)))


@dataclass
class Notes:
    """What people wrote right of the columns of the sheet: headings there, and texts by the figure beside which they stand.

    ``loose`` are those beside a row that is no figure (any more): code and name, and the texts.
    """

    headings: dict[int, Value] = field(default_factory=dict)
    beside: dict[Key, dict[int, Value]] = field(default_factory=dict)
    loose: list[tuple[str, str, dict[int, Value]]] = field(default_factory=list)


def notes(book: Workbook) -> Notes:
    """What people wrote right of the columns, so that it is there again when the sheet is made anew."""
    made = Notes()
    title = book.owned_sheet(NAME)
    if title is None:
        return made
    sheet = book.sheet(title)
    rows: dict[int, dict[int, Value]] = {}
    for (row, column), cell in sheet.cells.items():
        if column > len(HEADINGS) and cell.value not in (None, ""):
            rows.setdefault(row, {})[column] = cell.value
    for row, texts in sorted(rows.items()):
        if row < _FIRST:
            made.headings |= texts
            continue
        found = _row(sheet, row)
        if found is not None:
            made.beside[found[0]] = texts
        else:
            made.loose.append((str(sheet.cell((row, 1)).value or ""), str(sheet.cell((row, 2)).value or ""), texts))
    return made


def sheet(title: str, posted: Iterable[tuple[Key, Posted]], kept: Notes | None = None) -> bytes:
    """A workbook with the sheet alone, by code, kind and month, and beside it what people wrote (``kept``)."""
    kept = kept or Notes()
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
    shown, last = dict(posted), _FIRST - 1
    for row, (key, what) in enumerate(sorted(shown.items()), start=_FIRST):
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
        for column, text_beside in kept.beside.get(key, {}).items():
            put_cell(page, row, column, text_beside, None)
        last = row
    gone = [(known, texts) for known, texts in kept.beside.items() if known not in shown]
    loose = [*kept.loose, *((known.row, "", texts) for known, texts in gone)]
    for row, (kode, name, texts) in enumerate(loose, start=last + 2):
        held: dict[int, Value] = {1: kode, 2: name, **texts}
        for column, said in held.items():
            put_cell(page, row, column, said, None)
    for column, head in kept.headings.items():
        put_cell(page, _FIRST - 1, column, head, bold)
    page.freeze_panes(_FIRST - 1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_FIRST - 2)
    book.close()
    return file.getvalue()
