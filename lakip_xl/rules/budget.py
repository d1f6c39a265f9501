"""AG (anggaran): is there a budget, and is the percentage that of its figures?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.core import (
    ERROR,
    WARNING,
    Basis,
    Hit,
    always,
    amount,
    hit,
    rule,
)
from lakip_xl.rules.reading import (
    PAGU,
    SPENT,
    active,
    agrees,
    budgeted,
    by_hand,
    cells_of,
    computed,
    figure,
    leaves,
    matrix_of,
    money,
    no_pagu,
    serapan,
    share,
)
from lakip_xl.rules.slips import contradicted_by_thousands
from lakip_xl.rules.sums import blamed, mismatch, summed
from lakip_xl.table.model import Document, Row, Table

FORM = Basis(Text("Kolom 15 formulir = 14/13 x 100", "Column 15 of the form = 14/13 x 100"), "seen")
BOUNDS = Basis(
    Text("Kebiasaan reviu; batasnya pada Pengaturan", "Practice of reviews; the bounds stand in Pengaturan"), "practice"
)


@rule(
    "AG01",
    title=Text("Pagu nihil", "No budget"),
    meaning=Text(
        "Pagu 0, padahal masih ada target atau realisasi. Serapan dan capaian baris ini tidak bermakna.",
        "The budget is 0 although there is a target or a realisation. Absorption and achievement of the row mean nothing.",
    ),
    why=Text(
        "Biasanya dinolkan pada Perubahan, tetapi targetnya tertinggal di matriks.",
        "Usually the budget was cancelled in the Perubahan and the target was left behind.",
    ),
    basis=Basis(Text("Laporan yang menjadi contoh formulir ini", "The report from which this form was taken"), "seen"),
    remedy=Text(
        "Bila dinolkan pada Perubahan, isi kolom STATUS dengan 'dinolkan' (tambahkan kolomnya bila belum ada). Bila tidak, isi anggaran "
        "sesuai DPA/DPPA.",
        "If it was cancelled in the Perubahan, enter 'dinolkan' in the column STATUS (add it if there is none). If not, enter the budget "
        "of the DPA/DPPA.",
    ),
    messages={
        "": Text("{nama}: pagu Rp 0, target masih {target}.", "{nama}: budget Rp 0, the target is still {target}."),
        "rp": Text(
            "{nama}: pagu Rp 0, padahal terealisasi {realisasi:rp}.",
            "{nama}: budget Rp 0, yet {realisasi:rp} was spent.",
        ),
        "kinerja": Text(
            "{nama}: pagu Rp 0, padahal realisasi kinerja {realisasi}.",
            "{nama}: budget Rp 0, yet the realisation is {realisasi}.",
        ),
    },
    severity=always(WARNING),
)
def no_budget(document: Document) -> Iterator[Hit]:
    for table in matrix_of(document):
        for row in leaves(table):
            if not no_pagu(row):
                continue
            spent, target, real = money(row, SPENT), figure(row, "target"), figure(row, "realisasi")
            word = "rp" if spent else "" if target else "kinerja"
            keys = ("target", "realisasi", SPENT, "persen")
            yield hit(
                table, row, PAGU, word,
                found=Decimal(0), rupiah=spent or None, related=cells_of(table, row, *keys),
                target=amount(row, target), realisasi=spent if spent else amount(row, real),
            )  # fmt: skip


@rule(
    "AG02",
    title=Text("Persentase tidak sama dengan hitungannya", "The percentage differs from its calculation"),
    meaning=Text(
        "Persentase serapan yang diketik tidak sama dengan realisasi dibagi anggaran, sampai angka terakhir yang ditampilkan.",
        "The percentage that was typed is not spending over budget, to the last digit shown.",
    ),
    why=Text("Salah satu dari ketiga angka itu keliru.", "One of the three figures is wrong."),
    basis=FORM,
    remedy=Text(
        "Perbaiki anggaran atau realisasi bila keliru; bila tidak, kosongkan persentase dan jalankan 'lakip-xl fill'.",
        "Correct budget or spending if wrong; if not, clear the percentage and run 'lakip-xl fill'.",
    ),
    messages={
        "": Text(
            "{nama}: persentase tertulis {ada:pct}, hitungannya {hitung:pct} ({realisasi:rp} dari {pagu:rp}).",
            "{nama}: the percentage is {ada:pct}, calculated {hitung:pct} ({realisasi:rp} of {pagu:rp}).",
        ),
        "pecahan": Text(
            "{nama}: persentase tertulis {ada}, hitungannya {hitung:pct}; tampaknya ditulis sebagai pecahan.",
            "{nama}: the percentage is {ada}, calculated {hitung:pct}; it seems to be written as a fraction.",
        ),
        "rata": Text(
            "{nama}: persentase tertulis {ada:pct}, yaitu rata-rata persentase {n} baris di bawahnya; hitungannya {hitung:pct} "
            "({realisasi:rp} dari {pagu:rp}).",
            "{nama}: the percentage is {ada:pct}, the mean of the percentages of the {n} rows below; calculated {hitung:pct} "
            "({realisasi:rp} of {pagu:rp}).",
        ),
        "sisa": Text(
            "{nama}: persentase tertulis {ada:pct}, yaitu persentase sisanya; serapannya {hitung:pct} ({realisasi:rp} dari {pagu:rp}).",
            "{nama}: the percentage is {ada:pct}, that of what is left; absorption is {hitung:pct} ({realisasi:rp} of {pagu:rp}).",
        ),
        "terbalik": Text(
            "{nama}: persentase tertulis {ada:pct}, yaitu anggaran dibagi realisasi; hitungannya {hitung:pct} "
            "({realisasi:rp} dari {pagu:rp}).",
            "{nama}: the percentage is {ada:pct}, budget over spending; calculated {hitung:pct} ({realisasi:rp} of {pagu:rp}).",
        ),
        "ribuan": Text(
            "{nama}: persentase tertulis {ada:pct}, hitungannya {hitung:pct} ({realisasi:rp} dari {pagu:rp}); salah satunya tampak "
            "kehilangan tiga angka.",
            "{nama}: the percentage is {ada:pct}, calculated {hitung:pct} ({realisasi:rp} of {pagu:rp}); one of the two seems to lack "
            "three digits.",
        ),
    },
    remedies={
        "rata": Text(
            "Persentase sebuah jumlah adalah jumlah realisasi dibagi jumlah anggaran, bukan rata-rata persentase: kosongkan dan jalankan "
            "'lakip-xl fill'.",
            "The percentage of a sum is total spending over total budget, not a mean of percentages: clear it and run 'lakip-xl fill'.",
        ),
        "sisa": Text(
            "Kosongkan persentasenya dan jalankan 'lakip-xl fill'; kolom ini memuat realisasi dibagi anggaran.",
            "Clear the percentage and run 'lakip-xl fill'; this column is spending over budget.",
        ),
        "terbalik": Text(
            "Kosongkan persentasenya dan jalankan 'lakip-xl fill'; kolom ini memuat realisasi dibagi anggaran.",
            "Clear the percentage and run 'lakip-xl fill'; this column is spending over budget.",
        ),
        "ribuan": Text(
            "Periksa anggaran dan realisasi terhadap DPA/DPPA dan LRA: ketik rupiah penuh pada keduanya.",
            "Compare budget and spending with DPA/DPPA and LRA: type both in full rupiah.",
        ),
        "pecahan": Text(
            "Tulis dalam persen ({hitung}), atau kosongkan dan jalankan 'lakip-xl fill'.",
            "Write percent points ({hitung}), or clear the cell and run 'lakip-xl fill'.",
        ),
    },
    severity=always(ERROR),
)
def percentage_differs(document: Document) -> Iterator[Hit]:
    for table in budgeted(document):
        for row in (*active(table), *((table.total,) if table.total else ())):
            wanted, own = computed(row, "persen"), by_hand(row, "persen")
            if wanted is None or own is None or agrees(row, "persen", wanted) or _witness(table, row):
                continue
            below = [child for child in summed(table, row) if serapan(child) is not None]
            yield hit(
                table, row, "persen", _why(document, row, below, own, wanted),
                found=own, expected=wanted, difference=own - wanted, related=[table.cell(row, SPENT), table.cell(row, PAGU)],
                ada=own, hitung=round_half_up(wanted, 2), realisasi=money(row, SPENT), pagu=money(row, PAGU), n=len(below),
            )  # fmt: skip


def _why(document: Document, row: Row, below: list[Row], own: Decimal, wanted: Decimal) -> str:
    """What a wrong percentage is instead, as a variant of AG02; ``below`` are the rows of which it may be a mean."""
    if abs(own * 100 - wanted) <= Decimal("0.5"):
        return "pecahan"
    if contradicted_by_thousands(document, row):
        return "ribuan"
    if len(below) > 1 and any(agrees(row, "persen", _mean(below, read)) for read in (serapan, _printed)):
        return "rata"
    if agrees(row, "persen", 100 - wanted):
        return "sisa"
    return "terbalik" if wanted and agrees(row, "persen", Decimal(10000) / wanted) else ""


def _printed(row: Row) -> Decimal | None:
    """The percentage that stands on a row, as the mean of an office takes it."""
    own = by_hand(row, "persen")
    return own if own is not None else serapan(row)


def _mean(rows: list[Row], read: Callable[[Row], Decimal | None]) -> Decimal:
    return sum((read(row) or Decimal() for row in rows), Decimal()) / len(rows)


def _witness(table: Table, row: Row) -> bool:
    """Whether the percentage only shows what a wrong figure beside it is: that figure is the finding."""
    if blamed(table, row):
        return True
    faults = {key: mismatch(table, row, key) for key in (PAGU, SPENT)}
    if not any(faults.values()):
        return False
    pagu, spent = (fault.sum if fault else money(row, key) for key, fault in faults.items())
    mended = share(spent, pagu)
    return mended is not None and agrees(row, "persen", mended)


RULES = (no_budget, percentage_differs)
