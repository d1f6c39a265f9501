"""A recap over many generated workbooks: totals, speed, memory, and what 25,000 workbooks would take.

    python benchmarks/recap.py [--many 1000] [--cluster] [--folder FOLDER]

Makes the workbooks (40 to 300 rows, one in fifty broken, each in another way), then runs each recap in a process of its own: a tenth of
them on one worker, all on one and on two, with --cluster all on a Dask cluster of two processes on this machine; and validates the
tenth one after the other in one process. Exit status 1 where a bound is missed. Needs the test extra; --cluster the extra of that name.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (40, 55, 70, 90, 120, 160, 200, 250, 300, 60)
TRAITS = (
    "continuations",
    "long",
    "formulas",
    "quarters",
    "same names",
    "lower is better",
    "typed results",
    "idle",
    "sen",
    "kategori",
)
EVERY = 50  # one in so many is broken
NATION = 25_000


def main() -> int:
    options = arguments()
    if options.run:
        folder, out, workers = options.run
        print(json.dumps(measured(Path(folder), Path(out), workers)))
        return 0
    if options.validate:
        print(json.dumps(validated(Path(options.validate))))
        return 0
    with tempfile.TemporaryDirectory(prefix="lakip-xl-recap-") as made:
        home = Path(options.folder or made)
        expected = make(home / "semua", options.many)
        few = home / "sebagian"
        few.mkdir(exist_ok=True)
        for number in range(options.many // 10):
            name = f"{number:05}.xlsx"
            (few / name).write_bytes((home / "semua" / f"{number % 20:02}" / name).read_bytes())
        return report(home, expected, options.many, options.cluster)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Times a recap over many workbooks.")
    parser.add_argument("--many", type=int, default=1000, help="how many workbooks (default: 1000)")
    parser.add_argument("--cluster", action="store_true", help="run it on a Dask cluster of this machine too")
    parser.add_argument(
        "--folder", type=Path, help="where the workbooks are made and kept (default: a folder that goes again)"
    )
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--validate", help=argparse.SUPPRESS)
    return parser.parse_args()


# -- the workbooks ----------------------------------------------------------------------------------------------------------------


def one(number: int) -> tuple[bytes, str, str, int]:
    """A sound workbook, its pagu and realisasi as it was drawn, and its rows."""
    sys.path[:0] = [str(ROOT / "tests")]
    from correct import correct

    random = Random(number)
    office = correct(300_000 + number, "Akhir tahun", SIZES[number % len(SIZES)], frozenset(random.sample(TRAITS, 4)))
    office.identity["perangkat_daerah"] = f"Perangkat Daerah {number:05}"
    grid = office.matrix
    outside = ("dinolkan", "nihil")
    leaves = [line for line in grid.lines if line.level == "sub kegiatan" and line.cells.get("status") not in outside]

    def total(key: str) -> Decimal:
        return sum((Decimal(str(office.number(grid, line, key))) for line in leaves), Decimal(0))

    pagu, spent = total("anggaran"), total("realisasi_anggaran")
    return office.to_bytes(), str(pagu), str(spent), len(grid.lines)


def harmed(data: bytes, number: int) -> bytes:
    """A workbook broken in one of ten ways."""
    middle = len(data) // 2
    return (
        data[:middle],
        b"",
        b"Perangkat Daerah;Anggaran\nDinas;1000\n",
        b"<html><body>masuk dahulu</body></html>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        data[:500] + bytes(reversed(data[500:4000])) + data[4000:],
        data[: -len(data) // 10],
        b"%PDF-1.7 laporan",
        data.replace(b"xl/workbook.xml", b"xl/workbook.xmk"),
        b"PK\x03\x04" + bytes(2000),
    )[number % 10]


def make(folder: Path, many: int) -> dict[str, Any]:
    """Makes the workbooks, and tells what they come to; one that is broken has no figures."""
    told = folder / "seharusnya.json"
    if told.exists():
        return json.loads(told.read_text())  # type: ignore[no-any-return]
    expected: dict[str, Any] = {"pagu": "0", "spent": "0", "broken": [], "rows": []}
    pagu = spent = Decimal(0)
    with ProcessPoolExecutor() as pool:
        for number, (data, budget, used, rows) in enumerate(pool.map(one, range(many), chunksize=10)):
            path = folder / f"{number % 20:02}" / f"{number:05}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            if number % EVERY == EVERY - 1:
                data = harmed(data, number // EVERY)
                expected["broken"].append(path.relative_to(folder).as_posix())
            else:
                pagu, spent = pagu + Decimal(budget), spent + Decimal(used)
                expected["rows"].append(rows)
            path.write_bytes(data)
    expected |= {"pagu": str(pagu), "spent": str(spent)}
    told.write_text(json.dumps(expected))
    return expected


# -- what is measured -------------------------------------------------------------------------------------------------------------


def measured(folder: Path, out: Path, workers: str) -> dict[str, Any]:
    """One recap in this process."""
    from lakip_xl import tasks

    start = time.perf_counter()
    if workers == "dask":
        from distributed import LocalCluster

        with LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, worker_dashboard_address=None
        ) as cluster:
            start = time.perf_counter()
            done = tasks.recap(folder, out, scheduler=cluster.scheduler_address, force=True)
            taken = time.perf_counter() - start
    else:
        done = tasks.recap(folder, out, workers=int(workers), force=True)
        taken = time.perf_counter() - start
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    counted = done.recap.taken
    return {
        "seconds": taken, "peak": own.ru_maxrss / 1024, "own": own.ru_utime + own.ru_stime, "others": others.ru_utime + others.ru_stime,
        "largest": others.ru_maxrss / 1024, "pagu": str(sum((t.anggaran or Decimal(0) for t in counted), Decimal(0))),
        "spent": str(sum((t.realisasi or Decimal(0) for t in counted), Decimal(0))), "counted": len(counted),
        "broken": [each.name for each in done.recap.apart], "findings": sum(t.errors + t.open + t.explained + t.told for t in counted),
        "size": out.stat().st_size, "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
    }  # fmt: skip


def validated(folder: Path) -> dict[str, Any]:
    """``validate`` of each workbook of a folder that can be read, in this process, as a worker is set up; without what it loads first."""
    from lakip_xl import tasks
    from lakip_xl.errors import LakipError
    from lakip_xl.tasks.workers import prepare

    prepare()
    paths = sorted(folder.glob("*.xlsx"))
    tasks.validate(paths[0])
    clock, cpu = time.perf_counter(), time.process_time()
    for path in paths:
        try:
            tasks.validate(path)
        except LakipError:
            continue
    return {"seconds": time.perf_counter() - clock, "own": time.process_time() - cpu, "many": len(paths)}


def child(*args: str | Path) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).resolve()), *map(str, args)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # type: ignore[no-any-return]


def report(home: Path, expected: dict[str, Any], many: int, cluster: bool) -> int:
    """Runs everything, prints what came out, and says whether a bound was missed."""
    everything, few = home / "semua", home / "sebagian"
    rows, part = expected["rows"], many // 10
    print(
        f"{many} workbooks of {min(rows)} to {max(rows)} rows, {sum(rows)} in all; {len(expected['broken'])} broken\n"
    )
    alone = child("--validate", few)
    print(
        "| run | wall | CPU of workers | CPU of parent | peak of parent | largest worker |\n|---|---|---|---|---|---|"
    )
    runs = {"few": child("--run", few, home / "few.xlsx", "1")}
    line(f"{part} workbooks, 1 worker", runs["few"])
    wanted = [("one", "1 worker", "1"), ("two", "2 workers", "2")]
    wanted += [("dask", "Dask, 2 processes", "dask")] if cluster else []
    for key, name, workers in wanted:
        runs[key] = child("--run", everything, home / f"{key}.xlsx", workers)
        line(f"{many} workbooks, {name}", runs[key])
    one, two = runs["one"], runs["two"]
    # What grows with the number of workbooks, without what a worker loads first.
    each = (cpu(one) - cpu(runs["few"])) / (many - part)
    validating = alone["own"] / alone["many"]
    print(f"\nCPU for a workbook: validate {validating:.3f} s, recap {each:.3f} s\n")
    sums = two["pagu"] == expected["pagu"] and two["spent"] == expected["spent"]
    named = len(set(two["broken"]) & set(expected["broken"])) / max(1, len(expected["broken"]))
    checks: list[tuple[str, float, str, float]] = [
        ("every sound workbook in the totals, to the rupiah", sums, ">=", 1),
        ("broken workbooks that are named, of all", named, ">=", 1),
        ("the same bytes with 1 and 2 workers", one["sha256"] == two["sha256"], ">=", 1),
        ("peak of the parent, MiB", max(one["peak"], two["peak"]), "<=", 400),
        ("2 workers, times as fast as 1", one["seconds"] / two["seconds"], ">=", 1.7),
        (f"{many} workbooks, times {part}", one["seconds"] / runs["few"]["seconds"], "<=", 12),
        ("recap, times validate, for a workbook", each / validating, "<=", 1.5),
    ]
    checks += (
        [("the same bytes on the Dask cluster", runs["dask"]["sha256"] == two["sha256"], ">=", 1)] if cluster else []
    )
    print("| | measured | bound | |\n|---|---|---|---|")
    missed = 0
    for name, value, sign, bound in checks:
        kept = value >= bound if sign == ">=" else value <= bound
        missed += not kept
        print(f"| {name} | {value:.2f} | {sign} {bound} | {'kept' if kept else 'MISSED'} |")
    scale(runs, many, each)
    return int(missed > 0)


def cpu(run: dict[str, Any]) -> float:
    """Seconds of CPU of a whole run."""
    return float(run["own"] + run["others"])


def line(name: str, run: dict[str, Any]) -> None:
    seconds = " | ".join(f"{run[key]:.1f} s" for key in ("seconds", "others", "own"))
    print(f"| {name} | {seconds} | {run['peak']:.0f} MiB | {run['largest']:.0f} MiB |", flush=True)


def scale(runs: dict[str, dict[str, Any]], many: int, each: float) -> None:
    """What 25,000 workbooks would take: the work of the workers, which is spread, and that of the parent, which is not."""
    one, few = runs["one"], runs["few"]
    more = many - many // 10
    parent = (one["own"] - few["own"]) / more
    worker = each - parent
    peak = one["peak"] + (one["peak"] - few["peak"]) / more * (NATION - many)
    size = one["size"] * NATION / many / 2**20
    print(
        f"\nFor {NATION:,} workbooks: {worker * NATION / 60:.0f} min of CPU in workers, {parent * NATION / 60:.1f} min in the parent,"
    )
    print(
        f"whose peak is about {peak:.0f} MiB; {one['findings'] * NATION // many:,} findings; a file of {size:.0f} MiB."
    )
    print("\n| workers | wall |\n|---|---|")
    for workers in (1, 2, 4, 16, 64):
        print(f"| {workers} | {max(worker / workers, parent) * NATION / 60:.0f} min |")


if __name__ == "__main__":
    raise SystemExit(main())
