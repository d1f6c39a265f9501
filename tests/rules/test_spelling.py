"""Numbers in words and as they are typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lakip_xl.rules.spelling import in_words, typed


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        ("0", "nol", "zero"),
        ("11", "sebelas", "eleven"),
        ("12", "dua belas", "twelve"),
        ("19", "sembilan belas", "nineteen"),
        ("20", "dua puluh", "twenty"),
        ("99", "sembilan puluh sembilan", "ninety-nine"),
        ("100", "seratus", "one hundred"),
        ("211", "dua ratus sebelas", "two hundred eleven"),
        ("1000", "seribu", "one thousand"),
        ("1234", "seribu dua ratus tiga puluh empat", "one thousand two hundred thirty-four"),
        ("2000", "dua ribu", "two thousand"),
        ("1000000", "satu juta", "one million"),
        ("1001000", "satu juta seribu", "one million one thousand"),
        ("3000000000", "tiga miliar", "three billion"),
        ("999999999999999",
         "sembilan ratus sembilan puluh sembilan triliun sembilan ratus sembilan puluh sembilan miliar sembilan ratus sembilan puluh "
         "sembilan juta sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan",
         "nine hundred ninety-nine trillion nine hundred ninety-nine billion nine hundred ninety-nine million nine hundred ninety-nine "
         "thousand nine hundred ninety-nine"),
        ("1000000000000000", "1000000000000000", "1000000000000000"),
        ("1.234", "satu koma dua tiga empat", "one point two three four"),
        ("1.000", "satu", "one"),
        ("-1.05", "minus satu koma nol lima", "minus one point zero five"),
    ],
)  # fmt: skip
def test_in_words(number: str, indonesian: str, english: str) -> None:
    said = in_words(Decimal(number))
    assert (said.id, said.en) == (indonesian, english)


def test_typed() -> None:
    assert typed(Decimal("1234")).id == "1234"
    assert typed(Decimal("1.230")) == ("1,23", "1.23")
    assert typed(Decimal("-0.5")).id == "-0,5"
