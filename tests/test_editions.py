"""Which edition of the form a workbook is of; and the same workbook as other programs save it: nothing else may be found in it then."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from lakip_xl import tasks, template
from lakip_xl.errors import UnsupportedWorkbook
from lakip_xl.form.editions import NEWEST, READABLE
from lakip_xl.form.places import EDITION_NAME
from lakip_xl.table.model import Document
from lakip_xl.workbook import Workbook
from oracles import SOFFICE, libreoffice_chain, needs_libreoffice
from other_writers import repacked
from workbooks import EXAMPLE

ENTRY = EXAMPLE / "matriks.xlsx"


def marked(mark: str) -> bytes:
    book = Workbook.open(ENTRY)
    book.set_name(EDITION_NAME, mark)
    return book.to_bytes()


@pytest.mark.parametrize("form", READABLE, ids=lambda form: form.edition)
def test_an_edition_that_is_known_is_read(form: object) -> None:
    assert tasks.examine(marked(f'"{form.edition}"')).document.form is NEWEST  # type: ignore[attr-defined]


@pytest.mark.parametrize("mark", ['"2031.2"', '"e81-2030"'])
def test_an_edition_that_is_not_known_is_refused_in_one_sentence_that_says_what_to_do(mark: str) -> None:
    with pytest.raises(UnsupportedWorkbook) as refused:
        tasks.examine(marked(mark), name="matriks.xlsx")
    words = refused.value.text
    assert words.id.startswith("matriks.xlsx: Buku kerja ini dibuat dengan formulir edisi " + mark.strip('"'))
    assert "Pasang lakip-xl yang terbaru" in words.id and "Install the newest lakip-xl" in words.en
    assert NEWEST.edition in words.id


@pytest.mark.parametrize("mark", ["#REF!", "Matriks!$A$1", '"catatan saya"', "2023.1"])
def test_a_mark_that_says_no_edition_is_passed_over_and_the_headings_tell(mark: str) -> None:
    assert tasks.examine(marked(mark)).document.form is NEWEST


def test_the_template_says_its_edition() -> None:
    assert Workbook.from_bytes(template.build()).names[EDITION_NAME] == f'"{NEWEST.edition}"'


# -- saved by other programs ----------------------------------------------------------------------------------------------------


def said(path: Path) -> list[tuple[str, str, str, object]]:
    """Every finding with its cell, weight and words."""
    report = tasks.validate(path)
    return [(f.code, str(f.cell), f.severity.label, tuple(map(str, f.related))) for f in report.findings]


def data(document: Document) -> object:
    return [
        [
            # HASIL PERIKSA is a word for the reader; who only judges does not work it out.
            {
                k: typed(entry.typed)
                for k, entry in row.entries.items()
                if entry.typed is not None and k != "hasil_periksa"
            }
            for row in (*table.rows, *([table.total] if table.total else ()))
        ]
        for table in document.tables.values()
    ]


def typed(value: Decimal | str | None) -> object:
    return round(float(value), 9) if isinstance(value, Decimal) else value


def parts(
    change: Callable[[bytes], bytes], pattern: str = r"xl/worksheets/sheet[0-9]+\.xml"
) -> dict[str, Callable[[bytes], bytes]]:
    with zipfile.ZipFile(ENTRY) as package:
        return {name: change for name in package.namelist() if re.fullmatch(pattern, name)}


def inline(strings: list[bytes]) -> Callable[[bytes], bytes]:
    """Texts in the cells themselves, as ONLYOFFICE's and many other exports write them."""

    def change(sheet: bytes) -> bytes:
        return re.sub(
            rb'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")? t="s"><v>([0-9]+)</v></c>',
            lambda m: b'<c r="%b"%b t="inlineStr"><is>%b</is></c>' % (m[1], m[2] or b"", strings[int(m[3])]),
            sheet,
        )

    return change


def shared() -> list[bytes]:
    with zipfile.ZipFile(ENTRY) as package:
        return re.findall(rb"<si>(.*?)</si>", package.read("xl/sharedStrings.xml"), re.DOTALL)


WAYS: dict[str, Callable[[], dict[str, Callable[[bytes], bytes]]]] = {
    "inline strings": lambda: parts(inline(shared())),
    "no cached values": lambda: parts(lambda s: re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", s)),
    "empty cached values": lambda: parts(lambda s: re.sub(rb' t="str"(><f>[^<]*</f>)<v>[^<]*</v>', rb"\1<v></v>", s)),
    "no validations": lambda: parts(
        lambda s: re.sub(rb"<dataValidations.*</dataValidations>", b"", s, flags=re.DOTALL)
    ),
    "no conditional formats": lambda: parts(
        lambda s: re.sub(rb"<conditionalFormatting.*</conditionalFormatting>", b"", s, flags=re.DOTALL)
    ),
    "no names": lambda: parts(
        lambda s: re.sub(rb"<definedNames>.*</definedNames>", b"", s, flags=re.DOTALL), r"xl/workbook\.xml"
    ),
    "no number formats": lambda: parts(
        lambda s: re.sub(rb' numFmtId="[0-9]+"', b' numFmtId="0"', s), r"xl/styles\.xml"
    ),
    "another creator": lambda: parts(lambda s: s.replace(b"Microsoft Excel", b"WPS Office"), r"docProps/app\.xml"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_example_as_other_programs_write_it_says_the_same(way: str, tmp_path: Path) -> None:
    changes = WAYS[way]()
    path = repacked(ENTRY, tmp_path / "matriks.xlsx", changes)
    with zipfile.ZipFile(ENTRY) as old, zipfile.ZipFile(path) as new:
        assert any(old.read(name) != new.read(name) for name in changes)
    assert said(path) == said(ENTRY)
    assert data(tasks.examine(path).document) == data(tasks.examine(ENTRY).document)
    assert tasks.fill(path, tmp_path / "hasil.xlsx").report.exit_code() == 0


def test_the_example_as_openpyxl_saves_it_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "matriks.xlsx"
    openpyxl.load_workbook(ENTRY).save(path)
    assert said(path) == said(ENTRY)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What goes through LibreOffice: the template, the example, what fill makes of it, and its Formulir E.81."""
    folder = tmp_path_factory.mktemp("sources")
    made = {name: folder / f"{name}.xlsx" for name in ("template", "example", "filled", "e81")}
    made["template"].write_bytes(template.build(year=2023, instansi="Dinas Sosial"))
    made["example"].write_bytes(ENTRY.read_bytes())
    tasks.fill(ENTRY, made["filled"])
    tasks.export(ENTRY, made["e81"])
    return made


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("chain", [("xlsx",), ("ods", "xlsx")], ids=".".join)
def test_what_libreoffice_saves_says_the_same(chain: tuple[str, ...], sources: dict[str, Path], tmp_path: Path) -> None:
    assert SOFFICE
    saved = dict(zip(sources, libreoffice_chain(list(sources.values()), chain, tmp_path), strict=True))
    for name, source in sources.items():
        before, after = tasks.examine(source), tasks.examine(saved[name])
        assert data(after.document) == data(before.document), name
        assert said(saved[name]) == said(source), name
        assert after.document.form is before.document.form
        with zipfile.ZipFile(io.BytesIO(saved[name].read_bytes())) as package:
            assert b"LibreOffice" in package.read("docProps/app.xml")
