"""The narrative as a Word document: headings, sentences, tables whose heading row is repeated, the matrix on paper in landscape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lakip_xl.drawing import CREATED
from lakip_xl.narrative import words
from lakip_xl.narrative.model import CHAPTER, Doubt, Figures, Narrative, Sentence
from lakip_xl.workbook import archive

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.opc.packuri import PackURI
    from docx.section import Section as Paper
    from docx.table import _Cell

_FONT, _SIZE, _HEADING_FILL, _TOTAL_FILL, _DOUBT_FILL = "Arial", 11, "D9E2F3", "EDF2FA", "FFF4D6"
_SHORT, _LONG, _MARGIN = 21.0, 29.7, 2.0  # centimetres: A4
_CAPITAL, _LETTER, _PADDING = 0.0265, 0.0205, 0.45
"""Centimetres that a bold letter takes for each point of its size, rather more than in Arial, and those around a text in its cell."""
_MOST_WORD = 18
_LONGEST_TITLE = 255  # Word keeps no longer property
_IN_TABLE, _IN_WIDE_TABLE = "IsiTabel", "IsiTabelLebar"
"""Styles of the texts in tables: nine and eight points."""
_DOUBTS = "Perlu diperiksa (hapus bagian ini sebelum laporan dicetak)"


def docx(narrative: Narrative) -> bytes:
    """The document, byte for byte the same every time, without an author."""
    from docx import Document

    word = Document()
    _styles(word)
    _paper(word.sections[0])
    _page_number(word.sections[0])
    _drop_thumbnail(word)
    _doubts(word, narrative.doubts)
    landscape = False
    for number, section in enumerate(narrative.sections):
        wide = any(isinstance(part, Figures) and part.wide for part in section.parts)
        if wide != landscape:
            _turned(word, wide)
            landscape = wide
        heading = word.add_heading(section.heading, section.depth)
        heading.paragraph_format.page_break_before = section.depth == 1 and number > 0
        if section.depth == 1:
            word.add_paragraph(narrative.office, style="Subtitle")
        for part in section.parts:
            if isinstance(part, Sentence):
                word.add_paragraph(_together(part.text))
            else:
                _table(word, part)
    properties = word.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.title = f"{CHAPTER} {narrative.office}"[:_LONGEST_TITLE]
    properties.created = properties.modified = CREATED
    properties.language, properties.revision = "id-ID", 1
    return _packed(word)


def _packed(word: Word) -> bytes:
    """The file, by the archive of our own: that of python-docx states the time of packing, and fails where the clock stands before 1980."""
    from docx.opc.pkgwriter import PackageWriter

    parts: dict[str, bytes] = {}

    class Parts:
        """What python-docx writes to, instead of a ZIP file."""

        def write(self, name: PackURI, data: bytes) -> None:
            parts[name.membername] = data

    package: Any = word.part.package
    for part in package.parts:
        part.before_marshal()
    writer: Any = PackageWriter
    into = Parts()
    writer._write_content_types_stream(into, package.parts)
    writer._write_pkg_rels(into, package.rels)
    writer._write_parts(into, package.parts)
    return archive.zipped(archive.made(name, data) for name, data in parts.items())


def _styles(word: Word) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    looks = {"Normal": (_SIZE, False), "Title": (16, True), "Subtitle": (12, True), "Heading 1": (14, True), "Heading 2": (12, True),
             "Heading 3": (11, True), "Caption": (10, True)}  # fmt: skip
    for name, (size, bold) in looks.items():
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = _FONT, Pt(size), bold, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), _FONT)
        for spaced in style.element.rPr.findall(qn("w:spacing")):
            style.element.rPr.remove(spaced)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = name.startswith(("Heading", "Caption"))
    for name in ("Title", "Subtitle", "Heading 1"):
        word.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in word.styles["Title"].element.iter(qn("w:pBdr")):
        line.getparent().remove(line)
    normal: Any = word.styles["Normal"]
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    normal.paragraph_format.line_spacing = 1.15
    for name, size in ((_IN_TABLE, 9), (_IN_WIDE_TABLE, 8)):
        added: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style, added.font.size = normal, Pt(size)
        added.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        added.paragraph_format.space_before = added.paragraph_format.space_after = Pt(2)
        added.paragraph_format.line_spacing = 1.0
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    normal.element.get_or_add_rPr().append(language)


def _paper(section: Paper, *, landscape: bool = False) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)


def _turned(word: Word, landscape: bool) -> None:
    from docx.enum.section import WD_SECTION

    _paper(word.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)


def _page_number(section: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)


def _drop_thumbnail(word: Word) -> None:
    """The library's template shows a picture of another, empty document in file managers."""
    package = word.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[name]


def _doubts(word: Word, doubts: Sequence[Doubt]) -> None:
    if not doubts:
        return
    table: Any = word.add_table(rows=1 + len(doubts), cols=1, style="Table Grid")
    _text(table.cell(0, 0), _DOUBTS, bold=True, fill=_DOUBT_FILL)
    for number, doubt in enumerate(doubts, start=1):
        where = f"{doubt.cell}: " if doubt.cell is not None else ""
        _text(table.cell(number, 0), where + _together(doubt.text.id))
    word.add_paragraph()


def _table(word: Word, made: Figures) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    word.add_paragraph(made.caption, style="Caption")
    size, style = (8, _IN_WIDE_TABLE) if made.wide else (9, _IN_TABLE)
    table: Any = word.add_table(rows=1 + len(made.rows), cols=len(made.heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    texts = [
        [words.figure(value, head.kind) for value, head in zip(row, made.heads, strict=True)] for row in made.values
    ]
    widths = [Cm(width) for width in _widths(made, texts, size, (_LONG if made.wide else _SHORT) - 2 * _MARGIN)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(table.rows):
        cannot_split = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(cannot_split)
        total = made.total and number == len(made.rows)
        top = number > 0 and number <= len(made.levels) and made.levels[number - 1] == 0
        for cell, width, head, column in zip(row.cells, widths, made.heads, range(len(widths)), strict=True):
            cell.width = width
            if number == 0:
                _text(cell, head.name, "center", style=style, bold=True, fill=_HEADING_FILL)
                continue
            _text(
                cell,
                texts[number - 1][column],
                head.kind,
                style=style,
                bold=total or (top and made.wide),
                fill=_TOTAL_FILL if total else "",
            )
            if made.levels and column == 0:
                cell.paragraphs[0].paragraph_format.left_indent = Cm(0.3 * made.levels[number - 1])
    head_row = OxmlElement("w:tblHeader")
    head_row.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head_row)
    word.add_paragraph().paragraph_format.space_after = Pt(2)


def _widths(made: Figures, texts: Sequence[Sequence[str]], size: int, room: float) -> list[float]:
    """The widths of the columns in centimetres: no figure and no word of a heading is broken; texts share what is left by their length."""
    least, wish = [], []
    for column, head in enumerate(made.heads):
        cells = [row[column] for row in texts]
        unbroken = [word[:_MOST_WORD] for text in (head.name, *cells) for word in text.split()]
        whole = cells if head.kind not in ("text", "center") else []
        least.append(max(map(_length, (*unbroken, *whole)), default=0.0) * size + _PADDING)
        wish.append(sum(len(text) for text in cells) / len(cells) if head.kind == "text" else 0.0)
    left = room - sum(least)
    if left < 0 or not any(wish):
        return [width * room / sum(least) for width in least]
    return [width + left * share / sum(wish) for width, share in zip(least, wish, strict=True)]


def _length(text: str) -> float:
    return sum(_CAPITAL if char.isupper() else _LETTER for char in text)


def _together(text: str) -> str:
    """The text with no line break between Rp and its amount."""
    return text.replace("Rp ", "Rp\u00a0")


def _text(
    cell: _Cell, text: str, kind: str = "text", *, style: str = _IN_TABLE, bold: bool = False, fill: str = ""
) -> None:
    """Puts a text into a cell: figures to the right, headings and units in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = cell.paragraphs[0]
    line._p.style = style
    if kind != "text":
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER if kind == "center" else WD_ALIGN_PARAGRAPH.RIGHT
    run = line.add_run(text)
    if bold:
        run.font.bold = True
    if fill:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
