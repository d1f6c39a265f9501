"""What is written beside the figures: names that are missing, two things in one cell, an Identitas left blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xl.errors import Text
from lakip_xl.rules.core import WARNING, Basis, Hit, always, folded, rule
from lakip_xl.rules.reading import active, blank, measured
from lakip_xl.table.model import Document

FORM = Basis(Text("Petunjuk pengisian formulir", "The form's own instructions"), "seen")


@rule(
    "ST12",
    title=Text("Identitas belum lengkap", "Identitas is not complete"),
    meaning=Text(
        "Isian wajib pada Identitas masih kosong, misalnya Perangkat Daerah atau Tahun.",
        "A required field of Identitas is still blank, such as Perangkat Daerah or Tahun.",
    ),
    why=Text(
        "Judul setiap lembar dan Ringkasan mengambil nama dan tahun dari sini.",
        "The titles of all sheets and Ringkasan take name and year from here.",
    ),
    basis=FORM,
    remedy=Text("Isi pada lembar Identitas.", "Fill it in on the sheet Identitas."),
    messages={"": Text("Identitas laporan belum diisi: {isian}.", "The report's identity is still blank: {isian}.")},
    remedies={"": Text("Isi pada lembar {lembar}{bila}.", "Fill it in on the sheet {lembar}{bila}.")},
    severity=always(WARNING),
)
def identity_blank(document: Document) -> Iterator[Hit]:
    settings = document.settings
    bare = [
        field
        for field in document.form.identity
        if field.required and field.default is None and field.key in settings.cells
        if settings.identity.get(field.key) is None
    ]
    if bare:
        first, *others = (settings.cells[field.key] for field in bare)
        # An office's own workbook has its identity in Pengaturan, which a check alone does not write.
        when = _ADDED if first.sheet == settings.sheet else ""
        values = {"isian": tuple(field.label for field in bare), "lembar": first.sheet, "bila": when}
        yield Hit(first, related=tuple(others), values=values)


_ADDED = Text(
    ", yang ditambahkan oleh 'lakip-xl fill' bila belum ada", ", which 'lakip-xl fill' adds where there is none"
)


@rule(
    "IS21",
    title=Text("Kode tanpa uraian", "A code without a name"),
    meaning=Text(
        "Baris mempunyai KODE, tetapi nama program, kegiatan, sub kegiatan, atau belanjanya kosong.",
        "The row has a KODE, but the name of the program, activity, sub-activity or expenditure is blank.",
    ),
    why=Text("Pembaca matriks tidak mengenal kodenya.", "Readers of the matrix do not know the code."),
    basis=FORM,
    remedy=Text("Isi uraiannya sesuai DPA/DPPA.", "Enter the name from the DPA/DPPA."),
    messages={
        "": Text("Kode {kode}: uraiannya kosong.", "Code {kode}: its name is blank."),
        "banyak": Text(
            "Uraian kosong pada {n} baris yang mempunyai kode, mulai dari {kode}.",
            "The name is blank on {n} rows that have a code, starting with {kode}.",
        ),
    },
    severity=always(WARNING),
)
def name_blank(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        if not (table.has("kode") and table.has("uraian")):
            continue
        bare = [row for row in active(table) if row.text_of("kode") and blank(row.entry("uraian"))]
        if bare:
            yield folded(table, [(row, "uraian") for row in bare], kode=bare[0].text_of("kode"))


# "1. ... 2. ...", "1) ... 2) ...", "a. ... b. ...": the figure after the second number must be no decimal.
_NUMBERED = re.compile(
    r"\s*(?:1[.)]\s*[^\W\d].*?[\s;,.]2[.)]|[aA][.)]\s*[^\W\d]{3}.*?[\s;,.][bB][.)])\s*[^\W\d]", re.DOTALL
)


@rule(
    "IS22",
    title=Text("Beberapa indikator dalam satu sel", "Several indicators in one cell"),
    meaning=Text(
        "Satu sel memuat indikator bernomor 1, 2, dan seterusnya, padahal barisnya hanya mempunyai satu target dan satu realisasi.",
        "One cell holds indicators numbered 1, 2 and so on, although the row has one target and one realisation only.",
    ),
    why=Text("Hanya satu dari indikator itu yang dapat diukur.", "Only one of these indicators can be measured."),
    basis=FORM,
    remedy=Text(
        "Tulis setiap indikator pada baris sendiri; pada baris kedua kosongkan kode dan uraian.",
        "Write each indicator on a row of its own; leave code and name of the second row blank.",
    ),
    messages={
        "": Text("{nama}: satu sel memuat beberapa indikator.", "{nama}: one cell holds several indicators."),
        "banyak": Text(
            "{n} sel memuat beberapa indikator sekaligus, mulai dari '{nama}'.",
            "{n} cells hold several indicators at once, starting with '{nama}'.",
        ),
    },
    severity=always(WARNING),
)
def several_indicators(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        places = [(row, "indikator") for row in active(table) if _NUMBERED.match(row.text_of("indikator"))]
        if places:
            yield folded(table, places)


RULES = (identity_blank, name_blank, several_indicators)
