"""What goes from the source's matrix into the exported form: the same rows, with every figure and text as it stands there.

A cell that holds one of our formulas gets the formula of its new place; a user's own formula cannot follow and leaves its value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lakip_xl.cells import Cell, Value
from lakip_xl.form.binding import Layout
from lakip_xl.form.edition_2026 import MONEY, SPENT
from lakip_xl.form.expressions import Expr
from lakip_xl.form.spec import TableSpec
from lakip_xl.rules.names import listed, program
from lakip_xl.table.model import Document, Entry, Row, Table
from lakip_xl.table.pairs import partners
from lakip_xl.table.rows import arrange
from lakip_xl.table.typed import half_unit

FIRST_QUARTER = ("januari", "februari", "maret", "tw i", "tw 1", "triwulan i", "triwulan 1")
"""Periods in which all that was spent since January was spent in the first quarter."""


@dataclass
class Carried:
    """The rows of the form, in order, ready to be drawn; ``lost`` are cells of the source whose formula nobody could calculate."""

    table: Table
    lost: list[Cell] = field(default_factory=list)


def carry(document: Document, spec: TableSpec, layout: Layout, header_row: int) -> Carried:
    """Takes the matrix of a document (as filled) into a table of ``spec`` whose column numbers end on ``header_row``."""
    source = document.matrix
    first = header_row + 1
    keys = set(layout.columns)
    followed = {link.key for link in document.form.links if link.table == source.spec.key}
    rows = [
        Row(number, _entries(row, keys, () if row.children else followed))
        for number, row in enumerate(source.rows, start=first)
    ]
    known = dict(zip(map(id, source.rows), rows, strict=True))
    _money_of_first_quarter(document, rows)
    _money_of_quarters(document, known)
    _sasaran(document, known)
    _numbers(source, known)
    border = first + len(rows)
    table = Table(spec, layout, header_row, rows, border_row=border)
    arrange(spec, rows)
    if source.total is not None or table.tops:
        entries = _entries(source.total, keys, ()) if source.total is not None else {}
        if not any(entry.filled for key, entry in entries.items() if not spec.by_key[key].kind.numeric):
            entries["uraian"] = Entry(spec.total, typed=spec.total)
        table.total = Row(border + 1, entries, level=spec.levels[0], total=True)
    lost = [
        source.cell(row, key)
        for row in (*source.rows, *([source.total] if source.total is not None else []))
        for key, entry in row.entries.items()
        if entry.formula is not None and not entry.ours and entry.raw is None
    ]
    return Carried(table, sorted(lost))


def columns_of(source: Table, spec: TableSpec) -> set[str]:
    """The columns that the exported form has beside those that are printed: those that the source's figures hang on.

    Without ARAH a capaian is what the office says it is; so it stays, and a blank one stays blank, unless all that are there read as
    higher-is-better.
    """
    helpers = {key for key in ("arah", "cara_hitung", "waktu_ukur", "status") if source.has(key)}
    stated = [row for row in source.rows if row.number_of("capaian") is not None]
    if not source.has("arah") and stated and all(_as_higher(row) for row in stated):
        helpers.add("arah")
    return {"capaian", "persen", "tingkat", "hasil_periksa"} | helpers & set(spec.by_key)


def _as_higher(row: Row) -> bool:
    capaian, target, realisasi = (row.number_of(key) for key in ("capaian", "target", "realisasi"))
    if capaian is None or not target or realisasi is None:
        return False
    return abs(realisasi * 100 / target - capaian) <= half_unit(row.entry("capaian"))


def _entries(row: Row, keys: Collection[str], followed: Collection[str]) -> dict[str, Entry]:
    """The entries of a row that the form has a column for; those of our formulas are left to its own, but what follows another sheet."""
    return {
        key: replace(entry, formula=None, ours=False)
        for key, entry in row.entries.items()
        if key in keys and (not entry.ours or key in followed) and entry.raw is not None and entry.raw != ""
    }


def _money_of_first_quarter(document: Document, rows: list[Row]) -> None:
    """Rupiah by quarter, which the matrix does not have: known in the first quarter only, when it is what was spent to date."""
    period = " ".join(str(document.settings.identity.get("periode") or "").split()).casefold()
    if period not in FIRST_QUARTER:
        return
    spent = [(row, row.entries["realisasi_anggaran"]) for row in rows if "realisasi_anggaran" in row.entries]
    quarters = {f"rp_tw{n}" for n in range(1, 5)}
    if all(isinstance(entry.raw, float) and not entry.fault for _, entry in spent):
        for row, entry in spent:
            if not quarters & set(row.entries):
                row.entries["rp_tw1"] = entry


def _money_of_quarters(document: Document, rows: Mapping[int, Row]) -> None:
    """Rupiah by quarter from Rencana Aksi, else from the months of Bulanan, where they come to what each row has spent: all or none."""
    source = document.matrix
    found: dict[int, list[Decimal | None]] = {}
    sheets = [(table, keys) for key, keys in _BY_QUARTER.items() if (table := document.tables.get(key)) is not None]
    paired = [(partners(source, table), keys) for table, keys in sheets]
    for row in source.rows:
        spent = row.number_of("realisasi_anggaran")
        if row.children or row.head is not None or not spent:
            continue
        told = (_of_quarters(there[row.number], keys) for there, keys in paired if row.number in there)
        quarters = next((each for each in told if sum(filter(None, each), Decimal()) == spent), None)
        if quarters is None:
            return
        found[id(rows[id(row)])] = quarters
    for made in rows.values():
        if any(f"rp_tw{n}" in made.entries for n in range(1, 5)):
            continue  # the source says so itself
        for number, value in enumerate(found.get(id(made), []), start=1):
            if value is not None:
                made.entries[f"rp_tw{number}"] = Entry(float(value), typed=value)


_BY_QUARTER = {
    "rencana_aksi": tuple((key,) for key in MONEY),
    "bulanan": tuple(SPENT[start : start + 3] for start in range(0, 12, 3)),
}


def _of_quarters(row: Row, keys: tuple[tuple[str, ...], ...]) -> list[Decimal | None]:
    """The rupiah of each quarter; None where nothing is entered."""
    numbers = [[value for key in each if (value := row.number_of(key)) is not None] for each in keys]
    return [sum(each, Decimal()) if each else None for each in numbers]


def _sasaran(document: Document, rows: Mapping[int, Row]) -> None:
    """The sasaran that a program serves, where the sheet Sasaran names the program under one sasaran and no other."""
    table = document.tables.get("sasaran")
    if table is None or document.matrix.has("sasaran"):
        return
    served: dict[str, set[str]] = {}
    named = ""
    for row in table.rows:
        named = row.text_of("sasaran") or named
        for name in listed(row.text_of("program_pendukung")):
            served.setdefault(program(name), set()).add(named)
    for row in document.matrix.rows:
        names = served.get(program(row.text_of("uraian")), set()) if row.level == "program" else set()
        if len(names) == 1 and "" not in names:
            name = names.pop()
            rows[id(row)].entries["sasaran"] = Entry(name, typed=name)


def _numbers(source: Table, rows: Mapping[int, Row]) -> None:
    """Programs in order, where the office numbers nothing (column 1 of the form)."""
    if any(row.entry("no").filled for row in source.rows):
        return
    for number, row in enumerate(source.at_level("program"), start=1):
        rows[id(row)].entries["no"] = Entry(float(number), typed=str(number))


def agrees(entry: Entry, value: Value) -> bool:
    """Whether a figure of the source is what the form's formula gives, so that the formula may stand in its place."""
    if isinstance(entry.raw, str) or not isinstance(value, float) or not isinstance(entry.typed, Decimal):
        return False
    return float(entry.typed) == value or abs(float(entry.typed) - value) <= 1e-12 * abs(value)


def in_order(formulas: Iterator[tuple[Row, str, Expr]]) -> dict[tuple[int, str], Expr]:
    """Formulas by row and column key; of two for one cell the later, as a fill writes them."""
    return {(row.number, key): formula for row, key, formula in formulas}
