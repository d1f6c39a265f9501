"""Faults of the office's own formulas."""

from __future__ import annotations

from random import Random

from lakip_xl import tasks
from lakip_xl.cells import Cell
from offices import Calc, Given, Line, Office, Sum
from planting import MONEY, by_formula, change, leaves, number, one, realise
from seeded import plants

SPENT = "realisasi_anggaran"


def _groups(office: Office, least: int) -> list[Line]:
    """Kegiatan whose sub kegiatan stand in neighbouring rows."""
    order = office.matrix.every()
    return [
        line
        for line in office.matrix.lines
        if line.level == "kegiatan" and len(line.below) >= least and all(each in leaves(office) for each in line.below)
        if order.index(line.below[-1]) - order.index(line.below[0]) == len(line.below) - 1
    ]  # fmt: skip


def _range(office: Office, lines: list[Line], key: str) -> str:
    return f"SUM({office.cell(office.matrix, lines[0], key).a1}:{office.cell(office.matrix, lines[-1], key).a1})"


def _spent_in_full(office: Office, least: int) -> list[Line]:
    """Sub kegiatan whose spending is a formula: all that was budgeted."""
    lines = leaves(office)
    if len(lines) < least:
        return []
    for each in lines:
        change(office, each, SPENT, each.cells["anggaran"])
        each.cells[SPENT] = Calc("{anggaran}")
    return lines


@plants("HR05", traits="formulas", without="template", periods="Mei")
def sum_leaves_out_a_blank_row(office: Office, random: Random) -> Cell | None:
    groups = [line for line in by_formula(office) if line.level == "kegiatan" and line.below[-1] in leaves(office)]
    line = one(random, groups)
    if line is None:
        return None
    change(office, line.below[-1], SPENT, None)
    line.cells[SPENT] = Sum(tuple(line.below[:-1]))
    return office.cell(office.matrix, line, SPENT)


@plants("HR05", traits="formulas", without="template")
def sum_counts_one_row_for_another(office: Office, random: Random) -> Cell | None:
    groups = [line for line in by_formula(office) if line.level == "kegiatan" and line in _groups(office, 2)]
    line = one(random, groups)
    if line is None:
        return None
    first, second = line.below[:2]
    change(office, second, "anggaran", first.cells["anggaran"])
    change(office, second, SPENT, first.cells[SPENT])
    key = random.choice(MONEY)
    cells = [office.cell(office.matrix, each, key).a1 for each in (first, first, *line.below[2:])]
    line.cells[key] = Given("+".join(cells), office.value(office.matrix, line, key))
    return office.cell(office.matrix, line, key)


@plants("HR04", without="template, no codes")
def range_of_one_column_is_shorter(office: Office, random: Random) -> Cell | None:
    groups = [line for line in _groups(office, 3) if all(number(each.cells.get("target")) for each in line.below)]
    line = one(random, [line for line in groups if all(number(each.cells.get("realisasi")) for each in line.below)])
    if line is None or not number(line.cells.get("target")) or "arah" in line.cells:
        return None
    total = sum(each.cells["target"] for each in line.below)
    realise(line, None)
    line.cells["target"] = Given(_range(office, line.below, "target"), total)
    line.cells["realisasi"] = Given(
        _range(office, line.below[:-1], "realisasi"), sum(each.cells["realisasi"] for each in line.below[:-1])
    )
    return office.cell(office.matrix, line, "realisasi")


@plants("RM04", without="template", periods="Akhir tahun, TW IV")
def typed_where_others_are_formulas(office: Office, random: Random) -> Cell | None:
    lines = _spent_in_full(office, 5)
    line = one(random, lines)
    if line is None:
        return None
    full = line.cells["anggaran"]
    line.cells[SPENT] = full
    change(office, line, SPENT, full - max(1, full // 200))
    return office.cell(office.matrix, line, SPENT)


@plants("RM05", without="template", periods="Akhir tahun, TW IV")
def typed_where_others_are_formulas_and_equal(office: Office, random: Random) -> Cell | None:
    line = one(random, _spent_in_full(office, 5))
    if line is None:
        return None
    line.cells[SPENT] = line.cells["anggaran"]
    return office.cell(office.matrix, line, SPENT)


@plants("RM06", without="template")
def correction_inside_a_formula(office: Office, random: Random) -> Cell | None:
    line = one(random, [each for each in leaves(office) if each.cells["anggaran"] - each.cells[SPENT] > 200])
    if line is None:
        return None
    spent, here = line.cells[SPENT], office.cell(office.matrix, line, "anggaran")
    line.cells[SPENT] = Given(f"{here.a1}-{line.cells['anggaran'] - spent!r}", spent)
    return office.cell(office.matrix, line, SPENT)


def _mean(office: Office, random: Random, more: int) -> Cell | None:
    groups = [line for line in _groups(office, 3) if all(number(each.cells.get("target")) for each in line.below)]
    line = one(random, [line for line in groups if number(line.cells.get("target")) and "arah" not in line.cells])
    if line is None:
        return None
    count = len(line.below) + more
    mean = sum(each.cells["target"] for each in line.below) / count
    line.cells["target"] = Given(f"{_range(office, line.below, 'target')}/{count}", mean)
    if line.cells.get("realisasi") is not None:
        realise(line, mean)
    return office.cell(office.matrix, line, "target")


@plants("RM07", without="template")
def divisor_of_more_rows(office: Office, random: Random) -> Cell | None:
    return _mean(office, random, 13)


@plants("RM08", without="template")
def divisor_written_into_the_formula(office: Office, random: Random) -> Cell | None:
    return _mean(office, random, 0)


@plants("RM09", without="template", periods="Akhir tahun, TW IV")
def reference_to_another_row(office: Office, random: Random) -> Cell | None:
    lines = leaves(office)
    if len(lines) < 5:
        return None
    line, other = lines[1], lines[2]
    change(office, other, "anggaran", line.cells["anggaran"])
    _spent_in_full(office, 5)
    line.cells[SPENT] = Given(office.cell(office.matrix, other, "anggaran").a1, line.cells["anggaran"])
    return office.cell(office.matrix, line, SPENT)


@plants("RM10", without="template")
def stored_result_is_old(office: Office, random: Random) -> Cell | None:
    line = one(random, [each for each in leaves(office) if number(each.cells.get("target")) and each.cells["target"]])
    if line is None:
        return None
    held, pagu = line.cells["target"], office.cell(office.matrix, line, "anggaran").a1
    line.cells["target"] = Given(f"IF({pagu}>0,{held + 1!r},0)", held)
    office.parts.add("hitung_ulang")
    return office.cell(office.matrix, line, "target")


@plants("RM11", traits="formulas", without="template, typed results")
def workbook_that_the_engine_cannot_read(office: Office, random: Random) -> Cell | None:
    if not by_formula(office, 1):
        return None
    office.parts |= {"hitung_ulang", "tanpa_gaya"}
    return Cell(tasks.examine(office.to_bytes()).document.sheets[0], 1, 1)
