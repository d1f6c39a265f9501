"""What the workbook answers by itself, item by item, and the cells that it points to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from foreign_books import E81
from lakip_xl.cells import Value
from lakip_xl.review.checklist import GROUPS, ITEMS, RECALLED, SEEN
from named_books import iku, matrix
from reviewed import answers, evidence
from workbooks import Entries, typed_in

AUTOMATIC = {"I.2", "I.3", "I.6", "III.1", "III.4", "III.5", "III.7", *(f"LKE.{n}" for n in range(2, 11))}

IKU_ROW: dict[str, Value] = {
    "sasaran": "Layanan membaik", "indikator": "Cakupan layanan", "satuan": "Persen", "arah": "Makin tinggi makin baik",
    "target": 80.0, "realisasi": 72.0, "capaian_n1": 88.0, "capaian_n2": 85.0, "target_renstra": 95.0, "standar_nasional": 75.0,
    "program_pendukung": "Program Layanan", "penyebab": "Tenaga kurang", "upaya": "Pelatihan",
}  # fmt: skip
PK_ROW: dict[str, Value] = {key: IKU_ROW[key] for key in ("sasaran", "indikator", "satuan", "target")} | {
    "tahun": 2023.0
}
MONEY: dict[str, Value] = {"anggaran": 100.0, "realisasi_anggaran": 90.0}
FIGURES: dict[str, Value] = {
    "indikator": "Jumlah dokumen", "satuan": "Dokumen", "target": 10.0, "realisasi": 9.0, "arah": "Makin tinggi makin baik",
}  # fmt: skip
MATRIX: list[dict[str, Value]] = [
    {"kode": "1.06.01", "uraian": "PROGRAM LAYANAN", **FIGURES},
    {"kode": "1.06.01.2.01", "uraian": "Kegiatan"},
    {"kode": "1.06.01.2.01.0001", "uraian": "Sub kegiatan", **FIGURES, **MONEY},
]
BELANJA: list[dict[str, Value]] = [{"kode": "5.1", "uraian": "BELANJA OPERASI", **MONEY}]


def whole(**tables: Entries) -> bytes:
    """A workbook in which everything is there; ``tables`` stand in for its tables."""
    entries: dict[str, Entries] = {
        "sasaran": [IKU_ROW],
        "pk": [PK_ROW],
        "matriks": MATRIX,
        "belanja": BELANJA,
        **tables,
    }
    return typed_in(entries, {"kabupaten": "Kabupaten Contoh"})


def changed(rows: Entries, number: int = 0, **changes: Value) -> Entries:
    return [{**row, **changes} if n == number else row for n, row in enumerate(rows)]


def test_the_checklist_says_of_each_question_where_it_comes_from() -> None:
    assert [len(group.items) for group in GROUPS] == [6, 7, 10, 10]
    assert len(ITEMS) == 33
    assert {key for key, item in ITEMS.items() if item.check is not None} == AUTOMATIC
    for key, item in ITEMS.items():
        assert item.source == (SEEN if key.startswith("LKE") else RECALLED)
        assert bool(item.checked) == (item.check is not None)
        assert item.text.endswith(".")


def test_the_example_item_by_item(example_source: bytes) -> None:
    assert answers(example_source) == {
        "I.2": "Ya: 30 dari 30",
        "I.3": "Sebagian: 26 dari 30",  # two capaian out of bounds, two behind their money, all unexplained
        "I.6": "Ya: 24 dari 24",
        "III.1": "Ya: 1 dari 1",
        "III.4": "Ya: 1 dari 1",
        "III.5": "Ya: 1 dari 1",
        "III.7": "Sebagian: 1 dari 3",  # the year before, but neither Renstra nor a national standard
        "LKE.2": "Ya: 30 dari 30",
        "LKE.3": "Ya: 1 dari 1",
        "LKE.4": "Tidak: 0 dari 1",
        "LKE.5": "Sebagian: 1 dari 2",
        "LKE.6": "Tidak: 0 dari 1",
        "LKE.7": "Ya (a): 1 dari 1",
        "LKE.8": "Tidak: 0 dari 1",
        "LKE.9": "Ya: 5 dari 5",
        "LKE.10": "Tidak: 0 dari 1",
    }
    assert evidence(example_source, "I.3") == [
        ("Sasaran: 1 dari 1 indikator mempunyai realisasi dan capaian.", "Sasaran!M7"),
        ("Matriks: 29 dari 29 indikator mempunyai realisasi dan capaian.", "Matriks!L7"),
        ("Matriks: 4 di antaranya masih dipertanyakan (Catatan Perbaikan).", ""),
        ("CP03: Penyediaan Gaji dan Tunjangan ASN (1.400 %)", "Matriks!L12"),
        ("AG06: Pemeliharaan Peralatan dan Mesin Lainnya (68 %)", "Matriks!L16"),
        ("AG06: Pemeliharaan/Rehabilitasi Gedung Kantor dan Bangunan Lainnya (50 %)", "Matriks!L17"),
        ("CP03: Pelayanan Dukungan Psikososial (114,28 %)", "Matriks!L45"),
    ]
    assert evidence(example_source, "I.6")[1:] == [
        ("Jumlah: Rp 2.383.192.105 dari Rp 2.618.454.444 (91,02 %).", "Matriks!N88"),
        ("Jumlah Belanja sama dengan jumlah Matriks.", "Belanja!D7"),
    ]
    assert evidence(example_source, "LKE.7") == [
        ("Meningkatnya kesejahteraan sosial masyarakat: 4 program, Rp 166.817.566 dari Rp 167.726.000.", "Sasaran!T7")
    ]


def test_a_whole_workbook_answers_ya_to_everything() -> None:
    found = answers(whole())
    assert {key: shown.split(":")[0] for key, shown in found.items()} == dict.fromkeys(AUTOMATIC, "Ya") | {
        "LKE.7": "Ya (a)"
    }


@pytest.mark.parametrize(
    ("tables", "key", "shown"),
    [
        ({"sasaran": changed([IKU_ROW], target=None)}, "I.2", "Sebagian: 2 dari 3"),
        ({"sasaran": changed([IKU_ROW], target="-")}, "I.2", "Sebagian: 2 dari 3"),
        ({"sasaran": [IKU_ROW, {"indikator": "Yang lain"}]}, "I.2", "Sebagian: 3 dari 4"),
        ({"sasaran": []}, "I.2", "Sebagian"),
        ({"sasaran": [], "matriks": []}, "I.2", "Tidak"),
        ({"matriks": changed(MATRIX, 2, target=0.0)}, "LKE.2", "Sebagian: 2 dari 3"),  # the capaian cannot be worked out
        ({"matriks": changed(MATRIX, 2, realisasi=None)}, "I.3", "Sebagian: 2 dari 3"),
        ({"matriks": changed(MATRIX, 2, realisasi=90.0)}, "I.3", "Sebagian: 2 dari 3"),  # 900 %: a finding is open
        ({"matriks": changed(MATRIX, 2, realisasi=90.0, keterangan="Dihitung per bulan.")}, "I.3", "Ya: 3 dari 3"),
        ({"matriks": changed(MATRIX, 2, realisasi_anggaran=None)}, "I.6", "Tidak: 0 dari 1"),
        ({"belanja": changed(BELANJA, realisasi_anggaran=89.0)}, "I.6", "Sebagian"),
        ({"matriks": changed(MATRIX, 0, anggaran=101.0)}, "I.6", "Sebagian"),  # a sum that is wrong
        ({"belanja": []}, "I.6", "Ya: 1 dari 1"),
        ({"pk": []}, "III.1", "—"),
        ({"pk": changed([PK_ROW], tahun=2022.0)}, "III.1", "—"),
        ({"pk": changed([PK_ROW], sasaran="LAYANAN membaik.")}, "III.1", "Ya: 1 dari 1"),
        ({"pk": changed([PK_ROW], sasaran="Layanan baik")}, "III.1", "Tidak: 0 dari 2"),
        ({"pk": [PK_ROW, {**PK_ROW, "sasaran": "Tata kelola", "indikator": "Nilai"}]}, "III.1", "Sebagian: 1 dari 2"),
        ({"sasaran": [IKU_ROW, {"sasaran": "Tata kelola"}]}, "III.4", "Sebagian: 1 dari 2"),
        ({"sasaran": changed([IKU_ROW], sasaran=None)}, "III.4", "Tidak: 0 dari 1"),
        ({"sasaran": [IKU_ROW, {**IKU_ROW, "indikator": "Yang lain"}]}, "III.4", "Ya: 1 dari 1"),  # written on each row
        ({"pk": changed([PK_ROW], target=81.0)}, "III.5", "Tidak: 0 dari 1"),
        ({"pk": changed([PK_ROW], satuan="Orang")}, "III.5", "Tidak: 0 dari 1"),
        ({"pk": changed([PK_ROW], target=None)}, "III.5", "Tidak: 0 dari 1"),
        ({"sasaran": [IKU_ROW, {**IKU_ROW, "indikator": "Yang lain"}]}, "III.5", "Sebagian: 1 dari 2"),
        ({"sasaran": changed([IKU_ROW], standar_nasional=None)}, "III.7", "Sebagian: 2 dari 3"),
        ({"sasaran": changed([IKU_ROW], capaian_n2=None)}, "LKE.5", "Sebagian: 1 dari 2"),
        ({"sasaran": changed([IKU_ROW], penyebab="-")}, "LKE.8", "Tidak: 0 dari 1"),
        ({"matriks": changed(MATRIX, 2, anggaran="seratus")}, "I.6", "Sebagian"),
        ({"sasaran": changed([IKU_ROW], upaya=None)}, "LKE.8", "Tidak: 0 dari 1"),
        ({"sasaran": changed([IKU_ROW], upaya=None)}, "LKE.10", "Tidak: 0 dari 1"),
        ({"sasaran": changed([IKU_ROW], realisasi=80.0, upaya=None)}, "LKE.10", "—"),  # nothing to recommend
        ({"matriks": changed(MATRIX, 0, realisasi=None)}, "LKE.9", "Tidak: 0 dari 1"),
    ],
)  # fmt: skip
def test_an_answer_claims_no_more_than_the_cells_prove(tables: dict[str, Any], key: str, shown: str) -> None:
    assert answers(whole(**tables))[key] == shown


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("11111", "Ya (a): 5 dari 5"), ("11110", "Sebagian (c): 4 dari 5"), ("111110", "Sebagian (b): 5 dari 6"),
        ("10", "Sebagian (d): 1 dari 2"), ("1100", "Sebagian (d): 2 dari 4"), ("00", "Tidak (e): 0 dari 2"),
    ],
)  # fmt: skip
def test_money_by_sasaran_has_the_grades_of_the_lke(named: str, shown: str) -> None:
    programs: Mapping[str, Value] = {"1": "Program Layanan", "0": None}
    rows = [
        {**IKU_ROW, "sasaran": f"Sasaran {n}", "indikator": f"Cakupan {n}", "program_pendukung": programs[each]}
        for n, each in enumerate(named)
    ]
    assert answers(whole(sasaran=rows))["LKE.7"] == shown


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("Program Lain Sekali", "program 'lain sekali' tidak ada pada Matriks."),
        ("Program Layanan; Program Lain Sekali", "program 'lain sekali' tidak ada pada Matriks."),
        (None, "program pendukung belum disebut."),
        ("Layanan", "1 program, Rp 90 dari Rp 100."),
    ],
)
def test_money_of_a_sasaran_is_that_of_its_programs(program: Value, says: str) -> None:
    found = evidence(whole(sasaran=changed([IKU_ROW], program_pendukung=program)), "LKE.7")
    assert found == [(f"Layanan membaik: {says}", "Sasaran!T7")]


def test_what_differs_is_named_at_its_cell() -> None:
    other = {**PK_ROW, "indikator": "Indeks kepuasan", "target": 3.0}
    found = evidence(whole(pk=[{**PK_ROW, "target": 81.0}, other]), "III.5")
    assert found[2:] == [
        ("target 80, pada PK 81: Cakupan layanan", "Sasaran!I7"),
        ("hanya pada PK: Indeks kepuasan", "PK!D8"),
    ]


def test_many_rows_that_lack_something_are_counted() -> None:
    rows = [IKU_ROW, *({"indikator": f"Tanpa target {n}"} for n in range(5))]
    found = evidence(whole(sasaran=rows), "I.2")
    assert found[:5] == [
        ("Sasaran: 1 dari 6 indikator bertarget.", "Sasaran!I7"),
        ("belum: Tanpa target 0", "Sasaran!I8"),
        ("belum: Tanpa target 1", "Sasaran!I9"),
        ("belum: Tanpa target 2", "Sasaran!I10"),
        ("… dan 2 lainnya, mulai dari Tanpa target 3", "Sasaran!I11"),
    ]


def test_a_workbook_of_iku_alone_says_nothing_of_money() -> None:
    found = answers(iku(typed=True).to_bytes())
    assert {key: shown for key, shown in found.items() if shown.startswith("—")} == dict.fromkeys(
        ("I.6", "III.1", "III.5", "III.7", "LKE.4", "LKE.5", "LKE.6", "LKE.7", "LKE.8", "LKE.9", "LKE.10"), "—"
    )
    assert (found["I.2"], found["I.3"], found["III.4"]) == ("Ya: 5 dari 5", "Ya: 5 dari 5", "Ya: 3 dari 3")


@pytest.mark.parametrize("source", [E81().to_bytes(), matrix().to_bytes()], ids=["E.81", "names in columns"])
def test_a_matrix_of_an_office_without_sasaran_is_never_a_plain_ya(source: bytes) -> None:
    found = answers(source)
    assert found["I.2"] == "Sebagian"
    assert found["LKE.2"] == "Sebagian"
    assert found["I.6"].startswith("Ya")
    assert {found[key] for key in ("III.1", "III.4", "III.5", "III.7", "LKE.3", "LKE.4", "LKE.7", "LKE.10")} == {"—"}
