"""The top of Ringkasan: whose report it is, the rules in force, and the figures that matter most."""

from __future__ import annotations

from dataclasses import dataclass

from lakip_xl.form import efficiency
from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Const, Expr, Ref, call
from lakip_xl.summary.page import Page
from lakip_xl.summary.sources import BLANK, Sources, difference

LAST = 11  # the last printed column


@dataclass(frozen=True, slots=True)
class Cards:
    """The cells of the total boxes that later blocks fill or read."""

    anggaran: Ref
    realisasi: Ref
    sisa: Ref
    serapan: Ref


def titles(page: Page, sources: Sources) -> None:
    """The title, which stays on the screen and on every printed page."""
    money = " DAN REALISASI ANGGARAN" if sources.has_matrix else ""
    page.wide(1, LAST, f"RINGKASAN CAPAIAN KINERJA{money}", "title")
    page.next(height=24)
    page.wide(1, LAST, whose_report(sources), "subtitle")
    page.next(height=18)


def whose_report(sources: Sources) -> Expr:
    """The name of the report with its Perangkat Daerah, its kabupaten and its year, as far as they are filled in."""
    name: Expr = sources.fact("nama_laporan", "LAKIP")
    for before, key in ((" ", "perangkat_daerah"), (" ", "kabupaten"), (" Tahun ", "tahun")):
        fact = sources.fact(key)
        if fact != BLANK:  # a workbook without Identitas names nobody
            name = name & call("IF", fact.eq(""), "", Const(before) & fact)
    return name


def identity(page: Page, sources: Sources) -> None:
    """Who, when and by which rules."""
    cap = sources.setting("batas_maksimum")
    facts: tuple[tuple[str, Expr, str, Expr], ...] = (
        ("Perangkat Daerah", sources.fact("perangkat_daerah"), "Periode", sources.fact("periode", "Akhir tahun")),
        ("Kabupaten/Kota", sources.fact("kabupaten"), "Dokumen anggaran", sources.fact("dokumen_anggaran", "-")),
        (
            "Tahun",
            sources.fact("tahun"),
            "Batas maksimum capaian",
            call("IF", call("ISNUMBER", cap), cap & " %", f.NO_CAP),
        ),
        (
            "Rumus makin rendah makin baik",
            sources.fact("rumus_rendah", f.VARIANT_A),
            "Efisiensi",
            sources.by_method(efficiency.REGULATION, efficiency.SIMPLE),
        ),
    )
    page.breaks.append(page.row)
    page.next(height=6)
    if not sources.has_matrix:
        facts = (facts[0], (*facts[1][:2], *facts[2][2:]), (*facts[2][:2], *facts[3][:2]))
    for left, value, right, other in facts:
        page.wide(1, 2, left, "label")
        page.wide(3, 5, value, "fact")
        if right:
            page.wide(6, 8, right, "label")
            page.wide(9, LAST, other, "fact")
        page.next()
    _unnamed(page, sources)
    page.next(height=8)


def _unnamed(page: Page, sources: Sources) -> None:
    """Where the identity is to be filled in, while it is not."""
    cells = sources.document.settings.cells
    wanted = [key for key in ("perangkat_daerah", "kabupaten", "tahun") if key in cells]
    if wanted and any(sources.seen(cells[key]) in (None, "") for key in wanted):
        sentence = (
            f"Identitas laporan (perangkat daerah, kabupaten/kota, tahun) diisi pada lembar {cells[wanted[0]].sheet}."
        )
        blank = call("OR", *(sources.setting(key).eq("") for key in wanted))
        page.wide(1, LAST, call("IF", blank, sentence, ""), "note")
        page.next()


def cards(page: Page, sources: Sources, row: int, capaian: Ref, kategori: Ref) -> Cards | None:
    """Five boxes in ``row`` and the next: anggaran, realisasi, sisa, serapan, capaian sasaran with its kategori.

    Without a matrix the last of them alone; then None.
    """
    has_word = call("IF", kategori.eq(""), False, kategori.ne("-"))
    heading = Const("RATA-RATA CAPAIAN SASARAN (%)") & call("IF", has_word, Const(": ") & kategori, "")
    if not sources.has_matrix:
        page.wide(1, LAST, heading, "card_label", row)
        page.wide(1, LAST, capaian, "card_percent", row + 1)
        page.heights |= {row: 16, row + 1: 26, row + 2: 10}
        return None
    matrix = sources.document.matrix
    anggaran = page.wide(1, 2, sources.sum_of(matrix, "anggaran"), "card_money", row + 1)
    realisasi = page.wide(3, 4, sources.sum_of(matrix, "realisasi_anggaran"), "card_money", row + 1)
    sisa = page.wide(5, 6, difference(anggaran, realisasi), "card_money", row + 1)
    serapan = page.wide(7, 8, f.ratio(realisasi, anggaran), "card_percent", row + 1)
    page.wide(9, LAST, capaian, "card_percent", row + 1)
    labels = ((1, 2, "ANGGARAN"), (3, 4, "REALISASI"), (5, 6, "SISA ANGGARAN"), (7, 8, "SERAPAN (%)"))
    for first, last, label in labels:
        page.wide(first, last, label, "card_label", row)
    page.wide(9, LAST, heading, "card_label", row)
    page.heights |= {row: 16, row + 1: 26, row + 2: 10}
    return Cards(anggaran, realisasi, sisa, serapan)
