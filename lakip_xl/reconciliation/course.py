"""The sheet Serapan: realisasi to date against the anggaran kas (RAK) to date by month, deviasi, and a chart of both."""

from __future__ import annotations

from lakip_xl.cells import Cell
from lakip_xl.form.expressions import Ref, call
from lakip_xl.ledger.items import Comparison, month_name
from lakip_xl.reconciliation.looks import CELL, NOTE, joined, number
from lakip_xl.template import formats, paper
from lakip_xl.template.grid import Draft, Page

TITLE = "Serapan"
_HEADINGS = (
    ("BULAN", 14),
    ("RAK S.D. BULAN", 20),
    ("REALISASI S.D. BULAN", 20),
    ("DEVIASI (Rp)", 20),
    ("DEVIASI (%)", 13),
)
_HEAD, _FIRST = 4, 5


def draw(draft: Draft, page: Page, found: Comparison) -> None:
    """The table, its deviasi as live formulas, and the chart, which reads only cells of this sheet."""
    page.put(1, 1, "SERAPAN TERHADAP ANGGARAN KAS (RAK)", formats.TITLE)
    said = f"Realisasi menurut {found.course_of}; dasar realisasi {found.basis.value}. Deviasi = realisasi - RAK, dalam persen dari RAK."
    joined(page, 2, 1, 2, len(_HEADINGS), said, NOTE)
    page.sheet.set_row(1, 26)
    for column, (heading, width) in enumerate(_HEADINGS, start=1):
        page.put(_HEAD, column, heading, formats.HEADING)
        page.sheet.set_column(column - 1, column - 1, width)
    money = {**CELL, "num_format": "#,##0", "align": "right"}
    for row, point in enumerate(found.course, start=_FIRST):
        page.put(row, 1, month_name(point.month).id, CELL)
        page.put(row, 2, number(point.planned), money)
        page.put(row, 3, number(point.spent), money)
        planned, spent, apart = (Ref(Cell(TITLE, row, column)) for column in (2, 3, 4))
        known = call("ISNUMBER", spent)
        page.put(row, 4, call("IF", known, spent - planned, ""), money)
        share = call("IF", call("ISNUMBER", apart), call("IF", planned.eq(0), "-", apart / planned * 100), "")
        page.put(row, 5, share, {**money, "num_format": "#,##0.00"})
    _chart(draft, page, found)
    paper.lay_out(page.sheet, landscape=False, one_page=True)


def _chart(draft: Draft, page: Page, found: Comparison) -> None:
    last = _FIRST + len(found.course) - 1
    chart = draft.workbook.add_chart({"type": "line"})
    names = [month_name(point.month).id for point in found.course]
    series = (
        ("RAK", 2, "#9DC3E6", [number(point.planned) for point in found.course]),
        ("Realisasi", 3, "#1F4E78", [number(point.spent) for point in found.course]),
    )
    for name, column, colour, values in series:
        chart.add_series(
            {"name": name, "categories": [TITLE, _FIRST - 1, 0, last - 1, 0],
             "values": [TITLE, _FIRST - 1, column - 1, last - 1, column - 1], "categories_data": names, "values_data": values,
             "line": {"color": colour, "width": 2.25}, "marker": {"type": "circle", "size": 5, "fill": {"color": colour},
                                                                  "border": {"color": colour}}}
        )  # fmt: skip
    chart.set_title({"name": "Realisasi terhadap RAK, s.d. bulan", "name_font": {"size": 12, "color": formats.INK}})
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_y_axis(
        {"num_format": "#,##0,,", "major_gridlines": grid,
         "name": "juta rupiah", "name_font": {"size": 9, "bold": False}}
    )  # fmt: skip
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 640, "height": 340})
    page.sheet.insert_chart(last + 1, 0, chart, {"object_position": 2})
