"""Kertas Kerja Reviu: an owned sheet for a reviewer of the Inspektorat; what the workbook itself proves is answered beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lakip_xl.cells import Cell, Value
from lakip_xl.findings import Finding
from lakip_xl.review.written import is_ours, read
from lakip_xl.summary.explanations import Foreign, ReadSheet
from lakip_xl.table.find import EXTRA
from lakip_xl.table.model import Document

NAME = EXTRA["reviu"]
TITLE = "Kertas Kerja Reviu"

__all__ = ["NAME", "TITLE", "build", "foreign", "is_ours"]


def foreign(sheet: ReadSheet) -> tuple[Foreign, ...]:
    """The cells of the sheet that ``build`` would not keep: what stands outside the entries, and formulas in them (their values stay)."""
    return read(sheet).foreign


def build(
    title: str,
    document: Document,
    findings: Sequence[Finding],
    seen: Callable[[Cell], Value],
    before: ReadSheet | None,
) -> bytes:
    """A workbook with the sheet alone, to be grafted into the user's.

    ``findings`` are settled (``explanations.settle``); ``seen`` gives what Excel will see in any cell of the filled workbook; ``before``
    is the sheet as it stands, whose entries are taken over. The same arguments give the same bytes.
    """
    from lakip_xl.review.case import Case
    from lakip_xl.review.page import review
    from lakip_xl.summary.sources import Sources
    from lakip_xl.summary.writer import write

    return write([review(title, Case(document, findings), Sources(document, seen), read(before))], seen)
