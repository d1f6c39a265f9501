"""Questions of the review that a workbook answers by itself: presence of target, capaian, money, comparisons, causes.

Each takes a ``Case`` and gives an ``Answer`` that claims no more than its cells prove: that something is there, not that it is good.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from lakip_xl.findings import Severity
from lakip_xl.numbers import say_percent, say_rupiah
from lakip_xl.review.case import Answer, Case, Evidence, Part, called, filled, span, unknown, verdict
from lakip_xl.rules.names import listed, program, same_program
from lakip_xl.rules.reading import PAGU, SPENT, blank, computed, figure, money, share, total_of, zeroed
from lakip_xl.summary.explanations import says_something
from lakip_xl.table.model import Row, Table

_FULL = Decimal(100)
_SASARAN, _NAMED = 6, 4  # so many sasaran are named with their money, and so many rows with their open finding
_FIGURES = ("target", "realisasi", "capaian", "satuan", "tw1", "tw2", "tw3", "tw4")


def targets(case: Case) -> Answer:
    """I.2: does every indicator have a target?"""
    return verdict(_both(case, lambda row: filled(row, "target"), "target", "indikator bertarget"))


def achievements(case: Case) -> Answer:
    """I.3: does every indicator have a realisasi and a capaian about which no finding is open?"""
    parts = []
    for key in _tables(case):
        table, rows = case.table(key), case.measured(key)
        part = case.share(key, rows, _achieved, _capaian_of(table), "indikator mempunyai realisasi dan capaian")
        if table is not None and rows:
            doubts = case.doubted(table, _FIGURES)
            doubtful = [row for row in rows if row.number in doubts and _achieved(row)]
            if doubtful:
                at = _capaian_of(table)
                sentence = f"{table.sheet}: {len(doubtful)} di antaranya masih dipertanyakan (Catatan Perbaikan)."
                named = [
                    Evidence(f"{doubts[row.number]}: {called(row)}{_capaian(row)}", table.cell(row, at))
                    for row in doubtful[:_NAMED]
                ]
                part = Part(part.done - len(doubtful), part.of, (*part.evidence, Evidence(sentence), *named))
        parts.append(part)
    return verdict(parts)


def accountability(case: Case) -> Answer:
    """I.6: do all rows of the matrix have anggaran and realisasi, and does nothing wrong stand in their sums?"""
    table = case.table("matriks")
    if table is None or not (table.has(PAGU) and table.has(SPENT)):
        return unknown("Buku kerja ini tidak memuat anggaran dan realisasi.")
    rows = [row for row in table.rows if row.level and not row.children and row.head is None and not zeroed(row)]
    if not rows:
        return verdict([Part(0, 0, (Evidence(f"{table.sheet}: belum ada baris anggaran."),))])
    part = case.share("matriks", rows, _budgeted, PAGU, "baris memuat anggaran dan realisasi")
    pagu, spent = total_of(table.tops, PAGU), total_of(table.tops, SPENT)
    said = list(part.evidence)
    if pagu is not None and spent is not None:
        percent = share(spent, pagu)
        serapan = f" ({say_percent(percent, 'id')})" if percent is not None else ""
        cell = table.cell(table.total, SPENT) if table.total is not None else None
        said.append(Evidence(f"Jumlah: {say_rupiah(spent, 'id')} dari {say_rupiah(pagu, 'id')}{serapan}.", cell))
    compared, differs = _belanja(case, pagu, spent)
    said.append(compared)
    wrong = [f for f in case.open if f.severity is Severity.ERROR and f.column in (PAGU, SPENT, "persen")]
    if wrong:
        sentence = f"{len(wrong)} catatan atas rupiah belum selesai, mulai dari {wrong[0].code}."
        said.append(Evidence(sentence, wrong[0].cell))
    return verdict([Part(part.done, part.of, tuple(said))], flawed=bool(wrong) or differs)


def _belanja(case: Case, pagu: Decimal | None, spent: Decimal | None) -> tuple[Evidence, bool]:
    """What Belanja says of the sums of the matrix, and whether it contradicts them."""
    table = case.table("belanja")
    sums = [total_of(table.tops, key) for key in (PAGU, SPENT)] if table is not None else []
    if table is None or None in sums:
        return Evidence("Belanja menurut LRA tidak diisi, jadi jumlahnya tidak dibandingkan."), False
    if pagu is None or spent is None:
        return Evidence("Jumlah Matriks tidak dapat dihitung, jadi tidak dibandingkan dengan Belanja."), False
    same = sums == [pagu, spent]
    word = "sama dengan" if same else "berbeda dari"
    return Evidence(f"Jumlah {table.sheet} {word} jumlah Matriks.", *span(table, table.tops, SPENT)), not same


def everything(case: Case) -> Answer:
    """LKE: are target, realisasi and capaian there for every indicator?"""
    return verdict(_both(case, _compared, "realisasi", "indikator lengkap (target, realisasi, capaian)"))


def yearly(case: Case) -> Answer:
    """LKE: does each indicator of a sasaran have its target and realisasi of the year?"""
    says = "IKU: realisasi dibandingkan dengan target tahun ini"
    return verdict([case.share("sasaran", case.measured("sasaran"), _compared, "realisasi", says)])


def renstra(case: Case) -> Answer:
    """LKE: is there the target of the end of the Renstra beside each realisasi?"""
    return verdict([_renstra(case)])


def former_years(case: Case) -> Answer:
    """LKE: the years before; two of them, since the question says years."""
    return verdict([_last_year(case), _year_before(case)])


def national(case: Case) -> Answer:
    """LKE: a national standard or another benchmark beside each realisasi."""
    return verdict([_national(case)])


def comparisons(case: Case) -> Answer:
    """III.7: the year before, the Renstra, and a national standard."""
    return verdict([_last_year(case), _renstra(case), _national(case)])


def causes(case: Case) -> Answer:
    """LKE: are the cause and the effort written down for each indicator?"""
    rows = case.measured("sasaran")
    says = "IKU memuat penyebab dan upaya perbaikan"
    return verdict(
        [
            case.share(
                "sasaran", rows, lambda row: _explained(row, "penyebab") and _explained(row, "upaya"), "penyebab", says
            )
        ]
    )


def recommendations(case: Case) -> Answer:
    """LKE: is an effort to mend it written down for each indicator that missed its target?"""
    table, rows = case.table("sasaran"), case.measured("sasaran")
    missed = [row for row in rows if (value := figure(row, "capaian")) is not None and value < _FULL]
    if table is None or not rows:
        return verdict([case.share("sasaran", rows, lambda row: _explained(row, "upaya"), "upaya", "")])
    if not missed:
        return unknown("Tidak ada IKU dengan capaian di bawah 100 %; perlu tidaknya rekomendasi dinilai pereviu.")
    says = "IKU di bawah 100 % memuat upaya perbaikan"
    return verdict([case.share("sasaran", missed, lambda row: _explained(row, "upaya"), "upaya", says)])


def efficiency(case: Case) -> Answer:
    """LKE: are capaian and serapan there for each program, so that efisiensi can be worked out?"""
    table = case.table("matriks")
    if table is None or not table.has(PAGU):
        return unknown("Buku kerja ini tidak memuat anggaran, jadi efisiensi tidak dapat dihitung.")
    rows = [row for row in table.at_level("program") if not zeroed(row)]
    if not rows:
        return unknown(f"{table.sheet}: tidak ada baris program.")

    def known(row: Row) -> bool:
        achieved = any(figure(each, "capaian") is not None for each in row.indicators)
        return achieved and share(money(row, SPENT), money(row, PAGU)) is not None

    says = "program mempunyai capaian dan serapan, jadi efisiensinya terhitung (Ringkasan)"
    return verdict([case.share("matriks", rows, known, _capaian_of(table), says)])


def money_by_sasaran(case: Case) -> Answer:
    """LKE: the share of the sasaran that name programs whose anggaran and realisasi stand in the matrix.

    Grades as the LKE has them: a all, b above 80 %, c above 50 %, d less, e none; exactly 50 %, which it leaves out, is d.
    """
    matrix, table = case.table("matriks"), case.table("sasaran")
    named = [(name, rows) for name, rows in case.groups if name]
    if matrix is None or table is None:
        missing = "Matriks" if matrix is None else "Sasaran"
        return unknown(f"Buku kerja ini tidak memuat lembar {missing}.")
    if not table.has("program_pendukung"):
        return unknown(f"{table.sheet}: kolom PROGRAM PENDUKUNG tidak ada; periksa pada naskah laporan.")
    if not named:
        return verdict([Part(0, 0, (Evidence(f"{table.sheet}: belum ada sasaran."),))], _grade)
    done = 0
    said: list[tuple[bool, Evidence]] = []
    for name, rows in named:
        sentence, complete = _financed(matrix, rows)
        done += complete
        said.append((complete, Evidence(f"{_short(name)}: {sentence}", table.cell(rows[0], "program_pendukung"))))
    said.sort(key=lambda item: item[0])  # what lacks something is shown first
    shown = [evidence for _, evidence in said[:_SASARAN]]
    if len(said) > _SASARAN:
        shown.append(Evidence(f"… dan {len(said) - _SASARAN} sasaran lainnya.", said[_SASARAN][1].cell))
    return verdict([Part(done, len(named), tuple(shown))], _grade)


def _grade(done: int, of: int) -> str:
    if not done:
        return "e"
    if done == of:
        return "a"
    return "b" if 100 * done > 80 * of else "c" if 100 * done > 50 * of else "d"


def _financed(matrix: Table, rows: list[Row]) -> tuple[str, bool]:
    """What the programs that support a sasaran have in the matrix, and whether all of them have both amounts."""
    names = [name for row in rows for name in listed(row.text_of("program_pendukung")) if program(name)]
    if not names:
        return "program pendukung belum disebut.", False
    programs: list[tuple[str, Decimal | None, Decimal | None]] = [
        (program(row.text_of("uraian")), money(row, PAGU), money(row, SPENT)) for row in matrix.at_level("program")
    ]
    programs += [
        (program(heading.name), total_of(heading.rows, PAGU), total_of(heading.rows, SPENT))
        for heading in matrix.headings
        if heading.level == "program"
    ]
    sums = [Decimal(0), Decimal(0)]
    for name in dict.fromkeys(program(name) for name in names):
        own = [each for each in programs if same_program(name, each[0])]
        if not own:
            return f"program '{_short(name)}' tidak ada pada Matriks.", False
        for _, pagu, spent in own:
            if pagu is None or spent is None:
                return f"anggaran atau realisasi program '{_short(name)}' belum ada.", False
            sums[0], sums[1] = sums[0] + pagu, sums[1] + spent
    count = len({program(name) for name in names})
    return f"{count} program, {say_rupiah(sums[1], 'id')} dari {say_rupiah(sums[0], 'id')}.", True


def _short(text: str, room: int = 60) -> str:
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= room else tidy[: room + 1].rsplit(" ", 1)[0] + " ..."


def _tables(case: Case) -> tuple[str, ...]:
    """Sasaran, which a report cannot do without, and the matrix where there is one."""
    return ("sasaran", "matriks") if case.table("matriks") is not None else ("sasaran",)


def _both(case: Case, holds: Callable[[Row], bool], at: str, says: str) -> list[Part]:
    return [case.share(key, case.measured(key), holds, at, says) for key in _tables(case)]


def _capaian_of(table: Table | None) -> str:
    return "capaian" if table is None or table.has("capaian") else "realisasi"


def _budgeted(row: Row) -> bool:
    return not any(blank(row.entry(key)) for key in (PAGU, SPENT))  # "Rp -" is an amount: none


def _compared(row: Row) -> bool:
    return filled(row, "target") and _achieved(row)


def _explained(row: Row, key: str) -> bool:
    return says_something(row.text_of(key))


def _capaian(row: Row) -> str:
    value = figure(row, "capaian")
    return f" ({say_percent(value, 'id')})" if value is not None else ""


def _achieved(row: Row) -> bool:
    """Whether realisasi and capaian are there; on a sheet without the column the capaian follows from target and realisasi."""
    if not filled(row, "realisasi"):
        return False
    if "capaian" in row.entries or computed(row, "capaian") is not None:
        return figure(row, "capaian") is not None
    return filled(row, "target")


def _column(case: Case, keys: tuple[str, ...], says: str) -> Part:
    """The indicators of Sasaran for which one of the columns is filled."""
    table = case.table("sasaran")
    at = next((key for key in keys if table is not None and table.has(key)), keys[0])
    return case.share("sasaran", case.measured("sasaran"), lambda row: any(filled(row, key) for key in keys), at, says)


def _last_year(case: Case) -> Part:
    return _column(case, ("capaian_n1", "realisasi_n1"), "IKU dengan tahun lalu")


def _year_before(case: Case) -> Part:
    return _column(case, ("capaian_n2", "realisasi_n2"), "IKU dengan dua tahun lalu")


def _renstra(case: Case) -> Part:
    return _column(case, ("target_renstra",), "IKU dengan target akhir Renstra")


def _national(case: Case) -> Part:
    return _column(case, ("standar_nasional",), "IKU dengan standar nasional")
