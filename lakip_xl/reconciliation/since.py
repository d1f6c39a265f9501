"""The sheet Bulan Lalu: spending to date that fell, anggaran that moved, rows that came and went since last month's workbook."""

from __future__ import annotations

from lakip_xl.cells import Cell
from lakip_xl.form.expressions import Ref
from lakip_xl.ledger.items import Comparison
from lakip_xl.reconciliation.looks import CELL, NOTE, WRAPPED, joined, number
from lakip_xl.template import formats, paper
from lakip_xl.template.grid import Page

TITLE = "Bulan Lalu"
_HEADINGS = (
    ("PERUBAHAN", 22),
    ("KODE", 19),
    ("URAIAN", 44),
    ("BULAN LALU", 18),
    ("SEKARANG", 18),
    ("SELISIH", 17),
    ("SEL", 16),
)
_HEAD = 4


def draw(page: Page, found: Comparison) -> None:
    """One row for each change, with the difference as a live formula."""
    rows = [
        *(("Koreksi realisasi" if m.correction else "Realisasi turun", m.kode, m.name, m.before, m.now, m.cell) for m in found.fell),
        *(("Anggaran berubah", m.kode, m.name, m.before, m.now, m.cell) for m in found.shifted),
        *(("Baris baru (anggaran)", m.kode, m.name, None, m.now, m.cell) for m in found.came),
        *(("Baris hilang (realisasi)", g.kode, g.name, g.to_date, None, None) for g in found.gone),
    ]  # fmt: skip
    page.put(1, 1, "PERUBAHAN SEJAK BULAN LALU", formats.TITLE)
    joined(
        page,
        2,
        1,
        2,
        len(_HEADINGS),
        f"Dibandingkan dengan {found.previous}. Realisasi s.d. bulan ini turun hanya karena koreksi.",
        NOTE,
    )
    for column, (heading, width) in enumerate(_HEADINGS, start=1):
        page.put(_HEAD, column, heading, formats.HEADING)
        page.sheet.set_column(column - 1, column - 1, width)
    money = {**CELL, "num_format": "#,##0.##" if _sen(found) else "#,##0", "align": "right"}
    for row, (kind, kode, name, before, now, cell) in enumerate(rows, start=_HEAD + 1):
        for column, value in enumerate((kind, kode, name), start=1):
            page.put(row, column, value or None, {**CELL, **WRAPPED})
        page.put(row, 4, number(before), money)
        page.put(row, 5, number(now), money)
        page.put(row, 6, Ref(Cell(TITLE, row, 5)) - Ref(Cell(TITLE, row, 4)), money)
        page.put(row, 7, str(cell) if cell else None, {**CELL, **WRAPPED})
    if not rows:
        joined(page, _HEAD + 1, 1, _HEAD + 1, len(_HEADINGS), "Tidak ada perubahan.", {**CELL, **WRAPPED})
    page.sheet.freeze_panes(_HEAD, 0)
    paper.lay_out(page.sheet)
    page.sheet.repeat_rows(_HEAD - 1, _HEAD - 1)


def _sen(found: Comparison) -> bool:
    return any(
        v != v.to_integral_value() for m in (*found.fell, *found.shifted, *found.came) for v in (m.before, m.now)
    )
