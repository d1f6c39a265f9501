"""How cost grows from 40 rows to 100,000: ours and the baselines on the same workbooks, whole processes in turns."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from pathlib import Path

from processes import HERE, Command, Taken, run

ROUNDS = {40: 7, 400: 5, 4_000: 3, 10_000: 3, 100_000: 1}
"""How often each command runs on a workbook of so many rows; a hundred thousand take minutes."""

OBVIOUS = "obvious script"
QUADRATIC = 10_000
"""The rows to which the obvious script is run: it looks through all rows for each of them, so that ten times as many take a hundred times
as long."""

NAMES = ("fill", "validate", OBVIOUS, "openpyxl load, save", "calamine read", "expat pass")


class Growth:
    """What every command took on workbooks of so many rows, round by round."""

    def __init__(self, tools: Mapping[str, Path], folder: Path) -> None:
        self._tools, self._folder = tools, folder
        self.taken: dict[tuple[int, str], list[Taken]] = {}

    def measure(self, rows: int, book: Path) -> None:
        """Runs every command on a workbook, in turns; once more before that where it is small, so that disk caches are warm."""
        commands = {name: made for name in NAMES if (made := self._command(name, rows, book)) is not None}
        for number in range(ROUNDS[rows] + (rows < QUADRATIC)):
            for name, command in commands.items():
                taken = run(command)
                if number or rows >= QUADRATIC:
                    self.taken.setdefault((rows, name), []).append(taken)

    def _command(self, name: str, rows: int, book: Path) -> Command | None:
        tools, out = self._tools, self._folder / "hasil.xlsx"
        match name:
            case "fill":
                return (tools["ours"], "fill", book, "-o", out, "--force")
            case "validate":
                return (tools["ours"], "validate", book)
            case "openpyxl load, save":
                return (tools["openpyxl"], HERE / "baselines.py", "openpyxl", book, out)
            case "calamine read":
                return (tools["calamine"], HERE / "baselines.py", "calamine", book)
            case "expat pass":
                return (tools["bare"], HERE / "baselines.py", "expat", book)
        return (tools["obvious"], HERE / "obvious.py", book, out) if rows <= QUADRATIC else None

    def median(self, rows: int, name: str, of: str = "wall") -> float | None:
        """The median over the rounds; None where the command was not run."""
        found = self.taken.get((rows, name))
        return None if found is None else statistics.median(getattr(taken, of) for taken in found)

    def ratio(self, rows: int, ours: str, other: str, of: str = "wall") -> float | None:
        """The median of the ratios of runs in turn; None where one was not run, or the system does not tell."""
        pairs = zip(self.taken.get((rows, ours), ()), self.taken.get((rows, other), ()), strict=False)
        ratios = [getattr(one, of) / getattr(two, of) for one, two in pairs if getattr(two, of)]
        return statistics.median(ratios) if ratios else None

    def print(self) -> None:
        """The tables of docs/performance.md."""
        rows = sorted({number for number, _ in self.taken})
        print("\nSeconds of wall time, of CPU in brackets:\n")
        _table(NAMES, rows, lambda n, name: _both(self.median(n, name), self.median(n, name, "cpu")))
        print("\n`fill`, wall time as a share of theirs:\n")
        _table(NAMES[2:], rows, lambda n, name: _said(self.ratio(n, "fill", name), "{:.2f}"))
        print("\nMicroseconds of wall time for each row beyond the first 40:\n")
        _table(NAMES, rows[1:], lambda n, name: _said(self._slope(rows[0], n, name), "{:.0f}"))
        if any(self.median(rows[0], name, "peak") for name in NAMES):
            print("\nPeak memory in MB:\n")
            _table(NAMES, rows, lambda n, name: _said(self.median(n, name, "peak"), "{:.0f}"))

    def _slope(self, least: int, rows: int, name: str) -> float | None:
        first, last = self.median(least, name), self.median(rows, name)
        return None if first is None or last is None else (last - first) / (rows - least) * 1e6


def _table(names, rows, cell) -> None:  # type: ignore[no-untyped-def]
    print("| rows | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
    for number in rows:
        print(f"| {number:,} | " + " | ".join(cell(number, name) for name in names) + " |", flush=True)


def _said(value: float | None, form: str) -> str:
    return "-" if value is None else form.format(value)


def _both(wall: float | None, cpu: float | None) -> str:
    return _said(wall, "{:.2f}") + (f" ({cpu:.2f})" if cpu else "")
