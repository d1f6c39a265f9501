"""What the recap knows of one workbook: plain values that go from one process, or machine, to another and are few."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.errors import Text
from lakip_xl.findings import Severity

OPEN, EXPLAINED, TOLD = "terbuka", "dijelaskan", "informasi"
"""The states of a finding: to be mended or explained, explained, for information only."""


class Issue(NamedTuple):
    """A finding in few words: ``cell`` is its address inside ``sheet``, ``rupiah`` the money at stake."""

    severity: Severity
    code: str
    sheet: str
    cell: str
    message: str
    rupiah: Decimal | None
    state: str


class Program(NamedTuple):
    """A program of an office: rupiah (None where a cell shows no number), and the capaian of its own indicators in percent points."""

    urusan: str
    kode: str
    name: str
    anggaran: Decimal | None
    realisasi: Decimal | None
    capaian: float | None


class Left(NamedTuple):
    """A sub kegiatan of which money is left, in rupiah."""

    kode: str
    name: str
    anggaran: Decimal
    realisasi: Decimal

    @property
    def sisa(self) -> Decimal:
        return self.anggaran - self.realisasi


class Worth(NamedTuple):
    """What the regulation's formula of efisiensi adds up, rupiah: SUM(PAK x CK), and SUM(RAK) of the same sub kegiatan."""

    worth: Decimal
    spent: Decimal


class Datum(NamedTuple):
    """One cell of the form, for analysts: ``row`` is the sheet row, ``column`` the key of the form."""

    table: str
    record: str
    level: str
    row: int
    column: str
    number: Decimal | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """One file.

    name        its path inside the folder
    tool        the version that read it
    reason      why nothing could be read; then the rest is blank. ``aside`` means that it is no one's workbook, but an output of ours or
                a foreign file
    missing     the file was not there for whoever was to read it
    office, region, year, period   as Identitas says, "" and None where it does not; ``month`` is the last of the period
    by_file     Identitas names no office: ``office`` is the one of the list whose name the file bears
    sealed      it came in a sealed bundle
    anggaran, realisasi            totals of the matrix in rupiah; None where there is none, or no number
    capaian     the mean over sasaran in percent points, ``kategori`` its word ("" before the end of the year)
    iku, reached                   how many indicators Sasaran has, and of how many the capaian is 100 or more
    method      how Pengaturan has efisiensi calculated, a word of ``form.efficiency``; ``worth`` and ``worth_without_pay`` what the
                regulation's formula adds up, None where no sub kegiatan counts
    errors, open, explained, told  findings: to be mended, to be explained, explained, for information
    pk          how many targets, indicators or budgets of the PK differ from what is measured; None without a PK
    programs    and ``urusan``, the names by code that the matrix gives
    left        the largest sisa of rows without open findings, the largest first
    left_open   how many other sub kegiatan have a sisa, and how much
    figures     a digest of all figures: two files with the same one say the same, remarks aside
    """

    name: str
    tool: str
    reason: Text | None = None
    aside: bool = False
    missing: bool = False
    office: str = ""
    by_file: bool = False
    region: str = ""
    year: int | None = None
    period: str = ""
    month: int = 12
    sealed: bool = False
    anggaran: Decimal | None = None
    realisasi: Decimal | None = None
    capaian: float | None = None
    kategori: str = ""
    iku: int = 0
    reached: int = 0
    method: str = ""
    worth: Worth | None = None
    worth_without_pay: Worth | None = None
    errors: int = 0
    open: int = 0
    explained: int = 0
    told: int = 0
    pk: int | None = None
    programs: tuple[Program, ...] = ()
    urusan: tuple[tuple[str, str], ...] = ()
    left: tuple[Left, ...] = ()
    left_open: tuple[int, Decimal] = (0, Decimal(0))
    figures: str = ""
    issues: tuple[Issue, ...] = ()
    data: tuple[Datum, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is open: only then may it be ranked."""
        return not (self.errors or self.open)
