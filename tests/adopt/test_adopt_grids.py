"""Whatever the grid: each cell that is not blank has exactly one fate, and what was placed stands in the new workbook."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xl import template
from lakip_xl.adopt import adopt
from lakip_xl.adopt.align import align, align_loose
from lakip_xl.adopt.book import target_row, write
from lakip_xl.adopt.model import ERROR, FORMULA, HEADING, PLACED, UNPLACED, Adoption
from lakip_xl.cells import DIV0, Value
from lakip_xl.errors import LakipError, MissingForm
from lakip_xl.form.edition_e81 import E81
from lakip_xl.form.editions import NEWEST
from lakip_xl.sources import reading as sources
from lakip_xl.sources.grid import Grid, grid_rows
from lakip_xl.table.hints import hints
from lakip_xl.table.partition import only_way
from lakip_xl.workbook import CellData, Workbook

UNHURRIED = settings(deadline=None)  # how long an example takes depends on what else the machine does

HEAD = ["NO", "URAIAN", "INDIKATOR", "TARGET", "REALISASI", "ANGGARAN", "REALISASI ANGGARAN", "%"]
NUMBERS = ["1", "3", "4", "6", "11", "13", "14", "15"]
PROGRAM = ["1", "PROGRAM REHABILITASI SOSIAL", "Persentase PMKS yang berdaya", 81.0, 81.0, 300.0, 250.0, 83.33]
KEGIATAN = [None, "Rehabilitasi Sosial Dasar", None, None, None, 300.0, 250.0, None]
ONE = [None, "Penyediaan Permakanan", "Jumlah Orang", 30.0, 30.0, 100.0, 100.0, 100.0]
TWO = [None, "Penyediaan Alat Bantu", "Jumlah Orang", 10.0, 10.0, 200.0, 150.0, 75.0]


def grid(*lines: list[Value]) -> Grid:
    rows = {
        row: {column: CellData(value) for column, value in enumerate(line, start=1) if value is not None}
        for row, line in enumerate(lines, start=1)
    }
    return Grid("Matrik", grid_rows(rows))


def taken(*lines: list[Value]) -> Adoption:
    return adopt([[grid(HEAD, *lines)]])


VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.sampled_from(["Rp 1.000", "Rp -", "-", "97,00", "1.234", "5 Org", "#DIV/0!", "=1+1", "+62", "@nama", "JUMLAH", "%",
                     "PROGRAM SATU", "Kegiatan Dua", "Jumlah Dokumen", "TARGET", "1.06.01", "\u00a0", "a\u0001b"]),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.integers(-5, 10**9).map(float),
    st.booleans(),
    st.just(DIV0),
    st.text(max_size=6),
)  # fmt: skip
LINES = st.one_of(
    st.lists(VALUES, max_size=11),
    st.sampled_from([HEAD, NUMBERS, PROGRAM, KEGIATAN, ONE, [None, *TWO], TWO[1:]]),
    st.builds(lambda line, at: [*line[:at], None, *line[at:]], st.sampled_from([PROGRAM, KEGIATAN, ONE]), st.integers(0, 8)),
)  # fmt: skip


@UNHURRIED
@given(st.lists(LINES, max_size=8), st.lists(LINES, max_size=2))
def test_every_cell_has_one_fate(below: list[list[Value]], above: list[list[Value]]) -> None:
    source = grid(*above, HEAD, *below)
    try:
        found = adopt([[source]])
    except MissingForm:
        return  # another line of the grid has more of the form's headings, but not those that it cannot do without
    there = {(row, column) for row, cells in source.rows.items() for column in cells}
    assert set(found.fates) == there  # settle() refuses a second fate for one cell
    written = Counter(found.fates.values())[PLACED]
    assert written == sum(len(row.values) for row in found.rows)
    listed = {(lost.row, lost.column) for lost in found.unplaced}
    for (row, column), fate in found.fates.items():
        if fate == UNPLACED:
            assert (row, column) in listed or (row, 0) in listed


@UNHURRIED
@given(st.lists(LINES, max_size=4))
def test_what_was_placed_stands_in_the_workbook(below: list[list[Value]]) -> None:
    found = taken(PROGRAM, *below)
    book = Workbook.from_bytes(_template(), "matriks.xlsx")
    write(found, book, codes=False)
    sheet = Workbook.from_bytes(book.to_bytes(), "matriks.xlsx").sheet(found.spec.title)
    for number, row in enumerate(found.rows):
        for key, value in row.values.items():
            cell = sheet.cell((target_row(found, number), found.spec.position(key)))
            assert cell.value == value
            assert cell.formula is None  # text that begins with = stays text


_made: list[bytes] = []


def _template() -> bytes:
    if not _made:
        _made.append(template.build())
    return _made[0]


# ---- cells that slipped


def aligned(*line: Value) -> dict[str, int] | None:
    cells = {column: CellData(value) for column, value in enumerate(line, start=1) if value is not None}
    keys = ("no", "uraian", "indikator", "target", "realisasi", "anggaran", "realisasi_anggaran", "persen")
    found = align(NEWEST.table("matriks"), {key: at for at, key in enumerate(keys, start=1)}, cells, set(range(1, 9)))
    return None if found is None else found.columns


def test_a_row_that_stands_right_stays() -> None:
    assert aligned(*ONE) == {"uraian": 2, "indikator": 3, "target": 4, "realisasi": 5, "anggaran": 6,
                             "realisasi_anggaran": 7, "persen": 8}  # fmt: skip


def test_a_row_goes_back_to_the_left_and_to_the_right() -> None:
    right = {
        "uraian": 3,
        "indikator": 4,
        "target": 5,
        "realisasi": 6,
        "anggaran": 7,
        "realisasi_anggaran": 8,
        "persen": 9,
    }
    assert aligned(None, *ONE) == right
    left = {
        "uraian": 1,
        "indikator": 2,
        "target": 3,
        "realisasi": 4,
        "anggaran": 5,
        "realisasi_anggaran": 6,
        "persen": 7,
    }
    assert aligned(*ONE[1:]) == left
    assert aligned(None, None, *ONE) == {key: at + 1 for key, at in right.items()}


def test_only_what_stands_behind_a_blank_field_slips() -> None:
    line = [None, "PROGRAM X", "Persentase", None, 78.0, 78.0, "Rp 39.501.000", "Rp 39.362.066", "99,65"]
    assert aligned(*line) == {"uraian": 2, "indikator": 3, "target": 5, "realisasi": 6, "anggaran": 7,
                              "realisasi_anggaran": 8, "persen": 9}  # fmt: skip


def test_a_text_as_target_is_no_slip() -> None:
    columns = aligned(
        None, "Penyediaan Gaji", "Jumlah Orang", "13 ASN selama 14 bulan", "WTP", "Rp 5.000.000", "Rp 4.000.000"
    )
    assert columns is not None
    assert columns["target"] == 4
    assert columns["realisasi"] == 5


def test_a_large_target_is_not_taken_for_money_nor_an_odd_word_moved() -> None:
    large = aligned(None, "Pelayanan Kesehatan", "Jumlah Penduduk", 1_250_000.0, 1_300_000.0)
    assert large == {"uraian": 2, "indikator": 3, "target": 4, "realisasi": 5}
    second = aligned(None, None, "Jumlah Penduduk", "1.250.000,00", "1.300.000,00")
    assert second == {"indikator": 3, "target": 4, "realisasi": 5}
    word = aligned(1.0, "Pelayanan Kesehatan", "Predikat", "Baik", None, None, None, 5.0)
    assert word is not None
    assert word["target"] == 4


def test_fields_without_blanks_are_placed_where_one_way_alone_suits_them() -> None:
    keys = ("no", "uraian", "indikator", "target", "realisasi", "anggaran", "realisasi_anggaran", "persen")
    columns = {key: at for at, key in enumerate(keys, start=1)}

    def loose(*fields: str) -> dict[str, int] | None:
        cells = {at: CellData(text) for at, text in enumerate(fields, start=1)}
        found = align_loose(NEWEST.table("matriks"), columns, cells)
        return None if found is None else found.columns

    assert loose("Administrasi Umum", "Rp 72.564.200", "Rp 72.479.065") == {
        "uraian": 1, "anggaran": 2, "realisasi_anggaran": 3,
    }  # fmt: skip
    assert loose("Administrasi Umum", "Jumlah", "2,00", "Rp 5") is None  # target or realisasi?
    assert loose(*["x"] * 9) is None
    wide = E81.by_key
    many = {key: at for at, key in enumerate(wide, start=1)}
    cells = {at: CellData("1,00") for at in range(1, 21)} | {21: CellData("\u0001")}
    assert align_loose(E81, many, cells) is None  # found out at once, though there are millions of ways to begin


def test_a_row_of_doubt_is_left_alone() -> None:
    assert aligned("Rp 5.000.000", "Rp 4.000.000") is None


# ---- what becomes of a cell


def test_blank_is_not_zero_and_a_dash_of_money_is() -> None:
    found = taken(PROGRAM, [None, "Bahan Bacaan", "Jumlah Dokumen", "12,00", "-", "Rp -", "Rp -", "#DIV/0!"])
    assert found.rows[1].values == {"uraian": "Bahan Bacaan", "indikator": "Jumlah Dokumen", "target": 12.0,
                                    "realisasi": "-", "anggaran": 0.0, "realisasi_anggaran": 0.0}  # fmt: skip
    assert "realisasi" not in taken(PROGRAM, [None, "Kegiatan A", None, None, "-", 5.0]).rows[1].values


def test_an_error_is_left_blank_and_said() -> None:
    found = taken(PROGRAM, [None, "Bahan Bacaan", "Jumlah Dokumen", 12.0, DIV0, 5.0, 4.0, DIV0])
    assert "realisasi" not in found.rows[1].values
    assert found.fates[3, 5] == ERROR
    assert found.fates[3, 8] == FORMULA
    assert [note.id for note in found.rows[1].notes] == [
        "REALISASI KINERJA berisi #DIV/0!; dikosongkan",
        "% tercetak #DIV/0!; di templat dihitung rumus",
    ]


def test_what_cannot_be_read_is_carried_over_as_it_stands() -> None:
    found = taken(PROGRAM, [None, "Bahan Bacaan", "Jumlah Dokumen", "12 Org", "1.234", "Rp 5.000", "lima ribu"])
    assert found.rows[1].values["target"] == "12 Org"
    assert found.rows[1].values["realisasi"] == "1.234"
    assert found.rows[1].values["realisasi_anggaran"] == "lima ribu"
    notes = " ".join(note.id for note in found.rows[1].notes)
    assert "'1.234' dapat berarti 1.234 atau 1,234" in notes


def test_a_percent_format_is_written_as_it_is_shown() -> None:
    source = grid(HEAD, PROGRAM)
    source.formats = True
    source.rows[2][4] = CellData(0.97, number_format="0%")
    found = adopt([[source]])
    assert found.rows[0].values["target"] == 97.0
    assert "tampil sebagai 97 %" in found.rows[0].notes[0].id


def test_a_date_and_a_truth_value_have_no_place() -> None:
    source = grid(HEAD, [*PROGRAM[:3], 45000.0, True, *PROGRAM[5:]])
    source.rows[2][4] = CellData(45000.0, number_format="d mmm yyyy")
    found = adopt([[source]])
    assert [(lost.row, lost.column) for lost in found.unplaced] == [(2, 4), (2, 5)]


def test_rows_below_the_total_and_sums_inside_are_listed() -> None:
    found = taken(PROGRAM, ONE, [None, "JUMLAH", None, None, None, 100.0, 100.0, 100.0], TWO,
                  [None, "JUMLAH", None, None, None, 300.0, 250.0, 83.33],
                  ["Sumber: Bidang Keuangan"], [None, "Sisa", None, None, None, 5.0, 7.0])  # fmt: skip
    assert found.total_row == 6
    assert [row.source for row in found.rows] == [2, 3, 5]
    assert {lost.row: lost.why.id for lost in found.unplaced} == {
        4: "baris jumlah di tengah tabel; templat menjumlah sendiri",
        8: "angka di bawah tabel",
    }
    assert found.fates[7, 1] == "outside"


def test_a_repeated_heading_is_a_heading_wherever_its_cells_stand() -> None:
    found = taken(PROGRAM, [None, *HEAD], NUMBERS, ONE)
    assert {found.fates[3, column] for column in range(2, 10)} == {HEADING}
    assert [row.source for row in found.rows] == [2, 5]


def test_a_column_that_the_template_lacks_is_listed_cell_by_cell() -> None:
    quarters = [text for n in ("I", "II", "III", "IV") for text in (f"Realisasi Triwulan {n}", None)]
    head = ["Sasaran", "Program/Kegiatan", "Indikator", "Target Renja", None, *quarters]
    parts = [None, None, None, *["K", "Rp"] * 5]
    line = ["Sasaran A", "PROGRAM A", "Jumlah Orang", 5.0, 200.0, 1.0, 10.0, 1.0, 20.0, 1.0, 30.0, 1.0, 40.0]
    found = adopt([[grid(head, parts, line)]])
    assert found.source_spec is E81
    reasons = {lost.column: lost.why.id for lost in found.unplaced}
    assert set(reasons) == {1, 7, 9, 11, 13}
    assert reasons[1] == "templat tidak mempunyai kolom SASARAN"
    assert found.rows[0].values == {"uraian": "PROGRAM A", "indikator": "Jumlah Orang", "target": 5.0, "anggaran": 200.0,
                                    "tw1": 1.0, "tw2": 1.0, "tw3": 1.0, "tw4": 1.0}  # fmt: skip


def test_columns_may_be_named() -> None:
    source = grid(["Uraian", "B", "C", "D"], ["PROGRAM A", "Jumlah Orang", 200.0, "x"])
    found = adopt([[source]], hints("", 1, ["uraian=A", "indikator=B", "anggaran=C"]))
    assert found.rows[0].values == {"uraian": "PROGRAM A", "indikator": "Jumlah Orang", "anggaran": 200.0}
    assert [(lost.row, lost.column) for lost in found.unplaced] == [(2, 4)]
    with pytest.raises(MissingForm):
        adopt([[source]])


# ---- levels


def levels(*lines: list[Value]) -> list[str]:
    return [row.level for row in taken(*lines).rows]


def test_the_only_way_in_which_sums_hold_gives_the_levels() -> None:
    assert levels(PROGRAM, KEGIATAN, ONE, TWO) == ["program", "kegiatan", "sub kegiatan", "sub kegiatan"]


def test_no_indicator_alone_proves_nothing() -> None:
    wrong = [*KEGIATAN[:5], 999.0, *KEGIATAN[6:]]
    assert levels(PROGRAM, [*wrong[:1], "Nama Lain", *wrong[2:]], [None, "A A", *ONE[2:]], [None, "B B", *TWO[2:]]) == [
        "program", "", "", "",
    ]  # fmt: skip


def test_rows_that_add_up_to_the_program_are_of_one_level_and_nobody_knows_which() -> None:
    assert levels(PROGRAM, [None, "A A", *ONE[2:]], [None, "B B", *TWO[2:]]) == ["program", "", ""]
    equal = [None, "Sesuatu", "Jumlah Orang", 1.0, 1.0, 150.0, 125.0]
    assert levels(PROGRAM, equal, equal) == ["program", "", ""]


def test_rows_without_money_leave_two_ways_and_only_what_both_say_is_told() -> None:
    nil = [None, "Nihil Semua", None, None, None, 0.0, 0.0]
    below = [None, "Nihil", "Jumlah Orang", 1.0, 0.0, 0.0, 0.0]
    rows = [[None, "Satu Satu", *KEGIATAN[2:]], [None, "Dua", *ONE[2:]], [None, "Tiga", *TWO[2:]], nil, below]
    # Nihil Semua may be a kegiatan with one sub kegiatan, or one more sub kegiatan of the first; that it has no indicator proves nothing.
    assert levels(PROGRAM, *rows) == ["program", "kegiatan", "sub kegiatan", "sub kegiatan", "", "sub kegiatan"]


def test_official_names_tell_where_sums_do_not() -> None:
    kegiatan = [None, "Pengelolaan Data Fakir Miskin Cakupan Daerah Kabupaten/Kota", None, None, None, 7.0, 7.0]
    sub = [None, "Pendataan Fakir Miskin Cakupan Daerah Kabupaten / Kota", "Jumlah Orang", 1.0, 1.0, 5.0, 5.0]
    program = ["1", "PROGRAM PERLINDUNGAN DAN JAMINAN SOSIAL", "Persentase", 1.0, 1.0, 9.0, 9.0]
    # The first name is official at two levels, so it tells nothing by itself; the second stands at one only.
    assert levels(program, kegiatan, sub) == ["program", "", "sub kegiatan"]


@UNHURRIED
@given(st.lists(st.lists(st.integers(1, 50), min_size=1, max_size=4), min_size=1, max_size=6))
def test_the_true_levels_are_always_among_the_ways(groups: list[list[int]]) -> None:
    from decimal import Decimal

    points, truth = [], []
    for group in groups:
        points += [(Decimal(sum(group)), Decimal(sum(group)))] + [(Decimal(n), Decimal(n)) for n in group]
        truth += ["kegiatan"] + ["sub kegiatan"] * len(group)
    ways, told = only_way(points, [frozenset(("kegiatan", "sub kegiatan"))] * len(points))
    assert ways >= 1
    if ways == 1:
        assert told == truth
    ways, told = only_way(points, [frozenset((level,)) for level in truth])
    assert (ways, told) == (1, truth)


@UNHURRIED
@given(st.text(st.characters(codec="utf-8"), max_size=60), st.sampled_from(["\t", ";", ",", "|", "  "]), st.booleans())
def test_no_text_is_too_odd(noise: str, separator: str, before: bool) -> None:
    lines = [separator.join(HEAD), noise.replace(" ", separator), separator.join(str(v or "") for v in ONE)]
    if before:
        lines.insert(0, noise)
    try:
        found = adopt(sources.of_bytes("\n".join(lines).encode(), "teks"))
    except LakipError:
        return
    assert set(found.fates) == {(row, column) for row, cells in found.grid.rows.items() for column in cells}
