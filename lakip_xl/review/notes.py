"""Catatan Hasil Reviu: what is proposed from the open findings, joined to what the reviewer wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.cells import Value
from lakip_xl.findings import Finding, Severity, ranked
from lakip_xl.numbers import say_number
from lakip_xl.review.criteria import CRITERIA
from lakip_xl.review.written import (
    ADVICE,
    CONDITION,
    CRITERION,
    NOTE,
    NUMBER,
    OWN,
    PROPOSED,
    REPLY,
    Row,
    note_key,
    slots,
)
from lakip_xl.rules import catalogue
from lakip_xl.rules.core import CONFIDENCE
from lakip_xl.summary import marks

MOST, MOST_OF_ONE = 20, 3
"""So many notes are proposed, and so many of one code: two hundred of one kind are one note with a number."""
BLANKS, LEAST_BLANKS = 10, 3
"""Blank rows for the reviewer's own notes; as they fill up, never fewer than the second."""
WAITING, STALE = "terbuka", "perlu ditinjau: kondisi berubah"
EXPLAINED, GONE = "sudah dijelaskan", "sudah diperbaiki (tidak ditemukan lagi)"


class Proposal(NamedTuple):
    """A note as we would write it: its key, its texts by column, its finding, and whether it waits."""

    key: str
    texts: Mapping[int, str]
    finding: Finding
    waits: bool

    @property
    def said(self) -> str:
        """A digest of the condition: what entries beside it were written for."""
        return marks.mark(self.texts[CONDITION])


@dataclass(frozen=True)
class Line:
    """One row of the table as it is to be written: ``values`` by column, ``ours`` the columns whose text we propose.

    ``said`` is the digest of what we say there today, ``meant`` that of what the entries were written for.
    """

    key: str
    values: Mapping[int, Value]
    ours: frozenset[int] = frozenset()
    status: str = ""
    said: str = ""
    meant: str = ""
    finding: Finding | None = None


class Table(NamedTuple):
    """The rows of the table, and how many open findings have no row, by code."""

    lines: tuple[Line, ...]
    others: Mapping[str, int]


def proposals(findings: Sequence[Finding]) -> list[Proposal]:
    """A note for each error and warning, the gravest first; those that are explained do not wait."""
    numbers: Counter[tuple[str, str, str]] = Counter()
    keys: dict[int, str] = {}
    for finding in findings:  # by place, so that a key stays whatever the ranking says
        key = finding.code, finding.record, finding.column
        numbers[key] += 1
        keys[id(finding)] = note_key(*key, numbers[key])
    return [
        Proposal(keys[id(finding)], _texts(finding), finding, finding.open)
        for finding in ranked(findings)
        if finding.severity is not Severity.INFO
    ]


def _texts(finding: Finding) -> dict[int, str]:
    """Kondisi is the message; seharusnya the criterion, with the value or bound and its source; rekomendasi the remedy."""
    words, rule = catalogue.render(finding, "id"), catalogue.BY_CODE[finding.code]
    criterion = CRITERIA.get(finding.code, rule.why.id)  # a rule of tomorrow says at least why
    wanted = _said(finding.expected)
    if wanted:
        criterion = f"{criterion} Nilai atau batasnya: {wanted}."
    criterion += f"\nDasar: {rule.basis.text.id} ({CONFIDENCE[rule.basis.confidence].id})."
    return {CONDITION: words.message, CRITERION: criterion, ADVICE: words.remedy}


def _said(value: Value | Decimal) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return say_number(value, "id") if isinstance(value, Decimal | float | int) else str(value)


def joined(offered: Sequence[Proposal], before: Sequence[Row]) -> Table:
    """The rows of the table: what is proposed, and whatever the reviewer wrote, in the order in which he left it."""
    written = [row for row in before if row.key.startswith(NOTE) or (row.key == OWN and row.carries)]
    by_key = {row.key: row for row in written if row.key != OWN}
    chosen = _chosen(offered)
    by_proposal = {proposal.key: proposal for proposal in offered}
    kept = [row for row in written if row.key == OWN or row.carries or row.key in chosen]
    if not any(row.carries for row in kept):
        kept = []  # nobody has worked on it yet: the gravest first
    there = {row.key for row in kept}
    lines = [_line(row, by_proposal.get(row.key)) for row in kept]
    lines += [_line(by_key.get(key), by_proposal[key]) for key in chosen if key not in there]
    own = sum(line.key == OWN for line in lines)
    lines += [Line(OWN, {})] * max(LEAST_BLANKS, BLANKS - own)
    shown = {line.key for line in lines}
    rest = [proposal for proposal in offered if proposal.waits and proposal.key not in shown]
    return Table(tuple(lines), Counter(proposal.finding.code for proposal in rest))


def _chosen(offered: Sequence[Proposal]) -> Collection[str]:
    """The keys of the notes that are proposed, in their order."""
    found: dict[str, None] = {}
    codes: Counter[str] = Counter()
    for proposal in offered:
        if proposal.waits and len(found) < MOST and codes[proposal.finding.code] < MOST_OF_ONE:
            codes[proposal.finding.code] += 1
            found[proposal.key] = None
    return found


def _line(row: Row | None, proposal: Proposal | None) -> Line:
    """A row with the reviewer's texts where he wrote some, ours elsewhere."""
    if row is None:
        assert proposal is not None
        return Line(
            proposal.key, proposal.texts, frozenset(PROPOSED), WAITING, proposal.said, proposal.said, proposal.finding
        )
    if row.key == OWN:
        return Line(OWN, row.values)
    ours = frozenset(PROPOSED) - row.by_hand
    if proposal is None:  # the finding is gone: what was said of it stays as it stood
        return Line(row.key, row.values, ours & frozenset(row.values), GONE, row.meant, row.meant)
    values = {slot: proposal.texts[slot] if slot in ours else row.values.get(slot) for slot in slots(row.key)[:-1]}
    values[REPLY] = row.values.get(REPLY)
    meant = row.meant if row.carries else proposal.said
    status = EXPLAINED if not proposal.waits else WAITING if meant == proposal.said else STALE
    return Line(row.key, values, ours, status, proposal.said, meant, proposal.finding)


def numbered(lines: Sequence[Line]) -> list[Value]:
    """What stands in the column NO: the reviewer's own word, else a running number."""
    held = [line.values.get(NUMBER) for line in lines]
    return [float(number) if value in (None, "") else value for number, value in enumerate(held, start=1)]


__all__ = ["GONE", "Line", "Proposal", "Table", "joined", "numbered", "proposals"]
