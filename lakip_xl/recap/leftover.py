"""The block of the first page below its table: the sub kegiatan with most money left, in the columns of money above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from lakip_xl.form import formulas as f
from lakip_xl.numbers import say_rupiah
from lakip_xl.recap.sheet import Put, Sheet
from lakip_xl.recap.taken import Left, Taken
from lakip_xl.summary.sources import difference

MOST_LEFT = 5
_HEADS = ("NO", "PERANGKAT DAERAH", "ANGGARAN (Rp)", "REALISASI (Rp)", "SISA (Rp)", "SERAPAN (%)", "SUB KEGIATAN")
_MONEY = ("anggaran", "realisasi", "sisa", "serapan")


def draw(sheet: Sheet, taken: Sequence[Taken], at: Mapping[str, int], last: int) -> None:
    """Writes the block; ``at`` are the columns of the page, ``last`` is the last of them. Sub kegiatan with an open finding are counted,
    not ranked."""
    sheet.wide(1, last, "Lima Sisa Anggaran Terbesar", "section", height=20)
    found = sorted(
        ((-left.sisa, number, each, left) for number, each in enumerate(taken) for left in each.left),
        key=lambda item: item[:2],
    )[:MOST_LEFT]
    money = [at[key] for key in _MONEY]
    spans = [(1, 1), (2, money[0] - 1), *((column, column) for column in money), (money[-1] + 1, last)]
    if found:
        _row(sheet, spans, [(each, "page_head") for each in _HEADS], 22)
        for number, (_, _, each, left) in enumerate(found, start=1):
            office = each.office if len({other.period for other in taken}) == 1 else f"{each.office} ({each.period})"
            cells = _cells(sheet, number, office, left, money)
            lines = max(sheet.lines(str(cells[which][0]), *spans[which]) for which in (1, -1))
            _row(sheet, spans, cells, 3 + 13 * lines)
    else:
        sheet.wide(1, last, "Tidak ada sub kegiatan bersisa yang semua catatannya sudah selesai.", "page_note")
    periods = {each.period for each in taken if each.left}
    if len(periods) > 1:
        sheet.skip(4)
        text = "Periodenya tidak sama: sisa sebelum akhir tahun sebagian memang belum waktunya dibelanjakan."
        sheet.wide(1, last, text, "page_note")
    many, rest = sum(each.left_open[0] for each in taken), sum((each.left_open[1] for each in taken), Decimal(0))
    if many:
        sheet.skip(4)
        text = f"Tidak diurutkan: {many} sub kegiatan bersisa {say_rupiah(rest, 'id')} yang catatannya masih terbuka."
        sheet.wide(1, last, text, "page_note")


def _cells(sheet: Sheet, number: int, office: str, left: Left, money: Sequence[int]) -> list[Put]:
    pagu, used = (sheet.ref(sheet.row, column) for column in money[:2])
    name = " ".join(filter(None, (left.kode, left.name)))
    return [(float(number), "center"), (office, "text"), (left.anggaran, "rupiah"), (left.realisasi, "rupiah"),
            (difference(pagu, used), "rupiah"), (f.ratio(used, pagu), "decimals"), (name, "text")]  # fmt: skip


def _row(sheet: Sheet, spans: Sequence[tuple[int, int]], cells: Sequence[Put], height: float) -> None:
    for (first, last), (content, look) in zip(spans, cells, strict=True):
        if last > first:
            sheet.sheet.merge_range(sheet.row - 1, first - 1, sheet.row - 1, last - 1, "", sheet.book.format(look))
        sheet.put(first, content, look)
    sheet.line([], height=height)
