"""Identitas and Pengaturan: found by their labels, read as Excel will show them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.form.spec import Period
from lakip_xl.workbook import Workbook
from workbooks import typed_in

ROWS: list[dict[str, Value]] = [
    {"kode": "1.06.01", "uraian": "PROGRAM", "indikator": "Persentase", "target": 100.0, "realisasi": 20.0},
    {"kode": "1.06.01.2.01", "uraian": "Kegiatan"},
    {"kode": "1.06.01.2.01.0001", "uraian": "Sub", "indikator": "Jumlah", "satuan": "Dokumen", "target": 4.0, "realisasi": 1.0,
     "anggaran": 1_000.0, "realisasi_anggaran": 240.0},
]  # fmt: skip


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    path = tmp_path / "m.xlsx"
    path.write_bytes(typed_in({"matriks": ROWS}))
    return path


def twice(path: Path) -> tuple[tasks.Filled, tasks.Filled]:
    """Fills, and fills the result again, which must change nothing."""
    first = tasks.fill(path)
    second = tasks.fill(first.path)
    assert not second.written
    assert second.report.findings == first.report.findings
    return first, second


@pytest.mark.parametrize("formula", ['="TW "&"I"', "=Daftar!A1", '=IF(Daftar!B1>1,"TW I","Akhir tahun")'])
def test_a_period_given_by_a_formula_without_a_stored_value_is_read(entry: Path, formula: str) -> None:
    book = openpyxl.load_workbook(entry)
    listed = book.create_sheet("Daftar")
    listed["A1"], listed["B1"] = '=IF(B1=3,"TW I","")', "=1+2"
    sheet = book["Identitas"]
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "Periode")
    sheet.cell(row, 2).value = formula
    book.save(entry)
    seen = tasks.examine(entry)
    assert seen.document.settings.period is Period.QUARTER
    assert seen.document.settings.identity["periode"] == "TW I"
    first, _ = twice(entry)
    assert first.report.findings == tuple(seen.findings)


def test_bounds_and_kategori_given_by_formulas_are_read(entry: Path) -> None:
    book = openpyxl.load_workbook(entry)
    sheet = book["Pengaturan"]
    rows = {str(cell.value): cell.row for cell in sheet["A"] if cell.value}
    sheet.cell(rows["Kategori"] + 2, 2).value = "=25*2+5"
    label = tasks.examine(entry).document.form.thresholds[0]
    sheet.cell(rows[label.label], 4).value = "=B1000+61"
    book.save(entry)
    settings = tasks.examine(entry).document.settings
    assert settings.bands[1].lower == 55
    assert settings.thresholds[label.key] == 61
    assert settings.faults == []
    twice(entry)


def test_old_values_of_a_file_that_asks_to_be_recalculated_are_not_believed(entry: Path) -> None:
    book = Workbook.open(entry)
    cell = tasks.examine(entry).document.settings.cells["periode"]
    book.sheet(cell.sheet).write((cell.row, cell.column), formula='"TW"&" I"', value="Akhir tahun")
    book.save(entry)
    assert tasks.examine(entry).document.settings.period is Period.QUARTER


def test_a_formula_that_cannot_be_computed_leaves_the_default(entry: Path) -> None:
    book = openpyxl.load_workbook(entry)
    sheet = book["Identitas"]
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "Periode")
    sheet.cell(row, 2).value = '=TEXT(TODAY(),"mmmm")'
    book.save(entry)
    assert tasks.examine(entry).document.settings.period is Period.YEAR
    twice(entry)
