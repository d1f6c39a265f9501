"""Makes the ledger of this example: a SIPD-RI Laporan Realisasi per dokumen (45 columns) of the year 2023. Run it from anywhere:

python examples/dinsos-manggarai-2023/buku-besar/buat.py

The documents are made up; they add up to the realisasi that the report prints for each sub kegiatan, but for one setoran, which the
matrix does not know: the difference that reconcile finds. The columns for persons and descriptions are blank.
"""

from __future__ import annotations

import csv
from pathlib import Path

from lakip_xl.cells import Value
from lakip_xl.drawing import new_book, put_cell
from lakip_xl.form.formulas import MONTHS
from lakip_xl.numbers import read_number

HERE = Path(__file__).resolve().parent
FILE = HERE / "sipd-2023.xlsx"
YEAR = 2023
OFFICE, UNIT = ("1.06.0.00.0.00.01.0000", "Dinas Sosial"), ("1.06.0.00.0.00.01.0001", "Dinas Sosial")

COLUMNS = (
    "Kode SKPD", "Nama SKPD", "Kode Sub SKPD", "Nama Sub SKPD", "Kode Fungsi", "Nama Fungsi", "Kode Sub Fungsi", "Nama Sub Fungsi",
    "Kode Urusan", "Nama Urusan", "Kode Bidang Urusan", "Nama Bidang Urusan", "Kode Program", "Nama Program", "Kode Kegiatan",
    "Nama Kegiatan", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Kode Rekening", "Nama Rekening", "Nomor Dokumen", "Jenis Dokumen",
    "Jenis Transaksi", "Nomor DPT", "Tanggal Dokumen", "Keterangan Dokumen", "Nilai Realisasi", "Nilai Setoran", "NIP Pegawai",
    "Nama Pegawai", "Tanggal Simpan", "Nomor SPD", "Periode SPD", "Nilai SPD", "Tahapan SPD", "Nama Sub Tahapan Jadwal",
    "Tahapan APBD", "Nomor SPP", "Tanggal SPP", "Nomor SPM", "Tanggal SPM", "Nomor SP2D", "Tanggal SP2D", "Tanggal Transfer", "Nilai SP2D",
)  # fmt: skip

RETURNED = ("1.06.01.2.06.0009", 9, 250_000)
"""The setoran that the matrix does not know: sub kegiatan, month, rupiah."""

MONTHLY = "1.06.01.2.02.0001"
"""Gaji is paid every month, everything else at the end of a quarter."""

GOODS = "5.1.02.01.01.0026", "Belanja Alat/Bahan untuk Kegiatan Kantor-Bahan Cetak"
STAFF = {
    MONTHLY: ("5.1.01.01.01.0001", "Belanja Gaji Pokok PNS", None),
    "1.06.01.2.02.0002": ("5.1.01.03.07.0001", "Belanja Honorarium Penanggungjawaban Pengelola Keuangan", 27_250_000),
}
"""The sub kegiatan with belanja pegawai, and how much of it that is (None: all), so that the rekening add up as the sheet Belanja says."""


def spent() -> list[tuple[str, str, int]]:
    """Code, name and realisasi of each sub kegiatan of which the report says that something was spent."""
    found = []
    with (HERE.parent / "matriks.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            value = read_number(row["realisasi_anggaran"]).value
            if row["kode"].count(".") == 5 and value:
                found.append((row["kode"], row["uraian"], int(value)))
    return found


def documents() -> list[dict[str, Value]]:
    """A document for each payment, by month."""
    made: list[tuple[int, dict[str, Value]]] = []
    for place, (code, name, total) in enumerate(spent(), start=1):
        months = range(1, 13) if code == MONTHLY else (3, 6, 9, 12)
        for account, called, amount in _parts(code, total):
            each = amount // len(months)
            for month in months:
                value = amount - each * (len(months) - 1) if month == months[-1] else each
                back = RETURNED[2] if (code, month) == RETURNED[:2] else 0
                number = f"{month:02}/{place:03}/TBP/{YEAR}"
                made.append((month, _document(number, code, name, (account, called), month, value, back)))
    return [document for _, document in sorted(made, key=lambda pair: pair[0])]


def _parts(code: str, total: int) -> list[tuple[str, str, int]]:
    """Rekening, its name and rupiah: belanja pegawai where there is any, the rest belanja barang."""
    account, called, staff = STAFF.get(code, ("", "", 0))
    staff = total if staff is None else staff
    return [part for part in ((account, called, staff), (*GOODS, total - staff)) if part[2]]


def _document(
    number: str, code: str, name: str, rekening: tuple[str, str], month: int, value: int, back: int
) -> dict[str, Value]:
    parts = code.split(".")
    return {
        "Kode SKPD": OFFICE[0], "Nama SKPD": OFFICE[1], "Kode Sub SKPD": UNIT[0], "Nama Sub SKPD": UNIT[1],
        "Kode Program": ".".join(parts[:3]), "Kode Kegiatan": ".".join(parts[:5]), "Kode Sub Kegiatan": code, "Nama Sub Kegiatan": name,
        "Kode Rekening": rekening[0], "Nama Rekening": rekening[1],
        "Nomor Dokumen": number, "Jenis Dokumen": "TBP-GU", "Jenis Transaksi": "GU", "Tanggal Dokumen": f"20 {MONTHS[month - 1]} {YEAR}",
        "Nilai Realisasi": float(value), "Nilai Setoran": float(back), "Nomor SPD": f"SPD-{(month - 1) // 3 + 1}",
    }  # fmt: skip


def build() -> bytes:
    """The workbook, the same bytes every time."""
    book, file = new_book("Laporan Realisasi per dokumen")
    page = book.add_worksheet("Data Realisasi Dokumen")
    for row, held in enumerate([dict(zip(COLUMNS, COLUMNS, strict=True)), *documents()], start=1):
        for column, heading in enumerate(COLUMNS, start=1):
            put_cell(page, row, column, held.get(heading), None)
    book.close()
    return file.getvalue()


if __name__ == "__main__":
    FILE.write_bytes(build())
