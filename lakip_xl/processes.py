"""A script of ours in a process of its own: what a library cannot digest may stop that process, never this one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def answer(script: Path, question: bytes, seconds: float) -> bytes | None:
    """What a script prints on its standard output for a question on its standard input; None where it ended badly.

    Raises OSError where it cannot be started, subprocess.TimeoutExpired where it takes more than ``seconds``.
    """
    # -P: nothing is imported from the folder in which the user happens to be, nor from that of the script.
    command = [sys.executable, "-P", str(script)]
    done = subprocess.run(command, input=question, capture_output=True, timeout=seconds, check=False)
    return done.stdout if done.returncode == 0 else None
