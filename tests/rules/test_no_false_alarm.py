"""Correct workbooks of every period give neither an error nor a warning, as they come and once they are filled."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from correct import PERIODS, TRAITS, alarms, correct, offices, sizes
from lakip_xl import tasks
from offices import Office

EACH = 25
"""Workbooks for each period: 500 in all, one of 300 rows among those of a period."""


def seeds(period: str) -> range:
    first = list(PERIODS).index(period) * EACH
    return range(first, first + EACH)


@pytest.mark.slow
@pytest.mark.parametrize("period", PERIODS)
def test_a_correct_workbook_alarms_nobody(period: str) -> None:
    said = {seed: alarms(correct(seed, period, sizes(seed)).to_bytes()) for seed in seeds(period)}
    assert {seed: each for seed, each in said.items() if each} == {}


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(offices())
def test_a_correct_workbook_drawn_at_random_alarms_nobody(office: Office) -> None:
    assert alarms(office.to_bytes()) == []


@pytest.mark.slow
@pytest.mark.parametrize("period", PERIODS)
def test_nor_once_it_is_filled(period: str, tmp_path: Path) -> None:
    for seed in seeds(period)[:2]:
        path = tmp_path / f"{seed}.xlsx"
        path.write_bytes(correct(seed, period, 25).to_bytes())
        before = {(f.code, f.cell) for f in tasks.examine(path).findings}
        filled = tasks.fill(path).path
        assert alarms(filled.read_bytes()) == []
        after = {(f.code, f.cell) for f in tasks.examine(filled).findings}
        assert after == before


def test_the_workbooks_differ_in_every_way() -> None:
    drawn = [correct(seed, period, 4).traits for period in PERIODS for seed in seeds(period)]
    assert {trait for traits in drawn for trait in traits} == set(TRAITS)
    assert len(set(drawn)) > 400
