"""What people changed in a workbook, for people: which row and column, what stood there, what stands there now."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from lakip_xl.cells import Cell, ErrorValue, Value
from lakip_xl.errors import Text
from lakip_xl.numbers import say_number
from lakip_xl.records import Change, Changes, Held, Record
from lakip_xl.report.text import WIDTH, counted, said_cells

_LONGEST = 60

BLANK = Text("kosong", "blank")
HIDDEN = Text("isi lain", "something else")
FORMULA = Text("rumus", "formula")


def lines(changes: Changes, lang: str = "id", width: int = WIDTH) -> list[str]:
    """The changes, the form's first; nothing where there are none."""
    return [line for title, items in groups(changes, lang) for line in counted(title, items, lang, width)]


def groups(changes: Changes, lang: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Each kind of change that there is: its title, and one sentence for each."""
    kinds: tuple[tuple[Text, list[str]], ...] = (
        (
            Text("Isian berubah", "Entries changed"),
            [changed(each, lang) for each in changes.changed if not each.follows],
        ),
        (
            Text("Ikut berubah, karena rumus buatan sendiri", "Changed with them, by formulas of the office's own"),
            [changed(each, lang) for each in changes.changed if each.follows],
        ),
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
        (
            Text(
                "Sel milik lakip-xl dihapus, diketik ulang, atau ditambahi",
                "Cells of lakip-xl's own emptied, typed over or added to",
            ),
            [said_cells(group, "") for group in _by_sheet(changes.broken)],
        ),
    )
    for title, items in kinds:
        if items:
            yield title.in_(lang), items


def _by_sheet(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Cells by sheet, each column from the top."""
    for sheet in dict.fromkeys(cell.sheet for cell in cells):
        yield sorted((cell for cell in cells if cell.sheet == sheet), key=lambda cell: (cell.column, cell.row))


def changed(change: Change, lang: str) -> str:
    """One entry: its cell, its row, its column, before and after."""
    column = f", {change.heading}" if change.heading else ""
    told = _from_to(change.before, change.after, lang, year=change.of_year)
    return f"{change.cell}  {named(change.record)}{column}: {told}"


def row(record: Record, lang: str) -> str:
    """One row: where it stands or stood, and what it is called."""
    first = next(iter(record.cells.values()))
    word = Text("baris", "row").in_(lang)
    return f"{first.cell.sheet} {word} {first.cell.row}  {named(record)}"


def named(record: Record) -> str:
    """What people call a row, not too long."""
    called = record.name if record.kode == record.name else record.called  # a total whose word stands in KODE
    return textwrap.shorten(called, _LONGEST, placeholder="...")


def _from_to(before: Held | None, after: Held | None, lang: str, *, known: bool = True, year: bool = False) -> str:
    """``known`` is whether a blank side is one; else something stood there that is not known any more. A ``year`` has no separators."""
    old = _held(before, lang, year) if before is not None or known else HIDDEN.in_(lang)
    return f"{old} -> {_held(after, lang, year)}"


def _held(held: Held | None, lang: str, year: bool) -> str:
    if held is None:
        return BLANK.in_(lang)
    if year and isinstance(held.value, float):
        return f"{held.value:g}"
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
