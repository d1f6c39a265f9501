"""Catatan Perbaikan: one row a finding, gravest first, with a link to its cell and a place for the explanation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lakip_xl.cells import MAX_TEXT, Value, a1
from lakip_xl.findings import Finding, Severity, ranked
from lakip_xl.form.expressions import Expr
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.overview import Outside, outside
from lakip_xl.summary import explanations, marks
from lakip_xl.summary.explanations import Note, Notes, found_text
from lakip_xl.summary.formats import AMBER, BLUE, GREEN, RED, YELLOW
from lakip_xl.summary.page import Page
from lakip_xl.summary.writer import Setup
from lakip_xl.table.model import Document

HEADINGS = ("NO", "TINGKAT CATATAN", "KODE", "SEL", "BARIS", "YANG TERTULIS", "SEHARUSNYA / BATAS", "NILAI (Rp)", "PESAN",
            "YANG HARUS DILAKUKAN", explanations.EXPLANATION, "STATUS")  # fmt: skip
_WIDTHS = (5, 12.5, 7.5, 13.5, 23, 18, 18, 17.5, 38, 32, 30, 15)
_HIDDEN_WIDTH = 12
_PLACE, _WIDEST_PLACE = HEADINGS.index("SEL"), 32
"""SEL grows with the titles of the sheets: a link is not broken into lines everywhere, and a cell without its number leads nowhere."""
ENTRY = HEADINGS.index(explanations.EXPLANATION) + 1
STATUS = len(HEADINGS)
KEYS = STATUS + 1  # the first hidden column
MARKS = KEYS + len(explanations.HIDDEN)
RELATED = 20  # cells of a folded finding that the message names

EXPLAINED, EXPLAINED_THERE = "sudah dijelaskan", "sudah dijelaskan (KETERANGAN)"
STILL = "tetap harus diperbaiki"
STALE, WANTED, GONE = "perlu ditinjau: nilai berubah", "perlu penjelasan", explanations.ARCHIVED


def catatan(
    title: str, document: Document, findings: Sequence[Finding], notes: Notes, state: Expr
) -> tuple[Page, Setup]:
    """The page and how it is shown; ``state`` is the live word on changes since the check."""
    widths = list(_WIDTHS)
    places = (len(_place(finding)) for finding in findings)
    widths[_PLACE] = min(max(widths[_PLACE], 1.5 + max(places, default=0)), _WIDEST_PLACE)
    page = Page(title, (*widths, *[_HIDDEN_WIDTH] * (len(explanations.HIDDEN) + 1)))
    paired, orphans = explanations.pair(findings, notes)
    note_of = {id(finding): note for finding, note in zip(findings, paired, strict=True)}
    header_row = _head(page, outside(document, findings), state)
    names = _names(document)
    ordered = ranked(findings)
    for number, finding in enumerate(ordered, start=1):
        _row(page, number, finding, note_of[id(finding)], names, document)
    last = page.row - 1
    if not ordered:
        page.wide(1, STATUS, "Tidak ada catatan: isian sudah sesuai. Terima kasih.", "note")
        page.next(height=20)
    _orphans(page, orphans)
    _rules(page, header_row + 1, max(page.row - 1, header_row + 1))
    setup = Setup(
        frozen=(header_row + 1, 1),
        repeated=(header_row, header_row),
        printed=STATUS,
        last_row=page.row - 1,
        marks=MARKS,
        hidden=range(KEYS, MARKS),
        footer=title,
        filtered=(header_row, 1, last, MARKS) if ordered else None,
    )
    return page, setup


def _head(page: Page, outside: Outside, state: Expr) -> int:
    """Title, what the sheet is, the live state, headings; returns the row of the headings."""
    page.wide(1, STATUS, "CATATAN PERBAIKAN", "title")
    page.next(height=24)
    sentence = (
        "Daftar ini adalah hasil pemeriksaan terakhir dan tidak berubah sendiri; jalankan lakip-xl fill untuk memperbaruinya. "
        "Isi hanya kolom PENJELASAN (kuning: perlu diisi); penjelasan dibaca kembali pada pemeriksaan berikutnya. Bila statusnya "
        "'perlu ditinjau', sesuaikan teksnya dengan nilai yang sekarang. HASIL PERIKSA pada matriks hanya memuat tanda yang mengikuti "
        "isian; isian kosong, hitungan keliru, dan catatan lain hanya ada di sini."
    )
    if outside.most:
        sentence = f"{outside.said('id')} {sentence}"
    page.wide(1, STATUS, sentence, "note")
    page.next()
    page.wide(1, 4, "Keadaan isian sekarang:", "label")
    page.wide(5, 9, state, "state")
    area = (page.row, 5, page.row, 9)
    page.rules.append((area, {"type": "text", "criteria": "begins with", "value": "BERUBAH"}, RED))
    page.rules.append((area, {"type": "text", "criteria": "begins with", "value": "sesuai"}, GREEN))
    page.next(height=18)
    page.heights[page.row] = 30
    for column, name in enumerate((*HEADINGS, *explanations.HIDDEN), start=1):
        page.put(column, name, "head")
    page.next()
    return page.row - 1


def _names(document: Document) -> dict[tuple[str, int], str]:
    """What people call each row."""
    return {(table.sheet, row.number): row.name for table in document.tables.values() for row in table.rows}


def _row(
    page: Page, number: int, finding: Finding, note: Note | None, names: dict[tuple[str, int], str], document: Document
) -> None:
    from lakip_xl.rules import catalogue

    words = catalogue.render(finding, "id")
    place = _place(finding)
    if finding.cell.sheet in document.sheets:
        page.links[page.row, 4] = str(finding.cell)
    page.put(1, number, "list_center")
    page.put(2, finding.severity.word("id"), "list_text")
    page.put(3, finding.code, "list_center")
    page.put(4, place, "list_link" if (page.row, 4) in page.links else "list_text")
    page.put(5, names.get((finding.cell.sheet, finding.cell.row), ""), "list_text")
    page.put(6, *_value(finding.found))
    page.put(7, *_value(finding.expected))
    page.put(8, finding.rupiah, _money(finding.rupiah))
    page.put(9, _message(words.message, finding), "list_text")
    page.put(10, words.remedy, "list_text")
    page.put(ENTRY, note.text if note else "", "entry")
    page.put(STATUS, status(finding, note), "list_text")
    found = found_text(finding.found)
    _keys(
        page,
        finding.code,
        finding.record,
        finding.column,
        found,
        note.found if note else found,
        note.text if note else "",
    )
    page.next()


def _place(finding: Finding) -> str:
    return f"{finding.cell.sheet}!{finding.cell.a1}"


def _keys(page: Page, code: str, record: str, column: str, found: str, meant: str, text: str) -> None:
    digest = marks.mark(text) if text else ""
    for place, key in enumerate((code, record, column, found, meant, digest), start=KEYS):
        page.put(place, key, "small")


def _value(value: Value | Decimal) -> tuple[Value | Decimal, str]:
    """A found or expected value and its look: numbers stay numbers, so the column can be filtered and sorted."""
    if isinstance(value, bool) or not isinstance(value, Decimal | float | int):
        return (None if value is None else str(value)[:MAX_TEXT]), "list_text"
    return value, "list_whole" if value == int(value) else "list_decimals"


def _money(value: Decimal | None) -> str:
    """Sen are shown where there are any."""
    sen = value is not None and round_half_up(value, 2) != round_half_up(value, 0)
    return "list_sen" if sen else "list_rupiah"


def _message(message: str, finding: Finding) -> str:
    """The message, with the further cells of a folded finding; where they are many the count is said, never a silent cut."""
    if finding.related:
        named = ", ".join(
            cell.a1 if cell.sheet == finding.cell.sheet else f"{cell.sheet}!{cell.a1}"
            for cell in finding.related[:RELATED]
        )
        rest = len(finding.related) - RELATED
        more = f" dan {rest} sel lain (selengkapnya: lakip-xl validate --format json)" if rest > 0 else ""
        message = f"{message}\nSel terkait: {named}{more}."
    return message[:MAX_TEXT]


def status(finding: Finding, note: Note | None) -> str:
    """What STATUS says."""
    if explanations.holds(finding, note):
        return EXPLAINED
    if finding.explained:
        return EXPLAINED_THERE
    if finding.severity is Severity.ERROR:
        return STILL if note is not None and explanations.says_something(note.text) else ""
    if note is not None and note.found != found_text(finding.found):
        return STALE
    return WANTED if finding.severity is Severity.WARNING else ""


def _orphans(page: Page, orphans: Sequence[Note]) -> None:
    """Explanations whose finding is gone, kept until the user deletes them or the finding returns."""
    if not orphans:
        return
    page.next()
    page.wide(
        1, STATUS, "Penjelasan yang catatannya sudah tidak ada (hapus barisnya bila tidak diperlukan lagi)", "section"
    )
    page.next(height=20)
    for note in orphans:
        for column in range(1, STATUS + 1):
            page.put(column, "", "list_text")
        page.put(3, note.code, "list_center")
        page.put(5, note.record, "list_text")
        page.put(6, note.found, "list_text")
        page.put(ENTRY, note.text, "entry")
        page.put(STATUS, GONE, "list_text")
        _keys(page, note.code, note.record, note.column, explanations.ARCHIVED, note.found, note.text)
        page.next()


def _rules(page: Page, first: int, last: int) -> None:
    for severity, look in ((Severity.ERROR, RED), (Severity.WARNING, AMBER), (Severity.INFO, BLUE)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{severity.word("id")}"'}
        page.rules.append(((first, 2, last, 2), rule, look))
    severity_cell, entry = a1(first, 2, fixed_column=True), a1(first, ENTRY, fixed_column=True)
    state = a1(first, STATUS, fixed_column=True)
    stale = f'LEFT({state},6)="perlu "'
    wanted = f'=AND({severity_cell}="{Severity.WARNING.word("id")}",OR(AND({entry}="",{state}="{WANTED}"),{state}="{STALE}"))'
    page.rules.append(((first, ENTRY, last, ENTRY), {"type": "formula", "criteria": wanted}, YELLOW))
    page.rules.append(((first, STATUS, last, STATUS), {"type": "formula", "criteria": f"={stale}"}, AMBER))
    page.rules.append(
        ((first, STATUS, last, STATUS), {"type": "text", "criteria": "begins with", "value": "tetap"}, RED)
    )
    page.rules.append(
        ((first, STATUS, last, STATUS), {"type": "text", "criteria": "begins with", "value": "sudah"}, GREEN)
    )
