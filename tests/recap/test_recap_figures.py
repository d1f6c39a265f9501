"""What is taken from one workbook: the figures of its own Ringkasan, and a reason where nothing can be taken."""

from __future__ import annotations

import io
import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lakip_xl import tasks, template
from lakip_xl.recap.taken import Left
from lakip_xl.tasks import recapping
from received import REGION, made, taken
from workbooks import filled, typed_in


def put(tmp_path: Path, data: bytes, name: str = "buku.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_the_figures_are_those_of_ringkasan(tmp_path: Path, example: bytes) -> None:
    done = tasks.fill(put(tmp_path, example))
    cells: dict[object, Any] = {}
    for row in openpyxl.load_workbook(done.path, data_only=True)["Ringkasan"]:
        for cell in row:
            cells.setdefault(cell.value, cell)

    def below(label: str) -> float:
        return float(cells[label].offset(1, 0).value)

    for path in (tmp_path / "buku.xlsx", done.path):
        found = taken(path)
        assert found.anggaran == Decimal(2_618_454_444) == below("ANGGARAN")
        assert found.realisasi == Decimal(2_383_192_105) == below("REALISASI")
        capaian, kategori = (cells["RATA-RATA SASARAN"].offset(0, n).value for n in (1, 2))
        assert found.capaian == pytest.approx(capaian, rel=1e-12)
        assert found.kategori.upper() == kategori
        assert (found.office, found.region, found.year, found.month) == (
            "Dinas Sosial",
            "Kabupaten Manggarai",
            2023,
            12,
        )
        report = tasks.validate(path)
        assert (found.errors > 0) is (report.exit_code() == 1)
        assert found.open == report.unexplained
        assert len(found.issues) == len(report.findings)
        assert found.explained + found.open + found.errors + found.told == len(report.findings)


def test_iku_reached_are_counted(tmp_path: Path) -> None:
    rows = [
        {"sasaran": "A", "indikator": "satu", "satuan": "Persen", "target": 90.0, "realisasi": 90.0},
        {"indikator": "dua", "satuan": "Persen", "target": 90.0, "realisasi": 89.99},
        {
            "sasaran": "B",
            "indikator": "tiga",
            "satuan": "Persen",
            "target": 3.0,
            "realisasi": 2.0,
            "arah": "Makin rendah makin baik",
        },
        {"indikator": "empat", "satuan": "Persen", "target": 90.0},
    ]
    found = taken(put(tmp_path, typed_in({"sasaran": rows})))
    assert (found.reached, found.iku) == (2, 4)


def test_a_filled_workbook_and_its_source_say_the_same(tmp_path: Path) -> None:
    data = made(3)
    one, other = (taken(put(tmp_path, each, f"{n}.xlsx")) for n, each in enumerate((data, filled(data))))
    assert one.figures == other.figures
    assert taken(put(tmp_path, made(4), "lain.xlsx")).figures != one.figures


def leaf(number: int, pagu: float, used: float, **more: object) -> dict[str, object]:
    kode, name = f"1.06.01.2.01.000{number}", f"Sub {number}"
    measured = {"indikator": "Jumlah dokumen", "satuan": "Dokumen", "target": 4.0, "realisasi": 4.0}
    return {"kode": kode, "uraian": name, **measured, "anggaran": pagu, "realisasi_anggaran": used, **more}


def test_a_sisa_about_which_something_is_open_is_counted_but_not_ranked(tmp_path: Path) -> None:
    parents = [{"kode": "1.06.01", "uraian": "PROGRAM"}, {"kode": "1.06.01.2.01", "uraian": "Kegiatan"}]
    leaves = [leaf(n, 1_000_000.0 + n, 999_000.0) for n in range(1, 8)]
    leaves.append(leaf(8, 9_000_000.0, 1_000.0))  # far below the bound of serapan, and not explained
    leaves.append(leaf(9, 8_000_000.0, 1_000.0, keterangan="Lelang gagal dua kali, dilanjutkan tahun depan."))
    found = taken(put(tmp_path, typed_in({"matriks": [*parents, *leaves]})))  # type: ignore[list-item]
    assert found.left[0] == Left("1.06.01.2.01.0009", "Sub 9", Decimal(8_000_000), Decimal(1_000))
    assert [each.name for each in found.left[1:]] == ["Sub 7", "Sub 6", "Sub 5", "Sub 4"]
    assert found.left_open == (1, Decimal(8_999_000))
    assert [(p.urusan, p.kode, p.anggaran) for p in found.programs] == [("1.06", "1.06.01", found.anggaran)]


def test_a_pk_that_differs_is_counted(tmp_path: Path) -> None:
    row = {"sasaran": "A", "indikator": "Persentase layanan", "satuan": "Persen", "target": 90.0, "realisasi": 90.0}
    agreed = {"tahun": 2023.0, "indikator": "Persentase layanan", "satuan": "Persen", "target": 90.0}
    for target, many in ((90.0, 0), (95.0, 1)):
        data = typed_in({"sasaran": [row], "pk": [agreed | {"target": target}]})
        assert taken(put(tmp_path, data)).pk == many
    assert taken(put(tmp_path, typed_in({"sasaran": [row]}))).pk is None


def test_it_goes_from_process_to_process_and_into_json(tmp_path: Path) -> None:
    found = taken(put(tmp_path, made(5)), whole=True)
    assert pickle.loads(pickle.dumps(found)) == found
    assert json.dumps([found.name, found.left_open[0], *map(str, found.data[:3])])
    assert {each.column for each in found.data if each.table == "matriks"} >= {
        "anggaran",
        "realisasi_anggaran",
        "capaian",
    }
    total = sum(
        each.number or 0
        for each in found.data
        if (each.table, each.level, each.column) == ("matriks", "program", "anggaran")
    )
    assert total == found.anggaran
    assert found.region == REGION


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError()])
def test_whatever_goes_wrong_is_a_row_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def examine(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr(recapping, "examine", examine)
    found = taken(put(tmp_path, made(1)))
    assert found.reason is not None
    assert type(error).__name__ in found.reason.id
    assert found.anggaran is None


def test_a_file_that_went_away_meanwhile_is_said_to_be_missing(tmp_path: Path) -> None:
    found = taken(tmp_path / "hilang.xlsx")
    assert found.missing
    assert found.reason is not None and "tidak ditemukan" in found.reason.id


def test_an_empty_template_is_no_failure(tmp_path: Path) -> None:
    found = taken(put(tmp_path, template.build(year=2023, instansi="Dinas Sosial")))
    assert found.reason is None
    assert (found.anggaran, found.capaian, found.iku) == (None, None, 0)


def test_outputs_of_ours_are_no_workbook_of_an_office(tmp_path: Path, example: bytes) -> None:
    path = put(tmp_path, example)
    tasks.export(path, tmp_path / "e81.xlsx")
    found = taken(tmp_path / "e81.xlsx")
    assert found.aside
    assert found.reason == recapping.OURS
    assert not taken(path).aside
    assert openpyxl.load_workbook(io.BytesIO(example)).sheetnames
