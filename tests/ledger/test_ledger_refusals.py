"""What cannot be relied on is refused with one sentence that says where it is and what to do; nothing of a person is repeated in it."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

import ledger_books as books
from lakip_xl import ledger as ledgers
from lakip_xl.errors import BadHint, LakipError, LedgerRefused, MissingForm
from lakip_xl.ledger import Ledger

MARCH = books.by_month(3)
DOC = books.Doc("D-1", "TBP-GU", "1.06.01.2.01.0001", "Nama", "5.1.02.01.01.0026", date(2023, 3, 5), None, 100, 0)
LS = DOC._replace(kind="SPP-LS", transfer=date(2023, 3, 9))


def read(data: bytes, **hints: object) -> Ledger:
    return ledgers.read_bytes(data, "b.xlsx", **hints)  # type: ignore[arg-type]


def refused(data: bytes, kind: type[LakipError] = LedgerRefused, **hints: object) -> str:
    """The sentence with which the file is refused; in both languages it names the file or the month, and no person."""
    with pytest.raises(kind) as caught:
        read(data, **hints)
    text = caught.value.text
    assert text.id != text.en
    for said in (text.id, text.en):
        assert "\n" not in said
        assert said.endswith(".")
        assert not [word for word in (books.MARK, books.PERSON, books.NUMBER) if word in said]
    return text.id


def test_documents_that_stand_there_twice_are_named_by_their_rows() -> None:
    said = refused(books.sipd([DOC, LS, DOC, DOC, LS]))
    assert "2 dokumen tercatat lebih dari sekali, pada baris 2 = 4 = 5; 3 = 6." in said
    many = [DOC._replace(number=f"D-{n}") for n in range(50)]
    assert "pada baris 2 = 52; 3 = 53;" in (said := refused(books.sipd([*many, *many])))
    assert "dan 38 dokumen lain" in said


def test_the_same_document_with_another_amount_is_a_duplicate_too_and_said_so() -> None:
    assert "sebagian dengan jumlah yang berbeda" in refused(books.sipd([DOC, DOC._replace(spent=7)]))


def test_lines_without_a_document_number_are_no_duplicates() -> None:
    blank = DOC._replace(number="")
    made = read(books.sipd([blank, blank, blank._replace(spent=7)]))
    assert [posting.net for posting in made.postings] == [100, 100, 7]
    assert [note.id for note in made.notes] == [
        "b.xlsx: baris 3 tanpa Nomor Dokumen sama dengan baris lain; tidak diketahui apakah ganda, dan dihitung."
    ]


@pytest.mark.parametrize(
    "other",
    [
        DOC._replace(number="D-2"), DOC._replace(code="1.06.01.2.01.0006"), DOC._replace(account="5.1.01.01.01.0001"),
        DOC._replace(spd="SPD-2"), LS,
    ],
    ids=["nomor", "sub kegiatan", "rekening", "SPD", "LS beside TBP"],
)  # fmt: skip
def test_what_differs_in_its_key_is_no_duplicate(other: books.Doc) -> None:
    assert len(read(books.sipd([DOC, other])).postings) == 2


def test_the_spd_tells_nothing_of_ls_and_the_dpt_tells_kkpd_apart() -> None:
    assert "2 = 3" in refused(books.sipd([LS, LS._replace(spd="SPD-2")]))
    card = DOC._replace(kind="TBP-KKPD", dpt="1")
    assert len(read(books.sipd([card, card._replace(dpt="2")])).postings) == 2
    assert "2 = 3" in refused(books.sipd([card, card._replace(spd="SPD-2")]))


def test_an_amount_that_cannot_be_read_is_named_by_its_cell() -> None:
    data = books.sipd([DOC, DOC._replace(number="D-2")], money=lambda v: "seratus" if v == 100 else float(v))
    assert "b.xlsx: Data Realisasi Dokumen!AA2: isi sel ini bukan jumlah rupiah" in refused(data)


def test_a_date_on_which_the_month_depends_must_be_readable() -> None:
    for day in ("31 Februari 2023", "13/14/2023", "kemarin"):
        assert "Data Realisasi Dokumen!Y2: tanggalnya tidak terbaca" in refused(
            books.sipd([DOC], day=lambda _, day=day: day)
        )
    assert "AR2: tanggalnya kosong" in refused(books.sipd([LS._replace(transfer=None)]))
    assert len(read(books.sipd([LS], day=lambda d: "?" if d == LS.dated else books.spelled(d))).postings) == 1


def test_mixed_years_are_counted() -> None:
    said = refused(books.sipd([DOC, DOC._replace(number="2", dated=date(2024, 1, 2)), DOC._replace(number="3")]))
    assert "2023 (2 baris), 2024 (1 baris)" in said


def test_a_file_without_a_ledger_says_what_is_there_and_what_is_missing() -> None:
    said = refused(books.book("A", [["Nama", "Alamat"], ["x", "y"]]), MissingForm)
    assert "Kode Sub Kegiatan, Anggaran, Realisasi" in said
    columns = [column for column in books.COLUMNS if column != "Nilai Realisasi"]
    said = refused(books.sipd([DOC], columns=columns), MissingForm)
    assert "yang tidak ada: Nilai Realisasi" in said
    assert "Kode Sub Kegiatan" in said
    assert "--map" not in said  # reconcile has no such option for a ledger


def test_the_matrix_itself_is_no_ledger() -> None:
    with pytest.raises(MissingForm, match="lembar 'Matriks' adalah matriks kinerja"):
        ledgers.read(books.EXAMPLE)


def test_two_columns_of_one_heading_are_a_question() -> None:
    said = refused(books.sipd([DOC], columns=[*books.COLUMNS, "Nilai Realisasi"]), MissingForm)
    assert "AA ('Nilai Realisasi'), AT ('Nilai Realisasi')" in said


def test_headings_without_rows_are_no_ledger() -> None:
    assert "tidak ada baris belanja" in refused(books.sipd([]))


def test_a_total_that_is_not_the_sum_of_the_rows_is_said_with_the_difference() -> None:
    rows = [
        ["Kode", "Uraian", "Anggaran", "Realisasi"],
        ["1.06.01.2.01.0001", "A", 10, 4],
        ["1.06.01.2.01.0006", "B", 10, 5],
    ]
    assert len(read(books.book("A", [*rows, [None, "JUMLAH", 20, 9]])).balances) == 2
    assert "A!D4: baris ini menyebut realisasi Rp 10, tetapi jumlah baris yang terbaca Rp 9, selisih Rp 1" in refused(
        books.book("A", [*rows, [None, "JUMLAH", 20, 10]])
    )
    unsaid = [rows[0], *([*row[:3], None] for row in rows[1:])]
    assert "baris yang terbaca Rp 0" in refused(books.book("A", [*unsaid, [None, "JUMLAH", 20, 9]]))
    up = ["1.06.01.2.01", "Kegiatan", 20, 8]
    assert "A!D2" in refused(books.book("A", [rows[0], up, *rows[1:]]))


def test_a_total_of_documents_is_checked_too() -> None:
    rows = [list(books.COLUMNS), *(list(books.record(doc).values()) for doc in MARCH)]
    spent, back = sum(doc.spent for doc in MARCH), sum(doc.returned for doc in MARCH)
    for label in ("TOTAL", None):
        total = {**dict.fromkeys(books.COLUMNS), "Kode SKPD": label, "Nilai Realisasi": spent, "Nilai Setoran": back}
        assert len(read(books.book("A", [*rows, list(total.values())])).postings) == len(MARCH)
        wrong = {**total, "Nilai Realisasi": spent + 3}
        assert "selisih Rp 3" in refused(books.book("A", [*rows, list(wrong.values())]))


def test_signatures_under_a_ledger_are_no_entries() -> None:
    rows = [list(books.COLUMNS), list(books.record(DOC).values()), [], [None] * 26 + [books.PERSON, books.NUMBER]]
    assert len(read(books.book("A", rows)).postings) == 1


def test_a_payment_of_a_bku_without_date_and_code_is_said() -> None:
    rows = [
        ["Tanggal", "Uraian", "Kode Rekening", "Penerimaan", "Pengeluaran"], ["1/2/2023", "x", "5.1.02.01", None, 70],
        [None, "setor pajak", None, None, 30], [None, "Jumlah bulan ini", None, None, 100], [None, "JUMLAH", None, None, 100],
    ]  # fmt: skip
    ledger = read(books.book("A", rows))
    assert [p.net for p in ledger.postings] == [70]
    assert "1 pengeluaran tanpa rekening belanja (Rp 30)" in ledger.notes[0].id


def test_an_spj_that_contradicts_itself_or_says_no_month() -> None:
    head = ["LS-Gaji", "", "", "LS-Barang & Jasa", "", "", "UP/GU/TU"]
    three = ["s.d Bulan Lalu", "Bulan Ini", "s.d Bulan Ini"] * 3
    rows = [
        ["Kode Rekening", "Uraian", "Jumlah Anggaran", *head, "", "", "Jumlah SPJ s.d Bulan Ini"], ["", "", "", *three, ""],
        ["1.06.01.2.01.0001", "A", 50, 1, 2, 3, 0, 0, 0, 4, 5, 9, 12],
    ]  # fmt: skip
    assert "bulan SPJ tidak tertulis" in refused(books.book("A", rows))
    [posting] = read(books.book("A", rows), month=4).postings
    assert (posting.net, posting.month) == (7, 4)
    rows[2][5] = 4
    assert "A!F3" in refused(books.book("A", rows), month=4)


def test_an_anggaran_kas_whose_months_do_not_make_its_sum() -> None:
    rows = [["Kode", "Uraian", *books.MONTHS, "Jumlah"], ["1.06.01.2.01.0001", "A", *[1] * 12, 13]]
    assert "A!O2: baris ini menyebut Rp 13" in refused(books.book("A", rows))


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"kode": "A"}, "--map realisasi"),
        ({"kode": "A", "jumlah": "B"}, "'jumlah' bukan isian yang dikenal"),
        ({"kode": "A", "realisasi": "Dibayar"}, "'Dibayar' tidak ditemukan"),
    ],
)
def test_a_mapping_that_cannot_be(mapping: dict[str, str], words: str) -> None:
    assert words in refused(books.book("A", [["Kode", "Nilai"], ["1.06.01.2.01.0001", 5]]), BadHint, mapping=mapping)


def test_there_is_no_month_13() -> None:
    assert "Bulan 13 tidak ada" in refused(books.wp_sipd(MARCH), month=13)


# ---- with the matrix


def accepted(*given: Ledger, **asked: object) -> ledgers.Accepted:
    return ledgers.require(given, **asked)  # type: ignore[arg-type]


def test_another_year_office_or_month_is_refused() -> None:
    march = read(books.sipd(MARCH))
    asked = {"year": 2023, "month": 3, "office": "DINAS SOSIAL KABUPATEN CONTOH"}
    for office in ("DINAS SOSIAL KABUPATEN CONTOH", "Pemerintah Kabupaten - Dinas  Sosial", ""):
        assert accepted(march, **{**asked, "office": office}).ledgers == [march]
    for change, words in (
        ({"year": 2024}, "tahun anggaran 2023, sedangkan matriks ini tahun 2024"),
        ({"office": "Dinas Pertanian"}, "milik Dinas Sosial, sedangkan matriks ini milik Dinas Pertanian"),
        ({"month": 2}, "berisi bulan Maret, sesudah bulan yang diminta"),
        ({"month": 0}, "Bulan 0 tidak ada"),
    ):
        with pytest.raises(LedgerRefused, match=words):
            accepted(march, **{**asked, **change})


def test_a_matrix_that_does_not_say_whose_it_is_is_told_whose_the_ledger_is() -> None:
    march = read(books.sipd(MARCH))
    assert accepted(march, year=2023, office="Dinas Sosial").notes == []
    for blank in ("", "Pemerintah Kabupaten"):
        (note,) = accepted(march, year=2023, office=blank).notes
        assert "tidak menyebut nama Perangkat Daerah; buku besarnya milik Dinas Sosial" in note.id
        assert "the ledger belongs to Dinas Sosial" in note.en
    (note,) = accepted(march, office="Dinas Sosial").notes
    assert "tidak menyebut Tahun; buku besarnya tahun 2023" in note.id
    assert "the ledger is of 2023" in note.en


def test_without_names_the_programs_tell_another_office() -> None:
    lra = read(books.lra(list(books.documents())))
    assert accepted(lra, office="Dinas Sosial", codes=["1.06.01", "1.06.01.2.01.0001"]).ledgers == [lra]
    with pytest.raises(LedgerRefused, match="tidak satu pun programnya"):
        accepted(lra, office="Dinas Pertanian", codes=["3.27.01", "3.27.01.2.01.0001"])


def test_mixed_months_are_counted_where_one_is_asked() -> None:
    both = read(books.sipd([*books.by_month(1), *MARCH]))
    assert accepted(both).ledgers == [both]
    with pytest.raises(
        LedgerRefused, match=rf"Januari \({len(books.by_month(1))} baris\), Maret \({len(MARCH)} baris\)"
    ):
        accepted(both, month=3)


def test_the_later_of_two_files_of_a_month_counts_and_this_is_said() -> None:
    first, again = read(books.sipd(MARCH)), ledgers.read_bytes(books.sipd(MARCH[:3]), "baru.xlsx")
    other = ledgers.read_bytes(books.sipd(books.by_month(2)), "februari.xlsx")
    found = accepted(first, other, again, month=3, year=2023, office="Dinas Sosial")
    assert found.ledgers == [other, again]
    assert [note.id for note in found.notes] == ["b.xlsx: bulan Maret diganti oleh baru.xlsx, yang disebut belakangan."]


def test_files_of_different_sub_units_stand_side_by_side() -> None:
    here = read(books.sipd(MARCH))
    there = read(books.sipd(MARCH))
    there.postings = [p._replace(key=p.key._replace(unit="lain")) for p in there.postings]
    assert len(accepted(here, there, month=3).ledgers) == 2


def test_balances_without_a_month_are_of_the_month_that_is_asked() -> None:
    [ledger] = accepted(read(books.wp_sipd(MARCH)), month=6).ledgers
    assert ledger.months == (6,)
    assert {balance.month for balance in ledger.balances} == {6}


def test_an_amount_whose_formula_has_no_stored_result_is_no_blank() -> None:
    made = openpyxl.load_workbook(io.BytesIO(books.lra(books.by_month(1))))
    cells = [
        cell
        for line in made.active.iter_rows()
        for cell in line
        if isinstance(cell.value, int | float) and cell.value > 1000
    ]
    cells[-1].value = "=5000+1"  # openpyxl stores no results
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(LedgerRefused, match=f"{cells[-1].coordinate}: isi sel ini bukan jumlah rupiah"):
        read(out.getvalue())
