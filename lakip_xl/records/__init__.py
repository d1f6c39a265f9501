"""What people entered in a workbook, by keys that hold no address: read, written down, and set against what stood there before."""

from __future__ import annotations

from lakip_xl.records.changes import Change, Changes, Loose, Result, compare
from lakip_xl.records.model import Held, Page, Record, Records
from lakip_xl.records.reading import records_of
from lakip_xl.records.stored import from_json, row_digest, to_json

__all__ = [
    "Change",
    "Changes",
    "Held",
    "Loose",
    "Page",
    "Record",
    "Records",
    "Result",
    "compare",
    "from_json",
    "records_of",
    "row_digest",
    "to_json",
]
