"""Catatan Perbaikan: every finding with its cell, and explanations that outlive a refill."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from lakip_xl import tasks
from lakip_xl.cells import Cell, ErrorValue
from lakip_xl.findings import Finding, Severity
from lakip_xl.summary import Notes, Titles, catatan, explanations
from lakip_xl.summary.explanations import ARCHIVED, Note, found_text, pair, says_something
from lakip_xl.workbook import Workbook
from workbooks import EXAMPLE
from xlsx_checks import problems

TITLE = "Catatan Perbaikan"
Make = Callable[..., Any]


def type_into(made: Any, row: int, column: int, text: Any, title: str = TITLE) -> bytes:
    """The workbook after the user typed into one of its cells, as their program saved it."""
    book = Workbook.from_bytes(made.file, "selesai.xlsx")
    book.sheet(title).write((row, column), value=text)
    data: bytes = book.to_bytes()
    return data


def row_of(made: Any, code: str, title: str = TITLE) -> int:
    row: int = made.row(code, 3, title)
    return row


def explained(made: Any, code: str, text: str) -> bytes:
    return type_into(made, row_of(made, code), catatan.ENTRY, text)


def status_of(made: Any, code: str) -> Any:
    return made.values(row_of(made, code), (catatan.STATUS,), TITLE)[0]


# -- what the sheet says ----------------------------------------------------------------------------------------------------------


def test_the_gravest_and_dearest_stand_first_and_link_to_their_cells(example: Any) -> None:
    first = example.row("NO", 1, TITLE) + 1
    rows = [example.values(row, range(1, 13), TITLE) for row in range(first, first + len(example.findings))]
    weights = [(["Wajib diperbaiki", "Perlu penjelasan", "Informasi"].index(row[1]), -(row[7] or 0)) for row in rows]
    assert weights == sorted(weights)
    sheet = load_workbook(io.BytesIO(example.file))[TITLE]
    by_code = {finding.code: finding for finding in example.findings}
    for number, row in enumerate(rows, start=first):
        assert sheet.cell(number, 4).hyperlink.location in {str(f.cell) for f in example.findings}
        assert row[3].split("!")[0] == by_code[row[2]].cell.sheet
        assert row[8]
        assert row[9]
    assert sheet.auto_filter.ref == f"A{first - 1}:S{first + len(rows) - 1}"
    assert not sheet.protection.sheet


def test_only_the_explanation_is_unlocked(example: Any) -> None:
    sheet = load_workbook(io.BytesIO(example.file))[TITLE]
    row = example.row("NO", 1, TITLE) + 1
    assert [sheet.cell(row, column).protection.locked for column in range(1, 13)] == [True] * 10 + [False, True]


def test_no_findings_is_one_friendly_line(example_source: bytes, summarise: Make, tmp_path: Path) -> None:
    made = summarise(example_source, findings=[])
    assert made.row("Tidak ada catatan: isian sudah sesuai. Terima kasih.", 1, TITLE)
    path = tmp_path / "bersih.xlsx"
    path.write_bytes(made.file)
    assert problems(path) == []


def test_many_related_cells_are_counted_never_cut_in_silence(
    example: Any, example_source: bytes, summarise: Make
) -> None:
    many = tuple(Cell("Matriks", row, 4) for row in range(10, 45))
    finding = replace(example.findings[0], related=many)
    made = summarise(example_source, findings=[finding])
    message = made.values(row_of(made, finding.code), (9,), TITLE)[0]
    assert "D10, D11" in message
    assert "D29 dan 15 sel lain" in message


def test_text_that_looks_like_a_formula_stays_text(example: Any, example_source: bytes, summarise: Make) -> None:
    hostile = '=HYPERLINK("http://x","klik")'
    finding = replace(example.findings[0], found=hostile, expected="+1", record="@SUM(A1)")
    made = summarise(example_source, findings=[finding])
    cells = made.cells(TITLE)
    row = row_of(made, finding.code)
    assert (cells[row, 6].value, cells[row, 7].value) == (hostile, "+1")
    assert not [place for place, cell in cells.items() if cell.formula is not None and "HYPERLINK" in cell.formula]


def test_a_finding_on_a_sheet_that_is_not_there_has_no_link(
    example: Any, example_source: bytes, summarise: Make
) -> None:
    made = summarise(example_source, findings=[replace(example.findings[0], cell=Cell("Tidak ada", 1, 1))])
    sheet = load_workbook(io.BytesIO(made.file))[TITLE]
    assert sheet.cell(row_of(made, example.findings[0].code), 4).hyperlink is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (420.0, "420"), (Decimal("97.00"), "97"), (1 / 3, "0.333333"), (0.1 + 0.2, "0.3"), ("420", '"420"'),
        (True, "TRUE"), (ErrorValue("#DIV/0!"), "#DIV/0!"), (Decimal("-0"), "0"),
    ],
)  # fmt: skip
def test_a_found_value_as_text(value: Any, text: str) -> None:
    assert found_text(value) == text


# -- explanations ---------------------------------------------------------------------------------------------------------------


def test_an_explanation_is_read_back_and_settles_its_warning(example: Any, summarise: Make) -> None:
    again = summarise(explained(example, "AG04", "Dua pegawai pensiun pada bulan Juli."))
    assert status_of(again, "AG04") == catatan.EXPLAINED
    assert [f.explanation for f in again.findings if f.explained] == ["Dua pegawai pensiun pada bulan Juli."]
    assert again.values(again.row("Sudah dijelaskan", 1), (3,)) == [1.0]
    assert summarise(again.file).pages == again.pages


def test_a_changed_value_asks_for_a_review_until_the_text_is_edited(
    example: Any, example_source: bytes, summarise: Make
) -> None:
    noted = summarise(explained(example, "AG04", "Dua pegawai pensiun.")).notes()
    original = next(f for f in example.findings if f.code == "AG04")
    changed = [replace(f, found=Decimal(1)) if f is original else f for f in example.findings]
    made = summarise(example_source, findings=changed, notes=noted)
    assert status_of(made, "AG04") == catatan.STALE
    assert made.values(row_of(made, "AG04"), (catatan.ENTRY,), TITLE) == ["Dua pegawai pensiun."]
    assert not any(f.explained for f in made.findings)
    # Read back unedited it is still stale, and the bytes are the same.
    again = summarise(example_source, findings=changed, notes=made.notes())
    assert again.pages == made.pages
    # Once edited it belongs to the value of today.
    book = Workbook.from_bytes(explained(made, "AG04", "Tiga pegawai pensiun."), "selesai.xlsx")
    edited = summarise(example_source, findings=changed, notes=explanations.read(book.sheet(TITLE)))
    assert status_of(edited, "AG04") == catatan.EXPLAINED
    # And when the value returns, the old text is settled again without a touch.
    returned = summarise(example_source, findings=example.findings, notes=made.notes())
    assert status_of(returned, "AG04") == catatan.EXPLAINED


def test_an_explanation_whose_finding_is_gone_stays_until_it_is_deleted(
    example: Any, example_source: bytes, summarise: Make
) -> None:
    noted = summarise(explained(example, "AG04", "Dua pegawai pensiun.")).notes()
    rest = [f for f in example.findings if f.code != "AG04"]
    assert [note.archived for note in explanations.orphans(rest, noted)] == [False]
    made = summarise(example_source, findings=rest, notes=noted)
    row = row_of(made, "AG04")
    assert made.values(row, (catatan.ENTRY, catatan.STATUS), TITLE) == ["Dua pegawai pensiun.", ARCHIVED]
    assert [note.archived for note in explanations.orphans(rest, made.notes())] == [True]
    again = summarise(example_source, findings=rest, notes=made.notes())
    assert again.pages == made.pages
    # The finding returns: so does its explanation.
    back = summarise(example_source, findings=example.findings, notes=again.notes())
    assert status_of(back, "AG04") == catatan.EXPLAINED
    # The user empties the line: it is gone.
    emptied = Workbook.from_bytes(type_into(made, row, catatan.ENTRY, None), "selesai.xlsx")
    cleared = summarise(example_source, findings=rest, notes=explanations.read(emptied.sheet(TITLE)))
    assert "AG04" not in [cell.value for cell in cleared.cells(TITLE).values()]


def test_an_orphan_that_is_edited_keeps_the_value_it_was_written_for(
    example: Any, example_source: bytes, summarise: Make
) -> None:
    noted = summarise(explained(example, "AG04", "Dua pegawai pensiun.")).notes()
    made = summarise(example_source, findings=[], notes=noted)
    book = Workbook.from_bytes(explained(made, "AG04", "Tiga pegawai pensiun."), "selesai.xlsx")
    assert explanations.read(book.sheet(TITLE)).notes == (
        noted.notes[0]._replace(text="Tiga pegawai pensiun.", archived=True),
    )


def test_keterangan_on_the_row_settles_its_warnings(example: Any, example_source: bytes, summarise: Make) -> None:
    book = Workbook.from_bytes(example_source, "matriks.xlsx")
    finding = next(f for f in example.findings if f.code == "AG04")
    where = example.document.matrix.cell(finding.cell.row, "keterangan")
    book.sheet(where.sheet).write((where.row, where.column), value="Dua pegawai pensiun pada bulan Juli.")
    made = summarise(book.to_bytes())
    assert status_of(made, "AG04") == catatan.EXPLAINED_THERE
    assert made.values(row_of(made, "AG04"), (catatan.ENTRY,), TITLE) == [None]
    assert summarise(made.file).pages == made.pages


def test_the_status_of_an_explained_error_says_that_it_is_still_to_be_mended(
    example: Any, example_source: bytes, summarise: Make
) -> None:
    finding = replace(example.findings[0], severity=Severity.ERROR)
    for text, status in (("Sudah benar.", catatan.STILL), ("-", None)):
        for found in (found_text(finding.found), "lain"):
            note = Note(finding.code, finding.record, finding.column, found, text)
            made = summarise(example_source, findings=[finding], notes=Notes((note,)))
            assert status_of(made, finding.code) == status


def test_sen_are_shown_where_there_are_any(example: Any, example_source: bytes, summarise: Make) -> None:
    shown = {}
    for rupiah in (Decimal("1000"), Decimal("1000.50"), Decimal("1000.0000001")):
        made = summarise(example_source, findings=[replace(example.findings[0], rupiah=rupiah)])
        shown[rupiah] = made.cells(TITLE)[row_of(made, example.findings[0].code), 8].number_format.split("_")[0]
    assert list(shown.values()) == ["#,##0", "#,##0.00", "#,##0"]


def test_an_error_is_never_explained_away(example: Any) -> None:
    finding = replace(example.findings[0], severity=Severity.ERROR)
    note = Note(finding.code, finding.record, finding.column, found_text(finding.found), "Sudah benar.")
    settled = explanations.settle([finding], Notes((note,)), example.document)
    assert (settled[0].explained, settled[0].explanation) == (False, "Sudah benar.")


@pytest.mark.parametrize(("text", "enough"), [("", False), ("-", False), ("v", False), ("ok", False), ("DAU", True)])
def test_a_dash_is_no_explanation(text: str, enough: bool) -> None:
    assert says_something(text) is enough


def test_explanations_that_share_a_key_find_their_own_value() -> None:
    def finding(found: int) -> Finding:
        return Finding(
            Cell("Matriks", found, 1), "IS01", Severity.WARNING, found=Decimal(found), record="r", column="c"
        )

    def note(found: str) -> Note:
        return Note("IS01", "r", "c", found, f"untuk {found}")

    found, rest = pair([finding(1), finding(2), finding(3)], Notes((note("2"), note("9"))))
    assert [n.text if n else "" for n in found] == ["untuk 9", "untuk 2", ""]
    assert rest == []


# -- what else the user put on our sheets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", Titles())
def test_nothing_of_ours_is_taken_for_the_users(title: str, example: Any) -> None:
    assert explanations.read(example.book.sheet(title)).foreign == ()


@pytest.mark.parametrize("title", Titles())
def test_what_the_user_adds_is_found(title: str, example: Any) -> None:
    for row, column in ((4, 40), (6, 12), (90, 1)):
        book = Workbook.from_bytes(type_into(example, row, column, "catatan saya", title), "selesai.xlsx")
        found = [(f.row, f.column, f.value) for f in explanations.read(book.sheet(title)).foreign]
        assert found == [(row, column, "catatan saya")]


class Moved:
    """A sheet whose cells the user moved: rows inserted, columns inserted, rows sorted."""

    def __init__(self, cells: dict[tuple[int, int], Any]) -> None:
        self.cells = cells


def test_explanations_follow_sorted_rows_and_inserted_rows_and_columns(example: Any) -> None:
    made = Workbook.from_bytes(explained(example, "AG04", "Dua pegawai pensiun."), "selesai.xlsx")
    cells, first = made.sheet(TITLE).cells, example.row("NO", 1, TITLE) + 1
    wanted = explanations.read(made.sheet(TITLE)).notes
    assert [note.text for note in wanted] == ["Dua pegawai pensiun."]
    last = first + len(example.findings) - 1
    backwards = {(first + last - r if first <= r <= last else r, c): cell for (r, c), cell in cells.items()}
    lower = {(r + 2 if r > 2 else r, c): cell for (r, c), cell in cells.items()}
    wider = {(r, c + 1 if c > 5 else c): cell for (r, c), cell in cells.items()}
    for moved in (backwards, lower, wider):
        notes = explanations.read(Moved(moved))
        assert (notes.notes, notes.foreign) == (wanted, ())


def test_rows_inserted_in_the_matrix_make_no_formula_foreign(example: Any) -> None:
    cells = dict(example.book.sheet("Ringkasan").cells)

    class Shifted:
        def __init__(self, cell: Any) -> None:
            self.value, self.formula = (
                cell.value,
                cell.formula and cell.formula.replace("Matriks!M88", "'Matriks 2023'!M91"),
            )

    assert any(cell.formula and "Matriks!M88" in cell.formula for cell in cells.values())
    assert explanations.read(Moved({place: Shifted(cell) for place, cell in cells.items()})).foreign == ()


def test_a_sheet_without_our_keys_is_all_the_users(example: Any) -> None:
    notes = explanations.read(example.book.sheet("PK"))
    assert notes.notes == ()
    assert notes.foreign


def test_filling_twice_is_filling_once(example_source: bytes, tmp_path: Path) -> None:
    source = tmp_path / "matriks.xlsx"
    source.write_bytes(example_source)
    once = tasks.fill(source).path
    first = once.read_bytes()
    assert not tasks.fill(once).written
    assert once.read_bytes() == first


@pytest.mark.parametrize(("title", "wide"), [("Matriks", False), ("Matriks Kinerja dan Anggaran", True)])
def test_the_column_of_links_is_as_wide_as_the_title_of_the_sheet_asks(title: str, wide: bool, tmp_path: Path) -> None:
    book = load_workbook(EXAMPLE / "matriks.xlsx")
    book["Matriks"].title = title
    book.save(tmp_path / "m.xlsx")
    sheet = load_workbook(tasks.fill(tmp_path / "m.xlsx").path)[TITLE]
    longest = max(len(str(row[3].value or "")) for row in sheet.iter_rows(min_row=6))
    assert (longest > 20) is wide
    assert sheet.column_dimensions["D"].width >= longest
