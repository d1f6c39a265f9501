"""The cached value of every formula that is written equals what independent engines compute, odd operands included."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lakip_xl.cells import Value
from oracles import compare_caches, ironcalc_values, libreoffice_values_of, needs_libreoffice
from workbooks import EXAMPLE, filled, matrices, typed_in

SETTINGS = st.fixed_dictionaries(
    {
        "periode": st.sampled_from(["Akhir tahun", "TW II", "Maret", None]),
        "rumus_rendah": st.sampled_from(["(2 x target - realisasi) / target", "target / realisasi"]),
        "batas_maksimum": st.sampled_from(["tidak ada", 100.0, 120.0]),
    }
)


@given(rows=matrices(), chosen=SETTINGS)
# No shrinking: each try starts two engines, and the message names the cell and the formula anyway.
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_ironcalc_agrees_on_random_matrices(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Value]], chosen: dict[str, Value]
) -> None:
    path = tmp_path_factory.mktemp("ic") / "filled.xlsx"
    path.write_bytes(filled(typed_in({"matriks": rows}, chosen)))
    assert compare_caches(path, ironcalc_values(path)) == []


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_agrees_on_random_matrices_and_the_example(tmp_path: Path) -> None:
    paths = [tmp_path / "example.xlsx"]
    paths[0].write_bytes(filled((EXAMPLE / "matriks.xlsx").read_bytes()))
    chance = random.Random(2023)
    for number in range(12):
        path = tmp_path / f"random-{number}.xlsx"
        path.write_bytes(filled(typed_in({"matriks": _some(chance)}, _chosen(chance))))
        paths.append(path)
    found = libreoffice_values_of(paths)
    differences = [compare_caches(path, values) for path, values in zip(paths, found, strict=True)]
    assert differences == [[] for _ in paths]


def _some(chance: random.Random) -> list[dict[str, Value]]:
    """A matrix by plain chance, for the engine that is too slow to be asked by hypothesis."""
    odd: list[Value] = [None, "-", "Rp -", "97.548.000", "12 Org", " ", 0.0]

    def figure(most: int) -> Value:
        return chance.choice(odd) if chance.random() < 0.25 else float(chance.randint(0, most))

    def indicator() -> dict[str, Value]:
        arah = chance.choice(["Makin tinggi makin baik", "Makin rendah makin baik", None])
        return {"indikator": "Indikator", "target": figure(200), "realisasi": figure(200), "arah": arah}

    rows: list[dict[str, Value]] = []
    for p in range(1, 4):
        rows.append({"kode": f"1.06.0{p}", "uraian": f"PROGRAM {p}", **indicator()})
        for k in range(1, 3):
            rows.append({"kode": f"1.06.0{p}.2.0{k}", "uraian": "Kegiatan"})
            for s in range(1, 4):
                leaf = {"kode": f"1.06.0{p}.2.0{k}.000{s}", "uraian": "Sub", **indicator()}
                leaf |= {"anggaran": figure(10**9), "realisasi_anggaran": figure(10**9)}
                rows.append(leaf | ({"tw1": figure(9), "tw3": figure(9), "realisasi": None} if s == 2 else {}))
                rows += [indicator()] if s == 3 else []
    return rows


def _chosen(chance: random.Random) -> dict[str, Value]:
    variant = chance.choice(["(2 x target - realisasi) / target", "target / realisasi"])
    return {"periode": chance.choice(["Akhir tahun", "TW II", "Maret"]), "rumus_rendah": variant}
