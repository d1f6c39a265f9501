"""``lakip-xl reconcile --post``: the ledger's months in Bulanan, what was typed left alone, a year without a difference."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger_books
from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.cli import main
from lakip_xl.errors import LakipError
from lakip_xl.form import formulas as f
from lakip_xl.form.editions import NEWEST
from lakip_xl.ledger.entries import Basis, Key, Ledger, Place, Planned, Posting
from lakip_xl.ledger.monthly import monthly
from lakip_xl.posting import log
from lakip_xl.posting import text as posting_text
from lakip_xl.table.read import read
from lakip_xl.workbook import Workbook
from opened import opened
from workbooks import EXAMPLE, typed_in
from xlsx_checks import problems

BULANAN, MATRIKS = NEWEST.table("bulanan"), NEWEST.table("matriks")
FIRST = BULANAN.first_row
CODES = ("1.06.01.2.01.0001", "1.06.01.2.01.0002")


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


def matrix(**more: Value) -> bytes:
    """A matrix with two sub kegiatan and Bulanan with the first of them; ``more`` are months of that row."""
    rows: list[Mapping[str, Value]] = [
        {"kode": "1.06.01", "uraian": "PROGRAM PENUNJANG", "indikator": "Nilai", "target": 70.0, "realisasi": 70.0},
        {"kode": "1.06.01.2.01", "uraian": "Perencanaan"},
        *(
            {"kode": code, "uraian": f"Sub {n}", "indikator": "Dokumen", "satuan": "Dokumen", "arah": f.HIGHER, "target": 12.0,
             "realisasi": 3.0, "anggaran": 9_000.0}
            for n, code in enumerate(CODES, start=1)
        ),
    ]  # fmt: skip
    bulanan: list[Mapping[str, Value]] = [{"kode": CODES[0], "uraian": "Sub 1", **more}]
    return typed_in({"matriks": rows, "bulanan": bulanan}, periode="Maret")


def ledger(*spent: tuple[str, int, int | str], file: str = "sipd.xlsx", months: tuple[int, ...] = (1, 2, 3)) -> Ledger:
    """A ledger by documents: (kode, month, rupiah)."""
    made = Ledger(file, "sipd-dokumen", Basis.PAID, 2023, months)
    for n, (kode, month, net) in enumerate(spent, start=2):
        made.postings.append(Posting(Key("", kode, ""), month, Decimal(net), Place(file, "Data", n, "AA")))
    return made


def cell(path: Path, key: str, row: int = 0, sheet: str = "Bulanan") -> Value:
    spec = BULANAN if sheet == "Bulanan" else MATRIKS
    value: Value = opened(path)[sheet].cell(spec.first_row + row, spec.position(key)).value
    return value


def said(done: tasks.Posted, lang: str = "id") -> str:
    """What the screen says, without the breaks of its lines."""
    return " ".join(posting_text.dump(done, lang).split())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "m.xlsx"
    made.write_bytes(matrix())
    return made


def test_months_go_into_blanks_and_the_matrix_follows(path: Path) -> None:
    done = tasks.post(path, [ledger((CODES[0], 1, 100), (CODES[0], 1, 50), (CODES[0], 3, 25), (CODES[1], 2, 7))])
    out = done.filled.path
    assert out.name == "m-selesai.xlsx"
    assert [cell(out, f"rp{month:02}") for month in (1, 2, 3, 4)] == [150, None, 25, None]
    assert cell(out, "kode", 1) == CODES[1]  # a sub kegiatan that Bulanan lacked got a row
    assert (cell(out, "uraian", 1), cell(out, "rp02", 1)) == ("Sub 2", 7)
    assert [cell(out, "realisasi_anggaran", n, "Matriks") for n in (2, 3)] == [175, 7]
    assert done.posting.total == 182
    assert (done.posting.new_rows, done.posting.changed, done.exit_code) == (1, 3, 0)
    assert problems(out) == []
    assert path.read_bytes() == matrix()


def test_a_second_posting_of_the_same_changes_nothing(path: Path) -> None:
    ledgers = [ledger((CODES[0], 1, 100), (CODES[1], 2, 7))]
    out = tasks.post(path, ledgers).filled.path
    before = out.read_bytes()
    again = tasks.post(out, ledgers)
    assert (again.filled.written, again.posting.changed, again.posting.total) == (False, 0, 107)
    assert "sudah sama; tidak ada yang ditulis" in said(again)
    assert "the same already; nothing was written" in said(again, "en")
    assert out.read_bytes() == before


def test_a_month_posted_again_replaces_what_was_posted_and_clears_what_is_gone(path: Path) -> None:
    out = tasks.post(path, [ledger((CODES[0], 1, 100), (CODES[0], 2, 60), (CODES[1], 2, 7))]).filled.path
    done = tasks.post(out, [ledger((CODES[0], 2, 61), (CODES[0], 1, 100))], force=True)
    assert [cell(out, f"rp{month:02}") for month in (1, 2)] == [100, 61]
    assert cell(out, "rp02", 1) is None
    assert (done.posting.changed, done.posting.total) == (2, 161)
    assert done.filled.backup is not None


def test_months_that_the_ledger_does_not_hold_stay(path: Path) -> None:
    out = tasks.post(path, [ledger((CODES[0], 1, 100), months=(1,))]).filled.path
    done = tasks.post(out, [ledger((CODES[0], 3, 30), months=(3,))])
    assert [cell(out, f"rp{month:02}") for month in (1, 2, 3)] == [100, None, 30]
    assert done.months.covered == (3,)
    assert "Diposting ke Bulanan, Maret: Rp 30; 1 sel berubah." in said(done)


def test_what_somebody_typed_is_left_alone_and_named(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(matrix(rp01=99.0, rp02=40.0, rp03="menyusul"))
    result = run("reconcile", path, "--ledger", _file(tmp_path, {CODES[0]: 100}), "--month", 1, "--post")
    out = tmp_path / "m-selesai.xlsx"
    assert result.exit_code == 1
    assert "Dibiarkan: Bulanan!D7 (Sub 1) berisi Rp 99, buku besar Rp 100." in result.output
    assert [cell(out, key) for key in ("rp01", "rp02", "rp03")] == [99, 40, "menyusul"]


def test_a_posted_figure_that_somebody_changed_is_theirs_from_then_on(path: Path) -> None:
    out = tasks.post(path, [ledger((CODES[0], 1, 100), months=(1,))]).filled.path
    book = Workbook.open(out)
    book.sheet("Bulanan").write((FIRST, BULANAN.position("rp01")), value=90.0)
    book.save(out)
    for _ in range(2):
        done = tasks.post(out, [ledger((CODES[0], 1, 100), months=(1,))])
        assert [(str(kept.cell), kept.found, kept.wanted) for kept in done.posting.kept] == [
            ("Bulanan!D7", 90.0, Decimal(100))
        ]
        assert cell(out, "rp01") == 90
    assert log.read(Workbook.open(out)) == {}


def test_a_formula_of_the_user_s_own_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    book = Workbook.from_bytes(matrix())
    book.sheet("Bulanan").write((FIRST, BULANAN.position("rp01")), value=30.0, formula="10+20")
    path.write_bytes(book.to_bytes())
    done = tasks.post(path, [ledger((CODES[0], 1, 100), months=(1,))])
    assert [(str(kept.cell), kept.found) for kept in done.posting.kept] == [("Bulanan!D7", "=10+20")]
    assert "Bulanan!D7 (Sub 1) holds '=10+20', the ledger Rp 100. Clear the cell" in said(done, "en")


def test_spending_without_a_row_is_named_with_its_rupiah(path: Path) -> None:
    done = tasks.post(path, [ledger((CODES[0], 1, 100), ("7.01.01.2.01.0001", 1, 55), ("", 2, 5))])
    assert sorted(sum(each.months.values()) for each in done.months.unmatched) == [5, 55]
    assert (done.posting.total, done.exit_code) == (100, 1)
    assert "Diposting ke Bulanan, Januari sampai Maret: Rp 100" in said(done)
    assert "Tidak diposting: 7.01.01.2.01.0001, Rp 55; tidak ada barisnya pada Matriks." in said(done)
    assert "Not posted: spending without a code, Rp 5; Matriks has no row for it." in said(done, "en")


def test_of_many_things_not_posted_the_first_are_named_and_the_rest_counted(path: Path) -> None:
    strange = [(f"7.01.01.2.01.{n:04}", 1, n) for n in range(1, posting_text.MOST + 4)]
    told = said(tasks.post(path, [ledger((CODES[0], 1, 100), *strange)]))
    assert told.count("Tidak diposting:") == posting_text.MOST
    assert "... dan 3 lagi." in told


def test_a_month_behind_the_period_asks_for_another_period(path: Path) -> None:
    done = tasks.post(path, [ledger((CODES[0], 4, 100), months=(4,))], month=4)
    assert "Periode pada Identitas berakhir sebelum April: ubah Periode, lalu jalankan lakip-xl fill" in said(done)


def test_months_after_the_period_are_named_or_refused(path: Path, tmp_path: Path) -> None:
    done = tasks.post(path, [ledger((CODES[0], 3, 100), (CODES[0], 4, 9), (CODES[0], 5, 9), months=(3, 4, 5))])
    assert (done.posting.total, done.months.later, done.exit_code) == (100, (4, 5), 1)
    assert "Tidak diposting: April sampai Mei pada buku besar, sesudah Maret." in said(done)
    assert "Not posted: April to May in the ledgers, after March." in said(done, "en")
    with pytest.raises(LakipError, match=r"baru mulai April, sesudah Maret.*--month 4"):
        tasks.post(path, [ledger((CODES[0], 4, 9), months=(4,))], tmp_path / "lain.xlsx")
    assert not (tmp_path / "lain.xlsx").exists()


def test_no_room_is_said(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    book = Workbook.from_bytes(matrix())
    for row in range(FIRST + 1, BULANAN.border_row):
        book.sheet("Bulanan").write((row, BULANAN.position("keterangan")), value="dipakai")
    path.write_bytes(book.to_bytes())
    done = tasks.post(path, [ledger((CODES[1], 1, 100), months=(1,))])
    assert (done.posting.no_room, done.exit_code) == (["Sub 2"], 1)
    assert "Tidak diposting: 'Sub 2', karena tidak ada baris kosong lagi di Bulanan." in said(done)


def _file(folder: Path, spent: Mapping[str, int], month: int = 1) -> Path:
    """A SIPD file of one month with these sub kegiatan."""
    docs = [doc for doc in ledger_books.by_month(month) if doc.kind != "SPP-LS"][: len(spent)]
    made = [
        doc._replace(code=code, name="Sub", spent=value, returned=0)
        for doc, (code, value) in zip(docs, spent.items(), strict=True)
    ]
    path = folder / f"sipd-{month:02}.xlsx"
    path.write_bytes(ledger_books.sipd(made))
    return path


def test_without_bulanan_it_says_what_to_do_and_writes_nothing(tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / "matriks.xlsx"))
    result = run("rekonsiliasi", path, "--ledger", _file(tmp_path, {CODES[0]: 1}), "--month", 1, "--post")
    assert result.exit_code == 2
    assert "lakip-xl migrate matriks.xlsx" in result.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["matriks.xlsx", "sipd-01.xlsx"]


@pytest.mark.parametrize("year", [2022, 2024])
def test_a_ledger_of_another_year_posts_nothing(path: Path, year: int) -> None:
    wrong = ledger((CODES[0], 1, 100))
    wrong.year = year
    before = sorted(each.name for each in path.parent.iterdir())
    with pytest.raises(Exception, match=str(year)):
        tasks.post(path, [wrong])
    assert sorted(each.name for each in path.parent.iterdir()) == before


def test_balances_alone_cannot_be_posted(path: Path, tmp_path: Path) -> None:
    lra = tmp_path / "lra.xlsx"
    lra.write_bytes(ledger_books.lra(ledger_books.by_month(1)))
    result = run("reconcile", path, "--ledger", lra, "--post")
    assert result.exit_code == 2
    assert not (tmp_path / "m-selesai.xlsx").exists()


def test_in_place_goes_with_post_only(path: Path, tmp_path: Path) -> None:
    source = _file(tmp_path, {CODES[0]: 100})
    assert run("reconcile", path, "--ledger", source, "--month", 1, "--in-place").exit_code == 2
    result = run("reconcile", path, "--ledger", source, "--month", 1, "--post", "--in-place")
    assert "Cadangan" in result.output
    assert cell(path, "rp01") == 100


def test_a_year_of_twelve_months_is_posted_and_agrees(tmp_path: Path) -> None:
    """Import, post, reconcile: month after month on the example, no rupiah lost, no difference."""
    path = tmp_path / "tahun.xlsx"
    path.write_bytes(tasks.migrate(Path(shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / "m.xlsx"))).path.read_bytes())
    book = Workbook.open(path)
    document = read(book, NEWEST)
    for row in document.matrix.rows:
        at = document.matrix.cell(row, "realisasi_anggaran")
        book.sheet("Matriks").write((at.row, at.column), value=None)
    total = document.matrix.total
    assert total is not None
    for key in ("anggaran", "realisasi_anggaran", "persen"):
        at = document.matrix.cell(total, key)
        book.sheet("Matriks").write((at.row, at.column), value=None)
    belanja = document.tables["belanja"]
    for row in (*belanja.rows, *([belanja.total] if belanja.total else [])):
        for key in ("realisasi_anggaran", "persen"):
            at = belanja.cell(row, key)
            book.sheet("Belanja").write((at.row, at.column), value=None)
    book.save(path)
    period = document.settings.cells["periode"]
    (tmp_path / "rak.xlsx").write_bytes(ledger_books.rak())
    files = []
    for month, name in enumerate(f.MONTHS, start=1):
        book = Workbook.open(path)
        book.sheet(period.sheet).write((period.row, period.column), value=name)
        book.save(path)
        files.append(tmp_path / f"sipd-{month:02}.xlsx")
        files[-1].write_bytes(ledger_books.sipd(ledger_books.by_month(month)))
        posted = tasks.post(path, [files[-1], tmp_path / "rak.xlsx"], month=month, in_place=True)
        assert posted.exit_code == 0
        assert posted.posting.total == sum(doc.net for doc in ledger_books.by_month(month))
        found = tasks.reconcile(path, files, form="")
        assert found.exit_code == 0, [item for item in found.comparison.items if item.status.value != "matched"][:3]
        assert found.comparison.items[0].to_date.matrix == sum(
            doc.net for doc in ledger_books.documents() if doc.month <= month
        )
    assert problems(path) == []
    may = tasks.reconcile(
        path, files[:5], month=5, form=""
    )  # the workbook is of December now: its months tell what was spent by May
    assert may.exit_code == 0, may.comparison.notes
    assert may.comparison.items[0].to_date.matrix == sum(doc.net for doc in ledger_books.documents() if doc.month <= 5)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from((*CODES, "7.01", "")), st.integers(1, 3), st.integers(-(10**13), 10**13)), max_size=25
    ),
    st.randoms(use_true_random=False),
)
def test_every_rupiah_is_posted_or_named(spent: list[tuple[str, int, int]], random: object) -> None:
    random.shuffle(spent)  # type: ignore[attr-defined]
    document = read(Workbook.from_bytes(matrix()), NEWEST)
    made = ledger(*spent)
    if not spent:
        return
    found = monthly(document, [made], 3)
    placed = sum(value for _, months in found.spent for value in months.values())
    left = sum(value for each in found.unmatched for value in each.months.values())
    assert placed + left == sum(net for _, _, net in spent)


def test_text_of_a_ledger_that_looks_like_a_formula_stays_text(path: Path) -> None:
    out = tasks.post(path, [ledger((CODES[0], 1, 100), file="=HYPERLINK(1).xlsx")]).filled.path
    sheet = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))[log.TITLE]
    assert [(c.value, c.data_type) for c in sheet["H"] if "HYPERLINK" in str(c.value)] == [("=HYPERLINK(1).xlsx", "s")]


def test_rows_without_a_code_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    rows: list[Mapping[str, Value]] = [
        {"uraian": "PROGRAM PENUNJANG", "indikator": "Nilai", "target": 70.0, "realisasi": 70.0},
        {"uraian": "KEGIATAN Perencanaan"},
        *(
            {
                "uraian": f"SUB KEGIATAN {name}",
                "indikator": "Dokumen",
                "arah": f.HIGHER,
                "target": 12.0,
                "anggaran": 900.0,
            }
            for name in ("Penyusunan", "Evaluasi")
        ),
    ]
    bulanan: list[Mapping[str, Value]] = [
        {"uraian": "SUB KEGIATAN Penyusunan"},
        {"uraian": "SUB KEGIATAN Evaluasi", "rp01": 100.0},
    ]
    path.write_bytes(typed_in({"matriks": rows, "bulanan": bulanan}, periode="Maret"))
    made = ledger(months=(1,))
    made.postings.append(Posting(Key("", "Penyusunan", ""), 1, Decimal(100), Place("sipd.xlsx", "Data", 2, "AA")))
    made.names["", "Penyusunan"] = "SUB KEGIATAN Penyusunan"
    first = tasks.post(path, [made])
    assert [cell(first.filled.path, "rp01", n) for n in (0, 1)] == [100, 100]
    assert [str(kept.cell) for kept in first.posting.kept] == ["Bulanan!D8"]  # typed, and the ledger has none
    again = tasks.post(first.filled.path, [made])
    assert (again.posting.changed, again.filled.written) == (0, False)


def two_units() -> bytes:
    """The same sub kegiatan under two sub units."""
    rows: list[Mapping[str, Value]] = []
    for name in ("UPTD A", "UPTD B"):
        rows += [
            {"uraian": name, "tingkat": "sub unit"},
            {"kode": "1.06.01", "uraian": "PROGRAM PENUNJANG", "indikator": "Nilai", "target": 70.0, "realisasi": 70.0},
            {"kode": "1.06.01.2.01", "uraian": "Perencanaan"},
            {
                "kode": CODES[0],
                "uraian": "Sub 1",
                "indikator": "Dokumen",
                "arah": f.HIGHER,
                "target": 12.0,
                "anggaran": 9_000.0,
            },
        ]
    return typed_in({"matriks": rows}, periode="Maret")


def of_unit(unit: str, net: int) -> Ledger:
    made = Ledger(
        f"{unit}.xlsx", "sipd-dokumen", Basis.PAID, 2023, (1,), office=("1.06", "Dinas Sosial"), units={unit: unit}
    )
    made.postings.append(Posting(Key(unit, CODES[0], ""), 1, Decimal(net), Place(made.file, "Data", 2, "AA")))
    return made


def test_a_file_of_one_sub_unit_leaves_the_other_s_figures(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(two_units())
    out = tasks.post(path, [of_unit("UPTD A", 100)]).filled.path
    done = tasks.post(out, [of_unit("UPTD B", 55)])
    assert done.exit_code == 0
    assert [(cell(out, "sub_unit", n), cell(out, "rp01", n)) for n in (0, 1)] == [("UPTD A", 100), ("UPTD B", 55)]
    assert sorted((key.unit, what.value) for key, what in log.read(Workbook.open(out)).items()) == [
        ("uptd a", 100),
        ("uptd b", 55),
    ]


def test_sub_units_that_do_not_match_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(two_units())
    with pytest.raises(LakipError, match="Sub unit pada matriks dan buku besar tidak dapat dicocokkan"):
        tasks.post(path, [of_unit("Puskesmas C", 100)])


def test_a_month_that_became_empty_is_a_question(path: Path) -> None:
    out = tasks.post(path, [ledger((CODES[0], 1, 100), (CODES[0], 2, 30), (CODES[0], 3, 5))]).filled.path
    done = tasks.post(out, [ledger((CODES[0], 1, 130), (CODES[0], 3, 5), months=(1, 3))])
    assert (done.posting.doubtful, done.exit_code) == ((2,), 1)
    result = posting_text.dump(done)
    assert "Periksa Februari" in result


def test_a_month_left_out_between_files_of_one_month_is_a_question(path: Path) -> None:
    each = [ledger((CODES[0], month, 100 * month), file=f"{month}.xlsx", months=(month,)) for month in (1, 2, 3)]
    out = tasks.post(path, each).filled.path
    assert tasks.post(out, [each[0], each[2]]).posting.doubtful == (2,)
    assert tasks.post(out, [each[2]]).posting.doubtful == ()  # the newest month alone says nothing of those before


def test_a_dash_in_a_month_is_no_figure_of_somebody_s(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(matrix(rp01="-", rp02=" – "))
    done = tasks.post(path, [ledger((CODES[0], 1, 100), months=(1, 2))])
    assert (done.posting.kept, done.exit_code) == ([], 0)
    assert [cell(done.filled.path, key) for key in ("rp01", "rp02")] == [100, " – "]


def test_what_was_written_beside_riwayat_posting_stays(path: Path) -> None:
    out = tasks.post(path, [ledger((CODES[0], 1, 100), (CODES[1], 2, 60))]).filled.path
    book = Workbook.open(out)
    sheet = book.sheet(log.TITLE)
    for at, text in (
        ((3, 10), "CATATAN"),
        ((4, 10), "sudah dicek"),
        ((5, 11), "tunggu SPJ"),
        ((9, 10), "catatan bebas"),
    ):
        sheet.write(at, value=text)
    book.save(out)
    for spent in ([(CODES[0], 1, 101), (CODES[1], 2, 60)], [(CODES[0], 1, 101)], [(CODES[0], 1, 102)]):
        tasks.post(out, [ledger(*spent)])
        rows = {
            str(line[0].value or ""): [c.value for c in line if c.column > 9 and c.value]
            for line in openpyxl.load_workbook(out)[log.TITLE].iter_rows()
            if any(c.column > 9 and c.value for c in line)
        }
        assert rows["KODE"] == ["CATATAN"]
        assert rows[CODES[0]] == ["sudah dicek"]
        assert sorted(text for each in rows.values() for text in each) == [
            "CATATAN",
            "catatan bebas",
            "sudah dicek",
            "tunggu SPJ",
        ]


def test_another_dasar_realisasi_is_refused_and_nothing_written(path: Path) -> None:
    out = tasks.post(path, [ledger((CODES[0], 1, 100), months=(1,))]).filled.path
    before = out.read_bytes()
    other = ledger((CODES[0], 1, 777), months=(1,))
    other.basis = Basis.SPENT
    with pytest.raises(LakipError, match="atas dasar SP2D/LRA"):
        tasks.post(out, [other])
    assert out.read_bytes() == before


def test_rak_goes_into_its_months_and_lines_of_one_sub_kegiatan_are_added(path: Path) -> None:
    rak = Ledger("rak.xlsx", "rak", None, 2023, ())
    for n, value in enumerate((10, 5)):
        months = tuple(Decimal(value * m) for m in range(1, 13))
        rak.planned.append(Planned(Key("", CODES[0], f"5.1.02.{n}"), months, Place("rak.xlsx", "RAK", n + 2)))
    done = tasks.post(path, [rak])
    out = done.filled.path
    assert [cell(out, f"rak{month:02}") for month in range(1, 13)] == [15 * month for month in range(1, 13)]
    assert cell(out, "sd_rak") == 90
    assert done.exit_code == 0
    assert "RAK diposting untuk 1 sub kegiatan." in said(done)


def rak(kode: str, months: Mapping[int, int], file: str, unit: str = "") -> Ledger:
    """An anggaran kas of one sub kegiatan."""
    made = Ledger(file, "rak", None, 2023, tuple(range(1, 13)))
    values = tuple(Decimal(months.get(month, 0)) for month in range(1, 13))
    made.planned.append(Planned(Key(unit, kode, ""), values, Place(file, "RAK", 2)))
    return made


def test_two_files_with_an_anggaran_kas_stand_side_by_side_or_are_refused(path: Path) -> None:
    first = rak(CODES[0], {1: 10, 2: 20}, "rak-1.xlsx")
    done = tasks.post(path, [first, rak(CODES[1], {1: 7}, "rak-2.xlsx"), rak(CODES[0], {3: 5}, "rak-3.xlsx")])
    out = done.filled.path
    assert [cell(out, f"rak{month:02}") for month in (1, 2, 3)] == [10, 20, 5]
    assert cell(out, "rak01", 1) == 7
    before = out.read_bytes()
    for other in (rak("1.6.1.2.1.1", {2: 20}, "rak-lain.xlsx"), rak(CODES[0], {2: 1}, "rak-lain.xlsx", "UPTD A")):
        with pytest.raises(LakipError, match=r"rak-1\.xlsx dan rak-lain\.xlsx: keduanya memuat anggaran kas"):
            tasks.post(out, [first, other])
    with pytest.raises(LakipError, match="disebut dua kali"):
        tasks.post(out, [first, first])
    assert out.read_bytes() == before


def test_an_anggaran_kas_coded_for_any_urusan_finds_its_row(path: Path) -> None:
    done = tasks.post(path, [rak("X.XX.01.2.01.0001", {1: 10}, "rak.xlsx")])
    assert (cell(done.filled.path, "rak01"), done.exit_code) == (10, 0)


def test_the_only_sub_unit_takes_what_a_ledger_says_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    rows: list[Mapping[str, Value]] = [
        {"uraian": "UPTD A", "tingkat": "sub unit"},
        {
            "kode": CODES[0],
            "uraian": "Sub 1",
            "indikator": "Dokumen",
            "arah": f.HIGHER,
            "target": 12.0,
            "anggaran": 9_000.0,
        },
    ]
    path.write_bytes(typed_in({"matriks": rows}, periode="Maret"))
    done = tasks.post(path, [of_unit("Puskesmas C", 100), rak(CODES[0], {1: 300}, "rak.xlsx", "Puskesmas C")])
    out = done.filled.path
    assert (cell(out, "sub_unit"), cell(out, "rp01"), cell(out, "rak01"), done.exit_code) == ("UPTD A", 100, 300, 0)
    assert cell(out, "realisasi_anggaran", 1, "Matriks") == 100


def test_what_cannot_be_reconciled_is_not_posted(path: Path, tmp_path: Path) -> None:
    source, taken = _file(tmp_path, {CODES[0]: 100}), tmp_path / "ada.xlsx"
    taken.write_bytes(b"punya orang")
    before = path.read_bytes()
    result = run("reconcile", path, "--ledger", source, "--month", 1, "--post", "--in-place", "-o", taken)
    assert (result.exit_code, path.read_bytes()) == (2, before)


def test_formulas_of_the_user_s_own_that_read_bulanan_get_their_new_values(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    book = Workbook.from_bytes(matrix())
    at = (MATRIKS.first_row + 2, MATRIKS.position("realisasi_anggaran"))
    book.sheet("Matriks").write(at, value=0.0, formula="SUM(Bulanan!D7:O7)")
    path.write_bytes(book.to_bytes())
    out = tasks.post(path, [ledger((CODES[0], 1, 100), (CODES[0], 2, 11))]).filled.path
    assert cell(out, "realisasi_anggaran", 2, "Matriks") == 111
    assert cell(out, "realisasi_anggaran", 0, "Matriks") == 111


def test_export_holds_what_the_matrix_takes_from_the_months(path: Path, tmp_path: Path) -> None:
    out = tasks.post(path, [ledger((CODES[0], 1, 100), (CODES[1], 2, 7))]).filled.path
    tasks.export(out, tmp_path / "e81.xlsx")
    spent = {
        row.text_of("kode"): row.number_of("realisasi_anggaran")
        for row in tasks.examine(tmp_path / "e81.xlsx").document.matrix.rows
    }
    assert (spent[CODES[0]], spent[CODES[1]]) == (100, 7)


def test_export_has_the_rupiah_of_each_quarter(path: Path, tmp_path: Path) -> None:
    book = Workbook.open(path)
    period = read(book, NEWEST).settings.cells["periode"]
    book.sheet(period.sheet).write((period.row, period.column), value="TW II")
    book.save(path)
    out = tasks.post(
        path, [ledger((CODES[0], 1, 100), (CODES[0], 5, 30), (CODES[1], 2, 7), months=(1, 2, 5))]
    ).filled.path
    result = run("export", out, "-o", tmp_path / "e81.xlsx")
    assert "rupiah per triwulan" not in " ".join(result.output.split())
    rows = {row.text_of("kode"): row for row in tasks.examine(tmp_path / "e81.xlsx").document.matrix.rows}
    assert [rows[CODES[0]].number_of(f"rp_tw{n}") for n in range(1, 5)] == [100, 30, None, None]
    assert [rows["1.06.01"].number_of(f"rp_tw{n}") for n in range(1, 3)] == [107, 30]
    book = Workbook.open(out)  # a typed sum that the months do not explain: then no quarter is given
    book.sheet("Matriks").write((MATRIKS.first_row + 3, MATRIKS.position("realisasi_anggaran")), value=8.0)
    book.save(out)
    said = run("export", out, "-o", tmp_path / "lain.xlsx").output
    assert "rupiah per triwulan" in " ".join(said.split())


def test_nothing_compared_is_no_agreement(path: Path, tmp_path: Path) -> None:
    result = run("reconcile", path, "--ledger", _file(tmp_path, {CODES[0]: 100}, 2), "-o", tmp_path / "r.xlsx")
    assert result.exit_code == 1
    assert "Matriks sama" not in result.output
    assert "tidak berarti bahwa matriks dan buku besar sama" in " ".join(result.output.split())
    words = " ".join(
        str(c.value) for line in openpyxl.load_workbook(tmp_path / "r.xlsx")["Berita Acara"].iter_rows() for c in line
    )
    assert "Tidak terdapat selisih" not in words
