"""What others do with the same workbook, each as a process in an environment of its own.

    python benchmarks/baselines.py openpyxl MATRIKS.xlsx HASIL.xlsx      loads the workbook and saves it
    python benchmarks/baselines.py calamine MATRIKS.xlsx                 reads every cell of every sheet
    python benchmarks/baselines.py expat MATRIKS.xlsx                    parses the first sheet and collects its cells

The obvious script, which does what an office needs, stands in ``obvious.py``.
"""

import sys
import zipfile
from xml.parsers import expat

Collected = list[tuple[str | None, str | None, str | None, str | None]]


def load_and_save(path: str, out: str) -> None:
    """The least that any script with openpyxl does before and after its own work."""
    import openpyxl

    openpyxl.load_workbook(path).save(out)


def calamine_read(path: str) -> list[list[list[object]]]:
    """Values alone, by a reader written in Rust: no formulas, no styles, and nothing can be written back."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def expat_pass(path: str) -> Collected:
    """(ref, type, value, formula) of every cell of the first sheet: the least that any reader in Python does."""
    cells: Collected = []
    pieces: list[str] = []
    ref = kind = value = formula = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal ref, kind, value, formula
        if name == "c":
            ref, kind, value, formula = attributes.get("r"), attributes.get("t"), None, None
        elif name in ("v", "f", "t"):
            pieces.clear()

    def end(name: str) -> None:
        nonlocal value, formula
        if name in ("v", "t"):
            value = "".join(pieces)
        elif name == "f":
            formula = "".join(pieces)
        elif name == "c":
            cells.append((ref, kind, value, formula))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, pieces.append
    with zipfile.ZipFile(path) as archive:
        parser.Parse(archive.read("xl/worksheets/sheet1.xml"), True)
    return cells


JOBS = {"openpyxl": load_and_save, "calamine": calamine_read, "expat": expat_pass}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
