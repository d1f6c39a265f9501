"""Texts of cells: the shared string table, and the escapes that Excel uses for characters XML cannot hold."""

from __future__ import annotations

import re
from xml.parsers import expat

from lakip_xl.workbook.markup import MAIN, unreadable, utf8

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What XML 1.0 cannot hold, carriage returns (a parser would turn them into line feeds), and texts that only look escaped.
_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


_HALF = re.compile("[\ud800-\udfff]")


def decode(text: str) -> str:
    """The text that a cell shows: ``_x000D_`` is a carriage return."""
    if "_x" not in text:
        return text
    shown = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Halves of a character beyond the first plane belong together; a lone half is no character.
    return shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _HALF.search(shown) else shown


def encode(text: str) -> str:
    """The text as a workbook stores it, still to be escaped for XML."""
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def escape(text: str) -> bytes:
    """Text as XML character data."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.encode("utf-8", "replace")


def shared_strings(data: bytes, part: str) -> list[str]:
    """The shared strings, rich ones as plain text, without their phonetic readings."""
    try:
        data = utf8(data, part)
        return _quick(data) or _parsed(data)
    except expat.ExpatError as error:
        raise unreadable(part) from error


def _quick(data: bytes) -> list[str] | None:
    """The strings of a part as plain as most are; rich ones in it are parsed one by one. None where it is not so plain."""
    start, end = data.find(b"<si>"), data.rfind(b"</si>")
    expat.ParserCreate(None, " ").Parse(data, True)
    if (
        not 0 <= start < end
        or b"\r" in data[start:end]
        or (b"!" in data and b"<!" in data)
        or data.find(b"<?", 5) != -1
    ):
        return None
    head = data[:start].rpartition(b"<sst")[2].rstrip()
    if head[-1:] != b">" or b' xmlns="%b"' % MAIN.encode() not in head:
        return None
    found: list[str] = []
    for piece in data[start:end].decode("utf-8").split("</si>"):
        if piece[:7] == "<si><t>" and piece[-4:] == "</t>":
            text = piece[7:-4]
            if "<" not in text and "&" not in text and "_x" not in text:
                found.append(text)
                continue
        try:
            found += _parsed(b"<sst%b%b</si></sst>" % (head, piece.encode()))
        except expat.ExpatError:
            return None
    return found


def _parsed(data: bytes) -> list[str]:
    item, text, phonetic = f"{MAIN} si", f"{MAIN} t", f"{MAIN} rPh"
    found: list[str] = []
    pieces: list[str] = []
    wanted = skipped = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal wanted, skipped
        if name == text:
            wanted = not skipped
        elif name == phonetic:
            skipped = True

    def end(name: str) -> None:
        nonlocal wanted, skipped
        if name == text:
            wanted = False
        elif name == item:
            found.append(decode("".join(pieces)))
            pieces.clear()
        elif name == phonetic:
            skipped = False

    def characters(data: str) -> None:
        if wanted:
            pieces.append(data)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.Parse(data, True)
    return found
