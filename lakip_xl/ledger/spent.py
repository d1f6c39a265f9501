"""The ledger's side of a comparison: what was spent of each key, without losing or doubling a rupiah."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.ledger.chosen import balances_of, postings_of, start_of
from lakip_xl.ledger.entries import Balance, Ledger, Place, Posting
from lakip_xl.ledger.items import NOTHING, month_name
from lakip_xl.table.codes import Code, code_of


@dataclass(slots=True)
class Spent:
    """What the ledgers say of one sub kegiatan of one unit, up to the month compared; rupiah.

    code      () where the ledger gives none; ``kode`` as it writes it (a name, perhaps)
    base      balance at the month from which postings are added, ``months`` the postings by month
    pagu      None where no ledger says
    postings  those up to the month, for likely causes
    """

    unit: str
    code: Code
    kode: str
    name: str = ""
    base: Decimal = NOTHING
    before: Decimal = NOTHING
    months: dict[int, Decimal] = field(default_factory=dict)
    pagu: Decimal | None = None
    postings: list[Posting] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    to_date: Decimal = NOTHING
    month: Decimal = NOTHING


@dataclass(slots=True)
class Account:
    """What the ledgers say of one rekening of the whole office, or (``within``) of one sub kegiatan; rupiah."""

    code: Code
    kode: str
    name: str = ""
    to_date: Decimal = NOTHING
    month: Decimal = NOTHING
    pagu: Decimal | None = None
    places: list[Place] = field(default_factory=list)


@dataclass
class Side:
    """The ledgers together.

    spent         by unit and code (or name); ``accounts`` by (unit, code, rekening)
    month_known, to_date_known   whether the ledgers hold what is needed for the month, and to date
    whole         every month from January is there as postings, so that a single month can be compared
    covered       the months for which there are postings; ``missing`` those that to date lacks
    unaccounted   rupiah to date of which no rekening is said
    names         what the ledgers call a code, by unit
    """

    spent: dict[tuple[str, Code, str], Spent] = field(default_factory=dict)
    accounts: dict[tuple[str, Code, Code], Account] = field(default_factory=dict)
    month_known: bool = False
    to_date_known: bool = False
    whole: bool = False
    covered: frozenset[int] = frozenset()
    missing: tuple[int, ...] = ()
    unaccounted: Decimal = NOTHING
    names: dict[tuple[str, Code], str] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)

    @property
    def by_code(self) -> bool:
        """Whether any spending knows its sub kegiatan."""
        return any(spent.code or spent.kode for spent in self.spent.values())


UnitOf = Callable[[str], str]


def gather(ledgers: Sequence[Ledger], month: int, unit_of: UnitOf, quiet: Collection[int] = ()) -> Side:
    """All ledgers of one basis as one side; ``unit_of`` gives the matrix's name for a ledger's unit, ``quiet`` are months without spending.

    A month that two files hold is counted once, from the later of them (the practice of SIPD: a new import of a month replaces it).
    Files that speak of different units of the month stand side by side; another form of ledger replaces the month as a whole.
    """
    side = Side()
    names = side.names = _names(ledgers, unit_of)
    accounts = {code_of(kode): name for each in ledgers for kode, name in each.accounts.items()}
    postings = [each for each in ledgers if each.postings or not (each.balances or each.planned)]
    chosen, covered = postings_of(postings, side.notes)
    side.covered = frozenset(covered)
    balances = balances_of(ledgers, side.notes)
    start = start_of(covered, balances, month)
    if start is None and covered and start_of(covered | set(quiet), balances, month) is not None:
        start = start_of(covered | set(quiet), balances, month)
        side.notes.append(_said_quiet(sorted(set(quiet) - covered)))
    known = [k for k in balances if k <= month]
    side.to_date_known = start is not None
    side.whole = start == 0
    if start is None:
        side.missing = tuple(k for k in range(1, month + 1) if k not in covered)
    side.month_known = month in covered or (month in balances and (month == 1 or month - 1 in balances))
    maker = _Maker(side, names, accounts, unit_of)
    for posting in chosen:
        if posting.month <= month:
            maker.post(posting, counts=start is not None and posting.month > start, now=posting.month == month)
    if start:
        maker.balance(balances[start], "base")
    if month not in covered and side.month_known:
        maker.balance(balances[month], "now")
        if month > 1:
            maker.balance(balances[month - 1], "before")
    if known:
        maker.balance(balances[max(known)], "pagu")
    for spent in side.spent.values():
        spent.to_date = spent.base + sum((v for k, v in spent.months.items() if k > (start or 0)), NOTHING)
        if month in covered:
            spent.month = spent.months.get(month, NOTHING)
    return side


def _said_quiet(months: Sequence[int]) -> Text:
    id, en = (", ".join(month_name(k).in_(lang) for k in months) for lang in ("id", "en"))
    return Text(
        f"{id}: tidak ada di buku besar maupun di Bulanan, sehingga dianggap tanpa belanja.",
        f"{en}: neither in the ledger nor in Bulanan, so taken to be without spending.",
    )


def _names(ledgers: Iterable[Ledger], unit_of: UnitOf) -> dict[tuple[str, Code], str]:
    return {(unit_of(unit), code_of(kode)): name for each in ledgers for (unit, kode), name in each.names.items()}


class _Maker:
    """Puts postings and balances under their keys."""

    def __init__(
        self, side: Side, names: dict[tuple[str, Code], str], accounts: dict[Code, str], unit_of: UnitOf
    ) -> None:
        self.side, self.names, self.accounts = side, names, accounts
        self.units: dict[str, str] = {}
        self.unit_of = unit_of

    def _unit(self, unit: str) -> str:
        if unit not in self.units:
            self.units[unit] = self.unit_of(unit)
        return self.units[unit]

    def spent(self, unit: str, kode: str) -> Spent:
        code = code_of(kode)
        key = (unit, code, "" if code else kode)
        found = self.side.spent.get(key)
        if found is None:
            name = self.names.get((unit, code), "") if code else kode
            found = self.side.spent[key] = Spent(unit, code, kode, name)
        return found

    def account(self, spent: Spent, rekening: str) -> Account:
        code = code_of(rekening)
        key = (spent.unit, spent.code, code)
        found = self.side.accounts.get(key)
        if found is None:
            found = self.side.accounts[key] = Account(code, rekening, self.accounts.get(code, ""))
        return found

    def post(self, posting: Posting, *, counts: bool, now: bool) -> None:
        spent = self.spent(self._unit(posting.key.unit), posting.key.kode)
        spent.months[posting.month] = spent.months.get(posting.month, NOTHING) + posting.net
        spent.postings.append(posting)
        spent.places.append(posting.place)
        if posting.key.rekening:
            account = self.account(spent, posting.key.rekening)
            account.to_date += posting.net if counts else NOTHING
            account.month += posting.net if now else NOTHING
            account.places.append(posting.place)
        elif counts:
            self.side.unaccounted += posting.net

    def balance(self, balances: Iterable[Balance], what: str) -> None:
        """Takes in balances of one month: as the ``base`` to date, as ``now`` or ``before`` for the month's difference, or for pagu."""
        groups: dict[tuple[str, str], list[Balance]] = defaultdict(list)
        first: dict[tuple[str, Code], str] = {}
        for balance in balances:
            unit, code = self._unit(balance.key.unit), code_of(balance.key.kode)
            kode = first.setdefault((unit, code), balance.key.kode) if code else balance.key.kode
            groups[unit, kode].append(balance)
        amounts = {key: self._amount(found, pagu=what == "pagu") for key, found in groups.items()}
        for (unit, kode), own in _own_of_groups(amounts):
            if own is None:
                continue
            spent, found = self.spent(unit, kode), groups[unit, kode]
            spent.places += [b.place for b in found if b.place not in spent.places][:50]
            if what == "base":
                spent.base += own
            elif what == "now":
                spent.month += own
            elif what == "before":
                spent.month -= own
            else:
                spent.pagu = (spent.pagu or NOTHING) + own
            self._by_account(spent, found, own, what)

    def _amount(self, found: Sequence[Balance], *, pagu: bool) -> Decimal | None:
        """What a sub kegiatan has: its own row's figure, else the sum of its rekening."""
        whole = [v for b in found if not b.key.rekening and (v := b.pagu if pagu else b.to_date) is not None]
        if whole:
            return sum(whole, NOTHING)
        parts = [v for _, v in _contributions(found, pagu=pagu)]
        return sum(parts, NOTHING) if parts else None

    def _by_account(self, spent: Spent, found: Sequence[Balance], own: Decimal, what: str) -> None:
        said = NOTHING
        for balance, value in _contributions(found, pagu=what == "pagu"):
            account = self.account(spent, balance.key.rekening)
            said += value
            if what == "base":
                account.to_date += value
                account.places.append(balance.place)
            elif what == "pagu":
                account.pagu = (account.pagu or NOTHING) + value
            else:
                account.month += value if what == "now" else -value
        if what == "base":
            self.side.unaccounted += own - said


def _contributions(found: Sequence[Balance], *, pagu: bool) -> Iterator[tuple[Balance, Decimal]]:
    """What each rekening holds beyond the rekening listed below it: a row above others repeats their sum, and counts once."""
    values: dict[Code, Decimal] = defaultdict(lambda: NOTHING)
    first: dict[Code, Balance] = {}
    for balance in found:
        value = balance.pagu if pagu else balance.to_date
        if balance.key.rekening and value is not None:
            code = code_of(balance.key.rekening)
            values[code] += value
            first.setdefault(code, balance)
    for code, value in _own(values).items():
        yield first[code], value


def _own(values: dict[Code, Decimal]) -> dict[Code, Decimal]:
    """Each code's value less those of the nearest codes below it."""
    own = dict(values)
    for code, value in values.items():
        for length in range(len(code) - 1, 0, -1):
            if code[:length] in own:
                own[code[:length]] -= value
                break
    return own


def _own_of_groups(
    amounts: dict[tuple[str, str], Decimal | None],
) -> Iterator[tuple[tuple[str, str], Decimal | None]]:
    """Each sub kegiatan's amount, rows of program and kegiatan less what stands below them, a row of the total left out."""
    by_unit: dict[str, dict[Code, Decimal]] = defaultdict(dict)
    for (unit, kode), amount in amounts.items():
        if (code := code_of(kode)) and amount is not None:
            by_unit[unit][code] = by_unit[unit].get(code, NOTHING) + amount
    own = {unit: _own(values) for unit, values in by_unit.items()}
    sums = {unit: sum(values.values(), NOTHING) for unit, values in own.items()}
    everything = sum(sums.values(), NOTHING)
    heads = {(unit, code[:n]) for unit, values in own.items() for code in values for n in range(1, len(code))}
    taken: set[tuple[str, Code]] = set()
    for (unit, kode), amount in amounts.items():
        code = code_of(kode)
        if not code:
            # The total of the unit, or of all units together.
            repeats = not kode and bool(sums) and amount in (sums.get(unit), everything)
            yield (unit, kode), None if repeats else amount
        elif (unit, code) not in taken:
            taken.add((unit, code))
            value = own.get(unit, {}).get(code)
            above = value == 0 and (unit, code) in heads
            yield (unit, kode), None if above else value
