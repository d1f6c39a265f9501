"""Writing cells into the bytes of a sheet part: every element that is not written keeps its own bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lakip_xl.cells import Area, ErrorValue, Value, a1, column_number, letters
from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.workbook.markup import attribute, child_spans, elements, is_gap, pattern, start_tag, without
from lakip_xl.workbook.plain import Bounds, Row, end_of_cell, plain_rows
from lakip_xl.workbook.strings import encode, escape

MAX_FORMULA = 8_192


class Edit(NamedTuple):
    """What becomes of one cell. Without ``content`` only its style changes, and a copy of a shared formula gets the text
    ``unshare`` of its own; its cached value stays."""

    style: int
    content: bool = True
    value: Value = None
    formula: str | None = None
    unshare: str | None = None


@lru_cache(maxsize=1024)
def _letters(column: int) -> bytes:
    return letters(column).encode("ascii")


def cell_bytes(place: tuple[int, int], edit: Edit, prefix: bytes) -> bytes:
    """The element of a written cell. Text is written inline, so that the shared strings stay as they are."""
    value, formula = edit.value, edit.formula
    kind, inside = b"", b""
    if formula is not None:
        inside = b"<%bf>%b</%bf>" % (prefix, escape(formula), prefix)
    if isinstance(value, bool):
        kind, text = b' t="b"', b"1" if value else b"0"
    elif isinstance(value, ErrorValue):
        kind, text = b' t="e"', escape(value.code)
    elif isinstance(value, str):
        if formula is None:
            space = b' xml:space="preserve"' if value != value.strip() or "\n" in value else b""
            kind, text = b' t="inlineStr"', b""
            inside = b"<%bis><%bt%b>%b</%bt></%bis>" % (prefix, prefix, space, escape(encode(value)), prefix, prefix)
        else:
            kind, text = b' t="str"', escape(encode(value))
    else:
        text = b"" if value is None else number_text(value).encode()
    if value is not None and kind != b' t="inlineStr"':
        inside += b"<%bv>%b</%bv>" % (prefix, text, prefix)
    style = b' s="%d"' % edit.style if edit.style else b""
    head = b'<%bc r="%b%d"%b%b' % (prefix, _letters(place[1]), place[0], style, kind)
    return head + (b">%b</%bc>" % (inside, prefix) if inside else b"/>")


def number_text(value: float) -> str:
    """A number as a workbook stores it: the shortest text that reads back as the same number."""
    number = float(value)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


Around = Callable[[bytes], bytes]
"""What else becomes of a sheet part; it changes nothing in the rows and asks nothing of them."""


def patched_plain(
    data: bytes, bounds: Bounds, edits: Mapping[tuple[int, int], Edit], title: str, around: Around
) -> Iterator[bytes]:
    """The sheet part with ``edits`` in it, piece by piece, where it was read the quick way and is in order.

    ``around`` gets the part without its rows. Raises NotPlain where the part is not as plain as it was, UnsupportedWorkbook as ``patch``.
    """
    shell = around(_with_dimension(data[: bounds.start], edits) + data[bounds.end :])
    start = shell.index(_ROWS_BEGIN) + len(_ROWS_BEGIN)
    yield shell[:start]
    if edits:
        yield from _Rows(b"", title).patched_plain(data, bounds, _Written(edits))
    else:
        yield data[bounds.start : bounds.end]
    yield shell[start:]


_ROWS_BEGIN = b"<sheetData>"


def patch(data: bytes, edits: Mapping[tuple[int, int], Edit], title: str) -> bytes:
    """The sheet part with ``edits`` in it. Raises UnsupportedWorkbook where rows or cells are out of order."""
    if not edits:
        return data
    rows = _Written(edits)
    _, spans = child_spans(data)
    sheet_data = next((span for span in spans if span.local == "sheetData"), None)
    if sheet_data is None:
        raise out_of_order(title, "sheetData")
    prefix = sheet_data.name[: -len(b"sheetData")]
    tag = start_tag(data, sheet_data.start)
    made = [_with_dimension(data[: sheet_data.start], edits)]
    if tag.empty:
        made += [
            b"<",
            tag.name,
            tag.attributes.rstrip(),
            b">",
            *_Rows(prefix, title).patched(b"", rows),
            b"</",
            tag.name,
            b">",
        ]
    else:
        close = data.rindex(b"</", tag.end, sheet_data.end)
        made += [data[sheet_data.start : tag.end], *_Rows(prefix, title).patched(data[tag.end : close], rows)]
        made.append(data[close : sheet_data.end])
    made.append(data[sheet_data.end :])
    return b"".join(made)


def out_of_order(title: str, where: str) -> UnsupportedWorkbook:
    return UnsupportedWorkbook(
        f"Lembar '{title}' tidak dapat diubah dengan aman: baris atau sel tidak berurutan ({where}). "
        "Buka di Excel, simpan, lalu ulangi.",
        f"Sheet '{title}' cannot be changed safely: its rows or cells are not in order ({where}). Open it in Excel, save and try again.",
    )


_REF = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})[0-9]""")


class _Written:
    """The edits row by row, each made only when its row is written."""

    def __init__(self, edits: Mapping[tuple[int, int], Edit]) -> None:
        self._edits = edits
        self._rows: dict[int, list[int]] = {}
        for row, column in sorted(edits):
            self._rows.setdefault(row, []).append(column)

    def __getitem__(self, row: int) -> dict[int, Edit]:
        return {column: self._edits[row, column] for column in self._rows[row]}

    def waiting(self) -> list[int]:
        """The rows to be written, the next one last."""
        return list(reversed(self._rows))


# A column, the cell that stands there or None, and where the one or the other begins.
_At = tuple[int, re.Match[bytes] | None, int]


class _Rows:
    def __init__(self, prefix: bytes, title: str) -> None:
        self.prefix = prefix
        self.title = title
        self.row_pattern = pattern(prefix + b"row")
        self.cell_pattern = pattern(prefix + b"c")
        self.formula_pattern = pattern(prefix + b"f")

    def patched(self, body: bytes, rows: _Written) -> Iterator[bytes]:
        waiting = rows.waiting()
        written = last = end = 0
        for match in elements(body, self.row_pattern):
            text = attribute(match["attrs"], b"r")
            number = int(text) if text else last + 1
            if number <= last:
                raise out_of_order(self.title, f"baris {number}")
            last = number
            while waiting and waiting[-1] < number:
                yield body[written : match.start()]
                written = match.start()
                row = waiting.pop()
                yield self._new_row(row, rows[row])
            if not waiting:
                break
            end = match.end()
            if waiting[-1] == number:
                yield body[written : match.start()]
                yield self._row(match, number, rows[waiting.pop()])
                written = end
        else:
            if not is_gap(body, end):
                raise out_of_order(self.title, "sheetData")
        yield body[written:]
        while waiting:
            row = waiting.pop()
            yield self._new_row(row, rows[row])

    def _new_row(self, row: int, edits: dict[int, Edit]) -> bytes:
        cells = b"".join(cell_bytes((row, column), edit, self.prefix) for column, edit in edits.items())
        return b'<%brow r="%d">%b</%brow>' % (self.prefix, row, cells, self.prefix)

    def _row(self, match: re.Match[bytes], row: int, edits: dict[int, Edit]) -> bytes:
        inner = match["inner"] or b""
        out: list[bytes] = []
        written = 0
        for column, cell, place in self._places(inner, row, edits):
            out.append(inner[written:place])
            written = place if cell is None else cell.end()
            out.append(self._cell(cell and cell[0], (row, column), edits[column]))
        out.append(inner[written:])
        tag = b"<%brow%b>" % (self.prefix, self._attributes(match["attrs"], edits))
        return b"%b%b</%brow>" % (tag, b"".join(out), self.prefix)

    def patched_plain(self, data: bytes, plain: Bounds, rows: _Written) -> Iterator[bytes]:
        """As ``patched`` for a sheet that was read the quick way: there a cell is wherever its start tag is found."""
        waiting = rows.waiting()
        written = plain.start
        for row in plain_rows(data, plain):
            while waiting and waiting[-1] < row.number:
                yield data[written : row.tag]
                written = row.tag
                yield self._new_row(waiting[-1], rows[waiting.pop()])
            if not waiting:
                break
            if waiting[-1] != row.number:
                continue
            edits = rows[waiting.pop()]
            tag = data[row.tag : row.start]
            attributes = tag[4:-1].removesuffix(b"/")
            kept = self._attributes(attributes, edits)
            if tag[-2:] == b"/>" or kept != attributes:
                yield data[written : row.tag]
                yield b"<row%b>" % kept
                written = row.start
            for column, at, end in self._plain_places(data, row, edits):
                yield data[written:at]
                yield self._cell(data[at:end] if at < end else None, (row.number, column), edits[column])
                written = end
            if tag[-2:] == b"/>":
                yield b"</row>"
        while waiting:
            if written < plain.end:
                yield data[written : plain.end]
                written = plain.end
            yield self._new_row(waiting[-1], rows[waiting.pop()])
        yield data[written : plain.end]

    def _plain_places(self, data: bytes, row: Row, edits: dict[int, Edit]) -> Iterator[tuple[int, int, int]]:
        """For each written column where its cell begins and ends; both are the same where a new one goes."""
        start, number, waiting = row.start, row.number, sorted(edits, reverse=True)
        while waiting:
            at = data.find(b'<c r="%b%d"' % (_letters(waiting[-1]), number), start, row.end)
            if at < 0:
                break
            start = end_of_cell(data, at)
            yield waiting.pop(), at, start
        if not waiting:
            return
        at = data.rfind(b'<c r="', start, row.end)
        last = data[at + 6 : data.index(b'"', at + 6)].rstrip(b"0123456789").decode() if at >= 0 else ""
        if column_number(last) > waiting[-1]:
            rest = {column: edits[column] for column in waiting}
            for column, cell, place in self._places(data[start : row.end], number, rest):
                yield column, start + place, start + (place if cell is None else cell.end())
        else:
            end = start if at < 0 else end_of_cell(data, at)
            yield from ((column, end, end) for column in reversed(waiting))

    def _places(self, inner: bytes, row: int, edits: dict[int, Edit]) -> list[_At]:
        """For each written column its cell, or None and where a new one goes."""
        waiting = sorted(edits, reverse=True)
        found: list[_At] = []
        last = end = 0
        for cell in elements(inner, self.cell_pattern):
            ref = _REF.search(cell["attrs"])
            column = column_number(ref[1].decode("ascii")) if ref else last + 1
            if column <= last:
                raise out_of_order(self.title, a1(row, column))
            last, end = column, cell.end()
            while waiting and waiting[-1] < column:
                found.append((waiting.pop(), None, cell.start()))
            if waiting and waiting[-1] == column:
                found.append((waiting.pop(), cell, cell.start()))
        # What follows the last cell (an extLst) stays behind the new ones.
        return found + [(column, None, end) for column in reversed(waiting)]

    def _attributes(self, attributes: bytes, edits: dict[int, Edit]) -> bytes:
        attributes = attributes.rstrip()
        match = _SPANS.search(attributes)
        spans = [] if match is None else _spans(match[1])
        if match is None or all(any(column in span for span in spans) for column in edits):
            return attributes
        return without(attributes, b"spans")  # only a hint; a wrong one would be worse than none

    def _cell(self, whole: bytes | None, place: tuple[int, int], edit: Edit) -> bytes:
        """What becomes of a cell that is there as ``whole``, or not at all."""
        if whole is None or edit.content:
            return cell_bytes(place, edit, self.prefix)
        tag = start_tag(whole)
        if edit.unshare is not None:
            formula = next(elements(whole, self.formula_pattern, tag.end), None)
            if formula is None:
                raise out_of_order(self.title, a1(*place))
            own = b"<%bf>%b</%bf>" % (self.prefix, escape(edit.unshare), self.prefix)
            whole = whole[: formula.start()] + own + whole[formula.end() :]
        if int(attribute(tag.attributes, b"s") or 0) == edit.style:
            return whole
        style = b' s="%d"' % edit.style if edit.style else b""
        attributes = without(tag.attributes, b"s").rstrip()
        address = _ADDRESS.match(attributes)
        after = address.end() if address else 0  # where Excel writes it, and where the quick reader looks for it
        attributes = attributes[:after] + style + attributes[after:]
        return b"<" + tag.name + attributes + (b"/>" if tag.empty else b">") + whole[tag.end :]


_ADDRESS = re.compile(rb"""\s+r\s*=\s*(?:"[^"]*"|'[^']*')""")
_SPANS = re.compile(rb"""\sspans\s*=\s*["']([^"']*)""")


@lru_cache(maxsize=256)
def _spans(text: bytes) -> list[range]:
    return [range(int(first), int(last) + 1) for first, last in re.findall(rb"([0-9]+):([0-9]+)", text)]


_DIMENSION = re.compile(rb"""(<(?:[\w.-]+:)?dimension\s[^<>]*?ref\s*=\s*["'])([A-Za-z0-9:]+)(["'])""")


def _with_dimension(data: bytes, edits: Mapping[tuple[int, int], Edit]) -> bytes:
    """Some readers believe the declared dimension, so it grows with the cells written outside it."""
    match = _DIMENSION.search(data)
    if match is None:
        return data
    try:
        old = Area.parse(match[2].decode("ascii"))
    except ValueError:
        return data
    places = [place for place in edits if not old.holds(*place) and edits[place].content]
    if not places:
        return data
    rows, columns = [place[0] for place in places], [place[1] for place in places]
    new = Area(min(old.top, *rows), min(old.left, *columns), max(old.bottom, *rows), max(old.right, *columns))
    return data[: match.start(2)] + str(new).encode() + data[match.end(2) :]
