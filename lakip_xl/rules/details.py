"""ST and AG: rows that lack their details; absorption by kind of belanja within a year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.rules.core import INFO, Basis, Hit, always, by_period, folded, hit, level_word, rule
from lakip_xl.rules.months import has_cash_budget
from lakip_xl.rules.quarters import last_quarter
from lakip_xl.rules.reading import PAGU, active, money, percent_key, serapan
from lakip_xl.rules.sums import disordered
from lakip_xl.table.model import Document

FORM = Basis(Text("Susunan formulir, edisi yang dipakai", "Layout of the form, the edition in use"), "seen")
IKPA = Basis(
    Text(
        "Target penyerapan triwulanan pemerintah pusat (IKPA), sebagai pembanding; bukan aturan bagi APBD",
        "Quarterly absorption targets of the central government (IKPA), for comparison; no rule for regional budgets",
    ),
    "practice",
)


@rule(
    "ST13",
    title=Text("Baris tanpa rincian", "A row without details"),
    meaning=Text(
        "Program atau kegiatan ini memuat anggaran tetapi tidak mempunyai sub kegiatan di bawahnya, padahal baris lain mempunyainya.",
        "This program or activity has a budget but no sub-activity below it, although others have.",
    ),
    why=Text(
        "Rinciannya mungkin terlewat, atau baris di bawahnya berada di tempat lain.",
        "Its details may have been forgotten, or the rows below it may stand elsewhere.",
    ),
    basis=FORM,
    remedy=Text(
        "Tambahkan sub kegiatannya, atau pindahkan ke bawahnya; bila memang tidak dirinci, biarkan.",
        "Add its sub-activities, or move them below it; leave it if it has none.",
    ),
    messages={
        "": Text("{nama}: {tingkat} tanpa rincian.", "{nama}: {tingkat} without details."),
        "banyak": Text(
            "{n} baris ({tingkat}) tanpa rincian, mulai dari '{nama}'.",
            "{n} rows ({tingkat}) without details, starting with '{nama}'.",
        ),
    },
    severity=always(INFO),
)
def without_details(document: Document) -> Iterator[Hit]:
    table = document.tables.get("matriks")
    if table is None:
        return
    for level in ("program", "kegiatan"):
        rows = [row for row in active(table) if row.level == level]
        bare = [
            row
            for row in rows
            if not row.children and (money(row, PAGU) or Decimal()) > 0 and not disordered(table, row)
        ]
        if bare and 2 * len(bare) < len(rows):  # most have details: this one is the exception
            yield folded(
                table, [(row, "uraian" if table.has("uraian") else PAGU) for row in bare], tingkat=level_word(level)
            )


# Pegawai, barang dan jasa, modal, bantuan sosial, by TW I to III, in percent of the year's budget.
_USUAL = {
    "5.1.01": (20, 50, 75),
    "5.1.02": (15, 50, 70),
    "5.2": (10, 40, 70),
    "5.1.06": (25, 50, 75),
}


@rule(
    "AG08",
    title=Text("Serapan jenis belanja jauh di bawah yang lazim", "Absorption of a kind of belanja far below the usual"),
    meaning=Text(
        "Sampai triwulan ini jenis belanja tersebut terserap kurang dari separuh yang lazim pada pemerintah pusat.",
        "Up to this quarter less than half of what is usual in the central government was spent of this kind of belanja.",
    ),
    why=Text(
        "Belanja modal yang terlambat biasanya baru terlihat pada akhir tahun.",
        "Late capital spending is often noticed only at the end of the year.",
    ),
    basis=IKPA,
    remedy=Text(
        "Bandingkan dengan anggaran kas (RAK); bila sesuai, biarkan.",
        "Compare with the cash plan (RAK); leave it if it agrees.",
    ),
    messages={
        "": Text(
            "{nama}: serapan {persen:pct} pada {periode}, lazimnya paling sedikit {batas:pct}.",
            "{nama}: absorption {persen:pct} in {periode}, usually at least {batas:pct}.",
        )
    },
    severity=by_period(None, INFO, None),
)
def kind_behind(document: Document) -> Iterator[Hit]:
    table = document.tables.get("belanja")
    quarter = last_quarter(document)
    if table is None or quarter is None or quarter > 3 or has_cash_budget(document):
        return
    for row in active(table):
        code = row.text_of("kode").rstrip(".")
        usual = _USUAL.get(code)
        value = serapan(row)
        if usual is None or value is None or value >= usual[quarter - 1] / 2:
            continue  # an office's own plan may well differ by some points; half of the usual is worth a look
        bound = Decimal(usual[quarter - 1])
        yield hit(
            table, row, percent_key(table), found=value, expected=bound, difference=value - bound,
            persen=value, batas=bound, periode=f"TW {'I' * quarter}",
        )  # fmt: skip


RULES = (without_details, kind_behind)
