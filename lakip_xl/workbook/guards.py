"""What the file is, before anything in it is parsed: named in a sentence where it is not a workbook that can be read."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence

from lakip_xl.errors import UnreadableWorkbook, UnsupportedWorkbook

# Far above what offices keep in a workbook, far below what would fill a small laptop.
MAX_ENTRIES = 10_000
MAX_UNPACKED = 1 << 30
MAX_RATIO = 300
RATIO_FROM = 32 << 20
MAX_SHEETS = 1_000
MAX_SAID = 80
"""Characters of a name out of a file that are said in a sentence."""

PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How the parts of a workbook are packed. What is packed otherwise ``zipfile`` unpacks whole, however little is asked for."""

BROKEN_ENTRY = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)
"""What ``zipfile`` raises as it unpacks what is damaged, encrypted (RuntimeError) or packed in a way it does not know."""
BROKEN_ZIP = (*BROKEN_ENTRY, ValueError)
"""The same where the archive is opened, too. Whoever reads numbers from what is unpacked needs ValueError for himself."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS_ID = "Buka di Excel, pilih Simpan Sebagai (Save As) > Excel Workbook (*.xlsx), lalu ulangi."
_SAVE_AS_EN = "Open it in Excel, choose Save As > Excel Workbook (*.xlsx) and try again."

_ADOPT_ID = (
    "Matriks di dalamnya dapat dipindahkan ke templat dengan 'lakip-xl adopt'; bila lembarnya harus tetap, buka di Excel, pilih "
    "Simpan Sebagai (Save As) > Excel Workbook (*.xlsx), lalu ulangi."
)
_ADOPT_EN = (
    "'lakip-xl adopt' brings the matrix in it into the template; to keep its own sheets, open it in Excel, choose Save As > Excel "
    "Workbook (*.xlsx) and try again."
)


def refuse_other_files(data: bytes, name: str) -> None:
    """Returns if the bytes begin like a zip. Raises UnreadableWorkbook that says what they are otherwise."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return
    what = _other_kind(data)
    raise UnreadableWorkbook(f"{name}: {what[0]}", f"{name}: {what[1]}")


def _other_kind(data: bytes) -> tuple[str, str]:
    head = data[:4096]
    if not data:
        return (
            "berkas ini kosong (0 byte). Periksa apakah penyalinan atau pengunduhan selesai, lalu ulangi.",
            "this file is empty (0 bytes). Check that copying or downloading was completed and try again.",
        )
    if not data.strip(b"\x00"):
        return (
            "isi berkas ini hanya nol; penyalinan atau penyimpanannya gagal. Ambil lagi berkas aslinya.",
            "this file holds only zeros; copying or saving it failed. Get the original again.",
        )
    if head.startswith(_OLE):
        return _inside_ole(data)
    if head[:4] in (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00"):
        return f"ini berkas Excel lama (.xls). {_ADOPT_ID}", f"this is an old Excel file (.xls). {_ADOPT_EN}"
    for magic, kind in (
        (b"%PDF", "PDF"),
        (b"{\\rtf", "RTF"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"Rar!", "RAR"),
        (b"7z\xbc\xaf", "7z"),
        (b"\x1f\x8b", "gzip"),
    ):
        if head.startswith(magic):
            return (
                f"ini berkas {kind}, bukan buku kerja Excel. Pilih berkas .xlsx yang benar.",
                f"this is a {kind} file, not an Excel workbook. Choose the right .xlsx file.",
            )
    return _text_kind(head)


def _inside_ole(data: bytes) -> tuple[str, str]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            (
                "berkas ini dilindungi kata sandi (terenkripsi). Buka di Excel, hapus sandinya lewat Berkas > Info > "
                "Proteksi Buku Kerja > Enkripsi dengan Kata Sandi, simpan, lalu ulangi."
            ),
            (
                "this workbook is protected by a password (encrypted). Open it in Excel, take the password away under "
                "File > Info > Protect Workbook > Encrypt with Password, save and try again."
            ),
        )
    if "WordDocument".encode("utf-16-le") in data:
        return (
            "ini dokumen Word lama (.doc), bukan buku kerja Excel.",
            "this is an old Word document (.doc), not a workbook.",
        )
    return f"ini berkas Excel lama (.xls). {_ADOPT_ID}", f"this is an old Excel file (.xls). {_ADOPT_EN}"


def _text_kind(head: bytes) -> tuple[str, str]:
    text = _as_text(head)
    if text is None:
        return (
            "ini bukan buku kerja Excel (.xlsx), atau isinya rusak. Periksa berkasnya, atau minta lagi kepada pengirim.",
            "this is not an Excel workbook (.xlsx), or it is damaged. Check the file, or ask the sender for it again.",
        )
    low = text.lstrip("\ufeff \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in low:
        return f"ini lembar kerja XML 2003. {_SAVE_AS_ID}", f"this is an XML Spreadsheet 2003. {_SAVE_AS_EN}"
    if low.startswith(("<!doctype html", "<html", "<head", "<table", "<meta", "<style", "<div")) or "<table" in low:
        return (
            f"ini halaman web (HTML) yang diberi nama Excel, misalnya hasil unduhan aplikasi. {_SAVE_AS_ID}",
            f"this is a web page (HTML) named as Excel, for example an export from an application. {_SAVE_AS_EN}",
        )
    if any(mark in low.partition("\n")[0] for mark in (",", ";", "\t")):
        return (
            f"ini teks CSV, bukan buku kerja Excel. {_ADOPT_ID}",
            f"this is CSV text, not an Excel workbook. {_ADOPT_EN}",
        )
    return (
        "ini berkas teks biasa, bukan buku kerja Excel. Pilih berkas .xlsx yang benar.",
        "this is a plain text file, not an Excel workbook. Choose the right .xlsx file.",
    )


def _as_text(head: bytes) -> str | None:
    encodings = ("utf-16",) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            text = head.decode(encoding, "ignore" if encoding == "utf-8" and len(head) == 4096 else "strict")
        except UnicodeDecodeError:
            continue
        odd = sum(1 for char in text if char < " " and char not in "\t\r\n\f")
        return None if odd else text
    return None


def check_zip(archive: zipfile.ZipFile, packed: int, name: str) -> None:
    """Raises for what no sound package has: too many or too large parts, doubtful names, a password."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _hostile(
            name,
            f"memuat {len(entries):,} bagian, batasnya {MAX_ENTRIES:,}",
            f"it holds {len(entries):,} parts, the limit is {MAX_ENTRIES:,}",
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise _hostile(
            name,
            f"isinya {unpacked >> 20:,} MiB setelah dibuka, batasnya {MAX_UNPACKED >> 20:,} MiB",
            f"it unpacks to {unpacked >> 20:,} MiB, the limit is {MAX_UNPACKED >> 20:,} MiB",
        )
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1):
        raise _hostile(
            name,
            f"mengembang {unpacked // max(packed, 1):,} kali saat dibuka, batasnya {MAX_RATIO} kali (bom zip)",
            f"it grows {unpacked // max(packed, 1):,} times when unpacked, the limit is {MAX_RATIO} times (a zip bomb)",
        )
    if sum(entry.compress_size for entry in entries) > packed:
        raise _hostile(name, "bagian-bagiannya saling tumpang tindih (bom zip)", "its parts overlap (a zip bomb)")
    seen: set[str] = set()
    for entry in entries:
        part = entry.filename.replace("\\", "/")
        said = part[:MAX_SAID]
        if part.startswith("/") or ".." in part.split("/") or ":" in part.partition("/")[0] or "\x00" in part:
            raise _hostile(
                name,
                f"bagian {said!r} menunjuk ke luar berkas",
                f"its part {said!r} points outside the file",
            )
        if part.lower() in seen:
            raise _hostile(name, f"bagian {said!r} ada dua kali", f"its part {said!r} is there twice")
        seen.add(part.lower())
        if entry.compress_type not in PACKINGS:
            raise _hostile(
                name,
                f"bagian {said!r} dikemas dengan cara yang tidak dipakai Excel",
                f"its part {said!r} is packed in a way that Excel does not use",
            )
        if entry.flag_bits & 0x1:
            raise UnreadableWorkbook(
                f"{name}: zip ini dilindungi kata sandi. Simpan ulang di Excel tanpa sandi, lalu ulangi.",
                f"{name}: this zip is protected by a password. Save it again in Excel without one and try again.",
            )


def check_titles(titles: Sequence[str], name: str) -> None:
    """Raises for a list of sheets that Excel would never write: more than a thousand, one without a title, two of one title."""
    if len(titles) > MAX_SHEETS:
        raise _hostile(
            name,
            f"memuat {len(titles):,} lembar, batasnya {MAX_SHEETS:,}",
            f"it holds {len(titles):,} sheets, the limit is {MAX_SHEETS:,}",
        )
    seen: set[str] = set()
    for title in titles:
        if not title or title.casefold() in seen:
            said = title[:MAX_SAID]
            raise UnreadableWorkbook(
                f"{name}: berkas ini rusak: ada lembar yang {f'namanya dua kali: {said!r}' if title else 'tidak bernama'}. Buka di Excel, "
                "biarkan diperbaiki, simpan, lalu ulangi.",
                f"{name}: this file is damaged: {f'two sheets are called {said!r}' if title else 'a sheet has no name'}. Open it in Excel, "
                "let it be repaired, save, try again.",
            )
        seen.add(title.casefold())


def _hostile(name: str, id: str, en: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(
        f"{name}: berkas ini ditolak demi keamanan: {id}. Minta berkas aslinya, atau simpan ulang di Excel.",
        f"{name}: refused for safety: {en}. Ask for the original, or save it again in Excel.",
    )


def damaged(name: str) -> UnreadableWorkbook:
    """The error for a zip that is cut off or broken."""
    return UnreadableWorkbook(
        f"{name}: berkas ini rusak atau terpotong (penyalinan atau pengunduhan tidak selesai). Ambil lagi berkas aslinya.",
        f"{name}: this file is damaged or cut off (copying or downloading was not completed). Get the original again.",
    )


def not_a_workbook(names: set[str], types: bytes | None, name: str) -> UnreadableWorkbook | UnsupportedWorkbook:
    """The error for a sound zip that holds no workbook: says what it is."""
    types = types or b""
    if "manifes.json" in names:
        return UnreadableWorkbook(
            f"{name}: ini bundel pengajuan dari lakip-xl submit, bukan buku kerja. Periksa dengan: lakip-xl verify {name}",
            f"{name}: this is a bundle from lakip-xl submit, no workbook. Look at it with: lakip-xl verify {name}",
        )
    if b"sheet.binary.macroEnabled" in types:
        return UnsupportedWorkbook(
            f"{name}: ini buku kerja biner (.xlsb). {_SAVE_AS_ID}",
            f"{name}: this is a binary workbook (.xlsb). {_SAVE_AS_EN}",
        )
    if b"wordprocessingml" in types:
        return UnreadableWorkbook(
            f"{name}: ini dokumen Word, bukan buku kerja Excel (.xlsx). Salin tabelnya ke Excel lalu simpan sebagai .xlsx, atau ke berkas "
            "teks (.txt) untuk lakip-xl adopt.",
            f"{name}: this is a Word document, not an Excel workbook (.xlsx). Copy its table into Excel and save it as .xlsx, or into a "
            "text file (.txt) for lakip-xl adopt.",
        )
    if "mimetype" in names and "content.xml" in names:
        return UnreadableWorkbook(
            f"{name}: ini berkas OpenDocument (.ods/.odt), bukan buku kerja Excel (.xlsx). {_ADOPT_ID}",
            f"{name}: this is an OpenDocument file, not an Excel workbook (.xlsx). {_ADOPT_EN}",
        )
    kinds = ((b"presentationml" in types, "berkas PowerPoint", "a PowerPoint file"),)
    for fits, id, en in kinds:
        if fits:
            return UnreadableWorkbook(
                f"{name}: ini {id}, bukan buku kerja Excel (.xlsx). {_SAVE_AS_ID}",
                f"{name}: this is {en}, not an Excel workbook (.xlsx). {_SAVE_AS_EN}",
            )
    return UnreadableWorkbook(
        f"{name}: ini berkas zip biasa, bukan buku kerja Excel. Bila berisi berkas .xlsx, ekstrak dulu, lalu ulangi.",
        f"{name}: this is an ordinary zip, not an Excel workbook. If it holds an .xlsx, extract that first and try again.",
    )
