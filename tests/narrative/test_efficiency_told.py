"""What the report says of efisiensi is what Ringkasan prints; a sasaran is one however often its name stands."""

from __future__ import annotations

from collections.abc import Mapping

from lakip_xl import narrative, tasks
from lakip_xl.cells import Value
from lakip_xl.form import formulas as f
from lakip_xl.form.efficiency import REGULATION
from lakip_xl.rules.efficiency import efficiency
from lakip_xl.rules.overall import sasaran_rows
from workbooks import typed_in

ROWS: list[Mapping[str, Value]] = [
    {"kode": "1.06.01", "uraian": "PROGRAM PENUNJANG", "indikator": "Nilai", "target": 70.0, "realisasi": 70.0, "arah": f.HIGHER},
    {"kode": "1.06.01.2.01", "uraian": "Perencanaan"},
    {"kode": "1.06.01.2.01.0001", "uraian": "Sub 1", "indikator": "Dokumen", "satuan": "Dokumen", "arah": f.HIGHER, "target": 10.0,
     "realisasi": 10.0, "anggaran": 1_000.0, "realisasi_anggaran": 900.0},
    {"kode": "1.06.01.2.01.0002", "uraian": "Sub 2", "indikator": "Dokumen", "satuan": "Dokumen", "arah": f.HIGHER, "target": 10.0,
     "realisasi": 9.0, "anggaran": 1_000.0, "realisasi_anggaran": 800.0},
]  # fmt: skip
IKU: Mapping[str, Value] = {"arah": f.HIGHER, "satuan": "%", "target": 100.0}


def told(source: bytes) -> tuple[str, tasks.Examination]:
    seen = tasks.examine(source)
    made = narrative.narrate(seen.document, seen.findings, seen.plan.seen)
    return " ".join(sentence.text for sentence in made.sentences), seen


def test_the_regulations_efisiensi_where_it_is_chosen() -> None:
    said, seen = told(typed_in({"matriks": ROWS}, metode_efisiensi=REGULATION))
    found = efficiency(seen.document, seen.findings)
    assert found is not None and found.regulated is not None and found.regulated.counted == 2
    # By hand: (1.000 x 100 % + 1.000 x 90 %) = 1.900 promised, 1.700 spent; 200 of 1.900 is 10,53 %; 50 + 10,5263 x 2,5 = 76,32.
    assert (
        "efisiensi menurut PMK 22/2021 adalah 10,53 persen dengan nilai efisiensi 76,32, dihitung dari 2 sub kegiatan."
        in said
    )
    assert "Sebagai pembanding, capaian setiap program dikurangi serapan" in said


def test_capaian_less_serapan_where_nothing_is_chosen() -> None:
    said, _ = told(typed_in({"matriks": ROWS}))
    assert "Efisiensi dihitung sebagai capaian kinerja program dikurangi serapan" in said and "PMK" not in said


def test_a_sasaran_whose_name_stands_on_each_of_its_indicators_is_one() -> None:
    rows: list[Mapping[str, Value]] = [
        {**IKU, "sasaran": "Meningkatnya layanan", "indikator": "Cakupan", "realisasi": 90.0},
        {**IKU, "sasaran": "Meningkatnya layanan", "indikator": "Kepuasan", "realisasi": 100.0},
        {**IKU, "sasaran": "Menurunnya kemiskinan", "indikator": "Penduduk", "realisasi": 80.0},
    ]
    said, seen = told(typed_in({"matriks": ROWS, "sasaran": rows}))
    assert [row.text_of("indikator") for row, _ in sasaran_rows(seen.document)] == ["Cakupan", "Penduduk"]
    assert "memuat 2 sasaran strategis" in said and "95,00 persen" in said
    assert "Meningkatnya layanan” belum dapat diukur" not in said
