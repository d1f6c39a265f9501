"""What the sections on performance have in common: sentences about an indicator, rows of tables, and what to say where there is nothing."""

from __future__ import annotations

from decimal import Decimal

from lakip_xl.narrative import words
from lakip_xl.narrative.facts import Facts, Measure
from lakip_xl.narrative.model import Content, Figures, Head, Sentence
from lakip_xl.summary.blocks import missing
from lakip_xl.table.model import Heading, Row

NO, INDICATOR, UNIT = Head("NO", "center"), Head("INDIKATOR KINERJA UTAMA"), Head("SATUAN", "center")
NEARLY = Decimal("0.005")
"""A difference below this shows as 0,00 and is called none."""


def of(kind: str, m: Measure, text: str) -> Sentence:
    """A sentence about an indicator; on Sasaran the indicator tells rows of one sasaran apart."""
    own = m.row.record if m.table.spec.key != "sasaran" else f"{m.row.record}|{words.clean(m.name).casefold()}"
    return Sentence(f"{kind}|{own}", words.sentence(text), m.row)


def about(kind: str, row: Row, text: str) -> Sentence:
    """A sentence about a row."""
    return Sentence(f"{kind}|{row.record}", words.sentence(text), row)


def key_of(program: Row | Heading) -> str:
    """What tells a program from others, wherever it stands."""
    return program.name.casefold() if isinstance(program, Heading) else program.record


def named(facts: Facts, number: int, m: Measure, *keys: str) -> list[Content]:
    """The number of the line, the indicator, and further columns of its row."""
    return [number, *(facts.sources.figure(m.table, m.row, key) for key in ("indikator", *keys))]


def entered(facts: Facts, *keys: str) -> bool:
    """Whether the sheet of the sasaran holds one of these for any indicator."""
    return any(facts.sources.holds(m.table, m.row, *keys) for m in facts.iku)


def nothing(facts: Facts, key: str, text: str) -> tuple[Sentence | Figures, ...]:
    """One sentence where nothing of a kind was entered for any indicator; ``text`` has a place for whose it is."""
    lack = lacking(facts, "indikator")
    if lack:
        return (Sentence(f"{key}.kosong", lack),)
    if len(facts.iku) == 1:
        return (of(key, facts.iku[0], text.replace("{}", f"indikator {facts.iku[0].name}")),)
    return (Sentence(f"{key}.kosong", words.sentence(text.replace("{}", "semua indikator kinerja utama"))),)


def lacking(facts: Facts, what: str) -> str:
    """Why nothing can be said of the sasaran, "" where something can."""
    table = facts.document.tables.get("sasaran")
    return missing(table, what, "Sasaran") if table is None or not (facts.sasaran or facts.iku) else ""


def no_programs(facts: Facts) -> str:
    """Why nothing can be said of programs."""
    return missing(facts.document.matrix if facts.sources.has_matrix else None, "program", "Matriks")
