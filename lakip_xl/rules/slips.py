"""Slips that make a capaian or a serapan extreme: where one of them is the cause, it is the finding, and the bounds keep silent."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from lakip_xl.form.formulas import HIGHER, LAST, PERCENT_UNITS, POSITION_UNITS, SUM
from lakip_xl.form.spec import Period
from lakip_xl.rules.reading import PAGU, SPENT, blank, by_hand, figure, money, share
from lakip_xl.table.model import Document, Row, Table

OVERFLOWS = frozenset(
    map(Decimal, (2147483647, -2147483648, 4294967295, 9223372036854775807, 9223372036854776000, 9223372036854770000))
)
"""What programs store in place of a number that is too large for 32 or 64 bits; the last two as Excel keeps it."""

QUARTERS = ("tw1", "tw2", "tw3", "tw4")


def explained(document: Document, table: Table, row: Row) -> bool:
    """Whether a finding of its own says why the capaian of a row is extreme."""
    return (
        any(figure(row, key) in OVERFLOWS for key in ("target", "realisasi"))
        or bool(percent_slip(row))
        or (blank(row.entry("arah")) and seems_to_fall(row))
        or way_slip(document, table, row) is not None
    )


def in_percent(row: Row) -> bool:
    """Whether the satuan of a row is a percentage, as the form's formulas see it."""
    return row.text_of("satuan").casefold() in PERCENT_UNITS


def percent_slip(row: Row) -> str:
    """The figure of a row in percent that is a fraction of 1 where its counterpart is in percent points; "" where neither is.

    0,9 against 90. The two must lie within half and double of each other once scaled: 0,2 % against 90 % may be true.
    """
    if not in_percent(row):
        return ""
    target, real = figure(row, "target"), figure(row, "realisasi")
    if target is None or real is None or min(target, real) <= 0:
        return ""
    small, large, key = (target, real, "target") if target < real else (real, target, "realisasi")
    if small > 1 or large <= 1 or not 50 <= large / small <= 200:
        return ""
    # 1 is 100 % or 1 %: only a counterpart near 100 tells.
    return key if small < 1 or 80 <= large <= 110 else ""


# "Angka kematian ibu", "Persentase penduduk miskin": the figure itself is what should fall. Not "persentase penurunan ...".
_FALLS = re.compile(
    r"\W*(?:[0-9]+[.)]\s*)?(?:"
    r"(?:angka|tingkat|persentase|presentase|prosentase|jumlah|prevalensi|proporsi|rasio|indeks|laju|luas|frekuensi)\s+"
    r"(?:(?:penduduk|balita|anak|bayi|ibu|kejadian|kasus|keluarga|rumah tangga|usia|orang|warga|daerah|desa|wilayah|risiko)\s+){0,2}"
    r"(?:kemiskinan|miskin|pengangguran|kematian|kesakitan|morbiditas|mortalitas|stunting|stunted|wasting|underweight|gizi buruk|"
    r"gizi kurang|putus sekolah|buta (?:aksara|huruf)|kecelakaan|kebakaran|kriminalitas|kejahatan|pelanggaran|keluhan|pengaduan|"
    r"kekerasan|perceraian|(?:pernikahan|perkawinan) (?:usia )?(?:dini|anak)|(?:kawasan |permukiman |pemukiman )?kumuh|inflasi|"
    r"ketimpangan|gini|pencemaran|kemacetan|kehilangan air|tertinggal|rawan pangan|bencana|temuan)"
    r"|(?:indeks |koefisien |rasio )?gini(?: rasio)?|inflasi|kemiskinan|(?:aki|akb|tpt))\b",
    re.IGNORECASE,
)
# What is done about it should rise: "jumlah kasus kekerasan yang ditangani", "jumlah penduduk miskin penerima bantuan".
_RISES = re.compile(
    r"\b(?:yang|penerima|bantuan|tindak|penanganan|penyelesaian|penurunan|pengurangan|pencegahan|layanan|pelayanan|pembinaan|"
    r"turun|selesai|tanggap|respons?|dalam|(?:di|ter|me|ber)(?!hadap|buka|tentu|basis|sarkan|banding|sebut|jadi|lahirkan|nular)\w{4,})\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\W*(?:[0-9]+[.)]\s*)?jumlah\s+(?!kasus|kejadian|keluhan|pelanggaran|kecelakaan|kebakaran)", re.IGNORECASE
)
_OUTPUTS = frozenset(("dokumen", "laporan", "kegiatan", "paket", "rekomendasi", "kali", "layanan", "lembaga", "unit"))


def seems_to_fall(row: Row) -> bool:
    """Whether the words of an indicator name something that should become less, such as kemiskinan or kematian."""
    text = row.text_of("indikator")
    match = _FALLS.match(text)
    if match is None or row.text_of("satuan").casefold() in _OUTPUTS:
        return False
    if (row.head or row).level == "sub kegiatan" and _PEOPLE.match(text):
        return False  # the output of a sub kegiatan is whom it reached
    return not _RISES.search(text, match.end())


class Way(NamedTuple):
    """Quarters that the form gathers in one way where another fits: the CARA HITUNG to choose, and both results."""

    choose: str
    now: Decimal
    then: Decimal


def way_slip(document: Document, table: Table, row: Row) -> Way | None:
    """The CARA HITUNG that quarters seem to need where it is blank and the default makes the capaian extreme; None elsewhere."""
    if not table.has("tw1") or not blank(row.entry("cara_hitung")) or by_hand(row, "realisasi") is not None:
        return None
    quarters = [value for key in QUARTERS if (value := row.number_of(key)) is not None]
    target = figure(row, "target")
    if len(quarters) < 2 or not target or row.text_of("arah") not in ("", HIGHER):
        return None
    added, last = sum(quarters, Decimal(0)), quarters[-1]
    if row.text_of("satuan").casefold() in POSITION_UNITS:
        # Only a whole year tells: two quarters of 1 are half of a target of 2, and its sum by chance.
        near = len(quarters) == len(QUARTERS) and Decimal("0.98") * target <= added <= Decimal("1.02") * target
        return Way(SUM, last, added) if near and last < Decimal("0.7") * target else None
    rising = all(one <= other for one, other in pairwise(quarters))
    near = Decimal("0.7") * target <= last <= Decimal("1.1") * target
    return Way(LAST, added, last) if rising and near and added > Decimal("1.1") * target else None


_THOUSAND = Decimal(1000)


def thousands_slip(document: Document, row: Row) -> str:
    """Which amount of a row seems to lack its last three digits: SPENT, PAGU or ""; either the typed % says so, or the end of the year.

    11.632.752 against 12.463.335.063. Early in a year a thousandth may well be all that was spent.
    """
    pagu, spent = money(row, PAGU), money(row, SPENT)
    if not pagu or not spent or max(pagu, spent) < 1_000_000:
        return ""
    key = SPENT if spent < pagu else PAGU
    true = share(spent * _THOUSAND, pagu) if key == SPENT else share(spent, pagu * _THOUSAND)
    if true is None or not 50 <= true <= 101:
        return ""
    typed = by_hand(row, "persen")
    if typed is not None and abs(typed - true) <= 2:
        return key
    return key if document.settings.period is Period.YEAR and typed is None else ""


def contradicted_by_thousands(document: Document, row: Row) -> bool:
    """Whether the typed percentage shows that an amount lacks three digits: then that error is the finding, and nothing else."""
    return bool(thousands_slip(document, row)) and by_hand(row, "persen") is not None
