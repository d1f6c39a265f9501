"""Results that were typed: do they say what the form's formulas say, and may they stand where there is nothing to calculate from?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.form.formulas import PERCENT_UNITS
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.core import ERROR, WARNING, Basis, Hit, always, folded, hit, rule
from lakip_xl.rules.means import cause_of_mean, said_of_mean
from lakip_xl.rules.reading import (
    PAGU,
    SPENT,
    agrees,
    blank,
    by_hand,
    cells_of,
    computed,
    entries_where,
    figure,
    lower_is_better,
    measured,
    typed_without_target,
    zeroed,
)
from lakip_xl.table.model import Document, Entry, Row, Table

FORM = Basis(Text("Rumus kolom pada formulir", "The formulas of the form's columns"), "inferred")
AVERAGES = Basis(Text("Cara formulir menghitung rata-rata", "How the form calculates averages"), "inferred")
EXCEL = Basis(Text("Cara Excel menyimpan persen", "How Excel stores percentages"), "seen")

_ELSEWHERE = ("persen", "tingkat", "hasil_periksa")
"""Columns that rules of their own compare, and the flag, which is nobody's figure."""


@rule(
    "IS20",
    title=Text("Hasil yang diketik tidak sama dengan rumusnya", "A typed result differs from the form's formula"),
    meaning=Text(
        "Sel pada kolom yang dihitung formulir (misalnya kategori, kemajuan, rata-rata) diketik, dan isinya lain dari hitungannya.",
        "A cell of a column that the form calculates (category, progress, averages) was typed, and the calculation says otherwise.",
    ),
    why=Text(
        "Angka yang tercetak tidak mengikuti angka asalnya.", "The printed figure does not follow those it comes from."
    ),
    basis=FORM,
    remedy=Text(
        "Perbaiki angka asalnya bila keliru; bila tidak, kosongkan sel ini dan jalankan 'lakip-xl fill'.",
        "Correct the figures it comes from if wrong; if not, clear this cell and run 'lakip-xl fill'.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} tertulis {ada}, hitungannya {hitung}.", "{nama}: {kolom} is {ada}, calculated {hitung}."
        ),
        "kata": Text(
            "{nama}: {kolom} tertulis '{ada}', menurut hitungannya '{hitung}'.",
            "{nama}: {kolom} is '{ada}', by its calculation '{hitung}'.",
        ),
        "rata": Text(
            "{nama}: {kolom} menurut rumusnya {ada}, hitungannya {hitung}; rumus rata-ratanya {sebab}.",
            "{nama}: {kolom} is {ada} by its formula, calculated {hitung}; the mean {sebab}.",
        ),
    },
    remedies={
        "rata": Text(
            "Ubah rentang pada rumus ini sehingga setiap baris termuat tepat sekali, atau kosongkan selnya dan jalankan 'lakip-xl fill'.",
            "Change the range in this formula so that every row is taken in exactly once, or clear the cell and run 'lakip-xl fill'.",
        ),
    },
    severity=always(ERROR),
)
def result_differs(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        keys = [c.key for c in table.spec.columns if c.formula is not None]
        other_words = _other_words(document, table)
        if table.has("tw1"):
            keys = [key for key in keys if key != "realisasi"]  # against the quarters: a rule of its own
        for row in table.rows:
            for key in keys:
                if key in table.sums and row.children:
                    continue  # a sum, which other rules judge
                if key == "kategori" and other_words:
                    continue  # the office's own kategori, which Pengaturan does not have
                if key not in (*_ELSEWHERE, "capaian") and not zeroed(row):
                    yield from _differs(document, table, row, key)
        if table.total is not None:
            for key, _ in table.spec.footer:
                if table.has(key) and not _mean_of_means(table, key):
                    yield from _differs(document, table, table.total, key)


def _other_words(document: Document, table: Table) -> bool:
    """Whether an office's own table of IKU has kategori of another scale than that of Pengaturan."""
    names = {band.name.casefold() for band in document.settings.bands}
    return bool(table.spec.years) and any(row.text_of("kategori").casefold() not in {*names, ""} for row in table.rows)


def _mean_of_means(table: Table, key: str) -> bool:
    """Whether a typed mean in an office's own table of IKU is that of the means by sasaran: both are in use."""
    total, own = table.total, None if table.total is None else by_hand(table.total, key)
    if not table.spec.years or total is None or own is None:
        return False
    means = []
    for row in table.rows:
        found = [value for each in (row, *row.continuations) if (value := figure(each, key)) is not None]
        if row.head is None and found:
            means.append(sum(found, Decimal(0)) / len(found))
    return bool(means) and agrees(total, key, sum(means, Decimal(0)) / len(means))


def _differs(document: Document, table: Table, row: Row, key: str) -> Iterator[Hit]:
    entry, wanted, own = row.entry(key), computed(row, key), by_hand(row, key)
    if entry.ours or entry.fault:
        return
    if own is not None and wanted is not None:
        if not agrees(row, key, wanted) and not _per_thousand(table, row, key, wanted):
            shown = round_half_up(wanted, 6)
            why = cause_of_mean(document, table, row, key)
            related = _operands(table, row, key) if why is None else [table.cell(r, key) for rows in why for r in rows]
            yield hit(
                table, row, key, "" if why is None else "rata", found=own, expected=shown, difference=own - shown, related=related,
                ada=own, hitung=shown, sebab="" if why is None else said_of_mean(table, key, why),
            )  # fmt: skip
        return
    word, said = row.expected.get(key), row.text_of(key)
    if isinstance(word, str) and word not in ("", "-") and said and said.casefold() not in _words(document, row, word):
        yield hit(
            table, row, key, "kata",
            found=said, expected=word, related=_operands(table, row, key), ada=said, hitung=word,
        )  # fmt: skip


def _words(document: Document, row: Row, word: str) -> tuple[str, ...]:
    """The kategori of the capaian as it stands, and of the one it should be: then the capaian is the finding."""
    right = computed(row, "capaian")
    return (word.casefold(), document.settings.band(right).casefold() if right is not None else "")


_SCALES = tuple(Decimal(10) ** power for power in range(2, 7))


def _per_thousand(table: Table, row: Row, key: str, wanted: Decimal) -> bool:
    """Whether a quotient is given per 100, 1.000 or 100.000, as ratios of births or nurses are; the form does not know of which."""
    return (
        table.spec.key == "sasaran"
        and key == "realisasi"
        and row.text_of("satuan").casefold() not in PERCENT_UNITS
        and any(agrees(row, key, wanted * scale) for scale in _SCALES)
    )


_FROM = {
    "realisasi": ("pembilang", "penyebut"),
    "kategori": ("capaian",),
    "kemajuan": ("target_renstra", "realisasi"),
    "rata_sasaran": ("capaian",),
}


def _operands(table: Table, row: Row, key: str) -> list[Cell]:
    return [] if row is table.total else cells_of(table, row, *_FROM.get(key, ()))


@rule(
    "CP08",
    title=Text("Capaian diketik tanpa target", "An achievement typed without a target"),
    meaning=Text(
        "Target 0 atau kosong, sehingga capaian tidak dapat dihitung, tetapi capaiannya diketik.",
        "The target is 0 or blank, so that no achievement can be calculated, but one was typed.",
    ),
    why=Text(
        "Capaian yang diketik ikut dalam rata-rata, padahal tidak diukur terhadap apa pun.",
        "A typed achievement enters the averages, although it is measured against nothing.",
    ),
    basis=AVERAGES,
    remedy=Text(
        "Isi target sesuai Perjanjian Kinerja atau DPA/DPPA, atau kosongkan capaian; bila memang demikian, jelaskan dasarnya di "
        "PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Enter the target of the performance agreement or DPA/DPPA, or clear the achievement; if it is right, explain in "
        "PENJELASAN or KETERANGAN what it rests on.",
    ),
    messages={
        "": Text(
            "{nama}: target 0, tetapi capaian diketik {ada:pct} dan ikut dalam rata-rata.",
            "{nama}: the target is 0, but an achievement of {ada:pct} was typed and enters the averages.",
        ),
        "kosong": Text(
            "{nama}: target kosong, tetapi capaian diketik {ada:pct} dan ikut dalam rata-rata.",
            "{nama}: the target is blank, but an achievement of {ada:pct} was typed and enters the averages.",
        ),
        "rendah": Text(
            "{nama}: target 0 pada indikator makin rendah makin baik; capaian yang diketik, {ada:pct}, diterima bila dijelaskan.",
            "{nama}: target 0 for an indicator where lower is better; the typed achievement, {ada:pct}, is accepted once explained.",
        ),
    },
    remedies={
        "rendah": Text(
            "Jelaskan dasar capaiannya di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
            "Explain in PENJELASAN or KETERANGAN what the achievement rests on.",
        ),
    },
    severity=always(WARNING),
)
def achievement_without_target(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        for row in table.rows:
            own = typed_without_target(row)
            if own is None or zeroed(row):
                continue
            word = "kosong" if blank(row.entry("target")) else "rendah" if lower_is_better(row) else ""
            related = cells_of(table, row, "target", "realisasi")
            yield hit(table, row, "capaian", word, found=own, related=related, ada=own)


@rule(
    "IS23",
    title=Text("Persen ditulis sebagai pecahan", "A percentage entered as a fraction"),
    meaning=Text(
        "Sel pada kolom persen memakai format persen: yang tampak 90 %, tetapi isinya 0,9. Formulir menghitung dengan 90.",
        "A cell of a percent column is formatted as a percentage: it shows 90 % but holds 0.9. The form calculates with 90.",
    ),
    why=Text(
        "Rumus rata-rata dan HASIL PERIKSA membaca 0,9, padahal orang membaca 90.",
        "Averages and HASIL PERIKSA read 0.9, although people read 90.",
    ),
    basis=EXCEL,
    remedy=Text(
        "Ketik angka persennya (90, bukan 90 %) dengan format angka biasa (Number); bila berupa rumus, kalikan dengan 100.",
        "Type the percent points (90, not 90 %) with the format Number; multiply a formula by 100.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} menampilkan {tampil:pct}, tetapi ditulis sebagai pecahan: isinya {isi}.",
            "{nama}: {kolom} shows {tampil:pct}, but was entered as a fraction: it holds {isi}.",
        ),
        "banyak": Text(
            "{kolom}: {n} sel ditulis sebagai pecahan, mulai dari '{nama}' (tampak {tampil:pct}, isinya {isi}).",
            "{kolom}: {n} cells were entered as fractions, starting with '{nama}' (shows {tampil:pct}, holds {isi}).",
        ),
    },
    remedies={
        "": Text(
            "Ubah format selnya menjadi angka biasa (Number), lalu ketik {tampil}; bila berupa rumus, kalikan dengan 100.",
            "Change the cell's format to Number, then type {tampil}; multiply a formula by 100.",
        ),
        "banyak": Text(
            "Ubah format selnya menjadi angka biasa (Number), lalu ketik angka persennya, misalnya {tampil}; bila berupa rumus, "
            "kalikan dengan 100.",
            "Change the format of the cells to Number, then type the percent points, such as {tampil}; multiply formulas by 100.",
        ),
    },
    severity=always(WARNING),
)
def percent_as_fraction(document: Document) -> Iterator[Hit]:
    columns: dict[tuple[str, str], list[tuple[Table, Row, Entry]]] = {}
    for table, row, key, entry in entries_where(document, lambda e: e.scaled and bool(e.typed)):
        columns.setdefault((table.spec.key, key), []).append((table, row, entry))
    for (_, key), found in columns.items():
        table, _, first = found[0]
        assert isinstance(first.typed, Decimal)
        shown, held = round_half_up(first.typed, 4), round_half_up(first.typed / 100, 6)
        made = folded(table, [(row, key) for _, row, _ in found], tampil=shown, isi=held)
        yield replace(made, found=held, expected=shown)


@rule(
    "AG07",
    title=Text("Baris dinolkan atau nihil masih memuat angka", "A row out of use still holds figures"),
    meaning=Text(
        "STATUS baris ini dinolkan atau nihil, tetapi anggaran, realisasi anggaran, atau realisasi kinerjanya tidak 0.",
        "The row's STATUS is dinolkan or nihil, but its budget, spending or realisation is not 0.",
    ),
    why=Text(
        "Anggaran dan realisasinya tetap masuk ke semua jumlah di atasnya, padahal barisnya tidak diperiksa lagi.",
        "Its money still enters every sum above, although the row is no longer checked.",
    ),
    basis=AVERAGES,
    remedy=Text(
        "Tulis 0 atau kosongkan angkanya; bila kegiatannya memang berjalan, pilih STATUS 'aktif'.",
        "Write 0 or clear the figures; if the activity does take place, choose STATUS 'aktif'.",
    ),
    messages={
        "": Text(
            "{nama}: STATUS '{status}', tetapi masih terisi: {isi}.",
            "{nama}: STATUS is '{status}', but still filled: {isi}.",
        )
    },
    severity=always(WARNING),
)
def figures_out_of_use(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        for row in table.rows:
            if row.children or not zeroed(row):
                continue
            keys = [
                k for k in (PAGU, SPENT, "realisasi", "tw1", "tw2", "tw3", "tw4") if table.has(k) and by_hand(row, k)
            ]
            if keys:
                money = by_hand(row, PAGU) or by_hand(row, SPENT)
                yield hit(
                    table, row, keys[0], found=by_hand(row, keys[0]), rupiah=money,
                    related=cells_of(table, row, *keys[1:], "status"), status=(row.head or row).text_of("status"),
                    isi=tuple(table.spec.by_key[key].heading for key in keys),
                )  # fmt: skip


RULES = (result_differs, achievement_without_target, percent_as_fraction, figures_out_of_use)
