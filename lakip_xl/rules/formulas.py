"""RM (rumus): formulas that the user wrote."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import Text
from lakip_xl.formula import references
from lakip_xl.rules.core import INFO, WARNING, Basis, Hit, always, rule
from lakip_xl.rules.operands import UNREADABLE
from lakip_xl.rules.sums import mismatch
from lakip_xl.rules.written import own_formulas
from lakip_xl.table.model import Document

EXCEL = Basis(Text("Cara Excel menyimpan hasil rumus", "How Excel stores the results of formulas"), "seen")


def _at_first(cells: list[Cell]) -> Iterator[Hit]:
    if cells:
        yield Hit(cells[0], "banyak" if len(cells) > 1 else "", related=tuple(cells[1:]), values={"n": len(cells)})


@rule(
    "RM01",
    title=Text("Rumus sendiri yang memakai sel isian lakip-xl", "Own formulas that use filled cells"),
    meaning=Text(
        "Rumus buatan kantor memakai sel yang diisi 'lakip-xl fill'. Hasilnya diperbarui ketika Excel membuka berkas.",
        "The office's own formulas use cells that 'lakip-xl fill' fills. Their results refresh when Excel opens the file.",
    ),
    why=Text(
        "Sebelum dibuka di Excel, program lain dapat menampilkan hasil yang lama.",
        "Until Excel has opened the file, other programs may show the old result.",
    ),
    basis=EXCEL,
    remedy=Text("Buka di Excel lalu simpan sebelum berkas dikirim.", "Open in Excel and save before the file is sent."),
    messages={
        "": Text("Rumus ini memakai sel yang diisi lakip-xl.", "This formula uses a cell that lakip-xl fills."),
        "banyak": Text("{n} rumus memakai sel yang diisi lakip-xl.", "{n} formulas use cells that lakip-xl fills."),
    },
    severity=always(INFO),
)
def depends_on_filled(document: Document) -> Iterator[Hit]:
    yield from _at_first(document.user_formulas)


@rule(
    "RM02",
    title=Text("Rumus tanpa hasil", "A formula without a result"),
    meaning=Text(
        "Berkas tidak memuat hasil rumus ini dan alat tidak dapat menghitungnya, sehingga barisnya tidak dapat diperiksa penuh.",
        "The file holds no result for this formula and the tool cannot compute it, so the row cannot be checked in full.",
    ),
    why=Text(
        "Angka yang memakai sel ini tidak diketahui sampai Excel menghitungnya.",
        "Figures that use this cell are unknown until Excel calculates them.",
    ),
    basis=EXCEL,
    remedy=Text(
        "Buka berkas di Excel, simpan, lalu periksa lagi.", "Open the file in Excel, save it, and check again."
    ),
    messages={
        "": Text(
            "Hasil rumus ini belum tersimpan dalam berkas.", "The result of this formula is not stored in the file."
        ),
        "banyak": Text(
            "Hasil {n} rumus belum tersimpan dalam berkas.", "The results of {n} formulas are not stored in the file."
        ),
    },
    severity=always(WARNING),
)
def without_result(document: Document) -> Iterator[Hit]:
    texts = _texts(document)
    left = list(document.uncached)
    while (
        True
    ):  # what reads a text, or what such a formula gives, has its cause there: the rule of that column speaks of it
        caused = [cell for cell in left if _reads(document, cell, texts)] if texts else []
        if not caused:
            break
        texts |= set(caused)
        left = [cell for cell in left if cell not in texts]
    yield from _at_first(left)


def _texts(document: Document) -> set[Cell]:
    """The cells of numeric columns that hold text: how Excel reads them depends on the machine, so nobody else can tell."""
    return {
        table.cell(row, key)
        for table in document.tables.values()
        for row in table.rows
        for key, entry in row.entries.items()
        if (entry.as_text or entry.fault in UNREADABLE) and entry.formula is None and table.has(key)
    }


def _reads(document: Document, cell: Cell, others: set[Cell]) -> bool:
    try:
        read = list(references(document.formulas[cell]))
    except ValueError:
        return False
    return any(
        (sheet or cell.sheet).lower() == other.sheet.lower() and area.holds(other.row, other.column)
        for sheet, area in read
        for other in others
    )


@rule(
    "RM03",
    title=Text("Sel rumus yang tidak dapat diisi", "Formula cells that cannot be filled"),
    meaning=Text(
        "Sel yang mestinya berisi rumus formulir tertutup sel gabungan, atau termasuk rumus array, judul, atau baris total tabel Excel. "
        "Sel itu dibiarkan apa adanya.",
        "A cell that should hold a formula of the form is covered by merged cells, or belongs to an array formula or to the header or "
        "total row of an Excel table. It stays as it is.",
    ),
    why=Text(
        "Excel tidak mengizinkan sel seperti itu diubah sendiri-sendiri; jumlah dan rata-rata memakai apa yang tertulis di sana.",
        "Excel does not let such a cell be changed by itself; sums and means use what stands there.",
    ),
    basis=Basis(Text("Cara Excel mengikat sel", "How Excel binds cells together"), "seen"),
    remedy=Text(
        "Bila selnya perlu terisi, batalkan penggabungan (Unmerge) atau ubah tabel menjadi rentang (Convert to Range), lalu ulangi.",
        "If the cell is to be filled, unmerge it or convert the table to a range, and run fill again.",
    ),
    messages={
        "": Text(
            "Sel ini tidak diisi rumus: tertutup sel gabungan, atau bagian dari rumus array atau tabel Excel.",
            "This cell gets no formula: it is covered by merged cells, or part of an array formula or an Excel table.",
        ),
        "banyak": Text(
            "{n} sel tidak diisi rumus: tertutup sel gabungan, atau bagian dari rumus array atau tabel Excel.",
            "{n} cells get no formula: they are covered by merged cells, or part of an array formula or an Excel table.",
        ),
    },
    severity=always(INFO),
)
def not_filled(document: Document) -> Iterator[Hit]:
    yield from _at_first(document.skipped)


@rule(
    "RM10",
    title=Text("Hasil rumus yang tersimpan sudah usang", "A stored result is out of date"),
    meaning=Text(
        "Rumus buatan kantor dihitung ulang ('lakip-xl validate --recalc'), dan hasilnya lain daripada yang tersimpan dalam berkas.",
        "The office's own formulas were calculated anew ('lakip-xl validate --recalc'), and the file holds another result.",
    ),
    why=Text(
        "Orang yang membuka berkas di ponsel atau Protected View, dan alat ini, membaca angka yang lama.",
        "Whoever opens the file on a phone or in Protected View, and this tool, reads the old figure.",
    ),
    basis=EXCEL,
    remedy=Text(
        "Buka berkas di Excel, tekan Ctrl+Alt+F9 agar semua rumus dihitung ulang, simpan, lalu periksa lagi.",
        "Open the file in Excel, press Ctrl+Alt+F9 so that every formula is calculated anew, save it, and check again.",
    ),
    messages={
        "": Text(
            "Hasil rumus yang tersimpan {ada}, dihitung ulang {hitung}.",
            "The stored result of the formula is {ada}, calculated anew {hitung}.",
        ),
        "banyak": Text(
            "Hasil {n} rumus pada lembar ini sudah usang, mulai dari sel ini: tersimpan {ada}, dihitung ulang {hitung}.",
            "The results of {n} formulas on this sheet are out of date, starting here: stored {ada}, calculated anew {hitung}.",
        ),
    },
    severity=always(WARNING),
)
def out_of_date(document: Document) -> Iterator[Hit]:
    stale = document.facts.get("stale", ())
    assert isinstance(stale, tuple)
    sheets: dict[str, list[tuple[Cell, Value, Value]]] = {}
    for cell, stored, computed in stale:
        if not _sum_says_so(document, cell):
            sheets.setdefault(cell.sheet, []).append((cell, stored, computed))
    for found in sheets.values():
        first, stored, computed = found[0]
        yield Hit(
            first, "banyak" if len(found) > 1 else "", found=stored, expected=computed,
            related=tuple(cell for cell, _, _ in found[1:]),
            values={"n": len(found), "ada": _said(stored), "hitung": _said(computed)},
        )  # fmt: skip


def _said(value: Value) -> object:
    return f"'{value}'" if isinstance(value, str) else value


def _sum_says_so(document: Document, cell: Cell) -> bool:
    """Whether the finding about a wrong sum speaks of this cell."""
    own = own_formulas(document)
    row, key = own.rows.get(cell.sheet, {}).get(cell.row), own.keys.get(cell.sheet, {}).get(cell.column, "")
    return (
        row is not None
        and key in own.tables[cell.sheet].sums
        and mismatch(own.tables[cell.sheet], row, key) is not None
    )


@rule(
    "RM11",
    title=Text("Buku kerja tidak dapat dihitung ulang", "The workbook cannot be calculated anew"),
    meaning=Text(
        "Diminta menghitung ulang ('lakip-xl validate --recalc'), tetapi mesin hitungnya tidak dapat membaca buku kerja ini.",
        "The workbook was to be calculated anew ('lakip-xl validate --recalc'), but the engine cannot read it.",
    ),
    why=Text(
        "Hasil rumus yang tersimpan tidak dibandingkan; pemeriksaan lainnya tetap dijalankan.",
        "Stored results were not compared; all other checks were made.",
    ),
    basis=Basis(Text("Batas alat ini sendiri", "A limit of this tool itself"), "practice"),
    remedy=Text(
        "Buka berkas di Excel, tekan Ctrl+Alt+F9, lalu simpan: sesudah itu tidak ada hasil yang usang.",
        "Open the file in Excel, press Ctrl+Alt+F9 and save it: no result is out of date then.",
    ),
    messages={
        "": Text(
            "Hasil rumus yang tersimpan tidak dapat dibandingkan dengan hitungan ulang.",
            "Stored results of formulas could not be compared with a new calculation.",
        ),
    },
    severity=always(INFO),
)
def not_recalculated(document: Document) -> Iterator[Hit]:
    if document.facts.get("not_recalculated"):
        yield Hit(Cell(document.sheets[0], 1, 1))


RULES = (depends_on_filled, without_result, not_filled, out_of_date, not_recalculated)
