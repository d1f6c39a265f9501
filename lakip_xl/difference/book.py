"""What changed between two workbooks, as a workbook: the changed entries on one sheet, the findings on another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lakip_xl import drawing
from lakip_xl.cells import ErrorValue, Value
from lakip_xl.difference.model import Difference
from lakip_xl.difference.text import GROUPS
from lakip_xl.findings import ranked
from lakip_xl.form.places import COMPARED_NAME
from lakip_xl.records import Held
from lakip_xl.report.changed import row, value
from lakip_xl.rules.catalogue import render
from lakip_xl.summary.page import LINE_HEIGHT, MAX_HEIGHT, count_lines
from lakip_xl.template import formats, paper
from lakip_xl.template.formats import Look
from lakip_xl.template.grid import Draft, Page

_CHANGES = (
    ("PERUBAHAN", 24),
    ("SEL", 16),
    ("KODE", 19),
    ("URAIAN / INDIKATOR", 48),
    ("KOLOM", 22),
    ("SEMULA", 24),
    ("MENJADI", 24),
    ("SELISIH", 18),
)
_FINDINGS = (("KEADAAN", 24), ("TINGKAT CATATAN", 16), ("KODE", 8), ("SEL", 16), ("CATATAN", 70), ("PENJELASAN", 50))
_HEAD = 4
_CELL: Look = {**formats.BOXED, "text_wrap": True}
_MOST_DECIMALS = 12


def build(found: Difference) -> bytes:
    """The workbook, the same bytes for the same difference."""
    draft = Draft("Perubahan buku kerja")
    told = f"{found.names[0]} -> {found.names[1]}"
    _draw(draft.add("Perubahan Isian"), "PERUBAHAN ISIAN", told, _CHANGES, list(_changes(found)), "Isian sama.")
    _draw(draft.add("Catatan"), "CATATAN PEMERIKSAAN", told, _FINDINGS, list(_findings(found)), "Tidak ada catatan.")
    draft.hidden_name(COMPARED_NAME, '="1"')
    return draft.finish()


def _changes(found: Difference) -> Iterator[Sequence[Value]]:
    changes = found.changes
    for each in changes.changed:
        before, after = _shown(each.before), _shown(each.after)
        if each.of_year:
            before, after = (str(int(v)) if isinstance(v, float | int) else v for v in (before, after))
        numbers = all(isinstance(v, float | int) and not isinstance(v, bool) for v in (before, after))
        step = float(Decimal(repr(after)) - Decimal(repr(before))) if numbers else None
        yield "Isian berubah", str(each.cell), each.record.kode, each.record.name, each.heading, before, after, step
    for word, records in (("Baris baru", changes.added), ("Baris hilang", changes.removed)):
        for record in records:
            first = next(iter(record.cells.values()))
            yield (
                word,
                str(first.cell),
                record.kode,
                record.name,
                row(record, "id").partition("  ")[0],
                None,
                None,
                None,
            )
    for word, titles in (("Lembar ditambahkan", changes.sheets_added), ("Lembar dihapus", changes.sheets_removed)):
        for title in titles:
            yield word, title, None, None, None, None, None, None
    for old, new in changes.sheets_renamed:
        yield "Lembar berganti nama", new, None, None, None, old, new, None
    for loose in changes.loose:
        yield "Di luar formulir", str(loose.cell), None, None, None, _shown(loose.before), _shown(loose.after), None
    for result in changes.results:
        yield "Hasil hitungan", str(result.cell), None, None, None, result.before, result.after, None
    for cell in changes.broken:
        yield "Sel milik lakip-xl diubah", str(cell), None, None, None, None, None, None


def _shown(held: Held | None) -> Value:
    if held is None:
        return None
    if held.formula is not None and held.value is None:
        return f"={held.formula}"
    return value(held.value, "id") if isinstance(held.value, ErrorValue) else held.value


def _number(value: Value) -> Look:
    """A look with as many decimals as the number has: no dot behind a whole one, and no 0 for a small one."""
    decimals = max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent))
    return {**formats.BOXED, "num_format": "#,##0" + ("." + "0" * min(decimals, _MOST_DECIMALS) if decimals else "")}


def _findings(found: Difference) -> Iterator[Sequence[Value]]:
    groups = dict(GROUPS)
    still = tuple(each.after for each in found.still)
    for key, findings in (("fixed", found.fixed), ("new", found.new), ("still", still)):
        for finding in ranked(findings):
            yield (
                groups[key].id,
                finding.severity.word("id"),
                finding.code,
                str(finding.cell),
                render(finding, "id").message,
                finding.explanation,
            )


def _draw(
    page: Page,
    title: str,
    told: str,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[Value]],
    nothing: str,
) -> None:
    page.put(1, 1, title, formats.TITLE)
    page.put(2, 1, told, formats.INTRO)
    for column, (heading, width) in enumerate(columns, start=1):
        page.put(_HEAD, column, heading, formats.HEADING)
        page.sheet.set_column(column - 1, column - 1, width)
    for number, cells in enumerate(rows, start=_HEAD + 1):
        lines = 1
        for column, cell in enumerate(cells, start=1):
            plain = isinstance(cell, bool) or not isinstance(cell, float | int)
            page.put(number, column, cell, _CELL if plain else _number(cell))
            lines = max(lines, count_lines(str(cell), columns[column - 1][1]) if isinstance(cell, str) else 1)
        page.sheet.set_row(number - 1, round(min(lines * LINE_HEIGHT + 3, MAX_HEIGHT), 1))
    if not rows:
        page.merge(_HEAD + 1, 1, len(columns), nothing, _CELL)
    else:
        page.sheet.autofilter(_HEAD - 1, 0, _HEAD + len(rows) - 1, len(columns) - 1)
    paper.lay_out(page.sheet)
    page.sheet.repeat_rows(_HEAD - 1, _HEAD - 1)
    page.sheet.freeze_panes(_HEAD, 0)
    drawing.take_formulas_as_they_are(page.sheet)
