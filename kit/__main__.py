"""Makes the offline kit: a folder from which lakip_xl is installed on a Windows PC without internet.

    python -m kit -o lakip_xl-kit

Needs internet and ``pip install '.[kit]'`` here, nothing but Python there. What is in the folder, and why, stands in
``docs/decisions/0020-office-pc.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kit import FILES, PYTHONS, ROOT, KitError
from kit.targets import Target, here

SUMS = "SHA256SUMS.txt"
_TEXT = (".bat", ".cmd", ".txt")
_BROUGHT = {
    "contoh/matriks.xlsx": ROOT / "examples" / "dinsos-manggarai-2023" / "matriks.xlsx",
    "templat/matriks-lakip.xlsx": ROOT / "workbook_templates" / "matriks-lakip.xlsx",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m kit", description="Makes the offline kit for office PCs.")
    parser.add_argument("-o", "--output", type=Path, default=Path("lakip_xl-kit"), help="the folder to make")
    parser.add_argument("--force", action="store_true", help="replace a kit that is there")
    parser.add_argument("--here", action="store_true", help="for this machine instead, to try the kit where it is made")
    options = parser.parse_args(arguments)
    try:
        make(options.output, [here()] if options.here else [Target(python) for python in PYTHONS], force=options.force)
    except KitError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    return 0


def make(out: Path, targets: Sequence[Target], *, force: bool = False) -> None:
    """The kit as the folder ``out``, whole or not at all.

    Raises KitError where ``out`` may not be replaced, where the wheels cannot be had, and where they are not a whole set.
    """
    if out.exists() and not (force and (out / SUMS).is_file()):
        raise KitError(f"{out} exists already" + (", and is no kit" if force else "; --force replaces a kit"))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kit-", dir=out.parent) as folder:
        kit = Path(folder) / "kit"
        static(kit)
        gather(kit / "wheels", targets, Path(folder))
        (kit / SUMS).write_bytes(sums(kit))
        if out.exists():
            shutil.rmtree(out)
        kit.rename(out)
    wheels = list(out.glob("wheels/*.whl"))
    size = sum(path.stat().st_size for path in wheels) / 1e6
    print(f"{out}: {len(wheels)} wheels ({size:.0f} MB) for {', '.join(target.name for target in targets)}")


def static(kit: Path) -> None:
    """What is the same in every kit: scripts, BACA-SAYA.txt, the example, the empty form. Lines that Windows reads end in CRLF."""
    # Python may have put __pycache__ beside them.
    for source in sorted(path for path in FILES.iterdir() if path.is_file()):
        inner = source.suffix in (".py", ".cmd")
        place = kit / "alat" / source.name if inner else kit / source.name
        place.parent.mkdir(parents=True, exist_ok=True)
        data = source.read_bytes()
        if source.suffix in _TEXT:
            data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        place.write_bytes(data)
    for name, source in _BROUGHT.items():
        (kit / name).parent.mkdir(parents=True)
        shutil.copyfile(source, kit / name)


def gather(wheels: Path, targets: Sequence[Target], work: Path) -> None:
    """All wheels, and for each target its list: a pip requirements file with one digest for each wheel, so a spoiled copy is refused."""
    from kit.complete import Wheel, lacking
    from kit.wheels import build, download, resolve

    wheels.mkdir()
    own = Wheel.read(build(work))
    wanted = [str(requirement) for requirement in own.requires if "extra ==" not in str(requirement.marker or "")]
    for target in targets:
        paths = [own.path, *download(resolve(wanted, target), target, work / target.name)]
        problems = lacking(paths, target)
        if problems:
            raise KitError(f"{target.name}: the wheels are not a whole set:\n" + "\n".join(problems))
        lines = []
        for path in paths:
            data = path.read_bytes()
            wheel = Wheel.read(path)
            lines.append(f"{wheel.name}=={wheel.version} --hash=sha256:{hashlib.sha256(data).hexdigest()}\n")
            (wheels / path.name).write_bytes(data)
        (wheels / f"{target.name}.txt").write_text("".join(sorted(lines)), encoding="ascii", newline="\n")


def sums(kit: Path) -> bytes:
    """A line for each file, as ``sha256sum --check`` reads them."""
    files = sorted((path.relative_to(kit).as_posix(), path) for path in kit.rglob("*") if path.is_file())
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in files).encode("ascii")


if __name__ == "__main__":
    sys.exit(main())
