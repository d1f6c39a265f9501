"""Workbooks from everywhere: each is patched into a sound workbook with nothing lost, or refused with one sentence.

``docs/corpus.md`` is the table of the outcome.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus import limited, worksheets
from lakip_xl.errors import LakipError
from lakip_xl.workbook import Workbook
from lakip_xl.workbook.markup import utf8
from lakip_xl.workbook.reading import read_sheet

FOLDER = os.environ.get("LAKIP_CORPUS", "")
FILES = sorted(p for p in Path(FOLDER).iterdir() if p.is_file()) if FOLDER else []

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason="LAKIP_CORPUS names no folder with workbooks"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_quick_reader_reads_what_the_other_reads(path: Path) -> None:
    try:
        book = Workbook.open(path)
        found = {sheet.name: sheet.content for sheet in worksheets(book)}
    except LakipError:
        return
    strings = book._shared()
    for title, quick in found.items():
        part = book.sheet(title).part
        slow = read_sheet(utf8(book.package.read(part), part) + b"<!-- -->", part, strings, book.styles.number_format)
        assert list(quick.cells) == list(slow.cells)
        assert quick.cells == slow.cells
        for name in ("hidden_rows", "row_styles", "columns", "merged", "arrays", "ordered", "protected", "autofilter"):
            assert getattr(quick, name) == getattr(slow, name), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_lost(path: Path) -> None:
    outcome = limited(path)
    assert outcome.kind != "broken", outcome.why
    if outcome.kind == "kept":
        assert outcome.written > 0
    else:
        assert outcome.why.endswith(".")
        assert "\n" not in outcome.why
