"""What a workbook proves to a reviewer: how many of its rows hold what is asked for, with the cells that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.findings import Finding
from lakip_xl.numbers import read_number
from lakip_xl.rules.core import name_of
from lakip_xl.rules.names import plain
from lakip_xl.rules.reading import blank, zeroed
from lakip_xl.table.model import Document, Row, Table

YES, NO, PARTLY, OPEN = "Ya", "Tidak", "Sebagian", "—"
SHOWN = 3
"""So many rows that lack something are named; further ones are counted."""


class Evidence(NamedTuple):
    """A sentence with the cells that it speaks of: one cell, or those from ``cell`` to ``last``; None where there is none to show."""

    says: str
    cell: Cell | None = None
    last: Cell | None = None


class Answer(NamedTuple):
    """What the workbook says to a question: ``word`` is Ya, Tidak, Sebagian, or a dash where it cannot say; ``shown`` adds the count."""

    word: str
    shown: str
    evidence: tuple[Evidence, ...] = ()


class Part(NamedTuple):
    """How many of some rows hold what is asked for. ``absent``: the workbook has no such sheet or column, so nothing is known of them."""

    done: int
    of: int
    evidence: tuple[Evidence, ...]
    absent: bool = False


def verdict(parts: Sequence[Part], grade: Callable[[int, int], str] | None = None, flawed: bool = False) -> Answer:
    """Ya only where every row of every part holds what is asked for; Tidak where none does; a dash where nothing is known.

    ``grade`` gives a letter for the count; ``flawed`` says that something speaks against a plain Ya although the rows are complete.
    """
    done, of = sum(part.done for part in parts), sum(part.of for part in parts)
    evidence = tuple(each for part in parts for each in part.evidence)
    absent = any(part.absent for part in parts)
    if all(part.absent for part in parts):
        return Answer(OPEN, OPEN, evidence)
    if not done:
        word = NO
    elif done == of and not flawed and not absent and all(part.of for part in parts):
        word = YES
    else:
        word = PARTLY
    letter = f" ({grade(done, of)})" if grade is not None else ""
    count = f": {done} dari {of}" if of and (done < of or word == YES) else ""
    return Answer(word, f"{word}{letter}{count}", evidence)


def unknown(*says: str) -> Answer:
    """The workbook lacks what a comparison needs."""
    return Answer(OPEN, OPEN, tuple(Evidence(each) for each in says))


@dataclass(frozen=True)
class Case:
    """A document and its settled findings, as the checks ask for them."""

    document: Document
    findings: Sequence[Finding]

    def table(self, key: str) -> Table | None:
        """A table of the form, None where the workbook has none."""
        return self.document.tables.get(key)

    def measured(self, key: str) -> list[Row]:
        """The rows of a table that carry an indicator and are in use, also those that nobody filled in."""
        table = self.table(key)
        return [row for row in table.rows if row.text_of("indikator") and not zeroed(row)] if table is not None else []

    @cached_property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """Each sasaran with its rows, "" for rows that stand under none. One that is written again on every row is one all the same."""
        table = self.table("sasaran")
        found: dict[str, tuple[str, list[Row]]] = {}
        name = ""
        for row in table.rows if table is not None else ():
            if zeroed(row):
                continue
            name = row.text_of("sasaran") or name
            if name or row.text_of("indikator"):
                found.setdefault(plain(name), (name, []))[1].append(row)
        return list(found.values())

    @cached_property
    def open(self) -> list[Finding]:
        """The findings that still wait."""
        return [finding for finding in self.findings if finding.open]

    def doubted(self, table: Table, columns: Iterable[str]) -> dict[int, str]:
        """The rows of a table on which an open finding speaks of one of the columns, with the codes of these findings."""
        wanted = set(columns)
        found: dict[int, set[str]] = {}
        for finding in self.open:
            if finding.column in wanted:
                for cell in (finding.cell, *finding.related):
                    if cell.sheet == table.sheet:
                        found.setdefault(cell.row, set()).add(finding.code)
        return {row: ", ".join(sorted(codes)) for row, codes in found.items()}

    def share(self, key: str, rows: Sequence[Row], holds: Callable[[Row], bool], at: str, says: str) -> Part:
        """The rows of a table for which something holds; ``at`` is the column to look at, ``says`` what they then are or have."""
        table = self.table(key)
        if table is None:
            title = self.document.form.table(key).title if self._knows(key) else key.capitalize()
            return Part(
                0,
                0,
                (Evidence(f"Buku kerja ini tidak memuat lembar {title}; periksa pada naskah laporan."),),
                absent=True,
            )
        if not rows:
            return Part(0, 0, (Evidence(f"{table.sheet}: belum ada indikator."),))
        if not table.has(at):
            heading = table.spec.by_key[at].heading if at in table.spec.by_key else at.upper()
            return Part(
                0,
                0,
                (Evidence(f"{table.sheet}: kolom {heading} tidak ada; periksa pada naskah laporan."),),
                absent=True,
            )
        good = [row for row in rows if holds(row)]
        lacking = [row for row in rows if not holds(row)]
        first = Evidence(f"{table.sheet}: {len(good)} dari {len(rows)} {says}.", *span(table, rows, at))
        named = self.named(table, lacking, at, "belum") if good else ()  # where all of them lack it, the count says so
        return Part(len(good), len(rows), (first, *named))

    def named(self, table: Table, rows: Sequence[Row], at: str, word: str) -> tuple[Evidence, ...]:
        """The first few of some rows by name, the others counted."""
        found = [Evidence(f"{word}: {called(row)}", table.cell(row, at)) for row in rows[:SHOWN]]
        rest = rows[SHOWN:]
        if rest:
            found.append(Evidence(f"… dan {len(rest)} lainnya, mulai dari {called(rest[0])}", table.cell(rest[0], at)))
        return tuple(found)

    def _knows(self, key: str) -> bool:
        return any(spec.key == key for spec in self.document.form.tables)


def span(table: Table, rows: Sequence[Row], at: str) -> tuple[Cell, Cell | None]:
    """The cells of a column from the first of some rows to the last."""
    first, last = min(row.number for row in rows), max(row.number for row in rows)
    by_number = {row.number: row for row in rows}
    ends = table.cell(by_number[first], at), table.cell(by_number[last], at)
    return ends[0], ends[1] if ends[1] != ends[0] and ends[1].column == ends[0].column else None


def called(row: Row) -> str:
    """What people call a row, short."""
    name = name_of(row)
    return name.id if isinstance(name, Text) else name


def filled(row: Row, key: str) -> bool:
    """Whether somebody entered something in a column, or its formula gives something; a dash is no target and no cause."""
    entry = row.entry(key)
    return not blank(entry) and not (isinstance(entry.raw, str) and read_number(entry.raw).kind == "dash")
