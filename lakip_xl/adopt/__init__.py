"""Brings a foreign matrix into the template: a workbook, CSV, or text pasted from Word or PDF; nothing is dropped in silence."""

from lakip_xl.adopt.model import Adoption
from lakip_xl.adopt.rows import adopt
from lakip_xl.sources.reading import read

__all__ = ["Adoption", "adopt", "read"]
