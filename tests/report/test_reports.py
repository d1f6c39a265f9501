"""The report for people and the report for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from casefiles import Case, workbook
from lakip_xl import tasks
from lakip_xl.cells import DIV0, Cell
from lakip_xl.findings import Finding, Severity
from lakip_xl.report import FORMATS
from lakip_xl.report.model import Mended, Report
from lakip_xl.report.text import closing, said_cells
from workbooks import EXAMPLE

KEYS = [
    "code", "severity", "sheet", "cell", "related", "found", "expected", "difference", "rupiah", "message", "remedy", "explained",
]  # fmt: skip


def finding(code: str = "HR03", severity: Severity = Severity.INFO, **more: object) -> Finding:
    return replace(Finding(Cell("Matriks", 5, 3), code, severity, values={"judul": "RATA-RATA"}), **more)


def report(*findings: Finding) -> Report:
    return Report("matriks.xlsx", "2023.1", findings)


@pytest.fixture(scope="module")
def example() -> Report:
    return tasks.validate(EXAMPLE / "matriks.xlsx")


def test_json_is_the_contract(example: Report) -> None:
    (only,) = json.loads(FORMATS["json"]([example], "id"))
    assert list(only) == ["schema", "file", "edition", "counts", "findings"]
    assert only["schema"] == "lakip-xl/report/1"
    assert only["file"] == "matriks.xlsx"
    assert list(only["counts"]) == ["error", "warning", "info"]
    assert sum(only["counts"].values()) == len(only["findings"])
    for item in only["findings"]:
        assert list(item) == KEYS
        assert item["severity"] in ("error", "warning", "info")
        assert isinstance(item["explained"], bool)


def test_json_keeps_every_digit_and_says_absent_as_null() -> None:
    found = finding(
        found=Decimal("1234567890123456789.01"), expected=420.0, difference=Decimal("0.10"), rupiah=Decimal("1E+3")
    )
    text = FORMATS["json"]([report(found, finding(found=DIV0))], "id")
    assert '"found": 1234567890123456789.01' in text
    assert '"expected": 420,' in text
    assert '"difference": 0.1,' in text
    assert '"rupiah": 1000,' in text
    first, second = json.loads(text, parse_float=Decimal)[0]["findings"]
    assert first["found"] == Decimal("1234567890123456789.01")
    assert second["found"] == "#DIV/0!"
    assert second["expected"] is second["difference"] is second["rupiah"] is None
    assert second["related"] == []


def test_json_is_ascii_and_the_same_each_time(example: Report) -> None:
    texts = {FORMATS["json"]([example, example], "en") for _ in range(2)}
    assert len(texts) == 1
    assert texts.pop().isascii()


def test_json_of_a_clean_file() -> None:
    (only,) = json.loads(FORMATS["json"]([report()], "id"))
    assert only["findings"] == []


def test_related_cells_carry_their_sheet() -> None:
    found = finding(related=(Cell("Belanja 2", 3, 4), Cell("Matriks", 1, 1)))
    (only,) = json.loads(FORMATS["json"]([report(found)], "id"))
    assert only["findings"][0]["related"] == ["'Belanja 2'!D3", "Matriks!A1"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_text_stands_in_a_terminal(example: Report, lang: str) -> None:
    text = FORMATS["text"]([example], lang)
    assert all(len(line) <= 88 for line in text.splitlines())
    for severity in Severity:
        assert f"{severity.word(lang)}: {example.count(severity)}\n" in text
    for item in example.findings:
        assert f"  {item.cell}  {item.code}  " in text


def test_text_leads_with_the_gravest_and_keeps_the_order_of_places() -> None:
    first = finding("AG01", Severity.WARNING, values={"nama": "Bacaan", "target": 12})
    error = finding("IS08", Severity.ERROR, values={"nama": "Gaji", "kolom": "%", "isi": "#REF!"})
    text = FORMATS["text"]([report(finding(), first, error)], "id")
    assert text.index("IS08") < text.index("AG01") < text.index("HR03")
    assert "Perbaikan: " in text


def test_text_of_an_explained_warning_shows_the_explanation() -> None:
    values = {"nama": "Bacaan", "target": 12}
    item = finding("AG01", Severity.WARNING, values=values, explained=True, explanation="Dinolkan\npada Perubahan")
    text = FORMATS["text"]([report(item)], "id")
    assert "Sudah dijelaskan: Dinolkan pada Perubahan" in text
    assert "Perbaikan" not in text
    assert text.rstrip().endswith("Tidak ada yang wajib diperbaiki.")


def test_the_heading_of_warnings_says_when_all_are_explained() -> None:
    open_one = finding("AG01", Severity.WARNING, values={"nama": "Bacaan", "target": 12})
    done = replace(open_one, explained=True, explanation="sisa lelang")
    heads = [
        next(line for line in FORMATS["text"]([report(*each)], lang).splitlines() if line.startswith(word))
        for each, lang, word in (
            ((done,), "id", "Perlu"),
            ((done,), "en", "Needs"),
            ((open_one, done), "id", "Perlu"),
        )
    ]
    assert heads[0] == "Perlu penjelasan: 1, semua dijelaskan" and heads[1].endswith(": 1, all explained")
    assert heads[2] == "Perlu penjelasan: 2"


def test_text_of_a_clean_file_says_so() -> None:
    text = FORMATS["text"]([report()], "id")
    assert "Wajib diperbaiki: 0" in text
    assert text.rstrip().endswith("Tidak ada catatan: isian sudah sesuai.")


def test_amounts_are_not_torn_apart() -> None:
    text = FORMATS["text"]([tasks.validate(EXAMPLE / "matriks.xlsx")], "id")
    assert not any(line.endswith((" Rp", "(Rp")) or line.strip().startswith("%") for line in text.splitlines())


def test_cells_in_few_words() -> None:
    cells = [Cell("M", 3, 4), Cell("M", 4, 4), Cell("M", 6, 4), Cell("B 2", 1, 1), Cell("B 2", 2, 1)]
    assert said_cells(cells, "M") == "D3:D4, D6, 'B 2'!A1:A2"


def test_closing_line_names_both_places_and_why_strict_fails() -> None:
    warning = finding("AG01", Severity.WARNING, values={"nama": "Bacaan", "target": 12})
    error = finding("IS08", Severity.ERROR, values={"nama": "Gaji", "kolom": "%", "isi": "#REF!"})
    plain, strict = report(warning), replace(report(warning), strict=True)
    assert closing(plain, "id") == "1 perlu dijelaskan di PENJELASAN (Catatan Perbaikan) atau KETERANGAN."
    assert closing(strict, "id").startswith(f"{closing(plain, 'id')} Status keluar 1 karena --strict")
    assert "because of --strict" in closing(strict, "en")
    assert (plain.exit_code(), strict.exit_code()) == (0, 1)
    assert "--strict" not in closing(replace(report(error, warning), strict=True), "id")
    assert "--strict" not in closing(replace(report(replace(warning, explained=True)), strict=True), "id")


@pytest.mark.parametrize(
    ("findings", "code", "strict"),
    [
        ((), 0, 0),
        ((finding(),), 0, 0),
        ((finding(severity=Severity.WARNING),), 0, 1),
        ((finding(severity=Severity.WARNING, explained=True),), 0, 0),
        ((finding(severity=Severity.ERROR),), 1, 1),
        ((finding(severity=Severity.ERROR, explained=True),), 1, 1),
    ],
)
def test_exit_code(findings: tuple[Finding, ...], code: int, strict: int) -> None:
    assert report(*findings).exit_code() == code
    assert report(*findings).exit_code(strict=True) == strict


def test_mended_counts_the_cells_that_were_blank() -> None:
    grid = [
        ["kode", "uraian", "indikator", "target", "realisasi", "capaian", "anggaran", "realisasi_anggaran", "persen"],
        ["1.06.01.2.01.0001", "Dokumen", "Dokumen", "2", "2", "", "1.000", "1.000", ""],
        ["1.06.01.2.01.0002", "Laporan", "Laporan", "1", "1", "100", "1.000", "1.000", ""],
    ]
    seen = tasks.examine(workbook(Case("mended", {}, {"Matriks": grid})))
    made = Report.of("x.xlsx", seen.document, seen.findings, seen.plan)
    assert made.mended == (
        Mended("Matriks", "CAPAIAN (%)", 1, 0),
        Mended("Matriks", "%", 2, 0),
        Mended("Matriks", "HASIL PERIKSA", 2, 0),  # no row has a flag, and yet each got the formula
    )
