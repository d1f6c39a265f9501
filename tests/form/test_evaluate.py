"""Our evaluation of formulas against independent engines, function by function, with every kind of operand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from lakip_xl.cells import DIV0, NUM, VALUE, Cell, ErrorValue, Value
from lakip_xl.form.evaluate import evaluate
from lakip_xl.form.expressions import Const, Expr, Ref, call, text
from lakip_xl.form.functions import FUNCTIONS
from lakip_xl.form.parse import parse
from lakip_xl.form.semantics import matches
from lakip_xl.form.shape import shape
from oracles import ironcalc_values, libreoffice_values, needs_libreoffice, same

# Column A holds one of each kind of value; a blank stands in A1, a formula that gives "" in A2.
OPERANDS: list[Value] = [None, "", 0.0, 1.0, -2.5, 57.0, 1e15, 0.1, "x", "-", "Persen", True, DIV0]

ONE = (
    "{0}+0=0",
    '{0}=""',
    "{0}=0",
    "{0}>100",
    "{0}<=1",
    "ISNUMBER({0})",
    "ISERROR({0})",
    'IFERROR({0},"-")',
    "COUNT({0})",
    "COUNTA({0})",
    "COUNTBLANK({0})",
    'IF(ISNUMBER({0}),{0}*100/57,"-")',
    "LEN({0})",
    "UPPER({0})",
    "TRIM({0})",
    "LEFT({0},2)",
    "ROUND({0},1)",
    "ABS({0})",
    'SUBSTITUTE({0},"e","")',
    "AND(ISNUMBER({0}),TRUE)",
    "OR(ISNUMBER({0}),ISERROR({0}))",
    "NOT(ISNUMBER({0}))",
    '{0}&""',
    'COUNTIF({0}:{0},">0")',
    'COUNTIF({0}:{0},"")',
    "CHOOSE(1,{0},2)",
    "IF(COUNT({0})=1,{0},NA())",
)
TWO = (
    "{0}+{1}",
    "{0}-{1}",
    "{0}*{1}",
    "{0}/{1}",
    "{0}={1}",
    "{0}<{1}",
    "COUNT({0},{1})",
    "SUM({0},{1})",
    'IF(COUNT({0},{1})=2,{0}*100/{1},"-")',
    "{0}&{1}",
)
RANGES = (
    "SUM(A3:A8)",
    "SUM(A1:A13)",
    "SUMSQ(A3:A8)",
    "COUNT(A1:A13)",
    "COUNTA(A1:A13)",
    "COUNTBLANK(A1:A13)",
    "MAX(A1:A12)",
    "MIN(A1:A12)",
    "AVERAGE(A3:A6)",
    "AVERAGE(A1:A2)",
    "LARGE(A1:A12,1)",
    "LARGE(A1:A12,2)",
    "LARGE(A1:A12,9)",
    "ROWS(A3:A8)",
    "INDEX(A1:A12,6)",
    "INDEX(A1:A12,6,1)",
    "INDEX(A1:A12,13)",
    "MATCH(57,A1:A12,0)",
    "MATCH(58,A3:A3,1)",
    'MATCH("X",A1:A12,0)',
    'COUNTIF(A1:A13,">=-9E+307")',
    'COUNTIF(A1:A13,"<1")',
    "COUNTIF(A1:A13,1)",
    'COUNTIF(A1:A13,"persen")',
    'COUNTIF(A1:A13,"<>")',
    'COUNTIFS(A3:A8,">0",A3:A8,"<50")',
    'SUMIF(A1:A12,">0",A1:A12)',
    'SUMIF(A1:A13,"x",A2:A14)',
    'SUMIFS(A1:A12,A1:A12,">0",A1:A12,"<100")',
    "SUM(A14:A20)",
    "IF(FALSE,A13,1)",
    'IFERROR(A13/1,"-")',
    "NA()",
)


def formulas() -> Iterator[str]:
    places = [f"A{row}" for row in range(1, len(OPERANDS) + 1)]
    yield from (template.format(place) for template, place in product(ONE, places))
    yield from (template.format(*pair) for template, pair in product(TWO, product(places[2:], places[2:])))
    yield from RANGES


# Where Excel takes text for a number if the locale allows it, our formulas never ask; evaluation then says #VALUE!.
_ASKED_OF_TEXT = re.compile(r"A(2|9|10|11)\b")


def _comparable(formula: str) -> bool:
    """Formulas that our own could hold: arithmetic on text is always guarded, and text made of a fraction is never asked for."""
    arithmetic = re.search(r"[-+*/]|ROUND|ABS|SUM\(A\d+,", formula)
    if arithmetic and _ASKED_OF_TEXT.search(formula) and "ISNUMBER" not in formula and "COUNT" not in formula:
        return False
    # A truth value as a direct argument counts in SUM and COUNT in one engine, and 1E+15 as text is spelled by each in its own way.
    return not re.search(r"(SUM|COUNT|MAX|MIN)\([^:]*A12\b", formula) and not (
        "A7" in formula and re.search(r"&|LEN|LEFT|UPPER|SUBST", formula)
    )


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    path = tmp_path_factory.mktemp("functions") / "functions.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("S")
    for row, value in enumerate(OPERANDS):
        if isinstance(value, ErrorValue):
            sheet.write_formula(row, 0, "=1/0", None, value.code)
        elif value == "":
            sheet.write_formula(row, 0, '=""', None, "")
        elif value is not None:
            sheet.write(row, 0, value)
    chosen = [formula for formula in formulas() if _comparable(formula)]
    for row, formula in enumerate(chosen):
        sheet.write_formula(row, 2, "=" + formula, None, 0)
    book.close()
    return path, chosen


def ours(formula: str) -> Value:
    expr = parse(formula, "S", {"s": "S"})
    assert expr is not None, formula
    return evaluate(
        expr, lambda cell: OPERANDS[cell.row - 1] if cell.row <= len(OPERANDS) and cell.column == 1 else None
    )


def differences(asked: tuple[Path, list[str]], oracle: dict[tuple[str, int, int], Value]) -> list[str]:
    found = []
    for row, formula in enumerate(asked[1], start=1):
        mine, theirs = ours(formula), oracle.get(("S", row, 3))
        if not same(mine, theirs) and not (mine == 0 and theirs is None):
            found.append(f"={formula}: ours {mine!r}, theirs {theirs!r}")
    return found


def test_ironcalc_computes_the_same(asked: tuple[Path, list[str]]) -> None:
    assert differences(asked, ironcalc_values(asked[0])) == []


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_computes_the_same(asked: tuple[Path, list[str]]) -> None:
    # LibreOffice takes a truth value for a number and gives errors other codes: those it cannot be asked.
    fit = {"A12", "A12:A12", "A1:A12", "A1:A13", "A2:A14"}
    found = differences(asked, libreoffice_values(asked[0]))
    assert [line for line in found if not fit & set(re.findall(r"A\d+(?::A\d+)?", line.partition(": ours")[0]))] == []


def test_every_function_is_asked() -> None:
    used = {name for formula in formulas() for name in re.findall(r"[A-Z]+(?=\()", formula)}
    assert used == set(FUNCTIONS)


def test_all_functions_exist_in_excel_2010_and_none_depends_on_the_locale() -> None:
    known = set(
        "ABS AND AVERAGE CHOOSE COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS IF IFERROR INDEX ISERROR ISNUMBER LARGE LEFT LEN MATCH MAX MIN NA "
        "NOT OR ROUND ROWS SUBSTITUTE SUM SUMIF SUMIFS SUMSQ TRIM UPPER".split()
    )
    assert set(FUNCTIONS) <= known


# -- text -----------------------------------------------------------------------------------------------------------------------


def ref(at: str) -> Expr:
    return Ref(Cell("S", int(at[1:]), ord(at[0]) - 64))


@pytest.mark.parametrize(
    ("expr", "written"),
    [
        (ref("A1") - (ref("A2") - ref("A3")), "A1-(A2-A3)"),
        ((ref("A1") - ref("A2")) - ref("A3"), "A1-A2-A3"),
        ((ref("A1") + 2) * 100 / ref("A2"), "(A1+2)*100/A2"),
        (ref("A1") / (ref("A2") * ref("A3")), "A1/(A2*A3)"),
        (call("IF", ref("A1").eq('say "x"'), True, 0.5), 'IF(A1="say ""x""",TRUE,0.5)'),
        (Const("a") & ref("A1") & 1.0, '"a"&A1&1'),
        (Ref(Cell("Matriks 2024", 7, 2), True, True) * 1e-07, "'Matriks 2024'!$B$7*1e-07"),
    ],
)
def test_the_text_of_an_expression_has_the_brackets_it_needs_and_no_more(expr: Expr, written: str) -> None:
    assert text(expr, "S") == written


@pytest.mark.parametrize(
    "formula", [f for f in RANGES if "!" not in f] + ['IF(A1="","",A1*100/A2)', "-A1+2", "(A1-A2)/A3*100", "50%*A1"]
)
def test_what_is_parsed_means_the_same_when_written_again(formula: str) -> None:
    expr = parse(formula, "S", {"s": "S"})
    assert expr is not None
    again = parse(text(expr, "S"), "S", {"s": "S"})
    assert again == expr


@pytest.mark.parametrize(
    "formula",
    ["VLOOKUP(A1,A1:B2,2,0)", "A1^2", "SUM(Tabel1[Nilai])", "[1]Lain!A1+1", "A:A", "{1,2}", "Nama*2", "A1:B2:C3"],
)
def test_what_is_not_known_is_not_guessed(formula: str) -> None:
    assert parse(formula, "S", {"s": "S"}) is None


def test_shape_forgets_addresses_and_spelling_but_not_words() -> None:
    assert shape('IF(COUNT(F9,$K$9)=2,F9*100/Pengaturan!$B$6,"-")') == shape(
        "IF(COUNT(F12, K12)=2, F12*100/'Lembar Lain'!C1, \"-\")"
    )
    assert shape("IF(TRUE,A1,FALSE)") == shape("IF(TRUE(),B2,FALSE())")
    assert shape('IF(A1="x y","",1)') != shape('IF(A1="xy","",1)')
    assert shape("SUM(A1:A9)") != shape("SUM(A1:A9)+1")


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("ROUND(1/3,1000000000)", 1 / 3),
        ("ROUND(1,-1000000000)", 0.0),
        ("A1&A1", VALUE),
        ('SUBSTITUTE(A1,"x",A1)', VALUE),
        ('LEN(SUBSTITUTE(A1,"x","y"))', 32_767.0),
        ("LEFT(A1,-1)", VALUE),
        ("SUM(B1,B1)", NUM),
        ("AVERAGE(B1,B1)", NUM),
        ('SUMIF(B1:B2,">0",B1:B2)', NUM),
    ],
)
def test_no_formula_asks_for_more_than_excel_would_give(formula: str, value: Value) -> None:
    cells: dict[tuple[int, int], Value] = {(1, 1): "x" * 32_767, (1, 2): 1.5e308, (2, 2): 1.5e308}
    expr = parse(formula, "S", {"s": "S"})
    assert expr is not None
    assert evaluate(expr, lambda cell: cells.get((cell.row, cell.column))) == value


@given(st.text("ab*?", max_size=8), st.text("abc", max_size=8))
def test_wildcards_mean_what_one_pattern_of_them_all_would(operand: str, value: str) -> None:
    pattern = "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in operand)
    expected = re.fullmatch(pattern, value, re.DOTALL | re.IGNORECASE) is not None
    if operand:
        assert matches(operand)(value) is expected
        assert matches("<>" + operand)(value) is not expected


def test_a_criterion_that_fits_in_countless_ways_is_answered() -> None:
    assert not matches("*a" * 30 + "*b")("a" * 32_767)
    assert matches("*a" * 30 + "*b")("a" * 32_766 + "b")


def test_a_formula_of_too_many_cells_is_left_alone() -> None:
    assert parse("SUM(A1:A200000)", "S", {"s": "S"}) is not None
    for formula in ("SUM(A1:A200001)", "SUM(A1:XFD1048576)", "SUM(A1:A150000)+SUM(B1:B150000)"):
        assert parse(formula, "S", {"s": "S"}) is None
