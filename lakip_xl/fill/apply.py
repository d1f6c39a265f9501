"""Writes a plan into the user's workbook: cells, marks, nothing else."""

from __future__ import annotations

from lakip_xl.cells import Area
from lakip_xl.fill.edits import Edit, Plan
from lakip_xl.form.formulas import FLAGS
from lakip_xl.form.spec import Kind
from lakip_xl.table.model import Document, Table
from lakip_xl.workbook import Dxf, Style, Workbook

# Where a cell has no number format of its own, the form's.
_FORMATS = {Kind.PERCENT: "#,##0.00", Kind.RUPIAH: "#,##0", Kind.NUMBER: "#,##0.00", Kind.COUNT: "0"}

_FLAGGED = Dxf(fill="FCE4D6", font_color="9C2A00", bold=True)


def apply(book: Workbook, document: Document, plan: Plan) -> int:
    """Writes the plan's cells and marks the flagged rows; gives the number of cells whose content changed."""
    changed = 0
    tables = {table.sheet: table for table in document.tables.values()}
    for edit in plan.edits:
        changed += _write(book, edit, tables.get(edit.cell.sheet))
    for table in document.tables.values():
        _dress(book, table, plan)
        _mark(book, table)
    return changed


def _write(book: Workbook, edit: Edit, table: Table | None) -> bool:
    sheet = book.sheet(edit.cell.sheet)
    at = (edit.cell.row, edit.cell.column)
    old = sheet.cell(at)
    value = edit.value if edit.known else None
    same_value = old.value == value and type(old.value) is type(value)
    if same_value and old.formula == edit.formula and (edit.content is None or old.has_cache == edit.known):
        return False
    style = None
    if edit.why == "heading":
        style = Style(copy_from=(edit.cell.row, edit.cell.column - 1))
    plain = edit.why == "blank" and old.number_format == "General"
    # A cell formatted as a percentage would show 90 percent points as 9000 %.
    if (plain or "%" in old.number_format) and edit.content is not None and table is not None and edit.key:
        number_format = _FORMATS.get(table.spec.by_key[edit.key].kind)
        style = Style(number_format=number_format) if number_format else None
    sheet.write(at, value=value, formula=edit.kept, style=style)
    return True


def _dress(book: Workbook, table: Table, plan: Plan) -> None:
    """Gives a column that the sheet gets the look of the one beside it, from the first row of headings to the total, and its width."""
    written = {edit.key for edit in plan.edits if edit.why == "heading" and edit.cell.sheet == table.sheet}
    sheet = book.sheet(table.sheet)
    for key in sorted(table.added & written):
        column = table.layout.columns[key]
        last = table.total or table.rows[-1]
        top = min((area.top for area in sheet.merged if area.bottom == table.header_row), default=table.header_row)
        for row in range(min(top, table.first_row or top), last.number + 1):
            body = row > table.header_row
            align, number_format = ("left", "General") if body else (None, None)  # beside it may stand a figure
            sheet.restyle((row, column), Style(number_format, wrap=True, align=align, copy_from=(row, column - 1)))
        sheet.set_width(column, table.spec.by_key[key].width)


def _mark(book: Workbook, table: Table) -> None:
    """A live colour on HASIL PERIKSA wherever one of its words stands."""
    if not table.has("hasil_periksa") or not table.rows:
        return
    column = table.layout.columns["hasil_periksa"]
    area = Area(table.rows[0].number, column, table.border_row or table.rows[-1].number, column)
    first = table.cell(table.rows[0], "hasil_periksa").a1
    words = ",".join(f'{first}="{word}"' for word in FLAGS)
    book.sheet(table.sheet).set_conditional_formats([(area, f"OR({words})", _FLAGGED)], owner="lakip")
