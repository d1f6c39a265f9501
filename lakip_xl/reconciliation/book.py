"""The workbook of a reconciliation: Rekonsiliasi, Berita Acara, and where there is something to show Bulan Lalu and Serapan."""

from __future__ import annotations

from lakip_xl import drawing
from lakip_xl.form.places import RECONCILED_NAME
from lakip_xl.ledger.items import CAUSES, Comparison, cause_line
from lakip_xl.reconciliation import course, record, since, table
from lakip_xl.reconciliation.looks import CELL, NOTE, WRAPPED
from lakip_xl.template import formats, paper
from lakip_xl.template.grid import Draft

CAUSES_SHEET = "Daftar Sebab"


def build(found: Comparison, matrix: str) -> bytes:
    """The workbook, the same bytes for the same comparison; ``matrix`` is the file name of the workbook that was compared."""
    draft = Draft("Rekonsiliasi realisasi belanja")
    pages = {title: draft.add(title) for title in (table.TITLE, record.TITLE)}
    if found.previous:
        since.draw(draft.add(since.TITLE), found)
    if found.course:
        course.draw(draft, draft.add(course.TITLE), found)
    _causes(draft)
    placed = table.draw(draft, pages[table.TITLE], found, matrix, f"='{CAUSES_SHEET}'!$A$4:$A${3 + len(CAUSES)}")
    record.draw(pages[record.TITLE], found, placed)
    for page in pages.values():
        drawing.take_formulas_as_they_are(page.sheet)
    draft.hidden_name(RECONCILED_NAME, '="1"')
    return draft.finish()


def _causes(draft: Draft) -> None:
    """The closed list from which SEBAB is picked; a list in a validation itself may not be so long."""
    page = draft.add(CAUSES_SHEET)
    page.put(1, 1, "DAFTAR SEBAB SELISIH", formats.TITLE)
    page.put(
        2,
        1,
        "Pilih salah satunya di kolom SEBAB lembar Rekonsiliasi. Sebab 12 perlu dijelaskan di TINDAK LANJUT.",
        NOTE,
    )
    page.put(3, 1, "SEBAB", formats.HEADING)
    for number in range(1, len(CAUSES) + 1):
        page.put(3 + number, 1, cause_line(number), {**CELL, **WRAPPED})
    page.sheet.set_column(0, 0, 76)
    paper.lay_out(page.sheet, landscape=False, one_page=True)
