"""How the sheets of the recap print: A4 landscape, at the scale that puts the whole first page on one sheet of paper where it can."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xl.recap.sheet import Sheet

A4 = 9
_WIDE, _HIGH = 842 - 0.8 * 72, 595 - 1.1 * 72
"""Points of an A4 page inside its margins."""
_SPARE, _SPARE_DOWN = 0.93, 0.96
"""Programs draw columns up to a twentieth wider than their digits say; one column too many would print on a page of its own. Heights are
given in points, and only rounded."""
_SMALLEST = 45
"""Percent: smaller letters than 4,5 points nobody reads; then a page more is taken."""

_EASY = 56
"""Percent: letters of 5,6 points, as small as the print of a first page with everything on it may be."""


def fit(widths: Sequence[float], heights: Sequence[float]) -> tuple[int, bool]:
    """The scale in percent at which columns and rows fit on one page, and whether they do: the rows run on where letters would be too
    small."""
    across = _SPARE * _WIDE / (sum(widths) * 5.25 + len(widths) * 3.75)
    down = _SPARE_DOWN * _HIGH / max(sum(heights), 1)
    whole = int(100 * min(across, down, 1.0))
    return (whole, True) if whole >= _SMALLEST else (max(10, int(100 * min(across, 1.0))), False)


def together(widths: Sequence[float], heights: Sequence[float], least: float) -> int | None:
    """The scale in percent at which all these rows, and something at least ``least`` points high below them, fit on one page in print that
    can be read with ease; None where they do not."""
    across, _ = fit(widths, [])
    scale, whole = fit(widths, [*heights, least])
    return scale if whole and scale >= min(_EASY, 0.85 * across) else None


def room(scale: int, heights: Sequence[float]) -> float:
    """The points that a page at this scale has left below these rows."""
    return _SPARE_DOWN * _HIGH * 100 / scale - sum(heights)


def lay_out(sheet: Sheet, columns: int, rows: int, repeated: tuple[int, int] | None, scale: int | None = None) -> None:
    """Paper, margins, footer, print area and the rows that repeat; without a ``scale`` as many pages as it takes, one wide."""
    page = sheet.sheet
    page.set_paper(A4)
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&L&8&A&R&8Halaman &P dari &N", {"margin": 0.3})
    page.center_horizontally()
    page.hide_gridlines(2)
    page.print_area(0, 0, max(rows, 1) - 1, columns - 1)
    if repeated is not None:
        page.repeat_rows(repeated[0] - 1, repeated[1] - 1)
    if scale is None:
        page.fit_to_pages(1, 0)
    else:
        page.set_print_scale(scale)
