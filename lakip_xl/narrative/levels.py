"""Money of one level that a text names as another's: the program's anggaran said of one of its kegiatan."""

from __future__ import annotations

import re
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.narrative import words
from lakip_xl.narrative.facts import Facts
from lakip_xl.table.locate import plain
from lakip_xl.table.model import Row

_KEYS = ("anggaran", "realisasi_anggaran")
_LEAST_NAME = 8
"""Letters of a name that is looked for; a shorter one may be an ordinary word."""


def mistaken(facts: Facts, passage: str, amount: re.Pattern[str]) -> Text | None:
    """What is wrong with the amount that a passage gives for the one row that it names, None where nothing plainly is.

    Wrong is only an amount that is exactly that of a row above or below and is none of the named row's own figures.
    """
    said = plain(passage)
    given = amount.findall(said)
    if len(given) != 1 or not facts.sources.has_matrix:
        return None
    row = _named(facts, said)
    if row is None:
        return None
    value, own = Decimal(given[0].replace(".", "")), _figures(facts, row)
    pagu, used = own
    if value in own or None in own or (pagu is not None and used is not None and value == pagu - used):
        return None
    above = row.parent
    relatives = [*row.descendants()]
    while above is not None:
        relatives.append(above)
        above = above.parent
    fitting = [
        (other, key)
        for other in relatives
        for key, figure in zip(_KEYS, _figures(facts, other), strict=True)
        if figure == value
    ]
    if len({id(other) for other, _ in fitting}) != 1:
        return None
    other, key = fitting[0]
    if plain(other.text_of("uraian")) == plain(row.text_of("uraian")):
        return None
    assert pagu is not None and used is not None
    right, cells = words.rupiah(pagu if key == "anggaran" else used), facts.document.matrix
    what = Text("anggaran", "the budget") if key == "anggaran" else Text("realisasi", "the realisation")
    theirs, ours = (f"{facts.name_of(each)} ({cells.cell(each, key)})" for each in (other, row))
    return Text(
        f"{words.rupiah(value)} adalah {what.id} {theirs}; {what.id} {ours} adalah {right}",
        f"{words.rupiah(value)} is {what.en} of {theirs}; {what.en} of {ours} is {right}",
    )


def _named(facts: Facts, said: str) -> Row | None:
    """The one row of the matrix that a passage names with its level; None where it names none or several."""
    found: list[tuple[int, int, Row]] = []
    for level, name, row in facts.names:
        if name in said and len(name) >= _LEAST_NAME:
            for match in re.finditer(rf"(?<!sub ){re.escape(level)} {re.escape(name)}(?!\w)", said):
                found.append((match.start(), match.end(), row))
    longest = [
        each
        for each in found
        if not any(o[0] <= each[0] and each[1] <= o[1] and o[1] - o[0] > each[1] - each[0] for o in found)
    ]
    rows = {id(row): row for _, _, row in longest}
    return next(iter(rows.values())) if len(rows) == 1 else None


def _figures(facts: Facts, row: Row) -> tuple[Decimal | None, Decimal | None]:
    table = facts.document.matrix
    anggaran, realisasi = (words.number_of(facts.sources.number(table, row, key)) for key in _KEYS)
    return anggaran, realisasi
