"""ST: is the form there, and what else is in the workbook?"""

from __future__ import annotations

from collections.abc import Iterator

from lakip_xl.cells import Cell, letters
from lakip_xl.errors import Text
from lakip_xl.rules.core import ERROR, INFO, Basis, Hit, always, rule
from lakip_xl.table.model import Document, Table

FORM = Basis(Text("Susunan formulir, edisi yang dipakai", "Layout of the form, the edition in use"), "seen")
SAFETY = Basis(Text("Batas alat ini sendiri", "A limit of this tool itself"), "practice")


def _heading_cell(table: Table) -> Cell:
    return Cell(table.sheet, table.header_row, min(table.layout.columns.values(), default=1))


@rule(
    "ST01",
    title=Text("Judul kolom wajib tidak ditemukan", "A required column heading is missing"),
    meaning=Text(
        "Kolom dikenali dari judulnya, bukan dari letaknya. Judul kolom yang wajib tidak ada, atau ditulis lain.",
        "Columns are known by their heading, not by their place. A required heading is absent or spelled differently.",
    ),
    why=Text(
        "Tanpa kolom ini isian tidak dapat dibaca, dan rumus yang memakainya tidak dapat ditulis.",
        "Without this column its figures cannot be read, and no formula that uses it can be written.",
    ),
    basis=FORM,
    remedy=Text("Tulis judul kolom seperti pada formulir.", "Write the heading as the form prints it."),
    messages={
        "": Text(
            "Judul kolom '{kolom}' tidak ditemukan; yang dikenali: {dikenali}.",
            "The heading '{kolom}' was not found; known here: {dikenali}.",
        ),
        "asing": Text(
            "Judul kolom '{kolom}' tidak ditemukan. Judul kolom {asing} tidak dikenal; yang dikenali: {dikenali}.",
            "The heading '{kolom}' was not found. The heading of column {asing} is unknown; known here: {dikenali}.",
        ),
        "mirip": Text(
            "Judul kolom '{kolom}' tidak ditemukan; yang ada '{mirip}'.",
            "The heading '{kolom}' was not found; there is '{mirip}'.",
        ),
    },
    remedies={
        "": Text(
            "Tambahkan kolom '{kolom}', atau perbaiki judul kolom yang memuatnya.",
            "Add the column '{kolom}', or correct the heading of the column that holds it.",
        ),
        "asing": Text(
            "Bila isiannya ada di kolom {asing}, ubah judulnya menjadi '{kolom}'; bila tidak, tambahkan kolom itu.",
            "If its figures stand in column {asing}, change the heading to '{kolom}'; otherwise add the column.",
        ),
        "mirip": Text(
            "Bila yang dimaksud kolom itu, ubah judulnya menjadi '{kolom}'.",
            "If that column is meant, change its heading to '{kolom}'.",
        ),
    },
    severity=always(ERROR),
)
def heading_missing(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        for key, near in table.missing.items():
            column = table.spec.by_key[key]
            if column.required:
                strange = _strange_columns(table)
                values = {"kolom": column.heading, "mirip": near, "dikenali": _known_headings(table), "asing": strange}
                yield Hit(
                    _heading_cell(table),
                    "mirip" if near else "asing" if strange else "",
                    near or None,
                    column.heading,
                    column=key,
                    values=values,
                )


def _known_headings(table: Table) -> tuple[str, ...]:
    """The headings that were recognised, as the form prints them, in the order of the sheet."""
    return tuple(
        table.spec.by_key[key].heading for key in sorted(table.layout.columns, key=table.layout.columns.__getitem__)
    )


def _strange_columns(table: Table) -> tuple[str, ...]:
    """The letters of the columns that hold something on rows of the table, but whose heading is none of the form's."""
    numbers = {row.number for row in table.rows}
    return tuple(letters(column) for column in sorted({cell.column for cell in table.outside if cell.row in numbers}))


@rule(
    "ST02",
    title=Text("Judul kolom yang hampir sama", "A heading that is nearly one of the form"),
    meaning=Text(
        "Sebuah judul mirip dengan judul pada formulir tetapi tidak sama, sehingga kolomnya tidak dibaca.",
        "A heading resembles one of the form without being equal, so its column is not read.",
    ),
    why=Text("Isian pada kolom itu tidak ikut diperiksa.", "What stands in that column is not checked."),
    basis=FORM,
    remedy=Text(
        "Samakan judulnya dengan formulir bila memang kolom itu yang dimaksud; bila tidak, biarkan.",
        "Make the heading equal to the form's if that column is meant; otherwise leave it.",
    ),
    messages={
        "": Text(
            "Judul '{mirip}' tidak dikenal dan kolomnya tidak dibaca; mungkin maksudnya '{kolom}'.",
            "The heading '{mirip}' is unknown and its column is not read; perhaps '{kolom}' is meant.",
        )
    },
    severity=always(INFO),
)
def heading_near(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        for key, near in table.missing.items():
            column = table.spec.by_key[key]
            if near and not column.required:
                values = {"kolom": column.heading, "mirip": near}
                yield Hit(_heading_cell(table), "", near, column.heading, column=key, values=values)


@rule(
    "ST03",
    title=Text("Lembar formulir tidak ada", "A sheet of the form is missing"),
    meaning=Text(
        "Buku kerja tidak memuat semua lembar formulir. Buku kerja milik kantor boleh hanya memuat matriks.",
        "The workbook does not hold all sheets of the form. An office's own workbook may hold the matrix alone.",
    ),
    why=Text(
        "Pemeriksaan silang dan bagian Ringkasan yang memakai lembar itu tidak dapat dibuat.",
        "Cross-checks, and the parts of Ringkasan that use the sheet, cannot be made.",
    ),
    basis=FORM,
    remedy=Text(
        "Salin lembar itu dari templat bila diperlukan ('lakip-xl template').",
        "Copy the sheet from the template if you need it ('lakip-xl template').",
    ),
    messages={"": Text("Lembar yang tidak ada: {lembar}.", "Sheets that are not there: {lembar}.")},
    severity=always(INFO),
)
def sheets_missing(document: Document) -> Iterator[Hit]:
    if document.missing_sheets:
        yield Hit(_first_cell(document), values={"lembar": tuple(document.missing_sheets)})


def _first_cell(document: Document) -> Cell:
    return Cell(document.sheets[0], 1, 1)


@rule(
    "ST04",
    title=Text("Isian di luar formulir", "Cells outside the form"),
    meaning=Text(
        "Ada sel terisi di samping atau di bawah formulir, pada lembar yang sama.",
        "Cells beside or below the form, on the same sheet, hold something.",
    ),
    why=Text(
        "Isinya tidak diperiksa dan tidak dijumlahkan; tetap disimpan apa adanya.",
        "They are neither checked nor added up; they are kept as they are.",
    ),
    basis=FORM,
    remedy=Text(
        "Bila seharusnya bagian dari formulir, pindahkan ke dalam tabel; bila tidak, biarkan.",
        "If they belong to the form, move them into the table; otherwise leave them.",
    ),
    messages={
        "": Text(
            "Sel ini berada di luar formulir dan tidak ikut diperiksa.",
            "This cell stands outside the form and is not checked.",
        ),
        "banyak": Text(
            "{n} sel berada di luar formulir dan tidak ikut diperiksa.",
            "{n} cells stand outside the form and are not checked.",
        ),
    },
    severity=always(INFO),
)
def outside_the_form(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        named = _named_columns(table)
        outside = sorted(cell for cell in table.outside if letters(cell.column) not in named)
        if outside:
            first, *rest = outside
            yield Hit(first, "banyak" if rest else "", related=tuple(rest), values={"n": len(outside)})


def _named_columns(table: Table) -> tuple[str, ...]:
    """The columns of which a finding about their heading speaks already: what stands in them follows from it."""
    strange = _strange_columns(table)
    near = sum(bool(heading) for heading in table.missing.values())
    required = any(table.spec.by_key[key].required for key in table.missing)
    return strange if required or len(strange) <= near else ()


@rule(
    "ST05",
    title=Text("Buku kerja memuat makro", "The workbook holds macros"),
    meaning=Text(
        "Ada makro di dalam berkas. Makro tidak pernah dijalankan oleh alat ini.",
        "The file holds macros. This tool never runs them.",
    ),
    why=Text(
        "Penerima dapat menolak berkas bermakro, dan angka dapat berubah karenanya.",
        "A recipient may refuse a file with macros, and they may change figures.",
    ),
    basis=SAFETY,
    remedy=Text("Pastikan makro itu milik kantor sendiri.", "Make sure that the macros are the office's own."),
    messages={
        "": Text(
            "Buku kerja ini memuat makro; disimpan, tidak dijalankan.",
            "This workbook holds macros; they are kept and not run.",
        )
    },
    severity=always(INFO),
)
def macros(document: Document) -> Iterator[Hit]:
    if document.facts.get("macros"):
        yield Hit(_first_cell(document))


@rule(
    "ST06",
    title=Text("Tautan ke berkas lain", "Links to other files"),
    meaning=Text(
        "Ada rumus yang mengambil angka dari buku kerja lain. Tautan tidak pernah diikuti oleh alat ini.",
        "Formulas take figures from other workbooks. This tool never follows such links.",
    ),
    why=Text(
        "Di komputer lain berkas sumbernya tidak ada, sehingga angkanya dapat usang atau rusak.",
        "On another computer the source file is absent, so the figures may be stale or broken.",
    ),
    basis=SAFETY,
    remedy=Text(
        "Ganti tautan dengan nilainya sebelum berkas dikirim (Data, Edit Links, Break Link).",
        "Replace the links by their values before the file is sent (Data, Edit Links, Break Link).",
    ),
    messages={
        "": Text("Buku kerja ini bertaut ke berkas lain: {berkas}.", "This workbook links to other files: {berkas}.")
    },
    severity=always(INFO),
)
def external_links(document: Document) -> Iterator[Hit]:
    links = document.facts.get("external_links")
    if isinstance(links, tuple | list) and links:
        yield Hit(_first_cell(document), values={"berkas": tuple(str(link) for link in links)})


@rule(
    "ST14",
    title=Text("Lembar lain yang juga memuat matriks", "Another sheet that holds a matrix too"),
    meaning=Text(
        "Lebih dari satu lembar memuat matriks, misalnya matriks tahun lalu atau salinan per triwulan. Hanya satu yang diperiksa dan "
        "diisi.",
        "More than one sheet holds a matrix, for example last year's or a copy for each quarter. Only one is checked and filled.",
    ),
    why=Text(
        "Bila yang diperiksa bukan lembar yang dimaksud, kesalahan pada lembar yang dimaksud tidak terlihat.",
        "If the sheet that is checked is not the one that is meant, the faults of the other stay unseen.",
    ),
    basis=SAFETY,
    remedy=Text(
        "Bila lembar itu yang dimaksud, jalankan lagi dengan --sheet dan nama lembarnya; bila tidak, biarkan.",
        "If that sheet is meant, run again with --sheet and its name; if not, leave it.",
    ),
    messages={
        "": Text(
            "Matriks juga ada pada lembar {lembar}; yang diperiksa lembar '{dipakai}'.",
            "There is a matrix on the sheet {lembar} too; the sheet '{dipakai}' was checked.",
        )
    },
    severity=always(INFO),
)
def rivals(document: Document) -> Iterator[Hit]:
    if document.rivals:
        first, *rest = document.rivals
        names = tuple(f"'{cell.sheet}'" for cell in document.rivals)
        yield Hit(first, related=tuple(rest), values={"lembar": names, "dipakai": document.main.sheet})


RULES = (
    heading_missing,
    heading_near,
    sheets_missing,
    outside_the_form,
    macros,
    external_links,
    rivals,
)
