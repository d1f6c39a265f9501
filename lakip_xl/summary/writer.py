"""Puts pages into a workbook with XlsxWriter, byte for byte the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lakip_xl.drawing import new_book, put_cell, take_formulas_as_they_are
from lakip_xl.form.evaluate import Resolve
from lakip_xl.form.grid import resolver
from lakip_xl.summary import marks
from lakip_xl.summary.formats import LOOKS, TITLE_INK, Look
from lakip_xl.summary.page import Page

_A4 = (595, 842)  # points
MAX_LINKS = 65_000  # Excel drops all hyperlinks of a sheet with more than 65.530


@dataclass(frozen=True, slots=True)
class Setup:
    """How a page is shown and printed; rows and columns are 1-based.

    frozen    the first row and column that scroll
    repeated  the rows printed on every page
    printed   the last column of the print area, from the first row to ``last_row``
    hidden    columns that nobody needs to see
    marks     the hidden column for ``marks``
    portrait  the paper stands upright
    """

    frozen: tuple[int, int]
    repeated: tuple[int, int]
    printed: int
    last_row: int
    marks: int
    hidden: Sequence[int] = ()
    footer: str = ""
    filtered: tuple[int, int, int, int] | None = None
    portrait: bool = False


def write(pages: Sequence[tuple[Page, Setup]], outer: Resolve) -> bytes:
    """The workbook with these sheets; ``outer`` gives what Excel sees in the cells of other sheets."""
    book, file = new_book("Ringkasan LAKIP")
    formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format_of(look: Look) -> Format:
        key = tuple(sorted(look.items()))
        if key not in formats:
            formats[key] = book.add_format(look)
        return formats[key]

    resolve = resolver(*(page.grid for page, _ in pages), outer=outer)
    sheets = [book.add_worksheet(page.title) for page, _ in pages]
    for (page, setup), sheet in zip(pages, sheets, strict=True):
        take_formulas_as_they_are(sheet)
        page.fit_heights(resolve)
        _cells(page, setup, sheet, resolve, format_of)
        _surroundings(page, setup, sheet, format_of)
    for (page, _), sheet in zip(pages, sheets, strict=True):
        for row, column, make in page.charts:
            sheet.insert_chart(
                row - 1, column - 1, make(book, resolve), {"x_offset": 3, "y_offset": 4, "object_position": 2}
            )
    book.close()
    return file.getvalue()


def _cells(page: Page, setup: Setup, sheet: Worksheet, resolve: Resolve, format_of: Any) -> None:
    for top, left, bottom, right in page.merges:
        sheet.merge_range(
            top - 1, left - 1, bottom - 1, right - 1, "", format_of(LOOKS[page.grid.slots[top, left].format])
        )
    covered = {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    marker, found = marks.Marker(), {1: ""}
    links = 0
    for number, group in groupby(page.grid.written(resolve), key=lambda cell: cell.row):
        cells = [cell for cell in group if (cell.row, cell.column) not in covered]
        for cell in cells:
            link = page.links.get((cell.row, cell.column))
            if link is not None and links < MAX_LINKS:
                links += 1
                sheet.write_url(
                    cell.row - 1, cell.column - 1, "internal:" + link, format_of(LOOKS[cell.format]), str(cell.value)
                )
            else:
                put_cell(sheet, cell.row, cell.column, cell.value, format_of(LOOKS[cell.format]), cell.formula)
        ours = [cell for cell in cells if not cell.format.startswith("entry")]
        if ours:
            found[number] = marker.of_row(ours)
    for row, text in found.items():
        sheet.write_string(row - 1, setup.marks - 1, f"{marks.HEADER} {text}" if row == 1 else text)


def _surroundings(page: Page, setup: Setup, sheet: Worksheet, format_of: Any) -> None:
    for number, width in enumerate(page.widths):
        hidden = number + 1 in setup.hidden or number + 1 == setup.marks
        sheet.set_column(number, number, width, None, {"hidden": True} if hidden else {})
    for row, height in sorted(page.heights.items()):
        sheet.set_row(row - 1, height)
    for (top, left, bottom, right), rule, look in page.rules:
        sheet.conditional_format(top - 1, left - 1, bottom - 1, right - 1, rule | {"format": format_of(look)})
    for (top, left, bottom, right), words in page.choices:
        rule = {"validate": "list", "source": list(words), "error_title": "Pilih dari daftar",
                "error_message": f"Pilih {', '.join(words[:-1])}, atau {words[-1]}; atau kosongkan."}  # fmt: skip
        sheet.data_validation(top - 1, left - 1, bottom - 1, right - 1, rule)
    sheet.hide_gridlines(2)
    sheet.set_tab_color(TITLE_INK)
    if not setup.portrait:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&L&8" + setup.footer.replace("&", "&&") + "&R&8Halaman &P dari &N")
    sheet.repeat_rows(setup.repeated[0] - 1, setup.repeated[1] - 1)
    sheet.print_area(0, 0, setup.last_row - 1, setup.printed - 1)
    sheet.freeze_panes(setup.frozen[0] - 1, setup.frozen[1] - 1)
    if setup.filtered is not None:
        top, left, bottom, right = setup.filtered
        sheet.autofilter(top - 1, left - 1, bottom - 1, right - 1)
    breaks = page_breaks(page, setup)
    if breaks:
        sheet.set_h_pagebreaks([row - 1 for row in breaks])


def page_breaks(page: Page, setup: Setup) -> list[int]:
    """The rows on which a new printed page begins, so that no block that fits on one page is cut."""
    width = sum(page.widths[: setup.printed]) * 5.25 + setup.printed * 3.75
    across, down = _A4 if setup.portrait else reversed(_A4)
    scale = min(1.0, (across - 0.8 * 72) / width)
    room = (down - 1.1 * 72) / scale - sum(
        page.heights.get(row, 15) for row in range(setup.repeated[0], setup.repeated[1] + 1)
    )
    found: list[int] = []
    used = 0.0
    for start, end in pairwise([*page.breaks, setup.last_row + 1]):
        height = sum(page.heights.get(row, 15) for row in range(start, end))
        if used and used + height > room:
            found.append(start)
            used = 0.0
        used = (used + height) % room if height > room else used + height
    return found
