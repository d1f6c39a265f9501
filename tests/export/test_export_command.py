"""``lakip-xl export``: where the form goes, what is refused, what is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from lakip_xl.cli import main
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
