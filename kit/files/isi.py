"""What "Kirim ke > Isi LAKIP" starts: fills each workbook that it is given and opens the result.

Runs on the office PC, in the environment that ``pasang.py`` made. The window stays where something could not be done, so that it can
be read.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def main(files: Sequence[str]) -> int:
    """The worst exit status of ``lakip-xl fill`` (0 and 1: filled)."""
    worst, unheard = 0, not files
    for file in files:
        print(f"{Path(file).name}: sedang diisi, mohon tunggu ...", flush=True)
        # -I: whatever lies in the folder of the workbook, or in PYTHONPATH, is not taken for a module.
        command = [sys.executable, "-I", "-m", "lakip_xl", "fill", "--open", "--", file]
        done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
        sys.stderr.buffer.write(done.stderr)
        sys.stderr.flush()
        unheard = unheard or bool(done.stderr)  # what could not be done is said there
        worst = max(worst, done.returncode if done.returncode in (0, 1) else 2)
    if not files:
        print("Klik kanan sebuah buku kerja Excel, lalu pilih Kirim ke > Isi LAKIP.")
        print("(Right-click an Excel workbook and choose Send to > Isi LAKIP.)")
    if worst > 1 or unheard:
        wait()
    return worst


def wait() -> None:
    """Until somebody has read what stands in the window."""
    try:
        input("\nTekan Enter untuk menutup jendela ini (press Enter to close). ")
    except EOFError:
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
