"""RK (rekonsiliasi): what moved since last month's workbook, names and accounts that differ, and what was not compared."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.ledger.items import Item, Level, Moved, Status, month_name
from lakip_xl.rules.compared import CORRECT, PRACTICE, compared, home, lines_of, named
from lakip_xl.rules.core import INFO, WARNING, Hit, always, rule
from lakip_xl.rules.reading import PAGU, SPENT
from lakip_xl.table.model import Document


def _moved(moved: Moved, column: str, **values: object) -> Hit:
    difference = moved.now - moved.before
    return Hit(
        moved.cell, "", moved.now, moved.before, difference, abs(difference), column=column,
        values={"nama": moved.name, "lalu": moved.before, "kini": moved.now, "selisih": abs(difference), **values},
    )  # fmt: skip


@rule(
    "RK07",
    title=Text("Realisasi turun dari bulan lalu", "Spending fell since last month"),
    meaning=Text(
        "Realisasi s.d. bulan ini lebih kecil daripada pada buku kerja bulan lalu, dan buku besar tidak memuat koreksinya.",
        "Spending to date is less than in last month's workbook, and the ledger shows no correction.",
    ),
    why=Text("Realisasi s.d. bulan ini hanya turun bila dikoreksi.", "Spending to date falls only by a correction."),
    basis=PRACTICE,
    remedy=Text(
        "Periksa apakah angka bulan lalu atau bulan ini keliru; bila dikoreksi, sebutkan dokumennya di KETERANGAN.",
        "Check which of the two figures is wrong; if it was corrected, name the document in KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: realisasi turun dari {lalu:rp} menjadi {kini:rp}.",
            "{nama}: spending fell from {lalu:rp} to {kini:rp}.",
        ),
    },
    severity=always(WARNING),
)
def fell(document: Document) -> Iterator[Hit]:
    found = compared(document)
    yield from (_moved(moved, SPENT) for moved in (found.fell if found else ()) if not moved.correction)


@rule(
    "RK08",
    title=Text("Koreksi realisasi", "Spending was corrected"),
    meaning=Text(
        "Realisasi s.d. bulan ini turun, dan buku besar memuat koreksi yang sama pada bulan ini.",
        "Spending to date fell, and the ledger holds the same correction in this month.",
    ),
    why=Text(
        "Penurunan yang sah perlu diketahui pembaca laporan bulan lalu.",
        "Whoever read last month's report should know of a lawful fall.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Tidak ada yang perlu diperbaiki; sebutkan koreksinya di Berita Acara.",
        "Nothing is to be mended; mention the correction in the record of reconciliation.",
    ),
    messages={
        "": Text(
            "{nama}: koreksi {selisih:rp}, dari {lalu:rp} menjadi {kini:rp}, sama dengan buku besar.",
            "{nama}: corrected by {selisih:rp}, from {lalu:rp} to {kini:rp}, as in the ledger.",
        ),
    },
    severity=always(INFO),
)
def corrected(document: Document) -> Iterator[Hit]:
    found = compared(document)
    yield from (_moved(moved, SPENT) for moved in (found.fell if found else ()) if moved.correction)


def _first(cells: list[Cell], **values: object) -> Iterator[Hit]:
    """All of a kind as one finding, at the first cell."""
    if cells:
        yield Hit(
            cells[0], "banyak" if len(cells) > 1 else "", related=tuple(cells[1:]), values={"n": len(cells), **values}
        )


@rule(
    "RK09",
    title=Text("Anggaran berubah sejak bulan lalu", "The budget moved since last month"),
    meaning=Text(
        "Anggaran lain dari pada buku kerja bulan lalu: pergeseran, atau DPA menjadi DPPA.",
        "The budget is not that of last month's workbook: a shift, or a revised budget (DPPA).",
    ),
    why=Text(
        "Perubahan anggaran harus punya dokumen, dan serapan berubah karenanya.",
        "A change needs a document, and absorption changes with it.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Cocokkan dengan DPA/DPPA, dan pilih dokumen anggaran yang berlaku pada Identitas.",
        "Compare with the DPA/DPPA, and choose the budget document in force in Identitas.",
    ),
    messages={
        "": Text(
            "{nama}: anggaran berubah dari {lalu:rp} menjadi {kini:rp}.",
            "{nama}: the budget moved from {lalu:rp} to {kini:rp}.",
        ),
        "banyak": Text(
            "Anggaran {n} sub kegiatan berubah sejak bulan lalu, seluruhnya {bersih:rp}.",
            "The budget of {n} sub-activities moved since last month, by {bersih:rp} in all.",
        ),
    },
    severity=always(INFO),
)
def shifted(document: Document) -> Iterator[Hit]:
    found = compared(document)
    moved = found.shifted if found else []
    if len(moved) == 1:
        yield _moved(moved[0], PAGU)
    else:
        net = sum((each.now - each.before for each in moved), Decimal(0))
        yield from _first([each.cell for each in moved], bersih=net)


@rule(
    "RK10",
    title=Text("Baris yang datang atau hilang", "Rows that came or went"),
    meaning=Text(
        "Sub kegiatan yang baru ada sejak bulan lalu, atau yang ada bulan lalu dan sekarang tidak ada.",
        "Sub-activities that are new since last month, or that were there and are no longer.",
    ),
    why=Text(
        "Baris yang terhapus tanpa sengaja membawa serta realisasinya.",
        "A row deleted by mistake takes its spending along.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Pastikan perubahannya memang menurut DPA/DPPA; baris yang dihapus pada Perubahan cukup diberi STATUS 'dinolkan'.",
        "Make sure that the change follows the DPA/DPPA; a row cancelled by the revision is kept with the STATUS 'dinolkan'.",
    ),
    messages={
        "": Text("Baris baru: {nama}.", "New rows: {nama}."),
        "hilang": Text(
            "Tidak ada lagi: {nama}, dengan realisasi {nilai:rp} pada bulan lalu.",
            "No longer there: {nama}, with spending of {nilai:rp} last month.",
        ),
    },
    severity=always(INFO),
)
def came_or_went(document: Document) -> Iterator[Hit]:
    found = compared(document)
    if found is None:
        return
    if found.came:
        cells = [moved.cell for moved in found.came]
        names = _listed([moved.name for moved in found.came])
        yield Hit(cells[0], "", related=tuple(cells[1:]), column=PAGU, record="datang", values={"nama": names})
    if found.gone:
        value = sum((each.to_date or Decimal(0) for each in found.gone), Decimal(0))
        names = _listed([each.name for each in found.gone])
        yield Hit(
            home(document.matrix, SPENT),
            "hilang",
            rupiah=value,
            record="hilang",
            values={"nama": names, "nilai": value},
        )


_MOST = 5


def _listed(names: list[str]) -> str:
    shown = "; ".join(" ".join(name.split()) for name in names[:_MOST])
    return f"{shown} (+{len(names) - _MOST})" if len(names) > _MOST else shown


@rule(
    "RK11",
    title=Text("Nama lain untuk kode yang sama", "Another name for the same code"),
    meaning=Text(
        "Matriks dan buku besar memakai kode yang sama dengan nama yang jauh berbeda.",
        "Matrix and ledger use the same code with quite different names.",
    ),
    why=Text(
        "Nomenklatur berganti, atau kode pada matriks tertukar.",
        "The nomenclature changed, or a code was mixed up in the matrix.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Cocokkan kode dan nama dengan DPA/DPPA; ejaan yang berbeda tidak dicatat.",
        "Compare code and name with the DPA/DPPA; other spellings are not noted.",
    ),
    messages={
        "": Text(
            "{kode}: '{nama}' di matriks, '{buku}' di buku besar.",
            "{kode}: '{nama}' in the matrix, '{buku}' in the ledger.",
        ),
        "banyak": Text(
            "{n} sub kegiatan bernama lain di buku besar, di antaranya {kode}: '{nama}' dan '{buku}'.",
            "{n} sub-activities have another name in the ledger, among them {kode}: '{nama}' and '{buku}'.",
        ),
    },
    severity=always(INFO),
)
def renamed(document: Document) -> Iterator[Hit]:
    found = compared(document)
    items = [item for item in found.at(Level.SUB) if item.renamed and item.cells] if found else []
    if items:
        first = items[0]
        values = {"kode": first.kode, "nama": named(first), "buku": first.ledger_name}
        key = "kode" if document.matrix.has("kode") else SPENT
        cells = [Cell(item.cells[0].sheet, item.cells[0].row, document.matrix.layout.columns[key]) for item in items]
        yield from _first(cells, **values)


@rule(
    "RK12",
    title=Text("Rekening berbeda dari buku besar", "An account differs from the ledger"),
    meaning=Text(
        "Realisasi menurut rekening, pada lembar Belanja atau pada baris rekening matriks, tidak sama dengan buku besar, dan selisih itu "
        "tidak berasal dari selisih sub kegiatan.",
        "Spending by account, on the sheet Belanja or on rows of accounts in the matrix, is not that of the ledger, and the difference "
        "does not follow from one of sub-activities.",
    ),
    why=Text(
        "Salah rekening tidak tampak pada jumlah sub kegiatan.",
        "A wrong account does not show in the total of the sub-activity.",
    ),
    basis=PRACTICE,
    remedy=CORRECT,
    messages={
        "": Text(
            "{rekening} {nama}: matriks {matriks:rp}, buku besar {buku:rp}, selisih {selisih:rp}.",
            "{rekening} {nama}: {matriks:rp} in the matrix, {buku:rp} in the ledger, difference {selisih:rp}.",
        ),
        "hanya": Text(
            "Rekening {rekening}: {buku:rp} hanya ada di buku besar ({baris}).",
            "Account {rekening}: {buku:rp} is in the ledger only ({baris}).",
        ),
    },
    severity=always(WARNING),
)
def account_differs(document: Document) -> Iterator[Hit]:
    found = compared(document)
    if found is None:
        return
    apart = [item for item in found.at(Level.ACCOUNT) if item.to_date.apart(found.tolerance)]
    below = _sum([item for item in found.at(Level.SUB) if item.to_date.apart(found.tolerance)])
    if below and _sum(apart) == below:
        return  # the same rupiah once more, by account
    for item in apart:
        difference = item.to_date.difference or Decimal(0)
        only = item.status is Status.ONLY_LEDGER
        belanja = document.tables.get("belanja")
        place = item.cells[0] if item.cells else home(belanja if belanja and not item.kode else document.matrix, SPENT)
        yield Hit(
            place, "hanya" if only else "", item.to_date.matrix, item.to_date.ledger, difference, abs(difference), (), item.key, SPENT,
            {"rekening": item.rekening, "nama": named(item), "matriks": item.to_date.matrix or Decimal(0),
             "buku": item.to_date.ledger or Decimal(0), "selisih": difference, "baris": lines_of(item)},
        )  # fmt: skip


def _sum(items: list[Item]) -> Decimal:
    return sum((item.to_date.difference or Decimal(0) for item in items), Decimal(0))


@rule(
    "RK13",
    title=Text("Tidak seluruhnya dibandingkan", "Not all was compared"),
    meaning=Text(
        "Sebagian tidak dapat dibandingkan, atau ada berkas buku besar yang digantikan berkas lain.",
        "Something could not be compared, or a ledger was replaced by another file.",
    ),
    why=Text(
        "Tidak adanya selisih tidak berarti sama, bila sebagian tidak dibandingkan.",
        "No difference does not mean agreement where part was not compared.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Lengkapi berkas buku besar pada --ledger, atau buku kerja bulan lalu pada --previous.",
        "Complete the ledgers with --ledger, or give last month's workbook with --previous.",
    ),
    messages={"": Text("Rekonsiliasi {bulan}: {catatan}.", "Reconciliation of {bulan}: {catatan}.")},
    severity=always(INFO),
)
def not_compared(document: Document) -> Iterator[Hit]:
    found = compared(document)
    if found is not None and found.notes:
        said = Text(*(" ".join(note.in_(lang) for note in found.notes).rstrip(".") for lang in ("id", "en")))
        yield Hit(
            home(document.matrix, SPENT),
            "",
            record="catatan",
            values={"catatan": said, "bulan": month_name(found.month)},
        )


RULES = (fell, corrected, shifted, came_or_went, renamed, account_differs, not_compared)
