"""ST: is the form there, and do its rows stand where they belong?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xl.cells import Cell
from lakip_xl.errors import Text
from lakip_xl.rules.core import ERROR, INFO, WARNING, Basis, Hit, always, folded, hit, level_word, rule
from lakip_xl.rules.reading import active
from lakip_xl.table.model import Document, Row, Table

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
        "": Text("Judul kolom '{kolom}' tidak ditemukan.", "The heading '{kolom}' was not found."),
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
                values = {"kolom": column.heading, "mirip": near}
                yield Hit(
                    _heading_cell(table),
                    "mirip" if near else "",
                    near or None,
                    column.heading,
                    column=key,
                    values=values,
                )


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
        if table.outside:
            first, *rest = sorted(table.outside)
            yield Hit(first, "banyak" if rest else "", related=tuple(rest), values={"n": len(table.outside)})


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
    "ST07",
    title=Text("Tingkat baris tidak diketahui", "The level of a row is unknown"),
    meaning=Text(
        "Tidak dapat ditentukan apakah baris ini program, kegiatan, atau sub kegiatan: dari kode, TINGKAT, maupun namanya.",
        "Neither code, TINGKAT nor name tells whether the row is a program, an activity or a sub-activity.",
    ),
    why=Text(
        "Baris tanpa tingkat tidak ikut dijumlahkan ke mana pun.",
        "A row without a level enters no sum.",
    ),
    basis=FORM,
    remedy=Text("Isi KODE, atau pilih TINGKAT.", "Fill in KODE, or choose TINGKAT."),
    messages={
        "": Text("{nama}: tingkat baris tidak dapat ditentukan.", "{nama}: the level of the row cannot be determined."),
        "banyak": Text(
            "Tingkat {n} baris tidak dapat ditentukan, mulai dari '{nama}'.",
            "The level of {n} rows cannot be determined, starting with '{nama}'.",
        ),
    },
    severity=always(ERROR),
)
def level_unknown(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        if not table.spec.levels:
            continue
        key = next((k for k in ("tingkat", "kode", "uraian") if table.has(k)), "uraian")
        lost = [row for row in active(table) if not row.level and row.head is None and not _needs_no_level(table, row)]
        if lost:
            yield folded(table, [(row, key) for row in lost])


_CODE_SHAPE = re.compile(r"[0-9X]+(\.[0-9X]+)*")


def _needs_no_level(table: Table, row: Row) -> bool:
    """A row wider than the form's widest level (account 5, BELANJA), or one whose code is at fault: that is reported there."""
    code = row.text_of("kode")
    if not code:
        return False
    names = table.spec.code_levels
    return not _CODE_SHAPE.fullmatch(code) or code.count(".") >= len(names) or ("." not in code and not names[0])


@rule(
    "ST08",
    title=Text("Baris tidak berada di bawah induknya", "A row does not stand below its parent"),
    meaning=Text(
        "Menurut kode atau tingkatnya, baris ini mestinya berada di bawah baris lain yang tidak ada di atasnya.",
        "By its code or level the row belongs below another row that does not stand above it.",
    ),
    why=Text(
        "Angkanya masuk ke jumlah yang keliru, atau tidak masuk ke jumlah mana pun.",
        "Its figures enter the wrong sum, or none at all.",
    ),
    basis=Basis(
        Text(
            "Susunan kode nomenklatur (Permendagri 90/2019 dan pemutakhirannya)",
            "The national code system (Permendagri 90/2019, updated)",
        ),
        "inferred",
    ),
    remedy=Text(
        "Pindahkan baris ke bawah induknya, tambahkan baris induk, atau perbaiki kodenya.",
        "Move the row below its parent, add the parent's row, or correct the code.",
    ),
    messages={
        "": Text(
            "{nama}: kode {kode} berada di bawah '{induk}' ({kode_induk}), bukan di bawah {tingkat} {seharusnya}.",
            "{nama}: code {kode} stands below '{induk}' ({kode_induk}), not below {tingkat} {seharusnya}.",
        ),
        "tanpa_induk": Text(
            "{nama}: tidak ada baris {tingkat} {seharusnya} di atasnya.",
            "{nama}: no {tingkat} {seharusnya} stands above it.",
        ),
    },
    severity=always(WARNING),
)
def parent_absent(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        if not table.spec.levels:
            continue
        key = "kode" if table.has("kode") else "uraian"
        present = {row.level for row in table.rows}
        astray: dict[tuple[str, str], list[Row]] = {}
        for row in active(table):
            wanted = _parent_level(table, row, present)
            if wanted:
                code = _code_at(table, row, wanted)
                parent = row.parent
                if (
                    parent is None
                    or parent.level != wanted
                    or (code and parent.text_of("kode") and parent.text_of("kode") != code)
                ):
                    astray.setdefault((wanted, code or f"#{parent.number if parent else 0}"), []).append(row)
        for (wanted, code), rows in astray.items():
            first, parent = rows[0], rows[0].parent
            inside = parent is not None and parent.level == wanted
            yield hit(
                table, first, key, "" if inside else "tanpa_induk",
                found=first.text_of("kode") or None,
                related=[table.cell(row, key) for row in rows[1:]],
                kode=first.text_of("kode"),
                tingkat=level_word(wanted),
                seharusnya="" if code.startswith("#") else code,
                induk=parent.name if parent else "",
                kode_induk=parent.text_of("kode") if parent else "",
            )  # fmt: skip


def _parent_level(table: Table, row: Row, present: set[str]) -> str:
    """The next wider level that the table has rows of; "" where the row is at the top."""
    if not row.level or row.level not in table.spec.levels:
        return ""
    wider = table.spec.levels[1 : table.spec.depth(row.level)]
    return next((level for level in reversed(wider) if level in present and level != "sub unit"), "")


def _code_at(table: Table, row: Row, level: str) -> str:
    """The row's code cut down to a wider level."""
    code, names = row.text_of("kode"), table.spec.code_levels
    if not code or level not in names:
        return ""
    return ".".join(code.split(".")[: names.index(level) + 1])


RULES = (
    heading_missing,
    heading_near,
    sheets_missing,
    outside_the_form,
    macros,
    external_links,
    level_unknown,
    parent_absent,
)
