"""The sheet Narasi: a user's notes outlive every renewal, nothing typed is lost, and its tables are live."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lakip_xl import narrative
from lakip_xl.narrative.own import read
from lakip_xl.narrative.sheet import NOTE
from lakip_xl.summary.check import UNCHANGED
from lakip_xl.workbook import Workbook
from oracles import compare_caches, ironcalc_values, libreoffice_values, needs_libreoffice
from workbooks import matrices, typed_in
from xlsx_checks import problems

Make = Callable[..., Any]
SHORT = "Sub kegiatan Pemeliharaan Peralatan dan Mesin Lainnya"
MONEY = "Belanja Pegawai: anggaran"


def again(make: Make, source: bytes, sheet: Any) -> Any:
    return make(source, sheet)


def test_it_is_sound_and_the_same_every_time(example: Any, source: bytes, make: Make, tmp_path: Path) -> None:
    path = tmp_path / "narasi.xlsx"
    path.write_bytes(example.file)
    assert problems(path) == []
    assert make(source).page == example.page
    assert make(source, example.sheet).page == example.page
    assert narrative.is_ours(example.sheet) and narrative.foreign(example.sheet) == ()


def test_every_sentence_and_heading_stands_on_it_in_order(example: Any) -> None:
    column = [
        cell.value for (row, at), cell in sorted(example.cells.items()) if at == 1 and isinstance(cell.value, str)
    ]
    wanted = [
        text
        for section in example.told.sections
        for text in (section.heading, *(p.text for p in section.parts if hasattr(p, "text")))
    ]
    places = [column.index(text) for text in dict.fromkeys(wanted)]
    assert places == sorted(places)


def test_figures_of_its_tables_are_formulas_with_their_values(example: Any) -> None:
    row = example.row("Belanja Barang dan Jasa", 2)
    cells = [example.cells[row, column] for column in range(3, 7)]
    assert [cell.value for cell in cells] == [331025684, 325659431, 5366253, pytest.approx(98.378901)]
    assert all(cell.formula for cell in cells)
    assert "TEXT(" not in "".join(cell.formula or "" for cell in example.cells.values())
    assert UNCHANGED in {cell.value for cell in example.cells.values()}


@needs_libreoffice
def test_its_values_are_what_two_engines_compute(example: Any, tmp_path: Path) -> None:
    path = tmp_path / "narasi.xlsx"
    path.write_bytes(example.file)
    assert compare_caches(path, libreoffice_values(path)) == []
    assert compare_caches(path, ironcalc_values(path)) == []


def test_a_note_is_kept_by_the_sentence_it_belongs_to(example: Any, source: bytes, make: Make) -> None:
    row = example.row(SHORT)
    first = again(make, source, example.typed({(row, NOTE): "Tiga mesin rusak berat"}))
    assert first.cells[first.row(SHORT), NOTE].value == "Tiga mesin rusak berat"
    assert again(make, source, first.sheet).page == first.page
    book = Workbook.from_bytes(source, "matriks.xlsx")
    book.sheet("Matriks").write((17, 11), value=2.0)  # another sentence is gone, this one stands elsewhere now
    moved = make(book.to_bytes(), first.sheet)
    assert moved.cells[moved.row(SHORT), NOTE].value == "Tiga mesin rusak berat"


def test_a_sentence_that_was_edited_in_its_place_becomes_a_note(example: Any, source: bytes, make: Make) -> None:
    row = example.row(MONEY)
    edited = example.typed({(row, 1): "Belanja Pegawai terserap 89,95 persen."})
    assert narrative.foreign(edited) == ()
    made = again(make, source, edited)
    assert made.cells[made.row(MONEY), NOTE].value == "Belanja Pegawai terserap 89,95 persen."
    assert again(make, source, made.sheet).page == made.page


def test_beside_a_note_the_edited_sentence_is_handed_over(example: Any) -> None:
    row = example.row(MONEY)
    edited = example.typed({(row, 1): "Kalimat saya", (row, NOTE): "Catatan saya"})
    assert read(edited).notes == {
        next(s.key for s in example.told.sentences if s.text.startswith(MONEY)): "Catatan saya"
    }
    assert [(each.row, each.column, each.value) for each in narrative.foreign(edited)] == [(row, 1, "Kalimat saya")]


def test_whatever_else_is_typed_is_foreign(example: Any) -> None:
    title, last = example.row("NARASI"), max(row for row, _ in example.cells)
    typed = {(title, NOTE + 20): "di samping", (last + 5, 1): "di bawah", (example.row("Tabel: ") + 2, 3): 7.0}
    found = narrative.foreign(example.typed(typed))
    assert sorted((each.row, each.column) for each in found) == sorted(typed)
    assert {each.value for each in found} == set(typed.values())


def test_a_note_whose_sentence_is_gone_stands_at_the_foot_until_it_returns(
    example: Any, source: bytes, make: Make
) -> None:
    first = again(make, source, example.typed({(example.row(SHORT), NOTE): "Tiga mesin rusak berat"}))
    book = Workbook.from_bytes(source, "matriks.xlsx")
    book.sheet("Matriks").write((16, 11), value=25.0)
    mended = make(book.to_bytes(), first.sheet)
    row = mended.row(SHORT)
    assert row > mended.row("Catatan Anda yang kalimatnya sudah tidak ada")
    assert mended.cells[row, NOTE].value == "Tiga mesin rusak berat"
    assert make(book.to_bytes(), mended.sheet).page == mended.page
    back = again(make, source, mended.sheet)
    assert back.page == first.page
    cleared = make(book.to_bytes(), mended.typed({(row, NOTE): None}))
    assert not any(str(cell.value).startswith("Catatan Anda yang") for cell in cleared.cells.values())


def test_a_claim_in_a_note_is_named_with_the_cell_of_the_note(example: Any, source: bytes, make: Make) -> None:
    made = again(make, source, example.typed({(example.row("Dari 29"), NOTE): "Semua kegiatan berhasil."}))
    row = made.row("Dari 29")
    assert made.cells[row, NOTE].value == "Semua kegiatan berhasil."
    assert made.cells[made.row("Narasi!"), 1].value == f"Narasi!H{row}"
    link = load_workbook(io.BytesIO(made.file))["Narasi"].cell(made.row("Narasi!"), 1).hyperlink
    assert link.location == f"Narasi!H{row}"
    assert again(make, source, made.sheet).page == made.page


def test_a_sheet_without_its_hidden_columns_is_the_users(example: Any) -> None:
    sheet = example.sheet
    for row, column in [place for place in example.cells if place[1] > NOTE]:
        sheet.write((row, column), value=None)
    assert not narrative.is_ours(sheet) and read(sheet).notes == {}


def test_it_prints_upright_on_a4_one_page_wide(example: Any) -> None:
    sheet = load_workbook(io.BytesIO(example.file))["Narasi"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "portrait",
        9,
        0,
    )
    assert sheet.print_title_rows == "$3:$3" and sheet.freeze_panes == "A4"
    hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    assert hidden
    row = example.row(SHORT)
    assert [sheet.cell(row, column).protection.locked for column in (1, NOTE)] == [True, False]
    assert sheet.cell(row, 1).alignment.wrap_text and sheet.row_dimensions[row].height > 28


@settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(rows=matrices(), period=st.sampled_from(["Akhir tahun", "TW II", "Maret"]), data=st.data())
def test_whatever_the_office_typed(make: Make, tmp_path: Path, rows: Any, period: str, data: Any) -> None:
    drawn = {
        "target": [None, 0.0, 5.0, "lima"],
        "realisasi": [None, 0.0, 7.0],
        "capaian_n1": [None, 90.0, "-"],
    }
    iku = {"sasaran": "Sejahtera", "indikator": "Penanganan", "satuan": "Orang"}
    iku |= {key: data.draw(st.sampled_from(values)) for key, values in drawn.items()}
    source = typed_in({"matriks": rows, "sasaran": [iku]}, {"periode": period})
    made = make(source)
    assert make(source, made.sheet).page == made.page and narrative.foreign(made.sheet) == ()
    path = tmp_path / "acak.xlsx"
    path.write_bytes(made.file)
    assert compare_caches(path, ironcalc_values(path)) == []
    for sentence in made.told.sentences:
        assert "None" not in sentence.text and "nan" not in sentence.text.split() and sentence.text.endswith(".")


@pytest.mark.parametrize("text", ["a\x01b", "=1+1", "_x0041_", "x" * 40_000, "<&>\n\nbaris kedua"])
def test_odd_texts(text: str, make: Make, tmp_path: Path) -> None:
    source = typed_in(
        {
            "sasaran": [
                {
                    "sasaran": "Sejahtera",
                    "indikator": "Penanganan",
                    "target": 1.0,
                    "realisasi": 1.0,
                    "penyebab": text[:32_000],
                }
            ]
        }
    )
    made = make(source)
    path = tmp_path / "aneh.xlsx"
    path.write_bytes(made.file)
    assert problems(path) == [] and narrative.foreign(made.sheet) == ()
