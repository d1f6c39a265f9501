"""Where the filled workbook goes."""

from __future__ import annotations

from pathlib import Path

from lakip_xl.errors import OutputRefused

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")


def target(source: Path, out: Path | None, in_place: bool, ours: bool, force: bool) -> Path:
    """The file to write. Raises OutputRefused where that is an existing file which may not be replaced without ``force``.

    Without ``out``: the file itself where the tool made it (``ours``) or ``in_place`` was asked; else ``<name>-selesai`` beside it.
    """
    if out is not None and in_place:
        raise OutputRefused(
            "Pilih salah satu: -o untuk berkas baru, atau --in-place untuk menulis ke berkas yang sama.",
            "Choose one: -o for a new file, or --in-place to write into the same file.",
        )
    if out is None:
        if in_place or ours:
            return source
        suffix = source.suffix if source.suffix.lower() in WORKBOOKS else ".xlsx"
        out = source.with_name(f"{source.stem}-selesai{suffix}")
    elif source.suffix.lower() in WORKBOOKS and out.suffix.lower() != source.suffix.lower():
        raise OutputRefused(
            f"Nama hasil harus berakhiran {source.suffix} seperti berkas asalnya, bukan '{out.name}'. Ganti nama pada -o.",
            f"The output must end in {source.suffix} like its source, not '{out.name}'. Change the name given with -o.",
        )
    if out.exists() and not out.is_file():
        raise OutputRefused(
            f"'{out}' bukan berkas biasa (folder atau perangkat). Tulis nama berkas pada -o.",
            f"'{out}' is no ordinary file (a folder or a device). Give a file name with -o.",
        )
    if out.exists() and not force:
        raise OutputRefused(
            f"'{out.name}' sudah ada. Bila itu hasil kemarin yang sudah Anda kerjakan lagi, jalankan lakip-xl fill pada berkas itu; "
            "bila boleh diganti, tambahkan --force.",
            f"'{out.name}' exists already. If you went on working in it, run lakip-xl fill on that file; "
            "if it may be replaced, add --force.",
        )
    return out
