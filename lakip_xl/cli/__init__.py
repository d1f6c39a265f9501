"""The command line: flags in, exit status out. The only place that imports click; everything heavy is imported inside a command."""

from __future__ import annotations

import click

from lakip_xl import __version__
from lakip_xl.cli.base import ALIASES, Main, help_option, lang_option
from lakip_xl.cli.checking import explain, fill, validate
from lakip_xl.cli.making import adopt, export, migrate, template
from lakip_xl.cli.recapping import recap
from lakip_xl.cli.reconciling import reconcile
from lakip_xl.cli.submitting import diff, submit, verify

__all__ = ["ALIASES", "main"]


@click.group(cls=Main, subcommand_metavar="PERINTAH [ISI]...")
@help_option
@lang_option
@click.version_option(
    __version__, prog_name="lakip-xl", message="%(prog)s %(version)s", help="Tampilkan versi / show the version."
)
def main() -> None:
    """Periksa dan lengkapi matriks LAKIP / LKjIP di dalam buku kerja Excel Anda sendiri.

    Check and complete the LAKIP / LKjIP matrix inside your own Excel workbook.

    Status keluar (exit status): 0 tidak ada 'Wajib diperbaiki'; 1 ada; 2 tidak dapat dikerjakan.
    """


for command in (template, validate, fill, explain, export, adopt, migrate, reconcile, submit, verify, diff, recap):
    main.add_command(command)
