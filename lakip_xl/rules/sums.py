"""Where a sum does not hold, and which cell is to blame: one fault in a tree of sums is one finding, and judges nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.rules.reading import (
    PAGU,
    SPENT,
    agrees,
    by_hand,
    capaian,
    leaves_total,
    level_against_code,
    money,
    no_pagu,
    serapan,
    share,
    total_of,
)
from lakip_xl.table.model import Document, Row, Table


class Mismatch(NamedTuple):
    """A figure that differs from the sum of the rows below it; ``found`` minus ``sum`` is the difference."""

    found: Decimal
    sum: Decimal
    children: list[Row]

    @property
    def difference(self) -> Decimal:
        return self.found - self.sum


def summed(table: Table, row: Row) -> list[Row]:
    """The rows that a row sums: its children; for the total the widest rows."""
    return table.tops if row is table.total else row.children


def mismatch(table: Table, row: Row, key: str) -> Mismatch | None:
    """The fault of a sum that the user put there, None where it holds, cannot be judged, or is explained further down.

    It holds also where it equals what the leaves say: then the row between them is the one that is wrong.
    """
    found = by_hand(row, key)
    if found is None or found < 0:
        return None  # where there is a minus, that is the finding
    children = summed(table, row)
    if not children or disordered(table, row):
        return None
    wanted = total_of(children, key)
    if wanted is None or same_money(found, wanted):
        return None
    deeper = leaves_total(children, key)
    if deeper is not None and same_money(found, deeper):
        return None
    return Mismatch(found, wanted, children)


def in_doubt(table: Table, row: Row) -> bool:
    """Whether it is in doubt which rows a row sums: that is the finding then."""
    return bool(table.doubts) and any(below.number in table.doubts for below in (row, *row.descendants()))


def disordered(table: Table, row: Row | None = None) -> bool:
    """Whether a row may stand in the wrong sum near this row (anywhere in the table where none is named).

    So it may by a TINGKAT against its KODE, or by a look against the sums.
    """
    kept: set[int] | None = vars(table).get("disordered")
    if kept is None:
        kept = vars(table)["disordered"] = set(_disorder(table))
    return bool(kept) if row is None or row is table.total else _top(row).number in kept


def _disorder(table: Table) -> Iterator[int]:
    """The widest rows with such a row among those below them, or right after them, where it may have belonged."""
    before: Row | None = None
    for row in table.rows:
        if level_against_code(table, row) or _lost(table, row) or row.number in table.doubts:
            yield _top(row).number
            if before is not None:
                yield _top(before).number
        before = row


def _lost(table: Table, row: Row) -> bool:
    """Whether a row of unknown level holds money that enters no sum: its level is the finding then."""
    alone = not row.level and row.head is None and not row.text_of("kode")
    return alone and any(by_hand(row, key) for key in table.sums)


def _top(row: Row) -> Row:
    row = row.head or row
    while row.parent is not None:
        row = row.parent
    return row


def mended(table: Table, leaf: Row) -> tuple[Decimal | None, Decimal | None]:
    """Pagu and spending of a leaf if it alone were the cause of a wrong sum above it: what then is no fault of its own is no finding."""
    parent = leaf.parent or table.total
    figures = []
    for key in (PAGU, SPENT):
        value = money(leaf, key)
        fault = mismatch(table, parent, key) if parent is not None and not leaf.children else None
        if value is not None and fault is not None and parent is not None and not passed_over(parent, key, fault):
            changed = value + fault.difference
            value = changed if changed >= 0 else value
        figures.append(value)
    return figures[0], figures[1]


def mended_rest(table: Table, leaf: Row) -> Decimal:
    """What would be left of a leaf then; below 0 where it would have spent more than it had."""
    pagu, spent = mended(table, leaf)
    return (pagu or Decimal()) - (spent or Decimal())


def whole_rest(table: Table) -> Decimal | None:
    """The sisa of the total row as it stands once filled, as Ringkasan shows it; None where a total cannot be said."""
    pagu, spent = (
        own if table.total is not None and (own := by_hand(table.total, key)) is not None else total_of(table.tops, key)
        for key in (PAGU, SPENT)
    )
    return None if pagu is None or spent is None else pagu - spent


_HALF_SEN = Decimal("0.005")


def same_money(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts are the same to the sen; what binary fractions add beyond that is no money."""
    return abs(one - other) < _HALF_SEN


def passed_over(row: Row, key: str, fault: Mismatch) -> list[Row]:
    """The rows below a formula whose numbers are stored as text and make up exactly what it is short of; empty where that is not why.

    Excel passed over them then, and they are the finding.
    """
    if row.entry(key).formula is None:
        return []
    leaves = [leaf for child in fault.children for leaf in _leaves_of(child)]
    for rows in (fault.children, leaves):
        texts = [each for each in rows if _text_amount(each, key)]
        if texts and same_money(-fault.difference, sum((_text_amount(each, key) for each in texts), Decimal())):
            return texts
    return []


def _leaves_of(row: Row) -> list[Row]:
    return [below for below in row.descendants() if not below.children] if row.children else [row]


def _text_amount(row: Row, key: str) -> Decimal:
    return (row.number_of(key) or Decimal()) if row.entry(key).as_text else Decimal(0)


def hangs_on_text(table: Table, row: Row, key: str) -> bool:
    """Whether a figure is a formula's that passed over a text somewhere below it, a number stored as one or none at all."""
    if row.entry(key).formula is None or row.entry(key).ours:
        return False
    children = summed(table, row)
    return any(
        child.entry(key).as_text or child.entry(key).fault or hangs_on_text(table, child, key) for child in children
    )


def culprit(fault: Mismatch, key: str) -> Row | None:
    """The one leaf whose printed percentage shows that its figure is off by exactly the difference; None where none or several do."""
    suspects = [child for child in fault.children if not child.children and _betrayed(child, key, fault.difference)]
    return suspects[0] if len(suspects) == 1 else None


def _betrayed(leaf: Row, key: str, difference: Decimal) -> bool:
    """Whether the leaf's percentage fits once the difference is put into its figure."""
    pagu, spent = money(leaf, PAGU), money(leaf, SPENT)
    if pagu is None or spent is None or not _contradicted(leaf):
        return False
    mended = share(spent, pagu + difference) if key == PAGU else share(spent + difference, pagu)
    return mended is not None and agrees(leaf, "persen", mended)


def _contradicted(leaf: Row) -> bool:
    """Whether the user's percentage is not that of the leaf's own figures."""
    return by_hand(leaf, "persen") is not None and not agrees(leaf, "persen", serapan(leaf))


def blamed(table: Table, leaf: Row) -> bool:
    """Whether a leaf is named as the cause of a wrong sum; its percentage is a witness then, not a fault."""
    parent = leaf.parent or table.total
    if parent is None or leaf.children or not _contradicted(leaf):
        return False
    faults = [(mismatch(table, parent, key), key) for key in (PAGU, SPENT)]
    return any(fault is not None and culprit(fault, key) is leaf for fault, key in faults)


def sound(table: Table, row: Row) -> bool:
    """Whether a row's money can be judged: no wrong sum is its own or is blamed on it, and no text below is missing from it."""
    sums = [row, *(below for below in row.descendants() if below.children)]
    return not blamed(table, row) and not any(
        mismatch(table, each, key) or hangs_on_text(table, each, key) for each in sums for key in (PAGU, SPENT)
    )


def lag(document: Document, table: Table, row: Row) -> Decimal | None:
    """By how many points the capaian stays behind serapan, where that is as much as Pengaturan asks about."""
    least, done, spent = (
        document.settings.thresholds.get("selisih_kinerja"),
        capaian(document, table, row),
        serapan(row.head or row),
    )
    if least is None or done is None or spent is None or spent - done < least:
        return None
    most = document.settings.thresholds.get("capaian_max")
    if most is not None and done > most:
        return None  # it is spending that is out of proportion, not the achievement
    return None if no_pagu(row) or not sound(table, row.head or row) else spent - done
