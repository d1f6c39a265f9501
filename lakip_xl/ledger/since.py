"""What moved since last month's workbook: spending to date that fell, anggaran that moved, rows that came and went."""

from __future__ import annotations

from lakip_xl.errors import LakipError
from lakip_xl.ledger.entered import PAGU, SPENT, Entered, Leaf, enter, month_of
from lakip_xl.ledger.items import NOTHING, Comparison, Gone, Item, Level, Moved, month_name
from lakip_xl.table.model import Document


def of(previous: Document, document: Document, month: int) -> list[Leaf]:
    """The rows of last month's workbook. Raises LakipError where it is of another year, or not of an earlier month."""
    year, before = document.settings.year, previous.settings.year
    if year is not None and before is not None and year != before:
        raise LakipError(
            f"Buku kerja bulan lalu (--previous) adalah untuk tahun {before}, matriks ini untuk {year}. Pilih buku kerja tahun yang sama.",
            f"Last month's workbook (--previous) is of {before}, this matrix of {year}. Choose a workbook of the same year.",
        )
    period = str(previous.settings.identity.get("periode") or "")
    last = month_of(period)
    if last is None:
        raise LakipError(
            f"Buku kerja bulan lalu (--previous) menyatakan periode '{period}', yang bukan bulan, triwulan, atau semester yang dikenal. "
            "Perbaiki Periode pada lembar Identitas-nya, misalnya Januari.",
            f"Last month's workbook (--previous) states the period '{period}', which is no month, quarter or half-year that is known. "
            "Correct Periode in its Identitas, for example Januari.",
        )
    if last >= month:
        now = month_name(month)
        raise LakipError(
            f"Buku kerja bulan lalu (--previous) menyatakan periode '{period}', yang tidak lebih awal daripada {now.id}. Pilih buku kerja "
            "bulan sebelumnya, atau perbaiki Periode pada Identitas.",
            f"Last month's workbook (--previous) states the period '{period}', which is not before {now.en}. Choose the workbook of the "
            "month before, or correct Periode in Identitas.",
        )
    return enter(previous).leaves


def tell(found: Comparison, entered: Entered, before: list[Leaf]) -> None:
    """Puts what moved into the comparison. A fall that the ledger has too is a correction, and named so."""
    old = {(leaf.unit, leaf.key): leaf for leaf in before}
    items = {(item.unit, item.key): item for item in found.at(Level.SUB)}
    seen = set()
    for leaf in entered.leaves:
        at = (leaf.unit, leaf.key)
        seen.add(at)
        last = old.get(at)
        cells = {key: entered.table.cell(leaf.row, key) for key in (SPENT, PAGU) if entered.table.has(key)}
        if last is None:
            if PAGU in cells:
                found.came.append(Moved(leaf.kode, leaf.name, NOTHING, leaf.pagu or NOTHING, cells[PAGU]))
            continue
        if not (leaf.unread or last.unread) and (leaf.to_date or NOTHING) < (last.to_date or NOTHING):
            before_now = (last.to_date or NOTHING), (leaf.to_date or NOTHING)
            correction = _in_ledger(items.get((leaf.unit, f"{Level.SUB.value}|{leaf.unit}|{leaf.key}|")), *before_now)
            found.fell.append(Moved(leaf.kode, leaf.name, *before_now, cells[SPENT], correction))
        if (leaf.pagu or NOTHING) != (last.pagu or NOTHING) and PAGU in cells and not (leaf.unread or last.unread):
            found.shifted.append(Moved(leaf.kode, leaf.name, last.pagu or NOTHING, leaf.pagu or NOTHING, cells[PAGU]))
    found.gone = [Gone(leaf.kode, leaf.name, leaf.to_date) for at, leaf in old.items() if at not in seen]


def _in_ledger(item: Item | None, before: object, now: object) -> bool:
    """Whether the ledger's own month is less than nothing and the two agree to date: the spending was corrected there."""
    if item is None:
        return False
    negative = item.month.ledger is not None and item.month.ledger < 0
    return negative and item.to_date.compared and not item.to_date.apart()
