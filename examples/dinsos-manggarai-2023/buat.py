"""Makes the entry workbooks of this example: the template, with the report's matrix pasted in as a planner would. Run it from anywhere:

python examples/dinsos-manggarai-2023/buat.py

The figures are those that the report prints. What it does not print stays blank, except SATUAN, which is the word that each
indicator begins with ("Jumlah Dokumen ..." is counted in Dokumen): inferred, see README.md beside this file.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from pathlib import Path

from lakip_xl import template
from lakip_xl.cells import Cell
from lakip_xl.fill.values import Values
from lakip_xl.form.edition_2023 import FORM
from lakip_xl.form.spec import Kind, TableSpec
from lakip_xl.numbers import read_number
from lakip_xl.summary.page import count_lines
from lakip_xl.workbook import Sheet, Workbook

HERE = Path(__file__).resolve().parent

IDENTITY = {
    "perangkat_daerah": "Dinas Sosial",
    "kabupaten": "Kabupaten Manggarai",
    "tahun": 2023,
    "periode": "Akhir tahun",
    "nama_laporan": "LAKIP",
    "jabatan_penanda_tangan": "Plt. Kepala Dinas Sosial",
}

SASARAN: list[dict[str, object]] = [
    {
        "no": "1",
        "tujuan": "Meningkatnya keberdayaan sosial masyarakat",
        "sasaran": "Meningkatnya kesejahteraan sosial masyarakat",
        "indikator": "Penanganan PMKS",
        "satuan": "Orang",
        "arah": "Makin tinggi makin baik",
        "target": 18589,
        "realisasi": 18336,
        "capaian_n1": 85.38,
        "program_pendukung": "Program Pemberdayaan Sosial; Program Rehabilitasi Sosial; "
        "Program Perlindungan dan Jaminan Sosial; Program Penanganan Bencana",
    }
]

PK: list[dict[str, object]] = [
    {
        "no": "1",
        "tahun": 2023,
        "sasaran": "Meningkatnya kesejahteraan sosial masyarakat",
        "indikator": "Penanganan PMKS",
        "satuan": "Orang",
        "target": 18589,
    },
    {
        "no": "2",
        "tahun": 2024,
        "sasaran": "Meningkatnya kesejahteraan sosial masyarakat",
        "indikator": "Persentase PMKS yang tertangani",
        "satuan": "Persen",
        "target": 3.1,
    },
]

BELANJA: list[dict[str, object]] = [
    {"kode": "5.1", "uraian": "BELANJA OPERASI", "anggaran": 2618454444, "realisasi_anggaran": 2383192105, "persen": 91.02},
    {"kode": "5.1.01", "uraian": "Belanja Pegawai", "anggaran": 2287428760, "realisasi_anggaran": 2057532674, "persen": 89.95},
    {"kode": "5.1.02", "uraian": "Belanja Barang dan Jasa", "anggaran": 331025684, "realisasi_anggaran": 325659431, "persen": 98.38},
]  # fmt: skip
BELANJA_TOTAL: dict[str, object] = {"anggaran": 2618454444, "realisasi_anggaran": 2383192105, "persen": 91.02}

# Counted in the report's list of 27 entries; for one entry it names no education. One person holds two posts.
PEGAWAI: list[dict[str, object]] = [
    {"jabatan": "Kepala Dinas", "s1": 1},
    {"jabatan": "Sekretaris", "s1": 1},
    {"jabatan": "Kepala Bidang", "s2": 1, "s1": 2, "d4": 1},
    {"jabatan": "Jabatan Fungsional dan Kepala Sub Bagian", "s1": 5, "slta": 6, "lainnya": 1},
    {"jabatan": "Pelaksana", "s1": 3, "slta": 5, "sd": 1},
]

# As the report prints it; the row is a sum all the same.
TOTAL = {"uraian": "R A T A - R A T A", "anggaran": 2618454444, "realisasi_anggaran": 2383192105, "persen": 91.02}


def matrix() -> list[dict[str, object]]:
    """The 39 rows of the report's matrix, numbers as numbers, blank where it prints none."""
    with (HERE / "matriks.tsv").open(encoding="utf-8", newline="") as file:
        return [_typed(record) for record in csv.DictReader(file, delimiter="\t")]


def _typed(record: dict[str, str]) -> dict[str, object]:
    row: dict[str, object] = {"kode": record["kode"], "uraian": record["uraian"]}
    if record["indikator"]:
        row |= {
            "indikator": record["indikator"],
            "satuan": _unit(record["indikator"]),
            "arah": "Makin tinggi makin baik",
        }
    for key in ("target", "realisasi", "anggaran", "realisasi_anggaran", "persen"):
        # The report prints #DIV/0! where pagu is 0: a planner leaves that cell to the formula.
        value = read_number(record[key]).value
        if value is not None:
            row[key] = float(value)
    return row


def _unit(indicator: str) -> str:
    first, second = indicator.split()[:2]
    return (
        "Persen"
        if first == "Persentase"
        else {"Korban": "Orang", "Peserta": "Orang", "Fakir": "Orang"}.get(
            second, {"Kendaraan": "Unit", "Peralatan": "Unit", "Gedung": "Unit"}.get(second, second)
        )
    )


def type_in(sheet: Sheet, spec: TableSpec, rows: list[dict[str, object]], first: int) -> None:
    """Types rows into a sheet of the template, column by key."""
    for number, row in enumerate(rows, start=first):
        for key, value in row.items():
            typed = float(value) if spec.by_key[key].kind.numeric else str(value)  # type: ignore[arg-type]
            sheet.write((number, spec.position(key)), value=typed)


def paste_over(sheet: Sheet, spec: TableSpec, rows: int) -> None:
    """What pasting the report's columns does to the template: the formulas of the printed columns are gone."""
    for number in range(spec.first_row, spec.first_row + rows):
        for column in spec.columns:
            if column.number and column.formula is not None:
                sheet.clear((number, spec.position(column.key)))


def recalculate(book: Workbook) -> None:
    """What Excel does before it saves: every formula that is there gets its value."""
    sheets = {name: book.sheet(name) for name in book.sheet_names}
    formulas = {
        Cell(name, *at): data.formula
        for name, sheet in sheets.items()
        for at, data in sheet.cells.items()
        if data.formula is not None
    }
    values = Values(lambda cell: sheets[cell.sheet].cell((cell.row, cell.column)).value, formulas, sheets)
    values.dependent = set(formulas)
    for cell, formula in formulas.items():
        sheets[cell.sheet].write((cell.row, cell.column), value=values(cell), formula=formula)


def fit_rows(book: Workbook) -> bytes:
    """What Excel does when text wraps, each row gets the height of its longest text; and the planner hides the rows not used."""
    parts = {}
    for key in ("matriks", "sasaran", "pk"):
        spec = FORM.table(key)
        sheet = book.sheet(spec.title)
        heights = {}
        for number in range(spec.first_row, spec.border_row):
            texts = [
                (sheet.cell((number, c)).value, spec.columns[c - 1].width) for c in range(1, len(spec.columns) + 1)
            ]
            # The form is set in 9 points, partly bold; widths are told in digits of 11, seven pixels each. Rather a line too many.
            lines = max(
                (count_lines(text, (width * 7 - 7) / (9 * 0.71)) for text, width in texts if isinstance(text, str)),
                default=1,
            )
            if lines > 1:
                heights[number] = b'ht="%d"' % (12.5 * lines + 5)
            if all(text is None or text == "" for text, _ in texts):
                heights[number] = b'hidden="1"'
        parts[f"xl/worksheets/sheet{book.sheet_names.index(spec.title) + 1}.xml"] = heights
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book.to_bytes())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            for number, attribute in parts.get(item.filename, {}).items():
                data = data.replace(b'<row r="%d" ' % number, b'<row r="%d" %b ' % (number, attribute))
            new.writestr(item, data)
    return made.getvalue()


def build() -> bytes:
    """The entry workbook."""
    book = Workbook.from_bytes(template.build(FORM, year=2023, instansi="Dinas Sosial"), "matriks.xlsx")
    for row, field in enumerate(FORM.identity, start=_identity_row(book)):
        if field.key in IDENTITY:
            value = IDENTITY[field.key]
            book.sheet("Identitas").write((row, 2), value=float(value) if field.kind is Kind.YEAR else str(value))  # type: ignore[arg-type]
    rows = {"sasaran": SASARAN, "pk": PK, "matriks": matrix(), "belanja": BELANJA, "pegawai": PEGAWAI}
    for key, entries in rows.items():
        spec = FORM.table(key)
        if key == "matriks":
            paste_over(book.sheet(spec.title), spec, len(entries))
        type_in(book.sheet(spec.title), spec, entries, spec.first_row)
    type_in(book.sheet("Matriks"), FORM.table("matriks"), [TOTAL], FORM.table("matriks").total_row)
    type_in(book.sheet("Belanja"), FORM.table("belanja"), [BELANJA_TOTAL], FORM.table("belanja").total_row)
    recalculate(book)
    return fit_rows(book)


def build_explained() -> bytes:
    """The same workbook with what a planner would write into KETERANGAN (``penjelasan.tsv``), so that it may be submitted."""
    book = Workbook.from_bytes(build(), "matriks.xlsx")
    spec = FORM.table("matriks")
    sheet, kode, remark = book.sheet(spec.title), spec.position("kode"), spec.position("keterangan")
    with (HERE / "penjelasan.tsv").open(encoding="utf-8", newline="") as file:
        texts = {record["kode"]: record["keterangan"] for record in csv.DictReader(file, delimiter="\t")}
    for number in range(spec.first_row, spec.border_row):
        text = texts.pop(str(sheet.cell((number, kode)).value), None)
        if text is not None:
            sheet.write((number, remark), value=text)
    assert not texts, texts
    return book.to_bytes()


def _identity_row(book: Workbook) -> int:
    label = FORM.identity[0].label
    return next(
        row for (row, column), data in book.sheet("Identitas").cells.items() if column == 1 and data.value == label
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, data in (("matriks.xlsx", build()), ("matriks-dijelaskan.xlsx", build_explained())):
        (folder / name).write_bytes(data)
        print(folder / name)
