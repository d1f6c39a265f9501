"""Numbers as Indonesian offices spell them: read them without guessing, round them as Excel does, say them in either language."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple


class Reading(NamedTuple):
    """What a text says as a number.

    ``kind`` is one of
    ``number`` read without doubt (``unit`` is ``%`` where a percent sign stands behind it; the value is then percent points);
    ``ambiguous`` two readings fit: ``alternatives`` holds the one with thousands first, then the one with decimals;
    ``unit`` a number with unit words behind it, ``232 Org``;
    ``dash`` a lone ``-`` or ``Rp -``, value 0;
    ``blank`` nothing but spaces;
    ``error`` an error code typed or pasted as text;
    ``none`` not a number.
    """

    value: Decimal | None
    kind: str
    unit: str = ""
    alternatives: tuple[Decimal, ...] = ()


_BLANK, _ERROR, _NONE = Reading(None, "blank"), Reading(None, "error"), Reading(None, "none")

# Spaces that PDF and web pages leave in a cell. Line breaks are no such space: "100" over "200" is not 100.200.
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_TIDY = {**_SPACES, **_INVISIBLE}

_ERROR_TEXT = re.compile(
    r"#(?:DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|BUSY!|GETTING_DATA)|Err:[0-9]{3}",
    re.IGNORECASE,
)
# Hyphen, minus sign, and the en dash that office programs put in its place; the hyphen first, for it stands in [...].
_MINUS = "-\u2212\u2013"
_DASH = re.compile(rf"(?:(?:Rp|IDR)\.?\s*)?[{_MINUS}]", re.IGNORECASE)

# Possessive quantifiers keep the match linear on hostile text; never on a group, which Python 3.11.2 (Debian 12) gets wrong.
_WHOLE = re.compile(
    rf"""
    (?P<sign>[{_MINUS}+]?) \s*+ (?P<open>\(?) \s*+
    (?P<money>(?:(?:Rp|IDR)\.?)?) \s*+
    (?P<sign2>[{_MINUS}+]?) \s*+ (?P<open2>\(?) \s*+
    (?P<body>(?:[.,]?[0-9]++)(?:[., ][0-9]++)*)
    (?P<closing>(?:[.,][{_MINUS}=]{{1,2}})?) \s*+
    (?P<percent>%?) \s*+ (?P<close>\)?) \s*+
    (?P<unit>(?:[^\W\d_].*)?)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_MOST_DIGITS = 300  # no cell can hold a larger number
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in "., "}
_DECIMALS = tuple(
    (mark, point, re.compile(rf"{_GROUPED[mark].pattern}{re.escape(point)}[0-9]+"))
    for mark, point in ((".", ","), (",", "."), (" ", ","), (" ", "."))
)
_SIMPLE_DECIMAL = re.compile(r"[0-9]*[.,][0-9]+")

_UNIT_WORD = r"(?:[^\W\d_]+(?:[./-][^\W\d_]+)*\.?|[kcdh]?m[23\u00b2\u00b3])"
_UNIT = re.compile(rf"{_UNIT_WORD}(?:\s?/\s?{_UNIT_WORD}|\s{_UNIT_WORD}){{0,2}}", re.IGNORECASE)
# Words that make a sentence of it, or that multiply: "Rp 2,5 miliar" is not 2,5 of anything.
_NO_UNIT = frozenset(
    {"dari", "selama", "dan", "atau", "s/d", "sd", "sampai", "hingga", "telah", "sudah", "belum", "tidak"}
    | {"of", "and", "or", "to", "for", "not", "x", "e"}
    | {"ribu", "rb", "juta", "jt", "miliar", "milyar", "milliar", "milyard", "triliun", "trilyun"}
    | {"thousand", "million", "billion", "trillion"}
)


def read_number(text: str) -> Reading:
    """What ``text`` says as a number; see :class:`Reading`. Never raises and never guesses."""
    text = text.translate(_TIDY).strip()
    if not text:
        return _BLANK
    if _ERROR_TEXT.fullmatch(text):
        return _ERROR
    if _DASH.fullmatch(text):
        return Reading(Decimal(0), "dash")
    match = _WHOLE.fullmatch(text)
    if not match:
        return _NONE
    marks = match["sign"] + match["sign2"] + match["open"] + match["open2"]
    if len(marks) > 1 or ("(" in marks) != bool(match["close"]):
        return _NONE
    unit = match["percent"] + match["unit"]
    if not _fits(unit, match):
        return _NONE
    values = _readings(match["body"], bool(match["money"]), bool(match["closing"]))
    if marks not in ("", "+"):
        values = tuple(value.copy_negate() for value in values)
    if not values:
        return _NONE
    if len(values) > 1:
        return Reading(None, "ambiguous", unit, values)
    return Reading(values[0], "unit" if match["unit"] else "number", unit)


def _fits(unit: str, match: re.Match[str]) -> bool:
    """Whether what stands behind the digits can be a unit of this number."""
    if unit in ("", "%"):
        return not (unit and (match["money"] or match["closing"]))
    if match["money"] or match["closing"] or match["close"] or len(unit) > 40 or not _UNIT.fullmatch(unit):
        return False
    if match.end("body") == match.start("unit") and (len(unit) == 1 or (match["body"] == "0" and unit[0] in "xX")):
        return False  # 5F and 0xFF are codes
    return not _NO_UNIT.intersection(unit.lower().split())


def _readings(body: str, money: bool, closed: bool) -> tuple[Decimal, ...]:
    """Every number that digits and separators can mean; ``closed`` when ``,-`` follows, which ends whole rupiah."""
    if len(body) > _MOST_DIGITS:
        return ()
    if _PLAIN.fullmatch(body):
        return (Decimal(body),)
    found = [Decimal(body.replace(mark, "")) for mark, grouped in _GROUPED.items() if grouped.fullmatch(body)]
    if closed or (found and money and "." in body):
        return tuple(found)
    for mark, point, decimals in _DECIMALS:
        if decimals.fullmatch(body):
            found.append(Decimal(body.replace(mark, "").replace(point, ".")))
    if _SIMPLE_DECIMAL.fullmatch(body):
        found.append(Decimal(body.replace(",", ".")))
    return tuple(found)


def to_decimal(number: float) -> Decimal:
    """The shortest decimal that stands for the same float: ``to_decimal(0.1) == Decimal("0.1")``."""
    if -1e16 < number < 1e16 and number == int(number):
        return Decimal(int(number))
    value = Decimal(repr(number))
    if not value.is_finite():
        raise ValueError(f"{number!r} is not a finite number")
    # A whole number is its digits alone: 97.0 stands for 97, not for a figure given to one decimal.
    whole = value.to_integral_value()
    return whole if whole == value else value


def round_half_up(value: float | Decimal, digits: int) -> Decimal:
    """``value`` to ``digits`` decimals, halves away from zero as Excel's ROUND does; a float counts as its shortest decimal."""
    number = value if isinstance(value, Decimal) else to_decimal(value)
    context = Context(prec=max(1, number.adjusted() + digits + 2), rounding=ROUND_HALF_UP)
    rounded = number.quantize(Decimal((0, (1,), -digits)), context=context)
    return rounded if rounded else rounded.copy_abs()


def say_number(value: float | Decimal, lang: str, digits: int | None = None) -> str:
    """``1.234,5`` (id) or ``1,234.5`` (en), with at most ``digits`` decimals (6 where none are given) and no trailing zeros."""
    text = f"{round_half_up(value, 6 if digits is None else digits):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _in(lang, text)


def say_rupiah(value: float | Decimal, lang: str) -> str:
    """``Rp 2.951.000``; sen stand there only when there are any, and then both digits."""
    amount = round_half_up(value, 2)
    whole = amount == amount.to_integral_value()
    text = _in(lang, f"{(round_half_up(amount, 0) if whole else amount).copy_abs():,f}")
    return f"-Rp {text}" if amount < 0 else f"Rp {text}"


def say_percent(value: float | Decimal, lang: str, digits: int = 2) -> str:
    """``98,64 %``; a whole number stands without decimals: ``1.400 %``."""
    return f"{say_number(value, lang, digits)} %"


def _in(lang: str, text: str) -> str:
    """Python's ``1,234.5`` with the separators of ``lang``."""
    return text if lang == "en" else text.translate({ord(","): ".", ord("."): ","})
