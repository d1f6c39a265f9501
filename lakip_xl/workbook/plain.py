"""The quick way through a sheet written as Excel, LibreOffice and the usual libraries write it: half the time.

Everything else (prefixes, comments, CDATA, rich inline text, attributes in another order ...) is left to the reader that
understands all XML; both read the same cells, which a test compares over the corpus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from xml.parsers import expat

from lakip_xl.cells import MAX_ROW, Value, parse_a1
from lakip_xl.workbook.model import CellData, SharedFormula
from lakip_xl.workbook.values import TRUE, FormulaReader, number_of, typed

# Larger sheets are streamed: here the text is in memory twice.
MAX_BYTES = 128 << 20

_TOKEN = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]+)")?(?:/>|>'
    r"(?:<f((?: [^<>]*)?)(?:/>|>([^<]*)</f>))?(?:<v>([^<]*)</v>|(<v/>))?"
    r'(?:<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
    r"|<row((?: [^<>]*)?)>|</row>|[ \n\t]+"
)
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def sheet_data_bounds(data: bytes) -> tuple[int, int] | None:
    """Where the rows begin and end, None unless the part is as plain as this module wants it.

    Raises expat.ExpatError where the part is not well-formed: only then do bytes say what is an element.
    """
    if len(data) > MAX_BYTES or b"<!" in data or data.find(b"<?", 5) != -1 or data.count(b"<sheetData>") != 1:
        return None
    start, end = data.index(b"<sheetData>") + 11, data.rfind(b"</sheetData>")
    if end < start or data.find(b"\r", start, end) != -1 or data.find(b"xmlns", start, end) != -1:
        return None
    expat.ParserCreate(None, " ").Parse(data, True)
    return start, end


def _text(text: str) -> str:
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda m: chr(int(m[1], 16)) if m[1] else chr(int(m[2])) if m[2] else _NAMED[m[3]], text)


def read_rows(
    body: str,
    cells: dict[tuple[int, int], CellData],
    formulas: FormulaReader,
    hidden_columns: set[int],
    strings: list[str],
    number_format: Callable[[int], str],
    only: Container[tuple[int, int]] | None = None,
) -> tuple[set[int], dict[int, int], bool] | None:
    """Fills ``cells``; returns hidden rows, styles of rows and whether all is in order. None: this is not plain.

    Raises ValueError as ``typed`` does.
    """
    hidden_rows: set[int] = set()
    row_styles: dict[int, int] = {}
    columns: dict[str, int] = {}
    styles: dict[str | None, tuple[int, str]] = {None: (0, number_format(0))}
    blanks: dict[tuple[int, bool], CellData] = {}
    groups: dict[str, SharedFormula] = {}
    ordered, row_hidden, row, column, row_text, position = True, False, 0, 0, "", 0
    for token in _TOKEN.finditer(body):
        start, end = token.span()
        if start != position:
            return None
        position = end
        head, digits, style, kind, attributes, formula, value, empty, inline, row_attributes = token.groups()
        if head is not None:
            if digits != row_text or (inline is not None) != (kind == "inlineStr"):
                return None
            before = column
            try:
                column = columns[head]
            except KeyError:
                column = columns[head] = parse_a1(head + "1")[1]
            if column <= before:
                ordered = False
            if only is not None and attributes is None and (row, column) not in only:
                continue
            try:
                number, code = styles[style]
            except KeyError:
                number = int(style or "0")
                code = number_format(number)
                styles[style] = number, code
            hidden = row_hidden or column in hidden_columns
            if value is not None and "&" in value:
                value = _text(value)
            if attributes is not None:
                if "&" in attributes or inline is not None:
                    return None
                cached = "" if empty else value
                place = (row, column)
                named = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
                cells[place] = CellData(
                    None if cached is None else typed(cached, kind, strings),
                    formulas.read(place, named, _text(formula or ""), groups),
                    cached is not None,
                    code,
                    hidden,
                    number,
                )
            elif value:
                known: Value = number_of(value) if kind is None else typed(value, kind, strings)
                cells[row, column] = CellData(known, None, False, code, hidden, number)
            elif inline is not None or value is not None or empty is not None:
                known = typed(_text(inline or ""), kind, strings)
                cells[row, column] = CellData(known, None, False, code, hidden, number)
            else:
                blank = blanks.get((number, hidden))
                if blank is None:
                    blank = blanks[number, hidden] = CellData(None, None, False, code, hidden, number)
                cells[row, column] = blank
        elif row_attributes is not None:
            named = dict(_ATTRIBUTE.findall(row_attributes))
            before, row = row, int(named["r"]) if "r" in named else row + 1
            if not 1 <= row <= MAX_ROW:
                return None
            ordered = ordered and row > before
            row_text, column = "" if row_attributes.endswith("/") else str(row), 0
            row_hidden = named.get("hidden") in TRUE
            if row_hidden:
                hidden_rows.add(row)
            if named.get("customFormat") in TRUE:
                row_styles[row] = int(named.get("s", "0"))
        elif token[0] == "</row>":
            row_text = ""
    return (hidden_rows, row_styles, ordered) if position == len(body) else None
