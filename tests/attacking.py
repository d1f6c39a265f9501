"""Puts every attack through every command that takes such a file, and says how each ended.

``python tests/attacking.py [NAME ...]`` tries them all, or those whose name begins so, the runs of each in a process of their own with a
bound on memory and time, and writes docs/attacks.md (only when all were tried). ``test_attacks.py`` tries a part of them each time.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import attacks_cells
import attacks_packages
import attacks_received
import received
import sealed
import xlsx_checks
from attacks import MARK, Attack
from running import TESTS, Run, Runs, files
from workbooks import EXAMPLE

GROUPS = (attacks_packages.ATTACKS, attacks_cells.ATTACKS, attacks_received.ATTACKS)
ATTACKS: dict[str, Attack] = {name: attack for group in GROUPS for name, attack in group.items()}
assert len(ATTACKS) == sum(map(len, GROUPS))
PAGE = TESTS.parent / "docs" / "attacks.md"
MEMORY, SECONDS = 4096, 60
"""MiB of addresses (of which polars alone reserves half) and seconds of the processor that a run may take before it is ended."""
LOOKED_THROUGH = 1
"""MiB of an input, unpacked, up to which the workbooks made of it are looked through for soundness, which takes longer than the run."""
MOST_MEMORY, MOST_SECONDS = 1024, 40
"""What docs/limits.md states: MiB in use at its peak, and seconds of the processor."""


class Use(NamedTuple):
    """A command as somebody types it; ``FILE`` stands for the attack. ``out`` is what it may write."""

    name: str
    arguments: tuple[str, ...]
    out: tuple[str, ...] = ()


USES: dict[str, Use] = {
    use.name: use
    for use in (
        Use("validate", ("validate", "FILE")),
        Use("validate -o", ("validate", "FILE", "--format", "json", "-o", "laporan.json"), ("laporan.json",)),
        Use(
            "fill",
            ("fill", "FILE", "--formulas", "--with", "narasi", "--with", "reviu", "-o", "keluar.xlsx"),
            ("keluar.xlsx",),
        ),
        Use("adopt", ("adopt", "FILE", "-o", "pindah.xlsx"), ("pindah.xlsx",)),
        Use("export", ("export", "FILE", "-o", "e81.xlsx"), ("e81.xlsx",)),
        Use("export --form bab3", ("export", "FILE", "--form", "bab3", "-o", "bab3.docx"), ("bab3.docx",)),
        Use("migrate", ("migrate", "FILE", "-o", "baru.xlsx"), ("baru.xlsx",)),
        Use("reconcile", ("reconcile", "FILE", "--ledger", "sipd.xlsx", "-o", "rekon.xlsx"), ("rekon.xlsx",)),
        Use("reconcile --ledger", ("reconcile", "baik.xlsx", "--ledger", "FILE", "-o", "rekon.xlsx"), ("rekon.xlsx",)),
        Use(
            "reconcile --previous",
            ("reconcile", "baik.xlsx", "--ledger", "sipd.xlsx", "--previous", "FILE", "-o", "rekon.xlsx"),
            ("rekon.xlsx",),
        ),
        Use(
            "reconcile --carry",
            ("reconcile", "baik.xlsx", "--ledger", "sipd.xlsx", "--carry", "FILE", "-o", "rekon.xlsx"),
            ("rekon.xlsx",),
        ),
        Use("submit", ("submit", "FILE", "-o", "ajuan.zip"), ("ajuan.zip",)),
        Use("submit over it", ("submit", "baik.xlsx", "-o", "FILE")),
        Use("verify", ("verify", "FILE")),
        Use("verify with", ("verify", "baik.zip", "FILE")),
        Use("diff", ("diff", "baik.xlsx", "FILE", "--format", "xlsx", "-o", "beda.xlsx"), ("beda.xlsx",)),
        Use("diff from", ("diff", "FILE", "baik.xlsx")),
        Use("recap", ("recap", "kiriman", "--workers", "1", "-o", "rekap.xlsx"), ("rekap.xlsx",)),
        Use(
            "recap --list", ("recap", "sehat", "--list", "FILE", "--workers", "1", "-o", "rekap.xlsx"), ("rekap.xlsx",)
        ),
        Use(
            "recap --ledger",
            ("recap", "sehat", "--ledger", "FILE", "--workers", "1", "-o", "rekap.xlsx"),
            ("rekap.xlsx",),
        ),
    )
}
_WORKBOOK = ("validate", "fill", "adopt", "export", "export --form bab3", "migrate", "reconcile", "reconcile --ledger",
             "reconcile --previous", "reconcile --carry", "submit", "verify with", "diff", "recap", "recap --ledger")  # fmt: skip
_TABLE = (
    "validate",
    "fill",
    "adopt",
    "reconcile --ledger",
    "reconcile --carry",
    "verify",
    "diff",
    "recap --list",
    "recap --ledger",
)
_BUNDLE = (
    "validate -o",
    "adopt",
    "reconcile --ledger",
    "submit over it",
    "verify",
    "verify with",
    "diff",
    "diff from",
    "recap",
)


def uses_of(attack: Attack) -> tuple[str, ...]:
    """The commands that take such a file."""
    if attack.kind == "workbook":
        return _WORKBOOK
    return _BUNDLE if attack.kind == "bundle" else (*_TABLE, *(("recap",) if attack.file.endswith(".xlsx") else ()))


def laid_out(folder: Path, attack: Attack) -> Path:
    """A folder with the attack, what goes with it, and a folder in which it lies beside a sound workbook."""
    data = attack.make()
    good = sealed.workbook()
    for name, content in {
        attack.file: data,
        "baik.xlsx": good,
        "baik.zip": sealed.bundle(),
        "sipd.xlsx": (EXAMPLE / "buku-besar" / "sipd-2023.xlsx").read_bytes(),
        f"kiriman/{attack.file}": data,
        "kiriman/baik.xlsx": received.made(3),
        "sehat/baik.xlsx": received.made(3),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


class Ending(NamedTuple):
    """How a run ended: ``how`` is result or sentence; ``faults`` is what should not have been."""

    how: str
    faults: tuple[str, ...]
    run: Run


def tried(runs: Runs, folder: Path, attack: Attack, use: Use, here: bool = False) -> Ending:
    """One run, judged; what it wrote is taken away again. ``here``: in a process that tries several, one after the other."""
    before = files(folder)
    given = [attack.file if each == "FILE" else each for each in use.arguments]
    if attack.file.startswith("-"):
        given.insert(1, "--")
    (run,) = runs(folder, *given, here=here, bounds=(MEMORY, SECONDS), strays=True)
    after = files(folder)
    faults = tuple(_faults(run, folder, attack, use, before, after))
    for name in after.keys() - before.keys():
        (folder / name).unlink()
    return Ending("sentence" if run.status == 2 else "result", faults, run)


_SCREEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _faults(
    run: Run, folder: Path, attack: Attack, use: Use, before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> Iterator[str]:
    if run.status not in (0, 1, 2):
        yield f"ended with {run.status}: {run.err[-300:]}"
    if run.status == 2 and (not run.err.startswith("Gagal: ") or run.err.count("\n") != 1):
        yield f"no single sentence: {run.err[:500]}"
    if run.status == 2 and len(run.err) > 700:
        yield f"a sentence of {len(run.err)} characters: {run.err[:200]}"
    if run.status != 2 and run.err:
        yield f"said beside the result: {run.err[:300]}"
    if "terduga" in run.err or "Traceback" in run.err:
        yield f"a fault of our own: {run.err[-500:]}"
    if _SCREEN.search(run.out + run.err):
        yield f"steers the screen: {_SCREEN.search(run.out + run.err)!r}"
    if run.memory > MOST_MEMORY or run.seconds > MOST_SECONDS:
        yield f"took {run.memory:.0f} MiB and {run.seconds:.1f} s"
    for name in before:
        if after.get(name) != before[name]:
            yield f"{name} is not as it was"
    new = after.keys() - before.keys()
    if new - set(use.out) or (run.status == 2 and new):
        yield f"wrote {sorted(new)}"
    for name in sorted(new & set(use.out)):
        yield from _unsound(folder / name, folder / attack.file)


def _unsound(output: Path, source: Path) -> Iterator[str]:
    if output.suffix == ".json":
        json.loads(output.read_text(encoding="ascii"))
        return
    # A recap leads to the files that it was made of: that a file is called like a link makes it none.
    alive = {each for each in live(output.read_bytes()) if b'Target="kiriman/' not in each} - live(source.read_bytes())
    if alive:
        yield f"{output.name} has come to life: {sorted(alive)[:3]}"
    if output.suffix == ".xlsx" and not large(source):
        known = _known(source, source.stat().st_mtime_ns)
        found = [each for each in xlsx_checks.problems(output) if _COUNTED.sub("", each) not in known]
        if found:
            yield f"{output.name}: {found[:3]}"


_COUNTED = re.compile(r" of \d+$|(?<=titles leave out) .*", re.DOTALL)
"""What differs in a problem that is the same: how many formats there are by now, which titles are left out besides."""


@lru_cache(maxsize=1)
def _known(source: Path, _written: int) -> frozenset[str]:
    """What was wrong with an input already."""
    problems = xlsx_checks.problems(source) if zipfile.is_zipfile(source) else ()
    return frozenset(_COUNTED.sub("", each) for each in problems)


def large(path: Path) -> bool:
    """Whether a file unpacks to more than is looked through for soundness."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist()) > LOOKED_THROUGH << 20


_LIVE = re.compile(
    rb"<(?:\w+:)?(?:f|formula|formula1|formula2|definedName|oddHeader|oddFooter|instrText)\b[^>]*>([^<]*serangan\.invalid[^<]*)<"
    rb"|<(?:\w+:)?(?:hyperlink|Relationship|fldSimple)\b([^>]*serangan\.invalid[^>]*)>"
)
assert MARK == "serangan.invalid"


def live(data: bytes) -> set[bytes]:
    """The formulas, links, fields and relationships of a package, and of the packages in it, that hold the mark."""
    found: set[bytes] = set()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return found
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.file_size > 64 << 20 or entry.flag_bits & 1:
                continue
            try:
                content = archive.read(entry)
            except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
                continue
            if content[:2] == b"PK":
                found |= live(content)
            found |= {one or other for one, other in _LIVE.findall(content)}
    return found


# ---- the page

HEAD = """# Attacks

Hostile and broken files, {count} of them, each put through every command that takes such a file: {runs:,} runs, those of each attack in a
process of their own. Made by `python tests/attacking.py` from `tests/attacks_*.py`, which build the files; `tests/test_attacks.py` tries
a quarter of them again, by one of the commands (with `-m sweep` the others, as CI does), and holds this page to what happens.

Every run ended in a **result** (exit status 0 or 1) or in **one sentence** (exit status 2, nothing written). In every run the input and all
files beside it stayed as they were to the bit; no other file was written, no connection made, no program started, and no file outside the
folder read that an attack named; no control character reached the screen; each workbook written is sound (`tests/xlsx_checks.py`) but for
what was wrong with its input already (not looked at where the input unpacks to more than {looked} MiB); and no text of an input became a
formula, a link, a field or a relationship. Nothing took more than {seconds} s of the processor or {memory:,} MiB, the process that reads
.xls and .ods included. A `recap` of a folder lists a file that is refused, and reads the others.

In the tables: *result* or *sentence* where all commands end alike; else the fewer are named.
"""


def said(endings: Mapping[str, str]) -> str:
    """How an attack ended, in a cell of the page."""
    results, sentences = ([name for name, how in endings.items() if how == kind] for kind in ("result", "sentence"))
    if not sentences:
        return "result"
    if not results:
        return "sentence"
    if len(results) <= len(sentences):
        return f"sentence; result: {', '.join(results)}"
    return f"result; sentence: {', '.join(sentences)}"


def head(attacks: int, runs: int) -> str:
    """How the page begins."""
    return HEAD.format(count=attacks, runs=runs, seconds=MOST_SECONDS, memory=MOST_MEMORY, looked=LOOKED_THROUGH)


def page(endings: Mapping[str, Mapping[str, str]]) -> str:
    """The page for how each attack ended, by command."""
    made = [head(len(endings), sum(len(each) for each in endings.values()))]
    for group in GROUPS:
        made.append(f"## {group.title}\n\n| name | attack | how it ended |\n|---|---|---|")
        for name, attack in group.items():
            words = attack.words.replace("|", "\\|").replace("\x9b", " ").replace("\t", " ")
            made.append(f"| {name} | {words} | {said(endings[name])} |")
        made.append("")
    return "\n".join(made).rstrip("\n") + "\n"


def on_page() -> dict[str, str]:
    """What the page says of each attack."""
    found = re.findall(r"^\| (?!name )([\w.\[\]-]+) \| .* \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    return dict(found)


def holds(stated: str, use: str, how: str) -> bool:
    """Whether what a cell of the page states is how a run ended."""
    usual, _, rest = stated.partition("; ")
    kind, _, names = rest.partition(": ")
    return how == (kind if kind and use in names.split(", ") else usual)


def tried_by_all(name: str) -> tuple[str, dict[str, str], list[str]]:
    """How an attack ended by command, and lines that say so: one process for its runs, in turn."""
    attack = ATTACKS[name]
    runs, endings, lines = Runs(), dict[str, str](), list[str]()
    heaviest = longest = 0.0
    with tempfile.TemporaryDirectory() as place:
        folder = laid_out(Path(place) / "kantor", attack)
        for use in uses_of(attack):
            ending = tried(runs, folder, attack, USES[use], here=True)
            endings[use] = ending.how
            heaviest, longest = max(heaviest, ending.run.memory), max(longest, ending.run.seconds)
            lines += [f"  FAULT {name} / {use}: {fault}" for fault in ending.faults]
    runs.close()
    return name, endings, [*lines, f"{name}: {said(endings)} ({longest:.1f} s, {heaviest:.0f} MiB)"]


def main(names: list[str]) -> int:
    chosen = [name for name in ATTACKS if not names or name.startswith(tuple(names))]
    endings, faults = dict[str, dict[str, str]](), 0
    with ProcessPoolExecutor() as pool:
        for name, ended, lines in pool.map(tried_by_all, chosen):
            endings[name] = ended
            faults += sum("FAULT" in line for line in lines)
            print("\n".join(lines), flush=True)  # noqa: T201
    if not names:
        PAGE.write_text(page(endings), encoding="utf-8", newline="\n")
    print(f"{len(endings)} attacks, {sum(map(len, endings.values()))} runs, {faults} faults")  # noqa: T201
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
