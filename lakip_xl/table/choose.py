"""Which sheet holds the matrix, in which of the known forms, and under which headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from lakip_xl.cells import Area, Cell, Value, letters
from lakip_xl.errors import MissingForm, Text
from lakip_xl.form.spec import FormSpec, TableSpec
from lakip_xl.numbers import read_number
from lakip_xl.table.headers import Texts, locate_deep
from lakip_xl.table.hints import NO_HINTS, Hints, matrix_of
from lakip_xl.table.locate import HEADER_SEARCH_ROWS, Located, headings, locate, plain
from lakip_xl.table.names import keys_of, with_names
from lakip_xl.table.sides import pairs, settle
from lakip_xl.table.years import Told
from lakip_xl.workbook import CellData

Cells = Mapping[int, Mapping[int, CellData]]


Choice = tuple[FormSpec, TableSpec, tuple[str, Located]]


class HasCells(Protocol):
    """What is looked through: a worksheet, or any grid of values."""

    def filled(self) -> dict[int, dict[int, CellData]]: ...
    @property
    def merged(self) -> list[Area]: ...


class Looked:
    """A sheet that is looked through for headings; ``title`` and ``year`` (that of the settings) tell which of several years is meant."""

    def __init__(self, sheet: HasCells, title: str = "", year: Callable[[], int] = int) -> None:
        self.sheet = sheet
        self.grid: Cells = sheet.filled()
        self.told = Told(year, title, self.grid)

    @cached_property
    def top(self) -> dict[tuple[int, int], Value]:
        """The values as far down as headings are looked for."""
        return {
            (row, column): data.value
            for row, cells in self.grid.items()
            if row <= HEADER_SEARCH_ROWS
            for column, data in cells.items()
        }

    @cached_property
    def texts(self) -> Texts:
        """The same, merged cells looked through."""
        return Texts.of(self.top, self.sheet.merged)

    def flat(self, spec: TableSpec) -> Located | None:
        """The table under one row of headings; a heading that is merged over several columns heads a group, not a column."""
        return locate(spec, self.top, {(area.top, area.left) for area in self.sheet.merged if area.right > area.left})

    def deep(self, spec: TableSpec, header_row: int = 0) -> Located | None:
        """The table under several rows of headings (the last of them ``header_row``, if it is given), as much of it as there is."""
        return locate_deep(spec, self.texts, header_row, year=self.told)

    def found(self, spec: TableSpec) -> Located | None:
        """The table under one row of headings or several, if all the columns are there by which it is known."""
        if spec.names and not self.may_part(spec):
            return None
        asked = spec.identified_by - {"uraian"} if spec.names else spec.identified_by
        for place in (self.flat(spec), locate_deep(spec, self.texts, asked=asked, year=self.told)):
            if place is not None and spec.names:
                place = with_names(spec, place, self.texts)
            place = None if place is None else settle(spec, place, self.texts)
            if place is not None and spec.identified_by <= set(place.columns):
                return place
        return None

    def may_part(self, spec: TableSpec) -> bool:
        """Whether there is a heading for the names of some levels only; spares most sheets the closer look for forms that have such."""
        keys = keys_of(spec)
        return any(known in keys for known in map(headings(spec).get, map(plain, self.texts.values.values())))

    def refuses(self, spec: TableSpec, place: Located) -> bool:
        """Whether the headings there say that this is another table, or go on in the row below what was taken for the last."""
        first = place.first_row or place.header_row
        words = {
            word
            for (row, _), text in self.texts.values.items()
            if first <= row <= place.header_row
            for word in re.findall(r"[a-z]+", text.casefold())
        }
        if words & spec.refused_by:
            return True
        below = self.grid.get(place.header_row + 1, {})
        figures = [c for key, c in place.columns.items() if spec.by_key[key].kind.numeric and c in below]
        texts = [below[c].value for c in figures if below[c].formula is None]
        names = ("uraian", "indikator", *(name.key for name in spec.names))
        named = any(place.columns.get(key) in below for key in names)
        return not named and any(
            isinstance(text, str) and text[:1].isalpha() and read_number(text).value is None for text in texts
        )


def choose(forms: Sequence[FormSpec], looked: Mapping[str, Looked], hints: Hints = NO_HINTS) -> Choice:
    """The form, its matrix, and the sheet and place where it stands. Raises MissingForm where no sheet holds one."""
    if hints.sheet:
        named = {name: each for name, each in looked.items() if plain(name) == plain(hints.sheet)}
        if not named:
            raise _no_sheet(hints.sheet, list(looked))
        looked = named
    if not hints:
        for form in forms:
            whole = _whole(matrix_of(form), looked)
            if whole is not None:
                return form, matrix_of(form), whole
    found: list[tuple[int, Choice]] = []
    for form in forms:
        spec = matrix_of(form)
        if not set(hints.columns) <= set(spec.by_key):
            continue  # a form without a column that the user named is not the one that is meant
        if spec.key != "matriks" and any(_fits(choice) for _, choice in found):
            continue  # a matrix comes first
        others = {plain(table.title) for table in form.tables if table is not spec}
        for name, each in looked.items():
            if plain(name) in others or (spec.names and not hints.columns and not each.may_part(spec)):
                continue  # Belanja has the headings of a matrix of money, too
            # One row of headings may name the years in the row above it.
            flat = each.flat(spec) if not hints.header_row and not spec.years else None
            for place in (flat, each.deep(spec, hints.header_row)):
                if place is not None and not each.refuses(spec, place):
                    mapped: Located | None = _mapped(spec, place, hints)
                    if mapped is not None and spec.names:
                        mapped = with_names(spec, mapped, each.texts)
                    if mapped is not None:
                        mapped = settle(spec, mapped, each.texts, hints.columns)
                        found.append((len(set(mapped.columns.values())), (form, spec, (name, mapped))))
    fit = [(count, choice) for count, choice in found if _fits(choice)]
    matrices = [each for each in fit if each[1][1].key == "matriks"]
    # A table of IKU is what the workbook holds only where no sheet holds a matrix, or something near to one.
    if fit and (matrices or not _matrix_nearby(forms, looked, found, {name for _, (_, _, (name, _)) in fit})):
        fit = matrices or fit
        choice = max(fit, key=lambda each: (each[0], _year(each[1][2][0])))[1]
        if choice[2][1].doubts:
            raise _doubtful(choice, looked)
        return choice
    for form in forms:  # a sheet that bears the title is the matrix, whatever it lacks: each heading is a finding then
        for name, each in looked.items():
            place = each.flat(matrix_of(form)) if plain(name) == plain(matrix_of(form).title) else None
            if place is not None:
                return form, matrix_of(form), (name, settle(matrix_of(form), place, each.texts))
    near = [each for each in found if each[1][1].key == "matriks"] or found
    raise _no_matrix(
        matrix_of(forms[0]), list(looked), max(near, key=lambda each: each[0])[1] if near else None, looked
    )


def _fits(choice: Choice) -> bool:
    """Whether all the columns are there by which the form is known."""
    return choice[1].identified_by <= set(choice[2][1].columns)


def _matrix_nearby(
    forms: Sequence[FormSpec], looked: Mapping[str, Looked], found: Sequence[tuple[int, Choice]], without: set[str]
) -> bool:
    """Whether another sheet bears the title of a matrix, or has most of its columns: then that one must not be passed by in silence."""
    titles = {plain(spec.title) for form in forms if (spec := matrix_of(form)).key == "matriks"}
    if any(plain(name) in titles and each.grid for name, each in looked.items() if name not in without):
        return True
    return any(
        spec.key == "matriks" and name not in without and count >= NEARLY and "anggaran" in place.columns
        for count, (_, spec, (name, place)) in found
    )


NEARLY = 4
"""Columns of a matrix, anggaran among them, that make a sheet one that somebody may have meant as the matrix."""


def _year(title: str) -> int:
    """The year that a sheet's title names: of two alike, this year's matrix is meant, not last year's."""
    return max((int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", title)), default=0)


def rivals(spec: TableSpec, looked: Mapping[str, Looked], chosen: str) -> list[Cell]:
    """The other sheets that hold such a table with something in it: nobody would know that they were passed by."""
    found = []
    for name, each in looked.items():
        place = each.found(spec) if name != chosen else None
        if place is None:
            continue
        needed = [place.columns[key] for key in spec.identified_by]
        if any(
            row > place.header_row and any(column in cells for column in needed) for row, cells in each.grid.items()
        ):
            found.append(Cell(name, place.header_row, place.columns.get("uraian") or place.columns["indikator"]))
    return found


def _whole(spec: TableSpec, looked: Mapping[str, Looked]) -> tuple[str, Located] | None:
    """The sheet of the table's own title with every heading that must be there, as the template has them."""
    required = {column.key for column in spec.columns if column.required}
    for name, each in looked.items():
        if plain(name) == plain(spec.title):
            place = each.flat(spec)
            if place is not None and required <= set(place.columns):
                return name, place
    return None


def _mapped(spec: TableSpec, place: Located, hints: Hints) -> Located:
    """The place with the columns that the user named."""
    named = {key: column for key, column in hints.columns.items() if key in spec.by_key}
    if not named:
        return place
    kept = {key: column for key, column in place.columns.items() if column not in named.values() and key not in named}
    missing = {key: near for key, near in place.missing.items() if key not in named}
    ordered = dict(sorted((kept | named).items(), key=lambda item: item[1]))
    doubts = {key: columns for key, columns in place.doubts.items() if key not in named}
    return replace(place, columns=ordered, missing=missing, doubts=doubts)


def _no_sheet(wanted: str, sheets: list[str]) -> MissingForm:
    there = ", ".join(sheets[:12]) or "-"
    return MissingForm(
        f"Tidak ada lembar bernama '{wanted}'. Lembar yang ada: {there}.",
        f"There is no sheet called '{wanted}'. Sheets here: {there}.",
    )


def _no_matrix(spec: TableSpec, sheets: list[str], best: Choice | None, looked: Mapping[str, Looked]) -> MissingForm:
    wanted = ", ".join(c.heading for c in spec.columns if c.number and c.required)
    there = ", ".join(sheets[:12]) or "-"
    if best is not None and len(best[2][1].columns) > 1:
        return _nearly(best, looked)
    return MissingForm(
        f"Matriks tidak ditemukan: tidak ada lembar dengan judul kolom {wanted}. Lembar yang ada: {there}. "
        "Perbaiki judul kolomnya, sebutkan letaknya dengan --sheet, --header, dan --map, atau pakai templat (lakip-xl template).",
        f"The matrix was not found: no sheet has the headings {wanted}. Sheets here: {there}. "
        "Mend the headings, tell where they are with --sheet, --header and --map, or use the template (lakip-xl template).",
    )


def _doubtful(choice: Choice, looked: Mapping[str, Looked]) -> MissingForm:
    """Two columns with the headings of one: which is meant only the user knows."""
    _, spec, (name, place) = choice
    first = place.first_row or place.header_row
    said = []
    for key, columns in place.doubts.items():
        paths = (" > ".join(looked[name].texts.path(first, place.header_row, column)) for column in columns)
        each = ", ".join(f"{letters(column)} '{path[:60]}'" for column, path in zip(columns, paths, strict=True))
        said.append(f"{spec.by_key[key].heading}: {each}")
    maps = " ".join(f"--map {key}={letters(column)}" for key, column in pairs(place, looked[name].texts).items())
    return MissingForm(
        f"Lembar '{name}' baris {place.header_row}: lebih dari satu kolom cocok dengan judul yang sama. {'; '.join(said)}. Sebutkan yang "
        f"dimaksud, misalnya {maps}.",
        f"Sheet '{name}' row {place.header_row}: more than one column fits the same heading. {'; '.join(said)}. Say which one is meant, "
        f"for example {maps}.",
    )


def _nearly(best: Choice, looked: Mapping[str, Looked]) -> MissingForm:
    """What was found in the sheet that comes nearest, what is missing, and how to say where it stands."""
    _, spec, (name, place) = best
    found = ", ".join(f"{spec.by_key[key].heading} ({letters(column)})" for key, column in place.columns.items())
    lacking = [key for key in spec.by_key if key in spec.identified_by - set(place.columns)]
    missing = ", ".join(spec.by_key[key].heading for key in lacking)
    texts = looked[name].texts
    free = {
        column: " ".join(texts.path(place.first_row or place.header_row, place.header_row, column))
        for column in sorted({column for _, column in texts.values} - set(place.columns.values()))
    }
    others = ", ".join(f"{letters(column)} '{text[:30]}'" for column, text in list(free.items())[:8] if text)
    # A letter that is written out is copied: it is, only where there is no other that could be meant.
    sole = [letters(column) for column, text in free.items() if text] if len(lacking) == 1 else []
    words = sole * 2 if len(sole) == 1 else ["HURUF", "LETTER"]
    maps = [" ".join(f"--map {key}={word}" for key in lacking) for word in words]
    todo = Text(
        f"Perbaiki atau tambahkan judulnya, atau sebutkan huruf kolomnya: {maps[0]}.",
        f"Mend or add the headings, or give the letters of the columns: {maps[1]}.",
    )
    return MissingForm(
        f"Matriks belum dikenali. Lembar '{name}' baris {place.header_row}: ditemukan {found}; belum ditemukan {missing}. "
        f"Kolom lain di sana: {others or '-'}. {todo.id}",
        f"The matrix was not recognised. Sheet '{name}' row {place.header_row}: found {found}; not found {missing}. "
        f"Other columns there: {others or '-'}. {todo.en}",
    )
