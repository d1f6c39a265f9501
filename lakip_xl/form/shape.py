"""Tells a formula that the tool wrote from a user's own: by its shape, that is, the formula with its addresses taken out."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|(?:(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?\$?[A-Za-z]{1,3}\$?[0-9]+(?::\$?[A-Za-z]{1,3}\$?[0-9]+)?(?![\w(])"""
    r"""|(?:(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?#REF!"""
    r"""|(?P<space>\s+)"""
)


_MORE_CELLS = re.compile(r"#(?:,#)+(?=\))")
_MORE_TERMS = re.compile(r"(\+?(?:COUNTBLANK|ROWS)\(#\))(?:\+(?:COUNTBLANK|ROWS)\(#\))+(?=[<,])")


def shape(formula: str) -> str:
    """The formula without addresses, sheet names, spaces and the brackets that LibreOffice puts behind TRUE and FALSE.

    Excel moves the addresses of our formulas when rows are inserted, and puts #REF! where one is deleted; the shape stays. A user's
    formula of exactly our shape computes the same thing from the same columns, so treating it as ours changes no result.
    """
    bare = _ADDRESS.sub(lambda match: match["text"] or ("" if match["space"] else "#"), formula)
    bare = bare.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")
    # A listed sum names as many runs of cells as there are: its shape does not say how many.
    return _MORE_TERMS.sub(r"\1", _MORE_CELLS.sub("#", bare))
