"""A sheet part of another workbook, made to fit into this one: formats, texts, titles in formulas."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from lxml import etree

from lakip_xl.formula import rename
from lakip_xl.workbook.markup import Element, dump, main, parse
from lakip_xl.workbook.plain import plain_bounds
from lakip_xl.workbook.strings import encode, escape

_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_FORMULAS = (main("f"), main("formula"), main("formula1"), main("formula2"), f"{_XM}f")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What becomes of indexes and names: ``formats[i]`` is the cell format here of the format ``i`` there."""

    formats: list[int]
    dxfs: list[int]
    strings: list[str]
    titles: dict[str, str]
    tables: dict[str, str]


def renamed(formula: str, map: Mapping) -> str:
    """The formula with new titles; as it is where it is no formula (a constant list of a validation)."""
    if not formula or not (map.titles or map.tables):
        return formula
    try:
        return rename(formula, map.titles, map.tables)
    except ValueError:
        return formula


_CELL = re.compile(rb'<c (r="[A-Z]+[0-9]+")(?: s="([0-9]+)")?(?: t="s"><v>([0-9]+)</v></c>)?')
_ROW = re.compile(rb'(<row [^<>]*? s=")([0-9]+)"')
_TEXT = re.compile(rb"(<f[^<>]*>)([^<]+)</f>")


def sheet_bytes(data: bytes, part: str, map: Mapping, selected: bool) -> bytes:
    """The sheet part as it fits here. The rows are changed as bytes: a tree takes three times the memory."""
    bounds = plain_bounds(data)
    if bounds is None:
        return dump(sheet_tree(parse(data, part), map, selected))
    around = dump(sheet_tree(parse(data[: bounds.start] + data[bounds.end :], part), map, selected))
    rows = _ROW.sub(lambda m: b'%b%d"' % (m[1], map.formats[int(m[2])]), data[bounds.start : bounds.end])
    rows = _CELL.sub(lambda m: _cell(m, map), rows)
    if map.titles or map.tables:
        rows = _TEXT.sub(lambda m: b"%b%b</f>" % (m[1], escape(renamed(html.unescape(m[2].decode()), map))), rows)
    before, _, after = around.partition(b"<sheetData/>")
    return b"".join((before, b"<sheetData>", rows, b"</sheetData>", after)) if rows else around


def _cell(match: re.Match[bytes], map: Mapping) -> bytes:
    address, old, index = match.groups()
    style = map.formats[int(old or 0)]
    head = b'<c %b s="%d"' % (address, style) if style else b"<c %b" % address
    if index is None:
        return head
    text = map.strings[int(index)]
    space = b' xml:space="preserve"' if text != text.strip() or "\n" in text else b""
    return b'%b t="inlineStr"><is><t%b>%b</t></is></c>' % (head, space, escape(encode(text)))


def sheet_tree(root: Element, map: Mapping, selected: bool) -> Element:
    """Changes the tree of a worksheet or chartsheet in place and returns it."""
    cell, value = main("c"), main("v")
    for e in root.iter(cell):
        style = map.formats[int(e.get("s", "0"))]
        if style:
            e.set("s", str(style))
        else:
            e.attrib.pop("s", None)
        if e.get("t") == "s":
            text = map.strings[int(e.findtext(value, "0"))]
            e.set("t", "inlineStr")
            e[:] = [_inline(e, text)]
    for tag, attribute in (("row", "s"), ("col", "style")):
        for e in root.iter(main(tag)):
            if e.get(attribute) is not None:
                e.set(attribute, str(map.formats[int(e.get(attribute, "0"))]))
    for e in root.iter(main("cfRule")):
        if e.get("dxfId") is not None:
            e.set("dxfId", str(map.dxfs[int(e.get("dxfId", "0"))]))
    for e in root.iter(main("filterColumn"), main("colorFilter"), main("sortCondition")):
        if e.get("dxfId") is not None:
            e.set("dxfId", str(map.dxfs[int(e.get("dxfId", "0"))]))
    for e in root.iter(main("sheetView")):
        if selected:
            e.set("tabSelected", "1")
        else:
            e.attrib.pop("tabSelected", None)
    if map.titles or map.tables:
        for e in root.iter(*_FORMULAS):
            e.text = renamed(e.text or "", map)
        for e in root.iter(main("hyperlink")):
            if e.get("location") is not None:
                e.set("location", renamed(e.get("location", ""), map))
    return root


def _inline(cell: Element, text: str) -> Element:
    made = etree.Element(main("is"), nsmap=cell.nsmap)
    inside = etree.SubElement(made, main("t"))
    inside.text = encode(text)
    if text != text.strip() or "\n" in text:
        inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made
