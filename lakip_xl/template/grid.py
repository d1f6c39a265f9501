"""A workbook while it is drawn: cells are put first and written at the end, so every formula is written with its right value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from xlsxwriter.worksheet import Worksheet

from lakip_xl import drawing
from lakip_xl.cells import Cell, Value, quote_sheet
from lakip_xl.form.evaluate import evaluate_in
from lakip_xl.form.expressions import Expr, text
from lakip_xl.form.working import Known
from lakip_xl.template.formats import Formats, Look


class Page:
    """One sheet: its cells, and the XlsxWriter worksheet for everything that is not a cell."""

    def __init__(self, title: str, sheet: Worksheet) -> None:
        self.title, self.sheet = title, sheet
        self.cells: dict[tuple[int, int], tuple[Value | Expr, Look]] = {}
        self.merged: list[tuple[int, int, int]] = []

    def put(self, row: int, column: int, content: Value | Expr, look: Look) -> Cell:
        """Puts a value, a formula or (None) only a look into a cell, 1-based."""
        self.cells[row, column] = (content, look)
        return Cell(self.title, row, column)

    def merge(self, row: int, first: int, last: int, content: str, look: Look) -> None:
        """Puts a text into cells of one row joined to one."""
        self.merged.append((row, first, last))
        for column in range(first, last + 1):
            self.put(row, column, content if column == first else None, look)

    def link(self, row: int, column: int, sheet: str, look: Look) -> None:
        """Puts the name of a sheet that opens when clicked."""
        self.sheet.write_url(row - 1, column - 1, f"internal:{quote_sheet(sheet)}!A1", None, sheet)
        self.put(row, column, sheet, look)


class Draft:
    """The pages of a workbook in order, and the values of their formulas.

    ``beyond`` gives the values of the sheets among which the pages will stand, for pages that are brought into another workbook.
    """

    def __init__(self, title: str, beyond: Callable[[Cell], Value] = lambda cell: None) -> None:
        self.beyond = beyond
        self.workbook, self._file = drawing.new_book(title)
        self.workbook.set_calc_mode("auto")
        self.formats = Formats(self.workbook)
        self.pages: dict[str, Page] = {}
        self._known: Known = defaultdict(dict)

    def add(self, title: str) -> Page:
        """A further sheet."""
        self.pages[title] = Page(title, self.workbook.add_worksheet(title))
        return self.pages[title]

    def resolve(self, cell: Cell) -> Value:
        """What Excel sees in a cell, formulas calculated."""
        return self._find(*cell)

    def _find(self, sheet: str, row: int, column: int) -> Value:
        known = self._known[sheet, column]
        if row not in known:
            if sheet not in self.pages:
                known[row] = self.beyond(Cell(sheet, row, column))
                return known[row]  # type: ignore[no-any-return]
            content, _ = self.pages[sheet].cells.get((row, column), (None, None))
            known[row] = evaluate_in(content, self._known, self._find) if isinstance(content, Expr) else content
        value: Value = known[row]
        return value

    def hidden_name(self, name: str, formula: str) -> None:
        """A defined name that Excel does not list."""
        self.workbook.define_name(name, formula)
        self.workbook.defined_names[-1][3] = True  # XlsxWriter offers no argument for it

    def finish(self) -> bytes:
        """Writes every cell and closes the workbook; nothing can be put afterwards."""
        for page in self.pages.values():
            for row, first, last in page.merged:
                page.sheet.merge_range(row - 1, first - 1, row - 1, last - 1, "")
            for (row, column), (content, look) in sorted(page.cells.items()):
                formula = text(content, page.title) if isinstance(content, Expr) else None
                value = self.resolve(Cell(page.title, row, column)) if isinstance(content, Expr) else content
                drawing.put_cell(page.sheet, row, column, value, self.formats.get(look), formula)
        self.workbook.close()
        return self._file.getvalue()
