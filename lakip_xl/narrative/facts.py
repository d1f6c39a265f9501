"""The figures that sentences speak of, each as Excel will see it: read through the same expressions that Ringkasan shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lakip_xl.cells import Cell, Value
from lakip_xl.findings import Finding
from lakip_xl.form.evaluate import Resolve, evaluate
from lakip_xl.form.expressions import Const, Expr, Ref
from lakip_xl.form.formulas import LOWER
from lakip_xl.form.spec import Period
from lakip_xl.narrative import words
from lakip_xl.numbers import round_half_up, say_number
from lakip_xl.rules.overall import programs_of, sasaran_rows
from lakip_xl.summary.explanations import says_something
from lakip_xl.summary.sources import Sources, shown
from lakip_xl.table.locate import plain
from lakip_xl.table.model import Document, Heading, Row, Table

FULL = Decimal(100)


@dataclass(frozen=True)
class Measure:
    """One indicator: its row, and target, realisasi and capaian as far as they are numbers. ``blank`` are those that nobody filled in.

    ``doubtful`` says that its satuan is still in question, so that its capaian means nothing yet.
    """

    table: Table
    row: Row
    name: str
    satuan: str
    target: Decimal | None
    realisasi: Decimal | None
    capaian: Decimal | None
    blank: frozenset[str]
    doubtful: bool = False

    @property
    def cell(self) -> Cell:
        """Where it is to be looked at."""
        return self.table.cell(self.row, "realisasi" if self.table.has("realisasi") else "indikator")

    @property
    def reached(self) -> bool | None:
        """Whether the target was reached; None where that is not known."""
        return None if self.capaian is None or self.doubtful else self.capaian >= FULL

    @property
    def behind(self) -> bool:
        """Whether it plainly lags: also as printed, with two decimals."""
        return self.reached is False and self.capaian is not None and round_half_up(self.capaian, 2) < FULL

    @property
    def lower(self) -> bool:
        """Whether less is better."""
        return self.row.text_of("arah") == LOWER

    @property
    def of(self) -> str:
        """``17 dari 25 unit``."""
        assert self.target is not None and self.realisasi is not None
        bare = say_number(self.realisasi, "id", 2)
        return f"{bare} dari {words.amount(self.target, self.satuan)}"


@dataclass(frozen=True)
class Facts:
    """A document with what is asked of it again and again."""

    document: Document
    findings: Sequence[Finding]
    seen: Resolve

    @cached_property
    def sources(self) -> Sources:
        """The document as expressions."""
        return Sources(self.document, self.seen)

    @property
    def ended(self) -> bool:
        """Whether the report is that of a whole year."""
        return self.document.settings.period is Period.YEAR

    @property
    def during(self) -> str:
        """``Pada tahun 2023``, ``Sampai dengan Triwulan II tahun 2023``."""
        settings = self.document.settings
        return f"Pada {words.year(settings)}" if self.ended else f"Sampai dengan {words.span(settings)}"

    def value(self, expr: Expr) -> Value:
        """What a cell with this formula would show."""
        return evaluate(expr, self.seen)

    def number(self, expr: Expr) -> Decimal | None:
        """The number that a cell with this formula would show."""
        return words.number_of(self.value(expr))

    def kategori(self, capaian: Expr | Decimal) -> str:
        """The kategori at the end of the year, "" before and where there is none."""
        expr = capaian if isinstance(capaian, Expr) else Const(float(capaian))
        found = self.value(self.sources.category(expr))
        return found if isinstance(found, str) and found != "-" else ""

    @cached_property
    def sasaran(self) -> list[tuple[Row, list[Measure]]]:
        """Each sasaran with its indicators."""
        table = self.document.tables.get("sasaran")
        if table is None:
            return []
        return [
            (head, [self.measure(table, row) for row in table.rows
                    if head.number <= row.number <= last and row.text_of("indikator")])
            for head, last in sasaran_rows(self.document)
        ]  # fmt: skip

    @property
    def sheet(self) -> str:
        """The title of the sheet that holds the sasaran."""
        table = self.document.tables.get("sasaran")
        return "Sasaran" if table is None else table.sheet

    @cached_property
    def iku(self) -> list[Measure]:
        """The indicators of Sasaran; those above the first sasaran too."""
        table = self.document.tables.get("sasaran")
        return [] if table is None else [self.measure(table, row) for row in table.rows if row.text_of("indikator")]

    @cached_property
    def programs(self) -> list[Row | Heading]:
        """The programs as Ringkasan lists them."""
        return programs_of(self.document.matrix) if self.sources.has_matrix else []

    def rows(self) -> Iterator[Row]:
        """The rows of the matrix that count, further indicators left out."""
        if self.sources.has_matrix:
            yield from (row for row in self.document.matrix.rows if row.level and row.head is None and row.in_use)

    @cached_property
    def untold(self) -> int:
        """How many rows of the matrix have a level that nobody can tell: no count by level is right then."""
        rows = self.document.matrix.rows if self.sources.has_matrix else []
        return sum(not row.level and row.head is None and row.in_use for row in rows)

    def measures(self, row: Row) -> list[Measure]:
        """The indicators of a row of the matrix."""
        table = self.document.matrix
        return [self.measure(table, each) for each in row.indicators if row.in_use and each.in_use]

    def measure(self, table: Table, row: Row) -> Measure:
        """An indicator as it stands in a row."""
        seen = {key: self.sources.number(table, row, key) for key in ("target", "realisasi", "capaian")}
        blank = {key for key in seen if not self.sources.holds(table, row, key)}
        capaian = words.number_of(seen["capaian"])
        most = self.document.settings.thresholds.get("capaian_satuan")
        doubtful = (
            capaian is not None
            and most is not None
            and capaian > most
            and table.has("capaian")
            and (table.sheet, row.number) in self._questioned
        )
        return Measure(
            table, row, words.clean(row.text_of("indikator")), row.text_of("satuan"), words.number_of(seen["target"]),
            words.number_of(seen["realisasi"]), capaian, frozenset(blank), doubtful,
        )  # fmt: skip

    @cached_property
    def _questioned(self) -> set[tuple[str, int]]:
        """The rows whose capaian is above the bounds and not explained."""
        return {
            (each.cell.sheet, each.cell.row) for each in self.findings if each.code == "CP03" and not each.explained
        }

    def cause(self, table: Table, row: Row) -> str:
        """What the office says of a row: KETERANGAN (on a further indicator also that of its row), else what explains a finding there."""
        own = row.text_of("keterangan") or (row.head.text_of("keterangan") if row.head is not None else "")
        if says_something(own):
            return words.clean(own)
        told = (each.explanation for each in self.findings
                if each.explained and (each.cell.sheet, each.cell.row) == (table.sheet, row.number))  # fmt: skip
        return words.clean(next((text for text in told if says_something(text)), ""))

    @cached_property
    def names(self) -> list[tuple[str, str, Row]]:
        """Level, plain name without the level, and row, of every row of the matrix that counts."""
        return [(row.level, plain(row.text_of("uraian")).removeprefix(f"{row.level} "), row) for row in self.rows()]

    def name_of(self, row: Row | Heading) -> str:
        """What a row of the matrix is called, with its level."""
        return words.titled(row.level, row.name if isinstance(row, Heading) else row.text_of("uraian"))

    def money(self, row: Row | Heading) -> tuple[Expr, Expr, Expr]:
        """Name, anggaran and realisasi of a program."""
        table, keys = self.document.matrix, ("anggaran", "realisasi_anggaran")
        if isinstance(row, Heading):
            name = shown(Ref(Cell(table.sheet, row.row, row.column)))
            pagu, used = (self.sources.sum_over(table, row.rows, key) for key in keys)
        else:
            name = self.sources.figure(table, row, "uraian")
            pagu, used = (self.sources.figure(table, row, key) for key in keys)
        return name, pagu, used
