"""SL (silang): what PK and Sasaran say of programs and their indicators, against Matriks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.rules.agreement import by_indicator, of_the_year, units_differ
from lakip_xl.rules.core import WARNING, Basis, Hit, always, amount, folded, hit, rule
from lakip_xl.rules.levels import astray
from lakip_xl.rules.names import listed, nearest, program, same_program
from lakip_xl.rules.reading import PAGU, active, leaves_total, total_of
from lakip_xl.rules.sums import disordered, same_money
from lakip_xl.table.model import Document, Row, Table

DPA = Basis(
    Text(
        "Perjanjian Kinerja memuat program dan anggaran dari DPA", "The agreement lists programs and money of the DPA"
    ),
    "practice",
)


def _matrix_programs(document: Document) -> tuple[Table, dict[str, list[Row]]] | None:
    """The matrix and its programs by plain name, each on several rows where sub units share it; None where it names none."""
    matrix = document.tables.get("matriks")
    if matrix is None:
        return None
    named: dict[str, list[Row]] = {}
    for row in matrix.rows:
        if row.level == "program" and row.text_of("uraian"):
            named.setdefault(program(row.text_of("uraian")), []).append(row)
    for heading in matrix.headings:
        if heading.level == "program":
            named.setdefault(program(heading.name), []).extend(heading.rows)
    return (matrix, named) if named else None


@rule(
    "SL06",
    title=Text("Program tidak ada pada Matriks", "A program that Matriks does not have"),
    meaning=Text(
        "Program yang disebut pada PK tahun laporan atau sebagai program pendukung pada Sasaran tidak ada pada Matriks.",
        "A program named in the PK of the report's year, or as supporting program in Sasaran, is not in Matriks.",
    ),
    why=Text(
        "Program itu salah tulis, sudah berganti nama, atau barisnya terlewat pada Matriks.",
        "The program is misspelled, has been renamed, or its row was forgotten in Matriks.",
    ),
    basis=DPA,
    remedy=Text(
        "Samakan nama programnya dengan DPA/DPPA, atau tambahkan barisnya pada Matriks.",
        "Make the name that of the DPA/DPPA, or add the row to Matriks.",
    ),
    messages={
        "": Text(
            "{lembar}: program '{program}' tidak ada pada Matriks.",
            "{lembar}: the program '{program}' is not in Matriks.",
        ),
        "banyak": Text(
            "{lembar}: {n} sel menyebut program yang tidak ada pada Matriks, mulai dari '{program}'.",
            "{lembar}: {n} cells name a program that is not in Matriks, starting with '{program}'.",
        ),
        "mirip": Text(
            "{lembar}: program '{program}' tidak ada pada Matriks; yang mirip: '{mirip}'.",
            "{lembar}: the program '{program}' is not in Matriks; one like it: '{mirip}'.",
        ),
    },
    severity=always(WARNING),
)
def program_unknown(document: Document) -> Iterator[Hit]:
    known = _matrix_programs(document)
    if known is None:
        return
    pair, sasaran = of_the_year(document), document.tables.get("sasaran")
    found: list[Hit] = []
    if pair is not None and pair[0].has("program"):
        found += _unknown(pair[0], pair[1], "program", known[1])
    if sasaran is not None and sasaran.has("program_pendukung"):
        found += _unknown(sasaran, list(active(sasaran)), "program_pendukung", known[1])
    if found and not _rows_misplaced(known[0]):
        yield from found


def _unknown(table: Table, rows: list[Row], key: str, known: dict[str, list[Row]]) -> Iterator[Hit]:
    places: list[tuple[Row, str]] = []
    strange = ""
    seen: dict[str, bool] = {}
    for row in rows:
        missing = [name for name in listed(row.text_of(key)) if not _is_known(name, known, seen)]
        if missing:
            places.append((row, key))
            strange = strange or missing[0]
    if not places:
        return
    near = nearest(program(strange), known) if len(places) == 1 else ""
    made = folded(table, places, program=strange, lembar=table.sheet, mirip=_written(known[near], near) if near else "")
    yield replace(made, variant="mirip" if near else made.variant, found=strange)


def _is_known(name: str, known: dict[str, list[Row]], seen: dict[str, bool]) -> bool:
    """Whether a text names a program of the matrix. What does not begin as a program does is read leniently, since it may be a remark."""
    plain = program(name)
    if plain not in seen:
        seen[plain] = not plain or any(
            same_program(plain, other) or (len(other) > 12 and other in plain) for other in known
        )
    return seen[plain]


@rule(
    "SL07",
    title=Text("Anggaran program pada PK dan Matriks berbeda", "PK and Matriks differ in a program's money"),
    meaning=Text(
        "Anggaran sebuah program pada PK tahun laporan tidak sama dengan anggarannya pada Matriks.",
        "A program's money in the PK of the report's year is not that in Matriks.",
    ),
    why=Text(
        "Keduanya berasal dari DPA/DPPA; sesudah Perubahan, Perjanjian Kinerja biasanya ikut diubah.",
        "Both come from the DPA/DPPA; after the Perubahan the agreement is usually changed as well.",
    ),
    basis=DPA,
    remedy=Text(
        "Cocokkan dengan DPA/DPPA; bila PK ditandatangani sebelum Perubahan dan tidak diubah, jelaskan di PENJELASAN (Catatan "
        "Perbaikan) atau KETERANGAN.",
        "Compare with the DPA/DPPA; if the PK was signed before the Perubahan and not changed, explain it in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "Program {program}: anggaran pada PK {pk:rp}, pada Matriks {matriks:rp}, selisih {selisih:rp}.",
            "Program {program}: {pk:rp} in PK, {matriks:rp} in Matriks, a difference of {selisih:rp}.",
        ),
        "banyak": Text(
            "Anggaran {n} program pada PK berbeda dari Matriks, mulai dari {program} (PK {pk:rp}, Matriks {matriks:rp}).",
            "The money of {n} programs in PK differs from Matriks, starting with {program} (PK {pk:rp}, Matriks {matriks:rp}).",
        ),
    },
    severity=always(WARNING),
)
def money_differs(document: Document) -> Iterator[Hit]:
    known, pair = _matrix_programs(document), of_the_year(document)
    if known is None or pair is None:
        return
    (matrix, programs), (pk, rows) = known, pair
    agreed: dict[str, tuple[Row, Decimal]] = {}
    for row in rows:
        own, name = row.number_of(PAGU), _name_in(program(row.text_of("program")), programs)
        if own is not None and name:
            first, sum_ = agreed.get(name, (row, Decimal(0)))
            agreed[name] = (first, sum_ + own)
    different = [
        (row, programs[name], sum_, there[0], name)
        for name, (row, sum_) in agreed.items()
        if (there := _totals(programs[name])) and not any(same_money(sum_, one) for one in there)
    ]
    if different and not _rows_misplaced(matrix):
        _, same, agreed_on, here, name = different[0]
        made = folded(
            pk, [(one, PAGU) for one, *_ in different], program=program(_written(same, name)).upper(), pk=agreed_on, matriks=here,
            selisih=abs(agreed_on - here),
        )  # fmt: skip
        cells = (*made.related, *(matrix.cell(row, PAGU) for _, there, *_ in different for row in there))
        made = replace(made, found=agreed_on, expected=here, related=cells)
        yield replace(made, difference=agreed_on - here, rupiah=abs(agreed_on - here))


def _written(rows: list[Row], name: str) -> str:
    """A program's name as its row has it; the plain name where it is a heading without a row."""
    return rows[0].text_of("uraian") if rows and rows[0].level == "program" else name.upper()


def _rows_misplaced(matrix: Table) -> bool:
    """Whether rows stand below another program than their own, or nowhere: that is the finding, and the programs' money hangs on it."""
    unread = any(row.text_of("kode") and not row.level for row in matrix.rows)
    return unread or disordered(matrix) or any(level == "program" for level, _ in astray(matrix))


def _totals(rows: list[Row]) -> list[Decimal]:
    """A program's money as it stands and as its rows add up; where the two differ, that is a finding of its own."""
    return [value for value in (total_of(rows, PAGU), leaves_total(rows, PAGU)) if value is not None]


def _name_in(name: str, programs: dict[str, list[Row]]) -> str:
    """The matrix's name for a program, "" where it has none."""
    if not name or name in programs:
        return name
    return next((other for other in programs if same_program(name, other)), "")


@rule(
    "SL05",
    title=Text("Indikator yang sama, angkanya berbeda", "One indicator with different figures"),
    meaning=Text(
        "Indikator dengan bunyi dan satuan yang sama mempunyai target atau realisasi yang berbeda pada Sasaran dan pada Matriks.",
        "An indicator of the same words and satuan has different targets or realisations in Sasaran and in Matriks.",
    ),
    why=Text("Pembaca menemukan dua angka untuk hal yang sama.", "Readers find two figures for one thing."),
    basis=Basis(Text("Kebiasaan reviu", "Practice of reviews"), "practice"),
    remedy=Text(
        "Samakan angkanya; bila yang diukur memang berbeda, bedakan bunyi indikatornya.",
        "Make the figures equal; if different things are measured, give the indicators different words.",
    ),
    messages={
        "": Text(
            "{indikator}: {kolom} pada Sasaran {sasaran}, pada Matriks {matriks}.",
            "{indikator}: {kolom} is {sasaran} in Sasaran, {matriks} in Matriks.",
        )
    },
    severity=always(WARNING),
)
def figures_differ(document: Document) -> Iterator[Hit]:
    matrix, sasaran = document.tables.get("matriks"), document.tables.get("sasaran")
    if matrix is None or sasaran is None:
        return
    wanted = by_indicator(list(active(sasaran)))
    if not wanted:
        return
    programs = [
        row for row in active(matrix) if (row.head or row).level in ("program", "kegiatan") and row.text_of("indikator")
    ]
    for name, same in by_indicator(programs).items():
        row, other = same[0], wanted.get(name, [None])[0]
        if other is None or units_differ(other, row) or not other.text_of("satuan") or not row.text_of("satuan"):
            continue
        for key in ("target", "realisasi"):
            here, there = other.number_of(key), row.number_of(key)
            if here is not None and there is not None and _apart(here, there):
                yield hit(
                    sasaran, other, key, found=here, expected=there, difference=here - there, related=[matrix.cell(row, key)],
                    indikator=other.text_of("indikator"), sasaran=amount(other, here), matriks=amount(row, there),
                )  # fmt: skip
                break


def _apart(one: Decimal, other: Decimal) -> bool:
    """Whether two figures differ by more than rounding to two decimals."""
    return abs(one - other) > Decimal("0.005")


RULES = (figures_differ, program_unknown, money_differs)
