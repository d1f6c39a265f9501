"""Folders as an Inspektorat receives them, and recaps without further processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from received import gathered, in_this_process


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes workbooks in within this process: what is tested is what comes of them, not who reads them."""
    in_this_process(monkeypatch)


@pytest.fixture(scope="session")
def example() -> bytes:
    """The example as its office typed it."""
    return (Path(__file__).resolve().parents[2] / "examples" / "dinsos-manggarai-2023" / "matriks.xlsx").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, example: bytes) -> Path:
    """Sound workbooks, the example, broken ones, and foreign files."""
    return gathered(tmp_path / "kiriman", example)
