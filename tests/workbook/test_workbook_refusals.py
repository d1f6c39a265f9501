"""What is refused, with its sentence: what the file is, and what to do. Nothing is ever left behind."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
from pathlib import Path

import pytest

from lakip_xl.errors import LakipError, OutputRefused, UnreadableWorkbook, UnsupportedWorkbook
from lakip_xl.workbook import Workbook, guards, markup, save
from workbook_samples import MAIN, OWNED, office, owned_sheets, parts, raw, replaced, sheet_xml, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)


def word(text: str) -> bytes:
    return text.encode("utf-16-le")


OTHER_FILES = [
    (b"", "kosong (0 byte)", "empty"),
    (bytes(3000), "hanya nol", "only zeros"),
    (OLE + word("EncryptedPackage"), "kata sandi", "password"),
    (OLE + word("Workbook"), "Excel lama (.xls)", "old Excel file"),
    (OLE + word("WordDocument"), "Word lama", "old Word document"),
    (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(100), "Excel lama (.xls)", "old Excel file"),
    (b"NO;KODE;URAIAN\r\n1;1.06;PROGRAM\r\n", "teks CSV", "CSV text"),
    ("\ufeffNO,KODE\n1,é".encode(), "teks CSV", "CSV text"),
    (b"NO;URAIAN\n1;caf\xe9\n", "teks CSV", "CSV text"),
    ("NO\tKODE\n".encode("utf-16"), "teks CSV", "CSV text"),
    (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "halaman web (HTML)", "web page"),
    (b"\n\n<TABLE border=1><tr><td>1</td></tr></TABLE>", "halaman web (HTML)", "web page"),
    (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "XML 2003",
        "XML Spreadsheet",
    ),
    (b"%PDF-1.7\n", "PDF", "PDF"),
    (b"\x89PNG\r\n", "PNG", "PNG"),
    (b"halo", "teks biasa", "plain text"),
    (b"\x01\x02\x03\x04\x05\x06", "bukan buku kerja Excel", "not an Excel workbook"),
    (zipped({"a.txt": b"x"}), "zip biasa", "ordinary zip"),
    (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        "OpenDocument",
        "OpenDocument",
    ),
    (office()[:-40], "rusak atau terpotong", "damaged or cut off"),
    (office()[:900], "rusak atau terpotong", "damaged or cut off"),
    (office()[200:], "bukan buku kerja", "not an Excel workbook"),
]


@pytest.mark.parametrize(("data", "id", "en"), OTHER_FILES)
def test_other_files_are_named(data: bytes, id: str, en: str) -> None:
    with pytest.raises(UnreadableWorkbook) as error:
        Workbook.from_bytes(data, "matriks.xlsx")
    assert id in error.value.text.id
    assert en in error.value.text.en
    assert error.value.text.id.startswith("matriks.xlsx: ")
    assert error.value.text.id.endswith(".")
    assert error.value.text.id.count(". ") >= 1 or "bukan buku kerja" in error.value.text.id, "it says what to do"


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableWorkbook, match="tidak ditemukan"):
        Workbook.open(tmp_path / "tidak-ada.xlsx")
    with pytest.raises(UnreadableWorkbook, match="ini folder"):
        Workbook.open(tmp_path)


def with_part(name: str, data: bytes) -> bytes:
    return zipped(parts(office()) | {name: data})


def changed_part(name: str, old: bytes, new: bytes) -> bytes:
    data = parts(office())[name]
    assert old in data
    return with_part(name, data.replace(old, new))


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><worksheet>&c;</worksheet>'


@pytest.mark.parametrize(
    ("data", "error", "id"),
    [
        (changed_part("xl/workbook.xml", MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
         UnsupportedWorkbook, "Strict Open XML"),
        (changed_part("_rels/.rels", b"</Relationships>", b'<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/'
                      b'relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'),
         UnsupportedWorkbook, "ditandatangani secara digital"),
        (with_part("[Content_Types].xml", b"<Types>vnd.ms-excel.sheet.binary.macroEnabled.main</Types>"), UnsupportedWorkbook, "(.xlsb)"),
        (with_part("[Content_Types].xml", b"<Types>wordprocessingml</Types>"), UnreadableWorkbook, "dokumen Word"),
        (with_part("xl/../../evil.xml", b"<a/>"), UnreadableWorkbook, "menunjuk ke luar berkas"),
        (with_part("/abs.xml", b"<a/>"), UnreadableWorkbook, "menunjuk ke luar berkas"),
        (with_part("C:/abs.xml", b"<a/>"), UnreadableWorkbook, "menunjuk ke luar berkas"),
        (with_part("XL/Workbook.xml", b"<a/>"), UnreadableWorkbook, "ada dua kali"),
        (with_part("xl/workbook.xml", b"<workbook"), UnreadableWorkbook, "xl/workbook.xml tidak dapat dibaca"),
        (with_part("xl/workbook.xml", BOMB), UnreadableWorkbook, "DTD"),
        (with_part("xl/workbook.xml", b'<?xml version="1.0" encoding="klingon"?><workbook/>'), UnreadableWorkbook, "tidak dapat dibaca"),
        (with_part("xl/workbook.xml", b"<workbook xmlns='" + MAIN.encode() + b"'/>"), UnreadableWorkbook, "rusak"),
        (with_part("[Content_Types].xml", b"spreadsheetml <"), UnreadableWorkbook, "tidak dapat dibaca"),
    ],
)  # fmt: skip
def test_packages_that_are_not_sound_are_refused_at_once(data: bytes, error: type[LakipError], id: str) -> None:
    with pytest.raises(error, match=re.escape(id)):
        Workbook.from_bytes(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_in_every_part_that_is_read(part: str, encoding: str) -> None:
    book = Workbook.from_bytes(with_part(part, BOMB.decode().encode(encoding)))
    with pytest.raises(UnreadableWorkbook, match="demi keamanan"):
        _ = book.sheet("Data").cells


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/comments1.xml"]
)
def test_a_broken_part_is_a_sentence_that_names_it(part: str) -> None:
    book = Workbook.from_bytes(with_part(part, b"<sst><si>"))
    with pytest.raises(UnreadableWorkbook, match=part):
        _ = book.sheet("Data").cells, book.sheet("Data").comments


def test_a_sheet_without_its_part_does_not_stop_the_others() -> None:
    contents = parts(office())
    del contents["xl/worksheets/sheet2.xml"]
    book = Workbook.from_bytes(zipped(contents))
    assert book.sheet("Data").cell("B2").value == 1000.5
    with pytest.raises(UnreadableWorkbook, match="rusak"):
        book.sheet("Tabel")


def test_a_part_with_a_wrong_checksum_is_a_sentence() -> None:
    data = bytearray(zipped_stored(parts(office())))
    at = bytes(data).index(b"<sheetData>")
    data[at + 1] ^= 1
    with pytest.raises(UnreadableWorkbook, match="rusak atau terpotong"):
        _ = Workbook.from_bytes(bytes(data)).sheet("Data").cells


def zipped_stored(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_an_encrypted_zip_is_named() -> None:
    data = bytearray(office())
    central = bytes(data).index(b"PK\x01\x02")
    data[central + 8] |= 1
    with pytest.raises(UnreadableWorkbook, match="kata sandi"):
        Workbook.from_bytes(bytes(data))


def test_an_unknown_compression_is_a_sentence() -> None:
    data = bytearray(office())
    central = bytes(data).index(b"PK\x01\x02")
    struct.pack_into("<H", data, central + 10, 97)
    with pytest.raises(UnreadableWorkbook, match="dikemas dengan cara yang tidak dipakai Excel"):
        Workbook.from_bytes(bytes(data))


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("MAX_ENTRIES", 5, "bagian, batasnya 5"),
        ("MAX_UNPACKED", 1 << 10, "MiB setelah dibuka"),
        ("MAX_RATIO", 1, "kali saat dibuka, batasnya 1"),
    ],
)
def test_limits_are_named_with_their_numbers(
    limit: str, value: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, limit, value)
    monkeypatch.setattr(guards, "RATIO_FROM", 0)
    with pytest.raises(UnreadableWorkbook, match=words):
        Workbook.from_bytes(office())


def test_a_real_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableWorkbook, match="bom zip"):
        Workbook.from_bytes(with_part("xl/media/image9.bin", bytes(64 << 20)))


# ---- saving


def book() -> Workbook:
    made = Workbook.from_bytes(office(), "a.xlsx")
    made.sheet("Data").write("B2", value=1)
    return made


def test_saving_puts_the_file_in_place_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "hasil.xlsx"
    target.write_bytes(b"lama")
    target.chmod(0o640)
    book().save(target)
    assert [p.name for p in tmp_path.iterdir()] == ["hasil.xlsx"]
    assert target.stat().st_mode & 0o777 == 0o640
    assert Workbook.open(target).sheet("Data").cell("B2").value == 1


def test_saving_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "asli.xlsx").write_bytes(b"lama")
    (tmp_path / "tautan.xlsx").symlink_to(tmp_path / "asli.xlsx")
    book().save(tmp_path / "tautan.xlsx")
    assert (tmp_path / "tautan.xlsx").is_symlink()
    assert Workbook.open(tmp_path / "asli.xlsx").has_sheet("Data")


@pytest.mark.parametrize(
    ("step", "error", "words"),
    [
        ("open", PermissionError(13, "x"), "hanya-baca"),
        ("replace", PermissionError(13, "x"), "terbuka di Excel"),
        ("fsync", OSError(28, "No space left"), "ruang kosong"),
    ],
)
def test_what_cannot_be_written_is_a_sentence_and_leaves_nothing(
    step: str, error: OSError, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "hasil.xlsx"
    target.write_bytes(b"lama")

    def fail(*_args: object, **_options: object) -> None:
        raise error

    made = book()
    with monkeypatch.context() as patched:
        patched.setattr(Path if step == "replace" else os, step, fail)
        with pytest.raises(OutputRefused, match=words):
            made.save(target)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"hasil.xlsx": b"lama"}


def test_folders_that_are_missing_or_in_the_way_are_named(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="tidak ada"):
        book().save(tmp_path / "tidak" / "hasil.xlsx")
    with pytest.raises(OutputRefused, match="bukan berkas biasa"):
        book().save(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/charts/chart1.xml", b"</", b" </"),
        ("xl/worksheets/sheet1.xml", b"<v>", b"<v>1"),
        ("xl/worksheets/sheet1.xml", b'<row r="1"', b'<row r="9"'),  # as long as it was, and no cell that was written
    ],
)
def test_a_result_that_differs_from_what_was_meant_is_not_written(
    part: str, old: bytes, new: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = save.to_bytes

    def tampering(package, changed):  # type: ignore[no-untyped-def]
        contents = parts(honest(package, changed))
        assert old in contents[part]
        contents[part] = contents[part].replace(old, new, 1)
        return zipped(contents)

    monkeypatch.setattr(save, "to_bytes", tampering)
    with pytest.raises(OutputRefused, match=re.escape(part)):
        book().save(tmp_path / "hasil.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_cell_that_does_not_read_back_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lakip_xl.workbook import patching

    monkeypatch.setattr(patching, "number_text", lambda value: "2")
    with pytest.raises(OutputRefused, match="'Data'!B2"):
        book().save(tmp_path / "hasil.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_nothing_was_written_into_stays_as_it_is() -> None:
    untouched = Workbook.from_bytes(office())
    _ = untouched.sheet("Data").cells, untouched.styles, untouched.facts, untouched.sheet("Data").comments
    assert parts(untouched.to_bytes()) == parts(office())


def test_entries_keep_their_order_dates_and_compression() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, (name, data) in enumerate(reversed(parts(office()).items())):
            entry = zipfile.ZipInfo(name, (2019, 5, 1 + number, 8, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
        archive.writestr(zipfile.ZipInfo("xl/kosong/"), b"")
    made = Workbook.from_bytes(out.getvalue())
    made.graft(owned_sheets(), owned=OWNED)
    before = zipfile.ZipFile(out).infolist()
    after = zipfile.ZipFile(io.BytesIO(made.to_bytes())).infolist()
    assert [(e.filename, e.date_time, e.compress_type) for e in after[: len(before)]] == [
        (e.filename, e.date_time, e.compress_type) for e in before
    ]
    assert {e.date_time for e in after[len(before) :]} == {(1980, 1, 1, 0, 0, 0)}


def test_macros_are_kept_and_reported() -> None:
    contents = parts(office()) | {"xl/vbaProject.bin": OLE}
    contents["xl/_rels/workbook.xml.rels"] = contents["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
        b"</Relationships>",
    )
    made = Workbook.from_bytes(zipped(contents), "a.xlsm")
    assert made.facts.has_macros
    made.sheet("Data").write("B2", value=1)
    assert parts(made.to_bytes())["xl/vbaProject.bin"] == OLE


def test_a_backslash_in_a_part_name_is_a_slash() -> None:
    contents = {name.replace("/", "\\") if "sheet2" in name else name: data for name, data in parts(office()).items()}
    made = Workbook.from_bytes(zipped(contents))
    made.sheet("Tabel").write("A2", value="1.06")
    assert Workbook.from_bytes(made.to_bytes()).sheet("Tabel").cell("A2").value == "1.06"


def test_a_sheet_without_sheet_data_takes_no_cells() -> None:
    empty = raw('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>')
    made = Workbook.from_bytes(empty)
    made.sheet("Data").write("A1", value=1)
    with pytest.raises(UnsupportedWorkbook):
        made.to_bytes()


def test_comments_are_gone_over_once() -> None:
    """A pattern that may part n comments in 2^n ways takes years over forty of them; each step here takes no time."""
    comments = b"<!--a-->" * 40
    assert markup.utf8(b"<?xml version='1.0'?>" + comments + b"<a/>", "x").endswith(b"<a/>")
    with pytest.raises(UnreadableWorkbook, match="DTD"):
        markup.utf8(b"\xef\xbb\xbf \n<?xml version='1.0'?>" + comments + b" <!DOCTYPE a><a/>", "x")
    assert markup.pattern(b"c").match(b"<c>" + comments + b"<![CDATA[a]]>" * 40 + b"<v>1</v>") is None
    assert markup.pattern(b"c").match(b"<c>" + comments + b"<?x </c> ?>" + b"<v>1</v></c>") is not None


def test_spaces_between_attributes_are_gone_over_once() -> None:
    assert markup.attribute(b" " * 300_000, b"r") is None
    assert markup.attribute(b" " * 300_000 + b'r="A1"', b"r") == "A1"
    assert markup.without(b' s="1"   r="A1"', b"r") == b' s="1"'


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        (["A", "B", "a"], "namanya dua kali: 'a'"),
        (["A", ""], "tidak bernama"),
        ([f"L{n}" for n in range(1001)], "1,001 lembar"),
    ],
    ids=["twice", "nameless", "many"],
)
def test_sheets_that_excel_would_not_write_are_refused(sheets: list[str], said: str) -> None:
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId1"/>' for n, name in enumerate(sheets, 1))
    book = parts(raw(sheet_xml("")))["xl/workbook.xml"]
    start, end = book.index(b"<sheets>") + 8, book.index(b"</sheets>")
    with pytest.raises(UnreadableWorkbook) as refused:
        Workbook.from_bytes(replaced(raw(sheet_xml("")), workbook=book[:start] + listed.encode() + book[end:]))
    assert said in refused.value.text.id


def test_a_part_packed_in_a_way_of_its_own_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        for name, data in parts(office()).items():
            archive.writestr(name, data)
    with pytest.raises(UnreadableWorkbook) as refused:
        Workbook.from_bytes(out.getvalue())
    assert "dikemas dengan cara yang tidak dipakai Excel" in refused.value.text.id
