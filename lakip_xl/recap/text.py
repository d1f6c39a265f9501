"""What a recap found, as screen text: how many are in, what is missing or broken, and the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from lakip_xl.errors import Text
from lakip_xl.numbers import say_percent, say_rupiah
from lakip_xl.recap.settled import HELD, IN, LATE, MISSING, UNLISTED, Recap
from lakip_xl.report.text import counted

WORDS = {
    IN: Text("sudah mengajukan", "handed in"),
    LATE: Text("terlambat mengajukan", "handed in late"),
    HELD: Text("masuk tetapi belum dihitung", "handed in but not counted"),
    MISSING: Text("belum mengajukan", "not handed in"),
    UNLISTED: Text("di luar daftar", "not on the list"),
}


class Done(Protocol):
    """What ``tasks`` tells of a recap."""

    @property
    def recap(self) -> Recap: ...
    @property
    def path(self) -> Path: ...
    @property
    def backup(self) -> Path | None: ...


def dump(done: Done, lang: str = "id") -> str:
    """The lines for a person at the screen."""
    return "\n".join(_lines(done, lang)) + "\n"


def _lines(done: Done, lang: str) -> Iterator[str]:
    found = done.recap
    yield Text(f"Ditulis: {done.path}", f"Written: {done.path}").in_(lang)
    if done.backup is not None:
        yield Text(f"Cadangan: {done.backup}", f"Backup: {done.backup}").in_(lang)
    states = Counter(line.status for line in found.lines)
    said = ", ".join(f"{states[word]} {WORDS[word].in_(lang)}" for word in WORDS if states[word])
    yield Text(f"Perangkat Daerah: {said or 'tidak ada'}", f"Offices: {said or 'none'}").in_(lang)
    yield from _sums(found, lang)
    errors, warned = sum(each.errors for each in found.taken), sum(each.open for each in found.taken)
    yield Text(
        f"Catatan: {errors} wajib diperbaiki, {warned} perlu penjelasan, {sum(each.explained for each in found.taken)} sudah dijelaskan",
        f"Findings: {errors} to be corrected, {warned} to be explained, {sum(each.explained for each in found.taken)} explained",
    ).in_(lang)
    missing = [f"{line.name}{f' ({line.note})' if line.note else ''}" for line in found.lines if line.status == MISSING]
    apart = [f"{each.name}: {each.reason.in_(lang)}" for each in found.apart]
    by_file = [
        f"{line.taken.name}: {line.name}" for line in found.lines if line.taken is not None and line.taken.by_file
    ]
    passed = [f"{each.name}: {each.reason.in_(lang)}" for each in found.passed]
    for head, rows in (
        (Text("Belum mengajukan", "Not handed in"), missing),
        (Text("Dikenali dari nama berkas", "Known by the name of the file"), by_file),
        (Text("Tidak dihitung", "Not counted"), apart),
        (Text("Dilewati", "Passed over"), passed),
    ):
        if rows:
            yield ""
            yield from counted(head.in_(lang), rows, lang, more=Text(", lihat hasilnya", ", see the result"))


def _sums(found: Recap, lang: str) -> Iterator[str]:
    pagus = [each.anggaran for each in found.taken if each.anggaran is not None]
    spents = [each.realisasi for each in found.taken if each.realisasi is not None]
    if pagus and spents:
        pagu, spent = sum(pagus, Decimal(0)), sum(spents, Decimal(0))
        share = f" ({say_percent(spent * 100 / pagu, lang)})" if pagu else ""
        yield Text(
            f"Anggaran {say_rupiah(pagu, lang)}, realisasi {say_rupiah(spent, lang)}{share}",
            f"Anggaran {say_rupiah(pagu, lang)}, realisasi {say_rupiah(spent, lang)}{share}",
        ).in_(lang)
    apart = [line for line in found.lines if line.selisih]
    if found.against:
        total = sum((line.selisih for line in found.lines if line.selisih is not None), Decimal(0))
        yield Text(
            f"Selisih terhadap {found.against}: {len(apart)} Perangkat Daerah, bersih {say_rupiah(total, lang)}",
            f"Difference to {found.against}: {len(apart)} offices, net {say_rupiah(total, lang)}",
        ).in_(lang)
