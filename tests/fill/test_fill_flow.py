"""From file to file: what fill writes, what it leaves alone, where it puts the result."""

from __future__ import annotations

import gc
import shutil
import weakref
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings

from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.errors import MissingForm, OutputRefused
from lakip_xl.table.model import Document
from lakip_xl.tasks import filling
from lakip_xl.workbook import Workbook
from oracles import compare_caches, ironcalc_values, needs_libreoffice
from workbooks import EXAMPLE, OWN_HEADS, filled, matrices, own_matrix, planned, typed_in
from xlsx_checks import problems

LEAF = {"kode": "1.06.01.2.01.0001", "uraian": "Penyusunan Dokumen", "indikator": "Jumlah Dokumen", "satuan": "Dokumen"}
ROWS: list[dict[str, Value]] = [
    {"kode": "1.06.01", "uraian": "PROGRAM PENUNJANG", "indikator": "Persentase", "target": 100.0, "realisasi": 97.0},
    {"kode": "1.06.01.2.01", "uraian": "Perencanaan"},
    {**LEAF, "target": 2.0, "realisasi": 2.0, "anggaran": 1_765_000.0, "realisasi_anggaran": 1_765_000.0},
    {
        **LEAF,
        "kode": "1.06.01.2.01.0002",
        "target": 4.0,
        "realisasi": 3.0,
        "anggaran": 1_000_000.0,
        "realisasi_anggaran": 900_000.0,
    },
]


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    path = tmp_path / "matriks.xlsx"
    path.write_bytes(typed_in({"matriks": ROWS}))
    return path


def cell(path: Path, sheet: str, at: str, values: bool = True) -> object:
    return openpyxl.load_workbook(path, data_only=values)[sheet][at].value


# -- where the result goes ------------------------------------------------------------------------------------------------------


def test_the_result_stands_beside_the_source_and_the_source_is_untouched(entry: Path) -> None:
    before = entry.read_bytes()
    done = tasks.fill(entry)
    assert done.path == entry.with_name("matriks-selesai.xlsx")
    assert entry.read_bytes() == before
    assert sorted(p.name for p in entry.parent.iterdir()) == ["matriks-selesai.xlsx", "matriks.xlsx"]


def test_an_existing_result_is_not_replaced_without_force(entry: Path) -> None:
    tasks.fill(entry)
    mine = entry.with_name("matriks-selesai.xlsx")
    mine.write_bytes(b"worked on since")
    with pytest.raises(OutputRefused):
        tasks.fill(entry)
    assert mine.read_bytes() == b"worked on since"


def test_force_replaces_it_and_keeps_a_backup(entry: Path) -> None:
    mine = entry.with_name("matriks-selesai.xlsx")
    mine.write_bytes(b"worked on since")
    done = tasks.fill(entry, force=True)
    assert done.backup is not None
    assert done.backup.read_bytes() == b"worked on since"


def test_a_filled_workbook_is_refilled_under_its_own_name_with_a_backup_that_is_never_overwritten(entry: Path) -> None:
    result = tasks.fill(entry).path
    for number, realisasi in enumerate((80.0, 90.0), start=1):
        book = Workbook.open(result)
        book.sheet("Matriks").write("K7", value=realisasi)
        book.save(result)
        edited = result.read_bytes()
        again = tasks.fill(result)
        assert again.path == result
        assert again.backup == result.with_name(f"matriks-selesai.cadangan-{number}.xlsx")
        assert again.backup.read_bytes() == edited
        assert cell(result, "Matriks", "L7") == realisasi


def test_a_refill_without_a_change_writes_nothing(entry: Path) -> None:
    result = tasks.fill(entry).path
    before = result.read_bytes()
    again = tasks.fill(result)
    assert not again.written
    assert again.backup is None
    assert result.read_bytes() == before


def test_in_place_writes_into_the_source_after_a_backup(entry: Path) -> None:
    before = entry.read_bytes()
    done = tasks.fill(entry, in_place=True)
    assert done.path == entry
    assert done.backup is not None
    assert done.backup.read_bytes() == before


def test_the_output_keeps_the_kind_of_its_source(entry: Path) -> None:
    with pytest.raises(OutputRefused, match=r"\.xlsx"):
        tasks.fill(entry, entry.with_name("hasil.xlsm"))


def test_a_workbook_without_the_matrix_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "lain.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "Daftar hadir"
    book.save(path)
    with pytest.raises(MissingForm):
        tasks.fill(path)
    assert [p.name for p in tmp_path.iterdir()] == ["lain.xlsx"]


# -- what is written, and what is not -------------------------------------------------------------------------------------------


def test_blank_results_get_formulas_with_values(entry: Path) -> None:
    result = tasks.fill(entry).path
    assert cell(result, "Matriks", "M8", values=False).startswith("=IF(COUNTIFS(")  # type: ignore[union-attr]
    assert [cell(result, "Matriks", at) for at in ("M7", "M8", "N7", "N8")] == [
        2_765_000,
        2_765_000,
        2_665_000,
        2_665_000,
    ]
    assert cell(result, "Matriks", "O10") == 90
    assert cell(result, "Matriks", "L10") == 75


def test_typed_values_and_the_users_own_formulas_stay() -> None:
    rows = [dict(row) for row in ROWS]
    rows[1] |= {"anggaran": 2_765_000.0}
    rows[2] |= {"persen": 100.0}
    book = Workbook.from_bytes(typed_in({"matriks": rows}), "m.xlsx")
    book.sheet("Matriks").write("O10", formula="ROUND(N10/M10,4)*100", value=90.0)
    after = Workbook.from_bytes(filled(book.to_bytes()), "m.xlsx").sheet("Matriks")
    assert (after.cell("M8").formula, after.cell("M8").value) == (None, 2_765_000)
    assert (after.cell("O9").formula, after.cell("O9").value) == (None, 100)
    assert after.cell("O10").formula == "ROUND(N10/M10,4)*100"


def test_formulas_replaces_typed_results_only_where_they_agree() -> None:
    rows = [dict(row) for row in ROWS]
    rows[1] |= {"anggaran": 2_765_001.0}
    rows[2] |= {"persen": 100.0}
    rows[3] |= {"persen": 89.0}
    after = Workbook.from_bytes(filled(typed_in({"matriks": rows}), formulas=True), "m.xlsx").sheet("Matriks")
    assert (after.cell("M8").formula, after.cell("M8").value) == (None, 2_765_001)
    assert after.cell("O9").formula is not None
    assert (after.cell("O10").formula, after.cell("O10").value) == (None, 89)


def test_a_text_among_the_children_gives_a_dash_and_a_flag_not_a_partial_sum() -> None:
    rows = [dict(row) for row in ROWS]
    rows[3]["anggaran"] = "97.548.000"
    after = Workbook.from_bytes(filled(typed_in({"matriks": rows})), "m.xlsx").sheet("Matriks")
    assert [after.cell(at).value for at in ("M7", "M8", "V10")] == ["-", "-", "BUKAN ANGKA"]


def test_a_blank_child_is_not_zero_and_all_blank_is_blank() -> None:
    rows = [dict(row) for row in ROWS]
    rows[3]["anggaran"] = None
    after = Workbook.from_bytes(filled(typed_in({"matriks": rows})), "m.xlsx").sheet("Matriks")
    assert [after.cell(at).value for at in ("M7", "M8", "O10")] == [1_765_000, 1_765_000, ""]
    for row in rows:
        row.pop("anggaran", None)
    after = Workbook.from_bytes(filled(typed_in({"matriks": rows})), "m.xlsx").sheet("Matriks")
    assert [after.cell(at).value for at in ("M7", "M8")] == ["", ""]


def test_division_by_zero_shows_a_dash_and_a_word() -> None:
    rows = [dict(row) for row in ROWS]
    rows[2] |= {"target": 12.0, "anggaran": 0.0, "realisasi_anggaran": 0.0}
    rows[3] |= {"target": 0.0}
    after = Workbook.from_bytes(filled(typed_in({"matriks": rows})), "m.xlsx").sheet("Matriks")
    assert [after.cell(at).value for at in ("O9", "V9", "L10", "V10")] == ["-", "PAGU NIHIL", "-", "TARGET NIHIL"]


@pytest.mark.parametrize(
    ("variant", "target", "realisasi", "capaian"),
    [
        ("(2 x target - realisasi) / target", 162.0, 186.0, 85.18518518518519),
        ("target / realisasi", 162.0, 186.0, 87.09677419354838),
        ("(2 x target - realisasi) / target", 10.0, 0.0, 200.0),
        ("target / realisasi", 10.0, 0.0, "-"),
        ("(2 x target - realisasi) / target", 0.0, 3.0, "-"),
    ],
)
def test_lower_is_better_in_both_variants(variant: str, target: float, realisasi: float, capaian: Value) -> None:
    rows = [dict(ROWS[0]), {**ROWS[2], "arah": "Makin rendah makin baik", "target": target, "realisasi": realisasi}]
    after = Workbook.from_bytes(filled(typed_in({"matriks": rows}, rumus_rendah=variant)), "m.xlsx").sheet("Matriks")
    assert after.cell("L8").value == (pytest.approx(capaian, rel=1e-14) if isinstance(capaian, float) else capaian)


@pytest.mark.parametrize(
    ("cara", "satuan", "expected"),
    [("Kumulatif", "Persen", 60.0), (None, "Dokumen", 60.0), (None, "Persen", 30.0), (None, "Orang/bulan", 30.0),
     ("Posisi akhir", "Dokumen", 30.0), ("Rata-rata", "Dokumen", 20.0), ("Tertinggi", "Dokumen", 30.0)],
)  # fmt: skip
def test_realisasi_from_the_quarters_by_cara_hitung(cara: str | None, satuan: str, expected: float) -> None:
    leaf = {**LEAF, "satuan": satuan, "target": 60.0, "tw1": 10.0, "tw2": 20.0, "tw3": 30.0, "cara_hitung": cara}
    after = Workbook.from_bytes(filled(typed_in({"matriks": [ROWS[0], leaf]})), "m.xlsx").sheet("Matriks")
    assert after.cell("K8").value == expected


@pytest.mark.parametrize(("cap", "mean"), [("tidak ada", 120.0), (100.0, 95.0), (120.0, 105.0)])
def test_batas_maksimum_holds_for_means_and_the_true_figure_stays(cap: Value, mean: float) -> None:
    sasaran = [
        {"sasaran": "S", "indikator": "A", "target": 100.0, "realisasi": 150.0},
        {"indikator": "B", "target": 100.0, "realisasi": 90.0},
    ]
    after = Workbook.from_bytes(filled(typed_in({"matriks": ROWS, "sasaran": sasaran}, batas_maksimum=cap)), "m.xlsx")
    sheet = after.sheet("Sasaran")
    assert [sheet.cell(at).value for at in ("M7", "M8", "W7", "M28")] == [150, 90, mean, mean]


def test_a_level_known_only_from_the_name_is_written_for_the_sums() -> None:
    rows = [
        {**ROWS[0], "kode": None, "uraian": "PROGRAM PENUNJANG"},
        {**ROWS[1], "kode": None, "uraian": "Kegiatan Perencanaan"},
    ]
    rows += [{**row, "kode": None, "uraian": "Sub Kegiatan Penyusunan"} for row in ROWS[2:]]
    after = Workbook.from_bytes(filled(typed_in({"matriks": rows})), "m.xlsx").sheet("Matriks")
    assert [after.cell((row, 17)).value for row in range(7, 11)] == [
        "program",
        "kegiatan",
        "sub kegiatan",
        "sub kegiatan",
    ]
    assert after.cell("M7").value == 2_765_000


# -- later edits in Excel -------------------------------------------------------------------------------------------------------


def test_a_row_inserted_at_the_end_of_any_group_is_counted_by_the_formulas_that_stand(tmp_path: Path) -> None:
    """What Excel does on insertion is done here: references at or below the new row move down by one."""
    from lakip_xl.formula import references

    sheet = Workbook.from_bytes(filled(typed_in({"matriks": ROWS})), "m.xlsx").sheet("Matriks")
    border = 87
    for at, end in (("M8", border), ("M7", border), ("M88", border)):
        formula = sheet.cell(at).formula
        assert formula is not None
        areas = {(area.top, area.bottom) for _, area in references(formula) if area.top != area.bottom}
        assert {bottom for _, bottom in areas} == {end}, (
            "the range ends on the row below the group, so it grows with it"
        )


def test_user_formulas_that_hang_on_filled_cells_are_followed() -> None:
    book = Workbook.from_bytes(typed_in({"matriks": ROWS}), "m.xlsx")
    # The user's own sum of the kegiatan: its stored value is from before the fill.
    book.sheet("Matriks").write("M7", formula="M8+0", value=0.0)
    _, document, the_plan = planned(book.to_bytes())
    program = document.matrix.rows[0]
    assert program.number_of("anggaran") == 2_765_000
    assert [str(c) for c in document.user_formulas] == ["Matriks!M7"]
    total = next(edit for edit in the_plan.edits if edit.cell.a1 == "M88")
    assert (total.value, total.known) == (2_765_000, True)


def test_a_formula_that_cannot_be_computed_here_leaves_no_wrong_value() -> None:
    book = Workbook.from_bytes(typed_in({"matriks": ROWS}), "m.xlsx")
    book.sheet("Matriks").write("M7", formula="VLOOKUP(M8,M8:M9,1,0)", value=0.0)
    _, document, the_plan = planned(book.to_bytes())
    total = next(edit for edit in the_plan.edits if edit.cell.a1 == "M88")
    assert (total.value, total.known) == (None, False)
    assert [str(c) for c in document.user_formulas] == ["Matriks!M7"]  # said to be calculated when Excel opens the file
    assert document.uncached == []  # the file holds a result, though an old one


@pytest.mark.parametrize("own", ["I2+I3", "K9*2"])
def test_a_result_that_would_show_nothing_stays_blank_where_it_would_make_a_formula_of_the_user_an_error(
    own: str, tmp_path: Path
) -> None:
    source = tmp_path / "m.xlsx"
    source.write_bytes(
        own_matrix(
            ["1.06.01", "Program Penunjang", "Persentase", "Persen", 90, 90, 5000, 4000, None, f"={own}"],
            ["1.06.02", "Program Rehabilitasi", "Jumlah orang", "Orang", 20, 18, 1000, None, None],
            ["1.06.04", "Program Perlindungan", "Jumlah keluarga", "Keluarga", 20, 26, 1000, None, None],
            heads=(*OWN_HEADS, "%", "CATATAN SENDIRI"),
            more={"K9": "=I2+I3"},  # by way of another formula of theirs
        )
    )
    done = tasks.fill(source).path
    assert [cell(done, "Sheet", at, values=False) for at in ("I3", "J2")] == [None, f"={own}"]
    assert str(cell(done, "Sheet", "I4", values=False)).startswith("=IF(COUNT(")  # nobody's formula reads that one
    assert [cell(done, "Sheet", at) for at in ("I2", "K9")] == [80, 80]
    assert cell(done, "Sheet", "J2") == (80 if own == "I2+I3" else 160)
    assert compare_caches(done, ironcalc_values(done)) == []


def asking(path: Path, *rows: Sequence[Value | tuple[str, float]]) -> Path:
    """A matrix as XlsxWriter writes it: it asks to be recalculated; (formula, result) is what it stores, else 0 for each formula."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Matriks")
    for number, row in enumerate(((*OWN_HEADS, "%"), *rows)):
        for column, value in enumerate(row):
            if isinstance(value, tuple):
                sheet.write_formula(number, column, value[0], None, value[1])
            else:
                sheet.write(number, column, value)
    book.close()
    return path


def test_a_file_that_asks_to_be_recalculated_gets_the_values_that_its_formulas_have(tmp_path: Path) -> None:
    """A phone would show the 0 that is stored beside a Ringkasan that has the right sums."""
    source = asking(
        tmp_path / "m.xlsx",
        ["1.06.01", "Program Penunjang", "Persentase", "Persen", 90, 90, 5000, 4000, "=H2/G2*100"],
        ["1.06.02", "Program Rehabilitasi", "Jumlah orang", "Orang", 20, 18, 1000, 900],
        ["", "JUMLAH", "", "", "", "", "=SUM(G2:G3)", "=SUM(H2:H3)"],
    )
    assert cell(source, "Matriks", "G4") == 0
    done = tasks.fill(source).path
    assert [cell(done, "Matriks", at) for at in ("I2", "G4", "H4")] == [80, 6000, 4900]
    assert [cell(done, "Matriks", at, values=False) for at in ("I2", "G4")] == ["=H2/G2*100", "=SUM(G2:G3)"]
    assert compare_caches(done, ironcalc_values(done)) == []


@pytest.mark.parametrize(
    "own",
    [
        "SUM(INDEX(G2:G3,0))",
        'INDEX(G2:G3,MATCH("*02",A2:A3,0))',
        'SUM("5",G2)',
        "COUNT(G2/0,G3)",
        'SUMIFS(G2:G3,C2:C4,"P*")',
        "SUM(G2:G3)/0",
    ],
)
def test_a_stored_result_stays_where_it_is_not_calculated_surely(own: str, tmp_path: Path) -> None:
    source = asking(
        tmp_path / "m.xlsx",
        ["1.06.01", "Program Penunjang", "Persentase", "Persen", 90, 90, 5000, 4000],
        ["1.06.02", "Program Rehabilitasi", "Persentase", "Persen", 20, 18, 1000, (f"={own}", 700)],
        ["", "JUMLAH", "", "", "", "", 6000, ("=H2+H3", 4700)],
    )
    done = tasks.fill(source).path
    assert [cell(done, "Matriks", at) for at in ("H3", "H4")] == [700, 4700]


# -- twice is once --------------------------------------------------------------------------------------------------------------


@given(rows=matrices())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_fill_twice_is_fill_once(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Value]]) -> None:
    folder = tmp_path_factory.mktemp("twice")
    path = folder / "m.xlsx"
    path.write_bytes(typed_in({"matriks": rows}))
    first = tasks.fill(path)
    once = first.path.read_bytes()
    second = tasks.fill(first.path, folder / "again.xlsx")
    assert second.path.read_bytes() == once
    assert second.report.findings == first.report.findings
    assert problems(first.path) == []
    assert compare_caches(first.path, ironcalc_values(first.path)) == []


def test_explanations_and_a_changed_value_survive_refills(tmp_path: Path) -> None:
    entry = tmp_path / "m.xlsx"
    shutil.copy(EXAMPLE / "matriks.xlsx", entry)
    result = tasks.fill(entry).path
    column = _explain(result, "AG04", "Formasi kosong sampai akhir tahun.")
    report = tasks.fill(result).report
    assert [f.code for f in report.findings if f.explained] == ["AG04"]
    once = result.read_bytes()
    assert not tasks.fill(result).written
    assert result.read_bytes() == once
    # The value changes: the text stays, but no longer counts.
    book = Workbook.open(result)
    book.sheet("Matriks").write("N12", value=2_030_282_675.0)
    book.sheet("Matriks").write("N11", value=2_086_083_675.0)
    book.save(result)
    report = tasks.fill(result).report
    assert not [f.code for f in report.findings if f.explained]
    texts = [c.value for c in openpyxl.load_workbook(result)["Catatan Perbaikan"][column]]
    assert "Formasi kosong sampai akhir tahun." in texts
    once = result.read_bytes()
    assert not tasks.fill(result).written
    assert result.read_bytes() == once
    # The finding goes: the text is kept, once, and refills change nothing.
    book = Workbook.open(result)
    for at in ("N12", "N11", "N7", "N88"):
        book.sheet("Matriks").clear(at)
    book.sheet("Matriks").write("N12", value=2_260_178_760.0)
    book.save(result)
    tasks.fill(result)
    once = result.read_bytes()
    texts = [c.value for row in openpyxl.load_workbook(result)["Catatan Perbaikan"].iter_rows() for c in row]
    assert texts.count("Formasi kosong sampai akhir tahun.") == 1
    assert not tasks.fill(result).written
    assert result.read_bytes() == once


def _explain(path: Path, code: str, text: str) -> str:
    """Types an explanation beside the finding with this code, as a planner would."""
    book = Workbook.open(path)
    sheet = book.sheet("Catatan Perbaikan")
    headings = {
        data.value: column
        for (_, column), data in sheet.cells.items()
        if isinstance(data.value, str) and data.value.isupper()
    }
    row = next(row for (row, column), data in sheet.cells.items() if data.value == code and column == headings["KODE"])
    sheet.write((row, headings["PENJELASAN"]), value=text)
    book.save(path)
    from lakip_xl.cells import letters

    return letters(headings["PENJELASAN"])


def test_what_the_user_wrote_on_an_owned_sheet_is_moved_not_lost(tmp_path: Path) -> None:
    entry = Path(shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / "m.xlsx"))
    result = tasks.fill(entry).path
    book = Workbook.open(result)
    book.sheet("Ringkasan").write("AZ3", value="Tanyakan ke bendahara")
    book.sheet("Catatan Perbaikan").write("A60", value=12.5)
    book.save(result)
    done = tasks.fill(result)
    assert done.moved == ("Ringkasan (lama)", "Catatan Perbaikan (lama)")
    after = openpyxl.load_workbook(result)
    assert [c.value for c in after["Ringkasan (lama)"][4]] == ["AZ3", "Tanyakan ke bendahara", None]
    assert [c.value for c in after["Catatan Perbaikan (lama)"][4]] == ["A60", 12.5, None]
    assert after["Ringkasan"]["AZ3"].value is None
    assert not tasks.fill(result).written
    assert problems(result) == []


@needs_libreoffice
@pytest.mark.slow
def test_a_filled_workbook_that_libreoffice_saved_again_is_still_ours(tmp_path: Path) -> None:
    from oracles import libreoffice_saved

    result = tasks.fill(EXAMPLE / "matriks.xlsx", tmp_path / "hasil.xlsx")
    again = tasks.fill(libreoffice_saved(result.path, tmp_path / "lagi"), tmp_path / "lagi.xlsx")
    assert again.moved == ()
    assert [(f.code, str(f.cell)) for f in again.report.findings] == [
        (f.code, str(f.cell)) for f in result.report.findings
    ]
    assert not again.report.mended, "every formula is known as ours"
    assert compare_caches(again.path, ironcalc_values(again.path)) == []


def test_a_picture_or_a_comment_on_an_owned_sheet_stays_where_it_is(tmp_path: Path) -> None:
    from lakip_xl.workbook.package import rels_part

    entry = Path(shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / "m.xlsx"))
    result = tasks.fill(entry).path
    book = Workbook.open(result)
    part = book.sheet("Catatan Perbaikan").part
    book.package.put(
        "xl/comments9.xml", b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    book.package.relate(part, "comments", "xl/comments9.xml")
    assert book.package.has(rels_part(part))
    book.save(result)
    done = tasks.fill(result)
    assert done.moved == ("Catatan Perbaikan",)
    after = Workbook.open(result)
    assert after.owned_sheet("_lakip_catatan") == "Catatan Perbaikan LAKIP"
    assert after.package.has("xl/comments9.xml")
    assert after.attachments("Catatan Perbaikan")["comments"] == 1
    assert not tasks.fill(result).written


def test_values_of_a_file_that_asks_to_be_recalculated_are_not_believed(tmp_path: Path) -> None:
    """XlsxWriter stores 0 for every formula and asks Excel to calculate: those zeros are nobody's figures."""
    import xlsxwriter

    path = tmp_path / "kantor.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("Matriks")
    headings = [
        "KODE",
        "PROGRAM/KEGIATAN/SUB KEGIATAN",
        "INDIKATOR",
        "TARGET",
        "REALISASI",
        "ANGGARAN",
        "REALISASI ANGGARAN",
        "%",
    ]
    sheet.write_row(0, 0, headings)
    sheet.write_row(1, 0, ["1.06.01.2.01", "Kegiatan", None, None, None])
    sheet.write_formula("F2", "=SUM(F3:F3)")
    sheet.write_formula("G2", "=SUM(G3:G3)")
    sheet.write_formula("H2", "=G2/F2*100")
    sheet.write_row(2, 0, ["1.06.01.2.01.0001", "Sub", "Jumlah", 2, 2, 1000, 900])
    sheet.write_formula("H3", "=G3/F3*100")
    made.close()
    report = tasks.validate(path)
    assert [f.code for f in report.findings if f.severity.label == "error"] == []


def test_a_file_that_changes_while_it_is_read_is_not_overwritten(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lakip_xl import summary

    result = tasks.fill(entry).path
    book = Workbook.open(result)
    book.sheet("Matriks").write("K7", value=5.0)
    book.save(result)
    build = summary.build

    def saved_meanwhile(*args: object) -> bytes:
        other = Workbook.open(result)
        other.sheet("Matriks").write("K10", value=777.0)
        other.save(result)
        return build(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(summary, "build", saved_meanwhile)
    with pytest.raises(OutputRefused, match="berubah"):
        tasks.fill(result)
    assert cell(result, "Matriks", "K10") == 777


def test_a_sheet_without_tingkat_gets_its_sums_all_the_same(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "kantor.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("Matriks 2024")
    sheet.write_row(0, 0, ["KODE", "URAIAN", "INDIKATOR", "TARGET", "REALISASI", "ANGGARAN", "REALISASI ANGGARAN", "%"])
    lines = [("1.06.01", None), ("1.06.01.2.01", None), ("1.06.01.2.01.0001", 10), ("1.06.01.2.01.0002", 20), ("1.06.01.2.02", None),
             ("1.06.01.2.02.0001", 5), ("1.06.02", None), ("1.06.02.2.01", None), ("1.06.02.2.01.0001", 7)]  # fmt: skip
    for row, (kode, pagu) in enumerate(lines, start=1):
        sheet.write_row(row, 0, [kode, f"Baris {row}", "I" if pagu else None, pagu, pagu, pagu, pagu])
    sheet.write(len(lines) + 1, 1, "JUMLAH")
    made.close()
    result = tasks.fill(path).path
    after = Workbook.open(result).sheet("Matriks 2024")
    assert [after.cell((row, 6)).value for row in (2, 3, 6, 8, 9, 11)] == [35, 30, 5, 7, 7, 42]
    assert after.cell("F2").formula == (
        'IF(COUNT(F3:F3,F6:F6)+COUNTBLANK(F3:F3)+COUNTBLANK(F6:F6)<ROWS(F3:F3)+ROWS(F6:F6),"-",IF(COUNT(F3:F3,F6:F6)=0,"",SUM(F3:F3,F6:F6)))'
    )
    assert not tasks.fill(result).written
    assert compare_caches(result, ironcalc_values(result)) == []


def test_children_of_several_levels_are_all_counted() -> None:
    rows = [
        {"kode": "1.06.01", "uraian": "PROGRAM A"},
        {**LEAF, "anggaran": 1000.0},
        {"kode": "1.06.01.2.02", "uraian": "Kegiatan 2"},
        {**LEAF, "kode": "1.06.01.2.02.0001", "anggaran": 2000.0},
        {"kode": "1.06.02", "uraian": "PROGRAM B", "anggaran": 500.0},
    ]
    after = Workbook.from_bytes(filled(typed_in({"matriks": rows})), "m.xlsx").sheet("Matriks")
    assert [after.cell(at).value for at in ("M7", "M9", "M88")] == [3000, 2000, 3500]


def test_what_was_examined_is_gone_before_the_result_is_packed(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large matrix would lie beside its packing otherwise; nothing in it may refer to what holds it."""
    seen: list[weakref.ref[Document]] = []
    gone: list[bool] = []
    examine, to_bytes = filling.examine, Workbook.to_bytes

    def examined(*args: object, **options: object) -> object:
        found = examine(*args, **options)  # type: ignore[arg-type]
        assert any(row.children for row in found.document.matrix.rows)
        seen.append(weakref.ref(found.document))
        return found

    def packed(book: Workbook) -> bytes:
        gone.append(seen[-1]() is None)
        return to_bytes(book)

    monkeypatch.setattr(filling, "examine", examined)
    monkeypatch.setattr(Workbook, "to_bytes", packed)
    gc.disable()
    try:
        tasks.fill(entry)
    finally:
        gc.enable()
    assert gone == [True]
