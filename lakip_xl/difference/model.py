"""Two workbooks set against each other: what people entered, and what is found in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lakip_xl.findings import Finding, Severity
from lakip_xl.records import Changes


@dataclass(frozen=True, slots=True)
class Still:
    """A finding that both workbooks have."""

    before: Finding
    after: Finding

    @property
    def carried(self) -> bool:
        """Whether its explanation was carried over."""
        return self.before.explained and self.after.explained

    @property
    def newly_explained(self) -> bool:
        """Whether it was explained since."""
        return self.after.explained and not self.before.explained

    @property
    def lost(self) -> bool:
        """Whether its explanation does not count any more: the value changed, or the text was taken away."""
        return self.before.explained and not self.after.explained


@dataclass(frozen=True)
class Difference:
    """What changed from one workbook to the other; ``names`` are their file names."""

    names: tuple[str, str]
    changes: Changes
    fixed: tuple[Finding, ...]
    new: tuple[Finding, ...]
    still: tuple[Still, ...]

    @property
    def exit_code(self) -> int:
        """0 where nothing that people enter differs and no finding came, else 1."""
        return 1 if self.changes.any or self.fixed or self.new else 0

    def count(self, severity: Severity, findings: Sequence[Finding]) -> int:
        """How many of these findings weigh this much."""
        return sum(finding.severity is severity for finding in findings)


def difference(
    names: tuple[str, str], changes: Changes, before: Sequence[Finding], after: Sequence[Finding]
) -> Difference:
    """Pairs the findings of both by code, record and column; where several share these, in their order. What is left is the same where code
    and cell are: a row that got another level or name has another record."""
    still, gone, new = _paired(before, after, lambda each: (each.code, each.record, each.column))
    more, gone, new = _paired(gone, new, lambda each: (each.code, each.cell))
    order = {id(finding): place for place, finding in enumerate(after)}
    both = sorted((*still, *more), key=lambda pair: order[id(pair.after)])
    return Difference(names, changes, tuple(gone), tuple(new), tuple(both))


def _paired(
    before: Sequence[Finding], after: Sequence[Finding], key: Callable[[Finding], object]
) -> tuple[list[Still], list[Finding], list[Finding]]:
    """Those with the same key, those of ``before`` that are left, and those of ``after``."""
    waiting: defaultdict[object, list[Finding]] = defaultdict(list)
    for finding in before:
        waiting[key(finding)].append(finding)
    still, new = [], []
    for finding in after:
        same = waiting[key(finding)]
        if same:
            still.append(Still(same.pop(0), finding))
        else:
            new.append(finding)
    rest = {id(finding) for left in waiting.values() for finding in left}
    return still, [finding for finding in before if id(finding) in rest], new
