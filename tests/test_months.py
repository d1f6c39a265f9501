"""Bulanan and Rencana Aksi: the matrix follows them where they are used, and only there."""

from __future__ import annotations

import io
import re
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xl import tasks
from lakip_xl.cells import ErrorValue, Value
from lakip_xl.form import formulas as f
from lakip_xl.form.edition_2026 import DONE, PLANNED, SPENT, TARGETS
from lakip_xl.form.editions import NEWEST
from lakip_xl.rules import catalogue
from lakip_xl.workbook import Workbook
from opened import opened
from oracles import ironcalc_values, libreoffice_values, needs_libreoffice
from workbooks import Entries, filled, planned, typed_in

Row = dict[str, Value]


def matrix() -> list[Row]:
    """A program with two sub kegiatan, of which the first has two indicators."""
    return [
        {"kode": "1.06.01", "uraian": "PROGRAM PENUNJANG", "indikator": "Nilai", "target": 70.0, "realisasi": 70.0},
        {"kode": "1.06.01.2.01", "uraian": "Perencanaan"},
        {"kode": "1.06.01.2.01.0001", "uraian": "Dokumen", "indikator": "Dokumen", "satuan": "Dokumen", "target": 12.0,
         "arah": f.HIGHER, "anggaran": 1200.0},
        {"indikator": "Kepuasan", "satuan": "Persen", "target": 80.0, "arah": f.HIGHER},
        {"kode": "1.06.01.2.01.0002", "uraian": "Gaji", "indikator": "Orang", "satuan": "Orang/bulan", "target": 30.0,
         "arah": f.HIGHER, "anggaran": 900.0, "realisasi": 30.0, "realisasi_anggaran": 450.0},
    ]  # fmt: skip


def months() -> list[Row]:
    """The first sub kegiatan by month, with both its indicators."""
    spent = dict(zip(SPENT, (100.0, 50.0, 25.5, 10.0, 0.0, 5.0, 400.0), strict=False))
    planned = dict.fromkeys(PLANNED, 100.0)
    done = dict(zip(DONE, (1.0, 2.0, None, 4.0), strict=False))
    return [
        {"kode": "1.06.01.2.01.0001", "uraian": "Dokumen", "indikator": "Dokumen", "satuan": "Dokumen", **spent, **planned, **done},
        {"indikator": "Kepuasan", "satuan": "Persen", "k01": 70.0, "k02": 75.0, "k05": 60.0},
    ]  # fmt: skip


def shown(data: bytes, sheet: str, key: str, row: int) -> Value:
    """What a cell of a table of the template shows."""
    spec = next(spec for spec in NEWEST.tables if spec.title == sheet)
    value: Value = opened(data)[sheet].cell(spec.first_row + row, spec.position(key)).value
    return value


def made(entries: dict[str, Entries], period: str) -> bytes:
    return filled(typed_in(entries, periode=period))


def test_quarters_and_realisasi_to_date_follow_the_months_by_cara_hitung() -> None:
    data = made({"matriks": matrix(), "bulanan": months()}, "TW II")
    assert [shown(data, "Matriks", key, 2) for key in ("tw1", "tw2", "tw3", "tw4")] == [3, 4, None, None]
    assert shown(data, "Matriks", "realisasi", 2) == 7  # Dokumen adds up
    assert [shown(data, "Matriks", key, 3) for key in ("tw1", "tw2")] == [75, 60]
    assert shown(data, "Matriks", "realisasi", 3) == 60  # a percentage is where it stands now
    assert shown(data, "Matriks", "realisasi_anggaran", 2) == 190.5  # July lies behind TW II
    assert shown(data, "Matriks", "realisasi_anggaran", 0) == 640.5
    assert shown(data, "Bulanan", "sd_rak", 0) == 600
    assert shown(data, "Bulanan", "persen_rak", 0) == 31.75


def test_a_row_that_no_month_speaks_of_stays_as_it_was_typed() -> None:
    alone, beside = (
        planned(typed_in(e))[2].edits for e in ({"matriks": matrix()}, {"matriks": matrix(), "bulanan": months()})
    )
    row = NEWEST.table("matriks").first_row + 4
    at = [
        [(edit.cell, edit.formula) for edit in edits if edit.cell.sheet == "Matriks" and edit.cell.row == row]
        for edits in (alone, beside)
    ]
    assert at[0] == at[1] and at[0]
    keys = {edit.key for edit in beside if edit.cell.sheet == "Matriks" and edit.cell.row == row}
    assert keys.isdisjoint({"tw1", "tw2", "tw3", "tw4", "realisasi", "realisasi_anggaran"})


def test_what_was_typed_is_kept_and_the_difference_found(tmp_path: Path) -> None:
    rows = matrix()
    rows[2] |= {"realisasi_anggaran": 192.0, "tw1": 3.0}
    path = tmp_path / "m.xlsx"
    path.write_bytes(typed_in({"matriks": rows, "bulanan": months()}, periode="TW II"))
    done = tasks.fill(path, tmp_path / "h.xlsx")
    assert shown((tmp_path / "h.xlsx").read_bytes(), "Matriks", "realisasi_anggaran", 2) == 192
    found = [
        (x.code, str(x.cell))
        for x in done.report.findings
        if x.code != "AG09" and x.cell.row == 9 and x.column in ("realisasi_anggaran", "tw1")
    ]
    assert found == [("SL09", "Matriks!N9")]


def test_after_a_sort_of_bulanan_a_figure_never_stands_beside_another_name() -> None:
    rows = [*months(), {"kode": "1.06.01.2.01.0002", "uraian": "Gaji", "rp01": 450.0}]
    whole = matrix()
    whole[4] = {key: value for key, value in whole[4].items() if key != "realisasi_anggaran"}
    data = made({"matriks": whole, "bulanan": rows}, "TW II")
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, spec = book["Bulanan"], NEWEST.table("bulanan")
    first, third = spec.first_row, spec.first_row + 2
    for column in range(1, len(spec.columns) + 1):  # as Excel sorts: values move, references into them do not
        if spec.columns[column - 1].formula is None:
            one, other = sheet.cell(first, column), sheet.cell(third, column)
            one.value, other.value = other.value, one.value
    out = io.BytesIO()
    book.save(out)
    spec = NEWEST.table("matriks")
    values = _recalculated(out.getvalue())
    assert values["Matriks", spec.first_row + 2, spec.position("realisasi_anggaran")] == "-"
    assert values["Matriks", spec.first_row + 4, spec.position("realisasi_anggaran")] == "-"
    again = filled(out.getvalue())  # the next fill finds the rows again
    assert shown(again, "Matriks", "realisasi_anggaran", 2) == 190.5
    assert shown(again, "Matriks", "realisasi_anggaran", 4) == 450


def _sorted(data: bytes, one: int, other: int) -> bytes:
    """Two rows of Bulanan exchanged as Excel sorts: values move, references into them do not."""
    book, spec = Workbook.from_bytes(data), NEWEST.table("bulanan")
    sheet = book.sheet("Bulanan")
    for place, column in enumerate(spec.columns, start=1):
        if column.formula is None:
            first, second = (spec.first_row + one, place), (spec.first_row + other, place)
            was, now = sheet.cell(first).value, sheet.cell(second).value
            sheet.write(first, value=now)
            sheet.write(second, value=was)
    return book.to_bytes()


def two_units() -> dict[str, list[Row]]:
    """One sub kegiatan in two sub units, and no sub unit above a third row of the same code."""
    rows: list[Row] = [{"kode": "1.06.01.2.01.0001", "uraian": "Dokumen", "target": 1.0, "anggaran": 900.0}]
    months: list[Row] = [{"kode": "1.06.01.2.01.0001", "uraian": "Dokumen", "rp01": 7.0}]
    for place, unit in enumerate(("UPTD A", "UPTD  B"), start=1):
        rows += [{"uraian": unit, "tingkat": "sub unit"}, {**rows[0]}]
        months.append({**months[0], "sub_unit": unit.lower(), "rp01": 100.0 * place})
    return {"matriks": rows, "bulanan": months}


@pytest.mark.parametrize(("exchange", "shows"), [((1, 2), (7, "-", "-")), ((0, 2), ("-", 100, "-"))])
def test_after_a_sort_the_figure_of_another_sub_unit_is_not_shown(
    exchange: tuple[int, int], shows: tuple[Value, ...]
) -> None:
    data = made(two_units(), "Januari")
    spec = NEWEST.table("matriks")
    rows = (0, 2, 4)
    assert [shown(data, "Matriks", "realisasi_anggaran", row) for row in rows] == [7, 100, 200]
    values = _recalculated(_sorted(data, *exchange))
    found = tuple(values["Matriks", spec.first_row + row, spec.position("realisasi_anggaran")] for row in rows)
    assert found == shows
    again = filled(_sorted(data, *exchange))
    assert [shown(again, "Matriks", "realisasi_anggaran", row) for row in rows] == [7, 100, 200]
    assert filled(again) == again


def test_after_a_sort_a_further_indicator_of_the_same_words_is_not_taken() -> None:
    rows = [*matrix(), {"indikator": "Kepuasan", "satuan": "Persen", "target": 80.0, "arah": f.HIGHER}]
    held = [*months(), {"kode": "1.06.01.2.01.0002", "uraian": "Gaji", "indikator": "Orang", "rp01": 450.0},
            {"indikator": "Kepuasan", "satuan": "Persen", "k01": 11.0}]  # fmt: skip
    data = made({"matriks": rows, "bulanan": held}, "TW II")
    assert [shown(data, "Matriks", "tw1", row) for row in (3, 5)] == [75, 11]
    spec = NEWEST.table("matriks")
    values = _recalculated(_sorted(_sorted(data, 0, 2), 1, 3))
    assert [values["Matriks", spec.first_row + row, spec.position("tw1")] for row in (3, 5)] == ["-", "-"]


def test_a_code_with_other_zeros_is_the_same_row() -> None:
    held = months()
    held[0]["kode"] = "1.06.01.2.01.01"
    data = made({"matriks": matrix(), "bulanan": held}, "TW II")
    assert shown(data, "Matriks", "realisasi_anggaran", 2) == 190.5
    assert shown(data, "Matriks", "tw1", 3) == 75
    spec = NEWEST.table("matriks")
    at = "Matriks", spec.first_row + 2, spec.position("realisasi_anggaran")
    assert _recalculated(data)[at] == 190.5
    _, document, _ = planned(data)
    assert [x.code for x in catalogue.check(document) if x.code in ("SL08", "SL09")] == []
    rows: list[Row] = [*matrix(), {**matrix()[4], "kode": "1.06.01.2.01.1"}]  # then nobody knows which is meant
    _, document, _ = planned(typed_in({"matriks": rows, "bulanan": held}, periode="TW II"))
    assert [x.code for x in catalogue.check(document) if x.code == "SL08"] == ["SL08"]


def test_a_code_that_stands_twice_in_the_matrix_takes_the_months_once() -> None:
    rows: list[Row] = [*matrix(), matrix()[2]]
    data = made({"matriks": rows, "bulanan": months()}, "TW II")
    assert [shown(data, "Matriks", "realisasi_anggaran", row) for row in (2, 5, 0)] == [190.5, None, 640.5]
    book = Workbook.from_bytes(data)  # a row copied in Excel has the formula with it
    spec = NEWEST.table("matriks")
    at = (spec.first_row + 2, spec.position("realisasi_anggaran"))
    copied = book.sheet("Matriks").cell(at)
    book.sheet("Matriks").write((spec.first_row + 5, at[1]), value=190.5, formula=copied.formula)
    data = filled(book.to_bytes())
    assert [shown(data, "Matriks", "realisasi_anggaran", row) for row in (2, 5, 0)] == [190.5, None, 640.5]
    assert filled(data) == data
    _, document, _ = planned(data)
    assert "IS12" in [x.code for x in catalogue.check(document)]


@pytest.mark.parametrize("again", [False, True])
def test_the_link_to_a_row_that_was_deleted_is_put_right(again: bool) -> None:
    """What Excel leaves behind when a row of Bulanan is deleted; ``again``: the office entered it anew further down."""
    data = made({"matriks": matrix(), "bulanan": months()}, "TW II")
    book = Workbook.from_bytes(data)
    spec, there = NEWEST.table("matriks"), NEWEST.table("bulanan")
    for row in (2, 3):
        for key in ("tw1", "tw2", "realisasi_anggaran"):
            at = (spec.first_row + row, spec.position(key))
            formula = book.sheet("Matriks").cell(at).formula
            if formula is not None:
                broken = re.sub(r"Bulanan!\$?[A-Z]+[0-9]+(:\$?[A-Z]+[0-9]+)?", "Bulanan!#REF!", formula)
                assert broken != formula
                book.sheet("Matriks").write(at, value=ErrorValue("#REF!"), formula=broken)
    for row in (0, 1):
        for column in there.columns:
            cell = (there.first_row + row, there.position(column.key))
            if column.formula is None:
                value = book.sheet("Bulanan").cell(cell).value
                book.sheet("Bulanan").write(cell, value=None)
                if again:
                    book.sheet("Bulanan").write((cell[0] + 4, cell[1]), value=value)
    data = filled(book.to_bytes())
    found = [shown(data, "Matriks", key, 2) for key in ("tw1", "tw2", "realisasi_anggaran")]
    assert found == ([3, 4, 190.5] if again else [None, None, None])
    assert shown(data, "Matriks", "realisasi_anggaran", 0) == (640.5 if again else 450)
    assert filled(data) == data


def _recalculated(data: bytes) -> dict[tuple[str, int, int], Value]:
    with tempfile.TemporaryDirectory(prefix="months-") as folder:
        path = Path(folder) / "m.xlsx"
        path.write_bytes(data)
        return ironcalc_values(path)


def _agree(ours: Value, theirs: Value) -> bool:
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        return abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours))
    return (ours or "") == (theirs or "")


@pytest.mark.parametrize("period", ["Januari", "TW II", "Semester I", "triwulan 3", "November", "Akhir tahun"])
def test_stored_values_are_those_of_an_engine_that_knows_nothing_of_ours(period: str) -> None:
    data = made({"matriks": matrix(), "bulanan": months(), "rencana_aksi": plan_of_action()}, period)
    stored = opened(data)
    values = _recalculated(data)
    seen = 0
    for title in ("Matriks", "Bulanan", "Rencana Aksi", "Pengaturan"):
        for line in opened(data, cached=False)[title].iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    seen += 1
                    ours = stored[title].cell(cell.row, cell.column).value
                    assert _agree(ours, values[title, cell.row, cell.column]), (title, cell.coordinate, ours)
    assert seen > 300


@needs_libreoffice
def test_libreoffice_agrees(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(made({"matriks": matrix(), "bulanan": months(), "rencana_aksi": plan_of_action()}, "TW III"))
    stored = openpyxl.load_workbook(path, data_only=True)
    for (title, row, column), value in libreoffice_values(path).items():
        if title in ("Matriks", "Bulanan", "Rencana Aksi"):
            assert _agree(stored[title].cell(row, column).value, value), (title, row, column)


def plan_of_action() -> list[Row]:
    targets = dict(zip(TARGETS, (3.0, 3.0, 3.0, 3.0), strict=True))
    return [{"kode": "1.06.01.2.01.0001", "uraian": "Dokumen", "indikator": "Dokumen", "satuan": "Dokumen", **targets}]


def test_rencana_aksi_takes_the_year_s_target_and_the_rupiah_of_each_quarter() -> None:
    data = made({"matriks": matrix(), "bulanan": months(), "rencana_aksi": plan_of_action()}, "TW III")
    assert shown(data, "Rencana Aksi", "target", 0) == 12
    assert [shown(data, "Rencana Aksi", f"rp_tw{n}", 0) for n in range(1, 5)] == [175.5, 15, 400, None]
    assert shown(data, "Rencana Aksi", "jumlah_rp", 0) == 590.5


def test_a_text_among_the_months_is_never_left_out_of_a_sum_in_silence() -> None:
    rows = months()
    rows[0]["rp02"] = "50.000 (SPJ menyusul)"
    data = made({"matriks": matrix(), "bulanan": rows}, "TW II")
    assert shown(data, "Bulanan", "sd_rp", 0) == "-"
    assert shown(data, "Matriks", "realisasi_anggaran", 2) == "-"


@pytest.mark.parametrize(
    ("period", "heading"),
    [
        ("Maret", "REALISASI s/d MARET (Rp)"),
        ("TW III", "REALISASI s/d TW III (Rp)"),
        ("Akhir tahun", "REALISASI s/d TW IV (Rp)"),
    ],
)
def test_the_heading_of_column_14_follows_the_period(period: str, heading: str) -> None:
    spec = NEWEST.table("matriks")
    first = made({"matriks": matrix()}, "Juni")
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book["Matriks"].cell(spec.header_row, spec.position("realisasi_anggaran")).value == "REALISASI s/d JUNI (Rp)"
    data = made({"matriks": matrix()}, period)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Matriks"]
    assert sheet.cell(spec.header_row, spec.position("realisasi_anggaran")).value == heading
    assert filled(data) == data


def test_an_office_s_own_heading_stays() -> None:
    spec = NEWEST.table("matriks")
    book = openpyxl.load_workbook(io.BytesIO(typed_in({"matriks": matrix()}, periode="Maret")))
    book["Matriks"].cell(spec.header_row, spec.position("realisasi_anggaran")).value = "Realisasi Keuangan (Rp)"
    out = io.BytesIO()
    book.save(out)
    again = openpyxl.load_workbook(io.BytesIO(filled(out.getvalue())))["Matriks"]
    assert again.cell(spec.header_row, spec.position("realisasi_anggaran")).value == "Realisasi Keuangan (Rp)"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-(10**12), 10**12)), min_size=12, max_size=12), st.integers(1, 12))
def test_realisasi_to_date_is_the_sum_of_the_months_to_the_rupiah(spent: list[int | None], month: int) -> None:
    rows: list[Row] = [
        {"kode": "1.06.01.2.01.0001", "uraian": "Dokumen"}
        | {key: None if v is None else float(v) for key, v in zip(SPENT, spent, strict=True)}
    ]
    _, document, _ = planned(typed_in({"matriks": matrix(), "bulanan": rows}, periode=f.MONTHS[month - 1]))
    found = document.tables["bulanan"].rows[0].number_of("sd_rp")
    if all(v is None for v in spent):
        assert found is None
    else:
        assert found == sum(Decimal(v or 0) for v in spent[:month])
        assert document.matrix.rows[2].number_of("realisasi_anggaran") == found
