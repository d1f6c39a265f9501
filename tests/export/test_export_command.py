"""``lakip-xl export``: where the form goes, what is refused, what is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from lakip_xl.cli import main
from lakip_xl.workbook import Workbook
from workbooks import EXAMPLE, typed_in


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / "matriks.xlsx"))


@pytest.mark.parametrize("name", ["export", "ekspor"])
def test_the_form_is_written_beside_the_source_which_stays_as_it_is(name: str, entry: Path) -> None:
    before = entry.read_bytes()
    result = run(name, entry, "--form", "e81")
    assert result.exit_code == 0, result.output
    assert "matriks-e81.xlsx (39 baris)" in " ".join(result.output.split())
    assert "dibiarkan kosong untuk diisi" in result.output
    assert entry.read_bytes() == before
    assert openpyxl.load_workbook(entry.with_name("matriks-e81.xlsx")).sheetnames == ["E.81", "Identitas", "Pengaturan"]


def test_it_speaks_english_when_asked(entry: Path) -> None:
    assert "(39 rows)" in " ".join(run("--lang", "en", "export", entry).output.split())


def test_bab_iii_is_written_as_a_word_document(entry: Path) -> None:
    before = entry.read_bytes()
    result = run("export", entry, "--form", "bab3")
    assert result.exit_code == 0, result.output
    told = " ".join(result.output.split())
    assert "matriks-bab3.docx (" in told and "kalimat)" in told and "baca dan lengkapi sebelum dipakai" in told
    assert "Perlu diperiksa" not in told
    out = entry.with_name("matriks-bab3.docx")
    assert "Rp\u00a02.618.454.444" in "".join(line.text for line in docx.Document(str(out)).paragraphs)
    assert entry.read_bytes() == before
    data = out.read_bytes()
    again = run("--lang", "en", "export", entry, "--form", "bab3", "--force")
    assert out.read_bytes() == data and "sentences)" in " ".join(again.output.split()) and "Backup" not in again.output


def test_bab_iii_names_what_the_figures_contradict(entry: Path) -> None:
    book = Workbook.open(entry)
    book.sheet("Sasaran").write((7, 21), value="Semua program dan kegiatan berhasil.")
    book.save(entry)
    told = " ".join(run("export", entry, "--form", "bab3").output.split())
    assert (
        "Perlu diperiksa, Sasaran!U7: Tertulis “Semua program dan kegiatan berhasil”, padahal 3 dari 28 indikator"
        in told
    )
    told = " ".join(run("--lang", "en", "export", entry, "--form", "bab3", "--force").output.split())
    assert (
        "To be looked at, Sasaran!U7: It says “Semua program dan kegiatan berhasil”, but 3 of the 28 indicators" in told
    )


@pytest.mark.parametrize("name", ["bab3.xlsx", "matriks.xlsx", "bab3.doc"])
def test_bab_iii_goes_into_a_word_document_only(name: str, entry: Path) -> None:
    before = entry.read_bytes()
    result = run("export", entry, "--form", "bab3", "-o", entry.with_name(name), "--force")
    assert result.exit_code == 2 and "dokumen Word" in result.output
    assert entry.read_bytes() == before and list(entry.parent.iterdir()) == [entry]


def test_an_existing_file_is_replaced_with_force_only_and_kept_first(entry: Path) -> None:
    out = entry.with_name("e81.xlsx")
    out.write_bytes(b"mine")
    refused = run("export", entry, "-o", out)
    assert (refused.exit_code, out.read_bytes()) == (2, b"mine")
    assert "--force" in refused.output
    done = run("export", entry, "-o", out, "--force")
    assert done.exit_code == 0 and "Cadangan: " in done.output
    kept = [path for path in entry.parent.iterdir() if path.name not in ("matriks.xlsx", "e81.xlsx")]
    assert [path.read_bytes() for path in kept] == [b"mine"]
    again = run("export", entry, "-o", out, "--force")
    assert "Cadangan" not in again.output  # the same bytes need no backup


@pytest.mark.parametrize("name", ["matriks.xlsx", "e81.pdf"])
def test_the_source_itself_and_other_kinds_of_file_are_refused(name: str, entry: Path) -> None:
    before = entry.read_bytes()
    result = run("export", entry, "-o", entry.with_name(name), "--force")
    assert result.exit_code == 2 and result.output.startswith("Gagal: ")
    assert entry.read_bytes() == before and list(entry.parent.iterdir()) == [entry]


def test_faults_of_the_source_come_along_and_are_told(tmp_path: Path) -> None:
    path = tmp_path / "matriks.xlsx"
    leaf = {"kode": "1.06.01.2.01.0001", "uraian": "Dokumen", "indikator": "Jumlah", "satuan": "Dokumen", "target": 2.0,
            "realisasi": "dua", "anggaran": 5.0, "realisasi_anggaran": 5.0}  # fmt: skip
    heads = [{"kode": "1.06.01", "uraian": "PROGRAM A"}, {"kode": "1.06.01.2.01", "uraian": "Kegiatan A"}]
    path.write_bytes(typed_in({"matriks": [*heads, leaf]}))
    result = run("export", path)
    assert result.exit_code == 1
    assert "'Wajib diperbaiki' pada buku kerja asal ikut terbawa" in " ".join(result.output.split())
    assert openpyxl.load_workbook(tmp_path / "matriks-e81.xlsx")["E.81"]["U12"].value == "dua"


def test_a_result_that_was_not_stored_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(
        ["Kode", "Program/Kegiatan", "Indikator", "Satuan", "Target", "Realisasi", "Anggaran (Rp)", "Realisasi (Rp)"]
    )
    book.active.append(["1.06.01", "PROGRAM A", "Jumlah", "Dokumen", 10, 8, 500, "=FORECAST(5,A1:A3,B1:B3)"])
    book.save(tmp_path / "kantor.xlsx")
    result = run("export", tmp_path / "kantor.xlsx", "-o", tmp_path / "e81.xlsx")
    assert "1 sel berisi rumus yang hasilnya tidak tersimpan, sehingga kosong pada formulir: Sheet!H2." in " ".join(
        result.output.split()
    )


def test_a_workbook_without_the_matrix_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Daftar hadir"
    book.save(tmp_path / "lain.xlsx")
    result = run("export", tmp_path / "lain.xlsx")
    assert result.exit_code == 2 and "Matriks tidak ditemukan" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["lain.xlsx"]


def test_without_arah_and_capaian_no_mean_and_no_grade_are_invented(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    heads = ("NO", "PROGRAM / KEGIATAN / SUB KEGIATAN", "INDIKATOR", "SATUAN", "TARGET KINERJA", "REALISASI KINERJA", "ANGGARAN (Rp)",
             "REALISASI ANGGARAN (Rp)", "CAPAIAN (%)", "% SERAPAN")  # fmt: skip
    for row in (
        heads,
        ("1.", "PROGRAM A"),
        ("1.1", "Satu", "Dokumen", "Dokumen", 10, 12, 1000, 900),
        ("1.2", "Dua", "Orang", "Orang", 10, 8, 1, 1),
    ):
        book.active.append(row)
    source = tmp_path / "kantor.xlsx"
    graded = {}
    for capaian in (None, 120):
        book.active["I3"] = capaian
        book.save(source)
        assert run("export", source, "-o", tmp_path / "e81.xlsx", "--force").exit_code in (0, 1)
        sheet = openpyxl.load_workbook(tmp_path / "e81.xlsx", data_only=True)["E.81"]
        row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Predikat kinerja")
        graded[capaian] = row[20]
    assert graded == {None: "-", 120: "Sangat tinggi"}
