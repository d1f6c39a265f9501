"""Headings that stand once for kinerja and once for money: REALISASI, %, CAPAIAN, TARGET. The group above a column tells which it is,
else the column that stands left of it: REALISASI after TARGET is what was done, after ANGGARAN what was spent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from lakip_xl.form.spec import TableSpec
from lakip_xl.table.headers import Texts
from lakip_xl.table.locate import PERCENT_OF_WHAT, Located, headings, plain

KINERJA, MONEY = "kinerja", "money"

_KINERJA_WORDS = frozenset("kinerja fisik output outcome keluaran hasil volume".split())
_MONEY_WORDS = frozenset("keuangan anggaran belanja rupiah rp pagu dana biaya penyerapan serapan".split())
_TOLD = ("target", "realisasi", "capaian", "anggaran", "realisasi_anggaran", "persen")

_BARE = {
    "realisasi": ("realisasi",),
    "target": ("target",),
    "capaian": ("capaian", "capaian(%)", "tingkat capaian(%)"),
    "persen": PERCENT_OF_WHAT,
}
"""Headings that do not say of what they are the target, the realisasi or the percentage."""

_PAIRS = {
    "realisasi": ("realisasi", "realisasi_anggaran"),
    "capaian": ("capaian", "persen"),
    "persen": ("capaian", "persen"),
}
"""By the key of a column in doubt: those of kinerja and of money that may be meant."""

_LEFT_OF = {"target": KINERJA, "realisasi": KINERJA, "anggaran": MONEY, "realisasi_anggaran": MONEY}

_NOBODY: Mapping[str, int] = MappingProxyType({})
_Claims = dict[str, list[int]]


def settle(spec: TableSpec, place: Located, texts: Texts, named: Mapping[str, int] = _NOBODY) -> Located:
    """The place with each heading of two meanings at its own; what is not told apart stays in doubt. ``named`` are columns that the
    user gave."""
    if headings(spec).get("realisasi") != "realisasi" or "realisasi_anggaran" not in spec.by_key:
        return place  # a form in which such a heading has one meaning
    sure, bare = _claims(place, texts, named)
    if not any(bare.values()):
        return place
    group = _groups(spec, place, texts, sure, bare)
    told = {key: list(columns) for key, columns in sure.items()}
    _tell_targets(told, bare["target"], group)
    _tell_realisasi(told, bare["realisasi"], group)
    _tell_percentages(told, bare, group, flat=not place.first_row)
    told |= {key: [named[key]] for key in _TOLD if key in named}
    return _placed(
        place, told, {column: texts.at(place.header_row, column)[1] for each in bare.values() for column in each}
    )


def pairs(place: Located, texts: Texts) -> dict[str, int]:
    """The columns to name where two of one bare heading are in doubt: the first for kinerja, the last for money."""
    found: dict[str, int] = {}
    for key, columns in place.doubts.items():
        # Two targets besides an anggaran are two years, and so are their realisasi.
        bare = "target" not in place.doubts and all(_kind(texts, place, column) for column in columns)
        kinerja, money = _PAIRS.get(key, (key, key))
        if bare and kinerja != money and not ({kinerja, money} - {key}) & set(place.columns):
            found |= {kinerja: columns[0], money: columns[-1]}
        else:
            found[key] = columns[-1]
    return found


def _kind(texts: Texts, place: Located, column: int) -> str:
    """Which of the headings of two meanings a column bears, "" for another one."""
    heading = plain(texts.at(place.header_row, column)[1])
    return next((kind for kind, words in _BARE.items() if heading in words), "")


def _claims(place: Located, texts: Texts, named: Mapping[str, int]) -> tuple[_Claims, _Claims]:
    """The columns whose heading says what they are, by key, and those whose heading does not, by what it says."""
    sure: _Claims = {key: [] for key in _TOLD}
    bare: _Claims = {kind: [] for kind in _BARE}
    taken = set(named.values())
    for key in _TOLD:
        for column in place.doubts.get(key) or [place.columns[key]] if key in place.columns else []:
            kind = "" if column in taken else _kind(texts, place, column)
            (bare[kind] if kind else sure[key]).append(column)
    taken.update(place.columns.values(), *place.doubts.values())
    if place.first_row in (0, place.header_row):  # further columns of a heading, in the one row of headings
        for column in sorted({column for row, column in texts.values if row == place.header_row} - taken):
            wide = texts.anchors.get((place.header_row, column + 1)) == (place.header_row, column)
            if not wide and (kind := _kind(texts, place, column)):
                bare[kind].append(column)
    return sure, {kind: sorted(columns) for kind, columns in bare.items()}


def _groups(spec: TableSpec, place: Located, texts: Texts, sure: _Claims, bare: _Claims) -> dict[int, str]:
    """What the nearest group above a column says that it is of. A title over the names, or over target and anggaran, is no group."""
    names = ("no", "kode", "uraian", *(name.key for name in spec.names))

    def above(columns: Sequence[int]) -> set[tuple[int, int]]:
        return {anchor for column in columns for anchor, _ in texts.above(place.header_row, column)}

    titles = above([place.columns[key] for key in names if key in place.columns])
    targets = [above([column]) for column in sure["target"] + bare["target"]]
    titles |= set.intersection(*targets, above(sure["anggaran"])) if targets else set()
    of_anggaran = above(sure["anggaran"])
    found = {}
    for column in (column for each in bare.values() for column in each):
        sides = [
            (anchor, _side(text)) for anchor, text in texts.above(place.header_row, column) if anchor not in titles
        ]
        # What heads an anggaran is no group of kinerja, whatever its words.
        told = (side for anchor, side in sides if side == MONEY or (side and anchor not in of_anggaran))
        found[column] = next(told, "")
    return found


def _side(text: str) -> str:
    words = set(re.findall(r"[a-z]+", text.casefold()))
    money, kinerja = bool(words & _MONEY_WORDS), bool(words & _KINERJA_WORDS)
    if money != kinerja:
        return MONEY if money else KINERJA
    return KINERJA if not money and words & {"capaian", "indikator"} else ""


def _left(told: _Claims, column: int, keys: Sequence[str] = tuple(_LEFT_OF)) -> str:
    """Of what the nearest figure left of a column is."""
    figures = {place: _LEFT_OF[key] for key in keys for place in told[key] if place < column}
    return figures[max(figures)] if figures else ""


def _tell_targets(told: _Claims, bare: Sequence[int], group: Mapping[int, str]) -> None:
    """A target of money is the anggaran; beside an anggaran it is another plan, of which the form has no column."""
    of_money = [column for column in bare if group[column] == MONEY]
    told["target"] += [column for column in bare if column not in of_money]
    if not told["anggaran"]:
        told["anggaran"] += of_money


def _tell_realisasi(told: _Claims, bare: Sequence[int], group: Mapping[int, str]) -> None:
    several = len(bare) + len(told["realisasi"]) > 1
    # Where there is but one, its place proves nothing.
    sides = {
        column: group[column] or (_left(told, column, ("target", "anggaran")) if several else KINERJA)
        for column in bare
    }
    done = told["realisasi"] + [column for column in bare if sides[column] == KINERJA]
    spent = told["realisasi_anggaran"] + [column for column in bare if sides[column] == MONEY]
    by_groups = all(group[column] for column in bare)
    if by_groups or (all(sides.values()) and len(done) <= 1 and len(spent) <= 1):
        told["realisasi"], told["realisasi_anggaran"] = done, spent
    else:
        told["realisasi"] += bare


def _tell_percentages(told: _Claims, bare: _Claims, group: Mapping[int, str], *, flat: bool) -> None:
    """CAPAIAN is that of kinerja unless it is said or there are two of them; a % is of the figure left of it."""
    several = len(bare["capaian"]) + len(told["capaian"]) > 1
    for column in bare["capaian"]:
        of_money = (group[column] or (_left(told, column) if several else "")) == MONEY
        told["persen" if of_money and not told["persen"] else "capaian"].append(column)
    of: dict[str, list[int]] = {KINERJA: [], MONEY: []}
    for column in bare["persen"]:
        side = group[column] or (_left(told, column) if told["anggaran"] else "")
        of[KINERJA if side == KINERJA else MONEY].append(column)
    for side, key in ((KINERJA, "capaian"), (MONEY, "persen")):
        if not told[key]:
            told[key] = of[side][-1:] if flat else of[side]


def _placed(place: Located, told: _Claims, headed: Mapping[int, str]) -> Located:
    """The place with the columns that were told; what has none now is named among the strangers."""
    columns = {key: column for key, column in place.columns.items() if key not in _TOLD}
    columns |= {key: claimed[0] for key, claimed in told.items() if claimed}
    doubts = {key: claimed for key, claimed in place.doubts.items() if key not in _TOLD}
    doubts |= {key: sorted(claimed) for key, claimed in told.items() if len(claimed) > 1}
    missing = {key: near for key, near in place.missing.items() if key not in columns}
    missing |= {key: "" for key in _TOLD if key not in columns and key not in missing}
    used = {*columns.values(), *(column for claimed in doubts.values() for column in claimed)}
    strangers = {column: text for column, text in {**place.strangers, **headed}.items() if column not in used}
    ordered = dict(sorted(columns.items(), key=lambda item: item[1]))
    return replace(place, columns=ordered, doubts=doubts, missing=missing, strangers=strangers)
