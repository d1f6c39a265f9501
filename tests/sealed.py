"""A workbook that may be submitted: the example with each warning explained in KETERANGAN, filled; and its bundle."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.findings import Severity
from lakip_xl.tasks.filling import completed
from lakip_xl.workbook import Workbook
from workbooks import EXAMPLE as FOLDER

EXAMPLE = FOLDER / "matriks.xlsx"
EXPLANATION = "Sudah diperiksa terhadap LRA dan dokumen sumber; benar demikian."


@cache
def workbook() -> bytes:
    """The example, explained and filled."""
    seen = tasks.examine(EXAMPLE)
    column = seen.document.matrix.layout.columns["keterangan"]
    for finding in seen.findings:
        if finding.severity is Severity.WARNING:
            seen.book.sheet("Matriks").write((finding.cell.row, column), value=EXPLANATION)
    return completed(tasks.examine(seen.book.to_bytes(), name="matriks.xlsx"), EXAMPLE).book.to_bytes()


@cache
def bundle() -> bytes:
    """The bundle of ``workbook``."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "matriks.xlsx"
        source.write_bytes(workbook())
        done = tasks.submit(source)
        assert done.path is not None, [finding.code for finding in done.missing]
        return done.path.read_bytes()


def changed(cells: Mapping[tuple[str, tuple[int, int]], Value], data: bytes | None = None) -> bytes:
    """The workbook with other values in some cells, by sheet and place; None blanks one."""
    book = Workbook.from_bytes(workbook() if data is None else data)
    for (sheet, at), value in cells.items():
        if value is None:
            book.sheet(sheet).clear(at)
        else:
            book.sheet(sheet).write(at, value=value)
    return book.to_bytes()


def rezipped(data: bytes, **parts: bytes | None) -> bytes:
    """A bundle with some of its files (``_`` for the dot of their names) put in, replaced, or (None) left out."""
    named = {name.replace("__", "-").replace("_", "."): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            content = named.pop(entry, old.read(entry)) if entry in named else old.read(entry)
            if content is not None:
                new.writestr(entry, content)
        for name, content in named.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()
