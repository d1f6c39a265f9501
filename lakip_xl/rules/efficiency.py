"""Efisiensi of a document by both methods, exact: the figures that Ringkasan shows live, for whoever needs them without a sheet.

The formulas and their source stand in ``form.efficiency``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lakip_xl.findings import Finding
from lakip_xl.form.efficiency import LIMIT, REGULATION
from lakip_xl.form.spec import Period
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.overall import (
    outputs,
    own_capaian,
    program_mean,
    sasaran_mean,
    seen_number,
    seen_sum,
    seen_total,
)
from lakip_xl.rules.reading import PAGU, SPENT, share
from lakip_xl.table.model import Document, Row

NEEDED = {"capaian": "capaian", PAGU: "anggaran", SPENT: "realisasi anggaran"}
"""The columns without which a matrix says nothing by the regulation's formula, and the words for them."""

# Program 01 of every urusan is the Penunjang, its second kegiatan Administrasi Keuangan (1 provinsi, 2 kabupaten/kota), and the first
# sub kegiatan there the gaji. The same ending under another program is something else: 1.06.05.2.02.0001 is Pendataan Fakir Miskin.
_PAY_CODE = re.compile(r"[0-9X]+\.[0-9X]+\.0?1\.[12]\.0?2\.0*1", re.IGNORECASE)
_PAY_NAME = re.compile(r"(?:(?:penyediaan|pembayaran|belanja) )?gaji (?:dan|&) tunjangan\b")

# Findings that say that target and realisasi, or capaian, are not in the unit that they should be in.
_UNITS = {
    "CP03": ("satuan", "kali", "bulan"),
    "CP04": ("kali", "bulan"),
    "IS23": ("", "banyak"),
    "IS24": ("", "banyak"),
    "IS25": ("", "banyak"),
}
_MEASURES = ("target", "realisasi", "capaian")


@dataclass(frozen=True, slots=True)
class Output:
    """A sub kegiatan: whether it is that of gaji, and whether a finding about its satuan is open."""

    row: Row
    pay: bool
    unresolved: bool


@dataclass(frozen=True, slots=True)
class Simple:
    """Capaian less serapan; rupiah and percent points, None where there is no number."""

    anggaran: Decimal | None
    realisasi: Decimal | None
    capaian: Decimal | None

    @property
    def serapan(self) -> Decimal | None:
        """Realisasi of the anggaran, percent."""
        return share(self.realisasi, self.anggaran)

    @property
    def points(self) -> Decimal | None:
        """Efisiensi in percent points."""
        return None if self.capaian is None or self.serapan is None else self.capaian - self.serapan


@dataclass(frozen=True, slots=True)
class Regulated:
    """The regulation's formula over some sub kegiatan; rupiah to the sen.

    worth       SUM(PAK x CK); ``spent`` is SUM(RAK) of the same rows
    counted     the rows in it; ``unresolved`` those left out because of an open finding about their satuan, ``incomplete`` those
                without capaian, pagu or realisasi
    """

    worth: Decimal
    spent: Decimal
    counted: int
    unresolved: int
    incomplete: int

    @property
    def rate(self) -> Decimal | None:
        """E before its limits, percent; None where nothing was achieved."""
        return (self.worth - self.spent) * 100 / self.worth if self.worth > 0 else None

    @property
    def limited(self) -> Decimal | None:
        """E within -20 and +20 percent."""
        return None if self.rate is None else max(Decimal(-LIMIT), min(Decimal(LIMIT), self.rate))

    @property
    def value(self) -> Decimal | None:
        """NE, 0 to 100 percent."""
        return None if self.limited is None else 50 + self.limited * 50 / LIMIT


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Efisiensi of an office by both methods, with and without gaji.

    method    the one that Pengaturan chooses, a word of ``form.efficiency``; ``cap`` what CK counts at most, None for no bound
    final     whether the report is that of the whole year; before, every figure is "sementara"
    basis     whose mean capaian the simple method takes: "sasaran", "program", or "" where there is none
    regulated None where the matrix lacks a column that it needs; so ``regulated_without_pay``
    """

    method: str
    cap: Decimal | None
    final: bool
    basis: str
    simple: Simple
    simple_without_pay: Simple
    regulated: Regulated | None
    regulated_without_pay: Regulated | None

    @property
    def chosen(self) -> Decimal | None:
        """THE efisiensi, gaji included: E within its limits in percent, or percent points; ``method`` says which."""
        if self.method == REGULATION:
            return None if self.regulated is None else self.regulated.limited
        return self.simple.points

    @property
    def unit(self) -> str:
        """The unit of ``chosen``."""
        return "%" if self.method == REGULATION else "poin"


def efficiency(document: Document, findings: Iterable[Finding]) -> Efficiency | None:
    """Efisiensi of a document as filled; ``findings`` are those of the document, settled. None where it holds no sub kegiatan."""
    if "matriks" not in document.tables:
        return None
    table, settings = document.matrix, document.settings
    listed = listed_outputs(document, findings)
    if not listed:
        return None
    per_sasaran = sasaran_mean(document)
    capaian = program_mean(document) if per_sasaran is None else per_sasaran
    money = {key: seen_total(table, key) for key in (PAGU, SPENT)}
    pay = {key: seen_sum([each.row for each in listed if each.pay], key) for key in (PAGU, SPENT)}
    rest = {key: _less(money[key], pay[key]) for key in money}
    needed = all(table.has(key) for key in NEEDED)
    return Efficiency(
        settings.method,
        settings.ck_cap,
        settings.period is Period.YEAR,
        "sasaran" if per_sasaran is not None else "" if capaian is None else "program",
        Simple(money[PAGU], money[SPENT], capaian),
        Simple(rest[PAGU], rest[SPENT], capaian),
        regulated(listed, settings.ck_cap) if needed else None,
        regulated([each for each in listed if not each.pay], settings.ck_cap) if needed else None,
    )


def listed_outputs(document: Document, findings: Iterable[Finding]) -> list[Output]:
    """The sub kegiatan of the matrix over which the regulation's formula runs, in sheet order."""
    table = document.matrix
    open_rows = {
        cell.row
        for finding in findings
        if finding.variant in _UNITS.get(finding.code, ()) and finding.column in _MEASURES and not finding.explained
        for cell in (finding.cell, *finding.related)
        if cell.sheet == table.sheet
    }
    return [
        Output(row, is_pay(row), any(each.number in open_rows for each in (row, *row.continuations)))
        for row in outputs(table)
    ]


def is_pay(row: Row) -> bool:
    """Whether a sub kegiatan is Penyediaan Gaji dan Tunjangan, by its kode or its name."""
    name = " ".join(row.text_of("uraian").casefold().split())
    return _PAY_CODE.fullmatch(row.text_of("kode").rstrip(".")) is not None or _PAY_NAME.match(name) is not None


def regulated(listed: Sequence[Output], cap: Decimal | None) -> Regulated:
    """The regulation's formula over some sub kegiatan, each capaian at most ``cap`` and never below 0."""
    worth = spent = Decimal(0)
    counted = unresolved = 0
    for each in listed:
        if each.unresolved:
            unresolved += 1
            continue
        pagu, used, ck = seen_number(each.row, PAGU), seen_number(each.row, SPENT), own_capaian(each.row, cap)
        if pagu is not None and used is not None and ck is not None and pagu > 0 and used >= 0:
            counted += 1
            worth += pagu * max(Decimal(0), ck) / 100
            spent += used
    # To the sen, as on the sheet: sums of floats would differ from engine to engine in their last digits.
    return Regulated(
        round_half_up(worth, 2), round_half_up(spent, 2), counted, unresolved, len(listed) - counted - unresolved
    )


def _less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if whole is None or part is None else whole - part
