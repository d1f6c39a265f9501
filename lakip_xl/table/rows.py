"""Gives the rows of a table their level, parent, children, continuation rows and record key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lakip_xl.form.spec import TableSpec
from lakip_xl.table.locate import plain
from lakip_xl.table.model import Row

_PREFIXES = (
    ("sub kegiatan", "sub kegiatan"),
    ("subkegiatan", "sub kegiatan"),
    ("kegiatan", "kegiatan"),
    ("program", "program"),
)
_CODE = re.compile(r"[0-9X]+(\.[0-9X]+)*\.?", re.IGNORECASE)  # X.XX stands for any urusan in the nomenclature


def is_code(value: object) -> bool:
    """Whether a cell of KODE holds a code."""
    return isinstance(value, str) and bool(_CODE.fullmatch(value.strip()))


def level_of_code(spec: TableSpec, kode: str) -> str:
    """The level that the number of dots in a code tells; "" for what is no code, or one of another depth."""
    dots = kode.rstrip(".").count(".")
    return spec.code_levels[dots] if _CODE.fullmatch(kode) and dots < len(spec.code_levels) else ""


def level_of(spec: TableSpec, row: Row) -> str:
    """The level of a row: from TINGKAT as chosen by the planner, else from the column of its name where that is one level's, else from
    the code, else from a PROGRAM/KEGIATAN prefix.

    "" where none of them tells (inferred order; the code is the official source).
    """
    tingkat = row.entry("tingkat")
    chosen = plain(tingkat.raw) if not tingkat.ours else ""
    if chosen in spec.levels[1:]:
        return chosen
    if len(row.told) == 1:
        return row.told[0]
    kode = row.text_of("kode")
    if _CODE.fullmatch(kode) and not row.entry("kode").fault:
        return level_of_code(spec, kode)
    if not kode:
        uraian = plain(row.text_of("uraian"))
        for prefix, level in _PREFIXES:
            if uraian.startswith(prefix + " ") and level in spec.levels:
                return level
    return ""


def is_continuation(spec: TableSpec, row: Row, head: Row) -> bool:
    """A further indicator of the row above: no name of its own, or (a sasaran, names in columns) the same name again, but an indicator."""
    if row.again:
        return True
    if spec.key == "sasaran":
        name = plain(row.text_of("sasaran"))
        return bool(row.text_of("indikator")) and name in ("", plain(head.text_of("sasaran")))
    return (
        (bool(spec.levels) or spec.continues)
        and not row.text_of("kode")
        and not row.text_of("uraian")
        and bool(row.text_of("indikator"))
    )


def arrange(spec: TableSpec, rows: list[Row], told: Mapping[int, str] = MappingProxyType({})) -> None:
    """Sets level, head, parent, children and record of every row, in sheet order; ``told`` are levels that no row says of itself."""
    head: Row | None = None
    stack: list[Row] = []
    unit = ""
    for row in rows:
        if head is not None and is_continuation(spec, row, head):
            row.head = head
            head.continuations.append(row)
            row.unit = unit
            continue
        head = row
        if spec.levels:
            row.level = level_of(spec, row) or told.get(row.number, "")
            if row.opens:
                _close(spec, row.opens, stack)
            if row.level:
                _hang(spec, row, stack)
            if row.level == "sub unit":
                unit = plain(row.text_of("uraian"))
        elif spec.continues:
            unit = plain(row.text_of("sub_unit"))
        row.unit = unit
    _name(spec, rows)


def _close(spec: TableSpec, level: str, stack: list[Row]) -> None:
    """Ends what is open at a level and below it."""
    depth = spec.depth(level)
    while stack and spec.depth(stack[-1].level) >= depth:
        stack.pop()


def _hang(spec: TableSpec, row: Row, stack: list[Row]) -> None:
    _close(spec, row.level, stack)
    if stack:
        row.parent = stack[-1]
        stack[-1].children.append(row)
    stack.append(row)


def _name(spec: TableSpec, rows: Iterable[Row]) -> None:
    seen: Counter[str] = Counter()
    for row in rows:
        if row.head is not None:
            number = row.head.continuations.index(row) + 2
            row.record = f"{row.head.record.rpartition('|')[0]}|{number}"
            continue
        name = _own_name(spec, row)
        seen[name] += 1
        if not spec.code_levels and not spec.continues and seen[name] > 1:
            # Where names need not be unique (a sasaran written again on its second indicator), the order tells them apart.
            name = f"{name} ({seen[name]})"
        row.record = f"{row.unit}|{name}|1"


def _own_name(spec: TableSpec, row: Row) -> str:
    if spec.key == "pk":
        return ">".join(plain(row.text_of(key)) for key in ("tahun", "sasaran", "indikator", "program"))
    if spec.key == "sasaran":
        return plain(row.text_of("sasaran")) or plain(row.text_of("indikator"))
    if spec.key == "pegawai":
        return plain(row.text_of("jabatan"))
    kode = row.text_of("kode").rstrip(".")
    if kode:
        return kode
    path = [plain(row.text_of("uraian"))]
    below, above = row, row.parent
    while True:
        path += [
            plain(heading.name) for heading in reversed(below.above) if above is None or heading not in above.above
        ]
        if above is None or above.level == "sub unit":
            return ">".join(reversed(path))
        path.append(above.text_of("kode") or plain(above.text_of("uraian")))
        below, above = above, above.parent
