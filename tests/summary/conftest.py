"""Workbooks with the two owned sheets in them, made as ``fill`` makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.fill.apply import apply
from lakip_xl.findings import Finding
from lakip_xl.summary import Notes, Titles, build, explanations
from lakip_xl.table.model import Document
from lakip_xl.workbook import CellData, Workbook
from workbooks import EXAMPLE

OWNED = ("_lakip_ringkasan", "_lakip_catatan")


@dataclass
class Made:
    """A workbook with its owned sheets: the pages as built, the whole file, and what they were made from."""

    pages: bytes
    file: bytes
    document: Document
    findings: list[Finding]
    titles: Titles
    book: Workbook = field(init=False)

    def __post_init__(self) -> None:
        self.book = Workbook.from_bytes(self.file, "selesai.xlsx")

    def cells(self, title: str = "") -> Mapping[tuple[int, int], CellData]:
        """The cells of an owned sheet; Ringkasan unless another is named."""
        return self.book.sheet(title or self.titles.ringkasan).cells

    def row(self, text: str, column: int = 2, title: str = "") -> int:
        """The first row with this text."""
        found = [row for (row, at), cell in self.cells(title).items() if at == column and cell.value == text]
        assert found, f"no {text!r} in column {column}"
        return min(found)

    def values(self, row: int, columns: Iterable[int] = range(1, 12), title: str = "") -> list[Value]:
        """What stands in a row, None and "" both as None."""
        cells = self.cells(title)
        return [None if (row, c) not in cells or cells[row, c].value == "" else cells[row, c].value for c in columns]

    def notes(self) -> Notes:
        """What is read back from Catatan Perbaikan."""
        return explanations.read(self.book.sheet(self.titles.catatan))


def summarised(
    source: bytes, findings: Sequence[Finding] | None = None, notes: Notes | None = None, titles: Titles | None = None
) -> Made:
    """Fills a workbook; ``findings`` and ``notes`` stand in for those that it would have."""
    seen = tasks.examine(source)
    titles = titles or Titles()
    notes = notes if notes is not None else seen.notes
    judged = seen.findings if findings is None else explanations.settle(findings, notes, seen.document)
    pages = build(seen.document, judged, seen.plan.seen, titles, notes)
    apply(seen.book, seen.document, seen.plan)
    seen.book.graft(pages, owned=dict(zip(titles, OWNED, strict=True)))
    return Made(pages, seen.book.to_bytes(), seen.document, judged, titles)


@pytest.fixture(scope="session")
def summarise() -> Callable[..., Made]:
    """The function ``summarised``, for tests."""
    return summarised


@pytest.fixture(scope="session")
def example_source() -> bytes:
    """The example as its office typed it."""
    return Path(EXAMPLE / "matriks.xlsx").read_bytes()


@pytest.fixture(scope="session")
def example(example_source: bytes) -> Made:
    """The example, filled."""
    return summarised(example_source)
