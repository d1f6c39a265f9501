"""The comparison of matrix and ledger: a clean year is silent, each planted difference is named once, no rupiah is lost or doubled."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compared import (
    SUBS,
    Sub,
    book,
    bulanan,
    documents,
    key,
    ledger,
    lra,
    matrix,
    postings,
    rak,
    spread,
    subs,
)
from lakip_xl import tasks
from lakip_xl.errors import LakipError
from lakip_xl.ledger.compare import compare
from lakip_xl.ledger.entered import month_of
from lakip_xl.ledger.entries import Balance, Basis, Key, Ledger, Place, Posting
from lakip_xl.ledger.items import Comparison, Level, Status
from lakip_xl.reconciliation import text as screen
from lakip_xl.reconciliation.table import status
from lakip_xl.table.codes import code_of
from lakip_xl.table.model import Document, Entry

MONTH = 5


def told(found: Comparison) -> list[tuple[str, Status, int | None]]:
    return [(item.kode, item.status, item.cause) for item in found.differences]


def against(rows: list[Sub], *ledgers: Ledger, month: int = MONTH, **more: object) -> Comparison:
    return compare(matrix(rows, month, monthly=True), list(ledgers), month=month, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def clean() -> Document:
    return matrix(subs(MONTH), MONTH, monthly=True)


def changed(number: int, amount: int, month: int = MONTH) -> list[Sub]:
    """The clean matrix with an amount more in one month of one sub kegiatan."""
    found = subs(MONTH)
    sub = found[number]
    sub.to_date = (sub.to_date or 0) + amount
    sub.months[month] += amount
    return found


# -- a clean year ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("month", [1, 2, 6, 12])
def test_a_clean_year_gives_none(month: int) -> None:
    found = against(subs(month), documents(subs(month)), month=month)
    assert found.differences == []
    assert found.notes == []
    assert found.exit_code == 0
    assert found.total.to_date.ledger == found.total.to_date.matrix == sum(s.to_date or 0 for s in subs(month))
    assert found.total.month.ledger == sum(spread(pagu, month) for _, _, pagu in SUBS)
    assert [len(found.at(level)) for level in Level] == [1, 4, 0]


def test_a_clean_lra_gives_none_and_compares_pagu() -> None:
    found = compare(matrix(subs(MONTH), MONTH), [lra(subs(MONTH), MONTH)], month=MONTH)
    assert found.exit_code == 0
    assert found.total.pagu.compared
    assert found.total.pagu.ledger == sum(pagu for _, _, pagu in SUBS)
    assert not found.total.month.compared
    assert [note.id for note in found.notes] == [
        "Realisasi bulan ini tidak dibandingkan: buku besar tidak memuat Mei tersendiri."
    ]


def test_balances_of_two_months_give_the_month() -> None:
    before, now = subs(MONTH - 1), subs(MONTH)
    found = against(now, lra(before, MONTH - 1, "lra-4.xlsx"), lra(now, MONTH))
    assert found.exit_code == 0
    assert found.total.month.ledger == sum(spread(pagu, MONTH) for _, _, pagu in SUBS)


def test_a_balance_and_the_months_after_it_are_to_date() -> None:
    later = ledger([p for p in postings(subs(MONTH)) if p.month > 3])
    found = against(subs(MONTH), lra(subs(3), 3), later)
    assert found.differences == []
    assert found.total.to_date.ledger == sum(s.to_date or 0 for s in subs(MONTH))


def test_a_month_that_is_missing_is_said_and_to_date_not_compared() -> None:
    found = against(subs(MONTH), ledger([p for p in postings(subs(MONTH)) if p.month not in (2, 4)]))
    assert found.missing == (2, 4)
    assert not found.total.to_date.compared
    assert found.total.to_date.ledger is None
    assert found.total.month.compared
    assert found.exit_code == 0
    assert "Februari, April" in found.notes[0].id


def test_another_month_than_the_matrix_states_is_said() -> None:
    found = compare(matrix(subs(MONTH), MONTH), [documents(subs(MONTH))], month=MONTH - 1)
    assert "Matriks menyatakan periode Mei, buku besar dibandingkan s.d. April" in found.notes[0].id
    assert found.exit_code == 1


# -- planted differences, each named once -----------------------------------------------------------------------------------------


def test_one_rupiah() -> None:
    found = against(changed(2, 1), documents(subs(MONTH)))
    assert told(found) == [(SUBS[2][0], Status.DIFFERENT, 12)]
    assert found.differences[0].to_date.difference == 1
    assert found.exit_code == 1
    assert against(changed(2, 1), documents(subs(MONTH)), tolerance=Decimal(1)).exit_code == 0


def test_the_wrong_month() -> None:
    rows = subs(MONTH)
    rows[0].months[MONTH] -= 500_000
    rows[0].months[3] += 500_000
    found = against(rows, documents(subs(MONTH)))
    assert told(found) == [(SUBS[0][0], Status.DIFFERENT, 2)]
    item = found.differences[0]
    assert item.apart == ((3, Decimal(500_000)),)
    assert item.month.difference == -500_000
    assert item.to_date.difference == 0
    assert item.reason is not None
    assert "Maret" in item.reason.id


def test_a_wrong_month_before_this_one() -> None:
    rows = subs(MONTH)
    rows[0].months[2] -= 500_000
    rows[0].months[3] += 500_000
    assert told(against(rows, documents(subs(MONTH)))) == [(SUBS[0][0], Status.DIFFERENT, 2)]


def test_the_wrong_sub_kegiatan() -> None:
    rows = changed(1, 777_000)
    rows[3].to_date = (rows[3].to_date or 0) - 777_000
    rows[3].months[MONTH] -= 777_000
    found = against(rows, documents(subs(MONTH)))
    assert sorted(told(found)) == [(SUBS[1][0], Status.DIFFERENT, 4), (SUBS[3][0], Status.DIFFERENT, 4)]
    one, other = found.differences
    assert one.partner is other
    assert other.partner is one
    assert found.total.agrees


def test_a_setoran_that_the_matrix_ignores() -> None:
    lines = postings(subs(MONTH))
    lines[3] = lines[3]._replace(net=lines[3].net - 250_000, returned=Decimal(250_000))
    found = against(subs(MONTH), ledger(lines))
    assert told(found) == [(SUBS[0][0], Status.DIFFERENT, 3)]
    assert found.differences[0].to_date.difference == 250_000


def test_an_sp2d_counted_once_for_each_line() -> None:
    lines = [
        p._replace(document="SP2D-7") if p.month == 4 and p.key.kode == SUBS[0][0] else p for p in postings(subs(MONTH))
    ]
    rows = changed(0, spread(SUBS[0][2], 4), month=4)
    assert told(against(rows, ledger(lines))) == [(SUBS[0][0], Status.DIFFERENT, 11)]


def test_a_document_twice_in_the_matrix() -> None:
    line = postings(subs(MONTH))[4]
    rows = changed(0, int(line.net), month=line.month)
    found = against(rows, documents(subs(MONTH)))
    assert told(found) == [(SUBS[0][0], Status.DIFFERENT, 11)]
    assert found.differences[0].reason is not None
    assert str(line.place)[:10] in found.differences[0].reason.id


def test_a_document_that_the_matrix_lacks() -> None:
    line = postings(subs(MONTH))[4]
    assert told(against(changed(0, -int(line.net), month=line.month), documents(subs(MONTH)))) == [
        (SUBS[0][0], Status.DIFFERENT, 10)
    ]


def test_a_negative_correction_that_the_matrix_lacks() -> None:
    correction = Posting(
        key(SUBS[1][0]), MONTH, Decimal(-123_456), Place("sipd.xlsx", "Data", 99, "AA"), document="K-1"
    )
    found = against(subs(MONTH), ledger([*postings(subs(MONTH)), correction]))
    assert told(found) == [(SUBS[1][0], Status.DIFFERENT, 4)]
    assert found.differences[0].to_date.difference == 123_456


def test_a_missing_code_is_kept_and_paired_with_the_row_that_lacks_it() -> None:
    lines = postings(subs(MONTH))
    lines[5] = lines[5]._replace(key=Key("", "", ""))
    found = against(subs(MONTH), ledger(lines))
    assert sorted(told(found)) == [("", Status.ONLY_LEDGER, 4), (SUBS[0][0], Status.DIFFERENT, 4)]
    uncoded = next(item for item in found.differences if not item.kode)
    assert uncoded.places == (lines[5].place,)
    assert uncoded.partner is not None
    assert found.total.agrees


def test_a_renamed_sub_kegiatan_with_the_same_code_is_one_item_and_named() -> None:
    rows = subs(MONTH)
    rows[3].name = "Pengelolaan Taman Makam Pahlawan Nasional"
    found = against(rows, documents(subs(MONTH)))
    assert found.differences == []
    assert [item.kode for item in found.items if item.renamed] == [SUBS[3][0]]


@pytest.mark.parametrize(
    "name", ["PENYEDIAAN  PERMAKANAN", "Penyediaan Permakanan.", "Sub Kegiatan Penyediaan Permakanan"]
)
def test_spellings_of_a_name_are_no_other_name(name: str) -> None:
    rows = subs(MONTH)
    rows[3].name = name
    assert not any(item.renamed for item in against(rows, documents(subs(MONTH))).items)


def test_a_pagu_mismatch_is_a_difference_of_its_own() -> None:
    rows = subs(MONTH)
    rows[1].pagu += 5_000_000
    found = compare(matrix(rows, MONTH), [lra(subs(MONTH), MONTH)], month=MONTH)
    assert told(found) == [(SUBS[1][0], Status.PAGU, 9)]
    assert found.differences[0].pagu.difference == 5_000_000
    assert found.exit_code == 1


def test_only_in_the_matrix_and_only_in_the_ledger() -> None:
    rows = subs(MONTH)
    without_first = [p for p in postings(rows) if p.key.kode != SUBS[0][0]]
    found = against(rows[:3], ledger(without_first))
    assert {(item.kode, item.status) for item in found.differences} == {
        (SUBS[0][0], Status.ONLY_MATRIX),
        (SUBS[3][0], Status.ONLY_LEDGER),
    }
    assert next(item for item in found.differences if item.status is Status.ONLY_LEDGER).cause == 10


def test_a_code_twice_in_the_matrix_is_a_duplicate() -> None:
    rows = subs(MONTH)
    half = (rows[1].to_date or 0) // 2
    again = replace(rows[1], to_date=half, months={})
    rows[1].to_date = (rows[1].to_date or 0) - half
    found = compare(matrix([rows[0], rows[1], again, *rows[2:]], MONTH), [documents(subs(MONTH))], month=MONTH)
    assert [(item.kode, item.status) for item in found.differences] == [(SUBS[1][0], Status.DUPLICATE)]
    assert found.differences[0].to_date.difference == 0
    assert len([cell for cell in found.differences[0].cells if cell.column == 14]) == 2


def test_a_figure_that_cannot_be_read_is_not_compared() -> None:
    rows = subs(MONTH)
    document = matrix(rows, MONTH)
    row = next(r for r in document.matrix.rows if r.text_of("kode") == SUBS[1][0])
    row.entries["realisasi_anggaran"].fault, row.entries["realisasi_anggaran"].typed = "text", None
    found = compare(document, [documents(rows)], month=MONTH)
    assert [(item.kode, item.status) for item in found.differences] == [(SUBS[1][0], Status.UNREADABLE)]
    assert found.total.to_date.difference is None


# -- codes and names --------------------------------------------------------------------------------------------------------------


def test_leading_zeros_and_dots_do_not_tell_codes_apart() -> None:
    lines = [
        p._replace(key=p.key._replace(kode=p.key.kode.replace(".2.0", ".02.0").replace("000", "0")))
        for p in postings(subs(MONTH))
    ]
    assert against(subs(MONTH), ledger(lines)).exit_code == 0


def test_x_stands_for_the_urusan_of_the_other_side() -> None:
    rows = [replace(s, kode=s.kode.replace("1.06.01", "X.XX.01")) for s in subs(MONTH)]
    assert against(rows, documents(subs(MONTH))).exit_code == 0


def test_without_codes_names_are_matched_within_their_parent() -> None:
    found = compare(matrix(subs(MONTH), MONTH, codes=False), [documents(subs(MONTH))], month=MONTH)
    assert found.exit_code == 0
    assert all(item.by_name for item in found.at(Level.SUB))


def test_a_near_miss_is_offered_and_never_assumed() -> None:
    rows = subs(MONTH)
    rows[2].name = "Penyediaan Barang Cetak dan Pengandaan"
    found = compare(matrix(rows, MONTH, codes=False), [documents(subs(MONTH))], month=MONTH)
    by_status = {item.status: item for item in found.differences}
    assert set(by_status) == {Status.ONLY_MATRIX, Status.ONLY_LEDGER}
    assert [(offer.kode, offer.name) for offer in by_status[Status.ONLY_MATRIX].offers] == [SUBS[2][:2]]
    assert [offer.name for offer in by_status[Status.ONLY_LEDGER].offers] == [rows[2].name]


def test_the_same_name_under_another_parent_is_not_taken() -> None:
    rows = subs(MONTH)
    rows[3].name = SUBS[0][1]
    lines = [p for p in postings(subs(MONTH)) if p.key.kode != SUBS[0][0]]
    found = compare(matrix(rows, MONTH, codes=False), [ledger(lines)], month=MONTH)
    assert not [item for item in found.at(Level.SUB) if item.by_name and item.name == SUBS[0][1]]


# -- which file counts ------------------------------------------------------------------------------------------------------------


def test_a_month_given_twice_is_counted_once_from_the_later_file_and_said() -> None:
    old = ledger([p._replace(net=p.net + 7) for p in postings(subs(MONTH)) if p.month == MONTH], "lama.xlsx")
    found = against(subs(MONTH), old, documents(subs(MONTH)))
    assert found.exit_code == 0
    assert [note.id for note in found.notes] == [
        "Mei: ada di lama.xlsx dan di sipd.xlsx; yang dipakai adalah sipd.xlsx, yang disebut belakangan."
    ]


def test_ledgers_of_different_basis_are_refused() -> None:
    spent = ledger(postings(subs(MONTH)), "spj.xlsx", "spj-fungsional", basis=Basis.SPENT)
    with pytest.raises(LakipError, match=r"berdasar SP2D/LRA dan .* berdasar SPJ/BKU"):
        against(subs(MONTH), documents(subs(MONTH)), spent)


def test_without_any_spending_one_sentence_says_what_to_do() -> None:
    with pytest.raises(LakipError, match="Tidak ada buku besar yang memuat realisasi"):
        against(subs(MONTH), rak(subs(MONTH)))


def test_a_ledger_without_codes_compares_the_total_only() -> None:
    lines = [p._replace(key=Key("", "", "")) for p in postings(subs(MONTH))]
    found = against(changed(0, 10), ledger(lines, form="bku", basis=Basis.SPENT))
    assert [item.level for item in found.items] == [Level.TOTAL]
    assert [(i.level, i.to_date.difference) for i in found.differences] == [(Level.TOTAL, Decimal(10))]
    assert "tidak menyebut kode sub kegiatan" in found.notes[0].id


# -- rekening ---------------------------------------------------------------------------------------------------------------------


def test_belanja_is_compared_by_type() -> None:
    rows = subs(MONTH)
    by_type = {"5.1.01": rows[0].to_date or 0, "5.1.02": sum(s.to_date or 0 for s in rows[1:])}
    found = compare(matrix(rows, MONTH, belanja=by_type), [documents(rows)], month=MONTH)
    assert [(i.rekening, i.status, i.to_date.difference) for i in found.at(Level.ACCOUNT)] == [
        ("5.1.01", Status.MATCHED, 0),
        ("5.1.02", Status.MATCHED, 0),
    ]
    wrong = {"5.1.01": by_type["5.1.01"] - 9, "5.1.02": by_type["5.1.02"] + 9}
    found = compare(matrix(rows, MONTH, belanja=wrong), [lra(rows, MONTH)], month=MONTH)
    assert [i.to_date.difference for i in found.at(Level.ACCOUNT)] == [-9, 9]


def test_a_type_that_belanja_lacks_is_an_item_of_its_own() -> None:
    rows = subs(MONTH)
    found = compare(matrix(rows, MONTH, belanja={"5.1.01": rows[0].to_date or 0}), [documents(rows)], month=MONTH)
    assert [(i.rekening, i.status) for i in found.at(Level.ACCOUNT)] == [
        ("5.1.01", Status.MATCHED),
        ("5.1.02", Status.ONLY_LEDGER),
    ]


# -- against last month -----------------------------------------------------------------------------------------------------------


def test_last_months_workbook_gives_the_month() -> None:
    found = compare(
        matrix(subs(MONTH), MONTH), [documents(subs(MONTH))], month=MONTH, previous=matrix(subs(MONTH - 1), MONTH - 1)
    )
    assert found.exit_code == 0
    assert found.total.month.compared
    assert found.total.month.matrix == sum(spread(pagu, MONTH) for _, _, pagu in SUBS)
    assert not (found.fell or found.shifted or found.came or found.gone)


def test_what_fell_moved_came_and_went_is_listed() -> None:
    now, before = subs(MONTH), subs(MONTH - 1)
    now[0].to_date = (before[0].to_date or 0) - 1
    now[1].pagu += 1_000
    found = compare(
        matrix(now[:3], MONTH),
        [documents(subs(MONTH))],
        month=MONTH,
        previous=matrix([before[0], before[1], before[3]], MONTH - 1),
    )
    assert [(m.kode, m.now - m.before, m.correction) for m in found.fell] == [(SUBS[0][0], -1, False)]
    assert [(m.kode, m.now - m.before) for m in found.shifted] == [(SUBS[1][0], 1_000)]
    assert [m.kode for m in found.came] == [SUBS[2][0]]
    assert [g.kode for g in found.gone] == [SUBS[3][0]]


def test_a_fall_that_the_ledger_has_too_is_a_correction() -> None:
    now = subs(MONTH)
    lines = [p for p in postings(now) if not (p.month == MONTH and p.key.kode == SUBS[0][0])]
    lines.append(Posting(key(SUBS[0][0]), MONTH, Decimal(-5_000), Place("sipd.xlsx", "Data", 99, "AA")))
    before = subs(MONTH - 1)
    now[0].to_date = (before[0].to_date or 0) - 5_000
    found = compare(matrix(now, MONTH), [ledger(lines)], month=MONTH, previous=matrix(before, MONTH - 1))
    assert [m.correction for m in found.fell] == [True]
    assert found.exit_code == 0


def test_a_previous_workbook_of_no_earlier_month_is_refused() -> None:
    with pytest.raises(LakipError, match="menyatakan periode 'Mei'"):
        compare(matrix(subs(MONTH), MONTH), [documents(subs(MONTH))], month=MONTH, previous=matrix(subs(MONTH), MONTH))


@pytest.mark.parametrize(
    ("period", "month"),
    [
        ("Mei", 5),
        ("TW II", 6),
        ("Triwulan 3", 9),
        ("Semester I", 6),
        ("Akhir tahun", 12),
        ("", 12),
        ("lain", None),
        ("Semester IV", None),
    ],
)
def test_the_month_of_a_period(period: str, month: int | None) -> None:
    assert month_of(period) == month


# -- sub units --------------------------------------------------------------------------------------------------------------------


def with_units(*names: str) -> Document:
    """The same sub kegiatan under each of some sub units."""
    document = matrix(subs(MONTH), MONTH)
    rows = document.matrix.rows
    copies = []
    for name in names:
        for row in rows:
            copy = replace(row, unit=name.casefold(), children=list(row.children))
            copies.append(copy)
    made = []
    for number, name in enumerate(names):
        head = replace(rows[0], entries={**rows[0].entries, "uraian": replace(rows[0].entries["uraian"], typed=name)}, level="sub unit",
                       children=[], parent=None, number=1000 + number)  # fmt: skip
        head.entries["kode"] = replace(rows[0].entries["kode"], typed="")
        made.append(head)
        made += copies[number * len(rows) : (number + 1) * len(rows)]
    document.matrix.rows[:] = made
    return document


def unit_lines(*units: str) -> list[Posting]:
    return [p._replace(key=p.key._replace(unit=unit)) for unit in units for p in postings(subs(MONTH))]


def test_units_are_told_apart_by_name() -> None:
    names = {"1.06.0.01": "PUSKESMAS SATU", "1.06.0.02": "Puskesmas Dua"}
    found = compare(
        with_units("Puskesmas Satu", "Puskesmas Dua"), [ledger(unit_lines(*names), units=names)], month=MONTH
    )
    assert found.exit_code == 0
    assert len(found.at(Level.SUB)) == 8


def test_units_that_the_matrix_does_not_have_are_added_up_by_code() -> None:
    half = [p._replace(net=Decimal(int(p.net) // 2)) for p in unit_lines("A")]
    rest = [
        p._replace(net=p.net - h.net, key=p.key._replace(unit="B")) for p, h in zip(unit_lines("B"), half, strict=True)
    ]
    found = against(subs(MONTH), ledger([*half, *rest], units={"A": "Satu", "B": "Dua"}))
    assert found.exit_code == 0


def test_units_that_the_ledger_does_not_have_are_added_up_by_code() -> None:
    document = with_units("Puskesmas Satu", "Puskesmas Dua")
    double = [p._replace(net=p.net * 2) for p in postings(subs(MONTH))]
    found = compare(document, [ledger(double)], month=MONTH)
    assert found.exit_code == 0
    assert len(found.at(Level.SUB)) == 4


# -- no rupiah is lost or counted twice -------------------------------------------------------------------------------------------

KODES = [kode for kode, _, _ in SUBS] + ["1.06.05.2.02.0001", "", "1.06.01.2.06.05"]
lines = st.lists(
    st.builds(
        lambda kode, month, sen, number: Posting(
            key(kode), month, Decimal(sen) / 100, Place("a.xlsx", "Data", number), document=str(number)
        ),
        st.sampled_from(KODES), st.integers(1, 4), st.integers(-10**12, 10**13), st.integers(2, 30),
    ),
    min_size=1, max_size=40,
)  # fmt: skip


@pytest.fixture(scope="module")
def four() -> Document:
    return matrix(subs(4), 4)


@settings(max_examples=120, deadline=None)
@given(lines, st.randoms(use_true_random=False), st.booleans())
def test_totals_of_the_ledger_are_the_totals_reported(
    four: Document, found: list[Posting], random: object, twice: bool
) -> None:
    """Whatever the order of the lines, their split over files by month, and files given twice."""
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    months = {p.month for p in found} | {1, 2, 3, 4}
    files = [replace(ledger([p for p in shuffled if p.month == m], f"{m}.xlsx"), months=(m,)) for m in months]
    random.shuffle(files)  # type: ignore[attr-defined]
    whole = compare(four, [*files, *(files[:2] if twice else [])], month=4)
    assert whole.total.to_date.ledger == sum((p.net for p in found), Decimal(0))
    assert whole.total.month.ledger == sum((p.net for p in found if p.month == 4), Decimal(0))
    by_item = whole.at(Level.SUB)
    if by_item:
        assert sum((i.to_date.ledger or Decimal(0) for i in by_item), Decimal(0)) == whole.total.to_date.ledger
        assert sum((i.to_date.matrix or Decimal(0) for i in by_item), Decimal(0)) == whole.total.to_date.matrix
        said = {code_of(item.kode): set(item.places) for item in by_item}
        for code in {code_of(p.key.kode) for p in found if p.net > 0 and p.key.kode in KODES[:4]}:
            assert {p.place for p in found if code_of(p.key.kode) == code} <= said[code]


# -- causes that were written before, and speed -----------------------------------------------------------------------------------


def test_a_hundred_thousand_lines_against_five_thousand_rows_are_fast() -> None:
    rows = [
        Sub(f"1.06.{p:02}.2.{k:02}.{s:04}", f"Kegiatan nomor {p} {k} {s} pelayanan", 10**9, None)
        for p in range(1, 11) for k in range(1, 11) for s in range(1, 51)
    ]  # fmt: skip
    found = [
        Posting(Key("", row.kode, "5.1.02.01.01.0026"), 1 + n % 12, Decimal(1000 + n), Place("sipd.xlsx", "Data", number * 20 + n),
                document=f"{number}/{n}")
        for number, row in enumerate(rows) for n in range(20)
    ]  # fmt: skip
    names = {("", row.kode): row.name for row in rows}
    document = _large(rows)
    for codes in (True, False):
        if not codes:
            for row in document.matrix.rows:
                row.entries["kode"] = replace(row.entries["kode"], typed="")
                row.entries["uraian"] = replace(row.entries["uraian"], typed=f"{row.entries['uraian'].typed} lain")
        start = time.perf_counter()
        made = compare(document, [ledger(found, names=names)], month=12)
        taken = time.perf_counter() - start
        assert len(made.at(Level.SUB)) == (5_000 if codes else 10_000)
        assert made.total.to_date.ledger == sum(p.net for p in found)
        assert taken < (6 if codes else 20), taken


def _large(rows: list[Sub]) -> Document:
    """A matrix of 5,000 sub kegiatan in place of that of a small one."""
    document = matrix(subs(1)[:1], 12)
    leaf = next(row for row in document.matrix.rows if row.level == "sub kegiatan")
    made = []
    for number, sub in enumerate(rows, start=7):
        entries = {
            **leaf.entries,
            "kode": replace(leaf.entries["kode"], typed=sub.kode),
            "uraian": replace(leaf.entries["uraian"], typed=sub.name),
        }
        made.append(replace(leaf, number=number, entries=entries, parent=None))
    document.matrix.rows[:] = made
    return document


def test_a_workbook_with_bulanan_is_read_through_its_bytes() -> None:
    seen = tasks.examine(book(subs(MONTH), MONTH)).document
    seen.tables["bulanan"] = bulanan(subs(MONTH), planned=True)
    found = compare(seen, [documents(subs(MONTH))], month=MONTH)
    assert [p.month for p in found.course] == list(range(1, 13))
    assert found.course[4].spent == found.total.to_date.matrix
    assert found.course[5].spent is None
    assert found.course_of == "matriks"


# -- balances: rows above others repeat their sum -----------------------------------------------------------------------------------


def balance(kode: str, rekening: str, to_date: int, row: int) -> Balance:
    return Balance(Key("", kode, rekening), MONTH, Decimal(to_date), None, Place("lra.xlsx", "LRA", row, "R"))


def nested(rows: list[Sub]) -> list[Balance]:
    """An LRA that repeats its sums at every level: in total, by program and kegiatan, and by rekening down to the last."""
    made: list[Balance] = []
    sums: dict[str, int] = {}
    for sub in rows:
        parts = sub.kode.split(".")
        for head in ("", ".".join(parts[:3]), ".".join(parts[:5])):
            sums[head] = sums.get(head, 0) + (sub.to_date or 0)
    for kode, value in sums.items():
        made.append(balance(kode, "", value, len(made)))
    for sub in rows:
        value = sub.to_date or 0
        rest = value // 3
        made.append(balance(sub.kode, "", value, len(made)))
        made.append(balance(sub.kode, "5.1", value, len(made)))
        made.append(balance(sub.kode, "5.1.02", value, len(made)))
        made.append(balance(sub.kode, "5.1.02.01.01.0026", rest, len(made)))
        made.append(balance(sub.kode, "5.1.02.02.01.0026", value - rest, len(made)))
    return made


@pytest.mark.parametrize("seed", range(5))
def test_rows_above_others_are_not_counted_again(seed: int) -> None:
    rows = subs(MONTH)
    found = nested(rows)
    Random(seed).shuffle(found)
    made = replace(lra(rows, MONTH), balances=found)
    by_type = {"5.1.02": sum(s.to_date or 0 for s in rows)}
    told_ = compare(matrix(rows, MONTH, belanja=by_type), [made], month=MONTH)
    assert told_.differences == []
    assert told_.total.to_date.ledger == sum(s.to_date or 0 for s in rows)
    assert [(i.rekening, i.to_date.difference) for i in told_.at(Level.ACCOUNT)] == [("5.1.02", 0)]


def test_the_total_of_all_units_is_not_counted_again() -> None:
    rows = subs(MONTH)
    found = [b._replace(key=b.key._replace(unit="A")) for b in nested(rows) if b.key.kode]
    found.append(balance("", "", sum(s.to_date or 0 for s in rows), 99))
    told_ = compare(matrix(rows, MONTH), [replace(lra(rows, MONTH), balances=found)], month=MONTH)
    assert told_.differences == []


def test_a_kegiatan_that_holds_more_than_its_sub_kegiatan_keeps_the_rest() -> None:
    rows = subs(MONTH)
    found = [b for b in nested(rows) if b.key.kode.count(".") == 5 and not b.key.rekening]
    found.append(balance("1.06.04.2.01", "", (rows[3].to_date or 0) + 900, 99))
    told_ = compare(matrix(rows, MONTH), [replace(lra(rows, MONTH), balances=found)], month=MONTH)
    assert [(i.kode, i.status, i.to_date.difference) for i in told_.differences] == [
        ("1.06.04.2.01", Status.ONLY_LEDGER, -900)
    ]
    assert told_.total.to_date.ledger == sum(s.to_date or 0 for s in rows) + 900


def test_an_lra_by_type_alone_compares_total_and_belanja() -> None:
    rows = subs(MONTH)
    whole, staff = sum(s.to_date or 0 for s in rows), rows[0].to_date or 0
    found = [
        balance("", "", whole, 1),
        balance("", "5.1", whole, 2),
        balance("", "5.1.01", staff, 3),
        balance("", "5.1.02", whole - staff, 4),
    ]
    by_type = {"5.1.01": staff, "5.1.02": whole - staff - 5}
    told_ = compare(
        matrix(rows, MONTH, belanja=by_type), [replace(lra(rows, MONTH), balances=found, names={})], month=MONTH
    )
    assert [item.level for item in told_.items] == [Level.TOTAL, Level.ACCOUNT, Level.ACCOUNT]
    assert [(i.rekening, i.to_date.difference) for i in told_.differences] == [("5.1.02", -5)]
    assert told_.total.agrees


def test_rows_of_rekening_in_the_matrix_itself_are_compared() -> None:
    rows = subs(MONTH)
    document = matrix(rows, MONTH)
    table = document.matrix
    made = []
    for row in table.rows:
        made.append(row)
        if row.text_of("kode") == SUBS[0][0]:
            for number, (kode, value) in enumerate(
                (("5.1.01.01.01.0001", (rows[0].to_date or 0) - 40), ("5.1.01.01.01.0002", 40))
            ):
                entries = {
                    **row.entries, "kode": replace(row.entries["kode"], typed=kode),
                    "realisasi_anggaran": replace(row.entries["realisasi_anggaran"], typed=Decimal(value)),
                    "anggaran": replace(row.entries["anggaran"], typed=None),
                }  # fmt: skip
                made.append(replace(row, number=500 + number, entries=entries, children=[], parent=row.parent))
    table.rows[:] = made
    told_ = compare(document, [documents(rows)], month=MONTH)
    assert {(i.kode, i.rekening): i.to_date.difference for i in told_.at(Level.ACCOUNT)} == {
        (SUBS[0][0], "5.1.01.01.01.0001"): -40,
        (SUBS[0][0], "5.1.01.01.01.0002"): 40,
    }
    assert len(told_.at(Level.SUB)) == 4


def _sent(number: str, kode: str, month: int, net: int, file: str) -> Ledger:
    made = Ledger(file, "sipd-dokumen", Basis.PAID, 2023, (month,))
    made.postings.append(Posting(Key("", kode, ""), month, Decimal(net), Place(file, "Data", 2, "AA"), document=number))
    return made


def test_a_document_in_the_files_of_two_months_is_named() -> None:
    kode = subs(MONTH)[0].kode
    files = [_sent("SPP/1", kode, 1, 500, "sipd-01.xlsx"), _sent("SPP/1", kode, 2, 500, "sipd-02.xlsx")]
    notes = [note.id for note in against(subs(MONTH), *files).notes]
    assert [note for note in notes if "berkas dua bulan" in note] == [
        "1 dokumen ada di berkas dua bulan dengan jumlah yang sama dan dihitung dua kali (Rp 500), mulai dari sipd-01.xlsx: Data!AA2 dan "
        "sipd-02.xlsx: Data!AA2. Periksa apakah salah satunya ganda."
    ]
    for other in (
        _sent("SPP/2", kode, 2, 500, "b.xlsx"),
        _sent("SPP/1", kode, 2, 501, "b.xlsx"),
        _sent("", kode, 2, 500, "b.xlsx"),
    ):
        assert not any("dua bulan" in note.id for note in against(subs(MONTH), files[0], other).notes)


def test_a_difference_within_the_tolerance_is_said_to_be_one() -> None:
    found = against(changed(2, 1), documents(subs(MONTH)), tolerance=Decimal(1))
    assert (found.exit_code, found.within) == (0, (1, Decimal(1)))
    said = " ".join(" ".join(screen.lines(found)).split())
    assert "berbeda dalam toleransi Rp 1: 1 selisih, seluruhnya Rp 1 (tanpa tanda)" in said
    assert "Matriks sama" not in said
    assert [item.kode for item in found.items if status(item).id == "dalam toleransi" and item.level is Level.SUB] == [
        subs(MONTH)[2].kode
    ]
    assert against(subs(MONTH), documents(subs(MONTH)), tolerance=Decimal(1)).within == (0, 0)


def test_a_row_without_months_is_not_compared_in_another_month() -> None:
    """The matrix is of May and March is asked: a row of which Bulanan says nothing has its sum of May, not of March."""
    document = matrix(subs(MONTH), MONTH, monthly=True)
    table = document.tables["bulanan"]
    gone = table.rows.pop(0)
    found = compare(document, [documents(subs(MONTH))], month=3)
    assert [(item.kode, item.status) for item in found.differences] == [(gone.text_of("kode"), Status.UNREADABLE)]
    assert not found.total.to_date.compared
    assert any("1 baris mempunyai realisasi s/d tetapi tidak ada bulannya" in note.id for note in found.notes)


def test_a_text_among_the_months_is_not_passed_by() -> None:
    document = matrix(subs(MONTH), MONTH, monthly=True)
    row = document.tables["bulanan"].rows[0]
    row.entries["rp02"] = Entry("menyusul", typed=None, fault="text")
    found = compare(document, [documents(subs(MONTH))], month=MONTH)
    assert [(item.kode, item.status, str(item.cells[0])) for item in found.differences] == [
        (row.text_of("kode"), Status.UNREADABLE, str(document.tables["bulanan"].cell(row, "rp02")))
    ]


def test_a_blank_periode_is_said() -> None:
    document = matrix(subs(MONTH), MONTH, monthly=True)
    document.settings.identity["periode"] = None
    notes = [note.id for note in compare(document, [documents(subs(MONTH))], month=MONTH).notes]
    assert "Periode pada Identitas kosong: realisasi s/d pada matriks dibaca sebagai s.d. Mei." in notes


def test_a_previous_workbook_of_an_unknown_period_says_so() -> None:
    before = matrix(subs(MONTH - 1), MONTH - 1)
    before.settings.identity["periode"] = "Bulan lalu"
    with pytest.raises(LakipError, match="'Bulan lalu', yang bukan bulan, triwulan, atau semester"):
        compare(matrix(subs(MONTH), MONTH), [documents(subs(MONTH))], month=MONTH, previous=before)


def test_a_month_that_neither_side_has_is_one_without_spending() -> None:
    found = subs(MONTH)
    for sub in found:
        sub.to_date = (sub.to_date or 0) - sub.months.pop(1, 0) if sub.months else sub.to_date
    said = against(found, documents(found))
    assert said.total.to_date.compared and said.exit_code == 0
    assert any("Januari: tidak ada di buku besar maupun di Bulanan" in note.id for note in said.notes)
    entered = against(subs(MONTH), documents(found))  # Bulanan has a January: then the file is missing
    assert entered.missing == (1,)
