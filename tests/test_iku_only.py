"""A workbook with a table of sasaran and IKU and no matrix: judged, filled and summed up for what it holds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from lakip_xl import tasks
from lakip_xl.cells import a1, letters
from lakip_xl.errors import MissingForm
from lakip_xl.findings import Finding
from lakip_xl.table.hints import hints
from named_books import Sheet, iku, matrix

QUIET = {"ST12", "ST03", "CP06"}
PLAIN = ("Sasaran Strategis", "Indikator Kinerja", "Satuan", "", "Target", "Realisasi", "Capaian %", "Kategori")


def judged(data: bytes) -> list[Finding]:
    return tasks.examine(data).findings


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
@pytest.mark.parametrize(
    "sheet",
    [
        iku(),
        iku(typed=True),
        iku(PLAIN, typed=True, right=2, down=7),
        iku(("Sasaran", "IKU", "Satuan", "", "Target 2024", "Realisasi 2024", "% Capaian"), typed=False, mean=False),
        iku(
            (
                "Sasaran Strategis",
                "Indikator Kinerja Utama (IKU)",
                "Satuan",
                "",
                "Target Tahun 2024",
                "Realisasi Tahun 2024",
                "%",
            ),
            mean=False,
        ),
    ],
    ids=["blank", "typed", "no arah", "years", "percent sign"],
)
def test_a_sound_table_alarms_nobody(sheet: Sheet, writer: str) -> None:
    seen = tasks.examine(sheet.to_bytes(writer))
    assert {f.code for f in seen.findings} <= QUIET, seen.findings
    table = seen.document.main
    assert (table.spec.key, table.sheet, seen.document.form.edition) == ("sasaran", "IKU", "iku-1")
    assert [row.number for row in table.rows] == list(sheet.rows.values())
    assert [row.head is None for row in table.rows] == [True, False, True, True, False]


def test_capaian_kategori_and_mean_are_filled_once(tmp_path: Path) -> None:
    sheet = iku()
    source = tmp_path / "iku.xlsx"
    source.write_bytes(sheet.to_bytes())
    done = tasks.fill(source)
    page = load_workbook(done.path, data_only=True)["IKU"]
    shown = {
        at: [page.cell(row, sheet.columns[key]).value for key in ("capaian", "kategori")]
        for at, row in sheet.rows.items()
    }
    assert shown == {"1.0": [90, "Sangat Baik"], "1.1": [95, "Sangat Baik"], "2.0": [90, "Sangat Baik"], "3.0": [90, "Sangat Baik"],
                     "3.1": [95, "Sangat Baik"]}  # fmt: skip
    assert page.cell(sheet.total, sheet.columns["capaian"]).value == 92
    before, after = (zipfile.ZipFile(path) for path in (source, done.path))
    touched = {
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/styles.xml",
        "docProps/app.xml",
    }
    for name in set(before.namelist()) - touched:
        assert after.read(name) == before.read(name), name
    first = done.path.read_bytes()
    assert not tasks.fill(done.path).written
    assert done.path.read_bytes() == first


def test_ringkasan_speaks_of_what_there_is_only(tmp_path: Path) -> None:
    source = tmp_path / "iku.xlsx"
    source.write_bytes(iku().to_bytes())
    page = load_workbook(tasks.fill(source).path, data_only=True)["Ringkasan"]
    printed = [str(v) for row in page.iter_rows(max_col=11, values_only=True) for v in row if v not in (None, "")]
    assert not [
        text
        for text in printed
        if any(word in text.casefold() for word in ("anggaran", "belanja", "matriks", "renstra", "tahun lalu"))
    ]
    assert [text for text in printed if text[:2] in ("1.", "2.", "3.") and text[2:3] == " "] == [
        "1. Capaian Sasaran Strategis", "2. Indikator Kinerja: Target dan Realisasi", "3. Hasil Pemeriksaan",
    ]  # fmt: skip
    # 92,5 + 90 + 92,5 over three sasaran
    assert "91.66666" in {text[:8] for text in printed}


def test_faults_are_found_at_their_own_cells() -> None:
    sheet = iku(typed=True)
    wrong = sheet.set("1.1", "capaian", 59)
    word = sheet.set("2.0", "kategori", "Kurang")
    blank = sheet.set("3.0", "target", None)
    text = sheet.set("3.1", "realisasi", "tujuh puluh")
    sheet.cells[sheet.total, sheet.columns["capaian"]] = 99
    at = {f.cell.a1: f.code for f in judged(sheet.to_bytes()) if f.code not in QUIET}
    assert at[wrong] in ("CP01", "IS20")
    assert at[word] == "IS20"
    assert {blank, text} <= set(at)
    assert at[a1(sheet.total, sheet.columns["capaian"])] == "IS20"


def test_a_mean_of_the_means_by_sasaran_is_right_too() -> None:
    sheet = iku(typed=True)
    for value, codes in ((91.67, set()), (92, set()), (91, {"IS20"})):
        sheet.cells[sheet.total, sheet.columns["capaian"]] = value
        assert {f.code for f in judged(sheet.to_bytes())} - QUIET == codes


def test_a_row_of_sums_gets_no_mean(tmp_path: Path) -> None:
    sheet = iku()
    sheet.cells[sheet.total, sheet.columns["sasaran"]] = "JUMLAH"
    source = tmp_path / "iku.xlsx"
    source.write_bytes(sheet.to_bytes())
    assert load_workbook(tasks.fill(source).path)["IKU"].cell(sheet.total, sheet.columns["capaian"]).value is None


def test_kategori_of_another_scale_are_not_called_wrong() -> None:
    sheet = iku(typed=True)
    for at in sheet.rows:
        sheet.set(at, "kategori", "Sangat Tinggi")
    assert not [f for f in judged(sheet.to_bytes()) if f.code == "IS20"]


def by_year(groups: tuple[str, ...], parts: tuple[str, ...], *, spread: bool = False) -> bytes:
    """Headings in two rows, a group for each year; capaian of the n-th group is 80 + n."""
    book = Workbook()
    page = book.active
    page.title = "Pengukuran Kinerja"
    for column, text in enumerate(("No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Arah"), start=1):
        page.cell(4, column, text)
        page.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    for place, group in enumerate(groups):
        left = 6 + place * len(parts)
        page.cell(4, left, group)
        if not spread:
            page.merge_cells(start_row=4, end_row=4, start_column=left, end_column=left + len(parts) - 1)
        for n, part in enumerate(parts):
            page.cell(5, left + n, part)
            for row in (6, 7):
                page.cell(row, left + n, 80 + place if part[:1] in "C%" else 100 if part == "Target" else 80 + place)
    for row in (6, 7):
        for column, value in enumerate((row - 5, f"Sasaran {row}", f"Cakupan {row}", "Persen"), start=1):
            page.cell(row, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("spread", [False, True])
@pytest.mark.parametrize("last", ["Capaian", "%", "Capaian (%)"])
@pytest.mark.parametrize(
    "groups",
    [("Tahun 2022", "Tahun 2023", "Tahun 2024"), ("Tahun 2023", "Tahun 2024"), ("2024",), ("Tahun 2024", "Tahun 2023")],
)
def test_this_year_is_the_last_with_a_realisasi(groups: tuple[str, ...], last: str, spread: bool) -> None:
    seen = tasks.examine(by_year(groups, ("Target", "Realisasi", last), spread=spread))
    columns = seen.document.main.layout.columns
    now = groups.index(next(group for group in groups if "2024" in group))
    assert {key: columns[key] for key in ("target", "realisasi", "capaian")} == dict(
        zip(("target", "realisasi", "capaian"), range(6 + 3 * now, 9 + 3 * now), strict=True)
    )
    for back in (1, 2):
        place = next((n for n, group in enumerate(groups) if str(2024 - back) in group), None)
        assert columns.get(f"capaian_n{back}") == (None if place is None else 8 + 3 * place)
    assert not {f.code for f in seen.findings if f.code[:2] in ("IS", "ST", "RM")} - {"ST12", "ST03"}


def of_a_year(*, filled: int = 3, title: str = "", tahun: int | None = None) -> int:
    """Which of three years (0 is the first) is taken for this year; realisasi is filled in for the first ``filled`` of them."""
    groups = ("Tahun 2022", "Tahun 2023", "Tahun 2024")
    book = load_workbook(io.BytesIO(by_year(groups, ("Target", "Realisasi", "Capaian"))))
    page = book["Pengukuran Kinerja"]
    page["A1"] = title or None
    for place in range(filled, 3):
        for row in (6, 7):
            page.cell(row, 7 + 3 * place).value = None
    page["J12"] = "Ruteng, Desember 2024"  # where the head of the office signs
    if tahun is not None:
        identitas = book.create_sheet("Identitas")
        identitas["A1"], identitas["B1"] = "Tahun", tahun
    out = io.BytesIO()
    book.save(out)
    columns = tasks.examine(out.getvalue()).document.main.layout.columns
    assert columns["target"] + 1 == columns["realisasi"] == columns["capaian"] - 1
    return (columns["target"] - 6) // 3


def test_a_year_that_is_not_filled_in_yet_is_not_this_year() -> None:
    assert [of_a_year(filled=n) for n in (3, 2, 1, 0)] == [2, 1, 0, 2]


def test_settings_then_the_title_say_which_year_is_meant() -> None:
    title = "PENGUKURAN KINERJA TAHUN 2023"
    assert of_a_year(title=title) == 1
    assert of_a_year(title="RENSTRA TAHUN 2021-2026") == 2
    assert of_a_year(title="Perda Nomor 5 Tahun 2016") == 2
    assert of_a_year(title=title, tahun=2024) == 2
    assert of_a_year(title=title, tahun=2022) == 0
    assert of_a_year(tahun=2024, filled=2) == 2
    assert of_a_year(tahun=2030, filled=2) == 1


def test_two_columns_for_one_year_are_asked_about() -> None:
    data = by_year(("Tahun 2024", "Perubahan 2024"), ("Target", "Realisasi", "Capaian"))
    with pytest.raises(MissingForm, match="lebih dari satu kolom"):
        tasks.examine(data)
    maps = hints("", 0, ["target=I", "realisasi=J", "capaian=K"])
    assert tasks.examine(data, hints=maps).document.main.layout.columns["target"] == 9


def two_sheets(other: Sheet, title: str) -> bytes:
    book = load_workbook(io.BytesIO(iku().to_bytes()))
    page = book.create_sheet(title)
    for (row, column), value in other.cells.items():
        page.cell(row, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_beside_a_matrix_the_table_is_that_of_the_sasaran() -> None:
    document = tasks.examine(two_sheets(matrix(codes="one"), "Renja")).document
    assert (document.main.spec.key, document.main.sheet) == ("matriks", "Renja")
    assert document.tables["sasaran"].sheet == "IKU"


def test_a_sheet_that_is_nearly_a_matrix_is_not_passed_by() -> None:
    other = matrix(codes="one")
    for name in ("n0", "n1", "n2"):
        other.cells[3, other.columns[name]] = f"Pekerjaan {name}"
    data = two_sheets(other, "Renja")
    with pytest.raises(MissingForm, match="Renja"):
        tasks.examine(data)
    assert tasks.examine(data, hints=hints("IKU", 0, [])).document.main.sheet == "IKU"


def test_what_needs_a_matrix_says_so_in_one_sentence(tmp_path: Path) -> None:
    source = tmp_path / "iku.xlsx"
    source.write_bytes(iku().to_bytes())
    with pytest.raises(MissingForm, match="IKU"):
        tasks.export(source)
    with pytest.raises(MissingForm, match="lakip-xl fill"):
        tasks.adopt(source, tmp_path / "baru.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["iku.xlsx"]


def test_the_report_says_what_was_read(tmp_path: Path) -> None:
    sheet = iku()
    source = tmp_path / "iku.xlsx"
    source.write_bytes(sheet.to_bytes())
    mapping = tasks.validate(source).mapping
    assert mapping is not None and mapping.what.id.startswith("Tabel IKU") and mapping.sheet == "IKU"
    assert ("TARGET", letters(sheet.columns["target"])) in mapping.columns
