"""What is no matrix is named in one sentence, with exit status 2 and nothing written; what is one is read whatever its spelling."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from lakip_xl.adopt.align import FARTHEST
from lakip_xl.cells import Area
from lakip_xl.cli import main
from lakip_xl.errors import LakipError
from lakip_xl.sources import compound, sheets, text
from lakip_xl.sources import reading as sources
from lakip_xl.sources.grid import Grid

HEAD = "NO;URAIAN;INDIKATOR;TARGET;REALISASI;ANGGARAN;REALISASI ANGGARAN;%"
PROGRAM = '1.;"PROGRAM A; B";"Persentase\nwarga";97,00;97,00;Rp 5.000;Rp 4.000;80,00'


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


def read(source: str | bytes) -> list[Grid]:
    data = source if isinstance(source, bytes) else source.encode()
    return [grid for sheets in sources.of_bytes(data, "berkas") for grid in sheets]


def docx() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types>wordprocessingml</Types>")
        archive.writestr("word/document.xml", "<w/>")
    return made.getvalue()


def ods(rows: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return made.getvalue()


CELL = '<table:table-cell office:value-type="float" office:value="1" {}><text:p>1</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kosong (0 byte)"),
        (b"   \n\t ", "berkas"),
        (b"%PDF-1.7 ...", "salin, tempel ke Excel atau Notepad"),
        (b"{\\rtf1 tabel}", "RTF"),
        (docx(), "dokumen Word"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word"),
        (b"PK\x03\x04 terpotong", "rusak"),
        (b"a\x00b\x00\xff\x01", "rusak"),
        (b"satu baris saja", "Tidak ada tabel"),
        (b"a;b;c\n1;2;3\n", "Matriks tidak ditemukan"),
        (f"{HEAD}\n".encode(), "baris 1, tetapi tidak ada yang terbaca sebagai baris matriks di bawahnya."),
        (f"{HEAD}\nJUMLAH;;;;;Rp 5.000;Rp 4.000;\n".encode(), "terbaca sebagai baris matriks di bawahnya selain baris jumlah."),
    ],
    # Named by number: an id made of the bytes would hold the hour of an archive, and two workers would not collect the same tests.
    ids=range(15),
)  # fmt: skip
def test_what_is_no_matrix_is_named(data: bytes, said: str | None, tmp_path: Path) -> None:
    source, out = tmp_path / "sumber.bin", tmp_path / "hasil.xlsx"
    source.write_bytes(data)
    done = run("adopt", source, "-o", out)
    assert done.exit_code == 2
    assert done.output.startswith("Gagal: ")
    assert len(done.output.strip().splitlines()) == 1
    if said:
        assert said in done.output
    assert not out.exists()


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1048576">{CELL.format("")}</table:table-row>' * 3,
        f"<table:table-row>{CELL.format(chr(32) + 'table:number-columns-repeated=' + chr(34) + '99999999' + chr(34))}</table:table-row>",
    ],
)
def test_an_ods_that_would_not_fit_in_memory_is_refused(rows: str) -> None:
    with pytest.raises(LakipError) as refused:
        sources.of_bytes(ods(rows), "bom.ods")
    assert "terlalu besar" in refused.value.text.id


def test_blank_rows_and_columns_that_an_ods_repeats_are_no_bomb() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = f"<table:table-row>{CELL.format('')}{blank}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'
    [[grid]] = sources.of_bytes(ods(rows), "wajar.ods")
    assert {place: data.value for place, data in grid.rows[1].items()} == {1: 1.0}


def test_the_merged_headings_of_an_ods_are_seen() -> None:
    spanned = CELL.format('table:number-rows-spanned="2" table:number-columns-spanned="3"')
    rows = f"<table:table-row>{CELL.format('')}{spanned}</table:table-row>"
    [[grid]] = sources.of_bytes(ods(rows), "judul.ods")
    assert grid.merged == [Area(1, 2, 2, 4)]
    assert not grid.blind


def test_the_source_itself_is_never_overwritten(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(";"))
    path = tmp_path / "matriks.xlsx"
    book.save(path)
    before = path.read_bytes()
    refused = run("adopt", path, "-o", path, "--force")
    assert refused.exit_code == 2
    assert "berkas asalnya" in refused.output
    assert path.read_bytes() == before


def test_a_missing_file_a_folder_and_another_suffix(tmp_path: Path) -> None:
    assert "tidak ditemukan" in run("adopt", tmp_path / "tiada.csv", "-o", tmp_path / "h.xlsx").output
    assert run("adopt", tmp_path, "-o", tmp_path / "h.xlsx").exit_code == 2
    assert ".xlsx" in run("adopt", tmp_path / "tiada.csv", "-o", tmp_path / "h.csv").output


# ---- text


def test_a_field_with_a_line_break_keeps_the_line_that_it_begins_in(tmp_path: Path) -> None:
    source, out = tmp_path / "matriks.csv", tmp_path / "hasil.xlsx"
    source.write_text(f"sep=;\n{HEAD}\n{PROGRAM}\n2.;PROGRAM C;;;;1.000;1.000;\n", encoding="utf-8")
    done = run("adopt", source, "-o", out)
    assert done.exit_code == 0, done.output
    assert "baris 3 " in done.output
    assert "baris 5 " in done.output
    sheet = openpyxl.load_workbook(out)["Matriks"]
    assert [sheet["C7"].value, sheet["D7"].value, sheet["F7"].value] == ["PROGRAM A; B", "Persentase warga", 97]
    assert "'1.000' dapat berarti 1.000 atau 1" in " ".join(done.output.split())
    assert sheet["M8"].value == "1.000"


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    grid = max(read(f'{HEAD}\n1;"PROGRAM A;x;1;1;5;5;100\n2;PROGRAM B;y;1;1;5;5;100\n'), key=lambda g: len(g.rows[1]))
    assert grid.rows[2][2].value == '"PROGRAM A'
    assert grid.rows[3][2].value == "PROGRAM B"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_come_through_in_every_encoding(encoding: str) -> None:
    grids = read(f"{HEAD}\n1;PROGRAM “A” – é;x;1;1;5;5;100\n".encode(encoding))
    assert any(grid.rows[2].get(2) and grid.rows[2][2].value == "PROGRAM “A” – é" for grid in grids)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    source, out = tmp_path / "matriks.csv", tmp_path / "hasil.xlsx"
    lines = [HEAD, "1;=HYPERLINK(1);@x;1;1;Rp 5.000;Rp 5.000;100,00", "2;+PROGRAM;-y;1;1;Rp 5.000;Rp 5.000;100,00"]
    source.write_text("\n".join(lines), encoding="utf-8")
    assert run("adopt", source, "-o", out).exit_code == 0
    sheet = openpyxl.load_workbook(out)["Matriks"]
    assert [(sheet[at].value, sheet[at].data_type) for at in ("C7", "D7", "C8", "D8")] == [
        ("=HYPERLINK(1)", "s"), ("@x", "s"), ("+PROGRAM", "s"), ("-y", "s"),
    ]  # fmt: skip


def test_what_has_no_place_gives_exit_status_1(tmp_path: Path) -> None:
    source, out = tmp_path / "matriks.csv", tmp_path / "hasil.xlsx"
    source.write_text(f"{HEAD}\n{PROGRAM}\nRp 5.000;Rp 6.000\n", encoding="utf-8")
    done = run("adopt", source, "-o", out)
    assert done.exit_code == 1
    assert "Tidak mendapat tempat, periksa sendiri: 1" in done.output
    assert "Rp 5.000; Rp 6.000" in done.output
    assert out.exists()


@pytest.mark.parametrize("uraian", ["Program Rehabilitasi Sosial", "1.06.04 Program Rehabilitasi Sosial"])
def test_a_last_row_whose_indikator_is_called_jumlah_is_a_row_and_no_total(uraian: str, tmp_path: Path) -> None:
    source, out = tmp_path / "matriks.csv", tmp_path / "hasil.xlsx"
    source.write_text(
        f"{HEAD}\n{PROGRAM}\n2;{uraian};Jumlah;20;18;Rp 7.000;Rp 6.000;\n;;Total;5;4;;;\n", encoding="utf-8"
    )
    said = run("adopt", source, "-o", out).output
    assert "3 baris masuk" in said
    assert "baris jumlah" not in said


@pytest.mark.parametrize("total", ["JUMLAH;;", ";JUMLAH;", ";DINAS SOSIAL;JUMLAH", "JUMLAH;DINAS SOSIAL;", "5;JUMLAH;"])
def test_a_total_with_a_name_or_a_number_beside_its_word_is_a_total(total: str, tmp_path: Path) -> None:
    source, out = tmp_path / "matriks.csv", tmp_path / "hasil.xlsx"
    source.write_text(f"{HEAD}\n{PROGRAM}\n{total};;;Rp 7.000;Rp 4.000;\n", encoding="utf-8")
    said = " ".join(run("adopt", source, "-o", out).output.split())
    assert "1 baris masuk" in said
    assert "ANGGARAN (Rp) tercetak 7.000, menurut rumus 5.000" in said


def test_a_printed_percentage_that_the_formula_does_not_give_is_said(tmp_path: Path) -> None:
    source, out = tmp_path / "matriks.csv", tmp_path / "hasil.xlsx"
    source.write_text(f"{HEAD}\n{PROGRAM.replace('80,00', '80,01')}\nJUMLAH;;;;;Rp 5.001;Rp 4.000;\n", encoding="utf-8")
    said = " ".join(run("adopt", source, "-o", out).output.split())
    assert "% tercetak 80,01, menurut rumus 80" in said
    assert "ANGGARAN (Rp) tercetak 5.001, menurut rumus 5.000" in said


def test_the_page_on_limits_names_those_of_adopt() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "limits.md").read_text(encoding="utf-8")
    for value in (f"{sheets.MAX_BYTES >> 20} MiB", f"{sheets.MAX_CONTENT >> 20} MiB", f"{sheets.MAX_CELLS:,}",
                  f"{sources.MAX_TEXT_BYTES >> 20} MiB", f"| {text.MAX_FIELDS} |",
                  f"| {text.MAX_ROWS:,} |", f"| {FARTHEST} |"):  # fmt: skip
        assert value in page


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_TEXT_BYTES", 10)
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    for data in (HEAD.encode(), ods("")):
        with pytest.raises(LakipError) as refused:
            sources.of_bytes(data, "besar")
        assert "MiB" in refused.value.text.id


def test_a_line_with_too_many_fields_loses_none_of_them() -> None:
    [grid] = read(";".join(str(n) for n in range(300)))
    assert len(grid.rows[1]) == text.MAX_FIELDS
    assert str(grid.rows[1][text.MAX_FIELDS].value).endswith("298;299")


# ---- the container of an .xls

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def container(
    after: list[int], first_directory: int = 1, first_more: int = END, tables: tuple[int, ...] = (0,)
) -> bytes:
    """A compound file of four sectors: the table of sectors, the directory, two of content."""
    places = [*tables, *[FREE] * (109 - len(tables))]
    head = struct.pack("<8s16s5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, len(tables), first_directory, 0, 4096, END, 0, first_more, 0) + struct.pack(
        "<109L", *places
    )
    assert len(head) == 512
    return head + struct.pack("<128L", *after, *[FREE] * (128 - len(after))) + bytes(3 * 512)


@pytest.mark.parametrize(
    ("data", "sound"),
    [
        (container([TABLE, END, 3, END]), True),
        (container([TABLE, END, 3, 2]), False),
        (container([TABLE, END, 2, END]), False),
        (container([TABLE, END, 77, END]), False),
        (container([TABLE, END, 3, END], first_directory=500), False),
        (container([TABLE, END, 3, END], first_more=3), False),
        (container([TABLE, END, 3, END], tables=(0, 0)), False),
        (container([TABLE, END, 3, END], tables=(9,)), False),
        (container([TABLE, END, 3, END])[:400], False),
    ],
    ids=["sound", "circle", "itself", "beyond", "directory", "more", "twice", "table", "cut"],
)
def test_an_xls_is_followed_only_where_it_ends(data: bytes, sound: bool) -> None:
    assert compound.is_sound(data) is sound


def test_what_ends_the_library_ends_only_its_own_process(tmp_path: Path) -> None:
    source = tmp_path / "lama.xls"
    source.write_bytes(container([TABLE, END, 3, END]))
    done = run("adopt", source, "-o", tmp_path / "hasil.xlsx")
    assert (done.exit_code, done.output.count("\n")) == (2, 1)
    assert "rusak" in done.output


def test_a_text_of_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_ROWS", 3)
    assert len(read("a;b\n\n\n\nc;d\ne;f\n")[0].rows) == 3
    with pytest.raises(LakipError) as refused:
        read("a;b\nc;d\ne;f\ng;h\n")
    assert "lebih dari 3 baris" in refused.value.text.id
    # Quoted line breaks make many lines for a separator that is not meant.
    assert [grid.name for grid in read('a;b\n"c,\n\n\n\n\n";d\n')] == ["berkas"]
