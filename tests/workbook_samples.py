"""Workbooks for the tests: rich ones made by XlsxWriter, and hand-made ones for what no library writes."""

from __future__ import annotations

import base64
import datetime
import io
import zipfile

import xlsxwriter

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OWNED = {"Ringkasan": "_lakip_ringkasan", "Catatan Perbaikan": "_lakip_catatan"}


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return out.getvalue()


def replaced(data: bytes, **changes: bytes) -> bytes:
    """The package with other bytes for some parts, named by their last word: ``sheet1=...``."""
    contents = parts(data)
    for word, new in changes.items():
        name = next(name for name in contents if name.rpartition("/")[2].partition(".")[0] == word)
        contents[name] = new
    return zipped(contents)


def raw(sheet: str | bytes, strings: str | None = None, styles: str | None = None, names: str = "") -> bytes:
    """A minimal package around one sheet part, without a stylesheet or shared strings unless given."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    extra = [("styles", styles), ("sharedStrings", strings)]
    overrides = "".join(
        f'<Override PartName="/xl/{n}.xml" ContentType="{kind}.{n}+xml"/>' for n, text in extra if text is not None
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{REL}/{n}" Target="{n}.xml"/>'
        for i, (n, text) in enumerate(extra, 2)
        if text is not None
    )
    contents = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        f'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{kind}.worksheet+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/>'
        f"</sheets>{names}</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{REL}/worksheet" '
        f'Target="worksheets/sheet1.xml"/>{relations}</Relationships>',
    }
    made = {name: text.encode() for name, text in contents.items()}
    made["xl/worksheets/sheet1.xml"] = sheet if isinstance(sheet, bytes) else sheet.encode()
    made.update({f"xl/{n}.xml": text.encode() for n, text in extra if text is not None})
    return zipped(made)


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def _book(out: io.BytesIO) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2023, 12, 31)})
    return book


def office() -> bytes:
    """An office's own workbook with most of what Excel users put into one."""
    out = io.BytesIO()
    book = _book(out)
    money, bold = book.add_format({"num_format": "#,##0.00"}), book.add_format({"bold": True, "border": 1})
    data = book.add_worksheet("Data")
    data.set_column("B:B", 18, money)
    data.set_column("G:G", 8, None, {"hidden": True})
    for row in range(1, 12):
        data.write_string(row, 0, f"Sub kegiatan {row}")
        data.write_number(row, 1, row * 1000.5, money)
        data.write_number(row, 2, row * 900)
        data.write_formula(row, 3, f"=C{row + 1}/B{row + 1}*100", money, 89.96)
    data.write_rich_string("A1", "Judul ", bold, "tebal")
    data.write_boolean("F1", True)
    data.write_formula("F2", "=1/0", None, "#DIV/0!")
    data.write_array_formula("F4:F6", "{=B2:B4*2}", None, 2001)
    data.write("G2", 7)
    data.merge_range("H1:J2", "gabungan", bold)
    data.set_row(7, None, None, {"hidden": True})
    data.conditional_format("B2:B12", {"type": "data_bar", "data_bar_2010": True})
    data.conditional_format("C2:C12", {"type": "cell", "criteria": ">", "value": 5, "format": bold})
    data.data_validation("E1:E9", {"validate": "list", "source": ["ya", "tidak"]})
    data.add_sparkline("E10", {"range": "Data!B2:B12"})
    data.write_comment("B3", "periksa DPA")
    data.insert_image("L2", "p.png", {"image_data": io.BytesIO(PIXEL)})
    data.insert_textbox("L8", "kotak teks")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$B$2:$B$12"})
    data.insert_chart("L12", chart)
    data.write_url("A14", "https://example.org/", string="situs")
    data.print_area("A1:F12")
    table = book.add_worksheet("Tabel")
    table.add_table("A1:B4", {"columns": [{"header": "Kode"}, {"header": "Nilai"}], "name": "Tabel1"})
    book.add_worksheet("Sembunyi").hide()
    chartsheet = book.add_chartsheet("Grafik")
    pie = book.add_chart({"type": "pie"})
    pie.add_series({"values": "=Data!$C$2:$C$12"})
    chartsheet.set_chart(pie)
    book.define_name("Pagu", "=Data!$B$2:$B$12")
    book.close()
    return out.getvalue()


def owned_sheets(title: str = "Ringkasan", rows: int = 5, charts: int = 2, source: str = "Data") -> bytes:
    """Two sheets as the tool makes them: a summary with charts and bars, and a list with links and a table."""
    out = io.BytesIO()
    book = _book(out)
    head = book.add_format({"bold": True, "bg_color": "#1F4E78", "font_color": "white", "num_format": '"Rp" #,##0'})
    bad = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    sheet = book.add_worksheet(title)
    quoted = f"'{title}'"
    sheet.write("A1", "Ringkasan & capaian <b>", head)
    for row in range(1, rows + 1):
        sheet.write_formula(row, 0, f"={source}!B{row + 1}", head, row * 1000.5)
        sheet.write_formula(row, 1, f"={quoted}!A{row + 1}*2", None, row * 2001)
    for number in range(charts):
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": f"={quoted}!$A$2:$A${rows + 1}", "name": f"={quoted}!$A$1"})
        sheet.insert_chart(2 + 16 * number, 4, chart)
    sheet.insert_image("N2", "p.png", {"image_data": io.BytesIO(PIXEL), "url": f"internal:{quoted}!A1"})
    sheet.conditional_format(1, 0, rows, 0, {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(1, 1, rows, 1, {"type": "cell", "criteria": ">", "value": 3000, "format": bad})
    sheet.add_sparkline("C3", {"range": f"{quoted}!A2:A{rows + 1}"})
    sheet.data_validation("C1", {"validate": "list", "source": f"={quoted}!$A$2:$A$4"})
    sheet.write_comment("A1", "dibuat oleh alat")
    sheet.print_area(0, 0, rows, 8)
    sheet.repeat_rows(0)
    notes = book.add_worksheet("Catatan Perbaikan")
    notes.write_url("A1", f"internal:{source}!B2", string="ke sel")
    notes.write_url("A2", "https://example.org/?a=1&b=2", string="acuan")
    notes.write_string("B1", "=1+1 bukan rumus")
    notes.add_table("D1:E3", {"columns": [{"header": "Temuan"}, {"header": "Penjelasan"}], "name": "Tabel1"})
    notes.autofilter("A1:B2")
    book.close()
    return out.getvalue()
