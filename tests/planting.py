"""What planters have in common: lines to put a fault into, and a change of money with everything that must follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from lakip_xl.form.formulas import LOWER
from offices import Grid, Line, Office, Sum

MONEY = ("anggaran", "realisasi_anggaran")


def number(value: Any) -> bool:
    """A figure that was typed."""
    return isinstance(value, float | int)


def in_use(line: Line) -> bool:
    """A line that is neither nihil nor dinolkan."""
    return line.cells.get("status") in (None, "aktif") and (line.head is None or in_use(line.head))


def leaves(office: Office, *, spent: bool = True) -> list[Line]:
    """The sub kegiatan in use, with a budget, and with spending where asked."""
    keys = MONEY if spent else MONEY[:1]
    return [
        line
        for line in office.matrix.lines
        if line.level == "sub kegiatan" and in_use(line) and all(line.cells.get(key) for key in keys)
    ]  # fmt: skip


def measured(office: Office, *, falling: bool = False) -> list[Line]:
    """The lines of the matrix with target and realisasi, typed; without those that should fall, unless asked."""
    return [
        line
        for line in office.matrix.lines
        if number(line.cells.get("target")) and line.cells["target"] and number(line.cells.get("realisasi"))
        if in_use(line) and (falling or line.cells.get("arah") != LOWER)
    ]  # fmt: skip


def one(random: Random, lines: list[Line]) -> Line | None:
    """One of some lines."""
    return random.choice(lines) if lines else None


def above(grid: Grid, line: Line) -> Iterator[Line]:
    """The lines that sum this one, from below to the total."""
    for other in grid.every():
        if any(line is below for below in other.below):
            yield other
            yield from above(grid, other)


def forget(line: Line, *keys: str) -> None:
    """Leaves typed results to fill, so that what they hang on may change; formulas follow by themselves."""
    for key in keys:
        if number(line.cells.get(key)) or key not in line.cells or hasattr(line.cells[key], "number_format"):
            line.cells.pop(key, None)


def realise(line: Line, value: float | None) -> None:
    """Another realisasi, with its capaian left to fill and the quarters out of the way."""
    line.cells["realisasi"] = value
    for key in ("capaian", "tw1", "tw2", "tw3", "tw4"):
        line.cells.pop(key, None)


def change(office: Office, line: Line, key: str, value: float | None) -> None:
    """Another amount for a leaf, and for everything that is its sum or its like elsewhere: only the leaf is then odd."""
    grid = office.matrix
    delta = (value or 0) - (line.cells.get(key) or 0)
    line.cells[key] = value
    sums = list(above(grid, line))
    for each in sums:
        if number(each.cells.get(key)):
            each.cells[key] = round(each.cells[key] + delta, 2)
    for each in (line, *sums):
        forget(each, "persen")
    _in_belanja(office, line.kind, key, delta)
    if key == "anggaran" and "pk" in office.grids:
        names = {each.cells["uraian"] for each in sums if each.level == "program"}
        for each in office.grids["pk"].lines:
            if each.cells.get("program") in names and number(each.cells.get("anggaran")):
                each.cells["anggaran"] = round(each.cells["anggaran"] + delta, 2)


def _in_belanja(office: Office, kind: Line | None, key: str, delta: float) -> None:
    grid = office.grids.get("belanja")
    if grid is None or kind is None or not number(kind.cells.get(key)):
        return
    kind.cells[key] = round(kind.cells[key] + delta, 2)
    wide = [line for line in grid.lines if not line.level]
    for each in (*above(grid, kind), *wide):
        if number(each.cells.get(key)):
            each.cells[key] = round(each.cells[key] + delta, 2)
    for each in grid.every():
        forget(each, "persen")


def budget(office: Office) -> float:
    """The whole pagu of the leaves."""
    return sum(line.cells.get("anggaran") or 0 for line in office.matrix.lines if line.level == "sub kegiatan")


def summing(office: Office) -> list[Line]:
    """The lines whose sums somebody typed."""
    return [line for line in office.matrix.lines if line.below and all(number(line.cells.get(key)) for key in MONEY)]


def by_formula(office: Office, at_least: int = 2) -> list[Line]:
    """The lines that sum others by a formula of the office's own."""
    wanted: Callable[[Line], bool] = lambda line: all(isinstance(line.cells.get(key), Sum) for key in MONEY)  # noqa: E731
    return [line for line in office.matrix.lines if len(line.below) >= at_least and wanted(line)]
