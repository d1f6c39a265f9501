"""Writes the rows into the template, and puts beside its formulas what the source prints."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from lakip_xl.adopt.model import Adoption, Printed
from lakip_xl.adopt.values import differs
from lakip_xl.errors import Text
from lakip_xl.form.editions import NEWEST
from lakip_xl.form.spec import FormSpec
from lakip_xl.numbers import say_number
from lakip_xl.table.model import Document, Row
from lakip_xl.workbook import Style, Workbook

SPARE_ROWS = 5
"""Blank rows that the new matrix keeps below its last row."""

PROPOSED = Style(fill="FFF2CC", font_color="9C5700", italic=True)
"""How a code looks that is only proposed: until somebody has confirmed it, nobody shall take it for a fact."""


def form_for(found: Adoption) -> FormSpec:
    """The newest edition with as many rows in its matrix as this one needs."""
    wanted = len(found.rows) + SPARE_ROWS
    return replace(NEWEST, tables=tuple(replace(t, rows=wanted) if t is found.spec else t for t in NEWEST.tables))


def target_row(found: Adoption, number: int) -> int:
    """The row of the template for the row with this place in ``found.rows``."""
    return found.spec.first_row + number


def write(found: Adoption, book: Workbook, *, codes: bool) -> None:
    """Types the rows into the template; with ``codes`` the proposals too, otherwise TINGKAT gets the level as a word."""
    sheet = book.sheet(found.spec.title)
    place = found.spec.position
    for number, row in enumerate(found.rows):
        at = target_row(found, number)
        for key, value in row.values.items():
            sheet.write((at, place(key)), value=value)
        if row.values.get("kode") or row.continues:
            continue
        if codes and row.proposal is not None:
            sheet.write((at, place("kode")), value=row.proposal.code, style=PROPOSED)
        elif row.level:
            sheet.write((at, place("tingkat")), value=row.level)


def compare(found: Adoption, document: Document) -> None:
    """Notes on each row whose printed results are not those of the formulas; ``document`` is the new workbook, calculated."""
    table = document.matrix
    rows = {row.number: row for row in table.rows}
    for number, taken in enumerate(found.rows):
        row = rows.get(target_row(found, number))
        for key, printed in taken.printed.items():
            note = _difference(found, key, printed, row)
            if note is not None:
                taken.notes.append(note)
    for key, printed in found.total.items():
        note = _difference(found, key, printed, table.total)
        if note is not None:
            found.left.append((found.total_row, note))


def _difference(found: Adoption, key: str, printed: Printed, row: Row | None) -> Text | None:
    value = row.number_of(key) if row is not None else None
    if value is not None and not differs(printed, value):
        found.counts["equal"] = found.counts.get("equal", 0) + 1
        return None
    digits = max(printed.digits, 2)
    heading = found.spec.by_key[key].heading
    return Text(
        f"{heading} tercetak {_said(printed.value, 'id', digits)}, menurut rumus {_said(value, 'id', digits)}",
        f"{heading} is printed as {_said(printed.value, 'en', digits)}, the formula gives {_said(value, 'en', digits)}",
    )


def _said(value: Decimal | None, lang: str, digits: int) -> str:
    return "-" if value is None else say_number(value, lang, digits)
