"""Ledgers of balances: LRA, the wp-sipd page, SPJ Fungsional, anggaran kas (RAK), and tables without dates that are mapped by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from lakip_xl.cells import Value, letters
from lakip_xl.errors import LedgerRefused
from lakip_xl.form.formulas import MONTHS
from lakip_xl.ledger import outline, refusals
from lakip_xl.ledger.amounts import (
    SEN,
    ZERO,
    NoAmount,
    amount,
    code,
    code_and_name,
    is_code,
    kind_of,
    parted,
    rupiah,
    text,
)
from lakip_xl.ledger.documents import is_total, sole
from lakip_xl.ledger.entries import Balance, Key, Ledger, Planned, Posting
from lakip_xl.ledger.found import Found
from lakip_xl.ledger.outline import Entry, Line, Values
from lakip_xl.sources.tables import Row
from lakip_xl.table.locate import is_number_row

_MONTHS = tuple(name.lower() for name in MONTHS)
_PAYMENTS = ("gaji", "ls", "up")

Cells = Mapping[int, Value]
Settled = Callable[[Found, int, Values], Values]


def lra(found: Found, month: int | None) -> Ledger:
    """An LRA, or a table without dates: balances of each sub kegiatan ("" as rekening) and of each rekening below it."""
    entries = _outlined(found, ("pagu", "realisasi"), lambda _found, _row, values: values)
    ledger = _ledger(found, month or found.month, entries)
    ledger.balances = [
        Balance(e.key, month or found.month or 0, e.values.get("realisasi"), e.values.get("pagu"), e.place)
        for e in entries
    ]
    return ledger


def spj(found: Found, month: int | None) -> Ledger:
    """An SPJ Fungsional: postings of its month (LS-Gaji, LS-Barang & Jasa, UP/GU/TU, bulan ini), and balances to date.

    Raises LedgerRefused where a row contradicts itself, or no month is said.
    """
    when = month or found.month
    if when is None:
        raise LedgerRefused(
            f"{found.file}: bulan SPJ tidak tertulis di atas tabel. Tulis misalnya 'Bulan : Maret {found.year or 2025}' di atas judul, "
            "atau sebutkan dengan --month.",
            f"{found.file}: the month of this SPJ is not said above the table. Write 'Bulan : Maret {found.year or 2025}' above "
            "the headings, or give it with --month.",
        )
    entries = _outlined(found, ("pagu", "bulan_ini", "realisasi"), _spj_row)
    ledger = _ledger(found, when, entries)
    ledger.balances = [Balance(e.key, when, e.values.get("realisasi"), e.values.get("pagu"), e.place) for e in entries]
    ledger.postings = [Posting(e.key, when, e.values.get("bulan_ini") or ZERO, e.place) for e in entries if e.part]
    return ledger


def _spj_row(found: Found, row: int, values: Values) -> Values:
    for each in _PAYMENTS:
        before, now, to_date = (values.get(f"{each}_{part}") for part in ("lalu", "ini", "sd"))
        if before is None and now is None:
            continue
        sums = (before or ZERO) + (now or ZERO)
        if to_date is not None and f"{each}_lalu" in found.columns:
            _same(found, row, f"{each}_sd", to_date, sums)
        elif to_date is None:
            values[f"{each}_sd"] = sums
    parts = [v for each in _PAYMENTS if (v := values.get(f"{each}_sd")) is not None]
    to_date = values.get("spj_sd")
    if to_date is not None and parts:
        _same(found, row, "spj_sd", to_date, sum(parts, ZERO))
    now_parts = [v for each in _PAYMENTS if (v := values.get(f"{each}_ini")) is not None]
    return {
        "pagu": values.get("pagu"),
        "bulan_ini": sum(now_parts, ZERO) if now_parts else None,
        "realisasi": to_date if to_date is not None else sum(parts, ZERO) if parts else None,
    }


def _same(found: Found, row: int, key: str, said: Decimal, read: Decimal) -> None:
    if abs(said - read) >= SEN:
        raise refusals.sums_differ(
            found.place(row, key),
            rupiah(said),
            rupiah(read),
            rupiah(abs(said - read)),
            ("baris ini menyebut", "this row says"),
        )


def rak(found: Found) -> Ledger:
    """Anggaran kas by month; the whole of a sub kegiatan stands under rekening "". A blank month is 0 where another month is filled."""
    entries = _outlined(found, _MONTHS, _rak_row)
    ledger = _ledger(found, None, entries)
    ledger.planned = [Planned(e.key, tuple(e.values.get(m) or ZERO for m in _MONTHS), e.place) for e in entries]
    ledger.months = tuple(range(1, 13))
    return ledger


def _rak_row(found: Found, row: int, values: Values) -> Values:
    months = [v for name in _MONTHS if (v := values.get(name)) is not None]
    said = values.get("jumlah")
    if said is not None and months:
        _same(found, row, "jumlah", said, sum(months, ZERO))
    elif said:
        raise refusals.sums_differ(
            found.place(row, "jumlah"),
            rupiah(said),
            rupiah(ZERO),
            rupiah(abs(said)),
            ("baris ini menyebut", "this row says"),
        )
    return {name: values.get(name) for name in _MONTHS}


# ---- rows


def _outlined(found: Found, columns: Sequence[str], settled: Settled) -> list[Entry]:
    """The table's rows as an outline, and what it comes to."""
    rows = list(found.rows(every=True))
    _settle_shifted(found, rows)
    lines: list[Line] = []
    total: Line | None = None
    offices: dict[str, str] = {}
    carried = held = ""
    for row, cells in rows:
        if row <= found.header_row + 2 and is_number_row(
            found.form.spec, {letters(c): value for c, value in cells.items()}
        ):
            continue
        line = _line(found, row, cells)
        labelled = is_total(cells) and not line.code and not line.account
        if total is not None and not (line.code or line.account or line.name):
            continue  # under the total, what names nothing is no entry
        sure = bool(line.code or line.account or labelled)
        values = _values(found, row, cells, sure or bool(line.name))
        if not any(value is not None for value in values.values()) and not (line.code or line.account):
            continue
        line.values = settled(found, row, values)
        if labelled or not (line.code or line.account or line.name):
            total = line
            continue
        if "kode" in found.columns and "rekening" in found.columns:
            # Merged cells: the sub kegiatan is written on the first of its rows only.
            carried, held = (line.code, line.holder) if line.code else (carried, held)
            line.code, line.holder = carried, held
        office, title = code(_get(found, cells, "skpd")), text(_get(found, cells, "nama_skpd"))
        if office or title:
            offices.setdefault(office or title, title)
        if kind_of(line.code) == "unit":
            found.units.setdefault(line.code, line.name)
        elif line.unit:
            found.units.setdefault(line.unit, text(_get(found, cells, "nama_unit")))
        lines.append(line)
    found.offices = offices or found.offices
    return outline.entries(lines, total, columns)


def _get(found: Found, cells: Cells, key: str) -> Value:
    column = found.columns.get(key)
    return None if column is None else cells.get(column)


def _line(found: Found, row: int, cells: Cells) -> Line:
    """Code, rekening, name and indent of a row; its amounts are read later."""
    first, name = code_and_name(_get(found, cells, "kode"))
    first = code(first)
    account, beside = code_and_name(_get(found, cells, "rekening"))
    account = code(account)
    if not account and not kind_of(beside):
        first, account = _as_code(code(beside)) or first, ""
    depth, written = _written(found, cells)
    if not first and not account:
        first, written = code_and_name(written)
        name = name or written
    holder = name or text(_get(found, cells, "nama"))
    name = written or name
    first, joined = parted(first)
    account = account or joined
    if account and not first:
        first, joined = parted(account)
        first, account = (first, joined) if joined else ("", account)
    if kind_of(account) in ("structure", "unit") and not first:
        first, account = account, ""  # SPJ: sub kegiatan and rekening share a column
    place = found.place(
        row, "realisasi" if "realisasi" in found.columns else "spj_sd" if "spj_sd" in found.columns else "jumlah"
    )
    return Line(place, _as_code(first), name, {}, depth, account, code(_get(found, cells, "unit")), holder)


def _as_code(found: str) -> str:
    """A code, "" for numbering (A, I.1) that is none."""
    return found if is_code(found) else ""


def _written(found: Found, cells: Cells) -> tuple[int, str]:
    """The name in a row and how far it is indented: by blanks in front, or by the column it stands in."""
    for key in ("uraian", "nama_rekening", "nama"):
        start = found.columns.get(key)
        if start is None:
            continue
        taken = set(found.columns.values()) - {start}
        column = start
        while column not in taken and column < start + 12:
            value = cells.get(column)
            if isinstance(value, str) and text(value):
                return (column - start) * 100 + len(value) - len(value.lstrip()), text(value)
            column += 1
    return 0, ""


def _values(found: Found, row: int, cells: Cells, named: bool) -> Values:
    """The amounts of a row. One that cannot be read is refused where the row is an entry: it has a name or code, and is no footnote."""
    values: Values = {}
    bad = ""
    for key in found.form.amounts:
        column = found.columns.get(key)
        if column is None:
            continue
        try:
            values[key] = amount(cells.get(column))
        except NoAmount:
            bad = bad or key
    entry = named and any(value is not None for value in values.values())
    coded = named and _is_coded(found, cells)
    if bad and (entry or coded):
        raise refusals.amount(found.place(row, bad))
    return {} if bad else values


def _is_coded(found: Found, cells: Cells) -> bool:
    return any(code_and_name(_get(found, cells, key))[0] for key in ("kode", "rekening"))


def _settle_shifted(found: Found, rows: Sequence[Row]) -> None:
    """Where a column of amounts is blank from top to bottom, its figures stand in the one neighbour that has some.

    In Format_LRA the heading of realisasi stands over the column right of its figures.
    """
    for key in found.form.amounts:
        column = found.columns.get(key)
        if column is None or any(column in cells for _, cells in rows):
            continue
        taken = set(found.columns.values())
        near = [
            c
            for c in (column - 1, column + 1)
            if c > 0 and c not in taken and any(isinstance(cells.get(c), float) for _, cells in rows)
        ]
        if len(near) == 1:
            found.columns[key] = near[0]
        elif near:
            where = f"{found.file}: {found.table.name}"
            raise LedgerRefused(
                f"{where}: kolom {found.form.spec.by_key[key].heading} ({letters(column)}) kosong, dan angka ada di kiri maupun kanannya. "
                "Letakkan judulnya tepat di atas angkanya, lalu ulangi.",
                f"{where}: the column {found.form.spec.by_key[key].heading} ({letters(column)}) is blank, and there are figures on both "
                "sides of it. Put the heading right above its figures and try again.",
            )


def _ledger(found: Found, month: int | None, entries: Sequence[Entry]) -> Ledger:
    ledger = Ledger(
        found.file, found.form.key, found.form.basis, found.year, () if month is None else (month,),
        office=sole(found.offices), offices=found.offices, units=found.units,
    )  # fmt: skip
    for entry in entries:
        key: Key = entry.key
        if entry.name and key.rekening:
            ledger.accounts.setdefault(key.rekening, entry.name)
        elif entry.name and key.kode and key.kode != entry.name:
            ledger.names.setdefault((key.unit, key.kode), entry.name)
    return ledger
