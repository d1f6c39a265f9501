"""The rows of a worksheet one after the other, and of each row only the columns that are asked for.

A ledger of 100,000 lines has 4.5 million cells, 200 MB of XML: it is unpacked piece by piece and never held whole. The rows of a
sheet written as the usual programs write it are cut out as bytes; the first row that is not so is left to expat, with all behind it.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO
from xml.parsers import expat

from lakip_xl.cells import MAX_ROW, NA, Value, letters, parse_a1
from lakip_xl.errors import UnreadableWorkbook
from lakip_xl.workbook import guards
from lakip_xl.workbook.markup import unreadable
from lakip_xl.workbook.package import Package
from lakip_xl.workbook.pieces import head_and_rows
from lakip_xl.workbook.plain import TAIL, NotPlain, plain_rows, text_of
from lakip_xl.workbook.reading import CELL, FORMULA, PHONETIC, ROW, TEXT, VALUE
from lakip_xl.workbook.values import number_of, typed

_PIECE = 1 << 20

Row = tuple[int, dict[int, Value]]

NO_RESULT = NA
"""What a formula without a stored result reads as: no figure, and no blank either."""


def stream_rows(
    package: Package, part: str, strings: list[str], columns: Collection[int] | None = None
) -> Iterator[Row]:
    """Every row that the sheet part holds as (row, {column: value}), blank cells left out; only ``columns`` where they are given.

    Values are what Excel sees; of a formula the stored result, ``NO_RESULT`` where a number is not stored. Raises UnreadableWorkbook
    where the part is damaged, also halfway.
    """
    done = 0
    with _parsing(package.name, part):
        try:
            for row in _plain(package, part, strings, columns):
                yield row
                done += 1
        except (NotPlain, ValueError, OverflowError):
            yield from islice(_general(package, part, strings, columns), done, None)


@contextmanager
def _parsing(name: str, part: str) -> Iterator[None]:
    try:
        yield
    except expat.ExpatError as error:
        raise unreadable(part) from error
    except (ValueError, KeyError, OverflowError) as error:
        said = str(error)[: guards.MAX_SAID]
        raise UnreadableWorkbook(
            f"{name}: berkas ini rusak: bagian {part} tidak dapat dibaca ({said}). Buka dan simpan ulang di Excel, lalu ulangi.",
            f"{name}: this file is damaged: its part {part} cannot be read ({said}). Open it in Excel, save it and try again.",
        ) from error


@contextmanager
def _opened(package: Package, part: str) -> Iterator[IO[bytes]]:
    """The part to be unpacked piece by piece; one that was changed in memory, as it is now."""
    part = package.actual(part)
    if part in package.changed:
        yield io.BytesIO(package.read(part))
        return
    try:
        with package.unpacked(part) as stream:
            yield stream
    except guards.BROKEN_ENTRY as error:
        raise guards.damaged(package.name) from error


# ---- the quick way


def _plain(package: Package, part: str, strings: list[str], columns: Collection[int] | None) -> Iterator[Row]:
    with _opened(package, part) as stream:
        _, pieces = head_and_rows(stream, part)
        cut = _Cells(strings, columns)
        last = 0
        for data, bounds in pieces:
            for row, _, _, tag, begin, end in plain_rows(data, bounds):
                if not data.startswith(b'<row r="', tag):
                    raise NotPlain  # a row without a number is counted from the one before it: across pieces, not here
                if row <= last:
                    raise NotPlain
                last = row
                yield row, cut.read(data, row, begin, end)


class _Cells:
    """Cuts the wanted cells out of a row's bytes.

    Rows of a table hold the same columns again and again: the columns of the last row with as many cells are tried first.
    """

    def __init__(self, strings: list[str], columns: Collection[int] | None) -> None:
        self.strings = strings
        self.wanted = None if columns is None else {letters(c).encode("ascii"): c for c in columns}
        self.known: dict[bytes, int | None] = {}
        self.layouts: dict[int, tuple[list[bytes], list[tuple[int, int]]]] = {}

    def read(self, data: bytes, row: int, start: int, end: int) -> dict[int, Value]:
        pieces = data[start:end].split(b'<c r="')
        if pieces[0].strip(b" \n\t"):
            raise NotPlain
        del pieces[0]
        behind = b'%d"' % row
        heads, wanted = self.layouts.get(len(pieces), ([], []))
        if not (heads and all(map(bytes.startswith, pieces, [head + behind for head in heads]))):
            heads, wanted = self._layout(pieces, behind)
        found: dict[int, Value] = {}
        strings, width = self.strings, len(behind)
        for place, column in wanted:
            tail = pieces[place][len(heads[place]) + width :]
            # The three shapes that nearly every cell has; all others are held to the pattern.
            cut = tail.find(b"><v>")
            text = tail[cut + 4 : -8]
            if cut >= 0 and tail[-8:] == b"</v></c>" and b"<" not in text and b"&" not in text:
                if b" t=" not in tail[:cut]:
                    found[column] = _number(text)
                    continue
                if tail[:cut].endswith(b' t="s"') and text.isdigit() and int(text) < len(strings):
                    shared = strings[int(text)]
                    if shared:
                        found[column] = shared
                    continue
            elif (
                tail[-13:] == b"</t></is></c>"
                and (cut := tail.find(b' t="inlineStr"><is><t>')) >= 0
                and b">" not in tail[:cut]
            ):
                text = tail[cut + 22 : -13]
                if text and b"<" not in text and b"&" not in text and b"_x" not in text:
                    found[column] = text.decode("utf-8")
                    continue
            value = self._other(tail)
            if value is not None and value != "":
                found[column] = value
        return found

    def _layout(self, pieces: list[bytes], behind: bytes) -> tuple[list[bytes], list[tuple[int, int]]]:
        """The letters of each cell of a row, and which of them are wanted. Raises NotPlain for a cell that says another row."""
        width = 1 - len(behind)
        heads: list[bytes] = []
        wanted: list[tuple[int, int]] = []
        for place, piece in enumerate(pieces):
            address = piece.partition(b'"')[0]
            if address[width:] != behind[:-1]:
                raise NotPlain
            head = address[:width]
            if head not in self.known:
                self.known[head] = self._column(head)
            column = self.known[head]
            heads.append(head)
            if column is not None:
                wanted.append((place, column))
        self.layouts[len(pieces)] = heads, wanted
        return heads, wanted

    def _column(self, head: bytes) -> int | None:
        if not head.isalpha() or not head.isupper() or len(head) > 3:
            raise NotPlain
        if self.wanted is not None:
            return self.wanted.get(head)
        return parse_a1(head.decode("ascii") + "1")[1]

    def _other(self, tail: bytes) -> Value:
        match = TAIL.fullmatch(tail)
        if match is None:
            raise NotPlain
        _, kind_bytes, attributes, _, value, _, inline = match.groups()
        kind = None if kind_bytes is None else kind_bytes.decode("ascii")
        if (inline is not None) != (kind == "inlineStr"):
            raise NotPlain
        if inline is not None:
            return typed(text_of(inline), kind, self.strings)
        if not value and kind is None and attributes is not None:
            return NO_RESULT
        return None if value is None else typed(text_of(value), kind, self.strings)


def _number(text: bytes) -> float:
    value = float(text)
    if value - value != 0 or b"_" in text:
        raise ValueError(text)
    return value


# ---- the way that understands all XML


def _general(package: Package, part: str, strings: list[str], columns: Collection[int] | None) -> Iterator[Row]:
    reader = _Parser(part, strings, None if columns is None else frozenset(columns))
    with _opened(package, part) as stream:
        while piece := stream.read(_PIECE):
            reader.parser.Parse(piece, False)
            yield from reader.taken()
        reader.parser.Parse(b"", True)
        yield from reader.taken()


class _Parser:
    """Collects rows while expat goes through the pieces."""

    def __init__(self, part: str, strings: list[str], wanted: frozenset[int] | None) -> None:
        self.part, self.strings, self.wanted = part, strings, wanted
        self.rows: list[Row] = []
        self.row = self.column = 0
        self.cells: dict[int, Value] = {}
        self.kind: str | None = None
        self.value: str | None = None
        self.in_cell = self.collecting = self.skipped = self.computed = False
        self.pieces: list[str] = []
        self.parser = expat.ParserCreate(None, " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def taken(self) -> list[Row]:
        rows, self.rows = self.rows, []
        return rows

    def doctype(self, *_: object) -> None:
        raise unreadable(self.part)

    def characters(self, data: str) -> None:
        if self.collecting:
            self.pieces.append(data)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == CELL:
            ref = attributes.get("r")
            self.column = self.column + 1 if ref is None else parse_a1(ref)[1]
            if ref is not None and parse_a1(ref)[0] != self.row:
                raise ValueError(f"r={ref!r}")
            self.kind, self.value, self.in_cell, self.computed = attributes.get("t"), None, True, False
            self.pieces.clear()
        elif name == ROW:
            ref = attributes.get("r")
            self.row = self.row + 1 if ref is None else int(ref)
            if not 1 <= self.row <= MAX_ROW:
                raise ValueError(f"row {self.row}")
            self.column, self.cells = 0, {}
        elif self.in_cell:
            self.computed = self.computed or name == FORMULA
            if name in (VALUE, FORMULA):
                self.pieces.clear()
                self.collecting = True
            elif name == TEXT:
                self.collecting = not self.skipped
            elif name == PHONETIC:
                self.skipped = True

    def end(self, name: str) -> None:
        if name == ROW:
            self.rows.append((self.row, self.cells))
        elif name == CELL:
            self.in_cell = False
            if self.wanted is None or self.column in self.wanted:
                text = "".join(self.pieces) if self.kind == "inlineStr" else self.value
                if self.computed and self.kind is None and not text:
                    self.cells[self.column] = NO_RESULT
                elif text is not None:
                    shown = number_of(text) if self.kind is None and text else typed(text, self.kind, self.strings)
                    if shown is not None and shown != "":
                        self.cells[self.column] = shown
        elif self.in_cell:
            if name == VALUE:
                self.value = "".join(self.pieces)
            if name in (VALUE, FORMULA):
                self.pieces.clear()
            if name in (VALUE, FORMULA, TEXT):
                self.collecting = False
            elif name == PHONETIC:
                self.skipped = False
