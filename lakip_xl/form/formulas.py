"""The formulas of the form, each one expression. They guard every operand: a blank gives a blank, a text gives "-".

``R*100/T`` rather than ``R/T*100``: the product of whole numbers is exact, so 57 of 100 is 57 and not 56,99999999999999, and a
value on the edge of a band falls on the right side of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lakip_xl.form.expressions import Const, Expr, Key, Operand, Range, Setting, Span, There, call

HIGHER, LOWER = "Makin tinggi makin baik", "Makin rendah makin baik"
VARIANT_A, VARIANT_B = "(2 x target - realisasi) / target", "target / realisasi"
SUM, LAST, MEAN, HIGHEST = "Kumulatif", "Posisi akhir", "Rata-rata", "Tertinggi"
ACTIVE, ZEROED, EMPTY = "aktif", "dinolkan", "nihil"
NO_CAP = "tidak ada"

PAGU_NIHIL, TARGET_NIHIL, BUKAN_ANGKA = "PAGU NIHIL", "TARGET NIHIL", "BUKAN ANGKA"
DI_ATAS_BATAS, DI_BAWAH_BATAS = "DI ATAS BATAS", "DI BAWAH BATAS"
MELEBIHI_PAGU, KINERJA_SERAPAN = "MELEBIHI PAGU", "KINERJA < SERAPAN"
FLAGS = (PAGU_NIHIL, TARGET_NIHIL, BUKAN_ANGKA, DI_ATAS_BATAS, MELEBIHI_PAGU, KINERJA_SERAPAN, DI_BAWAH_BATAS)

# Satuan whose value is a position, not an amount that adds up over the quarters (inferred; Orang/bulan is the known trap).
PERCENT_UNITS = ("%", "persen", "persentase")
POSITION_UNITS = (
    *PERCENT_UNITS, "indeks", "nilai", "predikat", "skor", "rasio", "orang/bulan", "orang / bulan", "orang/ bulan", "orang /bulan",
    "org/bln", "orang/bln", "ob",
)  # fmt: skip


def guarded(left: Expr, right: Expr, result: Expr) -> Expr:
    """``result`` where both operands are numbers; blank where one is blank; "-" where one is text or an error."""
    blank = call("COUNTBLANK", left) + call("COUNTBLANK", right)
    return call("IF", call("COUNT", left, right).eq(2), result, call("IF", blank > 0, "", "-"))


def is_number_and(operand: Expr, condition: Expr) -> Expr:
    """The condition, asked only where the operand is a number: Excel finds that "-" is greater than 100."""
    return call("IF", call("ISNUMBER", operand), condition, False)


def ratio(part: Expr, whole: Expr) -> Expr:
    """part / whole in percent points; "-" where whole is 0 (source: the form's own heading, 15 = 14/13x100)."""
    return guarded(part, whole, call("IF", whole.eq(0), "-", part * 100 / whole))


def achievement(target: Expr, realisasi: Expr, arah: Expr, variant: Expr) -> Expr:
    """Capaian in percent points, by arah and the workbook's variant for lower-is-better.

    Higher is better: R/T x 100 (the form, 12 = 11/6x100). Lower is better: (2T-R)/T x 100 (PermenPANRB 8/2021 and reports in use) or
    T/R x 100 (in use as well). "-" where the divisor is 0.
    """
    higher = realisasi * 100 / target
    variant_a = (2 * target - realisasi) * 100 / target
    variant_b = call("IF", realisasi.eq(0), "-", target * 100 / realisasi)
    lower = call("IF", variant.eq(VARIANT_B), variant_b, variant_a)
    value = call("IF", arah.eq(LOWER), lower, higher)
    return guarded(target, realisasi, call("IF", target.eq(0), "-", value))


def out_of_use(status: Expr) -> Expr:
    """Whether a row is zeroed in the Perubahan or nihil: then it counts nowhere and is silent."""
    return call("OR", status.eq(ZEROED), status.eq(EMPTY))


def over_quarters(quarters: tuple[Expr, ...], all_of_them: tuple[Expr, ...], cara: Expr, satuan: Expr) -> Expr:
    """Realisasi to date from the quarters by CARA HITUNG; by default a sum, or the last one entered for a position (inferred).

    ``all_of_them`` are the same cells as few ranges as they make: one where they stand side by side.
    """
    last: Expr = quarters[0]
    for quarter in quarters[1:]:
        last = call("IF", call("ISNUMBER", quarter), quarter, last)
    position = call("OR", *(satuan.eq(unit) for unit in POSITION_UNITS))
    value: Expr = call(
        "IF", call("OR", cara.eq(LAST), call("IF", cara.eq(""), position, False)), last, call("SUM", *all_of_them)
    )
    value = call("IF", cara.eq(HIGHEST), call("MAX", *all_of_them), value)
    value = call("IF", cara.eq(MEAN), call("AVERAGE", *all_of_them), value)
    entered: Expr = call("COUNT", *all_of_them)
    for cells in all_of_them:
        entered = entered + call("COUNTBLANK", cells)
    strange = entered < len(quarters)
    return call("IF", strange, "-", call("IF", call("COUNT", *all_of_them).eq(0), "", value))


@lru_cache(maxsize=64)
def roll_up(key: str, child_level: Operand) -> Expr:
    """The sum of a column over the children: the rows of the span whose TINGKAT is the children's.

    The span ends on the row after the group (the next heading or the border row), whose level never matches, so that a row
    inserted at the end of the group is counted. All children blank: blank. A text or an error among them: "-",
    never a partial sum.
    """
    levels, values = Span("tingkat"), Span(key)
    # Not "?*", which counts texts: LibreOffice finds that a number matches it.
    numbers = call("COUNTIFS", levels, child_level, values, ">=-9E+307")
    blanks = call("COUNTIFS", levels, child_level, values, "")
    total = call("SUMIF", levels, child_level, values)
    strange = numbers + blanks < call("COUNTIF", levels, child_level)
    return call("IF", strange, "-", call("IF", numbers.eq(0), "", total))


def listed_sum(runs: Sequence[Range]) -> Expr:
    """The sum of children that no one level gathers, or in a sheet without TINGKAT: each run of neighbouring cells is named.

    Guarded as ``roll_up``. A row inserted inside a run is counted, one at the end of a group is not, until the next fill.
    """
    numbers = call("COUNT", *runs)
    seen: Expr = numbers
    rows: Expr = call("ROWS", runs[0])
    for place, run in enumerate(runs):
        seen = seen + call("COUNTBLANK", run)
        rows = rows + call("ROWS", run) if place else rows
    return call("IF", seen < rows, "-", call("IF", numbers.eq(0), "", call("SUM", *runs)))


def level_of_code(kode: Expr, names: tuple[str, ...]) -> Expr:
    """TINGKAT from the number of dots in the code, ``names`` from no dot upward; blank for a code of another shape."""
    dots = call("LEN", kode) - call("LEN", call("SUBSTITUTE", kode, ".", ""))
    return call("IF", kode.eq(""), "", call("IFERROR", call("CHOOSE", dots + 1, *names), ""))


def quotient(part: Expr, whole: Expr, satuan: Expr) -> Expr:
    """Realisasi from pembilang and penyebut: percent points where the satuan is a percentage, else the plain quotient."""
    percent = call("OR", *(satuan.eq(unit) for unit in PERCENT_UNITS))
    return guarded(part, whole, call("IF", whole.eq(0), "-", call("IF", percent, part * 100 / whole, part / whole)))


def sum_or_blank(cells: Expr) -> Expr:
    """The sum of a range, blank where it holds no number."""
    return call("IF", call("COUNT", cells).eq(0), "", call("SUM", cells))


# Words for a period, as offices write them; the lists of the form offer the first of each kind.
YEAR_PERIODS = ("Akhir tahun", "Tahunan", "TW IV", "TW 4", "Triwulan IV", "Triwulan 4", "Semester II", "Semester 2")
QUARTER_STARTS = ("TW", "Triwulan", "Semester")


def period_class(period: Expr) -> Expr:
    """1 for a month, 2 for TW I to TW III and Semester I, 3 for the end of the year (the default when the period is blank)."""
    starts = (call("LEFT", period, len(start)).eq(start) for start in QUARTER_STARTS)
    whole = (period.eq(name) for name in ("", *YEAR_PERIODS))
    return call("IF", call("OR", *whole), 3, call("IF", call("OR", *starts), 2, 1))


MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_PARTS = (
    (3, ("TW I", "TW 1", "Triwulan I", "Triwulan 1")),
    (6, ("TW II", "TW 2", "Triwulan II", "Triwulan 2", "Semester I", "Semester 1")),
    (9, ("TW III", "TW 3", "Triwulan III", "Triwulan 3")),
)
PERIOD_MONTHS: tuple[tuple[int, tuple[str, ...]], ...] = (
    *((number, (name,)) for number, name in enumerate(MONTHS, start=1)),
    *_PARTS,
)
"""The last month of a period, and the words for it; any other period ends with the year."""


def heading_to_date(period: str) -> str:
    """The heading of column 14 in a period: what has been spent up to its end."""
    name = " ".join(period.split()).casefold()
    same = next((words[0] for _, words in PERIOD_MONTHS if name in (word.casefold() for word in words)), "TW IV")
    return f"REALISASI s/d {same.upper()} (Rp)"


def last_month(period: Expr) -> Expr:
    """The last month of the period, 1 to 12."""
    period = call("TRIM", period)
    value: Expr = Const(12.0)
    for number, words in reversed(PERIOD_MONTHS):
        asked = period.eq(words[0]) if len(words) == 1 else call("OR", *(period.eq(word) for word in words))
        value = call("IF", asked, number, value)
    return value


def month_known(period: str) -> int | None:
    """The last month of a period that ends before the year does; None for any other word."""
    name = " ".join(period.split()).casefold()
    return next((number for number, words in PERIOD_MONTHS if name in (word.casefold() for word in words)), None)


def last_month_of(period: str) -> int:
    """As ``last_month``, for a period that is known."""
    return month_known(period) or 12


def to_date(keys: Sequence[str], month: Expr) -> Expr:
    """The sum of neighbouring columns, one a month, up to the month; blank where none is entered, "-" where one is no number."""
    first, last = keys[0], keys[-1]
    cells = Span(f"{first}:{last}")
    sums = (call("SUM", Span(f"{first}:{key}")) for key in keys)
    strange = call("COUNT", cells) + call("COUNTBLANK", cells) < len(keys)
    return call("IF", strange, "-", call("IF", call("COUNT", cells).eq(0), "", call("CHOOSE", month, *sums)))


def plainly(kode: Expr) -> Expr:
    """A code without the zeros before its parts: 1.06.01.2.01.0001 and 1.6.1.2.1.01 are one, with a dot behind them or not."""
    plain: Expr = Const(".") & kode & "."
    for _ in range(4):
        plain = call("SUBSTITUTE", plain, ".0", ".")
    return call("SUBSTITUTE", call("SUBSTITUTE", plain, "..", "."), "..", ".")


def beside(table: str, value: Expr, *, loose: bool = False) -> Expr:
    """A value of another table's row, as long as that row still bears this row's code (a further indicator: its words).

    After a sort there it shows "-", no wrong figure. ``loose`` for two rows that write one code with other zeros.
    """
    here, there = Key("kode"), There(table, "kode")
    same: Expr = plainly(there).eq(plainly(here)) if loose else there.eq(here)
    same = call("IF", Key("kode").eq(""), There(table, "indikator").eq(Key("indikator")), same)
    return call("IF", same, value, "-")


def while_same(value: Expr, pairs: Sequence[tuple[Expr, Expr]]) -> Expr:
    """The value as long as the two cells of each pair hold the same words, spaces at the ends apart; else "-"."""
    for one, other in pairs:
        same = one.eq(other) if isinstance(other, Const) else call("TRIM", one).eq(call("TRIM", other))
        value = call("IF", same, value, "-")
    return value


def sum_there(table: str, keys: Sequence[str]) -> Expr:
    """The sum of neighbouring columns of another table's row, guarded as ``to_date``."""
    cells = There(table, f"{keys[0]}:{keys[-1]}")
    strange = call("COUNT", cells) + call("COUNTBLANK", cells) < len(keys)
    return call("IF", strange, "-", call("IF", call("COUNT", cells).eq(0), "", call("SUM", cells)))


@lru_cache(maxsize=1)
def office_line() -> Expr:
    """The title line of a sheet that names the office: DINAS SOSIAL KABUPATEN MANGGARAI."""
    office, region = Setting("perangkat_daerah"), Setting("kabupaten")
    space = call("IF", call("OR", office.eq(""), region.eq("")), "", " ")
    return call("UPPER", office) & space & call("UPPER", region)


@lru_cache(maxsize=1)
def period_line() -> Expr:
    """The title line of a sheet that names report, year and period: LAKIP TAHUN ANGGARAN 2023 - PERIODE AKHIR TAHUN."""
    year, period = Setting("tahun"), Setting("periode")
    named_year = call("IF", year.eq(""), "", Const(" TAHUN ANGGARAN ") & year)
    named_period = call("IF", period.eq(""), "", Const(" - PERIODE ") & call("UPPER", period))
    return Setting("nama_laporan") & named_year & named_period


def in_force(values: Expr, period_class: Expr) -> Expr:
    """The threshold of the current period; blank where that period has none."""
    chosen = call("INDEX", values, 1, period_class)
    return call("IF", call("ISNUMBER", chosen), chosen, "")


def flag() -> Expr:
    """HASIL PERIKSA: the first of ``FLAGS`` that applies, else blank. Live: it follows the entries and the settings."""
    target, realisasi, capaian = Key("target"), Key("realisasi"), Key("capaian")
    pagu, serapan_rp, persen = Key("anggaran"), Key("realisasi_anggaran"), Key("persen")
    upper, lower, least = Setting("capaian_max"), Setting("capaian_min"), Setting("serapan_min")
    gap = Setting("selisih_kinerja")
    entered: Expr = call("COUNT", target, realisasi, pagu, serapan_rp)
    for cell in (target, realisasi, pagu, serapan_rp):
        entered = entered + call("COUNTBLANK", cell)

    def positive(cell: Expr) -> Expr:
        return is_number_and(cell, cell > 0)

    def zero(cell: Expr) -> Expr:
        return is_number_and(cell, cell.eq(0))

    def beyond(cell: Expr, bound: Expr, condition: Expr) -> Expr:
        return call("IF", call("COUNT", cell, bound).eq(2), condition, False)

    below = call("OR", beyond(capaian, lower, capaian < lower), beyond(persen, least, persen < least))
    behind = call("IF", call("COUNT", capaian, persen, gap).eq(3), persen - capaian >= gap, False)
    steps: tuple[tuple[Expr, str], ...] = (
        (out_of_use(Key("status")), ""),
        (call("AND", zero(pagu), call("OR", positive(target), positive(serapan_rp))), PAGU_NIHIL),
        (call("AND", zero(target), call("OR", positive(pagu), positive(realisasi))), TARGET_NIHIL),
        (entered < 4, BUKAN_ANGKA),
        (beyond(capaian, upper, capaian > upper), DI_ATAS_BATAS),
        (call("IF", call("COUNT", pagu, serapan_rp).eq(2), serapan_rp > pagu, False), MELEBIHI_PAGU),
        (behind, KINERJA_SERAPAN),
        (below, DI_BAWAH_BATAS),
    )
    word: Expr | str = ""
    for condition, name in reversed(steps):
        word = call("IF", condition, name, word)
    assert isinstance(word, Expr)
    return word


def at_year_end(period_class: Expr, kategori: Expr) -> Expr:
    """A kategori is given at the end of the year only: before, capaian is measured against the target of the whole year."""
    return call("IF", period_class.eq(3), kategori, "")


def category(capaian: Expr, bounds: Expr, names: Expr, lowest: Expr, first_name: Expr) -> Expr:
    """The kategori of an UNROUNDED capaian: the last band whose lower bound it reaches; below all bounds the lowest band."""
    # Never beyond the highest bound: engines differ on what MATCH finds among the blank rows below it.
    # Rounded at the tenth decimal, where no figure of an office ends, since MATCH may compare what comparison would not.
    within = call("MIN", call("ROUND", capaian, 10), call("MAX", bounds))
    banded = call("INDEX", names, call("MATCH", within, bounds, 1))
    return call("IF", call("ISNUMBER", capaian), call("IF", capaian < lowest, first_name, banded), "-")


def capped_mean(values: Expr, cap: Expr) -> Expr:
    """The mean of capaian over a range, each counted at most as the cap where one is set; "-" where there is none to average."""
    # SUMIF and COUNTIF stand for AVERAGE(MIN(...)), which Excel 2010 takes as an array formula only.
    within = call("SUMIF", values, Const("<=") & cap, values)
    above = cap * call("COUNTIF", values, Const(">") & cap)
    mean = call("IF", call("ISNUMBER", cap), (within + above) / call("COUNT", values), call("AVERAGE", values))
    return call("IF", call("COUNT", values).eq(0), "-", mean)
