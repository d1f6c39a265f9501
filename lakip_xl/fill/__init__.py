"""Fills a workbook: plans the formulas and their values, then writes them into the user's own sheets."""
