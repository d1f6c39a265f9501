"""RM (rumus): formulas that the user wrote."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.rules.core import INFO, WARNING, Basis, Hit, always, rule
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
    yield from _at_first(document.uncached)


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


RULES = (depends_on_filled, without_result, not_filled)
