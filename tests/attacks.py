"""Hostile and broken files: each attack has a name, says in words what it is, and makes its file anew, the same each time.

The attacks themselves stand in ``attacks_packages`` (zip and XML), ``attacks_cells`` (what stands in cells) and ``attacks_received``
(ledgers, texts, lists, bundles); ``attacking`` puts each through every command that takes such a file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

MARK = "serangan.invalid"
"""Stands in every text that must not come to life: no formula, link or relationship of an output may hold it."""

Make = Callable[[], bytes]


class Attack(NamedTuple):
    """``kind`` is workbook, table (a ledger, a text, a list) or bundle: it tells which commands take the file; ``file`` is its name."""

    name: str
    words: str
    kind: str
    file: str
    make: Make


class Attacks(dict[str, Attack]):
    """The attacks of one room, by name; ``title`` heads them on the page."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def add(self, name: str, words: str, make: Make, kind: str = "workbook", file: str = "") -> None:
        """Puts an attack on the list."""
        assert name not in self, name
        suffix = {"workbook": ".xlsx", "table": ".csv", "bundle": ".zip"}[kind]
        self[name] = Attack(name, words, kind, file or f"serangan{suffix}", make)

    def attack(self, name: str, words: str, kind: str = "workbook", file: str = "") -> Callable[[Make], Make]:
        """Puts the function that makes a file on the list."""

        def noted(make: Make) -> Make:
            self.add(name, words, make, kind, file)
            return make

        return noted
