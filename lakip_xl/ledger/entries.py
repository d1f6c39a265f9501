"""What a treasury ledger says, whatever its form: spending by month, spending to date, pagu, and the budget by month.

Persons' names, NIP and descriptions of documents are dropped while reading and never stand in any of these.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from lakip_xl.errors import Text


class Basis(Enum):
    """The dasar realisasi of a ledger: what counts as spent."""

    PAID = "SP2D/LRA"  # paid out by the treasury, or in the accounts
    SPENT = "SPJ/BKU"  # accounted for by the office's bendahara


class Key(NamedTuple):
    """Where spending belongs. ``unit`` is the code of the sub unit (Sub SKPD), ``kode`` that of the sub kegiatan, ``rekening`` that of the
    account of belanja; "" where the ledger does not say, so that spending without a code is kept and named, never dropped.
    """

    unit: str
    kode: str
    rekening: str


class Place(NamedTuple):
    """Where a figure stands: the file's name, the sheet ("" for a text), the row or line, and the column's letters ("" for a text)."""

    file: str
    sheet: str
    row: int
    column: str = ""

    def __str__(self) -> str:
        """As a reader finds it: ``lra.xlsx: Data!R12``, or ``bku.csv: baris 12``."""
        return f"{self.file}: {self.sheet}!{self.column}{self.row}" if self.sheet else f"{self.file}: baris {self.row}"


class Posting(NamedTuple):
    """Spending of one month: one line of a ledger by documents, or the month's column of a ledger by balances. ``net`` is rupiah.

    ``returned`` is the setoran that ``net`` is already less by, in rupiah; ``document`` the number of the SP2D or document, "" where the
    ledger does not say. Both serve to name likely causes of a difference, never to work out a sum.
    """

    key: Key
    month: int
    net: Decimal
    place: Place
    returned: Decimal = Decimal(0)
    document: str = ""


class Balance(NamedTuple):
    """What a ledger says of one key up to the end of ``month`` (0 where it says no month): spent to date, and pagu; rupiah, None
    where it does not say. With rekening "" it is all that a sub kegiatan has; those with a rekening beside it are its parts."""

    key: Key
    month: int
    to_date: Decimal | None
    pagu: Decimal | None
    place: Place


class Planned(NamedTuple):
    """The anggaran kas (RAK) of one key: rupiah for January to December."""

    key: Key
    months: tuple[Decimal, ...]
    place: Place


@dataclass
class Ledger:
    """One ledger that was read.

    file      its name, without a folder
    form      which form it has, a key of ``ledger.forms``
    basis     what counts as spent in it; None for a ledger of budgets
    year      the fiscal year, None where it does not say
    months    the months that it speaks of, in order: of those it holds all
    units     the sub units (code -> name), ``office`` the code and name of the SKPD, "" where it does not say
    offices   every SKPD that it speaks of (code -> name), where it says; ``office`` is blank where they are several
    notes     what a reader of the ledger should know: what in it was not counted, and what it comes to
    names     what the ledger calls a sub kegiatan: (unit, kode) -> name; ``accounts`` a rekening: code -> name
    """

    file: str
    form: str
    basis: Basis | None
    year: int | None
    months: tuple[int, ...]
    postings: list[Posting] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    office: tuple[str, str] = ("", "")
    units: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)
