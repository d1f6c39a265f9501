"""CP (capaian): do the targets of the quarters in Rencana Aksi come to the target of the year?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from lakip_xl.errors import Text
from lakip_xl.form.edition_2026 import TARGETS
from lakip_xl.form.formulas import LAST, SUM
from lakip_xl.rules.core import INFO, Basis, Hit, always, hit, rule
from lakip_xl.rules.quarters import way
from lakip_xl.rules.reading import active, cells_of, figure, matrix_of
from lakip_xl.table.model import Document, Row
from lakip_xl.table.pairs import partners

FORM = Basis(Text("Petunjuk lembar Rencana Aksi", "The instructions of the sheet Rencana Aksi"), "inferred")


@rule(
    "CP14",
    title=Text("TARGET TW I-IV tidak sama dengan target tahun", "The targets of the quarters differ from the year's"),
    meaning=Text(
        "Keempat TARGET TW pada Rencana Aksi terisi, tetapi jumlahnya (untuk posisi: TW IV) berbeda dari TARGET KINERJA pada Matriks.",
        "All four targets of the quarters are filled, but their sum (for a position: that of TW IV) differs from the target in Matriks.",
    ),
    why=Text(
        "Capaian triwulan diukur terhadap TARGET TW; bila ditulis s/d, target yang dijumlahkan menjadi terlalu besar.",
        "Each quarter is measured against TARGET TW; written cumulatively, the targets added up are too large.",
    ),
    basis=FORM,
    remedy=Text(
        "Tulis target setiap triwulan saja (bukan s/d), atau perbaiki CARA HITUNG atau target yang keliru.",
        "Write the target of each quarter alone (not to date), or correct CARA HITUNG or the target that is wrong.",
    ),
    messages={
        "": Text(
            "{nama}: TARGET TW I-IV menghasilkan {hitung:num}, target tahun {target:num}.",
            "{nama}: the targets of the quarters come to {hitung:num}, the year's target is {target:num}.",
        ),
        "sd": Text(
            "{nama}: jumlah TARGET TW I-IV {hitung:num}, target tahun {target:num}; TW IV sama dengan target tahun, jadi tampaknya "
            "ditulis s/d.",
            "{nama}: the targets of the quarters add up to {hitung:num}, the year's is {target:num}; that of TW IV equals it, so they seem "
            "to be written to date.",
        ),
    },
    severity=always(INFO),
)
def quarters_against_year(document: Document) -> Iterator[Hit]:
    plan = document.tables.get("rencana_aksi")
    if plan is None:
        return
    for table in matrix_of(document):
        there = partners(table, plan)
        for row in active(table):
            other, target = there.get(row.number), figure(row, "target")
            found = _gathered(row, other) if other is not None else None
            if other is None or target is None or found is None or found == target:
                continue
            numbers = [other.number_of(key) or Decimal() for key in TARGETS]
            rising = way(row) == SUM and numbers[-1] == target and all(a <= b for a, b in pairwise(numbers))
            yield hit(
                plan, other, TARGETS[-1], "sd" if rising else "", found=found, expected=target, difference=found - target,
                related=[*cells_of(table, row, "target"), *cells_of(plan, other, *TARGETS[:-1])], hitung=found, target=target,
            )  # fmt: skip


def _gathered(row: Row, plan: Row) -> Decimal | None:
    """What the four quarters come to; None where one is not entered, and for a mean or a highest value, which any quarter may miss."""
    numbers = [value for key in TARGETS if (value := plan.number_of(key)) is not None]
    if len(numbers) < len(TARGETS) or way(row) not in (SUM, LAST):
        return None
    return sum(numbers, Decimal()) if way(row) == SUM else numbers[-1]


RULES = (quarters_against_year,)
