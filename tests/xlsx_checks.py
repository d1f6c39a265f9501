"""Would desktop Excel open this workbook without offering to repair it?

Nobody here has Excel, so this is strict: it looks for what is known to make Excel repair a file or lose a part of it. Each
check takes the opened package and yields one sentence for each problem; :data:`CHECKS` at the foot lists them. Schemas are
not used; the order of elements, which schemas would say, is kept in :data:`ORDER`.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from lakip_xl.cells import MAX_COLUMN, MAX_ROW, Area, a1, parse_a1

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"

TYPES = "[Content_Types].xml"
MOST_FORMATS, MOST_LINKS, LONGEST_TEXT, LONGEST_FORMULA, LONGEST_URL = 65_490, 65_530, 32_767, 8_192, 2_079

ORDER = {
    "workbook": """fileVersion fileSharing workbookPr AlternateContent revisionPtr workbookProtection bookViews sheets
        functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr
        smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst""",
    "worksheet": """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges
        scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting
        dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties
        cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls
        AlternateContent webPublishItems tableParts extLst""",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
    "dxf": "font numFmt fill alignment border protection extLst",
    "xf": "alignment protection extLst",
    "c": "f v is extLst",
    "table": "autoFilter sortState tableColumns tableStyleInfo extLst",
    "dataValidation": "formula1 formula2",
    "sheetView": "pane selection pivotSelection extLst",
    "comments": "authors commentList extLst",
}
# Newer than the first edition of the format: Excel knows them only by their prefixed name. Up to Excel 2010, and some of later.
FUTURE_FUNCTIONS = frozenset(
    """AGGREGATE BETA.DIST BETA.INV BINOM.DIST BINOM.INV CEILING.PRECISE CHISQ.DIST CONFIDENCE.NORM CONFIDENCE.T COVARIANCE.P
    COVARIANCE.S ERF.PRECISE EXPON.DIST F.DIST FLOOR.PRECISE GAMMA.DIST LOGNORM.DIST MODE.MULT MODE.SNGL NORM.DIST NORM.INV
    NORM.S.DIST NORM.S.INV PERCENTILE.EXC PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC POISSON.DIST QUARTILE.EXC
    QUARTILE.INC RANK.AVG RANK.EQ STDEV.P STDEV.S T.DIST VAR.P VAR.S WEIBULL.DIST CONCAT DAYS FORMULATEXT IFNA IFS ISFORMULA
    ISOWEEKNUM MAXIFS MINIFS NUMBERVALUE SHEET SHEETS SWITCH TEXTJOIN XOR XLOOKUP XMATCH LET LAMBDA SEQUENCE UNIQUE
    TEXTSPLIT TEXTBEFORE TEXTAFTER""".split()
)
ERRORS = frozenset("#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! #FIELD!".split())


class Relation(NamedTuple):
    kind: str
    target: str
    external: bool


class Sheet(NamedTuple):
    name: str
    part: str
    root: etree._Element


def tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def twice(values: Iterable[Any]) -> list[Any]:
    """The values that occur more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


class Package:
    """An opened workbook: parts, relationships, trees, and the few parts that checks ask for by role."""

    def __init__(self, path: str | Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.damaged = archive.testzip()
            self.names = [info.filename for info in archive.infolist() if not info.is_dir()]
            self.parts = {name: archive.read(name) for name in self.names} if self.damaged is None else {}

    @cached_property
    def trees(self) -> dict[str, etree._Element]:
        found = {}
        for name, data in self.parts.items():
            if name.endswith((".xml", ".rels", ".vml")):
                try:
                    found[name] = parse(data)
                except etree.XMLSyntaxError:
                    continue  # said by well_formed
        return found

    @cached_property
    def relations(self) -> dict[str, dict[str, Relation]]:
        """For each part that has any ("" is the package itself): its relationships by id."""
        found: dict[str, dict[str, Relation]] = {}
        for name in self.names:
            folder, base = posixpath.split(name)
            if name.endswith(".rels") and name in self.trees:
                source = posixpath.join(posixpath.dirname(folder), base[: -len(".rels")])
                found[source] = {
                    element.get("Id", ""): relation(source, element)
                    for element in self.trees[name]
                    if local(element) == "Relationship"
                }
        return found

    def leads(self, part: str, kind: str) -> list[str]:
        """The parts that ``part`` leads to by a relationship of this kind."""
        return [
            link.target
            for link in self.relations.get(part, {}).values()
            if link.kind.endswith("/" + kind) and not link.external
        ]

    def one(self, kind: str) -> etree._Element | None:
        """The tree of the part that the workbook has one of, such as its styles."""
        return next((self.trees[part] for part in self.leads(self.book_part, kind) if part in self.trees), None)

    @cached_property
    def book_part(self) -> str:
        return next(iter(self.leads("", "officeDocument")), "")

    @cached_property
    def book(self) -> etree._Element:
        return self.trees[self.book_part]

    @cached_property
    def sheet_names(self) -> list[str]:
        return [element.get("name", "") for element in self.book.iter(tag("sheet"))]

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The worksheets, in tab order; chart sheets and the like are left out."""
        links = self.relations.get(self.book_part, {})
        found = []
        for element in self.book.iter(tag("sheet")):
            link = links.get(element.get(f"{{{RELATION}}}id", ""))
            root = self.trees.get(link.target) if link else None
            if link and root is not None and root.tag == tag("worksheet"):
                found.append(Sheet(element.get("name", ""), link.target, root))
        return found

    def held(self, collection: str) -> int:
        """How many members a collection of the styles part has."""
        styles = self.one("styles")
        found = None if styles is None else styles.find(tag(collection))
        return 0 if found is None else sum(isinstance(child.tag, str) for child in found)

    @cached_property
    def formats(self) -> int:
        return self.held("cellXfs")

    @cached_property
    def strings(self) -> list[str]:
        root = self.one("sharedStrings")
        items = () if root is None else root.iter(tag("si"))
        return ["".join(text.text or "" for text in item.iter(tag("t"))) for item in items]


def parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def relation(source: str, element: etree._Element) -> Relation:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external:
        target = target.split("#")[0]
        if target.startswith("/"):
            target = target.lstrip("/")
        elif target:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    return Relation(element.get("Type", ""), target, external)


# --- the package ------------------------------------------------------------------------------------------------------


def entries(package: Package) -> Iterator[str]:
    for name in twice(name.lower() for name in package.names):
        yield f"{name}: two entries with this name"
    for name in package.names:
        if "\\" in name or name.startswith("/") or ".." in name.split("/"):
            yield f"{name}: a name that leads out of the package"


def well_formed(package: Package) -> Iterator[str]:
    for name, data in package.parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                root = parse(data)
            except etree.XMLSyntaxError as error:
                yield f"{name}: not well-formed: {error}"
                continue
            if root.getroottree().docinfo.internalDTD is not None:
                yield f"{name}: has a document type declaration"


def content_types(package: Package) -> Iterator[str]:
    root = package.trees[TYPES]
    defaults = [e.get("Extension", "").lower() for e in root if local(e) == "Default"]
    overrides = [e.get("PartName", "") for e in root if local(e) == "Override"]
    for name in [*twice(defaults), *twice(name.lower() for name in overrides)]:
        yield f"{TYPES}: {name} twice"
    for name in overrides:
        if not name.startswith("/"):
            yield f"{TYPES}: {name} does not begin with a slash"
        elif name[1:] not in package.parts:
            yield f"{TYPES}: names {name[1:]}, which is not there"
    for name in package.names:
        if name != TYPES and "/" + name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
            yield f"{name}: no content type"


def relationships(package: Package) -> Iterator[str]:
    reached = {TYPES}
    for name, root in package.trees.items():
        if name.endswith(".rels"):
            reached.add(name)
            for key in twice(element.get("Id") for element in root):
                yield f"{name}: Id {key} twice"
    for source, links in package.relations.items():
        if source and source not in package.parts:
            yield f"{source}: has relationships, but is not there"
        for key, link in links.items():
            if not link.external and link.target:
                reached.add(link.target)
                if link.target not in package.parts:
                    yield f"{source}: {key} leads to {link.target}, which is not there"
    for name in package.names:
        if name not in reached:
            yield f"{name}: no relationship leads here"


def relationship_ids(package: Package) -> Iterator[str]:
    for name, root in package.trees.items():
        if name.endswith(".rels"):
            continue
        for element in root.iter(etree.Element):
            for attribute, key in element.attrib.items():
                if attribute.startswith(f"{{{RELATION}}}") and key and key not in package.relations.get(name, {}):
                    yield f"{name}: {local(element)} {key} has no relationship"


def declared_prefixes(package: Package) -> Iterator[str]:
    for name, root in package.trees.items():
        for element in root.iter(etree.Element):
            for attribute in ("Ignorable", "Requires", "MustUnderstand"):
                value = element.get(f"{{{COMPATIBILITY}}}{attribute}") or (
                    element.get(attribute) if element.tag == f"{{{COMPATIBILITY}}}Choice" else None
                )
                for prefix in (value or "").split():
                    if prefix not in element.nsmap:
                        yield f"{name}: {attribute} names the prefix {prefix}, which is not declared"


def order(package: Package) -> Iterator[str]:
    places = {name: {child: at for at, child in enumerate(text.split())} for name, text in ORDER.items()}
    for name, root in package.trees.items():
        if not isinstance(root.tag, str) or etree.QName(root).namespace != MAIN:
            continue
        for element in root.iter(etree.Element):
            known = places.get(local(element)) if element.tag.startswith(f"{{{MAIN}}}") else None
            if known is None:
                continue
            last = ""
            for child in element:
                here = local(child)
                if here == "AlternateContent" or not here:
                    continue
                if here not in known:
                    yield f"{name}: {local(element)} holds {here}, which does not belong there"
                elif last and known[here] < known[last]:
                    yield f"{name}: {here} after {last} in {local(element)}"
                else:
                    last = here


# --- the workbook -----------------------------------------------------------------------------------------------------


def sheet_list(package: Package) -> Iterator[str]:
    elements = list(package.book.iter(tag("sheet")))
    if not elements:
        yield f"{package.book_part}: no sheet"
    for name in package.sheet_names:
        if not 1 <= len(name) <= 31 or re.search(r"[\[\]:*?/\\]", name) or name[0] == "'" or name[-1] == "'":
            yield f"{package.book_part}: sheet name {name!r}"
    for name in twice(name.lower() for name in package.sheet_names):
        yield f"{package.book_part}: sheet name {name!r} twice"
    for key in twice(element.get("sheetId") for element in elements):
        yield f"{package.book_part}: sheetId {key} twice"
    links = package.relations.get(package.book_part, {})
    parts = [links[key].target for key in (e.get(f"{{{RELATION}}}id", "") for e in elements) if key in links]
    for part in twice(parts):
        yield f"{package.book_part}: {part} is two sheets"
    for element in elements:
        if element.get(f"{{{RELATION}}}id", "") not in links:
            yield f"{package.book_part}: sheet {element.get('name')} has no part"


def tabs(package: Package) -> Iterator[str]:
    elements = list(package.book.iter(tag("sheet")))
    visible = [element.get("state", "visible") == "visible" for element in elements]
    if not any(visible):
        yield f"{package.book_part}: every sheet is hidden"
        return
    for view in package.book.iter(tag("workbookView")):
        for attribute in ("activeTab", "firstSheet"):
            at = int(view.get(attribute) or 0)
            if at >= len(elements):
                yield f"{package.book_part}: {attribute} {at} of {len(elements)} sheets"
            elif attribute == "activeTab" and not visible[at]:
                yield f"{package.book_part}: activeTab {at} is a hidden sheet"
    selected = [
        sheet.name
        for sheet in package.sheets
        if any(view.get("tabSelected") in ("1", "true") for view in sheet.root.iter(tag("sheetView")))
    ]
    if len(selected) > 1:
        yield f"{package.book_part}: the sheets {', '.join(selected)} are grouped"
    active = next((int(view.get("activeTab") or 0) for view in package.book.iter(tag("workbookView"))), 0)
    if len(selected) == 1 and active < len(elements) and selected[0] != package.sheet_names[active]:
        yield f"{package.book_part}: activeTab {active} is not the selected sheet {selected[0]}"


def defined_names(package: Package) -> Iterator[str]:
    names = list(package.book.iter(tag("definedName")))
    for key in twice((element.get("name", "").lower(), element.get("localSheetId")) for element in names):
        yield f"{package.book_part}: defined name {key[0]} twice"
    for element in names:
        name, at = element.get("name", ""), element.get("localSheetId")
        if at is not None and int(at) >= len(package.sheet_names):
            yield f"{package.book_part}: defined name {name} on sheet {at} of {len(package.sheet_names)}"
        if not re.fullmatch(r"[^\W\d][\w.\\?]{0,254}|\\[\w.\\?]*", name) or is_address(name):
            yield f"{package.book_part}: defined name {name!r}"
        if not element.text or element.text.startswith("="):
            yield f"{package.book_part}: defined name {name} says {element.text!r}"


def is_address(text: str) -> bool:
    try:
        parse_a1(text)
    except ValueError:
        return text.upper() in ("R", "C")
    return True


def styles(package: Package) -> Iterator[str]:
    root = package.one("styles")
    if root is None:
        return
    for collection in "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs".split():
        element = root.find(tag(collection))
        stated = None if element is None else element.get("count")
        if stated is not None and int(stated) != package.held(collection):
            yield f"styles: {collection} says {stated}, holds {package.held(collection)}"
    numbers = [element.get("numFmtId") for element in root.iterfind(f"{tag('numFmts')}/{tag('numFmt')}")]
    for key in twice(numbers):
        yield f"styles: numFmtId {key} twice"
    for collection in ("cellStyleXfs", "cellXfs"):
        for at, xf in enumerate(root.iterfind(f"{tag(collection)}/{tag('xf')}")):
            for attribute, of in (
                ("fontId", "fonts"),
                ("fillId", "fills"),
                ("borderId", "borders"),
                ("xfId", "cellStyleXfs"),
            ):
                if int(xf.get(attribute) or 0) >= max(package.held(of), 1 if xf.get(attribute) is None else 0):
                    yield f"styles: {collection} {at} has {attribute} {xf.get(attribute)} of {package.held(of)}"
            if int(xf.get("numFmtId") or 0) >= 164 and xf.get("numFmtId") not in numbers:
                yield f"styles: {collection} {at} has numFmtId {xf.get('numFmtId')}, which is not defined"
    for style in root.iterfind(f"{tag('cellStyles')}/{tag('cellStyle')}"):
        if int(style.get("xfId") or 0) >= package.held("cellStyleXfs"):
            yield f"styles: cell style {style.get('name')} has xfId {style.get('xfId')}"
    for element in root.iter(etree.Element):
        if element.get("rgb") is not None and not re.fullmatch("[0-9A-Fa-f]{8}", element.get("rgb", "")):
            yield f"styles: {local(element)} has the colour {element.get('rgb')}"
    if package.formats > MOST_FORMATS:
        yield f"styles: {package.formats} cell formats, Excel allows {MOST_FORMATS}"
    if package.held("fills") == 1:
        yield "styles: one fill; Excel takes the first two for none and gray125"


def shared_strings(package: Package) -> Iterator[str]:
    for at, text in enumerate(package.strings):
        if len(text) > LONGEST_TEXT:
            yield f"sharedStrings: text {at} has {len(text)} characters"


def calculation_chain(package: Package) -> Iterator[str]:
    chain = package.one("calcChain")
    if chain is None:
        return
    ids = {element.get("sheetId"): element.get("name", "") for element in package.book.iter(tag("sheet"))}
    with_formula = {
        (sheet.name, cell.get("r"))
        for sheet in package.sheets
        for cell in sheet.root.iter(tag("c"))
        if cell.find(tag("f")) is not None
    }
    current = None
    for entry in chain.iter(tag("c")):
        current = entry.get("i") or current
        if (ids.get(current or ""), entry.get("r")) not in with_formula:
            yield f"calcChain: {entry.get('r')} of sheet {current} holds no formula"


def titles(package: Package) -> Iterator[str]:
    part = next(iter(package.leads("", "extended-properties")), "")
    root = package.trees.get(part)
    if root is None:
        return
    sizes = {}
    for vector in root.iter("{*}vector"):
        sizes[local(vector.getparent())] = [("".join(child.itertext()), child) for child in vector]
        if vector.get("size") != str(len(vector)):
            yield f"{part}: {local(vector.getparent())} says {vector.get('size')}, holds {len(vector)}"
    if "TitlesOfParts" in sizes:
        named = [text for text, _ in sizes["TitlesOfParts"]]
        missing = [name for name in package.sheet_names if name not in named]
        if missing:
            yield f"{part}: the titles leave out {', '.join(missing)}"
        counts = [int(text) for text, _ in sizes.get("HeadingPairs", ()) if text.isdigit()]
        if counts and sum(counts) != len(named):
            yield f"{part}: the headings count {sum(counts)} titles of {len(named)}"


# --- the sheets -------------------------------------------------------------------------------------------------------


def cells(package: Package) -> Iterator[str]:
    for sheet in package.sheets:
        last = 0
        for row in sheet.root.iter(tag("row")):
            number = int(row.get("r") or last + 1)
            if not last < number <= MAX_ROW:
                yield f"{sheet.part}: row {number} after row {last}"
            last = number
            yield from style_index(package, sheet.part, f"row {number}", row)
            column = 0
            for cell in row.iter(tag("c")):
                ref = cell.get("r") or a1(number, column + 1)
                try:
                    at_row, at_column = parse_a1(ref)
                except ValueError:
                    yield f"{sheet.part}: cell {ref!r}"
                    continue
                if at_row != number or at_column <= column:
                    yield f"{sheet.part}: cell {ref} out of place in row {number}"
                column = at_column
                yield from style_index(package, sheet.part, ref, cell)
                yield from contents(package, sheet.part, ref, cell)


def style_index(package: Package, part: str, place: str, element: etree._Element) -> Iterator[str]:
    if int(element.get("s") or 0) >= max(package.formats, 1):
        yield f"{part}: {place} has style {element.get('s')} of {package.formats}"


def contents(package: Package, part: str, ref: str, cell: etree._Element) -> Iterator[str]:
    kind, stored = cell.get("t", "n"), cell.findtext(tag("v")) or None
    if kind == "s" and (stored is None or not stored.strip().isdigit() or int(stored) >= len(package.strings)):
        yield f"{part}: {ref} has shared string {stored} of {len(package.strings)}"
    elif (
        kind == "n" and stored is not None and not re.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*", stored)
    ):
        yield f"{part}: {ref} is a number but holds {stored!r}"
    elif kind == "b" and stored not in (None, "0", "1", "true", "false"):
        yield f"{part}: {ref} is a truth value but holds {stored!r}"
    elif kind == "e" and stored is not None and stored not in ERRORS:
        yield f"{part}: {ref} is an error but holds {stored!r}"
    elif kind not in ("s", "n", "b", "e", "str", "inlineStr", "d"):
        yield f"{part}: {ref} has the type {kind!r}"
    if cell.find(tag("is")) is not None and kind != "inlineStr":
        yield f"{part}: {ref} has inline text but the type {kind!r}"
    text = (stored or "") if kind == "str" else "".join(t.text or "" for t in cell.iter(tag("t")))
    if len(text) > LONGEST_TEXT:
        yield f"{part}: {ref} has {len(text)} characters"


def formulas(package: Package) -> Iterator[str]:
    for sheet in package.sheets:
        shared = {f.get("si") for f in sheet.root.iter(tag("f")) if f.get("t") == "shared" and f.get("ref")}
        for element in sheet.root.iter(tag("f")):
            ref, text = element.getparent().get("r"), element.text or ""
            if element.get("t") == "shared" and element.get("si") not in shared:
                yield f"{sheet.part}: {ref} shares formula {element.get('si')}, which has no master"
            if element.get("t") == "array" and not element.get("ref"):
                yield f"{sheet.part}: {ref} is an array formula without a range"
            if not text and element.get("t") not in ("shared", "dataTable"):
                yield f"{sheet.part}: {ref} has an empty formula"
            yield from formula_text(f"{sheet.part}: {ref}", text)
        for element in sheet.root.iter(tag("formula"), tag("formula1"), tag("formula2")):
            yield from formula_text(f"{sheet.part}: {local(element)}", element.text or "")


def formula_text(place: str, text: str) -> Iterator[str]:
    if text.startswith("="):
        yield f"{place}: the formula begins with ="
    if len(text) > LONGEST_FORMULA:
        yield f"{place}: the formula has {len(text)} characters"
    bare = re.sub(r'"[^"]*"|\'[^\']*\'', "", text)
    for name in sorted(set(re.findall(r"(?<![\w.])([A-Z][A-Z0-9.]*)\(", bare)) & FUTURE_FUNCTIONS):
        yield f"{place}: {name} needs the prefix _xlfn."
    if bare.count("(") != bare.count(")"):
        yield f"{place}: the brackets of the formula do not pair"


def columns(package: Package) -> Iterator[str]:
    for sheet in package.sheets:
        last = 0
        for column in sheet.root.iter(tag("col")):
            first, end = int(column.get("min") or 0), int(column.get("max") or 0)
            if not last < first <= end <= MAX_COLUMN:
                yield f"{sheet.part}: column definition {first}-{end} after {last}"
            last = end
            if int(column.get("style") or 0) >= max(package.formats, 1):
                yield f"{sheet.part}: column {first} has style {column.get('style')} of {package.formats}"


def merges(package: Package) -> Iterator[str]:
    for sheet in package.sheets:
        areas = []
        for element in sheet.root.iter(tag("mergeCell")):
            area = area_of(element.get("ref", ""))
            if area is None or (area.top, area.left) == (area.bottom, area.right):
                yield f"{sheet.part}: merged range {element.get('ref')!r}"
            else:
                areas.append(area)
        yield from overlaps(f"{sheet.part}: merged ranges", areas)
        counted = sheet.root.find(tag("mergeCells"))
        if counted is not None and len(counted) == 0:
            yield f"{sheet.part}: an empty list of merged ranges"


def area_of(ref: str) -> Area | None:
    try:
        return Area.parse(ref)
    except ValueError:
        return None


def overlaps(what: str, areas: list[Area]) -> Iterator[str]:
    """Pairs that overlap: a sweep from top to bottom, so that thousands of areas are no trouble."""
    open_areas: list[Area] = []
    for area in sorted(areas):
        open_areas = [other for other in open_areas if other.bottom >= area.top]
        for other in open_areas:
            if other.left <= area.right and area.left <= other.right:
                yield f"{what} {other} and {area} overlap"
        open_areas.append(area)


def ranges(package: Package) -> Iterator[str]:
    """Lists of ranges: ``sqref`` of validations and conditional formats, the ranges of the window and the filter."""
    for sheet in package.sheets:
        for element in sheet.root.iter(tag("dataValidation"), tag("conditionalFormatting"), tag("selection")):
            refs = (element.get("sqref") or "").split()
            if not refs and local(element) != "selection":
                yield f"{sheet.part}: {local(element)} without a range"
            for ref in refs:
                if not is_range(ref):
                    yield f"{sheet.part}: {local(element)} of {ref!r}"
        for element in sheet.root.iter(tag("dimension"), tag("autoFilter")):
            if not is_range(element.get("ref", "")):
                yield f"{sheet.part}: {local(element)} of {element.get('ref')!r}"


def is_range(ref: str) -> bool:
    return area_of(ref) is not None or re.fullmatch(r"[A-Z]{1,3}:[A-Z]{1,3}|[0-9]+:[0-9]+", ref) is not None


def validations(package: Package) -> Iterator[str]:
    for sheet in package.sheets:
        holder = sheet.root.find(tag("dataValidations"))
        if holder is not None and holder.get("count") not in (None, str(len(holder))):
            yield f"{sheet.part}: dataValidations says {holder.get('count')}, holds {len(holder)}"
        for element in sheet.root.iter(tag("dataValidation")):
            place = f"{sheet.part}: validation of {element.get('sqref')}"
            for attribute, most in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 255)):
                if len(element.get(attribute) or "") > most:
                    yield f"{place}: {attribute} is longer than {most}"
            listed = element.findtext(tag("formula1")) or ""
            if listed.startswith('"') and len(listed) > 257:
                yield f"{place}: its list is longer than 255"
            if element.get("type", "none") not in ("none",) and not listed:
                yield f"{place}: no formula"


def conditional_formats(package: Package) -> Iterator[str]:
    for sheet in package.sheets:
        for rule in sheet.root.iter(tag("cfRule")):
            place = f"{sheet.part}: conditional format of {rule.getparent().get('sqref')}"
            if rule.get("dxfId") is not None and int(rule.get("dxfId")) >= package.held("dxfs"):
                yield f"{place}: dxfId {rule.get('dxfId')} of {package.held('dxfs')}"
            if int(rule.get("priority") or 0) < 1:
                yield f"{place}: priority {rule.get('priority')}"


def hyperlinks(package: Package) -> Iterator[str]:
    for sheet in package.sheets:
        links = list(sheet.root.iter(tag("hyperlink")))
        if len(links) > MOST_LINKS:
            yield f"{sheet.part}: {len(links)} hyperlinks, Excel allows {MOST_LINKS}"
        for link in links:
            place = f"{sheet.part}: hyperlink on {link.get('ref')}"
            if area_of(link.get("ref", "")) is None:
                yield f"{place}: no range"
            key, location = link.get(f"{{{RELATION}}}id"), link.get("location") or ""
            if key is None and not location:
                yield f"{place}: leads nowhere"
            if len(link.get("tooltip") or "") > 255:
                yield f"{place}: its tip is longer than 255"
            relation = package.relations.get(sheet.part, {}).get(key or "")
            if relation and relation.external and len(relation.target) > LONGEST_URL:
                yield f"{place}: its address has {len(relation.target)} characters"
            if key is None and (named := sheet_of(location)) is not None and named.lower() not in lowered(package):
                yield f"{place}: leads to the sheet {named}, which is not there"


def lowered(package: Package) -> set[str]:
    return {name.lower() for name in package.sheet_names}


def sheet_of(reference: str) -> str | None:
    """The sheet that a reference names: ``'Isi matriks'!A1`` names Isi matriks; None where it names none."""
    quoted = re.match(r"'((?:[^']|'')+)'!", reference)
    if quoted:
        return quoted[1].replace("''", "'")
    plain = re.match(r"([^'!]+)!", reference)
    return plain[1] if plain else None


def tables(package: Package) -> Iterator[str]:
    roots = [
        (sheet, part, package.trees[part])
        for sheet in package.sheets
        for part in package.leads(sheet.part, "table")
        if part in package.trees
    ]
    taken = [root.get("displayName", "").lower() for _, _, root in roots]
    names = [element.get("name", "").lower() for element in package.book.iter(tag("definedName"))]
    for name in [*twice(taken), *(set(taken) & set(names))]:
        yield f"{package.book_part}: table name {name} twice"
    for key in twice(root.get("id") for _, _, root in roots):
        yield f"{package.book_part}: table id {key} twice"
    for sheet in package.sheets:
        areas = [area for owner, _, root in roots if owner == sheet and (area := area_of(root.get("ref", "")))]
        yield from overlaps(f"{sheet.part}: tables", areas)
        merged = [area for e in sheet.root.iter(tag("mergeCell")) if (area := area_of(e.get("ref", "")))]
        for area in areas:
            for other in merged:
                yield from overlaps(f"{sheet.part}: table and merged range", [area, other])
        parts = sheet.root.find(tag("tableParts"))
        if (0 if parts is None else len(parts)) != len(package.leads(sheet.part, "table")):
            yield f"{sheet.part}: tableParts and the relationships to tables differ in number"
    for sheet, part, root in roots:
        area = area_of(root.get("ref", ""))
        heads = [element.get("name", "") for element in root.iter(tag("tableColumn"))]
        if area is None or area.right - area.left + 1 != len(heads):
            yield f"{part}: {len(heads)} columns in {root.get('ref')}"
            continue
        for name in twice(head.lower() for head in heads):
            yield f"{part}: column {name!r} twice"
        for key in twice(element.get("id") for element in root.iter(tag("tableColumn"))):
            yield f"{part}: column id {key} twice"
        if root.get("headerRowCount") != "0":
            shown = row_texts(package, sheet, area.top)
            for at, head in enumerate(heads, area.left):
                if spelled(head) != spelled(shown.get(at, "")):
                    yield f"{part}: column {head!r}, but {a1(area.top, at)} says {shown.get(at, '')!r}"


def spelled(head: str) -> str:
    """A heading without the ways in which a table part writes line breaks."""
    return re.sub(r"_x000[aAdD]_|\s", " ", head)


def row_texts(package: Package, sheet: Sheet, number: int) -> dict[int, str]:
    found = {}
    for row in sheet.root.iter(tag("row")):
        if row.get("r") == str(number):
            for cell in row.iter(tag("c")):
                stored = cell.findtext(tag("v")) or "".join(t.text or "" for t in cell.iter(tag("t")))
                text = package.strings[int(stored)] if cell.get("t") == "s" else stored
                found[parse_a1(cell.get("r", ""))[1]] = text
    return found


def comments(package: Package) -> Iterator[str]:
    for sheet in package.sheets:
        for part in package.leads(sheet.part, "comments"):
            if sheet.root.find(tag("legacyDrawing")) is None or not package.leads(sheet.part, "vmlDrawing"):
                yield f"{part}: comments without their VML drawing"
            root = package.trees.get(part)
            if root is None:
                continue
            authors = sum(1 for _ in root.iter(tag("author")))
            for element in root.iter(tag("comment")):
                if int(element.get("authorId") or 0) >= authors:
                    yield f"{part}: comment on {element.get('ref')} has author {element.get('authorId')} of {authors}"
            for ref in twice(element.get("ref") for element in root.iter(tag("comment"))):
                yield f"{part}: two comments on {ref}"


def drawings(package: Package) -> Iterator[str]:
    for name, root in package.trees.items():
        if root.tag == f"{{{DRAWING}}}wsDr":
            for key in twice(element.get("id") for element in root.iter(f"{{{DRAWING}}}cNvPr")):
                yield f"{name}: drawing id {key} twice"
        elif root.tag == f"{{{CHART}}}chartSpace":
            for element in root.iter(f"{{{CHART}}}f"):
                named = sheet_of((element.text or "").lstrip("("))
                if named is not None and named.lower() not in lowered(package) and "[" not in named:
                    yield f"{name}: reads the sheet {named}, which is not there"
            plotted = root.iterfind(f".//{{{CHART}}}plotArea/*/{{{CHART}}}axId")
            used = {element.get("val", "") for element in plotted if not local(element.getparent()).endswith("Ax")}
            made = {
                element.find(f"{{{CHART}}}axId").get("val")
                for kind in ("catAx", "valAx", "dateAx", "serAx")
                for element in root.iter(f"{{{CHART}}}{kind}")
            }
            for axis in sorted(used - made):
                yield f"{name}: uses the axis {axis}, which is not there"


CHECKS: tuple[Callable[[Package], Iterator[str]], ...] = (
    entries,
    content_types,
    relationships,
    relationship_ids,
    declared_prefixes,
    order,
    sheet_list,
    tabs,
    defined_names,
    styles,
    shared_strings,
    calculation_chain,
    titles,
    cells,
    formulas,
    columns,
    merges,
    ranges,
    validations,
    conditional_formats,
    hyperlinks,
    tables,
    comments,
    drawings,
)


def problems(path: str | Path) -> list[str]:
    """Everything that would trouble Excel, a sentence each; an empty list is what a test wants."""
    try:
        package = Package(path)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        return [f"not a zip: {error}"]
    if package.damaged is not None:
        return [f"{package.damaged}: damaged"]
    found = list(well_formed(package))
    if found or TYPES not in package.trees:
        return found or [f"{TYPES}: not there"]
    if package.book_part not in package.trees:
        return ["_rels/.rels: no workbook"]
    for check in CHECKS:
        try:
            found += check(package)
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            found.append(f"{check.__name__}: cannot go on: {type(error).__name__}: {error}")
    return found


def compare(before: str | Path, after: str | Path) -> tuple[list[str], list[str], list[str]]:
    """The parts that vanished, changed and were added between two packages."""
    with zipfile.ZipFile(before) as one, zipfile.ZipFile(after) as two:
        old, new = ({name: archive.read(name) for name in archive.namelist()} for archive in (one, two))
    both = old.keys() & new.keys()
    return sorted(old.keys() - both), sorted(name for name in both if old[name] != new[name]), sorted(new.keys() - both)
