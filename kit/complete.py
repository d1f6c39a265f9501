"""Whether a set of wheels is whole: each requirement of each wheel is met by another one, on the machine it is for."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename
from packaging.version import Version

from kit.targets import Target
from kit.wheels import DROPPED


@dataclass(frozen=True)
class Wheel:
    """What a wheel says of itself."""

    path: Path
    name: NormalizedName
    version: Version
    python: SpecifierSet
    requires: tuple[Requirement, ...]

    @classmethod
    def read(cls, path: Path) -> Wheel:
        """From the METADATA inside, not from what a registry says of it."""
        name, version, _, _ = parse_wheel_filename(path.name)
        with zipfile.ZipFile(path) as archive:
            (inside,) = (n for n in archive.namelist() if n.count("/") == 1 and n.endswith(".dist-info/METADATA"))
            said = HeaderParser().parsestr(archive.read(inside).decode("utf-8"))
        return cls(
            path,
            name,
            version,
            SpecifierSet(said.get("Requires-Python") or ""),
            tuple(Requirement(line) for line in said.get_all("Requires-Dist") or ()),
        )


def lacking(paths: Iterable[Path], target: Target, root: str = "lakip_xl") -> list[str]:
    """What keeps ``root`` from working on ``target`` with these wheels alone, a sentence each; none where the set is whole."""
    wheels: dict[NormalizedName, Wheel] = {}
    said = []
    for wheel in map(Wheel.read, paths):
        if wheel.name in wheels:
            said.append(f"{wheel.name} is there twice, as {wheels[wheel.name].version} and {wheel.version}")
        wheels[wheel.name] = wheel
        if not parse_wheel_filename(wheel.path.name)[3] & target.tags():
            said.append(f"{wheel.path.name} is not for {target.name}")
    start = canonicalize_name(root)
    if start not in wheels:
        return [*said, f"{root} itself is missing"]
    for environment in target.environments():
        reached = {start}
        said += _missing(wheels, start, environment, reached)
        said += [f"nothing needs {name}" for name in sorted(wheels.keys() - reached)]
    return sorted(set(said))


def _missing(
    wheels: dict[NormalizedName, Wheel],
    start: NormalizedName,
    environment: dict[str, str],
    reached: set[NormalizedName],
) -> Iterator[str]:
    todo: list[tuple[NormalizedName, frozenset[str]]] = [(start, frozenset())]
    seen = set(todo)
    while todo:
        name, extras = todo.pop()
        wheel = wheels[name]
        if environment["python_full_version"] not in wheel.python:
            yield f"{wheel.path.name} wants Python {wheel.python}"
        for wanted in wheel.requires:
            if wanted.marker and not any(wanted.marker.evaluate({**environment, "extra": e}) for e in extras or {""}):
                continue
            other = canonicalize_name(wanted.name)
            other = canonicalize_name(DROPPED.get(other, other))
            found = wheels.get(other)
            if found is None:
                yield f"{wheel.path.name} needs {wanted}, which is missing"
                continue
            if not wanted.specifier.contains(found.version, prereleases=True):
                yield f"{wheel.path.name} needs {wanted}, but {found.version} is there"
            reached.add(other)
            step = (other, frozenset(wanted.extras))
            if step not in seen:
                seen.add(step)
                todo.append(step)
