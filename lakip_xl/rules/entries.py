"""IS (isian): is every cell that is due filled, and can it be read without a doubt?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.form.spec import Kind, Period
from lakip_xl.numbers import read_number
from lakip_xl.rules.core import ERROR, INFO, WARNING, Basis, Hit, always, amount, by_period, folded, hit, rule
from lakip_xl.rules.reading import (
    PAGU,
    SPENT,
    active,
    blank,
    budgeted,
    figure,
    leaves,
    measured,
    money,
    no_pagu,
    nothing_spent,
    untouched,
    zeroed,
)
from lakip_xl.rules.sums import mismatch
from lakip_xl.table.model import Document, Entry, Row, Table

FORM = Basis(Text("Petunjuk pengisian formulir", "The form's own instructions"), "seen")
PRACTICE = Basis(Text("Kebiasaan pemeriksaan menurut periode", "What is usually checked in each period"), "practice")
EXCEL = Basis(Text("Cara Excel menghitung", "How Excel calculates"), "seen")


# -- what is missing ------------------------------------------------------------------------------------------------------------


@rule(
    "IS01",
    title=Text("Realisasi kinerja belum diisi", "Performance realisation not entered"),
    meaning=Text(
        "Indikator mempunyai target, tetapi realisasi kinerjanya kosong pada saat harus diukur: akhir tahun, atau triwulan menurut "
        "WAKTU UKUR.",
        "The indicator has a target, but its realisation is blank when it is due: at the end of the year, or at the quarter by "
        "WAKTU UKUR.",
    ),
    why=Text("Kosong bukan nol: capaian tidak dapat dihitung.", "Blank is not zero: no achievement can be calculated."),
    basis=PRACTICE,
    remedy=Text(
        "Isi realisasi kinerja; tulis 0 bila memang tidak ada yang terealisasi.",
        "Enter the realisation; write 0 if there is none.",
    ),
    messages={
        "": Text("{nama}: target {target}, realisasi kinerja kosong.", "{nama}: target {target}, realisation blank."),
        "banyak": Text(
            "Realisasi kinerja kosong pada {n} baris yang mempunyai target, mulai dari '{nama}'.",
            "Realisation is blank on {n} rows that have a target, starting with '{nama}'.",
        ),
    },
    severity=by_period(None, ERROR, ERROR),
)
def realisation_blank(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        late = [
            row
            for row in active(table)
            if row.number_of("target") and _missing(row, "realisasi") and not no_pagu(row) and _due(document, row)
        ]
        if late:
            yield folded(
                table, [(row, "realisasi") for row in late], target=amount(late[0], late[0].number_of("target"))
            )


def _missing(row: Row, key: str) -> bool:
    """The cell is blank and no formula of the form fills it; quarters that cannot be read are a fault of their own."""
    quarters = ("tw1", "tw2", "tw3", "tw4") if key == "realisasi" else ()
    return blank(row.entry(key)) and figure(row, key) is None and not any(row.entry(q).fault for q in quarters)


def _due(document: Document, row: Row) -> bool:
    if document.settings.period is Period.YEAR:
        return True
    when = row.text_of("waktu_ukur").casefold()
    if when == "semesteran":
        return " ".join(str(document.settings.identity.get("periode") or "").split()).casefold() == "tw ii"
    return when in ("bulanan", "triwulanan")


@rule(
    "IS02",
    title=Text("Target belum diisi", "Target not entered"),
    meaning=Text("Ada indikator, tetapi targetnya kosong.", "There is an indicator, but its target is blank."),
    why=Text(
        "Capaian adalah realisasi dibandingkan dengan target; tanpa target tidak ada capaian.",
        "Achievement compares realisation with target; without a target there is none.",
    ),
    basis=Basis(
        Text("PermenPANRB 53/2014, pengukuran kinerja", "PermenPANRB 53/2014, performance measurement"), "recalled"
    ),
    remedy=Text(
        "Isi target sesuai Perjanjian Kinerja atau DPA/DPPA.",
        "Enter the target of the performance agreement or DPA/DPPA.",
    ),
    messages={
        "": Text("{nama}: indikator ada, targetnya kosong.", "{nama}: there is an indicator, its target is blank."),
        "banyak": Text(
            "Target kosong pada {n} indikator, mulai dari '{nama}'.",
            "The target is blank for {n} indicators, starting with '{nama}'.",
        ),
    },
    severity=by_period(INFO, WARNING, ERROR),
)
def target_blank(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        bare = [row for row in active(table) if row.text_of("indikator") and _missing(row, "target")]
        if bare:
            yield folded(table, [(row, "target") for row in bare])


@rule(
    "IS03",
    title=Text("Realisasi anggaran kosong atau nol", "Nothing spent, or no spending entered"),
    meaning=Text(
        "Pagu ada, tetapi realisasi anggarannya kosong atau 0.", "There is a budget, but its spending is blank or 0."
    ),
    why=Text(
        "Realisasi yang lupa diisi tidak dapat dibedakan dari kegiatan yang tidak berjalan.",
        "Spending that was forgotten looks the same as an activity that did not take place.",
    ),
    basis=PRACTICE,
    remedy=Text(
        "Isi realisasi anggaran sesuai LRA, atau jelaskan di KETERANGAN mengapa belum ada realisasi.",
        "Enter the spending of the LRA, or explain in KETERANGAN why there is none.",
    ),
    messages={
        "": Text("{nama}: pagu {pagu:rp}, realisasi anggaran kosong.", "{nama}: budget {pagu:rp}, spending blank."),
        "nol": Text("{nama}: pagu {pagu:rp}, realisasi anggaran Rp 0.", "{nama}: budget {pagu:rp}, spending Rp 0."),
        "banyak": Text(
            "Realisasi anggaran kosong atau 0 pada {n} baris yang mempunyai pagu, mulai dari '{nama}'; pagunya {pagu:rp}.",
            "Spending is blank or 0 on {n} rows that have a budget, starting with '{nama}'; their budget is {pagu:rp}.",
        ),
    },
    severity=by_period(None, INFO, WARNING),
)
def spending_blank(document: Document) -> Iterator[Hit]:
    for table in budgeted(document):
        idle = [row for row in _own_money(table) if nothing_spent(row) and not _explained_by_parent(table, row, SPENT)]
        if document.settings.period is Period.YEAR:
            for row in idle:
                pagu = money(row, PAGU)
                word = "" if blank(row.entry(SPENT)) else "nol"
                yield hit(
                    table,
                    row,
                    SPENT,
                    word,
                    found=money(row, SPENT),
                    rupiah=pagu,
                    related=[table.cell(row, PAGU)],
                    pagu=pagu,
                )
        elif idle:
            pagu = sum((money(row, PAGU) or Decimal(0) for row in idle), Decimal(0))
            yield folded(table, [(row, SPENT) for row in idle], pagu=pagu)


def _own_money(table: Table) -> Iterator[Row]:
    """The rows whose money is entered, not summed. In Belanja the template names types that an office may not have."""
    return leaves(table) if table.spec.key == "matriks" else iter(())


def _explained_by_parent(table: Table, row: Row, key: str) -> bool:
    """Whether the parent's figure shows that this blank holds something: then that is the finding, and an error."""
    return blank(row.entry(key)) and row.parent is not None and mismatch(table, row.parent, key) is not None


@rule(
    "IS04",
    title=Text("Anggaran belum diisi", "Budget not entered"),
    meaning=Text("Baris paling rinci tidak memuat anggaran.", "A row of the lowest level has no budget."),
    why=Text(
        "Serapan tidak dapat dihitung dan jumlah kegiatan menjadi kurang.",
        "Absorption cannot be calculated and the sum of the activity falls short.",
    ),
    basis=FORM,
    remedy=Text(
        "Isi anggaran sesuai DPA/DPPA; bila dinolkan pada Perubahan, pilih STATUS 'dinolkan'.",
        "Enter the budget of the DPA/DPPA; if it was cancelled, choose STATUS 'dinolkan'.",
    ),
    messages={
        "": Text("{nama}: anggaran kosong.", "{nama}: budget blank."),
        "banyak": Text(
            "Anggaran kosong pada {n} baris, mulai dari '{nama}'.", "Budget blank on {n} rows, starting with '{nama}'."
        ),
    },
    severity=by_period(INFO, WARNING, ERROR),
)
def budget_blank(document: Document) -> Iterator[Hit]:
    for table in budgeted(document):
        bare = [
            row
            for row in _own_money(table)
            if row.level and blank(row.entry(PAGU)) and not _explained_by_parent(table, row, PAGU)
        ]
        if bare:
            yield folded(table, [(row, PAGU) for row in bare])


@rule(
    "IS16",
    title=Text("Baris tanpa isian sama sekali", "Rows without any figure"),
    meaning=Text(
        "Baris ada, tetapi target, realisasi, dan anggarannya semua kosong. Baris ini tidak dihitung.",
        "The row is there, but target, realisation and money are all blank. It counts nowhere.",
    ),
    why=Text("Baris yang terlewat tidak terlihat pada jumlah.", "A row that was forgotten does not show in any sum."),
    basis=PRACTICE,
    remedy=Text(
        "Isi barisnya; bila memang tidak ada target dan pagu tahun ini, pilih STATUS 'nihil'.",
        "Fill in the row; if it has no target and no budget this year, choose STATUS 'nihil'.",
    ),
    messages={
        "": Text("{nama}: belum ada angka satu pun.", "{nama}: there is no figure at all."),
        "banyak": Text(
            "{n} baris belum memuat angka satu pun, mulai dari '{nama}'.",
            "{n} rows have no figure at all, starting with '{nama}'.",
        ),
    },
    severity=by_period(None, INFO, INFO),
)
def nothing_entered(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        key = "uraian" if table.has("uraian") else "indikator"
        empty = [row for row in table.rows if row.head is None and not zeroed(row) and untouched(row)]
        if empty:
            yield folded(table, [(row, key) for row in empty])


# -- what cannot be read ------------------------------------------------------------------------------------------------------------


def _entries(document: Document, wanted: Callable[[Entry], bool]) -> Iterator[tuple[Table, Row, str, Entry]]:
    """The cells of the form that a test picks, row by row; on a row out of use only the money, which its parent still sums."""
    for table in document.tables.values():
        for row in (*table.rows, *((table.total,) if table.total else ())):
            for key, entry in row.entries.items():
                if wanted(entry) and not entry.ours and (not zeroed(row) or key in table.spec.sums):
                    yield table, row, key, entry


@rule(
    "IS05",
    title=Text("Bukan angka", "Not a number"),
    meaning=Text(
        "Kolom angka berisi tulisan yang tidak dapat dibaca sebagai angka.",
        "A numeric column holds text that is no number.",
    ),
    why=Text(
        "Excel tidak menghitung tulisan: jumlah dan persentase yang memakainya menjadi '-'.",
        "Excel does not calculate with text: sums and percentages that use it become '-'.",
    ),
    basis=EXCEL,
    remedy=Text(
        "Tulis angkanya saja; penjelasannya di KETERANGAN. Bila belum ada, kosongkan.",
        "Write the number alone; explanations go to KETERANGAN. Leave it blank if there is none yet.",
    ),
    messages={
        "": Text("{nama}: {kolom} berisi '{isi}', bukan angka.", "{nama}: {kolom} holds '{isi}', which is no number.")
    },
    severity=always(ERROR),
)
def not_a_number(document: Document) -> Iterator[Hit]:
    for table, row, key, entry in _entries(document, lambda e: e.fault == "text"):
        yield hit(table, row, key, found=entry.raw, isi=_shown(entry))


def _shown(entry: Entry) -> str:
    return (
        {True: "TRUE", False: "FALSE"}[entry.raw] if isinstance(entry.raw, bool) else " ".join(str(entry.raw).split())
    )


@rule(
    "IS06",
    title=Text("Angka bermakna ganda", "A number with two readings"),
    meaning=Text(
        "Tulisan seperti 1.234 dapat berarti seribu dua ratus tiga puluh empat, dapat pula satu koma dua tiga empat.",
        "Text such as 1.234 may mean one thousand two hundred thirty-four, or one point two three four.",
    ),
    why=Text("Salah baca berarti salah seribu kali.", "A wrong reading is wrong by a factor of a thousand."),
    basis=EXCEL,
    remedy=Text("Ketik ulang sebagai angka, bukan tulisan.", "Type it again as a number, not as text."),
    messages={
        "": Text(
            "{nama}: {kolom} berisi '{isi}'; dapat berarti {pertama} atau {kedua}.",
            "{nama}: {kolom} holds '{isi}'; it may mean {pertama} or {kedua}.",
        )
    },
    severity=always(ERROR),
)
def ambiguous(document: Document) -> Iterator[Hit]:
    for table, row, key, entry in _entries(document, lambda e: e.fault == "ambiguous"):
        first, second = read_number(str(entry.raw)).alternatives[:2]
        yield hit(table, row, key, found=entry.raw, isi=_shown(entry), pertama=first, kedua=second)


@rule(
    "IS07",
    title=Text("Angka dan satuan dalam satu sel", "Number and unit in one cell"),
    meaning=Text(
        "Sel angka memuat satuan, misalnya '232 Org'.", "A numeric cell holds its unit too, such as '232 Org'."
    ),
    why=Text(
        "Bagi Excel itu tulisan, sehingga capaian tidak dapat dihitung.",
        "To Excel that is text, so nothing can be calculated.",
    ),
    basis=EXCEL,
    remedy=Text(
        "Tulis angkanya saja dan satuannya di kolom SATUAN.",
        "Write the number alone and its unit in the column SATUAN.",
    ),
    messages={"": Text("{nama}: {kolom} berisi '{isi}'.", "{nama}: {kolom} holds '{isi}'.")},
    remedies={
        "": Text(
            "Tulis {angka} saja; '{satuan}' di kolom SATUAN.",
            "Write {angka} alone; '{satuan}' goes to the column SATUAN.",
        )
    },
    severity=always(ERROR),
)
def with_unit(document: Document) -> Iterator[Hit]:
    for table, row, key, entry in _entries(document, lambda e: e.fault == "unit"):
        read = read_number(str(entry.raw))
        number = read.value if read.value is not None else _shown(entry)
        yield hit(
            table, row, key, found=entry.raw, expected=read.value, isi=_shown(entry), angka=number, satuan=read.unit
        )


@rule(
    "IS08",
    title=Text("Sel berisi galat", "An error in a cell"),
    meaning=Text(
        "Sel menampilkan galat seperti #DIV/0!, #REF!, atau #VALUE!.",
        "The cell shows an error like #DIV/0!, #REF! or #VALUE!.",
    ),
    why=Text(
        "Galat menular ke semua rumus yang memakai sel itu.", "An error spreads to every formula that uses the cell."
    ),
    basis=EXCEL,
    remedy=Text(
        "Perbaiki rumus atau sel yang diacunya; pada kolom yang dihitung, hapus isinya lalu jalankan 'lakip-xl fill'.",
        "Mend the formula or the cell it refers to; in a calculated column, clear it and run 'lakip-xl fill'.",
    ),
    messages={
        "": Text("{nama}: {kolom} berisi {isi}.", "{nama}: {kolom} holds {isi}."),
        "rumus": Text("{nama}: {kolom} berisi {isi}.", "{nama}: {kolom} holds {isi}."),
    },
    remedies={
        "rumus": Text(
            "Hapus isi sel ini lalu jalankan 'lakip-xl fill': rumus formulir menulis '-' bila pembaginya 0.",
            "Clear this cell and run 'lakip-xl fill': the form's formula writes '-' where the divisor is 0.",
        )
    },
    severity=always(ERROR),
)
def error_cell(document: Document) -> Iterator[Hit]:
    for table, row, key, entry in _entries(document, lambda e: e.fault == "error"):
        word = "rumus" if table.spec.by_key[key].prefilled else ""
        yield hit(table, row, key, word, found=entry.raw, isi=str(entry.raw))


@rule(
    "IS09",
    title=Text("Angka tersimpan sebagai tulisan", "Numbers stored as text"),
    meaning=Text(
        "Isinya terbaca sebagai angka tanpa keraguan, tetapi Excel menyimpannya sebagai tulisan.",
        "The content reads as a number without doubt, but Excel keeps it as text.",
    ),
    why=Text(
        "Excel tidak menjumlahkannya: SUM melewati sel itu tanpa memberi tahu.",
        "Excel does not add it up: SUM passes over it in silence.",
    ),
    basis=EXCEL,
    remedy=Text(
        "Ketik ulang sebagai angka, atau blok selnya lalu pilih 'Convert to Number'.",
        "Type it again as a number, or select the cells and choose 'Convert to Number'.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} berisi tulisan '{isi}', terbaca {angka}.",
            "{nama}: {kolom} holds the text '{isi}', read as {angka}.",
        ),
        "banyak": Text(
            "{kolom}: {n} sel berisi angka yang tersimpan sebagai tulisan, mulai dari '{isi}'.",
            "{kolom}: {n} cells hold numbers stored as text, starting with '{isi}'.",
        ),
    },
    severity=always(WARNING),
)
def number_as_text(document: Document) -> Iterator[Hit]:
    columns: dict[tuple[str, str], list[tuple[Table, Row, Entry]]] = {}
    for table, row, key, entry in _entries(document, lambda e: e.as_text and not e.fault):
        columns.setdefault((table.spec.key, key), []).append((table, row, entry))
    for (_, key), found in columns.items():
        table, _, first = found[0]
        yield folded(table, [(row, key) for _, row, _ in found], isi=_shown(first), angka=first.typed)


# -- what is outside its range ---------------------------------------------------------------------------------------------------------


def _failures(document: Document, check: str) -> Iterator[tuple[Table, Row, str]]:
    from lakip_xl.rules.schema import failures

    for table in document.tables.values():
        for failure in failures(table):
            if failure.check == check and not zeroed(failure.row):
                yield table, failure.row, failure.key


@rule(
    "IS10",
    title=Text("Angka negatif", "Negative number"),
    meaning=Text("Target, realisasi, atau rupiah kurang dari 0.", "A target, realisation or amount is below 0."),
    why=Text(
        "Angka pada matriks tidak pernah negatif; tanda minus biasanya salah ketik atau koreksi yang keliru tempat.",
        "Figures of the matrix are never negative; a minus is a typing slip or a correction in the wrong place.",
    ),
    basis=FORM,
    remedy=Text(
        "Perbaiki angkanya; pengembalian belanja dikurangkan dari realisasi, tidak ditulis tersendiri.",
        "Correct the number; refunds are subtracted from the spending, not written on their own.",
    ),
    messages={"": Text("{nama}: {kolom} berisi {isi}.", "{nama}: {kolom} holds {isi}.")},
    severity=always(ERROR),
)
def negative(document: Document) -> Iterator[Hit]:
    for table, row, key in _failures(document, "negative"):
        value = row.number_of(key)
        if not row.entry(key).ours:
            yield hit(table, row, key, found=value, isi=value)


@rule(
    "IS11",
    title=Text("Kode tidak menurut susunannya", "Malformed code"),
    meaning=Text(
        "Kode bukan kode program, kegiatan, atau sub kegiatan yang lengkap, misalnya 1.06.01.2.01.0001; atau Excel mengubahnya "
        "menjadi angka.",
        "The code is not that of a program, activity or sub-activity, such as 1.06.01.2.01.0001; or Excel turned it into a number.",
    ),
    why=Text(
        "Tingkat baris dan pencocokan dengan SIPD memakai kode ini.",
        "The level of the row and the match with SIPD rest on the code.",
    ),
    basis=Basis(
        Text(
            "Permendagri 90/2019; Kepmendagri 050-5889/2021 dan 900.1.15.5-1317/2023",
            "Permendagri 90/2019; Kepmendagri 050-5889/2021 and 900.1.15.5-1317/2023",
        ),
        "inferred",
    ),
    remedy=Text(
        "Tulis kode lengkap sesuai nomenklatur, sebagai teks (format sel Text).",
        "Write the full code of the nomenclature as text (cell format Text).",
    ),
    messages={
        "": Text(
            "{nama}: kode '{isi}' tidak menurut susunan kode.", "{nama}: the code '{isi}' is not of the form of a code."
        ),
        "angka": Text(
            "{nama}: kode tersimpan sebagai angka {isi}; angka nol atau titiknya dapat hilang.",
            "{nama}: the code is stored as the number {isi}; a zero or a dot of it may be lost.",
        ),
        "panjang": Text(
            "{nama}: kode '{isi}' tidak menurut susunan kode; mungkin maksudnya '{mungkin}'.",
            "{nama}: the code '{isi}' is not of the form of a code; perhaps '{mungkin}' is meant.",
        ),
    },
    severity=always(ERROR),
)
def malformed_code(document: Document) -> Iterator[Hit]:
    numbers = [
        (t, row, key)
        for t, row, key, e in _entries(document, lambda e: e.fault == "number")
        if t.spec.by_key[key].kind is Kind.CODE
    ]
    for table, row, key in numbers:
        yield hit(table, row, key, "angka", found=row.entry(key).raw, isi=row.text_of(key))
    for table, row, key in _failures(document, "code"):
        code = row.text_of(key)
        if row.entry(key).fault:
            continue
        likely = _likely_code(code)
        yield hit(
            table, row, key, "panjang" if likely else "", found=code, expected=likely or None, isi=code, mungkin=likely
        )


def _likely_code(code: str) -> str:
    """The kegiatan's first digit written with a zero before it, as some offices do: 1.01.01.02.01 for 1.01.01.2.01."""
    parts = code.rstrip(".").split(".")
    return ".".join([*parts[:3], parts[3][1], *parts[4:]]) if len(parts) > 4 and parts[3] in ("01", "02") else ""


@rule(
    "IS12",
    title=Text("Baris ganda", "Duplicate row"),
    meaning=Text(
        "Kode (atau nama pada tempat yang sama) sudah dipakai baris lain dalam sub unit yang sama.",
        "The code (or the name in the same place) is used by another row of the same sub-unit.",
    ),
    why=Text("Anggarannya terhitung dua kali.", "Its budget is counted twice."),
    basis=FORM,
    remedy=Text(
        "Hapus salah satu, atau perbaiki kodenya. Untuk indikator kedua, kosongkan kode dan uraian.",
        "Delete one of them, or correct the code. For a second indicator leave code and name blank.",
    ),
    messages={
        "": Text(
            "{nama}: {kunci} sudah dipakai pada baris {baris}.", "{nama}: {kunci} is used on row {baris} already."
        ),
    },
    severity=always(ERROR),
)
def duplicate(document: Document) -> Iterator[Hit]:
    first: dict[tuple[str, str], Row] = {}
    for table, row, _ in _failures(document, "duplicate"):
        if not row.name and not row.text_of("kode"):
            continue
        earlier = first.setdefault((table.spec.key, row.record), row)
        if earlier is not row:
            key = "kode" if row.text_of("kode") else "uraian" if row.text_of("uraian") else "indikator"
            yield hit(
                table, row, key, found=row.text_of(key), related=[table.cell(earlier, key)], kunci=row.text_of(key), baris=earlier.number
            )  # fmt: skip


@rule(
    "IS13",
    title=Text("Pilihan tidak dikenal", "A word that is not in the list"),
    meaning=Text("Isinya bukan salah satu pilihan kolom itu.", "The content is none of the column's choices."),
    why=Text("Pilihan yang tidak dikenal tidak berpengaruh apa pun.", "A word that is not known has no effect."),
    basis=FORM,
    remedy=Text("Pilih dari daftar.", "Choose from the list."),
    messages={
        "": Text("{nama}: {kolom} berisi '{isi}'.", "{nama}: {kolom} holds '{isi}'."),
    },
    remedies={"": Text("Pilih salah satu: {pilihan}.", "Choose one of: {pilihan}.")},
    severity=always(WARNING),
)
def unknown_word(document: Document) -> Iterator[Hit]:
    for table, row, key in _failures(document, "word"):
        word = row.text_of(key)
        yield hit(table, row, key, found=word, isi=word, pilihan=table.spec.by_key[key].choices)


@rule(
    "IS14",
    title=Text("Rupiah pada baris indikator tambahan", "Money on the row of a further indicator"),
    meaning=Text(
        "Baris tanpa kode dan uraian adalah indikator tambahan dari baris di atasnya; baris ini memuat rupiah.",
        "A row without code and name is a further indicator of the row above; this one holds money.",
    ),
    why=Text(
        "Rupiah di sini tidak masuk ke jumlah mana pun, atau terhitung dua kali.",
        "Money here enters no sum, or is counted twice.",
    ),
    basis=FORM,
    remedy=Text(
        "Pindahkan rupiahnya ke baris di atasnya, atau isi kode dan uraian bila ini baris tersendiri.",
        "Move the money to the row above, or fill in code and name if this is a row of its own.",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} {isi:rp} berada pada baris indikator tambahan dari '{induk}'.",
            "{nama}: {kolom} {isi:rp} stands on a further indicator of '{induk}'.",
        )
    },
    severity=always(ERROR),
)
def money_on_continuation(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        for row in table.rows:
            if row.head is None or zeroed(row):
                continue
            for key in table.spec.sums:
                value = row.number_of(key)
                if value and not row.entry(key).ours:
                    above: list[Cell] = [table.cell(row.head, key)]
                    yield hit(table, row, key, found=value, rupiah=value, related=above, isi=value, induk=row.head.name)


RULES = (
    realisation_blank,
    target_blank,
    spending_blank,
    budget_blank,
    not_a_number,
    ambiguous,
    with_unit,
    error_cell,
    number_as_text,
    negative,
    malformed_code,
    duplicate,
    unknown_word,
    money_on_continuation,
    nothing_entered,
)
