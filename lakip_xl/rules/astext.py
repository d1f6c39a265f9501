"""IS and HR: numbers that Excel keeps as text, and the sums that pass over them in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.numbers import read_number, say_rupiah
from lakip_xl.rules.addends import passing_over, texts_to_blame
from lakip_xl.rules.core import ERROR, WARNING, Basis, Hit, always, folded, rule
from lakip_xl.rules.nonnumbers import shown
from lakip_xl.rules.operands import text_in_sum
from lakip_xl.rules.reading import active, budgeted, entries_where, zeroed
from lakip_xl.rules.sums import in_doubt, mismatch, summed
from lakip_xl.table.model import Document, Entry, Row, Table

EXCEL = Basis(Text("Cara Excel menghitung", "How Excel calculates"), "seen")

_AGAIN = Text(
    "Ketik ulang sebagai angka {angka}, atau, bila Excel menawarkannya di selnya, pilih 'Konversi ke Angka (Convert to Number)'.",
    "Type it again as the number {angka}, or, where Excel offers it at the cell, choose 'Convert to Number'.",
)
_AGAIN_ALL = Text(
    "Ketik ulang sebagai angka, atau, bila Excel menawarkannya, blok selnya lalu pilih 'Konversi ke Angka (Convert to Number)'.",
    "Type them again as numbers, or, where Excel offers it, select the cells and choose 'Convert to Number'.",
)
_MOST = 6
"""So many sums are named."""


class _Short(NamedTuple):
    """The sums of money in a column that are short by numbers stored as text, each with what it lacks in rupiah, and the texts."""

    sums: dict[Cell, Decimal | None]  # None where it shows #VALUE! instead
    texts: dict[int, tuple[Row, Entry]]


def _short(document: Document) -> dict[tuple[str, str], _Short]:
    """By table and column: where HR01 and HR02 are silent, since the text is to blame and not the sum."""
    kept: dict[tuple[str, str], _Short] | None = vars(document).get("short_sums")
    if kept is None:
        kept = vars(document)["short_sums"] = {}
        for table in budgeted(document):
            for row in (*active(table), *((table.total,) if table.total is not None else ())):
                if in_doubt(table, row):
                    continue
                for key in table.sums:
                    lacking, texts = _lacks(document, table, row, key)
                    if texts and not any(zeroed(each) for each in texts):  # AG07 asks to clear those
                        short = kept.setdefault((table.spec.key, key), _Short({}, {}))
                        short.sums[table.cell(row, key)] = lacking
                        short.texts.update({each.number: (each, each.entry(key)) for each in texts})
    return kept


def lacked(document: Document, table: Table, row: Row, key: str) -> bool:
    """Whether a cell is a text that HR06 names."""
    short = _short(document).get((table.spec.key, key))
    return short is not None and row.number in short.texts


def _lacks(document: Document, table: Table, row: Row, key: str) -> tuple[Decimal | None, list[Row]]:
    """What a sum is short of and the rows whose texts are why; no rows where that is not what is wrong with it."""
    if row.entry(key).formula is None:
        return None, []
    below = summed(table, row)
    if text_in_sum(below, row, key):
        return None, [child for child in below if child.entry(key).as_text]
    fault = mismatch(table, row, key)
    if fault is None or fault.difference > 0:
        return None, []
    return -fault.difference, texts_to_blame(document, table, row, key, fault)


@rule(
    "IS09",
    title=Text("Angka tersimpan sebagai tulisan", "Numbers stored as text"),
    meaning=Text(
        "Isinya terbaca sebagai angka tanpa keraguan, tetapi Excel menyimpannya sebagai tulisan.",
        "The content reads as a number without doubt, but Excel keeps it as text.",
    ),
    why=Text(
        "Excel tidak menjumlahkannya: SUM yang kelak memuat sel itu melewatinya tanpa memberi tahu.",
        "Excel does not add it up: a SUM that comes to take it in passes over it in silence.",
    ),
    basis=EXCEL,
    remedy=Text(
        "Ketik ulang sebagai angka, atau, bila Excel menawarkannya, blok selnya lalu pilih 'Konversi ke Angka (Convert to Number)'. Angka "
        "bertanda persen selalu diketik ulang tanpa tandanya.",
        "Type it again as a number, or, where Excel offers it, select the cells and choose 'Convert to Number'. Numbers with a percent "
        "sign are always typed again, without the sign.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} berisi tulisan '{isi}', terbaca {angka}.",
            "{nama}: {kolom} holds the text '{isi}', read as {angka}.",
        ),
        "banyak": Text(
            "{kolom}: {n} sel berisi angka yang tersimpan sebagai tulisan, mulai dari '{isi}'.",
            "{kolom}: {n} cells hold numbers stored as text, starting with '{isi}'.",
        ),
        "jumlah": Text(
            "{nama}: {kolom} berisi tulisan '{isi}', terbaca {angka}; jumlah pada {jumlah} melewatinya.",
            "{nama}: {kolom} holds the text '{isi}', read as {angka}; the sum in {jumlah} passes over it.",
        ),
        "jumlah_banyak": Text(
            "{kolom}: {n} sel berisi angka yang tersimpan sebagai tulisan, mulai dari '{isi}'; jumlah pada {jumlah} melewatinya.",
            "{kolom}: {n} cells hold numbers stored as text, starting with '{isi}'; the sum in {jumlah} passes over them.",
        ),
        "strip": Text(
            "{nama}: {kolom} berisi tanda '{isi}'; bagi Excel itu teks, bukan 0.",
            "{nama}: {kolom} holds '{isi}', which is text to Excel, not 0.",
        ),
        "strip_banyak": Text(
            "{kolom}: {n} sel berisi tanda '{isi}'; bagi Excel itu teks, bukan 0.",
            "{kolom}: {n} cells hold '{isi}', which is text to Excel, not 0.",
        ),
        "persen": Text(
            "{nama}: {kolom} berisi tulisan '{isi}', terbaca {angka}.",
            "{nama}: {kolom} holds the text '{isi}', read as {angka}.",
        ),
        "persen_banyak": Text(
            "{kolom}: {n} sel berisi angka bertanda persen yang tersimpan sebagai tulisan, mulai dari '{isi}'.",
            "{kolom}: {n} cells hold numbers with a percent sign stored as text, starting with '{isi}'.",
        ),
    },
    remedies={
        "": _AGAIN,
        "banyak": _AGAIN_ALL,
        "jumlah": _AGAIN,
        "jumlah_banyak": _AGAIN_ALL,
        "strip": Text(
            "Tulis 0 bila memang nol; kosongkan bila belum ada.",
            "Write 0 if it is zero; leave it blank if there is none yet.",
        ),
        "strip_banyak": Text(
            "Tulis 0 bila memang nol; kosongkan bila belum ada.",
            "Write 0 if it is zero; leave it blank if there is none yet.",
        ),
        "persen": Text(
            "Ketik ulang sebagai {angka}, tanpa tanda persen. Jangan pakai 'Konversi ke Angka (Convert to Number)': Excel akan menyimpan "
            "{pecahan}.",
            "Type it again as {angka}, without the percent sign. Do not use 'Convert to Number': Excel would store {pecahan}.",
        ),
        "persen_banyak": Text(
            "Ketik ulang tanpa tanda persen: '{isi}' menjadi {angka}. Jangan pakai 'Konversi ke Angka (Convert to Number)': Excel akan "
            "menyimpan {pecahan}.",
            "Type them again without the percent sign: '{isi}' becomes {angka}. Do not use 'Convert to Number': Excel would store "
            "{pecahan}.",
        ),
    },
    severity=always(WARNING),
)
def number_as_text(document: Document) -> Iterator[Hit]:
    columns: dict[tuple[str, str, str], tuple[Table, list[tuple[Row, Entry]]]] = {}
    for table, row, key, entry in entries_where(document, lambda e: e.as_text and not e.fault):
        if lacked(document, table, row, key):
            continue  # HR06
        dash = read_number(str(entry.raw)).kind == "dash"
        if dash and row.expected.get(key) == "-":
            continue  # as the form's own formula would have it
        way = "strip" if dash else "persen" if "%" in str(entry.raw) else ""
        columns.setdefault((table.spec.key, key, way), (table, []))[1].append((row, entry))
    for (_, key, way), (table, found) in columns.items():
        made = _one_finding(table, key, found)
        if not way and (sums := passing_over(document, table, key, [row for row, _ in found])):
            way, made = "jumlah", _with_sums(made, sums, [cell.a1 for cell in sums])
        variant = "_".join(part for part in (way, made.variant) if part)
        yield replace(made, variant=variant, expected=None if way == "strip" else made.expected)


def _one_finding(table: Table, key: str, entries: list[tuple[Row, Entry]]) -> Hit:
    first = entries[0][1]
    assert isinstance(first.typed, Decimal)
    made = folded(
        table, [(row, key) for row, _ in entries], isi=shown(first), angka=first.typed, pecahan=first.typed / 100
    )
    return replace(made, found=first.raw, expected=first.typed)


def _with_sums(made: Hit, sums: Iterable[Cell], said: Sequence[str | Text]) -> Hit:
    """The finding with the sums that it is about; the first of them are named."""
    named = (*said[:_MOST], *(["..."] if len(said) > _MOST else []))
    return replace(made, related=(*made.related, *sums), values={**made.values, "jumlah": named})


@rule(
    "HR06",
    title=Text("Jumlah melewati angka yang tersimpan sebagai tulisan", "A sum that passes over numbers stored as text"),
    meaning=Text(
        "Isinya terbaca sebagai angka, tetapi tersimpan sebagai tulisan, dan jumlah di atasnya kurang tepat sebesar itu atau "
        "menampilkan #VALUE!.",
        "It reads as a number but is kept as text, and a sum above it is short by exactly that, or shows #VALUE!.",
    ),
    why=Text(
        "Excel melewati tulisan tanpa memberi tanda: jumlah itu, dan semua jumlah di atasnya, kurang dari rinciannya.",
        "Excel passes over text without any sign: that sum, and every sum above it, is less than its parts.",
    ),
    basis=EXCEL,
    remedy=_AGAIN_ALL,
    messages={
        "": Text(
            "{nama}: {kolom} berisi tulisan '{isi}', yang tidak terhitung pada {jumlah}.",
            "{nama}: {kolom} holds the text '{isi}', which does not count in {jumlah}.",
        ),
        "banyak": Text(
            "{kolom}: {n} sel berisi angka yang tersimpan sebagai tulisan, mulai dari '{isi}', yang tidak terhitung pada {jumlah}.",
            "{kolom}: {n} cells hold numbers stored as text, starting with '{isi}', which do not count in {jumlah}.",
        ),
    },
    remedies={"": _AGAIN},
    severity=always(ERROR),
)
def sum_passes_over(document: Document) -> Iterator[Hit]:
    for (kind, key), short in _short(document).items():
        table = document.tables[kind]
        made = _one_finding(table, key, [short.texts[number] for number in sorted(short.texts)])
        lost = sum((entry.typed for _, entry in short.texts.values() if isinstance(entry.typed, Decimal)), Decimal())
        sums = [_said(cell, lacking) for cell, lacking in short.sums.items()]
        yield replace(_with_sums(made, short.sums, sums), rupiah=lost)


def _said(cell: Cell, lacking: Decimal | None) -> Text:
    if lacking is None:
        return Text(f"{cell.a1} (#VALUE!)", f"{cell.a1} (#VALUE!)")
    return Text(f"{cell.a1} (kurang {say_rupiah(lacking, 'id')})", f"{cell.a1} (short by {say_rupiah(lacking, 'en')})")


RULES = (number_as_text, sum_passes_over)
