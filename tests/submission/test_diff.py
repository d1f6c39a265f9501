"""``lakip-xl diff``: rows by key, entries, sheets, findings and explanations, as text, JSON and a workbook."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import sealed
from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.cli import main
from lakip_xl.difference import Difference
from lakip_xl.form import formulas as f
from workbooks import typed_in
from xlsx_checks import problems

ROWS: tuple[Mapping[str, Value], ...] = (
    {"kode": "1.06.01", "uraian": "PROGRAM PENUNJANG", "indikator": "Nilai", "target": 70.0, "realisasi": 70.0, "arah": f.HIGHER},
    {"kode": "1.06.01.2.01", "uraian": "Perencanaan"},
    *(
        {"kode": f"1.06.01.2.01.000{n}", "uraian": f"Sub {n}", "indikator": "Dokumen", "satuan": "Dokumen", "arah": f.HIGHER,
         "target": 12.0, "realisasi": 12.0, "anggaran": 1_000.0 * n, "realisasi_anggaran": 1_000.0 * n}
        for n in range(1, 5)
    ),
)  # fmt: skip


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def compared(tmp_path: Path, old: Sequence[Mapping[str, Value]], new: Sequence[Mapping[str, Value]]) -> Difference:
    paths = [
        put(tmp_path / f"{name}.xlsx", typed_in({"matriks": rows})) for name, rows in (("lama", old), ("baru", new))
    ]
    return tasks.diff(*paths)


def with_change(number: int, **values: Value) -> list[Mapping[str, Value]]:
    return [{**row, **values} if place == number else row for place, row in enumerate(ROWS)]


def test_the_same_workbook(tmp_path: Path) -> None:
    found = compared(tmp_path, ROWS, ROWS)
    assert not found.changes.any and found.exit_code == 0 and found.fixed == found.new == ()


def test_a_row_put_in_between_is_one_row_and_moves_nothing(tmp_path: Path) -> None:
    extra = {**ROWS[2], "kode": "1.06.01.2.01.0009", "uraian": "Sub baru"}
    found = compared(tmp_path, ROWS, [*ROWS[:3], extra, *ROWS[3:]])
    assert [record.kode for record in found.changes.added] == ["1.06.01.2.01.0009"]
    assert found.changes.changed == found.changes.removed == found.changes.loose == ()


def test_a_row_taken_out(tmp_path: Path) -> None:
    found = compared(tmp_path, ROWS, [*ROWS[:3], *ROWS[4:]])
    assert [record.kode for record in found.changes.removed] == ["1.06.01.2.01.0002"] and found.changes.entries == 1


def test_another_kode_on_the_same_row_is_a_changed_kode(tmp_path: Path) -> None:
    found = compared(tmp_path, ROWS, with_change(2, kode="1.06.01.2.01.0011"))
    assert [(c.column, c.before and c.before.value, c.after and c.after.value) for c in found.changes.changed] == [
        ("kode", "1.06.01.2.01.0001", "1.06.01.2.01.0011")
    ]
    assert found.changes.added == found.changes.removed == ()


def test_rows_in_another_order_are_the_same_rows(tmp_path: Path) -> None:
    found = compared(tmp_path, ROWS, [ROWS[0], ROWS[1], *reversed(ROWS[2:])])
    assert not found.changes.any


def test_findings_fixed_new_and_still_there(tmp_path: Path) -> None:
    old = with_change(2, realisasi=2.0)  # far below its target
    new = with_change(3, realisasi_anggaran=2_100.0)  # more than its anggaran
    found = compared(tmp_path, old, new)
    assert [finding.code for finding in found.fixed] == ["AG06"]
    assert [finding.code for finding in found.new] == ["AG05"]
    assert found.exit_code == 1
    said = run("diff", tmp_path / "lama.xlsx", tmp_path / "baru.xlsx").output
    assert said.startswith("lama.xlsx -> baru.xlsx\n\nIsian berubah: 2\n")
    assert "Catatan yang sudah selesai: 1" in said and "Catatan baru: 1" in said and "Catatan yang masih ada: 2" in said


def test_explanations_carried_over_and_lost(tmp_path: Path) -> None:
    whole = put(tmp_path / "lama.xlsx", sealed.workbook())
    less = put(tmp_path / "baru.xlsx", sealed.changed({("Matriks", (12, 16)): None}))
    found = tasks.diff(whole, less)
    assert [still.after.code for still in found.still if still.lost] == ["CP03", "AG04"]
    assert sum(still.carried for still in found.still) == 5
    assert "(5 penjelasan tetap berlaku, 2 penjelasan tidak berlaku lagi)" in run("diff", whole, less).output
    assert "(5 penjelasan tetap berlaku, 2 baru dijelaskan)" in run("diff", less, whole).output


def test_bundles_are_compared_by_their_workbooks(tmp_path: Path) -> None:
    bundle = put(tmp_path / "b.zip", sealed.bundle())
    other = put(tmp_path / "baru.xlsx", sealed.changed({("Matriks", (12, 14)): 5.0}))
    found = tasks.diff(bundle, other)
    assert [(c.record.kode, c.column) for c in found.changes.changed] == [("1.06.01.2.02.0001", "realisasi_anggaran")]


def test_as_json(tmp_path: Path) -> None:
    compared(tmp_path, ROWS, with_change(2, anggaran=1_000.25))
    result = run("diff", tmp_path / "lama.xlsx", tmp_path / "baru.xlsx", "--format", "json")
    data = json.loads(result.output)
    assert data["schema"] == "lakip-xl/diff/1" and (data["old"], data["new"]) == ("lama.xlsx", "baru.xlsx")
    (change,) = data["changed"]
    assert (change["kode"], change["column"], change["cell"]) == ("1.06.01.2.01.0001", "anggaran", "Matriks!M9")
    assert (change["old"]["value"], change["new"]["value"]) == (1000, 1000.25)
    assert set(data["findings"]) == {"fixed", "new", "still"}


def test_as_a_workbook(tmp_path: Path) -> None:
    old, new = (
        put(tmp_path / "lama.xlsx", sealed.workbook()),
        put(tmp_path / "baru.xlsx", sealed.changed({("Matriks", (12, 14)): 5.0})),
    )
    out = tmp_path / "beda.xlsx"
    result = run("diff", old, new, "-o", out)
    assert result.exit_code == 1 and result.output == f"Ditulis: {out}\n" and problems(out) == []
    sheet = openpyxl.load_workbook(out)["Perubahan Isian"]
    assert [cell.value for cell in sheet[5]][:3] == ["Isian berubah", "Matriks!N12", "1.06.01.2.02.0001"]
    assert [cell.value for cell in sheet[5]][5:] == [2030282674, 5, 5 - 2030282674]
    first = out.read_bytes()
    assert run("diff", old, new, "-o", out).exit_code == 2  # it is there already
    assert run("diff", old, new, "-o", out, "--force").exit_code == 1 and out.read_bytes() == first


def test_a_cell_of_ours_that_was_emptied_is_named_in_every_form_of_the_difference(tmp_path: Path) -> None:
    old, new = (
        put(tmp_path / "lama.xlsx", sealed.workbook()),
        put(tmp_path / "baru.xlsx", sealed.changed({("Ringkasan", (1, 1)): None})),
    )
    assert json.loads(run("diff", old, new, "--format", "json").output)["broken"] == ["Ringkasan!A1"]
    assert "Ringkasan!A1" in run("diff", old, new).output
    run("diff", old, new, "-o", tmp_path / "beda.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "beda.xlsx")["Perubahan Isian"]
    assert [cell.value for cell in sheet[5]][:3] == ["Sel milik lakip-xl diubah", "Ringkasan!A1", None]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    old = put(tmp_path / "lama.xlsx", sealed.workbook())
    new = put(tmp_path / "baru.xlsx", sealed.changed({("Matriks", (12, 16)): '=HYPERLINK("http://x")'}))
    out = tmp_path / "beda.xlsx"
    run("diff", old, new, "-o", out)
    cells = [cell for row in openpyxl.load_workbook(out)["Perubahan Isian"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=HYPER")] == ["s"]


def test_a_matrix_and_a_table_of_iku_do_not_compare(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["NO", "SASARAN STRATEGIS", "INDIKATOR KINERJA", "SATUAN", "TARGET", "REALISASI", "CAPAIAN (%)"],
                [1, "Meningkatnya layanan", "Persentase layanan", "%", 90, 90, 100]):  # fmt: skip
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    result = run(
        "diff", put(tmp_path / "a.xlsx", typed_in({"matriks": ROWS})), put(tmp_path / "iku.xlsx", out.getvalue())
    )
    assert result.exit_code == 2 and "tidak dapat dibandingkan" in result.output


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(2, 6)), gone=st.sets(st.integers(2, 5), max_size=2), edits=st.dictionaries(
    st.integers(2, 5), st.integers(1, 10**9), max_size=3))  # fmt: skip
def test_any_mix_of_moves_removals_and_edits_is_told_exactly(
    order: list[int], gone: set[int], edits: dict[int, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = [number for number in order if number not in gone]
    new = [*ROWS[:2], *({**ROWS[n], "anggaran": float(edits[n])} if n in edits else ROWS[n] for n in kept)]
    found = compared(tmp_path_factory.mktemp("d"), ROWS, new)
    assert {r.kode for r in found.changes.removed} == {str(ROWS[n]["kode"]) for n in gone} and not found.changes.added
    wanted = {(str(ROWS[n]["kode"]), float(edits[n])) for n in kept if n in edits and ROWS[n]["anggaran"] != edits[n]}
    assert {(c.record.kode, c.after and c.after.value) for c in found.changes.changed} == wanted
