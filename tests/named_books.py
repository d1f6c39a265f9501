"""Workbooks of offices in two further layouts: names of program, kegiatan and sub kegiatan in columns of their own, and IKU alone.

A sheet is a grid of values and merged areas, written with openpyxl or XlsxWriter.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from openpyxl import Workbook

from lakip_xl.cells import Area, a1, letters

STAGGERED, REPEATED, LEAVES, FLAT = "staggered", "repeated", "leaves", "flat"
"""Each name on a row of its own; so, and the wider names written again; leaf rows only, a wider name on the first of its rows; leaf rows
only, with all names on each."""


@dataclass
class Sheet:
    """A grid by row and column, with merged areas; ``rows`` are the rows of data by the names on their path."""

    title: str
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    total: int = 0

    def head(self, row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> None:
        self.cells[row, column] = text
        if rows > 1 or columns > 1:
            self.merged.append(Area(row, column, row + rows - 1, column + columns - 1))

    def at(self, path: str, key: str) -> str:
        return a1(self.rows[path], self.columns[key])

    def set(self, path: str, key: str, value: object) -> str:
        self.cells[self.rows[path], self.columns[key]] = value
        return self.at(path, key)

    def to_bytes(self, writer: str = "openpyxl") -> bytes:
        return _openpyxl(self) if writer == "openpyxl" else _xlsxwriter(self)


def _openpyxl(sheet: Sheet) -> bytes:
    book = Workbook()
    page = book.active
    page.title = sheet.title
    for (row, column), value in sheet.cells.items():
        page.cell(row, column, value)
    for area in sheet.merged:
        page.merge_cells(str(area))
    book.create_sheet("Catatan kantor")["A1"] = "bebas"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsxwriter(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet(sheet.title)
        for area in sheet.merged:
            page.merge_range(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, "")
        for (row, column), value in sheet.cells.items():
            page.write(row - 1, column - 1, value)
        book.add_worksheet("Catatan kantor").write(0, 0, "bebas")
    return out.getvalue()


MONEY = ("anggaran", "realisasi_anggaran")
_REST = {
    "indikator": "Indikator Kinerja", "satuan": "Satuan", "target": "Target", "realisasi": "Realisasi", "capaian": "Capaian (%)",
    "anggaran": "Anggaran (Rp)", "realisasi_anggaran": "Realisasi Anggaran (Rp)", "persen": "%",
}  # fmt: skip


def matrix(
    layout: str = STAGGERED,
    names: tuple[str, ...] = ("Program", "Kegiatan", "Sub Kegiatan"),
    codes: str = "",
    down: int = 2,
    right: int = 0,
    deep: bool = False,
    fill: bool = True,
    merge: bool = False,
) -> Sheet:
    """Three programs of two kegiatan of three sub kegiatan without a fault.

    ``codes`` is "" for none, "one" for one column, "each" for one left of each name, "own" for three that are headed for their level.
    ``deep`` puts a second row of headings below merged ones; ``fill`` gives the sums; ``merge`` merges names down over their rows.
    """
    sheet = Sheet("Renja")
    headings = _headings(names, codes)
    top = down + 1
    if down:
        sheet.cells[1, 1] = "MATRIKS KINERJA"
    for column, (key, text) in enumerate(headings, start=right + 1):
        sheet.columns[key] = column
        sheet.head(top, column, text, 2 if deep else 1)
    if right:
        sheet.head(top, 1, "Sasaran Daerah", 2 if deep else 1)
    state = _Rows(sheet, layout, names, codes, top + (2 if deep else 1), fill)
    for program in range(1, 4):
        state.program(program)
    sheet.total = state.row
    sheet.cells[state.row, sheet.columns["n0"]] = "JUMLAH"
    for key in MONEY if fill else ():
        sheet.cells[state.row, sheet.columns[key]] = f"=SUM({','.join(state.tops(key))})"
    if merge:
        _merge_names(sheet, [f"n{n}" for n in range(len(names) - 1)], state.row)
    return sheet


def _headings(names: tuple[str, ...], codes: str) -> list[tuple[str, str]]:
    head: list[tuple[str, str]] = [("no", "No")]
    if codes == "one":
        head.append(("k", "Kode"))
    if codes == "own":
        head += [(f"k{n}", f"Kode {name}") for n, name in enumerate(names)]
    for n, name in enumerate(names):
        if codes == "each":
            head.append((f"k{n}", "Kode"))
        head.append((f"n{n}", name))
    return head + list(_REST.items())


def _merge_names(sheet: Sheet, keys: list[str], end: int) -> None:
    for key in keys:
        column = sheet.columns[key]
        starts = sorted(row for row, at in sheet.cells if at == column and row in sheet.rows.values())
        for first, after in zip(starts, [*starts[1:], end], strict=True):
            wider = [sheet.columns[k] for k in keys[: keys.index(key)]]
            stop = min([after, *(row for row, at in sheet.cells if at in wider and first < row < after)])
            if stop - first > 1:
                sheet.merged.append(Area(first, column, stop - 1, column))


class _Rows:
    def __init__(self, sheet: Sheet, layout: str, names: tuple[str, ...], codes: str, row: int, fill: bool) -> None:
        self.sheet, self.layout, self.names, self.codes, self.row, self.fill = sheet, layout, names, codes, row, fill
        self.own_rows = layout in (STAGGERED, REPEATED)
        self.said: set[tuple[int, str]] = set()
        self.wide: list[int] = []

    def column_of(self, level: int) -> int:
        return level if len(self.names) == 3 else (0, 0, 1)[level] if "/" in self.names[0] else (0, 1, 1)[level]

    def put(self, path: tuple[str, ...], codes: tuple[str, ...]) -> int:
        sheet, row = self.sheet, self.row
        own = self.column_of(len(path) - 1)
        for level, name in enumerate(path):
            place = self.column_of(level)
            last = level == len(path) - 1
            if not last and (place == own or self.layout == STAGGERED):
                continue
            if not last and self.layout == LEAVES and (level, ">".join(path[: level + 1])) in self.said:
                continue
            self.said.add((level, ">".join(path[: level + 1])))
            sheet.cells[row, sheet.columns[f"n{place}"]] = name
            if self.codes in ("each", "own"):
                sheet.cells[row, sheet.columns[f"k{place}"]] = codes[level]
        if self.codes == "one":
            sheet.cells[row, sheet.columns["k"]] = codes[-1]
        sheet.rows[">".join(path)] = row
        self.row += 1
        return row

    def figures(self, row: int, indicator: str, unit: str, target: float, done: float) -> None:
        values = {
            "indikator": indicator,
            "satuan": unit,
            "target": target,
            "realisasi": done,
            "capaian": round(done * 100 / target, 2),
        }
        for key, value in values.items():
            self.sheet.cells[row, self.sheet.columns[key]] = value

    def program(self, n: int) -> None:
        name, code = f"PROGRAM PELAYANAN {n}", f"1.06.{n:02}"
        if self.own_rows:
            row = self.put((name,), (code,))
            self.figures(row, f"Persentase layanan {n}", "Persen", 100, 96)
            self.wide.append(row)
        parts = [self.kegiatan(n, k, name, code) for k in (1, 2)]
        if self.own_rows:
            self.sums(row, [f"{{0}}{part}" for part in parts])

    def kegiatan(self, n: int, k: int, program: str, program_code: str) -> int:
        name, code = f"Pengelolaan {n}.{k}", f"{program_code}.2.{k:02}"
        row = self.put((program, name), (program_code, code)) if self.own_rows else 0
        first = self.row
        for s in (1, 2, 3):
            # One name of a sub kegiatan stands below every kegiatan.
            sub = "Penyediaan Jasa" if s == 1 else f"Penyusunan {n}.{k}.{s}"
            leaf = self.put((program, name, sub), (program_code, code, f"{code}.{s:04}"))
            self.figures(leaf, "Jumlah dokumen", "Dokumen", 4, 4)
            for key, value in (("anggaran", 1_000_000 * s), ("realisasi_anggaran", 950_000 * s), ("persen", 95)):
                self.sheet.cells[leaf, self.sheet.columns[key]] = value
            if not self.own_rows:
                self.wide.append(leaf)
        if row:
            self.sums(row, [f"{{0}}{first}:{{0}}{self.row - 1}"])
        return row

    def sums(self, row: int, areas: list[str]) -> None:
        if self.fill:
            for key in MONEY:
                column = letters(self.sheet.columns[key])
                self.sheet.cells[row, self.sheet.columns[key]] = f"=SUM({','.join(areas)})".format(column)
            self.sheet.cells[row, self.sheet.columns["persen"]] = 95

    def tops(self, key: str) -> list[str]:
        column = letters(self.sheet.columns[key])
        return (
            [f"{column}{self.wide[0]}:{column}{self.wide[-1]}"]
            if not self.own_rows
            else [f"{column}{r}" for r in self.wide]
        )


def iku(
    headings: tuple[str, ...] = (
        "Sasaran Strategis",
        "Indikator Kinerja Utama",
        "Satuan",
        "Arah",
        "Target",
        "Realisasi",
        "Capaian (%)",
        "Kategori",
    ),
    down: int = 3,
    right: int = 0,
    typed: bool = False,
    mean: bool = True,
    title: str = "IKU",
) -> Sheet:
    """Three sasaran with two, one and two indicators; capaian and kategori blank or (``typed``) as they should be."""
    sheet = Sheet(title)
    sheet.cells[1, 1] = "PENGUKURAN KINERJA"
    keys = ("sasaran", "indikator", "satuan", "arah", "target", "realisasi", "capaian", "kategori")
    sheet.head(down, right + 1, "No")
    for column, (key, text) in enumerate(zip(keys, headings, strict=False), start=right + 2):
        sheet.columns[key] = column
        if text:
            sheet.head(down, column, text)
    row = down + 1
    for n, count in enumerate((2, 1, 2), start=1):
        sheet.cells[row, right + 1] = n
        sheet.cells[row, sheet.columns["sasaran"]] = f"Meningkatnya layanan {n}"
        if count > 1:
            sheet.merged.append(Area(row, sheet.columns["sasaran"], row + count - 1, sheet.columns["sasaran"]))
        for q in range(count):
            values = {
                "indikator": f"Cakupan layanan {n}.{q}",
                "satuan": "Persen",
                "target": 80,
                "realisasi": 72 + 4 * q,
            }
            if typed:
                values |= {"capaian": (90, 95)[q], "kategori": "Sangat Baik"}
            for key, value in values.items():
                if key in sheet.columns:
                    sheet.cells[row, sheet.columns[key]] = value
            sheet.rows[f"{n}.{q}"] = row
            row += 1
    if mean:
        sheet.cells[row, sheet.columns["sasaran"]] = "RATA-RATA"
        sheet.total = row
    return sheet
