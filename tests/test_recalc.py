"""Recalculation on request: what is compared, and what happens where that cannot be done."""

from __future__ import annotations

import configparser
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casefiles import CASES, cases_in, workbook
from lakip_xl.cells import Cell
from lakip_xl.cli import main
from lakip_xl.recalc import engine
from lakip_xl.recalc.compare import same
from workbooks import EXAMPLE


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    path = tmp_path / "matriks.xlsx"
    path.write_bytes(workbook(next(cases_in(CASES / "RM10.md"))))
    return path


def test_a_stale_result_is_found_on_request_only(stale: Path) -> None:
    asked, silent = (
        json.loads(run("validate", stale, "--format", "json", *more).stdout) for more in (["--recalc"], [])
    )
    assert [(f["code"], f["cell"], f["found"], f["expected"]) for f in asked[0]["findings"]] == [("RM10", "D2", 9, 10)]
    assert silent[0]["findings"] == []


def test_without_the_extra_one_sentence_says_how_to_get_it(stale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    result = run("validate", stale, "--recalc")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        'Gagal: Opsi --recalc memerlukan IronCalc, yang belum terpasang: jalankan pip install "ironcalc>=0.9,<0.10", lalu ulangi.\n'
    )


def test_the_sentence_asks_for_what_the_extra_installs() -> None:
    setup = configparser.ConfigParser()
    setup.read(Path(__file__).resolve().parents[1] / "setup.cfg", encoding="utf-8")
    assert setup["options.extras_require"]["recalc"].strip() == engine.NEEDS


def test_an_engine_that_takes_too_long_is_given_up(stale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SECONDS", 0.001)
    assert engine.calculated(stale, [Cell("Matriks", 2, 4)]) is None
    result = run("validate", stale, "--recalc")
    assert result.exit_code == 0
    assert "RM11" in result.stdout


def test_what_the_engine_cannot_read_ends_its_process_and_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "bukan.xlsx"
    path.write_bytes(b"no workbook")
    assert engine.calculated(path, [Cell("Matriks", 2, 4)]) is None


def test_a_filled_workbook_has_nothing_stale(tmp_path: Path) -> None:
    done = tmp_path / "hasil.xlsx"
    assert run("fill", EXAMPLE / "matriks.xlsx", "-o", done).exit_code in (0, 1)
    codes = {f["code"] for f in json.loads(run("validate", done, "--recalc", "--format", "json").stdout)[0]["findings"]}
    assert not codes & {"RM10", "RM11"}


@pytest.mark.parametrize(
    ("stored", "computed", "equal"),
    [
        (1.0, 1.0 + 1e-12, True),
        (1e12, 1e12 + 1, False),
        (0.0, 1e-10, True),
        (5.0, "5", False),
        ("-", "-", True),
        (None, 0.0, True),
        (True, False, True),
    ],
)
def test_same(stored: object, computed: object, equal: bool) -> None:
    assert same(stored, computed) is equal  # type: ignore[arg-type]


def test_nothing_is_imported_from_the_folder_of_the_user(stale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (stale.parent / "ironcalc.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    monkeypatch.chdir(stale.parent)
    assert engine.calculated(stale, [Cell("Matriks", 2, 4)]) == {Cell("Matriks", 2, 4): 10.0}
