"""Offices' own workbooks with correct figures: every row, level and figure comes through, and without codes no level is wrong."""

from __future__ import annotations

import pytest

from correct import correct
from lakip_xl.adopt import adopt
from lakip_xl.adopt.model import Adoption
from lakip_xl.form.editions import READABLE
from lakip_xl.numbers import to_decimal
from lakip_xl.sources import reading as sources
from lakip_xl.table.model import Row
from lakip_xl.table.read import read
from lakip_xl.workbook import Workbook

SEEDS = range(14)
FIGURES = ("target", "tw1", "realisasi", "anggaran", "realisasi_anggaran")


def read_both(seed: int, *, without: tuple[str, ...] = ()) -> tuple[Adoption, list[Row]]:
    data = correct(seed).to_bytes()
    rows = read(Workbook.from_bytes(data, "kantor.xlsx"), *READABLE).matrix.rows
    readings = sources.of_bytes(data, "kantor.xlsx")
    if without:
        columns = adopt(readings).columns
        for grid in readings[0]:
            for cells in grid.rows.values():
                for key in without:
                    cells.pop(columns.get(key, 0), None)
    return adopt(readings), rows


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_level_and_figure_comes_through(seed: int) -> None:
    found, rows = read_both(seed)
    assert not found.unplaced
    assert [row.source for row in found.rows] == [row.number for row in rows]
    for taken, row in zip(found.rows, rows, strict=True):
        assert taken.continues == (row.head is not None)
        assert taken.level == row.level
        for key in ("kode", "uraian", "indikator", "satuan"):
            assert str(taken.values.get(key) or "") == row.text_of(key)
        for key in FIGURES:
            value = taken.values.get(key)
            assert (to_decimal(value) if isinstance(value, float) else None) == row.number_of(key), (row.number, key)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_codes_a_level_is_right_or_untold(seed: int) -> None:
    found, rows = read_both(seed, without=("kode", "tingkat"))
    truth = {row.number: row.level for row in rows}
    for taken in found.rows:
        if not taken.continues:
            assert taken.level in ("", truth[taken.source]), (taken.source, taken.name, taken.why)
