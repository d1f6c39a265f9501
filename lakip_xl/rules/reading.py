"""How rules read a row: which rows count, what money a row has, what its capaian and serapan are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from lakip_xl.cells import Cell
from lakip_xl.form.evaluate import evaluate
from lakip_xl.form.expressions import Const, Expr, Key, Setting, bind
from lakip_xl.form.formulas import LOWER
from lakip_xl.numbers import to_decimal
from lakip_xl.table.model import BLANK, Document, Entry, Row, Table

PAGU, SPENT = "anggaran", "realisasi_anggaran"
FIGURES = ("target", "tw1", "tw2", "tw3", "tw4", "realisasi", PAGU, SPENT)


def blank(entry: Entry) -> bool:
    """Nothing to read and nothing wrong either: empty, or a dash. A user's formula whose value the file lacks is not blank."""
    return entry.typed is None and not entry.fault and not (entry.formula is not None and not entry.ours)


def zeroed(row: Row) -> bool:
    """A row that is dinolkan or nihil by its STATUS, or a further indicator of such a row."""
    return not row.in_use or (row.head is not None and not row.head.in_use)


def untouched(row: Row) -> bool:
    """A leaf in which no figure was entered at all."""
    return not row.children and all(blank(row.entry(key)) for key in FIGURES)


def idle(row: Row) -> bool:
    """A 'baris nihil': every figure is 0 or blank, in its children too."""
    for key in FIGURES:
        entry = row.entries.get(key)
        if entry is not None and not (blank(entry) or entry.typed == 0 or (entry.ours and row.children)):
            return False
    return all(zeroed(child) or idle(child) for child in row.children)


def silent(row: Row) -> bool:
    """Whether judgement passes the row by: zeroed, or nothing but zeros and blanks."""
    if row.silent is None:
        row.silent = _silent(row)
    return row.silent


def _silent(row: Row) -> bool:
    if zeroed(row):
        return True
    if row.head is not None:  # a further indicator without figures still lacks its target, unless the whole row is idle
        return idle(row) and (idle(row.head) or row.number_of("target") == 0)
    return idle(row)


def active(table: Table) -> Iterator[Row]:
    """The rows that are judged, in sheet order."""
    kept: list[Row] | None = vars(table).get("active")
    if kept is None:
        kept = vars(table)["active"] = [row for row in table.rows if not silent(row)]
    return iter(kept)


def leaves(table: Table) -> Iterator[Row]:
    """The rows that carry money of their own: no children, no further indicator of another row."""
    return (row for row in active(table) if not row.children and row.head is None)


def measured(document: Document) -> Iterator[Table]:
    """The tables in which a target stands against a realisasi."""
    return (t for t in document.tables.values() if t.has("indikator") and t.has("target") and t.has("realisasi"))


def budgeted(document: Document) -> Iterator[Table]:
    """The tables with anggaran and realisasi that add up by level."""
    return (t for t in document.tables.values() if {PAGU, SPENT} <= set(t.sums))


def matrix_of(document: Document) -> Iterator[Table]:
    """The official matrix, where it has anggaran and realisasi."""
    return (table for table in budgeted(document) if table.spec.key == "matriks")


def percent_key(table: Table) -> str:
    """The column at which absorption is judged."""
    return "persen" if table.has("persen") else SPENT


def computed(row: Row, key: str) -> Decimal | None:
    """What the form's formula gives for the row, None where it gives no number."""
    value = row.expected.get(key)
    return to_decimal(float(value)) if isinstance(value, float | int) and not isinstance(value, bool) else None


def by_hand(row: Row, key: str) -> Decimal | None:
    """The number that the user put there, typed or by an own formula; None where the cell is ours to fill."""
    entry = row.entries.get(key, BLANK)
    return entry.typed if not entry.ours and isinstance(entry.typed, Decimal) else None


def figure(row: Row, key: str) -> Decimal | None:
    """The number that counts: the user's, else what the form's formula gives."""
    own = by_hand(row, key)
    return own if own is not None else computed(row, key)


class _Unknown(Exception):
    """Something is there that cannot be read: no sum above it can be said."""


def money(row: Row, key: str) -> Decimal | None:
    """The rupiah of a row, exact: the user's figure, else the sum of its children; None where there is none or it is unknown."""
    try:
        return _amount(row, key)
    except _Unknown:
        return None


def total_of(rows: list[Row], key: str) -> Decimal | None:
    """The exact sum of a column over rows: blanks count nothing; None where all are blank, or one that counts is unknown."""
    try:
        return _added([_amount(row, key) for row in rows])
    except _Unknown:
        return None


def leaves_total(rows: list[Row], key: str) -> Decimal | None:
    """The sum of the leaves of rows, whatever the rows between them say; None as for ``total_of``."""
    try:
        return _added([_leaf_amount(row, key) for row in rows])
    except _Unknown:
        return None


def _added(found: list[Decimal | None]) -> Decimal | None:
    numbers = [value for value in found if value is not None]
    return sum(numbers, Decimal(0)) if numbers else None


_NONE = object()


def _known(row: Row, key: str, work: Callable[[Row, str], Decimal | None]) -> Decimal | None:
    """What ``work`` gives for the row and key; every rule asks again, so it is kept with the row. Raises _Unknown as ``work`` does."""
    known = row.known
    if known is None:
        known = row.known = {}
    found = known.get(key, _NONE)
    if found is _NONE:
        try:
            found = work(row, key)
        except _Unknown:
            found = _Unknown
        known[key] = found
    if found is _Unknown:
        raise _Unknown
    assert found is None or isinstance(found, Decimal)
    return found


def _amount(row: Row, key: str) -> Decimal | None:
    found = row.known.get(key) if row.known is not None else None
    return found if found.__class__ is Decimal else _known(row, key, _own_amount)


def _own_amount(row: Row, key: str) -> Decimal | None:
    own = by_hand(row, key)
    if own is not None:
        return own
    if _unknown(row.entry(key)):
        raise _Unknown
    return _added([_amount(child, key) for child in row.children]) if row.children else row.number_of(key)


def _leaf_amount(row: Row, key: str) -> Decimal | None:
    return _added([_leaf_amount(child, key) for child in row.children]) if row.children else _amount(row, key)


def _unknown(entry: Entry) -> bool:
    """A cell that cannot be read, or a user's formula whose value the file does not hold."""
    return not entry.ours and (bool(entry.fault) or (entry.formula is not None and entry.raw is None))


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """part of whole in percent points; None where it is undefined."""
    return None if part is None or not whole else part * 100 / whole


def serapan(row: Row) -> Decimal | None:
    """Realisasi of the anggaran in percent points; None where one is missing or negative, or the pagu is 0."""
    return _known(row, "serapan", _serapan)


def _serapan(row: Row, key: str) -> Decimal | None:
    spent, pagu = money(row, SPENT), money(row, PAGU)
    return None if spent is None or pagu is None or min(spent, pagu) < 0 else share(spent, pagu)


def rest(row: Row) -> Decimal:
    """What is left of a row's pagu; 0 where nothing is, or where that cannot be said."""
    left = Decimal() if serapan(row) is None else (money(row, PAGU) or Decimal()) - (money(row, SPENT) or Decimal())
    return max(Decimal(), left)


def no_pagu(row: Row) -> bool:
    """Pagu 0 although something is to be done or was spent: the cause of whatever else is odd on the row."""
    head = row.head or row
    if head.children or money(head, PAGU) != 0:
        return False
    return any((figure(head, key) or 0) > 0 for key in ("target", "realisasi", SPENT))


def nothing_spent(row: Row) -> bool:
    """A leaf with a pagu of which nothing was spent, or nothing entered as spent."""
    if row.children or row.head is not None or not (money(row, PAGU) or 0) > 0:
        return False
    return blank(row.entry(SPENT)) or money(row, SPENT) == 0


def lower_is_better(row: Row) -> bool:
    """Whether the indicator is one that should fall."""
    return row.text_of("arah") == LOWER


def digits_shown(entry: Entry) -> int:
    """The decimals that a reader sees: those of the number format, else those that were typed."""
    if entry.digits is not None:
        return entry.digits
    assert isinstance(entry.typed, Decimal)
    typed = entry.typed if entry.as_text else entry.typed.normalize()
    exponent = typed.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


_NOISE = Decimal("1e-9")


def agrees(row: Row, key: str, wanted: Decimal | None) -> bool:
    """Whether the percentage in a cell is the wanted one, within half a unit of the last digit that it shows."""
    own = row.number_of(key)
    if own is None or wanted is None:
        return True
    unit = Decimal(1).scaleb(-digits_shown(row.entry(key)))
    return abs(own - wanted) <= unit / 2 + _NOISE


def typed_without_target(row: Row) -> Decimal | None:
    """The capaian that the user put where the target is 0 or blank, so that there is none to calculate."""
    target = row.entry("target")
    return by_hand(row, "capaian") if target.typed == 0 or blank(target) else None


def capaian(document: Document, table: Table, row: Row) -> Decimal | None:
    """The capaian that is judged: the computed one, None where the user's own contradicts it (that is the finding then)."""
    return _known(row, "judged capaian", lambda row, key: _capaian(document, table, row))


def _capaian(document: Document, table: Table, row: Row) -> Decimal | None:
    if undirected(table):
        own = by_hand(row, "capaian")
        return next((value for value in possible(row) if own is not None and agrees(row, "capaian", value)), None)
    wanted = computed(row, "capaian") if table.has("capaian") else _unseen_capaian(document, table, row)
    if wanted is None or not (row.entry("capaian").ours or agrees(row, "capaian", wanted)):
        return None
    if any(row.entry(key).fault or (figure(row, key) or 0) < 0 for key in ("target", "realisasi")):
        return None  # a date is a number to Excel, but no achievement
    return wanted


def undirected(table: Table) -> bool:
    """Whether the sheet lacks the column ARAH that its form has: only a typed capaian says then what was meant."""
    return "arah" in table.spec.by_key and not table.has("arah")


def possible(row: Row) -> list[Decimal]:
    """Every capaian that a formula in use would give, whichever way the indicator should go."""
    target, real = figure(row, "target"), figure(row, "realisasi")
    if not target or real is None:
        return []
    return [real * 100 / target, (2 * target - real) * 100 / target, *([target * 100 / real] if real else [])]


def _unseen_capaian(document: Document, table: Table, row: Row) -> Decimal | None:
    """What the form's formula would give on a sheet that has no column for it."""
    formula = table.spec.by_key["capaian"].formula if "capaian" in table.spec.by_key else None
    if formula is None or not row.text_of("indikator"):
        return None

    def place(key: Expr) -> Expr:
        if isinstance(key, Setting):
            return Const(document.settings.variant)
        assert isinstance(key, Key)
        value = row.text_of(key.key) if key.key not in FIGURES else figure(row, key.key)
        return Const("" if value is None else float(value) if isinstance(value, Decimal) else value)

    value = evaluate(bind(formula, place), lambda cell: None)
    return to_decimal(value) if isinstance(value, float) else None


def entries_where(document: Document, wanted: Callable[[Entry], bool]) -> Iterator[tuple[Table, Row, str, Entry]]:
    """The cells of the form that a test picks, row by row; on a row out of use only the money, which its parent still sums.

    Only odd cells are asked about: a fault, a number kept as text, a scaled percentage.
    """
    if "odd entries" not in document.memo:
        document.memo["odd entries"] = [
            (table, row, key, entry)
            for table in document.tables.values()
            for row in (*table.rows, *((table.total,) if table.total else ()))
            for key, entry in row.entries.items()
            if (entry.fault or entry.as_text or entry.scaled)
            and not entry.ours
            and (not zeroed(row) or key in table.sums)
        ]
    return (place for place in document.memo["odd entries"] if wanted(place[3]))


def cells_of(table: Table, row: Row, *keys: str) -> list[Cell]:
    """The cells of some columns in a row, as far as the sheet has them."""
    return [table.cell(row, key) for key in keys if table.has(key)]


def choice_with_spaces(table: Table, row: Row, key: str) -> str:
    """The choice that a cell would be without its stray spaces, "" where it is one as it stands, or none at all.

    Excel compares without regard to case, but a space is a space to it.
    """
    raw, choices = row.entry(key).raw, table.spec.by_key[key].choices
    if not isinstance(raw, str) or row.entry(key).ours or raw.casefold() in map(str.casefold, choices):
        return ""
    tidy = " ".join(raw.split()).casefold()
    return next((choice for choice in choices if choice.casefold() == tidy), "")


def level_against_code(table: Table, row: Row) -> str:
    """The level that the code of a row says where its TINGKAT names another one; "" where the two agree or one says nothing."""
    tingkat, code = row.entry("tingkat"), row.text_of("kode").rstrip(".")
    if tingkat.ours or not _CODE.fullmatch(code) or row.entry("kode").fault or row.head is not None:
        return ""
    chosen, names = row.text_of("tingkat").casefold(), table.spec.code_levels
    said = names[code.count(".")] if code.count(".") < len(names) else ""
    # The code of a sub unit is the office's own.
    return said if said and chosen in table.spec.levels and chosen not in (said, "sub unit") else ""


_CODE = re.compile(r"[0-9X]+(\.[0-9X]+)*")
