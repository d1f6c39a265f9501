"""The charts of Ringkasan and the block of cells, right of the printed page, that they read.

A series reads only cells of Ringkasan; where there is no number the cell holds #N/A, which a chart leaves out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lakip_xl.cells import Cell, quote_sheet
from lakip_xl.form.evaluate import Resolve
from lakip_xl.form.expressions import Expr, Ref, call
from lakip_xl.form.expressions import text as formula_text
from lakip_xl.summary.blocks import section
from lakip_xl.summary.formats import INK, LINE, MUTED
from lakip_xl.summary.head import LAST
from lakip_xl.summary.page import Page
from lakip_xl.summary.sources import Sources, number_or_na
from lakip_xl.workbook.strings import encode

DATA = LAST + 2  # the first column of the block: name, serapan, capaian, serapan and capaian where both are known
BANDS = DATA + 5  # name of a band, its two ends (x), its bound (y)
CHARTED_POINTS = 12  # more programs than this become one series without names
NAME_LENGTH = 34
TALLEST = 720  # pixels: what fits on one printed page
COLOURS = ("#1F4E78", "#C55A11", "#548235", "#7F6000", "#7030A0", "#0E7C86", "#A5264B", "#4472C4")
MARKERS = ("circle", "diamond", "square", "triangle")
BAND_COLOURS = ("#C00000", "#ED7D31", "#BF9000", "#70AD47", "#2E75B6")
SERAPAN_COLOUR, CAPAIAN_COLOUR = "#9DC3E6", "#1F4E78"


def charts(page: Page, sources: Sources, programs: Sequence[tuple[Ref, Ref, Ref]]) -> None:
    """Capaian and serapan by program, and serapan against capaian with the lower bounds of the kategori."""
    if not programs:
        return
    section(page, "7. Grafik")
    top = page.row
    first, last = _points(page, top, programs)
    bands = _bands(page, top, sources)
    height = min(max(260, 80 + (36 if len(programs) <= 8 else 26) * len(programs)), TALLEST)
    page.charts.append((top, 1, lambda book, resolve: _bars(book, resolve, page, (first, last), height)))
    page.charts.append((top, 5, lambda book, resolve: _scatter(book, resolve, page, (first, last), bands, height)))
    rows = max(-(-(height + 10) // 20), last - top + 2, 3 * len(bands) + 2)
    page.next(rows)


def _short(bare: Expr) -> Expr:
    """A program's name without the words that say little, cut where it is long."""
    for words in ("PROGRAM ", "Program ", " PEMERINTAHAN DAERAH KABUPATEN/KOTA", " PEMERINTAHAN DAERAH PROVINSI"):
        bare = call("SUBSTITUTE", bare, words, "")
    return call("IF", call("LEN", bare) > NAME_LENGTH, call("LEFT", bare, NAME_LENGTH - 1) & "…", bare)


def _points(page: Page, top: int, programs: Sequence[tuple[Ref, Ref, Ref]]) -> tuple[int, int]:
    heads = (
        "Data grafik: program",
        "Serapan (%)",
        "Capaian (%)",
        "Serapan, bila keduanya ada",
        "Capaian, bila keduanya ada",
    )
    for column, heading in enumerate(heads, start=DATA):
        page.put(column, heading, "small", top)
    for row, (name, serapan, capaian) in enumerate(programs, start=top + 1):
        both = call("COUNT", serapan, capaian).eq(2)
        page.put(DATA, _short(name), "small", row)
        for column, source in enumerate((number_or_na(serapan), number_or_na(capaian)), start=DATA + 1):
            page.put(column, source, "small_number", row)
        for column, source in enumerate((serapan, capaian), start=DATA + 3):
            page.put(column, call("IF", both, source, call("NA")), "small_number", row)
    return top + 1, top + len(programs)


def _bands(page: Page, top: int, sources: Sources) -> list[int]:
    """Three rows for each band above the lowest: the ends of its line and where its name stands; returns the first row of each.

    Before the end of the year there is no kategori, and no line.
    """
    bounds, names = sources.setting("batas_kategori"), sources.setting("nama_kategori")
    for column, name in enumerate(("Data grafik: kategori", "Serapan (%)", "Batas bawah (%)"), start=BANDS):
        page.put(column, name, "small", top)
    rows = []
    for place in range(2, len(sources.document.settings.bands) + 1):
        row = top + 1 + (place - 2) * 3
        rows.append(row)
        for at, end in ((row, 0), (row + 1, 10), (row + 2, 100)):
            page.put(BANDS, call("INDEX", names, place), "small", at)
            page.put(BANDS + 1, end, "small_number", at)
            page.put(
                BANDS + 2,
                call("IF", sources.year_end, number_or_na(call("INDEX", bounds, place)), call("NA")),
                "small_number",
                at,
            )
    return rows


def _area(page: Page, column: int, first: int, last: int) -> str:
    corner, end = (Cell(page.title, row, column) for row in (first, last))
    return f"={quote_sheet(page.title)}!{_fixed(corner)}:{_fixed(end)}"


def _fixed(cell: Cell) -> str:
    return formula_text(Ref(cell, True, True), cell.sheet)


def _cached(page: Page, column: int, first: int, last: int, resolve: Resolve) -> list[object]:
    """What the chart shows before anything recalculates; XlsxWriter would take #N/A for 0."""
    values = (resolve(Cell(page.title, row, column)) for row in range(first, last + 1))
    return [
        encode(value) if isinstance(value, str) else value if isinstance(value, float | int) else None
        for value in values
    ]


def _series(page: Page, resolve: Resolve, name: Ref | str, x: int, y: int, first: int, last: int) -> dict[str, Any]:
    series: dict[str, Any] = {
        "categories": _area(page, x, first, last),
        "categories_data": _cached(page, x, first, last, resolve),
        "values": _area(page, y, first, last),
        "values_data": _cached(page, y, first, last, resolve),
        "name": name,
    }
    if isinstance(name, Ref):
        series |= {
            "name": f"={quote_sheet(page.title)}!{_fixed(name.cell)}",
            "name_data": [encode(str(resolve(name.cell) or ""))],
        }
    return series


def axis(name: str, **more: Any) -> dict[str, Any]:
    """An axis as all our charts have it; ``more`` is XlsxWriter's and goes before."""
    font = {"size": 9, "color": INK}
    return {
        "name": name,
        "name_font": font | {"bold": False},
        "num_font": font,
        "line": {"color": LINE},
        "major_gridlines": {"visible": True, "line": {"color": "#E2E6EA", "width": 0.75}},
    } | more


def finished(chart: Any, title: str, legend: dict[str, Any], size: tuple[int, int]) -> Any:
    """The chart with its title, its legend, its size in pixels, and gaps where a figure is #N/A."""
    chart.set_size({"width": size[0], "height": size[1]})
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True, "color": INK}, "overlay": False})
    chart.set_legend(
        legend | {"font": {"size": 9, "color": INK}} if legend.get("position") != "none" else {"none": True}
    )
    chart.set_chartarea({"border": {"color": LINE}})
    chart.show_na_as_empty_cell()
    return chart


def _bars(book: Any, resolve: Resolve, page: Page, rows: tuple[int, int], height: int) -> Any:
    chart = book.add_chart({"type": "bar"})
    # Bars are drawn from below: serapan first puts capaian above it, once the axis is turned round both orders are as read.
    for name, column, colour in (("Capaian (%)", DATA + 2, CAPAIAN_COLOUR), ("Serapan (%)", DATA + 1, SERAPAN_COLOUR)):
        chart.add_series(
            _series(page, resolve, name, DATA, column, *rows)
            | {
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": {"value": True, "num_format": "0.00", "font": {"size": 8, "color": INK}},
            }
        )
    chart.set_y_axis(axis("", reverse=True, crossing="max", major_gridlines={"visible": False}))
    chart.set_x_axis(axis("Persen", min=0, num_format="0"))
    return finished(chart, "Capaian dan Serapan per Program", {"position": "bottom"}, (622, height))


def _scatter(book: Any, resolve: Resolve, page: Page, rows: tuple[int, int], bands: Sequence[int], height: int) -> Any:
    chart = book.add_chart({"type": "scatter", "subtype": "straight"})
    first, last = rows
    named = last - first < CHARTED_POINTS
    groups = [(row, row) for row in range(first, last + 1)] if named else [rows]
    for number, (top, bottom) in enumerate(groups):
        name: Ref | str = page.grid.ref(top, DATA) if named else "Program"
        colour = COLOURS[number % len(COLOURS)]
        marker = {
            "type": MARKERS[number % len(MARKERS)],
            "size": 9,
            "fill": {"color": colour},
            "border": {"color": "#FFFFFF"},
        }
        chart.add_series(
            _series(page, resolve, name, DATA + 3, DATA + 4, top, bottom) | {"marker": marker, "line": {"none": True}}
        )
    for number, row in enumerate(bands):
        label = {"series_name": True, "value": False, "position": "above", "font": {"size": 8, "color": MUTED}}
        chart.add_series(
            _series(page, resolve, page.grid.ref(row, BANDS), BANDS + 1, BANDS + 2, row, row + 2)
            | {
                "marker": {"type": "none"},
                "line": {"color": BAND_COLOURS[number % len(BAND_COLOURS)], "width": 1.25, "dash_type": "dash"},
                "data_labels": label | {"custom": [{"delete": True}, None, {"delete": True}]},
            }
        )
    chart.set_x_axis(axis("Serapan (%)", min=0, num_format="0"))
    chart.set_y_axis(axis("Capaian (%)", min=0, num_format="0"))
    hidden = list(range(len(groups), len(groups) + len(bands)))
    legend = {"position": "right", "delete_series": hidden} if named else {"position": "none"}
    return finished(chart, "Serapan terhadap Capaian", legend, (668, height))
