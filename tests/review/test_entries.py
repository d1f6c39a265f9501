"""What a reviewer writes stays, whatever becomes of rows, columns and findings; what has no place is handed back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xl import review, tasks
from lakip_xl.cells import Cell, Value
from lakip_xl.findings import Finding, Severity
from lakip_xl.review import written
from lakip_xl.review.criteria import CRITERIA
from lakip_xl.review.notes import EXPLAINED, GONE, MOST, MOST_OF_ONE, STALE, WAITING
from lakip_xl.review.page import KEYS, MARKS
from lakip_xl.review.written import ADVICE, CONDITION, CRITERION, NUMBER, REFERENCE, REPLY, STATE
from lakip_xl.rules import catalogue
from lakip_xl.tasks.examining import Examination
from lakip_xl.workbook import Workbook
from reviewed import Made, Moved, built
from workbooks import typed_in

TEXTS = (CONDITION, CRITERION, ADVICE, REPLY)


def again(seen: Examination, made: Made, typed: Mapping[tuple[int, int], Value], **more: Any) -> Made:
    """The sheet built once more, after somebody typed into it; and once more, to show that it stays."""
    after = built(seen, made.sheet(typed), **more)
    assert built(seen, after.sheet(), **more).page == after.page
    return after


def moved(made: Made, place: Any, typed: Mapping[tuple[int, int], Value]) -> Moved:
    """The sheet with each cell moved to where ``place`` says; ``typed`` goes where it stands before."""
    cells = dict(made.sheet(typed).cells) if typed else dict(made.cells)
    return Moved({place(row, column): cell for (row, column), cell in cells.items()})


# -- the checklist --------------------------------------------------------------------------------------------------------------


def test_nothing_of_ours_is_taken_for_the_reviewers(made: Made) -> None:
    assert review.is_ours(made.sheet())
    assert review.foreign(made.sheet()) == ()


def test_answers_and_remarks_stay_by_item(example_seen: Examination, made: Made) -> None:
    typed: dict[tuple[int, int], Value] = {}
    for number, key in enumerate(("I.1", "I.3", "III.10", "LKE.10")):
        typed |= {(made.item(key), STATE): "Tidak", (made.item(key), REPLY): f"Keterangan {number}"}
    after = again(example_seen, made, typed)
    for number, key in enumerate(("I.1", "I.3", "III.10", "LKE.10")):
        row = after.item(key)
        assert (after.value(row, STATE), after.value(row, REPLY)) == ("Tidak", f"Keterangan {number}")


def test_an_answer_that_was_given_to_another_result_says_so(example_seen: Examination, made: Made) -> None:
    noted = made.sheet({(made.item("I.3"), STATE): "Tidak"})
    settled = [replace(finding, explained=True) for finding in example_seen.findings]
    after = built(example_seen, noted, settled)
    assert after.value(after.item("I.3"), REFERENCE) == "Ya: 30 dari 30\n(sebelumnya Sebagian)"
    assert built(example_seen, after.sheet(), settled).page == after.page
    edited = built(example_seen, after.sheet({(after.item("I.3"), STATE): "Ya"}), settled)
    assert edited.value(edited.item("I.3"), REFERENCE) == "Ya: 30 dari 30"


def test_single_fields_stay(example_seen: Examination, made: Made) -> None:
    typed: dict[tuple[int, int], Value] = {}
    for name, columns in written.FIELDS.items():
        for column in columns:
            typed[made.keyed(written.FIELD + name), column] = f"{name} {column}"
    after = again(example_seen, made, typed)
    assert {place: after.value(*place) for place in typed} == typed


# -- the notes ------------------------------------------------------------------------------------------------------------------


def test_notes_are_proposed_from_open_findings_the_gravest_first(example_seen: Examination, made: Made) -> None:
    rows = made.notes()
    codes = [str(made.value(row, REFERENCE)) for row in rows if made.value(row, REFERENCE)]
    assert codes == [
        "AG04 Matriks!N12", "AG06 Matriks!L17", "AG06 Matriks!L16", "AG03 Matriks!O18", "CP03 Matriks!L12", "AG01 Matriks!M26",
        "CP03 Matriks!L45",
    ]  # fmt: skip
    first = made.note("CP03 Matriks!L12")
    assert str(made.value(first, CONDITION)).startswith(
        "Penyediaan Gaji dan Tunjangan ASN: target 30, realisasi 420 (1.400 %)"
    )
    assert str(made.value(first, CRITERION)).startswith(f"{CRITERIA['CP03']} Nilai atau batasnya: 110.\nDasar: ")
    assert "kebiasaan kerja, bukan peraturan" in str(made.value(first, CRITERION))
    assert str(made.value(first, ADVICE)).startswith("Samakan satuan: target 30 dan realisasi 30")
    assert (made.value(first, STATE), made.value(first, REPLY)) == (WAITING, "")
    assert [made.value(row, NUMBER) for row in rows] == [float(n) for n in range(1, 18)]  # seven, and ten blank ones


def test_edits_of_a_note_stay_and_the_rest_follows_the_finding(example_seen: Examination, made: Made) -> None:
    row = made.note("CP03 Matriks!L12")
    typed: dict[tuple[int, int], Value] = {(row, CRITERION): "Satuan sama (Orang).", (row, REPLY): "Akan diperbaiki."}
    after = again(example_seen, made, typed)
    at = after.note("CP03 Matriks!L12")
    assert [after.value(at, column) for column in TEXTS] == [
        made.value(row, CONDITION), "Satuan sama (Orang).", made.value(row, ADVICE), "Akan diperbaiki.",
    ]  # fmt: skip
    other = [
        replace(f, values={**f.values, "realisasi": Decimal(450)}) if (f.code, f.cell.row) == ("CP03", 12) else f
        for f in example_seen.findings
    ]
    changed = built(example_seen, after.sheet(), other)
    at = changed.note("CP03 Matriks!L12")
    assert "realisasi 450" in str(changed.value(at, CONDITION))  # ours, so it follows
    assert (changed.value(at, CRITERION), changed.value(at, REPLY)) == ("Satuan sama (Orang).", "Akan diperbaiki.")
    assert changed.value(at, STATE) == STALE
    assert built(example_seen, changed.sheet(), other).page == changed.page
    seen_to = built(example_seen, changed.sheet({(at, REPLY): "Sudah diperiksa lagi."}), other)
    assert seen_to.value(seen_to.note("CP03 Matriks!L12"), STATE) == WAITING


def test_a_text_of_ours_that_was_emptied_stays_empty(example_seen: Examination, made: Made) -> None:
    after = again(example_seen, made, {(made.note("AG01"), ADVICE): None})
    assert after.value(after.note("AG01"), ADVICE) == ""
    assert after.value(after.note("AG01"), CONDITION) != ""


def test_a_note_whose_finding_is_gone_stays_where_somebody_wrote_in_it(example_seen: Examination, made: Made) -> None:
    row, untouched = made.note("AG01"), made.note("AG03")
    assert untouched
    rest = [f for f in example_seen.findings if f.code not in ("AG01", "AG03")]
    after = built(example_seen, made.sheet({(row, REPLY): "Sudah dinolkan."}), rest)
    kept = next(r for r in after.notes() if after.value(r, STATE) == GONE)
    assert [after.value(kept, c) for c in (CONDITION, REFERENCE, REPLY)] == [
        made.value(row, CONDITION), "AG01", "Sudah dinolkan.",
    ]  # fmt: skip
    assert not any(str(after.value(r, REFERENCE)).startswith("AG03") for r in after.notes())
    assert review.foreign(after.sheet()) == ()
    assert built(example_seen, after.sheet(), rest).page == after.page
    back = built(example_seen, after.sheet())
    assert (back.value(back.note("AG01 "), STATE), back.value(back.note("AG01 "), REPLY)) == (
        WAITING,
        "Sudah dinolkan.",
    )


def test_a_finding_that_was_explained_is_no_longer_open(example_seen: Examination, made: Made) -> None:
    row = made.note("AG01")
    told = [replace(f, explained=f.code == "AG01") for f in example_seen.findings]
    after = built(example_seen, made.sheet({(row, REPLY): "Benar."}), told)
    assert after.value(after.note("AG01"), STATE) == EXPLAINED
    assert not any(str(value).startswith("AG01") for value in (made_value(built(example_seen, None, told))))


def made_value(made: Made) -> list[Value]:
    return [made.value(row, REFERENCE) for row in made.notes()]


def test_own_rows_stay_where_they_are(example_seen: Examination, made: Made) -> None:
    own, after_second = made.own(), made.notes()[1]
    lower = moved(
        made, lambda row, column: (row + 1 if row > after_second else row, column), {(own, CONDITION): "Di bawah"}
    )
    typed = made.sheet(
        {(own, CONDITION): "Disisipkan", (own, NUMBER): "2a", (own, REFERENCE): "LHR lalu", (own, STATE): "selesai"}
    )
    for column in (CONDITION, NUMBER, REFERENCE, STATE):
        lower.cells[after_second + 1, column] = typed.cells[own, column]
    assert review.foreign(lower) == ()
    after = built(example_seen, lower)
    rows = after.notes()
    assert [after.value(rows[2], c) for c in (NUMBER, CONDITION, REFERENCE, STATE)] == [
        "2a", "Disisipkan", "LHR lalu", "selesai",
    ]  # fmt: skip
    assert after.value(rows[8], CONDITION) == "Di bawah"
    assert [str(after.value(row, REFERENCE))[:4] for row in rows[:8]] == [
        "AG04", "AG06", "LHR ", "AG06", "AG03", "CP03", "AG01", "CP03",
    ]  # fmt: skip
    assert built(example_seen, after.sheet()).page == after.page


@pytest.mark.parametrize("with_keys", [True, False], ids=["all columns", "the columns that people see"])
def test_sorted_rows_keep_what_belongs_to_them(example_seen: Examination, made: Made, with_keys: bool) -> None:
    rows = made.notes()
    typed: dict[tuple[int, int], Value] = {(row, REPLY): f"Tanggapan {made.value(row, REFERENCE)}" for row in rows[:7]}
    typed |= {(rows[3], CONDITION): "Kondisi sendiri", (rows[8], CONDITION): "Catatan sendiri"}
    first, last = rows[0], rows[-1]

    def backwards(row: int, column: int) -> tuple[int, int]:
        sorts = first <= row <= last and (with_keys or column < KEYS)
        return (first + last - row if sorts else row), column

    sheet = moved(made, backwards, typed)
    assert review.foreign(sheet) == ()
    after = built(example_seen, sheet)
    found = [row for row in after.notes() if after.value(row, REPLY)]
    assert [after.value(row, REPLY) for row in found] == [f"Tanggapan {after.value(row, REFERENCE)}" for row in found]
    assert [after.value(row, CONDITION) for row in found][3] == "Kondisi sendiri"
    assert len(found) == 7
    assert [r for r in after.notes() if after.value(r, CONDITION) == "Catatan sendiri"] == [found[0] - 1]
    assert built(example_seen, after.sheet()).page == after.page


def test_inserted_columns_and_rows_above_do_no_harm(example_seen: Examination, made: Made) -> None:
    row = made.note("AG04")
    typed: dict[tuple[int, int], Value] = {(row, REPLY): "Tanggapan", (made.item("I.1"), STATE): "Ya"}
    wanted = built(example_seen, made.sheet(typed)).page
    for place in (
        lambda r, c: (r, c + 1 if c > 3 else c),
        lambda r, c: (r, c + 2),
        lambda r, c: (r + 3, c),
    ):
        sheet = moved(made, place, typed)
        assert review.foreign(sheet) == ()
        assert built(example_seen, sheet).page == wanted


def test_a_copied_row_becomes_one_of_the_reviewers_own(example_seen: Examination, made: Made) -> None:
    source, target = made.note("AG04"), made.own()
    typed = made.sheet({(source, REPLY): "Tanggapan"})
    cells = dict(typed.cells)
    cells |= {(target, column): cells[source, column] for column in range(1, MARKS + 1) if (source, column) in cells}
    after = built(example_seen, Moved(cells))
    twice = [row for row in after.notes() if after.value(row, REPLY) == "Tanggapan"]
    assert [after.value(row, STATE) for row in twice] == [WAITING, WAITING]  # all of it is a copy
    assert after.value(twice[1], CONDITION) == made.value(source, CONDITION)
    assert built(example_seen, after.sheet()).page == after.page


def test_the_table_is_capped_and_says_what_it_leaves_out(example_seen: Examination) -> None:
    pattern = next(f for f in example_seen.findings if f.code == "AG04")

    def finding(code: str, number: int) -> Finding:
        return replace(pattern, code=code, cell=Cell("Matriks", 7 + number, 14), record=f"baris {number}", rupiah=None)

    codes = ["AG04"] * 30 + [code for code in ("IS16", "ST05", "HR03", "IS21", "CP06") for _ in range(2)]
    many = [finding(code, n) for n, code in enumerate(codes) if code == "AG04"]
    made = built(example_seen, None, many)
    assert sum(bool(made.value(row, REFERENCE)) for row in made.notes()) == MOST_OF_ONE
    end = made.keyed(written.END)
    assert made.value(end, 1) == "… dan 27 lainnya (27 AG04), lihat Catatan Perbaikan."
    # A note with entries stays, also where others are graver.
    later = many[MOST_OF_ONE - 1]
    row = made.note(f"AG04 Matriks!{later.cell.a1}")
    graver = [replace(f, rupiah=Decimal(10**9)) if f is not later else f for f in many]
    after = built(example_seen, made.sheet({(row, REPLY): "Tanggapan"}), graver)
    assert after.value(after.note(f"AG04 Matriks!{later.cell.a1}"), REPLY) == "Tanggapan"
    assert sum(bool(after.value(row, REFERENCE)) for row in after.notes()) == MOST_OF_ONE + 1
    assert built(example_seen, after.sheet(), graver).page == after.page
    assert MOST > MOST_OF_ONE


def test_every_rule_that_becomes_a_note_has_its_criterion() -> None:
    wanted = {
        rule.code
        for rule in catalogue.RULES
        if any(severity in (Severity.ERROR, Severity.WARNING) for severity in rule.severity.values())
        and not rule.code.startswith("RK")  # found against a ledger, never in a workbook alone
    }
    assert wanted == set(CRITERIA)


def test_information_is_no_note(example_seen: Examination) -> None:
    made = built(example_seen, None, [f for f in example_seen.findings if f.severity is Severity.INFO])
    assert not any(made.value(row, CONDITION) for row in made.notes())
    assert made.value(made.keyed(written.END), 1) == "Semua catatan yang belum selesai sudah termuat di atas."


# -- what has no place ----------------------------------------------------------------------------------------------------------


def test_what_stands_elsewhere_is_handed_back(made: Made) -> None:
    for place in (
        (1, 1),
        (made.item("I.3"), CONDITION),
        (made.item("I.3") + 1, CRITERION),
        (made.note("AG04"), STATE),
        (200, 3),
        (12, 30),
    ):
        found = review.foreign(made.sheet({place: "catatan saya"}))
        assert [(f.row, f.column, f.value) for f in found] == [(*place, "catatan saya")]


def test_a_formula_of_the_reviewers_leaves_its_value_and_is_handed_back(example_seen: Examination, made: Made) -> None:
    row = made.own()
    book = Workbook.from_bytes(made.page, "reviu.xlsx")
    book.sheet(review.TITLE).write((row, CONDITION), value="Gaji", formula="Matriks!C12")
    sheet = book.sheet(review.TITLE)
    found = review.foreign(sheet)
    assert [(f.row, f.column, f.formula) for f in found] == [(row, CONDITION, "Matriks!C12")]
    after = built(example_seen, sheet)
    assert [after.value(r, CONDITION) for r in after.notes()][7] == "Gaji"


def test_a_sheet_without_our_keys_is_all_the_users(made: Made) -> None:
    bare = Moved({place: cell for place, cell in made.cells.items() if place[1] < KEYS})
    assert not review.is_ours(bare)
    assert len(review.foreign(bare)) == sum(
        cell.value not in (None, "") or bool(cell.formula) for cell in bare.cells.values()
    )


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=20,
)
_VALUE: st.SearchStrategy[Value] = st.one_of(
    _TEXT, st.floats(-1e9, 1e9).map(lambda n: round(n, 3)), st.booleans(), st.just("=1+1")
)


def test_no_entry_is_ever_lost(example_seen: Examination, made: Made) -> None:
    last = made.keyed(written.FIELD + "nama") + 2
    sheet = made.sheet()
    open_cells = [
        (row, column) for row in range(1, last) for column in range(1, KEYS) if not sheet.is_bound((row, column))
    ]
    codes = sorted({finding.code for finding in example_seen.findings})

    @settings(max_examples=60, deadline=None)
    @given(
        typed=st.dictionaries(st.sampled_from(open_cells), _VALUE, min_size=1, max_size=8),
        dropped=st.sets(st.sampled_from(codes), max_size=3),
    )
    def kept(typed: dict[tuple[int, int], Value], dropped: set[str]) -> None:
        _is_kept(example_seen, made, typed, dropped)

    kept()


def _is_kept(seen: Examination, made: Made, typed: dict[tuple[int, int], Value], dropped: set[str]) -> None:
    findings = [f for f in seen.findings if f.code not in dropped]
    sheet = made.sheet(typed)
    handed = {(f.row, f.column) for f in review.foreign(sheet)}
    after = built(seen, sheet, findings)
    shown = [cell.value for (_, column), cell in after.cells.items() if column < KEYS]
    running = {row for row in made.notes() if made.value(row, CONDITION) == ""}
    for (row, column), value in typed.items():
        held = sheet.cells[row, column].value
        if held in (None, "") or (column == NUMBER and row in running and isinstance(held, float) and held % 1 == 0):
            continue
        assert (row, column) in handed or any(type(each) is type(held) and each == held for each in shown), (
            row,
            column,
            value,
        )
    assert built(seen, after.sheet(), findings).page == after.page
    assert review.foreign(after.sheet()) == ()


def test_a_truth_value_in_place_of_a_number_is_kept(example_seen: Examination, made: Made) -> None:
    row = made.notes()[0]
    for value in (True, False):
        _is_kept(example_seen, made, {(row, NUMBER): value}, set())


def test_an_empty_workbook_has_the_sheet_too() -> None:
    made = built(tasks.examine(typed_in({"matriks": []})))
    assert review.foreign(made.sheet()) == ()
    assert [made.value(made.item(key), REFERENCE) for key in ("I.1", "I.2", "III.1")] == ["—", "Tidak", "—"]
