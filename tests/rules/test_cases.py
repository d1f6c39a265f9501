"""Every case file, through real workbooks: the whole list of findings, at their cells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casefiles import CASES, Case, all_cases, cases_in, examine
from judged import judged
from lakip_xl.findings import Finding
from lakip_xl.rules.catalogue import RULES, render
from lakip_xl.rules.core import Rule

ALL = all_cases()
MOVES = {"as it stands": (0, 0), "three rows down, two columns right": (3, 2), "beyond column Z": (0, 30)}


def found(findings: list[Finding]) -> list[tuple[str, str]]:
    return sorted((finding.code, str(finding.cell)) for finding in findings)


def examined() -> Iterator[list[Finding]]:
    """The findings of every case as it stands."""
    return (judged(case).findings for case in ALL)


@pytest.mark.parametrize("move", MOVES, ids=str)
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_case(case: Case, move: str) -> None:
    down, right = MOVES[move]
    assert case.silent != bool(case.expected), "a case says either its findings or 'diam'"
    findings = examine(case, down, right).findings if down or right else judged(case).findings
    assert found(findings) == case.findings(down, right), [render(f).message for f in findings]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_judging_twice_gives_the_same(case: Case) -> None:
    once, again = judged(case).again
    assert once == again


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_has_a_case_where_it_fires_and_one_where_it_stays_silent(rule: Rule) -> None:
    fires = [any(code == rule.code for code, _, _ in case.expected) for case in cases_in(CASES / f"{rule.code}.md")]
    assert any(fires)
    assert not all(fires)


def test_no_case_file_without_its_rule() -> None:
    assert {path.stem for path in CASES.glob("*.md")} - {"diam"} == {rule.code for rule in RULES}


def test_every_message_is_reached_by_a_case() -> None:
    reached = {(finding.code, finding.variant) for findings in examined() for finding in findings}
    declared = {(rule.code, variant) for rule in RULES for variant in rule.messages}
    assert declared - reached == set()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_words_of_every_case_are_complete(lang: str) -> None:
    for findings in examined():
        for finding in findings:
            for text in render(finding, lang):
                assert text
                assert not set("{}") & set(text)
                assert "None" not in text
                assert text.rstrip("'\"")[-1] in ".?!"
