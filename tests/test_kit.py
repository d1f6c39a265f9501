"""The way onto an office PC, as far as it can be walked without Windows: the kit's own files, whether its wheels are a whole set, and
what its scripts call.

The test marked ``kit`` makes a real kit and installs from it: ``pip install '.[kit]'``, internet, and ``pytest -m kit``.
"""

from __future__ import annotations

import configparser
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from fnmatch import fnmatch
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from click.testing import CliRunner

import kit.__main__ as kitmaker
from kit import FILES, PYTHONS, ROOT, KitError, Unreachable, audit, lowest, wheels
from kit.complete import lacking
from kit.requirements import declared
from kit.targets import Target, here
from lakip_xl.cli import main
from workbooks import EXAMPLE

SCRIPTS = [*sorted(FILES.glob("*.bat")), *sorted(FILES.glob("*.cmd"))]


def loaded(name: str) -> ModuleType:
    """A script of the kit as a module."""
    spec = importlib.util.spec_from_file_location(f"kit_files_{name}", FILES / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def static(tmp_path: Path) -> Path:
    kitmaker.static(tmp_path / "kit")
    return tmp_path / "kit"


# -- the kit's own files --------------------------------------------------------------------------------------------------------


def test_the_files_are_the_same_each_time(static: Path, tmp_path: Path) -> None:
    kitmaker.static(tmp_path / "again")
    assert kitmaker.sums(static) == kitmaker.sums(tmp_path / "again")


def test_what_python_leaves_beside_them_is_no_part_of_a_kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = tmp_path / "files"
    shutil.copytree(FILES, files, ignore=shutil.ignore_patterns("__pycache__"))
    (files / "__pycache__").mkdir()
    (files / "__pycache__" / "isi.cpython-311.pyc").write_bytes(b"x")
    monkeypatch.setattr(kitmaker, "FILES", files)
    kitmaker.static(tmp_path / "kit")
    assert (tmp_path / "kit" / "alat" / "isi.py").is_file()
    assert not list((tmp_path / "kit").rglob("*.pyc"))


def test_windows_can_read_them(static: Path) -> None:
    texts = [path for path in static.rglob("*") if path.suffix in (".bat", ".cmd", ".txt", ".py")]
    assert {path.name for path in texts} == {path.name for path in FILES.iterdir() if path.is_file()}
    for path in texts:
        data = path.read_bytes()
        assert data.isascii(), f"{path.name}: a console may have any code page"
        if path.suffix != ".py":
            assert data.count(b"\r\n") == data.count(b"\n") > 0, path.name


def test_the_page_names_what_is_there(static: Path) -> None:
    page = (static / "BACA-SAYA.txt").read_text(encoding="ascii")
    for name in ("pasang.bat", "hapus.bat", "alat", "contoh", "templat"):
        assert name in page and (static / name).exists()
    assert max(len(line) for line in page.splitlines()) <= 80
    for python in PYTHONS:
        assert python in page


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_command_file_is_sound(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="ascii").splitlines() if not line.startswith("rem ")]
    assert lines[0] == "@echo off"
    text = "\n".join(lines)
    labels = re.findall(r"^:(\w+)$", text, re.M)
    asked = re.findall(r"(?:goto|call) :?(\w+)", text)
    assert sorted(set(labels)) == sorted(labels) and set(asked) == set(labels)
    # Every % belongs to a variable, an argument or a loop; every quote has its partner; every block is on one line.
    assert "%" not in re.sub(r"%%V|%\*|%~dp0|%[A-Z]+%", "", text)
    for line in lines:
        assert line.count('"') % 2 == 0, line
        if not line.startswith("echo"):
            bare = re.sub(r'"[^"]*"', "", line)
            assert bare.count("(") == bare.count(")"), line
    # Nothing runs on into the subroutines, and no message ends in a redirection.
    for label in labels:
        before = text.partition(f"\n:{label}\n")[0].rstrip().splitlines()[-1]
        assert before.startswith("exit /b"), label
    assert not [line for line in lines if line.startswith("echo") and re.search("[<>|&%^!]", line)]


def test_every_variable_of_a_command_file_is_known() -> None:
    for path in SCRIPTS:
        text = path.read_text(encoding="ascii")
        known = {"LOCALAPPDATA", "APPDATA", "ERRORLEVEL"} | set(re.findall(r'set "([A-Z_]+)=', text))
        assert set(re.findall(r"%([A-Z]+)%", text)) <= known, path.name


def test_all_look_for_the_same_pythons() -> None:
    text = (FILES / "pasang.bat").read_text(encoding="ascii")
    found = re.search(r"in \(([\d. ]+)\)", text)
    assert found and sorted(found[1].split()) == sorted(PYTHONS)
    assert r"alat\pasang.py" in text


def test_only_what_was_installed_is_removed() -> None:
    """Nobody's workbooks go with the folder: whole folders are removed by name where they are an environment, others only if empty."""
    text = (FILES / "hapus.bat").read_text(encoding="ascii")
    whole = [line for line in text.splitlines() if re.search(r"rmdir\b.*/s", line)]
    assert whole == [r'if exist "%RUMAH%\venv\pyvenv.cfg" rmdir /s /q "%RUMAH%\venv"']
    assert "*" not in re.sub(r"^rem .*$", "", text, flags=re.M)
    assert text.index("if not defined LOCALAPPDATA") < text.index("%LOCALAPPDATA%")


# -- Kirim ke > Isi LAKIP -------------------------------------------------------------------------------------------------------


class Runs:
    """Stands in for subprocess.run: keeps the commands, and answers with a status and what stands on stderr."""

    def __init__(self, status: int = 0, said: bytes = b"") -> None:
        self.commands: list[list[str]] = []
        self.status, self.said = status, said

    def __call__(self, command: Sequence[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        self.commands.append(list(command))
        return subprocess.CompletedProcess(command, self.status, b"", self.said)


@pytest.mark.parametrize(
    ("status", "said", "waits"),
    [(0, b"", False), (1, b"", False), (2, b"Gagal: x", True), (0, b"Gagal: x", True), (-9, b"", True)],
)
def test_the_window_stays_where_something_is_to_be_read(
    status: int, said: bytes, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    isi = loaded("isi")
    waited: list[str] = []
    monkeypatch.setattr(isi.subprocess, "run", Runs(status, said))
    monkeypatch.setattr(isi, "wait", lambda: waited.append("yes"))
    assert isi.main(["a.xlsx"]) == (status if status in (0, 1) else 2)
    assert bool(waited) == waits


def test_what_it_calls_fills_the_workbook_and_opens_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isi = loaded("isi")
    ran = Runs()
    monkeypatch.setattr(isi.subprocess, "run", ran)
    names = ["-a&b 100% (1).xlsx", "dua kata.xlsx"]
    for name in names:
        shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert isi.main(names) == 0
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", lambda path: opened.append(path) or 0)
    for command in ran.commands:
        assert command[:4] == [sys.executable, "-I", "-m", "lakip_xl"]
        result = CliRunner().invoke(main, command[4:], prog_name="lakip-xl")
        assert result.exit_code == 0, result.output
    assert opened == ["-a&b 100% (1)-selesai.xlsx", "dua kata-selesai.xlsx"]
    assert all(Path(name).is_file() for name in opened)


@pytest.mark.skipif(sys.platform == "win32", reason="os.startfile opens it there")
@pytest.mark.parametrize("how", ["no program", "no desktop"])
def test_a_result_that_cannot_be_opened_is_there_all_the_same(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def launch(_: str) -> int:
        if how == "no desktop":
            raise OSError
        return 1

    monkeypatch.setattr(click, "launch", launch)
    path = Path(shutil.copy(EXAMPLE / "matriks.xlsx", tmp_path / "a.xlsx"))
    result = CliRunner().invoke(main, ["fill", str(path), "--open"], prog_name="lakip-xl")
    assert result.exit_code == 0
    assert result.stderr.startswith("Gagal: Hasilnya sudah ditulis") and "a-selesai.xlsx" in result.stderr
    assert (tmp_path / "a-selesai.xlsx").is_file()


# -- pasang.py ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def pasang(static: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = loaded("pasang")
    monkeypatch.setattr(module, "KIT", static)
    return module


def list_for_this_python(static: Path) -> Path:
    (static / "wheels").mkdir()
    listed = static / "wheels" / f"{here().name}.txt"
    listed.write_text("lakip-xl==0 --hash=sha256:" + 64 * "0" + "\n", encoding="ascii")
    return listed


def test_only_a_python_that_the_kit_is_for_will_do(
    pasang: ModuleType, static: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pasang.main(["--cek"]) == 1
    assert pasang.wanted() == list_for_this_python(static)
    assert pasang.main(["--cek"]) == 0
    monkeypatch.setattr(sysconfig, "get_platform", lambda: "win-arm64")
    assert pasang.main(["--cek"]) == 1
    monkeypatch.undo()


def test_python_from_the_store_is_left_aside(pasang: ModuleType, static: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list_for_this_python(static)
    monkeypatch.setattr(pasang, "KIT", static)
    monkeypatch.setattr(sys, "base_prefix", r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13_x64")
    assert pasang.main(["--cek"]) == 1


def test_the_list_has_the_name_that_the_interpreter_there_spells(
    monkeypatch: pytest.MonkeyPatch, pasang: ModuleType
) -> None:
    monkeypatch.setattr(sysconfig, "get_platform", lambda: "win-amd64")
    for python in PYTHONS:
        monkeypatch.setattr(sys, "version_info", VersionInfo(*map(int, python.split("."))))
        assert pasang.wanted().name == f"{Target(python).name}.txt"


class VersionInfo:
    def __init__(self, major: int, minor: int) -> None:
        self.major, self.minor = major, minor


def test_a_failure_says_why_and_leaves_no_half_made_environment(
    pasang: ModuleType,
    static: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    list_for_this_python(static)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "lokal"))
    assert pasang.main([]) == 1  # the wheel on the list is not there
    assert "Gagal: isi kit tidak dapat dipasang" in capsys.readouterr().err
    assert not (tmp_path / "lokal" / "lakip_xl" / "venv").exists()
    monkeypatch.delenv("LOCALAPPDATA")
    assert pasang.main([]) == 1
    assert "LOCALAPPDATA" in capsys.readouterr().err


@pytest.fixture
def sendto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "roam" / "Microsoft" / "Windows" / "SendTo"
    folder.mkdir(parents=True)
    monkeypatch.setenv("APPDATA", str(tmp_path / "roam"))
    return folder


def test_a_shortcut_where_powershell_makes_one(
    pasang: ModuleType, sendto: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shell(command: Sequence[str], env: dict[str, str], **_: Any) -> None:
        assert command[0] == "powershell.exe" and command[-2] == "-Command"
        assert {f"$env:{name}" for name in env if name.startswith("LAKIP_")} <= set(
            re.findall(r"\$env:\w+", command[-1])
        )
        Path(env["LAKIP_LNK"]).write_text(f"{env['LAKIP_PYTHON']} {env['LAKIP_ARGUMENTS']}", encoding="utf-8")

    (sendto / "Isi LAKIP.cmd").touch()
    monkeypatch.setattr(pasang.shutil, "which", lambda _: "powershell.exe")
    monkeypatch.setattr(pasang.subprocess, "run", shell)
    assert pasang.send_to(Path("p y.exe"), Path("i s.py"))
    assert [path.name for path in sendto.iterdir()] == ["Isi LAKIP.lnk"]
    assert (sendto / "Isi LAKIP.lnk").read_text(encoding="utf-8") == 'p y.exe -I "i s.py"'


def test_a_command_file_where_it_does_not(pasang: ModuleType, sendto: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasang.shutil, "which", lambda _: None)
    assert pasang.send_to(Path("python.exe"), Path("isi.py"))
    assert [path.name for path in sendto.iterdir()] == ["Isi LAKIP.cmd"]
    monkeypatch.setenv("APPDATA", "")
    assert not pasang.send_to(Path("python.exe"), Path("isi.py"))


# -- whether a set of wheels is whole -------------------------------------------------------------------------------------------

Make = Callable[..., Path]


@pytest.fixture
def wheel(tmp_path: Path) -> Make:
    def make(
        name: str, version: str = "1.0", *requires: str, tag: str = "py3-none-any", python: str = ">=3.11"
    ) -> Path:
        path = tmp_path / f"{name}-{version}-{tag}.whl"
        said = [
            f"Name: {name}",
            f"Version: {version}",
            f"Requires-Python: {python}",
            *(f"Requires-Dist: {r}" for r in requires),
        ]
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                f"{name}-{version}.dist-info/METADATA", "Metadata-Version: 2.1\n" + "\n".join(said) + "\n\n"
            )
        return path

    return make


WINDOWS = Target("3.12")


def test_a_whole_set(wheel: Make) -> None:
    found = [
        wheel("lakip_xl", "1.0", "a[x]>=2,<3", 'never; extra == "test"', 'colorama; platform_system == "Windows"'),
        wheel(
            "a", "2.1", 'b; extra == "x"', 'c; extra == "y"', 'd; sys_platform == "linux"', tag="cp312-cp312-win_amd64"
        ),
        wheel("b", "1.0", "lakip-xl", tag="cp39-abi3-win_amd64"),
        wheel("colorama"),
    ]
    assert lacking(found, WINDOWS) == []


@pytest.mark.parametrize(
    ("own", "others", "said"),
    [
        (["a"], [], "needs a, which is missing"),
        (['a; sys_platform == "win32"'], [], "which is missing"),
        (['a; python_full_version >= "3.12.4"'], [], "which is missing"),
        (["a>=2"], [("a", "1.0")], "but 1.0 is there"),
        (["a[x]"], [("a", "1.0", 'b; extra == "x"')], "needs b"),
        (["a"], [("a", "1.0", "b"), ("b", "1.0", "c")], "needs c, which is missing"),
        ([], [("a", "1.0")], "nothing needs a"),
        (["a"], [("a", "1.0"), ("a", "1.1")], "a is there twice"),
    ],
)
def test_what_is_missing_is_named(wheel: Make, own: list[str], others: list[tuple[str, ...]], said: str) -> None:
    problems = lacking([wheel("lakip_xl", "1.0", *own), *(wheel(*other) for other in others)], WINDOWS)
    assert len(problems) == 1 and said in problems[0], problems


@pytest.mark.parametrize(
    "tag", ["cp311-cp311-win_amd64", "cp312-cp312-win32", "cp312-cp312-manylinux_2_17_x86_64", "cp313-abi3-win_amd64"]
)
def test_a_wheel_for_another_machine(wheel: Make, tag: str) -> None:
    assert "is not for win-amd64-cp312" in lacking([wheel("lakip_xl", tag=tag)], WINDOWS)[0]


def test_a_wheel_for_another_python(wheel: Make) -> None:
    (problem,) = lacking([wheel("lakip_xl", python="<3.12")], WINDOWS)
    assert "wants Python <3.12" in problem
    assert lacking([], WINDOWS) == ["lakip_xl itself is missing"]


def test_the_runtime_that_stands_in_has_to_be_of_the_same_release(wheel: Make) -> None:
    own, polars = wheel("lakip_xl", "1.0", "polars"), wheel("polars", "2.0", "polars-runtime-32==2.0")
    assert lacking([own, polars, wheel("polars_runtime_compat", "2.0")], WINDOWS) == []
    assert "but 2.1 is there" in lacking([own, polars, wheel("polars_runtime_compat", "2.1")], WINDOWS)[0]
    assert "missing" in lacking([own, polars], WINDOWS)[0]


def test_a_kit_replaces_only_a_kit(tmp_path: Path) -> None:
    (tmp_path / "Dokumen").mkdir()
    (tmp_path / "Dokumen" / "a.xlsx").touch()
    for force in (False, True):
        with pytest.raises(KitError, match="exists already"):
            kitmaker.make(tmp_path / "Dokumen", [WINDOWS], force=force)
    assert [path.name for path in tmp_path.rglob("*")] == ["Dokumen", "a.xlsx"]


def test_a_set_that_is_not_whole_leaves_no_kit(tmp_path: Path, wheel: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    own = wheel("lakip_xl", "1.0", "a")
    monkeypatch.setattr(wheels, "build", lambda folder: own)
    monkeypatch.setattr(wheels, "resolve", lambda wanted, target: [])
    monkeypatch.setattr(wheels, "download", lambda pins, target, folder: [])
    (tmp_path / "out").mkdir()
    with pytest.raises(KitError, match="needs a, which is missing"):
        kitmaker.make(tmp_path / "out" / "kit", [WINDOWS])
    assert list((tmp_path / "out").iterdir()) == []


# -- what the package needs and holds -------------------------------------------------------------------------------------------


def test_every_bound_has_two_ends() -> None:
    for wanted in declared("recalc", "cluster", "test", "fuzz", "kit", "dev"):
        ends = {specifier.operator for specifier in wanted.specifier}
        assert ends == {">=", "<"}, f"{wanted}: a lower and an upper bound"


def test_every_library_has_its_reason() -> None:
    page = (ROOT / "docs" / "decisions" / "0001-libraries.md").read_text(encoding="utf-8")
    table = page.partition("## Bounds")[2]
    for wanted in declared("recalc", "cluster"):
        row = next((line for line in table.splitlines() if line.startswith(f"| {wanted.name} ")), "")
        lower = next(s.version for s in wanted.specifier if s.operator == ">=")
        upper = next(s.version for s in wanted.specifier if s.operator == "<")
        assert f"| {lower} | {upper} |" in row, f"{wanted} is not what the page says: {row}"


def test_every_file_of_the_package_is_packed() -> None:
    read = configparser.ConfigParser()
    read.read(ROOT / "setup.cfg", encoding="utf-8")
    patterns = read["options.package_data"]["*"].replace(",", " ").split()
    for path in (ROOT / "lakip_xl").rglob("*"):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            assert any(fnmatch(path.name, pattern) for pattern in patterns), path
        if path.is_dir() and path.name != "__pycache__" and any(path.glob("*.py")):
            assert (path / "__init__.py").is_file(), path


def test_what_is_tried_with_the_lowest_releases_exists() -> None:
    assert all((ROOT / name).exists() for name in lowest.SMOKE)


def test_a_library_that_was_not_looked_up_is_not_called_clean() -> None:
    clean = {"name": "a", "version": "1", "vulns": []}
    skipped = {"name": "b", "skip_reason": "not found"}
    bad = {"name": "c", "version": "3", "vulns": [{"id": "CVE-1"}]}
    assert audit.verdict([clean], 1)[0] == audit.CLEAN
    assert audit.verdict([clean, skipped], 2) == (
        audit.UNKNOWN,
        "NOT AUDITED: 1 of 2 libraries could not be looked up.",
    )
    assert audit.verdict([], 2)[0] == audit.UNKNOWN
    status, said = audit.verdict([skipped, bad], 2)
    assert status == audit.VULNERABLE and "c 3: CVE-1" in said


# -- a real kit -----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit for Windows and, to try it, for this machine."""
    if "kit" not in request.config.getoption("markexpr"):
        pytest.skip("downloads some 100 MB: ask for it with -m kit")
    for tool in ("build", "uv"):
        if importlib.util.find_spec(tool) is None:
            pytest.skip(f"{tool} is not installed: pip install '.[kit]'")
    out = tmp_path_factory.mktemp("kit") / "kit"
    try:
        kitmaker.make(out, [*map(Target, PYTHONS), here()])
    except Unreachable as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the package registry does not answer: {error}")
    return out


@pytest.mark.kit
def test_the_wheels_of_a_kit(made: Path) -> None:
    """Made once and looked at from every side, because a download is not to be repeated in each worker."""
    for line in (made / kitmaker.SUMS).read_text(encoding="ascii").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() == digest, name
    by_digest = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in made.glob("wheels/*.whl")}
    used = set()
    for target in (*map(Target, PYTHONS), here()):
        listed = (made / "wheels" / f"{target.name}.txt").read_text(encoding="ascii").splitlines()
        paths = [by_digest[line.rpartition(":")[2]] for line in listed]
        assert lacking(paths, target) == []
        used |= set(paths)
    assert used == set(by_digest.values())
    names = {path.name.partition("-")[0] for path in used}
    assert "polars_runtime_compat" in names and "polars_runtime_32" not in names
    # 260 letters is what Windows allows; %LOCALAPPDATA% of a long user name takes some sixty of them.
    longest = max((name for path in used for name in zipfile.ZipFile(path).namelist()), key=len)
    assert len(longest) + len(r"\lakip_xl\venv\Lib\site-packages\__pycache__\.cpython-313") < 200, longest
    _installs_and_fills(made)
    _is_the_same_again(made)


def _installs_and_fills(made: Path) -> None:
    """pasang.py itself, then the program that it installed: without the sources, and in a folder with & and % in its name."""
    pc = made.parent / "PC & 100%"
    (pc / "roam" / "Microsoft" / "Windows" / "SendTo").mkdir(parents=True)
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    env |= {"LOCALAPPDATA": str(pc / "lokal"), "APPDATA": str(pc / "roam")}

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            [str(word) for word in command], cwd=pc, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    said = run(sys.executable, "-I", made / "alat" / "pasang.py")
    assert "Selesai. (Installed.)" in said, said
    home = pc / "lokal" / "lakip_xl"
    scripts = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
    assert "_polars_runtime_compat" in run(scripts / "python", "-I", "-c", "import polars._plr as p; print(p.__file__)")
    assert str(home) in run(scripts / "python", "-I", "-c", "import lakip_xl; print(lakip_xl.__file__)")
    run(scripts / "lakip-xl", "template", "-o", pc / "matriks.xlsx", "--year", "2023")
    assert (pc / "matriks.xlsx").is_file()
    run(scripts / "lakip-xl", "fill", EXAMPLE / "matriks.xlsx", "-o", pc / "satu.xlsx")
    shutil.copy(made / "contoh" / "matriks.xlsx", pc / "dua.xlsx")
    run(scripts / "python", "-I", home / "isi.py", pc / "dua.xlsx")
    assert (pc / "dua-selesai.xlsx").read_bytes() == (pc / "satu.xlsx").read_bytes()


def _is_the_same_again(made: Path) -> None:
    """The project's own wheel, byte for byte; and the source distribution is the whole project."""
    folder = made.parent / "again"
    again = wheels.build(folder)
    assert again.read_bytes() == (made / "wheels" / again.name).read_bytes()
    with tarfile.open(next((folder / "dist").glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=False
    ).stdout.splitlines()
    left_out = {name for name in listed if name not in names and (ROOT / name).is_file()}
    assert left_out <= {".gitignore"}
    for name in ("tests/test_layers.py", "examples/dinsos-manggarai-2023/matriks.xlsx", "workbook_templates/matriks-lakip.xlsx",
                 "lakip_xl/adopt/nomenklatur.tsv", "docs/architecture.md", "kit/files/pasang.bat", ".ci/run"):  # fmt: skip
        assert name in names
