"""Any file that an office sends, as plain grids of values: workbooks of every kind, CSV, pasted text."""
