"""How the cells of the owned sheets look: a name for each look, so that blocks speak of meaning, not of colours.

A look whose name begins with ``entry`` is that of a cell in which people type: it is unlocked and carries no mark of ours.
"""

from __future__ import annotations

from typing import Any

Look = dict[str, Any]

INK, MUTED, LINE, TITLE_INK = "#1F2933", "#6B7280", "#A6B1BF", "#1F4E78"
HEADING_FILL, TOTAL_FILL, CARD_FILL, ENTRY_FILL = "#BDD7EE", "#DDEBF7", "#F3F8FC", "#FFFFFF"
RED: Look = {"bg_color": "#F8CBCB", "font_color": "#9C0006", "bold": True}
AMBER: Look = {"bg_color": "#FFE9A8", "font_color": "#7F4F00", "bold": True}
GREEN: Look = {"bg_color": "#D5EBD3", "font_color": "#1E5C22", "bold": True}
BLUE: Look = {"bg_color": "#CFE2F3", "font_color": "#1F4E78", "bold": True}
YELLOW: Look = {"bg_color": "#FFF59D"}

# "_-_)" keeps the figures off the border (LibreOffice forgets an indent on the right between unlike formats); the last section does so for
# the "-" that stands for no number.
RUPIAH = '#,##0_-_);-#,##0_-_);"-"_-_);@_-_)'
MONEY = '"Rp" #,##0;-"Rp" #,##0;"Rp -"'
DECIMALS = "#,##0.00_-_);-#,##0.00_-_);0.00_-_);@_-_)"
POINTS = "+#,##0.00_-_);-#,##0.00_-_);0.00_-_);@_-_)"
WHOLE = "#,##0_-_);-#,##0_-_);0_-_);@_-_)"

_BASE: Look = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
_BOX: Look = _BASE | {"border": 1, "border_color": LINE, "valign": "vcenter"}
_WRAP: Look = _BOX | {"text_wrap": True}
_LEFT: Look = _WRAP | {"align": "left", "indent": 1}
_RIGHT: Look = _BOX | {"align": "right"}
_TOTAL: Look = {"bold": True, "bg_color": TOTAL_FILL}
_TOP: Look = {"valign": "top"}
_CARD: Look = {
    "font_name": "Calibri",
    "bg_color": CARD_FILL,
    "align": "center",
    "valign": "vcenter",
    "border_color": LINE,
}
_CARD_TOP: Look = _CARD | {"font_size": 9, "font_color": MUTED, "top": 1, "left": 1, "right": 1}
_CARD_END: Look = _CARD | {"font_size": 15, "bold": True, "font_color": TITLE_INK, "bottom": 1, "left": 1, "right": 1}
_SMALL: Look = {"font_name": "Calibri", "font_size": 8, "font_color": MUTED, "valign": "top"}

LOOKS: dict[str, Look] = {
    "": _BASE,
    "title": _BASE | {"font_size": 16, "bold": True, "font_color": TITLE_INK, "align": "center", "valign": "vcenter"},
    "subtitle": _BASE | {"font_size": 12, "bold": True, "align": "center", "valign": "vcenter"},
    "label": _BASE | {"font_color": MUTED},
    "label_in": _BASE | {"font_color": MUTED, "align": "left", "indent": 1},
    "fact": _BASE | {"bold": True, "align": "left", "text_wrap": True},
    "section": _BASE
    | {
        "font_size": 12,
        "bold": True,
        "font_color": TITLE_INK,
        "valign": "vcenter",
        "bottom": 2,
        "bottom_color": TITLE_INK,
    },
    "aside": _BASE
    | {"font_size": 9, "italic": True, "font_color": MUTED, "text_wrap": True, "align": "left", "indent": 1},
    "note": _BASE | {"font_size": 9, "italic": True, "font_color": MUTED, "text_wrap": True},
    "card_label": _CARD_TOP,
    "card_money": _CARD_END | {"num_format": MONEY},
    "card_percent": _CARD_END | {"num_format": DECIMALS},
    "card_word": _CARD_END | {"font_size": 11},
    "head": _BOX | {"bold": True, "bg_color": HEADING_FILL, "align": "center", "valign": "vcenter", "text_wrap": True},
    "text": _LEFT,
    "center": _WRAP | {"align": "center"},
    "rupiah": _RIGHT | {"num_format": RUPIAH},
    "decimals": _RIGHT | {"num_format": DECIMALS},
    "points": _RIGHT | {"num_format": POINTS},
    "whole": _RIGHT | {"num_format": WHOLE},
    "total_text": _LEFT | _TOTAL,
    "total_center": _WRAP | _TOTAL | {"align": "center"},
    "total_rupiah": _RIGHT | _TOTAL | {"num_format": RUPIAH},
    "total_points": _RIGHT | _TOTAL | {"num_format": POINTS},
    "total_decimals": _RIGHT | _TOTAL | {"num_format": DECIMALS},
    "link": _LEFT | {"font_color": "#0563C1", "underline": 1},
    "state": _BOX | {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "entry": _LEFT | _TOP | {"bg_color": ENTRY_FILL, "locked": False},
    "entry_center": _WRAP | _TOP | {"align": "center", "bg_color": ENTRY_FILL, "locked": False},
    "entry_line": _BASE | {"align": "center", "text_wrap": True, "bottom": 1, "bottom_color": INK, "locked": False},
    "list_text": _LEFT | _TOP,
    "list_center": _WRAP | _TOP | {"align": "center"},
    "list_link": _LEFT | _TOP | {"font_color": "#0563C1", "underline": 1},
    "list_rupiah": _RIGHT | _TOP | {"num_format": RUPIAH},
    "list_sen": _RIGHT | _TOP | {"num_format": DECIMALS},
    "list_decimals": _RIGHT | _TOP | {"num_format": DECIMALS},
    "list_whole": _RIGHT | _TOP | {"num_format": WHOLE},
    "chapter": _BOX
    | {"font_size": 13, "bold": True, "font_color": TITLE_INK, "bg_color": HEADING_FILL, "align": "left", "indent": 1},
    "part": _BASE | {"font_size": 11, "bold": True, "font_color": TITLE_INK, "valign": "vcenter"},
    "sentence": _BASE | {"font_size": 11, "text_wrap": True, "align": "left", "valign": "vcenter", "indent": 1},
    "doubt": _LEFT | _TOP | {"bg_color": "#FFF4D6"},
    "doubt_link": _LEFT | _TOP | {"bg_color": "#FFF4D6", "font_color": "#0563C1", "underline": 1},
    "signature": _BASE | {"align": "center"},
    "small": _SMALL,
    "small_number": _SMALL | {"num_format": DECIMALS},
}
