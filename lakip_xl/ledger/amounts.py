"""Cells of a ledger as rupiah, codes and names."""

from __future__ import annotations

import re
from decimal import Decimal

from lakip_xl.cells import Value
from lakip_xl.numbers import read_number, round_half_up, say_rupiah, to_decimal
from lakip_xl.sources.grid import shown

ZERO = Decimal(0)
SEN = Decimal("0.005")
"""Half a sen: sums that differ by less are the same sum."""

MOST = 10**18
"""Rupiah that no ledger holds; the whole state spends a thousandth of them in a year."""


class NoAmount(Exception):
    """The cell holds something that is no amount."""


def amount(value: Value) -> Decimal | None:
    """The rupiah in a cell; None where it is blank or says ``null``. Raises NoAmount for what is no amount.

    Three digits behind a single dot or comma are thousands: rupiah have no thousandths. A number is taken to the sen where it misses
    it only by what a float cannot hold.
    """
    if isinstance(value, float):
        if not abs(value) < MOST:
            raise NoAmount
        if value == int(value):
            return Decimal(int(value))
        sen = round(value, 2)
        return round_half_up(sen, 2) if abs(value - sen) <= max(1e-6, abs(value) * 4e-16) else to_decimal(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise NoAmount
    if value.strip().lower() == "null":
        return None
    reading = read_number(value)
    if reading.kind == "blank":
        return None
    if reading.kind == "ambiguous" and not reading.unit:
        return reading.alternatives[0]
    if reading.value is None or reading.unit or reading.kind not in ("number", "dash") or abs(reading.value) >= MOST:
        raise NoAmount
    return reading.value


def text(value: Value) -> str:
    """What a cell says as one line; "" for a blank one and for ``null``."""
    found = shown(value)
    return "" if found.lower() in ("null", "-") else found


_DOTTED = re.compile(r"[0-9X]+(?:\.[0-9X]+)*", re.IGNORECASE)
_ACCOUNT = re.compile(r"[1-9](?:\.\d(?:\.\d{1,2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?)?)?")
_ODD_ACCOUNT = re.compile(r"[1-9](?:\.\d){2}(?:\.\d{2}){1,3}(?:\.\d{4})?")
_STRUCTURE = re.compile(
    r"[\dX]\.[\dX]{2}(?:\.\d{2}(?:\.\d{1,2}\.\d{2}(?:\.\d{2,4})?)?)?|[\dX]\.[\dX]{2}\.\d{2}\.\d\.\d{3}", re.IGNORECASE
)
_UNIT = re.compile(r"\d\.\d{2}(?:\.\d\.\d{2}){2}\.\d{2}(?:\.\d{4})?")
_JOINED = re.compile(
    r"([\dX]\.[\dX]{2}\.\d{2}\.\d{1,2}\.\d{2}\.\d{2,4})[. /-]\s*([4-7]\.\d(?:\.\d{1,2}){1,4}(?:\.\d{4})?)",
    re.IGNORECASE,
)
_CODE_LIKE = re.compile(r"[\dX]+(?:\.[\dX]+){3,}", re.IGNORECASE)
_LEADING = re.compile(
    r"([\dX]\.[\dX]{2}(?:\.\d+)*|[4-7](?:\.\d+)+|[4-7])\.?[\s:-]+(?=\D)(.*)", re.IGNORECASE | re.DOTALL
)


def code(value: Value) -> str:
    """A code as text, blanks between its parts as dots (``5 2 2 01``); other texts as they are."""
    found = text(value).strip(" .")
    dotted = re.sub(r"\s*\.\s*|\s+", ".", found)
    return dotted if _DOTTED.fullmatch(dotted) else found


def kind_of(found: str) -> str:
    """What a code is: ``account`` (rekening), ``structure`` (urusan to sub kegiatan), ``unit`` (SKPD, sub unit); "" for none of them.

    A bidang urusan has two digits behind its first dot (5.01), a kelompok of belanja one (5.1).
    """
    if _UNIT.fullmatch(found):
        return "unit"
    if _STRUCTURE.fullmatch(found) or found in ("1", "2", "3", "8", "9"):
        return "structure"
    if _ACCOUNT.fullmatch(found) or _ODD_ACCOUNT.fullmatch(found):
        return "account"
    return ""


def parted(found: str) -> tuple[str, str]:
    """Sub kegiatan and rekening of a code that joins both; the second is "" where it joins nothing."""
    match = _JOINED.fullmatch(found)
    return (match[1], match[2]) if match else (found, "")


def code_and_name(value: Value) -> tuple[str, str]:
    """Code and name that stand in one cell: ``1.06.01.2.01.0001 Penyusunan ...``; ("", text) where no code stands in front."""
    found = text(value)
    match = _LEADING.fullmatch(found)
    if match:
        return match[1], match[2].strip()
    return (code(found), "") if is_code(code(found)) else ("", found)


def is_code(found: str) -> bool:
    """Whether a text is a code of any kind, joined ones and those of an unknown shape (four parts at least) among them."""
    return bool(kind_of(found) or _CODE_LIKE.fullmatch(found))


def rupiah(value: Decimal, lang: str = "id") -> str:
    """An amount as it is said in a sentence."""
    return say_rupiah(value, lang)
