"""The values that the template stores with its formulas, and what the formulas come to once figures are typed in."""

from __future__ import annotations

from pathlib import Path

import ironcalc
import openpyxl
import pytest

from lakip_xl import template
from lakip_xl.cells import letters
from lakip_xl.form import formulas as f
from lakip_xl.form import places
from lakip_xl.form.editions import NEWEST
from oracles import cached_values, compare_caches, ironcalc_values, libreoffice_values, needs_libreoffice

MATRIKS, BELANJA, SASARAN = (NEWEST.table(key) for key in ("matriks", "belanja", "sasaran"))

# kode, target, realisasi, anggaran, realisasi anggaran, status -> capaian, persen, tingkat, hasil periksa
Figures = tuple[str, object, object, object, object, str]
CASES: list[tuple[Figures, tuple[object, object, str, str]]] = [
    (("1.06", 50, 50, 2_000, 1_900, ""), (100, 95, "bidang urusan", "")),
    (("1.06.01", 97, 97, 1_600, 1_500, ""), (100, 93.75, "program", "")),
    (("1.06.01.2.01", "", "", 1_600, 1_500, ""), ("", 93.75, "kegiatan", "")),
    (("1.06.01.2.01.0001", 30, 420, 600, 500, ""), (1400, 50_000 / 600, "sub kegiatan", f.DI_ATAS_BATAS)),
    (("1.06.01.2.01.0002", 25, 17, 1_000, 1_000, ""), (68, 100, "sub kegiatan", f.KINERJA_SERAPAN)),
    (("1.06.01.2.01.0003", 12, 0, 0, 0, ""), (0, "-", "sub kegiatan", f.PAGU_NIHIL)),
    (("1.06.01.2.01.0004", 12, 0, 0, 0, "dinolkan"), ("", "-", "sub kegiatan", "")),
    (("1.06.01.2.01.0005", "12 dokumen", 3, 10, 9, ""), ("-", 90, "sub kegiatan", f.BUKAN_ANGKA)),
    (("1.06.01.2.01.0006", 0, 3, 10, 9, ""), ("-", 90, "sub kegiatan", f.TARGET_NIHIL)),
    (("1.06.01.2.01.0007", 4, 4, 10, 11, ""), (100, 110, "sub kegiatan", f.MELEBIHI_PAGU)),
    (("1.06.01.2.01.0008", 4, 4, 10, 7, ""), (100, 70, "sub kegiatan", f.DI_BAWAH_BATAS)),
    (("1.06.02", 10, 9, 400, 399.5, ""), (90, 99.875, "program", "")),
]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template.build())
    return path


class Typist:
    """The template in IronCalc, figures typed in as a person would."""

    def __init__(self, path: Path) -> None:
        self.model = ironcalc.load_from_xlsx(str(path))
        self.sheets = [sheet["name"] for sheet in self.model.get_worksheets_properties()]

    def type(self, sheet: str, row: int, column: int, value: object) -> None:
        if isinstance(value, str) and value[:1].isdigit():
            value = f"'{value}"  # a code is text; IronCalc would make a date of 1.06.01
        if value != "":
            self.model.set_user_input(self.sheets.index(sheet), row, column, str(value))

    def read(self, sheet: str, row: int, column: int) -> object:
        return self.model.get_cell_value(self.sheets.index(sheet), row, column)


@pytest.mark.parametrize("make", [template.build, template.settings_sheet], ids=["template", "settings sheet"])
def test_stored_values_are_what_ironcalc_computes(make: object, tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    path.write_bytes(make())  # type: ignore[operator]
    assert compare_caches(path, ironcalc_values(path)) == []


@needs_libreoffice
def test_stored_values_are_what_libreoffice_computes(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    path.write_bytes(template.build(year=2023, instansi="Dinas Sosial"))
    assert compare_caches(path, libreoffice_values(path)) == []


def test_no_prepared_row_shows_a_zero(empty: Path) -> None:
    zeros = [place for place, value in cached_values(empty).items() if value == 0 and place[0] != places.SETTINGS_SHEET]
    assert zeros == []


def test_the_formulas_follow_typed_figures(empty: Path) -> None:
    typist = Typist(empty)
    keys = ("kode", "target", "realisasi", "anggaran", "realisasi_anggaran", "status")
    for row, (figures, _) in enumerate(CASES, MATRIKS.first_row):
        for key, value in zip(keys, figures, strict=True):
            typist.type("Matriks", row, MATRIKS.position(key), value)
    typist.model.evaluate()
    shown = ("capaian", "persen", "tingkat", "hasil_periksa")
    found = [
        tuple(typist.read("Matriks", row, MATRIKS.position(key)) for key in shown)
        for row in range(MATRIKS.first_row, MATRIKS.first_row + len(CASES))
    ]
    assert found == [expected for _, expected in CASES]
    totals = [typist.read("Matriks", MATRIKS.total_row, MATRIKS.position(key)) for key in (*MATRIKS.sums, "persen")]
    assert totals == [2_000, 1_899.5, 94.975]


def test_a_row_typed_just_above_the_border_row_is_counted(empty: Path) -> None:
    typist = Typist(empty)
    row = BELANJA.border_row - 1
    for key, value in (("kode", "5.3"), ("anggaran", 7), ("realisasi_anggaran", 7)):
        typist.type("Belanja", row, BELANJA.position(key), value)
    typist.model.evaluate()
    assert [typist.read("Belanja", BELANJA.total_row, BELANJA.position(key)) for key in (*BELANJA.sums, "persen")] == [
        7,
        7,
        100,
    ]


@pytest.mark.parametrize(
    ("capaian", "name"),
    [(-5, "Kurang"), (0, "Kurang"), (49.999, "Kurang"), (50, "Cukup"), (84.996, "Baik"), (85, "Sangat Baik"), (98.64, "Sangat Baik"),
     (99.996, "Sangat Baik"), (100, "Memuaskan")],
)  # fmt: skip
def test_kategori_looks_past_the_blank_rows_of_pengaturan(empty: Path, capaian: float, name: str) -> None:
    typist = Typist(empty)
    typist.type("Sasaran", SASARAN.first_row, SASARAN.position("target"), 100)
    typist.type("Sasaran", SASARAN.first_row, SASARAN.position("realisasi"), capaian)
    typist.model.evaluate()
    assert typist.read("Sasaran", SASARAN.first_row, SASARAN.position("kategori")) == name


@needs_libreoffice
def test_kategori_in_libreoffice(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    sheet, bounds = book["Sasaran"], (0, 49.999, 50, 85, 99.996, 100, 1400)
    for row, value in enumerate(bounds, SASARAN.first_row):
        sheet.cell(row, SASARAN.position("target")).value = 100
        sheet.cell(row, SASARAN.position("realisasi")).value = value
    book.save(empty)
    values = libreoffice_values(empty)
    names = [values["Sasaran", row, SASARAN.position("kategori")] for row in range(7, 7 + len(bounds))]
    assert names == ["Kurang", "Kurang", "Cukup", "Sangat Baik", "Sangat Baik", "Memuaskan", "Memuaskan"]


@pytest.mark.parametrize(
    ("period", "in_force"),
    [
        ("Akhir tahun", [70, 110, 150, 80, 1, 20, "", ""]),
        ("TW II", ["", 100, 150, "", "", 20, 70, 80]),
        ("Maret", ["", 100, 150, "", "", "", "", 80]),
    ],
)
def test_thresholds_follow_the_period(empty: Path, period: str, in_force: list[object]) -> None:
    typist = Typist(empty)
    labels = [field.key for field in NEWEST.identity]
    typist.type("Identitas", 5 + labels.index("periode"), 2, period)
    typist.model.evaluate()
    sheet = openpyxl.load_workbook(empty)[places.SETTINGS_SHEET]
    rows = {cell.value: cell.row for cell in sheet["A"]}
    column = places.THRESHOLD_HEADINGS.index(places.IN_FORCE) + 1
    assert letters(column) == "E"
    assert [typist.read(places.SETTINGS_SHEET, rows[t.label], column) for t in NEWEST.thresholds] == in_force
