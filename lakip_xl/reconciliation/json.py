"""A comparison for other programs: the contract ``lakip-xl/reconciliation/1``. Every digit of a rupiah figure stays."""

from __future__ import annotations

from collections.abc import Iterable

from lakip_xl.ledger.items import Comparison, Figures, Item, Moved
from lakip_xl.report.json import text_of

SCHEMA = "lakip-xl/reconciliation/1"


def dump(found: Comparison, matrix: str, lang: str = "id") -> str:
    """One JSON object, indented, ASCII only, the same for the same input everywhere."""
    total = found.total
    made: dict[str, object] = {
        "schema": SCHEMA, "file": matrix, "ledgers": list(found.files), "previous": found.previous or None,
        "office": found.office or None, "year": found.year, "month": found.month, "basis": found.basis.value,
        "tolerance": found.tolerance, "agrees": found.exit_code == 0,
        "matrix": _side(total, "matrix"), "ledger": _side(total, "ledger"),
        "notes": [note.in_(lang) for note in found.notes], "missing_months": list(map(str, found.missing)),
        "items": [_item(item, lang) for item in found.items],
        "fell": _moves(found.fell), "budget_moved": _moves(found.shifted), "came": _moves(found.came),
        "gone": [{"kode": each.kode, "name": each.name, "to_date": each.to_date} for each in found.gone],
        "course": [{"month": p.month, "planned": p.planned, "spent": p.spent} for p in found.course],
    }  # fmt: skip
    return text_of(made) + "\n"


def _side(total: Item, side: str) -> dict[str, object]:
    return {name: getattr(figures, side) for name, figures in _figures(total)}


def _figures(item: Item) -> Iterable[tuple[str, Figures]]:
    return (("month", item.month), ("to_date", item.to_date), ("pagu", item.pagu))


def _item(item: Item, lang: str) -> dict[str, object]:
    return {
        "level": item.level.value, "key": item.key, "unit": item.unit or None, "kode": item.kode or None,
        "rekening": item.rekening or None, "name": item.name or None, "ledger_name": item.ledger_name or None,
        "matched_by": "name" if item.by_name else "kode", "status": item.status.value, "pagu_mismatch": item.pagu_apart,
        **{name: {"matrix": f.matrix, "ledger": f.ledger, "difference": f.difference} for name, f in _figures(item)},
        "cells": [str(cell) for cell in item.cells], "lines": [str(place) for place in item.places],
        "likely_cause": item.cause, "reason": item.reason.in_(lang) if item.reason else None,
        "counterpart": item.partner.key if item.partner else None,
        "other_months": [{"month": month, "difference": value} for month, value in item.apart],
        "near": [{"kode": o.kode or None, "name": o.name, "likeness": o.likeness} for o in item.offers],
        "cause": item.written.cause or None if item.written else None,
        "follow_up": item.written.follow_up or None if item.written else None,
    }  # fmt: skip


def _moves(found: Iterable[Moved]) -> list[dict[str, object]]:
    return [
        {"kode": m.kode, "name": m.name, "before": m.before, "now": m.now, "cell": str(m.cell), "correction": m.correction}
        for m in found
    ]  # fmt: skip
