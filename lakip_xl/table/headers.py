"""Finds a table under headings of one to four rows: merged groups, K/Rp/% sub-columns, a group written over its first column only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache, partial

from lakip_xl.cells import Area, Value
from lakip_xl.form.spec import Column, Kind, TableSpec, Under
from lakip_xl.table import years
from lakip_xl.table.locate import HEADER_SEARCH_ROWS, Located, headings, near_misses, plain

MOST_HEADER_ROWS = 4
"""Rows of headings that one table may have."""

WIDEST_GROUP = 200
"""Columns that one heading may stand over."""

_Place = tuple[int, int]
_NOTHING: tuple[_Place, str] = ((0, 0), "")
Head = tuple[int, tuple[str, ...], bool]

# How the sub-columns of a group are headed. "Target" stands for K where a group has volume, satuan and pagu.
PARTS: Mapping[str, tuple[str, ...]] = {
    "K": ("k", "kinerja", "volume", "vol", "fisik", "capaian kinerja", "k(kinerja)", "target kinerja", "realisasi kinerja"),
    "Rp": ("rp", "keuangan", "anggaran", "pagu", "pagu rp", "pagu(rp)", "anggaran(rp)", "rp(anggaran)", "realisasi anggaran", "(rp)"),
    "%": ("%", "persen", "persentase", "(%)"),
    "satuan": ("satuan", "sat"),
}  # fmt: skip
_PART_OF = {word: part for part, words in PARTS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts at the top of a sheet, merged cells looked through: ``at`` gives a text and the cell that it stands in."""

    values: Mapping[_Place, str]
    anchors: Mapping[_Place, _Place] = field(default_factory=dict)
    figures: Set[_Place] = frozenset()  # what is filled in there and no text
    # By row, last row of the block, and column: the group that a blank cell belongs to, so that none walks its whole row.
    _groups: dict[tuple[int, int, int], tuple[_Place, str]] = field(default_factory=dict, compare=False, repr=False)
    # What stands in a block of rows, for the next of the forms that a sheet is held against: most of the search is this.
    _blocks: dict[_Place, list[Head]] = field(default_factory=dict, compare=False, repr=False)
    _rows: dict[int, list[int]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, values: Mapping[_Place, Value], merged: Collection[Area]) -> Texts:
        """``values`` by row and column, as far down as headings are looked for."""
        texts = {
            place: " ".join(value.split())
            for place, value in values.items()
            if isinstance(value, str) and value.strip() and place[0] <= HEADER_SEARCH_ROWS
        }
        anchors = {
            (row, column): (area.top, area.left)
            for area in merged
            if area.top <= HEADER_SEARCH_ROWS and area.right - area.left < WIDEST_GROUP
            for row in range(area.top, min(area.bottom, HEADER_SEARCH_ROWS) + 1)
            for column in range(area.left, area.right + 1)
        }
        figures = {
            place
            for place, value in values.items()
            if place not in texts and value not in (None, "") and place[0] <= HEADER_SEARCH_ROWS
        }
        return cls(texts, anchors, figures)

    def at(self, row: int, column: int) -> tuple[_Place, str]:
        """The cell that shows there, and its text; "" where there is none."""
        anchor = self.anchors.get((row, column), (row, column))
        return anchor, self.values.get(anchor, "")

    def words(self, top: int, bottom: int) -> set[str]:
        """Every word that is shown in some rows, by a merged area that reaches into them, too."""
        shown = {place for place in self.values if top <= place[0] <= bottom}
        shown |= {anchor for (row, _), anchor in self.anchors.items() if top <= row <= bottom}
        return {word for place in shown for word in _words(self.values.get(place, ""))}

    def path(self, top: int, bottom: int, column: int) -> tuple[str, ...]:
        """The headings above a column from the widest to its own, each once."""
        return tuple(self._seen(top, bottom, column).values())

    def heads(self, top: int, bottom: int) -> list[Head]:
        """The columns with headings in a block of rows: each with its path, and whether the lowest of it is its own."""
        found = self._blocks.get((top, bottom))
        if found is None:
            columns = sorted({column for _, column in (*self.values, *self.anchors)})
            paths = ((column, self.path(top, bottom, column)) for column in columns)
            found = [(column, path, _own(self, top, bottom, column)) for column, path in paths if path]
            self._blocks[top, bottom] = found
        return found

    def tall(self, top: int, bottom: int) -> Iterator[tuple[int, str]]:
        """The headings that begin above a block and have nothing below them in it, as if merged down to its last row."""
        if not self._rows:
            for row, column in self.values:
                self._rows.setdefault(row, []).append(column)
        taken: set[int] = set()
        for row in range(top - 1, max(bottom - MOST_HEADER_ROWS, 0), -1):
            if row not in self._rows:
                return  # what stands above a blank row is a title
            for column in self._rows[row]:
                if column not in taken and (row, column) not in self.anchors:
                    taken.add(column)
                    below = [(under, column) for under in range(row + 1, bottom + 1)]
                    if not any(self.at(*place)[1] or place in self.figures for place in below):
                        yield column, self.values[row, column]

    def above(self, row: int, column: int) -> list[tuple[_Place, str]]:
        """The groups above the heading that a column has in a row, the nearest first, with the cells that they stand in."""
        own, top = self.at(row, column)[0], row
        while top > 1 and row - top < MOST_HEADER_ROWS - 1 and any(place[0] == top - 1 for place in self.values):
            top -= 1
        return [(anchor, text) for anchor, text in self._seen(top, row, column).items() if anchor != own][::-1]

    def _seen(self, top: int, bottom: int, column: int) -> dict[_Place, str]:
        seen: dict[_Place, str] = {}
        for row in range(top, bottom + 1):
            anchor, text = self.at(row, column)
            if not text and row < bottom and (row, column) not in self.anchors:
                anchor, text = self._spread(row, bottom, column)
            if text:
                seen.setdefault(anchor, text)
        return seen

    def _spread(self, row: int, bottom: int, column: int) -> tuple[_Place, str]:
        """The group that a blank cell belongs to: the text to its left, where both have headings of their own below."""
        if not self._below(row, bottom, column):
            return _NOTHING
        found, left = self._groups.get((row, bottom, column)), column - 1
        while found is None:
            found = self._groups.get((row, bottom, left))
            if found is None and not self._below(row, bottom, left):
                found = _NOTHING
            elif found is None and (there := self.at(row, left))[1]:
                found = there if there[0][0] == row else _NOTHING
            left -= 1
        self._groups[row, bottom, column] = found
        return found

    def _below(self, row: int, bottom: int, column: int) -> bool:
        return any(
            self.at(below, column)[1] and self.at(below, column)[0][0] > row for below in range(row + 1, bottom + 1)
        )


def locate_deep(
    spec: TableSpec,
    texts: Texts,
    header_row: int = 0,
    asked: Collection[str] = (),
    year: years.Told = years.NOT_TOLD,
) -> Located | None:
    """The block of heading rows under which most columns of the form are found; ``header_row`` is its last row, if it is known.

    ``year`` tells which of several years is meant. Blocks whose words cannot head all the columns that are ``asked`` for are not looked at.
    """
    rows = [header_row] if header_row else sorted({row for row, _ in texts.values})
    if asked:
        rows = [row for row in rows if _may_hold(spec, asked, texts.words(row - MOST_HEADER_ROWS + 1, row))]
    known = headings(spec)
    # Where the levels have columns of their own, each may have an indicator of its own as well.
    once = {"indikator", *(name.key for name in spec.names)} if spec.names else {key for key, _ in spec.years}
    told = lru_cache(maxsize=None)(partial(years.key_of if spec.years else key_of, spec, known=known))
    best: Located | None = None
    for bottom in rows:
        for height in range(1, MOST_HEADER_ROWS + 1):
            top = bottom - height + 1
            if top < 1:
                break
            strangers: dict[int, str] = {}
            claims: dict[str, list[int]] = {}
            named: dict[int, int] = {}
            for column, path, own in texts.heads(top, bottom):
                key = told(path) if own else ""
                if key:
                    claims.setdefault(key, []).append(column)
                    named[column] = years.year_of(path) if spec.years else 0
                else:
                    strangers[column] = " ".join(path)
            tall = dict(texts.tall(top, bottom)) if len(named) >= _ENOUGH else {}
            for column in _joined(tall, named, strangers):
                if (key := told((tall[column],))) and key not in claims:
                    claims[key] = [column]
                    named[column] = years.year_of((tall[column],)) if spec.years else 0
            if spec.years:
                above = [text for (row, _), text in texts.values.items() if row < top]
                claims = years.assign(spec, claims, named, year, above, top, bottom)
            found = {key: claimed[0] for key, claimed in claims.items()}
            # Of as many columns, those whose years are told by the row above are better than those that several claim.
            clearer = spec.years and best is not None and best.doubts and all(len(c) == 1 for c in claims.values())
            if best is None or len(found) > len(best.columns) or (clearer and len(found) == len(best.columns)):
                _drop_other_percentages(found)
                doubts = {
                    k: c for k, c in claims.items() if len(c) > 1 and (spec.by_key[k].kind in _FIGURES or k in once)
                }
                best = Located(
                    bottom, found, near_misses(spec, found, list(strangers.values()), known), top, doubts, strangers
                )
    return best if best is not None and best.columns else None


_ENOUGH = 3
"""Columns that a block of headings must have before others join it from above."""


def _joined(tall: Collection[int], named: Collection[int], strangers: Collection[int]) -> list[int]:
    """The columns of tall headings without a gap to the others: beyond one, a word like Anggaran heads a box beside the table."""
    if not tall:
        return []
    headed = {*tall, *named, *strangers}
    first, last = min(named), max(named)
    while first - 1 in headed:
        first -= 1
    while last + 1 in headed:
        last += 1
    return [column for column in sorted(tall) if first <= column <= last]


def _may_hold(spec: TableSpec, asked: Collection[str], words: Set[str]) -> bool:
    """Whether the words of some rows are enough to head each of the columns, in one of the ways in which it is headed."""
    for key in asked:
        column = spec.by_key[key]
        flat = any(_words(heading) <= words for heading in (column.heading, *column.aliases))
        if not flat and not any(_all_asked(under, words) for under in column.under):
            return False
    return True


@lru_cache(maxsize=4096)  # each text of a sheet is asked about once for every form
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", plain(text)))


def _all_asked(under: Under, words: Set[str]) -> bool:
    return not any(words.isdisjoint(places) for places in _places(under.words))


@lru_cache
def _places(words: str) -> tuple[frozenset[str], ...]:
    """The alternatives of each place of ``Under.words``."""
    return tuple(frozenset(each.split("|")) for each in words.split())


@lru_cache
def _without(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FIGURES = (Kind.NUMBER, Kind.RUPIAH)


def _drop_other_percentages(found: dict[str, int]) -> None:
    """The % of a quarter is that of the figure left of it; behind the rupiah it is none of the form's."""
    for quarter in range(1, 5):
        place = found.get(f"persen_tw{quarter}")
        if place is not None and found.get(f"tw{quarter}") != place - 1:
            del found[f"persen_tw{quarter}"]


def _own(texts: Texts, top: int, bottom: int, column: int) -> bool:
    """Whether the lowest heading of a column is its own: not that of a group which its neighbour shares."""
    lowest = next((row for row in range(bottom, top - 1, -1) if texts.at(row, column)[1]), 0)
    if not lowest:
        return True  # a group that is written over its first column only
    anchor, _ = texts.at(lowest, column)
    return texts.anchors.get((lowest, column + 1)) != anchor and anchor[1] == column


def key_of(spec: TableSpec, path: tuple[str, ...], known: Mapping[str, str]) -> str:
    """The column of the form that these headings stand for, "" where they stand for none."""
    whole = known.get(plain(" ".join(path)))
    if whole is not None:
        return whole
    part = _PART_OF.get(plain(path[-1]), "") if len(path) > 1 else ""
    words = _words(" ".join(path[:-1] if part else path))
    for column in spec.columns:
        for under in column.under:
            if _stands(under, words, part):
                return column.key
    return known.get(plain(path[-1]), "") if len(path) > 1 and not part and _is_flat(spec, path[-1], known) else ""


def _is_flat(spec: TableSpec, text: str, known: Mapping[str, str]) -> bool:
    """Whether a column is told by its own heading, whatever stands above it: one without groups."""
    key = known.get(plain(text), "")
    column: Column | None = spec.by_key.get(key)
    return column is not None and not column.under


def _stands(under: Under, words: Set[str], part: str) -> bool:
    return part == under.part and _all_asked(under, words) and words.isdisjoint(_without(under.without))
