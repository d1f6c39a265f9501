"""What a rule is: its words in both languages, its severity by period, and the function that finds the faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from string import Formatter
from typing import Any, NamedTuple

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import Text
from lakip_xl.findings import Finding, Severity
from lakip_xl.form.spec import Period
from lakip_xl.numbers import round_half_up, say_number, say_percent, say_rupiah
from lakip_xl.table.model import Document, Row, Table

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
Severities = Mapping[Period, Severity | None]


def always(severity: Severity) -> Severities:
    """The same severity in every period."""
    return dict.fromkeys(Period, severity)


def by_period(month: Severity | None, quarter: Severity | None, year: Severity | None) -> Severities:
    """A severity for each class of period; None is silent."""
    return {Period.MONTH: month, Period.QUARTER: quarter, Period.YEAR: year}


class Basis(NamedTuple):
    """On what a rule rests, and how sure we are: a key of ``CONFIDENCE``."""

    text: Text
    confidence: str


CONFIDENCE = {
    "seen": Text("terbaca dalam sumbernya", "seen in the source"),
    "inferred": Text("disimpulkan", "inferred"),
    "recalled": Text("dari ingatan, periksa sebelum dikutip", "from memory, verify before quoting"),
    "practice": Text("kebiasaan kerja, bukan peraturan", "practice of the trade, not law"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One fault that a rule found: a finding that does not know its code and severity yet."""

    cell: Cell
    variant: str = ""
    found: Value | Decimal = None
    expected: Value | Decimal = None
    difference: Decimal | None = None
    rupiah: Decimal | None = None
    related: tuple[Cell, ...] = ()
    record: str = ""
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def hit(
    table: Table,
    row: Row,
    key: str,
    variant: str = "",
    *,
    found: Value | Decimal = None,
    expected: Value | Decimal = None,
    difference: Decimal | None = None,
    rupiah: Decimal | None = None,
    related: Iterable[Cell] = (),
    **values: object,
) -> Hit:
    """A fault in one column of one row; the message may speak of ``{nama}``, the row's name, and ``{kolom}``, the heading."""
    named = {"nama": name_of(row), "kolom": table.spec.by_key[key].heading, **values}
    cell = table.cell(row, key)
    others = tuple(dict.fromkeys(other for other in related if other != cell))
    return Hit(cell, variant, found, expected, difference, rupiah, others, row.record, key, named)


def folded(table: Table, places: list[tuple[Row, str]], **values: object) -> Hit:
    """One fault that repeats, as one finding: at the first cell, the others related; ``{n}`` is how many there are."""
    (row, key), rest = places[0], places[1:]
    made = hit(table, row, key, "banyak" if rest else "", related=[table.cell(other, k) for other, k in rest])
    return replace(made, values={**made.values, "n": len(places), **values})


NAME_LENGTH = 60


def name_of(row: Row) -> str | Text:
    """What people call the row, short enough for a message; its row number where it has no name."""
    name = " ".join(row.name.split())
    if not name:
        return Text(f"Baris {row.number}", f"Row {row.number}")
    if len(name) <= NAME_LENGTH:
        return name
    return name[: NAME_LENGTH + 1].rsplit(" ", 1)[0].rstrip(" ,;/-") + " ..."


_LEVELS = {
    "total": Text("total", "total"),
    "sub unit": Text("sub unit", "sub-unit"),
    "urusan": Text("urusan", "government affair"),
    "bidang urusan": Text("bidang urusan", "field of government affairs"),
    "program": Text("program", "program"),
    "kegiatan": Text("kegiatan", "activity"),
    "sub kegiatan": Text("sub kegiatan", "sub-activity"),
    "kelompok": Text("kelompok belanja", "expenditure group"),
    "jenis": Text("jenis belanja", "expenditure type"),
}


def level_word(level: str) -> Text:
    """The word for a level of rows in a message."""
    return _LEVELS.get(level) or (Text(level, level) if level else Text("baris", "row"))


Check = Callable[[Document], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue.

    title, meaning, why, remedy  what ``explain`` and the documentation say; free of places to fill
    messages   what a finding says, by variant ("" is the usual one), with places filled from the finding's values
    remedies   how to mend a variant where ``remedy`` does not fit it
    severity   by period; None keeps the rule silent
    """

    code: str
    title: Text
    meaning: Text
    why: Text
    basis: Basis
    remedy: Text
    messages: Mapping[str, Text]
    severity: Severities
    check: Check
    remedies: Mapping[str, Text] = field(default_factory=dict)
    since: str = "0.1"

    def findings(self, document: Document) -> Iterator[Finding]:
        """The rule's findings in a document; none where the period keeps it silent."""
        severity = self.severity[document.settings.period]
        if severity is None:
            return
        for h in self.check(document):
            yield Finding(
                cell=h.cell,
                code=self.code,
                severity=severity,
                values=h.values,
                found=h.found,
                expected=h.expected,
                difference=h.difference,
                rupiah=h.rupiah,
                related=h.related,
                record=h.record,
                column=h.column,
                variant=h.variant,
            )


def rule(code: str, **parts: Any) -> Callable[[Check], Rule]:
    """Makes a rule of the function below it; ``parts`` are the fields of ``Rule``."""

    def made(check: Check) -> Rule:
        return Rule(code=code, check=check, **parts)

    return made


class Amount(NamedTuple):
    """A number with its satuan, said together: ``12 Dokumen``."""

    number: Decimal | None
    unit: str


def amount(row: Row, number: Decimal | None) -> Amount:
    """A figure of a row with the row's satuan."""
    return Amount(number, row.text_of("satuan"))


class Apart(NamedTuple):
    """A percentage said with as many decimals as it takes to be seen apart from another."""

    number: Decimal
    digits: int


def apart(number: Decimal, other: Decimal) -> Apart | Decimal:
    """The number as usual, or with more decimals where it would print as the other does: never 110 %, above 110 %."""
    most = 12
    digits = next((n for n in range(2, most) if round_half_up(number, n) != round_half_up(other, n)), 2)
    return number if digits == 2 else Apart(number, digits)


class Filler(Formatter):
    """Fills the places of a template in one language: ``{sisa:rp}`` money, ``{capaian:pct}`` percent, ``{n:num}`` or ``{n}`` a number.

    A place without a value is a KeyError: a template never prints something unknown.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs[key]

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Apart):
            said = say_number(value.number, self.lang, value.digits)
            return f"{said} %" if format_spec == "pct" else said
        match format_spec:
            case "rp":
                return say_rupiah(value, self.lang)
            case "pct":
                return say_percent(value, self.lang)
            case "num" | "":
                pass
            case _:
                raise ValueError(f"unknown format {format_spec!r}")
        if isinstance(value, Text):
            return value.in_(self.lang)
        if isinstance(value, Amount):
            return f"{self.format_field(value.number, '')} {value.unit}".rstrip()
        if isinstance(value, Decimal | float | int) and not isinstance(value, bool):
            return say_number(value if isinstance(value, Decimal) else float(value), self.lang)
        if isinstance(value, tuple | list) and not isinstance(value, Cell):
            return ", ".join(self.format_field(item, "") for item in value)
        return str(value)


def places(template: str) -> set[str]:
    """The names of the places that a template has."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
