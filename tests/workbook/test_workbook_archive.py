"""The zip: what is not written keeps its compressed bytes, whatever wrote it; nothing doubtful is copied."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from lakip_xl.errors import OutputRefused, UnreadableWorkbook
from lakip_xl.workbook import Workbook, save
from lakip_xl.workbook.archive import packed_bytes, unpack
from workbook_samples import OWNED, office, owned_sheets, parts, zipped


def infos(data: bytes) -> dict[str, zipfile.ZipInfo]:
    return {entry.filename: entry for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()}


class Unseekable(io.BytesIO):
    """Makes zipfile write data descriptors behind the entries, as web applications do."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def written(
    level: int = 9, out: io.BytesIO | None = None, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    out = out or io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts(office()).items():
            entry = zipfile.ZipInfo(name, (2023, 12, 31, 23, 59, 58))
            entry.extra = struct.pack("<HH4s", 0xCAFE, 4, b"luar")
            archive.writestr(entry, data, method, level)
        archive.comment = comment
    return out.getvalue()


def filled(data: bytes) -> bytes:
    book = Workbook.from_bytes(data)
    book.sheet("Data").write("B2", value=1)
    book.graft(owned_sheets(), owned=OWNED)
    return book.to_bytes()


@pytest.mark.parametrize(
    "before",
    [written(9), written(1), written(out=Unseekable()), written(method=zipfile.ZIP_STORED), written(comment=b"catatan")],
    ids=["best", "fastest", "descriptors", "stored", "comment"],
)  # fmt: skip
def test_entries_that_are_not_written_keep_their_compressed_bytes(before: bytes) -> None:
    after = filled(before)
    old, new = infos(before), infos(after)
    same = [name for name in old if parts(before)[name] == parts(after)[name]]
    assert len(same) > 10
    for name in same:
        assert bytes(packed_bytes(before, old[name])) == bytes(packed_bytes(after, new[name]))
        assert (new[name].flag_bits, new[name].extra, new[name].create_system, new[name].external_attr) == (
            0,
            b"",
            0,
            0,
        )
    assert zipfile.ZipFile(io.BytesIO(after)).testzip() is None
    assert filled(after) == after


def test_parts_that_are_only_stored_stay_so() -> None:
    before = written(method=zipfile.ZIP_STORED)
    after = filled(before)
    assert infos(after)["xl/drawings/drawing1.xml"].compress_type == zipfile.ZIP_STORED
    assert parts(after)["xl/drawings/drawing1.xml"] == parts(before)["xl/drawings/drawing1.xml"]


def test_names_beyond_ascii_stay() -> None:
    contents = parts(office()) | {"xl/media/gambar é.png": b"x", "xl/kosong/": b""}
    assert parts(filled(zipped(contents)))["xl/media/gambar é.png"] == b"x"


def test_a_part_that_was_damaged_before_is_not_handed_on() -> None:
    data = bytearray(written())
    at = infos(bytes(data))["xl/drawings/drawing1.xml"].header_offset + 30 + len("xl/drawings/drawing1.xml") + 8 + 40
    data[at] ^= 0x55
    book = Workbook.from_bytes(bytes(data))
    book.sheet("Data").write("B2", value=1)
    with pytest.raises(UnreadableWorkbook, match="rusak atau terpotong"):
        book.to_bytes()


def test_parts_that_overlap_are_refused() -> None:
    """Entries that share their compressed bytes unpack to far more than any of them says."""
    data = bytearray(zipped(parts(office())))
    central = data.index(b"PK\x01\x02")
    position = central
    while data[position : position + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<3H", data, position + 28)
        if b"drawing" in data[position + 46 : position + 46 + name]:
            struct.pack_into("<L", data, position + 20, len(data) // 2)
        position += 46 + name + extra + comment
    with pytest.raises(UnreadableWorkbook, match="tumpang tindih"):
        Workbook.from_bytes(bytes(data))


def test_a_kept_entry_with_other_compressed_bytes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = save.to_bytes

    def repacked(package, changed):  # type: ignore[no-untyped-def]
        return zipped(parts(honest(package, changed)))

    monkeypatch.setattr(save, "to_bytes", repacked)
    with pytest.raises(OutputRefused):
        filled(written(1))


def test_saving_what_was_verified_already_is_no_work_and_later_edits_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook.from_bytes(office())
    book.sheet("Data").write("B2", value=1)
    first = book.to_bytes()
    honest, calls = save.verify, []
    monkeypatch.setattr(save, "verify", lambda *given: calls.append(honest(*given)))
    assert book.to_bytes() == first
    assert calls == []
    book.sheet("Data").write("B2", value=2)
    assert Workbook.from_bytes(book.to_bytes()).sheet("Data").cell("B2").value == 2
    book.set_name("_lakip", "Data!$A$1")
    assert "_lakip" in Workbook.from_bytes(book.to_bytes()).names
    assert len(calls) == 2


def test_a_part_is_not_unpacked_further_than_it_says() -> None:
    data = bytearray(zipped({"a": b"x" * 100, "b": b"y" * (1 << 20)}))
    for place in range(len(data) - 4):
        if data[place : place + 4] == struct.pack("<L", 1 << 20):
            data[place : place + 4] = struct.pack("<L", 50)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert unpack(archive, archive.getinfo("a")) == b"x" * 100
        with pytest.raises(zipfile.BadZipFile):
            unpack(archive, archive.getinfo("b"))
