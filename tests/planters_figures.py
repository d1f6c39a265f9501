"""Faults in figures that can be read: sums, percentages, achievements out of bounds, money, sheets that disagree."""

from __future__ import annotations

from random import Random

from lakip_xl.cells import Cell
from offices import Line, Office, Sum
from planting import MONEY, budget, by_formula, change, leaves, measured, number, one, realise, summing
from seeded import plants


@plants("HR01", traits="typed results", without="formulas")
def sum_typed_wrongly(office: Office, random: Random) -> Cell | None:
    line = one(random, summing(office))
    if line is None:
        return None
    key = random.choice(MONEY)
    line.cells[key] += random.choice((1, 1000, 250_000))
    line.cells.pop("persen", None)
    return office.cell(office.matrix, line, key)


@plants("HR01", traits="formulas", without="template")
def sum_leaves_a_row_out(office: Office, random: Random) -> Cell | None:
    lines = [line for line in by_formula(office) if line.level == "kegiatan" and line.below[-1] in leaves(office)]
    line = one(random, lines)
    if line is None:
        return None
    key = random.choice(MONEY)
    line.cells[key] = Sum(tuple(line.below[:-1]))
    return office.cell(office.matrix, line, key)


@plants("HR01", traits="typed results", without="formulas")
def leaf_changed_after_its_sum(office: Office, random: Random) -> Cell | None:
    """A revised pagu at the sub kegiatan only: the kegiatan above it is what no longer fits."""
    lines = [line for line in summing(office) if line.level == "kegiatan" and line.below[-1] in leaves(office)]
    line = one(random, lines)
    if line is None or line.below[-1].cells.get("persen") is not None:
        return None
    line.below[-1].cells["anggaran"] += 1000
    return office.cell(office.matrix, line, "anggaran")


@plants("HR02", traits="typed results", without="formulas")
def total_typed_wrongly(office: Office, random: Random) -> Cell | None:
    total = office.matrix.total
    key = random.choice(MONEY)
    if total is None or not number(total.cells.get(key)):
        return None
    total.cells[key] += random.choice((1, 1000, 250_000))
    total.cells.pop("persen", None)
    return office.cell(office.matrix, total, key)


@plants("CP01", traits="typed results", without="formulas")
def achievement_typed_wrongly(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in measured(office) if "capaian" in line.cells])
    if line is None:
        return None
    right = office.number(office.matrix, line, "capaian")
    line.cells["capaian"] = round(right + random.choice((0.5, 3, -4)), 2)
    return office.cell(office.matrix, line, "capaian")


@plants("CP01", traits="typed results", without="formulas")
def achievement_as_a_fraction(office: Office, random: Random) -> Cell | None:
    lines = [
        line for line in measured(office) if "capaian" in line.cells and office.number(office.matrix, line, "capaian")
    ]
    line = one(random, lines)
    if line is None:
        return None
    line.cells["capaian"] = round(office.number(office.matrix, line, "capaian") / 100, 4)
    return office.cell(office.matrix, line, "capaian")


def _of_achievement(office: Office, line: Line) -> Cell:
    return office.cell(office.matrix, line, "capaian" if office.matrix.has("capaian") else "realisasi")


@plants("CP03", without="no arah")
def achieved_far_too_much(office: Office, random: Random) -> Cell | None:
    line = one(random, measured(office))
    if line is None:
        return None
    realise(line, line.cells["target"] * random.choice((1.3, 2, 12, 14)))
    return _of_achievement(office, line)


@plants("CP04", without="no extra sheets")
def aim_not_reached(office: Office, random: Random) -> Cell | None:
    grid = office.grids["sasaran"]
    lines = [
        line for line in grid.lines if line.cells["arah"].startswith("Makin tinggi") and line.cells.get("realisasi")
    ]
    line = one(random, [line for line in lines if "pembilang" not in line.cells])
    if line is None or ("capaian_min" not in office.bounds and office.period_class != 3):
        return None
    line.cells["realisasi"] = round(line.cells["target"] * 0.4, 2)
    for key in ("capaian", "kategori", "kemajuan"):
        line.cells.pop(key, None)
    return office.cell(grid, line, "capaian")


@plants("CP04", without="no arah", periods="Akhir tahun, TW IV")
def little_done_with_little(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in measured(office) if line in leaves(office)])
    if line is None:
        return None
    pagu = line.cells["anggaran"]
    realise(line, line.cells["target"] * 0.4)
    change(office, line, "realisasi_anggaran", int(pagu * 0.5))
    return _of_achievement(office, line)


@plants("CP07", without="no extra sheets, typed results, cap, lower is better", periods="Akhir tahun, TW IV")
def rounded_into_another_band(office: Office, random: Random) -> Cell | None:
    grid = office.grids["sasaran"]
    line = one(random, [line for line in grid.lines if "pembilang" not in line.cells])
    if line is None or "kategori" in office.traits:
        return None
    line.cells["realisasi"] = line.cells["target"] * 0.99998
    return office.cell(grid, line, "capaian")


@plants("AG01")
def no_budget_but_a_target(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in measured(office) if line in leaves(office)])
    if line is None or len(leaves(office)) < 2:
        return None
    change(office, line, "realisasi_anggaran", 0)
    change(office, line, "anggaran", 0)
    return office.cell(office.matrix, line, "anggaran")


@plants("AG02", traits="typed results", without="formulas")
def percentage_typed_wrongly(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in leaves(office) if "persen" in line.cells])
    if line is None:
        return None
    right = office.number(office.matrix, line, "persen")
    line.cells["persen"] = round(right - random.choice((0.5, 3, 12)), 2)
    return office.cell(office.matrix, line, "persen")


def _of_absorption(office: Office, line: Line) -> Cell:
    return office.cell(office.matrix, line, "persen" if office.matrix.has("persen") else "realisasi_anggaran")


@plants("AG03", periods="Akhir tahun, TW IV")
def little_absorbed(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in leaves(office) if line.cells["anggaran"] * 0.6 < budget(office) * 0.009])
    if line is None:
        return None
    change(office, line, "realisasi_anggaran", int(line.cells["anggaran"] * 0.5))
    return _of_absorption(office, line)


@plants("AG04", periods="Akhir tahun, TW IV")
def much_left(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in leaves(office) if line.cells["anggaran"] * 0.1 > budget(office) * 0.025])
    if line is None:
        return None
    change(office, line, "realisasi_anggaran", int(line.cells["anggaran"] * 0.9))
    return office.cell(office.matrix, line, "realisasi_anggaran")


@plants("AG05")
def more_spent_than_budgeted(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office))
    if line is None:
        return None
    change(office, line, "realisasi_anggaran", line.cells["anggaran"] + random.choice((1, 1000)))
    return office.cell(office.matrix, line, "realisasi_anggaran")


@plants("AG06", without="no arah", periods="Akhir tahun, TW IV")
def performance_behind(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in measured(office) if line in leaves(office)])
    if line is None:
        return None
    realise(line, line.cells["target"] * random.choice((0.5, 0.25)))
    return _of_achievement(office, line)


@plants("AG07", traits="idle")
def zeroed_but_filled(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office))
    if line is None:
        return None
    line.cells["status"] = random.choice(("dinolkan", "nihil"))
    line.cells.pop("capaian", None)
    return office.cell(office.matrix, line, "anggaran")


@plants("SL01", without="no extra sheets")
def sheets_differ_in_total(office: Office, random: Random) -> Cell | None:
    grid = office.grids["belanja"]
    key = random.choice(MONEY)
    kinds = [line for line in grid.lines if line.level == "jenis" and number(line.cells.get(key)) and line.cells[key]]
    if not kinds:
        return None
    delta = random.choice((1, 250_000)) * (1 if key == "anggaran" else -1)
    line = max(kinds, key=lambda line: line.cells["anggaran"])
    line.cells[key] += delta
    for each in grid.every():
        if (line in each.below or each is grid.total or not each.level) and number(each.cells.get(key)):
            each.cells[key] += delta
        each.cells.pop("persen", None)
    matrix = office.matrix
    if matrix.total is not None:
        return office.cell(matrix, matrix.total, key)
    return office.cell(matrix, matrix.lines[0], key)
