"""Ledgers of every form for the same invented documents: the year of the example workbook, its realisasi spread over twelve months.

``documents()`` gives them; ``sipd`` and the other writers put them into a file, as bytes. Sums by sub kegiatan are those of the example.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from lakip_xl.form.formulas import MONTHS
from lakip_xl.workbook import Workbook

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "dinsos-manggarai-2023" / "matriks.xlsx"
YEAR = 2023
OFFICE = ("1.06.0.00.0.00.01.0000", "Dinas Sosial")
UNIT = ("1.06.0.00.0.00.01.0001", "Dinas Sosial")
MARK = "KETERANGAN YANG TIDAK BOLEH TERBACA"
PERSON, NUMBER = "PEMEGANG JABATAN YANG TIDAK BOLEH TERBACA", "00000000 000000 0 000"
ACCOUNTS = {
    "5.1.01.01.01.0001": "Belanja Gaji Pokok PNS",
    "5.1.02.01.01.0026": "Belanja Alat/Bahan untuk Kegiatan Kantor-Bahan Cetak",
    "5.1.02.04.01.0001": "Belanja Perjalanan Dinas Biasa",
}


class Sub(NamedTuple):
    code: str
    name: str
    pagu: int
    spent: int


class Doc(NamedTuple):
    number: str
    kind: str
    code: str
    name: str
    account: str
    dated: date
    transfer: date | None
    spent: int
    returned: int
    spd: str = "SPD-1"
    dpt: str = ""

    @property
    def month(self) -> int:
        return (self.transfer if self.kind == "SPP-LS" and self.transfer else self.dated).month

    @property
    def net(self) -> int:
        return self.spent - self.returned


@cache
def subs() -> tuple[Sub, ...]:
    """The sub kegiatan of the example: code, name, anggaran, realisasi."""
    rows = Workbook.open(EXAMPLE).sheet("Matriks").filled().values()
    found = []
    for row in rows:
        held = {column: cell.value for column, cell in row.items()}
        if held.get(17) == "sub kegiatan":
            found.append(Sub(str(held[2]), str(held[3]), int(held.get(13) or 0), int(held.get(14) or 0)))  # type: ignore[arg-type]
    return tuple(found)


@cache
def documents() -> tuple[Doc, ...]:
    """Two documents a month for each sub kegiatan that spent anything: an SPP-LS, paid in the month after its date, and a TBP."""
    made = []
    for place, sub in enumerate(subs()):
        left = sub.spent
        for month in range(1, 13):
            share = left if month == 12 else sub.spent // 12 + (place + month) % 7 - 3
            if not left or (month < 12 and not 0 < share < left):
                continue
            left -= share
            ls = share // 3
            account = list(ACCOUNTS)[(place + month) % 3]
            before = date(YEAR, month - 1, 28) if month > 1 else date(YEAR, 1, 2)
            if ls:
                made.append(
                    Doc(
                        f"SPP/{place}/{month}",
                        "SPP-LS",
                        sub.code,
                        sub.name,
                        account,
                        before,
                        date(YEAR, month, 15),
                        ls,
                        0,
                    )
                )
            kind = "TBP-KKPD" if month % 5 == 0 else "TBP-GU"
            made.append(
                Doc(
                    f"TBP/{place}/{month}",
                    kind,
                    sub.code,
                    sub.name,
                    account,
                    date(YEAR, month, 20),
                    None,
                    share - ls + month,
                    month,
                    dpt="DPT-1" if kind == "TBP-KKPD" else "",
                )
            )
    return tuple(made)


def by_month(month: int) -> list[Doc]:
    return [doc for doc in documents() if doc.month == month]


# ---- SIPD-RI

COLUMNS = (
    "Kode SKPD", "Nama SKPD", "Kode Sub SKPD", "Nama Sub SKPD", "Kode Fungsi", "Nama Fungsi", "Kode Sub Fungsi", "Nama Sub Fungsi",
    "Kode Urusan", "Nama Urusan", "Kode Bidang Urusan", "Nama Bidang Urusan", "Kode Program", "Nama Program", "Kode Kegiatan",
    "Nama Kegiatan", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Kode Rekening", "Nama Rekening", "Nomor Dokumen", "Jenis Dokumen",
    "Jenis Transaksi", "Nomor DPT", "Tanggal Dokumen", "Keterangan Dokumen", "Nilai Realisasi", "Nilai Setoran", "NIP Pegawai",
    "Nama Pegawai", "Tanggal Simpan", "Nomor SPD", "Periode SPD", "Nilai SPD", "Tahapan SPD", "Nama Sub Tahapan Jadwal",
    "Tahapan APBD", "Nomor SPP", "Tanggal SPP", "Nomor SPM", "Tanggal SPM", "Nomor SP2D", "Tanggal SP2D", "Tanggal Transfer", "Nilai SP2D",
)  # fmt: skip

API = {
    "Kode SKPD": "kode_skpd", "Nama SKPD": "nama_skpd", "Kode Sub SKPD": "kode_sub_skpd", "Nama Sub SKPD": "nama_sub_skpd",
    "Kode Sub Kegiatan": "kode_sub_giat", "Nama Sub Kegiatan": "nama_sub_giat", "Kode Rekening": "kode_akun", "Nama Rekening": "nama_akun",
    "Nomor Dokumen": "nomor_dokumen", "Jenis Dokumen": "jenis_dokumen", "Jenis Transaksi": "jenis_transaksi", "Nomor DPT": "nomor_dpt",
    "Tanggal Dokumen": "tanggal_dokumen", "Keterangan Dokumen": "keterangan_dokumen", "Nilai Realisasi": "nilai_realisasi",
    "Nilai Setoran": "nilai_setoran", "NIP Pegawai": "nip_pegawai", "Nama Pegawai": "nama_pegawai", "Nomor SPD": "nomor_spd",
    "Nomor SP2D": "nomor_sp2d", "Tanggal Transfer": "tanggal_sp2d_transfer", "Nilai SP2D": "nilai_sp2d",
}  # fmt: skip

Shape = Callable[[Any], Any]


def spelled(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def rupiah_text(value: int) -> str:
    """``1.234.567,00``, negatives in brackets."""
    text = f"{abs(value):,}".replace(",", ".") + ",00"
    return f"({text})" if value < 0 else text


def record(doc: Doc, day: Shape = spelled, money: Shape = float, blank: Any = None) -> dict[str, Any]:
    """A document under the 45 headings; persons and descriptions are there, as in the real files."""
    parts = doc.code.split(".")
    dated = dict.fromkeys(
        ("Tanggal Dokumen", "Tanggal Simpan", "Tanggal SPP", "Tanggal SPM", "Tanggal SP2D"), day(doc.dated)
    )
    return {
        **dict.fromkeys(COLUMNS, blank),
        "Kode SKPD": OFFICE[0], "Nama SKPD": OFFICE[1], "Kode Sub SKPD": UNIT[0], "Nama Sub SKPD": UNIT[1],
        "Kode Program": ".".join(parts[:3]), "Kode Kegiatan": ".".join(parts[:5]), "Kode Sub Kegiatan": doc.code,
        "Nama Sub Kegiatan": doc.name, "Kode Rekening": doc.account, "Nama Rekening": ACCOUNTS.get(doc.account, ""),
        "Nomor Dokumen": doc.number, "Jenis Dokumen": doc.kind, "Jenis Transaksi": doc.kind.partition("-")[2],
        "Nomor DPT": doc.dpt or blank, **dated, "Keterangan Dokumen": MARK, "Nilai Realisasi": money(doc.spent),
        "Nilai Setoran": money(doc.returned), "NIP Pegawai": NUMBER, "Nama Pegawai": PERSON, "Nomor SPD": doc.spd,
        "Nilai SPD": money(10**9), "Nomor SP2D": f"SP2D/{doc.number}" if doc.transfer else blank,
        "Tanggal Transfer": day(doc.transfer) if doc.transfer else blank, "Nilai SP2D": money(10**8),
    }  # fmt: skip


def sipd(
    docs: Iterable[Doc], *, columns: Sequence[str] = COLUMNS, titles: Sequence[str] = (), repeat: int = 0, **shape: Any
) -> bytes:
    """The 45-column form. ``columns`` in another order or with others among them; ``repeat`` writes the headings again so often."""
    rows: list[Sequence[Any]] = [[title] for title in titles]
    rows.append(list(columns))
    for number, doc in enumerate(docs):
        held = record(doc, **shape)
        if repeat and number and number % repeat == 0:
            rows += [[], list(columns)]
        rows.append([held.get(column) for column in columns])
    return book("Data Realisasi Dokumen", rows)


def sipd_old(docs: Iterable[Doc]) -> bytes:
    """The older form: a leading No, amounts as text, ``null`` for what is blank."""
    rows: list[Sequence[Any]] = [["No", *COLUMNS]]
    for number, doc in enumerate(docs, start=1):
        held = record(doc, money=rupiah_text, blank="null")
        rows.append([str(number), *(held[column] for column in COLUMNS)])
    return book("Sheet1", rows)


def sipd_api(docs: Iterable[Doc]) -> bytes:
    """API names and ISO dates, as CSV."""
    rows = [list(API.values())]
    for doc in docs:
        held = record(doc, day=lambda d: d.isoformat(), money=lambda v: f"{v}.00", blank="")
        rows.append([held[column] for column in API])
    return text(rows)


# ---- balances


def totals(docs: Iterable[Doc]) -> dict[tuple[str, str], int]:
    """Net rupiah by sub kegiatan and rekening."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for doc in docs:
        sums[doc.code, doc.account] += doc.net
    return dict(sums)


def outline(docs: Sequence[Doc]) -> list[tuple[int, str, str, int, int]]:
    """(level, code, name, pagu, net to date) from programs to rekening, as an LRA lists them; the pagu of a rekening is its spending."""
    spent = totals(docs)
    listed: list[tuple[int, str, str, int, int]] = []
    seen: set[str] = set()
    everything = subs()
    for sub in everything:
        parts = sub.code.split(".")
        for level, length, name in ((1, 3, "PROGRAM"), (2, 5, "KEGIATAN")):
            code = ".".join(parts[:length])
            if code not in seen:
                seen.add(code)
                below = [s for s in everything if s.code.startswith(code + ".")]
                money = sum(v for (k, _), v in spent.items() if k.startswith(code + "."))
                listed.append((level, code, f"{name} {code}", sum(s.pagu for s in below), money))
        own = {account: v for (k, account), v in spent.items() if k == sub.code}
        listed.append((3, sub.code, sub.name, sub.pagu, sum(own.values())))
        rest = sub.pagu - sum(own.values())
        for number, (account, value) in enumerate(sorted(own.items())):
            listed.append((4, account, ACCOUNTS[account], value + (rest if number == 0 else 0), value))
    return listed


def lra(
    docs: Sequence[Doc], *, codes: bool = True, money: Shape = float, total: bool = True, indent: bool = False
) -> bytes:
    """An LRA with titles, a blank column, and the uraian indented by column; negatives as the number format shows them."""
    head: list[Sequence[Any]] = [
        [None, "PEMERINTAH KABUPATEN CONTOH"], [None, "LAPORAN REALISASI ANGGARAN"],
        [None, f"Periode 1 Januari {YEAR} s.d. 31 Desember {YEAR}"], [],
        [None, *(["Kode"] if codes else []), "Uraian", None, None, None, "Anggaran", "Realisasi", "Lebih/(Kurang)", "%"],
    ]  # fmt: skip
    rows = list(outline(docs))
    for level, code, name, pagu, spent in rows:
        place = level - 1 if indent else 0
        names = [name if at == place else None for at in range(4)]
        head.append([None, *([code] if codes else []), *names, money(pagu), money(spent), money(spent - pagu), None])
    if total:
        tops = [row for row in rows if row[0] == 1]
        pagu, spent = sum(row[3] for row in tops), sum(row[4] for row in tops)
        head.append(
            [
                None,
                *([None] if codes else []),
                "JUMLAH",
                None,
                None,
                None,
                money(pagu),
                money(spent),
                money(spent - pagu),
                None,
            ]
        )
    head += [[], *([*[None] * 6, signed] for signed in ("Pengguna Anggaran", PERSON, f"NIP. {NUMBER}"))]
    return book("LRA", head, "#,##0.00_);\\(#,##0.00\\)")


def wp_sipd(docs: Sequence[Doc]) -> bytes:
    spent = totals(docs)
    pagu = {sub.code: sub for sub in subs()}
    rows: list[Sequence[Any]] = [
        ["No", "SKPD", "Program", "Kegiatan", "Sub Kegiatan", "Kode Akun", "Nama Akun", "Pagu", "Realisasi", "Persen"]
    ]
    for number, ((code, account), value) in enumerate(sorted(spent.items()), start=1):
        rows.append(
            [
                number,
                OFFICE[1],
                "Program",
                "Kegiatan",
                f"{code} {pagu[code].name}",
                account,
                ACCOUNTS[account],
                value,
                value,
                100,
            ]
        )
    return book("Realisasi", rows)


def spj(month: int) -> bytes:
    """An SPJ Fungsional of a month, two rows of headings."""
    before = [doc for doc in documents() if doc.month < month]
    rows: list[Sequence[Any]] = [
        ["LAPORAN PERTANGGUNGJAWABAN BENDAHARA PENGELUARAN (SPJ FUNGSIONAL)"], [f"Bulan : {MONTHS[month - 1]} {YEAR}"], [],
        ["Kode Rekening", "Uraian", "Jumlah Anggaran", "LS - Gaji", None, None, "LS - Barang & Jasa", None, None, "UP/GU/TU", None, None,
         "Jumlah SPJ (LS + UP/GU/TU) s.d Bulan Ini", "Sisa Pagu Anggaran"],
        [None, None, None, *("s.d Bulan Lalu", "Bulan Ini", "s.d Bulan Ini") * 3, None, None],
    ]  # fmt: skip
    now = by_month(month)
    current = ""
    for level, code, name, pagu, _ in outline(documents()):

        def of(docs: Sequence[Doc], kind: str, code: str = code, level: int = level, sub: str = "") -> int:
            return sum(d.net for d in docs if _within(d, code, level, sub) and _paid(d) == kind)

        sub = current if level == 4 else ""
        if level == 3:
            current = code
        money: list[int] = []
        for kind in ("gaji", "ls", "up"):
            was, now_paid = of(before, kind, sub=sub), of(now, kind, sub=sub)
            money += [was, now_paid, was + now_paid]
        to_date = money[2] + money[5] + money[8]
        rows.append([code, name, pagu, *money, to_date, pagu - to_date])
    return book("SPJ", rows)


def _within(doc: Doc, code: str, level: int, sub: str) -> bool:
    return (doc.account == code and doc.code == sub) if level == 4 else (doc.code + ".").startswith(code + ".")


def _paid(doc: Doc) -> str:
    return "up" if doc.kind != "SPP-LS" else "gaji" if doc.account.startswith("5.1.01") else "ls"


def bku(month: int) -> bytes:
    """A BKU: spending, a tax that is no belanja, a receipt, a total."""
    docs = by_month(month)
    rows: list[Sequence[Any]] = [
        ["BUKU KAS UMUM"],
        ["SKPD", ":", f"{OFFICE[0]} {OFFICE[1]}"],
        ["Bendahara Pengeluaran", ":", PERSON], ["Bulan", ":", MONTHS[month - 1], YEAR], [],
        ["Tanggal", "No. Bukti", "Uraian", "Kode Sub Kegiatan", "Kode Rekening", "Penerimaan", "Pengeluaran", "Saldo"],
        [f"1/{month:02}/{YEAR}", "1", MARK, None, None, 10**9, None, 10**9],
    ]  # fmt: skip
    for number, doc in enumerate(docs, start=2):
        day = f"{doc.dated.day if doc.transfer is None else 15:02}/{month:02}/{YEAR}"
        rows.append([day, str(number), MARK, doc.code, doc.account, None, doc.net, None])
    rows.append([f"25/{month:02}/{YEAR}", "99", MARK, None, "7.1.01.01.01.0001", None, 5000, None])
    rows.append([None, None, "JUMLAH", None, None, 10**9, sum(doc.net for doc in docs) + 5000, None])
    rows.append([None, None, PERSON, None, None, None, NUMBER])
    return book("BKU", rows)


def rak() -> bytes:
    rows: list[Sequence[Any]] = [
        ["RENCANA ANGGARAN KAS"],
        [f"Tahun Anggaran {YEAR}"],
        ["Kode Sub Kegiatan", "Uraian", *MONTHS, "Jumlah"],
    ]
    for sub in subs():
        months = [sub.pagu // 12] * 11
        rows.append([sub.code, sub.name, *months, sub.pagu - sum(months), sub.pagu])
    return book("RAK", rows)


# ---- files


def book(title: str, rows: Iterable[Sequence[Any]], number_format: str = "#,##0") -> bytes:
    """Rows as a workbook; numbers as numbers, everything else as text (text that looks like a formula too)."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.set_properties({"created": datetime(YEAR, 12, 31)})
    sheet = made.add_worksheet(title)
    money = made.add_format({"num_format": number_format})
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, int | float):
                sheet.write_number(row, column, value, money)
            elif value is not None:
                sheet.write_string(row, column, str(value))
    made.close()
    return out.getvalue()


def text(rows: Iterable[Sequence[Any]], separator: str = ",") -> bytes:
    """Rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def spent_by_code(docs: Iterable[Doc]) -> Mapping[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for doc in docs:
        sums[doc.code] += doc.net
    return dict(sums)
