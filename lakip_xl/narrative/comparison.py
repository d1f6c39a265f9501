"""III.A, first half: what was promised and reached, and how that compares (the order of PermenPANRB 53/2014, 1 to 4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lakip_xl.narrative import said, words
from lakip_xl.narrative.facts import Facts, Measure
from lakip_xl.narrative.model import Figures, Head, Section, Sentence, figures
from lakip_xl.narrative.parts import INDICATOR, NEARLY, NO, UNIT, about, entered, named, nothing, of
from lakip_xl.summary.sources import difference


def targets(facts: Facts) -> Section:
    """1. Target and realisasi of this year."""
    parts: list[Sentence | Figures] = []
    for head, measures in facts.sasaran:
        name = words.quoted(head.text_of("sasaran"), 400)
        mean = facts.sources.sasaran_mean(head, max([m.row.number for m in measures], default=head.number))
        capaian, word = facts.number(mean), facts.kategori(mean)
        if capaian is None:
            text = f"capaian sasaran {name} belum dapat diukur, karena {_unmeasured(measures)}"
        else:
            text = f"sasaran {name} mencapai {words.percent(capaian)}"
            text += "" if facts.ended else " dari target setahun"
            text += f" dengan kategori {word}" if word else ""
        parts.append(about("sasaran.capaian", head, f"{facts.during}, {text}"))
        for m in measures:
            parts.append(
                of("iku.target", m, f"Indikator {m.name}: {said.measured(facts, m, kategori=len(measures) > 1)}")
            )
    if facts.sasaran and not facts.ended:
        text = "Kategori diberikan pada akhir tahun; sebelum itu capaian dibandingkan dengan target setahun dan belum dinilai."
        parts.append(Sentence("iku.target.sementara", text))
    if facts.iku:
        heads = (NO, INDICATOR, UNIT, Head("TARGET", "number"), Head("REALISASI", "number"),
                 Head("CAPAIAN (%)", "percent"), Head("KATEGORI", "center"))  # fmt: skip
        rows = [[*named(facts, n, m, "satuan", "target", "realisasi", "capaian"), lambda refs: facts.sources.category(refs[5])]
                for n, m in enumerate(facts.iku, start=1)]  # fmt: skip
        parts.append(figures("Target dan realisasi indikator kinerja utama", heads, rows, facts.seen))
    return Section(3, "1. Perbandingan target dan realisasi kinerja tahun ini", tuple(parts))


def years(facts: Facts) -> Section:
    """2. Capaian of this year and of the years before."""
    settings = facts.document.settings
    last, earlier = words.year(settings, 1), words.year(settings, 2)
    heading = "2. Perbandingan dengan tahun-tahun sebelumnya"
    blank = (
        f"capaian {{}} pada {last} dan {earlier} belum diisi, sehingga perbandingan antartahun belum dapat disajikan"
    )
    if not entered(facts, "capaian_n1", "capaian_n2"):
        return Section(3, heading, nothing(facts, "iku.tahun", blank))
    parts: list[Sentence | Figures] = []
    for m in facts.iku:
        before, first = (
            words.number_of(facts.sources.number(m.table, m.row, key)) for key in ("capaian_n1", "capaian_n2")
        )
        if before is None and first is None:
            text = blank.format(f"indikator {m.name}")
        else:
            known = [
                f"{words.percent(value)} pada {when}"
                for value, when in ((first, earlier), (before, last))
                if value is not None
            ]
            text = f"capaian indikator {m.name} adalah {words.listed(known)}"
            text += _change(facts, m, before, last)
            lacks = last if before is None else earlier if first is None else ""
            text += f". Capaian {lacks} belum diisi" if lacks else ""
        parts.append(of("iku.tahun", m, text))
    heads = (NO, INDICATOR, *(Head(f"CAPAIAN {name.upper()} (%)", "percent")
             for name in (earlier, last, words.year(settings))), Head("PERUBAHAN (poin)", "points"))  # fmt: skip
    rows = [[*named(facts, n, m, "capaian_n2", "capaian_n1", "capaian"),
             (lambda refs: difference(refs[4], refs[3])) if facts.ended else None]
            for n, m in enumerate(facts.iku, start=1)]  # fmt: skip
    parts.append(figures("Capaian dibandingkan dengan tahun-tahun sebelumnya", heads, rows, facts.seen))
    return Section(3, heading, tuple(parts))


def _change(facts: Facts, m: Measure, before: Decimal | None, last: str) -> str:
    now = words.year(facts.document.settings)
    if m.capaian is None:
        return f"; capaian {now} belum dapat diukur"
    if not facts.ended:
        sofar = words.span(facts.document.settings)
        return f"; sampai dengan {sofar} capaiannya {words.percent(m.capaian)} dari target setahun dan belum sebanding dengan setahun penuh"
    if before is None:
        return f", dan {words.percent(m.capaian)} pada {now}"
    moved = m.capaian - before
    if abs(moved) < NEARLY:
        return f", dan tetap {words.percent(m.capaian)} pada {now}"
    word = "naik" if moved > 0 else "turun"
    return f", lalu {word} {words.fixed(abs(moved))} poin persentase menjadi {words.percent(m.capaian)} pada {now}"


def renstra(facts: Facts) -> Section:
    """3. Realisasi up to this year against the end of the Renstra."""
    heading = "3. Perbandingan dengan target jangka menengah (Renstra)"
    blank = "target akhir Renstra untuk {} belum diisi, sehingga kemajuan terhadap target jangka menengah belum dapat diukur"
    if not entered(facts, "target_renstra"):
        return Section(3, heading, nothing(facts, "iku.renstra", blank))
    parts: list[Sentence | Figures] = []
    for m in facts.iku:
        goal, progress = (
            words.number_of(facts.sources.number(m.table, m.row, key)) for key in ("target_renstra", "kemajuan")
        )
        if goal is None:
            text = blank.format(f"indikator {m.name}")
        elif m.realisasi is None or progress is None:
            goal_said = words.amount(goal, m.satuan)
            text = f"target akhir Renstra untuk indikator {m.name} adalah {goal_said}; kemajuannya belum dapat diukur"
        else:
            text = (f"terhadap target akhir Renstra sebesar {words.amount(goal, m.satuan)}, realisasi indikator {m.name} sebesar "
                    f"{words.amount(m.realisasi, m.satuan)} menunjukkan kemajuan {words.percent(progress)}")  # fmt: skip
        parts.append(of("iku.renstra", m, text))
    heads = (NO, INDICATOR, UNIT, Head("REALISASI", "number"), Head("TARGET AKHIR RENSTRA", "number"),
             Head("KEMAJUAN (%)", "percent"))  # fmt: skip
    rows = [
        named(facts, n, m, "satuan", "realisasi", "target_renstra", "kemajuan")
        for n, m in enumerate(facts.iku, start=1)
    ]
    parts.append(figures("Realisasi terhadap target akhir Renstra", heads, rows, facts.seen))
    return Section(3, heading, tuple(parts))


def nation(facts: Facts) -> Section:
    """4. Against a national standard, where there is one."""
    heading = "4. Perbandingan dengan standar nasional"
    if not entered(facts, "standar_nasional"):
        return Section(
            3,
            heading,
            nothing(
                facts,
                "iku.standar",
                "standar nasional untuk {} belum diisi, sehingga perbandingan dengannya tidak disajikan",
            ),
        )
    parts: list[Sentence | Figures] = []
    for m in facts.iku:
        norm = words.number_of(facts.sources.number(m.table, m.row, "standar_nasional"))
        if norm is None:
            text = f"standar nasional untuk indikator {m.name} belum diisi"
        elif m.realisasi is None:
            text = f"standar nasional untuk indikator {m.name} adalah {words.amount(norm, m.satuan)}; realisasinya belum dapat dibandingkan"
        else:
            side = (
                "sama dengan"
                if m.realisasi == norm
                else "lebih tinggi daripada"
                if m.realisasi > norm
                else "lebih rendah daripada"
            )
            text = (f"standar nasional untuk indikator {m.name} adalah {words.amount(norm, m.satuan)}; realisasi sebesar "
                    f"{words.amount(m.realisasi, m.satuan)} {side} standar itu")  # fmt: skip
        parts.append(of("iku.standar", m, text))
    return Section(3, heading, tuple(parts))


def _unmeasured(measures: Sequence[Measure]) -> str:
    if not measures:
        return "indikatornya belum diisi"
    return (
        "target atau realisasi indikatornya belum diisi"
        if any(m.blank for m in measures)
        else "capaian indikatornya belum terukur"
    )
