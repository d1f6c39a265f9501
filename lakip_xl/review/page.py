"""How Kertas Kerja Reviu is laid out: head, checklist, notes, conclusion, signatures; with the hidden keys of the rows to fill in."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lakip_xl.cells import Value
from lakip_xl.review import written as w
from lakip_xl.review.case import NO, OPEN, PARTLY, YES, Answer, Case, Evidence
from lakip_xl.review.checklist import GROUPS, RECALLED, TO_VERIFY, Item
from lakip_xl.review.notes import EXPLAINED, GONE, STALE, Line, Table, joined, numbered, proposals
from lakip_xl.review.written import ADVICE, CONDITION, CRITERION, NUMBER, OWN, REFERENCE, REPLY, STATE, Written
from lakip_xl.summary.formats import AMBER, GREEN, RED
from lakip_xl.summary.head import whose_report
from lakip_xl.summary.page import Page
from lakip_xl.summary.sources import Sources
from lakip_xl.summary.writer import Setup

LAST = w.COLUMNS
KEYS = LAST + 1  # the first hidden column
MARKS = KEYS + len(w.HIDDEN)
ANSWERS = ("Ya", "Tidak", "Tidak relevan")
_WIDTHS = (7, 40, 18, 44, 30, 13, 32)
_HEAD_NOTE = (
    "HASIL OTOMATIS menilai isi buku kerja ini pada lakip-xl fill yang terakhir, bukan naskah laporannya; tanda — berarti dinilai oleh "
    "pereviu. Isi hanya YA/TIDAK, KETERANGAN, dan Catatan Hasil Reviu; isian itu tetap pada fill berikutnya. "
    f"Butir bertanda * ({TO_VERIFY}) ditulis dari ingatan atas PermenPANRB 53/2014 lampiran III; cocokkan dengan naskahnya sebelum dikutip."
)
_NOTES_NOTE = (
    "Diusulkan dari catatan yang belum selesai, yang terberat dahulu. KONDISI, SEHARUSNYA, dan REKOMENDASI boleh diubah; yang Anda "
    "tulis tetap. Catatan sendiri ditulis pada baris kosong, atau pada baris yang disisipkan di antaranya."
)


def review(title: str, case: Case, sources: Sources, before: Written) -> tuple[Page, Setup]:
    """The page and how it is shown."""
    page = Page(title, (*_WIDTHS, *[12.0] * (len(w.HIDDEN) + 1)))
    rows = before.by_key()
    header_row = _head(page, sources, rows)
    for group in GROUPS:
        page.breaks.append(page.row)
        page.wide(1, LAST, group.title, "total_text")
        page.next(height=18)
        for item in group.items:
            _item(page, case, item, rows.get(w.ITEM + item.key))
    answers = (header_row + 1, page.row - 1)
    page.choices.append(((answers[0], STATE, answers[1], STATE), ANSWERS))
    notes = _notes(page, case, joined(proposals(case.findings), before.rows))
    _end(page, rows)
    _rules(page, answers, notes)
    setup = Setup(
        frozen=(header_row + 1, 1),
        repeated=(header_row, header_row),
        printed=LAST,
        last_row=page.row - 1,
        marks=MARKS,
        hidden=range(KEYS, MARKS),
        footer=title,
        filtered=(notes[0] - 1, 1, notes[1], MARKS),
    )
    return page, setup


def _keys(
    page: Page, key: str, values: Mapping[int, Value], ours: Collection[int] = (), said: str = "", meant: str = ""
) -> None:
    """The hidden columns of the current row."""
    texts = key, w.digests(key, values, ours), said, meant, w.digest(values, key)
    for place, text in enumerate(texts, start=KEYS):
        page.put(place, text, "small")


def _head(page: Page, sources: Sources, rows: Mapping[str, w.Row]) -> int:
    """Title, whose report it is, how to use the sheet, headings; returns the row of the headings."""
    page.wide(1, LAST, "KERTAS KERJA REVIU LAPORAN KINERJA", "title")
    page.next(height=24)
    page.wide(1, LAST, whose_report(sources), "subtitle")
    page.next(height=18)
    facts = (
        ("Perangkat Daerah", sources.fact("perangkat_daerah"), "Nama laporan", sources.fact("nama_laporan", "LAKIP")),
        ("Kabupaten/Kota", sources.fact("kabupaten"), "Tahun", sources.fact("tahun")),
        ("Dokumen anggaran", sources.fact("dokumen_anggaran", "-"), "Periode", sources.fact("periode", "Akhir tahun")),
    )
    for left, value, right, other in facts:
        page.wide(1, 2, left, "label")
        page.wide(3, 4, value, "fact")
        page.put(5, right, "label_in")
        page.wide(6, LAST, other, "fact")
        page.next()
    page.wide(1, 2, "Nomor kertas kerja", "label")
    page.put(5, "Tanggal reviu", "label_in")
    _fields(page, "nomor", rows, {REFERENCE: 4, STATE: LAST})
    page.next(height=18)
    page.wide(1, LAST, _HEAD_NOTE, "note")
    page.next()
    for column, heading in enumerate((*w.HEADINGS, *w.HIDDEN), start=1):
        page.put(column, heading, "head")
    page.next(height=44)
    return page.row - 1


def _fields(page: Page, name: str, rows: Mapping[str, w.Row], reach: Mapping[int, int], look: str = "entry") -> None:
    """Cells to fill in, in the current row; ``reach`` gives the last column of each."""
    key = w.FIELD + name
    values = rows[key].values if key in rows else {}
    for slot in w.FIELDS[name]:
        if reach[slot] > slot:
            page.wide(slot, reach[slot], values.get(slot), look)
        else:
            page.put(slot, values.get(slot), look)
    _keys(page, key, values)


def _item(page: Page, case: Case, item: Item, row: w.Row | None) -> None:
    """A question with its answer, a line for each piece of evidence, and the cells for the person."""
    answer = item.check(case) if item.check is not None else Answer(OPEN, OPEN)
    evidence = answer.evidence or (Evidence(""),)
    top, bottom = page.row, page.row + len(evidence) - 1
    values = row.values if row is not None else {}
    meant = row.meant if row is not None and row.carries else answer.word
    shown = answer.shown if meant == answer.word else f"{answer.shown}\n(sebelumnya {meant})"
    text = item.text + (" *" if item.source == RECALLED else "")
    if item.checked:
        text += f"\nDiperiksa: {item.checked}."
    for column, content, look in (
        (NUMBER, item.key, "list_center"),
        (CONDITION, text, "list_text"),
        (REFERENCE, shown, "list_center"),
        (STATE, values.get(STATE), "entry_center"),
        (REPLY, values.get(REPLY), "entry"),
    ):
        for line in range(top, bottom + 1):
            page.put(column, content if line == top else None, look, line)
        if bottom > top:
            page.merges.append((top, column, bottom, column))
    _keys(page, w.ITEM + item.key, values, (), answer.word, meant)
    for each in evidence:
        page.put(CRITERION, each.says, "list_text")
        _link(page, ADVICE, each)
        page.next()


def _link(page: Page, column: int, evidence: Evidence) -> None:
    """The address of the evidence, as a link to it."""
    cell, last = evidence.cell, evidence.last
    if cell is None:
        page.put(column, "", "list_text")
        return
    area = f":{last.a1}" if last is not None else ""
    page.links[page.row, column] = f"{cell}{area}"
    page.put(column, f"{cell.sheet}!{cell.a1}{area}", "list_link")


def _notes(page: Page, case: Case, table: Table) -> tuple[int, int]:
    """The table of notes; returns its first and last row."""
    page.next(height=8)
    page.breaks.append(page.row)
    page.wide(1, LAST, "CATATAN HASIL REVIU", "section")
    page.next(height=20)
    page.wide(1, LAST, _NOTES_NOTE, "note")
    page.next()
    headings = ("NO", "KONDISI", "RUJUKAN", "SEHARUSNYA", "REKOMENDASI", "STATUS", "TANGGAPAN")
    page.line([(heading, "head") for heading in headings])
    page.row -= 1
    _keys(page, w.BEGIN, {})
    page.next(height=18)
    first = page.row
    for number, line in zip(numbered(table.lines), table.lines, strict=True):
        _line(page, case, line, number)
    last = page.row - 1
    page.wide(1, LAST, _others(table.others), "note")
    _keys(page, w.END, {})
    page.next()
    return first, last


def _others(others: Mapping[str, int]) -> str:
    if not others:
        return "Semua catatan yang belum selesai sudah termuat di atas."
    codes = ", ".join(f"{count} {code}" for code, count in sorted(others.items(), key=lambda item: (-item[1], item[0])))
    return f"… dan {sum(others.values())} lainnya ({codes}), lihat Catatan Perbaikan."


def _line(page: Page, case: Case, line: Line, number: Value) -> None:
    own = line.key == OWN
    by_hand = own and not isinstance(number, float)
    page.put(NUMBER, number, "entry_center" if by_hand else "list_center")
    for column in (CONDITION, CRITERION, ADVICE, REPLY):
        page.put(column, line.values.get(column), "entry")
    if own:
        page.put(REFERENCE, line.values.get(REFERENCE), "entry_center")
        page.put(STATE, line.values.get(STATE), "entry_center")
        if not any(line.values.values()):
            page.heights[page.row] = 30
    else:
        _reference(page, case, line)
        page.put(STATE, line.status, "list_center")
    _keys(page, line.key, line.values, line.ours, line.said, line.meant)
    page.next()


def _reference(page: Page, case: Case, line: Line) -> None:
    """Code and cell of the finding; the code alone where it is gone, since its cell may be another's by now."""
    finding = line.finding
    if finding is None:
        page.put(REFERENCE, w.code_of(line.key), "list_center")
        return
    if finding.cell.sheet in case.document.sheets:
        page.links[page.row, REFERENCE] = str(finding.cell)
    look = "list_link" if (page.row, REFERENCE) in page.links else "list_text"
    page.put(REFERENCE, f"{finding.code} {finding.cell.sheet}!{finding.cell.a1}", look)


def _end(page: Page, rows: Mapping[str, w.Row]) -> None:
    """Conclusion and signatures, both left blank."""
    page.next(height=8)
    page.breaks.append(page.row)
    page.wide(1, LAST, "SIMPULAN HASIL REVIU", "section")
    page.next(height=20)
    _fields(page, "simpulan", rows, {NUMBER: LAST})
    page.heights[page.row] = 75
    page.next()
    page.next(height=10)
    page.put(ADVICE, "Tempat, tanggal", "label_in")
    _fields(page, "tempat", rows, {STATE: LAST}, "entry_line")
    page.next(height=18)
    page.next(height=10)
    for column, last, word in ((2, 2, "Direviu oleh"), (4, 4, "Ketua Tim"), (6, LAST, "Penanggung jawab")):
        if last > column:
            page.wide(column, last, word, "signature")
        else:
            page.put(column, word, "signature")
    page.next()
    page.next(height=45)
    _fields(page, "nama", rows, {CONDITION: CONDITION, CRITERION: CRITERION, STATE: LAST}, "entry_line")
    page.next(height=18)


def _rules(page: Page, answers: tuple[int, int], notes: tuple[int, int]) -> None:
    """Colours of answers and states; they follow what the person picks."""
    top, bottom = answers
    for column in (REFERENCE, STATE):
        for word, look in ((YES, GREEN), (PARTLY, AMBER), (NO, RED)):
            if column == STATE:
                rule: dict[str, object] = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
            else:
                rule = {"type": "text", "criteria": "begins with", "value": word}
            page.rules.append(((top, column, bottom, column), rule, look))
    top, bottom = notes
    for words, look in ((GONE, GREEN), (EXPLAINED, GREEN), (STALE, AMBER)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{words}"'}
        page.rules.append(((top, STATE, bottom, STATE), rule, look))
