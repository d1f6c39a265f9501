"""The long table for analysts: a row for each workbook, record and column of the form, as Parquet.

Rows go to the disk in parts as they come in, so that any number of workbooks takes the memory of one part.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lakip_xl.recap.taken import Taken

if TYPE_CHECKING:
    import polars

PART = 200_000
"""Rows of a part."""
COLUMNS = (
    "berkas", "perangkat_daerah", "kabupaten", "tahun", "periode", "tersegel",
    "tabel", "kunci", "tingkat", "baris", "kolom", "angka", "teks",
)  # fmt: skip
"""``kunci`` is the address-free key of the row, ``kolom`` the key of the form; a cell has ``angka`` or, where it is no number, ``teks``."""
_LARGEST = 10**27


def _types() -> dict[str, Any]:
    import polars

    text = dict.fromkeys(COLUMNS, polars.String())
    number = {
        "tahun": polars.Int32(),
        "tersegel": polars.Boolean(),
        "baris": polars.Int32(),
        "angka": polars.Decimal(38, 10),
    }
    return text | number


class Writer:
    """Takes in workbooks one by one. The same ones in the same order give the same bytes."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lakip-xl-"))
        self.rows: list[tuple[object, ...]] = []
        self.parts: list[Path] = []

    def take(self, taken: Taken) -> None:
        """Takes in the cells of a workbook."""
        head = taken.name, taken.office, taken.region, taken.year, taken.period, taken.sealed
        for each in taken.data:
            number, text = each.number, each.text
            if number is not None and not -_LARGEST < number < _LARGEST:
                number, text = None, str(number)  # an account number typed as a figure
            self.rows.append((*head, each.table, each.record, each.level, each.row, each.column, number, text))
        if len(self.rows) >= PART:
            self._write()

    def finish(self) -> bytes:
        """The file."""
        import polars

        self._write()
        out = self.folder / "semua.parquet"
        with _as_the_system_says_it():
            frames = [polars.scan_parquet(part) for part in self.parts]
            polars.concat(frames).sink_parquet(out, maintain_order=True, row_group_size=PART)
        data = out.read_bytes()
        self.abandon()
        return data

    def abandon(self) -> None:
        """Removes what was written so far."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self) -> None:
        if self.rows or not self.parts:
            part = self.folder / f"{len(self.parts):06}.parquet"
            frame = self._frame()
            with _as_the_system_says_it():
                frame.write_parquet(part)
            self.parts.append(part)
            self.rows = []

    def _frame(self) -> polars.DataFrame:
        import polars

        return polars.DataFrame(self.rows, _types(), orient="row")


@contextmanager
def _as_the_system_says_it() -> Iterator[None]:
    """polars has an error of its own for a disk that is full."""
    from polars.exceptions import PolarsError

    try:
        yield
    except PolarsError as error:
        raise OSError(str(error)) from error
