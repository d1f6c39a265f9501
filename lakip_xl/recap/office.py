"""Names of offices for comparison: spelling does not tell two apart, a near miss is offered and never taken."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from lakip_xl.ledger.codes import normal

NEAR = 0.75
"""How alike two names must be (of their letters) for one to be offered."""
MOST_OFFERS = 2
_KINDS = {"kabupaten": ("kabupaten", "kab"), "kota": ("kota",), "provinsi": ("provinsi", "prov")}


def key(name: str, region: str = "") -> str:
    """A name in letters and digits alone, without that of its own region behind it: "Dinas Sosial Kab. Manggarai" is "dinas sosial"."""
    found = normal(name)
    kind, _, own = region_key(region).partition(" ")
    for word in _KINDS.get(kind, ()):
        short = found.removesuffix(f" {word} {own}")
        if own and short != found:
            return short
    return found


def region_key(region: str) -> str:
    """A region for comparison: "Kab. Manggarai" is "kabupaten manggarai"."""
    found = normal(region)
    kind, _, own = found.partition(" ")
    return next((f"{full} {own}" for full, words in _KINDS.items() if kind in words and own), found)


def near(name: str, others: Iterable[str]) -> list[str]:
    """Those of ``others`` (as they are written) that may be meant, the likeliest first."""
    known: dict[str, str] = {}
    for other in others:
        known.setdefault(normal(other), other)
    return [known[each] for each in difflib.get_close_matches(normal(name), known, MOST_OFFERS, NEAR)]
