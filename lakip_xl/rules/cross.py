"""SL (silang): do the sheets agree with each other?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.rules.core import ERROR, Basis, Hit, always, hit, rule
from lakip_xl.rules.reading import by_hand, leaves_total, money, total_of
from lakip_xl.rules.sums import disordered, hangs_on_text, same_money
from lakip_xl.table.model import Document, Row, Table


@rule(
    "SL01",
    title=Text("Jumlah Matriks tidak sama dengan Belanja", "Matriks and Belanja differ in total"),
    meaning=Text(
        "Jumlah anggaran atau realisasi pada Matriks tidak sama dengan jumlah pada Belanja.",
        "Total budget or spending in Matriks is not that of Belanja.",
    ),
    why=Text(
        "Keduanya berasal dari DPA/DPPA dan LRA yang sama; yang dibandingkan hanya totalnya.",
        "Both come from the same DPA/DPPA and LRA; only the totals are compared.",
    ),
    basis=Basis(Text("Laporan yang menjadi contoh formulir ini", "The report from which this form was taken"), "seen"),
    remedy=Text(
        "Cocokkan Matriks dan Belanja dengan DPA/DPPA dan LRA, lalu perbaiki yang keliru.",
        "Compare Matriks and Belanja with DPA/DPPA and LRA, and correct the one that is wrong.",
    ),
    messages={
        "": Text(
            "{kolom}: jumlah Matriks {matriks:rp}, jumlah Belanja {belanja:rp}, selisih {selisih:rp}.",
            "{kolom}: total of Matriks {matriks:rp}, total of Belanja {belanja:rp}, a difference of {selisih:rp}.",
        )
    },
    severity=always(ERROR),
)
def totals_disagree(document: Document) -> Iterator[Hit]:
    matrix, spending = document.tables.get("matriks"), document.tables.get("belanja")
    if matrix is None or spending is None or disordered(matrix) or disordered(spending):
        return
    for key in matrix.sums:
        if not (matrix.has(key) and spending.has(key)):
            continue
        here, there = _totals(matrix, key), _totals(spending, key)
        if not here or not there or any(same_money(one, other) for one in here for other in there):
            continue
        if any(row.entry(key).fault for table in (matrix, spending) for row in table.rows):
            continue  # a formula passes over what it cannot read: that is the finding
        place, other = _place(matrix), _place(spending)
        yield hit(
            matrix, place, key,
            found=here[0], expected=there[0], difference=here[0] - there[0], rupiah=abs(here[0] - there[0]),
            related=[spending.cell(other, key)], matriks=here[0], belanja=there[0], selisih=abs(here[0] - there[0]),
        )  # fmt: skip


def _totals(table: Table, key: str) -> list[Decimal]:
    """The total as its rows add up, and as the user typed it; where the two differ, that is a finding of its own."""
    wide = [row for row in table.tops if row.in_use]
    added, typed = total_of(wide, key), by_hand(table.total, key) if table.total else None
    if added is not None and any(
        hangs_on_text(table, row, key) for row in wide
    ):  # what a formula misses is found below
        whole = [leaves_total([row], key) if hangs_on_text(table, row, key) else money(row, key) for row in wide]
        added = sum((value for value in whole if value is not None), Decimal(0))
    # A sum that is wrong further down is a finding of its own, too: then the leaves say what was meant.
    return [value for value in (added, typed, leaves_total(wide, key)) if value is not None]


def _place(table: Table) -> Row:
    return table.total or table.tops[0]


RULES = (totals_disagree,)
