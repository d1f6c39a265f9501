"""A sheet that is written row by row from the top, its formulas with the values that Excel will work out; nothing of it is kept in memory
but the figures that later formulas read."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from lakip_xl import drawing
from lakip_xl.cells import Cell, Value
from lakip_xl.form.evaluate import evaluate
from lakip_xl.form.expressions import Expr, Range, Ref, text
from lakip_xl.recap.looks import LOOKS
from lakip_xl.summary.page import LINE_HEIGHT, count_lines

Content = Value | Decimal | int | Expr
Put = tuple[Content, str]


class Book:
    """A workbook under way: its formats by name, its sheets by title."""

    def __init__(self, title: str) -> None:
        # There until finish or abandon.
        self._aside = tempfile.TemporaryDirectory(prefix="lakip-xl-")
        self.workbook, self._file = drawing.new_book(title, streamed=self._aside.name)
        self.sheets: dict[str, Sheet] = {}
        self._formats: dict[str, Any] = {}

    def add(self, title: str, widths: Sequence[float] = ()) -> Sheet:
        """A further sheet; they stand in the order in which they are added."""
        self.sheets[title] = Sheet(self, title, self.workbook.add_worksheet(title))
        self.sheets[title].set_widths(widths)
        return self.sheets[title]

    def format(self, look: str) -> Any:
        """The format of a look; each is made once."""
        if look not in self._formats:
            self._formats[look] = self.workbook.add_format(LOOKS[look])
        return self._formats[look]

    def resolve(self, cell: Cell) -> Value:
        """What Excel sees in a cell of figures."""
        return self.sheets[cell.sheet].values.get((cell.row, cell.column))

    def hidden_name(self, name: str, formula: str) -> None:
        """A defined name that Excel does not list."""
        self.workbook.define_name(name, formula)
        self.workbook.defined_names[-1][3] = True  # XlsxWriter offers no argument for it

    def finish(self) -> bytes:
        """The bytes; nothing can be written afterwards."""
        try:
            self.workbook.close()
        except drawing.NotWritten as error:
            raise OSError(str(error)) from error
        self._aside.cleanup()
        return self._file.getvalue()

    def abandon(self) -> None:
        """Lets go of the files that hold the rows so far."""
        for sheet in self.workbook.worksheets():
            with suppress(OSError):  # what is still to be written finds no room either
                sheet.row_data_fh.close()
        with suppress(OSError):
            self._aside.cleanup()


class Sheet:
    """One sheet; rows and columns are 1-based, ``row`` is the next one to be written."""

    def __init__(self, book: Book, title: str, sheet: Any) -> None:
        self.book, self.title, self.sheet = book, title, sheet
        self.widths: Sequence[float] = ()
        self.row = 1
        self.heights: list[float] = []
        self.values: dict[tuple[int, int], Value] = {}
        drawing.take_formulas_as_they_are(sheet)

    def set_widths(self, widths: Sequence[float]) -> None:
        """Says how wide the columns are, in digits; needed before a text is written that has to be measured."""
        self.widths = widths
        for number, width in enumerate(widths):
            self.sheet.set_column(number, number, width)

    def ref(self, row: int, column: int) -> Ref:
        """The reference to a cell."""
        return Ref(Cell(self.title, row, column))

    def down(self, column: int, top: int, bottom: int) -> Range:
        """The reference to a part of a column."""
        return Range(self.ref(top, column), self.ref(bottom, column))

    def line(self, cells: Sequence[Put], *, height: float | None = None, first: int = 1) -> int:
        """Writes cells side by side, moves on, and returns the row they are in."""
        self._height(15 if height is None else height, height is not None)
        for column, (content, look) in enumerate(cells, start=first):
            self.put(column, content, look)
        return self._next()

    def wide(self, first: int, last: int, content: Content, look: str, *, height: float | None = None) -> int:
        """Writes one cell that reaches over columns; a long text gets the height that it takes."""
        if height is None and isinstance(content, str):
            pixels = sum(width * 7 + 5 for width in self.widths[first - 1 : last])
            height = max(16.0, count_lines(content, pixels / 6.8) * LINE_HEIGHT + 5)
        self._height(height or 15, True)
        self.sheet.merge_range(self.row - 1, first - 1, self.row - 1, last - 1, "", self.book.format(look))
        self.put(first, content, look)
        return self._next()

    def lines(self, content: str, first: int, last: int, *, aside: float = 1.5) -> int:
        """How many lines a text of a bordered cell takes that reaches over these columns; ``aside`` is what an indent takes, in digits."""
        pixels = sum(width * 7 + 5 for width in self.widths[first - 1 : last])
        return count_lines(content, pixels / 6.8 - aside)

    def skip(self, height: float = 8) -> None:
        """Leaves a row blank."""
        self._height(height, True)
        self._next()

    def put(self, column: int, content: Content, look: str) -> None:
        """Writes a cell of the current row. Figures and formulas are kept for the formulas that read them."""
        if isinstance(content, Decimal) or type(content) is int:
            content = float(content)
        formula = None
        if isinstance(content, Expr):
            formula, content = text(content, self.title), evaluate(content, self.book.resolve)
        if isinstance(content, float) or formula is not None:
            self.values[self.row, column] = content
        assert not isinstance(content, Decimal)
        drawing.put_cell(self.sheet, self.row, column, content, self.book.format(look), formula)

    def link(self, column: int, path: str, anchor: str, words: str, look: str) -> None:
        """Writes a text of the current row that opens a file beside the workbook."""
        drawing.put_link(self.sheet, self.row, column, path, anchor, words, self.book.format(look))

    def _height(self, height: float, fixed: bool) -> None:
        self.heights.append(height)
        if fixed:
            self.sheet.set_row(self.row - 1, height)

    def _next(self) -> int:
        self.row += 1
        return self.row - 1
