"""The report for other programs: the contract ``lakip-xl/report/1``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from lakip_xl.findings import Finding, Severity
from lakip_xl.numbers import to_decimal
from lakip_xl.report.model import Report
from lakip_xl.rules.catalogue import render

SCHEMA = "lakip-xl/report/1"


def dump(reports: Iterable[Report], lang: str = "id") -> str:
    """A JSON list with one object for each report, indented, ASCII only, the same for the same input everywhere."""
    return _text([_report(report, lang) for report in reports], "") + "\n"


def _report(report: Report, lang: str) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "file": report.file,
        "edition": report.edition,
        "counts": {severity.label: report.count(severity) for severity in Severity},
        "findings": [_finding(finding, lang) for finding in report.findings],
    }


def _finding(finding: Finding, lang: str) -> dict[str, object]:
    words = render(finding, lang)
    return {
        "code": finding.code,
        "severity": finding.severity.label,
        "sheet": finding.cell.sheet,
        "cell": finding.cell.a1,
        "related": [str(cell) for cell in finding.related],
        "found": finding.found,
        "expected": finding.expected,
        "difference": finding.difference,
        "rupiah": finding.rupiah,
        "message": words.message,
        "remedy": words.remedy,
        "explained": finding.explained,
    }


def text_of(value: object) -> str:
    """JSON text of any value, indented."""
    return _text(value, "")


def _text(value: object, indent: str) -> str:
    """JSON text. The json module would round a Decimal to a float; here every digit stays."""
    inner = indent + "  "
    match value:
        case dict():
            items = [f"{json.dumps(key)}: {_text(item, inner)}" for key, item in value.items()]
            return _block("{", items, "}", indent)
        case list() if all(isinstance(item, str) for item in value):
            return f"[{', '.join(json.dumps(item) for item in value)}]"
        case list():
            return _block("[", [_text(item, inner) for item in value], "]", indent)
        case None | bool() | str():
            return json.dumps(value)
        case int() | float() | Decimal():
            return _number(value)
    return json.dumps(str(value))


def _block(opening: str, items: Sequence[str], closing: str, indent: str) -> str:
    if not items:
        return opening + closing
    return opening + ",".join(f"\n{indent}  {item}" for item in items) + f"\n{indent}{closing}"


def _number(value: float | Decimal) -> str:
    """A number without loss and without an exponent; whole numbers as integers."""
    number = to_decimal(value) if isinstance(value, float) else Decimal(value)
    if number == number.to_integral_value():
        return str(int(number))
    return f"{number.normalize():f}"
