"""Environments as users have them, and what a whole process in one of them takes: wall time, CPU time, memory."""

from __future__ import annotations

import os
import shutil
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
Command = Sequence[str | Path]


class Taken(NamedTuple):
    """What a process took: seconds of wall time and of CPU (user and system), and its largest resident size in MB.

    CPU and size are 0 where the system does not tell them of a child process.
    """

    wall: float
    cpu: float = 0.0
    peak: float = 0.0


def environment(folder: Path, *packages: str) -> Path:
    """The interpreter of the environment in a folder, made when it is not there yet, with these packages."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print(f"Making an environment: {folder}", file=sys.stderr, flush=True)
        venv.create(folder, clear=True, with_pip=True)
    if packages:
        pip(python, "install", *packages)
    return python


def install_ours(python: Path) -> Path:
    """Installs the project as it stands and gives the path of ``lakip-xl``.

    It is built from a copy: setuptools leaves a build folder that would go stale in the tree.
    """
    with tempfile.TemporaryDirectory(prefix="lakip-xl-source-") as folder:
        source = Path(folder) / "source"
        shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "build", "*.egg-info", "tests", "examples"))
        pip(python, "uninstall", "-q", "-y", "lakip_xl")  # said twice, -q keeps quiet when there is none yet
        pip(python, "install", str(source))
    return python.with_name("lakip-xl" + python.suffix)


def pip(python: Path, command: str, *arguments: str) -> None:
    subprocess.run([str(python), "-m", "pip", command, "-q", *arguments], check=True)


def run(command: Command) -> Taken:
    """Runs a whole process; one that fails would make the figure worthless."""
    line = [str(part) for part in command]
    start = time.perf_counter()
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_plain())
    assert process.stderr is not None
    said = process.stderr.read()
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        size = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        taken = Taken(wall, usage.ru_utime + usage.ru_stime, size)
    else:
        process.wait()
        taken = Taken(time.perf_counter() - start)
    process.stderr.close()
    if process.returncode not in (0, 1) or b"Traceback" in said:  # 1: the workbook has findings of level error
        sys.exit(f"{' '.join(line)} failed:\n{said.decode(errors='replace')}")
    return taken


def _plain() -> dict[str, str]:
    """The environment without what changes how Python starts: without its bytecode, every start compiles anew."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
