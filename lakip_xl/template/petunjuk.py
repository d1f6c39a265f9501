"""The sheet Petunjuk."""
from __future__ import annotations
from collections.abc import Sequence
from lakip_xl.form.spec import FormSpec
from lakip_xl.template import formats, paper
from lakip_xl.template.grid import Draft

SHEET = "Petunjuk"

def draw(draft: Draft, form: FormSpec, rules: Sequence[tuple[str, str]]) -> None:
    page = draft.add(SHEET)
    page.put(1, 1, form.name, formats.TITLE)
    paper.lay_out(page.sheet, landscape=False)
