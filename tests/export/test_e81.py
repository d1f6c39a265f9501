"""The matrix as Formulir E.81: the regulation's headings, the same data when it is read back, formulas that are right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lakip_xl import export, tasks
from lakip_xl.cells import Value
from lakip_xl.export.e81 import FOLIO
from lakip_xl.fill.apply import apply
from lakip_xl.findings import Finding, Severity
from lakip_xl.form.edition_e81 import E81
from lakip_xl.form.editions import READABLE
from lakip_xl.form.printed_e81 import groups
from lakip_xl.numbers import round_half_up
from lakip_xl.table.model import Document, Table
from lakip_xl.table.read import read
from lakip_xl.workbook import Workbook
from opened import opened
from oracles import compare_caches, ironcalc_values, libreoffice_values, needs_libreoffice
from workbooks import EXAMPLE, matrices, typed_in
from xlsx_checks import problems

SAME = (
    "kode", "uraian", "indikator", "satuan", "target", "tw1", "tw2", "tw3", "tw4", "realisasi", "anggaran", "realisasi_anggaran",
    "keterangan", "tingkat", "arah", "cara_hitung", "waktu_ukur", "status", "capaian", "persen",
)  # fmt: skip
ENTRY = EXAMPLE / "matriks.xlsx"
LEAF: dict[str, Value] = {
    "kode": "1.06.01.2.01.0001", "uraian": "Penyusunan Dokumen", "indikator": "Jumlah Dokumen", "satuan": "Dokumen",
    "target": 12.0, "anggaran": 1_000_000.0, "realisasi_anggaran": 900_000.0,
}  # fmt: skip
HEADS: list[dict[str, Value]] = [
    {"kode": "1.06.01", "uraian": "PROGRAM PENUNJANG", "indikator": "Persentase", "satuan": "%", "target": 100.0, "realisasi": 97.0},
    {"kode": "1.06.01.2.01", "uraian": "Perencanaan"},
]  # fmt: skip


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tasks.Exported:
    return tasks.export(ENTRY, tmp_path_factory.mktemp("export") / "e81.xlsx")


def made(data: bytes) -> tuple[Document, export.Made, Document]:
    """The source as filled, what came out, and that as it is read back."""
    seen = tasks.examine(data)
    return seen.document, *exported(seen)


def exported(seen: tasks.Examination) -> tuple[export.Made, Document]:
    """What came out of a workbook that was examined, and that as it is read back."""
    out = export.e81(seen.document, seen.plan.seen)
    return out, read(Workbook.from_bytes(out.data, "e81.xlsx"), *READABLE)


def values(table: Table) -> list[dict[str, object]]:
    return [
        {key: (e.typed, e.as_text, e.fault) for key in SAME if (e := row.entry(key)).typed is not None or e.fault}
        for row in table.rows
    ]


def at(path: Path | str, row: int, key: str, *, cached: bool = True) -> object:
    """What a cell of the form holds, its columns in the order of the page."""
    keys = [key for group in groups(2023) for key in group.keys]
    return opened(path, cached=cached)["E.81"].cell(row, keys.index(key) + 1).value


# -- the page -------------------------------------------------------------------------------------------------------------------


def test_the_headings_are_those_of_the_regulation(example: tasks.Exported) -> None:
    sheet = openpyxl.load_workbook(example.path)["E.81"]
    merged = {(area.min_row, area.min_col): (area.max_row, area.max_col) for area in sheet.merged_cells.ranges}
    heads = [(sheet.cell(6, column).value, merged[6, column]) for column in range(1, 31) if (6, column) in merged]
    assert [text for text, _ in heads[:16]] == [
        "No", "Sasaran", "Kode", "Program/Kegiatan/ Sub Kegiatan", "Indikator Kinerja Program (Outcome)/ Kegiatan (Output)", "Satuan",
        "Target Renstra Perangkat Daerah pada Akhir Periode Renstra",
        "Realisasi Capaian Kinerja Renstra Perangkat Daerah s/d Renja Perangkat Daerah Tahun Lalu (2022)",
        "Target Kinerja dan Anggaran Renja Perangkat Daerah Tahun Berjalan yang Dievaluasi (2023)",
        "Realisasi Kinerja pada Triwulan",
        "Realisasi Capaian Kinerja dan Anggaran Renja Perangkat Daerah yang Dievaluasi (2023)",
        "Realisasi Kinerja dan Anggaran Renstra Perangkat Daerah s/d Tahun 2023",
        "Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra Perangkat Daerah s/d Tahun 2023 (%)",
        "Unit Perangkat Daerah Penanggung Jawab", "Keterangan", "CAPAIAN (%)",
    ]  # fmt: skip
    assert [sheet.cell(7, column).value for column in range(13, 21, 2)] == ["I", "II", "III", "IV"]
    assert [sheet.cell(8, column).value for column in range(7, 27)] == ["K", "Rp"] * 10
    numbers = [sheet.cell(9, column).value for column in range(1, 29)]
    assert [number for number in numbers if number is not None] == [
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, "12 = 8+9+10+11", "13 = 6+12", "14 = 13/5x100", 15, 16,
    ]  # fmt: skip


def test_it_prints_on_folio_one_page_wide_with_its_headings_on_each_page(example: tasks.Exported) -> None:
    sheet = openpyxl.load_workbook(example.path)["E.81"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (FOLIO, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$6:$9"
    assert sheet.print_area == "'E.81'!$A$1:$AB$64"
    assert sheet.freeze_panes == "E10"


def test_the_foot_has_mean_predikat_and_blanks(example: tasks.Exported) -> None:
    sheet = openpyxl.load_workbook(example.path, data_only=True)["E.81"]
    texts = [sheet.cell(row, 1).value for row in range(51, 58)]
    assert texts == [
        "Rata-rata capaian kinerja (%)", "Predikat kinerja", "Faktor pendorong keberhasilan kinerja",
        "Faktor penghambat pencapaian kinerja",
        "Tindak lanjut yang diperlukan dalam triwulan berikutnya",
        "Tindak lanjut yang diperlukan dalam Renja Perangkat Daerah berikutnya",
        "Predikat kinerja (Permendagri 86/2017): 91 ke atas Sangat tinggi; 76 ke atas Tinggi; 66 ke atas Sedang; 51 ke atas Rendah; "
        "di bawah 51 Sangat rendah.",
    ]  # fmt: skip
    assert at(example.path, 51, "realisasi") == 100
    assert str(round_half_up(at(example.path, 51, "realisasi_anggaran"), 2)) == "91.02"
    assert at(example.path, 52, "realisasi_anggaran") == "Sangat tinggi"
    assert at(example.path, 51, "tingkat_renstra") == "-"
    words = [cell.value for row in sheet.iter_rows(min_row=58) for cell in row if cell.value is not None]
    assert [word.partition(",")[0] for word in words] == [
        "Disusun", "Dievaluasi", "Plt. Kepala Dinas Sosial", "Kepala Bappeda Kabupaten Manggarai", *["(" + "." * 40 + ")"] * 2,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mean", "word"), [(91.0, "Sangat tinggi"), (90.99, "Tinggi"), (75.5, "Sedang"), (51.0, "Rendah"), (50.0, "Sangat rendah")]
)  # fmt: skip
def test_the_predikat_is_that_of_the_regulation_and_has_no_gaps(mean: float, word: str, tmp_path: Path) -> None:
    rows = [{**HEADS[0], "realisasi": mean}, HEADS[1], {**LEAF, "realisasi": 12.0}]
    path = tmp_path / "e81.xlsx"
    path.write_bytes(made(typed_in({"matriks": rows}))[1].data)
    assert (at(path, 15, "realisasi"), at(path, 16, "realisasi")) == (mean, word)


def test_no_predikat_before_the_year_is_over(tmp_path: Path) -> None:
    path = tmp_path / "e81.xlsx"
    path.write_bytes(made(typed_in({"matriks": [*HEADS, LEAF]}, periode="TW III"))[1].data)
    assert (at(path, 15, "realisasi"), at(path, 16, "realisasi")) == (97, None)


def test_the_mean_keeps_to_the_batas_maksimum_and_counts_further_indicators(tmp_path: Path) -> None:
    more = {"indikator": "Nilai", "satuan": "Nilai", "target": 50.0, "realisasi": 150.0}
    path = tmp_path / "e81.xlsx"
    path.write_bytes(made(typed_in({"matriks": [HEADS[0], more, HEADS[1], LEAF]}, batas_maksimum=120.0))[1].data)
    assert at(path, 16, "realisasi") == (97 + 120) / 2


def test_without_a_year_the_headings_still_stand() -> None:
    source, _, back = made(typed_in({"matriks": [*HEADS, LEAF]}, tahun=None))
    assert source.settings.year is None
    assert back.form.edition == "e81-2017" and {"target", "realisasi", "rp_renstra"} <= set(back.matrix.layout.columns)


# -- the same data --------------------------------------------------------------------------------------------------------------


def test_every_column_is_found_again_where_it_was_put(example: tasks.Exported) -> None:
    back = read(Workbook.open(example.path), *READABLE)
    keys = [key for group in groups(2023) for key in group.keys]
    assert back.form.edition == "e81-2017"
    assert {key: back.matrix.layout.columns[key] for key in keys} == {key: n for n, key in enumerate(keys, start=1)}


def test_a_total_in_the_column_no_does_not_break(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    own = book.active
    assert own is not None
    for row in (
        ("NO", "KODE", "URAIAN", "INDIKATOR", "TARGET", "REALISASI", "ANGGARAN", "REALISASI ANGGARAN"),
        (1, "1.06.01.2.01.0001", "Penyusunan Dokumen", "Dokumen", 12, 12, 1_000_000, 900_000),
        ("JUMLAH", None, None, None, None, None, 1_000_000, 900_000),
    ):
        own.append(row)
    book.save(tmp_path / "m.xlsx")
    sheet = openpyxl.load_workbook(tasks.export(tmp_path / "m.xlsx", tmp_path / "e81.xlsx").path).active
    assert sheet is not None
    (word,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "JUMLAH")
    assert word.column == 1 and not word.alignment.wrap_text and word.alignment.horizontal == "left"
    assert sheet.cell(word.row, 2).value is None  # where it runs on


def test_the_example_reads_back_as_it_was(example: tasks.Exported) -> None:
    source, back = tasks.examine(ENTRY).document, tasks.examine(example.path).document
    assert values(back.matrix) == values(source.matrix)
    assert back.settings.thresholds == source.settings.thresholds and back.settings.bands == source.settings.bands
    assert back.settings.identity == source.settings.identity
    assert source.matrix.total is not None and back.matrix.total is not None
    for key in ("uraian", "anggaran", "realisasi_anggaran"):
        assert back.matrix.total.entry(key).typed == source.matrix.total.entry(key).typed


def told(findings: list[Finding], table: Table) -> set[tuple[object, ...]]:
    """Errors by rule, row and column, wherever these stand."""
    order = {row.number: n for n, row in enumerate(table.rows)}
    keys = {column: key for key, column in table.layout.columns.items()}
    return {
        (f.code, order.get(f.cell.row, "total"), keys.get(f.cell.column))
        for f in findings
        if f.severity is Severity.ERROR and f.cell.sheet == table.sheet
    }


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # to shrink would take minutes
PERIODS = ("Maret", "TW I", "TW II", "Akhir tahun")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES)
@given(matrices(most=3), st.sampled_from(PERIODS))
def test_whatever_the_matrix_it_reads_back_and_no_fault_is_added(rows: list[Mapping[str, Value]], period: str) -> None:
    before = tasks.examine(typed_in({"matriks": rows}, periode=period))
    expected, known = values(before.document.matrix), told(before.findings, before.document.matrix)
    out, read_back = exported(before)
    after = tasks.examine(out.data)
    assert read_back.form.edition == "e81-2017"
    assert values(read_back.matrix) == expected
    assert values(after.document.matrix) == expected
    assert told(after.findings, after.document.matrix) <= known
    assert apply(after.book, after.document, after.plan) == 0  # its formulas and values are what a fill would write


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES)
@given(rows=matrices(most=3), period=st.sampled_from(PERIODS))
def test_ironcalc_computes_every_value_that_is_cached(
    rows: list[Mapping[str, Value]], period: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("ironcalc") / "e81.xlsx"
    path.write_bytes(made(typed_in({"matriks": rows}, periode=period))[1].data)
    assert problems(path) == []
    assert compare_caches(path, ironcalc_values(path)) == []


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_computes_every_value_that_is_cached(example: tasks.Exported) -> None:
    assert compare_caches(example.path, libreoffice_values(example.path)) == []


def test_the_same_source_gives_the_same_bytes() -> None:
    data = ENTRY.read_bytes()
    assert made(data)[1].data == made(data)[1].data


# -- formulas and blanks --------------------------------------------------------------------------------------------------------


def test_sums_and_results_are_live_and_what_was_typed_otherwise_stays(tmp_path: Path) -> None:
    quarters = {"tw1": 3.0, "tw2": 3.0, "tw3": 3.0, "tw4": 2.0}
    agreeing = {**LEAF, **quarters, "realisasi": 11.0}
    differing = {**LEAF, **quarters, "kode": "1.06.01.2.01.0002", "realisasi": 12.0}
    rows = [{**HEADS[0], "anggaran": 2_000_000.0}, {**HEADS[1], "anggaran": 5.0}, agreeing, differing]
    path = tmp_path / "e81.xlsx"
    path.write_bytes(made(typed_in({"matriks": rows}))[1].data)
    assert (
        str(at(path, 10, "anggaran", cached=False)) == "2000000"
    )  # not the sum of its kegiatan: it stays, and is a finding
    assert at(path, 11, "anggaran", cached=False) == 5
    assert str(at(path, 11, "realisasi_anggaran", cached=False)).startswith("=IF(")
    assert at(path, 11, "realisasi_anggaran") == 1_800_000
    assert str(at(path, 12, "realisasi", cached=False)).startswith("=IF(") and at(path, 12, "realisasi") == 11
    assert at(path, 13, "realisasi", cached=False) == 12


def test_columns_13_and_14_follow_what_is_typed_into_5_and_6(tmp_path: Path) -> None:
    book = Workbook.from_bytes(made(typed_in({"matriks": [*HEADS, {**LEAF, "realisasi": 12.0}]}))[1].data, "e81.xlsx")
    keys = [key for group in groups(2023) for key in group.keys]
    typed = {"target_renstra": 60.0, "pagu_renstra": 4_500_000.0, "realisasi_lalu": 24.0, "rp_lalu": 1_350_000.0}
    for key, value in typed.items():
        book.sheet("E.81").write((12, keys.index(key) + 1), value=value)
    path = tmp_path / "e81.xlsx"
    path.write_bytes(book.to_bytes())
    found = ironcalc_values(path)
    shown = {key: found["E.81", 12, keys.index(key) + 1] for key in keys if key.endswith("renstra")}
    assert shown == {**{k: typed[k] for k in ("target_renstra", "pagu_renstra")}, "realisasi_renstra": 36.0,
                     "rp_renstra": 2_250_000.0, "tingkat_renstra": 60.0, "tingkat_rp_renstra": 50.0}  # fmt: skip
    assert (
        found["E.81", 10, keys.index("realisasi_renstra") + 1] == 97.0
    )  # a percentage stands where it stands, it does not add up
    assert found["E.81", 10, keys.index("rp_renstra") + 1] == 2_250_000.0  # the program sums it


@pytest.mark.parametrize(
    ("period", "known"), [("TW I", True), ("Februari", True), ("TW II", False), ("Akhir tahun", False)]
)
def test_rupiah_of_a_quarter_is_written_only_where_it_is_known(period: str, known: bool, tmp_path: Path) -> None:
    path = tmp_path / "e81.xlsx"
    path.write_bytes(made(typed_in({"matriks": [*HEADS, LEAF]}, periode=period))[1].data)
    for row in (10, 11, 12):
        assert at(path, row, "rp_tw1") == (900_000 if known else None)
        assert at(path, row, "rp_tw2") in (None, "")
        assert at(path, row, "realisasi_anggaran") == 900_000
    assert isinstance(at(path, 12, "realisasi_anggaran", cached=False), str) is known


def test_what_the_matrix_does_not_hold_stays_blank(example: tasks.Exported) -> None:
    table = read(Workbook.open(example.path), *READABLE).matrix
    unknown = ("target_renstra", "realisasi_lalu", "tw1", "rp_tw4", "unit", "tingkat_renstra")
    assert not any(row.entry(key).filled for row in table.rows for key in unknown)


def test_a_sasaran_is_written_only_where_the_sheet_sasaran_names_the_program_under_one(tmp_path: Path) -> None:
    twice = [
        {**HEADS[0], "kode": f"1.06.0{n}", "uraian": f"PROGRAM {name}"}
        for n, name in ((2, "SATU"), (3, "DUA"), (4, "TIGA"))
    ]
    sasaran = [
        {"sasaran": "Sasaran A", "indikator": "x", "program_pendukung": "Program Satu; Program Dua"},
        {"sasaran": "Sasaran B", "indikator": "y", "program_pendukung": "Program Dua"},
    ]
    path = tmp_path / "e81.xlsx"
    path.write_bytes(made(typed_in({"matriks": twice, "sasaran": sasaran}))[1].data)
    assert [at(path, row, "sasaran") for row in (10, 11, 12)] == ["Sasaran A", None, None]


# -- other sources --------------------------------------------------------------------------------------------------------------


def office(path: Path, capaian: float) -> Path:
    """A matrix of an office's own: no ARAH, own formulas, one without a stored result."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Kode", "Program/Kegiatan", "Indikator", "Satuan", "Target", "Realisasi", "Capaian (%)", "Anggaran (Rp)",
                  "Realisasi Anggaran (Rp)", "Keterangan"])  # fmt: skip
    sheet.append(["1.06.01", "PROGRAM A", "Jumlah keluhan", "Keluhan", 10, 8, capaian, "=SUM(H3)", "=I3", None])
    sheet.append(["1.06.01.2.01", "Kegiatan A", None, None, None, None, None, 500, "=FORECAST(5,A1:A3,B1:B3)", "baik"])
    book.save(path)
    return path


def test_a_result_that_nobody_can_calculate_is_named_and_left_blank(tmp_path: Path) -> None:
    done = tasks.export(office(tmp_path / "kantor.xlsx", 80), None)
    assert done.path.name == "kantor-e81.xlsx"
    assert [str(cell) for cell in done.lost] == ["Sheet!I2", "Sheet!I3"]
    assert at(done.path, 10, "anggaran") == 500


@pytest.mark.parametrize(("capaian", "has_arah"), [(80.0, True), (120.0, False)])
def test_without_arah_a_capaian_stays_what_the_office_says(capaian: float, has_arah: bool, tmp_path: Path) -> None:
    done = tasks.export(office(tmp_path / "kantor.xlsx", capaian), tmp_path / "e81.xlsx")
    table = read(Workbook.open(done.path), *READABLE).matrix
    assert table.has("arah") is has_arah
    assert float(table.rows[0].entry("capaian").typed) == capaian
    assert (table.rows[0].entry("capaian").formula is not None) is has_arah
    assert str(at(done.path, 10, "tingkat_renstra", cached=False)).startswith("=IF(")


def test_an_exported_form_can_be_exported_again(example: tasks.Exported, tmp_path: Path) -> None:
    again = tasks.export(example.path, tmp_path / "lagi.xlsx")
    assert again.path.read_bytes() == example.path.read_bytes()


def test_all_that_the_form_may_show_has_a_place() -> None:
    assert {key for group in groups(2023) for key in group.keys} <= set(E81.by_key)


@pytest.mark.parametrize("programs", [35, 36])
def test_the_mean_over_many_programs_is_no_longer_than_excel_takes(programs: int, tmp_path: Path) -> None:
    rows = [{**HEADS[0], "kode": f"1.06.{n:02}", "realisasi": float(n)} for n in range(1, programs + 1)]
    path = tmp_path / "e81.xlsx"
    path.write_bytes(made(typed_in({"matriks": rows}, batas_maksimum=20.0))[1].data)
    row = 10 + programs + 2
    mean = sum(min(n, 20) for n in range(1, programs + 1)) / programs
    assert at(path, row, "realisasi") == pytest.approx(mean)
    assert len(str(at(path, row, "realisasi", cached=False))) < 8192 - 35 * 4 * 6  # addresses of six digits are longer
    assert compare_caches(path, ironcalc_values(path)) == []
