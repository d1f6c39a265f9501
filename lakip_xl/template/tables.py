"""A sheet that holds a table of the form: captions, headings, prepared rows, the border row and the total."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from types import MappingProxyType

from lakip_xl.cells import Area
from lakip_xl.form import formulas
from lakip_xl.form.binding import Layout
from lakip_xl.form.expressions import Expr
from lakip_xl.form.spec import Column, Kind, TableSpec
from lakip_xl.template import checks, colours, formats, heights, paper
from lakip_xl.template.grid import Draft, Page

# The widest level that a fresh matrix has; ``fill`` writes the sums anew when a workbook has urusan or sub unit above it.
TOP_LEVELS = {"matriks": "program", "belanja": "kelompok"}
_INTRO_ROW = 4
_BORDER_HEIGHT = 6


def draw(
    draft: Draft, spec: TableSpec, settings: Mapping[str, Expr], high: Mapping[int, float] = MappingProxyType({})
) -> None:
    """Adds the table's sheet to the workbook; ``high`` are heights of rows that somebody else will write into."""
    page = draft.add(spec.title)
    layout = Layout(spec.title, {column.key: spec.position(column.key) for column in spec.columns}, settings)
    _columns(page, spec)
    _captions(page, spec, layout)
    _headings(page, spec)
    _data_rows(page, spec, layout)
    for row, points in high.items():
        page.sheet.set_row(row - 1, points)
    _foot(page, spec, layout)
    for column in spec.columns:
        checks.apply(page.sheet, spec.first_row, spec.border_row, spec.position(column.key), checks.for_column(column))
    colours.colour_table(draft, page, spec)
    _silence(page, spec)
    paper.lay_out_table(page.sheet, spec)
    page.sheet.freeze_panes(spec.number_row, spec.position(_label_key(spec)))


def _columns(page: Page, spec: TableSpec) -> None:
    after_outline = False
    for place, column in enumerate(spec.columns):
        options = {"level": 1, "hidden": True} if column.outline else {"collapsed": True} if after_outline else {}
        page.sheet.set_column(place, place, column.width, None, options)
        after_outline = column.outline


def _captions(page: Page, spec: TableSpec, layout: Layout) -> None:
    page.put(1, 1, spec.caption, formats.TITLE)
    page.put(2, 1, layout.bound(formulas.office_line(), 2), formats.SUBTITLE)
    page.put(3, 1, layout.bound(formulas.period_line(), 3), formats.SUBTITLE)
    page.put(_INTRO_ROW, 1, spec.intro, formats.INTRO)
    page.sheet.set_row(0, 21)
    if spec.key in paper.FOLDS:
        _fold_intro(page, spec)


def _fold_intro(page: Page, spec: TableSpec) -> None:
    """Wraps the intro inside the columns that repeat on the second page, where it would be cut off."""
    last = spec.position(paper.FOLDS[spec.key].repeat_to)
    look = {**formats.INTRO, "text_wrap": True}
    page.merge(_INTRO_ROW, 1, last, spec.intro, look)
    width = sum(column.width for column in spec.columns[:last])
    page.sheet.set_row(_INTRO_ROW - 1, 12 * len(textwrap.wrap(spec.intro, int(width * 1.1))) + 3)


def _headings(page: Page, spec: TableSpec) -> None:
    for place, column in enumerate(spec.columns, start=1):
        look = formats.HEADING if column.number else {**formats.HEADING, "bg_color": formats.HELPER_FILL}
        page.put(spec.header_row, place, column.heading, look)
        page.put(spec.number_row, place, float(column.number) if column.number else None, formats.NUMBERING)
    tallest = max(lines(column.heading, column.width) for column in spec.columns)
    page.sheet.set_row(spec.header_row - 1, 14 * tallest + 6)


def lines(words: str, width: float) -> int:
    """The lines that bold capitals need in a column of this width."""
    return len(textwrap.wrap(words, max(1, int(width * 0.85))))


def _data_rows(page: Page, spec: TableSpec, layout: Layout) -> None:
    for row in range(spec.first_row, spec.border_row):
        given = dict(spec.given[row - spec.first_row]) if row - spec.first_row < len(spec.given) else {}
        points = heights.of_row(spec, given)
        if points is not None:
            page.sheet.set_row(row - 1, points)
        for place, column in enumerate(spec.columns, start=1):
            if column.prefilled and column.formula is not None:
                page.put(row, place, layout.bound(column.formula, row), _computed(column))
            else:
                page.put(row, place, given.get(column.key), formats.entry(column.kind))


def _computed(column: Column) -> formats.Look:
    """A formula that a choice from the list may replace stays unlocked."""
    look = formats.computed(column.kind)
    return {**look, "locked": False} if column.choices else look


def _foot(page: Page, spec: TableSpec, layout: Layout) -> None:
    for place in range(1, len(spec.columns) + 1):
        page.put(spec.border_row, place, None, formats.BORDER_ROW)
    page.sheet.set_row(spec.border_row - 1, _BORDER_HEIGHT)
    if not spec.total:
        return
    row, rows = spec.total_row, (spec.first_row, spec.border_row)
    found: dict[str, Expr | str] = {_label_key(spec): spec.total}
    for key in spec.sums:
        found[key] = layout.bound(formulas.roll_up(key, TOP_LEVELS[spec.key]), row, rows)
    persen = spec.by_key.get("persen")
    if spec.sums and persen is not None and persen.formula is not None:
        found["persen"] = layout.bound(persen.formula, row)
    for key, formula in spec.footer:
        found[key] = layout.bound(formula, row, rows)
    for place, column in enumerate(spec.columns, start=1):
        look = {**formats.TOTAL, **formats.shape(column.kind), "text_wrap": False}
        page.put(row, place, found.get(column.key), look)
    page.sheet.set_row(row - 1, 20)


def _label_key(spec: TableSpec) -> str:
    """The column of the total's label: the first that is wide enough for words."""
    return next(column.key for column in spec.columns if column.kind is Kind.TEXT and column.width >= 20)


def _silence(page: Page, spec: TableSpec) -> None:
    """Keeps Excel's green corners away from what is meant: codes as text, formulas beside typed cells."""
    everything = str(Area(spec.first_row, 1, spec.total_row, len(spec.columns)))
    kinds = ("number_stored_as_text", "formula_differs", "formula_range", "formula_unlocked")
    page.sheet.ignore_errors(dict.fromkeys(kinds, everything))
