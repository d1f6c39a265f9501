"""Stored results against recalculated ones: only where both engines must agree, and never for formulas that the tool writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import MissingSheet
from lakip_xl.fill.values import dependents
from lakip_xl.formula import references, tokens
from lakip_xl.recalc.engine import calculated
from lakip_xl.table.find import OWNED
from lakip_xl.table.model import Document
from lakip_xl.workbook import Sheet, Workbook


def compare(book: Workbook, document: Document, path: Path) -> Mapping[str, object]:
    """Facts about a document: ``stale`` (cell, stored, calculated) of the user's formulas, or ``not_recalculated``.

    A file that Excel calculates anew when it opens it holds nothing that could be out of date.
    """
    candidates = [
        cell for cell in _in_tables(document) if book.sheet(cell.sheet).cell((cell.row, cell.column)).has_cache
    ]
    if not candidates or book.facts.to_be_recalculated:
        return {"stale": ()}
    wanted = list(document.formulas)
    values = calculated(path, wanted)
    if values is None:
        return {"not_recalculated": True}
    barred = _barred(book, document, values)
    stale = []
    for cell in candidates:
        stored = book.sheet(cell.sheet).cell((cell.row, cell.column)).value
        if cell not in barred and cell in values and not same(stored, values[cell]):
            stale.append((cell, stored, values[cell]))
    return {"stale": tuple(stale)}


def _in_tables(document: Document) -> Iterator[Cell]:
    """The user's formulas on the sheets of the form, below the headings; above them stand those of the template."""
    below = {table.sheet: table.header_row for table in document.tables.values()}
    settings = {cell.sheet for cell in document.settings.cells.values()}
    for cell in document.formulas:
        if cell.sheet in below and cell.sheet not in settings and cell.row > below[cell.sheet]:
            yield cell


_RELATIVE, _NEAR_ZERO, _HALF_SEN = 1e-9, 1e-9, 0.005


def same(stored: Value, computed: Value) -> bool:
    """Whether two results are the same: numbers to one part in 1e9 and to the sen, texts as they are.

    Errors, truth values and blanks are not compared.
    """
    if isinstance(stored, bool) or isinstance(computed, bool):
        return True
    if isinstance(stored, float | int) and isinstance(computed, float | int):
        largest = max(abs(stored), abs(computed))
        return abs(stored - computed) <= max(_NEAR_ZERO, min(_RELATIVE * largest, _HALF_SEN))
    if isinstance(stored, float | int | str) and isinstance(computed, float | int | str):
        return stored == computed
    return True


# Results that depend on the clock, on the language, on filters, or on what IronCalc 0.9 does otherwise than Excel (MATCH over an
# array, INDEX as the end of a range); and whatever points to cells that cannot be told from the formula.
_DOUBTFUL = re.compile(
    r"\b(?:NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY|OFFSET|INDIRECT|CELL|INFO|TEXT|FIXED|DOLLAR|VALUE|NUMBERVALUE|DATEVALUE|TIMEVALUE|"
    r"SUBTOTAL|AGGREGATE|GETPIVOTDATA|HYPERLINK|LET|LAMBDA)\(|[{\[#@]|:\s*INDEX\(|\)\s*:",
    re.IGNORECASE,
)
_NUMBER_LIKE = re.compile(r"\s*(?:Rp\.?)?\s*[-+(]?\s*[0-9][0-9.,/:\s]*[%)]?\s*", re.IGNORECASE)


def _barred(book: Workbook, document: Document, values: Mapping[Cell, Value]) -> set[Cell]:
    """The formulas whose result may differ for another reason than age, and all that hang on them."""
    owned = {title for name in OWNED.values() if (title := book.owned_sheet(name)) is not None}
    first = set(document.user_formulas)  # they read what fill writes
    for cell, formula in document.formulas.items():
        if cell not in values or book.sheet(cell.sheet).is_bound((cell.row, cell.column)) or _doubtful(formula, owned):
            first.add(cell)
    # Excel makes a number of such a text by the language it runs in.
    for sheet in _worksheets(book, document, owned):
        first |= {
            Cell(sheet.name, *place)
            for place, data in sheet.cells.items()
            if isinstance(data.value, str) and data.formula is None and _NUMBER_LIKE.fullmatch(data.value)
        }
    return first | dependents(document.formulas, first, document.sheets)


def _worksheets(book: Workbook, document: Document, owned: set[str]) -> Iterator[Sheet]:
    for title in document.sheets:
        if title not in owned:
            with suppress(MissingSheet):  # a chart sheet
                yield book.sheet(title)


def _doubtful(formula: str, owned: set[str]) -> bool:
    if _DOUBTFUL.search(formula):
        return True
    try:
        named = references(formula)
        pieces = [t for t in tokens(formula) if t.kind == "reference"]
    except ValueError:
        return True
    if any(sheet in owned for sheet, _ in named) or len(named) < len(pieces):
        return True  # a defined name may lead anywhere
    return _lone_range(formula)


def _lone_range(formula: str) -> bool:
    """Whether a range stands where one value is due: Excel takes one of its cells, or spills."""
    depth = 0
    for token in tokens(formula):
        if token.kind in ("function", "open"):
            depth += token.kind == "function" or depth > 0
        elif token.kind == "close":
            depth -= depth > 0
        elif token.kind == "reference" and ":" in token.text and not depth:
            return True
    return False
