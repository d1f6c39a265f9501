"""Every formula cell of every workbook that any command writes holds the value that engines which know nothing of us compute for it.

``python -m pytest -q -n 0 -s tests/test_outputs_recalculated.py`` prints how many cells were compared by which.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

import sealed
from lakip_xl import tasks
from lakip_xl.submission import bundle
from oracles import Values, cached_values, formulas, ironcalc_values, libreoffice_values_of, needs_libreoffice, same
from workbooks import EXAMPLE

LEDGER = EXAMPLE / "buku-besar" / "sipd-2023.xlsx"

NO_FORMULAS = {"ajuan: daftar periksa", "diff"}
"""Outputs that are made of constants."""

EXCEPTIONS: Mapping[str, frozenset[str]] = {}
"""By engine: functions that it lacks, whose cells are not compared. None so far: what we write is known to both."""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workbook of each kind that is written, by name."""
    folder = tmp_path_factory.mktemp("hasil")
    source = Path(shutil.copy(sealed.EXAMPLE, folder / "matriks.xlsx"))
    come = folder / "kiriman"
    come.mkdir()
    good, changed = come / "satu.xlsx", folder / "berubah.xlsx"
    good.write_bytes(sealed.workbook())
    changed.write_bytes(sealed.changed({("Matriks", (13, 11)): 5.0}))
    made: dict[str, Path] = {}
    made["template"] = tasks.template(folder / "templat.xlsx", year=2023)
    made["fill"] = tasks.fill(source, folder / "isi.xlsx").path
    made["fill --formulas"] = tasks.fill(source, folder / "rumus.xlsx", formulas=True).path
    made["fill --with narasi, reviu"] = tasks.fill(source, folder / "lengkap.xlsx", extra=("narasi", "reviu")).path
    made["fill, explained"] = good
    tasks.adopt(source, folder / "pindah.xlsx")
    made["adopt"] = folder / "pindah.xlsx"
    made["adopt, fill"] = tasks.fill(folder / "pindah.xlsx", folder / "pindah-isi.xlsx").path
    made["export: E.81"] = tasks.export(source).path
    made["migrate"] = tasks.migrate(source).path
    made["migrate, fill: Bulanan, Rencana Aksi"] = tasks.fill(made["migrate"], folder / "mutakhir-isi.xlsx").path
    made["reconcile --post: workbook"] = tasks.post(made["migrate"], [LEDGER]).filled.path
    for name, matrix in (("reconcile", source), ("reconcile after --post", made["reconcile --post: workbook"])):
        book = tasks.reconcile(matrix, [LEDGER], folder / f"{name}.xlsx", tolerance=Decimal(0)).path
        assert book is not None
        made[f"{name}: Rekonsiliasi, Berita Acara, Serapan"] = book
    sent = tasks.submit(good, folder / "ajuan.zip").path
    assert sent is not None
    with zipfile.ZipFile(sent) as package:
        for name in package.namelist():
            if name.endswith(".xlsx"):
                title = "daftar periksa" if name == bundle.PAGE else "buku kerja"
                made[f"ajuan: {title}"] = folder / f"ajuan-{title}.xlsx"
                made[f"ajuan: {title}"].write_bytes(package.read(name))
    from lakip_xl.difference import book as differences

    made["diff"] = folder / "beda.xlsx"
    made["diff"].write_bytes(differences.build(tasks.diff(good, changed)))
    made["recap"] = tasks.recap(come, folder / "rekap.xlsx", ledger=None, workers=1).path
    return made


def differing(path: Path, computed: Values, lacking: frozenset[str]) -> Iterator[str]:
    cached = cached_values(path)
    for place, formula in formulas(path).items():
        if not any(f"{name}(" in formula for name in lacking) and not same(cached.get(place), computed.get(place)):
            yield f"{place} {formula}: cached {cached.get(place)!r}, computed {computed.get(place)!r}"


def compared(engine: str, outputs: Mapping[str, Path], computed: Mapping[str, Values]) -> None:
    lacking, total = EXCEPTIONS.get(engine, frozenset()), 0
    for name, path in outputs.items():
        found = formulas(path)
        assert bool(found) is (name not in NO_FORMULAS), name
        assert all(any(f"{each}(" in text for text in found.values()) for each in lacking), "an exception that is none"
        assert list(differing(path, computed[name], lacking)) == [], name
        total += len(found)
        print(f"{engine:12} {len(found):6} {name}")  # noqa: T201
    print(f"{engine:12} {total:6} formula cells of {len(outputs)} workbooks, none left out")  # noqa: T201


@pytest.mark.slow
def test_ironcalc_agrees_with_every_formula_cell(outputs: dict[str, Path]) -> None:
    compared("IronCalc", outputs, {name: ironcalc_values(path) for name, path in outputs.items()})


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_agrees_with_every_formula_cell(outputs: dict[str, Path]) -> None:
    compared("LibreOffice", outputs, dict(zip(outputs, libreoffice_values_of(list(outputs.values())), strict=True)))
