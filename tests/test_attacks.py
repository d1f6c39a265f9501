"""Hostile and broken files end in a result or in one sentence: each attack by one of the commands; docs/attacks.md says how by all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import attacking
from attacking import ATTACKS, USES, uses_of
from running import Runs

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the bounds and watchers are those of Linux")


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    made = Runs()
    yield made
    made.close()


@pytest.fixture(scope="module")
def stated() -> dict[str, str]:
    return attacking.on_page()


ROTATED = [pytest.param(name, marks=[pytest.mark.sweep] if number % 4 else []) for number, name in enumerate(ATTACKS)]


@pytest.mark.parametrize("name", ROTATED)
def test_attack(name: str, runs: Runs, stated: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The command is another for each attack, so that all of them meet every kind of attack."""
    if request.node.get_closest_marker("sweep") and "sweep" not in request.config.getoption("markexpr"):
        pytest.skip("three of four attacks take minutes: ask for them with -m sweep")
    attack = ATTACKS[name]
    uses = uses_of(attack)
    use = uses[list(ATTACKS).index(name) * 7 % len(uses)]
    ending = attacking.tried(runs, attacking.laid_out(tmp_path / "kantor", attack), attack, USES[use], here=True)
    assert ending.faults == (), use
    assert attacking.holds(stated[name], use, ending.how), (use, ending.how, ending.run.err)


def test_the_page_names_every_attack(stated: dict[str, str]) -> None:
    assert list(stated) == list(ATTACKS), "run python tests/attacking.py"
    text = attacking.PAGE.read_text(encoding="utf-8")
    assert text.startswith(attacking.head(len(ATTACKS), sum(len(uses_of(each)) for each in ATTACKS.values())))


def test_a_bomb_that_lies_is_not_unpacked_further_than_it_says(tmp_path: Path) -> None:
    attack, runs = ATTACKS["zip-lies-sheet"], Runs()  # a process that has not held anything large yet
    ending = attacking.tried(runs, attacking.laid_out(tmp_path / "kantor", attack), attack, USES["validate"])
    runs.close()
    assert ending.how == "sentence"
    assert ending.run.memory < 200


def test_a_run_beyond_its_bounds_is_seen(runs: Runs, tmp_path: Path) -> None:
    """The bounds are real: what takes longer is ended."""
    attack = ATTACKS["many-relations"]
    (run,) = runs(
        attacking.laid_out(tmp_path / "kantor", attack), "fill", attack.file, bounds=(attacking.MEMORY, 1), strays=True
    )
    assert run.status == -24  # SIGXCPU


def test_what_comes_to_life_is_seen(tmp_path: Path) -> None:
    """The judge itself: a text is no formula, a formula is one."""
    assert attacking.live(ATTACKS["text-hyperlink"].make()) == set()
    assert any(b"WEBSERVICE" in each for each in attacking.live(ATTACKS["formula-own-sheet"].make()))
    assert any(b"TargetMode" in each for each in attacking.live(ATTACKS["related-unc"].make()))
