"""pandera schemas over the typed tables: ranges, patterns, vocabularies, unique keys. The only door to pandera and polars here.

Every cell is typed before it comes here, so a failure case is a true fault of one cell, and its index leads to a sheet row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandera.polars as pa
import polars as pl

from lakip_xl.form.spec import Kind
from lakip_xl.table.model import Row, Table

NEGATIVE, CODE, WORD, DUPLICATE = "negative", "code", "word", "duplicate"

CODES: Mapping[str, str] = {
    # bidang urusan . program . kegiatan . sub kegiatan; sub kegiatan with 2 digits (until 2022) or 4 (since 2023), X.XX for any urusan
    "matriks": r"^([0-9]|X)(\.([0-9]{2}|XX)(\.[0-9]{2}(\.[1-2]\.[0-9]{2}(\.([0-9]{2}|[0-9]{4}))?)?)?)?\.?$",
    # akun . kelompok . jenis . objek . rincian objek . sub rincian objek
    "belanja": r"^[0-9](\.[0-9](\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?)?)?\.?$",
}


_UNIQUE = "field_uniqueness"
"""What pandera calls the check of ``unique=True``."""


class Failure(NamedTuple):
    """One cell that the schema refuses: its row, its column and which check failed."""

    row: Row
    key: str
    check: str


def failures(table: Table) -> list[Failure]:
    """Every cell of a table that its schema refuses, in sheet order; worked out once and kept with the table, like its frame."""
    kept: list[Failure] | None = vars(table).get("refused")
    if kept is None:
        kept = vars(table)["refused"] = _failures(table)
    return kept


def _failures(table: Table) -> list[Failure]:
    rows = {row.number: row for row in table.rows}
    found = [Failure(rows[number], key, check) for number, key, check in _refused(table)]
    order = {column.key: place for place, column in enumerate(table.spec.columns)}
    return sorted(found, key=lambda failure: (failure.row.number, order.get(failure.key, -1), failure.check))


def _refused(table: Table) -> Iterator[tuple[int, str, str]]:
    frame = table.frame
    if frame.is_empty():
        return
    try:
        _schema(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        for key, check, index in cases.select("column", "check", "index").iter_rows():
            if index is None:
                raise RuntimeError(f"schema of {table.spec.key}: {key} {check}") from errors
            yield frame["row"][index], key, DUPLICATE if check == _UNIQUE else check


def _schema(table: Table) -> pa.DataFrameSchema:
    columns = {}
    for column in table.spec.columns:
        if not table.has(column.key):
            continue
        checks = []
        if column.kind in (Kind.RUPIAH, Kind.NUMBER, Kind.COUNT):
            checks.append(pa.Check(_at_least_zero, name=NEGATIVE))
        elif column.kind is Kind.CODE and table.spec.key in CODES:
            checks.append(pa.Check(_like(CODES[table.spec.key]), name=CODE))
        elif column.kind is Kind.CHOICE and column.choices:
            checks.append(pa.Check(_one_of(column.choices), name=WORD))
        # A blank column cannot be refused, but would cost as many queries as any other.
        if checks and table.frame[column.key].null_count() < table.frame.height:
            columns[column.key] = pa.Column(checks=checks, nullable=True)
    if table.spec.levels:
        columns["record"] = pa.Column(unique=True, nullable=True)
    return pa.DataFrameSchema(columns, strict=False)


def _at_least_zero(data: pa.PolarsData) -> pl.LazyFrame:
    return data.lazyframe.select(pl.col(data.key) >= 0)


def _like(pattern: str):  # type: ignore[no-untyped-def]
    return lambda data: data.lazyframe.select(pl.col(data.key).str.contains(pattern))


def _one_of(words: tuple[str, ...]):  # type: ignore[no-untyped-def]
    known = [_plain(word) for word in words]
    return lambda data: data.lazyframe.select(
        pl.col(data.key).str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars().is_in(known)
    )


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word).strip().lower()
