"""The editions of the form that the tool knows; the newest is the one that new templates are made from."""

from __future__ import annotations

from lakip_xl.form import edition_2023, edition_e81
from lakip_xl.form.spec import FormSpec

EDITIONS: tuple[FormSpec, ...] = (edition_2023.FORM,)
NEWEST = EDITIONS[-1]

READABLE: tuple[FormSpec, ...] = (NEWEST, edition_e81.FORM)
"""The forms that are looked for in a workbook; of two that fit equally well, the first."""
