"""The command for those who receive the workbooks of many offices: recap."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from lakip_xl.cli.base import Command, echo, help_option, lang, lang_option
from lakip_xl.cli.usage import one_line


class _Line:
    """One line of progress with an estimate, rewritten in place; on a terminal alone."""

    def __init__(self, language: str) -> None:
        self.english, self.start, self.width = language == "en", time.monotonic(), 0

    def __call__(self, number: int, many: int, name: str) -> None:
        left = (time.monotonic() - self.start) / number * (many - number)
        time_left = f"{left / 60:.0f} min" if left >= 90 else f"{left:.0f} s" if self.english else f"{left:.0f} detik"
        if not self.english and left >= 90:
            time_left = f"{left / 60:.0f} menit"
        words = ("Reading", "about", "left") if self.english else ("Membaca", "kira-kira", "lagi")
        text = f"{words[0]} {number}/{many}, {words[1]} {time_left} {words[2]}: {one_line(name)}"[:78]
        click.echo("\r" + text.ljust(self.width), nl=False, err=True)
        self.width = len(text)
        if number == many:
            click.echo("\r" + " " * self.width + "\r", nl=False, err=True)


@click.command(cls=Command)
@help_option
@lang_option
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), required=True, help="Berkas hasil / file to write."
)
@click.option("--list", "listed", type=click.Path(path_type=Path), metavar="FILE",
              help="Daftar Perangkat Daerah (NAMA OPD, KODE, TENGGAT, DITERIMA) / the offices that are to hand in.")  # fmt: skip
@click.option("--ledger", type=click.Path(path_type=Path), metavar="FILE",
              help="LRA atau buku besar semua SKPD / a ledger of all offices.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256),
              help="Banyaknya proses; tanpa ini satu per inti, paling banyak 4 / processes; else one a core, 4 at most.")  # fmt: skip
@click.option("--scheduler", default="", metavar="tcp://...",
              help="Klaster Dask yang mengerjakannya / a Dask cluster that does the work; needs lakip-xl[cluster].")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["xlsx", "parquet"]), default="xlsx", show_default=True,
              help="parquet: tabel panjang untuk analis / the long table for analysts.")  # fmt: skip
@click.option("--force", is_flag=True, help="Ganti berkas yang sudah ada / replace an existing file.")
@click.pass_context
def recap(
    ctx: click.Context, folder: Path, out: Path, listed: Path | None, ledger: Path | None, workers: int | None, scheduler: str, form: str,
    force: bool,
) -> None:  # fmt: skip
    """Rekap buku kerja semua Perangkat Daerah dalam sebuah folder (all workbooks of a folder on one page).

    Status keluar (exit status): 0 semua terbaca dan tidak ada yang wajib diperbaiki; 1 ada yang terbuka, rusak, atau belum; 2 tidak dapat
    dikerjakan.
    """
    from lakip_xl import tasks
    from lakip_xl.recap import text

    done = tasks.recap(
        folder, out, listed=listed, ledger=ledger, workers=workers or 0, scheduler=scheduler, form=form, force=force,
        progress=_Line(lang(ctx)) if sys.stderr.isatty() else None,
    )  # fmt: skip
    echo(text.dump(done, lang(ctx)))
    ctx.exit(done.exit_code)
