"""The example is the promise: what the published report prints comes out, each unusual row is named, no right row is."""

from __future__ import annotations

import csv
import json
import runpy
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from lakip_xl import reconciliation, report, tasks
from lakip_xl.numbers import read_number, round_half_up
from oracles import compare_caches, ironcalc_values, libreoffice_values, needs_libreoffice
from workbooks import EXAMPLE
from xlsx_checks import compare, problems

ENTRY = EXAMPLE / "matriks.xlsx"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tasks.Filled:
    return tasks.fill(ENTRY, tmp_path_factory.mktemp("example") / "hasil.xlsx")


@pytest.fixture(scope="module")
def values(filled: tasks.Filled) -> openpyxl.Workbook:
    return openpyxl.load_workbook(filled.path, data_only=True)


def printed() -> Iterator[dict[str, str]]:
    with (EXAMPLE / "matriks.tsv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def test_the_entry_workbook_is_what_buat_makes() -> None:
    made = runpy.run_path(str(EXAMPLE / "buat.py"))
    assert compare_parts(ENTRY, made["build"]()) == []
    assert compare_parts(EXAMPLE / "matriks-dijelaskan.xlsx", made["build_explained"]()) == []


def compare_parts(path: Path, built: bytes) -> list[str]:
    """The parts that differ, whatever build of zlib packed them."""
    import io
    import zipfile

    with zipfile.ZipFile(path) as a, zipfile.ZipFile(io.BytesIO(built)) as b:
        names = sorted(set(a.namelist()) | set(b.namelist()))
        return [n for n in names if n not in a.namelist() or n not in b.namelist() or a.read(n) != b.read(n)]


def test_every_percentage_that_the_report_prints_comes_out_and_blanks_are_filled(values: openpyxl.Workbook) -> None:
    sheet = values["Matriks"]
    rows = list(printed())
    assert len(rows) == 39
    for number, record in enumerate(rows, start=7):
        assert sheet.cell(number, 2).value == record["kode"]
        shown = sheet.cell(number, 15).value
        anggaran, realisasi = (read_number(record[key]).value for key in ("anggaran", "realisasi_anggaran"))
        assert anggaran is not None and realisasi is not None
        if anggaran == 0:
            assert record["persen"] == "#DIV/0!"
            assert shown == "-"
            continue
        assert round_half_up(shown, 2) == round_half_up(realisasi * 100 / anggaran, 2)
        if record["persen"]:
            assert round_half_up(shown, 2) == read_number(record["persen"]).value


def test_totals_sasaran_and_belanja_are_those_of_the_report(values: openpyxl.Workbook) -> None:
    matriks, sasaran, belanja = values["Matriks"], values["Sasaran"], values["Belanja"]
    assert [matriks.cell(88, column).value for column in (13, 14)] == [2_618_454_444, 2_383_192_105]
    assert round_half_up(matriks.cell(88, 15).value, 2) == round_half_up(91.02, 2)
    assert round_half_up(sasaran["M7"].value, 2) == round_half_up(98.64, 2)
    assert sasaran["N7"].value.upper() == "SANGAT BAIK"
    shown = {belanja.cell(row, 2).value: belanja.cell(row, 5).value for row in range(7, 25)}
    assert [
        str(round_half_up(shown[name], 2)) for name in ("Belanja Pegawai", "Belanja Barang dan Jasa", "JUMLAH")
    ] == [
        "89.95",
        "98.38",
        "91.02",
    ]


def test_the_summary_sheet_says_the_same(values: openpyxl.Workbook) -> None:
    texts = [cell.value for row in values["Ringkasan"].iter_rows() for cell in row if cell.value is not None]
    numbers = [value for value in texts if isinstance(value, int | float)]
    for figure in (2_618_454_444, 2_383_192_105, 235_262_339, 2_057_532_674, 229_896_086):
        assert figure in numbers
    for percent in ("91.02", "98.64", "89.95", "98.38", "90.44", "85.38", "97.72"):
        assert percent in {str(round_half_up(value, 2)) for value in numbers if abs(value) < 1e4}
    assert any("SANGAT BAIK" in value.upper() for value in texts if isinstance(value, str))


def test_the_whole_list_of_findings(filled: tasks.Filled) -> None:
    assert [(f.code, str(f.cell), f.severity.label) for f in filled.report.findings] == [
        ("CP05", "Matriks!D8", "info"),
        ("CP03", "Matriks!L12", "warning"),
        ("AG04", "Matriks!N12", "warning"),
        ("AG06", "Matriks!L16", "warning"),
        ("AG06", "Matriks!L17", "warning"),
        ("AG03", "Matriks!O18", "warning"),
        ("AG01", "Matriks!M26", "warning"),
        ("CP03", "Matriks!L45", "warning"),
        ("HR03", "Matriks!C88", "info"),
    ]


@pytest.mark.parametrize(("name", "form"), [("laporan.txt", "text"), ("laporan.json", "json")])
def test_the_reports_beside_the_example_are_current(name: str, form: str) -> None:
    assert report.FORMATS[form]([tasks.validate(ENTRY)], "id") == (EXAMPLE / name).read_text(encoding="utf-8")


def test_validate_and_fill_find_the_same_before_and_after(filled: tasks.Filled) -> None:
    def said(path: Path) -> object:
        return json.loads(report.FORMATS["json"]([tasks.validate(path)], "id"))[0]["findings"]

    assert said(ENTRY) == said(filled.path)


def test_nothing_vanishes_and_only_what_must_change_changes(filled: tasks.Filled) -> None:
    vanished, changed, added = compare(ENTRY, filled.path)
    assert vanished == []
    assert set(changed) == {
        "[Content_Types].xml",
        "docProps/app.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet4.xml",  # Sasaran: the mean of the sasaran
        "xl/worksheets/sheet6.xml",  # Matriks
    }
    assert {name.split("/")[1] for name in added} == {"charts", "drawings", "worksheets"}


def test_input_and_output_are_sound_workbooks(filled: tasks.Filled) -> None:
    assert problems(ENTRY) == []
    assert problems(filled.path) == []


def test_ironcalc_computes_every_value_that_is_cached(filled: tasks.Filled) -> None:
    assert compare_caches(ENTRY, ironcalc_values(ENTRY)) == []
    assert compare_caches(filled.path, ironcalc_values(filled.path)) == []


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_computes_every_value_that_is_cached(filled: tasks.Filled) -> None:
    assert compare_caches(filled.path, libreoffice_values(filled.path)) == []


def test_no_name_and_no_nip_anywhere(values: openpyxl.Workbook) -> None:
    import re

    for sheet in values.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert not re.search(r"\bNIP[ .:]*\d|\b(19|20)\d{6}\s?\d{6}\s?[12]\s?\d{3}\b", cell.value), (
                        cell.coordinate
                    )


def test_the_ledger_of_the_example_differs_by_the_setoran_alone(tmp_path: Path) -> None:
    ledger = EXAMPLE / "buku-besar" / "sipd-2023.xlsx"
    assert runpy.run_path(str(EXAMPLE / "buku-besar" / "buat.py"))["build"]() == ledger.read_bytes()
    done = tasks.reconcile(ENTRY, [ledger], tmp_path / "rekonsiliasi.xlsx")
    found = [(str(item.cells[0]), item.to_date.difference) for item in done.comparison.differences]
    assert found == [("Matriks!N28", 250_000), ("Belanja!D9", 250_000)]
    said = reconciliation.text.dump(done).splitlines()
    readme = (EXAMPLE.parent.parent / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("buku-besar/sipd-2023.xlsx -o")[2].partition("...\n")[2].partition("```")[0].splitlines()
    assert len(shown) == 4
    assert shown == said[said.index(shown[0]) :][:4]
    assert problems(tmp_path / "rekonsiliasi.xlsx") == []
