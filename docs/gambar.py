"""Makes the pictures of the README and the guide from the real output on the example: python docs/gambar.py

Needs LibreOffice (soffice) and pdftoppm. Numbers are shown as on an Indonesian PC.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import openpyxl

from lakip_xl import tasks
from lakip_xl.workbook import Workbook

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "examples" / "dinsos-manggarai-2023" / "matriks.xlsx"
PICTURES = HERE / "gambar"
# The pictures and the words that their page begins with; a second picture of one sheet is its next page.
SHEETS = {
    "petunjuk": "PETUNJUK",
    "identitas": "IDENTITAS",
    "pengaturan": "PENGATURAN",
    "sasaran": "PENGUKURAN KINERJA",
    "belanja": "ANGGARAN DAN REALISASI BELANJA",
    "ringkasan": "RINGKASAN",
    "ringkasan-2": "RINGKASAN",
    "ringkasan-3": "RINGKASAN",
    "catatan": "CATATAN PERBAIKAN",
}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>id-ID</value></prop></item>
</oor:items>
"""


def pages(book: Path, folder: Path, dpi: int = 80) -> list[tuple[str, Path]]:
    """The pages of a workbook in print order: text and picture."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    stem = folder / book.stem
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(folder / f"{book.stem}.pdf"), str(stem)], check=True)
    text = subprocess.run(
        ["pdftotext", str(folder / f"{book.stem}.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    return list(zip(text.split("\f"), sorted(folder.glob(f"{book.stem}-*.png")), strict=False))


def only(source: Path, title: str, area: str, target: Path) -> Path:
    """A copy with one sheet to print, whole as on screen; for a picture only, since openpyxl does not keep everything."""
    book = openpyxl.load_workbook(source)
    for sheet in book.worksheets:
        if sheet.title != title:
            sheet.sheet_state = "hidden"
    sheet = book[title]
    book.active = book.worksheets.index(sheet)
    sheet.print_area = area
    sheet.print_title_rows = None
    for letter in "HIJ":
        sheet.column_dimensions[letter].hidden = True
    book.save(target)
    return target


def main() -> None:
    """Writes docs/gambar/*.png."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        done = tasks.fill(EXAMPLE, folder / "hasil.xlsx").path
        found = pages(done, folder)
        for name, title in SHEETS.items():
            take(found, title, PICTURES / f"{name}.png")
        explained = EXAMPLE.with_name("matriks-dijelaskan.xlsx")
        more = pages(tasks.fill(explained, folder / "lengkap.xlsx", extra=("narasi", "reviu")).path, folder)
        take(more, "NARASI", PICTURES / "narasi.png")
        take(more, "KERTAS KERJA REVIU", PICTURES / "reviu.png")
        take(pages(recapped(explained, folder), folder), "REKAP", PICTURES / "rekap.png")
        screen = pages(only(done, "Matriks", "A1:V28", folder / "layar.xlsx"), folder, 110)
        take(screen, "MATRIKS CAPAIAN", PICTURES / "matriks.png")


def recapped(explained: Path, folder: Path) -> Path:
    """The recap of three offices: the example twice, explained and not, and a file that is no workbook."""
    offices = folder / "kiriman"
    offices.mkdir()
    shutil.copyfile(explained, offices / "dinas-sosial.xlsx")
    book = Workbook.open(EXAMPLE)
    cell = next(at for at, data in book.sheet("Identitas").cells.items() if data.value == "Dinas Sosial")
    book.sheet("Identitas").write(cell, value="Dinas Contoh")
    book.save(offices / "dinas-contoh.xlsx")
    (offices / "rusak.xlsx").write_bytes(explained.read_bytes()[:2000])
    return tasks.recap(offices, folder / "rekap.xlsx").path


def take(found: list[tuple[str, Path]], title: str, target: Path) -> None:
    """Keeps the first page that begins with a title."""
    number, words = next((i, path) for i, (text, path) in enumerate(found) if text.lstrip().startswith(title))
    words.replace(target)
    found[number] = ("", words)


if __name__ == "__main__":
    main()
