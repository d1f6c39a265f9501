"""Lossless OOXML: a workbook is read, patched and saved, and every part that is not written keeps its bytes."""

from lakip_xl.workbook.book import Facts, Workbook
from lakip_xl.workbook.conditional import marked
from lakip_xl.workbook.model import CellData, Dxf, Style
from lakip_xl.workbook.sheet import Sheet

__all__ = ["CellData", "Dxf", "Facts", "Sheet", "Style", "Workbook", "marked"]
