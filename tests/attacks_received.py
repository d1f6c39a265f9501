"""Attacks by what offices send beside workbooks: ledgers, texts, lists of offices, old and open formats, bundles."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import xlsxwriter

import ledger_books as books
import sealed
from attacks import Attacks
from attacks_cells import INJECTIONS
from attacks_packages import LAUGHS, OUTSIDE, QUADRATIC
from workbook_samples import zipped

ATTACKS = Attacks("Ledgers, texts, lists, and bundles")
add, attack = ATTACKS.add, ATTACKS.attack

HEAD = "NO;KODE;URAIAN;INDIKATOR;TARGET;REALISASI;ANGGARAN;REALISASI ANGGARAN;%\n"
LINE = "1;1.06.01.2.01.0001;Sub kegiatan {};Jumlah dokumen;1;1;{};{};100\n"
LIST = "NAMA OPD;KODE;TENGGAT;DITERIMA\n"


def _text(name: str, words: str, make: Callable[[], str | bytes], file: str = "serangan.csv") -> None:
    def encoded() -> bytes:
        made = make()
        return made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")

    add(name, words, encoded, "table", file)


for _name, _words, _make in (
    ("csv-one-line", "a text of one line of 16 MiB", lambda: HEAD + "1;" + "x" * (15 << 20)),
    ("csv-too-large", "a text of 20 MiB", lambda: HEAD + LINE.format("a", 1, 1) * 330_000),
    ("csv-columns", "a line of 100,000 columns", lambda: HEAD + "1;" * 100_000),
    ("csv-lines", "2,000,000 empty lines", lambda: HEAD + "\n" * 2_000_000),
    ("csv-quote", "a quote that never closes, in 4 MiB", lambda: HEAD + '1;"' + "a;b\n" * (1 << 20)),
    ("csv-quotes", "a million quotes", lambda: HEAD + '"' * 1_000_001),
    ("csv-separators", "four separators in turn, 200,000 lines", lambda: HEAD + "a;b,c\td|e\n" * 200_000),
    ("csv-nul", "zero bytes between the fields", lambda: HEAD + "1;\x00;\x00\n"),
    ("csv-utf16", "UTF-16 without a mark", lambda: (HEAD + LINE.format("a", 5, 5)).encode("utf-16-le")),
    ("csv-utf16-mark", "UTF-16 with a mark, cut in a character", lambda: (HEAD + LINE.format("a", 5, 5)).encode("utf-16")[:-1]),
    ("csv-utf32", "UTF-32", lambda: (HEAD + LINE.format("a", 5, 5)).encode("utf-32")),
    ("csv-mixed", "UTF-8 and Windows-1252 in one file", lambda: HEAD.encode() + "Dinas é;".encode("cp1252") + "é\n".encode()),
    ("csv-surrogates", "lone surrogates as bytes", lambda: HEAD + LINE.format("\ud800", 5, 5)),
    ("csv-digits", "amounts of 100,000 digits", lambda: HEAD + LINE.format("a", "9" * 100_000, "1" * 100_000)),
    ("csv-amounts", "amounts nobody can read", lambda: HEAD + LINE.format("a", "1e999", "NaN") + LINE.format("b", "(1.2.3,4,5)", "--5")),
    ("csv-returns", "only carriage returns", lambda: (HEAD + LINE.format("a", 5, 5)).replace("\n", "\r")),
    ("csv-bell", "control characters that steer a screen", lambda: HEAD + LINE.format("\x1b]0;a\x07\x1b[2J", 5, 5)),
    ("csv-direction", "text that turns its direction", lambda: HEAD + LINE.format("\u202etxt.exe\u2066", 5, 5)),
    ("csv-mark-only", "only a byte order mark", lambda: b"\xef\xbb\xbf"),
    ("csv-html", "a web page with 100,000 nested tables", lambda: "<html>" + "<table><tr><td>" * 100_000),
    ("csv-headings", "9,900 lines of headings", lambda: HEAD * 9_900),
    ("csv-codes", "5,000 sub kegiatan of one code", lambda: HEAD + "".join(LINE.format(n, n, n) for n in range(5_000))),
):  # fmt: skip
    _text(_name, _words, _make)


def _named(text: str) -> str:
    return HEAD + LINE.replace("{}", text, 1).replace("{}", "5")


for _name, _injected in INJECTIONS.items():
    if "\n" not in _injected and '"' not in _injected:
        _text(f"csv-text-{_name}", f"`{_injected.strip()[:60]}` as names in a text", partial(_named, _injected))
_text(
    "csv-quoted-lines",
    "3,000 rows with line breaks in a quoted field",
    lambda: HEAD + LINE.format('"a\n\nb"', 5, 5) * 3_000,
)
_text(
    "list-many",
    "a list of 9,000 offices",
    lambda: LIST + "".join(f"Dinas Serangan {n};{n};31/01/2024;\n" for n in range(9_000)),
    "daftar.csv",
)
_text("list-twice", "a list with an office twice", lambda: LIST + "Dinas Contoh;1;;\nDINAS CONTOH;1;;\n", "daftar.csv")
_text(
    "list-dates",
    "a list with days that are none",
    lambda: LIST + "Dinas Contoh;1;31/02/2024;99/99/9999\n",
    "daftar.csv",
)
_text(
    "list-long", "a list with a name of 200,000 characters", lambda: LIST + "Dinas " * 33_333 + ";1;;\n", "daftar.csv"
)
for _name in ("hyperlink", "dde", "at", "url", "internal", "markup", "terminal"):
    _quoted = '"' + INJECTIONS[_name].replace('"', '""') + '"'
    _text(
        f"list-text-{_name}",
        f"`{INJECTIONS[_name][:60]}` as the name of an office",
        partial(str, f"{LIST}{_quoted};{_quoted};;\n"),
        "daftar.csv",
    )

# ---- .ods and .xls

_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(rows: str, dtd: str = "", body: str = "", packed: bytes | None = None) -> bytes:
    """An .ods of one sheet."""
    content = (
        f'<?xml version="1.0"?>{dtd}<office:document-content {_SPACES}><office:body><office:spreadsheet>{body}<table:table '
        f'table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    ).encode()
    return zipped({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": b"<manifest/>",
        "content.xml": content if packed is None else packed,
    })  # fmt: skip


def _ods_cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


for _name, _words, _make in (
    ("ods-entities", "exponential entities in an .ods", lambda: ods(_ods_cell("&j;"), f"<!DOCTYPE a [{LAUGHS}]>")),
    ("ods-quadratic", "quadratic entities in an .ods", lambda: ods(_ods_cell("&a;" * 20_000), f"<!DOCTYPE a [{QUADRATIC}]>")),
    ("ods-external", "an .ods with an entity that names a file of the machine", lambda: ods(_ods_cell("&a;"), f"<!DOCTYPE a [{OUTSIDE}]>")),
    ("ods-repeated", "an .ods whose filled row is repeated a million times", lambda: ods(
        f'<table:table-row table:number-rows-repeated="1048576">{_ods_cell("1")}</table:table-row>' * 5)),
    ("ods-repeated-negative", "an .ods whose row is repeated -1 times", lambda: ods(
        f'<table:table-row table:number-rows-repeated="-1">{_ods_cell("1")}</table:table-row>')),
    ("ods-repeated-cells", "an .ods whose cell is repeated 4,000,000,000 times", lambda: ods(
        f"<table:table-row>{_ods_cell('1', 'table:number-columns-repeated=' + chr(34) + '4000000000' + chr(34))}</table:table-row>")),
    ("ods-spanned", "an .ods with a cell that spans everything", lambda: ods(
        '<table:table-row><table:table-cell table:number-rows-spanned="1048576" table:number-columns-spanned="16384"><text:p>1</text:p>'
        "</table:table-cell></table:table-row>")),
    ("ods-deep", "an .ods with 100,000 elements, each in the other", lambda: ods(_ods_cell("<text:s>" * 100_000 + "</text:s>" * 100_000))),
    ("ods-bomb", "an .ods that unpacks to 300 MiB", lambda: ods("", packed=b" " * (300 << 20))),
    ("ods-empty", "an .ods whose content is empty", lambda: ods("", packed=b"")),
):  # fmt: skip
    add(_name, _words, _make, "table", "serangan.ods")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
for _name, _words, _content in (
    ("xls-zeros", "an old .xls whose head is followed by zeros", _OLE + bytes(5000)),
    ("xls-ones", "an old .xls full of ones", _OLE + b"\xff" * 50_000),
    ("xls-circle", "an old .xls whose sectors lead in a circle",
     _OLE + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(10) + b"\x01\x00\x00\x00" * 300 + bytes(4096)),
    ("xls-encrypted", "an .xls protected by a password", _OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)),
):  # fmt: skip
    add(_name, _words, partial(bytes, _content), "table", "serangan.xls")


# ---- ledgers as workbooks


def ledger(rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False, "nan_inf_to_errors": True})
    sheet = book.add_worksheet("LRA")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value[:32_767])
            else:
                sheet.write(number, column, value)
    book.close()
    return out.getvalue()


_LRA = ("KODE REKENING", "URAIAN", "ANGGARAN", "REALISASI", "%")
_SKPD = (("LAPORAN REALISASI ANGGARAN",), ("SKPD : 1.06.0.00.0.00.01.0000 Dinas Sosial",), ("TAHUN ANGGARAN 2023",), ())
for _name, _words, _rows in (
    ("ledger-columns", "a ledger of 16,000 columns", lambda: [*_SKPD, [*_LRA, *("X" for _ in range(16_000))]]),
    ("ledger-long", "32,767 characters in each cell of a ledger", lambda: [*_SKPD, _LRA, *[["a " * 16_383] * 5] * 50]),
    ("ledger-codes", "a ledger with codes without end", lambda: [*_SKPD, _LRA, *[[".".join(["1"] * 5000), "x", 1, 1, 1]] * 50]),
    ("ledger-huge", "a ledger with amounts of 1e308", lambda: [*_SKPD, _LRA, *[["1.06.01.2.01.0001", "x", 1e308, 1e308, 1]] * 50]),
    ("ledger-negative", "a ledger with amounts below nought", lambda: [*_SKPD, _LRA, ["1.06.01.2.01.0001", "x", -1e12, -5, 1]]),
    ("ledger-headings", "a ledger with its headings twice, side by side", lambda: [*_SKPD, [*_LRA, *_LRA]]),
    ("ledger-only-headings", "a ledger of headings alone", lambda: [*_SKPD, _LRA]),
    ("ledger-other-office", "a ledger of another office", lambda: [("SKPD : 9.99 Dinas Lain",), ("TAHUN ANGGARAN 1999",), _LRA, ["1.01.01.2.01.0001", "x", 1, 1, 1]]),
):  # fmt: skip
    add(_name, _words, lambda rows=_rows: ledger(rows()), "table", "serangan.xlsx")  # type: ignore[misc]


@attack("ledger-injection", "a ledger whose every text is a formula", "table", "serangan.xlsx")
def _ledger_injection() -> bytes:
    documents = [
        each._replace(number=INJECTIONS["dde"], name=INJECTIONS["hyperlink"], account=each.account)
        for each in books.documents()[:40]
    ]
    return books.sipd(documents)


@attack("ledger-many", "a ledger whose 60,000 lines have one number", "table", "serangan.xlsx")
def _ledger_many() -> bytes:
    first = books.documents()[0]
    return books.sipd([first] * 60_000)


# ---- bundles


def _manifest() -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(sealed.bundle())) as archive:
        found: dict[str, Any] = json.loads(archive.read("manifes.json"))
    return found


def _with_manifest(content: str | bytes) -> bytes:
    return sealed.rezipped(sealed.bundle(), manifes_json=content.encode() if isinstance(content, str) else content)


def _saying(**changes: Any) -> bytes:
    return _with_manifest(json.dumps({**_manifest(), **changes}))


_DEEP = "[" * 100_000 + "]" * 100_000
for _name, _words, _make in (
    ("bundle-bomb", "a bundle with 200 MiB of zeros in 200 KB", lambda: sealed.rezipped(sealed.bundle(), a_bin=bytes(200 << 20))),
    ("bundle-manifest-large", "a bundle with a manifest of 50 MiB", lambda: _saying(more=["x" * 50] * 900_000)),
    ("bundle-manifest-deep", "a bundle whose manifest nests 100,000 deep", lambda: _with_manifest('{"schema":"lakip-xl/manifest/1","a":' + _DEEP + "}")),
    ("bundle-entries-deep", "a bundle whose entries nest 100,000 deep", lambda: sealed.rezipped(sealed.bundle(), isian_json=_DEEP.encode())),
    ("bundle-report-deep", "a bundle whose report nests 100,000 deep", lambda: sealed.rezipped(sealed.bundle(), laporan_json=_DEEP.encode())),
    ("bundle-manifest-text", "a bundle whose manifest is no JSON", lambda: _with_manifest("\x00\xff serangan")),
    ("bundle-manifest-list", "a bundle whose manifest is a list", lambda: _with_manifest("[1,2,3]")),
    ("bundle-manifest-int", "a bundle whose manifest has an integer of 100,000 digits", lambda: _with_manifest(
        json.dumps({**_manifest(), "counts": {"error": 1}}).replace('"error": 1', '"error": ' + "9" * 100_000))),
    ("bundle-manifest-keys", "a bundle whose manifest says everything twice", lambda: _with_manifest(
        json.dumps(_manifest())[:-1] + "," + json.dumps({**_manifest(), "identity": {"perangkat_daerah": INJECTIONS["hyperlink"]}})[1:])),
    ("bundle-manifest-kinds", "a bundle whose manifest has lists for texts", lambda: _saying(identity={"perangkat_daerah": [1, {}]}, rows=[[]])),
    ("bundle-manifest-nan", "a bundle whose manifest counts NaN and Infinity", lambda: _saying(counts={"error": float("inf")})),
    ("bundle-schema", "a bundle of a version from the future", lambda: _saying(schema="lakip-xl/manifest/" + "9" * 500)),
    ("bundle-name", "a bundle whose workbook is called ../../serangan.xlsx", lambda: _saying(workbook={**_manifest()["workbook"], "name": "../../serangan.xlsx"})),
    ("bundle-name-control", "a bundle whose workbook has a name that steers a screen", lambda: _saying(
        workbook={**_manifest()["workbook"], "name": "\x1b[2J\x07" + "a" * 5000})),
    ("bundle-injection", "a bundle whose manifest is full of formulas", lambda: _saying(
        identity=dict.fromkeys(("perangkat_daerah", "kabupaten", "tahun", "periode"), INJECTIONS["hyperlink"]), edition=INJECTIONS["dde"])),
    ("bundle-dots", "a bundle with a file ../../serangan", lambda: sealed.rezipped(sealed.bundle(), **{"../../serangan": b"x"})),
    ("bundle-absolute", "a bundle with a file /etc/serangan", lambda: sealed.rezipped(sealed.bundle(), **{"/etc/serangan": b"x"})),
    ("bundle-in-bundle", "a bundle in a bundle, in place of the workbook", lambda: sealed.rezipped(
        sealed.bundle(), **{_manifest()["workbook"]["name"].replace(".", "_"): sealed.bundle()})),
    ("bundle-many", "a bundle with 20,000 files", lambda: sealed.rezipped(sealed.bundle(), **{f"f{n}": b"" for n in range(20_000)})),
    ("bundle-manifest-only", "a bundle of a manifest alone", lambda: zipped({"manifes.json": json.dumps(_manifest()).encode()})),
    ("bundle-manifest-empty", "a bundle whose manifest is empty", lambda: _with_manifest(b"")),
    ("bundle-cut", "a bundle cut in half", lambda: sealed.bundle()[: len(sealed.bundle()) // 2]),
):  # fmt: skip
    add(_name, _words, _make, "bundle", "serangan.zip")


@attack("bundle-link", "a bundle with a symbolic link to /etc/passwd", "bundle", "serangan.zip")
def _link() -> bytes:
    out = io.BytesIO(sealed.bundle())
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("tautan")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()
