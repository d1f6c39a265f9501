"""How one indicator and one amount of money are said, whatever of them is missing: an honest sentence, never a zero for a blank."""

from __future__ import annotations

from decimal import Decimal

from lakip_xl.cells import Value
from lakip_xl.narrative import words
from lakip_xl.narrative.facts import Facts, Measure


def measured(facts: Facts, measure: Measure, *, kategori: bool = False) -> str:
    """Target, realisasi and capaian of an indicator, or why there is no capaian; no full stop."""
    if {"target", "realisasi"} <= measure.blank:
        return "target dan realisasinya belum diisi, sehingga capaiannya belum diukur"
    if "target" in measure.blank:
        return "targetnya belum diisi, sehingga capaiannya belum dapat diukur"
    if measure.target is None:
        return "targetnya belum tertulis sebagai angka, sehingga capaiannya belum dapat diukur"
    target = f"target {words.amount(measure.target, measure.satuan)}"
    if "realisasi" in measure.blank:
        return f"{target}, sedangkan realisasinya belum diisi, sehingga capaiannya belum diukur"
    if measure.realisasi is None:
        return f"{target}, sedangkan realisasinya belum tertulis sebagai angka, sehingga capaiannya belum dapat diukur"
    both = f"{target}, realisasi {words.amount(measure.realisasi, measure.satuan)}"
    if measure.capaian is None:
        if measure.target == 0:
            return f"{both}; capaian tidak dapat dihitung terhadap target 0"
        return f"{both}; capaiannya belum dihitung"
    capaian = f"capaian {words.percent(measure.capaian)}" + ("" if facts.ended else " dari target setahun")
    if measure.lower:
        capaian += " (makin rendah makin baik)"
    word = facts.kategori(measure.capaian) if kategori else ""
    capaian += f" dengan kategori {word}" if word else ""
    if measure.doubtful:
        capaian += "; angka ini masih perlu diperiksa, karena satuan target dan realisasinya mungkin berbeda"
    return f"{both}, {capaian}"


def spent(anggaran: Value, realisasi: Value) -> str:
    """Anggaran, realisasi, percentage and sisa, or which of them is missing; no full stop."""
    pagu, used = words.number_of(anggaran), words.number_of(realisasi)
    if pagu is None:
        why = _lacking("anggarannya", anggaran)
        if used is None:
            return f"{why} dan {_lacking('realisasinya', realisasi)}"
        return f"realisasi {words.rupiah(used)}, sedangkan {why}, sehingga persentasenya belum dapat dihitung"
    if used is None:
        return f"anggaran {words.rupiah(pagu)}, sedangkan {_lacking('realisasinya', realisasi)}"
    if pagu == 0:
        return f"anggaran {words.rupiah(pagu)}, realisasi {words.rupiah(used)}; persentase tidak dapat dihitung terhadap anggaran 0"
    share = words.percent(used * 100 / pagu)
    return f"anggaran {words.rupiah(pagu)}, realisasi {words.rupiah(used)} atau {share}, {rest(pagu - used)}"


def rest(sisa: Decimal) -> str:
    """What is left of the money."""
    if sisa < 0:
        return f"melebihi anggaran sebesar {words.rupiah(-sisa)}"
    return f"dengan sisa anggaran {words.rupiah(sisa)}" if sisa else "tanpa sisa anggaran"


def _lacking(what: str, value: Value) -> str:
    return f"{what} belum diisi" if value in (None, "") else f"{what} belum terbaca sebagai angka"
