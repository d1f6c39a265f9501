"""Times lakip-xl against public baselines and prints ratios; exit status 1 when a bound is missed.

    python3 benchmarks/run.py [--rounds 15] [--quick]

Whole processes are timed, ours and the baseline in turns, so that a busy machine hurts both alike; what counts is the median of
the ratios. Both sides run in environments made for it, as a user has them: with the test extra installed, pandera imports hypothesis
too, and with pandas beside it takes twice as long.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
EXAMPLE = ROOT / "examples" / "dinsos-manggarai-2023" / "matriks.xlsx"
BASELINE = ("openpyxl>=3.1,<3.2", "pandas>=2.2,<4", "pandera[pandas]>=0.30,<1")


class Race(NamedTuple):
    """Our command against a baseline; ``most`` is the largest ratio that will do, None where none was promised."""

    name: str
    ours: Sequence[str | Path]
    baseline: Sequence[str | Path]
    most: float | None


def main() -> int:
    options = arguments()
    python, obvious = environment(options.cache / "ours"), environment(options.cache / "baseline")
    install_ours(python)
    pip(obvious, "install", *BASELINE)
    ours = python.with_name("lakip-xl" + python.suffix)
    with tempfile.TemporaryDirectory(prefix="lakip-xl-benchmark-") as folder:
        out, plain = Path(folder) / "hasil.xlsx", Path(folder) / "obvious.xlsx"
        races = (
            Race("--version / import click", (ours, "--version"), (python, "-c", "import click"), 2),
            Race(
                "fill / the obvious script",
                (ours, "fill", options.file, "-o", out, "--force"),
                (obvious, HERE / "obvious.py", options.file, plain),
                1,
            ),
            Race(
                "validate / import pandera.polars",
                (ours, "validate", options.file),
                (python, "-c", "import pandera.polars"),
                2,
            ),
        )
        print(
            f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.rounds} rounds, {options.file.name}\n"
        )
        print("| ours / baseline | ours | baseline | ratio | at most | |\n|---|---|---|---|---|---|")
        missed = [race.name for race in races if not report(race, options.rounds)]
        if not options.quick:
            missed += engine(python, obvious, ours, Path(folder), options.rounds)
    print("\n" + (f"Missed: {', '.join(missed)}" if missed else "Every bound is kept."))
    return 1 if missed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Times lakip-xl against public baselines.")
    parser.add_argument(
        "file", nargs="?", type=Path, default=EXAMPLE, help="the workbook to fill (default: the example)"
    )
    parser.add_argument("--rounds", type=int, default=15, help="how often each command runs (default: 15)")
    parser.add_argument(
        "--cache", type=Path, default=ROOT / ".cache" / "benchmarks", help="where the environments are kept"
    )
    parser.add_argument("--quick", action="store_true", help="leave out the large workbooks, which take some minutes")
    return parser.parse_args()


def environment(folder: Path) -> Path:
    """The interpreter of the environment in a folder, made when it is not there yet."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print(f"Making an environment: {folder}", flush=True)
        venv.create(folder, clear=True, with_pip=True)
    return python


def install_ours(python: Path) -> None:
    """The project as it stands, built from a copy: setuptools leaves a build folder that would go stale in the tree."""
    with tempfile.TemporaryDirectory(prefix="lakip-xl-source-") as folder:
        source = Path(folder) / "source"
        shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "build", "*.egg-info", "tests", "examples"))
        pip(python, "uninstall", "-q", "-y", "lakip_xl")  # said twice, -q keeps quiet when there is none yet
        pip(python, "install", str(source))


def pip(python: Path, command: str, *arguments: str) -> None:
    subprocess.run([str(python), "-m", "pip", command, "-q", *arguments], check=True)


def report(race: Race, rounds: int) -> bool:
    """Runs one race, prints its line, and says whether the bound is kept."""
    for command in (race.ours, race.baseline):
        seconds(command)  # bytecode and disk caches are warm from here on
    pairs = [(seconds(race.ours), seconds(race.baseline)) for _ in range(rounds)]
    ours, baseline = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    return line(race.name, f"{ours:.3f} s", f"{baseline:.3f} s", ratio, race.most)


def engine(python: Path, obvious: Path, ours: Path, folder: Path, rounds: int) -> list[str]:
    """The figures of large workbooks: times in one process (``engine.py``), peak memory of whole processes."""
    books = {rows: folder / f"{rows}.xlsx" for rows in (10_000, 100_000)}
    for rows, book in books.items():
        subprocess.run([python, HERE / "sheets.py", str(rows), book], check=True)
    command = [python, HERE / "engine.py", *books.values(), "--rounds", str(rounds)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    races = (
        ("read", "reading 10,000 rows / an expat pass that collects", 2),
        ("work", "open, 10,000 styled formulas, graft, verified bytes / that pass", 3),
        ("large", "the same with 100,000 rows / with 10,000", 12),
    )
    missed = [
        name
        for key, name, most in races
        if not line(name, *(f"{t:.3f} s" for t in found[key][:2]), found[key][2], most)
    ]
    missed += judging(python, ours, books)
    fill = (ours, "fill", books[10_000], "-o", folder / "large.xlsx", "--force")
    script = (obvious, HERE / "obvious.py", books[10_000], folder / "obvious.xlsx")
    pairs = [(peak(fill), peak(script)) for _ in range(3)]
    if None in pairs[0]:
        print("Peak memory is not measured here: this system does not tell it of a child process.")
        return missed
    one, other = (statistics.median(sizes) for sizes in zip(*pairs, strict=True))
    name = "peak memory: fill of 10,000 rows / the obvious script"
    return missed if line(name, f"{one:.0f} MB", f"{other:.0f} MB", one / other, 0.7) else [*missed, name]


def judging(python: Path, ours: Path, books: dict[int, Path]) -> list[str]:
    """What ``validate`` of large workbooks costs: in seconds above the import that it cannot do without, and how it grows."""
    bare = statistics.median(seconds((python, "-c", "import pandera.polars")) for _ in range(5))
    small = statistics.median(seconds((ours, "validate", books[10_000])) for _ in range(5))
    large = statistics.median(seconds((ours, "validate", books[100_000])) for _ in range(2))
    kept = small - bare <= ABOVE
    print(
        f"| validate 10,000 rows, seconds above import pandera.polars | {small:.3f} s | {bare:.3f} s | {small - bare:.2f} s | "
        f"{ABOVE} s | {'kept' if kept else 'MISSED'} |",
        flush=True,
    )
    grows = line("validate: 100,000 rows / 10,000 rows", f"{large:.3f} s", f"{small:.3f} s", large / small, 12)
    return [*([] if kept else ["validate 10,000 rows"]), *([] if grows else ["validate 100,000 rows"])]


ABOVE = 1.5
"""Seconds that validating 10,000 rows may take above the import of the library that it needs."""


def line(name: str, ours: str, baseline: str, ratio: float, most: float | None) -> bool:
    """Prints a line of the table, and says whether the bound is kept."""
    kept = most is None or ratio <= most
    verdict = "" if most is None else "kept" if kept else "MISSED"
    print(f"| {name} | {ours} | {baseline} | {ratio:.2f} | {most or '-'} | {verdict} |", flush=True)
    return kept


def peak(command: Sequence[str | Path]) -> float | None:
    """The largest resident size of a process in MB, None where the system does not tell."""
    if not hasattr(os, "wait4"):
        return None
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))} failed")
    return usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def seconds(command: Sequence[str | Path]) -> float:
    """How long a whole process takes; one that fails would make the figure worthless."""
    start = time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    taken = time.perf_counter() - start
    if done.returncode not in (0, 1) or b"Traceback" in done.stderr:  # 1: the workbook has findings of level error
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr.decode(errors='replace')}")
    return taken


if __name__ == "__main__":
    sys.exit(main())
