"""How sheets print: A4, one page wide where that stays readable, repeated headings, page numbers."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from lakip_xl.form.spec import TableSpec

A4 = 9


@dataclass(frozen=True, slots=True)
class Fold:
    """A table too wide for one page: where the second page begins, and the last of the columns that repeat on it."""

    second_page: str
    repeat_to: str
    scale: int


# Twenty-two columns on one page would print in letters of four points.
FOLDS = {"sasaran": Fold("capaian_n1", "indikator", 66)}


def lay_out(sheet: Worksheet, *, landscape: bool = True, one_page: bool = False) -> None:
    """Paper, margins and footer that all sheets share; ``one_page`` for a sheet whose last rows alone would make a second one."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&8&A&R&8Halaman &P dari &N", {"margin": 0.3})
    sheet.fit_to_pages(1, int(one_page))
    sheet.hide_gridlines(2)


def lay_out_table(sheet: Worksheet, spec: TableSpec) -> None:
    """The print area from the first to the last printed column, headings repeated on each page."""
    lay_out(sheet)
    sheet.print_area(0, 0, spec.total_row - 1 if spec.total else spec.border_row - 1, last_printed(spec) - 1)
    sheet.repeat_rows(spec.header_row - 1, spec.number_row - 1)
    fold = FOLDS.get(spec.key)
    if fold:
        sheet.set_print_scale(fold.scale)
        sheet.set_v_pagebreaks([spec.position(fold.second_page) - 1])
        sheet.repeat_columns(0, spec.position(fold.repeat_to) - 1)


def last_printed(spec: TableSpec) -> int:
    """The 1-based last column of the print area; helper columns stand right of it."""
    return max(spec.position(column.key) for column in spec.columns if column.printed)
