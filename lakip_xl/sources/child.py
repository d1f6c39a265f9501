"""What runs in a process of its own: python-calamine on a file from standard input. Knows nothing of the tool.

The library stops the whole process on some damaged files. Its answer is JSON: a list of sheets, each with its ``name``, its ``rows`` as
``[number, [[column, value], ...]]`` and its ``merged`` areas; or the word ``password``.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time
from typing import Any


def answer(data: bytes) -> list[dict[str, Any]] | str:
    """The sheets of a file. Raises what the library raises."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        return "password"
    return [_sheet(book.get_sheet_by_name(title)) for title in book.sheet_names]


def _sheet(sheet: Any) -> dict[str, Any]:
    rows = []
    for number, line in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = [[place, plain(value)] for place, value in enumerate(line, start=1) if value not in ("", None)]
        if cells:
            rows.append([number, cells])
    merged = [
        [top + 1, left + 1, bottom + 1, right + 1] for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return {"name": sheet.name, "rows": rows, "merged": merged}


def plain(value: object) -> float | str | bool:
    """A date or a time is text here: no number of the form is one."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read())) + "\n")
