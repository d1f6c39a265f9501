"""Names that the source parts among columns: the deepest is the row's own; one without a row of its own becomes a row."""

from __future__ import annotations

from collections.abc import Mapping

from lakip_xl.adopt.model import PLACED, Adoption, Taken
from lakip_xl.errors import Text
from lakip_xl.form.spec import NameColumn, TableSpec
from lakip_xl.sources.grid import shown
from lakip_xl.table.locate import is_total_label, plain
from lakip_xl.table.names import NOTHING

ADDED = Text(
    "baris tambahan: namanya hanya tertulis di samping baris-barisnya",
    "a row added: its name stands beside its rows only",
)

AGAIN = Text(
    "indikator tambahan: nama (dan rupiah) yang ditulis ulang sudah ada pada baris di atasnya",
    "a further indicator: the names (and money) that are written again stand on the row above",
)


class NameCells:
    """The names of the rows taken so far, by column, and the rows that they make."""

    def __init__(self, spec: TableSpec, found: Adoption) -> None:
        self.names, self.found = spec.names, found
        self.open: dict[str, str] = {}

    def said(self, row: int, columns: Mapping[str, int]) -> dict[NameColumn, str]:
        """The names on a row, from the widest."""
        cells = self.found.grid.rows[row]
        texts = {name: shown(cells[columns[name.key]].value) for name in self.names if name.key in columns}
        return {name: text for name, text in texts.items() if text not in NOTHING and not is_total_label(text)}

    def take(
        self, taken: Taken, said: Mapping[NameColumn, str], columns: Mapping[str, int], keys: Mapping[int, str]
    ) -> dict[int, str]:
        """Adds the rows of names that have none, and tells the row its level; gives the key of each column that is the row's own."""
        if not said:
            return dict(keys)
        *above, own = said
        left = dict(keys)
        for name in above:
            self._above(taken.source, name, said[name], columns)
            left.pop(columns[name.key])
            if name.code in columns:
                left.pop(columns[name.code], None)
        if own.key in columns:
            left[columns[own.key]] = "uraian"
        if own.code in columns:
            left[columns[own.code]] = "kode"
        self._enter(own, said[own])
        if len(own.levels) == 1:
            taken.level = own.levels[0]
        return left

    def repeats(self, said: Mapping[NameColumn, str]) -> bool:
        """Whether a row says nothing but the names that are open, down to the narrowest: those of the last row."""
        places = [name.key for name in self.names]
        narrowest = max(self.open, key=places.index, default="")
        return (
            bool(said)
            and list(said)[-1].key == narrowest
            and all(self.open.get(name.key) == plain(text) for name, text in said.items())
        )

    def join(self, taken: Taken, own: NameColumn) -> None:
        """Makes a row that repeats the last names a further indicator, as the reader does (``table.names``): in doubt it stays a row."""
        found = self.found
        at = max((n for n, row in enumerate(found.rows) if not row.continues), default=-1)
        head, group = found.rows[at], found.rows[at:]
        money = [key for key in found.spec.sums if taken.values.get(key) is not None]
        indikator = plain(taken.values.get("indikator"))
        if (
            at < 0
            or not indikator
            or indikator in [plain(row.values.get("indikator")) for row in group]
            or taken.values.get("kode", head.values.get("kode")) != head.values.get("kode")
            or any(taken.values[key] != head.values.get(key) for key in money)
            or (money and len(own.levels) > 1 and "kode" not in taken.values)
        ):
            return
        for key in ("uraian", "kode", "tingkat", *money):
            taken.values.pop(key, None)
        taken.level, taken.continues = "", True
        taken.notes.append(AGAIN)

    def _above(self, row: int, name: NameColumn, text: str, columns: Mapping[str, int]) -> None:
        """A name beside the row's own: that of a row above, or one that has no row yet."""
        found = self.found
        found.settle(row, columns[name.key], PLACED)
        code = columns.get(name.code, 0)
        value = found.grid.rows[row][code].value if code else None
        if code:
            found.settle(row, code, PLACED)
        if self.open.get(name.key) == plain(text):
            return
        self._enter(name, text)
        added = Taken(row, {"uraian": text}, notes=[ADDED])
        if code:
            added.values["kode"] = shown(value)
        if len(name.levels) == 1:
            added.level = name.levels[0]
        found.rows.append(added)

    def _enter(self, name: NameColumn, text: str) -> None:
        """What is open in narrower columns ends."""
        places = [each.key for each in self.names]
        for key in places[places.index(name.key) :]:
            self.open.pop(key, None)
        self.open[name.key] = plain(text)
