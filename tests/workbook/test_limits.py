"""docs/limits.md says what the code does."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from lakip_xl.cells import MAX_TEXT
from lakip_xl.workbook import Workbook, guards, index, patching, styles
from workbook_samples import raw, sheet_xml

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "limits.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("parts in a workbook", f"{guards.MAX_ENTRIES:,}"),
        ("size of a workbook, unpacked", f"{guards.MAX_UNPACKED >> 20:,} MiB"),
        ("growth when unpacked", f"{guards.MAX_RATIO} times | from {guards.RATIO_FROM >> 20} MiB on"),
        ("sheets in a workbook", f"{guards.MAX_SHEETS:,}"),
        ("text in a cell", f"{MAX_TEXT:,} characters"),
        ("formula", f"{patching.MAX_FORMULA:,} characters"),
        ("cell formats", f"{styles.MAX_FORMATS:,}"),
        ("sheet title", f"{index.MAX_TITLE} characters"),
    ],
)
def test_the_page_states_the_numbers_of_the_code(words: str, value: str) -> None:
    assert f"| {words} | {value}" in PAGE


def test_a_million_declared_rows_cost_what_their_cells_cost() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    data = raw(sheet_xml(rows, before='<dimension ref="A1:XFD1048576"/>'))
    tracemalloc.start()
    start = time.process_time()
    book = Workbook.from_bytes(data)
    sheet = book.sheet("Data")
    assert (sheet.max_row, sheet.max_column, len(sheet.cells)) == (1_048_576, 16_384, 2)
    sheet.write("B1000000", value=3)
    assert Workbook.from_bytes(book.to_bytes()).sheet("Data").cell("B1000000").value == 3
    taken, (_, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 1
    assert peak < 4 << 20


def test_rows_that_hold_only_styles_are_few_objects() -> None:
    """What Excel leaves behind when a whole column was coloured: half a million empty styled cells are read in seconds."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" s="0"/></row>' for n in range(1, 50_001))
    tracemalloc.start()
    sheet = Workbook.from_bytes(raw(sheet_xml(rows))).sheet("Data")
    assert len(sheet.cells) == 100_000
    assert len({id(cell) for cell in sheet.cells.values()}) == 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 << 20


def test_a_sheet_is_never_held_whole_as_it_is_written() -> None:
    """A fill makes a sheet four times as large: it is packed as it is made, and unpacked piece by piece to be read back."""
    book = Workbook.from_bytes(
        raw(sheet_xml("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 5001))))
    )
    long = "+".join(["$A$1"] * 400)
    for row in range(1, 5001):
        book.sheet("Data").write((row, 2), value=400, formula=long)
    tracemalloc.start()
    data = book.to_bytes()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(Workbook.from_bytes(data).package.read("xl/worksheets/sheet1.xml")) > 9 << 20
    assert peak < 6 << 20
