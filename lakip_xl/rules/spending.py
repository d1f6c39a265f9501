"""AG (anggaran): does the spending go with the budget and with what was done?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.numbers import round_half_up
from lakip_xl.rules.core import INFO, WARNING, Basis, Hit, always, amount, by_period, hit, rule
from lakip_xl.rules.reading import (
    PAGU,
    SPENT,
    active,
    budgeted,
    capaian,
    figure,
    leaves,
    matrix_of,
    money,
    no_pagu,
    percent_key,
    serapan,
)
from lakip_xl.rules.slips import OVERFLOWS, contradicted_by_thousands, explained, thousands_slip
from lakip_xl.rules.sums import lag, mended_rest, sound
from lakip_xl.table.model import Document, Row, Table

BOUNDS = Basis(
    Text("Kebiasaan reviu; batasnya pada Pengaturan", "Practice of reviews; the bounds stand in Pengaturan"), "practice"
)


@rule(
    "AG05",
    title=Text("Realisasi melebihi pagu", "Spending above the budget"),
    meaning=Text("Realisasi anggaran lebih besar daripada anggarannya.", "More was spent than the budget allows."),
    why=Text(
        "Belanja dibatasi pagunya; pada BLUD dapat sah dalam ambang batasnya.",
        "Spending is limited by the budget; for a BLUD it may be lawful within its threshold.",
    ),
    basis=Basis(
        Text("PP 12/2019: pengeluaran dibatasi anggaran", "PP 12/2019: spending is limited by the budget"), "recalled"
    ),
    remedy=Text(
        "Periksa DPA/DPPA terakhir dan kesalahan pembebanan; bila sah (BLUD), jelaskan dasarnya di PENJELASAN "
        "(Catatan Perbaikan) atau KETERANGAN.",
        "Check the latest DPA/DPPA and charges to the wrong account; if lawful (BLUD), explain the basis in PENJELASAN "
        "or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: realisasi {realisasi:rp} melebihi pagu {pagu:rp} sebesar {lebih:rp}.",
            "{nama}: spending {realisasi:rp} exceeds the budget {pagu:rp} by {lebih:rp}.",
        ),
        "ribuan": Text(
            "{nama}: realisasi {realisasi:rp} seribu kali pagu {pagu:rp}; pagunya tampak kehilangan tiga angka nol.",
            "{nama}: spending {realisasi:rp} is a thousand times the budget {pagu:rp}, which seems to lack three zeros.",
        ),
    },
    remedies={
        "ribuan": Text(
            "Periksa pagu terhadap DPA/DPPA: bila tertulis dalam ribuan rupiah, ketik rupiah penuh.",
            "Compare the budget with the DPA/DPPA: if it is written in thousands of rupiah, type it in full.",
        ),
    },
    severity=always(WARNING),
)
def overspent(document: Document) -> Iterator[Hit]:
    for table in budgeted(document):
        for row in leaves(table):
            over = _overspent(document, table, row)
            if over is None:
                continue
            pagu, spent = over
            yield hit(
                table, row, SPENT, "ribuan" if thousands_slip(document, row) == PAGU else "",
                found=spent, expected=pagu, difference=spent - pagu, rupiah=spent - pagu, related=[table.cell(row, PAGU)],
                realisasi=spent, pagu=pagu, lebih=spent - pagu,
            )  # fmt: skip


def _overspent(document: Document, table: Table, row: Row) -> tuple[Decimal, Decimal] | None:
    """Budget and spending of a leaf that spent more than it had; None for any other, and where an amount is doubtful itself."""
    pagu, spent = money(row, PAGU), money(row, SPENT)
    if pagu is None or spent is None or spent <= pagu or no_pagu(row) or pagu < 0:
        return None
    if not sound(table, row) or mended_rest(table, row) >= 0:
        return None
    return None if spent in OVERFLOWS or contradicted_by_thousands(document, row) else (pagu, spent)


@rule(
    "AG06",
    title=Text("Kinerja tertinggal dari serapan", "Performance behind spending"),
    meaning=Text(
        "Capaian kinerja jauh di bawah serapan anggaran: uangnya terpakai, hasilnya belum.",
        "The achievement lies far below the absorption: the money is spent, the result is not there.",
    ),
    why=Text(
        "Inilah yang pertama ditanyakan pembaca laporan; sering pula realisasi kinerjanya belum dimutakhirkan.",
        "Readers ask about this first; often the realisation was simply not updated.",
    ),
    basis=BOUNDS,
    remedy=Text(
        "Periksa realisasi kinerja; bila benar, jelaskan penyebabnya di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Check the realisation; if right, explain the cause in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: kinerja {realisasi} dari {target} ({capaian:pct}), anggaran terserap {persen:pct}.",
            "{nama}: performance {realisasi} of {target} ({capaian:pct}), {persen:pct} of the budget spent.",
        )
    },
    severity=by_period(None, INFO, WARNING),
)
def behind_spending(document: Document) -> Iterator[Hit]:
    for table in matrix_of(document):
        for row in active(table):
            gap, done = lag(document, table, row), capaian(document, table, row)
            head = row.head or row
            if gap is None or done is None or explained(document, table, row) or thousands_slip(document, head):
                continue
            if money(head, SPENT) in OVERFLOWS:
                continue
            if not head.children and _overspent(document, table, head) is not None:
                continue  # AG05 asks about the very amount that makes the difference
            key = "capaian" if table.has("capaian") else "realisasi"
            related = [table.cell(row, "target"), table.cell(row, "realisasi"), table.cell(head, percent_key(table))]
            yield hit(
                table, row, key,
                found=round_half_up(done, 2), expected=None, difference=round_half_up(-gap, 2), rupiah=money(head, SPENT),
                related=related, target=amount(row, figure(row, "target")), realisasi=figure(row, "realisasi"), capaian=done,
                persen=serapan(head),
            )  # fmt: skip


RULES = (overspent, behind_spending)
