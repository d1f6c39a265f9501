"""A real fill of a workbook with everything in it: nothing vanishes, nothing of the user's changes, Excel finds nothing new."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lakip_xl import tasks
from lakip_xl.workbook import Workbook
from rich_workbooks import PARTS, SHEET, TAIL, rich
from workbook_samples import parts
from xlsx_checks import compare, problems

# What a fill may change, and why.
LISTING = {
    "[Content_Types].xml", "docProps/app.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", SHEET,
    "xl/worksheets/sheet4.xml",  # Sasaran has formulas of ours
}  # fmt: skip

CONSTRUCTS = {
    "charts": b"rIdD", "x14 formats": b"x14:cfRule", "x14 validations": b"x14:dataValidation ", "sparklines": b"x14:sparkline>",
    "slicers": b"x14:slicer ", "form controls": b"<control ", "comments": b"legacyDrawing",
}  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("kaya")
    before = rich(folder / "kaya.xlsm")
    return before, tasks.fill(before, folder / "hasil.xlsm").path


def test_nothing_vanishes_and_only_what_must_changes(filled: tuple[Path, Path]) -> None:
    before, after = filled
    assert problems(before) == []
    assert problems(after) == []
    vanished, changed, _ = compare(before, after)
    assert vanished == []
    assert set(changed) <= LISTING
    assert SHEET in changed


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_part_that_no_writer_knows_keeps_its_bytes(part: str, filled: tuple[Path, Path]) -> None:
    before, after = (parts(path.read_bytes()) for path in filled)
    assert after[part] == before[part]


@pytest.mark.parametrize("construct", sorted(CONSTRUCTS))
def test_the_patched_sheet_keeps_it(construct: str, filled: tuple[Path, Path]) -> None:
    after = parts(filled[1].read_bytes())[SHEET]
    assert CONSTRUCTS[construct] in TAIL.encode()
    assert after.endswith(TAIL.encode() + b"</worksheet>")


def test_lists_of_the_workbook_keep_what_they_held(filled: tuple[Path, Path]) -> None:
    before, after = (parts(path.read_bytes()) for path in filled)
    for part, pattern in (
        ("[Content_Types].xml", rb"<(?:Override|Default) [^>]*>"),
        ("xl/_rels/workbook.xml.rels", rb"<Relationship [^>]*>"),
        ("xl/workbook.xml", rb"<(?:sheet|pivotCache|definedName|ext|x14:slicerCache) [^>]*>"),
    ):
        held = set(re.findall(pattern, before[part]))
        assert held and held <= set(re.findall(pattern, after[part]))


def test_macros_and_the_rest_are_reported_and_a_second_fill_changes_nothing(
    filled: tuple[Path, Path], tmp_path: Path
) -> None:
    book = Workbook.open(filled[1])
    assert book.facts.has_macros
    assert book.facts.has_pivots
    again = tasks.fill(filled[1], tmp_path / "lagi.xlsm").path
    assert again.read_bytes() == filled[1].read_bytes()


def test_ten_fills_leave_the_styles_as_one_does(filled: tuple[Path, Path], tmp_path: Path) -> None:
    once = parts(filled[1].read_bytes())["xl/styles.xml"]
    path = filled[1]
    for number in range(9):
        book = Workbook.open(path)
        sheet = book.sheet("Matriks")
        row = next(r for (r, column), cell in sheet.cells.items() if column == 15 and cell.formula)
        sheet.clear((row, 15))  # so that each fill has something to write
        book.save(tmp_path / f"kosong{number}.xlsm")
        path = tasks.fill(tmp_path / f"kosong{number}.xlsm", tmp_path / f"isi{number}.xlsm").path
    assert parts(path.read_bytes())["xl/styles.xml"] == once
    assert parts(path.read_bytes())[SHEET] == parts(filled[1].read_bytes())[SHEET]
