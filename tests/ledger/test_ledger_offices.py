"""A ledger of several SKPD parted into one for each, to the rupiah."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ledger_books
from lakip_xl.errors import LedgerRefused
from lakip_xl.ledger.offices import accounts

SOSIAL, PANGAN = "1.06.0.00.0.00.01.0000", "2.09.0.00.0.00.01.0000"


def written(folder: Path, rows: Sequence[Sequence[Any]]) -> Path:
    path = folder / "lra.xlsx"
    path.write_bytes(ledger_books.book("LRA", rows))
    return path


def lines(kode: str, name: str, parts: Sequence[tuple[str, int, int]]) -> list[list[Any]]:
    """The rows of an SKPD in a table with a column of SKPD: kode sub kegiatan, rekening, pagu, realisasi."""
    return [
        [kode, name, f"1.06.01.2.01.000{n}", account, pagu, spent] for n, (account, pagu, spent) in enumerate(parts, 1)
    ]


HEAD = ["Kode SKPD", "Nama SKPD", "Kode Sub Kegiatan", "Kode Akun", "Pagu", "Realisasi"]
TWO = [
    *lines(
        "1.06.0.00.0.00.01.0000", "Dinas Sosial", [("5.1.02.01.01.0001", 1_000, 999), ("5.1.02.01.01.0002", 500, 123)]
    ),
    *lines("2.09.0.00.0.00.01.0000", "Dinas Pangan", [("5.1.02.01.01.0001", 7_000_000_000, 6_999_999_999)]),
]


def test_a_column_of_skpd_parts_the_rows(tmp_path: Path) -> None:
    title = ["LAPORAN REALISASI s.d. 31 Desember 2024"]
    found = accounts(written(tmp_path, [title, HEAD, *TWO]))
    assert [(a.kode, a.name, a.pagu, a.spent) for a in found] == [
        (SOSIAL, "Dinas Sosial", Decimal(1_500), Decimal(1_122)),
        (PANGAN, "Dinas Pangan", Decimal(7_000_000_000), Decimal(6_999_999_999)),
    ]
    assert {(a.year, a.month) for a in found} == {(2024, 12)}


def test_skpd_written_on_the_first_of_its_rows_only(tmp_path: Path) -> None:
    merged = [row if number in (0, 2) else [None, None, *row[2:]] for number, row in enumerate(TWO)]
    total = ["JUMLAH", None, None, None, 7_000_001_500, 7_000_001_121]
    found = accounts(written(tmp_path, [HEAD, *merged, total]))
    assert [(a.name, a.spent) for a in found] == [
        ("Dinas Sosial", Decimal(1_122)),
        ("Dinas Pangan", Decimal(6_999_999_999)),
    ]
    assert [a.month for a in found] == [None, None]


def test_rows_of_one_office_may_stand_apart(tmp_path: Path) -> None:
    found = accounts(written(tmp_path, [HEAD, TWO[0], TWO[2], TWO[1]]))
    assert [(a.name, a.spent) for a in found] == [
        ("Dinas Sosial", Decimal(1_122)),
        ("Dinas Pangan", Decimal(6_999_999_999)),
    ]


def outlined(kode: str, name: str, program: str, pagu: int, spent: int) -> list[list[Any]]:
    return [
        [kode, name, pagu, spent],
        [program, "PROGRAM", pagu, spent],
        [f"{program}.2.01", "Kegiatan", pagu, spent],
        [f"{program}.2.01.0001", "Sub kegiatan", pagu, spent],
        ["5.1.02.01.01.0001", "Belanja", pagu, spent],
    ]


LRA = ["Kode", "Uraian", "Anggaran", "Realisasi"]


def test_an_outline_of_several_offices_is_parted_by_their_units(tmp_path: Path) -> None:
    rows = [
        *outlined(SOSIAL, "Dinas Sosial", "1.06.01", 900, 800),
        [PANGAN, "Dinas Pangan", 120, 56],
        *outlined("2.09.0.00.0.00.01.0001", "UPTD Benih", "2.09.02", 50, 49),
        *outlined("2.09.0.00.0.00.01.0002", "UPTD Alat", "2.09.01", 70, 7),
    ]
    found = accounts(written(tmp_path, [LRA, *rows, [None, "JUMLAH", 1_020, 856]]))
    assert [(a.name, a.pagu, a.spent) for a in found] == [
        ("Dinas Sosial", Decimal(900), Decimal(800)),
        ("Dinas Pangan", Decimal(120), Decimal(56)),
    ]


def test_a_ledger_of_one_office_is_one(tmp_path: Path) -> None:
    path = tmp_path / "lra.xlsx"
    path.write_bytes(ledger_books.lra(ledger_books.documents()))
    (found,) = accounts(path)
    assert found.spent == sum(doc.net for doc in ledger_books.documents())
    assert found.pagu == sum(sub.pagu for sub in ledger_books.subs())


def test_documents_of_a_year_are_added_up(tmp_path: Path) -> None:
    path = tmp_path / "sipd.xlsx"
    docs = ledger_books.documents()
    path.write_bytes(ledger_books.sipd(docs))
    (found,) = accounts(path)
    months = {doc.month for doc in docs}
    whole = months == set(range(1, max(months) + 1))
    assert found.spent == (sum(doc.net for doc in docs) if whole else None)
    assert found.name == ledger_books.OFFICE[1]


def test_a_sum_that_does_not_hold_is_refused(tmp_path: Path) -> None:
    rows = outlined(SOSIAL, "Dinas Sosial", "1.06.01", 900, 800)
    rows[1][3] = 801
    with pytest.raises(LedgerRefused):
        accounts(written(tmp_path, [LRA, *rows, *outlined(PANGAN, "Dinas Pangan", "2.09.01", 70, 7)]))
