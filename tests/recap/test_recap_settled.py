"""Which workbook counts for an office: nothing twice, nothing guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lakip_xl.errors import Text
from lakip_xl.ledger.entries import Basis
from lakip_xl.ledger.offices import Account
from lakip_xl.recap.found import Passed
from lakip_xl.recap.listed import Listed
from lakip_xl.recap.settled import HELD, IN, LATE, MISSING, UNLISTED, Recap, settle
from lakip_xl.recap.taken import Taken

SOSIAL = Taken(
    "sosial.xlsx", "1", office="Dinas Sosial", region="Kabupaten Contoh", year=2024, period="Akhir tahun", anggaran=Decimal(100),
    realisasi=Decimal(90), capaian=95.0, figures="a",
)  # fmt: skip
PANGAN = replace(SOSIAL, name="pangan.xlsx", office="Dinas Pangan", capaian=99.0, figures="b")


def put(*taken: Taken, listed: Sequence[Listed] | None = None, accounts: Sequence[Account] | None = None) -> Recap:
    return settle(taken, [], listed, accounts, "lra.xlsx" if accounts is not None else "")


def counted(found: Recap) -> list[str]:
    return [each.name for each in found.taken]


def reasons(found: Recap) -> dict[str, str]:
    return {each.name: each.reason.id for each in (*found.apart, *found.passed)}


def test_offices_stand_in_the_order_of_their_names() -> None:
    found = put(SOSIAL, PANGAN)
    assert [line.name for line in found.lines] == ["Dinas Pangan", "Dinas Sosial"]
    assert found.exit_code == 0


def test_the_same_entries_twice_count_once() -> None:
    again = replace(SOSIAL, name="a.xlsx", office="DINAS SOSIAL KAB. CONTOH", open=1)
    found = put(SOSIAL, again)
    assert counted(found) == ["sosial.xlsx"]
    assert reasons(found) == {"a.xlsx": "angkanya sama dengan sosial.xlsx"}
    assert found.exit_code == 0


def test_of_two_that_differ_neither_counts() -> None:
    other = replace(SOSIAL, name="revisi.xlsx", anggaran=Decimal(101), figures="x")
    found = put(SOSIAL, other, PANGAN)
    assert counted(found) == ["pangan.xlsx"]
    assert {each.name for each in found.apart} == {"sosial.xlsx", "revisi.xlsx"}
    assert "ganda" in reasons(found)["sosial.xlsx"] and "revisi.xlsx" in reasons(found)["sosial.xlsx"]
    assert found.exit_code == 1


def test_a_sealed_one_counts_before_one_that_is_not() -> None:
    sealed = replace(SOSIAL, name="z.zip", sealed=True, figures="x")
    found = put(SOSIAL, sealed)
    assert counted(found) == ["z.zip"]
    assert [each.name for each in found.apart] == ["sosial.xlsx"]
    assert reasons(found) == {"sosial.xlsx": "angkanya berbeda dari yang disegel; yang tersegel dihitung: z.zip"}
    assert found.exit_code == 1
    same = put(SOSIAL, replace(sealed, figures=SOSIAL.figures))
    assert (counted(same), same.apart, same.exit_code) == (["z.zip"], [], 0)
    two = put(sealed, replace(sealed, name="y.zip", figures="y"))
    assert counted(two) == []


def test_the_latest_period_counts() -> None:
    earlier = replace(SOSIAL, name="tw2.xlsx", period="TW II", month=6, figures="x")
    found = put(earlier, SOSIAL)
    assert counted(found) == ["sosial.xlsx"]
    assert reasons(found) == {"tw2.xlsx": "TW II: ada yang lebih baru, sosial.xlsx"}


def test_money_of_two_years_is_not_added_up() -> None:
    old = replace(PANGAN, year=2023)
    found = put(SOSIAL, replace(SOSIAL, name="c.xlsx", office="Inspektorat"), old)
    assert counted(found) == ["c.xlsx", "sosial.xlsx"] or counted(found) == ["sosial.xlsx", "c.xlsx"]
    assert reasons(found) == {"pangan.xlsx": "tahun 2023, bukan 2024"}
    assert found.exit_code == 1
    assert put(SOSIAL, old).year == 2024


def test_one_name_in_two_regions_is_two_offices() -> None:
    found = put(SOSIAL, replace(SOSIAL, name="lain.xlsx", region="Kabupaten Lain", figures="z"))
    assert len(found.lines) == 2


BARE = replace(SOSIAL, name="Kiriman/dinas-sosial.xlsx", office="", region="", year=None, figures="q")


def test_a_workbook_that_names_nobody_is_in_no_total() -> None:
    sealed = replace(SOSIAL, name="sosial.zip", sealed=True)
    found = put(BARE, sealed, replace(BARE, name="lain.xlsx", year=2023, figures="r"))
    assert counted(found) == ["sosial.zip"]
    assert {each.name for each in found.apart} == {BARE.name, "lain.xlsx"}
    assert set(reasons(found).values()) == {"Perangkat Daerah belum diisi pada Identitas/Pengaturan"}
    assert (found.year, found.exit_code) == (2024, 1)


def test_the_list_may_know_a_workbook_by_the_name_of_its_file() -> None:
    listed = [Listed("Dinas Sosial"), Listed("Dinas Pangan")]
    found = put(BARE, PANGAN, listed=listed)
    assert [(line.name, line.status) for line in found.lines] == [("Dinas Sosial", IN), ("Dinas Pangan", IN)]
    assert "dikenali dari nama berkas" in found.lines[0].note
    assert (found.apart, found.exit_code) == ([], 0)
    beside = put(BARE, replace(SOSIAL, name="sosial.zip", sealed=True), listed=listed)
    assert counted(beside) == ["sosial.zip"]
    assert "berbeda dari yang disegel" in reasons(beside)[BARE.name]
    assert reasons(beside)[BARE.name].endswith("(dikenali dari nama berkas)")
    two = [Listed("Dinas Sosial", region="Kabupaten A"), Listed("Dinas Sosial", region="Kabupaten B")]
    assert counted(put(BARE, listed=two)) == []
    near = put(replace(BARE, name="dinas-sosal.xlsx"), listed=listed)
    assert (counted(near), near.lines[0].note) == ([], "mirip: dinas-sosal.xlsx")


def test_a_blank_region_is_that_of_all_the_others() -> None:
    again = replace(SOSIAL, name="draf.xlsx", region="")
    assert counted(put(SOSIAL, again, PANGAN)) == ["pangan.xlsx", "draf.xlsx"]
    assert len(put(SOSIAL, replace(again, figures="x")).apart) == 2


def test_a_broken_one_has_its_reason_and_stops_nobody() -> None:
    found = put(
        Taken("rusak.xlsx", "1", Text("rusak", "broken")),
        SOSIAL,
        Taken("rekap.xlsx", "1", Text("hasil", "output"), aside=True),
    )
    assert counted(found) == ["sosial.xlsx"]
    assert [(each.name, each.reason.id) for each in found.apart] == [("rusak.xlsx", "rusak")]
    assert [type(each) for each in found.passed] == [Passed]
    assert found.exit_code == 1


def test_status_against_a_list() -> None:
    due = date(2024, 1, 31)
    listed = [
        Listed("Dinas Pangan Kab. Contoh", due=due, received=due),
        Listed("DINAS SOSIAL", due=due, received=date(2024, 2, 1)),
        Listed("Dinas Sosal", due=due),
        Listed("Inspektorat"),
    ]
    bappeda = replace(SOSIAL, name="bappeda.xlsx", office="Bappeda", figures="c")
    found = put(SOSIAL, PANGAN, bappeda, listed=listed)
    assert [(line.status, bool(line.taken)) for line in found.lines] == [
        (IN, True), (LATE, True), (MISSING, False), (MISSING, False), (UNLISTED, True),
    ]  # fmt: skip
    assert found.exit_code == 1


def test_an_office_whose_workbook_came_but_does_not_count_is_not_missing() -> None:
    listed = [Listed("Dinas Sosial"), Listed("Inspektorat")]
    tampered = replace(SOSIAL, reason=Text("bundel berubah", "tampered"))
    found = put(tampered, PANGAN, listed=listed)
    assert [(line.name, line.status) for line in found.lines][:2] == [("Dinas Sosial", HELD), ("Inspektorat", MISSING)]
    assert found.exit_code == 1


def test_a_near_miss_is_offered_and_never_taken() -> None:
    found = put(replace(SOSIAL, office="Dinas Sosal"), Taken("dinas-pangan.xlsx", "1", Text("rusak", "broken")),
                listed=[Listed("Dinas Sosial"), Listed("Dinas Pangan")])  # fmt: skip
    assert [line.status for line in found.lines] == [MISSING, MISSING, UNLISTED]
    assert [line.note for line in found.lines] == ["mirip: sosial.xlsx", "mirip: dinas-pangan.xlsx", ""]


def test_only_offices_about_which_nothing_is_open_are_ranked() -> None:
    offices = [
        replace(
            SOSIAL, name=f"{n}.xlsx", office=f"Dinas {n}", figures=str(n), capaian=capaian, errors=errors, open=open_
        )
        for n, (capaian, errors, open_) in enumerate(
            [(90.0, 0, 0), (100.0, 1, 0), (95.0, 0, 0), (120.0, 0, 3), (95.0, 0, 0), (None, 0, 0)]
        )
    ]
    assert [line.rank for line in put(*offices).lines] == [3, None, 1, None, 1, None]


def account(name: str, spent: Any, kode: str = "", month: int | None = 12, year: int | None = 2024) -> Account:
    return Account(kode, name, None if spent is None else Decimal(spent), Decimal(100), year, month, Basis.PAID)


def test_selisih_by_name_and_by_the_code_of_the_list() -> None:
    accounts = [
        account("DINAS SOSIAL", 88),
        account("Dinas Ketahanan Pangan", 90, "2.09.0.00.0.00.01.0000"),
        account("Bappeda", 5),
    ]
    listed = [Listed("Dinas Sosial"), Listed("Dinas Pangan", "2.09.0.00.0.00.01")]
    found = put(SOSIAL, PANGAN, listed=listed, accounts=accounts)
    assert [line.selisih for line in found.lines] == [Decimal(2), Decimal(0)]
    assert [each.name for each in found.strangers] == ["Bappeda"]
    assert found.exit_code == 1
    assert put(PANGAN, listed=listed[1:], accounts=accounts).exit_code == 0


@pytest.mark.parametrize(
    ("month", "year", "compared"), [(12, 2024, True), (None, None, True), (11, 2024, False), (12, 2023, False)]
)
def test_a_ledger_of_another_time_is_not_compared(month: int | None, year: int | None, compared: bool) -> None:
    (line,) = put(SOSIAL, accounts=[account("Dinas Sosial", 90, month=month, year=year)]).lines
    assert line.selisih == (Decimal(0) if compared else None)
    assert ("tidak dibandingkan" in line.note) is not compared


def test_an_office_that_fits_twice_fits_none() -> None:
    (line,) = put(SOSIAL, accounts=[account("Dinas Sosial", 90), account("Dinas Sosial Kab. Contoh", 1)]).lines
    assert line.account is None
