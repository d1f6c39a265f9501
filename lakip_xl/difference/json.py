"""What changed between two workbooks, for other programs: the contract ``lakip-xl/diff/1``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lakip_xl.cells import ErrorValue, Value
from lakip_xl.difference.model import Difference
from lakip_xl.findings import Finding
from lakip_xl.records import Held, Record
from lakip_xl.report.json import text_of
from lakip_xl.rules.catalogue import render

SCHEMA = "lakip-xl/diff/1"


def dump(found: Difference, lang: str = "id") -> str:
    """One object: names, rows, entries, sheets, cells beside the form, the tool's own results and cells, findings; absent is null."""
    changes = found.changes
    return (
        text_of(
            {
                "schema": SCHEMA,
                "old": found.names[0],
                "new": found.names[1],
                "changed": [
                    {
                        **_record(each.record),
                        "column": each.column,
                        "heading": each.heading,
                        "cell": str(each.cell),
                        "old": _held(each.before),
                        "new": _held(each.after),
                    }
                    for each in changes.changed
                ],
                "added": [_row(each) for each in changes.added],
                "removed": [_row(each) for each in changes.removed],
                "sheets": {
                    "added": list(changes.sheets_added),
                    "removed": list(changes.sheets_removed),
                    "renamed": [list(pair) for pair in changes.sheets_renamed],
                },
                "beside": [
                    {"cell": str(each.cell), "kind": each.kind, "old": _held(each.before), "new": _held(each.after)}
                    for each in changes.loose
                ],
                "results": [
                    {"cell": str(each.cell), "old": _value(each.before), "new": _value(each.after)}
                    for each in changes.results
                ],
                "broken": [str(cell) for cell in changes.broken],
                "findings": {
                    "fixed": _findings(found.fixed, lang),
                    "new": _findings(found.new, lang),
                    "still": [
                        {**each, "explained_before": still.before.explained}
                        for each, still in zip(
                            _findings((s.after for s in found.still), lang), found.still, strict=True
                        )
                    ],
                },
            }
        )
        + "\n"
    )


def _record(record: Record) -> dict[str, Any]:
    return {"table": record.table, "record": record.key, "kode": record.kode or None, "name": record.name or None}


def _row(record: Record) -> dict[str, Any]:
    return {**_record(record), "cells": {key: _held(held) for key, held in record.cells.items()}}


def _held(held: Held | None) -> dict[str, Any] | None:
    if held is None:
        return None
    return {"cell": str(held.cell), "value": _value(held.value), "formula": held.formula}


def _value(value: Value) -> Value:
    return str(value) if isinstance(value, ErrorValue) else value


def _findings(findings: Iterable[Finding], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "code": finding.code,
            "severity": finding.severity.label,
            "cell": str(finding.cell),
            "message": render(finding, lang).message,
            "explained": finding.explained,
        }
        for finding in findings
    ]
