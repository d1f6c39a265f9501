"""Which cells of Bulanan take which figures: blanks, and what was posted before. What somebody typed stays, and is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from lakip_xl.cells import Cell, Value
from lakip_xl.ledger.entered import Leaf, joined
from lakip_xl.ledger.monthly import Monthly
from lakip_xl.numbers import to_decimal
from lakip_xl.posting.log import Key, Posted
from lakip_xl.table.model import Row, Table
from lakip_xl.workbook import Sheet

DASHES = ("-", "\u2013", "\u2014")
"""What offices type for nothing."""


@dataclass(frozen=True)
class Kept:
    """A cell that holds something else than the ledger says, and not because it was posted: it stays."""

    cell: Cell
    name: str
    found: Value
    wanted: Decimal | None


@dataclass
class Posting:
    """What a posting writes.

    writes    the cells that get a figure (or are cleared), and texts of rows that are new in Bulanan
    log       everything in Bulanan that is posted, from now on
    kept      cells of the user's own that differ
    no_room   names of rows for which Bulanan has no blank row left
    changed   how many figures are other than before; ``new_rows`` how many rows were added
    doubtful  months of which something was posted before and of which these ledgers hold nothing, though they hold later ones
    total     rupiah of spending in the months posted, as it stands in Bulanan by this posting
    """

    writes: dict[Cell, Value] = field(default_factory=dict)
    log: dict[Key, Posted] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    no_room: list[str] = field(default_factory=list)
    changed: int = 0
    new_rows: int = 0
    doubtful: tuple[int, ...] = ()
    total: Decimal = Decimal(0)


def plan(
    table: Table, sheet: Sheet, months: Monthly, before: Mapping[Key, Posted], files: Callable[[str, int], str]
) -> Posting:
    """``table`` is Bulanan on its ``sheet``; ``before`` what was posted so far, ``files`` the names of the ledgers by kind and month."""
    made = Posting(log=dict(before))
    places = {id(leaf): row.number for leaf, row in joined(table, months.entered.leaves) if row.head is None}
    free = _free_rows(table, sheet)
    wanted: list[tuple[str, Leaf, dict[int, Decimal | None]]] = []
    spent = {id(leaf): values for leaf, values in months.spent}
    for leaf in months.entered.leaves:
        # A file speaks for the sub units that it names: the other units' figures are not its to clear.
        values: dict[int, Decimal | None] = {
            month: spent.get(id(leaf), {}).get(month)
            for month in months.covered
            if (month, leaf.unit) in months.units or month in spent.get(id(leaf), {})
        }
        wanted.append(("rp", leaf, values))
    wanted += [("rak", leaf, dict(values)) for leaf, values in months.planned]
    for kind, leaf, values in wanted:
        if all(value is None for value in values.values()) and id(leaf) not in places:
            continue
        row = places.get(id(leaf)) or _new_row(made, table, leaf, free)
        if row is None:
            continue
        places[id(leaf)] = row
        for month, value in values.items():
            basis = months.basis if kind == "rp" else ""
            what = None if value is None else Posted(value, files(kind, month), leaf.kode, leaf.name, basis)
            _post(made, table, sheet, row, leaf, Key(leaf.key, leaf.unit, kind, month), what)
    # Files of one month each say nothing of the months before the first of them; one that they leave out in between is a question.
    first, last = (0 if months.several else min(months.covered, default=0)), max(months.covered, default=0)
    posted = {key.month for key in before if key.kind == "rp"}
    made.doubtful = tuple(sorted(month for month in posted - set(months.covered) if first < month < last))
    return made


def _post(made: Posting, table: Table, sheet: Sheet, row: int, leaf: Leaf, key: Key, what: Posted | None) -> None:
    value = None if what is None else what.value
    column = f"{key.kind}{key.month:02}"
    if not table.has(column):
        return
    cell = table.cell(row, column)
    data = sheet.cell((cell.row, cell.column))
    there = to_decimal(data.value) if isinstance(data.value, float) and data.formula is None else None
    blank = data.formula is None and (data.value is None or data.value == "")
    if data.formula is None and isinstance(data.value, str) and data.value.strip() in DASHES:
        if value is None:
            made.log.pop(key, None)
            return  # a dash says the same as the ledger: nothing
        blank = True
    posted = made.log.get(key)
    ours = posted is not None and there == posted.value
    if not blank and not ours:
        made.log.pop(key, None)
        if value is not None and there == value:
            made.total += value if key.kind == "rp" else 0  # somebody typed the same
        elif value is not None or there != 0:
            made.kept.append(Kept(cell, leaf.name, data.value if data.formula is None else f"={data.formula}", value))
        return
    if what is None or value is None:
        made.log.pop(key, None)
        if not blank:
            made.writes[cell] = None
            made.changed += 1
        return
    if there != value:
        made.writes[cell] = float(value)
        made.changed += 1
        made.log[key] = what
    made.total += value if key.kind == "rp" else 0


def _free_rows(table: Table, sheet: Sheet) -> Iterator[int]:
    """The blank rows below the last one in use and above the border row."""
    last = max((row.number for row in table.rows), default=table.header_row)
    end = table.border_row or (table.total.number if table.total is not None else last + 1)
    entered = [table.layout.columns[key] for key in table.layout.columns if table.spec.by_key[key].formula is None]
    for number in range(last + 1, end):
        if all(sheet.cell((number, column)).value in (None, "") for column in entered):
            yield number


def _new_row(made: Posting, table: Table, leaf: Leaf, free: Iterator[int]) -> int | None:
    """A row for a sub kegiatan that Bulanan lacks, named as the matrix names it."""
    number = next(free, None)
    if number is None:
        made.no_room.append(leaf.name or leaf.kode)
        return None
    unit = _unit(leaf.row)
    texts = {"kode": leaf.kode, "uraian": leaf.row.text_of("uraian"), "sub_unit": unit,
             "indikator": leaf.row.text_of("indikator"), "satuan": leaf.row.text_of("satuan")}  # fmt: skip
    for key, text in texts.items():
        if text and table.has(key):
            made.writes[table.cell(number, key)] = text
    made.new_rows += 1
    return number


def _unit(row: Row) -> str:
    """The name of the sub unit above a row of the matrix, as it is written there."""
    above: Row | None = row
    while above is not None and above.level != "sub unit":
        above = above.parent
    return above.text_of("uraian") if above is not None else ""
