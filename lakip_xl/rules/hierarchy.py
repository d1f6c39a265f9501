"""HR (hirarki): does every sum equal its parts, to the rupiah?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.numbers import say_number
from lakip_xl.rules.addends import cause, outdated, texts_to_blame
from lakip_xl.rules.addends import said as cause_in_words
from lakip_xl.rules.core import ERROR, INFO, Basis, Hit, always, hit, level_word, rule
from lakip_xl.rules.literals import explains_sum
from lakip_xl.rules.reading import active, blank, budgeted, by_hand, total_of
from lakip_xl.rules.sums import Mismatch, culprit, in_doubt, mismatch, same_money
from lakip_xl.table.model import Document, Row, Table

SUMS = Basis(
    Text("Kolom 13 dan 14 formulir: jumlah dari bawah ke atas", "Columns 13 and 14 of the form: sums from below"),
    "seen",
)


WHERE_ELSE = {
    "": Text("Perbaiki rincian yang keliru, atau {caranya}.", "Correct the part that is wrong, or {caranya}."),
    "kosong": Text("Isi sel yang kosong, atau {caranya}.", "Fill in the blank cells, or {caranya}."),
    "rumus": Text("Pada sel ini, {caranya}.", "In this cell, {caranya}."),
    "usang": Text(
        "Buka berkas di Excel, tekan Ctrl+Alt+F9 agar semua rumus dihitung ulang, simpan, lalu periksa lagi.",
        "Open the file in Excel, press Ctrl+Alt+F9 so that every formula is calculated anew, save it, and check again.",
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
        "Perbaiki rincian atau rumus yang keliru; bila jumlahnya diketik, gantilah dengan rumus ('lakip-xl fill' bila ada kolom TINGKAT).",
        "Correct the part or the formula that is wrong; replace a typed sum by a formula ('lakip-xl fill' where there is a column "
        "TINGKAT).",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} {tingkat} {cara} {ada:rp}, jumlah {n} baris di bawahnya {jumlah:rp}, selisih {selisih:rp}.",
            "{nama}: {kolom} of the {tingkat} {cara} {ada:rp}, the rows below ({n}) add up to {jumlah:rp}, a difference of {selisih:rp}.",
        ),
        "kosong": Text(
            "{nama}: {kolom} {tingkat} {cara} {ada:rp}, jumlah baris di bawahnya {jumlah:rp}, selisih {selisih:rp}; "
            "yang masih kosong: {kosong}.",
            "{nama}: {kolom} of the {tingkat} {cara} {ada:rp}, the rows below add up to {jumlah:rp}, a difference of {selisih:rp}; "
            "still blank: {kosong}.",
        ),
        "rumus": Text(
            "{nama}: {kolom} {tingkat} {cara} {ada:rp}, jumlah {n} baris di bawahnya {jumlah:rp}, selisih {selisih:rp}; "
            "rumusnya {sebab}.",
            "{nama}: {kolom} of the {tingkat} {cara} {ada:rp}, the rows below ({n}) add up to {jumlah:rp}, a difference of {selisih:rp}; "
            "the formula {sebab}.",
        ),
        "usang": Text(
            "{nama}: {kolom} {tingkat} tersimpan {ada:rp}, tetapi rumusnya kini menghasilkan {jumlah:rp}, selisih {selisih:rp}; "
            "hasil yang tersimpan sudah usang.",
            "{nama}: {kolom} of the {tingkat} is stored as {ada:rp}, but its formula now gives {jumlah:rp}, a difference of {selisih:rp}; "
            "the stored result is out of date.",
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
            yield from _faults(document, table, row)


def _faults(document: Document, table: Table, row: Row) -> Iterator[Hit]:
    if in_doubt(table, row):
        return
    for key in table.sums:
        fault = mismatch(table, row, key)
        if fault is None or texts_to_blame(document, table, row, key, fault):
            continue  # the number stored as text is the finding; the sum mends itself with it
        leaf = culprit(fault, key)
        if leaf is not None:
            yield _at_leaf(table, row, key, fault, leaf)
        elif (why := cause(document, table, row, key)) is not None:
            yield _at_formula(
                table, row, key, fault, cause_in_words(table, key, why), [r for group in why for r in group]
            )
        elif explains_sum(document, table, row, key):
            amount = say_number(fault.difference, "id"), say_number(fault.difference, "en")
            words = Text(f"memuat angka tetap {amount[0]}", f"holds the fixed number {amount[1]}")
            yield _at_formula(table, row, key, fault, words, [])
        else:
            now = outdated(document, table, row, key)
            stale = now is not None and same_money(now, fault.sum)
            yield _at_sum(table, row, key, fault, stale=stale)


def explained_by_sum(document: Document, table: Table, row: Row, key: str) -> bool:
    """Whether the finding about a wrong sum names what is wrong with its formula."""
    fault = mismatch(table, row, key)
    return fault is not None and not texts_to_blame(document, table, row, key, fault) and culprit(fault, key) is None


def _at_formula(table: Table, row: Row, key: str, fault: Mismatch, why: Text, rows: list[Row]) -> Hit:
    made = _at_sum(table, row, key, fault)
    at_fault = [table.cell(other, key) for other in rows]
    related = tuple(dict.fromkeys((*at_fault, *made.related)))
    way = mended_formula(_operands(table, fault, key))
    values = {**made.values, "sebab": why, "caranya": way}
    return replace(made, variant="rumus", related=related, values=values)


def mended_formula(cells: list[Cell]) -> Text:
    """How a sum over these cells is put right, in words."""
    formula = _formula(cells)
    return (
        Text(f"ubah rumusnya menjadi {formula}", f"change the formula to {formula}")
        if formula
        else Text(
            "ubah rumusnya sehingga setiap baris di bawahnya terhitung tepat sekali",
            "change the formula so that every row below counts exactly once",
        )
    )


def _at_sum(table: Table, row: Row, key: str, fault: Mismatch, *, stale: bool = False) -> Hit:
    empty = tuple(
        table.cell(child, key).a1 for child in fault.children if blank(child.entry(key)) and not child.children
    )
    return hit(
        table, row, key, "usang" if stale else "kosong" if empty else "",
        found=fault.found, expected=fault.sum, difference=fault.difference, rupiah=abs(fault.difference),
        related=_operands(table, fault, key),
        ada=fault.found, jumlah=fault.sum, selisih=abs(fault.difference), n=len(fault.children), kosong=empty,
        tingkat=level_word(row.level), cara=BY_FORMULA if row.entry(key).formula is not None else TYPED,
        caranya=_way(table, row, key, fault),
    )  # fmt: skip


TYPED, BY_FORMULA = Text("tertulis", "is"), Text("menurut rumusnya", "by its formula is")


def _way(table: Table, row: Row, key: str, fault: Mismatch) -> Text:
    """How the sum itself is put right: only a sheet with TINGKAT gets its sums from ``fill``."""
    if row.entry(key).formula is not None:
        return Text("perbaiki rumus pada sel ini", "correct the formula in this cell")
    if table.has("tingkat"):
        return Text(
            "kosongkan sel jumlah dan jalankan 'lakip-xl fill' agar terisi rumus",
            "clear the sum and run 'lakip-xl fill' so that a formula fills it",
        )
    formula = _formula(_operands(table, fault, key))
    return Text(
        f"tulis rumus jumlah{formula and f', misalnya {formula}'}", f"write a formula{formula and f', e.g. {formula}'}"
    )


MANY = 6


def _formula(cells: list[Cell]) -> str:
    """A sum over cells of one column as one would write it; "" where it would be long."""
    first, last = cells[0], cells[-1]
    if len(cells) > 1 and last.row - first.row == len(cells) - 1:
        return f"=SUM({first.a1}:{last.a1})"
    return f"={'+'.join(cell.a1 for cell in cells)}" if len(cells) <= MANY else ""


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
        "Perbaiki baris atau rumus yang keliru; bila totalnya diketik, gantilah dengan rumus ('lakip-xl fill' bila ada kolom TINGKAT).",
        "Correct the row or the formula that is wrong; replace a typed total by a formula ('lakip-xl fill' where there is a column "
        "TINGKAT).",
    ),
    messages={
        "": Text(
            "{kolom}: total {cara} {ada:rp}, jumlah {n} baris {jumlah:rp}, selisih {selisih:rp}.",
            "{kolom}: the total {cara} {ada:rp}, its rows ({n}) add up to {jumlah:rp}, a difference of {selisih:rp}.",
        ),
        "kosong": Text(
            "{kolom}: total {cara} {ada:rp}, jumlah baris {jumlah:rp}, selisih {selisih:rp}; yang masih kosong: {kosong}.",
            "{kolom}: the total {cara} {ada:rp}, the rows add up to {jumlah:rp}, a difference of {selisih:rp}; still blank: {kosong}.",
        ),
        "rumus": Text(
            "{kolom}: total {cara} {ada:rp}, jumlah {n} baris {jumlah:rp}, selisih {selisih:rp}; rumusnya {sebab}.",
            "{kolom}: the total {cara} {ada:rp}, its rows ({n}) add up to {jumlah:rp}, a difference of {selisih:rp}; the formula {sebab}.",
        ),
        "usang": Text(
            "{kolom}: total tersimpan {ada:rp}, tetapi rumusnya kini menghasilkan {jumlah:rp}, selisih {selisih:rp}; "
            "hasil yang tersimpan sudah usang.",
            "{kolom}: the total is stored as {ada:rp}, but its formula now gives {jumlah:rp}, a difference of {selisih:rp}; "
            "the stored result is out of date.",
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
            yield from _faults(document, table, table.total)


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
            total.number_of(key) == total_of(table.tops, key) is not None for key in table.sums
        ):
            continue
        for column in table.spec.columns:
            label = total.text_of(column.key) if not column.kind.numeric else ""
            if re.sub(r"[^a-z]", "", label.casefold()) in ("ratarata", "rerata"):
                yield hit(table, total, column.key, found=label, expected=table.spec.total, judul=label)


RULES = (parent_differs, total_differs, total_called_average)
