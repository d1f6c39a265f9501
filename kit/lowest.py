"""Tries the lowest releases that setup.cfg allows: an environment of exactly those, and in it the tests that touch each library.

    python -m kit.lowest

Needs internet and ``pip install '.[kit]'``; the environment stays in ``.cache/lowest``. What came out stands in
``docs/decisions/0001-libraries.md``.
"""

from __future__ import annotations

import os
import subprocess
import sys

from kit import ROOT, KitError
from kit.requirements import declared
from kit.wheels import run

# A test or two for each library, not the whole suite: click, xlsxwriter, openpyxl, lxml, pandera and polars, calamine and rapidfuzz,
# python-docx, ironcalc; hypothesis where the ledgers' properties are.
SMOKE = (
    "tests/test_cli.py tests/test_example.py tests/template tests/test_formula.py tests/workbook/test_workbook_writing.py tests/table "
    "tests/rules/test_cases.py tests/adopt tests/ledger tests/narrative tests/submission tests/test_posting.py tests/test_recalc.py"
).split()


def main() -> int:
    folder = ROOT / ".cache" / "lowest"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    uv = (sys.executable, "-m", "uv")
    try:
        run([*uv, "venv", "--quiet", "--clear", "--no-python-downloads", "--python", sys.executable, folder])
        wanted = [str(requirement) for requirement in declared("test")]
        run([*uv, "pip", "install", "--quiet", "--no-python-downloads", "--only-binary", ":all:", "--python", python,
             "--resolution", "lowest-direct", *wanted])  # fmt: skip
        print(run([*uv, "pip", "list", "--quiet", "--python", python]), flush=True)
    except KitError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not oracle", *SMOKE, *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
