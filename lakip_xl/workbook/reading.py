"""One pass over a sheet part: cells, hidden rows and columns, merged areas. Values are what Excel sees."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.parsers import expat

from lakip_xl.cells import MAX_COLUMN, MAX_ROW, Area, a1, parse_a1
from lakip_xl.errors import UnreadableWorkbook
from lakip_xl.workbook.guards import MAX_SAID
from lakip_xl.workbook.markup import MAIN, unreadable, utf8
from lakip_xl.workbook.model import CellData, Cells, SharedFormula
from lakip_xl.workbook.pieces import EMPTY, Readable, head_and_rows
from lakip_xl.workbook.plain import NotPlain, PlainReader, plain_bounds
from lakip_xl.workbook.values import TRUE, FormulaReader, number_of, typed

ROW, CELL, VALUE, FORMULA, TEXT, PHONETIC, WORKSHEET, COLUMN, MERGE, PROTECTION, FILTER = (
    f"{MAIN} {tag}"
    for tag in ("row", "c", "v", "f", "t", "rPh", "worksheet", "col", "mergeCell", "sheetProtection", "autoFilter")
)


@dataclass(slots=True)
class SheetContent:
    """What a sheet part holds. ``columns`` lists (first, last, style, hidden); ``ordered`` is whether rows and cells
    ascend, as Excel wants them; ``plain`` is whether they were read the quick way."""

    cells: Cells = field(default_factory=Cells)
    hidden_rows: set[int] = field(default_factory=set)
    row_styles: dict[int, int] = field(default_factory=dict)
    columns: list[tuple[int, int, int, bool]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    arrays: list[Area] = field(default_factory=list)
    shared: list[SharedFormula] = field(default_factory=list)
    ordered: bool = True
    plain: bool = False
    protected: bool = False
    autofilter: Area | None = None
    max_row: int = 0
    max_column: int = 0


@contextmanager
def gc_paused() -> Iterator[None]:
    """A hundred thousand young cells would be searched for cycles again and again, and there are none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def read_sheet(
    data: bytes,
    part: str,
    strings: list[str],
    number_format: Callable[[int], str],
) -> SheetContent:
    """The content of a sheet part. Raises UnreadableWorkbook where it is not one, or a cell cannot be understood."""
    reader = _Reader(part, strings, number_format)
    try:
        with gc_paused():
            data = utf8(data, part)
            content = _read_plain(data, part, strings, number_format) or reader.read(data)
    except expat.ExpatError as error:
        raise unreadable(part) from error
    except (ValueError, KeyError, OverflowError) as error:
        said = str(error)[:MAX_SAID]
        raise UnreadableWorkbook(
            f"Berkas Excel ini rusak: sel {reader.where()} pada bagian {part} tidak dapat dibaca ({said}). "
            "Perbaiki sel itu di Excel, simpan, lalu ulangi.",
            f"This workbook is damaged: cell {reader.where()} in its part {part} cannot be read ({said}). "
            "Mend that cell in Excel, save and try again.",
        ) from error
    content.max_row, content.max_column = content.cells.max_row, content.cells.max_column
    return content


def _read_plain(
    data: bytes,
    part: str,
    strings: list[str],
    number_format: Callable[[int], str],
) -> SheetContent | None:
    """The content by the quick way; None where the part is not plain or a cell is not right (the other way says what)."""
    bounds = plain_bounds(data)
    if bounds is None:
        return None
    reader = _Reader(part, strings, number_format)
    content = reader.read(data[: bounds.start] + data[bounds.end :])
    formulas = FormulaReader(content.shared, content.arrays)
    rows = PlainReader(content.cells, formulas, reader.hidden_columns, strings, number_format)
    try:
        rows.read(data, bounds)
    except (NotPlain, ValueError, OverflowError):
        return None
    content.hidden_rows, content.row_styles, content.ordered = rows.hidden_rows, rows.row_styles, rows.ordered
    content.plain = True
    return content


def reads_back(
    stream: Readable,
    part: str,
    strings: list[str],
    number_format: Callable[[int], str],
    meant: Mapping[tuple[int, int], CellData],
    places: Collection[tuple[int, int]],
) -> bool:
    """Whether the cells at all the places are what they are meant to be, read piece by piece and the quick way.

    False also where the part cannot be read so: then ``read_sheet`` must tell.
    """
    wanted: dict[int, list[int]] = {}
    for row, column in places:
        wanted.setdefault(row, []).append(column)
    matched = 0
    try:
        head, pieces = head_and_rows(stream, part)
        around = _Reader(part, strings, number_format)
        around.read(head + EMPTY + b"</worksheet>")
        for data, bounds in pieces:
            cells = Cells()
            reader = PlainReader(cells, FormulaReader([], []), around.hidden_columns, strings, number_format)
            reader.read_only(data, bounds, wanted)
            if any(cell != meant[place] for place, cell in cells.items()):
                return False
            matched += len(cells)
    except (NotPlain, ValueError, OverflowError, expat.ExpatError):
        return False
    return matched == len(places)


class _Reader:
    def __init__(
        self,
        part: str,
        strings: list[str],
        number_format: Callable[[int], str],
    ) -> None:
        self.content = SheetContent()
        self.hidden_columns: set[int] = set()
        self.columns_named = 0
        self.rooted = False
        self.part = part
        self.strings = strings
        self.number_format = number_format
        self.place = (0, 0)

    def where(self) -> str:
        row, column = self.place
        return a1(row, column) if 1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN else f"r={row}"

    def read(self, data: bytes) -> SheetContent:
        self.parse(data)
        if not self.rooted:
            raise unreadable(self.part)
        return self.content

    def parse(self, data: bytes) -> None:
        """Handlers are closures over local names: on 200,000 cells attribute look-ups would cost a third more."""
        content, strings = self.content, self.strings
        cells: dict[int, CellData] = {}
        columns: dict[str, int] = {}
        styles: dict[str | None, tuple[int, str]] = {None: (0, self.number_format(0))}
        blanks: dict[tuple[int, bool], CellData] = {}
        groups: dict[str, SharedFormula] = {}
        hidden_columns = self.hidden_columns
        formulas = FormulaReader(content.shared, content.arrays)
        row = column = 0
        row_text = "0"
        row_hidden = in_cell = wanted = skipped = False
        kind: str | None = None
        style: str | None = None
        value: str | None = None
        formula: tuple[dict[str, str], str] | None = None
        formula_attributes: dict[str, str] = {}
        pieces: list[str] = []
        add = pieces.append

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal \
                cells, \
                row, \
                column, \
                row_text, \
                row_hidden, \
                in_cell, \
                wanted, \
                skipped, \
                kind, \
                style, \
                value, \
                formula, \
                formula_attributes
            if name == CELL:
                ref = attributes.get("r")
                before = column
                if ref is None:
                    column += 1
                else:
                    head = ref.rstrip("0123456789")
                    if ref[len(head) :] != row_text:
                        self.place = (row, column)
                        raise ValueError(f"r={ref!r}")
                    try:
                        column = columns[head]
                    except KeyError:
                        column = columns[head] = parse_a1(head + "1")[1]
                if column <= before:
                    content.ordered = False
                kind, style, value, formula, in_cell = attributes.get("t"), attributes.get("s"), None, None, True
                if pieces:
                    pieces.clear()
            elif name == VALUE:
                if in_cell:
                    pieces.clear()
                    wanted = True
            elif name == FORMULA:
                if in_cell:
                    pieces.clear()
                    formula_attributes = attributes
                    wanted = True
            elif name == ROW:
                if cells:
                    content.cells.put(row, cells)
                    cells = {}
                ref = attributes.get("r")
                before, row = row, row + 1 if ref is None else int(ref)
                if row <= before:
                    content.ordered = False
                if not 1 <= row <= MAX_ROW:
                    raise ValueError(f"row {row}")
                row_text, column = str(row), 0
                row_hidden = attributes.get("hidden") in TRUE
                if row_hidden:
                    content.hidden_rows.add(row)
                if attributes.get("customFormat") in TRUE:
                    content.row_styles[row] = int(attributes.get("s", "0"))
            elif in_cell:
                if name == TEXT:
                    wanted = not skipped
                elif name == PHONETIC:
                    skipped = True
            else:
                self.outside(name, attributes)

        def end(name: str) -> None:
            nonlocal in_cell, wanted, skipped, value, formula
            if name == CELL:
                in_cell = False
                self.place = place = (row, column)
                hidden = row_hidden or column in hidden_columns
                try:
                    number, code = styles[style]
                except KeyError:
                    number = int(style or "0")
                    code = self.number_format(number)
                    styles[style] = number, code
                if formula is not None:
                    text = formulas.read(place, formula[0], formula[1], groups)
                    shown = None if value is None else typed(value, kind, strings)  # <v/> says nothing (openpyxl)
                    cells[column] = CellData(
                        shown,
                        text,
                        shown is not None,
                        code,
                        hidden,
                        number,
                    )
                elif value is None and kind != "inlineStr":
                    blank = blanks.get((number, hidden))
                    if blank is None:
                        blank = blanks[number, hidden] = CellData(None, None, False, code, hidden, number)
                    cells[column] = blank
                else:
                    if kind == "inlineStr":
                        value = "".join(pieces)
                    cells[column] = CellData(
                        number_of(value) if kind is None and value else typed(value or "", kind, strings),
                        None, False, code, hidden, number,
                    )  # fmt: skip
            elif not in_cell:
                return
            elif name == VALUE:
                value = "".join(pieces)
                pieces.clear()
                wanted = False
            elif name == FORMULA:
                formula = (formula_attributes, "".join(pieces))
                pieces.clear()
                wanted = False
            elif name == TEXT:
                wanted = False
            elif name == PHONETIC:
                skipped = False

        def characters(data: str) -> None:
            if wanted:
                add(data)

        def doctype(*_: object) -> None:
            raise unreadable(self.part)

        # Names come back as these very objects, so that comparing them is comparing identities.
        parser = expat.ParserCreate(None, " ", {name: name for name in (ROW, CELL, VALUE, FORMULA, TEXT, PHONETIC)})
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
        parser.StartDoctypeDeclHandler = doctype
        parser.Parse(data, True)
        if cells:
            content.cells.put(row, cells)

    def outside(self, name: str, attributes: dict[str, str]) -> None:
        content = self.content
        if name == COLUMN:
            first, last = max(int(attributes["min"]), 1), min(int(attributes["max"]), MAX_COLUMN)
            hidden = attributes.get("hidden") in TRUE
            content.columns.append((first, last, int(attributes.get("style", "0")), hidden))
            # Sound definitions do not overlap, so they name each column once; what comes beyond that is a hostile file's.
            self.columns_named += last - first + 1
            if hidden and self.columns_named <= 4 * MAX_COLUMN:
                self.hidden_columns.update(range(first, last + 1))
        elif name == MERGE:
            content.merged.append(Area.parse(attributes.get("ref", "")))
        elif name == PROTECTION:
            content.protected = attributes.get("sheet") in TRUE
        elif name == FILTER:
            content.autofilter = Area.parse(attributes["ref"]) if attributes.get("ref") else None
        elif name == WORKSHEET:
            self.rooted = True
