"""IS (isian): numbers that no office means: the limit of a program's numbers, percentages on two scales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from lakip_xl.errors import Text
from lakip_xl.form.spec import Kind
from lakip_xl.rules.core import WARNING, Basis, Hit, always, folded, rule
from lakip_xl.rules.reading import (
    active,
    agrees,
    by_hand,
    cells_of,
    computed,
    figure,
    lower_is_better,
    measured,
)
from lakip_xl.rules.slips import OVERFLOWS, in_percent, percent_slip, seems_to_fall
from lakip_xl.table.model import Document, Row, Table

PROGRAMS = Basis(Text("Batas bilangan bulat 32 dan 64 bit", "The limits of whole numbers of 32 and 64 bits"), "seen")
FORM = Basis(Text("Petunjuk pengisian formulir", "The form's own instructions"), "seen")


@rule(
    "IS24",
    title=Text("Angka batas program", "The limit of a program's numbers"),
    meaning=Text(
        "Sel berisi 2.147.483.647 atau angka batas serupa: angka yang ditulis sebuah program bila angka sebenarnya terlalu besar baginya.",
        "A cell holds 2,147,483,647 or a like limit: what a program writes where the true number is too large for it.",
    ),
    why=Text("Angka itu bukan hasil pengukuran.", "The number is no measurement."),
    basis=PROGRAMS,
    remedy=Text(
        "Ketik angka sebenarnya dari dokumen asalnya (DPA/DPPA, LRA, atau laporan kinerja).",
        "Type the true number from its source (DPA/DPPA, LRA or performance report).",
    ),
    messages={
        "": Text(
            "{nama}: {kolom} berisi {isi}, angka terbesar sebuah program, bukan angka sebenarnya.",
            "{nama}: {kolom} holds {isi}, a program's largest number, not the true one.",
        ),
        "banyak": Text(
            "{kolom}: {n} sel berisi {isi}, angka terbesar sebuah program, bukan angka sebenarnya; mulai dari '{nama}'.",
            "{kolom}: {n} cells hold {isi}, a program's largest number, not the true one; starting with '{nama}'.",
        ),
    },
    severity=always(WARNING),
)
def overflow(document: Document) -> Iterator[Hit]:
    columns: dict[tuple[str, str], list[tuple[Table, Row]]] = {}
    for table in document.tables.values():
        keys = [c.key for c in table.spec.columns if c.kind in _AMOUNTS and table.has(c.key)]
        for row in (*active(table), *((table.total,) if table.total else ())):
            for key in keys:
                entry = row.entries.get(key)
                if entry is not None and not entry.ours and entry.typed in OVERFLOWS:
                    columns.setdefault((table.spec.key, key), []).append((table, row))
    for (_, key), found in columns.items():
        table, first = found[0]
        value = first.number_of(key)
        yield replace(folded(table, [(row, key) for _, row in found], isi=value), found=value)


_AMOUNTS = (Kind.NUMBER, Kind.RUPIAH, Kind.COUNT)


@rule(
    "IS25",
    title=Text("Persen dalam dua skala", "Percentages on two scales"),
    meaning=Text(
        "Pada indikator bersatuan persen, sebagian angka ditulis sebagai pecahan (0,9) dan sebagian sebagai persen (90).",
        "For indicators in percent, some figures are fractions (0.9) and some percent points (90).",
    ),
    why=Text(
        "Pecahan dibandingkan dengan persen memberi capaian seratus kali terlalu kecil atau terlalu besar.",
        "A fraction against percent points gives an achievement a hundred times too small or too large.",
    ),
    basis=FORM,
    remedy=Text("Ketik angka persennya: 90, bukan 0,9.", "Type percent points: 90, not 0.9."),
    messages={
        "": Text(
            "{nama}: {kolom} berisi {isi}, padahal satuannya persen dan angka lain ditulis seperti {lain}; mungkin maksudnya {mungkin}.",
            "{nama}: {kolom} holds {isi}, although its unit is percent and others are written like {lain}; perhaps {mungkin} is meant.",
        ),
        "banyak": Text(
            "{n} sel bersatuan persen berisi pecahan, mulai dari '{nama}' ({isi}), padahal angka lain ditulis seperti {lain}; mungkin "
            "maksudnya {mungkin}.",
            "{n} cells in percent hold fractions, starting with '{nama}' ({isi}), although others are written like {lain}; perhaps "
            "{mungkin} is meant.",
        ),
    },
    remedies={
        "": Text(
            "Ketik {mungkin} bila itu maksudnya; bila memang {isi} %, jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
            "Type {mungkin} if that is meant; if {isi} % is true, explain it in PENJELASAN or KETERANGAN.",
        ),
        "banyak": Text(
            "Ketik angka persennya, misalnya {mungkin} untuk {isi}; bila memang di bawah 1 %, jelaskan di PENJELASAN (Catatan Perbaikan) "
            "atau KETERANGAN.",
            "Type percent points, such as {mungkin} for {isi}; if they are truly below 1 %, explain it in PENJELASAN or KETERANGAN.",
        ),
    },
    severity=always(WARNING),
)
def two_scales(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        rows = [row for row in active(table) if in_percent(row)]
        places = [(row, key) for row in rows for key in _fractions(rows, row) if by_hand(row, key) is not None]
        if not places:
            continue
        first, key = places[0]
        value = figure(first, key)
        other = _counterpart(rows, first, key)
        if value is None or other is None:
            continue
        made = folded(table, places, isi=value, lain=other, mungkin=value * 100)
        related = made.related or tuple(c for c in cells_of(table, first, "target", "realisasi") if c != made.cell)
        yield replace(made, found=value, expected=value * 100, related=related)


def _fractions(rows: list[Row], row: Row) -> list[str]:
    """The columns of a row that hold fractions of 1: one against its counterpart, or both against the rest of the column."""
    key = percent_slip(row)
    if key:
        # Where the typed capaian contradicts these figures, that error is the finding and names the scale.
        wanted = computed(row, "capaian")
        return [] if by_hand(row, "capaian") is not None and not agrees(row, "capaian", wanted) else [key]
    target, real = figure(row, "target"), figure(row, "realisasi")
    if target is None or real is None or not _HALF <= target <= 1 or not _HALF <= real <= 1 or target == real == 1:
        return []
    if lower_is_better(row) or seems_to_fall(row) or _small_by_nature(row):
        return []
    return ["target", "realisasi"] if _mostly_points(rows) else []


_HALF = Decimal("0.5")
_SMALL = (
    "pertumbuhan",
    "laju",
    "kenaikan",
    "penurunan",
    "peningkatan",
    "pertambahan",
    "rasio",
    "kontribusi",
    "prevalensi",
    "angka ",
)


def _small_by_nature(row: Row) -> bool:
    """An indicator that may well lie below 1 %, as a rate of growth."""
    text = row.text_of("indikator").casefold()
    return any(word in text for word in _SMALL)


def _mostly_points(rows: list[Row]) -> bool:
    """Whether the column is one of percent points: two targets of three, and at least two, lie above 1."""
    targets = [value for row in rows if (value := figure(row, "target")) is not None and value > 0]
    points = sum(value > 1 for value in targets)
    return points >= 2 and points * 3 >= len(targets) * 2


def _counterpart(rows: list[Row], row: Row, key: str) -> Decimal | None:
    """A figure in percent points to show beside a fraction: of the same row, else the first of the column."""
    own = figure(row, "realisasi" if key == "target" else "target")
    if own is not None and own > 1:
        return own
    return next((value for other in rows if (value := figure(other, key)) is not None and value > 1), None)


RULES = (overflow, two_scales)
