"""Which formula of the form belongs in which cell of a located table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

from lakip_xl.cells import Cell
from lakip_xl.fill.links import Followed
from lakip_xl.form.binding import Layout, fixed
from lakip_xl.form.expressions import Expr, Range
from lakip_xl.form.formulas import in_force, listed_sum, office_line, period_line, roll_up
from lakip_xl.table.model import Document, Row, Table

Wanted = tuple[Row, str, Expr]


def wanted(table: Table, follows: Followed = MappingProxyType({})) -> Iterator[Wanted]:
    """Every formula that the form puts into this table: (row, column key, bound expression)."""
    end = span_end(table)
    following = _row_after_group(table, end)
    columns = list(_columns(table))
    linked = sorted({key for name, _, key in follows if name == table.spec.key})
    for row in table.rows:
        own = {key: expr for key in linked if (expr := follows.get((table.spec.key, row.number, key)))}
        yield from _row_formulas(table, columns, row, own)
        if row.children and _has_figures(table, row):
            yield from _sums(table, row, row.children, (row.number + 1, following[row.number]))
    if table.total is not None and table.rows:
        yield from _total_formulas(table, table.total, (table.rows[0].number, end))


def beside_tables(document: Document) -> Iterator[tuple[Cell, Expr]]:
    """The formulas that the template carries beside its tables: the titles above them, and the settings in force.

    A user may have changed or moved one: whoever uses them compares the text with what stands in the cell.
    """
    for table in document.tables.values():
        for cell in document.formulas:
            if cell.sheet == table.sheet and cell.row < table.header_row:
                yield cell, table.layout.bound(office_line(), cell.row)
                yield cell, table.layout.bound(period_line(), cell.row)
    places = document.settings.cells
    layout = Layout("", {}, {key: fixed(cell) for key, cell in places.items()})
    for field in document.form.settings:
        if field.formula is not None and {"periode", field.key} <= set(places):
            yield places[field.key], layout.bound(field.formula, 1)
    for threshold in document.form.thresholds:
        if {"kelompok_periode", threshold.key} <= set(places):
            sheet, row, column = places[threshold.key]
            values = Range(fixed(Cell(sheet, row, 2)), fixed(Cell(sheet, row, column - 1)))
            yield places[threshold.key], in_force(values, layout.settings["kelompok_periode"])


def span_end(table: Table) -> int:
    """The last row of a sum over the whole table: the border row above the total, so that a row inserted above it is counted."""
    if table.border_row is not None:
        return table.border_row
    return table.rows[-1].number if table.rows else table.header_row + 1


def _columns(table: Table) -> Iterator[tuple[str, tuple[str, ...], Expr]]:
    """The columns that the form calculates in a row, with what they need there and their formula."""
    for column in table.spec.columns:
        if column.formula is not None and table.has(column.key):
            with suppress(KeyError):  # the sheet lacks an operand: no formula may be written
                table.layout.bound(column.formula, 1)
                yield column.key, column.needs, column.formula


def _row_formulas(
    table: Table, columns: Sequence[tuple[str, tuple[str, ...], Expr]], row: Row, follows: Mapping[str, Expr]
) -> Iterator[Wanted]:
    for key, expr in follows.items():
        yield row, key, expr
    for key, needs, formula in columns:
        if key in follows:
            continue
        if row.head is not None and key in ("persen", "tingkat", "rata_sasaran"):
            continue  # a continuation row has neither money nor a level nor a mean of its own
        if row.children and key in table.spec.sums:
            continue  # it sums what stands below it
        if needs and not any(need in follows or row.entry(need).filled for need in needs) and not row.entry(key).ours:
            continue  # but a formula that is there already keeps its value right
        span = None
        if key == "rata_sasaran":
            span = (row.number, row.continuations[-1].number if row.continuations else row.number)
        yield row, key, table.layout.bound(formula, row.number, span)


def _has_figures(table: Table, row: Row) -> bool:
    """Whether anything is entered that a sum could gather: a group that the office does not use stays as it is."""
    return any(below.entry(key).filled for below in (row, *row.descendants()) for key in table.sums)


def _sums(table: Table, row: Row, children: list[Row], span: tuple[int, int]) -> Iterator[Wanted]:
    level = _children_level(children) if table.has("tingkat") else ""
    runs = [] if level else _runs([child.number for child in children])
    for key in table.sums:
        if table.has(key) and level:
            yield row, key, table.layout.bound(roll_up(key, level), row.number, span)
        elif table.has(key) and len(runs) <= MOST_RUNS:
            areas = [Range(table.layout.at(key, first), table.layout.at(key, last)) for first, last in runs]
            yield row, key, listed_sum(areas)


MOST_RUNS = 80
"""Runs of cells that a listed sum names: beyond, the formula would be too long for Excel."""


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def _total_formulas(table: Table, total: Row, span: tuple[int, int]) -> Iterator[Wanted]:
    if table.tops:
        yield from _sums(table, total, table.tops, span)
    persen = table.spec.by_key.get("persen")
    if persen is not None and persen.formula is not None and table.has("persen"):
        with suppress(KeyError):  # the sheet lacks an operand: no formula may be written
            yield total, "persen", table.layout.bound(persen.formula, total.number)
    for key, formula in table.spec.footer:
        if table.has(key) and not (table.spec.years and not is_mean(total)):
            with suppress(KeyError):  # the sheet lacks an operand: no formula may be written
                yield total, key, table.layout.bound(formula, total.number, span)


def is_mean(total: Row) -> bool:
    """Whether the last row of a table is headed as a mean, not as a sum."""
    texts = (entry.typed for entry in total.entries.values() if isinstance(entry.typed, str))
    return any(re.sub("[^a-z]", "", text.casefold()).startswith("ratarata") for text in texts)


def _children_level(children: list[Row]) -> str:
    """The one level of all children; "" where there are none or they are of several levels, which no single sum can gather."""
    levels = {child.level for child in children}
    return levels.pop() if len(levels) == 1 else ""


def _row_after_group(table: Table, end: int) -> dict[int, int]:
    """For each row, the row after its group: the next row of the same or a wider level, or the end of the table."""
    after: dict[int, int] = {}
    depth = table.spec.depth
    open_rows: list[Row] = []
    for row in table.rows:
        if row.level:
            while open_rows and depth(open_rows[-1].level) >= depth(row.level):
                after[open_rows.pop().number] = row.number
            open_rows.append(row)
    for row in open_rows:
        after[row.number] = end
    return after
