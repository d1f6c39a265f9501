"""The verb reconcile: matrix and treasury ledgers compared, and what came out written as a workbook or JSON."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from lakip_xl.errors import LakipError, OutputRefused, Text
from lakip_xl.ledger.entries import Ledger
from lakip_xl.tasks.examining import StrPath, examine

if TYPE_CHECKING:
    from lakip_xl.ledger.entries import Ledger
    from lakip_xl.ledger.items import Comparison, Written
    from lakip_xl.report.model import Report
    from lakip_xl.table.hints import Hints
    from lakip_xl.table.model import Document
    from lakip_xl.tasks.examining import Examination


@dataclass(frozen=True)
class Reconciled:
    """What a reconciliation found and wrote: ``path`` is None where nothing was written, ``backup`` what stood there before.

    ``carried`` counts the causes and follow-ups taken over from the earlier reconciliation, ``dropped`` those whose item is no
    longer there.
    """

    comparison: Comparison
    report: Report
    path: Path | None = None
    backup: Path | None = None
    carried: int = 0
    dropped: int = 0

    @property
    def exit_code(self) -> int:
        """0 where all agree, 1 where something differs."""
        return self.comparison.exit_code


def judge(seen: Examination, found: Comparison) -> None:
    """Judges an examined workbook again, with what the comparison with its ledgers found (rules RK)."""
    from lakip_xl.rules import catalogue
    from lakip_xl.summary import explanations

    document = seen.document
    document.facts = {**document.facts, "compared": found}
    seen.findings = explanations.settle(catalogue.check(document), seen.notes, document)


def reconcile(
    source: StrPath,
    ledgers: Sequence[StrPath | Ledger],
    out: StrPath | None = None,
    *,
    month: int | None = None,
    previous: StrPath | None = None,
    carry: StrPath | None = None,
    tolerance: Decimal = Decimal(0),
    form: str = "xlsx",
    force: bool = False,
    hints: Hints | None = None,
    lang: str = "id",
    dry: bool = False,
) -> Reconciled:
    """Compares a workbook with its treasury ledgers and writes what came out (``form``: "xlsx" or "json"; "" writes nothing).

    Without ``out`` the workbook is ``<name>-rekonsiliasi-MM.xlsx`` beside the source, and JSON is not written but left to the caller.
    ``month`` is that of Identitas where it is not given, ``previous`` last month's workbook, ``carry`` an earlier reconciliation whose
    SEBAB and TINDAK LANJUT are taken over by key; one that stands at ``out`` already is taken, where ``carry`` is not given.
    ``dry`` writes nothing. Raises
    LakipError where something cannot be read, does not belong together, or may not be written; then nothing is written.
    """
    from lakip_xl.ledger.compare import compare
    from lakip_xl.report.model import Report

    path = Path(source)
    given = read_all(ledgers)
    seen = examine(path, hints=hints)
    require_matrix(seen.document, path.name)
    last = month if month is not None else stated_month(seen.document)
    read, notes = accepted(given, seen.document, last, month)
    target = _target(
        path, out, last, form, force, [path, *(Path(each) for each in ledgers if isinstance(each, str | os.PathLike))]
    )
    before = examine(previous, hints=hints).document if previous is not None else None
    earlier = _earlier(carry, target if form == "xlsx" else None)
    found = compare(seen.document, read, month=last, previous=before, earlier=earlier, tolerance=tolerance)
    found.notes[:0] = notes
    found.record_number, found.second_party = _in_record(carry, target if form == "xlsx" else None)
    found.previous = Path(previous).name if previous is not None else ""
    judge(seen, found)
    report = Report.of(path.name, seen.document, seen.findings)
    backup = _write(target, found, path.name, form, lang) if target is not None and not dry else None
    carried = sum(item.written is not None for item in found.items)
    return Reconciled(found, report, target, backup, carried, len(earlier) - carried)


def read_all(given: Sequence[StrPath | Ledger]) -> list[Ledger]:
    """The ledgers read, those that were read already as they are. Raises as ``ledger.read``."""
    from lakip_xl.ledger import read

    return [read(Path(each)) if isinstance(each, str | os.PathLike) else each for each in given]


def require_matrix(document: Document, name: str) -> None:
    """Raises LakipError for a workbook that holds no matrix, and so no rupiah."""
    if "matriks" not in document.tables:
        raise LakipError(
            f"{name}: buku kerja ini tidak memuat matriks anggaran, sehingga tidak ada yang dapat dibandingkan dengan buku besar.",
            f"{name}: this workbook holds no matrix with budgets, so there is nothing to compare with a ledger.",
        )


def stated_month(document: Document) -> int:
    """The last month of the period in Identitas. Raises LakipError where that says none."""
    from lakip_xl.ledger.entered import month_of

    month = month_of(str(document.settings.identity.get("periode") or ""))
    if month is None:
        raise LakipError(
            "Bulan rekonsiliasi tidak diketahui: isi Periode pada Identitas, atau sebutkan --month 1 sampai 12.",
            "The month to reconcile is not known: fill in Periode in Identitas, or say --month 1 to 12.",
        )
    return month


def accepted(
    ledgers: Sequence[Ledger], document: Document, last: int, asked: int | None
) -> tuple[list[Ledger], list[Text]]:
    """The ledgers that belong to the matrix. Only where a month was asked for must a file by documents hold that one or less."""
    from lakip_xl.ledger import require

    identity = document.settings.identity
    codes = {row.text_of("kode") for row in document.matrix.rows}
    found: list[Ledger] = []
    notes: list[Text] = []
    for by_documents, month in ((True, asked), (False, last)):
        some = [each for each in ledgers if bool(each.postings) is by_documents]
        taken = require(
            some,
            year=document.settings.year,
            month=month,
            office=str(identity.get("perangkat_daerah") or ""),
            codes=codes,
        )
        found += taken.ledgers
        notes += taken.notes
    return found, notes


def _target(
    path: Path, out: StrPath | None, month: int, form: str, force: bool, sources: Sequence[Path]
) -> Path | None:
    """Where the result goes; refused before any work where it may not."""
    from lakip_xl import files

    if form == "" or (form == "json" and out is None):
        return None
    target = path.with_name(f"{path.stem}-rekonsiliasi-{month:02}.xlsx") if out is None else Path(out)
    files.require_ordinary(target)
    for each in sources:
        if target.exists() and each.exists() and target.samefile(each):
            raise OutputRefused(
                f"'{target.name}' adalah berkas asalnya. Beri hasil nama lain pada -o.",
                f"'{target.name}' is one of the sources. Give the output another name with -o.",
            )
    if form == "json":
        if target.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
            raise OutputRefused(
                "Hasilnya berupa JSON, bukan buku kerja: beri nama seperti rekonsiliasi.json pada -o.",
                "The result is JSON, not a workbook: give a name like rekonsiliasi.json with -o.",
            )
        if target.exists() and not force:
            raise _exists(target)
        return target
    if target.suffix.lower() != ".xlsx":
        raise OutputRefused(
            f"Hasil rekonsiliasi adalah buku kerja Excel: beri nama yang berakhiran .xlsx, bukan '{target.name}'.",
            f"A reconciliation is an Excel workbook: give it a name that ends in .xlsx, not '{target.name}'.",
        )
    from lakip_xl.reconciliation import earlier

    if target.exists() and not force:
        data = files.content(target)
        if not earlier.is_ours(data, target.name):
            raise _exists(target)
        if others := earlier.other_sheets(data, target.name):
            raise OutputRefused(
                f"'{target.name}' memuat lembar yang Anda tambahkan ({', '.join(others)}), yang akan hilang bila ditulis ulang. Beri "
                "hasil nama lain pada -o, atau tambahkan --force (cadangannya dibuat).",
                f"'{target.name}' holds sheets that you added ({', '.join(others)}), which would be lost. Give the output another name "
                "with -o, or add --force (a backup is kept).",
            )
    return target


def _exists(target: Path) -> OutputRefused:
    return OutputRefused(
        f"'{target.name}' sudah ada. Pilih nama lain, atau tambahkan --force bila boleh diganti.",
        f"'{target.name}' exists already. Choose another name, or add --force if it may be replaced.",
    )


def _earlier(carry: StrPath | None, target: Path | None) -> Mapping[str, Written]:
    from lakip_xl import files
    from lakip_xl.reconciliation import earlier

    if carry is not None:
        return earlier.read(files.content(Path(carry)), Path(carry).name)
    if target is not None and target.exists():
        data = files.content(target)
        if earlier.is_ours(data, target.name):
            return earlier.read(data, target.name)
    return {}


def _in_record(carry: StrPath | None, target: Path | None) -> tuple[str, str]:
    """The number of the record that stands at ``target``, and the office of the second party, there or in the earlier reconciliation."""
    from lakip_xl import files
    from lakip_xl.reconciliation import earlier

    number = office = ""
    if carry is not None:
        _, office = earlier.written_in_record(files.content(Path(carry)), Path(carry).name)
    if target is not None and target.exists() and earlier.is_ours(data := files.content(target), target.name):
        number, here = earlier.written_in_record(data, target.name)
        office = here or office
    return number, office


def _write(target: Path, found: Comparison, matrix: str, form: str, lang: str) -> Path | None:
    from lakip_xl import files, reconciliation

    data = (
        reconciliation.json.dump(found, matrix, lang).encode()
        if form == "json"
        else reconciliation.build(found, matrix)
    )
    if form == "xlsx":
        return files.exchange(target, data)
    files.replace(target, data)
    return None
