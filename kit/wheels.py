"""Which wheels a kit needs, and getting them: uv resolves for a machine that is not this one, pip downloads exactly what came out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kit import ROOT, KitError, Unreachable
from kit.targets import Target

# polars asks for its default runtime in every case. That one needs AVX2, which cheap office laptops lack, and the other, which runs
# everywhere, is taken first where both are there: a hundred megabytes that nobody would use.
DROPPED = {"polars-runtime-32": "polars-runtime-compat"}

# So that the same sources give the same wheel, byte for byte: the first day that a zip can hold.
_EPOCH = "315532800"

_NO_ANSWER = (
    "dns error",
    "error sending request",
    "connection",
    "timed out",
    "newconnectionerror",
    "could not find a version",
)


def build(folder: Path) -> Path:
    """The project's own wheel, made out of its source distribution as a packager would, put into ``folder``."""
    made = folder / "dist"
    run([sys.executable, "-m", "build", "--outdir", made, ROOT], SOURCE_DATE_EPOCH=_EPOCH)
    (wheel,) = made.glob("*.whl")
    return wheel


def resolve(requirements: Sequence[str], target: Target, *options: str) -> list[str]:
    """The requirements and all that they need on ``target``, as ``name==version``, without what is dropped.

    Raises Unreachable where the registry does not answer, KitError where there is no set of wheels that fits.
    """
    foreign = ["--python-platform", "x86_64-pc-windows-msvc"] if target.is_windows else []
    plain = (
        "--quiet",
        "--no-header",
        "--no-annotate",
        "--no-config",
        "--no-python-downloads",
        "--only-binary",
        ":all:",
    )
    said = run(
        [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            "-",
            *plain,
            "--python-version",
            target.python,
            *foreign,
            *options,
        ],
        given="\n".join(requirements),
    )
    pins = [line.strip() for line in said.splitlines() if "==" in line]
    return [pin for pin in pins if pin.split("==")[0] not in DROPPED]


def download(pins: Sequence[str], target: Target, folder: Path) -> list[Path]:
    """The wheel of each pin that ``target`` takes, in ``folder``, which holds no other."""
    folder.mkdir(parents=True)
    windows = ["--platform", "win_amd64", "--python-version", target.python, "--implementation", "cp"]
    foreign = windows if target.is_windows else []
    plain = ("--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:")
    run([sys.executable, "-m", "pip", "download", *plain, "--dest", folder, *foreign, *pins])
    return sorted(folder.glob("*.whl"))


def run(command: Sequence[str | Path], *, given: str = "", **env: str) -> str:
    """What a command prints. Raises KitError with its last words where it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", **env},
    )
    if done.returncode:
        said = done.stderr.strip() or done.stdout.strip()
        kind = Unreachable if any(word in said.lower() for word in _NO_ANSWER) else KitError
        raise kind(f"{' '.join(str(word) for word in command[:5])} ...:\n{said[-2000:]}")
    return done.stdout
