"""Further forms in which offices keep a matrix: money alone, and figures month by month. Data only."""

from __future__ import annotations

from dataclasses import replace

from lakip_xl.form import edition_2023 as base
from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Key
from lakip_xl.form.spec import Column, FormSpec, Kind, TableSpec

_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
_OTHER_SHORT = {"Agt": ("Agu", "Ags"), "Feb": ("Peb",), "November": ("Nopember",), "Nov": ("Nop",)}


_base = base.MATRIKS.like


def _matrix(**changes: object) -> TableSpec:
    return replace(base.MATRIKS, **changes)  # type: ignore[arg-type]


def _months() -> tuple[Column, ...]:
    """Realisasi kinerja of each month, under its name or its usual abbreviation."""
    return tuple(
        Column(f"b{number}", name.upper(), Kind.NUMBER, 10, aliases=(short, *_OTHER_SHORT.get(short, ()), *_OTHER_SHORT.get(name, ())))
        for number, (name, short) in enumerate(zip(f.MONTHS, _SHORT, strict=True), start=1)
    )  # fmt: skip


_MONTH_KEYS = tuple(Key(f"b{number}") for number in range(1, 13))

MONEY_ONLY = _matrix(
    title="Realisasi Anggaran",
    caption="REALISASI ANGGARAN",
    identified_by=frozenset(("uraian", "anggaran", "realisasi_anggaran")),
    # "Realisasi" beside one of these is what was done, not what was spent.
    refused_by=frozenset(
        ("indikator", "target", "satuan", "kinerja", "volume", "fisik", "output", "keluaran", "sasaran")
    ),
    columns=(
        _base("no"),
        _base("kode"),
        _base("uraian", aliases=(*base.MATRIKS.by_key["uraian"].aliases, "Program", "Nama Program")),
        _base("anggaran"),
        _base("realisasi_anggaran", aliases=(*base.MATRIKS.by_key["realisasi_anggaran"].aliases, "Realisasi")),
        _base("persen", aliases=(*base.MATRIKS.by_key["persen"].aliases, "Capaian (%)")),
        _base("keterangan"),
        _base("tingkat"),
        _base("status"),
    ),
)

MONTHLY = _matrix(
    title="Bulanan",
    caption="REALISASI KINERJA BULANAN",
    identified_by=frozenset(("uraian", "indikator", "b1", "b6", "b12")),
    columns=(
        *(_base(key) for key in ("no", "kode", "uraian", "indikator", "satuan", "target")),
        *_months(),
        _base(
            "realisasi",
            aliases=("Realisasi", "Jumlah", "Jumlah Realisasi", "Realisasi Kinerja s/d Bulan Ini"),
            formula=f.over_quarters(_MONTH_KEYS, _MONTH_KEYS, Key("cara_hitung"), Key("satuan")),
            needs=tuple(f"b{number}" for number in range(1, 13)),
        ),
        *(_base(key) for key in ("capaian", "anggaran", "realisasi_anggaran", "persen", "keterangan")),
        *(_base(key) for key in ("tingkat", "arah", "cara_hitung", "waktu_ukur", "status", "hasil_periksa")),
    ),
)


def _form(edition: str, name: str, matrix: TableSpec) -> FormSpec:
    tables = tuple(matrix if table.key == "matriks" else table for table in base.FORM.tables)
    return replace(base.FORM, edition=edition, name=name, sources=("Bentuk yang dipakai di daerah",), tables=tables)


MONEY_FORM = _form("anggaran-1", "Matriks anggaran dan realisasi saja", MONEY_ONLY)
MONTHLY_FORM = _form("bulanan-1", "Matriks kinerja bulanan", MONTHLY)
