"""Makes the ten files of docs/excel-check.md: ``python docs/excel_check.py FOLDER`` (needs the test extra)."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from lakip_xl import tasks  # noqa: E402
from lakip_xl.workbook import Style, Workbook  # noqa: E402
from other_writers import OFFICE_TOP, openpyxl_office, xlsxwriter_office  # noqa: E402
from rich_workbooks import rich  # noqa: E402
from workbook_samples import MAIN, OWNED, owned_sheets, raw, sheet_xml  # noqa: E402

EXAMPLE = ROOT / "examples" / "dinsos-manggarai-2023" / "matriks.xlsx"


def make(folder: Path) -> list[Path]:
    """Writes the files, each under the name that the page gives it."""
    folder.mkdir(parents=True, exist_ok=True)
    tasks.template(folder / "01-templat.xlsx", year=2023, instansi="Dinas Sosial", force=True)
    tasks.fill(EXAMPLE, folder / "02-contoh-selesai.xlsx", force=True)
    tasks.fill(folder / "02-contoh-selesai.xlsx", folder / "03-diisi-dua-kali.xlsx", force=True)
    rich(folder / "04-kaya.xlsm")
    (folder / "polos.xlsx").unlink()
    tasks.fill(folder / "04-kaya.xlsm", folder / "05-kaya-selesai.xlsm", force=True)
    for name, writer in (
        ("06-kantor-xlsxwriter.xlsx", xlsxwriter_office),
        ("07-kantor-openpyxl.xlsx", openpyxl_office),
    ):
        book = Workbook.open(writer(folder / name))
        sheet = book.sheet("Evaluasi 2023")
        for row in range(OFFICE_TOP, OFFICE_TOP + 3):
            cell = sheet.cell((row, 10))
            sheet.write(
                (row, 13), value=cell.value, formula=f"J{row}", style=Style(number_format="#,##0.00", bold=True)
            )
        book.graft(owned_sheets(source="'Evaluasi 2023'"), owned=OWNED)
        book.save(folder / name)
    bare = Workbook.from_bytes(raw(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')))
    bare.sheet("Data").write("A2", value=2, style=Style(bold=True))
    bare.save(folder / "08-tanpa-gaya.xlsx")
    rows = "".join(f"<x:row><x:c><x:v>{n}</x:v></x:c><x:c><x:v>{n + 1}</x:v></x:c></x:row>" for n in (1, 3))
    prefixed = Workbook.from_bytes(
        raw(f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>')
    )
    prefixed.sheet("Data").write("B3", value="=bukan rumus")
    prefixed.save(folder / "09-berawalan.xlsx")
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 10_001))
    large = Workbook.from_bytes(raw(sheet_xml(cells)))
    for row in range(1, 10_001):
        large.sheet("Data").write((row, 2), value=row * 2, formula=f"A{row}*2")
    large.save(folder / "10-besar.xlsx")
    return sorted(folder.glob("[01]*"))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
