"""All rules, and the two things done with them: judge a document, and put a finding into words."""

from __future__ import annotations

from typing import NamedTuple

from lakip_xl.findings import Finding
from lakip_xl.rules import (
    absorption,
    achievement,
    agreement,
    astext,
    bounds,
    budget,
    cross,
    declared,
    details,
    direction,
    divisors,
    due,
    entries,
    formulas,
    hierarchy,
    levels,
    literals,
    months,
    movements,
    nonnumbers,
    patterns,
    programs,
    quarters,
    ranges,
    reconciliation,
    results,
    scale,
    spending,
    structure,
    sumformulas,
    targets,
    units,
    writing,
)
from lakip_xl.rules.core import Filler, Rule
from lakip_xl.rules.words import FAMILIES
from lakip_xl.table.model import Document

_MODULES = (
    structure,
    declared,
    levels,
    due,
    entries,
    astext,
    nonnumbers,
    ranges,
    quarters,
    hierarchy,
    sumformulas,
    achievement,
    bounds,
    budget,
    formulas,
    patterns,
    literals,
    divisors,
    cross,
    results,
    spending,
    writing,
    scale,
    units,
    direction,
    absorption,
    details,
    agreement,
    months,
    targets,
    programs,
    reconciliation,
    movements,
)
_FAMILIES = tuple(FAMILIES)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (rule for module in _MODULES for rule in module.RULES),
        key=lambda rule: (_FAMILIES.index(rule.code[:2]), rule.code),
    )
)
"""In the order of families, within a family by code."""

BY_CODE = {rule.code: rule for rule in RULES}


class Rendered(NamedTuple):
    """A finding in words: what is wrong, and what to do."""

    message: str
    remedy: str


def check(document: Document) -> list[Finding]:
    """Every finding in a document, once, by place in the workbook. Explanations are joined to them further up."""
    order = {name: place for place, name in enumerate(document.sheets)}
    found = {(f.cell, f.code, f.column, f.record): f for rule in RULES for f in rule.findings(document)}
    return sorted(
        found.values(),
        key=lambda f: (order.get(f.cell.sheet, len(order)), f.cell.row, f.cell.column, f.code),
    )


def render(finding: Finding, lang: str = "id") -> Rendered:
    """The message and the remedy of a finding. A template with a place that the finding does not fill is a KeyError."""
    rule = BY_CODE[finding.code]
    filler = Filler(lang)
    message = rule.messages[finding.variant]
    remedy = rule.remedies.get(finding.variant, rule.remedy)
    return Rendered(
        filler.vformat(message.in_(lang), (), finding.values), filler.vformat(remedy.in_(lang), (), finding.values)
    )
