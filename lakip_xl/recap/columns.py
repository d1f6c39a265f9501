"""The columns of the first page: those in which the offices differ, no wider than their figures, for every one makes the print smaller."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.recap.settled import Recap


class Column(NamedTuple):
    """A column of the page. ``total`` is how the last row sums it: "sum", "mean", or what its cell says."""

    key: str
    heading: str
    width: float
    look: str
    total: str = ""


FEW, WIDE = 10, 46
"""More offices than these make a page whose print is as small as its many rows have it: then their names take one line each, in a column
that is so wide."""

ALL = (
    Column("no", "NO", 4, "center"),
    Column("office", "PERANGKAT DAERAH", 31, "link"),
    Column("region", "KABUPATEN/KOTA", 18, "text"),
    Column("period", "PERIODE", 10, "center"),
    Column("status", "STATUS", 11, "center"),
    Column("reached", "IKU TERCAPAI", 7.5, "whole", "sum"),
    Column("iku", "DARI IKU", 5, "whole", "sum"),
    Column("anggaran", "ANGGARAN (Rp)", 18, "rupiah", "sum"),
    Column("realisasi", "REALISASI (Rp)", 18, "rupiah", "sum"),
    Column("sisa", "SISA (Rp)", 17, "rupiah", "sisa"),
    Column("serapan", "SERAPAN (%)", 8, "decimals", "serapan"),
    Column("capaian", "CAPAIAN (%)", 8, "decimals", "mean"),
    Column("kategori", "KATEGORI", 9.5, "center"),
    Column("efisiensi", "EFISIENSI (poin)", 8, "points", "efisiensi"),
    Column("pmk", "EFISIENSI PMK (%)", 8, "points", "pmk"),
    Column("pmk_other", "PMK TANPA GAJI (%)", 8.5, "points", "pmk_other"),
    Column("selisih", "SELISIH BUKU BESAR (Rp)", 14, "signed", "sum"),
    Column("errors", "WAJIB DIPERBAIKI", 9, "whole", "sum"),
    Column("open", "PERLU PENJELASAN", 9.5, "whole", "sum"),
    Column("explained", "SUDAH DIJELASKAN", 9, "whole", "sum"),
    Column("pk", "PK", 9.5, "center"),
    Column("rank", "PERINGKAT", 8.5, "center"),
)


def columns_of(found: Recap) -> list[Column]:
    """The columns that there is something to show in. What is the same for all offices stands in the title instead."""
    taken = found.taken
    shown = {
        "region": len({each.region for each in taken if each.region}) > 1,
        "period": len({each.period for each in taken}) > 1,
        "status": found.listed,
        "kategori": any(each.kategori for each in taken),
        "pmk_other": any(each.worth != each.worth_without_pay for each in taken),
        "selisih": bool(found.against),
        "pk": any(each.pk is not None for each in taken),
    }
    pagu, used = [t.anggaran or Decimal(0) for t in taken], [t.realisasi or Decimal(0) for t in taken]
    rupiah = {
        "anggaran": pagu,
        "realisasi": used,
        "sisa": [one - other for one, other in zip(pagu, used, strict=True)],
        "selisih": [line.selisih or Decimal(0) for line in found.lines],
    }
    serapan = [float(100 * other / one) for one, other in zip(pagu, used, strict=True) if one]
    percent = max((abs(each) for each in (*serapan, *(t.capaian or 0.0 for t in taken))), default=0.0)
    widths = {key: _rupiah_width(several) for key, several in rupiah.items()}
    widths |= dict.fromkeys(("serapan", "capaian", "efisiensi"), max(8.0, len(f"{percent:,.2f}") + 1))
    if len(found.lines) > FEW:
        widths["office"] = WIDE
    return [each._replace(width=widths.get(each.key, each.width)) for each in ALL if shown.get(each.key, True)]


def _rupiah_width(several: Sequence[Decimal]) -> float:
    """The width that amounts and their sum take at most, in digits of the sheet. What is above nought may hide how far others are below."""
    figures = f"{round(sum(map(abs, several), Decimal(0))):,}"
    return max(12.0, len(figures) - figures.count(",") / 2 + 3)
