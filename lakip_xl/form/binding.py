"""Puts cells in place of the keys of the form's formulas, once a sheet's columns and the settings have been located."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lakip_xl.cells import Cell
from lakip_xl.form.expressions import (
    FIRST,
    LAST,
    ROW,
    Const,
    Expr,
    Key,
    Pattern,
    Placed,
    Range,
    Ref,
    Setting,
    Span,
    There,
    bind,
    text,
)

# Helper columns that an office's own sheet may lack: their cells read as blank. Any other operand must be there. ARAH must: without
# it nobody knows what a capaian would be.
BLANK_IF_MISSING = frozenset(("cara_hitung", "status", "satuan"))

_ROWS = re.compile(f"{ROW}|{FIRST}|{LAST}")


@dataclass(frozen=True)
class Layout:
    """Where the columns of one table stand (1-based), and where the settings are.

    ``settings`` holds an expression for each setting key: mostly a fixed cell of another sheet, a constant where the workbook has
    no such cell. ``inline`` are formulas that stand in for calculated columns which the sheet lacks; ``order`` are the keys as the
    form lists them; ``others`` are the layouts of the form's other tables, by key.
    """

    sheet: str
    columns: Mapping[str, int]
    settings: Mapping[str, Expr]
    inline: Mapping[str, Expr] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    others: Mapping[str, Layout] = field(default_factory=dict, compare=False, repr=False)
    _made: dict[int, tuple[Expr, Pattern]] = field(default_factory=dict, compare=False, repr=False)

    def bound(self, formula: Expr, row: int, span: tuple[int, int] | None = None) -> Placed:
        """The formula for one row; ``span`` is the first and last row that a ``Span`` of a single column gathers, or twice the
        row of another table that ``There`` speaks of.

        Raises KeyError where the sheet lacks a column that the formula needs: no formula may be written without its operands.
        """
        made = self._made.get(id(formula))
        if made is None:
            tree = bind(formula, self._place)
            plain = text(tree, self.sheet).replace("{", "{{").replace("}", "}}")
            template = _ROWS.sub(lambda row: f"{{{int(row[0]) - ROW}}}", plain)
            # The formula is kept beside what was made of it, so that its id stays its own.
            made = self._made[id(formula)] = formula, Pattern(tree, template, self.sheet)
        first, last = span or (row, row)
        return Placed(made[1], row, first, last)

    def _place(self, key: Key | Setting | Span | There) -> Expr:
        match key:
            case Setting(name):
                return self.settings[name]
            case Key(name):
                if name not in self.columns and name in self.inline:
                    return bind(self.inline[name], self._place)
                return Const("") if name in BLANK_IF_MISSING - set(self.columns) else self.at(name, ROW)
            case There(table, name):
                other = self.others[table]
                first, _, last = name.partition(":")
                if last:
                    other._refuse_gaps(first, last)
                    return Range(other.at(first, FIRST, True), other.at(last, FIRST, True))
                return other.at(first, FIRST, True)
            case Span(name):
                first, _, last = name.partition(":")
                if last:
                    self._refuse_gaps(first, last)
                    return Range(self.at(first, ROW), self.at(last, ROW))
                # TINGKAT is asked beside several columns: its own stays when a sum is copied to the right.
                fixed_column = first == "tingkat"
                return Range(self.at(first, FIRST, fixed_column), self.at(first, LAST, fixed_column))

    def _refuse_gaps(self, first: str, last: str) -> None:
        """Raises KeyError where the columns of a range do not stand side by side: it would take in what stands between."""
        if self.order:
            keys = self.order[self.order.index(first) : self.order.index(last) + 1]
            if [self.columns[key] for key in keys] != [self.columns[first] + n for n in range(len(keys))]:
                raise KeyError(f"{first}:{last}")

    def at(self, key: str, row: int, fixed_column: bool = False) -> Ref:
        """The reference to a column's cell in a row."""
        return Ref(Cell(self.sheet, row, self.columns[key]), fixed_column=fixed_column)


def fixed(cell: Cell) -> Ref:
    """A reference with both dollar signs, for settings and other cells that every row shares."""
    return Ref(cell, fixed_row=True, fixed_column=True)
