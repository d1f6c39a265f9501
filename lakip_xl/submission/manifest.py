"""The manifest of a bundle: the contract ``lakip-xl/manifest/1``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lakip_xl import __version__
from lakip_xl.findings import Finding, Severity
from lakip_xl.records import Records, row_digest
from lakip_xl.report.model import Report
from lakip_xl.table.model import Document

SCHEMA = "lakip-xl/manifest/1"


@dataclass(frozen=True)
class Manifest:
    """What a manifest says; ``data`` is its JSON as plain values, the seal included."""

    data: Mapping[str, Any]

    @property
    def seal(self) -> str:
        """The sha256 over everything else that the manifest says, as it states it."""
        return str(self.data["seal"])

    @property
    def holds(self) -> bool:
        """Whether the manifest is as it was sealed."""
        return self.seal == seal_of(self.data)

    @property
    def name(self) -> str:
        """The name of the workbook in the bundle."""
        return str(self.data["workbook"]["name"])

    @property
    def workbook(self) -> str:
        """The sha256 of the workbook."""
        return str(self.data["workbook"]["sha256"])

    @property
    def files(self) -> Mapping[str, str]:
        """The sha256 of every other file of the bundle, by name."""
        return dict(self.data["files"])

    @property
    def identity(self) -> Mapping[str, str]:
        """What Identitas says: perangkat_daerah, kabupaten, tahun, periode, nama_laporan."""
        return {str(key): str(value) for key, value in self.data["identity"].items()}

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings there were by severity, and how many of them were explained."""
        return {str(key): int(value) for key, value in self.data["counts"].items()}

    @property
    def rows(self) -> Mapping[tuple[str, str], str]:
        """The digest of each entered row, by table and key."""
        return {(str(row["table"]), str(row["key"])): str(row["sha256"]) for row in self.data["rows"]}

    @property
    def tool(self) -> str:
        """The version of lakip-xl that sealed it."""
        return str(self.data["tool"]["version"])

    @property
    def edition(self) -> str:
        """The edition of the form."""
        return str(self.data["edition"])

    @property
    def explanations(self) -> Mapping[tuple[str, str, str], str]:
        """The explanations, by code, record and column of their findings."""
        return {(str(e["code"]), str(e["record"]), str(e["column"])): str(e["text"]) for e in self.data["explanations"]}

    def text(self) -> bytes:
        """The manifest as it stands in the bundle."""
        return written(self.data)


def manifest_of(
    name: str, workbook: bytes, document: Document, report: Report, records: Records, files: Mapping[str, bytes]
) -> Manifest:
    """The manifest of a workbook that was filled and judged; ``files`` are the other files of the bundle."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "lakip-xl", "version": __version__},
        "edition": document.form.edition,
        "identity": identity_of(document),
        "workbook": {"name": name, "sha256": digest(workbook), "bytes": len(workbook)},
        "files": {each: digest(content) for each, content in sorted(files.items())},
        "counts": {
            **{severity.label: report.count(severity) for severity in Severity},
            "explained": sum(finding.explained for finding in report.findings),
        },
        "rows": [
            {"table": each.table, "key": each.key, "kode": each.kode, "name": each.name, "sha256": row_digest(each)}
            for each in records.rows.values()
            if each.cells
        ],
        "beside": {
            sheet: digest(
                "\n".join(f"{c.a1} {d}" for c, d in sorted(records.loose.items()) if c.sheet == sheet).encode()
            )
            for sheet in records.sheets
        },
        "explanations": explanations_of(report.findings),
    }
    return Manifest({**data, "seal": seal_of(data)})


def identity_of(document: Document) -> dict[str, str]:
    """The fields of Identitas that tell whose report it is, as texts; no name of a person is among them."""
    keys = ("perangkat_daerah", "kabupaten", "tahun", "periode", "nama_laporan")
    values = {key: document.settings.identity.get(key) for key in keys}
    return {key: _said(value) for key, value in values.items() if value is not None}


def office_of(identity: Mapping[str, str]) -> str:
    """Whose report it is, in one line."""
    parts = ("perangkat_daerah", "kabupaten", "tahun", "periode")
    return ", ".join(identity[key] for key in parts if identity.get(key))


def _said(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def explanations_of(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """The explanations of the findings that have one."""
    return [
        {"code": f.code, "record": f.record, "column": f.column, "cell": str(f.cell), "text": f.explanation}
        for f in findings
        if f.explained
    ]


def seal_of(data: Mapping[str, Any]) -> str:
    """The sha256 over everything in a manifest but its seal."""
    return digest(written({key: value for key, value in data.items() if key != "seal"}))


def code_of(seal: str) -> str:
    """The seal as people copy it onto paper: four groups of four, sixty-four bits."""
    return "-".join(seal[place : place + 4] for place in range(0, 16, 4)).upper()


def digest(content: bytes) -> str:
    """The sha256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def written(data: Mapping[str, Any]) -> bytes:
    """JSON, indented, ASCII only, the same for the same values everywhere."""
    return (json.dumps(data, indent=1, ensure_ascii=True) + "\n").encode("ascii")
