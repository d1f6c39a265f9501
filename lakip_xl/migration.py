"""Moves a workbook of an older edition of the form to the newest: what the newest adds is brought in, nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lakip_xl import template
from lakip_xl.cells import Cell, Value
from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.form import places
from lakip_xl.form.editions import EDITIONS, NEWEST
from lakip_xl.form.spec import FormSpec, TableSpec
from lakip_xl.table.find import find
from lakip_xl.table.model import Document, Row
from lakip_xl.workbook import Workbook

SPARE_ROWS = 10
"""Blank rows that a new sheet keeps below its last row."""


@dataclass(frozen=True)
class Moved:
    """What a migration did: the edition before and now, the sheets that were added with the number of rows that the matrix gave them,
    and the labels of settings that the workbook does not have and that hold at their default.
    """

    before: str
    now: str
    added: tuple[tuple[str, int], ...] = ()
    defaults: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there was anything to move."""
        return self.before != self.now or bool(self.added)


def migrate(book: Workbook, document: Document, seen: Callable[[Cell], Value]) -> Moved:
    """Brings ``book`` to the newest edition. ``document`` is what was read from it, ``seen`` gives what its cells show.

    Raises UnsupportedWorkbook for a workbook of another form than the template: its headings would not become those of the template.
    """
    if document.form not in EDITIONS:
        raise UnsupportedWorkbook(
            f"Buku kerja ini memakai formulir lain ({document.form.name}), bukan templat lakip-xl. Pindahkan matriksnya ke templat dengan "
            "lakip-xl adopt.",
            f"This workbook is of another form ({document.form.name}), not the template. Bring its matrix into the template with "
            "lakip-xl adopt.",
        )
    found = find(book, (NEWEST,))
    wanted = [spec for spec in NEWEST.tables if spec.optional and spec.key not in found.located]
    drawn = [_with_rows(spec, _free_title(book, spec.title), document) for spec in wanted]
    if drawn:
        book.graft(template.table_sheets(NEWEST, drawn, found.places, seen))
    book.set_name(places.EDITION_NAME, f'"{NEWEST.edition}"')
    added = tuple((spec.title, len(spec.given)) for spec in drawn)
    return Moved(document.form.edition, NEWEST.edition, added, _defaults(NEWEST, document))


def _free_title(book: Workbook, wanted: str) -> str:
    """The title of the form, or one beside a sheet of the office's own that bears it."""
    title, number = wanted, 1
    while book.has_sheet(title):
        number += 1
        title = f"{wanted} {number}"
    return title


def _with_rows(spec: TableSpec, title: str, document: Document) -> TableSpec:
    """The sheet's table with a row for each indicator of the leaves of the matrix, in its order."""
    keys = [key for key in ("kode", "uraian", "indikator", "satuan", "sub_unit") if key in spec.by_key]
    units = {id(row): name for row, name in _units(document)}
    rows = []
    for row in document.matrix.rows:
        leaf = row.head or row
        if leaf.children or leaf.level != document.matrix.spec.leaf or not leaf.in_use:
            continue
        texts = {key: row.text_of(key) for key in keys} | ({"sub_unit": units[id(row)]} if row.head is None else {})
        rows.append(tuple((key, text) for key in keys if (text := texts.get(key, ""))))
    return replace(spec, title=title, rows=max(len(rows) + SPARE_ROWS, 20), given=tuple(rows))


def _units(document: Document) -> list[tuple[Row, str]]:
    """Each row of the matrix with the name of the sub unit above it, as it is written there."""
    named, name = [], ""
    for row in document.matrix.rows:
        if row.level == "sub unit":
            name = row.text_of("uraian")
        named.append((row, name))
    return named


def _defaults(form: FormSpec, document: Document) -> tuple[str, ...]:
    """The settings that a user may want to change and that the workbook has no cell for."""
    asked = [(field.key, field.label) for field in form.settings if field.formula is None]
    asked += [(bound.key, bound.label) for bound in form.thresholds]
    return tuple(label for key, label in asked if key not in document.settings.cells)
