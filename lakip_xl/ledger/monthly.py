"""What the ledgers say of each row of the matrix, month by month: what may be posted into the sheet Bulanan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xl.errors import LakipError, Text
from lakip_xl.ledger.codes import normal
from lakip_xl.ledger.compare import one_basis
from lakip_xl.ledger.entered import Entered, Leaf, enter
from lakip_xl.ledger.entries import Ledger
from lakip_xl.ledger.items import NOTHING, month_name
from lakip_xl.ledger.match import match
from lakip_xl.ledger.spent import Spent, UnitOf, gather
from lakip_xl.ledger.units import Units
from lakip_xl.table.codes import Code, code_of
from lakip_xl.table.model import Document


@dataclass
class Monthly:
    """Rupiah by row and month.

    spent      for each row, what was spent in the months that the ledgers cover; a month without an entry is not in it
    planned    for each row, the anggaran kas of January to December
    covered    the months of which the ledgers hold all
    units      for which sub units the ledgers speak in which month: (month, plain name)
    several    one ledger holds several months, so that a month that it lacks between them may be one without spending
    basis      the dasar realisasi, "" where there is only an anggaran kas
    later      months that the ledgers hold beyond the one asked for; nothing of them is in the rest
    unmatched  spending, and ``unplanned`` anggaran kas, of which no row of the matrix is known
    """

    entered: Entered
    spent: list[tuple[Leaf, dict[int, Decimal]]] = field(default_factory=list)
    planned: list[tuple[Leaf, dict[int, Decimal]]] = field(default_factory=list)
    covered: tuple[int, ...] = ()
    later: tuple[int, ...] = ()
    units: frozenset[tuple[int, str]] = frozenset()
    several: bool = False
    basis: str = ""
    unmatched: list[Spent] = field(default_factory=list)
    unplanned: list[str] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


def monthly(document: Document, ledgers: Sequence[Ledger], month: int) -> Monthly:
    """The ledgers' figures of January to ``month``, by row of the matrix; every rupiah is in ``spent`` or in ``unmatched``.

    Raises LakipError where the ledgers hold no month by itself or only later ones, and where they and the matrix tell sub units apart
    differently.
    """
    entered = enter(document)
    real = [ledger for ledger in ledgers if ledger.postings]
    plans = [ledger for ledger in ledgers if ledger.planned]
    if not real and not plans:
        raise LakipError(
            "Buku besar ini tidak memuat realisasi per bulan (hanya s.d. atau hanya pagu), sehingga tidak ada yang dapat diposting. Beri "
            "SIPD per dokumen, SPJ Fungsional, BKU, atau RAK.",
            "These ledgers do not hold spending by month (only to date, or only the budget), so there is nothing to post. Give SIPD by "
            "document, SPJ Fungsional, BKU or RAK.",
        )
    units = Units(entered, [*real, *plans])
    if units.merged and len({leaf.unit for leaf in entered.leaves}) > 1:
        raise LakipError(
            "Sub unit pada matriks dan buku besar tidak dapat dicocokkan, sehingga tidak diketahui ke baris mana harus diposting. Samakan "
            "nama atau kode sub unit pada Matriks dengan buku besar.",
            "The sub-units of matrix and ledger cannot be matched, so nobody knows into which rows to post. Give the sub-units in Matriks "
            "the names or codes that the ledger has.",
        )
    # One sub unit alone: the ledger may call it what it likes.
    sole = entered.leaves[0].unit if units.merged and entered.leaves else ""
    unit_of: UnitOf = (lambda unit: sole) if units.merged else units.of
    made = Monthly(entered)
    if real:
        side = gather(real, month, unit_of)
        found = match(
            entered.leaves, side.spent.values(), {at: normal(name) for at, name in side.names.items() if at[1]}
        )
        made.spent = [(leaf, dict(spent.months)) for leaf, spent, _ in found.pairs]
        made.covered = tuple(sorted(m for m in side.covered if m <= month))
        made.later = tuple(sorted(m for m in side.covered if m > month))
        if made.later and not made.covered and not plans:
            raise _only_later(made.later, month)
        made.unmatched = [spent for spent in found.spent if any(spent.months.values())]
        made.notes = list(side.notes)
        made.units = frozenset((posting.month, unit_of(posting.key.unit)) for each in real for posting in each.postings)
        made.several = any(len(each.months) > 1 for each in real)
        made.basis = one_basis(real).value
    if plans:
        _plan(made, plans, unit_of)
    return made


def _only_later(months: Sequence[int], month: int) -> LakipError:
    first, asked = month_name(months[0]), month_name(month)
    return LakipError(
        f"Buku besar ini baru mulai {first.id}, sesudah {asked.id}, sehingga tidak ada yang dapat diposting. Ubah Periode pada Identitas, "
        f"sebutkan --month {months[-1]}, atau pilih berkas yang benar.",
        f"This ledger begins in {first.en}, after {asked.en}, so there is nothing to post. Change Periode in Identitas, say --month "
        f"{months[-1]}, or choose the right file.",
    )


def _plan(made: Monthly, ledgers: Sequence[Ledger], unit_of: UnitOf) -> None:
    """The anggaran kas of all files by row; lines of one sub kegiatan are added up."""
    planned: dict[tuple[str, Code, str], Spent] = {}
    names: dict[tuple[str, Code], str] = {}
    for ledger in ledgers:
        for each in ledger.planned:
            unit, code = unit_of(each.key.unit), code_of(each.key.kode)
            name = ledger.names.get((each.key.unit, each.key.kode), "" if code else each.key.kode)
            at = unit, code, "" if code else each.key.kode
            spent = planned.setdefault(at, Spent(unit, code, each.key.kode, name))
            spent.places.append(each.place)
            for month, value in enumerate(each.months, start=1):
                if value or month not in spent.months:
                    spent.months[month] = spent.months.get(month, NOTHING) + value
        for (unit, kode), name in ledger.names.items():
            names[unit_of(unit), code_of(kode)] = name
    found = match(made.entered.leaves, planned.values(), {at: normal(name) for at, name in names.items() if at[1]})
    made.planned = [(leaf, dict(spent.months)) for leaf, spent, _ in found.pairs]
    made.unplanned = [str(place) for spent in found.spent for place in spent.places]
