"""What a user's AVERAGE down a column takes in, held against the rows that it should: all of a kind, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lakip_xl.errors import Text
from lakip_xl.rules.addends import Cause, joined, rows_in
from lakip_xl.rules.reading import figure, silent, zeroed
from lakip_xl.rules.sums import disordered
from lakip_xl.rules.written import named
from lakip_xl.table.addends import averaged
from lakip_xl.table.model import Document, Row, Table


def cause_of_mean(document: Document, table: Table, row: Row, key: str) -> Cause | None:
    """The rows that a mean leaves out, or takes in several times; None where it is of all rows of a kind, or the cell is no plain mean.

    Of what a mean should be, practice differs: of all rows below, of those of one level, of the widest. A mean that is none of these is
    judged by the narrowest of them that it is a part of, and only where it leaves out less than it takes in.
    """
    entry = row.entry(key)
    if entry.formula is None or entry.ours or disordered(table, row):
        return None
    cell = table.cell(row, key)
    spans = averaged(document.formulas.get(cell, ""), table.sheet, cell.column)
    if spans is None:
        return None
    counted = Counter(other.number for other in rows_in(document, table, spans) if other is not row)
    twice = [other for other in table.rows if counted[other.number] > 1 and _counts(other, key)]
    taken = {other.number for other in table.rows if counted[other.number] and _counts(other, key)}
    missed: list[Row] = []
    kinds = sorted(([o for o in kind if _counts(o, key)] for kind in _kinds(table, row)), key=len)
    for kind in kinds:
        numbers = {other.number for other in kind}
        if taken == numbers:
            missed = []
            break
        if taken < numbers and not missed and len(numbers) < 2 * len(taken):
            missed = [other for other in kind if other.number not in taken]
    return Cause(missed, twice, []) if missed or twice else None


def _counts(row: Row, key: str) -> bool:
    """Whether a row has a figure for a mean: texts and blanks AVERAGE passes over by itself."""
    return figure(row, key) is not None and not zeroed(row) and not silent(row)


def _kinds(table: Table, row: Row) -> Iterator[list[Row]]:
    """The rows of which the mean may be, each with its further indicators and without."""
    if row.total:
        yield from _with_further(table.rows)
        yield from _with_further(table.tops)
        for level in table.spec.levels:
            yield from _with_further(table.at_level(level))
        yield [other for other in table.rows if not other.children and other.head is None]
    elif row.children:
        below = list(row.descendants())
        yield from _with_further(row.children)
        yield from _with_further([other for other in below if not other.children])
        yield from _with_further(below)


def _with_further(rows: list[Row]) -> Iterator[list[Row]]:
    yield [row for row in rows if row.head is None]
    every = {each.number: each for row in rows for each in (row, *row.continuations)}
    yield list(every.values())


def said_of_mean(table: Table, key: str, why: Cause) -> Text:
    """The cause in words, to follow 'the formula'."""
    parts = []
    if why.missed:
        cells = named(table, key, why.missed)
        parts.append(Text(f"tidak memuat {cells}", f"leaves out {cells}"))
    if why.twice:
        cells = named(table, key, why.twice)
        parts.append(Text(f"memuat {cells} lebih dari sekali", f"takes in {cells} more than once"))
    return joined(parts)
