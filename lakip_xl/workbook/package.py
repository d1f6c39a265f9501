"""The package: a zip of parts, their relationships and content types. Knows nothing of cells."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote

from lxml import etree

from lakip_xl.errors import UnreadableWorkbook, UnsupportedWorkbook
from lakip_xl.workbook import guards
from lakip_xl.workbook.archive import Packed, unpack
from lakip_xl.workbook.markup import DOCUMENT, PACKAGE, STRICT, TYPES, Element, children, dump, parse, utf8

CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part: ``target`` is a part name, or an address outside the package."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type, for example ``worksheet``."""
        return self.type.rpartition("/")[2]


def part_name(entry: zipfile.ZipInfo) -> str:
    """The part that a zip entry holds; some writers use backslashes."""
    return entry.filename.replace("\\", "/")


def rels_part(part: str) -> str:
    """The name of the part that holds the relationships of ``part``."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", base + ".rels")


def resolve(source: str, target: str) -> str:
    """The part that a relationship of ``source`` leads to."""
    target = unquote(target.partition("#")[0]).replace("\\", "/")
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def relative_target(source: str, part: str) -> str:
    """How a relationship of ``source`` names ``part``: relative, because some readers reject absolute targets."""
    return posixpath.relpath(part, posixpath.dirname(source) or ".")


class Package:
    """The parts of a workbook as they are on disk, and over them what was changed, added or dropped.

    Part names are found without regard to case, and written as the file writes them.
    """

    def __init__(self, data: bytes, name: str) -> None:
        """Raises UnreadableWorkbook or UnsupportedWorkbook with a sentence that says what the bytes are."""
        guards.refuse_other_files(data, name)
        self.name = name
        self.data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            guards.check_zip(self._zip, len(data), name)
        except guards.BROKEN_ZIP as error:
            raise guards.damaged(name) from error
        self.order = self._zip.infolist()
        self.entries = {part_name(entry): entry for entry in self.order if not entry.is_dir()}
        self._lower = {part.lower(): part for part in self.entries}
        self.changed: dict[str, bytes | Packed] = {}
        self.dropped: set[str] = set()
        self._read: dict[str, bytes] = {}
        self._trees: dict[str, tuple[Element, bytes]] = {}
        self._check_kind()

    def _check_kind(self) -> None:
        types = self.read(CONTENT_TYPES) if self.has(CONTENT_TYPES) else None
        if types is None or not self.has("_rels/.rels"):
            raise guards.not_a_workbook(set(self.entries), types, self.name)
        main = next((r for r in self.relationships("") if r.kind == "officeDocument"), None)
        plain = utf8(types, CONTENT_TYPES)
        self.tree(CONTENT_TYPES)
        if main is None or not self.has(main.target) or b"spreadsheetml" not in plain or b"sheet.binary" in plain:
            raise guards.not_a_workbook(set(self.entries), plain, self.name)
        if main.type.encode().startswith(STRICT) or STRICT in utf8(self.read(main.target), main.target)[:4096]:
            raise UnsupportedWorkbook(
                f"{self.name}: buku kerja ini berformat Strict Open XML, yang belum didukung. Buka di Excel, pilih Simpan "
                "Sebagai > Excel Workbook (*.xlsx) (bukan Strict), lalu ulangi.",
                f"{self.name}: this workbook is in the Strict Open XML format, which is not supported yet. Open it in Excel, "
                "choose Save As > Excel Workbook (*.xlsx) (not Strict) and try again.",
            )
        if any("digital-signature" in r.type for r in self.relationships("")):
            raise UnsupportedWorkbook(
                f"{self.name}: buku kerja ini ditandatangani secara digital; perubahan apa pun membatalkan tanda tangannya. "
                "Buka di Excel, hapus tanda tangannya atau simpan salinan tanpa tanda tangan, lalu ulangi.",
                f"{self.name}: this workbook is digitally signed; any change breaks the signature. Open it in Excel, remove "
                "the signature or save a copy without it, and try again.",
            )
        self.main = self.actual(main.target)

    # ---- parts

    def has(self, part: str) -> bool:
        return part.lower() in self._lower

    def actual(self, part: str) -> str:
        """The part's name as the file writes it. Raises UnreadableWorkbook if there is no such part."""
        try:
            return self._lower[part.lower()]
        except KeyError:
            raise UnreadableWorkbook(
                f"{self.name}: berkas ini rusak: bagian {part} tidak ada. Buka di Excel, biarkan diperbaiki, simpan, lalu ulangi.",
                f"{self.name}: this file is damaged: its part {part} is missing. Open it in Excel, let it be repaired, save, try again.",
            ) from None

    def parts(self) -> list[str]:
        """All parts, in the order of the file, new ones last."""
        return list(self._lower.values())

    def read(self, part: str) -> bytes:
        """The bytes of a part as they are now."""
        part = self.actual(part)
        if part in self._trees:
            root, before = self._trees[part]
            now = dump(root)
            return now if now != before else self._stored(part)
        return self._stored(part)

    def _stored(self, part: str) -> bytes:
        data = self.changed[part] if part in self.changed else self.original(part)
        return data.read() if isinstance(data, Packed) else data

    def original(self, part: str) -> bytes:
        """The bytes of a part as they were in the file. Raises UnreadableWorkbook where they cannot be unpacked."""
        entry = self.entries[part]
        try:
            data = unpack(self._zip, entry)
        except guards.BROKEN_ZIP as error:
            raise guards.damaged(self.name) from error
        if len(data) != entry.file_size:
            raise guards.damaged(self.name)
        return data

    def unpacked(self, part: str) -> IO[bytes]:
        """A part as it was in the file, to be unpacked piece by piece; reading it raises what ``zipfile`` raises."""
        return self._zip.open(self.entries[self.actual(part)])

    def tree(self, part: str) -> Element:
        """The part as a tree that may be changed: ``read`` and saving see the change."""
        part = self.actual(part)
        if part not in self._trees:
            root = parse(self._stored(part), part)
            self._trees[part] = root, dump(root)
        return self._trees[part][0]

    def put(self, part: str, data: bytes | Packed, content_type: str | None = None) -> None:
        """Writes a part, a new one with its content type; a packed one stays packed until it is read."""
        part = self._lower.setdefault(part.lower(), part)
        if part.endswith(".rels"):
            content_type = _RELATIONSHIPS_TYPE
        self._trees.pop(part, None)
        self.dropped.discard(part)
        entry = self.entries.get(part)
        if entry is not None and self._is_original(part, entry, data):
            self.changed.pop(part, None)
        else:
            self.changed[part] = data
        if content_type is not None:
            self._set_type(part, content_type)

    def _is_original(self, part: str, entry: zipfile.ZipInfo, data: bytes | Packed) -> bool:
        if isinstance(data, Packed):
            return (entry.file_size, entry.CRC) == (data.size, data.crc) and self.original(part) == data.read()
        return entry.file_size == len(data) and self.original(part) == data

    def drop(self, part: str) -> None:
        """Takes a part and its relationships away; ``settle`` takes their content types away, unless they came back."""
        for name in (part, rels_part(part)):
            if self.has(name):
                name = self._lower.pop(name.lower())
                self.changed.pop(name, None)
                self._trees.pop(name, None)
                if name in self.entries:
                    self.dropped.add(name)

    def free_name(self, part: str) -> str:
        """A part name like ``part`` that is not taken: ``xl/charts/chart1.xml`` with the first free number."""
        stem, extension = re.fullmatch(r"(.*?)[0-9]*(\.[^./]+)?", part, re.DOTALL).groups("")  # type: ignore[union-attr]
        number = 1
        while self.has(f"{stem}{number}{extension}"):
            number += 1
        return f"{stem}{number}{extension}"

    # ---- content types

    def _overrides(self) -> list[Element]:
        return children(self.tree(CONTENT_TYPES), f"{{{TYPES}}}Override")

    def _defaults(self) -> dict[str, str]:
        found = children(self.tree(CONTENT_TYPES), f"{{{TYPES}}}Default")
        return {e.get("Extension", "").lower(): e.get("ContentType", "") for e in found}

    def content_type(self, part: str) -> str | None:
        for override in self._overrides():
            if override.get("PartName", "").lstrip("/").lower() == part.lower():
                return str(override.get("ContentType"))
        return self._defaults().get(part.rpartition(".")[2].lower())

    def _set_type(self, part: str, content_type: str) -> None:
        if self.content_type(part) == content_type:
            return
        for override in self._overrides():
            if override.get("PartName", "").lstrip("/").lower() == part.lower():
                override.set("ContentType", content_type)
                return
        root, extension = self.tree(CONTENT_TYPES), part.rpartition(".")[2].lower()
        if extension not in (*self._defaults(), "xml"):
            root.insert(0, etree.Element(f"{{{TYPES}}}Default", {"Extension": extension, "ContentType": content_type}))
        else:
            etree.SubElement(root, f"{{{TYPES}}}Override", {"PartName": "/" + part, "ContentType": content_type})

    # ---- relationships

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of a part (``""``: of the package)."""
        if not self.has(rels_part(part)):
            return []
        found = []
        for e in children(self.tree(rels_part(part))):
            external = e.get("TargetMode") == "External"
            target = e.get("Target", "")
            found.append(
                Relationship(
                    e.get("Id", ""), e.get("Type", ""), target if external else resolve(part, target), external
                )
            )
        return found

    def relate(self, source: str, kind: str, target: str) -> str:
        """A new relationship from one part to another; returns its id."""
        part = rels_part(source)
        if not self.has(part):
            self.put(part, b'<Relationships xmlns="%b"/>' % PACKAGE.encode())
        root = self.tree(part)
        taken = {e.get("Id", "").lower() for e in children(root)}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        attributes = {"Id": f"rId{number}", "Type": f"{DOCUMENT}/{kind}", "Target": relative_target(source, target)}
        etree.SubElement(root, f"{{{PACKAGE}}}Relationship", attributes)
        return attributes["Id"]

    def unrelate(self, source: str, target: str) -> None:
        """Takes the relationships from ``source`` to ``target`` away."""
        for e in children(self.tree(rels_part(source))):
            if e.get("TargetMode") != "External" and resolve(source, e.get("Target", "")).lower() == target.lower():
                self.tree(rels_part(source)).remove(e)

    def reachable(self, part: str) -> Iterator[str]:
        """The parts that a part leads to, itself first, each once."""
        seen, waiting = {part.lower()}, [part]
        while waiting:
            part = waiting.pop(0)
            yield part
            for relation in self.relationships(part):
                if not relation.external and self.has(relation.target) and relation.target.lower() not in seen:
                    seen.add(relation.target.lower())
                    waiting.append(self.actual(relation.target))

    # ---- the whole

    def settle(self) -> None:
        """Takes the content types of dropped parts away."""
        gone = {part.lower() for part in self.dropped if not self.has(part)}
        for override in self._overrides() if gone else ():
            if override.get("PartName", "").lstrip("/").lower() in gone:
                self.tree(CONTENT_TYPES).remove(override)

    def differences(self) -> dict[str, bytes | Packed]:
        """Every part whose bytes differ from the file, new parts included, by name."""
        found = dict(self.changed)
        for part, (root, before) in self._trees.items():
            now = dump(root)
            if now != before:
                found[part] = now
        return dict(sorted(found.items()))
