"""Correct workbooks, drawn at random for every period, give neither an error nor a warning."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefiles import Case, Grid, workbook
from lakip_xl import tasks
from lakip_xl.findings import Severity
from lakip_xl.form.edition_2023 import PERIODS
from lakip_xl.numbers import say_number
from lakip_xl.rules.catalogue import render

KEYS = [
    "kode",
    "uraian",
    "indikator",
    "satuan",
    "target",
    "realisasi",
    "capaian",
    "anggaran",
    "realisasi_anggaran",
    "persen",
    "status",
]


def said(number: float) -> str:
    return say_number(number, "id")


@st.composite
def correct(draw: st.DrawFn) -> Case:
    """A matrix as it should be: codes in order, sums typed or left to fill, percentages rounded as printed."""
    period = draw(st.sampled_from(PERIODS))
    rows: Grid = [KEYS]
    total_pagu = total_spent = 0
    typed = draw(st.booleans())
    for program in range(1, draw(st.integers(1, 3)) + 1):
        below: Grid = []
        pagu_program = spent_program = 0
        for kegiatan in range(1, draw(st.integers(1, 3)) + 1):
            leaves: Grid = []
            pagu_kegiatan = spent_kegiatan = 0
            for sub in range(1, draw(st.integers(1, 4)) + 1):
                code = f"1.06.0{program}.2.0{kegiatan}.{sub:04d}"
                if draw(st.integers(0, 9)) == 0:  # a row that was zeroed, or that never had anything
                    figures = (
                        ["12", "0", "", "0", "0", "", "dinolkan"]
                        if draw(st.booleans())
                        else ["0", "0", "", "0", "0", "", ""]
                    )
                    leaves.append([code, f"Sub {code}", "Jumlah", "Dokumen", *figures])
                    continue
                pagu = draw(st.integers(100_000, 3_000_000_000))
                spent = pagu - draw(st.integers(0, pagu // 200))  # at most half a percent is left
                target = draw(st.integers(1, 10_000))
                done = target if target < 20 else target - draw(st.integers(0, target // 20))
                pagu_kegiatan, spent_kegiatan = pagu_kegiatan + pagu, spent_kegiatan + spent
                capaian = said(round(done * 100 / target + 1e-9, 2)) if draw(st.booleans()) else ""
                persen = said(round(spent * 100 / pagu + 1e-9, 2)) if draw(st.booleans()) else ""
                leaves.append(
                    [
                        code,
                        f"Sub {code}",
                        "Jumlah",
                        "Dokumen",
                        said(target),
                        said(done),
                        capaian,
                        said(pagu),
                        said(spent),
                        persen,
                        "",
                    ]
                )
                if draw(st.integers(0, 4)) == 0:
                    leaves.append(["", "", "Nilai", "Nilai", "80", "79", "", "", "", "", ""])
            code = f"1.06.0{program}.2.0{kegiatan}"
            sums = [said(pagu_kegiatan), said(spent_kegiatan)] if typed else ["", ""]
            below += [[code, f"Kegiatan {code}", "", "", "", "", "", *sums, "", ""], *leaves]
            pagu_program, spent_program = pagu_program + pagu_kegiatan, spent_program + spent_kegiatan
        sums = [said(pagu_program), said(spent_program)] if typed else ["", ""]
        rows += [
            [f"1.06.0{program}", f"PROGRAM {program}", "Persentase", "%", "90", "90", "100", *sums, "", ""],
            *below,
        ]
        total_pagu, total_spent = total_pagu + pagu_program, total_spent + spent_program
    sums = [said(total_pagu), said(total_spent)] if typed else ["", ""]
    rows.append(["", "JUMLAH", "", "", "", "", "", *sums, "", ""])
    belanja = [
        ["kode", "uraian", "anggaran", "realisasi_anggaran"],
        ["5.1.02", "Belanja", said(total_pagu), said(total_spent)],
    ]
    return Case("correct", {"periode": period}, {"Matriks": rows, "Belanja": belanja})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(correct())
def test_a_correct_workbook_alarms_nobody(case: Case) -> None:
    findings = tasks.examine(workbook(case)).findings
    alarms = [(str(f.cell), f.code, render(f).message) for f in findings if f.severity is not Severity.INFO]
    assert not alarms
