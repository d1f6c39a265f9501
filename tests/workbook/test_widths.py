"""The width of a column: only its own definition changes, however the file writes those of the others."""

from __future__ import annotations

import pytest

from lakip_xl.workbook.widths import with_width


def sheet(cols: str, prefix: str = "") -> bytes:
    return f"<{prefix}worksheet><{prefix}sheetFormatPr/>{cols}<{prefix}sheetData/></{prefix}worksheet>".encode()


NEW = '<col min="4" max="4" width="21" customWidth="1"/>'
CASES = {
    "none": ("", f"<cols>{NEW}</cols>"),
    "an empty list": ("<cols/>", f"<cols>{NEW}</cols>"),
    "after others": ('<cols><col min="1" max="3" width="9"/></cols>', f'<cols><col min="1" max="3" width="9"/>{NEW}</cols>'),
    "before others": ('<cols><col min="5" max="9" width="9"/></cols>', f'<cols>{NEW}<col min="5" max="9" width="9"/></cols>'),
    "between others": (
        '<cols><col min="1" max="1" width="5"/><col min="9" max="9" width="9"/></cols>',
        f'<cols><col min="1" max="1" width="5"/>{NEW}<col min="9" max="9" width="9"/></cols>',
    ),
    "within a range": (
        '<cols><col min="2" max="9" width="9.5" style="3" customWidth="1"/></cols>',
        '<cols><col min="2" max="3" width="9.5" style="3" customWidth="1"/>'
        '<col min="4" max="4" width="21" customWidth="1" style="3"/>'
        '<col min="5" max="9" width="9.5" style="3" customWidth="1"/></cols>',
    ),
    "at the start of a range, hidden": (
        "<cols><col max='16384' min='4' hidden='1'/></cols>",
        "<cols><col min=\"4\" max=\"4\" width=\"21\" customWidth=\"1\" hidden='1'/><col min=\"5\" max=\"16384\" hidden='1'/></cols>",
    ),
    "wide enough": ('<cols><col min="4" max="4" width="30"/></cols>', '<cols><col min="4" max="4" width="30"/></cols>'),
    "named twice": (
        '<cols><col min="1" max="5" width="9"/><col min="3" max="6" width="8"/></cols>',
        '<cols><col min="1" max="5" width="9"/><col min="3" max="6" width="8"/></cols>',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_only_the_column_itself_changes(before: str, after: str) -> None:
    assert with_width(sheet(before), 4, 21.0).decode() == sheet(after).decode()


@pytest.mark.parametrize("before", [case[0] for case in CASES.values()], ids=CASES)
def test_the_same_width_again_changes_nothing(before: str) -> None:
    once = with_width(sheet(before), 4, 21.0)
    assert with_width(once, 4, 21.0) == once


def test_a_prefix_is_kept() -> None:
    made = with_width(sheet('<x:cols><x:col min="1" max="6"/></x:cols>', "x:"), 6, 21.0)
    assert b'<x:cols><x:col min="1" max="5"/><x:col min="6" max="6" width="21" customWidth="1"/></x:cols>' in made
