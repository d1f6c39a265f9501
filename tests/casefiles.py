"""Case files of rules: grids that a planner can read, made into real workbooks.

A file holds cases, each under ``## title``: settings (``periode: TW II``), one grid for each sheet (under ``### Belanja``; Matriks
where nothing is said), then the whole list of findings, one a line, ``AG01 Matriks!F3``, or ``diam`` where there is none. The first
line of a grid is row 1 of the sheet: a column key stands for its heading, any other text is written as it is.

Cells: ``1.234,5`` is a number in a numeric column; ``"1.234"`` is text there; ``=F2*2 -> 12`` a formula with the value that the file
holds (without ``->`` it holds none); ``{1,06}`` a number in a text column; ``{45.000 d/m/yyyy}`` a number shown
as a date; ``#REF!`` a formula that gives this error.
Settings beside ``periode``: the key of a threshold with its value; ``kategori`` (``Kurang 0; Baik 70``); ``kosong`` (fields of
Identitas left blank); ``hitung_ulang`` (checked with ``--recalc``); ``tanpa_gaya`` (the file has no
styles); ``lembar`` (the only sheets of the form there are); ``gabung`` (merged cells of Matriks, ``F2:F3``); ``makro``
and ``tautan`` (what else the file holds); ``tanpa_arah``
(a grid without the column ARAH does not get one). A matrix that a case does not speak of holds one row out of use.
A cell written as ``ST03 Matriks!A1 tetap`` does not move with the grid.

``### Buku besar`` is a treasury ledger to be compared with (lines of ``buku.csv``): kode, nama, rekening, bulan, nilai, setoran, pagu;
with ``saldo: ya`` its rows are balances to date, else documents. ``bulan`` is the month compared, that of ``periode`` where it is not
given; ``### Bulan lalu`` is the matrix of last month's workbook, ``periode_lalu`` its periode.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from openpyxl.formula.translate import Translator

from lakip_xl import recalc, tasks
from lakip_xl.cells import Cell, a1, parse_a1
from lakip_xl.form import places
from lakip_xl.form.editions import NEWEST
from lakip_xl.form.formulas import HIGHER, last_month_of
from lakip_xl.form.spec import Column, Kind, TableSpec
from lakip_xl.ledger.compare import compare
from lakip_xl.ledger.entered import month_of
from lakip_xl.ledger.entries import Balance, Basis, Key, Ledger, Place, Posting
from lakip_xl.ledger.items import Comparison
from lakip_xl.table.model import Document
from lakip_xl.tasks import Examination
from lakip_xl.tasks.reconciling import judge

CASES = Path(__file__).resolve().parent / "cases"
Grid = list[list[str]]


@dataclass
class Case:
    """One case: what stands in the workbook, and every finding that it must give."""

    name: str
    settings: dict[str, str] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)
    expected: list[tuple[str, Cell, bool]] = field(default_factory=list)
    silent: bool = False

    def findings(self, down: int = 0, right: int = 0) -> list[tuple[str, str]]:
        """The expected (code, cell) pairs with the grid moved."""
        return sorted(
            (code, str(cell if fixed else Cell(cell.sheet, cell.row + down, cell.column + right)))
            for code, cell, fixed in self.expected
        )


def cases_in(path: Path) -> Iterator[Case]:
    """The cases of one file."""
    case: Case | None = None
    sheet = "Matriks"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            if case is not None:
                yield case
            case, sheet = Case(f"{path.stem}: {line[3:].strip()}"), "Matriks"
        elif case is None or not line.strip():
            continue
        elif line.startswith("### "):
            sheet = line[4:].strip()
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not all(re.fullmatch(r"-+", cell) for cell in cells):
                case.grids.setdefault(sheet, []).append(cells)
        elif match := re.fullmatch(r"([A-Z]{2}[0-9]{2}) (.+?)!([A-Z]+[0-9]+)( tetap)?", line.strip()):
            case.expected.append((match[1], Cell(match[2].strip("'"), *parse_a1(match[3])), bool(match[4])))
        elif line.strip() == "diam":
            case.silent = True
        elif match := re.fullmatch(r"([a-z_]+): (.*)", line.strip()):
            case.settings[match[1]] = match[2]
        else:
            raise ValueError(f"{path.name}: cannot read {line!r}")
    if case is not None:
        yield case


def all_cases() -> list[Case]:
    """Every case of every file."""
    return [case for path in sorted(CASES.glob("*.md")) for case in cases_in(path)]


def workbook(case: Case, down: int = 0, right: int = 0) -> bytes:
    """The case as a workbook, its grids moved down and to the right."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    shown = [name.strip() for name in case.settings.get("lembar", "").split(",") if name.strip()]
    titles = [spec.title for spec in NEWEST.tables if not shown or spec.title in shown]
    for title in [*titles, *(name for name in case.grids if name not in titles and name not in (LEDGER, BEFORE))]:
        sheet = book.add_worksheet(title)
        spec = next((s for s in NEWEST.tables if s.title == title), None)
        grid = case.grids.get(title) or _untold(spec, bool(case.grids))
        if spec is not None and "tanpa_arah" not in case.settings:
            grid = _with_arah(spec, grid)
        for area in case.settings.get("gabung", "").split(",") if title == "Matriks" else ():
            if area.strip():
                (top, left), (bottom, end) = (parse_a1(corner) for corner in area.strip().split(":"))
                sheet.merge_range(top + down - 1, left + right - 1, bottom + down - 1, end + right - 1, "")
        _write_grid(book, sheet, spec, grid, down, right)
    _write_settings(book, case.settings)
    book.close()
    return _with_parts(buffer.getvalue(), case.settings)


def examine(case: Case, down: int = 0, right: int = 0) -> Examination:
    """The case judged as ``validate`` does, recalculated where it asks for that."""
    data = workbook(case, down, right)
    seen = tasks.examine(data)
    if "hitung_ulang" in case.settings:
        with tempfile.TemporaryDirectory(prefix="case-") as folder:
            path = Path(folder) / "matriks.xlsx"
            path.write_bytes(data)
            recalc.judge(seen, path)
    if LEDGER in case.grids:
        judge(seen, compared(case, seen.document))
    return seen


LEDGER, BEFORE = "Buku besar", "Bulan lalu"


def compared(case: Case, document: Document) -> Comparison:
    """The document against the ledger of a case, and against last month's matrix where the case has one."""
    before = None
    if BEFORE in case.grids:
        settings = {**case.settings, "periode": case.settings["periode_lalu"]}
        before = tasks.examine(workbook(Case(case.name, settings, {"Matriks": case.grids[BEFORE]}))).document
    month = int(case.settings.get("bulan") or month_of(case.settings.get("periode", "")) or 12)
    return compare(document, [_ledger(case)], month=month, previous=before)


def _ledger(case: Case) -> Ledger:
    heads, *rows = case.grids[LEDGER]
    ledger = Ledger("buku.csv", "sipd-dokumen", Basis.PAID, 2023, ())
    for number, cells in enumerate(rows, start=2):
        row = {
            **dict.fromkeys(("kode", "nama", "rekening", "bulan", "nilai", "setoran", "pagu"), ""),
            **dict(zip(heads, cells, strict=False)),
        }
        key, place, month = Key("", row["kode"], row["rekening"]), Place("buku.csv", "", number), int(row["bulan"] or 1)
        value, returned, pagu = (Decimal(str(_number(row[k]) or 0)) for k in ("nilai", "setoran", "pagu"))
        if row["nama"]:
            ledger.names["", row["kode"]] = row["nama"]
        if "saldo" in case.settings:
            ledger.balances.append(Balance(key, month, value, pagu if row["pagu"] else None, place))
        else:
            ledger.postings.append(Posting(key, month, value - returned, place, returned, str(number)))
    return ledger


def _untold(spec: TableSpec | None, told: bool) -> Grid:
    """A sheet that the case does not speak of: its headings; the matrix with a row out of use, so that it does not count as empty."""
    keys = [column.key for column in spec.columns] if spec else []
    if spec is None or spec.key != "matriks" or not told:
        return [keys]
    row = {"kode": "1.06.01", "uraian": "PROGRAM", "status": "nihil"}
    return [keys, [row.get(key, "") for key in keys]]


def _with_arah(spec: TableSpec, grid: Grid) -> Grid:
    """A grid that does not speak of ARAH gets it as its last column: higher is better wherever there is an indicator."""
    if "arah" not in spec.by_key or "indikator" not in grid[0] or "arah" in grid[0]:
        return grid
    place = grid[0].index("indikator")
    return [
        [
            *cells,
            *[""] * (len(grid[0]) - len(cells)),
            "arah" if row == 0 else HIGHER if cells[place : place + 1] > [""] else "",
        ]
        for row, cells in enumerate(grid)
    ]


def _write_grid(
    book: xlsxwriter.Workbook, sheet: object, spec: TableSpec | None, grid: Grid, down: int, right: int
) -> None:
    keys = spec.by_key if spec else {}
    for row, cells in enumerate(grid):
        for place, text in enumerate(cells):
            if not text:
                continue
            column = keys.get(grid[0][place])
            if row == 0:
                sheet.write_string(down, right + place, column.heading if column else text)  # type: ignore[attr-defined]
            else:
                _write_cell(book, sheet, row + down, place + right, text, column, (row, place))


def _write_cell(
    book: xlsxwriter.Workbook,
    sheet: object,
    row: int,
    place: int,
    text: str,
    column: Column | None,
    home: tuple[int, int],
) -> None:
    numeric = column is None or column.kind.numeric
    if text.startswith("#"):
        sheet.write_formula(row, place, "=NA()", None, text)  # type: ignore[attr-defined]
    elif text.startswith("="):
        formula, arrow, value = text.partition("->")
        here, there = a1(home[0] + 1, home[1] + 1), a1(row + 1, place + 1)
        moved = Translator(formula.strip(), origin=here).translate_formula(there)
        cached = (_number(value) if _number(value) is not None else value.strip()) if arrow else _NO_CACHE
        sheet.write_formula(row, place, moved, None, cached)  # type: ignore[attr-defined]
    elif text.startswith('"'):
        sheet.write_string(row, place, text.strip('"'))  # type: ignore[attr-defined]
    elif text.startswith("{"):
        number_text, _, shown = text.strip("{}").partition(" ")
        look = book.add_format({"num_format": shown}) if shown else None
        sheet.write_number(row, place, _number(number_text), look)  # type: ignore[attr-defined]
    elif numeric and (number := _number(text)) is not None:
        sheet.write_number(row, place, number)  # type: ignore[attr-defined]
    else:
        sheet.write_string(row, place, text)  # type: ignore[attr-defined]


_NO_CACHE = "__none__"


def _number(text: str) -> float | None:
    text = text.strip()
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]{3})*(,[0-9]+)?", text):
        return None
    return float(text.replace(".", "").replace(",", "."))


OFFICE = {"perangkat_daerah": "Dinas Sosial", "kabupaten": "Kabupaten Manggarai", "tahun": "2023"}
"""What Identitas says where a case says nothing."""


def _write_settings(book: xlsxwriter.Workbook, settings: dict[str, str]) -> None:
    identity = book.add_worksheet(places.IDENTITY_SHEET)
    left_blank = settings.get("kosong", "").split(", ")
    for row, item in enumerate(NEWEST.identity):
        identity.write(row, 0, item.label)
        value = settings.get(item.key, OFFICE.get(item.key))
        if value is not None and item.key not in left_blank:
            number = _number(value) if item.kind is Kind.YEAR else None
            identity.write(row, 1, value if number is None else number)
    sheet = book.add_worksheet(places.SETTINGS_SHEET)
    row = 0
    for setting in NEWEST.settings:
        sheet.write(row, 0, setting.label)
        default = setting.default
        value = settings.get(setting.key, f"{default:g}" if isinstance(default, float) else default)
        if setting.key == "bulan_periode":
            value = str(last_month_of(settings.get("periode", "")))
        # A number chosen from a list is a number to Excel; in quotes it is text.
        number = _number(value) if value is not None else None
        sheet.write(row, 1, number if number is not None else value and value.strip('"'))
        row += 1
    for place, heading in enumerate(places.THRESHOLD_HEADINGS):
        sheet.write(row, place, heading)
    for threshold in NEWEST.thresholds:
        row += 1
        sheet.write(row, 0, threshold.label)
        for place, default in enumerate((threshold.month, threshold.quarter, threshold.year), start=1):
            value = _number(settings[threshold.key]) if threshold.key in settings else default
            if value is None and threshold.key in settings:
                sheet.write_string(row, place, settings[threshold.key])
            if value is not None:
                sheet.write_number(row, place, value)
    if "kategori" in settings:
        row += 1
        for place, heading in enumerate(places.BAND_HEADINGS):
            sheet.write(row, place, heading)
        for name, bound in (band.strip().rsplit(" ", 1) for band in settings["kategori"].split(";")):
            row += 1
            sheet.write_string(row, 0, name)
            number = _number(bound)
            sheet.write(row, 1, bound if number is None else number)


def _with_parts(data: bytes, settings: dict[str, str]) -> bytes:
    """The workbook with macros or a link to another file put in, and formulas without a cached value where the case wants it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    # As Excel saved it: the values that the file holds are to be believed.
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(
                rb'(<c r="[A-Z0-9]+")( s="\d+")? t="str">(<f>[^<]*</f>)<v>__none__</v>', rb"\1\2>\3", parts[name]
            )
    if "tanpa_gaya" in settings:
        del parts["xl/styles.xml"]
        for name, mark in (
            ("[Content_Types].xml", rb"<Override [^>]*styles[^>]*/>"),
            (_RELATIONS, rb"<Relationship [^>]*styles[^>]*/>"),
        ):
            parts[name] = re.sub(mark, b"", parts[name])
    if "makro" in settings:
        parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
        _relate(parts, "vbaProject", "vbaProject.bin", "application/vnd.ms-office.vbaProject")
    if "tautan" in settings:
        _relate(
            parts, "externalLink", "externalLinks/externalLink1.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
        )  # fmt: skip
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        parts["xl/externalLinks/externalLink1.xml"] = (
            f'<externalLink xmlns="{main}"><externalBook xmlns:r="{relations}" r:id="rId1"/></externalLink>'.encode()
        )
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{relations}/externalLinkPath" Target="{settings["tautan"]}" TargetMode="External"/></Relationships>'.encode()
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


_RELATIONS = "xl/_rels/workbook.xml.rels"


def _relate(parts: dict[str, bytes], kind: str, target: str, content_type: str) -> None:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    added = f'<Relationship Id="rIdX{kind}" Type="{relations}/{kind}" Target="{target}"/>'.encode()
    if kind == "vbaProject":
        added = added.replace(relations.encode(), b"http://schemas.microsoft.com/office/2006/relationships")
    name = _RELATIONS
    parts[name] = parts[name].replace(b"</Relationships>", added + b"</Relationships>")
    override = f'<Override PartName="/xl/{target}" ContentType="{content_type}"/>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override + b"</Types>")
