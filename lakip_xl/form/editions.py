"""The editions of the form that the tool knows; the newest is the one that new templates are made from."""

from __future__ import annotations

import re

from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.form import edition_2023, edition_e81, edition_iku, edition_names, edition_others
from lakip_xl.form.spec import FormSpec

EDITIONS: tuple[FormSpec, ...] = (edition_2023.FORM,)
NEWEST = EDITIONS[-1]

READABLE: tuple[FormSpec, ...] = (
    NEWEST,
    edition_e81.FORM,
    edition_others.MONTHLY_FORM,
    edition_others.MONEY_FORM,
    *edition_names.FORMS,
    edition_iku.FORM,
)
"""The forms that are looked for in a workbook; of two that fit equally well, the first."""

_MARK = re.compile(r'"([0-9]{4}\.[0-9]+|[a-z0-9]+-[0-9]{4})"')


def require_known(mark: str | None) -> None:
    """Refuses a workbook that says it is of an edition which this version does not know: it would be judged by the wrong form.

    ``mark`` is what the hidden name ``_lakip_edisi`` refers to, None where there is none; whatever else stands there says nothing, and
    the headings tell the form. Raises UnsupportedWorkbook.
    """
    found = _MARK.fullmatch(mark or "")
    if found is None or found[1] in {form.edition for form in READABLE}:
        return
    known = ", ".join(form.edition for form in READABLE)
    raise UnsupportedWorkbook(
        f"Buku kerja ini dibuat dengan formulir edisi {found[1]}, yang belum dikenal lakip-xl ini (mengenal {known}). Pasang lakip-xl "
        "yang terbaru, lalu ulangi.",
        f"This workbook was made with edition {found[1]} of the form, which this lakip-xl does not know (it knows {known}). Install the "
        "newest lakip-xl and try again.",
    )
