"""The sheet Berita Acara: the monthly record of reconciliation, ready to print and sign. Names, NIP, number and date stay blank."""

from __future__ import annotations

from lakip_xl.cells import Value
from lakip_xl.form.expressions import Expr, Ref, call
from lakip_xl.ledger.items import Comparison, Item, Level, month_name
from lakip_xl.numbers import say_rupiah
from lakip_xl.reconciliation.looks import (
    CELL,
    CENTRED,
    FOLIO,
    LINE,
    PLAIN,
    STRONG,
    WRAPPED,
    joined,
    lines,
    rupiah_format,
)
from lakip_xl.reconciliation.table import Placed
from lakip_xl.template import formats, paper
from lakip_xl.template.grid import Page

TITLE = "Berita Acara"
_WIDTHS = (5, 30, 19, 19, 18, 30)
_LAST = len(_WIDTHS)
_DOTS = "." * 34
MOST = 40
"""Differences that the record lists one by one; the others as one line, so that it stays a paper to sign."""

NUMBER, OFFICE = "Nomor:", "Instansi"
"""What stands before the number of the record, and beside the offices of the two parties."""


def draw(page: Page, found: Comparison, placed: Placed) -> None:
    """Draws the record; every figure, cause and follow-up is read from the sheet Rekonsiliasi."""
    for column, width in enumerate(_WIDTHS):
        page.sheet.set_column(column, column, width)
    row = _opening(page, found)
    row = _figures(page, found, placed, row)
    row = _differences(page, found, placed, row)
    row = _signatures(page, found, row)
    paper.lay_out(page.sheet, landscape=False)
    page.sheet.set_paper(FOLIO)
    page.sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.6)
    page.sheet.print_area(0, 0, row - 1, _LAST - 1)


def _office(found: Comparison) -> str:
    """Whose matrix it is, dots to be filled in where the workbook does not say."""
    return " ".join(part for part in (found.office, found.region) if part) or _DOTS + _DOTS


def _sentence(page: Page, row: int, text: str, first: int = 1) -> int:
    joined(page, row, first, row, _LAST, text, PLAIN)
    wide = sum(_WIDTHS[first - 1 :])
    page.sheet.set_row(row - 1, 15.0 * lines(text, wide * 1.04) + 3)
    return row + 1


def _opening(page: Page, found: Comparison) -> int:
    month = month_name(found.month).id
    year = f" Tahun Anggaran {found.year}" if found.year else ""
    for row, text in enumerate(("BERITA ACARA", "REKONSILIASI REALISASI BELANJA", _office(found).upper()), start=1):
        joined(page, row, 1, row, _LAST, text, {**formats.TITLE, "align": "center"})
        page.sheet.set_row(row - 1, 20)
    joined(page, 4, 1, 4, _LAST, f"{NUMBER} {found.record_number or _DOTS}", CENTRED)
    row = _sentence(
        page,
        6,
        f"Pada hari ini {'.' * 18} tanggal {'.' * 14} bulan {'.' * 18} tahun {'.' * 12}, kami yang bertanda tangan di bawah ini:",
    )
    parties = ((_office(found), "PIHAK PERTAMA"), (found.second_party or _DOTS + _DOTS, "PIHAK KEDUA"))
    for number, (office, party) in enumerate(parties, start=1):
        page.put(row, 1, float(number), PLAIN)
        for label, value in (("Nama / NIP", _DOTS + _DOTS), ("Jabatan", _DOTS + _DOTS), (OFFICE, office)):
            page.put(row, 2, label, PLAIN)
            joined(page, row, 3, row, _LAST, f": {value}", PLAIN)
            row += 1
        row = _sentence(page, row, f"selanjutnya disebut {party}.", 2)
    row += 1
    return _sentence(
        page, row,
        f"telah melakukan rekonsiliasi realisasi belanja{year} bulan {month} dan s.d. {month} dengan dasar realisasi {found.basis.value}, "
        f"antara matriks kinerja PIHAK PERTAMA dan buku besar ({', '.join(found.files)}), dengan hasil sebagai berikut:",
    ) + 1  # fmt: skip


def _figures(page: Page, found: Comparison, placed: Placed, row: int) -> int:
    month = month_name(found.month).id
    for column, heading in (
        (1, "NO"),
        (2, "URAIAN"),
        (3, "MENURUT MATRIKS"),
        (4, "MENURUT BUKU BESAR"),
        (5, "SELISIH"),
        (6, "KETERANGAN"),
    ):
        page.put(row, column, heading, formats.HEADING)
    page.sheet.set_row(row - 1, 30)
    total = found.total
    shown = rupiah_format((total.month, total.to_date, total.pagu))
    money = {**CELL, "num_format": shown, "align": "right"}
    kinds = (
        ("Pagu anggaran", total.pagu, placed.pagu),
        (f"Realisasi bulan {month}", total.month, placed.month),
        (f"Realisasi s.d. {month}", total.to_date, placed.to_date),
    )
    for number, (label, figures, column) in enumerate(kinds, start=1):
        row += 1
        page.put(row, 1, float(number), {**CELL, "align": "center"})
        page.put(row, 2, label, {**CELL, **WRAPPED})
        sides = [_or_dash(placed.at(total, column + side)) for side in (0, 1)]
        page.put(row, 3, sides[0] if figures.matrix is not None else "-", money)
        page.put(row, 4, sides[1] if figures.ledger is not None else "-", money)
        apart: Value | Expr = "-"
        if figures.compared:
            apart = call("ROUND", placed.at(total, column) - placed.at(total, column + 1), 2)
        page.put(row, 5, apart, {**money, "bold": True})
        page.put(row, 6, None if figures.compared else "tidak dibandingkan", {**CELL, **WRAPPED})
    return row + 2


def _or_dash(ref: Ref) -> Expr:
    return call("IF", call("ISNUMBER", ref), ref, "-")


def _differences(page: Page, found: Comparison, placed: Placed, row: int) -> int:
    items = [item for item in found.differences if item.level is not Level.TOTAL]
    if not items:
        agrees = "Selisih hanya diketahui pada jumlahnya."
        if not found.compared:
            agrees = "Realisasi tidak dapat dibandingkan; berita acara ini belum dapat ditandatangani."
        elif found.exit_code == 0 and found.within[0]:
            number, rupiah = found.within
            agrees = f"Terdapat {number} selisih dalam toleransi, seluruhnya {say_rupiah(rupiah, 'id')} (tanpa tanda)."
            if not found.total.to_date.compared:
                agrees += " Realisasi s.d. bulan ini tidak dibandingkan."
        elif found.exit_code == 0:
            to_date = found.total.to_date.compared
            agrees = (
                "Tidak terdapat selisih."
                if to_date
                else "Bulan ini tidak terdapat selisih; realisasi s.d. bulan ini tidak dibandingkan."
            )
        return _sentence(page, row, agrees) + 1
    row = _sentence(page, row, f"Rincian selisih ({len(items)} baris, yang terbesar lebih dahulu):")
    for column, heading in (
        (1, "NO"),
        (2, "SUB KEGIATAN / REKENING"),
        (3, "SELISIH (Rp)"),
        (4, "SEBAB"),
        (6, "TINDAK LANJUT"),
    ):
        joined(page, row, column, row, column + (column == 4), heading, formats.HEADING)
    page.sheet.set_row(row - 1, 18)
    shown = rupiah_format(f for item in items for f in (item.month, item.to_date, item.pagu))
    for number, item in enumerate(items[:MOST], start=1):
        row += 1
        _difference(page, row, number, item, placed, shown)
    if len(items) > MOST:
        row += 1
        rest = len(items) - MOST
        joined(
            page, row, 1, row, _LAST, f"dan {rest} selisih lain pada lembar Rekonsiliasi", {**CELL, **WRAPPED, **STRONG}
        )
    return row + 2


def _difference(page: Page, row: int, number: int, item: Item, placed: Placed, shown: str) -> None:
    name = " ".join(filter(None, (item.kode, item.rekening, item.name or "tanpa kode sub kegiatan")))
    column = placed.to_date if item.to_date.difference else placed.month
    said: Value | Expr = placed.at(item, column + 2)
    if not (item.to_date.difference or item.month.difference):
        said = "-"
        if item.pagu_apart:
            said = call("ROUND", placed.at(item, placed.pagu) - placed.at(item, placed.pagu + 1), 2)
            name += " (pagu)"
    elif not item.to_date.difference:
        name += " (bulan ini)"
    page.put(row, 1, float(number), {**CELL, "align": "center"})
    page.put(row, 2, name, {**CELL, **WRAPPED})
    page.put(row, 3, said, {**CELL, "num_format": shown, "align": "right"})
    cause, follow = placed.at(item, placed.cause), placed.at(item, placed.follow_up)
    joined(page, row, 4, row, 5, call("IF", cause.eq(""), "", cause), {**CELL, **WRAPPED})
    page.put(row, 6, call("IF", follow.eq(""), "", follow), {**CELL, **WRAPPED})
    written = item.written
    texts = (
        (name, _WIDTHS[1]),
        (written.cause if written else "", 36),
        (written.follow_up if written else "", _WIDTHS[5]),
    )
    page.sheet.set_row(row - 1, LINE * max(2, *(lines(text, width) for text, width in texts)) + 3)


def _signatures(page: Page, found: Comparison, row: int) -> int:
    row = _sentence(
        page, row,
        f"Toleransi {say_rupiah(found.tolerance, 'id')}; selisih = matriks - buku besar; angka belum diaudit. Demikian Berita Acara ini "
        "dibuat dengan sebenarnya dalam rangkap secukupnya untuk dipergunakan sebagaimana mestinya.",
    ) + 1  # fmt: skip
    blocks = (
        (1, 3, "PIHAK PERTAMA", found.office or _DOTS),
        (4, _LAST, "PIHAK KEDUA", found.second_party or _DOTS),
    )
    for left, right, party, office in blocks:
        joined(page, row, left, row, right, party, {**CENTRED, "bold": True})
        joined(page, row + 1, left, row + 1, right, office, CENTRED)
        joined(page, row + 5, left, row + 5, right, f"({_DOTS})", CENTRED)
        joined(page, row + 6, left, row + 6, right, f"NIP. {_DOTS}", CENTRED)
    page.sheet.set_row(row, 30)
    for gap in range(2, 5):
        page.sheet.set_row(row + gap, 18)
    return row + 6
