"""What the sections on performance have in common: sentences about an indicator, rows of tables, and what to say where there is nothing."""

from __future__ import annotations

from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.narrative import words
from lakip_xl.narrative.facts import Facts, Measure
from lakip_xl.narrative.model import Content, Figures, Head, Sentence
from lakip_xl.table.model import Heading, Row

NO, INDICATOR, UNIT = Head("NO", "center"), Head("INDIKATOR KINERJA UTAMA"), Head("SATUAN", "center")
MONEY = ("anggaran", "realisasi_anggaran")
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
    if not (facts.sasaran or facts.iku):
        return ()  # said once, by ``absent``
    if len(facts.iku) == 1:
        return (of(key, facts.iku[0], text.replace("{}", f"indikator {facts.iku[0].name}")),)
    return (Sentence(f"{key}.kosong", words.sentence(text.replace("{}", "semua indikator kinerja utama"))),)


def spent_on(facts: Facts) -> list[Row]:
    """The rows of Belanja that hold money."""
    table = facts.document.tables.get("belanja")
    return [row for row in table.rows if facts.sources.holds(table, row, *MONEY)] if table is not None else []


def absent(facts: Facts) -> list[Text]:
    """What the workbook lacks for the report: said once, to whoever edits it, and in no sentence of the report itself."""
    tables = facts.document.tables
    parts = (
        ("Sasaran", tables.get("sasaran"), bool(facts.sasaran or facts.iku), "sasaran dan indikator", "sasaran and indicators"),
        ("Matriks", facts.document.matrix if facts.sources.has_matrix else None, bool(facts.programs), "program", "programs"),
        ("Belanja", tables.get("belanja"), bool(spent_on(facts)), "isian", "entries"),
    )  # fmt: skip
    return [
        Text(f"lembar {title}", f"the sheet {title}")
        if table is None
        else Text(f"{id} pada lembar {table.sheet}", f"{en} on the sheet {table.sheet}")
        for title, table, there, id, en in parts
        if not there
    ]
