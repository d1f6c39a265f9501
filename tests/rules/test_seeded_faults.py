"""Every known fault that is put into a correct workbook is found at its cell, and little else is said."""

from __future__ import annotations

from functools import lru_cache

import pytest

import seeded
from lakip_xl.rules.core import Rule

seeded.load()
FEWEST = 4
"""Faults that a planter must be able to place."""


@lru_cache(maxsize=1)
def lines() -> dict[str, seeded.Line]:
    return {rule.code: seeded.measure(rule.code) for rule in seeded.PLANTED}


@pytest.mark.parametrize("rule", seeded.PLANTED, ids=lambda rule: rule.code)
def test_rule_has_a_planter(rule: Rule) -> None:
    assert any(planter.code == rule.code for planter in seeded.PLANTERS), "see tests/seeded.py"


@pytest.mark.slow
@pytest.mark.parametrize("planter", seeded.PLANTERS, ids=lambda planter: f"{planter.code} {planter.plant.__name__}")
def test_planted_faults_are_found(planter: seeded.Planter) -> None:
    made = seeded.outcomes(planter)
    assert len(made) >= FEWEST, "the planter finds no place for its fault"
    missed = [(str(o.cell), o.office.period, sorted(o.office.traits)) for o in made if not o.hits]
    assert not missed


@pytest.mark.slow
def test_little_else_is_said() -> None:
    planted = sum(line.planted for line in lines().values())
    assert sum(line.further for line in lines().values()) <= planted


@pytest.mark.slow
def test_the_page_is_current() -> None:
    assert seeded.PAGE.read_text(encoding="utf-8") == seeded.page(lines()), "python tests/seeded.py"
