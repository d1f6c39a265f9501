"""Reports: the same findings for people (text) and for other programs (JSON)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lakip_xl.report import json, text
from lakip_xl.report.model import Report

FORMATS: Mapping[str, Callable[[Sequence[Report], str], str]] = {"text": text.dump, "json": json.dump}
