"""The verb reconcile --post: the ledger's months written into Bulanan, then the workbook filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lakip_xl.errors import LakipError, Text
from lakip_xl.tasks.examining import StrPath, examine
from lakip_xl.tasks.filling import Filled, finish, target_of
from lakip_xl.tasks.reconciling import accepted, read_all, stated_month

if TYPE_CHECKING:
    from lakip_xl.ledger.entries import Ledger
    from lakip_xl.ledger.monthly import Monthly
    from lakip_xl.posting.plan import Posting
    from lakip_xl.table.choose import Hints


@dataclass(frozen=True)
class Posted:
    """What a posting did: the ledgers' figures by month, what went into Bulanan, and the workbook that was filled afterwards."""

    months: Monthly
    posting: Posting
    filled: Filled
    notes: tuple[Text, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where every figure of the ledgers stands in Bulanan now, 1 where some do not."""
        left = self.posting.kept or self.posting.no_room or self.months.unmatched or self.months.unplanned
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
    from lakip_xl.ledger.monthly import monthly
    from lakip_xl.posting import log
    from lakip_xl.posting.plan import plan

    path = Path(source)
    read = read_all(ledgers)
    seen = examine(path, hints=hints)
    table = seen.document.tables.get("bulanan")
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
    made = plan(
        table, book.sheet(table.sheet), months, log.read(book), ", ".join(dict.fromkeys(each.file for each in taken))
    )
    for cell, value in made.writes.items():
        book.sheet(cell.sheet).write((cell.row, cell.column), value=value)
    if made.log or book.owned_sheet(log.NAME) is not None:
        title = book.title_for(log.NAME, log.TITLE)
        book.graft(log.sheet(title, made.log.items()), owned={title: log.NAME})
    filled = finish(examine(book.to_bytes(), name=path.name, hints=hints), path, target, book.original)
    return Posted(months, made, filled, tuple(notes))
