"""SL (silang): does the Perjanjian Kinerja say what Sasaran, Matriks and Identitas say? Only what both say, and say differently."""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xl.errors import Text
from lakip_xl.rules.core import WARNING, Basis, Hit, always, amount, folded, hit, rule
from lakip_xl.rules.names import nearest, plain
from lakip_xl.rules.reading import active, cells_of
from lakip_xl.table.model import Document, Row, Table

PERMENPAN = Basis(
    Text(
        "PermenPANRB 53/2014: laporan kinerja mengukur yang diperjanjikan",
        "PermenPANRB 53/2014: the report measures what was agreed",
    ),
    "recalled",
)


def years(pk: Table) -> dict[int | None, list[Row]]:
    """The rows of the PK by year; a row without one is of the year above it, as in merged cells. None where there is none."""
    found: dict[int | None, list[Row]] = {}
    year = None
    for row in pk.rows:
        value = row.number_of("tahun")
        year = int(value) if value is not None and value == value.to_integral_value() else year
        found.setdefault(year, []).append(row)
    return found


def of_the_year(document: Document) -> tuple[Table, list[Row]] | None:
    """The PK and its rows of the year of the report (all where it names no year); None where there is nothing to compare."""
    pk = document.tables.get("pk")
    if pk is None:
        return None
    found = years(pk)
    rows = found.get(document.settings.year) or (found[None] if set(found) == {None} else [])
    return (pk, rows) if rows else None


@rule(
    "SL02",
    title=Text("Tahun PK tidak sesuai Identitas", "The year of the PK does not fit Identitas"),
    meaning=Text(
        "Lembar PK memuat tahun selain tahun laporan dan tahun sesudahnya, atau sama sekali tidak memuat tahun laporan.",
        "The sheet PK holds a year other than that of the report and the one after it, or not the year of the report at all.",
    ),
    why=Text(
        "Yang diukur adalah Perjanjian Kinerja tahun laporan; tahun yang tertinggal dari laporan lama sering lolos.",
        "It is the agreement of the report's year that is measured; years left over from an older report often slip through.",
    ),
    basis=PERMENPAN,
    remedy=Text("Perbaiki TAHUN pada PK, atau Tahun pada Identitas.", "Correct TAHUN in PK, or Tahun in Identitas."),
    messages={
        "": Text(
            "PK memuat tahun {isi}, sedangkan laporan ini untuk tahun {tahun}.",
            "The PK holds the year {isi}, but this report is for {tahun}.",
        ),
        "tidak_ada": Text(
            "PK hanya memuat tahun {isi}; Perjanjian Kinerja tahun laporan, {tahun}, tidak ada.",
            "The PK holds the year {isi} only; the agreement of the report's year, {tahun}, is missing.",
        ),
    },
    remedies={
        "tidak_ada": Text(
            "Isi PK tahun {tahun}, atau perbaiki TAHUN pada PK atau Tahun pada Identitas.",
            "Enter the PK of {tahun}, or correct TAHUN in PK or Tahun in Identitas.",
        ),
    },
    severity=always(WARNING),
)
def year_differs(document: Document) -> Iterator[Hit]:
    pk, year = document.tables.get("pk"), document.settings.year
    if pk is None or year is None or not pk.has("tahun"):
        return
    found = {other: rows for other, rows in years(pk).items() if other}
    strange = [other for other in found if other not in (year, year + 1)]
    missing = bool(found) and year not in found
    related = [document.settings.cells["tahun"]] if "tahun" in document.settings.cells else []
    if missing:
        rows = [row for other in found for row in found[other]]
        shown = tuple(str(other) for other in sorted(found))
        yield hit(
            pk, rows[0], "tahun", "tidak_ada", found=shown[0], expected=str(year), related=related, isi=shown, tahun=str(year)
        )  # fmt: skip
        return
    for other in strange:
        cells = [pk.cell(row, "tahun") for row in found[other]]
        yield hit(
            pk, found[other][0], "tahun", found=str(other), expected=str(year), related=[*cells, *related],
            isi=str(other), tahun=str(year),
        )  # fmt: skip


@rule(
    "SL03",
    title=Text("Target atau satuan PK dan Sasaran berbeda", "PK and Sasaran differ in target or satuan"),
    meaning=Text(
        "Indikator yang sama mempunyai target atau satuan yang berbeda pada PK tahun laporan dan pada Sasaran.",
        "One indicator has different targets or satuan in the PK of the report's year and in Sasaran.",
    ),
    why=Text(
        "Capaian harus diukur terhadap target yang diperjanjikan.",
        "Achievement is measured against the target agreed upon.",
    ),
    basis=PERMENPAN,
    remedy=Text(
        "Samakan dengan Perjanjian Kinerja yang terakhir ditandatangani.",
        "Make both equal to the performance agreement signed last.",
    ),
    messages={
        "": Text(
            "{indikator}: target pada Sasaran {sasaran}, pada PK {pk}.",
            "{indikator}: the target is {sasaran} in Sasaran, {pk} in PK.",
        ),
        "satuan": Text(
            "{indikator}: satuan pada Sasaran '{sasaran}', pada PK '{pk}'.",
            "{indikator}: the satuan is '{sasaran}' in Sasaran, '{pk}' in PK.",
        ),
    },
    severity=always(WARNING),
)
def target_differs(document: Document) -> Iterator[Hit]:
    pair, sasaran = of_the_year(document), document.tables.get("sasaran")
    if pair is None or sasaran is None:
        return
    pk, rows = pair
    agreed = by_indicator(rows)
    for row in active(sasaran):
        for other in agreed.get(plain(row.text_of("indikator")), ())[:1]:
            name = row.text_of("indikator")
            here, there = row.number_of("target"), other.number_of("target")
            if here is not None and there is not None and here != there:
                yield hit(
                    sasaran, row, "target", found=here, expected=there, difference=here - there,
                    related=cells_of(pk, other, "target"), indikator=name, sasaran=amount(row, here), pk=amount(other, there),
                )  # fmt: skip
            elif units_differ(row, other) and sasaran.has("satuan"):
                yield hit(
                    sasaran, row, "satuan", "satuan", found=row.text_of("satuan"), expected=other.text_of("satuan"),
                    related=cells_of(pk, other, "satuan"), indikator=name,
                    sasaran=row.text_of("satuan"), pk=other.text_of("satuan"),
                )  # fmt: skip


def by_indicator(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows by plain indicator; those that stand twice are no help and are left out."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        name = plain(row.text_of("indikator"))
        if name:
            found.setdefault(name, []).append(row)
    return {name: same for name, same in found.items() if len(same) == 1}


_PERCENT = ("%", "persen", "persentase", "prosen")


def units_differ(one: Row, other: Row) -> bool:
    """Whether both rows have a satuan, and not the same."""
    units = [row.text_of("satuan").casefold().strip(" .") for row in (one, other)]
    return all(units) and units[0] != units[1] and not all(unit in _PERCENT for unit in units)


@rule(
    "SL04",
    title=Text("Indikator PK dan Sasaran tidak sama", "PK and Sasaran do not have the same indicators"),
    meaning=Text(
        "Ada indikator PK tahun laporan yang tidak diukur pada Sasaran, atau indikator Sasaran yang tidak diperjanjikan.",
        "An indicator of the year's PK is not measured in Sasaran, or one of Sasaran was not agreed upon.",
    ),
    why=Text(
        "Laporan mempertanggungjawabkan seluruh indikator yang diperjanjikan, tidak kurang dan tidak lebih.",
        "The report accounts for all indicators that were agreed upon, no fewer and no others.",
    ),
    basis=PERMENPAN,
    remedy=Text(
        "Samakan bunyi indikatornya, tambahkan yang belum ada, atau jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Give the indicators the same words, add what is missing, or explain it in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "Indikator PK '{indikator}' tidak ada pada Sasaran.", "The PK's indicator '{indikator}' is not in Sasaran."
        ),
        "banyak": Text(
            "{n} indikator PK tidak ada pada Sasaran, mulai dari '{indikator}'.",
            "{n} indicators of the PK are not in Sasaran, starting with '{indikator}'.",
        ),
        "mirip": Text(
            "Indikator PK '{indikator}' tidak ada pada Sasaran; yang mirip: '{mirip}'.",
            "The PK's indicator '{indikator}' is not in Sasaran; one like it: '{mirip}'.",
        ),
        "lain": Text(
            "Indikator PK '{indikator}' tidak ada pada Sasaran; sebaliknya '{mirip}' pada Sasaran tidak ada pada PK.",
            "The PK's indicator '{indikator}' is not in Sasaran; '{mirip}' of Sasaran is not in the PK in turn.",
        ),
        "sasaran": Text(
            "Indikator Sasaran '{indikator}' tidak ada pada PK tahun {tahun}.",
            "The indicator '{indikator}' of Sasaran is not in the PK of {tahun}.",
        ),
        "sasaran_banyak": Text(
            "{n} indikator Sasaran tidak ada pada PK tahun {tahun}, mulai dari '{indikator}'.",
            "{n} indicators of Sasaran are not in the PK of {tahun}, starting with '{indikator}'.",
        ),
    },
    remedies={
        "mirip": Text(
            "Bila keduanya sama, samakan bunyinya; bila tidak, tambahkan indikator PK itu pada Sasaran.",
            "If the two are the same, give them the same words; if not, add the PK's indicator to Sasaran.",
        ),
        "lain": Text(
            "Bila keduanya sama, samakan bunyinya; bila tidak, tambahkan indikator PK itu pada Sasaran dan jelaskan yang tidak "
            "diperjanjikan.",
            "If the two are the same, give them the same words; if not, add the PK's indicator to Sasaran and explain the other.",
        ),
    },
    severity=always(WARNING),
)
def indicators_differ(document: Document) -> Iterator[Hit]:
    pair, sasaran = of_the_year(document), document.tables.get("sasaran")
    if pair is None or sasaran is None:
        return
    pk, rows = pair
    agreed = {name: row for row in rows if (name := plain(row.text_of("indikator")))}
    measured = {name: row for row in active(sasaran) if (name := plain(row.text_of("indikator")))}
    if not agreed or not measured:
        return
    absent = [name for name in agreed if name not in measured]
    others = [name for name in measured if name not in agreed]
    likely = {name: nearest(name, others[:_MANY]) for name in absent[:_MANY]}
    word = "mirip"
    if len(absent) == len(others) == 1 and not likely[absent[0]]:  # one stands where the other should
        likely, word = {absent[0]: others[0]}, "lain"
    alone = [name for name in absent if not likely.get(name)]
    for name in absent:
        other = likely.get(name)
        if other:
            row, there = agreed[name], measured[other]
            yield hit(
                pk, row, "indikator", word, found=row.text_of("indikator"), expected=there.text_of("indikator"),
                related=[sasaran.cell(there, "indikator")], indikator=row.text_of("indikator"), mirip=there.text_of("indikator"),
            )  # fmt: skip
    yield from _missing(pk, [agreed[name] for name in alone], "", document)
    matched = set(likely.values())
    yield from _missing(sasaran, [measured[name] for name in others if name not in matched], "sasaran", document)


_MANY = 200
"""So many indicators are compared for likeness; an office has a dozen."""


def _missing(table: Table, rows: list[Row], word: str, document: Document) -> Iterator[Hit]:
    if rows:
        made = folded(
            table,
            [(row, "indikator") for row in rows],
            indikator=rows[0].text_of("indikator"),
            tahun=str(document.settings.year),
        )
        yield Hit(
            made.cell, "_".join(part for part in (word, made.variant) if part), found=rows[0].text_of("indikator"),
            related=made.related, record=made.record, column=made.column, values=made.values,
        )  # fmt: skip


RULES = (year_differs, target_differs, indicators_differ)
