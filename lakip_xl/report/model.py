"""A report: what was found in one file, and what ``fill`` mended in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from lakip_xl.cells import Cell, Value, letters
from lakip_xl.errors import Text
from lakip_xl.findings import Finding, Severity
from lakip_xl.rules.overview import NOTHING, Outside, outside
from lakip_xl.table.model import Document


class Edited(Protocol):
    """What a report asks of an edit of a plan."""

    @property
    def cell(self) -> Cell: ...
    @property
    def key(self) -> str: ...
    @property
    def value(self) -> Value: ...
    @property
    def why(self) -> str: ...


class Planned(Protocol):
    """What a report asks of a plan: its edits."""

    @property
    def edits(self) -> Sequence[Edited]: ...


class Mended(NamedTuple):
    """A column of a table in which ``fill`` put formulas: how many blank cells it filled, how many typed results it replaced."""

    sheet: str
    heading: str
    filled: int
    replaced: int


_MATRIX = Text("Matriks", "Matrix")


class Mapping(NamedTuple):
    """Where a table was read: its sheet, the first and last row of its headings, each heading of the form with its column.

    ``what`` says which table it is; ``strangers`` are headings that stand for nothing in the form, with their columns.
    """

    sheet: str
    first_row: int
    last_row: int
    columns: tuple[tuple[str, str], ...]
    what: Text = _MATRIX
    strangers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Report:
    """The findings of one file, by place, and what ``fill`` mends or mended. ``strict`` reports say that warnings count as errors.

    ``outside`` counts the rows that lie outside the bounds: where it is most of them, a report for people begins with that. ``mapping``
    tells which columns were read, where the matrix does not stand as in the template; ``untold_period`` is the cell of a period that
    the workbook did not say, so that the end of the year was assumed.
    """

    file: str
    edition: str
    findings: tuple[Finding, ...]
    mended: tuple[Mended, ...] = ()
    strict: bool = False
    outside: Outside = NOTHING
    mapping: Mapping | None = None
    untold_period: Cell | None = None

    @classmethod
    def of(cls, file: str, document: Document, findings: Iterable[Finding], plan: Planned | None = None) -> Report:
        """The report on a document; ``plan`` says what ``fill`` mends."""
        kept = tuple(findings)
        mended = tuple(_mended(document, plan)) if plan else ()
        told = document.facts.get("period_told", True)
        return cls(
            file,
            document.form.edition,
            kept,
            mended,
            outside=outside(document, kept),
            mapping=_mapping(document),
            untold_period=None if told else document.settings.cells.get("periode"),
        )

    def count(self, severity: Severity) -> int:
        """How many findings weigh this much."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def unexplained(self) -> int:
        """How many warnings still lack an explanation."""
        return sum(f.severity is Severity.WARNING and not f.explained for f in self.findings)

    def exit_code(self, strict: bool = False) -> int:
        """0 where no finding is an error, else 1; under ``strict`` a warning without an explanation counts as an error."""
        return 1 if self.count(Severity.ERROR) or ((strict or self.strict) and self.unexplained) else 0


def _mapping(document: Document) -> Mapping | None:
    table = document.main
    spec = table.spec
    read = {key: column for key, column in table.layout.columns.items() if key not in table.added}
    if table.header_row == spec.header_row and all(spec.position(key) == column for key, column in read.items()):
        return None
    columns = tuple(
        (spec.by_key[key].heading, letters(column)) for key, column in sorted(read.items(), key=lambda item: item[1])
    )
    what = _MATRIX if spec.key == "matriks" else Text("Tabel IKU (tanpa matriks)", "Table of IKU (no matrix)")
    strangers = tuple((text, letters(column)) for column, text in sorted(table.strangers.items()))
    return Mapping(table.sheet, table.first_row or table.header_row, table.header_row, columns, what, strangers)


_FLAGS = "hasil_periksa"  # a row without a flag was filled as well


def _mended(document: Document, plan: Planned) -> list[Mended]:
    """Edits of blank and typed cells, by sheet and column in the order of the form."""
    flagged = {  # rows that have their flag's formula, whatever it shows
        table.cell(row, _FLAGS)
        for table in document.tables.values()
        if table.has(_FLAGS)
        for row in table.rows
        if row.entry(_FLAGS).formula
    }
    counts = Counter(
        (edit.cell.sheet, edit.key, edit.why)
        for edit in plan.edits
        if edit.key and (_shows(edit.value) or (edit.key == _FLAGS and edit.cell not in flagged))
    )
    found = []
    for table in document.tables.values():
        for column in table.spec.columns:
            filled, replaced = (counts[table.sheet, column.key, why] for why in ("blank", "typed"))
            if filled or replaced:
                found.append(Mended(table.sheet, column.heading, filled, replaced))
    return found


def _shows(value: Value) -> bool:
    return value is not None and value != ""
