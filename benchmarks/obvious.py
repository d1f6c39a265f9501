"""The script that one would write without lakip_xl: read with pandas, check with pandera, fill and save with openpyxl.

    python benchmarks/obvious.py MATRIKS.xlsx HASIL.xlsx

It does less than ``lakip-xl fill`` (no summary, no findings in the workbook, no cached values, and openpyxl drops what it does not
know), so its time is a fair bar: the whole job must not take longer than this part of it.
"""

import sys

import openpyxl
import pandas as pd
import pandera.pandas as pa

HEADER = 5  # the sheet row of the headings; the row below it holds the official column numbers

SCHEMA = pa.DataFrameSchema(
    {
        "KODE": pa.Column(str, pa.Check.str_matches(r"^[0-9.]+$"), unique=True),
        "TARGET KINERJA": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "REALISASI KINERJA": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "ANGGARAN (Rp)": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "REALISASI s/d TW INI (Rp)": pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True),
        "%": pa.Column(float, pa.Check.in_range(0, 100), nullable=True, coerce=True),
    }
)


def check(path: str) -> pd.DataFrame:
    rows = pd.read_excel(path, sheet_name="Matriks", header=HEADER - 1, dtype={"KODE": str})
    rows.index += HEADER + 1  # sheet rows
    rows = rows.drop(index=HEADER + 1)
    rows = rows[rows["KODE"].notna()]
    try:
        SCHEMA.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        print(error.failure_cases[["column", "check", "failure_case", "index"]].to_string())
    return rows


def fill(path: str, out: str, rows: pd.DataFrame) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Matriks"]
    codes = rows["KODE"].to_dict()
    for row, code in codes.items():
        if sheet.cell(row, 12).value is None and sheet.cell(row, 4).value:
            sheet.cell(row, 12, f'=IF(F{row}=0,"-",K{row}/F{row}*100)')
        if sheet.cell(row, 15).value is None:
            sheet.cell(row, 15, f'=IF(M{row}=0,"-",N{row}/M{row}*100)')
        children = [at for at, other in codes.items() if other.startswith(code + ".")]
        deepest = max((codes[at].count(".") for at in children), default=0)
        for column, letter in ((13, "M"), (14, "N")):
            if children and sheet.cell(row, column).value is None:
                cells = ",".join(f"{letter}{at}" for at in children if codes[at].count(".") == deepest)
                sheet.cell(row, column, f"=SUM({cells})")
    book.save(out)


if __name__ == "__main__":
    fill(sys.argv[1], sys.argv[2], check(sys.argv[1]))
