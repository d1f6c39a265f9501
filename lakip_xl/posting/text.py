"""What a posting did, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from lakip_xl.errors import Text
from lakip_xl.ledger.items import NOTHING, month_name
from lakip_xl.ledger.monthly import Monthly
from lakip_xl.numbers import say_rupiah, to_decimal
from lakip_xl.posting.plan import Kept, Posting
from lakip_xl.report.text import put, wrapped

MOST = 8
"""Lines of one kind that are shown before the rest is counted."""


class Filled(Protocol):
    """The workbook that was filled."""

    @property
    def path(self) -> Path: ...
    @property
    def backup(self) -> Path | None: ...
    @property
    def written(self) -> bool: ...


class Posted(Protocol):
    """What the text needs to know."""

    @property
    def months(self) -> Monthly: ...
    @property
    def posting(self) -> Posting: ...
    @property
    def filled(self) -> Filled: ...
    @property
    def stated(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def notes(self) -> tuple[Text, ...]: ...


def dump(done: Posted, lang: str = "id") -> str:
    """Where the result is, what was posted, and what was not and why."""
    lines = (line for text in _said(done) for line in wrapped(text.in_(lang), rest="  "))
    return "\n".join(lines) + "\n"


def _said(done: Posted) -> Iterator[Text]:
    posting, months = done.posting, done.months
    if done.filled.written:
        yield from put(done.filled.path, done.filled.backup)
    else:
        yield Text(
            f"{done.filled.path}: sudah sama; tidak ada yang ditulis.",
            f"{done.filled.path}: the same already; nothing was written.",
        )
    if months.covered:
        span = _span(months.covered)
        yield Text(
            f"Diposting ke Bulanan, {span.id}: {_id(posting.total)}; {posting.changed} sel berubah.",
            f"Posted into Bulanan, {span.en}: {_en(posting.total)}; {posting.changed} cells changed.",
        )
    if months.later:
        span, asked = _span(months.later), month_name(done.last)
        yield Text(
            f"Tidak diposting: {span.id} pada buku besar, sesudah {asked.id}. Ubah Periode pada Identitas bila sudah waktunya.",
            f"Not posted: {span.en} in the ledgers, after {asked.en}. Change Periode in Identitas when it is time.",
        )
    for month in posting.doubtful:
        said = month_name(month)
        yield Text(
            f"Periksa {said.id}: ada yang pernah diposting, tetapi buku besar ini tidak memuat bulan itu. Bila memang nihil, kosongkan "
            "bulan itu di Bulanan.",
            f"Check {said.en}: something was posted for it before, but these ledgers hold nothing of that month. If there was none, clear "
            "that month in Bulanan.",
        )
    if months.covered and months.covered[-1] > done.stated:
        last = month_name(months.covered[-1])
        yield Text(
            f"Periode pada Identitas berakhir sebelum {last.id}: ubah Periode, lalu jalankan lakip-xl fill, agar realisasi s/d ikut.",
            f"The period in Identitas ends before {last.en}: change Periode and run lakip-xl fill, so that spending to date follows.",
        )
    if months.planned:
        yield Text(
            f"RAK diposting untuk {len(months.planned)} sub kegiatan.",
            f"The RAK was posted for {len(months.planned)} sub kegiatan.",
        )
    if posting.new_rows:
        yield Text(
            f"{posting.new_rows} baris ditambahkan di Bulanan.", f"{posting.new_rows} rows were added to Bulanan."
        )
    yield from _some([_kept(each) for each in posting.kept])
    yield from _some(
        [_unmatched(each.kode, each.name, sum(each.months.values(), NOTHING)) for each in months.unmatched]
    )
    for name in posting.no_room:
        yield Text(
            f"Tidak diposting: '{name}', karena tidak ada baris kosong lagi di Bulanan. Sisipkan baris di atas baris tipis, lalu ulangi.",
            f"Not posted: '{name}', since Bulanan has no blank row left. Insert rows above the thin row, and try again.",
        )
    if months.unplanned:
        yield Text(
            f"RAK tidak diposting untuk {len(months.unplanned)} baris yang tidak ada pada Matriks, mulai dari {months.unplanned[0]}.",
            f"The RAK was not posted for {len(months.unplanned)} rows that Matriks does not have, starting with {months.unplanned[0]}.",
        )
    yield from (*done.notes, *months.notes)


def _span(months: Sequence[int]) -> Text:
    first, last = month_name(months[0]), month_name(months[-1])
    return first if first == last else Text(f"{first.id} sampai {last.id}", f"{first.en} to {last.en}")


def _some(texts: list[Text]) -> Iterator[Text]:
    yield from texts[:MOST]
    more = len(texts) - MOST
    if more > 0:
        yield Text(f"... dan {more} lagi.", f"... and {more} more.")


def _kept(kept: Kept) -> Text:
    there = Text(f"'{kept.found}'", f"'{kept.found}'")
    if isinstance(kept.found, float):
        there = Text(_id(to_decimal(kept.found)), _en(to_decimal(kept.found)))
    wanted = Text("buku besar tidak memuatnya", "the ledger has none")
    if kept.wanted is not None:
        wanted = Text(f"buku besar {_id(kept.wanted)}", f"the ledger {_en(kept.wanted)}")
    return Text(
        f"Dibiarkan: {kept.cell} ({kept.name}) berisi {there.id}, {wanted.id}. Kosongkan sel itu bila boleh diganti.",
        f"Left alone: {kept.cell} ({kept.name}) holds {there.en}, {wanted.en}. Clear the cell if it may be replaced.",
    )


def _unmatched(kode: str, name: str, total: Decimal) -> Text:
    called = " ".join(part for part in (kode, name) if part)
    return Text(
        f"Tidak diposting: {called or 'belanja tanpa kode'}, {_id(total)}; tidak ada barisnya pada Matriks.",
        f"Not posted: {called or 'spending without a code'}, {_en(total)}; Matriks has no row for it.",
    )


def _id(value: Decimal) -> str:
    return say_rupiah(value, "id")


def _en(value: Decimal) -> str:
    return say_rupiah(value, "en")
