"""How the recap looks: the looks of Ringkasan, and a few that only lists of many offices need."""

from __future__ import annotations

from lakip_xl.summary import formats
from lakip_xl.summary.formats import Look

_FINE: Look = {"font_size": 9}

LOOKS: dict[str, Look] = {
    **formats.LOOKS,
    "total_whole": formats.LOOKS["total_rupiah"] | {"num_format": formats.WHOLE},
    "total_points": formats.LOOKS["total_rupiah"] | {"num_format": formats.POINTS},
    "signed": formats.LOOKS["rupiah"] | {"num_format": "+#,##0_-_);-#,##0_-_);0_-_);@_-_)"},
    "total_signed": formats.LOOKS["total_rupiah"] | {"num_format": "+#,##0_-_);-#,##0_-_);0_-_);@_-_)"},
    "row_text": formats.LOOKS["list_text"] | _FINE | {"text_wrap": False},
    "row_wrap": formats.LOOKS["list_text"] | _FINE,
    "row_center": formats.LOOKS["list_center"] | _FINE | {"text_wrap": False},
    "row_link": formats.LOOKS["list_link"] | _FINE | {"text_wrap": False},
    "row_rupiah": formats.LOOKS["list_rupiah"] | _FINE,
    "subtitle_left": formats.LOOKS["subtitle"] | {"align": "left"},
    "page_head": formats.LOOKS["head"] | {"font_size": 8},
    "link_center": formats.LOOKS["center"] | {"font_color": formats.LOOKS["link"]["font_color"], "underline": 1},
    "page_note": formats.LOOKS["note"] | {"font_size": 10},
    "apart": formats.LOOKS["text"] | {"font_color": "#9C0006", "text_wrap": True},
}
"""A look by its name."""
