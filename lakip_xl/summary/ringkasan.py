"""Ringkasan: one sheet that a head of office reads, made of the blocks in their order."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xl.cells import a1
from lakip_xl.findings import Finding
from lakip_xl.form.expressions import Ref, call
from lakip_xl.summary import blocks, charts, check, efficiency, head
from lakip_xl.summary.formats import AMBER, BLUE, RED
from lakip_xl.summary.page import Page
from lakip_xl.summary.sources import Sources
from lakip_xl.summary.writer import Setup

_WIDTHS = (7.5, 45, 17, 17, 17, 11.5, 11.5, 14, 12, 12.5, 12.5, 3)
_DATA_WIDTHS = (26, 9, 9, 9, 9, 16, 9, 9, 3)
_CHECK_WIDTHS = (26, 14, 14, 8, 14, 14, 8, 8)


def ringkasan(title: str, catatan: str, sources: Sources, findings: Sequence[Finding]) -> tuple[Page, Setup, Ref]:
    """The page, how it is shown, and the cell that tells whether entries changed since the check."""
    page = Page(title, (*_WIDTHS, *_DATA_WIDTHS, *_CHECK_WIDTHS, 20, *efficiency.WIDTHS))
    head.titles(page, sources)
    head.identity(page, sources)
    boxes = page.row
    page.row += 3
    overall, kategori = blocks.sasaran(page, sources)
    cards = head.cards(page, sources, boxes, overall, kategori)
    blocks.indicators(page, sources)
    if cards is not None:
        blocks.belanja(page, sources, cards)
        laid = efficiency.lay(page, sources, findings)
        programs = blocks.programs(page, sources, efficiency.by_program(sources, laid))
        capaian = page.column(7, programs[0][2].cell.row, programs[-1][2].cell.row) if programs else None
        efficiency.block(page, sources, laid, cards, overall, capaian)
        blocks.largest_sisa(page, sources, cards)
        charts.charts(page, sources, programs)
    state = check.findings_block(page, sources, findings, catatan)
    blocks.signature(page, sources)
    _colours(page, sources)
    setup = Setup(
        frozen=(3, 1),
        repeated=(1, 2),
        printed=head.LAST,
        last_row=page.row - 1,
        marks=check.MARKS,
        hidden=[*range(check.COLUMN, check.MARKS), *range(efficiency.COLUMN, len(page.widths) + 1)],
        footer="Ringkasan",
    )
    return page, setup, state


def _colours(page: Page, sources: Sources) -> None:
    """Capaian and serapan beyond the bounds in force. The bounds are copied here: not every program minds other sheets in a rule."""
    bounds = {}
    for row, key in enumerate(("capaian_min", "capaian_max", "serapan_min"), start=3):
        source = sources.setting(key)
        page.put(check.COLUMN, key, "small", row)
        page.put(check.COLUMN + 1, call("IF", call("ISNUMBER", source), source, ""), "small", row)
        bounds[key] = a1(row, check.COLUMN + 1, fixed_row=True, fixed_column=True)
    for kind, top, bottom, column in page.measured:
        cell = a1(top, column)
        for key, sign, look in (("capaian_min", "<", RED), ("capaian_max", ">", BLUE), ("serapan_min", "<", AMBER)):
            if key.startswith(kind):
                formula = f"=AND(ISNUMBER({cell}),ISNUMBER({bounds[key]}),{cell}{sign}{bounds[key]})"
                page.rules.append(((top, column, bottom, column), {"type": "formula", "criteria": formula}, look))
