"""RM (rumus): what stands out among the formulas of a column: a typed number between them, a reference to another row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.form.shape import shape
from lakip_xl.numbers import round_half_up, to_decimal
from lakip_xl.rules.core import INFO, WARNING, Basis, Hit, always, folded, hit, rule
from lakip_xl.rules.reading import agrees, by_hand, computed, zeroed
from lakip_xl.rules.sums import mismatch, summed
from lakip_xl.rules.written import Column, Form, Own, columns, contradicted, own_formulas, rows_put_in, shown
from lakip_xl.table.addends import addends
from lakip_xl.table.model import Document, Row, Table

SEEN = Basis(
    Text("Kesalahan rumus yang terbaca dalam buku kerja kantor", "Faults of formulas seen in offices' workbooks"),
    "seen",
)

LIKE = 3
"""So many formulas of one form around a cell make it an exception."""


class _Standing(NamedTuple):
    """A row of a column: the form of its formula, None where a number was typed."""

    row: Row
    formula: str
    form: Form | None


def _level(row: Row) -> str:
    """The level of a row; that of the row above for its further indicators."""
    return (row.head or row).level


def _by_level(column: Column) -> dict[str, list[_Standing]]:
    """The rows that hold a formula or a typed number in the column, by level, where there are enough formulas for an exception."""
    kept: dict[str, list[_Standing]] | None = vars(column).get("by_level")
    if kept is not None:
        return kept
    counts = Counter(_level(cell.row) for cell in column.cells if not cell.row.total)
    kept = vars(column)["by_level"] = {level: [] for level, n in counts.items() if n >= LIKE}
    written = {cell.row.number: cell for cell in column.cells}
    for row in column.table.rows if kept else ():
        own, entry = written.get(row.number), row.entries.get(column.key)
        if entry is None or (own is None and (entry.formula is not None or not isinstance(entry.typed, Decimal))):
            continue
        standing = kept.get(_level(row))
        if standing is not None and not zeroed(row):
            standing.append(_Standing(row, "", None) if own is None else _Standing(row, own.formula, own.form))
    return kept


def _around(standing: list[_Standing], place: int) -> Form | None:
    """The form that the nearest formulas around a row share: at least three of the four nearest rows; None where they do not."""
    first = max(0, min(place - 2, len(standing) - 5))
    near = [other.form for n, other in enumerate(standing[first : first + 5], start=first) if n != place]
    form, count = Counter(near).most_common(1)[0] if near else (None, 0)
    return form if count >= LIKE else None


def _is_sum_down(column: Column, formula: str) -> bool:
    table = column.table
    return addends(formula, table.sheet, table.layout.columns[column.key]) is not None


class _Typed(NamedTuple):
    """A number typed among formulas, and what their form gives in its row."""

    row: Row
    number: Decimal
    wanted: Decimal
    formula: str


def _typed_ones(own: Own, column: Column) -> Iterator[_Typed]:
    table, key = column.table, column.key
    if not table.spec.by_key[key].kind.numeric:
        return
    for standing in _by_level(column).values():
        typed = sum(each.form is None for each in standing)
        if 2 * typed > len(standing):
            continue  # typed for the most part: the formulas are the exceptions
        for place, (row, _, form) in enumerate(standing):
            if form is not None:
                continue
            number, usual = by_hand(row, key), _around(standing, place)
            if number is None or usual is None or row.entry(key).as_text:
                continue
            formula = rows_put_in(usual, row.number)
            value = own.value(formula, table.sheet)
            if isinstance(value, float) and not isinstance(value, bool) and not _is_sum_down(column, formula):
                yield _Typed(row, number, to_decimal(value), formula)


def _sums_typed(column: Column) -> Iterator[_Typed]:
    """Sums that were typed among sums by formula of the same level; where they differ, the sum itself is the finding."""
    table, key = column.table, column.key
    if key not in table.sums:
        return
    counts = Counter(
        cell.row.level for cell in column.cells if summed(table, cell.row) and _is_sum_down(column, cell.formula)
    )
    for row in table.rows:
        if counts[row.level] < LIKE or not row.children or zeroed(row):
            continue
        number, wanted, entry = by_hand(row, key), computed(row, key), row.entry(key)
        if number is None or number != wanted or entry.formula is not None or entry.as_text:
            continue
        if mismatch(table, row, key) is None:
            yield _Typed(row, number, wanted, "")


@rule(
    "RM04",
    title=Text("Angka diketik di antara rumus", "A typed number among formulas"),
    meaning=Text(
        "Baris-baris di sekitarnya berisi rumus yang sama, sel ini berisi angka yang diketik, dan angkanya lain daripada hasil rumus itu.",
        "The rows around it hold the same formula; this cell holds a typed number, and the formula would give another one.",
    ),
    why=Text(
        "Angka yang diketik tidak ikut berubah bila isian asalnya berubah, dan tidak tampak berbeda dari hasil rumus.",
        "A typed number does not follow the entries it comes from, and looks like the result of a formula.",
    ),
    basis=SEEN,
    remedy=Text(
        "Salin rumus dari baris di sekitarnya; bila angka itu memang harus diketik, jelaskan di PENJELASAN atau KETERANGAN.",
        "Copy the formula from the rows around it; if the number must be typed, explain in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} diketik {ada}; baris di sekitarnya memakai rumus, dan di sini {rumus} menghasilkan {hitung}.",
            "{nama}: {kolom} was typed as {ada}; the rows around it hold a formula, and here {rumus} gives {hitung}.",
        ),
    },
    severity=always(WARNING),
)
def typed_among_formulas(document: Document) -> Iterator[Hit]:
    own = own_formulas(document)
    for column in columns(document):
        table, key = column.table, column.key
        for row, number, wanted, formula in _typed_ones(own, column):
            if not agrees(row, key, wanted) and not contradicted(row, key):
                yield hit(
                    table, row, key, found=number, expected=wanted, difference=number - wanted,
                    ada=number, hitung=round_half_up(wanted, 6), rumus=shown(formula),
                )  # fmt: skip


@rule(
    "RM05",
    title=Text("Angka diketik di antara rumus, hasilnya sama", "A typed number among formulas that agrees with them"),
    meaning=Text(
        "Baris-baris di sekitarnya berisi rumus, sel ini berisi angka yang diketik. Hari ini angkanya sama dengan hasil rumus itu.",
        "The rows around it hold a formula; this cell holds a typed number. Today it is what the formula would give.",
    ),
    why=Text(
        "Bila isian asalnya berubah, angka ini tidak ikut berubah.",
        "When the entries it comes from change, this number will not.",
    ),
    basis=SEEN,
    remedy=Text(
        "Salin rumus dari baris di sekitarnya, atau jalankan 'lakip-xl fill --formulas'.",
        "Copy the formula from the rows around it, or run 'lakip-xl fill --formulas'.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} diketik {ada}, sedangkan baris di sekitarnya memakai rumus. Angkanya sama hari ini.",
            "{nama}: {kolom} was typed as {ada}, while the rows around it hold a formula. The figures agree today.",
        ),
        "banyak": Text(
            "{kolom}: {n} angka diketik di antara rumus, mulai dari '{nama}'. Angkanya sama hari ini.",
            "{kolom}: {n} numbers were typed among formulas, starting with '{nama}'. The figures agree today.",
        ),
    },
    severity=always(INFO),
)
def typed_and_equal(document: Document) -> Iterator[Hit]:
    own = own_formulas(document)
    for column in columns(document):
        table, key = column.table, column.key
        found = [each for each in _typed_ones(own, column) if agrees(each.row, key, each.wanted)]
        found = sorted((*found, *_sums_typed(column)), key=lambda each: each.row.number)
        if found:
            yield folded(table, [(each.row, key) for each in found], ada=found[0].number)


@rule(
    "RM09",
    title=Text("Rumus yang lain dari rumus di sekitarnya", "A formula unlike those around it"),
    meaning=Text(
        "Rumusnya tertulis sama dengan rumus baris-baris di sekitarnya, tetapi mengacu ke baris atau kolom lain.",
        "The formula is built like those of the rows around it, but refers to other rows or columns.",
    ),
    why=Text(
        "Acuan yang bergeser mengambil angka baris lain; hasilnya tampak wajar sehingga sulit terlihat.",
        "A reference that has slipped takes the figure of another row; the result looks right and is hard to see.",
    ),
    basis=SEEN,
    remedy=Text(
        "Salin rumus dari baris di sekitarnya; bila memang berbeda, jelaskan di PENJELASAN atau KETERANGAN.",
        "Copy the formula from the rows around it; if it is meant to differ, explain in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} berisi {rumus}; menurut baris-baris di sekitarnya mestinya {pola}.",
            "{nama}: {kolom} holds {rumus}; by the rows around it, it should be {pola}.",
        ),
    },
    severity=always(WARNING),
)
def unlike_its_neighbours(document: Document) -> Iterator[Hit]:
    for column in columns(document):
        table, key = column.table, column.key
        for every in _by_level(column).values():
            standing = [each for each in every if each.form is not None]
            counts = Counter(each.form for each in standing)
            if len(counts) < 2:
                continue
            for place, (row, formula, form) in enumerate(standing):
                if form is None or counts[form] * LIKE > len(standing):
                    continue
                usual = _around(standing, place)
                if usual is None or usual == form or contradicted(row, key) or _is_sum_down(column, formula):
                    continue
                pattern = rows_put_in(usual, row.number)
                if shape(pattern) == shape(formula):
                    yield hit(
                        table, row, key, found=row.number_of(key), rumus=shown(formula), pola=shown(pattern),
                        related=_neighbours(table, standing, place, key, usual),
                    )  # fmt: skip


def _neighbours(table: Table, standing: list[_Standing], place: int, key: str, usual: Form) -> list[Cell]:
    near = standing[max(0, place - 2) : place + 3]
    return [table.cell(each.row, key) for each in near if each.form == usual]


RULES = (typed_among_formulas, typed_and_equal, unlike_its_neighbours)
