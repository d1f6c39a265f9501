"""III.A, second half: causes, efficiency, and the programs in support (the order of PermenPANRB 53/2014, 5 to 7)."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xl.form import formulas as f
from lakip_xl.form.efficiency import REGULATION
from lakip_xl.form.expressions import Expr, Ref
from lakip_xl.narrative import said, words
from lakip_xl.narrative.facts import Facts, Measure
from lakip_xl.narrative.model import Content, Figures, Head, Section, Sentence, figures
from lakip_xl.narrative.parts import NEARLY, NO, UNIT, key_of, nothing, of
from lakip_xl.rules import names
from lakip_xl.rules.efficiency import efficiency as efisiensi_of
from lakip_xl.summary.sources import BLANK, difference
from lakip_xl.table.model import Heading


def causes(facts: Facts) -> Section:
    """5. Why it was reached or not, what is done about it, and what was not reached."""
    parts: list[Sentence | Figures] = []
    for key, what in (("penyebab", "penyebab keberhasilan atau kegagalan"), ("upaya", "upaya perbaikan")):
        if not any(m.row.text_of(key) for m in facts.iku):
            if key == "penyebab" or facts.iku:
                parts += nothing(facts, f"iku.{key}", f"{what} {{}} belum diisi pada lembar {facts.sheet}")
            continue
        for m in facts.iku:
            told = words.clean(m.row.text_of(key))
            text = (
                f"{what} indikator {m.name}: {told}"
                if told
                else f"{what} indikator {m.name} belum diisi pada lembar {facts.sheet}"
            )
            parts.append(of(f"iku.{key}", m, text))
    parts += shortfalls(facts)
    return Section(3, "5. Penyebab keberhasilan atau kegagalan dan upaya perbaikan", tuple(parts))


def shortfalls(facts: Facts) -> list[Sentence | Figures]:
    """How many indicators of the matrix reached their target, and each that did not, with its stated cause."""
    measures = [(row, m) for row in facts.rows() for m in facts.measures(row)]
    if not measures:
        return []
    if not facts.ended:
        text = "Tercapai atau tidaknya target program, kegiatan, dan sub kegiatan baru dinilai pada akhir tahun."
        return [Sentence("matriks.belum_dinilai", text)]
    parts: list[Sentence | Figures] = []
    if not facts.untold:
        parts.append(Sentence("matriks.tercapai", counted([m for _, m in measures])))
    for row, m in measures:
        if m.reached is False and m.target is not None and m.realisasi is not None and m.capaian is not None:
            cause = facts.cause(m.table, m.row)
            why = f"Penyebab yang dinyatakan: {cause}" if cause else "Penyebabnya belum dinyatakan di KETERANGAN"
            text = f"{facts.name_of(row)} ({m.name}) terealisasi {m.of} atau {words.percent(m.capaian)}. {why}"
            parts.append(of("matriks.penyebab", m, text))
    return parts


def counted(measures: Sequence[Measure]) -> str:
    """How many indicators of the matrix are measured, and how many of these reached their target."""
    known = [m for m in measures if m.reached is not None]
    reached, doubtful = sum(m.reached is True for m in known), sum(m.doubtful for m in measures)
    text = (
        f"Dari {len(measures)} indikator program, kegiatan, dan sub kegiatan pada Matriks, {len(known)} dapat dinilai: "
    )
    text += f"{reached} mencapai target dan {len(known) - reached} belum mencapai target"
    unknown = [m for m in measures if m.reached is None and not m.doubtful]
    filled = sum(m.target is not None and m.realisasi is not None for m in unknown)
    rest = [f"{doubtful} tidak dinilai karena satuannya masih perlu diperiksa"] if doubtful else []
    rest += [f"{filled} sudah terisi, tetapi belum ada angka capaiannya"] if filled else []
    rest += [f"{len(unknown) - filled} belum diukur"] if len(unknown) > filled else []
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
        if reached is None or before is None or spent is None:
            named = ((reached, "capaian"), (before, "anggaran"), (spent, "realisasi anggaran"))
            lacking = words.listed([word for value, word in named if value is None])
            text = f"{facts.name_of(program)}: efisiensi belum dapat dihitung, karena {lacking} belum diketahui"
        elif before == 0:
            text = f"{facts.name_of(program)}: efisiensi tidak dapat dihitung terhadap anggaran 0"
        else:
            share = spent * 100 / before
            gap = reached - share
            says = (
                "sama dengan"
                if abs(gap) < NEARLY
                else f"{words.fixed(abs(gap))} poin {'di atas' if gap > 0 else 'di bawah'}"
            )
            text = f"{facts.name_of(program)}: capaian {words.percent(reached)}, {says} serapan anggaran {words.percent(share)}"
        parts.append(
            Sentence(
                f"program.efisiensi|{key_of(program)}",
                words.sentence(text),
                None if isinstance(program, Heading) else program,
            )
        )
    if rows:
        whole = _whole(facts)
        if whole is not None:
            parts.insert(0, whole)
        gap_head = "EFISIENSI (poin)" if whole is None else "CAPAIAN - SERAPAN (poin)"
        heads = (NO, Head("PROGRAM"), Head("CAPAIAN (%)", "percent"), Head("ANGGARAN (Rp)", "rupiah"), Head("REALISASI (Rp)", "rupiah"),
                 Head("SERAPAN (%)", "percent"), Head(gap_head, "points"))  # fmt: skip
        until = "" if facts.ended else " Sebelum akhir tahun angka ini baru gambaran sementara."
        text = (
            "Efisiensi dihitung sebagai capaian kinerja program dikurangi serapan anggarannya, dalam poin persentase."
            if whole is None
            else "Sebagai pembanding, capaian setiap program dikurangi serapan anggarannya, dalam poin persentase, adalah sebagai berikut."
        )
        parts.insert(0 if whole is None else 1, Sentence("program.efisiensi.cara", text + until))
        parts.append(figures("Efisiensi penggunaan sumber daya per program", heads, rows, facts.seen))
    return Section(3, "6. Efisiensi penggunaan sumber daya", tuple(parts))


def _whole(facts: Facts) -> Sentence | None:
    """Efisiensi of the office by the regulation's formula, where Pengaturan chooses it: what Ringkasan prints as the efisiensi."""
    found = efisiensi_of(facts.document, facts.findings)
    if found is None or found.method != REGULATION:
        return None
    rated = found.regulated
    if rated is None or rated.limited is None or rated.value is None:
        text = f"efisiensi menurut {REGULATION} belum dapat dihitung, karena capaian, pagu, atau realisasi sub kegiatan belum terukur"
        return Sentence("efisiensi.peraturan", f"{facts.during}, {text}.")
    rate = f"{'minus ' if rated.limited < 0 else ''}{words.fixed(abs(rated.limited))} persen"
    text = (
        f"efisiensi menurut {REGULATION} adalah {rate} dengan nilai efisiensi {words.fixed(rated.value)}, "
        f"dihitung dari {rated.counted} sub kegiatan"
    )
    left = [
        f"{count} tidak dihitung karena {why}"
        for count, why in (
            (rated.unresolved, "satuannya masih perlu diperiksa"),
            (rated.incomplete, "capaian, pagu, atau realisasinya tidak ada"),
        )
        if count
    ]
    return Sentence("efisiensi.peraturan", f"{facts.during}, {text}{f' ({words.listed(left)})' if left else ''}.")


def support(facts: Facts) -> Section:
    """7. The programs that supported the sasaran, and their indicators."""
    parts: list[Sentence | Figures] = []
    for m in facts.iku:
        told = names.listed(m.row.text_of("program_pendukung"))
        if told:
            text = f"Pencapaian indikator {m.name} didukung oleh {words.listed([words.clean(name) for name in told])}"
            parts.append(of("iku.pendukung", m, text))
    rows: list[list[Content]] = []
    for program in facts.programs:
        own = [] if isinstance(program, Heading) else facts.measures(program)
        for m in own:
            text = f"{facts.name_of(program)}, indikator {m.name}: {said.measured(facts, m, kategori=True)}"
            parts.append(of("program.indikator", m, text))
            label, *cells = (
                facts.sources.figure(m.table, m.row, key)
                for key in ("indikator", "satuan", "target", "realisasi", "capaian")
            )
            if m is own[0]:
                label = facts.money(program)[0] & ": " & label
            rows.append([len(rows) + 1, label, *cells])
        if not own:
            text = f"{facts.name_of(program)}: indikator program belum diisi pada Matriks"
            parts.append(Sentence(f"program.indikator.kosong|{key_of(program)}", words.sentence(text)))
    if rows:
        heads = (NO, Head("PROGRAM DAN INDIKATORNYA"), UNIT, Head("TARGET", "number"), Head("REALISASI", "number"),
                 Head("CAPAIAN (%)", "percent"))  # fmt: skip
        parts.append(figures("Indikator kinerja program", heads, rows, facts.seen))
    return Section(3, "7. Program dan kegiatan yang menunjang keberhasilan atau kegagalan", tuple(parts))


def _share(refs: Sequence[Ref]) -> Expr:
    return f.ratio(refs[4], refs[3])


def _gap(refs: Sequence[Ref]) -> Expr:
    return difference(refs[2], refs[5])
