"""``lakip-xl migrate``: an older edition of the template becomes the newest, and nothing that stood in it is changed."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from lakip_xl import tasks, template
from lakip_xl.cli import main
from lakip_xl.form.edition_2023 import FORM as OLD
from lakip_xl.form.editions import NEWEST
from lakip_xl.workbook import Workbook
from oracles import ironcalc_values, same
from workbooks import EXAMPLE
from xlsx_checks import problems

ADDED = ("Bulanan", "Rencana Aksi")


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / "matriks.xlsx"))


def said(path: Path) -> list[tuple[str, str]]:
    return [(f.code, str(f.cell)) for f in tasks.examine(path).findings]


def test_an_older_edition_is_judged_by_its_own_form(example: Path) -> None:
    document = tasks.examine(example).document
    assert document.form is OLD
    assert "bulanan" not in document.tables


def test_the_newest_sheets_come_in_and_every_other_part_stays(example: Path, tmp_path: Path) -> None:
    before = example.read_bytes()
    done = tasks.migrate(example)
    assert done.path == tmp_path / f"matriks-edisi-{NEWEST.edition}.xlsx"
    assert (done.moved.before, done.moved.now, dict(done.moved.added)) == (
        "2023.1",
        NEWEST.edition,
        dict.fromkeys(ADDED, 24),
    )
    assert example.read_bytes() == before
    assert problems(done.path) == []
    with zipfile.ZipFile(example) as old, zipfile.ZipFile(done.path) as new:
        sheets = [name for name in old.namelist() if name.startswith("xl/worksheets/")]
        assert sheets and all(old.read(name) == new.read(name) for name in sheets)
        assert not {*old.namelist()} - {*new.namelist()}
    document = tasks.examine(done.path).document
    assert document.form is NEWEST
    assert said(done.path) == said(example)


def test_its_rows_are_the_indicators_of_the_matrix(example: Path) -> None:
    document = tasks.examine(tasks.migrate(example).path).document
    leaves = [row for row in document.matrix.rows if (row.head or row).level == "sub kegiatan"]
    for key in ("bulanan", "rencana_aksi"):
        rows = document.tables[key].rows
        assert [row.record for row in rows] == [row.record for row in leaves]
        assert [row.text_of("indikator") for row in rows] == [row.text_of("indikator") for row in leaves]


def test_months_typed_afterwards_reach_the_matrix(example: Path, tmp_path: Path) -> None:
    path = tasks.migrate(example).path
    book = Workbook.open(path)  # not openpyxl: IronCalc takes the blank cells that it writes for zeros
    spec, matrix = NEWEST.table("bulanan"), NEWEST.table("matriks")
    row = spec.first_row + 1
    code = book.sheet("Bulanan").cell((row, spec.position("kode"))).value
    for month in range(1, 13):
        book.sheet("Bulanan").write((row, spec.position(f"rp{month:02}")), value=1000.0 * month)
    at = next(r for r in range(7, 60) if book.sheet("Matriks").cell((r, matrix.position("kode"))).value == code)
    book.sheet("Matriks").write((at, matrix.position("realisasi_anggaran")), value=None)
    book.save(path)
    done = tasks.fill(path, tmp_path / "terisi.xlsx")
    shown = openpyxl.load_workbook(done.path, data_only=True)["Matriks"]
    assert shown.cell(at, matrix.position("realisasi_anggaran")).value == 78_000
    values = ironcalc_values(done.path)
    stored = openpyxl.load_workbook(done.path, data_only=True)
    for title in (*ADDED, "Matriks"):
        for line in openpyxl.load_workbook(done.path)[title].iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    found = stored[title][cell.coordinate].value
                    assert same(
                        float(found) if isinstance(found, int) else found, values[title, cell.row, cell.column]
                    ), cell


def test_a_second_migration_has_nothing_to_do(example: Path) -> None:
    path = tasks.migrate(example).path
    before = path.read_bytes()
    result = run("migrate", path)
    assert result.exit_code == 0
    assert f"sudah edisi {NEWEST.edition}" in result.output
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*edisi*edisi*"))


def test_in_place_keeps_a_backup(example: Path) -> None:
    before = example.read_bytes()
    result = run("mutakhirkan", example, "--in-place")
    assert result.exit_code == 0, result.output
    assert "2023.1 -> 2026.1" in result.output
    backups = [path for path in example.parent.iterdir() if "cadangan" in path.name]
    assert [path.read_bytes() for path in backups] == [before]


def test_a_sheet_of_the_office_s_own_with_that_title_stays(example: Path) -> None:
    book = openpyxl.load_workbook(example)
    book.create_sheet("Bulanan")["A1"] = "Jadwal piket bulanan"
    book.save(example)
    result = run("migrate", example)
    assert result.exit_code == 0, result.output
    made = openpyxl.load_workbook(example.with_name("matriks-edisi-2026.1.xlsx"))
    assert made["Bulanan"]["A1"].value == "Jadwal piket bulanan"
    assert made["Bulanan 2"]["A1"].value == NEWEST.table("bulanan").caption
    assert "bulanan" in tasks.examine(example.with_name("matriks-edisi-2026.1.xlsx")).document.tables


def test_another_form_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "e81.xlsx"
    tasks.export(EXAMPLE / "matriks.xlsx", source)
    result = run("migrate", source)
    assert result.exit_code == 2
    assert result.stderr.startswith("Gagal: e81.xlsx")
    assert "lakip-xl adopt" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["e81.xlsx"]


def test_an_existing_result_is_not_replaced(example: Path) -> None:
    target = example.with_name("matriks-edisi-2026.1.xlsx")
    target.write_bytes(b"x")
    assert run("migrate", example).exit_code == 2
    assert target.read_bytes() == b"x"


@pytest.mark.parametrize("form", [OLD, NEWEST], ids=lambda form: form.edition)
def test_a_template_of_each_edition_is_migrated_or_left(form: object, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(template.build(form))  # type: ignore[arg-type]
    done = tasks.migrate(path)
    assert done.written == (form is OLD)
    if done.written:
        assert [rows for _, rows in done.moved.added] == [0, 0]
        assert problems(done.path) == []


def test_rows_of_the_new_sheets_are_as_high_as_their_names(example: Path) -> None:
    book = openpyxl.load_workbook(tasks.migrate(example).path)
    for title, columns in (("Bulanan", (3,)), ("Rencana Aksi", (3, 4))):
        page = book[title]
        for row in range(7, 31):
            letters = max(len(page.cell(row, column).value or "") for column in columns)
            high = page.row_dimensions[row].height
            assert (high or 15) >= 12 * -(-letters // 50), (title, row)  # a column of 36 holds fifty letters at most
        assert any(page.row_dimensions[row].height for row in range(7, 31))
        assert not any(page.row_dimensions[row].height for row in range(31, 36))
    assert "Petunjuk tetap yang lama" in run("migrate", example, "--force").output
