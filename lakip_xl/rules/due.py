"""IS (isian): is every cell that is due filled? Due depends on the period."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.form.spec import Period
from lakip_xl.rules.core import ERROR, INFO, WARNING, Basis, Hit, always, amount, by_period, folded, hit, rule
from lakip_xl.rules.reading import (
    FIGURES,
    PAGU,
    SPENT,
    active,
    blank,
    budgeted,
    figure,
    leaves,
    measured,
    money,
    no_pagu,
    nothing_spent,
    untouched,
    zeroed,
)
from lakip_xl.rules.sums import disordered, mismatch, passed_over
from lakip_xl.table.model import Document, Row, Table

FORM = Basis(Text("Petunjuk pengisian formulir", "The form's own instructions"), "seen")
PRACTICE = Basis(Text("Kebiasaan pemeriksaan menurut periode", "What is usually checked in each period"), "practice")
EXCEL = Basis(Text("Cara Excel menghitung", "How Excel calculates"), "seen")


@rule(
    "IS01",
    title=Text("Realisasi kinerja belum diisi", "Performance realisation not entered"),
    meaning=Text(
        "Indikator mempunyai target, tetapi realisasi kinerjanya kosong pada saat harus diukur: akhir tahun, atau triwulan menurut "
        "WAKTU UKUR.",
        "The indicator has a target, but its realisation is blank when it is due: at the end of the year, or at the quarter by "
        "WAKTU UKUR.",
    ),
    why=Text("Kosong bukan nol: capaian tidak dapat dihitung.", "Blank is not zero: no achievement can be calculated."),
    basis=PRACTICE,
    remedy=Text(
        "Isi realisasi kinerja; tulis 0 bila memang tidak ada yang terealisasi.",
        "Enter the realisation; write 0 if there is none.",
    ),
    messages={
        "": Text("{nama}: target {target}, realisasi kinerja kosong.", "{nama}: target {target}, realisation blank."),
        "banyak": Text(
            "Realisasi kinerja kosong pada {n} baris yang mempunyai target, mulai dari '{nama}'.",
            "Realisation is blank on {n} rows that have a target, starting with '{nama}'.",
        ),
    },
    severity=by_period(None, ERROR, ERROR),
)
def realisation_blank(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        late = [
            row
            for row in active(table)
            if row.number_of("target") and _missing(row, "realisasi") and not no_pagu(row) and _due(document, row)
        ]
        if late:
            yield folded(
                table, [(row, "realisasi") for row in late], target=amount(late[0], late[0].number_of("target"))
            )


def _missing(row: Row, key: str) -> bool:
    """The cell is blank and no formula of the form fills it; quarters that cannot be read are a fault of their own."""
    quarters = ("tw1", "tw2", "tw3", "tw4") if key == "realisasi" else ()
    return blank(row.entry(key)) and figure(row, key) is None and not any(row.entry(q).fault for q in quarters)


def _due(document: Document, row: Row) -> bool:
    if document.settings.period is Period.YEAR:
        return True
    when = row.text_of("waktu_ukur").casefold()
    if when == "semesteran":
        return " ".join(str(document.settings.identity.get("periode") or "").split()).casefold() == "tw ii"
    return when in ("bulanan", "triwulanan")


@rule(
    "IS02",
    title=Text("Target belum diisi", "Target not entered"),
    meaning=Text("Ada indikator, tetapi targetnya kosong.", "There is an indicator, but its target is blank."),
    why=Text(
        "Capaian adalah realisasi dibandingkan dengan target; tanpa target tidak ada capaian.",
        "Achievement compares realisation with target; without a target there is none.",
    ),
    basis=Basis(
        Text("PermenPANRB 53/2014, pengukuran kinerja", "PermenPANRB 53/2014, performance measurement"), "recalled"
    ),
    remedy=Text(
        "Isi target sesuai Perjanjian Kinerja atau DPA/DPPA.",
        "Enter the target of the performance agreement or DPA/DPPA.",
    ),
    messages={
        "": Text("{nama}: indikator ada, targetnya kosong.", "{nama}: there is an indicator, its target is blank."),
        "banyak": Text(
            "Target kosong pada {n} indikator, mulai dari '{nama}'.",
            "The target is blank for {n} indicators, starting with '{nama}'.",
        ),
    },
    severity=by_period(INFO, WARNING, ERROR),
)
def target_blank(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        bare = [row for row in active(table) if row.text_of("indikator") and _missing(row, "target")]
        if bare:
            yield folded(table, [(row, "target") for row in bare])


@rule(
    "IS03",
    title=Text("Realisasi anggaran kosong atau nol", "Nothing spent, or no spending entered"),
    meaning=Text(
        "Pagu ada, tetapi realisasi anggarannya kosong atau 0.", "There is a budget, but its spending is blank or 0."
    ),
    why=Text(
        "Realisasi yang lupa diisi tidak dapat dibedakan dari kegiatan yang tidak berjalan.",
        "Spending that was forgotten looks the same as an activity that did not take place.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Isi realisasi anggaran sesuai LRA, atau jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN mengapa belum ada realisasi.",
        "Enter the spending of the LRA, or explain in PENJELASAN or KETERANGAN why there is none.",
    ),
    messages={
        "": Text("{nama}: pagu {pagu:rp}, realisasi anggaran kosong.", "{nama}: budget {pagu:rp}, spending blank."),
        "nol": Text("{nama}: pagu {pagu:rp}, realisasi anggaran Rp 0.", "{nama}: budget {pagu:rp}, spending Rp 0."),
        "kinerja": Text(
            "{nama}: kinerja {realisasi} dari {target}, padahal pagu {pagu:rp} belum terealisasi sama sekali.",
            "{nama}: performance {realisasi} of {target}, although nothing of the budget {pagu:rp} was spent.",
        ),
        "banyak": Text(
            "Realisasi anggaran kosong atau 0 pada {n} baris yang mempunyai pagu, mulai dari '{nama}'; pagunya {pagu:rp}.",
            "Spending is blank or 0 on {n} rows that have a budget, starting with '{nama}'; their budget is {pagu:rp}.",
        ),
    },
    severity=by_period(None, INFO, WARNING),
)
def spending_blank(document: Document) -> Iterator[Hit]:
    for table in budgeted(document):
        idle = [row for row in _own_money(table) if nothing_spent(row) and not _explained_by_parent(table, row, SPENT)]
        if document.settings.period is Period.YEAR:
            for row in idle:
                pagu = money(row, PAGU)
                word = "kinerja" if figure(row, "realisasi") else "" if blank(row.entry(SPENT)) else "nol"
                yield hit(
                    table,
                    row,
                    SPENT,
                    word,
                    found=money(row, SPENT),
                    rupiah=pagu,
                    related=[table.cell(row, PAGU)],
                    pagu=pagu,
                    target=amount(row, figure(row, "target")) if figure(row, "target") is not None else "-",
                    realisasi=figure(row, "realisasi"),
                )
        elif idle:
            pagu = sum((money(row, PAGU) or Decimal() for row in idle), Decimal())
            yield folded(table, [(row, SPENT) for row in idle], pagu=pagu)


def _own_money(table: Table) -> Iterator[Row]:
    """The rows whose money is entered, not summed. In Belanja the template names types that an office may not have."""
    return leaves(table) if table.spec.key == "matriks" else iter(())


def _explained_by_parent(table: Table, row: Row, key: str) -> bool:
    """Whether the parent's figure shows that this blank holds something: then that is the finding, and an error."""
    if not blank(row.entry(key)) or row.parent is None:
        return False
    fault = mismatch(table, row.parent, key)
    return fault is not None and not passed_over(row.parent, key, fault)


@rule(
    "IS04",
    title=Text("Anggaran belum diisi", "Budget not entered"),
    meaning=Text("Baris paling rinci tidak memuat anggaran.", "A row of the lowest level has no budget."),
    why=Text(
        "Serapan tidak dapat dihitung dan jumlah kegiatan menjadi kurang.",
        "Absorption cannot be calculated and the sum of the activity falls short.",
    ),
    basis=FORM,
    remedy=Text(
        "Isi anggaran sesuai DPA/DPPA; bila dinolkan pada Perubahan, pilih STATUS 'dinolkan'.",
        "Enter the budget of the DPA/DPPA; if it was cancelled, choose STATUS 'dinolkan'.",
    ),
    messages={
        "": Text("{nama}: anggaran kosong.", "{nama}: budget blank."),
        "banyak": Text(
            "Anggaran kosong pada {n} baris, mulai dari '{nama}'.", "Budget blank on {n} rows, starting with '{nama}'."
        ),
    },
    severity=by_period(INFO, WARNING, ERROR),
)
def budget_blank(document: Document) -> Iterator[Hit]:
    for table in budgeted(document):
        bare = [
            row
            for row in _own_money(table)
            if row.level and blank(row.entry(PAGU)) and not _explained_by_parent(table, row, PAGU)
            if row.level == table.spec.leaf or not disordered(table, row)
        ]
        if bare:
            yield folded(table, [(row, PAGU) for row in bare])


@rule(
    "IS16",
    title=Text("Baris tanpa isian sama sekali", "Rows without any figure"),
    meaning=Text(
        "Baris ada, tetapi target, realisasi, dan anggarannya semua kosong. Baris ini tidak dihitung.",
        "The row is there, but target, realisation and money are all blank. It counts nowhere.",
    ),
    why=Text("Baris yang terlewat tidak terlihat pada jumlah.", "A row that was forgotten does not show in any sum."),
    basis=PRACTICE,
    remedy=Text(
        "Isi barisnya; bila memang tidak ada target dan pagu tahun ini, pilih STATUS 'nihil'.",
        "Fill in the row; if it has no target and no budget this year, choose STATUS 'nihil'.",
    ),
    messages={
        "": Text("{nama}: belum ada angka satu pun.", "{nama}: there is no figure at all."),
        "banyak": Text(
            "{n} baris belum memuat angka satu pun, mulai dari '{nama}'.",
            "{n} rows have no figure at all, starting with '{nama}'.",
        ),
    },
    severity=by_period(None, INFO, INFO),
)
def nothing_entered(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        if table.spec.key == "matriks" and all(_without_figures(row) for row in table.rows if not zeroed(row)):
            continue  # nothing is filled in yet: that is a finding of its own
        key = "uraian" if table.has("uraian") else "indikator"
        empty = [
            row
            for row in table.rows
            if row.head is None and not zeroed(row) and untouched(row)
            if not row.entry("kode").fault and not disordered(table, row)
        ]
        if empty:
            yield folded(table, [(row, key) for row in empty])


@rule(
    "IS17",
    title=Text("Matriks belum diisi", "The matrix is empty"),
    meaning=Text(
        "Matriks tidak memuat satu baris pun yang berisi angka, sehingga tidak ada yang dapat diperiksa.",
        "The matrix holds no row with a figure, so there is nothing to check.",
    ),
    why=Text(
        "Tanpa catatan ini, buku kerja kosong akan tampak sudah benar.",
        "Without this note an empty workbook would look correct.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Isi matriks di bawah judul kolomnya, simpan, lalu periksa lagi.",
        "Fill in the matrix below its headings, save, and check again.",
    ),
    messages={"": Text("Matriks belum diisi.", "The matrix has not been filled in.")},
    severity=always(WARNING),
)
def matrix_empty(document: Document) -> Iterator[Hit]:
    table = document.tables.get("matriks")
    if table is None or any(zeroed(row) or not _without_figures(row) for row in table.rows):
        return
    key = next((k for k in ("uraian", "kode", "indikator") if table.has(k)), None)
    if key is not None:
        yield Hit(table.cell(table.header_row, key))


def _without_figures(row: Row) -> bool:
    return all(blank(row.entry(key)) for key in FIGURES)


RULES = (realisation_blank, target_blank, spending_blank, budget_blank, nothing_entered, matrix_empty)
