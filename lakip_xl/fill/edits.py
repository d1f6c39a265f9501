"""What a plan says: which cells are to be written, and what every cell will show then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lakip_xl.cells import Cell, Value
from lakip_xl.fill.values import Seen
from lakip_xl.form.expressions import Expr, Placed, text


@dataclass(slots=True, eq=False)
class Edit:
    """One cell to write: a formula (as an expression, or the user's own text) with its value, or a plain value alone.

    ``known`` is False where the value hangs on a user's formula that cannot be computed here: then no cached value is
    written. ``why`` is ``blank`` (nothing was shown there), ``ours`` (our formula, refreshed), ``typed`` (a typed result
    turned into a formula), ``heading`` (of a column that the sheet gets) or ``cache`` (another formula on the form's sheets, whose
    value the file lacked or had from before).
    """

    cell: Cell
    key: str
    content: Expr | str | None
    value: Value
    known: bool
    why: str

    @property
    def formula(self) -> str | None:
        """The formula without "=", None for a plain value; made when it is asked for, since most are long and asked for once."""
        return text(self.content, self.cell.sheet) if isinstance(self.content, Expr) else self.content

    @property
    def kept(self) -> Placed | str | None:
        """The same for a cell that will keep it: a formula of the cell's own table makes its text whenever it is asked for."""
        own = isinstance(self.content, Placed) and self.content.pattern.sheet == self.cell.sheet
        return self.content if own else self.formula  # type: ignore[return-value]


@dataclass
class Plan:
    """What a fill will do, and (``seen``) what every cell will show then; None where that cannot be known.

    The edits are made when they are asked for: who only judges a workbook needs none, nor the flags that nothing else hangs on.
    ``forget`` lets them go.
    """

    make: Callable[[], list[Edit]] = list
    seen: Seen = lambda cell: None

    @cached_property
    def edits(self) -> list[Edit]:
        """Every cell to be written."""
        return self.make()

    def forget(self) -> None:
        """Lets the edits go once they are written and counted: of a large matrix they take as much memory as its rows."""
        self.edits.clear()
