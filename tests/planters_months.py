"""Faults of Bulanan and Rencana Aksi, and between them and the matrix."""

from __future__ import annotations

from random import Random

from lakip_xl.cells import Cell
from lakip_xl.form.formulas import LOWER, POSITION_UNITS, SUM, last_month_of
from offices import Line, Office
from planting import one
from seeded import plants


def _spent(office: Office) -> list[Line]:
    """The rows of Bulanan that hold spending."""
    return [line for line in office.grids["bulanan"].lines if any(key.startswith("rp") for key in line.cells)]


def _beside(office: Office, line: Line) -> Line:
    """The row of the matrix that a row of Bulanan or Rencana Aksi belongs to."""
    rows = [leaf for leaf in office.matrix.lines if not leaf.below and leaf.cells.get("kode")]
    key = "bulanan" if line in office.grids["bulanan"].lines else "rencana_aksi"
    return rows[office.grids[key].lines.index(line)]


@plants("SL08", traits="months", without="no codes")
def code_unknown(office: Office, random: Random) -> Cell | None:
    grid = office.grids[random.choice(("bulanan", "rencana_aksi"))]
    line = one(random, grid.lines)
    if line is None:
        return None
    line.cells["kode"] = "7.01.01.2.99.9999"
    return office.cell(grid, line, "kode")


@plants("SL09", traits="months", without="no codes")
def month_differs(office: Office, random: Random) -> Cell | None:
    line = one(random, _spent(office))
    if line is None:
        return None
    key = random.choice([key for key in line.cells if key.startswith("rp")])
    line.cells[key] += random.choice((1, 250_000))
    return office.cell(office.matrix, _beside(office, line), "realisasi_anggaran")


@plants("IS28", traits="months", without="no codes", periods="Mei, TW II, TW III")
def later_month(office: Office, random: Random) -> Cell | None:
    line = one(random, office.grids["bulanan"].lines)
    if line is None:
        return None
    key = f"rp{random.randint(last_month_of(office.period) + 1, 12):02}"
    line.cells[key] = 125_000
    return office.cell(office.grids["bulanan"], line, key)


@plants("CP13", traits="months", without="no codes, no arah, idle", periods="TW I, TW II, TW III")
def quarter_missed(office: Office, random: Random) -> Cell | None:
    grid = office.grids["rencana_aksi"]
    lines = [
        line for line in grid.lines if line.cells.get("target_tw1") and _beside(office, line).cells.get("arah") != LOWER
    ]
    line = one(random, [line for line in lines if _beside(office, line).cells.get("anggaran")])
    if line is None:
        return None
    line.cells["target_tw1"] = round(line.cells["target_tw1"] * 2, 2)
    return office.cell(office.matrix, _beside(office, line), "realisasi")


@plants("CP14", traits="months", without="no codes, no arah, idle")
def quarters_beyond_the_year(office: Office, random: Random) -> Cell | None:
    grid = office.grids["rencana_aksi"]
    lines = [line for line in grid.lines if line.cells.get("target_tw1") and _beside(office, line).cells.get("target")]
    added = [
        line
        for line in lines
        if _beside(office, line).cells.get("cara_hitung") in (None, "", SUM)
        and str(line.cells.get("satuan") or "").casefold() not in POSITION_UNITS
    ]
    line = one(random, added)
    if line is None:
        return None
    target = _beside(office, line).cells["target"]
    line.cells |= {"target_tw2": 0, "target_tw3": 0, "target_tw4": round(target + 1, 2)}
    return office.cell(grid, line, "target_tw4")


@plants("AG09", traits="months", without="no codes, idle", periods="Mei, TW II, TW III")
def behind_the_cash_budget(office: Office, random: Random) -> Cell | None:
    line = one(random, _spent(office))
    if line is None:
        return None
    spent = sum(value for key, value in line.cells.items() if key.startswith("rp"))
    line.cells["rak01"] = round(spent * 2)
    return office.cell(office.matrix, _beside(office, line), "realisasi_anggaran")
