"""What stands above the rows of the form: its titles, headings in three rows, and the row of column numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lakip_xl.export.looks import FREE, joined
from lakip_xl.form import formulas, printed_e81
from lakip_xl.form.binding import Layout
from lakip_xl.form.edition_e81 import E81
from lakip_xl.form.expressions import Const, Expr, Setting, call
from lakip_xl.form.printed_e81 import Group
from lakip_xl.template import formats
from lakip_xl.template.grid import Page
from lakip_xl.template.heights import lines as lines_of

TOP, PARTS_ROW, NUMBER_ROW = 6, 8, 9
"""The first row of headings, the row of K and Rp, and the row of column numbers below it."""

_RKPD_ROW = 4
_ROW = 18


def draw(
    page: Page, layout: Layout, groups: Sequence[Group], helpers: Sequence[str], wide: Mapping[str, float]
) -> None:
    """Titles and headings; ``helpers`` are the keys of the columns right of the printed ones, ``wide`` the widths."""
    for key, place in layout.columns.items():
        page.sheet.set_column(place - 1, place - 1, wide[key])
    last = sum(len(group.keys) for group in groups)
    _titles(page, layout, last)
    _headings(page, layout, groups, wide)
    for key in helpers:
        place = layout.columns[key]
        look = {**formats.HEADING, "bg_color": formats.HELPER_FILL}
        joined(page, TOP, place, PARTS_ROW, place, E81.by_key[key].heading, look)
        page.put(NUMBER_ROW, place, None, formats.NUMBERING)
    page.sheet.freeze_panes(NUMBER_ROW, layout.columns["uraian"])


def _titles(page: Page, layout: Layout, last: int) -> None:
    region, year, period = Setting("kabupaten"), Setting("tahun"), Setting("periode")
    scope = call("IF", region.eq(""), "", Const(f" {printed_e81.SCOPE} ") & call("UPPER", region))
    when = call("IF", period.eq(""), "", Const(" (") & call("UPPER", period) & ")")
    lines: tuple[Expr, ...] = (
        Const(printed_e81.TITLE) & scope,
        Const(f"{printed_e81.OFFICE} ") & formulas.office_line(),
        Const(f"{printed_e81.PERIOD} ") & year & when,
    )
    for row, (line, look) in enumerate(
        zip(lines, (formats.TITLE, formats.SUBTITLE, formats.SUBTITLE), strict=True), start=1
    ):
        joined(page, row, 1, row, last, layout.bound(line, row), {**look, "align": "center"})
        page.sheet.set_row(row - 1, 21)
    label = layout.columns["indikator"]
    joined(page, _RKPD_ROW, 1, _RKPD_ROW, label, printed_e81.RKPD, {**formats.BASE, "bold": True, "valign": "vcenter"})
    joined(page, _RKPD_ROW, label + 1, _RKPD_ROW, last, None, FREE)
    page.sheet.set_row(_RKPD_ROW - 1, 21)


def _headings(page: Page, layout: Layout, groups: Sequence[Group], wide: Mapping[str, float]) -> None:
    for group in groups:
        first, last = layout.columns[group.keys[0]], layout.columns[group.keys[-1]]
        top = TOP + 1 if group.over else TOP
        bottom = PARTS_ROW if first == last else PARTS_ROW - 1
        joined(page, top, first, bottom, last, group.heading, formats.HEADING)
        joined(page, NUMBER_ROW, first, NUMBER_ROW, last, _number(group.number), formats.NUMBERING)
        for part, place in zip(printed_e81.PARTS, range(first, last + 1), strict=False):
            if first != last:
                page.put(PARTS_ROW, place, part, formats.HEADING)
    quarters = [layout.columns[key] for group in groups if group.over for key in group.keys]
    joined(page, TOP, min(quarters), TOP, max(quarters), printed_e81.QUARTERS, formats.HEADING)
    page.sheet.set_row(TOP - 1, _ROW)
    page.sheet.set_row(TOP, max(_ROW, *(_needed(group, wide) for group in groups)))
    page.sheet.set_row(PARTS_ROW - 1, _ROW)


def _number(text: str) -> str | float | None:
    return float(text) if text.isdigit() else text or None


def _needed(group: Group, wide: Mapping[str, float]) -> float:
    """What a heading needs of the middle row, in points: it stands over that and the first row, without K and Rp over all three."""
    needed = 13.5 * lines_of(group.heading, 1.08 * sum(wide[key] for key in group.keys), bold=True) + 4
    return needed - _ROW * (1 if len(group.keys) > 1 else 2)
