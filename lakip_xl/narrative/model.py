"""What the narrative consists of, before any writer sees it: sections of sentences and tables, and what is to be looked at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import Text
from lakip_xl.form.evaluate import Resolve
from lakip_xl.form.expressions import Expr, Ref
from lakip_xl.form.grid import Grid, resolver
from lakip_xl.table.model import Row

CHAPTER = "BAB III AKUNTABILITAS KINERJA"
"""The chapter of the report that is told."""

Derived = Callable[[Sequence[Ref]], Expr]
"""A figure of a table row that is worked out from the row's own cells."""

Content = Value | Decimal | Expr | Derived


@dataclass(frozen=True)
class Sentence:
    """One sentence (or a few that belong together), ready to be pasted.

    ``key`` is the address-free name under which a user's note is kept; ``about`` the row that it speaks of.
    """

    key: str
    text: str
    about: Row | None = None


@dataclass(frozen=True)
class Head:
    """The heading of a column, and what its cells are: ``text``, ``center``, ``number``, ``percent``, ``rupiah`` or ``points``."""

    name: str
    kind: str = "text"


@dataclass(frozen=True)
class Figures:
    """A table: live expressions with the values that they have now.

    total   the last row is a total
    wide    for a sheet of paper in landscape; on Narasi it would only repeat the sheet Matriks
    levels  for each row how deep it stands below the widest, where rows have levels
    """

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Content, ...], ...]
    values: tuple[tuple[Value, ...], ...]
    total: bool = False
    wide: bool = False
    levels: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading of depth 1 to 3, and what stands under it."""

    depth: int
    heading: str
    parts: tuple[Sentence | Figures, ...] = ()


@dataclass(frozen=True)
class Doubt:
    """Something to look at before the text is used: a statement that the figures contradict.

    ``cell`` is where it was written; None for a note on Narasi, whose row bears the key ``note``; both blank for a general remark.
    """

    text: Text
    cell: Cell | None = None
    note: str = ""


@dataclass(frozen=True)
class Narrative:
    """The whole: ``title`` and ``office`` head it, ``sources`` says where the doubts were looked for."""

    title: str
    office: str
    doubts: tuple[Doubt, ...] = ()
    sections: tuple[Section, ...] = field(default=())

    @property
    def sentences(self) -> list[Sentence]:
        """All sentences, in their order."""
        return [part for section in self.sections for part in section.parts if isinstance(part, Sentence)]

    @property
    def tables(self) -> list[Figures]:
        """All tables, in their order."""
        return [part for section in self.sections for part in section.parts if isinstance(part, Figures)]


def figures(
    caption: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[Content]],
    seen: Resolve,
    *,
    total: bool = False,
    wide: bool = False,
    levels: Sequence[int] = (),
) -> Figures:
    """A table with the values of its expressions, worked out as on a sheet of its own."""
    grid = Grid("\x00")  # no sheet of a workbook can be called so
    for number, row in enumerate(rows, start=1):
        place(grid, number, row)
    resolve = resolver(grid, outer=seen)
    values = tuple(
        tuple(resolve(Cell(grid.sheet, number, column)) for column in range(1, len(heads) + 1))
        for number in range(1, len(rows) + 1)
    )
    return Figures(caption, tuple(heads), tuple(map(tuple, rows)), values, total, wide, tuple(levels))


def place(grid: Grid, number: int, row: Sequence[Content], looks: Sequence[str] = ()) -> None:
    """Puts a row of a table into a grid, its derived figures bound to the cells of that row."""
    refs = [grid.ref(number, column) for column in range(1, len(row) + 1)]
    for column, content in enumerate(row, start=1):
        bound = content(refs) if callable(content) else content
        grid.put(number, column, bound, looks[column - 1] if looks else "")
