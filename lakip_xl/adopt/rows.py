"""Finds the matrix in the source and takes its rows one by one: headings, the total, rows of the matrix, and what is none of these."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xl.adopt import levels, nomenclature
from lakip_xl.adopt.align import Aligned, align, align_loose
from lakip_xl.adopt.model import HEADING, NUMBERS, OUTSIDE, PLACED, TOTAL, UNPLACED, Adoption, Printed, Taken
from lakip_xl.adopt.names import NameCells
from lakip_xl.adopt.values import read_cell
from lakip_xl.cells import ErrorValue
from lakip_xl.errors import LakipError, MissingForm, Text
from lakip_xl.form.binding import Layout
from lakip_xl.form.editions import NEWEST, READABLE
from lakip_xl.numbers import read_number, to_decimal
from lakip_xl.sources.grid import Grid, shown
from lakip_xl.table.choose import Looked, choose
from lakip_xl.table.ends import ends_of, labels_total
from lakip_xl.table.hints import NO_HINTS, Hints, matrix_of
from lakip_xl.table.locate import Located, headings, is_number_row, is_total_label, plain
from lakip_xl.table.names import parted
from lakip_xl.workbook import CellData

HEADINGS = Text("judul kolom", "column headings")
NUMBER_ROW = Text("nomor kolom", "column numbers")
ABOVE = Text("teks di atas tabel", "text above the table")
BELOW = Text("teks di bawah tabel", "text below the table")


def adopt(readings: Sequence[Sequence[Grid]], hints: Hints = NO_HINTS) -> Adoption:
    """The matrix of a source, in the reading in which most of its columns are found.

    Raises MissingForm where there is none, or no row in it.
    """
    best: tuple[int, Adoption, Located] | None = None
    failure: LakipError | None = None
    for grids in readings:
        looked = {grid.name: Looked(grid) for grid in grids}
        try:
            form, source_spec, (name, place) = choose(READABLE, looked, hints)
        except MissingForm as error:
            failure = failure or error
            continue
        grid = next(grid for grid in grids if grid.name == name)
        if best is None or len(place.columns) > best[0]:
            if source_spec.key != "matriks":
                failure = failure or _no_matrix(name)
                continue
            apart = parted(source_spec, place.columns)
            columns = {key: column for key, column in place.columns.items() if key not in apart}
            found = Adoption(grid, form, source_spec, matrix_of(NEWEST), columns)
            found.others = [other.name for other in grids if other.name != name and other.rows]
            best = len(place.columns), found, place
    if best is None:
        raise failure or _nothing()
    _, found, place = best
    _Taker(found, place).take()
    if not found.rows and not found.unplaced:
        raise _no_rows(found, place.header_row)
    levels.tell(found)
    nomenclature.propose(found)
    return found


def _nothing() -> MissingForm:
    return MissingForm(
        "Tidak ada tabel di dalam berkas ini: tidak ada tab, titik koma, koma, '|', atau dua spasi yang memisahkan kolomnya.",
        "There is no table in this file: no tab, semicolon, comma, '|' or two spaces part its columns.",
    )


def _no_matrix(sheet: str) -> MissingForm:
    return MissingForm(
        f"Lembar '{sheet}' memuat tabel IKU, dan tidak ada matriks program dan anggaran di berkas ini: adopt memindahkan matriks. Periksa "
        "dan lengkapi tabel itu di tempatnya dengan 'lakip-xl fill', atau salin barisnya ke lembar Sasaran pada templat.",
        f"Sheet '{sheet}' holds a table of IKU, and this file has no matrix of programs and money, which is what adopt moves. Check and "
        "complete that table where it is with 'lakip-xl fill', or copy its rows into the sheet Sasaran of the template.",
    )


def _no_rows(found: Adoption, header: int) -> MissingForm:
    sheet = "" if found.grid.is_text else found.grid.name
    where = Text(f"lembar '{sheet}' " if sheet else "", f" of sheet '{sheet}'" if sheet else "")
    total = Text(" selain baris jumlah", " but a row of totals") if found.total_row else Text("", "")
    others = ", ".join(f"'{name}'" for name in found.others)
    there = Text(f" Lembar lain: {others}." if others else "", f" Other sheets: {others}." if others else "")
    return MissingForm(
        f"Judul kolom ditemukan pada {where.id}baris {header}, tetapi tidak ada yang terbaca sebagai baris matriks di bawahnya{total.id}. "
        "Periksa apakah ini berkas yang sudah diisi; bila matriksnya di tempat lain, tunjuk dengan --sheet dan --header."
        f"{there.id}",
        f"The headings are in row {header}{where.en}, but nothing below them reads as a row of the matrix{total.en}. Check whether this is "
        "the file that was filled in; if the matrix is elsewhere, show where with --sheet and --header."
        f"{there.en}",
    )


class _Taker:
    """Takes the rows of a located matrix."""

    def __init__(self, found: Adoption, place: Located) -> None:
        self.found, self.place = found, place
        self.grid, self.spec, self.columns = found.grid, found.source_spec, found.columns
        top = place.first_row or place.header_row
        # A heading that is merged over two rows stands in the upper one.
        self.top = min([top, *(area.top for area in self.grid.merged if area.top < top <= area.bottom)])
        block = [self.grid.rows[row] for row in range(self.top, place.header_row + 1) if row in self.grid.rows]
        self.headed = {column for cells in block for column in cells} | set(self.columns.values())
        self.heads = {plain(shown(data.value)) for cells in block for data in cells.values()} | set(headings(self.spec))
        self.heads.discard("")
        self.names = NameCells(self.spec, found)

    def take(self) -> None:
        """Every row of the source, in order."""
        data_rows: dict[int, Aligned] = {}
        adrift: list[int] = []
        for row, cells in self.grid.rows.items():
            if row < self.top:
                self._leave(row, OUTSIDE, ABOVE)
            elif row <= self.place.header_row or self._is_heading(cells):
                self._leave(row, HEADING, HEADINGS)
            elif self._is_numbers(cells):
                self._leave(row, NUMBERS, NUMBER_ROW)
            else:
                aligned = self._aligned(cells)
                if aligned is None:
                    adrift.append(row)
                else:
                    data_rows[row] = aligned
        self._divide(data_rows, adrift)

    def _is_heading(self, cells: dict[int, CellData]) -> bool:
        texts = [plain(data.value) for data in cells.values() if isinstance(data.value, str)]
        return len(texts) == len(cells) >= 2 and sum(text in self.heads for text in texts) > 0.6 * len(texts)

    def _is_numbers(self, cells: dict[int, CellData]) -> bool:
        values = {str(column): data.value for column, data in cells.items()}
        if any(isinstance(value, str) and len(value) > 2 and value.lstrip()[:1].isalpha() for value in values.values()):
            return False
        return is_number_row(self.spec, values)

    def _aligned(self, cells: dict[int, CellData]) -> Aligned | None:
        if self.grid.loose:
            return align_loose(self.spec, self.columns, cells)
        return align(self.spec, self.columns, cells, self.headed)

    def _leave(self, row: int, fate: str, what: Text) -> None:
        """A row that is no data."""
        for column in self.grid.rows[row]:
            self.found.settle(row, column, fate)
        self.found.left.append((row, what))

    def _divide(self, data_rows: dict[int, Aligned], adrift: list[int]) -> None:
        """Total, foot, and the rows between; a row that could not be put right is listed unless it stands below the table."""
        layout = Layout(self.grid.name, self.columns, {})
        # A line without fields parts nothing: in a text, the rows follow each other. In a sheet a gap may end the table.
        numbers = {row: at if self.grid.is_text else row for at, row in enumerate(self.grid.rows, start=1)}
        upright = {
            numbers[row]: {self.columns[key]: self.grid.rows[row][at] for key, at in aligned.columns.items()}
            for row, aligned in data_rows.items()
            if aligned.columns
        }
        ends = ends_of(self.spec, layout, upright, 0 if self.grid.is_text else self.place.header_row)
        last = max(
            (row for row in data_rows if not ends.ends_before(numbers[row]) and numbers[row] != ends.total), default=0
        )
        for row in sorted([*data_rows, *adrift]):
            beyond = ends.ends_before(numbers[row]) or (row in adrift and row > last)
            if beyond and not self._has_money(row):
                self._leave(row, OUTSIDE, BELOW)
            elif numbers[row] == ends.total:
                self._total(row, data_rows[row])
            elif beyond or row in adrift:
                self.found.lose_row(row, Text("baris ini tidak cocok dengan kolom mana pun tanpa ragu",
                                         "it is not clear which columns this row belongs to") if row in adrift else
                               Text("angka di bawah tabel", "figures below the table"))  # fmt: skip
            else:
                self._row(row, data_rows[row])

    def _has_money(self, row: int) -> bool:
        """Whether a row outside the table holds figures after all."""
        return sum(
            isinstance(data.value, float)
            or (isinstance(data.value, str) and read_number(data.value).kind in ("number", "ambiguous"))
            for data in self.grid.rows[row].values()
        ) > 1  # fmt: skip

    def _total(self, row: int, aligned: Aligned) -> None:
        self.found.total_row = row
        taken = {at: key for key, at in aligned.columns.items()}
        for column, data in self.grid.rows[row].items():
            self.found.settle(row, column, TOTAL)
            key = taken.get(column, "")
            spec = self.found.spec.by_key.get(key)
            if spec is not None and spec.kind.numeric and not isinstance(data.value, ErrorValue):
                read = read_cell(spec, data, column, formats=self.grid.formats, indicator=True)
                printed = read.printed or _as_printed(read.value, column)
                if printed is not None:
                    self.found.total[key] = printed

    def _row(self, row: int, aligned: Aligned) -> None:
        cells = self.grid.rows[row]
        keys = {at: key for key, at in aligned.columns.items()}
        label = next((cells[at].value for at, key in sorted(keys.items()) if not _is_figure(cells[at])), None)
        if is_total_label(label) and labels_total(aligned.columns, cells):
            self.found.lose_row(row, Text("baris jumlah di tengah tabel; templat menjumlah sendiri",
                                     "a row of sums inside the table; the template sums by itself"))  # fmt: skip
            return
        said = self.names.said(row, aligned.columns)
        if not said and not any(key in aligned.columns for key in ("uraian", "indikator", "kode")):
            self.found.lose_row(row, Text("tidak ada uraian, indikator, atau kode", "no uraian, indikator or code"))
            return
        taken = Taken(row, {})
        taken.continues = bool(self.found.rows) and not said and not {"uraian", "kode"} & set(aligned.columns)
        if aligned.shift:
            far, way = abs(aligned.shift), ("kiri", "left") if aligned.shift < 0 else ("kanan", "right")
            taken.notes.append(Text(f"sel bergeser; dikembalikan {far} kolom ke {way[0]}",
                                    f"cells had slipped; put back {far} column{'s' * (far > 1)} to the {way[1]}"))  # fmt: skip
        again = self.names.repeats(said)
        keys = self.names.take(taken, said, aligned.columns, keys)
        for column, data in cells.items():
            if column not in keys and (row, column) in self.found.fates:
                continue  # the name of a row above
            self._cell(taken, column, data, keys.get(column, ""), "indikator" in aligned.columns)
        if again:
            self.names.join(taken, list(said)[-1])
        if taken.values:
            self.found.rows.append(taken)
        else:
            why = Text("; ".join(note.id for note in taken.notes), "; ".join(note.en for note in taken.notes))
            self.found.left.append((row, Text(f"tidak ada isian. {why.id}", f"no entry. {why.en}")))

    def _cell(self, taken: Taken, column: int, data: CellData, key: str, indicator: bool) -> None:
        found, row = self.found, taken.source
        target = found.spec.by_key.get(key)
        if target is None:
            why = (
                _no_column(self.spec.by_key[key].heading)
                if key
                else Text("tidak cocok dengan kolom ini", "does not suit this column")
                if column in self.headed
                else Text("di luar kolom yang dikenal", "outside the known columns")
            )
            found.lose(row, column, why)
            return
        read = read_cell(target, data, column, formats=self.grid.formats, indicator=indicator)
        found.counts["as_text"] = found.counts.get("as_text", 0) + read.from_text
        if read.fate == UNPLACED:
            found.lose(row, column, read.note or Text("", ""))
            return
        found.settle(row, column, read.fate)
        if read.fate == PLACED:
            taken.values[key] = read.value
        if read.printed is not None:
            taken.printed[key] = read.printed
        if read.note is not None:
            taken.notes.append(read.note)


def _is_figure(data: CellData) -> bool:
    return not isinstance(data.value, str) or read_number(data.value).kind not in ("none", "unit")


def _no_column(heading: str) -> Text:
    return Text(f"templat tidak mempunyai kolom {heading}", f"the template has no column {heading}")


def _as_printed(value: object, column: int) -> Printed | None:
    return Printed(to_decimal(value), 0, column) if isinstance(value, float) else None
