"""``submit`` and ``verify``: what is sealed, and how each kind of change is told from the others."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import sealed
from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.cli import main
from lakip_xl.errors import OutputRefused, UnreadableWorkbook
from lakip_xl.submission import bundle
from lakip_xl.submission.manifest import Manifest, code_of, digest, seal_of
from lakip_xl.workbook import Workbook
from oracles import libreoffice_saved, needs_libreoffice
from sealed import EXAMPLE
from xlsx_checks import problems


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "matriks.xlsx"
    path.write_bytes(sealed.workbook())
    return path


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    path = tmp_path / "ajuan.zip"
    path.write_bytes(sealed.bundle())
    return path


def beside(tmp_path: Path, data: bytes, name: str = "lain.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


# ---- submit


def test_what_is_missing_is_listed_and_nothing_is_written(tmp_path: Path) -> None:
    path = beside(tmp_path, EXAMPLE.read_bytes())
    result = run("submit", path, "-o", tmp_path / "b.zip")
    assert result.exit_code == 1
    assert result.output.startswith("Belum dapat diajukan; tidak ada yang ditulis. Yang kurang: 7.")
    assert [line.split("  ")[1:3] for line in result.output.splitlines() if line.startswith("  Matriks!")] == [
        ["Matriks!N12", "AG04"],
        ["Matriks!L17", "AG06"],
        ["Matriks!L16", "AG06"],
        ["Matriks!O18", "AG03"],
        ["Matriks!L12", "CP03"],
        ["Matriks!M26", "AG01"],
        ["Matriks!L45", "CP03"],
    ]
    assert [each.name for each in tmp_path.iterdir()] == ["lain.xlsx"]


def test_a_bundle_holds_the_workbook_its_report_and_a_digest_of_each_row(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    done = tasks.submit(book)
    assert done.path == tmp_path / "matriks-pengajuan.zip" and not done.filled and book.read_bytes() == before
    with zipfile.ZipFile(done.path) as archive:
        assert archive.namelist() == [
            "manifes.json",
            "matriks.xlsx",
            "laporan.json",
            "laporan.xlsx",
            "isian.json",
            "BACA-SAYA.txt",
        ]
        assert archive.read("matriks.xlsx") == before
        manifest = json.loads(archive.read("manifes.json"))
        report = json.loads(archive.read("laporan.json"))
        assert problems(beside(tmp_path, archive.read("laporan.xlsx"), "laporan.xlsx")) == []
        assert code_of(manifest["seal"]) in archive.read("BACA-SAYA.txt").decode()
    assert manifest["schema"] == "lakip-xl/manifest/1" and manifest["workbook"]["sha256"] == digest(before)
    assert manifest["counts"] == {"error": 0, "warning": 7, "info": 2, "explained": 7}
    assert manifest["identity"]["perangkat_daerah"] == "Dinas Sosial" and manifest["identity"]["tahun"] == "2023"
    assert len(manifest["explanations"]) == 7 and len(report[0]["findings"]) == 9
    matrix = [row for row in manifest["rows"] if row["table"] == "matriks"]
    assert len(matrix) == 40 and len({row["sha256"] for row in matrix}) == 40  # 39 rows and the total


def test_an_unfilled_workbook_is_filled_in_the_bundle_only(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(EXAMPLE.read_bytes()))
    for row in range(7, 47):
        if book["Matriks"].cell(row, 4).value:
            book["Matriks"].cell(row, 16).value = sealed.EXPLANATION
    book["Matriks"]["P18"] = sealed.EXPLANATION
    out = io.BytesIO()
    book.save(out)
    path = beside(tmp_path, out.getvalue())
    done = tasks.submit(path)
    assert done.filled and path.read_bytes() == out.getvalue()
    assert done.path is not None
    assert tasks.verify(done.path).exit_code == 0


def test_the_same_submission_again_is_recognised(book: Path, tmp_path: Path) -> None:
    first = tasks.submit(book)
    assert first.path is not None
    stamp = first.path.stat().st_mtime_ns
    again = tasks.submit(book)
    assert again.again and again.exit_code == 0 and first.path.stat().st_mtime_ns == stamp
    assert "sudah ada; tidak ada yang ditulis" in run("submit", book).output
    book.write_bytes(sealed.changed({("Matriks", (12, 16)): "Diperiksa ulang terhadap LRA."}))
    with pytest.raises(OutputRefused, match="isinya lain"):
        tasks.submit(book)
    forced = tasks.submit(book, force=True)
    assert (
        forced.backup == tmp_path / "matriks-pengajuan.cadangan-1.zip" and forced.backup.read_bytes() == sealed.bundle()
    )


def test_another_version_of_the_tool_that_sealed_the_same_workbook_is_named(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.submit(book)
    monkeypatch.setattr("lakip_xl.__version__", "9.9.9")
    monkeypatch.setattr("lakip_xl.submission.manifest.__version__", "9.9.9")
    with pytest.raises(OutputRefused, match="disegel oleh lakip-xl versi lain"):
        tasks.submit(book)


def test_a_bundle_must_be_called_zip(book: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match=r"berakhiran \.zip"):
        tasks.submit(book, tmp_path / "b.xlsx")


# ---- verify: told apart


def test_a_whole_bundle(zipped: Path) -> None:
    result = run("verify", zipped)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "ajuan.zip: Dinas Sosial, Kabupaten Manggarai, 2023, Akhir tahun"
    assert lines[3:] == [
        "Bundel utuh: isinya sama dengan saat disegel.",
        "matriks.xlsx: sama persis dengan buku kerja yang disegel.",
        "Masih lolos pemeriksaan dengan versi ini.",
    ]
    english = run("verify", zipped, "--lang", "en").output
    assert "The bundle is whole" in english and "It still passes" in english


def test_saved_again_without_a_change(zipped: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sealed.workbook()))
    book["Matriks"].column_dimensions["C"].width = 71
    out = io.BytesIO()
    book.save(out)
    found = tasks.verify(zipped, beside(tmp_path, out.getvalue()))
    assert not found.identical and found.changes is not None and not found.changes.any and found.exit_code == 0
    assert "disimpan ulang sejak disegel, tanpa perubahan isian" in run("verify", zipped, tmp_path / "lain.xlsx").output


def test_the_file_before_it_was_filled_has_the_same_entries(tmp_path: Path) -> None:
    path = beside(tmp_path, (EXAMPLE.parent / "matriks-dijelaskan.xlsx").read_bytes())
    done = tasks.submit(path)
    assert done.path is not None and done.filled
    result = run("verify", done.path, path)
    assert result.exit_code == 0 and "isiannya sama dengan yang disegel. Berkas ini sendiri belum diisi" in " ".join(
        result.output.split()
    )


@pytest.mark.oracle
@needs_libreoffice
def test_saved_again_by_libreoffice(zipped: Path, tmp_path: Path) -> None:
    again = libreoffice_saved(beside(tmp_path, sealed.workbook()), tmp_path / "lagi")
    found = tasks.verify(zipped, again)
    assert found.changes is not None and not found.changes.any and found.remarks == () and found.exit_code == 0


def test_an_added_sheet(zipped: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sealed.workbook()))
    book.create_sheet("Lampiran")["A1"] = "x"
    out = io.BytesIO()
    book.save(out)
    found = tasks.verify(zipped, beside(tmp_path, out.getvalue()))
    assert found.changes is not None and found.changes.sheets_added == ("Lampiran",) and found.changes.entries == 0
    assert found.exit_code == 1 and found.changes.loose == ()


def test_a_renamed_sheet_is_no_other_sheet(zipped: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sealed.workbook()))
    book["Petunjuk"].title = "Cara Mengisi"
    out = io.BytesIO()
    book.save(out)
    found = tasks.verify(zipped, beside(tmp_path, out.getvalue()))
    assert found.changes is not None
    assert found.changes.sheets_renamed == (("Petunjuk", "Cara Mengisi"),) and found.changes.loose == ()


def test_changed_entries_are_named_by_kode_and_column(zipped: Path, tmp_path: Path) -> None:
    other = sealed.changed(
        {("Matriks", (12, 14)): 2030282675.0, ("Identitas", (7, 2)): 2024.0, ("Matriks", (16, 11)): None}
    )
    result = run("verify", zipped, beside(tmp_path, other))
    assert result.exit_code == 1
    said = " ".join(result.output.split())
    assert "lain.xlsx: BERUBAH sejak disegel: Isian berubah: 3" in said
    assert (
        "Matriks!N12 1.06.01.2.02.0001 Penyediaan Gaji dan Tunjangan ASN, REALISASI s/d TW INI (Rp): 2.030.282.674 -> 2.030.282.675"
        in said
    )
    assert "Tahun: 2023 -> 2024" in said
    assert "REALISASI KINERJA: 17 -> kosong" in said
    assert "TIDAK LOLOS pemeriksaan" in said


def test_a_figure_typed_over_ringkasan_is_named(zipped: Path, tmp_path: Path) -> None:
    values = openpyxl.load_workbook(io.BytesIO(sealed.workbook()), data_only=True)["Ringkasan"]
    place = next(
        cell.coordinate for row in values.iter_rows() for cell in row if cell.value == 2383192105 and cell.column <= 6
    )
    kept = sealed.changed({("Ringkasan", openpyxl.utils.cell.coordinate_to_tuple(place)): 2583192105.0})
    found = tasks.verify(zipped, beside(tmp_path, kept))
    assert found.changes is not None and [str(cell) for cell in found.changes.broken] == [f"Ringkasan!{place}"]
    assert found.exit_code == 1


def stale(data: bytes) -> bytes:
    """The example filled first and explained afterwards: its Ringkasan is that of the check before."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "matriks.xlsx"
        source.write_bytes(EXAMPLE.read_bytes())
        first = tasks.fill(source).path.read_bytes()
    book, explained = Workbook.from_bytes(first), Workbook.from_bytes(data)
    for row in range(7, 88):
        value = explained.sheet("Matriks").cell((row, 16)).value
        if value:
            book.sheet("Matriks").write((row, 16), value=value)
    return book.to_bytes()


@pytest.mark.parametrize("saved", ["as it is", "by openpyxl"])
def test_filled_first_and_explained_afterwards_is_no_change(saved: str, tmp_path: Path) -> None:
    data = stale(EXAMPLE.with_name("matriks-dijelaskan.xlsx").read_bytes())
    if saved == "by openpyxl":
        out = io.BytesIO()
        openpyxl.load_workbook(io.BytesIO(data)).save(out)
        data = out.getvalue()
    path = beside(tmp_path, data)
    done = tasks.submit(path)
    assert done.path is not None
    result = run("verify", done.path, path)
    assert result.exit_code == 0, result.output
    assert (
        "isiannya sama dengan yang disegel. Ringkasan dan Catatan Perbaikan pada berkas ini dari pemeriksaan yang lain"
        in " ".join(result.output.split())
    )


@pytest.mark.oracle
@needs_libreoffice
def test_so_it_is_when_libreoffice_saved_it(tmp_path: Path) -> None:
    path = beside(tmp_path, stale(EXAMPLE.with_name("matriks-dijelaskan.xlsx").read_bytes()))
    again = libreoffice_saved(path, tmp_path / "lagi")
    done = tasks.submit(again, tmp_path / "b.zip")
    assert done.path is not None and tasks.verify(done.path, again).exit_code == 0


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({("Ringkasan", (3, 1)): "Sangat Berhasil"}, ["Ringkasan!A3"]),
        ({("Ringkasan", (2, 1)): None}, ["Ringkasan!"]),
        ({("Catatan Perbaikan", (8, column)): None for column in range(1, 11)}, ["'Catatan Perbaikan'!"]),
        ({("Matriks", (row, 22)): None for row in range(7, 46)}, ["Matriks!V7"]),
        ({("Matriks", (12, 12)): None}, ["Matriks!L12"]),
    ],
    ids=["typed into a blank", "a title emptied", "a finding emptied", "all flags gone", "a formula gone"],
)
def test_what_was_done_to_the_tools_own_cells_is_named(
    cells: Mapping[tuple[str, tuple[int, int]], Value], named: list[str], zipped: Path, tmp_path: Path
) -> None:
    path = beside(tmp_path, sealed.changed(cells))
    found = tasks.verify(zipped, path)
    assert found.changes is not None and found.changes.entries == 0 and found.exit_code == 1
    places = [str(cell) for cell in found.changes.broken]
    assert places and places[0].startswith(named[0])
    assert "Sel milik lakip-xl dihapus, diketik ulang, atau ditambahi" in run("verify", zipped, path).output


def test_each_formula_of_ringkasan_that_is_gone_is_named(zipped: Path, tmp_path: Path) -> None:
    cells = Workbook.from_bytes(sealed.workbook()).sheet("Ringkasan").cells
    row = (
        next(row for (row, column), cell in sorted(cells.items()) if column == 1 and str(cell.value).startswith("4. "))
        + 2
    )
    formulas = [at for at, cell in sorted(cells.items()) if at[0] == row and cell.formula is not None]
    assert len(formulas) >= 6
    for row, column in formulas:  # some of them are alike
        found = tasks.verify(zipped, beside(tmp_path, sealed.changed({("Ringkasan", (row, column)): None})))
        assert found.exit_code == 1 and found.changes is not None, (row, column)
        assert {cell.row for cell in found.changes.broken} == {row}


def test_sentences_of_narasi_that_were_changed_are_named(tmp_path: Path) -> None:
    source = beside(tmp_path, sealed.workbook(), "matriks.xlsx")
    tasks.fill(source, in_place=True, extra=("narasi",))
    done = tasks.submit(source)
    assert done.path is not None and tasks.verify(done.path, source).exit_code == 0
    sheet = openpyxl.load_workbook(source)["Narasi"]
    place = next(cell for row in sheet.iter_rows() for cell in row if "2.618.454.444" in str(cell.value))
    other = sealed.changed({("Narasi", (place.row, place.column)): "Seluruh anggaran terserap."}, source.read_bytes())
    found = tasks.verify(done.path, beside(tmp_path, other))
    assert found.exit_code == 1 and found.changes is not None and found.changes.broken


def test_a_changed_explanation_is_named_once(zipped: Path, tmp_path: Path) -> None:
    other = sealed.changed({("Matriks", (12, 16)): None})
    found = tasks.verify(zipped, beside(tmp_path, other))
    assert found.changes is not None
    assert [(c.record.kode, c.column) for c in found.changes.changed] == [("1.06.01.2.02.0001", "keterangan")]
    assert found.remarks == () and found.exit_code == 1


# ---- verify: bundles that were tampered with


def test_a_workbook_changed_inside_the_bundle_names_its_entries(zipped: Path, tmp_path: Path) -> None:
    other = sealed.changed({("Matriks", (12, 14)): 1.0})
    found = tasks.verify(beside(tmp_path, sealed.rezipped(sealed.bundle(), matriks_xlsx=other), "b.zip"))
    assert found.damage == (("changed", "matriks.xlsx"),) and found.changes is not None
    assert [
        (c.record.kode, c.column, c.before and c.before.value, c.after and c.after.value) for c in found.changes.changed
    ] == [("1.06.01.2.02.0001", "realisasi_anggaran", 2030282674.0, 1.0)]
    assert found.exit_code == 1


@pytest.mark.parametrize(
    ("parts", "damage"),
    [
        ({"laporan_json": b"[]"}, ("changed", "laporan.json")),
        ({"laporan_xlsx": None}, ("gone", "laporan.xlsx")),
        ({"isian_json": b"{}"}, ("changed", "isian.json")),
        ({"tambahan_txt": b"x"}, ("added", "tambahan.txt")),
        ({"BACA__SAYA_txt": b"Kode segel: AAAA"}, ("changed", "BACA-SAYA.txt")),
    ],
)
def test_other_changes_to_a_bundle(parts: dict[str, bytes | None], damage: tuple[str, str], tmp_path: Path) -> None:
    path = beside(tmp_path, sealed.rezipped(sealed.bundle(), **parts), "b.zip")
    found = tasks.verify(path)
    assert found.damage == (damage,) and found.exit_code == 1 and found.identical
    assert "BUNDEL BERUBAH sejak disegel" in run("verify", path).output


def test_a_manifest_that_was_changed_breaks_its_seal(tmp_path: Path) -> None:
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(sealed.bundle())).read("manifes.json"))
    manifest["counts"]["warning"] = 0
    text = Manifest(manifest).text()
    found = tasks.verify(beside(tmp_path, sealed.rezipped(sealed.bundle(), manifes_json=text), "b.zip"))
    assert ("manifest", "manifes.json") in found.damage and found.exit_code == 1
    # Sealed anew by somebody, it holds again, as the docs say; its code is another one.
    other = {**manifest, "seal": seal_of(manifest)}
    assert Manifest(other).holds and code_of(other["seal"]) != code_of(manifest["seal"])


def test_workbook_and_list_of_entries_both_changed(tmp_path: Path) -> None:
    other = sealed.changed({("Matriks", (12, 14)): 1.0})
    path = beside(tmp_path, sealed.rezipped(sealed.bundle(), matriks_xlsx=other, isian_json=b"{}"), "b.zip")
    result = run("verify", path)
    assert result.exit_code == 1 and "apa yang berubah tidak dapat disebut" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x05\x06" + bytes(18), "bukan bundel pengajuan"),
        (b"halo", "bukan bundel pengajuan"),
        (sealed.bundle()[:3000], "rusak atau terpotong"),
        (sealed.workbook(), "bukan bundel pengajuan"),
        (sealed.rezipped(sealed.bundle(), manifes_json=b"[]"), "rusak"),
        (sealed.rezipped(sealed.bundle(), manifes_json=b'{"schema": "lakip-xl/manifest/2"}'), "versi lain"),
        (sealed.rezipped(sealed.bundle(), matriks_xlsx=None), "tidak ada lagi di dalam bundel"),
    ],
    # Named here: an id made of the bytes would hold the hour of the archive, and two workers would not collect the same tests.
    ids=[
        "an empty archive",
        "text",
        "cut off",
        "a workbook",
        "a list for a manifest",
        "a later edition",
        "no workbook in it",
    ],
)
def test_what_is_no_bundle_gets_one_sentence(data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableWorkbook, match=words):
        tasks.verify(beside(tmp_path, data, "b.zip"))
    result = run("verify", tmp_path / "b.zip")
    assert result.exit_code == 2 and result.output.startswith("Gagal: b.zip: ") and result.output.count("\n") == 1


def test_the_bundle_is_the_same_wherever_it_is_made(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lain" / "dalam"
    folder.mkdir(parents=True)
    other = folder / "matriks.xlsx"
    other.write_bytes(book.read_bytes())
    assert bundle.read(tasks.submit(other).path.read_bytes(), "b").manifest.holds  # type: ignore[union-attr]
    assert (folder / "matriks-pengajuan.zip").read_bytes() == sealed.bundle()


def _spoilt(data: bytes, what: str) -> bytes:
    """A bundle whose file of entries is packed wrongly, or says that it is encrypted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(bundle.ENTRIES)
    spoilt = bytearray(data)
    if what == "encrypted":
        spoilt[entry.header_offset + 6] |= 1
        spoilt[data.index(b"PK\x01\x02", data.rindex(bundle.ENTRIES.encode()) - 46) + 8] |= 1
    else:
        start = (
            entry.header_offset
            + 30
            + len(bundle.ENTRIES)
            + int.from_bytes(data[entry.header_offset + 28 :][:2], "little")
        )
        spoilt[start : start + 40] = b"\xff" * 40
    return bytes(spoilt)


@pytest.mark.parametrize("what", ["encrypted", "packed wrongly"])
def test_a_bundle_that_cannot_be_unpacked_is_one_sentence(what: str, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(_spoilt(sealed.bundle(), what))
    result = run("verify", path)
    assert result.exit_code == 2 and "b.zip" in result.output and "tidak terduga" not in result.output


def test_entries_that_nest_without_end_are_no_entries(tmp_path: Path) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    data = sealed.bundle()
    manifest = json.loads(bundle.read(data, "b.zip").files[bundle.MANIFEST])
    found = bundle.Bundle("b.zip", Manifest(manifest), {bundle.ENTRIES: deep})
    manifest["files"] = {bundle.ENTRIES: digest(deep)}
    assert found.manifest.files[bundle.ENTRIES] == digest(deep) and found.records is None
