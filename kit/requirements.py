"""What setup.cfg says that the project needs."""

from __future__ import annotations

from configparser import ConfigParser

from packaging.requirements import Requirement

from kit import ROOT


def declared(*extras: str) -> list[Requirement]:
    """The run-time requirements, and those of ``extras``; the project's own name in an extra is left out."""
    read = ConfigParser()
    read.read(ROOT / "setup.cfg", encoding="utf-8")
    texts = [read["options"]["install_requires"], *(read["options.extras_require"][extra] for extra in extras)]
    found = [Requirement(line) for text in texts for line in text.split("\n") if line.strip()]
    return [wanted for wanted in found if wanted.name != "lakip_xl"]
