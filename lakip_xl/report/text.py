"""The report for people: gravest first, each finding with its cell, its words and what to do."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Protocol

from lakip_xl.cells import Cell, a1
from lakip_xl.errors import Text
from lakip_xl.findings import Finding, Severity, ranked
from lakip_xl.report.model import Mapping, Mended, Report
from lakip_xl.rules.catalogue import render

WIDTH = 88
_HARD_SPACE = "\u00a0"

EDITION = Text("edisi formulir", "form edition")
REMEDY = Text("Perbaikan", "To do")
RELATED = Text("Sel terkait", "Related cells")
EXPLAINED = Text("Sudah dijelaskan", "Explained")
ALL_EXPLAINED = Text("semua dijelaskan", "all explained")
MENDED = Text("Diisi rumus", "Filled with formulas")
MOVED = Text(
    "Isian, gambar, atau komentar Anda di luar kolom PENJELASAN sekarang ada di lembar '{}'.",
    "Your own entries, pictures or comments outside the column PENJELASAN are now on the sheet '{}'.",
)
ORPHAN = Text(
    "Penjelasan untuk {} tidak diperlukan lagi, tetapi tetap disimpan di bawah Catatan Perbaikan: {}",
    "The explanation for {} is no longer needed; it is kept at the foot of Catatan Perbaikan: {}",
)
UNREAD = Text(
    "{} penjelasan tidak dapat dihubungkan lagi dengan catatannya, karena kolom KODE atau SEL dan kolom tersembunyinya dihapus. Teksnya "
    "tetap ada; salin kembali ke kolom PENJELASAN yang baru.",
    "{} explanations can no longer be tied to their findings, because the column KODE or SEL and the hidden columns were deleted. Their "
    "texts are kept; copy them into the new column PENJELASAN.",
)
CLEAN = Text("Tidak ada catatan: isian sudah sesuai.", "Nothing to note: the entries are in order.")
STRICT = Text(
    "Status keluar 1 karena --strict: yang belum dijelaskan dihitung wajib diperbaiki.",
    "Exit status 1 because of --strict: what is not explained counts as to be corrected.",
)
NO_ERROR = Text("Tidak ada yang wajib diperbaiki.", "Nothing must be corrected.")


def dump(reports: Iterable[Report], lang: str = "id", width: int = WIDTH) -> str:
    """The reports one after another, as screen text."""
    return "\n".join("\n".join(lines(report, lang, width)) + "\n" for report in reports)


def lines(report: Report, lang: str = "id", width: int = WIDTH) -> Iterator[str]:
    """The lines of one report."""
    yield f"{report.file} ({EDITION.in_(lang)} {report.edition})"
    if report.mapping is not None:
        yield from wrapped(_mapped(report.mapping, lang), "", "  ", width)
    if report.untold_period is not None:
        yield from wrapped(_untold(report.untold_period, lang), "", "  ", width)
    if report.outside.most:
        yield ""
        yield from wrapped(report.outside.said(lang), "", "", width)
    yield from by_severity(report.findings, lang, width)
    yield ""
    yield from wrapped(closing(report, lang), "", "", width)


def by_severity(findings: Iterable[Finding], lang: str, width: int = WIDTH) -> Iterator[str]:
    """The findings, gravest first; that nothing must be corrected is said too."""
    found = tuple(findings)
    for severity in Severity:
        group = ranked(finding for finding in found if finding.severity is severity)
        if not group and severity is not Severity.ERROR:
            continue
        yield ""
        told = (
            f", {ALL_EXPLAINED.in_(lang)}" if severity is Severity.WARNING and all(f.explained for f in group) else ""
        )
        yield f"{severity.word(lang)}: {len(group)}{told}"
        for finding in group:
            yield from _finding(finding, lang, width)


MOST = 40
"""How many items of one kind are shown on the screen; the rest are counted."""


def counted(title: str, items: Sequence[str], lang: str, width: int = WIDTH, more: Text | None = None) -> Iterator[str]:
    """A title with the number of its items, the first of them below it; ``more`` follows the number of those left out."""
    yield f"{title}: {len(items)}"
    for item in items[:MOST]:
        yield from wrapped(item, "  ", "    ", width)
    if len(items) > MOST:
        rest, more = len(items) - MOST, more or Text(".", ".")
        yield "  " + Text(f"... dan {rest} lagi{more.id}", f"... and {rest} more{more.en}").in_(lang)


def _mapped(mapping: Mapping, lang: str) -> str:
    """Which columns were read, so that a wrong one is seen at once."""
    rows = f"{mapping.first_row}-{mapping.last_row}" if mapping.first_row != mapping.last_row else str(mapping.last_row)
    columns = ", ".join(f"{column} {heading}" for heading, column in mapping.columns)
    others = ", ".join(
        f"{column} '{' '.join(text.split())[:30]}'" for text, column in mapping.strangers[:_MOST_STRANGERS]
    )
    others += ", ..." if len(mapping.strangers) > _MOST_STRANGERS else ""
    left = Text(f" Tidak dibaca: {others}.", f" Not read: {others}.") if others else Text("", "")
    return Text(
        f"{mapping.what.id} pada lembar '{mapping.sheet}', judul baris {rows}: {columns}.{left.id}",
        f"{mapping.what.en} on sheet '{mapping.sheet}', headings in row {rows}: {columns}.{left.en}",
    ).in_(lang)


_MOST_STRANGERS = 8


def _untold(cell: Cell, lang: str) -> str:
    """Which period was assumed, and where to choose another: it decides what is due and what is out of bounds."""
    return Text(
        f"Periode tidak disebut di buku kerja ini; diperiksa sebagai akhir tahun. Bila lain, pilih pada {cell} (lembarnya ditambahkan oleh "
        "'lakip-xl fill' bila belum ada).",
        f"The workbook does not say its period; checked as of the end of the year. If it is another, choose it in {cell} ('lakip-xl fill' "
        "adds that sheet where there is none).",
    ).in_(lang)


def _finding(finding: Finding, lang: str, width: int) -> Iterator[str]:
    words = render(finding, lang)
    head = f"  {finding.cell}  {finding.code}  "
    yield from wrapped(words.message, head, "    ", width)
    if finding.explained:
        note = f"{EXPLAINED.in_(lang)}: {' '.join(finding.explanation.split())}"
        yield from wrapped(note.rstrip(": "), "    ", "    ", width)
    else:
        yield from wrapped(f"{REMEDY.in_(lang)}: {words.remedy}", "    ", "    ", width)
    if finding.related:
        yield from wrapped(
            f"{RELATED.in_(lang)}: {said_cells(finding.related, finding.cell.sheet)}", "    ", "    ", width
        )


def wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """The text in lines; an amount stays with its Rp, a percentage with its sign."""
    kept = re.sub(r"(?<=\bRp) (?=[0-9])|(?<=[0-9]) (?=%)", _HARD_SPACE, text)
    made = textwrap.wrap(
        kept, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace(_HARD_SPACE, " ") for line in made]


def put(path: Path, backup: Path | None, more: Text | None = None) -> list[Text]:
    """Where a result was written, ``more`` beside it, and where what it replaced is kept."""
    id, en = (more.id, more.en) if more is not None else ("", "")
    said = [Text(f"Ditulis: {path}{id}", f"Written: {path}{en}")]
    if backup is not None:
        said.append(Text(f"Cadangan: {backup}", f"Backup: {backup}"))
    return said


def said_cells(cells: Iterable[Cell], home: str) -> str:
    """Cells in few words: neighbours in a column as a range, the sheet only where it is another one."""
    runs: list[tuple[Cell, Cell]] = []
    for cell in cells:
        if runs and runs[-1][1] == Cell(cell.sheet, cell.row - 1, cell.column):
            runs[-1] = runs[-1][0], cell
        else:
            runs.append((cell, cell))
    said = []
    for sheet, group in groupby(runs, key=lambda run: run[0].sheet):
        for first, last in group:
            place = first.a1 if first == last else f"{first.a1}:{a1(last.row, last.column)}"
            said.append(place if sheet == home else str(first).removesuffix(first.a1) + place)
    return ", ".join(said)


def closing(report: Report, lang: str) -> str:
    """The last line: what is still to be done."""
    if not report.findings:
        return CLEAN.in_(lang)
    errors, warnings = report.count(Severity.ERROR), report.unexplained
    said = []
    if errors:
        said.append(
            Text(
                f"{errors} wajib diperbaiki sebelum laporan diajukan",
                f"{errors} to be corrected before the report is submitted",
            )
        )
    if warnings:
        said.append(
            Text(
                f"{warnings} perlu dijelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN",
                f"{warnings} to be explained in PENJELASAN or KETERANGAN",
            )
        )
    if not said:
        return NO_ERROR.in_(lang)
    because = f" {STRICT.in_(lang)}" if report.strict and warnings and not errors else ""
    return ("; ".join(text.in_(lang) for text in said)) + "." + because


class Filled(Protocol):
    """What a fill did, as ``tasks`` tells it."""

    @property
    def path(self) -> Path: ...
    @property
    def backup(self) -> Path | None: ...
    @property
    def written(self) -> bool: ...
    @property
    def changed(self) -> int: ...
    @property
    def report(self) -> Report: ...
    @property
    def moved(self) -> tuple[str, ...]: ...
    @property
    def orphans(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def unread(self) -> int: ...


class Exported(Protocol):
    """What an export did, as ``tasks`` tells it."""

    @property
    def path(self) -> Path: ...
    @property
    def backup(self) -> Path | None: ...
    @property
    def rows(self) -> int: ...
    @property
    def report(self) -> Report: ...
    @property
    def lost(self) -> tuple[Cell, ...]: ...
    @property
    def form(self) -> str: ...
    @property
    def doubts(self) -> tuple[tuple[Cell, Text], ...]: ...
    @property
    def quarters(self) -> bool: ...


def filled(done: Filled, lang: str = "id", width: int = WIDTH) -> str:
    """What a fill wrote and mended, then the report."""
    said = [Text(f"Tidak ada perubahan: {done.path}", f"Nothing changed: {done.path}")]
    if done.written:
        said = put(done.path, done.backup)
    head = [text.in_(lang) for text in said]
    if done.report.mended and done.written:
        head += wrapped(f"{MENDED.in_(lang)}: {_said_mended(done.report.mended, lang)}", "", "  ", width)
    for title in done.moved:
        head += wrapped(MOVED.in_(lang).format(title), "", "  ", width)
    for code, explanation in done.orphans:
        head += wrapped(ORPHAN.in_(lang).format(code, explanation), "", "  ", width)
    if done.unread:
        head += wrapped(UNREAD.in_(lang).format(done.unread), "", "  ", width)
    return "\n".join([*head, "", *lines(done.report, lang, width)]) + "\n"


def _left_blank(quarters: bool) -> Text:
    id, en = ("", "") if quarters else ("rupiah per triwulan, ", "rupiah by quarter, ")
    return Text(
        f"Yang tidak ada pada buku kerja ini dibiarkan kosong untuk diisi: kolom 5 dan 6, {id}faktor pendorong dan penghambat, tindak "
        "lanjut.",
        f"What this workbook does not hold is left blank to be filled in: columns 5 and 6, {en}causes, follow-up.",
    )


_TO_BE_READ = Text(
    "Kalimatnya disusun dari isian: baca dan lengkapi sebelum dipakai. Yang belum diisi dikatakan belum diisi.",
    "The sentences (in Indonesian) are made from the entries: read and complete them before use. What was not filled in is said to be so.",
)


def exported(done: Exported, lang: str = "id", width: int = WIDTH) -> str:
    """What an export wrote, what is left to be done by hand, and what the source must still mend."""
    errors = done.report.count(Severity.ERROR)
    rows = (
        Text(f" ({done.rows} baris)", f" ({done.rows} rows)")
        if done.form == "e81"
        else Text(f" ({done.rows} kalimat)", f" ({done.rows} sentences)")
    )
    head = put(done.path, done.backup, rows)
    said = [_left_blank(done.quarters) if done.form == "e81" else _TO_BE_READ]
    if done.lost:
        cells = ", ".join(map(str, done.lost[:8])) + (", ..." if len(done.lost) > 8 else "")
        said.append(
            Text(
                f"{len(done.lost)} sel berisi rumus yang hasilnya tidak tersimpan, sehingga kosong pada formulir: {cells}. Buka dan simpan "
                "buku kerja asal di Excel, lalu ekspor lagi.",
                f"{len(done.lost)} cells hold formulas whose results are not stored, so they are blank in the form: {cells}. Open and save "
                "the source in Excel, then export again.",
            )
        )
    for cell, doubt in done.doubts:
        said.append(Text(f"Perlu diperiksa, {cell}: {doubt.id}", f"To be looked at, {cell}: {doubt.en}"))
    if errors:
        said.append(
            Text(
                f"{errors} catatan 'Wajib diperbaiki' pada buku kerja asal ikut terbawa; lihat lakip-xl validate.",
                f"{errors} findings of the source that must be corrected came along; see lakip-xl validate.",
            )
        )
    body = [line for text in said for line in wrapped(text.in_(lang), "", "  ", width)]
    return "\n".join([*(text.in_(lang) for text in head), *body]) + "\n"


def _said_mended(mended: Iterable[Mended], lang: str) -> str:
    said = []
    for sheet, columns in groupby(mended, key=lambda column: column.sheet):
        parts = ", ".join(f"{column.heading} {column.filled + column.replaced}" for column in columns)
        said.append(f"{sheet}: {parts}")
    return "; ".join(said) + Text(" sel.", " cells.").in_(lang)
