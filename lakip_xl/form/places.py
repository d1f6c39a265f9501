"""Where identity and settings stand in a workbook: the words by which they are found, and their cells as the formulas' settings.

The template writes these words and the reader looks for them, so they are said here once. A user may insert rows and move sections;
the words stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from lakip_xl.cells import Cell
from lakip_xl.form import efficiency
from lakip_xl.form.binding import fixed
from lakip_xl.form.expressions import Const, Expr, Key, Listed, Range, Setting, Span, bind
from lakip_xl.form.spec import MAX_BANDS, Field, FormSpec

IDENTITY_SHEET = "Identitas"
SETTINGS_SHEET = "Pengaturan"

# Headings of the sections, in column A. In a workbook without the sheet Identitas, Pengaturan begins with the identity.
IDENTITY_SECTION = "Identitas"
CALCULATION_SECTION = "Perhitungan"
THRESHOLD_SECTION = "Batas pemeriksaan menurut periode"
BAND_SECTION = "Kategori capaian"

IN_FORCE = "Berlaku"
FIELD_HEADINGS = ("Isian", "Nilai", "Keterangan")
THRESHOLD_HEADINGS = ("Batas", "Bulan", "Triwulan", "Akhir tahun", IN_FORCE, "Keterangan")
BAND_HEADINGS = ("Kategori", "Batas bawah (%)")

SETTINGS_NAME = "_lakip_pengaturan"
"""The hidden defined name of a Pengaturan that was brought into a user's workbook. The sheet is the user's to edit from then on."""

EDITION_NAME = "_lakip_edisi"
"""The hidden defined name that carries the edition of the form."""

RECAP_NAME, RECONCILED_NAME, COMPARED_NAME = "_lakip_rekap", "_lakip_rekonsiliasi", "_lakip_perubahan"
MADE_OF_OTHERS = (RECAP_NAME, RECONCILED_NAME, COMPARED_NAME)
"""The hidden defined names of workbooks that the tool made of others: they are no matrix, though they hold columns of one."""


def fields(form: FormSpec) -> tuple[Field, ...]:
    """The settings that are looked for: those of the edition, and later ones that somebody may have added by their labels."""
    own = {field.key for field in form.settings}
    return (*form.settings, *(field for field in efficiency.FIELDS if field.key not in own))


def settings(form: FormSpec, cells: Mapping[str, Cell], first_band: Cell | None) -> dict[str, Expr]:
    """An expression for every ``Setting`` of the form's formulas.

    ``cells`` holds the value cell of each identity and settings field and the in-force cell of each threshold, by key; one that the
    workbook lacks becomes its default as a constant. ``first_band`` is the name of the lowest kategori, its bound stands right of it; None
    where the workbook has no kategori, for those of the form.
    """

    def place(key: str, default: float | str | None) -> Expr:
        return fixed(cells[key]) if key in cells else Const("" if default is None else default)

    placed = {field.key: place(field.key, field.default) for field in (*form.identity, *fields(form))}
    placed |= {threshold.key: place(threshold.key, threshold.year) for threshold in form.thresholds}
    for field in (*form.identity, *fields(form)):
        if field.formula is not None and field.key not in cells:
            placed[field.key] = bind(field.formula, partial(_setting, placed))
    if first_band is None:
        lowest = form.bands[0]
        return placed | {
            "nama_kategori": Listed(tuple(band.name for band in form.bands)),
            "batas_kategori": Listed(tuple(float(band.lower) for band in form.bands)),
            "kategori_terbawah": Const(lowest.name),
            "batas_terbawah": Const(float(lowest.lower)),
        }
    sheet, top, left = first_band
    name, bound = fixed(first_band), fixed(Cell(sheet, top, left + 1))
    bottom = top + MAX_BANDS - 1
    return placed | {
        "nama_kategori": Range(name, fixed(Cell(sheet, bottom, left))),
        "batas_kategori": Range(bound, fixed(Cell(sheet, bottom, left + 1))),
        "kategori_terbawah": name,
        "batas_terbawah": bound,
    }


def _setting(placed: Mapping[str, Expr], key: Key | Setting | Span) -> Expr:
    return placed[key.key]


def extremes(form: FormSpec) -> tuple[dict[str, Expr], dict[str, Expr]]:
    """The settings of a workbook that has a cell for none of them, and of one that has all, wherever they stand."""
    somewhere = Cell(SETTINGS_SHEET, 1, 1)
    every = [*(field.key for field in (*form.identity, *fields(form))), *(bound.key for bound in form.thresholds)]
    return settings(form, {}, None), settings(form, dict.fromkeys(every, somewhere), somewhere)
