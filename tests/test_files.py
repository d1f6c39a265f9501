"""Files are put in place whole or not at all, and what was there is kept."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from lakip_xl import files
from lakip_xl.errors import OutputRefused

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions are other on Windows")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_written_and_an_old_one_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    files.replace(path, b"1")
    files.replace(path, b"2")
    assert path.read_bytes() == b"2"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


@posix
def test_permissions_are_those_of_the_file_that_was_there_or_of_the_source(tmp_path: Path) -> None:
    source, old, new, plain = (tmp_path / name for name in ("s", "old", "new", "plain"))
    source.write_bytes(b"s")
    source.chmod(0o640)
    old.write_bytes(b"o")
    old.chmod(0o600)
    files.replace(old, b"x", like=source)
    files.replace(new, b"x", like=source)
    files.replace(plain, b"x")
    mask = os.umask(0)
    os.umask(mask)
    assert (mode(old), mode(new), mode(plain)) == (0o600, 0o640, 0o666 & ~mask)
    assert mode(files.keep(source)) == 0o640


def test_backups_are_numbered_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    for number in (1, 2, 3):
        path.write_bytes(bytes([number]))
        assert files.keep(path).name == f"m.cadangan-{number}.xlsx"
    assert [(tmp_path / f"m.cadangan-{n}.xlsx").read_bytes() for n in (1, 2, 3)] == [b"\x01", b"\x02", b"\x03"]
    assert len(list(tmp_path.iterdir())) == 4


def test_two_backups_at_once_do_not_share_a_name(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(b"x")
    made: list[Path] = []
    threads = [threading.Thread(target=lambda: made.append(files.keep(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8
    assert len(list(tmp_path.iterdir())) == 9


@posix
def test_a_link_is_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"1")
    link.symlink_to(path)
    files.replace(link, b"2")
    assert link.is_symlink()
    assert path.read_bytes() == b"2"


@pytest.mark.parametrize("name", ["x" * 260 + ".xlsx", "tidak/ada.xlsx"])
def test_what_cannot_be_written_is_one_sentence_and_nothing_is_left(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputRefused):
        files.replace(tmp_path / name, b"1")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_whose_name_is_too_long_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 245 + ".xlsx")
    path.write_bytes(b"1")
    with pytest.raises(OutputRefused):
        files.keep(path)
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    assert files.present(tmp_path / "a") is None
