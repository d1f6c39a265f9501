"""A comparison in a few lines for the screen: the totals, the differences by rupiah, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from lakip_xl.errors import Text
from lakip_xl.ledger.items import CAUSES, Comparison, Figures, Item, month_name
from lakip_xl.numbers import say_rupiah
from lakip_xl.reconciliation.table import status
from lakip_xl.report.text import put, wrapped

MOST = 20


def lines(found: Comparison, lang: str = "id") -> Iterator[str]:
    """The lines of the summary."""
    month = month_name(found.month)
    yield (
        Text(
            f"Rekonsiliasi s.d. {month.id} {found.year or ''}, dasar realisasi {found.basis.value}",
            f"Reconciliation up to {month.en} {found.year or ''}, basis {found.basis.value}",
        )
        .in_(lang)
        .replace("  ", " ")
        .replace(" ,", ",")
    )
    total = found.total
    for label, figures in (
        (Text(f"Bulan {month.id}", month.en), total.month),
        (Text(f"S.d. {month.id}", f"Up to {month.en}"), total.to_date),
        (Text("Pagu", "Budget"), total.pagu),
    ):
        if figures.compared:
            yield f"  {label.in_(lang)}: {_both(figures, lang)}"
    for note in found.notes:
        yield from wrapped(note.in_(lang), "  ", "    ")
    apart = found.differences
    if apart:
        yield ""
        yield Text(
            f"Selisih: {len(apart)}, yang terbesar lebih dahulu", f"Differences: {len(apart)}, the largest first"
        ).in_(lang)
        for item in apart[:MOST]:
            yield from _item(item, lang)
        if len(apart) > MOST:
            yield Text(f"  dan {len(apart) - MOST} lagi", f"  and {len(apart) - MOST} more").in_(lang)
    yield from _moved(found, lang)
    yield ""
    yield from wrapped(_closing(found).in_(lang))


def _both(figures: Figures, lang: str) -> str:
    matrix, ledger, apart = (say_rupiah(v or 0, lang) for v in (figures.matrix, figures.ledger, figures.difference))
    return Text(
        f"matriks {matrix}, buku besar {ledger}, selisih {apart}",
        f"matrix {matrix}, ledger {ledger}, difference {apart}",
    ).in_(lang)


def _item(item: Item, lang: str) -> Iterator[str]:
    figures = next((f for f in (item.to_date, item.month, item.pagu) if f.difference), item.to_date)
    name = " ".join(filter(None, (item.kode, item.rekening, item.name))) or Text("tanpa kode", "without a code").in_(
        lang
    )
    at = str(item.cells[0]) if item.cells else str(item.places[0]) if item.places else ""
    head = f"{at}  {name}: {status(item).in_(lang)}, {_both(figures, lang)}."
    yield from wrapped(head, "  ", "    ")
    if item.cause is not None and item.reason is not None:
        said = f"{CAUSES[item.cause - 1].in_(lang)}: {item.reason.in_(lang)}"
        likely = Text("Kemungkinan", "Likely").in_(lang)
        yield from wrapped(f"{likely}: {said}.", "    ", "    ")
    for offer in item.offers:
        said = f"{Text('Mirip', 'Resembles').in_(lang)}: {' '.join(filter(None, (offer.kode, offer.name)))}"
        yield from wrapped(said, "    ", "      ")


def _moved(found: Comparison, lang: str) -> Iterator[str]:
    kinds = (
        (
            Text("Realisasi turun dari bulan lalu", "Spending fell since last month"),
            sum(not m.correction for m in found.fell),
        ),
        (Text("Koreksi realisasi", "Corrections"), sum(m.correction for m in found.fell)),
        (Text("Anggaran berubah", "Budgets that moved"), len(found.shifted)),
        (Text("Baris baru", "New rows"), len(found.came)),
        (Text("Baris hilang", "Rows gone"), len(found.gone)),
    )
    said = [f"{label.in_(lang)}: {count}" for label, count in kinds if count]
    if said:
        yield ""
        yield "; ".join(said)


def _closing(found: Comparison) -> Text:
    if not found.compared:
        return Text(
            "Tidak ada realisasi yang dapat dibandingkan; sebabnya di atas. Ini tidak berarti bahwa matriks dan buku besar sama.",
            "No spending could be compared; the reason stands above. This does not say that matrix and ledger agree.",
        )
    number, rupiah = found.within
    if found.exit_code == 0 and number:
        id, en = (tuple(say_rupiah(value, lang) for value in (found.tolerance, rupiah)) for lang in ("id", "en"))
        rest = Text("", "")
        if not found.total.to_date.compared:
            rest = Text(" Realisasi s.d. bulan ini tidak dibandingkan.", " Spending to date was not compared.")
        return Text(
            f"Matriks dan buku besar berbeda dalam toleransi {id[0]}: {number} selisih, seluruhnya {id[1]} (tanpa tanda).{rest.id}",
            f"Matrix and ledger differ within the tolerance of {en[0]}: {number} differences, {en[1]} in all (without signs).{rest.en}",
        )
    if found.exit_code == 0 and not found.total.to_date.compared:
        return Text(
            "Bulan ini matriks sama dengan buku besar; realisasi s.d. bulan ini tidak dibandingkan.",
            "In this month the matrix agrees with the ledger; spending to date was not compared.",
        )
    if found.exit_code == 0:
        return Text("Matriks sama dengan buku besar.", "The matrix agrees with the ledger.")
    return Text(
        "Perbaiki yang keliru; untuk yang lain pilih SEBAB dan isi TINDAK LANJUT pada lembar Rekonsiliasi.",
        "Correct what is wrong; for the rest pick SEBAB and fill in TINDAK LANJUT on the sheet Rekonsiliasi.",
    )


class Done(Protocol):
    """What a reconciliation did, as ``tasks`` tells it."""

    @property
    def comparison(self) -> Comparison: ...
    @property
    def path(self) -> Path | None: ...
    @property
    def backup(self) -> Path | None: ...
    @property
    def carried(self) -> int: ...
    @property
    def dropped(self) -> int: ...


def dump(done: Done, lang: str = "id") -> str:
    """What was written, what was carried over, and the summary, as text."""
    head = put(done.path, done.backup) if done.path is not None else []
    if done.carried:
        head.append(
            Text(
                f"SEBAB dan TINDAK LANJUT dibawa dari rekonsiliasi sebelumnya: {done.carried} baris.",
                f"SEBAB and TINDAK LANJUT carried over from the earlier reconciliation: {done.carried} rows.",
            )
        )
    if done.dropped:
        head.append(
            Text(
                f"{done.dropped} baris yang punya SEBAB atau TINDAK LANJUT tidak ada lagi; tulisannya tetap ada pada berkas sebelumnya.",
                f"{done.dropped} rows with SEBAB or TINDAK LANJUT are no longer there; what was written stays in the earlier file.",
            )
        )
    said = [line for text in head for line in wrapped(text.in_(lang), "", "  ")]
    return "\n".join([*said, *([""] if said else []), *lines(done.comparison, lang)]) + "\n"
