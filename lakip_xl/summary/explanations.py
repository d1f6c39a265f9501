"""What people explained on Catatan Perbaikan: read back, joined to today's findings, kept when its finding is gone.

An explanation is keyed by code, record and column, never by address, and belongs to the value that was found when it was written.
When the value changes, the text is carried over, marked "perlu ditinjau", and counts again once somebody edits it: the sheet
keeps the value of today, the value that the text was written for, and a digest of the text as we wrote it, so that an edited text is
known. An explanation whose finding is gone moves to the foot of the sheet with the same hidden keys. There it is read back like any
other, so a refill writes the same bytes, until the user deletes it or its finding returns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
SEVERITY, KODE, SEL, BARIS, WRITTEN, STATUS = "TINGKAT CATATAN", "KODE", "SEL", "BARIS", "YANG TERTULIS", "STATUS"
SEARCHED = 60
"""How far down the labels and headings of a sheet are looked for."""
UNSURE = "?"  # found_text gives this for no value: the explanation is to be reviewed
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
    cell: str = ""  # where the finding stood, for an explanation whose hidden keys were deleted

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
    """What an owned sheet held: explanations, and whatever else the user put there; ``unread`` explanations belong to no known finding."""

    notes: tuple[Note, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    unread: int = 0


def read(sheet: ReadSheet | None) -> Notes:
    """The explanations on Catatan Perbaikan, and the user's other cells on it; works for Ringkasan too, which has none of the former."""
    if sheet is None:
        return Notes()
    cells = sheet.cells
    hidden = {_label(cell.value): place for place, cell in sorted(cells.items(), reverse=True) if _label(cell.value)}
    header_row = hidden[CODE][0] if CODE in hidden else 0
    places = {label: place[1] for label, place in hidden.items()}
    if marks.HEADER not in places and (column := marks_column(cells, places.values())) is not None:
        places[marks.HEADER] = column
    seen: dict[str, int] = {}
    if not {CODE, RECORD, COLUMN} <= set(places) and (found := headings(cells)):
        header_row, seen = found
    entry = seen.get(EXPLANATION) or next(
        (c for (r, c), cell in sorted(cells.items()) if r == header_row and cell.value == EXPLANATION), 0
    )

    def text(row: int, label: str) -> str:
        cell = cells.get((row, places.get(label, 0)))
        return "" if cell is None or cell.value is None else _as_text(cell.value)

    notes, foreign, unread = [], [], 0
    for (row, column), cell in sorted(cells.items()):
        if (cell.formula is None and cell.value in (None, "")) or column in places.values():
            continue
        if column == entry and row > header_row and seen:
            note = _visible_note(cells, row, seen)
            if note is not None:
                notes.append(note)
            else:
                unread += bool(_as_text(cell.value).strip())
                foreign.append(Foreign(row, column, cell.value, cell.formula))
        elif column == entry and row > header_row and text(row, CODE):
            notes.append(_note(row, _as_text(cell.value).strip(), text))
        elif not _ours(cell, text(row, marks.HEADER)):
            foreign.append(Foreign(row, column, cell.value, cell.formula))
    return Notes(tuple(note for note in notes if note.text), tuple(foreign), unread)


def labels(sheet: ReadSheet) -> set[str]:
    """The hidden labels that a sheet carries: what tells a sheet of ours."""
    return {_label(cell.value) for (row, _), cell in sheet.cells.items() if row <= SEARCHED} - {""}


def headings(cells: Mapping[tuple[int, int], ReadCell]) -> tuple[int, dict[str, int]] | None:
    """The row of the headings that people see on Catatan Perbaikan, and their columns; None where it has none of the kind."""
    rows: defaultdict[int, dict[str, int]] = defaultdict(dict)
    wanted = (SEVERITY, KODE, SEL, BARIS, WRITTEN, STATUS, EXPLANATION)
    for (row, column), cell in cells.items():
        if row <= SEARCHED and isinstance(cell.value, str) and cell.value in wanted:
            rows[row].setdefault(cell.value, column)
    fitting = [(row, found) for row, found in sorted(rows.items()) if EXPLANATION in found and len(found) > 3]
    return fitting[0] if fitting else None


_MARKS = re.compile(r"[0-9a-f]{8}( [0-9a-f]{8})*")
_ENOUGH = 3  # rows whose cells carry their marks: no chance


def marks_column(cells: Mapping[tuple[int, int], ReadCell], others: Collection[int] = ()) -> int | None:
    """The column of marks, known by what it says of its rows, where its label went with the first row; ``others`` are not it."""
    rows: defaultdict[int, dict[int, ReadCell]] = defaultdict(dict)
    for (row, column), cell in cells.items():
        if row <= SEARCHED and (cell.formula is not None or cell.value not in (None, "")):
            rows[row][column] = cell
    fitting: Counter[int] = Counter()
    for held in rows.values():
        for column, cell in held.items():
            if column not in others and isinstance(cell.value, str) and _MARKS.fullmatch(cell.value):
                fitting[column] += any(_ours(other, cell.value) for at, other in held.items() if at != column)
    best = max(fitting, key=lambda column: (fitting[column], column), default=0)
    return best if fitting[best] >= _ENOUGH else None


def _visible_note(cells: Mapping[tuple[int, int], ReadCell], row: int, seen: Mapping[str, int]) -> Note | None:
    """An explanation by what people see in its row, where the hidden keys were deleted: code and cell; None where these are gone too."""

    def value(heading: str) -> Value:
        cell = cells.get((row, seen.get(heading, 0)))
        return None if cell is None else cell.value

    def shown(heading: str) -> str:
        return _as_text(value(heading)).strip()

    state = shown(STATUS)
    archived = state == ARCHIVED
    if not shown(KODE) or not (shown(SEL) or archived):
        return None
    found = shown(WRITTEN) if archived else UNSURE if state.startswith("perlu ditinjau") else found_text(value(WRITTEN))
    return Note(shown(KODE), shown(BARIS), "", found, shown(EXPLANATION), archived, "" if archived else shown(SEL))


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
    waiting: defaultdict[tuple[str, ...], list[Note]] = defaultdict(list)
    for note in notes.notes if notes else ():
        waiting[(note.code, note.cell) if note.cell else note.key].append(note)
    found: list[Note | None] = [None] * len(findings)
    for exact in (True, False):
        for place, finding in enumerate(findings):
            if found[place] is not None:
                continue
            where = f"{finding.cell.sheet}!{finding.cell.a1}"
            for rest in (waiting[finding.code, finding.record, finding.column], waiting[finding.code, where]):
                fitting = [note for note in rest if not exact or note.found == found_text(finding.found)]
                if fitting:
                    found[place] = fitting[0]
                    rest.remove(fitting[0])
                    break
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
