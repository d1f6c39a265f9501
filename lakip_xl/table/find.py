"""Finds the form in a workbook: which of the forms that are known, in which sheet, under which headings, with which settings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import MissingSheet
from lakip_xl.form.expressions import Expr
from lakip_xl.form.places import SETTINGS_NAME
from lakip_xl.form.spec import FormSpec, TableSpec
from lakip_xl.table.choose import Cells, Looked, choose, rivals
from lakip_xl.table.computed import Computed
from lakip_xl.table.hints import NO_HINTS, Hints
from lakip_xl.table.locate import Located, plain
from lakip_xl.table.model import Settings
from lakip_xl.table.settings import read_settings
from lakip_xl.workbook import Sheet, Workbook

OWNED = {"ringkasan": "_lakip_ringkasan", "catatan": "_lakip_catatan"}
"""The hidden names by which the tool knows its own sheets, even after a rename."""

EXTRA = {"narasi": "_lakip_narasi", "reviu": "_lakip_reviu"}
"""Those of the sheets that it writes only where somebody asked for them."""


@dataclass
class Found:
    """Where the tables and settings of the form stand in a workbook; nothing is typed yet.

    ``grids`` are the filled cells by sheet, row and column; ``located`` the sheet and place of each table that there is;
    ``rivals`` the headings of other sheets that hold a matrix too.
    """

    form: FormSpec
    titles: list[str]
    sheets: dict[str, Sheet]
    grids: dict[str, Cells]
    located: dict[str, tuple[str, Located]]
    settings: Settings
    places: dict[str, Expr]
    facts: Mapping[str, object]
    rivals: list[Cell]


def find(book: Workbook, forms: Sequence[FormSpec], hints: Hints = NO_HINTS) -> Found:
    """Looks for one of the forms in a workbook. Raises MissingForm where no sheet holds the matrix of any of them."""
    owned = {book.owned_sheet(name) for name in (*OWNED.values(), *EXTRA.values())}
    sheets = {s.name: s for s in _worksheets(book) if s.name not in owned}
    # Which of several years is meant, the settings tell; where they stand is the same in every form.
    year = cache(lambda: _settings(book, forms[0], sheets)[0].year or 0)
    looked = {name: Looked(sheet, name, year) for name, sheet in sheets.items()}
    form, matrix, place = choose(forms, looked, hints)
    located = {matrix.key: place}
    for spec in form.tables:
        if spec.key not in located:
            found = _titled(spec, looked, {name for name, _ in located.values()})
            if found is not None:
                located[spec.key] = found
    grids: dict[str, Cells] = {name: each.grid for name, each in looked.items()}
    settings, places = _settings(book, form, sheets)
    facts = {
        "macros": book.facts.has_macros,
        "external_links": tuple(book.facts.external_links),
        "period_told": settings.identity.get("periode") is not None,
        "titled_year": _titled_year(looked[place[0]], place),
    }
    others = rivals(matrix, {n: e for n, e in looked.items() if n not in {t for t, _ in located.values()}}, place[0])
    return Found(form, list(book.sheet_names), sheets, grids, located, settings, places, facts, others)


def add_settings(found: Found, book: Workbook, sheet: Sheet) -> None:
    """Takes in a sheet with our settings that the workbook got since it was looked through."""
    found.titles = list(book.sheet_names)
    found.sheets[sheet.name], found.grids[sheet.name] = sheet, sheet.filled()
    found.settings, found.places = _settings(book, found.form, found.sheets)


def _settings(book: Workbook, form: FormSpec, sheets: Mapping[str, Sheet]) -> tuple[Settings, dict[str, Expr]]:
    return read_settings(form, sheets, Computed(sheets, book.facts.to_be_recalculated), book.owned_sheet(SETTINGS_NAME))


def _worksheets(book: Workbook) -> list[Sheet]:
    found = []
    for name in book.sheet_names:
        try:
            found.append(book.sheet(name))
        except MissingSheet:
            continue  # a chart sheet
    return found


_THIS_YEAR = re.compile(r"\b(?:tahun anggaran|tahun|thn|t\.?a\.?)\s*:?\s*(20\d\d)\b", re.IGNORECASE)
_SPAN = re.compile(r"20\d\d\s*(?:-|\u2013|/|s/?d\.?|sampai)\s*(?:20)?\d\d\b", re.IGNORECASE)
# A regulation has a year of its own, and so have plans, former states and the day of printing.
_OTHER_YEARS = re.compile(
    r"\b(?:nomor|no|per(?:da|bup|wali|gub|men\w*)|per(?:mendagri|menpan\w*)|peraturan|undang|uu|pp|sk|surat|keputusan|kondisi|awal|"
    r"dicetak|cetak|renstra|rpjmd|formulir)\b",
    re.IGNORECASE,
)
_MOST_TITLE_CELLS = 3


def _titled_year(looked: Looked, place: tuple[str, Located]) -> tuple[Cell, int] | None:
    """The year that the titles above a table give it, and where; None where they name none, or several."""
    first = place[1].first_row or place[1].header_row
    found: list[tuple[Cell, int]] = []
    for row in sorted(row for row in looked.grid if row < first):
        cells = looked.grid[row]
        if len(cells) > _MOST_TITLE_CELLS or any(data.formula is not None for data in cells.values()):
            continue  # headings, or a title that follows Identitas by itself
        told = " ".join(_title(data.value) for _, data in sorted(cells.items()))
        told = _SPAN.sub(" ", told)
        if not _OTHER_YEARS.search(told) and (match := _THIS_YEAR.search(told)):
            at = next((column for column, data in sorted(cells.items()) if match[1] in _title(data.value)), min(cells))
            found.append((Cell(place[0], row, at), int(match[1])))
    return found[0] if len({year for _, year in found}) == 1 else None


def _title(value: Value) -> str:
    return (
        str(int(value)) if isinstance(value, float) and value.is_integer() else value if isinstance(value, str) else ""
    )


def _titled(spec: TableSpec, looked: Mapping[str, Looked], taken: set[str]) -> tuple[str, Located] | None:
    """The sheet that bears the title of a table and has its headings, else one that has the headings by which the table is known."""
    for name, each in looked.items():
        if name not in taken and plain(name) == plain(spec.title) and (place := each.flat(spec)) is not None:
            return name, place
    for name, each in looked.items():
        if name not in taken and spec.identified_by and (place := each.found(spec)) is not None:
            return name, place
    return None
