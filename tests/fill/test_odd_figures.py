"""Figures and formulas that nobody should write, but somebody does: a finding or a blank, never a crash."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lakip_xl import tasks
from lakip_xl.cells import Cell, Value
from lakip_xl.fill.values import dependents
from lakip_xl.workbook import Workbook
from lakip_xl.workbook.strings import decode
from workbooks import filled, planned, typed_in

LEAF: dict[str, Value] = {
    "kode": "1.06.01.2.01.0001", "uraian": "Penyusunan", "indikator": "Jumlah", "target": 2.0, "realisasi": 2.0,
    "anggaran": 1000.0, "realisasi_anggaran": 900.0,
}  # fmt: skip


@pytest.mark.parametrize(
    "figure", [1e19, 1e300, "5371012345678901234567", -1e25, 1e-300, 123456789012345678901234567890.0]
)
def test_a_figure_of_any_size_is_judged(tmp_path: Path, figure: Value) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(typed_in({"matriks": [LEAF | {"target": figure, "anggaran": figure}]}))
    assert tasks.fill(path).path.exists()


@pytest.mark.parametrize(
    "formula",
    ["M7:M8/N7:N8*100", "1E400", "ROUND(1)", "INDEX(M7:M8)", "SUMIF(M7,1)", "N7/0", "1E308*N7*1E308", "CHOOSE(99,1)", "LARGE(M7:M8)",
     "LEFT(1)",
     "A1:B2", "-(-(-(N7)))", "SUM()", "IF()", "COUNTIFS(M7:M8)", "N7*O7"],
)  # fmt: skip
def test_any_formula_of_the_users_is_survived(tmp_path: Path, formula: str) -> None:
    book = Workbook.from_bytes(typed_in({"matriks": [LEAF]}), "m.xlsx")
    book.sheet("Matriks").write("O7", formula=formula)
    path = tmp_path / "m.xlsx"
    path.write_bytes(book.to_bytes())
    result = tasks.fill(path).path
    assert Workbook.open(result).sheet("Matriks").cell("O7").formula == formula
    assert not tasks.fill(result).written


def test_half_a_character_is_no_character() -> None:
    assert decode("a_xD83D_b") == "a\ufffdb"
    assert decode("_xD83D__xDE00_") == "\U0001f600"
    path = filled(typed_in({"matriks": [LEAF | {"keterangan": "x_xD83D_y"}]}))
    assert Workbook.from_bytes(path, "m.xlsx").sheet("Matriks").cell("P7").value is not None


def test_a_running_balance_is_followed_in_one_pass() -> None:
    formulas = {Cell("S", row, 2): f"B{row - 1}+A{row}" for row in range(2, 20_001)}
    start = time.process_time()
    found = dependents(formulas, {Cell("S", 1, 2)}, ["S"])
    assert len(found) == 19_999
    assert time.process_time() - start < 20, "a generation at a time would take minutes"


def test_a_sum_over_a_large_area_is_followed_too() -> None:
    formulas = {
        Cell("S", 1, 9): "SUM(A1:C5000)",
        Cell("S", 2, 9): "I1*2",
        Cell("S", 3, 9): "SUM(D:D)",
        Cell("S", 4, 9): "K1",
    }
    assert dependents(formulas, {Cell("S", 4000, 2), Cell("S", 7, 4)}, ["S"]) == {Cell("S", n, 9) for n in (1, 2, 3)}


def test_a_chain_of_formulas_too_deep_to_follow_leaves_no_value() -> None:
    book = Workbook.from_bytes(typed_in({"matriks": [LEAF]}), "m.xlsx")
    sheet = book.sheet("Matriks")
    for row in range(200, 5000):
        sheet.write((row, 30), formula=f"AD{row + 1}+1" if row < 4999 else "O7")
    sheet.write("M7", formula="AD200", value=5.0)
    _, document, _ = planned(book.to_bytes())
    assert document.matrix.rows[0].number_of("anggaran") is None
