"""Ledgers with a line for each document: SIPD-RI's Laporan Realisasi, the BKU, and tables with a date that are mapped by hand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xl.cells import Value
from lakip_xl.errors import Text
from lakip_xl.ledger import refusals
from lakip_xl.ledger.amounts import (
    SEN,
    ZERO,
    NoAmount,
    amount,
    code,
    code_and_name,
    kind_of,
    parted,
    rupiah,
    text,
)
from lakip_xl.ledger.dates import read_date, read_month
from lakip_xl.ledger.entries import Key, Ledger, Posting
from lakip_xl.ledger.found import Found
from lakip_xl.sources.tables import Row
from lakip_xl.table.locate import is_total_label

_CARRIED = ("jumlah", "total", "saldo", "sisa", "pindah", "dipindah")
_LETTERS = re.compile(r"[^a-z]+")
Cells = Mapping[int, Value]


@dataclass
class Lines:
    """What the lines of a ledger come to, while they are read."""

    found: Found
    postings: list[Posting] = field(default_factory=list)
    years: Counter[int] = field(default_factory=Counter)
    units: dict[str, str] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    keys: dict[Key, Key] = field(default_factory=dict)

    def money(self, row: int, cells: Cells, key: str) -> Decimal | None:
        """The rupiah of a column; None where the cell is blank or there is no such column. Raises LedgerRefused."""
        column = self.found.columns.get(key)
        value = None if column is None else cells.get(column)
        if value is None:
            return None
        try:
            return amount(value)
        except NoAmount:
            raise refusals.amount(self.found.place(row, key)) from None

    def get(self, cells: Cells, key: str) -> Value:
        """The value of a column, None where there is no such column."""
        column = self.found.columns.get(key)
        return None if column is None else cells.get(column)

    def month(self, row: int, cells: Cells, key: str) -> int:
        """The month of a date. Raises LedgerRefused for one that cannot be read."""
        value = self.get(cells, key)
        day = read_date(value, self.found.table.date_1904)
        if day is None:
            raise refusals.day(self.found.place(row, key), not text(value))
        self.years[day.year] += 1
        return day.month

    def key(self, cells: Cells) -> Key:
        """Where the spending of a line belongs; what the line calls it is kept. A joined code is parted."""
        joined, name = code_and_name(self.get(cells, "kode"))
        kode, beside = parted(joined)
        rekening, account = code_and_name(self.get(cells, "rekening"))
        before, behind = parted(code(rekening) if rekening else code(account))
        if behind:
            kode, rekening, account = kode or before, behind, ""
        rekening = rekening or beside or before
        kode = kode or name  # a sub kegiatan without a code is known by its name
        unit = code(self.get(cells, "unit"))
        made = Key(unit, kode, rekening)
        known = self.keys.get(made)
        if known is None:
            known = self.keys[made] = made
            if (named := text(self.get(cells, "nama")) or name) and kode:
                self.names.setdefault((unit, kode), named)
            named = text(self.get(cells, "nama_rekening")) or (account if account != before else "")
            if named and rekening:
                self.accounts.setdefault(rekening, named)
        office, title = code(self.get(cells, "skpd")), text(self.get(cells, "nama_skpd"))
        if office or title:
            self.offices.setdefault(office or title, title)
        if unit:
            self.units.setdefault(unit, text(self.get(cells, "nama_unit")))
        return known

    def ledger(self) -> Ledger:
        """The lines as a ledger. Raises LedgerRefused where they belong to several years."""
        found = self.found
        if len(self.years) > 1:
            raise refusals.year_of_lines(found.file, self.years)
        year = next(iter(self.years), found.year)
        offices = self.offices or found.offices
        months = tuple(sorted({posting.month for posting in self.postings}))
        return Ledger(
            found.file, found.form.key, found.form.basis, year, months, self.postings, office=sole(offices), units=self.units,
            names=self.names, accounts=self.accounts, offices=offices,
        )  # fmt: skip


def sole(offices: Mapping[str, str]) -> tuple[str, str]:
    """Code and name of the SKPD that a ledger speaks of; blank where there are several or none. One without a code has its name twice."""
    if len(offices) != 1:
        return "", ""
    found, name = next(iter(offices.items()))
    return ("" if found == name else found), name


class Sum:
    """The sum of one column, and the totals that the file says of it: of all, or of the rows since the last total."""

    def __init__(self, found: Found, key: str) -> None:
        self.found, self.key = found, key
        self.all = self.since = ZERO

    def add(self, value: Decimal) -> None:
        self.all += value
        self.since += value

    def check(self, row: int, cells: Cells) -> None:
        """Raises LedgerRefused where a total row says another sum. A row under the table that holds words there says none."""
        try:
            said = amount(cells.get(self.found.columns.get(self.key, 0)))
        except NoAmount:
            return
        if said is None:
            return
        if abs(said - self.all) >= SEN and abs(said - self.since) >= SEN:
            place = self.found.place(row, self.key)
            gap = min(abs(said - self.all), abs(said - self.since))
            raise refusals.sums_differ(
                place, rupiah(said), rupiah(self.all), rupiah(gap), ("jumlah di berkas", "the total in the file is")
            )
        self.since = ZERO


def is_total(cells: Cells) -> bool:
    """Whether a row is labelled as a total."""
    return any(is_total_label(value) for value in cells.values())


def _words(value: Value) -> set[str]:
    return set(_LETTERS.split(text(value).casefold()))


def sipd(found: Found) -> Ledger:
    """A SIPD-RI Laporan Realisasi per dokumen. Month: Tanggal Transfer of SPP-LS, else Tanggal Dokumen; net: realisasi less setoran.

    A document is known by its number (of the SP2D, for LS), sub kegiatan and rekening, with the SPD for TBP UP/GU/TU and the DPT for
    TBP-KKPD. Raises LedgerRefused for documents that stand there twice, for amounts and dates that cannot be read, for mixed years.
    """
    lines = Lines(found)
    spent, returned = Sum(found, "realisasi"), Sum(found, "setoran")
    first: dict[tuple[object, ...], tuple[int, Decimal, Decimal]] = {}
    again: dict[tuple[object, ...], list[tuple[int, bool]]] = defaultdict(list)
    unnumbered: list[int] = []
    kinds: dict[tuple[Value, Value], tuple[bool, str]] = {}
    get, columns = lines.get, found.columns
    keyed = tuple(columns[key] for key in ("kode", "nomor", "tanggal"))
    made: dict[tuple[Value, ...], Key] = {}
    parts = tuple(columns[k] for k in ("skpd", "unit", "kode", "rekening") if k in columns)
    for row, cells in found.rows():
        if not any(text(cells.get(column)) for column in keyed):
            spent.check(row, cells)
            returned.check(row, cells)
            continue
        realisasi, setoran = lines.money(row, cells, "realisasi"), lines.money(row, cells, "setoran")
        if realisasi is None and setoran is None:
            if any(text(cells.get(column)) for column in keyed[:2]) and text(cells.get(keyed[2])):
                raise refusals.amount(found.place(row, "realisasi"))
            continue  # a note under the table, the head of a page
        gone, back = realisasi or ZERO, setoran or ZERO
        kind = get(cells, "jenis"), get(cells, "transaksi")
        if kind not in kinds:
            kinds[kind] = _kind(*kind)
        is_ls, also = kinds[kind]
        dated = "transfer" if is_ls and "transfer" in columns else "tanggal"
        month = lines.month(row, cells, dated)
        parts_of = tuple(cells.get(column) for column in parts)
        key = made.get(parts_of) or made.setdefault(parts_of, lines.key(cells))
        number = (text(get(cells, "sp2d")) if is_ls else "") or text(get(cells, "nomor"))
        mark = (number, is_ls, key, text(get(cells, also)) if also else "")
        before = first.setdefault(mark, (row, gone, back))
        if before[0] != row and number:
            again[mark].append((row, before[1:] == (gone, back)))
        elif before[0] != row and before[1:] == (gone, back):
            unnumbered.append(row)  # without a number it may be another document: said, not refused
        spent.add(gone)
        returned.add(back)
        lines.postings.append(Posting(key, month, gone - back, found.place(row, "realisasi"), back, number))
    if again:
        groups = [
            ((first[mark][0], *(row for row, _ in rows)), all(same for _, same in rows)) for mark, rows in again.items()
        ]
        raise refusals.duplicates(found.file, sorted(groups))
    ledger = lines.ledger()
    if unnumbered:
        id, en = (refusals.folded(unnumbered, lang) for lang in ("id", "en"))
        ledger.notes.append(
            Text(
                f"{found.file}: baris {id} tanpa Nomor Dokumen sama dengan baris lain; tidak diketahui apakah ganda, dan dihitung.",
                f"{found.file}: rows {en} have no document number and are as other rows; they may be double, and are counted.",
            )
        )
    return ledger


def _kind(jenis: Value, transaksi: Value) -> tuple[bool, str]:
    """Whether a document is an SPP-LS, and the column that its key has besides."""
    words, more = _words(jenis), _words(transaksi)
    if "ls" in words or ("tbp" not in words and "ls" in more):
        return True, ""
    if "kkpd" in words or "kkpd" in more:
        return False, "dpt"
    return False, "spd" if (words | more) & {"up", "gu", "tu"} or "tbp" in words else ""


def bku(found: Found) -> Ledger:
    """A BKU: counted are the pengeluaran with a rekening of belanja. A blank date is that of the row above it (a day is written once).

    What is not counted (taxes, pergeseran uang, returned belanja) is said with its sum in ``notes``.
    """
    lines = Lines(found)
    spent = Sum(found, "pengeluaran")
    month = 0
    others: list[Decimal] = []
    returns: list[Decimal] = []
    for row, cells in found.rows(every=True):
        if is_total(cells):
            spent.check(row, cells)
            continue
        dated = read_date(lines.get(cells, "tanggal"), found.table.date_1904) is not None
        coded = bool(code(lines.get(cells, "rekening")) or code(lines.get(cells, "kode")))
        if not (dated or coded) and not _is_payment(cells, found.columns["pengeluaran"]):
            continue  # balances carried over, signatures
        out, into = lines.money(row, cells, "pengeluaran"), lines.money(row, cells, "penerimaan")
        if out is None and into is None:
            continue
        key = lines.key(cells)
        ours = key.rekening.startswith("5") and kind_of(key.rekening) == "account"
        if into and ours:
            returns.append(into)
        if not out:
            continue
        spent.add(out)
        if text(lines.get(cells, "tanggal")) or not month:
            month = lines.month(row, cells, "tanggal")
        if ours:
            number = text(lines.get(cells, "nomor"))
            lines.postings.append(Posting(key, month, out, found.place(row, "pengeluaran"), document=number))
        else:
            others.append(out)
    ledger = lines.ledger()
    if others:
        ledger.notes.append(_note(found.file, others, "pengeluaran tanpa", "payments without"))
    if returns:
        ledger.notes.append(_note(found.file, returns, "penerimaan dengan", "receipts with"))
    return ledger


def _is_payment(cells: Cells, column: int) -> bool:
    """Whether a row without date and code is a payment all the same: it has an amount, and is no sum or balance carried over."""
    words = [value.casefold() for value in cells.values() if isinstance(value, str)]
    if not words or any(word.strip().startswith(_CARRIED) for word in words):
        return False
    try:
        return bool(amount(cells.get(column)))
    except NoAmount:
        return False


def _note(file: str, amounts: list[Decimal], id: str, en: str) -> Text:
    count, total = len(amounts), sum(amounts, ZERO)
    return Text(
        f"{file}: {count} {id} rekening belanja ({rupiah(total)}) tidak dihitung sebagai belanja.",
        f"{file}: {count} {en} a rekening of belanja ({rupiah(total, 'en')}) are not counted as belanja.",
    )


def by_hand(found: Found) -> Ledger:
    """A table with dates or months, mapped by hand: one posting for each row with an amount."""
    lines = Lines(found)
    spent, returned = Sum(found, "realisasi"), Sum(found, "setoran")
    when = [found.columns[key] for key in ("tanggal", "bulan") if key in found.columns]
    for row, cells in _entries(found, lines, when, spent, returned):
        gone, back = lines.money(row, cells, "realisasi") or ZERO, lines.money(row, cells, "setoran") or ZERO
        if "tanggal" in found.columns:
            month = lines.month(row, cells, "tanggal")
        else:
            said = read_month(lines.get(cells, "bulan"))
            if said is None:
                raise refusals.day(found.place(row, "bulan"), not text(lines.get(cells, "bulan")))
            month = said
        spent.add(gone)
        returned.add(back)
        number = text(lines.get(cells, "nomor"))
        lines.postings.append(
            Posting(lines.key(cells), month, gone - back, found.place(row, "realisasi"), back, number)
        )
    return lines.ledger()


def _entries(found: Found, lines: Lines, when: list[int], spent: Sum, returned: Sum) -> Iterator[Row]:
    keyed = [*when, *(found.columns[key] for key in ("kode", "rekening", "nomor") if key in found.columns)]
    for row, cells in found.rows():
        if is_total(cells) or not any(text(cells.get(column)) for column in keyed):
            spent.check(row, cells)
            returned.check(row, cells)
        elif lines.money(row, cells, "realisasi") is not None or lines.money(row, cells, "setoran") is not None:
            yield row, cells
