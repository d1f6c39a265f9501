"""Reads a ledger of whatever form: which form it is is told by its headings, never by its name or by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lakip_xl.errors import LedgerRefused
from lakip_xl.ledger import balances, documents, forms
from lakip_xl.ledger.entries import Ledger
from lakip_xl.ledger.found import Found, find, mapped
from lakip_xl.sources import tables


def read(path: Path, mapping: Mapping[str, str] | None = None, month: int | None = None) -> Ledger:
    """The ledger in a file: a workbook of any kind, CSV, or text.

    ``mapping`` says for each key of ``forms.MAPPED`` the heading or the letters of its column, where the headings are none that are known.
    ``month`` is that up to which a ledger of balances speaks, where its titles do not say it. A ledger of balances that says no month
    has no ``months``, and its balances have month 0: ``accept.require`` settles them.

    Raises LakipError with one sentence: MissingForm where no ledger is found, LedgerRefused where it cannot be relied on, BadHint for a
    mapping that cannot be, UnreadableWorkbook for a file that cannot be read.
    """
    return _of(tables.read(path), path.name, mapping, month)


def read_bytes(data: bytes, name: str, mapping: Mapping[str, str] | None = None, month: int | None = None) -> Ledger:
    """As ``read``, for a file in memory."""
    return _of(tables.of_bytes(data, name), name, mapping, month)


def _of(
    readings: Sequence[Sequence[tables.Table]], file: str, mapping: Mapping[str, str] | None, month: int | None
) -> Ledger:
    if month is not None and not 1 <= month <= 12:
        raise LedgerRefused(
            f"Bulan {month} tidak ada. Sebutkan 1 sampai 12, misalnya --month 3 untuk Maret.",
            f"There is no month {month}. Give 1 to 12, for example --month 3 for March.",
        )
    found = mapped(readings, file, mapping) if mapping else find(readings, file)
    ledger = of_found(found, month)
    if not (ledger.postings or ledger.balances or ledger.planned):
        raise LedgerRefused(
            f"{file}: judul {found.form.name} ada, tetapi tidak ada baris belanja di bawahnya. Periksa isi dan saringannya.",
            f"{file}: there are the headings of a ledger ({found.form.key}), but no row of belanja below. Check the file and its filters.",
        )
    return ledger


def of_found(found: Found, month: int | None) -> Ledger:
    """The ledger in a table whose form is known. Raises as ``read``."""
    form = found.form
    if form is forms.DOCUMENTS:
        return documents.sipd(found)
    if form is forms.BKU:
        return documents.bku(found)
    if form is forms.SPJ:
        return balances.spj(found, month)
    if form is forms.RAK:
        return balances.rak(found)
    if form is forms.MAPPED and {"tanggal", "bulan"} & set(found.columns):
        return documents.by_hand(found)
    return balances.lra(found, month)
