"""The sheets Identitas and Pengaturan: labels in column A, values beside them, hints at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lakip_xl.cells import Cell, Value
from lakip_xl.form import formulas, places
from lakip_xl.form.binding import Layout, fixed
from lakip_xl.form.expressions import Expr, Range
from lakip_xl.form.spec import MAX_BANDS, Field, FormSpec, Kind, Threshold
from lakip_xl.template import checks, formats, paper
from lakip_xl.template.grid import Draft, Page

_PLAIN_NUMBER = {"num_format": "General", "align": "center", "valign": "vcenter"}
_LABEL = {**formats.BOXED, "bold": True, "valign": "vcenter"}
_FREE_HINT = {**formats.BASE, "font_color": formats.MUTED, "italic": True, "valign": "vcenter", "indent": 1}
_ROW_HEIGHT = 18
_INTRO = "Rumus, tanda pada HASIL PERIKSA, dan Ringkasan mengikuti nilai di sini. Ubah nilainya seperlunya; jangan mengubah judul baris."
_SECTION = {**formats.SUBTITLE, "font_color": formats.TITLE_INK}
_HEADING = {**formats.HEADING, "align": "left"}


@dataclass
class Placed:
    """The cells that hold identity, settings and thresholds, as far as the sheets have been drawn."""

    cells: dict[str, Cell] = field(default_factory=dict)
    first_band: Cell | None = None

    def settings(self, form: FormSpec) -> dict[str, Expr]:
        """What the form's formulas take for each ``Setting``."""
        assert self.first_band is not None, "Pengaturan comes first"
        return places.settings(form, self.cells, self.first_band)


def draw_identity(draft: Draft, form: FormSpec, placed: Placed, given: dict[str, Value]) -> None:
    """Adds the sheet Identitas; ``given`` holds values that are known already, by key."""
    page = draft.add(places.IDENTITY_SHEET)
    for column, width in enumerate((34, 44, 70)):
        page.sheet.set_column(column, column, width)
    _title(page, "IDENTITAS LAPORAN", "Isi kolom Nilai. Judul semua lembar dan batas pemeriksaan mengikuti isian ini.")
    row = _headings(page, 4, places.FIELD_HEADINGS)
    _fields(page, row, form.identity, placed, given)
    page.sheet.freeze_panes(4, 0)
    paper.lay_out(page.sheet)


def draw_settings(draft: Draft, form: FormSpec, placed: Placed, *, with_identity: bool = False) -> None:
    """Adds the sheet Pengaturan; ``with_identity`` puts the identity first, for a workbook without the sheet Identitas."""
    page = draft.add(places.SETTINGS_SHEET)
    for column, width in enumerate((44, 30, 12, 12, 12, 64)):
        page.sheet.set_column(column, column, width)
    _title(page, "PENGATURAN", _INTRO)
    row = 4
    if with_identity:
        row = _section(page, row, places.IDENTITY_SECTION, places.FIELD_HEADINGS)
        row = _fields(page, row, form.identity, placed, {}) + 1
    row = _section(page, row, places.CALCULATION_SECTION, places.FIELD_HEADINGS)
    row = _fields(page, row, form.settings, placed, {}) + 1
    row = _section(page, row, places.THRESHOLD_SECTION, places.THRESHOLD_HEADINGS)
    row = _thresholds(page, row, form.thresholds, placed) + 1
    row = _section(page, row, places.BAND_SECTION, places.BAND_HEADINGS)
    _bands(page, row, form, placed)
    paper.lay_out(page.sheet, one_page=True)


def _title(page: Page, title: str, intro: str) -> None:
    page.put(1, 1, title, formats.TITLE)
    page.put(2, 1, intro, formats.INTRO)
    page.sheet.set_row(0, 24)


def _section(page: Page, row: int, title: str, headings: Sequence[str]) -> int:
    page.put(row, 1, title, _SECTION)
    page.sheet.set_row(row - 1, 20)
    return _headings(page, row + 1, headings)


def _headings(page: Page, row: int, headings: Sequence[str]) -> int:
    for column, heading in enumerate(headings, start=1):
        page.put(row, column, heading, _HEADING)
    if page.title == places.SETTINGS_SHEET and headings == places.FIELD_HEADINGS:
        for column in range(len(headings) + 1, len(places.THRESHOLD_HEADINGS) + 1):
            page.put(row, column, None, {**_HEADING, "left": 0, "right": 0})
    page.sheet.set_row(row - 1, _ROW_HEIGHT)
    return row + 1


def _fields(page: Page, row: int, fields: Sequence[Field], placed: Placed, given: dict[str, Value]) -> int:
    for entry in fields:
        page.put(row, 1, entry.label, _LABEL)
        shape = {**formats.shape(entry.kind), "align": "left", "valign": "vcenter"}
        if entry.formula is not None:
            known = {key: fixed(cell) for key, cell in placed.cells.items()}
            look = {**formats.computed(entry.kind), **shape, "num_format": "0"}
            placed.cells[entry.key] = page.put(row, 2, Layout(page.title, {}, known).bound(entry.formula, row), look)
        else:
            value = given.get(entry.key, entry.default)
            placed.cells[entry.key] = page.put(row, 2, value, {**formats.entry(entry.kind), **shape})
            checks.apply(page.sheet, row, row, 2, checks.for_field(entry))
        page.put(row, 3, entry.hint, _FREE_HINT)
        page.sheet.set_row(row - 1, _ROW_HEIGHT)
        row += 1
    return row


def _thresholds(page: Page, row: int, thresholds: Sequence[Threshold], placed: Placed) -> int:
    period_class = fixed(placed.cells["kelompok_periode"])
    for threshold in thresholds:
        page.put(row, 1, threshold.label, _LABEL)
        values = (threshold.month, threshold.quarter, threshold.year)
        cells = [
            page.put(row, column, value, {**formats.entry(Kind.NUMBER), **_PLAIN_NUMBER})
            for column, value in enumerate(values, start=2)
        ]
        checks.apply(page.sheet, row, row, 2, checks.number(threshold.label, threshold.hint))
        in_force = formulas.in_force(Range(fixed(cells[0]), fixed(cells[-1])), period_class)
        look = {**formats.computed(Kind.NUMBER), **_PLAIN_NUMBER, "bold": True}
        placed.cells[threshold.key] = page.put(row, 5, in_force, look)
        page.put(row, 6, threshold.hint, _FREE_HINT)
        page.sheet.set_row(row - 1, _ROW_HEIGHT)
        row += 1
    return row


def _bands(page: Page, row: int, form: FormSpec, placed: Placed) -> None:
    assert len(form.bands) <= MAX_BANDS
    first, last = row, row + MAX_BANDS - 1
    texts = {**formats.entry(Kind.TEXT), "bold": True, "valign": "vcenter"}
    numbers = {**formats.entry(Kind.NUMBER), **_PLAIN_NUMBER}
    for row in range(first, last + 1):
        band = form.bands[row - first] if row - first < len(form.bands) else None
        page.put(row, 1, None if band is None else band.name, texts)
        page.put(row, 2, None if band is None else band.lower, numbers)
        page.sheet.set_row(row - 1, _ROW_HEIGHT)
    placed.first_band = Cell(page.title, first, 1)
    hint = "Kategori berlaku mulai dari batas ini. Urutkan dari yang terendah."
    checks.apply(page.sheet, first, last, 2, checks.number(places.BAND_HEADINGS[1], hint))
