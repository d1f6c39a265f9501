"""Each check of a workbook's soundness can fail: a sound office workbook is damaged on purpose, one damage at a time."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import xlsx_checks
from other_writers import LINK, NOTE, WRITERS, Change, repacked, xlsxwriter_office
from xlsx_checks import CHECKS, Package, compare, problems

TYPES, RELS, BOOK = "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"
BOOK_RELS, STYLES, STRINGS = "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"
MATRIX, NOTES, LISTS = (f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3))
MATRIX_RELS, LISTS_RELS = "xl/worksheets/_rels/sheet1.xml.rels", "xl/worksheets/_rels/sheet3.xml.rels"
TABLE, COMMENTS, DRAWING, CHART = (
    "xl/tables/table1.xml",
    "xl/comments1.xml",
    "xl/drawings/drawing1.xml",
    "xl/charts/chart1.xml",
)
APP = "docProps/app.xml"

LONG = "x" * 256

# What is damaged (part, text, text in its place), and everything that must then be said.
DAMAGES: list[tuple[str, str, str, tuple[str, ...]]] = [
    # the package
    (TYPES, "/xl/theme/theme1.xml", "/xl/theme/theme9.xml", (f"{TYPES}: names xl/theme/theme9.xml, which is not there",)),
    (TYPES, "/xl/theme/theme1.xml", "/xl/styles.xml", (f"{TYPES}: /xl/styles.xml twice",)),
    (TYPES, "/xl/theme/theme1.xml", "xl/theme/theme1.xml", (f"{TYPES}: xl/theme/theme1.xml does not begin with a slash",)),
    (TYPES, 'Extension="png"', 'Extension="gif"', ("xl/media/image1.png: no content type",)),
    (BOOK_RELS, "theme/theme1.xml", "theme/theme2.xml", (
        f"{BOOK}: rId5 leads to xl/theme/theme2.xml, which is not there", "xl/theme/theme1.xml: no relationship leads here")),
    (BOOK_RELS, 'Id="rId5"', 'Id="rId6"', (f"{BOOK_RELS}: Id rId6 twice", "xl/theme/theme1.xml: no relationship leads here")),
    (MATRIX, 'r:id="rId2"', 'r:id="rId9"', (f"{MATRIX}: legacyDrawing rId9 has no relationship",)),
    (DRAWING, 'r:embed="rId', 'r:embed="rId9', (f"{DRAWING}: blip rId91 has no relationship",)),
    (RELS, "officeDocument\" T", "officeDokument\" T", ("_rels/.rels: no workbook",)),
    (STYLES, "</styleSheet>", "", (f"{STYLES}: not well-formed: ",)),
    (BOOK, "<workbook ", "<!DOCTYPE workbook [<!ENTITY a 'b'>]><workbook ", (f"{BOOK}: has a document type declaration",)),
    (MATRIX, 'mc:Ignorable="x14ac"', 'mc:Ignorable="x14ac xr"',
        (f"{MATRIX}: Ignorable names the prefix xr, which is not declared",)),
    # the order of elements
    (MATRIX, "<pageMargins ", "<mergeCells count='1'><mergeCell ref='N1:N2'/></mergeCells><pageMargins ",
        (f"{MATRIX}: mergeCells after hyperlinks in worksheet",)),
    (STYLES, "<dxfs count=", "<baru/><dxfs count=", (f"{STYLES}: styleSheet holds baru, which does not belong there",)),
    (BOOK, "<calcPr ", "<bookViews/><calcPr ", (f"{BOOK}: bookViews after definedNames in workbook",)),
    (MATRIX, "<f>SUM(I5:I10)</f><v>292644000</v>", "<v>292644000</v><f>SUM(I5:I10)</f>", (f"{MATRIX}: f after v in c",)),
    # the workbook
    (BOOK, 'name="Daftar"', 'name="Daftar[1]"', (f"{BOOK}: sheet name 'Daftar[1]'", f"{APP}: the titles leave out Daftar[1]")),
    (BOOK, 'name="Daftar"', 'name="rahasia"', (f"{BOOK}: sheet name 'rahasia' twice", f"{APP}: the titles leave out rahasia")),
    (BOOK, 'name="Daftar"', f'name="{LONG[:32]}"', (f"{BOOK}: sheet name '{LONG[:32]}'", f"{APP}: the titles leave out x")),
    (BOOK, 'sheetId="3"', 'sheetId="2"', (f"{BOOK}: sheetId 2 twice",)),
    (BOOK, 'r:id="rId3"', 'r:id="rId33"', (f"{BOOK}: sheet rId33 has no relationship", f"{BOOK}: sheet Daftar has no part")),
    (BOOK, 'r:id="rId4"', 'r:id="rId2"', (f"{BOOK}: {NOTES} is two sheets",)),
    (BOOK, "<workbookView ", '<workbookView activeTab="4" ', (f"{BOOK}: activeTab 4 of 4 sheets",)),
    (BOOK, "<workbookView ", '<workbookView firstSheet="7" ', (f"{BOOK}: firstSheet 7 of 4 sheets",)),
    (BOOK, "<workbookView ", '<workbookView activeTab="3" ', (
        f"{BOOK}: activeTab 3 is a hidden sheet", f"{BOOK}: activeTab 3 is not the selected sheet Evaluasi 2023")),
    (NOTES, "<sheetView ", '<sheetView tabSelected="1" ', (f"{BOOK}: the sheets Evaluasi 2023, Catatan & Usulan are grouped",)),
    (BOOK, 'sheetId="1"', 'state="hidden" sheetId="1"', (f"{BOOK}: activeTab 0 is a hidden sheet",)),
    (BOOK, 'name="PaguTotal"', 'name="Print Total"', (f"{BOOK}: defined name 'Print Total'",)),
    (BOOK, 'name="PaguTotal"', 'name="TW1"', (f"{BOOK}: defined name 'TW1'",)),
    (BOOK, 'name="PaguTotal"', 'name="satuan" localSheetId="2"', (f"{BOOK}: defined name satuan twice",)),
    (BOOK, 'name="Satuan" localSheetId="2"', 'name="Satuan" localSheetId="4"', (f"{BOOK}: defined name Satuan on sheet 4 of 4",)),
    (BOOK, ">Daftar!$A$2:$A$4<", ">=Daftar!$A$2:$A$4<", (f"{BOOK}: defined name Satuan says '=Daftar!$A$2:$A$4'",)),
    # styles and strings
    (STYLES, '<fonts count="4">', '<fonts count="5">', ("styles: fonts says 5, holds 4",)),
    (STYLES, '<dxfs count="1">', '<dxfs count="0">', ("styles: dxfs says 0, holds 1",)),
    (STYLES, 'numFmtId="164" fontId', 'numFmtId="165" fontId', ("styles: cellXfs 3 has numFmtId 165, which is not defined",)),
    (STYLES, '<numFmts count="1">', '<numFmts count="2"><numFmt numFmtId="164" formatCode="0"/>', ("styles: numFmtId 164 twice",)),
    (STYLES, 'fontId="1" fillId="2"', 'fontId="4" fillId="2"', ("styles: cellXfs 1 has fontId 4 of 4",)),
    (STYLES, 'fontId="1" fillId="2"', 'fontId="1" fillId="3"', ("styles: cellXfs 1 has fillId 3 of 3",)),
    (STYLES, 'borderId="1" xfId="0" applyNumber', 'borderId="2" xfId="0" applyNumber', ("styles: cellXfs 3 has borderId 2 of 2",)),
    (STYLES, 'xfId="1" applyAlignment', 'xfId="2" applyAlignment', ("styles: cellXfs 4 has xfId 2 of 2",)),
    (STYLES, 'name="Hyperlink" xfId="1"', 'name="Hyperlink" xfId="7"', ("styles: cell style Hyperlink has xfId 7",)),
    (STYLES, 'rgb="FFD9E1F2"', 'rgb="D9E1F2"', ("styles: fgColor has the colour D9E1F2",)),
    (STRINGS, "<t>Kode</t>", f"<t>{'x' * 32768}</t>", ("sharedStrings: text 2 has 32768 characters",)),
    (APP, '<vt:vector size="8"', '<vt:vector size="9"', (f"{APP}: TitlesOfParts says 9, holds 8",)),
    (APP, "<vt:lpstr>Daftar</vt:lpstr>", "<vt:lpstr>Lama</vt:lpstr>", (f"{APP}: the titles leave out Daftar",)),
    (APP, "<vt:i4>4</vt:i4></vt:variant></", "<vt:i4>3</vt:i4></vt:variant></", (f"{APP}: the headings count 7 titles of 8",)),
    # cells
    (MATRIX, '<row r="6"', '<row r="4"', (f"{MATRIX}: row 4 after row 5", *(
        f"{MATRIX}: cell {letter}6 out of place in row 4" for letter in "ABCDEFGHIJKL"))),
    (MATRIX, '<c r="F5" s="2">', '<c r="D5" s="2">', (f"{MATRIX}: cell D5 out of place in row 5",)),
    (MATRIX, '<c r="F5" s="2">', '<c r="F05" s="2">', (f"{MATRIX}: cell 'F05'",)),
    (MATRIX, '<c r="F5" s="2">', '<c r="F5" s="5">', (f"{MATRIX}: F5 has style 5 of 5",)),
    (MATRIX, '<row r="7" ', '<row s="9" r="7" ', (f"{MATRIX}: row 7 has style 9 of 5",)),
    (MATRIX, "<v>36</v>", "<v>43</v>", (f"{MATRIX}: C17 has shared string 43 of 43",)),
    (MATRIX, "<v>36</v>", "", (f"{MATRIX}: C17 has shared string None of 43",)),
    (MATRIX, "<v>56236000</v>", "<v>56.236.000</v>", (f"{MATRIX}: I7 is a number but holds '56.236.000'",)),
    (MATRIX, "<v>56236000</v>", "<v>nan</v>", (f"{MATRIX}: I7 is a number but holds 'nan'",)),
    (MATRIX, '<c r="F5" s="2">', '<c r="F5" s="2" t="b">', (f"{MATRIX}: F5 is a truth value but holds '81'",)),
    (MATRIX, '<c r="F5" s="2">', '<c r="F5" s="2" t="e">', (f"{MATRIX}: F5 is an error but holds '81'",)),
    (MATRIX, '<c r="F5" s="2">', '<c r="F5" s="2" t="x">', (f"{MATRIX}: F5 has the type 'x'",)),
    (MATRIX, '<c r="F5" s="2"><v>81</v>', '<c r="F5" s="2"><is><t>81</t></is>', (f"{MATRIX}: F5 has inline text but the type 'n'",)),
    (MATRIX, '<c r="F5" s="2"><v>81</v>', f'<c r="F5" s="2" t="str"><v>{"x" * 32768}</v>', (f"{MATRIX}: F5 has 32768 characters",)),
    # formulas
    (MATRIX, "<f>SUM(", "<f>=SUM(", (f"{MATRIX}: I13: the formula begins with =",)),
    (MATRIX, "<f>SUM(I5:I10)", f"<f>{'1+' * 4096}1", (f"{MATRIX}: I13: the formula has 8193 characters",)),
    (MATRIX, "<f>SUM(I5:I10)", "<f>IFNA(I5,0)", (f"{MATRIX}: I13: IFNA needs the prefix _xlfn.",)),
    (MATRIX, "<f>SUM(I5:I10)", "<f>SUM(I5:I10", (f"{MATRIX}: I13: the brackets of the formula do not pair",)),
    (MATRIX, "<f>SUM(I5:I10)", "<f>", (f"{MATRIX}: I13 has an empty formula",)),
    (MATRIX, "<f>SUM(I5:I10)", '<f t="shared" si="0">', (f"{MATRIX}: I13 shares formula 0, which has no master",)),
    (MATRIX, '<f t="array" ref="J13">', '<f t="array">', (f"{MATRIX}: J13 is an array formula without a range",)),
    (MATRIX, "<formula>$J5", "<formula>=$J5", (f"{MATRIX}: formula: the formula begins with =",)),
    (MATRIX, "<formula1>Daftar", "<formula1>=Daftar", (f"{MATRIX}: formula1: the formula begins with =",)),
    # columns, merged cells, ranges
    (MATRIX, '<col min="3"', '<col min="2"', (f"{MATRIX}: column definition 2-4 after 2",)),
    (MATRIX, '<col min="14" max="15"', '<col min="14" max="15" style="5"', (f"{MATRIX}: column 14 has style 5 of 5",)),
    (MATRIX, '<mergeCell ref="A1:L1"/>', '<mergeCell ref="A1:L3"/>', tuple(
        f"{MATRIX}: merged ranges A1:L3 and {ref} overlap"
        for ref in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:H3", "I3:K3", "L3:L4"))),
    (MATRIX, '<mergeCell ref="A1:L1"/>', '<mergeCell ref="A1"/>', (f"{MATRIX}: merged range 'A1'",)),
    (NOTES, "<pageMargins ", "<mergeCells count='0'/><pageMargins ", (f"{NOTES}: an empty list of merged ranges",)),
    (MATRIX, 'sqref="E5:E11"', 'sqref="E5:E11,E13"', (f"{MATRIX}: dataValidation of 'E5:E11,E13'",)),
    (MATRIX, 'sqref="J5:J11"', 'sqref=""', (f"{MATRIX}: conditionalFormatting without a range",)),
    (MATRIX, '<autoFilter ref="A4:L11"/>', '<autoFilter ref="A4-L11"/>', (f"{MATRIX}: autoFilter of 'A4-L11'",)),
    # validations, conditional formats, links
    (MATRIX, '<dataValidations count="2">', '<dataValidations count="3">', (f"{MATRIX}: dataValidations says 3, holds 2",)),
    (MATRIX, 'promptTitle="Satuan"', f'promptTitle="{LONG[:33]}"',
        (f"{MATRIX}: validation of E5:E11: promptTitle is longer than 32",)),
    (MATRIX, 'prompt="Pilih dari daftar."', f'prompt="{LONG}"', (f"{MATRIX}: validation of E5:E11: prompt is longer than 255",)),
    (MATRIX, 'promptTitle="Satuan"', f'error="{LONG}"', (f"{MATRIX}: validation of E5:E11: error is longer than 255",)),
    (MATRIX, "<formula1>Daftar!$A$2:$A$4<", f'<formula1>"{LONG}"<', (f"{MATRIX}: validation of E5:E11: its list is longer than 255",)),
    (MATRIX, "<formula1>0</formula1>", "", (f"{MATRIX}: validation of F5:F11: no formula",)),
    (MATRIX, 'dxfId="0"', 'dxfId="1"', (f"{MATRIX}: conditional format of J5:J11: dxfId 1 of 1",)),
    (MATRIX, 'priority="2"', 'priority="0"', (f"{MATRIX}: conditional format of J5:J11: priority 0",)),
    (MATRIX, "location=\"'Catatan &amp; Usulan'!A1\"", 'location="Lama!A1"',
        (f"{MATRIX}: hyperlink on C17: leads to the sheet Lama, which is not there",)),
    (MATRIX, "location=\"'Catatan &amp; Usulan'!A1\"", "", (f"{MATRIX}: hyperlink on C17: leads nowhere",)),
    (MATRIX, 'tooltip="buka laporan"', f'tooltip="{LONG}"', (f"{MATRIX}: hyperlink on C16: its tip is longer than 255",)),
    (MATRIX, 'hyperlink ref="C16"', 'hyperlink ref=""', (f"{MATRIX}: hyperlink on : no range",)),
    (MATRIX_RELS, "jenis=akhir", "x" * 2100, (f"{MATRIX}: hyperlink on C16: its address has {len(LINK) - 11 + 2100} characters",)),
    # tables, notes, drawings
    (TABLE, 'ref="A1:B4" t', 'ref="A1:C4" t', (f"{TABLE}: 2 columns in A1:C4",)),
    (TABLE, 'name="Jenis"', 'name="satuan"', (
        f"{TABLE}: column 'satuan' twice", f"{TABLE}: column 'satuan', but B1 says 'Jenis'")),
    (TABLE, 'name="Jenis"', 'name="Golongan"', (f"{TABLE}: column 'Golongan', but B1 says 'Jenis'",)),
    (TABLE, 'id="2" name', 'id="1" name', (f"{TABLE}: column id 1 twice",)),
    (TABLE, 'displayName="tblSatuan"', 'displayName="PaguTotal"', (f"{BOOK}: table name pagutotal twice",)),
    (LISTS, "<pageMargins ", "<mergeCells count='1'><mergeCell ref='A2:A3'/></mergeCells><pageMargins ",
        (f"{LISTS}: table and merged range A1:B4 and A2:A3 overlap",)),
    (LISTS, '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>', "",
        (f"{LISTS}: tableParts and the relationships to tables differ in number",)),
    (MATRIX, '<legacyDrawing r:id="rId2"/>', "", (f"{COMMENTS}: comments without their VML drawing",)),
    (COMMENTS, 'authorId="0"', 'authorId="1"', (f"{COMMENTS}: comment on I5 has author 1 of 1",)),
    (COMMENTS, "</commentList>", '<comment ref="I5" authorId="0"><text><t>x</t></text></comment></commentList>',
        (f"{COMMENTS}: two comments on I5",)),
    (DRAWING, '<xdr:cNvPr id="2"', '<xdr:cNvPr id="3"', (f"{DRAWING}: drawing id 3 twice",)),
    (CHART, "'Evaluasi 2023'!$I$4<", "'Evaluasi 2022'!$I$4<", (f"{CHART}: reads the sheet Evaluasi 2022, which is not there",)),
    (CHART, '<c:catAx><c:axId val="50010001"/>', '<c:catAx><c:axId val="5"/>',
        (f"{CHART}: uses the axis 50010001, which is not there",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return xlsxwriter_office(tmp_path_factory.mktemp("sound") / "kantor.xlsx")


@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_is_said_of_sound_workbooks(writer: str, tmp_path: Path) -> None:
    assert problems(WRITERS[writer](tmp_path / "kantor.xlsx")) == []


def damage(sound: Path, target: Path, part: str, old: str, new: str) -> Path:
    def change(data: bytes) -> bytes:
        text = data.decode()
        assert old in text, f"{old} does not occur in {part}: the damage would do nothing"
        return text.replace(old, new, 1).encode()

    return repacked(sound, target, {part: change})


@pytest.mark.parametrize(("part", "old", "new", "said"), DAMAGES, ids=[str(at) for at in range(len(DAMAGES))])
def test_each_damage_is_named(
    sound: Path, tmp_path: Path, part: str, old: str, new: str, said: tuple[str, ...]
) -> None:
    found = problems(damage(sound, tmp_path / "rusak.xlsx", part, old, new))
    assert len(found) == len(said), found
    for line, expected in zip(found, said, strict=True):
        assert line.startswith(expected) or expected in line


def test_every_check_is_set_off_by_a_damage(sound: Path, tmp_path: Path) -> None:
    """A check that nothing sets off proves nothing."""
    silent = {check for check in CHECKS if check.__name__ not in ("entries", "calculation_chain")}  # tested below
    for part, old, new, said in DAMAGES:
        if silent and "not well-formed" not in said[0] and "no workbook" not in said[0]:
            package = Package(damage(sound, tmp_path / "rusak.xlsx", part, old, new))
            silent -= {check for check in silent if any(check(package))}
    assert [check.__name__ for check in silent] == []


def test_a_file_that_is_no_zip(sound: Path, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.xlsx"
    for data in (b"", b"kode;uraian", sound.read_bytes()[:2000]):
        broken.write_bytes(data)
        assert [line.split(":")[0] for line in problems(broken)] == ["not a zip"]
    assert problems(tmp_path / "tidak ada.xlsx")[0].startswith("not a zip")


def test_a_damaged_entry(sound: Path, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.xlsx"
    with zipfile.ZipFile(broken, "w", zipfile.ZIP_STORED) as archive, zipfile.ZipFile(sound) as source:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    broken.write_bytes(broken.read_bytes().replace(b"Penyediaan", b"Penyebaran", 1))
    assert problems(broken) == [f"{STRINGS}: damaged"]


def test_two_entries_of_one_name_and_names_that_lead_out(sound: Path, tmp_path: Path) -> None:
    changes: dict[str, Change] = {"XL/Workbook.xml": b"<a/>", "../luar.xml": b"<a/>"}
    found = problems(repacked(sound, tmp_path / "rusak.xlsx", changes))
    assert "xl/workbook.xml: two entries with this name" in found
    assert "../luar.xml: a name that leads out of the package" in found


def test_a_part_that_is_not_there(sound: Path, tmp_path: Path) -> None:
    assert problems(repacked(sound, tmp_path / "rusak.xlsx", {TYPES: None})) == [f"{TYPES}: not there"]
    found = problems(repacked(sound, tmp_path / "rusak.xlsx", {COMMENTS: None}))
    assert found == [
        f"{TYPES}: names {COMMENTS}, which is not there",
        f"{MATRIX}: rId3 leads to {COMMENTS}, which is not there",
    ]


def test_a_workbook_with_every_sheet_hidden(sound: Path, tmp_path: Path) -> None:
    def hide(data: bytes) -> bytes:
        return data.replace(b' state="hidden"', b"").replace(b" sheetId=", b' state="veryHidden" sheetId=')

    assert problems(repacked(sound, tmp_path / "rusak.xlsx", {BOOK: hide})) == [f"{BOOK}: every sheet is hidden"]


@pytest.mark.parametrize(("entry", "said"), [("I13", []), ("I12", ["calcChain: I12 of sheet 1 holds no formula"])])
def test_a_calculation_chain_names_formula_cells(sound: Path, tmp_path: Path, entry: str, said: list[str]) -> None:
    kind = "officeDocument/2006/relationships/calcChain"
    chain = f'<calcChain xmlns="{xlsx_checks.MAIN}"><c r="J13" i="1"/><c r="{entry}"/></calcChain>'
    link = f'<Relationship Id="rId8" Type="http://schemas.openxmlformats.org/{kind}" Target="calcChain.xml"/>'
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    override = f'<Override PartName="/xl/calcChain.xml" ContentType="{content}"/>'
    changes: dict[str, Change] = {
        "xl/calcChain.xml": chain.encode(),
        BOOK_RELS: lambda data: data.replace(b"</Relationships>", link.encode() + b"</Relationships>"),
        TYPES: lambda data: data.replace(b"</Types>", override.encode() + b"</Types>"),
    }
    assert problems(repacked(sound, tmp_path / "rantai.xlsx", changes)) == said


def test_a_check_that_cannot_go_on_is_a_problem(sound: Path, tmp_path: Path) -> None:
    broken = damage(sound, tmp_path / "rusak.xlsx", MATRIX, 'dxfId="0"', 'dxfId="nol"')
    assert [line.split(" ValueError")[0] for line in problems(broken)] == ["conditional_formats: cannot go on:"]


def test_two_packages_are_compared_part_by_part(sound: Path, tmp_path: Path) -> None:
    changes: dict[str, Change] = {
        COMMENTS: lambda data: data.replace(NOTE.encode(), b"-"),
        CHART: None,
        "baru.xml": b"<a/>",
    }
    after = repacked(sound, tmp_path / "sesudah.xlsx", changes)
    assert compare(sound, after) == ([CHART], [COMMENTS], ["baru.xml"])
    assert compare(sound, sound) == ([], [], [])
