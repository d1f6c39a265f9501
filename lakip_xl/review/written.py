"""What people wrote on Kertas Kerja Reviu, read back: by key, wherever the rows and columns stand now.

Every row in which somebody may type carries hidden keys: which row it is, a digest of each text that was ours, what the sheet says there
today, what it said when the entries were written, and a digest of all of them as we wrote them. So a text that somebody edited is known
from one of ours, and entries that were edited since the last fill from those that were not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lakip_xl.cells import ErrorValue, Value
from lakip_xl.review.checklist import ITEMS
from lakip_xl.summary import explanations, marks
from lakip_xl.summary.explanations import SEARCHED, Foreign, ReadCell, ReadSheet

KEY, OURS, SAID, MEANT, TEXTS = "lakip:reviu", "lakip:usulan", "lakip:hasil", "lakip:hasil yang ditinjau", "lakip:isian"
HIDDEN = (KEY, OURS, SAID, MEANT, TEXTS)
HEADINGS = (
    "NO",
    "URAIAN\n(catatan: KONDISI)",
    "HASIL OTOMATIS\n(catatan: RUJUKAN)",
    "BUKTI\n(catatan: SEHARUSNYA)",
    "SEL BUKTI\n(catatan: REKOMENDASI)",
    "YA / TIDAK\n(catatan: STATUS)",
    "KETERANGAN\n(catatan: TANGGAPAN)",
)
COLUMNS = len(HEADINGS)
NUMBER, CONDITION, REFERENCE, CRITERION, ADVICE, STATE, REPLY = range(1, COLUMNS + 1)
ITEM, NOTE, OWN, FIELD = "butir ", "catatan ", "sendiri", "isian "
BEGIN, END = "awal catatan", "akhir catatan"  # the rows between which the notes stand
PROPOSED = (CONDITION, CRITERION, ADVICE)
"""The columns of a note for which we propose a text."""
FIELDS: Mapping[str, tuple[int, ...]] = {
    "nomor": (REFERENCE, STATE), "simpulan": (NUMBER,), "tempat": (STATE,), "nama": (CONDITION, CRITERION, STATE),
}  # fmt: skip
"""Single cells to fill in: their row, and the columns in it."""


def note_key(code: str, record: str, column: str, number: int) -> str:
    """The key of the note on a finding: address-free; ``number`` tells apart those that share the rest."""
    return NOTE + json.dumps([code, record, column, number], ensure_ascii=False)


def code_of(key: str) -> str:
    """The code of the finding that a note was proposed from."""
    return str(json.loads(key.removeprefix(NOTE))[0])


def slots(key: str) -> tuple[int, ...]:
    """The columns of a row in which people type."""
    if key.startswith(ITEM):
        if key.removeprefix(ITEM) not in ITEMS:  # of another version: nobody asks this any more
            return ()
        return (STATE, REPLY)
    if key.startswith(NOTE):
        return (*PROPOSED, REPLY)
    if key == OWN:
        return tuple(range(1, COLUMNS + 1))
    return FIELDS.get(key.removeprefix(FIELD), ()) if key.startswith(FIELD) else ()


def digests(key: str, values: Mapping[int, Value], ours: Collection[int]) -> str:
    """Which texts of a row are ours, as the hidden column keeps them; a dash for one that the person changed or emptied."""
    proposed = PROPOSED if key.startswith(NOTE) else ()
    return " ".join(f"{slot}:{marks.mark(values.get(slot) or '') if slot in ours else '-'}" for slot in proposed)


def digest(values: Mapping[int, Value], key: str) -> str:
    """One digest of everything in the columns of a row in which people type."""
    return marks.mark(" ".join(marks.mark(values.get(slot) or "") for slot in slots(key)))


@dataclass(frozen=True)
class Row:
    """One row as it was left: its key ("sendiri" for one that the reviewer added), what stands in it by column.

    by_hand  the columns whose content is the person's, also where he emptied a text of ours
    meant    what the sheet said there when the entries were written
    """

    key: str
    values: Mapping[int, Value] = field(default_factory=dict)
    by_hand: frozenset[int] = frozenset()
    meant: str = ""

    @property
    def carries(self) -> bool:
        """Whether a person wrote anything in it."""
        return any(self.values.get(slot) not in (None, "") for slot in self.by_hand)


class Written(NamedTuple):
    """The rows in the order of the sheet, and the cells that ``build`` would not keep."""

    rows: tuple[Row, ...] = ()
    foreign: tuple[Foreign, ...] = ()

    def by_key(self) -> dict[str, Row]:
        """The rows that have a key of their own."""
        return {row.key: row for row in self.rows if row.key != OWN}


def is_ours(sheet: ReadSheet) -> bool:
    """Whether a sheet carries our keys and marks. One whose hidden columns were deleted is all the user's."""
    places = _labels(sheet.cells)
    return KEY in places and _marks_at(sheet.cells, places) is not None


def read(sheet: ReadSheet | None) -> Written:
    """What people wrote on the sheet; everything is foreign on one that is not ours."""
    if sheet is None:
        return Written()
    cells = sheet.cells
    places = _labels(cells)
    marks_at = _marks_at(cells, places)
    if KEY not in places or marks_at is None:
        return Written(foreign=tuple(Foreign(*at, c.value, c.formula) for at, c in sorted(cells.items()) if _filled(c)))
    return _Reading(cells, places, marks_at).read()


def _labels(cells: Mapping[tuple[int, int], ReadCell]) -> dict[str, tuple[int, int]]:
    """Where the labels of the hidden columns stand."""
    found: dict[str, tuple[int, int]] = {}
    for place, cell in sorted(cells.items()):
        if place[0] <= SEARCHED and isinstance(cell.value, str) and cell.value in HIDDEN:
            found.setdefault(cell.value, place)
    return found


def _marks_at(cells: Mapping[tuple[int, int], ReadCell], places: Mapping[str, tuple[int, int]]) -> int | None:
    for (row, column), cell in sorted(cells.items()):
        if row <= SEARCHED and isinstance(cell.value, str) and cell.value.split(" ")[0] == marks.HEADER:
            return column
    return explanations.marks_column(cells, [column for _, column in places.values()])


def _filled(cell: ReadCell) -> bool:
    return cell.formula is not None or cell.value not in (None, "")


class _Reading:
    """One pass over a sheet of ours."""

    def __init__(
        self, cells: Mapping[tuple[int, int], ReadCell], places: Mapping[str, tuple[int, int]], marks_at: int
    ) -> None:
        self.cells = cells
        self.columns = {label: column for label, (_, column) in places.items()}
        self.head = places[KEY][0]
        self.marks_at = marks_at
        self.hidden = {*self.columns.values(), marks_at}
        self.slot_of = self._slots()
        self.rows = sorted({row for row, _ in cells})
        self.source = self._sources()

    def _slots(self) -> dict[int, int]:
        """Which of our columns each column of the sheet is: by its heading, else by the distance to the last one known."""
        found = {
            heading: column
            for (row, column), cell in sorted(self.cells.items(), reverse=True)
            if row == self.head and (heading := _tidy(cell.value))
        }
        slots: dict[int, int] = {}
        shift = 0
        for slot, heading in enumerate(HEADINGS, start=1):
            column = found.get(_tidy(heading))
            if column is not None:
                shift = column - slot
            slots.setdefault(slot + shift, slot)
        return slots

    def _text(self, row: int, label: str) -> str:
        cell = self.cells.get((row, self.columns.get(label, 0)))
        return cell.value if cell is not None and isinstance(cell.value, str) else ""

    def _marks(self, row: int) -> list[str]:
        cell = self.cells.get((row, self.marks_at))
        return cell.value.split() if cell is not None and isinstance(cell.value, str) else []

    def _key(self, row: int) -> str:
        return self._text(row, KEY) if row != self.head else ""

    def _sources(self) -> dict[int, int | None]:
        """For each row of the notes the row that holds its hidden keys, None for a row of the reviewer's own.

        They part where somebody sorted the columns that he sees, without the hidden ones; then RUJUKAN tells which note a row is.
        """
        keys = {row: self._key(row) for row in self.rows}
        fixed = [row for row, key in keys.items() if key in (BEGIN, END, OWN) or key.startswith(NOTE)]
        if not fixed:
            return {}
        region = [row for row in self.rows if fixed[0] <= row <= fixed[-1] and keys[row] not in (BEGIN, END)]
        reference = next((column for column, slot in self.slot_of.items() if slot == REFERENCE), 0)
        notes = {row: self._marks(row) for row in region if keys[row].startswith(NOTE)}
        shown = {
            row: marks.mark(cell.value)
            for row in region
            if (cell := self.cells.get((row, reference))) is not None and isinstance(cell.value, str) and cell.value
        }
        # A note that still stands beside its keys is no other row's, also where somebody copied its RUJUKAN.
        found: dict[int, int | None] = {row: row for row, mark in shown.items() if mark in notes.get(row, ())}
        free = {row: own for row, own in notes.items() if row not in found}
        for row, mark in shown.items():
            owners = [other for other, own in free.items() if mark in own]
            if row not in found and len(owners) == 1:
                found[row] = owners[0]
        taken = set(found.values())
        for row in region:
            if row not in found:
                found[row] = row if keys[row] and row not in taken else None
        return found

    def read(self) -> Written:
        rows: list[Row] = []
        foreign: list[Foreign] = []
        known: set[str] = set()
        by_row: dict[int, dict[int, ReadCell]] = {row: {} for row in self.rows}
        for (row, column), cell in self.cells.items():
            if column not in self.hidden and _filled(cell):
                by_row[row][column] = cell
        for row in self.rows:
            source = self.source.get(row, row)
            key = OWN if source is None else self._key(source)
            if key in known and key.startswith(NOTE):
                key = OWN  # a copy of a row is a row of the reviewer's own
            values, others = self._parted(by_row[row], key, [] if source is None else self._marks(source), key in known)
            foreign += [
                Foreign(row, column, by_row[row][column].value, by_row[row][column].formula) for column in others
            ]
            if key and key not in known and slots(key):
                rows.append(self._row(key, source, values))
            if key != OWN:
                known.add(key)
        return Written(tuple(rows), tuple(foreign))

    def _parted(
        self, held: Mapping[int, ReadCell], key: str, own_marks: Iterable[str], twice: bool
    ) -> tuple[dict[int, Value], list[int]]:
        """The entries of a row by our column, and the columns of what is the user's and has no place there."""
        wanted = set(slots(key)) if key and not twice else set()
        values: dict[int, Value] = {}
        others: list[int] = []
        ours = set(own_marks)
        for column, cell in sorted(held.items()):
            slot = self.slot_of.get(column)
            if slot is not None and slot in wanted:
                if not (key == OWN and slot == NUMBER and _is_running(cell)):
                    values[slot] = str(cell.value) if isinstance(cell.value, ErrorValue) else cell.value
                    if (
                        cell.formula is not None
                    ):  # its value stays; where its addresses lead in another place nobody knows
                        others.append(column)
            elif marks.mark(cell.value, cell.formula) in ours:
                continue
            elif not (cell.formula is not None and "#REF!" in cell.formula and ours):  # ours, whose source was deleted
                others.append(column)
        return values, others

    def _row(self, key: str, source: int | None, values: Mapping[int, Value]) -> Row:
        if source is None or key == OWN:
            return Row(key, values, frozenset(values))
        ours = dict(part.split(":", 1) for part in self._text(source, OURS).split() if ":" in part)
        by_hand = {
            slot
            for slot in slots(key)
            if (values.get(slot) not in (None, "") or str(slot) in ours)
            and ours.get(str(slot)) != marks.mark(values.get(slot) or "")
        }
        edited = self._text(source, TEXTS) != digest(values, key)
        return Row(key, values, frozenset(by_hand), self._text(source, SAID if edited else MEANT))


def _is_running(cell: ReadCell) -> bool:
    """Whether a cell in the column NO holds a running number, which is given anew."""
    value = cell.value
    return cell.formula is None and isinstance(value, float | int) and not isinstance(value, bool) and value % 1 == 0


def _tidy(value: Value) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
