"""The matrix's side of a comparison: the rows that carry money, with their cells, and what the sheet Bulanan says of each month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.form.formulas import YEAR_PERIODS, month_known
from lakip_xl.ledger.codes import is_account, normal
from lakip_xl.ledger.items import NOTHING
from lakip_xl.table.codes import Code, code_of
from lakip_xl.table.locate import plain
from lakip_xl.table.model import Document, Entry, Row, Table

PAGU, SPENT = "anggaran", "realisasi_anggaran"


@dataclass(slots=True, eq=False)
class Leaf:
    """One row of the matrix that carries money of its own; several where a key stands there more than once.

    unit        the plain name of its sub unit, "" where there is none
    parents     the plain names of the rows above it, ``parent_code`` the code of the nearest that has one
    unread      a figure of it cannot be read, so that it is not compared
    accounts    rows of rekening below it: (code, kode, name, row)
    """

    unit: str
    code: Code
    kode: str
    name: str
    row: Row
    parents: tuple[str, ...] = ()
    parent_code: Code = ()
    to_date: Decimal | None = None
    pagu: Decimal | None = None
    months: dict[int, Decimal] = field(default_factory=dict)
    month_cells: dict[int, Cell] = field(default_factory=dict)
    cells: tuple[Cell, ...] = ()
    unread: bool = False
    double: bool = False
    accounts: list[tuple[Code, str, str, Row]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Address-free: the code without leading zeros, else the names from the program down."""
        return ".".join(map(str, self.code)) if self.code else ">".join((*self.parents, normal(self.name)))


@dataclass
class Entered:
    """The matrix: its rows with money, and the units that it tells apart (plain name to code)."""

    table: Table
    leaves: list[Leaf]
    units: dict[str, Code]
    monthly: Table | None = None


def month_of(period: str) -> int | None:
    """The last month of a periode of Identitas, 1 to 12 (blank is the end of the year); None for a word that is none."""
    word = plain(period)
    if word in ("", *map(plain, YEAR_PERIODS)):
        return 12
    return month_known(word)


def enter(document: Document) -> Entered:
    """The rows of the matrix that carry money: those without children, rows of rekening below the sub kegiatan that they part."""
    table = document.matrix
    units = {
        plain(row.text_of("uraian")): code_of(row.text_of("kode")) for row in table.rows if row.level == "sub unit"
    }
    leaves: list[Leaf] = []
    for row in table.rows:
        code = _code(row)
        if is_account(code, row.text_of("kode")):
            if leaves:
                leaves[-1].accounts.append((code, row.text_of("kode"), row.name, row))
            continue
        if row.head is not None or row.total or row.level == "sub unit" or _parts(table, row):
            continue
        if row.level or row.number_of(PAGU) is not None or row.number_of(SPENT) is not None:
            leaves.append(_leaf(table, row, code))
    for leaf in leaves:
        _figures(table, leaf)
    monthly = document.tables.get("bulanan")
    kept = _together(leaves)
    if monthly is not None:
        _months(monthly, kept)
    return Entered(table, kept, units, monthly)


def _parts(table: Table, row: Row) -> bool:
    """Whether a row is the sum of others: rekening below it part it too, but it still is one sub kegiatan."""
    return any(not is_account(_code(child), child.text_of("kode")) for child in row.children)


def _code(row: Row) -> Code:
    return () if row.entry("kode").fault else code_of(row.text_of("kode"))


def _leaf(table: Table, row: Row, code: Code) -> Leaf:
    parents: list[str] = []
    parent_code: Code = ()
    above = row.parent
    while above is not None and above.level != "sub unit":
        parents.append(normal(above.text_of("uraian")))
        parent_code = parent_code or _code(above)
        above = above.parent
    return Leaf(row.unit, code, row.text_of("kode"), row.name, row, tuple(reversed(parents)), parent_code)


def _figures(table: Table, leaf: Leaf) -> None:
    leaf.to_date, first = _figure(leaf, SPENT)
    leaf.pagu, second = _figure(leaf, PAGU)
    leaf.unread = first or second
    leaf.cells = tuple(table.cell(leaf.row, key) for key in (SPENT, PAGU) if table.has(key))


def _figure(leaf: Leaf, key: str) -> tuple[Decimal | None, bool]:
    """The figure of the row, else the sum of its rekening; and whether something is there that cannot be read."""
    entry = leaf.row.entry(key)
    if isinstance(entry.typed, Decimal):
        return entry.typed, False
    if _unreadable(entry):
        return None, True
    found = [row.number_of(key) for _, _, _, row in leaf.accounts]
    numbers = [value for value in found if value is not None]
    return (sum(numbers, NOTHING) if numbers else None), any(
        _unreadable(row.entry(key)) for _, _, _, row in leaf.accounts
    )


def _unreadable(entry: Entry) -> bool:
    return not entry.ours and (bool(entry.fault) or (entry.formula is not None and entry.raw is None))


def _together(leaves: list[Leaf]) -> list[Leaf]:
    """Rows with one key are one: added up, and marked, since nobody can tell which of them is meant."""
    kept: dict[tuple[str, str], Leaf] = {}
    for leaf in leaves:
        first = kept.setdefault((leaf.unit, leaf.key), leaf)
        if first is not leaf:
            _add(first, leaf)
            first.double = True
    return list(kept.values())


def merge_units(leaves: list[Leaf]) -> list[Leaf]:
    """The same sub kegiatan of all sub units as one, for a ledger that does not tell them apart."""
    kept: dict[str, Leaf] = {}
    for leaf in leaves:
        first = kept.setdefault(leaf.key, leaf)
        leaf.unit = ""
        if first is not leaf:
            _add(first, leaf)
    return list(kept.values())


def _add(first: Leaf, other: Leaf) -> None:
    first.to_date = _plus(first.to_date, other.to_date)
    first.pagu = _plus(first.pagu, other.pagu)
    for month, value in other.months.items():
        first.months[month] = first.months.get(month, NOTHING) + value
    first.cells += other.cells
    first.unread = first.unread or other.unread
    first.double = first.double or other.double


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


def _months(monthly: Table, leaves: list[Leaf]) -> None:
    """Gives each row its realisasi of every month. A row of Bulanan that the matrix has not is left to the rules of the form."""
    for leaf, row in joined(monthly, leaves):
        for month in range(1, 13):
            value = row.number_of(f"rp{month:02}")
            if value is not None and monthly.has(f"rp{month:02}"):
                leaf.months[month] = leaf.months.get(month, NOTHING) + value
                leaf.month_cells.setdefault(month, monthly.cell(row, f"rp{month:02}"))
            elif _unreadable(row.entry(f"rp{month:02}")):
                leaf.unread = True
                leaf.cells = (monthly.cell(row, f"rp{month:02}"), *leaf.cells)


def months_to_date(entered: Entered, month: int) -> list[Leaf] | None:
    """Puts what Bulanan holds up to a month in the place of realisasi to date, on rows with months; None where there is no such row.

    For a workbook whose period is another one: its column REALISASI s/d speaks of another time. Gives the rows without months that
    have spending there: it is not known how much of it came up to the month, so that they are not compared.
    """
    told = [leaf for leaf in entered.leaves if leaf.months]
    if not told:
        return None
    silent = [leaf for leaf in entered.leaves if not leaf.months and leaf.to_date]
    for leaf in silent:
        leaf.to_date, leaf.unread = None, True
    for leaf in told:
        leaf.to_date = sum((value for at, value in leaf.months.items() if at <= month), NOTHING)
        known = [cell for at, cell in sorted(leaf.month_cells.items()) if at <= month]
        leaf.cells = (*known[:1], *leaf.cells[1:]) if known else leaf.cells
    return silent


def joined(monthly: Table, leaves: list[Leaf]) -> Iterator[tuple[Leaf, Row]]:
    find = finder(leaves)
    last: Leaf | None = None
    for row in monthly.rows:
        if row.total:
            continue
        unit, code, name = plain(row.text_of("sub_unit")), _code(row), row.text_of("uraian")
        found = find(unit, code, name) if code or name else last  # a further indicator of the row above
        last = found
        if found is not None:
            yield found, row


def finder(leaves: list[Leaf]) -> Callable[[str, Code, str], Leaf | None]:
    """Looks a row up by unit and code, else by its name where only one row has it."""
    codes = {(leaf.unit, leaf.code): leaf for leaf in leaves if leaf.code}
    names: dict[tuple[str, str], Leaf | None] = {}
    for leaf in leaves:
        at = (leaf.unit, normal(leaf.name))
        names[at] = None if at in names else leaf

    def find(unit: str, code: Code, name: str) -> Leaf | None:
        if code:
            return codes.get((unit, code))
        return names.get((unit, normal(name)))

    return find


def planned_by_month(document: Document) -> dict[int, Decimal]:
    """The anggaran kas of the whole office by month as Bulanan has it, rupiah; {} where it has none."""
    table = document.tables.get("bulanan")
    if table is None:
        return {}
    found: dict[int, Decimal] = {}
    for row in table.rows:
        for month in range(1, 13):
            value = row.number_of(f"rak{month:02}")
            if value is not None and not row.total:
                found[month] = found.get(month, NOTHING) + value
    return found
