"""Codes of belanja, and names for comparison: signs and case do not tell two names apart."""

from __future__ import annotations

import re
from functools import lru_cache

from lakip_xl.table.codes import Code

_SIGNS = re.compile(r"[^0-9a-z]+")
_LEVELS = ("sub kegiatan ", "subkegiatan ", "kegiatan ", "program ")
_LEADING = re.compile(r"^\s*[0-9X]+(?:\.[0-9X]+){2,}\.?\s*[-:]?\s+", re.IGNORECASE)


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
