"""Charts say everything that a reader could take in two ways, in the order of the schema."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from lxml import etree

from lakip_xl.drawing import new_book
from lakip_xl.workbook import Workbook
from lakip_xl.workbook.charts import CHART, explicit
from workbook_samples import office, parts

KINDS: list[dict[str, Any]] = [
    {"type": "bar"},
    {"type": "column", "subtype": "stacked"},
    {"type": "line"},
    {"type": "area"},
    {"type": "pie"},
    {"type": "doughnut"},
    {"type": "scatter", "subtype": "straight"},
    {"type": "scatter", "subtype": "smooth"},
    {"type": "radar"},
]
SHOWN = {"showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"}


def book_with(kind: dict[str, Any]) -> bytes:
    book, file = new_book("x")
    sheet = book.add_worksheet("Bagan")
    sheet.write_column(0, 0, [1, 2, 3])
    chart = book.add_chart(kind)
    chart.add_series(
        {
            "values": "=Bagan!$A$1:$A$3",
            "categories": "=Bagan!$A$1:$A$3",
            "data_labels": {"value": True, "custom": [{"delete": True}, {}, None]},
        }
    )
    if kind["type"] in ("bar", "column", "line", "scatter"):
        chart.add_series(
            {
                "values": "=Bagan!$A$1:$A$3",
                "categories": "=Bagan!$A$1:$A$3",
                "trendline": {"type": "linear"},
                "y_error_bars": {"type": "standard_error"},
            }
        )
    chart.set_title({"name": "Judul"})
    sheet.insert_chart("C3", chart)
    book.close()
    return file.getvalue()


def chart_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("xl/charts/chart1.xml")


def named(root: etree._Element, name: str) -> list[etree._Element]:
    return list(root.iter(f"{{{CHART}}}{name}"))


def said(element: etree._Element, name: str) -> list[str | None]:
    return [e.get("val") for e in element.findall(f"{{{CHART}}}{name}")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(kind.values()))
def test_nothing_is_left_to_the_reader(kind: dict[str, Any]) -> None:
    made = explicit(chart_of(book_with(kind)))
    root = etree.fromstring(made)
    assert said(root, "roundedCorners") == ["0"]
    chart = named(root, "chart")[0]
    assert [said(chart, name) for name in ("autoTitleDeleted", "plotVisOnly", "dispBlanksAs")] == [
        ["0"],
        ["1"],
        ["gap"],
    ]
    for element in named(root, "title") + named(root, "legend"):
        assert said(element, "overlay") == ["0"]
    for name in ("catAx", "valAx"):
        for axis in named(root, name):
            assert [said(axis, n) for n in ("delete", "majorTickMark", "minorTickMark")] == [
                ["0"],
                ["cross" if kind["type"] == "radar" and name == "valAx" else "out"],
                ["none"],
            ]
    for labels in named(root, "dLbls") + [e for e in named(root, "dLbl") if not said(e, "delete")]:
        assert {name: said(labels, name) for name in SHOWN} == {n: ["1" if n == "showVal" else "0"] for n in SHOWN}
    for series in named(root, "ser"):
        parent = etree.QName(series.getparent()).localname
        if parent in ("lineChart", "scatterChart"):
            assert said(series, "smooth") == ["1" if kind.get("subtype") == "smooth" else "0"]
        assert (said(series, "invertIfNegative") == ["0"]) == (parent == "barChart")
    several = kind["type"] in ("pie", "doughnut")
    assert [e.get("val") for e in named(root, "varyColors")] == ["1" if several else "0"]
    assert explicit(made) == made


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(kind.values()))
def test_what_the_chart_says_already_stays_as_it_is(kind: dict[str, Any]) -> None:
    before = chart_of(book_with(kind))

    def words(data: bytes) -> list[str]:
        return re.findall(r"<[^?][^>]*>[^<]*", data.decode())

    rest = iter(words(explicit(before)))
    assert all(word in rest for word in words(before))


def test_a_grafted_chart_is_one_of_these() -> None:
    book = Workbook.from_bytes(office())
    data = book_with({"type": "bar"})
    book.graft(data)
    charts = [part for name, part in parts(book.to_bytes()).items() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    assert explicit(chart_of(data)) in charts
