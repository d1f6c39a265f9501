"""The verbs that make another workbook: template, adopt, export, migrate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lakip_xl.cells import Cell
from lakip_xl.errors import OutputRefused, Text
from lakip_xl.tasks.examining import StrPath, examine, naming, report_of
from lakip_xl.tasks.filling import put

if TYPE_CHECKING:
    from lakip_xl.adopt import Adoption
    from lakip_xl.migration import Moved
    from lakip_xl.report.model import Report
    from lakip_xl.table.hints import Hints


def template(out: StrPath, *, year: int | None = None, instansi: str | None = None, force: bool = False) -> Path:
    """Writes an empty workbook of the newest edition. Raises OutputRefused where ``out`` exists and ``force`` is not given."""
    from lakip_xl import files
    from lakip_xl import template as templates

    path = files.new_workbook(Path(out), force)
    files.exchange(path, templates.build(year=year, instansi=instansi))
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
    from lakip_xl.table.hints import NO_HINTS
    from lakip_xl.workbook import Workbook

    path, given = files.new_workbook(Path(out), force, source=Path(source)), Path(source)
    with naming(given.name):
        found = adoption.adopt(adoption.read(given), hints or NO_HINTS)
    written = {found.spec.key: {new.target_row(found, n): row.values for n, row in enumerate(found.rows)}}
    made = templates.build(new.form_for(found), year=year, instansi=instansi, written=written)
    book = Workbook.from_bytes(made, path.name)
    new.write(found, book, codes=codes)
    seen = examine(book.to_bytes(), name=path.name)
    for edit in seen.plan.edits:
        sheet, at = seen.book.sheet(edit.cell.sheet), (edit.cell.row, edit.cell.column)
        if sheet.cell(at).formula is not None:  # the template's formulas get the values that they have now
            sheet.write(at, value=edit.value if edit.known else None, formula=edit.formula)
    new.compare(found, seen.document)
    files.exchange(path, seen.book.to_bytes())
    return found


@dataclass(frozen=True)
class Exported:
    """What an export did: where the form is, the backup of what it replaced, how many rows it has, and the report on the source.

    ``lost`` are cells of the source with a formula whose value nobody knows: they are blank in the form. For ``bab3`` the rows are
    sentences, and ``doubts`` are statements of the source that its figures contradict: where they were written, and what is wrong.
    ``quarters`` is whether the form holds rupiah by quarter.
    """

    path: Path
    backup: Path | None
    rows: int
    report: Report
    lost: tuple[Cell, ...] = ()
    form: str = "e81"
    doubts: tuple[tuple[Cell, Text], ...] = ()
    quarters: bool = False


SUFFIXES = {"e81": ".xlsx", "bab3": ".docx"}
"""The forms that an export writes, each with the ending of its file."""


def export(
    source: StrPath, out: StrPath | None = None, *, form: str = "e81", force: bool = False, hints: Hints | None = None
) -> Exported:
    """Writes the data of a workbook in another form: ``e81`` as Formulir E.81, a workbook of its own; ``bab3`` as the Ikhtisar and
    BAB III of the report, a Word document.

    Without ``out`` it is ``<name>-<form>`` beside the source. Raises as ``examine``, and OutputRefused where the output exists
    (without ``force``), is the source itself, or cannot be written.
    """
    from lakip_xl import export as exports
    from lakip_xl import files, narrative

    path = Path(source)
    if form not in SUFFIXES:
        raise ValueError(f"no form {form!r}")
    suffix = SUFFIXES[form]
    target = path.with_name(f"{path.stem}-{form}{suffix}") if out is None else Path(out)
    if target.suffix.lower() != suffix:
        kind = (
            Text("buku kerja Excel", "an Excel workbook")
            if suffix == ".xlsx"
            else Text("dokumen Word", "a Word document")
        )
        raise OutputRefused(
            f"Hasil ekspor adalah {kind.id}: beri nama yang berakhiran {suffix}, bukan '{target.name}'.",
            f"What is exported is {kind.en}: give it a name that ends in {suffix}, not '{target.name}'.",
        )
    files.new_file(target, force, source=path)
    seen = examine(path, hints=hints)
    if form == "e81":
        made = exports.e81(seen.document, seen.plan.seen)
        done = Exported(target, None, made.rows, report_of(seen, path), made.lost, quarters=made.quarters)
        data = made.data
    else:
        from lakip_xl.narrative.docx import docx

        told = narrative.narrate(seen.document, seen.findings, seen.plan.seen)
        doubts = tuple((doubt.cell, doubt.text) for doubt in told.doubts if doubt.cell is not None)
        done = Exported(target, None, len(told.sentences), report_of(seen, path), (), form, doubts)
        data = docx(told)
    return replace(done, backup=files.exchange(target, data))


@dataclass(frozen=True)
class Migrated:
    """What a migration did, where the workbook is now, and the backup of what it replaced."""

    path: Path
    backup: Path | None
    written: bool
    moved: Moved


def migrate(source: StrPath, out: StrPath | None = None, *, in_place: bool = False, force: bool = False) -> Migrated:
    """Moves a workbook of an older edition of the template to the newest; nothing that stands in it is changed.

    Without ``out`` the result is ``<name>-edisi-<edition>.xlsx`` beside the source. Raises as ``examine``, UnsupportedWorkbook for a
    workbook of another form, OutputRefused where the output may not or cannot be written; then nothing is written.
    """
    from lakip_xl import migration
    from lakip_xl.fill import output
    from lakip_xl.form.editions import NEWEST

    path = Path(source)
    default = path.with_name(f"{path.stem}-edisi-{NEWEST.edition}{path.suffix}")
    seen = examine(path)
    with naming(path.name):
        moved = migration.migrate(seen.book, seen.document, seen.plan.seen)
    if not moved.changed:
        return Migrated(path, None, False, moved)
    given = default if out is None and not in_place else None if out is None else Path(out)
    target = output.target(path, given, in_place, False, force)
    written, kept = put(target, seen.book.to_bytes(), path, seen.book.original)
    return Migrated(target, kept, written, moved)
