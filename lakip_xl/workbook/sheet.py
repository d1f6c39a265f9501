"""One worksheet: its cells as they were read, and what is to be written into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

from lakip_xl.cells import MAX_TEXT, Area, ErrorValue, Value, a1, parse_a1
from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.workbook.archive import Packed, pack
from lakip_xl.workbook.bound import BoundCells
from lakip_xl.workbook.conditional import Rule, marked, with_rules
from lakip_xl.workbook.markup import main, unreadable, utf8
from lakip_xl.workbook.model import CellData, Dxf, Made, SharedFormula, Style
from lakip_xl.workbook.package import Package
from lakip_xl.workbook.patching import MAX_FORMULA, Edit, patch, patched_plain
from lakip_xl.workbook.plain import NotPlain, plain_bounds
from lakip_xl.workbook.reading import SheetContent, read_sheet, reads_back
from lakip_xl.workbook.save import Unpacked
from lakip_xl.workbook.strings import decode
from lakip_xl.workbook.styles import Styles
from lakip_xl.workbook.widths import with_width

Place = str | tuple[int, int]
_UNSTYLED = Style()


class _Edits(Mapping[tuple[int, int], Edit]):
    """What is to be written, made of the cells as they shall be and a mark for each: True for one whose content is written,
    False for one that only looks different, a text for a copy of a shared formula that gets its own."""

    def __init__(self, cells: Mapping[tuple[int, int], CellData], marks: Mapping[tuple[int, int], bool | str]) -> None:
        self._cells = cells
        self._marks = marks

    def __getitem__(self, place: tuple[int, int]) -> Edit:
        cell, mark = self._cells[place], self._marks[place]
        if mark is True:
            return Edit(cell.style, True, cell.value, cell.formula)
        return Edit(cell.style, content=False, unshare=mark or None)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)


class Sheet:
    """A worksheet of a workbook. Made by ``Workbook.sheet``; read when a cell is first asked for.

    Reading raises UnreadableWorkbook where the sheet is damaged.
    """

    def __init__(
        self,
        name: str,
        state: str,
        part: str,
        package: Package,
        styles: Callable[[], Styles],
        strings: Callable[[], list[str]],
    ) -> None:
        self.name = name
        self.state = state
        self.part = part
        self._package = package
        self._styles = styles
        self._strings = strings
        self._read: SheetContent | None = None
        self._marks: dict[tuple[int, int], bool | str] = {}
        self._rules: dict[str, list[Rule]] = {}
        self._widths: dict[int, float] = {}
        self._bound: BoundCells | None = None
        self._masters: dict[tuple[int, int], SharedFormula] | None = None
        self._comments: dict[tuple[int, int], str] | None = None
        self._settled = False
        self.formulas_changed = False

    # ---- reading

    @property
    def content(self) -> SheetContent:
        """Everything that was read from the sheet part, with what was written since."""
        if self._read is None:
            self._read = read_sheet(
                self._package.read(self.part), self.part, self._strings(), self._styles().number_format
            )
        return self._read

    @property
    def cells(self) -> Mapping[tuple[int, int], CellData]:
        """Every cell that the sheet holds, blank ones with a style too, by (row, column)."""
        return self.content.cells

    def look(self, at: Place) -> tuple[int, bool]:
        """How far a cell's text is indented, by its format or by blanks in front, and whether it is bold."""
        cell = self.cell(at)
        indent, bold = self._styles().look(cell.style)
        text = cell.value if isinstance(cell.value, str) else ""
        return indent * 3 + len(text) - len(text.lstrip()), bold

    def filled(self) -> dict[int, dict[int, CellData]]:
        """The cells that hold a value or a formula, by row and column, the rows in their order."""
        return self.content.cells.filled()

    def formulas(self) -> dict[tuple[int, int], str]:
        """Every formula of the sheet, in reading order."""
        cells = self.content.cells
        return {place: formula for place in cells.formulas() if (formula := cells[place].formula) is not None}

    @property
    def merged(self) -> list[Area]:
        return self.content.merged

    @property
    def arrays(self) -> list[Area]:
        """Areas of array formulas and data tables; nothing can be written there."""
        return self.content.arrays

    @property
    def hidden_rows(self) -> set[int]:
        return self.content.hidden_rows

    @property
    def hidden_columns(self) -> set[int]:
        return {n for first, last, _, hidden in self.content.columns if hidden for n in range(first, last + 1)}

    @property
    def max_row(self) -> int:
        """The last row that holds a cell; 0 on an empty sheet."""
        return self.content.max_row

    @property
    def max_column(self) -> int:
        return self.content.max_column

    @property
    def protected(self) -> bool:
        return self.content.protected

    @property
    def autofilter(self) -> Area | None:
        return self.content.autofilter

    def cell(self, at: Place) -> CellData:
        """The cell at ``"M12"`` or ``(12, 13)``; a blank one with the style of its row or column where there is none."""
        place = parse_a1(at) if isinstance(at, str) else at
        found = self.content.cells.get(place)
        if found is not None:
            return found
        style = self.content.row_styles.get(place[0])
        hidden = place[0] in self.content.hidden_rows
        for first, last, column_style, column_hidden in self.content.columns:
            if first <= place[1] <= last:
                style = column_style if style is None else style
                hidden = hidden or column_hidden
        return CellData(None, None, False, self._styles().number_format(style or 0), hidden, style or 0)

    @property
    def comments(self) -> dict[tuple[int, int], str]:
        """The notes on cells, by (row, column)."""
        if self._comments is None:
            self._comments = {}
            for relation in self._package.relationships(self.part):
                if relation.kind == "comments" and self._package.has(relation.target):
                    for note in self._package.tree(relation.target).iter(main("comment")):
                        text = "".join(t.text or "" for t in note.iter(main("t")))
                        try:
                            self._comments[parse_a1(note.get("ref", ""))] = decode(text)
                        except ValueError:
                            continue
        return self._comments

    # ---- writing

    def write(
        self, at: Place, value: Value = None, formula: str | Made | None = None, style: Style | None = None
    ) -> None:
        """Writes a value, or a formula with the value it has; with neither, the cell becomes blank.

        ``formula`` with ``value=None`` has no cached value, with ``value=""`` it shows nothing. Text is text, whatever it
        begins with. ``style=None`` keeps the cell's style. A cell that is so already keeps its bytes. A formula that makes its text
        must make the same again when the sheet is written.

        Raises UnsupportedWorkbook for a cell inside an array formula, a data table, a merged area (except its first cell)
        or the header of a table, for a text or formula that Excel does not take, and on a sheet whose cells are out of order.
        """
        place = parse_a1(at) if isinstance(at, str) else at
        text = formula if formula is None or isinstance(formula, str) else formula.text()
        if isinstance(formula, str):
            text = formula = formula.removeprefix("=")
        if isinstance(value, str):
            value = value.encode("utf-8", "replace").decode("utf-8")
        elif value is not None and not isinstance(value, (bool, ErrorValue)):
            value = float(value)  # an int is welcome
        old = self.cell(place)
        index = self._index(old, style)
        same = (
            old.formula == text and type(old.value) is type(value) and old.value == value
            and (text is None or old.has_cache == (value is not None))
        )  # fmt: skip
        if same:
            self._restyle(place, old, index)
            return
        self._bound_cells().refuse(place)
        self._refuse_if_too_long(place, value, text)
        self._unshare(place)
        self.formulas_changed = self.formulas_changed or formula is not None or old.formula is not None
        self._marks[place] = True
        self._remember(
            place,
            CellData(
                value,
                formula,
                formula is not None and value is not None,
                self._styles().number_format(index),
                old.hidden,
                index,
            ),
        )

    def is_bound(self, at: Place) -> bool:
        """Whether ``write`` refuses the cell because it belongs to other cells: an array, a merged area, a table's header or total."""
        return self._bound_cells().binds(parse_a1(at) if isinstance(at, str) else at)

    def _bound_cells(self) -> BoundCells:
        if self._bound is None:
            self._bound = BoundCells(self.name, self.content, self._package, self.part)
        return self._bound

    def clear(self, at: Place) -> None:
        """Takes value and formula away and keeps the style."""
        self.write(at)

    def restyle(self, at: Place, style: Style) -> None:
        """Changes what a cell looks like and keeps what it holds."""
        place = parse_a1(at) if isinstance(at, str) else at
        old = self.cell(place)
        self._restyle(place, old, self._index(old, style))

    def _index(self, old: CellData, style: Style | None) -> int:
        if style is None:
            return old.style
        if style.copy_from is None:
            base = old.style
        else:
            base = self.cell(style.copy_from).style
            style = Style(**{name: getattr(style, name) for name in Style.__slots__ if name != "copy_from"})
        return base if style == _UNSTYLED else self._styles().derive(base, style)

    def _restyle(self, place: tuple[int, int], old: CellData, index: int) -> None:
        if index == old.style:
            return
        self._marks.setdefault(place, False)
        self._remember(
            place,
            CellData(old.value, old._formula, old.has_cache, self._styles().number_format(index), old.hidden, index),
        )

    def _remember(self, place: tuple[int, int], cell: CellData) -> None:
        self._settled = False
        content = self.content
        content.cells[place] = cell
        if place[0] > content.max_row:
            content.max_row = place[0]
        if place[1] > content.max_column:
            content.max_column = place[1]

    def _unshare(self, place: tuple[int, int]) -> None:
        """When the master of a shared formula goes, each copy that stays gets a text of its own."""
        if self._masters is None:
            self._masters = {group.master: group for group in self.content.shared if len(group.members) > 1}
        group = self._masters.pop(place, None)
        for member in group.members if group else ():
            if member != place and self._marks.get(member) is not True and group is not None:
                self._marks[member] = group.at(*member) or False

    def _refuse_if_too_long(self, place: tuple[int, int], value: Value, formula: str | None) -> None:
        if isinstance(value, float) and value - value != 0:
            raise ValueError(f"{value!r} is not a number that a cell can hold")
        if (not isinstance(value, str) or len(value) <= MAX_TEXT) and (formula is None or len(formula) <= MAX_FORMULA):
            return
        for text, limit, id, en in ((value, MAX_TEXT, "Teks", "text"), (formula, MAX_FORMULA, "Rumus", "formula")):
            if isinstance(text, str) and len(text) > limit:
                where = f"'{self.name}'!{a1(*place)}"
                raise UnsupportedWorkbook(
                    f"{id} untuk sel {where} panjangnya {len(text):,} huruf; batas Excel {limit:,}. Persingkat, lalu ulangi.",
                    f"The {en} for cell {where} has {len(text):,} characters; Excel takes {limit:,}. Shorten it and try again.",
                )

    def set_conditional_formats(
        self, rules: Sequence[tuple[Area | Sequence[Area], str, Dxf]], owner: str = "lakip"
    ) -> None:
        """Makes these the expression rules of ``owner`` on the sheet: (area or areas, formula, format), the first winning.

        Rules of an earlier call for the same owner that are not in the list go; those of the user stay as they are. The
        same list again changes nothing. How a rule is known again: see ``conditional``.
        """
        made = []
        for areas, formula, dxf in rules:
            listed = [areas] if isinstance(areas, Area) else list(areas)
            made.append(
                Rule(
                    " ".join(str(area) for area in listed),
                    marked(formula.removeprefix("="), owner),
                    self._styles().dxf(dxf),
                )
            )
        self._rules[owner], self._settled = made, False

    def set_width(self, column: int, width: float) -> None:
        """Makes a column at least so many characters wide; other columns keep their widths. See ``widths``."""
        self._widths[column], self._settled = width, False

    def rendered(self) -> Packed | None:
        """The sheet part with everything that was written; None where there is nothing new."""
        if not (self._marks or self._rules or self._widths) or self._settled:
            return None
        before = utf8(self._package.read(self.part), self.part)
        try:
            after = self._patched(before)
        except ValueError as error:
            raise unreadable(self.part) from error
        self._settled = True
        return None if after.size == len(before) and after.read() == before else after

    def _patched(self, before: bytes) -> Packed:
        edits = _Edits(self.content.cells, self._marks)
        bounds = plain_bounds(before) if self.content.plain else None
        if bounds is not None:
            with suppress(NotPlain):
                return pack(patched_plain(before, bounds, edits, self.name, self._around))
        return pack([self._around(patch(before, edits, self.name))])

    def _around(self, data: bytes) -> bytes:
        for column, width in self._widths.items():
            data = with_width(data, column, width)
        for owner, rules in self._rules.items():
            data = with_rules(data, rules, owner)
        return data

    def read_back(self, written: Unpacked) -> str:
        """The first written cell that does not read back from the sheet part as it was meant; "" if all do."""
        meant, strings, formats = self.content.cells, self._strings(), self._styles().number_format
        if not self._marks or reads_back(written, self.part, strings, formats, meant, self._marks):
            return ""
        found = read_sheet(written.whole(), self.part, strings, formats).cells
        wrong = next((place for place in self._marks if found.get(place) != meant[place]), None)
        return "" if wrong is None else f"'{self.name}'!{a1(*wrong)}"
