"""docs/faults.md: what it names exists, and no rule of the catalogue is missing from it."""

from __future__ import annotations

import re
from pathlib import Path

from casefiles import CASES, cases_in
from lakip_xl.rules.catalogue import BY_CODE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
CODE = re.compile(r"\b[A-Z]{2}[0-9]{2}\b")


def part(heading: str) -> list[str]:
    """The rows of the table below a heading, without its head."""
    text = PAGE.partition(f"## {heading}")[2].partition("\n## ")[0]
    return [line for line in text.splitlines() if line.startswith("| ") and not re.match(r"\| *\|? *\*", line)][1:]


def test_every_code_named_exists_and_every_rule_is_named() -> None:
    assert set(CODE.findall(PAGE)) == set(BY_CODE)


def test_every_common_fault_has_a_rule_or_a_reason() -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part("Kesalahan umum")]
    assert [row[0] for row in rows] == [str(number) for number in range(1, 31)]
    for _, fault, rules, remark in rows:
        assert fault
        assert CODE.search(rules) or (rules == "-" and remark), fault


def test_every_other_fault_has_a_rule() -> None:
    rows = part("Kesalahan lain")
    assert len(rows) > 10
    assert all(CODE.search(row) for row in rows)


def test_every_silent_situation_names_case_files_with_a_silent_case() -> None:
    rows = part("Yang harus diam")
    assert len(rows) > 10
    for row in rows:
        named = re.findall(r"`tests/cases/([A-Za-z0-9]+\.md)`", row)
        assert named, row
        for name in named:
            assert (CASES / name).is_file(), name
            assert any(case.silent for case in cases_in(CASES / name)), name


def test_what_has_no_rule_has_a_reason() -> None:
    for row in part("Tanpa aturan"):
        situation, reason = (cell.strip() for cell in row.strip("|").split("|"))
        assert situation
        assert reason
