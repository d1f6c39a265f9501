"""Known faults put into correct workbooks: does every rule find its fault, at its cell, and say little else?

    python tests/seeded.py            writes docs/recall.md
    python tests/seeded.py -v CODE    prints each planted fault of one rule with everything that was found

A planter changes one thing in a correct office and gives the cell at which the rule must speak, or None where this workbook has no
place for the fault. A new rule needs one: ``@plants("XX01")`` over a function in one of the modules ``planters_*``; ``traits`` names what
the workbook must be like, ``without`` what it must not. ``further`` are findings (of any weight) that the correct workbook did not give.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from correct import TRAITS, correct  # noqa: E402
from lakip_xl import recalc, tasks  # noqa: E402
from lakip_xl.cells import Cell  # noqa: E402
from lakip_xl.findings import Finding  # noqa: E402
from lakip_xl.form.spec import Period  # noqa: E402
from lakip_xl.rules.catalogue import BY_CODE, RULES  # noqa: E402
from lakip_xl.table.model import Document  # noqa: E402
from lakip_xl.tasks import Examination  # noqa: E402
from offices import Office  # noqa: E402

PLANTED = tuple(rule for rule in RULES if rule.code[:2] != "RK")
"""The rules that a workbook alone can break. What needs a ledger is planted in tests/ledger/test_compare.py."""

PAGE = Path(__file__).resolve().parent.parent / "docs" / "recall.md"
Plant = Callable[[Office, Random], Cell | None]
EACH, TRIES, SIZE = 6, 48, 14
"""Faults for each planter, workbooks looked at for them, and about how many rows a workbook has."""


@dataclass(frozen=True)
class Planter:
    """One way in which a fault comes about."""

    code: str
    plant: Plant
    traits: frozenset[str]
    without: frozenset[str]
    periods: tuple[str, ...]


PLANTERS: list[Planter] = []


def plants(code: str, *, traits: str = "", without: str = "", periods: str = "") -> Callable[[Plant], Plant]:
    """Registers a planter; ``traits``, ``without`` and ``periods`` are lists with commas. Without periods: all in which the rule speaks."""

    def made(plant: Plant) -> Plant:
        known = {*TRAITS}
        asked, not_wanted = (
            frozenset(word.strip() for word in text.split(",") if word.strip()) for text in (traits, without)
        )
        assert asked | not_wanted <= known, (asked | not_wanted) - known
        named = tuple(word.strip() for word in periods.split(",") if word.strip())
        PLANTERS.append(Planter(code, plant, asked, not_wanted, named or _spoken(code)))
        return plant

    return made


def _spoken(code: str) -> tuple[str, ...]:
    """Some periods of every class in which a rule speaks."""
    if code not in BY_CODE:
        return ()
    names = {Period.YEAR: ("Akhir tahun", "TW IV"), Period.QUARTER: ("TW II", "TW III"), Period.MONTH: ("Mei",)}
    return tuple(name for period, each in names.items() for name in each if BY_CODE[code].severity[period] is not None)


@dataclass
class Outcome:
    """What came of one planted fault; ``before`` is what the correct workbook gave."""

    code: str
    office: Office
    cell: Cell
    document: Document
    before: tuple[Finding, ...]
    hits: list[Finding] = field(default_factory=list)
    further: list[Finding] = field(default_factory=list)

    def tell(self, findings: list[Finding]) -> Outcome:
        """Tells the findings of the fault from further ones; one that only moved along its own fold, or with its row, is not new."""
        known = {(f.code, place) for f in self.before for place in (f.cell, *f.related)}
        moved = {(f.code, f.record, f.column) for f in self.before if f.record}
        hits = [f for f in findings if f.code == self.code and self.cell in (f.cell, *f.related)]
        new = [f for f in findings if (f.code, f.cell) not in known and (f.code, f.record, f.column) not in moved]
        self.hits, self.further = hits, [f for f in new if f not in hits] + hits[1:]
        return self


def _wanted(planter: Planter, seed: int) -> tuple[str, frozenset[str]]:
    period = planter.periods[seed % len(planter.periods)]
    random = Random(f"faults {seed}")
    traits = frozenset(random.sample(TRAITS, random.randint(0, 8))) - {
        "explained",
        "months",
    }  # a changed figure would differ from its months
    return period, (traits | planter.traits) - planter.without


@lru_cache(maxsize=4096)
def _before(period: str, seed: int, traits: frozenset[str]) -> tuple[Finding, ...]:
    """What the correct workbook gives; many planters begin with the same one."""
    return tuple(tasks.examine(correct(seed, period, SIZE, traits).to_bytes()).findings)


@cache
def outcomes(planter: Planter) -> tuple[Outcome, ...]:
    """Every fault that the planter could place, always the same."""
    made: list[Outcome] = []
    for seed in range(TRIES):
        period, traits = _wanted(planter, seed)
        office = correct(seed, period, SIZE, traits)
        cell = planter.plant(office, Random(f"{planter.code} {seed}"))
        if cell is None:
            continue
        seen = _examined(office)
        outcome = Outcome(planter.code, office, cell, seen.document, _before(period, seed, traits))
        made.append(outcome.tell(seen.findings))
        if len(made) == EACH:
            break
    return tuple(made)


def _examined(office: Office) -> Examination:
    """A workbook judged, recalculated where it is to be (``hitung_ulang`` among its parts)."""
    data = office.to_bytes()
    seen = tasks.examine(data)
    if "hitung_ulang" in office.parts:
        with tempfile.TemporaryDirectory(prefix="seeded-") as folder:
            path = Path(folder) / "matriks.xlsx"
            path.write_bytes(data)
            recalc.judge(seen, path)
    return seen


def load() -> None:
    """Brings in the planters, in a fixed order."""
    for path in sorted(Path(__file__).resolve().parent.glob("planters_*.py")):
        importlib.import_module(path.stem)


@dataclass
class Line:
    """A line of the table: one rule."""

    planted: int
    found: int
    further: int
    worst: int

    @property
    def mean(self) -> float:
        return self.further / self.planted if self.planted else 0.0


def measure(code: str) -> Line:
    """What comes of all faults of one rule."""
    made = [outcome for planter in PLANTERS if planter.code == code for outcome in outcomes(planter)]
    counts = [len(outcome.further) for outcome in made]
    return Line(len(made), sum(bool(outcome.hits) for outcome in made), sum(counts), max(counts, default=0))


_HEAD = """\
# Planted faults

Made by `python tests/seeded.py`; do not edit. For every rule of the catalogue, known faults were put into correct workbooks of several
periods and layouts (`tests/correct.py`). Found: the rule spoke at the cell of the fault. Further: other findings, of any weight, that the
correct workbook did not give, in all, on average and at worst for one fault. `tests/rules/test_seeded_faults.py` asserts these figures.

"""


def page(lines: dict[str, Line]) -> str:
    """docs/recall.md."""
    rows = [
        f"| {code} | {BY_CODE[code].title.en} | {line.planted} | {line.found} | {line.further} | {line.mean:.2f} | {line.worst} |"
        for code, line in lines.items()
    ]
    planted, found, further = (
        sum(getattr(line, name) for line in lines.values()) for name in ("planted", "found", "further")
    )
    total = (
        f"**{found} of {planted} faults found; {further} further findings, {further / planted:.2f} for one fault, at worst "
        f"{max(line.worst for line in lines.values())}.**\n\n"
    )
    table = "| rule | title | planted | found | further | mean | worst |\n|---|---|---|---|---|---|---|\n"
    return _HEAD + total + table + "\n".join(rows) + "\n"


def main(arguments: list[str]) -> None:
    load()
    codes = [a for a in arguments if a != "-v"]
    if "-v" not in arguments:
        lines = {rule.code: measure(rule.code) for rule in PLANTED if not codes or rule.code in codes}
        for code, line in lines.items():
            sys.stdout.write(f"{code} {line}\n")
        if not codes:
            PAGE.write_text(page(lines), encoding="utf-8")
        return
    from lakip_xl.rules.catalogue import render

    for planter in PLANTERS:
        if planter.code in codes:
            for outcome in outcomes(planter):
                good = "found " if outcome.hits else "MISSED"
                sys.stdout.write(
                    f"{planter.plant.__name__} {good} {outcome.cell} {outcome.office.period} {sorted(outcome.office.traits)}\n"
                )
                for finding in outcome.further:
                    sys.stdout.write(f"    + {finding.cell} {finding.code} {render(finding).message}\n")


if __name__ == "__main__":
    # As the module that the planters import, not as a second one.
    importlib.import_module("seeded").main(sys.argv[1:])
