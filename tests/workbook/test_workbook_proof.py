"""Proof without Excel: what we emit, Excel emits; a grafted sheet is XlsxWriter's, but for the indexes that must differ."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import xlsxwriter

from excel_vocabulary import gathered, kept
from lakip_xl import tasks
from lakip_xl.workbook import Workbook
from lakip_xl.workbook import graft as grafting
from lakip_xl.workbook.charts import explicit
from lakip_xl.workbook.grafted_sheet import Mapping, sheet_tree
from lakip_xl.workbook.markup import dump, parse
from lakip_xl.workbook.strings import shared_strings
from workbook_samples import OWNED, office, owned_sheets, parts
from workbooks import EXAMPLE

# What no file of the list holds, and why we write it all the same.
OURS = {
    "spreadsheetml.main:calcPr": {"fullCalcOnLoad"},  # for Excel to obey; Excel takes it away when it saves
    "spreadsheetml.main:ignoredError": {
        "formulaRange"
    },  # in the schema; Excel writes it when a user ignores that warning
    "drawingml.chart:legendEntry": {""},  # in the schema; a legend without one of its entries
    "drawing.chart.2017-03:dataDisplayOptions16": {""},  # newer than the list: show #N/A as empty cell
    "drawing.chart.2017-03:dispNaAsBlank": {"", "val"},
}


def test_whatever_we_emit_occurs_in_files_that_excel_saved(tmp_path: Path) -> None:
    out = tmp_path / "hasil.xlsx"
    tasks.fill(EXAMPLE / "matriks.xlsx", out)
    known = kept()
    strange = {
        tag: sorted(more)
        for tag, names in gathered([out.read_bytes()]).items()
        if (more := names - known.get(tag, set()) - OURS.get(tag, set()))
    }
    assert strange == {}


def mapped_back(sheet: bytes, map: Mapping, strings: list[str]) -> bytes:
    """A grafted sheet part with the formats, texts and titles of the workbook that it came from."""
    formats, dxfs = ({new: old for old, new in enumerate(indexes)} for indexes in (map.formats, map.dxfs))
    titles = {new.encode(): old.encode() for old, new in map.titles.items()}

    def shared(match: re.Match[bytes]) -> bytes:
        text = match[1].replace(b"&lt;", b"<").replace(b"&gt;", b">").replace(b"&amp;", b"&").decode()
        return b't="s"><v>%d</v></c>' % strings.index(text)

    sheet = re.sub(rb't="inlineStr"><is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>', shared, sheet)
    sheet = re.sub(
        rb'(<(?:c|row) [^>]*?\bs|<col [^>]*?\bstyle)="(\d+)"', lambda m: b'%b="%d"' % (m[1], formats[int(m[2])]), sheet
    )
    sheet = re.sub(rb'dxfId="(\d+)"', lambda m: b'dxfId="%d"' % dxfs[int(m[1])], sheet)
    for new, old in titles.items():
        sheet = sheet.replace(b"'%b'!" % new, b"'%b'!" % old)
    return sheet


@pytest.mark.parametrize("taken", [False, True], ids=["title free", "title taken"])
def test_a_grafted_sheet_mapped_back_is_what_xlsxwriter_made(taken: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    maps: list[Mapping] = []
    whole = grafting.sheet_bytes

    def noting(data, part, map, selected):  # type: ignore[no-untyped-def]
        maps.append(map)
        made = whole(data, part, map, selected)
        assert made == dump(sheet_tree(parse(data, part), map, selected)), "as bytes and as a tree it is the same"
        return made

    monkeypatch.setattr(grafting, "sheet_bytes", noting)
    made = owned_sheets()
    book = Workbook.from_bytes(office())
    if taken:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as own:
            own.add_worksheet("Ringkasan")
        book.graft(out.getvalue(), owned={})
    before = set(book.package.parts())
    maps.clear()
    book.graft(made, owned=OWNED)
    after, source = parts(book.to_bytes()), parts(made)
    new = sorted(n for n in after if n.startswith("xl/worksheets/sheet") and n not in before)
    assert len(new) == 2
    strings = shared_strings(source["xl/sharedStrings.xml"], "sharedStrings.xml")
    for number, name in enumerate(new, 1):
        original = source[f"xl/worksheets/sheet{number}.xml"].replace(b' tabSelected="1"', b"")
        assert mapped_back(after[name], maps[0], strings) == original
    assert bool(maps[0].titles) == taken
    if not taken:
        for kind in ("charts/chart", "drawings/drawing", "media/image", "comments"):
            theirs = [data for name, data in source.items() if name.startswith(f"xl/{kind}")]
            # A chart says everything here that XlsxWriter leaves to the reader; the rest is as it was.
            theirs = sorted(map(explicit, theirs) if kind == "charts/chart" else theirs)
            here = sorted(data for name, data in after.items() if name.startswith(f"xl/{kind}") and name not in before)
            assert here == theirs, kind
