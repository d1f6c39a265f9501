"""Several files with an anggaran kas: those of other sub kegiatan or other months stand side by side, the same twice is refused."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xl.errors import LedgerRefused
from lakip_xl.ledger.entries import Ledger
from lakip_xl.table.codes import Code, code_of


def refuse_twice(ledgers: Sequence[Ledger]) -> None:
    """Raises LedgerRefused where two files plan money for one sub kegiatan in one month: nobody can tell which of them holds."""
    first: dict[tuple[Code | str, int], dict[str, str]] = {}
    for number, ledger in enumerate(ledgers):
        mine: dict[tuple[Code | str, int], set[str]] = {}
        for each in ledger.planned:
            for month, value in enumerate(each.months, start=1):
                if value:
                    mine.setdefault((code_of(each.key.kode) or each.key.kode, month), set()).add(each.key.unit)
        for at, units in mine.items():
            before = first.setdefault(at, {})
            for unit in units:
                # A file that names no sub unit speaks of all of them.
                other = before.get(unit) or before.get("") or (next(iter(before.values()), None) if not unit else None)
                if other is not None:
                    raise _twice(other, ledger.file)
        for at, units in mine.items():
            first[at].update(dict.fromkeys(units, ledger.file or str(number)))


def _twice(one: str, other: str) -> LedgerRefused:
    if one == other:
        return LedgerRefused(
            f"{other}: anggaran kas ini disebut dua kali. Sebutkan sekali saja pada --ledger.",
            f"{other}: this anggaran kas is given twice. Give it once with --ledger.",
        )
    return LedgerRefused(
        f"{one} dan {other}: keduanya memuat anggaran kas (RAK) untuk sub kegiatan dan bulan yang sama. Sebutkan hanya yang berlaku.",
        f"{one} and {other}: both hold an anggaran kas (RAK) of the same sub kegiatan and month. Give only the one in force.",
    )
