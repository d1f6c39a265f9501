"""The titles in docProps/app.xml, which Explorer shows: kept in step with the sheets where they were in step."""

from __future__ import annotations

from lxml import etree

from lakip_xl.workbook.markup import Element, children
from lakip_xl.workbook.package import Package

_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def sync_titles(package: Package, before: list[str], after: list[str]) -> None:
    """Writes the worksheet titles ``after`` where exactly the titles ``before`` stand; leaves anything else alone."""
    if before == after:
        return
    part = next(
        (r.target for r in package.relationships("") if r.kind == "extended-properties" and package.has(r.target)), None
    )
    if part is None:
        return
    root = package.tree(part)
    titles = root.find(f"{_PROPERTIES}TitlesOfParts/{{{_VARIANTS}}}vector")
    pairs = root.find(f"{_PROPERTIES}HeadingPairs/{{{_VARIANTS}}}vector")
    count = None if pairs is None else pairs.find(f".//{{{_VARIANTS}}}i4")
    if titles is None or (count is None and pairs is not None):
        return
    entries = children(titles)
    counted = len(entries) if count is None else count.text
    if str(counted) != str(len(before)) or [e.text for e in entries[: len(before)]] != before:
        return
    for entry in entries[: len(before)]:
        titles.remove(entry)
    for position, title in enumerate(after):
        titles.insert(position, _entry(titles, title))
    titles.set("size", str(len(children(titles))))
    if count is not None:
        count.text = str(len(after))


def _entry(parent: Element, title: str) -> Element:
    made = etree.Element(f"{{{_VARIANTS}}}lpstr", nsmap={parent.prefix: _VARIANTS})
    made.text = title
    return made
