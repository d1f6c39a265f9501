"""The committed template and the page on the form are what the code makes today."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from lakip_xl import template
from lakip_xl.form.editions import EDITIONS, NEWEST
from lakip_xl.form.spec import FormSpec
from lakip_xl.template.__main__ import PAGE, ROOT, TEMPLATE, main
from xlsx_checks import problems

REBUILD = "run: python -m lakip_xl.template"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_committed_template_is_what_the_code_builds() -> None:
    committed, built = parts((ROOT / TEMPLATE).read_bytes()), parts(template.build())
    differing = [name for name in {**committed, **built} if committed.get(name) != built.get(name)]
    assert not differing, REBUILD


def test_the_committed_page_is_what_the_code_writes(tmp_path: Path) -> None:
    (tmp_path / TEMPLATE.parent).mkdir()
    (tmp_path / PAGE.parent).mkdir()
    main(tmp_path)
    assert (tmp_path / PAGE).read_bytes() == (ROOT / PAGE).read_bytes(), REBUILD
    assert parts((tmp_path / TEMPLATE).read_bytes()) == parts((ROOT / TEMPLATE).read_bytes()), REBUILD


@pytest.mark.parametrize("form", EDITIONS, ids=lambda form: form.edition)
def test_the_same_form_gives_the_same_bytes(form: FormSpec) -> None:
    assert template.build(form, year=2023, instansi="Dinas Sosial") == template.build(
        form, year=2023, instansi="Dinas Sosial"
    )
    assert template.settings_sheet(form) == template.settings_sheet(form)


@pytest.mark.parametrize("make", [template.build, template.settings_sheet])
def test_excel_would_open_it_without_repair(make: object, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(make())  # type: ignore[operator]
    assert problems(path) == []


def test_the_file_says_nothing_about_who_made_it() -> None:
    made = parts(template.build())
    core = made["docProps/core.xml"].decode()
    assert f"<dc:title>{NEWEST.name}</dc:title>" in core
    assert re.search(r"<dc:creator>[^<]", core) is None
    assert re.search(r"<cp:lastModifiedBy>[^<]", core) is None
    assert set(re.findall(r"20\d\d-\d\d-\d\dT[\d:]+Z", core)) == {"2023-01-01T00:00:00Z"}
    assert b'<definedName name="_lakip_edisi" hidden="1">' in made["xl/workbook.xml"]
