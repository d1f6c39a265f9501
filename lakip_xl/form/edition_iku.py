"""Pengukuran Kinerja: the table of sasaran strategis and their IKU alone, in a workbook without a matrix. Data only.

The columns are those of PermenPANRB 53/2014 (sasaran strategis, indikator, target, realisasi, %) and what offices add: satuan,
kategori, and the years before, under headings that name the year.
"""

from __future__ import annotations

from dataclasses import replace

from lakip_xl.form import edition_2023 as base
from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Setting, Span
from lakip_xl.form.spec import Column, Kind

_MORE = {
    "no": ("Nomor", "No Urut"),
    "tujuan": ("Tujuan Strategis",),
    "sasaran": ("Sasaran Strategis/Sasaran Program", "Sasaran Perangkat Daerah", "Sasaran PD", "Sasaran Renstra", "Tujuan/Sasaran",
                "Sasaran/Program", "Kinerja Utama"),
    "indikator": ("Indikator Kinerja Utama (IKU)", "Indikator Sasaran", "Indikator Kinerja Sasaran", "Indikator Kinerja Sasaran Strategis",
                  "Indikator Tujuan/Sasaran", "Indikator Utama"),
    "satuan": ("Satuan Indikator",),
    "arah": ("Arah Indikator",),
    "target": ("Target PK", "Target Perjanjian Kinerja", "Target Tahun Ini"),
    "realisasi": ("Realisasi Tahun Ini", "Realisasi Kinerja Tahun Ini"),
    "capaian": ("%", "Persen", "Persentase", "Capaian Kinerja", "Capaian Kinerja (%)", "% Capaian Kinerja", "Tingkat Capaian",
                "Tingkat Capaian (%)", "Persentase Capaian", "Persentase Capaian Kinerja", "Capaian Tahun Ini (%)", "Capaian %"),
    "kategori": ("Kategori Capaian", "Predikat", "Kriteria", "Predikat Kinerja", "Kategori Kinerja"),
    "capaian_n1": ("Capaian Tahun Lalu", "Capaian Tahun Sebelumnya", "Capaian Tahun Sebelumnya (%)", "Capaian n-1", "Capaian Tahun n-1"),
    "capaian_n2": ("Capaian Dua Tahun Lalu", "Capaian n-2", "Capaian Tahun n-2"),
    "target_renstra": ("Target Akhir Periode Renstra", "Target Jangka Menengah", "Target Akhir Renstra/RPJMD", "Target Akhir RPJMD"),
}  # fmt: skip

_OLDER = (
    Column("target_n1", "TARGET TAHUN LALU", Kind.NUMBER, 11, aliases=("Target n-1", "Target Tahun n-1")),
    Column("target_n2", "TARGET DUA TAHUN LALU", Kind.NUMBER, 11, aliases=("Target n-2", "Target Tahun n-2")),
    Column("realisasi_n1", "REALISASI TAHUN LALU", Kind.NUMBER, 12, aliases=("Realisasi Tahun Sebelumnya", "Realisasi n-1", "Realisasi Tahun n-1")),
    Column("realisasi_n2", "REALISASI DUA TAHUN LALU", Kind.NUMBER, 12, aliases=("Realisasi n-2", "Realisasi Tahun n-2")),
)  # fmt: skip

IKU = replace(
    base.SASARAN,
    title="Pengukuran Kinerja",
    required=True,
    columns=(
        *(replace(column, aliases=(*column.aliases, *_MORE.get(column.key, ()))) for column in base.SASARAN.columns),
        *_OLDER,
        base.MATRIKS.like("keterangan"),
    ),
    years=(
        ("target", ("target_n1", "target_n2")),
        ("realisasi", ("realisasi_n1", "realisasi_n2")),
        ("capaian", ("capaian_n1", "capaian_n2")),
    ),
    # Offices have no column with the mean of each sasaran: under the column of capaian stands the mean of what is above it.
    footer=(("capaian", f.capped_mean(Span("capaian"), Setting("batas_maksimum"))),),
)

FORM = replace(
    base.FORM,
    edition="iku-1",
    name="Pengukuran Kinerja (sasaran strategis dan IKU) tanpa matriks",
    sources=("PermenPANRB 53/2014 (pengukuran kinerja)", "Bentuk yang dipakai di daerah"),
    tables=(IKU, base.PK),
)
