"""The template workbook, sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from lakip_xl.cells import Cell, Value
from lakip_xl.form import places
from lakip_xl.form.editions import NEWEST
from lakip_xl.form.expressions import Expr
from lakip_xl.form.spec import FormSpec, TableSpec
from lakip_xl.rules.catalogue import RULES
from lakip_xl.template import heights, petunjuk, settings, tables
from lakip_xl.template.grid import Draft


def build(
    form: FormSpec = NEWEST,
    *,
    year: int | None = None,
    instansi: str | None = None,
    rules: Sequence[tuple[str, str]] | None = None,
    written: Mapping[str, Mapping[int, Mapping[str, Value]]] = MappingProxyType({}),
) -> bytes:
    """The whole workbook; Petunjuk lists ``rules``, codes and titles of the checks, by default all that need no ledger.

    Rows are made as high as what will be ``written`` into them asks, by table and row number.
    """
    if rules is None:
        # RK speaks only where a ledger is compared: never of a workbook by itself.
        rules = [(rule.code, rule.title.id) for rule in RULES if not rule.code.startswith("RK")]
    draft = Draft(form.name)
    placed = settings.Placed()
    given: dict[str, Value] = {}
    if year is not None:
        given["tahun"] = float(year)
    if instansi:
        given["perangkat_daerah"] = instansi
    petunjuk.draw(draft, form, rules)
    settings.draw_identity(draft, form, placed, given)
    settings.draw_settings(draft, form, placed)
    for spec in form.tables:
        rows = {row: heights.of_row(spec, values, bold=True) for row, values in written.get(spec.key, {}).items()}
        high = {row: points for row, points in rows.items() if points is not None}
        tables.draw(draft, spec, placed.settings(form), high)
    _mark(draft, form)
    return draft.finish()


def settings_sheet(form: FormSpec = NEWEST) -> bytes:
    """A workbook with the sheet Pengaturan alone, identity included, to be brought into a workbook of another layout."""
    draft = Draft(form.name)
    settings.draw_settings(draft, form, settings.Placed(), with_identity=True)
    _mark(draft, form)
    return draft.finish()


def table_sheets(
    form: FormSpec, tables_: Sequence[TableSpec], given: Mapping[str, Expr], beyond: Callable[[Cell], Value]
) -> bytes:
    """A workbook with the sheets of some tables alone, to be brought into a workbook that lacks them.

    ``given`` are the expressions of the settings there, ``beyond`` the values of its cells.
    """
    draft = Draft(form.name, beyond)
    for spec in tables_:
        tables.draw(draft, spec, given)
    return draft.finish()


def _mark(draft: Draft, form: FormSpec) -> None:
    draft.hidden_name(places.EDITION_NAME, f'"{form.edition}"')
