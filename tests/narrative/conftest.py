"""Narratives of workbooks, and workbooks with the sheet Narasi in them, made as ``fill`` makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from lakip_xl import narrative, tasks
from lakip_xl.fill.apply import apply
from lakip_xl.narrative import Narrative
from lakip_xl.workbook import CellData, Sheet, Workbook
from workbooks import EXAMPLE, planned


@dataclass
class Made:
    """A workbook with Narasi: the page as built, the whole file, and what was told."""

    page: bytes
    file: bytes
    told: Narrative

    @property
    def sheet(self) -> Sheet:
        return Workbook.from_bytes(self.file, "selesai.xlsx").sheet(narrative.TITLE)

    @property
    def cells(self) -> Mapping[tuple[int, int], CellData]:
        return self.sheet.cells

    def row(self, text: str, column: int = 1) -> int:
        """The first row whose cell begins with this text."""
        found = [row for (row, at), cell in self.cells.items() if at == column and str(cell.value).startswith(text)]
        assert found, f"no {text!r}"
        return min(found)

    def typed(self, entries: Mapping[tuple[int, int], Any]) -> Sheet:
        """The sheet after a user typed into some of its cells."""
        sheet = self.sheet
        for place, value in entries.items():
            sheet.write(place, value=value)
        return sheet


def _told(source: bytes) -> Narrative:
    return _said(tasks.examine(source))


def _said(seen: tasks.Examination) -> Narrative:
    return narrative.narrate(seen.document, seen.findings, seen.plan.seen)


def _told_unjudged(source: bytes) -> Narrative:
    _, document, the_plan = planned(source)
    return narrative.narrate(document, [], the_plan.seen)


def _made(source: bytes, before: Sheet | None = None) -> Made:
    seen = tasks.examine(source)
    told = _said(seen)
    page = narrative.build(narrative.TITLE, seen.document, seen.findings, seen.plan.seen, before)
    apply(seen.book, seen.document, seen.plan)
    seen.book.graft(page, owned={narrative.TITLE: narrative.NAME})
    return Made(page, seen.book.to_bytes(), told)


@pytest.fixture(scope="session")
def tell() -> Callable[[bytes], Narrative]:
    """What a workbook tells."""
    return _told


@pytest.fixture(scope="session")
def tell_unjudged() -> Callable[[bytes], Narrative]:
    """The same without findings: twice as fast."""
    return _told_unjudged


@pytest.fixture(scope="session")
def make() -> Callable[..., Made]:
    """A workbook with Narasi; ``before`` is the sheet as it stood."""
    return _made


@pytest.fixture(scope="session")
def source() -> bytes:
    """The example as its office typed it."""
    return (EXAMPLE / "matriks.xlsx").read_bytes()


@pytest.fixture(scope="session")
def example(source: bytes) -> Made:
    """The example with Narasi."""
    return _made(source)
