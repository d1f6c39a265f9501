"""The findings in numbers, and the live answer to "has anything changed since the check?".

For each column of figures that people enter, three sums are compared with what they were when the workbook was checked: the sum,
the sum of squares (which tells an amount moved from one row to another) and the count of blank cells. What that cannot see: two
values that changed places, a text replaced by another text, and changes below a trillionth of a column's sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lakip_xl.cells import quote_sheet
from lakip_xl.findings import Finding, Severity
from lakip_xl.form.evaluate import evaluate
from lakip_xl.form.expressions import Expr, Range, Ref, call
from lakip_xl.form.spec import Column
from lakip_xl.summary.blocks import section
from lakip_xl.summary.charts import BANDS
from lakip_xl.summary.formats import AMBER, BLUE, GREEN, RED
from lakip_xl.summary.head import LAST
from lakip_xl.summary.page import Page
from lakip_xl.summary.sources import Sources
from lakip_xl.table.model import Table

COLUMN = BANDS + 4  # the first of the hidden columns: name, three sums now, three sums then, whether they differ
MARKS = COLUMN + 8
FIRST = 8  # the first row of sums
UNCHANGED, CHANGED = "sesuai saat diperiksa", "BERUBAH SEJAK DIPERIKSA: jalankan lakip-xl fill"
EXPLAINED = "Sudah dijelaskan"


def findings_block(page: Page, sources: Sources, findings: Sequence[Finding], catatan: str) -> Ref:
    """Counts of findings with a link to them, and the live state; returns the cell of the state."""
    section(page, f"{8 if sources.has_matrix else 3}. Hasil Pemeriksaan")
    counted = Counter(
        EXPLAINED if finding.explained and finding.severity is Severity.WARNING else finding.severity.word("id")
        for finding in findings
    )
    page.heights[page.row] = 18
    page.wide(1, 2, "CATATAN", "head")
    page.put(3, "JUMLAH", "head")
    page.next()
    first = page.row
    words = (Severity.ERROR.word("id"), Severity.WARNING.word("id"), EXPLAINED, Severity.INFO.word("id"))
    for word in words:
        page.links[page.row, 1] = f"{quote_sheet(catatan)}!A1"
        page.wide(1, 2, word, "link")
        page.put(3, counted[word], "whole")
        page.next()
    for row, look in zip(range(first, page.row), (RED, AMBER, GREEN, BLUE), strict=True):
        page.rules.append(((row, 3, row, 3), {"type": "cell", "criteria": ">", "value": 0}, look))
    page.wide(4, LAST, "Jumlah catatan adalah keadaan saat diperiksa. Keadaan isian sekarang:", "aside", first)
    state = live_state(page, sources, (first + 1, 4, 8))
    page.next(height=8)
    return state


def live_state(page: Page, sources: Sources, place: tuple[int, int, int], column: int = COLUMN) -> Ref:
    """The live word on changes since the check, in a row from one column to another; ``column`` is the first of eight for the sums."""
    row, left, right = place
    changes = _sums(page, sources, column)
    state = page.wide(left, right, call("IF", call("SUM", changes).eq(0), UNCHANGED, CHANGED), "state", row)
    for begins, look in (("BERUBAH", RED), ("sesuai", GREEN)):
        page.rules.append(((row, left, row, right), {"type": "text", "criteria": "begins with", "value": begins}, look))
    return state


def entered(column: Column) -> bool:
    """Whether people type this column: it has no formula, or one that stands aside for a typed value."""
    return column.formula is None or column.required


def _sums(page: Page, sources: Sources, first: int) -> Range:
    """The hidden rows of sums; returns the range that tells where they differ."""
    heads = (
        "Kolom isian",
        "jumlah",
        "kuadrat",
        "kosong",
        "jumlah dahulu",
        "kuadrat dahulu",
        "kosong dahulu",
        "berubah",
    )
    for place, name in enumerate(heads):
        page.put(first + place, name, "small", FIRST - 1)
    row = FIRST
    for table in sources.document.tables.values():
        if not table.rows:
            continue
        for column in table.spec.columns:
            if column.key in table.layout.columns and entered(column):
                _sum_row(page, sources, table, column, (row, first))
                row += 1
    return page.column(first + 7, FIRST, max(row - 1, FIRST))


def _sum_row(page: Page, sources: Sources, table: Table, column: Column, at: tuple[int, int]) -> None:
    row, first = at
    last = max([line.number for line in table.rows] + ([table.border_row] if table.border_row else []))
    cells = Range(
        Ref(table.cell(min(line.number for line in table.rows), column.key)), Ref(table.cell(last, column.key))
    )
    numeric = column.kind.numeric
    now: list[Expr] = [call("SUM", cells) if numeric else call("COUNT", cells),
                       call("SUMSQ", cells) if numeric else call("COUNT", cells), call("COUNTBLANK", cells)]  # fmt: skip
    page.put(first, f"{table.sheet}: {column.heading}", "small", row)
    changed: Expr | None = None
    for place, expr in enumerate(now, start=first + 1):
        live = page.put(place, call("IFERROR", expr, -1), "small", row)
        then = page.put(place + 3, evaluate(call("IFERROR", expr, -1), sources.seen), "small", row)
        apart = call("IF", call("ABS", live - then) * 1e12 > call("ABS", then), 1, 0)
        changed = apart if changed is None else changed + apart
    assert changed is not None
    page.put(first + 7, changed, "small", row)
