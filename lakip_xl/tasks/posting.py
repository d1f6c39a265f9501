"""The verb reconcile --post: the ledger's months written into Bulanan, then the workbook filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lakip_xl.errors import LakipError, Text
from lakip_xl.tasks.examining import StrPath, examine
from lakip_xl.tasks.filling import Filled, completed, save, target_of
from lakip_xl.tasks.reconciling import accepted, read_all, require_matrix, stated_month

if TYPE_CHECKING:
    from lakip_xl.ledger.entries import Ledger
    from lakip_xl.ledger.monthly import Monthly
    from lakip_xl.posting import log
    from lakip_xl.posting.plan import Posting
    from lakip_xl.table.hints import Hints


@dataclass(frozen=True)
class Posted:
    """What a posting did: the ledgers' figures by month, what went into Bulanan, and the workbook that was filled afterwards.

    ``last`` is the month up to which was posted, ``stated`` the last month of the period in Identitas.
    """

    months: Monthly
    posting: Posting
    filled: Filled
    last: int = 12
    stated: int = 12
    notes: tuple[Text, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where every figure of the ledgers stands in Bulanan now, 1 where some do not."""
        left = (
            self.posting.doubtful
            or self.posting.kept
            or self.posting.no_room
            or self.months.later
            or self.months.unmatched
            or self.months.unplanned
        )
        return 1 if left else 0


def post(
    source: StrPath,
    ledgers: Sequence[StrPath | Ledger],
    out: StrPath | None = None,
    *,
    month: int | None = None,
    in_place: bool = False,
    force: bool = False,
    hints: Hints | None = None,
) -> Posted:
    """Writes the months that the ledgers hold, up to ``month``, into the sheet Bulanan, and fills the workbook.

    Only blanks and figures that were posted before are replaced. Without ``out`` the result goes where ``fill`` puts it. Raises
    LakipError where the workbook has no sheet Bulanan, and as ``reconcile`` and ``fill``; then nothing is written.
    """
    from lakip_xl.form.editions import EDITIONS
    from lakip_xl.ledger.monthly import monthly
    from lakip_xl.posting import log
    from lakip_xl.posting.plan import plan

    path = Path(source)
    read = read_all(ledgers)
    seen = examine(path, hints=hints)
    require_matrix(seen.document, path.name)
    table = seen.document.tables.get("bulanan")
    if table is None and seen.document.form not in EDITIONS:
        raise LakipError(
            f"{path.name}: buku kerja ini bukan templat lakip-xl dan tidak mempunyai lembar Bulanan, tempat angka diposting. Pindahkan "
            "matriksnya ke templat dengan lakip-xl adopt, atau jalankan reconcile tanpa --post.",
            f"{path.name}: this workbook is not the template and has no sheet Bulanan to post into. Bring its matrix into the template "
            "with lakip-xl adopt, or run reconcile without --post.",
        )
    if table is None:
        raise LakipError(
            f"{path.name}: belum ada lembar Bulanan, tempat angka diposting. Jalankan lebih dahulu: lakip-xl migrate {path.name}",
            f"{path.name}: there is no sheet Bulanan yet to post into. Run first: lakip-xl migrate {path.name}",
        )
    target = target_of(seen, path, out, in_place, force)
    last = month if month is not None else stated_month(seen.document)
    taken, notes = accepted(read, seen.document, last, month)
    months = monthly(seen.document, taken, last)
    book = seen.book
    before = log.read(book)
    _refuse_another_basis(months.basis, before.values(), path.name)
    made = plan(table, book.sheet(table.sheet), months, before, _files_of(taken))
    for cell, value in made.writes.items():
        book.sheet(cell.sheet).write((cell.row, cell.column), value=value)
    if made.log or book.owned_sheet(log.NAME) is not None:
        title = book.title_for(log.NAME, log.TITLE)
        book.graft(log.sheet(title, made.log.items(), log.notes(book)), owned={title: log.NAME})
    complete = completed(examine(book.to_bytes(), name=path.name, hints=hints, stale=True), path)
    filled = save(complete, path, target, book.original)
    return Posted(months, made, filled, last, seen.document.settings.last_month, tuple(notes))


def _files_of(ledgers: Sequence[Ledger]) -> Callable[[str, int], str]:
    """The names of the ledgers that hold the spending of a month, or an anggaran kas."""

    def names(kind: str, month: int) -> str:
        told = (each for each in ledgers if (month in each.months and each.postings if kind == "rp" else each.planned))
        return ", ".join(dict.fromkeys(each.file for each in told))

    return names


def _refuse_another_basis(basis: str, posted: Iterable[log.Posted], name: str) -> None:
    """Raises LakipError where Bulanan holds what was posted on another dasar realisasi: the months would not add up to one thing."""
    others = sorted({each.basis for each in posted} - {"", basis})
    if basis and others:
        raise LakipError(
            f"{name}: lembar Bulanan sudah diposting atas dasar {others[0]}, sedangkan buku besar ini {basis}. Keduanya tidak boleh "
            "dicampur dalam satu realisasi s/d. Beri buku besar dengan dasar yang sama, atau kosongkan dahulu bulan-bulan yang diposting.",
            f"{name}: the sheet Bulanan was posted on the basis {others[0]}, and this ledger is on {basis}. The two must not be mixed "
            "in one sum to date. Give a ledger of the same basis, or clear the months that were posted first.",
        )
