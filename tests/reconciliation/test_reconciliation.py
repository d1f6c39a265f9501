"""From file to file: the workbook of a reconciliation, JSON, screen text, exit status, and what is carried over."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import ledger_books
import oracles
from compared import Sub, book, key, ledger, lra, postings, rak, subs
from lakip_xl import tasks
from lakip_xl.cli import main
from lakip_xl.errors import LakipError
from lakip_xl.ledger.entries import Key, Ledger, Place, Posting
from lakip_xl.ledger.items import CAUSES, Comparison, Level, cause_line
from lakip_xl.reconciliation import earlier, record, table, text
from lakip_xl.tasks import Reconciled
from lakip_xl.workbook import Workbook
from xlsx_checks import problems

MONTH = 5
GONE = "sub_kegiatan||1.6.5.2.2.1|"


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


def planted() -> tuple[list[Sub], list[Ledger]]:
    """A matrix and its ledgers with five differences."""
    rows = subs(MONTH)
    rows[0].to_date = (rows[0].to_date or 0) + 777_000
    rows[3].to_date = (rows[3].to_date or 0) - 777_000
    rows[1].to_date = (rows[1].to_date or 0) + 1
    more = [
        Posting(Key("", "", ""), MONTH, Decimal(-3_250_000), Place("sipd.xlsx", "Data", 77, "AA")),
        Posting(key("1.06.05.2.02.0001"), MONTH, Decimal(12_500_000), Place("sipd.xlsx", "Data", 78, "AA")),
    ]
    made = ledger([*postings(subs(MONTH)), *more])
    made.names["", "1.06.05.2.02.0001"] = '=HYPERLINK("http://contoh") Pendataan'
    return rows, [made, lra(subs(MONTH), MONTH), rak(rows)]


@pytest.fixture
def done(tmp_path: Path) -> Reconciled:
    rows, ledgers = planted()
    (tmp_path / "matriks.xlsx").write_bytes(book(rows, MONTH))
    (tmp_path / "lalu.xlsx").write_bytes(book(subs(MONTH - 1), MONTH - 1))
    return tasks.reconcile(tmp_path / "matriks.xlsx", ledgers, previous=tmp_path / "lalu.xlsx")


@pytest.fixture
def moved(tmp_path: Path) -> Reconciled:
    """Against last month's workbook: spending that fell, another pagu, a row that came and one that went."""
    now, before = subs(MONTH), subs(MONTH - 1)
    before[0].to_date = (now[0].to_date or 0) + 500
    before[1].pagu -= 1_000
    del before[2], now[3]
    (tmp_path / "matriks.xlsx").write_bytes(book(now, MONTH))
    (tmp_path / "lalu.xlsx").write_bytes(book(before, MONTH - 1))
    return tasks.reconcile(tmp_path / "matriks.xlsx", [lra(now, MONTH)], previous=tmp_path / "lalu.xlsx")


def opened(path: Path | None, values: bool = True) -> openpyxl.Workbook:
    assert path is not None
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=values)


def rows_of(sheet: object) -> dict[str, int]:
    """The rows of the table by key."""
    return {c.value: c.row for c in sheet["R"] if c.row > table.HEAD + 1 and c.value}  # type: ignore[index]


def test_the_workbook_has_its_sheets_and_says_what_was_compared(done: Reconciled) -> None:
    assert done.path is not None
    assert done.path.name == "matriks-rekonsiliasi-05.xlsx"
    made = opened(done.path)
    assert made.sheetnames == ["Rekonsiliasi", "Berita Acara", "Bulan Lalu", "Serapan", "Daftar Sebab"]
    top = " ".join(str(made["Rekonsiliasi"].cell(row, 1).value) for row in range(1, 6))
    for word in (
        "S.D. MEI",
        "SP2D/LRA",
        "Toleransi Rp 0",
        "sipd.xlsx, lra.xlsx, rak.xlsx",
        "lalu.xlsx",
        "DINAS SOSIAL",
    ):
        assert word in top


def test_formulas_are_live_and_their_values_are_those_of_the_comparison(done: Reconciled) -> None:
    values, formulas = opened(done.path)["Rekonsiliasi"], opened(done.path, values=False)["Rekonsiliasi"]
    rows = rows_of(values)
    assert set(rows) == {item.key for item in done.comparison.items}
    for item in done.comparison.items:
        row = rows[item.key]
        for column, figures in (("D", item.month), ("G", item.to_date), ("J", item.pagu)):
            other = chr(ord(column) + 1)
            assert values[f"{column}{row}"].value == (None if figures.matrix is None else float(figures.matrix))
            assert values[f"{other}{row}"].value == (None if figures.ledger is None else float(figures.ledger))
        for column, figures in (("F", item.month), ("I", item.to_date)):
            assert figures.difference is not None
            assert values[f"{column}{row}"].value == float(figures.difference)
            assert str(formulas[f"{column}{row}"].value).startswith("=ROUND(")
    assert str(formulas[f"G{rows['total|||']}"].value).startswith("=SUM(G")


def test_the_package_keeps_the_rules_of_excel(done: Reconciled) -> None:
    assert done.path is not None
    assert problems(done.path) == []


@oracles.needs_libreoffice
@pytest.mark.parametrize("which", ["done", "moved"])
def test_another_engine_gives_the_same_values(which: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(which).path
    stored, fresh = oracles.cached_values(path), oracles.libreoffice_values(path)
    wanted = oracles.formulas(path)
    assert len(wanted) > 15
    for at in wanted:
        one, other = fresh.get(at), stored.get(at)
        same = one == pytest.approx(other, rel=1e-12) if isinstance(other, float) else (one or "") == (other or "")
        assert same, (at, wanted[at], one, other)


def test_what_moved_since_last_month_is_on_its_sheet_and_on_the_screen(moved: Reconciled) -> None:
    now, before = subs(MONTH), subs(MONTH - 1)
    gone = before[3].to_date or 0
    spent = now[0].to_date or 0
    sheet = opened(moved.path)["Bulan Lalu"]
    rows = [[c.value for c in row[:6]] for row in sheet.iter_rows(min_row=5)]
    assert rows == [
        ["Realisasi turun", now[0].kode, now[0].name, spent + 500, spent, -500],
        ["Anggaran berubah", now[1].kode, now[1].name, now[1].pagu - 1_000, now[1].pagu, 1_000],
        ["Baris baru (anggaran)", now[2].kode, now[2].name, None, now[2].pagu, now[2].pagu],
        ["Baris hilang (realisasi)", before[3].kode, before[3].name, gone, None, -gone],
    ]
    assert [sheet.cell(row, 7).value is not None for row in (5, 6, 7, 8)] == [True, True, True, False]
    assert problems(moved.path) == []  # type: ignore[arg-type]
    said = text.dump(moved)
    assert "Realisasi turun dari bulan lalu: 1; Anggaran berubah: 1; Baris baru: 1; Baris hilang: 1" in said
    assert "Spending fell since last month: 1; Budgets that moved: 1; New rows: 1; Rows gone: 1" in text.dump(
        moved, "en"
    )


def test_text_that_looks_like_a_formula_stays_text(done: Reconciled) -> None:
    sheet = opened(done.path, values=False)["Rekonsiliasi"]
    found = [
        c for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and c.value.startswith("=HYPERLINK")
    ]
    assert [(c.column_letter, c.data_type) for c in found] == [("C", "s")] or all(c.data_type == "s" for c in found)
    assert found


def test_sebab_is_picked_from_the_closed_list(done: Reconciled) -> None:
    made = opened(done.path)
    validation = made["Rekonsiliasi"].data_validations.dataValidation[0]
    assert validation.formula1 == "'Daftar Sebab'!$A$4:$A$15"
    assert [made["Daftar Sebab"].cell(row, 1).value for row in range(4, 16)] == [cause_line(n) for n in range(1, 13)]
    assert len(CAUSES) == 12
    sheet = made["Rekonsiliasi"]
    for row in rows_of(sheet).values():
        assert sheet[f"M{row}"].value is None, "a cause is proposed beside the cell, never entered"


def test_the_record_can_be_signed_and_names_nobody(done: Reconciled) -> None:
    sheet = opened(done.path)["Berita Acara"]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
    whole = "\n".join(texts)
    for word in (
        "BERITA ACARA",
        "REKONSILIASI REALISASI BELANJA",
        "Nomor: ....",
        "PIHAK PERTAMA",
        "PIHAK KEDUA",
        "NIP. ....",
        "SP2D/LRA",
    ):
        assert word in whole
    values = {c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, float | int)}
    total = done.comparison.total.to_date
    assert {float(total.matrix or 0), float(total.ledger or 0), float(total.difference or 0)} <= values
    assert len([t for t in texts if "1.06." in t]) == len([i for i in done.comparison.differences if i.kode])


def test_many_differences_do_not_make_the_record_endless(tmp_path: Path) -> None:
    rows = subs(1)
    more = [
        Posting(
            Key("", f"1.06.09.2.01.{n:04}", "5.1.02.01.01.0026"), 1, Decimal(1000 + n), Place("sipd.xlsx", "Data", n)
        )
        for n in range(1, record.MOST + 21)
    ]
    (tmp_path / "m.xlsx").write_bytes(book(rows, 1))
    made = tasks.reconcile(tmp_path / "m.xlsx", [ledger([*postings(rows), *more])])
    texts = [str(c.value) for row in opened(made.path)["Berita Acara"].iter_rows() for c in row if c.value]
    assert "dan 20 selisih lain pada lembar Rekonsiliasi" in texts


def test_serapan_reads_rak_and_gives_deviasi(done: Reconciled) -> None:
    sheet = opened(done.path)["Serapan"]
    point = done.comparison.course[MONTH - 1]
    row = 4 + MONTH
    assert point.spent is not None
    assert [sheet.cell(row, c).value for c in (1, 2, 3, 4)] == [
        "Mei",
        *map(float, (point.planned, point.spent, point.spent - point.planned)),
    ]
    assert sheet.cell(row, 5).value == pytest.approx(float((point.spent - point.planned) / point.planned * 100))
    assert sheet.cell(row + 1, 3).value is None
    assert b"lineChart" in _parts(done)["xl/charts/chart1.xml"]


def _parts(done: Reconciled) -> dict[str, bytes]:
    import zipfile

    assert done.path is not None
    with zipfile.ZipFile(done.path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_without_rak_and_last_month_there_are_no_empty_sheets(tmp_path: Path) -> None:
    (tmp_path / "m.xlsx").write_bytes(book(subs(1), 1))
    made = tasks.reconcile(tmp_path / "m.xlsx", [ledger(postings(subs(1)))])
    assert made.exit_code == 0
    assert opened(made.path).sheetnames == ["Rekonsiliasi", "Berita Acara", "Daftar Sebab"]
    texts = [c.value for row in opened(made.path)["Berita Acara"].iter_rows() for c in row if c.value]
    assert "Tidak terdapat selisih." in texts


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    rows, ledgers = planted()
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "m.xlsx").write_bytes(book(rows, MONTH))
        path = tasks.reconcile(tmp_path / name / "m.xlsx", ledgers).path
        assert path is not None
        made.append(path.read_bytes())
    assert made[0] == made[1]


# -- carried over -----------------------------------------------------------------------------------------------------------------


def answered(path: Path, answers: Sequence[tuple[str, str, str]]) -> None:
    """Types causes and follow-ups, by the beginning of the key."""
    wb = Workbook.open(path)
    sheet = wb.sheet("Rekonsiliasi")
    keys = {c.value: row for (row, column), c in sheet.cells.items() if column == 18 and row > table.HEAD + 1}
    for start, cause, follow in answers:
        row = next(row for value, row in keys.items() if str(value).startswith(start))
        sheet.write((row, 13), value=cause)
        sheet.write((row, 14), value=follow)
    wb.save(path)


def test_causes_are_carried_over_by_code_and_not_by_row(done: Reconciled, tmp_path: Path) -> None:
    assert done.path is not None
    answered(
        done.path,
        [
            ("sub_kegiatan||1.6.4.2.1.1|", cause_line(4), "ralat SPJ 12"),
            ("sub_kegiatan||1.6.5.2.2.1|", cause_line(10), "diisi"),
        ],
    )
    rows, ledgers = planted()
    ledgers[0].postings = [p for p in ledgers[0].postings if p.key.kode != "1.06.05.2.02.0001"]
    (tmp_path / "juni.xlsx").write_bytes(book([rows[3], rows[0], rows[1], rows[2]], MONTH))
    again = tasks.reconcile(tmp_path / "juni.xlsx", ledgers, carry=done.path)
    assert (again.carried, again.dropped) == (1, 1)
    sheet = opened(again.path)["Rekonsiliasi"]
    row = rows_of(sheet)["sub_kegiatan||1.6.4.2.1.1|"]
    assert (sheet[f"M{row}"].value, sheet[f"N{row}"].value) == (cause_line(4), "ralat SPJ 12")
    said = [c.value for each in opened(again.path)["Berita Acara"].iter_rows() for c in each]
    assert cause_line(4) in said
    assert "ralat SPJ 12" in said


def test_a_second_run_takes_the_causes_of_its_own_output_and_keeps_a_backup(done: Reconciled, tmp_path: Path) -> None:
    assert done.path is not None
    answered(done.path, [("sub_kegiatan||1.6.4.2.1.1|", cause_line(4), "ralat")])
    typed = done.path.read_bytes()
    _, ledgers = planted()
    again = tasks.reconcile(tmp_path / "matriks.xlsx", ledgers, previous=tmp_path / "lalu.xlsx")
    assert again.path == done.path
    assert again.carried == 1
    assert again.backup is not None
    assert again.backup.read_bytes() == typed
    once_more = tasks.reconcile(tmp_path / "matriks.xlsx", ledgers, previous=tmp_path / "lalu.xlsx")
    assert once_more.backup is None


def test_the_number_of_the_record_and_the_second_office_stay(done: Reconciled, tmp_path: Path) -> None:
    assert done.path is not None
    assert "Badan Pengelola" not in " ".join(
        str(c.value) for row in opened(done.path)["Berita Acara"].iter_rows() for c in row
    )
    made = Workbook.open(done.path)
    sheet = made.sheet("Berita Acara")
    sheet.write((4, 1), value="Nomor: 900/12/2025")
    row = [at for at, cell in sorted(sheet.cells.items()) if cell.value == "Instansi"][1][0]
    sheet.write((row, 3), value=": BKAD Kabupaten Contoh")
    made.save(done.path)
    _, ledgers = planted()
    again = tasks.reconcile(tmp_path / "matriks.xlsx", ledgers, previous=tmp_path / "lalu.xlsx")
    texts = [str(c.value) for line in opened(again.path)["Berita Acara"].iter_rows() for c in line if c.value]
    assert "Nomor: 900/12/2025" in texts
    assert texts.count("BKAD Kabupaten Contoh") == 1 and ": BKAD Kabupaten Contoh" in texts
    other = tasks.reconcile(tmp_path / "matriks.xlsx", ledgers, tmp_path / "lain.xlsx", carry=again.path)
    texts = [str(c.value) for line in opened(other.path)["Berita Acara"].iter_rows() for c in line if c.value]
    assert ": BKAD Kabupaten Contoh" in texts
    assert "Nomor: 900/12/2025" not in texts  # another record has its own number


def test_sheets_that_were_added_to_a_reconciliation_are_not_lost(done: Reconciled, tmp_path: Path) -> None:
    assert done.path is not None
    made = opened(done.path)
    made.create_sheet("Bukti")
    made.save(done.path)
    before = done.path.read_bytes()
    _, ledgers = planted()
    with pytest.raises(LakipError, match=r"memuat lembar yang Anda tambahkan \(Bukti\)"):
        tasks.reconcile(tmp_path / "matriks.xlsx", ledgers, previous=tmp_path / "lalu.xlsx")
    assert done.path.read_bytes() == before
    again = tasks.reconcile(tmp_path / "matriks.xlsx", ledgers, previous=tmp_path / "lalu.xlsx", force=True)
    assert again.backup is not None and again.backup.read_bytes() == before


def test_another_workbook_is_never_replaced_without_force(tmp_path: Path) -> None:
    rows, ledgers = planted()
    (tmp_path / "m.xlsx").write_bytes(book(rows, MONTH))
    (tmp_path / "lain.xlsx").write_bytes(book(rows, MONTH))
    with pytest.raises(LakipError, match=r"'lain.xlsx' sudah ada"):
        tasks.reconcile(tmp_path / "m.xlsx", ledgers, tmp_path / "lain.xlsx")
    with pytest.raises(LakipError, match="adalah berkas asalnya"):
        tasks.reconcile(tmp_path / "m.xlsx", ledgers, tmp_path / "m.xlsx", force=True)
    with pytest.raises(LakipError, match="bukan hasil rekonsiliasi"):
        tasks.reconcile(tmp_path / "m.xlsx", ledgers, carry=tmp_path / "lain.xlsx")
    assert not earlier.is_ours((tmp_path / "lain.xlsx").read_bytes(), "lain.xlsx")


def test_a_ledger_of_another_year_is_refused(tmp_path: Path) -> None:
    rows, ledgers = planted()
    ledgers[0].year = 2024
    (tmp_path / "m.xlsx").write_bytes(book(rows, MONTH))
    with pytest.raises(LakipError, match=r"berisi tahun anggaran 2024"):
        tasks.reconcile(tmp_path / "m.xlsx", ledgers)
    assert [p.name for p in tmp_path.iterdir()] == ["m.xlsx"]


# -- the command line, with ledgers as files ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example workbook without Belanja's figures, and its year as files."""
    folder = tmp_path_factory.mktemp("tahun")
    wb = Workbook.from_bytes(ledger_books.EXAMPLE.read_bytes(), "matriks.xlsx")
    sheet = wb.sheet("Belanja")
    for (row, column), cell in list(sheet.cells.items()):
        if row > 6 and column in (3, 4) and cell.formula is None and cell.value is not None:
            sheet.write((row, column), value=None)
    wb.save(folder / "matriks.xlsx")
    for month in range(1, 13):
        (folder / f"sipd-{month:02}.xlsx").write_bytes(ledger_books.sipd(ledger_books.by_month(month)))
    return folder


def ledger_flags(folder: Path) -> list[object]:
    return [part for path in sorted(folder.glob("sipd-*.xlsx")) for part in ("--ledger", path)]


def test_a_clean_year_from_files_agrees(year: Path, tmp_path: Path) -> None:
    result = run("rekonsiliasi", year / "matriks.xlsx", *ledger_flags(year), "-o", tmp_path / "hasil.xlsx")
    assert result.exit_code == 0, result.output
    assert "Matriks sama dengan buku besar." in result.output
    assert opened(tmp_path / "hasil.xlsx").sheetnames[0] == "Rekonsiliasi"


def test_json_has_totals_and_one_record_for_each_item(year: Path) -> None:
    result = run("reconcile", year / "matriks.xlsx", *ledger_flags(year), "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    net = sum(doc.net for doc in ledger_books.documents())
    assert found["schema"] == "lakip-xl/reconciliation/1"
    assert found["matrix"]["to_date"] == found["ledger"]["to_date"] == net
    assert found["basis"] == "SP2D/LRA"
    leaves = [item for item in found["items"] if item["level"] == "sub_kegiatan"]
    assert len(leaves) == 24
    assert sum(item["to_date"]["ledger"] or 0 for item in leaves) == net
    assert all(item["cells"] and item["status"] == "matched" for item in leaves)
    assert not [item for item in leaves if item["to_date"]["ledger"] and not item["lines"]]


def test_a_missing_month_is_said_and_exit_is_no_failure(year: Path, tmp_path: Path) -> None:
    flags = ledger_flags(year)[2:]
    result = run("reconcile", year / "matriks.xlsx", *flags, "-o", tmp_path / "h.xlsx", "--lang", "en")
    assert "the ledger does not hold January" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--ledger", "{sipd}", "--ledger", "{last}", "--month", "1"], "sesudah bulan yang diminta"),
        (["--ledger", "tidak-ada.xlsx"], "berkas tidak ditemukan"),
        (["--ledger", "{sipd}", "--tolerance", "sedikit"], "bukan jumlah rupiah"),
        (["--ledger", "{sipd}", "-o", "hasil.txt"], "berakhiran .xlsx"),
        (["--ledger", "{sipd}", "--format", "json", "-o", "hasil.xlsx"], "berupa JSON"),
        (["--ledger", "{sipd}", "--previous", "{matriks}"], "tidak lebih awal daripada Desember"),
        ([], "--ledger"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(year: Path, tmp_path: Path, flags: list[str], said: str) -> None:
    names = {
        "sipd": str(year / "sipd-01.xlsx"),
        "matriks": str(year / "matriks.xlsx"),
        "last": str(year / "sipd-12.xlsx"),
    }
    before = sorted(year.iterdir())
    result = run("reconcile", year / "matriks.xlsx", *[flag.format(**names) for flag in flags])
    assert result.exit_code == 2, result.output
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert sorted(year.iterdir()) == before


def test_the_screen_ranks_differences_by_rupiah(done: Reconciled) -> None:
    said = text.dump(done)
    places = [
        said.index(kode)
        for kode in (
            "1.06.05.2.02.0001 =",
            "tanpa kode",
            "1.06.01.2.02.0001 Penyediaan",
            "1.06.01.2.02.0002 Penyediaan",
        )
    ]
    assert places == sorted(places)
    assert "Differences: 5, the largest first" in text.dump(done, "en")
    assert all(len(line) <= 88 for line in text.lines(done.comparison))


def test_only_levels_that_were_compared_are_there(done: Reconciled) -> None:
    found: Comparison = done.comparison
    assert [len(found.at(level)) for level in Level] == [1, 6, 0]
    assert [f.code for f in done.report.findings if f.code.startswith("RK")] == ["RK01", "RK01", "RK04", "RK05"]
