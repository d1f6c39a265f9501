"""The way onto an office PC: ``python -m kit`` makes the folder that is installed without internet. Not part of the package."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = Path(__file__).resolve().parent / "files"
PYTHONS = ("3.11", "3.12", "3.13")


class KitError(Exception):
    """The kit cannot be made, or is not complete; nothing is left behind."""


class Unreachable(KitError):
    """The package registry does not answer."""
