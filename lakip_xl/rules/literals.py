"""RM (rumus): numbers written into formulas: corrections added by hand, and rates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.errors import Text
from lakip_xl.form.expressions import Binary, Call, Const, Expr, Range, Ref
from lakip_xl.form.parse import parse
from lakip_xl.numbers import to_decimal
from lakip_xl.rules.core import WARNING, Hit, always, folded, rule
from lakip_xl.rules.patterns import SEEN
from lakip_xl.rules.reading import zeroed
from lakip_xl.rules.sums import mismatch, same_money
from lakip_xl.rules.written import Form, Written, columns, shown
from lakip_xl.table.model import Document, Row, Table

_HARMLESS = tuple(Decimal(n) for n in (0, 1, 2, 100, 200))
"""What formulas of capaian and percentages add or subtract: (2 x target - realisasi) / target, 200 - ..., 1 - ..."""

_SHARES = tuple(Decimal(n) for n in ("0.25", "0.5", "0.75", "0.01", "0.001", "0.000001"))
"""A quarter, a half, three quarters (targets to date), and changes of scale."""


@rule(
    "RM06",
    title=Text("Angka tetap di dalam rumus", "A fixed number inside a formula"),
    meaning=Text(
        "Rumus menambah, mengurangi, atau mengalikan isi sel dengan angka yang ditulis di dalam rumus itu sendiri.",
        "A formula adds to, subtracts from or multiplies the figure of a cell by a number written into the formula itself.",
    ),
    why=Text(
        "Tidak seorang pun melihat angka itu pada lembarnya, dan ia tetap dipakai ketika angka lainnya berubah.",
        "Nobody sees that number on the sheet, and it stays in use when the other figures change.",
    ),
    basis=SEEN,
    remedy=Text(
        "Bila angka itu koreksi, perbaiki isian asalnya; bila memang perlu, tulis di sel sendiri beserta keterangannya dan acu sel itu.",
        "If the number is a correction, mend the entries; if it is needed, put it into a cell of its own, with a note, and refer to that.",
    ),
    messages={
        "": Text(
            "{nama}: rumus {kolom} memuat angka tetap {angka}: {rumus}.",
            "{nama}: the formula of {kolom} holds the fixed number {angka}: {rumus}.",
        ),
        "banyak": Text(
            "{kolom}: {n} rumus memuat angka tetap {angka}, mulai dari '{nama}': {rumus}.",
            "{kolom}: {n} formulas hold the fixed number {angka}, starting with '{nama}': {rumus}.",
        ),
    },
    severity=always(WARNING),
)
def fixed_numbers(document: Document) -> Iterator[Hit]:
    for column in columns(document):
        by_form: dict[Form, tuple[Decimal, ...]] = {}
        found: dict[tuple[Decimal, ...], list[Written]] = {}
        for cell in column.cells:
            numbers = by_form.get(cell.form)
            if numbers is None:
                numbers = by_form[cell.form] = numbers_in(cell.formula, document, column.table)
            if numbers and not zeroed(cell.row) and not explains_sum(document, column.table, cell.row, column.key):
                found.setdefault(numbers, []).append(cell)
        for numbers, cells in found.items():
            places = [(cell.row, column.key) for cell in cells]
            yield folded(column.table, places, angka=numbers, rumus=shown(cells[0].formula))


_LITERAL = re.compile(r"(?<![A-Za-z0-9$.:_])[0-9.]")


def explains_sum(document: Document, table: Table, row: Row, key: str) -> bool:
    """Whether a wrong sum is wrong by exactly the number that its formula holds: the sum is the finding then, and names it."""
    fault = mismatch(table, row, key) if key in table.sums else None
    if fault is None:
        return False
    numbers = numbers_in(document.formulas.get(table.cell(row, key), ""), document, table)
    return any(same_money(number, fault.difference) for number in numbers)


def numbers_in(formula: str, document: Document, table: Table) -> tuple[Decimal, ...]:
    """The numbers of a formula that are corrections or rates, in its order."""
    if not _LITERAL.search(formula):
        return ()
    expr = parse(formula, table.sheet, {name.lower(): name for name in document.sheets})
    if expr is None:
        return ()
    found = list(_fixed(expr))
    weights = [each.number for each in found if each.rate]
    if sum(weights) == 1:
        found = [each for each in found if not each.rate]  # the weights of a mean
    return tuple(dict.fromkeys(each.number for each in found))


class _Fixed(NamedTuple):
    """A number in a formula: one that is added, or a rate."""

    number: Decimal
    rate: bool


_CARRIES_FIGURES = ("SUM", "SUMIF", "SUMIFS", "ROUND", "AVERAGE", "IF", "IFERROR", "ABS", "MIN", "MAX")


def _fixed(expr: Expr) -> Iterator[_Fixed]:
    match expr:
        case Binary("+" | "-" as op, left, right):
            for one, other in ((left, right), (right, left)):
                number = _literal(one)
                # 0 - x is how a sign is read.
                if number is not None and _is_figure(other) and abs(number) not in _HARMLESS:
                    yield _Fixed(-number if op == "-" and one is right else number, False)
            yield from (*_fixed(left), *_fixed(right))
        case Binary("*", left, right):
            for one, other in ((left, right), (right, left)):
                number = _literal(one)
                if number is not None and _is_figure(other) and _is_rate(number):
                    yield _Fixed(number, True)
            yield from (*_fixed(left), *_fixed(right))
        case Binary("/", left, right):
            yield from (*_fixed(left), *_fixed(right))
        case Call("IF", (_, *branches)):
            for branch in branches:
                yield from _fixed(branch)
        case Call(name, args) if name in _CARRIES_FIGURES:
            for arg in args:
                yield from _fixed(arg)


def _literal(expr: Expr) -> Decimal | None:
    """A number as it is written, with its sign or percent sign."""
    match expr:
        case Const(float() as value) if not isinstance(value, bool):
            return to_decimal(value)
        case Binary("-", Const(0.0), Const(float() as value)):
            return -to_decimal(value)
        case Binary("/", Const(float() as value), Const(100.0)):
            return to_decimal(value) / 100
    return None


def _is_figure(expr: Expr) -> bool:
    """Whether an operand comes from cells, as a figure does and a count of rows does not."""
    match expr:
        case Ref():
            return True
        case Binary(op, left, right):
            return op in ("+", "-", "*", "/") and (_is_figure(left) or _is_figure(right))
        case Call(name, args):
            return name in _CARRIES_FIGURES and any(isinstance(arg, Range) or _is_figure(arg) for arg in args)
    return False


def _is_rate(number: Decimal) -> bool:
    """1,05 or 0,975 and the like: no count of months or units, no change of scale, no quarter."""
    whole = number == number.to_integral_value()
    return not whole and number not in _SHARES


RULES = (fixed_numbers,)
