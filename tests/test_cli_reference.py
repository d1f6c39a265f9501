"""docs/perintah.md is what the commands say of themselves, in both languages."""

from __future__ import annotations

import click
import pytest

import cli_reference
from lakip_xl.cli import ALIASES, main


def test_the_page_is_up_to_date() -> None:
    shown = cli_reference.PAGE.read_text(encoding="utf-8")
    assert shown == cli_reference.page(), "run: python tests/cli_reference.py"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_each_command_speaks_both_languages_and_has_an_indonesian_name(name: str) -> None:
    command = main.commands[name]
    assert name in ALIASES.values()
    said = (command.help or "").split("\n\n")[0]
    assert "(" in said and said.rstrip(".").endswith(")"), said
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            assert " / " in option.help, f"{name} {option.name}: {option.help}"
