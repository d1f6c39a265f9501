"""Cells that Excel binds to others are left alone, and the rest of the workbook is filled."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from lakip_xl import tasks
from lakip_xl.cells import Value
from workbooks import typed_in

LEAF: dict[str, Value] = {
    "uraian": "Sub", "indikator": "Jumlah", "satuan": "Dokumen", "target": 4.0, "realisasi": 3.0,
    "anggaran": 1000.0, "realisasi_anggaran": 900.0,
}  # fmt: skip
ROWS: list[dict[str, Value]] = [
    {"kode": "1.06.01.2.01", "uraian": "Kegiatan"},
    {"kode": "1.06.01.2.01.0001", **LEAF},
    {"kode": "1.06.01.2.01.0002", **LEAF},
]


def merged(sheet: Worksheet) -> None:
    sheet.merge_cells("L8:L9")


def array(sheet: Worksheet) -> None:
    sheet["O8"] = ArrayFormula("O8:O9", "=N8:N9/M8:M9*100")
    sheet["O9"] = None


def array_of_one(sheet: Worksheet) -> None:
    sheet["O9"] = ArrayFormula("O9", "=IF(COUNT(M9,N9)=2,SUM(N8:N9*1),0)")


def table(sheet: Worksheet) -> None:
    found = Table(displayName="Kantor", ref="L8:N9")
    for at, name in (("L8", "satu"), ("M8", "dua"), ("N8", "tiga")):
        sheet[at] = name
    found._initialise_columns()
    sheet.add_table(found)
    sheet["L8"] = None


def title(sheet: Worksheet) -> None:
    sheet["A3"] = ArrayFormula("A3", '="TAHUN "&SUM(Identitas!B7:B7*1)')


@pytest.mark.parametrize("odd", [merged, array, array_of_one, table, title])
def test_one_odd_cell_does_not_refuse_the_fill(tmp_path: Path, odd: object) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(typed_in({"matriks": ROWS}))
    book = openpyxl.load_workbook(path)
    odd(book["Matriks"])  # type: ignore[operator]
    book.save(path)
    done = tasks.fill(path)
    after = openpyxl.load_workbook(done.path)["Matriks"]
    assert str(after["V9"].value).startswith("="), "the others are filled"
    for at in ("O8", "O9", "A3"):
        before = book["Matriks"][at].value
        if isinstance(before, ArrayFormula):
            assert after[at].value.text == before.text and after[at].value.ref == before.ref
    assert not tasks.fill(done.path).written
    assert [f.code for f in done.report.findings].count("RM03") == (odd in (merged, array, table))


def test_skipped_cells_are_named_once(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(typed_in({"matriks": ROWS}))
    book = openpyxl.load_workbook(path)
    merged(book["Matriks"])
    book["Matriks"].merge_cells("O8:O9")
    book.save(path)
    seen = tasks.examine(path)
    assert [str(cell) for cell in seen.document.skipped] == ["Matriks!L9", "Matriks!O9"]
    result = tasks.fill(path).path
    assert not tasks.fill(result).written
