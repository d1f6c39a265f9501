"""The catalogue itself: complete in both languages, severities as the design says, docs made from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lakip_xl.cells import Cell
from lakip_xl.errors import LakipError, Text
from lakip_xl.findings import Finding, Severity
from lakip_xl.form.spec import Period
from lakip_xl.report.explain import explain
from lakip_xl.rules.catalogue import BY_CODE, RULES, render
from lakip_xl.rules.core import CONFIDENCE, Filler, Rule, places
from lakip_xl.rules.pages import page
from lakip_xl.rules.words import FAMILIES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741

# The severity table of the design, by month, triwulan and end of year; None is silent.
SEVERITIES = {
    "ST01": (E, E, E), "ST02": (I, I, I), "ST03": (I, I, I), "ST04": (I, I, I), "ST05": (I, I, I), "ST06": (I, I, I),
    "ST07": (E, E, E), "ST08": (W, W, W), "ST09": (E, E, E), "ST10": (W, W, W), "ST11": (E, E, E), "ST12": (W, W, W),
    "IS01": (None, E, E), "IS02": (I, W, E), "IS03": (None, I, W), "IS04": (I, W, E), "IS05": (E, E, E), "IS06": (E, E, E),
    "IS07": (E, E, E), "IS08": (E, E, E), "IS09": (W, W, W), "IS10": (E, E, E), "IS11": (E, E, E), "IS12": (E, E, E),
    "IS13": (W, W, W), "IS14": (E, E, E), "IS16": (None, I, I), "IS17": (W, W, W), "IS18": (W, W, W),
    "IS19": (W, W, W), "IS20": (E, E, E), "IS21": (W, W, W), "IS22": (W, W, W), "IS23": (W, W, W),
    "HR01": (E, E, E), "HR02": (E, E, E), "HR03": (I, I, I), "HR04": (W, W, W), "HR05": (W, W, W), "HR06": (E, E, E),
    "CP01": (E, E, E), "CP02": (W, W, W), "CP03": (I, I, W), "CP04": (None, I, W), "CP05": (I, I, I), "CP06": (I, I, I),
    "CP07": (None, None, W), "CP08": (W, W, W), "AG07": (W, W, W),
    "AG01": (W, W, W), "AG02": (E, E, E), "AG03": (None, I, W), "AG04": (None, I, W), "AG05": (W, W, W), "AG06": (None, I, W),
    "RM01": (I, I, I), "RM02": (W, W, W), "RM03": (I, I, I), "RM04": (W, W, W), "RM05": (I, I, I), "RM06": (W, W, W),
    "RM07": (W, W, W), "RM08": (I, I, I), "RM09": (W, W, W), "RM10": (W, W, W), "RM11": (I, I, I),
    "SL01": (E, E, E), "SL02": (W, W, W), "SL03": (W, W, W), "SL04": (W, W, W), "SL05": (W, W, W), "SL06": (W, W, W), "SL07": (W, W, W),
    "ST13": (I, I, I), "ST14": (I, I, I), "ST15": (W, W, W),
    "IS24": (W, W, W), "IS25": (W, W, W), "IS26": (I, I, I), "IS27": (I, I, I), "AG08": (None, I, None),
    "SL08": (W, W, W), "SL09": (W, W, W), "SL10": (W, W, W), "IS28": (W, W, W), "CP13": (None, W, None), "AG09": (I, W, None),
    "RK01": (W, W, W), "RK02": (W, W, W), "RK03": (W, W, W), "RK04": (W, W, W), "RK05": (W, W, W), "RK06": (W, W, W), "RK07": (W, W, W),
    "RK08": (I, I, I), "RK09": (I, I, I), "RK10": (I, I, I), "RK11": (I, I, I), "RK12": (W, W, W), "RK13": (I, I, I),
    "CP09": (W, W, W), "CP10": (W, W, W), "CP11": (I, I, I), "CP12": (I, I, I), "CP14": (I, I, I),
}  # fmt: skip


def test_severities() -> None:
    assert {r.code: tuple(r.severity[period] for period in Period) for r in RULES} == SEVERITIES


def test_codes_are_unique_and_of_a_known_family() -> None:
    assert len(BY_CODE) == len(RULES)
    assert all(re.fullmatch(r"[A-Z]{2}[0-9]{2}", code) and code[:2] in FAMILIES for code in BY_CODE)


def _texts(rule: Rule) -> list[Text]:
    return [
        rule.title,
        rule.meaning,
        rule.why,
        rule.remedy,
        rule.basis.text,
        *rule.messages.values(),
        *rule.remedies.values(),
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_words_are_complete_in_both_languages(rule: Rule) -> None:
    assert "" in rule.messages
    assert set(rule.remedies) <= set(rule.messages)
    assert rule.basis.confidence in CONFIDENCE
    for text in _texts(rule):
        assert text.id.strip() == text.id
        assert text.en.strip() == text.en
        assert text.id
        assert text.en
        assert places(text.id) == places(text.en), text
    for text in (rule.title, rule.meaning, rule.why, rule.remedy):
        assert not places(text.id), "the catalogue's own words have nothing to fill"


def test_sentences_end_with_a_stop() -> None:
    for rule in RULES:
        for text in (rule.meaning, rule.why, rule.remedy, *rule.messages.values(), *rule.remedies.values()):
            assert text.id.rstrip("'\"")[-1] == text.en.rstrip("'\"")[-1] == ".", text


def test_a_missing_place_is_an_error() -> None:
    with pytest.raises(KeyError):
        render(Finding(Cell("Matriks", 3, 4), "AG01", Severity.WARNING))


@pytest.mark.parametrize(
    ("template", "indonesian", "english"),
    [
        ("{x:rp}", "Rp 2.951.000", "Rp 2,951,000"),
        ("{x:num}", "2.951.000", "2,951,000"),
        ("{x}", "2.951.000", "2,951,000"),
        ("{x:pct}", "2.951.000 %", "2,951,000 %"),
        ("{t}", "program", "programme"),
        ("{c}", "A1, 'Belanja 2'!B3", "A1, 'Belanja 2'!B3"),
    ],
)
def test_numbers_are_said_in_the_form_of_the_language(template: str, indonesian: str, english: str) -> None:
    values = {"x": 2951000, "t": Text("program", "programme"), "c": ("A1", Cell("Belanja 2", 3, 2))}
    assert Filler("id").vformat(template, (), values) == indonesian
    assert Filler("en").vformat(template, (), values) == english


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        Filler("id").vformat("{x:rupiah}", (), {"x": 1})


def test_docs_are_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == page(), "run: python -m lakip_xl.rules"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_explain_one_and_all(lang: str) -> None:
    listing = explain(None, lang)
    for rule in RULES:
        assert f"{rule.code}  {rule.title.in_(lang)}" in listing
        text = explain(rule.code.lower(), lang)
        assert text.startswith(f"{rule.code}  {rule.title.in_(lang)}\n")
        assert all(len(line) <= 100 for line in text.splitlines())


def test_explain_of_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(LakipError, match="Mungkin maksudnya AG0"):
        explain("AG0", "id")
