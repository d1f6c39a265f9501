"""Reading Narasi back: the notes beside its sentences, and whatever else the user put there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lakip_xl.cells import Value
from lakip_xl.summary import explanations, marks
from lakip_xl.summary.explanations import Foreign, ReadCell, ReadSheet

KEY, DIGEST, NOTES = "lakip:kalimat", "lakip:sidik", "CATATAN ANDA"
"""Labels of the hidden columns with the key and the digest of each sentence, and the heading of the user's column."""


@dataclass(frozen=True)
class Kept:
    """What the sheet held: notes by the key of their sentence, the sentence as it stood, and the user's other cells."""

    notes: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)
    foreign: tuple[Foreign, ...] = ()


def is_ours(sheet: ReadSheet) -> bool:
    """Whether a sheet carries our marks: one whose hidden columns were deleted is the user's."""
    return marks.HEADER in explanations.labels(sheet) and _columns(sheet.cells) is not None


def foreign(sheet: ReadSheet) -> tuple[Foreign, ...]:
    """What the user typed on the sheet that ``build`` would not keep: all but the notes, and a sentence of his own in place of ours."""
    return read(sheet).foreign


def read(sheet: ReadSheet | None) -> Kept:
    """The notes and the user's other cells. A sentence that was edited counts as a note where its row has none."""
    if sheet is None or not is_ours(sheet):
        return Kept()
    places = _columns(sheet.cells)
    assert places is not None
    key_at, digest_at, note_at = places
    notes: dict[str, str] = {}
    rewritten: dict[str, Foreign] = {}
    others = []
    for each in explanations.read(sheet).foreign:
        key, text = _text(sheet.cells, each.row, key_at), each.value if isinstance(each.value, str) else ""
        if key and each.column == note_at and each.formula is None and key not in notes:
            notes[key] = text if text else explanations.found_text(each.value)
        elif (
            key
            and text
            and each.formula is None
            and each.column < note_at
            and key not in rewritten
            and _replaced(sheet.cells, each.row, digest_at)
        ):
            rewritten[key] = each
        else:
            others.append(each)
    for key, each in rewritten.items():
        if key in notes:
            others.append(each)
        else:
            notes[key] = str(each.value)
    said = {key: _sentence(sheet.cells, row, note_at) for key, row in _rows(sheet.cells, key_at).items()}
    return Kept(notes, said, tuple(sorted(others, key=lambda each: (each.row, each.column))))


def _columns(cells: Mapping[tuple[int, int], ReadCell]) -> tuple[int, int, int] | None:
    """The columns of key, digest and notes; None where one of them is gone."""
    found: dict[str, int] = {}
    for (row, column), cell in sorted(cells.items()):
        if row <= explanations.SEARCHED and cell.value in (KEY, DIGEST, NOTES) and cell.formula is None:
            found.setdefault(str(cell.value), column)
    return (found[KEY], found[DIGEST], found[NOTES]) if len(found) == 3 else None


def _text(cells: Mapping[tuple[int, int], ReadCell], row: int, column: int) -> str:
    cell = cells.get((row, column))
    value: Value = None if cell is None else cell.value
    return value if isinstance(value, str) and value != KEY else ""


def _rows(cells: Mapping[tuple[int, int], ReadCell], key_at: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for row, column in sorted(cells):
        if column == key_at and (key := _text(cells, row, column)):
            found.setdefault(key, row)
    return found


def _sentence(cells: Mapping[tuple[int, int], ReadCell], row: int, note_at: int) -> str:
    return next((text for column in range(1, note_at) if (text := _text(cells, row, column))), "")


def _replaced(cells: Mapping[tuple[int, int], ReadCell], row: int, digest_at: int) -> bool:
    """Whether our sentence does not stand in its row any more."""
    digest = _text(cells, row, digest_at)
    return bool(digest) and all(
        marks.mark(cell.value) != digest for (at, _), cell in cells.items() if at == row and cell.formula is None
    )
