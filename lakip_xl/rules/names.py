"""Names as people mean them: when two sheets speak of the same program, sasaran or indicator, however they spell it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_NUMBERING = re.compile(r"(?:[0-9]+(?:[.)]|(?=\s))|[a-z][.)]|[-\u2013\u2022*])\s*")
_CODE = re.compile(r"[0-9x](?:\.[0-9x]+){1,5}\.?\s+")
_OTHER = re.compile(r"[^\w%]+")


def plain(name: str) -> str:
    """A name without capitals, numbering, code, signs, and the spaces that people put around them."""
    tidy = " ".join(name.casefold().split())
    for leading in (_CODE, _NUMBERING):
        if match := leading.match(tidy):
            tidy = tidy[match.end() :]
    return _OTHER.sub(" ", tidy).strip()


def program(name: str) -> str:
    """The plain name of a program without the word itself."""
    return plain(name).removeprefix("program ").strip()


_LEAST = 12  # a shorter beginning may be another program's


def same_program(one: str, other: str) -> bool:
    """Whether two plain program names mean one program: equal, cut short, or spelled with a slip."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _LEAST and (longer.startswith(shorter) or _alike(one, other) >= 0.93)


def nearest(name: str, others: Iterable[str]) -> str:
    """The plain name that resembles one most, "" where none does."""
    ranked = sorted(((_alike(name, other), other) for other in others), reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] >= 0.75 else ""


def _alike(one: str, other: str) -> float:
    # Too different in length to be alike: spares the slow comparison.
    if min(len(one), len(other)) * 3 < max(len(one), len(other)) * 2:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= 0.75 else 0.0


_PARTS = re.compile(r"[;\n\r]+|(?<=\S)\s+(?=[0-9]{1,2}[.)]\s)")


def listed(text: object) -> list[str]:
    """The names in one cell: apart by semicolons, lines or numbers; a comma belongs to a name."""
    return [part.strip() for part in _PARTS.split(text) if part.strip()] if isinstance(text, str) else []
