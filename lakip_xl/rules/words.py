"""The catalogue's own words: names of families, labels of the parts of a rule, severities said by period."""

from __future__ import annotations

from lakip_xl.errors import Text
from lakip_xl.form.spec import Period
from lakip_xl.rules.core import CONFIDENCE, Rule

FAMILIES = {
    "ST": Text("Struktur", "Structure"),
    "IS": Text("Isian", "Entries"),
    "HR": Text("Hirarki dan jumlah", "Hierarchy and sums"),
    "CP": Text("Capaian", "Achievement"),
    "AG": Text("Anggaran", "Money"),
    "RM": Text("Rumus", "Formulas"),
    "SL": Text("Silang antarlembar", "Across sheets"),
    "RK": Text("Rekonsiliasi", "Reconciliation"),
}

LABELS = {
    "meaning": Text("Arti", "Meaning"),
    "why": Text("Mengapa penting", "Why it matters"),
    "remedy": Text("Perbaikan", "To do"),
    "basis": Text("Dasar", "Basis"),
    "severity": Text("Bobot", "Weight"),
    "since": Text("Sejak versi", "Since version"),
}

PERIODS = {
    Period.MONTH: Text("bulan", "month"),
    Period.QUARTER: Text("triwulan", "quarter"),
    Period.YEAR: Text("akhir tahun", "end of year"),
}
ALWAYS = Text("semua periode", "all periods")
SILENT = Text("tidak diperiksa", "not checked")


def basis_of(rule: Rule, lang: str) -> str:
    """On what the rule rests, with how sure that is."""
    return f"{rule.basis.text.in_(lang)} ({CONFIDENCE[rule.basis.confidence].in_(lang)})"


def severities_of(rule: Rule, lang: str) -> str:
    """``Perlu penjelasan (semua periode)``, or one word for each class of period."""
    said = {
        period: severity.word(lang) if severity is not None else SILENT.in_(lang)
        for period, severity in rule.severity.items()
    }
    if len(set(said.values())) == 1:
        return f"{next(iter(said.values()))} ({ALWAYS.in_(lang)})"
    return "; ".join(f"{PERIODS[period].in_(lang)}: {word}" for period, word in said.items())
