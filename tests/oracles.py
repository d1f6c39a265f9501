"""Two engines that know nothing of our code say what the formulas of a workbook come to.

IronCalc 0.9 answers ``#NAME?``, ``#N/IMPL!`` or ``#ERROR!`` to AGGREGATE, GETPIVOTDATA and unions of ranges inside a
function, ``SUM((A1,B1))``: it cannot do them. LibreOffice writes numbers with 15 digits: no comparison with it can be
sharper than some 1e-14.
"""

from __future__ import annotations

import datetime
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ironcalc
import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from lakip_xl.cells import Cell, ErrorValue, Value

Values = dict[tuple[str, int, int], Value]

RELATIVE, NEAR_ZERO = 1e-12, 1e-9

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop>
</item>
</oor:items>
"""
RECALCULATE_ALWAYS, RECALCULATE_NEVER = 0, 1


def needs_libreoffice(test: Any) -> Any:
    """Marks a test that recalculates with LibreOffice."""
    skip = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
    return pytest.mark.oracle(skip(test))


def ironcalc_values(path: str | Path) -> Values:
    """Every filled cell as IronCalc computes it; cached values are thrown away."""
    model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    values: Values = {}
    for sheet, row, column in model.get_all_cells():
        value: Value = model.get_cell_value(sheet, row, column)
        if isinstance(value, str) and model.get_cell_type(sheet, row, column) == ironcalc.CellType.ErrorValue:
            value = ErrorValue(value)
        values[names[sheet], row, column] = value
    return values


def libreoffice_values(path: str | Path) -> Values:
    """Every filled cell as LibreOffice computes it, recalculation forced."""
    return libreoffice_values_of([path])[0]


def libreoffice_values_of(paths: Sequence[str | Path], mode: int = RECALCULATE_ALWAYS) -> list[Values]:
    """As :func:`libreoffice_values`, for several workbooks in one start of LibreOffice, in the order given."""
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        return [cached_values(out) for out in _saved_again(paths, Path(folder), mode)]


def libreoffice_saved(path: str | Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it; ``folder`` is made and keeps it."""
    folder.mkdir()
    return _saved_again([path], folder, RECALCULATE_ALWAYS)[0]


def libreoffice_chain(paths: Sequence[str | Path], kinds: Sequence[str], folder: Path) -> list[Path]:
    """The workbooks saved by LibreOffice in one format after the other; ``folder`` keeps what comes out."""
    found = list(map(Path, paths))
    for number, kind in enumerate(kinds):
        here = folder / str(number)
        here.mkdir()
        found = _saved_again(found, here, RECALCULATE_ALWAYS, kind)
    return found


def _saved_again(paths: Sequence[str | Path], here: Path, mode: int, kind: str = "xlsx") -> list[Path]:
    assert SOFFICE is not None, "LibreOffice is not installed; mark the test with needs_libreoffice"
    profile = here / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(mode=mode), encoding="utf-8")
    (here / "in").mkdir()
    inputs = [here / "in" / f"{number:04}{Path(path).suffix}" for number, path in enumerate(paths)]
    for path, copy in zip(paths, inputs, strict=True):
        shutil.copyfile(path, copy)
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    command += ["--outdir", str(here / "out"), *map(str, inputs)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120 + 20 * len(inputs), check=False)
    outputs = [here / "out" / f"{copy.stem}.{kind}" for copy in inputs]
    missing = [str(path) for path, out in zip(paths, outputs, strict=True) if not out.exists()]
    assert not missing, f"LibreOffice wrote nothing for {missing}: {run.stdout} {run.stderr}"
    return outputs


def cached_values(path: str | Path) -> Values:
    """The values that a workbook stores, as openpyxl reads them."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.row, cell.column): _value(cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None or isinstance(value, bool):
        return value
    if cell.data_type == "e":
        return ErrorValue(value)
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return float(to_excel(value, cell.parent.parent.epoch))
    return float(value) if isinstance(value, int | float) else str(value)


def formulas(path: str | Path) -> dict[tuple[str, int, int], str]:
    """The text of every formula cell; of a shared one as it reads there, of an array its first cell."""
    book = openpyxl.load_workbook(path)
    found = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, ArrayFormula | DataTableFormula):
                    found[sheet.title, cell.row, cell.column] = str(getattr(cell.value, "text", None) or "data table")
                elif cell.data_type == "f":
                    found[sheet.title, cell.row, cell.column] = str(cell.value)
    return found


def same(cached: Value, computed: Value) -> bool:
    """Whether two values are the same to the eye of a careful reader: type, text, error code, and number to 1e-12."""
    cached, computed = (None if value == "" else value for value in (cached, computed))
    if isinstance(cached, bool) or isinstance(computed, bool) or not isinstance(cached, float):
        return type(cached) is type(computed) and cached == computed
    if not isinstance(computed, float):
        return False
    largest = max(abs(cached), abs(computed))
    return largest <= NEAR_ZERO or abs(cached - computed) <= RELATIVE * largest


def compare_caches(path: str | Path, oracle_values: Mapping[tuple[str, int, int], Value]) -> list[str]:
    """Each formula cell whose stored value is not what the oracle computes; an empty list is what a test wants."""
    cached = cached_values(path)
    return [
        f"{Cell(*place)} {formula}: cached {cached.get(place)!r}, oracle {oracle_values.get(place)!r}"
        for place, formula in formulas(path).items()
        if not same(cached.get(place), oracle_values.get(place))
    ]
