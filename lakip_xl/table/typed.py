"""Types each cell before any schema sees it: Decimal for numbers, stripped text for the rest, a fault for what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from decimal import Decimal
from functools import lru_cache

from lakip_xl.cells import ErrorValue, Value
from lakip_xl.form.shape import shape
from lakip_xl.form.spec import Column, Kind
from lakip_xl.numbers import read_number, to_decimal
from lakip_xl.table.model import BLANK, Entry, Typed


def entry_of(
    column: Column, value: Value, formula: str | None, number_format: str, own_shapes: Container[str]
) -> Entry:
    """One cell of a column as an entry. ``own_shapes`` are the shapes of the formulas that the tool writes in this column."""
    if value is None and formula is None:
        return BLANK
    ours = formula is not None and shape(formula) in own_shapes
    entry = Entry(raw=value, formula=formula, digits=shown_digits(number_format), ours=ours)
    if not ours:
        _read(column, entry, number_format)
    elif not isinstance(value, ErrorValue):
        entry.typed = _of_our_formula(column, value)
    return entry


def reader(column: Column, own_shapes: Container[str]) -> Callable[[Value, str | None, str], Entry]:
    """``entry_of`` for all cells of a column: value, formula and number format to an entry. Most hold a plain number or text."""
    numeric = column.kind.numeric
    formats: dict[str, tuple[int | None, bool, dict[Value, Entry]]] = {}

    def read(value: Value, formula: str | None, number_format: str) -> Entry:
        if formula is None and value.__class__ is (float if numeric else str):
            try:
                digits, special, known = formats[number_format]
            except KeyError:
                special = shows_date(number_format) or "%" in number_format
                digits, special, known = formats[number_format] = shown_digits(number_format), special, {}
            entry = known.get(value)
            if entry is None and isinstance(value, str):
                entry = Entry(value, None, clean(value) or None, False, "", digits)
            elif entry is None and isinstance(value, float) and not special:
                entry = Entry(value, None, to_decimal(value), False, "", digits)
            if entry is not None:
                if len(known) < _REMEMBERED:
                    known[value] = entry
                return entry
        return entry_of(column, value, formula, number_format, own_shapes)

    return read


_REMEMBERED = 512
"""So many contents of a column are one entry each, wherever they stand again: words, targets. Nothing changes what was typed."""


_NEAR_THE_END = 1e308
"""To 15 digits the largest floats would be none any more."""


def _of_our_formula(column: Column, value: Value) -> Typed:
    """Our formulas give a number, a word, "" or "-"; the last two mean that there is nothing."""
    if column.kind.numeric:
        # Excel compares numbers to 15 digits: 110.00000000000001 is 110, and so it is here.
        if not isinstance(value, float):
            return None
        exact = (value.is_integer() and -1e12 < value < 1e12) or not -_NEAR_THE_END < value < _NEAR_THE_END
        return to_decimal(value if exact else float(f"{value:.15g}"))
    return None if value in (None, "", "-") else str(value)


def settled(column: Column, value: Value, digits: int | None, *, ours: bool) -> Entry:
    """The entry of a cell that a fill writes: a formula of ours, whose text nobody asks for here, or a plain value."""
    entry = Entry(value, "" if ours else None, digits=digits, ours=ours)
    if isinstance(value, ErrorValue):
        entry.fault = "error"
    else:
        entry.typed = _of_our_formula(column, value)
    return entry


def retype(column: Column, entry: Entry, value: Value) -> None:
    """Gives an entry the value that its formula has now."""
    entry.raw = value
    entry.fault = ""
    entry.as_text = False
    entry.typed = None
    if isinstance(value, ErrorValue):
        entry.fault = "error"
    elif column.kind.numeric and isinstance(value, str):
        _read_number_text(entry, value)
    else:
        entry.typed = _of_our_formula(column, value)


def _read(column: Column, entry: Entry, number_format: str) -> None:
    value = entry.raw
    if isinstance(value, ErrorValue):
        entry.fault = "error"
    elif not column.kind.numeric:
        _read_text(column, entry, value)
    elif isinstance(value, bool):
        entry.fault = "text"
    elif isinstance(value, str):
        _read_number_text(entry, value)
    elif value is not None and shows_date(number_format):
        entry.fault = "date"
    elif value is not None:
        entry.typed = to_decimal(value)
        if column.kind is Kind.PERCENT and "%" in number_format:
            # A cell formatted as percent shows 0,9044 as 90,44 %: that is what the planner entered.
            entry.typed *= 100
            entry.scaled = True
            entry.digits = entry.digits or 0


def _read_text(column: Column, entry: Entry, value: Value) -> None:
    if isinstance(value, str):
        entry.typed = clean(value) or None
    elif value is not None and not isinstance(value, bool):
        entry.typed = str(int(value)) if float(value).is_integer() else repr(value)  # type: ignore[arg-type]
        if column.kind is Kind.CODE:
            entry.fault = "number"


def _read_number_text(entry: Entry, text: str) -> None:
    if entry.formula is not None and clean(text) in ("", "-"):
        return  # a user's own guard against a division by zero
    reading = read_number(text)
    if reading.kind == "blank":
        return
    entry.as_text = reading.kind in ("number", "dash")
    entry.typed = reading.value
    entry.fault = {"number": "", "dash": "", "ambiguous": "ambiguous", "unit": "unit", "error": "error"}.get(
        reading.kind, "text"
    )


def clean(text: str) -> str:
    """Text without stray spaces, line breaks and NBSP."""
    cleaned = " ".join(text.split())
    return text if cleaned == text else cleaned  # mostly it is the same, and need not be held twice


@lru_cache(maxsize=512)
def shown_digits(number_format: str) -> int | None:
    """The decimals that a number format shows: 2 for ``#,##0.00``, 0 for ``0``; None for General, text and date formats."""
    section = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", number_format.split(";")[0])
    if not re.search(r"[0#?]", section) or re.search(r"[dmyhs@E]", section, re.IGNORECASE):
        return None
    after = section.partition(".")[2]
    return len(re.match(r"[0#?]*", after)[0])  # type: ignore[index]


@lru_cache(maxsize=512)
def shows_date(number_format: str) -> bool:
    """Whether a number format shows a date or a time; a quick look, as ``formula.is_date_format`` costs the import of a library."""
    section = re.sub(r'"[^"]*"|\\.|_.|\*.', "", number_format.split(";")[0])
    elapsed = re.search(r"\[[hms]+\]", section, re.IGNORECASE)
    plain = re.sub(r"\[[^\]]*\]", "", section)
    return bool(elapsed) or (plain != "General" and bool(re.search(r"[dmyhs]", plain, re.IGNORECASE)))


def half_unit(entry: Entry) -> Decimal:
    """Half a unit of the last digit that the cell shows: how far a typed result may lie from the computed one.

    A cell in General format shows what was typed, so the typed digits count.
    """
    digits = entry.digits
    if digits is None:
        exponent = entry.typed.as_tuple().exponent if isinstance(entry.typed, Decimal) else 0
        digits = max(0, -exponent) if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(-digits) / 2
