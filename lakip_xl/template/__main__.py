"""``python -m lakip_xl.template``: rebuilds the committed template and the generated page on the form."""

from __future__ import annotations

from pathlib import Path

from lakip_xl.form.editions import NEWEST
from lakip_xl.template import build
from lakip_xl.template.document import form_page

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATE, PAGE = Path("workbook_templates/matriks-lakip.xlsx"), Path("docs/form.md")


def main(root: Path = ROOT) -> None:
    """Writes both files under ``root``."""
    (root / TEMPLATE).write_bytes(build(NEWEST))
    (root / PAGE).write_text(form_page(NEWEST), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
