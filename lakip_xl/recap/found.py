"""The files of a folder: which of them are to be read, in an order that is the same everywhere, and why the others are not."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from lakip_xl.errors import LakipError, Text

WORKBOOKS, BUNDLES = (".xlsx", ".xlsm"), (".zip",)
_ELSEWHERE = (".xls", ".xlsb", ".ods", ".csv", ".tsv")
_BACKUP = re.compile(r"\.cadangan-[0-9]+\.[a-z]+$", re.IGNORECASE)
_SYSTEM = ("thumbs.db", "desktop.ini")

OPEN = Text(
    "berkas kunci Excel: buku kerjanya sedang terbuka, atau Excel pernah berhenti mendadak",
    "a lock file of Excel: its workbook is open, or Excel once stopped short",
)
BACKUP = Text("cadangan", "a backup")
OTHER_KIND = Text(
    "bukan .xlsx: simpan sebagai .xlsx di Excel, atau pindahkan dengan lakip-xl adopt",
    "no .xlsx: save it as .xlsx in Excel, or bring it in with lakip-xl adopt",
)
NO_WORKBOOK = Text("bukan buku kerja Excel", "no Excel workbook")
CLOSED = Text("folder tidak dapat dibaca", "the folder cannot be read")


class Source(NamedTuple):
    """A file to be read. ``name`` is its path inside the folder, with ``/``, as it is shown."""

    path: Path
    name: str


class Passed(NamedTuple):
    """A file that is not read, and why."""

    name: str
    reason: Text


def look(folder: Path, leave: Collection[Path] = ()) -> tuple[list[Source], list[Passed]]:
    """The workbooks and bundles of a folder and of those in it, and what is passed over, both by name.

    ``leave`` are files that are known to be something else: the list, the ledger, the output. Of files with the same bytes the first is
    read. Files of the system (with a dot in front, Thumbs.db) are not spoken of. Raises LakipError where there is no such folder.
    """
    if not folder.is_dir():
        raise LakipError(
            f"{folder}: bukan folder. Sebutkan folder tempat buku kerja Perangkat Daerah dikumpulkan.",
            f"{folder}: no folder. Give the folder in which the workbooks of the offices are gathered.",
        )
    passed: list[Passed] = []
    known = {os.path.realpath(each) for each in leave}
    wanted: list[Source] = []

    def refused(error: OSError) -> None:
        passed.append(Passed(_shown(os.path.relpath(error.filename, folder)), CLOSED))

    for home, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for each in names:
            path = Path(home, each)
            if each.startswith(".") or each.casefold() in _SYSTEM or os.path.realpath(path) in known:
                continue
            name = _shown(os.path.relpath(path, folder))
            reason = _reason(each)
            if reason is None:
                wanted.append(Source(path, name))
            else:
                passed.append(Passed(name, reason))
    wanted.sort(key=lambda source: order(source.name))
    sources, doubled = _once(wanted)
    return sources, sorted([*passed, *doubled], key=lambda each: order(each.name))


def order(name: str) -> tuple[str, str]:
    """What names are sorted by: letters first, whichever way a system composes and capitalises them."""
    return unicodedata.normalize("NFC", name).casefold(), name


def _reason(name: str) -> Text | None:
    suffix = Path(name).suffix.casefold()
    if name.startswith("~$"):
        return OPEN
    if _BACKUP.search(name):
        return BACKUP
    if suffix in (*WORKBOOKS, *BUNDLES):
        return None
    return OTHER_KIND if suffix in _ELSEWHERE else NO_WORKBOOK


def _shown(path: str) -> str:
    """A path with ``/``; bytes that are no letters, as old archives leave them in names, become a sign."""
    return path.replace(os.sep, "/").encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _once(sources: list[Source]) -> tuple[list[Source], list[Passed]]:
    """The files whose bytes come first, and those that repeat them. Only files of one size are read for it."""
    sizes = {source: _size(source.path) for source in sources}
    alike = Counter(sizes.values())
    first: dict[str, str] = {}
    kept, doubled = [], []
    for source in sources:
        if alike[sizes[source]] > 1 and sizes[source] > 0 and (digest := _digest(source.path)):
            before = first.setdefault(digest, source.name)
            if before != source.name:
                same = Text(f"sama persis dengan {before}", f"the same file as {before}")
                doubled.append(Passed(source.name, same))
                continue
        kept.append(source)
    return kept, doubled


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1  # whoever reads it says what is in the way


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
