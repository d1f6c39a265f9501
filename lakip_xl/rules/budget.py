"""AG (anggaran): is the money plausible, and does it go with what was done?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.core import (
    ERROR,
    INFO,
    WARNING,
    Basis,
    Hit,
    always,
    amount,
    apart,
    by_period,
    hit,
    level_word,
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
    nothing_spent,
    percent_key,
    rest,
    serapan,
    share,
    total_of,
)
from lakip_xl.rules.sums import blamed, mended, mended_rest, mismatch, sound, whole_rest
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
        "Bila dinolkan pada Perubahan, pilih STATUS 'dinolkan'. Bila tidak, isi anggaran sesuai DPA/DPPA.",
        "If it was cancelled in the Perubahan, choose STATUS 'dinolkan'. If not, enter the budget of the DPA/DPPA.",
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
    },
    remedies={
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
            word = "pecahan" if abs(own * 100 - wanted) <= Decimal("0.5") else ""
            yield hit(
                table, row, "persen", word,
                found=own, expected=wanted, difference=own - wanted, related=[table.cell(row, SPENT), table.cell(row, PAGU)],
                ada=own, hitung=round_half_up(wanted, 2), realisasi=money(row, SPENT), pagu=money(row, PAGU),
            )  # fmt: skip


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


@rule(
    "AG03",
    title=Text("Serapan di bawah batas", "Absorption below the bound"),
    meaning=Text(
        "Realisasi anggaran kurang dari batas serapan pada Pengaturan. Bila beberapa sub kegiatan dari satu kegiatan sama-sama "
        "rendah, catatannya satu pada kegiatan itu.",
        "Spending is below the bound in Pengaturan. Where several sub-activities of one activity are low together, there is one note "
        "at the activity.",
    ),
    why=Text("Serapan yang rendah harus dijelaskan dalam laporan.", "The report has to explain low absorption."),
    basis=BOUNDS,
    remedy=Text(
        "Periksa realisasi terhadap LRA; bila benar, jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN mengapa "
        "tidak terserap (misalnya sisa lelang, kegiatan tertunda).",
        "Compare the spending with the LRA; if right, explain in PENJELASAN or KETERANGAN why it was not spent.",
    ),
    messages={
        "": Text(
            "{nama}: serapan {persen:pct} ({realisasi:rp} dari {pagu:rp}), di bawah {batas:pct}; sisa {sisa:rp}.",
            "{nama}: absorption {persen:pct} ({realisasi:rp} of {pagu:rp}), below {batas:pct}; {sisa:rp} left.",
        ),
        "induk": Text(
            "{nama}: serapan {persen:pct}, di bawah {batas:pct}, karena {n} {tingkat} di bawahnya hanya terserap "
            "{terendah:pct} sampai {tertinggi:pct}; sisa {sisa:rp}.",
            "{nama}: absorption {persen:pct}, below {batas:pct}, since {n} rows below it ({tingkat}) reach only "
            "{terendah:pct} to {tertinggi:pct}; {sisa:rp} left.",
        ),
    },
    severity=by_period(None, INFO, WARNING),
)
def low_absorption(document: Document) -> Iterator[Hit]:
    bound = document.settings.thresholds.get("serapan_min")
    if bound is None:
        return
    for table in matrix_of(document):
        low: dict[int, list[Row]] = {}
        large = _large(document, table)
        for row in leaves(table):
            value = serapan(row)
            if value is None or value >= bound or nothing_spent(row) or (large is not None and rest(row) >= large):
                continue
            repaired = share(*reversed(mended(table, row)))
            if sound(table, row) and (repaired is None or repaired < bound):
                low.setdefault(row.parent.number if row.parent else 0, []).append(row)
        for group in low.values():
            parent = group[0].parent
            whole = serapan(parent) if parent is not None else None
            if parent is not None and len(group) > 1 and whole is not None and whole < bound:
                each = [value for row in group if (value := serapan(row)) is not None]
                yield _low(
                    table, parent, bound, "induk", [table.cell(row, percent_key(table)) for row in group],
                    n=len(group), tingkat=level_word(group[0].level), terendah=min(each), tertinggi=max(each),
                )  # fmt: skip
            else:
                for row in group:
                    yield _low(table, row, bound, "", [table.cell(row, SPENT), table.cell(row, PAGU)])


def _low(table: Table, row: Row, bound: Decimal, variant: str, related: list[Cell], **values: object) -> Hit:
    pagu, spent, value = money(row, PAGU) or Decimal(0), money(row, SPENT) or Decimal(0), serapan(row) or Decimal(0)
    return hit(
        table, row, percent_key(table), variant,
        found=round_half_up(value, 2), expected=bound, difference=round_half_up(value - bound, 2), rupiah=pagu - spent,
        related=related, persen=apart(value, bound), batas=bound, pagu=pagu, realisasi=spent, sisa=pagu - spent, **values,
    )  # fmt: skip


def _large(document: Document, table: Table) -> Decimal | None:
    """The amount from which on what is left of one row is a finding; None where that is not asked."""
    least, whole = document.settings.thresholds.get("sisa_min"), total_of(table.tops, PAGU)
    return least * whole / 100 if least is not None and whole and whole > 0 else None


@rule(
    "AG04",
    title=Text("Sisa anggaran besar", "A large amount left"),
    meaning=Text(
        "Sisa satu baris mencapai batas pada Pengaturan, dihitung dari jumlah seluruh pagu. Persentase serapannya sendiri dapat "
        "tampak wajar.",
        "What is left on one row reaches the bound in Pengaturan, as a share of the whole budget. Its own percentage may look "
        "harmless.",
    ),
    why=Text("Di sinilah sebagian besar sisa anggaran berada.", "This is where most of the unspent money is."),
    basis=BOUNDS,
    remedy=Text(
        "Periksa realisasi terhadap LRA; bila benar, jelaskan penyebab sisanya di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Compare the spending with the LRA; if right, explain in PENJELASAN or KETERANGAN why the money was left.",
    ),
    messages={
        "": Text(
            "{nama}: sisa {sisa:rp} dari {pagu:rp} (serapan {persen:pct}), yaitu {bagian:pct} dari seluruh sisa {semua:rp}.",
            "{nama}: {sisa:rp} left of {pagu:rp} (absorption {persen:pct}), which is {bagian:pct} of all that is left, {semua:rp}.",
        ),
        "saja": Text(
            "{nama}: sisa {sisa:rp} dari {pagu:rp} (serapan {persen:pct}).",
            "{nama}: {sisa:rp} left of {pagu:rp} (absorption {persen:pct}).",
        ),
    },
    severity=by_period(None, INFO, WARNING),
)
def large_rest(document: Document) -> Iterator[Hit]:
    for table in matrix_of(document):
        large = _large(document, table)
        everything = whole_rest(table)
        for row in leaves(table):
            if large is None or not rest(row) or min(rest(row), mended_rest(table, row)) < large:
                continue
            if nothing_spent(row) or not sound(table, row):
                continue
            left, pagu = rest(row), money(row, PAGU)
            part = share(left, everything)
            meaningful = part is not None and 0 < part <= 100  # not so where other rows spent more than they had
            yield hit(
                table, row, SPENT, "" if meaningful else "saja",
                found=money(row, SPENT), difference=left, rupiah=left, related=[table.cell(row, PAGU)],
                sisa=left, pagu=pagu, persen=serapan(row), bagian=part, semua=everything,
            )  # fmt: skip


RULES = (no_budget, percentage_differs, low_absorption, large_rest)
