"""Installs lakip_xl from this folder, without internet. Started by ``pasang.bat``; needs nothing but a plain Python.

Makes an environment of its own under %LOCALAPPDATA%\\lakip_xl, tries it on the example, and puts "Isi LAKIP" into the menu Kirim ke.
With ``--cek`` it only says, as exit status, whether this kit has wheels for the interpreter that runs it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent
NAME = "Isi LAKIP"

# Paths come in through the environment, so that no quote or letter in them can break the command.
_SHORTCUT = (
    "$s = (New-Object -ComObject WScript.Shell).CreateShortcut($env:LAKIP_LNK); "
    "$s.TargetPath = $env:LAKIP_PYTHON; $s.Arguments = $env:LAKIP_ARGUMENTS; $s.Save()"
)


class CannotInstall(Exception):
    """Why not, in Indonesian and English."""


def main(arguments: Sequence[str]) -> int:
    if list(arguments) == ["--cek"]:
        return 0 if suits() else 1
    try:
        install()
    except CannotInstall as error:
        print(f"\nGagal: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nGagal: {error}", file=sys.stderr)
        return 1
    return 0


def wanted() -> Path:
    """The list of wheels for this interpreter; it need not be there."""
    system = sysconfig.get_platform()
    return KIT / "wheels" / f"{system}-cp{sys.version_info.major}{sys.version_info.minor}.txt"


def suits() -> bool:
    """Whether this kit is for this interpreter.

    Python from the Microsoft Store is left aside: what it writes under %LOCALAPPDATA% lands in a folder that other programs do not see.
    """
    if sys.implementation.name != "cpython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
        return False
    return wanted().is_file() and "windowsapps" not in sys.base_prefix.lower()


def install() -> None:
    """Everything. Raises CannotInstall with one sentence; an environment that is only half made is removed."""
    if not suits():
        raise CannotInstall(
            f"kit ini bukan untuk Python {sys.version.split()[0]} ({sysconfig.get_platform()}) di {sys.base_prefix} "
            "(this kit is not for this Python)."
        )
    local = os.environ.get("LOCALAPPDATA")
    if not local:
        raise CannotInstall("LOCALAPPDATA tidak diketahui (LOCALAPPDATA is not set).")
    home = Path(local) / "lakip_xl"
    venv = home / "venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    try:
        say(f"Menyiapkan {venv} ...")
        run([sys.executable, "-I", "-m", "venv", "--clear", venv],
            "folder program tidak dapat disiapkan; tutup semua jendela lakip-xl (the environment cannot be made)")  # fmt: skip
        say("Memasang, beberapa menit ...")
        run([python, "-I", "-m", "pip", "--isolated", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir",
             "--no-index", "--no-deps", "--only-binary", ":all:", "--require-hashes", "--find-links", KIT / "wheels", "-r", wanted()],
            "isi kit tidak dapat dipasang; salin ulang folder kit bila ada berkas yang rusak (the wheels cannot be installed)")  # fmt: skip
        say("Mencoba pada contoh ...")
        run([python, "-I", "-m", "lakip_xl", "validate", KIT / "contoh" / "matriks.xlsx"],
            "program terpasang tetapi tidak berjalan di komputer ini (installed, but it does not run here)", good=(0, 1))  # fmt: skip
    except CannotInstall:
        shutil.rmtree(venv, ignore_errors=True)
        raise
    shutil.copyfile(KIT / "alat" / "isi.py", home / "isi.py")
    say("\nSelesai. (Installed.)")
    if send_to(python, home / "isi.py"):
        say(f"Klik kanan sebuah buku kerja Excel, lalu pilih Kirim ke (Send to) > {NAME}.")
    else:
        say(f"Menu Kirim ke tidak dapat diubah (no Send To entry). Perintahnya: {python.with_name('lakip-xl')}")


def send_to(python: Path, script: Path) -> bool:
    """Puts "Isi LAKIP" among what Explorer can send a file to; False where there is no such folder.

    A shortcut hands over every name as it is. Where PowerShell may not make one, a command file stands in, which cmd.exe gives a
    name with & in it but no blank in two pieces.
    """
    roaming = os.environ.get("APPDATA", "")
    folder = Path(roaming, "Microsoft", "Windows", "SendTo")
    if not roaming or not folder.is_dir():
        return False
    link, command = folder / f"{NAME}.lnk", folder / f"{NAME}.cmd"
    for old in (link, command):
        old.unlink(missing_ok=True)
    shell = shutil.which("powershell")
    if shell:
        paths = {"LAKIP_LNK": str(link), "LAKIP_PYTHON": str(python), "LAKIP_ARGUMENTS": f'-I "{script}"'}
        subprocess.run(
            [shell, "-NoProfile", "-NonInteractive", "-Command", _SHORTCUT],
            env={**os.environ, **paths},
            capture_output=True,
            check=False,
        )
    if not link.is_file():
        shutil.copyfile(KIT / "alat" / "isi-lakip.cmd", command)
    return True


def run(command: Sequence[str | Path], failed: str, good: Sequence[int] = (0,)) -> None:
    """Runs a step. Raises CannotInstall with ``failed`` and the last lines of what the step said."""
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode not in good:
        last = "\n".join((done.stderr.strip() or done.stdout.strip()).splitlines()[-8:])
        raise CannotInstall(f"{failed}.\n{last}")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
