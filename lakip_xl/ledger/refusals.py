"""What is said when a ledger is refused: one sentence, where it is and what to do. No text of a cell is repeated: it may be a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lakip_xl.errors import LedgerRefused
from lakip_xl.form.formulas import MONTHS
from lakip_xl.ledger.dates import MONTHS_EN
from lakip_xl.ledger.entries import Place

_MOST_RANGES = 12
_MOST_ROWS = 10


def folded(rows: Iterable[int], lang: str) -> str:
    """Row numbers, neighbours as ranges: ``3-5, 9``; beyond a dozen ranges the number of the others."""
    ranges: list[list[int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges[:_MOST_RANGES])
    rest = sum(b - a + 1 for a, b in ranges[_MOST_RANGES:])
    more = f", dan {rest} baris lain" if lang == "id" else f", and {rest} more"
    return shown + (more if rest else "")


def counted_months(counts: Mapping[int, int], lang: str) -> str:
    """``Januari (12 baris), Maret (3 baris)``."""
    names, word = (MONTHS, "baris") if lang == "id" else (MONTHS_EN, "lines")
    return ", ".join(f"{names[month - 1]} ({count} {word})" for month, count in sorted(counts.items()))


def amount(place: Place) -> LedgerRefused:
    """A cell of a column of rupiah that holds something else."""
    return LedgerRefused(
        f"{place}: isi sel ini bukan jumlah rupiah yang dapat dibaca. Perbaiki angkanya, atau unduh ulang berkasnya, lalu ulangi.",
        f"{place}: this cell holds no amount of rupiah that can be read. Mend the figure, or get the file again, and try again.",
    )


def day(place: Place, blank: bool) -> LedgerRefused:
    """A date on which the month of an entry depends."""
    what = ("kosong", "blank") if blank else ("tidak terbaca", "not readable")
    return LedgerRefused(
        f"{place}: tanggalnya {what[0]}, sehingga bulan belanjanya tidak diketahui. Isi tanggalnya, misalnya 31 Januari 2025, lalu ulangi.",
        f"{place}: its date is {what[1]}, so the month of the spending is not known. Enter the date, for example 31 Januari 2025, "
        "and try again.",
    )


def year_of_lines(file: str, counts: Mapping[int, int]) -> LedgerRefused:
    """A ledger whose lines belong to several fiscal years."""
    listed = {w: ", ".join(f"{y} ({n} {w})" for y, n in sorted(counts.items())) for w in ("baris", "lines")}
    return LedgerRefused(
        f"{file}: memuat lebih dari satu tahun: {listed['baris']}. Unduh satu tahun anggaran saja, lalu ulangi.",
        f"{file}: it holds more than one year: {listed['lines']}. Export one fiscal year alone and try again.",
    )


def sums_differ(place: Place, said: str, read: str, difference: str, what: tuple[str, str]) -> LedgerRefused:
    """A total in the file that is not the sum of what was read below or above it; the amounts are words in rupiah."""
    return LedgerRefused(
        f"{place}: {what[0]} {said}, tetapi jumlah baris yang terbaca {read}, selisih {difference}. Periksa baris yang hilang, ganda, "
        "atau tersembunyi, atau unduh ulang berkasnya.",
        f"{place}: {what[1]} {said}, but the rows that were read come to {read}, a difference of {difference}. Look for rows that are "
        "missing, double or hidden, or get the file again.",
    )


def _equal(rows: Sequence[int]) -> str:
    """Rows that say the same: ``3 = 7``."""
    return " = ".join(map(str, rows[:_MOST_ROWS])) + (" = ..." if len(rows) > _MOST_ROWS else "")


def duplicates(file: str, groups: Sequence[tuple[tuple[int, ...], bool]]) -> LedgerRefused:
    """Documents that stand in the file more than once: the lines of each, and whether their amounts are the same."""
    alike = all(same for _, same in groups)
    parts = [_equal(rows) for rows, _ in groups[:_MOST_RANGES]]
    rest = len(groups) - len(parts)
    listed = "; ".join(parts)
    more = (f"; dan {rest} dokumen lain" if rest else "", f"; and {rest} more documents" if rest else "")
    why = ("", "") if alike else (" (sebagian dengan jumlah yang berbeda)", " (some with other amounts)")
    return LedgerRefused(
        f"{file}: {len(groups)} dokumen tercatat lebih dari sekali{why[0]}, pada baris {listed}{more[0]}. Hapus baris gandanya, atau unduh "
        "ulang berkasnya, lalu ulangi.",
        f"{file}: {len(groups)} documents stand there more than once{why[1]}, in rows {listed}{more[1]}. Delete the double rows, or get "
        "the file again, and try again.",
    )
