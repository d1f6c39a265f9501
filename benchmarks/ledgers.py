"""A ledger of 100,000 lines in the 45 columns of SIPD-RI: how long reading takes, and how much memory.

python benchmarks/ledgers.py [LINES]          makes the file, then measures each way of reading, and reconciling with a matrix of 5,000
                                              sub kegiatan, in a process of its own
python benchmarks/ledgers.py make LINES FILE
"""

import datetime
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEADINGS = (
    "Kode SKPD;Nama SKPD;Kode Sub SKPD;Nama Sub SKPD;Kode Fungsi;Nama Fungsi;Kode Sub Fungsi;Nama Sub Fungsi;Kode Urusan;Nama Urusan;"
    "Kode Bidang Urusan;Nama Bidang Urusan;Kode Program;Nama Program;Kode Kegiatan;Nama Kegiatan;Kode Sub Kegiatan;Nama Sub Kegiatan;"
    "Kode Rekening;Nama Rekening;Nomor Dokumen;Jenis Dokumen;Jenis Transaksi;Nomor DPT;Tanggal Dokumen;Keterangan Dokumen;"
    "Nilai Realisasi;Nilai Setoran;NIP Pegawai;Nama Pegawai;Tanggal Simpan;Nomor SPD;Periode SPD;Nilai SPD;Tahapan SPD;"
    "Nama Sub Tahapan Jadwal;Tahapan APBD;Nomor SPP;Tanggal SPP;Nomor SPM;Tanggal SPM;Nomor SP2D;Tanggal SP2D;Tanggal Transfer;Nilai SP2D"
).split(";")
NUMBERS = {"Nilai Realisasi", "Nilai Setoran", "Nilai SPD", "Nilai SP2D"}


SUBS = 5000


def code(n: int) -> str:
    return f"1.06.{1 + n % 5:02}.2.{1 + n // 5 % 10:02}.{1 + n // 50 % 100:04}"


def make_matrix(path: str) -> None:
    """A matrix with the 5,000 sub kegiatan of the ledger, a program and a kegiatan above each group of them."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    book.set_properties({"created": datetime.datetime(2025, 12, 31)})
    sheet = book.add_worksheet("Matriks")
    sheet.write_row(0, 0, ("KODE", "PROGRAM / KEGIATAN / SUB KEGIATAN", "INDIKATOR", "SATUAN", "TARGET KINERJA", "REALISASI KINERJA",
                           "ANGGARAN (Rp)", "REALISASI s/d TW INI (Rp)", "ARAH"))  # fmt: skip
    codes = {code(n) for n in range(SUBS)}
    parents = {".".join(each.split(".")[:n]) for each in codes for n in (3, 5)}
    for row, kode in enumerate(sorted(codes | parents), start=1):
        sheet.write_row(row, 0, (kode, f"Nama {kode}", f"Indikator {kode}", "Dokumen", 12, 3))
        if kode in codes:
            sheet.write_row(row, 6, (10**9, 10**6))
        sheet.write_string(row, 8, "Makin tinggi makin baik")
    sheet = book.add_worksheet("Identitas")
    rows = (
        ("Perangkat Daerah", "Dinas Sosial"),
        ("Kabupaten/Kota", "Kabupaten Contoh"),
        ("Tahun", 2025),
        ("Periode", "Maret"),
    )
    for row, pair in enumerate(rows):
        sheet.write_row(row, 0, pair)
    book.close()


def make(lines: int, path: str, shared: bool) -> None:
    import xlsxwriter

    # With constant_memory every text stands in its cell; without, in the table of shared strings, as Excel and SIPD-RI write it.
    book = xlsxwriter.Workbook(path, {"constant_memory": not shared})
    book.set_properties({"created": datetime.datetime(2025, 12, 31)})
    sheet = book.add_worksheet("Data Realisasi Dokumen")
    sheet.write_row(0, 0, HEADINGS)
    for n in range(lines):
        sub = code(n)
        own = {
            "Kode SKPD": "1.06.0.00.0.00.01.0000", "Nama SKPD": "Dinas Sosial", "Kode Sub SKPD": f"1.06.0.00.0.00.01.{n % 9:04}",
            "Kode Sub Kegiatan": sub, "Nama Sub Kegiatan": f"Sub kegiatan {sub}", "Kode Rekening": f"5.1.02.01.01.{n % 90:04}",
            "Nomor Dokumen": f"DOK/{n:07}/2025", "Jenis Dokumen": ("SPP-LS", "TBP-GU")[n % 2], "Jenis Transaksi": ("LS", "GU")[n % 2],
            "Tanggal Dokumen": f"{1 + n % 28} Maret 2025", "Tanggal Transfer": f"{1 + n % 28} Maret 2025",
            "Keterangan Dokumen": f"Pembayaran belanja nomor {n} untuk keperluan kantor bulan Maret", "Nomor SP2D": f"SP2D/{n:07}/2025",
            "Nilai Realisasi": 1000 + n, "Nilai Setoran": n % 10, "Nilai SPD": 10**9, "Nilai SP2D": 5 * 10**6,
        }  # fmt: skip
        for column, heading in enumerate(HEADINGS):
            if heading in NUMBERS:
                sheet.write_number(n + 1, column, own[heading])
            else:
                sheet.write_string(n + 1, column, own.get(heading, f"{heading} {n % 50}"))
    book.close()


def only_rows(path: str) -> int:
    from lakip_xl.sources import tables

    [[table]] = tables.read(Path(path))
    columns = [
        HEADINGS.index(h) + 1
        for h in ("Kode Sub Kegiatan", "Kode Rekening", "Nomor Dokumen", "Tanggal Dokumen", "Nilai Realisasi")
    ]
    return sum(1 for _ in table.rows(columns))


def ledger(path: str) -> int:
    from lakip_xl import ledger as ledgers

    return len(ledgers.read(Path(path)).postings)


def reconcile(path: str) -> int:
    """The whole verb: matrix and ledger read, 5,000 sub kegiatan compared (nearly all differ), the workbook written."""
    from lakip_xl import tasks

    matrix = f"{path}-matriks.xlsx"
    return len(tasks.reconcile(matrix, [path], f"{path}-hasil.xlsx", force=True).comparison.items)


def calamine(path: str) -> int:
    import python_calamine

    book = python_calamine.load_workbook(path)
    return sum(1 for _ in book.get_sheet_by_index(0).iter_rows())


WAYS = {"rows": only_rows, "ledger": ledger, "reconcile": reconcile, "calamine": calamine}


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["make"]:
        make_matrix(f"{arguments[2]}-matriks.xlsx")
        make(int(arguments[1]), arguments[2], len(arguments) < 4)
        return
    if arguments[:1] == ["time"]:
        start = time.perf_counter()
        count = WAYS[arguments[1]](arguments[2])
        spent = time.perf_counter() - start
        print(
            f"{arguments[1]:10} {count:8} lines {spent:6.2f} s {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10:5} MiB"
        )
        return
    lines = int(arguments[0]) if arguments else 100_000
    with tempfile.TemporaryDirectory() as folder:
        for shared in (True, False):
            path = str(Path(folder) / f"{shared}.xlsx")
            # In a process of its own too: what this one needed would count as the peak of those that it starts.
            made = [sys.executable, __file__, "make", str(lines), path, *([] if shared else ["in cells"])]
            subprocess.run(made, check=True)
            print(f"{'shared strings' if shared else 'texts in cells'}, {Path(path).stat().st_size >> 20} MiB")
            for way in WAYS:
                subprocess.run([sys.executable, __file__, "time", way, path], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
