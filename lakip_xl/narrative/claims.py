"""Statements that the figures contradict: "semua kegiatan berhasil" beside 17 of 25, and money of one level named as another's.

Only what can be meant in one way is judged: a sweeping word, what it sweeps over, and what is said of it must stand together, with
nothing but filler between; a denial, an exception, a wish, another year or another percentage in the same sentence ends the
matter. Before the year is over nothing is said of targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.narrative import levels, words
from lakip_xl.narrative.facts import FULL, Facts, Measure
from lakip_xl.narrative.model import Doubt
from lakip_xl.numbers import round_half_up
from lakip_xl.rules import names
from lakip_xl.table.model import Heading, Row, Table

_NOUN = (
    r"(?:sub[ -]?kegiatan|program|kegiatan|indikator kinerja utama|indikator kinerja|indikator|iku|sasaran strategis|sasaran|"
    r"target kinerja|target)"
)
_YEARS = r"(?:19|20)[0-9]{2}"
_FILLER = (
    r"(?: (?:yang|telah|sudah|dapat|ini|pendukung|ada|direncanakan|dilaksanakan|ditetapkan|diprogramkan|pada|tahun|anggaran|dengan|baik|"
    rf"secara|keseluruhan|kinerja|{_YEARS}))*"
)
_ALL = r"(?:semua|seluruh|segenap|keseluruhan)"
_END = r"(?=$|[,)]| dengan baik| dengan lancar| sesuai| pada tahun| di tahun| tahun| 100| seratus)"
_DONE = r"(?:berhasil )?(?:terlaksana|dilaksanakan|diselesaikan|selesai)"
_WHOLE = r"(?:100(?:,0+)? ?%|100(?:,0+)? persen|seratus persen)"
_TARGET = rf"target(?: kinerja| tahunan| tahun ini| yang (?:telah )?ditetapkan)?{_END}"
_SWEEP = re.compile(
    rf"\b{_ALL} (?P<what>{_NOUN}(?:(?:,|,? dan|,? serta|,? maupun)? {_NOUN}){{0,3}}){_FILLER} "
    rf"(?:(?P<full>{_DONE}(?: dengan baik)? (?:sebesar |mencapai )?{_WHOLE}|(?:tercapai|terpenuhi){_END}"
    rf"|(?:berhasil )?(?:mencapai|memenuhi) (?:{_TARGET}|{_WHOLE})|berhasil(?: tercapai)?{_END})"
    rf"|(?P<above>(?:berhasil )?(?:melampaui|melebihi) {_TARGET})"
    rf"|(?P<done>{_DONE}{_END}))"
)
_BARE = re.compile(  # "Semua berhasil": all that stands at the row where it is written, and below it
    rf"^(?:semua|semuanya|seluruhnya|keseluruhan)(?: (?:nya|telah|sudah|dapat|ini))* (?P<full>(?:tercapai|terpenuhi){_END}"
    rf"|(?:berhasil )?(?:mencapai|memenuhi) (?:{_TARGET}|{_WHOLE})|berhasil(?: tercapai)?{_END})"
)
_OWN = re.compile(
    r"^(?:capaian|realisasi|kinerja|indikator|sasaran|target)"
    rf"(?: (?:kinerja|indikator|sasaran|ini|telah|sudah|berhasil|tahun|{_YEARS}))* "
    rf"(?:(?P<above>(?:melampaui|melebihi) {_TARGET})|(?P<full>(?:tercapai|terpenuhi){_END}))"
)
_MONEY = re.compile(
    rf"\b{_ALL} (?:pagu |alokasi )?anggaran(?: (?:telah|sudah|dapat|yang|tersedia|ini))* (?:terserap|terealisasi|habis)\b"
)
_UNSURE = re.compile(
    r"\b(?:tidak|belum|bukan|tanpa|hampir|kecuali|selain|namun|tetapi|tapi|meski|meskipun|walau|walaupun|sebagian|rata-rata|"
    r"agar|supaya|akan|diharapkan|harapan|harus|perlu|apabila|jika|bila|kalau|ketika|memastikan|mendorong|menjamin|"
    r"mengupayakan|mengusahakan|berupaya|upaya|rencana|mendatang|depan|berikutnya|selanjutnya|triwulan|tw|semester|bulan|"
    r"renstra|rpjmd|nasional|provinsi|berkomitmen|komitmen|apakah)\b"
)
_YEAR, _PERCENT = re.compile(rf"\b{_YEARS}\b"), re.compile(r"(?<![0-9.,])([0-9]+(?:[.,][0-9]+)*) ?(?:%|persen\b)")
_PARTS = re.compile(r"[;!?\n\r]+|\.(?=\s|$)")
_RUPIAH = re.compile(r"\brp\.? ?([0-9]{1,3}(?:\.[0-9]{3})+)(?:,-|,00)?(?![0-9.,]*[0-9])(?! ?(?:juta|miliar|ribu))")
_NAMED = 5
"""Rows that a doubt names; the rest are counted."""


@dataclass(frozen=True)
class Passage:
    """A text that somebody wrote: where, and of which row it speaks, if of one; ``note`` as in ``model.Doubt``.

    ``future`` texts speak of what is to come unless they say "telah" or "sudah".
    """

    text: str
    cell: Cell | None
    table: Table | None
    row: Row | None
    note: str = ""
    future: bool = False


def contradictions(facts: Facts, notes: Mapping[str, tuple[str, Row | None]]) -> list[Doubt]:
    """Every statement in the workbook's own texts, and in the ``notes`` on Narasi, that its figures contradict."""
    found = []
    for text in (*_texts(facts), *_noted(facts, notes)):
        for part in _PARTS.split(text.text):
            passage = " ".join(part.split())
            told = _judged(facts, text, passage.casefold().replace("/", " dan ")) or levels.mistaken(
                facts, passage, _RUPIAH
            )
            if told:
                quoted = words.quoted(passage)
                said = Text(f"Tertulis {quoted}, padahal {told.id}.", f"It says {quoted}, but {told.en}.")
                found.append(Doubt(said, text.cell, text.note))
    return found


def _texts(facts: Facts) -> Iterator[Passage]:
    for key, table in facts.document.tables.items():
        columns = {"sasaran": ("penyebab", "upaya"), "matriks": ("keterangan",)}.get(key, ())
        for row in table.rows:
            for column in columns:
                text = row.text_of(column)
                if text:
                    yield Passage(text, table.cell(row, column), table, row, future=column == "upaya")


def _noted(facts: Facts, notes: Mapping[str, tuple[str, Row | None]]) -> Iterator[Passage]:
    owner = {id(row): table for table in facts.document.tables.values() for row in table.rows}
    for key, (text, row) in notes.items():
        table = owner.get(id(row))
        plain = table is not None and table.spec.key in ("sasaran", "matriks")
        yield Passage(text, None, table if plain else None, row if plain else None, key)


def _judged(facts: Facts, text: Passage, said: str) -> Text | None:
    """What the figures say against a passage, None where nothing does."""
    if (
        _UNSURE.search(said)
        or _other_year(facts, said)
        or (text.future and not re.search(r"\b(?:telah|sudah)\b", said))
    ):
        return None
    if any(not re.fullmatch(r"100(?:[.,]0+)?", number) for number in _PERCENT.findall(said)):
        return None
    if _MONEY.search(said):
        return _unspent(facts, text)
    if not facts.ended:
        return None
    sweep = _SWEEP.search(said)
    if sweep is not None:
        return _against(_scope(facts, text, _swept(sweep["what"])), sweep)
    bare = _BARE.match(said)
    if bare is not None:
        return _against(_all(facts, text), bare)
    own = _OWN.match(said)
    if own is not None and text.table is not None and text.row is not None:
        sasaran = text.table.spec.key == "sasaran"
        rows = [facts.measure(text.table, text.row)] if sasaran else facts.measures(text.row)
        return _against(rows, own) if len(rows) == 1 else None
    return None


def _swept(what: str) -> list[str]:
    """The nouns of a list; of "indikator program" the program, since its indicators are meant."""
    items = re.split(r", dan |, serta |, maupun |, | dan | serta | maupun ", what)
    return [re.findall(_NOUN, item)[-1] for item in items]


def _other_year(facts: Facts, said: str) -> bool:
    year = facts.document.settings.year
    return any(year is None or int(each) != year for each in _YEAR.findall(said))


def _scope(facts: Facts, text: Passage, nouns: Sequence[str]) -> list[Measure]:
    """The indicators that a sweeping word reaches, from where it was written; none where that is not plain."""
    wanted: list[Measure] = []
    for noun in dict.fromkeys(nouns):
        if noun in ("program", "kegiatan") or noun.startswith("sub"):
            levels_meant = (
                ("program",)
                if noun == "program"
                else ("kegiatan", "sub kegiatan")
                if noun == "kegiatan"
                else ("sub kegiatan",)
            )
            wanted += [m for row in _below(facts, text) if row.level in levels_meant for m in facts.measures(row)]
        elif text.table is not None and text.row is not None and text.table.spec.key == "matriks":
            wanted += [m for row in _below(facts, text) for m in facts.measures(row)]
        elif noun.startswith("sasaran") or noun in ("iku", "indikator kinerja utama") or text.row is None:
            everything = noun.startswith(("indikator", "target")) and noun != "indikator kinerja utama"
            wanted += facts.iku
            wanted += [m for row in facts.rows() for m in facts.measures(row)] if everything else []
        else:
            wanted += next((own for _, own in facts.sasaran if any(m.row is text.row for m in own)), [])
    return list({(m.table.sheet, m.row.number): m for m in wanted}.values())


def _all(facts: Facts, text: Passage) -> list[Measure]:
    """The indicators at a text and below it; of a sasaran its own and those of its programs."""
    own: list[Measure] = []
    if text.table is not None and text.row is not None and text.table.spec.key == "sasaran":
        own = next((found for _, found in facts.sasaran if any(m.row is text.row for m in found)), [])
    measures = [*own, *(m for row in _below(facts, text) for m in facts.measures(row))]
    return list({(m.table.sheet, m.row.number): m for m in measures}.values())


def _below(facts: Facts, text: Passage) -> list[Row]:
    """The rows of the matrix that a text can mean: those at and below its own, those of its sasaran's programs, or all."""
    if text.table is None or text.row is None:
        return list(facts.rows())
    if text.table.spec.key == "matriks":
        row = text.row.head or text.row
        return [each for each in (row, *row.descendants()) if each.in_use]
    if len(facts.sasaran) == 1:
        return list(facts.rows())
    told = [names.program(name) for name in names.listed(text.row.text_of("program_pendukung"))]
    found: list[Row] = []
    for program in facts.programs:
        if not isinstance(program, Heading) and any(
            names.same_program(names.program(program.text_of("uraian")), name) for name in told
        ):
            found += [each for each in (program, *program.descendants()) if each.in_use]
    return found


def _against(measures: Sequence[Measure], said: re.Match[str]) -> Text | None:
    """Which of these indicators contradict what was said of them all."""
    kinds = said.groupdict()
    known = [m for m in measures if m.reached is not None and m.target is not None and m.realisasi is not None]
    if kinds.get("done"):
        against = [m for m in known if m.realisasi == 0 and m.target and not m.lower]
        what = Text("tidak terlaksana sama sekali", "not carried out at all")
    elif kinds.get("above"):
        against = [m for m in known if m.capaian is not None and round_half_up(m.capaian, 2) <= FULL]
        what = Text("tidak melampaui target", "not above the target")
    else:
        against, what = [m for m in known if m.behind], Text("belum mencapai target", "short of the target")
    if not against:
        return None
    rows = [f"{m.name} {m.of} ({m.cell})" for m in against[:_NAMED]]
    rest = len(against) - _NAMED
    told_id = words.listed([*rows, f"{rest} indikator lain"] if rest > 0 else rows, ";")
    told_en = "; ".join([*rows, f"{rest} more"] if rest > 0 else rows)
    if len(known) == 1:
        return Text(f"{what.id}: {told_id}", f"it is {what.en}: {told_en}")
    return Text(
        f"{len(against)} dari {len(known)} indikator yang dimaksud {what.id}: {told_id}",
        f"{len(against)} of the {len(known)} indicators meant are {what.en}: {told_en}",
    )


def _unspent(facts: Facts, text: Passage) -> Text | None:
    """What is left where all the money is said to be spent."""
    if not facts.sources.has_matrix:
        return None
    table, keys = facts.document.matrix, ("anggaran", "realisasi_anggaran")
    money: list[Decimal | None]
    if text.row is not None and text.table is table:
        money = [words.number_of(facts.sources.number(table, text.row.head or text.row, key)) for key in keys]
    elif text.row is None or len(facts.sasaran) == 1:
        money = [facts.number(facts.sources.sum_of(table, key)) for key in keys]
    else:
        return None
    pagu, used = money
    if not pagu or used is None or round_half_up(used * 100 / pagu, 2) >= FULL:
        return None
    share, both = used * 100 / pagu, (words.rupiah(used), words.rupiah(pagu))
    return Text(
        f"terealisasi {both[0]} dari {both[1]} atau {words.percent(share)}",
        f"{both[0]} of {both[1]} is spent ({words.fixed(share)} %)",
    )
