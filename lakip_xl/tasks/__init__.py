"""One short function for each verb: the public Python API. The command line only translates to and from these."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lakip_xl.cells import REF, Cell, Value
from lakip_xl.errors import LakipError, MissingSheet, OutputRefused, Text
from lakip_xl.findings import Finding

if TYPE_CHECKING:
    from lakip_xl.adopt import Adoption
    from lakip_xl.fill.plan import Plan
    from lakip_xl.report.model import Report
    from lakip_xl.summary.explanations import Notes
    from lakip_xl.table.choose import Hints
    from lakip_xl.table.model import Document
    from lakip_xl.workbook import Workbook

StrPath = str | os.PathLike[str]


@dataclass
class Examination:
    """A workbook that was read, planned and judged; ``document`` is in the state that it has once filled."""

    book: Workbook
    document: Document
    plan: Plan
    findings: list[Finding]
    notes: Notes | None


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


def examine(
    source: StrPath | bytes, *, formulas: bool = False, name: str = "", hints: Hints | None = None
) -> Examination:
    """Reads a workbook (a path, or its bytes) and judges it as it will be once filled. Nothing is written.

    ``hints`` say where the matrix stands, where its headings do not tell.
    Raises UnreadableWorkbook, UnsupportedWorkbook or MissingForm with a sentence that says what to do.
    """
    from lakip_xl.fill.plan import plan
    from lakip_xl.form import places
    from lakip_xl.form.editions import READABLE, require_known
    from lakip_xl.rules import catalogue
    from lakip_xl.summary import explanations, owned
    from lakip_xl.table.choose import NO_HINTS
    from lakip_xl.table.find import add_settings, find
    from lakip_xl.table.read import document_of
    from lakip_xl.workbook import Workbook

    with _naming(name or ("workbook.xlsx" if isinstance(source, bytes) else Path(source).name)) as name:
        book = Workbook.from_bytes(source, name) if isinstance(source, bytes) else Workbook.open(source)
        require_known(book.names.get(places.EDITION_NAME))
        owned.settle(book)
        found = find(
            book, READABLE, hints or NO_HINTS
        )  # a workbook without the form is refused before anything is added to it
        if not found.settings.sheet:
            from lakip_xl import template

            if book.owned_sheet(places.SETTINGS_NAME) is not None:
                book.disown(places.SETTINGS_NAME)  # whatever the name points to now is no Pengaturan of ours
            book.graft(template.settings_sheet(found.form), owned={places.SETTINGS_SHEET: places.SETTINGS_NAME})
            title = book.owned_sheet(places.SETTINGS_NAME)
            assert title is not None
            add_settings(found, book, book.sheet(title))
        document = document_of(found)
    sheets = {title: book.sheet(title) for title in {cell.sheet for cell in document.formulas} | _form_sheets(document)}
    uncached = {cell for cell in document.formulas if not sheets[cell.sheet].cell((cell.row, cell.column)).has_cache}

    def raw(cell: Cell) -> Value:
        if cell.sheet not in sheets:
            try:
                sheets[cell.sheet] = book.sheet(cell.sheet)
            except MissingSheet:
                return REF  # a chart sheet has no cells
        data = sheets[cell.sheet].cells.get((cell.row, cell.column))
        return None if data is None else data.value

    def bound(cell: Cell) -> bool:
        return book.sheet(cell.sheet).is_bound((cell.row, cell.column))

    doubtful = book.facts.to_be_recalculated
    planned = plan(document, raw, uncached, replace_typed=formulas, doubtful=doubtful, bound=bound)
    explained = owned.notes_sheet(book)
    notes = explanations.read(explained) if explained is not None else None
    findings = explanations.settle(catalogue.check(document), notes, document)
    return Examination(book, document, planned, findings, notes)


@contextmanager
def _naming(name: str) -> Iterator[str]:
    """Puts the file's name before a sentence that does not name it: of twenty files, the user must know which one it is."""
    try:
        yield name
    except LakipError as error:
        if name not in error.text.id:
            error.text = Text(f"{name}: {error.text.id}", f"{name}: {error.text.en}")
        raise


def _form_sheets(document: Document) -> set[str]:
    return {t.sheet for t in document.tables.values()} | {c.sheet for c in document.settings.cells.values()}


def validate(source: StrPath, *, hints: Hints | None = None) -> Report:
    """Judges a workbook and writes nothing. Raises as ``examine``."""
    from lakip_xl.report.model import Report

    seen = examine(source, hints=hints)
    return Report.of(Path(source).name, seen.document, seen.findings)


def fill(
    source: StrPath,
    out: StrPath | None = None,
    *,
    in_place: bool = False,
    formulas: bool = False,
    force: bool = False,
    hints: Hints | None = None,
) -> Filled:
    """Fills the formulas, flags the rows, and writes Ringkasan and Catatan Perbaikan into a copy of the user's workbook.

    Without ``out`` the copy is ``<name>-selesai.xlsx``; a workbook that ``fill`` made is refilled under its own name after a
    backup. ``formulas`` turns typed results that agree into formulas. Raises as ``examine``, and OutputRefused where the output
    may not or cannot be written; then nothing is written.
    """
    from lakip_xl import summary
    from lakip_xl.fill import output
    from lakip_xl.fill.apply import apply
    from lakip_xl.table.find import OWNED

    path = Path(source)
    seen = examine(path, formulas=formulas, hints=hints)
    book = seen.book
    ours = any(book.owned_sheet(name) is not None for name in OWNED.values())
    target = output.target(path, None if out is None else Path(out), in_place, ours, force)
    moved = _move_notes(book)
    titles = summary.Titles(
        ringkasan=book.title_for(OWNED["ringkasan"], "Ringkasan"),
        catatan=book.title_for(OWNED["catatan"], "Catatan Perbaikan"),
    )
    changed = apply(book, seen.document, seen.plan)
    pages = summary.build(seen.document, seen.findings, seen.plan.seen, titles, seen.notes)
    book.graft(pages, owned={titles.ringkasan: OWNED["ringkasan"], titles.catatan: OWNED["catatan"]})
    written, kept = _put(target, book.to_bytes(), path, book)
    gone = summary.explanations.orphans(seen.findings, seen.notes)
    orphans = tuple((note.code, note.text) for note in gone if not note.archived)
    return Filled(
        target, kept, written, changed, _report(seen, path), moved, orphans, seen.notes.unread if seen.notes else 0
    )


def _put(target: Path, data: bytes, source: Path, book: Workbook) -> tuple[bool, Path | None]:
    """Puts the result in place after a backup of what is there; nothing where it is the same. Gives whether, and the backup."""
    from lakip_xl import files

    before = files.present(target)
    if before == data:
        return False, None
    if before is not None and target.samefile(source) and before != book.original:
        raise OutputRefused(
            f"'{source.name}' berubah selagi diperiksa; mungkin baru saja disimpan di Excel. Tidak ada yang ditulis. Ulangi perintahnya.",
            f"'{source.name}' changed while it was read; it may just have been saved in Excel. Nothing was written. Run it again.",
        )
    kept = files.keep(target) if before is not None else None
    try:
        files.replace(target, data, like=source)
    except OutputRefused:
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise
    return True, kept


def _move_notes(book: Workbook) -> tuple[str, ...]:
    """Saves what a user put on the owned sheets beside the explanations: gives the titles of the sheets where it now is."""
    from lakip_xl.summary import explanations
    from lakip_xl.summary.kept import kept
    from lakip_xl.table.find import OWNED

    moved = []
    for name in OWNED.values():
        title = book.owned_sheet(name)
        if title is not None and (_is_decorated(book, title) or len(title) > 31):
            # A picture or a comment cannot be moved: the sheet stays as it is, and becomes the user's.
            book.disown(name)
            moved.append(title)
            continue
        foreign = explanations.read(book.sheet(title)).foreign if title is not None else ()
        if title is None or not foreign:
            continue
        number, new = 1, f"{title[:24]} (lama)"
        while book.has_sheet(new):
            number += 1
            new = f"{title[:21]} (lama {number})"
        book.graft(kept(new, title, foreign), owned={})
        moved.append(new)
    return tuple(moved)


def _is_decorated(book: Workbook, title: str) -> bool:
    """Whether somebody put more on an owned sheet than its cells and our charts."""
    from lakip_xl.summary import MOST_CHARTS

    found = book.attachments(title)
    return found.pop("chart", 0) > MOST_CHARTS or bool(found)


def template(out: StrPath, *, year: int | None = None, instansi: str | None = None, force: bool = False) -> Path:
    """Writes an empty workbook of the newest edition. Raises OutputRefused where ``out`` exists and ``force`` is not given."""
    from lakip_xl import files
    from lakip_xl import template as templates

    path = files.new_workbook(Path(out), force)
    files.put_new(path, templates.build(year=year, instansi=instansi))
    return path


def adopt(
    source: StrPath,
    out: StrPath,
    *,
    year: int | None = None,
    instansi: str | None = None,
    codes: bool = False,
    force: bool = False,
    hints: Hints | None = None,
) -> Adoption:
    """Brings the matrix of any workbook, CSV or text into a new workbook of the newest edition, and tells what became of each cell.

    ``codes`` writes proposed codes too. Raises UnreadableWorkbook or UnsupportedWorkbook for the source, MissingForm where it holds
    no matrix, OutputRefused where ``out`` may not or cannot be written; then nothing is written.
    """
    from lakip_xl import adopt as adoption
    from lakip_xl import files
    from lakip_xl import template as templates
    from lakip_xl.adopt import book as new
    from lakip_xl.table.choose import NO_HINTS
    from lakip_xl.workbook import Workbook

    path, given = files.new_workbook(Path(out), force, source=Path(source)), Path(source)
    with _naming(given.name):
        found = adoption.adopt(adoption.read(given), hints or NO_HINTS)
    book = Workbook.from_bytes(templates.build(new.form_for(found), year=year, instansi=instansi), path.name)
    new.write(found, book, codes=codes)
    seen = examine(book.to_bytes(), name=path.name)
    for edit in seen.plan.edits:
        sheet, at = seen.book.sheet(edit.cell.sheet), (edit.cell.row, edit.cell.column)
        if sheet.cell(at).formula is not None:  # the template's formulas get the values that they have now
            sheet.write(at, value=edit.value if edit.known else None, formula=edit.formula)
    new.compare(found, seen.document)
    files.put_new(path, seen.book.to_bytes())
    return found


@dataclass(frozen=True)
class Exported:
    """What an export did: where the form is, the backup of what it replaced, how many rows it has, and the report on the source.

    ``lost`` are cells of the source with a formula whose value nobody knows: they are blank in the form.
    """

    path: Path
    backup: Path | None
    rows: int
    report: Report
    lost: tuple[Cell, ...] = ()


def export(
    source: StrPath, out: StrPath | None = None, *, form: str = "e81", force: bool = False, hints: Hints | None = None
) -> Exported:
    """Writes the data of a workbook as another official form (``e81``: Formulir E.81), into a workbook of its own.

    Without ``out`` it is ``<name>-e81.xlsx`` beside the source. Raises as ``examine``, and OutputRefused where the output exists
    (without ``force``), is the source itself, or cannot be written.
    """
    from lakip_xl import export as exports
    from lakip_xl import files

    path = Path(source)
    target = path.with_name(f"{path.stem}-{form}.xlsx") if out is None else Path(out)
    if form not in exports.FORMS:
        raise ValueError(f"no form {form!r}")
    if target.suffix.lower() != ".xlsx":
        raise OutputRefused(
            f"Hasil ekspor adalah buku kerja Excel: beri nama yang berakhiran .xlsx, bukan '{target.name}'.",
            f"What is exported is an Excel workbook: give it a name that ends in .xlsx, not '{target.name}'.",
        )
    files.new_workbook(target, force, source=path)
    seen = examine(path, hints=hints)
    made = exports.e81(seen.document, seen.plan.seen)
    before = files.present(target)
    kept = files.keep(target) if before not in (None, made.data) else None
    files.replace(target, made.data)
    return Exported(target, kept, made.rows, _report(seen, path), made.lost)


def explain(code: str | None, lang: str = "id") -> str:
    """What a rule means, why it matters and how to mend what it finds; without a code, the list of all rules."""
    from lakip_xl.report.explain import explain as explained

    return explained(code, lang)


def write_report(path: Path, data: bytes, sources: Iterable[Path], *, force: bool = False) -> None:
    """Writes a report to a file. Raises OutputRefused where the file exists (without ``force``), or is one of the workbooks."""
    from lakip_xl import files

    files.put_report(path, data, sources, force=force)


def _report(seen: Examination, path: Path) -> Report:
    from lakip_xl.report.model import Report

    return Report.of(path.name, seen.document, seen.findings, seen.plan)


from lakip_xl.tasks.reconciling import Reconciled as Reconciled  # noqa: E402  it needs what stands above
from lakip_xl.tasks.reconciling import reconcile as reconcile  # noqa: E402
