"""The sheet Petunjuk: how the workbook is filled in, from the form and the catalogue of rules."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from lakip_xl.form import formulas, places
from lakip_xl.form.spec import Column, FormSpec
from lakip_xl.template import colours, formats, paper, words
from lakip_xl.template.formats import Look
from lakip_xl.template.grid import Draft, Page

SHEET = "Petunjuk"

_PLAIN: Look = {**formats.BASE, "text_wrap": True, "valign": "vcenter"}
_NAME: Look = {**_PLAIN, "bold": True}
_NUMBER: Look = {**_PLAIN, "align": "center", "font_color": formats.MUTED}
_LINK: Look = {**_NAME, "font_color": "#0563C1", "underline": 1}
_SECTION: Look = {
    **formats.SUBTITLE, "font_color": formats.TITLE_INK, "bottom": 2, "bottom_color": formats.TITLE_INK, "valign": "vcenter",
}  # fmt: skip
_MARK = "*"
# The width of the text column, and the letters of this size that surely fit in it.
_TEXT_WIDTH, _TEXT_LETTERS = 94, 110


def draw(draft: Draft, form: FormSpec, rules: Sequence[tuple[str, str]]) -> None:
    """Adds the sheet; it is the one that opens."""
    page = draft.add(SHEET)
    for column, width in enumerate((6, 32, _TEXT_WIDTH)):
        page.sheet.set_column(column, column, width)
    page.put(1, 1, "PETUNJUK PENGISIAN", {**formats.TITLE, "font_size": 16})
    page.put(2, 1, form.name, {**formats.BASE, "font_color": formats.MUTED})
    page.sheet.set_row(0, 26)
    row = _list(page, 4, "Langkah kerja", _numbered(words.STEPS))
    row = _list(page, row, "Cara mengisi", _numbered(words.HABITS))
    row = _sheets(page, row, form)
    row = _list(page, row, "Kolom lembar Matriks", map(_column_line, form.table("matriks").columns))
    page.put(row - 1, 2, f"{_MARK} {inferred(form)}", formats.INTRO)
    row = _flags(page, row + 1)
    row = _list(page, row, "Jenis catatan pada Catatan Perbaikan", (("", *pair) for pair in words.SEVERITIES))
    if rules:
        row = _section(page, row, "Daftar pemeriksaan (penjelasan lengkap: lakip-xl explain KODE)")
        for code, title in rules:
            page.put(row, 1, code, _NUMBER)
            page.put(row, 2, title, {**_PLAIN, "text_wrap": False})
            row += 1
        row += 1
    row = _section(page, row, "Sumber")
    for source in form.sources:
        page.put(row, 2, source, {**_PLAIN, "text_wrap": False})
        row += 1
    paper.lay_out(page.sheet, landscape=False)
    page.sheet.print_area(0, 0, row - 1, 2)
    page.sheet.activate()


def inferred(form: FormSpec) -> str:
    """Which official columns of the matrix we had to interpret, in a sentence."""
    numbers = [column.number for column in form.table("matriks").columns if column.inferred]
    listed = f"{', '.join(numbers[:-1])}, dan {numbers[-1]}"
    return f"Kolom {listed} tidak tercetak pada laporan acuan; artinya disimpulkan dari formulir sejenis."


def _section(page: Page, row: int, title: str) -> int:
    for column in (1, 2, 3):
        page.put(row, column, title if column == 1 else None, _SECTION)
    page.sheet.set_row(row - 1, 22)
    return row + 1


def _list(page: Page, row: int, title: str, items: Iterable[tuple[str | float, str, str]]) -> int:
    """A section of three columns; returns the row of the next section, one row left blank."""
    row = _section(page, row, title)
    for number, name, says in items:
        page.put(row, 1, number if number != "" else None, _NUMBER)
        page.put(row, 2, name, _NAME)
        _says(page, row, says)
        row += 1
    return row + 1


def _says(page: Page, row: int, says: str) -> None:
    """The text of a line; heights are set here, since only desktop Excel fits rows to wrapped text when it opens a file."""
    page.put(row, 3, says, _PLAIN)
    page.sheet.set_row(row - 1, 13 * len(textwrap.wrap(says, _TEXT_LETTERS)) + 3)


def _numbered(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[float, str, str]]:
    return ((float(n), *pair) for n, pair in enumerate(pairs, start=1))


def _sheets(page: Page, row: int, form: FormSpec) -> int:
    row = _section(page, row, "Isi setiap lembar")
    settings = (places.IDENTITY_SHEET, places.SETTINGS_SHEET)
    purposes = dict.fromkeys(settings, "") | {spec.title: spec.intro for spec in form.tables} | words.OTHER_SHEETS
    for sheet, purpose in purposes.items():
        if sheet in words.OWNED_SHEETS:
            page.put(row, 2, sheet, _NAME)
        else:
            page.link(row, 2, sheet, _LINK)
        _says(page, row, purpose)
        row += 1
    return row + 1


def _column_line(column: Column) -> tuple[str | float, str, str]:
    number: str | float = float(column.number) if column.number and not column.inferred else column.number
    return (f"{number} {_MARK}" if column.inferred else number, column.heading, column.hint)


def _flags(page: Page, row: int) -> int:
    row = _section(page, row, "Arti HASIL PERIKSA (bila beberapa berlaku, yang teratas yang ditampilkan)")
    for word in formulas.FLAGS:
        page.put(row, 2, word, {**_NAME, **colours.FLAG_LOOKS[word]})
        _says(page, row, words.FLAG_MEANINGS[word])
        row += 1
    return row + 1
