"""IS05: what a text in a numeric column says, and what to type in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.errors import Text
from lakip_xl.form.spec import Kind
from lakip_xl.numbers import read_number
from lakip_xl.rules.core import ERROR, Basis, Hit, always, hit, rule
from lakip_xl.rules.operands import shown_as_error
from lakip_xl.rules.reading import entries_where
from lakip_xl.rules.spelling import typed
from lakip_xl.table.model import Document, Entry

EXCEL = Basis(Text("Cara Excel menghitung", "How Excel calculates"), "seen")


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
        "": Text("{nama}: {kolom} berisi '{isi}', bukan angka.", "{nama}: {kolom} holds '{isi}', which is no number."),
        "tanggal": Text(
            "{nama}: {kolom} berisi tanggal atau jam, bukan angka; Excel mengubah ketikan seperti 1/2 atau 1:17 menjadi tanggal.",
            "{nama}: {kolom} holds a date or time, which is no number; Excel turns entries such as 1/2 or 1:17 into dates.",
        ),
        "rumus": Text(
            "{nama}: {kolom} berisi rumus yang tersimpan sebagai tulisan, '{isi}', sehingga tidak dihitung.",
            "{nama}: {kolom} holds a formula that was stored as text, '{isi}', so it is not calculated.",
        ),
        "nihil": Text(
            "{nama}: {kolom} berisi kata '{isi}', bukan angka.", "{nama}: {kolom} holds the word '{isi}', no number."
        ),
        "predikat": Text(
            "{nama}: {kolom} berisi predikat '{isi}', yang tidak dapat dihitung.",
            "{nama}: {kolom} holds the grade '{isi}', which cannot be calculated with.",
        ),
        "besaran": Text(
            "{nama}: {kolom} berisi '{isi}'; Excel tidak membaca kata besaran.",
            "{nama}: {kolom} holds '{isi}'; Excel does not read words for magnitudes.",
        ),
        "rasio": Text(
            "{nama}: {kolom} berisi perbandingan '{isi}', bukan satu angka.",
            "{nama}: {kolom} holds the ratio '{isi}', not one number.",
        ),
        "rentang": Text(
            "{nama}: {kolom} berisi rentang '{isi}'; capaian memerlukan satu angka.",
            "{nama}: {kolom} holds the range '{isi}'; an achievement needs one number.",
        ),
        "paling_banyak": Text(
            "{nama}: {kolom} berisi '{isi}', yaitu paling banyak {angka}; capaian memerlukan angkanya saja.",
            "{nama}: {kolom} holds '{isi}', that is at most {angka}; an achievement needs the number alone.",
        ),
        "paling_sedikit": Text(
            "{nama}: {kolom} berisi '{isi}', yaitu paling sedikit {angka}; capaian memerlukan angkanya saja.",
            "{nama}: {kolom} holds '{isi}', that is at least {angka}; an achievement needs the number alone.",
        ),
        "kisaran": Text(
            "{nama}: {kolom} berisi '{isi}', bukan satu hasil pengukuran.",
            "{nama}: {kolom} holds '{isi}', not one measured figure.",
        ),
        "bulan": Text(
            "{nama}: {kolom} berisi kalimat '{isi}'; {orang} x {bulan} bulan = {kali}.",
            "{nama}: {kolom} holds the sentence '{isi}'; {orang} x {bulan} months = {kali}.",
        ),
        "kalimat": Text(
            "{nama}: {kolom} berisi kalimat '{isi}', bukan angka saja.",
            "{nama}: {kolom} holds the sentence '{isi}', not a number alone.",
        ),
    },
    remedies={
        "rumus": Text(
            "Hapus spasi atau tanda petik di depan '=', ubah format selnya menjadi General, "
            "lalu ketik ulang rumusnya; atau ketik angkanya.",
            "Remove the space or apostrophe before '=', set the cell's format to General and type the formula again; or type the number.",
        ),
        "nihil": Text(
            "Ketik 0 bila memang nol; kosongkan bila belum ada angkanya. Penjelasannya di KETERANGAN.",
            "Type 0 if it is zero; leave it blank if there is no figure yet. Explanations go to KETERANGAN.",
        ),
        "predikat": Text(
            "Ketik nilainya (misalnya 72,31 untuk nilai AKIP), atau angka yang disepakati untuk setiap predikat, sama pada target dan "
            "realisasi (misalnya WTP 4, WDP 3, TW 2, TMP 1); predikatnya di KETERANGAN.",
            "Type the score (such as 72.31 for AKIP), or a number agreed upon for each grade, the same for target and realisation (such as "
            "WTP 4, WDP 3, TW 2, TMP 1); the grade goes to KETERANGAN.",
        ),
        "besaran": Text("Ketik {ketik} sebagai angka.", "Type {ketik} as a number."),
        "rasio": Text(
            "Ketik {ketik} saja sebagai angka, dan 'rasio 1 : n' di kolom SATUAN; pakai cara yang sama untuk target dan realisasi.",
            "Type {ketik} alone as a number, and 'rasio 1 : n' in the column SATUAN; do the same for target and realisation.",
        ),
        "rentang": Text(
            "Ketik satu angka: {bawah} bila makin tinggi makin baik, {atas} bila makin rendah makin baik (pilih di kolom ARAH); rentangnya "
            "di KETERANGAN.",
            "Type one number: {bawah} where higher is better, {atas} where lower is better (choose in the column ARAH); the range goes to "
            "KETERANGAN.",
        ),
        "paling_banyak": Text(
            "Ketik {ketik} saja, dan pilih 'Makin rendah makin baik' di kolom ARAH.",
            "Type {ketik} alone, and choose 'Makin rendah makin baik' in the column ARAH.",
        ),
        "paling_sedikit": Text(
            "Ketik {ketik} saja; ARAH-nya 'Makin tinggi makin baik'.",
            "Type {ketik} alone; its ARAH is 'Makin tinggi makin baik'.",
        ),
        "kisaran": Text(
            "Ketik satu angka hasil pengukurannya; penjelasannya di KETERANGAN.",
            "Type the one figure that was measured; explanations go to KETERANGAN.",
        ),
        "bulan": Text(
            "Ketik {orang} dengan SATUAN 'Orang', atau {kali} dengan SATUAN 'Orang/bulan'; pakai yang sama untuk target dan realisasi.",
            "Type {orang} with the SATUAN 'Orang', or {kali} with 'Orang/bulan'; use the same for target and realisation.",
        ),
        "kalimat": Text(
            "Ketik {ketik} saja; satuannya di kolom SATUAN, penjelasannya di KETERANGAN.",
            "Type {ketik} alone; its unit goes to the column SATUAN, explanations to KETERANGAN.",
        ),
    },
    severity=always(ERROR),
)
def not_a_number(document: Document) -> Iterator[Hit]:
    for table, row, key, entry in entries_where(document, lambda e: e.fault in ("text", "date")):
        related = shown_as_error(table, row, key)
        if entry.fault == "date":
            yield hit(table, row, key, "tanggal", found=entry.raw, related=related)
            continue
        text = shown(entry)
        meant = meant_by(text, table.spec.by_key[key].kind)
        if key != "target" and meant.variant in _BOUNDED:
            meant = Meant("kisaran")
        made = hit(table, row, key, meant.variant, found=entry.raw, expected=meant.number, related=related, isi=text)
        yield replace(made, values={**made.values, **meant.values})


def shown(entry: Entry) -> str:
    """What a cell shows, on one line."""
    return (
        {True: "TRUE", False: "FALSE"}[entry.raw] if isinstance(entry.raw, bool) else " ".join(str(entry.raw).split())
    )


class Meant(NamedTuple):
    """What a text means: a variant of IS05, the one number to type where there is no doubt about it, and the places of its message."""

    variant: str = ""
    number: Decimal | None = None
    values: dict[str, object] = {}  # noqa: RUF012 - never changed


_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_TAIL = r"\s*(?:%|[^\W\d][\w/ ]{0,20})?"


def _like(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_FORMULA = _like(r"['`\s]*=\s*[-+(A-Z$0-9]")
_NONE = _like(
    r"(?:nihil|kosong|n/?a|tidak ada(?: target| realisasi| anggaran| data)?|belum(?: ada| diisi| terealisasi| tersedia)?)\.?"
)
_GRADE = _like(
    r"(?:wtp|wdp|tmp|aa|bb|cc|[a-d][+-]?|opini wtp|wajar tanpa pengecualian|wajar dengan pengecualian|sangat baik|baik|",
    r"cukup(?: baik)?|kurang(?: baik)?|memuaskan|sangat tinggi|tinggi|sedang|rendah|sangat rendah)\s*",
    r"(?:\((?:wtp|wdp|aa|a|bb|b|cc|c|d)\))?",
)
_MAGNITUDE = _like(r"(?:Rp\.?\s*)?(", _NUMBER, r")\s*(ribu|rb|juta|jt|mil[iy]ar|mill[iy]ar|mil[iy]ard|tril[iy]un)\.?")
_ZEROS = {"r": 3, "j": 6, "m": 9, "t": 12}
_RATIO = _like("(", _NUMBER, r")\s*(?::|berbanding|banding)\s*(", _NUMBER, ")")
_RANGE = _like(
    "(", _NUMBER, r")\s*%?\s*(?:-|\u2013|\u2212|s\.?/?d\.?|sampai(?: dengan)?|hingga)\s*(", _NUMBER, r")\s*%?"
)  # fmt: skip
_AT_MOST = _like(
    r"(?:<\s*=?|\u2264|=<|maks(?:imal|imum|\.)?|paling (?:banyak|tinggi|lama)|kurang dari|di ?bawah)\s*(", _NUMBER, ")", _TAIL
)  # fmt: skip
_AT_LEAST = _like(
    r"(?:>\s*=?|\u2265|=>|min(?:imal|imum|\.)?|paling (?:sedikit|rendah)|lebih dari|di ?atas)\s*(", _NUMBER, ")", _TAIL
)  # fmt: skip
_MONTHS = _like(
    "(", _NUMBER, r")\s*(?:asn|pns|pppk|org|orang|pegawai|tenaga|thl|unit)[\w ,]{0,20}?(?:selama|x|untuk|/|,)\s*(",
    _NUMBER, r")\s*(?:bulan|bln)\b.{0,20}",
)  # fmt: skip
_BOUNDED = ("rentang", "paling_banyak", "paling_sedikit")
_LONGEST = 120  # nobody types a longer figure; what is longer is a text of its own


def meant_by(text: str, kind: Kind) -> Meant:
    """What a text in a numeric column most likely means; the plain variant where that is open."""
    if _FORMULA.match(text):
        return Meant("rumus")
    if len(text) > _LONGEST:
        return Meant()
    if _NONE.fullmatch(text):
        return Meant("nihil")
    if (match := _MAGNITUDE.fullmatch(text)) and (many := _number(match[1])) is not None:
        number = many.scaleb(_ZEROS[match[2][0].lower()])
        return Meant("besaran", number, {"ketik": typed(number)})
    return _figure(text) if kind is Kind.NUMBER else Meant()


def _figure(text: str) -> Meant:
    if _GRADE.fullmatch(text):
        return Meant("predikat")
    if match := _RATIO.fullmatch(text):
        first, second = _number(match[1]), _number(match[2])
        if first and second:
            return Meant("rasio", None, {"ketik": typed(_short(second / first))})
    if match := _RANGE.fullmatch(text):
        low, high = _number(match[1]), _number(match[2])
        if low is not None and high is not None and low < high:
            return Meant("rentang", None, {"bawah": typed(low), "atas": typed(high)})
    for variant, pattern in (("paling_banyak", _AT_MOST), ("paling_sedikit", _AT_LEAST)):
        if (match := pattern.fullmatch(text)) and (number := _number(match[1])) is not None:
            return Meant(variant, number, {"angka": number, "ketik": typed(number)})
    if match := _MONTHS.fullmatch(text):
        people, months = _number(match[1]), _number(match[2])
        if people is not None and months is not None:
            return Meant("bulan", None, {"orang": people, "bulan": months, "kali": people * months})
    numbers = re.findall(rf"(?<![\w.,]){_NUMBER}(?![\w])", text)
    if len(numbers) == 1 and (number := _number(numbers[0])) is not None and re.search(r"[^\W\d_]{3}", text):
        return Meant("kalimat", number, {"ketik": typed(number)})
    return Meant()


def _number(text: str) -> Decimal | None:
    """One number without doubt, None where it could be read in two ways."""
    return read_number(text).value


def _short(number: Decimal) -> Decimal:
    return round(number, 4).normalize() if number % 1 else number


RULES = (not_a_number,)
