"""What the reader makes of cells: every type, every way to write one, every way to hide one."""

from __future__ import annotations

import io

import openpyxl
import pytest

from lakip_xl.cells import DIV0, Area, ErrorValue
from lakip_xl.errors import MissingSheet, UnreadableWorkbook
from lakip_xl.workbook import Style, Workbook, patching, reading
from lakip_xl.workbook.reading import read_sheet
from workbook_samples import MAIN, office, parts, raw, replaced, sheet_xml, zipped


def data(rows: str, strings: str | None = None, after: str = "", before: str = ""):
    return Workbook.from_bytes(raw(sheet_xml(rows, after, before), strings)).sheet("Data")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>90.44</v></c>', 90.44),
        ('<c r="A1" t="n"><v>1e3</v></c>', 1000.0),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', DIV0),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', ErrorValue("#SPILL!")),
        ('<c r="A1" t="str"><f>"a"</f><v>a</v></c>', "a"),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="A1" t="s"><v>1</v></c>', "dua tiga"),
        ('<c r="A1" t="inlineStr"><is><t>x</t></is></c>', "x"),
        (
            '<c r="A1" t="inlineStr"><is><r><t>x </t></r><r><t>y</t></r><rPh sb="0" eb="1"><t>z</t></rPh></is></c>',
            "x y",
        ),
        ('<c r="A1" t="inlineStr"><is><t>baris_x000D_\nbaru &amp; &lt;</t></is></c>', "baris\r\nbaru & <"),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', "a<b"),
        ('<c r="A1" t="d"><v>2023-12-31T12:00:00</v></c>', 45291.5),
        ('<c r="A1" t="s"/>', None),
        ('<c r="A1"><!-- 5 --><v>7</v></c>', 7.0),
        ('<c r="A1"><v></v></c>', None),
    ],
)
def test_a_value_is_what_excel_shows(cell: str, value: object) -> None:
    rich = "<si><r><t>dua </t></r><r><t>tiga</t></r><rPh sb='0' eb='1'><t>X</t></rPh></si>"
    strings = f'<sst xmlns="{MAIN}"><si><t>satu</t></si>{rich}</sst>'
    found = data(f'<row r="1">{cell}</row>', strings).cell("A1").value
    assert found == value
    assert type(found) is type(value)


def test_a_formula_knows_whether_its_value_was_cached() -> None:
    sheet = data(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1" t="str"><f>""</f><v/></c><c r="D1"><v>2</v></c></row>'
    )
    assert [(c.formula, c.value, c.has_cache) for c in map(sheet.cell, ("A1", "B1", "C1", "D1"))] == [
        ("1+1", 2.0, True), ("1+1", None, False), ('""', "", True), (None, 2.0, False),
    ]  # fmt: skip


def test_shared_formulas_are_each_cell_s_own() -> None:
    sheet = data(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B2" si="0">SUM(C1:$D$1,"A1")</f><v>1</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    assert [sheet.cell(a).formula for a in ("A1", "B1", "A2")] == [
        'SUM(C1:$D$1,"A1")',
        'SUM(D1:$D$1,"A1")',
        'SUM(C2:$D$1,"A1")',
    ]
    assert sheet.cell("A2").value == 3.0


def test_a_shared_number_that_is_used_again_begins_a_new_formula() -> None:
    sheet = data(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">C1</f></c><c r="B1"><f t="shared" si="0"/></c></row>'
        '<row r="2"><c r="A2"><f t="shared" ref="A2:B2" si="0">E2*2</f></c><c r="B2"><f t="shared" si="0"/></c></row>'
    )
    assert [sheet.cell(a).formula for a in ("B1", "B2")] == ["D1", "F2*2"]


def test_a_shared_formula_that_is_none_is_a_sentence() -> None:
    sheet = data(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">&quot;abc</f></c><c r="B1"><f t="shared" si="0"/></c></row>'
    )
    with pytest.raises(UnreadableWorkbook, match="rusak"):
        _ = sheet.cell("B1").formula


def test_rows_and_cells_without_addresses_follow_each_other() -> None:
    sheet = data(
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    )
    assert {place: cell.value for place, cell in sheet.cells.items()} == {
        (1, 1): 1.0,
        (1, 2): 2.0,
        (4, 3): 3.0,
        (4, 4): 4.0,
        (5, 1): 5.0,
    }


def test_rows_out_of_order_are_read_at_their_addresses() -> None:
    sheet = data('<row r="3"><c r="B3"><v>3</v></c><c r="A3"><v>1</v></c></row><row r="1"><c r="A1"><v>9</v></c></row>')
    assert {place: cell.value for place, cell in sheet.cells.items()} == {(3, 2): 3.0, (3, 1): 1.0, (1, 1): 9.0}
    assert (sheet.max_row, sheet.max_column) == (3, 2)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_other_encodings_and_prefixes_read_the_same(encoding: str) -> None:
    name = {"utf-8-sig": "UTF-8"}.get(encoding, encoding.upper())
    xml = (
        f'<?xml version="1.0" encoding="{name}"?>\n<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr">'
        "<x:is><x:t>café</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert Workbook.from_bytes(raw(xml.encode(encoding))).sheet("Data").cell("B2").value == "café"


def test_hidden_rows_and_columns_hide_their_cells() -> None:
    sheet = data(
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>1</v></c></row>',
        before='<cols><col min="2" max="4" hidden="1" style="0"/></cols>',
    )
    assert [sheet.cell(a).hidden for a in ("A1", "A2", "C2", "D9", "E9", "Z1")] == [
        True,
        False,
        True,
        True,
        False,
        True,
    ]
    assert sheet.hidden_rows == {1}
    assert sheet.hidden_columns == {2, 3, 4}


def test_the_rich_workbook_reads_as_it_was_made() -> None:
    book = Workbook.from_bytes(office())
    assert book.sheet_names == ["Data", "Tabel", "Sembunyi", "Grafik"]
    assert book.names == {"Pagu": "Data!$B$2:$B$12"}
    sheet = book.sheet("DATA")
    assert (sheet.name, sheet.state, book.sheet("Sembunyi").state) == ("Data", "visible", "hidden")
    assert sheet.cell("A1").value == "Judul tebal"
    assert sheet.cell((2, 2)).number_format == "#,##0.00"
    assert sheet.cell("B40").number_format == "#,##0.00", "a cell that is not there has the style of its column"
    assert sheet.merged == [Area.parse("H1:J2")]
    assert sheet.arrays == [Area.parse("F4:F6")]
    assert sheet.comments == {(3, 2): "periksa DPA"}
    assert sheet.hidden_rows == {8}
    assert sheet.cell("G2").hidden
    assert not sheet.protected
    assert not book.facts.has_macros


def test_reading_agrees_with_openpyxl_on_every_cell() -> None:
    sheet = Workbook.from_bytes(office()).sheet("Data")
    values = openpyxl.load_workbook(io.BytesIO(office()), data_only=True)["Data"]
    formulas = openpyxl.load_workbook(io.BytesIO(office()))["Data"]
    compared = 0
    for row in values.iter_rows():
        for cell in row:
            mine = sheet.cell((cell.row, cell.column))
            theirs = formulas.cell(cell.row, cell.column).value
            shown = str(mine.value) if isinstance(mine.value, ErrorValue) else mine.value
            assert shown == cell.value or (shown == "" and cell.value is None), cell.coordinate
            if isinstance(theirs, str) and theirs.startswith("="):
                assert "=" + (mine.formula or "") == theirs
            if (cell.row, cell.column) in sheet.cells:
                assert mine.number_format == cell.number_format
            compared += 1
    assert compared > 100


def test_a_missing_sheet_gets_advice() -> None:
    book = Workbook.from_bytes(office(), "dinsos.xlsx")
    with pytest.raises(MissingSheet, match="Mungkin maksudnya 'Tabel'"):
        book.sheet("Tabell")
    with pytest.raises(MissingSheet, match="Lembar yang ada: 'Data', 'Tabel'"):
        book.sheet("Matriks Kinerja")
    with pytest.raises(MissingSheet, match="bukan lembar kerja biasa"):
        book.sheet("Grafik")
    assert book.has_sheet("grafik")
    assert not book.has_sheet("Matriks")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>abc</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1048577"/>',
        '<row r="x"/>',
        '<row r="1"><c r="A1" s="x"/></row>',
        '<row r="1"><c r="A1" t="zzz"><v>1</v></c></row>',
        "<row",
    ],
)
def test_cells_that_cannot_be_are_a_sentence(rows: str) -> None:
    with pytest.raises(UnreadableWorkbook, match="rusak"):
        _ = data(rows).cells


def test_a_sheet_of_a_million_declared_rows_is_read() -> None:
    rows = (
        "".join(f'<row r="{n}"/>' for n in range(1, 200_001)) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    sheet = data(rows)
    assert list(sheet.cells) == [(1_048_576, 16_384)]


def test_facts_are_reported() -> None:
    plain = raw(sheet_xml(""))
    assert not Workbook.from_bytes(plain).facts.date_1904
    settings = b'<workbookPr date1904="1"/><workbookProtection lockStructure="1"/><sheets>'
    changed = replaced(plain, workbook=parts(plain)["xl/workbook.xml"].replace(b"<sheets>", settings))
    facts = Workbook.from_bytes(changed).facts
    assert (facts.date_1904, facts.protected_structure, facts.has_macros, facts.has_pivots) == (
        True,
        True,
        False,
        False,
    )


PLAIN = [
    '<row r="1" spans="1:3"><c r="A1" s="1"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="b"><v>1</v></c></row>',
    '<row r="1" hidden="1"><c r="A1"/><c r="C1" s="1"/></row>\n<row r="3" s="1" customFormat="1" ht="20"/>',
    '<row r="2"><c r="A2" t="str"><f>"&lt;&amp;"&amp;B1</f><v>&#60;&#x26;</v></c><c r="B2"><f>1+1</f></c></row>',
    '<row r="2"><c r="A2" t="str"><f>""</f><v/></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><v></v></c></row>',
    '<row r="2"><c r="A2"><f t="shared" ref="A2:B2" si="0">C2</f><v>1</v></c><c r="B2"><f t="shared" si="0"/><v>1</v></c></row>',
    '<row r="2"><c r="A2"><f t="array" ref="A2:B2">C2:D2</f><v>1</v></c><c r="B2"><v>1</v></c></row>',
    '<row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve"> a&amp;b_x000D_ </t></is></c></row>',
    '<row><c r="A1"><v>1</v></c></row><row><c r="B2"><v>1E+2</v></c></row>',
    '<row r="5"><c r="B5"><v>1</v></c><c r="A5"><v>1</v></c></row><row r="2"/>',
    '<row r="1"/><c r="A1"><v>1</v></c>',
    '<row r="1"><c r="A1" cm="1"><v>1</v></c><c t="s" r="B1"><v>0</v></c></row>',
]


@pytest.mark.parametrize("rows", PLAIN)
def test_the_quick_reader_and_the_one_for_all_xml_agree(rows: str) -> None:
    xml = sheet_xml(rows, before='<cols><col min="2" max="2" hidden="1"/></cols>').encode()

    def read(data: bytes) -> object:
        try:
            content = read_sheet(data, "sheet1.xml", ["a&b"], lambda style: f"format {style}")
        except UnreadableWorkbook as error:
            return error.text
        return content.cells, content.hidden_rows, content.row_styles, content.arrays, content.ordered, content.columns

    assert read(xml) == read(xml + b"<!-- not plain -->")


def test_what_excel_writes_takes_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> None:
        raise AssertionError("written the slow way")

    read = reading._Reader.read

    def without_rows(self: reading._Reader, data: bytes) -> object:
        assert b"<row" not in data
        return read(self, data)

    for title in ("Data", "Tabel"):
        assert Workbook.from_bytes(office()).sheet(title).content.plain
    # What was written is read the quick way too, at once and the next time.
    book = Workbook.from_bytes(office())
    sheet = book.sheet("Data")
    sheet.write("A2", value=" teks & <b>\n")
    sheet.write("D3", value="-", formula='IF(B3<1,"-",B3&"")')
    sheet.write("Z9", value=True)
    sheet.restyle("A3", Style(bold=True))
    sheet.restyle("D4", Style(fill="FFF2CC"))
    monkeypatch.setattr(reading._Reader, "read", without_rows)
    monkeypatch.setattr(patching, "child_spans", slow)
    again = Workbook.from_bytes(book.to_bytes()).sheet("Data")
    assert again.content.plain
    assert again.cells == sheet.cells


def test_a_sheet_in_no_namespace_is_no_sheet() -> None:
    with pytest.raises(UnreadableWorkbook, match="tidak dapat dibaca"):
        _ = Workbook.from_bytes(raw('<worksheet><sheetData><row r="1"/></sheetData></worksheet>')).sheet("Data").cells


def test_links_to_other_workbooks_are_reported() -> None:
    contents = parts(office())
    contents["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    link = b'<Relationship Id="%b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%b" Target="%b"%b/>'
    contents["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + link % (b"rId1", b"externalLinkPath", b"file:///C:/DPA%202023.xlsx", b' TargetMode="External"')
        + b"</Relationships>"
    )
    contents["xl/_rels/workbook.xml.rels"] = contents["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        link % (b"rId50", b"externalLink", b"externalLinks/externalLink1.xml", b"") + b"</Relationships>",
    )
    assert Workbook.from_bytes(zipped(contents)).facts.external_links == ("file:///C:/DPA%202023.xlsx",)
