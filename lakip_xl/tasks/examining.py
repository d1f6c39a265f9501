"""Reads a workbook, plans its fill and judges it: what every verb begins with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lakip_xl.cells import REF, Cell, Value
from lakip_xl.errors import LakipError, MissingForm, MissingSheet, Text
from lakip_xl.findings import Finding

if TYPE_CHECKING:
    from lakip_xl.fill.edits import Plan
    from lakip_xl.report.model import Report
    from lakip_xl.summary.explanations import Notes
    from lakip_xl.table.hints import Hints
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


def examine(
    source: StrPath | bytes, *, formulas: bool = False, name: str = "", hints: Hints | None = None, stale: bool = False
) -> Examination:
    """Reads a workbook (a path, or its bytes) and judges it as it will be once filled. Nothing is written.

    ``hints`` say where the matrix stands, where its headings do not tell; ``stale`` that entries changed since the stored values of
    formulas were worked out.
    Raises UnreadableWorkbook, UnsupportedWorkbook or MissingForm with a sentence that says what to do.
    """
    from lakip_xl.fill.plan import plan
    from lakip_xl.form import places
    from lakip_xl.form.editions import candidates
    from lakip_xl.rules import catalogue
    from lakip_xl.summary import explanations, owned
    from lakip_xl.table.find import add_settings, find
    from lakip_xl.table.hints import NO_HINTS
    from lakip_xl.table.read import document_of
    from lakip_xl.workbook import Workbook

    with naming(name or ("workbook.xlsx" if isinstance(source, bytes) else Path(source).name)) as name:
        book = Workbook.from_bytes(source, name) if isinstance(source, bytes) else Workbook.open(source)
        _refuse_made(book, name)
        forms = candidates(book.names.get(places.EDITION_NAME))
        owned.settle(book)
        try:  # a workbook without the form is refused before anything is added to it
            found = find(book, forms, hints or NO_HINTS)
        except MissingForm as error:
            raise (None if hints else _a_ledger(book, name)) or error from error
        if not found.settings.sheet:
            from lakip_xl import template

            if book.owned_sheet(places.SETTINGS_NAME) is not None:
                book.disown(places.SETTINGS_NAME)  # whatever the name points to now is no Pengaturan of ours
            book.graft(template.settings_sheet(found.form), owned={places.SETTINGS_SHEET: places.SETTINGS_NAME})
            title = book.owned_sheet(places.SETTINGS_NAME)
            assert title is not None
            add_settings(found, book, book.sheet(title))
        document = document_of(found)
        del found  # the grids of a large workbook are not asked for any more
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
    planned = plan(document, raw, uncached, replace_typed=formulas, doubtful=doubtful, stale=stale, bound=bound)
    explained = owned.notes_sheet(book)
    notes = explanations.read(explained) if explained is not None else None
    findings = explanations.settle(catalogue.check(document), notes, document)
    return Examination(book, document, planned, findings, notes)


def _a_ledger(book: Workbook, name: str) -> MissingForm | None:
    """What is said of a workbook that is no matrix but a ledger of the treasury; None where it is none."""
    from lakip_xl.ledger import found
    from lakip_xl.sources import tables

    try:
        form = found.find(tables.of_bytes(book.original, name), name).form
    except LakipError:
        return None
    return MissingForm(
        f"{name}: ini buku besar ({form.name}), bukan matriks. Bandingkan dengan matriks: lakip-xl reconcile MATRIKS.xlsx --ledger {name}",
        f"{name}: this is a ledger ({form.name}), not a matrix. Compare it with the matrix: lakip-xl reconcile MATRIX.xlsx --ledger {name}",
    )


@contextmanager
def naming(name: str) -> Iterator[str]:
    """Puts the file's name before a sentence that does not name it: of twenty files, the user must know which one it is."""
    try:
        yield name
    except LakipError as error:
        if name not in error.text.id:
            error.text = Text(f"{name}: {error.text.id}", f"{name}: {error.text.en}")
        raise


def _refuse_made(book: Workbook, name: str) -> None:
    """A recap has columns of a matrix, too, and would be filled as one."""
    from lakip_xl.form import places

    said = (
        ("rekap dari lakip-xl recap", "a recap of lakip-xl recap"),
        ("hasil lakip-xl reconcile", "what lakip-xl reconcile wrote"),
        ("hasil lakip-xl diff", "what lakip-xl diff wrote"),
    )
    for mark, (id, en) in zip(places.MADE_OF_OTHERS, said, strict=True):
        if mark in book.names:
            raise MissingForm(
                f"{name}: ini {id}, bukan buku kerja dengan matriks. Pilih buku kerja Perangkat Daerah.",
                f"{name}: this is {en}, no workbook with a matrix. Choose the workbook of an office.",
            )


def _form_sheets(document: Document) -> set[str]:
    return {t.sheet for t in document.tables.values()} | {c.sheet for c in document.settings.cells.values()}


def validate(source: StrPath, *, hints: Hints | None = None) -> Report:
    """Judges a workbook and writes nothing. Raises as ``examine``."""
    from lakip_xl.report.model import Report

    seen = examine(source, hints=hints)
    return Report.of(Path(source).name, seen.document, seen.findings)


def report_of(seen: Examination, path: Path) -> Report:
    from lakip_xl.report.model import Report

    return Report.of(path.name, seen.document, seen.findings, seen.plan)
