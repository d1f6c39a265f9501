"""Names of program, kegiatan and sub kegiatan in columns of their own: read, judged and filled in the office's own layout."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lakip_xl import tasks
from lakip_xl.cells import a1
from lakip_xl.errors import MissingForm
from lakip_xl.findings import Finding, Severity
from lakip_xl.form.editions import NEWEST
from lakip_xl.table.hints import hints
from lakip_xl.table.model import Document
from named_books import FLAT, LEAVES, MONEY, REPEATED, STAGGERED, Sheet, matrix

QUIET = {"ST12", "ST03", "CP05", "CP06"}
"""Nothing is wrong: the identity is blank, other sheets and ARAH are absent, kegiatan have no indicator."""
LEVELS = {1: "program", 2: "kegiatan", 3: "sub kegiatan"}
TWO, ABOVE = ("Program", "Kegiatan/Sub Kegiatan"), ("Program/Kegiatan", "Sub Kegiatan")
P, K, S = (
    "PROGRAM PELAYANAN 2",
    "PROGRAM PELAYANAN 2>Pengelolaan 2.1",
    "PROGRAM PELAYANAN 2>Pengelolaan 2.1>Penyusunan 2.1.2",
)


def examined(sheet: Sheet, writer: str = "openpyxl", **changes: object) -> tuple[Document, list[Finding]]:
    seen = tasks.examine(sheet.to_bytes(writer), **changes)  # type: ignore[arg-type]
    return seen.document, seen.findings


LAYOUTS = [
    *(
        matrix(layout, codes=codes)
        for layout in (STAGGERED, REPEATED, LEAVES, FLAT)
        for codes in ("", "one", "each", "own")
    ),
    matrix(STAGGERED, TWO, "one"),
    matrix(STAGGERED, ABOVE, "one"),
    matrix(STAGGERED, deep=True, down=4, right=1),
    matrix(LEAVES, deep=True, down=0, merge=True),
    matrix(LEAVES, codes="each", merge=True, right=1),
    matrix(STAGGERED, ("Nama Program", "Nama Kegiatan", "Nama Sub Kegiatan"), fill=False),
]


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
@pytest.mark.parametrize("sheet", LAYOUTS, ids=range(len(LAYOUTS)))
def test_a_sound_workbook_alarms_nobody_and_every_level_is_right(sheet: Sheet, writer: str) -> None:
    document, found = examined(sheet, writer)
    assert {f.code for f in found} <= QUIET, [f for f in found if f.code not in QUIET]
    levels = {row.number: row.level for row in document.matrix.rows}
    assert levels == {number: LEVELS[path.count(">") + 1] for path, number in sheet.rows.items()}
    names = {row.number: row.text_of("uraian") for row in document.matrix.rows}
    assert names == {number: path.split(">")[-1] for path, number in sheet.rows.items()}
    for path, number in sheet.rows.items():
        row = next(row for row in document.matrix.rows if row.number == number)
        cell = document.matrix.cell(row, "uraian")
        assert sheet.cells[cell.row, cell.column] == path.split(">")[-1]
    records = [row.record for row in document.matrix.rows]
    assert len(set(records)) == len(records)


def test_names_that_tell_no_level_are_told_by_the_sums() -> None:
    sheet = matrix(STAGGERED, TWO)
    for row in (
        sheet.rows.values()
    ):  # figures as a program of the office gives them, so that only one way of parting them holds
        for key in ("anggaran", "realisasi_anggaran"):
            value = sheet.cells.get((row, sheet.columns[key]))
            if isinstance(value, int):
                sheet.cells[row, sheet.columns[key]] = value + row
    document, found = examined(sheet)
    kegiatan = {row.number for row in document.matrix.rows if row.level == "kegiatan"}
    assert kegiatan in (set(), {n for path, n in sheet.rows.items() if path.count(">") == 1})
    assert kegiatan or "ST07" in {f.code for f in found}


@pytest.mark.parametrize("layout", [STAGGERED, REPEATED])
@pytest.mark.parametrize("codes", ["", "each"])
def test_faults_are_found_at_their_own_cells(layout: str, codes: str) -> None:
    sheet = matrix(layout, codes=codes)
    twice = sheet.set(P, "anggaran", 15_000_000)
    over = sheet.set(S, "realisasi_anggaran", 3_000_000)
    wrong = sheet.set("PROGRAM PELAYANAN 1>Pengelolaan 1.1>Penyediaan Jasa", "capaian", 50)
    lost = sheet.set("PROGRAM PELAYANAN 3>Pengelolaan 3.1", "n1", "")
    _, found = examined(sheet)
    at = {(f.code, f.cell.a1) for f in found}
    assert ("HR01", twice) in at
    assert over in {cell for code, cell in at if code.startswith("AG")}
    assert wrong in {cell for code, cell in at if code in ("CP01", "IS20")}
    assert any(f.cell.row == int(lost[1:]) and f.severity is not Severity.INFO for f in found)


@pytest.mark.parametrize("layout", [LEAVES, FLAT])
def test_names_beside_the_rows_are_no_sums_and_the_total_is_judged(layout: str) -> None:
    sheet = matrix(layout)
    sheet.cells[sheet.total, sheet.columns["anggaran"]] = 30_000_000
    document, found = examined(sheet)
    assert [f.cell.a1 for f in found if f.code == "HR02"] == [a1(sheet.total, sheet.columns["anggaran"])]
    assert not [f for f in found if f.code == "HR01"]
    assert [(h.level, len(h.rows)) for h in document.matrix.headings if h.level == "program"] == [("program", 6)] * 3


@pytest.mark.parametrize(
    "sheet", [matrix(fill=False), matrix(LEAVES, merge=True), matrix(FLAT, codes="own")], ids=[STAGGERED, LEAVES, FLAT]
)
def test_fill_writes_no_name_twice_equals_once_and_other_parts_stay(sheet: Sheet, tmp_path: Path) -> None:
    source = tmp_path / "kantor.xlsx"
    source.write_bytes(sheet.to_bytes())
    done = tasks.fill(source)
    before, after = (zipfile.ZipFile(path) for path in (source, done.path))
    touched = {
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/styles.xml",
        "docProps/app.xml",
    }
    for name in set(before.namelist()) - touched:
        assert after.read(name) == before.read(name), name
    page = load_workbook(done.path)["Renja"]
    names = {column for key, column in sheet.columns.items() if key[0] in "nk"}
    for row in page.iter_rows():
        for cell in row:
            own = sheet.cells.get((cell.row, cell.column))
            assert own in (None, "") or cell.value == own, cell.coordinate
            assert cell.column not in names or cell.value == own or (own == "" and cell.value is None), cell.coordinate
    first = done.path.read_bytes()
    assert not tasks.fill(done.path).written
    assert done.path.read_bytes() == first


@pytest.mark.parametrize("layout", [STAGGERED, REPEATED, LEAVES, FLAT])
def test_ringkasan_has_each_program_with_its_money(layout: str, tmp_path: Path) -> None:
    source = tmp_path / "kantor.xlsx"
    source.write_bytes(matrix(layout, fill=False).to_bytes())
    page = load_workbook(tasks.fill(source).path, data_only=True)["Ringkasan"]
    lines = {row[1]: row[2:4] for row in page.iter_rows(max_col=4, values_only=True) if row[1]}
    for n in (1, 2, 3):
        assert lines[f"PROGRAM PELAYANAN {n}"] == (12_000_000, 11_400_000)
    assert "Pengelolaan 1.1" not in lines


def with_a_row_below(path: str, values: dict[str, object], codes: str = "", layout: str = FLAT) -> tuple[Sheet, int]:
    """A sound workbook with one row more right below a row: the same cells as above, but for some; the total left blank."""
    sheet = matrix(layout, codes=codes)
    row = sheet.rows[path]
    for (at, column), value in sorted(sheet.cells.items(), reverse=True):
        if at > row:
            del sheet.cells[at, column]
            sheet.cells[at + 1, column] = value
    sheet.total += 1
    for key, column in sheet.columns.items():
        sheet.cells[row + 1, column] = values.get(key, sheet.cells.get((row, column)))
        sheet.cells[sheet.total, column] = None if key in MONEY else sheet.cells.get((sheet.total, column))
    return sheet, row + 1


SECOND: dict[str, object] = {"indikator": "Jumlah peserta", "target": 9, "realisasi": 9}
NO_MONEY: dict[str, object] = {"anggaran": None, "realisasi_anggaran": None, "persen": None}
UNNAMED: dict[str, object] = dict.fromkeys(("n0", "n1", "n2"))


@pytest.mark.parametrize("names", [{}, UNNAMED], ids=["repeated", "blank"])
def test_money_of_a_further_indicator_enters_no_program(names: dict[str, object], tmp_path: Path) -> None:
    sheet, _ = with_a_row_below(S, SECOND | NO_MONEY | names, layout=LEAVES)
    source = tmp_path / "kantor.xlsx"
    source.write_bytes(sheet.to_bytes())
    done = tasks.fill(source)
    book = load_workbook(done.path, data_only=True)
    assert {row[1]: row[2] for row in book["Ringkasan"].iter_rows(max_col=4, values_only=True)}[P] == 12_000_000
    assert book["Renja"].cell(sheet.total, sheet.columns["anggaran"]).value == 36_000_000


@pytest.mark.parametrize("layout", [FLAT, LEAVES])
@pytest.mark.parametrize("codes", ["", "one", "each", "own"])
@pytest.mark.parametrize("money", [NO_MONEY, {}], ids=["blank", "again"])
def test_the_same_names_on_the_next_row_are_a_further_indicator(
    layout: str, codes: str, money: dict[str, object], tmp_path: Path
) -> None:
    sheet, row = with_a_row_below(S, SECOND | money, codes, layout)
    document, found = examined(sheet)
    assert {f.code for f in found} <= QUIET, [f for f in found if f.code not in QUIET]
    further = next(each for each in document.matrix.rows if each.number == row)
    assert further.head is not None and further.head.number == row - 1 and further.name == "Jumlah peserta"
    source, out = tmp_path / "kantor.xlsx", tmp_path / "baru.xlsx"
    source.write_bytes(sheet.to_bytes())
    done = load_workbook(tasks.fill(source).path, data_only=True)
    assert {line[1]: line[2] for line in done["Ringkasan"].iter_rows(max_col=4, values_only=True)}[P] == 12_000_000
    assert done["Renja"].cell(sheet.total, sheet.columns["anggaran"]).value == 36_000_000
    tasks.adopt(source, out)
    assert {f.code for f in tasks.validate(out).findings} <= {*QUIET, "IS01", "CP07"}
    assert [each.name for each in tasks.examine(out).document.matrix.rows if each.head is not None] == [further.name]


def test_a_sum_over_money_that_is_written_again_is_wrong() -> None:
    sheet, _ = with_a_row_below(S, SECOND)
    sheet.cells[sheet.total, sheet.columns["anggaran"]] = 38_000_000
    _, found = examined(sheet)
    assert {f.code for f in found} - QUIET == {"HR02"}


@pytest.mark.parametrize(
    ("changed", "variant"),
    [
        (SECOND | {"anggaran": 1_000_000, "realisasi_anggaran": 950_000}, "rupiah"),
        (SECOND | {"realisasi_anggaran": 950_000, "persen": 47.5}, "rupiah"),
        ({}, ""),
    ],
    ids=["another budget", "other spending", "the same indicator"],
)
def test_what_may_be_a_row_of_its_own_is_said(changed: dict[str, object], variant: str) -> None:
    sheet, row = with_a_row_below(S, changed)
    document, found = examined(sheet)
    assert [(f.cell.row, f.variant) for f in found if f.code == "IS12"] == [(row, variant)]
    assert next(each for each in document.matrix.rows if each.number == row).head is None


@pytest.mark.parametrize("codes", ["", "one"])
def test_one_name_below_two_kegiatan_is_two_rows(codes: str) -> None:
    name = "Penyediaan Jasa"
    sheet = matrix(FLAT, codes=codes)
    last = sheet.rows["PROGRAM PELAYANAN 2>Pengelolaan 2.1>Penyusunan 2.1.3"]
    first = sheet.rows["PROGRAM PELAYANAN 2>Pengelolaan 2.2>Penyediaan Jasa"]
    sheet.cells[last, sheet.columns["n2"]] = name
    sheet.cells[first, sheet.columns["indikator"]] = "Jumlah peserta"
    for key in MONEY:
        sheet.cells[first, sheet.columns[key]] = sheet.cells[last, sheet.columns[key]]
        sheet.cells[sheet.total, sheet.columns[key]] = None
    document, _ = examined(sheet)
    assert all(row.head is None for row in document.matrix.rows)


def test_a_code_of_another_level_than_the_column_is_said() -> None:
    sheet = matrix(STAGGERED, codes="one")
    sheet.set(S, "k", "1.06.02.2.03")
    document, found = examined(sheet)
    assert {(f.code, f.cell.a1) for f in found if f.code not in QUIET} == {("ST15", sheet.at(S, "n2"))}
    assert next(row.level for row in document.matrix.rows if row.number == sheet.rows[S]) == "sub kegiatan"


def test_an_indicator_for_each_level_is_asked_about() -> None:
    sheet = matrix(LEAVES)
    for n, name in enumerate(("Program", "Kegiatan", "Sub Kegiatan")):
        sheet.head(3, 30 + n, f"Indikator {name}")
    del sheet.cells[3, sheet.columns["indikator"]]
    with pytest.raises(MissingForm, match="lebih dari satu kolom"):
        examined(sheet)
    document, _ = examined(sheet, hints=hints("", 0, ["indikator=AF"]))
    assert document.matrix.layout.columns["indikator"] == 32


def test_one_column_for_all_levels_is_read_as_before() -> None:
    sheet = matrix(STAGGERED)
    sheet.head(3, 30, "Program/Kegiatan/Sub Kegiatan")
    for path, row in sheet.rows.items():
        sheet.cells[row, 30] = path.split(">")[-1]
    document, _ = examined(sheet)
    assert document.form is NEWEST
    assert document.matrix.layout.columns["uraian"] == 30


def test_the_columns_can_be_named_by_hand() -> None:
    sheet = matrix(STAGGERED, ("Tingkat 1", "Tingkat 2", "Tingkat 3"))
    with pytest.raises(MissingForm):
        examined(sheet)
    document, _ = examined(sheet, hints=hints("", 0, ["nama_program=B", "nama_kegiatan=C", "nama_sub=D"]))
    assert [row.level for row in document.matrix.rows][:3] == ["program", "kegiatan", "sub kegiatan"]


def test_export_of_names_without_rows_points_to_adopt(tmp_path: Path) -> None:
    source = tmp_path / "kantor.xlsx"
    source.write_bytes(matrix(LEAVES).to_bytes())
    with pytest.raises(MissingForm, match="lakip-xl adopt"):
        tasks.export(source)
    assert not list(tmp_path.glob("*e81*"))


@pytest.mark.parametrize("codes", ["", "one", "own"])
@pytest.mark.parametrize("layout", [STAGGERED, REPEATED, LEAVES, FLAT])
def test_adopt_makes_a_row_of_each_name_and_the_sums_follow(layout: str, codes: str, tmp_path: Path) -> None:
    sheet = matrix(layout, codes=codes)
    source, out = tmp_path / "kantor.xlsx", tmp_path / "baru.xlsx"
    source.write_bytes(sheet.to_bytes("xlsxwriter"))
    for row in (STAGGERED, REPEATED):  # formulas without a stored value have no place: the figures are typed here
        if layout == row:
            source.write_bytes(matrix(layout, codes=codes, fill=False).to_bytes())
    found = tasks.adopt(source, out)
    assert not found.unplaced
    levels = [row.level for row in found.rows]
    assert levels == ["program", *["kegiatan", *["sub kegiatan"] * 3] * 2] * 3
    table = tasks.examine(out).document.matrix
    assert [row.level for row in table.rows] == levels
    money = {row.name: row.number_of("anggaran") for row in table.rows if row.level == "program"}
    assert set(money.values()) == {Decimal(12_000_000)} and len(money) == 3
    assert {f.code for f in tasks.validate(out).findings} <= {*QUIET, "ST07", "IS01", "CP07"}


def test_a_name_merged_to_the_right_is_one_name() -> None:
    sheet = matrix(STAGGERED)
    data = sheet.to_bytes()
    book = load_workbook(io.BytesIO(data))
    row = sheet.rows[P]
    book["Renja"].merge_cells(
        start_row=row, end_row=row, start_column=sheet.columns["n0"], end_column=sheet.columns["n2"]
    )
    out = io.BytesIO()
    book.save(out)
    assert {f.code for f in tasks.examine(out.getvalue()).findings} <= QUIET
