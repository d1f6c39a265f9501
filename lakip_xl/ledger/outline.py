"""Ledgers whose rows stand below each other: program, kegiatan, sub kegiatan, rekening. Subtotals are told from what they sum, and checked.

A row is the parent of those that follow it, up to the next row of its level or a wider one. What a parent says must be what its
children come to: else a row was lost or doubled, and the ledger is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xl.ledger.amounts import SEN, ZERO, kind_of, rupiah
from lakip_xl.ledger.entries import Key, Place
from lakip_xl.ledger.refusals import sums_differ
from lakip_xl.table.locate import plain

# Names of belanja in an LRA without codes (Permendagri 90/2019, Kepmendagri 050-5889/2021; the kinds of modal beyond Tanah recalled).
_ACCOUNT_NAMES = {
    "belanja": "5", "belanja daerah": "5", "belanja operasi": "5.1", "belanja pegawai": "5.1.01", "belanja barang dan jasa": "5.1.02",
    "belanja barang": "5.1.02", "belanja bunga": "5.1.03", "belanja subsidi": "5.1.04", "belanja hibah": "5.1.05",
    "belanja bantuan sosial": "5.1.06", "belanja modal": "5.2", "belanja modal tanah": "5.2.01",
    "belanja modal peralatan dan mesin": "5.2.02", "belanja modal gedung dan bangunan": "5.2.03",
    "belanja modal jalan,jaringan,dan irigasi": "5.2.04", "belanja modal jalan,jaringan dan irigasi": "5.2.04",
    "belanja modal aset tetap lainnya": "5.2.05", "belanja modal aset lainnya": "5.2.06", "belanja tidak terduga": "5.3",
    "belanja transfer": "5.4",
}  # fmt: skip
_OTHER_SECTION = re.compile(
    r"(?:jumlah |total )?(?:pendapatan|pembiayaan|penerimaan pembiayaan|surplus|defisit|silpa|sisa lebih)"
)
_WORDS = (("sub kegiatan", 50), ("subkegiatan", 50), ("program", 30), ("kegiatan", 40))
_ACCOUNTS = 100  # ranks from here on are rekening
_DETAIL = 200
_STRUCTURE_RANKS = {1: 10, 2: 20, 3: 30, 5: 40, 6: 50}

Values = dict[str, Decimal | None]


@dataclass(slots=True)
class Line:
    """One row: its code (of whatever kind; "" where there is none), name, how far it is indented, its rupiah by column, its place.

    ``account`` is a rekening that stands beside the code of the sub kegiatan in a column of its own, ``holder`` that sub kegiatan's name.
    """

    place: Place
    code: str
    name: str
    values: Values
    depth: int = 0
    account: str = ""
    unit: str = ""
    holder: str = ""
    rank: int = 0
    children: list[Line] = field(default_factory=list)
    sums: Values = field(default_factory=dict)


@dataclass(slots=True)
class Entry:
    """What the outline comes to for one key. ``part``: it is one of the lowest rows, whose sum is the whole; ``whole``: it is all
    that a sub kegiatan has (both for a sub kegiatan without rekening)."""

    key: Key
    name: str
    values: Values
    place: Place
    part: bool
    whole: bool


def entries(lines: Sequence[Line], total: Line | None, columns: Sequence[str]) -> list[Entry]:
    """The entries of belanja, each once. Raises LedgerRefused where a subtotal or the total is not the sum of its rows."""
    rows = list(_belanja(lines))
    _rank(rows)
    roots = _tree(rows)
    for root in roots:
        _add_up(root, columns)
    if total is not None:
        _check(total, _summed((root.sums for root in roots), columns), columns)
    found: list[Entry] = []
    bare: dict[str, list[Line]] = {}
    for root in roots:
        found += _emitted(root, root.unit, "", bare)
    for unit, several in bare.items():
        sums = _summed((line.sums for line in several), columns)
        place = total.place if total is not None else several[0].place
        found.append(Entry(Key(unit, "", ""), "", sums, place, False, True))
    return [entry for entry in found if any(value is not None for value in entry.values.values())]


def _belanja(lines: Iterable[Line]) -> Iterator[Line]:
    """The rows of belanja; an LRA also has pendapatan and pembiayaan."""
    other = False
    for line in lines:
        name = plain(line.name)
        line.account = line.account or (line.code if kind_of(line.code) == "account" else "")
        if line.account == line.code:
            line.code = ""
        if line.account:
            other = not line.account.startswith("5")
        elif line.code:
            other = False
        elif _OTHER_SECTION.match(name):
            other = True
        elif name in _ACCOUNT_NAMES:
            other = False
        if not other:
            yield line


def _rank(lines: Sequence[Line]) -> None:
    coded = any(line.code or line.account for line in lines)
    if not coded:
        depths = {depth: place for place, depth in enumerate(sorted({line.depth for line in lines}))}
        known = all(plain(line.name) in _ACCOUNT_NAMES for line in lines)
        for line in lines:
            line.account = _ACCOUNT_NAMES.get(plain(line.name), "")
            word = next((rank for text, rank in _WORDS if plain(line.name).startswith(text)), 60)
            deep = min(depths[line.depth], 90)
            if plain(line.name).startswith("belanja") and not line.account and deep:
                deep = _DETAIL + deep  # a rekening without its code: it stands for the row above it
            line.rank = _of_account(line.account) if known else deep if len(depths) > 1 else word
        return
    unit_first = next((kind_of(line.code) == "unit" for line in lines if line.code), False)
    for line in lines:
        if not line.code and not line.account:
            line.account = _ACCOUNT_NAMES.get(plain(line.name), "")
        if line.account:
            line.rank = _of_account(line.account)
        elif kind_of(line.code) == "unit":
            line.rank = (5 if unit_first else 25) + (not line.code.endswith(".0000"))
        elif line.code:
            line.rank = _STRUCTURE_RANKS.get(line.code.count(".") + 1, 50)
        else:
            line.rank = _DETAIL + line.depth


def _of_account(account: str) -> int:
    return _ACCOUNTS + account.count(".")


def _tree(lines: Sequence[Line]) -> list[Line]:
    """The rows without a parent. A row whose sub kegiatan stands beside its rekening is put below a row for that sub kegiatan."""
    roots: list[Line] = []
    stack: list[Line] = []
    unit = ""
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        lone = not any(above.rank < _ACCOUNTS for above in stack)
        if line.account and not line.code and lone and following and following.rank < _ACCOUNTS:
            line.rank = -1  # 5 BELANJA above all programs
        if kind_of(line.code) == "unit":
            unit = line.code
        line.unit = line.unit or unit
        if line.account and line.code:
            holder = next(
                (a for a in stack if a.rank < _ACCOUNTS and a.code == line.code and a.unit == line.unit), None
            )
            if holder is None:
                rank = _STRUCTURE_RANKS.get(line.code.count(".") + 1, 50)
                holder = Line(line.place, line.code, line.holder, {}, unit=line.unit, rank=rank)
                _put(holder, stack, roots)
        _put(line, stack, roots)
    return roots


def _put(line: Line, stack: list[Line], roots: list[Line]) -> None:
    while stack and stack[-1].rank >= line.rank:
        stack.pop()
    (stack[-1].children if stack else roots).append(line)
    stack.append(line)


def _add_up(line: Line, columns: Sequence[str]) -> None:
    for child in line.children:
        _add_up(child, columns)
    if not line.children:
        line.sums = dict(line.values)
        return
    line.sums = _summed((child.sums for child in line.children), columns)
    _check(line, line.sums, columns)
    for column in columns:
        if line.sums.get(column) is None:
            line.sums[column] = line.values.get(column)


def _summed(values: Iterable[Mapping[str, Decimal | None]], columns: Sequence[str]) -> Values:
    sums: Values = dict.fromkeys(columns)
    for each in values:
        for column in columns:
            value = each.get(column)
            if value is not None:
                sums[column] = (sums[column] or ZERO) + value
    return sums


def _check(line: Line, sums: Mapping[str, Decimal | None], columns: Sequence[str]) -> None:
    """Raises LedgerRefused where a row says another sum than its rows come to."""
    for column in columns:
        said, read = line.values.get(column), sums.get(column)
        if read is None and not line.children:
            read = ZERO  # a total over rows that say nothing: results of formulas that were not stored, perhaps
        if said is None or read is None:
            continue  # a row above others may say what they do not: a pagu that is fixed there
        if abs(said - read) >= SEN:
            raise sums_differ(
                line.place,
                rupiah(said),
                rupiah(read),
                rupiah(abs(said - read)),
                (f"baris ini menyebut {column.replace('_', ' ')}", f"this row says ({column})"),
            )


def _emitted(line: Line, unit: str, kode: str, bare: dict[str, list[Line]]) -> Iterator[Entry]:
    unit = line.unit or unit
    above = any(child.rank < _ACCOUNTS and not child.account for child in line.children)  # 5 BELANJA above programs
    if not above and (line.rank >= _ACCOUNTS or (line.account and not line.code)):
        if not kode:
            bare.setdefault(unit, []).append(line)
        for leaf in _leaves(line):
            if leaf.account:
                yield Entry(Key(unit, kode, leaf.account), leaf.name, leaf.sums, leaf.place, True, False)
            else:
                yield Entry(Key(unit, kode or leaf.name, ""), "", leaf.sums, leaf.place, True, not kode)
        return
    accounts = [child for child in line.children if child.rank >= _ACCOUNTS or (child.account and not child.code)]
    if len(accounts) == len(line.children):
        own = "" if kind_of(line.code) == "unit" else line.code or line.name
        coded = bool(accounts) and all(leaf.account for child in accounts for leaf in _leaves(child))
        yield Entry(Key(unit, own, ""), line.name, line.sums, line.place, not coded, True)
        for child in accounts if coded else ():
            yield from _emitted(child, unit, own, {})
        return
    for child in line.children:
        yield from _emitted(child, unit, "", bare)


def _leaves(line: Line) -> Iterator[Line]:
    """The lowest rows that say a rekening; details without a code stand for the row above them."""
    below = [child for child in line.children if child.account or not line.account]
    if not below:
        yield line
    for child in below:
        yield from _leaves(child)
