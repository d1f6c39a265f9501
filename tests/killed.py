"""Runs the command line and ends the process, as a power cut would, just before the n-th thing that it does to files of a folder.

    python killed.py FOLDER N ARGUMENTS...

Exit status 99 where it was ended so; else that of the command. ``N`` 0 lets it finish and prints how many such things there were.
"""

from __future__ import annotations

import os
import sys

WATCHED = (
    "open",
    "os.rename",
    "os.link",
    "os.remove",
    "os.chmod",
    "os.truncate",
    "os.mkdir",
    "os.rmdir",
    "shutil.copyfile",
)
ENDED = 99


def main() -> None:
    folder, last, arguments = os.path.realpath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    seen = 0

    def watch(event: str, details: tuple[object, ...]) -> None:
        nonlocal seen
        if event not in WATCHED or not details or not isinstance(details[0], str | bytes | os.PathLike):
            return
        if os.path.realpath(os.fsdecode(details[0])).startswith(folder):
            seen += 1
            if seen == last:
                os._exit(ENDED)

    from lakip_xl.cli import main as command

    sys.addaudithook(watch)
    try:
        command(arguments, prog_name="lakip-xl")
    except SystemExit as ended:
        sys.stdout.write(f"\n{seen}\n")
        sys.exit(ended.code)


if __name__ == "__main__":
    main()
