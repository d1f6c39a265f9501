"""What an adoption found: each row of the new matrix with where it came from, and the fate of each cell of the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Value
from lakip_xl.errors import Text
from lakip_xl.form.spec import FormSpec, TableSpec
from lakip_xl.sources.grid import Grid, shown

PLACED, HEADING, NUMBERS, TOTAL, FORMULA, ERROR, OUTSIDE, UNPLACED = (
    "placed", "heading", "numbers", "total", "formula", "error", "outside", "unplaced",
)  # fmt: skip
"""What becomes of a cell: written into the matrix; a heading; a row of column numbers; the total row, which is a formula; a result
that a formula of the template gives; an error code, left blank; text above or below the table; without a place."""


class Printed(NamedTuple):
    """A result as the source shows it: ``digits`` decimals, with the cell that it stands in; ``loose`` where a fraction may be meant."""

    value: Decimal
    digits: int
    column: int
    loose: bool = False


@dataclass(frozen=True)
class Proposal:
    """A code from the nomenclature for a row; ``likeness`` is 100 where the names are the same, else how alike they are."""

    code: str
    name: str
    likeness: float


class Lost(NamedTuple):
    """A cell without a place, or (column 0) a whole row: why, and what stands there."""

    row: int
    column: int
    why: Text
    text: str


@dataclass
class Taken:
    """One row of the new matrix.

    source    its row in the source
    values    what is written, by key
    printed   results of the source that formulas of the template give
    level     the word of TINGKAT, "" where it cannot be told or the row continues the one above; ``why`` says from what it was told
    continues a further indicator of the row above
    notes     what else is to be said of the row
    """

    source: int
    values: dict[str, Value]
    printed: dict[str, Printed] = field(default_factory=dict)
    level: str = ""
    why: str = ""
    continues: bool = False
    proposal: Proposal | None = None
    notes: list[Text] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What people call the row."""
        return str(self.values.get("uraian") or self.values.get("indikator") or self.values.get("kode") or "")


@dataclass
class Adoption:
    """The whole.

    grid, form, source_spec  where the matrix was found, and in which of the known forms
    spec      the table of the template that it goes into
    columns   the source column of each key
    fates     what became of each cell of the source that is not blank
    unplaced  cells without a place, with the reason; ``left`` rows that are no data, with what they are
    others    sheets that were not read
    """

    grid: Grid
    form: FormSpec
    source_spec: TableSpec
    spec: TableSpec
    columns: dict[str, int]
    rows: list[Taken] = field(default_factory=list)
    total: dict[str, Printed] = field(default_factory=dict)
    total_row: int = 0
    fates: dict[tuple[int, int], str] = field(default_factory=dict)
    unplaced: list[Lost] = field(default_factory=list)
    left: list[tuple[int, Text]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def settle(self, row: int, column: int, fate: str) -> None:
        """Writes down what became of a cell; each cell has one fate."""
        if (row, column) in self.fates:
            raise AssertionError(f"cell {row}, {column} is accounted for twice")
        self.fates[row, column] = fate

    def lose(self, row: int, column: int, why: Text) -> None:
        """A cell without a place."""
        self.settle(row, column, UNPLACED)
        self.unplaced.append(Lost(row, column, why, shown(self.grid.rows[row][column].value)[:60]))

    def lose_row(self, row: int, why: Text) -> None:
        """A row without a place."""
        for column in self.grid.rows[row]:
            self.settle(row, column, UNPLACED)
        said = "; ".join(shown(data.value)[:40] for data in self.grid.rows[row].values() if shown(data.value))
        self.unplaced.append(Lost(row, 0, why, said if len(said) <= 120 else said[:117] + "..."))
