"""Lists, limits and input messages of entry cells."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from lakip_xl.form.spec import Column, Field, Kind

TITLE_LIMIT, TEXT_LIMIT = 32, 255
"""What Excel takes for the title and the text of a message."""

_FROM_LIST = ("Pilih dari daftar", "Pilih salah satu dari daftar pada sel ini, atau kosongkan.")
_NUMBER = (
    "Bukan angka",
    "Isi dengan angka 0 atau lebih, tanpa Rp, satuan, atau tanda %. Pilih Ya bila isian ini memang disengaja.",
)
_YEAR = ("Bukan tahun", "Isi dengan tahun empat angka, misalnya 2023.")


def for_column(column: Column) -> dict[str, Any]:
    """The validation of one column of a table: a list stops, a number only warns, since reports do carry other values."""
    return _validation(column.kind, column.choices, column.heading, column.hint, strict=True)


def for_field(field: Field) -> dict[str, Any]:
    """The validation of one field; a list that no formula needs lets other words pass after a warning."""
    return _validation(field.kind, field.choices, field.label, field.hint, strict=field.required)


def number(title: str, hint: str) -> dict[str, Any]:
    """The validation of a number that belongs to no column."""
    return _validation(Kind.NUMBER, (), title, hint, strict=False)


def apply(sheet: Worksheet, first_row: int, last_row: int, column: int, validation: dict[str, Any]) -> None:
    """Puts a validation on the cells of one column, rows and columns 1-based."""
    sheet.data_validation(first_row - 1, column - 1, last_row - 1, column - 1, validation)


def _validation(kind: Kind, choices: tuple[str, ...], title: str, hint: str, *, strict: bool) -> dict[str, Any]:
    rule: dict[str, Any] = {"validate": "any"}
    if choices:
        rule = {"validate": "list", "source": list(choices), **_alert(_FROM_LIST, "stop" if strict else "warning")}
    elif kind is Kind.YEAR:
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": 2000,
            "maximum": 2100,
            **_alert(_YEAR, "warning"),
        }
    elif kind is Kind.COUNT:
        rule = {"validate": "integer", "criteria": ">=", "value": 0, **_alert(_NUMBER, "warning")}
    elif kind.numeric:
        rule = {"validate": "decimal", "criteria": ">=", "value": 0, **_alert(_NUMBER, "warning")}
    if hint:
        rule |= {"input_title": short(title), "input_message": hint}
    return rule


def _alert(words: tuple[str, str], level: str) -> dict[str, Any]:
    return {"error_title": words[0], "error_message": words[1], "error_type": level}


def short(title: str) -> str:
    """A heading as a message title: line breaks and the spaces around slashes go first."""
    return title if len(title) <= TITLE_LIMIT else title.replace(" / ", "/")[:TITLE_LIMIT]
