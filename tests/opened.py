"""Finished workbooks as openpyxl reads them, for looking only: tests ask for one cell after the other of the same file."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import openpyxl


def opened(source: bytes | str | Path, *, cached: bool = True) -> openpyxl.Workbook:
    """The workbook with its stored values, or else its formulas; read once while its bytes stay the same. Change nothing in it."""
    return _opened(source if isinstance(source, bytes) else Path(source).read_bytes(), cached)


@lru_cache(maxsize=4)
def _opened(data: bytes, cached: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=cached)
