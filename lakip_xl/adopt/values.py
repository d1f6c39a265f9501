"""What is written for a cell of the source, and what is to be said of it. Blank is not 0, and nothing is guessed."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from lakip_xl.adopt.model import ERROR, FORMULA, PLACED, UNPLACED, Printed
from lakip_xl.cells import MAX_TEXT, ErrorValue, Value
from lakip_xl.errors import Text
from lakip_xl.form.spec import Column, Kind
from lakip_xl.numbers import Reading, read_number, say_number, to_decimal
from lakip_xl.sources.grid import shown
from lakip_xl.table.locate import plain
from lakip_xl.table.typed import shown_digits, shows_date
from lakip_xl.workbook import CellData

CALCULATED = ("capaian", "persen", "hasil_periksa")
"""Columns that are not carried over: the template's formulas give them on every row."""


class Read(NamedTuple):
    """One cell read: its fate, the value to write, a note, the printed result, and whether a text became a number."""

    fate: str
    value: Value = None
    note: Text | None = None
    printed: Printed | None = None
    from_text: bool = False


def read_cell(column: Column, data: CellData, place: int, *, formats: bool, indicator: bool) -> Read:
    """A cell for a column of the template.

    ``place`` is its column in the source, ``formats`` whether its number format is known, ``indicator`` whether its row has one.
    """
    value = data.value
    if column.key in CALCULATED:
        note = None
        if isinstance(value, ErrorValue) or (isinstance(value, str) and read_number(value).kind == "error"):
            note = Text(
                f"{column.heading} tercetak {shown(value)}; di templat dihitung rumus",
                f"{column.heading} is printed as {shown(value)}; the template calculates it",
            )
        return Read(FORMULA, note=note, printed=_printed(column, data, place, formats))
    if value is None:
        return Read(
            UNPLACED,
            note=Text(
                "rumus tanpa hasil; buka di Excel, simpan, lalu ulangi",
                "a formula without a result; save in Excel first",
            ),
        )
    if isinstance(value, ErrorValue) or (isinstance(value, str) and read_number(value).kind == "error"):
        return Read(
            ERROR,
            note=Text(
                f"{column.heading} berisi {shown(value)}; dikosongkan",
                f"{column.heading} holds {shown(value)}; left blank",
            ),
        )
    if isinstance(value, bool):
        return Read(UNPLACED, note=Text(f"{shown(value)} bukan isian", f"{shown(value)} is no entry"))
    if isinstance(value, float) and shows_date(data.number_format):
        return Read(
            UNPLACED,
            note=Text(f"tanggal di kolom {column.heading}", f"a date in the column {column.heading}"),
        )
    if isinstance(value, str) and len(value) > MAX_TEXT:
        return Read(UNPLACED, note=Text("teks lebih panjang dari isi satu sel Excel", "longer than a cell of Excel"))
    if column.kind.numeric:
        return _number(column, data, formats=formats, indicator=indicator)
    return _text(column, value)


def _text(column: Column, value: str | float) -> Read:
    text = shown(value)
    if column.kind is Kind.CHOICE:
        known = {plain(choice): choice for choice in column.choices}
        return Read(PLACED, known.get(plain(text), text))
    if column.kind is Kind.CODE and isinstance(value, float):
        return Read(
            PLACED,
            text,
            Text(
                f"kode {text} tersimpan sebagai angka; angka nol di belakangnya mungkin hilang",
                f"the code {text} was stored as a number; zeros at its end may be lost",
            ),
        )
    return Read(PLACED, text)


def _number(column: Column, data: CellData, *, formats: bool, indicator: bool) -> Read:
    value = data.value
    if isinstance(value, float):
        if formats and "%" in data.number_format:
            figure = float(to_decimal(value) * 100)
            said = Text(
                f"{column.heading} tampil sebagai {say_number(figure, 'id')} %; ditulis {say_number(figure, 'id')}",
                f"{column.heading} shows {say_number(figure, 'en')} %; written as {say_number(figure, 'en')}",
            )
            return Read(PLACED, figure, said)
        return Read(PLACED, value)
    text = shown(value)
    reading = read_number(text)
    if reading.kind == "dash" and column.kind is Kind.NUMBER:
        if not indicator:
            return Read(ERROR, note=Text(f"{column.heading} berisi '-' tanpa indikator; dikosongkan",
                                         f"{column.heading} holds '-' without an indicator; left blank"))  # fmt: skip
        return Read(PLACED, text, _doubt(column, text, reading))
    if reading.kind in ("number", "dash") and reading.value is not None:
        return Read(PLACED, float(reading.value), from_text=True)
    return Read(PLACED, text, _doubt(column, text, reading))


def _doubt(column: Column, text: str, reading: Reading) -> Text:
    """Why a text stays as it is in a column of numbers."""
    if reading.kind == "ambiguous":
        first, second = reading.alternatives[:2]
        return Text(
            f"{column.heading} '{text}' dapat berarti {say_number(first, 'id')} atau {say_number(second, 'id')}; dibiarkan sebagai teks",
            f"{column.heading} '{text}' may mean {say_number(first, 'en')} or {say_number(second, 'en')}; kept as text",
        )
    return Text(
        f"{column.heading} '{text[:40]}' bukan angka saja; dibiarkan sebagai teks",
        f"{column.heading} '{text[:40]}' is not just a number; kept as text",
    )


def _printed(column: Column, data: CellData, place: int, formats: bool) -> Printed | None:
    """A result as the source shows it; None where it shows none."""
    value = data.value
    if not column.kind.numeric:
        return None
    if isinstance(value, str):
        reading = read_number(value)
        if reading.kind != "number" or reading.value is None:
            return None
        return Printed(reading.value, _decimals(reading.value), place)
    if not isinstance(value, float):
        return None
    figure = to_decimal(value)
    digits = shown_digits(data.number_format)
    if "%" in data.number_format:
        return Printed(figure * 100, digits or 0, place)
    return Printed(figure, _decimals(figure) if digits is None else digits, place, loose=not formats)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def differs(printed: Printed, value: Decimal) -> bool:
    """Whether a printed result is another one than the formula's, by more than half a unit of its last digit."""
    half = Decimal(1).scaleb(-printed.digits) / 2
    if abs(printed.value - value) <= half:
        return False
    return not (printed.loose and abs(printed.value) <= 2 and abs(printed.value * 100 - value) <= half * 100)
