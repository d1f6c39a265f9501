"""Columns that an office keeps once for each year: which is this year's, which are those of the years before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lakip_xl.form.spec import TableSpec
from lakip_xl.table.locate import plain

Years = Sequence[tuple[str, tuple[str, ...]]]
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NAMED = re.compile(
    r"(?:\bpada\s+)?(?:\b(?:tahun anggaran|tahun|thn|ta|t\.a)\b\.?)?\s*\(?(?<!\d)20\d\d(?!\d)\)?", re.IGNORECASE
)


def year_of(path: Sequence[str]) -> int:
    """The year that the headings above a column name, 0 where they name none, or several."""
    found = {int(year) for text in path for year in _YEAR.findall(text)}
    return found.pop() if len(found) == 1 else 0


def key_of(spec: TableSpec, path: Sequence[str], known: Mapping[str, str]) -> str:
    """The column of the form that headings stand for, whatever year they name; "" where they stand for none."""
    bare = [text for text in (_NAMED.sub(" ", each).strip(" -:") for each in path) if text]
    if not bare:
        return ""
    return known.get(plain(" ".join(bare))) or known.get(plain(bare[-1]), "")


def assign(spec: TableSpec, claims: Mapping[str, Sequence[int]], years: Mapping[int, int]) -> dict[str, list[int]]:
    """The claims once each column is that of its year; ``years`` are the years of the columns, 0 where none is named.

    This year is the last with a realisasi, or the one after it where a realisasi stands without a year beside it. What is older
    than two years, or lies ahead, is none of the form's. A key with several columns is in doubt.
    """
    done = {key: list(columns) for key, columns in claims.items()}
    of = {key: [years[column] for column in claims.get(key, ())] for key, _ in spec.years}
    dated = [year for year in of.get("realisasi", ()) if year]
    if not dated and not any(any(each) for each in of.values()):
        return done
    now = max(dated or [year for each in of.values() for year in each])
    if 0 in of.get("realisasi", ()) and dated:
        now = max(now + 1, *of.get("target", ()))
    for key, older in spec.years:
        places: dict[str, list[int]] = {}
        for column in done.pop(key, ()):
            back = now - years[column] if years[column] else 0
            name = (key, *older)[back] if 0 <= back <= len(older) else ""
            if name:
                places.setdefault(name, []).append(column)
        for name, columns in places.items():
            done.setdefault(name, []).extend(columns)
    return done
