"""The formulas by which a column of one table follows another table, and what becomes of those that lost their row there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from lakip_xl.cells import Cell
from lakip_xl.form.binding import fixed
from lakip_xl.form.expressions import Binary, Call, Const, Expr, Placed, Ref, There, unfold
from lakip_xl.form.formulas import plainly, while_same
from lakip_xl.form.spec import Kind, Link
from lakip_xl.table.model import Document, Row, Table
from lakip_xl.table.pairs import partners

Followed = Mapping[tuple[str, int, str], Expr]
"""Formulas that follow another table, by table, row number and column key."""

CLEARED = Const("")
"""Stands where a formula of ours is taken out again: the cell becomes blank."""


def followed(document: Document) -> Followed:
    """The formulas by which a column of one table follows another: where a row there says something, for the row of the same record.

    ``CLEARED`` where a formula of ours follows a row that was deleted, or a row that belongs to an earlier one of the same record.
    """
    found: dict[tuple[str, int, str], Expr] = {}
    paired: dict[tuple[str, str], dict[int, Row]] = {}
    for link in document.form.links:
        table, source = document.tables.get(link.table), document.tables.get(link.source)
        if table is None or source is None or not table.has(link.key):
            continue
        if not _whole(source, link.formula):
            continue  # it hangs on a formula that the sheet cannot have, as with a column put in between the months
        if (link.table, link.source) not in paired:
            paired[link.table, link.source] = partners(table, source)
        there = paired[link.table, link.source]
        headings = _Headings(table, source)
        first: set[str] = set()
        money = table.spec.by_key[link.key].kind is Kind.RUPIAH
        for row in table.rows:
            again = row.record in first
            first.add(row.record)
            entry, other = row.entry(link.key), there.get(row.number)
            if row.children or (row.head is not None and money):
                continue  # no sum gathers rupiah of a further indicator
            if entry.ours and (again or (other is None and "#REF!" in (entry.formula or ""))):
                found[link.table, row.number, link.key] = CLEARED
            elif other is not None and (entry.ours or any(other.entry(need).filled for need in link.needs)):
                with suppress(KeyError):  # a sheet lacks an operand: no formula may be written
                    found[link.table, row.number, link.key] = _bound(link, table, row, other, headings)
    return found


def _bound(link: Link, table: Table, row: Row, other: Row, headings: _Headings) -> Expr:
    """The formula for a row, which also asks whether what tells the two apart beside the code is still the same."""
    same_code = (row.head or row).text_of("kode") == (other.head or other).text_of("kode")
    formula = link.formula if same_code or row.head is not None else link.loose
    placed: Placed = table.layout.bound(formula, row.number, (other.number, other.number))
    pairs = list(headings.pairs(row, other, same_code))
    return while_same(unfold(placed), pairs) if pairs else placed


class _Headings:
    """The cells by which rows of two tables are told apart beside their own code: sub unit, and the code above a further indicator."""

    def __init__(self, table: Table, source: Table) -> None:
        self.table, self.source = table, source
        self.units = any(row.unit for each in (table, source) for row in each.rows)
        self.above = {id(each): _units_above(each) for each in (table, source)} if self.units else {}

    def pairs(self, row: Row, other: Row, same_code: bool) -> Iterator[tuple[Expr, Expr]]:
        if row.head is not None and other.head is not None and row.head.text_of("kode"):
            there, here = (Ref(t.cell(r, "kode")) for t, r in ((self.source, other.head), (self.table, row.head)))
            yield (there, here) if same_code else (plainly(there), plainly(here))
        if self.units:
            there_unit, here_unit = self._unit(self.source, other), self._unit(self.table, row)
            if there_unit is not None and here_unit is not None and _excel_same(there_unit[1], here_unit[1]):
                yield fixed(there_unit[0]), fixed(here_unit[0])
            elif there_unit is not None and here_unit is None and not there_unit[1]:
                yield fixed(there_unit[0]), Const("")

    def _unit(self, table: Table, row: Row) -> tuple[Cell, str] | None:
        """The cell that names the sub unit of a row, and what it says; None where no cell does."""
        if table.has("sub_unit"):
            head = row.head or row
            return table.cell(head, "sub_unit"), str(head.entry("sub_unit").raw or "")
        heading = self.above[id(table)].get(row.number)
        return None if heading is None else (table.cell(heading, "uraian"), str(heading.entry("uraian").raw or ""))


def _units_above(table: Table) -> dict[int, Row]:
    """For each row the sub unit's own row above it."""
    found: dict[int, Row] = {}
    unit: Row | None = None
    for row in table.rows:
        if row.level == "sub unit":
            unit = row
        if unit is not None:
            found[row.number] = unit
    return found


def _excel_same(one: str, other: str) -> bool:
    """Whether TRIM in Excel finds two names the same."""
    first, second = (" ".join(part for part in each.split(" ") if part).casefold() for each in (one, other))
    return first == second


def _whole(source: Table, formula: Expr) -> bool:
    """Whether the calculated columns that a formula asks of another table can be calculated there."""
    match formula:
        case There(_, key) if (column := source.spec.by_key.get(key)) is not None and column.formula is not None:
            with suppress(KeyError):
                source.layout.bound(column.formula, 1)
                return True
            return False
        case Call(_, args):
            return all(_whole(source, arg) for arg in args)
        case Binary(_, left, right):
            return _whole(source, left) and _whole(source, right)
    return True
