"""XML as bytes: safe parsing, and finding elements by their bytes so that everything else keeps its own.

The patterns here assume well-formed UTF-8 XML without a document type: ``utf8`` and a parse establish that first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from lxml import etree

from lakip_xl.errors import UnreadableWorkbook

Element = Any  # lxml carries no types

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT = b"http://purl.oclc.org/ooxml/"

_DECLARED = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")

# A possessive quantifier on a group is wrong in Python 3.11.2, which Debian 12 has: only on single characters here.
_ATTRIBUTES = rb"""(?:\s++[^\s=<>/"']++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*\s*+"""
_START = re.compile(rb"<([^\s<>/!?]++)(" + _ATTRIBUTES + rb")(/?)>")
# Each ends at its first end and nowhere else: with a plain .*? a match that fails would try 2^n ways to part n comments, and a repeated
# group would remember every place where it could have stopped, a hundred bytes for each byte of a comment. What was seen ahead is taken.
_COMMENT = rb"<!--(?=(?P<comment>[\s\S]*?-->))(?P=comment)"
_CDATA = rb"<!\[CDATA\[(?=(?P<cdata>[\s\S]*?\]\]>))(?P=cdata)"
_INSTRUCTION = rb"<\?(?=(?P<instruction>[\s\S]*?\?>))(?P=instruction)"
_GAP = re.compile(rb"(?:[^<]++|" + _COMMENT + rb"|" + _INSTRUCTION + rb"|" + _CDATA + rb")*")


def main(tag: str) -> str:
    """A SpreadsheetML tag as lxml names it."""
    return f"{{{MAIN}}}{tag}"


def unreadable(part: str) -> UnreadableWorkbook:
    """The error for a part whose XML cannot be understood."""
    return UnreadableWorkbook(
        f"Berkas Excel ini rusak: bagian {part} tidak dapat dibaca. "
        "Buka berkas di Excel, biarkan Excel memperbaikinya, simpan dengan nama baru, lalu ulangi.",
        f"This workbook is damaged: its part {part} cannot be read. "
        "Open it in Excel, let Excel repair it, save it under a new name and try again.",
    )


def utf8(data: bytes, part: str) -> bytes:
    """The XML re-encoded as UTF-8 where it was not; unchanged bytes otherwise.

    Raises UnreadableWorkbook for an encoding that does not fit and for a document type, which no workbook needs and
    which is how entity attacks begin.
    """
    encoding = None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif data[:2] in (b"<\x00", b"\x00<"):
        encoding = "utf-16-le" if data[0] else "utf-16-be"
    elif declared := _DECLARED.match(data):
        encoding = declared[1].decode("ascii").lower()
        if encoding in ("utf-8", "utf8", "us-ascii", "ascii"):
            encoding = None
    if encoding:
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeDecodeError) as error:
            raise unreadable(part) from error
        text = re.sub(r"""(\A\ufeff?<\?xml[^>]*?\sencoding\s*=\s*)["'][^"']*["']""", r'\1"UTF-8"', text)
        data = text.lstrip("\ufeff").encode("utf-8", "surrogatepass")
    if _has_doctype(data):
        raise UnreadableWorkbook(
            f"Berkas ini ditolak demi keamanan: bagian {part} memuat DTD (DOCTYPE), yang tidak ada pada berkas Excel "
            "biasa. Minta berkas aslinya kepada pengirim, atau simpan ulang di Excel.",
            f"Refused for safety: the part {part} holds a DTD (DOCTYPE), which no ordinary workbook has. "
            "Ask the sender for the original, or save it again in Excel.",
        )
    return data


def _has_doctype(data: bytes) -> bool:
    """Whether a document type stands before the root. Step by step: a pattern tries every way to part n comments, which are 2^n."""
    position = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while True:
        while data[position : position + 1].isspace():
            position += len(data[position : position + 4096]) - len(data[position : position + 4096].lstrip())
        if data.startswith(b"<!--", position):
            end = data.find(b"-->", position + 4)
        elif data.startswith(b"<?", position):
            end = data.find(b"?>", position + 2)
        else:
            return data.startswith(b"<!DOCTYPE", position)
        if end < 0:
            return False  # cut off; whoever parses it says so
        position = end + (3 if data[end] == ord("-") else 2)


def parse(data: bytes, part: str) -> Element:
    """The root element. Raises UnreadableWorkbook where the XML is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(utf8(data, part), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(part) from error


def dump(root: Element) -> bytes:
    """The bytes of a part as Excel writes them: UTF-8, standalone."""
    body = etree.tostring(root.getroottree(), xml_declaration=False, encoding="UTF-8")
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body


def children(root: Element | None, tag: str | None = None) -> list[Element]:
    """The child elements, comments left out; with ``tag`` only those."""
    if root is None:
        return []
    return [e for e in root if isinstance(e.tag, str) and (tag is None or e.tag == tag)]


def ensure(root: Element, tag: str, order: tuple[str, ...]) -> Element:
    """The child ``tag`` of a SpreadsheetML element, made at its place in the schema's order if it is not there."""
    found = root.find(main(tag))
    if found is not None:
        return found
    made = etree.Element(main(tag), nsmap={root.prefix: MAIN})
    later = set(order[order.index(tag) + 1 :])
    for position, child in enumerate(root):
        if isinstance(child.tag, str) and etree.QName(child).localname in later:
            root.insert(position, made)
            return made
    root.append(made)
    return made


class Span(NamedTuple):
    """An element as bytes: where it begins and ends, and its raw name (with the prefix that the file uses)."""

    name: bytes
    start: int
    end: int

    @property
    def local(self) -> str:
        return self.name.rpartition(b":")[2].decode("utf-8", "replace")


class StartTag(NamedTuple):
    name: bytes
    attributes: bytes
    empty: bool
    end: int


def start_tag(data: bytes, position: int = 0) -> StartTag:
    """The first start tag at or after ``position``, with only text, comments and instructions before it."""
    match = _START.match(data, _end_of_gap(data, position))
    if match is None:
        raise ValueError("no start tag")
    return StartTag(match[1], match[2], bool(match[3]), match.end())


def is_gap(data: bytes, position: int) -> bool:
    """Whether no element stands at or after ``position``."""
    return _end_of_gap(data, position) == len(data)


def _end_of_gap(data: bytes, position: int) -> int:
    match = _GAP.match(data, position)
    return match.end() if match else position


@cache
def _attribute_pattern(name: bytes) -> re.Pattern[bytes]:
    # From the first of several spaces only: else a thousand of them are gone over a thousand times.
    return re.compile(rb"""(?<!\s)\s+""" + re.escape(name) + rb"""\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def attribute(attributes: bytes, name: bytes) -> str | None:
    """The value of an unprefixed attribute inside the bytes of a start tag, or None."""
    match = _attribute_pattern(name).search(attributes)
    return None if match is None else (match[1] if match[1] is not None else match[2]).decode("utf-8")


def without(attributes: bytes, name: bytes) -> bytes:
    """The bytes of a start tag's attributes without the one called ``name``."""
    return _attribute_pattern(name).sub(b"", attributes)


@cache
def pattern(name: bytes) -> re.Pattern[bytes]:
    """Matches one whole element that holds no other of its own name; groups ``attrs`` and ``inner``."""
    tag = re.escape(name)
    return re.compile(
        rb"<" + tag + rb"(?P<attrs>" + _ATTRIBUTES + rb")(?:/>|>"
        rb"(?P<inner>(?:[^<]++|<[^/!?]|</(?!"
        + tag
        + rb"\s*+>)|"
        + _COMMENT
        + rb"|"
        + _CDATA
        + rb"|"
        + _INSTRUCTION
        + rb")*)"
        rb"</" + tag + rb"\s*+>)"
    )


def elements(
    data: bytes, element: re.Pattern[bytes], start: int = 0, end: int | None = None
) -> Iterator[re.Match[bytes]]:
    """The elements that ``element`` matches, one after the other, until something else stands there."""
    stop = len(data) if end is None else end
    position = _end_of_gap(data, start)
    while position < stop and (match := element.match(data, position)) is not None:
        yield match
        position = _end_of_gap(data, match.end())


def child_spans(data: bytes) -> tuple[StartTag, list[Span]]:
    """The root's start tag and where each of its child elements stands."""
    root = start_tag(data)
    found: list[Span] = []
    position = _end_of_gap(data, root.end)
    while not root.empty and (match := _START.match(data, position)) is not None:
        end = match.end() if match[3] else _end_of_element(data, match[1], match.end())
        found.append(Span(match[1], position, end))
        position = _end_of_gap(data, end)
    return root, found


def _end_of_element(data: bytes, name: bytes, position: int) -> int:
    tag = re.escape(name)
    marks = re.compile(
        _COMMENT + rb"|" + _CDATA + rb"|" + _INSTRUCTION + rb"|<(?P<close>/)?" + tag + rb"(?=[\s/>])" + _ATTRIBUTES
        + rb"(?P<empty>/)?>"
    )  # fmt: skip
    depth = 1
    for mark in marks.finditer(data, position):
        if mark["close"]:
            depth -= 1
        elif mark[0][1:2] not in (b"!", b"?") and not mark["empty"]:
            depth += 1
        if depth == 0:
            return mark.end()
    raise ValueError("element without end")
