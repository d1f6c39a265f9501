"""The rows that a plain sum or mean down its own column names."""

from __future__ import annotations

import re
from typing import NamedTuple

from lakip_xl.cells import column_number, letters, quote_sheet


class Addends(NamedTuple):
    """The rows of its own column that a sum names, as spans; a SUBTOTAL passes over other SUBTOTALs."""

    spans: tuple[tuple[int, int], ...]
    passes_subtotals: bool


_AREA = r"[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?"
_TERM = rf"(?:SUM\({_AREA}(?:,{_AREA})*\)|SUBTOTAL\((?:10)?9,{_AREA}(?:,{_AREA})*\)|{_AREA})"
_SUM = re.compile(rf"\+?{_TERM}(?:\+{_TERM})*")
_MEAN = re.compile(rf"AVERAGE\({_AREA}(?:,{_AREA})*\)|ROUND\(AVERAGE\({_AREA}(?:,{_AREA})*\),[0-9]\)")
_CORNERS = re.compile(r"(?<![A-Z])([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_OTHER_MARKS = re.compile(r"[^A-Z0-9$:,()+! '.]")


def addends(formula: str, sheet: str, column: int) -> Addends | None:
    """What a plain sum down its own column names; None for any other formula."""
    bare = _bare(formula, sheet)
    if not _SUM.fullmatch(bare):
        return None
    spans = _spans(bare.replace("SUBTOTAL(109,", "SUBTOTAL(").replace("SUBTOTAL(9,", "SUBTOTAL("), column)
    return None if spans is None else Addends(spans, "SUBTOTAL(" in bare)


def averaged(formula: str, sheet: str, column: int) -> Addends | None:
    """What a plain AVERAGE down its own column names; None for any other formula."""
    bare = _bare(formula, sheet)
    spans = _spans(bare, column) if _MEAN.fullmatch(bare) else None
    return None if spans is None else Addends(spans, False)


def _bare(formula: str, sheet: str) -> str:
    """A formula without $ and the name of its own sheet; "" where it holds more than areas and functions."""
    bare = formula.upper().replace(quote_sheet(sheet).upper() + "!", "")
    return "" if _OTHER_MARKS.search(bare) else bare.replace("$", "").replace(" ", "")


def _spans(bare: str, column: int) -> tuple[tuple[int, int], ...] | None:
    """The rows of the areas in a formula; None where one of them lies in another column."""
    spans = []
    letter = letters(column)
    for match in _CORNERS.finditer(bare):
        first, last = match[1], match[3] or match[1]
        if column_number(first) != column_number(last) or first != letter:
            return None
        rows = sorted((int(match[2]), int(match[4] or match[2])))
        spans.append((rows[0], rows[1]))
    return tuple(spans)
