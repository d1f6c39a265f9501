"""Reads what was entered out of a document and its workbook: every cell of the user's sheets, but for the tool's own formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import MissingSheet
from lakip_xl.records.model import Held, Page, Record, Records, loose_digest
from lakip_xl.table.model import Document, Row, Table
from lakip_xl.table.read import FLAGS
from lakip_xl.workbook import Workbook

FIELDS, VALUE = "isian", "nilai"
"""The table and column under which the fields of Identitas and Pengaturan are kept."""


def records_of(document: Document, book: Workbook, owned: Collection[str], page: Page | None = None) -> Records:
    """The entries of a workbook; ``owned`` are the titles of sheets that the tool writes anew, ``page`` is what Ringkasan shows."""
    taken: set[Cell] = set()
    rows: dict[tuple[str, str], Record] = {}
    for key, table in document.tables.items():
        seen: Counter[str] = Counter()
        for row in [*table.rows, *([table.total] if table.total is not None else [])]:
            seen[row.record] += 1
            again = f"#{seen[row.record]}" if seen[row.record] > 1 else ""  # a doubled kode is a finding, not a loss
            cells = dict(_entries(table, row, taken))
            name = "JUMLAH" if row is table.total else row.name or (row.head.name if row.head is not None else "")
            kode = row.text_of("kode") or (row.head.text_of("kode") if row.head is not None else "")
            rows[key, row.record + again] = Record(key, row.record + again, kode, name, cells)
    _add_fields(document, book, rows, taken)
    sheets = tuple(title for title in book.sheet_names if title not in owned)
    shown = dict(_loose(document, book, sheets, taken))
    titles = {key: table.sheet for key, table in document.tables.items()}
    headings = {
        (key, column.key): column.heading for key, table in document.tables.items() for column in table.spec.columns
    }
    digests = {cell: loose_digest(held) for cell, held in shown.items()}
    results = (
        dict(_results(document, book)) if page is not None else {}
    )  # a workbook that was not filled yet shows none
    return Records(rows, digests, sheets, titles, headings, shown, results, page)


def _results(document: Document, book: Workbook) -> Iterator[tuple[Cell, Value]]:
    for table in document.tables.values():
        sheet = book.sheet(table.sheet)
        for row in [*table.rows, *([table.total] if table.total is not None else [])]:
            for key, entry in row.entries.items():
                if entry.ours:
                    cell = table.cell(row, key)
                    data = sheet.cell((cell.row, cell.column))
                    if data.formula is not None:
                        yield cell, data.value


def _entries(table: Table, row: Row, taken: set[Cell]) -> Iterator[tuple[str, Held]]:
    for key, entry in row.entries.items():
        cell = table.cell(row, key)
        taken.add(cell)
        if entry.filled:
            yield key, Held(entry.raw, entry.formula, cell)


def _add_fields(document: Document, book: Workbook, rows: dict[tuple[str, str], Record], taken: set[Cell]) -> None:
    for field in (*document.form.identity, *document.form.settings):
        cell = document.settings.cells.get(field.key)
        if cell is None:
            continue
        taken.add(cell)
        data = book.sheet(cell.sheet).cell((cell.row, cell.column))
        ours = field.formula is not None and data.formula is not None
        filled = not ours and (data.formula is not None or data.value not in (None, ""))
        cells = {VALUE: Held(data.value, data.formula, cell)} if filled else {}
        rows[FIELDS, field.key] = Record(FIELDS, field.key, "", field.label, cells)


def _loose(
    document: Document, book: Workbook, sheets: Collection[str], taken: set[Cell]
) -> Iterator[tuple[Cell, Held]]:
    made = {  # headings that fill gives to a matrix of the office's own, and that follow the period
        Cell(table.sheet, table.header_row, table.layout.columns[key])
        for name, table in document.tables.items()
        for key in (FLAGS, *(key for dated, key in document.form.dated if dated == name))
        if key in table.layout.columns
    }
    for title in sheets:
        try:
            sheet = book.sheet(title)
        except MissingSheet:
            continue  # a chart sheet
        for (row, column), data in sorted(sheet.cells.items()):
            cell = Cell(title, row, column)
            formula = data.formula
            if cell in taken or cell in made or (formula is None and data.value in (None, "")):
                continue
            if formula is None:
                yield cell, Held(data.value, None, cell)
            elif cell in document.formulas:  # else it is one of ours
                yield cell, Held(None, formula, cell)  # its result follows from cells that are looked at themselves
