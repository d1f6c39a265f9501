"""The tables of Ringkasan, one function each. Figures are live; the rows are those that the workbook had when it was filled."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xl.cells import Cell
from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Expr, Ref, call
from lakip_xl.rules.overall import programs_of, sasaran_rows
from lakip_xl.summary.head import LAST, Cards
from lakip_xl.summary.page import Content, Page
from lakip_xl.summary.sources import BLANK, Sources, difference, mean, shown, total
from lakip_xl.table.model import Heading, Row, Table

TOP_SISA = 5


def section(page: Page, name: Content) -> None:
    """The heading of a block, which keeps together on paper."""
    page.breaks.append(page.row)
    page.wide(1, LAST, name, "section")
    page.next(height=20)


def headings(page: Page, names: Sequence[Content], height: float = 30) -> None:
    """The heading row of a table."""
    page.heights[page.row] = height
    page.line([(name, "head") for name in names])


def nothing(page: Page, sentence: str) -> None:
    """A block without rows says so in one line."""
    page.wide(1, LAST, sentence, "note")
    page.next(2)


def missing(table: Table | None, what: str, sheet: str) -> str:
    """Why a block is empty: nobody filled the sheet in, or there is none."""
    return (
        f"Buku kerja ini tidak memuat lembar {sheet}."
        if table is None
        else f"Belum ada {what} pada lembar {table.sheet}."
    )


def note(page: Page, content: Content) -> None:
    """A line of explanation under a table."""
    page.wide(1, LAST, content, "note")
    page.next()


def sasaran(page: Page, sources: Sources) -> tuple[Ref, Ref]:
    """Capaian by sasaran and its mean; returns the cells of the mean and its kategori."""
    section(page, "1. Capaian Sasaran Strategis")
    table, heads = sources.document.tables.get("sasaran"), sasaran_rows(sources.document)
    if table is None or not heads:
        place = page.row
        nothing(page, missing(table, "sasaran", "Sasaran"))
        return page.put(LAST + 2, "-", "small", place), page.put(LAST + 3, "", "small", place)
    headings(page, ("NO", "SASARAN STRATEGIS", "RATA-RATA CAPAIAN (%)", "KATEGORI"))
    first = page.row
    for number, (row, last) in enumerate(heads, start=1):
        capaian = page.put(3, sources.sasaran_mean(row, last), "decimals")
        texts = (number, "center"), (sources.figure(table, row, "sasaran"), "text")
        page.put(4, sources.category(capaian), "center")
        page.line(texts)
    page.measured.append(("capaian", first, page.row, 3))
    page.put(1, "", "total_text")
    page.put(2, "RATA-RATA SASARAN", "total_text")
    overall = page.put(3, mean(page.column(3, first, page.row - 1)), "total_decimals")
    word = page.put(4, call("UPPER", sources.category(overall)), "total_center")
    page.next()
    later = "Kategori diberikan pada akhir tahun; sebelum itu capaian belum dapat dinilai terhadap target setahun."
    note(page, call("IF", sources.year_end, "", later))
    return overall, word


def indicators(page: Page, sources: Sources) -> None:
    """Each indicator: target and realisasi, the years before, the end target of the Renstra."""
    table = sources.document.tables.get("sasaran")
    also = [
        word
        for word, keys in (("Tahun-Tahun Sebelumnya", ("capaian_n1", "capaian_n2")), ("Renstra", ("target_renstra",)))
        if sources.has_matrix or (table is not None and any(table.has(key) for key in keys))
    ]
    *first, last = ["Target", "Realisasi", *also]
    section(page, f"2. Indikator Kinerja: {', '.join(first)}{',' * (len(first) > 1)} dan {last}")
    rows = [row for row in table.rows if row.text_of("indikator")] if table is not None else []
    if table is None or not rows:
        nothing(page, missing(table, "indikator", "Sasaran"))
        return
    names = ["NO", "INDIKATOR KINERJA UTAMA", "TARGET", "REALISASI", "SATUAN", "CAPAIAN (%)"]
    later = [("TAHUN LALU (%)", "capaian_n1"), ("DUA TAHUN LALU (%)", "capaian_n2"), ("PERUBAHAN (poin)", "capaian_n1"),
             ("TARGET AKHIR RENSTRA", "target_renstra"), ("KEMAJUAN RENSTRA (%)", "kemajuan")]  # fmt: skip
    if not sources.has_matrix:  # the office's own table of IKU: what it does not know has no column here
        later = [(name, key) for name, key in later if table.has(key)]
    headings(page, [*names, *(name for name, _ in later)])
    page.measured.append(("capaian", page.row, page.row + len(rows) - 1, 6))
    for number, row in enumerate(rows, start=1):

        def cell(key: str, row: Row = row) -> Expr:
            return sources.figure(table, row, key)

        capaian = page.put(6, cell("capaian"), "decimals")
        before: Expr = BLANK
        for column, (name, key) in enumerate(later, start=7):
            if name.startswith("PERUBAHAN"):
                page.put(column, difference(capaian, before), "points")
                continue
            put = page.put(column, cell(key), "decimals")
            before = put if key == "capaian_n1" else before
        page.line([(number, "center"), (cell("indikator"), "text"), (cell("target"), "decimals"), (cell("realisasi"), "decimals"),
                   (cell("satuan"), "center")])  # fmt: skip
    page.next(height=8)


def _money(page: Page, name: Expr, anggaran: Expr, realisasi: Expr, number: Content) -> tuple[Ref, Ref]:
    """Number, name, anggaran, realisasi, sisa and serapan in the current row; returns sisa and serapan."""
    page.put(1, number, "center")
    page.put(2, name, "text")
    pagu, used = page.put(3, anggaran, "rupiah"), page.put(4, realisasi, "rupiah")
    return page.put(5, difference(pagu, used), "rupiah"), page.put(6, f.ratio(used, pagu), "decimals")


def _money_total(page: Page, label: str, anggaran: Expr, realisasi: Expr) -> None:
    page.put(1, "", "total_text")
    page.put(2, label, "total_text")
    pagu, used = page.put(3, anggaran, "total_rupiah"), page.put(4, realisasi, "total_rupiah")
    page.put(5, difference(pagu, used), "total_rupiah")
    page.put(6, f.ratio(used, pagu), "total_decimals")


def belanja(page: Page, sources: Sources, cards: Cards) -> None:
    """Belanja by type, and whether it agrees with the matrix."""
    section(page, "3. Belanja menurut Jenis")
    table = sources.document.tables.get("belanja")
    money = ("anggaran", "realisasi_anggaran")
    rows = [row for row in table.rows if sources.holds(table, row, *money)] if table is not None else []
    if table is None or not rows:
        nothing(page, missing(table, "isian", "Belanja"))
        return
    headings(page, ("KODE", "URAIAN", "ANGGARAN (Rp)", "REALISASI (Rp)", "SISA (Rp)", "SERAPAN (%)"), 18)
    page.measured.append(("serapan", page.row, page.row + len(rows), 6))
    for row in rows:
        anggaran, realisasi = (sources.figure(table, row, key) for key in money)
        _money(page, sources.figure(table, row, "uraian"), anggaran, realisasi, sources.figure(table, row, "kode"))
        page.next()
    sums = [sources.sum_of(table, key) for key in money]
    _money_total(page, "JUMLAH BELANJA", *sums)
    pagu, used = page.grid.ref(page.row, 3), page.grid.ref(page.row, 4)
    page.next()
    pairs = (pagu, cards.anggaran), (used, cards.realisasi)
    alike = call("AND", *(call("IF", _numbers(*pair), call("ABS", pair[0] - pair[1]) < 0.005, True) for pair in pairs))
    answer = call(
        "IF",
        alike,
        "Jumlah belanja sama dengan jumlah Matriks.",
        "PERHATIAN: jumlah belanja berbeda dari jumlah Matriks.",
    )
    comparable = call("AND", *(call("OR", _numbers(*pair), _blanks(*pair)) for pair in pairs))
    note(page, call("IF", comparable, answer, "Jumlah belanja belum dapat dibandingkan dengan jumlah Matriks."))
    page.next(height=6)


def _numbers(left: Expr, right: Expr) -> Expr:
    return call("COUNT", left, right).eq(2)


def _blanks(left: Expr, right: Expr) -> Expr:
    return call("AND", left.eq(""), right.eq(""))


def programs(page: Page, sources: Sources, regulated: Sequence[Expr]) -> list[tuple[Ref, Ref, Ref]]:
    """Every program; returns the cells of name, serapan and capaian for the charts.

    ``regulated`` are the programs' efisiensi by PMK 22/2021, in the same order, for where Pengaturan chooses it.
    """
    section(page, "4. Anggaran, Realisasi, dan Capaian per Program")
    table = sources.document.matrix
    rows = programs_of(table)
    if not rows:
        nothing(page, missing(table, "program", "Matriks"))
        return []
    names: Sequence[Expr | str] = (
        "NO",
        "PROGRAM",
        "ANGGARAN (Rp)",
        "REALISASI (Rp)",
        "SISA (Rp)",
        "SERAPAN (%)",
        "CAPAIAN (%)",
        "KATEGORI",
        sources.by_method("EFISIENSI PMK (%)", "EFISIENSI (poin)"),
    )
    headings(page, names)
    first, charted = page.row, []
    page.measured += [("serapan", first, first + len(rows), 6), ("capaian", first, first + len(rows) - 1, 7)]
    for number, (row, by_regulation) in enumerate(zip(rows, regulated, strict=True), start=1):
        if isinstance(row, Heading):
            name = shown(Ref(Cell(table.sheet, row.row, row.column)))
            anggaran, realisasi = (sources.sum_over(table, row.rows, key) for key in ("anggaran", "realisasi_anggaran"))
        else:
            name, anggaran, realisasi = (
                sources.figure(table, row, key) for key in ("uraian", "anggaran", "realisasi_anggaran")
            )
        serapan = _money(page, name, anggaran, realisasi, number)[1]
        own = BLANK if isinstance(row, Heading) else sources.capaian(row)
        capaian = page.put(7, own, "decimals")
        page.put(8, sources.category(capaian), "center")
        page.put(9, sources.by_method(by_regulation, difference(capaian, serapan)), "points")
        charted.append((page.grid.ref(page.row, 2), serapan, capaian))
        page.next()
    sums = [total(page.column(column, first, page.row - 1)) for column in (3, 4)]
    _money_total(page, "JUMLAH", *sums)
    for column in (7, 8, 9):
        page.put(column, "", "total_text")
    page.next()
    words = "Capaian: rata-rata indikator program itu sendiri. Efisiensi: "
    regulation = "PMK 22/2021 atas sub kegiatan program itu, dibatasi -20 sampai 20 % (lihat bagian 5)."
    note(page, sources.by_method(words + regulation, words + "capaian dikurangi serapan, dalam poin persentase."))
    page.next(height=6)
    return charted


def largest_sisa(page: Page, sources: Sources, cards: Cards) -> None:
    """The sub kegiatan with the largest sisa when the workbook was checked; their figures are live."""
    section(page, "6. Lima Sisa Anggaran Terbesar (urutan saat diperiksa)")
    table = sources.document.matrix
    leaves = [row for row in table.rows if row.level and not row.children]
    found = []
    for row in leaves:
        pagu, used = (sources.number(table, row, key) for key in ("anggaran", "realisasi_anggaran"))
        if pagu is not None and used is not None and pagu > used:
            found.append((used - pagu, row.number, row))
    if not found:
        nothing(page, "Tidak ada sub kegiatan dengan sisa anggaran.")
        return
    names = (
        "NO",
        "SUB KEGIATAN",
        "ANGGARAN (Rp)",
        "REALISASI (Rp)",
        "SISA (Rp)",
        "SERAPAN (%)",
        "DARI SELURUH SISA (%)",
    )
    headings(page, names)
    largest = [row for _, _, row in sorted(found, key=lambda item: item[:2])[:TOP_SISA]]
    page.measured.append(("serapan", page.row, page.row + len(largest) - 1, 6))
    for number, row in enumerate(largest, start=1):
        name, anggaran, realisasi = (
            sources.figure(table, row, key) for key in ("uraian", "anggaran", "realisasi_anggaran")
        )
        sisa = _money(page, name, anggaran, realisasi, number)[0]
        # Where more was spent than there was, nothing is a part of what is left.
        page.put(7, call("IF", call("AND", sisa >= 0, cards.sisa > 0), f.ratio(sisa, cards.sisa), "-"), "decimals")
        page.next()
    page.next(height=8)


def signature(page: Page, sources: Sources) -> None:
    """Place, date and office; the name is written by hand."""
    page.next()
    page.wide(7, LAST, "........................., ........................................", "signature")
    page.next()
    page.wide(7, LAST, sources.fact("jabatan_penanda_tangan"), "signature")
    page.next(4)
    page.wide(7, LAST, "........................................................", "signature")
    page.next()
