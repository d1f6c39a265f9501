"""How high rows must be for what is written in them: not every program fits rows to wrapped text when it opens a file."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from lakip_xl.cells import Value
from lakip_xl.form.spec import Kind, TableSpec

LINE = 14.5
"""Points that a line of text takes, in letters of 11 points."""
_LINE, _MORE = 13, 1.1
"""The same in the template's letters of 10 points, and how many more of them a line holds."""


def lines(text: str, wide: float, *, bold: bool = False) -> int:
    """The lines that a text takes in a column of this width."""
    capitals = sum(char.isupper() for char in text) * 2 > len(text)
    letters = wide * (0.88 if capitals else 1.0 if bold else 1.08)
    return sum(max(1, len(textwrap.wrap(part, max(2, int(letters))))) for part in text.split("\n"))


def of_row(spec: TableSpec, values: Mapping[str, Value], *, bold: bool = False) -> float | None:
    """The height of a row with these values in points, as it prints; None where one line is enough, so that it grows by itself later."""
    most = max(
        (
            lines(value, column.width * _MORE, bold=bold)
            for key, value in values.items()
            if isinstance(value, str) and (column := spec.by_key[key]).kind is Kind.TEXT and column.printed
        ),
        default=1,
    )
    return _LINE * most + 3 if most > 1 else None
