"""Writes docs/rules.md: ``python -m lakip_xl.rules [PATH]``."""

from __future__ import annotations

import sys
from pathlib import Path

from lakip_xl.rules.pages import page

if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/rules.md")
    target.write_text(page(), encoding="utf-8", newline="\n")
