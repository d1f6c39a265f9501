"""Finds a table of the form in a sheet by its headings, whatever their column, row, case and spacing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lakip_xl.cells import Value
from lakip_xl.form.spec import TableSpec

HEADER_SEARCH_ROWS = 60
"""How far down a heading row is looked for."""

_SPACES = re.compile(r"\s+")
_SLASH = re.compile(r"\s*([/().,:%])\s*")


def plain(value: Value) -> str:
    """A heading or label for comparison: no case, no line breaks, no NBSP, no spaces around signs."""
    return _plain(value) if isinstance(value, str) else ""


@lru_cache(maxsize=4096)
def _plain(heading: str) -> str:
    text = " ".join(heading.replace("\u200b", "").split()).casefold()
    return _SLASH.sub(r"\1", text).rstrip(".:")


@dataclass
class Located:
    """Where a table stands: the (last) row of its headings, the 1-based column of each key, and what was not found.

    ``first_row`` is the first row of headings, 0 where there is but one; ``doubts`` are all columns of a key that several claim;
    ``strangers`` the headings, by column, that stand for nothing in the form.
    """

    header_row: int
    columns: dict[str, int]
    missing: dict[str, str] = field(default_factory=dict)
    first_row: int = 0
    doubts: dict[str, list[int]] = field(default_factory=dict)
    strangers: dict[int, str] = field(default_factory=dict)


def headings(spec: TableSpec) -> dict[str, str]:
    """Every heading under which a column is known, made plain, to its key. A printed heading wins over another's alias."""
    known: dict[str, str] = {}
    for column in spec.columns:
        for alias in column.aliases:
            known.setdefault(plain(alias), column.key)
    for column in spec.columns:
        known[plain(column.heading)] = column.key
    return known


def locate(
    spec: TableSpec, values: Mapping[tuple[int, int], Value], wide: Collection[tuple[int, int]] = ()
) -> Located | None:
    """The heading row with the most columns of the form, or None where no row has at least three of them (or half, if fewer).

    Near misses ("ANGARAN (Rp)") are not taken for the heading; they are named in ``missing`` so that a finding can advise. A
    heading in ``wide`` is merged over several columns: it heads a group, not a column. A "%" left of the anggaran is the capaian.
    """
    known = headings(spec)
    rows: dict[int, dict[str, int]] = {}
    persen: dict[int, list[int]] = {}
    texts: dict[int, dict[int, str]] = {}
    for (row, column), value in sorted(values.items()):
        if row > HEADER_SEARCH_ROWS or not isinstance(value, str):
            continue
        texts.setdefault(row, {})[column] = value
        key = known.get(plain(value))
        if key is None or (row, column) in wide:
            continue
        rows.setdefault(row, {}).setdefault(key, column)
        if key == "persen" and plain(value) in PERCENT_OF_WHAT:
            persen.setdefault(row, []).append(column)
    if not rows:
        return None
    header = max(rows, key=lambda row: (len(rows[row]), -row))
    found = _told_apart(spec, rows[header], persen.get(header, []))
    if len(found) < min(3, (len(spec.columns) + 1) // 2):
        return None
    near = near_misses(spec, found, list(texts[header].values()), known)
    strangers = {column: text for column, text in texts[header].items() if plain(text) and plain(text) not in known}
    return Located(header, found, near, strangers=strangers)


def _told_apart(spec: TableSpec, found: dict[str, int], persen: list[int]) -> dict[str, int]:
    """What each "%" is the percentage of, told by the column that stands left of it."""
    if "anggaran" not in found or "capaian" not in spec.by_key:
        return found
    told = {key: column for key, column in found.items() if key != "persen" or column not in persen}
    figures = {column: key for key, column in told.items() if key in _PARTS_OF_PERCENT}
    by_money: list[int] = []
    by_count: list[int] = []
    for column in persen:
        left = max((place for place in figures if place < column), default=None)
        if left is not None:
            (by_money if figures[left] in ("anggaran", "realisasi_anggaran") else by_count).append(column)
    if by_count and "capaian" not in told:
        told["capaian"] = by_count[-1]
    if by_money and "persen" not in told:
        told["persen"] = by_money[-1]
    return dict(sorted(told.items(), key=lambda item: item[1]))


def near_misses(spec: TableSpec, found: Mapping[str, int], row: list[str], known: Mapping[str, str]) -> dict[str, str]:
    """The columns that were not found, each with the heading that is nearly its own, "" where none is near."""
    strangers = {plain(text): text for text in row if plain(text) not in known}
    missing = {}
    for column in spec.columns:
        if column.key not in found:
            near = difflib.get_close_matches(plain(column.heading), list(strangers), n=1, cutoff=0.75)
            missing[column.key] = _SPACES.sub(" ", strangers[near[0]]).strip() if near else ""
    return missing


_PARTS_OF_PERCENT = ("target", "realisasi", "anggaran", "realisasi_anggaran")

PERCENT_OF_WHAT = ("%", "persen", "persentase")
"""Headings that do not say of what they are the percentage."""

_TOTAL_WORDS = frozenset(
    ("jumlah", "total", "ratarata", "jumlahtotal", "totaljumlah", "grandtotal", "jumlahseluruhnya", "totalbelanja",
     "jumlahbelanja", "totalanggaran", "jumlahkeseluruhan")
)  # fmt: skip


_MAY_LABEL = re.compile(r"[^a-z]*[gjrt]", re.IGNORECASE)  # spares most texts the closer look


def is_total_label(value: Value) -> bool:
    """Whether a text labels a total row: JUMLAH, TOTAL, RATA-RATA, also letter by letter (``R A T A - R A T A``)."""
    if not isinstance(value, str) or not _MAY_LABEL.match(value):
        return False
    return re.sub(r"[^a-z]", "", value.casefold()) in _TOTAL_WORDS


def is_number_row(spec: TableSpec, row: Mapping[str, Value]) -> bool:
    """Whether a row holds the official column numbers: at least three cells, nearly all of them a small number or ``13=9+10``."""
    filled = [value for value in row.values() if value is not None and value != ""]
    if len(filled) < 3 or sum(isinstance(value, float) and value > 99 for value in filled) > 1:
        return False
    if sum(isinstance(value, str) and value.lstrip()[:1].isalpha() for value in filled) > 1:
        return False  # the usual row, told without a closer look
    texts = [str(int(value) if isinstance(value, float) else value).strip() for value in filled]
    like = [text for text in texts if re.fullmatch(r"\(?\d{1,2}\)?(\s*=.*)?", text)]
    numbers = [int(re.sub(r"\D.*", "", text.lstrip("("))) for text in like]
    return (
        len(like) >= 3
        and len(like) >= len(filled) - 1
        and numbers == sorted(numbers)
        and len(set(numbers)) == len(numbers)
    )
