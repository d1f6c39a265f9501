"""Names parted among columns: program, kegiatan and sub kegiatan each in its own. What a row is called is the deepest name on it.

A name to the left of it is that of a row above; where there is no such row, it is a heading: it has no figures of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lakip_xl.form.spec import NameColumn, TableSpec
from lakip_xl.table.headers import Texts
from lakip_xl.table.locate import Located, headings, is_total_label, plain
from lakip_xl.table.model import Entry, Heading, Row

NOTHING = ("", "-", "–", "—")
"""What stands in a column of names where a row has none there."""


def keys_of(spec: TableSpec) -> frozenset[str]:
    """The columns of names and of their codes."""
    return frozenset(key for name in spec.names for key in (name.key, name.code))


def with_names(spec: TableSpec, place: Located, texts: Texts) -> Located | None:
    """The place with URAIAN, and KODE where the codes are parted too, at the deepest of their columns.

    None where fewer than two columns hold names, or one holds those of all levels.
    """
    there = [name for name in spec.names if name.key in place.columns]
    if "uraian" in place.columns or len(there) < 2:
        return None
    columns = dict(place.columns)
    codes = _codes(spec, there, columns, texts, place.header_row)
    if codes:
        columns |= codes
        columns.pop("kode", None)
    parted = {"uraian": columns[there[-1].key]} | ({"kode": list(codes.values())[-1]} if codes else {})
    missing = {
        key: near for key, near in place.missing.items() if key not in keys_of(spec) and key not in ("uraian", "kode")
    }
    # What is not a column of its own comes first: whoever asks which key a column has is told the last.
    ordered = dict(sorted(columns.items(), key=lambda item: item[1]))
    return replace(place, columns=parted | ordered, missing=missing)


def _codes(
    spec: TableSpec, there: Sequence[NameColumn], columns: dict[str, int], texts: Texts, header_row: int
) -> dict[str, int]:
    """The columns of codes by key, where each level has one: headed for the level, or left of its names under a plain KODE."""
    found = {name.code: columns[name.code] for name in there if name.code in columns}
    known, taken = headings(spec), {column for key, column in columns.items() if key != "kode"}
    for name in there:
        left = columns[name.key] - 1
        if name.code not in found and left not in taken and known.get(plain(texts.at(header_row, left)[1])) == "kode":
            found[name.code] = left
    return {name.code: found[name.code] for name in there if name.code in found} if len(found) > 1 else {}


def parted(spec: TableSpec, columns: Mapping[str, int]) -> dict[str, int]:
    """The keys of a located table that stand in another column from row to row, with the deepest of them."""
    names = [name for name in spec.names if name.key in columns]
    codes = [name for name in names if name.code in columns]
    return {key: columns[key] for key, among in (("uraian", names), ("kode", codes)) if len(among) > 1} if names else {}


def settle(spec: TableSpec, columns: Mapping[str, int], row: Row) -> None:
    """Gives a row the name and the code that are its own, the columns in which they stand, and the levels that the column may hold."""
    filled = [name for name in spec.names if _said(row.entries.get(name.key))]
    if not filled:
        return
    own = filled[-1]
    row.told = own.levels
    row.own = {"uraian": columns[own.key]}
    row.entries["uraian"] = row.entries[own.key]
    if "kode" not in columns and own.code in columns:
        row.own["kode"] = columns[own.code]
        if own.code in row.entries:
            row.entries["kode"] = row.entries[own.code]


def _said(entry: Entry | None) -> str:
    if entry is None or not isinstance(entry.typed, str) or entry.typed in NOTHING or is_total_label(entry.typed):
        return ""
    return plain(entry.typed)


def head_rows(spec: TableSpec, columns: Mapping[str, int], rows: Sequence[Row]) -> list[Heading]:
    """Tells each row which headings without a row of their own it stands under; gives those headings, in sheet order.

    A name that was open already, as a row or as a heading, is the same one written again.
    """
    found: dict[tuple[str, ...], Heading] = {}
    open_: dict[
        str, tuple[str, Heading | None]
    ] = {}  # by column, from the widest: the name, and the heading if it is one
    order = [name.key for name in spec.names]
    group: list[Row] = []  # the last row that is called something, and its further indicators
    for row in rows:
        names = {name: text for name in spec.names if (text := _said(row.entries.get(name.key)))}
        row.again = bool(group and names) and _again(spec, names, open_, row, group)
        group = [*group, row] if row.again or not names else [row]
        for name, text in list(names.items())[:-1]:
            if open_.get(name.key, ("", None))[0] == text:
                continue
            _close(open_, order, name.key)
            path = tuple(said for key in order if key in open_ for said in (key, open_[key][0]))
            heading = found.get((*path, name.key, text))
            if heading is None:
                level = "program" if "program" in name.levels and text.startswith("program ") else name.levels[-1]
                shown = str(row.entries[name.key].typed)
                heading = found[(*path, name.key, text)] = Heading(level, row.number, columns[name.key], shown)
            open_[name.key] = text, heading
            row.opens = row.opens or heading.level
        if names:
            own, text = list(names.items())[-1]
            _close(open_, order, own.key)
            open_[own.key] = text, None
        row.above = tuple(heading for key in order if key in open_ and (heading := open_[key][1]) is not None)
    return list(found.values())


def _again(
    spec: TableSpec,
    names: Mapping[NameColumn, str],
    open_: Mapping[str, tuple[str, Heading | None]],
    row: Row,
    group: Sequence[Row],
) -> bool:
    """Whether a row says the names of the first row of its group once more, for another of its indicators.

    Money that is given again and is not the same leaves it a row of its own, a double one: which figure holds, nobody knows.
    """
    own, head = list(names)[-1], group[0]
    kode, indikator = row.text_of("kode"), plain(row.text_of("indikator"))
    if not indikator or indikator in [plain(each.text_of("indikator")) for each in group]:
        return False
    if row.own != head.own or any(open_.get(name.key, ("",))[0] != text for name, text in names.items()):
        return False
    if kode and kode != head.text_of("kode"):
        return False
    given = [key for key in spec.sums if row.entry(key).filled]
    if given and (row.entry("tingkat").raw or (len(own.levels) > 1 and not kode)):
        return False  # a sum would gather it; or it is the only sub kegiatan of a kegiatan of the same name
    return all(row.number_of(key) is not None and row.number_of(key) == head.number_of(key) for key in given)


def _close(open_: dict[str, tuple[str, Heading | None]], order: Sequence[str], key: str) -> None:
    """What is open in a column and in the narrower ones ends."""
    for each in order[order.index(key) :]:
        open_.pop(each, None)
