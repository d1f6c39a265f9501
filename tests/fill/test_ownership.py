"""Whose sheet is it: a fill replaces only what carries its marks, and finds its own sheets again after deletions and moves."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.form.editions import NEWEST
from lakip_xl.report import text as report_text
from lakip_xl.workbook import Workbook
from oracles import compare_caches, ironcalc_values, libreoffice_values, needs_libreoffice
from workbooks import EXAMPLE, typed_in
from xlsx_checks import problems

WORDS = "Formasi kosong sampai akhir tahun."


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """The filled example, AG04 explained."""
    entry = Path(shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / "m.xlsx"))
    path = tasks.fill(entry).path
    book = Workbook.open(path)
    sheet = book.sheet("Catatan Perbaikan")
    (code,) = (place for place, cell in sheet.cells.items() if cell.value == "AG04" and place[1] == 3)
    sheet.write((code[0], 11), value=WORDS)
    book.save(path)
    assert tasks.validate(path).findings and explained(path) == ["AG04"]
    return path


def explained(path: Path) -> list[str]:
    return [f.code for f in tasks.validate(path).findings if f.explained]


def cut(path: Path, name: str, *, columns: tuple[int, int] | None = None, row: int | None = None) -> None:
    """Deletes columns or a row of Catatan Perbaikan as Excel does; ``name`` is what the hidden name then says."""
    book = openpyxl.load_workbook(path)
    sheet: Worksheet = book["Catatan Perbaikan"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    if columns is not None:
        sheet.delete_cols(*columns)
    if row is not None:
        sheet.delete_rows(row)
    book.defined_names["_lakip_catatan"].attr_text = name
    book.save(path)


def texts(path: Path, title: str) -> list[object]:
    return [c.value for row in openpyxl.load_workbook(path)[title].iter_rows() for c in row if c.value is not None]


@pytest.mark.parametrize("name", ["_lakip_ringkasan", "_lakip_catatan"])
def test_a_sheet_that_only_the_name_points_to_is_not_replaced(result: Path, name: str) -> None:
    book = openpyxl.load_workbook(result)
    mine = book.create_sheet("Hadir")
    mine["A1"], mine["B1"] = "NIP", "Nama"
    mine["A2"], mine["B2"] = "198001012005011001", "Siti"
    book.defined_names[name].attr_text = "Hadir!$A$1"
    book.save(result)
    done = tasks.fill(result)
    assert texts(result, "Hadir") == ["NIP", "Nama", "198001012005011001", "Siti"]
    assert done.moved == ()
    after = Workbook.open(result)
    assert after.owned_sheet("_lakip_ringkasan") == "Ringkasan"
    assert after.owned_sheet("_lakip_catatan") == "Catatan Perbaikan"
    assert WORDS in texts(result, "Catatan Perbaikan")
    assert not tasks.fill(result).written
    assert problems(result) == []


def test_ringkasan_without_its_marks_is_the_users(result: Path) -> None:
    book = Workbook.open(result)
    sheet = book.sheet("Ringkasan")
    (column,) = (column for (_, column), cell in sheet.cells.items() if str(cell.value).startswith("lakip:isi"))
    for place in [place for place in sheet.cells if place[1] == column]:
        sheet.clear(place)
    sheet.write("B60", value="Catatan saya")
    book.save(result)
    tasks.fill(result)
    assert "Catatan saya" in texts(result, "Ringkasan")
    assert Workbook.open(result).owned_sheet("_lakip_ringkasan") == "Ringkasan LAKIP"
    assert not tasks.fill(result).written


@pytest.mark.parametrize(("row", "columns"), [(1, None), (None, (1, 1))])
def test_explanations_survive_where_the_first_row_or_column_was_deleted(
    result: Path, row: int | None, columns: tuple[int, int] | None
) -> None:
    cut(result, "#REF!", row=row, columns=columns)
    assert explained(result) == ["AG04"]
    done = tasks.fill(result)
    assert done.moved == ()
    after = Workbook.open(result)
    assert after.owned_sheet("_lakip_catatan") == "Catatan Perbaikan"
    assert not after.has_sheet("Catatan Perbaikan LAKIP")
    assert texts(result, "Catatan Perbaikan").count(WORDS) == 1
    assert not tasks.fill(result).written


def test_ringkasan_is_known_without_its_first_row(result: Path) -> None:
    book = openpyxl.load_workbook(result)
    sheet: Worksheet = book["Ringkasan"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.delete_rows(1)
    sheet["B70"] = "Catatan saya"
    book.defined_names["_lakip_ringkasan"].attr_text = "#REF!"
    book.save(result)
    done = tasks.fill(result)
    assert done.moved == ("Ringkasan (lama)",)
    assert [c for c in texts(result, "Ringkasan (lama)") if c == "Catatan saya"]
    assert not Workbook.open(result).has_sheet("Ringkasan LAKIP")
    assert not tasks.fill(result).written


def test_explanations_are_joined_by_what_is_seen_where_the_hidden_columns_were_deleted(result: Path) -> None:
    cut(result, "'Catatan Perbaikan'!$A$1", columns=(13, 7))
    assert explained(result) == ["AG04"]
    done = tasks.fill(result)
    assert done.unread == 0
    assert texts(result, "Catatan Perbaikan").count(WORDS) == 1
    assert explained(result) == ["AG04"]
    assert not tasks.fill(result).written


def test_a_value_that_changed_meanwhile_is_to_be_reviewed_there_too(result: Path) -> None:
    cut(result, "'Catatan Perbaikan'!$A$1", columns=(13, 7))
    book = Workbook.open(result)
    row = next(p[0] for p, cell in book.sheet("Catatan Perbaikan").cells.items() if cell.value == WORDS)
    book.sheet("Catatan Perbaikan").write((row, 6), value=5.0)
    book.save(result)
    assert explained(result) == []
    tasks.fill(result)
    assert WORDS in texts(result, "Catatan Perbaikan")
    assert "perlu ditinjau: nilai berubah" in texts(result, "Catatan Perbaikan")


def test_explanations_that_can_no_longer_be_tied_are_counted_and_kept(result: Path) -> None:
    cut(result, "'Catatan Perbaikan'!$A$1", columns=(13, 7))
    book = openpyxl.load_workbook(result)
    book["Catatan Perbaikan"].delete_cols(3)
    book.save(result)
    done = tasks.fill(result)
    assert done.unread == 1
    assert "1 penjelasan" in report_text.filled(done) and "1 explanations" in report_text.filled(done, "en")
    assert any(WORDS in texts(result, title) for title in done.moved)
    assert not tasks.fill(result).written


def test_a_copy_that_the_user_keeps_is_not_replaced(result: Path) -> None:
    book = openpyxl.load_workbook(result)
    book["Catatan Perbaikan"].title = "Catatan Maret"
    book.defined_names["_lakip_catatan"].attr_text = "#REF!"
    book.save(result)
    before = texts(result, "Catatan Maret")
    assert explained(result) == ["AG04"], "its explanations are read"
    tasks.fill(result)
    assert texts(result, "Catatan Maret") == before
    assert WORDS in texts(result, "Catatan Perbaikan")
    assert not tasks.fill(result).written


# -- Pengaturan -----------------------------------------------------------------------------------------------------------------


MATRIKS: list[dict[str, Value]] = [
    {"kode": "1.06.01.2.01", "uraian": "Kegiatan", "anggaran": 1000.0, "realisasi_anggaran": 900.0},
    {"kode": "1.06.01.2.01.0001", "uraian": "Sub", "indikator": "Jumlah", "satuan": "Dokumen", "target": 4.0, "realisasi": 3.0,
     "anggaran": 1000.0, "realisasi_anggaran": 900.0},
]  # fmt: skip
SASARAN: list[dict[str, Value]] = [{"sasaran": "S", "indikator": "A", "target": 100.0, "realisasi": 75.0}]


def _office(path: Path, *, chart: bool = False) -> None:
    """A workbook of an office's own layout, with a sheet Pengaturan that has nothing to do with ours."""
    book = xlsxwriter.Workbook(str(path))
    for key, rows in (("matriks", MATRIKS), ("sasaran", SASARAN)):
        spec = NEWEST.table(key)
        sheet = book.add_worksheet(spec.title)
        sheet.write_row(0, 0, [column.heading for column in spec.columns])
        for number, row in enumerate(rows, start=1):
            for column, value in row.items():
                sheet.write(number, spec.position(column) - 1, value)
    if chart:
        bars = book.add_chart({"type": "column"})
        bars.add_series({"values": "=Matriks!$F$2:$F$3"})
        book.add_chartsheet("Pengaturan").set_chart(bars)
    else:
        own = book.add_worksheet("Pengaturan")
        for number, row in enumerate((("Kertas", "A4"), ("Kategori", 3), ("Rapat", 1), ("Biasa", 0), ("Margin", 2.5))):
            own.write_row(number, 0, row)
    book.close()


@pytest.mark.parametrize("chart", [False, True])
def test_a_pengaturan_of_the_offices_own_is_no_settings(tmp_path: Path, chart: bool) -> None:
    path = tmp_path / "kantor.xlsx"
    _office(path, chart=chart)
    done = tasks.fill(path)
    after = Workbook.open(done.path)
    assert after.owned_sheet("_lakip_pengaturan") == "Pengaturan LAKIP"
    seen = tasks.examine(done.path)
    assert seen.document.settings.sheet == "Pengaturan LAKIP"
    assert [band.name for band in seen.document.settings.bands][:2] == ["Kurang", "Cukup"]
    if not chart:
        assert texts(done.path, "Pengaturan") == ["Kertas", "A4", "Kategori", 3, "Rapat", 1, "Biasa", 0, "Margin", 2.5]
    sasaran = [cell.formula or "" for cell in after.sheet("Sasaran").cells.values()]
    assert any("'Pengaturan LAKIP'!$A$" in f for f in sasaran) and not any("Pengaturan!" in f for f in sasaran)
    assert not tasks.fill(done.path).written
    assert problems(done.path) == []
    assert compare_caches(done.path, ironcalc_values(done.path)) == []


def test_pengaturan_that_was_brought_in_is_the_users_to_edit(tmp_path: Path) -> None:
    path = tmp_path / "kantor.xlsx"
    _office(path)
    result = tasks.fill(path).path
    book = Workbook.open(result)
    cell = tasks.examine(result).document.settings.cells["batas_maksimum"]
    book.sheet(cell.sheet).write((cell.row, cell.column), value=110.0)
    book.sheet(cell.sheet).write("H40", value="milik saya")
    book.save(result)
    tasks.fill(result)
    assert "milik saya" in texts(result, "Pengaturan LAKIP")
    assert tasks.examine(result).document.settings.cap == 110
    renamed = openpyxl.load_workbook(result)
    renamed["Pengaturan LAKIP"].title = "Setelan"
    del renamed.defined_names["_lakip_pengaturan"]
    renamed.save(result)
    assert tasks.examine(result).document.settings.sheet == "Setelan", "found by its labels"


def _without_kategori(path: Path) -> Path:
    book = Workbook.from_bytes(typed_in({"matriks": MATRIKS, "sasaran": SASARAN}), "m.xlsx")
    sheet = book.sheet("Pengaturan")
    row = next(row for (row, column), cell in sheet.cells.items() if column == 1 and cell.value == "Kategori")
    for place in [place for place in sheet.cells if place[0] >= row - 1]:
        sheet.clear(place)
    sheet.write("A1", value="bukan kategori")
    path.write_bytes(book.to_bytes())
    return tasks.fill(path).path


def test_without_kategori_in_pengaturan_those_of_the_form_hold(tmp_path: Path) -> None:
    result = _without_kategori(tmp_path / "m.xlsx")
    cells = Workbook.open(result).sheet("Sasaran").cells.values()
    assert {cell.value for cell in cells if cell.formula and '{"Kurang";"Cukup"' in cell.formula} == {"Baik"}
    assert not tasks.fill(result).written
    assert not tasks.examine(result).document.user_formulas, "they are known as ours"


@needs_libreoffice
@pytest.mark.slow
def test_the_kategori_of_the_form_are_what_an_office_program_finds_too(tmp_path: Path) -> None:
    result = _without_kategori(tmp_path / "m.xlsx")
    assert compare_caches(result, libreoffice_values(result)) == []
