"""How rules read what a comparison with the ledgers found: items with their cells, names and lines, in words."""

from __future__ import annotations

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.ledger.items import Comparison, Item
from lakip_xl.rules.core import NAME_LENGTH, Basis
from lakip_xl.rules.reading import SPENT
from lakip_xl.table.model import Document, Table

PRACTICE = Basis(
    Text(
        "Berita Acara Rekonsiliasi Realisasi Belanja antara Perangkat Daerah dan BPKAD",
        "The monthly record of reconciliation between office and treasury",
    ),
    "practice",
)
CORRECT = Text(
    "Cari dokumennya di buku besar pada baris yang disebut. Bila matriks keliru, perbaiki selnya; bila waktunya yang berbeda, pilih "
    "sebabnya di kolom SEBAB lembar Rekonsiliasi.",
    "Look the documents up in the ledger at the lines named. If the matrix is wrong, correct the cell; if it is a matter of time, pick the "
    "cause in the column SEBAB of the sheet Rekonsiliasi.",
)


def compared(document: Document) -> Comparison | None:
    """What was found when the document was compared with its ledgers, None where it was not."""
    found = document.facts.get("compared")
    return found if isinstance(found, Comparison) else None


def home(table: Table, key: str) -> Cell:
    """Where the matrix lacks something: its total, else the heading of the column."""
    if not table.has(key):
        key = next(iter(table.layout.columns))
    return table.cell(table.total if table.total is not None else table.header_row, key)


def at(document: Document, item: Item, *, month: bool = False) -> Cell:
    """The cell at which an item is mended: that of the month where there is one and the month is meant."""
    if not item.cells:
        return home(document.matrix, SPENT)
    return item.cells[-1] if month and len(item.cells) > 2 else item.cells[0]


def named(item: Item) -> str:
    """What people call an item, short enough for a message."""
    name = " ".join(item.name.split()) or item.kode or item.rekening
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH + 1].rsplit(" ", 1)[0].rstrip(" ,;/-") + " ..."


_MOST = 3


def lines_of(item: Item) -> Text:
    """The lines of the ledger, the first few of many."""
    shown = [str(place) for place in item.places[:_MOST]]
    more = len(item.places) - len(shown)
    text = ", ".join(shown) or "-"
    return Text(f"{text} (+{more} baris)", f"{text} (+{more} lines)") if more else Text(text, text)
