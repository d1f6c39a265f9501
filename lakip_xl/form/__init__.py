"""The official form as data: sheets, columns, levels, settings and formulas, described once."""
