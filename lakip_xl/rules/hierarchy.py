"""HR (hirarki): does every sum equal its parts, to the rupiah?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.rules.core import ERROR, INFO, Basis, Hit, always, hit, level_word, rule
from lakip_xl.rules.reading import active, blank, budgeted, by_hand, total_of
from lakip_xl.rules.sums import Mismatch, culprit, mismatch
from lakip_xl.table.model import Document, Row, Table

SUMS = Basis(
    Text("Kolom 13 dan 14 formulir: jumlah dari bawah ke atas", "Columns 13 and 14 of the form: sums from below"),
    "seen",
)


WHERE_ELSE = {
    "kosong": Text(
        "Isi sel yang kosong, atau kosongkan sel jumlah dan jalankan 'lakip-xl fill'.",
        "Fill in the blank cells, or clear the sum and run 'lakip-xl fill'.",
    ),
    "rincian": Text(
        "Periksa angka ini terhadap DPA/DPPA dan LRA, lalu perbaiki.",
        "Compare this figure with DPA/DPPA and LRA, and correct it.",
    ),
}


@rule(
    "HR01",
    title=Text("Jumlah tidak sama dengan rinciannya", "A sum differs from its parts"),
    meaning=Text(
        "Anggaran atau realisasi yang diketik pada program, kegiatan, atau kelompok belanja tidak sama dengan jumlah baris di "
        "bawahnya.",
        "The budget or spending typed for a program, activity or expenditure group is not the sum of the rows below it.",
    ),
    why=Text(
        "Selisih serupiah pun menunjukkan ada angka yang keliru, dan total tidak akan cocok dengan LRA.",
        "Even one rupiah shows that a figure is wrong, and the total will not match the LRA.",
    ),
    basis=SUMS,
    remedy=Text(
        "Perbaiki rincian yang keliru, atau kosongkan sel jumlah dan jalankan 'lakip-xl fill' agar terisi rumus.",
        "Correct the part that is wrong, or clear the sum and run 'lakip-xl fill' so that a formula fills it.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} {tingkat} tertulis {ada:rp}, jumlah {n} baris di bawahnya {jumlah:rp}, selisih {selisih:rp}.",
            "{nama}: {kolom} of the {tingkat} is {ada:rp}, the rows below ({n}) add up to {jumlah:rp}, a difference of {selisih:rp}.",
        ),
        "kosong": Text(
            "{nama}: {kolom} {tingkat} tertulis {ada:rp}, jumlah baris di bawahnya {jumlah:rp}, selisih {selisih:rp}; "
            "yang masih kosong: {kosong}.",
            "{nama}: {kolom} of the {tingkat} is {ada:rp}, the rows below add up to {jumlah:rp}, a difference of {selisih:rp}; "
            "still blank: {kosong}.",
        ),
        "rincian": Text(
            "{nama}: {kolom} {ada:rp} tidak cocok dengan jumlah {tingkat} dan dengan persentasenya sendiri; keduanya cocok bila "
            "{seharusnya:rp}.",
            "{nama}: {kolom} {ada:rp} fits neither the sum of the {tingkat} nor its own percentage; both fit at {seharusnya:rp}.",
        ),
    },
    remedies=WHERE_ELSE,
    severity=always(ERROR),
)
def parent_differs(document: Document) -> Iterator[Hit]:
    for table in budgeted(document):
        for row in active(table):
            yield from _faults(table, row)


def _faults(table: Table, row: Row) -> Iterator[Hit]:
    for key in table.spec.sums:
        fault = mismatch(table, row, key)
        if fault is None:
            continue
        leaf = culprit(fault, key)
        yield _at_sum(table, row, key, fault) if leaf is None else _at_leaf(table, row, key, fault, leaf)


def _at_sum(table: Table, row: Row, key: str, fault: Mismatch) -> Hit:
    empty = tuple(
        table.cell(child, key).a1 for child in fault.children if blank(child.entry(key)) and not child.children
    )
    return hit(
        table, row, key, "kosong" if empty else "",
        found=fault.found, expected=fault.sum, difference=fault.difference, rupiah=abs(fault.difference),
        related=_operands(table, fault, key),
        ada=fault.found, jumlah=fault.sum, selisih=abs(fault.difference), n=len(fault.children), kosong=empty,
        tingkat=level_word(row.level),
    )  # fmt: skip


def _at_leaf(table: Table, parent: Row, key: str, fault: Mismatch, leaf: Row) -> Hit:
    found = by_hand(leaf, key) or fault.found * 0
    expected = found + fault.difference
    related = [table.cell(parent, key), table.cell(leaf, "persen"), *_operands(table, fault, key)]
    return hit(
        table, leaf, key, "rincian",
        found=found, expected=expected, difference=found - expected, rupiah=abs(fault.difference), related=related,
        ada=found, seharusnya=expected, tingkat=level_word(parent.level),
    )  # fmt: skip


def _operands(table: Table, fault: Mismatch, key: str) -> list[Cell]:
    return [table.cell(child, key) for child in fault.children]


@rule(
    "HR02",
    title=Text("Baris total tidak sama dengan jumlahnya", "The total differs from its sum"),
    meaning=Text(
        "Angka pada baris total tidak sama dengan jumlah baris tertinggi di atasnya.",
        "The figure of the total row is not the sum of the widest rows above it.",
    ),
    why=Text("Total inilah yang dibandingkan dengan LRA.", "This total is what is compared with the LRA."),
    basis=SUMS,
    remedy=Text(
        "Perbaiki baris yang keliru, atau kosongkan sel total dan jalankan 'lakip-xl fill' agar terisi rumus.",
        "Correct the row that is wrong, or clear the total and run 'lakip-xl fill' so that a formula fills it.",
    ),
    messages={
        "": Text(
            "{kolom}: total tertulis {ada:rp}, jumlah {n} baris {jumlah:rp}, selisih {selisih:rp}.",
            "{kolom}: the total is {ada:rp}, its rows ({n}) add up to {jumlah:rp}, a difference of {selisih:rp}.",
        ),
        "kosong": Text(
            "{kolom}: total tertulis {ada:rp}, jumlah baris {jumlah:rp}, selisih {selisih:rp}; yang masih kosong: {kosong}.",
            "{kolom}: the total is {ada:rp}, the rows add up to {jumlah:rp}, a difference of {selisih:rp}; still blank: {kosong}.",
        ),
        "rincian": Text(
            "{nama}: {kolom} {ada:rp} tidak cocok dengan {tingkat} dan dengan persentasenya sendiri; keduanya cocok bila "
            "{seharusnya:rp}.",
            "{nama}: {kolom} {ada:rp} fits neither the {tingkat} nor its own percentage; both fit at {seharusnya:rp}.",
        ),
    },
    remedies=WHERE_ELSE,
    severity=always(ERROR),
)
def total_differs(document: Document) -> Iterator[Hit]:
    for table in budgeted(document):
        if table.total is not None:
            yield from _faults(table, table.total)


@rule(
    "HR03",
    title=Text("Baris total diberi judul RATA-RATA", "A total row called an average"),
    meaning=Text(
        "Judul barisnya RATA-RATA, padahal isinya penjumlahan.",
        "The row is labelled RATA-RATA (average), but it holds sums.",
    ),
    why=Text("Pembaca mengira angkanya rata-rata per program.", "Readers take the figures for averages per program."),
    basis=Basis(Text("Laporan yang menjadi contoh formulir ini", "The report from which this form was taken"), "seen"),
    remedy=Text("Ubah judulnya menjadi JUMLAH.", "Change the label to JUMLAH."),
    messages={"": Text("Baris '{judul}' berisi penjumlahan.", "The row '{judul}' holds sums.")},
    severity=always(INFO),
)
def total_called_average(document: Document) -> Iterator[Hit]:
    for table in budgeted(document):
        total = table.total
        if total is None or not any(
            total.number_of(key) == total_of(table.tops, key) is not None for key in table.spec.sums
        ):
            continue
        for column in table.spec.columns:
            label = total.text_of(column.key) if not column.kind.numeric else ""
            if re.sub(r"[^a-z]", "", label.casefold()) in ("ratarata", "rerata"):
                yield hit(table, total, column.key, found=label, expected=table.spec.total, judul=label)


RULES = (parent_differs, total_differs, total_called_average)
