"""What is said of each case file's cases as they stand: made once, for all the tests that look at it."""

from __future__ import annotations

from dataclasses import dataclass

from casefiles import Case, examine
from lakip_xl.findings import Finding
from lakip_xl.rules.catalogue import check
from lakip_xl.rules.overview import Outside, outside


@dataclass(frozen=True)
class Judged:
    """The findings of a case, those of judging its document twice more, and what they say together."""

    findings: list[Finding]
    again: tuple[list[Finding], list[Finding]]
    together: Outside


_KEPT: dict[str, Judged] = {}  # without the documents, which are large


def judged(case: Case) -> Judged:
    """What is said of a case as it stands."""
    if case.name not in _KEPT:
        seen = examine(case)
        findings, document = list(seen.findings), seen.document
        _KEPT[case.name] = Judged(findings, (check(document), check(document)), outside(document, findings))
    return _KEPT[case.name]
