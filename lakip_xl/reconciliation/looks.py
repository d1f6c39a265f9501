"""How the sheets of a reconciliation look, and cells that are joined."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from decimal import Decimal

from lakip_xl.cells import Value
from lakip_xl.form.expressions import Expr
from lakip_xl.ledger.items import Figures
from lakip_xl.template import formats
from lakip_xl.template.formats import Look
from lakip_xl.template.grid import Page

FOLIO = 14
"""F4 as printers know it, 8.5 x 13 inches."""

CELL: Look = {**formats.BOXED, "font_size": 10}
WRAPPED: Look = {"text_wrap": True, "align": "left"}
FREE: Look = {**CELL, **WRAPPED, "locked": False}
"""A cell that is left to be filled in by hand."""
STRONG: Look = {"bold": True, "bg_color": formats.LEVEL_FILLS[1]}
NOTE: Look = {**formats.INTRO, "text_wrap": True}
PLAIN: Look = {"font_size": 11, "font_color": formats.INK, "valign": "top", "text_wrap": True}
CENTRED: Look = {"font_size": 11, "font_color": formats.INK, "align": "center", "valign": "top", "text_wrap": True}

LINE = 13.5
"""Points that a line of text of 10 points takes."""


def joined(page: Page, top: int, left: int, bottom: int, right: int, content: Value | Expr, look: Look) -> None:
    """Puts a text or formula into cells that are joined to one; a single cell stays as it is."""
    if (top, left) != (bottom, right):
        page.sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            page.put(row, column, content if (row, column) == (top, left) else None, look)


def lines(text: object, width: float) -> int:
    """How many lines a text takes in a column that is so many characters wide."""
    if not isinstance(text, str) or not text:
        return 1
    return sum(len(textwrap.wrap(part, max(4, int(width * 0.95)))) or 1 for part in text.split("\n"))


def number(value: Decimal | None) -> float | None:
    """Rupiah as a cell holds them."""
    return None if value is None else float(value)


def rupiah_format(figures: Iterable[Figures]) -> str:
    """Whole rupiah, or with sen where there are any."""
    values = (value for each in figures for value in (each.matrix, each.ledger) if value is not None)
    return "#,##0.00" if any(value != value.to_integral_value() for value in values) else "#,##0"
