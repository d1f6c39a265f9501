"""Writing cells into the bytes of a sheet part: every element that is not written keeps its own bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lakip_xl.cells import Area, ErrorValue, Value, a1, column_number
from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.workbook.markup import attribute, child_spans, elements, is_gap, pattern, start_tag, without
from lakip_xl.workbook.strings import encode, escape

MAX_TEXT, MAX_FORMULA = 32_767, 8_192


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of one cell. Without ``content`` only its style changes, and a copy of a shared formula gets the text
    ``unshare`` of its own; its cached value stays."""

    style: int
    content: bool = True
    value: Value = None
    formula: str | None = None
    unshare: str | None = None


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
    head = b'<%bc r="%b"%b%b' % (prefix, a1(*place).encode(), style, kind)
    return head + (b">%b</%bc>" % (inside, prefix) if inside else b"/>")


def number_text(value: float) -> str:
    """A number as a workbook stores it: the shortest text that reads back as the same number."""
    number = float(value)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


def patch(data: bytes, edits: Mapping[tuple[int, int], Edit], title: str) -> bytes:
    """The sheet part with ``edits`` in it. Raises UnsupportedWorkbook where rows or cells are out of order."""
    if not edits:
        return data
    rows: dict[int, dict[int, Edit]] = {}
    for (row, column), edit in sorted(edits.items()):
        rows.setdefault(row, {})[column] = edit
    _, spans = child_spans(data)
    sheet_data = next((span for span in spans if span.local == "sheetData"), None)
    if sheet_data is None:
        raise out_of_order(title, "sheetData")
    prefix = sheet_data.name[: -len(b"sheetData")]
    tag = start_tag(data, sheet_data.start)
    out = [data[: sheet_data.start]]
    if tag.empty:
        out += [
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
        out += [data[sheet_data.start : tag.end], *_Rows(prefix, title).patched(data[tag.end : close], rows)]
        out.append(data[close : sheet_data.end])
    out.append(data[sheet_data.end :])
    return _with_dimension(b"".join(out), edits)


def out_of_order(title: str, where: str) -> UnsupportedWorkbook:
    return UnsupportedWorkbook(
        f"Lembar '{title}' tidak dapat diubah dengan aman: baris atau sel tidak berurutan ({where}). "
        "Buka di Excel, simpan, lalu ulangi.",
        f"Sheet '{title}' cannot be changed safely: its rows or cells are not in order ({where}). Open it in Excel, save and try again.",
    )


_REF = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})[0-9]""")


# A column, the cell that stands there or None, and where the one or the other begins.
_At = tuple[int, re.Match[bytes] | None, int]


class _Rows:
    def __init__(self, prefix: bytes, title: str) -> None:
        self.prefix = prefix
        self.title = title
        self.row_pattern = pattern(prefix + b"row")
        self.cell_pattern = pattern(prefix + b"c")
        self.formula_pattern = pattern(prefix + b"f")

    def patched(self, body: bytes, rows: dict[int, dict[int, Edit]]) -> Iterator[bytes]:
        waiting = sorted(rows, reverse=True)
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
        for column, cell, place in self._quick_places(inner, row, edits) or self._places(inner, row, edits):
            out.append(inner[written:place])
            written = place if cell is None else cell.end()
            new = edits[column]
            out.append(
                cell_bytes((row, column), new, self.prefix) if cell is None else self._cell(cell, (row, column), new)
            )
        out.append(inner[written:])
        attributes = self._attributes(match["attrs"], edits)
        return b"<%brow%b>%b</%brow>" % (self.prefix, attributes, b"".join(out), self.prefix)

    def _quick_places(self, inner: bytes, row: int, edits: dict[int, Edit]) -> list[_At]:
        """As ``_places``, without looking at every cell; nothing where that is not safe or a cell goes between two others.

        A ``<`` begins a tag wherever there is neither comment nor CDATA, so a cell is where its start tag is found. The
        reader has made sure that the cells ascend.
        """
        start = b'<%bc r="' % self.prefix
        if b"<!" in inner or inner.count(b"<%bc" % self.prefix) != inner.count(start):
            return []
        found: list[_At] = []
        position = 0
        columns = sorted(edits)
        for number, column in enumerate(columns):
            at = inner.find(b'%b%b"' % (start, a1(row, column).encode()), position)
            cell = self.cell_pattern.match(inner, at) if at >= 0 else None
            if cell is None:
                columns = columns[number:]
                break
            found.append((column, cell, at))
            position = cell.end()
        else:
            return found
        last = self.cell_pattern.match(inner, max(inner.rfind(start), 0))
        ref = _REF.search(last["attrs"]) if last else None
        if last is None or ref is None or column_number(ref[1].decode("ascii")) >= columns[0]:
            return []
        return found + [(column, None, last.end()) for column in columns]

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
        spans = attribute(attributes, b"spans")
        if spans is None:
            return attributes
        pairs = [(int(first), int(last)) for first, last in re.findall(r"([0-9]+):([0-9]+)", spans)]
        if all(any(first <= column <= last for first, last in pairs) for column in edits):
            return attributes
        return without(attributes, b"spans")  # only a hint; a wrong one would be worse than none

    def _cell(self, match: re.Match[bytes], place: tuple[int, int], edit: Edit) -> bytes:
        if edit.content:
            return cell_bytes(place, edit, self.prefix)
        whole, tag = match[0], start_tag(match[0])
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
        return b"<" + tag.name + attributes + style + (b"/>" if tag.empty else b">") + whole[tag.end :]


_DIMENSION = re.compile(rb"""(<(?:[\w.-]+:)?dimension\s[^<>]*?ref\s*=\s*["'])([A-Za-z0-9:]+)(["'])""")


def _with_dimension(data: bytes, edits: Mapping[tuple[int, int], Edit]) -> bytes:
    """Some readers believe the declared dimension, so it grows with the cells written outside it."""
    match = _DIMENSION.search(data, 0, data.find(b"sheetData"))
    if match is None:
        return data
    try:
        old = Area.parse(match[2].decode("ascii"))
    except ValueError:
        return data
    places = [place for place, edit in edits.items() if edit.content and not old.__contains__(place)]
    if not places:
        return data
    rows, columns = [place[0] for place in places], [place[1] for place in places]
    new = Area(min(old.top, *rows), min(old.left, *columns), max(old.bottom, *rows), max(old.right, *columns))
    return data[: match.start(2)] + str(new).encode() + data[match.end(2) :]
