"""Formulir E.81 (Permendagri 86/2017, evaluasi terhadap hasil Renja) and the forms of its family, as offices keep them. Data only.

Each column is known by the words of its headings, since the form has up to four rows of them: a group, a quarter, K and Rp. Column
numbers differ between regencies (5 is Target Renstra in the regulation, Satuan in some workbooks), so they are never asked.
"""

from __future__ import annotations

from dataclasses import replace

from lakip_xl.form import edition_2023 as base
from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Expr, Key, Setting, call
from lakip_xl.form.spec import Column, Kind, TableSpec, Under

_HELPERS = ("tingkat", "arah", "cara_hitung", "waktu_ukur", "status", "hasil_periksa")
_TO_DATE = "target s sampai kumulatif"
"""A quarter to date is no quarter: four of them do not add up to the year."""

_ROMAN = ("i", "ii", "iii", "iv")
_OTHERS = "target renstra akhir lalu tingkat"


_base = base.MATRIKS.like


def _quarters() -> tuple[Column, ...]:
    """K, Rp and, where an office adds it, the percentage of each quarter."""
    found = []
    for number, roman in enumerate(_ROMAN, start=1):
        words = f"triwulan|tw {roman}|{number}"
        name = roman.upper()
        found += [
            _base(f"tw{number}", heading=f"REALISASI TW {name} (K)", number=str(number + 7), aliases=(), under=(Under(words, "K", _TO_DATE),)),
            Column(f"rp_tw{number}", f"REALISASI TW {name} (Rp)", Kind.RUPIAH, 16, under=(Under(words, "Rp", _TO_DATE),)),
            Column(f"persen_tw{number}", f"REALISASI TW {name} (%)", Kind.PERCENT, 9, under=(Under(words, "%", _TO_DATE),), prefilled=True,
                   formula=f.ratio(Key(f"tw{number}"), Key("target")), needs=(f"tw{number}",)),
        ]  # fmt: skip
    return tuple(found)


_QUARTERS_K = tuple(Key(f"tw{n}") for n in range(1, 5))
_QUARTERS_RP = tuple(Key(f"rp_tw{n}") for n in range(1, 5))


def _year_of_quarters() -> Expr:
    """Rupiah of the year from the quarters: 12 = 8 + 9 + 10 + 11 (source: the form)."""
    entered: Expr = call("COUNT", *_QUARTERS_RP)
    for key in _QUARTERS_RP:
        entered = entered + call("COUNTBLANK", key)
    total = call("SUM", *_QUARTERS_RP)
    return call("IF", entered < 4, "-", call("IF", call("COUNT", *_QUARTERS_RP).eq(0), "", total))


def _to_date(before: str, year: str) -> Expr:
    """Renstra to date: 13 = 6 + 12 (source: the form)."""
    return f.guarded(Key(before), Key(year), Key(before) + Key(year))


def _to_date_k() -> Expr:
    """As ``_to_date`` where quarters add up, by CARA HITUNG or, without one, by the satuan; a position is where it stands now (inferred).

    What a mean or a highest value comes to over the years, the form does not hold.
    """
    cara, now = Key("cara_hitung"), Key("realisasi")
    by_unit = call("OR", *(Key("satuan").eq(unit) for unit in f.POSITION_UNITS))
    position = call("OR", cara.eq(f.LAST), call("IF", cara.eq(""), by_unit, False))
    other = call("OR", cara.eq(f.MEAN), cara.eq(f.HIGHEST))
    return call(
        "IF",
        position,
        call("IF", call("ISNUMBER", now), now, ""),
        call("IF", other, "", _to_date("realisasi_lalu", "realisasi")),
    )


E81 = TableSpec(
    key="matriks",
    title="E.81",
    caption="EVALUASI TERHADAP HASIL RENJA",
    required=True,
    rows=80,
    levels=base.MATRIKS.levels,
    code_levels=base.MATRIKS.code_levels,
    sums=(*base.MATRIKS.sums, "pagu_renstra", "rp_lalu", *(f"rp_tw{n}" for n in range(1, 5)), "rp_renstra"),
    total="JUMLAH",
    identified_by=frozenset(("uraian", "indikator", "anggaran", "tw1", "rp_tw1")),
    columns=(
        _base("no"),
        Column("sasaran", "SASARAN", Kind.TEXT, 22, "2", aliases=("Sasaran PD", "Sasaran Perangkat Daerah", "Sasaran Strategis", "Sasaran Renstra")),
        _base("kode", number=""),
        _base("uraian", under=(Under("program kegiatan", without="indikator target realisasi kode kinerja unit capaian"),)),
        _base("indikator", under=(Under("indikator", without="target realisasi capaian"),)),
        _base("satuan", number="", under=(Under("satuan"), Under("target", "satuan"))),
        Column("target_renstra", "TARGET RENSTRA (K)", Kind.NUMBER, 11, "5", under=(Under("target renstra|rpjmd", "K"),)),
        Column("pagu_renstra", "TARGET RENSTRA (Rp)", Kind.RUPIAH, 16, under=(Under("target renstra|rpjmd", "Rp"),)),
        Column("realisasi_lalu", "REALISASI RENSTRA s/d TAHUN LALU (K)", Kind.NUMBER, 11, "6",
               under=(Under("realisasi|capaian lalu|sebelumnya", "K", "tingkat"), Under("realisasi|capaian n 2", "K", "tingkat triwulan tw"))),
        Column("rp_lalu", "REALISASI RENSTRA s/d TAHUN LALU (Rp)", Kind.RUPIAH, 16,
               under=(Under("realisasi|capaian lalu|sebelumnya", "Rp", "tingkat"), Under("realisasi|capaian n 2", "Rp", "tingkat triwulan tw"))),
        _base("target", number="7", aliases=(), under=(Under("target", "K", "renstra rpjmd akhir triwulan tw"), Under("target renja", "K", "renstra triwulan tw"))),
        _base("anggaran", number="", under=(Under("target|pagu|anggaran", "Rp", "renstra rpjmd akhir realisasi triwulan tw lalu"), Under("target renja", "Rp", "triwulan tw realisasi"))),
        *_quarters(),
        _base("realisasi", number="12", aliases=(), formula=f.over_quarters(_QUARTERS_K, _QUARTERS_K, Key("cara_hitung"), Key("satuan")),
              under=(Under("realisasi renja", "K", f"{_OTHERS} triwulan tw"), Under("realisasi dievaluasi", "K", f"{_OTHERS} triwulan tw"),
                     Under("realisasi|jumlah", "K", f"{_OTHERS} triwulan tw n"))),
        _base("realisasi_anggaran", number="", aliases=("Realisasi Anggaran", "Realisasi Anggaran (Rp)", "Realisasi Keuangan (Rp)"), formula=_year_of_quarters(),
              needs=("rp_tw1", "rp_tw2", "rp_tw3", "rp_tw4"),
              under=(Under("realisasi renja", "Rp", f"{_OTHERS} triwulan tw"), Under("realisasi dievaluasi", "Rp", f"{_OTHERS} triwulan tw"),
                     Under("realisasi|jumlah", "Rp", f"{_OTHERS} triwulan tw n"))),
        _base("capaian", number="", under=(Under("capaian renja", "K", "renstra"), Under("tingkat|capaian realisasi|capaian", "K", "renstra triwulan tw lalu n"))),
        _base("persen", number="", aliases=base.SERAPAN,
              under=(Under("capaian renja", "%", "renstra"), Under("tingkat|capaian", "Rp", "renstra triwulan tw lalu n"))),
        Column("realisasi_renstra", "REALISASI RENSTRA s/d TAHUN INI (K)", Kind.NUMBER, 11, "13", under=(Under("realisasi renstra", "K", "tingkat lalu"),),
               formula=_to_date_k(), needs=("realisasi_lalu",)),
        Column("rp_renstra", "REALISASI RENSTRA s/d TAHUN INI (Rp)", Kind.RUPIAH, 16, under=(Under("realisasi renstra", "Rp", "tingkat lalu"),),
               formula=_to_date("rp_lalu", "realisasi_anggaran"), needs=("rp_lalu",)),
        Column("tingkat_renstra", "TINGKAT CAPAIAN RENSTRA (K, %)", Kind.PERCENT, 11, "14", under=(Under("tingkat", "K"), Under("capaian renstra", "K", "lalu")),
               formula=f.achievement(Key("target_renstra"), Key("realisasi_renstra"), Key("arah"), Setting("rumus_rendah")), needs=("target_renstra",)),
        Column("tingkat_rp_renstra", "TINGKAT CAPAIAN RENSTRA (Rp, %)", Kind.PERCENT, 11, under=(Under("tingkat", "Rp"), Under("capaian renstra", "Rp", "lalu")),
               formula=f.ratio(Key("rp_renstra"), Key("pagu_renstra")), needs=("pagu_renstra",)),
        Column("unit", "UNIT PENANGGUNG JAWAB", Kind.TEXT, 20, "15", aliases=("Unit Penanggung Jawab", "Penanggung Jawab", "Unit Kerja Penanggung Jawab",
               "Unit Perangkat Daerah Penanggung Jawab", "Unit PD Penanggung Jawab"), under=(Under("penanggung|unit", without="target realisasi"),)),
        _base("keterangan"),
        *(_base(key) for key in _HELPERS),
    ),
)  # fmt: skip

FORM = replace(
    base.FORM,
    edition="e81-2017",
    name="Formulir E.81, Permendagri 86/2017",
    sources=("Formulir E.81, Permendagri 86/2017, dan turunannya yang dipakai di daerah",),
    tables=tuple(E81 if table.key == "matriks" else table for table in base.FORM.tables),
)
