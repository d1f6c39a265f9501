"""Likely causes of differences, from what the figures themselves say: proposals with their reason, for a person to confirm.

Rupiah that agree to the last digit are the only ground; where two causes would fit, the first of this order is proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import chain

from lakip_xl.errors import Text
from lakip_xl.ledger.entries import Posting
from lakip_xl.ledger.items import NOTHING, Figures, Item, Status, month_name
from lakip_xl.numbers import say_rupiah

MONTH, RETURNED, WRONG_PLACE, PAGU, NOT_ENTERED, DOUBLE, OTHER = 2, 3, 4, 9, 10, 11, 12
"""Numbers in ``items.CAUSES``."""

_LEAST_PAIR = Decimal(2)
"""Below this (rupiah) equal and opposite differences are rounding, not one amount in the wrong place."""


def propose(items: Sequence[Item], postings: dict[int, list[Posting]], month: int, tolerance: Decimal) -> None:
    """Gives each sub kegiatan that differs its likely cause. ``postings`` are those of each item, by its ``id``."""
    totals: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for posting in chain.from_iterable(postings.values()):
        if posting.document:
            totals[posting.document] += posting.net
    _pair([item for item in items if item.status is not Status.UNREADABLE], tolerance)
    for item in items:
        if item.cause is None and not item.agrees:
            _single(item, postings.get(id(item), []), month, tolerance, totals)


def gap(item: Item) -> Decimal | None:
    """The difference that is explained: to date, else of the month; None where neither is compared."""
    difference = item.to_date.difference
    return item.month.difference if difference is None else difference


def _pair(items: Sequence[Item], tolerance: Decimal) -> None:
    """An amount that one item has too much and exactly one other too little is most likely in the wrong place."""
    by_gap: dict[Decimal, list[Item]] = defaultdict(list)
    for item in items:
        difference = gap(item)
        if difference and abs(difference) > max(tolerance, _LEAST_PAIR):
            by_gap[difference].append(item)
    for difference, found in by_gap.items():
        others = by_gap.get(-difference, [])
        if difference > 0 and len(found) == len(others) == 1 and found[0].cells:
            over, under = found[0], others[0]
            over.partner, under.partner = under, over
            for one, other in ((over, under), (under, over)):
                alike = any(offer.name in (other.name, other.ledger_name) for offer in one.offers)
                one.cause, one.reason = (
                    (OTHER, _alike(other)) if alike else (WRONG_PLACE, _at_another(difference, other))
                )


def _alike(other: Item) -> Text:
    name = f"{other.kode} {other.name}".strip()
    return Text(
        f"jumlahnya sama dengan {name}, yang namanya mirip; samakan kodenya",
        f"the same amount as {name}, which has a similar name; give both the same code",
    )


def _at_another(amount: Decimal, other: Item) -> Text:
    id, en = (say_rupiah(amount, lang) for lang in ("id", "en"))
    if not other.kode and other.status is Status.ONLY_LEDGER and not other.cells:
        return Text(
            f"{id} ada di buku besar tanpa kode sub kegiatan",
            f"{en} stands in the ledger without the code of a sub-activity",
        )
    name = other.kode or other.name
    return Text(f"{id} berlawanan dengan selisih pada {name}", f"{en} is the opposite of the difference at {name}")


def _single(
    item: Item, postings: Sequence[Posting], month: int, tolerance: Decimal, totals: Mapping[str, Decimal]
) -> None:
    difference = gap(item)
    if difference is None or not _far(difference, tolerance):
        _elsewhere_in_time(item, tolerance)
        return
    found = _of_documents(item, difference, postings, month, totals)
    if found is None and abs(difference) < _LEAST_PAIR:
        found = OTHER, Text("selisih di bawah Rp 2, mungkin pembulatan", "less than Rp 2, perhaps rounding")
    if found is None:
        missing = item.status is Status.ONLY_LEDGER or (
            difference < 0 and (not item.to_date.matrix or _month_is_missing(item))
        )
        if missing and not item.offers and (item.kode or item.cells):
            found = NOT_ENTERED, Text("matriks belum memuat jumlah ini", "the matrix does not hold this amount yet")
    if found is not None:
        item.cause, item.reason = found


def _far(difference: Decimal, tolerance: Decimal) -> bool:
    return abs(difference) > tolerance


def _month_is_missing(item: Item) -> bool:
    """Nothing of the month is in the matrix, and that is the whole difference."""
    month: Figures = item.month
    return not month.matrix and bool(month.ledger) and month.difference == item.to_date.difference


def _elsewhere_in_time(item: Item, tolerance: Decimal) -> None:
    """To date agrees, a month does not: the amount stands in another month. Else only the pagu differs."""
    if item.to_date.compared and item.status is Status.DIFFERENT and (item.month.apart(tolerance) or item.apart):
        months = [number for number, _ in item.apart]
        id, en = (", ".join(month_name(number).in_(lang) for number in months) for lang in ("id", "en"))
        item.cause = MONTH
        item.reason = Text(
            "jumlah s.d. bulan ini sama, jadi dicatat pada bulan lain" + (f" ({id})" if id else ""),
            "to date the two agree, so it is recorded in another month" + (f" ({en})" if en else ""),
        )
    elif item.pagu_apart:
        item.cause = PAGU
        item.reason = Text(
            "realisasi sama, pagu dari dokumen anggaran yang berbeda",
            "the spending agrees, the pagu is from another budget document",
        )


def _of_documents(
    item: Item, difference: Decimal, postings: Sequence[Posting], month: int, totals: Mapping[str, Decimal]
) -> tuple[int, Text] | None:
    """What single documents of the ledger say about the difference."""
    id, en = (say_rupiah(abs(difference), lang) for lang in ("id", "en"))
    returned = sum((posting.returned for posting in postings if posting.month <= month), NOTHING)
    if returned and difference == returned:
        return RETURNED, Text(f"sama dengan setoran {id} di buku besar", f"equals the {en} returned in the ledger")
    documents = _documents(postings)
    for lines in documents.values():
        net = sum((posting.net for posting in lines), NOTHING)
        at = f"{lines[0].place}"
        setoran = sum((posting.returned for posting in lines), NOTHING)
        if setoran and difference == setoran:
            return RETURNED, Text(f"sama dengan setoran {id} ({at})", f"equals the returned {en} ({at})")
        if net < 0 and difference == -net:
            return WRONG_PLACE, Text(
                f"sama dengan koreksi -{id} di buku besar ({at})",
                f"equals the correction of -{en} in the ledger ({at})",
            )
        if net > 0 and difference == net:
            return DOUBLE, Text(
                f"sama dengan satu dokumen ({at}), mungkin dihitung dua kali",
                f"equals one document ({at}), perhaps counted twice",
            )
        if totals.get(lines[0].document, net) != net or len(lines) > 1:
            per_line = totals.get(lines[0].document, net) * len(lines) - net
        else:
            per_line = NOTHING
        if per_line and difference == per_line:
            return DOUBLE, Text(
                f"nilai satu SP2D ({at}) mungkin dihitung sekali untuk setiap barisnya",
                f"the amount of one SP2D ({at}) may have been counted once for each of its lines",
            )
        if net > 0 and difference == -net:
            return NOT_ENTERED, Text(
                f"sama dengan satu dokumen yang belum ada di matriks ({at})",
                f"equals one document that the matrix lacks ({at})",
            )
    return None


def _documents(postings: Sequence[Posting]) -> dict[object, list[Posting]]:
    """The lines of each document; a line without a number is a document of its own."""
    found: dict[object, list[Posting]] = defaultdict(list)
    for number, posting in enumerate(postings):
        found[posting.document or number].append(posting)
    return found
