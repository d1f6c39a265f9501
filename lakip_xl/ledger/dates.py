"""Dates and periods as offices and treasury programs write them: Indonesian, ISO, dd/mm/yyyy, and the day numbers of Excel."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from lakip_xl.cells import Value

MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The months in English, as messages say them; the Indonesian ones are the form's."""

_NAMES = {
    word: number
    for number, words in enumerate(
        (
            "januari jan january", "februari feb pebruari peb february", "maret mar mrt march", "april apr", "mei may", "juni jun june",
            "juli jul july", "agustus agu agt ags aug august", "september sep sept", "oktober okt oct october",
            "november nov nopember nop", "desember des dec december",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip

_WORD = "|".join(sorted(_NAMES, key=len, reverse=True))
_SPELLED = re.compile(rf"(?:\w+,\s*)?(\d{{1,2}})[\s./-]+({_WORD})[\s.,/-]+(\d{{4}}|\d\d)(?:[\s,].*)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[\s,].*)?")
_FIRST_DAY, _LAST_DAY = 36526, 73415  # 2000 to 2100: other numbers in a column of dates are no dates
_WIB, _WIT = timezone(timedelta(hours=7)), timezone(timedelta(hours=9))


def read_date(value: Value, date_1904: bool = False) -> date | None:
    """The date that a cell holds; None where it cannot be told.

    A time of UTC (``2025-01-31T17:00:00Z``) counts in Indonesia, where that is 1 February; where the zones of Indonesia would disagree
    on the month, only a time that is midnight in one of them tells.
    """
    if isinstance(value, float):
        serial = value + (1462 if date_1904 else 0)
        return date(1899, 12, 30) + timedelta(days=int(serial)) if _FIRST_DAY <= serial <= _LAST_DAY else None
    return _of_text(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _of_text(text: str) -> date | None:
    text = " ".join(text.split())
    try:
        if found := _ISO.fullmatch(text):
            return _iso(found)
        if found := _SPELLED.fullmatch(text):
            year = int(found[3])
            return date(year if year > 99 else 2000 + year, _NAMES[found[2].lower()], int(found[1]))
        if found := _NUMBERS.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def _iso(found: re.Match[str]) -> date | None:
    day = date(int(found[1]), int(found[2]), int(found[3]))
    if found[7] not in ("Z", "+00:00", "+0000"):
        return day
    moment = datetime(day.year, day.month, day.day, int(found[4]), int(found[5]), int(found[6] or 0), tzinfo=UTC)
    west, east = moment.astimezone(_WIB), moment.astimezone(_WIT)
    if (west.year, west.month) == (east.year, east.month):
        return west.date()
    midnight = moment.minute == 0 and moment.second == 0
    return east.date() if midnight else None


def read_month(value: Value) -> int | None:
    """The month that a cell names: ``Maret``, ``3``, ``03``; None where it names none (also for 0 and 13)."""
    if isinstance(value, str) and value.strip().lower() in _NAMES:
        return _NAMES[value.strip().lower()]
    if isinstance(value, str) and value.strip().isdigit():
        value = float(value)
    return int(value) if isinstance(value, float) and value in range(1, 13) else None


_NAMED = re.compile(rf"\b({_WORD})\b\.?\s*,?\s*(20\d\d)?\b", re.IGNORECASE)
_SLASHED = re.compile(r"\b\d{1,2}[/-](\d{1,2})[/-](20\d\d)\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_NO_PERIOD = re.compile(r"cetak|print|nomor|peraturan|perda|perbup|perwali", re.IGNORECASE)
_QUARTER = re.compile(r"\b(?:triwulan|tw)\s*\.?\s*(iv|i{1,3}|[1-4])\b", re.IGNORECASE)
_SEMESTER = re.compile(r"\bsemester\s*(i{1,2}|[12]|pertama|kedua)\b", re.IGNORECASE)
_QUARTERS = {"i": 3, "1": 3, "ii": 6, "2": 6, "iii": 9, "3": 9, "iv": 12, "4": 12}
_SEMESTERS = {"i": 6, "1": 6, "pertama": 6, "ii": 12, "2": 12, "kedua": 12}


def period(titles: Iterable[str]) -> tuple[int | None, int | None]:
    """The year and the last month that the titles of a ledger speak of; None for what they do not say.

    ``Periode 1 Januari s.d. 31 Maret 2025`` ends in March. Of ``31 Desember 2025 dan 2024`` the year at the month counts. The day on
    which a page was printed, and numbers of regulations, are no period.
    """
    year: int | None = None
    month: int | None = None
    years: list[int] = []
    for title in titles:
        if _NO_PERIOD.search(title):
            continue
        years += map(int, _YEAR.findall(title))
        if month is not None:
            continue
        named = [(_NAMES[word.lower()], int(said) if said else None) for word, said in _NAMED.findall(title)]
        named += [(int(m), int(y)) for m, y in _SLASHED.findall(title) if 1 <= int(m) <= 12]
        if named:
            month = named[-1][0]
            year = next((said for _, said in reversed(named) if said), None)
        elif found := _QUARTER.search(title):
            month = _QUARTERS[found[1].lower()]
        elif found := _SEMESTER.search(title):
            month = _SEMESTERS[found[1].lower()]
    return (max(years) if years and year is None else year), month
