"""Kertas Kerja Reviu in a workbook: brought in without loss, renewed to the byte, printable, true to what Excel would compute."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from foreign_books import E81
from lakip_xl import review, tasks
from lakip_xl.cells import Area, parse_a1
from lakip_xl.fill.apply import apply
from lakip_xl.review.checklist import ITEMS, RECALLED, TO_VERIFY
from lakip_xl.review.page import ANSWERS, KEYS, LAST, MARKS
from lakip_xl.review.written import CONDITION, HEADINGS, REPLY, STATE
from lakip_xl.summary.page import MAX_HEIGHT, STANDARD_HEIGHT, Page
from lakip_xl.workbook import Workbook
from named_books import iku, matrix
from oracles import compare_caches, ironcalc_values, libreoffice_saved, libreoffice_values_of, needs_libreoffice
from reviewed import Made, grafted
from rich_workbooks import rich
from workbooks import typed_in
from xlsx_checks import compare, problems


@pytest.fixture(scope="module")
def workbook(example_source: bytes) -> bytes:
    """The example with the sheet in it."""
    return grafted(example_source)


@pytest.fixture(scope="module")
def page(workbook: bytes) -> Any:
    """The sheet as openpyxl reads it."""
    return load_workbook(io.BytesIO(workbook))[review.TITLE]


@pytest.mark.parametrize(
    "source",
    [
        typed_in({"matriks": []}, perangkat_daerah='Dinas <&> "A"'),
        E81().to_bytes(),
        matrix().to_bytes(),
        iku(typed=True).to_bytes(),
    ],
    ids=["empty", "E.81", "names in columns", "IKU alone"],
)
def test_a_second_fill_changes_nothing_and_excel_would_open_it(source: bytes, tmp_path: Path) -> None:
    once = grafted(source)
    path = tmp_path / "reviu.xlsx"
    path.write_bytes(once)
    assert problems(path) == []
    assert compare_caches(path, ironcalc_values(path)) == []
    assert grafted(once) == once


def test_the_example_is_renewed_to_the_byte_with_its_entries(workbook: bytes, tmp_path: Path) -> None:
    book = Workbook.from_bytes(workbook, "matriks.xlsx")
    sheet = book.sheet(review.TITLE)
    row = next(row for (row, column), cell in sheet.cells.items() if column == 1 and cell.value == "II.5")
    sheet.write((row, STATE), value="Ya")
    sheet.write((row, REPLY), value="=bukan rumus")
    once = grafted(book.to_bytes())
    assert grafted(once) == once
    cells = Workbook.from_bytes(once, "matriks.xlsx").sheet(review.TITLE).cells
    assert (cells[row, STATE].value, cells[row, REPLY].value) == ("Ya", "=bukan rumus")
    path = tmp_path / "reviu.xlsx"
    path.write_bytes(once)
    assert problems(path) == []


def test_nothing_else_in_a_rich_workbook_changes(tmp_path: Path) -> None:
    source, with_sheet, renewed = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    bare = tasks.examine(rich(source).read_bytes())
    apply(bare.book, bare.document, bare.plan)
    source.write_bytes(bare.book.to_bytes())
    with_sheet.write_bytes(grafted(source.read_bytes()))
    vanished, changed, added = compare(source, with_sheet)
    assert vanished == []
    assert set(changed) <= {
        "[Content_Types].xml", "docProps/app.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml",
    }  # fmt: skip
    assert len(added) == 1
    renewed.write_bytes(grafted(with_sheet.read_bytes()))
    assert renewed.read_bytes() == with_sheet.read_bytes()


def test_the_sheet_is_known_after_a_rename(workbook: bytes) -> None:
    book = Workbook.from_bytes(workbook, "matriks.xlsx")
    assert book.owned_sheet(review.NAME) == review.TITLE
    assert [title for title in book.sheet_names if review.is_ours(book.sheet(title))] == [review.TITLE]


def test_the_head_is_live(workbook: bytes, made: Made) -> None:
    formulas = {cell.formula for (row, _), cell in made.cells.items() if row < 8 and cell.formula}
    for label in ("Perangkat Daerah", "Nama laporan", "Tahun", "Periode"):
        assert any(cell.value == label for cell in made.cells.values())
    assert all("Identitas!" in str(formula) for formula in formulas)
    assert made.value(2, 1) == "LAKIP Dinas Sosial Kabupaten Manggarai Tahun 2023"
    assert workbook


def test_recalled_items_are_marked_as_to_be_verified(made: Made) -> None:
    for key, item in ITEMS.items():
        question = str(made.value(made.item(key), CONDITION)).split("\n")[0]
        assert question == item.text + (" *" if item.source == RECALLED else "")
    assert any(f"* ({TO_VERIFY})" in str(cell.value) for cell in made.cells.values())


def test_evidence_leads_to_its_cells(page: Any, made: Made) -> None:
    row = made.item("I.3")
    links = {cell.coordinate: cell.hyperlink.location for line in page.iter_rows() for cell in line if cell.hyperlink}
    assert links[f"E{row}"] == "Sasaran!M7"
    assert links[f"E{row + 1}"] == "Matriks!L7:L45"
    assert links[f"C{made.note('CP03 Matriks!L12')}"] == "Matriks!L12"
    for coordinate, location in links.items():
        shown = page[coordinate].value
        assert str(shown).split(" ")[-1] == location


def test_people_type_only_where_it_is_unlocked_and_pick_from_a_list(page: Any, made: Made) -> None:
    open_cells = {
        cell.coordinate for line in page.iter_rows(max_col=LAST) for cell in line if not cell.protection.locked
    }
    for key in ITEMS:
        row = made.item(key)
        assert [f"{letter}{row}" in open_cells for letter in "ABCDEFG"] == [False] * 5 + [True, True]
    note, own = made.note("AG04"), made.own()
    assert [f"{letter}{note}" in open_cells for letter in "ABCDEFG"] == [False, True, False, True, True, False, True]
    assert [f"{letter}{own}" in open_cells for letter in "ABCDEFG"] == [False, True, True, True, True, True, True]
    assert not page.protection.sheet
    (rule,) = page.data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("list", f'"{",".join(ANSWERS)}"')
    area = Area.parse(str(rule.sqref))
    assert all(area.holds(made.item(key), STATE) for key in ITEMS)


def test_it_prints_on_a4_landscape_with_its_headings(page: Any, made: Made) -> None:
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
    header = made.keyed("lakip:reviu")
    assert page.print_title_rows == f"${header}:${header}"
    assert [page.cell(header, column).value for column in range(1, LAST + 1)] == list(HEADINGS)
    assert page.print_area.endswith(f"$G${max(row for row, column in made.cells if column == MARKS)}")
    assert parse_a1(page.freeze_panes) == (header + 1, 1)
    hidden = [column.min for column in page.column_dimensions.values() if column.hidden]
    assert sorted(hidden)[0] == KEYS
    merged = {area.top for area in Workbook.from_bytes(made.page, "r.xlsx").sheet(review.TITLE).merged}
    assert not merged & set(made.notes())  # what is merged cannot be sorted


def test_a_text_over_several_rows_takes_what_they_lack_together() -> None:
    sheet = Page("Uji", (10.0, 20.0))
    for row in (1, 2):
        sheet.put(1, "kata " * 20 if row == 1 else None, "list_text", row)
        sheet.put(2, "satu baris", "list_text", row)
    sheet.merges.append((1, 1, 2, 1))
    lone = Page("Uji", (10.0, 20.0))
    lone.put(1, "kata " * 20, "list_text", 1)
    for each in (sheet, lone):
        each.fit_heights(lambda cell, grid=each.grid: grid.slots[cell.row, cell.column].content)  # type: ignore[misc]
    assert lone.heights[1] == pytest.approx(STANDARD_HEIGHT + sheet.heights[2])
    assert 1 not in sheet.heights
    assert sheet.heights[2] < MAX_HEIGHT


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_computes_the_same_and_saves_nothing_that_is_taken_for_the_users(
    workbook: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "reviu.xlsx"
    path.write_bytes(workbook)
    (values,) = libreoffice_values_of([path])
    assert compare_caches(path, values) == []
    saved = Workbook.open(libreoffice_saved(path, tmp_path / "lo"))
    sheet = saved.sheet(review.TITLE)
    assert review.is_ours(sheet)
    assert review.foreign(sheet) == ()
