"""A bundle as bytes: written the same each time, read with the guards that hold for any zip that somebody sends."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from lakip_xl.errors import UnreadableWorkbook
from lakip_xl.records import Records, from_json, to_json
from lakip_xl.submission.manifest import SCHEMA, Manifest, code_of, digest, written
from lakip_xl.submission.readme import BLANK
from lakip_xl.workbook.archive import made, unpack, zipped
from lakip_xl.workbook.guards import BROKEN_ZIP, MAX_SAID, check_zip, damaged

MANIFEST, REPORT, PAGE, ENTRIES, README = "manifes.json", "laporan.json", "laporan.xlsx", "isian.json", "BACA-SAYA.txt"
_MANGLED = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What JSON that is not as it was written raises, where it is read or asked."""

SUFFIXES = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Bundle:
    """A bundle that was read. ``files`` are all its files by name; nothing has been proven yet."""

    name: str
    manifest: Manifest
    files: Mapping[str, bytes]

    @property
    def workbook(self) -> bytes:
        """The workbook in it. Raises UnreadableWorkbook where it is gone."""
        if self.manifest.name not in self.files:
            said = self.manifest.name[:MAX_SAID]
            raise UnreadableWorkbook(
                f"{self.name}: buku kerja '{said}' tidak ada lagi di dalam bundel. Minta bundel aslinya.",
                f"{self.name}: the workbook '{said}' is no longer in the bundle. Ask for the original bundle.",
            )
        return self.files[self.manifest.name]

    @property
    def records(self) -> Records | None:
        """What had been entered when it was sealed; None where that file is gone or no longer the one that was sealed."""
        content = self.files.get(ENTRIES, b"")
        if digest(content) != self.manifest.files.get(ENTRIES):
            return None
        try:
            return from_json(json.loads(content))
        except _MANGLED:
            return None

    def damage(self) -> list[tuple[str, str]]:
        """What in the bundle is not as it was sealed: ``manifest``, ``changed``, ``gone`` or ``added``, and the file's name."""
        found = [] if self.manifest.holds else [("manifest", MANIFEST)]
        expected = {self.manifest.name: self.manifest.workbook, **self.manifest.files}
        for name, sha in expected.items():
            if name not in self.files:
                found.append(("gone", name))
            elif digest(self._as_sealed(name)) != sha:
                found.append(("changed", name))
        return found + [("added", name) for name in self.files if name not in expected and name != MANIFEST]

    def _as_sealed(self, name: str) -> bytes:
        content = self.files[name]
        return content.replace(code_of(self.manifest.seal).encode(), BLANK.encode()) if name == README else content


def workbook_name(path: PurePath) -> str:
    """The name of the workbook inside a bundle: that of the file, without what some systems do not take."""
    stem = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", path.stem).strip(". ") or "matriks"
    return stem + (path.suffix.lower() if path.suffix.lower() in SUFFIXES else ".xlsx")


def entries_text(records: Records) -> bytes:
    """What was entered, as it stands in the bundle."""
    return written(to_json(records))


def pack(manifest: Manifest, workbook: bytes, files: Mapping[str, bytes]) -> bytes:
    """The bundle: the manifest first, so that it is seen first."""
    told = files[README].replace(BLANK.encode(), code_of(manifest.seal).encode())
    named = {MANIFEST: manifest.text(), manifest.name: workbook, **files, README: told}
    return zipped(made(name, content) for name, content in named.items())


def is_bundle(data: bytes) -> bool:
    """Whether a file is a zip with a manifest of ours in it."""
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return MANIFEST in archive.namelist()
    except BROKEN_ZIP:
        return False


def read(data: bytes, name: str) -> Bundle:
    """The bundle in a file's bytes. Raises UnreadableWorkbook with a sentence that says what the file is instead."""
    if data[:4] != b"PK\x03\x04":
        raise _no_bundle(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_zip(archive, len(data), name)
            files = {entry.filename: unpack(archive, entry) for entry in archive.infolist() if not entry.is_dir()}
    except BROKEN_ZIP as error:
        raise damaged(name) from error
    if MANIFEST not in files:
        raise _no_bundle(name)
    try:
        manifest = Manifest(json.loads(files[MANIFEST]))
        if manifest.data["schema"] != SCHEMA:
            raise _another_version(name, str(manifest.data["schema"]))
        # Everything that is asked of it later is asked once here, so that a mangled manifest is one sentence.
        _ = (manifest.seal, manifest.name, manifest.workbook, manifest.files, manifest.identity, manifest.counts, manifest.rows,
             manifest.tool, manifest.edition, manifest.explanations)  # fmt: skip
    except _MANGLED as error:
        raise UnreadableWorkbook(
            f"{name}: {MANIFEST} di dalam bundel ini rusak, sehingga tidak ada yang dapat dibuktikan. Minta bundel aslinya.",
            f"{name}: {MANIFEST} in this bundle is mangled, so nothing can be proven. Ask for the original bundle.",
        ) from error
    return Bundle(name, manifest, files)


def _no_bundle(name: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(
        f"{name}: ini bukan bundel pengajuan. Bundel adalah berkas .zip yang dibuat lakip-xl submit; jangan dibuka lalu dikemas ulang.",
        f"{name}: this is no bundle of a submission. A bundle is the .zip that lakip-xl submit makes; do not unpack and zip it again.",
    )


def _another_version(name: str, schema: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(
        f"{name}: bundel ini dibuat oleh lakip-xl versi lain ({schema}). Pasang lakip-xl yang lebih baru, lalu ulangi.",
        f"{name}: this bundle was made by another version of lakip-xl ({schema}). Install a newer one and try again.",
    )
