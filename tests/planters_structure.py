"""Faults in how the workbook is built: headings, sheets, levels, settings, formulas that hang on others."""

from __future__ import annotations

from random import Random

from lakip_xl.cells import Cell
from lakip_xl.form import edition_names
from offices import Given, Line, Office, band_cell, settings_cell
from planting import in_use, leaves, measured, number, one
from seeded import plants


def _first_column(office: Office, grid: str = "matriks") -> Cell:
    """Where a finding about the headings of a table stands."""
    table = office.grids[grid]
    return office.heading_cell(table, table.columns[0])


def _first_sheet(office: Office) -> Cell:
    return Cell(office.sheet_of(next(iter(office.grids.values()))), 1, 1)


@plants("ST01", without="template")
def heading_renamed(office: Office, random: Random) -> Cell | None:
    keys = [key for key in office.matrix.columns[1:] if key in ("target", "realisasi", "realisasi_anggaran")]
    key = random.choice(keys)
    if key == "realisasi_anggaran":
        office.matrix.columns.remove("persen")
    office.matrix.headings[key] = "Isian"
    return _first_column(office)


@plants("ST01", without="template, no extra sheets")
def heading_of_belanja_renamed(office: Office, random: Random) -> Cell | None:
    office.grids["belanja"].columns.remove("persen")
    office.grids["belanja"].headings["realisasi_anggaran"] = "Pencairan"
    return _first_column(office, "belanja")


@plants("ST02", without="template, aliases")
def heading_misspelt(office: Office, random: Random) -> Cell | None:
    keys = {"keterangan": "KETRANGAN", "satuan": "SATUANN", "indikator": "INDIKATR"}
    here = [key for key in keys if key in office.matrix.columns[1:]]
    key = random.choice(here)
    office.matrix.headings[key] = keys[key]
    return _first_column(office)


@plants("ST03", without="template, no extra sheets")
def sheet_gone(office: Office, random: Random) -> Cell | None:
    del office.grids[random.choice(("sasaran", "pk", "pegawai"))]
    return _first_sheet(office)


@plants("ST04", without="template")
def note_beside_the_table(office: Office, random: Random) -> Cell | None:
    line = random.choice(office.matrix.lines)
    beside = office.cell(office.matrix, line, office.matrix.columns[-1])
    cell = Cell(beside.sheet, beside.row, beside.column + random.randint(1, 4))
    office.stray[cell] = random.choice(("cek ulang", 12500))
    return cell


@plants("ST04", without="template, total first, no codes")
def note_below_the_table(office: Office, random: Random) -> Cell | None:
    if office.matrix.total is None:
        return None
    total = office.cell(office.matrix, office.matrix.total, "uraian")
    cell = Cell(total.sheet, total.row + 3, total.column)
    office.stray[cell] = "dihitung ulang oleh bidang perencanaan"
    return cell


@plants("SL10", without="template")
def title_of_last_year(office: Office, random: Random) -> Cell | None:
    if office.matrix.top < 3:
        return None
    first = office.cell(office.matrix, office.matrix.lines[0], office.matrix.columns[0])
    cell = Cell(first.sheet, 2, office.matrix.left)
    office.stray[cell] = f"TAHUN {random.choice(('ANGGARAN ', ''))}2022"
    return cell


@plants("ST05", without="template")
def macros(office: Office, random: Random) -> Cell | None:
    office.parts.add("makro")
    return _first_sheet(office)


@plants("ST06", without="template")
def links(office: Office, random: Random) -> Cell | None:
    office.parts.add("tautan")
    return _first_sheet(office)


@plants("ST14", without="template")
def last_years_matrix(office: Office, random: Random) -> Cell | None:
    for place, (heading, held) in enumerate(
        (("URAIAN", "Dokumen"), ("INDIKATOR", "Dokumen"), ("ANGGARAN", 1000)), start=2
    ):
        office.stray[Cell("Tahun lalu", 3, place)] = heading
        office.stray[Cell("Tahun lalu", 4, place)] = held
    return Cell("Tahun lalu", 3, 2)


@plants("ST07", without="no codes")
def level_unknown(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office, spent=False))
    if line is None:
        return None
    line.cells.pop("kode")
    line.cells.pop("tingkat", None)
    grid = office.matrix
    return office.cell(grid, line, next(key for key in ("tingkat", "kode", "uraian") if grid.has(key)))


@plants("ST15", traits="no codes, no tingkat", without="template, pages, total first, formulas")
def kegiatan_indented_as_its_parts(office: Office, random: Random) -> Cell | None:
    """Rows without codes and prefixes, indented; one kegiatan stands as far right as the sub kegiatan below it."""
    grid = office.matrix
    if {line.level for line in grid.lines} - {"program", "kegiatan", "sub kegiatan", ""}:
        return None
    wrong: list[Line] = []
    for line in grid.lines:
        if line.level in ("kegiatan", "sub kegiatan"):
            name = str(line.cells["uraian"]).partition(line.level.capitalize() + " ")[2] or str(line.cells["uraian"])
            line.cells["uraian"] = ("   " if line.level == "sub kegiatan" else "") + name
        if line.level == "kegiatan":
            for key in ("anggaran", "realisasi_anggaran"):
                figures = [below.cells.get(key) for below in line.below if in_use(below)]
                line.cells[key] = round(sum(figure for figure in figures if number(figure)), 2)
        if line.level == "program":
            later = [below for below in line.below[1:] if len(below.below) > 1]
            full = all(in_use(part) for part in line.leaves()) and all(
                number(part.cells.get("anggaran")) for below in line.below for part in below.below
            )
            wrong += later if full and all(len(below.below) > 1 for below in line.below) else []
    line = one(random, wrong)
    if line is None:
        return None
    for program in (program for program in grid.lines if program.level == "program"):
        for key in ("anggaran", "realisasi_anggaran"):
            program.cells[key] = round(sum(below.cells[key] for below in program.below), 2)
    line.cells["uraian"] = "   " + str(line.cells["uraian"])
    return office.cell(grid, line, "uraian")


@plants("ST15", traits="no tingkat", without="template, no codes, dots, aliases, pages, total first")
def code_of_a_kegiatan_in_the_column_of_the_sub_kegiatan(office: Office, random: Random) -> Cell | None:
    """Names in a column for each level; the code beside one sub kegiatan is that of a kegiatan."""
    grid = office.matrix
    places = {"program": "nama_program", "kegiatan": "nama_kegiatan", "sub kegiatan": "nama_sub"}
    line = one(random, leaves(office))
    if line is None or any(each.level and each.level not in places for each in grid.lines):
        return None
    grid.spec = next(table for table in edition_names.FORMS[0].tables if table.key == "matriks")
    at = grid.columns.index("uraian")
    grid.columns[at : at + 1] = places.values()
    for each in grid.every():
        name = each.cells.pop("uraian", None)
        if name is not None:
            each.cells[places.get(each.level, "nama_program")] = name
    line.cells["kode"] = ".".join([*line.cells["kode"].split(".")[:4], "97"])
    return office.cell(grid, line, "nama_sub")


@plants("ST08", without="no codes, dots")
def below_another_kegiatan(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office, spent=False))
    if line is None:
        return None
    parts = line.cells["kode"].split(".")
    line.cells["kode"] = ".".join([*parts[:4], "87", *parts[5:]])
    return office.cell(office.matrix, line, "kode")


@plants("ST08", without="no codes, dots, pages, formulas")
def program_row_missing(office: Office, random: Random) -> Cell | None:
    """The row of a program is left out: its kegiatan stand below the program before."""
    grid = office.matrix
    programs = [line for line in grid.lines if line.level == "program"]
    if len(programs) < 2 or grid.total is not None or any(number(line.cells.get("anggaran")) for line in programs):
        return None
    gone = programs[-1]
    first = gone.below[0]
    grid.lines = [line for line in grid.lines if line is not gone and line.head is not gone]
    for line in grid.lines:
        if gone in line.below:
            line.below.remove(gone)
    return office.cell(grid, first, "kode")


@plants("ST09")
def period_unknown(office: Office, random: Random) -> Cell | None:
    office.period = random.choice(("Catur wulan II", "Jan-Jun", "2023"))
    return settings_cell(office, "periode")


@plants("ST10", without="bare, own bounds")
def bound_as_text(office: Office, random: Random) -> Cell | None:
    key = random.choice(("capaian_max", "serapan_min", "selisih_kinerja"))
    office.bounds[key] = random.choice(("80 persen", "80%", "delapan puluh"))
    return settings_cell(office, key)


@plants("ST10", without="bare, template", traits="kategori")
def bands_in_disorder(office: Office, random: Random) -> Cell | None:
    place = random.randint(1, 3)
    office.bands[place], office.bands[place + 1] = office.bands[place + 1], office.bands[place]
    return band_cell(office, place + 1)


@plants("ST10", without="bare")
def variant_unknown(office: Office, random: Random) -> Cell | None:
    office.settings["rumus_rendah"] = "menurut pedoman"
    return settings_cell(office, "rumus_rendah")


@plants("ST11", without="no codes, no tingkat, dots")
def level_against_code(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in office.matrix.lines if line.level in ("kegiatan", "sub kegiatan")])
    if line is None:
        return None
    line.cells["tingkat"] = "program" if line.level == "kegiatan" else "kegiatan"
    return office.cell(office.matrix, line, "tingkat")


@plants("ST11", without="no tingkat")
def level_with_a_space(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office))
    if line is None:
        return None
    line.cells["tingkat"] = "sub kegiatan "
    return office.cell(office.matrix, line, "tingkat")


@plants("ST12")
def identity_blank(office: Office, random: Random) -> Cell | None:
    key = random.choice(("perangkat_daerah", "kabupaten", "tahun"))
    office.identity[key] = None
    return settings_cell(office, key)


@plants("HR03")
def total_called_average(office: Office, random: Random) -> Cell | None:
    total = office.matrix.total
    if total is None or not leaves(office):
        return None
    total.cells["uraian"] = random.choice(("RATA-RATA", "R A T A - R A T A"))
    return office.cell(office.matrix, total, "uraian")


@plants("RM01", without="template, typed results, formulas, no arah")
def own_formula_on_a_filled_cell(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in measured(office) if "capaian" not in line.cells])
    if line is None or not office.matrix.has("capaian"):
        return None
    here = office.cell(office.matrix, line, "capaian")
    line.cells["keterangan"] = Given(f'{here.a1}&" persen"', " persen")
    return office.cell(office.matrix, line, "keterangan")


@plants("RM02", without="template")
def formula_without_result(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office))
    if line is None:
        return None
    here = office.cell(office.matrix, line, "realisasi_anggaran")
    line.cells["realisasi_anggaran"] = Given(f'INDIRECT("Z{here.row}")', None)
    return here


@plants("RM03", without="template, typed results, formulas, no codes, pages")
def merged_over_a_formula(office: Office, random: Random) -> Cell | None:
    grid = office.matrix
    pairs = [
        (one, two)
        for one, two in zip(grid.lines, grid.lines[1:], strict=False)
        if in_use(one) and one.level == two.level == "sub kegiatan" and two in leaves(office)
    ]  # fmt: skip
    if not pairs or not grid.has("persen"):
        return None
    first, second = random.choice(pairs)
    grid.merged.append((first, "persen", second, "persen"))
    return office.cell(grid, second, "persen")


def _nothing(line: Line) -> None:
    for key in (
        "target",
        "realisasi",
        "capaian",
        "anggaran",
        "realisasi_anggaran",
        "persen",
        "tw1",
        "tw2",
        "tw3",
        "tw4",
        "status",
    ):
        line.cells.pop(key, None)


@plants("IS17", traits="no extra sheets")
def matrix_without_a_figure(office: Office, random: Random) -> Cell | None:
    for line in office.matrix.every():
        _nothing(line)
    return office.heading_cell(office.matrix, "uraian")
