"""Finds the form in a workbook: which of the forms that are known, in which sheet, under which headings, with which settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lakip_xl.cells import Cell
from lakip_xl.errors import MissingSheet
from lakip_xl.form.expressions import Expr
from lakip_xl.form.places import SETTINGS_NAME
from lakip_xl.form.spec import FormSpec, TableSpec
from lakip_xl.table import years
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
    titled: tuple[Cell, int] | None


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
    }
    others = rivals(matrix, {n: e for n, e in looked.items() if n not in {t for t, _ in located.values()}}, place[0])
    name, table = place
    titled = years.titled(name, looked[name].grid, table.first_row or table.header_row)
    return Found(form, list(book.sheet_names), sheets, grids, located, settings, places, facts, others, titled)


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


def _titled(spec: TableSpec, looked: Mapping[str, Looked], taken: set[str]) -> tuple[str, Located] | None:
    """The sheet that bears the title of a table and has its headings, else one that has the headings by which the table is known."""
    for name, each in looked.items():
        if name not in taken and plain(name) == plain(spec.title) and (place := each.flat(spec)) is not None:
            return name, place
    for name, each in looked.items():
        if name not in taken and spec.identified_by and (place := each.found(spec)) is not None:
            return name, place
    return None
