"""What the workbook package speaks of: a cell as it was read, and the styles that a caller asks for."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol

from lakip_xl.cells import Value
from lakip_xl.errors import UnreadableWorkbook
from lakip_xl.formula import shift


class SharedFormula:
    """A formula that Excel stores once for many cells; ``text`` belongs to the master cell."""

    __slots__ = ("master", "members", "text")

    def __init__(self) -> None:
        self.text: str | None = None
        self.master = (0, 0)
        self.members: list[tuple[int, int]] = []

    def at(self, row: int, column: int) -> str | None:
        """The formula as the cell there has it. Raises UnreadableWorkbook where the master's text is no formula."""
        if self.text is None:
            return None
        try:
            return shift(self.text, row - self.master[0], column - self.master[1])
        except ValueError as error:
            raise UnreadableWorkbook(
                f"Rumus yang rusak di buku kerja ini: {self.text!r}. Perbaiki rumus itu di Excel, simpan, lalu ulangi.",
                f"A damaged formula in this workbook: {self.text!r}. Mend it in Excel, save and try again.",
            ) from error


class Made(Protocol):
    """A formula whose text (without ``=``) is made when it is asked for: ten thousand rows hold ten thousand small objects, not texts."""

    def text(self) -> str: ...


class CellData:
    """One cell as the file has it.

    ``value`` is what Excel shows without its number format (for a formula: the value that was cached); ``has_cache`` tells
    a formula with a cached value from one without; ``style`` is the index of the cell format; ``hidden`` means that its
    row or column is.
    """

    __slots__ = ("_formula", "has_cache", "hidden", "number_format", "style", "value")

    def __init__(
        self,
        value: Value = None,
        formula: str | Made | tuple[SharedFormula, int, int] | None = None,
        has_cache: bool = False,
        number_format: str = "General",
        hidden: bool = False,
        style: int = 0,
    ) -> None:
        self.value = value
        self._formula = formula
        self.has_cache = has_cache
        self.number_format = number_format
        self.hidden = hidden
        self.style = style

    @property
    def formula(self) -> str | None:
        """The formula without ``=``; a copy of a shared formula is worked out when it is first asked for."""
        formula = self._formula
        if formula is None or isinstance(formula, str):
            return formula
        if isinstance(formula, tuple):
            group, row, column = formula
            self._formula = shared = group.at(row, column)
            return shared
        return formula.text()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CellData):
            return NotImplemented
        return (
            type(self.value) is type(other.value)
            and self.value == other.value
            and self.formula == other.formula
            and self.has_cache == other.has_cache
            and self.number_format == other.number_format
            and self.hidden == other.hidden
            and self.style == other.style
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return (
            f"CellData(value={self.value!r}, formula={self.formula!r}, has_cache={self.has_cache}, "
            f"number_format={self.number_format!r}, hidden={self.hidden}, style={self.style})"
        )


_MOST_LAYOUTS = 1_000


class Cells(MutableMapping[tuple[int, int], CellData]):
    """Cells by (row, column), kept row by row: a list of cells each, and where in it a column stands.

    The rows of a table have the same columns, so that they share the latter: a tenth of the memory that one key for each cell would take.
    """

    __slots__ = ("_layouts", "_rows")

    def __init__(self) -> None:
        self._rows: dict[int, tuple[dict[int, int], list[CellData]]] = {}
        self._layouts: dict[tuple[int, ...], dict[int, int]] = {}

    def put(self, row: int, cells: Mapping[int, CellData]) -> None:
        """A row's cells by column; what the row has in other columns stays."""
        if row in self._rows:
            cells = {**self._row(row), **cells}
        columns = tuple(cells)
        layout = self._layouts.get(columns)
        if layout is None:
            if len(self._layouts) == _MOST_LAYOUTS:
                self._layouts.clear()
            layout = self._layouts[columns] = {column: place for place, column in enumerate(columns)}
        self._rows[row] = layout, list(cells.values())

    def _row(self, row: int) -> dict[int, CellData]:
        return dict(zip(*self._rows[row], strict=True))

    def __getitem__(self, place: tuple[int, int]) -> CellData:
        found = self.get(place)
        if found is None:
            raise KeyError(place)
        return found

    def get(self, place: tuple[int, int], default: CellData | None = None) -> CellData | None:  # type: ignore[override]
        row = self._rows.get(place[0])
        if row is None:
            return default
        at = row[0].get(place[1])
        return default if at is None else row[1][at]

    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and place[0] in self._rows and place[1] in self._rows[place[0]][0]

    def __setitem__(self, place: tuple[int, int], cell: CellData) -> None:
        row = self._rows.get(place[0])
        at = None if row is None else row[0].get(place[1])
        if row is None or at is None:
            self.put(place[0], {place[1]: cell})
        else:
            row[1][at] = cell

    def __delitem__(self, place: tuple[int, int]) -> None:
        if place not in self:
            raise KeyError(place)
        rest = self._row(place[0])
        del rest[place[1]], self._rows[place[0]]
        if rest:
            self.put(place[0], rest)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row, (layout, _) in self._rows.items() for column in layout)

    def __len__(self) -> int:
        return sum(len(layout) for layout, _ in self._rows.values())

    def items(self) -> ItemsView[tuple[int, int], CellData]:
        return _Items(self)

    def filled(self) -> dict[int, dict[int, CellData]]:
        """The cells that hold a value or a formula, by row and column, the rows in their order."""
        grid = {}
        for row, (layout, cells) in sorted(self._rows.items(), key=itemgetter(0)):
            kept = {
                column: cell
                for column, cell in zip(layout, cells, strict=True)
                if cell.value is not None or cell._formula is not None
            }
            if kept:
                grid[row] = kept
        return grid

    def formulas(self) -> list[tuple[int, int]]:
        """The places of the cells that hold a formula, in reading order."""
        return sorted(place for place, cell in self.items() if cell._formula is not None)

    @property
    def max_row(self) -> int:
        return max(self._rows, default=0)

    @property
    def max_column(self) -> int:
        return max((max(layout) for layout, _ in self._rows.values()), default=0)


class _Items(ItemsView[tuple[int, int], CellData]):
    _mapping: Cells

    def __iter__(self) -> Iterator[tuple[tuple[int, int], CellData]]:
        rows = self._mapping._rows.items()
        return (((row, column), cell) for row, kept in rows for column, cell in zip(*kept, strict=True))


@dataclass(frozen=True, slots=True)
class Style:
    """What a written cell shall look like; a field that is None keeps what is there.

    Colours are ``RRGGBB``; ``fill=""`` takes the fill away, ``font_color=""`` makes the colour automatic. ``copy_from``
    begins with the style of another cell of the sheet instead of the cell's own.
    """

    number_format: str | None = None
    fill: str | None = None
    font_color: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    locked: bool | None = None
    wrap: bool | None = None
    align: str | None = None
    valign: str | None = None
    copy_from: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Dxf:
    """What a conditional format adds to a cell; colours are ``RRGGBB``."""

    fill: str | None = None
    font_color: str | None = None
    bold: bool | None = None
    italic: bool | None = None
