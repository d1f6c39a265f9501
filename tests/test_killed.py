"""A process that ends at any moment leaves the input as it was, and the output whole or absent."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import sealed
from killed import ENDED

TESTS = Path(__file__).resolve().parent
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS), os.environ.get("PYTHONPATH", ""))),
}

COMMANDS = {
    "fill": ("fill", "masuk.xlsx", "-o", "keluar.xlsx"),
    "fill --in-place": ("fill", "masuk.xlsx", "--in-place"),
    "fill, an output that is there": ("fill", "masuk.xlsx", "-o", "lama.xlsx", "--force"),
    "submit": ("submit", "masuk.xlsx", "-o", "ajuan.zip"),
    "diff": ("diff", "lama.xlsx", "masuk.xlsx", "-o", "beda.xlsx"),
    "export": ("export", "masuk.xlsx", "-o", "e81.xlsx"),
    "validate -o": ("validate", "masuk.xlsx", "--format", "json", "-o", "laporan.json"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "kantor"
    here.mkdir()
    # An entry changed since it was filled, so that a fill in place has something to write.
    (here / "masuk.xlsx").write_bytes(
        sealed.changed({("Matriks", (13, 11)): 5.0, ("Matriks", (13, 16)): sealed.EXPLANATION})
    )
    (here / "lama.xlsx").write_bytes(sealed.workbook())
    return here


def run(folder: Path, last: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TESTS / "killed.py"), str(folder), str(last), *arguments]
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False
    )


def files(folder: Path) -> dict[str, bytes]:
    """What a person sees in the folder: files that begin with a dot are what a power cut leaves of a temporary one."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.mark.parametrize("name", COMMANDS)
def test_ended_before_each_thing_it_does_to_a_file(name: str, folder: Path, tmp_path: Path) -> None:
    before = files(folder)
    whole = tmp_path / "utuh"
    shutil.copytree(folder, whole)
    finished = run(whole, 0, *COMMANDS[name])
    assert finished.returncode in (0, 1), finished.stderr
    after, steps = files(whole), int(finished.stdout.split()[-1])
    assert steps >= 3 and after != before
    ended = 0
    for last in range(1, steps + 1):
        result = run(folder, last, *COMMANDS[name])
        ended += result.returncode == ENDED
        for file, data in files(folder).items():
            whole_ones = [each[file] for each in (before, after) if file in each]
            if ".cadangan-" in file:
                whole_ones.append(before[file.replace(".cadangan-1", "").replace(".cadangan-2", "")])
            assert data in whole_ones, f"{file} is half written when ended before step {last} of {steps}"
        shutil.rmtree(folder)
        folder.mkdir()
        for file, data in before.items():
            (folder / file).write_bytes(data)
    assert ended >= 3


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("seed", range(6))
def test_killed_at_a_random_moment(seed: int, folder: Path) -> None:
    before = files(folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "lakip_xl", *COMMANDS["fill, an output that is there"]], cwd=folder, env=ENVIRONMENT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(random.Random(seed).uniform(0.05, 2.5))  # the moment of the power cut, not a wait for something
    process.kill()
    process.wait()
    now = files(folder)
    assert now["masuk.xlsx"] == before["masuk.xlsx"]
    assert zipfile.ZipFile(folder / "lama.xlsx").testzip() is None
    assert set(now) - set(before) <= {"lama.cadangan-1.xlsx"}
