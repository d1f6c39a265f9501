"""The stylesheet: formats are found by content and reused, so that nothing grows from run to run."""

from __future__ import annotations

import copy

from lxml import etree

from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.workbook.markup import COMPATIBILITY, MAIN, Element, children, ensure, main, parse, unreadable
from lakip_xl.workbook.model import Dxf, Style

MAX_FORMATS = 65_490
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_XF_ORDER = ("alignment", "protection", "extLst")
_FONT_ORDER = (
    "b",
    "i",
    "strike",
    "condense",
    "extend",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
    "color",
    "name",
    "family",
    "charset",
    "scheme",
)

EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()

# ECMA-376 part 1, 18.8.30: formats that a workbook uses by number without defining them.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)', 7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', 42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', 44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
# Currency and accounting formats follow the locale by number; asked for by text they are defined by text.
_BY_CODE = {
    code: number for number, code in BUILT_IN.items() if number not in (5, 6, 7, 8, 37, 38, 39, 40, 41, 42, 43, 44)
}

_Key = tuple[object, ...]


def _key(element: Element) -> _Key:
    """The content of an element, without regard to prefixes and the order of attributes."""
    text = (element.text or "").strip()
    return (element.tag, tuple(sorted(element.attrib.items())), text, tuple(_key(e) for e in children(element)))


def _understood(element: Element) -> Element:
    """What a reader without extensions sees: some programs wrap a format in alternate content with their own ideas first."""
    if element.tag != f"{{{COMPATIBILITY}}}AlternateContent":
        return element
    inside = children(element.find(f"{{{COMPATIBILITY}}}Fallback")) or children(children(element)[0])
    return inside[0] if inside else element


def _int(element: Element, attribute: str) -> int:
    """An index or number that an attribute holds; 0 where it is not there."""
    try:
        return int(element.get(attribute, "0"))
    except ValueError as error:
        raise unreadable("styles.xml") from error


class Styles:
    """The stylesheet of a workbook as a tree that grows only by what is not there yet."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._found: dict[str, dict[_Key, int]] = {}
        self._derived: dict[tuple[int, Style], int] = {}
        self._looks: dict[int, tuple[int, bool]] = {}
        self._codes = {
            _int(e, "numFmtId"): e.get("formatCode", "") for e in root.iterfind(f"{main('numFmts')}/{main('numFmt')}")
        }
        self.number_formats = [self._code(_understood(xf)) for xf in self._items("cellXfs")]

    def _items(self, collection: str) -> list[Element]:
        return children(self.root.find(main(collection)))

    def _code(self, xf: Element) -> str:
        number = _int(xf, "numFmtId")
        return self._codes.get(number) or BUILT_IN.get(number, "General")

    def number_format(self, style: int) -> str:
        """The number format of a cell format; ``General`` where the index is none."""
        return self.number_formats[style] if 0 <= style < len(self.number_formats) else "General"

    def look(self, style: int) -> tuple[int, bool]:
        """The indent and whether the font is bold."""
        if style not in self._looks:
            formats, fonts = self._items("cellXfs"), self._items("fonts")
            xf = _understood(formats[style]) if 0 <= style < len(formats) else None
            alignment = xf.find(main("alignment")) if xf is not None else None
            number = _int(xf, "fontId") if xf is not None else 0
            bold = _understood(fonts[number]).find(main("b")) if number < len(fonts) else None
            self._looks[style] = (
                _int(alignment, "indent") if alignment is not None else 0,
                bold is not None and bold.get("val", "1") not in ("0", "false"),
            )
        return self._looks[style]

    def _add(self, collection: str, element: Element) -> int:
        """The index of an element with this content, appended if there is none."""
        parent = ensure(self.root, collection, _ORDER)
        index = self._found.get(collection)
        if index is None:
            if not children(parent):
                self._add_defaults(parent, collection)
            index = self._found[collection] = {}
            for number, item in enumerate(children(parent)):
                index.setdefault(_key(item), number)
        key = _key(element)
        if key not in index:
            if collection == "cellXfs" and len(children(parent)) >= MAX_FORMATS:
                raise UnsupportedWorkbook(
                    f"Buku kerja ini sudah memakai {MAX_FORMATS:,} format sel, batas Excel. Hapus format yang tidak dipakai, lalu ulangi.",
                    f"This workbook already uses {MAX_FORMATS:,} cell formats, Excel's limit. Remove unused formats and try again.",
                )
            index[key] = len(children(parent))
            parent.append(_in_namespace_of(parent, element))
            parent.set("count", str(len(children(parent))))
            if collection == "cellXfs":
                self.number_formats.append(self._code(element))
        return index[key]

    def _add_defaults(self, parent: Element, collection: str) -> None:
        # Index 0 (and 1 of the fills) has a meaning of its own; a stylesheet without them gets them first.
        for element in children(parse(EMPTY, "styles.xml").find(main(collection))):
            if element.get("xfId") and not self._items("cellStyleXfs"):
                element.attrib.pop("xfId")
            parent.append(_in_namespace_of(parent, element))
            if collection == "cellXfs":
                self.number_formats.append("General")

    def _number(self, code: str) -> int:
        """The number of a number format, defined if there is none."""
        if code in _BY_CODE:
            return _BY_CODE[code]
        for number, known in self._codes.items():
            if known == code:
                return number
        number = max([163, *self._codes]) + 1
        self._codes[number] = code
        parent = ensure(self.root, "numFmts", _ORDER)
        made = etree.SubElement(parent, main("numFmt"))
        made.set("numFmtId", str(number))
        made.set("formatCode", code)
        parent.set("count", str(len(children(parent))))
        return number

    # ---- a style derived from another

    def derive(self, base: int, style: Style) -> int:
        """The index of the cell format that is ``base`` with the fields of ``style`` laid over it."""
        key = base, style
        if key not in self._derived:
            self._derived[key] = self._derive(base, style)
        return self._derived[key]

    def _derive(self, base: int, style: Style) -> int:
        known = self._items("cellXfs")
        xf = (
            copy.deepcopy(_understood(known[base]))
            if base < len(known)
            else _made("xf", numFmtId="0", fontId="0", fillId="0", borderId="0")
        )
        if _int(xf, "xfId") >= len(self._items("cellStyleXfs")):
            xf.attrib.pop("xfId", None)  # a dangling one is not handed on
        if style.number_format is not None:
            xf.set("numFmtId", str(self._number(style.number_format)))
            xf.set("applyNumberFormat", "1")
        if style.fill is not None:
            xf.set("fillId", str(self._fill(style.fill)))
            xf.set("applyFill", "1")
        if style.font_color is not None or style.bold is not None or style.italic is not None:
            xf.set("fontId", str(self._font(_int(xf, "fontId"), style)))
            xf.set("applyFont", "1")
        alignment = {
            "horizontal": style.align,
            "vertical": style.valign,
            "wrapText": None if style.wrap is None else str(int(style.wrap)),
        }
        for name, value in alignment.items():
            if value is not None:
                ensure(xf, "alignment", _XF_ORDER).set(name, value)
                xf.set("applyAlignment", "1")
        if style.locked is not None:
            ensure(xf, "protection", _XF_ORDER).set("locked", str(int(style.locked)))
            xf.set("applyProtection", "1")
        return self._add("cellXfs", xf)

    def _fill(self, colour: str) -> int:
        if not colour:
            return self._add("fills", _made("fill", _made("patternFill", patternType="none")))
        solid = _made(
            "patternFill",
            _made("fgColor", rgb="FF" + colour.upper()),
            _made("bgColor", indexed="64"),
            patternType="solid",
        )
        return self._add("fills", _made("fill", solid))

    def _font(self, base: int, style: Style) -> int:
        fonts = self._items("fonts")
        font = copy.deepcopy(_understood(fonts[base])) if base < len(fonts) else _made("font")
        for tag, wanted in (("b", style.bold), ("i", style.italic)):
            if wanted is not None:
                for e in children(font, main(tag)):
                    font.remove(e)
                if wanted:
                    ensure(font, tag, _FONT_ORDER)
        if style.font_color is not None:
            for e in children(font, main("color")):
                font.remove(e)
            if style.font_color:
                ensure(font, "color", _FONT_ORDER).set("rgb", "FF" + style.font_color.upper())
        return self._add("fonts", font)

    def dxf(self, dxf: Dxf) -> int:
        """The index of a differential format."""
        made = _made("dxf")
        if dxf.font_color or dxf.bold is not None or dxf.italic is not None:
            font = etree.SubElement(made, main("font"))
            for tag, wanted in (("b", dxf.bold), ("i", dxf.italic)):
                if wanted is not None:
                    font.append(_made(tag) if wanted else _made(tag, val="0"))
            if dxf.font_color:
                font.append(_made("color", rgb="FF" + dxf.font_color.upper()))
        if dxf.fill:
            made.append(_made("fill", _made("patternFill", _made("bgColor", rgb="FF" + dxf.fill.upper()))))
        return self._add("dxfs", made)

    # ---- another workbook's styles

    def adopt(self, other: Styles) -> tuple[list[int], list[int]]:
        """Brings in the formats of another stylesheet: for each of its cell formats and of its dxfs the index here."""
        numbers = {number: self._number(code) for number, code in other._codes.items()}
        maps = {
            attribute: [self._add(collection, e) for e in other._items(collection)]
            for attribute, collection in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
        }
        formats = []
        for xf in other._items("cellXfs"):
            xf = copy.deepcopy(xf)
            number = _int(xf, "numFmtId")
            xf.set("numFmtId", str(numbers.get(number, number)))
            for attribute, indexes in maps.items():
                old = _int(xf, attribute)
                xf.set(attribute, str(indexes[old] if old < len(indexes) else 0))
            # The named cell styles stay the user's: what a format shows stands in the format itself.
            if self._items("cellStyleXfs"):
                xf.set("xfId", "0")
            else:
                xf.attrib.pop("xfId", None)
            formats.append(self._add("cellXfs", xf))
        dxfs = []
        for e in other._items("dxfs"):
            e = copy.deepcopy(e)
            for number in e.iter(main("numFmt")):
                number.set("numFmtId", str(self._number(number.get("formatCode", ""))))
            dxfs.append(self._add("dxfs", e))
        return formats, dxfs


def _made(tag: str, *inside: Element, **attributes: str) -> Element:
    element = etree.Element(main(tag), attributes, nsmap={None: MAIN})  # type: ignore[dict-item]
    element.extend(inside)
    return element


def _in_namespace_of(parent: Element, element: Element) -> Element:
    """A copy of the element written with the prefix of its new parent."""
    made = etree.Element(element.tag, dict(element.attrib), nsmap={parent.prefix: MAIN})
    made.text = element.text
    for child in children(element):
        made.append(_in_namespace_of(made, child))
    return made
