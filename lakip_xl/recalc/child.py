"""What runs in the process of its own: reads a question from standard input, answers on standard output. Knows nothing of the tool.

The question is ``[path, [[sheet, row, column], ...]]`` in JSON, the answer a list: for each cell a number, a text, a truth value or null.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Sequence

Answer = float | str | bool | None


def answer(path: str, wanted: Sequence[tuple[str, int, int]]) -> list[Answer]:
    """What IronCalc computes for each cell; None for an error, and for what is not there."""
    import ironcalc

    with zipfile.ZipFile(path) as package:
        if b'fullPrecision="0"' in package.read("xl/workbook.xml"):
            raise ValueError("precision as displayed: IronCalc knows full precision alone")
    model = ironcalc.load_from_xlsx(path)
    model.evaluate()
    sheets = {sheet["name"]: number for number, sheet in enumerate(model.get_worksheets_properties())}
    values: list[Answer] = []
    for name, row, column in wanted:
        value = None
        if name in sheets and model.get_cell_type(sheets[name], row, column) != ironcalc.CellType.ErrorValue:
            value = model.get_cell_value(sheets[name], row, column)
        values.append(value if isinstance(value, float | str | bool) else None)
    return values


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(*json.load(sys.stdin))) + "\n")
