"""What the recap takes from an examined workbook: the figures of its own Ringkasan, worked out by the same expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from lakip_xl.cells import Cell, Value
from lakip_xl.findings import Finding, Severity
from lakip_xl.form.evaluate import evaluate
from lakip_xl.form.expressions import Const, Expr
from lakip_xl.numbers import round_half_up, to_decimal
from lakip_xl.recap.taken import EXPLAINED, OPEN, TOLD, Datum, Issue, Left, Program, Worth
from lakip_xl.rules.catalogue import render
from lakip_xl.rules.efficiency import Regulated, efficiency
from lakip_xl.rules.overall import programs_of, sasaran_rows
from lakip_xl.summary.sources import Sources
from lakip_xl.table.model import Document, Heading, Row, Table
from lakip_xl.table.read import FLAGS

MOST_LEFT = 5
PK_RULES = ("SL03", "SL04", "SL07")
"""What tells that the PK differs from Sasaran or Matriks: target, indicator, budget of a program."""
REACHED = 100 - 1e-9
"""An indicator is reached from 100 % on; a float may miss it by what no office writes."""
_URUSAN = re.compile(r"([0-9X]+\.[0-9X]{2})(?:\.|$)", re.IGNORECASE)


def figures(document: Document, findings: Sequence[Finding], seen: Callable[[Cell], Value], *, whole: bool) -> dict[str, Any]:  # fmt: skip
    """The fields of a ``Taken`` that a workbook fills; ``whole`` keeps each cell of the form too."""
    sources = Sources(document, seen)
    identity = document.settings.identity
    capaian = _capaian(sources)
    data = list(_data(document))
    found: dict[str, Any] = {
        "office": _said(identity.get("perangkat_daerah")),
        "region": _said(identity.get("kabupaten")),
        "year": document.settings.year,
        "period": _said(identity.get("periode")) or "Akhir tahun",
        "month": document.settings.last_month,
        "capaian": capaian,
        "kategori": "" if capaian is None else _word(sources.category(Const(capaian)), seen),
        "pk": _pk(document, findings),
        "figures": _digest(data),
        "issues": tuple(map(_issue, findings)),
        "data": tuple(data) if whole else (),
    }
    found |= _iku(document, seen) | _counts(findings)
    if sources.has_matrix:
        found |= _money(sources, findings) | _efficiency(document, findings)
    return found


def _said(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _number(expr: Expr, seen: Callable[[Cell], Value]) -> float | None:
    value = evaluate(expr, seen)
    return value if isinstance(value, float) else None


def _word(expr: Expr, seen: Callable[[Cell], Value]) -> str:
    value = evaluate(expr, seen)
    return value if isinstance(value, str) else ""


def _rupiah(value: float | None) -> Decimal | None:
    """Rupiah and sen: what a sum of floats adds beyond the sen is no money."""
    return None if value is None else round_half_up(to_decimal(value), 2).normalize() + 0


def _capaian(sources: Sources) -> float | None:
    """The mean over sasaran, as Ringkasan has it."""
    means = [_number(sources.sasaran_mean(row, last), sources.seen) for row, last in sasaran_rows(sources.document)]
    known = [value for value in means if value is not None]
    return sum(known) / len(known) if known else None


def _iku(document: Document, seen: Callable[[Cell], Value]) -> dict[str, Any]:
    table = document.tables.get("sasaran")
    rows = [row for row in table.rows if row.text_of("indikator")] if table is not None else []
    reached = 0
    if table is not None and table.has("capaian"):
        values = (seen(table.cell(row, "capaian")) for row in rows)
        reached = sum(isinstance(value, float) and value >= REACHED for value in values)
    return {"iku": len(rows), "reached": reached}


def _counts(findings: Sequence[Finding]) -> dict[str, Any]:
    warned = [finding for finding in findings if finding.severity is Severity.WARNING]
    explained = sum(finding.explained for finding in warned)
    return {
        "errors": sum(finding.severity is Severity.ERROR for finding in findings),
        "open": len(warned) - explained,
        "explained": explained,
        "told": sum(finding.severity is Severity.INFO for finding in findings),
    }


def _pk(document: Document, findings: Sequence[Finding]) -> int | None:
    table = document.tables.get("pk")
    if table is None or not any(row.text_of("indikator") or row.text_of("program") for row in table.rows):
        return None
    return sum(finding.code in PK_RULES for finding in findings)


def _money(sources: Sources, findings: Sequence[Finding]) -> dict[str, Any]:
    matrix, seen = sources.document.matrix, sources.seen
    left, others = _left(sources, findings)
    return {
        "anggaran": _rupiah(_number(sources.sum_of(matrix, "anggaran"), seen)),
        "realisasi": _rupiah(_number(sources.sum_of(matrix, "realisasi_anggaran"), seen)),
        "programs": tuple(_program(sources, row) for row in programs_of(matrix)),
        "urusan": tuple(
            (kode, row.name)
            for row in matrix.rows
            if row.level in ("urusan", "bidang urusan") and (kode := _urusan(row.text_of("kode")))
        ),
        "left": left,
        "left_open": others,
    }


def _efficiency(document: Document, findings: Sequence[Finding]) -> dict[str, Any]:
    found = efficiency(document, findings)
    if found is None:
        return {}

    def of(regulated: Regulated | None) -> Worth | None:
        return None if regulated is None or not regulated.counted else Worth(regulated.worth, regulated.spent)

    return {"method": found.method, "worth": of(found.regulated), "worth_without_pay": of(found.regulated_without_pay)}


def _program(sources: Sources, row: Row | Heading) -> Program:
    table, seen = sources.document.matrix, sources.seen
    if isinstance(row, Heading):
        kode = next((found for each in row.rows if (found := each.text_of("kode"))), "")
        kode = ".".join(kode.split(".")[:3])
        money = [_number(sources.sum_over(table, row.rows, key), seen) for key in ("anggaran", "realisasi_anggaran")]
        return Program(_urusan(kode), kode, _said(row.name), _rupiah(money[0]), _rupiah(money[1]), None)
    kode = row.text_of("kode").strip(".")
    money = [sources.number(table, row, key) for key in ("anggaran", "realisasi_anggaran")]
    capaian = _number(sources.capaian(row), seen)
    return Program(_urusan(kode), kode, _said(row.name), _rupiah(money[0]), _rupiah(money[1]), capaian)


def _urusan(kode: str) -> str:
    found = _URUSAN.match(kode)
    return found[1].upper() if found else ""


def _left(sources: Sources, findings: Sequence[Finding]) -> tuple[tuple[Left, ...], tuple[int, Decimal]]:
    """The largest sisa among rows that nothing is open about; the number and sum of the others. A figure in doubt is not ranked."""
    table = sources.document.matrix
    doubtful = _doubtful(table, findings)
    sure: list[tuple[Decimal, int, Left]] = []
    others, rest = 0, Decimal(0)
    for row in table.rows:
        if not row.level or row.children:
            continue
        pagu, used = (_rupiah(sources.number(table, row, key)) for key in ("anggaran", "realisasi_anggaran"))
        if pagu is None or used is None or pagu <= used:
            continue
        if doubtful & {row.number, *(each.number for each in row.continuations)}:
            others, rest = others + 1, rest + pagu - used
        else:
            sure.append((used - pagu, row.number, Left(row.text_of("kode"), _said(row.name), pagu, used)))
    return tuple(each for _, _, each in sorted(sure)[:MOST_LEFT]), (others, rest)


def _doubtful(table: Table, findings: Sequence[Finding]) -> set[int]:
    cells = (cell for f in findings if _state(f) == OPEN for cell in (f.cell, *f.related))
    return {cell.row for cell in cells if cell.sheet == table.sheet}


def _state(finding: Finding) -> str:
    if finding.severity is Severity.INFO:
        return TOLD
    return EXPLAINED if finding.explained else OPEN


def _issue(finding: Finding) -> Issue:
    place = finding.cell
    rupiah = None if finding.rupiah is None else Decimal(finding.rupiah)
    message = render(finding, "id").message
    return Issue(finding.severity, finding.code, place.sheet, place.a1, message, rupiah, _state(finding))


def _data(document: Document) -> Iterator[Datum]:
    """Each cell of the form that holds something, as it is once filled, in the order of the sheets."""
    for table in document.tables.values():
        for row in (*table.rows, *([table.total] if table.total is not None else ())):
            level = "jumlah" if row is table.total else row.level
            for column in table.spec.columns:
                entry = row.entries.get(column.key)
                if entry is None or column.key == FLAGS or not table.has(column.key):
                    continue
                typed = entry.typed
                if isinstance(typed, Decimal):
                    yield Datum(table.spec.key, row.record, level, row.number, column.key, typed, None)
                elif (text := typed if isinstance(typed, str) else _raw(entry.raw)) != "":
                    yield Datum(table.spec.key, row.record, level, row.number, column.key, None, text)


def _raw(value: Value) -> str:
    """What a cell shows that could not be read."""
    return "" if value is None else str(value)


def _digest(data: Sequence[Datum]) -> str:
    """What tells whether two workbooks say the same figures; a remark or an explanation may differ."""
    made = blake2b(digest_size=16)
    for each in data:
        if each.number is None:
            continue
        made.update(repr((each.table, each.record, each.column, str(each.number))).encode("utf-8", "surrogatepass"))  # fmt: skip
    return made.hexdigest()
