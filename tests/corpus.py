"""The outcome of the job over a folder of workbooks: each is patched, grafted and saved with nothing lost, or refused by name.

    LAKIP_CORPUS=FOLDER python tests/corpus.py        writes docs/corpus.md

The job on each file: a styled formula in three rows of the first sheet (the first, one in the middle, one below the last), and a
summary sheet with charts and data bars beside the user's. Each file has a process of its own, with a limit on memory and time.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lakip_xl.cells import Area, quote_sheet
from lakip_xl.errors import LakipError, MissingSheet, UnreadableWorkbook, UnsupportedWorkbook
from lakip_xl.workbook import Dxf, Sheet, Style, Workbook
from workbook_samples import OWNED, owned_sheets, parts
from xlsx_checks import problems

MEMORY, SECONDS = 1 << 30, 20
DOC = Path(__file__).resolve().parent.parent / "docs" / "corpus.md"
FLAG = Style(number_format="0.00", fill="FFF2CC", bold=True)


@dataclass
class Outcome:
    """``kind`` is kept, unreadable, unsupported or (never wanted) broken; ``why`` the sentence or what was lost."""

    kind: str
    why: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    cells: int = 0
    written: int = 0


def worksheets(book: Workbook) -> list[Sheet]:
    found = []
    for title in book.sheet_names:
        try:
            found.append(book.sheet(title))
        except MissingSheet:
            continue  # a chart sheet
    return found


def places_of(sheet: Sheet) -> list[tuple[int, int]]:
    """Two cells in each of three rows: one that is there, one beyond the last column."""
    rows = (1, max(2, sheet.max_row // 2 + 1), min(sheet.max_row + 2, 1_048_576))
    return [(row, column) for row in rows for column in (1, min(sheet.max_column + 2, 16_384))]


def job(book: Workbook, places: list[tuple[int, int]]) -> tuple[str, int]:
    """Writes at the places that can be written, adds a rule, grafts; returns the sheet part and how many cells it took."""
    sheet, written = worksheets(book)[0], 0
    for place in places:
        try:
            sheet.write(place, value=1.5, formula="1+0.5", style=FLAG)
            written += 1
        except UnsupportedWorkbook:
            continue  # in an array, merged or a table's header: said by name, and tested elsewhere
    sheet.set_conditional_formats([(Area(1, 1, 9, 3), "A1>2", Dxf(fill="FFC7CE"))])
    book.graft(owned_sheets(source=quote_sheet(sheet.name)), owned=OWNED)
    return sheet.part, written


def lost(path: Path, outcome: Outcome) -> list[str]:
    """Does the job on a workbook that can be opened; what was lost or changed without need, nothing if all is well."""
    book = Workbook.open(path)
    before = {sheet.name: dict(sheet.cells) for sheet in worksheets(book)}
    outcome.cells = sum(map(len, before.values()))
    sheet = worksheets(book)[0]
    places = places_of(sheet)
    original = {name.replace("\\", "/"): data for name, data in parts(path.read_bytes()).items()}
    patched, outcome.written = job(book, places)
    result = book.to_bytes()
    after = {name.replace("\\", "/"): data for name, data in parts(result).items()}
    found = [f"{name} vanished" for name in original if name not in after and "calcChain" not in name]
    may_change = {patched, book.package.main} | {
        n
        for n in original
        if n.startswith(("xl/_rels/", "docProps/app")) or "styles" in n or n.lower() == "[content_types].xml"
    }
    found += [f"{n} changed" for n in original if n in after and after[n] != original[n] and n not in may_change]
    old, new = original[patched], after[patched]
    for construct in (rb"<(?:\w+:)?ext[ >]", rb"<(?:\w+:)?(?:drawing|legacyDrawing|picture|oleObject|control|tablePart|hyperlink|"
                      rb"dataValidation|cfRule|sparkline|mergeCell|rowBreaks|brk)[ />]"):  # fmt: skip
        if len(re.findall(construct, old)) > len(re.findall(construct, new)):
            found.append(f"{patched}: fewer of {construct!r}")
    known = set(problems(io.BytesIO(path.read_bytes())))
    stale = any("the titles" in problem for problem in known)  # titles out of step before are left alone
    new = [problem for problem in problems(io.BytesIO(result)) if problem not in known]
    found += [problem for problem in new if not (stale and "the titles" in problem)]
    again = Workbook.from_bytes(result)
    for title, cells in before.items():
        here = again.sheet(title).cells
        mine = set(places) if title == sheet.name else set()
        if {p: c for p, c in here.items() if p not in mine} != {p: c for p, c in cells.items() if p not in mine}:
            found.append(f"{title}: cells changed")
    job(again, places)
    if again.to_bytes() != result:
        found.append("a second run changes something")
    return found


def outcome_of(path: Path) -> Outcome:
    """The outcome in this process."""
    outcome, start = Outcome("kept"), time.process_time()
    try:
        found = lost(path, outcome)
        if found:
            outcome.kind, outcome.why = "broken", "; ".join(found)
    except UnreadableWorkbook as error:
        outcome.kind, outcome.why = "unreadable", error.text.en
    except LakipError as error:
        outcome.kind, outcome.why = "unsupported", error.text.en
    except Exception as error:
        outcome.kind, outcome.why = "broken", f"{type(error).__name__}: {error}"
    outcome.seconds = time.process_time() - start
    return outcome


def _limited(path: Path, answer: Callable[[Outcome], None]) -> None:
    peak = 0.0
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        outcome = outcome_of(path)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    else:
        outcome = outcome_of(path)
    outcome.megabytes = peak
    answer(outcome)


def limited(path: Path) -> Outcome:
    """The outcome in a process that may take 1 GiB and 20 seconds of processor time."""
    spawn = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_limited, args=(path, theirs.send))
    process.start()
    theirs.close()
    try:
        found = ours.recv() if ours.poll(SECONDS * 6) else Outcome("broken", "no answer in time")
    except EOFError:
        found = Outcome("broken", "ended by its limits")
    process.kill()
    process.join()
    return found


def table(found: dict[str, Outcome]) -> str:
    kinds = Counter(outcome.kind for outcome in found.values())
    kept = [outcome for outcome in found.values() if outcome.kind == "kept"]
    lines = [
        "# Workbooks from everywhere", "",
        "`LAKIP_CORPUS=FOLDER python tests/corpus.py` writes this page; `tests/workbook/test_workbook_corpus.py` holds it. The folder",
        f"holds {len(found)} workbooks of Apache POI's tests (.xlsx and .xlsm), odd, broken and hostile ones included. On each: open, a",
        "styled formula in three rows, a conditional format, a grafted summary with charts and data bars, save; then all of it again.",
        "Each file had 1 GiB and 20 s to itself.", "",
        "| outcome | workbooks |", "|---|---|",
        f"| sound, nothing lost, a second run changes no byte | {kinds['kept']} |",
        f"| cannot be read: one sentence | {kinds['unreadable']} |",
        f"| read, not supported: one sentence | {kinds['unsupported']} |",
        f"| anything else | {kinds['broken']} |", "",
        f"In the {kept and len(kept)} sound ones {sum(o.cells for o in kept):,} cells were compared before and after, and "
        f"{sum(o.written for o in kept):,} written. The slowest took {max(o.seconds for o in found.values()):.1f} s, the largest "
        f"{max(o.megabytes for o in found.values()):.0f} MB.", "",
        "Nothing lost means: every part is there (the calculation chain aside, which Excel makes anew); every part but the patched",
        "sheet, the workbook's lists, styles and titles has its bytes; in the patched sheet no drawing, control, rule, validation,",
        "link or extension is fewer; every cell that was not written has its value, formula, cached value and format.", "",
        "| refused | why |", "|---|---|",
    ]  # fmt: skip
    for name, outcome in sorted(found.items()):
        if outcome.kind != "kept":
            why = outcome.why.removeprefix(f"{name}: ").partition(". ")[0].rstrip(".").replace("|", "\\|")
            lines.append(f"| {re.sub('^[0-9a-f]{8}_', '', name)} | {why} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    files = sorted(p for p in Path(os.environ["LAKIP_CORPUS"]).iterdir() if p.is_file())
    DOC.write_text(table({path.name: limited(path) for path in files}), encoding="utf-8")
