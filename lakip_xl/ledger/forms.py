"""The forms in which ledgers come, as data: how each column is headed, and which columns a form cannot do without.

Seen in files and programs are the 45 and 46 headings of SIPD-RI, the headings of the wp-sipd page, of SPJ Fungsional and of Format_LRA, and
of the API names kode_sub_giat, nilai_realisasi and tanggal_sp2d_transfer. All other API names, and the headings of BKU and RAK, are
inferred: from those, and from the practice of offices.
"""

from __future__ import annotations

from dataclasses import dataclass

from lakip_xl.form.formulas import MONTHS
from lakip_xl.form.spec import Column, Kind, TableSpec, Under
from lakip_xl.ledger.entries import Basis


@dataclass(frozen=True)
class Form:
    """One form of ledger.

    key, name  what it is called in code, and to users
    basis      what counts as spent in it; None for a ledger of budgets
    needed     the columns without which a table is not this form
    amounts    the columns of rupiah that are read
    spec       all its columns by key
    """

    key: str
    name: str
    basis: Basis | None
    needed: tuple[str, ...]
    amounts: tuple[str, ...]
    spec: TableSpec


def _column(key: str, *headings: str, money: bool = False, under: tuple[Under, ...] = ()) -> Column:
    return Column(key, headings[0], Kind.RUPIAH if money else Kind.TEXT, aliases=headings[1:], under=under)


def _form(
    key: str,
    name: str,
    basis: Basis | None,
    needed: str,
    columns: tuple[Column, ...],
    refused_by: frozenset[str] = frozenset(),
) -> Form:
    spec = TableSpec(key, name, name, columns, 0, identified_by=frozenset(needed.split()), refused_by=refused_by)
    amounts = tuple(column.key for column in columns if column.kind is Kind.RUPIAH)
    return Form(key, name, basis, tuple(needed.split()), amounts, spec)


_OFFICE = (
    _column("skpd", "Kode SKPD", "kode_skpd", "Kode OPD"),
    _column("nama_skpd", "Nama SKPD", "nama_skpd", "SKPD", "Perangkat Daerah", "Nama OPD", "OPD"),
    _column("unit", "Kode Sub SKPD", "kode_sub_skpd", "Kode Sub Unit", "Kode Unit"),
    _column("nama_unit", "Nama Sub SKPD", "nama_sub_skpd", "Nama Sub Unit", "Sub Unit", "Sub SKPD"),
)
_ACCOUNT = _column(
    "rekening", "Kode Rekening", "kode_akun", "kode_rekening", "Kode Akun", "Kode Rek.", "No. Rekening", "Rekening", "Kode Rekening Belanja"
)  # fmt: skip
_ACCOUNT_NAME = _column("nama_rekening", "Nama Rekening", "nama_akun", "nama_rekening", "Nama Akun", "Uraian Rekening")
_CODE = _column("kode", "Kode Sub Kegiatan", "kode_sub_giat", "kode_sub_kegiatan", "Kode Sub Keg.")
_NAME = _column("nama", "Nama Sub Kegiatan", "nama_sub_giat", "nama_sub_kegiatan")

DOCUMENTS = _form(
    "sipd-dokumen",
    "Laporan Realisasi per dokumen (SIPD-RI)",
    Basis.PAID,
    "kode rekening nomor jenis tanggal realisasi",
    (
        *_OFFICE,
        _CODE,
        _NAME,
        _ACCOUNT,
        _ACCOUNT_NAME,
        _column("nomor", "Nomor Dokumen", "nomor_dokumen", "No. Dokumen"),
        _column("jenis", "Jenis Dokumen", "jenis_dokumen"),
        _column("transaksi", "Jenis Transaksi", "jenis_transaksi"),
        _column("dpt", "Nomor DPT", "nomor_dpt"),
        _column("tanggal", "Tanggal Dokumen", "tanggal_dokumen", "Tgl. Dokumen"),
        _column("realisasi", "Nilai Realisasi", "nilai_realisasi", "Nilai Realisasi (Rp)", money=True),
        _column("setoran", "Nilai Setoran", "nilai_setoran", "Nilai Setoran (Rp)", money=True),
        _column("spd", "Nomor SPD", "nomor_spd"),
        _column("sp2d", "Nomor SP2D", "nomor_sp2d"),
        _column("transfer", "Tanggal Transfer", "tanggal_sp2d_transfer", "tanggal_transfer"),
    ),
)

WP_SIPD = _form(
    "wp-sipd",
    "Realisasi per akun (WP-SIPD)",
    Basis.PAID,
    "kode rekening realisasi",
    (
        *_OFFICE,
        _column("program", "Program", "Nama Program", "Kode Program"),
        _column("kegiatan", "Kegiatan", "Nama Kegiatan", "Kode Kegiatan"),
        _column("kode", "Sub Kegiatan", "Kode Sub Kegiatan", "kode_sub_giat"),
        _NAME,
        _ACCOUNT,
        _ACCOUNT_NAME,
        _column("pagu", "Pagu", "Anggaran", "Pagu (Rp)", "Anggaran (Rp)", "Pagu Anggaran", money=True),
        _column("realisasi", "Realisasi", "Realisasi (Rp)", "Realisasi Anggaran", money=True),
    ),
    frozenset({"indikator", "target"}),
)

_NOT_TO_DATE = "s d sd sampai dengan jumlah spj"


def _thrice(key: str, group: str, heading: str) -> tuple[Column, ...]:
    """The columns of one kind of payment in an SPJ Fungsional: up to last month, this month, up to this month."""
    return (
        _column(f"{key}_lalu", f"{heading} s.d. Bulan Lalu", money=True, under=(Under(f"{group} lalu", without="jumlah spj"),)),
        _column(f"{key}_ini", f"{heading} Bulan Ini", money=True, under=(Under(f"{group} ini", without=_NOT_TO_DATE),)),
        _column(f"{key}_sd", f"{heading} s.d. Bulan Ini", money=True, under=(Under(f"{group} ini s|sd|sampai", without="jumlah spj"),)),
    )  # fmt: skip


SPJ = _form(
    "spj-fungsional",
    "SPJ Fungsional",
    Basis.SPENT,
    "rekening gaji_ini ls_ini up_ini",
    (
        *_OFFICE,
        _column("rekening", "Kode Rekening", "Kode", "Kode Rek.", "Kode Akun"),
        _column("uraian", "Uraian", "Uraian Rekening", "Nama Rekening"),
        _column("pagu", "Jumlah Anggaran", "Anggaran", "Jumlah Anggaran (Rp)", "Pagu", "Pagu Anggaran", money=True),
        _column("spj_sd", "Jumlah SPJ s.d. Bulan Ini", money=True, under=(Under("jumlah spj ini"), Under("jumlah spj s|sd|sampai"))),
        *_thrice("gaji", "gaji", "LS-Gaji"),
        *_thrice("ls", "barang|jasa", "LS-Barang & Jasa"),
        *_thrice("up", "up|gu|tu", "UP/GU/TU"),
    ),
)  # fmt: skip

RAK = _form(
    "rak",
    "Rencana Anggaran Kas",
    None,
    " ".join(("kode", *(name.lower() for name in MONTHS))),
    (
        *_OFFICE,
        _column("kode", "Kode Sub Kegiatan", "Kode", "kode_sub_giat", "Kode Rekening", "Kode Kegiatan", "Sub Kegiatan"),
        _column("rekening", "Kode Rekening Belanja", "Rekening", "Kode Akun", "kode_akun"),
        _column("uraian", "Uraian", "Nama Sub Kegiatan", "nama_sub_giat", "Uraian Sub Kegiatan", "Nama Rekening", "Nama Akun"),
        *(
            _column(
                name.lower(), name, name[:3], f"Bulan {number}", f"Bulan ke-{number}", f"bulan_{number}", money=True,
                under=(Under(f"{name.lower()}|{name[:3].lower()}", without="s sd sampai"), Under(f"bulan {number}", without="s sd sampai")),
            )
            for number, name in enumerate(MONTHS, start=1)
        ),
        _column("jumlah", "Jumlah", "Total", "Jumlah (Rp)", "Total RAK", "Jumlah Anggaran Kas", "Total Anggaran Kas", money=True),
        _column("pagu", "Anggaran", "Pagu", "Jumlah Anggaran", "Nilai Anggaran", "Pagu Anggaran", money=True),
    ),
)  # fmt: skip

BKU = _form(
    "bku",
    "Buku Kas Umum",
    Basis.SPENT,
    "tanggal rekening pengeluaran",
    (
        *_OFFICE,
        _column("tanggal", "Tanggal", "Tgl", "Tgl.", "Tanggal Transaksi", "Tanggal Bukti"),
        _column("nomor", "No. Bukti", "No Bukti", "Nomor Bukti", "Bukti"),
        _column("kode", "Kode Sub Kegiatan", "Sub Kegiatan", "kode_sub_giat"),
        _column(
            "rekening", "Kode Rekening", "Kode Rek.", "Rekening", "Kode", "Kode Akun", "Kode Rekening/Sub Kegiatan",
            "Kode Sub Kegiatan/Rekening", "Kode Rekening Belanja", "No. Rekening",
        ),
        _column("penerimaan", "Penerimaan", "Penerimaan (Rp)", "Debet", "Debit", money=True),
        _column("pengeluaran", "Pengeluaran", "Pengeluaran (Rp)", "Kredit", money=True),
    ),
)  # fmt: skip

_NO_BUDGET = "realisasi sisa lebih kurang selisih serapan persen kas lalu"
_NO_SPENDING = "kinerja fisik persen persentase sisa selisih lebih kurang lalu target capaian serapan tingkat"

LRA = _form(
    "lra",
    "Laporan Realisasi Anggaran",
    Basis.PAID,
    "uraian pagu realisasi",
    (
        *_OFFICE,
        _column("kode", "Kode", "Kode Rekening", "Kode Akun", "Kode Rek.", "Kode Sub Kegiatan", "No. Rekening", "Kode Program/Kegiatan",
                "Kode Program / Kegiatan / Sub Kegiatan", "Kode Sub Kegiatan/Rekening"),
        _column("uraian", "Uraian", "Nama Akun", "Nama Rekening", "Program/Kegiatan/Sub Kegiatan", "Program/Kegiatan", "Sub Kegiatan",
                "Nama Sub Kegiatan", "Jenis Belanja", "Uraian Belanja", "Uraian Program/Kegiatan/Sub Kegiatan", "Nama Program/Kegiatan"),
        _column("realisasi_ini", "Realisasi Bulan Ini", money=True,
                under=(Under("realisasi ini", without="s sd sampai lalu jumlah total"),)),
        _column("pagu", "Anggaran", "Pagu", "Anggaran (Rp)", "Pagu (Rp)", "Jumlah Anggaran", "Pagu Anggaran", money=True,
                under=(Under("anggaran|pagu", without=_NO_BUDGET),)),
        _column("realisasi", "Realisasi", "Realisasi (Rp)", "Realisasi Anggaran", "Jumlah Realisasi", "Realisasi Belanja", money=True,
                under=(Under("realisasi", without=_NO_SPENDING),)),
    ),
    frozenset({"indikator", "target"}),
)  # fmt: skip

FORMS = (DOCUMENTS, WP_SIPD, SPJ, RAK, BKU, LRA)
"""In the order in which they are looked for: what needs the most headings first."""

MAPPED = _form(
    "csv",
    "tabel dengan petunjuk kolom (--map)",
    Basis.PAID,
    "",
    (
        *_OFFICE,
        _CODE,
        _NAME,
        _ACCOUNT,
        _ACCOUNT_NAME,
        _column("tanggal", "Tanggal"),
        _column("bulan", "Bulan"),
        _column("nomor", "Nomor Dokumen"),
        _column("pagu", "Pagu", money=True),
        _column("realisasi", "Realisasi", money=True),
        _column("setoran", "Setoran", money=True),
    ),
)
"""What can be mapped by hand: kode, rekening, pagu, realisasi and so on, each to a heading or to the letters of a column."""
