"""Codes and names for comparison: leading zeros, dots and spaces do not tell two codes apart, nor signs and case two names."""

from __future__ import annotations

import re
from functools import lru_cache

Code = tuple[int, ...]

ANY = -1
"""Stands for X, X.XX: whichever urusan the office has."""

_PART = re.compile(r"[0-9]+|[Xx]+")
_SIGNS = re.compile(r"[^0-9a-z]+")
_LEVELS = ("sub kegiatan ", "subkegiatan ", "kegiatan ", "program ")
_LEADING = re.compile(r"^\s*[0-9X]+(?:\.[0-9X]+){2,}\.?\s*[-:]?\s+", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def code_of(text: str) -> Code:
    """A code as numbers: ``1.06.01.2.01.0001``, ``1.06.01.2.01.01`` and ``1.06.01.02.01.1`` are one. () for what is no code.

    That 2 and 4 digits of a sub kegiatan mean the same is inferred from data (Permendagri 90/2019, Kepmendagri 900.1.15.5-1317/2023).
    """
    parts = text.strip().strip(".").replace(" ", ".").split(".")
    parts = [part for part in parts if part]
    if not parts or not all(_PART.fullmatch(part) for part in parts):
        return ()
    return tuple(ANY if part[0] in "Xx" else int(part) for part in parts)


def is_account(code: Code, text: str) -> bool:
    """Whether a code is one of belanja (5.1.02...), not of the nomenclature: a bidang urusan 5.01 is written with two digits."""
    parts = text.strip().split(".")
    return len(code) >= 2 and code[0] == 5 and 1 <= code[1] <= 4 and len(parts) > 1 and len(parts[1]) == 1


@lru_cache(maxsize=65_536)
def normal(name: str) -> str:
    """A name for comparison: letters and digits alone, without a code or the word for its level before it."""
    plain = _SIGNS.sub(" ", _LEADING.sub("", name).casefold()).strip()
    for level in _LEVELS:
        if plain.startswith(level):
            return plain[len(level) :]
    return plain
