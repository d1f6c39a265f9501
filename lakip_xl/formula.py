"""Formula text: tokens, shifted copies, relative form, references. The only door to openpyxl, opened on first use.

A formula is written without its leading ``=`` everywhere, as a workbook stores it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lakip_xl.cells import MAX_COLUMN, MAX_ROW, Area, column_number, letters, quote_sheet


class Token(NamedTuple):
    """A piece of a formula; the texts of all tokens joined are the formula again.

    ``kind`` is ``reference`` (also a defined name or a table reference), ``number``, ``text``, ``logical``, ``error``,
    ``function`` (the name with its opening parenthesis), ``open``, ``close``, ``separator``, ``operator``, ``array`` (a
    brace) or ``space``.
    """

    kind: str
    text: str


class _Reference(NamedTuple):
    """A cell, whole column or whole row inside a formula; 0 stands for the part that is not there."""

    row: int
    column: int
    fixed_row: bool
    fixed_column: bool


_LOST = "#REF!"
_Piece = str | _Reference

_KINDS = {
    "FUNC": "function",
    "PAREN": "open",
    "SEP": "separator",
    "ARRAY": "array",
    "WHITE-SPACE": "space",
    "OPERATOR-INFIX": "operator",
    "OPERATOR-PREFIX": "operator",
    "OPERATOR-POSTFIX": "operator",
}
_OPERANDS = {"RANGE": "reference", "NUMBER": "number", "TEXT": "text", "LOGICAL": "logical", "ERROR": "error"}

# Inside one token: what may stand beside a reference and must not be taken for one comes first.
_SCAN = re.compile(
    r"""\[[^\[\]]*\][\w.\\]*!|(?:'(?:[^']|'')*'|\[(?:[^\[\]]|\[[^\]]*\])*\])!?|\#[A-Z0-9/]+[!?]?
      | (?P<cell>(?P<dc>\$?)(?P<c>[A-Za-z]{1,3})(?P<dr>\$?)(?P<r>[1-9][0-9]{0,6})(?![\w.\\?(!\[]))
      | (?P<columns>(?P<dc1>\$?)(?P<c1>[A-Za-z]{1,3}):(?P<dc2>\$?)(?P<c2>[A-Za-z]{1,3})(?![\w.\\?(!\[$]))
      | (?P<rows>(?P<dr1>\$?)(?P<r1>[1-9][0-9]{0,6}):(?P<dr2>\$?)(?P<r2>[1-9][0-9]{0,6})(?![\w.\\?(!\[$]))
      | [\w.\\]+:[\w.\\]+!
      | [\w.\\?]+!?
      | .""",
    re.VERBOSE | re.DOTALL,
)
_PREFIX = re.compile(r"(?:'(?:[^']|'')*'|[^!':]+(?::[^!':]+)?)!")


def tokens(text: str) -> list[Token]:
    """The tokens of a formula. Raises ValueError where the text is no formula."""
    return list(_tokens(text))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    from openpyxl.formula.tokenizer import Tokenizer, TokenizerError

    try:
        items: list[Any] = Tokenizer("=" + text).items
    except (TokenizerError, IndexError, KeyError) as error:
        raise ValueError(f"{text!r} is not a formula") from error
    found = []
    for item in items:
        kind = _OPERANDS[item.subtype] if item.type == "OPERAND" else _KINDS[item.type]
        if item.subtype == "CLOSE" and item.type != "ARRAY":
            kind = "close"
        found.append(Token(kind, item.value))
    return tuple(found)


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[_Piece, ...]:
    """The formula cut into plain text and references, so that a thousand copies of it cost one parse."""
    pieces: list[_Piece] = []
    for token in _tokens(text):
        if token.kind in ("reference", "function"):
            pieces += _references_inside(token.text)
        else:
            pieces.append(token.text)
    return tuple(pieces)


def _references_inside(text: str) -> Iterator[_Piece]:
    for match in _SCAN.finditer(text):
        if match["cell"] and column_number(match["c"]) <= MAX_COLUMN and int(match["r"]) <= MAX_ROW:
            yield _Reference(int(match["r"]), column_number(match["c"]), bool(match["dr"]), bool(match["dc"]))
        elif match["columns"] and max(column_number(match["c1"]), column_number(match["c2"])) <= MAX_COLUMN:
            yield _Reference(0, column_number(match["c1"]), False, bool(match["dc1"]))
            yield ":"
            yield _Reference(0, column_number(match["c2"]), False, bool(match["dc2"]))
        elif match["rows"] and max(int(match["r1"]), int(match["r2"])) <= MAX_ROW:
            yield _Reference(int(match["r1"]), 0, bool(match["dr1"]), False)
            yield ":"
            yield _Reference(int(match["r2"]), 0, bool(match["dr2"]), False)
        else:
            yield match[0]


def _written(ref: _Reference) -> str:
    column = f"{'$' if ref.fixed_column else ''}{letters(ref.column)}" if ref.column else ""
    return column + (f"{'$' if ref.fixed_row else ''}{ref.row}" if ref.row else "")


def shift(text: str, rows: int, columns: int) -> str:
    """The formula as Excel copies it ``rows`` down and ``columns`` to the right; ``#REF!`` where that leaves the sheet.

    Raises ValueError where the text is no formula.
    """

    def moved(ref: _Reference) -> str:
        row = ref.row if ref.fixed_row or not ref.row else ref.row + rows
        column = ref.column if ref.fixed_column or not ref.column else ref.column + columns
        if (ref.row and not 1 <= row <= MAX_ROW) or (ref.column and not 1 <= column <= MAX_COLUMN):
            return _LOST
        return _written(ref._replace(row=row, column=column))

    return _join(text, moved)


def relative(text: str, at: tuple[int, int]) -> str:
    """The formula with every reference seen from the cell ``at``: equal for formulas that are copies of each other.

    Raises ValueError where the text is no formula.
    """

    def seen(ref: _Reference) -> str:
        row = f"R{ref.row}" if ref.fixed_row else f"R[{ref.row - at[0]}]"
        column = f"C{ref.column}" if ref.fixed_column else f"C[{ref.column - at[1]}]"
        return (row if ref.row else "") + (column if ref.column else "")

    return _join(text, seen)


def _join(text: str, written: Callable[[_Reference], str]) -> str:
    pieces = _pieces(text)
    out = [piece if isinstance(piece, str) else written(piece) for piece in pieces]
    for i in range(len(pieces) - 2):
        area = pieces[i + 1] == ":" and not isinstance(pieces[i], str) and not isinstance(pieces[i + 2], str)
        if area and _LOST in (out[i], out[i + 2]):
            out[i], out[i + 1], out[i + 2] = "", "", _LOST
    return "".join(out)


def references(text: str) -> list[tuple[str | None, Area]]:
    """Every cell and area that the formula names, with the sheet written before it (None: the formula's own sheet).

    Whole columns and rows reach to the edge of the sheet; a reference over several sheets keeps ``First:Last`` as its
    sheet, one into another workbook ``[1]Sheet``. Raises ValueError where the text is no formula.
    """
    found: list[tuple[str | None, Area]] = []
    for token in _tokens(text):
        if token.kind not in ("reference", "function"):
            continue
        sheet: str | None = None
        corner: _Reference | None = None
        previous: _Piece = ""
        for piece in _references_inside(token.text):
            if isinstance(piece, str):
                if _PREFIX.fullmatch(piece):
                    sheet = unquote_sheet(piece[:-1])
            elif previous == ":" and corner is not None:
                found[-1] = (found[-1][0], _area(corner, piece))
            else:
                corner = piece
                found.append((sheet, _area(piece, piece)))
            if not isinstance(piece, str) or piece == ":" or not _PREFIX.fullmatch(piece):
                previous = piece
            if not isinstance(piece, str):
                sheet = None
    return found


def _area(first: _Reference, last: _Reference) -> Area:
    rows = (1, MAX_ROW) if not first.row or not last.row else sorted((first.row, last.row))
    columns = (1, MAX_COLUMN) if not first.column or not last.column else sorted((first.column, last.column))
    return Area(rows[0], columns[0], rows[1], columns[1])


def unquote_sheet(text: str) -> str:
    """A sheet name as a formula writes it, without its quotes."""
    return text[1:-1].replace("''", "'") if len(text) > 1 and text[0] == text[-1] == "'" else text


def rename(text: str, sheets: Mapping[str, str], tables: Mapping[str, str] | None = None) -> str:
    """The formula after sheets (and tables) got new titles; names are matched as Excel does, without regard to case.

    Raises ValueError where the text is no formula.
    """
    titles = {old.casefold(): new for old, new in sheets.items()}
    table_names = {old.casefold(): new for old, new in (tables or {}).items()}
    out = []
    for token in _tokens(text):
        if token.kind not in ("reference", "function"):
            out.append(token.text)
            continue
        for piece in _references_inside(token.text):
            if not isinstance(piece, str):
                out.append(_written(piece))
            elif _PREFIX.fullmatch(piece) and unquote_sheet(piece[:-1]).casefold() in titles:
                out.append(quote_sheet(titles[unquote_sheet(piece[:-1]).casefold()]) + "!")
            else:
                out.append(table_names.get(piece.casefold(), piece))
    return "".join(out)


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Whether a cell with this number format shows a date or a time."""
    from openpyxl.styles.numbers import is_date_format as openpyxl_is_date_format

    return bool(openpyxl_is_date_format(code))
