"""The commands that look at a workbook and complete it: validate, fill, explain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from lakip_xl.cli.base import (
    Command,
    echo,
    form_options,
    help_option,
    hints,
    lang,
    lang_option,
    open_workbook,
    say_failure,
    with_progress,
    workbook_argument,
)
from lakip_xl.errors import LakipError


@click.command(cls=Command)
@help_option
@lang_option
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Bentuk laporan / form of the report.")  # fmt: skip
@click.option("--strict", is_flag=True,
              help="'Perlu penjelasan' tanpa penjelasan dihitung wajib / unexplained warnings count as errors.")  # fmt: skip
@click.option("--recalc", is_flag=True,
              help="Hitung ulang rumus buatan sendiri dan bandingkan dengan hasil yang tersimpan / calculate own formulas anew and "
                   "compare with the stored results; needs IronCalc.")  # fmt: skip
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    help="Tulis laporan ke berkas / write the report to a file.",
)
@click.option("--force", is_flag=True, help="Ganti laporan yang sudah ada / replace an existing report.")
@form_options
@click.pass_context
def validate(
    ctx: click.Context, files: tuple[Path, ...], form: str, strict: bool, recalc: bool, out: Path | None, force: bool,
    sheet: str | None, header: int | None, maps: tuple[str, ...],
) -> None:  # fmt: skip
    """Periksa buku kerja dan tunjuk setiap sel yang perlu perhatian (check workbooks, write nothing to them)."""
    from lakip_xl import tasks
    from lakip_xl.report import FORMATS

    if out is not None and out.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        raise LakipError(
            f"Laporan berupa {'JSON' if form == 'json' else 'teks'}, bukan buku kerja: "
            f"beri nama seperti laporan.{'json' if form == 'json' else 'txt'} pada -o.",
            f"The report is {form}, not a workbook: give a name like report.{'json' if form == 'json' else 'txt'} with -o.",
        )
    where = hints(sheet, header, maps)
    judge = tasks.validate
    if recalc:
        from lakip_xl import recalc as recalculation

        recalculation.require()
        judge = recalculation.validate
    reports, failures = [], []
    for path in with_progress(files, lang(ctx)):
        try:
            reports.append(judge(path, hints=where))
        except LakipError as error:
            failures.append(error)  # one file that cannot be read does not hide what was found in the others
    text = FORMATS[form]([replace(report, strict=strict) for report in reports], lang(ctx))
    if reports and out is None:
        echo(text)
    elif reports and out is not None:
        tasks.write_report(out, text.encode("utf-8"), files, force=force)
    for failure in failures:
        say_failure(ctx, failure)
    ctx.exit(2 if failures else max(report.exit_code(strict=strict) for report in reports))


@click.command(cls=Command)
@help_option
@lang_option
@workbook_argument
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="Berkas hasil / file to write.")
@click.option(
    "--in-place",
    is_flag=True,
    help="Tulis ke berkas yang sama, dengan cadangan / write into the same file, with a backup.",
)
@click.option(
    "--formulas",
    is_flag=True,
    help="Ganti hasil yang diketik dengan rumus bila angkanya sama / turn typed results into formulas that agree.",
)
@click.option("--with", "extra", multiple=True, type=click.Choice(["narasi", "reviu"]),
              help="Tambahkan lembar Narasi atau Kertas Kerja Reviu; boleh diulang / add the sheet too; may be repeated.")  # fmt: skip
@click.option("--force", is_flag=True, help="Ganti hasil yang sudah ada / replace an existing output.")
@click.option("--open", "show", is_flag=True, help="Buka hasilnya di Excel / open the result.")
@form_options
@click.pass_context
def fill(
    ctx: click.Context, file: Path, out: Path | None, in_place: bool, formulas: bool, extra: tuple[str, ...], force: bool, show: bool,
    sheet: str | None, header: int | None, maps: tuple[str, ...],
) -> None:  # fmt: skip
    """Isi rumus, tandai baris, tulis Ringkasan dan Catatan Perbaikan ke buku kerja Anda (fill a workbook)."""
    from lakip_xl import tasks
    from lakip_xl.report import text

    where = hints(sheet, header, maps)
    done = tasks.fill(file, out, in_place=in_place, formulas=formulas, force=force, hints=where, extra=extra)
    echo(text.filled(done, lang(ctx)))
    if show:
        open_workbook(ctx, done.path)
    ctx.exit(done.report.exit_code())


@click.command(cls=Command)
@help_option
@lang_option
@click.argument("code", metavar="[KODE]", required=False)
@click.pass_context
def explain(ctx: click.Context, code: str | None) -> None:
    """Jelaskan sebuah kode catatan, atau daftar semuanya (explain a code, or list all)."""
    from lakip_xl import tasks

    echo(tasks.explain(code, lang(ctx)))
