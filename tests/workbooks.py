"""Workbooks for tests: the template with entries typed in, and small matrices to draw at random."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import openpyxl
from hypothesis import strategies as st

from lakip_xl import template
from lakip_xl.cells import DIV0, NA, Cell, Value
from lakip_xl.fill.apply import apply
from lakip_xl.fill.edits import Plan
from lakip_xl.fill.plan import plan
from lakip_xl.form.editions import NEWEST
from lakip_xl.table.model import Document
from lakip_xl.table.read import read
from lakip_xl.workbook import Workbook

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "dinsos-manggarai-2023"
Entries = Sequence[Mapping[str, Value]]
OWN_HEADS = (
    "KODE",
    "PROGRAM / KEGIATAN",
    "INDIKATOR",
    "SATUAN",
    "TARGET",
    "REALISASI KINERJA",
    "ANGGARAN (Rp)",
    "REALISASI (Rp)",
)
"""Headings of a matrix of an office's own."""


def own_matrix(
    *rows: Sequence[Value], heads: Sequence[str] = OWN_HEADS, more: Mapping[str, Value] | None = None
) -> bytes:
    """A matrix of an office's own, not of the template; ``more`` are cells beside it. Formulas have no stored results."""
    book = openpyxl.Workbook()
    for row in (heads, *rows):
        book.active.append(list(row))
    for at, value in (more or {}).items():
        book.active[at] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@lru_cache(maxsize=1)
def _empty() -> bytes:
    return template.build(year=2023, instansi="Dinas Sosial")


@lru_cache(maxsize=1)
def _places() -> Mapping[str, Cell]:
    """Where the template has its settings; rows that are typed into its tables do not move them."""
    return read(Workbook.from_bytes(_empty(), "matriks.xlsx"), NEWEST).settings.cells


def typed_in(entries: Mapping[str, Entries], identity: Mapping[str, Value] | None = None, **settings: Value) -> bytes:
    """The template with rows typed into its tables by column key; ``total`` as a row's key ``_row`` puts it elsewhere."""
    book = Workbook.from_bytes(_empty(), "matriks.xlsx")
    for key, rows in entries.items():
        spec = NEWEST.table(key)
        for number, row in enumerate(rows, start=spec.first_row):
            place = spec.total_row if row.get("_total") else number
            for column, value in row.items():
                if column != "_total" and value is not None:
                    book.sheet(spec.title).write((place, spec.position(column)), value=value)
    for key, value in {**(identity or {}), **settings}.items():
        cell = _places()[key]
        book.sheet(cell.sheet).write((cell.row, cell.column), value=value)
    return book.to_bytes()


def planned(data: bytes, *, formulas: bool = False) -> tuple[Workbook, Document, Plan]:
    """A workbook read and planned, nothing written."""
    book = Workbook.from_bytes(data, "matriks.xlsx")
    document = read(book, NEWEST)
    uncached = {c for c in document.formulas if not book.sheet(c.sheet).cell((c.row, c.column)).has_cache}

    def raw(cell: Cell) -> Value:
        found = book.sheet(cell.sheet).cells.get((cell.row, cell.column))
        return None if found is None else found.value

    return book, document, plan(document, raw, uncached, replace_typed=formulas)


def filled(data: bytes, *, formulas: bool = False) -> bytes:
    """A workbook with its formulas filled, without the sheets that the tool owns."""
    book, document, the_plan = planned(data, formulas=formulas)
    apply(book, document, the_plan)
    return book.to_bytes()


# -- matrices at random ---------------------------------------------------------------------------------------------------------

money = st.one_of(st.integers(0, 5_000_000_000), st.integers(0, 10**11).map(lambda sen: sen / 100), st.just(0)).map(
    float
)
amounts = st.one_of(st.integers(0, 2000).map(float), st.integers(0, 100_000).map(lambda n: n / 100))
odd: st.SearchStrategy[Value] = st.sampled_from(["-", "Rp -", "97.548.000", "12 Org", "", " ", "#DIV/0!", DIV0, NA])
_BLANK = st.none()


@st.composite
def matrices(draw: st.DrawFn, strange: bool = True, most: int = 4) -> list[dict[str, Value]]:
    """Rows of a matrix with codes: programs, kegiatan, sub kegiatan, further indicators, blanks, texts and typed roll-ups."""

    def figure(values: st.SearchStrategy[float]) -> Value:
        kinds: list[st.SearchStrategy[Value]] = [values, values, values, _BLANK]
        return draw(st.one_of(*kinds, odd) if strange else st.one_of(*kinds))

    def indicator() -> dict[str, Value]:
        return {
            "indikator": "Jumlah dokumen",
            "satuan": draw(st.sampled_from(["Dokumen", "Persen", "Orang/bulan", None])),
            "target": figure(amounts),
            "realisasi": figure(amounts),
            "arah": draw(st.sampled_from(["Makin tinggi makin baik", "Makin rendah makin baik", None])),
            "status": draw(st.sampled_from([None, None, None, "aktif", "dinolkan", "nihil"])),
        }

    rows: list[dict[str, Value]] = []
    for p in range(1, draw(st.integers(1, most)) + 1):
        rows.append({"kode": f"1.06.{p:02}", "uraian": f"PROGRAM {p}", **(indicator() if draw(st.booleans()) else {})})
        for k in range(1, draw(st.integers(0, most)) + 1):
            kegiatan: dict[str, Value] = {"kode": f"1.06.{p:02}.2.{k:02}", "uraian": f"Kegiatan {p}.{k}"}
            if draw(st.integers(0, 4)) == 0:
                kegiatan["anggaran"] = figure(money)
            rows.append(kegiatan)
            for s in range(1, draw(st.integers(0, most)) + 1):
                leaf = {"kode": f"1.06.{p:02}.2.{k:02}.{s:04}", "uraian": f"Sub kegiatan {p}.{k}.{s}", **indicator()}
                leaf |= {"anggaran": figure(money), "realisasi_anggaran": figure(money)}
                if draw(st.integers(0, 3)) == 0:
                    leaf |= {f"tw{n}": figure(amounts) for n in range(1, 5)}
                    leaf["realisasi"] = None
                    leaf["cara_hitung"] = draw(
                        st.sampled_from(["Kumulatif", "Posisi akhir", "Rata-rata", "Tertinggi", None])
                    )
                rows.append(leaf)
                if draw(st.integers(0, 5)) == 0:
                    rows.append(indicator())
    return rows[:78]
