"""A matrix of any size, as an office keeps it: typed figures, blank cells where ``fill`` writes, nothing computed.

python benchmarks/sheets.py ROWS MATRIKS.xlsx
"""

import datetime
import sys

import xlsxwriter

from lakip_xl.form.editions import NEWEST

HEADER = 5  # as in the template and in obvious.py
SUBS, ACTIVITIES = 9, 5  # sub kegiatan in a kegiatan, kegiatan in a program


def codes(rows: int):  # type: ignore[no-untyped-def]
    """So many codes of programs, kegiatan and sub kegiatan, each below its heading."""
    made = 0
    program = 0
    while True:
        program += 1
        code = f"1.{6 + program // 99:02}.{1 + program % 99:02}"
        for activity in range(ACTIVITIES + 1):
            for sub in range(SUBS + 1 if activity else 1):
                if made == rows:
                    return
                made += 1
                yield code + (f".2.{activity:02}" if activity else "") + (f".{sub:04}" if sub else "")


def make(rows: int, path: str) -> None:
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime.datetime(2023, 12, 31)})
    sheet = book.add_worksheet("Matriks")
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    money = book.add_format({"border": 1, "num_format": "#,##0"})
    columns = NEWEST.table("matriks").columns
    sheet.write(0, 0, "MATRIKS CAPAIAN KINERJA DAN REALISASI ANGGARAN", head)
    for place, column in enumerate(columns):
        sheet.write_string(HEADER - 1, place, column.heading, head)
        sheet.write_string(HEADER, place, column.number, head)
    for number, code in enumerate(codes(rows)):
        leaf = code.count(".") > 4
        given = {"no": str(number + 1), "kode": code, "uraian": f"{'Sub kegiatan' if leaf else 'KELOMPOK'} {code}"}
        if leaf:
            target = 1 + number % 12
            given |= {
                "indikator": f"Jumlah keluaran {code}", "satuan": "Dokumen", "target": target, "realisasi": target - number % 2 / 2,
                "anggaran": 1_000_000 + 250 * number, "realisasi_anggaran": 950_000 + 240 * number,
            }  # fmt: skip
        for place, column in enumerate(columns):
            sheet.write(HEADER + 1 + number, place, given.get(column.key), money if "anggaran" in column.key else body)
    sheet.freeze_panes(HEADER + 1, 3)
    book.close()


if __name__ == "__main__":
    make(int(sys.argv[1]), sys.argv[2])
