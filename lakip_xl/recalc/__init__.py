"""Recalculation on request: do the results that a workbook stores equal what its own formulas give now?

Needs the extra ``recalc`` (IronCalc). Nothing else in the tool depends on it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lakip_xl.report.model import Report
    from lakip_xl.table.hints import Hints
    from lakip_xl.tasks import Examination


def validate(source: str | os.PathLike[str], *, hints: Hints | None = None) -> Report:
    """As ``tasks.validate``, and stored results that are out of date are findings too (RM10).

    Raises as ``tasks.examine``, and EngineMissing where the extra is not installed.
    """
    from lakip_xl import tasks
    from lakip_xl.report.model import Report

    require()
    path = Path(source)
    seen = tasks.examine(path, hints=hints)
    judge(seen, path)
    return Report.of(path.name, seen.document, seen.findings)


def require() -> None:
    """Raises EngineMissing, with a sentence that says how to install it, where there is no IronCalc."""
    from lakip_xl.recalc import engine

    engine.require()


def judge(seen: Examination, path: Path) -> None:
    """Recalculates the file of an examination and judges it again, with what came out."""
    from lakip_xl.recalc.compare import compare
    from lakip_xl.rules import catalogue
    from lakip_xl.summary import explanations

    document = seen.document
    document.facts = {**document.facts, **compare(seen.book, document, path)}
    seen.findings = explanations.settle(catalogue.check(document), seen.notes, document)
