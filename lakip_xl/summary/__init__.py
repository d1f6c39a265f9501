"""The two sheets that the tool owns: Ringkasan, with live formulas and charts, and Catatan Perbaikan, the findings with explanations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from lakip_xl.cells import Cell, Value
from lakip_xl.findings import Finding
from lakip_xl.summary import explanations
from lakip_xl.summary.explanations import Notes
from lakip_xl.table.model import Document

__all__ = ["MOST_CHARTS", "Notes", "Titles", "build", "explanations"]


MOST_CHARTS = 2
"""How many charts Ringkasan has at most."""


class Titles(NamedTuple):
    """What the two sheets are called; the user may have renamed them."""

    ringkasan: str = "Ringkasan"
    catatan: str = "Catatan Perbaikan"


def build(
    document: Document, findings: Sequence[Finding], seen: Callable[[Cell], Value], titles: Titles, notes: Notes | None
) -> bytes:
    """A workbook with the two sheets, to be grafted into the user's.

    ``findings`` are settled (``explanations.settle``) with the same ``notes``; ``seen`` gives what Excel will see in any cell of the
    filled workbook, so that every formula carries its value. The same arguments give the same bytes.
    """
    from lakip_xl.summary.catatan import catatan
    from lakip_xl.summary.ringkasan import ringkasan
    from lakip_xl.summary.sources import Sources
    from lakip_xl.summary.writer import write

    sources = Sources(document, seen)
    summary, summary_setup, state = ringkasan(titles.ringkasan, titles.catatan, sources, findings)
    notes_page, notes_setup = catatan(titles.catatan, document, findings, notes or Notes(), state)
    return write([(summary, summary_setup), (notes_page, notes_setup)], seen)
