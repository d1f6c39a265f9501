"""IS (isian): can every cell be read without a doubt?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lakip_xl.errors import Text
from lakip_xl.numbers import read_number
from lakip_xl.rules.astext import lacked
from lakip_xl.rules.core import ERROR, Basis, Hit, always, hit, rule
from lakip_xl.rules.nonnumbers import shown
from lakip_xl.rules.operands import (
    shown_as_error,
    spoiled_sum,
    target_makes_error,
    texts_as_operands,
    unreadable_operands,
)
from lakip_xl.rules.reading import cells_of, entries_where
from lakip_xl.rules.spelling import in_words, typed
from lakip_xl.rules.sums import summed
from lakip_xl.table.model import Document

FORM = Basis(Text("Petunjuk pengisian formulir", "The form's own instructions"), "seen")
PRACTICE = Basis(Text("Kebiasaan pemeriksaan menurut periode", "What is usually checked in each period"), "practice")
EXCEL = Basis(Text("Cara Excel menghitung", "How Excel calculates"), "seen")


@rule(
    "IS06",
    title=Text("Angka bermakna ganda", "A number with two readings"),
    meaning=Text(
        "Tulisan seperti 1.234 dapat berarti seribu dua ratus tiga puluh empat, dapat pula satu koma dua tiga empat.",
        "Text such as 1.234 may mean one thousand two hundred thirty-four, or one point two three four.",
    ),
    why=Text("Salah baca berarti salah seribu kali.", "A wrong reading is wrong by a factor of a thousand."),
    basis=EXCEL,
    remedy=Text("Ketik ulang sebagai angka, bukan tulisan.", "Type it again as a number, not as text."),
    messages={
        "": Text(
            "{nama}: {kolom} berisi '{isi}'; dapat berarti {pertama} atau {kedua}.",
            "{nama}: {kolom} holds '{isi}'; it may mean {pertama} or {kedua}.",
        )
    },
    remedies={
        "": Text(
            "Bila maksudnya {kata_pertama}, ketik {ketik_pertama}; bila {kata_kedua}, ketik {ketik_kedua}.",
            "If {kata_pertama} is meant, type {ketik_pertama}; if {kata_kedua}, type {ketik_kedua}.",
        )
    },
    severity=always(ERROR),
)
def ambiguous(document: Document) -> Iterator[Hit]:
    for table, row, key, entry in entries_where(document, lambda e: e.fault == "ambiguous"):
        first, second = read_number(str(entry.raw)).alternatives[:2]
        yield hit(
            table, row, key, found=entry.raw, related=shown_as_error(table, row, key),
            isi=shown(entry), pertama=first, kedua=second, kata_pertama=in_words(first), kata_kedua=in_words(second),
            ketik_pertama=typed(first), ketik_kedua=typed(second),
        )  # fmt: skip


@rule(
    "IS07",
    title=Text("Angka dan satuan dalam satu sel", "Number and unit in one cell"),
    meaning=Text(
        "Sel angka memuat satuan, misalnya '232 Org'.", "A numeric cell holds its unit too, such as '232 Org'."
    ),
    why=Text(
        "Bagi Excel itu tulisan, sehingga capaian tidak dapat dihitung.",
        "To Excel that is text, so nothing can be calculated.",
    ),
    basis=EXCEL,
    remedy=Text(
        "Tulis angkanya saja dan satuannya di kolom SATUAN.",
        "Write the number alone and its unit in the column SATUAN.",
    ),
    messages={"": Text("{nama}: {kolom} berisi '{isi}'.", "{nama}: {kolom} holds '{isi}'.")},
    remedies={
        "": Text(
            "Tulis {angka} saja; '{satuan}' di kolom SATUAN.",
            "Write {angka} alone; '{satuan}' goes to the column SATUAN.",
        )
    },
    severity=always(ERROR),
)
def with_unit(document: Document) -> Iterator[Hit]:
    for table, row, key, entry in entries_where(document, lambda e: e.fault == "unit"):
        read = read_number(str(entry.raw))
        number = read.value if read.value is not None else shown(entry)
        yield hit(
            table, row, key, found=entry.raw, expected=read.value, related=shown_as_error(table, row, key),
            isi=shown(entry), angka=number, satuan=read.unit,
        )  # fmt: skip


@rule(
    "IS08",
    title=Text("Sel berisi error", "An error in a cell"),
    meaning=Text(
        "Sel menampilkan error seperti #DIV/0!, #REF!, atau #VALUE!.",
        "The cell shows an error like #DIV/0!, #REF! or #VALUE!.",
    ),
    why=Text(
        "Error menular ke semua rumus yang memakai sel itu.", "An error spreads to every formula that uses the cell."
    ),
    basis=EXCEL,
    remedy=Text(
        "Perbaiki rumus atau sel yang diacunya; pada kolom yang dihitung, hapus isinya lalu jalankan 'lakip-xl fill'.",
        "Mend the formula or the cell it refers to; in a calculated column, clear it and run 'lakip-xl fill'.",
    ),
    messages={
        "": Text("{nama}: {kolom} berisi {isi}.", "{nama}: {kolom} holds {isi}."),
        "rumus": Text("{nama}: {kolom} berisi {isi}.", "{nama}: {kolom} holds {isi}."),
        "nol": Text("{nama}: {kolom} berisi {isi}.", "{nama}: {kolom} holds {isi}."),
        "target": Text(
            "{nama}: {kolom} berisi {isi}, karena targetnya 0.",
            "{nama}: {kolom} holds {isi}, since the target is 0.",
        ),
        "tulisan": Text(
            "{nama}: {kolom} berisi {isi}, karena {sel} berisi angka yang tersimpan sebagai tulisan.",
            "{nama}: {kolom} holds {isi}, since {sel} holds a number stored as text.",
        ),
    },
    remedies={
        "tulisan": Text(
            "Ketik ulang {sel} sebagai angka; sel ini lalu terhitung sendiri. Rumusnya biarkan.",
            "Type {sel} again as a number; this cell then calculates itself. Leave its formula.",
        ),
        "rumus": Text(
            "Hapus isi sel ini lalu jalankan 'lakip-xl fill', yang menulis rumus formulir.",
            "Clear this cell and run 'lakip-xl fill', which writes the form's formula.",
        ),
        "nol": Text(
            "Hapus isi sel ini lalu jalankan 'lakip-xl fill': rumus formulir menulis '-' bila pembaginya 0.",
            "Clear this cell and run 'lakip-xl fill': the form's formula writes '-' where the divisor is 0.",
        ),
        "target": Text(
            "Isi target sesuai Perjanjian Kinerja atau DPA/DPPA. Bila memang 0, hapus isi sel ini lalu jalankan 'lakip-xl fill': "
            "rumus formulir menulis '-'.",
            "Enter the target of the performance agreement or DPA/DPPA. If it is 0, clear this cell and run 'lakip-xl fill': the "
            "form's formula writes '-'.",
        ),
    },
    severity=always(ERROR),
)
def error_cell(document: Document) -> Iterator[Hit]:
    by_target: dict[tuple[str, int], Hit] = {}  # the first cell of a row that divides by a target of 0, with the others
    for found in _error_cells(document):
        place = found.cell.sheet, found.cell.row
        first = by_target.get(place)
        if found.variant != "target":
            yield found
        elif first is None:
            by_target[place] = found
        else:
            by_target[place] = replace(first, related=(*first.related, found.cell))
    yield from by_target.values()


def _error_cells(document: Document) -> Iterator[Hit]:
    for table, row, key, entry in entries_where(document, lambda e: e.fault == "error"):
        if unreadable_operands(table, row, key) or (key in table.sums and spoiled_sum(summed(table, row), row, key)):
            continue  # what it hangs on is the finding
        if texts := texts_as_operands(row, key):
            if not all(lacked(document, table, *text) for text in texts):  # else it is an error there
                cells = [table.cell(*text) for text in texts]
                yield hit(
                    table, row, key, "tulisan", found=entry.raw, related=cells, isi=str(entry.raw), sel=[c.a1 for c in cells]
                )  # fmt: skip
            continue
        word = "rumus" if table.spec.by_key[key].prefilled else ""
        if word and str(entry.raw) == "#DIV/0!":
            word = "target" if target_makes_error(table, row, key) else "nol"
        related = cells_of(table, row, "target") if word == "target" else shown_as_error(table, row, key)
        yield hit(table, row, key, word, found=entry.raw, related=related, isi=str(entry.raw))


RULES = (ambiguous, with_unit, error_cell)
