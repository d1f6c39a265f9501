"""Matrices and ledgers for the comparison of the two: a clean year of an office, and ledgers made by hand, as real objects.

``office(...)`` types a matrix into the template; ``documents(...)`` is the ledger by documents that agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.form.binding import Layout
from lakip_xl.form.spec import Column, Kind, TableSpec
from lakip_xl.ledger.entries import Balance, Basis, Key, Ledger, Place, Planned, Posting
from lakip_xl.table.model import Document, Entry, Row, Table
from lakip_xl.tasks import Examination
from workbooks import typed_in

SUBS = (
    ("1.06.01.2.02.0001", "Penyediaan Gaji dan Tunjangan ASN", 2_400_000_000),
    ("1.06.01.2.02.0002", "Penyediaan Administrasi Pelaksanaan Tugas ASN", 36_000_000),
    ("1.06.01.2.06.0005", "Penyediaan Barang Cetakan dan Penggandaan", 12_345_678),
    ("1.06.04.2.01.0001", "Penyediaan Permakanan", 240_000_001),
)
"""Code, name and pagu of the sub kegiatan of the office."""

GROUPS = {
    "1.06.01": "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA",
    "1.06.01.2.02": "Administrasi Keuangan Perangkat Daerah",
    "1.06.01.2.06": "Administrasi Umum Perangkat Daerah",
    "1.06.04": "PROGRAM REHABILITASI SOSIAL",
    "1.06.04.2.01": "Rehabilitasi Sosial Dasar Penyandang Disabilitas Terlantar",
}
ACCOUNTS = {"02.0001": "5.1.01.01.01.0001", "02.0002": "5.1.02.02.01.0026", "06.0005": "5.1.02.01.01.0026"}


@dataclass
class Sub:
    """One sub kegiatan of the matrix: its money, rupiah; ``months`` for the sheet Bulanan."""

    kode: str
    name: str
    pagu: int
    to_date: int | None
    months: dict[int, int] = field(default_factory=dict)


def spread(pagu: int, month: int) -> int:
    """What a clean year spends in a month: uneven, whole rupiah."""
    return pagu * (60 + 3 * month) // 1200


def subs(month: int = 12) -> list[Sub]:
    """The clean year up to a month."""
    made = []
    for kode, name, pagu in SUBS:
        months = {m: spread(pagu, m) for m in range(1, month + 1)}
        made.append(Sub(kode, name, pagu, sum(months.values()), months))
    return made


PERIODS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def book(
    found: Sequence[Sub], month: int = 12, *, codes: bool = True, belanja: Mapping[str, int] | None = None
) -> bytes:
    """The matrix as a workbook of the template."""
    rows: list[dict[str, Value]] = []
    heads: set[str] = set()
    for sub in found:
        for length in (3, 5):
            head = ".".join(sub.kode.split(".")[:length])
            if head in GROUPS and head not in heads:
                heads.add(head)
                level = "program" if length == 3 else "kegiatan"
                rows.append(
                    {"kode": head, "uraian": GROUPS[head]} if codes else {"uraian": GROUPS[head], "tingkat": level}
                )
        rows.append(
            {"kode": sub.kode if codes else None, "uraian": sub.name, "indikator": "Jumlah dokumen", "satuan": "Dokumen", "target": 12.0,
             "realisasi": 12.0, "anggaran": float(sub.pagu), "realisasi_anggaran": None if sub.to_date is None else float(sub.to_date),
             "tingkat": None if codes else "sub kegiatan"}
        )  # fmt: skip
    entries = {"matriks": rows}
    if belanja:
        entries["belanja"] = [
            {"kode": kode, "uraian": "Belanja", "realisasi_anggaran": float(v)} for kode, v in belanja.items()
        ]
    return typed_in(entries, periode=PERIODS[month - 1])


def matrix(found: Sequence[Sub], month: int = 12, *, monthly: bool = False, **more: object) -> Document:
    """The matrix as a document, as filled; ``monthly`` with the months of each sub kegiatan as sheet Bulanan has them."""
    document = examined(found, month, **more).document
    if monthly:
        document.tables["bulanan"] = bulanan(found)
    return document


def examined(found: Sequence[Sub], month: int = 12, **more: object) -> Examination:
    return tasks.examine(book(found, month, **more))  # type: ignore[arg-type]


def bulanan(found: Sequence[Sub], planned: bool = False) -> Table:
    """The sheet Bulanan of the newer edition, as it is read: a row for each sub kegiatan, rupiah by month."""
    keys = [f"{kind}{month:02}" for kind in ("rp", "rak") for month in range(1, 13)]
    columns = (
        Column("kode", "KODE", Kind.CODE),
        Column("uraian", "URAIAN"),
        *(Column(k, k, Kind.RUPIAH) for k in keys),
    )
    spec = TableSpec("bulanan", "Bulanan", "BULANAN", columns, 80)
    rows = []
    for number, sub in enumerate(found, start=7):
        entries = {"kode": Entry(sub.kode, typed=sub.kode), "uraian": Entry(sub.name, typed=sub.name)}
        for month, value in sub.months.items():
            entries[f"rp{month:02}"] = Entry(float(value), typed=Decimal(value))
        if planned:
            for month in range(1, 13):
                entries[f"rak{month:02}"] = Entry(float(sub.pagu // 12), typed=Decimal(sub.pagu // 12))
        rows.append(Row(number, entries))
    return Table(spec, Layout("Bulanan", {c.key: n for n, c in enumerate(columns, start=1)}, {}), 6, rows)


def key(kode: str, unit: str = "") -> Key:
    return Key(unit, kode, ACCOUNTS.get(kode[-7:], "5.1.02.01.01.0052") if kode else "")


def postings(found: Iterable[Sub], parts: int = 2, file: str = "sipd.xlsx") -> list[Posting]:
    """The documents of a clean year: each month's spending in some documents."""
    made = []
    for sub in found:
        for month, value in sub.months.items():
            first = value // parts
            for part in range(parts):
                net = first if part < parts - 1 else value - first * (parts - 1)
                number = f"{sub.kode[-7:]}/{month}/{part}"
                made.append(
                    Posting(
                        key(sub.kode), month, Decimal(net), Place(file, "Data", len(made) + 2, "AA"), Decimal(0), number
                    )
                )
    return made


def ledger(found: Sequence[Posting], file: str = "sipd.xlsx", form: str = "sipd-dokumen", **more: object) -> Ledger:
    """A ledger by documents."""
    names = {("", kode): name for kode, name, _ in SUBS} | {("", kode): name for kode, name in GROUPS.items()}
    made = Ledger(file, form, Basis.PAID, 2023, tuple(sorted({p.month for p in found})), list(found), names=names)
    return replace(made, **more)  # type: ignore[arg-type]


def documents(found: Sequence[Sub], file: str = "sipd.xlsx") -> Ledger:
    """The ledger by documents that agrees with a matrix."""
    return ledger(postings(found, file=file), file)


def lra(found: Sequence[Sub], month: int = 12, file: str = "lra.xlsx") -> Ledger:
    """The LRA that agrees with a matrix: a row for each sub kegiatan and its rekening below, with pagu."""
    balances = []
    for sub in found:
        at = key(sub.kode)
        for each in (at._replace(rekening=""), at):
            place = Place(file, "LRA", len(balances) + 18, "R")
            balances.append(Balance(each, month, Decimal(sub.to_date or 0), Decimal(sub.pagu), place))
    names = {("", kode): name for kode, name, _ in SUBS}
    return Ledger(file, "lra", Basis.PAID, 2023, (month,), balances=balances, names=names)


def rak(found: Sequence[Sub], file: str = "rak.xlsx") -> Ledger:
    """The anggaran kas: a twelfth of the pagu each month, the rest in December."""
    planned = [
        Planned(
            key(s.kode),
            (*[Decimal(s.pagu // 12)] * 11, Decimal(s.pagu - s.pagu // 12 * 11)),
            Place(file, "RAK", n, "E"),
        )
        for n, s in enumerate(found, start=5)
    ]
    return Ledger(file, "rak", None, 2023, (), planned=planned)
