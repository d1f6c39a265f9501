"""The report on the screen: row by row what went where, what had no place, and what to do next."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from lakip_xl.adopt import levels
from lakip_xl.adopt.book import target_row
from lakip_xl.adopt.model import Adoption, Lost, Taken
from lakip_xl.cells import letters
from lakip_xl.errors import Text

WIDTH = 88

_WHY = {
    levels.OWN: Text("dari awalan, kode, atau kolom TINGKAT", "from a prefix, a code or the column TINGKAT"),
    levels.SUMS: Text("dari jumlah anggaran dan realisasi", "from the sums of anggaran and realisasi"),
    levels.SUMS_NAMES: Text("dari jumlah dan nama resmi", "from the sums and the official names"),
    levels.NAME: Text("dari nama resmi saja", "from the official name alone"),
}  # fmt: skip


def dump(found: Adoption, source: str, out: Path, *, codes: bool, lang: str = "id") -> str:
    """The whole report."""
    return "\n".join(_lines(found, source, out, codes, lang)) + "\n"


def _lines(found: Adoption, source: str, out: Path, codes: bool, lang: str) -> Iterator[str]:
    def say(id: str, en: str, indent: str = "") -> Iterator[str]:
        yield from _wrapped(en if lang == "en" else id, indent)

    where = (
        Text("", "") if found.grid.is_text else Text(f", lembar '{found.grid.name}'", f", sheet '{found.grid.name}'")
    )
    count = len(found.rows)
    yield from say(
        f"{source}{where.id}: {count} baris masuk ke {out}, lembar {found.spec.title}.",
        f"{source}{where.en}: {count} rows went into {out}, sheet {found.spec.title}.",
    )
    yield from say(f"Kolom: {_columns(found)}.", f"Columns: {_columns(found)}.", "  ")
    proposed = [row for row in found.rows if row.proposal is not None]
    if proposed:
        yield from say(
            "[...] adalah kode usulan dari nomenklatur menurut nama; '~' berarti namanya hanya mirip.",
            "[...] is a code proposed from the nomenclature by name; '~' means that the names are only alike.",
            "  ",
        )
    if any(row.continues for row in found.rows):
        yield from say(
            "+ adalah indikator berikutnya dari baris di atasnya.", "+ is a further indicator of the row above.", "  "
        )
    yield ""
    for number, row in enumerate(found.rows):
        yield _row(found, number, row, lang)
    yield ""
    yield from _on_levels(found, lang)
    yield from _notes(found, lang)
    yield from _left(found, lang)
    yield from _alike(found, lang)
    if found.unplaced:
        yield ""
        yield from say(
            f"Tidak mendapat tempat, periksa sendiri: {len(found.unplaced)}",
            f"Without a place, see to it yourself: {len(found.unplaced)}",
        )
        for text in _folded(found, lang):
            yield from _wrapped(text, "  ")
    yield ""
    if proposed or codes:
        yield from _on_codes(proposed, codes, lang)
    yield from say(
        "Periode tidak dibaca dari sumbernya: hasilnya dimulai sebagai akhir tahun. Bila lain, pilih Periode pada lembar Identitas.",
        "The period is not read from the source: the result begins as of the end of the year. If it is another, choose it on the sheet "
        "Identitas.",
    )
    yield from say(
        f"Langkah berikutnya: periksa {out}, lalu jalankan: lakip-xl fill {_quoted(out)}",
        f"Next: look through {out}, then run: lakip-xl fill {_quoted(out)}",
    )


def _columns(found: Adoption) -> str:
    """Where each column came from and went to."""
    said = []
    places = {key: to for name in found.source_spec.names for key, to in ((name.key, "uraian"), (name.code, "kode"))}
    for key, column in sorted(found.columns.items(), key=lambda item: item[1]):
        place = places.get(key, key)
        target = letters(found.spec.position(place)) if place in found.spec.by_key else "-"
        source = str(column) if found.grid.is_text else letters(column)
        said.append(f"{found.source_spec.by_key[key].heading} {source} -> {target}")
    return "; ".join(said)


def _row(found: Adoption, number: int, row: Taken, lang: str) -> str:
    at = target_row(found, number)
    key = next((key for key in ("uraian", "indikator", "kode") if key in row.values), "uraian")
    target = f"{found.spec.title}!{letters(found.spec.position(key))}{at}"
    level = row.level or ("+" if row.continues else "?")
    code = ""
    if row.proposal is not None:
        code = f"[{'' if row.proposal.likeness == 100 else '~'}{row.proposal.code}] "
    text = f"  {found.grid.line(row.source).in_(lang):<8} -> {target:<11}  {level:<12}  {code}{row.name}"
    return text if len(text) <= WIDTH else text[: WIDTH - 3] + "..."


def _on_levels(found: Adoption, lang: str) -> Iterator[str]:
    told = Counter(row.why for row in found.rows if row.level)
    if told:
        said = "; ".join(f"{told[why]} {_WHY[why].in_(lang)}" for why in _WHY if told[why])
        yield from _wrapped(f"TINGKAT: {said}.")
    untold = [row.source for row in found.rows if not row.level and not row.continues]
    if untold:
        rows = _runs(found, untold, lang)
        yield from _wrapped(
            f"TINGKAT cannot be told without guessing; choose it in the list: {rows}."
            if lang == "en"
            else f"TINGKAT tidak dapat diketahui tanpa menebak; pilih sendiri dari daftar: {rows}."
        )


def _notes(found: Adoption, lang: str) -> Iterator[str]:
    """Each note with the rows that it holds for."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row in found.rows:
        for text in row.notes:
            rows[text.in_(lang)].append(row.source)
    if found.counts.get("as_text") and not found.grid.is_text:
        count = found.counts["as_text"]
        yield from _wrapped(
            f"{count} numbers stored as text were written as numbers."
            if lang == "en"
            else f"{count} angka yang tersimpan sebagai teks ditulis sebagai angka."
        )
    if found.counts.get("equal"):
        count = found.counts["equal"]
        yield from _wrapped(
            f"{count} printed results are those of the template's formulas."
            if lang == "en"
            else f"{count} hasil tercetak sama dengan hasil rumus templat."
        )
    if rows:
        yield ""
        yield "Notes:" if lang == "en" else "Catatan:"
        for note, numbers in rows.items():
            yield from _wrapped(f"{_runs(found, numbers, lang)}: {note}", "  ")


def _left(found: Adoption, lang: str) -> Iterator[str]:
    rows: dict[str, list[int]] = defaultdict(list)
    if found.total_row:
        total = Text("baris jumlah; di templat terisi rumus", "the row of totals; a formula in the template")
        rows[total.in_(lang)].append(found.total_row)
    for number, what in found.left:
        rows[what.in_(lang)].append(number)
    if rows or found.others or found.grid.blind:
        yield ""
        yield "Left out:" if lang == "en" else "Tidak ikut disalin:"
    for said, numbers in rows.items():
        yield from _wrapped(f"{_runs(found, numbers, lang)}: {said}", "  ")
    if found.grid.blind:
        yield from _wrapped(
            "error codes (#DIV/0!) in this kind of file read as blank cells"
            if lang == "en"
            else "kode kesalahan (#DIV/0!) dalam berkas jenis ini terbaca sebagai sel kosong",
            "  ",
        )
    if found.others:
        names = ", ".join(f"'{name}'" for name in found.others)
        yield from _wrapped(
            f"sheets that were not read: {names}" if lang == "en" else f"lembar yang tidak dibaca: {names}", "  "
        )


def _alike(found: Adoption, lang: str) -> Iterator[str]:
    """Proposals whose names are only alike, with the official name."""
    near = [row for row in found.rows if row.proposal is not None and row.proposal.likeness < 100]
    if near:
        yield ""
        yield (
            "Codes proposed from names that are only alike:"
            if lang == "en"
            else "Kode usulan dari nama yang hanya mirip:"
        )
    for row in near:
        assert row.proposal is not None
        likeness = f"{row.proposal.likeness:.1f}"
        likeness = likeness if lang == "en" else likeness.replace(".", ",")
        yield from _wrapped(
            f"{found.grid.line(row.source).in_(lang)}: {row.proposal.code} '{row.proposal.name}' ({likeness} %)", "  "
        )


def _on_codes(proposed: list[Taken], codes: bool, lang: str) -> Iterator[str]:
    count = len(proposed)
    if not proposed:
        yield from _wrapped(
            "No code could be proposed: none of the names without a code is in the nomenclature that comes along."
            if lang == "en"
            else "Tidak ada kode yang dapat diusulkan: tidak satu pun nama tanpa kode ada dalam nomenklatur bawaan."
        )
    elif codes:
        yield from _wrapped(
            f"{count} proposed codes were written into KODE, slanted and in amber: confirm them with DPA or SIPD."
            if lang == "en"
            else f"{count} kode usulan ditulis di KODE, miring dan berwarna kuning tua: cocokkan dengan DPA atau SIPD."
        )
    else:
        yield from _wrapped(
            f"{count} codes are proposed and not written; with --codes they are, marked as proposals."
            if lang == "en"
            else f"{count} kode baru diusulkan, belum ditulis; dengan --codes kode itu ditulis dan ditandai sebagai usulan."
        )


def _folded(found: Adoption, lang: str) -> Iterator[str]:
    """The cells without a place; those of one column and one reason together."""
    groups: dict[tuple[int, str], list[Lost]] = defaultdict(list)
    for lost in found.unplaced:
        groups[lost.column, lost.why.in_(lang)].append(lost)
    for (column, why), cells in groups.items():
        if not column:
            yield from (f"{found.grid.line(cell.row).in_(lang)}: {why}: {cell.text}" for cell in cells)
        elif len(cells) <= 3:
            yield from (f"{found.grid.cell(cell.row, column).in_(lang)}: {why}: {cell.text}" for cell in cells)
        else:
            rows = _runs(found, [cell.row for cell in cells], lang)
            name = str(column) if found.grid.is_text else letters(column)
            kind = "field" if found.grid.is_text else "column"
            id_kind = "isian" if found.grid.is_text else "kolom"
            yield f"{kind if lang == 'en' else id_kind} {name}, {rows}: {why}"


def _runs(found: Adoption, numbers: Iterable[int], lang: str) -> str:
    """Rows in few words: those that follow each other as one run."""
    order = list(found.grid.rows)
    place = {row: at for at, row in enumerate(order)}
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and place[number] == place[runs[-1][1]] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    one = len(runs) == 1 and runs[0][0] == runs[0][1]
    word = found.grid.line(0).in_(lang).partition(" ")[0] + ("s" if lang == "en" and not one else "")
    return f"{word} {said}"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False, break_on_hyphens=False
    )  # fmt: skip


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
