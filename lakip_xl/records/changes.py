"""What was changed between two states of a workbook: rows added, removed and changed by key, cells beside the form, sheets."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from lakip_xl.cells import MAX_ROW, Cell, Value
from lakip_xl.form.shape import shape
from lakip_xl.records.model import Held, Record, Records, same, same_result, seen_from


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that is another now: the row as it is now, the column and its heading, and what it held; None where nothing stood or
    stands."""

    record: Record
    column: str
    heading: str
    before: Held | None
    after: Held | None

    @property
    def follows(self) -> bool:
        """Whether only the result of a formula differs: something that it reads was changed."""
        one, other = self.before, self.after
        if one is None or other is None or one.formula is None or other.formula is None:
            return False
        return seen_from(one.formula, one.cell) == seen_from(other.formula, other.cell)

    @property
    def of_year(self) -> bool:
        """Whether it is a year, in a column or as a field of Identitas: no amount, and written without separators."""
        return "tahun" in (self.column, self.record.key)

    @property
    def cell(self) -> Cell:
        """Where it stands now, or stood."""
        held = self.after if self.after is not None else self.before
        assert held is not None
        return held.cell


@dataclass(frozen=True, slots=True)
class Loose:
    """A cell beside the form that is another now; what it held is None where it was blank or where only its digest is known."""

    cell: Cell
    kind: str  # "added", "removed" or "changed"
    before: Held | None
    after: Held | None


class Result(NamedTuple):
    """A figure of the tool's own that shows something else now, on the form's rows or on Ringkasan."""

    cell: Cell
    before: Value
    after: Value


@dataclass(frozen=True)
class Changes:
    """All differences, each list in the order of the workbook.

    ``results`` and ``broken`` (cells of the tool's own that were emptied, typed over or added) are looked at where nothing that people
    enter differs: else they follow from that.
    """

    added: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()
    changed: tuple[Change, ...] = ()
    loose: tuple[Loose, ...] = ()
    sheets_added: tuple[str, ...] = ()
    sheets_removed: tuple[str, ...] = ()
    sheets_renamed: tuple[tuple[str, str], ...] = ()
    results: tuple[Result, ...] = ()
    broken: tuple[Cell, ...] = ()

    @property
    def entries(self) -> int:
        """How many rows and entries of the form differ."""
        return len(self.added) + len(self.removed) + len(self.changed)

    @property
    def any(self) -> bool:
        """Whether anything that people enter differs."""
        sheets = self.sheets_added or self.sheets_removed or self.sheets_renamed
        return bool(self.entries or self.loose or sheets or self.results or self.broken)


def compare(old: Records, new: Records) -> Changes:
    """The differences from ``old`` to ``new``."""
    gone = {key: record for key, record in old.rows.items() if key not in new.rows}
    come = {key: record for key, record in new.rows.items() if key not in old.rows}
    moved = bool(gone or come)
    pairs = [*_paired(gone, come), *((old.rows[key], record) for key, record in new.rows.items() if key in old.rows)]
    words = {**old.headings, **new.headings}
    changed = [change for before, after in pairs for change in _changes(before, after, moved, words)]
    renamed = _renamed(old, new)
    names = dict(renamed)
    left = [title for title in old.sheets if title not in new.sheets and title not in names]
    extra = [title for title in new.sheets if title not in old.sheets and title not in names.values()]
    loose = _loose(old, new, names, {*left, *extra}, Rows(pairs))
    whole = {*left, *extra}  # a sheet that came or went is named as a whole
    found = Changes(
        tuple(record for record in come.values() if record.cells and _sheet(record) not in whole),
        tuple(record for record in gone.values() if record.cells and _sheet(record) not in whole),
        tuple(sorted(changed, key=lambda change: _place(new, change.cell))),
        tuple(loose),
        tuple(extra),
        tuple(left),
        tuple(renamed),
    )
    return found if found.any else replace(found, results=tuple(_results(old, new)), broken=_broken(old, new))


def _results(old: Records, new: Records) -> Iterator[Result]:
    """Results that differ although no entry does; nothing for a workbook that was not filled yet."""
    if old.page is None or new.page is None:
        return
    for cell in sorted({*old.results} & {*new.results}, key=lambda cell: _place(new, cell)):
        yield from _result(cell, old.results[cell], new.results[cell])
    if old.page.snapshot == new.page.snapshot:  # else its figures are of another fill, with other explanations
        for cell in sorted({*old.page.values} & {*new.page.values}):
            yield from _result(cell, old.page.values[cell], new.page.values[cell])


def _broken(old: Records, new: Records) -> tuple[Cell, ...]:
    """Cells of the tool's own that somebody emptied, typed over or added."""
    if old.page is None or new.page is None:
        return ()
    gone = sorted({*old.results} - {*new.results}, key=lambda cell: _place(new, cell))
    broken = {*new.page.broken} - {*old.page.broken}
    if old.page.snapshot == new.page.snapshot:  # a formula that is gone while another of its row is alike
        broken |= {*old.page.values} - {*new.page.values}
    return (*gone, *sorted(broken))


def _result(cell: Cell, before: Value, after: Value) -> Iterator[Result]:
    if None not in (before, after) and not same_result(before, after):
        yield Result(cell, before, after)


def _place(records: Records, cell: Cell) -> tuple[int, int, int]:
    order = records.sheets.index(cell.sheet) if cell.sheet in records.sheets else len(records.sheets)
    return order, cell.row, cell.column


def _changes(before: Record, after: Record, moved: bool, words: Mapping[tuple[str, str], str]) -> Iterator[Change]:
    for column in dict.fromkeys((*after.cells, *before.cells)):
        one, other = before.cells.get(column), after.cells.get(column)
        heading = " ".join(words.get((after.table, column), "").split())
        if one is None or other is None:
            if one is not other:
                yield Change(after, column, heading, one, other)
        elif not same(one, other) and not (moved and _follows(one, other)):
            yield Change(after, column, heading, one, other)


def _follows(one: Held, other: Held) -> bool:
    """Whether a formula differs only because rows came or went between it and what it reads: the program moved its addresses."""
    if one.formula is None or other.formula is None:
        return False
    bare = Held(one.value, None, one.cell), Held(other.value, None, other.cell)
    return shape(one.formula) == shape(other.formula) and same(*bare)


def _paired(
    gone: dict[tuple[str, str], Record], come: dict[tuple[str, str], Record]
) -> Iterator[tuple[Record, Record]]:
    """Rows that got another key, since their kode, name or a name above them changed; they are taken out of ``gone`` and ``come``.

    A row is the same where everything else that was entered in it is, and no other row could be meant; else where it stands in the same
    cells and most of it is the same.
    """
    for told in (_without_names, _where):
        waiting: defaultdict[object, list[tuple[str, str]]] = defaultdict(list)
        for key, record in gone.items():
            waiting[told(record)].append(key)
        there: defaultdict[object, list[tuple[str, str]]] = defaultdict(list)
        for key, record in come.items():
            there[told(record)].append(key)
        for mark, keys in waiting.items():
            others = there.get(mark, [])
            if mark is None or len(keys) != 1 or len(others) != 1:
                continue
            before, after = gone[keys[0]], come[others[0]]
            if told is _where and not _alike(before, after):
                continue
            del gone[keys[0]], come[others[0]]
            yield before, after


_NAMES = ("no", "kode", "uraian", "sasaran", "tujuan", "jabatan")


def _without_names(record: Record) -> object:
    rest = tuple(sorted((key, held.written()) for key, held in record.cells.items() if key not in _NAMES))
    return (record.table, rest) if len(rest) > 1 else None


def _sheet(record: Record) -> str | None:
    """The sheet of a row; None for one without entries, which nobody misses."""
    return next((held.cell.sheet for held in record.cells.values()), None)


def _where(record: Record) -> tuple[str, str, int] | None:
    return next(((record.table, held.cell.sheet, held.cell.row) for held in record.cells.values()), None)


def _alike(before: Record, after: Record) -> bool:
    columns = {*before.cells, *after.cells}
    equal = sum(
        key in before.cells and key in after.cells and same(before.cells[key], after.cells[key]) for key in columns
    )
    return equal * 2 >= len(columns)


def _renamed(old: Records, new: Records) -> list[tuple[str, str]]:
    """Sheets that hold the same under another title."""
    found: list[tuple[str, str]] = []
    for title in old.sheets:
        if title in new.sheets:
            continue
        tables = {key for key, sheet in old.titles.items() if sheet == title}
        for other in new.sheets:
            if other in old.sheets or other in {name for _, name in found}:
                continue
            theirs = {key for key, sheet in new.titles.items() if sheet == other}
            if tables == theirs and (tables or _contents(old.loose, title) == _contents(new.loose, other)):
                found.append((title, other))
                break
    return found


def _contents(loose: Mapping[Cell, str], title: str) -> list[tuple[int, int, str]]:
    return sorted((cell.row, cell.column, digest) for cell, digest in loose.items() if cell.sheet == title)


def _loose(old: Records, new: Records, names: Mapping[str, str], whole: Iterable[str], rows: Rows) -> Iterator[Loose]:
    """Cells beside the form; those that only moved with their rows are the same. A sheet that came or went is named as a whole."""
    left_out = set(whole)
    before = {cell._replace(sheet=names.get(cell.sheet, cell.sheet)): digest for cell, digest in old.loose.items()}
    shown = {cell._replace(sheet=names.get(cell.sheet, cell.sheet)): held for cell, held in old.shown.items()}
    gone = {cell: d for cell, d in before.items() if new.loose.get(cell) != d and cell.sheet not in left_out}
    come = {cell: d for cell, d in new.loose.items() if before.get(cell) != d and cell.sheet not in left_out}
    for cell in list(gone):
        for step in rows.steps(cell):
            there = cell._replace(row=cell.row + step)
            if come.get(there) == gone[cell]:
                del gone[cell], come[there]
                break
    for cell in sorted({*gone, *come}, key=lambda cell: _place(new, cell)):
        kind = "changed" if cell in gone and cell in come else "added" if cell in come else "removed"
        yield Loose(
            cell, kind, shown.get(cell) if cell in gone else None, new.shown.get(cell) if cell in come else None
        )


class Rows:
    """Where the rows of the form went, sheet by sheet: what stands beside, between and below them went with them."""

    def __init__(self, pairs: Iterable[tuple[Record, Record]]) -> None:
        found: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for before, after in pairs:
            one, other = _where(before), _where(after)
            if one is not None and other is not None:
                found[other[1]][one[2]] = other[2] - one[2]
        self._moved = {sheet: sorted(steps.items()) for sheet, steps in found.items() if any(steps.values())}

    def steps(self, cell: Cell) -> tuple[int, ...]:
        """By how many rows a cell may have moved: as the row of the form above it, or below it."""
        moved = self._moved.get(cell.sheet, [])
        after = bisect_right(moved, (cell.row, MAX_ROW))
        near = [moved[place][1] for place in (after - 1, after) if 0 <= place < len(moved)]
        return tuple(dict.fromkeys(step for step in near if step))
