"""The sentences say the report's own figures, and say honestly what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakip_xl.cells import Value
from lakip_xl.narrative import Narrative, words
from lakip_xl.numbers import read_number, round_half_up
from named_books import iku
from named_books import matrix as matrix_book
from workbooks import own_matrix, typed_in

Tell = Callable[[bytes], Narrative]
Row = Mapping[str, Value]
PROGRAM: Row = {"kode": "1.06.01", "uraian": "PROGRAM SATU", "indikator": "Persentase layanan", "satuan": "Persen",
                "target": 50.0, "realisasi": 60.0}  # fmt: skip
KEGIATAN: Row = {"kode": "1.06.01.2.01", "uraian": "Administrasi"}
LEAF: Row = {"kode": "1.06.01.2.01.0001", "uraian": "Penyusunan dokumen", "indikator": "Jumlah dokumen", "satuan": "Dokumen",
             "target": 4.0, "realisasi": 3.0, "anggaran": 1000.0, "realisasi_anggaran": 750.0}  # fmt: skip
SASARAN: Row = {
    "sasaran": "Meningkatnya layanan",
    "indikator": "Indeks kepuasan",
    "satuan": "Indeks",
    "target": 80.0,
    "realisasi": 76.0,
}


def texts(told: Narrative) -> str:
    return "\n".join(sentence.text for sentence in told.sentences)


def matrix(*leaves: Row) -> Sequence[Row]:
    return [PROGRAM, KEGIATAN, *(leaves or (LEAF,))]


@pytest.mark.parametrize(
    "sentence",
    [
        "LAKIP Dinas Sosial Kabupaten Manggarai tahun 2023 memuat 1 sasaran strategis, 1 indikator kinerja utama, 5 program, 10 kegiatan, "
        "dan 24 sub kegiatan.",
        "Pada tahun 2023, anggaran sebesar Rp 2.618.454.444 terealisasi sebesar Rp 2.383.192.105 atau 91,02 persen, dengan sisa anggaran "
        "Rp 235.262.339.",
        "Pada tahun 2023, sasaran “Meningkatnya kesejahteraan sosial masyarakat” mencapai 98,64 persen dengan kategori Sangat Baik.",
        "Indikator Penanganan PMKS: target 18.589 orang, realisasi 18.336 orang, capaian 98,64 persen.",
        "Capaian indikator Penanganan PMKS adalah 85,38 persen pada tahun 2022, lalu naik 13,26 poin persentase menjadi 98,64 persen pada "
        "tahun 2023. Capaian tahun 2021 belum diisi.",
        "Target akhir Renstra untuk indikator Penanganan PMKS belum diisi, sehingga kemajuan terhadap target jangka menengah belum dapat "
        "diukur.",
        "Penyebab keberhasilan atau kegagalan indikator Penanganan PMKS belum diisi pada lembar Sasaran.",
        "Dari 29 indikator program, kegiatan, dan sub kegiatan pada Matriks, 28 dapat dinilai: 25 mencapai target dan 3 belum mencapai "
        "target; 1 tidak dinilai karena satuannya masih perlu diperiksa.",
        "Sub kegiatan Pemeliharaan Peralatan dan Mesin Lainnya (Jumlah Peralatan dan Mesin Lainnya yang Dipelihara) terealisasi 17 dari "
        "25 unit atau 68,00 persen. Penyebabnya belum dinyatakan di KETERANGAN.",
        "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA: anggaran Rp 2.450.728.444, realisasi Rp 2.216.374.539 atau 90,44 "
        "persen, dengan sisa anggaran Rp 234.353.905.",
        "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA: capaian 100,00 persen, 9,56 poin di atas serapan anggaran 90,44 "
        "persen.",
        "Belanja Pegawai: anggaran Rp 2.287.428.760, realisasi Rp 2.057.532.674 atau 89,95 persen, dengan sisa anggaran Rp 229.896.086.",
        "Belanja Barang dan Jasa: anggaran Rp 331.025.684, realisasi Rp 325.659.431 atau 98,38 persen, dengan sisa anggaran Rp 5.366.253.",
        "Jumlah belanja menurut jenis sama dengan jumlah menurut program.",
        "Sisa anggaran terbesar terdapat pada sub kegiatan Penyediaan Gaji dan Tunjangan ASN, yaitu Rp 229.896.086 atau 97,72 persen dari "
        "seluruh sisa anggaran.",
    ],
)  # fmt: skip
def test_the_example(example: Any, sentence: str) -> None:
    assert sentence in [each.text for each in example.told.sentences]


def test_every_sentence_is_one(example: Any) -> None:
    for sentence in example.told.sentences:
        assert sentence.text[0].isupper() and sentence.text.endswith(".") and ".." not in sentence.text
    keys = [sentence.key for sentence in example.told.sentences]
    assert len(set(keys)) == len(keys)


def test_an_empty_form_says_what_is_missing_and_no_figure(tell: Tell) -> None:
    narrative = tell(typed_in({}))
    told = texts(narrative)
    assert "Pada tahun 2023, anggarannya belum diisi dan realisasinya belum diisi." in told and "Belum ada" not in told
    assert narrative.doubts[0].text.id.startswith(
        "Belum ada: sasaran dan indikator pada lembar Sasaran, program pada lembar Matriks, dan isian pada lembar Belanja. "
    )
    assert "Rp" not in told and "persen" not in told.replace("poin persen", "")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"realisasi": None}, "target 80, sedangkan realisasinya belum diisi, sehingga capaiannya belum diukur."),
        ({"target": None}, "targetnya belum diisi, sehingga capaiannya belum dapat diukur."),
        ({"target": None, "realisasi": None}, "target dan realisasinya belum diisi, sehingga capaiannya belum diukur."),
        (
            {"realisasi": "WTP"},
            "target 80, sedangkan realisasinya belum tertulis sebagai angka, sehingga capaiannya belum dapat diukur.",
        ),
        ({"target": "> 80"}, "targetnya belum tertulis sebagai angka, sehingga capaiannya belum dapat diukur."),
        ({"target": 0.0}, "target 0, realisasi 76; capaian tidak dapat dihitung terhadap target 0."),
        ({}, "target 80, realisasi 76, capaian 95,00 persen."),
        (
            {"arah": "Makin rendah makin baik"},
            "target 80, realisasi 76, capaian 105,00 persen (makin rendah makin baik).",
        ),
    ],
)
def test_what_is_not_measured_is_said_to_be_so(entry: Row, said: str, tell: Tell) -> None:
    assert f"Indikator Indeks kepuasan: {said}" in texts(tell(typed_in({"sasaran": [{**SASARAN, **entry}]})))


@pytest.mark.parametrize(
    ("period", "until"),
    [("TW II", "Triwulan II tahun 2023"), ("Maret", "bulan Maret tahun 2023"), ("Semester I", "Semester I tahun 2023")],
)
def test_before_the_year_is_over_nothing_is_graded(period: str, until: str, tell: Tell) -> None:
    told = tell(typed_in({"sasaran": [SASARAN | {"capaian_n1": 90.0}], "matriks": matrix()}, {"periode": period}))
    said = texts(told)
    assert f"Sampai dengan {until}, anggaran sebesar Rp 1.000 terealisasi sebesar Rp 750 atau 75,00 persen" in said
    assert f"Sampai dengan {until}, sasaran “Meningkatnya layanan” mencapai 95,00 persen dari target setahun." in said
    assert f"sampai dengan {until} capaiannya 95,00 persen dari target setahun dan belum sebanding" in said
    assert told.office == f"Dinas Sosial s/d {until}"
    assert "kategori Sangat Baik" not in said and "mencapai target" not in said and "naik" not in said
    assert "Tercapai atau tidaknya target program, kegiatan, dan sub kegiatan baru dinilai pada akhir tahun." in said


def test_a_report_of_the_whole_year_under_other_names(tell: Tell) -> None:
    entries = {"sasaran": [SASARAN], "matriks": matrix()}
    told = tell(typed_in(entries, {"periode": "TW IV", "nama_laporan": "LKjIP"}))
    assert told.title == "NARASI LKjIP"
    assert texts(told).startswith("LKjIP Dinas Sosial tahun 2023 memuat 1 sasaran strategis")
    assert "mencapai 95,00 persen dengan kategori Sangat Baik." in texts(told)
    told = tell(typed_in(entries, {"tahun": None, "perangkat_daerah": None}))
    assert told.office == "Tahun laporan"
    assert "Pada tahun laporan, capaian sasaran strategis adalah 95,00 persen" in texts(told)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (95.0, "95,00 persen pada tahun 2022, dan tetap 95,00 persen pada tahun 2023"),
        (97.5, "97,50 persen pada tahun 2022, lalu turun 2,50 poin persentase menjadi 95,00 persen pada tahun 2023"),
    ],
)
def test_former_years(before: float, said: str, tell: Tell) -> None:
    told = texts(tell(typed_in({"sasaran": [SASARAN | {"capaian_n1": before, "capaian_n2": 90.0}]})))
    assert f"Capaian indikator Indeks kepuasan adalah 90,00 persen pada tahun 2021 dan {said}." in told


def test_renstra_and_national_standard(tell: Tell) -> None:
    told = texts(tell(typed_in({"sasaran": [SASARAN | {"target_renstra": 95.0, "standar_nasional": 76.0}]})))
    assert (
        "Terhadap target akhir Renstra sebesar 95, realisasi indikator Indeks kepuasan sebesar 76 menunjukkan kemajuan 80,00 persen."
        in told
    )
    assert (
        "Standar nasional untuk indikator Indeks kepuasan adalah 76; realisasi sebesar 76 sama dengan standar itu."
        in told
    )


def test_stated_causes_come_along(tell: Tell) -> None:
    second = LEAF | {"kode": "1.06.01.2.01.0002", "realisasi": 4.0, "realisasi_anggaran": 1000.0}
    entries = {
        "sasaran": [
            SASARAN
            | {
                "penyebab": "Petugas\nditambah",
                "upaya": "Pelatihan; ",
                "program_pendukung": "Program Satu; Program Dua",
            }
        ],
        "matriks": matrix(LEAF | {"keterangan": "Satu dokumen menunggu pengesahan"}, second),
    }
    told = texts(tell(typed_in(entries)))
    assert "Penyebab keberhasilan atau kegagalan indikator Indeks kepuasan: Petugas ditambah." in told
    assert "Upaya perbaikan indikator Indeks kepuasan: Pelatihan." in told
    assert "Pencapaian indikator Indeks kepuasan didukung oleh Program Satu dan Program Dua." in told
    assert (
        "terealisasi 3 dari 4 dokumen atau 75,00 persen. Penyebab yang dinyatakan: Satu dokumen menunggu pengesahan."
        in told
    )
    assert told.count("Penyebab yang dinyatakan") == 2  # also with the largest sisa
    assert (
        "Dari 3 indikator program, kegiatan, dan sub kegiatan pada Matriks, 3 dapat dinilai: 2 mencapai target dan 1 belum mencapai target."
        in told
    )


def test_several_sasaran_and_one_without_figures(tell: Tell) -> None:
    other = SASARAN | {"sasaran": "Menurunnya aduan", "realisasi": None}
    told = texts(tell(typed_in({"sasaran": [SASARAN, other]})))
    assert (
        "rata-rata capaian sasaran strategis adalah 95,00 persen dengan kategori Sangat Baik (1 sasaran belum dapat diukur"
        in told
    )
    assert (
        "capaian sasaran “Menurunnya aduan” belum dapat diukur, karena target atau realisasi indikatornya belum diisi."
        in told
    )


@pytest.mark.parametrize(
    ("money", "said"),
    [
        ((1000.0, None), "anggaran Rp 1.000, sedangkan realisasinya belum diisi."),
        (
            (None, 5.0),
            "realisasi Rp 5, sedangkan anggarannya belum diisi, sehingga persentasenya belum dapat dihitung.",
        ),
        ((0.0, 0.0), "anggaran Rp 0, realisasi Rp 0; persentase tidak dapat dihitung terhadap anggaran 0."),
        (
            (1000.0, 1200.0),
            "anggaran Rp 1.000, realisasi Rp 1.200 atau 120,00 persen, melebihi anggaran sebesar Rp 200.",
        ),
        ((1000.0, 1000.0), "anggaran Rp 1.000, realisasi Rp 1.000 atau 100,00 persen, tanpa sisa anggaran."),
        (
            ("seribu", 5.0),
            "realisasi Rp 5, sedangkan anggarannya belum terbaca sebagai angka, sehingga persentasenya belum dapat dihitung.",
        ),
        ((1000.5, 0.25), "anggaran Rp 1.000,50, realisasi Rp 0,25 atau 0,02 persen, dengan sisa anggaran Rp 1.000,25."),
    ],
)
def test_money_in_all_its_states(money: tuple[Value, Value], said: str, tell: Tell) -> None:
    belanja = [{"kode": "5.1.01", "uraian": "Belanja Pegawai", "anggaran": money[0], "realisasi_anggaran": money[1]}]
    assert f"Belanja Pegawai: {said}" in texts(tell(typed_in({"belanja": belanja, "matriks": matrix()})))


def test_belanja_that_does_not_add_up_to_the_matrix(tell: Tell) -> None:
    belanja = [{"kode": "5.1", "uraian": "BELANJA OPERASI", "anggaran": 1000.0, "realisasi_anggaran": 749.0}]
    told = texts(tell(typed_in({"belanja": belanja, "matriks": matrix()})))
    assert "Jumlah belanja menurut jenis berbeda dari jumlah menurut program: realisasi Rp 1." in told


def test_rows_out_of_use_count_nowhere(tell: Tell) -> None:
    zeroed = LEAF | {"kode": "1.06.01.2.01.0002", "status": "dinolkan", "realisasi": 0.0}
    told = tell(typed_in({"matriks": matrix(LEAF, zeroed)}))
    assert "Dari 2 indikator program" in texts(told) and "1 program, 1 kegiatan, dan 1 sub kegiatan." in texts(told)
    assert len(told.tables[-1].rows) == 4  # program, kegiatan, sub kegiatan, JUMLAH


def test_a_table_of_iku_without_a_matrix(tell: Tell) -> None:
    told = tell(iku().to_bytes("openpyxl"))
    said = texts(told)
    assert "LAKIP tahun laporan memuat 3 sasaran strategis dan 5 indikator kinerja utama." in said
    assert "rata-rata capaian sasaran strategis adalah 91,67 persen dengan kategori Sangat Baik." in said
    assert (
        said.count("Penyebab keberhasilan atau kegagalan semua indikator kinerja utama belum diisi pada lembar IKU.")
        == 1
    )
    assert "Belum ada: lembar Matriks dan lembar Belanja." in told.doubts[0].text.id
    assert "Rp" not in said and not any(table.wide for table in told.tables)


def test_an_offices_own_matrix_without_the_other_sheets(tell: Tell) -> None:
    told = tell(matrix_book().to_bytes("openpyxl"))
    said = texts(told)
    assert "LAKIP tahun laporan memuat 3 program, 6 kegiatan, dan 18 sub kegiatan." in said
    assert "Belum ada" not in said and "tidak memuat" not in said
    assert told.doubts[0].text.id.split(".")[0] == "Belum ada: lembar Sasaran dan lembar Belanja"
    assert "PROGRAM PELAYANAN 1: anggaran Rp 12.000.000, realisasi Rp 11.400.000 atau 95,00 persen" in said


def test_a_matrix_without_a_column_of_capaian_is_not_called_unmeasured(tell: Tell) -> None:
    data = own_matrix(
        ["1.06.01", "Program Penunjang", "Persentase rutin", "Persen", 90, 90, 5_000_000, 4_000_000],
        ["1.06.02", "Program Rehabilitasi Sosial", "Jumlah orang", "Orang", 20, None, 0, 0],
    )
    said = texts(tell(data))
    assert "0 belum mencapai target; 1 sudah terisi, tetapi belum ada angka capaiannya dan 1 belum diukur." in said
    assert "Program Penunjang: efisiensi belum dapat dihitung, karena capaian belum diketahui." in said


def test_what_no_level_tells_is_not_counted(tell: Tell) -> None:
    rows = matrix(LEAF, {key: value for key, value in LEAF.items() if key != "kode"} | {"uraian": "Tanpa kode"})
    told = tell(typed_in({"matriks": rows}))
    said = texts(told)
    assert "1 program" not in said and "indikator program, kegiatan, dan sub kegiatan" not in said
    assert "Sisa anggaran terbesar" not in said
    assert any(
        "Tingkat 1 baris pada lembar Matriks tidak dapat ditentukan (ST07)" in doubt.text.id for doubt in told.doubts
    )


def test_the_largest_sisa_is_named_only_where_there_is_one(tell: Tell) -> None:
    second = LEAF | {"kode": "1.06.01.2.01.0002"}
    assert "Sisa anggaran terbesar" not in texts(tell(typed_in({"matriks": matrix(LEAF, second)})))
    assert "Sisa anggaran terbesar" in texts(tell(typed_in({"matriks": matrix(LEAF, second | {"anggaran": 1001.0})})))


# -- figures in words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("satuan", "said"),
    [("Orang", "2 orang"), ("Orang/bulan", "2 orang/bulan"), ("%", "2 persen"), ("Indeks", "2"), ("PPKS", "2 PPKS"), ("", "2"),
     ("m2", "2 m2"), ("Unit  Kerja", "2 unit kerja")],
)  # fmt: skip
def test_amounts_with_their_satuan(satuan: str, said: str) -> None:
    assert words.amount(Decimal(2), satuan) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("91.01522122948953", "91,02"),
        ("0.005", "0,01"),
        ("-0.005", "-0,01"),
        ("1399.995", "1.400,00"),
        ("100", "100,00"),
        ("0", "0,00"),
    ],
)
def test_percentages_have_two_decimals_rounded_half_up(value: str, said: str) -> None:
    assert words.fixed(Decimal(value)) == said


@given(st.decimals(0, 10**13, places=2))
def test_what_is_written_reads_back_as_the_same_number(value: Decimal) -> None:
    assert read_number(words.rupiah(value)).value == value
    written = read_number("Rp " + words.fixed(value))
    assert round_half_up(value, 2) in ({written.value} | set(written.alternatives))


def test_lists() -> None:
    assert [words.listed(list("abc"[:n])) for n in (1, 2, 3)] == ["a", "a dan b", "a, b, dan c"]
