"""The layers of docs/architecture.md: a module imports only what stands below it, and each library comes in through its own door."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "lakip_xl"

# From the bottom. A module may import its own room and the rooms of lower layers; rooms of one layer do not know each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("cells", "errors"),
    ("numbers", "files", "processes"),
    ("findings", "formula"),
    ("form",),
    ("workbook",),
    ("table",),
    ("sources", "drawing", "records"),
    ("ledger",),
    ("rules",),
    ("template", "fill", "summary", "report", "adopt"),
    ("export", "migration", "reconciliation", "posting", "submission", "difference", "review", "narrative", "recap"),
    ("tasks",),
    ("recalc",),
    ("cli",),
)
DOORS = {
    "click": ("cli",),
    "distributed": ("tasks",),
    "docx": ("narrative",),
    "ironcalc": ("recalc",),
    "lxml": ("workbook",),
    "openpyxl": ("formula",),
    "pandera": ("rules",),
    "polars": ("rules", "table", "recap"),
    "python_calamine": ("sources",),
    "rapidfuzz": ("adopt", "ledger"),
    "xlsxwriter": ("drawing", "template", "summary"),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_the_page_on_architecture_shows_these_layers() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = page.partition("## Layers")[2].partition("```")[2].partition("```")[0]
    shown = [line.split() for line in drawn.strip().splitlines()]
    rooms = [
        [word for word in line[: 2 * len(layer)] if word in layer]
        for line, layer in zip(shown, reversed(LAYERS), strict=True)
    ]
    assert [sorted(set(line)) for line in rooms] == [sorted(layer) for layer in reversed(LAYERS)]


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the whole name"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(name: str) -> int:
    found = [number for number, rooms in enumerate(LAYERS) if name in rooms]
    assert found, f"give {name} a layer in tests/test_layers.py and docs/architecture.md"
    return found[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    own = room(path)
    if own in ("__init__", "__main__"):
        own = "cli"
    for name in imports(path):
        if not name.startswith("lakip_xl."):
            continue
        other = name.split(".")[1]
        if other in (own, "__version__"):
            continue
        assert layer(other) < layer(own), f"{path.relative_to(PACKAGE)} imports {name}, which does not stand below it"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_library_has_its_door(path: Path) -> None:
    for name in imports(path):
        library = name.split(".")[0]
        if library in DOORS:
            assert room(path) in DOORS[library], (
                f"{library} comes in through {DOORS[library]}, not {path.relative_to(PACKAGE)}"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_pattern_needs_a_newer_interpreter_than_debian_12_has(path: Path) -> None:
    found = [line for line in path.read_text(encoding="utf-8").splitlines() if re.search(r"\)[*+?]\+|\(\?>", line)]
    assert not found, "possessive groups and atomic groups match wrongly in Python 3.11.2"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_fits_on_few_screens(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 350, f"{path.relative_to(PACKAGE)} has {lines} lines; is there a seam?"
