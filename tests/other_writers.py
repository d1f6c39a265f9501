"""Workbooks as offices have them, made by two writers that are not ours: charts, pictures, text boxes, notes, lists, hidden
and merged cells, and around them a matrix in the office's own layout. What is in them must come through untouched."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

CREATED = datetime.datetime(2023, 12, 31, 12, 0)

# Two rows of headings with merged cells, as offices draw them: (text, first row, first column, last row, last column).
OFFICE_TITLE = "EVALUASI KINERJA DAN ANGGARAN TAHUN 2023"
OFFICE_HEADINGS: tuple[tuple[str, int, int, int, int], ...] = (
    ("No.", 3, 1, 4, 1),
    ("Kode", 3, 2, 4, 2),
    ("Program/Kegiatan/\nSub Kegiatan", 3, 3, 4, 3),
    ("Indikator Kinerja", 3, 4, 4, 4),
    ("Satuan", 3, 5, 4, 5),
    ("Kinerja", 3, 6, 3, 8),
    ("Target", 4, 6, 4, 6),
    ("Realisasi", 4, 7, 4, 7),
    ("Capaian (%)", 4, 8, 4, 8),
    ("Keuangan", 3, 9, 3, 11),
    ("Anggaran (Rp)", 4, 9, 4, 9),
    ("Realisasi Anggaran (Rp)", 4, 10, 4, 10),
    ("Serapan (%)", 4, 11, 4, 11),
    ("Ket.", 3, 12, 4, 12),
)
OFFICE_TOP, OFFICE_LEFT = 5, 1  # where the first record stands
OFFICE_ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "1.06.04", "PROGRAM REHABILITASI SOSIAL", "Persentase PMKS yang berdaya", "%", 81, 81, None, 97548000, 96818500, None, None),
    (None, "1.06.04.2.01", "Rehabilitasi Sosial Dasar", None, None, None, None, None, 85072000, 84498500, None, None),
    (None, "1.06.04.2.01.0001", "Penyediaan Permakanan", "Jumlah orang", "Orang", 30, 30, None, 56236000, 56098200, None, None),
    (None, "1.06.04.2.01.0003", "Penyediaan Alat Bantu", "Jumlah orang", "Orang", 10, 10, None, 28836000, 28400300, None, None),
    (None, "1.06.04.2.02", "Rehabilitasi Sosial PMKS Lainnya", None, None, None, None, None, 12476000, 12320000, None, None),
    (None, "1.06.04.2.02.0008", "Bimbingan Sosial", "Jumlah peserta", "Orang", 10, 10, None, 12476000, 12320000, None, "selesai"),
    (None, None, "JUMLAH", None, None, None, None, None, 97548000, 96818500, None, None),
)  # fmt: skip
NOTE = "Angka dari DPPA, bukan DPA."
LINK = "https://example.go.id/lkjip?tahun=2023&jenis=akhir"


def tiny_png(width: int = 24, height: int = 16) -> bytes:
    """A picture, made here so that none has to be stored."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + bytes((30, 90 + line, 160) * width) for line in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def xlsxwriter_office(path: str | Path, rows: Sequence[Sequence[Any]] = OFFICE_ROWS) -> Path:
    """As Excel writes it, through XlsxWriter: everything that openpyxl would lose is in it."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": OFFICE_TITLE, "created": CREATED})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#D9E1F2"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    money = book.add_format({"border": 1, "num_format": '_-"Rp"* #,##0_-;-"Rp"* #,##0_-;_-"Rp"* "-"_-'})
    sheet, notes = book.add_worksheet("Evaluasi 2023"), book.add_worksheet("Catatan & Usulan")
    lists, hidden = book.add_worksheet("Daftar"), book.add_worksheet("Rahasia")
    sheet.merge_range(0, 0, 0, 11, OFFICE_TITLE, head)
    for text, top, left, bottom, right in OFFICE_HEADINGS:
        if (top, left) == (bottom, right):
            sheet.write_string(top - 1, left - 1, text, head)
        else:
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, text, head)
    last = OFFICE_TOP + len(rows) - 1
    for number, row in enumerate(rows, OFFICE_TOP - 1):
        for column, value in enumerate(row):
            sheet.write(number, column, value, money if column in (8, 9) else body)
    sheet.write_formula(last + 1, 8, f"=SUM(I{OFFICE_TOP}:I{last - 1})", money, sum(row[8] or 0 for row in rows[:-1]))
    sheet.write_array_formula(
        last + 1, 9, last + 1, 9, f"{{=MAX(J{OFFICE_TOP}:J{last})}}", money, max(r[9] or 0 for r in rows)
    )
    sheet.write_rich_string(last + 3, 2, "Sumber: ", book.add_format({"bold": True}), "LRA", " belum diaudit")
    sheet.write_url(last + 4, 2, LINK, string="laporan", tip="buka laporan")
    sheet.write_url(last + 5, 2, "internal:'Catatan & Usulan'!A1", string="lihat catatan")
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 3, 40)
    sheet.set_column(13, 14, 10, None, {"hidden": True})
    sheet.set_row(OFFICE_TOP + 1, 30)
    sheet.set_row(last + 6, None, None, {"hidden": True})
    sheet.freeze_panes(4, 3)
    sheet.repeat_rows(2, 3)
    sheet.print_area(0, 0, last, 11)
    sheet.set_landscape()
    sheet.set_footer("&L&F&RHalaman &P dari &N")
    sheet.autofilter(3, 0, last - 1, 11)
    sheet.data_validation(
        OFFICE_TOP - 1, 4, last - 1, 4,
        {"validate": "list", "source": "=Daftar!$A$2:$A$4", "input_title": "Satuan", "input_message": "Pilih dari daftar."},
    )  # fmt: skip
    sheet.data_validation(OFFICE_TOP - 1, 5, last - 1, 5, {"validate": "decimal", "criteria": ">=", "value": 0})
    red = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    area = (OFFICE_TOP - 1, 9, last - 1, 9)
    formula = f"=$J{OFFICE_TOP}>$I{OFFICE_TOP}"
    sheet.conditional_format(*area, {"type": "formula", "criteria": formula, "format": red})
    sheet.conditional_format(*area, {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline(OFFICE_TOP - 1, 12, {"range": f"I{OFFICE_TOP}:J{OFFICE_TOP}"})
    sheet.write_comment(OFFICE_TOP - 1, 8, NOTE, {"author": "Perencana"})
    chart = book.add_chart({"type": "column"})
    for column in ("I", "J"):
        series = f"='Evaluasi 2023'!${column}${OFFICE_TOP}:${column}${last - 1}"
        chart.add_series({"name": f"='Evaluasi 2023'!${column}$4", "values": series})
    chart.set_title({"name": "Anggaran dan realisasi"})
    notes.insert_chart("E2", chart)
    notes.insert_image("A12", "logo.png", {"image_data": io.BytesIO(tiny_png())})
    notes.insert_textbox("A2", "Bahan rapat: jangan dihapus.")
    notes.write_string("A1", "Catatan rapat")
    lists.add_table("A1:B4", {"columns": [{"header": "Satuan"}, {"header": "Jenis"}], "name": "tblSatuan"})
    for at, (unit, kind) in enumerate((("Orang", "jiwa"), ("%", "persen"), ("Dokumen", "barang")), 1):
        lists.write_row(at, 0, (unit, kind))
    hidden.write("A1", 42)
    hidden.hide()
    book.define_name("PaguTotal", f"='Evaluasi 2023'!$I${last}")
    book.define_name("'Daftar'!Satuan", "=Daftar!$A$2:$A$4")
    sheet.protect("", {"insert_rows": True})
    sheet.activate()
    book.close()
    return Path(path)


def openpyxl_office(path: str | Path, rows: Sequence[Sequence[Any]] = OFFICE_ROWS) -> Path:
    """As scripts and web applications write it, through openpyxl: no cached values, targets of relationships absolute."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = CREATED
    sheet = book.active
    sheet.title = "Evaluasi 2023"
    line = Side(style="thin")
    border = Border(left=line, right=line, top=line, bottom=line)
    sheet["A1"] = OFFICE_TITLE
    sheet.merge_cells("A1:L1")
    for text, top, left, bottom, right in OFFICE_HEADINGS:
        cell = sheet.cell(top, left, text)
        cell.font, cell.border = Font(bold=True), border
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
        cell.fill = PatternFill("solid", fgColor="FFD9E1F2")
        if (top, left) != (bottom, right):
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    last = OFFICE_TOP + len(rows) - 1
    for number, row in enumerate(rows, OFFICE_TOP):
        for column, value in enumerate(row, OFFICE_LEFT):
            cell = sheet.cell(number, column, value)
            cell.border = border
            if column in (9, 10):
                cell.number_format = '"Rp" #,##0'
                cell.protection = Protection(locked=False)
    sheet.cell(last + 2, 9, f"=SUM(I{OFFICE_TOP}:I{last - 1})")
    sheet.cell(last + 4, 3, "laporan").hyperlink = LINK
    sheet.cell(OFFICE_TOP, 9).comment = Comment(NOTE, "Perencana")
    sheet.column_dimensions["N"].hidden = True
    sheet.column_dimensions.group("F", "H", outline_level=1)
    sheet.row_dimensions[last + 6].hidden = True
    sheet.freeze_panes = "D5"
    sheet.print_title_rows = "3:4"
    sheet.print_area = f"A1:L{last}"
    listed = DataValidation(type="list", formula1="Daftar!$A$2:$A$4", allow_blank=True)
    listed.promptTitle, listed.prompt = "Satuan", "Pilih dari daftar."
    listed.add(f"E{OFFICE_TOP}:E{last - 1}")
    sheet.add_data_validation(listed)
    area = f"J{OFFICE_TOP}:J{last - 1}"
    red = PatternFill(bgColor="FFFFC7CE")
    sheet.conditional_formatting.add(area, FormulaRule([f"$J{OFFICE_TOP}>$I{OFFICE_TOP}"], fill=red))
    sheet.conditional_formatting.add(area, CellIsRule("lessThan", ["0"], font=Font(color="FF9C0006")))
    sheet.conditional_formatting.add(area, DataBarRule("min", 0, "max", 100, "FF638EC6"))
    notes, lists, hidden = (book.create_sheet(name) for name in ("Catatan & Usulan", "Daftar", "Rahasia"))
    chart = BarChart()
    chart.title = "Anggaran dan realisasi"
    chart.add_data(
        Reference(sheet, min_col=9, max_col=10, min_row=OFFICE_TOP - 1, max_row=last - 1), titles_from_data=True
    )
    notes.add_chart(chart, "E2")
    notes["A1"] = "Catatan rapat"
    for row in (("Satuan", "Jenis"), ("Orang", "jiwa"), ("%", "persen"), ("Dokumen", "barang")):
        lists.append(row)
    table = Table(displayName="tblSatuan", ref="A1:B4")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    lists.add_table(table)
    hidden["A1"] = 42
    hidden.sheet_state = "hidden"
    book.defined_names["PaguTotal"] = DefinedName("PaguTotal", attr_text=f"'Evaluasi 2023'!$I${last}")
    book.save(path)
    return Path(path)


WRITERS: dict[str, Callable[..., Path]] = {"xlsxwriter": xlsxwriter_office, "openpyxl": openpyxl_office}

Change = bytes | None | Callable[[bytes], bytes]


def repacked(source: str | Path, target: str | Path, changes: Mapping[str, Change]) -> Path:
    """A copy of a workbook with single parts put in, replaced, patched by a function, or (None) left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in changes if name not in old.namelist())]:
            change = changes.get(name, bytes)
            data = change(old.read(name)) if callable(change) and name in old.namelist() else change
            if data is not None:
                assert isinstance(data, bytes), f"{name} is not there to be patched"
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return Path(target)
