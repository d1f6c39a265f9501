"""The command line: flags in, exit status out. The only place that imports click; everything heavy is imported inside a command."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from lakip_xl import __version__
from lakip_xl.errors import LakipError

ALIASES = {
    "templat": "template",
    "periksa": "validate",
    "isi": "fill",
    "jelaskan": "explain",
    "ekspor": "export",
    "impor": "adopt",
}

_Command = Callable[..., Any]


class Main(click.Group):
    """Knows the Indonesian aliases and turns what the tool cannot do into one sentence and exit status 2."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, ALIASES.get(cmd_name, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        _, command, rest = super().resolve_command(ctx, args)
        return (command.name if command else None), command, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = {command: alias for alias, command in ALIASES.items()}
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                rows.append((f"{name} ({names[name]})" if name in names else name, command.get_short_help_str(90)))
        with formatter.section("Perintah (Commands)"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        # What a run makes lives until it ends; to look for cycles in it again and again would take a fifth of the time.
        gc.disable()
        try:
            return super().invoke(ctx)
        except LakipError as error:
            _say_failure(ctx, error)
            ctx.exit(2)
        except OSError as error:
            _say_failure(ctx, _refused_by_system(error))
            ctx.exit(2)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except Exception as error:
            if os.environ.get("LAKIP_XL_DEBUG"):
                raise
            _say_failure(ctx, _our_fault(error))
            ctx.exit(2)
        finally:
            gc.enable()


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


def _say_failure(ctx: click.Context, error: LakipError) -> None:
    click.echo(f"{'Error' if _lang(ctx) == 'en' else 'Gagal'}: {error.text.in_(_lang(ctx))}", err=True)


def _lang(ctx: click.Context) -> str:
    return str(ctx.find_root().obj or "id")


def _set_lang(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.find_root().obj = value


def lang_option(command: _Command) -> _Command:
    """``--lang`` may stand before or after the command; the later one wins."""
    return click.option(
        "--lang",
        type=click.Choice(["id", "en"]),
        envvar="LAKIP_XL_LANG",
        callback=_set_lang,
        expose_value=False,
        help="Bahasa pesan / language of messages (id, en).",
    )(command)


def form_options(command: _Command) -> _Command:
    """Where the matrix stands, for a workbook whose headings do not tell."""
    for option in (
        click.option("--map", "maps", multiple=True, metavar="KOLOM=HURUF",
                     help="Kolom sebuah isian, misalnya anggaran=H; boleh diulang / the column of a field; may be repeated."),
        click.option("--header", type=click.IntRange(1, 60), help="Baris judul terakhir / last row of headings."),
        click.option("--sheet", help="Lembar tempat matriks / sheet that holds the matrix."),
    ):  # fmt: skip
        command = option(command)
    return command


def _hints(sheet: str | None, header: int | None, maps: tuple[str, ...]) -> Any:
    from lakip_xl.table.choose import hints

    return hints(sheet or "", header or 0, maps)


workbook_argument = click.argument("file", type=click.Path(path_type=Path))


def help_option(command: _Command) -> _Command:
    """``--help`` in both languages."""
    return click.help_option("-h", "--help", help="Tampilkan bantuan ini / show this help.")(command)


@click.group(cls=Main)
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


@main.command()
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
    click.echo(
        f"Template written: {path}. Fill in Identitas and Matriks, save, then run: lakip-xl fill {_quoted(path)}"
        if _lang(ctx) == "en"
        else f"Templat ditulis: {path}. Isi Identitas dan Matriks, simpan, lalu jalankan: lakip-xl fill {_quoted(path)}"
    )


@main.command()
@help_option
@lang_option
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
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
    hints = _hints(sheet, header, maps)
    judge = tasks.validate
    if recalc:
        from lakip_xl import recalc as recalculation

        recalculation.require()
        judge = recalculation.validate
    reports, failures = [], []
    for path in _with_progress(files, _lang(ctx)):
        try:
            reports.append(judge(path, hints=hints))
        except LakipError as error:
            failures.append(error)  # one file that cannot be read does not hide what was found in the others
    text = FORMATS[form]([replace(report, strict=strict) for report in reports], _lang(ctx))
    if reports and out is None:
        _echo(text)
    elif reports and out is not None:
        tasks.write_report(out, text.encode("utf-8"), files, force=force)
    for failure in failures:
        _say_failure(ctx, failure)
    ctx.exit(2 if failures else max(report.exit_code(strict=strict) for report in reports))


@main.command()
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
@click.option("--force", is_flag=True, help="Ganti hasil yang sudah ada / replace an existing output.")
@form_options
@click.pass_context
def fill(
    ctx: click.Context, file: Path, out: Path | None, in_place: bool, formulas: bool, force: bool,
    sheet: str | None, header: int | None, maps: tuple[str, ...],
) -> None:  # fmt: skip
    """Isi rumus, tandai baris, tulis Ringkasan dan Catatan Perbaikan ke buku kerja Anda (fill a workbook)."""
    from lakip_xl import tasks
    from lakip_xl.report import text

    hints = _hints(sheet, header, maps)
    done = tasks.fill(file, out, in_place=in_place, formulas=formulas, force=force, hints=hints)
    _echo(text.filled(done, _lang(ctx)))
    ctx.exit(done.report.exit_code())


@main.command()
@help_option
@lang_option
@click.argument("code", required=False)
@click.pass_context
def explain(ctx: click.Context, code: str | None) -> None:
    """Jelaskan sebuah kode catatan, atau daftar semuanya (explain a code, or list all)."""
    from lakip_xl import tasks

    _echo(tasks.explain(code, _lang(ctx)))


@main.command()
@help_option
@lang_option
@workbook_argument
@click.option("--form", type=click.Choice(["e81"]), default="e81", show_default=True,
              help="Formulir tujuan / the form to write: e81 = Formulir E.81 (Permendagri 86/2017).")  # fmt: skip
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), help="Berkas hasil / file to write.")
@click.option("--force", is_flag=True, help="Ganti hasil yang sudah ada / replace an existing output.")
@form_options
@click.pass_context
def export(
    ctx: click.Context, file: Path, form: str, out: Path | None, force: bool,
    sheet: str | None, header: int | None, maps: tuple[str, ...],
) -> None:  # fmt: skip
    """Tulis isi buku kerja sebagai Formulir E.81 (write the data as the official form E.81)."""
    from lakip_xl import tasks
    from lakip_xl.report import text

    done = tasks.export(file, out, form=form, force=force, hints=_hints(sheet, header, maps))
    _echo(text.exported(done, _lang(ctx)))
    ctx.exit(done.report.exit_code())


@main.command()
@help_option
@lang_option
@click.argument("source", type=click.Path(path_type=Path))
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

    hints = _hints(sheet, header, maps)
    found = tasks.adopt(source, out, year=year, instansi=instansi, codes=codes, force=force, hints=hints)
    _echo(report.dump(found, source.name, out, codes=codes, lang=_lang(ctx)))
    ctx.exit(1 if found.unplaced else 0)


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def _echo(text: str) -> None:
    """Prints text even on a console whose code page lacks a letter of it (Windows)."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), nl=not text.endswith("\n"))


def _with_progress(files: tuple[Path, ...], lang: str) -> Any:
    """The files one by one, with a line of progress on a terminal when there are several."""
    for number, path in enumerate(files, start=1):
        if len(files) > 1 and sys.stderr.isatty():
            word = "Reading" if lang == "en" else "Membaca"
            click.echo(f"{word} {number}/{len(files)}: {path.name}", err=True)
        yield path
