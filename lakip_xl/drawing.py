"""Putting cells into a workbook that XlsxWriter makes: the same way for the template and the owned sheets, byte for byte each time."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lakip_xl.cells import MAX_TEXT, NUM, ErrorValue, Value
from lakip_xl.workbook.strings import encode

CREATED = datetime(2023, 1, 1)
"""The date that the document properties state: fixed, so that the same input gives the same bytes."""

NotWritten = FileCreateError
"""What XlsxWriter says where the disk that takes its rows is full."""

MAX_PATH = 2_000
LARGEST = 9.99999999999999e307
"""The largest number that Excel takes into a cell."""

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


_LEADS_ASTRAY = str.maketrans({char: f"%{ord(char):02X}" for char in '%# "<>[]^`{}'})


class _Text(str):
    """A text as a formula's cached value: XlsxWriter would store "" as a number without digits, and the text "#N/A" as an error."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def new_book(title: str, *, streamed: str = "") -> tuple[xlsxwriter.Workbook, io.BytesIO]:
    """An empty workbook, and where its bytes are once it is closed. Text stays text, whatever it begins with.

    ``streamed``: a folder to which rows go as they are written, each once and from the top, so that a million of them take no memory.
    Where something fails XlsxWriter leaves its files there.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, _OPTIONS | {"in_memory": not streamed, "constant_memory": bool(streamed), "tmpdir": streamed}
    )
    book.set_properties({"title": title, "created": CREATED})
    return book, file


def take_formulas_as_they_are(sheet: Worksheet) -> None:
    """Spares XlsxWriter the search for functions newer than Excel 2010, which ours never hold: half the time of a large sheet."""
    sheet.__dict__["_prepare_formula"] = lambda formula, *_: formula.removeprefix("=")


def put_cell(
    sheet: Worksheet, row: int, column: int, value: Value, look: Format | None, formula: str | None = None
) -> None:
    """Writes a cell (1-based): a constant, or a formula without ``=`` with its cached value; None leaves a blank with its look."""
    at = row - 1, column - 1
    if isinstance(value, float) and not -LARGEST <= value <= LARGEST:
        value = NUM  # a sum beyond the largest number, which Excel calls so
    if formula is not None:
        cached: object = str(value) if isinstance(value, ErrorValue) else value
        if isinstance(value, str):
            cached = _Text(encode(value))  # XlsxWriter escapes control characters in constants only
        sheet.write_formula(*at, "=" + formula, look, cached)
    elif value is None or value == "":
        sheet.write_blank(*at, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(*at, value, look)
    elif isinstance(value, float | int):
        sheet.write_number(*at, value, look)
    else:
        sheet.write_string(*at, str(value)[:MAX_TEXT], look)


def put_link(
    sheet: Worksheet, row: int, column: int, path: str, anchor: str, text: str, look: Format | None = None
) -> None:
    """Writes a text (1-based) that opens a file: ``path`` is relative to the workbook, with ``/``, ``anchor`` a cell in it or "".

    A path that is too long for Excel leaves the text alone.
    """
    target = path.translate(_LEADS_ASTRAY)
    if len(target) > MAX_PATH:
        put_cell(sheet, row, column, text, look)
        return
    sheet.write_url(row - 1, column - 1, f"external:{target}{'#' + anchor if anchor else ''}", look, text[:MAX_TEXT])
    # XlsxWriter writes the separators of Windows, which no other system follows; Excel itself writes these.
    link = sheet.hyperlinks[row - 1][column - 1]
    link._relationship_link = link._relationship_link.replace("\\", "/")
