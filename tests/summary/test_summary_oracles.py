"""The cached value of every formula on the two sheets is what independent engines compute, whatever the office typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lakip_xl.cells import Value
from lakip_xl.form.efficiency import REGULATION, SIMPLE
from oracles import compare_caches, ironcalc_values, libreoffice_values_of, needs_libreoffice
from workbooks import amounts, matrices, money, odd, typed_in
from xlsx_checks import problems

IDENTITY = st.fixed_dictionaries(
    {
        "periode": st.sampled_from(["Akhir tahun", "TW II", "Maret", None]),
        "perangkat_daerah": st.sampled_from(["Dinas Sosial", "=1+1", None]),
        "batas_maksimum": st.sampled_from(["tidak ada", 100.0, 120.0, None]),
        "metode_efisiensi": st.sampled_from([SIMPLE, REGULATION, None]),
        "batas_ck": st.sampled_from([100.0, 120.0, "tidak ada", "120", None]),
    }
)
_figure = st.one_of(amounts, amounts, st.none(), odd)
SASARAN = st.lists(
    st.fixed_dictionaries(
        {
            "sasaran": st.sampled_from(["Sasaran satu", "Sasaran dua", None]),
            "indikator": st.just("Indikator"),
            "target": _figure,
            "realisasi": _figure,
            "capaian_n1": _figure,
            "target_renstra": _figure,
        }
    ),
    max_size=5,
)
BELANJA = st.lists(
    st.fixed_dictionaries(
        {"anggaran": st.one_of(money, st.none(), odd), "realisasi_anggaran": st.one_of(money, st.none(), odd)}
    ),
    max_size=8,
)
Rows = list[dict[str, Value]]


@given(matrix=matrices(most=3), sasaran=SASARAN, belanja=BELANJA, identity=IDENTITY)
# No shrinking: each try starts an engine, and the message names the cell and the formula anyway.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_ironcalc_agrees_and_a_refill_is_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    summarise: Callable[..., Any],
    matrix: Rows,
    sasaran: Rows,
    belanja: Rows,
    identity: dict[str, Value],
) -> None:
    made = summarise(typed_in({"matriks": matrix, "sasaran": sasaran, "belanja": belanja}, identity))
    path = tmp_path_factory.mktemp("ic") / "ringkasan.xlsx"
    path.write_bytes(made.file)
    assert compare_caches(path, ironcalc_values(path)) == []
    assert problems(path) == []
    assert summarise(made.file).pages == made.pages


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_agrees(example: Any, summarise: Callable[..., Any], tmp_path: Path) -> None:
    drawn: list[bytes] = [example.file]

    @given(matrix=matrices(most=3), sasaran=SASARAN, belanja=BELANJA, identity=IDENTITY)
    @settings(
        max_examples=10,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def draw(matrix: Rows, sasaran: Rows, belanja: Rows, identity: dict[str, Value]) -> None:
        drawn.append(summarise(typed_in({"matriks": matrix, "sasaran": sasaran, "belanja": belanja}, identity)).file)

    draw()
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(drawn))]
    for path, data in zip(paths, drawn, strict=True):
        path.write_bytes(data)
    wrong = {
        path.name: compare_caches(path, values)
        for path, values in zip(paths, libreoffice_values_of(paths), strict=True)
    }
    assert {name: found for name, found in wrong.items() if found} == {}
