"""The typed table as a polars frame, for schemas. The column ``row`` is the sheet row; the order is the sheet's."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lakip_xl.form.spec import Kind
from lakip_xl.table.model import Row, Table

if TYPE_CHECKING:
    import polars


UNCHECKED = (Kind.TEXT, Kind.PERCENT, Kind.YEAR)
"""What no schema asks about: free text, and what is calculated or looked at one by one."""


def frame_of(table: Table) -> polars.DataFrame:
    """One row for each row of the table: ``row``, ``level``, ``record``, ``continuation`` and the columns that schemas check."""
    import polars

    # Decimal(38, 10): exact for every figure that an office writes, wide enough for its sums.
    number = polars.Decimal(38, 10)
    rows = table.rows
    columns: dict[str, polars.Series] = {
        "row": polars.Series("row", [row.number for row in rows], polars.Int64),
        "level": polars.Series("level", [row.level for row in rows], polars.String),
        "record": polars.Series("record", [row.record for row in rows], polars.String),
        "continuation": polars.Series("continuation", [row.head is not None for row in rows], polars.Boolean),
    }
    for column in table.spec.columns:
        if column.kind in UNCHECKED or not table.has(column.key):
            continue
        if column.kind.numeric:
            columns[column.key] = polars.Series(column.key, [_number(row, column.key) for row in rows], number)
        else:
            columns[column.key] = polars.Series(
                column.key, [row.text_of(column.key) or None for row in rows], polars.String
            )
    return polars.DataFrame(columns)


_LARGEST, _LEAST = Decimal(10) ** 27, Decimal(10) ** -10


def _number(row: Row, key: str) -> object:
    value = row.number_of(key)
    if value is None or not -_LARGEST < value < _LARGEST:
        return None  # an account number typed as a figure: the frame cannot hold it, and no schema asks for it
    return value if value >= _LEAST or value <= -_LEAST else Decimal(0)
