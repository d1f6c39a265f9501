"""Entries as JSON, for a sealed bundle: the values of the form's rows, and digests of what stands beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from lakip_xl.cells import Cell, ErrorValue, Value, parse_a1
from lakip_xl.records.model import Held, Record, Records, kind_of


def row_digest(record: Record) -> str:
    """The sha256 of what was entered in a row, by column: the same wherever the row stands and whoever saved the file."""
    said = {key: held.written() for key, held in sorted(record.cells.items())}
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, sort_keys=True).encode("ascii")).hexdigest()


def to_json(records: Records) -> dict[str, Any]:
    """Plain values that ``json`` writes."""
    return {
        "sheets": list(records.sheets),
        "tables": dict(records.titles),
        "headings": [[table, column, text] for (table, column), text in records.headings.items()],
        "rows": [
            {
                "table": each.table,
                "key": each.key,
                "kode": each.kode,
                "name": each.name,
                "cells": {key: _cell(held) for key, held in each.cells.items()},
            }
            for each in records.rows.values()
        ],
        "beside": {sheet: _beside(records, sheet) for sheet in records.sheets},
    }


def _beside(records: Records, sheet: str) -> dict[str, str]:
    return {cell.a1: digest for cell, digest in records.loose.items() if cell.sheet == sheet}


def _cell(held: Held) -> dict[str, Any]:
    said: dict[str, Any] = {"at": [held.cell.sheet, held.cell.a1], "kind": kind_of(held.value)}
    said["value"] = str(held.value) if isinstance(held.value, ErrorValue) else held.value
    return said if held.formula is None else {**said, "formula": held.formula}


def from_json(data: Mapping[str, Any]) -> Records:
    """The records that ``to_json`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    rows = {}
    for each in data["rows"]:
        cells = {str(key): _held(held) for key, held in each["cells"].items()}
        record = Record(str(each["table"]), str(each["key"]), str(each["kode"]), str(each["name"]), cells)
        rows[record.table, record.key] = record
    loose = {
        Cell(str(sheet), *parse_a1(place)): str(digest)
        for sheet, cells in data["beside"].items()
        for place, digest in cells.items()
    }
    headings = {(str(table), str(column)): str(text) for table, column, text in data["headings"]}
    titles = {str(key): str(title) for key, title in data["tables"].items()}
    return Records(rows, loose, tuple(map(str, data["sheets"])), titles, headings)


def _held(said: Mapping[str, Any]) -> Held:
    sheet, place = said["at"]
    value: Value = said["value"]
    if said["kind"] == "error":
        value = ErrorValue(str(value))
    elif said["kind"] == "number":
        value = float(value)  # type: ignore[arg-type]
    formula = said.get("formula")
    return Held(value, None if formula is None else str(formula), Cell(str(sheet), *parse_a1(place)))
