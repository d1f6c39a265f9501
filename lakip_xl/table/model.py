"""The narrow waist: what was read from a workbook, typed, each value still knowing its cell. Rules and writers see only this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lakip_xl.cells import Cell, Value
from lakip_xl.form.binding import Layout
from lakip_xl.form.efficiency import SIMPLE
from lakip_xl.form.formulas import EMPTY, ZEROED, last_month_of
from lakip_xl.form.spec import Band, FormSpec, Period, TableSpec

if TYPE_CHECKING:
    import polars

Typed = Decimal | str | None


@dataclass(slots=True)
class Entry:
    """One cell of the form as it stands in the workbook.

    raw      what Excel sees (a formula's cached value)
    formula  the cell's formula without "=", None where it was typed; "" for one of ours that is yet to be written
    typed    our reading: Decimal for numeric columns, stripped text for others, None for blank, "-" and what cannot be read
    as_text  the cell holds text that we read as a number: Excel does not calculate with it
    fault    why there is no reading although something is there: "", "text", "date", "ambiguous", "unit", "error", and
             "number" for a code that became a number
    digits   the decimals that the cell's number format shows; None for General and text
    scaled   a percentage typed into a cell formatted as one: it shows 90 % and is read as 90, but holds 0,9
    ours     the formula is one that fill wrote (or would write), not the user's own
    """

    raw: Value = None
    formula: str | None = None
    typed: Typed = None
    as_text: bool = False
    fault: str = ""
    digits: int | None = None
    ours: bool = False
    scaled: bool = False

    @property
    def filled(self) -> bool:
        """Whether somebody entered something: a value, or a formula that is not ours."""
        return (self.raw is not None and self.raw != "" and not self.ours) or (
            self.formula is not None and not self.ours
        )


BLANK = Entry()


@dataclass(slots=True, eq=False)
class Heading:
    """A program or kegiatan that stands as a name beside the rows below it, without a row and figures of its own.

    row, column  where the name is first written; ``rows`` are the widest rows that stand under it
    """

    level: str
    row: int
    column: int
    name: str
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Row:
    """One row of a table.

    level         the word of TINGKAT ("" for a continuation row or where it is unknown)
    head          for a continuation row (a further indicator), the row above to which it belongs; else None
    parent        the row whose sum this row enters; None at the top
    children      the rows that sum into this one, in sheet order
    record        the address-free key: sub unit + kode (else the path of names) + indicator number
    expected      the values of the form's formulas for this row as Excel would show them (float, "" blank, "-" undefined),
                  whatever the cell holds now; set when a fill is planned
    silent, known what the rules found out about the row, once: every rule asks for it
    own           the column of URAIAN and of KODE, where the names are parted among columns by level; ``told`` are the levels of
                  that column, ``above`` the headings without rows that the row stands under, ``opens`` the widest that begins here,
                  ``again`` whether the row writes the names of the row above once more, for a further indicator
    """

    number: int
    entries: dict[str, Entry]
    level: str = ""
    head: Row | None = None
    parent: Row | None = None
    children: list[Row] = field(default_factory=list)
    continuations: list[Row] = field(default_factory=list)
    record: str = ""
    unit: str = ""
    total: bool = False
    expected: dict[str, Value] = field(default_factory=dict)
    silent: bool | None = None
    known: dict[str, Any] | None = None
    own: dict[str, int] | None = None
    told: tuple[str, ...] = ()
    above: tuple[Heading, ...] = ()
    opens: str = ""
    again: bool = False

    def entry(self, key: str) -> Entry:
        """The cell of a column; a blank one where the sheet has no such column."""
        return self.entries.get(key, BLANK)

    def number_of(self, key: str) -> Decimal | None:
        """The typed number of a column, None where there is none."""
        value = self.entries.get(key, BLANK).typed
        return value if isinstance(value, Decimal) else None

    def text_of(self, key: str) -> str:
        """The text of a column, "" where there is none."""
        value = self.entries.get(key, BLANK).typed
        return value if isinstance(value, str) else "" if value is None else str(value)

    @property
    def indicators(self) -> list[Row]:
        """The rows that carry the indicators of this row: itself and its continuation rows, where an indicator is entered."""
        return [row for row in (self, *self.continuations) if row.text_of("indikator")]

    @property
    def name(self) -> str:
        """What people call the row: its uraian, or its indicator on a continuation row."""
        own = "" if self.again else self.text_of("uraian")
        return own or self.text_of("indikator") or self.text_of("sasaran")

    @property
    def in_use(self) -> bool:
        """False for a row that is dinolkan or nihil, which is silent and counts nowhere."""
        # As Excel compares: without regard to case, but a space is a space.
        raw = self.entry("status").raw
        return not (isinstance(raw, str) and raw.casefold() in (ZEROED, EMPTY))

    def descendants(self) -> Iterator[Row]:
        """All rows below, depth first."""
        for child in self.children:
            yield child
            yield from child.descendants()


@dataclass
class Table:
    """One located and typed table.

    missing  keys of columns whose heading was not found, with the nearest heading that was, "" where none is near
    outside  cells beside or below the form that hold something
    first_row  the first row of headings, where they take several; else 0
    added    columns that the sheet lacks and that a fill gives it
    doubts   rows without a code whose look says one level and whose sums another
    parted   URAIAN and KODE where they stand in another column from row to row, with the deepest of these
    headings names beside the rows that have no row of their own
    strangers  the headings, by column, that stand for nothing in the form
    """

    spec: TableSpec
    layout: Layout
    header_row: int
    rows: list[Row]
    total: Row | None = None
    border_row: int | None = None
    missing: dict[str, str] = field(default_factory=dict)
    outside: list[Cell] = field(default_factory=list)
    first_row: int = 0
    added: frozenset[str] = frozenset()
    doubts: dict[int, tuple[str, str]] = field(default_factory=dict)
    parted: Mapping[str, int] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    strangers: dict[int, str] = field(default_factory=dict)

    @property
    def sheet(self) -> str:
        """The title of the sheet that the table stands in."""
        return self.layout.sheet

    @property
    def sums(self) -> tuple[str, ...]:
        """The columns that a row above the leaves sums over its children, as far as the sheet has them."""
        return tuple(key for key in self.spec.sums if key in self.layout.columns)

    def cell(self, row: Row | int, key: str) -> Cell:
        """The address of a column in a row: the only way to one. KeyError where the sheet has no such column."""
        if key in self.parted:
            own = None if isinstance(row, int) else row.own
            column = own[key] if own is not None and key in own else self.parted[key]
        else:
            column = self.layout.columns[key]
        return Cell(self.sheet, row if isinstance(row, int) else row.number, column)

    def has(self, key: str) -> bool:
        """Whether the sheet has the column."""
        return key in self.layout.columns or key in self.parted

    def at_level(self, level: str) -> list[Row]:
        """The rows of one level, in sheet order."""
        return [row for row in self.rows if row.level == level]

    @cached_property
    def tops(self) -> list[Row]:
        """The widest rows: those that the total sums."""
        return [row for row in self.rows if row.level and row.parent is None]

    @cached_property
    def frame(self) -> polars.DataFrame:
        """The typed columns for schemas: ``row`` (sheet row), then one column for each key; numbers as Decimal, texts as String."""
        from lakip_xl.table.frame import frame_of

        return frame_of(self)


@dataclass
class Settings:
    """What Identitas and Pengaturan say, with the defaults of the form where they say nothing.

    thresholds  in force for the period, percent points; None where the check is not made
    cap         the batas maksimum capaian, None where there is none
    cells       the cell of each field and threshold (the one in force), where the workbook has it
    faults      what could not be read and was left at its default: cell, label, text shown, and its kind:
                "periode" (in no list), "angka" (no number), "urutan" (bounds that do not rise)
    sheet       the title of the sheet with our settings (Pengaturan), "" where there is none
    method      how efisiensi is calculated, a word of ``form.efficiency``
    ck_cap      what a capaian counts at most in efisiensi, percent points; None where there is no such bound
    """

    identity: dict[str, Typed]
    period: Period
    thresholds: dict[str, Decimal | None]
    bands: list[Band]
    variant: str
    cap: Decimal | None
    cells: dict[str, Cell]
    faults: list[tuple[Cell, str, str, str]] = field(default_factory=list)
    sheet: str = ""
    method: str = SIMPLE
    ck_cap: Decimal | None = Decimal(100)

    @property
    def last_month(self) -> int:
        """The last month of the period, 1 to 12, as the form's formula has it."""
        return last_month_of(str(self.identity.get("periode") or ""))

    @property
    def year(self) -> int | None:
        """The year of the report."""
        value = self.identity.get("tahun")
        return int(value) if isinstance(value, Decimal) else None

    def band(self, capaian: Decimal) -> str:
        """The kategori of a capaian in percent points, unrounded."""
        name = self.bands[0].name
        for band in self.bands:
            if capaian >= Decimal(str(band.lower)):
                name = band.name
        return name


@dataclass
class Document:
    """A workbook read against an edition of the form.

    missing_sheets  titles of tables of the form that no sheet holds
    formulas        every formula of the workbook that is not ours, by cell
    facts           what the package holds beside the form: ``macros`` (bool), ``external_links`` (tuple of texts), ``period_told`` (bool:
                    whether it said its period itself, before it got a Pengaturan)
    user_formulas   cells with a formula of the user's that reads a cell which fill writes, outside or inside the form
    uncached        cells of the form with a user's formula whose value the file does not hold
    skipped         cells for which the form has a formula that cannot be written: covered by a merged area, part of an array or of
                    a table's header or total
    rivals          headings on other sheets that hold a matrix too, and were passed by
    titled          the year that the titles above the matrix name, and where; None where they name none, or several
    memo            what the rules found out about the whole document, once
    """

    form: FormSpec
    sheets: list[str]
    tables: dict[str, Table]
    settings: Settings
    missing_sheets: list[str] = field(default_factory=list)
    formulas: dict[Cell, str] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    user_formulas: list[Cell] = field(default_factory=list)
    uncached: list[Cell] = field(default_factory=list)
    skipped: list[Cell] = field(default_factory=list)
    rivals: list[Cell] = field(default_factory=list)
    titled: tuple[Cell, int] | None = None
    memo: dict[str, Any] = field(default_factory=dict, repr=False)

    def let_go(self) -> None:
        """Takes the rows apart once nobody asks for them: they know each other, so Python alone would keep them for a long while."""
        for table in self.tables.values():
            for row in table.rows:
                row.parent, row.head, row.above = None, None, ()
                row.children.clear()
                row.continuations.clear()

    @property
    def matrix(self) -> Table:
        """The official matrix. KeyError where the workbook holds a table of IKU alone."""
        return self.tables["matriks"]

    @property
    def main(self) -> Table:
        """The table without which there is nothing to judge: the matrix, else that of the IKU."""
        return self.tables[next(spec.key for spec in self.form.tables if spec.required)]
