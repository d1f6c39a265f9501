"""The checklist of the review as data: what is asked, where the question comes from, and which function answers it.

Groups I to III are the questions of PermenPANRB 53/2014, lampiran III, from memory: to be verified before they are quoted. LKE is the
quality of reporting in the Lembar Kerja Evaluasi, PermenPANRB 88/2021, as seen in two public implementations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lakip_xl.review import agreed, checks
from lakip_xl.review.case import Answer, Case

SEEN, RECALLED = "seen", "recalled"
TO_VERIFY = "perlu diverifikasi"


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    key      as printed in the column NO; entries of a person are kept by it, so it is never used for another question
    text     the question, as a sentence to be answered with Ya or Tidak
    source   SEEN, or RECALLED: marked on the sheet as to be verified
    check    answers it from the workbook; None: a person answers
    checked  what ``check`` looks at, so that nobody takes its answer for more
    """

    key: str
    text: str
    source: str
    check: Callable[[Case], Answer] | None = None
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading."""

    title: str
    items: tuple[Item, ...]


def _recalled(key: str, text: str, check: Callable[[Case], Answer] | None = None, checked: str = "") -> Item:
    return Item(key, text, RECALLED, check, checked)


def _seen(key: str, text: str, check: Callable[[Case], Answer] | None = None, checked: str = "") -> Item:
    return Item(key, text, SEEN, check, checked)


FORMAT = Group("I. FORMAT", (
    _recalled("I.1", "Laporan kinerja telah menampilkan data penting instansi pemerintah."),
    _recalled("I.2", "Laporan kinerja telah menyajikan informasi target kinerja.",
              checks.targets, "setiap indikator pada Sasaran dan Matriks bertarget"),
    _recalled("I.3", "Laporan kinerja telah menyajikan capaian kinerja instansi pemerintah yang memadai.",
              checks.achievements,
              "setiap indikator mempunyai realisasi dan capaian tanpa catatan terbuka; memadai atau tidak dinilai pereviu"),
    _recalled("I.4", "Laporan kinerja telah menyajikan lampiran yang mendukung informasi pada badan laporan."),
    _recalled("I.5", "Laporan kinerja telah menyajikan upaya perbaikan ke depan."),
    _recalled("I.6", "Laporan kinerja telah menyajikan akuntabilitas keuangan.",
              checks.accountability,
              "anggaran dan realisasi ada pada setiap baris rinci Matriks; jumlahnya tanpa kesalahan dan (bila diisi) sama dengan Belanja"),
))  # fmt: skip

MEKANISME = Group("II. MEKANISME PENYUSUNAN", (
    _recalled("II.1", "Laporan kinerja disusun oleh unit kerja yang memiliki tugas dan fungsi untuk itu."),
    _recalled("II.2", "Informasi yang disampaikan dalam laporan kinerja telah didukung data yang memadai."),
    _recalled("II.3", "Telah terdapat mekanisme penyampaian data dan informasi dari unit kerja ke unit penyusun laporan kinerja."),
    _recalled("II.4", "Telah ditetapkan penanggung jawab pengumpulan data/informasi di setiap unit kerja."),
    _recalled("II.5", "Data/informasi kinerja yang disampaikan dalam laporan kinerja telah diyakini keandalannya."),
    _recalled("II.6", "Analisis/penjelasan dalam laporan kinerja telah diketahui oleh unit kerja terkait."),
    _recalled("II.7", "Laporan kinerja bulanan atau gabungan merupakan partisipasi dari unit di bawahnya."),
))  # fmt: skip

SUBSTANSI = Group("III. SUBSTANSI", (
    _recalled("III.1", "Tujuan/sasaran dalam laporan kinerja telah sesuai dengan tujuan/sasaran dalam perjanjian kinerja.",
              agreed.sasaran_agreed, "bunyi sasaran pada Sasaran dan PK tahun laporan"),
    _recalled("III.2", "Tujuan/sasaran dalam laporan kinerja telah selaras dengan rencana strategis."),
    _recalled("III.3", "Jika butir III.1 dan III.2 tidak, telah terdapat penjelasan yang memadai."),
    _recalled("III.4", "Tujuan/sasaran dalam laporan kinerja telah sesuai dengan tujuan/sasaran dalam indikator kinerja.",
              agreed.sasaran_measured, "setiap sasaran mempunyai indikator; kesesuaian isinya dinilai pereviu"),
    _recalled("III.5", "Tujuan/sasaran dalam laporan kinerja telah sesuai dengan tujuan/sasaran dalam indikator kinerja utama.",
              agreed.indicators_agreed, "bunyi, target, dan satuan indikator pada Sasaran dan PK tahun laporan"),
    _recalled("III.6", "Jika butir III.4 dan III.5 tidak, telah terdapat penjelasan yang memadai."),
    _recalled("III.7", "Telah terdapat perbandingan data kinerja dengan tahun lalu, standar nasional, dan sebagainya yang bermanfaat.",
              checks.comparisons, "tahun lalu, target akhir Renstra, dan standar nasional (bila ada) pada Sasaran"),
    _recalled("III.8", "IKU dan IK telah cukup mengukur tujuan/sasaran."),
    _recalled("III.9", "Jika butir III.8 tidak, telah terdapat penjelasan yang memadai."),
    _recalled("III.10", "IKU dan IK telah SMART (spesifik, terukur, dapat dicapai, relevan, berbatas waktu)."),
))  # fmt: skip

LKE = Group("LKE. KUALITAS PELAPORAN KINERJA (PermenPANRB 88/2021)", (
    _seen("LKE.1", "Dokumen laporan kinerja disusun sesuai dengan standar."),
    _seen("LKE.2", "Laporan kinerja mengungkap seluruh informasi tentang pencapaian kinerja.",
          checks.everything, "target, realisasi, dan capaian setiap indikator pada Sasaran dan Matriks"),
    _seen("LKE.3", "Laporan kinerja memuat perbandingan realisasi kinerja dengan target tahunan.",
          checks.yearly, "target dan realisasi setiap IKU pada Sasaran"),
    _seen("LKE.4", "Laporan kinerja memuat perbandingan realisasi kinerja dengan target jangka menengah.",
          checks.renstra, "target akhir Renstra setiap IKU pada Sasaran"),
    _seen("LKE.5", "Laporan kinerja memuat perbandingan realisasi kinerja dengan realisasi tahun-tahun sebelumnya.",
          checks.former_years, "tahun lalu dan dua tahun lalu setiap IKU pada Sasaran"),
    _seen("LKE.6", "Laporan kinerja memuat perbandingan realisasi kinerja dengan standar nasional atau pembanding lain.",
          checks.national, "standar nasional setiap IKU pada Sasaran"),
    _seen("LKE.7", "Laporan kinerja memuat informasi keuangan setiap sasaran (a seluruhnya; b > 80 %; c > 50 %; d < 50 %; e tidak ada).",
          checks.money_by_sasaran, "program pendukung setiap sasaran, dengan anggaran dan realisasinya pada Matriks"),
    _seen("LKE.8", "Laporan kinerja memuat kualitas capaian kinerja beserta upaya dan hambatannya.",
          checks.causes, "penyebab dan upaya perbaikan setiap IKU pada Sasaran"),
    _seen("LKE.9", "Laporan kinerja memuat efisiensi penggunaan sumber daya dalam mencapai kinerja.",
          checks.efficiency, "capaian dan serapan setiap program pada Matriks"),
    _seen("LKE.10", "Laporan kinerja memuat rekomendasi perbaikan kinerja.",
          checks.recommendations, "upaya perbaikan setiap IKU yang capaiannya di bawah 100 %"),
))  # fmt: skip

GROUPS = (FORMAT, MEKANISME, SUBSTANSI, LKE)
ITEMS = {item.key: item for group in GROUPS for item in group.items}
