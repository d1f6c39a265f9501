"""What Ringkasan reads from the user's sheets: expressions for identity, settings, totals and the figures of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lakip_xl.cells import Cell, Value
from lakip_xl.form import efficiency
from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Const, Expr, Operand, Range, Ref, call, lift
from lakip_xl.table.model import Document, Row, Table

BLANK = Const("")
MOST_RUNS = 80  # areas that one sum names: beyond, the formula would be too long for Excel
MANY = 200  # arguments that one function call gets; Excel takes 255


def shown(source: Expr) -> Expr:
    """What a cell holds; a blank stays blank, an error becomes "-"."""
    return call("IFERROR", call("IF", source.eq(""), "", source), "-")


def difference(left: Expr, right: Expr) -> Expr:
    """left - right where both are numbers."""
    return f.guarded(left, right, left - right)


def total(cells: Range) -> Expr:
    """The sum of a range; "-" where a text stands among the figures, blank where there are none."""
    rows = cells.last.cell.row - cells.first.cell.row + 1
    texts = call("COUNT", cells) + call("COUNTBLANK", cells) < rows
    return call("IF", texts, "-", call("IF", call("COUNT", cells).eq(0), "", call("SUM", cells)))


def mean(cells: Range) -> Expr:
    """The mean of the numbers in a range; "-" where there is none."""
    return call("IF", call("COUNT", cells).eq(0), "-", call("AVERAGE", cells))


def number_or_na(source: Expr) -> Expr:
    """For charts: the number, else #N/A, which a chart leaves out."""
    return call("IF", call("ISNUMBER", source), source, call("NA"))


@dataclass(frozen=True)
class Sources:
    """The document, seen as expressions; ``seen`` gives what Excel will see in a cell of the filled workbook."""

    document: Document
    seen: Callable[[Cell], Value]

    @property
    def has_matrix(self) -> bool:
        """Whether there is money to speak of: a workbook may hold a table of IKU alone."""
        return "matriks" in self.document.tables

    def setting(self, key: str) -> Expr:
        """A field of Identitas or Pengaturan, or a threshold in force."""
        return self.document.main.layout.settings[key]

    def fact(self, key: str, default: Operand = "") -> Expr:
        """A setting to be shown: blank, or its default, where nobody filled it in."""
        source = self.setting(key)
        if isinstance(source, Const):
            return Const(default) if source.value == "" and not isinstance(default, Expr) else source
        return call("IF", source.eq(""), default, source)

    def by_method(self, regulation: Operand, simple: Operand) -> Expr:
        """What belongs to the way of calculating efisiensi that Pengaturan chooses, live where the workbook has the choice."""
        method = self.setting(efficiency.METHOD)
        if isinstance(method, Const):
            return lift(regulation if method.value == efficiency.REGULATION else simple)
        return call("IF", method.eq(efficiency.REGULATION), regulation, simple)

    @property
    def year_end(self) -> Expr:
        """Whether the report is that of the whole year."""
        return self.setting("kelompok_periode").eq(3)

    def category(self, capaian: Expr) -> Expr:
        """The kategori of an unrounded capaian, at the end of the year only: before, there is no target to measure it by."""
        bounds, names = self.setting("batas_kategori"), self.setting("nama_kategori")
        word = f.category(capaian, bounds, names, self.setting("batas_terbawah"), self.setting("kategori_terbawah"))
        return call("IF", self.year_end, call("IF", capaian.eq(""), "", word), "")

    def figure(self, table: Table, row: Row | None, key: str) -> Expr:
        """A column of a row as it is to be shown; blank where the sheet lacks the column."""
        return shown(Ref(table.cell(row, key))) if row is not None and table.has(key) else BLANK

    def capaian(self, row: Row) -> Expr:
        """The mean of the row's own indicators, after the batas maksimum; blank where it has none."""
        matrix = self.document.matrix
        if not matrix.has("capaian"):
            return BLANK
        cells = Range(Ref(matrix.cell(row, "capaian")), Ref(matrix.cell([row, *row.continuations][-1], "capaian")))
        blank = call("COUNTBLANK", cells).eq(1 + len(row.continuations))
        return call("IF", blank, "", call("IFERROR", f.capped_mean(cells, self.setting("batas_maksimum")), "-"))

    def sasaran_mean(self, row: Row, last: int) -> Expr:
        """The mean of a sasaran: its own cell where the sheet has one, else over its rows up to ``last``."""
        table = self.document.tables["sasaran"]
        if table.has("rata_sasaran"):
            return shown(Ref(table.cell(row, "rata_sasaran")))
        if not table.has("capaian"):
            return BLANK
        cells = Range(Ref(table.cell(row, "capaian")), Ref(table.cell(last, "capaian")))
        return call("IFERROR", f.capped_mean(cells, self.setting("batas_maksimum")), "-")

    def sum_of(self, table: Table, key: str) -> Expr:
        """The total of a column: the total row's cell, else the sum of the widest rows."""
        if not table.has(key):
            return BLANK
        if table.total is not None:
            return shown(Ref(table.cell(table.total, key)))
        cells = [Ref(table.cell(row, key)) for row in table.tops]
        parts = [cells[start : start + MANY] for start in range(0, len(cells), MANY)]
        texts: Expr = Const(0)
        summed: Expr = Const(0)
        for part in parts:
            texts, summed = texts + call("COUNTA", *part) - call("COUNT", *part), summed + call("SUM", *part)
        return call("IFERROR", call("IF", texts > 0, "-", summed), "-") if cells else BLANK

    def sum_over(self, table: Table, rows: Sequence[Row], key: str) -> Expr:
        """The sum of a column over some rows, guarded as the sums of the form; "-" where they are too scattered for one formula."""
        if not table.has(key):
            return BLANK
        runs: list[list[int]] = []
        for row in rows:
            if runs and runs[-1][1] == row.number - 1:
                runs[-1][1] = row.number
            else:
                runs.append([row.number, row.number])
            for further in row.continuations:  # a further indicator has no money: its blank cell parts no run
                if runs[-1][1] == further.number - 1 and not further.entry(key).filled:
                    runs[-1][1] = further.number
        if len(runs) > MOST_RUNS:
            return Const("-")
        return f.listed_sum([Range(Ref(table.cell(top, key)), Ref(table.cell(end, key))) for top, end in runs])

    def holds(self, table: Table, row: Row, *keys: str) -> bool:
        """Whether any of the columns shows something in the filled workbook."""
        return any(table.has(key) and self.seen(table.cell(row, key)) not in (None, "") for key in keys)

    def number(self, table: Table, row: Row, key: str) -> float | None:
        """The number that Excel will see in a column, None where it sees none."""
        value = self.seen(table.cell(row, key)) if table.has(key) else None
        return float(value) if isinstance(value, float | int) and not isinstance(value, bool) else None
