"""BAB III as a Word document: what python-docx reads back is the narrative, without a trace of who made it, when and where."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm

from lakip_xl.narrative import Narrative, words
from lakip_xl.narrative.docx import docx as written
from lakip_xl.narrative.model import Sentence
from workbooks import typed_in


@pytest.fixture(scope="module")
def data(example: Any) -> bytes:
    return written(example.told)


@pytest.fixture(scope="module")
def word(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def tables(word: Any, told: Narrative) -> list[Any]:
    return list(word.tables[1:] if told.doubts else word.tables)


def test_headings_and_sentences_in_their_order(word: Any, example: Any) -> None:
    read = [
        (p.style.name, p.text.replace("\u00a0", " ")) for p in word.paragraphs if p.text and p.style.name != "Caption"
    ]
    wanted = []
    for section in example.told.sections:
        wanted.append((f"Heading {section.depth}", section.heading))
        wanted += [("Subtitle", example.told.office)] if section.depth == 1 else []
        wanted += [("Normal", part.text) for part in section.parts if isinstance(part, Sentence)]
    assert read == wanted


def test_tables_hold_what_the_narrative_holds(word: Any, example: Any) -> None:
    made = example.told.tables
    for table, figures in zip(tables(word, example.told), made, strict=True):
        cells = [[cell.text for cell in row.cells] for row in table.rows]
        assert cells[0] == [head.name for head in figures.heads]
        assert cells[1:] == [
            [words.figure(value, head.kind) for value, head in zip(row, figures.heads, strict=True)]
            for row in figures.values
        ]
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    assert captions == [figures.caption for figures in made]
    money = next(
        cells
        for cells in ([c.text for c in row.cells] for row in tables(word, example.told)[-2].rows)
        if "Belanja Pegawai" in cells
    )
    assert money == ["5.1.01", "Belanja Pegawai", "2.287.428.760", "2.057.532.674", "229.896.086", "89,95"]


def test_heading_rows_repeat_and_figures_stand_to_the_right(word: Any, example: Any) -> None:
    for table, figures in zip(tables(word, example.told), example.told.tables, strict=True):
        assert [bool(row._tr.trPr.findall(qn("w:tblHeader"))) for row in table.rows] == [
            True,
            *[False] * len(figures.rows),
        ]
        for cell, head in zip(table.rows[1].cells, figures.heads, strict=True):
            right = head.kind in ("number", "percent", "rupiah", "points")
            assert (cell.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT) == right


def test_a4_upright_and_the_matrix_across(word: Any) -> None:
    papers = [
        (paper.orientation, round(paper.page_width.cm, 1), round(paper.page_height.cm, 1)) for paper in word.sections
    ]
    assert papers == [(WD_ORIENT.PORTRAIT, 21.0, 29.7), (WD_ORIENT.LANDSCAPE, 29.7, 21.0)]
    for table in word.tables[1:]:
        assert sum(column.width for column in table.columns) <= Cm(25.8)


def test_the_same_narrative_gives_the_same_bytes(data: bytes, example: Any) -> None:
    assert written(example.told) == data


def test_it_tells_nothing_of_who_made_it(data: bytes, word: Any) -> None:
    properties = word.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created == properties.modified and properties.created.year == 2023
    assert properties.title == "BAB III AKUNTABILITAS KINERJA Dinas Sosial Kabupaten Manggarai Tahun 2023"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in package.namelist())
        assert package.testzip() is None
        assert "python-docx" not in package.read("docProps/core.xml").decode()


def test_doubts_stand_first_and_say_that_they_are_to_be_deleted(word: Any, example: Any) -> None:
    cells = [row.cells[0].text for row in word.tables[0].rows]
    assert cells == ["Perlu diperiksa (hapus bagian ini sebelum laporan dicetak)", example.told.doubts[0].text.id]


def test_an_empty_form_and_odd_texts(tell: Callable[[bytes], Narrative]) -> None:
    read = docx.Document(io.BytesIO(written(tell(typed_in({})))))
    assert [paper.orientation for paper in read.sections] == [WD_ORIENT.PORTRAIT]
    odd = {"sasaran": "a\x01b <&>", "indikator": "x\ty\nz", "target": 1.0, "realisasi": 1.0, "penyebab": "\x0b"}
    told = tell(typed_in({"sasaran": [odd]}))
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(written(told))).paragraphs)
    assert "sasaran “a b <&>” mencapai 100,00 persen" in text and "Indikator x y z: target 1" in text
