"""Faults in single entries: what is missing, what cannot be read, what is out of its range or list."""

from __future__ import annotations

from random import Random

from lakip_xl.cells import Cell, ErrorValue
from offices import Given, Line, Office, Shown
from planting import MONEY, change, in_use, leaves, measured, number, one, realise
from seeded import plants

FIGURES = ("target", "realisasi", *MONEY)


def _place(office: Office, random: Random, keys: tuple[str, ...] = FIGURES) -> tuple[Line, str] | None:
    """A typed figure of a leaf in use."""
    places = [
        (line, key)
        for line in leaves(office)
        for key in keys
        if number(line.cells.get(key)) and line.cells[key] and line in measured(office)
    ]
    return random.choice(places) if places else None


def _instead(office: Office, random: Random, value: object, keys: tuple[str, ...] = FIGURES) -> Cell | None:
    place = _place(office, random, keys)
    if place is None:
        return None
    line, key = place
    line.cells[key] = value
    return office.cell(office.matrix, line, key)


@plants("IS01", periods="Akhir tahun, TW IV")
def realisation_missing(office: Office, random: Random) -> Cell | None:
    line = one(random, measured(office, falling=True))
    if line is None:
        return None
    realise(line, None)
    return office.cell(office.matrix, line, "realisasi")


@plants("IS01", traits="template", periods="TW II, TW III, TW I")
def realisation_due_in_the_quarter(office: Office, random: Random) -> Cell | None:
    line = one(random, measured(office, falling=True))
    if line is None:
        return None
    realise(line, None)
    line.cells["waktu_ukur"] = random.choice(
        ("Triwulanan", "Bulanan", *(("Semesteran",) if office.period == "TW II" else ()))
    )
    return office.cell(office.matrix, line, "realisasi")


@plants("IS02")
def target_missing(office: Office, random: Random) -> Cell | None:
    line = one(random, measured(office))
    if line is None:
        return None
    line.cells["target"] = None
    line.cells.pop("capaian", None)
    return office.cell(office.matrix, line, "target")


@plants("IS03")
def spending_missing(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office))
    if line is None:
        return None
    change(office, line, "realisasi_anggaran", random.choice((None, 0)))
    return office.cell(office.matrix, line, "realisasi_anggaran")


@plants("IS04")
def budget_missing(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office))
    if line is None:
        return None
    change(office, line, "realisasi_anggaran", None)
    change(office, line, "anggaran", None)
    return office.cell(office.matrix, line, "anggaran")


@plants("IS05")
def words_for_a_figure(office: Office, random: Random) -> Cell | None:
    return _instead(office, random, random.choice(("belum ada", "tba", "menunggu LRA", "lihat lampiran")))


@plants("IS05", without="template")
def date_for_a_figure(office: Office, random: Random) -> Cell | None:
    return _instead(office, random, Shown(45017, "d/m/yyyy"), ("target", "realisasi"))


@plants("IS06")
def two_readings(office: Office, random: Random) -> Cell | None:
    return _instead(office, random, random.choice(("1.234", "12.500")), ("target", "realisasi"))


@plants("IS07")
def figure_with_its_unit(office: Office, random: Random) -> Cell | None:
    return _instead(office, random, random.choice(("232 Org", "12 Dokumen", "4 laporan")), ("target", "realisasi"))


@plants("IS08", without="template")
def error_in_a_figure(office: Office, random: Random) -> Cell | None:
    error, formula = random.choice(
        (("#REF!", "#REF!*1"), ("#DIV/0!", "12/0"), ("#VALUE!", '"a"*1'), ("#NAME?", "SUMM(1)"))
    )
    return _instead(office, random, Given(formula, ErrorValue(error)))


@plants("IS08", traits="typed results", without="formulas")
def error_in_a_percentage(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in leaves(office) if "persen" in line.cells])
    if line is None:
        return None
    line.cells["persen"] = ErrorValue("#REF!") if not office.typed else "#REF!"
    return office.cell(office.matrix, line, "persen")


@plants("HR06", traits="formulas", without="template")
@plants("IS09", traits="typed results", without="formulas")
def amount_as_text(office: Office, random: Random) -> Cell | None:
    place = _place(office, random, MONEY)
    if place is None:
        return None
    line, key = place
    value = line.cells[key]
    line.cells[key] = (
        f"Rp {value:,.0f}".replace(",", ".") + ",00"
        if float(value).is_integer()
        else f"Rp {value:.2f}".replace(".", ",")
    )
    return office.cell(office.matrix, line, key)


@plants("IS09")
def target_as_text(office: Office, random: Random) -> Cell | None:
    place = _place(office, random, ("target", "realisasi"))
    if place is None:
        return None
    line, key = place
    line.cells[key] = (
        f"{line.cells[key]:.1f}".replace(".", ",") if isinstance(line.cells[key], float) else str(line.cells[key])
    )
    return office.cell(office.matrix, line, key) if "." not in str(line.cells[key]) else None


@plants("IS10")
def below_zero(office: Office, random: Random) -> Cell | None:
    place = _place(office, random, ("target", "realisasi"))
    if place is None:
        return None
    line, key = place
    line.cells[key] = -line.cells[key]
    for other in ("capaian", "tw1", "tw2", "tw3", "tw4"):
        line.cells.pop(other, None)
    return office.cell(office.matrix, line, key)


@plants("IS10", traits="no extra sheets")
def money_below_zero(office: Office, random: Random) -> Cell | None:
    place = _place(office, random, MONEY)
    if place is None:
        return None
    line, key = place
    change(office, line, key, -line.cells[key])
    return office.cell(office.matrix, line, key)


@plants("IS11", without="no codes, dots")
def malformed_code(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in office.matrix.lines if line.level in ("kegiatan", "sub kegiatan", "program")])
    if line is None:
        return None
    parts = line.cells["kode"].split(".")
    wrong = ["0" + parts[3]] if len(parts) > 3 else []
    line.cells["kode"] = ".".join([*parts[:3], *wrong, *parts[4:]]) if wrong else line.cells["kode"].replace(".", ". ")
    return office.cell(office.matrix, line, "kode")


@plants("IS11", without="no codes, any urusan, template, dots")
def code_became_a_number(office: Office, random: Random) -> Cell | None:
    wide = [line for line in office.matrix.lines if line.level == "bidang urusan"]
    if not wide:
        return None
    wide[0].cells["kode"] = Shown(float(wide[0].cells["kode"]), "General")
    return office.cell(office.matrix, wide[0], "kode")


@plants("IS12", without="no codes")
def code_used_twice(office: Office, random: Random) -> Cell | None:
    groups = [line for line in office.matrix.lines if line.level == "kegiatan" and len(line.below) > 1]
    group = one(random, groups)
    if group is None:
        return None
    first, second = group.below[:2]
    second.cells["kode"] = first.cells["kode"]
    return office.cell(office.matrix, second, "kode")


@plants("IS12", traits="no codes", without="template")
def name_used_twice(office: Office, random: Random) -> Cell | None:
    groups = [line for line in office.matrix.lines if line.level == "kegiatan" and len(line.below) > 1]
    group = one(random, groups)
    if group is None:
        return None
    first, second = group.below[:2]
    second.cells["uraian"] = first.cells["uraian"]
    return office.cell(office.matrix, second, "uraian")


@plants("IS13", traits="lower is better")
def direction_unknown(office: Office, random: Random) -> Cell | None:
    line = one(random, measured(office))
    if line is None:
        return None
    line.cells["arah"] = random.choice(("Naik", "Positif", "Makin tinggi"))
    return office.cell(office.matrix, line, "arah")


@plants("IS13", traits="idle")
def status_unknown(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office))
    if line is None:
        return None
    line.cells["status"] = random.choice(("batal", "jalan", "aktif "))
    return office.cell(office.matrix, line, "status")


@plants("IS14", traits="continuations")
def money_on_a_further_indicator(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in office.matrix.lines if line.head is not None and in_use(line)])
    if line is None:
        return None
    line.cells["anggaran"] = 2_500_000
    return office.cell(office.matrix, line, "anggaran")


@plants("IS16")
def row_forgotten(office: Office, random: Random) -> Cell | None:
    heads = {line.head for line in office.matrix.lines}
    line = one(random, [line for line in leaves(office) if line not in heads])
    if line is None or len(leaves(office)) < 2:
        return None
    change(office, line, "realisasi_anggaran", None)
    change(office, line, "anggaran", None)
    for key in ("target", "realisasi", "capaian", "tw1", "tw2", "tw3", "tw4"):
        line.cells.pop(key, None)
    return office.cell(office.matrix, line, "uraian")


@plants("IS18", traits="quarters")
def realisation_beside_quarters(office: Office, random: Random) -> Cell | None:
    lines = [line for line in measured(office) if number(line.cells.get("tw1")) and line.cells["realisasi"] > 20]
    line = one(random, lines)
    if line is None:
        return None
    line.cells["realisasi"] -= 1
    line.cells.pop("capaian", None)
    return office.cell(office.matrix, line, "realisasi")


@plants("IS19", traits="quarters", periods="TW I, TW II, TW III, Mei")
def quarter_to_come(office: Office, random: Random) -> Cell | None:
    lines = [line for line in measured(office) if number(line.cells.get("tw1")) and not number(line.cells.get("tw4"))]
    line = one(random, lines)
    if line is None:
        return None
    line.cells["tw4"] = line.cells["realisasi"]  # a plan, copied
    line.cells["realisasi"] = None
    line.cells.pop("capaian", None)
    line.cells["cara_hitung"] = "Tertinggi"
    return office.cell(office.matrix, line, "tw4")


@plants("IS20", traits="typed results", without="no extra sheets", periods="Akhir tahun, TW IV")
def kategori_of_another_band(office: Office, random: Random) -> Cell | None:
    grid = office.grids["sasaran"]
    line = one(random, [line for line in grid.lines if line.cells.get("kategori")])
    if line is None:
        return None
    line.cells["kategori"] = "Kurang" if line.cells["kategori"] != "Kurang" else "Baik"
    return office.cell(grid, line, "kategori")


@plants("IS20", traits="typed results", without="no extra sheets")
def persons_added_wrongly(office: Office, random: Random) -> Cell | None:
    grid = office.grids["pegawai"]
    assert grid.total is not None
    line = grid.lines[-1]
    line.cells["jumlah"] += 1
    grid.total.cells["jumlah"] += 1
    return office.cell(grid, line, "jumlah")


@plants("IS20", traits="typed results", without="no extra sheets, lower is better")
def progress_typed_wrongly(office: Office, random: Random) -> Cell | None:
    grid = office.grids["sasaran"]
    line = one(random, [line for line in grid.lines if line.cells.get("kemajuan")])
    if line is None:
        return None
    line.cells["kemajuan"] = round(line.cells["kemajuan"] - 7.5, 2)
    return office.cell(grid, line, "kemajuan")


@plants("IS21", without="no codes")
def code_without_a_name(office: Office, random: Random) -> Cell | None:
    line = one(random, leaves(office))
    if line is None:
        return None
    line.cells["uraian"] = None
    return office.cell(office.matrix, line, "uraian")


@plants("IS22")
def two_indicators_in_a_cell(office: Office, random: Random) -> Cell | None:
    line = one(random, measured(office))
    if line is None:
        return None
    line.cells["indikator"] = "1. Jumlah dokumen yang disusun 2. Jumlah laporan yang dikirim"
    return office.cell(office.matrix, line, "indikator")


@plants("IS23", traits="typed results", without="formulas, template")
def percentage_as_a_fraction(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in leaves(office) if "persen" in line.cells])
    if line is None:
        return None
    exact = office.number(office.matrix, line, "realisasi_anggaran") / office.number(office.matrix, line, "anggaran")
    line.cells["persen"] = Shown(round(exact, 4), "0.00%")
    return office.cell(office.matrix, line, "persen")


@plants("CP02")
def target_zero(office: Office, random: Random) -> Cell | None:
    line = one(random, [line for line in measured(office) if line.level == "sub kegiatan" and line in leaves(office)])
    if line is None:
        return None
    line.cells["target"] = 0
    line.cells.pop("capaian", None)
    return office.cell(office.matrix, line, "target")


@plants("CP05")
def sub_kegiatan_without_an_indicator(office: Office, random: Random) -> Cell | None:
    heads = {line.head for line in office.matrix.lines}
    line = one(random, [line for line in leaves(office) if line not in heads and line.cells.get("indikator")])
    if line is None:
        return None
    for key in (
        "indikator",
        "satuan",
        "target",
        "realisasi",
        "capaian",
        "arah",
        "cara_hitung",
        "waktu_ukur",
        "tw1",
        "tw2",
        "tw3",
        "tw4",
    ):
        line.cells.pop(key, None)
    return office.cell(office.matrix, line, "indikator")


@plants("CP06", without="no extra sheets")
def direction_blank(office: Office, random: Random) -> Cell | None:
    grid = office.grids["sasaran"]
    line = one(random, [line for line in grid.lines if line.cells["arah"].startswith("Makin tinggi")])
    if line is None:
        return None
    line.cells["arah"] = None
    return office.cell(grid, line, "arah")


@plants("CP08")
def achievement_without_a_target(office: Office, random: Random) -> Cell | None:
    line = one(random, measured(office))
    if line is None or not office.matrix.has("capaian"):
        return None
    line.cells |= {"target": 0, "capaian": random.choice((100, 95.5))}
    return office.cell(office.matrix, line, "capaian")
