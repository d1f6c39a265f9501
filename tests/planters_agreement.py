"""Faults between cells that belong together: words, scales and satuan of a column, ARAH, CARA HITUNG, sheets against each other."""

from __future__ import annotations

from random import Random

from lakip_xl.cells import Cell
from lakip_xl.form.formulas import HIGHER
from offices import Line, Office
from planting import MONEY, change, leaves, measured, number, one, realise
from seeded import plants

REPORT = 2023


def _aims(office: Office) -> list[Line]:
    """The lines of Sasaran that should rise and are typed in full."""
    lines = office.grids["sasaran"].lines
    return [line for line in lines if line.cells["arah"] == HIGHER and "pembilang" not in line.cells]


def _agreed(office: Office) -> list[Line]:
    """The lines of the PK of the report's year that hold an indicator."""
    return [line for line in office.grids["pk"].lines if line.cells["tahun"] == REPORT and line.cells.get("indikator")]


def _programs(office: Office) -> list[Line]:
    """The lines of the PK of the report's year that hold a program and its money."""
    return [
        line
        for line in office.grids["pk"].lines
        if line.cells["tahun"] == REPORT and number(line.cells.get("anggaran"))
    ]


@plants("ST13", without="continuations, pages, sub units, bidang urusan")
def kegiatan_without_sub_kegiatan(office: Office, random: Random) -> Cell | None:
    """The sub kegiatan were left out, their money stands at the kegiatan."""
    grid = office.matrix
    groups = [line for line in grid.lines if line.level == "kegiatan"]
    full = [group for group in groups if all(each in leaves(office, spent=False) for each in group.below)]
    line = one(random, full)
    if line is None or len(groups) < 4:
        return None
    for key in MONEY:
        amounts = [each.cells.get(key) for each in line.below]
        line.cells[key] = round(sum(amount or 0 for amount in amounts), 2) if any(amounts) else None
    line.cells.pop("persen", None)
    grid.lines = [each for each in grid.lines if each not in line.below]
    line.below = []
    return office.cell(grid, line, "uraian")


@plants("IS24", traits="no extra sheets")
def number_of_a_program_at_its_limit(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office))
    if line is None:
        return None
    change(office, line, "anggaran", 2147483647)
    return office.cell(office.matrix, line, "anggaran")


@plants("IS25", without="lower is better")
def fraction_against_percent(office: Office, random: Random) -> Cell | None:
    lines = [
        line for line in measured(office) if line.cells["satuan"] in ("Persen", "%") and line.cells["target"] >= 75
    ]
    line = one(random, lines)
    if line is None or office.period_class != 3:
        return None
    realise(line, round(line.cells["target"] / 100, 4))
    return office.cell(office.matrix, line, "realisasi")


@plants("IS26")
def satuan_spelled_otherwise(office: Office, random: Random) -> Cell | None:
    other = {"Dokumen": "dok.", "Laporan": "Laporna", "Orang": "Org", "Unit": "Unir", "Paket": "paket"}
    lines = [line for line in office.matrix.lines if line.cells.get("satuan") in other and line in measured(office)]
    line = one(random, lines)
    if line is None or sum(each.cells.get("satuan") == line.cells["satuan"] for each in office.matrix.lines) < 3:
        return None
    line.cells["satuan"] = other[line.cells["satuan"]]
    return office.cell(office.matrix, line, "satuan")


@plants("IS27", traits="no codes", without="template, no tingkat")
def kegiatan_called_as_its_sub_kegiatan(office: Office, random: Random) -> Cell | None:
    groups = [line for line in office.matrix.lines if line.level == "kegiatan" and line.below[0] in leaves(office)]
    line = one(random, groups)
    if line is None:
        return None
    line.below[0].cells["uraian"] = line.cells["uraian"]
    return office.cell(office.matrix, line.below[0], "uraian")


@plants("CP09", without="lower is better, no arah")
def indicator_that_should_fall(office: Office, random: Random) -> Cell | None:
    line = one(
        random,
        [line for line in measured(office) if line.cells["satuan"] not in ("Dokumen", "Laporan", "Paket", "Unit")],
    )
    if line is None:
        return None
    line.cells["indikator"] = random.choice(("Angka kemiskinan", "Jumlah kasus kekerasan", "Persentase pengangguran"))
    return office.cell(office.matrix, line, "arah" if office.matrix.has("arah") else "indikator")


@plants("CP10", traits="quarters", without="lower is better", periods="Akhir tahun, TW IV")
def same_persons_in_every_quarter(office: Office, random: Random) -> Cell | None:
    lines = [
        line for line in measured(office) if line.cells["satuan"] in ("Orang", "Keluarga") and line in leaves(office)
    ]
    line = one(random, lines)
    if line is None:
        return None
    realise(line, None)
    line.cells |= {f"tw{n}": line.cells["target"] for n in range(1, 5)}
    line.cells["cara_hitung"] = None
    return office.cell(office.matrix, line, "cara_hitung")


@plants("CP11", traits="cap", without="no extra sheets, bare, lower is better", periods="Akhir tahun, TW IV")
def achieved_beyond_the_cap(office: Office, random: Random) -> Cell | None:
    grid = office.grids["sasaran"]
    line = one(random, _aims(office))
    if line is None:
        return None
    line.cells["realisasi"] = round(line.cells["target"] * 1.08, 2)
    for key in ("capaian", "kategori", "kemajuan"):
        line.cells.pop(key, None)
    return office.cell(grid, line, "capaian")


@plants("CP12", without="no extra sheets, lower is better")
def target_beyond_the_end_of_renstra(office: Office, random: Random) -> Cell | None:
    grid = office.grids["sasaran"]
    line = one(random, [line for line in _aims(office) if line.cells["satuan"] == "Orang"])
    if line is None:
        return None
    line.cells["target_renstra"] = round(line.cells["target"] * 0.8, 2)
    line.cells.pop("kemajuan", None)
    return office.cell(grid, line, "target_renstra")


@plants("AG08", without="no extra sheets", periods="TW II, TW III")
def belanja_far_behind(office: Office, random: Random) -> Cell | None:
    grid = office.grids["belanja"]
    lines = [
        line for line in leaves(office) if line.kind is not None and line.kind.cells["kode"] in ("5.1.01", "5.1.02")
    ]
    line = one(random, lines)
    if line is None or line.kind is None:
        return None
    kind = line.kind
    for each in leaves(office):
        if each.kind is kind:
            change(office, each, "realisasi_anggaran", int(each.cells["anggaran"] * 0.1))
    return office.cell(grid, kind, "persen")


@plants("SL02", without="no extra sheets")
def agreement_of_another_year(office: Office, random: Random) -> Cell | None:
    grid = office.grids["pk"]
    for line in grid.lines:
        line.cells["tahun"] -= 2
    return office.cell(grid, grid.lines[0], "tahun")


@plants("SL02", without="no extra sheets")
def year_slips_in(office: Office, random: Random) -> Cell | None:
    grid = office.grids["pk"]
    line = grid.lines[-1]
    line.cells["tahun"] = 2031
    return office.cell(grid, line, "tahun")


def _single(office: Office, lines: list[Line]) -> list[Line]:
    """The lines whose indicator stands once only."""
    names = [line.cells["indikator"] for line in office.grids["sasaran"].lines]
    return [line for line in lines if names.count(line.cells["indikator"]) == 1]


@plants("SL03", without="no extra sheets")
def target_not_as_agreed(office: Office, random: Random) -> Cell | None:
    line = one(random, _single(office, _agreed(office)))
    if line is None:
        return None
    line.cells["target"] += 5
    grid = office.grids["sasaran"]
    same = next(each for each in grid.lines if each.cells["indikator"] == line.cells["indikator"])
    return office.cell(grid, same, "target")


@plants("SL04", without="no extra sheets")
def indicator_not_measured(office: Office, random: Random) -> Cell | None:
    grid = office.grids["pk"]
    line = one(random, _single(office, _agreed(office)))
    if line is None:
        return None
    line.cells["indikator"] = "Cakupan rehabilitasi lanjut usia terlantar"
    return office.cell(grid, line, "indikator")


@plants("SL05", without="no extra sheets, lower is better")
def indicator_with_other_figures(office: Office, random: Random) -> Cell | None:
    """The program carries an indicator of the Sasaran, with another target."""
    grid = office.grids["sasaran"]
    aim = one(random, _single(office, _aims(office)))
    program = one(
        random, [line for line in office.matrix.lines if line.level == "program" and line in measured(office)]
    )
    if aim is None or program is None:
        return None
    program.cells |= {key: aim.cells[key] for key in ("indikator", "satuan")}
    program.cells["target"] = aim.cells["target"] + 10
    for key in ("cara_hitung", "waktu_ukur"):
        program.cells.pop(key, None)
    realise(program, None if office.period_class == 1 else program.cells["target"])
    return office.cell(grid, aim, "target")


@plants("SL06", without="no extra sheets")
def program_unknown(office: Office, random: Random) -> Cell | None:
    grid = office.grids["pk"]
    line = one(random, _programs(office))
    if line is None:
        return None
    line.cells["program"] = "PROGRAM PENGELOLAAN TAMAN MAKAM PAHLAWAN"
    return office.cell(grid, line, "program")


@plants("SL07", without="no extra sheets")
def money_not_as_agreed(office: Office, random: Random) -> Cell | None:
    grid = office.grids["pk"]
    line = one(random, _programs(office))
    if line is None:
        return None
    line.cells["anggaran"] += random.choice((1, 1_000_000))
    return office.cell(grid, line, "anggaran")
