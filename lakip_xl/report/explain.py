"""The catalogue in words: one rule explained, or the list of all."""

from __future__ import annotations

import difflib
import textwrap
from itertools import groupby

from lakip_xl.errors import LakipError, Text
from lakip_xl.rules.catalogue import BY_CODE, RULES
from lakip_xl.rules.words import FAMILIES, LABELS, basis_of, severities_of

WIDTH = 88


def explain(code: str | None, lang: str = "id") -> str:
    """What a rule means, why it matters and how to mend what it finds; without a code the list of all rules."""
    return listing(lang) if code is None else one(code, lang)


def one(code: str, lang: str) -> str:
    """One rule. Raises LakipError for a code that no rule has."""
    rule = BY_CODE.get(code.strip().upper())
    if rule is None:
        raise _unknown(code)
    parts = (
        ("meaning", rule.meaning.in_(lang)),
        ("why", rule.why.in_(lang)),
        ("remedy", rule.remedy.in_(lang)),
        ("basis", basis_of(rule, lang)),
        ("severity", severities_of(rule, lang)),
        ("since", rule.since),
    )
    blocks = [f"{rule.code}  {rule.title.in_(lang)}"]
    blocks += [_wrap(f"{LABELS[label].in_(lang)}: {text}") for label, text in parts]
    return "\n".join(blocks) + "\n"


def _wrap(text: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def listing(lang: str) -> str:
    """All codes with their titles, by family."""
    blocks = []
    for family, rules in groupby(RULES, key=lambda rule: rule.code[:2]):
        blocks.append(f"{family}  {FAMILIES[family].in_(lang)}")
        blocks += [f"  {rule.code}  {rule.title.in_(lang)}" for rule in sorted(rules, key=lambda rule: rule.code)]
    return "\n".join(blocks) + "\n"


def _unknown(code: str) -> LakipError:
    near = difflib.get_close_matches(code.strip().upper(), list(BY_CODE), n=3, cutoff=0.6)
    hint = Text(
        f" Mungkin maksudnya {', '.join(near)}." if near else "",
        f" Perhaps {', '.join(near)} is meant." if near else "",
    )
    return LakipError(
        f"Tidak ada catatan dengan kode '{code}'.{hint.id} Daftarnya: lakip-xl explain.",
        f"No rule has the code '{code}'.{hint.en} For the list: lakip-xl explain.",
    )
