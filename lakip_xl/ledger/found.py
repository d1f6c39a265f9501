"""Which form a ledger has and where its columns stand: told by the headings alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from lakip_xl.cells import Value, column_number, letters
from lakip_xl.errors import BadHint, MissingForm
from lakip_xl.ledger.amounts import NoAmount, amount, code_and_name
from lakip_xl.ledger.dates import period
from lakip_xl.ledger.entries import Place
from lakip_xl.ledger.forms import FORMS, MAPPED, Form
from lakip_xl.sources.grid import shown
from lakip_xl.sources.tables import Row, Table
from lakip_xl.table.headers import Texts, locate_deep
from lakip_xl.table.locate import HEADER_SEARCH_ROWS, Located, plain

_YEAR = re.compile(r"\b20\d\d\b")


@dataclass
class Found:
    """A table of a ledger: its form, the column of each key, and what its titles and headings say."""

    file: str
    form: Form
    table: Table
    columns: dict[str, int]
    header_row: int
    titles: list[str]
    headings: dict[int, set[str]] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.year, self.month = period(self.titles)
        self._known: dict[int, str] = {}
        self.money = [self.columns[key] for key in self.form.amounts if key in self.columns]

    def place(self, row: int, key: str = "") -> Place:
        """Where the cell of a column stands in a row; the row alone without a column, or in a text."""
        return Place(self.file, self.table.name, row, "" if self.table.is_text else self._letters(key))

    def _letters(self, key: str) -> str:
        column = self.columns.get(key)
        if column is None:
            return ""
        known = self._known.get(column)
        if known is None:
            known = self._known[column] = letters(column)
        return known

    def rows(self, every: bool = False) -> Iterator[Row]:
        """The rows below the headings, of ``every`` column or of those that are known. Blank rows and repeated headings are left out."""
        for row, cells in self.table.rows(None if every else frozenset(self.columns.values())):
            if row > self.header_row and cells and not self._is_heading(cells):
                yield row, cells

    def _is_heading(self, cells: Mapping[int, Value]) -> bool:
        if any(isinstance(cells.get(column), float) for column in self.money):
            return False
        alike = others = 0
        for column, words in self.headings.items():
            value = cells.get(column)
            if value is None:
                continue
            if isinstance(value, str) and plain(value) in words:
                alike += 1
            else:
                others += 1
                if others > 2:
                    return False
        return alike > 1 and alike > others


def find(readings: Sequence[Sequence[Table]], file: str) -> Found:
    """The table of a known form. Raises MissingForm where there is none, where several sheets hold one, where two columns fit a heading,
    and for a matrix: its sheet Belanja would pass for an LRA, and the matrix be compared with itself."""
    best: list[tuple[int, int, Found]] = []
    heads: list[tuple[Table, Texts]] = []
    for reading in readings:
        here: list[tuple[int, int, Found]] = []
        for table in reading:
            head = _head(table)
            texts = _texts(head)
            heads.append((table, texts))
            fitting = _fitting(table, head, texts, file)
            if fitting is not None:
                here.append((FORMS.index(fitting.form), -len(fitting.columns), fitting))
        here.sort(key=lambda each: each[:2])
        if here and (not best or here[0][:2] < best[0][:2]):
            best = here
    if not best:
        raise _no_form(heads, file)
    alike = [found.table.name for order, _, found in best if order == best[0][0]]
    if len(alike) > 1:
        names = ", ".join(f"'{name}'" for name in alike)
        raise MissingForm(
            f"{file}: {len(alike)} lembar berisi {best[0][2].form.name}: {names}. Sisakan satu lembar untuk setiap berkas, lalu ulangi.",
            f"{file}: {len(alike)} sheets hold the same form of ledger: {names}. Keep one sheet for each file and try again.",
        )
    return best[0][2]


def _head(table: Table) -> list[Row]:
    return list(takewhile(lambda row: row[0] <= HEADER_SEARCH_ROWS, table.rows()))


def _texts(head: Sequence[Row]) -> Texts:
    """The texts at the top, small whole numbers among them: months are headed 1 to 12 in some forms."""
    values = {
        (row, column): shown(value) if isinstance(value, float) and value in range(1, 13) else value
        for row, cells in head
        for column, value in cells.items()
    }
    return Texts.of(values, ())


def _fitting(table: Table, head: Sequence[Row], texts: Texts, file: str) -> Found | None:
    for form in FORMS:
        located = locate_deep(form.spec, texts, asked=form.needed)
        if located is None or any(key not in located.columns for key in form.needed):
            continue
        top = located.first_row or located.header_row
        if form.spec.refused_by & texts.words(top, located.header_row):
            sheet_id, sheet_en = (
                (f"lembar '{table.name}'", f"sheet '{table.name}'") if table.name else ("isinya", "this")
            )
            raise MissingForm(
                f"{file}: {sheet_id} adalah matriks kinerja (ada kolom indikator atau target), bukan laporan realisasi. Pilih "
                "berkas laporan realisasi, atau simpan lembarnya saja ke berkas tersendiri.",
                f"{file}: {sheet_en} is a performance matrix (it has a column of indicators or targets), not a ledger. Choose "
                "the ledger's file, or save its sheet alone in a file of its own.",
            )
        columns = _without_doubt(form, located, texts, top, table, file)
        above = [[shown(value) for value in cells.values()] for row, cells in head if row < top]
        titles = [" ".join(filter(None, texts)) for texts in above]
        words = {
            column: {plain(texts.at(row, column)[1]) for row in range(top, located.header_row + 1)} - {""}
            for column in columns.values()
        }
        return Found(file, form, table, columns, located.header_row, titles, words, titled_office(above))
    return None


_OFFICE = re.compile(r"(?:nama )?(?:skpd|opd|perangkat daerah|unit organisasi|organisasi)", re.IGNORECASE)


def titled_office(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """The SKPD that the titles name behind its label (``SKPD : 1.06... Dinas Sosial``), code -> name. Nothing else of them is kept:
    beside it stand the names of persons."""
    for texts in rows:
        cells = [part.strip() for text in texts for part in text.split(":") if part.strip()]
        if len(cells) > 1 and _OFFICE.fullmatch(cells[0]):
            found, name = code_and_name(cells[1])
            name = (name or (cells[2] if found and len(cells) == 3 else "")).lstrip("- ")
            return {found or name: name}
    return {}


def _without_doubt(form: Form, located: Located, texts: Texts, top: int, table: Table, file: str) -> dict[str, int]:
    """One column for each key: no percentages, and of several years the last. Raises MissingForm where two are left."""
    columns = dict(located.columns)
    for key, claims in located.doubts.items():
        headed = {column: " ".join(texts.path(top, located.header_row, column)) for column in claims}
        left = [column for column in claims if "%" not in headed[column] and "persen" not in headed[column].casefold()]
        years = {column: max(map(int, _YEAR.findall(headed[column])), default=0) for column in left}
        if left and min(years.values()) > 0:
            left = [column for column in left if years[column] == max(years.values())]
        if len(left) > 1:
            names = ", ".join(f"{letters(column)} ('{headed[column]}')" for column in left)
            where = f"{file}: {table.name}" if table.name else file
            raise MissingForm(
                f"{where}: kolom {form.spec.by_key[key].heading} ada {len(left)}: {names}. Hapus kolom yang bukan, atau ganti judulnya.",
                f"{where}: there are {len(left)} columns of {form.spec.by_key[key].heading}: {names}. Delete the wrong one, or head it "
                "otherwise.",
            )
        if left:
            columns[key] = left[0]
    return columns


def _no_form(heads: Sequence[tuple[Table, Texts]], file: str) -> MissingForm:
    """Says which form the file comes nearest to, and what it lacks."""
    best: tuple[int, Form, Located] | None = None
    for _, texts in heads:
        for form in FORMS:
            located = locate_deep(form.spec, texts)
            if located is not None:
                had = sum(key in located.columns for key in form.needed)
                if had and (best is None or had * len(best[1].needed) > best[0] * len(form.needed)):
                    best = had, form, located
    if best is None:
        return MissingForm(
            f"{file}: tidak ada judul kolom buku besar yang dikenal (misalnya Kode Sub Kegiatan, Anggaran, Realisasi). Pilih berkas "
            "lain, atau beri judul itu pada kolom-kolomnya.",
            f"{file}: no headings of a ledger were found (for example Kode Sub Kegiatan, Anggaran, Realisasi). Choose another file, "
            "or head its columns so.",
        )
    _, form, located = best
    have = ", ".join(form.spec.by_key[key].heading for key in form.needed if key in located.columns)
    lack = ", ".join(
        form.spec.by_key[key].heading + (f" (mirip: '{near}')" if (near := located.missing.get(key)) else "")
        for key in form.needed
        if key not in located.columns
    )
    return MissingForm(
        f"{file}: paling mirip {form.name}; judul yang ada: {have}; yang tidak ada: {lack}. Perbaiki judulnya, tambahkan kolom yang tidak "
        "ada, atau unduh laporan yang lengkap.",
        f"{file}: nearest to {form.name}; headings found: {have}; missing: {lack}. Mend the headings, add the column that is missing, or "
        "get the whole report.",
    )


# ---- by hand


def mapped(readings: Sequence[Sequence[Table]], file: str, mapping: Mapping[str, str]) -> Found:
    """The table that a mapping (key -> heading or letters of a column) describes. Raises BadHint for a mapping that cannot be."""
    known = MAPPED.spec.by_key
    for key in mapping:
        if key not in known:
            raise BadHint(
                f"--map {key}={mapping[key]}: '{key}' bukan isian yang dikenal. Yang dikenal: {', '.join(known)}.",
                f"--map {key}={mapping[key]}: '{key}' is no field that is known. Known are: {', '.join(known)}.",
            )
    if not {"realisasi", "pagu"} & set(mapping):
        raise BadHint(
            f"{file}: tidak ada kolom jumlah. Tambahkan --map realisasi=KOLOM (huruf atau judulnya).",
            f"{file}: there is no column of amounts. Add --map realisasi=COLUMN (its letters or heading).",
        )
    lacking = ""
    for reading in readings:
        for table in reading:
            head = _head(table)
            found = _mapped_in(table, head, file, mapping)
            if isinstance(found, Found):
                return found
            lacking = lacking or found
    raise BadHint(
        f"{file}: judul kolom '{lacking}' tidak ditemukan. Periksa --map: sebutkan judul seperti tertulis, atau huruf kolomnya.",
        f"{file}: there is no column headed '{lacking}'. Check --map: give the heading as it is written, or the column's letters.",
    )


def _mapped_in(table: Table, head: Sequence[Row], file: str, mapping: Mapping[str, str]) -> Found | str:
    named = {shown(value) for _, cells in head for value in cells.values() if isinstance(value, str)}
    plainly = {plain(text) for text in named}
    by_heading = {key: plain(text) for key, text in mapping.items() if plain(text) in plainly}
    columns: dict[str, int] = {}
    for key, text in mapping.items():
        if key not in by_heading:
            if not re.fullmatch(r"[A-Za-z]{1,3}", text.strip()):
                return text
            columns[key] = column_number(text.strip())
    header = 0
    for row, cells in head:
        at = {plain(value): column for column, value in cells.items() if isinstance(value, str)}
        if by_heading and all(text in at for text in by_heading.values()):
            columns |= {key: at[text] for key, text in by_heading.items()}
            header = row
            break
    if by_heading and not header:
        return mapping[next(iter(by_heading))]
    money = [columns[key] for key in ("realisasi", "pagu") if key in columns]
    first = next((row for row, cells in head if row > header and any(_is_amount(cells.get(c)) for c in money)), None)
    if first is None:
        return mapping.get("realisasi", mapping.get("pagu", ""))
    header = header or first - 1
    titles = [" ".join(map(shown, cells.values())) for row, cells in head if row < header + (not by_heading)]
    words = {c: {plain(cells[c]) for row, cells in head if row == header and c in cells} for c in columns.values()}
    return Found(file, MAPPED, table, columns, header, titles, words)


def _is_amount(value: Value) -> bool:
    try:
        return amount(value) is not None
    except NoAmount:
        return False
