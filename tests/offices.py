"""Workbooks of an office as values: lines of figures and formulas that become real bytes, each cell with the address it gets.

A formula has the value that Excel would show, computed here from the lines as they are when the workbook is written; so what is
changed in a line beforehand also changes the sums that hang on it, as it would on a planner's desk.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import xlsxwriter

from lakip_xl import template
from lakip_xl.cells import Cell, ErrorValue
from lakip_xl.form import places
from lakip_xl.form.editions import NEWEST
from lakip_xl.form.formulas import last_month_of
from lakip_xl.form.spec import TableSpec
from lakip_xl.numbers import round_half_up, to_decimal
from lakip_xl.table.read import read
from lakip_xl.workbook import Style, Workbook


@dataclass(eq=False, repr=False)
class Line:
    """One row of a table. ``cells`` by column key: a number, a text, a formula, or None.

    level, below   the place in the hierarchy: the lines that this one sums
    head           for a further indicator, the line above to which it belongs
    kind           for a sub kegiatan, the line of Belanja in which its money is
    """

    cells: dict[str, Any]
    level: str = ""
    below: list[Line] = field(default_factory=list)
    head: Line | None = None
    kind: Line | None = None

    def leaves(self) -> Iterator[Line]:
        """The lines at the bottom, this one where there is nothing below."""
        for line in self.below:
            yield from line.leaves()
        if not self.below:
            yield self


@dataclass(frozen=True)
class Sum:
    """``SUM`` over lines of one column, as a range where nothing else stands between them."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Calc:
    """Arithmetic within the line: ``{realisasi}/{target}*100``."""

    text: str


@dataclass(frozen=True)
class Given:
    """Any other formula, with the value that the file holds for it; None for none."""

    text: str
    value: float | str | None


@dataclass(frozen=True)
class Shown:
    """A value in a cell with a number format of its own."""

    value: float | str
    number_format: str


@dataclass(eq=False)
class Grid:
    """One table on its sheet: which columns stand in which order, from which cell on."""

    spec: TableSpec
    columns: list[str]
    lines: list[Line] = field(default_factory=list)
    total: Line | None = None
    headings: dict[str, str] = field(default_factory=dict)
    top: int = 1
    left: int = 1
    numbered: bool = False
    total_first: bool = False
    title: str = ""
    formats: dict[str, str] = field(default_factory=dict)
    merged: list[tuple[Line, str, Line, str]] = field(default_factory=list)

    def has(self, key: str) -> bool:
        return key in self.columns

    def every(self) -> list[Line]:
        """The lines as they stand on the sheet, with the total."""
        total = [self.total] if self.total else []
        return [*total, *self.lines] if self.total_first else [*self.lines, *total]

    def heading(self, key: str) -> str:
        return self.headings.get(key, self.spec.by_key[key].heading)


@dataclass(eq=False)
class Office:
    """A whole workbook. ``typed`` writes into the template, else it is the office's own file.

    bounds        own values of thresholds for the period's class, by key
    bare          without Pengaturan
    stray         further cells by address, outside any table
    parts         what else the package holds or lacks, and how it is checked: ``makro``, ``tautan``, ``tanpa_gaya``, ``hitung_ulang``
    """

    period: str
    period_class: int
    grids: dict[str, Grid]
    identity: dict[str, Any]
    settings: dict[str, Any] = field(default_factory=dict)
    bounds: dict[str, Any] = field(default_factory=dict)
    bands: list[tuple[str, Any]] = field(default_factory=list)
    typed: bool = False
    bare: bool = False
    stray: dict[Cell, Any] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    traits: frozenset[str] = frozenset()

    @property
    def matrix(self) -> Grid:
        return self.grids["matriks"]

    # -- addresses --------------------------------------------------------------------------------------------------------------

    def cell(self, grid: Grid, line: Line, key: str) -> Cell:
        """Where a column of a line will stand."""
        if self.typed:
            row = grid.spec.total_row if line is grid.total else grid.spec.first_row + grid.lines.index(line)
            return Cell(grid.spec.title, row, grid.spec.position(key))
        row = grid.top + 1 + grid.numbered + grid.every().index(line)
        return Cell(self.sheet_of(grid), row, grid.left + grid.columns.index(key))

    def sheet_of(self, grid: Grid) -> str:
        return grid.title or grid.spec.title

    def heading_cell(self, grid: Grid, key: str) -> Cell:
        row = grid.spec.header_row if self.typed else grid.top
        place = grid.spec.position(key) if self.typed else grid.left + grid.columns.index(key)
        return Cell(self.sheet_of(grid), row, place)

    # -- values -----------------------------------------------------------------------------------------------------------------

    def value(self, grid: Grid, line: Line, key: str) -> Any:
        """What Excel shows: a formula computed, else what was typed."""
        held = line.cells.get(key)
        if isinstance(held, Shown | Given):
            return held.value
        if isinstance(held, Sum):
            parts = [self.value(grid, each, key) for each in held.lines]
            wrong = next((v for v in parts if isinstance(v, ErrorValue)), None)
            return wrong or round(sum(v for v in parts if isinstance(v, float | int)), 6)
        if isinstance(held, Calc):
            return self._computed(grid, line, held.text)
        return held

    def number(self, grid: Grid, line: Line, key: str) -> float:
        """The figure of a cell, 0 where there is none."""
        value = self.value(grid, line, key)
        return value if isinstance(value, float | int) else 0

    def _computed(self, grid: Grid, line: Line, text: str) -> Any:
        numbers = {}
        for key in re.findall(r"{(\w+)}", text):
            home = line.head if line.head is not None and key in grid.spec.sums else line
            value = self.value(grid, home, key)
            if isinstance(value, ErrorValue):
                return value
            if isinstance(value, str):
                return ErrorValue("#VALUE!")
            numbers[key] = f"({float(value or 0)!r})"
        try:
            return float(
                eval(text.format(**numbers), {"ROUND": lambda value, n: float(round_half_up(to_decimal(value), n))})
            )
        except ZeroDivisionError:
            return ErrorValue("#DIV/0!")

    def formula(self, grid: Grid, line: Line, key: str) -> str | None:
        """The text of a formula, None where the cell holds none."""
        held = line.cells.get(key)
        if isinstance(held, Given):
            return held.text
        if isinstance(held, Calc):
            keys = re.findall(r"{(\w+)}", held.text)
            return held.text.format(**{k: self.cell(grid, line, k).a1 for k in keys})
        if isinstance(held, Sum):
            cells = [self.cell(grid, each, key) for each in held.lines]
            order = grid.every()
            between = order[order.index(held.lines[0]) : order.index(held.lines[-1]) + 1]
            if all(each in held.lines or each.head is not None or not each.cells for each in between):
                return f"SUM({cells[0].a1}:{cells[-1].a1})"
            return "+".join(cell.a1 for cell in cells)
        return None

    # -- bytes ------------------------------------------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """The workbook as a file, as Excel would have saved it."""
        return _typed_in(self) if self.typed else _own(self)


def _cells(office: Office, grid: Grid) -> Iterator[tuple[Line, str, str | None, Any, str]]:
    """Every cell that holds something: its line, column, formula, value and number format."""
    for line in grid.every():
        for key in grid.columns:
            if line.level == "page":
                yield line, key, None, grid.heading(key), ""
                continue
            held = line.cells.get(key)
            if held is not None:
                look = held.number_format if isinstance(held, Shown) else grid.formats.get(key, "")
                yield line, key, office.formula(grid, line, key), office.value(grid, line, key), look


@lru_cache(maxsize=1)
def _empty() -> bytes:
    return template.build(year=2023, instansi="Dinas Sosial")


@lru_cache(maxsize=1)
def _setting_cells() -> dict[str, Cell]:
    return dict(read(Workbook.from_bytes(_empty(), "matriks.xlsx"), NEWEST).settings.cells)


def _typed_in(office: Office) -> bytes:
    book = Workbook.from_bytes(_empty(), "matriks.xlsx")
    for grid in office.grids.values():
        sheet = book.sheet(grid.spec.title)
        for row, given in enumerate(
            grid.spec.given, start=grid.spec.first_row
        ):  # the template names what this office has not
            for key, _ in given:
                sheet.write((row, grid.spec.position(key)), value=None)
        for line, key, formula, value, look in _cells(office, grid):
            cell = office.cell(grid, line, key)
            sheet.write((cell.row, cell.column), value, formula, Style(number_format=look) if look else None)
    cells = _setting_cells()
    written = {**office.identity, **office.settings, "periode": office.period}
    for key, value in written.items():
        book.sheet(cells[key].sheet).write((cells[key].row, cells[key].column), value=value)
    for key, value in office.bounds.items():  # the column of the class, left of the one in force
        cell = cells[key]
        book.sheet(cell.sheet).write((cell.row, 1 + office.period_class), value=value)
    for cell, value in office.stray.items():
        book.sheet(cell.sheet).write((cell.row, cell.column), value=value)
    return book.to_bytes()


def _own(office: Office) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    looks: dict[str, Any] = {"": None}
    for grid in office.grids.values():
        sheet = book.add_worksheet(office.sheet_of(grid))
        if grid.top > 2:
            sheet.write_string(0, 0, grid.spec.caption)
        for place, key in enumerate(grid.columns):
            sheet.write_string(grid.top - 1, grid.left - 1 + place, grid.heading(key))
            if grid.numbered:
                sheet.write_number(grid.top, grid.left - 1 + place, place + 1)
        for first, key, last, end in grid.merged:
            one, two = office.cell(grid, first, key), office.cell(grid, last, end)
            sheet.merge_range(one.row - 1, one.column - 1, two.row - 1, two.column - 1, "")
        for line, key, formula, value, look in _cells(office, grid):
            cell = office.cell(grid, line, key)
            if look not in looks:
                looks[look] = book.add_format({"num_format": look})
            at = cell.row - 1, cell.column - 1
            if isinstance(value, ErrorValue):
                sheet.write_formula(*at, f"={formula or 'NA()'}", looks[look], str(value))
            elif formula is not None:
                sheet.write_formula(*at, f"={formula}", looks[look], _NONE if value is None else value)
            elif isinstance(value, str):
                sheet.write_string(*at, value, looks[look])
            else:
                sheet.write_number(*at, value, looks[look])
        for cell, value in office.stray.items():
            if cell.sheet == office.sheet_of(grid):
                sheet.write(cell.row - 1, cell.column - 1, value)
    own = {office.sheet_of(grid) for grid in office.grids.values()}
    for name in sorted({cell.sheet for cell in office.stray} - own):
        sheet = book.add_worksheet(name)
        for cell, value in office.stray.items():
            if cell.sheet == name:
                sheet.write(cell.row - 1, cell.column - 1, value)
    _own_settings(book, office)
    book.close()
    return _saved(buffer.getvalue(), office)


_NONE = "__none__"


def settings_cell(office: Office, key: str) -> Cell:
    """Where a field of Identitas or Pengaturan, or a threshold of the period's class, stands."""
    if office.typed:
        cell = _setting_cells()[key]
        return cell if key not in _THRESHOLDS else Cell(cell.sheet, cell.row, 1 + office.period_class)
    identity = [f.key for f in NEWEST.identity]
    if key in identity:
        return Cell(places.IDENTITY_SHEET, identity.index(key) + 1, 2)
    fields = [f.key for f in NEWEST.settings]
    if key in fields:
        return Cell(places.SETTINGS_SHEET, fields.index(key) + 1, 2)
    return Cell(places.SETTINGS_SHEET, len(fields) + 2 + list(_THRESHOLDS).index(key), 1 + office.period_class)


def band_cell(office: Office, number: int) -> Cell:
    """The lower bound of the office's own kategori with this number, counted from 0."""
    return Cell(places.SETTINGS_SHEET, len(NEWEST.settings) + len(_THRESHOLDS) + 3 + number, 2)


_THRESHOLDS = {t.key: t for t in NEWEST.thresholds}


def _own_settings(book: xlsxwriter.Workbook, office: Office) -> None:
    sheet = book.add_worksheet(places.IDENTITY_SHEET)
    for row, item in enumerate(NEWEST.identity):
        sheet.write(row, 0, item.label)
        sheet.write(row, 1, office.period if item.key == "periode" else office.identity.get(item.key))
    if office.bare:
        return
    sheet = book.add_worksheet(places.SETTINGS_SHEET)
    for row, item in enumerate(NEWEST.settings):
        sheet.write(row, 0, item.label)
        worked_out = {"kelompok_periode": office.period_class, "bulan_periode": last_month_of(office.period)}
        default = worked_out.get(item.key, item.default)
        sheet.write(row, 1, office.settings.get(item.key, default))
    row = len(NEWEST.settings)
    sheet.write_row(row, 0, places.THRESHOLD_HEADINGS)
    for bound in NEWEST.thresholds:
        row += 1
        values = [bound.month, bound.quarter, bound.year]
        if bound.key in office.bounds:
            values[office.period_class - 1] = office.bounds[bound.key]
        sheet.write_row(row, 0, [bound.label, *values])
    if office.bands:
        sheet.write_row(row + 1, 0, places.BAND_HEADINGS)
        for place, (name, lower) in enumerate(office.bands, start=row + 2):
            sheet.write_row(place, 0, [name, lower])


def _saved(data: bytes, office: Office) -> bytes:
    """The package as Excel saves it: cached values to be believed, none where the office's program stored none; parts put in."""
    from casefiles import _with_parts

    asked = {"makro": "1"} if "makro" in office.parts else {}
    if "tautan" in office.parts:
        asked["tautan"] = "Realisasi.xlsx"
    if "tanpa_gaya" in office.parts:
        asked["tanpa_gaya"] = "1"
    return _with_parts(data, asked)
