"""What the fuzzer calls: any bytes, as a package or as one part of a sound one; only LakipError may come out."""

from __future__ import annotations

from functools import lru_cache

from lakip_xl.cells import Area
from lakip_xl.errors import LakipError
from lakip_xl.workbook import Dxf, Style, Workbook
from workbook_samples import office, parts, raw, zipped

# The first byte of an input says what the rest is.
PARTS = (
    "",  # the whole package
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
    "xl/worksheets/_rels/sheet1.xml.rels",
    "xl/comments1.xml",
    "docProps/app.xml",
    "xl/tables/table1.xml",
)


@lru_cache(maxsize=1)
def sound() -> dict[str, bytes]:
    """A small package that has every part of the list."""
    contents = parts(office())
    return {name: data for name, data in contents.items() if "media" not in name and "theme" not in name}


def package(data: bytes) -> bytes:
    """The package that an input stands for."""
    kind, rest = PARTS[data[0] % len(PARTS)] if data else "", data[1:]
    if not kind:
        return rest
    if kind.endswith("sheet1.xml"):
        return raw(rest)
    return zipped(sound() | {kind: rest})


def one(data: bytes) -> None:
    """Reads, writes and saves what an input stands for."""
    try:
        book = Workbook.from_bytes(package(data))
        _ = book.facts, book.names
        for title in book.sheet_names[:3]:
            if not book.has_sheet(title):
                raise AssertionError(title)
            try:
                sheet = book.sheet(title)
                for cell in sheet.cells.values():
                    _ = cell.formula, cell.value
                _ = sheet.comments, sheet.merged, sheet.hidden_columns
                for place in ((1, 1), (2, 2), (2, 4), (9, 3)):
                    write(sheet, place)
                sheet.set_conditional_formats([(Area(1, 1, 3, 3), "A1>1", Dxf(fill="FFC7CE"))])
            except LakipError as error:
                spoken(error)
        book.set_name("_lakip", "#REF!")
        book.to_bytes()
    except LakipError as error:
        spoken(error)


def write(sheet, place: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    try:
        sheet.write(place, value=1.5, formula="1+0.5", style=Style(number_format="0.0", bold=True))
        sheet.restyle((place[0] + 1, place[1]), Style(fill="FFF2CC"))
    except LakipError as error:
        spoken(error)


def spoken(error: LakipError) -> None:
    """A sentence in both languages, whatever went wrong."""
    if not (error.text.id.strip().endswith(".") and error.text.en.strip().endswith(".")):
        raise AssertionError(error.text)
