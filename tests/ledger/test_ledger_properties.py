"""No rupiah is lost or doubled, however the documents are ordered and parted into files, whatever their amounts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

import ledger_books as books
from lakip_xl import ledger as ledgers
from lakip_xl.ledger.amounts import amount
from lakip_xl.ledger.dates import read_date

CODES = [sub.code for sub in books.subs()[:4]]


@st.composite
def _documents(draw: st.DrawFn) -> list[books.Doc]:
    count = draw(st.integers(1, 25))
    made = []
    for number in range(count):
        kind = draw(st.sampled_from(["SPP-LS", "TBP-UP", "TBP-GU", "TBP-TU", "TBP-KKPD", "Lainnya"]))
        dated = date(2023, draw(st.integers(1, 12)), draw(st.integers(1, 28)))
        transfer = date(2023, draw(st.integers(1, 12)), draw(st.integers(1, 28))) if kind == "SPP-LS" else None
        made.append(
            books.Doc(
                f"D-{number}", kind, draw(st.sampled_from(CODES)), "Nama", draw(st.sampled_from(list(books.ACCOUNTS))), dated, transfer,
                draw(st.integers(0, 10**13)), draw(st.integers(0, 10**6)), dpt="1",
            )
        )  # fmt: skip
    return draw(st.permutations(made))


WRITERS = (
    (books.sipd, "a.xlsx"),
    (books.sipd_old, "a.xlsx"),
    (books.sipd_api, "a.csv"),
)


@settings(max_examples=60, deadline=None)
@given(docs=_documents(), cut=st.integers(0, 25), writer=st.sampled_from(WRITERS))
def test_what_is_read_is_what_was_spent_less_what_was_returned(docs: list[books.Doc], cut: int, writer) -> None:  # type: ignore[no-untyped-def]
    write, name = writer
    expected: dict[tuple[str, str, int], int] = defaultdict(int)
    for doc in docs:
        expected[doc.code, doc.account, doc.month] += doc.spent - doc.returned
    found: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    total = Decimal(0)
    for part in (docs[:cut], docs[cut:]):
        if part:
            for posting in ledgers.read_bytes(write(part), name).postings:
                found[posting.key.kode, posting.key.rekening, posting.month] += posting.net
                total += posting.net
    assert found == expected
    assert total == sum(doc.spent for doc in docs) - sum(doc.returned for doc in docs)


@settings(max_examples=40, deadline=None)
@given(docs=_documents(), as_text=st.booleans(), codes=st.booleans())
def test_an_lra_conserves_its_total_too(docs: list[books.Doc], as_text: bool, codes: bool) -> None:
    money = books.rupiah_text if as_text else float
    ledger = ledgers.read_bytes(books.lra(docs, money=money, codes=codes, indent=True), "lra.xlsx")
    assert sum(b.to_date or 0 for b in ledger.balances if not b.key.rekening) == sum(doc.net for doc in docs)
    if codes:
        assert sum(b.to_date or 0 for b in ledger.balances if b.key.rekening) == sum(doc.net for doc in docs)


@given(st.integers(-(10**14), 10**14), st.integers(0, 99))
def test_an_amount_reads_back_however_it_is_spelled(rupiah: int, sen: int) -> None:
    value = Decimal(rupiah) + (Decimal(sen) / 100).copy_sign(Decimal(rupiah))
    plain = f"{abs(value):,.2f}"
    local = plain.translate({ord(","): ".", ord("."): ","})
    for text in (local, plain, f"Rp {local}", f"Rp{local}", f" {local}\u00a0"):
        assert amount(f"-{text.strip()}" if value < 0 else text) == value
        assert amount(f"({text.strip()})") == -abs(value)
    assert amount(float(rupiah)) == rupiah


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_reads_back_however_it_is_spelled(day: date) -> None:
    month = books.MONTHS[day.month - 1]
    texts = (
        books.spelled(day), day.isoformat(), f"{day.isoformat()}T08:15:00", f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}",
        f"{day.day}-{month[:3]}-{day.year}",
        f"Senin, {day.day} {month.upper()} {day.year}", f"{day.isoformat()} 00:00:00",
    )  # fmt: skip
    for text in texts:
        assert read_date(text) == day, text
    serial = float((day - date(1899, 12, 30)).days)
    assert read_date(serial + 0.25) == day
    assert read_date(serial - 1462, date_1904=True) == day


def test_midnight_in_indonesia_is_another_day_in_utc() -> None:
    assert read_date("2025-01-31T17:00:00.000Z") == date(2025, 2, 1)
    assert read_date("2025-01-31T15:00:00Z") == date(2025, 2, 1)
    assert read_date("2025-01-30T09:00:00Z") == date(2025, 1, 30)
    assert read_date("2025-01-31T16:20:00Z") is None
    assert read_date("2025-01-31T17:00:00") == date(2025, 1, 31)
