"""Grafted sheets: brought in whole, replaced in place, the same bytes from run to run."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from lakip_xl.cells import parse_a1
from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.workbook import Workbook
from workbook_samples import OWNED, PIXEL, office, owned_sheets, parts, raw, sheet_xml, zipped


def grafted(book: bytes, sheets: bytes | None = None, owned: dict[str, str] | None = None) -> bytes:
    workbook = Workbook.from_bytes(book)
    workbook.graft(sheets or owned_sheets(), owned=OWNED if owned is None else owned)
    return workbook.to_bytes()


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    assert set(old) <= set(new), "nothing of the user's vanished"
    return {name for name in old if old[name] != new[name]}


def test_only_the_parts_that_list_sheets_and_styles_change() -> None:
    assert changed(office(), grafted(office())) == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "docProps/app.xml",
    }  # fmt: skip


def test_the_sheets_come_last_with_all_that_hangs_on_them() -> None:
    after = grafted(office())
    book = Workbook.from_bytes(after)
    assert book.sheet_names == ["Data", "Tabel", "Sembunyi", "Grafik", "Ringkasan", "Catatan Perbaikan"]
    assert book.owned_sheet("_lakip_ringkasan") == "Ringkasan"
    sheet = book.sheet("Ringkasan")
    assert sheet.cell("A1").value == "Ringkasan & capaian <b>"
    assert (sheet.cell("B2").formula, sheet.cell("B2").value) == ("'Ringkasan'!A2*2", 2001.0)
    assert sheet.cell("A2").number_format == '"Rp" #,##0'
    assert sheet.comments == {(1, 1): "dibuat oleh alat"}
    assert book.sheet("Catatan Perbaikan").cell("B1").value == "=1+1 bukan rumus"
    text = parts(after)["xl/worksheets/sheet4.xml"].decode()
    assert "x14:dataBar" in text
    assert "x14:sparkline>" in text
    assert 'tabSelected="1"' not in text
    read = openpyxl.load_workbook(io.BytesIO(after))
    assert len(read["Ringkasan"]._charts) == 2
    assert parts(after)["xl/media/image2.png"] == PIXEL
    assert read["Ringkasan"].print_area == "'Ringkasan'!$A$1:$I$6"
    assert read["Ringkasan"].print_title_rows == "$1:$1"
    assert read["Catatan Perbaikan"]["A1"].hyperlink.location == "Data!B2"
    assert read["Catatan Perbaikan"]["A2"].hyperlink.target == "https://example.org/?a=1&b=2"
    assert read["Ringkasan"]["A1"].font.bold
    assert read["Ringkasan"]["A1"].fill.fgColor.rgb == "FF1F4E78"
    assert read.defined_names["Pagu"].attr_text == "Data!$B$2:$B$12"


def test_the_differential_formats_of_the_sheets_are_the_right_ones() -> None:
    read = openpyxl.load_workbook(io.BytesIO(grafted(office())))
    rules = [rule for area in read["Ringkasan"].conditional_formatting for rule in area.rules if rule.type == "cellIs"]
    assert [rule.dxf.fill.bgColor.rgb for rule in rules] == ["FFFFC7CE"]


def test_grafting_twice_is_grafting_once() -> None:
    once = grafted(office())
    twice = grafted(once)
    assert twice == once
    assert grafted(twice) == once


def test_within_one_run_too() -> None:
    book = Workbook.from_bytes(office())
    for _ in range(3):
        book.graft(owned_sheets(), owned=OWNED)
    assert book.to_bytes() == grafted(office())


def test_a_replacement_keeps_place_names_and_selection_and_drops_what_it_no_longer_has() -> None:
    once = grafted(office(), owned_sheets(rows=9, charts=3))
    contents = parts(once)
    listed = contents["xl/workbook.xml"]
    sheets = re.findall(rb"<sheet [^>]*>", listed)
    moved = b"".join([sheets[4], *sheets[:4], *sheets[5:]])
    contents["xl/workbook.xml"] = (
        listed.replace(b"".join(sheets), moved)
        .replace(b'localSheetId="4"', b'localSheetId="X"')
        .replace(b'localSheetId="0"', b'localSheetId="1"')
        .replace(b'localSheetId="X"', b'localSheetId="0"')
    )  # fmt: skip
    contents["xl/worksheets/sheet4.xml"] = contents["xl/worksheets/sheet4.xml"].replace(
        b"<sheetView ", b'<sheetView tabSelected="1" '
    )
    after = grafted(zipped(contents), owned_sheets(rows=4, charts=1))
    assert Workbook.from_bytes(after).sheet_names[0] == "Ringkasan"
    assert re.findall(rb"<sheet [^>]*>", parts(after)["xl/workbook.xml"]) == re.findall(rb"<sheet [^>]*>", moved)
    assert b'tabSelected="1"' in parts(after)["xl/worksheets/sheet4.xml"]
    gone = set(contents) - set(parts(after))
    assert gone == {"xl/charts/chart5.xml", "xl/charts/chart4.xml"}
    names = parts(after)["xl/workbook.xml"].decode()
    assert '<definedName name="_xlnm.Print_Area" localSheetId="0">Ringkasan!$A$1:$I$5</definedName>' in names
    assert '<definedName name="_xlnm.Print_Area" localSheetId="1">Data!$A$1:$F$12</definedName>' in names
    assert b"chart5" not in parts(after)["[Content_Types].xml"]


def test_a_sheet_of_the_user_is_never_replaced() -> None:
    book = raw(sheet_xml('<row r="1"><c r="A1"><v>7</v></c></row>'))
    contents = parts(book)
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace(b'name="Data"', b'name="RINGKASAN"')
    before = zipped(contents)
    workbook = Workbook.from_bytes(before)
    assert workbook.title_for("_lakip_ringkasan", "Ringkasan") == "Ringkasan LAKIP"
    after = grafted(before)
    again = Workbook.from_bytes(after)
    assert again.sheet_names == ["RINGKASAN", "Ringkasan LAKIP", "Catatan Perbaikan"]
    assert again.sheet("Ringkasan").cell("A1").value == 7
    own = again.sheet("Ringkasan LAKIP")
    assert own.cell("B2").formula == "'Ringkasan LAKIP'!A2*2", "formulas follow the new title"
    chart = parts(after)["xl/charts/chart1.xml"].decode()
    assert "'Ringkasan LAKIP'!$A$2:$A$6" in chart
    assert "<c:f>'Ringkasan'" not in chart
    assert b"'Ringkasan LAKIP'!$A$1:$I$6" in parts(after)["xl/workbook.xml"]
    assert grafted(after) == after


def test_a_renamed_sheet_of_ours_is_found() -> None:
    contents = parts(grafted(office()))
    contents["xl/workbook.xml"] = (
        contents["xl/workbook.xml"]
        .replace(b'name="Ringkasan"', b'name="Rangkuman 2023"')
        .replace(b"Ringkasan!", b"'Rangkuman 2023'!")
    )
    book = Workbook.from_bytes(zipped(contents))
    assert book.owned_sheet("_lakip_ringkasan") == "Rangkuman 2023"
    assert book.title_for("_lakip_ringkasan", "Ringkasan") == "Rangkuman 2023"
    book.graft(owned_sheets(), owned=OWNED)
    assert book.sheet_names[4] == "Rangkuman 2023"
    assert book.sheet("Rangkuman 2023").cell("B2").formula == "'Rangkuman 2023'!A2*2"
    assert "Ringkasan" not in book.sheet_names


def test_a_sheet_that_the_user_deleted_comes_back() -> None:
    book = Workbook.from_bytes(office())
    book.set_name("_lakip_ringkasan", "#REF!$A$1")
    assert book.owned_sheet("_lakip_ringkasan") is None
    book.graft(owned_sheets(), owned=OWNED)
    assert book.owned_sheet("_lakip_ringkasan") == "Ringkasan"
    assert list(book.names).count("_lakip_ringkasan") == 1


def test_sheets_that_are_not_owned_are_appended_once() -> None:
    once = grafted(office(), owned={"Ringkasan": "_lakip_ringkasan"})
    contents = parts(once)
    edited = Workbook.from_bytes(zipped(contents))
    edited.sheet("Catatan Perbaikan").write("B9", value="milik saya")
    after = Workbook.from_bytes(grafted(edited.to_bytes(), owned={"Ringkasan": "_lakip_ringkasan"}))
    assert after.sheet_names.count("Catatan Perbaikan") == 1
    assert after.sheet("Catatan Perbaikan").cell("B9").value == "milik saya"


def test_tables_get_ids_and_names_of_their_own() -> None:
    contents = parts(grafted(office()))
    tables = [data.decode() for name, data in contents.items() if "/tables/" in name]
    assert sorted(re.search(r' id="(\d+)"', t)[1] for t in tables) == ["1", "2"]  # type: ignore[index]
    assert sorted(re.search(r'displayName="(\w+)"', t)[1] for t in tables) == ["Tabel1", "Tabel1_2"]  # type: ignore[index]


def test_titles_in_the_document_properties_follow() -> None:
    text = parts(grafted(office()))["docProps/app.xml"].decode()
    titles = re.findall("<vt:lpstr>(.*?)</vt:lpstr>", text)
    assert titles[0] == "Worksheets"
    assert [t for t in titles if "!" not in t][-7:-1] == [
        "Data",
        "Tabel",
        "Sembunyi",
        "Ringkasan",
        "Catatan Perbaikan",
        "Grafik",
    ]
    assert f'size="{text.count("<vt:lpstr>") - text.count("<vt:variant><vt:lpstr>")}"' in text


def test_titles_without_headings_follow_too() -> None:
    contents = parts(raw(sheet_xml("")))
    contents["docProps/app.xml"] = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/docPropsVTypes"><TitlesOfParts><vt:vector size="1" baseType="lpstr"><vt:lpstr>Data'
        b"</vt:lpstr></vt:vector></TitlesOfParts></Properties>"
    )
    contents["_rels/.rels"] = contents["_rels/.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" '
        b'Target="docProps/app.xml"/></Relationships>',
    )
    text = parts(grafted(zipped(contents)))["docProps/app.xml"].decode()
    assert re.findall("<vt:lpstr>(.*?)</vt:lpstr>", text) == ["Data", "Ringkasan", "Catatan Perbaikan"]
    assert 'size="3"' in text


def test_properties_out_of_step_are_left_alone() -> None:
    contents = parts(office())
    contents["docProps/app.xml"] = contents["docProps/app.xml"].replace(
        b"<vt:lpstr>Data</vt:lpstr>", b"<vt:lpstr>Lama</vt:lpstr>"
    )
    after = parts(grafted(zipped(contents)))
    assert after["docProps/app.xml"] == contents["docProps/app.xml"]


def test_formulas_recalculate_when_excel_opens_the_file() -> None:
    assert b'fullCalcOnLoad="1"' in parts(grafted(raw(sheet_xml(""))))["xl/workbook.xml"]


def test_a_workbook_without_stylesheet_takes_sheets() -> None:
    after = grafted(raw(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')))
    read = openpyxl.load_workbook(io.BytesIO(after))
    assert read["Ringkasan"]["A1"].font.bold
    assert not read["Data"]["A1"].font.bold
    assert grafted(after) == after


def test_the_grafted_sheet_can_be_read_and_written_at_once() -> None:
    book = Workbook.from_bytes(office())
    assert book.graft(owned_sheets(), owned=OWNED) == ["Ringkasan", "Catatan Perbaikan"]
    book.sheet("Ringkasan").write("A9", value="tambahan")
    assert Workbook.from_bytes(book.to_bytes()).sheet("Ringkasan").cell("A9").value == "tambahan"


def test_every_value_of_a_grafted_sheet_is_the_one_that_was_made() -> None:
    made = Workbook.from_bytes(owned_sheets(rows=30))
    here = Workbook.from_bytes(grafted(office(), owned_sheets(rows=30)))
    for title in OWNED:
        mine, theirs = here.sheet(title), made.sheet(title)
        assert {p: (c.value, c.formula, c.number_format) for p, c in mine.cells.items()} == {
            p: (c.value, c.formula, c.number_format) for p, c in theirs.cells.items()
        }
    assert parse_a1("A31") in here.sheet("Ringkasan").cells


def test_dynamic_arrays_are_refused() -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_dynamic_array_formula("A1:A3", "=SEQUENCE(3)")
    book.close()
    with pytest.raises(UnsupportedWorkbook, match="array dinamis"):
        grafted(office(), out.getvalue(), {})


def test_a_title_is_never_longer_than_excel_allows() -> None:
    book = raw(sheet_xml(""))
    contents = parts(book)
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace(
        b'name="Data"', b'name="Ringkasan capaian kinerja 2023"'
    )
    title = Workbook.from_bytes(zipped(contents)).title_for("_x", "Ringkasan capaian kinerja 2023")
    assert title == "Ringkasan capaian kinerja LAKIP" and len(title) == 31
