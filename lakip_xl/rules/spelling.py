"""A number in words and as it is typed, for remedies that must leave no doubt which of two readings is meant."""

from __future__ import annotations

from decimal import Decimal

from lakip_xl.errors import Text

_ID = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_GROUPS = (
    (10**12, "triliun", "trillion"),
    (10**9, "miliar", "billion"),
    (10**6, "juta", "million"),
    (1000, "ribu", "thousand"),
)
_LARGEST = Decimal(10) ** 15


def in_words(number: Decimal) -> Text:
    """``seribu dua ratus tiga puluh empat``, ``satu koma dua tiga empat``; digits where words would be endless."""
    digits = _digits(abs(number))
    whole, _, decimals = digits.partition(".")
    if int(whole) >= _LARGEST:
        return typed(number)
    indonesian, english = _indonesian(int(whole)), _english(int(whole))
    if decimals:
        indonesian += " koma " + " ".join(_ID[int(digit)] for digit in decimals)
        english += " point " + " ".join(_EN[int(digit)] for digit in decimals)
    return Text("minus " * (number < 0) + indonesian, "minus " * (number < 0) + english)


def typed(number: Decimal) -> Text:
    """The number without marks between thousands, as it is typed into a cell."""
    digits = _digits(number)
    return Text(digits.replace(".", ","), digits)


def _digits(number: Decimal) -> str:
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _indonesian(number: int) -> str:
    if number < 12:
        return _ID[number]
    if number < 20:
        return f"{_ID[number - 10]} belas"
    if number < 100:
        return _joined(f"{_ID[number // 10]} puluh", number % 10, _indonesian)
    if number < 1000:
        hundreds = number // 100
        return _joined("seratus" if hundreds == 1 else f"{_ID[hundreds]} ratus", number % 100, _indonesian)
    size, word, _ = next(group for group in _GROUPS if number >= group[0])
    many = number // size
    head = "seribu" if many == 1 and size == 1000 else f"{_indonesian(many)} {word}"
    return _joined(head, number % size, _indonesian)


def _english(number: int) -> str:
    if number < 20:
        return _EN[number]
    if number < 100:
        return _joined(_TENS[number // 10 - 2], number % 10, _english, "-")
    if number < 1000:
        return _joined(f"{_EN[number // 100]} hundred", number % 100, _english)
    size, _, word = next(group for group in _GROUPS if number >= group[0])
    return _joined(f"{_english(number // size)} {word}", number % size, _english)


def _joined(head: str, rest: int, said: object, mark: str = " ") -> str:
    return head + mark + said(rest) if rest else head  # type: ignore[operator]
