"""Levels where no row has a code: what numbers, bold type and the office's own formulas tell, and what stays untold."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl import load_workbook
from openpyxl.styles import Font

from lakip_xl import tasks
from lakip_xl.findings import Finding
from lakip_xl.rules.catalogue import render

PLAN = (
    ("program", "PROGRAM PENUNJANG", 0),
    ("kegiatan", "Administrasi Keuangan", 0),
    ("sub kegiatan", "Gaji", 3_150),
    ("sub kegiatan", "Penatausahaan", 48),
    ("kegiatan", "Administrasi Umum", 0),
    ("sub kegiatan", "Peralatan", 75),
    ("sub kegiatan", "Logistik", 32),
    ("sub kegiatan", "Rapat", 120),
    ("program", "PROGRAM DESTINASI", 0),
    ("kegiatan", "Pengelolaan", 0),
    ("sub kegiatan", "Pengembangan", 890),
    ("sub kegiatan", "Pemeliharaan", 215),
    ("sub kegiatan", "Pendaftaran", 15),
    ("program", "PROGRAM PEMASARAN", 0),
    ("kegiatan", "Pemasaran", 0),
    ("sub kegiatan", "Festival", 450),
    ("sub kegiatan", "Promosi", 60),
)
FIRST = 3
DEPTH = {"program": 0, "kegiatan": 1, "sub kegiatan": 2}
ROMAN = ("I", "II", "III", "IV", "V")
Numbers = Callable[[list[int], int], object]


def letters_then_figures(at: list[int], depth: int) -> object:
    return ("ABC"[at[0] - 1], at[1], "abcdef"[at[2] - 1])[depth]


def roman(at: list[int], depth: int) -> object:
    return (ROMAN[at[0] - 1], f"{at[1]}.", f"{'abcdef'[at[2] - 1]}.")[depth]


def parts(at: list[int], depth: int) -> object:
    return (at[0], float(f"{at[0]}.{at[1]}"), f"{at[0]}.{at[1]}.{at[2]}")[depth]


def below_programs(at: list[int], depth: int) -> object:
    return (None, at[1], f"{at[2]})")[depth]


SCHEMES = {"A 1 a": letters_then_figures, "I 1. a.": roman, "1 1.1 1.1.1": parts, "1 1)": below_programs}


def book(
    numbers: Numbers | None, *, bold: bool = False, formulas: bool = False, sets: dict[str, object] | None = None
) -> bytes:
    """The plan under headings; the sums as figures, or as formulas with their results unsaved; ``sets`` puts other cells into it."""
    made = OpenpyxlWorkbook()
    sheet = made.active
    sheet.append(["DINAS"])
    sheet.append(["NO", "URAIAN", "INDIKATOR", "TARGET", "REALISASI", "ANGGARAN", "REALISASI ANGGARAN"])
    at = [0, 0, 0]
    rows = list(enumerate(PLAN, start=FIRST))
    for row, (level, name, money) in rows:
        depth = DEPTH[level]
        at = [*at[:depth], at[depth] + 1, 0, 0][:3]
        later = [(other, kind) for other, (kind, _, _) in rows if other > row]
        end = next((other for other, kind in later if DEPTH[kind] <= depth), FIRST + len(PLAN))
        below = [other for other, kind in later if other < end and DEPTH[kind] == depth + 1]
        for column, letter in ((6, "F"), (7, "G")):
            total = sum(PLAN[other - FIRST][2] for other in range(row, end)) * 1_000_000
            span = f"=SUM({letter}{row + 1}:{letter}{end - 1})"
            text = span if depth else "=" + "+".join(f"{letter}{other}" for other in below)
            sheet.cell(row, column, text if formulas and not money else total)
        for column, value in enumerate((numbers and numbers(at, depth), name, "Dokumen", 2, 2), start=1):
            sheet.cell(row, column, value)
        if bold and depth < 2:
            sheet.cell(row, 2).font = Font(bold=True)
    for cell, value in (sets or {}).items():
        sheet[cell] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def judged(data: bytes) -> tuple[list[str], list[Finding]]:
    seen = tasks.examine(data)
    return [row.level for row in seen.document.matrix.rows], seen.findings


LEVELS = [level for level, _, _ in PLAN]
# Pengelolaan in row 12 holds the rows 13 to 15; Umum in row 7 the rows 8 to 10.
FAULTS = {
    "sound": ({}, set()),
    "a total typed wrongly": ({"F12": 1_000_000_000}, {("HR01", "F12")}),
    "a number kept as text": ({"G9": "32.000.000"}, set()),
    "nothing fits": ({"F4": 1_000_000, "F7": 2_000_000, "F12": 3_000_000, "F17": 4_000_000},
                     {("HR01", "F4"), ("HR01", "F7"), ("HR01", "F12"), ("HR01", "F17")}),
}  # fmt: skip


def structural(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(f.code, f.cell.a1) for f in findings if f.code in ("ST07", "ST15", "HR01", "HR02")}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_tell_the_level_whatever_the_figures(scheme: str, bold: bool, fault: str) -> None:
    sets, expected = FAULTS[fault]
    levels, findings = judged(book(SCHEMES[scheme], bold=bold, sets=sets))
    assert levels == LEVELS
    seen = structural(findings)
    assert expected <= seen
    # A wrong total is wrong in the sum above it, too, where that was typed.
    assert {place for place in seen - expected if place[0] != "HR01"} == set()


@pytest.mark.parametrize("numbers", [None, letters_then_figures], ids=["no numbers", "numbers"])
@pytest.mark.parametrize("missed", ["=SUM(F13:F14)", "=F13+F14"])
def test_a_formula_that_misses_a_row_is_one_finding_at_its_cell(missed: str, numbers: Numbers | None) -> None:
    levels, findings = judged(book(numbers, bold=True, formulas=True, sets={"F12": missed}))
    assert levels == LEVELS
    assert structural(findings) == {("HR01", "F12")}
    assert {cell.a1 for f in findings if f.code == "HR01" for cell in f.related} >= {"F15"}


def test_formulas_alone_tell_what_adds_up_and_what_is_added_up() -> None:
    levels, findings = judged(book(None, formulas=True))
    assert levels == LEVELS
    assert structural(findings) == set()


def test_a_row_that_no_formula_names_and_nothing_else_tells_stays_untold() -> None:
    levels, findings = judged(book(None, formulas=True, sets={"F12": "=SUM(F13:F14)", "G12": "=SUM(G13:G14)"}))
    assert levels == [*LEVELS[:12], "", *LEVELS[13:]]
    assert ("ST07", "B15") in structural(findings)


@pytest.mark.parametrize("sets", [{"A8": "c"}, {"A10": "x"}, {"A12": 2}, {"A14": "a"}, {"A7": "II"}])
def test_numbers_that_do_not_go_on_tell_nothing(sets: dict[str, object]) -> None:
    wrong = {"F4": 1_000_000, "F7": 2_000_000, "F12": 3_000_000, "F17": 4_000_000}
    levels, findings = judged(book(letters_then_figures, bold=True, sets={**sets, **wrong}))
    assert set(levels) == {"program", ""}
    assert "ST07" in {f.code for f in findings}


def test_a_list_that_counts_its_rows_tells_nothing() -> None:
    running = {f"A{row}": row - FIRST + 1 for row in range(FIRST, FIRST + len(PLAN))}
    levels, _ = judged(book(letters_then_figures, sets={**running, "F4": 1, "F7": 2, "F12": 3, "F17": 4}))
    assert set(levels) == {"program", ""}


@pytest.mark.parametrize(
    ("sets", "told"),
    [
        ({}, True),
        ({"F7": 1_000_000}, True),
        ({f"{letter}{row}": None for letter in "FG" for row in range(3, 11)}, False),
    ],
    ids=["the figures fit", "they contradict the look", "no figures"],
)
def test_a_number_and_a_look_that_differ_tell_nothing_unless_the_figures_decide(
    sets: dict[str, object], told: bool
) -> None:
    made = load_workbook(io.BytesIO(book(letters_then_figures, bold=True, sets=sets)))
    made.active["B9"].font = Font(bold=True)
    out = io.BytesIO()
    made.save(out)
    levels, findings = judged(out.getvalue())
    assert levels == [*LEVELS[:6], LEVELS[6] if told else "", *LEVELS[7:]]
    assert (("ST07", "B9") in structural(findings)) != told


def test_the_remedy_can_be_followed_where_there_is_neither_kode_nor_tingkat() -> None:
    wrong: dict[str, object] = {"F4": 1_000_000, "F7": 2_000_000, "F12": 3_000_000, "F17": 4_000_000}
    data = book(None, sets=wrong)
    lost = next(f for f in judged(data)[1] if f.code == "ST07")
    for language, words in (
        ("id", ("Tambahkan kolom berjudul TINGKAT", "setiap baris")),
        ("en", ("Add a column headed TINGKAT",)),
    ):
        assert all(word in render(lost, language).remedy for word in words)
    column = {"H2": "TINGKAT", **{f"H{FIRST + place}": level for place, level in enumerate(LEVELS)}}
    levels, findings = judged(book(None, sets={**wrong, **column}))
    assert levels == LEVELS
    assert {place for place in structural(findings) if place[0].startswith("ST")} == set()
    some = judged(book(None, sets={"H2": "TINGKAT", "H3": "program"}))[1]
    assert "pilih TINGKAT." in render(next(f for f in some if f.code == "ST07"), "id").remedy
