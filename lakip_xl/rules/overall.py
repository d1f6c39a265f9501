"""The rows by which the report as a whole is judged: sasaran, programs and sub kegiatan, and the means over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from lakip_xl.cells import ErrorValue, Value
from lakip_xl.numbers import to_decimal
from lakip_xl.rules.reading import PAGU, SPENT, active
from lakip_xl.table.model import Document, Heading, Row, Table


def sasaran_rows(document: Document) -> list[tuple[Row, int]]:
    """The rows that open a sasaran, each with its last row."""
    table = document.tables.get("sasaran")
    if table is None:
        return []
    heads = [
        row for row in table.rows if row.text_of("sasaran") and row.head is None
    ]  # its name may stand again on each indicator
    ends = [row.number - 1 for row in heads[1:]] + [max(row.number for row in table.rows)] if heads else []
    return list(zip(heads, ends, strict=True))


def programs_of(table: Table) -> list[Row | Heading]:
    """The programs in use, or that hold money all the same, in the order of the sheet; the widest rows where it knows no programs.

    A program that is but a name beside its rows counts as one: its money is that of these rows.
    """
    headings = [each for each in table.headings if each.level == "program" and each.rows]
    rows = table.at_level("program") or ([] if headings else table.tops)
    kept = [row for row in rows if row.in_use or row.number_of(PAGU) or row.number_of(SPENT)]
    return sorted([*kept, *headings], key=lambda each: each.row if isinstance(each, Heading) else each.number)


def outputs(table: Table) -> list[Row]:
    """The sub kegiatan that are judged, in sheet order; of another level only leaves that hold money of their own."""
    return [
        row
        for row in active(table)
        if row.level and not row.children and row.head is None
        if row.level == table.spec.leaf or row.number_of(PAGU) is not None
    ]


def number(value: Value) -> Decimal | None:
    """The number that Excel calculates with, None for anything else: a text is no number to it."""
    return to_decimal(float(value)) if isinstance(value, float | int) and not isinstance(value, bool) else None


def seen_number(row: Row, key: str) -> Decimal | None:
    """The number that Excel sees in a column of the filled workbook."""
    return number(row.entry(key).raw)


def capped_mean(values: Sequence[Value], cap: Decimal | None) -> Decimal | None:
    """The mean of the numbers among some capaian, each at most the cap, as ``form.formulas.capped_mean`` has it; None for none."""
    found = [each for value in values if (each := number(value)) is not None]
    if not found or (cap is None and any(isinstance(value, ErrorValue) for value in values)):
        return None
    return sum((value if cap is None else min(value, cap) for value in found), Decimal(0)) / len(found)


def own_capaian(row: Row, cap: Decimal | None) -> Decimal | None:
    """The mean of a row's own indicators, each at most the cap."""
    return capped_mean([each.entry("capaian").raw for each in (row, *row.continuations)], cap)


def sasaran_mean(document: Document) -> Decimal | None:
    """The mean of capaian over the sasaran, percent points, after the batas maksimum capaian; None where no sasaran has one."""
    table = document.tables.get("sasaran")
    if table is None:
        return None
    if table.has("rata_sasaran"):
        return mean(seen_number(head, "rata_sasaran") for head, _ in sasaran_rows(document))
    return mean(
        capped_mean(
            [row.entry("capaian").raw for row in table.rows if head.number <= row.number <= last],
            document.settings.cap,
        )
        for head, last in sasaran_rows(document)
    )


def program_mean(document: Document) -> Decimal | None:
    """The mean of capaian over the programs, percent points, after the batas maksimum capaian; None where no program has one."""
    rows = programs_of(document.matrix)
    return mean(own_capaian(row, document.settings.cap) for row in rows if isinstance(row, Row))


def mean(values: Iterable[Decimal | None]) -> Decimal | None:
    """The mean of the numbers that there are."""
    found = [value for value in values if value is not None]
    return sum(found, Decimal(0)) / len(found) if found else None


def seen_total(table: Table, key: str) -> Decimal | None:
    """The total of a column as Ringkasan shows it: the total row's, else the sum of the widest rows; None where one holds no number."""
    if not table.has(key):
        return None
    if table.total is not None:
        return seen_number(table.total, key)
    return seen_sum(table.tops, key, (None,)) if table.tops else None


def seen_sum(rows: Sequence[Row], key: str, blanks: tuple[Value, ...] = (None, "")) -> Decimal | None:
    """The sum of what Excel sees in a column of some rows, blanks counting nothing; None where it sees something that is no number."""
    values = [value for row in rows if (value := row.entry(key).raw) not in blanks]
    found = [each for value in values if (each := number(value)) is not None]
    return sum(found, Decimal(0)) if len(found) == len(values) else None
