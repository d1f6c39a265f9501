"""Efisiensi on Ringkasan by both methods, live; a hidden row for each sub kegiatan holds what the regulation's formula adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lakip_xl.findings import Finding
from lakip_xl.form import efficiency as e
from lakip_xl.form import formulas as f
from lakip_xl.form.binding import Layout
from lakip_xl.form.expressions import Const, Expr, Key, Range, Ref, Setting, There, call
from lakip_xl.rules.efficiency import NEEDED, Output, listed_outputs
from lakip_xl.rules.overall import programs_of
from lakip_xl.rules.reading import PAGU
from lakip_xl.rules.reading import SPENT as USED
from lakip_xl.summary.blocks import headings, missing, note, nothing, section
from lakip_xl.summary.check import FIRST, MARKS
from lakip_xl.summary.head import LAST, Cards
from lakip_xl.summary.page import Page
from lakip_xl.summary.sources import Sources, difference, mean, shown, total
from lakip_xl.table.model import Heading, Row, Table

COLUMN = MARKS + 1  # the first hidden column: gaji or not, PAK x CK, RAK, then pagu and realisasi of gaji
KIND, WORTH, SPENT, PAY_PAGU, PAY_SPENT = range(COLUMN, COLUMN + 5)
WIDTHS = (12, 16, 16, 16, 16)
PAY, OTHER = "gaji", "lain"
UNRESOLVED = ": satuan"
NUMBERS = ">=-9E+307"

_EXPLAINED = (
    "Angka positif: hasil tercapai dengan uang lebih sedikit. PMK 22/2021: E = (jumlah PAK x CK - jumlah RAK) / jumlah PAK x CK, dibatasi "
    "-20 sampai 20 %; NE = 50 + E/20 x 50. PAK anggaran, RAK realisasi, CK capaian tiap sub kegiatan, "
)
_ORIGIN = " Peraturan itu dibuat untuk kementerian/lembaga; periksa bunyinya sebelum dikutip."
_LEFT_OUT = (
    "Tidak dihitung: sub kegiatan yang satuan target dan realisasinya masih dipertanyakan pada Catatan Perbaikan (keadaan saat diperiksa), "
    "dan yang belum mempunyai capaian, anggaran, atau realisasi. Sub kegiatan yang dinolkan atau nihil tidak ikut dibilang."
)
_NO_PAY = " Gaji dan tunjangan belum terhitung pada PMK 22/2021."


@dataclass(frozen=True)
class Laid:
    """The hidden rows: ``rows`` is the first and last, ``programs`` the part of each program (None for one without), ``cap`` that of CK.

    ``count`` is how many sub kegiatan there are, ``pay`` how many of them are gaji.
    """

    page: Page
    rows: tuple[int, int]
    programs: tuple[tuple[int, int] | None, ...]
    cap: Ref
    pay: int
    count: int

    def column(self, column: int, rows: tuple[int, int] | None = None) -> Range:
        """One of the columns over all rows, or some."""
        return self.page.column(column, *(rows or self.rows))

    def added(self, column: int, without_pay: bool = False, rows: tuple[int, int] | None = None) -> Expr:
        """The sum of a column, to the sen: sums of floats differ from engine to engine in their last digits."""
        cells = self.column(column, rows)
        if without_pay:
            return call("ROUND", call("SUMIF", self.column(KIND, rows), OTHER, cells), 2)
        return call("ROUND", call("SUM", cells), 2)

    def counts(self, without_pay: bool) -> tuple[Expr, Expr]:
        """How many rows are counted, and how many are left out because of their satuan."""
        kinds, worth = self.column(KIND), self.column(WORTH)
        unresolved = call("COUNTIF", kinds, OTHER + UNRESOLVED)
        if without_pay:
            return call("COUNTIFS", kinds, OTHER, worth, NUMBERS), unresolved
        return call("COUNT", worth), unresolved + call("COUNTIF", kinds, PAY + UNRESOLVED)


def _why_not(table: Table) -> str:
    """Why there is nothing to rate by the regulation's formula."""
    lacking = [word for key, word in NEEDED.items() if not table.has(key)]
    if not lacking:
        return "Tidak ada sub kegiatan yang dapat dihitung"
    return f"Matriks ini tidak memuat kolom {', '.join(lacking)}"


def lay(page: Page, sources: Sources, findings: Sequence[Finding]) -> Laid | None:
    """Writes the hidden rows, program by program; None where there is no sub kegiatan, or the matrix lacks a column."""
    table = sources.document.matrix
    listed = listed_outputs(sources.document, findings)
    if not listed or not all(table.has(key) for key in NEEDED):
        return None
    names = ("Efisiensi: gaji?", "PAK x CK", "RAK", "PAK gaji", "RAK gaji")
    for column, name in enumerate(names, start=COLUMN):
        page.put(column, name, "small", FIRST - 1)
    page.put(KIND, "CK paling tinggi", "small", FIRST - 3)
    setting = sources.setting(e.CAP)
    cap = page.put(WORTH, setting if isinstance(setting, Const) else e.cap_in_force(setting), "small", FIRST - 3)
    owned, rest = _by_program(programs_of(table), listed)
    rows = _Rows(page, table, cap)
    parts = []
    for group in owned:
        top = rows.next
        for each in group:
            rows.add(each)
        parts.append((top, rows.next - 1) if group else None)
    for each in rest:
        rows.add(each)
    pay = sum(each.pay for each in listed)
    return Laid(page, (FIRST, rows.next - 1), tuple(parts), cap, pay, len(listed))


class _Rows:
    """The hidden rows while they are written. Their formulas are made once and shared, since a matrix may have thousands of rows."""

    def __init__(self, page: Page, table: Table, cap: Ref) -> None:
        self.page, self.table, self.next = page, table, FIRST
        self.cap = Ref(cap.cell, fixed_row=True, fixed_column=True)
        self.layout = Layout(page.title, {"worth": WORTH}, {"cap": self.cap}, others={"matriks": table.layout})
        pagu, used, capaian = (There("matriks", key) for key in (PAGU, USED, "capaian"))
        self.worth = e.promised(pagu, used, capaian, Setting("cap"))
        self.spent = call("IF", call("ISNUMBER", Key("worth")), used, "-")
        self.pay = ((PAY_PAGU, shown(pagu)), (PAY_SPENT, shown(used)))

    def add(self, each: Output) -> None:
        """The row of one sub kegiatan."""
        row, page, line = self.next, self.page, each.row
        self.next += 1
        page.put(KIND, (PAY if each.pay else OTHER) + (UNRESOLVED if each.unresolved else ""), "small", row)
        if each.pay:
            for column, formula in self.pay:
                page.put(column, self._bound(formula, row, line), "small_number", row)
        if each.unresolved:
            return
        if line.continuations:
            pagu, used, first = (Ref(self.table.cell(line, key)) for key in (PAGU, USED, "capaian"))
            capaian = Range(first, Ref(self.table.cell(line.continuations[-1], "capaian")))
            page.put(WORTH, e.promised(pagu, used, capaian, self.cap), "small_number", row)
        else:
            page.put(WORTH, self._bound(self.worth, row, line), "small_number", row)
        page.put(SPENT, self._bound(self.spent, row, line), "small_number", row)

    def _bound(self, formula: Expr, row: int, line: Row) -> Expr:
        return self.layout.bound(formula, row, (line.number, line.number))


def by_program(sources: Sources, laid: Laid | None) -> list[Expr]:
    """E of each program, within its limits."""
    parts = laid.programs if laid is not None else (None,) * len(programs_of(sources.document.matrix))
    found: list[Expr] = []
    for rows in parts:
        if laid is None or rows is None:
            found.append(Const("-"))
        else:
            found.append(e.limited(e.rate(laid.added(WORTH, rows=rows), laid.added(SPENT, rows=rows))))
    return found


def _by_program(programs: Sequence[Row | Heading], listed: Sequence[Output]) -> tuple[list[list[Output]], list[Output]]:
    """The sub kegiatan of each program, and those of none."""
    waiting = {id(each.row): each for each in listed}
    owned = []
    for program in programs:
        tops = program.rows if isinstance(program, Heading) else [program]
        rows = [row for top in tops for row in (top, *top.descendants())]
        owned.append([waiting.pop(id(row)) for row in rows if id(row) in waiting])
    return owned, list(waiting.values())


def block(page: Page, sources: Sources, laid: Laid | None, cards: Cards, sasaran: Ref, programs: Range | None) -> None:
    """Efisiensi by both methods, with and without gaji; ``sasaran`` is the mean of capaian, ``programs`` the capaian of the programs."""
    title = Const("5. Efisiensi")
    section(page, title & call("IF", sources.year_end, "", " (sementara)"))
    if laid is None and not listed_outputs(sources.document, ()):
        nothing(page, missing(sources.document.matrix, "sub kegiatan", "Matriks"))
        return
    place = page.row
    page.next()
    simple = _simple(page, sources, laid, cards, sasaran, programs)
    regulation: Expr = Const("-")
    if laid is None:
        note(page, f"{_why_not(sources.document.matrix)}; efisiensi menurut {e.REGULATION} tidak dapat dihitung.")
    else:
        regulation = _regulated(page, laid)
    page.wide(1, 2, "EFISIENSI", "total_text", place)
    page.put(3, sources.by_method(regulation, simple), "total_points", place)
    unit = sources.by_method(f"% (E dibatasi), menurut {e.REGULATION}", f"poin: {e.SIMPLE.lower()}")
    later = call("IF", sources.year_end, "", "; sementara, karena periode ini belum akhir tahun")
    page.wide(4, LAST, unit & " (cara yang dipilih pada Pengaturan)" & later, "total_text", place)
    page.next(height=6)


def _kinds(laid: Laid | None) -> tuple[str, str]:
    none = laid is not None and not laid.pay
    return "Dengan gaji dan tunjangan", "Tanpa gaji dan tunjangan" + (" (tidak ada barisnya)" if none else "")


def _simple(page: Page, sources: Sources, laid: Laid | None, cards: Cards, sasaran: Ref, programs: Range | None) -> Ref:
    """Capaian less serapan; returns the cell of all the money."""
    headings(page, ("NO", e.SIMPLE.upper(), "ANGGARAN (Rp)", "REALISASI (Rp)", "SISA (Rp)", "SERAPAN (%)", "CAPAIAN (%)",
                    "EFISIENSI (poin)"))  # fmt: skip
    per_sasaran = call("ISNUMBER", sasaran)
    capaian = call("IF", per_sasaran, sasaran, mean(programs) if programs is not None else "-")
    found: list[Ref] = []
    money = (cards.anggaran, PAY_PAGU), (cards.realisasi, PAY_SPENT)
    for number, kind in enumerate(_kinds(laid), start=1):
        amounts: list[Expr] = [whole for whole, _ in money]
        if number == 2:
            if laid is None:
                break
            if laid.pay:
                amounts = [_less(whole, total(laid.column(column))) for whole, column in money]
        page.put(1, number, "center")
        page.put(2, kind, "text")
        pagu, used = (page.put(column, amount, "rupiah") for column, amount in zip((3, 4), amounts, strict=True))
        page.put(5, difference(pagu, used), "rupiah")
        serapan = page.put(6, f.ratio(used, pagu), "decimals")
        reached = page.put(7, capaian, "decimals")
        found.append(page.put(8, difference(reached, serapan), "points"))
        page.next()
    whose = call("IF", per_sasaran, "sasaran (bagian 1)", "program (bagian 4)")
    note(page, Const("Capaian di sini rata-rata capaian ") & whose & ".")
    return found[0]


def _less(whole: Expr, part: Expr) -> Expr:
    """The whole without a part that may be blank."""
    return call(
        "IF", part.eq(""), whole, call("IF", part.eq("-"), "-", call("IF", call("ISNUMBER", whole), whole - part, "-"))
    )


def _regulated(page: Page, laid: Laid) -> Ref:
    """The regulation's formula; returns the cell of E within its limits over all rows."""
    headings(page, ("NO", e.REGULATION, "PAK x CK (Rp)", "REALISASI / RAK (Rp)", "SELISIH (Rp)", "E (%)", "E DIBATASI (%)",
                    "NILAI EFISIENSI / NE (%)", "SUB KEGIATAN DIHITUNG", "TIDAK DIHITUNG: SATUAN", "TIDAK DIHITUNG: DATA"), 43)  # fmt: skip
    found: list[Ref] = []
    taken: list[Ref] = []
    for number, kind in enumerate(_kinds(laid), start=1):
        without = number == 2
        page.put(1, number, "center")
        page.put(2, kind, "text")
        worth = page.put(3, laid.added(WORTH, without), "rupiah")
        spent = page.put(4, laid.added(SPENT, without), "rupiah")
        page.put(5, worth - spent, "rupiah")
        e_whole = page.put(6, e.rate(worth, spent), "points")
        found.append(page.put(7, e.limited(e_whole), "points"))
        page.put(8, e.value(found[-1]), "decimals")
        counted, unresolved = laid.counts(without)
        rows = laid.count - (laid.pay if without else 0)
        taken.append(page.put(9, counted, "whole"))
        left = page.put(10, unresolved, "whole")
        page.put(11, Const(float(rows)) - taken[-1] - left, "whole")
        page.next()
    highest = call("IF", call("ISNUMBER", laid.cap), Const("paling tinggi ") & laid.cap & " %.", "tanpa batas atas.")
    note(page, Const(_EXPLAINED) & highest & _ORIGIN)
    note(page, Const(_LEFT_OUT) & call("IF", taken[0].eq(taken[1]), _NO_PAY, "") if laid.pay else _LEFT_OUT)
    return found[0]
