"""The shapes of the formulas that the tool writes, by which it knows its own formulas from an office's.

Each column's are made when a formula in that column first asks for them: to make those of all columns takes longer than everything
else about reading a small workbook, and most columns hold no formula.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import suppress
from dataclasses import replace

from lakip_xl.cells import Cell
from lakip_xl.form.binding import Layout
from lakip_xl.form.expressions import Const, Expr, Range, Ref, text, unfold
from lakip_xl.form.formulas import listed_sum, plainly, roll_up, while_same
from lakip_xl.form.places import extremes
from lakip_xl.form.shape import shape
from lakip_xl.form.spec import FormSpec, TableSpec


class OwnShapes:
    """The shapes of the tool's formulas in one table, whether the workbook had a cell for each setting when they were written or not."""

    def __init__(self, spec: TableSpec, layout: Layout, form: FormSpec) -> None:
        self._spec, self._layout, self._form = spec, layout, form
        self._where: Hashable = None

    def of(self, key: str) -> Shapes:
        """Those of one column."""
        return Shapes(self, key)

    def made(self, key: str) -> frozenset[str]:
        """Those of one column, made now."""
        spec, layout = self._spec, self._layout
        shapes = {*self._plain(key, layout), *self._elsewhere(key)}
        if key in spec.sums and key in layout.columns:
            shapes.add(shape(text(listed_sum([Range(layout.at(key, 3), layout.at(key, 4))]), layout.sheet)))
        for link in self._form.links:
            if link.table == spec.key and link.key == key:
                for formula in (link.formula, link.loose):
                    shapes.update(_guarded(formula, layout))
        return frozenset(shapes)

    def _elsewhere(self, key: str) -> frozenset[str]:
        """Those of a workbook with other cells for its settings. They hang on the columns alone, so one workbook's are the next one's."""
        layout, form = self._layout, self._form
        if self._where is None:
            tables = ((name, each.sheet, *each.columns.items()) for name, each in layout.others.items())
            self._where = id(form), self._spec.key, layout.sheet, (*layout.columns.items(),), (*tables,)
        kept = _KEPT.get((self._where, key))
        if kept is None:
            others = (replace(layout, settings=each, _made={}) for each in extremes(form))
            kept = form, frozenset(found for each in others for found in self._plain(key, each))
            if len(_KEPT) >= _MOST_KEPT:
                _KEPT.clear()
            _KEPT[self._where, key] = kept
        return kept[1]

    def _plain(self, key: str, layout: Layout) -> Iterator[str]:
        # Where an operand's column is missing, no such formula was written either.
        for formula in self._formulas(key):
            with suppress(KeyError):
                yield shape(text(layout.bound(formula, 2, (3, 4)), layout.sheet))

    def _formulas(self, key: str) -> Iterator[Expr]:
        spec = self._spec
        if (formula := spec.by_key[key].formula) is not None:
            yield formula
        if key in spec.sums:
            yield from (roll_up(key, level) for level in spec.levels[1:])
        yield from (formula for column, formula in spec.footer if column == key)
        for link in self._form.links:
            if link.table == spec.key and link.key == key:
                yield from (link.formula, link.loose)


# The form stands beside what was made of it, so that its id stays its own.
_KEPT: dict[tuple[Hashable, str], tuple[FormSpec, frozenset[str]]] = {}
_MOST_KEPT = 4096


class Shapes:
    """The shapes of one column, made when the first formula is held against them."""

    def __init__(self, own: OwnShapes, key: str) -> None:
        self._own, self._key = own, key
        self._made: frozenset[str] | None = None

    def __contains__(self, found: object) -> bool:
        if self._made is None:
            self._made = self._own.made(self._key)
        return found in self._made


def _guarded(formula: Expr, layout: Layout) -> Iterator[str]:
    """The shapes of a formula that follows another table, behind each of the questions that may stand before it."""
    cell = Ref(Cell(layout.sheet, 1, 1))
    code = (cell, cell), (plainly(cell), plainly(cell))
    units = (cell, cell), (cell, Const(""))
    with suppress(KeyError):
        tree = unfold(layout.bound(formula, 2, (3, 3)))
        for pairs in (*((each,) for each in (*code, *units)), *((one, unit) for one in code for unit in units)):
            yield shape(text(while_same(tree, pairs), layout.sheet))
