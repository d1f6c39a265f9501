"""IS (isian): words that should be the same everywhere: satuan, names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from lakip_xl.errors import Text
from lakip_xl.rules.core import INFO, Basis, Hit, always, folded, rule
from lakip_xl.rules.reading import active, measured
from lakip_xl.table.model import Document, Row, Table

FORM = Basis(Text("Petunjuk pengisian formulir", "The form's own instructions"), "seen")

_SHORT = {
    "dok": "dokumen", "doc": "dokumen", "lap": "laporan", "lpr": "laporan", "org": "orang", "keg": "kegiatan", "pkt": "paket",
    "unt": "unit", "bln": "bulan", "thn": "tahun", "prosen": "persen", "persentase": "persen", "presentase": "persen",
    "prosentase": "persen", "lbr": "lembar", "bh": "buah", "ob": "orang/bulan",
    "rekom": "rekomendasi", "kec": "kecamatan", "kab": "kabupaten", "jln": "jalan",
}  # fmt: skip
"""What offices shorten, as it is said in full."""

_KNOWN = frozenset(
    "dokumen laporan orang unit paket kegiatan persen bulan tahun kali buah lembar lembaga kelompok keluarga desa kelurahan kecamatan "
    "kabupaten rekomendasi layanan indeks nilai predikat skor rasio hari jam meter hektar kilometer liter ekor batang ruang gedung "
    "sekolah siswa guru peserta koperasi kasus berita naskah orang/bulan orang/tahun kepala keluarga rumah titik ruas set stel poin "
    "sertifikat bidang badan pasien kepala sampel aset aplikasi sistem jaringan angka opini level publikasi usaha industri pasar".split()
)


@rule(
    "IS26",
    title=Text("Satuan ditulis dengan beberapa cara", "A satuan written in several ways"),
    meaning=Text(
        "Satuan yang sama ditulis berbeda-beda (huruf besar, titik, singkatan, salah ketik), misalnya Dokumen, dokumen., Dok.",
        "One satuan is written in several ways (capitals, full stops, short forms, slips), such as Dokumen, dokumen., Dok.",
    ),
    why=Text(
        "Pembaca menyangka satuannya berlainan, dan satuan yang tidak dikenal dijumlahkan antartriwulan.",
        "Readers take them for different units, and the quarters of a unit that is not known are added up.",
    ),
    basis=FORM,
    remedy=Text("Tulis satuan yang sama dengan cara yang sama.", "Write the same satuan in the same way."),
    messages={
        "": Text(
            "{nama}: satuan '{isi}'; mungkin maksudnya '{baku}'.",
            "{nama}: the satuan is '{isi}'; perhaps '{baku}' is meant.",
        ),
        "banyak": Text(
            "Satuan '{baku}' ditulis juga sebagai {cara}, pada {n} baris mulai dari '{nama}'.",
            "The satuan '{baku}' is also written as {cara}, on {n} rows starting with '{nama}'.",
        ),
    },
    remedies={
        "": Text("Tulis '{baku}' bila itu maksudnya.", "Write '{baku}' if that is meant."),
        "banyak": Text("Tulis '{baku}' pada semua baris itu.", "Write '{baku}' on all these rows."),
    },
    severity=always(INFO),
)
def spelled_in_ways(document: Document) -> Iterator[Hit]:
    for table in measured(document):
        if not table.has("satuan"):
            continue
        spellings: dict[str, list[Row]] = {}
        for row in active(table):
            word = row.text_of("satuan")
            if word:
                spellings.setdefault(word, []).append(row)
        yield from _groups(table, spellings)


def _groups(table: Table, spellings: dict[str, list[Row]]) -> Iterator[Hit]:
    counts: Counter[str] = Counter()
    for word, rows in spellings.items():
        counts[_plain(word)] += len(rows)
    often = [word for word, _ in counts.most_common(_MOST)]
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in spellings:
        groups[_meant(_plain(word), often, counts)].append(word)
    for plain, words in groups.items():
        right = [word for word in words if _plain(word) == plain]
        # The usual spelling; in full before short.
        usual = max(
            right, key=lambda word: (word.casefold() == plain, len(spellings[word])), default=plain.capitalize()
        )
        others = [word for word in words if word != usual]
        rows = sorted((row for word in others for row in spellings[word]), key=lambda row: row.number)
        if not rows:
            continue
        shown = tuple(f"'{word}'" for word in others[:_SHOWN]) + (("...",) if len(others) > _SHOWN else ())
        first = rows[0].text_of("satuan")
        made = folded(table, [(row, "satuan") for row in rows], baku=usual, cara=shown, isi=first)
        yield replace(made, found=first, expected=usual)


_MOST = 50
"""With so many of a table's own satuan a rare one is compared, so that a sheet of ten thousand satuan costs no time."""
_SHOWN = 5


def _plain(word: str) -> str:
    """A satuan without what makes no difference: capitals, full stops, spaces around a slash; short forms in full."""
    tidy = re.sub(r"\s*/\s*", "/", " ".join(word.casefold().replace(".", " ").split())).strip(" ,;:()")
    return "/".join(_SHORT.get(part, part) for part in tidy.split("/"))


def _meant(plain: str, often: list[str], counts: Counter[str]) -> str:
    """The satuan that a slip of one letter stands for; itself where it is known, or where nothing known is near."""
    if plain in _KNOWN or len(plain) < 4 or not plain.isalpha():
        return plain
    near = [known for known in (*_KNOWN, *often) if known != plain and _one_apart(plain, known)]
    sure = [known for known in near if known in _KNOWN or counts[known] >= 3 * counts[plain]]
    return min(sure, key=lambda known: (known not in _KNOWN, -counts[known], known)) if sure else plain


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours are swapped."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


@rule(
    "IS27",
    title=Text("Nama sama pada dua tingkat tanpa kode", "One name on two levels without codes"),
    meaning=Text(
        "Dua baris pada tingkat yang berbeda bernama sama, dan keduanya tanpa KODE.",
        "Two rows of different levels have the same name, and neither has a KODE.",
    ),
    why=Text(
        "Tanpa kode keduanya mudah tertukar, dan tidak dapat dicocokkan dengan SIPD.",
        "Without codes they are easily mixed up, and cannot be matched with SIPD.",
    ),
    basis=Basis(Text("Laporan yang menjadi contoh formulir ini", "The report from which this form was taken"), "seen"),
    remedy=Text("Isi KODE pada kedua baris.", "Fill in KODE on both rows."),
    messages={
        "": Text(
            "{nama}: nama yang sama dipakai pada baris {baris} dengan tingkat lain, keduanya tanpa kode.",
            "{nama}: row {baris}, of another level, has the same name, and neither has a code.",
        ),
        "banyak": Text(
            "{n} baris bernama sama dengan baris pada tingkat lain, tanpa kode, mulai dari '{nama}'.",
            "{n} rows have the name of a row of another level and no code, starting with '{nama}'.",
        ),
    },
    severity=always(INFO),
)
def same_name(document: Document) -> Iterator[Hit]:
    for table in document.tables.values():
        if not table.has("uraian"):
            continue
        first: dict[str, Row] = {}
        twins: list[tuple[Row, Row]] = []
        for row in active(table):
            if row.text_of("kode") or not row.level or row.head is not None:
                continue
            earlier = first.setdefault(" ".join(row.text_of("uraian").casefold().split()), row)
            if earlier.level != row.level:
                twins.append((row, earlier))
        if twins:
            made = folded(table, [(row, "uraian") for row, _ in twins], baris=twins[0][1].number)
            yield replace(made, related=made.related or (table.cell(twins[0][1], "uraian"),))


RULES = (spelled_in_ways, same_name)
