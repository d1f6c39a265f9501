"""AG (anggaran): was the money used, and how much of it was left?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.core import (
    INFO,
    WARNING,
    Basis,
    Hit,
    apart,
    by_period,
    hit,
    level_word,
    rule,
)
from lakip_xl.rules.reading import (
    PAGU,
    SPENT,
    capaian,
    leaves,
    matrix_of,
    money,
    nothing_spent,
    percent_key,
    rest,
    serapan,
    share,
    total_of,
)
from lakip_xl.rules.slips import OVERFLOWS, contradicted_by_thousands, thousands_slip
from lakip_xl.rules.sums import mended, mended_rest, sound, whole_rest
from lakip_xl.table.model import Document, Row, Table

FORM = Basis(Text("Kolom 15 formulir = 14/13 x 100", "Column 15 of the form = 14/13 x 100"), "seen")
BOUNDS = Basis(
    Text("Kebiasaan reviu; batasnya pada Pengaturan", "Practice of reviews; the bounds stand in Pengaturan"), "practice"
)


_FULL_RUPIAH = Text(
    "Periksa realisasi terhadap LRA: bila tertulis dalam ribuan rupiah, ketik rupiah penuh; bila benar, jelaskan di PENJELASAN (Catatan "
    "Perbaikan) atau KETERANGAN.",
    "Compare the spending with the LRA: if it is written in thousands of rupiah, type it in full; if right, explain it in PENJELASAN or "
    "KETERANGAN.",
)


@rule(
    "AG03",
    title=Text("Serapan di bawah batas", "Absorption below the bound"),
    meaning=Text(
        "Realisasi anggaran kurang dari batas serapan pada Pengaturan. Bila beberapa sub kegiatan dari satu kegiatan sama-sama "
        "rendah, catatannya satu pada kegiatan itu.",
        "Spending is below the bound in Pengaturan. Where several sub-activities of one activity are low together, there is one note "
        "at the activity.",
    ),
    why=Text("Serapan yang rendah harus dijelaskan dalam laporan.", "The report has to explain low absorption."),
    basis=BOUNDS,
    remedy=Text(
        "Periksa realisasi terhadap LRA; bila benar, jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN mengapa "
        "tidak terserap (misalnya sisa lelang, kegiatan tertunda).",
        "Compare the spending with the LRA; if right, explain in PENJELASAN or KETERANGAN why it was not spent.",
    ),
    messages={
        "": Text(
            "{nama}: serapan {persen:pct} ({realisasi:rp} dari {pagu:rp}), di bawah {batas:pct}; sisa {sisa:rp}.",
            "{nama}: absorption {persen:pct} ({realisasi:rp} of {pagu:rp}), below {batas:pct}; {sisa:rp} left.",
        ),
        "kinerja": Text(
            "{nama}: serapan {persen:pct} ({realisasi:rp} dari {pagu:rp}), di bawah {batas:pct}, padahal kinerjanya {capaian:pct}; sisa "
            "{sisa:rp}.",
            "{nama}: absorption {persen:pct} ({realisasi:rp} of {pagu:rp}), below {batas:pct}, although the achievement is {capaian:pct}; "
            "{sisa:rp} left.",
        ),
        "ribuan": Text(
            "{nama}: serapan {persen:pct} ({realisasi:rp} dari {pagu:rp}); realisasinya tampak kehilangan tiga angka.",
            "{nama}: absorption {persen:pct} ({realisasi:rp} of {pagu:rp}); the spending seems to lack three digits.",
        ),
        "induk": Text(
            "{nama}: serapan {persen:pct}, di bawah {batas:pct}, karena {n} {tingkat} di bawahnya hanya terserap "
            "{terendah:pct} sampai {tertinggi:pct}; sisa {sisa:rp}.",
            "{nama}: absorption {persen:pct}, below {batas:pct}, since {n} rows below it ({tingkat}) reach only "
            "{terendah:pct} to {tertinggi:pct}; {sisa:rp} left.",
        ),
    },
    remedies={
        "kinerja": Text(
            "Periksa realisasi terhadap LRA; bila benar, jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN mengapa hasilnya "
            "tercapai dengan biaya serendah itu (misalnya efisiensi, target terlalu rendah, belum dibayar).",
            "Compare the spending with the LRA; if right, explain in PENJELASAN or KETERANGAN how so little money reached the result "
            "(savings, a low target, bills still to be paid).",
        ),
        "ribuan": _FULL_RUPIAH,
    },
    severity=by_period(None, INFO, WARNING),
)
def low_absorption(document: Document) -> Iterator[Hit]:
    bound = document.settings.thresholds.get("serapan_min")
    if bound is None:
        return
    for table in matrix_of(document):
        low: dict[int, list[Row]] = {}
        large = _large(document, table)
        for row in leaves(table):
            value = serapan(row)
            if value is None or value >= bound or nothing_spent(row) or (large is not None and rest(row) >= large):
                continue
            if _doubtful(document, row):
                continue
            repaired = share(*reversed(mended(table, row)))
            if sound(table, row) and (repaired or Decimal()) < bound:
                low.setdefault(id(row.parent), []).append(row)
        for group in low.values():
            first, *others = group
            parent = first.parent
            if parent is not None and others and (serapan(parent) or bound) < bound:
                each = [value for row in group if (value := serapan(row)) is not None]
                yield _low(
                    table, parent, bound, "induk", [table.cell(row, percent_key(table)) for row in group],
                    n=len(group), tingkat=level_word(first.level), terendah=min(each), tertinggi=max(each),
                )  # fmt: skip
            else:
                for row in group:
                    done = _achieved(document, table, row)
                    word = "ribuan" if thousands_slip(document, row) else "kinerja" if done is not None else ""
                    yield _low(table, row, bound, word, [table.cell(row, SPENT), table.cell(row, PAGU)], capaian=done)


def _achieved(document: Document, table: Table, row: Row) -> Decimal | None:
    """The lowest achievement of a row's indicators where it lies as far above the absorption as Pengaturan asks about; else None."""
    least = document.settings.thresholds.get("selisih_kinerja")
    done = [capaian(document, table, each) for each in row.indicators]
    known = [value for value in done if value is not None]
    if least is None or not known or known != done:
        return None
    return min(known) if min(known) - (serapan(row) or Decimal()) >= least else None


def _low(table: Table, row: Row, bound: Decimal, variant: str, related: list[Cell], **values: object) -> Hit:
    pagu, spent, value = (figure or Decimal() for figure in (money(row, PAGU), money(row, SPENT), serapan(row)))
    return hit(
        table, row, percent_key(table), variant,
        found=round_half_up(value, 2), expected=bound, difference=round_half_up(value - bound, 2), rupiah=pagu - spent,
        related=related, persen=apart(value, bound), batas=bound, pagu=pagu, realisasi=spent, sisa=pagu - spent, **values,
    )  # fmt: skip


def _doubtful(document: Document, row: Row) -> bool:
    """Whether an amount of the row is known to be wrong: a program's limit, or one that its percentage contradicts."""
    return any(money(row, key) in OVERFLOWS for key in (PAGU, SPENT)) or contradicted_by_thousands(document, row)


def _large(document: Document, table: Table) -> Decimal | None:
    """The amount from which on what is left of one row is a finding; None where that is not asked."""
    least, whole = document.settings.thresholds.get("sisa_min"), total_of(table.tops, PAGU) or Decimal()
    return least * whole / 100 if least is not None and whole > 0 else None


@rule(
    "AG04",
    title=Text("Sisa anggaran besar", "A large amount left"),
    meaning=Text(
        "Sisa satu baris mencapai batas pada Pengaturan, dihitung dari jumlah seluruh pagu. Persentase serapannya sendiri dapat "
        "tampak wajar.",
        "What is left on one row reaches the bound in Pengaturan, as a share of the whole budget. Its own percentage may look "
        "harmless.",
    ),
    why=Text("Di sinilah sebagian besar sisa anggaran berada.", "This is where most of the unspent money is."),
    basis=BOUNDS,
    remedy=Text(
        "Periksa realisasi terhadap LRA; bila benar, jelaskan penyebab sisanya di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Compare the spending with the LRA; if right, explain in PENJELASAN or KETERANGAN why the money was left.",
    ),
    messages={
        "": Text(
            "{nama}: sisa {sisa:rp} dari {pagu:rp} (serapan {persen:pct}), yaitu {bagian:pct} dari seluruh sisa {semua:rp}.",
            "{nama}: {sisa:rp} left of {pagu:rp} (absorption {persen:pct}), which is {bagian:pct} of all that is left, {semua:rp}.",
        ),
        "saja": Text(
            "{nama}: sisa {sisa:rp} dari {pagu:rp} (serapan {persen:pct}).",
            "{nama}: {sisa:rp} left of {pagu:rp} (absorption {persen:pct}).",
        ),
        "ribuan": Text(
            "{nama}: realisasi {ada:rp} dari {pagu:rp} (serapan {persen:pct}); realisasinya tampak kehilangan tiga angka.",
            "{nama}: spending {ada:rp} of {pagu:rp} (absorption {persen:pct}); the spending seems to lack three digits.",
        ),
    },
    remedies={"ribuan": _FULL_RUPIAH},
    severity=by_period(None, INFO, WARNING),
)
def large_rest(document: Document) -> Iterator[Hit]:
    for table in matrix_of(document):
        large = _large(document, table)
        everything = whole_rest(table)
        for row in leaves(table):
            if large is None or not rest(row) or min(rest(row), mended_rest(table, row)) < large:
                continue
            if nothing_spent(row) or not sound(table, row) or _doubtful(document, row):
                continue
            left, pagu = rest(row), money(row, PAGU)
            part = share(left, everything)
            meaningful = part is not None and 0 < part <= 100  # not so where other rows spent more than they had
            word = "ribuan" if thousands_slip(document, row) else "" if meaningful else "saja"
            yield hit(
                table, row, SPENT, word,
                found=money(row, SPENT), difference=left, rupiah=left, related=[table.cell(row, PAGU)],
                sisa=left, pagu=pagu, persen=serapan(row), bagian=part, semua=everything, ada=money(row, SPENT),
            )  # fmt: skip


RULES = (low_absorption, large_rest)
