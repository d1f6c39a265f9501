"""A finding: a repair instruction at a true cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

from lakip_xl.cells import Cell, Value


class Severity(IntEnum):
    """How much a finding weighs; the smaller the graver. ``word`` is what users see."""

    ERROR = 0
    WARNING = 1
    INFO = 2

    @property
    def label(self) -> str:
        """The word of the JSON contract: ``error``, ``warning`` or ``info``."""
        return self.name.lower()

    def word(self, lang: str) -> str:
        """The words users see."""
        return _WORDS[lang][self]


_WORDS = {
    "id": ("Wajib diperbaiki", "Perlu penjelasan", "Informasi"),
    "en": ("Must be corrected", "Needs an explanation", "Information"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or oddity, at the cell where it is mended.

    ``values`` fills the places of the rule's message (numbers stay numbers; they are put into words by language).
    ``found``, ``expected`` and ``difference`` are what the cell holds, what it should hold, and their distance in the cell's own
    unit; ``rupiah`` is the money at stake. ``record`` and ``column`` are the address-free key under which an explanation
    is kept. ``related`` are operand cells, or the further cells of a folded finding.
    """

    cell: Cell
    code: str
    severity: Severity
    values: Mapping[str, object] = field(default_factory=dict)
    found: Value | Decimal = None
    expected: Value | Decimal = None
    difference: Decimal | float | None = None
    rupiah: Decimal | None = None
    related: tuple[Cell, ...] = ()
    record: str = ""
    column: str = ""
    variant: str = ""
    explained: bool = False
    explanation: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits: an error, or a warning that nobody explained."""
        return self.severity is Severity.ERROR or (self.severity is Severity.WARNING and not self.explained)


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """As people should read them: the gravest first, then the most rupiah at stake; among equals the order stays, which is by place."""
    return sorted(findings, key=lambda finding: (finding.severity, -abs(finding.rupiah or Decimal(0))))
