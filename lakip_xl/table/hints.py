"""What a user says where the form cannot be told: the sheet, the row of headings, columns by key."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lakip_xl.cells import MAX_COLUMN, column_number
from lakip_xl.errors import BadHint, Text
from lakip_xl.form.editions import READABLE
from lakip_xl.form.spec import FormSpec, TableSpec
from lakip_xl.table.locate import headings, plain


def matrix_of(form: FormSpec) -> TableSpec:
    """The table without which there is nothing to judge."""
    return next(spec for spec in form.tables if spec.required)


@dataclass(frozen=True)
class Hints:
    """What the user said where the form cannot be told: the matrix's sheet, its last row of headings, and columns by key.

    "" and 0 say nothing.
    """

    sheet: str = ""
    header_row: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sheet or self.header_row or self.columns)


NO_HINTS = Hints()


def hints(sheet: str, header_row: int, maps: Sequence[str]) -> Hints:
    """Hints as they are typed; each of ``maps`` is ``key=COLUMN``. Raises BadHint for a column or a key that there is not."""
    keys = {column.key: column for form in READABLE for column in matrix_of(form).columns}
    columns: dict[str, int] = {}
    for text in maps:
        key, _, column = (part.strip() for part in text.partition("="))
        if key.casefold() not in keys:
            raise _no_such_key(text, key, list(keys))
        if not column.isalpha() or not column.isascii() or column_number(column) > MAX_COLUMN:
            raise BadHint(
                f"--map {text}: sebutkan kolomnya dengan huruf, dari A sampai XFD, misalnya {key}=H.",
                f"--map {text}: give the column by its letters, from A to XFD, for example {key}=H.",
            )
        if column_number(column) in columns.values() or key.casefold() in columns:
            raise BadHint(
                f"--map {text}: isian atau kolom itu sudah disebut pada --map yang lain. Sebut masing-masing satu kali.",
                f"--map {text}: that field or column is named by another --map already. Name each of them once.",
            )
        columns[key.casefold()] = column_number(column)
    return Hints(sheet, header_row, columns)


_USUAL = (
    "kode",
    "uraian",
    "indikator",
    "satuan",
    "target",
    "realisasi",
    "capaian",
    "anggaran",
    "realisasi_anggaran",
    "persen",
)


def _no_such_key(text: str, key: str, keys: Sequence[str]) -> BadHint:
    """Names what the key comes near to, by its name or that of a heading, then the columns that are asked for most."""
    by_heading = headings(matrix_of(READABLE[0]))
    like = difflib.get_close_matches(plain(key.replace("_", " ")), list(by_heading), n=2, cutoff=0.8)
    near = [by_heading[text] for text in like] + difflib.get_close_matches(key.casefold(), keys, n=2, cutoff=0.7)
    meant = list(dict.fromkeys(near))[:3]
    asked = (
        Text(f" Maksudnya {' atau '.join(meant)}?", f" Did you mean {' or '.join(meant)}?") if meant else Text("", "")
    )
    usual = ", ".join(each for each in _USUAL if each not in meant)
    return BadHint(
        f"--map {text}: '{key}' bukan isian yang dikenal.{asked.id} Yang biasa: {usual}; semuanya di docs/form.md.",
        f"--map {text}: '{key}' is no field that is known.{asked.en} The usual ones: {usual}; all of them are in docs/form.md.",
    )
