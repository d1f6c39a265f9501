"""Whether ledgers belong to the matrix: its year, Perangkat Daerah and months; and which of two files for one month counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from lakip_xl.errors import LedgerRefused, Text
from lakip_xl.form.formulas import MONTHS
from lakip_xl.ledger.dates import MONTHS_EN
from lakip_xl.ledger.entries import Key, Ledger
from lakip_xl.ledger.plans import refuse_twice
from lakip_xl.ledger.refusals import counted_months

_WORD = re.compile(r"[a-z0-9]+")
# Words that stand before or behind the name of an office, and say of which government it is.
_COMMON = frozenset("pemerintah pemkab pemkot pemprov kabupaten kab kota provinsi prov daerah dan skpd opd".split())
_BIDANG = re.compile(r"\d\.\d{2}\.\d{2}")


@dataclass
class Accepted:
    """The ledgers to be compared, and what was settled on the way, to be told to the user."""

    ledgers: list[Ledger] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


def require(
    ledgers: Sequence[Ledger],
    *,
    year: int | None = None,
    month: int | None = None,
    office: str = "",
    codes: Collection[str] = (),
) -> Accepted:
    """The ledgers that count for a matrix of this ``year`` and ``office``, up to ``month``; ``codes`` are those of the matrix.

    One month per file: with a ``month``, a file by documents that mixes months is refused, and so is one of a later month. Of two
    files of one form that hold the same month of the same units, the one given later replaces the other's month; a note says so. A
    ledger of balances that says no month gets the one that is asked. Blank arguments are not checked; that year
    and office are not, where the ledgers name them, is said in notes.

    Raises LedgerRefused with one sentence.
    """
    if month is not None and not 1 <= month <= 12:
        raise LedgerRefused(
            f"Bulan {month} tidak ada. Sebutkan 1 sampai 12, misalnya --month 3 untuk Maret.",
            f"There is no month {month}. Give 1 to 12, for example --month 3 for March.",
        )
    settled = []
    for ledger in ledgers:
        _same_year(ledger, year)
        _same_office(ledger, office, codes)
        if month is not None:
            ledger = _settled(ledger, month)
            _in_period(ledger, month)
        settled.append(ledger)
    refuse_twice([ledger for ledger in settled if ledger.planned])
    accepted = _without_replaced(settled)
    accepted.notes += _owner_untold(accepted.ledgers, year, office)
    return accepted


def _same_year(ledger: Ledger, year: int | None) -> None:
    if year is not None and ledger.year is not None and ledger.year != year:
        raise LedgerRefused(
            f"{ledger.file}: berisi tahun anggaran {ledger.year}, sedangkan matriks ini tahun {year}. Pilih berkas tahun {year}, atau "
            "perbaiki Tahun pada identitas buku kerja ini.",
            f"{ledger.file}: it holds fiscal year {ledger.year}, but this matrix is of {year}. Choose the file of {year}, or mend the year "
            "in the identity of this workbook.",
        )


def _same_office(ledger: Ledger, office: str, codes: Collection[str]) -> None:
    """Names decide where both sides have one; else the programs: not one in common is another office's ledger."""
    if len(ledger.offices) > 1:
        raise LedgerRefused(
            f"{ledger.file}: memuat {len(ledger.offices)} SKPD. Unduh satu SKPD saja{f' ({office})' if office else ''}, lalu ulangi.",
            f"{ledger.file}: it holds {len(ledger.offices)} SKPD. Export one SKPD alone{f' ({office})' if office else ''} and try again.",
        )
    names = _names(ledger)
    if names and _words(office):
        if not any(_alike(name, office) for name in names):
            raise LedgerRefused(
                f"{ledger.file}: milik {names[0]}, sedangkan matriks ini milik {office}. Pilih berkas {office}, atau samakan nama "
                "Perangkat Daerah pada identitas buku kerja ini.",
                f"{ledger.file}: it belongs to {names[0]}, but this matrix to {office}. Choose the file of {office}, or write the same "
                "Perangkat Daerah in the identity of this workbook.",
            )
        return
    theirs = {_program(key.kode) for key in _keys(ledger)} - {""}
    ours = {_program(code) for code in codes} - {""}
    if theirs and ours and not theirs & ours:
        raise LedgerRefused(
            f"{ledger.file}: tidak satu pun programnya ({', '.join(sorted(theirs)[:3])}) ada pada matriks ({', '.join(sorted(ours)[:3])}). "
            "Berkas ini milik SKPD lain; pilih berkas yang benar.",
            f"{ledger.file}: none of its programs ({', '.join(sorted(theirs)[:3])}) is in the matrix ({', '.join(sorted(ours)[:3])}). This "
            "file belongs to another SKPD; choose the right one.",
        )


def _owner_untold(ledgers: Sequence[Ledger], year: int | None, office: str) -> list[Text]:
    """A matrix that does not say whose it is, or of which year, cannot be held against what a ledger says: the user is told that."""
    notes = []
    names = sorted({name for ledger in ledgers for name in _names(ledger)[:1]})
    if names and not _words(office):
        said = ", ".join(names)
        notes.append(
            Text(
                f"Buku kerja ini tidak menyebut nama Perangkat Daerah; buku besarnya milik {said}. Pastikan itu kantor yang sama, dan isi "
                "namanya agar dicocokkan.",
                f"This workbook does not name its Perangkat Daerah; the ledger belongs to {said}. Make sure that it is the same office, "
                "and enter the name so that it is checked.",
            )
        )
    years = sorted({ledger.year for ledger in ledgers if ledger.year is not None})
    if years and year is None:
        said = ", ".join(map(str, years))
        notes.append(
            Text(
                f"Buku kerja ini tidak menyebut Tahun; buku besarnya tahun {said}. Pastikan tahunnya sama, dan isi agar dicocokkan.",
                f"This workbook does not name its year; the ledger is of {said}. Make sure that it is the same year, and enter it so that "
                "it is checked.",
            )
        )
    return notes


def _names(ledger: Ledger) -> list[str]:
    return [name for name in (ledger.office[1], *ledger.units.values()) if _words(name)]


def _keys(ledger: Ledger) -> set[Key]:
    return {p.key for p in ledger.postings} | {b.key for b in ledger.balances} | {p.key for p in ledger.planned}


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold())) - _COMMON


def _alike(one: str, other: str) -> bool:
    """Whether two names can be one office: the words of one are among those of the other, without those for its government."""
    a, b = _words(one), _words(other)
    return a <= b or b <= a


def _program(kode: str) -> str:
    found = _BIDANG.match(kode)
    return found[0] if found else ""


def _settled(ledger: Ledger, month: int) -> Ledger:
    """A ledger of balances that says no month speaks of the one that is asked."""
    if not ledger.balances or ledger.months:
        return ledger
    return replace(ledger, months=(month,), balances=[each._replace(month=month) for each in ledger.balances])


def _in_period(ledger: Ledger, month: int) -> None:
    counts = Counter(posting.month for posting in ledger.postings)
    if len(counts) > 1:
        raise LedgerRefused(
            f"{ledger.file}: memuat beberapa bulan: {counted_months(counts, 'id')}, padahal yang diminta {MONTHS[month - 1]}. Unduh satu "
            "berkas untuk setiap bulan, lalu ulangi.",
            f"{ledger.file}: it holds several months: {counted_months(counts, 'en')}, but {MONTHS_EN[month - 1]} was asked. Export one "
            "file for each month and try again.",
        )
    last = max((*counts, *(balance.month for balance in ledger.balances)), default=0)
    if last > month:
        raise LedgerRefused(
            f"{ledger.file}: berisi bulan {MONTHS[last - 1]}, sesudah bulan yang diminta ({MONTHS[month - 1]}). Pilih berkas sampai "
            f"{MONTHS[month - 1]}, atau ubah bulannya.",
            f"{ledger.file}: it is of {MONTHS_EN[last - 1]}, later than the month that was asked ({MONTHS_EN[month - 1]}). Choose files up "
            f"to {MONTHS_EN[month - 1]}, or ask for another month.",
        )


def _without_replaced(ledgers: Sequence[Ledger]) -> Accepted:
    accepted = Accepted()
    for place, ledger in enumerate(ledgers):
        gone: dict[int, str] = {}
        for later in ledgers[place + 1 :]:
            if later.form == ledger.form and not ledger.planned and _same_units(later, ledger):
                gone |= dict.fromkeys(set(ledger.months) & set(later.months), later.file)
        if gone:
            accepted.notes.append(_replaced(ledger, gone))
            ledger = replace(
                ledger,
                months=tuple(month for month in ledger.months if month not in gone),
                postings=[posting for posting in ledger.postings if posting.month not in gone],
                balances=[balance for balance in ledger.balances if balance.month not in gone],
            )
        if ledger.postings or ledger.balances or ledger.planned:
            accepted.ledgers.append(ledger)
    return accepted


def _same_units(one: Ledger, other: Ledger) -> bool:
    """Whether two files may speak of the same spending; files of different sub units stand side by side."""
    a, b = ({key.unit for key in _keys(each)} for each in (one, other))
    return bool(a & b) or not (a - {""} and b - {""})


def _replaced(ledger: Ledger, gone: dict[int, str]) -> Text:
    by = ", ".join(sorted(set(gone.values())))
    months = sorted(gone)
    return Text(
        f"{ledger.file}: bulan {', '.join(MONTHS[m - 1] for m in months)} diganti oleh {by}, yang disebut belakangan.",
        f"{ledger.file}: {', '.join(MONTHS_EN[m - 1] for m in months)} replaced by {by}, which was given later.",
    )
