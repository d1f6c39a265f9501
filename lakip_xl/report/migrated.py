"""What a migration did, for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from lakip_xl.errors import Text
from lakip_xl.report.text import WIDTH, put, wrapped


class Moved(Protocol):
    """What the report needs to know of a migration."""

    @property
    def before(self) -> str: ...
    @property
    def now(self) -> str: ...
    @property
    def added(self) -> Sequence[tuple[str, int]]: ...
    @property
    def defaults(self) -> Sequence[str]: ...


class Migrated(Protocol):
    """And where the result is."""

    @property
    def path(self) -> Path: ...
    @property
    def backup(self) -> Path | None: ...
    @property
    def written(self) -> bool: ...
    @property
    def moved(self) -> Moved: ...


def migrated(done: Migrated, lang: str = "id", width: int = WIDTH) -> str:
    """From which edition to which, what came in, what stayed, and what to do next."""
    moved = done.moved
    if moved.before == moved.now:
        said = [
            Text(
                f"{done.path}: sudah edisi {moved.now}; tidak ada yang ditulis.",
                f"{done.path}: edition {moved.now} already; nothing was written.",
            )
        ]
    else:
        same = (
            f"{done.path}: hasil yang sama sudah ada; tidak ada yang ditulis.",
            f"{done.path}: the same result is there; nothing was written.",
        )
        said = put(done.path, done.backup) if done.written else [Text(*same)]
        said.append(
            Text(
                f"Edisi formulir: {moved.before} -> {moved.now}", f"Edition of the form: {moved.before} -> {moved.now}"
            )
        )
        said += [
            Text(
                f"Lembar '{title}' ditambahkan, dengan {rows} baris indikator dari Matriks.",
                f"Sheet '{title}' was added, with {rows} rows of indicators from Matriks.",
            )
            for title, rows in moved.added
        ]
        said += [
            Text(
                f"Batas '{label}' belum ada pada Pengaturan; nilai bakunya yang berlaku.",
                f"The bound '{label}' is not in Pengaturan yet; its default holds.",
            )
            for label in moved.defaults
        ]
        if moved.added:
            said.append(
                Text(
                    "Lembar baru berada di belakang; Petunjuk tetap yang lama, yang baru ada pada hasil 'lakip-xl template'.",
                    "The new sheets stand last; Petunjuk stays the old one, the new one is in what 'lakip-xl template' makes.",
                )
            )
        said.append(
            Text(
                "Isian pada lembar lain tidak diubah. Matriks mengikuti Bulanan hanya pada baris yang bulannya diisi, "
                "setelah lakip-xl fill.",
                "Entries on the other sheets are unchanged. Matriks follows Bulanan only on rows whose months are filled, "
                "after lakip-xl fill.",
            )
        )
    return "\n".join(line for text in said for line in wrapped(text.in_(lang), "", "  ", width)) + "\n"
