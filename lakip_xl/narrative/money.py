"""III.B: realisasi anggaran by program and by kind of belanja."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Expr, Ref
from lakip_xl.narrative import said, words
from lakip_xl.narrative.facts import Facts
from lakip_xl.narrative.model import Content, Figures, Head, Section, Sentence, figures
from lakip_xl.narrative.parts import MONEY as _KEYS
from lakip_xl.narrative.parts import spent_on
from lakip_xl.summary.sources import difference
from lakip_xl.table.model import Heading, Row

_MONEY = (
    Head("ANGGARAN (Rp)", "rupiah"),
    Head("REALISASI (Rp)", "rupiah"),
    Head("SISA (Rp)", "rupiah"),
    Head("SERAPAN (%)", "percent"),
)


def whole(facts: Facts) -> str:
    """The money of the whole office, in one sentence; "" where there is no matrix."""
    if not facts.sources.has_matrix:
        return ""
    pagu, used = (facts.value(facts.sources.sum_of(facts.document.matrix, key)) for key in _KEYS)
    before, spent = words.number_of(pagu), words.number_of(used)
    if before is None or spent is None or before == 0:
        return words.sentence(f"{facts.during}, {said.spent(pagu, used)}")
    share = words.percent(spent * 100 / before)
    return words.sentence(
        f"{facts.during}, anggaran sebesar {words.rupiah(before)} terealisasi sebesar {words.rupiah(spent)} atau {share}, "
        f"{said.rest(before - spent)}"
    )


def programs(facts: Facts) -> Section:
    """Money by program, and where most of it was left."""
    told = whole(facts)
    parts: list[Sentence | Figures] = [Sentence("anggaran.jumlah", told)] if told else []
    rows: list[list[Content]] = []
    for number, program in enumerate(facts.programs, start=1):
        name, pagu, used = facts.money(program)
        key = program.name.casefold() if isinstance(program, Heading) else program.record
        text = f"{facts.name_of(program)}: {said.spent(facts.value(pagu), facts.value(used))}"
        parts.append(
            Sentence(f"program.anggaran|{key}", words.sentence(text), None if isinstance(program, Heading) else program)
        )
        rows.append([number, name, pagu, used, _rest, _share])
    if rows:
        sums = [facts.sources.sum_of(facts.document.matrix, key) for key in _KEYS]
        rows.append([None, "JUMLAH", *sums, _rest, _share])
        heads = (Head("NO", "center"), Head("PROGRAM"), *_MONEY)
        parts.append(figures("Anggaran dan realisasi per program", heads, rows, facts.seen, total=True))
    largest = _largest(facts)
    if largest is not None:
        parts.append(largest)
    return Section(3, "1. Realisasi anggaran per program", tuple(parts))


def _largest(facts: Facts) -> Sentence | None:
    """Where most of the money was left, and which part of all that was left it is."""
    if not facts.sources.has_matrix or facts.untold:
        return None
    table, found = facts.document.matrix, list[tuple[Decimal, int, Row]]()
    for row in facts.rows():
        if not row.children:
            pagu, used = (words.number_of(facts.sources.number(table, row, key)) for key in _KEYS)
            if pagu is not None and used is not None and pagu > used:
                found.append((used - pagu, row.number, row))
    if not found:
        return None
    minus, _, row = min(found, key=lambda each: each[:2])
    if sum(each[0] == minus for each in found) > 1:
        return None  # several are the largest
    text = f"Sisa anggaran terbesar terdapat pada {facts.name_of(row)}, yaitu {words.rupiah(-minus)}"
    sums = [facts.number(facts.sources.sum_of(table, key)) for key in _KEYS]
    if sums[0] is not None and sums[1] is not None and sums[0] - sums[1] >= -minus:
        text += f" atau {words.percent(-minus * 100 / (sums[0] - sums[1]))} dari seluruh sisa anggaran"
    cause = facts.cause(table, row)
    text += f". Penyebab yang dinyatakan: {cause}" if cause else ""
    return Sentence("anggaran.sisa_terbesar", words.sentence(text), row)


def belanja(facts: Facts) -> Section:
    """Belanja by kind, and whether it adds up to the matrix."""
    table = facts.document.tables.get("belanja")
    used = spent_on(facts)
    heading = "2. Realisasi belanja menurut jenis"
    if table is None or not used:
        return Section(3, heading)
    parts: list[Sentence | Figures] = []
    rows: list[list[Content]] = []
    for row in used:
        money = [facts.sources.figure(table, row, key) for key in _KEYS]
        name = words.clean(row.text_of("uraian") or row.text_of("kode"))
        text = f"{name}: {said.spent(*(facts.value(expr) for expr in money))}"
        parts.append(Sentence(f"belanja.jenis|{row.record}", words.sentence(text), row))
        rows.append(
            [
                facts.sources.figure(table, row, "kode"),
                facts.sources.figure(table, row, "uraian"),
                *money,
                _rest,
                _share,
            ]
        )
    sums = [facts.sources.sum_of(table, key) for key in _KEYS]
    rows.append([None, "JUMLAH BELANJA", *sums, _rest, _share])
    if facts.sources.has_matrix:
        parts.append(Sentence("belanja.banding", _agreement(facts, [facts.number(expr) for expr in sums])))
    heads = (Head("KODE", "center"), Head("URAIAN"), *_MONEY)
    parts.append(figures("Anggaran dan realisasi belanja menurut jenis", heads, rows, facts.seen, total=True))
    return Section(3, heading, tuple(parts))


def _agreement(facts: Facts, sums: Sequence[Decimal | None]) -> str:
    others = [facts.number(facts.sources.sum_of(facts.document.matrix, key)) for key in _KEYS]
    if None in sums or None in others:
        return "Jumlah belanja menurut jenis belum dapat dibandingkan dengan jumlah menurut program."
    apart = [abs(one - other) for one, other in zip(sums, others, strict=True) if one is not None and other is not None]
    if max(apart) < Decimal("0.005"):
        return "Jumlah belanja menurut jenis sama dengan jumlah menurut program."
    told = [
        f"{what} {words.rupiah(by)}"
        for what, by in zip(("anggaran", "realisasi"), apart, strict=True)
        if by >= Decimal("0.005")
    ]
    return f"Jumlah belanja menurut jenis berbeda dari jumlah menurut program: {words.listed(told)}."


def _rest(refs: Sequence[Ref]) -> Expr:
    return difference(refs[2], refs[3])


def _share(refs: Sequence[Ref]) -> Expr:
    return f.ratio(refs[3], refs[2])
