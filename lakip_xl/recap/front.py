"""The first page: an office a row, printable on one A4, then what is left of the money, and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Expr, call
from lakip_xl.numbers import round_half_up
from lakip_xl.recap import charts, leftover
from lakip_xl.recap.columns import FEW, Column, columns_of
from lakip_xl.recap.paper import fit, lay_out, room, together
from lakip_xl.recap.settled import HELD, IN, LATE, MISSING, UNLISTED, Line, Recap
from lakip_xl.recap.sheet import Put, Sheet
from lakip_xl.recap.taken import Worth
from lakip_xl.recap.text import WORDS
from lakip_xl.rules.efficiency import Regulated
from lakip_xl.summary.formats import AMBER, GREEN, RED
from lakip_xl.summary.sources import difference

TITLE = "Rekap"
MOST_APART = 12
"""Files that do not count and are named under the table; the sheet Berkas Dilewati names all."""


_SUMS = {
    "rupiah": "total_rupiah",
    "decimals": "total_decimals",
    "whole": "total_whole",
    "signed": "total_signed",
    "points": "total_points",
}
"""The looks of the last row, by those of the rows above."""
_WORDS = ("office", "region", "period", "status", "kategori", "pk")
"""The columns whose words may take more than a line."""
_ASIDE = {"office": 1.5, "region": 1.5}
"""What the indent of such a column takes, in digits."""


class Placed(NamedTuple):
    """Where the table stands: its columns by key, the first and last row of offices, the row of the sums; the row of the charts, and their
    height in pixels."""

    columns: dict[str, int]
    first: int
    last: int
    total: int
    charts: int = 0
    chart_height: int = 0


def draw(sheet: Sheet, found: Recap, link: Callable[[str], str], notes: Sequence[str]) -> Placed:
    """Writes the page; ``link`` gives the way from the recap to a file, "" where there is none; ``notes`` is said under the table."""
    columns = columns_of(found)
    sheet.set_widths([each.width for each in columns])
    last = len(columns)
    _head(sheet, found, last)
    headings = sheet.row
    sheet.line([(each.heading, "page_head") for each in columns], height=24)
    placed = _table(sheet, found, columns, link)
    sheet.skip(5)
    for note in (*_about(found), *notes):
        sheet.wide(1, last, note, "page_note")
    _apart(sheet, found, last)
    table = sheet.row - 1
    _colours(sheet, placed)
    sheet.skip()
    leftover.draw(sheet, found.taken, placed.columns, last)
    sheet.skip()
    placed = _end(sheet, placed, bool(found.taken), table, headings)
    sheet.sheet.freeze_panes(headings, 2)
    return placed


def _end(sheet: Sheet, placed: Placed, charted: bool, table: int, headings: int) -> Placed:
    """Leaves room for the charts and lays out the paper: all on one page where it can be read there, else the charts go to the next, and
    what stands below the table (it ends in row ``table``) too where it does not fit."""
    least = charts.rows_taken(charts.LEAST) * charts.ROW if charted else 0
    shared = together(sheet.widths, sheet.heights, least)
    if shared is None:
        scale, whole = fit(sheet.widths, sheet.heights[:table])
        more, both = fit(sheet.widths, sheet.heights)
        ends = sheet.row - 1 if both and more == scale else table
        sheet.sheet.set_h_pagebreaks([ends])
        height, repeated = charts.height_in(room(scale, sheet.heights[ends:])), None if whole else (headings, headings)
    else:
        scale = shared
        height, repeated = charts.height_in(room(scale, sheet.heights)), None
    placed = placed._replace(charts=sheet.row, chart_height=height)
    for _ in range(charts.rows_taken(height) if charted else 0):
        sheet.skip(charts.ROW)
    lay_out(sheet, len(sheet.widths), sheet.row - 1, repeated, scale)
    return placed


def _head(sheet: Sheet, found: Recap, last: int) -> None:
    sheet.wide(1, last, "REKAPITULASI CAPAIAN KINERJA DAN REALISASI ANGGARAN", "title", height=24)
    regions = Counter(taken.region for taken in found.taken if taken.region)
    where = regions.most_common(1)[0][0] if len(regions) == 1 else f"{len(regions)} Kabupaten/Kota" if regions else ""
    year = f"Tahun {found.year}" if found.year else ""
    periods = {taken.period for taken in found.taken}
    period = f"Periode: {periods.pop()}" if len(periods) == 1 else ""
    when = ", ".join(filter(None, (" ".join(filter(None, (where, year))), period)))
    sheet.wide(1, last, when, "subtitle", height=18)
    states = Counter(line.status for line in found.lines)
    said = [f"{states[word]} {words.id}" for word, words in WORDS.items() if states[word]]
    said += [f"{len(found.apart)} berkas tidak dihitung"] if found.apart else []
    sheet.wide(1, last, "; ".join(said), "subtitle", height=18)
    sheet.skip(6)


def _table(sheet: Sheet, found: Recap, columns: Sequence[Column], link: Callable[[str], str]) -> Placed:
    at = {each.key: number for number, each in enumerate(columns, start=1)}
    first = sheet.row
    for number, line in enumerate(found.lines, start=1):
        values = _values(sheet, line, at, sheet.row) | {"no": float(number), "office": line.name}
        path = link(line.taken.name) if line.taken is not None else ""
        for column, each in enumerate(columns, start=1):
            value, look = values.get(each.key), each.look
            # LibreOffice does not break a text with a link: a name that takes two lines has its link on the number before it alone.
            linked = path and (
                each.key == "no" or (each.key == "office" and sheet.lines(line.name, column, column) == 1)
            )
            if linked:
                sheet.link(column, path, "", line.name, look)
            if each.key == "office" and not linked:
                look = "text"
            if each.key != "office" or not linked:
                sheet.put(column, value, "link_center" if linked else look)
        texts = [(key, str(values.get(key) or "")) for key in _WORDS if key in at]
        lines = max(sheet.lines(text, at[key], at[key], aside=_ASIDE.get(key, 0.0)) for key, text in texts)
        sheet.line([], height=(3 if len(found.lines) <= FEW else 1.5) + 13 * lines)
    last = sheet.row - 1
    placed = Placed(at, first, last, sheet.row)
    _total(sheet, found, columns, placed)
    return placed


def _values(sheet: Sheet, line: Line, at: dict[str, int], row: int) -> dict[str, Expr | float | Decimal | str | None]:
    taken = line.taken
    found: dict[str, Expr | float | Decimal | str | None] = {"status": line.status}
    if taken is None:
        return found
    pagu, used, capaian, serapan = (sheet.ref(row, at[key]) for key in ("anggaran", "realisasi", "capaian", "serapan"))
    return found | {
        "region": taken.region,
        "period": taken.period,
        "reached": float(taken.reached) if taken.iku else None,
        "iku": float(taken.iku) if taken.iku else None,
        "anggaran": taken.anggaran,
        "realisasi": taken.realisasi,
        "sisa": difference(pagu, used),
        "serapan": f.ratio(used, pagu),
        "capaian": taken.capaian,
        "kategori": taken.kategori,
        "efisiensi": difference(capaian, serapan),
        "pmk": _rate([taken.worth]),
        "pmk_other": _rate([taken.worth_without_pay]),
        "selisih": line.selisih,
        "errors": float(taken.errors),
        "open": float(taken.open),
        "explained": float(taken.explained),
        "pk": "-" if taken.pk is None else "tetap" if not taken.pk else f"berubah ({taken.pk})",
        "rank": "-" if line.rank is None else float(line.rank),
    }


def _rate(several: Sequence[Worth | None]) -> Decimal | str:
    """E of the regulation over the sub kegiatan of some offices, within its limits; "-" where none counts."""
    known = [each for each in several if each is not None]
    sums = [sum((each[part] for each in known), Decimal(0)) for part in (0, 1)]
    rate = Regulated(sums[0], sums[1], len(known), 0, 0).limited
    return "-" if rate is None else round_half_up(rate, 10)


def _total(sheet: Sheet, found: Recap, columns: Sequence[Column], placed: Placed) -> None:
    at, row = placed.columns, placed.total
    cells: list[Put] = []
    for each in columns:
        look = _SUMS.get(each.look, "total_text")
        area = sheet.down(at[each.key], placed.first, placed.last)
        pagu, used, capaian, serapan = (sheet.ref(row, at[k]) for k in ("anggaran", "realisasi", "capaian", "serapan"))
        content: Expr | Decimal | str = ""
        if placed.last < placed.first:
            content = ""
        elif each.total == "sum":
            content = f.sum_or_blank(area)
        elif each.total == "mean":
            content = call("IF", call("COUNT", area).eq(0), "-", call("AVERAGE", area))
        elif each.total == "sisa":
            content = difference(pagu, used)
        elif each.total == "serapan":
            content = f.ratio(used, pagu)
        elif each.total == "efisiensi":
            # Offices without a capaian are in the serapan: a difference of the two would be of no office, nor of all.
            reached, used_up = (
                call("COUNT", sheet.down(at[k], placed.first, placed.last)) for k in ("capaian", "serapan")
            )
            content = call("IF", reached.eq(used_up), difference(capaian, serapan), "-")
        elif each.total == "pmk":
            content = _rate([taken.worth for taken in found.taken])
        elif each.total == "pmk_other":
            content = _rate([taken.worth_without_pay for taken in found.taken])
        elif each.key == "office":
            content = f"JUMLAH {len(found.taken)} Perangkat Daerah"
        cells.append((content, look))
    sheet.line(cells, height=18)


def _about(found: Recap) -> list[str]:
    """The rules of the page in few words; why an office has no rank."""
    said = [
        "Jumlah hanya dari berkas yang dihitung. Capaian: rata-rata sasaran menurut buku kerja; pada baris jumlah, rata-rata Perangkat "
        "Daerah. Efisiensi: capaian dikurangi serapan; PMK: PMK 22/2021 atas sub kegiatan, dibatasi -20 sampai 20 %.",
    ]
    if any(taken.pk for taken in found.taken):
        said.append("PK berubah: target, indikator, atau anggaran PK berbeda dari Sasaran atau Matriks.")
    methods = Counter(taken.method for taken in found.taken if taken.method)
    chosen = ", ".join(f"{name} ({many} Perangkat Daerah)" for name, many in sorted(methods.items()))
    said += [f"Cara efisiensi yang dipilih pada Pengaturan: {chosen}."] if chosen else []
    if found.against:
        said.append(f"Selisih: realisasi matriks dikurangi realisasi {found.against}.")
    periods = Counter(taken.period for taken in found.taken)
    if len(periods) > 1:
        said.append(f"Periode tidak seragam: {', '.join(f'{name} {many}' for name, many in sorted(periods.items()))}.")
    if any(taken.month < 12 for taken in found.taken):
        said.append("Sebelum akhir tahun capaian dan efisiensi bersifat sementara.")
    if found.listed and not any(line.status == LATE for line in found.lines):
        said.append("Terlambat hanya diketahui bila daftar memuat TENGGAT dan DITERIMA.")
    return [" ".join(said), *_unranked(found)]


def _unranked(found: Recap) -> list[str]:
    """What the "-" in the column of ranks stands for."""
    bare = [line.taken for line in found.lines if line.taken is not None and line.rank is None]
    kinds = Counter(
        "masih bercatatan terbuka"
        if not taken.settled
        else "belum punya capaian"
        if taken.capaian is None
        else "belum ada pembandingnya"
        for taken in bare
    )
    said = ", ".join(f"{many} {kind}" for kind, many in kinds.items())
    return [f"Peringkat menurut capaian, lalu serapan. Tanda '-': {said}."] if bare else []


def _apart(sheet: Sheet, found: Recap, last: int) -> None:
    noted = [line for line in found.lines if line.note]
    if found.apart:
        sheet.wide(1, last, "Tidak dihitung dalam jumlah", "section", height=20)
        for each in found.apart[:MOST_APART]:
            sheet.wide(1, last, f"{each.name}: {each.reason.id}", "apart")
        if (more := len(found.apart) - MOST_APART) > 0:
            sheet.wide(1, last, f"... dan {more} lagi: lihat lembar Berkas Dilewati.", "apart")
    for line in noted:
        sheet.wide(1, last, f"{line.name}: {line.note}.", "page_note")


def _colours(sheet: Sheet, placed: Placed) -> None:
    """A heat map over serapan and capaian with fixed ends, so that two recaps can be laid side by side; words of status in colour."""
    top, bottom = placed.first - 1, max(placed.last, placed.first) - 1
    for key in ("serapan", "capaian"):
        column = placed.columns[key] - 1
        sheet.sheet.conditional_format(top, column, bottom, column, {
            "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": 50, "mid_value": 80,
            "max_value": 100, "min_color": "#F8CBCB", "mid_color": "#FFE9A8", "max_color": "#B9DDB5",
        })  # fmt: skip
    book = sheet.book.workbook
    if "status" in placed.columns:
        column = placed.columns["status"] - 1
        for word, look in ((MISSING, RED), (LATE, AMBER), (HELD, AMBER), (UNLISTED, AMBER), (IN, GREEN)):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.add_format(look)}
            sheet.sheet.conditional_format(top, column, bottom, column, rule)
    for key, look in (("errors", RED), ("open", AMBER)):
        column = placed.columns[key] - 1
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": book.add_format(look)}
        sheet.sheet.conditional_format(top, column, bottom, column, rule)
