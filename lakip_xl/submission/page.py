"""The report of a bundle as a workbook to print: whose it is, its seal, and every finding with its explanation."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xl import drawing
from lakip_xl.cells import Value
from lakip_xl.findings import Severity, ranked
from lakip_xl.numbers import say_rupiah
from lakip_xl.report.model import Report
from lakip_xl.rules.catalogue import render
from lakip_xl.summary.page import LINE_HEIGHT, MAX_HEIGHT, count_lines
from lakip_xl.template import formats, paper
from lakip_xl.template.formats import Look
from lakip_xl.template.grid import Draft, Page

TITLE = "Laporan Pemeriksaan"
_COLUMNS = (
    ("NO", 5),
    ("TINGKAT CATATAN", 13),
    ("KODE", 8),
    ("SEL", 16),
    ("NILAI (Rp)", 17),
    ("CATATAN", 58),
    ("PENJELASAN", 46),
)
_CELL: Look = {**formats.BOXED, "text_wrap": True}
_CENTRED: Look = {**_CELL, "align": "center"}
_LABEL: Look = {**formats.BASE, "bold": True}


def build(report: Report, identity: Sequence[tuple[str, str]], name: str, sha256: str, version: str) -> bytes:
    """The workbook, the same bytes for the same report. ``identity`` are the fields of Identitas by their labels, ``name`` and ``sha256``
    those of the sealed workbook."""
    draft = Draft(TITLE)
    page = draft.add(TITLE)
    page.put(1, 1, "LAPORAN PEMERIKSAAN SEBELUM PENGAJUAN", formats.TITLE)
    counts = ", ".join(f"{severity.word('id')} {report.count(severity)}" for severity in Severity)
    explained = sum(finding.explained for finding in report.findings)
    facts = [
        *identity,
        ("Buku kerja", name),
        ("sha256 buku kerja", sha256),
        ("Diperiksa dengan", f"lakip-xl {version}, edisi formulir {report.edition}"),
        ("Catatan", f"{counts}; dengan penjelasan {explained}"),
    ]
    for row, (label, value) in enumerate(facts, start=3):
        page.put(row, 1, label, _LABEL)
        page.put(row, 4, value, formats.BASE)
    head = len(facts) + 4
    for column, (heading, width) in enumerate(_COLUMNS, start=1):
        page.put(head, column, heading, formats.HEADING)
        page.sheet.set_column(column - 1, column - 1, width)
    page.sheet.set_row(head - 1, 28)
    _findings(page, report, head)
    paper.lay_out(page.sheet)
    page.sheet.repeat_rows(head - 1, head - 1)
    page.sheet.freeze_panes(head, 0)
    drawing.take_formulas_as_they_are(page.sheet)
    return draft.finish()


def _findings(page: Page, report: Report, head: int) -> None:
    if not report.findings:
        page.merge(head + 1, 1, len(_COLUMNS), "Tidak ada catatan: isian sudah sesuai.", _CELL)
        return
    for number, finding in enumerate(ranked(report.findings), start=1):
        row = head + number
        message = render(finding, "id").message
        money = "" if finding.rupiah is None else say_rupiah(finding.rupiah, "id")
        cells: tuple[Value, ...] = (
            number,
            finding.severity.word("id"),
            finding.code,
            str(finding.cell),
            money,
            message,
            finding.explanation,
        )
        for column, value in enumerate(cells, start=1):
            page.put(row, column, value or None, _CENTRED if column in (1, 3) else _CELL)
        lines = max(count_lines(str(value), width) for value, (_, width) in zip(cells, _COLUMNS, strict=True))
        page.sheet.set_row(row - 1, round(min(lines * LINE_HEIGHT + 3, MAX_HEIGHT), 1))
