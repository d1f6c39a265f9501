"""The workbook of a recap. Findings wait on the disk while the workbooks come in; the pages are written once it is known which of them
count."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from lakip_xl.errors import LakipError
from lakip_xl.form.places import RECAP_NAME
from lakip_xl.recap import charts, details, front
from lakip_xl.recap.settled import Recap
from lakip_xl.recap.sheet import Book
from lakip_xl.recap.taken import Taken
from lakip_xl.workbook import Workbook


def is_ours(data: bytes, name: str) -> bool:
    """Whether a file is a recap."""
    try:
        return RECAP_NAME in Workbook.from_bytes(data, name).names
    except LakipError:
        return False


def links(folder: Path, out: Path) -> Callable[[str], str]:
    """The way from the workbook at ``out`` to a file of the folder, with ``/``; "" where there is none (another drive of Windows)."""
    try:
        way = os.path.relpath(os.path.realpath(folder), os.path.realpath(out.parent)).replace(os.sep, "/")
    except ValueError:
        return lambda name: ""
    return lambda name: name if way == "." else f"{way}/{name}"


class Writer:
    """Takes in workbooks one by one, and makes the file once they are settled. The same ones in the same order give the same bytes."""

    def __init__(self, link: Callable[[str], str], *, against: bool) -> None:
        self.link = link
        self.book = Book("Rekapitulasi LAKIP")
        self.front = self.book.add(front.TITLE)
        self.programs = self.book.add(details.PROGRAMS, details.PROGRAM_WIDTHS)
        self.issues = details.Issues(self.book.add(details.ISSUES, details.ISSUE_WIDTHS), link)
        self.ledger = self.book.add(details.LEDGER, details.LEDGER_WIDTHS) if against else None
        self.files = self.book.add(details.FILES, details.FILE_WIDTHS)
        self.data = self.book.add(charts.DATA, charts.WIDTHS)
        # Open until finish or abandon. Only we can reach it.
        self._waiting = tempfile.TemporaryFile()  # noqa: SIM115

    def take(self, taken: Taken) -> None:
        """Keeps the findings of a workbook until it is known whether it counts."""
        if taken.issues:
            pickle.dump((taken.name, taken.issues), self._waiting)

    def finish(self, found: Recap) -> bytes:
        """The workbook."""
        self._write_issues(found)
        placed = front.draw(self.front, found, self.link, self.issues.notes())
        figures = charts.data(self.data, found, front.TITLE, placed.columns, placed.first)
        charts.draw(self.front, placed.charts, figures, placed.chart_height)
        details.programs(self.programs, found, details.total_refs(front.TITLE, placed.columns, placed.total))
        if self.ledger is not None:
            details.ledger(self.ledger, found)
        details.files(self.files, found, self.link)
        self.data.sheet.hide()  # it is there for the charts; its #N/A would print as a page of its own
        self.book.hidden_name(RECAP_NAME, '="1"')
        return self.book.finish()

    def _write_issues(self, found: Recap) -> None:
        """The findings of the workbooks that count, in the order in which they came in: a copy would say each of them again."""
        counted = {each.name: each for each in found.taken}
        end = self._waiting.tell()
        self._waiting.seek(0)
        while self._waiting.tell() < end:
            name, issues = pickle.load(self._waiting)
            if name in counted:
                self.issues.take(replace(counted[name], issues=issues))
        self._waiting.close()
        self.issues.finish()

    def abandon(self) -> None:
        """Lets go of what was written so far."""
        with suppress(OSError):  # what is still to be written finds no room either
            self._waiting.close()
        self.book.abandon()
