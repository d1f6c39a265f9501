"""What came out of a comparison of matrix and ledger: an item for each total, sub kegiatan and rekening, and what moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.form import formulas
from lakip_xl.ledger.dates import MONTHS_EN
from lakip_xl.ledger.entries import Basis, Place

NOTHING = Decimal(0)

MONTHS = tuple(Text(id, en) for id, en in zip(formulas.MONTHS, MONTHS_EN, strict=True))
"""The names of the months, January first."""


def month_name(month: int) -> Text:
    """The name of month 1 to 12."""
    return MONTHS[month - 1]


class Level(Enum):
    """At what an item compares; the value is the word of the JSON contract."""

    TOTAL = "total"
    SUB = "sub_kegiatan"
    ACCOUNT = "rekening"


class Status(Enum):
    """How matrix and ledger stand to each other in an item; the value is the word of the JSON contract."""

    MATCHED = "matched"
    DIFFERENT = "different"
    ONLY_MATRIX = "only_matrix"
    ONLY_LEDGER = "only_ledger"
    DUPLICATE = "duplicate"
    PAGU = "pagu_mismatch"
    UNREADABLE = "unreadable"

    @property
    def word(self) -> Text:
        """The status as people read it."""
        return _WORDS[self]


_WORDS = {
    Status.MATCHED: Text("cocok", "matched"),
    Status.DIFFERENT: Text("berbeda", "different"),
    Status.ONLY_MATRIX: Text("hanya di matriks", "only in the matrix"),
    Status.ONLY_LEDGER: Text("hanya di buku besar", "only in the ledger"),
    Status.DUPLICATE: Text("kode ganda di matriks", "code twice in the matrix"),
    Status.PAGU: Text("pagu berbeda", "pagu differs"),
    Status.UNREADABLE: Text("angka matriks tidak terbaca", "figure of the matrix cannot be read"),
}

CAUSES = (
    Text("GU/TU sudah SPJ, SP2D atau pengesahan belum terbit", "GU/TU accounted for, SP2D or approval not issued yet"),
    Text("SP2D LS beda bulan (SPM, SP2D, pencairan)", "SP2D LS in another month (SPM, SP2D, payment)"),
    Text("Pengembalian belanja (STS, contra post) belum dicatat", "Returned spending (STS, contra post) not recorded yet"),
    Text("Salah sub kegiatan atau rekening (ralat SPJ, jurnal koreksi)", "Wrong sub-activity or account (correction of SPJ, journal)"),
    Text("Gaji dicatat neto, bukan bruto", "Salaries recorded net, not gross"),
    Text("Pengesahan BLUD/BOS/FKTP (SP2B/SP3B) belum terbit", "Approval for BLUD/BOS/FKTP (SP2B/SP3B) not issued yet"),
    Text("Retur SP2D", "SP2D returned by the bank"),
    Text("KKPD belum dipertanggungjawabkan", "Government credit card (KKPD) not accounted for yet"),
    Text("Pagu beda dokumen (DPA, pergeseran, DPPA)", "Pagu from another document (DPA, shift, DPPA)"),
    Text("Belum diinput pada matriks", "Not entered in the matrix yet"),
    Text("Dokumen ganda", "Document counted twice"),
    Text("Lainnya (jelaskan)", "Other (explain)"),
)  # fmt: skip
"""The causes of a difference from which a clerk picks, numbered from 1. Practice of the trade, no regulation lists them."""


def cause_line(number: int) -> str:
    """A cause as the list of the workbook writes it: ``4 Salah sub kegiatan ...`` (Indonesian, as all official words)."""
    return f"{number} {CAUSES[number - 1].id}"


@dataclass(slots=True)
class Figures:
    """One figure on both sides, in rupiah: None where a side holds none. ``compared`` is False where the two cannot be set against
    each other (a month is missing, a cell cannot be read)."""

    matrix: Decimal | None = None
    ledger: Decimal | None = None
    compared: bool = True

    @property
    def difference(self) -> Decimal | None:
        """Selisih = matriks - buku besar, in rupiah; a blank side counts as nothing; None where they are not compared."""
        return (self.matrix or NOTHING) - (self.ledger or NOTHING) if self.compared else None

    def apart(self, tolerance: Decimal = NOTHING) -> bool:
        """Whether the two differ by more than the tolerance (rupiah)."""
        return self.compared and abs((self.matrix or NOTHING) - (self.ledger or NOTHING)) > tolerance


class Offer(NamedTuple):
    """What may be the counterpart of an item that has none: never assumed. ``likeness`` is percent of the letters."""

    kode: str
    name: str
    likeness: float
    cell: Cell | None = None


class Written(NamedTuple):
    """What people wrote for an item in an earlier reconciliation: the cause they picked, and the follow-up."""

    cause: str
    follow_up: str


@dataclass(slots=True, eq=False)
class Item:
    """One thing compared.

    key           address-free: level, unit, kode, rekening (or the name, where there is no code); causes are carried over by it
    cells         where the matrix says so: realisasi to date, pagu, and the month's figure where there is one
    places        where the ledger says so
    ledger_name   what the ledger calls it, "" where it does not say; ``renamed`` when that is another name than the matrix has
    by_name       the two were found to be one by name, since a code is missing
    apart         months of the year, other than the month compared, in which the two differ, with the difference
    cause, reason a likely cause (1 to 12) and why it is likely: a proposal that a person confirms; None where nothing speaks for one
    partner       the item with the equal and opposite difference, where that is the likely cause
    offers        near misses by name, for an item that has no counterpart
    written       what people wrote for it before
    """

    level: Level
    key: str
    unit: str = ""
    kode: str = ""
    rekening: str = ""
    name: str = ""
    month: Figures = field(default_factory=Figures)
    to_date: Figures = field(default_factory=Figures)
    pagu: Figures = field(default_factory=Figures)
    status: Status = Status.MATCHED
    cells: tuple[Cell, ...] = ()
    places: tuple[Place, ...] = ()
    ledger_name: str = ""
    renamed: bool = False
    by_name: bool = False
    apart: tuple[tuple[int, Decimal], ...] = ()
    pagu_apart: bool = False
    cause: int | None = None
    reason: Text | None = None
    partner: Item | None = None
    offers: tuple[Offer, ...] = ()
    written: Written | None = None
    record: str = ""

    @property
    def agrees(self) -> bool:
        """Whether nothing is to be done about it."""
        return self.status is Status.MATCHED and not self.pagu_apart

    @property
    def within(self) -> Decimal:
        """Rupiah by which the two differ all the same, within the tolerance; 0 where they are equal or the item is a difference."""
        if not self.agrees:
            return NOTHING
        return max(abs(figures.difference or NOTHING) for figures in (self.month, self.to_date, self.pagu))

    @property
    def at_stake(self) -> Decimal:
        """The largest difference in rupiah, for ranking; that of the pagu counts only where nothing else differs."""
        found = [abs(f.difference or NOTHING) for f in (self.month, self.to_date)]
        return max(*found) or abs(self.pagu.difference or NOTHING)


class Moved(NamedTuple):
    """A row against the same row of last month's workbook: rupiah before and now, and its cell."""

    kode: str
    name: str
    before: Decimal
    now: Decimal
    cell: Cell
    correction: bool = False


class Gone(NamedTuple):
    """A row that last month's workbook had and this one has not, with its realisasi to date then (rupiah, None where blank)."""

    kode: str
    name: str
    to_date: Decimal | None


class Point(NamedTuple):
    """One month of the year: anggaran kas and realisasi to date at its end, in rupiah; realisasi None after the month compared."""

    month: int
    planned: Decimal
    spent: Decimal | None


@dataclass
class Comparison:
    """Matrix and ledger of an office, compared up to the end of ``month``.

    basis        the dasar realisasi; ``tolerance`` the rupiah up to which a difference does not count
    items        total first, then sub kegiatan in the order of the matrix (those of the ledger alone after them), then rekening
    notes        what was not compared and why, and what replaced what; each said once
    missing      months for which no ledger was given, so that realisasi to date is not compared
    fell         rows whose realisasi to date is less than last month; ``shifted`` whose anggaran moved
    came, gone   rows that are new, and rows that are no longer there
    course       by month: anggaran kas and realisasi to date; empty without anggaran kas
    course_of    whose realisasi the course shows: "matriks" or "buku besar"
    record_number, second_party  the number of the record and the office of its second party, as written in an earlier one; "" where blank
    office, year what the workbook says of itself; ``files`` the ledgers by name, ``previous`` last month's workbook
    """

    month: int
    basis: Basis
    tolerance: Decimal
    items: list[Item]
    notes: list[Text] = field(default_factory=list)
    missing: tuple[int, ...] = ()
    fell: list[Moved] = field(default_factory=list)
    shifted: list[Moved] = field(default_factory=list)
    came: list[Moved] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    course: list[Point] = field(default_factory=list)
    course_of: str = ""
    office: str = ""
    region: str = ""
    year: int | None = None
    files: tuple[str, ...] = ()
    previous: str = ""
    record_number: str = ""
    second_party: str = ""

    @property
    def total(self) -> Item:
        """The item of the whole office."""
        return self.items[0]

    def at(self, level: Level) -> list[Item]:
        """The items of one level."""
        return [item for item in self.items if item.level is level]

    @property
    def differences(self) -> list[Item]:
        """The items that do not agree, most rupiah first, each difference once: the total only where nothing below tells why."""
        below = [item for item in self.items if item.level is not Level.TOTAL and not item.agrees]
        found = below or [item for item in self.items if not item.agrees]
        return sorted(found, key=lambda item: -item.at_stake)

    @property
    def within(self) -> tuple[int, Decimal]:
        """How many items differ within the tolerance, and the rupiah of all of them; of the total where no item below it does."""
        below = [item.within for item in self.items if item.level is not Level.TOTAL and item.within]
        found = below or [item.within for item in self.items if item.within]
        return len(found), sum(found, NOTHING)

    @property
    def exit_code(self) -> int:
        """0 where what was asked was compared and agrees, 1 where something differs or nothing could be compared."""
        differs = any(not item.agrees for item in self.items) or any(not moved.correction for moved in self.fell)
        return int(differs or not self.compared)

    @property
    def compared(self) -> bool:
        """Whether the spending of the office was compared at all, of the month or to date."""
        return self.total.to_date.compared or self.total.month.compared
