"""IS (isian): is what was entered within its range, its pattern, its list, and in its place?"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.form.edition_2026 import PLANNED as PLANNED_BY_MONTH
from lakip_xl.form.edition_2026 import SPENT as SPENT_BY_MONTH
from lakip_xl.form.spec import Kind
from lakip_xl.rules.core import ERROR, WARNING, Basis, Hit, always, folded, hit, rule
from lakip_xl.rules.reading import SPENT, choice_with_spaces, entries_where, zeroed
from lakip_xl.rules.slips import OVERFLOWS
from lakip_xl.table.model import Document, Row, Table

FORM = Basis(Text("Petunjuk pengisian formulir", "The form's own instructions"), "seen")
PRACTICE = Basis(Text("Kebiasaan pemeriksaan menurut periode", "What is usually checked in each period"), "practice")
EXCEL = Basis(Text("Cara Excel menghitung", "How Excel calculates"), "seen")


def _failures(document: Document, check: str) -> Iterator[tuple[Table, Row, str]]:
    from lakip_xl.rules.schema import failures

    for table in document.tables.values():
        for failure in failures(table):
            if failure.check == check and not zeroed(failure.row):
                yield table, failure.row, failure.key


@rule(
    "IS10",
    title=Text("Angka negatif", "Negative number"),
    meaning=Text("Target, realisasi, atau rupiah kurang dari 0.", "A target, realisation or amount is below 0."),
    why=Text(
        "Angka pada matriks tidak pernah negatif; tanda minus biasanya salah ketik atau koreksi yang keliru tempat.",
        "Figures of the matrix are never negative; a minus is a typing slip or a correction in the wrong place.",
    ),
    basis=FORM,
    remedy=Text(
        "Perbaiki angkanya; pengembalian belanja dikurangkan dari realisasi anggaran, tidak ditulis tersendiri.",
        "Correct the number; refunds are subtracted from the spending, not written on their own.",
    ),
    messages={
        "": Text("{nama}: {kolom} berisi {isi}.", "{nama}: {kolom} holds {isi}."),
        "rupiah": Text("{nama}: {kolom} berisi {isi:rp}.", "{nama}: {kolom} holds {isi:rp}."),
        "belanja": Text("{nama}: {kolom} berisi {isi:rp}.", "{nama}: {kolom} holds {isi:rp}."),
    },
    remedies={
        "": Text("Hapus tanda minusnya, atau perbaiki angkanya.", "Remove the minus, or correct the number."),
        "rupiah": Text("Perbaiki angkanya sesuai DPA/DPPA.", "Correct the amount to that of the DPA/DPPA."),
    },
    severity=always(ERROR),
)
def negative(document: Document) -> Iterator[Hit]:
    for table, row, key in _failures(document, "negative"):
        value = row.number_of(key)
        below = row.children if key in table.sums else ()
        if value in OVERFLOWS:
            continue  # a program's limit is a finding of its own
        if not row.entry(key).ours and not any((child.number_of(key) or 0) < 0 for child in below):
            money = table.spec.by_key[key].kind is Kind.RUPIAH
            word = "" if not money else "belanja" if key == SPENT else "rupiah"
            yield hit(table, row, key, word, found=value, isi=value)


@rule(
    "IS11",
    title=Text("Kode tidak menurut susunannya", "Malformed code"),
    meaning=Text(
        "Kode bukan kode program, kegiatan, atau sub kegiatan yang lengkap, misalnya 1.06.01.2.01.0001; atau Excel mengubahnya "
        "menjadi angka.",
        "The code is not that of a program, activity or sub-activity, such as 1.06.01.2.01.0001; or Excel turned it into a number.",
    ),
    why=Text(
        "Tingkat baris dan pencocokan dengan SIPD memakai kode ini.",
        "The level of the row and the match with SIPD rest on the code.",
    ),
    basis=Basis(
        Text(
            "Permendagri 90/2019; Kepmendagri 050-5889/2021 dan 900.1.15.5-1317/2023",
            "Permendagri 90/2019; Kepmendagri 050-5889/2021 and 900.1.15.5-1317/2023",
        ),
        "inferred",
    ),
    remedy=Text(
        "Tulis kode lengkap sesuai nomenklatur, sebagai teks (format sel Text).",
        "Write the full code of the nomenclature as text (cell format Text).",
    ),
    messages={
        "": Text(
            "{nama}: kode '{isi}' tidak menurut susunan kode.", "{nama}: the code '{isi}' is not of the form of a code."
        ),
        "angka": Text(
            "{nama}: kode tersimpan sebagai angka {isi}; angka nol atau titiknya dapat hilang.",
            "{nama}: the code is stored as the number {isi}; a zero or a dot of it may be lost.",
        ),
        "tanggal": Text(
            "{nama}: kode tersimpan sebagai angka {isi}, yang bagi Excel berarti tanggal {tanggal}; ketikan seperti 1.06 atau 1-6 berubah "
            "menjadi tanggal.",
            "{nama}: the code is stored as the number {isi}, which to Excel is the date {tanggal}; entries such as 1.06 or 1-6 become "
            "dates.",
        ),
        "panjang": Text(
            "{nama}: kode '{isi}' tidak menurut susunan kode; mungkin maksudnya '{mungkin}'.",
            "{nama}: the code '{isi}' is not of the form of a code; perhaps '{mungkin}' is meant.",
        ),
        "angka_banyak": Text(
            "{n} kode tersimpan sebagai angka, mulai dari {isi} ({nama}); angka nol atau titiknya dapat hilang.",
            "{n} codes are stored as numbers, starting with {isi} ({nama}); a zero or a dot of them may be lost.",
        ),
        "panjang_banyak": Text(
            "{n} kode tidak menurut susunan kode, mulai dari '{isi}' ({nama}); mungkin maksudnya '{mungkin}', dan seterusnya.",
            "{n} codes are not of the form of a code, starting with '{isi}' ({nama}); perhaps '{mungkin}' is meant, and so on.",
        ),
    },
    remedies={
        "panjang_banyak": Text(
            "Tulis jenis kegiatan dengan satu angka sesuai nomenklatur: '{mungkin}', bukan '{isi}'.",
            "Write the kind of activity as one digit, as the nomenclature does: '{mungkin}', not '{isi}'.",
        ),
    },
    severity=always(ERROR),
)
def malformed_code(document: Document) -> Iterator[Hit]:
    numbers = [
        (t, row, key)
        for t, row, key, e in entries_where(document, lambda e: e.fault == "number")
        if t.spec.by_key[key].kind is Kind.CODE
    ]
    alike: dict[tuple[str, str], list[tuple[Table, Row, str]]] = {}  # with one remedy for all of them
    for table, row, key in numbers:
        alike.setdefault((table.spec.key, "angka"), []).append((table, row, key))
    for table, row, key in _failures(document, "code"):
        code = row.text_of(key)
        if row.entry(key).fault:
            continue
        if _likely_code(code):
            alike.setdefault((table.spec.key, "panjang"), []).append((table, row, key))
        else:
            yield hit(table, row, key, found=code, isi=code)
    for (_, word), found in alike.items():
        table, row, key = found[0]
        likely = _likely_code(row.text_of(key)) if word == "panjang" else None
        made = folded(table, [(other, key) for _, other, key in found], isi=row.text_of(key), mungkin=likely)
        date = _as_date(document, row, key)
        if date:
            made = replace(made, values={**made.values, "tanggal": date})
        variant = f"{word}_banyak" if made.variant else "tanggal" if date else word
        yield replace(made, variant=variant, found=row.entry(key).raw, expected=likely)


def _as_date(document: Document, row: Row, key: str) -> str:
    """The date that a code which became a number is to Excel, where it lies near the year of the report; "" elsewhere."""
    raw, year = row.entry(key).raw, document.settings.year
    if not isinstance(raw, float) or not raw.is_integer() or year is None:
        return ""
    try:
        day = datetime.date(1899, 12, 30) + datetime.timedelta(days=raw)
    except OverflowError:  # beyond the years that have a date
        return ""
    return f"{day.day}/{day.month}/{day.year}" if abs(day.year - year) <= 2 else ""


def _likely_code(code: str) -> str:
    """The kegiatan's first digit written with a zero before it, as some offices do: 1.01.01.02.01 for 1.01.01.2.01."""
    parts = code.rstrip(".").split(".")
    return ".".join([*parts[:3], parts[3][1], *parts[4:]]) if len(parts) > 4 and parts[3] in ("01", "02") else ""


@rule(
    "IS12",
    title=Text("Baris ganda", "Duplicate row"),
    meaning=Text(
        "Kode (atau nama pada tempat yang sama) sudah dipakai baris lain dalam sub unit yang sama.",
        "The code (or the name in the same place) is used by another row of the same sub-unit.",
    ),
    why=Text("Anggarannya terhitung dua kali.", "Its budget is counted twice."),
    basis=FORM,
    remedy=Text(
        "Hapus salah satu, atau perbaiki kodenya. Untuk indikator kedua, kosongkan kode dan uraian.",
        "Delete one of them, or correct the code. For a second indicator leave code and name blank.",
    ),
    messages={
        "": Text(
            "{nama}: {kunci} sudah dipakai pada baris {baris}.", "{nama}: {kunci} is used on row {baris} already."
        ),
        "rupiah": Text(
            "{nama}: sudah ada pada baris {baris} dengan indikator lain dan rupiah yang tidak sama; keduanya dijumlahkan.",
            "{nama}: is on row {baris} already, with another indicator and money that is not the same; both are summed.",
        ),
    },
    remedies={
        "rupiah": Text(
            "Bila ini indikator kedua, kosongkan rupiahnya (anggaran cukup pada baris {baris}); bila bukan, perbaiki namanya.",
            "If this is a second indicator, blank its money (row {baris} holds the budget); if not, correct its name.",
        ),
    },
    severity=always(ERROR),
)
def duplicate(document: Document) -> Iterator[Hit]:
    first: dict[tuple[str, str], Row] = {}
    for table, row, _ in _failures(document, "duplicate"):
        earlier = first.setdefault((table.spec.key, row.record), row)
        if earlier is not row:
            key = next((key for key in ("kode", "uraian", "indikator") if row.text_of(key)), "indikator")
            if not table.has(key):
                continue  # rows without a name where the table has no other: they are asked about as such
            variant = "rupiah" if _other_money(table, earlier, row) else ""
            yield hit(
                table,
                row,
                key,
                variant,
                found=row.text_of(key),
                related=[table.cell(earlier, key)],
                kunci=row.text_of(key),
                baris=earlier.number,
            )


def _other_money(table: Table, earlier: Row, row: Row) -> bool:
    """Whether names in columns are written again right below, for another indicator, with money that differs: then which figure holds?"""
    above = table.rows[table.rows.index(row) - 1]
    return (
        bool(table.parted)
        and (above.head or above) is earlier
        and row.text_of("indikator") not in ("", earlier.text_of("indikator"))
        and any(row.entry(key).filled and row.number_of(key) != earlier.number_of(key) for key in table.sums)
    )


@rule(
    "IS13",
    title=Text("Pilihan tidak dikenal", "A word that is not in the list"),
    meaning=Text("Isinya bukan salah satu pilihan kolom itu.", "The content is none of the column's choices."),
    why=Text("Pilihan yang tidak dikenal tidak berpengaruh apa pun.", "A word that is not known has no effect."),
    basis=FORM,
    remedy=Text("Pilih dari daftar.", "Choose from the list."),
    messages={
        "": Text("{nama}: {kolom} berisi '{isi}'.", "{nama}: {kolom} holds '{isi}'."),
        "spasi": Text(
            "{nama}: {kolom} berisi '{isi}'; ada spasi di depan, di belakang, atau di dalam, sehingga Excel tidak mengenalinya.",
            "{nama}: {kolom} holds '{isi}'; it has a stray space, so that Excel does not know it.",
        ),
    },
    remedies={
        "": Text("Pilih salah satu: {pilihan}.", "Choose one of: {pilihan}."),
        "spasi": Text("Pilih lagi '{pilihan}' dari daftar.", "Choose '{pilihan}' from the list again."),
    },
    severity=always(WARNING),
)
def unknown_word(document: Document) -> Iterator[Hit]:
    for table, row, key in _failures(document, "word"):
        word = row.text_of(key)
        yield hit(table, row, key, found=word, isi=word, pilihan=table.spec.by_key[key].choices)
    for table in document.tables.values():
        keys = [c.key for c in table.spec.columns if c.choices and c.key != "tingkat" and table.has(c.key)]
        for row in table.rows:
            for key in keys if row.in_use else ():
                tidy = choice_with_spaces(table, row, key)
                if tidy:
                    raw = row.entry(key).raw
                    yield hit(table, row, key, "spasi", found=raw, expected=tidy, isi=raw, pilihan=tidy)


@rule(
    "IS14",
    title=Text("Rupiah pada baris indikator tambahan", "Money on the row of a further indicator"),
    meaning=Text(
        "Baris tanpa kode dan uraian adalah indikator tambahan dari baris di atasnya; baris ini memuat rupiah.",
        "A row without code and name is a further indicator of the row above; this one holds money.",
    ),
    why=Text(
        "Rupiah di sini tidak masuk ke jumlah mana pun, atau terhitung dua kali.",
        "Money here enters no sum, or is counted twice.",
    ),
    basis=FORM,
    remedy=Text(
        "Pindahkan rupiahnya ke baris di atasnya, atau isi kode dan uraian bila ini baris tersendiri.",
        "Move the money to the row above, or fill in code and name if this is a row of its own.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} {isi:rp} berada pada baris indikator tambahan dari '{induk}'.",
            "{nama}: {kolom} {isi:rp} stands on a further indicator of '{induk}'.",
        ),
        "bulan": Text(
            "{nama}: {isi:rp} pada {n} sel bulan berada pada baris indikator tambahan dari '{induk}', sehingga tidak masuk ke Matriks.",
            "{nama}: {isi:rp} in {n} cells of months stand on a further indicator of '{induk}', and do not reach Matriks.",
        ),
    },
    severity=always(ERROR),
)
def money_on_continuation(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        for row in table.rows:
            if row.head is None or zeroed(row):
                continue
            for key in table.sums:
                value = row.number_of(key)
                if row.again and value == row.head.number_of(key):
                    continue  # written once more, as the names are: no sum of ours gathers it, and the user's own are judged as sums
                if value and not row.entry(key).ours:
                    above: list[Cell] = [table.cell(row.head, key)]
                    yield hit(table, row, key, found=value, rupiah=value, related=above, isi=value, induk=row.head.name)
            for keys in (SPENT_BY_MONTH, PLANNED_BY_MONTH):
                numbers = {key: value for key in keys if table.has(key) and (value := row.number_of(key))}
                if numbers:
                    first, value = next(iter(numbers)), sum(numbers.values(), Decimal())
                    yield hit(
                        table, row, first, "bulan", found=numbers[first], rupiah=abs(value), related=[table.cell(row.head, first)],
                        isi=value, n=len(numbers), induk=row.head.name,
                    )  # fmt: skip


RULES = (negative, malformed_code, duplicate, unknown_word, money_on_continuation)
