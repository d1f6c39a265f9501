"""Times lakip-xl against public baselines and prints ratios; exit status 1 when a bound is missed.

    .venv/bin/python benchmarks/run.py [--rounds 15]

Whole processes are timed, ours and the baseline in turns, so that a busy machine hurts both alike; what counts is the median of
the ratios. The baseline script has an environment of its own, made on the first run.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import platform
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "examples" / "dinsos-manggarai-2023" / "matriks.xlsx"
BASELINE = ("openpyxl>=3.1,<3.2", "pandas>=2.2,<4", "pandera[pandas]>=0.30,<1")


class Race(NamedTuple):
    """Our command against a baseline; ``most`` is the largest ratio that will do, None where none was promised."""

    name: str
    ours: Sequence[str | Path]
    baseline: Sequence[str | Path]
    most: float | None


def main() -> int:
    options = arguments()
    ours = Path(sysconfig.get_path("scripts")) / ("lakip-xl.exe" if os.name == "nt" else "lakip-xl")
    if not ours.exists():
        sys.exit(f"{ours} is not there: install lakip_xl for {sys.executable} first (pip install .)")
    if importlib.util.find_spec("pandas"):
        print("Note: pandas is installed beside lakip_xl; importing pandera then takes longer than it should.")
    python = baseline_python(options.cache)
    with tempfile.TemporaryDirectory(prefix="lakip-xl-benchmark-") as folder:
        out, plain = Path(folder) / "hasil.xlsx", Path(folder) / "obvious.xlsx"
        races = (
            Race("--version / import click", (ours, "--version"), (sys.executable, "-c", "import click"), 2),
            Race(
                "fill / the obvious script",
                (ours, "fill", options.file, "-o", out, "--force"),
                (python, HERE / "obvious.py", options.file, plain),
                1,
            ),
            Race(
                "validate / import pandera.polars",
                (ours, "validate", options.file),
                (sys.executable, "-c", "import pandera.polars"),
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
        "--cache", type=Path, default=HERE.parent / ".cache", help="where the baseline environment is kept"
    )
    return parser.parse_args()


def baseline_python(cache: Path) -> Path:
    """The interpreter of the environment of the obvious script, made when it is not there yet."""
    key = hashlib.sha256(repr((BASELINE, sys.version)).encode()).hexdigest()[:10]
    folder = cache / f"obvious-{key}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    if not ready.exists():
        print(f"Making the baseline's environment: {folder}")
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *BASELINE], check=True)
        ready.touch()
    return python


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
