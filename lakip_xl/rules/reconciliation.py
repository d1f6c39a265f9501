"""RK (rekonsiliasi): does the matrix agree with the treasury ledger? Silent unless the two were compared.

What was compared is among the facts of the document (``compared``), where ``reconcile`` puts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.ledger.items import CAUSES, Comparison, Item, Level, Status, month_name
from lakip_xl.numbers import say_rupiah
from lakip_xl.rules.compared import CORRECT, PRACTICE, at, compared, lines_of, named
from lakip_xl.rules.core import WARNING, Hit, always, rule
from lakip_xl.rules.reading import PAGU, SPENT
from lakip_xl.table.model import Document


def _by(item: Item) -> Text:
    """The likely cause with its reason."""
    assert item.cause is not None
    assert item.reason is not None
    if item.cause == len(CAUSES):
        return item.reason  # "other" says nothing by itself
    cause = CAUSES[item.cause - 1]
    return Text(f"{cause.id}: {item.reason.id}", f"{cause.en}: {item.reason.en}")


def _subs(document: Document, *statuses: Status) -> Iterator[tuple[Comparison, Item]]:
    found = compared(document)
    if found is not None:
        for item in found.at(Level.SUB):
            if item.status in statuses:
                yield found, item


def _hit(document: Document, item: Item, variant: str, difference: Decimal, **values: object) -> Hit:
    """A difference of an item; the month's where to date agrees or is not compared."""
    to_date = bool(item.to_date.difference) or not item.month.compared
    figures = item.to_date if to_date else item.month
    return Hit(
        at(document, item, month=not to_date), variant, figures.matrix, figures.ledger, difference, abs(difference),
        tuple(dict.fromkeys(cell for cell in item.cells if cell != at(document, item, month=not to_date))), item.record, SPENT,
        {"nama": named(item), "matriks": figures.matrix or Decimal(0), "buku": figures.ledger or Decimal(0), "selisih": difference,
         "baris": lines_of(item), **values},
    )  # fmt: skip


@rule(
    "RK01",
    title=Text("Realisasi berbeda dari buku besar", "Spending differs from the ledger"),
    meaning=Text(
        "Realisasi sebuah sub kegiatan pada matriks tidak sama dengan buku besar. Selisih = matriks - buku besar. Dua selisih yang "
        "berlawanan dan sama besar disebut sekali, pada sel yang kelebihan.",
        "The spending of a sub-activity in the matrix is not that of the ledger. Difference = matrix - ledger. Two differences that are "
        "equal and opposite are named once, at the cell that has too much.",
    ),
    why=Text(
        "Matriks dan laporan keuangan memuat belanja yang sama; pembaca membandingkan keduanya.",
        "The matrix and the accounts hold the same spending; readers compare the two.",
    ),
    basis=PRACTICE,
    remedy=CORRECT,
    messages={
        "": Text(
            "{nama}: realisasi {masa} matriks {matriks:rp}, buku besar {buku:rp}, selisih {selisih:rp} ({baris}).",
            "{nama}: spending {masa} {matriks:rp} in the matrix, {buku:rp} in the ledger, difference {selisih:rp} ({baris}).",
        ),
        "sebab": Text(
            "{nama}: realisasi {masa} matriks {matriks:rp}, buku besar {buku:rp}, selisih {selisih:rp}. Kemungkinan: {sebab}.",
            "{nama}: spending {masa} {matriks:rp} in the matrix, {buku:rp} in the ledger, difference {selisih:rp}. Likely: {sebab}.",
        ),
        "pasangan": Text(
            "{nama} lebih {selisih:rp}, {lain} kurang sebesar itu: kemungkinan salah sub kegiatan atau rekening.",
            "{nama} has {selisih:rp} too much, {lain} as much too little: likely the wrong sub-activity or account.",
        ),
        "jumlah": Text(
            "Jumlah realisasi {masa} matriks {matriks:rp}, buku besar {buku:rp}, selisih {selisih:rp}.",
            "Total spending {masa} {matriks:rp} in the matrix, {buku:rp} in the ledger, difference {selisih:rp}.",
        ),
    },
    severity=always(WARNING),
)
def different(document: Document) -> Iterator[Hit]:
    found = compared(document)
    if found is None:
        return
    total = found.total
    if not found.at(Level.SUB) and total.status is Status.DIFFERENT:
        yield _hit(document, total, "jumlah", _gap(total), masa=_when(found, total))
    for item in found.at(Level.SUB):
        difference = _gap(item)
        if item.partner is not None:
            # Named at the cell that has too much, whatever the other is.
            if difference > 0 and not item.offers:
                lain = _other(item.partner)
                made = _hit(document, item, "pasangan", difference, masa=_when(found, item), lain=lain)
                others = item.partner.cells[:1]
                yield _with(made, others)
        elif item.status is Status.DIFFERENT and difference and abs(difference) > found.tolerance:
            if item.cause == _WRONG_MONTH:
                continue
            if item.cause is not None:
                yield _hit(document, item, "sebab", difference, masa=_when(found, item), sebab=_by(item))
            else:
                yield _hit(document, item, "", difference, masa=_when(found, item))


_WRONG_MONTH = 2


def _with(made: Hit, cells: tuple[Cell, ...]) -> Hit:
    return replace(made, related=tuple(dict.fromkeys((*made.related, *cells))))


def _other(item: Item) -> Text:
    if item.cells:
        return Text(named(item), named(item))
    lines = lines_of(item)
    if not item.kode:
        return Text(f"buku besar tanpa kode ({lines.id})", f"the ledger without a code ({lines.en})")
    return Text(f"{named(item)} di buku besar ({lines.id})", f"{named(item)} in the ledger ({lines.en})")


def _gap(item: Item) -> Decimal:
    return item.to_date.difference or item.month.difference or Decimal(0)


def _when(found: Comparison, item: Item) -> Text:
    name = month_name(found.month)
    if item.to_date.difference:
        return Text(f"s.d. {name.id}", f"up to {name.en}")
    return Text(f"bulan {name.id}", f"of {name.en}")


@rule(
    "RK02",
    title=Text("Dicatat pada bulan lain", "Recorded in another month"),
    meaning=Text(
        "Realisasi s.d. bulan ini sama, tetapi realisasi sebuah bulan berbeda dari buku besar.",
        "Spending to date agrees, but that of a month differs from the ledger.",
    ),
    why=Text(
        "Laporan bulanan memuat angka yang tidak sama dengan bulan pada buku besar.",
        "The monthly report does not show what the ledger shows for the month.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Periksa tanggal SPM, SP2D, dan pencairan; ikuti bulan menurut dasar realisasi, atau pilih sebab 2 di kolom SEBAB.",
        "Check the dates of SPM, SP2D and payment; follow the month of the basis, or pick cause 2 in the column SEBAB.",
    ),
    messages={
        "": Text(
            "{nama}: s.d. {bulan} sama dengan buku besar, tetapi berselisih pada {bulan_lain} ({baris}).",
            "{nama}: up to {bulan} as in the ledger, but it differs in {bulan_lain} ({baris}).",
        ),
    },
    severity=always(WARNING),
)
def another_month(document: Document) -> Iterator[Hit]:
    for found, item in _subs(document, Status.DIFFERENT):
        if item.cause != _WRONG_MONTH or any(moved.cell in item.cells for moved in found.fell):
            continue  # what fell since last month is a finding of its own
        apart = list(item.apart)
        if item.month.apart(found.tolerance) and item.month.difference is not None:
            apart.append((found.month, item.month.difference))
        said = Text(*(_months(apart, lang) for lang in ("id", "en")))
        yield _hit(document, item, "", apart[-1][1], bulan=month_name(found.month), bulan_lain=said)


def _months(apart: list[tuple[int, Decimal]], lang: str) -> str:
    return ", ".join(f"{month_name(month).in_(lang)} {say_rupiah(value, lang)}" for month, value in apart)


@rule(
    "RK03",
    title=Text("Hanya ada di matriks", "Only in the matrix"),
    meaning=Text(
        "Matriks mencatat realisasi pada sub kegiatan yang tidak ada di buku besar.",
        "The matrix records spending on a sub-activity that the ledger does not have.",
    ),
    why=Text(
        "Belanja tanpa pencatatan di buku besar tidak dapat dipertanggungjawabkan.",
        "Spending that no ledger records cannot be accounted for.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Periksa kode dan nama sub kegiatan; bila memang belum dicatat di buku besar, pilih sebabnya di kolom SEBAB.",
        "Check code and name of the sub-activity; if the ledger has not recorded it yet, pick the cause in the column SEBAB.",
    ),
    messages={
        "": Text(
            "{nama}: {matriks:rp} hanya ada di matriks.",
            "{nama}: {matriks:rp} is in the matrix only.",
        ),
        "mirip": Text(
            "{nama}: {matriks:rp} hanya ada di matriks. Yang mirip di buku besar: {mirip}.",
            "{nama}: {matriks:rp} is in the matrix only. What resembles it in the ledger: {mirip}.",
        ),
    },
    severity=always(WARNING),
)
def only_in_matrix(document: Document) -> Iterator[Hit]:
    for _, item in _subs(document, Status.ONLY_MATRIX):
        if item.partner is None or item.offers:
            variant, values = _alike(item)
            yield _hit(document, item, variant, _gap(item), **values)


def _alike(item: Item) -> tuple[str, dict[str, object]]:
    if not item.offers:
        return "", {}
    return "mirip", {"mirip": "; ".join(f"{offer.kode} {offer.name}".strip() for offer in item.offers)}


@rule(
    "RK04",
    title=Text("Hanya ada di buku besar", "Only in the ledger"),
    meaning=Text(
        "Buku besar memuat belanja pada sub kegiatan yang tidak ada di matriks. Catatannya ada pada baris jumlah.",
        "The ledger holds spending on a sub-activity that the matrix does not have. The finding stands at the total.",
    ),
    why=Text("Realisasi yang dilaporkan lebih kecil daripada yang dibelanjakan.", "Less is reported than was spent."),
    basis=PRACTICE,
    remedy=Text(
        "Tambahkan sub kegiatan itu pada matriks, atau perbaiki kode baris yang dimaksud.",
        "Add the sub-activity to the matrix, or correct the code of the row that is meant.",
    ),
    messages={
        "": Text(
            "{kode} {nama}: {buku:rp} hanya ada di buku besar ({baris}).",
            "{kode} {nama}: {buku:rp} is in the ledger only ({baris}).",
        ),
        "pagu": Text(
            "{kode} {nama}: pagu {pagu:rp} tanpa realisasi hanya ada di buku besar ({baris}).",
            "{kode} {nama}: a budget of {pagu:rp} without spending is in the ledger only ({baris}).",
        ),
        "mirip": Text(
            "{kode} {nama}: {buku:rp} hanya ada di buku besar ({baris}). Yang mirip di matriks: {mirip}.",
            "{kode} {nama}: {buku:rp} is in the ledger only ({baris}). What resembles it in the matrix: {mirip}.",
        ),
    },
    severity=always(WARNING),
)
def only_in_ledger(document: Document) -> Iterator[Hit]:
    for _, item in _subs(document, Status.ONLY_LEDGER):
        if item.kode and item.partner is None:
            variant, values = _alike(item)
            difference = _gap(item)
            if not difference:
                variant, values = "pagu", {"pagu": item.pagu.ledger or Decimal(0)}
            yield _record(_hit(document, item, variant, difference, kode=item.kode, **values), item)


def _record(made: Hit, item: Item) -> Hit:
    """Several may stand at one cell: the item tells them apart."""
    return replace(made, record=item.key)


@rule(
    "RK05",
    title=Text("Belanja tanpa kode sub kegiatan", "Spending without a sub-activity"),
    meaning=Text(
        "Buku besar memuat belanja tanpa kode sub kegiatan. Belanja itu ikut dijumlahkan, tetapi tidak dapat dibandingkan per baris.",
        "The ledger holds spending without the code of a sub-activity. It counts in the total but cannot be compared by row.",
    ),
    why=Text(
        "Tanpa kode, tidak diketahui sub kegiatan mana yang dibebani.",
        "Without a code nobody knows which sub-activity was charged.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Lengkapi kode pada baris yang disebut di buku besar, lalu ulangi.",
        "Complete the code at the lines named in the ledger, then run again.",
    ),
    messages={
        "": Text(
            "{buku:rp} tanpa kode sub kegiatan ({baris}).", "{buku:rp} without the code of a sub-activity ({baris})."
        ),
    },
    severity=always(WARNING),
)
def without_code(document: Document) -> Iterator[Hit]:
    for _, item in _subs(document, Status.ONLY_LEDGER):
        if not item.kode and item.partner is None:
            yield _record(_hit(document, item, "", _gap(item)), item)


@rule(
    "RK06",
    title=Text("Pagu berbeda dari buku besar", "The budget differs from the ledger"),
    meaning=Text(
        "Anggaran sebuah sub kegiatan pada matriks tidak sama dengan pagu pada buku besar.",
        "The budget of a sub-activity in the matrix is not that of the ledger.",
    ),
    why=Text(
        "Biasanya salah satunya masih memakai DPA sebelum pergeseran atau Perubahan.",
        "Usually one of them still follows the DPA before a shift or the revised budget.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Samakan anggaran dengan DPA/DPPA terakhir; bila buku besar yang tertinggal, pilih sebab 9 di kolom SEBAB.",
        "Bring the budget in line with the latest DPA/DPPA; if the ledger is behind, pick cause 9 in the column SEBAB.",
    ),
    messages={
        "": Text(
            "{nama}: anggaran matriks {matriks:rp}, pagu buku besar {buku:rp}, selisih {selisih:rp}.",
            "{nama}: budget {matriks:rp} in the matrix, {buku:rp} in the ledger, difference {selisih:rp}.",
        ),
    },
    severity=always(WARNING),
)
def budget_differs(document: Document) -> Iterator[Hit]:
    found = compared(document)
    for item in found.at(Level.SUB) if found else ():
        if item.pagu_apart and item.cells and item.pagu.difference is not None:
            cell = next((c for c in item.cells if c.column == document.matrix.layout.columns.get(PAGU)), item.cells[0])
            yield Hit(
                cell, "", item.pagu.matrix, item.pagu.ledger, item.pagu.difference, abs(item.pagu.difference), (), item.record, PAGU,
                {"nama": named(item), "matriks": item.pagu.matrix or Decimal(0), "buku": item.pagu.ledger or Decimal(0),
                 "selisih": item.pagu.difference},
            )  # fmt: skip


RULES = (different, another_month, only_in_matrix, only_in_ledger, without_code, budget_differs)
