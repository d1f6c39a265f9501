"""ST: does every row stand where it belongs?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lakip_xl.errors import Text
from lakip_xl.rules.core import ERROR, WARNING, Basis, Hit, always, folded, hit, level_word, rule
from lakip_xl.rules.reading import active, cells_of, choice_with_spaces, level_against_code
from lakip_xl.rules.sums import disordered
from lakip_xl.table.model import Document, Row, Table
from lakip_xl.table.rows import level_of_code

FORM = Basis(Text("Susunan formulir, edisi yang dipakai", "Layout of the form, the edition in use"), "seen")


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
    remedy=Text(
        "Isi KODE, atau pilih TINGKAT; tambahkan kolom TINGKAT bila keduanya tidak ada.",
        "Fill in KODE, or choose TINGKAT; add the column TINGKAT if there is neither.",
    ),
    messages={
        "": Text("{nama}: tingkat baris tidak dapat ditentukan.", "{nama}: the level of the row cannot be determined."),
        "banyak": Text(
            "Tingkat {n} baris tidak dapat ditentukan, mulai dari '{nama}'.",
            "The level of {n} rows cannot be determined, starting with '{nama}'.",
        ),
        "urusan": Text(
            "{nama}: tampaknya baris {tingkat}, tetapi tingkatnya tidak dapat ditentukan; anggarannya terhitung dua kali bila baris ini "
            "ikut dijumlahkan.",
            "{nama}: this seems to be a row of a {tingkat}, but its level cannot be determined; its money counts twice if the row is "
            "added up.",
        ),
    },
    remedies={
        "": Text("{caranya}.", "{caranya}."),
        "banyak": Text("{caranya}.", "{caranya}."),
        "urusan": Text(
            "Pilih TINGKAT '{tingkat_id}' (tambahkan kolom TINGKAT bila belum ada), atau isi KODE-nya.",
            "Choose TINGKAT '{tingkat_id}' (add the column TINGKAT if there is none), or fill in its KODE.",
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
        for row in lost:
            wide = _urusan(row)
            if wide:
                yield hit(table, row, key, "urusan", expected=wide, tingkat=level_word(wide), tingkat_id=wide)
        lost = [row for row in lost if not _urusan(row)]
        if lost:
            can_choose = table.has("kode") or table.has("tingkat")
            yield folded(table, [(row, key) for row in lost], caranya=_CHOOSE if can_choose else _ADD_A_COLUMN)


_CHOOSE = Text("Isi KODE, atau pilih TINGKAT", "Fill in KODE, or choose TINGKAT")
_ADD_A_COLUMN = Text(
    "Tambahkan kolom berjudul TINGKAT di baris judul, lalu tulis program, kegiatan, atau sub kegiatan pada setiap baris, bukan hanya "
    "pada baris ini; atau tambahkan kolom KODE",
    "Add a column headed TINGKAT in the row of headings, and write program, kegiatan or sub kegiatan on every row, not only on this "
    "one; or add a column KODE",
)


def _urusan(row: Row) -> str:
    """The level above program that the name of a row without a level says; "" where it says none."""
    name = row.text_of("uraian").casefold()
    if name.startswith(("bidang urusan", "urusan pemerintahan bidang")):
        return "bidang urusan"
    return "urusan" if name.startswith(("urusan ", "unsur ")) else ""


_CODE_SHAPE = re.compile(r"[0-9X]+(\.[0-9X]+)*")


def _needs_no_level(table: Table, row: Row) -> bool:
    """A row wider than the form's widest level (account 5, BELANJA), or one whose code is at fault: that is reported there."""
    code = row.text_of("kode")
    if not code or row.entry("kode").fault:
        return bool(code)
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
        "di_bawah": Text(
            "{nama}: {tingkat} {seharusnya} baru ada di bawahnya, pada baris {baris_induk}.",
            "{nama}: {tingkat} {seharusnya} stands only further down, on row {baris_induk}.",
        ),
    },
    remedies={
        "di_bawah": Text(
            "Pindahkan baris {baris_induk} ke atas baris {baris}.", "Move row {baris_induk} above row {baris}."
        ),
        "": Text(
            "Pindahkan ke bawah {tingkat} {seharusnya}; bila baris itu belum ada, tambahkan di atas baris {baris}; bila kodenya yang "
            "keliru, perbaiki kodenya.",
            "Move it below {tingkat} {seharusnya}; if that row is missing, add it above row {baris}; if the code is wrong, correct it.",
        ),
        "tanpa_induk": Text(
            "Tambahkan baris {tingkat} {seharusnya} di atas baris {baris}, pindahkan barisnya ke bawah {tingkat} yang benar, atau "
            "perbaiki kodenya.",
            "Add the row {tingkat} {seharusnya} above row {baris}, move the row below the right {tingkat}, or correct the code.",
        ),
    },
    severity=always(WARNING),
)
def parent_absent(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        if not table.spec.levels:
            continue
        key = "kode" if table.has("kode") else "uraian"
        lost = astray(table)
        further_down = (
            {row.text_of("kode").rstrip("."): row for row in reversed(table.rows) if row.text_of("kode")}
            if lost
            else {}
        )
        for (wanted, code), rows in lost.items():
            first, parent = rows[0], rows[0].parent
            inside = parent is not None and parent.level == wanted
            below = further_down.get(code)
            late = below is not None and below.level == wanted and below.number > rows[-1].number
            yield hit(
                table, first, key, "di_bawah" if late else "" if inside else "tanpa_induk",
                found=first.text_of("kode") or None,
                related=[table.cell(row, key) for row in rows[1:]],
                kode=first.text_of("kode"),
                tingkat=level_word(wanted),
                seharusnya="" if code.startswith("#") else code,
                baris=first.number,
                baris_induk=below and below.number,
                induk=parent.name if parent else "",
                kode_induk=parent.text_of("kode") if parent else "",
            )  # fmt: skip


def astray(table: Table) -> dict[tuple[str, str], list[Row]]:
    """The rows that do not stand below their parent, by its level and code ("#" and a row's number where that cannot be said)."""
    present = {row.level for row in table.rows}
    # Where the code of the row above is not read as one, how it is written is the finding.
    unread = {_parts(row.text_of("kode")) for row in table.rows if not row.level and row.text_of("kode")}
    found: dict[tuple[str, str], list[Row]] = {}
    for row in active(table):
        if disordered(table, row) or _code_against_column(table, row):
            continue  # a TINGKAT, or the column of the name, against its KODE is the finding
        wanted = _parent_level(table, row, present)
        if wanted:
            code = _code_at(table, row, wanted)
            parent = row.parent
            if (
                parent is None
                or parent.level != wanted
                or (code and parent.text_of("kode") and not _same_code(parent.text_of("kode"), code))
            ) and _parts(code) not in unread:
                found.setdefault((wanted, code or f"#{parent.number if parent else 0}"), []).append(row)
    return found


def _parent_level(table: Table, row: Row, present: set[str]) -> str:
    """The next wider level that the table has rows of; "" where the row is at the top."""
    if not row.level:
        return ""
    wider = table.spec.levels[: table.spec.depth(row.level)]
    # A parent that is but a heading beside its rows has no row that could be missing.
    reached = table.spec.depth(row.parent.level) if row.parent is not None else -1
    wider = wider[: min((d for h in row.above if (d := table.spec.depth(h.level)) > reached), default=len(wider))]
    return next((level for level in reversed(wider) if level in present and level != "sub unit"), "")


def _code_at(table: Table, row: Row, level: str) -> str:
    """The row's code cut down to a wider level."""
    return ".".join(row.text_of("kode").split(".")[: table.spec.code_levels.index(level) + 1])


def _same_code(one: str, other: str) -> bool:
    """Whether two codes name one row of the nomenclature, in which X stands for any digit."""
    parts, others = _parts(one), _parts(other)
    return len(parts) == len(others) and all(a == b or "X" in a + b for a, b in zip(parts, others, strict=True))


def _parts(code: str) -> tuple[str, ...]:
    """The numbers of a code without what its writing adds: zeros in front, spaces, a dot at the end. How it is written has its own rule."""
    return tuple(re.findall(r"X+|[1-9][0-9]*|0(?![0-9])", code))


@rule(
    "ST11",
    title=Text("TINGKAT tidak sesuai", "TINGKAT does not fit"),
    meaning=Text(
        "TINGKAT yang dipilih bertentangan dengan KODE, atau memuat spasi sehingga Excel tidak mengenalinya.",
        "The TINGKAT chosen contradicts KODE, or holds spaces so that Excel does not know it.",
    ),
    why=Text(
        "Rumus jumlah mencari baris dari TINGKAT: baris ini masuk ke jumlah yang keliru, atau tidak masuk ke jumlah mana pun.",
        "Sums look for their rows by TINGKAT: this one enters the wrong sum, or none at all.",
    ),
    basis=FORM,
    remedy=Text(
        "Kosongkan TINGKAT dan jalankan 'lakip-xl fill', atau pilih lagi dari daftar; bila kodenya yang keliru, perbaiki kodenya.",
        "Clear TINGKAT and run 'lakip-xl fill', or choose again from the list; if the code is wrong, correct it.",
    ),
    messages={
        "": Text(
            "{nama}: kode {kode} adalah kode {menurut_kode}, tetapi TINGKAT berisi '{isi}'.",
            "{nama}: the code {kode} is that of a {menurut_kode}, but TINGKAT says '{isi}'.",
        ),
        "spasi": Text(
            "{nama}: TINGKAT '{isi}' memuat spasi di depan, di belakang, atau di dalam, sehingga jumlah di Excel melewatinya.",
            "{nama}: TINGKAT '{isi}' holds a stray space, so that the sums in Excel pass over it.",
        ),
    },
    remedies={
        "": Text(
            "Pilih '{pilihan}' pada TINGKAT; bila kodenya yang keliru, perbaiki kodenya.",
            "Choose '{pilihan}' in TINGKAT; if the code is wrong, correct it.",
        ),
        "spasi": Text("Pilih lagi '{pilihan}' dari daftar.", "Choose '{pilihan}' from the list again."),
    },
    severity=always(ERROR),
)
def level_misfits(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        if not table.has("tingkat"):
            continue
        for row in table.rows:  # rows out of use too: their money counts
            against, tidy = level_against_code(table, row), choice_with_spaces(table, row, "tingkat")
            if against or tidy:
                yield hit(
                    table, row, "tingkat", "" if against else "spasi",
                    found=row.entry("tingkat").raw, expected=against or tidy, related=cells_of(table, row, "kode"),
                    isi=row.text_of("tingkat") if against else row.entry("tingkat").raw, kode=row.text_of("kode"),
                    menurut_kode=level_word(against), pilihan=against or tidy,
                )  # fmt: skip


@rule(
    "ST15",
    title=Text("Tampilan dan jumlah menunjukkan tingkat yang berbeda", "Look and sums tell different levels"),
    meaning=Text(
        "Baris tanpa kode dikenali dari nomor, indentasi, atau huruf tebal, dan dari jumlah yang cocok. Di sini keduanya tidak sejalan.",
        "Rows without codes are known by their number, indentation or bold type, and by the sums that fit. Here the two disagree.",
    ),
    why=Text(
        "Bila tingkatnya keliru, anggarannya dijumlahkan ke induk yang salah.",
        "If the level is wrong, the money is added to the wrong parent.",
    ),
    basis=Basis(
        Text("Cara alat ini membaca lembar tanpa kode", "How this tool reads sheets without codes"), "practice"
    ),
    remedy=Text(
        "Isi KODE atau TINGKAT pada baris itu, atau perbaiki indentasi atau angkanya.",
        "Fill in KODE or TINGKAT on that row, or correct its indentation or its figures.",
    ),
    messages={
        "": Text(
            "{nama}: menurut tampilan {tampilan}, menurut jumlahnya {jumlah}; dibaca sebagai {tampilan}.",
            "{nama}: by its look {tampilan}, by the sums {jumlah}; read as {tampilan}.",
        ),
        "banyak": Text(
            "Tingkat {n} baris berbeda menurut tampilan dan menurut jumlahnya, mulai dari '{nama}' (tampilan {tampilan}, jumlah {jumlah}).",
            "The levels of {n} rows differ by look and by sums, starting with '{nama}' (look {tampilan}, sums {jumlah}).",
        ),
        "kolom": Text(
            "{nama}: namanya berada di kolom {tampilan}, kode {kode} adalah kode {jumlah}; dibaca sebagai {tampilan}.",
            "{nama}: the name stands in the column of a {tampilan}, the code {kode} is that of a {jumlah}; read as {tampilan}.",
        ),
    },
    remedies={
        "kolom": Text(
            "Pindahkan namanya ke kolom yang sesuai dengan kodenya, atau perbaiki kodenya.",
            "Move the name to the column that fits its code, or correct the code.",
        ),
    },
    severity=always(WARNING),
)
def look_against_sums(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        rows = [row for row in table.rows if row.number in table.doubts]
        if rows:
            look, sums = table.doubts[rows[0].number]
            yield folded(table, [(row, "uraian") for row in rows], tampilan=level_word(look), jumlah=level_word(sums))
        for row in table.rows:
            said = _code_against_column(table, row)
            if said:
                yield hit(
                    table, row, "uraian", "kolom", related=cells_of(table, row, "kode"), kode=row.text_of("kode"),
                    tampilan=level_word(row.level), jumlah=level_word(said),
                )  # fmt: skip


def _code_against_column(table: Table, row: Row) -> str:
    """The level of a row's code where its name stands in the column of another; else "". Against TINGKAT too, it is ST11's."""
    if len(row.told) != 1 or row.level != row.told[0] or row.entry("kode").fault or level_against_code(table, row):
        return ""
    said = level_of_code(table.spec, row.text_of("kode"))
    return said if said != row.level else ""


RULES = (level_unknown, parent_absent, level_misfits, look_against_sums)
