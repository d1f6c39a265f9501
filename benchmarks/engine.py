"""Times the workbook engine against an expat pass over the same sheet, in one process and in turns; prints one JSON object.

    python benchmarks/engine.py 10000.xlsx 100000.xlsx [--rounds 9]

The pass unpacks the sheet part and collects (ref, type, value, formula) of every cell: the least that any reader does. Ours opens
the whole workbook; ``work`` also writes a formula with a style and a value into every row, grafts a summary with a chart, and
makes the verified bytes of the result.
"""

import argparse
import gc
import io
import json
import statistics
import time
from collections.abc import Callable

import xlsxwriter
from baselines import expat_pass

from lakip_xl.workbook import Style, Workbook

SHEET, FIRST, COLUMN = "Matriks", 7, 15
LOOK = Style(number_format="0.00", fill="FFF2CC")


def read(path: str) -> object:
    return Workbook.open(path).sheet(SHEET).cells


def work(path: str) -> bytes:
    book = Workbook.open(path)
    sheet = book.sheet(SHEET)
    for row in range(FIRST, sheet.max_row + 1):
        sheet.write((row, COLUMN), value=95.25, formula=f'IF(M{row}=0,"-",N{row}/M{row}*100)', style=LOOK)
    book.graft(SUMMARY, owned={"Ringkasan": "_lakip_ringkasan"})
    return book.to_bytes()


def summary() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Ringkasan")
        for row in range(20):
            sheet.write_formula(row, 0, f"=Matriks!M{FIRST + row}", book.add_format({"num_format": "#,##0"}), row)
        sheet.conditional_format("A1:A20", {"type": "data_bar", "data_bar_2010": True})
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Ringkasan!$A$1:$A$20"})
        sheet.insert_chart("C2", chart)
    return out.getvalue()


SUMMARY = summary()


def seconds(job: Callable[[str], object], path: str) -> float:
    gc.collect()
    start = time.perf_counter()
    job(path)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("small")
    parser.add_argument("large")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    for job in (expat_pass, read, work):
        job(options.small)
    rounds = [[seconds(job, options.small) for job in (expat_pass, read, work)] for _ in range(options.rounds)]
    large = [(seconds(work, options.large), seconds(work, options.small)) for _ in range(max(3, options.rounds // 3))]
    passes, reads, works = (statistics.median(times) for times in zip(*rounds, strict=True))
    larges, smalls = (statistics.median(times) for times in zip(*large, strict=True))
    print(json.dumps({
        "read": [reads, passes, statistics.median(r / p for p, r, _ in rounds)],
        "work": [works, passes, statistics.median(w / p for p, _, w in rounds)],
        "large": [larges, smalls, statistics.median(one / other for one, other in large)],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
