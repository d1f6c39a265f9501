"""The workbook of a recap: to the rupiah, with formulas that come to what they show, for every engine; and nobody left out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import ledger_books
import oracles
from lakip_xl import tasks
from lakip_xl.errors import MissingForm, Text
from lakip_xl.form.places import RECAP_NAME
from lakip_xl.recap import columns, details, front
from lakip_xl.recap.book import Writer, is_ours, links
from lakip_xl.recap.charts import DATA
from lakip_xl.recap.found import look
from lakip_xl.recap.paper import fit
from lakip_xl.recap.settled import settle
from lakip_xl.recap.sheet import Book
from lakip_xl.recap.taken import Left, Taken
from lakip_xl.tasks import Recapped
from lakip_xl.workbook import Workbook
from opened import opened
from received import broken, gathered, in_this_process, sound, taken
from xlsx_checks import problems

LIST = [
    ["Nama OPD", "Kode", "Tenggat", "Diterima"],
    ["Dinas Contoh 00", "1.01.0.00.0.00.01.0000", "31/01/2024", "30/01/2024"],
    ["Dinas Contoh 01", "1.02.0.00.0.00.01.0000", "31/01/2024", "02/02/2024"],
    ["Dinas Contoh 02", "", "31/01/2024", ""],
    ["Dinas Contoh 77", "", "31/01/2024", ""],
]


def ledger_of(folder: Path) -> bytes:
    """A ledger of all offices that says what their workbooks say, but of one: there a rupiah more was spent."""
    rows: list[list[Any]] = [["Kode SKPD", "Nama SKPD", "Kode Sub Kegiatan", "Kode Akun", "Pagu", "Realisasi"]]
    for number, path in enumerate(sorted(folder.rglob("opd*.xlsx"))):
        found = taken(path)
        assert found.anggaran is not None and found.realisasi is not None
        spent = float(found.realisasi) + (number == 3)
        rows.append(["", found.office, "1.06.01.2.01.0001", "5.1.02.01.01.0001", float(found.anggaran), spent])
    rows.append(["", "Dinas Lain", "1.06.01.2.01.0001", "5.1.02.01.01.0001", 5.0, 4.0])
    return ledger_books.book("LRA", rows)


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory, example: bytes) -> Recapped:
    """A recap with list and ledger; no test changes it."""
    home = tmp_path_factory.mktemp("rekap")
    folder = gathered(home / "kiriman", example)
    (home / "opd.csv").write_bytes(ledger_books.text(LIST))
    (home / "lra.xlsx").write_bytes(ledger_of(folder))
    with pytest.MonkeyPatch.context() as patch:
        in_this_process(patch)
        return tasks.recap(folder, home / "rekap.xlsx", listed=home / "opd.csv", ledger=home / "lra.xlsx")


@pytest.fixture
def sent(done: Recapped) -> Path:
    """The folder that was recapped."""
    return done.path.parent / "kiriman"


def values(path: Path, title: str = front.TITLE) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in opened(path)[title]]


def table(path: Path, first: str = "NO", title: str = front.TITLE) -> list[dict[str, Any]]:
    """The rows below the headings, up to the total, by heading."""
    rows = values(path, title)
    head = next(number for number, row in enumerate(rows) if row[0] == first)
    found = []
    for row in rows[head + 1 :]:
        found.append(dict(zip(rows[head], row, strict=True)))
        if str(row[1]).startswith("JUMLAH"):
            return found
    raise AssertionError("no total")


def test_every_sound_workbook_is_in_the_totals_to_the_rupiah(done: Recapped, sent: Path) -> None:
    every = [taken(path) for path in (*sorted(sent.rglob("opd*.xlsx")), sent / "manggarai.xlsx")]
    *rows, total = table(done.path)
    assert len(done.recap.taken) == len(every) == 9
    assert total["PERANGKAT DAERAH"] == "JUMLAH 9 Perangkat Daerah"
    for heading, key in (("ANGGARAN (Rp)", "anggaran"), ("REALISASI (Rp)", "realisasi")):
        sums = sum((getattr(each, key) for each in every), Decimal(0))
        assert Decimal(total[heading]) == sums
        assert sorted(row[heading] for row in rows if row[heading] is not None) == sorted(
            float(getattr(e, key)) for e in every
        )
    assert total["SISA (Rp)"] == total["ANGGARAN (Rp)"] - total["REALISASI (Rp)"]
    assert total["DARI IKU"] == sum(each.iku for each in every)
    sums_of = table(done.path, "KODE", details.PROGRAMS)
    assert sums_of[-1]["ANGGARAN (Rp)"] == total["ANGGARAN (Rp)"]


def test_every_broken_or_foreign_file_is_named(done: Recapped, sent: Path, tmp_path: Path) -> None:
    names = {str(row[0]) for row in values(done.path, details.FILES)}
    aside = {path.relative_to(sent).as_posix() for path in sent.rglob("*") if path.is_file()}
    aside -= {each.name for each in done.recap.taken}
    assert aside <= names
    names_of = broken(tmp_path)
    assert set(names_of) == {each.name for each in done.recap.apart}
    texts = " ".join(str(row[0]) for row in values(done.path))
    assert all(name in texts for name in names_of)
    assert done.exit_code == 1


def test_status_selisih_and_rank(done: Recapped) -> None:
    rows = {row["PERANGKAT DAERAH"]: row for row in table(done.path)}
    assert [rows[f"Dinas Contoh {n}"]["STATUS"] for n in ("00", "01", "02", "77", "03")] == [
        "sudah", "terlambat", "sudah", "belum", "di luar daftar",
    ]  # fmt: skip
    away = {name: row["SELISIH BUKU BESAR (Rp)"] for name, row in rows.items() if row["SELISIH BUKU BESAR (Rp)"]}
    assert [value for name, value in away.items() if not name.startswith("JUMLAH")] == [-1]
    for line in done.recap.lines:
        if line.taken is not None and (line.taken.errors or line.taken.open):
            assert rows[line.name]["PERINGKAT"] == "-"
    last = table(done.path, title=details.LEDGER)
    assert last[-2]["PERANGKAT DAERAH"] == "Dinas Lain"


def test_all_findings_are_listed_with_a_way_to_their_cells(done: Recapped, sent: Path) -> None:
    sheet = openpyxl.load_workbook(done.path)[details.ISSUES]
    wanted = [
        (source.name, issue.code, f"{issue.sheet}!{issue.cell}")
        for source in look(sent)[0]
        for issue in taken(source.path).issues
    ]
    assert wanted
    assert [(row[0].value, row[3].value, row[4].value) for row in sheet.iter_rows(min_row=2)] == wanted
    with zipfile.ZipFile(done.path) as package:
        relations = package.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert 'Target="kiriman/Dinas/opd%2001%20%231.xlsx"' in relations
    assert "\\" not in relations


def test_findings_of_a_workbook_that_does_not_count_are_not_listed(tmp_path: Path, here: None, example: bytes) -> None:
    home = tmp_path / "kiriman"
    home.mkdir()
    (home / "matriks.xlsx").write_bytes(example)
    filled = tasks.fill(home / "matriks.xlsx").path
    done = tasks.recap(home, tmp_path / "rekap.xlsx")
    (counted,) = done.recap.taken
    assert [each.name for each in done.recap.passed] == [({"matriks.xlsx", filled.name} - {counted.name}).pop()]
    rows = list(openpyxl.load_workbook(done.path)[details.ISSUES].iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in rows} == {counted.name}
    assert len(rows) == len(taken(home / counted.name).issues) > 0


def test_the_formulas_come_to_what_they_show(done: Recapped) -> None:
    assert oracles.compare_caches(done.path, oracles.ironcalc_values(done.path)) == []
    assert problems(done.path) == []


@oracles.needs_libreoffice
def test_libreoffice_agrees(done: Recapped) -> None:
    assert oracles.compare_caches(done.path, oracles.libreoffice_values(done.path)) == []


def test_a_recap_is_known_and_replaced_after_a_backup(done: Recapped, tmp_path: Path, here: None) -> None:
    assert is_ours(done.path.read_bytes(), "rekap.xlsx")
    assert RECAP_NAME in Workbook.open(done.path).names
    folder, out = tmp_path / "kiriman", tmp_path / "rekap.xlsx"
    folder.mkdir()
    sound(folder, 1)
    before = done.path.read_bytes()
    out.write_bytes(before)
    again = tasks.recap(folder, out)
    assert again.backup is not None and again.backup.read_bytes() == before
    assert tasks.recap(folder, out).backup is None
    inside = tasks.recap(folder, folder / "rekap.xlsx").recap
    assert not any(each.name == "rekap.xlsx" for each in (*inside.taken, *inside.apart, *inside.passed))
    known = tasks.recap(folder, tmp_path / "lain.xlsx").recap.passed
    assert [each.name for each in known] == ["rekap.xlsx"]
    assert "hasil lakip-xl" in known[0].reason.id


def test_beyond_the_limits_of_excel_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, example: bytes) -> None:
    (tmp_path / "buku.xlsx").write_bytes(example)
    found = taken(tmp_path / "buku.xlsx")
    assert len(found.issues) > 4
    monkeypatch.setattr(details, "MOST_ROWS", 3)
    monkeypatch.setattr(details, "MOST_LINKS", 2)
    book = Book("uji")
    issues = details.Issues(book.add(details.ISSUES), lambda name: name)
    issues.take(found)
    assert (issues.written, issues.many, issues.links) == (3, len(found.issues), 2)
    assert len(issues.notes()) == 2
    issues.finish()
    data = book.finish()
    assert len(list(openpyxl.load_workbook(io.BytesIO(data))[details.ISSUES].iter_rows())) == 4


@pytest.mark.parametrize(("name", "way"), [("a b.xlsx", "kiriman/a b.xlsx"), ("x/100%.xlsx", "kiriman/x/100%.xlsx")])
def test_the_way_to_a_file_starts_where_the_recap_lies(tmp_path: Path, name: str, way: str) -> None:
    assert links(tmp_path / "kiriman", tmp_path / "rekap.xlsx")(name) == way
    assert links(tmp_path, tmp_path / "rekap.xlsx")(name) == name
    assert links(tmp_path / "kiriman", tmp_path / "hasil" / "rekap.xlsx")(name) == f"../{way}"


def test_texts_that_look_like_formulas_stay_texts(tmp_path: Path, here: None) -> None:
    home = tmp_path / "kiriman"
    home.mkdir()
    (home / "=1+1.xlsx").write_bytes(b"rusak")
    (tmp_path / "opd.csv").write_bytes(ledger_books.text([["Nama OPD"], ['=HYPERLINK("http://contoh")']]))
    done = tasks.recap(home, tmp_path / "rekap.xlsx", listed=tmp_path / "opd.csv")
    book = openpyxl.load_workbook(done.path)
    cells = {
        cell.value: cell.data_type for title in (front.TITLE, details.FILES) for row in book[title] for cell in row
    }
    assert cells['=HYPERLINK("http://contoh")'] == "s"
    assert cells["=1+1.xlsx"] == "s"


def test_a_folder_of_broken_workbooks_alone_makes_a_sound_page(tmp_path: Path, here: None) -> None:
    home = tmp_path / "kiriman"
    home.mkdir()
    names = broken(home)
    done = tasks.recap(home, tmp_path / "rekap.xlsx")
    assert ([each.name for each in done.recap.apart], done.recap.lines, done.exit_code) == (names, [], 1)
    assert problems(done.path) == []
    assert oracles.compare_caches(done.path, oracles.ironcalc_values(done.path)) == []


def test_many_offices_and_regions_and_long_names(tmp_path: Path) -> None:
    same = Taken("", "1", year=2024, realisasi=Decimal(10**12))
    offices = [
        replace(
            same,
            name=f"{n:03}.xlsx",
            office=f"Dinas {n:03} {'Pemberdayaan Masyarakat dan Desa ' * (n % 3)}",
            region=f"Kota {n % 2}",
            period=("TW III", "Akhir tahun")[n % 2],
            anggaran=Decimal(10**12 + n),
            capaian=90.0 + n % 20,
            figures=str(n),
        )
        for n in range(90)
    ]
    writer = Writer(lambda name: name, against=False)
    for office in offices:
        writer.take(office)
    out = tmp_path / "rekap.xlsx"
    out.write_bytes(writer.finish(settle(offices, [], None, None)))
    assert problems(out) == []
    rows = table(out)
    assert "KABUPATEN/KOTA" in rows[0]
    assert rows[-1]["ANGGARAN (Rp)"] == sum(10**12 + n for n in range(90))
    texts = " ".join(str(row[0]) for row in values(out))
    assert "Periode tidak seragam: Akhir tahun 45, TW III 45." in texts
    sheet = openpyxl.load_workbook(out)[front.TITLE]
    assert sheet.print_title_rows is not None  # more than a page: the headings repeat
    assert sheet.page_setup.orientation == "landscape"


def test_forty_five_offices_print_on_one_page() -> None:
    widths = [each.width for each in columns.ALL if each.key not in ("region", "period", "office")] + [columns.WIDE]
    scale, whole = fit(widths, [24, 18, 18, 6, 24, *[14.5] * 45, 18, 5, 45, 20, 16])
    assert whole
    assert scale >= 50


def written(path: Path, many: int) -> Any:
    """The first sheet of a recap of so many offices, the first of which has something open."""
    office = Taken(
        "", "1", year=2024, period="Akhir tahun", anggaran=Decimal(2 * 10**9), realisasi=Decimal(10**9), capaian=95.0
    )
    offices = [
        replace(
            office,
            name=f"{n:02}.xlsx",
            office=f"Dinas Contoh {n:02}",
            figures=str(n),
            open=int(not n),
            left=(Left("", "Sub", Decimal(2), Decimal(n)),) * (n < 2),
        )
        for n in range(many)
    ]
    writer = Writer(lambda name: name, against=False)
    path.write_bytes(writer.finish(settle(offices, [], None, None)))
    return openpyxl.load_workbook(path)[front.TITLE]


@pytest.mark.parametrize("many", [2, 18])
def test_table_sisa_and_charts_share_the_first_page_in_readable_print(tmp_path: Path, many: int) -> None:
    sheet = written(tmp_path / "rekap.xlsx", many)
    assert not sheet.row_breaks.brk
    assert sheet.page_setup.scale >= 56
    texts = [cell.value for row in sheet for cell in row if isinstance(cell.value, str)]
    assert "Lima Sisa Anggaran Terbesar" in texts
    assert f"{many} sudah mengajukan" in texts
    assert not {"STATUS", "PERIODE", "KATEGORI"} & set(texts)  # the same for all
    (note,) = [text for text in texts if text.startswith("Peringkat")]
    assert "1 masih bercatatan terbuka" in note
    assert ("1 belum ada pembandingnya" in note) is (many == 2)
    charts = sorted(chart.anchor._from.row for chart in sheet._charts)
    assert len(charts) == 2
    assert charts[0] > max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value)


def test_the_table_of_many_offices_has_the_first_page_to_itself(tmp_path: Path) -> None:
    sheet = written(tmp_path / "rekap.xlsx", 45)
    (end,) = (each.id for each in sheet.row_breaks.brk)
    assert str(sheet.cell(end, 1).value).startswith("Peringkat")
    assert sheet.print_title_rows is None  # one page


def test_columns_are_as_wide_as_their_largest_figures() -> None:
    office = Taken(
        "a", "1", office="a", year=2024, anggaran=Decimal(10), realisasi=Decimal(2 * 10**13), capaian=90.0, figures="a"
    )
    other = replace(office, name="b", office="b", anggaran=Decimal(4 * 10**13))
    widths = {each.key: each.width for each in columns.columns_of(settle([office, other], [], None, None))}
    assert widths["sisa"] >= len("-40.000.000.000.000") * 0.9  # the two cancel in the sum
    assert widths["serapan"] >= len("200.000.000.000.000,00") * 0.9
    few = {
        each.key: each.width
        for each in columns.columns_of(settle([replace(office, realisasi=Decimal(9))], [], None, None))
    }
    assert (few["sisa"], few["serapan"]) == (12, 8)


def test_the_figures_of_the_charts_do_not_print(done: Recapped) -> None:
    assert openpyxl.load_workbook(done.path)[DATA].sheet_state == "hidden"


def test_a_name_of_two_lines_has_its_link_on_its_number(tmp_path: Path) -> None:
    office = Taken(
        "a.xlsx", "1", office="Dinas Pekerjaan Umum, Penataan Ruang, Perumahan, dan Permukiman", year=2024, figures="a"
    )
    writer = Writer(lambda name: name, against=False)
    (tmp_path / "rekap.xlsx").write_bytes(
        writer.finish(settle([office, replace(office, name="b.xlsx", office="Bappeda")], [], None, None))
    )
    sheet = openpyxl.load_workbook(tmp_path / "rekap.xlsx")[front.TITLE]
    links = {cell.value: cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink}
    assert links == {1: "b.xlsx", "Bappeda": "b.xlsx", 2: "a.xlsx"}


def test_of_many_files_that_do_not_count_the_first_are_named_on_the_page(tmp_path: Path) -> None:
    broken_ones = [Taken(f"{n:02}.xlsx", "1", Text("rusak", "broken")) for n in range(front.MOST_APART + 3)]
    writer = Writer(lambda name: name, against=False)
    (tmp_path / "rekap.xlsx").write_bytes(writer.finish(settle(broken_ones, [], None, None)))
    texts = [str(row[0]) for row in values(tmp_path / "rekap.xlsx")]
    assert sum(text.endswith(": rusak") for text in texts) == front.MOST_APART
    assert "... dan 3 lagi: lihat lembar Berkas Dilewati." in texts
    assert {each.name for each in broken_ones} <= {row[0] for row in values(tmp_path / "rekap.xlsx", details.FILES)}


def test_the_total_says_no_efisiensi_of_some_offices_alone(done: Recapped) -> None:
    *rows, total = [row for row in table(done.path) if row["PERANGKAT DAERAH"]]
    offices = [row for row in rows if isinstance(row["SERAPAN (%)"], (int, float))]
    whole = all(isinstance(row["CAPAIAN (%)"], (int, float)) for row in offices)
    assert isinstance(total["EFISIENSI (poin)"], (int, float)) is whole


def test_what_the_tool_made_of_others_is_no_matrix(done: Recapped, tmp_path: Path) -> None:
    with pytest.raises(MissingForm) as refused:
        tasks.examine(done.path)
    assert "rekap dari lakip-xl recap" in refused.value.text.id
