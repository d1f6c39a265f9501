"""The reference of the command line, from its own ``--help``: ``python tests/cli_reference.py`` renews ``docs/perintah.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from click.testing import CliRunner

PAGE = Path(__file__).resolve().parent.parent / "docs" / "perintah.md"

if __name__ == "__main__":
    sys.path.insert(0, str(PAGE.parent.parent))

_HEAD = """\
# Perintah

Dibuat dari `lakip-xl PERINTAH --help` oleh `python tests/cli_reference.py`; jangan diubah dengan tangan.
(*Made from the commands' own help.*)
"""


def page() -> str:
    """The page as it should be."""
    from lakip_xl.cli import ALIASES, main

    aliases = {command: alias for alias, command in ALIASES.items()}
    said = [_HEAD, _help("lakip-xl")]
    for name in sorted(main.commands):
        alias = f" ({aliases[name]})" if name in aliases else ""
        said.append(f"## {name}{alias}\n")
        said.append(_help(f"lakip-xl {name}", name))
    return "\n".join(said)


def _help(title: str, *arguments: str) -> str:
    from lakip_xl.cli import main

    result = CliRunner().invoke(
        main, [*arguments, "--help"], prog_name="lakip-xl", terminal_width=100, env={"COLUMNS": "100"}
    )
    assert result.exit_code == 0, f"{title}: {result.output}"
    return f"```text\n{result.output.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
