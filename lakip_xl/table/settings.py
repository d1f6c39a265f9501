"""Reads Identitas and Pengaturan: fields by their labels, thresholds by period, kategori as ordered lower bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from lakip_xl.cells import Cell, Value
from lakip_xl.form import efficiency, places
from lakip_xl.form.expressions import Expr
from lakip_xl.form.formulas import NO_CAP, QUARTER_STARTS, YEAR_PERIODS
from lakip_xl.form.spec import MAX_BANDS, Band, Column, Field, FormSpec, Kind, Period
from lakip_xl.numbers import to_decimal
from lakip_xl.table.locate import plain
from lakip_xl.table.model import Entry, Settings, Typed
from lakip_xl.table.typed import entry_of
from lakip_xl.workbook import Sheet

Fault = tuple[Cell, str, str, str]
Seen = Callable[[Cell], Value]
LABEL_ROWS = 1000
"""How far down the labels of Pengaturan are looked for."""


def read_settings(
    form: FormSpec, sheets: Mapping[str, Sheet], seen: Seen, named: str | None = None
) -> tuple[Settings, dict[str, Expr]]:
    """The settings of a workbook, and an expression for each setting key of the form's formulas.

    A field is found by its label in column A, its value stands in column B; a threshold is found the same way, its value in
    force in the column headed Berlaku. Where the workbook says nothing, the form's default holds. ``seen`` gives the value of a
    cell, formulas calculated; ``named`` is the sheet that the hidden name of Pengaturan points to.
    """
    cells: dict[str, Cell] = {}
    identity = _fields(form.identity, _titled(sheets, places.IDENTITY_SHEET), cells, seen)
    pengaturan = _pengaturan(form, sheets, named)
    for key, value in _fields(form.identity, pengaturan, cells, seen).items():
        identity[key] = identity.get(key) if identity.get(key) is not None else value
    chosen = _fields(places.fields(form), pengaturan, cells, seen)
    written = str(identity.get("periode") or "")
    period = period_class(written)
    faults: list[Fault] = []
    if written and not _period_known(form, written):
        label = next(f.label for f in form.identity if f.key == "periode")
        faults.append((cells["periode"], label, written, "periode"))
    thresholds = {t.key: _decimal(t.of(period)) for t in form.thresholds}
    bands = list(form.bands)
    first_band: Cell | None = None
    if pengaturan is not None:
        _thresholds(form, pengaturan, period, thresholds, cells, faults, seen)
        row = _row_of(pengaturan, places.BAND_HEADINGS[0])
        if row is not None and (found := _bands(pengaturan, row + 1, faults, seen)):
            first_band, bands = Cell(pengaturan.name, row + 1, 1), found
    by_key = {field.key: field for field in form.settings}
    cap = _cap(by_key["batas_maksimum"], cells, faults, seen)
    variant = chosen.get("rumus_rendah") or by_key["rumus_rendah"].default
    if plain(str(variant)) not in map(plain, by_key["rumus_rendah"].choices):
        faults.append((cells["rumus_rendah"], by_key["rumus_rendah"].label, str(variant), "pilihan"))
    method = _choice(efficiency.FIELDS[0], cells, faults, seen)
    ck_cap = _ck_cap(efficiency.FIELDS[1], cells, faults, seen)
    settings = Settings(
        identity=identity,
        period=period,
        thresholds=thresholds,
        bands=bands,
        variant=str(variant),
        cap=cap,
        cells=cells,
        faults=faults,
        sheet=pengaturan.name if pengaturan is not None else "",
        method=method,
        ck_cap=ck_cap,
    )
    return settings, places.settings(form, cells, first_band)


def _cap(field: Field, cells: Mapping[str, Cell], faults: list[Fault], seen: Seen) -> Decimal | None:
    """The batas maksimum as the formulas see it: a number, or none."""
    value = seen(cells[field.key]) if field.key in cells else None
    if isinstance(value, float) and value >= 10:
        return _decimal(value)
    if value is not None and value != "" and plain(value) != NO_CAP:
        faults.append((cells[field.key], field.label, str(value), "angka"))
        return _decimal(value) if isinstance(value, float) else None
    return None


def _choice(field: Field, cells: Mapping[str, Cell], faults: list[Fault], seen: Seen) -> str:
    """The word of a list that the formulas will find in a cell, the first where they find none of them."""
    value = seen(cells[field.key]) if field.key in cells else None
    found = next((word for word in field.choices if isinstance(value, str) and value.lower() == word.lower()), None)
    if found is None and value is not None and value != "":
        faults.append((cells[field.key], field.label, str(value), "pilihan"))
    return found or field.choices[0]


def _ck_cap(field: Field, cells: Mapping[str, Cell], faults: list[Fault], seen: Seen) -> Decimal | None:
    """The cap of CK as ``efficiency.cap_in_force`` has it."""
    value = seen(cells[field.key]) if field.key in cells else None
    if isinstance(value, str) and value.lower() == NO_CAP:
        return None
    number = to_decimal(value) if isinstance(value, float) else None
    if value is not None and value != "" and (number is None or number < 10):
        faults.append((cells[field.key], field.label, str(value), "angka"))
    return to_decimal(efficiency.DEFAULT_CAP) if number is None else number


def period_class(period: str) -> Period:
    """The class of a period as written in Identitas; blank means the end of the year."""
    name = plain(period)
    if name in ("", *map(plain, YEAR_PERIODS)):
        return Period.YEAR
    return Period.QUARTER if name.startswith(tuple(map(plain, QUARTER_STARTS))) else Period.MONTH


_QUARTER = re.compile(r"(tw|triwulan) (i{1,3}|iv|[1-4])|semester (i{1,2}|[12])")


def _period_known(form: FormSpec, period: str) -> bool:
    """Whether a period is in the form's list or written in a usual way."""
    choices = next(f.choices for f in form.identity if f.key == "periode")
    name = plain(period)
    return name in map(plain, (*choices, *YEAR_PERIODS)) or bool(_QUARTER.fullmatch(name))


def _titled(sheets: Mapping[str, Sheet], title: str) -> Sheet | None:
    return next((sheet for name, sheet in sheets.items() if plain(name) == plain(title)), None)


def _pengaturan(form: FormSpec, sheets: Mapping[str, Sheet], named: str | None) -> Sheet | None:
    """The sheet with our settings: the named one, else the one of that title, else any, wherever our labels stand.

    An office may have a sheet Pengaturan of its own, for paper sizes and margins: it is nobody's settings here.
    """
    labels = {plain(field.label) for field in form.settings} | {plain(bound.label) for bound in form.thresholds}

    def count(sheet: Sheet) -> int:
        rows = range(1, min(sheet.max_row, LABEL_ROWS) + 1)
        return sum(plain(sheet.cells[row, 1].value) in labels for row in rows if (row, 1) in sheet.cells)

    for sheet in (sheets.get(named or ""), _titled(sheets, places.SETTINGS_SHEET)):
        if sheet is not None and count(sheet):
            return sheet
    counted = {name: count(sheet) for name, sheet in sheets.items()}
    best = max(counted, key=lambda name: counted[name], default="")
    return sheets[best] if counted.get(best, 0) > 1 else None


def _row_of(sheet: Sheet, label: str) -> int | None:
    wanted = plain(label)
    rows = [row for (row, column), data in sheet.cells.items() if column == 1 and plain(data.value) == wanted]
    return min(rows, default=None)


def _value(sheet: Sheet, row: int, column: int, kind: Kind, seen: Seen) -> Typed:
    data = sheet.cells.get((row, column))
    if data is None:
        return None
    entry: Entry = entry_of(
        Column("", "", kind), seen(Cell(sheet.name, row, column)), data.formula, data.number_format, ()
    )
    return entry.typed


def _fields(fields: tuple[Field, ...], sheet: Sheet | None, cells: dict[str, Cell], seen: Seen) -> dict[str, Typed]:
    values: dict[str, Typed] = {}
    if sheet is None:
        return values
    for field in fields:
        row = _row_of(sheet, field.label)
        if row is not None and field.key not in cells:
            cells[field.key] = Cell(sheet.name, row, 2)
            if field.formula is None:  # what the form computes itself follows from the others
                values[field.key] = _value(sheet, row, 2, field.kind, seen)
    return values


def _thresholds(
    form: FormSpec,
    sheet: Sheet,
    period: Period,
    thresholds: dict[str, Decimal | None],
    cells: dict[str, Cell],
    faults: list[Fault],
    seen: Seen,
) -> None:
    in_force = 2 + list(Period).index(period)
    column = next((c for (_, c), data in sheet.cells.items() if plain(data.value) == plain(places.IN_FORCE)), 5)
    for threshold in form.thresholds:
        row = _row_of(sheet, threshold.label)
        if row is not None:
            cells[threshold.key] = Cell(sheet.name, row, column)
            # Read from the period's own column: the cell in force is a formula whose cached value may be old.
            value = seen(Cell(sheet.name, row, in_force))
            # As the formulas see it: a text bounds nothing, however it reads.
            thresholds[threshold.key] = _decimal(value) if isinstance(value, float) else None
            faults += _no_numbers(sheet, row, range(2, 2 + len(Period)), threshold.label, seen)


def _no_numbers(sheet: Sheet, row: int, columns: Iterable[int], label: str, seen: Seen) -> Iterator[Fault]:
    """The cells that hold something else than a number that Excel calculates with."""
    for column in columns:
        value = seen(Cell(sheet.name, row, column))
        if value is None or value == "":
            continue
        if not isinstance(value, float):
            yield Cell(sheet.name, row, column), label, str(value), "angka"
        elif "%" in sheet.cell((row, column)).number_format:
            # 80 % holds 0,8; the form counts in percent points.
            yield Cell(sheet.name, row, column), label, f"{value:.0%}", "angka"


def _bands(sheet: Sheet, first: int, faults: list[Fault], seen: Seen) -> list[Band]:
    bands: list[Band] = []
    for row in range(first, first + MAX_BANDS):
        name, lower = _value(sheet, row, 1, Kind.TEXT, seen), _value(sheet, row, 2, Kind.NUMBER, seen)
        if isinstance(name, str) and isinstance(lower, Decimal):
            if bands and float(lower) <= bands[-1].lower:
                faults.append((Cell(sheet.name, row, 2), places.BAND_HEADINGS[1], f"{lower} ({name})", "urutan"))
            bands.append(Band(float(lower), name))
        if isinstance(name, str):
            faults += _no_numbers(sheet, row, (2,), f"{places.BAND_HEADINGS[1]} {name}", seen)
    return bands


def _decimal(value: object) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except ArithmeticError:
        return None
