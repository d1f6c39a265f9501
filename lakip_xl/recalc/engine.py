"""IronCalc in a process of its own: what it cannot digest may stop that process, never this one. The only door to ironcalc."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import LakipError

NEEDS = "ironcalc>=0.9,<0.10"
"""What the extra ``recalc`` installs."""

SECONDS = 300
"""So long may a recalculation take."""


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
        done = subprocess.run(
            [sys.executable, "-m", __name__], input=question, capture_output=True, encoding="utf-8", errors="replace",
            timeout=SECONDS, check=False,
        )  # fmt: skip
        # The engine may say things of its own before the answer.
        answer = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 and done.stdout else None
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return None
    if answer is None:
        return None
    return {cell: value for cell, value in zip(wanted, answer, strict=True) if value is not None}


def _answer(path: str, wanted: Sequence[tuple[str, int, int]]) -> list[Value]:
    import ironcalc

    with zipfile.ZipFile(path) as package:
        if b'fullPrecision="0"' in package.read("xl/workbook.xml"):
            raise ValueError("precision as displayed: IronCalc knows full precision alone")
    model = ironcalc.load_from_xlsx(path)
    model.evaluate()
    sheets = {sheet["name"]: number for number, sheet in enumerate(model.get_worksheets_properties())}
    values: list[Value] = []
    for name, row, column in wanted:
        value = None
        if name in sheets and model.get_cell_type(sheets[name], row, column) != ironcalc.CellType.ErrorValue:
            value = model.get_cell_value(sheets[name], row, column)
        values.append(value if isinstance(value, float | str | bool) else None)
    return values


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_answer(*json.load(sys.stdin))) + "\n")
