"""The verb fill, and how a workbook that was worked in is put in its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lakip_xl.errors import OutputRefused
from lakip_xl.tasks.examining import Examination, StrPath, examine, report_of

if TYPE_CHECKING:
    from lakip_xl.report.model import Report
    from lakip_xl.summary.explanations import Foreign
    from lakip_xl.table.hints import Hints
    from lakip_xl.workbook import Workbook


@dataclass
class Filled:
    """What a fill did: where the workbook is now, the backup that was made, how many cells changed, and the report.

    ``moved`` are the sheets to which the user's own entries on an owned sheet were moved; ``orphans`` the explanations whose finding
    is gone since the last check (code and text); ``unread`` counts explanations that cannot be tied to a finding any more, because the
    columns that say to which they belong were deleted.
    """

    path: Path
    backup: Path | None
    written: bool
    changed: int
    report: Report
    moved: tuple[str, ...] = ()
    orphans: tuple[tuple[str, str], ...] = ()
    unread: int = 0


def fill(
    source: StrPath,
    out: StrPath | None = None,
    *,
    in_place: bool = False,
    formulas: bool = False,
    force: bool = False,
    hints: Hints | None = None,
    extra: Collection[str] = (),
) -> Filled:
    """Fills the formulas, flags the rows, and writes Ringkasan and Catatan Perbaikan into a copy of the user's workbook.

    Without ``out`` the copy is ``<name>-selesai.xlsx``; a workbook that ``fill`` made is refilled under its own name after a
    backup. ``formulas`` turns typed results that agree into formulas; ``extra`` asks for further sheets ("narasi", "reviu"), which every
    later fill renews. Raises as ``examine``, and OutputRefused where the output
    may not or cannot be written; then nothing is written.
    """
    path = Path(source)
    seen = examine(path, formulas=formulas, hints=hints)
    target, original = target_of(seen, path, out, in_place, force), seen.book.original
    done = completed(seen, path, extra)
    del seen  # what was read and worked out of a large matrix would lie beside what is packed
    return save(done, path, target, original)


def target_of(seen: Examination, path: Path, out: StrPath | None, in_place: bool, force: bool) -> Path:
    """Where the filled workbook goes. Raises OutputRefused where it may not."""
    from lakip_xl.fill import output
    from lakip_xl.table.find import OWNED

    ours = any(seen.book.owned_sheet(name) is not None for name in OWNED.values())
    return output.target(path, None if out is None else Path(out), in_place, ours, force)


class Completed(NamedTuple):
    """A workbook with everything in it that a fill writes, still to be saved, and what ``Filled`` will say of it."""

    book: Workbook
    changed: int
    report: Report
    moved: tuple[str, ...]
    orphans: tuple[tuple[str, str], ...]
    unread: int


def completed(seen: Examination, path: Path, extra: Collection[str] = ()) -> Completed:
    """Fills an examined workbook, in memory: formulas, HASIL PERIKSA, and the sheets that the tool owns, with the ``extra`` ones. What was
    examined is let go of: it cannot be asked for its rows or edits again."""
    from lakip_xl import summary
    from lakip_xl.fill.apply import apply
    from lakip_xl.table.find import OWNED
    from lakip_xl.tasks import extras

    book = seen.book
    extras.settle(book)
    moved = _move_notes(book)
    titles = summary.Titles(
        ringkasan=book.title_for(OWNED["ringkasan"], "Ringkasan"),
        catatan=book.title_for(OWNED["catatan"], "Catatan Perbaikan"),
    )
    changed, report = apply(book, seen.document, seen.plan), report_of(seen, path)
    seen.plan.forget()
    pages = summary.build(seen.document, seen.findings, seen.plan.seen, titles, seen.notes)
    book.graft(pages, owned={titles.ringkasan: OWNED["ringkasan"], titles.catatan: OWNED["catatan"]})
    for room in extras.due(book, extra):
        title = book.owned_sheet(room.NAME)
        before = None if title is None else book.sheet(title)
        if title is not None and before is not None:
            moved += _moved_aside(book, room.NAME, title, room.foreign(before))
        title = book.title_for(room.NAME, room.TITLE)
        page = room.build(title, seen.document, seen.findings, seen.plan.seen, before)
        book.graft(page, owned={title: room.NAME})
    gone = summary.explanations.orphans(seen.findings, seen.notes)
    orphans = tuple((note.code, note.text) for note in gone if not note.archived)
    seen.document.let_go()
    return Completed(book, changed, report, moved, orphans, seen.notes.unread if seen.notes else 0)


def save(done: Completed, path: Path, target: Path, original: bytes) -> Filled:
    """Puts a completed workbook at ``target``; ``original`` is what stood at ``path`` when it was read."""
    written, kept = put(target, done.book.to_bytes(), path, original)
    return Filled(target, kept, written, done.changed, done.report, done.moved, done.orphans, done.unread)


def put(target: Path, data: bytes, source: Path, original: bytes) -> tuple[bool, Path | None]:
    """Puts the result in place after a backup of what is there; nothing where it is the same. Gives whether, and the backup."""
    from lakip_xl import files

    before = files.present(target)
    if before == data:
        return False, None
    if before is not None and target.samefile(source) and before != original:
        raise OutputRefused(
            f"'{source.name}' berubah selagi diperiksa; mungkin baru saja disimpan di Excel. Tidak ada yang ditulis. Ulangi perintahnya.",
            f"'{source.name}' changed while it was read; it may just have been saved in Excel. Nothing was written. Run it again.",
        )
    return True, files.exchange(target, data, like=source)


def _move_notes(book: Workbook) -> tuple[str, ...]:
    """Saves what a user put on the owned sheets beside the explanations: gives the titles of the sheets where it now is."""
    from lakip_xl.summary import explanations
    from lakip_xl.table.find import OWNED

    moved: tuple[str, ...] = ()
    for name in OWNED.values():
        title = book.owned_sheet(name)
        if title is not None:
            moved += _moved_aside(book, name, title, explanations.read(book.sheet(title)).foreign)
    return moved


def _moved_aside(book: Workbook, name: str, title: str, foreign: Sequence[Foreign]) -> tuple[str, ...]:
    """Saves what the user put on one owned sheet; gives the title of the sheet where it now is."""
    from lakip_xl.summary.kept import kept

    if _is_decorated(book, title) or len(title) > 31:
        # A picture or a comment cannot be moved: the sheet stays as it is, and becomes the user's.
        book.disown(name)
        return (title,)
    if not foreign:
        return ()
    number, new = 1, f"{title[:24]} (lama)"
    while book.has_sheet(new):
        number += 1
        new = f"{title[:21]} (lama {number})"
    book.graft(kept(new, title, foreign), owned={})
    return (new,)


def _is_decorated(book: Workbook, title: str) -> bool:
    """Whether somebody put more on an owned sheet than its cells and our charts."""
    from lakip_xl.summary import MOST_CHARTS

    found = book.attachments(title)
    return found.pop("chart", 0) > MOST_CHARTS or bool(found)
