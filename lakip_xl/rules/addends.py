"""What a user's sum takes in, held against the rows that it should: every row below it exactly once, and no other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.numbers import to_decimal
from lakip_xl.rules.reading import silent, zeroed
from lakip_xl.rules.sums import Mismatch, disordered, passed_over, same_money, summed
from lakip_xl.rules.written import named, own_formulas
from lakip_xl.table.addends import Addends, addends
from lakip_xl.table.model import Document, Row, Table

_FAR_TOO_MANY = 3
"""A sum that names more rows than the table has, several times over, was not made by people."""


def passing_over(document: Document, table: Table, key: str, rows: list[Row]) -> list[Cell]:
    """The user's sums down a column that pass over texts in some of its rows in silence; adding with + would not."""
    texts = {row.number for row in rows}
    column = own_formulas(document).columns.get((table.spec.key, key))
    return [
        table.cell(cell.row, key)
        for cell in (column.cells if column is not None else ())
        if "(" in cell.formula
        and "+" not in cell.formula
        and any(other.number in texts for other in taken(document, table, cell.row, key) or ())
    ]


class Cause(NamedTuple):
    """Why a sum is wrong: rows that it leaves out, rows taken in beside their own parts or several times, rows of another group."""

    missed: list[Row]
    twice: list[Row]
    foreign: list[Row]


def taken(document: Document, table: Table, row: Row, key: str) -> list[Row] | None:
    """The rows that a user's sum takes in, as often as it does; None where the cell holds no plain sum down its column."""
    entry = row.entry(key)
    if entry.formula is None or entry.ours:
        return None
    cell = table.cell(row, key)
    found = addends(document.formulas.get(cell, ""), table.sheet, cell.column)
    if found is None:
        return None
    return [
        other for other in rows_in(document, table, found) if other is not row and not _passed_over(other, key, found)
    ]


def rows_in(document: Document, table: Table, found: Addends) -> Iterator[Row]:
    """The rows of the form that a formula names, as often as it does."""
    return _inside(table, own_formulas(document).rows.get(table.sheet, {}), found)


def _inside(table: Table, rows: dict[int, Row], found: Addends) -> Iterator[Row]:
    numbers: list[int] | None = vars(table).get("row_numbers")
    if numbers is None:
        numbers = vars(table)["row_numbers"] = sorted(rows)
    for first, last in found.spans:
        for number in numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]:
            yield rows[number]


def _passed_over(row: Row, key: str, found: Addends) -> bool:
    return found.passes_subtotals and "SUBTOTAL(" in (row.entry(key).formula or "").upper()


def cause(document: Document, table: Table, row: Row, key: str) -> Cause | None:
    """What is wrong with the rows that a sum takes in; None where each row below counts once, or where the cell is no plain sum.

    Rows that are out of use or without any figure may be missing or not: they add nothing.
    """
    entry = row.entry(key)
    if entry.formula is None or entry.ours:
        return None
    kept: dict[Cell, Cause | None] = vars(document).setdefault("causes_of_sums", {})
    cell = table.cell(row, key)
    if cell not in kept:
        kept[cell] = _cause(document, table, row, key)
    return kept[cell]


def texts_to_blame(document: Document, table: Table, row: Row, key: str, fault: Mismatch) -> list[Row]:
    """The rows stored as text that a sum is short of, where its formula is right; empty where the formula is what is wrong."""
    return passed_over(row, key, fault) if cause(document, table, row, key) is None else []


def _cause(document: Document, table: Table, row: Row, key: str) -> Cause | None:
    below = summed(table, row)
    if not below or disordered(table, row):
        return None
    rows = taken(document, table, row, key)
    if rows is None or len(rows) > _FAR_TOO_MANY * len(table.rows):
        return None
    if any(_astray(other) for other in rows):
        return None  # where it belongs is the finding
    counted = Counter(other.number for other in rows if other.head is None)
    missed: list[Row] = []
    twice: list[Row] = []
    belonging: set[int] = set()
    waiting = [(child, 0) for child in reversed(below)]
    while waiting:
        child, above = waiting.pop()
        if _astray(child):
            return None
        own = counted.get(child.number, 0)
        belonging.add(child.number)
        if own and above + own > 1 and not _counts_nothing(child):
            twice.append(child)
        if child.children:
            waiting += [(deeper, above + own) for deeper in reversed(child.children)]
        elif not above + own and not _counts_nothing(child):
            missed.append(child)
    home = own_formulas(document).rows[table.sheet]
    foreign = [home[n] for n in counted if n not in belonging and not home[n].total and not _counts_nothing(home[n])]
    return Cause(_topmost(missed, below), twice, foreign) if missed or twice or foreign else None


def _astray(row: Row) -> bool:
    """Whether nobody can tell to which sum a row belongs, since its level is unknown or its code is not one."""
    return row.head is None and (not row.level or bool(row.entry("kode").fault)) and not row.total


def _counts_nothing(row: Row) -> bool:
    return zeroed(row) or silent(row)


def _topmost(missed: list[Row], below: list[Row]) -> list[Row]:
    """A row whose leaves are all missed stands for them."""
    lost = {row.number for row in missed}
    found: list[Row] = []
    waiting = list(reversed(below))
    while waiting and lost:
        row = waiting.pop()
        leaves = [leaf for leaf in row.descendants() if not leaf.children] if row.children else [row]
        if all(leaf.number in lost or _counts_nothing(leaf) for leaf in leaves):
            found += [row] if any(leaf.number in lost for leaf in leaves) else []
        else:
            waiting += reversed(row.children)
    return found


def said(table: Table, key: str, why: Cause) -> Text:
    """The cause in words, to follow 'the formula'."""
    parts = []
    if why.missed:
        cells = named(table, key, why.missed)
        parts.append(Text(f"tidak menjumlahkan {cells}", f"leaves out {cells}"))
    if why.twice:
        cells = named(table, key, why.twice)
        parts.append(Text(f"menghitung {cells} lebih dari sekali", f"counts {cells} more than once"))
    if why.foreign:
        cells = named(table, key, why.foreign)
        parts.append(Text(f"ikut menjumlahkan {cells} dari kelompok lain", f"takes in {cells} of another group"))
    return joined(parts)


def joined(parts: list[Text]) -> Text:
    """Several things that a formula does, as one sentence goes on."""
    return Text(" dan ".join(part.id for part in parts), " and ".join(part.en for part in parts))


def outdated(document: Document, table: Table, row: Row, key: str) -> Decimal | None:
    """What a plain sum gives over the cells as they stand, where the file holds another result for it; None where it does not."""
    rows = taken(document, table, row, key)
    held = row.number_of(key)
    if rows is None or held is None:
        return None
    cell = table.cell(row, key)
    found = addends(document.formulas[cell], table.sheet, cell.column)
    assert found is not None
    # A line between the rows that is none of the form's (a repeated heading) may hold a number too.
    if len(rows) != sum(last - first + 1 for first, last in found.spans):
        return None
    total = Decimal(0)
    for other in rows:
        raw = other.entry(key).raw
        if isinstance(raw, float):
            total += to_decimal(raw)
        elif not isinstance(raw, str | None):
            return None
    return None if same_money(total, held) else total
