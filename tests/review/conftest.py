"""The example, and the sheet that is built for it."""

from __future__ import annotations

import pytest

from lakip_xl import tasks
from lakip_xl.tasks.examining import Examination
from reviewed import Made, built
from workbooks import EXAMPLE


@pytest.fixture(scope="session")
def example_source() -> bytes:
    """The example as its office typed it."""
    return (EXAMPLE / "matriks.xlsx").read_bytes()


@pytest.fixture(scope="session")
def example_seen(example_source: bytes) -> Examination:
    """The example, read and judged."""
    return tasks.examine(example_source)


@pytest.fixture(scope="session")
def made(example_seen: Examination) -> Made:
    """The sheet of the example."""
    return built(example_seen)
