"""The sealed bundle that an office hands in: the filled workbook, its report, what was entered, and a manifest that ties them together."""
