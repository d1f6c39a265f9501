"""Charts that say everything: XlsxWriter leaves out what Excel 2007 took for granted, and newer readers take for its opposite.

Whether a left-out element means what it meant in 2007 hangs on the AppVersion that the user's workbook states. So that a chart looks the
same in all of them, each element is written that has such a second meaning, with the meaning of 2007.
"""

from __future__ import annotations

from lxml import etree

from lakip_xl.workbook.markup import Element, children, dump, parse

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"

_SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
_SERIES = (
    "idx", "order", "tx", "spPr", "invertIfNegative", "pictureOptions", "marker", "explosion", "dPt", "dLbls", "trendline", "errBars",
    "cat", "val", "xVal", "yVal", "smooth", "shape", "bubbleSize", "bubble3D", "extLst",
)  # fmt: skip
_AXES = ("catAx", "valAx", "dateAx", "serAx")
_AXIS = (
    "axId", "scaling", "delete", "axPos", "majorGridlines", "minorGridlines", "title", "numFmt", "majorTickMark", "minorTickMark",
    "tickLblPos", "spPr", "txPr", "crossAx", "crosses", "crossesAt", "crossBetween", "auto", "lblAlgn", "lblOffset", "baseTimeUnit",
    "majorUnit", "majorTimeUnit", "minorUnit", "minorTimeUnit", "dispUnits", "tickLblSkip", "tickMarkSkip", "noMultiLvlLbl", "extLst",
)  # fmt: skip
_ORDER = {
    "chartSpace": (
        "date1904", "lang", "roundedCorners", "AlternateContent", "style", "clrMapOvr", "pivotSource", "protection", "chart", "spPr",
        "txPr", "externalData", "printSettings", "userShapes", "extLst",
    ),
    "chart": (
        "title", "autoTitleDeleted", "pivotFmts", "view3D", "floor", "sideWall", "backWall", "plotArea", "legend", "plotVisOnly",
        "dispBlanksAs", "showDLblsOverMax", "extLst",
    ),
    "title": ("tx", "layout", "overlay", "spPr", "txPr", "extLst"),
    "legend": ("legendPos", "legendEntry", "layout", "overlay", "spPr", "txPr", "extLst"),
    "ser": _SERIES,
    "dLbls": ("idx", "dLbl", "delete", "layout", "tx", "numFmt", "spPr", "txPr", "dLblPos", *_SHOWN, "separator", "showLeaderLines",
              "leaderLines", "extLst"),
    "trendline": ("name", "spPr", "trendlineType", "order", "period", "forward", "backward", "intercept", "dispRSqr", "dispEq",
                  "trendlineLbl", "extLst"),
    "errBars": ("errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr", "extLst"),
}  # fmt: skip
_ORDER |= {"dLbl": _ORDER["dLbls"]} | dict.fromkeys(_AXES, _AXIS)

_LEFT_OUT = {
    "chartSpace": {"roundedCorners": "0"},
    "chart": {"autoTitleDeleted": "0", "plotVisOnly": "1", "dispBlanksAs": "gap", "showDLblsOverMax": "0"},
    "title": {"overlay": "0"},
    "legend": {"overlay": "0"},
    "trendline": {"dispRSqr": "0", "dispEq": "0"},
    "errBars": {"noEndCap": "0"},
} | {axis: {"delete": "0", "majorTickMark": "out", "minorTickMark": "none"} for axis in _AXES}
_LEFT_OUT["catAx"] = _LEFT_OUT["catAx"] | {"noMultiLvlLbl": "0"}

_IN_SERIES = dict.fromkeys(("lineChart", "scatterChart"), "smooth") | dict.fromkeys(
    ("barChart", "bar3DChart", "bubbleChart"), "invertIfNegative"
)
_COLOURED = ("barChart", "bar3DChart", "lineChart", "line3DChart", "areaChart", "area3DChart", "scatterChart", "radarChart",
             "bubbleChart", "pieChart", "pie3DChart", "doughnutChart", "ofPieChart")  # fmt: skip
_BEFORE_COLOURS = ("barDir", "grouping", "scatterStyle", "radarStyle", "ofPieType")


def explicit(data: bytes) -> bytes:
    """The chart part with everything that it left out, in the order of the schema; what it says already stays."""
    root = parse(data, "chart.xml")
    for element in list(root.iter(f"{{{CHART}}}*")):
        name = etree.QName(element).localname
        for tag, value in _LEFT_OUT.get(name, {}).items():
            _complete(element, tag, value)
        if name in _COLOURED:
            _vary_colours(element)
            for series in children(element, _tag("ser")) if name in _IN_SERIES else ():
                _complete(series, _IN_SERIES[name], "0")
        if name == "dLbls":
            _labels(element)
    return dump(root)


def _labels(labels: Element) -> None:
    """What a label shows; a label of its own point shows what the others show."""
    if labels.find(_tag("delete")) is not None:
        return
    for tag in _SHOWN:
        _complete(labels, tag, "0")
    for label in children(labels, _tag("dLbl")):
        if label.find(_tag("delete")) is None:
            for tag in _SHOWN:
                _complete(label, tag, labels.find(_tag(tag)).get("val", "1"))


def _vary_colours(chart: Element) -> None:
    if chart.find(_tag("varyColors")) is None:
        first = [e for e in children(chart) if etree.QName(e).localname in _BEFORE_COLOURS]
        chart.insert(chart.index(first[-1]) + 1 if first else 0, _made(chart, "varyColors", "0"))


def _complete(parent: Element, tag: str, value: str) -> None:
    if parent.find(_tag(tag)) is not None:
        return
    order = _ORDER[etree.QName(parent).localname]
    later = set(order[order.index(tag) + 1 :])
    following = next((e for e in children(parent) if etree.QName(e).localname in later), None)
    parent.insert(len(parent) if following is None else parent.index(following), _made(parent, tag, value))


def _made(parent: Element, tag: str, value: str) -> Element:
    made = etree.Element(_tag(tag), nsmap={parent.prefix: CHART})
    made.set("val", value)
    return made


def _tag(name: str) -> str:
    return f"{{{CHART}}}{name}"
