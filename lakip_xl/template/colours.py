"""Colours that follow the entries: the levels of a table, rows out of use, the words of HASIL PERIKSA."""

from __future__ import annotations

from lakip_xl.cells import a1
from lakip_xl.form import formulas
from lakip_xl.form.spec import TableSpec
from lakip_xl.template.formats import LEVEL_FILLS, MUTED, Look
from lakip_xl.template.grid import Draft, Page

_RED: Look = {"bg_color": "#F8CBCB", "font_color": "#9C0006", "bold": True}
_AMBER: Look = {"bg_color": "#FFE9A8", "font_color": "#7F4F00", "bold": True}
_BLUE: Look = {"bg_color": "#CFE2F3", "font_color": "#1F4E78", "bold": True}
FLAG_LOOKS: dict[str, Look] = {
    formulas.BUKAN_ANGKA: _RED,
    formulas.MELEBIHI_PAGU: _RED,
    formulas.PAGU_NIHIL: _AMBER,
    formulas.TARGET_NIHIL: _AMBER,
    formulas.DI_ATAS_BATAS: _AMBER,
    formulas.KINERJA_SERAPAN: _AMBER,
    formulas.DI_BAWAH_BATAS: _BLUE,
}


def colour_table(draft: Draft, page: Page, spec: TableSpec) -> None:
    """Conditional formats on all data rows, the border row included, so that rows inserted at the end have them too."""
    if "hasil_periksa" in spec.by_key:
        _words(draft, page, spec, spec.position("hasil_periksa"))
    if "status" in spec.by_key:
        at = _beside(spec, "status")
        _rows(
            draft,
            page,
            spec,
            f'OR({at}="{formulas.ZEROED}",{at}="{formulas.EMPTY}")',
            {"font_color": MUTED, "italic": True},
        )
    if spec.levels:
        at = _beside(spec, "tingkat")
        # From the parents of the leaves up to the level below the total.
        for height, level in enumerate(reversed(spec.levels[1:-1])):
            look = {"bold": True, "bg_color": LEVEL_FILLS[min(height, len(LEVEL_FILLS) - 1)]}
            _rows(draft, page, spec, f'{at}="{level}"', look)


def _beside(spec: TableSpec, key: str) -> str:
    return a1(spec.first_row, spec.position(key), fixed_column=True)


def _rows(draft: Draft, page: Page, spec: TableSpec, condition: str, look: Look) -> None:
    page.sheet.conditional_format(
        spec.first_row - 1,
        0,
        spec.border_row - 1,
        len(spec.columns) - 1,
        {"type": "formula", "criteria": f"={condition}", "format": draft.formats.get(look)},
    )


def _words(draft: Draft, page: Page, spec: TableSpec, column: int) -> None:
    for word, look in FLAG_LOOKS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": draft.formats.get(look)}
        page.sheet.conditional_format(spec.first_row - 1, column - 1, spec.border_row - 1, column - 1, rule)
