"""III.A: capaian kinerja, in the order of PermenPANRB 53/2014 (domain of the report: what was promised, reached, compared, explained)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Expr, Ref
from lakip_xl.narrative import said, words
from lakip_xl.narrative.facts import Facts, Measure
from lakip_xl.narrative.model import Content, Figures, Head, Section, Sentence, figures
from lakip_xl.rules import names
from lakip_xl.summary.blocks import missing
from lakip_xl.summary.sources import BLANK, difference
from lakip_xl.table.model import Heading, Row, Table

_NO, _INDICATOR, _UNIT = Head("NO", "center"), Head("INDIKATOR KINERJA UTAMA"), Head("SATUAN", "center")
_NEARLY = Decimal("0.005")
"""A difference below this shows as 0,00 and is called none."""


def targets(facts: Facts) -> Section:
    """1. Target and realisasi of this year."""
    parts: list[Sentence | Figures] = []
    lack = _lacking(facts, "sasaran")
    if lack:
        parts.append(Sentence("iku.target.kosong", lack))
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
        parts.append(_about("sasaran.capaian", head, f"{facts.during}, {text}"))
        for m in measures:
            parts.append(
                _of("iku.target", m, f"Indikator {m.name}: {said.measured(facts, m, kategori=len(measures) > 1)}")
            )
    if facts.sasaran and not facts.ended:
        text = "Kategori diberikan pada akhir tahun; sebelum itu capaian dibandingkan dengan target setahun dan belum dinilai."
        parts.append(Sentence("iku.target.sementara", text))
    if facts.iku:
        heads = (_NO, _INDICATOR, _UNIT, Head("TARGET", "number"), Head("REALISASI", "number"),
                 Head("CAPAIAN (%)", "percent"), Head("KATEGORI", "center"))  # fmt: skip
        rows = [[*_named(facts, n, m, "satuan", "target", "realisasi", "capaian"), lambda refs: facts.sources.category(refs[5])]
                for n, m in enumerate(facts.iku, start=1)]  # fmt: skip
        parts.append(figures("Target dan realisasi indikator kinerja utama", heads, rows, facts.seen))
    return Section(3, "1. Perbandingan target dan realisasi kinerja tahun ini", tuple(parts))


def years(facts: Facts) -> Section:
    """2. Capaian of this year and of the years before."""
    settings, parts = facts.document.settings, list[Sentence | Figures]()
    last, earlier = words.year(settings, 1), words.year(settings, 2)
    for m in facts.iku:
        before, first = (
            words.number_of(facts.sources.number(m.table, m.row, key)) for key in ("capaian_n1", "capaian_n2")
        )
        if before is None and first is None:
            text = f"capaian indikator {m.name} {last} dan {earlier} belum diisi, sehingga perbandingan antartahun belum dapat disajikan"
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
        parts.append(_of("iku.tahun", m, text))
    if facts.iku:
        heads = (_NO, _INDICATOR, *(Head(f"CAPAIAN {name.upper()} (%)", "percent")
                 for name in (earlier, last, words.year(settings))), Head("PERUBAHAN (poin)", "points"))  # fmt: skip
        rows = [[*_named(facts, n, m, "capaian_n2", "capaian_n1", "capaian"),
                 (lambda refs: difference(refs[4], refs[3])) if facts.ended else None]
                for n, m in enumerate(facts.iku, start=1)]  # fmt: skip
        parts.append(figures("Capaian dibandingkan dengan tahun-tahun sebelumnya", heads, rows, facts.seen))
    return Section(3, "2. Perbandingan dengan tahun-tahun sebelumnya", _or_lack(facts, "iku.tahun.kosong", parts))


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
    if abs(moved) < _NEARLY:
        return f", dan tetap {words.percent(m.capaian)} pada {now}"
    word = "naik" if moved > 0 else "turun"
    return f", lalu {word} {words.fixed(abs(moved))} poin persen menjadi {words.percent(m.capaian)} pada {now}"


def renstra(facts: Facts) -> Section:
    """3. Realisasi up to this year against the end of the Renstra."""
    parts: list[Sentence | Figures] = []
    for m in facts.iku:
        goal, progress = (
            words.number_of(facts.sources.number(m.table, m.row, key)) for key in ("target_renstra", "kemajuan")
        )
        if goal is None:
            text = (f"target akhir Renstra untuk indikator {m.name} belum diisi, sehingga kemajuan terhadap target jangka menengah "
                    "belum dapat diukur")  # fmt: skip
        elif m.realisasi is None or progress is None:
            text = (f"target akhir Renstra untuk indikator {m.name} adalah {words.amount(goal, m.satuan)}; kemajuannya belum dapat "
                    "diukur")  # fmt: skip
        else:
            text = (f"terhadap target akhir Renstra sebesar {words.amount(goal, m.satuan)}, realisasi indikator {m.name} sebesar "
                    f"{words.amount(m.realisasi, m.satuan)} menunjukkan kemajuan {words.percent(progress)}")  # fmt: skip
        parts.append(_of("iku.renstra", m, text))
    if any(facts.sources.holds(m.table, m.row, "target_renstra") for m in facts.iku):
        heads = (_NO, _INDICATOR, _UNIT, Head("REALISASI", "number"), Head("TARGET AKHIR RENSTRA", "number"),
                 Head("KEMAJUAN (%)", "percent"))  # fmt: skip
        rows = [
            _named(facts, n, m, "satuan", "realisasi", "target_renstra", "kemajuan")
            for n, m in enumerate(facts.iku, start=1)
        ]
        parts.append(figures("Realisasi terhadap target akhir Renstra", heads, rows, facts.seen))
    return Section(
        3, "3. Perbandingan dengan target jangka menengah (Renstra)", _or_lack(facts, "iku.renstra.kosong", parts)
    )


def nation(facts: Facts) -> Section:
    """4. Against a national standard, where there is one."""
    parts: list[Sentence | Figures] = []
    for m in facts.iku:
        norm = words.number_of(facts.sources.number(m.table, m.row, "standar_nasional"))
        if norm is None:
            continue
        text = f"standar nasional untuk indikator {m.name} adalah {words.amount(norm, m.satuan)}"
        if m.realisasi is None:
            text += "; realisasinya belum dapat dibandingkan"
        else:
            side = (
                "sama dengan"
                if m.realisasi == norm
                else "lebih tinggi daripada"
                if m.realisasi > norm
                else "lebih rendah daripada"
            )
            text += f"; realisasi sebesar {words.amount(m.realisasi, m.satuan)} {side} standar itu"
        parts.append(_of("iku.standar", m, text))
    if facts.iku and not parts:
        text = "Standar nasional belum diisi pada lembar Sasaran; perbandingan hanya disajikan bila standar itu ada."
        parts.append(Sentence("iku.standar.tidak_ada", text))
    return Section(3, "4. Perbandingan dengan standar nasional", _or_lack(facts, "iku.standar.kosong", parts))


def causes(facts: Facts) -> Section:
    """5. Why it was reached or not, what is done about it, and what was not reached."""
    parts: list[Sentence | Figures] = []
    for m in facts.iku:
        for key, what, lack in (
            ("penyebab", "Penyebab keberhasilan atau kegagalan", "belum diisi pada lembar Sasaran"),
            ("upaya", "Upaya perbaikan", "belum diisi pada lembar Sasaran"),
        ):
            told = words.clean(m.row.text_of(key))
            text = f"{what} indikator {m.name}: {told}" if told else f"{what} indikator {m.name} {lack}"
            parts.append(_of(f"iku.{key}", m, text))
    parts += shortfalls(facts)
    return Section(
        3, "5. Penyebab keberhasilan atau kegagalan dan upaya perbaikan", _or_lack(facts, "iku.penyebab.kosong", parts)
    )


def shortfalls(facts: Facts) -> list[Sentence | Figures]:
    """How many indicators of the matrix reached their target, and each that did not, with its stated cause."""
    measures = [(row, m) for row in facts.rows() for m in facts.measures(row)]
    if not measures:
        return []
    if not facts.ended:
        text = "Tercapai atau tidaknya target program, kegiatan, dan sub kegiatan baru dinilai pada akhir tahun."
        return [Sentence("matriks.belum_dinilai", text)]
    parts: list[Sentence | Figures] = [Sentence("matriks.tercapai", counted([m for _, m in measures]))]
    for row, m in measures:
        if m.reached is False and m.target is not None and m.realisasi is not None and m.capaian is not None:
            cause = facts.cause(m.table, m.row)
            why = f"Penyebab yang dinyatakan: {cause}" if cause else "Penyebabnya belum dinyatakan di KETERANGAN"
            text = f"{facts.name_of(row)} ({m.name}) terealisasi {m.of} atau {words.percent(m.capaian)}. {why}"
            parts.append(_of("matriks.penyebab", m, text))
    return parts


def counted(measures: Sequence[Measure]) -> str:
    """How many indicators of the matrix are measured, and how many of these reached their target."""
    known = [m for m in measures if m.reached is not None]
    reached, doubtful = sum(m.reached is True for m in known), sum(m.doubtful for m in measures)
    text = (
        f"Dari {len(measures)} indikator program, kegiatan, dan sub kegiatan pada Matriks, {len(known)} dapat dinilai: "
    )
    text += f"{reached} mencapai target dan {len(known) - reached} belum mencapai target"
    others = len(measures) - len(known) - doubtful
    rest = [f"{doubtful} tidak dinilai karena satuannya masih perlu diperiksa"] if doubtful else []
    rest += [f"{others} belum diukur"] if others else []
    return words.sentence(f"{text}; {words.listed(rest)}" if rest else text)


def efficiency(facts: Facts) -> Section:
    """6. Efficiency: capaian less serapan of each program, as Ringkasan has it."""
    parts: list[Sentence | Figures] = []
    rows: list[list[Content]] = []
    for number, program in enumerate(facts.programs, start=1):
        name, pagu, used = facts.money(program)
        capaian = BLANK if isinstance(program, Heading) else facts.sources.capaian(program)
        rows.append([number, name, capaian, pagu, used, _share, _gap])
        reached, before, spent = facts.number(capaian), facts.number(pagu), facts.number(used)
        if reached is None or before is None or spent is None or before == 0:
            text = f"{facts.name_of(program)}: efisiensi belum dapat dihitung, karena capaian atau serapannya belum terukur"
        else:
            share = spent * 100 / before
            gap = reached - share
            says = (
                "sama dengan"
                if abs(gap) < _NEARLY
                else f"{words.fixed(abs(gap))} poin {'di atas' if gap > 0 else 'di bawah'}"
            )
            text = f"{facts.name_of(program)}: capaian {words.percent(reached)}, {says} serapan anggaran {words.percent(share)}"
        parts.append(
            Sentence(
                f"program.efisiensi|{_key(program)}",
                words.sentence(text),
                None if isinstance(program, Heading) else program,
            )
        )
    if rows:
        heads = (_NO, Head("PROGRAM"), Head("CAPAIAN (%)", "percent"), Head("ANGGARAN (Rp)", "rupiah"), Head("REALISASI (Rp)", "rupiah"),
                 Head("SERAPAN (%)", "percent"), Head("EFISIENSI (poin)", "points"))  # fmt: skip
        until = "" if facts.ended else " Sebelum akhir tahun angka ini baru gambaran sementara."
        text = (
            "Efisiensi dihitung sebagai capaian kinerja program dikurangi serapan anggarannya, dalam poin persen."
            + until
        )
        parts.insert(0, Sentence("program.efisiensi.cara", text))
        parts.append(figures("Efisiensi penggunaan sumber daya per program", heads, rows, facts.seen))
    else:
        parts.append(Sentence("program.efisiensi.kosong", _no_programs(facts)))
    return Section(3, "6. Efisiensi penggunaan sumber daya", tuple(parts))


def support(facts: Facts) -> Section:
    """7. The programs that supported the sasaran, and their indicators."""
    parts: list[Sentence | Figures] = []
    for m in facts.iku:
        told = names.listed(m.row.text_of("program_pendukung"))
        if told:
            text = f"Pencapaian indikator {m.name} didukung oleh {words.listed([words.clean(name) for name in told])}"
            parts.append(_of("iku.pendukung", m, text))
    rows: list[list[Content]] = []
    for program in facts.programs:
        own = [] if isinstance(program, Heading) else facts.measures(program)
        for m in own:
            text = f"{facts.name_of(program)}, indikator {m.name}: {said.measured(facts, m, kategori=True)}"
            parts.append(_of("program.indikator", m, text))
            label, *cells = (
                facts.sources.figure(m.table, m.row, key)
                for key in ("indikator", "satuan", "target", "realisasi", "capaian")
            )
            if m is own[0]:
                label = facts.money(program)[0] & ": " & label
            rows.append([len(rows) + 1, label, *cells])
        if not own:
            text = f"{facts.name_of(program)}: indikator program belum diisi pada Matriks"
            parts.append(Sentence(f"program.indikator.kosong|{_key(program)}", words.sentence(text)))
    if rows:
        heads = (_NO, Head("PROGRAM DAN INDIKATORNYA"), _UNIT, Head("TARGET", "number"), Head("REALISASI", "number"),
                 Head("CAPAIAN (%)", "percent"))  # fmt: skip
        parts.append(figures("Indikator kinerja program", heads, rows, facts.seen))
    if not parts:
        parts.append(Sentence("program.indikator.kosong", _no_programs(facts)))
    return Section(3, "7. Program dan kegiatan yang menunjang keberhasilan atau kegagalan", tuple(parts))


def _share(refs: Sequence[Ref]) -> Expr:
    return f.ratio(refs[4], refs[3])


def _gap(refs: Sequence[Ref]) -> Expr:
    return difference(refs[2], refs[5])


def _named(facts: Facts, number: int, m: Measure, *keys: str) -> list[Content]:
    """The number of the line, the indicator, and further columns of its row."""
    return [number, *(facts.sources.figure(m.table, m.row, key) for key in ("indikator", *keys))]


def _of(kind: str, m: Measure, text: str) -> Sentence:
    own = m.row.record if m.table.spec.key != "sasaran" else f"{m.row.record}|{words.clean(m.name).casefold()}"
    return Sentence(f"{kind}|{own}", words.sentence(text), m.row)


def _about(kind: str, row: Row, text: str) -> Sentence:
    return Sentence(f"{kind}|{row.record}", words.sentence(text), row)


def _key(program: Row | Heading) -> str:
    return program.name.casefold() if isinstance(program, Heading) else program.record


def _unmeasured(measures: Sequence[Measure]) -> str:
    if not measures:
        return "indikatornya belum diisi"
    return (
        "target atau realisasi indikatornya belum diisi"
        if any(m.blank for m in measures)
        else "capaian indikatornya belum terukur"
    )


def _lacking(facts: Facts, what: str) -> str:
    table: Table | None = facts.document.tables.get("sasaran")
    return missing(table, what, "Sasaran") if table is None or not (facts.sasaran or facts.iku) else ""


def _or_lack(facts: Facts, key: str, parts: list[Sentence | Figures]) -> tuple[Sentence | Figures, ...]:
    """The parts; where Sasaran holds nothing, a sentence that says so goes first."""
    lack = _lacking(facts, "indikator")
    return (Sentence(key, lack), *parts) if lack else tuple(parts)


def _no_programs(facts: Facts) -> str:
    return missing(facts.document.matrix if facts.sources.has_matrix else None, "program", "Matriks")
