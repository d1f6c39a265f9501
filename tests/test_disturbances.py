"""What the machine can do to a run: each disturbance ends in a whole result or in one sentence, and takes nothing of anybody's.

The page docs/disturbances.md is made from this module; ``python tests/test_disturbances.py`` writes it anew.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import sealed
from lakip_xl import tasks
from running import TESTS, Run, Runs, files
from workbooks import EXAMPLE

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the disturbances are those that Linux can make")

LEDGER = EXAMPLE / "buku-besar" / "sipd-2023.xlsx"

COMMANDS: dict[str, tuple[str, ...]] = {
    "template": ("template", "-o", "baru.xlsx"),
    "validate -o": ("validate", "masuk.xlsx", "--format", "json", "-o", "laporan.json"),
    "fill": ("fill", "masuk.xlsx", "-o", "keluar.xlsx"),
    "fill --force": ("fill", "masuk.xlsx", "-o", "lama.xlsx", "--force"),
    "fill --in-place": ("fill", "masuk.xlsx", "--in-place"),
    "adopt": ("adopt", "masuk.xlsx", "-o", "pindah.xlsx"),
    "export": ("export", "masuk.xlsx", "-o", "e81.xlsx"),
    "export --form bab3": ("export", "masuk.xlsx", "--form", "bab3", "-o", "bab3.docx"),
    "migrate": ("migrate", "masuk.xlsx"),
    "migrate --in-place": ("migrate", "masuk.xlsx", "--in-place"),
    "reconcile": ("reconcile", "masuk.xlsx", "--ledger", "sipd.xlsx", ),
    "reconcile --post": ("reconcile", "bulanan.xlsx", "--ledger", "sipd.xlsx", "--post"),
    "reconcile --post --in-place": ("reconcile", "bulanan.xlsx", "--ledger", "sipd.xlsx", "--post", "--in-place"),
    "submit": ("submit", "masuk.xlsx", "-o", "ajuan.zip"),
    "diff -o": ("diff", "lama.xlsx", "masuk.xlsx", "-o", "beda.xlsx"),
    "recap": ("recap", "kiriman", "-o", "rekap.xlsx", "--workers", "1"),
    "recap --format parquet": ("recap", "kiriman", "-o", "rekap.parquet", "--format", "parquet", "--workers", "1"),
}  # fmt: skip
"""Every command that writes, as a clerk would type it in the folder of ``offices``."""


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    made = Runs()
    yield made
    made.close()


@cache
def inputs() -> Mapping[str, bytes]:
    """What lies in the folder before a command runs."""
    # An entry changed since it was filled, so that a fill in place has something to write.
    came = sealed.changed({("Matriks", (13, 11)): 5.0, ("Matriks", (13, 16)): sealed.EXPLANATION})
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "m.xlsx"
        source.write_bytes(sealed.EXAMPLE.read_bytes())
        monthly = tasks.migrate(source).path.read_bytes()
    return {
        "masuk.xlsx": came,
        "lama.xlsx": sealed.workbook(),
        "bulanan.xlsx": monthly,
        "sipd.xlsx": LEDGER.read_bytes(),
        "kiriman/satu.xlsx": came,
    }


def laid_out(folder: Path) -> Path:
    """An office's folder. Where it is there already it is emptied first."""
    if folder.exists():
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, data in inputs().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return laid_out(tmp_path / "kantor")


_WHOLE: dict[tuple[str, ...], dict[str, bytes]] = {}


def whole(runs: Runs, *arguments: str) -> dict[str, bytes]:
    """What lies in the folder after a run that nothing disturbs."""
    if arguments not in _WHOLE:
        with tempfile.TemporaryDirectory() as name:
            folder = laid_out(Path(name) / "kantor")
            (run,) = runs(folder, *arguments)
            assert run.status in (0, 1), run.err
            _WHOLE[arguments] = files(folder)
        assert _WHOLE[arguments] != inputs()
    return _WHOLE[arguments]


def says_one_sentence(run: Run) -> None:
    assert run.status == 2, run
    assert run.err.startswith("Gagal: ") and run.err.count("\n") == 1, run.err
    assert "terduga" not in run.err, run.err


def refused(run: Run, folder: Path) -> None:
    """One sentence, and the folder is as it was."""
    says_one_sentence(run)
    assert files(folder) == inputs()


def done(run: Run, folder: Path, runs: Runs, *arguments: str) -> None:
    """The same result as on a machine that is well, and nothing else."""
    assert run.status in (0, 1), run
    assert run.err == ""
    assert files(folder) == whole(runs, *arguments)


ROWS: dict[str, tuple[str, str]] = {}
"""By the name of its test: what is wrong, and what happens then; the rows of the page."""


def meets(wrong: str, happens: str) -> Callable[[Any], Any]:
    def noted(test: Any) -> Any:
        ROWS[test.__name__] = wrong, happens
        return test

    return noted


QUICK = ("template", "validate -o", "export", "fill --force", "fill --in-place")
each_command = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in COMMANDS]
)

# The disk.


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own at the folder."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=777", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root, and not in every container, can make a disk that is full")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def leave_free(disk: Path, size: int) -> Path:
    """Fills a disk up to some bytes."""
    ballast = disk / "penuh.bin"
    room = os.statvfs(disk)
    ballast.write_bytes(b"0" * (room.f_bavail * room.f_frsize - size))
    return ballast


@meets("the disk of the output is full", "one sentence; nothing written, no backup left")
@each_command
def test_full_disk(name: str, runs: Runs, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        # Pages of 4 KiB: none is left, or just the backup finds room, or a part of the result.
        for free in (0, 49_152) if name in ("fill --force", "fill --in-place") else (0,):
            folder = laid_out(disk)
            ballast = leave_free(disk, free)
            (run,) = runs(folder, *COMMANDS[name], temporary=str(tmp_path))
            ballast.unlink()
            refused(run, folder)


@meets("a file grows beyond what the account may write (quota, `ulimit -f`)", "one sentence; nothing written")
@pytest.mark.parametrize("name", ["template", "fill --force", "fill --in-place", "submit"])
def test_quota(name: str, runs: Runs, folder: Path) -> None:
    (run,) = runs(folder, *COMMANDS[name], largest=16_384)
    refused(run, folder)


@meets("the disk of the temporary folder is full", "one sentence that names the folder (only `recap` needs it)")
@pytest.mark.parametrize("name", ["recap", "recap --format parquet"])
def test_full_temporary_folder(name: str, runs: Runs, folder: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        ballast = leave_free(disk, 4096)
        (run,) = runs(folder, *COMMANDS[name], temporary=str(disk))
        assert list(disk.iterdir()) == [ballast]
    refused(run, folder)
    assert str(disk) in run.err


@meets("there is no temporary folder, or it is read-only", "the result, by another one")
@pytest.mark.parametrize("name", ["fill", "recap"])
def test_no_temporary_folder(name: str, runs: Runs, folder: Path, tmp_path: Path) -> None:
    closed = tmp_path / "sementara"
    closed.mkdir(mode=0o555)
    for place in (closed, tmp_path / "tidak-ada"):
        (run,) = runs(laid_out(folder), *COMMANDS[name], temporary=str(place), powerless=True)
        done(run, folder, runs, *COMMANDS[name])


@meets(
    "the disk fails while the input is read (EIO)",
    "one sentence; nothing written; `recap` lists the file as unreadable",
)
@pytest.mark.parametrize("name", ["validate -o", "fill", "fill --in-place", "adopt", "submit", "recap"])
def test_disk_error_in_the_input(name: str, runs: Runs, folder: Path) -> None:
    broken = folder / ("kiriman/satu.xlsx" if name == "recap" else "masuk.xlsx")
    broken.unlink()
    broken.symlink_to("/proc/self/mem")  # the kernel answers EIO to whoever reads at its beginning
    (run,) = runs(folder, *COMMANDS[name])
    broken.unlink()
    rest = {name: data for name, data in inputs().items() if not broken.match(name)}
    if name == "recap":
        assert run.status == 1 and "tidak dapat dibaca" in run.out, run
        assert {each: data for each, data in files(folder).items() if each != "rekap.xlsx"} == rest
    else:
        says_one_sentence(run)
        assert files(folder) == rest


@meets("the disk fails while the result is written (fsync: EIO, EDQUOT)", "one sentence; nothing written")
@pytest.mark.parametrize("error", ["EIO", "EDQUOT"])
def test_disk_error_in_the_output(error: str, runs: Runs, folder: Path) -> None:
    (run,) = runs(folder, *COMMANDS["fill --force"], call={"fsync": error})
    refused(run, folder)


@meets("the drive does not know fsync, links, or permissions (FAT, FUSE, some network drives)", "the result")
@pytest.mark.parametrize(
    "wrong",
    [
        {"call": {"fsync": "EINVAL"}},
        {"call": {"fsync": "ENOSYS"}},
        {"refuse": [["os.link", "EPERM"], ["os.chmod", "EPERM"]]},
        {"refuse": [["os.link", "EOPNOTSUPP"], ["os.chmod", "ENOTSUP"]]},
        {"refuse": [["os.link", "EXDEV"]]},
    ],
    ids=str,
)
def test_plain_drive(wrong: dict[str, Any], runs: Runs, folder: Path) -> None:
    for name in ("fill --force", "validate -o"):
        (run,) = runs(laid_out(folder), *COMMANDS[name], **wrong)
        done(run, folder, runs, *COMMANDS[name])


@meets(
    "the output stands on another device than its folder (EXDEV, EBUSY: a mounted file)",
    "one sentence; nothing written",
)
@pytest.mark.parametrize("error", ["EXDEV", "EBUSY"])
def test_no_rename(error: str, runs: Runs, folder: Path) -> None:
    (run,) = runs(folder, *COMMANDS["fill --force"], refuse=[["os.rename", error]])
    refused(run, folder)


@meets("a slow drive: each read and write takes a moment and moves a few bytes", "the result")
@pytest.mark.parametrize("name", ["fill --force", "fill --in-place", "submit"])
def test_slow_drive(name: str, runs: Runs, folder: Path) -> None:
    (run,) = runs(folder, *COMMANDS[name], slow=True)
    done(run, folder, runs, *COMMANDS[name])


@meets("the input comes through a pipe, in pieces", "the result; never written in place")
def test_pipe(runs: Runs, folder: Path) -> None:
    given = (folder / "masuk.xlsx").read_bytes()
    for arguments, answer in ((COMMANDS["fill"], 0), (COMMANDS["fill --in-place"], 2)):
        laid_out(folder)
        (folder / "masuk.xlsx").unlink()
        os.mkfifo(folder / "masuk.xlsx")
        feeder = subprocess.Popen(
            [sys.executable, "-c", "import sys, time\nd = open(sys.argv[1], 'rb').read()\nf = open(sys.argv[2], 'wb', buffering=0)\n"
             "for n in range(0, len(d), 4096): f.write(d[n : n + 4096]); time.sleep(0.001)",
             str(folder / "lama.xlsx"), str(folder / "masuk.xlsx")]
        )  # fmt: skip
        (run,) = runs(folder, *arguments)
        assert feeder.wait() == 0
        assert run.status == answer, run
        (folder / "masuk.xlsx").unlink()
        now = files(folder)
        made = now.pop("keluar.xlsx", None)
        assert now == {name: data for name, data in inputs().items() if name != "masuk.xlsx"}
        assert made == (inputs()["lama.xlsx"] if answer == 0 else None)
    assert given == inputs()["masuk.xlsx"]


# Rights and locks.


@meets("the folder is read-only", "one sentence; nothing written")
@each_command
def test_read_only_folder(name: str, runs: Runs, folder: Path) -> None:
    folder.chmod(0o555)
    (run,) = runs(folder, *COMMANDS[name], powerless=True)
    folder.chmod(0o755)
    refused(run, folder)


@meets("the output is read-only", "one sentence; nothing written, no backup left")
@pytest.mark.parametrize("name", ["fill --force", "fill --in-place", "migrate --in-place"])
def test_read_only_output(name: str, runs: Runs, folder: Path) -> None:
    for each in ("lama.xlsx", "masuk.xlsx"):
        (folder / each).chmod(0o444)
    (run,) = runs(folder, *COMMANDS[name], powerless=True)
    refused(run, folder)


@meets(
    "the input may not be read, or somebody else locks it",
    "one sentence; nothing written; `recap` lists the file as unreadable",
)
@pytest.mark.parametrize(
    "name", ["validate -o", "fill", "adopt", "export", "migrate", "reconcile", "submit", "diff -o", "recap"]
)
def test_unreadable_input(name: str, runs: Runs, folder: Path) -> None:
    for each in inputs():
        (folder / each).chmod(0)
    (run,) = runs(folder, *COMMANDS[name], powerless=True)
    for each in inputs():
        (folder / each).chmod(0o644)
    if name == "recap":
        assert run.status == 1 and "tidak dapat dibaca" in run.out, run
        (folder / "rekap.xlsx").unlink()
        assert files(folder) == inputs()
    else:
        refused(run, folder)


@meets(
    "another program locks the output (on Windows: open in Excel, error 32)",
    "one sentence; nothing written, no backup left",
)
@each_command
def test_locked_output(name: str, runs: Runs, folder: Path) -> None:
    refusals = [["os.rename", "EACCES"]]
    if name not in ("fill --force", "fill --in-place", "migrate --in-place", "reconcile --post --in-place"):
        refusals.append(["os.link", "EACCES"])  # a new file gets its name by a link
    (run,) = runs(folder, *COMMANDS[name], refuse=refusals)
    refused(run, folder)


# What the output is.


@meets("the output is a folder or a device, also by a link", "one sentence; nothing written")
@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["template", "validate -o", "fill", "adopt", "export", "migrate", "reconcile", "submit", "diff -o", "recap"]
)
def test_output_that_is_no_file(name: str, runs: Runs, folder: Path) -> None:
    new = next(iter(whole(runs, *COMMANDS[name]).keys() - inputs().keys()))
    out = () if "-o" in COMMANDS[name] else ("-o", new)
    for kind in ("folder", "device", "pipe"):
        there = laid_out(folder) / new
        if kind == "folder":
            there.mkdir()
        elif kind == "device":
            there.symlink_to("/dev/zero")
        else:
            os.mkfifo(there)
        (run,) = runs(folder, *COMMANDS[name], *out, *(() if name == "migrate" else ("--force",)))
        assert there.exists(follow_symlinks=True) if sys.version_info >= (3, 12) else there.exists()
        refused(run, folder)


@meets("the output is a link, also to a file that is not there yet", "the result where the link leads; the link stays")
def test_output_behind_a_link(runs: Runs, folder: Path) -> None:
    (folder / "keluar.xlsx").symlink_to("sana.xlsx")
    (run,) = runs(folder, *COMMANDS["fill"])
    assert run.status == 0, run
    assert (folder / "keluar.xlsx").is_symlink()
    made = (folder / "sana.xlsx").read_bytes()
    assert files(folder) == {**whole(runs, *COMMANDS["fill"]), "sana.xlsx": made}
    assert made == whole(runs, *COMMANDS["fill"])["keluar.xlsx"]


@meets(
    "the output is the input by another name: link or hard link",
    "one sentence; with `--force` the result, after a backup",
)
@pytest.mark.parametrize("kind", ["link", "hard link"])
def test_output_that_is_the_input(kind: str, runs: Runs, folder: Path) -> None:
    other, came = folder / "lain.xlsx", inputs()["masuk.xlsx"]

    def alias() -> None:
        laid_out(folder)
        other.symlink_to("masuk.xlsx") if kind == "link" else other.hardlink_to(folder / "masuk.xlsx")

    for command in ("fill", "adopt", "export"):
        alias()
        (run,) = runs(folder, command, "masuk.xlsx", "-o", "lain.xlsx", *(() if command == "fill" else ("--force",)))
        says_one_sentence(run)
        assert files(folder) == {**inputs(), "lain.xlsx": came}
    alias()
    (run,) = runs(folder, "fill", "masuk.xlsx", "-o", "lain.xlsx", "--force")
    made = whole(runs, *COMMANDS["fill"])["keluar.xlsx"]
    expected = {**inputs(), "lain.xlsx": made, "lain.cadangan-1.xlsx": came}
    assert files(folder) == (expected | {"masuk.xlsx": made} if kind == "link" else expected)


# What happens meanwhile.


@meets("the output's folder vanishes meanwhile", "one sentence; nothing written")
@pytest.mark.parametrize("name", ["fill", "validate -o", "export"])
def test_folder_that_vanishes(name: str, runs: Runs, folder: Path) -> None:
    (folder / "hasil").mkdir()
    arguments = [*COMMANDS[name][:-1], f"hasil/{COMMANDS[name][-1]}"]
    (run,) = runs(folder, *arguments, meanwhile=["open", ".lakip-", [["gone", str(folder / "hasil")]]])
    refused(run, folder)


@meets("somebody saves the input while it is worked on in place", "one sentence; what was saved stays")
@pytest.mark.parametrize("name", ["fill --in-place", "migrate --in-place"])
def test_input_saved_meanwhile(name: str, runs: Runs, folder: Path, tmp_path: Path) -> None:
    # The second time it is opened, to see what would be replaced.
    (run,) = runs(
        folder, *COMMANDS[name], meanwhile=["open", "masuk.xlsx", [["later"], ["written", "masuk.xlsx", "baru"]]]
    )
    says_one_sentence(run)
    assert files(folder) == {**inputs(), "masuk.xlsx": b"baru"}


@meets("a file of the output's name appears meanwhile", "the result; that file is kept as a backup")
@pytest.mark.parametrize("name", ["template", "fill", "adopt", "export", "submit"])
def test_output_that_appears(name: str, runs: Runs, folder: Path) -> None:
    new = COMMANDS[name][-1]
    (run,) = runs(folder, *COMMANDS[name], meanwhile=["os.link", ".lakip-", [["written", new, "milik orang"]]])
    assert run.status == 0, run
    kept = f"{Path(new).stem}.cadangan-1{Path(new).suffix}"
    assert files(folder) == {**whole(runs, *COMMANDS[name]), kept: b"milik orang"}


@meets("Ctrl+C at any moment", "nothing written, or the whole result; input unharmed, nothing left behind")
@pytest.mark.slow
@pytest.mark.parametrize("name", ["validate -o", "fill --force"])
def test_interrupted(name: str, runs: Runs, folder: Path) -> None:
    after = whole(runs, *COMMANDS[name])
    for moment in range(1, 30):
        (run,) = runs(laid_out(folder), *COMMANDS[name], interrupt=moment)
        if run.status == 0:
            assert files(folder) == after and moment > 3
            return
        assert (run.status, run.err) == (
            130,
            "Gagal: Dihentikan. Bila hasilnya belum ada, jalankan perintah ini sekali lagi.\n",
        ), run
        assert files(folder) in (inputs(), after, {**after, "lama.xlsx": inputs()["lama.xlsx"]}), moment
    raise AssertionError("never came to an end")


@meets("two runs at once on the same file and output", "both whole: the result of one run, once; input unharmed")
@pytest.mark.parametrize(
    "name", ["template", "validate -o", "fill", "adopt", "export", "reconcile", "submit", "diff -o"]
)
def test_two_at_once(name: str, runs: Runs, folder: Path) -> None:
    _at_once(2, runs, folder, *COMMANDS[name])


@meets(
    "ten runs at once, also in place",
    "the same; a run that comes too late says so in one sentence; backups are of what stood there",
)
@pytest.mark.slow
@pytest.mark.parametrize("name", ["fill", "fill --force", "fill --in-place"])
def test_ten_at_once(name: str, runs: Runs, folder: Path) -> None:
    _at_once(10, runs, folder, *COMMANDS[name])


def _at_once(times: int, runs: Runs, folder: Path, *arguments: str) -> None:
    after = whole(runs, *arguments)
    ended = runs(folder, *arguments, times=times)
    assert any(run.status in (0, 1) for run in ended), ended
    for run in ended:
        if run.status not in (0, 1):
            says_one_sentence(run)
    now = files(folder)
    stood = {inputs()[name] for name in ("masuk.xlsx", "lama.xlsx")}
    backups = {name: data for name, data in now.items() if ".cadangan-" in name and name not in after}
    assert len(backups) < times and set(backups.values()) <= stood
    assert {name: data for name, data in now.items() if name not in backups} == after


# Clock, names, screen.


@meets("the clock jumps, or stands in 1970", "the result")
@pytest.mark.parametrize("name", ["template", "fill", "export --form bab3", "submit", "recap"])
def test_clock(name: str, runs: Runs, folder: Path) -> None:
    (run,) = runs(folder, *COMMANDS[name], clock=True)
    done(run, folder, runs, *COMMANDS[name])


NAMES = (
    "rekap 2023 (final) baru",
    "Laporan Ékinerja 年度",
    "titik.",
    "a#b",
    "100% benar %20",
    "kata 'kutip' \"dua\"",
    "dua\nbaris",
    "~$-tanda",
    "\udcff bukan UTF-8",
)


@meets(
    "names with blanks, other scripts, `#`, `%`, quotes, a dot at the end, a line break, bytes that are no UTF-8",
    "the result",
)
@pytest.mark.slow
@pytest.mark.parametrize("word", NAMES, ids=ascii)
def test_names(word: str, runs: Runs, folder: Path) -> None:
    came, made = folder / f"{word}.xlsx", folder / f"{word}-selesai.xlsx"
    came.write_bytes(sealed.EXAMPLE.read_bytes())
    (run,) = runs(folder, "fill", came.name)
    assert run.status == 0, run
    assert zipfile.ZipFile(made).testzip() is None
    (run,) = runs(folder, "validate", made.name, "--format", "json", "-o", f"{word}.json")
    assert run.status == 0, run
    assert json.loads((folder / f"{word}.json").read_bytes())[0]["file"]
    assert files(folder).keys() == {*inputs(), came.name, made.name, f"{word}.json"}


@meets("a path of more than 260 characters", "the result; where even the name is too long, one sentence")
def test_long_path(runs: Runs, folder: Path) -> None:
    deep = folder.joinpath(*["folder-" + "x" * 60] * 6)
    deep.mkdir(parents=True)
    place = str(deep.relative_to(folder))
    (run,) = runs(folder, "fill", "masuk.xlsx", "-o", f"{place}/keluar.xlsx")
    assert run.status == 0, run
    assert (deep / "keluar.xlsx").read_bytes() == whole(runs, *COMMANDS["fill"])["keluar.xlsx"]
    shutil.rmtree(folder / place.split("/")[0])
    (run,) = runs(folder, "fill", "masuk.xlsx", "-o", "x" * 252 + ".xlsx")
    refused(run, folder)


@meets(
    "the screen's output goes to a full disk, or to a reader that has gone",
    "the result is whole; the exit status is not 0",
)
@pytest.mark.parametrize("where", ["/dev/full", "closed"])
def test_screen_that_takes_nothing(where: str, runs: Runs, folder: Path) -> None:
    (run,) = runs(folder, *COMMANDS["fill"], output=where)
    assert run.status in (1, 2) and run.err.count("\n") <= 1, run
    assert files(folder) == whole(runs, *COMMANDS["fill"])
    (run,) = runs(laid_out(folder), "validate", "masuk.xlsx", output=where)
    assert run.status in (1, 2) and run.err.count("\n") <= 1, run
    assert files(folder) == inputs()


PAGE = TESTS.parent / "docs" / "disturbances.md"


def page() -> str:
    rows = [f"| {wrong} | {happens} |" for wrong, happens in ROWS.values()]
    return "\n".join((HEAD, *rows, TAIL))


HEAD = """# Disturbances

What the machine, its disks and other programs can do to a run, and what happens then. Made by `python tests/test_disturbances.py` from the
tests of that name, each row by the test that holds it; each command that writes runs in a process of its own under the real thing (a
small disk that is full, a process without rights, ten processes at once) or, where Linux has none, under what Windows or a drive would
answer. In every row no temporary file is left, and the input stays as it is to the bit, unless it was named as the output.

| what is wrong | what happens |
|---|---|"""
TAIL = """
A power cut, or a process killed at any moment, is tried by `tests/test_killed.py`: the output is whole or absent, the input as it was; only
there may a file `.lakip-*.tmp` be left. `reconcile --post` writes two files, the workbook and then the reconciliation: where only the
second cannot be written, the first stands, whole, and the screen has said what was posted.
"""


def test_the_page_says_what_the_tests_hold() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tests/test_disturbances.py"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
