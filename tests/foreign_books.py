"""Workbooks of offices in other layouts than ours, made with openpyxl: E.81 under four rows of merged headings, and its kin."""

from __future__ import annotations

import io
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.utils import get_column_letter as letters
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Evaluasi Renja"
TOP = 4
FIRST = TOP + 5  # below four rows of headings and the row of numbers
QUARTERS_K, QUARTERS_PERCENT, QUARTERS_RP = (13, 16, 19, 22), (14, 17, 20, 23), (15, 18, 21, 24)
TARGET, PAGU, REALISASI, SPENT = 11, 12, 25, 26
MONEY = (PAGU, *QUARTERS_RP, SPENT)


def _head(sheet: Worksheet, column: int, text: str, rows: int = 4, columns: int = 1, top: int = TOP) -> None:
    sheet.cell(top, column, text)
    if rows > 1 or columns > 1:
        sheet.merge_cells(start_row=top, start_column=column, end_row=top + rows - 1, end_column=column + columns - 1)


def _pair(sheet: Worksheet, column: int, text: str) -> None:
    _head(sheet, column, text, 3, 2)
    sheet.cell(TOP + 3, column, "K")
    sheet.cell(TOP + 3, column + 1, "Rp")


def _headings(sheet: Worksheet) -> None:
    for column, text in enumerate(
        ("No", "Sasaran", "Kode", "Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan/Sub Kegiatan",
         "Indikator Kinerja Program (Outcome)/Kegiatan (Output)", "Satuan"), start=1,
    ):  # fmt: skip
        _head(sheet, column, text)
    _pair(sheet, 7, "Target Renstra Perangkat Daerah pada Tahun 2026 (Akhir Periode Renstra)")
    _pair(sheet, 9, "Realisasi Capaian Kinerja Renstra Perangkat Daerah s/d Renja Tahun Lalu (n-2)")
    _pair(sheet, 11, "Target Kinerja dan Anggaran Renja Perangkat Daerah Tahun Berjalan (n-1) yang Dievaluasi")
    _head(sheet, 13, "Realisasi Kinerja pada Triwulan", 1, 12)
    for place, quarter in enumerate(("I", "II", "III", "IV")):
        _head(sheet, 13 + 3 * place, quarter, 2, 3, TOP + 1)
        for part, word in enumerate(("K", "%", "Rp")):
            sheet.cell(TOP + 3, 13 + 3 * place + part, word)
    _pair(sheet, 25, "Realisasi Capaian Kinerja dan Anggaran Renja Perangkat Daerah yang Dievaluasi")
    _pair(sheet, 27, "Realisasi Kinerja dan Anggaran Renstra Perangkat Daerah s/d Tahun 2024")
    _pair(sheet, 29, "Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra Perangkat Daerah s/d Tahun 2024 (%)")
    _head(sheet, 31, "Unit Perangkat Daerah Penanggung Jawab")
    _head(sheet, 32, "Ket.")
    numbers = {
        1: 1,
        2: 2,
        4: 3,
        5: 4,
        7: 5,
        9: 6,
        11: 7,
        13: 8,
        16: 9,
        19: 10,
        22: 11,
        25: "12 = 8+9+10+11",
        27: "13 = 6+12",
    }
    for column, number in {**numbers, 29: "14 = 13/5x100", 31: 15, 32: 16}.items():
        sheet.cell(TOP + 4, column, number)


def _leaf(sheet: Worksheet, row: int, number: int) -> None:
    sheet.cell(row, TARGET, 4)
    sheet.cell(row, PAGU, 1_000_000 * number)
    for k, percent, rp in zip(QUARTERS_K, QUARTERS_PERCENT, QUARTERS_RP, strict=True):
        sheet.cell(row, k, 1)
        sheet.cell(row, percent, f"={letters(k)}{row}/{letters(TARGET)}{row}*100")
        sheet.cell(row, rp, 240_000 * number)
    for column, quarters in ((REALISASI, QUARTERS_K), (SPENT, QUARTERS_RP)):
        sheet.cell(row, column, "=" + "+".join(f"{letters(c)}{row}" for c in quarters))


def _named(sheet: Worksheet, row: int, kode: str, uraian: str, indikator: str = "", satuan: str = "") -> None:
    for column, value in ((3, kode), (4, uraian), (5, indikator), (6, satuan)):
        if value:
            sheet.cell(row, column, value)


class E81:
    """An E.81 of a hundred rows without a fault; ``rows`` are the sheet rows by code."""

    def __init__(self, programs: int = 4) -> None:
        self.book = Workbook()
        self.sheet: Worksheet = self.book.active
        self.sheet.title = SHEET
        self.book.create_sheet("Catatan")["A1"] = "bebas"
        self.rows: dict[str, int] = {}
        _head(self.sheet, 1, "EVALUASI TERHADAP HASIL RENJA PERANGKAT DAERAH", 1, 32, 1)
        _headings(self.sheet)
        self._row = FIRST
        self._next("1.06", "BIDANG URUSAN SOSIAL")
        for program in range(1, programs + 1):
            self._program(program)
        self.total = self._row
        self.sheet.cell(self.total, 4, "JUMLAH")
        tops = [row for kode, row in self.rows.items() if kode.count(".") == 2]
        for column in MONEY:
            self.sheet.cell(self.total, column, "=" + "+".join(f"{letters(column)}{row}" for row in tops))
        for place, text in enumerate(
            (
                "Rata-rata capaian kinerja (%)",
                "Predikat kinerja",
                "Faktor pendorong keberhasilan:",
                "Faktor penghambat:",
            ),
            start=1,
        ):
            self.sheet.cell(self.total + place, 2, text)
        self.sheet.cell(self.total + 8, 26, "Ruteng, 31 Desember 2024")
        self.sheet.cell(self.total + 9, 26, "Kepala Dinas Sosial")
        chart = BarChart()
        chart.add_data(Reference(self.sheet, min_col=PAGU, min_row=FIRST, max_row=FIRST + 5))
        self.book["Catatan"].add_chart(chart, "C3")

    def _next(self, kode: str, uraian: str, indikator: str = "", satuan: str = "") -> int:
        row = self._row
        _named(self.sheet, row, kode, uraian, indikator, satuan)
        if kode:
            self.rows[kode] = row
        self._row += 1
        return row

    def _program(self, program: int) -> None:
        sheet, code = self.sheet, f"1.06.{program:02}"
        own = self._next(code, f"PROGRAM {program}", "Persentase layanan", "Persen")
        sheet.cell(own, TARGET, 100)
        for place, k in enumerate(QUARTERS_K, start=1):
            sheet.cell(own, k, 24 * place)
        sheet.cell(own, REALISASI, 96)
        further = self._next("", "", "Indeks kepuasan", "Indeks")
        sheet.cell(further, TARGET, 80)
        sheet.cell(further, REALISASI, 78)
        parts = []
        for kegiatan in range(1, 5):
            row = self._next(f"{code}.2.{kegiatan:02}", f"Kegiatan {program}.{kegiatan}", "Jumlah layanan", "Dokumen")
            parts.append(row)
            sheet.cell(row, TARGET, 12)
            for k in QUARTERS_K:
                sheet.cell(row, k, 3)
            sheet.cell(row, REALISASI, 12)
            for sub in range(1, 6):
                _leaf(
                    sheet,
                    self._next(
                        f"{code}.2.{kegiatan:02}.{sub:04}", f"Sub {program}.{kegiatan}.{sub}", "Dokumen", "Dokumen"
                    ),
                    sub,
                )
            for column in MONEY:
                sheet.cell(row, column, f"=SUM({letters(column)}{row + 1}:{letters(column)}{self._row - 1})")
        for column in MONEY:
            sheet.cell(own, column, "=" + "+".join(f"{letters(column)}{row}" for row in parts))

    def set(self, kode: str, column: int, value: object) -> str:
        """Puts a value into a column of the row with a code; gives the address."""
        row = self.rows[kode]
        self.sheet.cell(row, column, value)
        return f"{letters(column)}{row}"

    def to_bytes(self, change: Callable[[Worksheet], None] | None = None) -> bytes:
        """The file, after a last change of its sheet."""
        if change is not None:
            change(self.sheet)
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()
