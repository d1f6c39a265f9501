"""Commands in processes of their own, under something wrong with the machine or with a bound on what they may take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

TESTS = Path(__file__).resolve().parent


class Run(NamedTuple):
    """How a run ended; ``seconds`` of the processor, ``memory`` in MiB at its peak."""

    status: int
    out: str
    err: str
    seconds: float
    memory: float


class Runs:
    """The process that runs commands for a test (``disturbed.py``)."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))}
        environment.pop("LAKIP_XL_DEBUG", None)
        self.process = subprocess.Popen(
            [sys.executable, str(TESTS / "disturbed.py")], env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )  # fmt: skip

    def __call__(self, folder: Path, *arguments: str, times: int = 1, here: bool = False, **wrong: Any) -> list[Run]:
        assert self.process.stdin and self.process.stdout
        given = [os.fsencode(each).decode("latin-1") for each in arguments]
        asked = {"folder": str(folder), "arguments": given, "times": times, "here": here, "wrong": wrong}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:  # it was ended by a bound, or crashed; the next run gets a new one
            ended = self.process.wait()
            self._start()
            return [Run(ended, "", "the process ended before it answered", 0.0, 0.0)]
        return [Run(*each) for each in json.loads(answer)]

    def close(self) -> None:
        self.process.communicate()


def files(folder: Path) -> dict[str, bytes]:
    """All that is in a folder, hidden or not."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
