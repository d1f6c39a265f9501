"""What the findings say together: when most rows lie outside the bounds, the bounds or the form are the question, not the rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lakip_xl.errors import Text
from lakip_xl.findings import Finding
from lakip_xl.rules.reading import active
from lakip_xl.table.model import Document

OUTSIDE = ("CP03", "CP04", "AG03")
"""The rules that compare a row with the bounds of Pengaturan."""

LEAST = 4
"""Fewer judged rows than this say nothing about a form."""

LEAD = Text(
    "{} dari {} baris Matriks berada di luar batas Pengaturan. Periksa dahulu periode, batas, dan satuannya; catatan satu per satu "
    "mungkin hanya akibatnya.",
    "{} of {} rows of the matrix lie outside the bounds of Pengaturan. First check the period, the bounds and the units; the single "
    "findings may only follow from them.",
)


class Outside(NamedTuple):
    """How many of the judged rows of the matrix lie outside the bounds."""

    rows: int
    judged: int

    @property
    def most(self) -> bool:
        """Whether it is most of them."""
        return self.judged >= LEAST and 2 * self.rows > self.judged

    def said(self, lang: str) -> str:
        """The sentence with which a report begins."""
        return LEAD.in_(lang).format(self.rows, self.judged)


NOTHING = Outside(0, 0)


def outside(document: Document, findings: Iterable[Finding]) -> Outside:
    """Counts the rows of the matrix; a finding that speaks of several rows counts them all."""
    table = document.tables.get("matriks")
    if table is None:
        return NOTHING
    judged = {row.number for row in active(table)}
    columns = set(table.layout.columns.values())
    cells = (cell for f in findings if f.code in OUTSIDE for cell in (f.cell, *f.related))
    found = {cell.row for cell in cells if cell.sheet == table.sheet and cell.column in columns}
    return Outside(len(found & judged), len(judged))
