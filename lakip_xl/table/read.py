"""Reads a workbook against an edition of the form: locates the tables, types their cells, arranges their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from lakip_xl.cells import MAX_COLUMN, Area, Cell
from lakip_xl.form.binding import Layout
from lakip_xl.form.expressions import Const, Expr
from lakip_xl.form.spec import FormSpec, Kind, TableSpec
from lakip_xl.table.addends import addends
from lakip_xl.table.choose import Cells
from lakip_xl.table.ends import Ends, ends_of
from lakip_xl.table.find import Found, find
from lakip_xl.table.locate import Located
from lakip_xl.table.model import Document, Entry, Row, Table
from lakip_xl.table.names import head_rows, parted, settle
from lakip_xl.table.outline import MONEY, Spans, outline
from lakip_xl.table.own import OwnShapes
from lakip_xl.table.rows import arrange
from lakip_xl.table.typed import reader
from lakip_xl.workbook import Workbook

FLAGS = "hasil_periksa"
"""The column that ``fill`` adds to a matrix that lacks it."""


def read(book: Workbook, *forms: FormSpec) -> Document:
    """The document in a workbook, in one of the forms. Raises as ``find``."""
    return document_of(find(book, forms))


def document_of(found: Found) -> Document:
    """What was found, typed."""
    document = Document(
        found.form, found.titles, {}, found.settings, facts=found.facts, rivals=found.rivals, titled=found.titled
    )
    own: set[Cell] = set()
    layouts: dict[str, Layout] = {}
    for spec in found.form.tables:
        if spec.key in found.located:
            name, located = found.located[spec.key]
            apart = parted(spec, located.columns)
            columns = {key: column for key, column in located.columns.items() if key not in apart}
            layouts[spec.key] = Layout(
                name, columns, found.places, _inline(spec, columns), tuple(spec.by_key), MappingProxyType(layouts)
            )
    for spec in found.form.tables:
        if spec.key in layouts:
            name, located = found.located[spec.key]
            layout = layouts[spec.key]
            document.tables[spec.key] = _table(spec, layout, located, found, name, own)
        elif not spec.optional:
            document.missing_sheets.append(spec.title)
    document.formulas = {
        cell: formula
        for name, sheet in found.sheets.items()
        for place, formula in sheet.formulas().items()
        if (cell := Cell(name, *place)) not in own
    }
    return document


def _table(spec: TableSpec, layout: Layout, located: Located, found: Found, name: str, own: set[Cell]) -> Table:
    grid, sheet, form = found.grids[name], found.sheets[name], found.form
    rows: list[Row] = []
    total: Row | None = None
    table = Table(spec, layout, located.header_row, rows, missing=dict(located.missing), first_row=located.first_row)
    table.parted = parted(spec, located.columns)
    table.strangers = {c: text for c, text in located.strangers.items() if c not in located.columns.values()}
    ends = ends_of(spec, layout, grid, located.header_row)
    _add_flags(table, grid, ends, sheet.merged)
    layout = table.layout
    own_shapes = OwnShapes(spec, layout, form)
    readers = {column: (key, reader(spec.by_key[key], own_shapes.of(key))) for key, column in layout.columns.items()}
    for number in ends.rows:
        if ends.foot is not None and number >= ends.foot:
            break  # the foot of the form, and signatures: neither rows nor strangers
        entries: dict[str, Entry] = {}
        beyond = ends.ends_before(number)
        for column, data in grid[number].items():
            if beyond or column not in readers:
                table.outside.append(Cell(layout.sheet, number, column))
                continue
            key, read_entry = readers[column]
            entries[key] = entry = read_entry(data.value, data.formula, data.number_format)
            if entry.ours:
                own.add(Cell(layout.sheet, number, column))
        if number == ends.total:
            total = Row(number, entries, level=spec.levels[0] if spec.levels else "", total=True, record="|total|1")
        elif not beyond and _in_use(spec, entries):
            rows.append(row := Row(number, entries))
            if table.parted:
                settle(spec, layout.columns, row)
    table.outside = [cell for cell in table.outside if _says_something(cell, grid)]
    table.total = total
    if total is not None and not rows:
        # Nothing is planned for the total of an empty table: its formulas are the template's, to be kept up like its titles.
        own -= {Cell(layout.sheet, total.number, column) for column in layout.columns.values()}
    if table.parted:
        table.headings = head_rows(spec, layout.columns, rows)

    def added(row: Row) -> Spans:
        found = (
            addends(row.entry(key).formula or "", name, layout.columns[key]) for key in MONEY if key in layout.columns
        )
        return tuple(span for each in found if each is not None for span in each.spans)

    drawn = outline(spec, rows, lambda row: sheet.look((row.number, table.cell(row, "uraian").column)), added)
    table.doubts = drawn.doubts
    arrange(spec, rows, drawn.levels)
    for row in rows if table.headings else ():
        if row.level and row.parent is None:
            for heading in row.above:
                heading.rows.append(row)
    last = rows[-1].number if rows else located.header_row
    end = total.number - 1 if total and ends.closed else last + 1
    if end > last:
        table.border_row = end
    return table


def _inline(spec: TableSpec, columns: Mapping[str, int]) -> dict[str, Expr]:
    """What HASIL PERIKSA asks of columns that the sheet lacks: their formulas; of a capaian without ARAH, nothing."""
    if FLAGS not in spec.by_key:
        return {}
    found: dict[str, Expr] = {}
    for key in ("capaian", "persen"):
        formula = spec.by_key[key].formula
        if key not in columns and formula is not None:
            found[key] = formula if key != "capaian" or "arah" in columns else Const("")
    return found


def _add_flags(table: Table, grid: Cells, ends: Ends, merged: Sequence[Area]) -> None:
    """Gives a sheet without HASIL PERIKSA the first free column right of the table for it."""
    if FLAGS not in table.spec.by_key or table.has(FLAGS) or not ends.rows:
        return
    first = table.first_row or table.header_row
    rows = (cells for row, cells in grid.items() if first <= row and not ends.ends_before(row))
    free = max((max(cells) for cells in rows if cells), default=0) + 1
    last = ends.total or ends.rows[-1]
    blocked = [area for area in merged if area.top <= last and area.bottom >= first]
    while any(area.left <= free <= area.right for area in blocked):
        free += 1
    if free <= MAX_COLUMN:
        table.layout = replace(table.layout, columns={**table.layout.columns, FLAGS: free}, _made={})
        table.missing.pop(FLAGS, None)
        table.added = frozenset((FLAGS,))


def _says_something(cell: Cell, grid: Cells) -> bool:
    """Whether a cell outside the form is worth naming: it holds something else than blank text."""
    value = grid[cell.row][cell.column].value
    return not (isinstance(value, str) and not value.strip())


def _in_use(spec: TableSpec, entries: Mapping[str, Entry]) -> bool:
    """Whether a row holds anything of the user's beyond a running number and choices that were copied down."""
    return any(
        entry.filled for key, entry in entries.items() if key != "no" and spec.by_key[key].kind is not Kind.CHOICE
    )
