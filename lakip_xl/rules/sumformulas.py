"""HR (hirarki): sums whose figure is right today although their formula is not, and sums of one row over different rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import a1
from lakip_xl.errors import Text
from lakip_xl.rules.addends import cause, said
from lakip_xl.rules.core import WARNING, Basis, Hit, always, hit, level_word, rule
from lakip_xl.rules.hierarchy import explained_by_sum, mended_formula
from lakip_xl.rules.means import cause_of_mean, said_of_mean
from lakip_xl.rules.reading import PAGU, SPENT, computed, silent, zeroed
from lakip_xl.rules.sums import summed
from lakip_xl.rules.written import Own, columns, contradicted, own_formulas, shown
from lakip_xl.table.addends import addends
from lakip_xl.table.model import Document, Row, Table

PRACTICE = Basis(
    Text("Kesalahan rumus yang terbaca dalam buku kerja kantor", "Faults of formulas seen in offices' workbooks"),
    "seen",
)


@rule(
    "HR05",
    title=Text(
        "Rumus jumlah tidak memuat setiap rincian tepat sekali", "A sum that does not take in each part exactly once"
    ),
    meaning=Text(
        "Angkanya cocok hari ini, tetapi rumus jumlahnya melewatkan baris, menghitung baris lebih dari sekali, atau memuat baris "
        "kelompok lain.",
        "The figure fits today, but the formula of the sum leaves out a row, counts one more than once, or takes in one of another group.",
    ),
    why=Text(
        "Begitu sel yang terlewat atau terhitung ganda itu berubah, jumlahnya keliru tanpa tanda apa pun.",
        "As soon as the cell that is left out or counted twice changes, the sum is wrong without any sign of it.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Ubah rumusnya sehingga setiap baris di bawahnya terhitung tepat sekali.",
        "Change the formula so that every row below counts exactly once.",
    ),
    messages={
        "": Text(
            "{nama}: rumus {kolom} ({tingkat}) {sebab}: {rumus}.",
            "{nama}: the formula of {kolom} ({tingkat}) {sebab}: {rumus}.",
        ),
        "rata": Text(
            "{nama}: rumus rata-rata {kolom} {sebab}: {rumus}.", "{nama}: the mean of {kolom} {sebab}: {rumus}."
        ),
    },
    remedies={
        "": Text("Pada sel ini, {caranya}.", "In this cell, {caranya}."),
        "rata": Text(
            "Ubah rentangnya sehingga setiap baris termuat tepat sekali; bila memang tidak dihitung, jelaskan di PENJELASAN.",
            "Change its range so that every row is taken in exactly once; if one is not meant to count, explain in PENJELASAN.",
        ),
    },
    severity=always(WARNING),
)
def takes_in_the_wrong_rows(document: Document) -> Iterator[Hit]:
    for column in columns(document):
        table, key = column.table, column.key
        yield from _means(document, table, key, [row for row, _, _ in column.cells])
        if key not in table.sums or not {PAGU, SPENT} <= set(table.sums):
            continue
        for row, formula, _ in column.cells:
            if row is not table.total and silent(row):
                continue
            why = cause(document, table, row, key)
            if why is not None and not explained_by_sum(document, table, row, key):
                yield hit(
                    table, row, key,
                    related=[table.cell(other, key) for group in why for other in group],
                    found=row.number_of(key), sebab=said(table, key, why), rumus=shown(formula), tingkat=level_word(row.level),
                    caranya=mended_formula([table.cell(child, key) for child in summed(table, row)]),
                )  # fmt: skip


def _means(document: Document, table: Table, key: str, rows: list[Row]) -> Iterator[Hit]:
    """Means that take in the wrong rows, but for those whose figure is wrong already: that is the finding then, and names the cause."""
    for row in rows:
        why = cause_of_mean(document, table, row, key) if row.total or not silent(row) else None
        if why is not None and (computed(row, key) is None or not contradicted(row, key)):
            yield hit(
                table, row, key, "rata", related=[table.cell(other, key) for group in why for other in group],
                found=row.number_of(key), sebab=said_of_mean(table, key, why), rumus=shown(row.entry(key).formula or ""),
            )  # fmt: skip


class _Ranged(NamedTuple):
    """A sum over one range of its own column: the first and last row, and the rows of the form with figures inside."""

    key: str
    formula: str
    span: tuple[int, int]
    inside: frozenset[int]


@rule(
    "HR04",
    title=Text("Rumus jumlah satu baris memakai baris yang berbeda", "Sums of one row over different rows"),
    meaning=Text(
        "Pada satu baris jumlah, rentang SUM sebuah kolom tidak sama dengan rentang kolom-kolom lainnya.",
        "In one row of sums, the SUM of one column covers other rows than the SUMs of the other columns.",
    ),
    why=Text(
        "Kolom-kolom pada baris itu tidak lagi dapat dibandingkan satu sama lain.",
        "The columns of that row can no longer be compared with each other.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Samakan rentangnya dengan kolom lain pada baris itu; bila memang berbeda, jelaskan di PENJELASAN.",
        "Make the range the same as in the other columns of the row; if it is meant to differ, explain in PENJELASAN.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} menjumlahkan {rentang}, {lain} menjumlahkan {rentang_lain}.",
            "{nama}: {kolom} sums {rentang}, {lain} sums {rentang_lain}.",
        ),
    },
    severity=always(WARNING),
)
def different_rows(document: Document) -> Iterator[Hit]:
    own = own_formulas(document)
    for table in document.tables.values():
        rows: dict[int, tuple[Row, list[_Ranged]]] = {}
        for column in columns(document):
            # Money above rows of its own is judged by what stands below it.
            if column.table is not table or not table.spec.by_key[column.key].kind.numeric:
                continue
            for row, formula, _ in column.cells:
                if column.key in table.sums and summed(table, row):
                    continue
                if (ranged := _ranged(own, table, row, column.key, formula)) is not None:
                    rows.setdefault(row.number, (row, []))[1].append(ranged)
        for row, sums in rows.values():
            if not zeroed(row):
                yield from _odd_ones(table, row, sums)


def _ranged(own: Own, table: Table, row: Row, key: str, formula: str) -> _Ranged | None:
    if not formula.upper().startswith("SUM("):
        return None
    found = addends(formula, table.sheet, table.layout.columns[key])
    if found is None or len(found.spans) != 1:
        return None
    first, last = found.spans[0]
    if last == first or last - first > _LONGEST:
        return None
    rows = own.rows[table.sheet]
    counting = (rows[n] for n in range(first, last + 1) if n in rows and n != row.number)
    inside = frozenset(other.number for other in counting if not zeroed(other) and _has_figures(other))
    return _Ranged(key, formula, (first, last), inside)


_LONGEST = 20_000


def _has_figures(row: Row) -> bool:
    return any(isinstance(entry.typed, Decimal) for entry in row.entries.values())


def _odd_ones(table: Table, row: Row, sums: list[_Ranged]) -> Iterator[Hit]:
    """The sums whose rows are not those of most others; where there are as many of each, the shorter one."""
    counts = Counter(each.inside for each in sums)
    if len(counts) < 2:
        return
    usual = max(sums, key=lambda each: (counts[each.inside], len(each.inside)))
    for odd in sums:
        # Ranges that do not even overlap are sums of different things.
        if odd.inside != usual.inside and odd.inside & usual.inside and not contradicted(row, odd.key):
            yield hit(
                table, row, odd.key, related=[table.cell(row, usual.key)],
                found=row.number_of(odd.key), rentang=_said(table, odd), rentang_lain=_said(table, usual),
                lain=table.spec.by_key[usual.key].heading,
            )  # fmt: skip


def _said(table: Table, each: _Ranged) -> str:
    column = table.layout.columns[each.key]
    return f"{a1(each.span[0], column)}:{a1(each.span[1], column)}"


RULES = (takes_in_the_wrong_rows, different_rows)
