"""The command line as a user meets it: exit statuses, one sentence for what cannot be done, both languages, nothing left behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from lakip_xl import __version__
from lakip_xl.cli import ALIASES, main
from lakip_xl.form.editions import NEWEST
from workbooks import EXAMPLE, typed_in


def run(*args: str | Path, **env: str) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], env=env, prog_name="lakip-xl")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / "matriks.xlsx"))


# -- what cannot be done --------------------------------------------------------------------------------------------------------

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _with_part(path: Path, name: str, data: bytes) -> bytes:
    target = path.with_suffix(".tmp")
    with zipfile.ZipFile(EXAMPLE / "matriks.xlsx") as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item, data if item.filename == name else old.read(item))
        if name not in old.namelist():
            new.writestr(name, data)
    made = target.read_bytes()
    target.unlink()
    return made


def _xlsx_without_form(path: Path) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Daftar hadir"
    book.save(path)
    return path.read_bytes()


WRONG: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "0-byte": (lambda p: b"", "kosong"),
    "text": (lambda p: b"Laporan kinerja\n", "bukan|teks"),
    "renamed CSV": (lambda p: b"NO;PROGRAM;ANGGARAN\n1;PROGRAM;1000\n", "CSV"),
    "HTML": (lambda p: b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
    "PDF": (lambda p: b"%PDF-1.7\n", "PDF"),
    "truncated": (lambda p: (EXAMPLE / "matriks.xlsx").read_bytes()[:20_000], "rusak|terpotong|lengkap"),
    "old .xls": (lambda p: OLE + bytes(504) + _wide("Workbook") + bytes(512), r"\.xls\b"),
    "encrypted": (lambda p: OLE + bytes(504) + _wide("EncryptedPackage") + bytes(512), "sandi"),
    "zip bomb": (lambda p: _with_part(p, "xl/media/bomb.bin", bytes(700_000_000)), "besar|bom"),
    "DTD": (
        lambda p: _with_part(
            p, "xl/worksheets/sheet1.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
        ),
        "DTD|DOCTYPE|entitas",
    ),
    "no matrix": (_xlsx_without_form, "Matriks tidak ditemukan"),
}


@pytest.mark.parametrize("command", ["validate", "fill"])
@pytest.mark.parametrize("kind", WRONG)
def test_a_file_that_is_no_workbook_of_ours_is_one_sentence(kind: str, command: str, tmp_path: Path) -> None:
    make, word = WRONG[kind]
    path = tmp_path / "kiriman.xlsx"
    path.write_bytes(make(path))
    before = path.read_bytes()
    result = run(command, path)
    assert result.exit_code == 2
    assert result.stdout == ""
    said = result.stderr.strip()
    assert said.startswith("Gagal: ")
    assert len(said.splitlines()) == 1
    assert re.search(word, said), said
    assert "kiriman.xlsx" in said, said
    assert "Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["kiriman.xlsx"]
    assert path.read_bytes() == before
    english = run("--lang", "en", command, path).stderr.strip()
    assert english.startswith("Error: ")
    assert english.removeprefix("Error: ") != said.removeprefix("Gagal: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run("fill", tmp_path / "tidak-ada.xlsx")
    assert result.exit_code == 2
    assert "tidak-ada.xlsx" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    result = run("validate", tmp_path)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder with the example in which nobody may write; as root, the test goes on as a user without rights."""
    folder = Path(tempfile.mkdtemp(prefix="terkunci-"))
    shutil.copy(EXAMPLE / "matriks.xlsx", folder / "matriks.xlsx")
    (folder / "matriks.xlsx").chmod(0o644)
    folder.chmod(0o555)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    run(
        "fill", folder / "matriks.xlsx", "-o", folder / "x" / "y.xlsx"
    )  # everything is imported before rights are dropped
    if root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="folders are locked by other means on Windows")
def test_a_folder_in_which_nothing_may_be_written(locked_folder: Path) -> None:
    result = run("fill", locked_folder / "matriks.xlsx")
    assert result.exit_code == 2, result.output
    assert len(result.stderr.strip().splitlines()) == 1
    assert re.search("tidak dapat ditulis|izin|folder", result.stderr)
    assert [p.name for p in locked_folder.iterdir()] == ["matriks.xlsx"]
    assert run("template", "-o", locked_folder / "baru.xlsx").exit_code == 2
    assert run("validate", locked_folder / "matriks.xlsx", "-o", locked_folder / "laporan.txt").exit_code == 2
    assert [p.name for p in locked_folder.iterdir()] == ["matriks.xlsx"]


def test_a_report_is_not_written_over_a_workbook(example: Path) -> None:
    before = example.read_bytes()
    result = run("validate", example, "-o", example)
    assert result.exit_code == 2
    assert example.read_bytes() == before


# -- exit statuses --------------------------------------------------------------------------------------------------------------


def test_status_0_without_errors_and_1_under_strict(example: Path) -> None:
    assert run("validate", example).exit_code == 0
    assert run("validate", "--strict", example).exit_code == 1
    assert run("fill", example).exit_code == 0


def test_status_1_with_an_error_and_the_workbook_is_filled_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    row = {
        "kode": "1.06.01.2.01.0001",
        "uraian": "Penyusunan",
        "indikator": "Jumlah",
        "target": "banyak",
        "realisasi": 1.0,
    }
    path.write_bytes(typed_in({"matriks": [{**row, "anggaran": 1000.0, "realisasi_anggaran": 900.0}]}))
    assert run("validate", path).exit_code == 1
    assert run("fill", path).exit_code == 1
    assert (tmp_path / "m-selesai.xlsx").exists()


def test_an_unknown_code_is_status_2() -> None:
    assert run("explain", "ZZ99").exit_code == 2


@pytest.mark.parametrize(
    ("typed", "indonesian", "english"),
    [
        ("fill", "'FILE' belum ditulis.", "Missing argument 'FILE'."),
        ("isi --in-place", "'FILE' belum ditulis.", "Missing argument 'FILE'."),
        ("validate --format xml a.xlsx", "nilai untuk opsi '--format' tidak dapat dipakai. Pilihannya: text, json.",
         "'xml' is not one of 'text', 'json'."),
        ("template --year 19", "nilai untuk opsi '--year' tidak dapat dipakai. Tulis bilangan bulat dari 2000 sampai 2100.",
         "19 is not in the range 2000<=x<=2100."),
        ("validate --strikt a.xlsx", "opsi '--strikt' tidak dikenal. Mungkin maksudnya --strict.", "No such option"),
        ("fill a.xlsx --output", "opsi '--output' harus diikuti sebuah nilai.", "requires an argument."),
        ("fill a.xlsx b.xlsx", "perintah ini tidak memakai 'b.xlsx'.", "unexpected extra argument (b.xlsx)."),
        ("periksalah a.xlsx", "perintah 'periksalah' tidak dikenal. Mungkin maksudnya: periksa. Yang ada: adopt (impor), ",
         "No such command 'periksalah'. Did you mean periksa? There are: adopt (impor), "),
        ("qqq a.xlsx", "perintah 'qqq' tidak dikenal. Yang ada: adopt (impor), ", "No such command 'qqq'. There are: adopt (impor), "),
        ("--foo", "opsi '--foo' tidak dikenal.", "--foo"),
    ],
)  # fmt: skip
def test_bad_usage_is_one_sentence_in_the_users_language(typed: str, indonesian: str, english: str) -> None:
    said = run(*typed.split())
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.startswith("Gagal: ")
    assert indonesian in said.stderr
    assert len(said.stderr.splitlines()) == 1 and said.stderr.rstrip().endswith("--help")
    said = run(*typed.split(), LAKIP_XL_LANG="en")
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.startswith("Error: ")
    assert english in said.stderr


def test_without_a_command_the_help_is_shown() -> None:
    said = run()
    assert "Perintah (Commands)" in said.output and "Gagal" not in said.output


def test_several_files_give_one_list_and_the_worst_status(example: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(example, tmp_path / "lain.xlsx"))
    result = run("validate", "--format", "json", example, other)
    reports = json.loads(result.stdout)
    assert [report["file"] for report in reports] == ["matriks.xlsx", "lain.xlsx"]
    assert result.exit_code == 0


# -- words ----------------------------------------------------------------------------------------------------------------------


def test_version_and_help() -> None:
    assert run("--version").output == f"lakip-xl {__version__}\n"
    helped = run("--help").output
    for command, alias in ((command, alias) for alias, command in ALIASES.items()):
        assert f"{command} ({alias})" in helped
        assert run(command, "--help").exit_code == 0


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_is_the_command(alias: str) -> None:
    assert run(alias, "--help").output.replace(alias, ALIASES[alias]) == run(ALIASES[alias], "--help").output.replace(
        alias, ALIASES[alias]
    )


def test_the_language_may_stand_before_or_after_or_in_the_environment(example: Path) -> None:
    indonesian = run("validate", example).output
    english = [
        run("--lang", "en", "validate", example).output,
        run("validate", "--lang", "en", example).output,
        run("validate", example, LAKIP_XL_LANG="en").output,
    ]
    assert "Wajib diperbaiki: 0" in indonesian
    assert english[0] == english[1] == english[2]
    assert "Must be corrected: 0" in english[0]
    assert "Perbaikan:" not in english[0]
    assert run("--lang", "en", "validate", "--lang", "id", example).output == indonesian


def test_explain_lists_all_and_tells_one() -> None:
    listed = run("explain").output
    assert "AG01" in listed
    told = run("jelaskan", "ag01").output
    assert "AG01" in told
    assert run("explain", "AG01", "--lang", "en").output != told


def test_template_writes_a_workbook_once(tmp_path: Path) -> None:
    path = tmp_path / "matriks baru.xlsx"
    result = run("template", "-o", path, "--year", "2025", "--instansi", "Dinas Sosial")
    assert result.exit_code == 0
    assert f'"{path}"' in result.output
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Petunjuk", "Identitas", "Pengaturan", *(spec.title for spec in NEWEST.tables)]
    assert run("template", "-o", path).exit_code == 2
    assert run("template", "-o", path, "--force").exit_code == 0


def test_a_report_goes_to_a_file(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "laporan.json"
    result = run("validate", example, "--format", "json", "-o", out)
    assert result.output == ""
    assert json.loads(out.read_text(encoding="utf-8"))[0]["counts"] == {"error": 0, "warning": 7, "info": 2}


def test_the_real_program_prints_on_a_narrow_code_page(example: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "lakip_xl", "validate", str(example)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert b"Wajib diperbaiki" in done.stdout


def test_all_that_was_printed_arrives_before_the_process_ends(example: Path) -> None:
    # the process is not taken down piece by piece (see __main__): what waits in a buffer must be out before that
    code = "from lakip_xl.__main__ import run; run()"
    done = subprocess.run([sys.executable, "-c", code, "explain"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, run("explain").stdout)
    done = subprocess.run(
        [sys.executable, "-m", "lakip_xl", "fill", "a.xlsx", "b.xlsx"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", run("fill", "a.xlsx", "b.xlsx").stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_that_takes_nothing_more_is_no_success() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "lakip_xl", "explain"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_version_needs_no_heavy_import() -> None:
    code = "import sys, lakip_xl.cli; print(sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("polars", "pandera", "openpyxl", "lxml", "xlsxwriter"):
        assert f"'{heavy}'" not in done.stdout


def test_a_file_that_cannot_be_read_does_not_hide_the_others(example: Path, tmp_path: Path) -> None:
    result = run("validate", example, tmp_path / "tidak-ada.xlsx", "--format", "json")
    assert result.exit_code == 2
    assert [report["file"] for report in json.loads(result.stdout)] == ["matriks.xlsx"]
    assert "tidak-ada.xlsx" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no device files")
def test_what_is_no_ordinary_file_is_not_replaced(example: Path, tmp_path: Path) -> None:
    report, book = tmp_path / "pipa", tmp_path / "pipa.xlsx"
    for pipe in (report, book):
        os.mkfifo(pipe)
    assert run("validate", example, "-o", report).exit_code == 2
    assert run("fill", example, "-o", book, "--force").exit_code == 2
    assert report.is_fifo()
    assert book.is_fifo()


def test_a_template_is_named_like_a_workbook(tmp_path: Path) -> None:
    assert run("template", "-o", tmp_path / "matriks.pdf").exit_code == 2
    assert run("template", "-o", tmp_path / "tidak" / "ada.xlsx").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_template_force_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "matriks.xlsx"
    path.write_bytes((EXAMPLE / "matriks.xlsx").read_bytes())
    assert run("template", "-o", path, "--force").exit_code == 0
    assert (tmp_path / "matriks.cadangan-1.xlsx").read_bytes() == (EXAMPLE / "matriks.xlsx").read_bytes()


def test_a_report_replaces_nothing_without_force(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "penting.docx"
    out.write_bytes(b"surat")
    assert run("validate", example, "-o", out).exit_code == 2
    assert out.read_bytes() == b"surat"
    assert run("validate", example, "-o", out, "--force").exit_code == 0
    copy = Path(shutil.copy(example, tmp_path / "m.xltx"))
    assert run("validate", copy, "-o", copy, "--force").exit_code == 2


def test_the_input_is_not_written_without_being_asked(example: Path, tmp_path: Path) -> None:
    before = example.read_bytes()
    (tmp_path / "lain.xlsx").symlink_to(example)
    (tmp_path / "matriks-selesai.xlsx").symlink_to(example)
    assert run("fill", example).exit_code == 2
    assert run("fill", example, "-o", tmp_path / "lain.xlsx").exit_code == 2
    assert run("fill", example, "-o", example).exit_code == 2
    assert example.read_bytes() == before


def test_no_summary_of_a_command_is_cut_off() -> None:
    said = run("--help").output
    assert "reconcile (rekonsiliasi)" in said
    assert "..." not in said.partition("Perintah (Commands)")[2]


def test_a_name_of_two_lines_makes_no_second_sentence(tmp_path: Path) -> None:
    done = run("validate", tmp_path / "tiada\nGagal: palsu.xlsx")
    assert (done.exit_code, done.output.count("\n")) == (2, 1)


def test_what_would_steer_the_screen_is_not_printed(tmp_path: Path) -> None:
    done = run("validate", tmp_path / "a\x1b[2J\u202eb.xlsx")
    assert done.exit_code == 2
    assert "a\ufffd[2J\ufffdb.xlsx" in done.output
