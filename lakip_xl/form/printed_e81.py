"""Formulir E.81 as the regulation prints it (Permendagri 86/2017): titles, headings in three rows, column numbers, footer. Data only.

``edition_e81`` says what the columns are and how they are found; this is what stands above and below them on paper.
KODE and SATUAN stand beside URAIAN and INDIKATOR without a number, so that the numbers of the regulation stay as they are.
"""

from __future__ import annotations

from typing import NamedTuple

from lakip_xl.form.spec import Band


class Group(NamedTuple):
    """A heading with its column number and the columns below it (by key): one, or K and Rp. ``over`` heads it and its neighbours."""

    heading: str
    number: str
    keys: tuple[str, ...]
    over: str = ""


PARTS = ("K", "Rp")
QUARTERS = "Realisasi Kinerja pada Triwulan"


def groups(year: int | None) -> tuple[Group, ...]:
    """The headings from left to right. ``year`` is the year whose Renja is evaluated, which the regulation calls n-1."""
    now, before = (f"({year})", f"({year - 1})") if year else ("(n-1)", "(n-2)")
    to_date = f"s/d Tahun {year}" if year else "s/d Tahun Berjalan"
    renstra, renja = "Renstra Perangkat Daerah", "Renja Perangkat Daerah"
    return (
        Group("No", "1", ("no",)),
        Group("Sasaran", "2", ("sasaran",)),
        Group("Kode", "", ("kode",)),
        Group("Program/Kegiatan/ Sub Kegiatan", "3", ("uraian",)),
        Group("Indikator Kinerja Program (Outcome)/ Kegiatan (Output)", "4", ("indikator",)),
        Group("Satuan", "", ("satuan",)),
        Group(f"Target {renstra} pada Akhir Periode Renstra", "5", ("target_renstra", "pagu_renstra")),
        Group(f"Realisasi Capaian Kinerja {renstra} s/d {renja} Tahun Lalu {before}", "6", ("realisasi_lalu", "rp_lalu")),
        Group(f"Target Kinerja dan Anggaran {renja} Tahun Berjalan yang Dievaluasi {now}", "7", ("target", "anggaran")),
        Group("I", "8", ("tw1", "rp_tw1"), QUARTERS),
        Group("II", "9", ("tw2", "rp_tw2"), QUARTERS),
        Group("III", "10", ("tw3", "rp_tw3"), QUARTERS),
        Group("IV", "11", ("tw4", "rp_tw4"), QUARTERS),
        Group(f"Realisasi Capaian Kinerja dan Anggaran {renja} yang Dievaluasi {now}", "12 = 8+9+10+11",
              ("realisasi", "realisasi_anggaran")),
        Group(f"Realisasi Kinerja dan Anggaran {renstra} {to_date}", "13 = 6+12", ("realisasi_renstra", "rp_renstra")),
        Group(f"Tingkat Capaian Kinerja dan Realisasi Anggaran {renstra} {to_date} (%)", "14 = 13/5x100",
              ("tingkat_renstra", "tingkat_rp_renstra")),
        Group("Unit Perangkat Daerah Penanggung Jawab", "15", ("unit",)),
        Group("Keterangan", "16", ("keterangan",)),
    )  # fmt: skip


TITLE = "EVALUASI TERHADAP HASIL RENJA PERANGKAT DAERAH"
SCOPE = "LINGKUP"
OFFICE = "RENJA PERANGKAT DAERAH"
PERIOD = "PERIODE PELAKSANAAN: TAHUN"
RKPD = "Indikator dan target kinerja Perangkat Daerah yang mengacu pada sasaran RKPD:"

MEAN, GRADE = "Rata-rata capaian kinerja (%)", "Predikat kinerja"
REMARKS = (
    "Faktor pendorong keberhasilan kinerja",
    "Faktor penghambat pencapaian kinerja",
    "Tindak lanjut yang diperlukan dalam triwulan berikutnya",
    "Tindak lanjut yang diperlukan dalam Renja Perangkat Daerah berikutnya",
)
SIGNATURES = ("Disusun", "Dievaluasi")
PLANNING_OFFICE = "Kepala Bappeda"

GRADES = (
    Band(0, "Sangat rendah"),
    Band(51, "Rendah"),
    Band(66, "Sedang"),
    Band(76, "Tinggi"),
    Band(91, "Sangat tinggi"),
)
"""The predikat of the regulation. As printed (91-100, 76-90, 66-75, 51-65, <= 50) it has gaps; closed here as lower bounds, as in use."""

GRADES_NOTE = (
    "Predikat kinerja (Permendagri 86/2017): 91 ke atas Sangat tinggi; 76 ke atas Tinggi; 66 ke atas Sedang; 51 ke atas Rendah; "
    "di bawah 51 Sangat rendah."
)
