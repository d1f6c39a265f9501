"""``fill --with``: Narasi and Kertas Kerja Reviu are written where asked for, renewed from then on, and what stands on them is kept."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment

import sealed
from lakip_xl import tasks
from lakip_xl.cli import main
from lakip_xl.workbook import Workbook
from xlsx_checks import problems

TITLES = {"narasi": "Narasi", "reviu": "Kertas Kerja Reviu"}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("isi")
    source = folder / "matriks.xlsx"
    source.write_bytes(sealed.workbook())
    return tasks.fill(source, folder / "hasil.xlsx", extra=("reviu", "narasi")).path.read_bytes()


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_they_come_only_when_asked_for(both: bytes) -> None:
    assert not set(TITLES.values()) & set(Workbook.from_bytes(sealed.workbook()).sheet_names)
    assert Workbook.from_bytes(both).sheet_names[-2:] == ["Narasi", "Kertas Kerja Reviu"]


def test_every_later_fill_renews_them(both: bytes, tmp_path: Path) -> None:
    path = put(tmp_path / "hasil.xlsx", both)
    assert not tasks.fill(path).written  # nothing to renew: the same to the bit
    book = Workbook.from_bytes(both)
    book.sheet("Identitas").write("B5", value="Dinas Lain")
    path.write_bytes(book.to_bytes())
    tasks.fill(path)
    shown = openpyxl.load_workbook(path, data_only=True)
    for title in TITLES.values():
        assert any("Dinas Lain" in str(cell.value) for row in shown[title].iter_rows() for cell in row), title
    assert problems(path) == []


@pytest.mark.parametrize("key", TITLES)
def test_what_stands_beside_the_entries_is_moved_not_lost(key: str, both: bytes, tmp_path: Path) -> None:
    book = Workbook.from_bytes(both)
    book.sheet(TITLES[key]).write((200, 3), value="Catatan saya di bawah")
    path = put(tmp_path / "hasil.xlsx", book.to_bytes())
    done = tasks.fill(path)
    assert done.moved == (f"{TITLES[key]} (lama)",)
    moved = openpyxl.load_workbook(path)[done.moved[0]]
    assert "Catatan saya di bawah" in [cell.value for row in moved.iter_rows() for cell in row]


@pytest.mark.parametrize("key", TITLES)
def test_a_sheet_with_a_comment_on_it_stays_and_a_new_one_comes(key: str, both: bytes, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(both))
    book[TITLES[key]]["A1"].comment = Comment("Tolong dicek", "Peninjau")
    out = io.BytesIO()
    book.save(out)
    path = put(tmp_path / "hasil.xlsx", out.getvalue())
    tasks.fill(path)
    sheets = openpyxl.load_workbook(path)
    assert sheets[TITLES[key]]["A1"].comment.text == "Tolong dicek"
    assert f"{TITLES[key]} LAKIP" in sheets.sheetnames


@pytest.mark.parametrize("key", TITLES)
def test_a_users_own_sheet_of_that_title_is_never_replaced(key: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sealed.workbook()))
    book.create_sheet(TITLES[key])["A1"] = "milik saya"
    out = io.BytesIO()
    book.save(out)
    path = put(tmp_path / "matriks.xlsx", out.getvalue())
    done = tasks.fill(path, tmp_path / "hasil.xlsx", extra=(key,))
    sheets = openpyxl.load_workbook(done.path)
    assert sheets[TITLES[key]]["A1"].value == "milik saya" and f"{TITLES[key]} LAKIP" in sheets.sheetnames


def test_neither_is_taken_for_a_matrix_or_an_entry(both: bytes, tmp_path: Path) -> None:
    before, after = put(tmp_path / "a.xlsx", sealed.workbook()), put(tmp_path / "b.xlsx", both)
    found = tasks.diff(before, after)
    assert not found.changes.any and found.fixed == found.new == ()
    assert [f.code for f in tasks.validate(after).findings] == [f.code for f in tasks.validate(before).findings]


def test_the_command_line_takes_both(tmp_path: Path) -> None:
    source = put(tmp_path / "matriks.xlsx", sealed.workbook())
    out = tmp_path / "hasil.xlsx"
    result = CliRunner().invoke(main, ["fill", str(source), "-o", str(out), "--with", "narasi", "--with", "reviu"])
    assert result.exit_code == 0 and Workbook.open(out).sheet_names[-2:] == list(TITLES.values())
