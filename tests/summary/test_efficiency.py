"""Efisiensi by both methods: the figures of the report, what is left out, and that the sheet and the function say the same."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import ironcalc
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lakip_xl import tasks
from lakip_xl.cells import Value
from lakip_xl.form.efficiency import FIELDS, REGULATION, SIMPLE
from lakip_xl.rules.efficiency import Efficiency, efficiency, is_pay
from lakip_xl.rules.overall import seen_number
from lakip_xl.table.model import Entry, Row
from workbooks import matrices, typed_in

Make = Callable[..., Any]
Entries = dict[str, Value]
PROGRAM: Entries = {
    "kode": "1.06.01",
    "uraian": "PROGRAM SATU",
    "indikator": "Persen",
    "target": 50.0,
    "realisasi": 60.0,
}
KEGIATAN: Entries = {"kode": "1.06.01.2.01", "uraian": "Kegiatan"}
PAY_GROUP: Entries = {"kode": "1.06.01.2.02", "uraian": "Administrasi Keuangan"}


def leaf(code: str, target: Value, realisasi: Value, anggaran: Value, spent: Value, **more: Value) -> Entries:
    return {
        "kode": code, "uraian": f"Sub kegiatan {code}", "indikator": "Jumlah", "satuan": "Dokumen", "target": target,
        "realisasi": realisasi,        "anggaran": anggaran, "realisasi_anggaran": spent, **more,
    }  # fmt: skip


ROWS = [
    PROGRAM,
    KEGIATAN,
    leaf("1.06.01.2.01.0001", 10.0, 10.0, 1000.0, 900.0),
    leaf("1.06.01.2.01.0002", 10.0, 5.0, 1000.0, 400.0),
    leaf("1.06.01.2.01.0003", 10.0, 13.0, 1000.0, 1000.0),
    PAY_GROUP,
    leaf("1.06.01.2.02.0001", 30.0, 30.0, 8000.0, 6000.0, uraian="Penyediaan Gaji dan Tunjangan ASN"),
]


def exact(made: Any) -> Efficiency:
    found = efficiency(made.document, made.findings)
    assert found is not None
    return found


def live(made: Any) -> dict[str, list[Value]]:
    """The block as it is shown: the headline, two rows of each method."""
    head = made.row("EFISIENSI", 1)
    simple, regulated = made.row(SIMPLE.upper()) + 1, made.row(REGULATION) + 1
    return {
        "title": made.values(head - 1, (1,)),
        "head": made.values(head, (3, 4)),
        "simple": made.values(simple, range(3, 9)),
        "simple without": made.values(simple + 1, range(3, 9)),
        "regulated": made.values(regulated, range(3, 12)),
        "regulated without": made.values(regulated + 1, range(3, 12)),
    }


def figures(found: Efficiency) -> dict[str, list[Decimal | int | None]]:
    """The same from the function."""
    shown: dict[str, list[Decimal | int | None]] = {}
    for name, simple in (("simple", found.simple), ("simple without", found.simple_without_pay)):
        sisa = None if simple.anggaran is None or simple.realisasi is None else simple.anggaran - simple.realisasi
        shown[name] = [simple.anggaran, simple.realisasi, sisa, simple.serapan, simple.capaian, simple.points]
    for name, part in (("regulated", found.regulated), ("regulated without", found.regulated_without_pay)):
        assert part is not None
        shown[name] = [part.worth, part.spent, part.worth - part.spent, part.rate, part.limited, part.value, part.counted,
                       part.unresolved, part.incomplete]  # fmt: skip
    return shown


def same(sheet: Mapping[str, list[Value]], function: Mapping[str, list[Any]]) -> None:
    for name, wanted in function.items():
        for shown, value in zip(sheet[name], wanted, strict=True):
            if value is None:
                assert shown in (None, "-"), name
            else:
                assert shown == pytest.approx(float(value), rel=1e-9, abs=1e-9), name


def with_settings(source: bytes, *, remark: str = "", **given: Value) -> bytes:
    """The workbook with settings added by their labels, as the user of an older edition would, and gaji explained."""
    book = load_workbook(io.BytesIO(source))
    sheet = book["Pengaturan"]
    for number, field in enumerate((field for field in FIELDS if field.key in given), start=sheet.max_row + 2):
        sheet.cell(number, 1).value, sheet.cell(number, 2).value = field.label, given[field.key]
    if remark:
        matrix = book["Matriks"]
        (row,) = (cell.row for cell in matrix["B"] if cell.value == "1.06.01.2.02.0001")
        (column,) = (cell.column for cell in matrix[5] if cell.value == "KETERANGAN")
        matrix.cell(row, column).value = remark
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# -- the report -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cap", "rate", "without"), [("tidak ada", 92.55, 1.29), (120.0, 22.36, 1.29), (100.0, 8.85, 0.42)]
)
def test_the_reports_24_sub_kegiatan_by_each_cap(
    cap: Value, rate: float, without: float, example_source: bytes, summarise: Make
) -> None:
    source = with_settings(
        example_source, remark="Realisasi dihitung orang/bulan.", metode_efisiensi=REGULATION, batas_ck=cap
    )
    made = summarise(source)
    shown = live(made)
    limited = min(rate, 20)
    whole = [
        *(pytest.approx(value, abs=0.005) for value in (rate, limited)),
        pytest.approx(50 + 2.5 * limited, abs=0.02),
    ]
    # The 24th has no anggaran: it adds nothing to either sum.
    assert shown["regulated"][3:] == [*whole, 23.0, 0.0, 1.0]
    assert shown["regulated without"][3] == pytest.approx(without, abs=0.005)
    assert shown["head"][0] == pytest.approx(limited, abs=0.005)
    same(shown, figures(exact(made)))


def test_the_report_as_it_stands_leaves_out_the_row_whose_satuan_is_open(example: Any) -> None:
    shown = live(example)
    near = [pytest.approx(value, abs=0.005) for value in (354415684, 352909431, 1506253, 0.42, 0.42, 51.06)]
    assert shown["regulated"] == [*near, 22.0, 1.0, 1.0]
    assert shown["simple"][3:] == [pytest.approx(value, abs=0.005) for value in (91.02, 98.64, 7.62)]
    assert shown["simple without"][3:] == [pytest.approx(value, abs=0.005) for value in (98.50, 98.64, 0.14)]
    assert shown["head"] == [
        pytest.approx(7.62, abs=0.005),
        "poin: capaian dikurangi serapan (cara yang dipilih pada Pengaturan)",
    ]
    found = exact(example)
    assert (found.method, found.cap, found.final, found.basis, found.unit) == (SIMPLE, 100, True, "sasaran", "poin")
    same(shown, figures(found))
    texts = [str(cell.value) for cell in example.cells().values()]
    assert any(text.endswith("Gaji dan tunjangan belum terhitung pada PMK 22/2021.") for text in texts)


def test_a_workbook_of_the_older_edition_has_no_choice_and_shows_both(example: Any) -> None:
    assert "metode_efisiensi" not in example.document.settings.cells
    assert not [
        c for c in example.cells().values() if c.formula is not None and REGULATION in c.formula and "SUM" in c.formula
    ]


# -- the rules of the formula -----------------------------------------------------------------------------------------------------


def test_the_formula_with_and_without_gaji(summarise: Make) -> None:
    made = summarise(typed_in({"matriks": ROWS}))
    shown = live(made)
    # CK 100, 50 and 130, which counts as 100; gaji 100.
    assert shown["regulated without"] == [2500.0, 2300.0, 200.0, 8.0, 8.0, 70.0, 3.0, 0.0, 0.0]
    assert shown["regulated"] == [10500.0, 8300.0, 2200.0, pytest.approx(20.952, abs=0.001), 20.0, 100.0, 4.0, 0.0, 0.0]
    # No sasaran: the mean of the programs stands in.
    assert shown["simple"] == [
        11000.0,
        8300.0,
        2700.0,
        pytest.approx(75.4545, abs=0.001),
        120.0,
        pytest.approx(44.5454, abs=0.001),
    ]
    assert shown["simple without"][:3] == [3000.0, 2300.0, 700.0]
    assert exact(made).basis == "program"
    same(shown, figures(exact(made)))


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({"realisasi": None}, (3, 0, 1)),
        ({"target": 0.0}, (3, 0, 1)),
        ({"anggaran": None}, (3, 0, 1)),
        ({"anggaran": 0.0}, (3, 0, 1)),
        ({"anggaran": "97.548.000"}, (3, 0, 1)),
        ({"realisasi_anggaran": None}, (3, 0, 1)),
        ({"realisasi_anggaran": -5.0}, (3, 0, 1)),
        ({"realisasi": 140.0}, (3, 1, 0)),  # 14 times the target: satuan
        ({"status": "dinolkan"}, (3, 0, 0)),
        ({"realisasi": 0.0}, (4, 0, 0)),
    ],
)
def test_what_is_left_out_is_counted(change: Entries, counts: tuple[int, int, int], summarise: Make) -> None:
    rows = [*ROWS[:3], {**ROWS[3], **change}, *ROWS[4:]]
    made = summarise(typed_in({"matriks": rows}))
    part = exact(made).regulated
    assert part is not None
    assert (part.counted, part.unresolved, part.incomplete) == counts
    same(live(made), figures(exact(made)))


def test_an_explained_satuan_counts_again(summarise: Make) -> None:
    rows = [*ROWS[:3], {**ROWS[3], "realisasi": 140.0, "keterangan": "Permintaan warga meningkat tajam."}, *ROWS[4:]]
    part = exact(summarise(typed_in({"matriks": rows}))).regulated
    assert part is not None
    assert (part.counted, part.unresolved) == (4, 0)


def test_several_indicators_count_as_their_mean_each_capped(summarise: Make) -> None:
    second: Entries = {"indikator": "Indikator kedua", "satuan": "Dokumen", "target": 10.0, "realisasi": 5.0}
    made = summarise(
        typed_in({"matriks": [PROGRAM, KEGIATAN, leaf("1.06.01.2.01.0001", 10.0, 13.0, 1000.0, 700.0), second]})
    )
    part = exact(made).regulated
    assert part is not None
    assert (part.worth, part.rate) == (750, Decimal(5000) / 750)
    same(live(made), figures(exact(made)))


def test_less_than_nothing_was_not_achieved(summarise: Make) -> None:
    fell = {"arah": "Makin rendah makin baik", "realisasi": 25.0}
    made = summarise(typed_in({"matriks": [PROGRAM, KEGIATAN, {**ROWS[2], **fell}, ROWS[3]]}))
    part = exact(made).regulated
    assert part is not None
    assert (part.worth, part.spent, part.limited, part.value) == (500, 1300, -20, 0)
    same(live(made), figures(exact(made)))


def test_a_matrix_without_any_achievement_gives_no_figure(summarise: Make) -> None:
    made = summarise(typed_in({"matriks": [PROGRAM, KEGIATAN, leaf("1.06.01.2.01.0001", 10.0, 0.0, 1000.0, 900.0)]}))
    assert live(made)["regulated"][3:6] == ["-", "-", "-"]
    found = exact(made)
    assert found.regulated is not None
    assert (found.regulated.rate, found.regulated.limited, found.regulated.value) == (None, None, None)
    same(live(made), figures(found))


@pytest.mark.parametrize(
    ("code", "name", "pay"),
    [
        ("1.06.01.2.02.0001", "Gaji", True),
        ("1.06.01.2.02.01", "", True),
        ("4.01.01.1.02.0001", "", True),
        ("X.XX.01.2.02.0001", "", True),
        ("1.06.05.2.02.0001", "Pendataan Fakir Miskin Cakupan Daerah", False),
        ("1.06.01.2.02.0002", "Penyediaan Administrasi Pelaksanaan Tugas ASN", False),
        ("", "PENYEDIAAN  GAJI DAN TUNJANGAN ASN", True),
        ("", "Penyusunan laporan gaji dan tunjangan", False),
    ],
)
def test_which_row_is_gaji(code: str, name: str, pay: bool) -> None:
    row = Row(7, {"kode": Entry(code, typed=code), "uraian": Entry(name, typed=name)})
    assert is_pay(row) is pay


# -- the choice -------------------------------------------------------------------------------------------------------------------


def test_the_chosen_method_is_printed_and_rules_the_programs(summarise: Make) -> None:
    made = summarise(typed_in({"matriks": ROWS}, metode_efisiensi=REGULATION, batas_ck=120.0))
    row = made.row("PROGRAM SATU")
    assert made.values(row - 1, (9,)) == ["EFISIENSI PMK (%)"]
    assert made.values(row, (9,)) == [20.0]
    assert live(made)["head"] == [20.0, "% (E dibatasi), menurut PMK 22/2021 (cara yang dipilih pada Pengaturan)"]
    assert live(made)["regulated without"][0] == 2700.0
    assert made.values(made.row("Rumus makin rendah makin baik", 1), (9,)) == [REGULATION]
    found = exact(made)
    assert (found.method, found.cap, found.chosen, found.unit) == (REGULATION, 120, 20, "%")
    simple = summarise(typed_in({"matriks": ROWS}))
    assert simple.values(row - 1, (9,)) == ["EFISIENSI (poin)"]
    assert simple.values(row, (9,)) == [pytest.approx(44.5454, abs=0.001)]


def test_choice_and_figures_follow_later_edits(summarise: Make, tmp_path: Any) -> None:
    made = summarise(typed_in({"matriks": ROWS}))
    path = tmp_path / "ketik.xlsx"
    path.write_bytes(made.file)
    model = ironcalc.load_from_xlsx(str(path))
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    sheet, row = names.index("Ringkasan"), made.row(REGULATION) + 2
    spent = made.document.matrix.cell(made.document.matrix.rows[3], "realisasi_anggaran")
    model.set_user_input(names.index(spent.sheet), spent.row, spent.column, "500")
    choice = made.document.settings.cells["metode_efisiensi"]
    model.set_user_input(names.index(choice.sheet), choice.row, choice.column, REGULATION)
    model.evaluate()
    assert model.get_cell_value(sheet, row, 6) == pytest.approx(4.0)
    assert model.get_cell_value(sheet, made.row("PROGRAM SATU") - 1, 9) == "EFISIENSI PMK (%)"


@pytest.mark.parametrize(("period", "words"), [("TW II", True), ("Maret", True), ("Akhir tahun", False)])
def test_before_the_end_of_the_year_it_is_sementara(period: str, words: bool, summarise: Make) -> None:
    made = summarise(typed_in({"matriks": ROWS}, {"periode": period}))
    shown = live(made)
    assert shown["title"] == ["5. Efisiensi (sementara)" if words else "5. Efisiensi"]
    assert ("sementara" in str(shown["head"][1])) is words
    assert exact(made).final is not words


def test_a_matrix_without_sub_kegiatan_says_so(summarise: Make) -> None:
    made = summarise(typed_in({}))
    assert "Belum ada sub kegiatan pada lembar Matriks." in {cell.value for cell in made.cells().values()}
    assert efficiency(made.document, made.findings) is None


def test_a_matrix_of_money_alone_still_has_the_simple_one(summarise: Make) -> None:
    book = load_workbook(io.BytesIO(typed_in({"matriks": ROWS})))
    sheet = book["Matriks"]
    for cell in sheet[5]:
        if cell.value in (
            "INDIKATOR",
            "TARGET KINERJA",
            "REALISASI KINERJA",
            "CAPAIAN (%)",
            "SATUAN",
            "ARAH",
            "HASIL PERIKSA",
        ):
            for row in range(5, sheet.max_row + 1):
                sheet.cell(row, cell.column).value = None
    file = io.BytesIO()
    book.save(file)
    made = summarise(file.getvalue())
    words = "Matriks ini tidak memuat kolom capaian; efisiensi menurut PMK 22/2021 tidak dapat dihitung."
    assert words in {cell.value for cell in made.cells().values()}
    found = exact(made)
    assert (found.regulated, found.chosen) == (None, None)
    assert made.values(made.row(SIMPLE.upper()) + 1, range(3, 9))[:3] == [11000.0, 8300.0, 2700.0]


# -- whatever an office typed -----------------------------------------------------------------------------------------------------

_PLAIN = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@given(
    matrix=matrices(most=3),
    given_settings=st.fixed_dictionaries(
        {
            "metode_efisiensi": st.sampled_from([SIMPLE, REGULATION, None, "lain"]),
            "batas_ck": st.sampled_from([100.0, 120.0, "tidak ada", None, "120"]),
            "batas_maksimum": st.sampled_from(["tidak ada", 100.0]),
        }
    ),
)
@_PLAIN
def test_the_sheet_shows_what_the_function_says(
    summarise: Make, matrix: list[Entries], given_settings: Entries
) -> None:
    made = summarise(typed_in({"matriks": matrix}, given_settings))
    found = efficiency(made.document, made.findings)
    if found is None:
        return
    same(live(made), figures(found))
    head = live(made)["head"][0]
    if found.chosen is None:
        assert head in (None, "-")
    else:
        assert head == pytest.approx(float(found.chosen), rel=1e-9, abs=1e-9)
    for part in (found.regulated, found.regulated_without_pay):
        assert part is not None
        assert part.limited is None or -20 <= part.limited <= 20
        assert part.value is None or 0 <= part.value <= 100


@given(matrix=matrices(strange=False, most=3), factor=st.sampled_from([2, 1000, 1_000_000]))
@_PLAIN
def test_a_thousand_rupiah_for_one_change_no_rate(matrix: list[Entries], factor: int) -> None:
    def larger(row: Entries) -> Entries:
        return {
            k: v * factor if k in ("anggaran", "realisasi_anggaran") and isinstance(v, float) else v
            for k, v in row.items()
        }

    one, other = (
        efficiency(tasks.examine(typed_in({"matriks": rows})).document, [])
        for rows in (matrix, [larger(row) for row in matrix])
    )
    assert (one is None) == (other is None)
    if one is None or other is None or one.regulated is None or other.regulated is None:
        return
    before, after = one.regulated, other.regulated
    assert (before.counted, before.incomplete) == (after.counted, after.incomplete)
    if (
        before.rate is not None and before.worth >= 1000
    ):  # sums are to the sen, so small ones are not exactly in proportion
        assert after.rate is not None
        assert float(after.rate) == pytest.approx(float(before.rate), abs=0.01, rel=1e-4)


def test_a_text_is_no_number_to_excel() -> None:
    row = Row(7, {"anggaran": Entry("97.548.000", typed=Decimal(97548000), as_text=True)})
    assert seen_number(row, "anggaran") is None
