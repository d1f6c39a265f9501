"""Whatever is written reads back, here and in other readers, and leaves every other cell's bytes alone."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
import python_calamine
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lakip_xl.cells import DIV0, NA, a1
from lakip_xl.errors import LakipError
from lakip_xl.workbook import Workbook
from lakip_xl.workbook.patching import Edit, patch, patched_plain
from lakip_xl.workbook.plain import plain_bounds
from workbook_samples import MAIN, office, parts, raw, zipped

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=20)
VALUES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**15), 10**15).map(float),
    st.booleans(),
    st.sampled_from([DIV0, NA]),
    TEXTS,
)
PLACES = st.tuples(st.integers(1, 9), st.integers(1, 7))
EDITS = st.dictionaries(
    PLACES, st.tuples(VALUES, st.sampled_from([None, "SUM(A1:B2)", 'IF(A1>"<&",1,2)'])), max_size=12
)
STARTING = st.dictionaries(PLACES, st.sampled_from(["plain", "styled", "text", "none"]), max_size=20)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A sheet written in one of many ways: prefixed or not, with and without addresses, with gaps between the elements."""
    cells = draw(STARTING)
    p = draw(st.sampled_from(["", "x:"]))
    gap = draw(st.sampled_from(["", "\n  ", "<!-- c -->"]))
    rows = []
    for row in sorted({r for r, _ in cells}):
        made = []
        for column in sorted(c for r, c in cells if r == row):
            kind = cells[row, column]
            where = f' r="{a1(row, column)}"'
            made.append({
                "plain": f"<{p}c{where}><{p}v>{row * column}</{p}v></{p}c>", "styled": f"<{p}c{where}/>",
                "text": f'<{p}c{where} t="inlineStr"><{p}is><{p}t>a&amp;b</{p}t></{p}is></{p}c>', "none": f"<{p}c{where} ></{p}c>",
            }[kind])  # fmt: skip
        rows.append(f'<{p}row r="{row}" spans="1:7">{gap}{gap.join(made)}</{p}row>')
    name = f"xmlns:{p[:-1]}" if p else "xmlns"
    return raw(f'<{p}worksheet {name}="{MAIN}">{gap}<{p}sheetData>{gap.join(rows)}</{p}sheetData></{p}worksheet>')


def apply(book: bytes, edits: dict) -> bytes:  # type: ignore[type-arg]
    workbook = Workbook.from_bytes(book)
    for place, (value, formula) in edits.items():
        workbook.sheet("Data").write(place, value=value, formula=formula)
    return workbook.to_bytes()


@settings(max_examples=150, deadline=None)
@given(sheets(), EDITS)
def test_edits_read_back_and_the_rest_stays(book: bytes, edits: dict) -> None:  # type: ignore[type-arg]
    before = Workbook.from_bytes(book).sheet("Data").cells
    after = Workbook.from_bytes(apply(book, edits)).sheet("Data").cells
    for place, (value, formula) in edits.items():
        assert (after[place].value, after[place].formula) == (value, formula)
        assert type(after[place].value) is type(value)
    assert {place: cell for place, cell in after.items() if place not in edits} == {
        place: cell for place, cell in before.items() if place not in edits
    }


@settings(max_examples=60, deadline=None)
@given(sheets(), EDITS)
def test_other_readers_agree(book: bytes, edits: dict) -> None:  # type: ignore[type-arg]
    after = apply(book, edits)
    mine = Workbook.from_bytes(after).sheet("Data")
    shown = openpyxl.load_workbook(io.BytesIO(after), data_only=True)["Data"]
    written = openpyxl.load_workbook(io.BytesIO(after))["Data"]
    rows = python_calamine.load_workbook(io.BytesIO(after)).get_sheet_by_name("Data").to_python(skip_empty_area=False)
    for (row, column), cell in mine.cells.items():
        if isinstance(cell.value, (float, bool)):
            assert shown.cell(row, column).value == cell.value
            assert rows[row - 1][column - 1] == cell.value
        elif isinstance(cell.value, str) and cell.value.isprintable() and "_x" not in cell.value:
            assert (shown.cell(row, column).value or "") == cell.value
            assert rows[row - 1][column - 1] == cell.value
        if cell.formula is not None:
            assert written.cell(row, column).value == "=" + cell.formula


@settings(max_examples=150, deadline=None)
@given(sheets(), EDITS)
def test_the_quick_way_writes_the_bytes_that_the_other_writes(book: bytes, edits: dict) -> None:  # type: ignore[type-arg]
    data = parts(book)["xl/worksheets/sheet1.xml"]
    meant = {
        place: Edit(
            len(value) % 3 if isinstance(value, str) else 0, not (isinstance(value, bool) and value), value, formula
        )
        for place, (value, formula) in edits.items()
    }
    bounds = plain_bounds(data)
    assume(bounds is not None)  # the rest is written the other way alone
    pieces = patched_plain(data, bounds, meant, "Data", lambda shell: shell)
    assert b"".join(pieces) == patch(data, meant, "Data")


@settings(max_examples=60, deadline=None)
@given(sheets(), EDITS)
def test_doing_it_twice_is_doing_it_once(book: bytes, edits: dict) -> None:  # type: ignore[type-arg]
    once = apply(book, edits)
    assert apply(once, edits) == once


@settings(max_examples=40, deadline=None)
@given(st.tuples(st.integers(2, 12), st.integers(1, 4)), VALUES)
def test_writing_and_restoring_leaves_the_bytes_of_every_other_cell(place: tuple[int, int], value: object) -> None:
    before = Workbook.from_bytes(office()).sheet("Data").cell(place)
    there = apply(office(), {place: (value, None)})
    back = apply(there, {place: (before.value, before.formula)})
    others = re.compile(rb'<c r="(?!%b")[^>]*?(?:/>|>.*?</c>)' % a1(*place).encode())
    original, restored = (parts(book)["xl/worksheets/sheet1.xml"] for book in (office(), back))
    assert others.findall(original) == others.findall(restored)
    assert Workbook.from_bytes(back).sheet("Data").cell(place) == before


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_bytes_are_a_sentence_never_a_traceback(data: st.DataObject) -> None:
    contents = parts(office())
    name = data.draw(st.sampled_from(sorted(contents)))
    broken = bytearray(contents[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"<", b'"', b"&x;", b"]]>", b"9" * 30])
        )
    try:
        book = Workbook.from_bytes(zipped(contents | {name: bytes(broken)}))
        for title in book.sheet_names[:3]:
            sheet = book.sheet(title)
            assert all(cell.formula is None or cell.formula is not None for cell in sheet.cells.values())
            _ = sheet.comments, book.facts
        book.sheet("Data").write("B2", value=1)
        book.to_bytes()
    except LakipError as error:
        assert error.text.id


@st.composite
def addressed(draw: st.DrawFn) -> tuple[bytes, dict[tuple[int, int], float], set[int], set[int], bool]:
    """Cells written in every way that has an address or implies one: the sheet, its cells, hidden rows and columns, in order?"""
    cells = {place: float(n) for n, place in enumerate(draw(st.lists(PLACES, unique=True, max_size=15)))}
    hidden_rows, hidden_columns = draw(st.sets(st.integers(1, 9))), draw(st.sets(st.integers(1, 7)))
    p = draw(st.sampled_from(["", "x:"]))
    numbers = sorted({row for row, _ in cells})
    shuffled = draw(st.permutations(numbers)) if draw(st.booleans()) else numbers
    rows, last = [], 0
    for row in shuffled:
        made, before = [], 0
        for column in sorted(c for r, c in cells if r == row):
            implied = column == before + 1 and draw(st.booleans())
            address = "" if implied else f' r="{a1(row, column)}"'
            made.append(f"<{p}c{address}><{p}v>{cells[row, column]:.0f}</{p}v></{p}c>")
            before = column
        number = "" if row == last + 1 and draw(st.booleans()) else f' r="{row}"'
        hidden = ' hidden="1"' if row in hidden_rows else ""
        rows.append(f"<{p}row{number}{hidden}>{''.join(made)}</{p}row>")
        last = row
    columns = "".join(f'<{p}col min="{c}" max="{c}" hidden="1"/>' for c in sorted(hidden_columns))
    cols = f"<{p}cols>{columns}</{p}cols>" if columns else ""
    merged = f'<{p}mergeCells count="1"><{p}mergeCell ref="J1:L3"/></{p}mergeCells>' if draw(st.booleans()) else ""
    name = f"xmlns:{p[:-1]}" if p else "xmlns"
    inside = f"{cols}<{p}sheetData>{''.join(rows)}</{p}sheetData>{merged}"
    sheet = raw(f'<{p}worksheet {name}="{MAIN}">{inside}</{p}worksheet>')
    return sheet, cells, hidden_rows, hidden_columns, list(shuffled) == numbers


@settings(max_examples=150, deadline=None)
@given(addressed())
def test_addresses_survive_however_they_are_written(drawn) -> None:  # type: ignore[no-untyped-def]
    data, cells, hidden_rows, hidden_columns, ordered = drawn
    book = Workbook.from_bytes(data)
    sheet = book.sheet("Data")
    assert {place: cell.value for place, cell in sheet.cells.items()} == cells
    for (row, column), cell in sheet.cells.items():
        assert cell.hidden == (row in hidden_rows or column in hidden_columns)
    if not ordered:
        with pytest.raises(LakipError, match="tidak berurutan"):
            sheet.write((10, 1), value=-1)
        return
    places = {(1, 1): -1.0, (5, 4): -2.0, (10, 8): -3.0}
    for place, value in places.items():
        sheet.write(place, value=value)
    after = book.to_bytes()
    assert {p: c.value for p, c in Workbook.from_bytes(after).sheet("Data").cells.items()} == cells | places
    shown = openpyxl.load_workbook(io.BytesIO(after))["Data"]
    assert {
        (c.row, c.column): c.value for row in shown.iter_rows() for c in row if c.value is not None
    } == cells | places
