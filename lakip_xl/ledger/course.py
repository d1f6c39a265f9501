"""The course of the year: realisasi to date against the anggaran kas (RAK) to date, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lakip_xl.ledger.entered import Entered, planned_by_month
from lakip_xl.ledger.entries import Ledger
from lakip_xl.ledger.items import NOTHING, Comparison, Point
from lakip_xl.ledger.spent import Side
from lakip_xl.table.model import Document


def tell(found: Comparison, document: Document, ledgers: Sequence[Ledger], entered: Entered, side: Side) -> None:
    """Puts the course into the comparison, where there is an anggaran kas: that of the ledgers, else that of Bulanan."""
    planned = _planned(ledgers) or planned_by_month(document)
    if not planned:
        return
    spent, found.course_of = _spent(found, entered, side)
    to_date = budget = NOTHING
    for month in range(1, 13):
        budget += planned.get(month, NOTHING)
        to_date += spent.get(month, NOTHING)
        known = month <= found.month and (len(spent) > 1 or month in spent)
        found.course.append(Point(month, budget, to_date if known else None))


def _planned(ledgers: Sequence[Ledger]) -> dict[int, Decimal]:
    """Of all files with an anggaran kas together; {} where there is none."""
    planned = [each for ledger in ledgers for each in ledger.planned]
    if not planned:
        return {}
    return {month: sum((each.months[month - 1] for each in planned), NOTHING) for month in range(1, 13)}


def _spent(found: Comparison, entered: Entered, side: Side) -> tuple[dict[int, Decimal], str]:
    """What was spent in each month: by Bulanan, else by the ledger's postings, else all in the month compared."""
    by_month: dict[int, Decimal] = dict.fromkeys(range(1, found.month + 1), NOTHING)
    if any(leaf.months for leaf in entered.leaves):
        for leaf in entered.leaves:
            for month, value in leaf.months.items():
                if month in by_month:
                    by_month[month] += value
        return by_month, "matriks"
    if side.whole:
        for spent in side.spent.values():
            for month, value in spent.months.items():
                by_month[month] += value
        return by_month, "buku besar"
    total = sum((leaf.to_date for leaf in entered.leaves if leaf.to_date is not None), NOTHING)
    return {found.month: total}, "matriks"
