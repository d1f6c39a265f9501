"""How cells look: the palette, the number formats by kind, and one XlsxWriter format for each distinct look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from lakip_xl.form.spec import Kind

Look = Mapping[str, Any]

INK, MUTED, LINE = "#1F2933", "#6B7280", "#A6B1BF"
HEADING_FILL, HELPER_FILL, FORMULA_FILL = "#BDD7EE", "#E2E6EA", "#F2F2F2"
TITLE_INK = "#1F4E78"
LEVEL_FILLS = ("#F3F8FC", "#DDEBF7", "#C9DDF0")
"""From the parents of the leaves upward."""

# The accounting format writes "Rp -" for zero; separators follow the user's own locale.
RUPIAH = '_-"Rp"\\ * #,##0_-;\\-"Rp"\\ * #,##0_-;_-"Rp"\\ * "-"_-;_-@_-'
NUMBER_FORMATS = {
    Kind.TEXT: "General",
    Kind.CHOICE: "General",
    Kind.CODE: "@",
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "#,##0.00",
    Kind.RUPIAH: RUPIAH,
    Kind.PERCENT: "#,##0.00",
    Kind.YEAR: "0",
}

BASE: Look = {"font_size": 10, "font_color": INK, "valign": "top"}
BOXED: Look = {**BASE, "border": 1, "border_color": LINE}
TITLE: Look = {"font_size": 14, "bold": True, "font_color": TITLE_INK, "valign": "vcenter"}
SUBTITLE: Look = {"font_size": 11, "bold": True, "font_color": INK, "valign": "vcenter"}
INTRO: Look = {"font_size": 9, "italic": True, "font_color": MUTED, "valign": "top"}
HEADING: Look = {
    **BOXED,
    "bold": True,
    "bg_color": HEADING_FILL,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
NUMBERING: Look = {**BOXED, "font_size": 8, "italic": True, "font_color": MUTED, "align": "center", "valign": "vcenter"}
BORDER_ROW: Look = {"border": 1, "border_color": LINE, "pattern": 14, "fg_color": LINE, "bg_color": "#FFFFFF"}
TOTAL: Look = {**BOXED, "bold": True, "bg_color": LEVEL_FILLS[1], "top": 2, "bottom": 2, "valign": "vcenter"}


def entry(kind: Kind) -> Look:
    """A cell that staff type into."""
    return {**BOXED, **shape(kind), "locked": False}


def computed(kind: Kind) -> Look:
    """A cell that a formula fills."""
    return {**BOXED, **shape(kind), "bg_color": FORMULA_FILL}


def shape(kind: Kind) -> Look:
    """Number format, alignment and wrapping of a kind of cell."""
    look: dict[str, Any] = {"num_format": NUMBER_FORMATS[kind]}
    if kind in (Kind.YEAR, Kind.COUNT):
        return look | {"align": "center"}
    if kind.numeric:
        return look | {"align": "right"}
    return look | {"align": "left", "text_wrap": True}


class Formats:
    """The formats of one workbook; equal looks share one."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._asked: dict[
            int, tuple[Look, Format]
        ] = {}  # a look that is asked for again, by its id; it is kept, so the id is its own

    def get(self, look: Look) -> Format:
        """The format with this look."""
        asked = self._asked.get(id(look))
        if asked is not None:
            return asked[1]
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(dict(look))
        self._asked[id(look)] = look, self._made[key]
        return self._made[key]
