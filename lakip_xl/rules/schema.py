"""pandera schemas over the typed tables: ranges, patterns, vocabularies, unique keys. The only door to pandera and polars here.

Every cell is typed before it comes here, so a failure case is a true fault of one cell, and its index leads to a sheet row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
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
    if frame.is_empty() or not _any_refused(table, checks := list(_checks(table))):
        return
    try:
        _schema(table, checks).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        for key, check, index in cases.select("column", "check", "index").iter_rows():
            if index is None:
                raise RuntimeError(f"schema of {table.spec.key}: {key} {check}") from errors
            yield frame["row"][index], key, DUPLICATE if check == _UNIQUE else check


class _Check(NamedTuple):
    """What is asked of the cells of one column: its name, and the expression that holds where a cell passes."""

    key: str
    name: str
    passes: pl.Expr


def _checks(table: Table) -> Iterator[_Check]:
    for column in table.spec.columns:
        key = column.key
        if not table.has(key):
            continue
        if column.kind in (Kind.RUPIAH, Kind.NUMBER, Kind.COUNT):
            check = _Check(key, NEGATIVE, pl.col(key) >= 0)
        elif column.kind is Kind.CODE and table.spec.key in CODES:
            check = _Check(key, CODE, pl.col(key).str.contains(CODES[table.spec.key]))
        elif column.kind is Kind.CHOICE and column.choices:
            check = _Check(key, WORD, _one_of(key, column.choices))
        else:
            continue
        # A blank column cannot be refused, but would cost as many queries as any other.
        if table.frame[key].null_count() < table.frame.height:
            yield check


def _any_refused(table: Table, checks: list[_Check]) -> bool:
    """Whether there is anything to be named. One query, where the schema makes several for each column; mostly there is nothing."""
    asked = [~check.passes.all() for check in checks]
    if table.spec.levels:
        asked.append(pl.col("record").is_duplicated().any())
    return bool(asked) and bool(table.frame.select(pl.any_horizontal(asked)).item())


def _schema(table: Table, checks: list[_Check]) -> pa.DataFrameSchema:
    columns = {c.key: pa.Column(checks=[pa.Check(_passing(c.passes), name=c.name)], nullable=True) for c in checks}
    if table.spec.levels:
        columns["record"] = pa.Column(unique=True, nullable=True)
    return pa.DataFrameSchema(columns, strict=False)


def _passing(expression: pl.Expr) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    return lambda data: data.lazyframe.select(expression)


def _one_of(key: str, words: tuple[str, ...]) -> pl.Expr:
    known = [_plain(word) for word in words]
    return pl.col(key).str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars().is_in(known)


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word).strip().lower()
