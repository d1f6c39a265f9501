"""Times lakip-xl against public baselines and prints the tables of docs/performance.md; exit status 1 when a bound is missed.

    python3 benchmarks/run.py [--rounds 9] [--quick]

Whole processes are timed, ours and the baseline in turns, so that a busy machine hurts both alike; what counts is the median of
the ratios. Each runs in an environment made for it, as a user has it: with the test extra installed, pandera imports hypothesis
too, and with pandas beside it takes twice as long.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from growth import OBVIOUS, ROUNDS, Growth
from processes import HERE, ROOT, Command, environment, install_ours, run

EXAMPLE = ROOT / "examples" / "dinsos-manggarai-2023" / "matriks.xlsx"
PACKAGES = {
    "obvious": ("openpyxl>=3.1,<3.2", "pandas>=2.2,<4", "pandera[pandas]>=0.30,<1"),
    "openpyxl": ("openpyxl>=3.1,<3.2",),
    "calamine": ("python-calamine>=0.4,<1",),
    "bare": (),
}
ABOVE = 1.5
"""Seconds that validating 10,000 rows may take above the import of the library that it needs."""


class Race(NamedTuple):
    """Our command against a baseline; ``most`` is the largest ratio that will do."""

    name: str
    ours: Command
    baseline: Command
    most: float


class Verdicts:
    """The table of promises, printed line by line; ``missed`` are those that were not kept."""

    def __init__(self) -> None:
        self.missed: list[str] = []
        print("| ours / baseline | ours | baseline | ratio | CPU ratio | at most | |\n|---|---|---|---|---|---|---|")

    def line(self, name: str, ours: str, baseline: str, said: str, cpu: float | None, most: str, kept: bool) -> None:
        if not kept:
            self.missed.append(name)
        ratio = "-" if cpu is None else f"{cpu:.2f}"
        print(
            f"| {name} | {ours} | {baseline} | {said} | {ratio} | {most} | {'kept' if kept else 'MISSED'} |", flush=True
        )

    def ratio(
        self, name: str, pair: tuple[float, float], unit: str, ratio: float, most: float, cpu: float | None = None
    ) -> None:
        """A line whose ratio may be at most so much."""
        form = "{:.0f} MB" if unit == "MB" else "{:.3f} s"
        ours, baseline = (form.format(each) for each in pair)
        self.line(name, ours, baseline, f"{ratio:.2f}", cpu, f"{most:g}", ratio <= most)


def main() -> int:
    options = arguments()
    tools = {name: environment(options.cache / name, *packages) for name, packages in PACKAGES.items()}
    python = environment(options.cache / "ours")
    ours = tools["ours"] = install_ours(python)
    with tempfile.TemporaryDirectory(prefix="lakip-xl-benchmark-") as name:
        folder = Path(name)
        out, plain = folder / "hasil.xlsx", folder / "obvious.xlsx"
        bare: Command = (python, "-c", "import pandera.polars")
        script: Command = (tools["obvious"], HERE / "obvious.py", options.file, plain)
        races = (
            Race("--version / import click", (ours, "--version"), (python, "-c", "import click"), 2),
            Race("fill / the obvious script", (ours, "fill", options.file, "-o", out, "--force"), script, 1),
            Race("validate / import pandera.polars", (ours, "validate", options.file), bare, 1.8),
        )
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.rounds} rounds\n")
        verdicts = Verdicts()
        for each in races:
            race(verdicts, each, options.rounds)
        if not options.quick:
            books = {rows: folder / f"{rows}.xlsx" for rows in ROUNDS}
            for rows, book in books.items():
                subprocess.run([python, HERE / "sheets.py", str(rows), book], check=True)
            engine(verdicts, python, books, options.rounds)
            growth = Growth(tools, folder)
            for rows, book in books.items():
                growth.measure(rows, book)
            large(verdicts, growth, statistics.median(run(bare).wall for _ in range(5)))
            growth.print()
    missed = verdicts.missed
    print("\n" + (f"Missed: {', '.join(missed)}" if missed else "Every bound is kept."))
    return 1 if missed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Times lakip-xl against public baselines.")
    parser.add_argument(
        "file", nargs="?", type=Path, default=EXAMPLE, help="the workbook to fill (default: the example)"
    )
    parser.add_argument("--rounds", type=int, default=9, help="how often each small race is run (default: 9)")
    parser.add_argument(
        "--cache", type=Path, default=ROOT / ".cache" / "benchmarks", help="where the environments are kept"
    )
    parser.add_argument("--quick", action="store_true", help="leave out the large workbooks, which take some minutes")
    return parser.parse_args()


def race(verdicts: Verdicts, race: Race, rounds: int) -> None:
    """Runs one race and prints its line."""
    for command in (race.ours, race.baseline):
        run(command)  # bytecode and disk caches are warm from here on
    pairs = [(run(race.ours), run(race.baseline)) for _ in range(rounds)]
    ours, baseline = (statistics.median(taken.wall for taken in side) for side in zip(*pairs, strict=True))
    cpu = [one.cpu / other.cpu for one, other in pairs if other.cpu]
    ratio = statistics.median(one.wall / other.wall for one, other in pairs)
    verdicts.ratio(race.name, (ours, baseline), "s", ratio, race.most, statistics.median(cpu) if cpu else None)


def engine(verdicts: Verdicts, python: Path, books: dict[int, Path], rounds: int) -> None:
    """The workbook engine alone, timed in one process (``engine.py``), so that imports do not count."""
    command = [python, HERE / "engine.py", books[10_000], books[100_000], "--rounds", str(rounds)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    for key, name, most in (
        ("read", "reading 10,000 rows / an expat pass that collects", 2),
        ("work", "open, 10,000 styled formulas, graft, verified bytes / that pass", 3),
        ("large", "the same with 100,000 rows / with 10,000", 12),
    ):
        verdicts.ratio(name, tuple(found[key][:2]), "s", found[key][2], most)


def large(verdicts: Verdicts, growth: Growth, bare: float) -> None:
    """What is promised of large workbooks; ``bare`` are the seconds of the import that ``validate`` cannot do without."""

    def side(rows: int, name: str, of: str = "wall") -> float:
        return growth.median(rows, name, of) or 0.0

    script = side(10_000, OBVIOUS)
    ratio, cpu = growth.ratio(10_000, "fill", OBVIOUS), growth.ratio(10_000, "fill", OBVIOUS, "cpu")
    verdicts.ratio(
        "fill of 10,000 rows / the obvious script", (side(10_000, "fill"), script), "s", ratio or 0.0, 0.5, cpu
    )
    small, most = side(10_000, "validate"), side(100_000, "validate")
    verdicts.line(
        "validate 10,000 rows, seconds above import pandera.polars", f"{small:.3f} s", f"{bare:.3f} s",
        f"{small - bare:.2f} s", None, f"{ABOVE} s", small - bare <= ABOVE,
    )  # fmt: skip
    verdicts.ratio("validate: 100,000 rows / 10,000 rows", (most, small), "s", most / small, 12)
    peaks = side(10_000, "fill", "peak"), side(10_000, OBVIOUS, "peak")
    if all(peaks):
        verdicts.ratio("peak memory: fill of 10,000 rows / the obvious script", peaks, "MB", peaks[0] / peaks[1], 0.7)
    else:
        print("Peak memory is not measured here: this system does not tell it of a child process.")


if __name__ == "__main__":
    sys.exit(main())
