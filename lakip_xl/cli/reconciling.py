"""The command that sets the matrix against the treasury ledger: reconcile."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from lakip_xl.cli.base import Command, echo, form_options, help_option, hints, lang, lang_option, workbook_argument
from lakip_xl.errors import LakipError


def _rupiah(ctx: click.Context, _param: click.Parameter, value: str) -> Decimal:
    """An amount as offices write it: 1000, 1.000 or "Rp 1.000"."""
    from lakip_xl.numbers import read_number

    reading = read_number(value)
    amount = max(reading.alternatives) if reading.kind == "ambiguous" else reading.value
    if amount is None or amount < 0 or reading.unit:
        raise LakipError(
            f"--tolerance '{value}' bukan jumlah rupiah. Tulis angka 0 atau lebih, misalnya 1000.",
            f"--tolerance '{value}' is no amount of rupiah. Give a number from 0 on, for example 1000.",
        )
    return amount


@click.command(cls=Command)
@help_option
@lang_option
@workbook_argument
@click.option("--ledger", "ledgers", type=click.Path(path_type=Path), multiple=True, required=True, metavar="FILE",
              help="Buku besar: SIPD, LRA, SPJ, BKU, atau RAK; boleh diulang / a treasury ledger; may be repeated.")  # fmt: skip
@click.option("--month", type=click.IntRange(1, 12),
              help="Bulan yang direkonsiliasi; tanpa ini menurut Identitas / the month; else that of Identitas.")  # fmt: skip
@click.option("--previous", type=click.Path(path_type=Path), metavar="FILE",
              help="Buku kerja bulan lalu / last month's workbook.")  # fmt: skip
@click.option("--carry", type=click.Path(path_type=Path), metavar="FILE",
              help="Rekonsiliasi sebelumnya, sebabnya dibawa / an earlier reconciliation whose causes are kept.")  # fmt: skip
@click.option("--tolerance", callback=_rupiah, metavar="RUPIAH", default="0", show_default=True,
              help="Selisih rupiah yang tidak dihitung / rupiah up to which a difference does not count.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["xlsx", "json"]), default="xlsx", show_default=True,
              help="Bentuk hasil / form of the result.")  # fmt: skip
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="Berkas hasil / file to write.")
@click.option("--post", is_flag=True,
              help="Lebih dahulu tulis bulan-bulan buku besar ke lembar Bulanan, lalu isi buku kerjanya / first write the months of the "
                   "ledger into the sheet Bulanan, and fill the workbook.")  # fmt: skip
@click.option("--in-place", is_flag=True,
              help="Bersama --post: ke berkas yang sama, dengan cadangan / with --post: into the same file, with a backup.")  # fmt: skip
@click.option("--force", is_flag=True, help="Ganti berkas yang sudah ada / replace an existing file.")
@form_options
@click.pass_context
def reconcile(
    ctx: click.Context, file: Path, ledgers: tuple[Path, ...], month: int | None, previous: Path | None, carry: Path | None,
    tolerance: Decimal, form: str, out: Path | None, post: bool, in_place: bool, force: bool, sheet: str | None, header: int | None,
    maps: tuple[str, ...],
) -> None:  # fmt: skip
    """Bandingkan matriks dengan buku besar sampai rupiah terakhir (compare the matrix with the treasury ledger).

    Status keluar (exit status): 0 semua sama; 1 ada selisih; 2 tidak dapat dikerjakan.
    """
    from lakip_xl import reconciliation, tasks
    from lakip_xl.posting import text as posting_text

    if in_place and not post:
        raise LakipError(
            "--in-place hanya berlaku bersama --post: rekonsiliasi sendiri tidak menulis ke matriks.",
            "--in-place only goes with --post: a reconciliation by itself writes nothing into the matrix.",
        )
    where = hints(sheet, header, maps)
    left = 0
    asked: dict[str, Any] = {
        "month": month,
        "previous": previous,
        "carry": carry,
        "tolerance": tolerance,
        "hints": where,
    }
    if post:
        read = tasks.read_all(ledgers)
        if any(each.basis is not None for each in read):  # what cannot be reconciled is not posted either
            tasks.reconcile(file, ledgers, out, form=form, force=force, lang=lang(ctx), dry=True, **asked)
        posted = tasks.post(file, ledgers, month=month, in_place=in_place, force=force, hints=where)
        file, left = posted.filled.path, posted.exit_code
        echo(posting_text.dump(posted, lang(ctx)), err=form == "json" and out is None)
        if all(each.basis is None for each in read):
            ctx.exit(left)
    done = tasks.reconcile(file, ledgers, out, form=form, force=force, lang=lang(ctx), **asked)
    if form == "json" and out is None:
        echo(reconciliation.json.dump(done.comparison, file.name, lang(ctx)))
    else:
        echo(reconciliation.text.dump(done, lang(ctx)))
    ctx.exit(max(done.exit_code, left))
