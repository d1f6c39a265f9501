"""The vocabulary in which an edition of the official form is written down: columns, tables, settings, levels, choices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any

from lakip_xl.form.expressions import Expr


class Kind(Enum):
    """What a cell of a column holds; the unit is part of the kind."""

    TEXT = "teks"
    CODE = "kode"  # digits and dots, kept as text
    COUNT = "cacah"  # a whole number of persons
    NUMBER = "angka"  # a number in the indicator's own satuan
    RUPIAH = "rupiah"  # rupiah, sen as decimals
    PERCENT = "persen"  # percent points: 90,44 means 90,44 %
    CHOICE = "pilihan"  # one of a list of words
    YEAR = "tahun"

    @property
    def numeric(self) -> bool:
        """Whether the cell holds a number."""
        return self.value in _NUMERIC


_NUMERIC = frozenset(kind.value for kind in (Kind.COUNT, Kind.NUMBER, Kind.RUPIAH, Kind.PERCENT, Kind.YEAR))


class Period(Enum):
    """The class of the reporting period, which drives thresholds and severities (practice of the trade)."""

    MONTH = "bulan"
    QUARTER = "triwulan"
    YEAR = "akhir tahun"


@dataclass(frozen=True, slots=True)
class Under:
    """How a column is headed in forms with several rows of headings: words of the group above it, and its sub-column.

    words    what must stand in the headings above, for each blank-separated place one of its alternatives: ``triwulan|tw i|1``
    part     the sub-column: ``K``, ``Rp``, ``%``, ``satuan``; "" for a column without one
    without  words that must not stand there
    """

    words: str
    part: str = ""
    without: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of the form.

    key       the name that formulas, rules and the typed table use
    heading   as printed; ``aliases`` are further headings under which offices write the same column
    number    the official column number as printed, "" for a helper column
    formula   the expression that ``fill`` writes, in keys of the same row; None for a column that staff type
    needs     the formula is written only on rows where one of these keys is filled; empty: on every row in use
    prefilled whether the template already carries the formula on its prepared rows
    required  whether a row in use must have it at year end
    printed   whether the print area shows it; ``outline`` whether it sits in the group that opens with one click
    hint      the input message, and the column's line in Petunjuk (Indonesian)
    inferred  the meaning of the official number is our conclusion: the printed reports hide the column
    under     how it is headed where headings take several rows
    """

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    width: float = 12
    number: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    formula: Expr | None = None
    needs: tuple[str, ...] = ()
    prefilled: bool = False
    required: bool = False
    printed: bool = True
    outline: bool = False
    hint: str = ""
    inferred: bool = False
    under: tuple[Under, ...] = ()


@dataclass(frozen=True, slots=True)
class NameColumn:
    """A column that holds the names of some levels only: its key, that of the codes beside it, and the levels, the widest first."""

    key: str
    code: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class TableSpec:
    """A sheet of the form that holds a table.

    levels      the words of TINGKAT from the widest to the leaves; empty where rows have no levels
    code_levels the level by the number of dots in the code
    sums        the columns that a row above the leaves sums over its children
    total       the label of the total row, "" where there is none; ``footer`` its formulas beside the sums (``Span`` = all data rows)
    given       rows that the template already names: (key, text) pairs
    identified_by  the columns without which a sheet of another title does not hold this table
    refused_by     words of headings that say that the sheet holds another table than this one
    continues      a row with an indikator and no name goes on with the row above, as in the matrix
    optional       a help for staff: a workbook without it lacks nothing
    years       columns that may stand once for each year, with those of the year before and of the one before that
    names       the columns among which the names of the rows are parted, from the widest level; empty where URAIAN holds them all
    """

    key: str
    title: str
    caption: str
    columns: tuple[Column, ...]
    rows: int
    levels: tuple[str, ...] = ()
    code_levels: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    total: str = ""
    footer: tuple[tuple[str, Expr], ...] = ()
    given: tuple[tuple[tuple[str, str], ...], ...] = ()
    required: bool = False
    intro: str = ""
    header_row: int = 5
    identified_by: frozenset[str] = frozenset()
    refused_by: frozenset[str] = frozenset()
    continues: bool = False
    optional: bool = False
    names: tuple[NameColumn, ...] = ()
    years: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def number_row(self) -> int:
        """The row of the official column numbers, right under the headings."""
        return self.header_row + 1

    @property
    def first_row(self) -> int:
        """The first row of data in the template."""
        return self.header_row + 2

    @property
    def border_row(self) -> int:
        """The thin row under the last data row: sums end on it, so a row inserted above it is counted."""
        return self.first_row + self.rows

    @property
    def total_row(self) -> int:
        """The row of the total, right under the border row."""
        return self.border_row + 1

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by key."""
        return {column.key: column for column in self.columns}

    def like(self, key: str, **changes: Any) -> Column:
        """This table's column for another form, with the given fields changed."""
        return replace(self.by_key[key], **changes)

    def position(self, key: str) -> int:
        """The 1-based column in the template."""
        return next(i for i, column in enumerate(self.columns, start=1) if column.key == key)

    def depth(self, level: str) -> int:
        """0 for the widest level (the total), growing towards the leaves."""
        return self.levels.index(level)

    @property
    def leaf(self) -> str:
        """The level of the leaves, whose figures are entered and never summed from below."""
        return self.levels[-1]


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled cell of Identitas or Pengaturan: the label in column A, the value in column B."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    default: float | str | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    formula: Expr | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound that depends on the period: one row of Pengaturan with a value for each class of period.

    None means that the check is not made in that period. Values are percent points.
    """

    key: str
    label: str
    month: float | None
    quarter: float | None
    year: float | None
    hint: str = ""

    def of(self, period: Period) -> float | None:
        """The default for a class of period."""
        return {Period.MONTH: self.month, Period.QUARTER: self.quarter, Period.YEAR: self.year}[period]


@dataclass(frozen=True, slots=True)
class Band:
    """One kategori: it holds from ``lower`` (percent points, inclusive) up to the next band; the first also below its bound."""

    lower: float
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """A column of one table that follows the row of another with the same record: the formula is written where a row of ``source`` has
    one of ``needs`` entered, never over what somebody typed. ``loose`` is the formula for two rows that write one code with other zeros.
    """

    table: str
    key: str
    source: str
    formula: Expr
    loose: Expr
    needs: tuple[str, ...]


@dataclass(frozen=True)
class FormSpec:
    """One edition of the official form.

    ``dated`` are headings that name the period: (table, column key), as ``formulas.heading_to_date`` writes them.
    """

    edition: str
    name: str
    identity: tuple[Field, ...]
    settings: tuple[Field, ...]
    thresholds: tuple[Threshold, ...]
    bands: tuple[Band, ...]
    tables: tuple[TableSpec, ...]
    sources: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    dated: tuple[tuple[str, str], ...] = ()

    def table(self, key: str) -> TableSpec:
        """The table with this key; KeyError for another."""
        return {t.key: t for t in self.tables}[key]


MAX_BANDS = 8
"""Rows that Pengaturan keeps for kategori; formulas look at all of them."""
