"""What a user wrote on a sheet that the tool owns, moved to a sheet of the user's own before the owned one is written anew."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from lakip_xl.cells import a1
from lakip_xl.summary.explanations import Foreign

_HEADINGS = ("SEL", "ISI", "RUMUS")


def kept(title: str, source: str, foreign: Sequence[Foreign]) -> bytes:
    """A workbook with one sheet that lists the cells: where each stood, what it held, and its formula as text.

    Formulas are not kept alive: their addresses meant the sheet that they stood in.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": datetime(2023, 1, 1)})
    sheet = book.add_worksheet(title)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 2, 60)
    sheet.write_string(
        0,
        0,
        f"Isian Anda pada lembar '{source}', dipindahkan ke sini karena lembar itu ditulis ulang oleh lakip-xl.",
        bold,
    )
    for column, heading in enumerate(_HEADINGS):
        sheet.write_string(2, column, heading, bold)
    for row, cell in enumerate(foreign, start=3):
        sheet.write_string(row, 0, a1(cell.row, cell.column))
        if isinstance(cell.value, bool):
            sheet.write_boolean(row, 1, cell.value, wrap)
        elif isinstance(cell.value, float):
            sheet.write_number(row, 1, cell.value, wrap)
        elif cell.value is not None:
            sheet.write_string(row, 1, str(cell.value)[:32_767], wrap)
        if cell.formula is not None:
            sheet.write_string(row, 2, "=" + cell.formula[:32_000], wrap)
    book.close()
    return file.getvalue()
