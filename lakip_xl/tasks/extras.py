"""The sheets that the tool owns beside Ringkasan and Catatan Perbaikan: written where somebody asked for them, renewed from then on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import MissingSheet
from lakip_xl.table.find import EXTRA

if TYPE_CHECKING:
    from lakip_xl.findings import Finding
    from lakip_xl.summary.explanations import Foreign
    from lakip_xl.table.model import Document
    from lakip_xl.workbook import Sheet, Workbook


class Extra(Protocol):
    """A room that makes one such sheet."""

    NAME: str
    TITLE: str

    def is_ours(self, sheet: Sheet) -> bool:
        """Whether a sheet carries our marks."""

    def foreign(self, sheet: Sheet) -> tuple[Foreign, ...]:
        """What the user put there that ``build`` does not keep."""

    def build(
        self,
        title: str,
        document: Document,
        findings: Sequence[Finding],
        seen: Callable[[Cell], Value],
        before: Sheet | None,
    ) -> bytes:
        """A workbook with the sheet alone; the user's entries on ``before`` are taken over."""


def room(key: str) -> Extra:
    """The room of a word; loaded here, since most workbooks have no such sheet."""
    if key == "narasi":
        from lakip_xl import narrative

        return narrative
    from lakip_xl import review

    return review


def settle(book: Workbook) -> None:
    """A hidden name that leads to a sheet which is not ours lets go, so that nothing of the user's is replaced."""
    for key, name in EXTRA.items():
        title = book.owned_sheet(name)
        if title is None:
            continue
        try:
            ours = room(key).is_ours(book.sheet(title))
        except MissingSheet:
            ours = False  # a chart sheet
        if not ours:
            book.disown(name)


def due(book: Workbook, asked: Collection[str]) -> list[Extra]:
    """The rooms whose sheets are to be written: those asked for, and those that the workbook has already."""
    return [room(key) for key, name in EXTRA.items() if key in asked or book.owned_sheet(name) is not None]
