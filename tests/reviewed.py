"""Workbooks with Kertas Kerja Reviu in them, made as ``fill`` would make it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lakip_xl import review, tasks
from lakip_xl.cells import Value
from lakip_xl.fill.apply import apply
from lakip_xl.findings import Finding
from lakip_xl.review import written
from lakip_xl.review.case import Case
from lakip_xl.review.checklist import ITEMS
from lakip_xl.review.page import KEYS
from lakip_xl.summary.explanations import ReadSheet
from lakip_xl.tasks.examining import Examination
from lakip_xl.workbook import CellData, Workbook


@dataclass
class Moved:
    """A sheet whose cells the user moved."""

    cells: dict[tuple[int, int], Any]


@dataclass(repr=False)
class Made:
    """The sheet as built (``page``), in a workbook of its own."""

    page: bytes
    cells: Mapping[tuple[int, int], CellData] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = self.sheet().cells

    def sheet(self, typed: Mapping[tuple[int, int], Value] | None = None) -> Any:
        """The sheet, once somebody typed into some of its cells and saved."""
        book = Workbook.from_bytes(self.page, "reviu.xlsx")
        for place, value in (typed or {}).items():
            book.sheet(review.TITLE).write(place, value=value)
        return (
            Workbook.from_bytes(book.to_bytes(), "reviu.xlsx").sheet(review.TITLE)
            if typed
            else book.sheet(review.TITLE)
        )

    def value(self, row: int, column: int) -> Value:
        """What stands in a cell, "" where nothing does."""
        cell = self.cells.get((row, column))
        return "" if cell is None or cell.value is None else cell.value

    def keyed(self, key: str) -> int:
        """The row with a hidden key."""
        return next(row for (row, column), cell in sorted(self.cells.items()) if column == KEYS and cell.value == key)

    def item(self, key: str) -> int:
        return self.keyed(written.ITEM + key)

    def notes(self) -> list[int]:
        """The rows of the table of notes."""
        return list(range(self.keyed(written.BEGIN) + 1, self.keyed(written.END)))

    def note(self, reference: str) -> int:
        """The row of a note by the beginning of its RUJUKAN."""
        return next(row for row in self.notes() if str(self.value(row, written.REFERENCE)).startswith(reference))

    def own(self) -> int:
        """The first row of the reviewer's own."""
        return self.keyed(written.OWN)


def built(seen: Examination, before: ReadSheet | None = None, findings: Sequence[Finding] | None = None) -> Made:
    """The sheet; ``findings`` stand in for those of the workbook."""
    judged = seen.findings if findings is None else findings
    return Made(review.build(review.TITLE, seen.document, judged, seen.plan.seen, before))


def grafted(source: bytes) -> bytes:
    """The workbook filled, with the sheet brought in or renewed."""
    seen = tasks.examine(source)
    apply(seen.book, seen.document, seen.plan)
    title = seen.book.title_for(review.NAME, review.TITLE)
    here = seen.book.owned_sheet(review.NAME)
    before = seen.book.sheet(here) if here is not None else None
    seen.book.graft(
        review.build(title, seen.document, seen.findings, seen.plan.seen, before), owned={title: review.NAME}
    )
    return seen.book.to_bytes()


def answers(source: bytes) -> dict[str, str]:
    """What HASIL OTOMATIS says to each question that the workbook answers."""
    seen = tasks.examine(source)
    case = Case(seen.document, seen.findings)
    return {key: item.check(case).shown for key, item in ITEMS.items() if item.check is not None}


def evidence(source: bytes, key: str) -> list[tuple[str, str]]:
    """The evidence for a question: its sentences and cells."""
    seen = tasks.examine(source)
    check = ITEMS[key].check
    assert check is not None
    found = check(Case(seen.document, seen.findings)).evidence
    return [(each.says, "" if each.cell is None else f"{each.cell.sheet}!{each.cell.a1}") for each in found]
