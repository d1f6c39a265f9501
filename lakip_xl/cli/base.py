"""What every command shares: the group that answers failures with one sentence, options in both languages, printing."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from lakip_xl.cli.usage import Misuse, UnknownCommand, language, one_line, steady
from lakip_xl.errors import LakipError

ALIASES = {
    "templat": "template",
    "periksa": "validate",
    "isi": "fill",
    "jelaskan": "explain",
    "ekspor": "export",
    "impor": "adopt",
    "mutakhirkan": "migrate",
    "rekonsiliasi": "reconcile",
    "rekap": "recap",
    "ajukan": "submit",
    "verifikasi": "verify",
    "bandingkan": "diff",
}

_Function = Callable[..., Any]


class Command(click.Command):
    """Help whose own words are Indonesian first, as everything else that a user reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPSI]")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Pemakaian (Usage): ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section("Opsi (Options)"):
            formatter.write_dl([(name, _EXTRA.sub(_extra, text)) for name, text in filter(None, records)])


_EXTRA = re.compile(r"  \[(?:default: (?P<default>[^\]]+)|required)\]$")


def _extra(match: re.Match[str]) -> str:
    return f"  [bawaan (default): {match['default']}]" if match["default"] else "  [wajib (required)]"


class Main(Command, click.Group):
    """Knows the Indonesian aliases and turns what the tool cannot do into one sentence and exit status 2."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, ALIASES.get(cmd_name, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = {command: alias for alias, command in ALIASES.items()}
            known = [f"{name} ({names[name]})" if name in names else name for name in self.list_commands(ctx)]
            near = get_close_matches(args[0].casefold(), [*self.list_commands(ctx), *ALIASES], n=2, cutoff=0.6)
            raise UnknownCommand(args[0], known, ctx, near)
        _, command, rest = super().resolve_command(ctx, args)
        return (command.name if command else None), command, rest

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = {command: alias for alias, command in ALIASES.items()}
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                rows.append((f"{name} ({names[name]})" if name in names else name, command.get_short_help_str(200)))
        with formatter.section("Perintah (Commands)"):
            formatter.write_dl(rows)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _in_the_users_language():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        # What a run makes lives until it ends; to look for cycles in it again and again would take a fifth of the time.
        looked_for = gc.isenabled()
        gc.disable()
        try:
            with _in_the_users_language():
                return super().invoke(ctx)
        except LakipError as error:
            say_failure(ctx, error)
            ctx.exit(2)
        except OSError as error:
            say_failure(ctx, _refused_by_system(error))
            ctx.exit(2)
        except (KeyboardInterrupt, click.Abort):
            say_failure(ctx, _INTERRUPTED)
            ctx.exit(130)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except MemoryError:
            say_failure(ctx, _NO_MEMORY)
            ctx.exit(2)
        except Exception as error:
            if os.environ.get("LAKIP_XL_DEBUG"):
                raise
            say_failure(ctx, _our_fault(error))
            ctx.exit(2)
        finally:
            if looked_for:
                gc.enable()


@contextmanager
def _in_the_users_language() -> Iterator[None]:
    """click answers a command line that it cannot read in English alone."""
    try:
        yield
    except (Misuse, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        raise Misuse(error, language(error.ctx)) from error


def _refused_by_system(error: OSError) -> LakipError:
    name = f"'{error.filename}'" if error.filename else "keluaran / output"
    return LakipError(
        f"{name} tidak dapat dibaca atau ditulis. Periksa nama, folder, izin, dan ruang kosong, lalu ulangi.",
        f"{name} cannot be read or written. Check name, folder, permissions and free space, and try again.",
    )


def _our_fault(error: Exception) -> LakipError:
    """A fault of the tool's own: still one sentence, and nothing was written."""
    kind = type(error).__name__
    return LakipError(
        f"Ada yang tidak terduga di dalam lakip-xl ({kind}); tidak ada yang ditulis. Laporkan hal ini beserta buku kerjanya.",
        f"Something unexpected happened inside lakip-xl ({kind}); nothing was written. Please report this with the workbook.",
    )


_INTERRUPTED = LakipError(
    "Dihentikan. Bila hasilnya belum ada, jalankan perintah ini sekali lagi.",
    "Interrupted. If the result is not there, run this command once more.",
)
_NO_MEMORY = LakipError(
    "Memori komputer ini tidak cukup untuk berkas itu; tidak ada yang ditulis. Tutup program lain, atau buang lembar dan baris yang tidak "
    "dipakai, lalu ulangi.",
    "This computer's memory is not enough for that file; nothing was written. Close other programs, or take sheets and rows away that are "
    "not used, and try again.",
)


def say_failure(ctx: click.Context, error: LakipError) -> None:
    echo(one_line(f"{'Error' if lang(ctx) == 'en' else 'Gagal'}: {error.text.in_(lang(ctx))}"), err=True)


def lang(ctx: click.Context) -> str:
    return language(ctx)


def _set_lang(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.find_root().obj = value


def lang_option(command: _Function) -> _Function:
    """``--lang`` may stand before or after the command; the later one wins."""
    return click.option(
        "--lang",
        type=click.Choice(["id", "en"]),
        envvar="LAKIP_XL_LANG",
        callback=_set_lang,
        expose_value=False,
        help="Bahasa pesan / language of messages (id, en).",
    )(command)


def form_options(command: _Function) -> _Function:
    """Where the matrix stands, for a workbook whose headings do not tell."""
    for option in (
        click.option("--map", "maps", multiple=True, metavar="KOLOM=HURUF",
                     help="Kolom sebuah isian, misalnya anggaran=H; boleh diulang / the column of a field; may be repeated."),
        click.option("--header", type=click.IntRange(1, 60), help="Baris judul terakhir / last row of headings."),
        click.option("--sheet", help="Lembar tempat matriks / sheet that holds the matrix."),
    ):  # fmt: skip
        command = option(command)
    return command


def hints(sheet: str | None, header: int | None, maps: tuple[str, ...]) -> Any:
    from lakip_xl.table.hints import hints

    return hints(sheet or "", header or 0, maps)


workbook_argument = click.argument("file", type=click.Path(path_type=Path))


def help_option(command: _Function) -> _Function:
    """``--help`` in both languages."""
    return click.help_option("-h", "--help", help="Tampilkan bantuan ini / show this help.")(command)


def quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def echo(text: str, *, err: bool = False) -> None:
    """Prints text even on a console whose code page lacks a letter of it (Windows), and none that would steer it."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    click.echo(steady(text).encode(encoding, "replace").decode(encoding), nl=not text.endswith("\n"), err=err)


def open_workbook(ctx: click.Context, path: Path) -> None:
    """Opens a workbook in the program that the desktop has for it; where there is none, that is said, and the exit status stays."""
    try:
        if sys.platform == "win32":
            os.startfile(path)  # click.launch of 8.2 looks for a program called "start"
            failed = False
        else:
            failed = click.launch(str(path)) != 0
    except OSError:
        failed = True
    if failed:
        say_failure(
            ctx,
            LakipError(
                f"Hasilnya sudah ditulis, tetapi tidak dapat dibuka dari sini. Buka sendiri: {path}",
                f"The result was written but cannot be opened from here. Open it yourself: {path}",
            ),
        )


def with_progress(files: tuple[Path, ...], lang: str) -> Any:
    """The files one by one, with a line of progress on a terminal when there are several."""
    for number, path in enumerate(files, start=1):
        if len(files) > 1 and sys.stderr.isatty():
            word = "Reading" if lang == "en" else "Membaca"
            echo(f"{word} {number}/{len(files)}: {path.name}", err=True)
        yield path
