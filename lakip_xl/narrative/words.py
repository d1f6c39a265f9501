"""Figures and periods in Indonesian words, as a report prints them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from lakip_xl.cells import ErrorValue, Value
from lakip_xl.form.formulas import MONTHS, PERCENT_UNITS, month_known
from lakip_xl.numbers import round_half_up, say_number, say_rupiah, to_decimal
from lakip_xl.table.model import Settings

_MARKS = str.maketrans(",.", ".,")
_BARE = ("indeks", "nilai", "skor", "rasio", "predikat", "angka")
_QUARTERS = {3: "I", 6: "II", 9: "III"}
# What no XML can hold; Excel stores it in an escape of its own, Word has none.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_TEXT = 20_000
"""Letters of a user's text that a sentence takes over; a cell holds 32.767."""


def number_of(value: Value | Decimal) -> Decimal | None:
    """The number that a value is, None for blank, text, truth value and error."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, float | int):
        return None
    return to_decimal(float(value))


def fixed(value: Decimal) -> str:
    """``91,02``: two decimals, halves away from zero."""
    return f"{round_half_up(value, 2):,f}".translate(_MARKS)


def percent(value: Decimal) -> str:
    """``91,02 persen``."""
    return f"{fixed(value)} persen"


def rupiah(value: Decimal) -> str:
    """``Rp 2.618.454.444``."""
    return say_rupiah(value, "id")


def unit(satuan: str) -> str:
    """A satuan inside a sentence: ``Orang/bulan`` becomes ``orang/bulan``, abbreviations stay; blank for one that is no unit of count."""
    plain = " ".join(satuan.split())
    if plain.casefold() in PERCENT_UNITS:
        return "persen"
    if plain.casefold() in _BARE:
        return ""
    return re.sub(r"\b[A-Z][a-z]+\b", lambda word: word[0].lower(), plain)


def amount(value: Decimal, satuan: str) -> str:
    """``18.336 orang``; at most two decimals."""
    return f"{say_number(value, 'id', 2)} {unit(satuan)}".rstrip()


def figure(value: Value, kind: str) -> str:
    """A cell of a table as it is shown: ``kind`` as in ``model.Head``. Text, as the form's "-", stays; an error is "-"."""
    number = number_of(value)
    if number is None:
        return "-" if isinstance(value, ErrorValue) else "" if value is None else clean(str(value))
    if kind == "rupiah":
        return rupiah(number).replace("Rp ", "")
    if kind == "points":
        return ("+" if round_half_up(number, 2) > 0 else "") + fixed(number)
    if kind == "percent":
        return fixed(number)
    return say_number(number, "id", 2)


def clean(text: str) -> str:
    """A user's text on one line, without what a document cannot hold."""
    tidy = " ".join(_UNWRITABLE.sub(" ", text).split())
    return tidy if len(tidy) <= MOST_TEXT else tidy[: MOST_TEXT - 1] + "…"


def ended(text: str) -> str:
    """A text that ends like a sentence."""
    return text if text.endswith((".", "!", "?", "…")) else text.rstrip(" ;,:") + "."


def sentence(text: str) -> str:
    """The text as a sentence: a capital at its beginning, a full stop at its end."""
    return ended(text[:1].upper() + text[1:])


def quoted(text: str, most: int = 160) -> str:
    """A passage in quotation marks, cut where it is long."""
    tidy = clean(text)
    return f"“{tidy if len(tidy) <= most else tidy[: most - 1].rstrip() + '…'}”"


def listed(names: Sequence[str], mark: str = ",") -> str:
    """``a, b, dan c``."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{mark} ".join(names[:-1]) + f"{mark} dan {names[-1]}"


def titled(level: str, name: str) -> str:
    """A row by level and name, the level not said twice: ``kegiatan Administrasi Umum``, ``PROGRAM REHABILITASI SOSIAL``."""
    tidy = clean(name)
    return tidy if not level or tidy.casefold().startswith(level.casefold()) else f"{level} {tidy}"


def year(settings: Settings, ago: int = 0) -> str:
    """``tahun 2023``; ``tahun laporan``, ``tahun lalu`` where nobody said which."""
    if settings.year is None:
        return ("tahun laporan", "tahun lalu", "dua tahun lalu")[ago]
    return f"tahun {settings.year - ago}"


def span(settings: Settings) -> str:
    """How far the figures reach while the year is not over: ``Triwulan II tahun 2023``, ``bulan Maret tahun 2023``."""
    period = " ".join(str(settings.identity.get("periode") or "").split())
    month = month_known(period)
    if period.casefold().startswith("semester"):
        name = "Semester I"
    elif month is not None and period.casefold() != MONTHS[month - 1].casefold():
        name = f"Triwulan {_QUARTERS[month]}"
    else:
        name = f"bulan {MONTHS[month - 1]}" if month is not None else f"periode {period}"
    return f"{name} {year(settings)}"
