"""IS and HR: numbers that Excel keeps as text, and the sums that pass over them in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.form.spec import Kind
from lakip_xl.numbers import read_number, say_rupiah
from lakip_xl.rules.addends import passing_over
from lakip_xl.rules.core import ERROR, WARNING, Basis, Hit, always, folded, rule
from lakip_xl.rules.nonnumbers import shown
from lakip_xl.rules.reading import entries_where
from lakip_xl.table.model import Document, Entry, Row, Table

EXCEL = Basis(Text("Cara Excel menghitung", "How Excel calculates"), "seen")

_AGAIN = Text(
    "Ketik ulang sebagai angka {angka}, atau pilih selnya lalu 'Konversi ke Angka (Convert to Number)'.",
    "Type it again as the number {angka}, or select the cell and choose 'Convert to Number'.",
)
_AGAIN_ALL = Text(
    "Ketik ulang sebagai angka, atau blok selnya lalu pilih 'Konversi ke Angka (Convert to Number)'.",
    "Type them again as numbers, or select the cells and choose 'Convert to Number'.",
)


class _Texts(NamedTuple):
    """The numbers of one column that are stored as text and mended in one way, and the sums that pass over them."""

    table: Table
    key: str
    way: str  # "strip", "persen", or "" for the usual way
    entries: list[tuple[Row, Entry]]
    sums: dict[Cell, list[Row]]

    def passed(self) -> list[tuple[Row, Entry]]:
        """Those that make a sum too small."""
        rows = {row.number for rows in self.sums.values() for row in rows}
        return [(row, entry) for row, entry in self.entries if row.number in rows and entry.typed]


def _texts(document: Document) -> Iterator[_Texts]:
    columns: dict[tuple[str, str, str], list[tuple[Table, Row, Entry]]] = {}
    for table, row, key, entry in entries_where(document, lambda e: e.as_text and not e.fault):
        dash = read_number(str(entry.raw)).kind == "dash"
        way = "strip" if dash else "persen" if "%" in str(entry.raw) else ""
        columns.setdefault((table.spec.key, key, way), []).append((table, row, entry))
    for (_, key, way), found in columns.items():
        table = found[0][0]
        # A sum of percentages means nothing; that it passes over one is not what is wrong with it.
        sums = {} if way else passing_over(document, table, key, [row for _, row, _ in found])
        yield _Texts(table, key, way, [(row, entry) for _, row, entry in found], sums)


def _one_finding(texts: _Texts, entries: list[tuple[Row, Entry]]) -> Hit:
    first = entries[0][1]
    assert isinstance(first.typed, Decimal)
    made = folded(
        texts.table, [(row, texts.key) for row, _ in entries],
        isi=shown(first), angka=first.typed, pecahan=first.typed / 100,
    )  # fmt: skip
    variant = "_".join(part for part in (texts.way, made.variant) if part)
    return replace(made, variant=variant, found=first.raw, expected=None if texts.way == "strip" else first.typed)


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
        "Ketik ulang sebagai angka, atau blok selnya lalu pilih 'Konversi ke Angka (Convert to Number)'. Angka bertanda persen selalu "
        "diketik ulang tanpa tandanya.",
        "Type it again as a number, or select the cells and choose 'Convert to Number'. Numbers with a percent sign are always typed "
        "again, without the sign.",
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
    for texts in _texts(document):
        passed = {row.number for row, _ in texts.passed()}
        if rest := [(row, entry) for row, entry in texts.entries if row.number not in passed]:
            yield _one_finding(texts, rest)


@rule(
    "HR06",
    title=Text("Jumlah melewati angka yang tersimpan sebagai tulisan", "A sum that passes over numbers stored as text"),
    meaning=Text(
        "Rumus jumlahnya memuat sel ini, tetapi isinya tersimpan sebagai tulisan, sehingga SUM tidak menghitungnya.",
        "The formula of the sum takes in this cell, but it is kept as text, so that SUM does not count it.",
    ),
    why=Text(
        "Jumlah itu, dan semua jumlah di atasnya, kurang dari rinciannya, dan Excel tidak memberi tanda apa pun.",
        "That sum, and every sum above it, is less than its parts, and Excel gives no sign of it.",
    ),
    basis=EXCEL,
    remedy=_AGAIN_ALL,
    messages={
        "": Text(
            "{nama}: {kolom} berisi tulisan '{isi}'; jumlah pada {jumlah} melewatinya, sehingga kurang {kurang}.",
            "{nama}: {kolom} holds the text '{isi}'; the sum in {jumlah} passes over it and is short by {kurang}.",
        ),
        "banyak": Text(
            "{kolom}: {n} sel berisi angka yang tersimpan sebagai tulisan, mulai dari '{isi}', seluruhnya {kurang}; jumlah pada {jumlah} "
            "melewatinya.",
            "{kolom}: {n} cells hold numbers stored as text, starting with '{isi}', {kurang} in all; the sum in {jumlah} passes over them.",
        ),
    },
    remedies={"": _AGAIN},
    severity=always(ERROR),
)
def sum_passes_over(document: Document) -> Iterator[Hit]:
    for texts in _texts(document):
        if not (passed := texts.passed()):
            continue
        made = _one_finding(texts, passed)
        lost = sum((entry.typed for _, entry in passed if isinstance(entry.typed, Decimal)), Decimal())
        wrong = {row.number for row, _ in passed}
        sums = [cell for cell, rows in texts.sums.items() if any(row.number in wrong for row in rows)]
        money = texts.table.spec.by_key[texts.key].kind is Kind.RUPIAH
        said = (*(cell.a1 for cell in sums[:6]), *(["..."] if len(sums) > 6 else []))
        yield replace(
            made,
            related=(*made.related, *sums),
            rupiah=lost if money else None,
            values={**made.values, "jumlah": said, "kurang": _rupiah(lost) if money else lost},
        )


def _rupiah(amount: Decimal) -> Text:
    return Text(say_rupiah(amount, "id"), say_rupiah(amount, "en"))


RULES = (number_as_text, sum_passes_over)
