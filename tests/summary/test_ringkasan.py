"""Ringkasan shows the figures that the report prints, says so where there are none, and follows later edits."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ironcalc
import pytest
from openpyxl import load_workbook

from lakip_xl.cells import Value
from lakip_xl.summary import Titles
from lakip_xl.summary.check import CHANGED, UNCHANGED
from lakip_xl.summary.page import count_lines
from workbooks import typed_in
from xlsx_checks import problems

Entries = dict[str, Value]
PROGRAM: Entries = {
    "kode": "1.06.01",
    "uraian": "PROGRAM SATU",
    "indikator": "Persentase",
    "target": 50.0,
    "realisasi": 60.0,
}
KEGIATAN: Entries = {"kode": "1.06.01.2.01", "uraian": "Kegiatan"}


def leaf(number: int, anggaran: Value, realisasi: Value, code: str = "1.06.01.2.01") -> Entries:
    return {
        "kode": f"{code}.{number:04}", "uraian": f"Sub kegiatan {number}", "indikator": "Jumlah", "satuan": "Dokumen",
        "target": 1.0, "realisasi": 1.0, "anggaran": anggaran, "realisasi_anggaran": realisasi,
    }  # fmt: skip


def near(*numbers: float) -> list[Any]:
    return [pytest.approx(number, abs=0.005) for number in numbers]


def test_the_figures_of_the_report(example: Any) -> None:
    assert example.values(2, (1,)) == ["LAKIP Dinas Sosial Kabupaten Manggarai Tahun 2023"]
    boxes = example.row("ANGGARAN", 1) + 1
    assert example.values(boxes, (1, 3, 5, 7, 9)) == near(2618454444, 2383192105, 235262339, 91.02, 98.64)
    assert example.values(boxes - 1, (9,)) == ["RATA-RATA CAPAIAN SASARAN (%): SANGAT BAIK"]
    assert example.values(example.row("RATA-RATA SASARAN"), (3, 4)) == [*near(98.64), "SANGAT BAIK"]
    indicator = example.row("INDIKATOR KINERJA UTAMA") + 1
    assert example.values(indicator, range(3, 12)) == [
        *near(18589, 18336),
        "Orang",
        *near(98.64, 85.38),
        None,
        *near(13.26),
        None,
        None,
    ]
    assert example.values(example.row("Belanja Pegawai"), (6,)) == near(89.95)
    assert example.values(example.row("Belanja Barang dan Jasa"), (6,)) == near(98.38)
    assert example.values(example.row("JUMLAH BELANJA"), range(3, 7)) == near(2618454444, 2383192105, 235262339, 91.02)
    assert example.row("Jumlah belanja sama dengan jumlah Matriks.", 1)


def test_programs_and_the_largest_sisa(example: Any) -> None:
    first = example.row("PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA")
    assert example.values(first, range(3, 10)) == [
        *near(2450728444, 2216374539, 234353905, 90.44, 100),
        "Memuaskan",
        *near(9.56),
    ]
    assert example.values(first + 5, range(2, 8)) == ["JUMLAH", *near(2618454444, 2383192105, 235262339, 91.02), None]
    sisa = example.row("SUB KEGIATAN") + 1
    assert [example.values(sisa + n, (2,))[0] for n in range(2)] == [
        "Penyediaan Gaji dan Tunjangan ASN",
        "Penyediaan Jasa Komunikasi, Sumber Daya Air dan Listrik",
    ]
    assert example.values(sisa, (5, 7)) == near(229896086, 97.72)


def test_nothing_in_it_makes_excel_repair_the_file(example: Any, tmp_path: Path) -> None:
    path = tmp_path / "selesai.xlsx"
    path.write_bytes(example.file)
    assert problems(path) == []


def test_the_same_input_gives_the_same_bytes(
    example: Any, example_source: bytes, summarise: Callable[..., Any]
) -> None:
    assert summarise(example_source).pages == example.pages
    assert summarise(example.file).pages == example.pages


def test_an_empty_form_says_so_instead_of_showing_empty_tables(summarise: Callable[..., Any], tmp_path: Path) -> None:
    made = summarise(typed_in({}))
    lines = {cell.value for cell in made.cells().values()}
    assert {
        "Belum ada sasaran pada lembar Sasaran.",
        "Belum ada indikator pada lembar Sasaran.",
        "Belum ada isian pada lembar Belanja.",
        "Belum ada program pada lembar Matriks.",
        "Tidak ada sub kegiatan dengan sisa anggaran.",
    } <= lines
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(made.file)
    assert problems(path) == []


def test_a_blank_stays_blank_and_a_text_is_no_number(summarise: Callable[..., Any]) -> None:
    second = {"kode": "1.06.02", "uraian": "PROGRAM DUA"}
    made = summarise(typed_in({"matriks": [PROGRAM, KEGIATAN, leaf(1, "97.548.000", 5.0), second]}))
    row = made.row("PROGRAM SATU")
    assert made.values(row, range(3, 10)) == ["-", 5.0, "-", "-", 120.0, "Memuaskan", "-"]
    assert made.values(row + 1, range(3, 10)) == [None] * 7
    assert made.values(row + 2, range(3, 7)) == ["-", 5.0, "-", "-"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (5.0, "Jumlah belanja sama dengan jumlah Matriks."),
        (4.0, "PERHATIAN: jumlah belanja berbeda dari jumlah Matriks."),
        ("5 jt", "Jumlah belanja belum dapat dibandingkan dengan jumlah Matriks."),
    ],
)
def test_a_text_among_the_amounts_is_no_difference(typed: Value, words: str, summarise: Callable[..., Any]) -> None:
    belanja: Entries = {"kode": "5.1", "uraian": "Belanja", "anggaran": 10.0, "realisasi_anggaran": typed}
    made = summarise(typed_in({"matriks": [PROGRAM, KEGIATAN, leaf(1, 10.0, 5.0)], "belanja": [belanja]}))
    said = [cell.value for cell in made.cells().values() if str(cell.value).find("jumlah Matriks") > 0]
    assert said == [words]


@pytest.mark.parametrize(
    ("identity", "title"),
    [
        ({}, "LAKIP Dinas Sosial Tahun 2023"),
        ({"kabupaten": "Kabupaten Manggarai"}, "LAKIP Dinas Sosial Kabupaten Manggarai Tahun 2023"),
        ({"perangkat_daerah": None, "tahun": None}, "LAKIP"),
    ],
)
def test_a_title_has_no_holes(identity: Entries, title: str, summarise: Callable[..., Any]) -> None:
    made = summarise(typed_in({}, identity))
    assert made.values(2, (1,)) == [title]
    asked = "Identitas laporan (perangkat daerah, kabupaten/kota, tahun) diisi pada lembar Identitas."
    assert (asked in {cell.value for cell in made.cells().values()}) == ("kabupaten" not in identity)


def test_a_workbook_with_nothing_but_a_matrix(summarise: Callable[..., Any], tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(typed_in({"matriks": [PROGRAM, KEGIATAN, leaf(1, 10.0, 5.0)]})))
    for title in ("Petunjuk", "Identitas", "Pengaturan", "Sasaran", "PK", "Belanja", "Pegawai"):
        del book[title]
    file = io.BytesIO()
    book.save(file)
    made = summarise(file.getvalue())
    lines = {cell.value for cell in made.cells().values()}
    assert {
        "LAKIP",
        "Identitas laporan (perangkat daerah, kabupaten/kota, tahun) diisi pada lembar Pengaturan.",
        "Buku kerja ini tidak memuat lembar Sasaran.",
        "Buku kerja ini tidak memuat lembar Belanja.",
    } <= lines
    path = tmp_path / "matriks saja.xlsx"
    path.write_bytes(made.file)
    assert problems(path) == []


@pytest.mark.parametrize(
    ("period", "word"), [("TW II", None), ("Maret", None), ("Akhir tahun", "Memuaskan"), ("TW IV", "Memuaskan")]
)
def test_a_kategori_is_given_at_the_end_of_the_year(period: str, word: Value, summarise: Callable[..., Any]) -> None:
    made = summarise(typed_in({"matriks": [PROGRAM, KEGIATAN, leaf(1, 10.0, 5.0)]}, {"periode": period}))
    assert made.values(made.row("PROGRAM SATU"), (7, 8)) == [120.0, word]


def test_a_capaian_is_the_mean_of_the_programs_own_indicators_after_the_cap(summarise: Callable[..., Any]) -> None:
    second: Entries = {"indikator": "Indikator kedua", "target": 10.0, "realisasi": 5.0}
    rows = [PROGRAM, second, KEGIATAN, leaf(1, 10.0, 5.0)]
    made = summarise(typed_in({"matriks": rows}, batas_maksimum=100.0))
    assert made.values(made.row("PROGRAM SATU"), (6, 7, 9)) == [50.0, 75.0, 25.0]
    made = summarise(typed_in({"matriks": rows}))
    assert made.values(made.row("PROGRAM SATU"), (6, 7, 9)) == [50.0, 85.0, 35.0]


def test_urusan_rows_do_not_stand_among_the_programs(summarise: Callable[..., Any]) -> None:
    above = [{"kode": "1", "uraian": "URUSAN"}, {"kode": "1.06", "uraian": "BIDANG URUSAN"}]
    made = summarise(typed_in({"matriks": [*above, PROGRAM, KEGIATAN, leaf(1, 10.0, 5.0)]}))
    row = made.row("PROGRAM SATU")
    assert made.values(row - 1, (2,)) == ["PROGRAM"]
    assert made.values(row + 1, range(2, 7)) == ["JUMLAH", 10.0, 5.0, 5.0, 50.0]


def test_sheets_with_awkward_names(summarise: Callable[..., Any], tmp_path: Path) -> None:
    made = summarise(
        typed_in({"matriks": [PROGRAM, KEGIATAN, leaf(1, 10.0, 5.0)]}), titles=Titles("Ringkasan '23", "R1C1")
    )
    path = tmp_path / "nama.xlsx"
    path.write_bytes(made.file)
    assert problems(path) == []


def test_texts_that_xml_or_excel_would_read_otherwise(summarise: Callable[..., Any], tmp_path: Path) -> None:
    names = ["PROGRAM <&> \x01\x0b _x0041_", " #N/A", "#N/A", "=1+1", "1.5"]
    rows = [PROGRAM | {"kode": f"1.06.{number:02}", "uraian": name} for number, name in enumerate(names, start=1)]
    made = summarise(typed_in({"matriks": rows}, perangkat_daerah="Dinas \x01 <&>"))
    first = made.row("PROGRAM") + 1
    assert [made.values(first + number, (2,))[0] for number in range(len(names))] == names
    path = tmp_path / "aneh.xlsx"
    path.write_bytes(made.file)
    assert problems(path) == []


def test_charts_read_only_cells_of_the_sheet_and_cache_no_zero_for_a_missing_number(
    summarise: Callable[..., Any],
) -> None:
    made = summarise(
        typed_in({"matriks": [PROGRAM, KEGIATAN, leaf(1, 10.0, 5.0), {"kode": "1.06.02", "uraian": "PROGRAM DUA"}]})
    )
    with zipfile.ZipFile(io.BytesIO(made.file)) as package:
        charts = [
            package.read(name).decode() for name in package.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)
        ]
    assert len(charts) == 2
    sources = re.findall(r"<c:f>(.*?)</c:f>", "".join(charts))
    assert sources
    assert all(source.startswith("Ringkasan!$") for source in sources)
    caches = re.findall(r"<c:val><c:numRef>.*?<c:numCache>(.*?)</c:numCache>", charts[0])
    assert [re.findall(r'<c:pt idx="(\d+)"><c:v>(.*?)</c:v>', cache) for cache in caches] == [
        [("0", "120.0")],
        [("0", "50.0")],
    ]


# -- live formulas: IronCalc plays the user who goes on typing ------------------------------------------------------------------


class Typist:
    def __init__(self, made: Any, folder: Path) -> None:
        path = folder / "ketik.xlsx"
        path.write_bytes(made.file)
        self.model = ironcalc.load_from_xlsx(str(path))
        self.names = [sheet["name"] for sheet in self.model.get_worksheets_properties()]
        self.made = made

    def type(self, key: str, row: int, text: str) -> None:
        cell = self.made.document.matrix.cell(row, key)
        self.model.set_user_input(self.names.index(cell.sheet), cell.row, cell.column, text)
        self.model.evaluate()

    def shows(self, row: int, column: int) -> Value:
        value: Value = self.model.get_cell_value(self.names.index("Ringkasan"), row, column)
        return value

    @property
    def state(self) -> Value:
        return self.shows(self.made.row("Perlu penjelasan", 1), 4)


@pytest.fixture
def typist(summarise: Callable[..., Any], tmp_path: Path) -> Typist:
    rows = [PROGRAM, KEGIATAN, leaf(1, 1e9, 5e8), leaf(2, 1e9, 2.5e8)]
    return Typist(summarise(typed_in({"matriks": rows})), tmp_path)


def test_figures_follow_an_edit(typist: Typist) -> None:
    assert typist.state == UNCHANGED
    matrix, row = typist.made.document.matrix, typist.made.row("PROGRAM SATU")
    assert typist.shows(row, 4) == 7.5e8
    typist.type("realisasi_anggaran", matrix.rows[2].number, "600000000")
    assert typist.shows(row, 4) == 8.5e8
    assert typist.state == CHANGED


def test_one_rupiah_moved_between_rows_is_a_change(typist: Typist) -> None:
    rows = typist.made.document.matrix.rows
    typist.type("realisasi_anggaran", rows[2].number, "499999999")
    typist.type("realisasi_anggaran", rows[3].number, "250000001")
    assert typist.state == CHANGED
    typist.type("realisasi_anggaran", rows[2].number, "500000000")
    typist.type("realisasi_anggaran", rows[3].number, "250000000")
    assert typist.state == UNCHANGED


def test_a_text_typed_into_a_blank_cell_is_a_change(typist: Typist) -> None:
    typist.type("keterangan", typist.made.document.matrix.rows[2].number, "Sisa lelang")
    assert typist.state == CHANGED


# -- how it looks ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("satu dua", 20, 1), ("satu dua", 6, 2), ("a\nb", 20, 2), ("n" * 45, 10, 5), ("A" * 40, 20, 3)],
)
def test_lines_of_wrapped_text(text: str, width: float, lines: int) -> None:
    assert count_lines(text, width) == lines


def test_it_prints_on_a4_landscape_one_page_wide(example: Any) -> None:
    book = load_workbook(io.BytesIO(example.file))
    for title in example.titles:
        sheet = book[title]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert "&P" in (sheet.oddFooter.right.text or "")
    hidden = [letter for letter, column in book["Ringkasan"].column_dimensions.items() if column.hidden]
    assert hidden
