"""What every finding of every case says, and what they say together, held to ``tests/cases/pesan.txt``: read the diff when words change.

``python tests/rules/test_words.py`` renews the file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from casefiles import CASES, all_cases
from judged import judged
from lakip_xl.findings import Finding
from lakip_xl.rules.catalogue import render

WORDS = CASES / "pesan.txt"


def lines() -> Iterator[str]:
    """The findings of all cases in words, with their figures."""
    for case in all_cases():
        seen = judged(case)
        findings = seen.findings
        if findings:
            yield f"# {case.name}"
        if seen.together.most:
            yield seen.together.said("id")
        for finding in findings:
            yield from told(finding)


def told(finding: Finding) -> Iterator[str]:
    words = render(finding)
    yield f"{finding.code} {finding.cell}: {words.message}"
    yield f"    {words.remedy}"
    figures = [str(value) for value in (finding.found, finding.expected, finding.difference, finding.rupiah)]
    yield f"    {' | '.join(figures)} | {', '.join(map(str, finding.related))}".rstrip()


def test_words_are_the_approved_ones() -> None:
    assert "\n".join(lines()) + "\n" == WORDS.read_text(encoding="utf-8"), (
        "read them, then: python tests/rules/test_words.py"
    )


if __name__ == "__main__":
    WORDS.write_text("\n".join(lines()) + "\n", encoding="utf-8", newline="\n")
