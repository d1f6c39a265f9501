"""Reading a file whole, putting one in place whole or not at all, and keeping what was there: the only module that writes to the disk."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lakip_xl.errors import OutputRefused, UnreadableWorkbook


def present(path: Path) -> bytes | None:
    """What a file that is to be written holds, None where there is none. Raises OutputRefused where it cannot be told."""
    with _refusing(path):
        require_ordinary(path)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None


def replace(path: Path, data: bytes, like: Path | None = None) -> None:
    """Writes beside ``path`` and then replaces it in one step; a link is followed.

    A file that was there keeps its permissions; a new one takes those of ``like``, or what the system gives to new files. Raises
    OutputRefused, with nothing written and nothing left behind.
    """
    path = Path(os.path.realpath(path))
    with _refusing(path):
        require_ordinary(path)
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(path)
        with _beside(path, data, path if path.exists() else like) as beside:
            beside.replace(path)


def content(path: Path) -> bytes:
    """What a file that is to be read holds. Raises UnreadableWorkbook with a sentence that says what is in the way."""
    try:
        if _is_device(path):
            raise UnreadableWorkbook(
                f"{path}: ini perangkat, bukan berkas. Pilih berkas .xlsx.",
                f"{path}: this is a device, not a file. Choose an .xlsx file.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableWorkbook(
            f"{path}: berkas tidak ditemukan. Periksa nama dan foldernya.",
            f"{path}: no such file. Check its name and folder.",
        ) from error
    except IsADirectoryError as error:
        raise UnreadableWorkbook(
            f"{path}: ini folder, bukan berkas. Pilih berkas .xlsx di dalamnya.",
            f"{path}: this is a folder, not a file. Choose an .xlsx file in it.",
        ) from error
    except OSError as error:
        raise UnreadableWorkbook(
            f"{path}: berkas tidak dapat dibaca; mungkin sedang terbuka di program lain. Tutup, lalu ulangi.",
            f"{path}: the file cannot be read; it may be open elsewhere. Close it and try again.",
        ) from error


def new_workbook(path: Path, force: bool, source: Path | None = None) -> Path:
    """The path, if a workbook may be made there. Raises OutputRefused where it has another suffix, is the ``source``, or exists
    without ``force``."""
    if path.suffix.lower() != ".xlsx":
        raise OutputRefused(
            f"Templat adalah buku kerja Excel: beri nama yang berakhiran .xlsx, bukan '{path.name}'.",
            f"The template is an Excel workbook: give it a name that ends in .xlsx, not '{path.name}'.",
        )
    return new_file(path, force, source)


def new_file(path: Path, force: bool, source: Path | None = None) -> Path:
    """The path, if a file may be made there. Raises OutputRefused where it is the ``source``, or exists without ``force``."""
    if source is not None and path.exists() and source.exists() and path.samefile(source):
        raise OutputRefused(
            f"'{path.name}' adalah berkas asalnya. Beri hasil nama lain pada -o.",
            f"'{path.name}' is the source itself. Give the output another name with -o.",
        )
    if path.exists() and not force:
        raise OutputRefused(
            f"'{path.name}' sudah ada. Pilih nama lain, atau tambahkan --force bila boleh diganti.",
            f"'{path.name}' exists already. Choose another name, or add --force if it may be replaced.",
        )
    return path


def exchange(path: Path, data: bytes, like: Path | None = None) -> Path | None:
    """Puts a file in place after a backup of another one that is there, and gives the backup; the same one is left as it is.

    A file that somebody puts there meanwhile is kept too. ``like`` as in ``replace``. Raises OutputRefused, with nothing written and no
    backup left behind.
    """
    while (before := present(path)) != data:
        if before is None:
            if _put_first(path, data, like):
                return None
            continue
        backup = keep(path)
        try:
            replace(path, data, like)
        except BaseException:
            _forget(backup, path)
            raise
        return backup
    return None


def put_report(path: Path, data: bytes, sources: Iterable[Path], *, force: bool = False) -> None:
    """Writes a report to a file. Raises OutputRefused where the file exists (without ``force``), or is one of the workbooks."""
    if path.exists() and any(source.exists() and path.samefile(source) for source in sources):
        raise OutputRefused(
            f"'{path.name}' adalah buku kerja yang diperiksa. Beri laporan nama lain pada -o.",
            f"'{path.name}' is the workbook that is checked. Give the report another name with -o.",
        )
    if path.is_file() and not force:
        raise OutputRefused(
            f"'{path.name}' sudah ada. Pilih nama lain, atau tambahkan --force bila boleh diganti.",
            f"'{path.name}' exists already. Choose another name, or add --force if it may be replaced.",
        )
    replace(path, data)


def keep(path: Path) -> Path:
    """Copies a file to the first free ``<name>.cadangan-N`` beside it, whole and with its permissions. Raises OutputRefused."""
    with _refusing(path):
        data = path.read_bytes()
    number = 1
    while True:
        copy = path.with_name(f"{path.stem}.cadangan-{number}{path.suffix}")
        number += 1
        with _refusing(copy):
            if copy.exists():
                continue
            claimed = False
            try:
                with _beside(path, data, path) as beside:
                    claimed = _claimed(beside, copy)
            except BaseException:
                if claimed:
                    _forget(copy, path)
                raise
            if claimed:
                return copy


def require_ordinary(path: Path) -> None:
    """Raises OutputRefused where a folder, a device or a pipe stands at the place of an output."""
    if path.exists() and not path.is_file():
        raise OutputRefused(
            f"{path.name} bukan berkas biasa (folder atau perangkat). Pilih nama berkas lain.",
            f"{path.name} is no ordinary file (a folder or a device). Choose another file name.",
        )


def _forget(backup: Path, path: Path) -> None:
    """Removes the backup of a file that was not replaced after all: a run that wrote nothing leaves nothing. Where it was, the backup
    stays."""
    with suppress(OSError):
        if path.read_bytes() == backup.read_bytes():
            _remove(backup)


def _put_first(path: Path, data: bytes, like: Path | None) -> bool:
    """Writes a file where there is none, as ``replace`` does; False where there is one by now."""
    path = Path(os.path.realpath(path))
    with _refusing(path), _beside(path, data, like) as beside:
        return _claimed(beside, path)


@contextmanager
def _beside(path: Path, data: bytes, like: Path | None) -> Iterator[Path]:
    """A finished file with the data in the folder of ``path``, to be moved or linked; gone afterwards if it is still there."""
    handle, name = tempfile.mkstemp(prefix=".lakip-", suffix=".tmp", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _to_disk(file.fileno())
        _take_permissions(beside, like)
        yield beside
    finally:
        _remove(beside)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        pass  # what it was for is done, or has failed with a reason of its own
    except KeyboardInterrupt:  # no second one can come so fast
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def _claimed(beside: Path, copy: Path) -> bool:
    """Gives the finished copy its name; False where somebody took that name meanwhile."""
    try:
        os.link(beside, copy)
    except FileExistsError:
        return False
    except OSError:
        # A drive that knows no links (FAT): rename does, and on Windows it refuses a name that is taken.
        if copy.exists():
            return False
        beside.rename(copy)
    return True


def _to_disk(file: int) -> None:
    """Waits until the file is on its disk, where the drive knows how (some network drives and FUSE do not)."""
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP):
            raise


def _take_permissions(path: Path, like: Path | None) -> None:
    """Gives a file the permissions it should have. A drive that has none of its own (FAT, some network drives) refuses; the file is then
    readable as everything there."""
    with suppress(OSError):
        if like is not None and like.exists():
            shutil.copymode(like, path)
        elif os.name == "posix":
            mask = os.umask(0)
            os.umask(mask)
            path.chmod(0o666 & ~mask)


def _is_device(path: Path) -> bool:
    """Whether it is one that could be read for ever (/dev/zero)."""
    kind = path.stat().st_mode
    return stat.S_ISCHR(kind) or stat.S_ISBLK(kind)


@contextmanager
def set_aside() -> Iterator[None]:
    """Around writing to the temporary folder: what the system refuses there becomes a sentence that names the folder."""
    try:
        yield
    except OSError as error:
        folder = tempfile.gettempdir()
        raise OutputRefused(
            f"Folder sementara {folder} tidak dapat ditulis; mungkin diskanya penuh. Kosongkan sebagian, lalu ulangi.",
            f"The temporary folder {folder} cannot be written; its disk may be full. Make room there, and try again.",
        ) from error


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Whatever the system refuses becomes one sentence."""
    try:
        yield
    except FileNotFoundError as error:
        raise OutputRefused(
            f"Folder {path.parent} tidak ada. Buat foldernya atau pilih folder lain.",
            f"The folder {path.parent} does not exist. Make it or choose another one.",
        ) from error
    except PermissionError as error:
        raise OutputRefused(
            f"{path} tidak dapat ditulis: berkas sedang terbuka di Excel, atau berkas atau foldernya hanya-baca. Tutup berkas itu, "
            "atau pilih folder lain, lalu ulangi.",
            f"{path} cannot be written: it is open in Excel, or the file or folder is read-only. Close the file, or choose another "
            "folder, and try again.",
        ) from error
    except OSError as error:
        raise OutputRefused(
            f"{path} tidak dapat ditulis. Periksa ruang kosong pada diska dan panjang nama berkas, lalu ulangi.",
            f"{path} cannot be written. Check the free space on the disk and the length of the file name, and try again.",
        ) from error
