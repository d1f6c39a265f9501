"""The quick way through a sheet written as Excel, LibreOffice and the usual libraries write it: half the time, no second copy.

Everything else (prefixes, comments, CDATA, rich inline text, attributes in another order ...) is left to the reader that
understands all XML; both read the same cells, which a test compares over the corpus. What is let through here is
well-formed: each byte of a row is held to a pattern that allows nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from lakip_xl.cells import MAX_ROW, Value, a1, parse_a1
from lakip_xl.workbook.markup import start_tag
from lakip_xl.workbook.model import CellData, Cells, SharedFormula
from lakip_xl.workbook.values import TRUE, FormulaReader, number_of, typed

_ATTRIBUTES = rb"""(?: [A-Za-z][A-Za-z0-9:]*="[ !#-%'-;=?-~]*")*"""
_ROW = re.compile(rb'[ \n\t]*<row(?: r="([1-9][0-9]{0,6})")?(' + _ATTRIBUTES + rb") ?(/?)>")
_LOOK = re.compile(rb'(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]+)")?')
TAIL = re.compile(
    rb'(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]+)")?(?:/>|>'
    rb"(?:<f(" + _ATTRIBUTES + rb")(?:/>|>([^<]*)</f>))?(?:<v>([^<]*)</v>|(<v/>))?"
    rb'(?:<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)[ \n\t]*'
)
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_PREFIX = re.compile(rb"\sxmlns:([A-Za-z0-9]+)\s*=")
_ENTITY = re.compile(r"&(?:(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));)?")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# What XML cannot hold; a carriage return it may, but a parser changes it.
_ILLEGAL = bytes({*range(32)} - {9, 10})
_ILLEGAL_WIDE = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_PIECE = 1 << 18  # what is looked at in pieces stays in the processor's cache
# Texts and numbers that come again are one object; so many are remembered.
_REMEMBERED = 4096


class Bounds(NamedTuple):
    """Where the rows of a plain sheet begin and end, and the prefixes that its root declares."""

    start: int
    end: int
    prefixes: frozenset[str]


class Row(NamedTuple):
    """One row of a plain sheet: its number, whether it is hidden, its style (None: none), where its tag and its cells begin
    and where they end."""

    number: int
    hidden: bool
    style: int | None
    tag: int
    start: int
    end: int


class NotPlain(Exception):
    """The sheet has to be read by the reader that understands all XML."""


def plain_bounds(data: bytes) -> Bounds | None:
    """Where the rows begin and end, None unless the part is as plain as this module wants it."""
    # A single byte is looked for first: on a large sheet that is ten times as quick, and mostly none is there.
    if (b"!" in data and b"<!" in data) or (data.find(b"?", 60) != -1 and data.find(b"<?", 5) != -1):
        return None
    start, end = data.find(b"<sheetData>") + 11, data.rfind(b"</sheetData>")
    if not 11 <= start <= end or data.find(b"<sheetData>", start) != -1:
        return None
    if b"]" in data and data.find(b"]]>", start, end) != -1:
        return None
    if not data.isascii() and any(data.find(wide, start, end) != -1 for wide in _ILLEGAL_WIDE):
        return None
    for position in range(start, end, _PIECE):
        piece = data[position : min(position + _PIECE, end)]
        if len(piece.translate(None, _ILLEGAL)) != len(piece):
            return None
    try:
        root = start_tag(data).attributes
    except ValueError:
        return None
    return Bounds(start, end, frozenset({"xml", *(name.decode("ascii") for name in _PREFIX.findall(root))}))


def plain_rows(data: bytes, bounds: Bounds) -> Iterator[Row]:
    """The rows one after the other. Raises NotPlain for anything else between them."""
    known: dict[bytes, tuple[str | None, bool, int | None]] = {}
    new = tuple.__new__  # half the time of calling the class, three times for each row
    number, position = 0, bounds.start
    while (match := _ROW.match(data, position, bounds.end)) is not None:
        text, attributes, empty = match.groups()
        try:
            other, hidden, style = known[attributes]
        except KeyError:
            named = _named(attributes, bounds)
            style = int(named.get("s", "0")) if named.get("customFormat") in TRUE else None
            known[attributes] = other, hidden, style = named.get("r"), named.get("hidden") in TRUE, style
        if other is not None and (text is not None or not other.isascii() or not other.isdigit()):
            raise NotPlain
        number = int(text or other or number + 1)
        if not 1 <= number <= MAX_ROW:
            raise NotPlain
        start = end = match.end()
        if not empty:
            end = data.find(b"</row>", start, bounds.end)
            if end < 0:
                raise NotPlain
        yield new(Row, (number, hidden, style, match.start(1) - 8 if text else data.index(b"<", position), start, end))
        position = end if empty else end + 6
    if data[position : bounds.end].strip(b" \n\t"):
        raise NotPlain


def _named(attributes: bytes, bounds: Bounds) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(attributes.decode("ascii"))
    named = dict(pairs)
    if len(named) != len(pairs) or "xmlns" in named:
        raise NotPlain
    if any(":" in name and name.partition(":")[0] not in bounds.prefixes for name in named):
        raise NotPlain
    return named


def text_of(data: bytes) -> str:
    text = data.decode("utf-8")
    return text if "&" not in text else _ENTITY.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2] or 0)
    if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xDFFF < code < 0xFFFE or 0xFFFF < code < 0x110000:
        return chr(code)
    raise NotPlain


class PlainReader:
    """Reads rows into ``cells``, ``hidden_rows`` and ``row_styles``; ``ordered`` is whether all of them ascend."""

    def __init__(
        self,
        cells: Cells,
        formulas: FormulaReader,
        hidden_columns: set[int],
        strings: list[str],
        number_format: Callable[[int], str],
    ) -> None:
        self.cells = cells
        self.formulas = formulas
        self.hidden_columns = hidden_columns
        self.strings = strings
        self.number_format = number_format
        self.hidden_rows: set[int] = set()
        self.row_styles: dict[int, int] = {}
        self.ordered = True
        self._groups: dict[str, SharedFormula] = {}

    def read(self, data: bytes, bounds: Bounds) -> None:
        """Reads every cell. Raises NotPlain where a row or cell is not plain, ValueError as ``typed`` does."""
        strings, hidden_columns = self.strings, self.hidden_columns
        columns: dict[bytes, int] = {}
        looks: dict[bytes, tuple[int, str, str | None]] = {}
        shown: dict[bytes, CellData] = {}
        unseen: dict[bytes, CellData] = {}
        last = 0
        for row, row_hidden, style, _, start, end in plain_rows(data, bounds):
            self.ordered = self.ordered and row > last
            last = row
            if row_hidden:
                self.hidden_rows.add(row)
            if style is not None:
                self.row_styles[row] = style
            digits, column = b"%d" % row, 0
            width = -len(digits)
            pieces = data[start:end].split(b'<c r="')
            if pieces[0].strip(b" \n\t"):
                raise NotPlain
            del pieces[0]
            if not pieces:
                continue
            cells: dict[int, CellData] = {}
            for piece in pieces:
                address, _, tail = piece.partition(b'"')
                if address[width:] != digits:
                    raise NotPlain
                before, head = column, address[:width]
                try:
                    column = columns[head]
                except KeyError:
                    column = columns[head] = _column(head)
                if column <= before:
                    self.ordered = False
                hidden = row_hidden or column in hidden_columns
                known = unseen if hidden else shown
                cell = known.get(tail)
                if cell is None:
                    cut = tail.find(b"><v>")
                    look = looks.get(tail[:cut])
                    text = tail[cut + 4 : -8]
                    if look is None or tail[-8:] != b"</v></c>" or not text or b"<" in text or b"&" in text:
                        cell = self._cell(row, column, tail, hidden, looks, bounds)
                        if cell._formula is not None:
                            cells[column] = cell
                            continue
                    else:
                        number, code, kind = look
                        value: Value
                        if kind is None:
                            value = float(text)
                            if value - value != 0 or b"_" in text:
                                raise ValueError(text)
                        elif kind == "s" and text.isdigit() and int(text) < len(strings):
                            value = strings[int(text)]
                        else:
                            value = typed(text.decode("utf-8"), kind, strings)
                        cell = CellData(value, None, False, code, hidden, number)
                    if len(known) < _REMEMBERED:
                        known[tail] = cell
                cells[column] = cell
            self.cells.put(row, cells)

    def read_only(self, data: bytes, bounds: Bounds, wanted: Mapping[int, Collection[int]]) -> None:
        """Reads these cells alone, the columns by row. Raises as ``read``, and NotPlain where one shares its formula with others."""
        for row, row_hidden, _, _, start, end in plain_rows(data, bounds):
            cells: dict[int, CellData] = {}
            for column in wanted.get(row, ()):
                at = data.find(b'<c r="%b"' % a1(row, column).encode("ascii"), start, end)
                if at < 0:
                    continue
                tail = data[data.index(b'"', at + 6) + 1 : end_of_cell(data, at)]
                if b'"shared"' in tail:
                    raise NotPlain
                hidden = row_hidden or column in self.hidden_columns
                cells[column] = self._cell(row, column, tail, hidden, {}, bounds)
            if cells:
                self.cells.put(row, cells)

    def _cell(
        self,
        row: int,
        column: int,
        tail: bytes,
        hidden: bool,
        looks: dict[bytes, tuple[int, str, str | None]],
        bounds: Bounds,
    ) -> CellData:
        """The cell whose element goes on with ``tail`` after its address."""
        match = TAIL.fullmatch(tail)
        if match is None:
            raise NotPlain
        style, kind_bytes, attributes, formula, value, empty, inline = match.groups()
        number, kind = int(style or b"0"), None if kind_bytes is None else kind_bytes.decode("ascii")
        code = self.number_format(number)
        if (inline is not None) != (kind == "inlineStr"):
            raise NotPlain
        if attributes is not None:
            if inline is not None:
                raise NotPlain
            cached = "" if empty else None if value is None else text_of(value)
            named = _named(attributes, bounds) if attributes else {}
            shown = None if cached is None else typed(cached, kind, self.strings)  # <v/> says nothing (openpyxl)
            return CellData(
                shown,
                self.formulas.read((row, column), named, text_of(formula or b""), self._groups),
                shown is not None,
                code,
                hidden,
                number,
            )
        if inline is None:
            looks[tail[: _LOOK.match(tail).end()]] = number, code, kind  # type: ignore[union-attr]
        if value:
            text = text_of(value)
            known: Value = number_of(text) if kind is None else typed(text, kind, self.strings)
        elif inline is not None or value is not None or empty is not None:
            known = typed(text_of(inline or b""), kind, self.strings)
        else:
            known = None
        return CellData(known, None, False, code, hidden, number)


def end_of_cell(data: bytes, start: int) -> int:
    """Where the cell of a plain sheet that begins at ``start`` ends."""
    end = data.index(b">", start)
    return end + 1 if data[end - 1 : end] == b"/" else data.index(b"</c>", end) + 4


def _column(head: bytes) -> int:
    if not head.isalpha() or not head.isupper() or len(head) > 3:
        raise NotPlain
    return parse_a1(head.decode("ascii") + "1")[1]
