"""Workbooks from everywhere: each is patched into a sound workbook with nothing lost, or refused with one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lakip_xl.cells import Area
from lakip_xl.errors import LakipError, MissingSheet, UnsupportedWorkbook
from lakip_xl.workbook import Dxf, Sheet, Style, Workbook
from lakip_xl.workbook.markup import utf8
from lakip_xl.workbook.reading import read_sheet
from workbook_samples import OWNED, owned_sheets, parts

FOLDER = os.environ.get("LAKIP_CORPUS", "")
FILES = sorted(p for p in Path(FOLDER).iterdir() if p.is_file()) if FOLDER else []
FLAG = Style(number_format="0.00", fill="FFF2CC", bold=True)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason="LAKIP_CORPUS names no folder with workbooks"),
]


def worksheets(book: Workbook) -> list[Sheet]:
    found = []
    for title in book.sheet_names:
        try:
            found.append(book.sheet(title))
        except MissingSheet:
            continue  # a chart sheet
    return found


def job(book: Workbook, places: list[tuple[int, int]]) -> set[str]:
    """Writes at the places that can be written, adds a rule, grafts; returns the sheet parts that were patched."""
    sheet = worksheets(book)[0]
    for place in places:
        try:
            sheet.write(place, value=1.5, formula="1+0.5", style=FLAG)
        except UnsupportedWorkbook:
            continue  # in an array, merged or a table's header: said by name, and tested elsewhere
    sheet.set_conditional_formats([(Area(1, 1, 9, 3), "A1>2", Dxf(fill="FFC7CE"))])
    book.graft(owned_sheets(), owned=OWNED)
    return {sheet.part}


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
    try:
        book = Workbook.open(path)
        before = {sheet.name: dict(sheet.cells) for sheet in worksheets(book)}
    except LakipError as error:
        assert error.text.id.endswith(".")
        assert error.text.en.endswith(".")
        return
    sheet = worksheets(book)[0]
    rows = (1, max(2, sheet.max_row // 2 + 1), min(sheet.max_row + 2, 1_048_576))
    places = [(row, column) for row in rows for column in (1, min(sheet.max_column + 2, 16_384))]
    original = {name.replace("\\", "/"): data for name, data in parts(path.read_bytes()).items()}
    patched = job(book, places)
    result = book.to_bytes()
    after = {name.replace("\\", "/"): data for name, data in parts(result).items()}

    assert [name for name in original if name not in after and "calcChain" not in name] == []
    listing = {
        book.package.main,
        *(n for n in original if n.startswith(("xl/_rels/", "docProps/app", "xl/styles")) or "styles" in n),
    }
    changed = {name for name in original if name in after and after[name] != original[name]}
    assert {name for name in changed if name.lower() != "[content_types].xml"} <= patched | listing

    again = Workbook.from_bytes(result)
    for title, cells in before.items():
        found = again.sheet(title).cells
        written = set(places) if title == sheet.name else set()
        assert {p: c for p, c in found.items() if p not in written} == {
            p: c for p, c in cells.items() if p not in written
        }
    job(again, places)
    assert again.to_bytes() == result, "a second run changes no byte"
