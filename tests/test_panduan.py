"""docs/panduan.md: every command in it, run in order on the example, ends as the guide says; every picture that it shows is there."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from lakip_xl.cli import main
from workbooks import EXAMPLE

PAGE = Path(__file__).resolve().parent.parent / "docs" / "panduan.md"


def commands() -> Iterator[tuple[list[str], int]]:
    """The commands of the guide and the exit status that it tells."""
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        lines = block.splitlines()
        for line, after in zip(lines, [*lines[1:], ""], strict=True):
            if line.startswith("$ lakip-xl "):
                told = re.fullmatch(r"\(status keluar ([0-9])\)", after)
                yield shlex.split(line.removeprefix("$ lakip-xl ")), int(told[1]) if told else 0


def test_every_command_of_the_guide_ends_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("matriks.xlsx", "matriks-dijelaskan.xlsx"):
        shutil.copyfile(EXAMPLE / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    found = list(commands())
    assert len(found) >= 14
    for arguments, status in found:
        result = CliRunner().invoke(main, arguments, prog_name="lakip-xl")
        assert result.exit_code == status, f"{arguments}: {result.output}"
        assert "Traceback" not in result.output


def test_every_picture_and_page_that_it_names_is_there() -> None:
    named = re.findall(r"\]\(([^)#]+)\)", PAGE.read_text(encoding="utf-8"))
    assert len(named) >= 8
    assert [name for name in named if not (PAGE.parent / name).exists()] == []
