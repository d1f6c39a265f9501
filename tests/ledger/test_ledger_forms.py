"""Every form of ledger says the same of the same documents, wherever its headings stand."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

import ledger_books as books
from lakip_xl import ledger as ledgers
from lakip_xl.ledger import Basis, Ledger

MARCH = books.by_month(3)


def read(data: bytes, name: str = "buku.xlsx", **hints: object) -> Ledger:
    return ledgers.read_bytes(data, name, **hints)  # type: ignore[arg-type]


def posted(ledger: Ledger) -> list[tuple[object, ...]]:
    """What the postings say, without their places."""
    return sorted((*p.key, p.month, p.net, p.returned, p.document) for p in ledger.postings)


def net_by_code(ledger: Ledger) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for posting in ledger.postings:
        sums[posting.key.kode] += posting.net
    return dict(sums)


def whole(ledger: Ledger) -> dict[str, Decimal | None]:
    """To date by sub kegiatan."""
    return {b.key.kode: b.to_date for b in ledger.balances if not b.key.rekening}


def parts(ledger: Ledger) -> dict[tuple[str, str], Decimal | None]:
    return {(b.key.kode, b.key.rekening): b.to_date for b in ledger.balances if b.key.rekening}


def test_the_invented_documents_come_to_the_year_of_the_example() -> None:
    assert books.spent_by_code(books.documents()) == {s.code: s.spent for s in books.subs() if s.spent}
    assert {doc.month for doc in books.documents()} == set(range(1, 13))


def test_three_spellings_of_the_documents_are_one_ledger() -> None:
    new, old, api = read(books.sipd(MARCH)), read(books.sipd_old(MARCH)), read(books.sipd_api(MARCH), "api.csv")
    assert posted(new) == posted(old) == posted(api)
    for ledger in (new, old, api):
        assert (ledger.form, ledger.basis, ledger.year, ledger.months) == ("sipd-dokumen", Basis.PAID, 2023, (3,))
        assert ledger.office == books.OFFICE
        assert ledger.units == dict([books.UNIT])
        assert set(ledger.accounts.values()) <= set(books.ACCOUNTS.values())
    assert net_by_code(new) == books.spent_by_code(MARCH)


def test_a_document_is_of_the_month_of_its_transfer_for_ls_and_of_its_date_otherwise() -> None:
    assert any(doc.dated.month != doc.month for doc in MARCH)
    ledger = read(books.sipd(MARCH))
    assert {p.document for p in ledger.postings} == {
        f"SP2D/{doc.number}" if doc.kind == "SPP-LS" else doc.number for doc in MARCH
    }
    assert {p.returned for p in ledger.postings} > {Decimal(0)}


def test_columns_are_told_by_their_headings_alone() -> None:
    moved = list(books.COLUMNS)
    random.Random(7).shuffle(moved)
    moved[3:3] = ["Catatan", "Umur Dokumen"]
    titles = ["PEMERINTAH KABUPATEN CONTOH", "LAPORAN REALISASI PER DOKUMEN", "Bulan Maret 2023", ""]
    expected = posted(read(books.sipd(MARCH)))
    assert posted(read(books.sipd(MARCH, columns=moved, titles=titles))) == expected
    assert posted(read(books.sipd(MARCH, repeat=10))) == expected
    assert posted(read(books.sipd(MARCH, columns=moved, titles=titles, repeat=3))) == expected


def test_where_an_entry_stands_is_said() -> None:
    first = min(read(books.sipd(MARCH)).postings, key=lambda p: p.place.row)
    assert str(first.place) == "buku.xlsx: Data Realisasi Dokumen!AA2"
    first = min(read(books.sipd_api(MARCH), "api.csv").postings, key=lambda p: p.place.row)
    assert str(first.place) == "api.csv: baris 2"


def test_an_lra_gives_balances_of_sub_kegiatan_and_rekening_and_counts_no_subtotal() -> None:
    docs = list(books.documents())
    for data in (books.lra(docs), books.lra(docs, money=books.rupiah_text), books.lra(docs, indent=True, total=False)):
        ledger = read(data)
        assert (ledger.form, ledger.year, ledger.months) == ("lra", 2023, (12,))
        assert whole(ledger) == {s.code: s.spent for s in books.subs()}
        assert parts(ledger) == books.totals(docs)
        assert {b.key.kode: b.pagu for b in ledger.balances if not b.key.rekening} == {
            s.code: s.pagu for s in books.subs()
        }
        assert ledger.names["", "1.06.01.2.02.0001"] == "Penyediaan Gaji dan Tunjangan ASN"


def test_an_lra_without_codes_is_known_by_indentation_and_names() -> None:
    ledger = read(books.lra(list(books.documents()), codes=False, indent=True))
    assert whole(ledger) == {s.name: s.spent for s in books.subs()}
    assert not parts(ledger)


def test_an_lra_of_belanja_by_type_gives_its_rekening_and_the_total() -> None:
    rows = [
        ["LAPORAN REALISASI ANGGARAN"],
        ["UNTUK TAHUN YANG BERAKHIR SAMPAI DENGAN 31 DESEMBER 2023 DAN 2022"],
        ["No", "Uraian", "Anggaran 2023", "Realisasi 2023", "%", "Realisasi 2022"],
        ["1", "2", "3", "4", "5", "6"],
        [None, "PENDAPATAN", 50, 40, None, 1],
        [None, "Pendapatan Asli Daerah", 50, 40, None, 1],
        [None, "BELANJA", 1300, "(1.100,00)", None, 2],
        [None, "BELANJA OPERASI", 1300, "(1.100)", None, 2],
        [None, "Belanja Pegawai", 1000, -900, None, 2],
        [None, "Belanja Barang dan Jasa", 300, "(Rp 200)", None, 2],
        [None, "Jumlah Belanja", 1300, -1100, None, 2],
        [None, "SURPLUS/(DEFISIT)", -1250, -1060, None, 2],
    ]
    ledger = read(books.book("LRA", rows))
    assert ledger.year == 2023
    assert ledger.months == (12,)
    assert {b.key: (b.pagu, b.to_date) for b in ledger.balances} == {
        ("", "", "5.1.01"): (1000, -900), ("", "", "5.1.02"): (300, -200), ("", "", ""): (1300, -1100),
    }  # fmt: skip


HEAD = ["Kode", "Uraian", "Anggaran", "Realisasi"]


def balances(rows: list[list[object]]) -> dict[tuple[str, str, str], tuple[object, object]]:
    return {tuple(b.key): (b.pagu, b.to_date) for b in read(books.book("LRA", rows)).balances}  # type: ignore[misc]


def test_units_in_the_rows_of_an_lra_part_their_sub_kegiatan() -> None:
    office, one, two = "1.06.0.00.0.00.01.0000", "1.06.0.00.0.00.01.0001", "1.06.0.00.0.00.01.0002"
    sub = "1.06.01.2.01.0001"
    rows: list[list[object]] = [
        HEAD, ["1", "URUSAN", 30, 9], ["1.06", "BIDANG", 30, 9], [office, "DINAS", 30, 9], [one, "SUB A", 10, 4],
        ["1.06.01", "PROGRAM", 10, 4], [sub, "S", 10, 4], ["5", "BELANJA", 10, 4], ["5.1.02", "BARANG", 10, 4],
        [two, "SUB B", 20, 5], [sub, "S", 20, 5],
    ]  # fmt: skip
    assert balances(rows) == {(one, sub, ""): (10, 4), (one, sub, "5.1.02"): (10, 4), (two, sub, ""): (20, 5)}
    assert read(books.book("LRA", rows)).units == {office: "DINAS", one: "SUB A", two: "SUB B"}


def test_codes_come_joined_in_front_of_the_name_or_with_blanks() -> None:
    sub, name = "1.06.01.2.01.0001", "Nama sub"
    expected = {("", sub, ""): (10, 4), ("", sub, "5.1.02.01.01.0026"): (10, 4)}
    assert balances([HEAD, [sub, name, 10, 4], [f"{sub}.5.1.02.01.01.0026", "ATK", 10, 4]]) == expected
    assert balances([HEAD[1:], [f"{sub} {name}", 10, 4], ["5.1.02.01.01.0026 ATK", 10, 4]]) == expected
    above = [["5", "BELANJA", 10, 4], ["1.06.01", "P", 10, 4]]
    assert balances([HEAD, *above, [sub, name, 10, 4], ["5 1 02 01 01 0026", "ATK", 10, 4]]) == expected


def test_details_without_a_code_stand_for_the_row_above_them() -> None:
    rows = [
        HEAD,
        ["1.06.01.2.01.0001", "S", 10, 4],
        ["5.1.02", "ATK", 10, 4],
        [None, "- kertas", 6, 3],
        [None, "- tinta", 4, 1],
    ]
    assert balances(rows)["", "1.06.01.2.01.0001", "5.1.02"] == (10, 4)


def test_rows_behind_a_subtotal_are_not_lost() -> None:
    rows = [HEAD[1:], ["Sub Kegiatan X", 10, 4], ["Jumlah", 10, 4], ["Sub Kegiatan Y", 5, 1], ["Jumlah", 15, 5]]
    assert balances(rows) == {("", "Sub Kegiatan X", ""): (10, 4), ("", "Sub Kegiatan Y", ""): (5, 1)}


def test_periods_below_realisasi_and_the_office_in_the_titles() -> None:
    rows = [
        ["SKPD", ":", "1.06.0.00.0.00.01.0000 Dinas Sosial"], ["Pengguna Anggaran", ":", books.PERSON],
        ["Periode : Januari s.d. Maret 2023"],
        ["Kode", "Uraian", "Anggaran", "Realisasi", None, None, "Sisa Anggaran"],
        [None, None, None, "s.d. Periode Lalu", "Periode Ini", "Total", None], ["1.06.01.2.01.0001", "S", 10, 1, 3, 4, 6],
    ]  # fmt: skip
    ledger = read(books.book("LRA", rows))
    assert (ledger.year, ledger.months, ledger.office) == (2023, (3,), books.OFFICE)
    assert [b.to_date for b in ledger.balances] == [4]
    assert books.PERSON not in repr(ledger)


def test_figures_left_of_their_heading_are_found() -> None:
    """In Format_LRA the heading of realisasi stands over the column right of its figures."""
    rows = [["Kode", "Uraian", None, "Anggaran", None, "Realisasi"], ["1.06.01.2.01.0001", "A", None, 100, 60, None]]
    [balance] = read(books.book("LRA", rows), month=6).balances
    assert (balance.to_date, balance.pagu, balance.month, str(balance.place)) == (60, 100, 6, "buku.xlsx: LRA!E2")


def test_the_page_of_wp_sipd() -> None:
    docs = list(books.documents())
    ledger = read(books.wp_sipd(docs))
    assert (ledger.form, ledger.year, ledger.months, ledger.office) == ("wp-sipd", None, (), ("", "Dinas Sosial"))
    assert whole(ledger) == {s.code: s.spent for s in books.subs() if s.spent}
    assert parts(ledger) == books.totals(docs)
    assert {b.month for b in ledger.balances} == {0}
    assert {b.month for b in read(books.wp_sipd(docs), month=12).balances} == {12}


def test_an_spj_fungsional_gives_its_month_and_what_was_spent_to_date() -> None:
    ledger = read(books.spj(3))
    assert (ledger.form, ledger.basis, ledger.year, ledger.months) == ("spj-fungsional", Basis.SPENT, 2023, (3,))
    assert net_by_code(ledger) == {**dict.fromkeys(net_by_code(ledger), 0), **books.spent_by_code(MARCH)}
    to_date = [doc for doc in books.documents() if doc.month <= 3]
    assert {k: v for k, v in whole(ledger).items() if v} == books.spent_by_code(to_date)
    assert {k: v for k, v in parts(ledger).items() if v} == books.totals(to_date)


def test_a_bku_counts_belanja_and_says_what_it_leaves_out() -> None:
    ledger = read(books.bku(3))
    assert (ledger.form, ledger.basis, ledger.months) == ("bku", Basis.SPENT, (3,))
    assert net_by_code(ledger) == books.spent_by_code(MARCH)
    [note] = ledger.notes
    assert "Rp 5.000" in note.id


def test_a_bku_without_codes_of_sub_kegiatan_keeps_its_spending() -> None:
    rows = [
        ["Tanggal", "Uraian", "Kode Rekening", "Penerimaan", "Pengeluaran", "Saldo"],
        ["02-01-2023", "x", "5.1.02.01.01.0026", None, "1.000", None],
        [None, "x", "1.06.01.2.01.0001.5.1.02.01.01.0026", None, "Rp 500", None],
    ]
    ledger = read(books.book("BKU", rows))
    assert [(p.key.kode, p.key.rekening, p.month, p.net) for p in ledger.postings] == [
        ("", "5.1.02.01.01.0026", 1, 1000), ("1.06.01.2.01.0001", "5.1.02.01.01.0026", 1, 500),
    ]  # fmt: skip


def test_anggaran_kas_by_named_and_numbered_months() -> None:
    ledger = read(books.rak())
    assert (ledger.form, ledger.basis, ledger.year) == ("rak", None, 2023)
    assert {p.key.kode: sum(p.months) for p in ledger.planned} == {s.code: s.pagu for s in books.subs()}
    numbered = [
        ["Kode", "Uraian", "Bulan", *[None] * 11, "Jumlah"], [None, None, *range(1, 13), None],
        ["1.06.01.2.01.0001", "A", *range(1, 13), 78],
    ]  # fmt: skip
    [planned] = read(books.book("RAK", numbered)).planned
    assert planned.months == tuple(range(1, 13))


def test_any_headings_are_read_with_a_mapping() -> None:
    head = ["Kd", "Akun", "Tgl Bayar", "Jml", "Pot"]
    rows = [head, ["1.06.01.2.01.0001", "5.1.02", "31/01/2023", "1.500", "500"], ["TOTAL", "", "", "1.500", "500"]]
    mapping = {"kode": "Kd", "rekening": "B", "tanggal": "Tgl Bayar", "realisasi": "jml", "setoran": "E"}
    for data, name in (
        (books.text(rows, ";"), "a.csv"),
        (books.text(rows, "\t"), "a.tsv"),
        (books.book("A", rows), "a.xlsx"),
    ):
        [posting] = read(data, name, mapping=mapping).postings
        assert (*posting.key, posting.month, posting.net) == ("", "1.06.01.2.01.0001", "5.1.02", 1, 1000)
    lettered = [["Daftar"], ["1.06.01.2.01.0001", 5], ["1.06.01.2.01.0006", 7]]
    ledger = read(books.book("A", lettered), mapping={"kode": "A", "realisasi": "B"}, month=2)
    assert whole(ledger) == {"1.06.01.2.01.0001": 5, "1.06.01.2.01.0006": 7}


@pytest.mark.parametrize("write", [books.sipd, books.sipd_old, books.sipd_api, books.lra, books.wp_sipd])
def test_no_person_and_no_description_is_kept(write) -> None:  # type: ignore[no-untyped-def]
    said = repr(read(write(MARCH), "x"))
    assert not [word for word in (books.MARK, books.PERSON, books.NUMBER) if word in said]
    assert books.MARK not in repr(read(books.bku(3)))


def test_a_ledger_is_read_from_the_disk_too(tmp_path: Path) -> None:
    path = tmp_path / "maret.xlsx"
    path.write_bytes(books.sipd(MARCH))
    assert ledgers.read(path).file == "maret.xlsx"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    [doc] = MARCH[:1]
    ledger = read(books.sipd([doc._replace(number="=1+1", name="=HYPERLINK(1)", kind="TBP-GU")]))
    assert ledger.postings[0].document == "=1+1"
    assert list(ledger.names.values()) == ["=HYPERLINK(1)"]
