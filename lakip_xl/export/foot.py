"""What stands below the rows of the form: mean and predikat, causes and follow-up to be written, and who made and evaluated it."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xl.export.looks import FREE, joined
from lakip_xl.form import formulas as f
from lakip_xl.form import printed_e81
from lakip_xl.form.binding import Layout
from lakip_xl.form.expressions import Const, Expr, Listed, Range, Setting, call
from lakip_xl.table.model import Table
from lakip_xl.template import formats
from lakip_xl.template.grid import Page

_LABEL = {**formats.BOXED, "bold": True, "align": "right", "valign": "vcenter"}
_RESULT = {**formats.BOXED, "bold": True, "valign": "vcenter", "align": "right", "num_format": "#,##0.00"}
_WORD = {**formats.BOXED, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
_REMARK = {**formats.BOXED, "bold": True, "text_wrap": True}
_SIGNED = {"font_size": 10, "font_color": formats.INK, "align": "center"}
_DOTS = "." * 40

MOST_RUNS = 35
"""Programs with indicators of their own that one mean names: beyond, its formula would be too long for Excel."""


def draw(page: Page, table: Table, last: int) -> int:
    """Draws the foot below the table, up to column ``last``; gives its last row."""
    row = (
        table.total.number if table.total is not None else table.rows[-1].number if table.rows else table.header_row
    ) + 1
    _results(page, table, row, last)
    row += 2
    for text in printed_e81.REMARKS:
        middle = table.layout.columns["uraian"]
        joined(page, row, 1, row, middle, text, _REMARK)
        joined(page, row, middle + 1, row, last, None, FREE)
        page.sheet.set_row(row - 1, 42)
        row += 1
    page.put(row, 1, printed_e81.GRADES_NOTE, formats.INTRO)
    return _signatures(page, table.layout, row + 2, last)


def _results(page: Page, table: Table, row: int, last: int) -> None:
    """The mean and its predikat: of the year in column 12, of the Renstra in column 14."""
    columns = table.layout.columns
    label = columns["realisasi"] - 1
    for at, text in ((row, printed_e81.MEAN), (row + 1, printed_e81.GRADE)):
        joined(page, at, 1, at, label, text, _LABEL)
        for column in range(label + 1, last + 1):
            page.put(at, column, None, formats.BOXED)
        page.sheet.set_row(at - 1, 20)
    page.sheet.set_row(row, 30)  # "Sangat tinggi" takes two lines
    means = {
        "realisasi": _mean(table, "capaian"),
        "realisasi_anggaran": _ratio(table, "realisasi_anggaran", "anggaran"),
        "tingkat_renstra": _mean(table, "tingkat_renstra"),
        "tingkat_rp_renstra": _ratio(table, "rp_renstra", "pagu_renstra"),
    }
    for key, mean in means.items():
        if mean is not None:
            page.put(row, columns[key], table.layout.bound(mean, row), _RESULT)
            grade = _grade(table.layout.at(key, row))
            page.put(row + 1, columns[key], table.layout.bound(grade, row + 1), _WORD)


def _grade(mean: Expr) -> Expr:
    """The predikat of a mean, at the end of the year only: before, it is measured against the target of the whole year."""
    bands = printed_e81.GRADES
    bounds, names = Listed(tuple(float(b.lower) for b in bands)), Listed(tuple(b.name for b in bands))
    word = f.category(mean, bounds, names, Const(float(bands[0].lower)), Const(bands[0].name))
    return f.at_year_end(Setting("kelompok_periode"), word)


def _mean(table: Table, key: str) -> Expr | None:
    """The mean over the indicators of the programs, each at most the batas maksimum; over all rows where programs have none."""
    if not table.rows:
        return None
    runs = list(_programs(table, key))
    if not 0 < len(runs) <= MOST_RUNS:
        runs = [Range(table.layout.at(key, table.rows[0].number), table.layout.at(key, table.rows[-1].number))]
    cap = Setting("batas_maksimum")
    total: Expr | None = None
    for run in runs:
        capped = call("SUMIF", run, Const("<=") & cap, run) + cap * call("COUNTIF", run, Const(">") & cap)
        total = capped if total is None else total + capped
    assert total is not None
    mean = call("IF", call("ISNUMBER", cap), total / call("COUNT", *runs), call("AVERAGE", *runs))
    return call("IF", call("COUNT", *runs).eq(0), "-", mean)


def _programs(table: Table, key: str) -> Iterator[Range]:
    """The cells of each program with an indicator of its own, its further indicators included."""
    for row in table.at_level("program"):
        if row.in_use and row.indicators:
            last = row.continuations[-1].number if row.continuations else row.number
            yield Range(table.layout.at(key, row.number), table.layout.at(key, last))


def _ratio(table: Table, part: str, whole: str) -> Expr | None:
    """Money is not averaged by percentages: what was spent of all against all that was planned."""
    if table.total is None:
        return None
    at = table.total.number
    return f.ratio(table.layout.at(part, at), table.layout.at(whole, at))


def _signatures(page: Page, layout: Layout, row: int, last: int) -> int:
    """Place, date, office and a line for the name, left and right. Names are written by hand."""
    position = Setting("jabatan_penanda_tangan")
    ours = call("IF", position.eq(""), Const("Kepala ") & Setting("perangkat_daerah"), position)
    theirs = Const(f"{printed_e81.PLANNING_OFFICE} ") & Setting("kabupaten")
    blocks = (
        (layout.columns["uraian"], layout.columns["indikator"], ours),
        (layout.columns["realisasi_renstra"], last, theirs),
    )
    for word, (left, right, office) in zip(printed_e81.SIGNATURES, blocks, strict=True):
        joined(page, row, left, row, right, f"{word}, tanggal {_DOTS}", _SIGNED)
        joined(page, row + 1, left, row + 1, right, layout.bound(office, row + 1), {**_SIGNED, "bold": True})
        joined(page, row + 5, left, row + 5, right, f"({_DOTS})", _SIGNED)
    return row + 5
