"""The first page: an office a row, printable on one A4, then what is left of the money, and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Expr, call
from lakip_xl.numbers import round_half_up, say_rupiah
from lakip_xl.recap import charts
from lakip_xl.recap.paper import fit, lay_out
from lakip_xl.recap.settled import IN, LATE, MISSING, UNLISTED, Line, Recap
from lakip_xl.recap.sheet import Put, Sheet
from lakip_xl.recap.taken import Left, Taken, Worth
from lakip_xl.rules.efficiency import Regulated
from lakip_xl.summary.formats import AMBER, GREEN, RED
from lakip_xl.summary.sources import difference

TITLE = "Rekap"
MOST_LEFT = 5


class Column(NamedTuple):
    """A column of the page. ``total`` is how the last row sums it: "sum", "mean", or what its cell says."""

    key: str
    heading: str
    width: float
    look: str
    total: str = ""


_ALL = (
    Column("no", "NO", 4.5, "center"),
    Column("office", "PERANGKAT DAERAH", 36, "link"),
    Column("period", "PERIODE", 11, "center"),
    Column("status", "STATUS", 14, "center"),
    Column("reached", "IKU TER-CAPAI", 7.5, "whole", "sum"),
    Column("iku", "DARI IKU", 7.5, "whole", "sum"),
    Column("anggaran", "ANGGARAN (Rp)", 18.5, "rupiah", "sum"),
    Column("realisasi", "REALISASI (Rp)", 18.5, "rupiah", "sum"),
    Column("sisa", "SISA (Rp)", 17, "rupiah", "sisa"),
    Column("serapan", "SERAPAN (%)", 10, "decimals", "serapan"),
    Column("capaian", "CAPAIAN (%)", 10, "decimals", "mean"),
    Column("kategori", "KATEGORI", 13, "center"),
    Column("efisiensi", "EFISIENSI (poin)", 10.5, "points", "efisiensi"),
    Column("pmk", "EFISIENSI PMK (%)", 10.5, "points", "pmk"),
    Column("pmk_other", "PMK TANPA GAJI (%)", 10.5, "points", "pmk_other"),
    Column("selisih", "SELISIH BUKU BESAR (Rp)", 16, "signed", "sum"),
    Column("errors", "WAJIB DIPER-BAIKI", 8.5, "whole", "sum"),
    Column("open", "PERLU PEN-JELASAN", 9, "whole", "sum"),
    Column("explained", "SUDAH DIJE-LASKAN", 9, "whole", "sum"),
    Column("pk", "PK", 12, "center"),
    Column("rank", "PERING-KAT", 8, "center"),
)


_SUMS = {
    "rupiah": "total_rupiah",
    "decimals": "total_decimals",
    "whole": "total_whole",
    "signed": "total_signed",
    "points": "total_points",
}
"""The looks of the last row, by those of the rows above."""


class Placed(NamedTuple):
    """Where the table stands: its columns by key, the first and last row of offices, the row of the sums; and the row of the charts."""

    columns: dict[str, int]
    first: int
    last: int
    total: int
    charts: int = 0


def columns_of(found: Recap) -> list[Column]:
    """The columns that there is something to show in."""
    regions = {taken.region for taken in found.taken if taken.region}
    kept = [each for each in _ALL if each.key != "selisih" or found.against]
    if len(regions) > 1:
        kept.insert(2, Column("region", "KABUPATEN/KOTA", 20, "text"))
    return kept


def draw(sheet: Sheet, found: Recap, link: Callable[[str], str], notes: Sequence[str]) -> Placed:
    """Writes the page; ``link`` gives the way from the recap to a file, "" where there is none; ``notes`` is said under the table."""
    columns = columns_of(found)
    sheet.set_widths([each.width for each in columns])
    last = len(columns)
    _head(sheet, found, last)
    headings = sheet.row
    sheet.line([(each.heading, "head") for each in columns], height=42)
    placed = _table(sheet, found, columns, link)
    for note in (_about(found), *notes):
        sheet.wide(1, last, note, "note")
    _apart(sheet, found, last)
    page = sheet.row - 1
    _colours(sheet, placed)
    sheet.skip()
    _left(sheet, found.taken, last)
    rows = charts.rows_taken(found)
    if rows:
        sheet.wide(1, last, "Serapan dan Capaian", "section", height=20)
    scale, whole = fit(sheet.widths, sheet.heights[:page])
    lay_out(sheet, last, sheet.row - 1 + rows, None if whole else (headings, headings), scale)
    sheet.sheet.set_h_pagebreaks([page])
    sheet.sheet.freeze_panes(headings, 2)
    return placed._replace(charts=sheet.row)


def _head(sheet: Sheet, found: Recap, last: int) -> None:
    sheet.wide(1, last, "REKAPITULASI CAPAIAN KINERJA DAN REALISASI ANGGARAN", "title", height=24)
    regions = Counter(taken.region for taken in found.taken if taken.region)
    where = regions.most_common(1)[0][0] if len(regions) == 1 else f"{len(regions)} Kabupaten/Kota" if regions else ""
    year = f"Tahun {found.year}" if found.year else ""
    sheet.wide(1, last, " ".join(filter(None, (where, year))), "subtitle", height=18)
    states = Counter(line.status for line in found.lines)
    said = [f"{states[word]} {word}" for word in (IN, LATE, MISSING, UNLISTED) if states[word]]
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
            if each.key == "office" and path:
                sheet.link(column, path, "", line.name, each.look)
            else:
                sheet.put(column, values.get(each.key), "text" if each.key == "office" else each.look)
        sheet.line([], height=28 if len(line.name) > 42 else 16)
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
            content = difference(capaian, serapan)
        elif each.total == "pmk":
            content = _rate([taken.worth for taken in found.taken])
        elif each.total == "pmk_other":
            content = _rate([taken.worth_without_pay for taken in found.taken])
        elif each.key == "office":
            content = f"JUMLAH {len(found.taken)} Perangkat Daerah"
        cells.append((content, look))
    sheet.line(cells, height=18)


def _about(found: Recap) -> str:
    """The rules of the page in few words."""
    said = [
        "Jumlah hanya dari berkas yang dihitung. Capaian: rata-rata sasaran menurut buku kerja masing-masing; pada baris jumlah, rata-rata "
        "Perangkat Daerah. Efisiensi: capaian dikurangi serapan; PMK: menurut PMK 22/2021 atas sub kegiatan, dibatasi -20 sampai 20 %.",
        "PK: 'berubah' bila target, indikator, atau anggaran PK berbeda dari Sasaran atau Matriks.",
        "Peringkat menurut capaian, hanya bila tidak ada catatan yang masih terbuka.",
    ]
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
    return " ".join(said)


def _apart(sheet: Sheet, found: Recap, last: int) -> None:
    noted = [line for line in found.lines if line.note]
    if found.apart:
        sheet.wide(1, last, "Tidak dihitung dalam jumlah", "section", height=20)
        for each in found.apart:
            sheet.wide(1, last, f"{each.name}: {each.reason.id}", "apart")
    for line in noted:
        sheet.wide(1, last, f"{line.name}: {line.note}.", "note")


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
    column = placed.columns["status"] - 1
    for word, look in ((MISSING, RED), (LATE, AMBER), (UNLISTED, AMBER), (IN, GREEN)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.add_format(look)}
        sheet.sheet.conditional_format(top, column, bottom, column, rule)
    for key, look in (("errors", RED), ("open", AMBER)):
        column = placed.columns[key] - 1
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": book.add_format(look)}
        sheet.sheet.conditional_format(top, column, bottom, column, rule)


def _left(sheet: Sheet, taken: Sequence[Taken], last: int) -> None:
    """The sub kegiatan with most money left; those with an open finding are counted, not ranked."""
    sheet.wide(1, last, "Lima Sisa Anggaran Terbesar", "section", height=20)
    found = sorted(
        ((-left.sisa, number, each, left) for number, each in enumerate(taken) for left in each.left),
        key=lambda item: item[:2],
    )[:MOST_LEFT]
    if found:
        heads = (
            "NO",
            "PERANGKAT DAERAH",
            "SUB KEGIATAN",
            "ANGGARAN (Rp)",
            "REALISASI (Rp)",
            "SISA (Rp)",
            "SERAPAN (%)",
        )
        _left_row(sheet, [(each, "head") for each in heads], 18)
        for number, (_, _, each, left) in enumerate(found, start=1):
            _left_row(sheet, _left_cells(sheet, number, each, left), 28)
    else:
        sheet.wide(1, last, "Tidak ada sub kegiatan bersisa yang semua catatannya sudah selesai.", "note")
    many, rest = sum(each.left_open[0] for each in taken), sum((each.left_open[1] for each in taken), Decimal(0))
    if many:
        text = f"Tidak diurutkan: {many} sub kegiatan bersisa {say_rupiah(rest, 'id')} yang catatannya masih terbuka."
        sheet.wide(1, last, text, "note")
    sheet.skip()


SPANS = ((1, 1), (2, 2), (3, 6), (7, 7), (8, 8), (9, 9), (10, 10))
"""The columns of the page that the cells of the block take."""


def _left_cells(sheet: Sheet, number: int, each: Taken, left: Left) -> list[Put]:
    pagu, used = sheet.ref(sheet.row, 7), sheet.ref(sheet.row, 8)
    name = " ".join(filter(None, (left.kode, left.name)))
    return [(float(number), "center"), (each.office or each.name, "text"), (name, "text"), (left.anggaran, "rupiah"),
            (left.realisasi, "rupiah"), (difference(pagu, used), "rupiah"), (f.ratio(used, pagu), "decimals")]  # fmt: skip


def _left_row(sheet: Sheet, cells: Sequence[Put], height: float) -> None:
    for (first, last), (content, look) in zip(SPANS, cells, strict=True):
        if last > first:
            sheet.sheet.merge_range(sheet.row - 1, first - 1, sheet.row - 1, last - 1, "", sheet.book.format(look))
        sheet.put(first, content, look)
    sheet.line([], height=height)
