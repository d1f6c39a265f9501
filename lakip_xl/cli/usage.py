"""What a command line that cannot be read is answered with: one sentence in the user's language, and where the help is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import IO, Any

import click

from lakip_xl.errors import Text

EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
"""How click says that more was written than the command takes; it has no kind of error of its own."""


class UnknownCommand(click.UsageError):
    """A first word that is no command."""

    def __init__(self, word: str, commands: Iterable[str], ctx: click.Context, near: Iterable[str] = ()) -> None:
        self.word, self.commands, self.near = word, tuple(commands), tuple(near)
        meant = f"Did you mean {' or '.join(self.near)}? " if self.near else ""
        super().__init__(f"No such command '{word}'. {meant}There are: {', '.join(self.commands)}", ctx)


class Misuse(click.UsageError):
    """A usage error of click, said in the language that was asked for. Exit status 2, as for click's own."""

    def __init__(self, error: click.UsageError, lang: str) -> None:
        super().__init__(sentence(error).in_(lang), error.ctx)
        self.lang = lang

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the sentence, and the command that shows the help."""
        path = self.ctx.command_path if self.ctx is not None else "lakip-xl"
        prefix, see = ("Error", "For help:") if self.lang == "en" else ("Gagal", "Bantuan:")
        click.echo(one_line(f"{prefix}: {self.message} {see} {path} --help"), file=file, err=file is None)


def sentence(error: click.UsageError) -> Text:
    """What is wrong with a command line, and what may stand there instead."""
    english = error.format_message()
    english = english if english.endswith((".", "?")) else f"{english}."
    return Text(_indonesian(error), english)


_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def steady(text: str) -> str:
    """A text without what would steer the screen in place of standing on it: a cell or a file name of somebody else's may hold that."""
    return _STEERING.sub("\ufffd", text)


def one_line(text: str) -> str:
    """A sentence on one line, whatever the name of a file in it holds."""
    return " ".join(steady(text).splitlines())


def language(ctx: click.Context | None) -> str:
    """The language asked for so far, or by the environment: a command line may fail before ``--lang`` is read."""
    asked = ctx.find_root().obj if ctx is not None else None
    return str(asked or os.environ.get("LAKIP_XL_LANG") or "id")


def _indonesian(error: click.UsageError) -> str:
    if isinstance(error, UnknownCommand):
        near = f" Mungkin maksudnya: {' atau '.join(error.near)}." if error.near else ""
        return f"perintah '{error.word}' tidak dikenal.{near} Yang ada: {', '.join(error.commands)}."
    if isinstance(error, click.NoSuchOption):
        near = f" Mungkin maksudnya {' atau '.join(sorted(error.possibilities))}." if error.possibilities else ""
        return f"opsi '{error.option_name}' tidak dikenal.{near}"
    if isinstance(error, click.MissingParameter):
        return f"{_named(error)} belum ditulis.{_choices(error)}"
    if isinstance(error, click.BadParameter):
        return f"nilai untuk {_named(error)} tidak dapat dipakai.{_choices(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"opsi '{error.option_name}' harus diikuti sebuah nilai."
    if extra := EXTRA.match(error.message):
        return f"perintah ini tidak memakai '{extra[1]}'."
    return f"perintah tidak dapat dibaca ({error.format_message().rstrip('.')})."


def _named(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return f"opsi '{max(error.param.opts, key=len)}'"
    if isinstance(error.param, click.Argument):
        return f"'{error.param.make_metavar(error.ctx) if error.ctx else error.param.name}'"
    return f"'{error.param_hint}'"


def _choices(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f" Pilihannya: {', '.join(map(str, kind.choices))}."
    if isinstance(kind, click.IntRange):
        return f" Tulis bilangan bulat dari {kind.min} sampai {kind.max}."
    return ""
