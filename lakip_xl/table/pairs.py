"""Which row of one table belongs to which row of another: that of the same record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lakip_xl.table.codes import Code, code_of
from lakip_xl.table.model import Row, Table
from lakip_xl.table.rows import is_code


def partners(table: Table, source: Table) -> dict[int, Row]:
    """The row of ``source`` for each row of ``table`` (by its number) that has one: of the same record, else of the same code written
    with other zeros, where no other row of either can be meant.

    A record that ``table`` holds twice belongs to its first row alone, since its figures would count twice; of two in ``source`` the
    last is taken.
    """
    there = {row.record: row for row in source.rows}
    loose = _by_code(source.rows)
    here = _by_code(table.rows)
    found: dict[int, Row] = {}
    seen: set[str] = set()
    for row in table.rows:
        if row.record in seen:
            continue
        seen.add(row.record)
        other = there.get(row.record)
        at = _place(row)
        if other is None and at is not None and len(here[at]) == len(loose.get(at, ())) == 1:
            other = loose[at][0]
        if other is not None:
            found[row.number] = other
    return found


def _by_code(rows: Iterable[Row]) -> dict[tuple[str, Code, str], list[Row]]:
    found: dict[tuple[str, Code, str], list[Row]] = defaultdict(list)
    for row in rows:
        at = _place(row)
        if at is not None:
            found[at].append(row)
    return found


def _place(row: Row) -> tuple[str, Code, str] | None:
    """Sub unit, code and number of the indicator; None for a row without a code."""
    kode = (row.head or row).text_of("kode")
    return (row.unit, code_of(kode), row.record.rpartition("|")[2]) if is_code(kode) else None
