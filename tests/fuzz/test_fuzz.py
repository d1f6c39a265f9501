"""Whatever bytes come, only LakipError comes out: the kept inputs each time, new ones for a few seconds."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.target import one

HERE = Path(__file__).resolve().parent
CORPUS = sorted((HERE / "corpus").iterdir())
SECONDS = 20


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_a_kept_input_breaks_nothing(path: Path) -> None:
    one(path.read_bytes())


def test_the_kept_inputs_stay_few_and_small() -> None:
    assert len(CORPUS) <= 100
    assert sum(path.stat().st_size for path in CORPUS) <= 200_000


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris is not installed (pip install '.[fuzz]')"
)
def test_new_inputs_break_nothing(tmp_path: Path) -> None:
    found = tmp_path / "corpus"
    shutil.copytree(HERE / "corpus", found)
    limits = [
        f"-max_total_time={SECONDS}",
        "-max_len=8192",
        "-timeout=20",
        "-rss_limit_mb=1024",
        "-print_final_stats=1",
    ]
    command = [sys.executable, str(HERE / "run.py"), *limits, f"-dict={HERE / 'xml.dict'}", str(found)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS * 6)
    kept = next(iter(tmp_path.glob("crash-*")), None)
    assert done.returncode == 0, (
        f"{done.stderr[-3000:]}\ninput: {kept.read_bytes()[:2000]!r}" if kept else done.stderr[-3000:]
    )
