"""Times lakip-xl against public baselines and prints ratios; exit status 1 when a bound is missed.

    python3 benchmarks/run.py [--rounds 15]

Whole processes are timed, ours and the baseline in turns, so that a busy machine hurts both alike; what counts is the median of
the ratios. Both sides run in environments made for it, as a user has them: with the test extra installed, pandera imports hypothesis
too, and with pandas beside it takes twice as long.
"""

from __future__ import annotations

import argparse
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
                None,
            ),
        )
        print(
            f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.rounds} rounds, {options.file.name}\n"
        )
        print("| ours / baseline | ours | baseline | ratio | at most | |\n|---|---|---|---|---|---|")
        missed = [race.name for race in races if not report(race, options.rounds)]
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
    kept = race.most is None or ratio <= race.most
    verdict = "" if race.most is None else "kept" if kept else "MISSED"
    print(
        f"| {race.name} | {ours:.3f} s | {baseline:.3f} s | {ratio:.2f} | {race.most or '-'} | {verdict} |", flush=True
    )
    return kept


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
