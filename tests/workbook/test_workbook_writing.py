"""Writing cells: what is written reads back everywhere, and every other byte of the sheet stays."""

from __future__ import annotations

import io

import openpyxl
import pytest
import python_calamine

from lakip_xl.cells import DIV0, ErrorValue, parse_a1
from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.workbook import Style, Workbook
from workbook_samples import MAIN, office, parts, raw, sheet_xml, zipped

ROW = (
    '<row r="2" spans="1:3" ht="20" x:y="1" xmlns:x="u"><c r="A2" s="1" t="str"><v>0</v></c> '
    '<c r="C2" cm="1" vm="2"><v>5</v></c><extLst/></row>'
)


def written(book: bytes, *writes: tuple[object, ...], sheet: str = "Data", **options: object) -> bytes:
    workbook = Workbook.from_bytes(book)
    for at, value, formula in writes:
        workbook.sheet(sheet).write(at, value=value, formula=formula)  # type: ignore[arg-type]
    return workbook.to_bytes()


def sheet_of(book: bytes) -> str:
    return parts(book)["xl/worksheets/sheet1.xml"].decode()


VALUES = [
    (90.44, None), (-3, None), (1e300, None), (0.1 + 0.2, None), (1e-9, None), (True, None), (False, None), (DIV0, None),
    ("teks", None), ("=1+1", None), ("+62 812", None), ("-", None), ("@nama", None), ("  spasi  ", None), ("a\nb\r\nc\td", None),
    ("<&>\"'", None), ("_x000D_", None), ("\x01\x0b", None), ("ü𝄞", None), (5.5, "SUM(A1:A3)"), ("ya", 'IF(1<2,"ya","&")'), ("", '""'),
    (True, "1=1"), (ErrorValue("#N/A"), "NA()"), (None, "1+1"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "formula"), VALUES)
def test_what_is_written_reads_back(value: object, formula: str | None) -> None:
    book = written(raw(sheet_xml(ROW)), ("B2", value, formula))
    cell = Workbook.from_bytes(book).sheet("Data").cell("B2")
    assert (cell.value, cell.formula, cell.has_cache) == (value, formula, formula is not None and value is not None)
    assert type(cell.value) is (float if type(value) is int else type(value))


class Later:
    def text(self) -> str:
        return "SUM(A1:A3)"


def test_a_formula_that_makes_its_text_is_written_as_the_text_is() -> None:
    book = raw(sheet_xml(ROW))
    assert written(book, ("B2", 5.5, Later())) == written(book, ("B2", 5.5, "SUM(A1:A3)"))
    same = Workbook.from_bytes(written(book, ("B2", 5.5, "SUM(A1:A3)")))
    before = same.to_bytes()
    same.sheet("Data").write("B2", value=5.5, formula=Later())
    assert same.to_bytes() == before
    same.sheet("Data").write("B2", value=6, formula=Later())
    assert same.sheet("Data").cell("B2").formula == "SUM(A1:A3)"
    assert same.sheet("Data").formulas() == {(2, 2): "SUM(A1:A3)"}


@pytest.mark.parametrize(("value", "formula"), VALUES[:-1])
def test_openpyxl_and_calamine_see_the_same(value: object, formula: str | None) -> None:
    book = written(office(), ("B30", value, formula))
    shown = openpyxl.load_workbook(io.BytesIO(book), data_only=True)["Data"]["B30"]
    plain = openpyxl.load_workbook(io.BytesIO(book))["Data"]["B30"]
    other = (
        python_calamine.load_workbook(io.BytesIO(book))
        .get_sheet_by_name("Data")
        .to_python(skip_empty_area=False)[29][1]
    )
    if formula is not None:
        assert plain.value == "=" + formula
    if isinstance(value, ErrorValue):
        assert shown.value == str(value)
    elif isinstance(value, str) and not set(value) & set("\r\x01\x0b") and "_x" not in value:
        assert (shown.value or "") == value
        assert other == value
        if formula is None:
            assert plain.data_type == "s", "text stays text whatever it begins with"
    elif isinstance(value, (int, float)):
        assert shown.value == value
        assert other == value


def test_only_the_written_cell_changes() -> None:
    before = raw(
        sheet_xml(
            ROW + "<row r='5'><c r='A5'><v>1.50</v></c></row><!-- akhir -->",
            after="<mergeCells><mergeCell ref='A9:B9'/></mergeCells>",
        )
    )
    after = written(before, ("B2", 1, None))
    assert sheet_of(after) == sheet_of(before).replace("</c> <c", '</c> <c r="B2"><v>1</v></c><c')
    assert {name for name, data in parts(after).items() if data != parts(before)[name]} == {
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }


def test_new_cells_and_rows_find_their_places() -> None:
    before = raw(sheet_xml(ROW + '<row r="4"/><row r="6"><c r="B6"/></row>'))
    after = written(
        before, ("D2", 4, None), ("A1", 1, None), ("A4", 2, None), ("A6", 3, None), ("A7", 5, None), ("B3", 6, None)
    )
    text = sheet_of(after)
    assert [text.index(f'r="{a}"') for a in ("A1", "A2", "D2", "B3", "A4", "A6", "B6", "A7")] == sorted(
        text.index(f'r="{a}"') for a in ("A1", "A2", "D2", "B3", "A4", "A6", "B6", "A7")
    )
    assert 'ht="20" x:y="1"' in text
    assert "spans" not in text, "a span that no longer fits goes"
    assert '<c r="D2"><v>4</v></c><extLst/></row>' in text


def test_a_written_cell_drops_the_metadata_of_its_old_value() -> None:
    text = sheet_of(written(raw(sheet_xml(ROW)), ("C2", 1, None)))
    assert 'cm="1"' not in text
    assert 'vm="2"' not in text


def test_cells_without_addresses_keep_their_places() -> None:
    before = raw(sheet_xml("<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>"))
    book = Workbook.from_bytes(written(before, ("B1", 20, None), ("C2", 5, None), ("A3", 6, None)))
    assert {place: cell.value for place, cell in book.sheet("Data").cells.items()} == {
        (1, 1): 1, (1, 2): 20, (1, 3): 3, (2, 1): 4, (2, 3): 5, (3, 1): 6,
    }  # fmt: skip


@pytest.mark.parametrize("shape", ["{}", '<?xml version="1.0" encoding="UTF-16"?>{}'])
def test_prefixed_and_utf_16_sheets_are_written_in_their_own_way(shape: str) -> None:
    xml = shape.format(
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    before = raw(xml.encode("utf-16" if "UTF-16" in xml else "utf-8"))
    after = written(before, ("B1", "é", None), ("C3", 2, "A1*2"))
    text = sheet_of(after)
    assert '<x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>é</x:t></x:is></x:c></x:row>' in text
    assert openpyxl.load_workbook(io.BytesIO(after))["Data"]["C3"].value == "=A1*2"


def test_an_empty_sheet_takes_cells() -> None:
    before = raw(f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData/><pageMargins/></worksheet>')
    text = sheet_of(written(before, ("C3", 1, None)))
    assert text.endswith(
        '<dimension ref="A1:C3"/><sheetData><row r="3"><c r="C3"><v>1</v></c></row></sheetData><pageMargins/></worksheet>'
    )


def test_comments_and_cdata_are_not_taken_for_cells() -> None:
    rows = (
        '<!-- <row r="1"><c r="A1"/></row> --><row r="2"><!-- <c r="A2"/> -->'
        '<c r="B2" t="inlineStr"><is><t><![CDATA[</c><c r="C2">]]></t></is></c></row>'
    )
    text = sheet_of(written(raw(sheet_xml(rows)), ("C2", 1, None)))
    assert text == sheet_xml(rows.replace("</c></row>", '</c><c r="C2"><v>1</v></c></row>')).replace(
        '<c r="A1"/></row> --><row', '<c r="A1"/></row> --><row'
    )
    assert Workbook.from_bytes(raw(text)).sheet("Data").cell("B2").value == '</c><c r="C2">'


SHARED = (
    '<row r="1"><c r="A1" s="0"><f t="shared" ref="A1:A4" si="3">B1*2</f><v>2</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="3"/><v>4</v></c></row>'
    '<row r="3"><c r="A3" t="str"><f t="shared" si="3"/><v>&lt;x&gt;</v></c></row>'
    '<row r="4"><c r="A4"><f t="shared" si="3"></f><v>8</v></c></row>'
)


def test_writing_the_master_of_a_shared_formula_leaves_its_copies_right() -> None:
    after = written(raw(sheet_xml(SHARED)), ("A1", 9, None), ("A4", 0, "B4*3"))
    sheet = Workbook.from_bytes(after).sheet("Data")
    assert [(sheet.cell(a).formula, sheet.cell(a).value) for a in ("A1", "A2", "A3", "A4")] == [
        (None, 9), ("B2*2", 4), ("B3*2", "<x>"), ("B4*3", 0),
    ]  # fmt: skip
    assert "shared" not in sheet_of(after)


def test_writing_a_copy_leaves_the_shared_formula() -> None:
    text = sheet_of(written(raw(sheet_xml(SHARED)), ("A2", 1, None)))
    assert text == sheet_xml(SHARED.replace('<c r="A2"><f t="shared" si="3"/><v>4</v></c>', '<c r="A2"><v>1</v></c>'))


def test_styling_a_copy_whose_master_goes_keeps_both() -> None:
    book = Workbook.from_bytes(raw(sheet_xml(SHARED)))
    sheet = book.sheet("Data")
    sheet.restyle("A2", Style(bold=True))
    sheet.write("A1", value=1)
    sheet.restyle("A3", Style(fill="FFF2CC"))
    again = Workbook.from_bytes(book.to_bytes()).sheet("Data")
    assert [again.cell(a).formula for a in ("A2", "A3", "A4")] == ["B2*2", "B3*2", "B4*2"]
    assert [again.cell(a).style for a in ("A2", "A3", "A4")] == [1, 2, 0]


def test_writing_what_is_there_changes_nothing() -> None:
    before = office()
    book = Workbook.from_bytes(before)
    for sheet in (book.sheet("Data"), book.sheet("Tabel")):
        for place, cell in list(sheet.cells.items()):
            if not any(place in area for area in sheet.arrays):
                sheet.write(place, value=cell.value, formula=cell.formula, style=Style())
    assert parts(book.to_bytes()) == parts(before)


def test_clearing_keeps_the_style() -> None:
    before = office()
    book = Workbook.from_bytes(before)
    style = book.sheet("Data").cell("D3").style
    book.sheet("Data").clear("D3")
    cell = Workbook.from_bytes(book.to_bytes()).sheet("Data").cell("D3")
    assert (cell.value, cell.formula, cell.style) == (None, None, style)
    assert style > 0


def test_a_new_cell_takes_the_style_of_its_row_or_column() -> None:
    before = office()
    sheet = Workbook.from_bytes(written(before, ("B50", 1, None))).sheet("Data")
    assert sheet.cell("B50").number_format == "#,##0.00"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("F4", "rumus array atau tabel data F4:F6"),
        ("F5", "rumus array"),
        ("I1", "sel gabungan H1:J2"),
        ("H2", "sel gabungan"),
    ],
)
def test_cells_that_are_bound_are_refused_by_name(at: str, words: str) -> None:
    sheet = Workbook.from_bytes(office()).sheet("Data")
    with pytest.raises(UnsupportedWorkbook, match=words) as error:
        sheet.write(at, value=1)
    assert at in error.value.text.id
    assert at in error.value.text.en


def test_the_first_cell_of_merged_ones_is_written() -> None:
    after = written(office(), ("H1", "judul baru", None))
    assert openpyxl.load_workbook(io.BytesIO(after))["Data"]["H1"].value == "judul baru"


def test_table_headers_are_refused() -> None:
    sheet = Workbook.from_bytes(office()).sheet("Tabel")
    sheet.write("A2", value="1.02")
    with pytest.raises(UnsupportedWorkbook, match="judul atau baris total tabel"):
        sheet.write("B1", value="Jumlah")


def test_a_data_table_is_refused() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="dataTable" ref="A1:B2" dt2D="1" r1="D1" r2="D2"/><v>1</v></c></row>'
        '<row r="2"><c r="B2"><v>1</v></c></row>'
    )
    sheet = Workbook.from_bytes(raw(sheet_xml(rows))).sheet("Data")
    assert sheet.cell("A1").formula == "TABLE(D1,D2)"
    with pytest.raises(UnsupportedWorkbook, match="A1:B2"):
        sheet.write("B2", value=2)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="3"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="5"><c r="B5"/><c r="A5"/></row>',
        '<row r="1"/><other/><row r="5"/>',
        '<row r="5"><c r="C5"/><c r="C5"/></row>',
        '<row r="5"><c r="C5"/></row><row r="7"/><row r="6"/>',
    ],
)
def test_sheets_out_of_order_are_refused_before_anything_is_written(rows: str) -> None:
    book = Workbook.from_bytes(raw(sheet_xml(rows)))

    def edit() -> None:
        book.sheet("Data").write("C5", value=1)
        book.to_bytes()

    with pytest.raises(UnsupportedWorkbook, match="tidak berurutan"):
        edit()
    assert Workbook.from_bytes(raw(sheet_xml(rows))).sheet("Data").cell("A9").value is None, (
        "it can be read all the same"
    )


@pytest.mark.parametrize(
    ("value", "formula", "limit"), [("x" * 32_768, None, "32,767"), (1.0, "1+" * 4_096 + "1", "8,192")]
)
def test_what_excel_does_not_take_is_refused_with_the_number(value: object, formula: str | None, limit: str) -> None:
    sheet = Workbook.from_bytes(office()).sheet("Data")
    with pytest.raises(UnsupportedWorkbook, match=limit):
        sheet.write("A1", value=value, formula=formula)  # type: ignore[arg-type]


def test_a_number_that_no_cell_holds_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="nan"):
        Workbook.from_bytes(office()).sheet("Data").write("A1", value=float("nan"))


def test_lone_surrogates_do_not_reach_the_file() -> None:
    after = written(office(), ("A20", "a\ud800b", None))
    assert Workbook.from_bytes(after).sheet("Data").cell("A20").value == "a?b"


def test_the_calculation_chain_goes_only_with_formulas() -> None:
    chain = {"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="D2" i="1"/></calcChain>'.encode()}
    contents = parts(office()) | chain
    contents["xl/_rels/workbook.xml.rels"] = contents["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" '
        b'Target="/xl/calcChain.xml"/></Relationships>',
    )
    contents["[Content_Types].xml"] = contents["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        b'calcChain+xml"/></Types>',
    )
    book = zipped(contents)
    values = parts(written(book, ("B2", 5, None)))
    assert "xl/calcChain.xml" in values
    assert b'fullCalcOnLoad="1"' in values["xl/workbook.xml"]
    formulas = parts(written(book, ("D2", 5, None)))
    assert "xl/calcChain.xml" not in formulas
    assert b"calcChain" not in formulas["[Content_Types].xml"] + formulas["xl/_rels/workbook.xml.rels"]


def test_places_are_addresses_or_pairs() -> None:
    sheet = Workbook.from_bytes(office()).sheet("Data")
    sheet.write((5, 2), value=1)
    sheet.write("b6", value=2)
    assert [sheet.cell(parse_a1(a)).value for a in ("B5", "B6")] == [1, 2]


def test_styling_a_copy_alone_keeps_the_shared_formula() -> None:
    book = Workbook.from_bytes(raw(sheet_xml(SHARED)))
    book.sheet("Data").restyle("A3", Style(bold=True))
    after = book.to_bytes()
    assert '<c r="A3" s="1" t="str"><f t="shared" si="3"/><v>&lt;x&gt;</v></c>' in sheet_of(after)
    assert Workbook.from_bytes(after).sheet("Data").cell("A3").formula == "B3*2"
