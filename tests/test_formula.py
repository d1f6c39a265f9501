"""Formula text: copied, compared and searched as Excel would."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from lakip_xl.cells import MAX_COLUMN, MAX_ROW, Area, a1
from lakip_xl.formula import Token, is_date_format, references, relative, rename, shift, tokens, unquote_sheet


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$A1+A$1+$A$1", "B3+$A3+B$1+$A$1"),
        ("SUM(A1:B2,'It''s'!C3)", "SUM(B3:C4,'It''s'!D5)"),
        ('IF(A1="A1","B2 & C3",A1)', 'IF(B3="A1","B2 & C3",B3)'),
        ("SUM(A:A)+SUM($B:C)+SUM(1:$3)", "SUM(B:B)+SUM($B:D)+SUM(3:$3)"),
        ("LOG10(A1)+ATAN2(B1,C1)", "LOG10(B3)+ATAN2(C3,D3)"),
        ("Tabel1[[#This Row],[A1]]+Tabel1[A1]", "Tabel1[[#This Row],[A1]]+Tabel1[A1]"),
        ("Pagu_A1+_A1+A1.x+TW1x", "Pagu_A1+_A1+A1.x+TW1x"),
        ("[1]Lembar!A1+'[buku 2.xlsx]x y'!A1", "[1]Lembar!B3+'[buku 2.xlsx]x y'!B3"),
        ("Jan:Des!A1", "Jan:Des!B3"),
        ("A1:INDEX(B1:B9,C1)", "B3:INDEX(C3:C11,D3)"),
        ("INDEX(A1,1):B2", "INDEX(B3,1):C4"),
        ("1E5+1.5e-3+TRUE+#REF!+Lembar!#REF!", "1E5+1.5e-3+TRUE+#REF!+Lembar!#REF!"),
        ("{1,2;3,4}*A1%", "{1,2;3,4}*B3%"),
        ("XFE1+A1048577", "XFE1+A1048577"),
        ("XFD1+A1048575", "#REF!+#REF!"),
        ("SUM( A1 , B1 )", "SUM( B3 , C3 )"),
        ("a1+aa10", "B3+AB12"),
    ],
)
def test_a_copy_two_rows_down_and_one_column_right(formula: str, moved: str) -> None:
    assert shift(formula, 2, 1) == moved


def test_what_leaves_the_sheet_becomes_an_error() -> None:
    assert shift("B2+$B$2", -2, 0) == "#REF!+$B$2"
    assert shift("B2+$B$2", 0, -2) == "#REF!+$B$2"
    assert shift("SUM(B2:C9,Data!A:B)", -2, -1) == "SUM(#REF!,Data!#REF!)", "an area goes as a whole"
    assert shift("INDEX(A5,1):A1", -2, 0) == "INDEX(A3,1):#REF!"


CELLS = st.builds(a1, st.integers(50, 900), st.integers(30, 600), fixed_row=st.booleans(), fixed_column=st.booleans())
FORMULAS = st.lists(
    st.one_of(
        CELLS, st.builds("{}:{}".format, CELLS, CELLS), st.builds("'L 1'!{}".format, CELLS), st.sampled_from(['"B7"', "$AC:AD", "2.5"])
    ),
    min_size=1, max_size=6,
).map("+".join)  # fmt: skip


@given(FORMULAS, st.integers(-20, 20), st.integers(-20, 20))
def test_shifting_agrees_with_openpyxl(formula: str, rows: int, columns: int) -> None:
    expected = Translator("=" + formula, origin="AZ100").translate_formula(row_delta=rows, col_delta=columns)
    assert "=" + shift(formula, rows, columns) == expected


@given(FORMULAS, st.integers(-20, 20), st.integers(-20, 20))
def test_copies_are_equal_in_relative_form(formula: str, rows: int, columns: int) -> None:
    assert relative(shift(formula, rows, columns), (100 + rows, 40 + columns)) == relative(formula, (100, 40))


@given(FORMULAS)
def test_tokens_join_to_the_formula(formula: str) -> None:
    assert "".join(token.text for token in tokens(formula)) == formula


def test_formulas_that_are_no_copies_differ() -> None:
    assert relative("A1*2", (1, 2)) != relative("A1*2", (2, 2))
    assert relative("$A$1*2", (1, 2)) == relative("$A$1*2", (2, 2)) == "R1C1*2"
    assert relative("A1+SUM(C:C,2:2)", (1, 2)) == "R[0]C[-1]+SUM(C[1]:C[1],R[1]:R[1])"


def test_tokens_are_named() -> None:
    assert tokens('IF(-A1>={1},"x",Pagu)%') == [
        Token("function", "IF("), Token("operator", "-"), Token("reference", "A1"), Token("operator", ">="), Token("array", "{"),
        Token("number", "1"), Token("array", "}"), Token("separator", ","), Token("text", '"x"'), Token("separator", ","),
        Token("reference", "Pagu"), Token("close", ")"), Token("operator", "%"),
    ]  # fmt: skip
    assert [t.kind for t in tokens("(TRUE) +#N/A")] == ["open", "logical", "close", "space", "operator", "error"]


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("SUM(A1:B2)+$C$3", [(None, Area(1, 1, 2, 2)), (None, Area(3, 3, 3, 3))]),
        ("B2:A1", [(None, Area(1, 1, 2, 2))]),
        ("Data!A1+'it''s'!B2:C3", [("Data", Area(1, 1, 1, 1)), ("it's", Area(2, 2, 3, 3))]),
        ("Data!A1:Data!B2+C1", [("Data", Area(1, 1, 2, 2)), (None, Area(1, 3, 1, 3))]),
        ("SUM(A:B)", [(None, Area(1, 1, MAX_ROW, 2))]),
        ("SUM(Data!$3:2)", [("Data", Area(2, 1, 3, MAX_COLUMN))]),
        ("[1]Data!A1+Jan:Des!B1", [("[1]Data", Area(1, 1, 1, 1)), ("Jan:Des", Area(1, 2, 1, 2))]),
        ('"A1"&Tabel[A1]&Pagu&#REF!', []),
        ("A1:B2:C3", [(None, Area(1, 1, 3, 3))]),
    ],
)
def test_references_are_found(formula: str, found: list[tuple[str | None, Area]]) -> None:
    assert references(formula) == found


def test_renaming_touches_sheets_and_tables_only() -> None:
    titles, tables = {"Ringkasan": "Ringkasan LAKIP", "It's": "X"}, {"Tabel1": "Tabel1_2"}
    assert (
        rename("RINGKASAN!$A1+'Ringkasan'!B:B+'It''s'!C1", titles) == "'Ringkasan LAKIP'!$A1+'Ringkasan LAKIP'!B:B+X!C1"
    )
    assert rename('"Ringkasan!A1"&Ringkasan&[1]Ringkasan!A1', titles) == '"Ringkasan!A1"&Ringkasan&[1]Ringkasan!A1'
    assert rename("SUM(Tabel1[a])+Tabel10[a]", titles, tables) == "SUM(Tabel1_2[a])+Tabel10[a]"


@pytest.mark.parametrize("text", ['"abc', "'abc", "A1)", "[x"])
def test_what_is_no_formula_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="not a formula"):
        shift(text, 1, 1)


def test_quotes_come_off_sheet_names() -> None:
    assert [unquote_sheet(t) for t in ("Data", "'it''s'", "'", "''")] == ["Data", "it's", "'", ""]


def test_date_formats_are_known() -> None:
    assert is_date_format("dd/mm/yyyy")
    assert not is_date_format("#,##0.00")


def test_openpyxl_is_loaded_only_when_a_formula_is_looked_at() -> None:
    code = "import sys, lakip_xl.formula, lakip_xl.workbook; print('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
