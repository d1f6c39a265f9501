"""Bulanan and Rencana Aksi: do they fit the matrix, and does the work of the year keep up with what they planned?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.form.edition_2026 import DONE, PLANNED, SPENT, TARGETS
from lakip_xl.form.formulas import HIGHEST, LAST, LOWER, MEAN, MONTHS, SUM, VARIANT_B
from lakip_xl.form.spec import Period
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.core import INFO, WARNING, Basis, Hit, always, apart, by_period, folded, hit, rule
from lakip_xl.rules.quarters import way
from lakip_xl.rules.reading import (
    PAGU,
    active,
    agrees,
    blank,
    by_hand,
    cells_of,
    computed,
    figure,
    matrix_of,
    no_pagu,
    share,
)
from lakip_xl.table.model import Document, Row, Table
from lakip_xl.table.pairs import partners

FORM = Basis(
    Text("Petunjuk lembar Bulanan dan Rencana Aksi", "The instructions of the sheets Bulanan and Rencana Aksi"),
    "inferred",
)
PRACTICE = Basis(Text("Kebiasaan pemeriksaan menurut periode", "What is usually checked in each period"), "practice")
SHEETS = ("bulanan", "rencana_aksi")


@rule(
    "SL08",
    title=Text("Baris Bulanan atau Rencana Aksi tidak ada pada Matriks", "A row of Bulanan or Rencana Aksi is not in Matriks"),
    meaning=Text(
        "Baris pada lembar Bulanan atau Rencana Aksi tidak berpasangan dengan satu baris Matriks: kodenya tidak ada di sana, kosong, atau "
        "ditulis dua kali.",
        "A row of the sheet Bulanan or Rencana Aksi belongs to no row of Matriks: its code is not there, blank, or written twice.",
    ),
    why=Text("Angkanya tidak masuk ke Matriks.", "Its figures do not reach Matriks."),
    basis=FORM,
    remedy=Text(
        "Samakan KODE (dan SUB UNIT) dengan Matriks; baris kedua dari sub kegiatan yang sama digabungkan.",
        "Make KODE (and SUB UNIT) the same as in Matriks; join a second row of the same sub kegiatan with the first.",
    ),
    messages={
        "": Text("{nama}: kode {kode} tidak ada pada Matriks.", "{nama}: the code {kode} is not in Matriks."),
        "kosong": Text("{nama}: KODE kosong.", "{nama}: KODE is blank."),
        "sela": Text(
            "Ada kolom lain di sebelah kiri '{kolom}', di antara kolom yang dijumlahkan; jumlah dan Matriks tidak dapat mengikutinya.",
            "Another column stands left of '{kolom}', among the columns that are summed; the sum and Matriks cannot follow.",
        ),
        "ganda": Text(
            "{nama}: kode {kode} ditulis lebih dari satu kali; yang dipakai Matriks hanya baris terakhir.",
            "{nama}: the code {kode} is written more than once; Matriks takes the last row alone.",
        ),
        "indikator": Text(
            "{nama}: sub kegiatan {kode} pada Matriks tidak mempunyai indikator sebanyak ini.",
            "{nama}: the sub kegiatan {kode} has fewer indicators in Matriks.",
        ),
    },
    remedies={
        "sela": Text(
            "Pindahkan kolom itu ke sebelah kanan tabel, lalu jalankan 'lakip-xl fill'.",
            "Move that column to the right of the table, then run 'lakip-xl fill'.",
        ),
    },
    severity=always(WARNING),
)  # fmt: skip
def row_unknown(document: Document) -> Iterator[Hit]:
    for matrix in matrix_of(document):
        for key in SHEETS:
            table = document.tables.get(key)
            if table is None or not table.has("kode"):
                continue
            yield from _parted(table)
            paired = partners(table, matrix)
            known = {row.record for row in table.rows if row.number in paired}
            seen: set[str] = set()
            for row in table.rows:
                word = _unknown(row, known, seen)
                seen.add(row.record)
                if word is not None:
                    yield hit(
                        table,
                        row,
                        "kode" if row.head is None else "indikator",
                        word,
                        kode=(row.head or row).text_of("kode"),
                    )


def _parted(table: Table) -> Iterator[Hit]:
    """A column put in between the months: a sum from the first to the last would take it in."""
    for keys in (SPENT, PLANNED, DONE, TARGETS):
        places = [(table.layout.columns[key], key) for key in keys if table.has(key)]
        for (before, _), (at, key) in itertools.pairwise(places):
            if at != before + 1:
                cell = table.cell(table.header_row, key)
                yield Hit(cell, "sela", column=key, values={"kolom": table.spec.by_key[key].heading})


def _unknown(row: Row, known: set[str], seen: set[str]) -> str | None:
    if row.head is not None:
        return "indikator" if row.record not in known and row.head.record in known else None
    if not row.text_of("kode"):
        entered = any(
            row.number_of(key) is not None and not row.entry(key).ours for key in (*SPENT, *PLANNED, *DONE, *TARGETS)
        )
        return "kosong" if entered or row.name else None
    if row.record in seen:
        return "ganda"
    return None if row.record in known else ""


@rule(
    "SL09",
    title=Text("Matriks berbeda dari Bulanan", "Matriks differs from Bulanan"),
    meaning=Text(
        "Angka yang diketik pada Matriks (triwulan, realisasi s/d) atau pada Rencana Aksi berbeda dari yang "
        "diturunkan dari bulan-bulan pada lembar Bulanan.",
        "A figure typed in Matriks (a quarter, spending to date) or in Rencana Aksi differs from what the months give.",
    ),
    why=Text(
        "Dua angka untuk hal yang sama: salah satunya keliru.", "Two figures for one thing: one of them is wrong."
    ),
    basis=FORM,
    remedy=Text(
        "Perbaiki bulan yang keliru pada Bulanan; atau kosongkan sel ini dan jalankan 'lakip-xl fill', maka ia mengikuti Bulanan.",
        "Correct the month that is wrong in Bulanan; or clear this cell and run 'lakip-xl fill', and it follows Bulanan.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} tertulis {ada:num}, menurut lembar {asal} {hitung:num}; selisih {selisih:num}.",
            "{nama}: {kolom} is {ada:num}, by the sheet {asal} {hitung:num}; a difference of {selisih:num}.",
        ),
    },
    severity=always(WARNING),
)
def differs_from_months(document: Document) -> Iterator[Hit]:
    for link in document.form.links:
        table, source = document.tables.get(link.table), document.tables.get(link.source)
        if table is None or source is None or not table.has(link.key):
            continue
        there = partners(table, source)
        for row in table.rows:
            other, own, wanted = there.get(row.number), by_hand(row, link.key), computed(row, link.key)
            if other is None or own is None or wanted is None or row.children or agrees(row, link.key, wanted):
                continue
            if not any(other.entry(need).filled for need in link.needs):
                continue  # that sheet says nothing of it
            money = table.spec.by_key[link.key].kind.value == "rupiah"
            yield hit(
                table, row, link.key, found=own, expected=wanted, difference=own - wanted, rupiah=abs(own - wanted) if money else None,
                related=cells_of(source, other, *(need for need in link.needs if other.entry(need).filled)),
                ada=own, hitung=wanted, selisih=abs(own - wanted), asal=source.sheet,
            )  # fmt: skip


@rule(
    "IS28",
    title=Text("Bulan sesudah periode laporan sudah diisi", "A month after the period of the report is filled"),
    meaning=Text(
        "Lembar Bulanan berisi realisasi untuk bulan yang belum termasuk dalam periode laporan.",
        "The sheet Bulanan holds figures for a month that the period of the report does not reach.",
    ),
    why=Text(
        "Rupiah bulan itu belum dihitung dalam realisasi s/d periode ini; kinerjanya sudah masuk ke triwulannya.",
        "Its rupiah are not yet counted in the spending to date; its performance counts in its quarter already.",
    ),
    basis=FORM,
    remedy=Text(
        "Kosongkan bulan itu, atau perbaiki Periode pada Identitas.",
        "Clear that month, or correct Periode in Identitas.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} sudah diisi, padahal periode laporan '{periode}'.",
            "{nama}: {kolom} is filled, although the period of the report is '{periode}'.",
        ),
        "banyak": Text(
            "{n} sel bulan sesudah periode laporan '{periode}' sudah diisi, mulai dari '{nama}'.",
            "{n} cells of months after the period of the report, '{periode}', are filled, starting with '{nama}'.",
        ),
    },
    severity=always(WARNING),
)
def later_months(document: Document) -> Iterator[Hit]:
    table, last = document.tables.get("bulanan"), document.settings.last_month
    if table is None or document.settings.period is Period.YEAR:
        return
    early = [
        (row, key)
        for row in table.rows
        for key in (*SPENT[last:], *DONE[last:])
        if table.has(key) and row.number_of(key) not in (None, 0)
    ]
    if early:
        yield folded(table, early, periode=str(document.settings.identity.get("periode") or MONTHS[last - 1]))


@rule(
    "CP13",
    title=Text("Capaian di bawah TARGET TW", "Achievement below the target of the quarter"),
    meaning=Text(
        "Realisasi kinerja sampai triwulan ini kurang dari yang direncanakan pada Rencana Aksi, di bawah batas pada Pengaturan. Target s/d "
        "triwulan ini dihitung menurut CARA HITUNG, seperti realisasinya.",
        "The realisation up to this quarter is behind what Rencana Aksi planned, below the bound in Pengaturan. The target is "
        "gathered by CARA HITUNG, as the realisation is.",
    ),
    why=Text("Keterlambatan yang terlihat sekarang masih dapat dikejar.", "A delay seen now can still be made up."),
    basis=PRACTICE,
    remedy=Text(
        "Periksa realisasi kinerja dan TARGET TW; bila benar, jelaskan penyebabnya di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Check the realisation and TARGET TW; if right, explain the cause in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: target s/d triwulan ini {target:num}, realisasi {realisasi:num}, capaian {capaian:pct}, di bawah {batas:pct}.",
            "{nama}: target up to this quarter {target:num}, realisation {realisasi:num}, achievement {capaian:pct}, below {batas:pct}.",
        ),
    },
    severity=by_period(None, WARNING, None),
)
def behind_quarter(document: Document) -> Iterator[Hit]:
    plan, bound = document.tables.get("rencana_aksi"), document.settings.thresholds.get("capaian_tw")
    if plan is None or bound is None:
        return
    quarter = document.settings.last_month // 3
    for table in matrix_of(document):
        there = partners(table, plan)
        for row in active(table) if table.has("arah") else ():
            other, real = there.get(row.number), figure(row, "realisasi")
            target = target_to_date(row, other, quarter) if other is not None else None
            if other is None or target is None or real is None or target <= 0 or no_pagu(row):
                continue
            value = _against(document, row, target, real)
            if value is not None and value < bound:
                yield hit(
                    table, row, "realisasi", found=round_half_up(value, 2), expected=bound,
                    related=cells_of(plan, other, *(key for key in TARGETS[:quarter] if other.number_of(key) is not None)),
                    target=target, realisasi=real, capaian=apart(value, bound), batas=bound,
                )  # fmt: skip


def target_to_date(row: Row, plan: Row, quarter: int) -> Decimal | None:
    """What Rencana Aksi plans up to a quarter, gathered as the row gathers its realisasi (inferred); None where it says nothing."""
    numbers = [value for key in TARGETS[:quarter] if (value := plan.number_of(key)) is not None]
    if not numbers:
        return None
    added = sum(numbers, Decimal())
    return {SUM: added, LAST: numbers[-1], MEAN: added / len(numbers), HIGHEST: max(numbers)}[way(row)]


def _against(document: Document, row: Row, target: Decimal, real: Decimal) -> Decimal | None:
    if row.text_of("arah") != LOWER:
        return share(real, target)
    if document.settings.variant == VARIANT_B:
        return share(target, real)
    return share(2 * target - real, target)


@rule(
    "AG09",
    title=Text("Realisasi tertinggal dari anggaran kas", "Spending behind the cash budget"),
    meaning=Text(
        "Realisasi anggaran s/d periode ini kurang dari batas pada Pengaturan terhadap anggaran kas (RAK) pada lembar Bulanan.",
        "Spending to date is below the bound in Pengaturan against the cash budget (RAK) on the sheet Bulanan.",
    ),
    why=Text(
        "RAK adalah rencana kantor sendiri; yang tertinggal darinya menumpuk pada akhir tahun.",
        "The cash budget is the office's own plan; what falls behind it piles up at the end of the year.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Periksa realisasi terhadap LRA; bila benar, jelaskan di PENJELASAN atau KETERANGAN, atau ajukan perubahan RAK.",
        "Compare the spending with the LRA; if right, explain it in PENJELASAN or KETERANGAN, or ask for a change of the RAK.",
    ),
    messages={
        "": Text(
            "{nama}: realisasi s/d periode ini {realisasi:rp}, {persen:pct} dari RAK {rak:rp}; di bawah {batas:pct}.",
            "{nama}: spending to date {realisasi:rp}, {persen:pct} of the RAK {rak:rp}; below {batas:pct}.",
        ),
    },
    severity=by_period(INFO, WARNING, None),
)
def behind_cash_budget(document: Document) -> Iterator[Hit]:
    table, bound = document.tables.get("bulanan"), document.settings.thresholds.get("serapan_rak")
    if table is None or bound is None:
        return
    last = document.settings.last_month
    for matrix in matrix_of(document):
        here = partners(table, matrix)
        for other in table.rows:
            row, rak = here.get(other.number), _sum(other, PLANNED[:last])
            spent = figure(row, "realisasi_anggaran") if row is not None else None
            if row is None or not rak or spent is None or no_pagu(row):
                continue
            value = share(spent, rak)
            if value is not None and value < bound:
                yield hit(
                    matrix, row, "realisasi_anggaran", found=round_half_up(value, 2), expected=bound, rupiah=rak - spent,
                    related=[*cells_of(matrix, row, PAGU), *cells_of(table, other, *PLANNED[:last])],
                    realisasi=spent, persen=apart(value, bound), rak=rak, batas=bound,
                )  # fmt: skip


def _sum(row: Row, keys: tuple[str, ...]) -> Decimal | None:
    """The sum of some months; None where none is entered or one cannot be read."""
    if any(row.number_of(key) is None and not blank(row.entry(key)) for key in keys):
        return None
    numbers = [value for key in keys if (value := row.number_of(key)) is not None]
    return sum(numbers, Decimal()) if numbers else None


def has_cash_budget(document: Document) -> bool:
    """Whether the workbook says when its money is to be spent."""
    table: Table | None = document.tables.get("bulanan")
    return table is not None and any(row.number_of(key) for row in table.rows for key in PLANNED)


RULES = (row_unknown, differs_from_months, later_months, behind_quarter, behind_cash_budget)
