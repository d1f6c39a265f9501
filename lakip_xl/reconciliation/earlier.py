"""What people wrote in an earlier reconciliation: SEBAB and TINDAK LANJUT by key, wherever the rows stand now."""

from __future__ import annotations

from lakip_xl.errors import LakipError
from lakip_xl.ledger.items import Written
from lakip_xl.reconciliation.book import MARK
from lakip_xl.reconciliation.table import CAUSE, FOLLOW_UP, KEY
from lakip_xl.workbook import Sheet, Workbook

_TOP = 40
"""Rows in which the headings are looked for."""


def is_ours(data: bytes, name: str) -> bool:
    """Whether a file is a workbook that ``reconcile`` made."""
    try:
        return MARK in Workbook.from_bytes(data, name).names
    except LakipError:
        return False


def read(data: bytes, name: str) -> dict[str, Written]:
    """The causes and follow-ups by item key. Raises LakipError where the workbook is no reconciliation."""
    book = Workbook.from_bytes(data, name)
    for title in book.sheet_names if MARK in book.names else ():
        sheet = book.sheet(title)
        found = _columns(sheet)
        if found is not None:
            return dict(_rows(sheet, *found))
    raise LakipError(
        f"{name} bukan hasil rekonsiliasi: tidak ada lembar dengan kolom {CAUSE}, {FOLLOW_UP}, dan {KEY}. Pilih berkas yang dibuat "
        "lakip-xl reconcile.",
        f"{name} is no reconciliation: no sheet has the columns {CAUSE}, {FOLLOW_UP} and {KEY}. Choose a file that "
        "lakip-xl reconcile made.",
    )


def _columns(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sheet.cells.items():
        if row <= _TOP and cell.value in (CAUSE, FOLLOW_UP, KEY):
            rows.setdefault(row, {})[str(cell.value)] = column
    return next(((row, found) for row, found in sorted(rows.items()) if len(found) == 3), None)


def _rows(sheet: Sheet, head: int, columns: dict[str, int]) -> list[tuple[str, Written]]:
    made: dict[int, dict[str, str]] = {}
    names = {column: name for name, column in columns.items()}
    for (row, column), cell in sheet.cells.items():
        if row > head and column in names and isinstance(cell.value, str | float) and str(cell.value).strip():
            made.setdefault(row, {})[names[column]] = str(cell.value).strip()
    return [
        (row[KEY], Written(row.get(CAUSE, ""), row.get(FOLLOW_UP, "")))
        for row in made.values()
        if KEY in row and (CAUSE in row or FOLLOW_UP in row)
    ]
