"""Plans a fill: every formula of the form with its value, and which cells take it. Nothing is written here.

After planning, the document holds the workbook *as filled*: the rules judge the same figures whether ``fill`` or ``validate`` asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass

from lakip_xl.cells import Area, Cell, ErrorValue, Value
from lakip_xl.fill.edits import Edit, Plan
from lakip_xl.fill.formulas import beside_tables, wanted
from lakip_xl.fill.links import CLEARED, followed
from lakip_xl.fill.values import Seen, Values, dependents
from lakip_xl.form.evaluate import Shown
from lakip_xl.form.expressions import Expr, text
from lakip_xl.form.formulas import heading_to_date
from lakip_xl.formula import references
from lakip_xl.numbers import to_decimal
from lakip_xl.table.locate import plain
from lakip_xl.table.model import Document, Entry, Row, Table
from lakip_xl.table.read import FLAGS
from lakip_xl.table.typed import half_unit, retype, settled


@dataclass(slots=True, eq=False)
class _Place:
    """A cell for which the form has a formula.

    ``open`` is whether it takes the formula without asking, ``blank`` whether nothing stands there now, ``planned`` whether it will
    hold the formula.
    """

    table: Table
    row: Row
    key: str
    expr: Expr
    cell: Cell
    open: bool
    blank: bool
    planned: bool = False
    word: str = ""  # a level that no code tells, written as a word


def plan(
    document: Document,
    raw: Seen,
    uncached: Collection[Cell] = (),
    *,
    replace_typed: bool = False,
    doubtful: bool = False,
    stale: bool = False,
    bound: Callable[[Cell], bool] = lambda cell: False,
) -> Plan:
    """Plans the fill of a document and brings the document into the state that it will have then.

    ``raw`` gives the value that the file holds for a cell, ``uncached`` are formula cells for which it holds none. ``doubtful``
    means that the file asks to be recalculated, so that the values of its formulas may be old; ``stale`` that they are, since entries
    were changed without Excel: then the user's own formulas on the form's sheets get new values too.
    ``replace_typed`` turns typed results into formulas where they agree within half a unit of the last digit shown. ``bound`` tells
    cells that cannot be written by themselves: they stay as they are, and an array formula is computed by nobody but Excel.
    """
    parsed = {cell: "" if bound(cell) else formula for cell, formula in document.formulas.items()}
    values = Values(raw, parsed, document.sheets)
    follows = followed(document)
    places = [
        _place(table, row, key, expr) for table in document.tables.values() for row, key, expr in wanted(table, follows)
    ]
    skipped = {place.cell for place in places if place.open and bound(place.cell)}
    if skipped:
        places = [place for place in places if place.cell not in skipped]
    document.skipped = _in_order(skipped, document)
    for place in places:
        place.planned = place.open
    values.planned = {place.cell: place.expr for place in places if place.planned}
    written = set(values.planned) if document.formulas else set()
    unsure = {cell for cell in document.formulas if cell in uncached} | _of_the_form(document)
    # Those that stand as the template wrote them need no parser.
    values.planned |= {
        cell: expr for cell, expr in beside_tables(document) if document.formulas.get(cell) == text(expr, cell.sheet)
    }
    hanging = dependents(document.formulas, written, document.sheets)
    if doubtful or stale:
        values.doubtful, values.stale = set(document.formulas), stale
    old = values.doubtful if stale else _surely(document, values.doubtful)
    others = {cell: formula for cell, formula in document.formulas.items() if cell not in unsure}
    values.dependent = hanging | unsure | dependents(others, unsure, document.sheets)
    _take_typed(document, {(place.table.spec.key, place.key) for place in places}, values)
    _words_for_levels(places, values)
    _expect(places, values)
    spared = _spared(places, hanging, document, values, raw)
    if spared:
        for place in spared:
            place.planned = place.open = False
            del values.planned[place.cell]
        values.restart()
        _words_for_levels(places, values)
        _expect(places, values)
    if replace_typed:
        agreed = [place for place in places if _agrees(place) and not bound(place.cell)]
        if agreed:
            for place in agreed:
                place.planned = True
                values.planned[place.cell] = place.expr
            values.restart()
            _words_for_levels(places, values)
            _expect(places, values)
    _settle([place for place in places if place.key != FLAGS], values)
    _refresh(document, values)
    document.user_formulas = _in_order(hanging, document)
    lacking = values.unknown.intersection(uncached)
    document.uncached = _in_order({cell for cell in lacking if cell not in values.planned}, document)

    def make() -> list[Edit]:
        edits: list[Edit] = []
        places.reverse()
        while places:  # each goes as its edit comes: they are many, and asked for once
            place = places.pop()
            if place.planned:
                edits.append(_edit(place, values))
                del values.planned[place.cell]  # its value is known now, or known to be unknown
        edits += _headings(document, edits)
        edits += [edit for edit in _dated(document, raw) if not bound(edit.cell)]
        caches = _old_caches(document, values, raw, unsure | old, set() if stale else old)
        return edits + [edit for edit in caches if not bound(edit.cell)]

    return Plan(make, Shown(values.or_none, values.known))


def _place(table: Table, row: Row, key: str, expr: Expr) -> _Place:
    """A cell that is blank, or holds a formula of ours, takes the new one without asking."""
    entry = row.entry(key)
    blank = entry.raw is None or entry.raw == ""
    return _Place(table, row, key, expr, table.cell(row, key), entry.ours or (entry.formula is None and blank), blank)


def _take_typed(document: Document, calculated: set[tuple[str, str]], values: Values) -> None:
    """Hands the typed cells over column by column; where the form calculates, those that somebody filled all the same."""
    for table in document.tables.values():
        for key, column in table.layout.columns.items():
            blanks = (table.spec.key, key) not in calculated
            typed: dict[int, Value] = {}
            for row in table.rows:
                entry = row.entries.get(key)
                if entry is None:
                    if blanks:
                        typed[row.number] = None
                elif entry.formula is None and (blanks or (entry.raw is not None and entry.raw != "")):
                    typed[row.number] = entry.raw
            values.take(table.sheet, column, typed)


def _words_for_levels(places: list[_Place], values: Values) -> None:
    """Where the level is known but not from a code, its word is written into TINGKAT, since the sums look for it there.

    A cell whose formula is taken out is blank.
    """
    for place in places:
        level = place.row.level
        if place.key == "tingkat" and level and place.planned and values.or_none(place.cell) != level:
            place.word = level
            values.put(place.cell, level)
        elif place.expr is CLEARED and place.planned:
            values.put(place.cell, None)


def _expect(places: list[_Place], values: Values) -> None:
    for place in places:
        if place.key == FLAGS:
            continue  # a word for the reader: nobody asks what it should be
        planned = place.planned and not place.word
        value = values.or_none(place.cell) if planned else values.of(place.expr)
        if value is not None:
            place.row.expected[place.key] = value


def _agrees(place: _Place) -> bool:
    entry = place.row.entry(place.key)
    typed, value = place.row.number_of(place.key), place.row.expected.get(place.key)
    if place.open or entry.formula is not None or entry.as_text or typed is None:
        return False
    return isinstance(value, float) and abs(to_decimal(value) - typed) <= half_unit(entry)


def _spared(places: list[_Place], hanging: set[Cell], document: Document, values: Values, raw: Seen) -> list[_Place]:
    """Places whose formula would show nothing, but make a user's own formula an error: ``=L9+L20`` takes a blank cell, not ``""``.

    They stay blank, as the user has them.
    """
    broken = [
        cell
        for cell in hanging
        if isinstance(values.or_none(cell), ErrorValue) and not isinstance(raw(cell), ErrorValue)
    ]
    if not broken:
        return []
    read = _read_by(broken, hanging, document)
    return [
        place
        for place in places
        if place.planned
        and any(
            area.holds(place.cell.row, place.cell.column)
            for area in read.get((place.cell.sheet, place.cell.column), ())
        )
        and values.or_none(place.cell) == ""
    ]


def _read_by(cells: list[Cell], hanging: set[Cell], document: Document) -> dict[tuple[str, int], list[Area]]:
    """What some of the user's formulas read, themselves or through other formulas of the user's, by sheet and column."""
    known = {name.lower(): name for name in document.sheets}
    found: dict[tuple[str, int], list[Area]] = {}
    waiting, seen = list(cells), set(cells)
    while waiting:
        cell = waiting.pop()
        with suppress(ValueError):
            for sheet, area in references(document.formulas[cell]):
                title = known.get((sheet or cell.sheet).lower(), "")
                for column in range(area.left, min(area.right, area.left + _WIDEST) + 1):
                    found.setdefault((title, column), []).append(area)
                more = {c for c in hanging - seen if c.sheet == title and area.holds(c.row, c.column)}
                seen |= more
                waiting += more
    return found


_WIDEST = 200  # columns of an area that are looked at: no table of the form is as wide


def _settle(places: list[_Place], values: Values) -> None:
    """Gives each entry that will be written the content that it will have; equal ones are one object."""
    made: dict[tuple[object, ...], Entry] = {}
    for place in places:
        if not place.planned:
            continue
        value = place.word or values.or_none(place.cell)
        spec, digits = place.table.spec, place.row.entry(place.key).digits
        known = spec.key, place.key, place.word, value, value.__class__, digits
        new = made.get(known)
        if new is None:
            new = made[known] = settled(spec.by_key[place.key], value, digits, ours=not place.word)
        place.row.entries[place.key] = new


def _edit(place: _Place, values: Values) -> Edit:
    why = "typed" if not place.open else "blank" if place.blank else "ours"
    if place.word:
        return Edit(place.cell, place.key, None, place.word, True, why)
    if place.expr is CLEARED:
        return Edit(place.cell, place.key, None, None, True, why)
    value = values.or_none(place.cell)
    return Edit(place.cell, place.key, place.expr, value, place.cell not in values.unknown, why)


def _headings(document: Document, edits: list[Edit]) -> list[Edit]:
    """The headings of columns that the sheet gets, where anything is written below them."""
    filled = {(edit.cell.sheet, edit.key) for edit in edits}
    return [
        Edit(table.cell(table.header_row, key), key, None, table.spec.by_key[key].heading, True, "heading")
        for table in document.tables.values()
        for key in sorted(table.added)
        if (table.sheet, key) in filled
    ]


def _dated(document: Document, raw: Seen) -> Iterator[Edit]:
    """The headings that name the period, where they still name another one; what an office wrote in its own words stays."""
    period = str(document.settings.identity.get("periode") or "")
    for name, key in document.form.dated:
        table = document.tables.get(name)
        if table is None or not table.has(key):
            continue
        column, cell = table.spec.by_key[key], table.cell(table.header_row, key)
        ours = {plain(column.heading), *(plain(alias) for alias in column.aliases if "s/d" in alias)}
        heading = heading_to_date(period)
        if plain(heading) in ours - {plain(raw(cell))} and plain(raw(cell)) in ours and cell not in document.formulas:
            yield Edit(cell, key, None, heading, True, "heading")


def _of_the_form(document: Document) -> set[Cell]:
    """The formulas that the template carries beside its tables: in Identitas and Pengaturan, and in the titles above a table."""
    settings_sheets = {cell.sheet for cell in document.settings.cells.values()}
    above = {table.sheet: table.header_row for table in document.tables.values()}
    empty = {(t.sheet, t.total.number) for t in document.tables.values() if t.total is not None and not t.rows}
    return {
        cell
        for cell in document.formulas
        if cell.sheet in settings_sheets or cell.row < above.get(cell.sheet, 0) or (cell.sheet, cell.row) in empty
    }


_SURE = frozenset(("SUM", "ROUND", "AVERAGE", "MIN", "MAX", "ABS", "IF", "IFERROR"))
_FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(", re.IGNORECASE)
_WORDS = re.compile(r'"(?!-?")|\b(?:TRUE|FALSE)\b', re.IGNORECASE)


def _surely(document: Document, formulas: set[Cell]) -> set[Cell]:
    """The formulas of sums and shares that we calculate as Excel does, and that read nothing else: their values may be stored."""
    others = {
        cell
        for cell in formulas
        if not _SURE.issuperset(map(str.upper, _FUNCTION.findall(text := document.formulas[cell])))
        or _WORDS.search(text)
    }
    return formulas - others - dependents(document.formulas, others, document.sheets)


def _old_caches(document: Document, values: Values, raw: Seen, unsure: set[Cell], doubtful: set[Cell]) -> list[Edit]:
    """Formulas on the form's sheets whose value the file lacks or has from before: files written by other programs than Excel.

    An error never takes the place of another value of the ``doubtful``.
    """
    found = []
    sheets = {cell.sheet for cell in document.settings.cells.values()} | {t.sheet for t in document.tables.values()}
    for cell in _in_order({cell for cell in unsure if cell.sheet in sheets}, document):
        value = values.or_none(cell)
        spoiled = isinstance(value, ErrorValue) and not isinstance(raw(cell), ErrorValue)
        if value is not None and value != raw(cell) and not (spoiled and cell in doubtful):
            found.append(Edit(cell, "", document.formulas[cell], value, True, "cache"))
    return found


def _refresh(document: Document, values: Values) -> None:
    """Gives every entry that hangs on the plan, or whose value in the file is old, the value that it will have."""
    computed = values.dependent | values.doubtful
    for table in document.tables.values() if computed else ():
        for row in (*table.rows, *([table.total] if table.total else ())):
            for key, entry in row.entries.items():
                if entry.formula is not None and not entry.ours and (cell := table.cell(row, key)) in computed:
                    retype(table.spec.by_key[key], entry, values.or_none(cell))


def _in_order(cells: set[Cell], document: Document) -> list[Cell]:
    order = {name: place for place, name in enumerate(document.sheets)}
    return sorted(cells, key=lambda cell: (order.get(cell.sheet, len(order)), cell.row, cell.column))
