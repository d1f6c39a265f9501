"""The printed matrix of the seed, in every kind of file that offices keep one in: the same 39 rows come out, and `fill` the printed
percentages. The source has repeated page headers, cells that slipped by one from some page on, numbers as text, and no codes."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from lakip_xl import tasks
from lakip_xl.cli import main
from lakip_xl.form.editions import NEWEST
from lakip_xl.numbers import read_number, round_half_up
from oracles import SOFFICE, needs_libreoffice
from workbooks import EXAMPLE

PRINTED = Path(__file__).with_name("matriks-tercetak.tsv")
SPEC = NEWEST.table("matriks")
LEVEL = {"program": "program", "kegiatan": "kegiatan", "sub_kegiatan": "sub kegiatan"}
HEADINGS = ["NO", "PROGRAM/KEGIATAN/ SUB KEGIATAN", "INDIKATOR", "TARGET KINERJA", "REALISASI KINERJA", "ANGGARAN (Rp)",
            "REALISASI s/d TW INI (Rp)", "%"]  # fmt: skip


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


def expected() -> list[dict[str, str]]:
    with (EXAMPLE / "matriks.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def cells(path: Path, *keys: str) -> list[list[object]]:
    """What stands in these columns of the matrix, for as many rows as the seed has."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Matriks"]
    rows = range(SPEC.first_row, SPEC.first_row + 39)
    return [[sheet.cell(row, SPEC.position(key)).value for key in keys] for row in rows]


def assert_the_39_rows(path: Path) -> None:
    numbers = ("target", "realisasi", "anggaran", "realisasi_anggaran")
    wanted = [
        [LEVEL[row["tingkat"]], row["uraian"], row["indikator"] or None, *(_number(row[key]) for key in numbers)]
        for row in expected()
    ]
    assert cells(path, "tingkat", "uraian", "indikator", *numbers) == wanted
    below = openpyxl.load_workbook(path, data_only=True)["Matriks"]
    blank = [below.cell(SPEC.first_row + 39, SPEC.position(key)).value for key in ("uraian", "anggaran")]
    assert blank == [None, None]


def _number(text: str) -> float | None:
    value = read_number(text).value
    return None if value is None else float(value)


def test_the_printed_matrix_gives_its_39_rows(tmp_path: Path) -> None:
    out = tmp_path / "matriks.xlsx"
    done = run("adopt", PRINTED, "-o", out)
    assert done.exit_code == 0, done.output
    assert_the_39_rows(out)
    assert cells(out, "kode") == [[None]] * 39
    assert "39 baris masuk" in done.output
    assert "baris 1, 11, 21, 31, 40, 49: judul kolom" in done.output
    assert "baris 2, 12, 22, 32, 41, 50: nomor kolom" in done.output
    assert "baris 23-30, 33-34, 37-38, 51: sel bergeser; dikembalikan 1 kolom ke kiri" in done.output
    assert "baris 26: % tercetak #DIV/0!; di templat dihitung rumus" in done.output
    assert "baris 52: baris jumlah" in done.output
    same = (
        sum(_number(row["persen"]) is not None for row in expected()) + 3
    )  # and the total of both columns, and its percentage
    assert f"{same} hasil tercetak sama dengan hasil rumus templat." in done.output
    assert f'lakip-xl fill "{out}"' in done.output or f"lakip-xl fill {out}" in done.output.replace("\n  ", " ")


def test_filled_it_has_the_printed_percentages_and_total(tmp_path: Path) -> None:
    out, filled = tmp_path / "matriks.xlsx", tmp_path / "selesai.xlsx"
    run("adopt", PRINTED, "-o", out, "--year", "2023")
    tasks.fill(out, filled)
    for row, (shown,) in zip(expected(), cells(filled, "persen"), strict=True):
        if row["persen"] == "#DIV/0!":
            assert shown == "-"
        elif row["persen"]:
            assert round_half_up(shown, 2) == read_number(row["persen"]).value, row["uraian"]
    sheet = openpyxl.load_workbook(filled, data_only=True)["Matriks"]
    total = next(row for row in range(1, 100) if sheet.cell(row, SPEC.position("uraian")).value == "JUMLAH")
    figures = [sheet.cell(total, SPEC.position(key)).value for key in ("anggaran", "realisasi_anggaran", "persen")]
    assert figures[:2] == [2618454444, 2383192105]
    assert round_half_up(figures[2], 2) == Decimal("91.02")


def test_codes_are_proposals_and_written_on_request_only(tmp_path: Path) -> None:
    out = tmp_path / "matriks.xlsx"
    done = run("adopt", PRINTED, "-o", out, "--codes")
    assert done.exit_code == 0
    assert [code for (code,) in cells(out, "kode")] == [row["kode"] for row in expected()]
    assert_the_39_rows(out)  # TINGKAT is the template's formula over the code
    assert "1.06.01.2.06.0005 'Penyediaan Barang Cetakan dan Penggandaan' (97,5 %)" in done.output
    sheet = openpyxl.load_workbook(out)["Matriks"]
    looks = {sheet.cell(row, SPEC.position("kode")).fill.fgColor.rgb for row in range(7, 46)}
    assert looks == {"FFFFF2CC"}
    assert str(sheet.cell(7, SPEC.position("tingkat")).value).startswith("=")


def test_no_code_to_propose_and_the_assumed_period_are_said(tmp_path: Path) -> None:
    source = tmp_path / "m.tsv"
    source.write_text(
        "Uraian\tIndikator\tTarget\tRealisasi\tAnggaran\tRealisasi Anggaran\nPROGRAM LAIN\tOrang\t1\t1\t5000\t4000\n"
    )
    said = " ".join(run("adopt", source, "-o", tmp_path / "baru.xlsx", "--codes").output.split())
    assert "Tidak ada kode yang dapat diusulkan" in said
    assert "hasilnya dimulai sebagai akhir tahun" in said
    assert "Tidak ada kode" not in run("adopt", source, "-o", tmp_path / "lain.xlsx").output


def test_rows_are_as_high_as_their_names(tmp_path: Path) -> None:
    out = tmp_path / "matriks.xlsx"
    run("adopt", PRINTED, "-o", out)
    sheet = openpyxl.load_workbook(out)["Matriks"]
    for row in range(7, 46):
        letters = max(len(str(sheet.cell(row, SPEC.position(key)).value or "")) for key in ("uraian", "indikator"))
        assert (sheet.row_dimensions[row].height or 15) >= 12 * -(-letters // 55), row
    assert sheet.row_dimensions[46].height is None


def test_same_source_same_bytes_and_nothing_is_overwritten(tmp_path: Path) -> None:
    one, two = tmp_path / "satu.xlsx", tmp_path / "dua.xlsx"
    run("adopt", PRINTED, "-o", one, "--codes")
    run("impor", PRINTED, "-o", two, "--codes")
    assert one.read_bytes() == two.read_bytes()
    refused = run("adopt", PRINTED, "-o", one)
    assert refused.exit_code == 2
    assert "--force" in refused.output
    assert run("adopt", PRINTED, "-o", one, "--force").exit_code == 0
    assert (tmp_path / "satu.cadangan-1.xlsx").read_bytes() == two.read_bytes()


# ---- the same table in other files


def printed_rows() -> list[list[str]]:
    with PRINTED.open(encoding="utf-8", newline="") as file:
        return [fields + [""] * (9 - len(fields)) for fields in csv.reader(file, delimiter="\t")]


def as_text(separator: str, encoding: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "matriks.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator).writerows(printed_rows())
        return path

    return make


def as_pasted(folder: Path) -> Path:
    """Copied from a PDF: runs of spaces part the fields, and a blank field leaves no trace."""
    path = folder / "tempelan.txt"
    lines = ["   ".join(field for field in fields if field) for fields in printed_rows()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def as_workbook(folder: Path) -> Path:
    """An office's own workbook: a title above, headings merged over two rows, numbers as numbers, some stored as text."""
    book = openpyxl.Workbook()
    book.active.title = "Sampul"
    book.active["A1"] = "LAPORAN KINERJA"
    sheet = book.create_sheet("Matrik 2023")
    sheet["B1"] = "MATRIK CAPAIAN KINERJA"
    sheet.append([])
    sheet.append([*HEADINGS[:3], "KINERJA", None, "KEUANGAN", None, None])
    sheet.append([None, None, None, "TARGET KINERJA", "REALISASI KINERJA", "ANGGARAN (Rp)", "REALISASI (Rp)", "%"])
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:H3"):
        sheet.merge_cells(area)
    for number, row in enumerate(expected()):
        line: list[object] = [None, row["uraian"], row["indikator"] or None]
        for key in ("target", "realisasi", "anggaran", "realisasi_anggaran"):
            value = _number(row[key])
            line.append(row[key] if key == "anggaran" and number % 7 == 3 else value)
        persen = _number(row["persen"])
        line.append(f"=G{5 + number}/F{5 + number}" if persen is None and row["persen"] else persen)
        sheet.append(line)
    sheet.append(["JUMLAH", None, None, None, None, 2618454444, 2383192105, 91.02])
    sheet.append([])
    sheet.append([None, None, None, None, None, "Ruteng, Desember 2023"])
    path = folder / "matrik.xlsx"
    book.save(path)
    return path


def as_saved_by_libreoffice(suffix: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        assert SOFFICE is not None
        source, profile = as_workbook(folder), (folder / "profile").as_uri()
        command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix]
        subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180)
        return source.with_suffix(f".{suffix}")

    return make


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(as_text(";", "utf-8-sig"), id="semicolon, utf-8 with its mark"),
        pytest.param(as_text(",", "cp1252"), id="comma, Windows"),
        pytest.param(as_text("|", "utf-8"), id="bar"),
        pytest.param(as_text("\t", "utf-16"), id="Unicode text of Excel"),
        pytest.param(as_pasted, id="pasted from a PDF"),
        pytest.param(as_workbook, id="xlsx"),
    ],
)
def test_the_same_rows_from_other_files(make: Callable[[Path], Path], tmp_path: Path) -> None:
    out = tmp_path / "hasil.xlsx"
    done = run("adopt", make(tmp_path), "-o", out)
    assert done.exit_code == 0, done.output
    assert_the_39_rows(out)


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_the_same_rows_from_files_of_libreoffice(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / "hasil.xlsx"
    done = run("adopt", as_saved_by_libreoffice(suffix)(tmp_path), "-o", out)
    assert done.exit_code == 0, done.output
    assert_the_39_rows(out)


def test_a_workbook_tells_its_sheet_and_what_was_left_out(tmp_path: Path) -> None:
    done = run("--lang", "en", "adopt", as_workbook(tmp_path), "-o", tmp_path / "hasil.xlsx")
    assert done.exit_code == 0, done.output
    text = " ".join(done.output.split())
    assert "sheet 'Matrik 2023': 39 rows went into" in text
    assert "6 numbers stored as text were written as numbers" in text
    assert "row 1: text above the table" in text
    assert "rows 3-4: column headings" in text
    assert "row 44: the row of totals" in text
    assert "row 46: text below the table" in text
    assert "sheets that were not read: 'Sampul'" in text


def test_a_copy_in_another_folder_is_read_alike(tmp_path: Path) -> None:
    folder = tmp_path / "a b"
    folder.mkdir()
    source = shutil.copy(PRINTED, folder / "tabel saya.txt")
    assert run("adopt", source, "-o", folder / "hasil.xlsx").exit_code == 0
    assert_the_39_rows(folder / "hasil.xlsx")
