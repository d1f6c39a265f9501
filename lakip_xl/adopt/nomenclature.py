"""Codes for rows without one, proposed where their names are those of the nomenclature: the door through which rapidfuzz comes in.

A proposal is looked for among the children of the row above only, since one name may stand under many parents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from lakip_xl.adopt.model import Adoption, Proposal, Taken
from lakip_xl.table.rows import is_code

ANY = "X.XX"
"""Stands for whichever bidang urusan the office has."""

NEAR = 88.0
"""How alike two names must be (percent of their letters) for one to be proposed for the other, and by how much more alike than the
next (``CLEAR``). Found on the seed: "Barang Cetak" for "Barang Cetakan" has 97, the nearest wrong one of a group 83."""
CLEAR = 4.0

_FILE = Path(__file__).with_name("nomenklatur.tsv")
_SIGNS = re.compile(r"[^0-9a-z]+")


def normal(name: str) -> str:
    """A name for comparison: letters and digits alone, since offices set spaces, commas and slashes as they like."""
    return _SIGNS.sub(" ", name.casefold()).strip()


@lru_cache(maxsize=1)
def known() -> dict[str, dict[str, str]]:
    """The children of each code, "" for the programs: normal name to code, in the order of the file."""
    children: dict[str, dict[str, str]] = defaultdict(dict)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "kode\t")):
            continue
        code, name = line.split("\t")
        children[parent_of(code)].setdefault(normal(name), code)
    return dict(children)


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Each code's name as it is written."""
    lines = (line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {fields[0]: fields[1] for fields in lines}


def parent_of(code: str) -> str:
    """The code right above: that of the kegiatan, of the program, or "" for a program."""
    parts = code.split(".")
    return ".".join(parts[:5]) if len(parts) == 6 else ".".join(parts[:3]) if len(parts) == 5 else ""


def levels_of(program: str, name: str) -> set[str]:
    """The levels below a program at which the nomenclature has exactly this name."""
    code, wanted = known().get("", {}).get(normal(program), ""), normal(name)
    if not code:
        return set()
    below = known().get(code, {})
    found = {"kegiatan"} if wanted in below else set()
    if any(wanted in known().get(kegiatan, {}) for kegiatan in below.values()):
        found.add("sub kegiatan")
    return found


def propose(found: Adoption) -> None:
    """Gives each row without a code the proposal that there is for it."""
    above = {"program": "", "kegiatan": ""}
    for row in found.rows:
        if row.continues or row.level not in ("program", "kegiatan", "sub kegiatan"):
            if not row.continues:
                above = {"program": "", "kegiatan": ""}
            continue
        parent = {"program": "", "kegiatan": above["program"], "sub kegiatan": above["kegiatan"]}[row.level]
        code = _own_code(row)
        if not code and (row.level == "program" or parent):
            row.proposal = _match(parent, row.name)
            code = row.proposal.code if row.proposal else ""
        if row.level == "program":
            above = {"program": code, "kegiatan": ""}
        elif row.level == "kegiatan":
            above["kegiatan"] = code
    _settle_urusan(found)


def _own_code(row: Taken) -> str:
    """The code that the source gives, as the nomenclature writes it."""
    code = str(row.values.get("kode") or "").rstrip(".")
    if not is_code(code):
        return ""
    return ANY + code[4:] if code[4:7] == ".01" else code


def _match(parent: str, name: str) -> Proposal | None:
    from rapidfuzz import fuzz, process

    choices = known().get(parent, {})
    wanted = normal(name)
    if wanted in choices:
        return Proposal(choices[wanted], names()[choices[wanted]], 100.0)
    best = process.extract(wanted, list(choices), scorer=fuzz.ratio, limit=2, score_cutoff=NEAR - CLEAR)
    if not best or best[0][1] < NEAR or (len(best) > 1 and best[0][1] - best[1][1] < CLEAR):
        return None
    code = choices[best[0][0]]
    return Proposal(code, names()[code], round(min(best[0][1], 99.9), 1))


def _settle_urusan(found: Adoption) -> None:
    """Puts the office's own bidang urusan in place of X.XX, where its other programs tell one."""
    codes = [str(row.values.get("kode") or "") for row in found.rows]
    codes += [row.proposal.code for row in found.rows if row.proposal is not None]
    own = {code[:4] for code in codes if re.match(r"[0-9]\.[0-9]{2}\.[0-9]{2}", code)}
    if len(own) == 1:
        urusan = own.pop()
        for row in found.rows:
            if row.proposal is not None and row.proposal.code.startswith(ANY):
                code = urusan + row.proposal.code[len(ANY) :]
                row.proposal = Proposal(code, row.proposal.name, row.proposal.likeness)
