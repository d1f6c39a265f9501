"""The sheet Rekonsiliasi: every item with both values, selisih as a live formula, SEBAB and TINDAK LANJUT to be filled in."""

from __future__ import annotations

from dataclasses import dataclass

from lakip_xl.cells import Cell, Value, a1
from lakip_xl.errors import Text
from lakip_xl.form.expressions import Expr, Range, Ref, call
from lakip_xl.ledger.items import Comparison, Figures, Item, Level, Status, cause_line, month_name
from lakip_xl.numbers import say_rupiah
from lakip_xl.reconciliation.looks import (
    CELL,
    FOLIO,
    FREE,
    LINE,
    NOTE,
    STRONG,
    WRAPPED,
    joined,
    lines,
    number,
    rupiah_format,
)
from lakip_xl.template import formats, paper
from lakip_xl.template.grid import Draft, Page

TITLE = "Rekonsiliasi"
CAUSE, FOLLOW_UP, KEY = "SEBAB", "TINDAK LANJUT", "KUNCI"
"""The headings by which an earlier reconciliation is read."""

LEVELS = {Level.TOTAL: "Jumlah", Level.SUB: "Sub kegiatan", Level.ACCOUNT: "Rekening"}
_GROUPS = (("BULAN {0}", 4), ("S.D. {0}", 7), ("PAGU", 10))
_COLUMNS = (
    ("TINGKAT", 12), ("KODE", 17), ("URAIAN", 32), ("MATRIKS", 15), ("BUKU BESAR", 15), ("SELISIH", 14), ("MATRIKS", 15),
    ("BUKU BESAR", 15), ("SELISIH", 14), ("MATRIKS", 15), ("BUKU BESAR", 15), ("STATUS", 14), (CAUSE, 28), (FOLLOW_UP, 24),
    ("USULAN SEBAB", 70), ("SEL MATRIKS", 22), ("BARIS BUKU BESAR", 46), (KEY, 10),
)  # fmt: skip
PRINTED, LAST = 14, len(_COLUMNS)
HEAD = 7
_MOST_PLACES = 4


@dataclass(frozen=True)
class Placed:
    """Where each item stands, and the columns that the Berita Acara reads."""

    rows: dict[int, int]
    month: int = 4
    to_date: int = 7
    pagu: int = 10
    cause: int = 13
    follow_up: int = 14

    def at(self, item: Item, column: int) -> Ref:
        """The cell of an item."""
        return Ref(Cell(TITLE, self.rows[id(item)], column))


def draw(draft: Draft, page: Page, found: Comparison, matrix: str, causes: str) -> Placed:
    """Draws the sheet; ``causes`` is the range that the list of SEBAB takes."""
    shown = rupiah_format(f for item in found.items for f in (item.month, item.to_date, item.pagu))
    first = HEAD + 2
    placed = Placed({id(item): row for row, item in enumerate(found.items, start=first)})
    _head(page, found, matrix)
    wide = [width for _, width in _COLUMNS]
    subs = [placed.rows[id(item)] for item in found.at(Level.SUB)]
    level: Level | None = None
    for item in found.items:
        row = placed.rows[id(item)]
        _row(page, row, item, (subs[0], subs[-1]) if item.level is Level.TOTAL and subs else None, shown, level)
        level = item.level
    last = first + len(found.items) - 1
    _rules(draft, page, first, last, causes)
    for column, width in enumerate(wide):
        page.sheet.set_column(column, column, width, None, {"hidden": 1} if column == LAST - 1 else {})
    page.sheet.freeze_panes(HEAD + 1, 3)
    page.sheet.autofilter(HEAD, 0, last - 1, LAST - 2)
    paper.lay_out(page.sheet)
    page.sheet.set_paper(FOLIO)
    page.sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    page.sheet.print_area(0, 0, last - 1, PRINTED - 1)
    page.sheet.repeat_rows(HEAD - 1, HEAD)
    return placed


def _head(page: Page, found: Comparison, matrix: str) -> None:
    month = month_name(found.month).id
    office = " ".join(part for part in (found.office, found.region) if part).upper()
    year = f" TAHUN ANGGARAN {found.year}" if found.year else ""
    page.put(1, 1, "REKONSILIASI REALISASI BELANJA", formats.TITLE)
    page.put(2, 1, f"{office}{year}, S.D. {month.upper()}".lstrip(", "), formats.SUBTITLE)
    facts = (
        f"Dasar realisasi: {found.basis.value}. Selisih = matriks - buku besar. Toleransi {say_rupiah(found.tolerance, 'id')}. Angka belum "
        "diaudit.",
        f"Matriks: {matrix}. Buku besar: {', '.join(found.files)}."
        + (f" Bulan lalu: {found.previous}." if found.previous else ""),
        " ".join(note.id for note in found.notes) or "Semua yang ada dibandingkan.",
    )
    printed = sum(width for _, width in _COLUMNS[:PRINTED])
    for row, fact in enumerate(facts, start=3):
        joined(page, row, 1, row, PRINTED, fact, NOTE)
        page.sheet.set_row(row - 1, LINE * lines(fact, printed) + 1)
    for column, (heading, _) in enumerate(_COLUMNS, start=1):
        if column < 4 or column > 11:
            joined(page, HEAD, column, HEAD + 1, column, heading, formats.HEADING)
        else:
            page.put(HEAD + 1, column, heading, formats.HEADING)
    for title, column in _GROUPS:
        joined(
            page,
            HEAD,
            column,
            HEAD,
            column + (1 if title == "PAGU" else 2),
            title.format(month.upper()),
            formats.HEADING,
        )
    page.sheet.set_row(HEAD - 1, 18)
    page.sheet.set_row(HEAD, 18)


def _row(page: Page, row: int, item: Item, subs: tuple[int, int] | None, shown: str, above: Level | None) -> None:
    look = {**CELL, **(STRONG if item.level is Level.TOTAL else {}), **({"top": 2} if above is not item.level else {})}
    money = {**look, "num_format": shown, "align": "right"}
    text = {**look, **WRAPPED}
    name = item.name + (f" ({item.unit})" if item.unit else "")
    kode = (
        item.rekening
        if item.level is Level.ACCOUNT and not item.kode
        else " / ".join(filter(None, (item.kode, item.rekening)))
    )
    page.put(row, 1, LEVELS[item.level], text)
    page.put(row, 2, kode or None, {**text, "num_format": "@"})
    page.put(row, 3, name or "(tanpa kode sub kegiatan)", text)
    for column, figures in ((4, item.month), (7, item.to_date)):
        _both(page, row, column, figures, subs, money)
        difference: Value | Expr = "-"
        if figures.compared:
            left, right = (Ref(Cell(TITLE, row, c)) for c in (column, column + 1))
            difference = call("ROUND", left - right, 2)
        page.put(row, column + 2, difference, {**money, "bold": True})
    _both(page, row, 10, item.pagu, subs, money)
    page.put(row, 12, status(item).id, text)
    written = item.written
    page.put(row, 13, (written.cause if written else "") or None, {**FREE, **_strong(look)})
    page.put(row, 14, (written.follow_up if written else "") or None, {**FREE, **_strong(look)})
    page.put(row, 15, proposal(item) or None, text)
    page.put(row, 16, ", ".join(map(str, item.cells)) or None, text)
    page.put(row, 17, places(item).id or None, text)
    page.put(row, 18, item.key, look)
    page.sheet.set_row(row - 1, LINE * _height(item, name, kode) + 3)


def _height(item: Item, name: str, kode: str) -> int:
    """Lines that a row takes: what is printed whole, of the columns beside it at most a few, so that pages are not half empty."""
    written = item.written
    printed = {
        2: kode,
        3: name,
        12: status(item).id,
        13: written.cause if written else "",
        14: written.follow_up if written else "",
    }
    beside = {15: proposal(item), 16: ", ".join(map(str, item.cells)), 17: places(item).id}
    most = max(lines(value, _COLUMNS[column - 1][1]) for column, value in printed.items())
    return max(most, min(3, max(lines(value, _COLUMNS[column - 1][1]) for column, value in beside.items())))


def _strong(look: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in look.items() if key in ("bg_color", "top")}


def _both(
    page: Page, row: int, column: int, figures: Figures, subs: tuple[int, int] | None, look: dict[str, object]
) -> None:
    """The value of each side; the total as a live sum of the sub kegiatan, where it is their sum."""
    for at, value in ((column, figures.matrix), (column + 1, figures.ledger)):
        content: Value | Expr = number(value)
        if subs is not None and value is not None and figures.compared:
            content = call("SUM", Range(Ref(Cell(TITLE, subs[0], at)), Ref(Cell(TITLE, subs[1], at))))
        page.put(row, at, content, look)


WITHIN = Text("dalam toleransi", "within the tolerance")


def status(item: Item) -> Text:
    """The status in words; a pagu that differs is said beside another difference too."""
    word = item.status.word
    if item.pagu_apart and item.status not in (Status.PAGU, Status.MATCHED, Status.ONLY_LEDGER):
        pagu = Status.PAGU.word
        return Text(f"{word.id}; {pagu.id}", f"{word.en}; {pagu.en}")
    if item.within:
        return WITHIN
    if item.renamed and item.status is Status.MATCHED:
        return Text(f"{word.id}, nama lain", f"{word.en}, another name")
    return word


def proposal(item: Item) -> str:
    """The likely cause with its reason, near misses, and the months that differ, in Indonesian as the sheet is."""
    said = []
    if item.cause is not None:
        reason = f": {item.reason.id}" if item.reason else ""
        said.append(f"{cause_line(item.cause)}{reason}")
    elif item.reason is not None:
        said.append(item.reason.id)
    if item.offers:
        said.append("mirip: " + "; ".join(f"{o.kode} {o.name}".strip() for o in item.offers))
    if item.renamed:
        said.append(f"di buku besar: {item.ledger_name}")
    if item.apart:
        said.append("berbeda pada " + ", ".join(f"{month_name(m).id} {say_rupiah(v, 'id')}" for m, v in item.apart))
    return "\n".join(said)


def places(item: Item) -> Text:
    """The lines of the ledger, the first few of many."""
    shown = ", ".join(str(place) for place in item.places[:_MOST_PLACES])
    more = len(item.places) - _MOST_PLACES
    return Text(f"{shown} (+{more} baris)", f"{shown} (+{more} lines)") if more > 0 else Text(shown, shown)


def _rules(draft: Draft, page: Page, first: int, last: int, causes: str) -> None:
    """Differences in red, the list of causes, and no green corners on codes."""
    page.sheet.data_validation(
        first - 1, 12, last - 1, 12,
        {"validate": "list", "source": causes, "error_title": "Pilih dari daftar",
         "error_message": "Pilih salah satu dari dua belas sebab, atau kosongkan. Penjelasan ditulis di TINDAK LANJUT.",
         "input_title": "Sebab selisih", "input_message": "Pilih sebabnya; usulan ada di kolom USULAN SEBAB. "
         "Sebab 12 dijelaskan di TINDAK LANJUT."},
    )  # fmt: skip
    red = draft.formats.get({"font_color": "#9C0006", "bg_color": "#F8CBCB"})
    for column in (6, 9):
        at = a1(first, column)
        page.sheet.conditional_format(
            first - 1, column - 1, last - 1, column - 1,
            {"type": "formula", "criteria": f"=AND(ISNUMBER({at}),{at}<>0)", "format": red},
        )  # fmt: skip
    page.sheet.ignore_errors({"number_stored_as_text": f"A{first}:B{last}", "formula_differs": f"D{first}:K{last}"})
