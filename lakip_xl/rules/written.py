"""The user's own formulas inside the form, column by column, each in its relative form: read once for all rules about formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lakip_xl.cells import Cell, Value, letters
from lakip_xl.errors import Text
from lakip_xl.form.evaluate import evaluate
from lakip_xl.form.parse import parse
from lakip_xl.formula import tokens
from lakip_xl.rules.reading import agrees, by_hand, computed
from lakip_xl.table.model import Document, Row, Table

Form = tuple[str, tuple[int, ...]]
"""A formula with ``%d`` in place of its row numbers, and how many rows below the formula's own row each of them points."""

# What only looks like a reference (a function, a sheet's name, a text) makes two formulas differ at worst: then nothing is said.
_ROW = re.compile(r"(?<![A-Za-z0-9_.])(\$?[A-Z]{1,3})([1-9][0-9]{0,6})(?![A-Za-z0-9_.!(])")


class Written(NamedTuple):
    """One formula of the user's in a column of the form."""

    row: Row
    formula: str
    form: Form


@dataclass
class Column:
    """The user's formulas in one column of a table, in sheet order."""

    table: Table
    key: str
    cells: list[Written] = field(default_factory=list)


@dataclass
class Own:
    """What is known of a workbook's own formulas: by column, and the rows of each table's sheet by number."""

    sheets: Sequence[str]
    columns: dict[tuple[str, str], Column] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    rows: dict[str, dict[int, Row]] = field(default_factory=dict)
    keys: dict[str, dict[int, str]] = field(default_factory=dict)

    def raw(self, cell: Cell) -> Value:
        """What Excel sees in a cell of the form. Raises LookupError for any other cell."""
        entry = self.rows[cell.sheet][cell.row].entries.get(self.keys[cell.sheet][cell.column])
        return None if entry is None else entry.raw

    def value(self, formula: str, sheet: str) -> Value:
        """What a formula comes to over the cells of the form; None where that cannot be said."""
        expr = parse(formula, sheet, {name.lower(): name for name in self.sheets})
        if expr is None:
            return None
        try:
            return evaluate(expr, self.raw)
        except (LookupError, TypeError, ArithmeticError, ValueError, RecursionError):
            return None


def own_formulas(document: Document) -> Own:
    """The user's formulas in the tables of the form; read once, since judging changes nothing."""
    kept: Own | None = vars(document).get("own_formulas")
    if kept is None:
        kept = vars(document)["own_formulas"] = _read(document)
    return kept


def _read(document: Document) -> Own:
    own = Own(document.sheets)
    by_sheet = {table.sheet: table for table in document.tables.values()}
    if not any(cell.sheet in by_sheet for cell in document.formulas):
        return own
    for sheet, table in by_sheet.items():
        own.tables[sheet] = table
        own.rows[sheet] = {row.number: row for row in (*table.rows, *((table.total,) if table.total else ()))}
        own.keys[sheet] = {column: key for key, column in table.layout.columns.items()}
    last: dict[tuple[str, str], Form] = {}
    for (sheet, number, column), formula in document.formulas.items():
        row = own.rows[sheet].get(number) if sheet in own.rows else None
        key = own.keys[sheet].get(column) if row is not None else None
        if row is None or key is None or row.entry(key).ours:
            continue
        place = (by_sheet[sheet].spec.key, key)
        if place not in own.columns:
            own.columns[place] = Column(by_sheet[sheet], key)
        form = last.get(place)
        if form is None or rows_put_in(form, number) != formula:
            last[place] = form = form_of(formula, number)
        own.columns[place].cells.append(Written(row, formula, form))
    return own


def form_of(formula: str, row: int) -> Form:
    """The relative form of a formula that stands in a row; equal for copies of each other down a column."""
    offsets: list[int] = []

    def taken_out(match: re.Match[str]) -> str:
        offsets.append(int(match[2]) - row)
        return match[1] + "%d"

    return _ROW.sub(taken_out, formula.replace("%", "%%")), tuple(offsets)


def rows_put_in(form: Form, row: int) -> str:
    """The formula of this form as it reads in a row."""
    text, offsets = form
    return text % tuple([row + offset for offset in offsets])


def columns(document: Document) -> Iterator[Column]:
    """The columns of the form that hold formulas of the user's, in the order of the form."""
    found = own_formulas(document).columns
    for table in document.tables.values():
        for column in table.spec.columns:
            if (table.spec.key, column.key) in found:
                yield found[table.spec.key, column.key]


def contradicted(row: Row, key: str) -> bool:
    """Whether a figure is not what the form's own formula gives: the rule of that column speaks of it then."""
    return by_hand(row, key) is not None and not agrees(row, key, computed(row, key))


def shown(formula: str) -> Text:
    """A formula as people see it in Excel, short enough for a message: in Indonesian with ; and a decimal comma."""
    try:
        local = "".join(
            ";"
            if t.kind == "separator" and t.text == ","
            else t.text.replace(".", ",")
            if t.kind == "number"
            else t.text
            for t in tokens(formula)
        )
    except ValueError:
        local = formula
    return Text(_short(local), _short(formula))


_LONGEST = 80


def _short(formula: str) -> str:
    return "=" + (formula if len(formula) <= _LONGEST else formula[:_LONGEST] + " ...")


def named(table: Table, key: str, rows: list[Row]) -> str:
    """Cells of one column in words: neighbours as a range, the first few of them."""
    numbers = sorted(row.number for row in rows)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    column = letters(table.layout.columns[key])
    said = [f"{column}{first}" if first == last else f"{column}{first}:{column}{last}" for first, last in runs]
    return ", ".join(said[:_MOST_RUNS]) + (", ..." if len(said) > _MOST_RUNS else "")


_MOST_RUNS = 6
