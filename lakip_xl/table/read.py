"""Reads a workbook against an edition of the form: locates the tables, types their cells, arranges their rows."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import MissingForm, MissingSheet
from lakip_xl.form.binding import Layout
from lakip_xl.form.expressions import Expr, Range, text
from lakip_xl.form.formulas import listed_sum, roll_up
from lakip_xl.form.places import SETTINGS_NAME, extremes
from lakip_xl.form.shape import shape
from lakip_xl.form.spec import FormSpec, Kind, TableSpec
from lakip_xl.table.computed import Computed
from lakip_xl.table.locate import (
    HEADER_SEARCH_ROWS,
    Located,
    headings,
    is_number_row,
    is_total_label,
    locate,
    plain,
)
from lakip_xl.table.model import Document, Entry, Row, Settings, Table
from lakip_xl.table.rows import arrange, is_code
from lakip_xl.table.settings import read_settings
from lakip_xl.table.typed import reader
from lakip_xl.workbook import CellData, Sheet, Workbook

OWNED = {"ringkasan": "_lakip_ringkasan", "catatan": "_lakip_catatan"}
"""The hidden names by which the tool knows its own sheets, even after a rename."""

_CELLS = Mapping[int, Mapping[int, CellData]]


@dataclass
class Found:
    """Where the tables and settings of the form stand in a workbook; nothing is typed yet.

    ``grids`` are the filled cells by sheet, row and column; ``located`` the sheet and place of each table that there is.
    """

    form: FormSpec
    titles: list[str]
    sheets: dict[str, Sheet]
    grids: dict[str, _CELLS]
    located: dict[str, tuple[str, Located]]
    settings: Settings
    places: dict[str, Expr]
    facts: Mapping[str, object]


def find(book: Workbook, form: FormSpec) -> Found:
    """Looks for the form in a workbook. Raises MissingForm where no sheet holds the official matrix."""
    owned = {book.owned_sheet(name) for name in OWNED.values()}
    sheets = {s.name: s for s in _worksheets(book) if s.name not in owned}
    grids: dict[str, _CELLS] = {name: sheet.filled() for name, sheet in sheets.items()}
    wide = {name: _wide_cells(sheet) for name, sheet in sheets.items()}
    located: dict[str, tuple[str, Located]] = {}
    for spec in sorted(form.tables, key=lambda spec: not spec.required):
        found = _find(spec, grids, wide, {name for name, _ in located.values()})
        if found is not None:
            located[spec.key] = found
        elif spec.required:
            raise _no_matrix(spec, list(sheets))
    settings, places = _settings(book, form, sheets)
    facts = {"macros": book.facts.has_macros, "external_links": tuple(book.facts.external_links)}
    return Found(form, list(book.sheet_names), sheets, grids, located, settings, places, facts)


def add_settings(found: Found, book: Workbook, sheet: Sheet) -> None:
    """Takes in a sheet with our settings that the workbook got since it was looked through."""
    found.titles = list(book.sheet_names)
    found.sheets[sheet.name], found.grids[sheet.name] = sheet, sheet.filled()
    found.settings, found.places = _settings(book, found.form, found.sheets)


def _settings(book: Workbook, form: FormSpec, sheets: Mapping[str, Sheet]) -> tuple[Settings, dict[str, Expr]]:
    return read_settings(form, sheets, Computed(sheets, book.facts.to_be_recalculated), book.owned_sheet(SETTINGS_NAME))


def read(book: Workbook, form: FormSpec) -> Document:
    """The document in a workbook. Raises as ``find``."""
    return document_of(find(book, form))


def document_of(found: Found) -> Document:
    """What was found, typed."""
    document = Document(found.form, found.titles, {}, found.settings, facts=found.facts)
    own: set[Cell] = set()
    for spec in found.form.tables:
        if spec.key in found.located:
            name, located = found.located[spec.key]
            layout = Layout(name, located.columns, found.places)
            document.tables[spec.key] = _table(spec, layout, located, found.grids[name], own, found.form)
        else:
            document.missing_sheets.append(spec.title)
    document.formulas = {
        cell: formula
        for name, sheet in found.sheets.items()
        for place, formula in sheet.formulas().items()
        if (cell := Cell(name, *place)) not in own
    }
    return document


def _worksheets(book: Workbook) -> list[Sheet]:
    found = []
    for name in book.sheet_names:
        try:
            found.append(book.sheet(name))
        except MissingSheet:
            continue  # a chart sheet
    return found


def _wide_cells(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells that are merged over several columns."""
    return {(area.top, area.left) for area in sheet.merged if area.right > area.left}


def _find(
    spec: TableSpec, grids: Mapping[str, _CELLS], wide: Mapping[str, set[tuple[int, int]]], taken: set[str]
) -> tuple[str, Located] | None:
    """The sheet with the table: by its title, else (the matrix only) the sheet with the most of its headings."""
    free = [name for name in grids if name not in taken]
    titled = [name for name in free if plain(name) == plain(spec.title)]
    for name in titled:
        if (located := locate(spec, _top(grids[name]), wide.get(name, ()))) is not None:
            return name, located
    if not spec.required:
        return None
    best: tuple[str, Located] | None = None
    for name in free:
        located = locate(spec, _top(grids[name]), wide.get(name, ()))
        if located is None or not {"uraian", "indikator", "anggaran"} <= set(located.columns):
            continue
        if best is None or len(located.columns) > len(best[1].columns):
            best = name, located
    return best


def _top(grid: _CELLS) -> dict[tuple[int, int], Value]:
    return {(r, c): data.value for r, cells in grid.items() if r <= HEADER_SEARCH_ROWS for c, data in cells.items()}


def _no_matrix(spec: TableSpec, sheets: list[str]) -> MissingForm:
    wanted = ", ".join(c.heading for c in spec.columns if c.number and c.required)
    there = ", ".join(sheets[:12]) or "-"
    return MissingForm(
        f"Matriks tidak ditemukan: tidak ada lembar dengan judul kolom {wanted}. Lembar yang ada: {there}. "
        "Pakai templat (lakip-xl template) atau perbaiki judul kolomnya.",
        f"The matrix was not found: no sheet has the headings {wanted}. Sheets here: {there}. "
        "Use the template (lakip-xl template) or mend the headings.",
    )


def _table(spec: TableSpec, layout: Layout, located: Located, grid: _CELLS, own: set[Cell], form: FormSpec) -> Table:
    shapes = own_shapes(spec, layout, form)
    rows: list[Row] = []
    total: Row | None = None
    table = Table(spec, layout, located.header_row, rows, missing=located.missing)
    below = [r for r in grid if r > located.header_row]
    if below and is_number_row(
        spec, {k: grid[below[0]][c].value for k, c in layout.columns.items() if c in grid[below[0]]}
    ):
        below = below[1:]
    repeated = _Repeated(spec, layout)
    below = [r for r in below if not repeated(grid[r])]
    total_row, ends = _total_row(spec, layout, grid, below)
    readers = {column: (key, reader(spec.by_key[key], shapes[key])) for key, column in layout.columns.items()}
    for number in below:
        entries: dict[str, Entry] = {}
        beyond = ends and total_row is not None and number > total_row
        for column, data in grid[number].items():
            if beyond or column not in readers:
                table.outside.append(Cell(layout.sheet, number, column))
                continue
            key, read_entry = readers[column]
            entries[key] = entry = read_entry(data.value, data.formula, data.number_format)
            if entry.ours:
                own.add(Cell(layout.sheet, number, column))
        if number == total_row:
            total = Row(number, entries, level=spec.levels[0] if spec.levels else "", total=True, record="|total|1")
        elif not beyond and _in_use(spec, entries):
            rows.append(Row(number, entries))
    table.outside = [cell for cell in table.outside if _says_something(cell, grid)]
    table.total = total
    if total is not None and not rows:
        # Nothing is planned for the total of an empty table: its formulas are the template's, to be kept up like its titles.
        own -= {Cell(layout.sheet, total.number, column) for column in layout.columns.values()}
    arrange(spec, rows)
    last = rows[-1].number if rows else located.header_row
    end = total.number - 1 if total and ends else last + 1
    if end > last:
        table.border_row = end
    return table


def _says_something(cell: Cell, grid: _CELLS) -> bool:
    """Whether a cell outside the form is worth naming: it holds something else than blank text."""
    value = grid[cell.row][cell.column].value
    return not (isinstance(value, str) and not value.strip())


def _total_row(spec: TableSpec, layout: Layout, grid: _CELLS, below: list[int]) -> tuple[int | None, bool]:
    """The total row, and whether the table ends there: the first label of a total behind the last row with a code.

    A total that stands above the coded rows (some offices put it on top) does not end the table.
    """
    places = _label_columns(spec, layout) if spec.total else []
    labelled = [
        row for row in below if any(is_total_label(grid[row][column].value) for column in places if column in grid[row])
    ]
    kode = layout.columns.get("kode")
    coded = [row for row in below if kode in grid[row] and is_code(grid[row][kode].value)] if kode else []
    behind = [row for row in labelled if not coded or row > coded[-1]]
    if coded and labelled and not behind:
        return labelled[-1], False
    return (min(behind) if coded else max(behind)) if behind else None, True


_GAPS = " \u00a0\u200b\t\r\n"


class _Repeated:
    """Whether a row inside the table is the head of a printed page again: its headings, or the row of column numbers."""

    def __init__(self, spec: TableSpec, layout: Layout) -> None:
        self.spec, self.columns = spec, layout.columns
        self.known = headings(spec)
        self.initials = {
            c: {name[:1] for name, key in self.known.items() if key == own} for own, c in layout.columns.items()
        }

    def __call__(self, cells: Mapping[int, CellData]) -> bool:
        values = {c: cells[c].value for c in self.columns.values() if c in cells}
        # Most rows are told by the first letters alone.
        like = sum(
            isinstance(value, str) and value.strip(_GAPS)[:1].casefold() in self.initials[c]
            for c, value in values.items()
        )
        if like >= 3:
            same = sum(self.known.get(plain(values[c])) == key for key, c in self.columns.items() if c in values)
            if same >= 3:
                return True
        return is_number_row(self.spec, {k: values[c] for k, c in self.columns.items() if c in values})


def _label_columns(spec: TableSpec, layout: Layout) -> list[int]:
    """The columns in which the label of a total may stand."""
    return [
        layout.columns[c.key]
        for c in spec.columns
        if c.kind in (Kind.TEXT, Kind.CODE) and c.key in layout.columns and c.key != "keterangan"
    ]


def _in_use(spec: TableSpec, entries: Mapping[str, Entry]) -> bool:
    """Whether a row holds anything of the user's beyond a running number and choices that were copied down."""
    return any(
        entry.filled for key, entry in entries.items() if key != "no" and spec.by_key[key].kind is not Kind.CHOICE
    )


def own_shapes(spec: TableSpec, layout: Layout, form: FormSpec) -> dict[str, set[str]]:
    """The shapes of the formulas that the tool writes, by column, whether the workbook had a cell for each setting then or not."""
    layouts = (layout, *(replace(layout, settings=each, _made={}) for each in extremes(form)))
    shapes: dict[str, set[str]] = {column.key: set() for column in spec.columns}

    def add(key: str, formula: Expr) -> None:
        # Where an operand's column is missing, no such formula was written either.
        for each in layouts:
            with suppress(KeyError):
                shapes[key].add(shape(text(each.bound(formula, 2, (3, 4)), each.sheet)))

    for column in spec.columns:
        if column.formula is not None:
            add(column.key, column.formula)
    for key in spec.sums:
        for level in spec.levels[1:]:
            add(key, roll_up(key, level))
        if key in layout.columns:
            shapes[key].add(shape(text(listed_sum([Range(layout.at(key, 3), layout.at(key, 4))]), layout.sheet)))
    for key, formula in spec.footer:
        add(key, formula)
    return shapes
