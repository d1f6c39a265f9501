"""Columns that an office keeps once for each year: which is this year's, which are those of the years before; the year of a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lakip_xl.cells import Cell, Value
from lakip_xl.form.spec import TableSpec
from lakip_xl.table.locate import plain
from lakip_xl.workbook import CellData

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


@dataclass(frozen=True)
class Told:
    """What tells which year is meant beside the headings: the settings (0 where they name none), the sheet's title, its cells."""

    year: Callable[[], int] = int
    title: str = ""
    cells: Mapping[int, Mapping[int, CellData]] = field(default_factory=dict)

    def of(self, named: Iterable[int], above: Iterable[str]) -> int:
        """The one of the years that the settings name, else the titles; 0 where neither names one of them."""
        year, there = self.year(), set(named)
        titled = {each for each in map(year_of, ([self.title], *([text] for text in above))) if each in there}
        return year if year in there else titled.pop() if len(titled) == 1 else 0

    def filled(self, columns: Iterable[int], beside: Sequence[int], top: int) -> set[int]:
        """The columns that hold something below the headings, on a row with an indicator; below what heads no indicator, a figure."""
        below = [cells for row, cells in self.cells.items() if row > top]
        if beside:
            rows = [cells for cells in below if any(_says(cells.get(column)) for column in beside)]
            return {column for column in columns if any(_says(cells.get(column)) for cells in rows)}
        return {c for c in columns if any(c in cells and isinstance(cells[c].value, float) for cells in below)}


def _says(data: CellData | None) -> bool:
    # A formula without a stored result may give anything.
    return data is not None and data.value not in ("", "-") and (data.value is not None or data.formula is not None)


NOT_TOLD = Told()


def assign(
    spec: TableSpec,
    claims: Mapping[str, Sequence[int]],
    years: Mapping[int, int],
    told: Told = NOT_TOLD,
    above: Iterable[str] = (),
    first: int = 0,
    last: int = 0,
) -> dict[str, list[int]]:
    """The claims once each column is that of its year; ``years`` are the years of the columns, 0 where none is named.

    This year is the one that is ``told`` (``above``: the titles; ``first``, ``last``: the rows of headings), else the last of which any
    realisasi is filled in, else the last with a column for it; or the one after it where a realisasi stands without a year beside it.
    What is older than two years, or lies ahead, is none of the form's. A key with several columns is in doubt.
    """
    done = {key: list(columns) for key, columns in claims.items()}
    of = {key: [years[column] for column in claims.get(key, ())] for key, _ in spec.years}
    dated = [year for year in of.get("realisasi", ()) if year]
    if not dated and not any(any(each) for each in of.values()):
        return done
    if 0 in of.get("realisasi", ()) and dated:
        now = max(max(dated) + 1, *of.get("target", ()))
    else:
        named = dated or [year for each in of.values() for year in each if year]
        beside = claims.get("indikator", ())
        filled = told.filled(claims.get("realisasi", ()), beside, last if beside else first)
        now = told.of(named, above) or max([years[column] for column in filled if years[column]] or named)
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


_THIS_YEAR = re.compile(r"\b(?:tahun anggaran|tahun|thn|t\.?a\.?)\s*:?\s*(20\d\d)\b", re.IGNORECASE)
_SPAN = re.compile(r"20\d\d\s*(?:-|\u2013|/|s/?d\.?|sampai)\s*(?:20)?\d\d\b", re.IGNORECASE)
# A regulation has a year of its own, and so have plans, former states and the day of printing.
_OTHER_YEARS = re.compile(
    r"\b(?:nomor|no|per(?:da|bup|wali|gub|men\w*)|peraturan|undang|uu|pp|sk|surat|keputusan|kondisi|awal|dicetak|cetak|renstra|rpjmd|"
    r"formulir)\b",
    re.IGNORECASE,
)
_MOST_TITLE_CELLS = 3


def titled(sheet: str, cells: Mapping[int, Mapping[int, CellData]], first: int) -> tuple[Cell, int] | None:
    """The year that the titles above row ``first`` give a table, and where; None where they name none, or several."""
    found: list[tuple[Cell, int]] = []
    for row in sorted(row for row in cells if row < first):
        title = sorted(cells[row].items())
        if len(title) > _MOST_TITLE_CELLS or any(data.formula is not None for _, data in title):
            continue  # headings, or a title that follows Identitas by itself
        texts = {column: _text(data.value) for column, data in title}
        told = _SPAN.sub(" ", " ".join(texts.values()))
        if not _OTHER_YEARS.search(told) and (match := _THIS_YEAR.search(told)):
            at = next((column for column, text in texts.items() if match[1] in text), min(texts))
            found.append((Cell(sheet, row, at), int(match[1])))
    return found[0] if len({year for _, year in found}) == 1 else None


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else ""
