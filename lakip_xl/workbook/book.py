"""The workbook: the face of this package. Opens, hands out sheets, grafts, saves."""

from __future__ import annotations

import difflib
import os
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lakip_xl import files
from lakip_xl.cells import Value
from lakip_xl.errors import MissingSheet
from lakip_xl.workbook import save
from lakip_xl.workbook.archive import Packed
from lakip_xl.workbook.docprops import sync_titles
from lakip_xl.workbook.graft import graft
from lakip_xl.workbook.guards import check_titles, damaged
from lakip_xl.workbook.index import SheetIndex
from lakip_xl.workbook.markup import dump, main, parse
from lakip_xl.workbook.package import Package
from lakip_xl.workbook.reading import gc_paused
from lakip_xl.workbook.sheet import Sheet
from lakip_xl.workbook.stream import stream_rows
from lakip_xl.workbook.strings import shared_strings
from lakip_xl.workbook.styles import EMPTY, Styles

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a workbook holds that the tool neither runs nor follows, but reports.

    ``to_be_recalculated``: the file asks Excel to calculate everything when it opens, so its stored values may be old.
    """

    has_macros: bool
    external_links: tuple[str, ...]
    has_pivots: bool
    protected_structure: bool
    date_1904: bool
    to_be_recalculated: bool
    is_template: bool


class Workbook:
    """A workbook that is read, patched and saved; whatever is not written keeps its bytes."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        with _parsing(name):
            self.package = Package(data, name)
            self._index = SheetIndex(self.package)
            self._list_sheets()
        if not self._entries:
            raise damaged(name)
        check_titles(self.sheet_names, name)
        self._titles_before = [entry.name for entry in self._entries if entry.kind == "worksheet"]
        self._sheets: dict[str, Sheet] = {}
        self._styles: Styles | None = None
        self._styles_made = False
        self._strings: list[str] | None = None
        self._formulas_changed = False
        # What was verified last (changed and dropped parts, the bytes), so that saving need not do it again.
        self._made: tuple[dict[str, bytes | Packed], frozenset[str], bytes] | None = None

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Workbook:
        """Reads a file. Raises UnreadableWorkbook or UnsupportedWorkbook with a sentence that says what it is."""
        path = Path(path)
        return cls(files.content(path), path.name)

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "workbook.xlsx") -> Workbook:
        """Reads a workbook that is in memory. Raises as ``open`` does."""
        return cls(data, name)

    def _list_sheets(self) -> None:
        self._entries = self._index.entries()
        self._by_title = {entry.name.casefold(): entry for entry in self._entries}

    @property
    def original(self) -> bytes:
        """The bytes that the workbook was read from."""
        return self.package.data

    # ---- sheets

    @property
    def sheet_names(self) -> list[str]:
        """The titles of all sheets in workbook order, chart sheets included."""
        return [entry.name for entry in self._entries]

    def has_sheet(self, name: str) -> bool:
        """Whether there is a sheet of that title, without regard to case."""
        return name.casefold() in self._by_title

    def sheet(self, name: str) -> Sheet:
        """The worksheet of that title. Raises MissingSheet, with the title that was probably meant."""
        entry = self._by_title.get(name.casefold())
        if entry is None:
            raise self._missing(name)
        if entry.kind != "worksheet":
            raise MissingSheet(
                f"{self.name}: lembar '{entry.name}' bukan lembar kerja biasa (misalnya lembar grafik), jadi tidak berisi sel. "
                "Pilih lembar lain.",
                f"{self.name}: sheet '{entry.name}' is no worksheet (perhaps a chart sheet), so it has no cells. Choose another sheet.",
            )
        if not entry.part:
            raise damaged(self.name)
        if entry.part not in self._sheets:
            self._sheets[entry.part] = Sheet(
                entry.name, entry.state, entry.part, self.package, lambda: self.styles, self._shared
            )
        return self._sheets[entry.part]

    def rows(self, name: str, columns: Collection[int] | None = None) -> Iterator[tuple[int, dict[int, Value]]]:
        """The rows of a worksheet as the file has them, one after the other: (row, {column: value}), blank cells left out.

        With ``columns`` only those are looked at. For sheets too large to be held: nothing is kept, nothing can be written. Raises
        as ``sheet`` does, and UnreadableWorkbook, also halfway, where the sheet is damaged.
        """
        return stream_rows(self.package, self.sheet(name).part, self._shared(), columns)

    def _missing(self, name: str) -> MissingSheet:
        folded = {title.casefold().strip(): title for title in self.sheet_names}
        near = difflib.get_close_matches(name.casefold().strip(), list(folded), n=1, cutoff=0.6)
        if near:
            title = folded[near[0]]
            return MissingSheet(
                f"{self.name}: lembar '{name}' tidak ada. Mungkin maksudnya '{title}'? "
                f"Beri lembar itu nama '{name}', lalu ulangi.",
                f"{self.name}: there is no sheet '{name}'. Did you mean '{title}'? "
                f"Rename that sheet to '{name}' and try again.",
            )
        listed = ", ".join(f"'{title}'" for title in self.sheet_names[:12])
        return MissingSheet(
            f"{self.name}: lembar '{name}' tidak ada. Lembar yang ada: {listed}. Periksa nama lembarnya.",
            f"{self.name}: there is no sheet '{name}'. There are: {listed}. Check the sheet's name.",
        )

    @property
    def styles(self) -> Styles:
        """The stylesheet; made if the workbook has none."""
        if self._styles is None:
            with _parsing(self.name):
                part = next((r.target for r in self._index.related("styles") if self.package.has(r.target)), None)
                if part is None:
                    self._styles, self._styles_made = Styles(parse(EMPTY, "styles.xml")), True
                else:
                    self._styles = Styles(self.package.tree(part))
        return self._styles

    def _shared(self) -> list[str]:
        if self._strings is None:
            part = next((r.target for r in self._index.related("sharedStrings") if self.package.has(r.target)), None)
            with _parsing(self.name):
                self._strings = shared_strings(self.package.read(part), part) if part else []
        return self._strings

    # ---- names

    @property
    def names(self) -> dict[str, str]:
        """The defined names of the workbook itself (not those of one sheet), hidden ones too."""
        return self._index.names()

    def set_name(self, name: str, refers_to: str, hidden: bool = True) -> None:
        """Defines a name for the whole workbook."""
        self._index.set_name(name, refers_to.removeprefix("="), hidden)

    def owned_sheet(self, hidden_name: str) -> str | None:
        """The present title of the sheet that a hidden name points to; None if the name or the sheet is gone."""
        return self._index.owned(hidden_name)

    def title_for(self, hidden_name: str, wanted: str) -> str:
        """The title that a grafted sheet will have: its present one, ``wanted`` if free, else ``wanted LAKIP`` ..."""
        return self._index.title_for(hidden_name, wanted, set())

    def disown(self, hidden_name: str) -> None:
        """Lets go of a sheet that a hidden name points to: it becomes the user's own, as it is."""
        self._index.set_name(hidden_name, "#REF!", True)

    def own(self, hidden_name: str, title: str) -> None:
        """Makes a hidden name point to a sheet."""
        self._index.own(hidden_name, title)

    def attachments(self, title: str) -> Counter[str]:
        """What hangs on a sheet beside its cells: how many ``chart``, ``picture``, ``shape`` and ``comments``."""
        entry = self._index.find(title)
        found: Counter[str] = Counter()
        for relation in self.package.relationships(entry.part) if entry is not None and entry.part else ():
            if relation.kind in ("comments", "threadedComment", "table", "pivotTable", "oleObject", "ctrlProp"):
                found["comments" if "omment" in relation.kind else relation.kind] += 1
            elif relation.kind == "drawing" and self.package.has(relation.target):
                drawing = self.package.read(relation.target)
                found["picture"] += len(re.findall(rb"<(?:\w+:)?pic[ >]", drawing))
                found["shape"] += len(re.findall(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[ >]", drawing))
                found["chart"] += sum(r.kind == "chart" for r in self.package.relationships(relation.target))
        return +found

    # ---- grafting

    def graft(self, data: bytes, owned: Mapping[str, str] | None = None) -> list[str]:
        """Brings in the sheets of a workbook made by XlsxWriter, with all that hangs on them; returns their titles.

        ``owned`` maps a title there to a hidden name here. The sheet that the name points to is replaced in its place;
        otherwise the sheet is appended. A sheet that is not in ``owned`` is appended once: where one of its title is
        there, that one is left alone.
        """
        with _parsing(self.name):
            done = graft(self._index, self.styles, data, owned or {})
        for part in done.replaced:
            self._sheets.pop(part, None)
        self._list_sheets()
        self._formulas_changed = self._formulas_changed or bool(done.titles)
        return done.titles

    @property
    def facts(self) -> Facts:
        """Macros, links and other things that are kept and reported."""
        kinds = {r.kind for r in self.package.relationships(self.package.main)}
        links = []
        for relation in self._index.related("externalLink"):
            links += [r.target for r in self.package.relationships(relation.target) if r.external]
        root = self._index.root
        protection, properties = root.find(main("workbookProtection")), root.find(main("workbookPr"))
        calculation = root.find(main("calcPr"))
        return Facts(
            has_macros="vbaProject" in kinds or any(entry.kind == "xlMacrosheet" for entry in self._entries),
            external_links=tuple(links),
            has_pivots="pivotCacheDefinition" in kinds,
            protected_structure=protection is not None and protection.get("lockStructure") in ("1", "true"),
            date_1904=properties is not None and properties.get("date1904") in ("1", "true"),
            to_be_recalculated=calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true"),
            is_template="template" in (self.package.content_type(self.package.main) or ""),
        )

    # ---- saving

    def _render(self) -> dict[str, bytes | Packed]:
        """Settles everything that was written into the package; returns the parts that differ from the file."""
        if self._styles_made and self._styles is not None and len(self._styles.number_formats) > 1:
            part = posixpath.join(posixpath.dirname(self.package.main), "styles.xml")
            self.package.put(part, dump(self._styles.root), _STYLES_TYPE)
            self._index.related("styles") or self.package.relate(self.package.main, "styles", part)
            self._styles_made = False
        touched = self._formulas_changed
        for sheet in self._sheets.values():
            data = sheet.rendered()
            if data is not None:
                self.package.put(sheet.part, data)
                touched = True
            self._formulas_changed = self._formulas_changed or sheet.formulas_changed
        if touched or self._formulas_changed:
            self._index.recalculate_on_load()
        if self._formulas_changed:
            self._index.drop_calculation_chain()
        sync_titles(
            self.package, self._titles_before, [entry.name for entry in self._entries if entry.kind == "worksheet"]
        )
        self.package.settle()
        return self.package.differences()

    def to_bytes(self) -> bytes:
        """The workbook as bytes, verified. Raises OutputRefused if the verification fails."""
        with gc_paused():
            changed = self._render()
            dropped = frozenset(self.package.dropped)
            if self._made is not None and self._made[:2] == (changed, dropped):
                return self._made[2]
            data = save.to_bytes(self.package, changed)
            save.verify(self.package, changed, data, {part: sheet.read_back for part, sheet in self._sheets.items()})
        self._made = changed, dropped, data
        return data

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the workbook: verified, then put in place in one step.

        Raises OutputRefused where the folder or the file cannot be written; then nothing is left behind.
        """
        files.replace(Path(path), self.to_bytes())


@contextmanager
def _parsing(name: str) -> Iterator[None]:
    """Whatever fails like parsing is a damaged workbook, never a traceback."""
    try:
        yield
    except (ValueError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise damaged(name) from error
