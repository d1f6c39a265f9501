"""Rekening: rows of rekening in the matrix itself, and the sheet Belanja (by type, for the whole office), against the ledger's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from decimal import Decimal

from lakip_xl.ledger.codes import is_account
from lakip_xl.ledger.entered import PAGU, SPENT, Entered, Leaf
from lakip_xl.ledger.items import NOTHING, Figures, Item, Level, Status
from lakip_xl.ledger.spent import Account, Side
from lakip_xl.table.codes import Code, code_of
from lakip_xl.table.model import Document, Row, Table

_TYPE = 3
"""Parts of a code of belanja down to its type: 5.1.02."""


def items(document: Document, entered: Entered, side: Side, tolerance: Decimal) -> list[Item]:
    """The rekening that both sides know. Nothing where the ledger does not say the rekening of all that it spent."""
    if not side.accounts or side.unaccounted or not side.to_date_known:
        return []
    held: dict[tuple[str, Code], dict[Code, Account]] = defaultdict(dict)
    for (unit, kode, code), account in side.accounts.items():
        held[unit, kode][code] = account
    found = [
        item
        for leaf in entered.leaves
        if leaf.accounts
        for item in _of_leaf(entered, leaf, held[leaf.unit, leaf.code], tolerance)
    ]
    belanja = document.tables.get("belanja")
    if belanja is not None:
        found += _of_belanja(belanja, side, tolerance)
    return found


def _of_leaf(entered: Entered, leaf: Leaf, held: dict[Code, Account], tolerance: Decimal) -> Iterator[Item]:
    """The rows of rekening below one sub kegiatan, and what the ledger has there beside them."""
    rows = {code: (kode, name, row) for code, kode, name, row in leaf.accounts}
    for code, (kode, name, row) in rows.items():
        below = [account for other, account in held.items() if _nearest(other, rows) == code]
        yield _item(entered.table, row, leaf.kode, kode, name, below, tolerance, leaf.unit)
    for code, account in held.items():
        if _nearest(code, rows) is None and (account.to_date or account.pagu):
            yield _only(account, leaf.kode, leaf.unit)


def _of_belanja(table: Table, side: Side, tolerance: Decimal) -> Iterator[Item]:
    """The rows of Belanja that carry figures; a sheet that nobody filled in is not compared."""
    rows: dict[Code, Row] = {}
    for row in table.rows:
        code = code_of(row.text_of("kode"))
        typed = row.number_of(SPENT) is not None and not row.entry(SPENT).ours
        if is_account(code, row.text_of("kode")) and not row.children and typed:
            rows[code] = row
    if not rows:
        return
    held: dict[Code, Account] = {}
    for (_, _, code), account in side.accounts.items():
        nearest = _nearest(code, rows) or code[:_TYPE]
        into = held.setdefault(nearest, Account(nearest, ".".join(account.kode.split(".")[: len(nearest)])))
        into.to_date += account.to_date
        into.places += account.places
        if account.pagu is not None:
            into.pagu = (into.pagu or NOTHING) + account.pagu
    for code, row in rows.items():
        found = [held[code]] if code in held else []
        yield _item(table, row, "", row.text_of("kode"), row.name, found, tolerance, "")
    for code, account in held.items():
        if code not in rows and (account.to_date or account.pagu):
            yield _only(account, "", "")


def _nearest(code: Code, rows: Container[Code]) -> Code | None:
    """The row that holds a rekening: itself, or the nearest above it."""
    return next((code[:length] for length in range(len(code), 0, -1) if code[:length] in rows), None)


def _item(
    table: Table, row: Row, kode: str, rekening: str, name: str, found: list[Account], tolerance: Decimal, unit: str
) -> Item:
    spent = sum((account.to_date for account in found), NOTHING) if found else None
    pagus = [account.pagu for account in found if account.pagu is not None]
    readable = not row.entry(SPENT).fault
    item = Item(
        Level.ACCOUNT, _key(unit, kode, rekening), unit, kode, rekening, name, month=Figures(compared=False),
        to_date=Figures(row.number_of(SPENT), spent, readable),
        pagu=Figures(row.number_of(PAGU), sum(pagus, NOTHING) if pagus else None, bool(pagus)),
        cells=tuple(table.cell(row, key) for key in (SPENT, PAGU) if table.has(key)),
        places=tuple(place for account in found for place in account.places), record=row.record,
    )  # fmt: skip
    item.pagu_apart = item.pagu.apart(tolerance)
    if not readable:
        item.status = Status.UNREADABLE
    elif item.to_date.apart(tolerance):
        item.status = Status.DIFFERENT if found else Status.ONLY_MATRIX
    elif item.pagu_apart:
        item.status = Status.PAGU
    return item


def _only(account: Account, kode: str, unit: str) -> Item:
    return Item(
        Level.ACCOUNT, _key(unit, kode, account.kode), unit, kode, account.kode, account.name, month=Figures(compared=False),
        to_date=Figures(None, account.to_date), pagu=Figures(None, account.pagu, account.pagu is not None),
        places=tuple(account.places), status=Status.ONLY_LEDGER,
    )  # fmt: skip


def _key(unit: str, kode: str, rekening: str) -> str:
    code, account = (".".join(map(str, code_of(text))) for text in (kode, rekening))
    return f"{Level.ACCOUNT.value}|{unit}|{code}|{account}"
