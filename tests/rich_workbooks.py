"""The example's workbook with everything in it that Excel users add and no Python writer knows: XML by hand, one piece each.

The matrix itself carries the pieces, so that the sheet which is patched is the one that must keep them.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from lakip_xl.workbook import Workbook
from other_writers import repacked, tiny_png
from workbook_samples import MAIN, REL
from workbooks import EXAMPLE

SHEET = "xl/worksheets/sheet6.xml"  # Matriks
RELS = "xl/worksheets/_rels/sheet6.xml.rels"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_MS = "http://schemas.microsoft.com/office"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PERSON, _NOTE = "{6B2F0F6E-6A55-4B8C-9E4C-2A6D6E0E1B11}", "{0A9D1C0B-54C9-4E4B-8D21-3B5C7C9F8A22}"

# What stands behind </sheetData> of the matrix, in the schema's order.
TAIL = (
    '<drawing r:id="rIdD"/><legacyDrawing r:id="rIdV"/>'
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    f' xmlns:x14="{_X14}"><mc:Choice Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14">'
    '<control shapeId="2050" r:id="rIdK" name="Periksa"><controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0"><anchor>'
    '<from><xdr:col xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">23</xdr:col></from>'
    "</anchor></controlPr></control></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
    f'<extLst><ext xmlns:x14="{_X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings>'
    f'<x14:conditionalFormatting xmlns:xm="{_XM}"><x14:cfRule type="dataBar" id="{{00000000-000E-0000-0500-000001000000}}">'
    '<x14:dataBar minLength="0" maxLength="100" border="1" negativeBarBorderColorSameAsPositive="0"><x14:cfvo type="autoMin"/>'
    '<x14:cfvo type="autoMax"/><x14:borderColor rgb="FF638EC6"/><x14:negativeFillColor rgb="FFFF0000"/>'
    '<x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule><xm:sqref>N7:N60</xm:sqref></x14:conditionalFormatting>'
    "</x14:conditionalFormattings></ext>"
    f'<ext xmlns:x14="{_X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations xmlns:xm="{_XM}" count="1">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Bahan!$A$2:$A$4</xm:f></x14:formula1>'
    "<xm:sqref>X7:X60</xm:sqref></x14:dataValidation></x14:dataValidations></ext>"
    f'<ext xmlns:x14="{_X14}" uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}"><x14:sparklineGroups xmlns:xm="{_XM}">'
    '<x14:sparklineGroup displayEmptyCellsAs="gap"><x14:colorSeries rgb="FF376092"/><x14:sparklines><x14:sparkline>'
    "<xm:f>Matriks!M8:N8</xm:f><xm:sqref>Y8</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>"
    f'<ext xmlns:x14="{_X14}" uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}">'
    '<x14:slicerList><x14:slicer r:id="rIdS"/></x14:slicerList></ext>'
    "</extLst>"
)

_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="2"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/>'
    '<v:shape id="_x0000_s2049" type="#_x0000_t202" style="visibility:hidden"><x:ClientData ObjectType="Note"><x:Anchor>'
    "14, 15, 6, 10, 16, 15, 10, 4</x:Anchor><x:Row>7</x:Row><x:Column>12</x:Column></x:ClientData></v:shape>"
    '<v:shape id="_x0000_s2050" type="#_x0000_t202"><x:ClientData ObjectType="Checkbox"><x:Anchor>23, 0, 8, 0, 24, 0, 9, 0</x:Anchor>'
    "</x:ClientData></v:shape></xml>"
)

# Parts of their own: name, content type, content.
PARTS: dict[str, tuple[str, str | bytes]] = {
    "xl/threadedComments/threadedComment1.xml": (
        "application/vnd.ms-excel.threadedcomments+xml",
        f'{_HEAD}<ThreadedComments xmlns="{_THREADS}"><threadedComment ref="M8" dT="2023-12-31T08:00:00.00" personId="{_PERSON}" '
        f'id="{_NOTE}"><text>Angka dari DPPA</text></threadedComment></ThreadedComments>',
    ),
    "xl/persons/person.xml": (
        "application/vnd.ms-excel.person+xml",
        f'{_HEAD}<personList xmlns="{_THREADS}"><person displayName="Perencana" id="{_PERSON}" userId="P" providerId="None"/></personList>',
    ),
    "xl/comments9.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
        f'{_HEAD}<comments xmlns="{MAIN}"><authors><author>tc={_NOTE}</author></authors><commentList><comment ref="M8" authorId="0">'
        "<text><t>Angka dari DPPA</t></text></comment></commentList></comments>",
    ),
    "xl/drawings/vmlDrawing9.vml": ("application/vnd.openxmlformats-officedocument.vmlDrawing", _VML),
    "xl/ctrlProps/ctrlProp1.xml": (
        "application/vnd.ms-excel.controlproperties+xml",
        f'{_HEAD}<formControlPr xmlns="{_X14}" objectType="CheckBox" fmlaLink="$X$3" lockText="1"/>',
    ),
    "xl/slicers/slicer1.xml": (
        "application/vnd.ms-excel.slicer+xml",
        f'{_HEAD}<slicers xmlns="{_X14}"><slicer name="Jenis" cache="Slicer_Jenis" caption="Jenis" rowHeight="241300"/></slicers>',
    ),
    "xl/slicerCaches/slicerCache1.xml": (
        "application/vnd.ms-excel.slicerCache+xml",
        f'{_HEAD}<slicerCacheDefinition xmlns="{_X14}" name="Slicer_Jenis" sourceName="Jenis"><pivotTables><pivotTable tabId="9" '
        'name="Rekap"/></pivotTables><data><tabular pivotCacheId="1"><items count="2"><i x="0" s="1"/><i x="1" s="1"/></items></tabular>'
        "</data></slicerCacheDefinition>",
    ),
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml",
        f'{_HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{REL}" r:id="rId1" refreshOnLoad="1" createdVersion="4" recordCount="2">'
        '<cacheSource type="worksheet"><worksheetSource ref="A1:B3" sheet="Bahan"/></cacheSource><cacheFields count="2">'
        '<cacheField name="Jenis" numFmtId="0"><sharedItems count="2"><s v="jiwa"/><s v="barang"/></sharedItems></cacheField>'
        '<cacheField name="Nilai" numFmtId="0"><sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" minValue="1" '
        'maxValue="2"/></cacheField></cacheFields></pivotCacheDefinition>',
    ),
    "xl/pivotCache/pivotCacheRecords1.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheRecords+xml",
        f'{_HEAD}<pivotCacheRecords xmlns="{MAIN}" count="2"><r><x v="0"/><n v="1"/></r><r><x v="1"/><n v="2"/></r></pivotCacheRecords>',
    ),
    "xl/pivotTables/pivotTable1.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml",
        f'{_HEAD}<pivotTableDefinition xmlns="{MAIN}" name="Rekap" cacheId="1" dataCaption="Nilai"><location ref="H1:I4" '
        'firstHeaderRow="1" '
        'firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="3"><item x="0"/>'
        '<item x="1"/><item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1">'
        '<field x="0"/></rowFields><dataFields count="1"><dataField name="Jumlah" fld="1"/></dataFields></pivotTableDefinition>',
    ),
    "xl/queryTables/queryTable1.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.queryTable+xml",
        f'{_HEAD}<queryTable xmlns="{MAIN}" name="SIPD" connectionId="1" autoFormatId="16"/>',
    ),
    "xl/connections.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml",
        f'{_HEAD}<connections xmlns="{MAIN}"><connection id="1" name="SIPD" type="6" refreshedVersion="4"><textPr sourceFile="lra.csv"/>'
        "</connection></connections>",
    ),
    "customXml/item1.xml": ("application/xml", '<metadata xmlns="urn:kabupaten:arsip"><nomor>045.2/17</nomor></metadata>'),
    "customXml/itemProps1.xml": (
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        f'{_HEAD}<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{_NOTE}">'
        '<ds:schemaRefs/></ds:datastoreItem>',
    ),
    "xl/vbaProject.bin": ("application/vnd.ms-office.vbaProject", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 4),
}  # fmt: skip

# Relationships: source, id, type, target relative to it.
LINKS = (
    (SHEET, "rIdD", f"{REL}/drawing", "../drawings/drawing9.xml"),
    (SHEET, "rIdV", f"{REL}/vmlDrawing", "../drawings/vmlDrawing9.vml"),
    (SHEET, "rIdC", f"{REL}/comments", "../comments9.xml"),
    (SHEET, "rIdT", f"{_MS}/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml"),
    (SHEET, "rIdK", f"{REL}/ctrlProp", "../ctrlProps/ctrlProp1.xml"),
    (SHEET, "rIdS", f"{_MS}/2007/relationships/slicer", "../slicers/slicer1.xml"),
    (SHEET, "rIdQ", f"{REL}/queryTable", "../queryTables/queryTable1.xml"),
    ("xl/worksheets/sheet9.xml", "rIdP", f"{REL}/pivotTable", "../pivotTables/pivotTable1.xml"),
    ("xl/pivotTables/pivotTable1.xml", "rId1", f"{REL}/pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml"),
    ("xl/pivotCache/pivotCacheDefinition1.xml", "rId1", f"{REL}/pivotCacheRecords", "pivotCacheRecords1.xml"),
    ("xl/workbook.xml", "rIdPC", f"{REL}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
    ("xl/workbook.xml", "rIdSC", f"{_MS}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml"),
    ("xl/workbook.xml", "rIdPE", f"{_MS}/2017/10/relationships/person", "persons/person.xml"),
    ("xl/workbook.xml", "rIdCO", f"{REL}/connections", "connections.xml"),
    ("xl/workbook.xml", "rIdVB", f"{_MS}/2006/relationships/vbaProject", "vbaProject.bin"),
    ("xl/workbook.xml", "rIdCX", f"{REL}/customXml", "../customXml/item1.xml"),
    ("customXml/item1.xml", "rId1", f"{REL}/customXmlProps", "itemProps1.xml"),
)  # fmt: skip


def _material() -> bytes:
    """A sheet of the user's own with what XlsxWriter can write: charts, a picture, a text box, sparklines, bars, a table."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"created": datetime.datetime(2023, 12, 31)})
        sheet = book.add_worksheet("Bahan")
        sheet.write_row("A1", ("Jenis", "Nilai"))
        sheet.write_row("A2", ("jiwa", 1))
        sheet.write_row("A3", ("barang", 2))
        sheet.write_row("H1", ("Jenis", "Jumlah"))
        sheet.add_table("D1:E3", {"columns": [{"header": "Kode"}, {"header": "Pagu"}], "name": "tblPagu"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Bahan!$B$2:$B$3", "name": "Anggaran"})
        sheet.insert_chart("K2", chart)
        sheet.insert_image("K20", "logo.png", {"image_data": io.BytesIO(tiny_png())})
        sheet.insert_textbox("N20", "Bahan rapat")
        sheet.add_sparkline("C2", {"range": "Bahan!A2:B2"})
        sheet.conditional_format("B2:B3", {"type": "data_bar", "data_bar_2010": True})
        sheet.write_comment("B2", "periksa")
    return out.getvalue()


def _rels(part: str) -> str:
    folder, _, base = part.rpartition("/")
    return f"{folder}/_rels/{base}.rels"


def rich(path: Path) -> Path:
    """Writes the workbook (an .xlsm)."""
    plain = path.with_name("polos.xlsx")
    book = Workbook.open(EXAMPLE / "matriks.xlsx")
    book.graft(_material(), owned={})
    book.save(plain)
    there = book.package
    drawing, chart = there.read("xl/drawings/drawing1.xml"), there.read("xl/charts/chart1.xml")
    contents: dict[str, tuple[str, str | bytes]] = {
        **PARTS,
        "xl/drawings/drawing9.xml": ("application/vnd.openxmlformats-officedocument.drawing+xml", drawing),
        "xl/charts/chart9.xml": ("application/vnd.openxmlformats-officedocument.drawingml.chart+xml", chart),
    }
    links: dict[str, str] = {}
    for source, key, kind, target in LINKS:
        links[source] = links.get(source, "") + f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
    changes: dict[str, bytes | Callable[[bytes], bytes]] = {
        name: data if isinstance(data, bytes) else data.encode() for name, (_, data) in contents.items()
    }
    changes[_rels("xl/drawings/drawing9.xml")] = there.read(_rels("xl/drawings/drawing1.xml")).replace(
        b"chart1.xml", b"chart9.xml"
    )
    for source, made in links.items():
        if there.has(_rels(source)):
            changes[_rels(source)] = lambda old, made=made: old.replace(
                b"</Relationships>", made.encode() + b"</Relationships>"
            )
        else:
            changes[_rels(source)] = f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{made}</Relationships>'.encode()
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in contents.items())
    changes["[Content_Types].xml"] = lambda old: (
        old.replace(b"</Types>", overrides.encode() + b"</Types>")
        .replace(b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    )  # fmt: skip
    slicers = (
        f'<extLst><ext xmlns:x14="{_X14}" uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}"><x14:slicerCaches>'
        '<x14:slicerCache r:id="rIdSC"/></x14:slicerCaches></ext></extLst>'
    )
    pivots = f'<pivotCaches><pivotCache cacheId="1" r:id="rIdPC"/></pivotCaches>{slicers}</workbook>'
    changes["xl/workbook.xml"] = lambda old: old.replace(b"</workbook>", pivots.encode())
    changes[SHEET] = lambda old: old.replace(b"</worksheet>", TAIL.encode() + b"</worksheet>")
    return repacked(plain, path, changes)
