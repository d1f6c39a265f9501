"""The machines a kit is for: what their interpreter calls itself, which wheels it takes, and how it reads the markers of a requirement."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass

from packaging.markers import default_environment
from packaging.tags import Tag, compatible_tags, cpython_tags, sys_tags

WINDOWS = "win-amd64"  # as sysconfig.get_platform() says it there


@dataclass(frozen=True)
class Target:
    """CPython ``python`` ("3.12") on ``platform`` (as ``sysconfig.get_platform()`` names it there)."""

    python: str
    platform: str = WINDOWS

    @property
    def name(self) -> str:
        """The stem of the target's list in the kit; ``pasang.py`` looks for the one that its own interpreter spells."""
        return f"{self.platform}-cp{self.python.replace('.', '')}"

    @property
    def is_windows(self) -> bool:
        return self.platform == WINDOWS

    def tags(self) -> frozenset[Tag]:
        """The tags of the wheels that its pip takes."""
        if not self.is_windows:
            return frozenset(sys_tags())
        version = tuple(int(part) for part in self.python.split("."))
        interpreter = f"cp{self.python.replace('.', '')}"
        return frozenset(
            [
                *cpython_tags(version, platforms=["win_amd64"]),
                *compatible_tags(version, interpreter, platforms=["win_amd64"]),
            ]
        )

    def environments(self) -> Iterator[dict[str, str]]:
        """How it reads markers: as the first release of its minor version, and as a late one."""
        if not self.is_windows:
            yield dict(default_environment())  # type: ignore[arg-type]
            return
        for micro in ("0", "99"):
            full = f"{self.python}.{micro}"
            yield {
                "implementation_name": "cpython",
                "implementation_version": full,
                "os_name": "nt",
                "platform_machine": "AMD64",
                "platform_python_implementation": "CPython",
                "platform_release": "10",
                "platform_system": "Windows",
                "platform_version": "10.0.19045",
                "python_full_version": full,
                "python_version": self.python,
                "sys_platform": "win32",
            }


def here() -> Target:
    """This machine, to try a kit where it is made."""
    return Target(f"{sys.version_info.major}.{sys.version_info.minor}", sysconfig.get_platform())
