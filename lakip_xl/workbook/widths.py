"""The width of a column in the bytes of a sheet part; every definition of other columns keeps what it says."""

from __future__ import annotations

import re

from lakip_xl.workbook.markup import attribute, child_spans, elements, pattern, start_tag, without


def with_width(data: bytes, column: int, width: float) -> bytes:
    """The sheet part with ``column`` at least ``width`` characters wide.

    A definition of several columns is parted so that the others keep theirs; a hidden column stays hidden. Nothing changes where the
    column is as wide already, and where two definitions name it: which of them counts differs from program to program.
    """
    _, spans = child_spans(data)
    sheet_data = next(span for span in spans if span.local == "sheetData")
    prefix = sheet_data.name[: -len(b"sheetData")]
    blocks = [span for span in spans if span.local == "cols"]
    found: list[tuple[int, int, re.Match[bytes]]] = []
    for span in blocks:
        tag = start_tag(data, span.start)
        for col in elements(data, pattern(prefix + b"col"), tag.end, span.end) if not tag.empty else ():
            first, last = (int(attribute(col["attrs"], name) or 0) for name in (b"min", b"max"))
            found.append((first, last, col))
    new = b'<%bcol min="%d" max="%d" width="%b" customWidth="1"/>' % (prefix, column, column, f"{width:g}".encode())
    over = [each for each in found if each[0] <= column <= each[1]]
    if len(over) > 1:
        return data
    if over:
        first, last, col = over[0]
        if float(attribute(col["attrs"], b"width") or 0) >= width:
            return data
        ours = _ranged(col, prefix, column, column, width)
        before = _ranged(col, prefix, first, column - 1) if first < column else b""
        after = _ranged(col, prefix, column + 1, last) if column < last else b""
        return data[: col.start()] + before + ours + after + data[col.end() :]
    if not found:
        empty = next((span for span in blocks), None)  # "<cols/>" is not valid, but some write it
        start, end = (empty.start, empty.end) if empty is not None else (sheet_data.start, sheet_data.start)
        return data[:start] + b"<%bcols>%b</%bcols>" % (prefix, new, prefix) + data[end:]
    later = next((col for first, _, col in found if first > column), None)
    place = later.start() if later is not None else found[-1][2].end()
    return data[:place] + new + data[place:]


def _ranged(col: re.Match[bytes], prefix: bytes, first: int, last: int, width: float | None = None) -> bytes:
    """A definition as it stands, for these columns only, and with its own width where one is given."""
    attributes = without(without(col["attrs"], b"min"), b"max")
    made = b'<%bcol min="%d" max="%d"' % (prefix, first, last)
    if width is not None:
        for name in (b"width", b"customWidth", b"bestFit"):
            attributes = without(attributes, name)
        made += b' width="%b" customWidth="1"' % f"{width:g}".encode()
    return made + attributes.rstrip() + b"/>"
