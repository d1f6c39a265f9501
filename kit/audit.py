"""Asks pip-audit about what a kit would hold today.

    python -m kit.audit

Exit status 0: every library was looked up and none has a known vulnerability; 1: some have; 3: some or all could not be looked up,
which says nothing about them. ``pip-audit`` alone calls the last "no known vulnerabilities found".
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kit import PYTHONS, KitError
from kit.requirements import declared
from kit.targets import Target
from kit.wheels import resolve

CLEAN, VULNERABLE, UNKNOWN = 0, 1, 3


def main() -> int:
    wanted = [str(requirement) for requirement in declared()]
    try:
        sets = {tuple(resolve(wanted, Target(python))) for python in PYTHONS}
    except KitError as error:
        print(f"NOT AUDITED: {error}", file=sys.stderr)
        return UNKNOWN
    found = [library for pins in sorted(sets) for library in asked(pins)]
    status, said = verdict(found, sum(len(pins) for pins in sets))
    print(said)
    return status


def asked(pins: Sequence[str]) -> Sequence[Mapping[str, Any]]:
    """What pip-audit says of each pin; nothing at all where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        listed, out = Path(folder) / "pins.txt", Path(folder) / "audit.json"
        listed.write_text("\n".join(pins), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--no-deps", "--disable-pip"]
        subprocess.run(
            [*command, "--progress-spinner", "off", "--format", "json", "--output", str(out)],
            capture_output=True,
            check=False,
        )
        if not out.is_file():
            return []
        found: Sequence[Mapping[str, Any]] = json.loads(out.read_text(encoding="utf-8"))["dependencies"]
        return found


def verdict(found: Sequence[Mapping[str, Any]], asked_for: int) -> tuple[int, str]:
    """Exit status and a sentence. A library that was not looked up is never called clean."""
    bad = [f"{d['name']} {d['version']}: {v['id']}" for d in found for v in d.get("vulns", ())]
    if bad:
        return VULNERABLE, "Vulnerable:\n" + "\n".join(bad)
    known = [d for d in found if "skip_reason" not in d]
    if len(known) < asked_for:
        return UNKNOWN, f"NOT AUDITED: {asked_for - len(known)} of {asked_for} libraries could not be looked up."
    return CLEAN, f"No known vulnerability in {asked_for} libraries."


if __name__ == "__main__":
    sys.exit(main())
