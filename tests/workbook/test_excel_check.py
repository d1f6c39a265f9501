"""The ten files for the first person with desktop Excel are made, and have nothing that is known to trouble it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from xlsx_checks import problems

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


@pytest.mark.slow
def test_the_files_are_those_of_the_page_and_sound(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("excel_check", DOCS / "excel_check.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.make(tmp_path)
    listed = re.findall(r"^\| `(\S+)`", (DOCS / "excel-check.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [path.name for path in made] == sorted(listed)
    assert len(made) == 10
    assert {path.name: problems(path) for path in made} == {path.name: [] for path in made}
