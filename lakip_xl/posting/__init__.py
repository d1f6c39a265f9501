"""The ledger's months written into the sheet Bulanan: into blanks and over what was posted before, never over what somebody typed."""
