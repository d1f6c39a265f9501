"""What stands in the sheets of the template, read back by another library."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl.formula import Tokenizer
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lakip_xl import template
from lakip_xl.cells import letters
from lakip_xl.form import formulas, places
from lakip_xl.form.editions import NEWEST
from lakip_xl.form.functions import FUNCTIONS
from lakip_xl.form.spec import MAX_BANDS, TableSpec
from lakip_xl.template import checks, colours, paper, words

TABLES = pytest.mark.parametrize("spec", NEWEST.tables, ids=lambda spec: spec.key)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template.build()))


@pytest.fixture(scope="module")
def settings_book() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template.settings_sheet()))


def formula_cells(book: Workbook) -> Iterator[tuple[str, str]]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", cell.value


def column_of(sheet: Worksheet, column: int) -> list[object]:
    return [sheet.cell(row, column).value for row in range(1, sheet.max_row + 1)]


EXTRA = ("Bulanan", "Rencana Aksi")


def test_the_sheets_stand_in_order_and_petunjuk_opens(book: Workbook) -> None:
    assert book.sheetnames == [
        "Petunjuk",
        "Identitas",
        "Pengaturan",
        "Sasaran",
        "PK",
        "Matriks",
        "Bulanan",
        "Rencana Aksi",
        "Belanja",
        "Pegawai",
    ]
    assert book.active.title == "Petunjuk"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Petunjuk"]


@TABLES
def test_headings_and_numbers_are_those_of_the_form(book: Workbook, spec: TableSpec) -> None:
    sheet = book[spec.title]
    assert [cell.value for cell in sheet[spec.header_row]] == [column.heading for column in spec.columns]
    numbers = [(column.number and int(column.number)) or None for column in spec.columns]
    assert [cell.value for cell in sheet[spec.number_row]] == numbers
    assert sheet.cell(1, 1).value == spec.caption
    assert sheet.freeze_panes.endswith(str(spec.first_row))
    assert sheet.print_title_rows == f"${spec.header_row}:${spec.number_row}"


@TABLES
def test_prepared_rows_hold_the_formulas_of_the_form_and_nothing_else(book: Workbook, spec: TableSpec) -> None:
    sheet = book[spec.title]
    for row in range(spec.first_row, spec.border_row):
        given = dict(spec.given[row - spec.first_row]) if row - spec.first_row < len(spec.given) else {}
        for column in spec.columns:
            cell = sheet.cell(row, spec.position(column.key))
            if column.prefilled:
                assert cell.data_type == "f", cell.coordinate
                assert cell.protection.locked is not bool(column.choices)
            else:
                assert cell.value == given.get(column.key), cell.coordinate
                assert not cell.protection.locked
    assert not sheet.protection.sheet
    if spec.total:
        assert spec.total in [cell.value for cell in sheet[spec.total_row]]


@TABLES
def test_sums_end_on_the_border_row(book: Workbook, spec: TableSpec) -> None:
    for key in spec.sums:
        formula = book[spec.title].cell(spec.total_row, spec.position(key)).value
        column = letters(spec.position(key))
        assert f"{column}{spec.first_row}:{column}{spec.border_row}" in formula


@TABLES
def test_printing(book: Workbook, spec: TableSpec) -> None:
    sheet = book[spec.title]
    last = letters(max(spec.position(column.key) for column in spec.columns if column.printed))
    end = spec.total_row if spec.total else spec.border_row
    assert sheet.print_area == f"'{spec.title}'!$A$1:${last}${end}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert "Halaman &P dari &N" in sheet.oddFooter.right.text.replace("&[Page]", "&P").replace("&[Pages]", "&N")
    if spec.key not in paper.FOLDS:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


@TABLES
def test_every_column_is_seen_or_opens_with_one_click(book: Workbook, spec: TableSpec) -> None:
    sheet = book[spec.title]
    hidden = {name for name, dimension in sheet.column_dimensions.items() if dimension.hidden}
    groups = [
        [spec.position(column.key) for column in columns]
        for folded, columns in itertools.groupby(spec.columns, key=lambda column: column.outline)
        if folded
    ]
    assert hidden == {letters(group[0]) for group in groups}  # openpyxl folds a group into its first column
    assert groups or not any(column.outline for column in spec.columns)
    for group in groups:
        found = sheet.column_dimensions[letters(group[0])]
        assert (found.min, found.max, found.outlineLevel) == (group[0], group[-1], 1)
        assert sheet.column_dimensions[letters(group[-1] + 1)].collapsed


def test_the_words_fit_into_their_pages() -> None:
    for spec in NEWEST.tables:
        if spec.key not in paper.FOLDS:
            printed = sum(column.width for column in spec.columns[: paper.last_printed(spec)] if not column.outline)
            assert len(spec.intro) * 0.75 < printed, f"the intro of {spec.title} is cut off in print"


def test_excel_takes_every_message(book: Workbook) -> None:
    for sheet in book:
        for validation in sheet.data_validations.dataValidation:
            for title in (validation.promptTitle, validation.errorTitle):
                assert title is None or len(title) <= checks.TITLE_LIMIT
            for message in (validation.prompt, validation.error):
                assert message is None or len(message) <= checks.TEXT_LIMIT
            if validation.type == "list":
                assert len(validation.formula1) <= 257


@TABLES
def test_each_column_says_what_belongs_into_it(book: Workbook, spec: TableSpec) -> None:
    sheet = book[spec.title]
    for column in spec.columns:
        letter = letters(spec.position(column.key))
        area = f"{letter}{spec.first_row}:{letter}{spec.border_row}"
        [validation] = [v for v in sheet.data_validations.dataValidation if str(v.sqref) == area]
        assert validation.prompt == column.hint
        if column.choices:
            assert validation.type == "list"
            assert validation.formula1 == f'"{",".join(column.choices)}"'
            assert validation.errorStyle in (None, "stop")
        elif column.kind.numeric:
            assert validation.errorStyle == "warning"


def test_only_functions_of_the_list_are_used(book: Workbook, settings_book: Workbook) -> None:
    used = {
        token.value.rstrip("(")
        for source in (book, settings_book)
        for _, formula in formula_cells(source)
        for token in Tokenizer(formula).items
        if token.type == "FUNC" and token.subtype == "OPEN"
    }
    assert used <= FUNCTIONS.keys()


def test_identity_and_settings_carry_the_words_of_the_form(book: Workbook) -> None:
    identity = book[places.IDENTITY_SHEET]
    assert column_of(identity, 1)[4:] == [field.label for field in NEWEST.identity]
    labels = column_of(book[places.SETTINGS_SHEET], 1)
    for label in (
        places.CALCULATION_SECTION,
        places.THRESHOLD_SECTION,
        places.BAND_SECTION,
        *(field.label for field in NEWEST.settings),
        *(threshold.label for threshold in NEWEST.thresholds),
    ):
        assert labels.count(label) == 1
    first = labels.index(places.BAND_HEADINGS[0]) + 2
    bands = [
        (book[places.SETTINGS_SHEET].cell(row, 1).value, book[places.SETTINGS_SHEET].cell(row, 2).value)
        for row in range(first, first + MAX_BANDS)
    ]
    named = [(band.name, band.lower) for band in NEWEST.bands]
    assert bands == named + [(None, None)] * (MAX_BANDS - len(named))


def test_the_settings_sheet_alone_refers_to_no_other_sheet(settings_book: Workbook) -> None:
    assert settings_book.sheetnames == [places.SETTINGS_SHEET]
    labels = column_of(settings_book[places.SETTINGS_SHEET], 1)
    assert all(labels.count(field.label) == 1 for field in NEWEST.identity)
    found = dict(formula_cells(settings_book))
    assert len(found) == sum(field.formula is not None for field in NEWEST.settings) + len(NEWEST.thresholds)
    assert not [formula for formula in found.values() if "!" in formula]


def test_year_and_office_stand_in_identity() -> None:
    made = openpyxl.load_workbook(io.BytesIO(template.build(year=2023, instansi="Dinas Sosial")), data_only=True)
    entered = {row[0].value: row[1].value for row in made[places.IDENTITY_SHEET].iter_rows(min_row=5)}
    assert entered["Tahun"] == 2023
    assert entered["Perangkat Daerah"] == "Dinas Sosial"
    assert made["Matriks"]["A2"].value == "DINAS SOSIAL"
    assert made["Matriks"]["A3"].value == "LAKIP TAHUN ANGGARAN 2023 - PERIODE AKHIR TAHUN"


def test_petunjuk_speaks_of_every_sheet_column_flag_and_rule(book: Workbook) -> None:
    made = openpyxl.load_workbook(io.BytesIO(template.build(rules=[("XX01", "Judul pemeriksaan")])))["Petunjuk"]
    said = {cell.value for row in made.iter_rows() for cell in row}
    assert said >= {column.heading for column in NEWEST.table("matriks").columns}
    assert said >= {column.hint for column in NEWEST.table("matriks").columns}
    assert said >= set(book.sheetnames) - {"Petunjuk"}
    assert said >= {"Ringkasan", "Catatan Perbaikan", "XX01", "Judul pemeriksaan", *formulas.FLAGS}
    assert set(words.FLAG_MEANINGS) == set(colours.FLAG_LOOKS) == set(formulas.FLAGS)
    targets = {link.location for row in made.iter_rows() for cell in row if (link := cell.hyperlink)}
    assert {re.sub(r"!A1$", "", target).strip("'") for target in targets} == set(book.sheetnames) - {"Petunjuk"}
