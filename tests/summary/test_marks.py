"""A mark is that of the cell as it comes back from the file, whoever saved it: what the tool wrote is never taken for the user's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lakip_xl import tasks
from lakip_xl.drawing import new_book, put_cell
from lakip_xl.summary.marks import mark
from lakip_xl.workbook import Workbook
from workbooks import typed_in

SQUARES = sum(
    target**2 for target in (8720.55, 5998.63, 3233.93, 3754.17, 3523.33, 5986.62)
)  # its 13th digit is a five or nearly


def text_of(number: float) -> str:
    """What XlsxWriter writes for a number."""
    return f"{number:.16G}"


def test_the_file_holds_what_these_tests_think_it_does() -> None:
    numbers = [SQUARES, 1 / 3, 9.3, 0.1 + 0.2, 1e300, 2.0**53 + 2]
    book, file = new_book("x")
    sheet = book.add_worksheet("x")
    for row, number in enumerate(numbers, start=1):
        put_cell(sheet, row, 1, number, None)
    book.close()
    read = Workbook.from_bytes(file.getvalue(), "x.xlsx").sheet("x")
    assert [read.cell((row, 1)).value for row in range(1, len(numbers) + 1)] == [float(text_of(n)) for n in numbers]


@given(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False))
@example(SQUARES)
@example(184837123.12649998)
@example(1.2345678901234549)
@example(9.3)
@example(-0.0)
def test_a_number_keeps_its_mark_through_the_file_and_whatever_saves_it_next(number: float) -> None:
    stored = float(text_of(number))
    for digits in range(15, 18):
        again = float(f"{stored:.{digits}g}")
        assert mark(stored) == mark(again) == mark(number)
        assert mark(float(text_of(again))) == mark(number)


@given(st.integers(0, 10**15), st.integers(1, 12))
def test_numbers_on_the_edge_of_the_twelfth_digit(digits: int, places: int) -> None:
    number = (digits + 0.5) / 10**places
    for near in (number, number * (1 - 2**-52), number * (1 + 2**-52)):
        assert mark(float(text_of(near))) == mark(float(f"{float(text_of(near)):.15g}")) == mark(near)


def test_another_number_has_another_mark() -> None:
    assert len({mark(number) for number in (1.0, 1.0000001, -1.0, 0.0, 1e9 + 0.01, 1e9)}) == 6
    assert mark(0.0) == mark(-0.0)


@pytest.mark.parametrize("factor", [1.0, 1.1, 1 / 3])
def test_sums_with_long_fractions_are_not_taken_for_the_users(factor: float, tmp_path: Path) -> None:
    targets = [8720.55, 5998.63, 3233.93, 3754.17, 3523.33, 5986.62]
    rows = [{"kode": "1.06.01", "uraian": "PROGRAM SATU"}, {"kode": "1.06.01.2.01", "uraian": "Kegiatan"}]
    for number, target in enumerate(targets, start=1):
        rows.append(
            {"kode": f"1.06.01.2.01.{number:04}", "uraian": f"Sub kegiatan {number}", "indikator": "Jumlah", "satuan": "Orang",
             "target": target * factor, "realisasi": target, "anggaran": target, "realisasi_anggaran": target}  # type: ignore[dict-item]
        )  # fmt: skip
    entry = tmp_path / "matriks.xlsx"
    entry.write_bytes(typed_in({"matriks": rows}))
    once = tasks.fill(entry)
    first = once.path.read_bytes()
    again = tasks.fill(once.path)
    assert (again.moved, again.written, once.path.read_bytes() == first) == ((), False, True)
