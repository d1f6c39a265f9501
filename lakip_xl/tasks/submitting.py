"""The verbs of a submission: submit seals a workbook, verify proves it, diff says what changed between two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lakip_xl.cells import Cell, Value
from lakip_xl.errors import LakipError, OutputRefused
from lakip_xl.findings import Finding
from lakip_xl.tasks.examining import Examination, StrPath, examine

if TYPE_CHECKING:
    from lakip_xl.difference import Difference
    from lakip_xl.records import Changes, Page, Records
    from lakip_xl.report.model import Report
    from lakip_xl.submission.manifest import Manifest
    from lakip_xl.summary.explanations import Foreign
    from lakip_xl.table.hints import Hints
    from lakip_xl.workbook import Workbook


@dataclass(frozen=True)
class Submitted:
    """What a submission did. ``path`` is None where it was refused, for the ``missing`` findings; nothing was written then.

    ``again`` is whether just this bundle stood there already. ``filled`` is whether the sealed workbook is another than the one that was
    given, because it had not been filled since its entries changed.
    """

    report: Report
    missing: tuple[Finding, ...]
    path: Path | None = None
    manifest: Manifest | None = None
    again: bool = False
    filled: bool = False
    backup: Path | None = None

    @property
    def exit_code(self) -> int:
        """0 where it is sealed, 1 where something is missing."""
        return 0 if self.path is not None else 1


def submit(
    source: StrPath, out: StrPath | None = None, *, force: bool = False, hints: Hints | None = None
) -> Submitted:
    """Fills a workbook in memory, judges it strictly, and seals it into a bundle; the workbook itself is not written.

    Without ``out`` the bundle is ``<name>-pengajuan.zip`` beside it. Refused, with the list of what is missing, where a finding must be
    corrected or a warning lacks its explanation. Raises as ``examine``, and OutputRefused.
    """
    from lakip_xl import __version__, files
    from lakip_xl.report import json
    from lakip_xl.report.model import Report
    from lakip_xl.submission import bundle, page, readme
    from lakip_xl.submission.manifest import digest, identity_of, manifest_of
    from lakip_xl.tasks.filling import completed

    path = Path(source)
    target = _target(path, out)
    before = files.content(path)
    sealed = completed(examine(before, name=path.name, hints=hints), path).book.to_bytes()
    seen = examine(sealed, name=path.name, hints=hints)
    name = bundle.workbook_name(path)
    report = Report.of(name, seen.document, seen.findings)
    missing = tuple(finding for finding in report.findings if finding.open)
    if missing:
        return Submitted(report, missing)
    records = entered(seen)
    identity = identity_of(seen.document)
    labelled = [(field.label, identity[field.key]) for field in seen.document.form.identity if field.key in identity]
    parts = {
        bundle.REPORT: json.dump([report]).encode("ascii"),
        bundle.PAGE: page.build(report, labelled, name, digest(sealed), __version__),
        bundle.ENTRIES: bundle.entries_text(records),
        bundle.README: readme.text(name, identity, __version__, report.edition).encode("utf-8"),
    }
    manifest = manifest_of(name, sealed, seen.document, report, records, parts)
    data = bundle.pack(manifest, sealed, parts)
    stood = files.present(target)
    filled = sealed != before
    if stood == data:
        return Submitted(report, (), target, manifest, again=True, filled=filled)
    if stood is not None and not force:
        raise _exists(target, stood, manifest)
    backup = files.exchange(target, data)
    return Submitted(report, (), target, manifest, filled=filled, backup=backup)


def _target(path: Path, out: StrPath | None) -> Path:
    target = path.with_name(f"{path.stem}-pengajuan.zip") if out is None else Path(out)
    if target.suffix.lower() != ".zip":
        raise OutputRefused(
            f"Bundel adalah berkas .zip: beri nama yang berakhiran .zip pada -o, bukan '{target.name}'.",
            f"A bundle is a .zip file: give it a name that ends in .zip with -o, not '{target.name}'.",
        )
    return target


def _exists(target: Path, stood: bytes, manifest: Manifest) -> OutputRefused:
    from lakip_xl.submission import bundle

    if bundle.is_bundle(stood) and bundle.read(stood, target.name).manifest.workbook == manifest.workbook:
        return OutputRefused(
            f"'{target.name}' sudah memuat buku kerja yang sama persis, disegel oleh lakip-xl versi lain. Tidak perlu diajukan lagi; bila "
            "tetap ingin menyegelnya ulang, tambahkan --force.",
            f"'{target.name}' holds the very same workbook already, sealed by another version of lakip-xl. There is no need to submit it "
            "again; to seal it anew all the same, add --force.",
        )
    return OutputRefused(
        f"'{target.name}' sudah ada dan isinya lain. Beri nama lain pada -o (misalnya dengan -revisi-1), atau tambahkan --force; yang lama "
        "disimpan sebagai cadangan.",
        f"'{target.name}' exists already and holds something else. Give another name with -o (say with -revisi-1), or add --force; the old "
        "one is kept as a backup.",
    )


def entered(seen: Examination) -> Records:
    """What people entered in an examined workbook."""
    from lakip_xl.posting import log
    from lakip_xl.records import records_of
    from lakip_xl.table.find import EXTRA, OWNED

    names = {**OWNED, **EXTRA, "posting": log.NAME}
    titles = {key: seen.book.owned_sheet(name) for key, name in names.items()}
    owned = {key: title for key, title in titles.items() if title is not None}
    page = _page(seen.book, owned) if "ringkasan" in owned else None
    return records_of(seen.document, seen.book, set(owned.values()), page)


def _page(book: Workbook, owned: Mapping[str, str]) -> Page:
    """The sheets that the tool owns; each row of them tells by its marks what was written there."""
    from lakip_xl.records import Page
    from lakip_xl.summary import explanations, marks
    from lakip_xl.table.find import EXTRA, OWNED
    from lakip_xl.tasks import extras

    values: dict[Cell, Value] = {}
    broken: list[Cell] = []
    told: list[str] = []
    for key, title in owned.items():
        sheet = book.sheet(title)
        foreign: tuple[Foreign, ...] = ()
        if key in EXTRA:
            foreign = extras.room(key).foreign(sheet)
        elif key in OWNED:
            foreign = explanations.read(sheet).foreign
        broken += [Cell(title, each.row, each.column) for each in foreign]
        for row in marks.rows(sheet.cells):
            told.append(f"{title}!{row.number}: {row.marks}")
            values |= {Cell(title, row.number, column): value for column, value in row.formulas.items()}
            if row.lacking:
                broken.append(Cell(title, row.number, row.first))
    return Page(values, frozenset(broken), "\n".join(told))


@dataclass(frozen=True)
class Verified:
    """What was proven of a bundle, and of a file against it.

    damage    what in the bundle is not as it was sealed: kind and file name
    against   the name of the file that was held against it, "" where the bundle's own workbook was
    identical whether that is the sealed workbook to the bit
    filled    "" where Ringkasan is that of the seal, "older" where it is of another fill, "none" where the file was not filled yet
    changes   what people entered otherwise since; None where what was sealed is not known any more
    remarks   explanations that are others now: code, cell, before, after
    report    how it is judged by this version
    """

    bundle: str
    manifest: Manifest
    damage: tuple[tuple[str, str], ...]
    against: str
    identical: bool
    changes: Changes | None
    remarks: tuple[tuple[str, str, str, str], ...]
    report: Report
    filled: str = ""

    @property
    def exit_code(self) -> int:
        """0 where nothing was changed and it still passes, else 1; a workbook that was only saved again is unchanged."""
        changed = self.damage or self.remarks or self.changes is None or self.changes.any
        return 1 if changed or self.report.exit_code(strict=True) else 0


def verify(source: StrPath, against: StrPath | None = None, *, hints: Hints | None = None) -> Verified:
    """Whether a bundle is as it was sealed, and whether ``against`` (else the workbook in it) is what was sealed.

    Raises UnreadableWorkbook where the file is no bundle, and as ``examine`` for the workbook.
    """
    from lakip_xl import files
    from lakip_xl.records import compare
    from lakip_xl.report.model import Report
    from lakip_xl.submission import bundle
    from lakip_xl.submission.manifest import digest

    path = Path(source)
    sealed = bundle.read(files.content(path), path.name)
    manifest = sealed.manifest
    data, name = sealed.files.get(manifest.name, b""), manifest.name
    intact = digest(data) == manifest.workbook
    if against is not None:
        given, name = files.content(Path(against)), Path(against).name
    else:
        given = sealed.workbook
    seen = examine(given, name=name, hints=hints)
    identical = digest(given) == manifest.workbook
    if intact:
        old: Records | None = entered(seen if identical else examine(data, name=manifest.name, hints=hints))
    else:
        old = sealed.records
    new = entered(seen)
    changes = None if old is None else compare(old, new)
    remarks = tuple(_remarks(manifest, seen.findings, changes))
    report = Report.of(name, seen.document, seen.findings)
    told = "" if against is None else name
    before = None if old is None else old.page
    filled = (
        "none" if new.page is None else "older" if before is not None and before.snapshot != new.page.snapshot else ""
    )
    return Verified(path.name, manifest, tuple(sealed.damage()), told, identical, changes, remarks, report, filled)


def _remarks(
    manifest: Manifest, findings: Sequence[Finding], changes: Changes | None
) -> list[tuple[str, str, str, str]]:
    """Explanations that were given, taken away or changed; those of a row whose KETERANGAN changed are told by that. One whose finding is
    gone says nothing any more."""
    sealed = dict(manifest.explanations)
    told = {(c.cell.sheet, c.cell.row) for c in changes.changed if c.column == "keterangan"} if changes else set()
    found = []
    for finding in findings:
        before = sealed.get((finding.code, finding.record, finding.column), "")
        after = finding.explanation if finding.explained else ""
        rows = {(cell.sheet, cell.row) for cell in (finding.cell, *finding.related)}
        if before != after and not rows & told:
            found.append((finding.code, str(finding.cell), before, after))
    return found


def diff(old: StrPath, new: StrPath, *, hints: Hints | None = None) -> Difference:
    """What changed from one workbook to another, or between bundles: rows, entries, sheets, findings and explanations.

    Raises as ``examine`` for either, and LakipError where they are of forms that do not compare.
    """
    from lakip_xl.difference import difference
    from lakip_xl.records import compare

    before, after = _opened(Path(old), hints), _opened(Path(new), hints)
    if before.document.main.spec.key != after.document.main.spec.key:
        raise LakipError(
            f"{Path(old).name} dan {Path(new).name} tidak dapat dibandingkan: yang satu memuat matriks, yang lain hanya tabel IKU.",
            f"{Path(old).name} and {Path(new).name} cannot be compared: one holds a matrix, the other a table of IKU alone.",
        )
    changes = compare(entered(before), entered(after))
    names = Path(old).name, Path(new).name
    return difference(names, changes, before.findings, after.findings)


def _opened(path: Path, hints: Hints | None) -> Examination:
    from lakip_xl import files
    from lakip_xl.submission import bundle

    data = files.content(path)
    if bundle.is_bundle(data):
        data = bundle.read(data, path.name).workbook
    return examine(data, name=path.name, hints=hints)
