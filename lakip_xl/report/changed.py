"""What people changed in a workbook, for people: which row and column, what stood there, what stands there now."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from lakip_xl.cells import ErrorValue, Value
from lakip_xl.errors import Text
from lakip_xl.numbers import say_number
from lakip_xl.records import Change, Changes, Held, Record
from lakip_xl.report.text import WIDTH

SHOWN = 40
"""How many changes of one kind are shown; the rest are counted."""
_LONGEST = 60

BLANK = Text("kosong", "blank")
HIDDEN = Text("isi lain", "something else")
FORMULA = Text("rumus", "formula")


def lines(changes: Changes, lang: str = "id", width: int = WIDTH) -> list[str]:
    """The changes, the form's first; nothing where there are none."""
    found: list[str] = []
    for title, items in groups(changes, lang):
        found.append(f"{title}: {len(items)}")
        for item in items[:SHOWN]:
            found += textwrap.wrap(
                item,
                width,
                initial_indent="  ",
                subsequent_indent="    ",
                break_on_hyphens=False,
                break_long_words=False,
            )
        if len(items) > SHOWN:
            rest = len(items) - SHOWN
            found.append("  " + Text(f"... dan {rest} lagi.", f"... and {rest} more.").in_(lang))
    return found


def groups(changes: Changes, lang: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Each kind of change that there is: its title, and one sentence for each."""
    kinds: tuple[tuple[Text, list[str]], ...] = (
        (Text("Isian berubah", "Entries changed"), [changed(each, lang) for each in changes.changed]),
        (Text("Baris baru", "Rows added"), [row(each, lang) for each in changes.added]),
        (Text("Baris hilang", "Rows removed"), [row(each, lang) for each in changes.removed]),
        (Text("Lembar ditambahkan", "Sheets added"), list(changes.sheets_added)),
        (Text("Lembar dihapus", "Sheets removed"), list(changes.sheets_removed)),
        (Text("Lembar berganti nama", "Sheets renamed"), [f"{old} -> {new}" for old, new in changes.sheets_renamed]),
        (
            Text("Sel di luar formulir berubah", "Cells beside the form changed"),
            [
                f"{each.cell}: {_from_to(each.before, each.after, lang, known=each.kind == 'added')}"
                for each in changes.loose
            ],
        ),
        (
            Text(
                "Hasil hitungan lain walau isiannya sama (diketik menimpa rumus, atau berkas diubah tanpa Excel)",
                "Results that differ although the entries do not (typed over a formula, or changed without Excel)",
            ),
            [f"{each.cell}: {value(each.before, lang)} -> {value(each.after, lang)}" for each in changes.results],
        ),
    )
    for title, items in kinds:
        if items:
            yield title.in_(lang), items


def changed(change: Change, lang: str) -> str:
    """One entry: its cell, its row, its column, before and after."""
    column = f", {change.heading}" if change.heading else ""
    return f"{change.cell}  {named(change.record)}{column}: {_from_to(change.before, change.after, lang)}"


def row(record: Record, lang: str) -> str:
    """One row: where it stands or stood, and what it is called."""
    first = next(iter(record.cells.values()))
    word = Text("baris", "row").in_(lang)
    return f"{first.cell.sheet} {word} {first.cell.row}  {named(record)}"


def named(record: Record) -> str:
    """What people call a row, not too long."""
    return textwrap.shorten(record.called, _LONGEST, placeholder="...")


def _from_to(before: Held | None, after: Held | None, lang: str, *, known: bool = True) -> str:
    """``known`` is whether a blank side is one; else something stood there that is not known any more."""
    old = _held(before, lang) if before is not None or known else HIDDEN.in_(lang)
    return f"{old} -> {_held(after, lang)}"


def _held(held: Held | None, lang: str) -> str:
    if held is None:
        return BLANK.in_(lang)
    if held.formula is None:
        return value(held.value, lang)
    said = f"={textwrap.shorten(held.formula, _LONGEST, placeholder='...')}"
    return said if held.value is None else f"{value(held.value, lang)} ({FORMULA.in_(lang)} {said})"


def value(held: Value, lang: str) -> str:
    """A value as a sentence says it: numbers with separators, texts in quotes."""
    if held is None or held == "":
        return BLANK.in_(lang)
    if isinstance(held, bool):
        return str(held).upper()
    if isinstance(held, float | int):
        return say_number(float(held), lang)
    if isinstance(held, ErrorValue):
        return str(held)
    return f"'{textwrap.shorten(str(held), _LONGEST, placeholder='...') or str(held)}'"
