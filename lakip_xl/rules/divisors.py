"""RM (rumus): means whose divisor is written into the formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Area
from lakip_xl.errors import Text
from lakip_xl.form.spec import Kind
from lakip_xl.rules.core import INFO, WARNING, Hit, always, folded, hit, rule
from lakip_xl.rules.patterns import SEEN
from lakip_xl.rules.reading import zeroed
from lakip_xl.rules.written import Column, Form, Own, columns, own_formulas, shown
from lakip_xl.table.model import Document, Row, Table


class _Mean(NamedTuple):
    """A sum divided by a number: how many cells it takes in, and which counts of them a planner may have meant."""

    row: Row
    formula: str
    divisor: int
    cells: int
    numbers: int | None
    counts: frozenset[int]
    listed: bool


_ONE = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
_DIVIDED = re.compile(
    rf"(?<![A-Z.])(?:SUM\((?P<range>{_ONE}:{_ONE})\)|\((?P<list>{_ONE}(?:\+{_ONE})+)\)|SUM\((?P<args>{_ONE}(?:,{_ONE})+)\))"
    r"/(?P<n>[0-9]{1,6})(?![0-9.,%(A-Za-z!:])",
    re.IGNORECASE,
)
_OF_MONEY = (2, 4, 12)
"""Spending by month, quarter or half-year; and half of a sum over parts and their subtotals."""


def _means(own: Own, column: Column) -> Iterator[_Mean]:
    table, key = column.table, column.key
    money = table.spec.by_key[key].kind is Kind.RUPIAH
    without: set[Form] = set()
    for row, formula, form in column.cells:
        if "/" not in formula or form in without or zeroed(row):
            continue
        match = _DIVIDED.search(formula.replace(" ", ""))
        if match is None:
            without.add(form)
            continue
        divisor = int(match["n"])
        if match["n"].strip("0") in ("", "1") or (money and divisor in _OF_MONEY):
            continue  # 100 or 1000 is a scale; nobody divides by 0
        if match["range"]:
            area = Area.parse(match["range"].replace("$", ""))
            if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= _LARGEST:
                yield _over_range(own, table, row, formula, divisor, area)
        else:
            terms = re.split(r"[+,]", match["list"] or match["args"])
            yield _Mean(row, formula, divisor, len(terms), None, frozenset({len(terms)}), True)


_LARGEST = 50_000


def _over_range(own: Own, table: Table, row: Row, formula: str, divisor: int, area: Area) -> _Mean:
    rows, keys = own.rows[table.sheet], own.keys[table.sheet]
    height, width = area.bottom - area.top + 1, area.right - area.left + 1
    known = [keys.get(column, "") for column in range(area.left, area.right + 1)]
    inside = [rows[n] for n in range(area.top, area.bottom + 1) if n in rows]
    entries = [other.entry(key) for other in inside for key in known if key]
    numbers = sum(isinstance(e.typed, Decimal) and not e.as_text for e in entries) if all(known) else None
    counts = {height * width, len(inside) * width}
    counts |= {numbers} if numbers is not None else set()
    # A blank row may count as 0 on purpose; so may only the rows that carry an indicator, or only those that are no headings.
    counts |= {sum(bool(other.text_of("indikator")) for other in inside), sum(not r.children for r in inside)}
    counts |= {sum(other.in_use for other in inside)}
    return _Mean(row, formula, divisor, height * width, numbers, frozenset(counts), height == 1)


@rule(
    "RM07",
    title=Text(
        "Pembagi tetap yang tidak sama dengan banyaknya baris", "A fixed divisor that is not the number of rows"
    ),
    meaning=Text(
        "Rata-rata dihitung dengan membagi jumlah dengan angka yang ditulis di dalam rumus, dan angka itu bukan banyaknya sel yang "
        "dijumlahkan.",
        "A mean is calculated by dividing a sum by a number written into the formula, which is not how many cells are added up.",
    ),
    why=Text(
        "Rata-ratanya terlalu tinggi atau terlalu rendah, biasanya karena baris ditambah atau dihapus sesudah rumus dibuat.",
        "The mean is too high or too low, mostly because rows came or went after the formula was written.",
    ),
    basis=SEEN,
    remedy=Text(
        "Pakai AVERAGE atas rentang yang sama; bila pembaginya memang lain, jelaskan di PENJELASAN atau KETERANGAN.",
        "Use AVERAGE over the same range; if the divisor is meant to be another, explain in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} dibagi {pembagi}, padahal yang dijumlahkan {n} sel: {rumus}.",
            "{nama}: {kolom} is divided by {pembagi}, although {n} cells are added up: {rumus}.",
        ),
        "angka": Text(
            "{nama}: {kolom} dibagi {pembagi}, padahal yang dijumlahkan {n} sel ({berisi} berisi angka): {rumus}.",
            "{nama}: {kolom} is divided by {pembagi}, although {n} cells are added up ({berisi} of them hold a number): {rumus}.",
        ),
    },
    severity=always(WARNING),
)
def wrong_divisor(document: Document) -> Iterator[Hit]:
    own = own_formulas(document)
    for column in columns(document):
        for mean in _means(own, column):
            if mean.divisor not in mean.counts:
                yield hit(
                    column.table, mean.row, column.key,
                    "angka" if mean.numbers is not None and mean.numbers != mean.cells else "",
                    found=Decimal(mean.divisor), expected=None if mean.numbers is None else Decimal(mean.numbers),
                    pembagi=mean.divisor, n=mean.cells, berisi=mean.numbers, rumus=shown(mean.formula),
                )  # fmt: skip


@rule(
    "RM08",
    title=Text("Pembagi tetap yang hari ini cocok", "A fixed divisor that fits today"),
    meaning=Text(
        "Rata-rata dihitung dengan membagi jumlah dengan angka yang ditulis di dalam rumus. Hari ini angka itu cocok dengan banyaknya "
        "baris.",
        "A mean is calculated by dividing a sum by a number written into the formula. Today that is the number of rows.",
    ),
    why=Text(
        "Bila baris ditambah atau dihapus, rentangnya ikut berubah tetapi pembaginya tidak.",
        "When a row is added or removed, the range follows, but the divisor does not.",
    ),
    basis=SEEN,
    remedy=Text("Pakai AVERAGE atas rentang yang sama.", "Use AVERAGE over the same range."),
    messages={
        "": Text(
            "{nama}: {kolom} dibagi angka tetap {pembagi}: {rumus}.",
            "{nama}: {kolom} is divided by the fixed number {pembagi}: {rumus}.",
        ),
        "banyak": Text(
            "{kolom}: {n} rumus membagi dengan angka tetap, mulai dari '{nama}': {rumus}.",
            "{kolom}: {n} formulas divide by a fixed number, starting with '{nama}': {rumus}.",
        ),
    },
    severity=always(INFO),
)
def fixed_divisor(document: Document) -> Iterator[Hit]:
    own = own_formulas(document)
    for column in columns(document):
        found = [mean for mean in _means(own, column) if mean.divisor in mean.counts and not mean.listed]
        if found:
            places = [(mean.row, column.key) for mean in found]
            yield folded(column.table, places, pembagi=found[0].divisor, rumus=shown(found[0].formula))


RULES = (wrong_divisor, fixed_divisor)
