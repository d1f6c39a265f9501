"""From folder to file: the same bytes whoever reads, exit status, refusals, and nothing half-written when it is killed."""

from __future__ import annotations

import hashlib
import io
import os
import select
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import polars
import pytest
from click.testing import CliRunner, Result

import ledger_books
from lakip_xl import tasks
from lakip_xl.cli import main
from lakip_xl.cli.recapping import _Line
from lakip_xl.errors import LakipError
from lakip_xl.recap import long, settled
from lakip_xl.tasks import recapping, workers
from lakip_xl.tasks.recapping import Piece
from received import broken, sound, taken


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], prog_name="lakip-xl")


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no test changes: seven sound workbooks and the broken ones."""
    home = tmp_path_factory.mktemp("kiriman")
    sound(home, 7)
    broken(home)
    return home


@pytest.mark.slow
def test_the_result_is_the_same_for_any_number_of_workers(kept: Path, tmp_path: Path) -> None:
    before = digests(kept)
    results = []
    for some in (1, 2, 3):
        done = run("recap", kept, "-o", tmp_path / f"{some}.xlsx", "--workers", some)
        assert done.exit_code == 1, done.output
        results.append((tmp_path / f"{some}.xlsx").read_bytes())
    assert len(set(results)) == 1
    assert digests(kept) == before


def test_one_process_gives_what_many_do(kept: Path, tmp_path: Path, here: None) -> None:
    first, second = (tasks.recap(kept, tmp_path / f"{n}.xlsx").path.read_bytes() for n in range(2))
    assert first == second
    assert run("rekap", kept, "-o", tmp_path / "0.xlsx").exit_code == 1


def test_exit_status_0_where_all_is_well(tmp_path: Path, here: None) -> None:
    home = tmp_path / "kiriman"
    home.mkdir()
    sound(home, 2)
    done = run("recap", home, "-o", tmp_path / "rekap.xlsx")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Perangkat Daerah: 2 sudah mengajukan\n" in done.output
    english = run("--lang", "en", "recap", home, "-o", tmp_path / "rekap.xlsx")
    assert "Offices: 2 handed in\n" in english.output
    (tmp_path / "opd.csv").write_bytes(
        ledger_books.text([["OPD"], ["Dinas Contoh 00"], ["Dinas Contoh 01"], ["Dinas Lain"]])
    )
    missing = run("recap", home, "-o", tmp_path / "rekap.xlsx", "--list", tmp_path / "opd.csv")
    assert missing.exit_code == 1
    assert "Belum mengajukan: 1\n  Dinas Lain" in missing.output


def test_a_broken_workbook_stops_nobody_and_is_named(kept: Path, tmp_path: Path, here: None) -> None:
    done = run("recap", kept, "-o", tmp_path / "rekap.xlsx")
    assert done.exit_code == 1
    assert "7 sudah" in done.output
    for name in broken(kept):
        assert f"{name}: " in done.output
    assert not any(f"{name}: {name}" in done.output for name in broken(kept))


def test_what_cannot_be_done_is_one_sentence_and_nothing_is_written(kept: Path, tmp_path: Path, here: None) -> None:
    (tmp_path / "kosong").mkdir()
    (tmp_path / "ada.xlsx").write_bytes(b"punya orang lain")
    (tmp_path / "opd.csv").write_bytes(b"Alamat\nJalan\n")
    before = digests(tmp_path)
    for args, said in (
        ((tmp_path / "tidak ada", "-o", tmp_path / "r.xlsx"), "bukan folder"),
        ((tmp_path / "kosong", "-o", tmp_path / "r.xlsx"), "tidak ada buku kerja"),
        ((kept, "-o", tmp_path / "r.csv"), ".xlsx"),
        ((kept, "-o", tmp_path / "r.xlsx", "--format", "parquet"), ".parquet"),
        ((kept, "-o", tmp_path / "ada.xlsx"), "sudah ada"),
        ((kept, "-o", tmp_path / "tidak ada" / "r.xlsx"), "tidak ada"),
        ((kept, "-o", tmp_path / "r.xlsx", "--list", tmp_path / "opd.csv"), "NAMA OPD"),
        ((kept, "-o", tmp_path / "r.xlsx", "--ledger", tmp_path / "opd.csv"), "opd.csv"),
    ):
        done = run("recap", *args)
        assert done.exit_code == 2, done.output
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
    assert digests(tmp_path) == before


def test_force_replaces_after_a_backup(kept: Path, tmp_path: Path, here: None) -> None:
    (tmp_path / "ada.xlsx").write_bytes(b"punya orang lain")
    assert run("recap", kept, "-o", tmp_path / "ada.xlsx", "--force").exit_code == 1
    assert (tmp_path / "ada.cadangan-1.xlsx").read_bytes() == b"punya orang lain"


def test_a_workbook_of_the_folder_is_not_replaced_even_with_force(tmp_path: Path, here: None) -> None:
    home = tmp_path / "kiriman"
    home.mkdir()
    sound(home, 2)
    before = digests(home)
    done = run("recap", home, "-o", home / "Dinas" / ".." / "opd 00 #1.xlsx", "--force")
    assert done.exit_code == 2
    assert "mungkin buku kerja seseorang" in done.stderr
    assert digests(home) == before


def test_progress_speaks_of_each_workbook(kept: Path, tmp_path: Path, here: None) -> None:
    told: list[tuple[int, int, str]] = []
    tasks.recap(kept, tmp_path / "r.xlsx", progress=lambda *args: told.append(args))
    assert [number for number, _, _ in told] == list(range(1, 13))
    assert {many for _, many, _ in told} == {12}


def test_the_line_of_progress_is_for_a_terminal_alone(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("id", "Membaca 1/3, kira-kira"), ("en", "Reading 1/3, about")):
        line = _Line(language)
        line(1, 3, "opd.xlsx")
        line(3, 3, "akhir.xlsx")
        told = capsys.readouterr()
        assert told.out == ""
        assert word in told.err
        assert told.err.endswith("\r")


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_what_fails_halfway_leaves_nothing(
    kept: Path, tmp_path: Path, here: None, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def settle(*_: object) -> None:
        raise LakipError("berhenti", "stopped")

    monkeypatch.setattr(settled, "settle", settle)
    done = run("recap", kept, "-o", tmp_path / f"r.{form}", "--format", form)
    assert (done.exit_code, done.stderr) == (2, "Gagal: berhenti\n")
    assert list(tmp_path.iterdir()) == []


# -- bundles ----------------------------------------------------------------------------------------------------------------------


def test_a_sealed_bundle_counts_and_a_tampered_one_is_named(tmp_path: Path, here: None) -> None:
    home = tmp_path / "kiriman"
    home.mkdir()
    sound(home, 2)
    first, second = sorted(home.rglob("opd*.xlsx"), key=lambda path: path.name)
    for path in (first, second):
        assert tasks.submit(path, path.with_suffix(".zip")).path is not None
    (home / "arsip.zip").write_bytes(zipped({"foto.jpg": b"x"}))
    with zipfile.ZipFile(second.with_suffix(".zip")) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        (home / "laporan.xlsx").write_bytes(parts["laporan.xlsx"])
    parts[f"{second.stem}.xlsx"] = first.read_bytes()
    second.with_suffix(".zip").write_bytes(zipped(parts))
    second.unlink()
    done = tasks.recap(home, tmp_path / "r.xlsx").recap
    assert [(each.name, each.sealed) for each in done.taken] == [("opd 00 #1.zip", True)]
    assert taken(first).anggaran == done.taken[0].anggaran
    assert [(each.name, "tidak utuh" in each.reason.id) for each in done.apart] == [("Dinas/opd 01 #1.zip", True)]
    assert {each.name: each.reason.id for each in done.passed} == {
        "arsip.zip": recapping.NO_BUNDLE.id,
        "laporan.xlsx": recapping.OURS.id,
        "opd 00 #1.xlsx": "angkanya sama dengan opd 00 #1.zip",
    }


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# -- the long table ---------------------------------------------------------------------------------------------------------------


def test_the_long_table_has_each_cell_once_and_no_part_shows(
    kept: Path, tmp_path: Path, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.recap(kept, tmp_path / "satu.parquet", form="parquet")
    monkeypatch.setattr(long, "PART", 97)
    tasks.recap(kept, tmp_path / "banyak.parquet", form="parquet")
    one, many = (polars.read_parquet(tmp_path / name) for name in ("satu.parquet", "banyak.parquet"))
    assert one.equals(many)
    assert one.columns == list(long.COLUMNS)
    assert not one.select("berkas", "tabel", "baris", "kolom").is_duplicated().any()
    sums = one.filter(
        (polars.col("tabel") == "matriks") & (polars.col("tingkat") == "program") & (polars.col("kolom") == "anggaran")
    )
    books = [taken(path) for path in kept.rglob("opd*.xlsx")]
    assert sums["angka"].sum() == sum(each.anggaran or 0 for each in books)
    again = tasks.recap(kept, tmp_path / "lagi.parquet", form="parquet").path.read_bytes()
    assert again == (tmp_path / "banyak.parquet").read_bytes()


# -- workers ----------------------------------------------------------------------------------------------------------------------


def doubled(number: int) -> int:
    """What a worker does in these tests; 13 takes its process down."""
    if number == 13:
        os._exit(9)
    return 2 * number


@pytest.mark.slow
def test_a_piece_that_takes_its_process_down_is_named_and_the_others_are_done() -> None:
    work = [1, 2, 13, 4, 13, *range(20, 40)]
    found = list(workers.spread(doubled, work, 2, lambda piece: -piece))
    assert found == [-each if each == 13 else 2 * each for each in work]


def test_a_workbook_that_ends_its_process_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "kiriman"
    home.mkdir()
    sound(home, 2)

    def spread(do: Any, work: Sequence[Piece], _workers: int, crashed: Any) -> Iterator[Any]:
        return (crashed(piece) if number else do(piece) for number, piece in enumerate(work))

    monkeypatch.setattr(workers, "spread", spread)
    done = tasks.recap(home, tmp_path / "r.xlsx")
    assert [each.name for each in done.recap.apart] == ["opd 00 #1.xlsx"]
    assert "memori" in done.recap.apart[0].reason.id


def children(pid: int) -> set[int]:
    """The processes that a process started, and theirs."""
    try:
        own = {int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except OSError:
        return set()
    return own.union(*map(children, own))


def gone(pid: int, seconds: float) -> bool:
    """Whether a process ends within some seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    waiting = select.poll()
    waiting.register(handle, select.POLLIN)
    ended = bool(waiting.poll(int(seconds * 1000)))
    os.close(handle)
    return ended


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="this system tells nobody that a process ended")
def test_killed_at_any_moment_it_leaves_no_half_output_and_no_harmed_input(kept: Path, tmp_path: Path) -> None:
    out, before = tmp_path / "rekap.xlsx", digests(kept)
    command = [sys.executable, "-m", "lakip_xl", "recap", str(kept), "-o", str(out), "--workers", "2"]
    for seconds in (0.2, 0.9, 1.7, 2.6, 4.0):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                below = children(process.pid)
                process.send_signal(signal.SIGKILL)
                process.wait()
                assert all(gone(pid, 60) for pid in below)
        assert digests(kept) == before
        left = [path for path in tmp_path.iterdir() if not path.name.startswith(".lakip-")]
        assert left in ([], [out])
        if out.exists():
            assert openpyxl.load_workbook(out).sheetnames[0] == "Rekap"
            out.unlink()


# -- a cluster --------------------------------------------------------------------------------------------------------------------


def test_without_distributed_the_way_to_install_it_is_said(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run("recap", kept, "-o", tmp_path / "r.xlsx", "--scheduler", "tcp://127.0.0.1:1")
    assert done.exit_code == 2
    assert "lakip-xl[cluster]" in done.stderr


def test_no_scheduler_is_one_sentence(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    monkeypatch.setattr(workers, "PATIENCE", 1)
    done = run("recap", kept, "-o", tmp_path / "r.xlsx", "--scheduler", "tcp://127.0.0.1:1")
    assert done.exit_code == 2
    assert "tidak dapat dihubungi" in done.stderr
    assert not (tmp_path / "r.xlsx").exists()


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_bytes(kept: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, worker_dashboard_address=None
    ) as cluster:
        tasks.recap(kept, tmp_path / "klaster.xlsx", scheduler=cluster.scheduler_address)
    tasks.recap(kept, tmp_path / "sini.xlsx", workers=1)
    assert (tmp_path / "klaster.xlsx").read_bytes() == (tmp_path / "sini.xlsx").read_bytes()


def test_a_worker_that_sees_other_files_or_has_another_version_is_refused(kept: Path) -> None:
    path = next(kept.glob("opd*.xlsx"))
    piece = Piece(str(path), path.name)
    elsewhere = recapping.take(Piece("/tidak/ada.xlsx", path.name))
    with pytest.raises(LakipError, match="tidak melihat"):
        recapping._same_ground(piece, elsewhere)
    with pytest.raises(LakipError, match="versi"):
        recapping._same_ground(piece, type(elsewhere)(path.name, "0.0.1"))
    recapping._same_ground(piece, taken(path))
