"""What people wrote in an earlier reconciliation: SEBAB and TINDAK LANJUT by key, wherever the rows stand now."""

from __future__ import annotations

from lakip_xl.errors import LakipError
from lakip_xl.form.places import RECONCILED_NAME
from lakip_xl.ledger.items import Written
from lakip_xl.reconciliation import course, record, since, table
from lakip_xl.reconciliation.book import CAUSES_SHEET
from lakip_xl.reconciliation.table import CAUSE, FOLLOW_UP, KEY
from lakip_xl.workbook import Sheet, Workbook

_TOP = 40
"""Rows in which the headings are looked for."""


def is_ours(data: bytes, name: str) -> bool:
    """Whether a file is a workbook that ``reconcile`` made."""
    try:
        return RECONCILED_NAME in Workbook.from_bytes(data, name).names
    except LakipError:
        return False


def read(data: bytes, name: str) -> dict[str, Written]:
    """The causes and follow-ups by item key. Raises LakipError where the workbook is no reconciliation."""
    book = Workbook.from_bytes(data, name)
    for title in book.sheet_names if RECONCILED_NAME in book.names else ():
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


def written_in_record(data: bytes, name: str) -> tuple[str, str]:
    """The number of the record and the office of its second party, "" for one that nobody filled in."""
    book = Workbook.from_bytes(data, name)
    if record.TITLE not in book.sheet_names:
        return "", ""
    sheet = book.sheet(record.TITLE)
    texts = {at: cell.value.strip() for at, cell in sorted(sheet.cells.items()) if isinstance(cell.value, str)}
    number = next((text for text in texts.values() if text.startswith(record.NUMBER)), "")
    offices = [texts.get((row, column + 1), "") for (row, column), text in texts.items() if text == record.OFFICE]
    second = offices[1] if len(offices) > 1 else ""
    return _filled_in(number.removeprefix(record.NUMBER)), _filled_in(second.removeprefix(":"))


def _filled_in(text: str) -> str:
    """What was written in place of the dots; "" where they still stand."""
    return "" if "...." in text else text.strip()


def other_sheets(data: bytes, name: str) -> list[str]:
    """The sheets of a reconciliation that the tool did not put there."""
    ours = {table.TITLE, record.TITLE, since.TITLE, course.TITLE, CAUSES_SHEET}
    return [title for title in Workbook.from_bytes(data, name).sheet_names if title not in ours]


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
