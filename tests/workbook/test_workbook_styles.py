"""Styles and conditional formats: laid over what is there, found again by content, never growing."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from lxml import etree

from lakip_xl.cells import Area
from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.workbook import Dxf, Style, Workbook, marked, styles
from workbook_samples import MAIN, office, parts, raw, sheet_xml, zipped

FLAG = Style(
    number_format='"Rp"\\ #,##0', fill="fff2cc", font_color="9C0006", bold=True, locked=False, wrap=True, align="center"
)


def styled(book: bytes, style: Style, at: str = "B3") -> bytes:
    workbook = Workbook.from_bytes(book)
    workbook.sheet("Data").restyle(at, style)
    return workbook.to_bytes()


def test_every_field_of_a_style_shows() -> None:
    cell = openpyxl.load_workbook(io.BytesIO(styled(office(), FLAG)))["Data"]["B3"]
    assert cell.number_format == '"Rp"\\ #,##0'
    assert (cell.fill.fill_type, cell.fill.fgColor.rgb) == ("solid", "FFFFF2CC")
    assert (cell.font.color.rgb, cell.font.bold, cell.font.name) == ("FF9C0006", True, "Calibri")
    assert not cell.protection.locked
    assert (cell.alignment.horizontal, cell.alignment.wrap_text) == ("center", True)
    assert cell.value == 2001


def test_fields_that_are_none_keep_what_is_there() -> None:
    once = styled(office(), FLAG)
    cell = openpyxl.load_workbook(io.BytesIO(styled(once, Style(number_format="0.00"))))["Data"]["B3"]
    assert (cell.number_format, cell.font.bold, cell.fill.fgColor.rgb) == ("0.00", True, "FFFFF2CC")
    plain = openpyxl.load_workbook(io.BytesIO(styled(once, Style(fill="", font_color="", bold=False))))["Data"]["B3"]
    assert (plain.fill.fill_type, plain.font.color, plain.font.bold) == (None, None, False)
    assert plain.alignment.horizontal == "center"


def test_copy_from_begins_with_the_other_cell() -> None:
    book = Workbook.from_bytes(office())
    sheet = book.sheet("Data")
    sheet.write("A20", value=1, style=Style(copy_from=(3, 2)))
    sheet.write("A21", value=1, style=Style(copy_from=(3, 2), bold=True))
    assert sheet.cell("A20").style == sheet.cell("B3").style
    again = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["Data"]
    assert (again["A21"].number_format, again["A21"].font.bold) == ("#,##0.00", True)


def test_the_same_style_again_adds_nothing() -> None:
    once = styled(office(), FLAG)
    twice = styled(styled(once, FLAG), FLAG, at="B4")
    assert parts(twice)["xl/styles.xml"] == parts(once)["xl/styles.xml"]
    assert styled(once, FLAG) == once


def test_what_others_wrote_into_the_stylesheet_survives() -> None:
    before = parts(office())["xl/styles.xml"]
    marks = b'<extLst><ext xmlns:x14="urn:x" uri="{X}"><x14:slicerStyles default="a"/></ext></extLst></styleSheet>'
    custom = before.replace(b"</styleSheet>", marks).replace(
        b"<styleSheet", b'<styleSheet xmlns:mc="urn:mc" mc:Ignorable="x14ac" xmlns:x14ac="urn:ac"'
    )
    contents = parts(office()) | {"xl/styles.xml": custom}
    after = parts(styled(zipped(contents), FLAG))["xl/styles.xml"]
    assert marks in after
    assert b'mc:Ignorable="x14ac"' in after
    counted = [e for e in etree.fromstring(after) if e.get("count")]
    assert len(counted) > 5
    assert [int(e.get("count", "")) for e in counted] == [len(e) for e in counted]


def test_a_workbook_without_a_stylesheet_gets_one_only_when_it_needs_it() -> None:
    before = raw(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    book = Workbook.from_bytes(before)
    book.sheet("Data").write("B1", value=2)
    assert "xl/styles.xml" not in parts(book.to_bytes())
    after = styled(before, FLAG, at="A1")
    cell = openpyxl.load_workbook(io.BytesIO(after))["Data"]["A1"]
    assert (cell.fill.fgColor.rgb, cell.number_format, cell.value) == ("FFFFF2CC", '"Rp"\\ #,##0', 1)
    assert styled(after, FLAG, at="A1") == after


def test_a_prefixed_stylesheet_grows_in_its_own_prefix() -> None:
    sheet = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
    plain = f'<x:styleSheet xmlns:x="{MAIN}"><x:fonts count="1"><x:font/></x:fonts><x:cellXfs count="1"><x:xf/></x:cellXfs></x:styleSheet>'
    once = styled(raw(sheet, styles=plain), FLAG, at="A1")
    text = parts(once)["xl/styles.xml"].decode()
    assert "<x:fill>" in text
    assert not re.findall(r"<[a-zA-Z]+[ >]", text), "no element without the prefix"
    assert styled(once, FLAG, at="A1") == once


def test_the_limit_of_formats_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "MAX_FORMATS", 3)
    with pytest.raises(UnsupportedWorkbook, match="3 format sel"):
        styled(office(), FLAG)


def test_built_in_number_formats_are_used_by_number() -> None:
    after = parts(styled(office(), Style(number_format="0.00")))["xl/styles.xml"]
    assert after.count(b"<numFmt ") == parts(office())["xl/styles.xml"].count(b"<numFmt ")


# ---- conditional formats

RED, BLUE = Dxf(fill="FFC7CE", font_color="9C0006", bold=True), Dxf(font_color="0000FF")
RULES = [(Area.parse("B2:B12"), "B2>5000", RED), ([Area.parse("C2:C12"), Area.parse("E1")], 'C2="<&"', BLUE)]


def formatted(book: bytes, rules: list, owner: str = "lakip") -> bytes:  # type: ignore[type-arg]
    workbook = Workbook.from_bytes(book)
    workbook.sheet("Data").set_conditional_formats(rules, owner=owner)
    return workbook.to_bytes()


def rules_of(book: bytes) -> list[tuple[str, str, int]]:
    found = []
    for area, rules in openpyxl.load_workbook(io.BytesIO(book))["Data"].conditional_formatting._cf_rules.items():
        found += [(str(area.sqref), rule.formula[0], rule.priority) for rule in rules if rule.type == "expression"]
    return sorted(found, key=lambda rule: rule[2])


def test_rules_are_added_after_the_user_s_with_free_priorities() -> None:
    after = formatted(office(), RULES)
    assert rules_of(after) == [
        ("B2:B12", 'IF(N("lakip")=0,B2>5000)', 3), ("C2:C12 E1", 'IF(N("lakip")=0,C2="<&")', 4),
    ]  # fmt: skip
    before, now = parts(office())["xl/worksheets/sheet1.xml"], parts(after)["xl/worksheets/sheet1.xml"]
    added = b"".join(
        re.findall(rb'<conditionalFormatting sqref="[^"]*"><cfRule type="expression".*?</conditionalFormatting>', now)
    )
    assert now.replace(added, b"") == before


def test_the_same_rules_again_change_no_byte() -> None:
    once = formatted(office(), RULES)
    assert formatted(once, RULES) == once


def test_rules_that_are_no_longer_wanted_go_and_leave_no_trace_in_the_sheet() -> None:
    before = parts(office())["xl/worksheets/sheet1.xml"]
    assert parts(formatted(formatted(office(), RULES), []))["xl/worksheets/sheet1.xml"] == before
    assert rules_of(formatted(formatted(office(), RULES), RULES[1:])) == [("C2:C12 E1", 'IF(N("lakip")=0,C2="<&")', 3)]


def test_owners_do_not_touch_each_other_s_rules() -> None:
    both = formatted(formatted(office(), RULES[:1]), RULES[1:], owner="lain")
    assert [rule[1][:12] for rule in rules_of(formatted(both, []))] == ['IF(N("lain")']


def test_a_rule_that_excel_moved_beside_one_of_the_user_is_found() -> None:
    mine = marked("A2>1", "lakip").replace('"', "&quot;").replace(">", "&gt;")
    block = (
        '<conditionalFormatting sqref="A3:A9"><cfRule type="expression" priority="7" dxfId="0"><formula>A3=0</formula></cfRule>'
        f'<cfRule type="expression" priority="1" dxfId="0"><formula>{mine}</formula></cfRule></conditionalFormatting>'
    )
    before = raw(
        sheet_xml("", after=block + '<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>')
    )
    text = parts(formatted(before, [(Area.parse("A3:A9"), "A2>2", RED)]))["xl/worksheets/sheet1.xml"].decode()
    assert (
        '<cfRule type="expression" priority="7" dxfId="0"><formula>A3=0</formula></cfRule></conditionalFormatting><cond'
        in text
    )
    assert text.count("lakip") == 1
    assert 'priority="1"><formula>IF(N("lakip")=0,A2&gt;2)' in text


def test_rules_stand_where_the_schema_wants_them() -> None:
    after = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><dataValidations/><hyperlinks/><extLst/>'
    text = parts(formatted(raw(sheet_xml("", after=after)), RULES[:1]))["xl/worksheets/sheet1.xml"].decode()
    assert "</mergeCells><conditionalFormatting" in text
    assert "</conditionalFormatting><dataValidations/>" in text


def test_a_format_inside_alternate_content_is_the_one_that_excel_sees() -> None:
    wrapped = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice xmlns:hs="urn:hs" '
        'Requires="hs"><xf numFmtId="1" fontId="0" fillId="0" borderId="0" hs:extra="1"/></mc:Choice><mc:Fallback>'
        '<xf numFmtId="10" fontId="0" fillId="0" borderId="0"/></mc:Fallback></mc:AlternateContent>'
    )
    sheet = (
        styles.EMPTY.decode()
        .replace("</cellXfs>", wrapped + "</cellXfs>")
        .replace('cellXfs count="1"', 'cellXfs count="2"')
    )
    book = Workbook.from_bytes(raw(sheet_xml('<row r="1"><c r="A1" s="1"><v>0.5</v></c></row>'), styles=sheet))
    assert book.sheet("Data").cell("A1").number_format == "0.00%"
    book.sheet("Data").restyle("A1", Style(bold=True))
    after = book.to_bytes()
    assert Workbook.from_bytes(after).sheet("Data").cell("A1").number_format == "0.00%"
    made = parts(after)["xl/styles.xml"].decode()
    assert wrapped in made
    assert '<xf numFmtId="10" fontId="1" fillId="0" borderId="0" applyFont="1"/></cellXfs>' in made
