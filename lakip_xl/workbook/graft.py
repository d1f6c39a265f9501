"""Bringing in the sheets of a workbook made by XlsxWriter, with everything that hangs on them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.workbook.charts import explicit
from lakip_xl.workbook.grafted_sheet import Mapping as SheetMapping
from lakip_xl.workbook.grafted_sheet import renamed, sheet_bytes
from lakip_xl.workbook.index import SheetEntry, SheetIndex
from lakip_xl.workbook.markup import PACKAGE, Element, attribute, children, dump, main, parse, utf8
from lakip_xl.workbook.package import Package, relative_target, rels_part, resolve
from lakip_xl.workbook.strings import shared_strings
from lakip_xl.workbook.styles import Styles

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass(frozen=True, slots=True)
class _Planned:
    source: SheetEntry
    title: str
    hidden_name: str | None
    replaced: SheetEntry | None


@dataclass(slots=True)
class Grafted:
    """What a graft did: titles of the sheets, and the parts of those that were replaced."""

    titles: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)


def graft(index: SheetIndex, styles: Styles, data: bytes, owned: Mapping[str, str]) -> Grafted:
    """Appends or replaces the sheets of ``data``; ``owned`` gives the hidden name of each sheet that is the tool's.

    Raises UnsupportedWorkbook for dynamic arrays and pictures in cells, which need parts that belong to the workbook.
    """
    source = Package(data, "XlsxWriter")
    theirs = SheetIndex(source)
    if theirs.related("sheetMetadata"):
        raise UnsupportedWorkbook(
            "Lembar yang disisipkan memuat rumus array dinamis, yang tidak dapat dipindahkan ke buku kerja lain.",
            "A sheet to be brought in holds dynamic array formulas, which cannot be moved to another workbook.",
        )
    plan = _plan(index, theirs, owned)
    if not plan:
        return Grafted()
    _drop_replaced(index.package, [p.replaced.part for p in plan if p.replaced])
    return _Graft(index, theirs, styles, plan).run()


def _plan(index: SheetIndex, theirs: SheetIndex, owned: Mapping[str, str]) -> list[_Planned]:
    plan: list[_Planned] = []
    taken: set[str] = set()
    for entry in theirs.entries():
        hidden = owned.get(entry.name)
        if hidden is None and index.find(entry.name) is not None:
            continue  # the user's by now
        title = entry.name if hidden is None else index.title_for(hidden, entry.name, taken)
        current = index.owned(hidden) if hidden else None
        plan.append(_Planned(entry, title, hidden, index.find(current) if current else None))
        taken.add(title)
    return plan


def _drop_replaced(package: Package, sheets: list[str]) -> None:
    """Drops what only the replaced sheets lead to, so that the new parts get the same names again."""
    kept: set[str] = set()
    waiting = [""]
    while waiting:
        part = waiting.pop()
        for relation in package.relationships(part):
            target = relation.target.lower()
            if not relation.external and package.has(target) and target not in kept:
                kept.add(target)
                if package.actual(target) not in sheets:
                    waiting.append(package.actual(target))
    for sheet in sheets:
        for part in list(package.reachable(sheet)):
            if part.lower() not in kept:
                package.drop(part)
        if package.has(rels_part(sheet)):
            package.drop(rels_part(sheet))


class _Graft:
    def __init__(self, index: SheetIndex, theirs: SheetIndex, styles: Styles, plan: list[_Planned]) -> None:
        self.index, self.package = index, index.package
        self.theirs, self.source = theirs, theirs.package
        self.plan = plan
        self.moved: dict[str, str] = {}
        strings = [shared_strings_part(self.source, r.target) for r in theirs.related("sharedStrings")]
        sheet_styles = next(r.target for r in theirs.related("styles"))
        formats, dxfs = styles.adopt(Styles(self.source.tree(sheet_styles)))
        self.map = SheetMapping(
            formats=formats,
            dxfs=dxfs,
            strings=strings[0] if strings else [],
            titles={p.source.name: p.title for p in plan if p.source.name != p.title},
            tables=self._table_names(),
        )

    def _table_parts(self, package: Package) -> list[str]:
        return [p for p in package.parts() if (package.content_type(p) or "").endswith("spreadsheetml.table+xml")]

    def _table_names(self) -> dict[str, str]:
        """New names for tables whose name is taken."""
        roots = [self.package.tree(part) for part in self._table_parts(self.package)]
        self.table_ids = {root.get("id", "") for root in roots}
        taken = {root.get("displayName", "").casefold() for root in roots} | {
            name.casefold() for name in self.index.names()
        }
        names = {}
        for part in self._table_parts(self.source):
            name = new = self.source.tree(part).get("displayName", "")
            number = 2
            while new.casefold() in taken:
                new, number = f"{name}_{number}", number + 1
            taken.add(new.casefold())
            if new != name:
                names[name] = new
        return names

    def run(self) -> Grafted:
        done = Grafted()
        for planned in self.plan:
            old = planned.replaced
            if old is not None:
                part = old.part
                self.selected = _selected(utf8(self.package.read(part), part))
                done.replaced.append(part)
            else:
                folder = posixpath.join(posixpath.dirname(self.package.main), planned.source.part.split("/")[-2])
                part = self.package.free_name(f"{folder}/sheet1.xml")
                self.selected = False
            self._move(planned.source.part, part)
            if old is None:
                self.index.append(planned.title, part, planned.source.kind, planned.source.state)
            if planned.hidden_name:
                self.index.own(planned.hidden_name, planned.title)
            done.titles.append(planned.title)
        self._names()
        return done

    # ---- parts

    def _move(self, part: str, new: str) -> str:
        """Copies a part and what it leads to; returns its name here."""
        self.moved[part] = new
        data = self.source.read(part)
        self.package.put(new, data, self.source.content_type(part))
        relations = self._relationships(part, new)
        if relations is not None:
            self.package.put(rels_part(new), relations)
        self.package.put(new, self._adapted(part, data))
        return new

    def _relationships(self, part: str, new: str) -> bytes | None:
        if not self.source.has(rels_part(part)):
            return None
        root = parse(self.source.read(rels_part(part)), rels_part(part))
        for e in children(root, f"{{{PACKAGE}}}Relationship"):
            target = e.get("Target", "")
            if e.get("TargetMode") == "External":
                continue
            if target.startswith("#"):
                e.set("Target", "#" + renamed(target[1:], self.map))
                continue
            there = self.source.actual(resolve(part, target))
            here = self.moved.get(there) or self._move(there, self.package.free_name(there))
            e.set("Target", relative_target(new, here))
        return dump(root)

    def _adapted(self, part: str, data: bytes) -> bytes:
        kind = (self.source.content_type(part) or "").removeprefix("application/vnd.openxmlformats-officedocument.")
        if kind in ("spreadsheetml.worksheet+xml", "spreadsheetml.chartsheet+xml"):
            return sheet_bytes(data, part, self.map, self.selected)
        if kind == "spreadsheetml.table+xml":
            return dump(self._table(parse(data, part)))
        if kind == "drawingml.chart+xml":
            root = parse(explicit(data), part)
            for e in root.iter(f"{_CHART}f"):
                e.text = renamed(e.text or "", self.map)
            return dump(root)
        return data

    def _table(self, root: Element) -> Element:
        number = 1
        while str(number) in self.table_ids:
            number += 1
        self.table_ids.add(str(number))
        root.set("id", str(number))
        for name in ("name", "displayName"):
            if root.get(name) is not None:
                root.set(name, self.map.tables.get(root.get(name, ""), root.get(name, "")))
        for e in root.iter(main("tableColumn")):
            for name in ("dataDxfId", "headerRowDxfId", "totalsRowDxfId"):
                if e.get(name) is not None:
                    e.set(name, str(self.map.dxfs[int(e.get(name, "0"))]))
        for e in root.iter(main("calculatedColumnFormula"), main("totalsRowFormula")):
            e.text = renamed(e.text or "", self.map)
        return root

    # ---- names

    def _names(self) -> None:
        """Local names of the moved sheets, and global names that are new or lead to a sheet of ours."""
        for planned in self.plan:
            there = self.theirs.position(planned.source.name)
            here = self.index.position(planned.title)
            names, hidden = self.theirs.names(there), self.theirs.hidden_names(there)
            for name in self.index.names(here):
                if name not in names and name.startswith("_xlnm."):
                    self.index.drop_name(name, here)
            for name, text in names.items():
                self.index.set_name(name, renamed(text, self.map), name in hidden, here)
        known = {name.casefold() for name in self.index.names()}
        hidden = self.theirs.hidden_names()
        for name, text in self.theirs.names().items():
            if name.casefold() not in known:
                self.index.set_name(name, renamed(text, self.map), name in hidden)


def shared_strings_part(source: Package, part: str) -> list[str]:
    return shared_strings(source.read(part), part)


def _selected(data: bytes) -> bool:
    view = re.search(rb"<(?:[\w.-]+:)?sheetView\s[^<>]*", data)
    return view is not None and attribute(view[0], b"tabSelected") in ("1", "true")
