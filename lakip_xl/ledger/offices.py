"""A ledger of several SKPD, parted into one for each: by its columns of SKPD, else by the codes of its units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from lakip_xl.cells import Value
from lakip_xl.ledger import forms, reading
from lakip_xl.ledger.amounts import code, text
from lakip_xl.ledger.documents import is_total
from lakip_xl.ledger.entries import Basis, Ledger
from lakip_xl.ledger.found import Found, find
from lakip_xl.ledger.spent import gather
from lakip_xl.sources import tables


class Account(NamedTuple):
    """What a ledger says of one SKPD: rupiah up to the end of ``month`` (None where it says no month), None where it does not say."""

    kode: str
    name: str
    spent: Decimal | None
    pagu: Decimal | None
    year: int | None
    month: int | None
    basis: Basis | None


def accounts(path: Path) -> list[Account]:
    """Every SKPD of a ledger with what it spent, in the ledger's order. Raises LakipError as ``ledger.read`` does."""
    found = find(tables.read(path), path.name)
    columns = [found.columns[key] for key in ("skpd", "nama_skpd") if key in found.columns]
    parts = list(_parted(found, columns)) if columns else [(found.offices, found)]
    made: list[Account] = []
    for offices, part in parts:
        ledger = reading.of_found(part, None)
        if len(offices) == 1:
            ledger = replace(ledger, office=next(iter(offices.items())))
        made += _by_unit(ledger) if not columns else [_account(ledger, *ledger.office)]
    return made


def _parted(found: Found, columns: Sequence[int]) -> Iterator[tuple[dict[str, str], Found]]:
    """The rows of each SKPD as a table of their own. A blank SKPD is that of the row above, as in merged cells; totals are left out."""
    wanted = None if found.form not in (forms.DOCUMENTS, forms.BKU) else frozenset(found.columns.values())
    rows: defaultdict[tuple[str, str], list[tables.Row]] = defaultdict(list)
    names: dict[str, str] = {}
    office = ("", "")
    for row, cells in found.table.rows(wanted):
        if row <= found.header_row:
            continue
        kode = code(_cell(found, cells, "skpd"))
        name = text(_cell(found, cells, "nama_skpd"))
        if is_total(cells) and not any(text(_cell(found, cells, key)) for key in ("kode", "rekening")):
            continue
        if kode or name:
            office = kode, names.setdefault(kode, name) if kode else name
        rows[office].append((row, cells))
    for (kode, name), own in rows.items():

        def source(_columns: Collection[int] | None, own: list[tables.Row] = own) -> Iterator[tables.Row]:
            return iter(own)

        yield {kode or name: name}, replace(found, table=replace(found.table, source=source), offices={}, units={})


def _cell(found: Found, cells: dict[int, Value], key: str) -> Value:
    column = found.columns.get(key)
    return None if column is None else cells.get(column)


def _by_unit(ledger: Ledger) -> list[Account]:
    """The SKPD whose units stand among the rows: a unit's code is its SKPD's and four digits more."""
    keys = [*(each.key for each in ledger.postings), *(each.key for each in ledger.balances)]
    heads = {unit: _head(unit) for unit in dict.fromkeys(key.unit for key in keys)}
    if len({head for head in heads.values() if head}) < 2:
        return [_account(ledger, *ledger.office)]
    made = []
    for head in dict.fromkeys(heads.values()):
        own = {unit for unit, of in heads.items() if of == head}
        named = [unit for unit in sorted({*own, *ledger.units}) if _head(unit) == head and ledger.units.get(unit)]
        name = ledger.units[named[0]] if named else ""
        part = replace(
            ledger,
            postings=[each for each in ledger.postings if each.key.unit in own],
            balances=[each for each in ledger.balances if each.key.unit in own],
        )
        made.append(_account(part, min([*named, *own]), name))
    return made


def _head(unit: str) -> str:
    """The SKPD of a unit: its code without the last four digits, which number the unit (1.06.0.00.0.00.01 of ...01.0003)."""
    return ".".join(unit.split(".")[:7])


def _account(ledger: Ledger, kode: str, name: str) -> Account:
    months = ledger.months
    month = max(months) if months else None
    if month is None:
        ledger = replace(ledger, balances=[each._replace(month=12) for each in ledger.balances])
    side = gather([ledger], month or 12, lambda unit: unit)
    pagus = [each.pagu for each in side.spent.values() if each.pagu is not None]
    spent = sum((each.to_date for each in side.spent.values()), Decimal(0)) if side.to_date_known else None
    pagu = sum(pagus, Decimal(0)) if pagus else None
    return Account("" if kode == name else kode, name, spent, pagu, ledger.year, month, ledger.basis)
