"""Numbers as offices spell them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lakip_xl.numbers import Reading, read_number, round_half_up, say_number, say_percent, say_rupiah, to_decimal

LANGS = ("id", "en")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.450.728.444,00", "2450728444.00"),
        ("1,004,422,800", "1004422800"),
        ("1,004,422,800.50", "1004422800.50"),
        ("1.234,567", "1234.567"),
        ("1,234.567", "1234.567"),
        ("Rp 2.951.000", "2951000"),
        ("Rp2.951.000", "2951000"),
        ("RP. 2.951.000,-", "2951000"),
        ("rp.1.765.000,00", "1765000.00"),
        ("IDR 1.765.000", "1765000"),
        ("97.548.000,-", "97548000"),
        ("97.548.000,=", "97548000"),
        ("97.548.000,--", "97548000"),
        ("97.548.000.-", "97548000"),
        ("5,-", "5"),
        ("1.234,-", "1234"),
        ("1,234,-", "1234"),
        ("Rp 1.234", "1234"),
        ("Rp 1.234,00", "1234.00"),
        ("Rp 88,6", "88.6"),
        ("97,00", "97.00"),
        ("88.6", "88.6"),
        ("88,6", "88.6"),
        ("4.25", "4.25"),
        (",5", "0.5"),
        (".125", "0.125"),
        ("0.123", "0.123"),
        ("0,123", "0.123"),
        ("1234,567", "1234.567"),
        ("12.3456", "12.3456"),
        ("206054", "206054"),
        ("1 234 567", "1234567"),
        ("1 234 567,5", "1234567.5"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1\u2009234\u202f567", "1234567"),
        ("\u00a0 5 \n", "5"),
        ("\u200b5\ufeff", "5"),
        ("(1.234,50)", "-1234.50"),
        ("(Rp 5.000)", "-5000"),
        ("Rp (5.000)", "-5000"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("\u20135", "-5"),
        ("- 5", "-5"),
        ("+5", "5"),
        ("-Rp 5", "-5"),
        ("Rp -5", "-5"),
        ("Rp 0", "0"),
        ("0,00", "0.00"),
    ],
)
def test_reads_a_number(text: str, value: str) -> None:
    reading = read_number(text)
    assert reading == Reading(Decimal(value), "number")
    assert str(reading.value) == value  # exact, the written zeros included


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("91,02%", "number", "91.02", "%"),
        ("91,02 %", "number", "91.02", "%"),
        ("91,02\u00a0%", "number", "91.02", "%"),
        ("(2,5%)", "number", "-2.5", "%"),
        ("100%", "number", "100", "%"),
        ("232 Org", "unit", "232", "Org"),
        ("232Org.", "unit", "232", "Org."),
        ("30 Orang/bulan", "unit", "30", "Orang/bulan"),
        ("30 orang / bulan", "unit", "30", "orang / bulan"),
        ("12\nDokumen", "unit", "12", "Dokumen"),
        ("1.234.567 m2", "unit", "1234567", "m2"),
        ("2,5 km\u00b2", "unit", "2.5", "km\u00b2"),
        ("5 Kepala Keluarga", "unit", "5", "Kepala Keluarga"),
        ("91,02 persen", "unit", "91.02", "persen"),
    ],
)
def test_keeps_the_unit_apart(text: str, kind: str, value: str, unit: str) -> None:
    assert read_number(text) == Reading(Decimal(value), kind, unit)


@pytest.mark.parametrize(
    ("text", "thousands", "decimals", "unit"),
    [
        ("1.234", "1234", "1.234", ""),
        ("1,234", "1234", "1.234", ""),
        ("-12.345", "-12345", "-12.345", ""),
        ("(123.456)", "-123456", "-123.456", ""),
        (
            "Rp 1,234",
            "1234",
            "1.234",
            "",
        ),  # a comma is no thousands mark here, yet nobody writes thousandths of a rupiah
        ("1.234 %", "1234", "1.234", "%"),
        ("1.234 orang", "1234", "1.234", "orang"),
    ],
)
def test_one_separator_and_three_digits_is_ambiguous(text: str, thousands: str, decimals: str, unit: str) -> None:
    assert read_number(text) == Reading(None, "ambiguous", unit, (Decimal(thousands), Decimal(decimals)))


@pytest.mark.parametrize("text", ["-", " - ", "\u2013", "\u2212", "Rp -", "Rp. -", "Rp-", "Rp.\u00a0-", "rp -"])
def test_a_lone_dash_is_zero_by_its_own_kind(text: str) -> None:
    assert read_number(text) == Reading(Decimal(0), "dash")


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\t\r\n", "\u2009\u202f", "\u200b"])
def test_blank(text: str) -> None:
    assert read_number(text) == Reading(None, "blank")


@pytest.mark.parametrize(
    "text", ["#DIV/0!", " #div/0! ", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#NULL!", "Err:502"]
)
def test_an_error_typed_as_text(text: str) -> None:
    assert read_number(text) == Reading(None, "error")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "12.34.567",
            "1.2345.678",
            "1.234.56",
            "1,2345,678",
            "0.123.456",
            "001.234.567",
            "1.234,567,890",
            "1.234.567,89,1",
        ),
        *(
            "1:17,9",
            "150-250",
            "150\u2013250",
            "20 - 30",
            "< 20 %",
            ">1",
            ">= 5",
            "\u00b15",
            "~5",
            "17/25",
            "12/05/2023",
        ),
        *(
            "13 ASN selama 14 bulan",
            "17 dari 25",
            "2 dari",
            "1. Nilai LHE AKIP 2. IKM",
            "lima",
            "WTP",
            "5 (lima) orang",
        ),
        *(
            "1e5",
            "1E5",
            "1E+05",
            "1,5e-3",
            "1 e",
            "1 e5",
            "inf",
            "-inf",
            "nan",
            "NaN",
            "Infinity",
            "0x1F",
            "0xFF",
            "5F",
            "1_000",
        ),
        *(
            "100\n200",
            "1\n234",
            "1\t234",
            "1  234 567",
            "12 34",
            "1 234 56",
            "1'234'567",
            "5.",
            "5,",
            "1.,2",
            "1..2",
            "5 %%",
            "%",
        ),
        *(
            "--5",
            "-(5)",
            "(-5)",
            "- -5",
            "-Rp -5",
            "(5",
            "5)",
            "((5))",
            "(5) orang",
            "5-",
            "()",
            "(-)",
            "--",
            "Rp",
            "Rp.",
            "Rp Rp 5",
        ),
        *(
            "Rp 2,5 miliar",
            "2,5 juta",
            "500 rb",
            "2.5 Million",
            "Rp 5.000/orang",
            "Rp 5 orang",
            "Rp 5 %",
            "5,- orang",
            "88,6,-",
        ),
        *(
            "\uff11\uff12\uff13",
            "\u0661\u0662",
            "\u00b2",
            "\u2155",
            "5 % naik",
            "\u20ac 5",
            "$5",
            "=5",
            "'5",
            "#",
            "#DIV",
            "\x00",
            "5\x00",
        ),
    ],
)
def test_what_is_no_number_stays_unread(text: str) -> None:
    assert read_number(text) == Reading(None, "none")


OFFICE_TEXT = st.text("0123456789.,-\u2212 ()%RpOrgeE+=/\u00a0\n", max_size=24)


@given(st.text() | OFFICE_TEXT)
@example("9" * 40_000)
@example("1" + ".000" * 8_000)
@example("1" + " " * 32_000 + "!")
@example("(" * 32_000)
@example("-" + "\u2212 " * 16_000)
@example("1 " + "a " * 16_000)
@example("1 " + "a/" * 16_000)
def test_never_raises_and_is_consistent(text: str) -> None:
    reading = read_number(text)
    assert reading.kind in {"number", "ambiguous", "unit", "dash", "blank", "error", "none"}
    assert (reading.value is not None) == (reading.kind in {"number", "unit", "dash"})
    assert len(reading.alternatives) == (2 if reading.kind == "ambiguous" else 0)
    assert all(value.is_finite() for value in (reading.value, *reading.alternatives) if value is not None)


def reads_as(text: str, value: Decimal) -> bool:
    reading = read_number(text)
    if reading.kind == "ambiguous":
        return value in reading.alternatives
    return reading.kind == "number" and reading.value == value


MONEY = st.decimals(min_value=-(10**15), max_value=10**15, places=2)


@given(st.decimals(min_value=-(10**18), max_value=10**18, places=6), st.sampled_from(LANGS))
def test_a_number_said_reads_back(value: Decimal, lang: str) -> None:
    assert reads_as(say_number(value, lang), value)


@given(MONEY, st.sampled_from(LANGS))
def test_rupiah_said_read_back(value: Decimal, lang: str) -> None:
    assert reads_as(say_rupiah(value, lang), value)


@given(MONEY)
def test_rupiah_said_in_indonesian_are_never_ambiguous(value: Decimal) -> None:
    assert read_number(say_rupiah(value, "id")).value == value


@given(MONEY, st.sampled_from(LANGS))
def test_a_percentage_said_reads_back(value: Decimal, lang: str) -> None:
    text = say_percent(value, lang)
    assert reads_as(text, value) and read_number(text).unit == "%"


@given(st.integers(-(10**12), 10**12), st.sampled_from(LANGS))
def test_brackets_negate_what_they_hold(value: int, lang: str) -> None:
    assert reads_as(f"({say_number(Decimal(abs(value)), lang)})", Decimal(-abs(value)))


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        (2.675, 2, "2.68"),  # the float lies below the half; Excel shows and rounds 2.675
        (1.005, 2, "1.01"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.001, 2, "0.00"),
        (91.01520397450115, 2, "91.02"),
        (1234.5, -2, "1200"),
        (1250.0, -2, "1300"),
        (1e300, 2, "1e300"),
        (5e-324, 2, "0"),
        (Decimal("99.995"), 2, "100.00"),
        (Decimal("12345678901234567890123456789012345.675"), 2, "12345678901234567890123456789012345.68"),
        (7, 2, "7"),
    ],
)
def test_halves_go_away_from_zero(value: float | Decimal, digits: int, rounded: str) -> None:
    assert round_half_up(value, digits) == Decimal(rounded)
    assert not (round_half_up(value, digits) == 0 and round_half_up(value, digits).is_signed())


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(-6, 12))
def test_rounding_moves_at_most_half_a_unit(value: float, digits: int) -> None:
    from fractions import Fraction

    exact, rounded = to_decimal(value), round_half_up(value, digits)
    assert rounded == 0 or rounded.as_tuple().exponent == -digits
    assert abs(Fraction(exact) - Fraction(rounded)) <= Fraction(10) ** -digits / 2
    assert float(exact) == value


@pytest.mark.parametrize(
    ("number", "text"), [(97.0, "97"), (0.1, "0.1"), (1e300, "1E+300"), (-0.5, "-0.5"), (420, "420")]
)
def test_a_float_is_its_shortest_decimal(number: float, text: str) -> None:
    assert str(to_decimal(number)) == text


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_not_finite_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        to_decimal(value)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (say_number(1234.5, "id"), "1.234,5"),
        (say_number(1234.5, "en"), "1,234.5"),
        (say_number(0.1 + 0.2, "id"), "0,3"),
        (say_number(100, "id"), "100"),
        (say_number(1000, "id"), "1.000"),
        (say_number(91.01520397450115, "id", 2), "91,02"),
        (say_number(90.40, "id", 2), "90,4"),
        (say_number(-0.0001, "id", 2), "0"),
        (say_number(12.5, "id", 0), "13"),
        (say_rupiah(2951000, "id"), "Rp 2.951.000"),
        (say_rupiah(2951000.0, "en"), "Rp 2,951,000"),
        (say_rupiah(Decimal("1234.5"), "id"), "Rp 1.234,50"),
        (say_rupiah(-5, "id"), "-Rp 5"),
        (say_rupiah(0, "id"), "Rp 0"),
        (say_rupiah(-0.001, "id"), "Rp 0"),
        (say_rupiah(Decimal(10) ** 30, "id"), "Rp 1" + ".000" * 10),
        (say_percent(98.64, "id"), "98,64 %"),
        (say_percent(1400.0, "id"), "1.400 %"),
        (say_percent(91.01520397450115, "en"), "91.02 %"),
        (say_percent(99.9966, "id", 4), "99,9966 %"),
    ],
)
def test_says_a_number(said: str, text: str) -> None:
    assert said == text
