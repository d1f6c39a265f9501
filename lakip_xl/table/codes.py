"""Codes for comparison: leading zeros, dots and spaces do not tell two codes apart."""

from __future__ import annotations

import re
from functools import lru_cache

Code = tuple[int, ...]

ANY = -1
"""Stands for X, X.XX: whichever urusan the office has."""

_PART = re.compile(r"[0-9]{1,18}|[Xx]+")
"""The longest part of a real code has four digits; of a text of thousands nothing can make a number."""


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
