"""Reads a workbook against an edition of the form: locates the tables, types their cells, arranges their rows."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

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
from lakip_xl.table.model import Document, Entry, Row, Table
from lakip_xl.table.rows import arrange, is_code
from lakip_xl.table.settings import read_settings
from lakip_xl.table.typed import entry_of
from lakip_xl.workbook import CellData, Sheet, Workbook

OWNED = {"ringkasan": "_lakip_ringkasan", "catatan": "_lakip_catatan"}
"""The hidden names by which the tool knows its own sheets, even after a rename."""

_CELLS = Mapping[int, Mapping[int, CellData]]


def read(book: Workbook, form: FormSpec) -> Document:
    """The document in a workbook. Raises MissingForm where no sheet holds the official matrix."""
    owned = {book.owned_sheet(name) for name in OWNED.values()}
    sheets = {s.name: s for s in _worksheets(book) if s.name not in owned}
    settings, places = read_settings(
        form, sheets, Computed(sheets, book.facts.to_be_recalculated), book.owned_sheet(SETTINGS_NAME)
    )
    document = Document(form, list(book.sheet_names), {}, settings)
    grids = {name: _by_row(sheet) for name, sheet in sheets.items()}
    wide = {name: _wide_cells(sheet) for name, sheet in sheets.items()}
    own: set[Cell] = set()
    taken: set[str] = set()
    for spec in sorted(form.tables, key=lambda spec: not spec.required):
        found = _find(spec, grids, wide, taken)
        if found is None:
            if spec.required:
                raise _no_matrix(spec, list(sheets))
            document.missing_sheets.append(spec.title)
            continue
        name, located = found
        taken.add(name)
        document.tables[spec.key] = _table(spec, Layout(name, located.columns, places), located, grids[name], own, form)
    document.tables = {t.key: document.tables[t.key] for t in form.tables if t.key in document.tables}
    document.formulas = {
        cell: data.formula
        for name, grid in grids.items()
        for row, cells in grid.items()
        for column, data in cells.items()
        if data.formula is not None and (cell := Cell(name, row, column)) not in own
    }
    document.facts = {"macros": book.facts.has_macros, "external_links": tuple(book.facts.external_links)}
    return document


def _worksheets(book: Workbook) -> list[Sheet]:
    found = []
    for name in book.sheet_names:
        try:
            found.append(book.sheet(name))
        except MissingSheet:
            continue  # a chart sheet
    return found


def _by_row(sheet: Sheet) -> dict[int, dict[int, CellData]]:
    grid: dict[int, dict[int, CellData]] = {}
    for (row, column), data in sheet.cells.items():
        if data.value is not None or data.formula is not None:
            grid.setdefault(row, {})[column] = data
    return dict(sorted(grid.items()))


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
    known = headings(spec)
    below = [r for r in below if not _repeats_headings(spec, layout, grid[r], known)]
    total_row, ends = _total_row(spec, layout, grid, below)
    mapped = {column: key for key, column in layout.columns.items()}
    for number in below:
        entries: dict[str, Entry] = {}
        beyond = ends and total_row is not None and number > total_row
        for column, data in grid[number].items():
            key = mapped.get(column)
            if key is None or beyond:
                table.outside.append(Cell(layout.sheet, number, column))
                continue
            entry = entry_of(spec.by_key[key], data.value, data.formula, data.number_format, shapes[key])
            entries[key] = entry
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
    labelled = [row for row in below if _labels_total(spec, layout, grid[row])]
    kode = layout.columns.get("kode")
    coded = [row for row in below if kode in grid[row] and is_code(grid[row][kode].value)] if kode else []
    behind = [row for row in labelled if not coded or row > coded[-1]]
    if coded and labelled and not behind:
        return labelled[-1], False
    return (min(behind) if coded else max(behind)) if behind else None, True


def _repeats_headings(spec: TableSpec, layout: Layout, cells: Mapping[int, CellData], known: Mapping[str, str]) -> bool:
    """Whether a row inside the table is the head of a printed page again: its headings, or the row of column numbers."""
    same = sum(known.get(plain(cells[c].value)) == key for key, c in layout.columns.items() if c in cells)
    return same >= 3 or is_number_row(spec, {k: cells[c].value for k, c in layout.columns.items() if c in cells})


def _labels_total(spec: TableSpec, layout: Layout, cells: Mapping[int, CellData]) -> bool:
    labels = [
        layout.columns[c.key]
        for c in spec.columns
        if c.kind in (Kind.TEXT, Kind.CODE) and c.key in layout.columns and c.key != "keterangan"
    ]
    return bool(spec.total) and any(is_total_label(cells[column].value) for column in labels if column in cells)


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
