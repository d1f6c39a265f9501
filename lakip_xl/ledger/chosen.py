"""Which file speaks for which month: a month that several hold is counted once, and it is said which of them was used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.ledger.entries import Balance, Key, Ledger, Posting
from lakip_xl.ledger.forms import DOCUMENTS
from lakip_xl.ledger.items import NOTHING, month_name
from lakip_xl.numbers import say_rupiah


def postings_of(ledgers: Sequence[Ledger], notes: list[Text]) -> tuple[list[Posting], set[int]]:
    """The postings that count, each month once, and the months that are there."""
    form: dict[int, str] = {}
    for each in ledgers:
        form.update(dict.fromkeys(_months(each), each.form))
    owner: dict[tuple[int, str], int] = {}
    replaced: dict[tuple[str, str], set[int]] = defaultdict(set)
    held: list[dict[tuple[int, str], list[Posting]]] = []
    for number, each in enumerate(ledgers):
        mine: dict[tuple[int, str], list[Posting]] = defaultdict(list)
        for posting in each.postings:
            mine[posting.month, posting.key.unit].append(posting)
        held.append(mine)
        for month, unit in mine:
            before = owner.get((month, unit))
            if before is not None:
                replaced[ledgers[before].file, each.file].add(month)
            owner[month, unit] = number
    chosen: list[Posting] = []
    for number, (each, mine) in enumerate(zip(ledgers, held, strict=True)):
        for (month, unit), found in mine.items():
            if form[month] != each.form:
                last = next(other.file for other in reversed(ledgers) if month in _months(other))
                replaced[each.file, last].add(month)
            elif owner[month, unit] == number:
                chosen.extend(found)
    for (old, new), months in replaced.items():
        notes.append(_said(old, new, months))
    notes.extend(_in_two_months(chosen, {each.file for each in ledgers if each.form == DOCUMENTS.key}))
    return chosen, set(form)


def _in_two_months(postings: Iterable[Posting], files: Collection[str]) -> Iterator[Text]:
    """The same document with the same amount in the files of two months: it counts twice, which only the office can judge."""
    first: dict[tuple[Key, str, Decimal], Posting] = {}
    again: list[tuple[Posting, Posting]] = []
    for each in postings:
        if each.document and each.net and each.place.file in files:
            before = first.setdefault((each.key, each.document, each.net), each)
            if before.month != each.month and before.place.file != each.place.file:
                again.append((before, each))
    if again:
        one, other = (each.place for each in again[0])
        total = sum((each.net for _, each in again), NOTHING)
        yield Text(
            f"{len(again)} dokumen ada di berkas dua bulan dengan jumlah yang sama dan dihitung dua kali ({say_rupiah(total, 'id')}), "
            f"mulai dari {one} dan {other}. Periksa apakah salah satunya ganda.",
            f"{len(again)} documents stand in the files of two months with the same amount and count twice ({say_rupiah(total, 'en')}), "
            f"starting with {one} and {other}. Check whether one of them is double.",
        )


def _months(ledger: Ledger) -> tuple[int, ...]:
    return tuple({*ledger.months, *(posting.month for posting in ledger.postings)})


def _said(old: str, new: str, months: Iterable[int]) -> Text:
    id, en = (", ".join(month_name(m).in_(lang) for m in sorted(months)) for lang in ("id", "en"))
    if old == new:
        return Text(
            f"{id}: berkas {old} diberikan dua kali; dihitung sekali.",
            f"{en}: the file {old} was given twice; it is counted once.",
        )
    return Text(
        f"{id}: ada di {old} dan di {new}; yang dipakai adalah {new}, yang disebut belakangan.",
        f"{en}: both {old} and {new} hold it; {new}, which was named later, is used.",
    )


def balances_of(ledgers: Sequence[Ledger], notes: list[Text]) -> dict[int, list[Balance]]:
    """The balances by month, of each unit from the last file that has them."""
    owner: dict[tuple[int, str], tuple[str, str]] = {}
    form: dict[int, str] = {}
    held: dict[tuple[int, str], list[Balance]] = {}
    replaced: dict[tuple[str, str], set[int]] = defaultdict(set)
    for each in ledgers:
        mine: dict[tuple[int, str], list[Balance]] = defaultdict(list)
        for balance in each.balances:
            mine[balance.month, balance.key.unit].append(balance)
        for month in {month for month, _ in mine}:
            if form.setdefault(month, each.form) != each.form:
                for old in [key for key in held if key[0] == month]:
                    replaced[owner.pop(old)[0], each.file].add(month)
                    del held[old]
                form[month] = each.form
        for (month, unit), found in mine.items():
            if (month, unit) in owner:
                replaced[owner[month, unit][0], each.file].add(month)
            owner[month, unit], held[month, unit] = (each.file, each.form), found
    for (old_file, new_file), months in replaced.items():
        notes.append(_said(old_file, new_file, months))
    by_month: dict[int, list[Balance]] = defaultdict(list)
    for (month, _), found in held.items():
        by_month[month] += found
    return dict(by_month)


def start_of(covered: set[int], balances: dict[int, list[Balance]], month: int) -> int | None:
    """From which month's balance postings are added up: 0 where every month is there, None where months are missing."""
    if all(k in covered for k in range(1, month + 1)):
        return 0
    for k in range(month, 0, -1):
        if k in balances and any(balance.to_date is not None for balance in balances[k]):
            return k
        if k not in covered:
            return None
    return None
