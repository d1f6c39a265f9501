"""Rows one after the other say what the whole sheet says, however the part is written."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from lakip_xl.errors import LakipError
from lakip_xl.workbook import Workbook

PART = "xl/worksheets/sheet1.xml"


def make(rows: int = 300, constant_memory: bool = False) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": constant_memory})
    sheet = book.add_worksheet("Data")
    pick = random.Random(5)
    for row in range(rows):
        for column in range(pick.randint(0, 30)):
            kind = pick.randint(0, 6)
            if kind == 0:
                sheet.write_number(row, column, pick.randint(-(10**9), 10**9) / 4)
            elif kind == 1:
                sheet.write_string(row, column, pick.choice(["a", " b ", "<&>\"'", "x\ny", "_x0041_", "é\u00a0", "=1"]))
            elif kind == 2:
                sheet.write_formula(row, column, '=IF(A1<2,"t","")', None, pick.choice([5, "teks", True, "#DIV/0!", 0]))
            elif kind == 3:
                sheet.write_boolean(row, column, True)
            elif kind == 4:
                sheet.write_blank(row, column, None, book.add_format({"bold": True}) if row < 3 else None)
    book.close()
    return out.getvalue()


def changed(data: bytes, change: Callable[[bytes], bytes], part: str = PART) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry.filename == part else content)
    return out.getvalue()


def whole(data: bytes) -> dict[tuple[int, int], object]:
    cells = Workbook.from_bytes(data).sheet("Data").filled()
    return {(r, c): d.value for r, row in cells.items() for c, d in row.items() if d.value not in (None, "")}


def streamed(data: bytes, columns: list[int] | None = None) -> dict[tuple[int, int], object]:
    return {(r, c): v for r, row in Workbook.from_bytes(data).rows("Data", columns) for c, v in row.items()}


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "a comment in the middle": lambda data: data.replace(b'<row r="200"', b'<!-- x --><row r="200"', 1),
    "another prefix": lambda data: data.replace(b"<row ", b"<row  ", 1),
    "utf-16": lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "character data": lambda data: data.replace(b"<v>", b"<v><![CDATA[", 1).replace(b"</v>", b"]]></v>", 1),
    "rows without numbers": lambda data: data.replace(b'<row r="1" ', b"<row ", 1),
}


@pytest.mark.parametrize("constant_memory", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_rows_hold_what_the_sheet_holds(way: str, constant_memory: bool) -> None:
    data = changed(make(constant_memory=constant_memory), WAYS[way])
    expected = whole(data)
    assert len(expected) > 1000
    assert streamed(data) == expected
    some = [2, 5, 29]
    assert streamed(data, some) == {place: value for place, value in expected.items() if place[1] in some}


def test_pieces_may_end_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    from lakip_xl.workbook import stream

    data = make(60)
    expected = whole(data)
    for size in (700, 1234, 5000):
        monkeypatch.setattr(stream, "_PIECE", size)
        assert streamed(data) == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-200],
        lambda data: data.replace(b"</sheetData>", b"<oops></sheetData>"),
        lambda data: data.replace(b"</worksheet>", b""),
        lambda data: data.replace(b"<v>", b"<v>x", 5),
        lambda data: b"<!DOCTYPE x>" + data.partition(b"?>")[2],
    ],
)
def test_a_damaged_sheet_is_refused_with_a_sentence(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(LakipError):
        streamed(changed(make(), change))


def test_the_rows_of_a_workbook_that_was_cut_off_are_refused() -> None:
    data = make(2000)
    at = data.index(PART.encode()) + 400
    with pytest.raises(LakipError):
        streamed(data[:at] + bytes(40) + data[at + 40 :])
