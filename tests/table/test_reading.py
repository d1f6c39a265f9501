"""What is read from a sheet: headings however they are written, cells typed before any rule sees them, rows in their levels."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
import xlsxwriter

from lakip_xl.cells import ErrorValue, Value
from lakip_xl.errors import MissingForm
from lakip_xl.form.editions import NEWEST, READABLE
from lakip_xl.form.spec import Column, Kind, Period
from lakip_xl.table.model import Document
from lakip_xl.table.read import read
from lakip_xl.table.settings import period_class
from lakip_xl.table.typed import entry_of, half_unit, shown_digits, shows_date
from lakip_xl.workbook import Workbook
from workbooks import own_matrix

MATRIX = ["NO", "KODE", "PROGRAM / KEGIATAN / SUB KEGIATAN", "INDIKATOR", "TARGET KINERJA", "REALISASI KINERJA", "ANGGARAN (Rp)",
          "REALISASI s/d TW INI (Rp)", "%"]  # fmt: skip


def document(
    rows: list[list[Value]], headings: list[str] = MATRIX, sheet: str = "Matriks", top: int = 0, left: int = 0
) -> Document:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet(sheet)
    for row, cells in enumerate([headings, *rows], start=top):
        for column, value in enumerate(cells, start=left):
            if isinstance(value, ErrorValue):
                page.write_formula(row, column, "=1/0", None, value.code)
            elif value is not None:
                page.write(row, column, value)
    book.close()
    return read(Workbook.from_bytes(file.getvalue(), "m.xlsx"), NEWEST)


def line(kode: str | None, uraian: str | None, indikator: str | None = None, *figures: Value) -> list[Value]:
    return [None, kode, uraian, indikator, *figures]


# -- headings -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "ANGGARAN (Rp)",
        "anggaran (rp)",
        "Anggaran\n(Rp)",
        "  ANGGARAN\u00a0(Rp) ",
        "ANGGARAN  ( Rp )",
        "Anggaran",
        "Pagu Anggaran",
    ],
)
def test_a_heading_is_found_whatever_its_case_spaces_and_line_breaks(heading: str) -> None:
    headings = [heading if h == "ANGGARAN (Rp)" else h for h in MATRIX]
    found = document([line("1.06.01", "PROGRAM A", None, None, None, 5.0)], headings)
    assert found.matrix.layout.columns["anggaran"] == 7
    assert found.matrix.rows[0].number_of("anggaran") == 5


def test_a_near_miss_is_not_taken_for_the_heading_but_named() -> None:
    headings = [("ANGARAN (Rp)" if h == "ANGGARAN (Rp)" else h) for h in MATRIX]
    table = document([line("1.06.01", "PROGRAM A")], headings).matrix
    assert "anggaran" not in table.layout.columns
    assert table.missing["anggaran"] == "ANGARAN (Rp)"
    assert table.missing["satuan"] == ""


@pytest.mark.parametrize(("top", "left"), [(0, 0), (7, 0), (3, 30)])
def test_the_table_may_stand_anywhere(top: int, left: int) -> None:
    table = document([line("1.06.01", "PROGRAM A", "I", 2.0, 1.0, 100.0, 50.0)], top=top, left=left).matrix
    row = table.rows[0]
    assert (row.number, table.cell(row, "target").column) == (top + 2, left + 5)
    assert row.number_of("realisasi_anggaran") == 50


def test_the_matrix_is_found_in_a_sheet_of_another_name_and_refused_where_there_is_none() -> None:
    assert document([line("1.06.01", "PROGRAM A")], sheet="Lampiran 3").matrix.sheet == "Lampiran 3"
    with pytest.raises(MissingForm, match="Matriks tidak ditemukan"):
        document([["x"]], ["Nama", "Alamat", "Kota"])


# -- cells ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "typed", "as_text", "fault"),
    [
        (2450728444.0, "2450728444", False, ""),
        (0.1, "0.1", False, ""),
        ("2.450.728.444,00", "2450728444.00", True, ""),
        ("Rp 2.951.000", "2951000", True, ""),
        ("97.548.000,-", "97548000", True, ""),
        ("Rp -", "0", True, ""),
        ("97,00", "97.00", True, ""),
        ("91,02%", "91.02", True, ""),
        ("232 Org", "232", False, "unit"),
        ("1.234", None, False, "ambiguous"),
        ("13 ASN selama 14 bulan", None, False, "text"),
        ("#DIV/0!", None, False, "error"),
        (ErrorValue("#DIV/0!"), None, False, "error"),
        (True, None, False, "text"),
        ("", None, False, ""),
        ("\u00a0 ", None, False, ""),
        (None, None, False, ""),
    ],
)
def test_each_cell_is_typed_or_says_why_not(raw: Value, typed: str | None, as_text: bool, fault: str) -> None:
    entry = entry_of(Column("x", "X", Kind.RUPIAH), raw, None, "General", ())
    assert entry.typed == (None if typed is None else Decimal(typed))
    assert (entry.as_text, entry.fault) == (as_text, fault)


def test_percent_format_is_read_as_shown() -> None:
    entry = entry_of(Column("x", "X", Kind.PERCENT), 0.9044, None, "0.00%", ())
    assert (entry.typed, half_unit(entry)) == (Decimal("90.44"), Decimal("0.005"))


def test_a_code_that_became_a_number_is_kept_as_it_shows_and_named() -> None:
    entry = entry_of(Column("kode", "KODE", Kind.CODE), 1.06, None, "General", ())
    assert (entry.typed, entry.fault) == ("1.06", "number")


@pytest.mark.parametrize(
    ("code", "digits"),
    [("0.00", 2), ("#,##0", 0), ('_-"Rp"\\ * #,##0_-;-"Rp"\\ * #,##0_-;_-"Rp"\\ * "-"_-', 0), ("General", None), ("@", None),
     ("#,##0.0##", 3), ("dd/mm/yyyy", None), ("0.0%", 1)],
)  # fmt: skip
def test_digits_that_a_format_shows(code: str, digits: int | None) -> None:
    assert shown_digits(code) == digits


@pytest.mark.parametrize(
    ("code", "date"),
    [("General", False), ("0.00", False), ('"Rp" #,##0', False), ("[Red]0", False), ("d/m/yyyy", True), ("h:mm", True), ("[h]:mm", True),
     ('_-"Rp"* #,##0_-', False), ("[$-421]dd mmmm yyyy", True), ('0 "hari"', False)],
)  # fmt: skip
def test_formats_that_show_a_date(code: str, date: bool) -> None:
    assert shows_date(code) is date


# -- rows -----------------------------------------------------------------------------------------------------------------------


def test_levels_come_from_the_code_up_to_urusan_and_children_hang_below_their_parents() -> None:
    codes = ["1", "1.06", "1.06.01", "1.06.01.2.01", "1.06.01.2.01.0001", "1.06.01.2.02", "1.06.02"]
    table = document([line(code, f"Baris {code}") for code in codes]).matrix
    assert [row.level for row in table.rows] == [
        "urusan", "bidang urusan", "program", "kegiatan", "sub kegiatan", "kegiatan", "program",
    ]  # fmt: skip
    assert [row.parent.text_of("kode") if row.parent else None for row in table.rows] == [
        None, "1", "1.06", "1.06.01", "1.06.01.2.01", "1.06.01", "1.06",
    ]  # fmt: skip
    assert table.tops == [table.rows[0]]


def test_without_a_code_the_name_may_tell_and_otherwise_nothing_is_guessed() -> None:
    table = document([line(None, "PROGRAM A"), line(None, "Kegiatan B"), line(None, "Penyediaan C", "I", 1.0)]).matrix
    assert [row.level for row in table.rows] == ["program", "kegiatan", ""]


def test_a_continuation_row_belongs_to_the_row_above() -> None:
    rows = [
        line("1.06.01", "PROGRAM A", "Pertama", 1.0),
        line(None, None, "Kedua", 2.0),
        line("1.06.01.2.01", "Kegiatan"),
    ]
    table = document(rows).matrix
    program, second, kegiatan = table.rows
    assert second.head is program
    assert program.indicators == [program, second]
    assert kegiatan.parent is program
    assert [row.record for row in table.rows] == ["|1.06.01|1", "|1.06.01|2", "|1.06.01.2.01|1"]


def test_the_same_code_under_two_sub_units_has_two_keys() -> None:
    headings = [*MATRIX, "TINGKAT"]
    rows = []
    for name in ("Puskesmas A", "Puskesmas B"):
        rows += [
            [None, None, name, None, None, None, None, None, None, "sub unit"],
            [None, "1.02.02", "PROGRAM", None, None, None, 5.0, None, None, None],
        ]
    table = document(rows, headings).matrix
    assert [row.record for row in table.rows if row.level == "program"] == [
        "puskesmas a|1.02.02|1",
        "puskesmas b|1.02.02|1",
    ]
    assert [row.level for row in table.tops] == ["sub unit", "sub unit"]


@pytest.mark.parametrize("label", ["JUMLAH", "Total", "R A T A - R A T A", "RATA-RATA", "Jumlah Total"])
def test_the_total_row_is_known_by_its_label_and_what_follows_is_outside(label: str) -> None:
    rows = [
        line("1.06.01", "PROGRAM A", None, None, None, 5.0),
        line(None, label, None, None, None, 5.0),
        line(None, "Ruteng, 2024"),
    ]
    table = document(rows).matrix
    assert table.total is not None
    assert (len(table.rows), table.total.number, [cell.a1 for cell in table.outside]) == (1, 3, ["C4"])


def test_a_row_of_column_numbers_is_no_data() -> None:
    numbers: list[Value] = [1.0, 2.0, 3.0, 4.0, 6.0, 11.0, 13.0, 14.0, "15=14/13x100"]
    assert [row.number for row in document([numbers, line("1.06.01", "PROGRAM A")]).matrix.rows] == [3]


def test_blank_rows_and_running_numbers_do_not_end_the_table() -> None:
    rows: list[list[Value]] = [line("1.06.01", "PROGRAM A"), [], [2.0], line("1.06.02", "PROGRAM B")]
    assert [row.number for row in document(rows).matrix.rows] == [2, 5]


# -- settings -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "kind"),
    [("", Period.YEAR), ("Akhir tahun", Period.YEAR), ("TW IV", Period.YEAR), ("TW II", Period.QUARTER), ("tw iii", Period.QUARTER),
     ("Maret", Period.MONTH), ("DESEMBER", Period.MONTH)],
)  # fmt: skip
def test_the_class_of_a_period(period: str, kind: Period) -> None:
    assert period_class(period) is kind


def test_without_pengaturan_the_defaults_of_the_form_hold() -> None:
    settings = document([line("1.06.01", "PROGRAM A")]).settings
    assert (settings.period, settings.cap, settings.year) == (Period.YEAR, None, None)
    assert settings.thresholds["serapan_min"] == 80
    assert [settings.band(Decimal(text)) for text in ("-5", "49.99", "50", "84.999999", "85", "99.9966", "100", "1400")] == [
        "Kurang", "Kurang", "Cukup", "Baik", "Sangat Baik", "Sangat Baik", "Memuaskan", "Memuaskan",
    ]  # fmt: skip


# -- what offices do to their tables ------------------------------------------------------------------------------------------


def test_a_percentage_belongs_to_the_column_left_of_it() -> None:
    headings = [
        "KODE",
        "URAIAN",
        "INDIKATOR",
        "TARGET",
        "REALISASI KINERJA",
        "%",
        "ANGGARAN",
        "REALISASI ANGGARAN",
        "%",
    ]
    columns = document([["1.06.01", "PROGRAM"]], headings).matrix.layout.columns
    assert (columns["capaian"], columns["persen"]) == (6, 9)


def test_a_heading_merged_over_several_columns_heads_no_column() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet("Matriks")
    page.write_row(0, 0, ["KODE", "URAIAN", "INDIKATOR", "TARGET"])
    page.merge_range(0, 4, 0, 7, "REALISASI KINERJA")
    page.write_row(0, 8, ["ANGGARAN", "REALISASI ANGGARAN"])
    page.write_row(1, 0, ["1.06.01", "PROGRAM", "I", 12, 3, 3, 3, 3, 100, 90])
    book.close()
    table = read(Workbook.from_bytes(file.getvalue(), "m.xlsx"), NEWEST).matrix
    assert "realisasi" not in table.layout.columns


def test_a_total_on_top_does_not_end_the_table() -> None:
    rows = [line(None, "JUMLAH", None, None, None, 15.0), line("1.06.01", "PROGRAM A", None, None, None, 5.0),
            line("1.06.02", "PROGRAM B", None, None, None, 10.0)]  # fmt: skip
    table = document(rows).matrix
    assert table.total is not None
    assert (table.total.number, [row.number for row in table.rows], table.outside) == (2, [3, 4], [])


def test_of_several_totals_at_the_foot_the_first_is_the_total() -> None:
    rows = [line("1.06.01", "PROGRAM A", None, None, None, 5.0), line(None, "JUMLAH", None, None, None, 5.0),
            line(None, "RATA-RATA", None, None, None, 5.0)]  # fmt: skip
    table = document(rows).matrix
    assert table.total is not None
    assert (table.total.number, len(table.rows)) == (3, 1)


def test_page_headers_repeated_inside_the_table_are_no_rows() -> None:
    numbers: list[Value] = [1.0, 2.0, 3.0, 4.0, 6.0, 11.0, 13.0, 14.0, 15.0]
    rows = [line("1.06.01", "PROGRAM A"), list(MATRIX), numbers, line("1.06.02", "PROGRAM B")]
    assert [row.number for row in document(rows).matrix.rows] == [2, 5]


def test_codes_for_any_urusan_have_levels() -> None:
    codes = ["X.XX.01", "X.XX.01.2.01", "X.XX.01.2.01.0001"]
    assert [row.level for row in document([line(code, "Baris") for code in codes]).matrix.rows] == [
        "program", "kegiatan", "sub kegiatan",
    ]  # fmt: skip


def test_settings_count_as_the_formulas_see_them() -> None:
    from workbooks import planned, typed_in

    rows = {"matriks": [{"kode": "1.06.01", "uraian": "PROGRAM"}]}
    seen = {}
    for cap, variant in ((120.0, "target / realisasi"), ("120", "T/R"), ("tidak ada", None), (1.0, None)):
        _, found, _ = planned(typed_in(rows, batas_maksimum=cap, rumus_rendah=variant or "target / realisasi"))
        seen[cap] = (found.settings.cap, [label for _, label, _, _ in found.settings.faults])
    assert seen[120.0] == (120, [])
    assert seen["120"] == (None, ["Batas maksimum capaian (%)", "Rumus makin rendah makin baik"])
    assert seen["tidak ada"] == (None, [])
    assert seen[1.0] == (1, ["Batas maksimum capaian (%)"])


def ended(head: list[str], *rows: list[Value]) -> Document:
    """A matrix of an office's own with these rows."""
    return read(Workbook.from_bytes(own_matrix(*rows, heads=head), "m.xlsx"), *READABLE)


OWN = ["NO", "KODE", "PROGRAM / KEGIATAN / SUB KEGIATAN", "INDIKATOR", "SATUAN", "TARGET", "REALISASI KINERJA", "ANGGARAN (Rp)",
       "REALISASI (Rp)"]  # fmt: skip
FIRST_TWO: list[list[Value]] = [
    ["1", "1.06.01", "Program A", "Persentase", "Persen", 90.0, 90.0, 1000.0, 900.0],
    ["2", "1.06.02", "Program B", "Jumlah", "Orang", 20.0, 18.0, 2000.0, 1800.0],
]


@pytest.mark.parametrize(
    "front",
    [
        ["", "", "JUMLAH", "", ""],
        ["JUMLAH", "", "", "", ""],
        ["JUMLAH", "", "DINAS SOSIAL", "", ""],
        ["", "JUMLAH", "DINAS SOSIAL", "", ""],
        ["", "", "DINAS SOSIAL", "JUMLAH", ""],
        ["", "", "DINAS SOSIAL", "", "TOTAL"],
        ["", "", "-", "", "JUMLAH"],
        ["", "", "", "JUMLAH", ""],
        ["", "", "TOTAL", "Semua indikator", "Persen"],
        ["", "5", "JUMLAH", "", ""],
        ["", "1.06", "JUMLAH", "", ""],
    ],
    ids=str,
)
def test_a_total_is_known_by_its_word_whatever_stands_beside_it(front: list[Value]) -> None:
    found = ended(OWN, *FIRST_TWO, [*front, None, None, 3000.0, 2700.0]).matrix
    assert (found.total is not None and found.total.number, len(found.rows)) == (4, 2)


@pytest.mark.parametrize(
    "row",
    [
        ["3", "1.06.03", "Program C", "Jumlah", "Orang", 20.0, 18.0, 500.0, 400.0],
        ["3", "1.06.03", "Program C", "Jumlah", "Orang", None, None, 500.0, 400.0],
        ["3", "1.06.03", "Program C", "Anak", "Jumlah", 20.0, 18.0, 500.0, 400.0],
        ["", "", "", "Total", "Orang", 20.0, 18.0, None, None],
        ["", "", "", "Jumlah", "", 20.0, None, None, None],
    ],
    ids=str,
)
def test_a_row_whose_indikator_or_satuan_is_the_word_of_a_total_is_a_row(row: list[Value]) -> None:
    found = ended(OWN, *FIRST_TWO, row).matrix
    assert (found.total, len(found.rows)) == (None, 3)


@pytest.mark.parametrize(
    ("satuan", "target"), [("-", "-"), ("", 0.0), (" ", None), ("Rp", None), ("Rp", "-"), ("%", None), ("Persen", 80.0)]
)
def test_a_total_in_indikator_measures_nothing_or_has_money_and_no_name(satuan: str, target: Value) -> None:
    found = ended(OWN, *FIRST_TWO, ["", "", "", "JUMLAH", satuan, target, "-", 3000.0, 2700.0]).matrix
    assert (found.total is not None and found.total.number, len(found.rows)) == (4, 2)


def test_so_it_is_where_the_levels_have_columns_of_their_own() -> None:
    head = [
        "PROGRAM",
        "KEGIATAN",
        "SUB KEGIATAN",
        "INDIKATOR",
        "SATUAN",
        "TARGET",
        "REALISASI KINERJA",
        "ANGGARAN (Rp)",
    ]
    rows: list[list[Value]] = [
        ["Program A", "", "", "Persentase", "Persen", 90.0, 90.0, 1000.0],
        ["", "Kegiatan A", "", "Laporan", "Laporan", 2.0, 2.0, 1000.0],
        ["", "", "Sub A", "Jumlah", "Orang", 2.0, 2.0, 1000.0],
    ]
    assert ended(head, *rows).matrix.total is None
    total = ended(head, *rows, ["JUMLAH", "", "", "", "", None, None, 1000.0]).matrix.total
    assert total is not None and total.number == 5
