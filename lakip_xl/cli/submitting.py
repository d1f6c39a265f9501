"""The commands of a submission: submit, verify, diff."""

from __future__ import annotations

from pathlib import Path

import click

from lakip_xl.cli.base import Command, echo, form_options, help_option, hints, lang, lang_option, workbook_argument


@click.command(cls=Command)
@help_option
@lang_option
@workbook_argument
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="Bundel .zip / bundle to write.")
@click.option("--force", is_flag=True, help="Ganti bundel yang sudah ada / replace an existing bundle.")
@form_options
@click.pass_context
def submit(
    ctx: click.Context,
    file: Path,
    out: Path | None,
    force: bool,
    sheet: str | None,
    header: int | None,
    maps: tuple[str, ...],
) -> None:
    """Segel buku kerja yang lolos untuk diajukan (seal a workbook that passes)."""
    from lakip_xl import tasks
    from lakip_xl.submission import text

    done = tasks.submit(file, out, force=force, hints=hints(sheet, header, maps))
    echo(text.submitted(done, lang(ctx)))
    ctx.exit(done.exit_code)


@click.command(cls=Command)
@help_option
@lang_option
@click.argument("bundle", metavar="BUNDEL", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@form_options
@click.pass_context
def verify(
    ctx: click.Context, bundle: Path, file: Path | None, sheet: str | None, header: int | None, maps: tuple[str, ...]
) -> None:
    """Buktikan bahwa bundel, atau FILE, tidak berubah (prove a bundle, or FILE against it)."""
    from lakip_xl import tasks
    from lakip_xl.submission import text

    done = tasks.verify(bundle, file, hints=hints(sheet, header, maps))
    echo(text.verified(done, lang(ctx)))
    ctx.exit(done.exit_code)


@click.command(cls=Command)
@help_option
@lang_option
@click.argument("old", metavar="LAMA", type=click.Path(path_type=Path))
@click.argument("new", metavar="BARU", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "xlsx"]), default="text", show_default=True,
              help="Bentuk hasil / form of the result.")  # fmt: skip
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="Berkas hasil / file to write.")
@click.option("--force", is_flag=True, help="Ganti hasil yang sudah ada / replace an existing output.")
@form_options
@click.pass_context
def diff(
    ctx: click.Context, old: Path, new: Path, form: str, out: Path | None, force: bool,
    sheet: str | None, header: int | None, maps: tuple[str, ...],
) -> None:  # fmt: skip
    """Bandingkan dua buku kerja atau bundel (compare two workbooks or bundles)."""
    from lakip_xl import tasks
    from lakip_xl.difference import json, text
    from lakip_xl.errors import LakipError

    if out is not None and out.suffix.lower() == ".xlsx":
        form = "xlsx"
    elif out is not None and form == "xlsx":
        raise LakipError(
            f"Hasilnya buku kerja Excel: beri nama yang berakhiran .xlsx pada -o, bukan '{out.name}'.",
            f"The result is an Excel workbook: give it a name that ends in .xlsx with -o, not '{out.name}'.",
        )
    found = tasks.diff(old, new, hints=hints(sheet, header, maps))
    if form == "xlsx":
        from lakip_xl.difference import book

        out = out or new.with_name(f"{new.stem}-perubahan.xlsx")
        tasks.write_report(out, book.build(found), (old, new), force=force)
    else:
        told = json.dump(found, lang(ctx)) if form == "json" else text.dump(found, lang(ctx))
        if out is not None:
            tasks.write_report(out, told.encode("utf-8"), (old, new), force=force)
        else:
            echo(told)
    if out is not None:
        echo(("Written: " if lang(ctx) == "en" else "Ditulis: ") + str(out))
    ctx.exit(found.exit_code)
