"""Cells that cannot be written by themselves: parts of arrays, merged areas, headers of tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lakip_xl.cells import Area, a1
from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.workbook.markup import unreadable
from lakip_xl.workbook.package import Package
from lakip_xl.workbook.patching import out_of_order
from lakip_xl.workbook.reading import SheetContent


class _Areas:
    """Finds the area that holds a cell among thousands, row by row."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._rows: dict[int, list[Area]] = defaultdict(list)
        self._tall: list[Area] = []
        for area in areas:
            if area.bottom - area.top > 100:
                self._tall.append(area)
            else:
                for row in range(area.top, area.bottom + 1):
                    self._rows[row].append(area)

    def find(self, place: tuple[int, int]) -> Area | None:
        if place[0] not in self._rows and not self._tall:
            return None
        return next((area for area in (*self._rows.get(place[0], ()), *self._tall) if area.holds(*place)), None)


class BoundCells:
    """Knows which cells of a sheet are bound to others."""

    def __init__(self, title: str, content: SheetContent, package: Package, part: str) -> None:
        self._title = title
        self._ordered = content.ordered
        self._arrays, self._merges = _Areas(content.arrays), _Areas(content.merged)
        self._headers = _Areas(_table_bounds(package, part))

    def binds(self, place: tuple[int, int]) -> bool:
        """Whether the cell belongs to an array or a table's header or total, or is covered by a merged area."""
        merge = self._merges.find(place)
        covered = merge is not None and place != (merge.top, merge.left)
        return covered or self._arrays.find(place) is not None or self._headers.find(place) is not None

    def refuse(self, place: tuple[int, int]) -> None:
        """Raises UnsupportedWorkbook with a sentence that names what the cell belongs to."""
        if not self._ordered:
            raise out_of_order(self._title, f"'{self._title}'!{a1(*place)}")
        array, merge, header = self._arrays.find(place), self._merges.find(place), self._headers.find(place)
        if array is None and merge is None and header is None:
            return
        where = f"'{self._title}'!{a1(*place)}"
        if array is not None:
            raise UnsupportedWorkbook(
                f"Sel {where} bagian dari rumus array atau tabel data {array}, yang tidak boleh diubah sebagian. "
                "Hapus rumus array itu di Excel, lalu ulangi.",
                f"Cell {where} belongs to the array formula or data table {array}, which must not be changed in part. "
                "Remove that array formula in Excel and try again.",
            )
        if merge is not None and place != (merge.top, merge.left):
            raise UnsupportedWorkbook(
                f"Sel {where} tertutup sel gabungan {merge}. Batalkan penggabungan (Unmerge) sel itu di Excel, lalu ulangi.",
                f"Cell {where} is covered by the merged cells {merge}. Unmerge them in Excel and try again.",
            )
        if header is not None:
            raise UnsupportedWorkbook(
                f"Sel {where} adalah judul atau baris total tabel Excel ({header}), yang harus diubah di Excel sendiri. "
                "Ubah tabel menjadi rentang (Convert to Range), lalu ulangi.",
                f"Cell {where} is in the header or total row of an Excel table ({header}), which only Excel itself can change. "
                "Convert the table to a range and try again.",
            )


def _table_bounds(package: Package, part: str) -> Iterator[Area]:
    """The header and total rows of the tables on a sheet."""
    for relation in package.relationships(part):
        if relation.kind == "table" and package.has(relation.target):
            root = package.tree(relation.target)
            try:
                area = Area.parse(root.get("ref", "A1"))
            except ValueError as error:
                raise unreadable(relation.target) from error
            if root.get("headerRowCount") != "0":
                yield area._replace(bottom=area.top)
            if root.get("totalsRowCount", "0") != "0":
                yield area._replace(top=area.bottom)
