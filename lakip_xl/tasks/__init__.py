"""One short function for each verb: the public Python API. The command line only translates to and from these."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lakip_xl.tasks.examining import Examination, StrPath, examine, validate
from lakip_xl.tasks.filling import Filled, fill
from lakip_xl.tasks.making import Exported, Migrated, adopt, export, migrate, template
from lakip_xl.tasks.posting import Posted, post
from lakip_xl.tasks.recapping import Recapped, recap
from lakip_xl.tasks.reconciling import Reconciled, read_all, reconcile
from lakip_xl.tasks.submitting import Submitted, Verified, diff, submit, verify

__all__ = [
    "Examination",
    "Exported",
    "Filled",
    "Migrated",
    "Posted",
    "Recapped",
    "Reconciled",
    "StrPath",
    "Submitted",
    "Verified",
    "adopt",
    "diff",
    "examine",
    "explain",
    "export",
    "fill",
    "migrate",
    "post",
    "read_all",
    "recap",
    "reconcile",
    "submit",
    "template",
    "validate",
    "verify",
    "write_report",
]


def explain(code: str | None, lang: str = "id") -> str:
    """What a rule means, why it matters and how to mend what it finds; without a code, the list of all rules."""
    from lakip_xl.report.explain import explain as explained

    return explained(code, lang)


def write_report(path: Path, data: bytes, sources: Iterable[Path], *, force: bool = False) -> None:
    """Writes a report to a file. Raises OutputRefused where the file exists (without ``force``), or is one of the workbooks."""
    from lakip_xl import files

    files.put_report(path, data, sources, force=force)
