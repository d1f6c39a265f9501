"""CP (capaian): is the achievement plausible?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.core import INFO, WARNING, Basis, Hit, apart, by_period, hit, rule
from lakip_xl.rules.reading import (
    active,
    capaian,
    cells_of,
    figure,
    lower_is_better,
    measured,
    no_pagu,
    nothing_spent,
)
from lakip_xl.rules.slips import explained
from lakip_xl.rules.sums import lag
from lakip_xl.table.model import Document, Table

BOUNDS = Basis(
    Text("Kebiasaan reviu; batasnya pada Pengaturan", "Practice of reviews; the bounds stand in Pengaturan"), "practice"
)


def _cell_key(table: Table) -> str:
    return "capaian" if table.has("capaian") else "realisasi"


@rule(
    "CP03",
    title=Text("Capaian di atas batas", "Achievement above the bound"),
    meaning=Text(
        "Capaian melebihi batas paling tinggi pada Pengaturan (sebelum akhir tahun: sudah melebihi target setahun).",
        "The achievement exceeds the upper bound in Pengaturan (before the end of the year: exceeds the year's target already).",
    ),
    why=Text(
        "Biasanya targetnya terlalu rendah, atau satuan target dan realisasi berbeda; bila benar, pembaca ingin tahu sebabnya.",
        "Usually the target is too low, or target and realisation differ in unit; if it is true, readers want to know why.",
    ),
    basis=BOUNDS,
    remedy=Text(
        "Periksa target dan realisasi; bila benar, jelaskan penyebabnya di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Check target and realisation; if right, explain the cause in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: target {target}, realisasi {realisasi}, capaian {capaian:pct}, di atas {batas:pct}.",
            "{nama}: target {target}, realisation {realisasi}, achievement {capaian:pct}, above {batas:pct}.",
        ),
        "satuan": Text(
            "{nama}: target {target}, realisasi {realisasi}, capaian {capaian:pct}. Periksa satuan dan target lebih dahulu.",
            "{nama}: target {target}, realisation {realisasi}, achievement {capaian:pct}. Check unit and target first.",
        ),
        "kali": Text(
            "{nama}: target {target}, realisasi {realisasi} ({capaian:pct}); {realisasi} = {target} x {kali}. Periksa satuan dan "
            "target lebih dahulu.",
            "{nama}: target {target}, realisation {realisasi} ({capaian:pct}); {realisasi} = {target} x {kali}. Check unit and "
            "target first.",
        ),
        "bulan": Text(
            "{nama}: target {target}, realisasi {realisasi} ({capaian:pct}); {realisasi} = {target} x {kali} bulan. Periksa satuan: "
            "target per orang atau unit, realisasi per bulan.",
            "{nama}: target {target}, realisation {realisasi} ({capaian:pct}); {realisasi} = {target} x {kali} months. Check the "
            "unit: the target counts persons or pieces, the realisation months.",
        ),
        "nol": Text(
            "{nama}: target {target}, realisasi 0, capaian {capaian:pct}. Pada indikator makin rendah makin baik, 0 adalah hasil "
            "terbaik.",
            "{nama}: target {target}, realisation 0, achievement {capaian:pct}. Where lower is better, 0 is the best result.",
        ),
    },
    remedies={
        "nol": Text(
            "Pastikan realisasi 0 itu memang hasil pengukuran, bukan isian yang belum ada; lalu jelaskan di PENJELASAN (Catatan "
            "Perbaikan) atau KETERANGAN.",
            "Make sure that 0 was measured and is no figure still to come; then explain it in PENJELASAN or KETERANGAN.",
        ),
        "satuan": Text(
            "Samakan satuan target dan realisasi; bila sudah sama, jelaskan penyebabnya di PENJELASAN (Catatan "
            "Perbaikan) atau KETERANGAN.",
            "Give target and realisation the same unit; if they have it, explain the cause in PENJELASAN or "
            "KETERANGAN.",
        ),
        "kali": Text(
            "Samakan satuan target dan realisasi; bila sudah sama, jelaskan penyebabnya di PENJELASAN (Catatan "
            "Perbaikan) atau KETERANGAN.",
            "Give target and realisation the same unit; if they have it, explain the cause in PENJELASAN or "
            "KETERANGAN.",
        ),
        "bulan": Text(
            "Samakan satuan: target {target} dan realisasi {target}, atau target {realisasi} dan realisasi {realisasi}; bila memang "
            "lain sebabnya, jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
            "Use one unit: target {target} and realisation {target}, or target {realisasi} and realisation {realisasi}; if the "
            "cause is another, explain it in PENJELASAN or KETERANGAN.",
        ),
    },
    severity=by_period(INFO, INFO, WARNING),
)
def above_bound(document: Document) -> Iterator[Hit]:
    bound, suspicious = (
        document.settings.thresholds.get("capaian_max"),
        document.settings.thresholds.get("capaian_satuan"),
    )
    for table in measured(document):
        for row in active(table):
            value = capaian(document, table, row)
            if bound is None or value is None or value <= bound or no_pagu(row) or explained(document, table, row):
                continue
            target, real = figure(row, "target"), figure(row, "realisasi")
            times = _whole_multiple(target, real)
            word = ""
            if lower_is_better(row) and real == 0:
                word = "nol"
            elif suspicious is not None and value > suspicious:
                word = "satuan" if not times else "bulan" if 12 <= times <= 14 else "kali"
            yield hit(
                table, row, _cell_key(table), word,
                found=round_half_up(value, 2), expected=bound, difference=round_half_up(value - bound, 2),
                related=cells_of(table, row, "target", "realisasi"),
                target=target, realisasi=real, capaian=apart(value, bound), batas=bound, kali=times,
            )  # fmt: skip


def _whole_multiple(target: Decimal | None, real: Decimal | None) -> int:
    """How many times the target the realisasi is: a year's worth of months at most, or a factor of a scale; 0 where neither."""
    if not target or target < 2 or real is None or real / target > max(_SCALES) or real % target:
        return 0
    times = int(real / target)
    return times if 2 <= times <= 14 or times in _SCALES else 0


_SCALES = (100, 1000, 1_000_000)


@rule(
    "CP04",
    title=Text("Capaian di bawah batas", "Achievement below the bound"),
    meaning=Text(
        "Capaian kurang dari batas paling rendah pada Pengaturan.",
        "The achievement is below the lower bound in Pengaturan.",
    ),
    why=Text(
        "Kegagalan mencapai target harus dijelaskan dalam laporan.",
        "The report has to explain why a target was missed.",
    ),
    basis=Basis(
        Text(
            "PermenPANRB 53/2014: analisis penyebab keberhasilan/kegagalan", "PermenPANRB 53/2014: analysis of causes"
        ),
        "seen",
    ),
    remedy=Text(
        "Periksa realisasi kinerja; bila benar, jelaskan penyebabnya di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Check the realisation; if right, explain the cause in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: target {target}, realisasi {realisasi}, capaian {capaian:pct}, di bawah {batas:pct}.",
            "{nama}: target {target}, realisation {realisasi}, achievement {capaian:pct}, below {batas:pct}.",
        ),
        "bulan": Text(
            "{nama}: target {target}, realisasi {realisasi} ({capaian:pct}); {target} = {realisasi} x {kali} bulan. Periksa satuan: "
            "target per bulan, realisasi per orang atau unit.",
            "{nama}: target {target}, realisation {realisasi} ({capaian:pct}); {target} = {realisasi} x {kali} months. Check the unit: "
            "the target counts months, the realisation persons or pieces.",
        ),
        "kali": Text(
            "{nama}: target {target}, realisasi {realisasi} ({capaian:pct}); {target} = {realisasi} x {kali}. Periksa satuan lebih dahulu.",
            "{nama}: target {target}, realisation {realisasi} ({capaian:pct}); {target} = {realisasi} x {kali}. Check the unit first.",
        ),
    },
    remedies={
        "bulan": Text(
            "Samakan satuan: target {realisasi} dan realisasi {realisasi}, atau target {target} dan realisasi {target}; bila memang "
            "lain sebabnya, jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
            "Use one unit: target {realisasi} and realisation {realisasi}, or target {target} and realisation {target}; if the cause is "
            "another, explain it in PENJELASAN or KETERANGAN.",
        ),
        "kali": Text(
            "Samakan satuan target dan realisasi; bila sudah sama, jelaskan penyebabnya di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
            "Give target and realisation the same unit; if they have it, explain the cause in PENJELASAN or KETERANGAN.",
        ),
    },
    severity=by_period(None, INFO, WARNING),
)
def below_bound(document: Document) -> Iterator[Hit]:
    bound = document.settings.thresholds.get("capaian_min")
    for table in measured(document):
        for row in active(table):
            value = capaian(document, table, row)
            if (
                bound is None
                or value is None
                or value >= bound
                or no_pagu(row)
                or lag(document, table, row) is not None
                or explained(document, table, row)
            ):
                continue
            if nothing_spent(row.head or row) and value == 0:
                continue  # nothing was spent and nothing done: the missing spending is the finding
            target, real = figure(row, "target"), figure(row, "realisasi")
            # Half of the target or a third of it is an ordinary shortfall; a twelfth of it smells of months.
            times = 0 if lower_is_better(row) else _whole_multiple(real, target)
            word = "bulan" if 12 <= times <= 14 else "kali" if times > 14 else ""
            yield hit(
                table, row, _cell_key(table), word,
                found=round_half_up(value, 2), expected=bound, difference=round_half_up(value - bound, 2),
                related=cells_of(table, row, "target", "realisasi"),
                target=target, realisasi=real, capaian=apart(value, bound), batas=bound, kali=times,
            )  # fmt: skip


@rule(
    "CP07",
    title=Text("Pembulatan mengubah kategori", "Rounding changes the category"),
    meaning=Text(
        "Kategori dihitung dari capaian yang belum dibulatkan; angka yang tercetak berada pada kategori lain.",
        "The category follows the unrounded achievement; the figure as printed lies in another one.",
    ),
    why=Text(
        "Pembaca yang mencocokkan angka tercetak dengan tabel kategori akan menyangka kategorinya salah.",
        "Readers who look the printed figure up in the table of categories will think that the category is wrong.",
    ),
    basis=Basis(Text("Tabel kategori pada Pengaturan", "The table of categories in Pengaturan"), "practice"),
    remedy=Text("Tampilkan lebih banyak angka di belakang koma, atau jelaskan.", "Show more decimals, or explain."),
    messages={
        "": Text(
            "{nama}: capaian {tepat} tercetak {cetak}; kategori {kategori}, sedangkan {cetak} termasuk {lain}.",
            "{nama}: the achievement {tepat} prints as {cetak}; its category is {kategori}, but {cetak} belongs to {lain}.",
        )
    },
    severity=by_period(None, None, WARNING),
)
def rounding_crosses(document: Document) -> Iterator[Hit]:
    table = document.tables.get("sasaran")
    if table is None or not table.has("capaian"):
        return
    for row in (*active(table), *((table.total,) if table.total else ())):
        value = capaian(document, table, row)
        if value is None:
            continue
        digits = row.entry("capaian").digits
        shown = round_half_up(value, 2 if digits is None else digits)
        band, other = document.settings.band(value), document.settings.band(shown)
        if band != other:
            yield hit(
                table, row, "capaian", found=value, tepat=apart(value, shown), cetak=shown, kategori=band, lain=other
            )


RULES = (above_bound, below_bound, rounding_crosses)
