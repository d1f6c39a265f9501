"""What came out of a comparison of matrix and ledger, for people and programs: the workbook, JSON, and a few lines for the screen."""

from lakip_xl.reconciliation import json, text
from lakip_xl.reconciliation.book import build

__all__ = ["build", "json", "text"]
