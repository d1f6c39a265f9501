"""The owned sheet Narasi: doubts first, then the sentences with a place for notes beside each, and the tables with live figures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from lakip_xl.cells import Cell, a1
from lakip_xl.form.evaluate import Resolve
from lakip_xl.narrative import words
from lakip_xl.narrative.model import Content, Doubt, Figures, Narrative, Sentence
from lakip_xl.narrative.own import DIGEST, KEY, NOTES, Kept
from lakip_xl.summary import check, marks
from lakip_xl.summary.page import Page
from lakip_xl.summary.sources import Sources
from lakip_xl.summary.writer import Setup, write
from lakip_xl.table.model import Document

LAST, NOTE = 7, 8
"""The last column of sentences and tables, and the user's own column."""
_KEY, _DIGEST, _SUMS = 9, 10, 11
_MARKS = _SUMS + 8
_HEADINGS = 3
_NARROW = (5.0, 31.0, 14.0, 14.0, 14.0, 11.0, 13.0, 27.0)
_DEPTHS = {1: ("chapter", 22.0), 2: ("section", 20.0), 3: ("part", 18.0)}
_NONE_FOUND = (
    "Tidak ditemukan pernyataan yang bertentangan dengan angka pada PENYEBAB, UPAYA, KETERANGAN, dan Catatan Anda. Yang diperiksa hanya "
    "pernyataan yang artinya tidak mungkin lain."
)
_ABOUT = (
    "Kalimat di bawah ini siap disalin ke BAB III dan Ikhtisar Eksekutif. Kalimat ditulis menurut isian saat diperiksa dan tidak berubah "
    f"sendiri; angka pada tabel mengikuti isian. Tulis perbaikan Anda pada kolom {NOTES}: yang ditulis di sana tetap ada setiap kali "
    "lembar ini ditulis ulang. Kalimat yang Anda ubah di tempatnya dipindahkan ke kolom itu."
)
_GONE = "Catatan Anda yang kalimatnya sudah tidak ada (hapus catatannya bila tidak diperlukan lagi)"


def sheet(title: str, narrative: Narrative, document: Document, seen: Resolve, kept: Kept) -> bytes:
    """The workbook with the one sheet."""
    rows: Mapping[str, int] = {}
    for _ in range(2):  # the first time to learn in which row each sentence comes to stand
        page, rows = _laid_out(title, narrative, Sources(document, seen), kept, rows)
    setup = Setup(
        frozen=(_HEADINGS + 1, 1),
        repeated=(_HEADINGS, _HEADINGS),
        printed=NOTE,
        last_row=page.row - 1,
        marks=_MARKS,
        hidden=range(_KEY, _MARKS),
        footer=title,
        portrait=True,
    )
    return write([(page, setup)], seen)


def _laid_out(
    title: str, narrative: Narrative, sources: Sources, kept: Kept, places: Mapping[str, int]
) -> tuple[Page, dict[str, int]]:
    page, rows = Page(title, (*_widths(narrative), *[12.0] * (_MARKS - NOTE))), dict[str, int]()
    _top(page, narrative, sources)
    _doubts(page, narrative, sources, places)
    alone = False
    for section in narrative.sections:
        look, height = _DEPTHS[section.depth]
        if not alone:  # a heading stays with the one below it
            page.breaks.append(page.row)
        alone = not section.parts
        page.next(height=6)
        page.wide(1, LAST, section.heading, look)
        page.next(height=height)
        for part in section.parts:
            if isinstance(part, Sentence):
                _sentence(page, part.key, part.text, kept.notes.get(part.key, ""), rows)
            elif part.wide:
                matrix = sources.document.matrix.sheet
                page.wide(
                    1, LAST, f"Tabel ini adalah lembar {matrix}; pada dokumen Word tabelnya ikut tercetak.", "note"
                )
                page.next()
            else:
                _table(page, part)
    gone = [key for key in kept.notes if key not in rows]
    if gone:
        page.breaks.append(page.row)
        page.next(height=6)
        page.wide(1, LAST, _GONE, "section")
        page.next(height=20)
        for key in gone:
            _sentence(page, key, kept.sentences.get(key, ""), kept.notes[key], rows)
    return page, rows


def _widths(narrative: Narrative) -> tuple[float, ...]:
    """The widths of the printed columns: rupiah get what the largest of them takes."""
    longest = max((len(words.figure(value, "rupiah")) for table in narrative.tables if not table.wide for row in table.values
                   for value, head in zip(row, table.heads, strict=True) if head.kind == "rupiah"), default=0)  # fmt: skip
    return tuple(
        max(width, longest + 1.5) if 3 <= column <= 5 else width for column, width in enumerate(_NARROW, start=1)
    )


def _top(page: Page, narrative: Narrative, sources: Sources) -> None:
    page.wide(1, NOTE, narrative.title, "title")
    page.next(height=24)
    page.wide(1, NOTE, narrative.office, "subtitle")
    page.next(height=18)
    page.wide(1, LAST, "KALIMAT DAN TABEL", "head")
    page.put(NOTE, NOTES, "head")
    page.put(_KEY, KEY, "small")
    page.put(_DIGEST, DIGEST, "small")
    page.next(height=18)
    page.breaks.append(page.row)
    page.wide(1, LAST, _ABOUT, "note")
    page.next()
    page.wide(1, 2, "Keadaan isian sekarang:", "label")
    check.live_state(page, sources, (page.row, 3, LAST), _SUMS)
    page.next(height=18)


def _doubts(page: Page, narrative: Narrative, sources: Sources, places: Mapping[str, int]) -> None:
    page.breaks.append(page.row)
    page.next(height=6)
    page.wide(1, LAST, "Perlu diperiksa", "section")
    page.next(height=20)
    for doubt in narrative.doubts:
        cell = _where(doubt, page.title, places)
        if cell is None:
            page.wide(1, LAST, doubt.text.id, "doubt")
        else:
            page.links[page.row, 1] = str(cell)
            page.wide(1, 2, f"{cell.sheet}!{a1(cell.row, cell.column)}", "doubt_link")
            page.wide(3, LAST, doubt.text.id, "doubt")
        page.next()
    if not any(doubt.cell is not None or doubt.note for doubt in narrative.doubts):
        page.wide(1, LAST, _NONE_FOUND, "note")
        page.next()


def _where(doubt: Doubt, title: str, places: Mapping[str, int]) -> Cell | None:
    """Where a doubt was written; a note stands beside its sentence."""
    return Cell(title, places.get(doubt.note, 1), NOTE) if doubt.note else doubt.cell


def _sentence(page: Page, key: str, text: str, note: str, rows: dict[str, int]) -> None:
    rows[key] = page.row
    page.wide(1, LAST, text, "sentence")
    page.put(NOTE, note, "entry")
    page.put(_KEY, key, "small")
    page.put(_DIGEST, marks.mark(text), "small")
    page.next()


def _table(page: Page, table: Figures) -> None:
    page.breaks.append(page.row)
    page.next(height=5)
    page.wide(1, LAST, f"Tabel: {table.caption}", "note")
    page.next(height=15)
    for column, head in enumerate(table.heads, start=1):
        page.put(column, head.name, "head")
    page.heights[page.row] = 30
    page.next()
    for number, (row, values) in enumerate(zip(table.rows, table.values, strict=True), start=1):
        last = table.total and number == len(table.rows)
        refs = [page.grid.ref(page.row, column) for column in range(1, len(row) + 1)]
        for column, (content, value, head) in enumerate(zip(row, values, table.heads, strict=True), start=1):
            bound: Content = content(refs) if callable(content) else content
            assert not callable(bound)
            page.put(column, bound, _look(head.kind, words.number_of(value), total=last))
        page.next()
    page.next(height=5)


def _look(kind: str, value: Decimal | None, *, total: bool) -> str:
    """The look of a cell; an amount shows decimals where it has any."""
    if kind in ("text", "center"):
        return f"total_{kind}" if total else kind
    if kind == "number":
        return "whole" if value is None or value == value.to_integral_value() else "decimals"
    look = {"percent": "decimals"}.get(kind, kind)
    return f"total_{look}" if total else look
