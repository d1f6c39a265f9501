"""One sheet while it is laid out: its grid, and what stands around the cells. ``writer`` puts it into a file."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lakip_xl.cells import Value
from lakip_xl.form.evaluate import Resolve
from lakip_xl.form.expressions import Expr, Range, Ref
from lakip_xl.form.grid import Grid
from lakip_xl.summary.formats import LOOKS, Look

Content = Value | Decimal | Expr

LINE_HEIGHT = 13.2  # points a line of 10-point text takes
STANDARD_HEIGHT = 15.0  # points of a row that says nothing
MAX_HEIGHT = 409.0  # the highest row that Excel knows


@dataclass
class Page:
    """A sheet under construction; rows and columns are 1-based, ``row`` is the next free one.

    merges     areas shown as one cell, whose content is in the top left cell
    links      internal locations by cell
    rules      conditional formats: area and a rule in XlsxWriter's words, whose format is a look
    charts     what builds a chart at a cell, called once the values are known
    measured   columns of capaian and serapan that the bounds colour: which, first row, last row, column
    breaks     rows above which the print may break a page: the start of each block that stays together
    choices    areas in which one of a list of words is picked
    """

    title: str
    widths: Sequence[float]
    row: int = 1
    grid: Grid = field(init=False)
    heights: dict[int, float] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    rules: list[tuple[tuple[int, int, int, int], dict[str, Any], Look]] = field(default_factory=list)
    charts: list[tuple[int, int, Callable[[Any, Resolve], Any]]] = field(default_factory=list)
    measured: list[tuple[str, int, int, int]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    choices: list[tuple[tuple[int, int, int, int], tuple[str, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.grid = Grid(self.title)

    def put(self, column: int, content: Content, look: str = "", row: int = 0) -> Ref:
        """Sets a cell in the current row (or ``row``)."""
        assert look in LOOKS, look
        return self.grid.put(row or self.row, column, content, look)

    def wide(self, first: int, last: int, content: Content, look: str, row: int = 0) -> Ref:
        """Sets a cell that reaches over the columns ``first`` to ``last``."""
        row = row or self.row
        self.merges.append((row, first, row, last))
        for column in range(first + 1, last + 1):
            self.put(column, None, look, row)
        return self.put(first, content, look, row)

    def line(self, contents: Sequence[tuple[Content, str]], first: int = 1) -> int:
        """Puts cells side by side from the column ``first``, moves to the next row and returns the row they are in."""
        for column, (content, look) in enumerate(contents, start=first):
            self.put(column, content, look)
        self.row += 1
        return self.row - 1

    def column(self, column: int, top: int, bottom: int) -> Range:
        """A range of one column."""
        return self.grid.area(top, column, bottom, column)

    def next(self, rows: int = 1, height: float | None = None) -> None:
        """Moves on; a height is that of the row left behind."""
        if height is not None:
            self.heights[self.row] = height
        self.row += rows

    def fit_heights(self, resolve: Resolve) -> None:
        """Gives each row the height its wrapped text takes, since Excel does not when it opens the file."""
        spans = {(top, left): (bottom, right) for top, left, bottom, right in self.merges}
        needed: dict[int, float] = {}
        tall: list[tuple[int, int, float]] = []
        for (row, column), slot in self.grid.slots.items():
            look = LOOKS[slot.format]
            if not look.get("text_wrap"):
                continue
            value = resolve(self.grid.ref(row, column).cell)
            if isinstance(value, str):
                bottom, right = spans.get((row, column), (row, column))
                height = self._height(value, look, column, right)
                if bottom > row:
                    tall.append((row, bottom, height))
                else:
                    needed[row] = max(needed.get(row, 0), height)
        for row, height in needed.items():
            if height > 18:
                self.heights.setdefault(row, round(min(height, MAX_HEIGHT), 1))
        for top, bottom, height in tall:  # what reaches over several rows takes what they lack together
            lacking = height - sum(self.heights.get(row, STANDARD_HEIGHT) for row in range(top, bottom + 1))
            if lacking > 0:
                self.heights[bottom] = round(min(self.heights.get(bottom, STANDARD_HEIGHT) + lacking, MAX_HEIGHT), 1)

    def _height(self, text: str, look: Look, first: int, last: int) -> float:
        """The points that a wrapped text takes over the columns ``first`` to ``last``."""
        size: float = look.get("font_size", 10)
        pixels = sum(width * 7 + 5 for width in self.widths[first - 1 : last]) - 7 - 9 * look.get("indent", 0)
        lines = count_lines(text, pixels / (size * (0.71 if look.get("bold") else 0.676)))
        return lines * LINE_HEIGHT * size / 10 + 3


def count_lines(text: str, width: float) -> int:
    """How many lines a text takes in this width (in digits of its own font), words kept whole."""
    room = max(width, 1.0)
    lines = 0
    for paragraph in text.split("\n"):
        used, lines = 0.0, lines + 1
        for word in paragraph.split(" "):
            size = sum(_width(char) for char in word)
            if used and used + size > room:
                lines, used = lines + 1, 0.0
            if size > room:
                extra = math.ceil(size / room) - 1
                lines, size = lines + extra, size - extra * room
            used += size + 0.45
    return lines


# Widths of Calibri's letters in its digits; Carlito, which stands in for it elsewhere, has the same.
_WIDTHS = {
    char: width
    for width, chars in (
        (0.5, "iljI|'.,:;`"), (0.68, 'tfr()[]-/"!'), (0.88, "csykvxzgLSEFTJ"), (0.96, "ae"), (1.0, "0123456789"), (1.04, "bdhnopuq"),
        (1.27, "NUHOGDQw&+=<>"), (1.65, "mMW%@…"),
    )
    for char in chars
}  # fmt: skip


def _width(char: str) -> float:
    return _WIDTHS.get(char, 1.65 if ord(char) > 0x2E7F else 1.1)
