"""``lakip-xl`` and ``python -m lakip_xl``: the command line as a process of its own, from the first argument to the exit status."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Runs the command line and ends the process with its exit status.

    The interpreter is not taken down piece by piece: everything is written and closed by then, and to free each object of a large
    workbook, and each library, one by one takes a tenth of the whole time. What was printed is flushed first. Nor are cycles looked
    for at any time: the libraries' own code makes no fewer objects than a workbook, and both live until the end.
    """
    gc.disable()
    from lakip_xl.cli import main

    try:
        main(prog_name="lakip-xl")
    except SystemExit as end:
        status = end.code
    else:
        status = 0
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        os._exit(1)  # the reader went away, or the disk that takes our output is full
    os._exit(status if isinstance(status, int) else int(status is not None))


if __name__ == "__main__":
    run()
