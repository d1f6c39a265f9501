"""The workbook part: the list of sheets, the defined names, what is set for calculation. Edited as a tree, in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from lakip_xl.cells import quote_sheet
from lakip_xl.formula import unquote_sheet
from lakip_xl.workbook.markup import DOCUMENT, Element, children, ensure, main
from lakip_xl.workbook.package import Package, Relationship

_ORDER = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
_FIRST_CELL = re.compile(r"(?P<sheet>'(?:[^']|'')*'|[^'!]+)!\$?[A-Z]{1,3}\$?[0-9]+")
MAX_TITLE = 31


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it; ``part`` is empty where its relationship leads nowhere."""

    name: str
    state: str
    part: str
    kind: str


class SheetIndex:
    """Sheets and names of a package's workbook part."""

    def __init__(self, package: Package) -> None:
        self.package = package

    @property
    def root(self) -> Element:
        return self.package.tree(self.package.main)

    def related(self, kind: str) -> list[Relationship]:
        """The workbook part's relationships of a kind, for example ``styles``."""
        return [r for r in self.package.relationships(self.package.main) if r.kind == kind]

    # ---- sheets

    def _sheets(self) -> list[Element]:
        return children(self.root.find(main("sheets")), main("sheet"))

    def entries(self) -> list[SheetEntry]:
        """The sheets in workbook order."""
        relations = {r.id: r for r in self.package.relationships(self.package.main)}
        found = []
        for e in self._sheets():
            relation = relations.get(e.get(f"{{{DOCUMENT}}}id", ""))
            there = relation is not None and not relation.external and self.package.has(relation.target)
            part = self.package.actual(relation.target) if relation is not None and there else ""
            found.append(
                SheetEntry(e.get("name", ""), e.get("state", "visible"), part, relation.kind if relation else "")
            )
        return found

    def find(self, title: str) -> SheetEntry | None:
        """The sheet of that title; titles differ in more than case."""
        return next((entry for entry in self.entries() if entry.name.casefold() == title.casefold()), None)

    def position(self, title: str) -> int:
        return [entry.name.casefold() for entry in self.entries()].index(title.casefold())

    def append(self, title: str, part: str, kind: str, state: str) -> None:
        """Lists a new sheet last, so that every position that something else speaks of stays right."""
        sheets = ensure(self.root, "sheets", _ORDER)
        number = max([int(e.get("sheetId", "0")) for e in self._sheets()] or [0]) + 1
        made = etree.SubElement(sheets, main("sheet"), {"name": title, "sheetId": str(number)})
        if state != "visible":
            made.set("state", state)
        made.set(f"{{{DOCUMENT}}}id", self.package.relate(self.package.main, kind, part))

    # ---- defined names

    def _names(self, local: int | None) -> Iterator[Element]:
        wanted = None if local is None else str(local)
        for e in children(self.root.find(main("definedNames")), main("definedName")):
            if e.get("localSheetId") == wanted:
                yield e

    def names(self, local: int | None = None) -> dict[str, str]:
        """The names of the workbook, or those of the sheet at a position."""
        return {e.get("name", ""): e.text or "" for e in self._names(local)}

    def hidden_names(self, local: int | None = None) -> set[str]:
        return {e.get("name", "") for e in self._names(local) if e.get("hidden") in ("1", "true")}

    def set_name(self, name: str, refers_to: str, hidden: bool, local: int | None = None) -> None:
        """Defines a name, in place if it is defined already."""
        element = next((e for e in self._names(local) if e.get("name", "").casefold() == name.casefold()), None)
        if element is None:
            element = etree.SubElement(ensure(self.root, "definedNames", _ORDER), main("definedName"), {"name": name})
            if local is not None:
                element.set("localSheetId", str(local))
        if hidden:
            element.set("hidden", "1")
        else:
            element.attrib.pop("hidden", "")
        element.text = refers_to

    def drop_name(self, name: str, local: int) -> None:
        for e in list(self._names(local)):
            if e.get("name") == name:
                e.getparent().remove(e)

    def owned(self, hidden_name: str) -> str | None:
        """The title of the sheet that a hidden name points to, None if there is no such name or sheet."""
        text = next((text for name, text in self.names().items() if name.casefold() == hidden_name.casefold()), "")
        match = _FIRST_CELL.fullmatch(text.lstrip("="))
        entry = self.find(unquote_sheet(match["sheet"])) if match else None
        return entry.name if entry else None

    def own(self, hidden_name: str, title: str) -> None:
        self.set_name(hidden_name, f"{quote_sheet(title)}!$A$1", True)

    def title_for(self, hidden_name: str, wanted: str, taken: set[str]) -> str:
        """The title that a sheet of ours has or gets; a user's sheet of that title is not touched."""
        current = self.owned(hidden_name)
        if current is not None:
            return current
        used = {entry.name.casefold() for entry in self.entries()} | {title.casefold() for title in taken}
        number = 0
        while True:
            end = ("", " LAKIP")[number] if number < 2 else f" LAKIP {number}"
            title = wanted[: MAX_TITLE - len(end)] + end
            if title.casefold() not in used:
                return title
            number += 1

    # ---- calculation

    def recalculate_on_load(self) -> None:
        """Excel shall compute everything when it opens the file: formulas elsewhere may depend on what was written."""
        ensure(self.root, "calcPr", _ORDER).set("fullCalcOnLoad", "1")

    def drop_calculation_chain(self) -> None:
        """Excel makes the chain anew; one that names a cell without a formula is a damaged file to it."""
        for relation in self.related("calcChain"):
            self.package.unrelate(self.package.main, relation.target)
            self.package.drop(relation.target)
