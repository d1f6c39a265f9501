"""CP (capaian): what the form cannot know by itself: which way is better, how quarters add up, what the mean and Renstra allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lakip_xl.errors import Text
from lakip_xl.form.formulas import LOWER, POSITION_UNITS, SUM
from lakip_xl.rules.core import INFO, WARNING, Basis, Hit, always, folded, hit, rule
from lakip_xl.rules.reading import active, blank, by_hand, capaian, cells_of, figure, lower_is_better, measured, share
from lakip_xl.rules.slips import QUARTERS, seems_to_fall, way_slip
from lakip_xl.table.model import Document, Row, Table

FORMULA = Basis(
    Text(
        "Kolom 12 = 11/6 x 100; makin rendah makin baik menurut Pengaturan",
        "Column 12 = 11/6 x 100; lower is better by Pengaturan",
    ),
    "inferred",
)
WORDS = Basis(Text("Bunyi indikatornya", "The words of the indicator"), "inferred")
FORM = Basis(Text("Petunjuk pengisian formulir, kolom 7-11", "The form's own instructions, columns 7-11"), "inferred")


_CHOOSE = Text(
    "Pilih 'Makin rendah makin baik' pada indikator yang diharapkan turun; yang lain boleh kosong.",
    "Choose 'Makin rendah makin baik' for indicators that should fall; the others may stay blank.",
)


@rule(
    "CP06",
    title=Text("ARAH belum dipilih", "ARAH not chosen"),
    meaning=Text(
        "Kolom ARAH ada tetapi kosong: indikator dihitung makin tinggi makin baik. Pada lembar yang tidak punya kolom ARAH, capaian tidak "
        "dihitung; hanya yang diketik yang dinilai.",
        "The column ARAH is there but blank: the indicator counts as higher is better. On a sheet without that column no achievement is "
        "calculated; only what was typed is judged.",
    ),
    why=Text(
        "Untuk kemiskinan, kematian, atau keluhan, hitungan itu terbalik; tanpa kolomnya tidak diketahui indikator mana itu.",
        "For poverty, deaths or complaints that is the wrong way round; without the column nobody knows which indicators these are.",
    ),
    basis=FORMULA,
    remedy=Text(
        "Pilih 'Makin rendah makin baik' pada indikator yang diharapkan turun; yang lain boleh kosong. Tambahkan kolomnya bila belum "
        "ada.",
        "Choose 'Makin rendah makin baik' for indicators that should fall; the others may stay blank. Add the column if there is none.",
    ),
    messages={
        "": Text(
            "{nama}: ARAH kosong, dihitung makin tinggi makin baik.",
            "{nama}: ARAH is blank, counted as higher is better.",
        ),
        "banyak": Text(
            "ARAH kosong pada {n} indikator, semuanya dihitung makin tinggi makin baik.",
            "ARAH is blank for {n} indicators; all count as higher is better.",
        ),
        "tanpa": Text(
            "Lembar ini tidak punya kolom ARAH: capaian {n} indikator tidak dihitung; hanya yang diketik yang dinilai.",
            "This sheet has no column ARAH: the achievement of {n} indicators is not calculated; only what was typed is judged.",
        ),
    },
    remedies={
        "": _CHOOSE,
        "banyak": _CHOOSE,
        "tanpa": Text(
            "Tambahkan kolom berjudul ARAH di sebelah kanan tabel; pilih 'Makin rendah makin baik' pada indikator yang diharapkan turun, "
            "yang lain boleh kosong.",
            "Add a column headed ARAH right of the table; choose 'Makin rendah makin baik' for indicators that should fall, the others "
            "may stay blank.",
        ),
    },
    severity=always(INFO),
)
def direction_blank(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        if not table.has("arah"):
            yield from _no_direction(table)
            continue
        open_rows = [
            row
            for row in active(table)
            if row.text_of("indikator")
            and blank(row.entry("arah"))
            and not seems_to_fall(row)  # one that should fall is a finding
        ]
        if open_rows:
            yield folded(table, [(row, "arah") for row in open_rows])


def _no_direction(table: Table) -> Iterator[Hit]:
    """A sheet without the column: nobody knows what its capaian would be, and nobody guesses."""
    rows = [row for row in active(table) if row.text_of("indikator") and by_hand(row, "capaian") is None]
    if rows and "arah" in table.spec.by_key:
        key = "capaian" if table.has("capaian") else "target"
        yield Hit(
            table.cell(table.header_row, key), "tanpa", related=tuple(table.cell(row, key) for row in rows), column=key,
            values={"n": len(rows)},
        )  # fmt: skip


@rule(
    "CP09",
    title=Text("Indikator yang tampaknya makin rendah makin baik", "An indicator that seems to be better when lower"),
    meaning=Text(
        "Indikator seperti angka kemiskinan, pengangguran, kematian, atau jumlah kasus biasanya diharapkan turun, tetapi ARAH tidak "
        "menyatakannya.",
        "Indicators such as poverty, unemployment, deaths or cases usually should fall, but ARAH does not say so.",
    ),
    why=Text(
        "Tanpa ARAH yang benar, keadaan yang memburuk tampil sebagai capaian di atas 100 %.",
        "Without the right ARAH, things that get worse appear as an achievement above 100 %.",
    ),
    basis=WORDS,
    remedy=Text(
        "Pilih 'Makin rendah makin baik' di kolom ARAH (tambahkan kolomnya bila belum ada); bila memang diharapkan naik, pilih 'Makin "
        "tinggi makin baik' dan jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
        "Choose 'Makin rendah makin baik' in the column ARAH (add it if there is none); if it should indeed rise, choose 'Makin tinggi "
        "makin baik' and explain it in PENJELASAN or KETERANGAN.",
    ),
    messages={
        "": Text(
            "{nama}: indikator '{indikator}' tampaknya makin rendah makin baik, tetapi ARAH tidak menyatakannya.",
            "{nama}: the indicator '{indikator}' seems to be better when lower, but ARAH does not say so.",
        ),
        "banyak": Text(
            "{n} indikator tampaknya makin rendah makin baik, tetapi ARAH tidak menyatakannya, mulai dari '{indikator}'.",
            "{n} indicators seem to be better when lower, but ARAH does not say so, starting with '{indikator}'.",
        ),
        "dipilih": Text(
            "{nama}: indikator '{indikator}' tampaknya makin rendah makin baik, tetapi ARAH berisi '{arah}'.",
            "{nama}: the indicator '{indikator}' seems to be better when lower, but ARAH says '{arah}'.",
        ),
    },
    remedies={
        "dipilih": Text(
            "Pilih '{seharusnya}' di kolom ARAH; bila memang diharapkan naik, jelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN.",
            "Choose '{seharusnya}' in the column ARAH; if it should indeed rise, explain it in PENJELASAN or KETERANGAN.",
        ),
    },
    severity=always(WARNING),
)
def should_fall(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        if not table.has("arah"):
            continue  # that is the finding
        open_rows: list[Row] = []
        for row in active(table):
            if lower_is_better(row) or not seems_to_fall(row):
                continue
            if blank(row.entry("arah")):
                open_rows.append(row)
                continue
            arah = row.text_of("arah")
            yield hit(
                table, row, "arah", "dipilih", found=arah, expected=LOWER, related=[table.cell(row, "indikator")],
                indikator=row.text_of("indikator"), arah=arah, seharusnya=LOWER,
            )  # fmt: skip
        if open_rows:
            first = open_rows[0].text_of("indikator")
            made = folded(table, [(row, "arah") for row in open_rows], indikator=first)
            yield replace(made, expected=LOWER)


@rule(
    "CP10",
    title=Text("CARA HITUNG perlu dipilih", "CARA HITUNG has to be chosen"),
    meaning=Text(
        "CARA HITUNG kosong, dan cara bawaan memberi capaian yang janggal, sedangkan cara lain memberi hasil yang dekat dengan target.",
        "CARA HITUNG is blank, and the default gives an odd achievement where another way comes close to the target.",
    ),
    why=Text(
        "Persen, orang, atau stok yang diukur setiap triwulan tidak boleh dijumlahkan; keluaran yang bertambah harus dijumlahkan.",
        "Percentages, persons or stocks measured each quarter must not be added up; outputs that add up must be.",
    ),
    basis=FORM,
    remedy=Text("Pilih CARA HITUNG dari daftar.", "Choose CARA HITUNG from the list."),
    messages={
        "": Text(
            "{nama}: TW I-IV dijumlahkan menjadi {kini} ({capaian:pct} dari target {target}), padahal triwulan terakhir sendiri {nanti}.",
            "{nama}: the quarters are added up to {kini} ({capaian:pct} of the target {target}), although the last one alone is {nanti}.",
        ),
        "jumlah": Text(
            "{nama}: realisasi diambil dari triwulan terakhir, {kini} ({capaian:pct} dari target {target}), padahal TW I-IV berjumlah "
            "{nanti}.",
            "{nama}: the realisation is the last quarter's, {kini} ({capaian:pct} of the target {target}), although the quarters add up "
            "to {nanti}.",
        ),
    },
    remedies={
        "": Text(
            "Bila angka triwulan adalah posisi sampai saat itu, pilih CARA HITUNG '{pilih}'; bila memang bertambah, pilih 'Kumulatif'.",
            "If the quarters are positions to date, choose CARA HITUNG '{pilih}'; if they do add up, choose 'Kumulatif'.",
        ),
        "jumlah": Text(
            "Bila angka triwulan memang bertambah, pilih CARA HITUNG '{pilih}'; bila posisi (misalnya Orang/bulan), isi setiap triwulan "
            "dengan posisinya, bukan seperempat target.",
            "If the quarters do add up, choose CARA HITUNG '{pilih}'; if they are positions (such as Orang/bulan), enter the position in "
            "each quarter, not a fourth of the target.",
        ),
    },
    severity=always(WARNING),
)
def way_to_choose(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        if not table.has("tw1"):
            continue
        for row in active(table):
            way = way_slip(document, table, row)
            if way is None:
                continue
            target = figure(row, "target")
            key = "cara_hitung" if table.has("cara_hitung") else "realisasi"
            yield hit(
                table, row, key, "jumlah" if way.choose == SUM else "",
                found=way.now, expected=way.then, related=cells_of(table, row, "target", *QUARTERS, "realisasi"),
                kini=way.now, nanti=way.then, target=target, capaian=share(way.now, target), pilih=way.choose,
            )  # fmt: skip


@rule(
    "CP11",
    title=Text("Capaian melewati batas maksimum", "An achievement beyond the cap"),
    meaning=Text(
        "Capaian lebih tinggi daripada batas maksimum capaian pada Pengaturan, sehingga dalam rata-rata dihitung sebesar batas itu.",
        "The achievement is higher than the batas maksimum in Pengaturan, so that it enters the average as that bound.",
    ),
    why=Text(
        "Rata-rata yang tercetak karena itu lain daripada rata-rata angka yang terlihat.",
        "The printed average therefore differs from that of the figures seen.",
    ),
    basis=Basis(Text("Batas maksimum pada Pengaturan", "The batas maksimum in Pengaturan"), "practice"),
    remedy=Text(
        "Tidak perlu diubah; bila tidak dikehendaki, pilih 'tidak ada' sebagai batas maksimum pada Pengaturan.",
        "Nothing needs changing; if it is not wanted, choose 'tidak ada' as batas maksimum in Pengaturan.",
    ),
    messages={
        "": Text(
            "{nama}: capaian {capaian:pct} dihitung {batas:pct} dalam rata-rata.",
            "{nama}: the achievement {capaian:pct} counts as {batas:pct} in the average.",
        ),
        "banyak": Text(
            "{n} capaian dihitung {batas:pct} dalam rata-rata, mulai dari '{nama}' ({capaian:pct}).",
            "{n} achievements count as {batas:pct} in the average, starting with '{nama}' ({capaian:pct}).",
        ),
    },
    severity=always(INFO),
)
def beyond_cap(document: Document) -> Iterator[Hit]:
    cap, table = document.settings.cap, document.tables.get("sasaran")
    if cap is None or table is None or not table.has("capaian"):
        return
    above = [
        (row, value) for row in active(table) if (value := capaian(document, table, row)) is not None and value > cap
    ]
    if above:
        made = folded(table, [(row, "capaian") for row, _ in above], capaian=above[0][1], batas=cap)
        yield replace(made, found=above[0][1], expected=cap)


@rule(
    "CP12",
    title=Text("Target tahun ini melebihi target akhir Renstra", "The year's target exceeds the end of Renstra"),
    meaning=Text(
        "Target tahun laporan lebih besar daripada target pada akhir periode Renstra, pada satuan yang bertambah dari tahun ke tahun.",
        "The target of the year is larger than that at the end of Renstra, for a satuan that adds up over the years.",
    ),
    why=Text(
        "Target akhir biasanya memuat target setiap tahun; salah satunya mungkin keliru, atau satuannya berbeda.",
        "The end target usually includes that of each year; one may be wrong, or their units differ.",
    ),
    basis=Basis(
        Text(
            "PermenPANRB 53/2014: pembandingan dengan target jangka menengah",
            "PermenPANRB 53/2014: comparison with the medium term",
        ),
        "seen",
    ),
    remedy=Text(
        "Cocokkan keduanya dengan Renstra; bila indikatornya tidak bertambah dari tahun ke tahun, biarkan.",
        "Compare both with Renstra; if the indicator does not add up over the years, leave it.",
    ),
    messages={
        "": Text(
            "{nama}: target tahun ini {target}, target akhir Renstra {akhir}.",
            "{nama}: the year's target is {target}, that at the end of Renstra {akhir}.",
        )
    },
    severity=always(INFO),
)
def beyond_renstra(document: Document) -> Iterator[Hit]:
    table = document.tables.get("sasaran")
    if table is None or not table.has("target_renstra") or not table.has("target"):
        return
    for row in active(table):
        target, end = row.number_of("target"), row.number_of("target_renstra")
        if (
            target is None
            or not end
            or target <= end
            or lower_is_better(row)
            or seems_to_fall(row)
            or not _adds_up(row)
        ):
            continue
        yield hit(
            table, row, "target_renstra", found=end, expected=target, related=[table.cell(row, "target")], target=target, akhir=end
        )  # fmt: skip


_POSITIONS = (
    "indeks",
    "nilai",
    "skor",
    "level",
    "opini",
    "rasio",
    "angka",
    "usia",
    "tahun",
    "persen",
    "%",
    "poin",
    "/",
    "per ",
    "peringkat",
)


def _adds_up(row: Row) -> bool:
    """Whether the satuan is one that adds up from year to year: an amount, not a percentage, an index, a rate or an age."""
    unit = row.text_of("satuan").casefold()
    return bool(unit) and unit not in POSITION_UNITS and not any(word in unit for word in _POSITIONS)


RULES = (direction_blank, should_fall, way_to_choose, beyond_cap, beyond_renstra)
