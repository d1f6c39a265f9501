"""Efisiensi by the two methods in use: their names, the settings that choose between them, and their formulas.

Simple: capaian less serapan, in percent points (in use: Banjarnegara). PMK 214/2017 and 22/2021, made for the central government and
often copied, recalled and to be verified before it is quoted: E = (SUM(PAK x CK) - SUM(RAK)) / SUM(PAK x CK) x 100 over the outputs,
limited to -20 and +20; NE = 50 + E/20 x 50. PAK is the anggaran of a sub kegiatan, RAK its realisasi, CK its capaian.
"""

from __future__ import annotations

from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Expr, Range, call
from lakip_xl.form.spec import Field, Kind

SIMPLE, REGULATION = "Capaian dikurangi serapan", "PMK 22/2021"
METHOD, CAP = "metode_efisiensi", "batas_ck"
DEFAULT_CAP = 100.0
LIMIT = 20
"""E counts at most as so many percent, either way."""

FIELDS = (
    Field(METHOD, "Cara menghitung efisiensi", Kind.CHOICE, SIMPLE, (SIMPLE, REGULATION), required=True,
          hint="Yang dipilih tercetak sebagai efisiensi; angka keduanya ada pada Ringkasan."),
    Field(CAP, "Batas maksimum CK pada efisiensi PMK (%)", Kind.CHOICE, DEFAULT_CAP, ("100", "120", f.NO_CAP), required=True,
          hint="Capaian sub kegiatan dihitung paling tinggi sebesar ini: target yang terlalu rendah bukan efisiensi."),
)  # fmt: skip
"""Settings of edition 2026.1. A workbook of an older edition or of another form may be given them by hand, under these labels."""


def cap_in_force(setting: Expr) -> Expr:
    """The cap of CK: a number, or the word for none; where the cell is blank or says anything else, the form's own."""
    return call("IF", call("ISNUMBER", setting), setting, call("IF", setting.eq(f.NO_CAP), f.NO_CAP, DEFAULT_CAP))


def promised(pagu: Expr, spent: Expr, capaian: Expr, cap: Expr) -> Expr:
    """PAK x CK, rupiah: what the output was worth by its anggaran; ``capaian`` is a cell, or the range of several indicators.

    CK is the mean of the indicators, each at most the cap, and never below 0. "-" where pagu, realisasi or capaian is missing, the pagu
    is 0, or one of them is negative money.
    """
    sound = call("AND", pagu > 0, spent >= 0)
    if not isinstance(capaian, Range):
        # MIN passes over a cap that is a word.
        worth = pagu * call("MAX", 0, call("MIN", capaian, cap)) / 100
        return call("IF", call("COUNT", pagu, spent, capaian).eq(3), call("IF", sound, worth, "-"), "-")
    worth = pagu * call("MAX", 0, f.capped_mean(capaian, cap)) / 100
    known = call("IF", call("COUNT", pagu, spent).eq(2), call("COUNT", capaian) > 0, False)
    return call("IFERROR", call("IF", known, call("IF", sound, worth, "-"), "-"), "-")


def rate(worth: Expr, spent: Expr) -> Expr:
    """E before its limits, in percent: what was saved of SUM(PAK x CK); "-" where nothing was achieved."""
    return call("IF", worth > 0, (worth - spent) * 100 / worth, "-")


def limited(e: Expr) -> Expr:
    """E within its limits."""
    return call("IF", call("ISNUMBER", e), call("MAX", -LIMIT, call("MIN", LIMIT, e)), "-")


def value(e: Expr) -> Expr:
    """NE, the value of a limited E, 0 to 100 percent."""
    return call("IF", call("ISNUMBER", e), e * (50 / LIMIT) + 50, "-")
