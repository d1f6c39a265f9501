"""The office's own workbooks: found under any headings, judged at their own cells, filled where they stand."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl import load_workbook
from openpyxl.styles import Border, PatternFill, Side

from foreign_books import E81, PAGU, QUARTERS_PERCENT, REALISASI, SHEET, SPENT, TARGET
from lakip_xl import tasks
from lakip_xl.cells import letters
from lakip_xl.errors import BadHint, MissingForm, UnreadableWorkbook
from lakip_xl.findings import Finding, Severity
from lakip_xl.form.editions import NEWEST, READABLE
from lakip_xl.report import text as report_text
from lakip_xl.report.model import Report
from lakip_xl.rules.catalogue import render
from lakip_xl.table.find import find
from lakip_xl.table.hints import NO_HINTS, Hints, hints
from lakip_xl.table.read import read
from lakip_xl.workbook import Workbook
from ledger_books import bku, documents, rak, sipd, spj

SUB = "1.06.01.2.01.0002"


def judged(data: bytes, **changes: object) -> list[Finding]:
    return tasks.examine(data, **changes).findings  # type: ignore[arg-type]


def at(findings: list[Finding], cell: str) -> dict[str, Finding]:
    return {f.code: f for f in findings if f.cell.a1 == cell}


def located(data: bytes, asked: Hints = NO_HINTS) -> tuple[str, str, int, dict[str, str]]:
    found = find(Workbook.from_bytes(data, "m.xlsx"), READABLE, asked)
    name, place = found.located["matriks"]
    return found.form.edition, name, place.header_row, {key: letters(c) for key, c in place.columns.items()}


# -- E.81 -----------------------------------------------------------------------------------------------------------------------


def test_e81_is_mapped_by_its_headings_alone() -> None:
    edition, sheet, header, columns = located(E81().to_bytes())
    assert (edition, sheet, header) == ("e81-2017", SHEET, 7)
    assert columns == {
        "no": "A", "sasaran": "B", "kode": "C", "uraian": "D", "indikator": "E", "satuan": "F", "target_renstra": "G", "pagu_renstra": "H",
        "realisasi_lalu": "I", "rp_lalu": "J", "target": "K", "anggaran": "L", "tw1": "M", "persen_tw1": "N", "rp_tw1": "O", "tw2": "P",
        "persen_tw2": "Q", "rp_tw2": "R", "tw3": "S", "persen_tw3": "T", "rp_tw3": "U", "tw4": "V", "persen_tw4": "W", "rp_tw4": "X",
        "realisasi": "Y", "realisasi_anggaran": "Z", "realisasi_renstra": "AA", "rp_renstra": "AB", "tingkat_renstra": "AC",
        "tingkat_rp_renstra": "AD", "unit": "AE", "keterangan": "AF",
    }  # fmt: skip


def test_a_sound_e81_alarms_nobody_but_for_its_blank_identity() -> None:
    found = judged(E81().to_bytes())
    assert [f.code for f in found if f.severity is not Severity.INFO] == ["ST12"]
    assert {f.code for f in found if f.severity is Severity.INFO} <= {"ST03", "CP06"}


def test_faults_of_an_e81_are_found_at_their_cells_with_the_rupiah() -> None:
    book = E81()
    tops = [row for code, row in book.rows.items() if code.count(".") == 2]
    book.sheet.cell(book.total, SPENT, "=" + "+".join(f"{letters(SPENT)}{row}" for row in tops[:3]))
    parts = [book.rows[f"1.06.02.2.{n:02}"] for n in range(1, 5)]
    twice = book.set("1.06.02", PAGU, f"=L{parts[0]}+L{parts[1]}+L{parts[1]}+L{parts[2]}+L{parts[3]}")
    year = book.set(SUB, SPENT, 1_900_000)
    zero = book.set("1.06.01.2.01.0003", TARGET, 0)
    typed = book.set("1.06.01.2.01.0004", QUARTERS_PERCENT[1], 40)
    scale = book.set("1.06.03", REALISASI, 0.96)
    found = judged(book.to_bytes())

    total = at(found, f"{letters(SPENT)}{book.total}")["HR02"]
    assert total.rupiah is not None and total.rupiah > 0 and {c.row for c in total.related} >= {tops[3]}
    counted = at(found, twice)["HR01"]
    assert counted.rupiah == 15_000_000  # the kegiatan that is counted twice
    assert parts[1] in {cell.row for cell in counted.related}
    assert at(found, year)["IS20"].difference == -20_000
    assert "CP02" in at(found, zero)
    row = book.rows["1.06.01.2.01.0003"]
    division = at(found, f"{letters(QUARTERS_PERCENT[0])}{row}")["IS08"]
    assert {cell.a1 for cell in division.related} >= {f"{letters(c)}{row}" for c in QUARTERS_PERCENT[1:]}
    assert at(found, typed).keys() & {"RM04", "IS20"}
    assert "IS25" in at(found, scale)


def test_fill_touches_only_its_own_columns_and_sheets(tmp_path: Path) -> None:
    book = E81()
    book.set("1.06.02", PAGU, None)
    source = tmp_path / "evaluasi.xlsx"
    source.write_bytes(book.to_bytes())
    done = tasks.fill(source)
    before, after = (zipfile.ZipFile(path) for path in (source, done.path))
    touched = {
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/styles.xml",
        "docProps/app.xml",
    }
    for name in set(before.namelist()) - touched:
        assert after.read(name) == before.read(name), name
    filled = load_workbook(done.path)
    sheet = filled[SHEET]
    assert sheet["AG7"].value == "HASIL PERIKSA"
    assert str(sheet.cell(book.rows["1.06.02"], PAGU).value).startswith("=")
    assert {"Ringkasan", "Catatan Perbaikan", "Pengaturan"} <= set(filled.sheetnames)
    old = load_workbook(source)[SHEET]
    changed = {
        cell.coordinate
        for row in old.iter_rows()
        for cell in row
        if cell.value is not None and sheet[cell.coordinate].value != cell.value
    }
    assert changed == set()
    again = tasks.fill(done.path)
    assert not again.written


def test_an_added_column_looks_like_the_one_beside_it(tmp_path: Path) -> None:
    book = OpenpyxlWorkbook()
    sheet = book.active
    sheet.title = "Matriks"
    thin = Side(style="thin")
    rows = (
        ("KODE", "URAIAN", "INDIKATOR", "KINERJA", None, "ANGGARAN", "REALISASI ANGGARAN"),
        (None, None, None, "TARGET", "REALISASI", None, None),
        ("1.06.01.2.02.0001", "Gaji", "Orang", 0, 10, 5_000_000, 5_000_000),
        ("1.06.01.2.02.0002", "Dokumen", "Dokumen", 5, 5, 5_000_000, 4_900_000),
    )
    for row in rows:
        sheet.append(row)
    for column in (*"ABCFG",):
        sheet.merge_cells(f"{column}1:{column}2")
    sheet.merge_cells("D1:E1")
    for cells in sheet["A1:G4"]:
        for cell in cells:
            cell.border = Border(thin, thin, thin, thin)
            cell.fill = PatternFill("solid", fgColor="BDD7EE" if cell.row < 3 else "FFFFFF")
    sheet.column_dimensions.group("G", "K", hidden=False)
    sheet.column_dimensions["G"].width = 9
    source = tmp_path / "m.xlsx"
    book.save(source)
    done = tasks.fill(source)
    filled = load_workbook(done.path)["Matriks"]
    assert filled["H2"].value == "HASIL PERIKSA"
    for row in range(1, 5):
        mine = filled.cell(row, 8)
        assert mine.border.left.style == mine.border.bottom.style == "thin"
        assert mine.fill.fgColor.rgb == ("00BDD7EE" if row < 3 else "00FFFFFF")
        assert mine.alignment.wrap_text
    widths = {(d.min, d.max): d.width for d in filled.column_dimensions.values() if d.customWidth}
    assert widths == {(7, 7): 9, (8, 8): 21, (9, 11): 9}
    assert [(each.heading, each.filled) for each in done.report.mended if each.heading == "HASIL PERIKSA"] == [
        ("HASIL PERIKSA", 2)
    ]
    assert not tasks.fill(done.path).written


def test_without_arah_capaian_stays_blank_and_is_one_finding(tmp_path: Path) -> None:
    book = OpenpyxlWorkbook()
    sheet = book.active
    sheet.append(
        [
            "No",
            "Kode",
            "Program/Kegiatan",
            "Indikator",
            "Target",
            "Realisasi",
            "Capaian",
            "Anggaran",
            "Realisasi Anggaran",
            "%",
        ]
    )
    sheet.append([1, "1.06.01", "PROGRAM", "Angka kemiskinan", 10, 8, None, 500, 400, None])
    source = tmp_path / "kantor.xlsx"
    book.save(source)
    done = tasks.fill(source)
    filled = load_workbook(done.path)["Sheet"]
    assert filled["G2"].value is None
    assert str(filled["J2"].value).startswith("=")
    assert [(f.code, f.variant, f.cell.a1) for f in done.report.findings if f.code[:2] == "CP"] == [
        ("CP06", "tanpa", "G1")
    ]


def test_a_blank_that_a_formula_of_the_office_adds_up_stays_blank(tmp_path: Path) -> None:
    book = OpenpyxlWorkbook()
    sheet = book.active
    sheet.append(["Kode", "Program/Kegiatan", "Indikator", "Target", "Realisasi", "Anggaran", "Realisasi Anggaran"])
    sheet.append(["1.06.01", "PROGRAM SATU", None, None, None, None, None])
    sheet.append(["1.06.01.2.01", "Kegiatan", "Orang", 2, 2, None, None])
    sheet.append(["1.06.02", "PROGRAM DUA", "Orang", 2, 2, 700, 600])
    sheet.append([None, "Catatan", None, None, None, "=F2+F4", "=G2+G4"])
    source = tmp_path / "kantor.xlsx"
    book.save(source)
    data = Workbook.from_bytes(tasks.fill(source).path.read_bytes(), "m.xlsx").sheet("Sheet")
    assert data.cell("F5").value == 700
    assert data.cell("G5").value == 600


def test_a_column_is_mapped_once() -> None:
    with pytest.raises(BadHint, match="satu kali"):
        hints("", 0, ["anggaran=H", "realisasi=H"])


# -- other forms ----------------------------------------------------------------------------------------------------------------


def flat(*headings: str, sheet: str = "Lampiran") -> bytes:
    book = OpenpyxlWorkbook()
    book.active.title = sheet
    book.active.append(list(headings))
    book.active.append([None, "PROGRAM", *[1] * (len(headings) - 2)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_date_form() -> bytes:
    book = OpenpyxlWorkbook()
    sheet = book.active
    for place, text in enumerate(("No", "Program/Kegiatan/Sub Kegiatan", "Indikator"), start=1):
        sheet.cell(1, place, text)
        sheet.merge_cells(start_row=1, end_row=2, start_column=place, end_column=place)
    groups = {
        4: ("Target Akhir Tahun", "Volume", "Satuan", "Pagu Rp"),
        7: ("Realisasi s/d TW I", "Volume", "Satuan", "Rp"),
        10: ("Capaian %", "Kinerja", "Keuangan"),
    }
    for left, (group, *parts) in groups.items():
        sheet.cell(1, left, group)
        for place, part in enumerate(parts):
            sheet.cell(2, left + place, part)
    sheet.cell(1, 12, "Ket")
    sheet.cell(3, 2, "PROGRAM")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "edition", "columns"),
    [
        (flat("No", "Program", "Anggaran", "Realisasi", "Capaian (%)"), "anggaran-1",
         {"no": "A", "uraian": "B", "anggaran": "C", "realisasi_anggaran": "D", "persen": "E"}),
        (to_date_form(), NEWEST.edition,
         {"no": "A", "uraian": "B", "indikator": "C", "target": "D", "satuan": "E", "anggaran": "F", "realisasi": "G",
          "realisasi_anggaran": "I", "capaian": "J", "persen": "K", "keterangan": "L"}),
        (flat("No", "Program/Kegiatan", "Indikator", "Target", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nop",
              "Des", "Jumlah"), "bulanan-1",
         {"no": "A", "uraian": "B", "indikator": "C", "target": "D", **{f"b{n}": letters(n + 4) for n in range(1, 13)}, "realisasi": "Q"}),
    ],
    ids=["money alone", "to date", "by month"],
)  # fmt: skip
def test_forms_in_use_are_known(data: bytes, edition: str, columns: dict[str, str]) -> None:
    found = located(data)
    assert (found[0], found[3]) == (edition, columns)


@pytest.mark.parametrize(
    "data", [flat("No", "Program", "Anggaran", "Realisasi"), to_date_form()], ids=["money alone", "to date"]
)
def test_such_a_workbook_is_judged_and_filled(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kantor.xlsx"
    path.write_bytes(data)
    assert tasks.fill(path).path.exists()


@pytest.mark.parametrize("heading", ["% KEUANGAN", "Keuangan (%)", "Realisasi Keuangan (%)", "% Serapan Anggaran"])
def test_the_percentage_of_the_money_is_told_by_its_heading_and_that_of_the_works_is_named(heading: str) -> None:
    data = flat(
        "No", "Uraian", "Indikator", "Target", "Realisasi", "% FISIK", "Anggaran", "Realisasi Anggaran", heading
    )
    columns = located(data)[3]
    assert columns["persen"] == "I" and "F" not in columns.values()
    seen = tasks.examine(data)
    text = report_text.dump([Report.of("m.xlsx", seen.document, seen.findings)], width=400)
    assert "Tidak dibaca: F '% FISIK'." in text and "I %." in text


def test_a_period_that_the_workbook_does_not_say_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "kantor.xlsx"
    path.write_bytes(flat("No", "Uraian", "Indikator", "Target", "Realisasi", "Anggaran", "Realisasi Anggaran"))
    report = tasks.validate(path)
    assert str(report.untold_period) == "Pengaturan!B9"
    assert "diperiksa sebagai akhir tahun" in report_text.dump([report], width=400)
    done = tasks.fill(path)
    assert done.report.untold_period == report.untold_period
    assert load_workbook(done.path)["Pengaturan"]["B9"].value == "Akhir tahun"
    assert tasks.validate(done.path).untold_period is None
    identity = next(f for f in report.findings if f.code == "ST12")
    assert "ditambahkan oleh 'lakip-xl fill' bila belum ada" in render(identity, "id").remedy


def test_iku_are_found_by_their_headings_beside_the_matrix() -> None:
    book = load_workbook(
        io.BytesIO(flat("No", "Uraian", "Indikator", "Target", "Realisasi", "Pagu", "Realisasi Anggaran"))
    )
    sheet = book.create_sheet("Capaian IKU")
    sheet.append(["No", "Sasaran Strategis", "Indikator Kinerja Utama", "Satuan", "Target", "Realisasi", "%"])
    sheet.append([1, "Sasaran", "IKU", "Persen", 90, 91, None])
    out = io.BytesIO()
    book.save(out)
    document = read(Workbook.from_bytes(out.getvalue(), "m.xlsx"), *READABLE)
    assert document.tables["sasaran"].sheet == "Capaian IKU"


# -- hints, and what is said where they are needed ------------------------------------------------------------------------------


def test_a_failure_to_map_says_what_was_found_what_is_missing_and_the_map_that_settles_it() -> None:
    data = flat("No", "Nama Pekerjaan", "Indikator", "Target", "Realisasi", "Anggaran", "Realisasi Anggaran")
    with pytest.raises(MissingForm) as failure:
        located(data)
    said = failure.value.text.id
    assert "Lampiran" in said and "INDIKATOR (C)" in said and "PROGRAM / KEGIATAN / SUB KEGIATAN" in said
    assert "B 'Nama Pekerjaan'" in said and "--map uraian=B" in said
    assert located(data, hints("", 0, ["uraian=B"]))[3]["uraian"] == "B"
    with pytest.raises(MissingForm, match="sebutkan huruf kolomnya: --map uraian=HURUF --map indikator=HURUF"):
        located(flat("No", "Nama Pekerjaan", "Ukuran", "Target", "Realisasi", "Anggaran", "Realisasi Anggaran"))


def test_sheet_and_header_choose_among_several() -> None:
    book = load_workbook(
        io.BytesIO(flat("No", "Uraian", "Indikator", "Target", "Realisasi", "Pagu", "Realisasi Anggaran"))
    )
    other = book.create_sheet("TW II")
    other.append(["judul"])
    other.append([])
    other.append(["No", "Uraian", "Indikator", "Target", "Realisasi", "Pagu", "Realisasi Anggaran"])
    out = io.BytesIO()
    book.save(out)
    assert located(out.getvalue(), Hints(sheet="tw ii"))[1:3] == ("TW II", 3)
    assert located(out.getvalue(), Hints(sheet="TW II", header_row=3))[2] == 3
    with pytest.raises(MissingForm, match="TW V"):
        located(out.getvalue(), Hints(sheet="TW V"))


@pytest.mark.parametrize("text", ["biaya=H", "anggaran=7", "anggaran=", "anggaran", "anggaran=AAAA", "anggaran=ZZZ"])
def test_a_hint_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(BadHint, match="--map"):
        hints("", 0, [text])


@pytest.mark.parametrize(
    ("key", "meant"),
    [("pagu", "anggaran"), ("anggran", "anggaran"), ("realisasi_keuangan", "realisasi_anggaran"), ("zzz", "")],
)
def test_an_unknown_key_is_answered_with_the_nearest_ones(key: str, meant: str) -> None:
    with pytest.raises(BadHint) as refused:
        hints("", 0, [f"{key}=H"])
    said = refused.value.text.id
    assert ("Maksudnya" in said) == bool(meant) and (not meant or f"Maksudnya {meant}" in said)
    assert len(said) < 260 and "docs/form.md" in said


@pytest.mark.parametrize("data", [sipd(documents()), spj(3), bku(3), rak()], ids=["sipd", "spj", "bku", "rak"])
def test_a_ledger_is_no_matrix_and_points_to_reconcile(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(data)
    for verb in (tasks.validate, tasks.fill):
        with pytest.raises(
            MissingForm, match=r"buku\.xlsx: ini buku besar .* lakip-xl reconcile MATRIKS\.xlsx --ledger buku\.xlsx"
        ):
            verb(path)
    with pytest.raises(MissingForm, match=r"Matriks (belum dikenali|tidak ditemukan)"):
        tasks.validate(path, hints=Hints(header_row=1))


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_an_old_or_open_document_points_to_adopt(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"matriks.{suffix}"
    if suffix == "xls":
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    else:
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr("content.xml", "<x/>")
    for verb in (tasks.validate, tasks.fill):
        with pytest.raises(UnreadableWorkbook, match="lakip-xl adopt"):
            verb(path)


def two_years(first: str, second: str) -> bytes:
    book = OpenpyxlWorkbook()
    book.remove(book.active)
    for title in (first, second):
        sheet = book.create_sheet(title)
        for place, text in enumerate(
            ("Uraian", "Indikator", "Target", None, "Anggaran", "Realisasi Anggaran"), start=1
        ):
            sheet.cell(2, place, text)
        for place, text in enumerate(("Volume", "Satuan"), start=3):
            sheet.cell(3, place, text)
        for column in (1, 2, 5, 6):
            sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
        sheet.merge_cells("C2:D2")
        sheet.append([1, 2, 3, 4, 5, 6])
        sheet.append(["PROGRAM", "Persentase", 5, "Persen", 100, 90])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("titles", [("Matriks 2023", "Matriks 2024"), ("Matriks 2024", "Matriks 2023")])
def test_this_years_matrix_is_meant_and_the_other_is_named(titles: tuple[str, str]) -> None:
    document = tasks.examine(two_years(*titles)).document
    assert document.matrix.sheet == "Matriks 2024"
    assert [cell.sheet for cell in document.rivals] == ["Matriks 2023"]


def grouped(*groups: tuple[str, ...]) -> bytes:
    """Uraian and Indikator, then groups of columns under two rows of headings, with one row of figures."""
    book = OpenpyxlWorkbook()
    sheet = book.active
    for place, text in enumerate(("Uraian", "Indikator"), start=1):
        sheet.cell(1, place, text)
        sheet.merge_cells(start_row=1, end_row=2, start_column=place, end_column=place)
    column = 3
    for group, *parts in groups:
        sheet.cell(1, column, group)
        sheet.merge_cells(start_row=1, end_row=1, start_column=column, end_column=column + len(parts) - 1)
        for part in parts:
            sheet.cell(2, column, part)
            column += 1
    sheet.append(["PROGRAM", "Orang", *[1] * (column - 3)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


NAMES = ("No", "Uraian", "Indikator")
DONE, SPENT_PART = ("TARGET", "SATUAN", "REALISASI"), ("ANGGARAN", "REALISASI", "%")
ONE_BY_ONE = ("target", "satuan", "realisasi", "anggaran", "realisasi_anggaran", "persen")


def two_sides(
    first: tuple[str, ...], second: tuple[str, ...], titles: tuple[str, str] = ("", ""), form: str = "", title: str = ""
) -> bytes:
    """NO, URAIAN, INDIKATOR, then two groups of columns in rows 3 and 4; ``form``: "loose" leaves the groups unmerged, "low" writes the
    names into the lower row only, "flat" merges nothing."""
    book = OpenpyxlWorkbook()
    sheet = book.active
    sheet["A1"] = title
    sheet["A2"] = "TAHUN 2023"
    for place, text in enumerate(NAMES, start=1):
        sheet.cell(4 if form == "low" or not titles[0] else 3, place, text)
        if form not in ("low", "flat") and titles[0]:
            sheet.merge_cells(start_row=3, end_row=4, start_column=place, end_column=place)
    column = 4
    for group, parts in zip(titles, (first, second), strict=True):
        if group:
            sheet.cell(3, column, group)
            if form not in ("loose", "flat"):
                sheet.merge_cells(start_row=3, end_row=3, start_column=column, end_column=column + len(parts) - 1)
        for part in parts:
            sheet.cell(4, column, part)
            column += 1
    sheet.append([1, "PROGRAM", "Orang", *[1] * (column - 4)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("form", ["", "loose", "low", "flat"])
@pytest.mark.parametrize(
    "titles",
    [
        ("KINERJA", "KEUANGAN"),
        ("KINERJA", "ANGGARAN"),
        ("FISIK", "KEUANGAN"),
        ("KINERJA", "REALISASI ANGGARAN"),
        ("CAPAIAN KINERJA", "REALISASI ANGGARAN"),
        ("TARGET DAN REALISASI KINERJA", "ANGGARAN DAN REALISASI (Rp)"),
        ("OUTPUT", "BELANJA"),
        ("", ""),
    ],
)
def test_realisasi_twice_is_told_by_the_groups_or_by_what_stands_left(titles: tuple[str, str], form: str) -> None:
    for title in ("", "MATRIKS CAPAIAN KINERJA DAN REALISASI ANGGARAN", "REALISASI ANGGARAN"):
        columns = located(two_sides(DONE, SPENT_PART, titles, form, title))[3]
        assert {key: columns.get(key) for key in ONE_BY_ONE} == dict(zip(ONE_BY_ONE, "DEFGHI", strict=True))
        columns = located(two_sides(SPENT_PART, DONE, titles[::-1], form, title))[3]
        assert {key: columns.get(key) for key in ONE_BY_ONE} == dict(zip(ONE_BY_ONE, "GHIDEF", strict=True))


@pytest.mark.parametrize("word", ["Anggaran", "Realisasi", "Persen", "Keterangan", "Kode"])
@pytest.mark.parametrize("place", ["L2", "K2", "L3", "A2", "L1"])
def test_a_word_beside_the_table_is_no_heading_of_it(word: str, place: str) -> None:
    """A box with sums stands beside the titles: what heads it is none of the table's."""
    data = two_sides(DONE, SPENT_PART, ("KINERJA", "KEUANGAN"))
    book = load_workbook(io.BytesIO(data))
    book.active.insert_rows(3)
    for area in list(book.active.merged_cells.ranges):  # the rows above moved them, and openpyxl does not
        area.shift(row_shift=1)
    book.active[place] = word
    out = io.BytesIO()
    book.save(out)
    assert located(out.getvalue())[3] == located(data)[3]


@pytest.mark.parametrize("percent", ["%", "CAPAIAN (%)"])
@pytest.mark.parametrize("titles", [("KINERJA", "KEUANGAN"), ("", "")])
def test_a_percentage_twice_is_that_of_kinerja_and_that_of_money(titles: tuple[str, str], percent: str) -> None:
    columns = located(two_sides((*DONE, percent), (*SPENT_PART[:2], percent), titles))[3]
    assert (columns["capaian"], columns["persen"]) == ("G", "J")
    columns = located(two_sides((*SPENT_PART[:2], percent), (*DONE, percent), titles[::-1]))[3]
    assert (columns["capaian"], columns["persen"]) == ("J", "F")


def test_a_target_of_money_is_the_anggaran_or_a_plan_that_the_form_does_not_have() -> None:
    titles = ("KINERJA", "KEUANGAN")
    columns = located(two_sides(DONE, ("TARGET", "REALISASI", "%"), titles))[3]
    assert {key: columns.get(key) for key in ONE_BY_ONE} == dict(zip(ONE_BY_ONE, "DEFGHI", strict=True))
    data = two_sides(DONE, ("PAGU", "TARGET", "REALISASI"), titles)
    columns = located(data)[3]
    assert (columns["target"], columns["anggaran"], columns["realisasi_anggaran"]) == ("D", "G", "I")
    assert read(Workbook.from_bytes(data, "m.xlsx"), *READABLE).matrix.strangers == {8: "TARGET"}


def test_one_realisasi_under_money_is_no_kinerja() -> None:
    columns = located(two_sides(("TARGET", "SATUAN"), SPENT_PART, ("KINERJA", "KEUANGAN")))[3]
    assert columns["realisasi_anggaran"] == "G" and "realisasi" not in columns


def test_realisasi_that_nothing_tells_apart_is_asked_with_every_map() -> None:
    data = two_sides(("TARGET", "ANGGARAN"), ("REALISASI", "REALISASI", "%"))
    with pytest.raises(MissingForm, match="lebih dari satu kolom") as failure:
        located(data)
    advice = "--map realisasi=F --map realisasi_anggaran=G"
    assert advice in failure.value.text.id and advice in failure.value.text.en
    for maps in (["realisasi=F", "realisasi_anggaran=G"], ["realisasi=F"]):
        columns = located(data, hints("", 0, maps))[3]
        assert (columns["realisasi"], columns["realisasi_anggaran"], columns["persen"]) == ("F", "G", "H")
    years = grouped(("TAHUN 2022", "TARGET", "REALISASI"), ("TAHUN 2023", "TARGET", "REALISASI", "ANGGARAN"))
    with pytest.raises(MissingForm, match=r"--map target=E --map realisasi=F\."):
        located(years)


def test_two_columns_that_fit_one_heading_are_asked_about() -> None:
    data = grouped(
        ("Target Renja Tahun 2022", "K", "Rp"), ("Target Renja Tahun 2023", "K", "Rp"), ("Realisasi", "K", "Rp")
    )
    with pytest.raises(MissingForm, match="lebih dari satu kolom") as failure:
        located(data)
    assert "2022" in failure.value.text.id and "2023" in failure.value.text.id
    columns = located(data, hints("", 0, ["target=E", "anggaran=F"]))[3]
    assert (columns["target"], columns["anggaran"], columns["realisasi"]) == ("E", "F", "G")


def test_a_quarter_to_date_is_no_quarter() -> None:
    quarters = [(f"Realisasi s/d Triwulan {roman}", "K", "Rp") for roman in ("I", "II", "III")]
    columns = located(
        grouped(("Target", "K", "Rp"), *quarters, ("Jumlah Realisasi", "K", "Rp")),
        hints("", 0, ["realisasi=K", "realisasi_anggaran=L"]),
    )[3]
    assert not {"tw1", "tw2", "tw3", "rp_tw1"} & set(columns)


def test_money_first_has_its_own_percentages() -> None:
    data = flat("No", "Uraian", "Indikator", "Anggaran", "Realisasi Anggaran", "%", "Target", "Realisasi", "%")
    columns = located(data)[3]
    assert (columns["persen"], columns["capaian"]) == ("F", "I")


def test_what_was_done_is_not_taken_for_what_was_spent() -> None:
    # "Program" alone heads no matrix of performance; as money alone, Realisasi would be rupiah.
    with pytest.raises(MissingForm):
        located(flat("No", "Program", "Indikator", "Target", "Realisasi", "Anggaran", "Realisasi Anggaran"))
    with pytest.raises(MissingForm, match="PROGRAM"):
        located(flat("No", "Nama Pekerjaan", "Indikator", "Target", "Realisasi", "Anggaran", "Realisasi Anggaran"))


def test_a_map_changes_nothing_else() -> None:
    data = two_years("Matriks 2024", "Catatan")
    asked = hints("Matriks 2024", 0, ["anggaran=E"])
    plain, mapped = (tasks.examine(data, hints=each).document.matrix for each in (None, asked))
    assert [row.number for row in mapped.rows] == [row.number for row in plain.rows] == [5]
    assert mapped.layout.columns == plain.layout.columns


def test_a_text_with_digits_is_no_certain_error(tmp_path: Path) -> None:
    """Excel reads ``'54000000`` in a product by its locale: what comes of it is unknown here, not #VALUE!."""
    book = OpenpyxlWorkbook()
    sheet = book.active
    sheet.append(["Kode", "Uraian", "Indikator", "Target", "Realisasi", "Anggaran", "Realisasi Anggaran", "%"])
    sheet.append(["1.06.01", "PROGRAM", "Orang", 2, 2, "54000000", 1000, "=G2/F2*100"])
    path = tmp_path / "kantor.xlsx"
    book.save(path)
    done = tasks.fill(path)
    assert not [f for f in done.report.findings if f.code == "IS08"]
    assert Workbook.from_bytes(done.path.read_bytes(), "m.xlsx").sheet("Sheet").cell("H2").value is None


# -- wherever it stands ---------------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(down=st.integers(0, 20), right=st.integers(0, 40), hidden=st.booleans(), spread=st.booleans())
def test_any_placement_gives_the_same_table(down: int, right: int, hidden: bool, spread: bool) -> None:
    """Rows above, columns before, groups merged or written over their first column only, hidden rows and columns."""
    data = to_date_form()
    home = read(Workbook.from_bytes(data, "m.xlsx"), *READABLE).matrix
    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    if not spread:
        for area in ("D1:F1", "G1:I1", "J1:K1", "L1:L2"):
            sheet.merge_cells(area)
    merged = [str(area) for area in sheet.merged_cells.ranges]
    for area in merged:
        sheet.unmerge_cells(area)
    sheet.move_range("A1:L3", rows=down, cols=right)
    for area in merged:
        sheet.merge_cells(_moved(area, down, right))
    if hidden:
        sheet.row_dimensions[down + 2].hidden = True
        sheet.column_dimensions[letters(right + 5)].hidden = True
    out = io.BytesIO()
    book.save(out)
    moved = read(Workbook.from_bytes(out.getvalue(), "m.xlsx"), *READABLE).matrix
    assert {k: c - right for k, c in moved.layout.columns.items()} == dict(home.layout.columns)
    assert [(row.number - down, row.level, row.name) for row in moved.rows] == [
        (r.number, r.level, r.name) for r in home.rows
    ]


def _moved(area: str, down: int, right: int) -> str:
    from lakip_xl.cells import Area

    there = Area.parse(area)
    return str(Area(there.top + down, there.left + right, there.bottom + down, there.right + right))
