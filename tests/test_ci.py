"""What the README tells people to type is what is run before a change is accepted."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BASH = shutil.which("bash")
SOUND = "# x\n\n<!-- ci:main -->\n\n```sh\nutama | satu\n```\nteks\n<!-- ci:test -->\n```\nuji && dua\n```\n"

pytestmark = pytest.mark.skipif(BASH is None or shutil.which("awk") is None, reason="needs bash and awk")


def printed(folder: Path) -> subprocess.CompletedProcess[str]:
    assert BASH
    return subprocess.run([BASH, str(folder / ".ci" / "run"), "--print"], capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    return tmp_path


def test_the_readme_has_both_commands() -> None:
    if not (ROOT / "README.md").exists():
        pytest.skip("the README is not written yet")
    run = printed(ROOT)
    assert run.returncode == 0, run.stderr
    main, test = run.stdout.splitlines()
    assert "lakip-xl fill examples/" in main
    assert "pytest" in test


def test_the_commands_are_the_lines_in_the_fenced_blocks(copy: Path) -> None:
    (copy / "README.md").write_text(SOUND, encoding="utf-8")
    assert printed(copy).stdout == "utama | satu\nuji && dua\n"


@pytest.mark.parametrize(
    "text",
    [
        SOUND.replace("<!-- ci:test -->", ""),
        SOUND.replace("ci:test", "ci:main"),
        SOUND.replace("uji && dua\n", ""),
        SOUND.replace("uji && dua\n", "uji\ndua\n"),
        SOUND.replace("uji && dua\n```", "uji && dua"),
        SOUND.replace("<!-- ci:test -->\n", "<!-- ci:test -->\nteks\n"),
    ],
    ids=["no mark", "a mark twice", "no line", "two lines", "no end", "text between"],
)
def test_a_readme_without_them_is_refused(copy: Path, text: str) -> None:
    (copy / "README.md").write_text(text, encoding="utf-8")
    run = printed(copy)
    assert run.returncode == 1
    assert "README.md: <!-- ci:" in run.stderr
    assert run.stdout == ""
