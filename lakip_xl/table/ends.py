"""Where the rows of a table end: its total, the foot of the form, signatures below; and printed headings that come again inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lakip_xl.cells import Value
from lakip_xl.form.binding import Layout
from lakip_xl.form.spec import Kind, TableSpec
from lakip_xl.numbers import read_number
from lakip_xl.table.choose import Cells
from lakip_xl.table.locate import headings, is_number_row, is_total_label, plain
from lakip_xl.table.rows import is_code
from lakip_xl.workbook import CellData

_GAPS = " \u00a0\u200b\t\r\n"
_FOOT = (
    "rata-rata capaian", "rata - rata capaian", "predikat kinerja", "faktor pendorong", "faktor penghambat", "tindak lanjut",
    "usulan tindak lanjut", "disusun", "dievaluasi", "mengetahui", "keterangan:", "catatan:", "sumber:",
)  # fmt: skip
"""With what the rows below the table of E.81 and its kin begin."""


_LEVELS = ("nama_", "kode_")
"""With what the keys of columns begin that hold the name or code of one level."""
_IN_FRONT = frozenset(("no", "kode", "uraian", "tujuan", "sasaran", "jabatan"))
_NAMES = frozenset(("kode", "uraian", "sasaran"))


class Ends(NamedTuple):
    """``rows`` of the table without headings, in order; the total's row and whether the table ends there; the first row of its foot."""

    rows: list[int]
    total: int | None
    closed: bool
    foot: int | None

    def ends_before(self, row: int) -> bool:
        """Whether a row stands below the table."""
        return (self.closed and self.total is not None and row > self.total) or (
            self.foot is not None and row >= self.foot
        )


def ends_of(spec: TableSpec, layout: Layout, grid: Cells, header_row: int) -> Ends:
    """Which rows below the headings belong to the table, and where it ends."""
    below = [row for row in grid if row > header_row]
    repeated = _Repeated(spec, layout)
    if below and is_number_row(spec, repeated.values(grid[below[0]])):
        below = below[1:]
    below = _without_headings(spec, repeated, grid, below)
    labels = _label_columns(spec, layout)
    total, closed = _total_row(layout, grid, below, labels if spec.total else [])
    foot = next((row for row in below if (total is None or row > total) and _is_foot(grid[row], labels)), None)
    if foot is None and (total is None or not closed):
        foot = _signatures(spec, layout, grid, below)
    return Ends(below, total, closed, foot)


def _without_headings(spec: TableSpec, repeated: _Repeated, grid: Cells, below: list[int]) -> list[int]:
    """The rows without printed headings that come again, and without the column numbers right below such headings."""
    kept = []
    after = False
    for row in below:
        if repeated(grid[row]) or (after and is_number_row(spec, repeated.values(grid[row]))):
            after = True
            continue
        after = False
        kept.append(row)
    return kept


def _is_foot(cells: Mapping[int, CellData], labels: list[int]) -> bool:
    texts = (plain(cells[column].value) for column in labels if column in cells)
    first = next((text for text in texts if text), "")
    return first.startswith(_FOOT)


def _signatures(spec: TableSpec, layout: Layout, grid: Cells, below: list[int]) -> int | None:
    """The first row of what stands below a gap under the table and holds no code, indicator or figure: place, date, signatures."""
    telling = [layout.columns[c.key] for c in spec.columns if c.key in layout.columns and c.kind.numeric]
    words = [layout.columns[key] for key in ("kode", "indikator") if key in layout.columns]
    foot = None
    for place in range(len(below) - 1, -1, -1):
        row = below[place]
        cells = grid[row]
        if any(column in cells for column in words) or any(c in cells and _tells(cells[c]) for c in telling):
            break
        if place and below[place - 1] < row - 1:
            foot = row
    return foot


def _tells(data: CellData) -> bool:
    """Whether a cell of a column of figures holds one; a signature may stand there too."""
    value = data.value
    return data.formula is not None or not isinstance(value, str) or read_number(value).value is not None


def _total_row(layout: Layout, grid: Cells, below: list[int], labels: list[int]) -> tuple[int | None, bool]:
    """The total row, and whether the table ends there: the first label of a total behind the last row with a code.

    A total that stands above the coded rows (some offices put it on top) does not end the table.
    """
    labelled = [
        row
        for row in below
        if any(is_total_label(grid[row][column].value) for column in labels if column in grid[row])
        and labels_total(layout.columns, grid[row])
    ]
    kode = layout.columns.get("kode")
    coded = [row for row in below if kode in grid[row] and is_code(grid[row][kode].value)] if kode else []
    behind = [row for row in labelled if not coded or row > coded[-1]]
    if coded and labelled and not behind:
        return labelled[-1], False
    return (min(behind) if coded else max(behind)) if behind else None, True


def labels_total(columns: Mapping[str, int], cells: Mapping[int, CellData]) -> bool:
    """Whether the total's word in a row makes a total of it: not where it is but the INDIKATOR or SATUAN of a row with a satuan or target.

    ``columns`` are those of the row by key. A word in NO, KODE or URAIAN is always the label of a total, whatever stands beside it.
    """
    labelled = {key for key, column in columns.items() if column in cells and is_total_label(cells[column].value)}
    if any(key in _IN_FRONT or key.startswith(_LEVELS) for key in labelled):
        return True
    seen = {key: cells[column].value for key, column in columns.items() if column in cells and key not in labelled}
    named = any(_says(value) for key, value in seen.items() if key in _NAMES or key.startswith(_LEVELS))
    if not named and any(_amounts_to_something(seen.get(key)) for key in ("anggaran", "realisasi_anggaran")):
        return True  # money without a name: a further indicator has none
    return not (_says(seen.get("satuan")) or _amounts_to_something(seen.get("target")))


def _says(value: Value) -> bool:
    """Whether a text says anything: no blank, dash or unit of money."""
    return isinstance(value, str) and plain(value).strip("-.()% ") not in ("", "rp", "rupiah")


def _amounts_to_something(value: Value) -> bool:
    return bool(value) and (
        isinstance(value, float) or (isinstance(value, str) and read_number(value).value not in (None, 0))
    )


def _label_columns(spec: TableSpec, layout: Layout) -> list[int]:
    """The columns in which the label of a total or of the foot may stand."""
    return [
        layout.columns[c.key]
        for c in spec.columns
        if c.kind in (Kind.TEXT, Kind.CODE) and c.key in layout.columns and c.key != "keterangan"
    ]


class _Repeated:
    """Whether a row inside the table holds the headings of a printed page again."""

    def __init__(self, spec: TableSpec, layout: Layout) -> None:
        self.spec, self.columns = spec, layout.columns
        self.known = headings(spec)
        self.initials = {
            c: {name[:1] for name, key in self.known.items() if key == own} for own, c in layout.columns.items()
        }

    def values(self, cells: Mapping[int, CellData]) -> dict[str, Value]:
        """What stands in the columns of the form."""
        return {key: cells[c].value for key, c in self.columns.items() if c in cells}

    def __call__(self, cells: Mapping[int, CellData]) -> bool:
        values = {c: cells[c].value for c in self.columns.values() if c in cells}
        # Most rows are told by the first letters alone.
        like = sum(
            isinstance(value, str) and value.strip(_GAPS)[:1].casefold() in self.initials[c]
            for c, value in values.items()
        )
        return like >= 3 and (
            sum(self.known.get(plain(values[c])) == key for key, c in self.columns.items() if c in values) >= 3
        )
