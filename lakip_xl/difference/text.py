"""What changed between two workbooks, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lakip_xl.difference.model import Difference
from lakip_xl.errors import Text
from lakip_xl.findings import Finding, ranked
from lakip_xl.report import changed
from lakip_xl.report.text import WIDTH, counted
from lakip_xl.rules.catalogue import render

GROUPS = (
    ("fixed", Text("Catatan yang sudah selesai", "Findings fixed")),
    ("new", Text("Catatan baru", "New findings")),
    ("still", Text("Catatan yang masih ada", "Findings still there")),
)


def dump(found: Difference, lang: str = "id", width: int = WIDTH) -> str:
    """Changed entries first, then the findings."""
    lines = [f"{found.names[0]} -> {found.names[1]}"]
    told = changed.lines(found.changes, lang, width)
    same = Text("Isian sama.", "The entries are the same.").in_(lang)
    lines += ["", *(told or [same]), ""]
    lines += _findings(GROUPS[0][1], found.fixed, lang, width)
    lines += _findings(GROUPS[1][1], found.new, lang, width)
    lines.append(f"{GROUPS[2][1].in_(lang)}: {len(found.still)}{_explained(found, lang)}")
    return "\n".join(lines) + "\n"


def _explained(found: Difference, lang: str) -> str:
    carried = sum(each.carried for each in found.still)
    newly = sum(each.newly_explained for each in found.still)
    lost = sum(each.lost for each in found.still)
    parts = [
        text.in_(lang)
        for count, text in (
            (carried, Text(f"{carried} penjelasan tetap berlaku", f"{carried} explanations still hold")),
            (newly, Text(f"{newly} baru dijelaskan", f"{newly} explained since")),
            (lost, Text(f"{lost} penjelasan tidak berlaku lagi", f"{lost} explanations no longer hold")),
        )
        if count
    ]
    return f" ({', '.join(parts)})" if parts else ""


def _findings(title: Text, findings: Sequence[Finding], lang: str, width: int) -> Iterator[str]:
    said = [f"{each.cell}  {each.code}  {render(each, lang).message}" for each in ranked(findings)]
    return counted(title.in_(lang), said, lang, width)
