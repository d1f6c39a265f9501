"""How the exported form looks: cells by kind and level, joined cells, and the widths of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from lakip_xl.cells import Value
from lakip_xl.form.expressions import Expr
from lakip_xl.form.spec import Kind
from lakip_xl.table.model import Entry, Row, Table
from lakip_xl.template import formats
from lakip_xl.template.formats import Look
from lakip_xl.template.grid import Page
from lakip_xl.template.heights import LINE, lines

RUPIAH, NUMBER = "#,##0", "#,##0.00"
BORDER_ROW: Look = {"border": 1, "border_color": formats.LINE}
FREE: Look = {**formats.BOXED, "text_wrap": True, "locked": False}
"""A cell that is left to be filled in by hand."""

_WIDTHS = {
    "no": 4, "sasaran": 13, "kode": 15.5, "uraian": 27, "indikator": 25, "satuan": 9, "unit": 12, "keterangan": 17, "tingkat_renstra": 7.5,
    "tingkat_rp_renstra": 7.5, "capaian": 10, "persen": 10, "tingkat": 14, "arah": 24, "cara_hitung": 14, "waktu_ukur": 13, "status": 11,
    "hasil_periksa": 20,
}  # fmt: skip
_LEAST_K, _LEAST_RP = 7.0, 11.0


def widths(table: Table) -> dict[str, float]:
    """The width of each column in characters. Twenty-six columns share one page, so figures get what they need and no more."""
    wide = {
        key: _LEAST_K if kind is not Kind.RUPIAH else _LEAST_RP
        for key in table.layout.columns
        if (kind := table.spec.by_key[key].kind)
    }
    for row in (*table.rows, *([table.total] if table.total is not None else ())):
        for key, entry in row.entries.items():
            value = entry.raw
            if key in wide and isinstance(value, float) and table.spec.by_key[key].kind.numeric:
                shown = f"{value:,.2f}" if table.spec.by_key[key].kind is not Kind.RUPIAH else f"{value:,.0f}"
                wide[key] = max(wide[key], min(20.0, 0.92 * len(shown) + 1))
    rupiah = max(wide["anggaran"], wide["realisasi_anggaran"]) + 1.3  # the total may be a digit longer
    return {
        key: _WIDTHS.get(key, rupiah if table.spec.by_key[key].kind is Kind.RUPIAH else wide[key])
        for key in table.layout.columns
    }


def height(table: Table, row: Row, wide: Mapping[str, float]) -> float:
    """The height of a row in points, for its longest text: not every program fits rows to wrapped text by itself."""
    if row.total:
        return LINE + 2
    bold = _height(table, row) > 0
    most = 1
    for key, entry in row.entries.items():
        if isinstance(entry.raw, str) and key in wide and not table.spec.by_key[key].kind.numeric:
            most = max(most, lines(entry.raw, wide[key], bold=bold))
    return LINE * most + 2


def cell(table: Table, row: Row, key: str, entry: Entry | None = None) -> Look:
    """The look of a cell in a row of the table; a figure that is carried over shows as many decimals as it did."""
    kind = table.spec.by_key[key].kind
    number_format = _number_format(kind, entry) if kind.numeric else ""
    return _look(kind, number_format, key == "no", _height(table, row), row.total, row.in_use)


@lru_cache(maxsize=1024)
def _look(kind: Kind, number_format: str, centred: bool, height: int, total: bool, in_use: bool) -> Look:
    look: dict[str, Any] = {**formats.BOXED, **formats.shape(kind), "font_size": 11}
    if number_format:
        look["num_format"] = number_format
    if centred:
        look["align"] = "center"
    if total:
        if (
            not kind.numeric
        ):  # its one word may stand in the narrowest column: it runs on into the blank cells beside it
            look |= {"text_wrap": False, "align": "left"}
        return {**look, "bold": True, "bg_color": formats.LEVEL_FILLS[-1], "top": 2, "valign": "vcenter"}
    if height:
        look |= {"bold": True, "bg_color": formats.LEVEL_FILLS[min(height, 3) - 1]}
    if not in_use:
        look |= {"italic": True, "font_color": formats.MUTED}
    return look


def _number_format(kind: Kind, entry: Entry | None) -> str:
    if entry is None:
        return RUPIAH if kind is Kind.RUPIAH else NUMBER
    if entry.fault == "date":
        return "dd/mm/yyyy"  # still a date to whoever reads it: what figure was meant, nobody knows
    decimals = entry.digits
    if decimals is None and entry.typed is not None and not isinstance(entry.typed, str):
        exponent = entry.typed.as_tuple().exponent
        decimals = min(max(0, -exponent), 10) if isinstance(exponent, int) else 0
    return RUPIAH + ("." + "0" * decimals if decimals else "") + ("%" if entry.scaled else "")


def _height(table: Table, row: Row) -> int:
    """How many levels a row stands above the leaves: 1 for a kegiatan; further indicators look like their row."""
    level = (row.head or row).level
    return len(table.spec.levels) - 1 - table.spec.depth(level) if level else 0


def joined(page: Page, top: int, left: int, bottom: int, right: int, content: Value | Expr, look: Look) -> None:
    """Puts a text or formula into cells that are joined to one; a single cell stays as it is."""
    if (top, left) != (bottom, right):
        page.sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            page.put(row, column, content if (row, column) == (top, left) else None, look)
