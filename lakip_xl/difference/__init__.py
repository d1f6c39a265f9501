"""What changed between two workbooks: as values, as screen text, as JSON and as a workbook."""

from __future__ import annotations

from lakip_xl.difference.model import Difference, Still, difference

__all__ = ["Difference", "Still", "difference"]
