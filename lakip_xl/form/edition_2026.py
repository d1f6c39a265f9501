"""Edition 2026: the matrix of edition 2023, and two sheets from which it follows month by month. Data only.

Bulanan and Rencana Aksi are ours (inferred): SPJ and SIPD speak of months, Rencana Aksi in use of quarters (PermenPANRB 88/2021 asks
for one, its columns are each office's own).
"""

from __future__ import annotations

from dataclasses import replace

from lakip_xl.form import edition_2023 as base
from lakip_xl.form import efficiency
from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Expr, Key, Setting, Span, There
from lakip_xl.form.spec import Column, Field, Kind, Link, TableSpec, Threshold

SPENT, DONE, PLANNED = (tuple(f"{key}{month:02}" for month in range(1, 13)) for key in ("rp", "k", "rak"))
QUARTERS = ("I", "II", "III", "IV")
TARGETS, MONEY = (tuple(f"{key}{quarter}" for quarter in range(1, 5)) for key in ("target_tw", "rp_tw"))


def _name(key: str, **changes: object) -> Column:
    return base.MATRIKS.like(key, number="", inferred=False, required=False, **changes)


def _unit(number: str) -> Column:
    return Column("sub_unit", "SUB UNIT", Kind.TEXT, 22, number, printed=False,
                  hint="Nama sub unit (UPTD, kelurahan, Puskesmas) seperti pada Matriks. Kosongkan bila hanya satu.")  # fmt: skip


def _numbered(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(replace(column, number=str(number)) for number, column in enumerate(columns, start=1))


def _monthly(keys: tuple[str, ...], heading: str, kind: Kind, width: float, hint: str, *, shown: bool = True) -> tuple[Column, ...]:  # fmt: skip
    return tuple(
        Column(key, heading.format(name.upper()), kind, width, hint=hint.format(name), printed=shown, outline=not shown)
        for key, name in zip(keys, f.MONTHS, strict=True)
    )


BULANAN = TableSpec(
    key="bulanan",
    title="Bulanan",
    caption="REALISASI ANGGARAN DAN KINERJA MENURUT BULAN",
    rows=60,
    total="JUMLAH",
    continues=True,
    optional=True,
    identified_by=frozenset(("kode", *SPENT)),
    intro="Satu baris untuk setiap sub kegiatan, dengan kode seperti pada Matriks. Bila sheet ini diisi, triwulan dan realisasi pada Matriks "
    "mengikutinya. Realisasi bulanan dapat diisi dari buku besar dengan lakip-xl reconcile --post.",
    columns=_numbered((
        _name("no"),
        _name("kode"),
        _name("uraian", heading="SUB KEGIATAN", aliases=("Uraian", "Nama Sub Kegiatan"), under=()),
        *_monthly(SPENT, "REALISASI {} (Rp)", Kind.RUPIAH, 16, "Rupiah yang terealisasi selama bulan {} saja, bukan s/d."),
        Column("sd_rp", "REALISASI s/d PERIODE INI (Rp)", Kind.RUPIAH, 17, formula=f.to_date(SPENT, Setting("bulan_periode")), prefilled=True,
               hint="Rumus: jumlah sampai dengan bulan terakhir dari Periode (Identitas)."),
        *_monthly(PLANNED, "RAK {} (Rp)", Kind.RUPIAH, 16, "Anggaran kas bulan {}.", shown=False),
        Column("sd_rak", "RAK s/d PERIODE INI (Rp)", Kind.RUPIAH, 17, formula=f.to_date(PLANNED, Setting("bulan_periode")), prefilled=True,
               printed=False, hint="Rumus: jumlah anggaran kas sampai dengan bulan terakhir dari Periode."),
        Column("persen_rak", "REALISASI TERHADAP RAK (%)", Kind.PERCENT, 12, formula=f.ratio(Key("sd_rp"), Key("sd_rak")), prefilled=True,
               printed=False, hint="Rumus: realisasi s/d dibagi RAK s/d kali 100."),
        _name("indikator", printed=False, hint="Indikator sub kegiatan; indikator kedua ditulis di baris di bawahnya, dengan kode dan nama dikosongkan."),
        _name("satuan", printed=False),
        *_monthly(DONE, "KINERJA {}", Kind.NUMBER, 11, "Realisasi kinerja bulan {} saja; untuk persen, indeks, dan nilai: posisi pada akhir bulan.", shown=False),
        Column("keterangan", "KETERANGAN", Kind.TEXT, 24, aliases=("Ket",), printed=False, hint="Boleh kosong."),
        _unit(""),
    )),
    footer=(*((key, f.sum_or_blank(Span(key))) for key in (*SPENT, "sd_rp", *PLANNED, "sd_rak")), ("persen_rak", f.ratio(Key("sd_rp"), Key("sd_rak")))),
)  # fmt: skip

RENCANA_AKSI = TableSpec(
    key="rencana_aksi",
    title="Rencana Aksi",
    caption="RENCANA AKSI ATAS PERJANJIAN KINERJA",
    rows=60,
    continues=True,
    optional=True,
    identified_by=frozenset(("kode", *TARGETS)),
    intro="Target triwulan setiap indikator, dan realisasi anggaran tiap triwulan dari sheet Bulanan. Tanpa target triwulan, capaian tidak "
    "diperiksa sebelum akhir tahun.",
    columns=_numbered((
        _name("no"),
        _name("kode"),
        _name("uraian", under=()),
        _name("indikator"),
        _name("satuan"),
        Column("target", "TARGET TAHUN INI", Kind.NUMBER, 12, aliases=("Target", "Target Tahun"), hint="Mengikuti TARGET KINERJA pada Matriks."),
        *(Column(key, f"TARGET TW {name} (bukan s/d)", Kind.NUMBER, 12, aliases=(f"TARGET TW {name}", f"Target Triwulan {name}"),
                 hint=f"Target triwulan {name} saja (bukan s/d); untuk persen, indeks, dan nilai: posisi pada akhir triwulan.")
          for key, name in zip(TARGETS, QUARTERS, strict=True)),
        *(Column(key, f"REALISASI TW {name} (Rp)", Kind.RUPIAH, 17, hint=f"Mengikuti sheet Bulanan: rupiah yang terealisasi selama triwulan {name}.")
          for key, name in zip(MONEY, QUARTERS, strict=True)),
        Column("jumlah_rp", "JUMLAH REALISASI (Rp)", Kind.RUPIAH, 17, formula=f.sum_or_blank(Span(f"{MONEY[0]}:{MONEY[-1]}")), prefilled=True,
               hint="Rumus: jumlah keempat triwulan."),
        Column("keterangan", "KETERANGAN", Kind.TEXT, 24, aliases=("Ket",), hint="Boleh kosong."),
        _unit(""),
    )),
)  # fmt: skip


def _link(table: str, key: str, source: str, value: Expr, needs: tuple[str, ...]) -> Link:
    return Link(table, key, source, f.beside(source, value), f.beside(source, value, loose=True), needs)


def _quarter(keys: tuple[str, ...], quarter: int) -> tuple[str, ...]:
    return keys[3 * quarter : 3 * quarter + 3]


def _done(quarter: int) -> Link:
    """Realisasi kinerja of a quarter from its months, by CARA HITUNG, as the year's from its quarters."""
    months = _quarter(DONE, quarter)
    cells = tuple(There("bulanan", key) for key in months)
    value = f.over_quarters(cells, (There("bulanan", f"{months[0]}:{months[-1]}"),), Key("cara_hitung"), Key("satuan"))
    return _link("matriks", f"tw{quarter + 1}", "bulanan", value, months)


def _spent(quarter: int) -> Link:
    months = _quarter(SPENT, quarter)
    return _link("rencana_aksi", MONEY[quarter], "bulanan", f.sum_there("bulanan", months), months)


_to_date = base.MATRIKS.by_key["realisasi_anggaran"]
MATRIKS = replace(
    base.MATRIKS,
    columns=tuple(
        replace(column, aliases=(*column.aliases, *(f.heading_to_date(period) for period in base.PERIODS)))
        if column is _to_date
        else column
        for column in base.MATRIKS.columns
    ),
)

FORM = replace(
    base.FORM,
    edition="2026.1",
    name="Matriks LAKIP / LKjIP Perangkat Daerah, edisi 2026",
    sources=(*base.FORM.sources, "Bulanan dan Rencana Aksi: susunan sendiri (disimpulkan), menurut SPJ bulanan dan rencana aksi yang dipakai"),
    settings=(
        *(field for field in base.FORM.settings if field.formula is None),
        *efficiency.FIELDS,
        *(field for field in base.FORM.settings if field.formula is not None),
        Field("bulan_periode", "Bulan terakhir dalam periode", Kind.NUMBER, formula=f.last_month(Setting("periode")),
              hint="Rumus dari Identitas: 1 Januari sampai 12 Desember."),
    ),
    thresholds=(
        *base.FORM.thresholds,
        Threshold("capaian_tw", "Capaian paling rendah terhadap TARGET TW (%)", None, 70, None, "Di bawah ini perlu penjelasan; hanya bila TARGET TW diisi."),
        Threshold("serapan_rak", "Realisasi paling rendah terhadap RAK (%)", 80, 80, None, "Di bawah ini perlu penjelasan; hanya bila RAK diisi."),
    ),
    tables=(base.SASARAN, base.PK, MATRIKS, BULANAN, RENCANA_AKSI, base.BELANJA, base.PEGAWAI),
    links=(
        *(_done(quarter) for quarter in range(4)),
        _link("matriks", "realisasi_anggaran", "bulanan", There("bulanan", "sd_rp"), SPENT),
        _link("rencana_aksi", "target", "matriks", There("matriks", "target"), ("target",)),
        *(_spent(quarter) for quarter in range(4)),
    ),
    dated=(("matriks", "realisasi_anggaran"),),
)  # fmt: skip
