"""Runs the command line in processes of their own, each with something wrong with the machine, as a line of JSON on the input says.

    {"folder": where it works, "arguments": [...], "times": how many at once, "here": false, "wrong": {NAME: HOW, ...}}

and answers with a line of JSON: a list of ``[exit status, standard output, standard error, seconds of the processor, MiB of memory]``.
Exit status -9 where a run had to be ended because it did not end by itself. The processes are forks of this one, which has loaded the
package already but computed nothing and has no threads: so a run costs what it works, and several at once begin at the same moment. With
``here`` the run is no fork but this process itself, which keeps the libraries that it has loaded: cheaper, for what can do no harm to
later runs.

What can be wrong:

    temporary   the folder for temporary files
    powerless   true: root keeps its name and loses its rights, so that permissions count
    largest     bytes of the longest file that may be written; whatever goes beyond fails as on a full disk
    refuse      [[event, error], ...]: every such thing done to a file of the folder fails: ["os.rename", "EACCES"]
    call        {function of os: error}: it always fails, as on a drive that does not know it
    meanwhile   [event, name, deeds]: just before this is done to a file of that name for the n-th time, the n-th deed (``_happens``)
    slow        true: each read and write takes a moment, and moves a few bytes only
    clock       true: it jumps, forwards and back
    interrupt   n: Ctrl+C just before the n-th thing that is done to files of the folder
    bounds      [MiB, seconds]: what it may take of memory (addresses) and of the processor
    strays      true: what it does beyond its folder (a file written, a connection, a program) is said on the standard error
    output      where the standard output goes, instead of into the answer; "closed": to a reader that has gone
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import io
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from killed import WATCHED

PATIENCE = 100
CHUNK = 2048


def main() -> None:
    from lakip_xl.cli import main as command
    from lakip_xl.report import json as _json  # noqa: F401
    from lakip_xl.summary import blocks  # noqa: F401
    from lakip_xl.table import find  # noqa: F401
    from lakip_xl.workbook import book  # noqa: F401

    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(run(command, asked)), flush=True)  # noqa: T201


def run(command: Callable[..., Any], asked: dict[str, Any]) -> list[tuple[int, str, str, float, float]]:
    """Several runs of one command, all let go at the same moment."""
    if asked.get("here"):
        return [_here(command, asked)]
    gate, opener = os.pipe()
    under_way = []
    for _ in range(asked.get("times", 1)):
        out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
        child = os.fork()
        if child == 0:
            os.close(opener)
            os.read(gate, 1)  # ends when the parent lets go of its end
            _live(command, asked, out, err)
        under_way.append((child, out, err))
    os.close(gate)
    os.close(opener)
    answers = []
    for child, out, err in under_way:
        status, seconds, memory = _ended(child)
        answers.append((status, _said(out), _said(err), seconds, memory))
    return answers


def _ended(child: int) -> tuple[int, float, float]:
    handle = os.pidfd_open(child)
    ready, _, _ = select.select([handle], [], [], PATIENCE)
    os.close(handle)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _said(file: Any) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _here(command: Callable[..., Any], asked: dict[str, Any]) -> tuple[int, str, str, float, float]:
    """One run in this process."""
    sys.stdout.flush()
    streams, places = (sys.stdout, sys.stderr), (os.dup(1), os.dup(2))
    began, children = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        status = _status(command, asked, out, err)
        for place, stream in zip(places, (1, 2), strict=True):
            os.dup2(place, stream)
            os.close(place)
        sys.stdout, sys.stderr = streams
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = time.process_time() - began + after.ru_utime - children.ru_utime + after.ru_stime - children.ru_stime
        return status, _said(out), _said(err), seconds, max(_highest(), after.ru_maxrss / 1024)


def _highest() -> float:
    """MiB that this process held at its peak; what getrusage says begins with that of the process that started it."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def _live(command: Callable[..., Any], asked: dict[str, Any], out: Any, err: Any) -> None:
    """What a child does: it never comes back."""
    status = 1
    try:
        status = _status(command, asked, out, err)
    finally:
        os._exit(status)


def _status(command: Callable[..., Any], asked: dict[str, Any], out: Any, err: Any) -> int:
    """The exit status of a command, whose standard output and error go to these files."""
    status: Any = 120
    try:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        os.chdir(asked["folder"])
        for name, how in asked.get("wrong", {}).items():
            WRONG[name](how, os.path.realpath(asked["folder"]))
        arguments = [os.fsdecode(each.encode("latin-1")) for each in asked["arguments"]]
        try:
            command(arguments, prog_name="lakip-xl")
            status = 0
        except SystemExit as end:
            status = end.code
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    return status if isinstance(status, int) else 1


def _temporary(folder: str, _home: str) -> None:
    os.environ["TMPDIR"] = folder
    tempfile.tempdir = None


def _powerless(_how: object, _home: str) -> None:
    """Takes all capabilities from a process of root; for another account there are none to take."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0:
        libc.prctl(28, 3, 0, 0, 0)  # PR_SET_SECUREBITS: what it starts shall not get them back
    if libc.capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _largest(size: int, _home: str) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def _watching(home: str, see: Callable[[str, str], None]) -> None:
    """Tells of each thing that is done to a file below the folder."""

    def watch(event: str, details: tuple[object, ...]) -> None:
        if event in WATCHED and details and isinstance(details[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(details[0]))
            if path.startswith(home):
                see(event, path)

    sys.addaudithook(watch)


def _refuse(events: list[tuple[str, str]], home: str) -> None:
    answers = {event: getattr(errno, name) for event, name in events}

    def see(event: str, path: str) -> None:
        if event in answers:
            raise OSError(answers[event], os.strerror(answers[event]), path)

    _watching(home, see)


def _call(functions: dict[str, str], _home: str) -> None:
    def fails(number: int) -> Callable[..., None]:
        def function(*_arguments: object, **_named: object) -> None:
            raise OSError(number, os.strerror(number))

        return function

    for name, error in functions.items():
        setattr(os, name, fails(getattr(errno, error)))


def _meanwhile(how: tuple[str, str, list[list[str]]], home: str) -> None:
    wanted, name, deeds = how
    left = list(deeds)

    def see(event: str, path: str) -> None:
        if event == wanted and Path(path).name.startswith(name) and left:
            deed, *arguments = left.pop(0)
            _happens(deed, *arguments)

    _watching(home, see)


def _happens(deed: str, *arguments: str) -> None:
    if deed == "gone":
        shutil.rmtree(arguments[0])
    elif deed == "written":
        Path(arguments[0]).write_bytes(arguments[1].encode())
    else:
        assert deed == "later", deed


def _slow(_how: object, home: str) -> None:
    plain = io.open

    class Slow(io.FileIO):
        """A file on a drive far away."""

        def readinto(self, buffer: Any) -> int | None:
            time.sleep(0.0005)
            return super().readinto(memoryview(buffer)[:CHUNK])

        def read(self, size: int | None = -1) -> bytes | None:
            if size is None or size < 0:
                return self.readall()
            time.sleep(0.0005)
            return super().read(min(size, CHUNK))

        def readall(self) -> bytes:
            return b"".join(iter(lambda: self.read(CHUNK) or b"", b""))

        def write(self, data: Any) -> int:
            time.sleep(0.0005)
            return super().write(memoryview(data)[:CHUNK])

    def opened(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        ours = isinstance(file, int) or os.path.realpath(file).startswith(home)
        if not ours or "b" not in mode:
            return plain(file, mode, *more, **named)
        raw = Slow(file, mode.replace("b", ""))
        return io.BufferedReader(raw) if mode == "rb" else io.BufferedWriter(raw)

    io.open = opened  # type: ignore[assignment]


def _clock(_how: object, _home: str) -> None:
    jumps = [0]

    def jumping(scale: int) -> Callable[[], Any]:
        def now() -> int:
            jumps[0] += 1
            return scale * (2_000_000_000 if jumps[0] % 2 else 86_400)

        return now

    time.time, time.time_ns = jumping(1), jumping(10**9)


def _interrupt(last: int, home: str) -> None:
    seen = [0]

    def see(_event: str, _path: str) -> None:
        seen[0] += 1
        if seen[0] == last:
            raise KeyboardInterrupt

    _watching(home, see)


def _bounds(how: tuple[int, int], _home: str) -> None:
    megabytes, seconds = how
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    spent = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


_WATCHED_OVER: list[str] = []
"""The folder that a run works in: a hook that looks at what is done stays for as long as the process."""


def _strays(_how: object, home: str) -> None:
    watched = bool(_WATCHED_OVER)
    _WATCHED_OVER[:] = [home]
    if watched:
        return
    temporary = os.path.realpath(tempfile.gettempdir())

    def watch(event: str, details: tuple[object, ...]) -> None:
        stray = event in (
            "socket.connect",
            "socket.getaddrinfo",
            "subprocess.Popen",
            "os.exec",
            "os.system",
            "os.startfile",
        )
        if event == "subprocess.Popen" and details[0] == sys.executable and str(details[1][-1]).endswith("child.py"):  # type: ignore[index]
            stray = False  # a reader in a process of its own
        if event == "open" and isinstance(details[0], str | bytes):
            path = os.path.realpath(os.fsdecode(details[0]))
            flags = details[2] if isinstance(details[2], int) else 0
            written = flags & (os.O_WRONLY | os.O_RDWR) and not path.startswith((_WATCHED_OVER[0], temporary, "/dev/"))
            compiled = (
                "/__pycache__/" in path
            )  # Python keeps what it compiled of a module that is imported for the first time
            stray = bool(written and not compiled) or "passwd" in path
        if stray:
            os.write(2, f"STRAY {event} {details!r}\n".encode("utf-8", "backslashreplace"))

    sys.addaudithook(watch)


def _output(where: str, _home: str) -> None:
    if where == "closed":
        reader, writer = os.pipe()
        os.close(reader)
    else:
        writer = os.open(where, os.O_WRONLY)
    os.dup2(writer, 1)


WRONG: dict[str, Callable[[Any, str], None]] = {
    "temporary": _temporary,
    "powerless": _powerless,
    "largest": _largest,
    "refuse": _refuse,
    "call": _call,
    "meanwhile": _meanwhile,
    "slow": _slow,
    "clock": _clock,
    "interrupt": _interrupt,
    "bounds": _bounds,
    "strays": _strays,
    "output": _output,
}


if __name__ == "__main__":
    main()
