"""The whole narrative of a document: Ikhtisar Eksekutif, BAB III with its two halves, and the matrix as an appendix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.findings import Finding, Severity
from lakip_xl.form import formulas as f
from lakip_xl.form.evaluate import Resolve
from lakip_xl.form.expressions import Const
from lakip_xl.narrative import claims, comparison, money, performance, words
from lakip_xl.narrative.facts import Facts
from lakip_xl.narrative.model import CHAPTER, Content, Doubt, Figures, Head, Narrative, Section, Sentence, figures
from lakip_xl.narrative.parts import absent
from lakip_xl.table.model import Document

_NO_NOTES: Mapping[str, str] = {}


def compose(
    document: Document, findings: Sequence[Finding], seen: Resolve, notes: Mapping[str, str] = _NO_NOTES
) -> Narrative:
    """The narrative; ``notes`` are what a user wrote beside its sentences, by their keys, and are looked through too."""
    facts = Facts(document, findings, seen)
    sections = _unique(
        [
            Section(1, "IKHTISAR EKSEKUTIF", overview(facts)),
            Section(1, CHAPTER),
            Section(2, "A. Capaian Kinerja Organisasi"),
            comparison.targets(facts),
            comparison.years(facts),
            comparison.renstra(facts),
            comparison.nation(facts),
            performance.causes(facts),
            performance.efficiency(facts),
            performance.support(facts),
            Section(2, "B. Realisasi Anggaran"),
            money.programs(facts),
            money.belanja(facts),
            *appendix(facts),
        ]
    )
    said = {part.key: part.about for section in sections for part in section.parts if isinstance(part, Sentence)}
    doubts = (
        *_lacks(facts),
        *_open(facts),
        *claims.contradictions(facts, {key: (text, said.get(key)) for key, text in notes.items()}),
    )
    return Narrative(_title(facts), _office(facts), doubts, sections)


def _title(facts: Facts) -> str:
    return f"NARASI {facts.document.settings.identity.get('nama_laporan') or 'LAKIP'}"


def _office(facts: Facts) -> str:
    """Whose report it is, and of when; what nobody filled in leaves no hole."""
    identity = facts.document.settings.identity
    names = [words.clean(str(identity[key])) for key in ("perangkat_daerah", "kabupaten") if identity.get(key)]
    settings = facts.document.settings
    return " ".join((*names, words.year(settings).capitalize() if facts.ended else f"s/d {words.span(settings)}"))


def overview(facts: Facts) -> tuple[Sentence | Figures, ...]:
    """Ikhtisar Eksekutif: what the report covers, capaian of the sasaran, indicators reached, money."""
    settings = facts.document.settings
    report = settings.identity.get("nama_laporan") or "LAKIP"
    levels = Counter(row.level for row in facts.rows())
    have = [f"{len(facts.sasaran)} sasaran strategis"] if facts.sasaran else []
    have += [f"{len(facts.iku)} indikator kinerja utama"] if facts.iku else []
    if not facts.untold:
        have += [f"{levels[level]} {level}" for level in ("program", "kegiatan", "sub kegiatan") if levels[level]]
    parts: list[Sentence | Figures] = []
    office = [
        words.clean(str(settings.identity[key]))
        for key in ("perangkat_daerah", "kabupaten")
        if settings.identity.get(key)
    ]
    opening = " ".join((str(report), *office, words.year(settings)))
    if have:
        parts.append(Sentence("ikhtisar.isi", f"{opening} memuat {words.listed(have)}."))
    means = []
    for head, measures in facts.sasaran:
        last = max([m.row.number for m in measures], default=head.number)
        means.append(facts.number(facts.sources.sasaran_mean(head, last)))
    known = [value for value in means if value is not None]
    if known:
        parts.append(Sentence("ikhtisar.sasaran", _mean(facts, known, len(means))))
    elif facts.sasaran:
        text = f"{facts.during}, capaian sasaran strategis belum dapat diukur, karena target atau realisasi indikatornya belum lengkap."
        parts.append(Sentence("ikhtisar.sasaran", text))
    measures = [m for row in facts.rows() for m in facts.measures(row)]
    if measures and facts.ended and not facts.untold:
        parts.append(Sentence("ikhtisar.indikator", performance.counted(measures)))
    if told := money.whole(facts):
        parts.append(Sentence("ikhtisar.anggaran", told))
    return tuple(parts)


def _mean(facts: Facts, known: Sequence[Decimal], all_of_them: int) -> str:
    total = sum(map(float, known)) / len(known)
    mean = words.number_of(total)
    assert mean is not None
    word = facts.kategori(Const(total))
    what = "rata-rata capaian sasaran strategis" if all_of_them > 1 else "capaian sasaran strategis"
    text = f"{facts.during}, {what} adalah {words.percent(mean)}"
    text += "" if facts.ended else " dari target setahun"
    text += f" dengan kategori {word}" if word else ""
    if len(known) < all_of_them:
        text += f" ({all_of_them - len(known)} sasaran belum dapat diukur dan tidak ikut dihitung)"
    return words.sentence(text)


def appendix(facts: Facts) -> list[Section]:
    """The matrix itself, for paper in landscape."""
    if not facts.sources.has_matrix or not any(True for _ in facts.rows()):
        return []
    table = facts.document.matrix
    keys = (
        "uraian",
        "indikator",
        "satuan",
        "target",
        "realisasi",
        "capaian",
        "anggaran",
        "realisasi_anggaran",
        "persen",
    )
    heads = (Head("PROGRAM / KEGIATAN / SUB KEGIATAN"), Head("INDIKATOR"), Head("SATUAN", "center"), Head("TARGET", "number"),
             Head("REALISASI", "number"), Head("CAPAIAN (%)", "percent"), Head("ANGGARAN (Rp)", "rupiah"),
             Head("REALISASI (Rp)", "rupiah"), Head("SERAPAN (%)", "percent"))  # fmt: skip
    rows: list[list[Content]] = []
    levels: list[int] = []
    for row in table.rows:
        main = row.head or row
        if not main.level or not main.in_use or not row.in_use:
            continue
        mine = keys if row.head is None else keys[:6]  # a further indicator has no money of its own
        rows.append([facts.sources.figure(table, row, key) if key in mine else None for key in keys])
        levels.append(table.spec.depth(main.level) if main.level in table.spec.levels else 0)
    widest = min(levels)
    sums = [facts.sources.sum_of(table, key) for key in ("anggaran", "realisasi_anggaran")]
    rows.append(["JUMLAH", None, None, None, None, None, *sums, lambda refs: f.ratio(refs[7], refs[6])])
    made = figures("Capaian kinerja dan realisasi anggaran menurut program, kegiatan, dan sub kegiatan", heads, rows, facts.seen,
                   total=True, wide=True, levels=[level - widest for level in levels] + [0])  # fmt: skip
    return [Section(2, "Lampiran. Matriks Capaian Kinerja dan Realisasi Anggaran", (made,))]


def _lacks(facts: Facts) -> list[Doubt]:
    """What is missing from the whole, for whoever edits it."""
    lacking, made = absent(facts), list[Doubt]()
    if lacking:
        indonesian, english = words.listed([each.id for each in lacking]), ", ".join(each.en for each in lacking)
        made.append(Doubt(Text(
            f"Belum ada: {indonesian}. Bagian yang memerlukannya dibiarkan kosong di bawah judulnya.",
            f"Not there yet: {english}. The parts that need it are left blank below their headings.",
        )))  # fmt: skip
    if facts.untold:
        made.append(Doubt(Text(
            f"Tingkat {facts.untold} baris pada lembar {facts.document.matrix.sheet} tidak dapat ditentukan (ST07). Karena itu banyaknya "
            "program, kegiatan, sub kegiatan, dan indikatornya tidak disebut, dan baris itu tidak ada pada lampiran.",
            f"The level of {facts.untold} rows of the sheet {facts.document.matrix.sheet} cannot be told (ST07). So programs, kegiatan, "
            "sub kegiatan and their indicators are not counted, and those rows are not in the appendix.",
        )))  # fmt: skip
    return made


def _open(facts: Facts) -> list[Doubt]:
    """Findings that may still change the figures: said once, with where they are listed."""
    errors = sum(each.severity is Severity.ERROR for each in facts.findings)
    asked = sum(each.severity is Severity.WARNING and not each.explained for each in facts.findings)
    counts = [(count, severity) for count, severity in ((errors, Severity.ERROR), (asked, Severity.WARNING)) if count]
    if not counts:
        return []
    told = words.listed([f"{count} catatan '{severity.word('id')}'" for count, severity in counts])
    english = " and ".join(f"{count} findings '{severity.word('en')}'" for count, severity in counts)
    text = Text(
        f"Masih ada {told} yang belum diselesaikan, sehingga angka di bawah ini dapat berubah. Rinciannya ada di Catatan Perbaikan.",
        f"{english} are still open, so the figures below may change. They are listed on Catatan Perbaikan.",
    )
    return [Doubt(text)]


def _unique(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with no key twice: rows of one name are told apart by their order."""
    seen: Counter[str] = Counter()
    made = []
    for section in sections:
        parts: list[Sentence | Figures] = []
        for part in section.parts:
            if isinstance(part, Sentence):
                seen[part.key] += 1
                part = replace(part, key=f"{part.key}#{seen[part.key]}") if seen[part.key] > 1 else part
            parts.append(part)
        made.append(replace(section, parts=tuple(parts)))
    return tuple(made)
