"""Matrix against ledger, to the rupiah: in total, by sub kegiatan and by rekening, for the month and to date, and against last month.

Pure: documents and ledgers in, a ``Comparison`` out. Selisih = matriks - buku besar. What cannot be compared is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.errors import LakipError, Text
from lakip_xl.ledger import accounts, causes, course, since
from lakip_xl.ledger.codes import normal
from lakip_xl.ledger.entered import PAGU, SPENT, Entered, Leaf, enter, merge_units, month_of, months_to_date
from lakip_xl.ledger.entries import Basis, Ledger, Posting
from lakip_xl.ledger.items import NOTHING, Comparison, Figures, Item, Level, Status, Written, month_name
from lakip_xl.ledger.match import Matched, match, renamed
from lakip_xl.ledger.spent import Side, Spent, gather
from lakip_xl.ledger.units import Units
from lakip_xl.table.model import Document


def compare(
    document: Document,
    ledgers: Sequence[Ledger],
    *,
    month: int,
    previous: Document | None = None,
    earlier: Mapping[str, Written] | None = None,
    tolerance: Decimal = NOTHING,
) -> Comparison:
    """Compares a workbook (as filled) with its ledgers up to the end of ``month`` (1 to 12).

    ``previous`` is the workbook of the month before, ``earlier`` what people wrote in an earlier reconciliation, by item key. A
    difference of at most ``tolerance`` rupiah does not count. Raises LakipError where the ledgers have different dasar realisasi, none
    tells spending, or ``previous`` is not of an earlier month of the same year.
    """
    basis = one_basis(ledgers)
    entered = enter(document)
    period = str(document.settings.identity.get("periode") or "")
    other = month_of(period) not in (None, month) and bool(period)
    silent = months_to_date(entered, month) if other else None
    by_month = silent is not None
    real = [each for each in ledgers if each.basis is not None]
    units = Units(entered, real)
    if units.merged:
        entered.leaves = merge_units(entered.leaves)
    side = gather(real, month, units.of, _quiet(entered, month))
    identity = document.settings.identity
    found = Comparison(
        month=month, basis=basis, tolerance=tolerance, items=[], notes=[*units.notes, *side.notes, *_read_notes(ledgers)],
        missing=side.missing, office=str(identity.get("perangkat_daerah") or ""), region=str(identity.get("kabupaten") or ""),
        year=document.settings.year or next((each.year for each in real if each.year), None),
        files=tuple(dict.fromkeys(each.file for each in ledgers)),
    )  # fmt: skip
    if other:
        _say_period(found, period, by_month)
    elif not period and month != 12:
        name = month_name(month)
        found.notes.append(
            Text(
                f"Periode pada Identitas kosong: realisasi s/d pada matriks dibaca sebagai s.d. {name.id}.",
                f"Periode in Identitas is blank: the spending to date of the matrix is read as that up to {name.en}.",
            )
        )
    if silent:
        _say_silent(found, silent)
    _say_missing(found, side, month)
    before = None
    if previous is not None:
        before = since.of(previous, document, month)
        if units.merged:
            before = merge_units(before)
    months = _MonthOf(entered, before, month, _gap(previous, month), found.notes, side.month_known)
    subs = _subs(found, entered, side, months) if side.by_code else []
    if not side.by_code and side.spent:
        found.notes.append(
            Text(
                "Buku besar tidak menyebut kode sub kegiatan; yang dibandingkan hanya jumlah dan rekening.",
                "The ledger gives no code of a sub-activity; only the total and the accounts are compared.",
            )
        )
    total = _total(document, entered, side, months, tolerance, "by code" if side.by_code else "")
    found.items = [total, *subs, *(() if by_month else accounts.items(document, entered, side, tolerance))]
    if before is not None:
        since.tell(found, entered, before)
    course.tell(found, document, ledgers, entered, side)
    for item in found.items:
        item.written = (earlier or {}).get(item.key)
    return found


def _quiet(entered: Entered, month: int) -> set[int]:
    """The months before the one compared in which Bulanan, where it is used, holds nothing of any row."""
    told = {at for leaf in entered.leaves for at in leaf.months}
    return set(range(1, month)) - told if told else set()


def one_basis(ledgers: Sequence[Ledger]) -> Basis:
    """The dasar realisasi of the ledgers. Raises LakipError where they have several, or none tells spending."""
    found = {each.basis: each.file for each in ledgers if each.basis is not None}
    if len(found) > 1:
        paid, spent = found[Basis.PAID], found[Basis.SPENT]
        raise LakipError(
            f"{paid} berdasar SP2D/LRA dan {spent} berdasar SPJ/BKU: keduanya tidak boleh dijumlahkan. Jalankan reconcile sekali "
            "untuk setiap dasar realisasi.",
            f"{paid} rests on SP2D/LRA and {spent} on SPJ/BKU: the two must not be added up. Run reconcile once for each basis.",
        )
    if not found:
        raise LakipError(
            "Tidak ada buku besar yang memuat realisasi: tambahkan berkas SIPD, LRA, SPJ, atau BKU pada --ledger.",
            "No ledger tells what was spent: add a SIPD, LRA, SPJ or BKU file with --ledger.",
        )
    return next(iter(found))


def _read_notes(ledgers: Sequence[Ledger]) -> list[Text]:
    return [note for each in ledgers for note in each.notes]


def _gap(previous: Document | None, month: int) -> bool:
    """Whether last month's workbook is older than the month before, so that the difference is of several months."""
    if previous is None:
        return False
    return month_of(str(previous.settings.identity.get("periode") or "")) != month - 1


def _say_period(found: Comparison, period: str, by_month: bool) -> None:
    """The matrix's figures are those of its own period: another month asked for is a comparison of two different times."""
    name = month_name(found.month)
    if by_month:
        found.notes.append(
            Text(
                f"Matriks menyatakan periode {period}; realisasi s.d. {name.id} dijumlahkan dari lembar Bulanan, dan rekening "
                "tidak dibandingkan.",
                f"The matrix states the period {period}; spending up to {name.en} is added up from the sheet Bulanan, and accounts are not "
                "compared.",
            )
        )
        return
    found.notes.append(
        Text(
            f"Matriks menyatakan periode {period}, buku besar dibandingkan s.d. {name.id}: bulan di antaranya dapat menjadi selisih.",
            f"The matrix states the period {period}, the ledger is compared up to {name.en}: the months between may differ.",
        )
    )


def _say_silent(found: Comparison, silent: Sequence[Leaf]) -> None:
    """Rows that Bulanan says nothing of, in a workbook of another period."""
    at = next((str(leaf.cells[0]) for leaf in silent if leaf.cells), silent[0].name)
    found.notes.append(
        Text(
            f"{len(silent)} baris mempunyai realisasi s/d tetapi tidak ada bulannya di Bulanan, mulai dari {at}; tidak dibandingkan, "
            "begitu pula jumlahnya.",
            f"{len(silent)} rows have spending to date but no months in Bulanan, starting with {at}; they are not compared, nor is the "
            "total.",
        )
    )


def _say_missing(found: Comparison, side: Side, month: int) -> None:
    if not side.to_date_known:
        id, en = (", ".join(month_name(k).in_(lang) for k in side.missing) for lang in ("id", "en"))
        found.notes.append(
            Text(
                f"Realisasi s.d. bulan ini tidak dibandingkan: buku besar tidak memuat {id}.",
                f"Spending to date is not compared: the ledger does not hold {en}.",
            )
        )
    if not side.month_known:
        name = month_name(month)
        found.notes.append(
            Text(
                f"Realisasi bulan ini tidak dibandingkan: buku besar tidak memuat {name.id} tersendiri.",
                f"Spending of the month is not compared: the ledger does not hold {name.en} by itself.",
            )
        )


class _MonthOf:
    """The matrix's realisasi of the month: from Bulanan, else to date less last month's to date, else unknown (said once)."""

    def __init__(
        self,
        entered: Entered,
        before: list[Leaf] | None,
        month: int,
        several: bool,
        notes: list[Text],
        ledger_knows: bool,
    ) -> None:
        self.month = month
        self.monthly = entered.monthly is not None and any(leaf.months for leaf in entered.leaves)
        self.before = None
        if before is not None and not several:
            self.before = {(leaf.unit, leaf.key): leaf for leaf in before}
        self.known = self.monthly or self.before is not None or month == 1
        if self.known or not ledger_knows:
            return
        notes.append(
            Text(
                "Realisasi bulan ini tidak dibandingkan: buku kerja tidak memuatnya. Isi lembar Bulanan, atau beri buku kerja bulan "
                "lalu pada --previous.",
                "Spending of the month is not compared: the workbook does not hold it. Fill in the sheet Bulanan, or give last month's "
                "workbook with --previous.",
            )
        )

    def of(self, leaf: Leaf) -> Decimal | None:
        """Rupiah of the month; None where nothing is entered, or the workbook does not tell months apart."""
        if not self.known:
            return None
        if self.monthly:
            return leaf.months.get(self.month)
        if self.month == 1 or self.before is None:
            return leaf.to_date
        last = self.before.get((leaf.unit, leaf.key))
        if leaf.to_date is None and (last is None or last.to_date is None):
            return None
        return (leaf.to_date or NOTHING) - ((last.to_date if last else None) or NOTHING)

    def cells(self, leaf: Leaf) -> tuple[Cell, ...]:
        """Where the figure of the month stands, if it stands anywhere."""
        cell = leaf.month_cells.get(self.month)
        return () if cell is None else (cell,)


def _subs(found: Comparison, entered: Entered, side: Side, months: _MonthOf) -> list[Item]:
    matched = match(entered.leaves, side.spent.values(), {at: normal(name) for at, name in side.names.items() if at[1]})
    made: list[tuple[Leaf | None, Item]] = []
    postings: dict[int, list[Posting]] = {}
    by_leaf = {id(leaf): (spent, by_name) for leaf, spent, by_name in matched.pairs}
    for leaf in entered.leaves:
        spent, by_name = by_leaf.get(id(leaf), (None, False))
        item = _item(leaf, spent, side, months, found.tolerance)
        item.by_name = by_name
        item.offers = matched.offers.get(id(leaf), ()) if item.status is Status.ONLY_MATRIX else ()
        made.append((leaf, item))
        if spent is not None:
            postings[id(item)] = spent.postings
            item.renamed = not by_name and bool(spent.name) and renamed(leaf, spent)
    for spent in sorted(matched.spent, key=lambda each: (each.unit, each.code or (10**9,), each.kode)):
        only = _ledger_only(spent, side, months, found.tolerance, matched)
        if only is not None:
            made.append((None, only))
            postings[id(only)] = spent.postings
    if side.whole and months.monthly:
        for row, item in made:
            if row is not None:
                _other_months(row, by_leaf.get(id(row), (None, False))[0], item, found)
    items = [item for _, item in made]
    causes.propose(items, postings, found.month, found.tolerance)
    return items


def _item(leaf: Leaf, spent: Spent | None, side: Side, months: _MonthOf, tolerance: Decimal) -> Item:
    readable = not leaf.unread
    item = Item(
        Level.SUB, f"{Level.SUB.value}|{leaf.unit}|{leaf.key}|", leaf.unit, leaf.kode, "", " ".join(leaf.name.split()),
        month=Figures(months.of(leaf), spent.month if spent and side.month_known else None, side.month_known and months.known and readable),
        to_date=Figures(leaf.to_date, spent.to_date if spent and side.to_date_known else None, side.to_date_known and readable),
        pagu=Figures(leaf.pagu, spent.pagu if spent else None, bool(spent and spent.pagu is not None) and readable),
        cells=(*leaf.cells, *months.cells(leaf)), places=tuple(spent.places) if spent else (),
        ledger_name=spent.name if spent else "", record=leaf.row.record,
    )  # fmt: skip
    _judge(item, tolerance)
    if not readable:
        item.status = Status.UNREADABLE
    elif leaf.double:
        item.status = Status.DUPLICATE
    elif spent is None and item.status is Status.DIFFERENT:
        item.status = Status.ONLY_MATRIX
    return item


def _judge(item: Item, tolerance: Decimal) -> None:
    item.pagu_apart = item.pagu.apart(tolerance)
    if item.month.apart(tolerance) or item.to_date.apart(tolerance):
        item.status = Status.DIFFERENT
    elif item.pagu_apart:
        item.status = Status.PAGU


def _ledger_only(spent: Spent, side: Side, months: _MonthOf, tolerance: Decimal, matched: Matched) -> Item | None:
    """The ledger's sub kegiatan that the matrix lacks; None where it says nothing but zeros of it."""
    if not (spent.to_date or spent.month or spent.pagu or any(spent.months.values())):
        return None
    name = spent.kode if spent.code else normal(spent.kode) or "?"
    key = ".".join(map(str, spent.code)) if spent.code else name
    item = Item(
        Level.SUB, f"{Level.SUB.value}|{spent.unit}|{key}|", spent.unit, spent.kode if spent.code else "",
        name=spent.name or ("" if spent.code else spent.kode), ledger_name=spent.name,
        month=Figures(None, spent.month if side.month_known else None, side.month_known and months.known),
        to_date=Figures(None, spent.to_date if side.to_date_known else None, side.to_date_known),
        pagu=Figures(None, spent.pagu, spent.pagu is not None), places=tuple(spent.places),
        offers=matched.offers.get(id(spent), ()), status=Status.ONLY_LEDGER,
    )  # fmt: skip
    item.pagu_apart = item.pagu.apart(tolerance)
    return item


def _other_months(leaf: Leaf, spent: Spent | None, item: Item, found: Comparison) -> None:
    """The months before, in which Bulanan and the ledger differ."""
    apart = []
    for number in range(1, found.month):
        difference = leaf.months.get(number, NOTHING) - (spent.months.get(number, NOTHING) if spent else NOTHING)
        if abs(difference) > found.tolerance:
            apart.append((number, difference))
    item.apart = tuple(apart)
    if apart and item.status in (Status.MATCHED, Status.PAGU):
        item.status = Status.DIFFERENT


def _total(document: Document, entered: Entered, side: Side, months: _MonthOf, tolerance: Decimal, how: str) -> Item:
    table = document.matrix
    leaves = entered.leaves
    readable = not any(leaf.unread for leaf in leaves)
    spent = list(side.spent.values())
    pagus = [each.pagu for each in spent if each.pagu is not None]
    pagu_known = bool(pagus) and all(each.pagu is not None for each in spent if each.to_date)
    cells = () if table.total is None else tuple(table.cell(table.total, k) for k in (SPENT, PAGU) if table.has(k))
    item = Item(
        Level.TOTAL, f"{Level.TOTAL.value}|||", name="JUMLAH",
        month=Figures(_sum([months.of(leaf) for leaf in leaves]), _sum([each.month for each in spent]) if side.month_known else None,
                      side.month_known and months.known and readable),
        to_date=Figures(_sum([leaf.to_date for leaf in leaves]), _sum([each.to_date for each in spent]) if side.to_date_known else None,
                        side.to_date_known and readable),
        pagu=Figures(_sum([leaf.pagu for leaf in leaves]), _sum(list(pagus)), pagu_known and readable), cells=cells,
    )  # fmt: skip
    _judge(item, tolerance)
    if not readable:
        item.status = Status.UNREADABLE
    elif not how and item.status is Status.DIFFERENT:
        item.reason = Text("buku besar tidak merinci sub kegiatan", "the ledger does not list sub-activities")
    return item


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    found = [value for value in values if value is not None]
    return sum(found, NOTHING) if found else None
