"""SL (silang): do the sheets agree with each other?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.rules.core import ERROR, WARNING, Basis, Hit, always, hit, rule
from lakip_xl.rules.reading import by_hand, leaves_total, total_of
from lakip_xl.rules.sums import disordered, same_money
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
        found, expected = next(iter(here)), next(iter(there))
        gap = found - expected
        yield hit(
            matrix, place, key, found=found, expected=expected, difference=gap, rupiah=abs(gap),
            related=[spending.cell(other, key)], matriks=found, belanja=expected, selisih=abs(gap),
        )  # fmt: skip


def _totals(table: Table, key: str) -> list[Decimal]:
    """The total as its rows add up, as the user typed it, and as the leaves add up.

    Where these differ, that is a finding of its own: a wrong sum, or a number stored as text that a formula passes over.
    """
    wide = [row for row in table.tops if row.in_use]
    typed = by_hand(table.total, key) if table.total else None
    return [value for value in (total_of(wide, key), typed, leaves_total(wide, key)) if value is not None]


def _place(table: Table) -> Row:
    return table.total or table.tops[0]


@rule(
    "SL10",
    title=Text("Judul matriks menyebut tahun lain", "The title of the matrix names another year"),
    meaning=Text(
        "Judul di atas matriks menyebut satu tahun, dan tahun itu bukan Tahun laporan ini.",
        "The titles above the matrix name one year, and it is not the year of this report.",
    ),
    why=Text(
        "Bisa jadi yang diperiksa lembar tahun lalu, atau judulnya tertinggal dari laporan lama.",
        "The sheet that is checked may be last year's, or its title is left over from an older report.",
    ),
    basis=Basis(Text("Sisa tahun lalu dalam buku kerja kantor", "What last year left in offices' workbooks"), "seen"),
    remedy=Text(
        "Perbaiki judulnya atau Tahun pada identitas; bila matriks tahun ini di lembar lain, jalankan lagi dengan --sheet dan nama "
        "lembarnya.",
        "Correct the title, or the year in the identity; if this year's matrix is on another sheet, run again with --sheet and its name.",
    ),
    messages={
        "": Text(
            "Judul lembar '{lembar}' menyebut tahun {isi}, sedangkan laporan ini untuk tahun {tahun}.",
            "The title of the sheet '{lembar}' names the year {isi}, but this report is for {tahun}.",
        )
    },
    severity=always(WARNING),
)
def titled_otherwise(document: Document) -> Iterator[Hit]:
    year = document.settings.year
    if document.titled is None or year is None or document.titled[1] == year:
        return
    cell, named = document.titled
    related = (document.settings.cells["tahun"],) if "tahun" in document.settings.cells else ()
    values = {"lembar": cell.sheet, "isi": str(named), "tahun": str(year)}
    yield Hit(cell, found=str(named), expected=str(year), related=related, values=values)


RULES = (totals_disagree, titled_otherwise)
