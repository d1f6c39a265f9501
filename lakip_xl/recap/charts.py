"""The charts of the first page and the sheet of figures that they read, where what is no number is #N/A, which a chart leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lakip_xl.cells import Cell, a1, quote_sheet
from lakip_xl.form.expressions import Ref
from lakip_xl.recap.settled import Recap
from lakip_xl.recap.sheet import Sheet
from lakip_xl.summary.charts import CAPAIAN_COLOUR, NAME_LENGTH, SERAPAN_COLOUR, axis, finished
from lakip_xl.summary.formats import INK
from lakip_xl.summary.sources import number_or_na
from lakip_xl.workbook.strings import encode

DATA = "Data Grafik"
MOST = 60
"""More offices than this make no chart with names: then only the one of points is drawn."""
LEAST, TALLEST = 250, 600
"""Pixels: what the charts shrink and grow to, as their page has room."""
ROW = 15
"""Points of a row below charts: 20 pixels."""
SHORT = 24
"""Letters of a name below a chart with more than a few offices, where names stand aslant."""
FEW = 5
WIDTHS = (40, 12, 12)
_HEADS = ("PERANGKAT DAERAH", "SERAPAN (%)", "CAPAIAN (%)")


class Data(NamedTuple):
    """What the charts show before anything recalculates; None where there is no number."""

    names: list[str]
    serapan: list[float | None]
    capaian: list[float | None]


def data(sheet: Sheet, found: Recap, front: str, at: Mapping[str, int], first: int) -> Data:
    """Writes the figures: a row for each office that handed in, in the order of the first page."""
    sheet.line([(each, "head") for each in _HEADS], height=18)
    names, values = [], Data([], [], [])
    longest = NAME_LENGTH if len(found.taken) <= FEW else SHORT
    for row, line in enumerate(found.lines, start=first):
        if line.taken is None:
            continue
        names.append(line.name if len(line.name) <= longest else line.name[: longest - 1].rstrip() + "…")
        serapan, capaian = (number_or_na(Ref(Cell(front, row, at[key]))) for key in ("serapan", "capaian"))
        made = sheet.line([(names[-1], "text"), (serapan, "decimals"), (capaian, "decimals")])
        values.names.append(encode(names[-1]))
        for column, kept in ((2, values.serapan), (3, values.capaian)):
            value = sheet.values.get((made, column))
            kept.append(value if isinstance(value, float) else None)
    return values


def rows_taken(height: int) -> int:
    """How many rows of the first page charts of this height lie over."""
    return -(-(height + 8) // 20)


def height_in(room: float) -> int:
    """The height of charts, in pixels, that fits into rows of so many points."""
    return max(LEAST, min(TALLEST, int(room // ROW) * 20 - 8))


def draw(sheet: Sheet, row: int, values: Data, height: int) -> None:
    """Puts the charts side by side at a row of the first page, as wide as its table."""
    if not values.names:
        return
    place = {"y_offset": 4, "object_position": 2}
    across = int(sum(width * 7 + 5 for width in sheet.widths)) - 18
    named = len(values.names) <= MOST
    first = across * 4 // 7
    if named:
        chart = _columns(sheet.book.workbook, values, (first, height))
        sheet.sheet.insert_chart(row - 1, 0, chart, place | {"x_offset": 3})
    chart = _points(sheet.book.workbook, values, (across - first, height))
    sheet.sheet.insert_chart(row - 1, 0, chart, place | {"x_offset": first + 15 if named else 3})


def _area(column: int, rows: tuple[int, int]) -> str:
    corners = (a1(row, column, fixed_row=True, fixed_column=True) for row in rows)
    return f"={quote_sheet(DATA)}!{':'.join(corners)}"


def _columns(workbook: Any, values: Data, size: tuple[int, int]) -> Any:
    chart = workbook.add_chart({"type": "column"})
    rows = 2, 1 + len(values.names)
    for name, column, own, colour in (
        ("Serapan (%)", 2, values.serapan, SERAPAN_COLOUR),
        ("Capaian (%)", 3, values.capaian, CAPAIAN_COLOUR),
    ):
        chart.add_series({
            "name": name, "categories": _area(1, rows), "categories_data": values.names, "values": _area(column, rows), "values_data": own,
            "fill": {"color": colour}, "gap": 60,
        })  # fmt: skip
    turned = {"rotation": -45} if len(values.names) > FEW else {}
    chart.set_x_axis(axis("", major_gridlines={"visible": False}, num_font={"size": 8, "color": INK} | turned))
    chart.set_y_axis(axis("Persen", min=0, num_format="0"))
    return finished(chart, "Serapan dan Capaian", {"position": "bottom"}, size)


def _points(workbook: Any, values: Data, size: tuple[int, int]) -> Any:
    chart = workbook.add_chart({"type": "scatter"})
    rows = 2, 1 + len(values.names)
    chart.add_series({
        "name": "Perangkat Daerah", "categories": _area(2, rows), "categories_data": values.serapan, "values": _area(3, rows),
        "values_data": values.capaian,
        "marker": {"type": "circle", "size": 7, "fill": {"color": CAPAIAN_COLOUR}, "border": {"color": "#FFFFFF"}},
    })  # fmt: skip
    chart.set_x_axis(axis("Serapan (%)", num_format="0"))
    chart.set_y_axis(axis("Capaian (%)", num_format="0"))
    return finished(chart, "Serapan terhadap Capaian", {"position": "none"}, size)
