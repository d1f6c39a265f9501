"""Which files of a folder are read, in which order, and what is said of the others."""

from __future__ import annotations

import os
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

import ledger_books
from lakip_xl.errors import LakipError
from lakip_xl.recap import found, listed
from lakip_xl.recap.office import key, near, region_key
from workbooks import EXAMPLE


def names(folder: Path) -> tuple[list[str], dict[str, str]]:
    sources, passed = found.look(folder)
    return [each.name for each in sources], {each.name: each.reason.id for each in passed}


def test_everything_is_read_or_named(folder: Path) -> None:
    read, passed = names(folder)
    assert sum(name.startswith(("opd", "Dinas/")) for name in read) == 8
    assert "manggarai (1).xlsx" in read
    assert passed == {
        "lama.xls": found.OTHER_KIND.id,
        "manggarai.cadangan-1.xlsx": found.BACKUP.id,
        "manggarai.xlsx": "sama persis dengan manggarai (1).xlsx",
        "surat pengantar.docx": found.NO_WORKBOOK.id,
        "~$manggarai.xlsx": found.OPEN.id,
    }
    everything = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert everything == {*read, *passed}


def test_the_order_is_that_of_the_letters_on_any_system(tmp_path: Path) -> None:
    accented = "Órgano.xlsx"
    for number, name in enumerate(("b.xlsx", "A.xlsx", unicodedata.normalize("NFD", accented), "a/z.xlsx", "B.xlsx")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes([number]))
    assert names(tmp_path)[0] == ["A.xlsx", "a/z.xlsx", "B.xlsx", "b.xlsx", unicodedata.normalize("NFD", accented)]


def test_what_the_system_leaves_behind_and_what_is_given_besides_is_not_spoken_of(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", ".sembunyi.xlsx", "opd.csv", "hasil.xlsx"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "isi.xlsx").write_bytes(b"x")
    assert found.look(tmp_path, [tmp_path / "opd.csv", tmp_path / "hasil.xlsx"]) == ([], [])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such name")
def test_a_name_whose_bytes_are_no_letters_can_be_shown(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/dinas\xff.xlsx"))).write_bytes(b"x")
    (source,) = found.look(tmp_path)[0]
    assert source.name == "dinas\ufffd.xlsx"
    assert source.path.read_bytes() == b"x"


def test_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "berkas.xlsx").write_bytes(b"x")
    for path in (tmp_path / "tidak ada", tmp_path / "berkas.xlsx"):
        with pytest.raises(LakipError, match="bukan folder"):
            found.look(path)


@pytest.mark.parametrize(
    ("one", "other", "region"),
    [
        ("Dinas Sosial", "DINAS  SOSIAL", ""),
        ("Dinas Sosial Kab. Manggarai", "Dinas Sosial", "Kabupaten Manggarai"),
        ("Dinas Sosial Kabupaten Manggarai", "Dinas Sosial", "Kab. Manggarai"),
        ("Dinas Sosial Kota Kupang", "dinas sosial", "Kota Kupang"),
        ("Badan Keuangan dan Aset-Daerah", "Badan Keuangan dan Aset Daerah", "Kota Kupang"),
    ],
)
def test_spelling_does_not_tell_offices_apart(one: str, other: str, region: str) -> None:
    assert key(one, region) == key(other, region)


@pytest.mark.parametrize(
    ("one", "other"), [("Dinas Kesehatan", "Dinas Kesehatan Hewan"), ("Kecamatan Reok", "Kecamatan Reok Barat")]
)
def test_one_name_within_another_is_another_office(one: str, other: str) -> None:
    assert key(one, "Kabupaten Manggarai") != key(other, "Kabupaten Manggarai")


def test_near_misses_are_offered() -> None:
    assert near("Dinas Sosal", ["Dinas Pertanian", "Dinas Sosial"]) == ["Dinas Sosial"]
    assert near("Inspektorat", ["Dinas Pertanian", "Dinas Sosial"]) == []
    assert region_key("KAB. MANGGARAI") == region_key("Kabupaten Manggarai")


LIST = [
    ["DAFTAR PERANGKAT DAERAH"],
    ["No", "Kode OPD", "Nama OPD", "Batas Waktu", "Tanggal Diterima"],
    [1, "1.06.0.00.0.00.01.0000", "Dinas Sosial", "31 Januari 2024", "2024-02-01"],
    [2, "2.09.0.00.0.00.01.0000", "Dinas Pangan", "31/01/2024", "31/01/2024"],
    [3, "", "Inspektorat", "", ""],
]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_is_read_by_its_headings(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "opd.csv"
    path.write_bytes(ledger_books.text(LIST, separator))
    rows = listed.read(path)
    assert [(row.name, row.kode[:4]) for row in rows] == [
        ("Dinas Sosial", "1.06"),
        ("Dinas Pangan", "2.09"),
        ("Inspektorat", ""),
    ]
    assert rows[0].due == date(2024, 1, 31)
    assert rows[0].received == date(2024, 2, 1)
    assert [row.late for row in rows] == [True, False, False]


def test_a_list_may_be_a_workbook_with_dates(tmp_path: Path) -> None:
    path = tmp_path / "opd.xlsx"
    path.write_bytes(ledger_books.book("OPD", [["Perangkat Daerah", "Tenggat"], ["Dinas Sosial", 45322]]))
    assert listed.read(path)[0].due == date(2024, 1, 31)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Alamat", "Telepon"], ["a", "b"]], "NAMA OPD"),
        ([["Nama OPD", "Tenggat"], ["Dinas Sosial", "besok"]], "'besok' pada kolom TENGGAT"),
        ([["Nama OPD", "Kode"], ["Dinas Sosial", "1"], ["DINAS SOSIAL", "2"]], "sudah disebut"),
    ],
)
def test_a_list_that_cannot_be_relied_on_is_refused(tmp_path: Path, rows: list[list[str]], said: str) -> None:
    path = tmp_path / "opd.csv"
    path.write_bytes(ledger_books.text(rows))
    with pytest.raises(LakipError, match=said):
        listed.read(path)


def test_a_workbook_with_a_matrix_is_no_list_of_offices() -> None:
    with pytest.raises(LakipError) as refused:
        listed.read(EXAMPLE / "matriks.xlsx")
    assert "bukan daftar Perangkat Daerah" in refused.value.text.id
