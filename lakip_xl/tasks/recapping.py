"""The verb recap: the workbooks of a folder taken in one by one, on as many processes as there are, and put on one page."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lakip_xl import __version__
from lakip_xl.errors import LakipError, OutputRefused, Text
from lakip_xl.tasks.examining import StrPath, examine

if TYPE_CHECKING:
    from lakip_xl.ledger.offices import Account
    from lakip_xl.recap.found import Source
    from lakip_xl.recap.listed import Listed
    from lakip_xl.recap.settled import Recap
    from lakip_xl.recap.taken import Taken

FORMATS = {"xlsx": ".xlsx", "parquet": ".parquet"}
OURS = Text("hasil lakip-xl, bukan buku kerja Perangkat Daerah", "an output of lakip-xl, no workbook of an office")
NO_BUNDLE = Text("bukan bundel pengajuan", "no bundle of a submission")
Progress = Callable[[int, int, str], None]
"""Told of each workbook that was taken in: how many of how many, and its name."""


class Piece(NamedTuple):
    """A file to be taken in: its path, its name inside the folder, and whether each cell of the form is wanted."""

    path: str
    name: str
    whole: bool = False


@dataclass(frozen=True)
class Recapped:
    """What a recap found and wrote; ``backup`` is what stood at ``path`` before."""

    recap: Recap
    path: Path
    backup: Path | None = None

    @property
    def exit_code(self) -> int:
        """0 where all was read, nothing must be corrected, nobody is missing and the ledger agrees; else 1."""
        return self.recap.exit_code


def take(piece: Piece) -> Taken:
    """What the recap needs of one file. A file that cannot be read, for whatever reason, is one row with its reason: never an exception.

    The file must be within reach of whoever runs this, under the same path.
    """
    from lakip_xl.recap.taken import Taken

    try:
        return _taken(piece)
    except LakipError as error:
        reason = error.text
    except Exception as error:
        reason = _unexpected(error)
    finally:
        if (
            not gc.isenabled()
        ):  # in a worker of ours. Rows and tables point to each other; only what is new is looked through
            gc.collect(0)
    missing = not Path(piece.path).exists()
    return Taken(piece.name, __version__, _without_name(reason, Path(piece.path).name), missing=missing)


def _taken(piece: Piece) -> Taken:
    from lakip_xl import files
    from lakip_xl.recap.figures import figures
    from lakip_xl.recap.taken import Taken
    from lakip_xl.submission import bundle

    data = files.content(Path(piece.path))
    name = Path(piece.path).name
    sealed = name.casefold().endswith(".zip")
    if sealed:
        if not bundle.is_bundle(data):
            return Taken(piece.name, __version__, NO_BUNDLE, aside=True)
        found = bundle.read(data, name)
        if broken := found.damage():
            return Taken(piece.name, __version__, _tampered(broken))
        data, name = found.workbook, found.manifest.name
    elif _is_output(data, name):
        return Taken(piece.name, __version__, OURS, aside=True)
    seen = examine(data, name=name)
    said = figures(seen.document, seen.findings, seen.plan.seen, whole=piece.whole)
    return Taken(piece.name, __version__, sealed=sealed, **said)


def _tampered(broken: Sequence[tuple[str, str]]) -> Text:
    names = ", ".join(name for _, name in broken)
    return Text(
        f"bundel tidak utuh lagi sejak disegel ({names}); lihat lakip-xl verify, dan minta bundel aslinya",
        f"the bundle is not as it was sealed ({names}); see lakip-xl verify, and ask for the original",
    )


def _is_output(data: bytes, name: str) -> bool:
    """Whether a workbook is one that this tool made of others: it says again what another says."""
    from lakip_xl.form import places
    from lakip_xl.form.edition_e81 import FORM
    from lakip_xl.submission import page
    from lakip_xl.workbook import Workbook

    book = Workbook.from_bytes(data, name)
    edition = book.names.get(places.EDITION_NAME, "").strip('"')
    return (
        any(mark in book.names for mark in places.MADE_OF_OTHERS)
        or edition == FORM.edition
        or book.sheet_names == [page.TITLE]
    )


def _unexpected(error: Exception) -> Text:
    kind = type(error).__name__
    return Text(
        f"tak terduga ({kind}); laporkan hal ini beserta buku kerjanya",
        f"unexpected ({kind}); please report this with the workbook",
    )


def _crashed(piece: Piece) -> Taken:
    from lakip_xl.recap.taken import Taken

    return Taken(piece.name, __version__, Text(
        "tak terduga: proses yang membacanya berhenti; mungkin memori tidak cukup",
        "unexpected: the process that read it ended; there may not be enough memory",
    ))  # fmt: skip


def _without_name(text: Text, name: str) -> Text:
    """A sentence without the file's name before it: it stands beside that name."""
    return Text(*(each.removeprefix(f"{name}: ") for each in text))


def recap(
    folder: StrPath, out: StrPath, *, listed: StrPath | None = None, ledger: StrPath | None = None, workers: int = 0, scheduler: str = "",
    form: str = "xlsx", force: bool = False, progress: Progress | None = None,
) -> Recapped:  # fmt: skip
    """Takes in all workbooks of a folder and writes the recap (``form``: "xlsx"), or the long table of their cells ("parquet").

    ``listed`` is the list of offices, ``ledger`` a ledger of the whole region. ``workers`` processes are spawned (0: as many as the
    machine has cores, at most 4); with ``scheduler`` the workers of that Dask cluster do the same work, and must reach the folder
    under the same path. The result is the same, byte for byte, whoever does it. A recap that stands at ``out`` is replaced after a backup.
    Raises LakipError where folder, list, ledger or output cannot be used; then nothing is written.
    """
    from lakip_xl import files
    from lakip_xl.ledger.offices import accounts
    from lakip_xl.recap import found, settled
    from lakip_xl.recap import listed as lists

    home, target = Path(folder), Path(out)
    given = [Path(each) for each in (listed, ledger) if each is not None]
    _may_write(target, form, force, given, home)
    sources, passed = found.look(home, [target, *given])
    offices: list[Listed] | None = lists.read(Path(listed)) if listed is not None else None
    spent: list[Account] | None = accounts(Path(ledger)) if ledger is not None else None
    if not sources and offices is None:
        raise LakipError(
            f"{home}: tidak ada buku kerja .xlsx di folder ini maupun di dalamnya.",
            f"{home}: there is no .xlsx workbook in this folder or below it.",
        )
    with files.set_aside():
        writer = _writer(form, home, target, against=ledger is not None)
    try:
        kept = []
        for each in _all(sources, workers, scheduler, whole=form == "parquet", progress=progress):
            with files.set_aside():
                writer.take(each)
            kept.append(replace(each, issues=(), data=()))
        put = settled.settle(kept, passed, offices, spent, Path(ledger).name if ledger is not None else "")
        with files.set_aside():
            data = writer.finish(put) if form == "xlsx" else writer.finish()
    except BaseException:
        writer.abandon()
        raise
    return Recapped(put, target, files.exchange(target, data))


def _all(sources: list[Source], workers: int, scheduler: str, *, whole: bool, progress: Progress | None) -> Iterator[Taken]:  # fmt: skip
    from lakip_xl.tasks.workers import cores, on_cluster, spread

    pieces = [Piece(str(source.path.absolute()), source.name, whole) for source in sources]
    some = workers or min(cores(), 4)
    results = on_cluster(take, pieces, scheduler) if scheduler else spread(take, pieces, some, _crashed)
    for number, (piece, taken) in enumerate(zip(pieces, results, strict=True), start=1):
        if scheduler:
            _same_ground(piece, taken)
        if progress is not None:
            progress(number, len(pieces), taken.name)
        yield taken


def _same_ground(piece: Piece, taken: Taken) -> None:
    """A worker elsewhere must see the same files, with the same version: else it would call sound workbooks broken, or judge otherwise."""
    if taken.tool != __version__:
        raise LakipError(
            f"Pekerja klaster memakai lakip-xl {taken.tool}, di sini {__version__}. Pasang versi yang sama di semua mesin.",
            f"A worker of the cluster has lakip-xl {taken.tool}, here it is {__version__}. Install the same version everywhere.",
        )
    if taken.missing and Path(piece.path).exists():
        raise LakipError(
            f"Pekerja klaster tidak melihat {piece.path}. Letakkan folder di penyimpanan bersama, dengan jalur yang sama di semua mesin.",
            f"A worker of the cluster does not see {piece.path}. Put the folder on shared storage, under the same path on all machines.",
        )


def _writer(form: str, home: Path, target: Path, *, against: bool) -> Any:
    if form == "parquet":
        from lakip_xl.recap import long

        return long.Writer()
    from lakip_xl.recap import book

    return book.Writer(book.links(home, target), against=against)


def _may_write(target: Path, form: str, force: bool, given: list[Path], home: Path) -> None:
    """Refuses, before any work, an output that may not be written."""
    from lakip_xl import files
    from lakip_xl.recap.book import is_ours

    files.require_ordinary(target)
    wanted = FORMATS[form]
    if target.suffix.lower() != wanted:
        raise OutputRefused(
            f"Hasilnya berupa {form}: beri nama yang berakhiran {wanted} pada -o, bukan '{target.name}'.",
            f"The result is {form}: give it a name that ends in {wanted} with -o, not '{target.name}'.",
        )
    if any(each.exists() and target.exists() and target.samefile(each) for each in given):
        raise OutputRefused(
            f"'{target.name}' adalah daftar atau buku besarnya. Beri hasil nama lain pada -o.",
            f"'{target.name}' is the list or the ledger. Give the output another name with -o.",
        )
    if not target.absolute().parent.is_dir():
        raise OutputRefused(
            f"Folder {target.parent} tidak ada. Buat foldernya atau pilih folder lain.",
            f"The folder {target.parent} does not exist. Make it or choose another one.",
        )
    if not target.exists() or (form == "xlsx" and is_ours(files.content(target), target.name)):
        return
    if form == "xlsx" and home.resolve() in target.resolve().parents:
        raise OutputRefused(
            f"'{target.name}' berada di folder yang direkap dan bukan hasil rekap; mungkin buku kerja seseorang. Pilih nama lain pada -o.",
            f"'{target.name}' lies in the folder that is recapped and is no recap; it may be somebody's workbook. Choose another name "
            "with -o.",
        )
    if not force:
        raise OutputRefused(
            f"'{target.name}' sudah ada. Pilih nama lain, atau tambahkan --force bila boleh diganti.",
            f"'{target.name}' exists already. Choose another name, or add --force if it may be replaced.",
        )
