"""The commands that make another workbook: template, adopt, export, migrate."""

from __future__ import annotations

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
    quoted,
    workbook_argument,
)


@click.command(cls=Command)
@help_option
@lang_option
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), default=Path("matriks.xlsx"), show_default=True,
              help="Berkas hasil / file to write.")  # fmt: skip
@click.option("--year", type=click.IntRange(2000, 2100), help="Tahun anggaran / fiscal year.")
@click.option("--instansi", help="Nama Perangkat Daerah / name of the office.")
@click.option("--force", is_flag=True, help="Ganti berkas yang sudah ada / replace an existing file.")
@click.pass_context
def template(ctx: click.Context, out: Path, year: int | None, instansi: str | None, force: bool) -> None:
    """Buat buku kerja kosong (write an empty workbook)."""
    from lakip_xl import tasks

    path = tasks.template(out, year=year, instansi=instansi, force=force)
    echo(
        f"Template written: {path}. Fill in Identitas and Matriks, save, then run: lakip-xl fill {quoted(path)}"
        if lang(ctx) == "en"
        else f"Templat ditulis: {path}. Isi Identitas dan Matriks, simpan, lalu jalankan: lakip-xl fill {quoted(path)}"
    )


@click.command(cls=Command)
@help_option
@lang_option
@click.argument("source", metavar="SUMBER", type=click.Path(path_type=Path))
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), default=Path("matriks.xlsx"), show_default=True,
              help="Buku kerja baru / workbook to write.")  # fmt: skip
@click.option("--year", type=click.IntRange(2000, 2100), help="Tahun anggaran / fiscal year.")
@click.option("--instansi", help="Nama Perangkat Daerah / name of the office.")
@click.option("--codes", is_flag=True,
              help="Tulis kode usulan, ditandai, ke kolom KODE / write proposed codes, marked, into KODE.")  # fmt: skip
@click.option("--force", is_flag=True, help="Ganti berkas yang sudah ada / replace an existing file.")
@form_options
@click.pass_context
def adopt(
    ctx: click.Context, source: Path, out: Path, year: int | None, instansi: str | None, codes: bool, force: bool,
    sheet: str | None, header: int | None, maps: tuple[str, ...],
) -> None:  # fmt: skip
    """Pindahkan matriks dari .xlsx, .xls, .ods, CSV, atau teks ke templat (bring a foreign matrix into the template)."""
    from lakip_xl import tasks
    from lakip_xl.adopt import report

    where = hints(sheet, header, maps)
    found = tasks.adopt(source, out, year=year, instansi=instansi, codes=codes, force=force, hints=where)
    echo(report.dump(found, source.name, out, codes=codes, lang=lang(ctx)))
    ctx.exit(1 if found.unplaced else 0)


@click.command(cls=Command)
@help_option
@lang_option
@workbook_argument
@click.option("--form", type=click.Choice(["e81", "bab3"]), default="e81", show_default=True,
              help="Bentuk tujuan / the form to write: e81 = Formulir E.81 (Permendagri 86/2017); bab3 = Ikhtisar dan BAB III sebagai "
              "dokumen Word / as a Word document.")  # fmt: skip
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="Berkas hasil / file to write.")
@click.option("--force", is_flag=True, help="Ganti hasil yang sudah ada / replace an existing output.")
@form_options
@click.pass_context
def export(
    ctx: click.Context, file: Path, form: str, out: Path | None, force: bool,
    sheet: str | None, header: int | None, maps: tuple[str, ...],
) -> None:  # fmt: skip
    """Tulis isi buku kerja sebagai Formulir E.81 atau BAB III (write the data as form E.81 or as chapter III of the report)."""
    from lakip_xl import tasks
    from lakip_xl.report import text

    done = tasks.export(file, out, form=form, force=force, hints=hints(sheet, header, maps))
    echo(text.exported(done, lang(ctx)))
    ctx.exit(done.report.exit_code())


@click.command(cls=Command)
@help_option
@lang_option
@workbook_argument
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="Berkas hasil / file to write.")
@click.option("--in-place", is_flag=True,
              help="Tulis ke berkas yang sama, dengan cadangan / write into the same file, with a backup.")  # fmt: skip
@click.option("--force", is_flag=True, help="Ganti hasil yang sudah ada / replace an existing output.")
@click.pass_context
def migrate(ctx: click.Context, file: Path, out: Path | None, in_place: bool, force: bool) -> None:
    """Pindahkan buku kerja dari edisi templat yang lama ke yang terbaru (move to the newest edition of the template)."""
    from lakip_xl import tasks
    from lakip_xl.report.migrated import migrated

    echo(migrated(tasks.migrate(file, out, in_place=in_place, force=force), lang(ctx)))
