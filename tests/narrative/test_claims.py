"""A statement that the figures contradict is named with its cell; one that can be meant otherwise is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lakip_xl.narrative import Narrative
from lakip_xl.workbook import Workbook
from workbooks import typed_in

Tell = Callable[[bytes], Narrative]
PROGRAM = {
    "kode": "1.06.01",
    "uraian": "PROGRAM SATU",
    "indikator": "Layanan",
    "satuan": "Persen",
    "target": 50.0,
    "realisasi": 50.0,
}
KEGIATAN = {"kode": "1.06.01.2.01", "uraian": "Rehabilitasi dasar"}
GOOD = {"kode": "1.06.01.2.01.0001", "uraian": "Penyediaan alat", "indikator": "Jumlah alat", "satuan": "Unit", "target": 25.0,
        "realisasi": 25.0, "anggaran": 600.0, "realisasi_anggaran": 600.0}  # fmt: skip
SHORT = {**GOOD, "kode": "1.06.01.2.01.0002", "uraian": "Pemeliharaan alat", "realisasi": 17.0}
NONE = {**GOOD, "kode": "1.06.01.2.01.0003", "uraian": "Bahan bacaan", "realisasi": 0.0}
IKU = {"sasaran": "Sejahtera", "indikator": "Penanganan", "satuan": "Orang", "target": 100.0, "realisasi": 98.0}


def doubts(
    tell_unjudged: Tell, penyebab: str, *leaves: Any, column: str = "penyebab", identity: Any = None
) -> list[str]:
    rows = [PROGRAM, KEGIATAN, *(leaves or (GOOD, SHORT, NONE))]
    told = tell_unjudged(typed_in({"sasaran": [IKU | {column: penyebab}], "matriks": rows}, identity))
    return [f"{doubt.cell.a1}: {doubt.text.id}" for doubt in told.doubts if doubt.cell is not None]


def test_the_claim_of_the_published_report_beside_its_figures(tell: Tell, source: bytes) -> None:
    book = Workbook.from_bytes(source, "matriks.xlsx")
    book.sheet("Sasaran").write((7, 21), value="Pada tahun 2023 semua program dan kegiatan berhasil. Petugas cukup.")
    found = [doubt for doubt in tell(book.to_bytes()).doubts if doubt.cell is not None]
    assert [str(doubt.cell) for doubt in found] == ["Sasaran!U7"]
    assert found[0].text.id == (
        "Tertulis “Pada tahun 2023 semua program dan kegiatan berhasil”, padahal 3 dari 28 indikator yang dimaksud belum mencapai target: "
        "Jumlah Peralatan dan Mesin Lainnya yang Dipelihara 17 dari 25 unit (Matriks!K16); Jumlah Gedung Kantor dan Bangunan Lainnya yang "
        "Dipelihara/Direhabilitasi 1 dari 2 unit (Matriks!K17); dan Jumlah Dokumen Bahan Bacaan dan Peraturan Perundang-Undangan yang "
        "Disediakan 0 dari 12 dokumen (Matriks!K26)."
    )
    assert (
        found[0].text.en.startswith("It says “Pada")
        and "3 of the 28 indicators meant are short of the target" in found[0].text.en
    )


def test_money_of_the_program_said_of_its_kegiatan(tell: Tell, source: bytes) -> None:
    book = Workbook.from_bytes(source, "matriks.xlsx")
    name = str(book.sheet("Matriks").cell((37, 3)).value)
    other = str(book.sheet("Matriks").cell((34, 3)).value)
    book.sheet("Sasaran").write(
        (7, 21),
        value=f"Kegiatan {other} dengan anggaran Rp 97.548.000,- melayani 30 orang; kegiatan {name} Rp 12.476.000.",
    )
    found = [doubt for doubt in tell(book.to_bytes()).doubts if doubt.cell is not None]
    assert len(found) == 1
    assert (
        "padahal Rp 97.548.000 adalah anggaran PROGRAM REHABILITASI SOSIAL (Matriks!M33); anggaran kegiatan"
        in found[0].text.id
    )
    assert found[0].text.id.endswith("(Matriks!M34) adalah Rp 85.072.000.")


@pytest.mark.parametrize(
    ("text", "against"),
    [
        ("Semua program dan kegiatan berhasil", "2 dari 4 indikator yang dimaksud belum mencapai target"),
        ("Seluruh kegiatan telah terlaksana 100%", "2 dari 3 indikator"),
        (
            "Seluruh kegiatan telah terlaksana dengan baik",
            "1 dari 3 indikator yang dimaksud tidak terlaksana sama sekali: Jumlah alat 0",
        ),
        ("seluruh program/kegiatan mencapai target", "2 dari 4 indikator"),
        ("Seluruh sub kegiatan tercapai", "2 dari 3 indikator"),
        ("Semua indikator kinerja utama tercapai", "belum mencapai target: Penanganan 98 dari 100 orang (Sasaran!L7)"),
        ("Semua program berhasil melampaui target", "tidak melampaui target: Layanan 50 dari 50 persen"),
        ("Realisasi melampaui target", "tidak melampaui target: Penanganan 98 dari 100"),
        ("Target tercapai dengan baik", "belum mencapai target: Penanganan"),
        ("Semua berhasil", "3 dari 5 indikator"),
        ("Seluruh sasaran dan kegiatan yang direncanakan pada tahun 2023 tercapai", "3 dari 4 indikator"),
    ],
)
def test_contradicted(text: str, against: str, tell_unjudged: Tell) -> None:
    found = doubts(tell_unjudged, f"Petugas cukup. {text}.")
    assert len(found) == 1 and found[0].startswith("U7: ") and against in found[0], found


@pytest.mark.parametrize(
    "text",
    [
        "Semua program berhasil",  # its own indicator reached its target
        "Seluruh indikator program tercapai",
        "Tidak semua kegiatan berhasil",
        "Belum seluruh kegiatan tercapai",
        "Hampir semua kegiatan berhasil",
        "Semua kegiatan berhasil kecuali pemeliharaan alat",
        "Seluruh kegiatan tercapai, namun pemeliharaan alat belum selesai",
        "Seluruh kegiatan tercapai 89 %",
        "Seluruh kegiatan tercapai sebesar 91,02 persen",
        "Pada tahun 2022 semua kegiatan berhasil",
        "Agar seluruh kegiatan tercapai, petugas ditambah",
        "Semua kegiatan berhasil menurunkan jumlah aduan",
        "Seluruh kegiatan pada Program Dua berhasil",
        "Semua petugas kegiatan berhasil dilatih",
        "Beberapa kegiatan melampaui target",
        "Realisasi melampaui target Renstra",
        "Realisasi melampaui target nasional",
        "Seluruh kegiatan mencapai target penyerapan",
        "Keberhasilan program didukung semua pihak",
        "Kegiatan Rehabilitasi dasar dengan anggaran Rp 1.800",  # its own
    ],
)
def test_what_can_be_meant_otherwise_is_left_alone(text: str, tell_unjudged: Tell) -> None:
    assert doubts(tell_unjudged, f"{text}.") == []


def test_no_claim_is_contradicted_where_all_was_reached(tell_unjudged: Tell) -> None:
    assert doubts(tell_unjudged, "Semua program dan kegiatan berhasil. Seluruh kegiatan terlaksana.", GOOD) == []


def test_targets_are_not_judged_before_the_year_is_over(tell_unjudged: Tell) -> None:
    assert doubts(tell_unjudged, "Semua kegiatan berhasil.", identity={"periode": "TW III"}) == []


def test_plans_are_not_claims_but_what_is_done_is(tell_unjudged: Tell) -> None:
    assert doubts(tell_unjudged, "Semua kegiatan tercapai", column="upaya") == []
    assert len(doubts(tell_unjudged, "Semua kegiatan telah tercapai", column="upaya")) == 1


def test_money_that_is_said_to_be_spent(tell_unjudged: Tell) -> None:
    left = GOOD | {"realisasi_anggaran": 540.0}
    found = doubts(tell_unjudged, "Seluruh anggaran terserap", left)
    assert found == [
        "U7: Tertulis “Seluruh anggaran terserap”, padahal terealisasi Rp 540 dari Rp 600 atau 90,00 persen."
    ]
    assert doubts(tell_unjudged, "Seluruh anggaran terserap", GOOD) == []
    assert doubts(tell_unjudged, "Seluruh anggaran terserap 90 persen", left) == []


@pytest.mark.parametrize(
    ("row", "text", "cells"),
    [
        (0, "Semua kegiatan berhasil", ["P7"]),
        (1, "Semua sub kegiatan tercapai", ["P8"]),
        (2, "Semua kegiatan berhasil", []),
        (3, "Semua kegiatan berhasil", ["P10"]),
        (2, "Semua berhasil", []),
        (3, "Semua berhasil", ["P10"]),
        (0, "Semuanya telah tercapai", ["P7"]),
        (3, "Semua berhasil dilatih", []),
        (3, "Target tercapai", ["P10"]),
        (2, "Target tercapai", []),
        (3, "Seluruh anggaran terserap", []),
    ],
)
def test_keterangan_speaks_of_its_row_and_those_below(
    row: int, text: str, cells: list[str], tell_unjudged: Tell
) -> None:
    rows: list[dict[str, Any]] = [PROGRAM, KEGIATAN, GOOD, SHORT]
    rows[row] = {**rows[row], "keterangan": text}
    told = tell_unjudged(typed_in({"matriks": rows}))
    assert [doubt.cell.a1 for doubt in told.doubts if doubt.cell is not None] == cells


def test_with_several_sasaran_only_the_named_programs_are_meant(tell_unjudged: Tell) -> None:
    other = {**PROGRAM, "kode": "1.06.02", "uraian": "PROGRAM DUA"}
    below = [{**KEGIATAN, "kode": "1.06.02.2.01"}, {**SHORT, "kode": "1.06.02.2.01.0001"}]
    told = {}
    for name in ("Program Satu", "Program Dua", None):
        first = IKU | {"penyebab": "Semua kegiatan berhasil", "program_pendukung": name}
        rows = [PROGRAM, KEGIATAN, GOOD, other, *below]
        found = tell_unjudged(typed_in({"sasaran": [first, IKU | {"sasaran": "Aman"}], "matriks": rows}))
        told[name] = len([doubt for doubt in found.doubts if doubt.cell is not None])
    assert told == {"Program Satu": 0, "Program Dua": 1, None: 0}


def test_lower_is_better_and_zero_is_no_failure(tell_unjudged: Tell) -> None:
    cases = {**NONE, "arah": "Makin rendah makin baik"}
    assert doubts(tell_unjudged, "Seluruh kegiatan telah terlaksana", GOOD, cases) == []
