"""Formulir E.81 as a workbook of its own, with Identitas and Pengaturan, which its formulas read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lakip_xl import drawing
from lakip_xl.cells import Area, Cell, Value
from lakip_xl.errors import MissingForm
from lakip_xl.export import foot, head, looks
from lakip_xl.export.carried import agrees, carry, columns_of, in_order
from lakip_xl.fill.formulas import wanted
from lakip_xl.form import places, printed_e81
from lakip_xl.form.binding import Layout
from lakip_xl.form.edition_e81 import E81, FORM
from lakip_xl.form.evaluate import evaluate
from lakip_xl.form.expressions import Expr, Key
from lakip_xl.form.formulas import ratio
from lakip_xl.form.spec import MAX_BANDS
from lakip_xl.table.model import Document, Row, Table
from lakip_xl.template import checks, paper, settings
from lakip_xl.template.grid import Draft, Page

Seen = Callable[[Cell], Value]

FOLIO = 14
"""F4 as printers know it, 8.5 x 13 inches: the widest paper that offices keep."""

ALWAYS = ("realisasi_renstra", "rp_renstra", "tingkat_renstra", "tingkat_rp_renstra")
"""Columns 13 and 14 are ready before 5 and 6 are typed in, of which the matrix knows nothing."""


@dataclass(frozen=True)
class Made:
    """The workbook, how many rows it has, and the cells of the source whose formula nobody could calculate: they are blank in it.

    ``quarters`` is whether it holds rupiah by quarter.
    """

    data: bytes
    rows: int
    lost: tuple[Cell, ...]
    quarters: bool = False


def _require_rows(document: Document) -> None:
    """Refuses a table of IKU alone, and a matrix whose programs are but names beside their rows: the form has a row for each."""
    matrix = document.tables.get("matriks")
    if matrix is None:
        raise MissingForm(
            "Buku kerja ini hanya memuat tabel IKU, tanpa matriks program dan anggaran: tidak ada yang dapat diekspor.",
            "This workbook holds a table of IKU only, no matrix of programs and money: there is nothing to export.",
        )
    if matrix.headings:
        first = matrix.headings[0]
        cell = Cell(matrix.sheet, first.row, first.column)
        raise MissingForm(
            f"{cell}: '{first.name}' hanya nama di samping baris-barisnya, tanpa baris sendiri, padahal formulir ini memerlukannya. "
            "Pindahkan dahulu ke templat dengan 'lakip-xl adopt', lalu ekspor hasilnya.",
            f"{cell}: '{first.name}' is but a name beside its rows and has no row of its own, which this form needs. "
            "Bring it into the template with 'lakip-xl adopt' first, then export that.",
        )


def e81(document: Document, seen: Seen) -> Made:
    """The document (as filled) as Formulir E.81. ``seen`` gives what every cell of the source shows.

    Raises MissingForm where the document has no matrix, or programs without a row of their own.
    """
    _require_rows(document)
    draft = Draft(FORM.name)
    page = draft.add(E81.title)
    drawing.take_formulas_as_they_are(page.sheet)
    placed = _settings(draft, document, seen)
    year = document.settings.year
    groups = printed_e81.groups(year)
    printed = [key for group in groups for key in group.keys]
    helpers = [c.key for c in E81.columns if c.key in columns_of(document.matrix, E81) and c.key not in printed]
    columns = {key: place for place, key in enumerate([*printed, *helpers], start=1)}
    layout = Layout(E81.title, columns, placed.settings(FORM))
    carried = carry(document, E81, layout, head.NUMBER_ROW)
    table = carried.table
    wide = looks.widths(table)
    head.draw(page, layout, groups, helpers, wide)
    _rows(draft, table, wide)
    _lists(page, table)
    last = foot.draw(page, table, len(printed))
    _paper(page, len(printed), last)
    draft.hidden_name(places.EDITION_NAME, f'"{FORM.edition}"')
    return Made(draft.finish(), len(table.rows), tuple(carried.lost), _has_quarters(table))


def _has_quarters(table: Table) -> bool:
    return any(row.number_of(f"rp_tw{n}") is not None for row in table.rows for n in range(1, 5))


def _settings(draft: Draft, document: Document, seen: Seen) -> settings.Placed:
    """The sheets Identitas and Pengaturan with what the source says there."""
    found, placed = document.settings, settings.Placed()
    given = {field.key: seen(found.cells[field.key]) for field in FORM.identity if field.key in found.cells}
    settings.draw_identity(draft, FORM, placed, {key: value for key, value in given.items() if value is not None})
    settings.draw_settings(draft, FORM, placed)
    page = draft.pages[places.SETTINGS_SHEET]

    def overwrite(cell: Cell, value: Value) -> None:
        page.put(cell.row, cell.column, value, page.cells[cell.row, cell.column][1])

    for field in FORM.settings:
        if field.formula is None and field.key in found.cells:
            overwrite(placed.cells[field.key], seen(found.cells[field.key]))
    for threshold in FORM.thresholds:
        if threshold.key in found.cells:
            sheet, row, column = found.cells[threshold.key]
            target = placed.cells[threshold.key]
            for step in range(1, 4):
                overwrite(target._replace(column=target.column - step), seen(Cell(sheet, row, column - step)))
    first = placed.first_band
    assert first is not None
    for number in range(MAX_BANDS):
        band = found.bands[number] if number < len(found.bands) else None
        overwrite(first._replace(row=first.row + number), None if band is None else band.name)
        overwrite(Cell(first.sheet, first.row + number, first.column + 1), None if band is None else float(band.lower))
    return placed


def _rows(draft: Draft, table: Table, wide: Mapping[str, float]) -> None:
    page = draft.pages[table.sheet]
    formulas = in_order(wanted(table)) | _renstra(table)
    every = [*table.rows, *([table.total] if table.total is not None else [])]
    for row in every:
        page.sheet.set_row(row.number - 1, looks.height(table, row, wide))
        for key, place in table.layout.columns.items():
            entry = row.entries.get(key)
            formula = formulas.get((row.number, key))
            if entry is None:
                content: Value | Expr = formula
                if key == "tingkat" and formula is not None and evaluate(formula, _kode(row)) != row.level:
                    content = row.level or None  # a level that no code tells, as a word: sums look for it there
                page.put(row.number, place, content, looks.cell(table, row, key))
            else:
                page.put(row.number, place, entry.raw, looks.cell(table, row, key, entry))
    _formulas_for_results(draft, table, every, formulas)
    for place in table.layout.columns.values():
        if table.border_row is not None and table.total is not None:
            page.put(table.border_row, place, None, looks.BORDER_ROW)
    if table.border_row is not None:
        page.sheet.set_row(table.border_row - 1, 4)


def _kode(row: Row) -> Callable[[Cell], Value]:
    kode = row.entry("kode").raw
    return lambda cell: kode


def _renstra(table: Table) -> dict[tuple[int, str], Expr]:
    """Columns 13 and 14 of every row that has something to measure: K with an indicator, Rp with money."""
    found: dict[tuple[int, str], Expr] = {}
    every = [*table.rows, *([table.total] if table.total is not None else [])]
    for key in ALWAYS:
        formula = E81.by_key[key].formula
        assert formula is not None
        if key == "tingkat_renstra" and not table.has("arah"):
            formula = ratio(Key("realisasi_renstra"), Key("target_renstra"))  # as the form itself says: 13/5x100
        for row in every:
            money = key in ("rp_renstra", "tingkat_rp_renstra")
            if (row.head is None if money else bool(row.text_of("indikator"))) and not (
                key == "rp_renstra" and (row.children or row.total)
            ):
                found[row.number, key] = table.layout.bound(formula, row.number)
    return found


def _formulas_for_results(draft: Draft, table: Table, rows: list[Row], formulas: dict[tuple[int, str], Expr]) -> None:
    """Puts the form's formula in place of a figure that was typed, or came from a user's formula, wherever both are the same."""
    page = draft.pages[table.sheet]
    for row in rows:
        for key, entry in row.entries.items():
            formula = formulas.get((row.number, key))
            if formula is not None and agrees(entry, evaluate(formula, draft.resolve)):
                page.put(row.number, table.layout.columns[key], formula, looks.cell(table, row, key))


def _lists(page: Page, table: Table) -> None:
    """The choices of the helper columns, and no green corners on what is meant so."""
    if not table.rows:
        return
    first, last = table.rows[0].number, table.rows[-1].number
    for key, place in table.layout.columns.items():
        if E81.by_key[key].choices:
            checks.apply(page.sheet, first, last, place, checks.for_column(E81.by_key[key]))
    everything = str(Area(first, 1, last + 2, len(table.layout.columns)))
    kinds = ("number_stored_as_text", "formula_differs", "formula_range", "formula_unlocked")
    page.sheet.ignore_errors(dict.fromkeys(kinds, everything))


def _paper(page: Page, printed: int, last: int) -> None:
    """Folio, landscape, one page wide, the headings on each page; the helper columns do not print."""
    paper.lay_out(page.sheet)
    page.sheet.set_paper(FOLIO)
    page.sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    page.sheet.print_area(0, 0, last - 1, printed - 1)
    page.sheet.repeat_rows(head.TOP - 1, head.NUMBER_ROW - 1)
