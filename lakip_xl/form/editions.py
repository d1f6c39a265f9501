"""The editions of the form that the tool knows; the newest is the one that new templates are made from."""

from __future__ import annotations

from lakip_xl.form import edition_2023
from lakip_xl.form.spec import FormSpec

EDITIONS: tuple[FormSpec, ...] = (edition_2023.FORM,)
NEWEST = EDITIONS[-1]
