"""BAB III and the Ikhtisar in words and tables: the owned sheet Narasi, and the same as a Word document.

``NAME`` is the hidden defined name of the sheet, ``TITLE`` what it is called unless the user renamed it. ``narrative.docx.docx`` makes
the document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lakip_xl.cells import Cell, Value
from lakip_xl.findings import Finding
from lakip_xl.narrative.model import Narrative
from lakip_xl.narrative.own import foreign, is_ours
from lakip_xl.table.find import EXTRA
from lakip_xl.table.model import Document

if TYPE_CHECKING:
    from lakip_xl.workbook import Sheet

NAME = EXTRA["narasi"]
TITLE = "Narasi"

__all__ = ["NAME", "TITLE", "Narrative", "build", "foreign", "is_ours", "narrate"]


def narrate(document: Document, findings: Sequence[Finding], seen: Callable[[Cell], Value]) -> Narrative:
    """The sentences and tables for a document; ``seen`` gives what Excel will see in any cell of the filled workbook."""
    from lakip_xl.narrative.compose import compose

    return compose(document, findings, seen)


def build(
    title: str,
    document: Document,
    findings: Sequence[Finding],
    seen: Callable[[Cell], Value],
    before: Sheet | None = None,
) -> bytes:
    """A workbook with the one sheet, to be grafted into the user's; ``before`` is the sheet as it stands, whose notes are taken over.

    The same arguments give the same bytes, and what was built, given as ``before``, gives them again.
    """
    from lakip_xl.narrative.compose import compose
    from lakip_xl.narrative.own import read
    from lakip_xl.narrative.sheet import sheet

    kept = read(before)
    return sheet(title, compose(document, findings, seen, kept.notes), document, seen, kept)
