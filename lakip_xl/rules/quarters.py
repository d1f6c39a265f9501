"""IS (isian): do the quarters, the realisation to date and the period of the report go together?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.form.formulas import HIGHEST, LAST, MEAN, POSITION_UNITS, SUM, month_known
from lakip_xl.form.spec import Period
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.core import WARNING, Basis, Hit, always, folded, hit, rule
from lakip_xl.rules.reading import active, agrees, blank, by_hand, cells_of, computed, measured
from lakip_xl.table.model import Document, Row

QUARTERS = ("tw1", "tw2", "tw3", "tw4")
FORM = Basis(Text("Petunjuk pengisian formulir, kolom 7-11", "The form's own instructions, columns 7-11"), "inferred")


@rule(
    "IS18",
    title=Text("Realisasi kinerja tidak sama dengan TW I-IV", "The realisation differs from its quarters"),
    meaning=Text(
        "Realisasi kinerja diketik, padahal TW I-IV juga diisi, dan hasilnya menurut CARA HITUNG berbeda.",
        "The realisation was typed although quarters are entered too, and by CARA HITUNG they give another figure.",
    ),
    why=Text(
        "Pembaca melihat dua angka untuk hal yang sama; capaian memakai angka yang diketik.",
        "Readers see two figures for one thing; the achievement uses the typed one.",
    ),
    basis=FORM,
    remedy=Text(
        "Perbaiki triwulan, CARA HITUNG, atau realisasi yang keliru; bila triwulannya benar, kosongkan realisasi kinerja dan jalankan "
        "'lakip-xl fill'.",
        "Correct the quarter, CARA HITUNG or realisation that is wrong; if the quarters are right, clear the realisation and run "
        "'lakip-xl fill'.",
    ),
    messages={
        "": Text(
            "{nama}: realisasi kinerja tertulis {ada}, menurut TW I-IV ({cara}) {hitung}.",
            "{nama}: the realisation is {ada}, by its quarters ({cara}) {hitung}.",
        ),
        "cara": Text(
            "{nama}: realisasi kinerja tertulis {ada}, menurut TW I-IV ({cara}) {hitung}; angka itu cocok dengan cara '{lain}'.",
            "{nama}: the realisation is {ada}, by its quarters ({cara}) {hitung}; it fits the way '{lain}'.",
        ),
    },
    remedies={
        "cara": Text(
            "Bila realisasi itu benar, pilih CARA HITUNG '{pilih}'; bila tidak, kosongkan realisasi kinerja dan jalankan 'lakip-xl fill'.",
            "If the realisation is right, choose CARA HITUNG '{pilih}'; if not, clear the realisation and run 'lakip-xl fill'.",
        ),
    },
    severity=always(WARNING),
)
def quarters_differ(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        for row in active(table):
            wanted, own = computed(row, "realisasi"), by_hand(row, "realisasi")
            entered = any(row.number_of(key) is not None for key in QUARTERS)
            if not entered or wanted is None or own is None or agrees(row, "realisasi", wanted):
                continue
            shown = round_half_up(wanted, 6)
            other = _fitting(row)
            yield hit(
                table, row, "realisasi", "cara" if other else "",
                found=own, expected=shown, difference=own - shown, related=cells_of(table, row, *QUARTERS),
                ada=own, hitung=shown, cara=_WAYS[way(row)], lain=_WAYS.get(other, ""), pilih=other,
            )  # fmt: skip


def _fitting(row: Row) -> str:
    """The CARA HITUNG by which the quarters give the typed realisasi; "" where none does."""
    numbers = [value for key in QUARTERS if (value := row.number_of(key)) is not None]
    added = sum(numbers, Decimal())
    ways = {SUM: added, LAST: numbers[-1], HIGHEST: max(numbers), MEAN: added / len(numbers)}
    return next((way for way, value in ways.items() if agrees(row, "realisasi", value)), "")


_WAYS = {
    SUM: Text("Kumulatif", "sum"),
    LAST: Text("Posisi akhir", "last position"),
    MEAN: Text("Rata-rata", "mean"),
    HIGHEST: Text("Tertinggi", "highest"),
}


def way(row: Row) -> str:
    """How the form gathers the quarters of a row: its CARA HITUNG, else what its satuan suggests."""
    chosen = row.text_of("cara_hitung")
    return chosen if chosen in _WAYS else LAST if row.text_of("satuan").casefold() in POSITION_UNITS else SUM


@rule(
    "IS19",
    title=Text("Triwulan sesudah periode laporan sudah diisi", "A quarter after the period of the report is filled"),
    meaning=Text(
        "Realisasi triwulan yang belum berjalan sudah berisi angka, padahal laporannya untuk periode yang lebih awal.",
        "A quarter that has not come yet holds a figure, although the report is for an earlier period.",
    ),
    why=Text(
        "Angka itu ikut dihitung dalam realisasi sampai dengan periode ini.",
        "The figure counts in the realisation up to this period.",
    ),
    basis=FORM,
    remedy=Text(
        "Kosongkan triwulan sesudah periode laporan, atau perbaiki Periode pada Identitas.",
        "Clear the quarters after the period of the report, or correct Periode in Identitas.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} sudah diisi, padahal periode laporan '{periode}'.",
            "{nama}: {kolom} is filled, although the period of the report is '{periode}'.",
        ),
        "banyak": Text(
            "{n} sel triwulan sesudah periode laporan '{periode}' sudah diisi, mulai dari '{nama}'.",
            "{n} cells of quarters after the period of the report, '{periode}', are filled, starting with '{nama}'.",
        ),
    },
    severity=always(WARNING),
)
def later_quarters(document: Document) -> Iterator[Hit]:
    written, last = period_written(document), last_quarter(document)
    if last is None:
        return
    for table in measured(document):
        early = [
            (row, key)
            for row in active(table)
            for key in QUARTERS[last:]
            if table.has(key) and not row.entry(key).ours and not blank(row.entry(key))
        ]
        if early:
            made = folded(table, early, periode=written)
            yield replace(made, found=early[0][0].number_of(early[0][1]))


MONTHS_IN_QUARTER = 3


def period_written(document: Document) -> str:
    """The period of the report as Identitas says it."""
    return " ".join(str(document.settings.identity.get("periode") or "").split())


def last_quarter(document: Document) -> int | None:
    """The number of the last quarter that the period reaches into; None at the end of the year and where that is not known."""
    if document.settings.period is Period.YEAR:
        return None
    month = month_known(period_written(document))
    return None if month is None else (month - 1) // MONTHS_IN_QUARTER + 1


RULES = (quarters_differ, later_quarters)
