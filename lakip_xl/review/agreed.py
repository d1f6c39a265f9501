"""Questions of the review on what was agreed: do Sasaran and the Perjanjian Kinerja of the year name the same sasaran and indicators?"""

from __future__ import annotations

from lakip_xl.numbers import say_number
from lakip_xl.review.case import SHOWN, Answer, Case, Evidence, Part, span, unknown, verdict
from lakip_xl.rules.agreement import of_the_year, units_differ
from lakip_xl.rules.names import plain
from lakip_xl.rules.reading import zeroed
from lakip_xl.table.model import Row, Table

Named = dict[str, Row]


def sasaran_agreed(case: Case) -> Answer:
    """III.1: the sasaran of Sasaran and those of the PK of the year, by name."""
    return _compared(case, "sasaran", "sasaran")


def indicators_agreed(case: Case) -> Answer:
    """III.5: the indicators of Sasaran and those of the PK of the year, by name, target and satuan."""
    return _compared(case, "indikator", "indikator")


def sasaran_measured(case: Case) -> Answer:
    """III.4: has each sasaran an indicator, and each indicator a sasaran?"""
    table = case.table("sasaran")
    if table is None:
        return unknown("Buku kerja ini tidak memuat lembar Sasaran.")
    if not case.groups:
        return verdict([Part(0, 0, (Evidence(f"{table.sheet}: belum ada sasaran."),))])
    at = "sasaran" if table.has("sasaran") else "indikator"
    good = [name for name, rows in case.groups if name and any(row.text_of("indikator") for row in rows)]
    indicators = sum(bool(row.text_of("indikator")) for _, rows in case.groups for row in rows)
    rows = [row for _, each in case.groups for row in each]
    said = [Evidence(f"{len(good)} sasaran dengan {indicators} indikator.", *span(table, rows, at))]
    for name, each in case.groups:
        if name not in good:
            sentence = f"tanpa indikator: {name}" if name else "indikator tanpa sasaran"
            said.append(Evidence(sentence, table.cell(each[0], at)))
    return verdict([Part(len(good), len(case.groups), tuple(said[: SHOWN + 2]))])


def _compared(case: Case, key: str, word: str) -> Answer:
    table, pair = case.table("sasaran"), of_the_year(case.document)
    year = case.document.settings.year
    if table is None:
        return unknown("Buku kerja ini tidak memuat lembar Sasaran.")
    if pair is None:
        return unknown(f"PK tahun {year or 'laporan'} tidak ada atau belum diisi, jadi tidak dapat dibandingkan.")
    pk, agreed_rows = pair
    here = _named([row for row in table.rows if not zeroed(row)], key)
    there = _named(agreed_rows, key)
    if not here or not there or not (table.has(key) and pk.has(key)):
        empty = table.sheet if not here or not table.has(key) else f"{pk.sheet} tahun {year or 'laporan'}"
        return unknown(f"{empty}: belum ada {word}, jadi tidak dapat dibandingkan.")
    same, differing = [], []
    for name in here.keys() & there.keys():
        reason = _apart(here[name], there[name]) if key == "indikator" else ""
        if reason:
            differing.append((here[name].number, Evidence(reason, table.cell(here[name], _where(table)))))
        else:
            same.append(name)
    lines: list[Evidence] = [each for _, each in sorted(differing, key=lambda item: item[0])]
    for own, other, sheet in ((here, there, table), (there, here, pk)):
        alone = [row for name, row in own.items() if name not in other]
        lines += [Evidence(f"hanya pada {sheet.sheet}: {row.text_of(key)}", sheet.cell(row, key)) for row in alone]
    of = len(here.keys() | there.keys())
    detail = " beserta target dan satuannya" if key == "indikator" else ""
    first = Evidence(
        f"{len(same)} dari {of} {word} sama pada {table.sheet} dan {pk.sheet} tahun {year or 'laporan'}{detail}.",
        *span(table, list(here.values()), key),
    )
    second = Evidence(f"{pk.sheet}: {len(there)} {word}.", *span(pk, list(there.values()), key))
    shown = lines[: 2 * SHOWN]
    if len(lines) > len(shown):
        shown.append(Evidence(f"… dan {len(lines) - len(shown)} lainnya", lines[len(shown)].cell))
    return verdict([Part(len(same), of, (first, second, *shown))])


def _named(rows: list[Row], key: str) -> Named:
    """The first row of each name."""
    found: Named = {}
    for row in rows:
        name = plain(row.text_of(key))
        if name:
            found.setdefault(name, row)
    return found


def _apart(row: Row, agreed: Row) -> str:
    """How the same indicator differs on the two sheets, "" where it does not. A blank target proves nothing."""
    here, there = row.number_of("target"), agreed.number_of("target")
    if here is None or there is None:
        texts = row.text_of("target"), agreed.text_of("target")
        if not all(texts) or plain(texts[0]) != plain(texts[1]):
            return f"target tidak dapat dibandingkan: {row.text_of('indikator')}"
    elif here != there:
        return f"target {say_number(here, 'id')}, pada PK {say_number(there, 'id')}: {row.text_of('indikator')}"
    if units_differ(row, agreed):
        return f"satuan '{row.text_of('satuan')}', pada PK '{agreed.text_of('satuan')}': {row.text_of('indikator')}"
    return ""


def _where(table: Table) -> str:
    return "target" if table.has("target") else "indikator"
