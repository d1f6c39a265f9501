"""IronCalc in a process of its own: what it cannot digest may stop that process, never this one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from lakip_xl import processes
from lakip_xl.cells import Cell, Value
from lakip_xl.errors import LakipError

NEEDS = "ironcalc>=0.9,<0.10"
"""What the extra ``recalc`` installs."""

SECONDS = 300
"""So long may a recalculation take."""

_CHILD = Path(__file__).with_name("child.py")


class EngineMissing(LakipError):
    """The extra that recalculates is not installed."""


def require() -> None:
    """Raises EngineMissing where there is no IronCalc."""
    if find_spec("ironcalc") is None:
        raise EngineMissing(
            f'Opsi --recalc memerlukan IronCalc, yang belum terpasang: jalankan pip install "{NEEDS}", lalu ulangi.',
            f'The option --recalc needs IronCalc, which is not installed: run pip install "{NEEDS}" and try again.',
        )


def calculated(path: Path, wanted: Sequence[Cell]) -> dict[Cell, Value] | None:
    """What IronCalc computes for some cells of a file; cells for which it gives an error are left out.

    None where it cannot recalculate the file at all.
    """
    question = json.dumps([str(path.resolve()), [[cell.sheet, cell.row, cell.column] for cell in wanted]])
    try:
        told = processes.answer(_CHILD, question.encode("utf-8"), SECONDS)
        # The engine may say things of its own before the answer.
        values = json.loads(told.splitlines()[-1]) if told else None
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return None
    if values is None:
        return None
    return {cell: value for cell, value in zip(wanted, values, strict=True) if value is not None}
