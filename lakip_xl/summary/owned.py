"""Which sheets of a workbook are the tool's own, to be replaced by a fill: those that a hidden name points to *and* that carry our marks.

The name alone does not do: Excel moves it along when somebody cuts the first cell of Ringkasan onto a sheet of his own, and breaks it when
the first row is deleted.
"""

from __future__ import annotations

import re

from lakip_xl.errors import MissingSheet
from lakip_xl.summary import explanations, marks
from lakip_xl.table.find import OWNED
from lakip_xl.workbook import Sheet, Workbook

TITLES = {"ringkasan": "Ringkasan", "catatan": "Catatan Perbaikan"}


def settle(book: Workbook) -> None:
    """Makes the hidden names say the truth, so that whoever asks them later replaces no sheet of the user's.

    A name that points elsewhere lets go; where it is broken or gone, a sheet of ours that still has its title gets it back.
    A sheet of another title is left alone: it may be a copy that the user keeps.
    """
    for key, name in OWNED.items():
        title = book.owned_sheet(name)
        if title is not None and _is_ours(book, title, key):
            continue
        if title is not None:
            book.disown(name)
        usual = re.compile(re.escape(TITLES[key]) + r"( LAKIP( [0-9]+)?)?", re.IGNORECASE)
        found = next((t for t in book.sheet_names if usual.fullmatch(t) and _is_ours(book, t, key)), None)
        if found is not None:
            book.own(name, found)


def notes_sheet(book: Workbook) -> Sheet | None:
    """The sheet to read explanations from: Catatan Perbaikan, else one that carries its keys under another title."""
    title = book.owned_sheet(OWNED["catatan"])
    if title is not None:
        return book.sheet(title)
    found = (_sheet(book, title) for title in book.sheet_names)
    return next((s for s in found if s is not None and explanations.CODE in explanations.labels(s)), None)


def _is_ours(book: Workbook, title: str, key: str) -> bool:
    sheet = _sheet(book, title)
    if sheet is None:
        return False
    found = explanations.labels(sheet)
    if key == "catatan":  # where its hidden columns were deleted, its headings tell
        return explanations.CODE in found or bool(explanations.headings(sheet.cells))
    return explanations.CODE not in found and (
        marks.HEADER in found
        or (not explanations.headings(sheet.cells) and explanations.marks_column(sheet.cells) is not None)
    )


def _sheet(book: Workbook, title: str) -> Sheet | None:
    try:
        return book.sheet(title)
    except MissingSheet:
        return None  # a chart sheet
