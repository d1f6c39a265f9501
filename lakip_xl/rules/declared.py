"""ST: can what Identitas and Pengaturan declare be read?"""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.form.spec import Period
from lakip_xl.rules.core import ERROR, WARNING, Basis, Hit, always, rule
from lakip_xl.table.model import Document

FORM = Basis(Text("Susunan formulir, edisi yang dipakai", "Layout of the form, the edition in use"), "seen")


@rule(
    "ST09",
    title=Text("Periode tidak dikenal", "An unknown period"),
    meaning=Text(
        "Periode pada Identitas tidak ada dalam daftar, sehingga batas dan pemeriksaan yang berlaku mungkin bukan yang dimaksud.",
        "The period in Identitas is not in the list, so bounds and checks may not be those that are meant.",
    ),
    why=Text(
        "Periode menentukan isian yang sudah jatuh tempo, batas, dan bobot catatan.",
        "The period decides which entries are due, the bounds, and the weight of findings.",
    ),
    basis=FORM,
    remedy=Text("Pilih periode dari daftar pada Identitas.", "Choose the period from the list in Identitas."),
    messages={
        "": Text(
            "Periode '{isi}' tidak dikenal; dihitung seperti {kelas}.",
            "The period '{isi}' is unknown; it counts as {kelas}.",
        )
    },
    remedies={
        "": Text(
            "Pilih dari daftar, misalnya 'Juni', 'TW II', atau 'Akhir tahun'.",
            "Choose from the list, e.g. 'Juni', 'TW II' or 'Akhir tahun'.",
        )
    },
    severity=always(ERROR),
)
def unknown_period(document: Document) -> Iterator[Hit]:
    for cell, _, shown, kind in _settings_faults(document):
        if kind == "periode":
            yield Hit(cell, found=shown, values={"isi": shown, "kelas": PERIODS[document.settings.period]})


PERIODS = {
    Period.MONTH: Text("bulan", "a month"),
    Period.QUARTER: Text("triwulan", "a quarter"),
    Period.YEAR: Text("akhir tahun", "the end of the year"),
}


def _settings_faults(document: Document) -> list[tuple[Cell, str, str, str]]:
    return list(getattr(document.settings, "faults", ()))


@rule(
    "ST10",
    title=Text("Pengaturan tidak terbaca", "A setting that cannot be read"),
    meaning=Text(
        "Batas atau batas bawah kategori pada Pengaturan bukan angka, atau kategori tidak urut dari yang terendah.",
        "A bound, or the lower bound of a category, in Pengaturan is no number, or the categories do not rise.",
    ),
    why=Text(
        "Pemeriksaan yang memakai batas itu tidak dijalankan, atau kategorinya keliru.",
        "Checks that use the bound are not made, or categories come out wrong.",
    ),
    basis=FORM,
    remedy=Text(
        "Ketik angkanya saja, tanpa tanda persen; urutkan kategori dari batas terendah.",
        "Type the number alone, without a percent sign; put the categories in order from the lowest bound.",
    ),
    messages={
        "": Text(
            "{label}: '{isi}' bukan angka yang dapat dihitung Excel.",
            "{label}: '{isi}' is no number that Excel calculates with.",
        ),
        "urutan": Text(
            "{label}: {isi} tidak lebih tinggi daripada batas di atasnya.",
            "{label}: {isi} is not higher than the bound above it.",
        ),
        "pilihan": Text(
            "{label}: '{isi}' tidak ada dalam daftar; dihitung dengan rumus pertama dalam daftar.",
            "{label}: '{isi}' is not in the list; the first formula of the list is used.",
        ),
    },
    remedies={
        "": Text(
            "Ketik angkanya saja sebagai angka, tanpa tanda persen; kosongkan bila tidak diperiksa.",
            "Type the number alone, as a number, without a percent sign; leave it blank where it is not to be checked.",
        ),
        "urutan": Text(
            "Urutkan kategori dari batas bawah yang terendah.", "Put the categories in order from the lowest bound."
        ),
        "pilihan": Text("Pilih dari daftar pada sel itu.", "Choose from the list in that cell."),
    },
    severity=always(WARNING),
)
def unread_settings(document: Document) -> Iterator[Hit]:
    found: dict[tuple[str, str], list[tuple[Cell, str]]] = {}
    for cell, label, shown, kind in _settings_faults(document):
        if kind != "periode":
            found.setdefault((label, "" if kind == "angka" else kind), []).append((cell, shown))
    for (label, variant), places in found.items():  # a bound has a cell for each class of period
        (first, shown), *more = places
        yield Hit(
            first, variant, found=shown, related=tuple(cell for cell, _ in more), values={"label": label, "isi": shown}
        )


RULES = (unknown_period, unread_settings)
