"""The oracles compute for themselves, and the comparison with our cached values can fail in every way it should."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from lakip_xl.cells import DIV0, NA, VALUE, ErrorValue, Value
from oracles import (
    RECALCULATE_NEVER,
    Values,
    compare_caches,
    ironcalc_values,
    libreoffice_values,
    libreoffice_values_of,
    needs_libreoffice,
    same,
)

# Formula, its value, and a wrong value of the same or another type. D1:D3 hold 1, 2, 3; D4 is blank; E1 holds the text
# "abc", E2 the text "97.548.000", E3 an error, E4 the text "".
FORMULAS: list[tuple[str, Value, Value]] = [
    ("1+1", 2.0, 2.0001),
    ("1/3", 1 / 3, 0.3333),
    ("0.1+0.2-0.3", 0.1 + 0.2 - 0.3, 1e-8),
    ("2450728444*0.9044", 2450728444 * 0.9044, 2216438804.75),
    ('"a"&1', "a1", "a2"),
    ('IF(D4="","",1)', "", "x"),
    ('IF(D4="","",1)', "", 0.0),
    ("1/0", DIV0, NA),
    ("NA()", NA, 0.0),
    ("E1+1", VALUE, "abc1"),
    ("E3+1", DIV0, ""),
    ("TRUE", True, 1.0),
    ("D4", 0.0, ""),
    ("SUM(D1:D4)", 6.0, True),
    ("SUM(E2,1000)", 1000.0, 97549000.0),
    ("COUNT(D1:E4)", 3.0, 4.0),
    ("COUNTA(D1:D4)", 3.0, 4.0),
    ("COUNTBLANK(D1:D4)", 1.0, 0.0),
    ("ISNUMBER(E1)", False, True),
    ("ISBLANK(D4)", True, False),
    ("ISBLANK(E4)", False, True),
    ("ISERROR(E3)", True, False),
    ('"-">100', True, False),
    ("E1>100", True, False),
    ("D4=0", True, False),
    ('D4=""', True, False),
    ('IFERROR(E3,"-")', "-", 0.0),
    ('IF(COUNT(D1,D4)<2,"-",D1/D4*100)', "-", 0.0),
    ("AVERAGE(D1:D4)", 2.0, 1.5),
    ("AVERAGE(D4)", DIV0, 0.0),
    ("MAX(D1:D4)", 3.0, 2.0),
    ("MIN(D1:D4)", 1.0, 0.0),
    ("LARGE(D1:D4,2)", 2.0, 3.0),
    ("SMALL(D1:D4,1)", 1.0, 0.0),
    ("RANK(D2,D1:D3)", 2.0, 1.0),
    ('SUMIF(D1:D3,">1")', 5.0, 6.0),
    ('SUMIFS(D1:D3,D1:D3,">1",D1:D3,"<3")', 2.0, 5.0),
    ('COUNTIF(E1:E2,"*b*")', 1.0, 0.0),
    ('AVERAGEIF(D1:D3,">1")', 2.5, 2.0),
    ("SUMPRODUCT((D1:D3>1)*(D1:D3))", 5.0, 6.0),
    ("SUMSQ(D1:D3)", 14.0, 6.0),
    ("INDEX(D1:D3,MATCH(2,D1:D3,0))", 2.0, 1.0),
    ("MATCH(5,D1:D3,0)", NA, 3.0),
    ("LOOKUP(2.5,D1:D3)", 2.0, 3.0),
    ("ROUND(2.675,2)", 2.68, 2.67),
    ("ROUND(-2.5,0)", -3.0, -2.0),
    ("AND(D1=1,D2=2)", True, False),
    ("OR(D1=2,D2=1)", False, True),
    ("NOT(D1=1)", False, True),
    ('TRIM(" a  b ")', "a b", " a  b "),
    ("LEN(E1)", 3.0, 4.0),
    ("LEFT(E1,2)&MID(E1,3,1)", "abc", "ab"),
    ('SUBSTITUTE(E2,".","")', "97548000", "97.548.000"),
    ("VALUE(D1)", 1.0, 2.0),
    ("DATE(2023,12,31)", 45291.0, 45292.0),
    ("ROWS(D1:D3)+COLUMN(D1)", 7.0, 6.0),
    ('HYPERLINK("#\'Lain nya\'!A1","buka")', "buka", "tutup"),
    ("'Lain nya'!A1*2", 42.0, 21.0),
    ("tetapan*2", 42.0, 21.0),
]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A workbook with right cached values, and its twin with wrong ones."""
    folder = tmp_path_factory.mktemp("oracles")
    right, wrong = folder / "benar.xlsx", folder / "salah.xlsx"
    write(right, [value for _, value, _ in FORMULAS])
    write(wrong, [value for _, _, value in FORMULAS])
    return right, wrong


def write(path: Path, values: list[Value]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, other = book.add_worksheet("Matriks"), book.add_worksheet("Lain nya")
        other.write_number("A1", 21)
        book.define_name("tetapan", "='Lain nya'!$A$1")
        for row, number in enumerate((1, 2, 3)):
            sheet.write_number(row, 3, number)
        sheet.write_string("E1", "abc")
        sheet.write_string("E2", "97.548.000")
        sheet.write_formula("E3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("E4", '=""', None, "")
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        for row, ((formula, _, _), value) in enumerate(zip(FORMULAS, values, strict=True)):
            stored = value.code if isinstance(value, ErrorValue) else value
            sheet.write_formula(row, 0, "=" + formula, date if formula.startswith("DATE") else None, stored)


def wanted() -> Values:
    return {("Matriks", row, 1): value for row, (_, value, _) in enumerate(FORMULAS, 1)}


def differing(values: Values) -> Iterator[str]:
    for place, value in wanted().items():
        if not same(value, values.get(place)):
            yield f"{FORMULAS[place[1] - 1][0]}: {values.get(place)!r} instead of {value!r}"


def test_ironcalc_computes_typed_values_whatever_is_cached(books: tuple[Path, Path]) -> None:
    for book in books:
        assert list(differing(ironcalc_values(book))) == []


@needs_libreoffice
def test_libreoffice_computes_typed_values_whatever_is_cached(books: tuple[Path, Path]) -> None:
    for values in libreoffice_values_of(books):
        assert list(differing(values)) == []


@needs_libreoffice
def test_libreoffice_would_echo_the_caches_unless_forced(books: tuple[Path, Path]) -> None:
    (echo,) = libreoffice_values_of(books[1:], RECALCULATE_NEVER)
    assert echo["Matriks", 1, 1] == 2.0001


@needs_libreoffice
def test_libreoffice_says_which_file_it_could_not_read(books: tuple[Path, Path], tmp_path: Path) -> None:
    broken = tmp_path / "rusak.xlsx"
    broken.write_bytes(books[0].read_bytes()[:900])
    with pytest.raises(AssertionError, match=r"wrote nothing for .*rusak\.xlsx"):
        libreoffice_values(broken)


def test_right_caches_have_no_difference(books: tuple[Path, Path]) -> None:
    assert compare_caches(books[0], ironcalc_values(books[0])) == []


def test_every_wrong_cache_is_named(books: tuple[Path, Path]) -> None:
    found = compare_caches(books[1], ironcalc_values(books[1]))
    assert [line.split(" ")[0] for line in found] == [f"Matriks!A{row}" for row in range(1, len(FORMULAS) + 1)]
    assert found[0] == "Matriks!A1 =1+1: cached 2.0001, oracle 2.0"


def test_a_formula_that_an_oracle_cannot_do_is_no_silent_pass(tmp_path: Path) -> None:
    path = tmp_path / "agregat.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("A").write_formula("A1", "=_xlfn.AGGREGATE(9,6,B1:B3)", None, 0)
    assert len(compare_caches(path, ironcalc_values(path))) == 1


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1.0, 1.0 + 1e-13, True),
        (1.0, 1.0 + 1e-11, False),
        (2450728444.0, 2450728444.0004, True),
        (2450728444.0, 2450728444.01, False),
        (0.0, 1e-10, True),
        (0.0, 1e-8, False),
        (1.0, True, False),
        (0.0, None, False),
        (0.0, "", False),
        ("", None, True),
        (None, None, True),
        ("#N/A", NA, False),
        (NA, NA, True),
        (NA, DIV0, False),
        ("a", "A", False),
        ("1", 1.0, False),
        (True, True, True),
        (True, False, False),
    ],
)
def test_what_counts_as_the_same(one: Value, other: Value, equal: bool) -> None:
    assert same(one, other) is equal
    assert same(other, one) is equal
