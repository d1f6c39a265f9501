"""Puts cells in place of the keys of the form's formulas, once a sheet's columns and the settings have been located."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lakip_xl.cells import Cell
from lakip_xl.form.expressions import Const, Expr, Key, Range, Ref, Setting, Span, bind


@dataclass(frozen=True)
class Layout:
    """Where the columns of one table stand (1-based), and where the settings are.

    ``settings`` holds an expression for each setting key: mostly a fixed cell of another sheet, a constant where the workbook has
    no such cell.
    """

    sheet: str
    columns: Mapping[str, int]
    settings: Mapping[str, Expr]

    def bound(self, formula: Expr, row: int, span: tuple[int, int] | None = None) -> Expr:
        """The formula for one row; ``span`` is the first and last row that a ``Span`` of a single column gathers.

        A helper column that the sheet lacks reads as blank text; a key of the printed form that is missing is a KeyError, since no
        formula may be written without its operands.
        """

        def place(key: Key | Setting | Span) -> Expr:
            match key:
                case Setting(name):
                    return self.settings[name]
                case Key(name):
                    return self.at(name, row) if name in self.columns else Const("")
                case Span(name):
                    first, _, last = name.partition(":")
                    if last:
                        return Range(self.at(first, row), self.at(last, row))
                    if span is None:
                        raise ValueError(f"{name!r} needs the rows that it gathers")
                    fixed = first == "tingkat"
                    return Range(self.at(first, span[0], fixed), self.at(first, span[1], fixed))

        return bind(formula, place)

    def at(self, key: str, row: int, fixed_column: bool = False) -> Ref:
        """The reference to a column's cell in a row."""
        return Ref(Cell(self.sheet, row, self.columns[key]), fixed_column=fixed_column)


def fixed(cell: Cell) -> Ref:
    """A reference with both dollar signs, for settings and other cells that every row shares."""
    return Ref(cell, fixed_row=True, fixed_column=True)
