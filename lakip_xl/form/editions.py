"""The editions of the form that the tool knows; the newest is the one that new templates are made from."""

from __future__ import annotations

import re

from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.form import edition_2023, edition_2026, edition_e81, edition_iku, edition_names, edition_others
from lakip_xl.form.spec import FormSpec

EDITIONS: tuple[FormSpec, ...] = (edition_2023.FORM, edition_2026.FORM)
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

KNOWN: tuple[FormSpec, ...] = (*EDITIONS, *READABLE[1:])
"""Every form that a workbook may say it is of."""

_MARK = re.compile(r'"([0-9]{4}\.[0-9]+|[a-z0-9]+-[0-9]{4})"')


def candidates(mark: str | None) -> tuple[FormSpec, ...]:
    """The forms that a workbook may hold, the likeliest first: an older edition is judged by its own form.

    ``mark`` is what the hidden name ``_lakip_edisi`` refers to, None where there is none; what is no edition says nothing, and the
    headings tell the form. Raises UnsupportedWorkbook for an edition that this version does not know: it would be judged by the wrong form.
    """
    found = _MARK.fullmatch(mark or "")
    if found is None:
        return READABLE
    own = next((form for form in KNOWN if form.edition == found[1]), None)
    if own is not None:
        return (own, *READABLE[1:]) if own in EDITIONS else READABLE
    known = ", ".join(form.edition for form in KNOWN)
    raise UnsupportedWorkbook(
        f"Buku kerja ini dibuat dengan formulir edisi {found[1]}, yang belum dikenal lakip-xl ini (mengenal {known}). Pasang lakip-xl "
        "yang terbaru, lalu ulangi.",
        f"This workbook was made with edition {found[1]} of the form, which this lakip-xl does not know (it knows {known}). Install the "
        "newest lakip-xl and try again.",
    )
