"""Conditional formats that the tool owns, beside the user's.

A rule has no name, and Excel rewrites everything about it but its formula. So a rule of ours carries its owner in the
formula: ``IF(N("lakip")=0,<formula>)``. N of a text is 0, so the rule means ``<formula>``; the mark survives saving in
Excel, inserted rows and copied sheets, and tells who meets it in Excel's rule list where the rule comes from.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from lakip_xl.workbook.markup import Span, attribute, child_spans, elements, pattern, start_tag
from lakip_xl.workbook.strings import escape

_BEFORE = (
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
)
_PRIORITY = re.compile(rb"""\spriority\s*=\s*["'](\d+)["']""")


class Rule(NamedTuple):
    """One expression rule: the areas as ``sqref``, the formula with its mark, the index of its differential format."""

    sqref: str
    formula: str
    dxf: int


def marked(formula: str, owner: str) -> str:
    """The formula of a rule that ``owner`` will know again."""
    return f'IF(N("{owner}")=0,{formula})'


def with_rules(data: bytes, rules: Sequence[Rule], owner: str) -> bytes:
    """The sheet part with exactly these rules of the owner, first in the list winning; unchanged if they are there.

    The rules of others keep their bytes, their order and their priorities; ours take the lowest priorities that are free.
    """
    _, spans = child_spans(data)
    blocks = [span for span in spans if span.local == "conditionalFormatting"]
    mark = marked("", owner)[:-1]
    found = sorted(rule for span in blocks for rule in _ours(data, span, mark))
    if [rule for _, rule in found] == list(rules):
        return data
    for span in reversed(blocks):
        data = data[: span.start] + _without_ours(data, span, mark) + data[span.end :]
    if not rules:
        return data
    _, spans = child_spans(data)
    sheet_data = next(span for span in spans if span.local == "sheetData")
    prefix = sheet_data.name[: -len(b"sheetData")]
    place = max(span.end for span in spans if span.local in _BEFORE)
    taken = {int(number) for number in _PRIORITY.findall(data, sheet_data.end)}
    free = (number for number in range(1, len(taken) + len(rules) + 1) if number not in taken)
    made = b"".join(
        b'<%bconditionalFormatting sqref="%b"><%bcfRule type="expression" dxfId="%d" priority="%d"><%bformula>%b</%bformula></%bcfRule>'
        b"</%bconditionalFormatting>"
        % (
            prefix,
            rule.sqref.encode(),
            prefix,
            rule.dxf,
            next(free),
            prefix,
            escape(rule.formula),
            prefix,
            prefix,
            prefix,
        )
        for rule in rules
    )
    return data[:place] + made + data[place:]


def _rules(data: bytes, span: Span) -> tuple[bytes, int, list[re.Match[bytes]]]:
    """The block's bytes, where its inside begins, and the elements of its rules."""
    block = data[span.start : span.end]
    tag = start_tag(block)
    prefix = tag.name[: -len(b"conditionalFormatting")]
    return block, tag.end, [] if tag.empty else list(elements(block, pattern(prefix + b"cfRule"), tag.end))


def _formula(rule: re.Match[bytes]) -> str:
    text = re.search(rb"<(?:[\w.-]+:)?formula\s*>(.*?)</", rule["inner"] or b"", re.DOTALL)
    return html.unescape(text[1].decode("utf-8")) if text else ""


def _ours(data: bytes, span: Span, mark: str) -> list[tuple[int, Rule]]:
    block, _, rules = _rules(data, span)
    sqref = attribute(start_tag(block).attributes, b"sqref") or ""
    return [
        (
            int(attribute(rule["attrs"], b"priority") or 0),
            Rule(sqref, _formula(rule), int(attribute(rule["attrs"], b"dxfId") or -1)),
        )
        for rule in rules
        if _formula(rule).startswith(mark)
    ]


def _without_ours(data: bytes, span: Span, mark: str) -> bytes:
    block, _, rules = _rules(data, span)
    ours = [rule for rule in rules if _formula(rule).startswith(mark)]
    if ours and len(ours) == len(rules):
        return b""
    for rule in reversed(ours):
        block = block[: rule.start()] + block[rule.end() :]
    return block
