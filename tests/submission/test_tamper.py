"""Any single change of any entered cell of a sealed workbook is caught and named; a change that is no entry is not."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sealed
from lakip_xl import tasks
from lakip_xl.cells import Cell, Value
from lakip_xl.errors import LakipError
from lakip_xl.records import Changes, Records, compare, from_json, to_json
from lakip_xl.tasks.submitting import entered


@cache
def before() -> Records:
    return entered(tasks.examine(sealed.workbook(), name="matriks.xlsx"))


@cache
def cells() -> tuple[tuple[Cell, Value], ...]:
    """Every cell that somebody entered, with what it holds."""
    rows = [(held.cell, held.value) for record in before().rows.values() for held in record.cells.values()]
    return tuple(
        dict([*rows, *((cell, held.value) for cell, held in before().shown.items() if held.formula is None)]).items()
    )


def named(changes: Changes) -> set[Cell]:
    """The cells that the changes name."""
    both = (held.cell for each in changes.changed for held in (each.before, each.after) if held is not None)
    rows = (held.cell for each in (*changes.added, *changes.removed) for held in each.cells.values())
    return {*both, *rows, *(each.cell for each in changes.loose)}


values = st.one_of(
    st.none(),
    st.sampled_from([0.0, 1.0, 100.0, 1e9, 0.5]),
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 2)),
    st.sampled_from(["-", "x", "0", "1.06.01", "Program", "DPPA", "sub kegiatan", "Rp -"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_single_change_is_named(data: st.DataObject) -> None:
    cell, held = data.draw(st.sampled_from(cells()))
    value = data.draw(values.filter(lambda each: each != held))
    book = sealed.changed({(cell.sheet, (cell.row, cell.column)): value})
    try:
        seen = tasks.examine(book, name="matriks.xlsx")
    except LakipError:
        return  # a heading without which the form is not found: one sentence, no verdict
    for old in (before(), from_json(to_json(before()))):
        changes = compare(old, entered(seen))
        assert cell in named(changes), (cell, held, value, changes)


@settings(max_examples=10, deadline=None)
@given(width=st.integers(1, 80), row=st.integers(1, 60), column=st.sampled_from("ABCDEFK"))
def test_widths_heights_and_looks_are_no_entries(width: int, row: int, column: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sealed.workbook()))
    sheet = book["Matriks"]
    sheet.column_dimensions[column].width = width
    sheet.row_dimensions[row].height = width + 8
    sheet[f"{column}{row}"].font = openpyxl.styles.Font(bold=True, color="FF0000")
    out = io.BytesIO()
    book.save(out)
    changes = compare(before(), entered(tasks.examine(out.getvalue(), name="matriks.xlsx")))
    assert not changes.any, changes


def test_nothing_differs_from_itself_nor_from_its_json() -> None:
    assert not compare(before(), before()).any
    assert not compare(from_json(to_json(before())), before()).any


def test_a_heading_of_belanja_that_was_blanked_is_named() -> None:
    cell = Cell("Belanja", 5, 3)
    seen = tasks.examine(sealed.changed({(cell.sheet, (cell.row, cell.column)): None}), name="matriks.xlsx")
    assert cell in named(compare(before(), entered(seen)))
