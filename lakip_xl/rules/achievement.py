"""CP (capaian): is the achievement right, and can it be measured at all?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.form.formulas import VARIANT_A, VARIANT_B
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.core import (
    ERROR,
    INFO,
    WARNING,
    Basis,
    Hit,
    always,
    folded,
    hit,
    level_word,
    rule,
)
from lakip_xl.rules.reading import (
    PAGU,
    active,
    agrees,
    by_hand,
    cells_of,
    computed,
    figure,
    lower_is_better,
    measured,
    money,
    no_pagu,
    possible,
    typed_without_target,
    undirected,
)
from lakip_xl.rules.slips import percent_slip
from lakip_xl.table.model import Document, Row

FORMULA = Basis(
    Text(
        "Kolom 12 = 11/6 x 100; makin rendah makin baik menurut Pengaturan",
        "Column 12 = 11/6 x 100; lower is better by Pengaturan",
    ),
    "inferred",
)


_CHOOSE_FORMULA = Text(
    "Pilih rumus makin rendah makin baik yang dipakai kabupaten/kota pada Pengaturan; bila rumusnya sudah benar, kosongkan capaian dan "
    "jalankan 'lakip-xl fill'.",
    "Choose the formula for lower is better that your region uses in Pengaturan; if it is right already, clear the achievement and run "
    "'lakip-xl fill'.",
)


@rule(
    "CP01",
    title=Text("Capaian tidak sama dengan hitungannya", "The achievement differs from its calculation"),
    meaning=Text(
        "Capaian yang diketik tidak sama dengan realisasi dibandingkan target, sampai angka terakhir yang ditampilkan.",
        "The achievement that was typed is not realisation against target, to the last digit shown.",
    ),
    why=Text("Salah satu dari ketiga angka itu keliru.", "One of the three figures is wrong."),
    basis=FORMULA,
    remedy=Text(
        "Perbaiki target atau realisasi bila keliru; bila tidak, kosongkan capaian dan jalankan 'lakip-xl fill'.",
        "Correct target or realisation if wrong; if not, clear the achievement and run 'lakip-xl fill'.",
    ),
    messages={
        "": Text(
            "{nama}: capaian tertulis {ada:pct}, hitungannya {hitung:pct} (target {target}, realisasi {realisasi}).",
            "{nama}: the achievement is {ada:pct}, calculated {hitung:pct} (target {target}, realisation {realisasi}).",
        ),
        "pecahan": Text(
            "{nama}: capaian tertulis {ada}, hitungannya {hitung:pct}; tampaknya ditulis sebagai pecahan.",
            "{nama}: the achievement is {ada}, calculated {hitung:pct}; it seems to be written as a fraction.",
        ),
        "arah": Text(
            "{nama}: capaian tertulis {ada:pct}, hitungannya {hitung:pct}; angka itu cocok untuk indikator yang {arah}.",
            "{nama}: the achievement is {ada:pct}, calculated {hitung:pct}; it fits an indicator that is '{arah}'.",
        ),
        "skala": Text(
            "{nama}: capaian tertulis {ada:pct}, hitungannya {hitung:pct} (target {target}, realisasi {realisasi}); salah satunya "
            "tampaknya ditulis sebagai pecahan.",
            "{nama}: the achievement is {ada:pct}, calculated {hitung:pct} (target {target}, realisation {realisasi}); one of "
            "the two seems to be written as a fraction.",
        ),
        "rumus": Text(
            "{nama}: capaian tertulis {ada:pct}, hitungannya {hitung:pct}; angka itu cocok dengan rumus '{rumus}', sedangkan Pengaturan "
            "memakai '{dipakai}'.",
            "{nama}: the achievement is {ada:pct}, calculated {hitung:pct}; it fits the formula '{rumus}', but Pengaturan uses "
            "'{dipakai}'.",
        ),
        "rumus_banyak": Text(
            "{n} capaian cocok dengan rumus '{rumus}', sedangkan Pengaturan memakai '{dipakai}', mulai dari '{nama}' (tertulis {ada:pct}, "
            "hitungannya {hitung:pct}).",
            "{n} achievements fit the formula '{rumus}', but Pengaturan uses '{dipakai}', starting with '{nama}' (is {ada:pct}, calculated "
            "{hitung:pct}).",
        ),
    },
    remedies={
        "skala": Text(
            "Tulis target dan realisasi dalam persen yang sama: 90, bukan 0,9.",
            "Write target and realisation both in percent points: 90, not 0.9.",
        ),
        "rumus": _CHOOSE_FORMULA,
        "rumus_banyak": _CHOOSE_FORMULA,
        "pecahan": Text(
            "Tulis dalam persen ({hitung}), atau kosongkan dan jalankan 'lakip-xl fill'.",
            "Write percent points ({hitung}), or clear the cell and run 'lakip-xl fill'.",
        ),
        "arah": Text(
            "Periksa kolom ARAH dan rumus pada Pengaturan.", "Check the column ARAH and the formula in Pengaturan."
        ),
    },
    severity=always(ERROR),
)
def achievement_differs(document: Document) -> Iterator[Hit]:
    other_formula: list[Hit] = []
    for table in measured(document):
        for row in active(table):
            wanted, own = computed(row, "capaian"), by_hand(row, "capaian")
            if undirected(table) and not any(agrees(row, "capaian", value) for value in possible(row)):
                wanted = next(iter(possible(row)), None)  # no formula in use gives what was typed
            if wanted is None or own is None or agrees(row, "capaian", wanted):
                continue
            target, real = figure(row, "target"), figure(row, "realisasi")
            other = _other_direction(row)
            formula = _other_formula(document, row)
            word = "rumus" if formula else "arah" if other else "skala" if percent_slip(row) else ""
            made = hit(
                table, row, "capaian", "pecahan" if abs(own * 100 - wanted) <= Decimal("0.5") else word,
                found=own, expected=wanted, difference=own - wanted, related=cells_of(table, row, "target", "realisasi"),
                ada=own, hitung=round_half_up(wanted, 2), target=target, realisasi=real, arah=other,
                rumus=formula, dipakai=document.settings.variant,
            )  # fmt: skip
            if made.variant == "rumus":
                other_formula.append(made)
            else:
                yield made
    if other_formula:  # one choice in Pengaturan mends them all
        first, *more = other_formula
        if more:
            cells = tuple(h.cell for h in more)
            first = replace(
                first, variant="rumus_banyak", related=cells, values={**first.values, "n": len(other_formula)}
            )
        yield first


def _other_formula(document: Document, row: Row) -> str:
    """The other formula for lower is better where the typed capaian is what it gives; "" where it is not."""
    target, real = figure(row, "target"), figure(row, "realisasi")
    if not lower_is_better(row) or not target or real is None:
        return ""
    if document.settings.variant == VARIANT_A:
        return VARIANT_B if real and agrees(row, "capaian", target * 100 / real) else ""
    return VARIANT_A if agrees(row, "capaian", (2 * target - real) * 100 / target) else ""


def _other_direction(row: Row) -> Text | str:
    """The other ARAH, in words, where the typed capaian is what it would give."""
    target, real = figure(row, "target"), figure(row, "realisasi")
    if not target or real is None:
        return ""
    higher, variant_a = real * 100 / target, (2 * target - real) * 100 / target
    others = [higher] if lower_is_better(row) else [variant_a, *([target * 100 / real] if real else [])]
    if not any(agrees(row, "capaian", value) for value in others):
        return ""
    return (
        Text("makin tinggi makin baik", "higher is better")
        if lower_is_better(row)
        else Text("makin rendah makin baik", "lower is better")
    )


@rule(
    "CP02",
    title=Text("Target 0", "Target 0"),
    meaning=Text(
        "Target 0, padahal ada pagu atau realisasi; capaian tidak dapat dihitung dan ditampilkan sebagai '-'.",
        "The target is 0 although there is a budget or a realisation; the achievement is undefined and shown as '-'.",
    ),
    why=Text(
        "Capaian 0 atau 100 untuk target 0 akan menyesatkan.",
        "An achievement of 0 or 100 for a target of 0 would mislead.",
    ),
    basis=FORMULA,
    remedy=Text(
        "Isi target sesuai Perjanjian Kinerja atau DPA/DPPA, atau jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Enter the target of the performance agreement or DPA/DPPA, or explain in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: target 0, realisasi {realisasi}; capaian tidak dapat dihitung.",
            "{nama}: target 0, realisation {realisasi}; no achievement can be calculated.",
        ),
        "pagu": Text(
            "{nama}: target 0, pagu {pagu:rp}; capaian tidak dapat dihitung.",
            "{nama}: target 0, budget {pagu:rp}; no achievement can be calculated.",
        ),
    },
    severity=always(WARNING),
)
def target_zero(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        for row in active(table):
            if row.number_of("target") != 0 or no_pagu(row) or row.entry("capaian").fault == "error":
                continue  # an error in the capaian says the same, and must go
            real, pagu = figure(row, "realisasi"), money(row.head or row, PAGU)
            if not real and not pagu:
                continue
            if typed_without_target(row) is not None:
                continue  # the typed capaian is the finding
            yield hit(
                table, row, "target", "" if real else "pagu",
                found=Decimal(0), related=cells_of(table, row, "realisasi", PAGU), realisasi=real, pagu=pagu,
            )  # fmt: skip


@rule(
    "CP05",
    title=Text("Baris tanpa indikator", "Rows without an indicator"),
    meaning=Text(
        "Kegiatan boleh tanpa indikator; formulir E.81 memuatnya. Program dan sub kegiatan lazimnya mempunyai indikator.",
        "An activity may lack an indicator, though form E.81 has one. Programs and sub-activities usually have one.",
    ),
    why=Text("Tanpa indikator baris itu hanya memuat anggaran.", "Without an indicator the row carries money only."),
    basis=Basis(Text("Formulir E.81, Permendagri 86/2017", "Form E.81, Permendagri 86/2017"), "seen"),
    remedy=Text(
        "Isi indikator dan target bila Renja atau DPA memuatnya; bila tidak, biarkan.",
        "Enter indicator and target if Renja or DPA has them; otherwise leave it.",
    ),
    messages={
        "": Text("{nama}: {tingkat} tanpa indikator.", "{nama}: {tingkat} without an indicator."),
        "banyak": Text(
            "{n} {tingkat} tanpa indikator, mulai dari '{nama}'.",
            "{n} rows ({tingkat}) without an indicator, starting with '{nama}'.",
        ),
    },
    severity=always(INFO),
)
def no_indicator(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        for level in ("program", "kegiatan", "sub kegiatan"):
            bare = [
                row
                for row in active(table)
                if row.level == level and not row.indicators and not row.entry("indikator").fault
            ]
            if bare:
                yield folded(table, [(row, "indikator") for row in bare], tingkat=level_word(level))


RULES = (achievement_differs, target_zero, no_indicator)
