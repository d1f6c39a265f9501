"""Workbooks as an Inspektorat receives them, sound and broken, and one of them taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from correct import correct
from lakip_xl.recap.taken import Taken
from lakip_xl.tasks import workers
from lakip_xl.tasks.recapping import Piece, take

REGION = "Kabupaten Contoh"


@lru_cache(maxsize=64)
def made(number: int, period: str = "Akhir tahun", size: int = 12, name: str = "", year: int = 0) -> bytes:
    """A sound workbook of an office, the same each time."""
    office = correct(
        70_000 + number, period, size, frozenset(("long", "same names") if number % 2 else ("continuations",))
    )
    office.identity["perangkat_daerah"] = name or f"Dinas Contoh {number:02}"
    office.identity["kabupaten"] = REGION
    if year:
        office.identity["tahun"] = year
    return office.to_bytes()


def sound(folder: Path, many: int) -> None:
    """Puts that many sound workbooks into a folder and folders in it."""
    for number in range(many):
        home = folder / ("", "Dinas", "Dinas/Kiriman kedua")[number % 3]
        home.mkdir(parents=True, exist_ok=True)
        (home / f"opd {number:02} #1.xlsx").write_bytes(made(number))


def broken(folder: Path) -> list[str]:
    """Puts broken workbooks into a folder, each broken in its own way, and gives their names."""
    data = made(0)
    kinds = {
        "rusak-terpotong.xlsx": data[: len(data) // 2],
        "rusak-kosong.xlsx": b"",
        "rusak-teks.xlsx": b"nama;anggaran\nDinas;1000\n",
        "rusak-word.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "rusak-isi.xlsx": data[:200] + bytes(reversed(data[200:900])) + data[900:],
    }
    for name, content in kinds.items():
        (folder / name).write_bytes(content)
    return sorted(kinds)


def taken(path: Path, *, whole: bool = False) -> Taken:
    """One file taken in."""
    return take(Piece(str(path), path.name, whole))


def gathered(home: Path, example: bytes) -> Path:
    """A folder with eight sound workbooks, the example, broken ones, and foreign files."""
    home.mkdir()
    sound(home, 8)
    broken(home)
    for name in ("manggarai.xlsx", "manggarai.cadangan-1.xlsx", "manggarai (1).xlsx"):
        (home / name).write_bytes(example)
    for name in ("~$manggarai.xlsx", "surat pengantar.docx", "lama.xls"):
        (home / name).write_bytes(b"lain")
    return home


def in_this_process(patch: pytest.MonkeyPatch) -> None:
    """Makes a recap take workbooks in without further processes."""

    def spread(do: Callable[..., Taken], work: Sequence[object], _workers: int, _crashed: object) -> Iterator[Taken]:
        return map(do, work)

    patch.setattr(workers, "spread", spread)
