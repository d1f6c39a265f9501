"""What submit and verify did, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from lakip_xl.errors import Text
from lakip_xl.findings import Finding, Severity
from lakip_xl.records import Changes
from lakip_xl.report import changed
from lakip_xl.report.model import Report
from lakip_xl.report.text import WIDTH, by_severity, closing, put, wrapped
from lakip_xl.submission.manifest import Manifest, code_of, office_of


class Submitted(Protocol):
    """What a submission did, as ``tasks`` tells it."""

    @property
    def report(self) -> Report: ...
    @property
    def missing(self) -> Sequence[Finding]: ...
    @property
    def path(self) -> Path | None: ...
    @property
    def manifest(self) -> Manifest | None: ...
    @property
    def again(self) -> bool: ...
    @property
    def filled(self) -> bool: ...
    @property
    def backup(self) -> Path | None: ...


class Verified(Protocol):
    """What was proven, as ``tasks`` tells it."""

    @property
    def bundle(self) -> str: ...
    @property
    def manifest(self) -> Manifest: ...
    @property
    def damage(self) -> Sequence[tuple[str, str]]: ...
    @property
    def against(self) -> str: ...
    @property
    def identical(self) -> bool: ...
    @property
    def changes(self) -> Changes | None: ...
    @property
    def remarks(self) -> Sequence[tuple[str, str, str, str]]: ...
    @property
    def report(self) -> Report: ...
    @property
    def filled(self) -> str: ...


_FILLED = {
    "none": Text(
        "Berkas ini sendiri belum diisi oleh lakip-xl fill.", "The file itself was not filled by lakip-xl fill yet."
    ),
    "older": Text(
        "Ringkasan dan Catatan Perbaikan pada berkas ini dari pemeriksaan yang lain (misalnya sebelum dijelaskan); jalankan lakip-xl fill.",
        "Ringkasan and Catatan Perbaikan in this file are of another check (perhaps before it was explained); run lakip-xl fill.",
    ),
}


def submitted(done: Submitted, lang: str = "id", width: int = WIDTH) -> str:
    """Where the bundle is and its code; or what is missing, with nothing written."""
    if done.path is None or done.manifest is None:
        said = Text(
            f"Belum dapat diajukan; tidak ada yang ditulis. Yang kurang: {len(done.missing)}.",
            f"It cannot be submitted yet; nothing was written. Missing: {len(done.missing)}.",
        )
        steps = Text(
            "Perbaiki yang wajib, tulis penjelasan di kolom PENJELASAN lembar Catatan Perbaikan (dibuat oleh lakip-xl fill) atau di "
            "KETERANGAN, simpan, lalu ajukan lagi.",
            "Correct what must be, write explanations in PENJELASAN on the sheet Catatan Perbaikan (made by lakip-xl fill) or in "
            "KETERANGAN, save, and submit again.",
        )
        listed = by_severity(done.missing, lang, width)
        return _joined([*_wrapped([said], lang, width), *listed, "", *_wrapped([steps], lang, width)])
    manifest = done.manifest
    again = Text(
        f"{done.path}: bundel yang sama persis sudah ada; tidak ada yang ditulis.",
        f"{done.path}: the very same bundle is there already; nothing was written.",
    )
    said_all = [again] if done.again else put(done.path, done.backup)
    counts = manifest.counts
    said_all += [
        Text(f"Buku kerja: {manifest.name}", f"Workbook: {manifest.name}"),
        Text(f"Kode segel: {code_of(manifest.seal)}", f"Seal code: {code_of(manifest.seal)}"),
        Text(
            f"Isian: {len(manifest.rows)} baris dari semua lembar formulir dan pengaturan. Catatan: {counts['warning']} perlu "
            f"penjelasan, {counts['explained']} dijelaskan; {counts['info']} informasi.",
            f"Entries: {len(manifest.rows)} rows of all sheets of the form and its settings. Findings: {counts['warning']} to be "
            f"explained, {counts['explained']} explained; {counts['info']} for information.",
        ),
    ]
    if done.filled:
        said_all.append(
            Text(
                "Buku kerja di dalam bundel adalah hasil fill dari berkas Anda; berkas Anda sendiri tidak diubah.",
                "The workbook in the bundle is your file as filled; your own file is unchanged.",
            )
        )
    said_all.append(
        Text(
            "Kirim berkas .zip ini apa adanya, dan tulis kode segelnya pada surat pengantar yang ditandatangani: bundel ini "
            "membuktikan bahwa isinya tidak berubah, bukan siapa yang membuatnya.",
            "Send this .zip as it is, and write the seal code into the signed cover letter: the bundle proves that its content "
            "is unchanged, not who made it.",
        )
    )
    return _joined(_wrapped(said_all, lang, width))


_DAMAGE = {
    "manifest": Text("{} tidak sesuai dengan segelnya", "{} does not agree with its seal"),
    "changed": Text("{} diubah", "{} was changed"),
    "gone": Text("{} hilang", "{} is gone"),
    "added": Text("{} ditambahkan", "{} was added"),
}


def verified(done: Verified, lang: str = "id", width: int = WIDTH) -> str:
    """Whose it is, its code, what is unchanged and what is not, and how it is judged now."""
    manifest = done.manifest
    head = f"{done.bundle}: {office_of(manifest.identity)}"
    said = [
        Text(head, head),
        Text(
            f"Kode segel: {code_of(manifest.seal)} (cocokkan dengan surat pengantar)",
            f"Seal code: {code_of(manifest.seal)} (compare with the cover letter)",
        ),
        Text(
            f"Disegel dengan lakip-xl {manifest.tool}, edisi formulir {manifest.edition}",
            f"Sealed with lakip-xl {manifest.tool}, form edition {manifest.edition}",
        ),
    ]
    if done.damage:
        parts = [_DAMAGE[kind] for kind, _ in done.damage]
        names = [name for _, name in done.damage]
        listed = [", ".join(t.in_(each).format(n) for t, n in zip(parts, names, strict=True)) for each in ("id", "en")]
        said.append(
            Text(
                f"BUNDEL BERUBAH sejak disegel: {listed[0]}.",
                f"THE BUNDLE WAS CHANGED since it was sealed: {listed[1]}.",
            )
        )
    else:
        said.append(
            Text("Bundel utuh: isinya sama dengan saat disegel.", "The bundle is whole: just as it was sealed.")
        )
    found = _wrapped([*said, *_workbook(done)], lang, width)
    if done.changes is not None:
        found += changed.lines(done.changes, lang, width)
    for code, cell, before, after in done.remarks:
        line = Text(
            f"Penjelasan {code} pada {cell}: {changed.value(before, 'id')} -> {changed.value(after, 'id')}",
            f"Explanation {code} at {cell}: {changed.value(before, 'en')} -> {changed.value(after, 'en')}",
        )
        found += _wrapped([line], lang, width)
    return _joined([*found, *_judged(done, lang, width)])


def _workbook(done: Verified) -> Iterable[Text]:
    name = done.against or done.manifest.name
    changes = done.changes
    if done.identical:
        yield Text(
            f"{name}: sama persis dengan buku kerja yang disegel.", f"{name}: the very workbook that was sealed."
        )
    elif changes is None:
        yield Text(
            f"{name}: bukan buku kerja yang disegel; apa yang berubah tidak dapat disebut, karena catatan isian di bundel juga berubah.",
            f"{name}: not the workbook that was sealed; what changed cannot be told, since the bundle's list of entries was changed too.",
        )
    elif not changes.any and not done.remarks and done.filled:
        yield Text(
            f"{name}: isiannya sama dengan yang disegel. " + _FILLED[done.filled].id,
            f"{name}: its entries are those that were sealed. " + _FILLED[done.filled].en,
        )
    elif not changes.any and not done.remarks:
        yield Text(
            f"{name}: disimpan ulang sejak disegel, tanpa perubahan isian.",
            f"{name}: saved again since it was sealed; no entry was changed.",
        )
    else:
        yield Text(f"{name}: BERUBAH sejak disegel:", f"{name}: CHANGED since it was sealed:")


def _judged(done: Verified, lang: str, width: int) -> list[str]:
    report = done.report
    if not report.exit_code(strict=True):
        passes = Text("Masih lolos pemeriksaan dengan versi ini.", "It still passes the checks of this version.")
        return _wrapped([passes], lang, width)
    now = {severity.label: report.count(severity) for severity in Severity}
    head = Text(
        f"TIDAK LOLOS pemeriksaan dengan versi ini: {now['error']} wajib diperbaiki, {report.unexplained} belum dijelaskan.",
        f"IT FAILS the checks of this version: {now['error']} to be corrected, {report.unexplained} not explained.",
    )
    listed = by_severity((finding for finding in report.findings if finding.open), lang, width)
    return [*_wrapped([head], lang, width), *listed, closing(report, lang)]


def _wrapped(said: Iterable[Text], lang: str, width: int) -> list[str]:
    return [line for text in said for line in wrapped(text.in_(lang), "", "  ", width)]


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
