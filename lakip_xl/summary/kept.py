"""What a user wrote on a sheet that the tool owns, moved to a sheet of the user's own before the owned one is written anew."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xl.cells import a1
from lakip_xl.drawing import new_book, put_cell
from lakip_xl.summary.explanations import Foreign

_HEADINGS = ("SEL", "ISI", "RUMUS")


def kept(title: str, source: str, foreign: Sequence[Foreign]) -> bytes:
    """A workbook with one sheet that lists the cells: where each stood, what it held, and its formula as text.

    Formulas are not kept alive: their addresses meant the sheet that they stood in.
    """
    book, file = new_book(title)
    sheet = book.add_worksheet(title)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 2, 60)
    head = f"Isian Anda pada lembar '{source}', dipindahkan ke sini karena lembar itu ditulis ulang oleh lakip-xl."
    put_cell(sheet, 1, 1, head, bold)
    for column, heading in enumerate(_HEADINGS, start=1):
        put_cell(sheet, 3, column, heading, bold)
    for row, cell in enumerate(foreign, start=4):
        put_cell(sheet, row, 1, a1(cell.row, cell.column), None)
        put_cell(sheet, row, 2, cell.value, wrap)
        put_cell(sheet, row, 3, None if cell.formula is None else "=" + cell.formula, wrap)
    book.close()
    return file.getvalue()
