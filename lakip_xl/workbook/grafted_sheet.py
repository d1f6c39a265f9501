"""A sheet part of another workbook, made to fit into this one: formats, texts, titles in formulas."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from lakip_xl.formula import rename
from lakip_xl.workbook.markup import Element, main
from lakip_xl.workbook.strings import encode

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
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
