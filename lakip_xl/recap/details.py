"""The further sheets: totals by urusan and program, every finding, the ledger by office, and the files that were passed over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xl.cells import Cell, Value, quote_sheet
from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Expr, Ref, call
from lakip_xl.form.formulas import MONTHS
from lakip_xl.ledger.codes import normal
from lakip_xl.numbers import say_number
from lakip_xl.recap.paper import lay_out
from lakip_xl.recap.settled import Recap
from lakip_xl.recap.sheet import Put, Sheet
from lakip_xl.recap.taken import Taken
from lakip_xl.recap.urusan import NAMES
from lakip_xl.summary.sources import difference

PROGRAMS, ISSUES, LEDGER, FILES = "Urusan dan Program", "Catatan", "Buku Besar", "Berkas Dilewati"
PROGRAM_WIDTHS = (12, 52, 10, 20, 20, 18, 11, 11)
ISSUE_WIDTHS = (34, 34, 17, 8, 22, 120, 18, 13)
LEDGER_WIDTHS = (5, 42, 22, 19, 19, 17, 19, 19, 17, 40)
FILE_WIDTHS = (70, 90)

MESSAGE = 125
"""Letters of a message that a line of its column holds."""
MOST_ROWS = 1_000_000
"""Findings that are written: a sheet of Excel has 1,048,576 rows."""
MOST_LINKS = 60_000
"""Excel drops all hyperlinks of a sheet with more than 65,530."""

_ISSUE_HEADS = ("BERKAS", "PERANGKAT DAERAH", "TINGKAT CATATAN", "KODE", "SEL", "PESAN", "NILAI (Rp)", "KEADAAN")
_MONEY_HEADS = ("JUMLAH PD", "ANGGARAN (Rp)", "REALISASI (Rp)", "SISA (Rp)", "SERAPAN (%)")


@dataclass
class Sum:
    """What several offices have together; rupiah."""

    name: str = ""
    offices: set[int] = field(default_factory=set)
    anggaran: Decimal = Decimal(0)
    realisasi: Decimal = Decimal(0)
    capaian: list[float] = field(default_factory=list)


class Issues:
    """The sheet of findings, one workbook after the other. ``many`` are all, ``written`` those that found a place."""

    def __init__(self, sheet: Sheet, link: Callable[[str], str]) -> None:
        self.sheet, self.link = sheet, link
        self.many = self.written = self.links = 0
        sheet.line([(each, "head") for each in _ISSUE_HEADS], height=20)
        sheet.sheet.freeze_panes(1, 0)

    def take(self, taken: Taken) -> None:
        """Writes the findings of one workbook."""
        path = self.link(taken.name) if taken.issues else ""
        for issue in taken.issues:
            self.many += 1
            if self.written >= MOST_ROWS:
                continue
            self.written += 1
            place = f"{issue.sheet}!{issue.cell}"
            lines = -(-len(issue.message) // MESSAGE)
            height = 3 + 12.5 * lines if lines > 1 else None
            cells: list[Put] = [
                (taken.name, "row_text"),
                (taken.office, "row_text"),
                (issue.severity.word("id"), "row_text"),
                (issue.code, "row_center"),
                (place, "row_text"),
                (issue.message, "row_wrap"),
                (issue.rupiah, "row_rupiah"),
                (issue.state, "row_text"),
            ]
            if path and self.links + 2 <= MOST_LINKS:
                self.links += 2
                self.sheet.link(1, path, "", taken.name, "row_link")
                self.sheet.link(5, path, f"{quote_sheet(issue.sheet)}!{issue.cell}", place, "row_link")
                cells = [*cells[1:4], *cells[5:]]
                for column, cell in zip((2, 3, 4, 6, 7, 8), cells, strict=True):
                    self.sheet.put(column, *cell)
                self.sheet.line([], height=height)
            else:
                self.sheet.line(cells, height=height)

    def finish(self) -> None:
        """Filter and paper."""
        last = max(self.sheet.row - 1, 1)
        self.sheet.sheet.autofilter(0, 0, last - 1, len(_ISSUE_HEADS) - 1)
        lay_out(self.sheet, len(_ISSUE_HEADS), last, (1, 1))

    def notes(self) -> list[str]:
        """What a reader of the list must know."""
        said = []
        if self.written < self.many:
            told, every = (say_number(Decimal(number), "id") for number in (self.written, self.many))
            said.append(f"Lembar {ISSUES} memuat {told} dari {every} catatan: selebihnya tidak muat di Excel.")
        if self.links + 2 > MOST_LINKS:
            said.append(
                f"Tautan pada lembar {ISSUES} berhenti setelah {self.links // 2} baris, karena Excel tidak menerima lebih."
            )
        return said


def programs(sheet: Sheet, found: Recap, totals: tuple[Ref, Ref]) -> None:
    """Totals by urusan and by program of the workbooks that count; what the programs do not hold is said."""
    urusan, program = _summed(found.taken)
    sheet.wide(1, 8, "JUMLAH MENURUT URUSAN", "title", height=24)
    _table(sheet, ("KODE", "URUSAN", *_MONEY_HEADS), urusan, False, totals)
    sheet.skip(14)
    sheet.wide(1, 8, "JUMLAH MENURUT PROGRAM", "title", height=24)
    _table(sheet, ("KODE", "PROGRAM", *_MONEY_HEADS, "CAPAIAN (%)"), program, True, totals)
    sheet.wide(1, 8, "Capaian: rata-rata dari rata-rata indikator program pada setiap Perangkat Daerah.", "note")
    lay_out(sheet, 8, sheet.row - 1, (1, 1))


def _summed(taken: Sequence[Taken]) -> tuple[dict[str, Sum], dict[str, Sum]]:
    urusan: defaultdict[str, Sum] = defaultdict(Sum)
    program: defaultdict[str, Sum] = defaultdict(Sum)
    for number, office in enumerate(taken):
        for kode, name in office.urusan:
            urusan[kode].name = urusan[kode].name or name
        for each in office.programs:
            key = each.kode or f" {normal(each.name)}"
            program[key].name = program[key].name or each.name
            for made in (urusan[each.urusan], program[key]):
                made.offices.add(number)
                made.anggaran += each.anggaran or 0
                made.realisasi += each.realisasi or 0
            if each.capaian is not None:
                program[key].capaian.append(each.capaian)
    urusan = defaultdict(Sum, {kode: each for kode, each in urusan.items() if each.offices})
    for kode, made in urusan.items():
        made.name = made.name or NAMES.get(kode, "" if kode else "program tanpa kode")
    return urusan, program


def _by_code(key: str) -> tuple[object, ...]:
    """Codes by their numbers, then what has none by name."""
    parts = re.split(r"([0-9]+)", key)
    return key.startswith(" ") or not key, tuple(int(part[:18]) if part.isdigit() else part for part in parts)


def _table(
    sheet: Sheet, heads: Sequence[str], sums: dict[str, Sum], with_capaian: bool, totals: tuple[Ref, Ref]
) -> None:
    sheet.line([(each, "head") for each in heads], height=30)
    first = sheet.row
    for key in sorted(sums, key=_by_code):
        each, row = sums[key], sheet.row
        pagu, used = sheet.ref(row, 4), sheet.ref(row, 5)
        cells: list[Put] = [
            ("" if key.startswith(" ") else key, "text"),
            (each.name, "text"),
            (float(len(each.offices)), "whole"),
            (each.anggaran, "rupiah"),
            (each.realisasi, "rupiah"),
            (difference(pagu, used), "rupiah"),
            (f.ratio(used, pagu), "decimals"),
        ]
        if with_capaian:
            mean = sum(each.capaian) / len(each.capaian) if each.capaian else "-"
            cells.append((mean, "decimals"))
        sheet.line(cells, height=28 if len(each.name) > 58 else 16)
    last, row = sheet.row - 1, sheet.row
    if last < first:
        sheet.wide(1, len(heads), "Tidak ada program.", "note")
        return
    sums_of = [f.sum_or_blank(sheet.down(column, first, last)) for column in (4, 5)]
    pagu, used = sheet.ref(row, 4), sheet.ref(row, 5)
    total: list[Put] = [
        ("", "total_text"),
        ("JUMLAH", "total_text"),
        ("", "total_text"),
        (sums_of[0], "total_rupiah"),
        (sums_of[1], "total_rupiah"),
        (difference(pagu, used), "total_rupiah"),
        (f.ratio(used, pagu), "total_decimals"),
    ]
    sheet.line(total + ([("", "total_text")] if with_capaian else []), height=18)
    sheet.wide(1, 8, _agreement((pagu, used), totals), "note", height=15)


def _agreement(here: tuple[Ref, Ref], there: tuple[Ref, Ref]) -> Expr:
    """Whether the sums are those of the first page."""
    apart = [call("ABS", one - other) >= 0.005 for one, other in zip(here, there, strict=True)]
    known = call("COUNT", *here, *there).eq(4)
    said = call(
        "IF",
        call("OR", *apart),
        "PERHATIAN: berbeda dari jumlah pada lembar Rekap.",
        "Sama dengan jumlah pada lembar Rekap.",
    )
    return call("IF", known, said, "Belum dapat dibandingkan dengan lembar Rekap.")


def ledger(sheet: Sheet, found: Recap) -> None:
    """What matrix and ledger say of each office; offices of the ledger that nobody handed in for stand below."""
    sheet.wide(1, 10, f"MATRIKS DAN BUKU BESAR: {found.against}", "title", height=24)
    sheet.line([(each, "head") for each in (
        "NO", "PERANGKAT DAERAH", "KODE SKPD", "ANGGARAN MATRIKS (Rp)", "PAGU BUKU BESAR (Rp)", "SELISIH (Rp)", "REALISASI MATRIKS (Rp)",
        "REALISASI BUKU BESAR (Rp)", "SELISIH (Rp)", "KETERANGAN",
    )], height=42)  # fmt: skip
    first = sheet.row
    for number, line in enumerate(found.lines, start=1):
        account, taken = line.account, line.taken
        figures = None if taken is None or not (account is None or line.comparable) else taken
        _ledger_row(
            sheet,
            (number, line.name, account.kode if account else line.kode),
            (figures.anggaran if figures else None, account.pagu if account else None),
            (figures.realisasi if figures else None, account.spent if account else None),
            _ledger_note(found, number - 1),
        )
    for number, account in enumerate(found.strangers, start=len(found.lines) + 1):
        name = account.name or "tanpa SKPD"
        note = "tidak ada buku kerja dengan nama ini"
        _ledger_row(sheet, (number, name, account.kode), (None, account.pagu), (None, account.spent), note)
    last, row = sheet.row - 1, sheet.row
    cells: list[Put] = [("", "total_text"), ("JUMLAH", "total_text"), ("", "total_text")]
    for column in (4, 5, 6, 7, 8, 9):
        content: Value | Expr = f.sum_or_blank(sheet.down(column, first, last)) if last >= first else ""
        cells.append((content, "total_signed" if column in (6, 9) else "total_rupiah"))
    sheet.line([*cells, ("", "total_text")], height=18)
    text = "Selisih hanya untuk Perangkat Daerah yang angkanya ada di kedua sisi."
    sheet.wide(1, 10, text, "note")
    lay_out(sheet, 10, row + 1, (2, 2))


def _ledger_note(found: Recap, number: int) -> str:
    line = found.lines[number]
    if line.account is None:
        return "tidak ditemukan di buku besar"
    if line.taken is not None and not line.comparable:
        month = line.account.month
        until = f" s/d {MONTHS[month - 1]}" if month else ""
        return f"buku besar{until} {line.account.year or ''}: periode lain, tidak dibandingkan".replace("  ", " ")
    return ""


Pair = tuple[Decimal | None, Decimal | None]


def _ledger_row(sheet: Sheet, name: tuple[int, str, str], pagu: Pair, spent: Pair, note: str) -> None:
    row = sheet.row
    cells: list[Put] = [(float(name[0]), "center"), (name[1], "text"), (name[2], "text")]
    for (one, other), at in ((pagu, 4), (spent, 7)):
        cells += [
            (one, "rupiah"),
            (other, "rupiah"),
            (difference(sheet.ref(row, at), sheet.ref(row, at + 1)), "signed"),
        ]
    sheet.line([*cells, (note, "text")], height=28 if max(len(name[1]) / 42, len(note) / 44) > 1 else 16)


def files(sheet: Sheet, found: Recap, link: Callable[[str], str]) -> None:
    """The files that count nowhere, with the reason: first those that should be looked at."""
    sheet.wide(1, 2, "BERKAS YANG TIDAK DIHITUNG DAN YANG DILEWATI", "title", height=24)
    sheet.line([("BERKAS", "head"), ("ALASAN", "head")], height=18)
    _listed(sheet, [(each.name, each.reason.id, "apart") for each in found.apart], link)
    _listed(sheet, [(each.name, each.reason.id, "text") for each in found.passed], lambda name: "")
    if not (found.apart or found.passed):
        sheet.wide(1, 2, "Tidak ada.", "note")
    lay_out(sheet, 2, sheet.row - 1, (2, 2))


def _listed(sheet: Sheet, rows: Iterable[tuple[str, str, str]], link: Callable[[str], str]) -> None:
    for number, (name, reason, look) in enumerate(rows):
        path = link(name) if number < MOST_LINKS // 2 else ""
        lines = max(-(-len(name) // 72), -(-len(reason) // 95), 1)
        if path:
            sheet.link(1, path, "", name, "link")
        else:
            sheet.put(1, name, "text")
        sheet.put(2, reason, look)
        sheet.line([], height=13.2 * lines + 3)


def total_refs(title: str, at: dict[str, int], row: int) -> tuple[Ref, Ref]:
    """The sums of the first page."""
    return Ref(Cell(title, row, at["anggaran"])), Ref(Cell(title, row, at["realisasi"]))
