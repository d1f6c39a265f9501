"""Forms in which program, kegiatan and sub kegiatan stand in columns of their own, as offices keep them. Data only.

Each is one of the other forms with the column URAIAN parted: the column in which a name stands says what level its row is of.
"""

from __future__ import annotations

from dataclasses import replace

from lakip_xl.form import edition_2023 as base
from lakip_xl.form import edition_e81, edition_others
from lakip_xl.form.spec import Column, FormSpec, Kind, NameColumn, TableSpec

NAMES = (
    NameColumn("nama_urusan", "kode_urusan", ("urusan",)),
    NameColumn("nama_bidang", "kode_bidang", ("bidang urusan",)),
    NameColumn("nama_program", "kode_program", ("program",)),
    NameColumn("nama_atas", "kode_atas", ("program", "kegiatan")),
    NameColumn("nama_kegiatan", "kode_kegiatan", ("kegiatan",)),
    NameColumn("nama_bawah", "kode_bawah", ("kegiatan", "sub kegiatan")),
    NameColumn("nama_sub", "kode_sub", ("sub kegiatan",)),
)
"""From the widest to the narrowest; two of them shared by two levels, where a code, the look or the sums tell which."""

_WHOLE = (
    "Program/Kegiatan/Sub Kegiatan",
    "Uraian",
    "Nama Program/Kegiatan/Sub Kegiatan",
    "Urusan/Program/Kegiatan/Sub Kegiatan",
)
"""Headings of one column for all levels: where there is one, the others are something else."""


def _name(key: str, heading: str, *aliases: str) -> tuple[Column, Column]:
    """A column of names and the column of their codes."""
    code = (f"Kode {alias}" for alias in aliases if not alias.startswith("Nama"))
    return (
        Column(key, heading, Kind.TEXT, 30, aliases=(f"Nama {heading}", f"Uraian {heading}", *aliases)),
        Column(key.replace("nama_", "kode_"), f"KODE {heading}", Kind.CODE, 17, aliases=("Kode Rek " + heading, *code)),
    )


_COLUMNS = (
    *_name("nama_urusan", "URUSAN", "Urusan Pemerintahan"),
    *_name("nama_bidang", "BIDANG URUSAN", "Bidang Urusan Pemerintahan"),
    *_name("nama_program", "PROGRAM"),
    *_name("nama_atas", "PROGRAM / KEGIATAN", "Program dan Kegiatan", "Program, Kegiatan"),
    *_name("nama_kegiatan", "KEGIATAN"),
    *_name("nama_bawah", "KEGIATAN / SUB KEGIATAN", "Kegiatan dan Sub Kegiatan", "Kegiatan, Sub Kegiatan"),
    *_name("nama_sub", "SUB KEGIATAN", "Subkegiatan", "Sub-Kegiatan", "Nama Subkegiatan"),
)


def _parted(spec: TableSpec) -> TableSpec:
    """A matrix with the names in columns of their own. URAIAN stays, as what a row is called, wherever that stands."""
    columns: list[Column] = []
    for column in spec.columns:
        if column.key == "uraian":
            columns += [*_COLUMNS, replace(column, aliases=_WHOLE, under=())]
        elif column.key == "kode":
            columns.append(replace(column, aliases=("Kode Rekening", "Kode Program/Kegiatan/Sub Kegiatan")))
        else:
            columns.append(column)
    return replace(spec, columns=tuple(columns), names=NAMES)


def _form(form: FormSpec, edition: str, name: str) -> FormSpec:
    tables = tuple(_parted(table) if table.key == "matriks" else table for table in form.tables)
    return replace(
        form,
        edition=edition,
        name=f"{name}, nama dalam beberapa kolom",
        sources=("Bentuk yang dipakai di daerah",),
        tables=tables,
    )


FORMS = (
    _form(base.FORM, "kolom-1", "Matriks LAKIP"),
    _form(edition_e81.FORM, "e81-kolom-1", "Formulir E.81"),
    _form(edition_others.MONTHLY_FORM, "bulanan-kolom-1", "Matriks kinerja bulanan"),
    _form(edition_others.MONEY_FORM, "anggaran-kolom-1", "Matriks anggaran dan realisasi saja"),
)
