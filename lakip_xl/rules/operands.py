"""From what a calculated cell is calculated, and whether what is wrong with it comes from there."""

from __future__ import annotations

from lakip_xl.cells import Cell
from lakip_xl.rules.reading import PAGU, SPENT
from lakip_xl.table.model import Entry, Row, Table

_QUARTERS = ("tw1", "tw2", "tw3", "tw4")
_OPERANDS = {
    "realisasi": _QUARTERS,
    "capaian": ("target", "realisasi"),
    "kategori": ("target", "realisasi"),
    "persen": (PAGU, SPENT),
    SPENT: ("rp_tw1", "rp_tw2", "rp_tw3", "rp_tw4"),
    **{f"persen_{quarter}": ("target", quarter) for quarter in _QUARTERS},
    "realisasi_renstra": ("realisasi_lalu", "realisasi"),
    "rp_renstra": ("rp_lalu", SPENT),
    "tingkat_renstra": ("target_renstra", "realisasi_renstra"),
    "tingkat_rp_renstra": ("pagu_renstra", "rp_renstra"),
}
"""From what the columns that the form calculates are calculated within a row, whoever wrote the formula."""

UNREADABLE = ("text", "date", "unit", "ambiguous")
"""Why an entry that should be a number cannot be read as one, although somebody wrote something (``Entry.fault``)."""


def unreadable_operands(table: Table, row: Row, key: str) -> list[str]:
    """The operands of a calculated column that cannot be read as numbers: an error in the column is their consequence."""
    home = row.head or row
    return [
        operand
        for operand in _OPERANDS.get(key, ())
        if _spoils(_holder(row, home, operand).entry(operand), row.entry(key))
    ]


def texts_as_operands(row: Row, key: str) -> list[tuple[Row, str]]:
    """The operands of a calculated column, by row and key, that are numbers stored as text, where its formula shows ``#VALUE!``."""
    result, home = row.entry(key), row.head or row
    if result.formula is None or str(result.raw) != "#VALUE!":
        return []
    holders = [(_holder(row, home, operand), operand) for operand in _OPERANDS.get(key, ())]
    return [(holder, operand) for holder, operand in holders if holder.entry(operand).as_text]


def _spoils(operand: Entry, result: Entry) -> bool:
    """Whether an error in the result comes from an operand: a text, or the very same error."""
    return operand.fault in UNREADABLE or (
        operand.fault == "error" and str(operand.raw) == str(result.raw) and result.formula is not None
    )


def text_in_sum(children: list[Row], row: Row, key: str) -> bool:
    """Whether a sum shows ``#VALUE!`` since a number stored as text was added."""
    result = row.entry(key)
    return result.formula is not None and str(result.raw) == "#VALUE!" and any(c.entry(key).as_text for c in children)


def spoiled_sum(children: list[Row], row: Row, key: str) -> bool:
    """Whether an error in a sum comes from a row below it: a text that was added, or the very same error."""
    result = row.entry(key)
    spoiled = any(_spoils(child.entry(key), result) for child in children)
    return result.formula is not None and (spoiled or text_in_sum(children, row, key))


def _holder(row: Row, head: Row, key: str) -> Row:
    """Money stands at the head of a row's indicators."""
    return head if key in (PAGU, SPENT) else row


def shown_as_error(table: Table, row: Row, key: str) -> list[Cell]:
    """The cells of a row that show an error because one operand cannot be read."""
    return [
        table.cell(row, other)
        for other, operands in _OPERANDS.items()
        if key in operands and row.entry(other).fault == "error" and table.has(other)
    ]


def target_makes_error(table: Table, row: Row, key: str) -> bool:
    """Whether a division by zero comes from a target of 0."""
    return _OPERANDS.get(key, ("",))[0] == "target" and row.number_of("target") == 0
