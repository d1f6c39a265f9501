"""What people explained on Catatan Perbaikan: read back, joined to today's findings, kept when its finding is gone.

An explanation is keyed by code, record and column, never by address, and belongs to the value that was found when it was written.
When the value changes, the text is carried over, marked "perlu ditinjau", and counts again once somebody edits it: the sheet
keeps the value of today, the value that the text was written for, and a digest of the text as we wrote it, so that an edited text is
known. An explanation whose finding is gone moves to the foot of the sheet with the same hidden keys. There it is read back like any
other, so a refill writes the same bytes, until the user deletes it or its finding returns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple, Protocol

from lakip_xl.cells import Value
from lakip_xl.findings import Finding, Severity
from lakip_xl.numbers import round_half_up, to_decimal
from lakip_xl.summary import marks
from lakip_xl.table.model import Document

CODE, RECORD, COLUMN = "lakip:kode", "lakip:baris", "lakip:kolom"
FOUND, MEANT, DIGEST = "lakip:nilai", "lakip:nilai yang dijelaskan", "lakip:teks"
HIDDEN = (CODE, RECORD, COLUMN, FOUND, MEANT, DIGEST)
EXPLANATION = "PENJELASAN"
ARCHIVED = "catatannya sudah tidak ada"


class ReadCell(Protocol):
    """What is asked of a cell: its value, and its formula where it has one."""

    @property
    def value(self) -> Value: ...

    @property
    def formula(self) -> str | None: ...


class ReadSheet(Protocol):
    """What is asked of the sheet that is read back."""

    @property
    def cells(self) -> Mapping[tuple[int, int], ReadCell]: ...


class Note(NamedTuple):
    """One explanation: its key, the value it was written for, and the text."""

    code: str
    record: str
    column: str
    found: str
    text: str
    archived: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What ties it to a finding."""
        return self.code, self.record, self.column


class Foreign(NamedTuple):
    """A cell of an owned sheet that the tool did not write."""

    row: int
    column: int
    value: Value
    formula: str | None


@dataclass(frozen=True, slots=True)
class Notes:
    """What an owned sheet held: explanations, and whatever else the user put there."""

    notes: tuple[Note, ...] = ()
    foreign: tuple[Foreign, ...] = ()


def read(sheet: ReadSheet | None) -> Notes:
    """The explanations on Catatan Perbaikan, and the user's other cells on it; works for Ringkasan too, which has none of the former."""
    if sheet is None:
        return Notes()
    cells = sheet.cells
    hidden = {_label(cell.value): place for place, cell in sorted(cells.items(), reverse=True) if _label(cell.value)}
    header_row = hidden[CODE][0] if CODE in hidden else 0
    places = {label: place[1] for label, place in hidden.items()}
    entry = next((c for (r, c), cell in sorted(cells.items()) if r == header_row and cell.value == EXPLANATION), 0)

    def text(row: int, label: str) -> str:
        cell = cells.get((row, places.get(label, 0)))
        return "" if cell is None or cell.value is None else _as_text(cell.value)

    notes, foreign = [], []
    for (row, column), cell in sorted(cells.items()):
        if (cell.formula is None and cell.value in (None, "")) or column in places.values():
            continue
        if column == entry and row > header_row and text(row, CODE):
            notes.append(_note(row, _as_text(cell.value).strip(), text))
        elif not _ours(cell, text(row, marks.HEADER)):
            foreign.append(Foreign(row, column, cell.value, cell.formula))
    return Notes(tuple(note for note in notes if note.text), tuple(foreign))


def _label(value: Value) -> str:
    """The label of a hidden column that a cell holds; the marks of the first row stand behind theirs."""
    if not isinstance(value, str):
        return ""
    return value if value in HIDDEN else marks.HEADER if value.split(" ")[0] == marks.HEADER else ""


def _ours(cell: ReadCell, row_marks: str) -> bool:
    if cell.formula is not None and "#REF!" in cell.formula:
        return bool(row_marks)  # ours, its source was deleted; nothing of the user's is in it
    return marks.mark(cell.value, cell.formula) in row_marks.split()


def _note(row: int, explanation: str, text: _Text) -> Note:
    today = text(row, FOUND)
    edited = marks.mark(explanation) != text(row, DIGEST)
    found = today if edited and today != ARCHIVED else text(row, MEANT)
    return Note(text(row, CODE), text(row, RECORD), text(row, COLUMN), found, explanation, today == ARCHIVED)


class _Text(Protocol):
    def __call__(self, row: int, label: str) -> str: ...


def _as_text(value: Value) -> str:
    return value if isinstance(value, str) else found_text(value)


def found_text(value: Value | Decimal) -> str:
    """A found value as the hidden column keeps it: a number to six decimals, so that recalculation does not count, a text in quotes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        value = to_decimal(float(value))
    if isinstance(value, Decimal):
        return f"{round_half_up(value, 6).normalize():f}"
    return f'"{value[:1000]}"' if isinstance(value, str) else str(value)


def pair(findings: Sequence[Finding], notes: Notes | None) -> tuple[list[Note | None], list[Note]]:
    """For each finding its explanation, and the explanations left over. Where several share a key, the same value goes first."""
    waiting: defaultdict[tuple[str, str, str], list[Note]] = defaultdict(list)
    for note in notes.notes if notes else ():
        waiting[note.key].append(note)
    found: list[Note | None] = [None] * len(findings)
    for exact in (True, False):
        for place, finding in enumerate(findings):
            if found[place] is not None:
                continue
            rest = waiting[finding.code, finding.record, finding.column]
            fitting = [note for note in rest if not exact or note.found == found_text(finding.found)]
            if fitting:
                found[place] = fitting[0]
                rest.remove(fitting[0])
    return found, sorted(note for rest in waiting.values() for note in rest)


def orphans(findings: Sequence[Finding], notes: Notes | None) -> list[Note]:
    """Explanations whose finding is gone; those not yet ``archived`` are to be reported, this once."""
    return pair(findings, notes)[1]


def settle(findings: Iterable[Finding], notes: Notes | None, document: Document) -> list[Finding]:
    """The findings with their explanations. A warning may also be explained in KETERANGAN of its row; an error by nothing."""
    findings = list(findings)
    remarks = {
        (table.sheet, row.number): row.text_of("keterangan") or (row.head.text_of("keterangan") if row.head else "")
        for table in document.tables.values()
        for row in table.rows
    }
    settled = []
    for finding, note in zip(findings, pair(findings, notes)[0], strict=True):
        explanation, explained = "", False
        if note is not None:
            explanation = note.text
            explained = holds(finding, note)
        remark = _remark(finding, remarks)
        if not explained and finding.severity is Severity.WARNING and says_something(remark):
            explanation, explained = remark, True
        settled.append(replace(finding, explained=explained, explanation=explanation))
    return settled


def _remark(finding: Finding, remarks: Mapping[tuple[str, int], str]) -> str:
    """KETERANGAN of the finding's row; of a folded finding also those of all the rows that it was folded from."""
    home = (finding.cell.sheet, finding.cell.row)
    own = remarks.get(home, "")
    others = sorted({(cell.sheet, cell.row) for cell in finding.related} - {home})
    if says_something(own) or not others:
        return own
    texts = [remarks.get(place, "") for place in others]
    return "; ".join(dict.fromkeys(texts)) if all(says_something(text) for text in texts) else own


def holds(finding: Finding, note: Note | None) -> bool:
    """Whether this explanation settles the finding: written for the value of today, and no error."""
    if note is None or finding.severity is Severity.ERROR:
        return False
    return note.found == found_text(finding.found) and says_something(note.text)


def says_something(text: str) -> bool:
    """Whether a text can be an explanation at all; "-" and "v" are none."""
    return sum(char.isalnum() for char in text) >= 3
