"""docs/rules.md, made from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lakip_xl.rules.catalogue import RULES
from lakip_xl.rules.core import Rule
from lakip_xl.rules.words import FAMILIES, LABELS, basis_of, severities_of

_HEAD = """\
# Katalog catatan / The catalogue of rules

Dibuat dari katalog; jangan disunting: `python -m lakip_xl.rules`.
Made from the catalogue; do not edit: `python -m lakip_xl.rules`.
"""


def page() -> str:
    """The whole page: every rule in Indonesian, then in English."""
    return "\n".join([_HEAD, *_index(), *_families()])


def _index() -> Iterator[str]:
    yield "| Kode | Judul | Title |"
    yield "|---|---|---|"
    for rule in RULES:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.title.id} | {rule.title.en} |"
    yield ""


def _families() -> Iterator[str]:
    for family, rules in groupby(RULES, key=lambda rule: rule.code[:2]):
        yield f"## {family}: {FAMILIES[family].id} / {FAMILIES[family].en}"
        yield ""
        for rule in rules:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code}"
    yield ""
    for lang in ("id", "en"):
        yield f"**{rule.title.in_(lang)}.** {rule.meaning.in_(lang)}"
        yield ""
        for label, text in (
            ("why", rule.why.in_(lang)),
            ("remedy", rule.remedy.in_(lang)),
            ("basis", basis_of(rule, lang)),
            ("severity", severities_of(rule, lang)),
        ):
            yield f"- {LABELS[label].in_(lang)}: {text}"
        yield ""
    yield f"{LABELS['since'].id} / {LABELS['since'].en.lower()}: {rule.since}"
    yield ""
